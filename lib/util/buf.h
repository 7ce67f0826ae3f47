/* SPDX-License-Identifier: Apache-2.0 */
/* A growing byte buffer. Running out of memory sticks: later appends do nothing, and `failed` says
 * so once at the end. */
#ifndef CONSENT__UTIL_BUF_H
#define CONSENT__UTIL_BUF_H

#include "util/env.h"

typedef struct consent__buf {
    const consent__env *env;
    uint8_t *data; /* NULL while empty */
    size_t len, cap;
    bool failed;
} consent__buf;

void consent__buf_init(consent__buf *b, const consent__env *env);
void consent__buf_put(consent__buf *b, const void *bytes, size_t n);
void consent__buf_byte(consent__buf *b, uint8_t byte);
void consent__buf_text(consent__buf *b, const char *s);
void consent__buf_format(consent__buf *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void consent__buf_varint(consent__buf *b, uint64_t v); /* LEB128 */
/* Room for n bytes at the end, counted in; NULL when out of memory. */
uint8_t *consent__buf_extend(consent__buf *b, size_t n);
const char *consent__buf_cstr(consent__buf *b); /* NUL-terminated view; NULL when failed */
void consent__buf_reset(consent__buf *b);       /* keeps the memory */
void consent__buf_free(consent__buf *b);
void consent__buf_wipe_free(consent__buf *b); /* overwrites first */

#endif
