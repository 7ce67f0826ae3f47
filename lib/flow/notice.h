/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENT__FLOW_NOTICE_H
#define CONSENT__FLOW_NOTICE_H

#include "core/diff.h"
#include "flow/store.h"

consent_status consent__flow_notice_page(const consent__cx *cx, consent_store *s,
                                         const char *policy, const char *lang, consent_rows **out);
consent_status consent__flow_notice_pending(const consent__cx *cx, consent_store *s,
                                            const char *subject, const char *policy,
                                            const char *lang, consent_rows **out);

typedef struct consent__noticing {
    const char *policy, *version, *surface, *lang; /* each may be NULL */
    bool acknowledged;                             /* else shown */
} consent__noticing;
consent_status consent__flow_notice_record(const consent__cx *cx, consent_store *s,
                                           const char *subject, const consent__noticing *in,
                                           consent_rows **out);

/* The changes of a version in words: JSON [{"text",…}…] appended to out. tag: the language
 * asked for, or NULL. words.c */
consent_status consent__change_words(const consent__cx *cx, const consent__policy *older,
                                     const consent__policy *newer, const consent__diff *d,
                                     const char *tag, consent__arena *arena, consent__buf *out);

#endif
