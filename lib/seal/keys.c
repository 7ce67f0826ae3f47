/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/seal_impl.h"

#include <sodium.h>
#include <string.h>

#include "util/text.h"

#define KDF_CONTEXT "consent1" /* crypto_kdf_CONTEXTBYTES characters */
#define ID_DOMAIN "libconsent root key id 1"

_Static_assert(CONSENT__KEY == crypto_kdf_KEYBYTES, "a key serves crypto_kdf");
_Static_assert(CONSENT__KEY == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "and the boxes");
_Static_assert(sizeof KDF_CONTEXT - 1 == crypto_kdf_CONTEXTBYTES, "length of the context");
_Static_assert(CONSENT__LOOKUP >= crypto_generichash_BYTES_MIN, "BLAKE2b-128");

/* ---- wrapping ---- */

#define WRAP_NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define WRAP_AD 17

static void wrap_ad(uint8_t ad[WRAP_AD], uint8_t type, const uint8_t store_id[16]) {
    ad[0] = type;
    memcpy(ad + 1, store_id, 16);
}

consent_status consent__wrap(const consent__cx *cx, const uint8_t key[CONSENT__KEY], uint8_t type,
                             const uint8_t store_id[16], const uint8_t plain[CONSENT__KEY],
                             uint8_t wrapped[CONSENT__WRAP]) {
    uint8_t ad[WRAP_AD], made[CONSENT__WRAP];
    consent_status status = consent__random(cx, made, WRAP_NONCE);
    if (status != CONSENT_OK)
        return status;
    wrap_ad(ad, type, store_id);
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(made + WRAP_NONCE, NULL, plain, CONSENT__KEY,
                                                     ad, sizeof ad, NULL, made, key);
    memcpy(wrapped, made, sizeof made); /* only now: on failure the old wrap is still there */
    return CONSENT_OK;
}

bool consent__unwrap(const uint8_t key[CONSENT__KEY], uint8_t type, const uint8_t store_id[16],
                     const uint8_t wrapped[CONSENT__WRAP], uint8_t plain[CONSENT__KEY]) {
    uint8_t ad[WRAP_AD];
    wrap_ad(ad, type, store_id);
    return crypto_aead_xchacha20poly1305_ietf_decrypt(plain, NULL, NULL, wrapped + WRAP_NONCE,
                                                      CONSENT__WRAP - WRAP_NONCE, ad, sizeof ad,
                                                      wrapped, key) == 0;
}

/* ---- making and opening ---- */

/* Derives everything from keys->root and closes the memory for writing. */
static void keys_finish(consent__keys *keys, const uint8_t store_id[16]) {
    uint8_t id[CONSENT__LOOKUP];
    uint8_t *const subkeys[] = {keys->lookup, keys->subjects, keys->log, keys->digests};
    uint64_t i;
    for (i = 0; i < sizeof subkeys / sizeof subkeys[0]; i++)
        (void)crypto_kdf_derive_from_key(subkeys[i], CONSENT__KEY, i + 1, KDF_CONTEXT, keys->root);
    (void)crypto_generichash(id, sizeof id, (const uint8_t *)ID_DOMAIN, sizeof ID_DOMAIN - 1,
                             keys->root, CONSENT__KEY);
    memcpy(keys->id, id, sizeof keys->id);
    memcpy(keys->store_id, store_id, sizeof keys->store_id);
    (void)sodium_mprotect_readonly(keys);
}

consent_status consent__keys_new(const consent__cx *cx, const uint8_t master[CONSENT__KEY],
                                 const uint8_t store_id[16], uint8_t wrapped[CONSENT__WRAP],
                                 consent__keys **out) {
    consent__keys *keys = sodium_malloc(sizeof *keys);
    consent_status status;
    *out = NULL;
    if (keys == NULL)
        return consent__no_memory(cx);
    status = consent__random(cx, keys->root, CONSENT__KEY);
    if (status == CONSENT_OK)
        status = consent__wrap(cx, master, CONSENT__WRAP_ROOT, store_id, keys->root, wrapped);
    if (status != CONSENT_OK) {
        sodium_free(keys);
        return status;
    }
    keys_finish(keys, store_id);
    *out = keys;
    return CONSENT_OK;
}

consent_status consent__keys_open(const consent__cx *cx, const uint8_t master[CONSENT__KEY],
                                  const uint8_t store_id[16], const uint8_t wrapped[CONSENT__WRAP],
                                  consent__keys **out) {
    consent__keys *keys = sodium_malloc(sizeof *keys);
    *out = NULL;
    if (keys == NULL)
        return consent__no_memory(cx);
    if (!consent__unwrap(master, CONSENT__WRAP_ROOT, store_id, wrapped, keys->root)) {
        sodium_free(keys);
        return consent__fail(cx, CONSENT_E_KEY, "the master key does not open this store");
    }
    keys_finish(keys, store_id);
    *out = keys;
    return CONSENT_OK;
}

consent_status consent__keys_rewrap(const consent__cx *cx, const consent__keys *keys,
                                    const uint8_t master[CONSENT__KEY],
                                    uint8_t wrapped[CONSENT__WRAP]) {
    return consent__wrap(cx, master, CONSENT__WRAP_ROOT, keys->store_id, keys->root, wrapped);
}

void consent__keys_free(consent__keys *keys) {
    sodium_free(keys); /* wipes; takes NULL */
}

void consent__keys_id(const consent__keys *keys, uint8_t out[4]) {
    memcpy(out, keys->id, sizeof keys->id);
}

/* ---- what they derive ---- */

void consent__lookup(const consent__keys *keys, const void *id, size_t n,
                     uint8_t out[CONSENT__LOOKUP]) {
    (void)crypto_generichash(out, CONSENT__LOOKUP, id, n, keys->lookup, CONSENT__KEY);
}

void consent__digest(const consent__keys *keys, const void *p, size_t n, uint8_t out[16]) {
    (void)crypto_generichash(out, 16, p, n, keys->digests, CONSENT__KEY);
}

void consent__subject_key(const consent__keys *keys, const uint8_t salt[CONSENT__SALT],
                          const uint8_t uid[CONSENT__UID], uint8_t out[CONSENT__KEY]) {
    uint8_t input[CONSENT__SALT + CONSENT__UID];
    memcpy(input, salt, CONSENT__SALT);
    memcpy(input + CONSENT__SALT, uid, CONSENT__UID);
    (void)crypto_generichash(out, CONSENT__KEY, input, sizeof input, keys->subjects, CONSENT__KEY);
    consent__wipe(input, sizeof input); /* a salt that outlives its erasure would undo it */
}
