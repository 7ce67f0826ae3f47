/* SPDX-License-Identifier: Apache-2.0 */
/* Requests as they stand: one with its history, lists, what is due. */
#include <string.h>

#include "flow/calendar.h"
#include "flow/request.h"
#include "util/date.h"
#include "util/text.h"
#include "json/event.h"
#include "json/json.h"

#define COLUMNS                                                                                    \
    "request n,kind t,state t,received_at u,due u,due_local t,provisional b,overdue b,subject t,"  \
    "standing t,policy t,version t,extended b,acknowledged b,until u,sections j,history j"

typedef struct listing {
    consent__view *view;
    consent_rows *rows;
    consent__arena arena; /* of one subject at a time */
    consent__buf body, json;
    int64_t only; /* subject, 0: all */
    bool history;
} listing;

/* ---- history ---- */

typedef struct story {
    listing *list;
    const consent__subject *subject;
    int64_t number;
} story;

static void tell(listing *l, const consent__event *e) {
    consent__buf *b = &l->json;
    if (b->len > 1)
        consent__buf_byte(b, ',');
    consent__buf_format(b, "{\"at\":%lld,", (long long)e->at);
    if (CONSENT__HAS(e, due))
        consent__buf_format(b, "\"due\":%lld,", (long long)e->due_);
    consent__buf_format(b, "\"event\":%lld,\"kind\":\"%s\"", (long long)e->seq,
                        consent__kind_table[e->kind].name);
    if (CONSENT__HAS(e, reason)) {
        consent__buf_text(b, ",\"reason\":");
        consent__json_string(b, e->reason_, strlen(e->reason_));
    }
    if (CONSENT__HAS(e, state))
        consent__buf_format(b, ",\"state\":\"%s\"", e->state_);
    consent__buf_byte(b, '}');
}

static consent_status tell_one(const consent__cx *cx, void *user, const consent__event_row *row) {
    story *t = user;
    consent__event e;
    int32_t kind = consent__event_kind_of(row->kind);
    if (kind < EV_REQUEST_OPENED || kind > EV_REQUEST_DUE)
        return CONSENT_OK;
    int64_t seq = row->seq, at = row->at;
    consent__buf_reset(&t->list->body);
    consent_status st = consent__event_body(cx, t->list->view->store, row, t->subject->uid,
                                            t->subject->key, &t->list->body, NULL);
    if (st == CONSENT_OK)
        st = consent__event_decode(cx, (consent__event_kind)kind, seq, t->list->body.data,
                                   t->list->body.len, &t->list->arena, &e);
    if (st != CONSENT_OK)
        return st;
    e.seq = seq;
    e.at = at;
    if (seq == t->number || (CONSENT__HAS(&e, request) && e.request_ == t->number))
        tell(t->list, &e);
    return CONSENT_OK;
}

static consent_status add_history(const consent__cx *cx, listing *l,
                                  const consent__subject *subject, int64_t number) {
    story t = {l, subject, number};
    consent__buf_reset(&l->json);
    consent__buf_byte(&l->json, '[');
    consent_status st = l->view->store->engine->event_scan(cx, l->view->tx, number, INT64_MAX,
                                                           subject->id, true, tell_one, &t);
    consent__buf_byte(&l->json, ']');
    if (st == CONSENT_OK && l->json.failed)
        st = consent__no_memory(cx);
    if (st == CONSENT_OK)
        consent__rows_text_n(l->rows, 16, (const char *)l->json.data, l->json.len);
    return st;
}

/* ---- one row ---- */

static void add_sections(listing *l, const consent__policy *p, const consent__request *q) {
    const consent__right *right = consent__request_right(p, q->kind);
    const consent__indices *s = right                             ? &right->sections
                                : q->kind == RIGHT_CANCEL_ACCOUNT ? &p->cancel_sections
                                                                  : NULL;
    consent__buf_reset(&l->json);
    consent__buf_byte(&l->json, '[');
    for (int32_t i = 0; s && i < s->count; i++) {
        const char *id = p->sections[s->v[i]].id;
        consent__buf_text(&l->json, i ? "," : "");
        consent__json_string(&l->json, id, strlen(id));
    }
    consent__buf_byte(&l->json, ']');
    if (!l->json.failed)
        consent__rows_text_n(l->rows, 15, (const char *)l->json.data, l->json.len);
}

static consent_status add_known(const consent__cx *cx, listing *l, const consent__subject *subject,
                                const consent__request *q) {
    const consent__version *v = consent__catalog_version_id(l->view->catalog, q->version);
    const consent__deadline *d = consent__request_deadline(v->policy, q->kind);
    const consent__calendar *calendar = NULL;
    char local[CONSENT__RFC3339_SIZE];
    consent_status st = CONSENT_OK;
    if (q->due != CONSENT__NO_INSTANT && d) {
        st = consent__calendar_find(cx, l->view->store, l->view->tx, d->calendar, &l->arena,
                                    &calendar);
        if (st != CONSENT_OK)
            return st;
        consent__instant_text(q->due, calendar ? calendar->utc_offset : v->policy->utc_offset,
                              local);
        consent__rows_text(l->rows, 5, local);
    }
    consent__rows_text(l->rows, 8, subject->state.external);
    consent__rows_text(l->rows, 9, consent__standing_name(q->standing));
    consent__rows_text(l->rows, 10, v->policy->key);
    consent__rows_text(l->rows, 11, v->policy->version);
    consent__rows_number(l->rows, 12, q->extended);
    consent__rows_number(l->rows, 13, q->acknowledged);
    if (q->until)
        consent__rows_number(l->rows, 14, q->until);
    add_sections(l, v->policy, q);
    return CONSENT_OK;
}

