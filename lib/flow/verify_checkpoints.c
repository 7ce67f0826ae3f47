/* SPDX-License-Identifier: Apache-2.0 */
/* Checkpoints that the store keeps, against the keys the log has had and the tree as it is. */
#include <string.h>

#include "flow/ledger.h"
#include "flow/verify.h"

#define NEAR 2048 /* so many leaves are walked; over more, the tree is put together from nodes */

typedef struct walking {
    consent__verifying *v;
    consent__prover prover;
    consent__tree tree; /* of the events before the checkpoint */
    bool broken;        /* hashes are missing, which is told elsewhere */
} walking;

static consent_status walk_leaf(const consent__cx *cx, void *user, const consent__event_row *row) {
    walking *w = user;
    (void)cx;
    if ((uint64_t)row->seq != w->tree.size)
        return CONSENT_DONE;
    consent__tree_append(&w->tree, row->leaf, NULL, NULL);
    return CONSENT_OK;
}

static consent_status jump(const consent__cx *cx, walking *w, uint64_t size) {
    consent__cx quiet = {cx->env, NULL, cx->op};
    consent__tree_init(&w->tree);
    for (int32_t k = 0; k < 63; k++) {
        if (!(size >> k & 1))
            continue;
        consent_status st =
            consent__prover_node(&quiet, &w->prover, k, (size >> k) - 1, w->tree.node[k]);
        if (st != CONSENT_OK)
            return st;
    }
    w->tree.size = size;
    return CONSENT_OK;
}

/* Brings the tree to `size` events. */
static consent_status walk_to(const consent__cx *cx, walking *w, uint64_t size) {
    consent_status st = CONSENT_OK;
    if (size < w->tree.size || size - w->tree.size > NEAR)
        st = jump(cx, w, size);
    else if (size > w->tree.size)
        st = w->v->store->engine->event_scan(cx, w->v->tx, (int64_t)w->tree.size, (int64_t)size - 1,
                                             0, false, walk_leaf, w);
    if (st == CONSENT_E_CORRUPT)
        consent__forget(cx);
    w->broken = st == CONSENT_E_CORRUPT || w->tree.size != size;
    return st < 0 && st != CONSENT_E_CORRUPT ? st : CONSENT_OK;
}

/* The checkpoint under any key the log has had, in any generation. */
static consent_status open_kept(const consent__cx *cx, consent__verifying *v,
                                const consent__checkpoint_row *row, consent__checkpoint *out) {
    consent__cx quiet = {cx->env, NULL, cx->op};
    consent_status st = CONSENT_E_SIGNATURE;
    char origin[64];
    if (consent__own_generation(v->store, row->note, row->note_len, origin) == 0)
        return st;
    for (size_t k = v->key_count; k-- > 0 && st == CONSENT_E_SIGNATURE;)
        st = consent__checkpoint_open(&quiet, row->note, row->note_len, origin, v->keys[k],
                                      &v->arena, out);
    return st;
}

static consent_status check_kept(const consent__cx *cx, void *user,
                                 const consent__checkpoint_row *row) {
    walking *w = user;
    consent__verifying *v = w->v;
    consent__checkpoint point;
    uint8_t root[CONSENT__HASH];
    long long size = row->size;
    consent_status st = open_kept(cx, v, row, &point);
    if (st == CONSENT_E_MEMORY)
        return consent__no_memory(cx);
    if (st != CONSENT_OK) {
        consent__found(&v->findings, -1, "CHECKPOINT_DIFFERS",
                       "the kept checkpoint of size %lld is not signed by a key of this log", size);
        return CONSENT_OK;
    }
    if (point.size != (uint64_t)row->size) {
        consent__found(&v->findings, -1, "CHECKPOINT_DIFFERS",
                       "the checkpoint kept for size %lld is of another size", size);
        return CONSENT_OK;
    }
    if (row->size > v->size) {
        consent__found(&v->findings, v->size, "ROLLED_BACK",
                       "a kept checkpoint covers %lld events, the ledger has %lld", size,
                       (long long)v->size);
        return CONSENT_OK;
    }
    st = walk_to(cx, w, point.size);
    if (st != CONSENT_OK || w->broken)
        return st;
    consent__tree_root(&w->tree, root);
    if (memcmp(root, point.root, CONSENT__HASH) != 0)
        consent__found(&v->findings, -1, "CHECKPOINT_DIFFERS",
                       "the first %lld events are not those that a kept checkpoint signed", size);
    return CONSENT_OK;
}

consent_status consent__verify_checkpoints(const consent__cx *cx, consent__verifying *v) {
    walking w = {.v = v, .prover = {.store = v->store, .tx = v->tx}};
    if (v->tree_good)
        w.prover.tree = v->tree;
    consent__tree_init(&w.tree);
    consent_status st = v->store->engine->checkpoint_scan(cx, v->tx, check_kept, &w);
    if (st != CONSENT_E_CORRUPT)
        return st;
    consent__forget(cx);
    consent__found(&v->findings, -1, "UNREADABLE", "the kept checkpoints cannot be read");
    return CONSENT_OK;
}
