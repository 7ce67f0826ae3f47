/* SPDX-License-Identifier: Apache-2.0 */
/* What the outside gives a handle (memory, clock, randomness), and the context that every internal
 * function takes first: the environment, where an error goes, and which operation is running. */
#ifndef CONSENT__UTIL_ENV_H
#define CONSENT__UTIL_ENV_H

#include <consent/error.h>
#include <consent/options.h>

typedef struct consent__env {
    consent_memory_fn memory;
    void *memory_user;
    consent_clock_fn clock;
    void *clock_user;
    consent_random_fn random; /* NULL: the operating system's, through lib/seal */
    void *random_user;
} consent__env;

extern const consent__env consent__env_default; /* realloc/free, CLOCK_REALTIME, NULL */

typedef struct consent__cx {
    const consent__env *env;
    consent_error **err; /* may be NULL */
    const char *op;      /* static text: "policy import" */
} consent__cx;

void *consent__alloc(const consent__env *env, size_t n);            /* zeroed; NULL when out */
void *consent__realloc(const consent__env *env, void *p, size_t n); /* not zeroed */
void consent__release(const consent__env *env, void *p);
char *consent__strdup(const consent__env *env, const char *s);
int64_t consent__clock(const consent__env *env);

/* Sets *cx->err (when wanted and not yet set) and returns status. The message never holds personal
 * data. consent__fail_at adds the place in a document; offset -1 when unknown. */
consent_status consent__fail(const consent__cx *cx, consent_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
consent_status consent__fail_at(const consent__cx *cx, consent_status status, const char *where,
                                int64_t offset, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
consent_status consent__fail_code(const consent__cx *cx, consent_status status, int32_t code,
                                  const char *format, ...) __attribute__((format(printf, 4, 5)));
consent_status consent__no_memory(const consent__cx *cx);
/* Drops an error that was set in *cx->err, so that a second try can set its own. */
void consent__forget(const consent__cx *cx);

#endif
