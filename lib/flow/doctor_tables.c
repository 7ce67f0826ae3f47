/* SPDX-License-Identifier: Apache-2.0 */
/* idem, request and remainder hold nothing that the ledger does not say: each row has its event,
 * each such event its row. What an idempotency key was used for (the digest beside it) and how the
 * request of an erased subject ended is in no event any more: docs/threat-model.md. */
#include "flow/doctor_tables.h"

#include <string.h>

#include "core/request.h"
#include "util/text.h"
#include "json/event.h"

void consent__tables_init(consent__tables *t, consent__view *view, consent__findings *found) {
    memset(t, 0, sizeof *t);
    t->view = view;
    t->found = found;
    consent__arena_init(&t->arena, &view->store->env);
    consent__buf_init(&t->released, &view->store->env);
}

void consent__tables_free(consent__tables *t) {
    consent__arena_free(&t->arena);
    consent__buf_free(&t->released);
}

/* ---- idem ---- */

static bool is_act(int32_t kind) {
    return kind >= EV_CONSENT_GRANTED && kind <= EV_CONSENT_IMPLIED;
}

consent_status consent__tables_event(const consent__cx *cx, void *user, const consent__event *e) {
    consent__tables *t = user;
    consent__idem_row row;
    uint8_t key[16];
    if (!is_act((int32_t)e->kind) || !CONSENT__HAS(e, idempotency))
        return CONSENT_OK;
    t->keys++;
    consent_status st = CONSENT_E_NOT_FOUND;
    if (strlen(e->idempotency_) == 32 && consent__unhex(e->idempotency_, key, 16))
        st = t->view->store->engine->idem_get(cx, t->view->tx, t->subject, key, &row);
    if (st == CONSENT_E_NOT_FOUND || (st == CONSENT_OK && row.seq != e->seq)) {
        consent__found(t->found, e->seq, "IDEM_DIFFERS",
                       "the idempotency key of the event does not lead to it");
        st = CONSENT_OK;
    }
    return st;
}

static consent_status check_idem(const consent__cx *cx, void *user, const consent__idem_row *row) {
    consent__tables *t = user;
    consent__event_row event;
    int64_t seq = row->seq, subject = row->subject;
    /* A receipt that was taken in, or (subject 0) whose the receipts of a device are. */
    bool receipt = memcmp(row->key, row->digest, sizeof row->key) == 0;
    t->rows += !receipt;
    consent_status st = t->view->store->engine->event_get(cx, t->view->tx, seq, &event);
    if (st != CONSENT_OK && st != CONSENT_E_NOT_FOUND)
        return st;
    bool own = st == CONSENT_OK && (event.subject == subject || (receipt && !subject));
    if (!own || (!receipt && !is_act(consent__event_kind_of(event.kind))))
        consent__found(t->found, seq, "IDEM_DIFFERS",
                       "an idempotency key leads to an event that is no act of its subject");
    return CONSENT_OK;
}

/* ---- requests ---- */

static consent_status check_request(const consent__cx *cx, consent__tables *t,
                                    const consent__request *q) {
    consent__request_row row;
    consent_status st = t->view->store->engine->request_get(cx, t->view->tx, q->number, &row);
    if (st != CONSENT_OK && st != CONSENT_E_NOT_FOUND)
        return st;
    bool same = st == CONSENT_OK && row.subject == t->subject &&
                strcmp(row.kind, consent__right_kind_name(q->kind)) == 0 &&
                strcmp(row.state, consent__stage_name(q->stage)) == 0 &&
                row.open == !consent__stage_final(q->stage) && row.received_at == q->received_at &&
                row.due == q->due && row.provisional == q->provisional;
    if (!same)
        consent__found(t->found, q->number, "REQUEST_DIFFERS",
                       "the row of the request is gone, or not what its events say");
    return CONSENT_OK;
}

