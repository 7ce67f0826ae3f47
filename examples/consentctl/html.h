/* SPDX-License-Identifier: Apache-2.0 */
/* A page for a browser: one file that loads nothing, that nothing can be put into from outside, and
 * that appears whole or not at all. */
#ifndef CONSENTCTL_HTML_H
#define CONSENTCTL_HTML_H

#include "app.h"

#include <stdio.h>

struct html {
    FILE *out;
    const char *path; /* where it is to appear */
    char *temporary;  /* the name until then, in the same folder */
    bool chinese;     /* the page's own words; English otherwise */
    const char *lang; /* of texts of the policy; NULL: the binding one */
    int64_t offset;   /* minutes east of UTC, of the times on the page */
};

/* Begins the file under a name of its own beside `path`, mode 0600. Prints why not and answers
 * another exit status than EXIT_DONE when it fails. */
int html_open(const struct app *app, const char *operation, const char *path, struct html *out);
/* Gives the file its name when `status` is EXIT_DONE and all was written, else takes it away.
 * Answers the exit status. */
int html_close(const struct app *app, const char *operation, struct html *page, int status);

/* The page up to the beginning of its body. `style` is added to what all pages share; no texts of
 * others in either. */
void html_head(struct html *page, const char *title, const char *style);
void html_foot(struct html *page);

/* ---- what may come from outside: always through these ---- */

/* A text, also inside an attribute: what has a meaning in HTML is escaped; control characters and
 * those that turn the line round are named ("U+202E"), so that nobody is misled by them. NULL:
 * nothing. */
void html_text(struct html *page, const char *text);
void html_text_n(struct html *page, const char *text, size_t len);
/* In a <bdi>, so that it cannot change the order of what stands around it. */
void html_name(struct html *page, const char *text);

/* ---- what is ours ---- */

void html_raw(struct html *page, const char *markup);
void html_format(struct html *page, const char *markup, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 2, 3)))
#endif
    ;
/* A word of ours in the page's language (phrases.h). */
void html_say(struct html *page, const char *group, const char *key);
void html_number(struct html *page, int64_t number);
/* To the minute, or the day, in the page's offset. */
void html_time(struct html *page, int64_t at);
void html_date(struct html *page, int64_t at);
/* The day as bare text, for charts. */
void html_day(struct html *page, int64_t at);
/* <h2 id=…>: a section of the page. */
void html_section(struct html *page, const char *key);
/* Begins a table in a box that scrolls; `names` are keys of phrases in the group "column". Cells
 * carry their heading for narrow screens. */
void html_table(struct html *page, const char *const *names, size_t count);
void html_table_end(struct html *page);
/* <td data-label=…> of one of the columns. */
void html_cell(struct html *page, const char *name);
void html_cell_text(struct html *page, const char *name, const char *text);
void html_cell_time(struct html *page, const char *name, int64_t at, int64_t none);
/* A pill: `kind` is "", "good", "bad" or "hot". */
void html_tag(struct html *page, const char *kind, const char *group, const char *key);

#endif
