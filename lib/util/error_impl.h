/* SPDX-License-Identifier: Apache-2.0 */
/* What a consent_error is made of. Only util/env.c and api/error.c look inside. */
#ifndef CONSENT__UTIL_ERROR_IMPL_H
#define CONSENT__UTIL_ERROR_IMPL_H

#include "util/env.h"

/* Longest message, without its NUL. A longer one ends in CONSENT__MESSAGE_CUT, never silently. */
#define CONSENT__MESSAGE_MAX 512
#define CONSENT__MESSAGE_CUT " [...]"

struct consent_error {
    consent_memory_fn memory; /* NULL: static, never freed */
    void *memory_user;        /* copied, because an error may outlive its store */
    consent_status status;
    int32_t code;
    int64_t offset;
    const char *operation;
    const char *where; /* NULL when there is none; else inside `text` */
    const char *message;
    char text[]; /* message NUL [where NUL] */
};

/* What consent_error_free does; here because consent__forget needs it too. */
void consent__error_free(consent_error *error);

#endif
