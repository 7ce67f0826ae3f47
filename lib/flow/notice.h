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

consent_status consent__flow_notice_count(const consent__cx *cx, consent_store *s,
                                          const char *policy, int64_t after, int64_t limit,
                                          int64_t *out_next, consent_rows **out);
/* page, notice, acknowledge: the strongest that is owed. cls: as computed. */
const char *consent__notice_form(const consent__version *v, consent__change_class cls);

typedef struct consent__noticing {
    const char *policy, *version, *surface, *lang, *guardian; /* each may be NULL */
    bool acknowledged;                                        /* else shown */
} consent__noticing;
consent_status consent__flow_notice_record(const consent__cx *cx, consent_store *s,
                                           const char *subject, const consent__noticing *in,
                                           consent_rows **out);

/* What changed in the i-th published version of a policy (i > 0) against the one before. */
consent_status consent__notice_diff(const consent__cx *cx, const consent__catalog *c,
                                    int32_t policy, int32_t i, consent__arena *arena,
                                    consent__diff *out);
/* Whether a subject is owed a notice of a version beyond the page of changes, the class of the
 * change being cls: it was there before the version came into force. */
bool consent__notice_owed(const consent__state *s, const consent__version *v,
                          consent__change_class cls);
/* Whether it still waits for it: what is owed was not done yet. */
bool consent__notice_waits(const consent__state *s, const consent__version *v,
                           consent__change_class cls);
bool consent__notice_was_shown(const consent__state *s, const consent__version *v);

/* The changes of a version in words: JSON [{"text",…}…] appended to out. tag: the language
 * asked for, or NULL. words.c */
consent_status consent__change_words(const consent__cx *cx, const consent__policy *older,
                                     const consent__policy *newer, const consent__diff *d,
                                     const char *tag, consent__arena *arena, consent__buf *out);

#endif
