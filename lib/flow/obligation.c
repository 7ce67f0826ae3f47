/* SPDX-License-Identifier: Apache-2.0 */
/* What the controller owes once a consent is over: recipients are told, what was collected is
 * deleted, a guardian who refused is told so. Each is an event of the subject and stays open until
 * it is met. */
#include "flow/obligation.h"

#include <string.h>

#include "core/cancel.h"
#include "flow/args.h"
#include "util/text.h"
#include "json/json.h"

/* ---- what arises ---- */

static bool granted(const consent__state *s, uint32_t point) {
    for (int32_t i = 0; i < s->spoken_count; i++)
        if (s->spoken[i].point == point && s->spoken[i].decision == CONSENT_DECISION_GRANTED)
            return true;
    return false;
}

static bool denied(const consent__state *s, uint32_t point) {
    for (int32_t i = 0; i < s->spoken_count; i++)
        if (s->spoken[i].point == point && s->spoken[i].decision != CONSENT_DECISION_GRANTED)
            return true;
    return false;
}

static void add_recipient(consent__duties *d, const char *key) {
    for (int32_t i = 0; i < d->recipient_count; i++)
        if (strcmp(d->recipients[i], key) == 0)
            return;
    d->recipients[d->recipient_count++] = key;
}

/* Who got data under the purpose: each share that was open, and each processor declared for it. */
static void find_recipients(const consent__state *s, const consent__version *v,
                            const consent__slot *slot, consent__duties *d) {
    const consent__policy *p = v->policy;
    const consent__purpose *u = &p->purposes[slot->purpose];
    if (slot->share >= 0) {
        add_recipient(d, p->recipients[u->shares[slot->share].recipient].key);
        return;
    }
    for (int32_t i = 0; i < u->share_count; i++) {
        const consent__slot *share = slot + 1 + i;
        bool open = share->needed ? granted(s, share->point) : !denied(s, share->point);
        if (open)
            add_recipient(d, p->recipients[u->shares[i].recipient].key);
    }
    for (int32_t i = 0; i < p->recipients_count; i++)
        if (p->recipients[i].kind == RECIPIENT_PROCESSOR &&
            consent__indices_has(&p->recipients[i].purposes, slot->purpose))
            add_recipient(d, p->recipients[i].key);
}

consent_status consent__duties_find(const consent__cx *cx, consent__work *w,
                                    const consent__state *before, const consent__version *v,
                                    const consent__slot *slot, const consent__event *act,
                                    consent__duties *out) {
    memset(out, 0, sizeof *out);
    int32_t decision = consent__event_decision(act);
    if (act->kind == EV_CONSENT_INHERITED) /* adoption takes over what was said, it ends nothing */
        return CONSENT_OK;
    bool guardian_refuses = decision == CONSENT_DECISION_REFUSED && CONSENT__HAS(act, by);
    if (decision != CONSENT_DECISION_WITHDRAWN && !guardian_refuses)
        return CONSENT_OK;
    bool was = granted(before, slot->point);
    /* A guardian who refuses is owed both, whatever was allowed before (first-customer s5.2): the
     * child may have used the service already. */
    out->inform_guardian = guardian_refuses;
    out->delete_collected = guardian_refuses || was;
    if (!was)
        return CONSENT_OK;
    size_t room = (size_t)v->policy->recipients_count + 1;
    out->recipients = consent__arena_get(&w->scratch->arena, room * sizeof *out->recipients);
    if (!out->recipients)
        return consent__no_memory(cx);
    find_recipients(before, v, slot, out);
    return CONSENT_OK;
}

static consent_status arise(const consent__cx *cx, consent__work *w, consent__subject *subject,
                            const consent__event *act, consent__owed_kind kind,
                            const char *recipient, const uint8_t *guardian) {
    consent__event e = {.kind = EV_OBLIGATION_ARISEN};
    CONSENT__SET_TEXT(&e, name, consent__owed_name((int)kind));
    CONSENT__SET_TEXT(&e, policy, act->policy_);
    CONSENT__SET_TEXT(&e, version, act->version_);
    CONSENT__SET_TEXT(&e, point, act->point_);
    CONSENT__SET(&e, event, act->seq);
    CONSENT__SET_TEXT(&e, recipient, recipient);
    if (guardian)
        consent__event_set_uid(&e, F_guardian, guardian);
    return consent__append_apply(cx, w, subject, &e, NULL);
}

consent_status consent__duties_append(const consent__cx *cx, consent__work *w,
                                      consent__subject *subject, const consent__event *act,
                                      const consent__duties *d) {
    consent_status st = CONSENT_OK;
    for (int32_t i = 0; i < d->recipient_count && st == CONSENT_OK; i++)
        st = arise(cx, w, subject, act, OWED_INFORM_RECIPIENT, d->recipients[i], NULL);
    if (st == CONSENT_OK && d->delete_collected)
        st = arise(cx, w, subject, act, OWED_DELETE_COLLECTED, NULL, NULL);
    if (st == CONSENT_OK && d->inform_guardian)
        st = arise(cx, w, subject, act, OWED_INFORM_GUARDIAN, NULL, act->by_);
    return st;
}

