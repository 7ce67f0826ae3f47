/* SPDX-License-Identifier: Apache-2.0 */
/* Inclusion and consistency proofs. Making them follows the definitions of RFC 6962 (2.1.1, 2.1.2)
 * from the root down; checking them follows the loops of RFC 9162 (2.1.3.2, 2.1.4.2) from the leaf
 * up. Two ways on purpose: each is the other's test. */
#include "ledger/ledger.h"

#include <string.h>

/* ---- making ---- */

/* More leaves than a log can have (numbers end at 2^53-1); up to here a proof fits. */
#define SIZE_LIMIT (UINT64_C(1) << 63)

typedef struct range {
    uint64_t start, count; /* leaves [start, start + count) */
} range;

/* The largest power of two smaller than n (n > 1): where RFC 6962 splits. */
static uint64_t split(uint64_t n) {
    uint64_t k = 1;
    while (k < n - k) /* 2k < n without overflow */
        k *= 2;
    return k;
}

/* Root of a range. Its perfect subtrees lie largest first, so it is folded from its right end. */
static consent_status range_root(const consent__cx *cx, range r, consent__node_fn node, void *user,
                                 uint8_t out[CONSENT__HASH]) {
    uint64_t end = r.start + r.count;
    bool begun = false;
    int32_t k;
    for (k = 0; k < 64; k++) {
        uint8_t left[CONSENT__HASH];
        consent_status status;
        if ((r.count >> k & 1) == 0)
            continue;
        end -= UINT64_C(1) << k;
        status = node(cx, user, k, end >> k, begun ? left : out);
        if (status != CONSENT_OK)
            return status;
        if (begun)
            consent__node(left, out, out);
        begun = true;
    }
    return CONSENT_OK;
}

consent_status consent__root_at(const consent__cx *cx, uint64_t size, consent__node_fn node,
                                void *user, uint8_t out[CONSENT__HASH]) {
    if (size == 0) {
        consent__sha256("", 0, out);
        return CONSENT_OK;
    }
    return range_root(cx, (range){0, size}, node, user, out);
}

/* The ranges were found from the root down; a proof lists them from the leaf up. */
static consent_status ranges_resolve(const consent__cx *cx, const range *ranges, size_t count,
                                     consent__node_fn node, void *user, consent__proof *out) {
    size_t i;
    for (i = 0; i < count; i++) {
        consent_status status = range_root(cx, ranges[count - 1 - i], node, user, out->hash[i]);
        if (status != CONSENT_OK)
            return status;
    }
    out->count = count;
    return CONSENT_OK;
}

consent_status consent__prove_inclusion(const consent__cx *cx, uint64_t index, uint64_t size,
                                        consent__node_fn node, void *user, consent__proof *out) {
    range ranges[CONSENT__PROOF_MAX];
    range at = {0, size};
    size_t count = 0;
    out->count = 0;
    if (index >= size || size > SIZE_LIMIT)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "the tree has no leaf of that number");
    while (at.count > 1) {
        uint64_t k = split(at.count);
        range left = {at.start, k}, right = {at.start + k, at.count - k};
        bool in_left = index < right.start;
        ranges[count++] = in_left ? right : left;
        at = in_left ? left : right;
    }
    return ranges_resolve(cx, ranges, count, node, user, out);
}

consent_status consent__prove_consistency(const consent__cx *cx, uint64_t first, uint64_t second,
                                          consent__node_fn node, void *user, consent__proof *out) {
    range ranges[CONSENT__PROOF_MAX];
    range at = {0, second};
    bool known = true; /* the old root is the root of `at`: whoever checks has it already */
    size_t count = 0;
    out->count = 0;
    if (first > second || second > SIZE_LIMIT)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "no tree of that size grows into the other");
    if (first == 0)
        return CONSENT_OK; /* everything extends the empty tree */
    while (at.start + at.count != first) {
        uint64_t k = split(at.count);
        range left = {at.start, k}, right = {at.start + k, at.count - k};
        bool in_left = first <= right.start;
        ranges[count++] = in_left ? right : left;
        at = in_left ? left : right;
        known = known && in_left;
    }
    if (!known)
        ranges[count++] = at;
    return ranges_resolve(cx, ranges, count, node, user, out);
}

/* ---- checking ---- */

/* One level up for a node that is a right child or the last of its level: levels where it stands
 * alone are skipped. */
static void climb(uint64_t *fn, uint64_t *sn) {
    while ((*fn & 1) == 0 && *fn != 0) {
        *fn >>= 1;
        *sn >>= 1;
    }
}

bool consent__verify_inclusion(uint64_t index, uint64_t size, const uint8_t leaf[CONSENT__HASH],
                               const consent__proof *proof, const uint8_t root[CONSENT__HASH]) {
    uint64_t fn = index, sn = size - 1;
    uint8_t r[CONSENT__HASH];
    size_t i;
    if (index >= size || proof->count > CONSENT__PROOF_MAX)
        return false;
    memcpy(r, leaf, sizeof r);
    for (i = 0; i < proof->count; i++) {
        if (sn == 0)
            return false;
        if ((fn & 1) != 0 || fn == sn) {
            consent__node(proof->hash[i], r, r);
            climb(&fn, &sn);
        } else {
            consent__node(r, proof->hash[i], r);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && consent__same(r, root, sizeof r);
}

/* Where the definition leaves nothing to prove: the empty tree, or the same tree twice. */
static bool verify_trivial(uint64_t first, uint64_t second, const uint8_t first_root[CONSENT__HASH],
                           const uint8_t second_root[CONSENT__HASH]) {
    uint8_t empty[CONSENT__HASH];
    consent__sha256("", 0, empty);
    if (first == 0 && !consent__same(first_root, empty, sizeof empty))
        return false;
    return first != second || consent__same(first_root, second_root, sizeof empty);
}

bool consent__verify_consistency(uint64_t first, uint64_t second,
                                 const uint8_t first_root[CONSENT__HASH],
                                 const uint8_t second_root[CONSENT__HASH],
                                 const consent__proof *proof) {
    uint64_t fn = first - 1, sn = second - 1;
    uint8_t fr[CONSENT__HASH], sr[CONSENT__HASH];
    const uint8_t *start = first_root;
    size_t i = 0;
    if (first > second || proof->count > CONSENT__PROOF_MAX)
        return false;
    if (first == 0 || first == second)
        return proof->count == 0 && verify_trivial(first, second, first_root, second_root);
    if (proof->count == 0)
        return false;
    if ((first & (first - 1)) != 0)
        start = proof->hash[i++]; /* else the old tree is perfect, and its root stands for it */
    for (; (fn & 1) != 0; fn >>= 1)
        sn >>= 1;
    memcpy(fr, start, sizeof fr);
    memcpy(sr, start, sizeof sr);
    for (; i < proof->count; i++) {
        if (sn == 0)
            return false;
        if ((fn & 1) != 0 || fn == sn) {
            consent__node(proof->hash[i], fr, fr);
            consent__node(proof->hash[i], sr, sr);
            climb(&fn, &sn);
        } else {
            consent__node(sr, proof->hash[i], sr);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && consent__same(fr, first_root, sizeof fr) &&
           consent__same(sr, second_root, sizeof sr);
}
