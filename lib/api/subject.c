/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/decision.h>
#include <consent/subject.h>

#include "api/call.h"
#include "flow/adopt.h"
#include "flow/subject.h"

consent_status consent_subject_add(consent_store *store, const char *subject, const char *born,
                                   consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "subject add", err, NULL, false);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_subject_add(&cx, store, subject, born))
               : st;
}

consent_status consent_subject_set_born(consent_store *store, const char *subject, const char *born,
                                        consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "subject set", err, NULL, false);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_subject_set_born(&cx, store, subject, born))
               : st;
}

consent_status consent_subject_get(consent_store *store, const char *subject, consent_rows **out,
                                   consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "subject get", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_subject_get(&cx, store, subject, out))
               : st;
}

consent_status consent_subject_list(consent_store *store, int64_t skip, int64_t limit,
                                    consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "subject list", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_subject_list(&cx, store, skip, limit, out))
               : st;
}

consent_status consent_decision_list(consent_store *store, const char *subject, consent_rows **out,
                                     consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "decision list", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_decision_list(&cx, store, subject, out))
               : st;
}

consent_status consent_history(consent_store *store, const char *subject, consent_rows **out,
                               consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "history", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_history(&cx, store, subject, out))
               : st;
}

consent_status consent_subject_adopt(consent_store *store, const char *from, const char *to,
                                     const char *guardian, int64_t *out_count,
                                     consent_error **err) {
    consent__cx cx;
    if (out_count)
        *out_count = 0;
    consent_status st = consent__api_begin(&cx, store, "subject adopt", err, NULL, false);
    return st == CONSENT_OK
               ? consent__api_end(
                     store, consent__flow_subject_adopt(&cx, store, from, to, guardian, out_count))
               : st;
}
