/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L /* clock_gettime */
#endif
#include "util/env.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "util/date.h"
#include "util/error_impl.h"
#include "util/text.h"

static void *memory_default(void *pointer, size_t size, void *user) {
    (void)user;
    if (size == 0) {
        free(pointer);
        return NULL;
    }
    return realloc(pointer, size);
}

static int64_t clock_default(void *user) {
    struct timespec now;
    (void)user;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0)
        return 0;
    return (int64_t)now.tv_sec * CONSENT__SECOND + now.tv_nsec / 1000;
}

const consent__env consent__env_default = {
    .memory = memory_default,
    .clock = clock_default,
};

static const consent__env *env_or_default(const consent__env *env) {
    return env != NULL ? env : &consent__env_default;
}

/* ---- memory and clock ---- */

void *consent__realloc(const consent__env *env, void *p, size_t n) {
    env = env_or_default(env);
    /* Size 0 would mean "free" to the host's function, and NULL would then look like a failure. */
    return env->memory(p, n != 0 ? n : 1, env->memory_user);
}

void *consent__alloc(const consent__env *env, size_t n) {
    void *p = consent__realloc(env, NULL, n);
    if (p != NULL)
        memset(p, 0, n);
    return p;
}

void consent__release(const consent__env *env, void *p) {
    env = env_or_default(env);
    if (p != NULL)
        (void)env->memory(p, 0, env->memory_user);
}

char *consent__strdup(const consent__env *env, const char *s) {
    size_t n;
    char *copy;
    if (s == NULL)
        return NULL;
    n = strlen(s) + 1;
    copy = consent__realloc(env, NULL, n);
    if (copy != NULL)
        memcpy(copy, s, n);
    return copy;
}

int64_t consent__clock(const consent__env *env) {
    env = env_or_default(env);
    return env->clock(env->clock_user);
}

/* ---- errors ---- */

/* One for everybody: making an error must not need the memory that has just run out. */
static const consent_error error_no_memory = {
    .status = CONSENT_E_MEMORY,
    .offset = -1,
    .operation = "memory",
    .message = "out of memory",
};

void consent__error_free(consent_error *error) {
    if (error != NULL && error->memory != NULL)
        (void)error->memory(error, 0, error->memory_user);
}

consent_status consent__no_memory(const consent__cx *cx) {
    /* The cast drops a const that nothing writes through: every setter below makes its own. */
    if (cx->err != NULL && *cx->err == NULL)
        *cx->err = (consent_error *)(uintptr_t)&error_no_memory;
    return CONSENT_E_MEMORY;
}

void consent__forget(const consent__cx *cx) {
    if (cx->err == NULL)
        return;
    consent__error_free(*cx->err);
    *cx->err = NULL;
}

/* A message may quote bytes from a damaged document; the error promises UTF-8. */
static void message_make_valid(char *s, size_t n) {
    size_t at = 0;
    for (;;) {
        at += consent__utf8_valid(s + at, n - at);
        if (at == n)
            return;
        s[at++] = '?';
    }
}

/* Formats into out[CONSENT__MESSAGE_MAX + 1]; returns the length. */
__attribute__((format(printf, 2, 0))) static size_t message_format(char *out, const char *format,
                                                                   va_list args) {
    const size_t cut = sizeof CONSENT__MESSAGE_CUT - 1;
    int wanted = vsnprintf(out, CONSENT__MESSAGE_MAX + 1, format, args);
    size_t n = wanted < 0 ? 0 : (size_t)wanted;
    if (n > CONSENT__MESSAGE_MAX) {
        n = CONSENT__MESSAGE_MAX - cut;
        while (n > 0 && ((uint8_t)out[n] & 0xc0) == 0x80)
            n--; /* not inside a character */
        memcpy(out + n, CONSENT__MESSAGE_CUT, cut + 1);
        n += cut;
    }
    out[n] = '\0';
    message_make_valid(out, n);
    return n;
}

static consent_error *error_new(const consent__env *env, const char *message, size_t message_n,
                                const char *where) {
    size_t where_n = where != NULL ? strlen(where) + 1 : 0;
    consent_error *e = consent__alloc(env, sizeof *e + message_n + 1 + where_n);
    if (e == NULL)
        return NULL;
    e->memory = env->memory;
    e->memory_user = env->memory_user;
    memcpy(e->text, message, message_n + 1);
    e->message = e->text;
    if (where != NULL) {
        memcpy(e->text + message_n + 1, where, where_n);
        e->where = e->text + message_n + 1;
    }
    return e;
}

__attribute__((format(printf, 6, 0))) static consent_status
fail(const consent__cx *cx, consent_status status, int32_t code, const char *where, int64_t offset,
     const char *format, va_list args) {
    char message[CONSENT__MESSAGE_MAX + 1];
    size_t n;
    consent_error *e;
    if (cx->err == NULL || *cx->err != NULL)
        return status; /* not wanted, or the first cause is told already */
    n = message_format(message, format, args);
    e = error_new(env_or_default(cx->env), message, n, where);
    if (e == NULL) {
        (void)consent__no_memory(cx);
        return status; /* the call's own answer stays, only its detail is lost */
    }
    e->status = status;
    e->code = code;
    e->offset = offset;
    e->operation = cx->op != NULL ? cx->op : "";
    *cx->err = e;
    return status;
}

consent_status consent__fail(const consent__cx *cx, consent_status status, const char *format,
                             ...) {
    va_list args;
    va_start(args, format);
    status = fail(cx, status, 0, NULL, -1, format, args);
    va_end(args);
    return status;
}

consent_status consent__fail_at(const consent__cx *cx, consent_status status, const char *where,
                                int64_t offset, const char *format, ...) {
    va_list args;
    va_start(args, format);
    status = fail(cx, status, 0, where, offset, format, args);
    va_end(args);
    return status;
}

consent_status consent__fail_code(const consent__cx *cx, consent_status status, int32_t code,
                                  const char *format, ...) {
    va_list args;
    va_start(args, format);
    status = fail(cx, status, code, NULL, -1, format, args);
    va_end(args);
    return status;
}
