/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/findings.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void consent__findings_init(consent__findings *f, const consent__env *env) {
    memset(f, 0, sizeof *f);
    consent__arena_init(&f->arena, env);
}

void consent__findings_free(consent__findings *f) {
    consent__release(f->arena.env, f->v);
    consent__arena_free(&f->arena);
    f->v = NULL;
    f->count = f->cap = 0;
}

/* what and message are in the arena or static. */
static void put(consent__findings *f, int64_t seq, const char *what, const char *message) {
    if (f->count == CONSENT__FINDINGS_MAX) {
        f->dropped++;
        return;
    }
    if (f->count == f->cap) {
        size_t cap = f->cap ? f->cap * 2 : 16;
        consent__finding *v = consent__realloc(f->arena.env, f->v, cap * sizeof *v);
        if (v) {
            f->v = v;
            f->cap = cap;
        }
    }
    if (!what || !message || f->count == f->cap)
        f->failed = true;
    else
        f->v[f->count++] = (consent__finding){seq, what, message};
}

void consent__found(consent__findings *f, int64_t seq, const char *what, const char *format, ...) {
    char text[512];
    va_list list;
    va_start(list, format);
    (void)vsnprintf(text, sizeof text, format, list);
    va_end(list);
    put(f, seq, what, consent__arena_text(&f->arena, text, strlen(text)));
}

void consent__found_text(consent__findings *f, const char *text) {
    size_t n = strcspn(text, " ");
    const char *rest = text[n] ? text + n + 1 : text + n;
    put(f, -1, consent__arena_text(&f->arena, text, n),
        consent__arena_text(&f->arena, rest, strlen(rest)));
}

void consent__findings_add(consent__findings *f, const consent__findings *more) {
    for (size_t i = 0; i < more->count; i++)
        put(f, more->v[i].seq,
            consent__arena_text(&f->arena, more->v[i].what, strlen(more->v[i].what)),
            consent__arena_text(&f->arena, more->v[i].message, strlen(more->v[i].message)));
    f->dropped += more->dropped;
    f->failed |= more->failed;
}

static int order(const void *a, const void *b) {
    const consent__finding *x = a, *y = b;
    if (x->seq != y->seq)
        return (uint64_t)x->seq < (uint64_t)y->seq ? -1 : 1; /* -1 comes last */
    int what = strcmp(x->what, y->what);
    return what ? what : strcmp(x->message, y->message);
}

consent_status consent__findings_rows(const consent__cx *cx, consent__findings *f,
                                      consent_rows **out) {
    if (f->failed)
        return consent__no_memory(cx);
    if (f->count)
        qsort(f->v, f->count, sizeof *f->v, order);
    consent_rows *r = consent__rows_new(cx->env, "seq n,what t,message t");
    for (size_t i = 0; i < f->count; i++) {
        consent__rows_add(r);
        if (f->v[i].seq >= 0)
            consent__rows_number(r, 0, f->v[i].seq);
        consent__rows_text(r, 1, f->v[i].what);
        consent__rows_text(r, 2, f->v[i].message);
    }
    if (f->dropped) {
        char text[80];
        (void)snprintf(text, sizeof text, "%lld more findings are not listed",
                       (long long)f->dropped);
        consent__rows_add(r);
        consent__rows_text(r, 1, "MORE");
        consent__rows_text(r, 2, text);
    }
    return consent__rows_finish(cx, r, out);
}