consent_status consent__tables_requests(const consent__cx *cx, consent__tables *t,
                                        const consent__state *s) {
    consent_status st = CONSENT_OK;
    for (int32_t i = 0; st == CONSENT_OK && i < s->requests_count; i++)
        st = check_request(cx, t, &s->requests[i]);
    return st;
}

static consent_status check_request_row(const consent__cx *cx, void *user,
                                        const consent__request_row *row) {
    consent__tables *t = user;
    consent__event_row event;
    int64_t number = row->number, subject = row->subject;
    consent_status st = t->view->store->engine->event_get(cx, t->view->tx, number, &event);
    if (st != CONSENT_OK && st != CONSENT_E_NOT_FOUND)
        return st;
    if (st == CONSENT_E_NOT_FOUND || event.subject != subject || (!subject && event.box) ||
        consent__event_kind_of(event.kind) != EV_REQUEST_OPENED)
        consent__found(t->found, number, "REQUEST_DIFFERS",
                       "the row of a request has no event that opened it for that subject");
    return CONSENT_OK;
}

/* ---- remainders ---- */

/* A clear event of the store into the arena. *good is false when it is none of that kind. */
static consent_status read_clear(const consent__cx *cx, consent__tables *t, int64_t seq,
                                 consent__event_kind kind, consent__event *out, bool *good) {
    consent__event_row row;
    consent__arena_reset(&t->arena);
    consent_status st = t->view->store->engine->event_get(cx, t->view->tx, seq, &row);
    *good = st == CONSENT_OK && consent__event_kind_of(row.kind) == (int32_t)kind && !row.subject &&
            row.box && row.box_len >= CONSENT__NONCE;
    if (st == CONSENT_E_NOT_FOUND)
        st = CONSENT_OK;
    if (!*good)
        return st;
    st = consent__event_decode(cx, kind, seq, row.box + CONSENT__NONCE,
                               row.box_len - CONSENT__NONCE, &t->arena, out);
    if (st == CONSENT_E_MEMORY || st == CONSENT_OK)
        return st;
    consent__forget(cx);
    *good = false; /* the verifier names it */
    return CONSENT_OK;
}

static void release_key(const uint8_t uid[16], const char *reason, uint8_t out[48]) {
    memcpy(out, uid, 16);
    consent__sha256(reason, strlen(reason), out + 16);
}

static bool is_released(const consent__tables *t, const uint8_t uid[16], const char *reason) {
    uint8_t key[48];
    release_key(uid, reason, key);
    for (size_t i = 0; i + 48 <= t->released.len; i += 48)
        if (memcmp(t->released.data + i, key, 48) == 0)
            return true;
    return false;
}

static consent_status note_released(const consent__cx *cx, consent__tables *t, int64_t seq) {
    consent__event e;
    bool good;
    uint8_t key[48];
    consent_status st = read_clear(cx, t, seq, EV_REMAINDER_RELEASED, &e, &good);
    if (st != CONSENT_OK || !good)
        return st;
    release_key(e.uid_, e.reason_, key);
    consent__buf_put(&t->released, key, sizeof key);
    return t->released.failed ? consent__no_memory(cx) : CONSENT_OK;
}

static consent_status check_remainder(const consent__cx *cx, void *user,
                                      const consent__remainder_row *row) {
    consent__tables *t = user;
    consent__event e;
    bool good;
    char *item, *reason;
    consent__remainder_row kept = *row; /* texts are copied: the row ends with the next look */
    consent__buf texts;
    consent__buf_init(&texts, &t->view->store->env);
    consent__buf_put(&texts, row->item, strlen(row->item) + 1);
    size_t second = texts.len;
    consent__buf_put(&texts, row->reason, strlen(row->reason) + 1);
    if (texts.failed) {
        consent__buf_free(&texts);
        return consent__no_memory(cx);
    }
    item = (char *)texts.data;
    reason = (char *)texts.data + second;
    consent_status st = read_clear(cx, t, kept.seq, EV_REMAINDER_KEPT, &e, &good);
    if (st == CONSENT_OK) {
        int64_t until = good && CONSENT__HAS(&e, until) ? e.until_ : INT64_MIN;
        if (!good || memcmp(e.uid_, kept.uid, 16) != 0 || strcmp(e.item_, item) != 0 ||
            strcmp(e.reason_, reason) != 0 || until != kept.until)
            consent__found(t->found, kept.seq, "REMAINDER_DIFFERS",
                           "what is kept of an erased subject is not what the event says");
        else if (is_released(t, kept.uid, reason))
            consent__found(t->found, kept.seq, "REMAINDER_DIFFERS",
                           "what was kept of an erased subject was let go, and is still listed");
    }
    consent__buf_free(&texts);
    return st;
}

