/* SPDX-License-Identifier: Apache-2.0 */
/* Building the rows that lists answer with. Running out of memory sticks and is told once at the
 * end, by consent__rows_finish. */
#ifndef CONSENT__UTIL_ROWS_H
#define CONSENT__UTIL_ROWS_H

#include <consent/rows.h>

#include "util/arena.h"

/* columns: "event n,at u,point t": name, space, type letter (t n b u j). */
consent_rows *consent__rows_new(const consent__env *env, const char *columns);
void consent__rows_add(consent_rows *r);                                /* a new last row */
void consent__rows_text(consent_rows *r, int column, const char *text); /* copied; NULL: absent */
void consent__rows_text_n(consent_rows *r, int column, const char *text, size_t n);
void consent__rows_number(consent_rows *r, int column, int64_t n);
/* Gives the rows to *out, or frees them and answers CONSENT_E_MEMORY. r may be NULL. */
consent_status consent__rows_finish(const consent__cx *cx, consent_rows *r, consent_rows **out);

#endif
