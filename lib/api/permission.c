/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/permission.h>

#include "api/call.h"
#include "flow/permission.h"

consent_status consent_permission_record(consent_store *store, const char *subject,
                                         const char *name, bool granted, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "permission record", err, NULL, false);
    return st == CONSENT_OK ? consent__api_end(store, consent__flow_permission_record(
                                                          &cx, store, subject, name, granted))
                            : st;
}

consent_status consent_permission_list(consent_store *store, const char *subject,
                                       consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "permission list", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_permission_list(&cx, store, subject, out))
               : st;
}

consent_status consent_permission_diff(consent_store *store, const char *policy,
                                       const char *version, const char *platform,
                                       const char *const *names, size_t name_count,
                                       consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "permission diff", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store,
                                  consent__flow_permission_diff(&cx, store, policy, version,
                                                                platform, names, name_count, out))
               : st;
}
