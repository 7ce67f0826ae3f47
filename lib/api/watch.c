/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/watch.h>

#include "api/call.h"
#include "flow/watch.h"

consent_status consent_watch_new(consent_store *store, consent_watch_fn ring, void *user,
                                 consent_watch **out, consent_error **err) {
    consent__cx cx;
    if (out)
        *out = NULL;
    consent_status st = consent__api_begin(&cx, store, "watch new", err, NULL, false);
    if (st != CONSENT_OK)
        return st;
    st = out ? consent__watch_new(&cx, store, ring, user, out)
             : consent__fail(&cx, CONSENT_E_ARGUMENT, "out is NULL");
    return consent__api_end(store, st);
}

consent_status consent_watch_wait(consent_watch *watch, int32_t milliseconds, int64_t *out_seq,
                                  int32_t *out_kind, consent_error **err) {
    consent__cx cx = {watch ? &watch->store->env : &consent__env_default, err, "watch wait"};
    if (err)
        *err = NULL;
    if (out_seq)
        *out_seq = 0;
    if (out_kind)
        *out_kind = 0;
    if (!watch || !out_seq || !out_kind)
        return consent__fail(&cx, CONSENT_E_ARGUMENT, "the watch or an out is NULL");
    return consent__watch_wait(&cx, watch, milliseconds, out_seq, out_kind);
}

void consent_watch_end(consent_watch *watch) {
    consent__watch_end(watch);
}

void consent_watch_free(consent_watch *watch) {
    consent__watch_free(watch);
}
