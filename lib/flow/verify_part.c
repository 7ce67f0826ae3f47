/* SPDX-License-Identifier: Apache-2.0 */
/* One part of the ledger: every row against its leaf hash, every body against its commitment. */
#include <string.h>

#include "flow/verify.h"
#include "util/text.h"
#include "json/event.h"

#define SHIFT_MAX 8 /* how far a renumbered row is looked for */
#define SUSPECT_MAX 256
#define KEYS 1024 /* subjects whose keys are kept, a power of two */
#define KINDS 64

typedef struct cached_key {
    int64_t subject;
    bool known;
    uint8_t uid[16], key[CONSENT__KEY];
} cached_key;

typedef struct working {
    const consent__cx *cx;
    consent__verifying *v;
    consent__tx *tx;
    consent__part *part;
    int64_t start, next; /* of the tile; the seq that comes next */
    int32_t first_gap;   /* leaves before it are there */
    bool diverged;       /* a row differed from its leaf hash in this tile */
    int64_t run_shift;   /* of the row before */
    consent__buf plain;
    consent__arena arena;
    char kind_text[KINDS][65];
    int32_t kind_number[KINDS];
    uint8_t rows[CONSENT__TILE][CONSENT__HASH], kept[CONSENT__TILE][CONSENT__HASH];
    /* Without bodies rows are hashed two at a time: the first of them waits. */
    bool waits;
    consent__event_row waiting;
    char waiting_kind[65];
    size_t waiting_n; /* of its leaf input */
    char waiting_input[CONSENT__LEAF_INPUT_MAX];
    cached_key keys[KEYS];
} working;

void *consent__list_more(const consent__env *env, void **list, size_t *count, size_t *cap,
                         size_t size) {
    if (*count == *cap) {
        size_t more = *cap ? *cap * 2 : 8;
        void *bigger = consent__realloc(env, *list, more * size);
        if (!bigger)
            return NULL;
        *list = bigger;
        *cap = more;
    }
    void *slot = (char *)*list + (*count)++ * size;
    memset(slot, 0, size);
    return slot;
}

/* ---- rows against leaf hashes ---- */

static int32_t kind_of(working *w, const char *kind) {
    size_t n = strlen(kind);
    if (n == 0 || n > 64)
        return -1;
    size_t slot = (n * 31 + (uint8_t)kind[0] * 7 + (uint8_t)kind[n - 1]) % KINDS;
    if (strcmp(w->kind_text[slot], kind) != 0) {
        memcpy(w->kind_text[slot], kind, n + 1);
        w->kind_number[slot] = consent__event_kind_of(kind);
    }
    return w->kind_number[slot];
}

/* By how much the row was renumbered, when its leaf hash says so; 0: it does not. */
static int64_t shift_of(const working *w, const consent__event_row *row) {
    uint8_t leaf[CONSENT__HASH];
    for (int64_t i = 0; i < 2 * SHIFT_MAX + 1; i++) {
        int64_t d = i == 0 ? w->run_shift : i % 2 ? (i + 1) / 2 : -(i / 2);
        if (d && consent__leaf(row->seq + d, row->at, row->kind, row->commitment, leaf) &&
            memcmp(leaf, row->leaf, CONSENT__HASH) == 0)
            return d;
    }
    return 0;
}

static consent_status suspect_add(working *w, const consent__event_row *row, int64_t shift) {
    consent__part *p = w->part;
    if (p->suspects_count >= SUSPECT_MAX) {
        if (!shift)
            consent__found(&p->findings, row->seq, "EDITED",
                           "the event differs from its leaf hash");
        return CONSENT_OK;
    }
    consent__suspect *s = CONSENT__MORE(w->cx->env, p, suspects);
    if (!s)
        return consent__no_memory(w->cx);
    s->seq = row->seq;
    s->at = row->at;
    s->belongs = shift ? row->seq + shift : -1;
    size_t n = strnlen(row->kind, sizeof s->kind - 1);
    memcpy(s->kind, row->kind, n);
    memcpy(s->commitment, row->commitment, CONSENT__HASH);
    memcpy(s->leaf, row->leaf, CONSENT__HASH);
    return CONSENT_OK;
}

static consent_status row_differs(working *w, const consent__event_row *row) {
    consent__part *p = w->part;
    int64_t shift = shift_of(w, row);
    consent__run *last = p->runs_count ? &p->runs[p->runs_count - 1] : NULL;
    w->diverged = true;
    w->run_shift = shift;
    if (!shift)
        return suspect_add(w, row, 0);
    if (last && last->shift == shift && last->last + 1 == row->seq) {
        last->last = row->seq;
        /* A long run is one thing; a short one may be rows that changed places. */
        return row->seq - last->first < SHIFT_MAX ? suspect_add(w, row, shift) : CONSENT_OK;
    }
    consent__run *run = CONSENT__MORE(w->cx->env, p, runs);
    if (!run)
        return consent__no_memory(w->cx);
    *run = (consent__run){row->seq, row->seq, shift};
    return suspect_add(w, row, shift);
}

