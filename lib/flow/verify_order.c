/* SPDX-License-Identifier: Apache-2.0 */
/* Rows that differ from their leaf hashes: changed in place, moved, or renumbered because others
 * were taken out or put in. Stubs against the erasures that account for them. */
#include <string.h>

#include "flow/verify.h"

#define PAIRS_MAX 256 /* suspects among which places are exchanged */
#define SHORT_RUN 8

typedef struct sorting {
    consent__verifying *v;
    consent__suspect **s;
    size_t count;
} sorting;

/* ---- gaps ---- */

static void tell_gap(consent__verifying *v, int64_t first, int64_t last) {
    if (first == last)
        consent__found(&v->findings, first, "MISSING", "the event is gone");
    else
        consent__found(&v->findings, first, "MISSING", "events %lld to %lld are gone",
                       (long long)first, (long long)last);
}

static void tell_gaps(consent__verifying *v) {
    consent__gap open = {0, -1};
    for (int64_t n = 0; n < v->part_count; n++)
        for (size_t i = 0; i < v->parts[n]->gaps_count; i++) {
            const consent__gap *g = &v->parts[n]->gaps[i];
            if (open.last >= open.first && g->first == open.last + 1) {
                open.last = g->last;
                continue;
            }
            if (open.last >= open.first)
                tell_gap(v, open.first, open.last);
            open = *g;
        }
    if (open.last >= open.first)
        tell_gap(v, open.first, open.last);
}

/* ---- suspects ---- */

static consent__suspect *suspect_at(const sorting *o, int64_t seq) {
    for (size_t i = 0; i < o->count; i++)
        if (o->s[i]->seq == seq)
            return o->s[i];
    return NULL;
}

/* Where else the row would fit: with the leaf hash it brought along, or with the one it found. */
static void look_for_place(const sorting *o, consent__suspect *s) {
    uint8_t leaf[CONSENT__HASH];
    for (size_t i = 0; i < o->count && s->belongs < 0; i++)
        if (o->s[i] != s && consent__leaf(o->s[i]->seq, s->at, s->kind, s->commitment, leaf) &&
            (memcmp(leaf, s->leaf, CONSENT__HASH) == 0 ||
             memcmp(leaf, o->s[i]->leaf, CONSENT__HASH) == 0))
            s->belongs = o->s[i]->seq;
}

/* Places were exchanged: following them comes back to the start. */
static bool in_cycle(const sorting *o, const consent__suspect *s) {
    const consent__suspect *at = s;
    for (size_t i = 0; i <= o->count && at && at->belongs >= 0; i++) {
        at = suspect_at(o, at->belongs);
        if (at == s)
            return true;
    }
    return false;
}

static void tell_run(consent__verifying *v, const consent__run *r) {
    if (r->shift > 0)
        consent__found(&v->findings, r->first, "MISSING",
                       "%lld event%s before this one %s taken out and those from here to %lld "
                       "renumbered",
                       (long long)r->shift, r->shift == 1 ? "" : "s",
                       r->shift == 1 ? "was" : "were", (long long)r->last);
    else
        consent__found(&v->findings, r->first - 1, "INSERTED",
                       "%lld event%s up to this one %s put in and those from here to %lld "
                       "renumbered",
                       -(long long)r->shift, r->shift == -1 ? "" : "s",
                       r->shift == -1 ? "was" : "were", (long long)r->last);
}

/* Runs of all parts, those that go on across parts joined. */
static void tell_runs(const sorting *o) {
    consent__run open = {0, -1, 0};
    for (int64_t n = 0; n <= o->v->part_count; n++) {
        const consent__part *p = n < o->v->part_count ? o->v->parts[n] : NULL;
        for (size_t i = 0; p ? i < p->runs_count : i < 1; i++) {
            const consent__run *r = p ? &p->runs[i] : NULL;
            if (r && r->shift == open.shift && r->first == open.last + 1) {
                open.last = r->last;
                continue;
            }
            if (open.shift) {
                const consent__suspect *s =
                    open.last - open.first < SHORT_RUN ? suspect_at(o, open.first) : NULL;
                if (!s || !in_cycle(o, s))
                    tell_run(o->v, &open);
            }
            if (r)
                open = *r;
        }
    }
}

