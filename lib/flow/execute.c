/* SPDX-License-Identifier: Apache-2.0 */
/* Erasing on a request: the conditions once more, what becomes of each item, what recipients must
 * do, then the erasure; all of it or nothing, in one transaction. */
#include <string.h>

#include "flow/args.h"
#include "flow/cancel.h"
#include "flow/erasure_proof.h"
#include "flow/request.h"
#include "util/date.h"
#include "util/text.h"
#include "json/json.h"

typedef struct execution {
    const consent__executing *in;
    consent__erased erased;
    consent__buf outcome; /* JSON */
    const consent__version *version;
    const consent__catalog *catalog;
    int64_t request;
    bool cancels;
    consent_rows *rows;
} execution;

/* ---- may it be done ---- */

static consent_status find_request(const consent__cx *cx, const consent__subject *subject,
                                   execution *x, const consent__request **out) {
    int32_t i = x->in->request ? consent__request_find(&subject->state, x->in->request)
                               : consent__request_open_of(&subject->state, RIGHT_CANCEL_ACCOUNT);
    if (i < 0)
        return consent__fail(cx, CONSENT_E_NOT_FOUND,
                             x->in->request ? "the subject has no request of that number"
                                            : "no cancellation is running");
    const consent__request *q = &subject->state.requests[i];
    x->request = q->number;
    x->cancels = q->kind == RIGHT_CANCEL_ACCOUNT;
    if (!x->cancels && q->kind != RIGHT_DELETE)
        return consent__fail(cx, CONSENT_E_STATE,
                             "only a request to delete or to cancel the account erases");
    if (consent__stage_final(q->stage))
        return consent__fail(cx, CONSENT_E_STATE, "the request is %s already",
                             consent__stage_name(q->stage));
    *out = q;
    return CONSENT_OK;
}

static consent_status may_cancel(const consent__cx *cx, consent__work *w,
                                 const consent__subject *subject, const execution *x,
                                 const consent__request *q) {
    consent__eligible e;
    if (!q->acknowledged)
        return consent__fail(cx, CONSENT_E_STATE,
                             "the cancellation agreement was not acknowledged");
    if (q->until > w->now)
        return consent__fail(cx, CONSENT_E_STATE, "the cooling-off time has not ended");
    if (!consent__eligibility(x->version->policy, &subject->state, w->now, &w->scratch->arena, &e))
        return consent__no_memory(cx);
    return e.answer == TRUTH_YES ? CONSENT_OK : consent__cancel_refuse(cx, x->version->policy, &e);
}

static consent_status may_erase(const consent__cx *cx, consent__work *w,
                                const consent__subject *subject, execution *x,
                                const consent__request *q) {
    consent_status st = consent__work_catalog(cx, w, &x->catalog);
    if (st != CONSENT_OK)
        return st;
    const consent__version *opened = consent__catalog_version_id(x->catalog, q->version);
    x->version = consent__catalog_in_force(x->catalog, opened->policy_index, w->now, INT64_MAX);
    if (!x->version)
        return consent__fail(cx, CONSENT_E_STATE, "no version of the policy is in force");
    if (x->cancels)
        return may_cancel(cx, w, subject, x, q);
    if (consent__hold_on(&subject->state, NULL, w->now))
        return consent__fail(cx, CONSENT_E_REFUSED, "a hold covers everything of the subject");
    return CONSENT_OK;
}

/* received or accepted, on to done; what must be verified first is not skipped. */
static consent_status move_on(const consent__cx *cx, consent__work *w, consent__subject *subject,
                              int64_t number) {
    static const char *const steps[] = {"accepted", "in-progress", "done"};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        const consent__request *q =
            &subject->state.requests[consent__request_find(&subject->state, number)];
        bool past = (i == 0 && q->stage >= STAGE_ACCEPTED && q->stage <= STAGE_IN_PROGRESS) ||
                    (i == 1 && q->stage == STAGE_IN_PROGRESS);
        if (past)
            continue;
        if (i == 0 && q->stage != STAGE_RECEIVED)
            return consent__fail(cx, CONSENT_E_STATE,
                                 "the request is %s: it is executed once it is accepted",
                                 consent__stage_name(q->stage));
        consent__moving move = {.number = number, .to = steps[i]};
        consent_status st = consent__request_move(cx, w, subject, &move, true);
        if (st != CONSENT_OK)
            return st;
    }
    return CONSENT_OK;
}

