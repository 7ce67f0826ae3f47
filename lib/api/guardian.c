/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/guardian.h>

#include "api/call.h"
#include "flow/guardian.h"

consent_status consent_guardian_link(consent_store *store, const char *child, const char *guardian,
                                     const char *policy, const char *evidence, const char *document,
                                     int64_t until, consent_error **err) {
    consent__cx cx;
    consent__guardianship in = {.child = child,
                                .guardian = guardian,
                                .policy = policy,
                                .evidence = evidence,
                                .document = document,
                                .until = until};
    consent_status st = consent__api_begin(&cx, store, "guardian link", err, NULL, false);
    return st == CONSENT_OK ? consent__api_end(store, consent__flow_guardian_link(&cx, store, &in))
                            : st;
}

consent_status consent_guardian_verify(consent_store *store, const char *child,
                                       const char *guardian, const char *policy,
                                       const char *verifier, const char *evidence,
                                       const char *document, consent_error **err) {
    consent__cx cx;
    consent__guardianship in = {.child = child,
                                .guardian = guardian,
                                .policy = policy,
                                .evidence = evidence,
                                .document = document,
                                .verifier = verifier};
    consent_status st = consent__api_begin(&cx, store, "guardian verify", err, NULL, false);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_guardian_verify(&cx, store, &in))
               : st;
}

consent_status consent_guardian_end(consent_store *store, const char *child, const char *guardian,
                                    const char *policy, int32_t end, consent_error **err) {
    consent__cx cx;
    consent__guardianship in = {.child = child, .guardian = guardian, .policy = policy, .end = end};
    consent_status st = consent__api_begin(&cx, store, "guardian end", err, NULL, false);
    return st == CONSENT_OK ? consent__api_end(store, consent__flow_guardian_end(&cx, store, &in))
                            : st;
}

consent_status consent_guardian_standing(consent_store *store, const char *child,
                                         const char *guardian, const char *policy,
                                         consent_error **err) {
    consent__cx cx;
    consent__guardianship in = {.child = child, .guardian = guardian, .policy = policy};
    consent_status st = consent__api_begin(&cx, store, "guardian standing", err, NULL, false);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_guardian_standing(&cx, store, &in))
               : st;
}

consent_status consent_guardian_list(consent_store *store, const char *child, consent_rows **out,
                                     consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "guardian list", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_guardian_list(&cx, store, child, out))
               : st;
}
