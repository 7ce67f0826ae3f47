/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/ledger.h>
#include <string.h>

#include "api/call.h"
#include "flow/verify.h"

#define NOTE_MAX 1000000u

struct consent_verification {
    consent__verify_how how;
    char *note, *key; /* owned */
};

consent_verification *consent_verification_new(void) {
    consent_verification *v = consent__alloc(&consent__env_default, sizeof *v);
    if (v)
        v->how.bodies = true;
    return v;
}

void consent_verification_free(consent_verification *v) {
    if (!v)
        return;
    consent__release(&consent__env_default, v->note);
    consent__release(&consent__env_default, v->key);
    consent__release(&consent__env_default, v);
}

consent_status consent_verification_set_checkpoint(consent_verification *v, const void *note,
                                                   size_t len, const char *key,
                                                   consent_error **err) {
    const consent__env *env = &consent__env_default;
    consent__cx cx = {env, err, "verification checkpoint"};
    if (err)
        *err = NULL;
    if (!v || !note)
        return consent__fail(&cx, CONSENT_E_ARGUMENT, "the verification or the note is NULL");
    if (len > NOTE_MAX)
        return consent__fail(&cx, CONSENT_E_LIMIT, "a note is not longer than %u bytes", NOTE_MAX);
    char *copy = consent__alloc(env, len + 1);
    char *key_copy = key ? consent__strdup(env, key) : NULL;
    if (!copy || (key && !key_copy)) {
        consent__release(env, copy);
        consent__release(env, key_copy);
        return consent__no_memory(&cx);
    }
    memcpy(copy, note, len);
    consent__release(env, v->note);
    consent__release(env, v->key);
    v->note = copy;
    v->key = key_copy;
    v->how.checkpoint = copy;
    v->how.checkpoint_len = len;
    v->how.vkey = key_copy;
    return CONSENT_OK;
}

void consent_verification_set_bodies(consent_verification *v, bool bodies) {
    if (v)
        v->how.bodies = bodies;
}

void consent_verification_set_threads(consent_verification *v, int32_t threads) {
    if (v)
        v->how.threads = threads;
}

void consent_verification_set_progress(consent_verification *v, consent_progress_fn progress,
                                       void *user) {
    if (!v)
        return;
    v->how.progress = progress;
    v->how.progress_user = user;
}

consent_status consent_ledger_verify(consent_store *store, const consent_verification *v,
                                     int64_t *out_size, consent_rows **out, consent_error **err) {
    static const consent__verify_how usual = {.bodies = true};
    consent__cx cx;
    int64_t size = 0;
    if (out_size)
        *out_size = 0;
    consent_status st = consent__api_begin(&cx, store, "ledger verify", err, out, true);
    if (st != CONSENT_OK)
        return st;
    st = consent__flow_verify(&cx, store, v ? &v->how : &usual, &size, out);
    if (st == CONSENT_OK && out_size)
        *out_size = size;
    return consent__api_end(store, st);
}