/* ---- bodies ---- */

static consent_status subject_key(working *w, int64_t subject, const cached_key **out) {
    cached_key *k = &w->keys[(size_t)subject % KEYS];
    if (k->subject != subject) {
        uint8_t salt[CONSENT__SALT];
        consent_status st = w->v->store->engine->subject_key(w->cx, w->tx, subject, k->uid, salt);
        if (st != CONSENT_OK && st != CONSENT_E_NOT_FOUND)
            return st;
        k->subject = subject;
        k->known = st == CONSENT_OK;
        if (k->known)
            consent__subject_key(w->v->store->keys, salt, k->uid, k->key);
        consent__wipe(salt, sizeof salt);
    }
    *out = k;
    return CONSENT_OK;
}

/* What a store-level event says that the ledger itself can be held to. */
static consent_status note_clear(working *w, const consent__event_row *row, int32_t kind,
                                 const uint8_t *body, size_t n) {
    consent__part *p = w->part;
    consent__event e;
    consent__cx quiet = {w->cx->env, NULL, w->cx->op};
    consent__arena_reset(&w->arena);
    consent_status st =
        consent__event_decode(&quiet, (consent__event_kind)kind, row->seq, body, n, &w->arena, &e);
    if (st == CONSENT_E_MEMORY)
        return consent__no_memory(w->cx);
    if (st != CONSENT_OK) {
        consent__found(&p->findings, row->seq, "EDITED", "the body is not that of an event");
        return CONSENT_OK;
    }
    if (kind == EV_SUBJECT_ERASED && p->noted_count) {
        p->noted[p->noted_count - 1].erasure = true;
        p->noted[p->noted_count - 1].count = e.count_;
    }
    if (kind != EV_STORE_RESTORED)
        return CONSENT_OK;
    consent__mark *m = CONSENT__MORE(w->cx->env, p, marks);
    if (!m)
        return consent__no_memory(w->cx);
    m->size = row->seq;
    m->event = row->seq;
    if (e.count_ != row->seq || strlen(e.sha256_) != 64 ||
        !consent__unhex(e.sha256_, m->root, CONSENT__HASH)) {
        p->marks_count--;
        consent__found(&p->findings, row->seq, "EDITED",
                       "the event does not name the head that it follows");
    }
    return CONSENT_OK;
}

static consent_status check_body(working *w, const consent__event_row *row, int32_t kind) {
    consent__findings *found = &w->part->findings;
    bool clear = kind >= 0 && consent__kind_table[kind].store;
    const uint8_t *plain = row->box;
    int64_t n = (int64_t)row->box_len;
    uint8_t commitment[CONSENT__HASH];
    if (!row->box) {
        int64_t *stub = clear ? NULL : CONSENT__MORE(w->cx->env, w->part, stubs);
        if (clear)
            consent__found(found, row->seq, "STUB_WITHOUT_ERASURE",
                           "the body is gone; bodies of the store's own events are never erased");
        else if (!stub)
            return consent__no_memory(w->cx);
        else
            *stub = row->seq;
        return CONSENT_OK;
    }
    if (kind < 0)
        return CONSENT_OK; /* told already */
    if (clear != (row->subject == 0)) {
        consent__found(found, row->seq, "EDITED", "the body %s",
                       clear ? "was given to a subject" : "lost its subject");
        return CONSENT_OK;
    }
    if (!clear) {
        const cached_key *k = NULL;
        consent_status st = subject_key(w, row->subject, &k);
        if (st != CONSENT_OK)
            return st;
        consent__buf_reset(&w->plain);
        uint8_t *room = consent__buf_extend(&w->plain, row->box_len);
        if (!room)
            return consent__no_memory(w->cx);
        n = k->known ? consent__event_open(w->v->store, row, k->uid, k->key, room) : -1;
        plain = room;
    }
    if (n < CONSENT__NONCE) {
        consent__found(found, row->seq, "EDITED",
                       "the body does not open: it was changed, moved, or its subject's key was");
        return CONSENT_OK;
    }
    consent__sha256(plain, (size_t)n, commitment);
    if (memcmp(commitment, row->commitment, CONSENT__HASH) != 0) {
        consent__found(found, row->seq, "EDITED", "the body is not the one that was committed to");
        return CONSENT_OK;
    }
    return clear ? note_clear(w, row, kind, plain + CONSENT__NONCE, (size_t)n - CONSENT__NONCE)
                 : CONSENT_OK;
}

/* ---- one row ---- */

