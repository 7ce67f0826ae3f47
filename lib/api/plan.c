/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/plan.h>

#include "api/call.h"
#include "flow/plan.h"

consent_status consent_ask(consent_store *store, const char *subject, const char *policy,
                           const char *lang, consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "ask", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_ask(&cx, store, subject, policy, lang, out))
               : st;
}

consent_status consent_start(consent_store *store, const char *subject, const char *policy,
                             consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "start", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_start(&cx, store, subject, policy, out))
               : st;
}
