/* SPDX-License-Identifier: Apache-2.0 */
/* Cancelling an account: who may, what is acknowledged, and what ends it. */
#include "flow/cancel.h"

#include <string.h>

#include "flow/args.h"
#include "flow/policy.h"
#include "flow/request.h"
#include "util/text.h"
#include "json/json.h"

/* ---- the agreement ---- */

static consent_status hash_agreement(const consent__cx *cx, const consent__version *v, int32_t lang,
                                     consent__buf *b, char hex[65]) {
    const consent__policy *p = v->policy;
    uint8_t hash[CONSENT__HASH];
    consent__buf_reset(b);
    consent__buf_byte(b, '[');
    for (int32_t i = 0; i < p->cancel_acknowledge.count; i++) {
        int32_t at = p->cancel_acknowledge.v[i];
        const consent__section *s = &p->sections[at];
        int32_t in = consent__text_in(&s->text, lang)->lang;
        char text[65];
        consent__hex(v->section_hash[at * p->languages.count + in], 32, text);
        consent__buf_text(b, i ? ",{\"id\":" : "{\"id\":");
        consent__json_string(b, s->id, strlen(s->id));
        consent__buf_text(b, ",\"lang\":");
        consent__json_string(b, p->languages.v[in], strlen(p->languages.v[in]));
        consent__buf_format(b, ",\"sha256\":\"%s\"}", text);
    }
    consent__buf_byte(b, ']');
    if (b->failed)
        return consent__no_memory(cx);
    consent__sha256(b->data, b->len, hash);
    consent__hex(hash, sizeof hash, hex);
    return CONSENT_OK;
}

consent_status consent__cancel_shown(const consent__cx *cx, const consent__version *v,
                                     const char *lang, const char *shown, consent__arena *arena,
                                     char out_hex[65]) {
    (void)arena;
    const consent__policy *p = v->policy;
    int32_t wanted = lang ? consent__policy_language(p, lang) : 0;
    consent__buf b;
    consent__buf_init(&b, cx->env);
    consent_status st = hash_agreement(cx, v, wanted, &b, out_hex);
    bool same = !shown || strcmp(shown, out_hex) == 0;
    for (int32_t i = 0; st == CONSENT_OK && !same && i < p->languages.count; i++) {
        st = hash_agreement(cx, v, i, &b, out_hex);
        same = strcmp(shown, out_hex) == 0;
    }
    consent__buf_free(&b);
    if (st == CONSENT_OK && !same)
        st = consent__fail(cx, CONSENT_E_UNKNOWN_TEXT,
                           "the text shown is not the cancellation agreement in force");
    return st;
}

/* ---- check ---- */

static const char *why_name(consent__truth met, consent__why_unknown why) {
    if (met == TRUTH_YES)
        return "MET";
    if (met == TRUTH_NO)
        return "CONDITION_FAILED";
    return why == UNKNOWN_STALE           ? "FACT_STALE"
           : why == UNKNOWN_CONTRADICTORY ? "FACT_CONTRADICTORY"
                                          : "FACT_MISSING";
}

static void put_sections(consent__buf *b, const consent__policy *p, const consent__indices *list) {
    consent__buf_byte(b, '[');
    for (int32_t i = 0; i < list->count; i++) {
        const char *id = p->sections[list->v[i]].id;
        consent__buf_text(b, i ? "," : "");
        consent__json_string(b, id, strlen(id));
    }
    consent__buf_byte(b, ']');
}

/* What would resolve it: a newer observation, one word of the sources, or the matter itself. */
static const char *remedy(consent__truth met, consent__why_unknown why) {
    if (met == TRUTH_YES)
        return "nothing";
    if (met == TRUTH_NO)
        return "settle-the-matter";
    return why == UNKNOWN_CONTRADICTORY ? "reconcile-sources" : "put-fact";
}

static void put_condition(consent__buf *b, const consent__policy *p, int32_t i, int32_t lang,
                          const consent__eligible *e) {
    const consent__condition *c = &p->cancel_conditions.v[i];
    const consent__lang_text *title = consent__text_in(&c->title, lang);
    static const char *const status[] = {"failed", "met", "undetermined"};
    consent__buf_text(b, i ? ",{\"fact\":" : "{\"fact\":");
    consent__json_string(b, c->fact, strlen(c->fact));
    consent__buf_text(b, ",\"key\":");
    consent__json_string(b, c->key, strlen(c->key));
    consent__buf_format(b, ",\"resolve\":\"%s\",\"sections\":", remedy(e->met[i], e->why[i]));
    put_sections(b, p, &c->sections);
    consent__buf_format(b, ",\"status\":\"%s\"", status[e->met[i]]);
    if (title) {
        consent__buf_text(b, ",\"title\":");
        consent__json_string(b, title->text, title->len);
    }
    consent__buf_format(b, ",\"why\":\"%s\"}", why_name(e->met[i], e->why[i]));
}

