/* SPDX-License-Identifier: Apache-2.0 */
/* The clauses of two versions side by side, and the words that changed in them. */
#ifndef CONSENTCTL_CLAUSES_H
#define CONSENTCTL_CLAUSES_H

#include "app.h"

/* ---- words ---- */

enum piece_kind { PIECE_SAME, PIECE_REMOVED, PIECE_ADDED };
struct piece { /* a run of words; the text lies in one of the two that were compared */
    enum piece_kind kind;
    const char *text;
    size_t len;
};
/* Compares word by word: a Chinese character is a word, so is a run of letters or digits, a run of
 * blanks, any other sign. Answers the number of pieces (*out to be freed), or 0 when both are empty
 * or memory ran out. Texts so long that comparing would take a gigabyte come out as removed and
 * added whole. */
size_t words_compare(const char *before, const char *after, struct piece **out);

/* ---- clauses ---- */

struct clause {
    char *id, *title;     /* of the newer version where it is there */
    char *before, *after; /* texts; NULL where the version lacks the clause */
    char *title_before;
    char *triggers; /* "1, 4" of the changes that rest on it, NULL none */
    char *types;    /* their types, "item-added, text-changed" */
    bool restricts;
};
struct clauses {
    size_t count;
    struct clause *v; /* in the order of the newer version, each removed one after its neighbour */
};
/* Prints why not and answers another exit status than EXIT_DONE when it fails; changes is the
 * parsed member of the diff. Whatever the answer, clauses_free. */
int clauses_read(struct app *app, const char *policy, const char *older, const char *newer,
                 const char *changes, struct clauses *out);
void clauses_free(struct clauses *clauses);
bool clause_changed(const struct clause *clause);

/* Writes the page. EXIT_DONE, or a failure that was printed. */
int page_write(struct app *app, const char *path, const consent_rows *diff,
               const struct clauses *clauses);

#endif
