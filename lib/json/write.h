/* SPDX-License-Identifier: Apache-2.0 */
/* Writing a document member by member into a buffer: commas are put where they are due. Order is
 * the caller's; consent__json_canonical sorts what has to be canonical. */
#ifndef CONSENT__JSON_WRITE_H
#define CONSENT__JSON_WRITE_H

#include "json/json.h"

/* A comma when something stands before in the same object or array. */
void consent__write_next(consent__buf *out);
void consent__write_name(consent__buf *out, const char *name);                   /* "name": */
void consent__write_text(consent__buf *out, const char *name, const char *text); /* NULL: null */
void consent__write_text_n(consent__buf *out, const char *name, const char *text, size_t n);
void consent__write_int(consent__buf *out, const char *name, int64_t n);
void consent__write_bool(consent__buf *out, const char *name, bool value);
void consent__write_hex(consent__buf *out, const char *name, const void *bytes, size_t n);
void consent__write_time(consent__buf *out, const char *name, int64_t at); /* RFC 3339, UTC */
void consent__write_raw(consent__buf *out, const char *name, const void *json, size_t n);
/* name NULL: an element of an array, or the document. */
void consent__write_open(consent__buf *out, const char *name, char bracket);
void consent__write_close(consent__buf *out, char bracket);
void consent__write_element(consent__buf *out, const char *text); /* a string in an array */

#endif