static consent_status note_gap(working *w, int64_t end) {
    if (end == w->next)
        return CONSENT_OK;
    consent__gap *gap = CONSENT__MORE(w->cx->env, w->part, gaps);
    if (!gap)
        return consent__no_memory(w->cx);
    *gap = (consent__gap){w->next, end - 1};
    if ((int32_t)(w->next - w->start) < w->first_gap)
        w->first_gap = (int32_t)(w->next - w->start);
    return CONSENT_OK;
}

static void note_order(working *w, const consent__event_row *row) {
    consent__part *p = w->part;
    if (p->any && row->at < p->last_at)
        consent__found(&p->findings, row->seq, "TIME_BACKWARDS",
                       "the event is older than the one before it");
    if (!p->any) {
        p->first_at = row->at;
        p->first_seq = row->seq;
    }
    p->any = true;
    p->last_at = row->at;
    p->last_seq = row->seq;
    p->rows++;
    w->next = row->seq + 1;
}

/* The leaf is in w->rows; fits: the row has one. */
static consent_status compare(working *w, const consent__event_row *row, bool fits) {
    if (!fits || memcmp(w->rows[row->seq - w->start], row->leaf, CONSENT__HASH) != 0)
        return row_differs(w, row);
    w->run_shift = 0;
    return CONSENT_OK;
}

/* Ends what waits alone. */
static consent_status let_go(working *w) {
    if (!w->waits)
        return CONSENT_OK;
    w->waits = false;
    const consent__event_row *row = &w->waiting;
    bool fits =
        consent__leaf(row->seq, row->at, row->kind, row->commitment, w->rows[row->seq - w->start]);
    return compare(w, row, fits);
}

static consent_status hash_in_pairs(working *w, const consent__event_row *row) {
    char input[CONSENT__LEAF_INPUT_MAX];
    size_t n = consent__leaf_input(row->seq, row->at, row->kind, row->commitment, input);
    size_t kind_n = strlen(row->kind);
    uint8_t *leaf = w->rows[row->seq - w->start];
    if (n == 0 || kind_n >= sizeof w->waiting_kind) {
        consent_status st = let_go(w);
        memset(leaf, 0, CONSENT__HASH);
        return st == CONSENT_OK ? compare(w, row, false) : st;
    }
    if (w->waits) {
        w->waits = false;
        consent__leaf_twin(w->waiting_input, w->waiting_n, input, n,
                           w->rows[w->waiting.seq - w->start], leaf);
        consent_status st = compare(w, &w->waiting, true);
        return st == CONSENT_OK ? compare(w, row, true) : st;
    }
    w->waits = true;
    w->waiting = *row;
    memcpy(w->waiting_kind, row->kind, kind_n + 1);
    w->waiting.kind = w->waiting_kind;
    memcpy(w->waiting_input, input, n);
    w->waiting_n = n;
    return CONSENT_OK;
}

static consent_status take(const consent__cx *cx, void *user, const consent__event_row *row) {
    working *w = user;
    consent__part *p = w->part;
    int32_t at = (int32_t)(row->seq - w->start), kind = kind_of(w, row->kind);
    if (note_gap(w, row->seq) != CONSENT_OK)
        return CONSENT_E_MEMORY;
    note_order(w, row);
    memcpy(w->kept[at], row->leaf, CONSENT__HASH);
    if (kind < 0)
        consent__found(&p->findings, row->seq, "UNKNOWN_KIND",
                       "the event is of a kind that this library does not know");
    if (kind >= 0 && consent__kind_table[kind].store) {
        consent__noted *n = CONSENT__MORE(cx->env, p, noted);
        if (!n)
            return consent__no_memory(cx);
        n->seq = row->seq;
        n->kind = kind;
    }
    if (!w->v->how->bodies)
        return hash_in_pairs(w, row);
    bool fits = consent__leaf(row->seq, row->at, row->kind, row->commitment, w->rows[at]);
    if (!fits)
        memset(w->rows[at], 0, CONSENT__HASH);
    if (!fits || memcmp(w->rows[at], row->leaf, CONSENT__HASH) != 0)
        return row_differs(w, row);
    w->run_shift = 0;
    return check_body(w, row, kind);
}

/* ---- one tile ---- */

/* Root of a perfect subtree; the leaves are overwritten. */
static void fold(uint8_t leaves[CONSENT__TILE][CONSENT__HASH], uint8_t out[CONSENT__HASH]) {
    for (int n = CONSENT__TILE; n > 1; n /= 2)
        for (int i = 0; i < n / 2; i += 2) {
            if (n == 2)
                consent__node(leaves[0], leaves[1], leaves[0]);
            else
                consent__node_twin((const uint8_t(*)[CONSENT__HASH]) & leaves[2 * i], &leaves[i]);
        }
    memcpy(out, leaves[0], CONSENT__HASH);
}

