/* SPDX-License-Identifier: Apache-2.0 */
/* Joins the parts' subtrees and holds them against what was kept: tree nodes, head, marks. */
#include <string.h>

#include "flow/verify.h"
#include "util/text.h"

typedef struct joining {
    const consent__cx *cx;
    consent__verifying *v;
    consent__two_trees upper;        /* of tiles */
    uint8_t done[64][CONSENT__HASH]; /* roots that the last append to upper.rows completed */
    uint64_t missed;                 /* tiles that fit neither tree, or whose node is another */
    uint64_t missed_told;
    int64_t first_missed;
    bool nodes_differ;
    consent_status status;
} joining;

/* The tree over whole tiles and the leaves behind them. */
static void put_together(const consent__tree *upper, const consent__tree *within,
                         consent__tree *out) {
    consent__tree_init(out);
    out->size = upper->size * CONSENT__TILE + within->size;
    memcpy(out->node, within->node, CONSENT__TILE_LEVEL * (size_t)CONSENT__HASH);
    memcpy(out->node[CONSENT__TILE_LEVEL], upper->node,
           (64 - CONSENT__TILE_LEVEL) * (size_t)CONSENT__HASH);
}

/* ---- marks: a checkpoint kept outside, heads that store.restored names ---- */

static bool leads_to(const consent__tree *upper, const consent__tree *within, const uint8_t *root) {
    consent__tree tree;
    uint8_t hash[CONSENT__HASH];
    put_together(upper, within, &tree);
    consent__tree_root(&tree, hash);
    return memcmp(hash, root, CONSENT__HASH) == 0;
}

static void check_mark(joining *j, const consent__mark *m) {
    if (m->event < 0 && !j->v->marked)
        return; /* of events that a restored backup did not have: told already */
    bool rows = j->upper.rows_good && m->within.rows_good;
    bool kept = j->upper.kept_good && m->within.kept_good;
    if (rows && leads_to(&j->upper.rows, &m->within.rows, m->root))
        return;
    if (kept && leads_to(&j->upper.kept, &m->within.kept, m->root))
        return; /* what was changed since differs from its leaf hash: told already */
    if (!rows && !kept)
        return; /* events are missing: told already */
    if (m->event >= 0)
        consent__found(&j->v->findings, m->event, "FORKED",
                       "the events before it are not those of the head that it names");
    else
        consent__found(&j->v->findings, -1, "FORKED",
                       "the first %lld events are not those the checkpoint was signed over",
                       (long long)m->size);
}

static void marks_at(joining *j, const consent__part *p, int64_t tile) {
    for (size_t i = 0; p && i < p->marks_count; i++)
        if (p->marks[i].size / CONSENT__TILE == tile)
            check_mark(j, &p->marks[i]);
}

/* ---- tiles against kept nodes ---- */

static void completed(void *user, int32_t level, uint64_t index, const uint8_t *hash) {
    joining *j = user;
    (void)index;
    memcpy(j->done[level], hash, CONSENT__HASH);
}

/* An upper node fits when it follows from the rows or from the nodes below it. */
static void compare_upper(void *user, int32_t level, uint64_t index, const uint8_t *hash) {
    joining *j = user;
    uint8_t node[CONSENT__HASH];
    int32_t real = level + CONSENT__TILE_LEVEL;
    if (real % CONSENT__TILE_LEVEL || j->status != CONSENT_OK)
        return;
    consent_store *s = j->v->store;
    consent_status st = s->engine->node_get(j->cx, j->v->tx, real, (int64_t)index, node);
    if (st == CONSENT_E_CORRUPT)
        consent__forget(j->cx);
    else if (st != CONSENT_OK && st != CONSENT_E_NOT_FOUND)
        j->status = st;
    if (st == CONSENT_OK && (memcmp(node, hash, CONSENT__HASH) == 0 ||
                             (j->upper.rows_good && memcmp(node, j->done[level], 32) == 0)))
        return;
    if (j->status == CONSENT_OK)
        consent__found(&j->v->findings, (int64_t)(index << real), "TREE_DIFFERS",
                       "the kept node over events %lld to %lld is %s", (long long)(index << real),
                       (long long)((index + 1) << real) - 1,
                       st == CONSENT_OK ? "another" : "missing");
}