static void put_hold(consent__buf *b, const consent__hold *h) {
    consent__buf_text(b, b->len > 1 ? ",{\"authority\":" : "{\"authority\":");
    consent__json_string(b, h->authority, strlen(h->authority));
    consent__buf_format(b, ",\"hold\":%lld,\"items\":[", (long long)h->number);
    for (int32_t i = 0; i < h->items.count; i++) {
        consent__buf_text(b, i ? "," : "");
        consent__json_string(b, h->items.v[i], strlen(h->items.v[i]));
    }
    consent__buf_text(b, "],\"until\":");
    if (h->until)
        consent__json_int(b, h->until);
    else
        consent__buf_text(b, "null");
    consent__buf_byte(b, '}');
}

static void add_cell(consent_rows *r, int column, consent__buf *b) {
    if (!b->failed)
        consent__rows_text_n(r, column, (const char *)b->data, b->len);
    consent__buf_reset(b);
}

static void add_lists(consent_rows *r, const consent__policy *p, const consent__state *s,
                      const consent__eligible *e, int64_t now, int32_t lang, consent__buf *b) {
    consent__buf_reset(b);
    consent__buf_byte(b, '[');
    for (int32_t i = 0; i < p->cancel_conditions.count; i++)
        put_condition(b, p, i, lang, e);
    consent__buf_byte(b, ']');
    add_cell(r, 1, b);
    consent__buf_byte(b, '[');
    for (int32_t i = 0; i < p->dispute_facts.count; i++) {
        if (!e->disputed[i])
            continue;
        consent__buf_text(b, b->len > 1 ? "," : "");
        consent__json_string(b, p->dispute_facts.v[i], strlen(p->dispute_facts.v[i]));
    }
    consent__buf_byte(b, ']');
    add_cell(r, 2, b);
    consent__buf_byte(b, '[');
    for (int32_t i = 0; i < s->holds_count; i++)
        if (!s->holds[i].until || s->holds[i].until > now)
            put_hold(b, &s->holds[i]);
    consent__buf_byte(b, ']');
    add_cell(r, 3, b);
}

typedef struct asking {
    const char *policy, *lang;
    consent_rows **out;
} asking;

static consent_status check(const consent__cx *cx, consent__view *v,
                            const consent__subject *subject, void *user) {
    const asking *in = user;
    const consent__version *x = NULL;
    consent__eligible e;
    char hex[65];
    consent_status st = consent__in_force(cx, v->catalog, in->policy, v->now, &x);
    if (st != CONSENT_OK)
        return st;
    if (!consent__eligibility(x->policy, &subject->state, v->now, &v->scratch->arena, &e))
        return consent__no_memory(cx);
    st = consent__cancel_shown(cx, x, in->lang, NULL, &v->scratch->arena, hex);
    if (st != CONSENT_OK)
        return st;
    consent_rows *r = consent__rows_new(
        cx->env,
        "eligible b,conditions j,disputes j,holds j,acknowledge j,shown t,sections j,request n");
    consent__buf *b = &v->scratch->buf;
    int32_t open = consent__request_open_of(&subject->state, RIGHT_CANCEL_ACCOUNT);
    consent__rows_add(r);
    if (e.answer != TRUTH_UNDETERMINED)
        consent__rows_number(r, 0, e.answer == TRUTH_YES);
    add_lists(r, x->policy, &subject->state, &e, v->now,
              in->lang ? consent__policy_language(x->policy, in->lang) : 0, b);
    put_sections(b, x->policy, &x->policy->cancel_acknowledge);
    add_cell(r, 4, b);
    consent__rows_text(r, 5, hex);
    put_sections(b, x->policy, &x->policy->cancel_sections);
    add_cell(r, 6, b);
    if (open >= 0)
        consent__rows_number(r, 7, subject->state.requests[open].number);
    if (b->failed) {
        consent_rows_free(r);
        return consent__no_memory(cx);
    }
    return consent__rows_finish(cx, r, in->out);
}

consent_status consent__flow_cancel_check(const consent__cx *cx, consent_store *s,
                                          const char *subject, const char *policy, const char *lang,
                                          consent_rows **out) {
    asking in = {policy, lang, out};
    return consent__see_subject(cx, s, subject, check, &in);
}

/* ---- open ---- */

consent_status consent__cancel_refuse(const consent__cx *cx, const consent__policy *p,
                                      const consent__eligible *e) {
    consent__buf b;
    consent__buf_init(&b, cx->env);
    for (int32_t i = 0; i < p->cancel_conditions.count; i++)
        if (e->met[i] != TRUTH_YES)
            consent__buf_format(&b, "%s%s %s", b.len ? ", " : "", p->cancel_conditions.v[i].key,
                                e->met[i] == TRUTH_NO ? "failed" : "undetermined");
    for (int32_t i = 0; i < p->dispute_facts.count; i++)
        if (e->disputed[i])
            consent__buf_format(&b, "%s%s", b.len ? ", " : "", p->dispute_facts.v[i]);
    if (e->held)
        consent__buf_format(&b, "%sa hold on everything", b.len ? ", " : "");
    const char *text = consent__buf_cstr(&b);
    consent_status st =
        text ? consent__fail(cx, CONSENT_E_REFUSED, "the account cannot be cancelled: %s", text)
             : consent__no_memory(cx);
    consent__buf_free(&b);
    return st;
}