/* ---- what is open ---- */

typedef struct listing {
    bool open_only;
    consent_rows **out;
} listing;

/* Items of the point that are under a hold now: the deletion that is owed does not reach them. */
static void put_held(const consent__view *v, const consent__subject *subject,
                     const consent__owed *o, consent__buf *b) {
    int32_t policy = v->catalog->points[o->point - 1].policy_index;
    const consent__version *x = consent__catalog_in_force(v->catalog, policy, v->now, INT64_MAX);
    const consent__slot *slot = x ? consent__version_slot(x, o->point) : NULL;
    const consent__purpose *u = slot ? &x->policy->purposes[slot->purpose] : NULL;
    const consent__indices *items = !u                ? NULL
                                    : slot->share < 0 ? &u->items
                                                      : &u->shares[slot->share].items;
    consent__buf_reset(b);
    consent__buf_byte(b, '[');
    for (int32_t i = 0; items && i < items->count; i++) {
        const char *key = x->policy->items[items->v[i]].key;
        const consent__hold *h = consent__hold_on(&subject->state, key, v->now);
        if (!h)
            continue;
        consent__buf_format(b, "%s{\"hold\":%lld,\"item\":", b->len > 1 ? "," : "",
                            (long long)h->number);
        consent__json_string(b, key, strlen(key));
        consent__buf_byte(b, '}');
    }
    consent__buf_byte(b, ']');
}

static consent_status list(const consent__cx *cx, consent__view *v, const consent__subject *subject,
                           void *user) {
    const listing *in = user;
    consent__buf *b = &v->scratch->buf;
    consent_rows *r = consent__rows_new(cx->env, "obligation n,kind t,policy t,point t,recipient t,"
                                                 "guardian t,act n,since u,met_at u,held j");
    for (int32_t i = 0; i < subject->state.owed_count; i++) {
        const consent__owed *o = &subject->state.owed[i];
        const consent__point *p = &v->catalog->points[o->point - 1];
        char hex[33];
        if (in->open_only && o->met_at)
            continue;
        consent__hex(o->guardian, 16, hex);
        consent__rows_add(r);
        consent__rows_number(r, 0, o->seq);
        consent__rows_text(r, 1, consent__owed_name(o->kind));
        consent__rows_text(r, 2, v->catalog->policies[p->policy_index].key);
        consent__rows_text(r, 3, p->key);
        consent__rows_text(r, 4, o->recipient);
        consent__rows_text(r, 5, o->has_guardian ? hex : NULL);
        consent__rows_number(r, 6, o->cause);
        consent__rows_number(r, 7, o->at);
        if (o->met_at)
            consent__rows_number(r, 8, o->met_at);
        if (o->kind != OWED_DELETE_COLLECTED || o->met_at)
            continue;
        put_held(v, subject, o, b);
        if (b->failed) {
            consent_rows_free(r);
            return consent__no_memory(cx);
        }
        consent__rows_text_n(r, 9, (const char *)b->data, b->len);
    }
    return consent__rows_finish(cx, r, in->out);
}

consent_status consent__flow_obligation_list(const consent__cx *cx, consent_store *s,
                                             const char *subject, bool open_only,
                                             consent_rows **out) {
    listing in = {open_only, out};
    return consent__see_subject(cx, s, subject, list, &in);
}

typedef struct meeting {
    int64_t obligation;
    const char *actor, *method;
} meeting;

static consent_status meet(const consent__cx *cx, consent__work *w, consent__subject *subject,
                           void *user) {
    const meeting *in = user;
    const consent__owed *found = NULL;
    for (int32_t i = 0; i < subject->state.owed_count; i++)
        if (subject->state.owed[i].seq == in->obligation)
            found = &subject->state.owed[i];
    if (!found)
        return consent__fail(cx, CONSENT_E_NOT_FOUND, "nothing was owed since that event");
    if (found->met_at)
        return CONSENT_DONE;
    consent__event e = {.kind = EV_OBLIGATION_MET};
    CONSENT__SET(&e, event, in->obligation);
    CONSENT__SET_TEXT(&e, actor, in->actor);
    CONSENT__SET_TEXT(&e, method, in->method);
    return consent__append_apply(cx, w, subject, &e, NULL);
}

consent_status consent__flow_obligation_met(const consent__cx *cx, consent_store *s,
                                            const char *subject, int64_t obligation,
                                            const char *actor, const char *method) {
    meeting in = {obligation, actor, method};
    consent_status st = consent__text_check(cx, actor, CONSENT__NAME, "actor");
    if (st == CONSENT_OK)
        st = consent__text_check(cx, method, CONSENT__WORDS, "method");
    return st == CONSENT_OK ? consent__on_subject(cx, s, subject, meet, &in) : st;
}