/* A suspect row whose content is what the tree holds: its leaf hash alone was changed. */
static void only_leaf_hashes(consent__verifying *v, const consent__part *p, int64_t first) {
    for (size_t i = 0; i < p->suspects_count; i++) {
        consent__suspect *s = &p->suspects[i];
        if (s->seq < first || s->seq >= first + CONSENT__TILE)
            continue;
        consent__found(&v->findings, s->seq, "EDITED",
                       "the leaf hash was changed; the event itself is as the tree has it");
        s->seq = -1;
    }
}

/* Rows are missing or differ from their leaf hashes: that is told event by event. */
static bool changed(const consent__two *t) {
    return !t->rows_good || memcmp(t->rows, t->kept, CONSENT__HASH) != 0;
}

static void join_tile(joining *j, consent__part *p, int32_t i) {
    consent__verifying *v = j->v;
    const consent__two *t = &p->tile[i];
    int64_t index = p->from / CONSENT__TILE + i;
    uint8_t node[CONSENT__HASH];
    consent_status st = v->store->engine->node_get(j->cx, v->tx, CONSENT__TILE_LEVEL, index, node);
    if (st == CONSENT_E_CORRUPT) {
        consent__forget(j->cx);
        st = CONSENT_E_NOT_FOUND;
    }
    if (st != CONSENT_OK && st != CONSENT_E_NOT_FOUND) {
        j->status = st;
        return;
    }
    bool have = st == CONSENT_OK;
    bool rows = have && t->rows_good && memcmp(node, t->rows, CONSENT__HASH) == 0;
    bool kept = have && t->kept_good && memcmp(node, t->kept, CONSENT__HASH) == 0;
    if (!have)
        consent__found(&v->findings, index * CONSENT__TILE, "TREE_DIFFERS",
                       "the kept node over events %lld to %lld is missing",
                       (long long)index * CONSENT__TILE,
                       (long long)(index + 1) * CONSENT__TILE - 1);
    if (rows && memcmp(t->rows, t->kept, CONSENT__HASH) != 0)
        only_leaf_hashes(v, p, index * CONSENT__TILE);
    if (have && !rows && !kept && !changed(t)) {
        if (!j->missed++)
            j->first_missed = index;
    }
    j->upper.rows_good &= t->rows_good;
    j->upper.kept_good &= have || t->kept_good;
    consent__tree_append(&j->upper.rows, t->rows, completed, j);
    consent__tree_append(&j->upper.kept, have ? node : t->kept, compare_upper, j);
}

/* ---- the head ---- */

static bool same_tree(const consent__tree *a, const consent__tree *b) {
    uint8_t x[64 * CONSENT__HASH], y[64 * CONSENT__HASH];
    size_t n = consent__tree_encode(a, x);
    return a->size == b->size && consent__tree_encode(b, y) == n && memcmp(x, y, n) == 0;
}

/* The subtrees of the head that differ, each told with the events it is over; not those with rows
 * that differ from their leaf hashes, which are told one by one. */
static void head_parts(joining *j, const consent__tree *rows, const consent__tree *kept) {
    const consent__tree *head = &j->v->tree;
    int64_t first = 0;
    bool none = j->missed_told == 0; /* tiles that were told show in the head as well */
    for (int k = 63; k >= 0; k--)
        if (head->size >> k & 1)
            none &= memcmp(head->node[k], rows->node[k], CONSENT__HASH) != 0 &&
                    memcmp(rows->node[k], kept->node[k], CONSENT__HASH) == 0;
    if (none) {
        consent__found(&j->v->findings, -1, "HEAD_DIFFERS", "the head is not that of the events");
        return;
    }
    for (int k = 63; k >= 0; k--) {
        if (!(head->size >> k & 1))
            continue;
        if (memcmp(head->node[k], rows->node[k], CONSENT__HASH) != 0 &&
            memcmp(rows->node[k], kept->node[k], CONSENT__HASH) == 0 &&
            (k < CONSENT__TILE_LEVEL || j->missed_told == 0))
            consent__found(&j->v->findings, first, "EDITED",
                           "one of the events %lld to %lld was changed together with its leaf "
                           "hash, or the head was",
                           (long long)first, (long long)(first + (INT64_C(1) << k)) - 1);
        first += INT64_C(1) << k;
    }
}