/* ---- what becomes of the items ---- */

static void put_outcome(consent__buf *b, const consent__policy *p, const consent__outcome *o,
                        const char *reason) {
    const char *key = p->items[o->item].key;
    consent__buf_text(b, b->len > 1 ? ",{\"item\":" : "{\"item\":");
    consent__json_string(b, key, strlen(key));
    consent__buf_text(b, ",\"reason\":");
    if (reason)
        consent__json_string(b, reason, strlen(reason));
    else
        consent__buf_text(b, "null");
    consent__buf_format(b, ",\"then\":\"%s\",\"until\":",
                        o->retained ? "retain" : consent__then_name((int)o->then));
    if (o->until != CONSENT__NO_INSTANT)
        consent__json_int(b, o->until);
    else
        consent__buf_text(b, "null");
    consent__buf_byte(b, '}');
}

/* The row follows from an event: doctor holds the two together. */
static consent_status keep_remainder(const consent__cx *cx, consent__work *w, const uint8_t uid[16],
                                     const char *item, const char *reason, int64_t until) {
    consent__event e = {.kind = EV_REMAINDER_KEPT};
    consent__event_set_uid(&e, F_uid, uid);
    CONSENT__SET_TEXT(&e, item, item);
    CONSENT__SET_TEXT(&e, reason, reason);
    if (until != CONSENT__NO_INSTANT)
        CONSENT__SET(&e, until, until);
    consent_status st = consent__append(cx, w, NULL, &e, NULL);
    consent__remainder_row row = {.item = item, .reason = reason, .until = until, .seq = e.seq};
    memcpy(row.uid, uid, sizeof row.uid);
    return st == CONSENT_OK ? w->store->engine->remainder_put(cx, w->tx, &row) : st;
}

static consent_status settle_items(const consent__cx *cx, consent__work *w,
                                   const consent__subject *subject, execution *x) {
    const consent__policy *p = x->version->policy;
    consent_status st = CONSENT_OK;
    consent__buf_byte(&x->outcome, '[');
    for (int32_t i = 0; st == CONSENT_OK && i < p->items_count; i++) {
        consent__outcome o;
        consent__outcome_of(p, &subject->state, i, x->cancels, w->now, &o);
        const char *reason = o.reason;
        if (o.hold)
            reason =
                consent__arena_format(&w->scratch->arena, "hold %lld", (long long)o.hold->number);
        if (o.hold && !reason)
            return consent__no_memory(cx);
        put_outcome(&x->outcome, p, &o, reason);
        if (!reason)
            continue;
        st = keep_remainder(cx, w, subject->uid, p->items[i].key, reason, o.until);
    }
    consent__buf_byte(&x->outcome, ']');
    return st == CONSENT_OK && x->outcome.failed ? consent__no_memory(cx) : st;
}

/* ---- what recipients must do ---- */

static bool spoke(const consent__state *s, uint32_t point) {
    for (int32_t i = 0; i < s->spoken_count; i++)
        if (s->spoken[i].point == point && s->spoken[i].decision != CONSENT_DECISION_REFUSED)
            return true;
    return false;
}

/* Whether the recipient may have got anything: under consent only after somebody had agreed. */
static bool may_have_got(const consent__version *v, const consent__state *s, int32_t recipient) {
    const consent__policy *p = v->policy;
    for (int32_t i = 0; i < p->purposes_count; i++) {
        const consent__purpose *u = &p->purposes[i];
        int32_t share = consent__purpose_share(u, recipient);
        bool named = consent__indices_has(&p->recipients[recipient].purposes, i);
        if (share < 0 && !named)
            continue;
        const consent__slot *slot = &v->slots[v->purpose_slot[i]];
        if (u->basis != BASIS_CONSENT || spoke(s, slot->point) ||
            (share >= 0 && spoke(s, slot[1 + share].point)))
            return true;
    }
    return false;
}