static consent_status add_request(const consent__cx *cx, void *user,
                                  const consent__request_row *row) {
    listing *l = user;
    consent__subject subject;
    if (l->only && row->subject != l->only)
        return CONSENT_OK;
    int64_t number = row->number, owner = row->subject;
    consent__rows_add(l->rows);
    consent__rows_number(l->rows, 0, number);
    consent__rows_text(l->rows, 1, row->kind);
    consent__rows_text(l->rows, 2, row->state);
    consent__rows_number(l->rows, 3, row->received_at);
    if (row->due != INT64_MIN)
        consent__rows_number(l->rows, 4, row->due);
    consent__rows_number(l->rows, 6, row->provisional);
    consent__rows_number(l->rows, 7, row->open && row->due != INT64_MIN && row->due < l->view->now);
    if (!owner)
        return CONSENT_OK; /* erased: nothing else is known */
    consent__arena_reset(&l->arena);
    consent_status st =
        consent__request_subject(cx, l->view->store, l->view->tx, number, &l->arena, &subject);
    if (st != CONSENT_OK)
        return st;
    int32_t i = consent__request_find(&subject.state, number);
    st = i < 0 ? consent__fail(cx, CONSENT_E_CORRUPT, "a request of the list is not in its subject")
               : add_known(cx, l, &subject, &subject.state.requests[i]);
    if (st == CONSENT_OK && l->history)
        st = add_history(cx, l, &subject, number);
    consent__wipe(subject.key, sizeof subject.key);
    return st;
}

/* ---- use cases ---- */

static void begin(const consent__cx *cx, listing *l, consent__view *v) {
    l->view = v;
    l->rows = consent__rows_new(cx->env, COLUMNS);
    consent__arena_init(&l->arena, cx->env);
    consent__buf_init(&l->body, cx->env);
    consent__buf_init(&l->json, cx->env);
}

static consent_status end(const consent__cx *cx, listing *l, consent_status st,
                          consent_rows **out) {
    if (st == CONSENT_OK)
        st = consent__rows_finish(cx, l->rows, out);
    else
        consent_rows_free(l->rows);
    consent__arena_free(&l->arena);
    consent__buf_wipe_free(&l->body);
    consent__buf_wipe_free(&l->json);
    return st;
}

/* Within a transaction too: the rows are made before it is committed, so that a failure to make
 * them undoes it. */
consent_status consent__request_rows(const consent__cx *cx, consent__view *v, int64_t number,
                                     consent_rows **out) {
    consent__request_row row;
    listing l = {.history = true};
    begin(cx, &l, v);
    consent_status st = v->store->engine->request_get(cx, v->tx, number, &row);
    if (st == CONSENT_E_NOT_FOUND)
        st = consent__fail(cx, CONSENT_E_NOT_FOUND, "there is no request of that number");
    if (st == CONSENT_OK)
        st = add_request(cx, &l, &row);
    return end(cx, &l, st, out);
}

consent_status consent__request_rows_now(const consent__cx *cx, consent__work *w, int64_t number,
                                         consent_rows **out) {
    consent__view v = {.store = w->store, .tx = w->tx, .head = w->head, .now = w->now};
    consent_status st = consent__work_catalog(cx, w, &v.catalog);
    return st == CONSENT_OK ? consent__request_rows(cx, &v, number, out) : st;
}

consent_status consent__flow_request_show(const consent__cx *cx, consent_store *s, int64_t number,
                                          consent_rows **out) {
    consent__view v;
    consent_status st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    st = consent__request_rows(cx, &v, number, out);
    consent__view_close(&v);
    return st;
}

consent_status consent__flow_request_list(const consent__cx *cx, consent_store *s,
                                          const char *subject, bool open_only, consent_rows **out) {
    consent__view v;
    consent__subject found;
    listing l = {.history = false};
    consent_status st = subject ? consent__id_check(cx, subject, "subject") : CONSENT_OK;
    if (st == CONSENT_OK)
        st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    begin(cx, &l, &v);
    if (subject) {
        st = consent__subject_need(cx, s, v.tx, subject, &v.scratch->arena, &found);
        if (st == CONSENT_OK) {
            l.only = found.id;
            consent__wipe(found.key, sizeof found.key);
        }
    }
    if (st == CONSENT_OK)
        st = s->engine->request_scan(cx, v.tx, open_only, add_request, &l);
    st = end(cx, &l, st, out);
    consent__view_close(&v);
    return st;
}
