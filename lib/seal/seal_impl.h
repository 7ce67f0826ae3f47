/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the files of lib/seal alone. */
#ifndef CONSENT__SEAL_IMPL_H
#define CONSENT__SEAL_IMPL_H

#include "seal/seal.h"

/* ---- SHA-256 over parts that lie apart, so that nobody has to copy them together ---- */
typedef struct consent__span {
    const void *p;
    size_t n;
} consent__span;

/* Whether this CPU has the instructions; always false where this file was built without them. */
bool consent__sha256_ni_usable(void);
/* Only when usable. */
void consent__sha256_ni(const consent__span *parts, size_t count, uint8_t out[CONSENT__HASH]);
/* The same two hashes as sha256_twin; false when the messages do not take equally many blocks, or
 * are longer than CONSENT__TWIN_MAX. */
#define CONSENT__TWIN_MAX (4 * 64 - 10)
bool consent__sha256_ni_twin(uint8_t prefix, const void *a, size_t an, const void *b, size_t bn,
                             uint8_t out_a[CONSENT__HASH], uint8_t out_b[CONSENT__HASH]);
void consent__sha256_sodium(const consent__span *parts, size_t count, uint8_t out[CONSENT__HASH]);

/* ---- wrapped keys: nonce[24] || XChaCha20-Poly1305-IETF(key[32]) ----
 * The type says what is wrapped, the store id where: a wrap moved elsewhere does not open. */
#define CONSENT__WRAP_ROOT 0x01
#define CONSENT__WRAP_SIGNER 0x02

consent_status consent__wrap(const consent__cx *cx, const uint8_t key[CONSENT__KEY], uint8_t type,
                             const uint8_t store_id[16], const uint8_t plain[CONSENT__KEY],
                             uint8_t wrapped[CONSENT__WRAP]);
bool consent__unwrap(const uint8_t key[CONSENT__KEY], uint8_t type, const uint8_t store_id[16],
                     const uint8_t wrapped[CONSENT__WRAP], uint8_t plain[CONSENT__KEY]);

/* ---- a store's keys ---- */
/* Bytes only: sodium_malloc puts the end of an object at the end of a page, so its start is aligned
 * to nothing. */
struct consent__keys {
    uint8_t root[CONSENT__KEY];
    uint8_t lookup[CONSENT__KEY];   /* sub-key 1 */
    uint8_t subjects[CONSENT__KEY]; /* sub-key 2 */
    uint8_t log[CONSENT__KEY];      /* sub-key 3 */
    uint8_t digests[CONSENT__KEY];  /* sub-key 4 */
    uint8_t store_id[16];
    uint8_t id[4];
};

#endif