static void put_task_item(consent__buf *b, const consent__policy *p, const consent__outcome *o) {
    if (o->retained)
        return;
    consent__buf_text(b, b->len > 1 ? ",{\"item\":" : "{\"item\":");
    const char *key = p->items[o->item].key;
    consent__json_string(b, key, strlen(key));
    consent__buf_format(b, ",\"then\":\"%s\"}", consent__then_name((int)o->then));
}

static consent_status put_task(const consent__cx *cx, consent__work *w, const execution *x,
                               const consent__state *s, int32_t recipient, consent__buf *b) {
    const consent__policy *p = x->version->policy;
    const char *key = recipient < 0 ? "" : p->recipients[recipient].key;
    consent__buf_reset(b);
    consent__buf_byte(b, '[');
    for (int32_t i = 0; i < p->items_count; i++) {
        consent__outcome o;
        if (recipient >= 0 && !consent__indices_has(&p->recipients[recipient].items, i))
            continue;
        consent__outcome_of(p, s, i, x->cancels, w->now, &o);
        put_task_item(b, p, &o);
    }
    consent__buf_byte(b, ']');
    consent__task_row row = {.recipient = key, .items = consent__buf_cstr(b), .seq = x->erased.seq};
    if (!row.items)
        return consent__no_memory(cx);
    if (b->len == 2)
        return CONSENT_OK; /* nothing to do there */
    memcpy(row.uid, x->erased.uid, sizeof row.uid);
    return w->store->engine->task_put(cx, w->tx, &row);
}

static consent_status put_tasks(const consent__cx *cx, consent__work *w, const execution *x,
                                const consent__state *s) {
    const consent__policy *p = x->version->policy;
    consent__buf b;
    consent__buf_init(&b, cx->env);
    consent_status st = put_task(cx, w, x, s, -1, &b);
    for (int32_t i = 0; st == CONSENT_OK && i < p->recipients_count; i++)
        if (p->recipients[i].kind != RECIPIENT_PUBLIC && may_have_got(x->version, s, i))
            st = put_task(cx, w, x, s, i, &b);
    consent__buf_free(&b);
    return st;
}

/* Proof and rows are made before the commit: what cannot be proved is not erased. A head that is
 * signed here and not committed leaves with the rows. */
static consent_status answer(const consent__cx *cx, consent__work *w, execution *x) {
    consent__view v = {.store = w->store, .tx = w->tx, .head = w->head};
    char hex[33];
    consent__buf proof;
    consent__buf_init(&proof, cx->env);
    v.head.frontier_len = consent__tree_encode(&w->tree, v.head.frontier);
    consent_status st = consent__erasure_proof(cx, &v, &x->erased, &proof);
    if (st == CONSENT_OK) {
        consent__hex(x->erased.uid, 16, hex);
        consent_rows *r = consent__rows_new(
            cx->env, "uid t,events n,event n,at u,request n,scrub t,outcome j,proof t");
        consent__rows_add(r);
        consent__rows_text(r, 0, hex);
        consent__rows_number(r, 1, x->erased.events);
        consent__rows_number(r, 2, x->erased.seq);
        consent__rows_number(r, 3, x->erased.at);
        consent__rows_number(r, 4, x->request);
        consent__rows_text(r, 5, "pending");
        consent__rows_text_n(r, 6, (const char *)x->outcome.data, x->outcome.len);
        consent__rows_text_n(r, 7, (const char *)proof.data, proof.len);
        st = consent__rows_finish(cx, r, &x->rows);
    }
    consent__buf_free(&proof);
    return st;
}

