/* SPDX-License-Identifier: Apache-2.0 */
/* Proofs from what is stored: nodes of every 8th level, leaf hashes below them, the head's frontier
 * at the right edge. Nothing leaves that does not verify. */
#include <string.h>

#include "flow/ledger.h"
#include "util/text.h"

#define TILE_LEVELS 8

consent_status consent__prover_open(const consent__cx *cx, const consent__view *v,
                                    consent__prover *out) {
    *out = (consent__prover){.store = v->store, .tx = v->tx};
    if (!consent__tree_decode(&out->tree, (uint64_t)v->head.size, v->head.frontier,
                              v->head.frontier_len))
        return consent__fail(cx, CONSENT_E_CORRUPT, "the ledger's head is damaged");
    consent__tree_root(&out->tree, out->root);
    return CONSENT_OK;
}

typedef struct gathered {
    uint64_t next, want; /* number of the next, how many are still to come */
    uint8_t *at;
} gathered;

static consent_status gather(gathered *g, int64_t index, const uint8_t hash[CONSENT__HASH]) {
    if (!g->want || (uint64_t)index != g->next)
        return CONSENT_DONE; /* a gap: seen afterwards */
    memcpy(g->at, hash, CONSENT__HASH);
    g->at += CONSENT__HASH;
    g->next++;
    g->want--;
    return CONSENT_OK;
}

static consent_status gather_leaf(const consent__cx *cx, void *user,
                                  const consent__event_row *row) {
    (void)cx;
    return gather(user, row->seq, row->leaf);
}

static consent_status gather_node(const consent__cx *cx, void *user, int64_t index,
                                  const uint8_t hash[32]) {
    (void)cx;
    return gather(user, index, hash);
}

/* The whole tile a leaf is in, unless the tree ends within it: then *filled stays false. */
static consent_status fill_leaves(const consent__cx *cx, consent__prover *p, uint64_t tile) {
    uint64_t from = tile << TILE_LEVELS, n = UINT64_C(1) << TILE_LEVELS;
    gathered g = {from, n, p->leaves->hash[0]};
    p->leaves->tile = tile;
    p->leaves->filled = false;
    if (from + n > p->tree.size)
        return CONSENT_OK;
    consent_status st = p->store->engine->event_scan(
        cx, p->tx, (int64_t)from, (int64_t)(from + n - 1), 0, false, gather_leaf, &g);
    p->leaves->filled = st >= 0 && !g.want;
    return st < 0 ? st : CONSENT_OK;
}

consent_status consent__prover_node(const consent__cx *cx, void *user, int32_t level,
                                    uint64_t index, uint8_t out[CONSENT__HASH]) {
    consent__prover *p = user;
    uint8_t hashes[(1 << (TILE_LEVELS - 1)) * CONSENT__HASH];
    int32_t base = level - level % TILE_LEVELS;
    uint64_t count = UINT64_C(1) << (level - base), from = index * count;
    gathered g = {from, count, hashes};
    if (p->tree.size >> level & 1 && index == (p->tree.size >> level) - 1) {
        memcpy(out, p->tree.node[level], CONSENT__HASH);
        return CONSENT_OK;
    }
    if (p->leaves && !base) {
        consent_status st = CONSENT_OK;
        uint64_t tile = from >> TILE_LEVELS;
        if (!p->leaves->filled || p->leaves->tile != tile)
            st = fill_leaves(cx, p, tile);
        if (st != CONSENT_OK)
            return st;
        if (p->leaves->filled) {
            consent__tree_of(p->leaves->hash[from % (1 << TILE_LEVELS)], count, out);
            return CONSENT_OK;
        }
    }
    consent_status st =
        base ? p->store->engine->node_scan(cx, p->tx, base, (int64_t)from,
                                           (int64_t)(from + count - 1), gather_node, &g)
             : p->store->engine->event_scan(cx, p->tx, (int64_t)from, (int64_t)(from + count - 1),
                                            0, false, gather_leaf, &g);
    if (st < 0)
        return st;
    if (g.want)
        return consent__fail(cx, CONSENT_E_CORRUPT,
                             "hashes of the ledger's tree are missing: run verify");
    consent__tree_of(hashes, count, out);
    return CONSENT_OK;
}

consent_status consent__prover_include(const consent__cx *cx, consent__prover *p, int64_t seq,
                                       const uint8_t leaf[CONSENT__HASH], consent__proof *out) {
    if (seq < 0 || (uint64_t)seq >= p->tree.size)
        return consent__fail(cx, CONSENT_E_NOT_FOUND, "the ledger has no event %lld",
                             (long long)seq);
    consent_status st =
        consent__prove_inclusion(cx, (uint64_t)seq, p->tree.size, consent__prover_node, p, out);
    if (st == CONSENT_OK &&
        !consent__verify_inclusion((uint64_t)seq, p->tree.size, leaf, out, p->root))
        st = consent__fail(cx, CONSENT_E_CORRUPT,
                           "event %lld does not lead to the ledger's head: run verify",
                           (long long)seq);
    return st;
}

void consent__proof_json(consent__buf *out, const consent__proof *proof) {
    char hex[2 * CONSENT__HASH + 1];
    consent__buf_byte(out, '[');
    for (size_t i = 0; i < proof->count; i++) {
        consent__hex(proof->hash[i], CONSENT__HASH, hex);
        consent__buf_format(out, "%s\"%s\"", i ? "," : "", hex);
    }
    consent__buf_byte(out, ']');
}

/* ---- rows ---- */

static void put_hash(consent_rows *r, int column, const uint8_t hash[CONSENT__HASH]) {
    char hex[2 * CONSENT__HASH + 1];
    consent__hex(hash, CONSENT__HASH, hex);
    consent__rows_text(r, column, hex);
}

