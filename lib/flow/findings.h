/* SPDX-License-Identifier: Apache-2.0 */
/* What an examination finds: a code, the event it is about, one sentence. Examinations go on after
 * a finding; running out of memory sticks and is told at the end. */
#ifndef CONSENT__FLOW_FINDINGS_H
#define CONSENT__FLOW_FINDINGS_H

#include <consent/store.h>

#include "util/arena.h"
#include "util/rows.h"

#define CONSENT__FINDINGS_MAX 10000 /* more are counted only */

typedef struct consent__finding {
    int64_t seq; /* -1: not about one event */
    const char *what, *message;
} consent__finding;
typedef struct consent__findings {
    consent__arena arena;
    consent__finding *v;
    size_t count, cap;
    int64_t dropped;
    bool failed;
} consent__findings;

void consent__findings_init(consent__findings *f, const consent__env *env);
void consent__findings_free(consent__findings *f);
/* `what` is static text. Messages name events, tables and keys of documents, never a person's. */
void consent__found(consent__findings *f, int64_t seq, const char *what, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* "CODE message", as an engine's examination gives them. */
void consent__found_text(consent__findings *f, const char *text);
void consent__findings_add(consent__findings *f, const consent__findings *more);
/* Rows seq n, what t, message t: by seq, those without one last. */
consent_status consent__findings_rows(const consent__cx *cx, consent__findings *f,
                                      consent_rows **out);

#endif