/* After the commit nothing fails any more: what cannot be looked at stays pending. */
static bool paid(const consent__cx *cx, consent_store *s) {
    const consent__cx quiet = {cx->env, NULL, cx->op};
    consent__view v;
    if (consent__view_open(&quiet, s, &v) != CONSENT_OK)
        return false;
    bool none = v.head.owed == 0;
    consent__view_close(&v);
    return none;
}

/* ---- all of it ---- */

static consent_status execute(const consent__cx *cx, consent__work *w, consent__subject *subject,
                              void *user) {
    execution *x = user;
    const consent__request *q = NULL;
    consent__buf_reset(&x->outcome);
    consent_status st = find_request(cx, subject, x, &q);
    if (st == CONSENT_OK)
        st = may_erase(cx, w, subject, x, q);
    if (st == CONSENT_OK)
        st = move_on(cx, w, subject, x->request);
    if (st == CONSENT_OK)
        st = settle_items(cx, w, subject, x);
    if (st == CONSENT_OK)
        st = consent__erase_subject(cx, w, subject, x->in->scrub, &x->erased);
    if (st == CONSENT_OK)
        st = put_tasks(cx, w, x, &subject->state);
    return st == CONSENT_OK ? answer(cx, w, x) : st;
}

consent_status consent__flow_execute(const consent__cx *cx, consent_store *s,
                                     const consent__executing *in, consent_rows **out) {
    execution x = {.in = in};
    consent__erased_init(&x.erased, cx->env);
    consent__buf_init(&x.outcome, cx->env);
    consent_status st = consent__on_subject(cx, s, in->subject, execute, &x);
    if (st == CONSENT_OK && paid(cx, s))
        consent__rows_text(x.rows, 5, "done");
    *out = x.rows;
    consent__buf_free(&x.outcome);
    consent__erased_free(&x.erased);
    return consent__request_answer(st, out);
}

/* ---- what an erasure would do ---- */

typedef struct asking {
    const char *policy, *item;
    consent_rows **out;
} asking;

static const char *outcome_why(const consent__outcome *o) {
    if (o->hold)
        return "HELD";
    if (o->retained)
        return "RETAINED";
    return o->then == THEN_RESTRICT ? "LEGAL_OBLIGATION" : "DELETABLE";
}

static consent_status delete_check(const consent__cx *cx, consent__view *v,
                                   const consent__subject *subject, void *user) {
    const asking *in = user;
    const consent__version *x = NULL;
    consent_status st = consent__in_force(cx, v->catalog, in->policy, v->now, &x);
    if (st != CONSENT_OK)
        return st;
    const consent__policy *p = x->policy;
    if (in->item && consent__policy_item(p, in->item) < 0)
        return consent__unknown(cx, in->item, "item", "the policy in force has no such item");
    consent_rows *r = consent__rows_new(
        cx->env, "item t,deletable b,why t,then t,until u,hold n,authority t,reason t");
    for (int32_t i = 0; i < p->items_count; i++) {
        consent__outcome o;
        if (in->item && strcmp(p->items[i].key, in->item) != 0)
            continue;
        consent__outcome_of(p, &subject->state, i, false, v->now, &o);
        consent__rows_add(r);
        consent__rows_text(r, 0, p->items[i].key);
        consent__rows_number(r, 1, !o.retained && o.then != THEN_RESTRICT);
        consent__rows_text(r, 2, outcome_why(&o));
        consent__rows_text(r, 3, o.retained ? "retain" : consent__then_name((int)o.then));
        if (o.until != CONSENT__NO_INSTANT)
            consent__rows_number(r, 4, o.until);
        if (o.hold) {
            consent__rows_number(r, 5, o.hold->number);
            consent__rows_text(r, 6, o.hold->authority);
        }
        consent__rows_text(r, 7, o.reason);
    }
    return consent__rows_finish(cx, r, in->out);
}

consent_status consent__flow_delete_check(const consent__cx *cx, consent_store *s,
                                          const char *subject, const char *policy, const char *item,
                                          consent_rows **out) {
    asking in = {policy, item, out};
    return consent__see_subject(cx, s, subject, delete_check, &in);
}
