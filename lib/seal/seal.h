/* SPDX-License-Identifier: Apache-2.0 */
/* Keys, sealing, keyed look-up, hashes, signatures and encodings: everything that needs libsodium.
 * No other folder sees it. See docs/file-format.md for the bytes. */
#ifndef CONSENT__SEAL_H
#define CONSENT__SEAL_H

#include "util/buf.h"
#include "util/env.h"

#define CONSENT__HASH 32
#define CONSENT__KEY 32
#define CONSENT__UID 16
#define CONSENT__SALT 16
#define CONSENT__LOOKUP 16
#define CONSENT__NONCE 32 /* commitment nonce */
#define CONSENT__BOX_NONCE 24
#define CONSENT__BOX_OVERHEAD (CONSENT__BOX_NONCE + 16)
#define CONSENT__WRAP (24 + 32 + 16) /* a wrapped 32-byte key: nonce, key, tag */
#define CONSENT__SIGNATURE 64

/* Must succeed once before anything else here; any thread, any number of times. */
consent_status consent__seal_init(const consent__cx *cx);
consent_status consent__random(const consent__cx *cx, void *out, size_t n); /* env's, else the OS */

/* Random bytes of one transaction, `ahead` of them drawn at once. One thread; nothing of it
 * outlives the transaction. */
typedef struct consent__pool {
    size_t ahead, left;
    uint8_t bytes[4096];
} consent__pool;
void consent__pool_begin(consent__pool *pool, size_t ahead);
consent_status consent__pool_draw(const consent__cx *cx, consent__pool *pool, uint8_t *out,
                                  size_t n);
void consent__pool_end(consent__pool *pool); /* wipes what is left */

/* ---- hashes ---- */
void consent__sha256(const void *p, size_t n, uint8_t out[CONSENT__HASH]);
void consent__sha256_pair(uint8_t prefix, const void *a, size_t an, const void *b, size_t bn,
                          uint8_t out[CONSENT__HASH]); /* SHA-256(prefix || a || b) */
void consent__sha256_two(const void *a, size_t an, const void *b, size_t bn,
                         uint8_t out[CONSENT__HASH]); /* SHA-256(a || b) */
/* SHA-256(prefix || a) and SHA-256(prefix || b), faster than one after the other where they are
 * nearly equally long. The outputs may lie in the inputs. */
void consent__sha256_twin(uint8_t prefix, const void *a, size_t an, const void *b, size_t bn,
                          uint8_t out_a[CONSENT__HASH], uint8_t out_b[CONSENT__HASH]);
/* SHA-256 over bytes that come in parts. */
typedef struct consent__hasher {
    uint64_t state[16];
} consent__hasher;
void consent__hasher_init(consent__hasher *h);
void consent__hasher_put(consent__hasher *h, const void *p, size_t n);
void consent__hasher_end(consent__hasher *h, uint8_t out[CONSENT__HASH]);
bool consent__same(const void *a, const void *b, size_t n); /* constant time */

/* ---- encodings ---- */
void consent__base64(consent__buf *out, const void *p, size_t n, bool url); /* url: no padding */
/* Strict: exact alphabet, canonical padding (none for url). Appends; false when malformed. */
bool consent__unbase64(consent__buf *out, const char *text, size_t n, bool url);

/* ---- keys of a store ----
 * One random root key per store, wrapped by the host's master key; sub-keys by crypto_kdf:
 * 1 look-up, 2 subjects, 3 log key, 4 digests. All of it in guarded memory, wiped on free. */
typedef struct consent__keys consent__keys;

consent_status consent__keys_new(const consent__cx *cx, const uint8_t master[CONSENT__KEY],
                                 const uint8_t store_id[16], uint8_t wrapped[CONSENT__WRAP],
                                 consent__keys **out);
/* CONSENT_E_KEY when the master key does not open it. */
consent_status consent__keys_open(const consent__cx *cx, const uint8_t master[CONSENT__KEY],
                                  const uint8_t store_id[16], const uint8_t wrapped[CONSENT__WRAP],
                                  consent__keys **out);
consent_status consent__keys_rewrap(const consent__cx *cx, const consent__keys *keys,
                                    const uint8_t master[CONSENT__KEY],
                                    uint8_t wrapped[CONSENT__WRAP]);
void consent__keys_free(consent__keys *keys); /* NULL allowed; env was kept at creation */
void consent__keys_id(const consent__keys *keys, uint8_t out[4]); /* id of the root key */

/* Keyed BLAKE2b-128 of an external id. */
void consent__lookup(const consent__keys *keys, const void *id, size_t n,
                     uint8_t out[CONSENT__LOOKUP]);
