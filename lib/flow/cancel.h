/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENT__FLOW_CANCEL_H
#define CONSENT__FLOW_CANCEL_H

#include "core/cancel.h"
#include "flow/erase.h"

/* Hash of the sections to be acknowledged, as they are shown in a language (NULL: the binding one).
 * With `shown` given it must be that of one of the languages: CONSENT_E_UNKNOWN_TEXT. */
consent_status consent__cancel_shown(const consent__cx *cx, const consent__version *v,
                                     const char *lang, const char *shown, consent__arena *arena,
                                     char out_hex[65]);
consent_status consent__flow_cancel_check(const consent__cx *cx, consent_store *s,
                                          const char *subject, const char *policy, const char *lang,
                                          consent_rows **out);
/* Opens a cancellation, or acknowledges the one that is open. */
consent_status consent__flow_cancel_open(const consent__cx *cx, consent_store *s,
                                         const char *subject, const char *policy, const char *lang,
                                         const char *shown, const char *channel,
                                         consent_rows **out);

/* Fails with CONSENT_E_REFUSED, naming by keys of the policy everything that stands against it. */
consent_status consent__cancel_refuse(const consent__cx *cx, const consent__policy *p,
                                      const consent__eligible *e);

/* ---- erasing on a request ---- */
typedef struct consent__executing {
    const char *subject;
    int64_t request; /* 0: the open cancellation */
    bool scrub;
} consent__executing;
consent_status consent__flow_execute(const consent__cx *cx, consent_store *s,
                                     const consent__executing *in, consent_rows **out);
consent_status consent__flow_delete_check(const consent__cx *cx, consent_store *s,
                                          const char *subject, const char *policy, const char *item,
                                          consent_rows **out);

#endif
