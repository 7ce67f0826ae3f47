/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/limit.h>

#include "api/call.h"
#include "flow/limit.h"

consent_status consent_object(consent_store *store, const char *subject, const char *policy,
                              const char *purpose, const char *reason, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "object", err, NULL, false);
    return st == CONSENT_OK ? consent__api_end(store, consent__flow_object(&cx, store, subject,
                                                                           policy, purpose, reason))
                            : st;
}

consent_status consent_restrict(consent_store *store, const char *subject, const char *item,
                                const char *reason, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "restrict", err, NULL, false);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_restrict(&cx, store, subject, item, reason))
               : st;
}

consent_status consent_unrestrict(consent_store *store, const char *subject, const char *item,
                                  const char *reason, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "unrestrict", err, NULL, false);
    return st == CONSENT_OK ? consent__api_end(store, consent__flow_unrestrict(&cx, store, subject,
                                                                               item, reason))
                            : st;
}

consent_status consent_limit_list(consent_store *store, const char *subject, consent_rows **out,
                                  consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "limit list", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_limit_list(&cx, store, subject, out))
               : st;
}