/* Keyed BLAKE2b-128 of anything (idempotency contents), domain separated from the look-up. */
void consent__digest(const consent__keys *keys, const void *p, size_t n, uint8_t out[16]);
void consent__subject_key(const consent__keys *keys, const uint8_t salt[CONSENT__SALT],
                          const uint8_t uid[CONSENT__UID], uint8_t out[CONSENT__KEY]);

/* ---- boxes: nonce[24] || XChaCha20-Poly1305-IETF(plain, padded to 64) ----
 * Padding: 0x80 then zeros up to a multiple of 64 (always at least one byte). */
consent_status consent__box_seal(const consent__cx *cx, const uint8_t key[CONSENT__KEY],
                                 const void *ad, size_t ad_len, const void *plain, size_t n,
                                 consent__buf *out); /* appends */
/* Appends the plaintext without padding. CONSENT_E_SEAL when it does not open. */
consent_status consent__box_open(const consent__cx *cx, const uint8_t key[CONSENT__KEY],
                                 const void *ad, size_t ad_len, const void *box, size_t n,
                                 consent__buf *out);
/* The same into memory of consent__box_size(n) bytes, with a nonce drawn before; plain and box do
 * not overlap. */
size_t consent__box_size(size_t n);
void consent__box_seal_into(const uint8_t key[CONSENT__KEY], const void *ad, size_t ad_len,
                            const uint8_t nonce[CONSENT__BOX_NONCE], const void *plain, size_t n,
                            uint8_t *out);
/* As box_open into caller memory of at least n bytes, without touching any error. -1 on failure.
 * out may be box + CONSENT__BOX_NONCE. */
int64_t consent__box_open_into(const uint8_t key[CONSENT__KEY], const void *ad, size_t ad_len,
                               const void *box, size_t n, uint8_t *out);

/* ---- Ed25519 ---- */
typedef struct consent__signer consent__signer; /* secret in guarded memory */
consent_status consent__signer_new(const consent__cx *cx, consent__signer **out);
consent_status consent__signer_from_seed(const consent__cx *cx, const uint8_t seed[32],
                                         consent__signer **out);
void consent__signer_free(consent__signer *s);
void consent__signer_public(const consent__signer *s, uint8_t out[32]);
consent_status consent__signer_sign(const consent__cx *cx, const consent__signer *s, const void *p,
                                    size_t n, uint8_t out[CONSENT__SIGNATURE]);
/* The seed wrapped under the root's sub-key 3. */
consent_status consent__signer_wrap(const consent__cx *cx, const consent__signer *s,
                                    const consent__keys *keys, uint8_t wrapped[CONSENT__WRAP]);
consent_status consent__signer_unwrap(const consent__cx *cx, const consent__keys *keys,
                                      const uint8_t wrapped[CONSENT__WRAP], consent__signer **out);
bool consent__verify(const uint8_t public_key[32], const void *p, size_t n,
                     const uint8_t signature[CONSENT__SIGNATURE]);

/* ---- guarded memory: fenced off, not swapped, wiped when freed ---- */
void *consent__secret_new(size_t n); /* zeroed; NULL when there is none */
void consent__secret_free(void *p);  /* NULL allowed */

/* ---- master key from a passphrase: Argon2id ---- */
#define CONSENT__KDF_SALT 16
consent_status consent__argon2id(const consent__cx *cx, const void *passphrase, size_t n,
                                 const uint8_t salt[CONSENT__KDF_SALT], uint32_t ops,
                                 uint64_t mem_bytes, uint8_t out[CONSENT__KEY]);

/* ---- key file: 64 lower-case hex digits, newline; mode 0600 ---- */
/* CONSENT_E_NOT_FOUND when there is none, _KEY_EXPOSED when group or others may read it,
 * _KEY_FORMAT when it is not that. */
consent_status consent__key_file_read(const consent__cx *cx, const char *path,
                                      uint8_t out[CONSENT__KEY]);
/* A passphrase in a file of its own (mode 0600 like a key file): its bytes without one newline at
 * the end, at most CONSENT__PASSPHRASE_MAX. *out is guarded memory. */
#define CONSENT__PASSPHRASE_MAX 1024
consent_status consent__passphrase_read(const consent__cx *cx, const char *path, uint8_t **out,
                                        size_t *n);
/* Creates it with O_EXCL and fsyncs file and folder. CONSENT_E_EXISTS when it is there. */
consent_status consent__key_file_create(const consent__cx *cx, const char *path,
                                        const uint8_t key[CONSENT__KEY]);
#endif
