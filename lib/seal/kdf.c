/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/seal_impl.h"

#include <sodium.h>
#include <string.h>

_Static_assert(CONSENT__KDF_SALT == crypto_pwhash_argon2id_SALTBYTES, "length of the salt");

consent_status consent__argon2id(const consent__cx *cx, const void *passphrase, size_t n,
                                 const uint8_t salt[CONSENT__KDF_SALT], uint32_t ops,
                                 uint64_t mem_bytes, uint8_t out[CONSENT__KEY]) {
    if (n > crypto_pwhash_argon2id_PASSWD_MAX || ops < crypto_pwhash_argon2id_OPSLIMIT_MIN ||
        mem_bytes < crypto_pwhash_argon2id_MEMLIMIT_MIN ||
        mem_bytes > crypto_pwhash_argon2id_MEMLIMIT_MAX)
        return consent__fail(cx, CONSENT_E_ARGUMENT,
                             "Argon2id takes no such passphrase length, passes or memory");
    /* With valid arguments there is one way left to fail. */
    if (crypto_pwhash_argon2id(out, CONSENT__KEY, passphrase, n, salt, ops, (size_t)mem_bytes,
                               crypto_pwhash_argon2id_ALG_ARGON2ID13) != 0)
        return consent__no_memory(cx);
    return CONSENT_OK;
}

void *consent__secret_new(size_t n) {
    void *p = sodium_init() < 0 ? NULL : sodium_malloc(n);
    if (p != NULL)
        memset(p, 0, n);
    return p;
}

void consent__secret_free(void *p) {
    sodium_free(p);
}
