/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/seal_impl.h"

#include <sodium.h>
#include <string.h>

#include "util/text.h"

/* Lives in guarded memory: bytes only (see consent__keys). */
struct consent__signer {
    uint8_t secret[crypto_sign_ed25519_SECRETKEYBYTES]; /* seed[32] || public key[32] */
};

_Static_assert(CONSENT__SIGNATURE == crypto_sign_ed25519_BYTES, "length of a signature");
_Static_assert(CONSENT__KEY == crypto_sign_ed25519_SEEDBYTES, "a seed is wrapped like a key");

consent_status consent__signer_from_seed(const consent__cx *cx, const uint8_t seed[32],
                                         consent__signer **out) {
    consent__signer *s = sodium_malloc(sizeof *s);
    uint8_t public_key[crypto_sign_ed25519_PUBLICKEYBYTES];
    *out = NULL;
    if (s == NULL)
        return consent__no_memory(cx);
    (void)crypto_sign_ed25519_seed_keypair(public_key, s->secret, seed);
    (void)sodium_mprotect_readonly(s);
    *out = s;
    return CONSENT_OK;
}

consent_status consent__signer_new(const consent__cx *cx, consent__signer **out) {
    uint8_t seed[CONSENT__KEY];
    consent_status status = consent__random(cx, seed, sizeof seed);
    *out = NULL;
    if (status == CONSENT_OK)
        status = consent__signer_from_seed(cx, seed, out);
    consent__wipe(seed, sizeof seed);
    return status;
}

void consent__signer_free(consent__signer *s) {
    sodium_free(s); /* wipes; takes NULL */
}

void consent__signer_public(const consent__signer *s, uint8_t out[32]) {
    memcpy(out, s->secret + CONSENT__KEY, 32);
}

consent_status consent__signer_sign(const consent__cx *cx, const consent__signer *s, const void *p,
                                    size_t n, uint8_t out[CONSENT__SIGNATURE]) {
    if (crypto_sign_ed25519_detached(out, NULL, p, n, s->secret) != 0)
        return consent__fail(cx, CONSENT_E_INTERNAL, "the log key does not sign");
    return CONSENT_OK;
}

consent_status consent__signer_wrap(const consent__cx *cx, const consent__signer *s,
                                    const consent__keys *keys, uint8_t wrapped[CONSENT__WRAP]) {
    return consent__wrap(cx, keys->log, CONSENT__WRAP_SIGNER, keys->store_id, s->secret, wrapped);
}

consent_status consent__signer_unwrap(const consent__cx *cx, const consent__keys *keys,
                                      const uint8_t wrapped[CONSENT__WRAP], consent__signer **out) {
    uint8_t seed[CONSENT__KEY];
    consent_status status;
    *out = NULL;
    if (!consent__unwrap(keys->log, CONSENT__WRAP_SIGNER, keys->store_id, wrapped, seed))
        return consent__fail(cx, CONSENT_E_SEAL, "the sealed log key does not open");
    status = consent__signer_from_seed(cx, seed, out);
    consent__wipe(seed, sizeof seed);
    return status;
}

bool consent__verify(const uint8_t public_key[32], const void *p, size_t n,
                     const uint8_t signature[CONSENT__SIGNATURE]) {
    return crypto_sign_ed25519_verify_detached(signature, p, n, public_key) == 0;
}
