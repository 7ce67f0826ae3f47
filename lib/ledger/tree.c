/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/ledger.h"

#include <string.h>

static bool bit_set(uint64_t v, int k) {
    return (v >> k & 1) != 0;
}

void consent__tree_init(consent__tree *t) {
    memset(t, 0, sizeof *t);
}

/* Adding a leaf is adding one to a binary number: each carry joins two subtrees. */
void consent__tree_append(consent__tree *t, const uint8_t leaf[CONSENT__HASH],
                          void (*done)(void *user, int32_t level, uint64_t index,
                                       const uint8_t hash[CONSENT__HASH]),
                          void *user) {
    uint8_t hash[CONSENT__HASH];
    int k;
    memcpy(hash, leaf, sizeof hash);
    for (k = 0; k < 63 && bit_set(t->size, k); k++) {
        consent__node(t->node[k], hash, hash);
        if (done != NULL)
            done(user, k + 1, t->size >> (k + 1), hash);
    }
    memcpy(t->node[k], hash, sizeof hash);
    t->size++;
}

void consent__tree_root(const consent__tree *t, uint8_t out[CONSENT__HASH]) {
    bool begun = false;
    int k;
    for (k = 0; k < 64; k++) {
        if (!bit_set(t->size, k))
            continue;
        if (begun)
            consent__node(t->node[k], out, out);
        else
            memcpy(out, t->node[k], CONSENT__HASH);
        begun = true;
    }
    if (!begun)
        consent__sha256("", 0, out);
}

size_t consent__tree_encode(const consent__tree *t, uint8_t out[64 * CONSENT__HASH]) {
    size_t n = 0;
    int k;
    for (k = 63; k >= 0; k--) {
        if (!bit_set(t->size, k))
            continue;
        memcpy(out + n, t->node[k], CONSENT__HASH);
        n += CONSENT__HASH;
    }
    return n;
}

bool consent__tree_decode(consent__tree *t, uint64_t size, const uint8_t *p, size_t n) {
    size_t at = 0;
    int k;
    consent__tree_init(t);
    for (k = 63; k >= 0; k--) {
        if (!bit_set(size, k))
            continue;
        if (n - at < CONSENT__HASH)
            return false;
        memcpy(t->node[k], p + at, CONSENT__HASH);
        at += CONSENT__HASH;
    }
    if (at != n)
        return false;
    t->size = size;
    return true;
}

void consent__tree_of(const uint8_t *leaves, uint64_t n, uint8_t out[CONSENT__HASH]) {
    consent__tree t;
    uint64_t i;
    consent__tree_init(&t);
    for (i = 0; i < n; i++)
        consent__tree_append(&t, leaves + i * CONSENT__HASH, NULL, NULL);
    consent__tree_root(&t, out);
}
