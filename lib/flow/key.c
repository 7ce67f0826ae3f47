/* SPDX-License-Identifier: Apache-2.0 */
/* Changing the master key, telling about keys, and the log key inside or outside. */
#include "flow/key.h"

#include <stdio.h>
#include <string.h>

#include "util/text.h"

/* ---- the log key ---- */

consent_status consent__log_new(const consent__cx *cx, consent_store *s, const consent_options *o,
                                uint8_t *wrapped, size_t *n) {
    if (o->sign) {
        s->sign = o->sign;
        s->sign_user = o->sign_user;
        memcpy(s->log_public, o->log_public, 32);
        memcpy(wrapped, o->log_public, CONSENT__LOG_OUTSIDE);
        *n = CONSENT__LOG_OUTSIDE;
        return CONSENT_OK;
    }
    *n = CONSENT__WRAP;
    consent_status st = consent__signer_new(cx, &s->signer);
    if (st == CONSENT_OK)
        st = consent__signer_wrap(cx, s->signer, s->keys, wrapped);
    if (st == CONSENT_OK)
        consent__signer_public(s->signer, s->log_public);
    return st;
}

consent_status consent__log_open(const consent__cx *cx, consent_store *s, const consent_options *o,
                                 const uint8_t *wrapped, size_t n) {
    if (n == CONSENT__WRAP) {
        if (o->sign)
            return consent__fail(cx, CONSENT_E_KEY, "this store keeps its log key itself");
        consent_status st = consent__signer_unwrap(cx, s->keys, wrapped, &s->signer);
        if (st == CONSENT_OK)
            consent__signer_public(s->signer, s->log_public);
        return st;
    }
    if (n != CONSENT__LOG_OUTSIDE)
        return consent__fail(cx, CONSENT_E_CORRUPT, "the store's log_key is missing or damaged");
    memcpy(s->log_public, wrapped, 32);
    if (o->sign && memcmp(o->log_public, s->log_public, 32) != 0)
        return consent__fail(cx, CONSENT_E_KEY, "the log key given is not this store's");
    s->sign = o->sign; /* NULL: everything but signing can be done */
    s->sign_user = o->sign_user;
    return CONSENT_OK;
}

void consent__log_public(const consent_store *s, uint8_t out[32]) {
    pthread_mutex_t *lock = (pthread_mutex_t *)(uintptr_t)&s->sign_lock;
    pthread_mutex_lock(lock);
    memcpy(out, s->log_public, 32);
    pthread_mutex_unlock(lock);
}

consent_status consent__log_sign(const consent__cx *cx, const consent_store *s, const void *p,
                                 size_t n, uint8_t out[CONSENT__SIGNATURE]) {
    pthread_mutex_t *lock = (pthread_mutex_t *)(uintptr_t)&s->sign_lock;
    pthread_mutex_lock(lock);
    bool inside = s->signer != NULL;
    consent_status st = inside ? consent__signer_sign(cx, s->signer, p, n, out) : CONSENT_OK;
    pthread_mutex_unlock(lock);
    if (inside)
        return st;
    if (s->evidence)
        return consent__fail(cx, CONSENT_E_STATE,
                             "the store is evidence of another one, whose key it has not");
    if (!s->sign)
        return consent__fail(cx, CONSENT_E_KEY,
                             "the log key is kept outside and no way to sign was given");
    if (!s->sign(p, n, out, s->sign_user))
        return consent__fail(cx, CONSENT_E_KEY, "the host did not sign with the log key");
    if (!consent__verify(s->log_public, p, n, out))
        return consent__fail(cx, CONSENT_E_SIGNATURE,
                             "what the host signed does not verify with the log key");
    return CONSENT_OK;
}

/* ---- show ---- */

typedef struct key_look {
    consent__master master;
    uint8_t root[CONSENT__WRAP];
} key_look;

consent_status consent__flow_key_show(const consent__cx *cx, consent_store *s, consent_rows **out) {
    static const char *const kinds[] = {"key", "passphrase", "service"};
    char id[9], origin[64];
    consent__tx *tx = NULL;
    key_look *look = consent__alloc(cx->env, sizeof *look);
    if (!look)
        return consent__no_memory(cx);
    consent_status st = s->engine->read_begin(cx, s->db, &tx);
    if (st == CONSENT_OK) {
        st = consent__master_get(cx, s, tx, &look->master, look->root);
        s->engine->read_end(tx);
    }
    int32_t kind = look->master.kind;
    uint64_t memory = consent__get64le(look->master.data + CONSENT__KDF_SALT + 4);
    uint32_t passes = consent__get32le(look->master.data + CONSENT__KDF_SALT);
    consent__release(cx->env, look);
    if (st != CONSENT_OK)
        return st;
    consent__buf vkey;
    consent__buf_init(&vkey, cx->env);
    consent__origin(s, origin);
    consent__note_vkey(&vkey, origin, s->log_public);
    consent__hex(s->key_id, 4, id);
    consent_rows *r = consent__rows_new(
        cx->env, "id t,kind t,passes n,memory n,log t,log_key t,store t,generation n");
    consent__rows_add(r);
    consent__rows_text(r, 0, id);
    consent__rows_text(r, 1, kind >= 0 && kind < 3 ? kinds[kind] : NULL);
    if (kind == CONSENT__KEY_PASSPHRASE) {
        consent__rows_number(r, 2, passes);
        consent__rows_number(r, 3, (int64_t)memory);
    }
    consent__rows_text(r, 4, s->signer ? "inside" : "outside");
    consent__rows_text(r, 5, consent__buf_cstr(&vkey));
    consent__rows_text(r, 6, s->id_text);
    consent__rows_number(r, 7, s->generation);
    bool failed = vkey.failed;
    consent__buf_free(&vkey);
    if (failed) {
        consent_rows_free(r);
        return consent__no_memory(cx);
    }
    return consent__rows_finish(cx, r, out);
}

/* ---- rotate ---- */

typedef struct rotation {
    const consent__master *master;
} rotation;

static consent_status rotate_work(const consent__cx *cx, consent__work *w, void *user) {
    const rotation *r = user;
    uint8_t root[CONSENT__WRAP];
    consent__event e = {.kind = EV_KEY_ROTATED};
    consent_status st = consent__keys_rewrap(cx, w->store->keys, r->master->key, root);
    if (st == CONSENT_OK)
        st = consent__master_put(cx, w->store, w->tx, r->master, root);
    return st == CONSENT_OK ? consent__append(cx, w, NULL, &e, NULL) : st;
}

consent_status consent__flow_key_rotate(const consent__cx *cx, consent_store *s,
                                        const consent_options *o) {
    consent__master *m = consent__secret_new(sizeof *m);
    if (!m)
        return consent__no_memory(cx);
    rotation r = {m};
    /* Before the transaction: a passphrase takes its time, a service may be far away. */
    consent_status st = consent__master_new(cx, o, m);
    if (st == CONSENT_OK) {
        st = consent__write(cx, s, rotate_work, &r);
        if (st != CONSENT_OK)
            consent__master_undo(o, m);
    }
    consent__secret_free(m);
    return st;
}