static void grow_trees(const working *w, int32_t n, consent__two_trees *out) {
    consent__tree_init(&out->rows);
    consent__tree_init(&out->kept);
    out->rows_good = out->kept_good = n <= w->first_gap;
    for (int32_t i = 0; i < n && out->rows_good; i++) {
        consent__tree_append(&out->rows, w->rows[i], NULL, NULL);
        consent__tree_append(&out->kept, w->kept[i], NULL, NULL);
    }
}

static consent_status set_marks(working *w, size_t first) {
    consent__part *p = w->part;
    consent__verifying *v = w->v;
    if (v->marked && v->mark_size >= w->start && v->mark_size < w->start + CONSENT__TILE &&
        v->mark_size <= v->size) {
        consent__mark *m = CONSENT__MORE(w->cx->env, p, marks);
        if (!m)
            return consent__no_memory(w->cx);
        m->size = v->mark_size;
        m->event = -1;
        memcpy(m->root, v->mark_root, CONSENT__HASH);
    }
    for (size_t i = first; i < p->marks_count; i++)
        grow_trees(w, (int32_t)(p->marks[i].size - w->start), &p->marks[i].within);
    return CONSENT_OK;
}

static consent_status do_tile(working *w, int64_t start, int64_t end) {
    consent__part *p = w->part;
    size_t marks = p->marks_count;
    w->start = w->next = start;
    w->first_gap = CONSENT__TILE;
    w->diverged = false;
    consent_status st = w->v->store->engine->event_scan(w->cx, w->tx, start, end - 1, 0,
                                                        w->v->how->bodies, take, w);
    if (st == CONSENT_OK || st == CONSENT_E_CORRUPT) {
        consent_status last = let_go(w);
        st = last == CONSENT_OK ? st : last;
    }
    w->waits = false;
    if (st == CONSENT_E_CORRUPT) { /* what cannot be read is a finding as well */
        consent__forget(w->cx);
        consent__found(&p->findings, w->next, "UNREADABLE",
                       "the event, and maybe those after it up to %lld, cannot be read",
                       (long long)end - 1);
        if ((int32_t)(w->next - start) < w->first_gap)
            w->first_gap = (int32_t)(w->next - start);
        st = CONSENT_OK;
    } else if (st == CONSENT_OK) {
        st = note_gap(w, end);
    }
    if (st == CONSENT_OK)
        st = set_marks(w, marks);
    if (st != CONSENT_OK)
        return st;
    if (end - start < CONSENT__TILE) {
        grow_trees(w, (int32_t)(end - start), &p->tail);
        return CONSENT_OK;
    }
    consent__two *t = &p->tile[p->whole++];
    t->rows_good = t->kept_good = w->first_gap == CONSENT__TILE;
    if (!t->rows_good)
        return CONSENT_OK;
    fold(w->rows, t->rows);
    if (w->diverged)
        fold(w->kept, t->kept);
    else
        memcpy(t->kept, t->rows, CONSENT__HASH);
    return CONSENT_OK;
}

/* ---- one part ---- */

void consent__part_free(const consent__env *env, consent__part *p) {
    if (!p)
        return;
    consent__findings_free(&p->findings);
    consent__release(env, p->marks);
    consent__release(env, p->suspects);
    consent__release(env, p->runs);
    consent__release(env, p->gaps);
    consent__release(env, p->noted);
    consent__release(env, p->stubs);
    consent__release(env, p);
}

consent_status consent__verify_part(const consent__cx *cx, consent__verifying *v, consent__tx *tx,
                                    int64_t from, consent__part **out) {
    working *w = consent__alloc(cx->env, sizeof *w);
    consent__part *p = consent__alloc(cx->env, sizeof *p);
    if (!w || !p) {
        consent__release(cx->env, w);
        consent__release(cx->env, p);
        return consent__no_memory(cx);
    }
    p->from = from;
    p->to = v->size - from < CONSENT__PART ? v->size : from + CONSENT__PART;
    p->tail.rows_good = p->tail.kept_good = true;
    consent__findings_init(&p->findings, cx->env);
    w->cx = cx;
    w->v = v;
    w->tx = tx;
    w->part = p;
    consent__buf_init(&w->plain, cx->env);
    consent__arena_init(&w->arena, cx->env);
    consent_status st = CONSENT_OK;
    for (int64_t at = from; at < p->to && st == CONSENT_OK; at += CONSENT__TILE)
        st = do_tile(w, at, p->to - at < CONSENT__TILE ? p->to : at + CONSENT__TILE);
    consent__buf_wipe_free(&w->plain);
    consent__arena_free(&w->arena);
    consent__wipe(w->keys, sizeof w->keys);
    consent__release(cx->env, w);
    if (st != CONSENT_OK) {
        consent__part_free(cx->env, p);
        return st;
    }
    *out = p;
    return CONSENT_OK;
}