static bool in_run(const consent__verifying *v, int64_t seq) {
    for (int64_t n = 0; n < v->part_count; n++)
        for (size_t i = 0; i < v->parts[n]->runs_count; i++)
            if (seq >= v->parts[n]->runs[i].first && seq <= v->parts[n]->runs[i].last)
                return true;
    return false;
}

static void tell_suspects(const sorting *o) {
    for (size_t i = 0; i < o->count; i++) {
        const consent__suspect *s = o->s[i];
        if (in_cycle(o, s))
            consent__found(&o->v->findings, s->seq, "REORDERED", "the event belongs to place %lld",
                           (long long)s->belongs);
        else if (!in_run(o->v, s->seq))
            consent__found(&o->v->findings, s->seq, "EDITED",
                           "the event differs from its leaf hash");
    }
}

consent_status consent__verify_order(const consent__cx *cx, consent__verifying *v) {
    sorting o = {.v = v};
    size_t total = 0;
    tell_gaps(v);
    for (int64_t n = 0; n < v->part_count; n++)
        total += v->parts[n]->suspects_count;
    o.s = consent__arena_get(&v->arena, (total + 1) * sizeof(consent__suspect *));
    if (!o.s)
        return consent__no_memory(cx);
    for (int64_t n = 0; n < v->part_count; n++)
        for (size_t i = 0; i < v->parts[n]->suspects_count; i++) {
            consent__suspect *s = &v->parts[n]->suspects[i];
            if (s->seq < 0)
                continue; /* told with the tree */
            if (o.count < PAIRS_MAX)
                o.s[o.count++] = s;
            else if (s->belongs < 0)
                consent__found(&v->findings, s->seq, "EDITED",
                               "the event differs from its leaf hash");
        }
    for (size_t i = 0; i < o.count; i++)
        look_for_place(&o, o.s[i]);
    tell_suspects(&o);
    tell_runs(&o);
    for (int64_t n = 1; n < v->part_count; n++) {
        const consent__part *a = v->parts[n - 1], *b = v->parts[n];
        if (a->any && b->any && b->first_at < a->last_at)
            consent__found(&v->findings, b->first_seq, "TIME_BACKWARDS",
                           "the event is older than the one before it");
    }
    return CONSENT_OK;
}

/* ---- stubs ---- */

typedef struct stub_walk {
    const consent__verifying *v;
    int64_t part;
    size_t at;
    int64_t seen;
} stub_walk;

static void stubs_before(stub_walk *w, int64_t seq) {
    for (; w->part < w->v->part_count; w->part++, w->at = 0) {
        const consent__part *p = w->v->parts[w->part];
        for (; w->at < p->stubs_count; w->at++, w->seen++)
            if (p->stubs[w->at] >= seq)
                return;
    }
}

/* An erasure says how many bodies it took, not which (that only its proof does): so many stubs must
 * lie before it, and no more than all erasures took together. */
void consent__verify_stubs(consent__verifying *v) {
    stub_walk w = {.v = v};
    int64_t owed = 0;
    if (v->store->evidence_part)
        return;        /* what was withheld is gone as well, and nothing tells which is which */
    bool exact = true; /* every stub so far is accounted for, one by one */
    for (int64_t n = 0; n < v->part_count; n++)
        for (size_t i = 0; i < v->parts[n]->noted_count; i++) {
            const consent__noted *e = &v->parts[n]->noted[i];
            if (!e->erasure)
                continue;
            stubs_before(&w, e->seq);
            owed += e->count;
            if (w.seen < owed)
                consent__found(&v->findings, e->seq, "ERASURE_INCOMPLETE",
                               "the erasure took %lld bodies; %lld of them are back or stayed",
                               (long long)e->count, (long long)(owed - w.seen));
            if (w.seen < owed)
                owed = w.seen;
            exact = w.seen == owed;
        }
    if (!exact)
        consent__found(&v->findings, -1, "STUB_WITHOUT_ERASURE",
                       "%lld more bodies are gone than the erasures took",
                       (long long)(w.seen - owed));
    for (; w.part < v->part_count; w.part++, w.at = 0)
        for (; w.at < v->parts[w.part]->stubs_count; w.at++)
            consent__found(&v->findings, v->parts[w.part]->stubs[w.at], "STUB_WITHOUT_ERASURE",
                           "the body is gone and no erasure after it accounts for that");
}
