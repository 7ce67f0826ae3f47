/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that is given back all at once: policies, results and decoded states live in one each. */
#ifndef CONSENT__UTIL_ARENA_H
#define CONSENT__UTIL_ARENA_H

#include "util/env.h"

typedef struct consent__arena_block consent__arena_block;
typedef struct consent__arena {
    const consent__env *env;
    consent__arena_block *head;
    size_t next_size;
} consent__arena;

void consent__arena_init(consent__arena *a, const consent__env *env);
void *consent__arena_get(consent__arena *a, size_t n); /* zeroed, aligned to 16; NULL when out */
char *consent__arena_text(consent__arena *a, const char *s, size_t n); /* copy + NUL */
char *consent__arena_format(consent__arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Keeps the largest block for the next use: no allocation in a steady state. */
void consent__arena_reset(consent__arena *a);
void consent__arena_free(consent__arena *a);
void consent__arena_wipe_free(consent__arena *a); /* overwrites first; may be used again */

#endif
