/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/obligation.h>

#include "api/call.h"
#include "flow/obligation.h"

consent_status consent_obligation_list(consent_store *store, const char *subject, bool open_only,
                                       consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "obligation list", err, out, true);
    return st == CONSENT_OK ? consent__api_end(store, consent__flow_obligation_list(
                                                          &cx, store, subject, open_only, out))
                            : st;
}

consent_status consent_obligation_met(consent_store *store, const char *subject, int64_t obligation,
                                      const char *actor, const char *method, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "obligation met", err, NULL, false);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_obligation_met(&cx, store, subject,
                                                                      obligation, actor, method))
               : st;
}
