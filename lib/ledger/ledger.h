/* SPDX-License-Identifier: Apache-2.0 */
/* The transparency log's bytes: leaf, tree, proofs, signed checkpoints (RFC 6962, RFC 9162, C2SP
 * signed-note and tlog-checkpoint). Bytes in, bytes out; storage and keys belong to others. */
#ifndef CONSENT__LEDGER_H
#define CONSENT__LEDGER_H

#include "seal/seal.h"
#include "util/arena.h"
#include "util/buf.h"

/* Commitment SHA-256(nonce[32] || body). */
void consent__commitment(const uint8_t nonce[CONSENT__NONCE], const void *body, size_t n,
                         uint8_t out[CONSENT__HASH]);
/* Leaf input {"at":…,"body":"<64 hex>","kind":"…","seq":…,"v":1}; kind is [a-z.-], no escapes. */
#define CONSENT__LEAF_INPUT_MAX 256
size_t consent__leaf_input(int64_t seq, int64_t at, const char *kind,
                           const uint8_t commitment[CONSENT__HASH],
                           char out[CONSENT__LEAF_INPUT_MAX]); /* 0 when it does not fit */
bool consent__leaf(int64_t seq, int64_t at, const char *kind,
                   const uint8_t commitment[CONSENT__HASH], uint8_t out[CONSENT__HASH]);
/* Two such events at once, as inputs: their leaves. */
void consent__leaf_twin(const char *a, size_t an, const char *b, size_t bn,
                        uint8_t out_a[CONSENT__HASH], uint8_t out_b[CONSENT__HASH]);
void consent__node(const uint8_t left[CONSENT__HASH], const uint8_t right[CONSENT__HASH],
                   uint8_t out[CONSENT__HASH]);

/* Two neighbours at once: the nodes over four hashes that lie one after another. out may be four.
 */
void consent__node_twin(const uint8_t four[4][CONSENT__HASH], uint8_t out[2][CONSENT__HASH]);

/* Frontier: roots of the perfect subtrees of the tree, largest first: one for each bit of size. */
typedef struct consent__tree {
    uint64_t size;
    uint8_t node[64][CONSENT__HASH]; /* node[k]: root of the perfect subtree of 2^k leaves */
} consent__tree;                     /* valid where bit k of size is set */

void consent__tree_init(consent__tree *t);
/* Appends one leaf hash. When the append completes perfect subtrees, `done` (may be NULL) is called
 * for each: level k >= 1, index (subtree number at that level), root. */
void consent__tree_append(consent__tree *t, const uint8_t leaf[CONSENT__HASH],
                          void (*done)(void *user, int32_t level, uint64_t index,
                                       const uint8_t hash[CONSENT__HASH]),
                          void *user);
void consent__tree_root(const consent__tree *t, uint8_t out[CONSENT__HASH]);
/* popcount(size) hashes, largest subtree first; encode returns the byte count (at most 64*32). */
size_t consent__tree_encode(const consent__tree *t, uint8_t out[64 * CONSENT__HASH]);
bool consent__tree_decode(consent__tree *t, uint64_t size, const uint8_t *p, size_t n);
/* Root of `n` leaf hashes that lie one after another (full recomputation; any n, 0 gives H("")). */
void consent__tree_of(const uint8_t *leaves, uint64_t n, uint8_t out[CONSENT__HASH]);

/* Proofs ask for subtree roots through a callback: root of leaves [start, start+2^level), always a
 * perfect subtree inside the tree; level 0 is a leaf hash. */
typedef consent_status (*consent__node_fn)(const consent__cx *cx, void *user, int32_t level,
                                           uint64_t index, uint8_t out[CONSENT__HASH]);
#define CONSENT__PROOF_MAX 64
typedef struct consent__proof {
    size_t count;
    uint8_t hash[CONSENT__PROOF_MAX][CONSENT__HASH];
} consent__proof;
consent_status consent__prove_inclusion(const consent__cx *cx, uint64_t index, uint64_t size,
                                        consent__node_fn node, void *user, consent__proof *out);
consent_status consent__prove_consistency(const consent__cx *cx, uint64_t first, uint64_t second,
                                          consent__node_fn node, void *user, consent__proof *out);
/* Root of the tree over the first `size` leaves. */
consent_status consent__root_at(const consent__cx *cx, uint64_t size, consent__node_fn node,
                                void *user, uint8_t out[CONSENT__HASH]);
/* RFC 9162 2.1.3.2 and 2.1.4.2. */
bool consent__verify_inclusion(uint64_t index, uint64_t size, const uint8_t leaf[CONSENT__HASH],
                               const consent__proof *proof, const uint8_t root[CONSENT__HASH]);
bool consent__verify_consistency(uint64_t first, uint64_t second,
                                 const uint8_t first_root[CONSENT__HASH],
                                 const uint8_t second_root[CONSENT__HASH],
                                 const consent__proof *proof);

/* ---- notes and checkpoints ---- */
void consent__note_key_id(const char *name, const uint8_t public_key[32], uint8_t out[4]);
/* name+hex(keyid)+base64(0x01||pub) */
void consent__note_vkey(consent__buf *out, const char *name, const uint8_t public_key[32]);
consent_status consent__note_vkey_parse(const consent__cx *cx, const char *vkey, consent__arena *a,
                                        char **out_name, uint8_t out_key[32]);
/* Text of a checkpoint, unsigned: origin \n size \n base64 root \n */
void consent__checkpoint_text(consent__buf *out, const char *origin, uint64_t size,
                              const uint8_t root[CONSENT__HASH]);
/* Appends blank line and signature line for a note text whose signature was made elsewhere. */
void consent__note_sign_line(consent__buf *out, const char *name, const uint8_t public_key[32],
                             const uint8_t signature[CONSENT__SIGNATURE]);
typedef struct consent__checkpoint {
    char *origin; /* in the arena */
    uint64_t size;
    uint8_t root[CONSENT__HASH];
} consent__checkpoint;
/* Verifies a signed note against one known verifier key (name and public key given apart), then
 * parses the checkpoint. CONSENT_E_FORMAT, CONSENT_E_SIGNATURE (unknown signer or bad signature).
 */
consent_status consent__checkpoint_open(const consent__cx *cx, const char *note, size_t n,
                                        const char *name, const uint8_t public_key[32],
                                        consent__arena *a, consent__checkpoint *out);
/* The same without the origin/size/root lines: the signed text of any note. */
consent_status consent__note_open(const consent__cx *cx, const char *note, size_t n,
                                  const char *name, const uint8_t public_key[32], size_t *out_text);
#endif
