/* SPDX-License-Identifier: Apache-2.0 */
/* For the tests of util, seal and ledger: an environment whose memory counts and fails on demand,
 * and whose randomness is 00 01 02 … */
#ifndef TESTS_UNIT_FOUNDATION_H
#define TESTS_UNIT_FOUNDATION_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "util/env.h"
#include "util/text.h"

typedef struct foundation {
    int64_t live;        /* blocks handed out and not given back */
    int64_t until_fail;  /* allocations that still succeed; negative: all */
    uint8_t next_random; /* counts up */
    bool random_fails;
    consent__env env;
    consent_error *err;
    consent__cx cx;
} foundation;

static inline void *foundation_memory(void *pointer, size_t size, void *user) {
    foundation *f = user;
    void *made;
    if (size == 0) {
        f->live -= pointer != NULL;
        free(pointer);
        return NULL;
    }
    if (f->until_fail == 0)
        return NULL;
    if (f->until_fail > 0)
        f->until_fail--;
    made = realloc(pointer, size);
    f->live += pointer == NULL && made != NULL;
    return made;
}

static inline bool foundation_random(void *bytes, size_t n, void *user) {
    foundation *f = user;
    uint8_t *p = bytes;
    if (f->random_fails)
        return false;
    while (n-- > 0)
        *p++ = f->next_random++;
    return true;
}

static inline int64_t foundation_clock(void *user) {
    (void)user;
    return INT64_C(1767225600000000); /* 2026-01-01T00:00:00Z */
}

static inline void foundation_init(foundation *f) {
    memset(f, 0, sizeof *f);
    f->until_fail = -1;
    f->env.memory = foundation_memory;
    f->env.memory_user = f;
    f->env.clock = foundation_clock;
    f->env.random = foundation_random;
    f->env.random_user = f;
    f->cx.env = &f->env;
    f->cx.err = &f->err;
    f->cx.op = "test";
}

/* Ends a test: nothing may be left. */
static inline void foundation_done(foundation *f) {
    consent__forget(&f->cx);
    assert_int_equal(f->live, 0);
}

/* The status is there, and the error tells the same. */
static inline void assert_failed(foundation *f, consent_status got, consent_status want) {
    assert_int_equal(got, want);
    assert_non_null(f->err);
    assert_int_equal(consent_error_status(f->err), want);
    consent__forget(&f->cx);
}

static inline void assert_hex(const void *bytes, size_t n, const char *want) {
    char *got = malloc(2 * n + 1);
    assert_non_null(got);
    consent__hex(bytes, n, got);
    assert_string_equal(got, want);
    free(got);
}

static inline void from_hex(const char *text, void *out, size_t n) {
    assert_true(consent__unhex(text, out, n));
}

static inline void fill_up(uint8_t *p, size_t n, uint8_t first) {
    while (n-- > 0)
        *p++ = first++;
}

#endif