/* checkpoint and key into two columns. */
static consent_status put_checkpoint(const consent__cx *cx, consent__prover *p, consent_rows *r,
                                     int column) {
    char origin[64];
    uint8_t public_key[32];
    consent__buf b;
    consent__buf_init(&b, cx->env);
    consent_status st = consent__checkpoint_sign(cx, p->store, p->tx, p->tree.size, p->root, &b);
    if (st == CONSENT_OK)
        st = consent__log_key(cx, p->store, p->tx, public_key);
    if (st == CONSENT_OK) {
        consent__rows_text_n(r, column, (const char *)b.data, b.len);
        consent__buf_reset(&b);
        consent__origin(p->store, origin);
        consent__note_vkey(&b, origin, public_key);
        consent__rows_text(r, column + 1, consent__buf_cstr(&b));
    }
    consent__buf_free(&b);
    return st;
}

static void put_proof(const consent__cx *cx, consent_rows *r, int column,
                      const consent__proof *proof) {
    consent__buf b;
    consent__buf_init(&b, cx->env);
    consent__proof_json(&b, proof);
    consent__rows_text(r, column, consent__buf_cstr(&b));
    consent__buf_free(&b);
}

static consent_status prove_rows(const consent__cx *cx, consent__prover *p, int64_t seq,
                                 consent_rows *r) {
    consent__event_row row;
    consent__proof proof;
    uint8_t leaf[CONSENT__HASH];
    consent_status st =
        seq < 0 ? CONSENT_E_NOT_FOUND : p->store->engine->event_get(cx, p->tx, seq, &row);
    if (st == CONSENT_E_NOT_FOUND)
        return consent__fail(cx, st, "the ledger has no event %lld", (long long)seq);
    if (st != CONSENT_OK)
        return st;
    if (!consent__leaf(row.seq, row.at, row.kind, row.commitment, leaf))
        return consent__fail(cx, CONSENT_E_CORRUPT, "event %lld has an impossible kind",
                             (long long)seq);
    consent__rows_add(r);
    consent__rows_number(r, 0, row.seq);
    consent__rows_number(r, 1, row.at);
    consent__rows_text(r, 2, row.kind);
    put_hash(r, 3, row.commitment);
    put_hash(r, 4, leaf);
    st = consent__prover_include(cx, p, seq, leaf, &proof);
    if (st != CONSENT_OK)
        return st;
    consent__rows_number(r, 5, (int64_t)p->tree.size);
    put_hash(r, 6, p->root);
    put_proof(cx, r, 7, &proof);
    return put_checkpoint(cx, p, r, 8);
}

static consent_status consistency_rows(const consent__cx *cx, consent__prover *p, int64_t first,
                                       int64_t second, consent_rows *r) {
    consent__proof proof;
    uint8_t roots[2][CONSENT__HASH];
    if (second < 0)
        second = (int64_t)p->tree.size;
    if (first < 0 || first > second || (uint64_t)second > p->tree.size)
        return consent__fail(cx, CONSENT_E_ARGUMENT,
                             "the sizes are not 0 <= first <= second <= %lld",
                             (long long)p->tree.size);
    consent_status st = consent__root_at(cx, (uint64_t)first, consent__prover_node, p, roots[0]);
    if (st == CONSENT_OK)
        st = consent__root_at(cx, (uint64_t)second, consent__prover_node, p, roots[1]);
    if (st == CONSENT_OK)
        st = consent__prove_consistency(cx, (uint64_t)first, (uint64_t)second, consent__prover_node,
                                        p, &proof);
    if (st != CONSENT_OK)
        return st;
    if (!consent__verify_consistency((uint64_t)first, (uint64_t)second, roots[0], roots[1], &proof))
        return consent__fail(cx, CONSENT_E_CORRUPT,
                             "the stored tree contradicts itself: run verify");
    consent__rows_add(r);
    consent__rows_number(r, 0, first);
    consent__rows_number(r, 1, second);
    put_hash(r, 2, roots[0]);
    put_hash(r, 3, roots[1]);
    put_proof(cx, r, 4, &proof);
    return (uint64_t)second == p->tree.size ? put_checkpoint(cx, p, r, 5) : CONSENT_OK;
}

static consent_status finish(const consent__cx *cx, consent__view *v, consent_status st,
                             consent_rows *r, consent_rows **out) {
    if (st == CONSENT_OK)
        st = consent__rows_finish(cx, r, out);
    else
        consent_rows_free(r);
    consent__view_close(v);
    return st;
}

consent_status consent__flow_prove(const consent__cx *cx, consent_store *s, int64_t seq,
                                   consent_rows **out) {
    consent__view v;
    consent__prover p;
    consent_status st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    consent_rows *r =
        consent__rows_new(cx->env, "seq n,at u,kind t,commitment t,leaf t,size n,root t,proof j,"
                                   "checkpoint t,key t");
    st = r ? consent__prover_open(cx, &v, &p) : consent__no_memory(cx);
    if (st == CONSENT_OK)
        st = prove_rows(cx, &p, seq, r);
    return finish(cx, &v, st, r, out);
}

consent_status consent__flow_consistency(const consent__cx *cx, consent_store *s, int64_t first,
                                         int64_t second, consent_rows **out) {
    consent__view v;
    consent__prover p;
    consent_status st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    consent_rows *r = consent__rows_new(
        cx->env, "first n,second n,first_root t,second_root t,proof j,checkpoint t,key t");
    st = r ? consent__prover_open(cx, &v, &p) : consent__no_memory(cx);
    if (st == CONSENT_OK)
        st = consistency_rows(cx, &p, first, second, r);
    return finish(cx, &v, st, r, out);
}