typedef struct finding_row {
    const consent__event *e;
    bool found;
} finding_row;

static consent_status is_row(const consent__cx *cx, void *user, const consent__remainder_row *row) {
    finding_row *f = user;
    (void)cx;
    f->found |= strcmp(row->item, f->e->item_) == 0 && strcmp(row->reason, f->e->reason_) == 0;
    return f->found ? CONSENT_DONE : CONSENT_OK;
}

static consent_status check_kept(const consent__cx *cx, consent__tables *t, int64_t seq) {
    consent__event e;
    bool good;
    finding_row f = {&e, false};
    consent_status st = read_clear(cx, t, seq, EV_REMAINDER_KEPT, &e, &good);
    if (st != CONSENT_OK || !good || is_released(t, e.uid_, e.reason_))
        return st;
    st = t->view->store->engine->remainder_scan(cx, t->view->tx, e.uid_, is_row, &f);
    if (st >= 0 && !f.found)
        consent__found(t->found, seq, "REMAINDER_DIFFERS",
                       "what the event keeps of an erased subject is not listed");
    return st < 0 ? st : CONSENT_OK;
}

/* ---- events by their kinds, which need no body ---- */

typedef struct walk {
    consent__tables *t;
    bool released; /* the first walk: what was let go */
} walk;

static consent_status request_there(const consent__cx *cx, consent__tables *t, int64_t number) {
    consent__request_row row;
    consent_status st = t->view->store->engine->request_get(cx, t->view->tx, number, &row);
    if (st != CONSENT_E_NOT_FOUND)
        return st;
    consent__found(t->found, number, "REQUEST_DIFFERS", "the row of the request is gone");
    return CONSENT_OK;
}

static consent_status by_kind(const consent__cx *cx, void *user, const consent__event_row *row) {
    const walk *w = user;
    int32_t kind = consent__event_kind_of(row->kind);
    int64_t seq = row->seq;
    if (w->released)
        return kind == EV_REMAINDER_RELEASED ? note_released(cx, w->t, seq) : CONSENT_OK;
    if (kind == EV_REQUEST_OPENED)
        return request_there(cx, w->t, seq);
    return kind == EV_REMAINDER_KEPT ? check_kept(cx, w->t, seq) : CONSENT_OK;
}

consent_status consent__tables_rest(const consent__cx *cx, consent__tables *t) {
    const consent__engine *engine = t->view->store->engine;
    walk first = {t, true}, second = {t, false};
    consent_status st =
        engine->event_scan(cx, t->view->tx, 0, INT64_MAX, 0, false, by_kind, &first);
    /* Evidence of one subject does not list what is another's. */
    if (st == CONSENT_OK && !t->view->store->evidence_part)
        st = engine->event_scan(cx, t->view->tx, 0, INT64_MAX, 0, false, by_kind, &second);
    if (st == CONSENT_OK)
        st = engine->remainder_scan(cx, t->view->tx, NULL, check_remainder, t);
    if (st == CONSENT_OK)
        st = engine->request_scan(cx, t->view->tx, false, check_request_row, t);
    if (st == CONSENT_OK)
        st = engine->idem_scan(cx, t->view->tx, check_idem, t);
    if (st == CONSENT_OK && t->rows > t->keys)
        consent__found(t->found, -1, "IDEM_DIFFERS",
                       "there are idempotency keys that no event names");
    return st;
}
