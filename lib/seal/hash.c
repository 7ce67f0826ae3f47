/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/seal_impl.h"

#include <sodium.h>
#include <string.h>

consent_status consent__seal_init(const consent__cx *cx) {
    if (sodium_init() < 0)
        return consent__fail(cx, CONSENT_E_RANDOM, "the cryptographic library does not start");
    return CONSENT_OK;
}

consent_status consent__random(const consent__cx *cx, void *out, size_t n) {
    const consent__env *env = cx->env != NULL ? cx->env : &consent__env_default;
    if (env->random == NULL) {
        randombytes_buf(out, n);
        return CONSENT_OK;
    }
    if (!env->random(out, n, env->random_user))
        return consent__fail(cx, CONSENT_E_RANDOM, "the host's source gives no randomness");
    return CONSENT_OK;
}

/* ---- SHA-256 ---- */

void consent__sha256_sodium(const consent__span *parts, size_t count, uint8_t out[CONSENT__HASH]) {
    crypto_hash_sha256_state state;
    size_t i;
    (void)crypto_hash_sha256_init(&state);
    for (i = 0; i < count; i++)
        if (parts[i].n > 0)
            (void)crypto_hash_sha256_update(&state, parts[i].p, parts[i].n);
    (void)crypto_hash_sha256_final(&state, out);
}

static void sha256_parts(const consent__span *parts, size_t count, uint8_t out[CONSENT__HASH]) {
    if (consent__sha256_ni_usable())
        consent__sha256_ni(parts, count, out);
    else
        consent__sha256_sodium(parts, count, out);
}

void consent__sha256(const void *p, size_t n, uint8_t out[CONSENT__HASH]) {
    const consent__span part = {p, n};
    sha256_parts(&part, 1, out);
}

void consent__sha256_pair(uint8_t prefix, const void *a, size_t an, const void *b, size_t bn,
                          uint8_t out[CONSENT__HASH]) {
    const consent__span parts[3] = {{&prefix, 1}, {a, an}, {b, bn}};
    sha256_parts(parts, 3, out);
}

void consent__sha256_two(const void *a, size_t an, const void *b, size_t bn,
                         uint8_t out[CONSENT__HASH]) {
    const consent__span parts[2] = {{a, an}, {b, bn}};
    sha256_parts(parts, 2, out);
}

/* The state of libsodium fits, and is plain bytes. */
_Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(consent__hasher), "a hasher's room");

void consent__hasher_init(consent__hasher *h) {
    (void)crypto_hash_sha256_init((crypto_hash_sha256_state *)(void *)h->state);
}

void consent__hasher_put(consent__hasher *h, const void *p, size_t n) {
    if (n > 0)
        (void)crypto_hash_sha256_update((crypto_hash_sha256_state *)(void *)h->state, p, n);
}

void consent__hasher_end(consent__hasher *h, uint8_t out[CONSENT__HASH]) {
    (void)crypto_hash_sha256_final((crypto_hash_sha256_state *)(void *)h->state, out);
}

void consent__sha256_twin(uint8_t prefix, const void *a, size_t an, const void *b, size_t bn,
                          uint8_t out_a[CONSENT__HASH], uint8_t out_b[CONSENT__HASH]) {
    uint8_t first[CONSENT__HASH];
    if (consent__sha256_ni_usable() && consent__sha256_ni_twin(prefix, a, an, b, bn, out_a, out_b))
        return;
    consent__sha256_pair(prefix, a, an, NULL, 0, first);
    consent__sha256_pair(prefix, b, bn, NULL, 0, out_b);
    memcpy(out_a, first, sizeof first);
}

bool consent__same(const void *a, const void *b, size_t n) {
    return sodium_memcmp(a, b, n) == 0;
}
