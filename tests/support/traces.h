/* SPDX-License-Identifier: Apache-2.0 */
/* Which bytes of secrets are left in files: every run of 16 bytes of every secret is looked for in
 * every place of every file of a folder, and numbers of rows in the forms that SQLite gives them.
 */
#ifndef TESTS_SUPPORT_TRACES_H
#define TESTS_SUPPORT_TRACES_H

#include <stddef.h>
#include <stdint.h>

enum trace_kind { TRACE_SALT, TRACE_LOOKUP, TRACE_NONCE, TRACE_BOX, TRACE_NUMBER, TRACE_KINDS };

typedef struct traces {
    uint64_t *slot; /* hash of a run; the two lowest bits are its kind */
    size_t cap, used;
    uint64_t *number; /* their bytes, as they stand in a file */
    size_t number_cap, number_used;
    uint64_t noted[TRACE_KINDS]; /* runs */
    uint64_t found[TRACE_KINDS]; /* of the last search */
} traces;

void traces_init(traces *t, size_t runs); /* room for so many */
void traces_free(traces *t);
void traces_note(traces *t, enum trace_kind kind, const void *bytes, size_t n); /* n >= 16 */
/* The number of a row of a table, below 2^35: as a divider of an inner page (a page's number, whose
 * first byte is 0, and a varint of 5 bytes) and as the last column of an index (6 bytes). Numbers
 * that SQLite writes shorter, one in sixteen, are left out: they would be found by chance. */
void traces_note_number(traces *t, int64_t number);
/* Searches all files of the folder; answers what it found in all. */
uint64_t traces_search(traces *t, const char *folder);

#endif