/* What would end a cancellation that runs (annex a1.2) lets none begin. Other conditions can still
 * be met, and facts be brought, until it is executed. */
static consent_status no_dispute(const consent__cx *cx, consent__work *w,
                                 const consent__subject *subject, const consent__version *v) {
    consent__eligible e;
    if (!consent__eligibility(v->policy, &subject->state, w->now, &w->scratch->arena, &e))
        return consent__no_memory(cx);
    for (int32_t i = 0; i < v->policy->dispute_facts.count; i++)
        if (e.disputed[i])
            return consent__cancel_refuse(cx, v->policy, &e);
    return CONSENT_OK;
}

typedef struct opening {
    const consent__asking *in;
    int64_t number;
    consent_rows **out;
} opening;

static consent_status acknowledge(const consent__cx *cx, consent__work *w,
                                  consent__subject *subject, opening *o) {
    const consent__catalog *c = NULL;
    int32_t i = consent__request_open_of(&subject->state, RIGHT_CANCEL_ACCOUNT);
    const consent__request *q = &subject->state.requests[i];
    char hex[65];
    if (q->acknowledged)
        return consent__fail(cx, CONSENT_E_STATE, "a cancellation is running already");
    o->number = q->number;
    consent_status st = consent__work_catalog(cx, w, &c);
    if (st == CONSENT_OK)
        st = no_dispute(cx, w, subject, consent__catalog_version_id(c, q->version));
    if (st == CONSENT_OK)
        st = consent__cancel_shown(cx, consent__catalog_version_id(c, q->version), o->in->lang,
                                   o->in->shown, &w->scratch->arena, hex);
    consent__event e = {.kind = EV_REQUEST_ACKNOWLEDGED};
    CONSENT__SET(&e, request, o->number);
    CONSENT__SET_TEXT(&e, shown, hex);
    return st == CONSENT_OK ? consent__append_apply(cx, w, subject, &e, NULL) : st;
}

static consent_status open_new(const consent__cx *cx, consent__work *w, consent__subject *subject,
                               opening *o) {
    const consent__catalog *c = NULL;
    const consent__version *v = NULL;
    consent_status st = consent__work_catalog(cx, w, &c);
    if (st == CONSENT_OK)
        st = consent__in_force(cx, c, o->in->policy, w->now, &v);
    if (st == CONSENT_OK)
        st = no_dispute(cx, w, subject, v);
    return st == CONSENT_OK ? consent__request_open(cx, w, subject, o->in, &o->number) : st;
}

static consent_status open_work(const consent__cx *cx, consent__work *w, consent__subject *subject,
                                void *user) {
    opening *o = user;
    consent_status st = consent__request_open_of(&subject->state, RIGHT_CANCEL_ACCOUNT) >= 0
                            ? acknowledge(cx, w, subject, o)
                            : open_new(cx, w, subject, o);
    return st == CONSENT_OK ? consent__request_rows_now(cx, w, o->number, o->out) : st;
}

consent_status consent__flow_cancel_open(const consent__cx *cx, consent_store *s,
                                         const char *subject, const char *policy, const char *lang,
                                         const char *shown, const char *channel,
                                         consent_rows **out) {
    consent__asking in = {.subject = subject,
                          .kind = "cancel-account",
                          .policy = policy,
                          .channel = channel,
                          .acknowledges = true,
                          .lang = lang,
                          .shown = shown};
    opening o = {&in, -1, out};
    consent_status st = consent__hash_check(cx, shown, "hash of the text shown");
    if (st == CONSENT_OK)
        st = consent__text_check(cx, channel, CONSENT__SHORT, "channel");
    if (st == CONSENT_OK)
        st = consent__on_subject(cx, s, subject, open_work, &o);
    return consent__request_answer(st, out);
}

/* ---- a dispute ends it ---- */

/* An application without the acknowledgement was taken in whatever was known then: it ends by a
 * dispute that is told afterwards, and not because something else was. */
consent_status consent__cancel_disputed(const consent__cx *cx, consent__work *w,
                                        consent__subject *subject, const consent__event *fact) {
    const consent__catalog *c = NULL;
    int32_t i = consent__request_open_of(&subject->state, RIGHT_CANCEL_ACCOUNT);
    if (i < 0)
        return CONSENT_OK;
    consent_status st = consent__work_catalog(cx, w, &c);
    if (st != CONSENT_OK)
        return st;
    const consent__version *v = consent__catalog_version_id(c, subject->state.requests[i].version);
    const consent__strings *facts = &v->policy->dispute_facts;
    for (int32_t k = 0; k < facts->count; k++) {
        bool running = subject->state.requests[i].acknowledged;
        if ((!running && strcmp(facts->v[k], fact->fact_) != 0) ||
            !consent__dispute_known(&subject->state, facts->v[k], w->now))
            continue;
        consent__moving move = {.number = subject->state.requests[i].number, .to = "terminated"};
        move.why = consent__arena_format(&w->scratch->arena, "a dispute is open: %s", facts->v[k]);
        return move.why ? consent__request_move(cx, w, subject, &move, false)
                        : consent__no_memory(cx);
    }
    return CONSENT_OK;
}
