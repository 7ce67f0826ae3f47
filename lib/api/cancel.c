/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/cancel.h>

#include "api/call.h"
#include "flow/cancel.h"
#include "flow/erasure_proof.h"
#include "flow/erasures.h"

consent_status consent_cancel_check(consent_store *store, const char *subject, const char *policy,
                                    const char *lang, consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "cancel check", err, out, true);
    return st == CONSENT_OK ? consent__api_end(store, consent__flow_cancel_check(
                                                          &cx, store, subject, policy, lang, out))
                            : st;
}

consent_status consent_cancel_open(consent_store *store, const char *subject, const char *policy,
                                   const char *lang, const char *shown, const char *channel,
                                   consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "cancel open", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_cancel_open(&cx, store, subject, policy,
                                                                   lang, shown, channel, out))
               : st;
}

consent_status consent_cancel_execute(consent_store *store, const char *subject, bool scrub,
                                      consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent__executing in = {.subject = subject, .scrub = scrub};
    consent_status st = consent__api_begin(&cx, store, "cancel execute", err, out, true);
    return st == CONSENT_OK ? consent__api_end(store, consent__flow_execute(&cx, store, &in, out))
                            : st;
}

consent_status consent_delete_check(consent_store *store, const char *subject, const char *policy,
                                    const char *item, consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "delete check", err, out, true);
    return st == CONSENT_OK ? consent__api_end(store, consent__flow_delete_check(
                                                          &cx, store, subject, policy, item, out))
                            : st;
}

consent_status consent_erase(consent_store *store, const char *subject, int64_t request, bool scrub,
                             consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent__executing in = {.subject = subject, .request = request, .scrub = scrub};
    consent_status st = consent__api_begin(&cx, store, "erase", err, out, true);
    if (st != CONSENT_OK)
        return st;
    st = request > 0
             ? consent__flow_execute(&cx, store, &in, out)
             : consent__fail(&cx, CONSENT_E_ARGUMENT, "erasing needs the number of a request");
    return consent__api_end(store, st);
}

consent_status consent_erasure_pending(consent_store *store, bool *out_pending,
                                       consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "erasure pending", err, NULL, false);
    if (st != CONSENT_OK)
        return st;
    st = out_pending ? consent__flow_erasure_pending(&cx, store, out_pending)
                     : consent__fail(&cx, CONSENT_E_ARGUMENT, "out_pending is NULL");
    return consent__api_end(store, st);
}

consent_status consent_erasure_verify(const char *proof, const char *vkey, consent_rows **out,
                                      consent_error **err) {
    consent__cx cx = {&consent__env_default, err, "erasure verify"};
    if (err)
        *err = NULL;
    if (!out)
        return consent__fail(&cx, CONSENT_E_ARGUMENT, "out is NULL");
    *out = NULL;
    consent_status st = consent__api_need(&cx, proof, "proof of erasure");
    if (st == CONSENT_OK)
        st = consent__api_need(&cx, vkey, "verifier key");
    return st == CONSENT_OK ? consent__erasure_verify(&cx, proof, vkey, out) : st;
}

consent_status consent_erasure_tasks(consent_store *store, bool open_only, consent_rows **out,
                                     consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "erasure tasks", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_erasure_tasks(&cx, store, open_only, out))
               : st;
}

consent_status consent_erasure_done(consent_store *store, const char *uid, const char *recipient,
                                    const char *actor, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "erasure done", err, NULL, false);
    return st == CONSENT_OK ? consent__api_end(store, consent__flow_erasure_done(&cx, store, uid,
                                                                                 recipient, actor))
                            : st;
}

consent_status consent_remainder_list(consent_store *store, const char *uid, consent_rows **out,
                                      consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "remainder list", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_remainder_list(&cx, store, uid, out))
               : st;
}

consent_status consent_erasures_export(consent_store *store, consent_rows **out,
                                       consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "erasures export", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_erasures_export(&cx, store, out))
               : st;
}

consent_status consent_erasures_apply(consent_store *store, const char *list, const char *vkey,
                                      bool scrub, int64_t *out_erased, consent_error **err) {
    consent__cx cx;
    int64_t ignored = 0;
    consent_status st = consent__api_begin(&cx, store, "erasures apply", err, NULL, false);
    if (st != CONSENT_OK)
        return st;
    st = consent__api_need(&cx, list, "erasure list");
    if (st == CONSENT_OK)
        st = consent__flow_erasures_apply(&cx, store, list, vkey, scrub,
                                          out_erased ? out_erased : &ignored);
    return consent__api_end(store, st);
}
