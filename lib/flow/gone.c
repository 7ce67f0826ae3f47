/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/gone.h"

#include "json/event.h"

typedef struct census {
    consent__view *view;
    consent__arena arena;
    int64_t stubs, erased; /* so far; what the erasures so far took */
    int64_t since;         /* the first stub that may be unaccounted for; -1: none */
    int64_t after;         /* the first stub after the last erasure; -1: none */
    int64_t last;          /* stub */
} census;

static consent_status lost(const consent__cx *cx, int64_t seq) {
    return consent__fail(cx, CONSENT_E_CORRUPT,
                         "event %lld has lost its body, and was not erased: ledger verify tells "
                         "more",
                         (long long)seq);
}

static consent_status count_erasure(const consent__cx *cx, census *c,
                                    const consent__event_row *row) {
    consent__buf body;
    consent__event e;
    int64_t seq = row->seq;
    consent__buf_init(&body, cx->env);
    consent__arena_reset(&c->arena);
    consent_status st = consent__event_body(cx, c->view->store, row, NULL, NULL, &body, NULL);
    if (st == CONSENT_OK)
        st = consent__event_decode(cx, EV_SUBJECT_ERASED, seq, body.data, body.len, &c->arena, &e);
    consent__buf_free(&body);
    if (st != CONSENT_OK)
        return st;
    c->erased += e.count_;
    c->after = -1;
    if (c->stubs <= c->erased)
        c->since = -1; /* every stub so far is one of an erasure */
    return CONSENT_OK;
}

static consent_status count_row(const consent__cx *cx, void *user, const consent__event_row *row) {
    census *c = user;
    int32_t kind = consent__event_kind_of(row->kind);
    if (row->box)
        return count_erasure(cx, c, row);
    if (row->subject < 0 || kind < 0 || consent__kind_table[kind].store)
        return lost(cx, row->seq);
    c->stubs++;
    c->last = row->seq;
    if (c->since < 0)
        c->since = row->seq;
    if (c->after < 0)
        c->after = row->seq;
    return CONSENT_OK;
}

consent_status consent__gone_check(const consent__cx *cx, consent__view *v) {
    census c = {.view = v, .since = -1, .after = -1};
    consent__arena_init(&c.arena, cx->env);
    consent_status st = v->store->engine->event_scan_gone(
        cx, v->tx, consent__kind_table[EV_SUBJECT_ERASED].name, count_row, &c);
    consent__arena_free(&c.arena);
    if (st != CONSENT_OK || v->store->evidence_part)
        return st;
    if (c.after >= 0) /* no erasure comes after it that could have taken it */
        return lost(cx, c.after);
    if (c.stubs <= c.erased)
        return CONSENT_OK;
    return c.since == c.last
               ? lost(cx, c.last)
               : consent__fail(cx, CONSENT_E_CORRUPT,
                               "%lld of the events %lld to %lld lost their bodies, and were not "
                               "erased: ledger verify tells more",
                               (long long)(c.stubs - c.erased), (long long)c.since,
                               (long long)c.last);
}

consent_status consent__gone_of_subject(const consent__cx *cx, consent__view *v,
                                        const consent__state *s, int64_t found, int64_t last) {
    if (found == s->events && last == s->seq)
        return CONSENT_OK;
    consent_status st = consent__gone_check(cx, v); /* names the event where it can */
    if (st != CONSENT_OK)
        return st;
    if (found == s->events - 1 && last < s->seq)
        return lost(cx, s->seq);
    return consent__fail(cx, CONSENT_E_CORRUPT,
                         "of %lld events of the subject %lld are left, the last of them event "
                         "%lld: ledger verify and doctor tell more",
                         (long long)s->events, (long long)found, (long long)last);
}

typedef struct counting {
    int64_t found, last;
} counting;

static consent_status count_one(const consent__cx *cx, void *user, const consent__event_row *row) {
    counting *c = user;
    (void)cx;
    c->found++;
    c->last = row->seq;
    return CONSENT_OK;
}

consent_status consent__gone_count(const consent__cx *cx, consent__view *v,
                                   const consent__subject *subject) {
    counting c = {0, -1};
    consent_status st =
        v->store->engine->event_scan(cx, v->tx, 0, INT64_MAX, subject->id, false, count_one, &c);
    return st == CONSENT_OK ? consent__gone_of_subject(cx, v, &subject->state, c.found, c.last)
                            : st;
}
