/* SPDX-License-Identifier: Apache-2.0 */
/* The host's master key: given, in a file, out of a passphrase, or kept by a key service. */
#include <string.h>
#include <unistd.h>

#include "flow/key.h"
#include "util/text.h"

#define PASSES 3
#define MEMORY (64u * 1024 * 1024)
#define PASSES_MAX 64 /* of what the file says: it may have been changed */
#define MEMORY_MAX (UINT64_C(4) * 1024 * 1024 * 1024)
#define PASSPHRASE_DATA (CONSENT__KDF_SALT + 4 + 8)

static consent_status no_key(const consent__cx *cx) {
    return consent__fail(cx, CONSENT_E_KEY_FORMAT,
                         "no key was given: set a key, a key file, a passphrase or a key service");
}

/* ---- passphrase ---- */

static consent_status stretch(const consent__cx *cx, const consent_options *o, consent__master *m) {
    uint32_t passes = consent__get32le(m->data + CONSENT__KDF_SALT);
    uint64_t memory = consent__get64le(m->data + CONSENT__KDF_SALT + 4);
    uint8_t *secret = NULL;
    size_t n = o->passphrase_len;
    if (m->data_len != PASSPHRASE_DATA || passes < 1 || passes > PASSES_MAX || memory < 8192 ||
        memory > MEMORY_MAX)
        return consent__fail(cx, CONSENT_E_CORRUPT,
                             "what the store says of its passphrase is damaged");
    if (o->passphrase_file) {
        consent_status st = consent__passphrase_read(cx, o->passphrase_file, &secret, &n);
        if (st != CONSENT_OK)
            return st;
    }
    consent_status st =
        consent__argon2id(cx, secret ? secret : o->passphrase, n, m->data, passes, memory, m->key);
    consent__secret_free(secret);
    return st;
}

static consent_status new_passphrase(const consent__cx *cx, const consent_options *o,
                                     consent__master *m) {
    m->kind = CONSENT__KEY_PASSPHRASE;
    m->data_len = PASSPHRASE_DATA;
    consent__put32le(m->data + CONSENT__KDF_SALT, PASSES);
    consent__put64le(m->data + CONSENT__KDF_SALT + 4, MEMORY);
    consent_status st = consent__random(cx, m->data, CONSENT__KDF_SALT);
    return st == CONSENT_OK ? stretch(cx, o, m) : st;
}

/* ---- key service ---- */

static consent_status new_service(const consent__cx *cx, const consent_options *o,
                                  consent__master *m) {
    m->kind = CONSENT__KEY_SERVICE;
    consent_status st = consent__random(cx, m->key, CONSENT__KEY);
    if (st != CONSENT_OK)
        return st;
    if (!o->service(false, m->key, CONSENT__KEY, m->data, CONSENT__KEY_DATA, &m->data_len,
                    o->service_user) ||
        m->data_len == 0 || m->data_len > CONSENT__KEY_DATA)
        return consent__fail(cx, CONSENT_E_KEY, "the key service did not wrap the master key");
    return CONSENT_OK;
}

static consent_status ask_service(const consent__cx *cx, const consent_options *o,
                                  consent__master *m) {
    size_t n = 0;
    if (!o->service(true, m->data, m->data_len, m->key, CONSENT__KEY, &n, o->service_user) ||
        n != CONSENT__KEY)
        return consent__fail(cx, CONSENT_E_KEY, "the key service did not give the master key");
    return CONSENT_OK;
}

/* ---- key file ---- */

static consent_status make_file(const consent__cx *cx, const consent_options *o,
                                consent__master *m) {
    consent_status st = consent__random(cx, m->key, CONSENT__KEY);
    if (st == CONSENT_OK)
        st = consent__key_file_create(cx, o->key_file, m->key);
    if (st == CONSENT_E_EXISTS) {
        consent__forget(cx);
        st = consent__fail(cx, CONSENT_E_EXISTS,
                           "another process is creating a store with this key file");
    }
    m->made = st == CONSENT_OK;
    return st;
}

static consent_status given(const consent__cx *cx, const consent_options *o, bool make,
                            consent__master *m) {
    if (o->key) {
        memcpy(m->key, o->key, CONSENT__KEY);
        return CONSENT_OK;
    }
    if (!o->key_file)
        return no_key(cx);
    consent_status st = consent__key_file_read(cx, o->key_file, m->key);
    if (st != CONSENT_E_NOT_FOUND)
        return st;
    consent__forget(cx);
    return make ? make_file(cx, o, m)
                : consent__fail(cx, CONSENT_E_KEY_FORMAT, "the key file does not exist");
}

/* ---- any of them ---- */

consent_status consent__master_new(const consent__cx *cx, const consent_options *o,
                                   consent__master *m) {
    bool passphrase = o->passphrase || o->passphrase_file, direct = o->key || o->key_file;
    memset(m, 0, sizeof *m);
    if (passphrase + direct + (o->service != NULL) > 1)
        return consent__fail(cx, CONSENT_E_ARGUMENT,
                             "a store has one key: give a key, a passphrase or a key service");
    if (o->service)
        return new_service(cx, o, m);
    return passphrase ? new_passphrase(cx, o, m) : given(cx, o, true, m);
}

void consent__master_undo(const consent_options *o, const consent__master *m) {
    if (m->made)
        (void)unlink(o->key_file);
}

consent_status consent__master_open(const consent__cx *cx, const consent_options *o,
                                    consent__master *m) {
    bool direct = o->key || o->key_file, phrase = o->passphrase || o->passphrase_file;
    if (!direct && !phrase && !o->service)
        return no_key(cx);
    switch (m->kind) {
    case CONSENT__KEY_GIVEN:
        return direct ? given(cx, o, false, m)
                      : consent__fail(cx, CONSENT_E_KEY,
                                      "this store is opened by a key or key file, not by what was "
                                      "given");
    case CONSENT__KEY_PASSPHRASE:
        return phrase ? stretch(cx, o, m)
                      : consent__fail(cx, CONSENT_E_KEY, "this store is opened by a passphrase");
    case CONSENT__KEY_SERVICE:
        return o->service
                   ? ask_service(cx, o, m)
                   : consent__fail(cx, CONSENT_E_KEY, "this store is opened by a key service");
    default:
        return consent__fail(cx, CONSENT_E_CORRUPT, "the store has a key of an unknown kind");
    }
}

/* ---- in the store ---- */

consent_status consent__master_put(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                   const consent__master *m, const uint8_t root[CONSENT__WRAP]) {
    uint8_t note[1 + CONSENT__KEY_DATA] = {(uint8_t)m->kind};
    memcpy(note + 1, m->data, m->data_len);
    consent_status st = s->engine->meta_put(cx, tx, "root_key", root, CONSENT__WRAP);
    return st == CONSENT_OK ? s->engine->meta_put(cx, tx, "key_kind", note, 1 + m->data_len) : st;
}

consent_status consent__master_get(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                   consent__master *m, uint8_t root[CONSENT__WRAP]) {
    memset(m, 0, sizeof *m);
    consent_status st = consent__meta_read(cx, s, tx, "root_key", root, CONSENT__WRAP, NULL);
    uint8_t note[1 + CONSENT__KEY_DATA];
    size_t n = 0;
    if (st == CONSENT_OK)
        st = consent__meta_read(cx, s, tx, "key_kind", note, sizeof note, &n);
    if (st != CONSENT_OK)
        return st;
    m->kind = note[0];
    m->data_len = n - 1;
    memcpy(m->data, note + 1, n - 1);
    return CONSENT_OK;
}