static void tell_tiles(joining *j, bool nodes_only) {
    consent__verifying *v = j->v;
    for (int64_t n = 0; n < v->part_count; n++) {
        consent__part *p = v->parts[n];
        for (int32_t i = 0; i < p->whole && j->missed && j->status == CONSENT_OK; i++) {
            int64_t index = p->from / CONSENT__TILE + i, first = index * CONSENT__TILE;
            uint8_t node[CONSENT__HASH];
            if (index < j->first_missed || changed(&p->tile[i]))
                continue;
            if (v->store->engine->node_get(j->cx, v->tx, CONSENT__TILE_LEVEL, index, node) !=
                    CONSENT_OK ||
                memcmp(node, p->tile[i].rows, CONSENT__HASH) == 0)
                continue;
            j->missed--;
            j->missed_told++;
            if (nodes_only)
                consent__found(&v->findings, first, "TREE_DIFFERS",
                               "the kept node over events %lld to %lld is another",
                               (long long)first, (long long)first + CONSENT__TILE - 1);
            else
                consent__found(&v->findings, first, "EDITED",
                               "one or more of the events %lld to %lld were changed together with "
                               "their leaf hashes",
                               (long long)first, (long long)first + CONSENT__TILE - 1);
        }
    }
}

static void check_head(joining *j, consent__part *last) {
    consent__verifying *v = j->v;
    consent__tree rows, kept;
    consent__two_trees empty = {.rows_good = true, .kept_good = true};
    const consent__two_trees *tail = last ? &last->tail : &empty;
    bool rows_good = j->upper.rows_good && tail->rows_good;
    bool kept_good = j->upper.kept_good && tail->kept_good;
    put_together(&j->upper.rows, &tail->rows, &rows);
    put_together(&j->upper.kept, &tail->kept, &kept);
    bool fits = v->tree_good && rows_good && same_tree(&rows, &v->tree);
    bool fits_kept = v->tree_good && kept_good && same_tree(&kept, &v->tree);
    if (fits && !fits_kept && last) /* hashes behind the last whole tile */
        only_leaf_hashes(v, last, last->from + last->whole * CONSENT__TILE);
    tell_tiles(j, fits);
    if (v->tree_good && rows_good && !fits && !fits_kept)
        head_parts(j, &rows, &kept);
}

consent_status consent__verify_tree(const consent__cx *cx, consent__verifying *v) {
    joining *j = consent__alloc(cx->env, sizeof *j);
    if (!j)
        return consent__no_memory(cx);
    *j = (joining){.cx = cx, .v = v};
    j->upper.rows_good = j->upper.kept_good = true;
    int64_t tile = 0;
    for (int64_t n = 0; n < v->part_count && j->status == CONSENT_OK; n++) {
        consent__part *p = v->parts[n];
        for (int32_t i = 0; i < p->whole && j->status == CONSENT_OK; i++) {
            marks_at(j, p, tile++);
            join_tile(j, p, i);
        }
    }
    consent__part *last = v->part_count ? v->parts[v->part_count - 1] : NULL;
    if (j->status == CONSENT_OK && last && last->whole * CONSENT__TILE < last->to - last->from)
        marks_at(j, last, tile);
    if (j->status == CONSENT_OK && v->marked && v->mark_size == v->size &&
        v->mark_size % CONSENT__TILE == 0) { /* no tile begins at the end */
        consent__mark m = {.size = v->mark_size, .event = -1};
        m.within.rows_good = m.within.kept_good = true;
        memcpy(m.root, v->mark_root, CONSENT__HASH);
        check_mark(j, &m);
    }
    if (j->status == CONSENT_OK)
        check_head(j, last);
    consent_status st = j->status;
    consent__release(cx->env, j);
    return st;
}
