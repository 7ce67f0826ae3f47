/* SPDX-License-Identifier: Apache-2.0 */
/* Plans: what has to be asked next, what may start, and one question put to many. Each is the
 * check, over and over, on one snapshot. */
#include "flow/plan.h"

#include <string.h>

#include "flow/args.h"
#include "flow/permission.h"
#include "flow/policy.h"
#include "util/date.h"
#include "util/text.h"

#define BLOCK(reason) (UINT64_C(1) << CONSENT_REASON_##reason)
/* What an answer of the subject or the guardian can take away. */
#define ANSWERABLE                                                                                 \
    (BLOCK(CONTROLLER_CHANGED) | BLOCK(AGE_UNKNOWN) | BLOCK(GUARDIAN_REQUIRED) |                   \
     BLOCK(GUARDIAN_UNVERIFIED) | BLOCK(GUARDIAN_REFUSED) | BLOCK(GUARDIAN_LAPSED) |               \
     BLOCK(NOT_ASKED) | BLOCK(REFUSED) | BLOCK(WITHDRAWN) | BLOCK(EXPIRED) |                       \
     BLOCK(STALE_VERSION) | BLOCK(SEPARATE_CONSENT_REQUIRED) | BLOCK(WRITTEN_CONSENT_REQUIRED) |   \
     BLOCK(NOTICE_PENDING))
/* What does not keep from asking: it is looked at again when the data is to be used. */
#define LATER (BLOCK(PRECONDITION_UNMET) | BLOCK(PERMISSION_NOT_GRANTED))

static int32_t lowest(uint64_t set) {
    int32_t i = 0;
    while (!(set >> i & 1))
        i++;
    return i;
}

int32_t consent__share_operation(const consent__purpose *u) {
    static const int32_t order[] = {CONSENT_OPERATION_SHARE, CONSENT_OPERATION_TRANSFER,
                                    CONSENT_OPERATION_DISCLOSE};
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
        if (u->operations >> order[i] & 1)
            return order[i];
    return CONSENT_OPERATION_DEFAULT;
}

/* ---- asking ---- */

typedef struct asking {
    const consent__cx *cx;
    consent__view *view;
    const consent__state *state;
    const consent__version *version;
    int32_t lang, screen;
    consent_rows *rows;
    consent_status status;
} asking;

/* After a clear no the same question waits as long as the policy says (NDR art. 22(5)). */
static int64_t not_before(const asking *a, const consent__verdict *v, int32_t why) {
    int32_t hours = a->version->policy->profile.reask_hours;
    bool no = why == CONSENT_REASON_REFUSED || why == CONSENT_REASON_WITHDRAWN ||
              why == CONSENT_REASON_GUARDIAN_REFUSED;
    for (int32_t i = 0; no && hours >= 0 && i < a->state->spoken_count; i++)
        if (a->state->spoken[i].seq == v->event)
            return a->state->spoken[i].at + (int64_t)hours * 3600 * CONSENT__SECOND;
    return INT64_MIN;
}

static void put_ask(asking *a, const consent__slot *slot, const consent__verdict *v, int32_t why) {
    const consent__policy *p = a->version->policy;
    char key[CONSENT__POINT_MAX], hex[65];
    uint8_t shown[32];
    consent__buf *json = &a->view->scratch->buf;
    int64_t from = not_before(a, v, why);
    consent__buf_reset(json);
    a->status = consent__shown_hash(a->cx, a->version, slot->purpose, slot->share, a->lang,
                                    &a->view->scratch->arena, json, shown);
    if (a->status != CONSENT_OK)
        return;
    consent__point_key(p, slot->purpose, slot->share, key);
    consent__hex(shown, 32, hex);
    /* General acts may share one screen; each of the others is an act for its point alone. */
    bool alone = slot->cls >= CONSENT_CLASS_SEPARATE;
    consent__rows_add(a->rows);
    consent__rows_text(a->rows, 0, key);
    consent__rows_text(a->rows, 1, consent_class_name(slot->cls));
    consent__rows_text(a->rows, 2, v->guardian ? "guardian" : "subject");
    consent__rows_text(a->rows, 3, consent_reason_name(why));
    consent__rows_number(a->rows, 4, slot->share < 0 && p->purposes[slot->purpose].required);
    consent__rows_text(a->rows, 5, consent__buf_cstr(json));
    consent__rows_text(a->rows, 6, hex);
    if (from != INT64_MIN)
        consent__rows_number(a->rows, 7, from);
    consent__rows_number(a->rows, 8, alone ? ++a->screen : 0);
}

/* One point. What cannot be used whatever is answered is not asked about. */
static void ask_point(asking *a, const consent__slot *slot) {
    const consent__policy *p = a->version->policy;
    const consent__purpose *u = &p->purposes[slot->purpose];
    const char *recipient =
        slot->share < 0 ? NULL : p->recipients[u->shares[slot->share].recipient].key;
    consent__query q = {.policy = p->key,
                        .purpose = u->key,
                        .operation =
                            recipient ? consent__share_operation(u) : CONSENT_OPERATION_DEFAULT,
                        .recipient = recipient,
                        .at = a->view->now,
                        .prefix = a->view->head.size};
    consent__verdict v;
    consent__decide(a->view->catalog, a->state, &q, &v);
    /* Share or transfer without a recipient is the point's own matter, not the purpose's. */
    uint64_t ignore = LATER | (recipient ? 0 : BLOCK(UNDECLARED_RECIPIENT));
    uint64_t own = recipient ? v.share_blockers : v.purpose_blockers;
    if (v.blockers & ~(ANSWERABLE | ignore))
        return;
    own |= v.blockers & BLOCK(AGE_UNKNOWN);
    if (own & ANSWERABLE)
        put_ask(a, slot, &v, lowest(own & ANSWERABLE));
    else if (!recipient && v.asks_subject)
        put_ask(a, slot, &v, CONSENT_REASON_GUARDIAN_CONSENTED);
}

static consent_status ask(const consent__cx *cx, consent__view *v, const consent__subject *subject,
                          void *user) {
    asking *a = user;
    a->cx = cx;
    a->view = v;
    a->state = &subject->state;
    if (subject->state.adopted)
        return consent__fail(cx, CONSENT_E_STATE,
                             "the subject was adopted by an account and takes no further acts");
    a->rows =
        consent__rows_new(cx->env, "point t,class t,who t,why t,required b,sections j,shown t,"
                                   "not_before u,screen n");
    for (int32_t i = 0; a->status == CONSENT_OK && i < a->version->slot_count; i++)
        if (a->version->slots[i].needed)
            ask_point(a, &a->version->slots[i]);
    return a->status;
}

/* The version in force, or NULL where there is none: then there is nothing to ask or to start. */
static consent_status plan_version(const consent__cx *cx, const consent__view *v,
                                   const char *policy, const consent__version **out) {
    int32_t index = -1;
    *out = NULL;
    if (!policy && v->catalog->policies_count == 0)
        return CONSENT_OK;
    consent_status st = consent__pick_policy(cx, v->catalog, policy, &index);
    if (st == CONSENT_OK)
        *out = consent__catalog_in_force(v->catalog, index, v->now, INT64_MAX);
    return st;
}

typedef struct ask_call {
    const char *policy, *lang;
    consent_rows **out;
} ask_call;

static consent_status ask_all(const consent__cx *cx, consent__view *v,
                              const consent__subject *subject, void *user) {
    const ask_call *in = user;
    asking a = {.status = CONSENT_OK};
    consent_status st = plan_version(cx, v, in->policy, &a.version);
    if (st == CONSENT_OK && !a.version)
        st = consent__fail(cx, CONSENT_E_STATE, "no version of the policy is in force");
    if (st != CONSENT_OK)
        return st;
    a.lang = in->lang ? consent__policy_language(a.version->policy, in->lang) : 0;
    st = ask(cx, v, subject, &a);
    if (st == CONSENT_OK)
        return consent__rows_finish(cx, a.rows, in->out);
    consent_rows_free(a.rows);
    return st;
}

consent_status consent__flow_ask(const consent__cx *cx, consent_store *s, const char *subject,
                                 const char *policy, const char *lang, consent_rows **out) {
    ask_call in = {policy, lang, out};
    return consent__see_subject(cx, s, subject, ask_all, &in);
}

/* ---- starting ---- */

typedef struct starting {
    consent__view *view;
    const consent__state *state;
    const consent__version *version;
    consent_rows *rows;
} starting;

static int32_t decide(const starting *s, int32_t purpose, int32_t operation, const char *recipient,
                      const char *permission) {
    consent__verdict v;
    consent__query q = {.policy = s->version->policy->key,
                        .purpose = s->version->policy->purposes[purpose].key,
                        .operation = operation,
                        .recipient = recipient,
                        .permission = permission,
                        .at = s->view->now,
                        .prefix = s->view->head.size};
    consent__decide(s->view->catalog, s->state, &q, &v);
    return v.reason;
}

static void put_start(const starting *s, const char *kind, const char *name, int32_t reason) {
    consent__rows_add(s->rows);
    consent__rows_text(s->rows, 0, kind);
    consent__rows_text(s->rows, 1, name);
    consent__rows_number(s->rows, 2, reason >= CONSENT_REASON_CONSENTED);
    consent__rows_text(s->rows, 3, consent_reason_name(reason));
}

/* The first that allows, else the denial that came furthest. */
static int32_t further(int32_t best, int32_t reason) {
    return best >= CONSENT_REASON_CONSENTED || reason <= best ? best : reason;
}

static bool named_before(const consent__policy *p, int32_t permission) {
    for (int32_t i = 0; i < permission; i++)
        if (strcmp(p->permissions[i].name, p->permissions[permission].name) == 0)
            return true;
    return false;
}

/* A permission may start when one of its purposes may use it; of several denials the one that came
 * furthest is told. One that serves no purpose may not start at all. */
static void start_permission(const starting *s, const char *name) {
    const consent__policy *p = s->version->policy;
    int32_t best = CONSENT_REASON_UNDECLARED_PURPOSE;
    for (int32_t i = 0; i < p->permissions_count; i++) {
        const consent__permission *m = &p->permissions[i];
        for (int32_t k = 0; strcmp(m->name, name) == 0 && k < m->purposes.count; k++) {
            int32_t reason = decide(s, m->purposes.v[k], CONSENT_OPERATION_DEFAULT, NULL, name);
            best = further(best, reason);
        }
    }
    put_start(s, "permission", name, best);
}

/* Recipients whose code runs in the app: SDKs, and whoever a permission is declared for. */
static bool runs_inside(const consent__policy *p, const consent__recipient *r) {
    bool source = r->kind == RECIPIENT_SDK;
    for (int32_t i = 0; i < p->permissions_count; i++)
        source |= strcmp(p->permissions[i].source, r->key) == 0;
    return source;
}

static void start_recipient(const starting *s, int32_t r) {
    const consent__policy *p = s->version->policy;
    int32_t best = CONSENT_REASON_UNDECLARED_PURPOSE;
    for (int32_t i = 0; i < p->purposes_count; i++) {
        const consent__purpose *u = &p->purposes[i];
        bool processor = p->recipients[r].kind == RECIPIENT_PROCESSOR &&
                         consent__indices_has(&p->recipients[r].purposes, i);
        if (consent__purpose_share(u, r) < 0 && !processor)
            continue;
        int32_t reason = decide(s, i, consent__share_operation(u), p->recipients[r].key, NULL);
        best = further(best, reason);
    }
    put_start(s, "recipient", p->recipients[r].key, best);
}

static consent_status start(const consent__cx *cx, consent__view *v, const char *subject,
                            const char *policy, consent_rows **out) {
    starting s = {.view = v};
    consent__subject found;
    /* Before anybody is known there is nobody who agreed to anything. */
    consent__state nobody;
    consent__state_init(&nobody, &v->scratch->arena);
    memset(&found, 0, sizeof found);
    consent_status st = plan_version(cx, v, policy, &s.version);
    if (st == CONSENT_OK)
        st = consent__subject_find(cx, v->store, v->tx, subject, &v->scratch->arena, &found);
    s.state = st == CONSENT_E_NOT_FOUND ? &nobody : &found.state;
    consent__wipe(found.key, sizeof found.key);
    if (st != CONSENT_OK && st != CONSENT_E_NOT_FOUND)
        return st;
    s.rows = consent__rows_new(cx->env, "kind t,name t,allow b,reason t");
    const consent__policy *p = s.version ? s.version->policy : NULL;
    for (int32_t i = 0; p && i < p->permissions_count; i++)
        if (!named_before(p, i))
            start_permission(&s, p->permissions[i].name);
    for (int32_t i = 0; p && i < p->recipients_count; i++)
        if (runs_inside(p, &p->recipients[i]))
            start_recipient(&s, i);
    return consent__rows_finish(cx, s.rows, out);
}

consent_status consent__flow_start(const consent__cx *cx, consent_store *s, const char *subject,
                                   const char *policy, consent_rows **out) {
    consent__view v;
    consent_status st = consent__id_check(cx, subject, "subject");
    if (st == CONSENT_OK)
        st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    st = start(cx, &v, subject, policy, out);
    consent__view_close(&v);
    return st;
}

/* ---- many questions at once ---- */

#define ANSWER "answer t,reason t,blockers j,event n"

static void put_answer(consent_rows *r, int column, const consent__verdict *v, consent__buf *b) {
    bool first = true;
    consent__buf_reset(b);
    consent__buf_byte(b, '[');
    for (int32_t i = 0; i < 64; i++)
        if (v->blockers >> i & 1) {
            consent__buf_format(b, "%s\"%s\"", first ? "" : ",", consent_reason_name(i));
            first = false;
        }
    consent__buf_byte(b, ']');
    consent__rows_text(r, column, v->allow ? "allow" : "deny");
    consent__rows_text(r, column + 1, consent_reason_name(v->reason));
    consent__rows_text(r, column + 2, consent__buf_cstr(b));
    if (v->event >= 0)
        consent__rows_number(r, column + 3, v->event);
}

static consent_status purposes(const consent__cx *cx, consent__view *v, const char *subject,
                               const char *policy, consent_rows **out) {
    consent__subject found;
    const consent__version *x = NULL;
    memset(&found, 0, sizeof found);
    consent_status st = plan_version(cx, v, policy, &x);
    if (st == CONSENT_OK)
        st = consent__subject_find(cx, v->store, v->tx, subject, &v->scratch->arena, &found);
    consent__wipe(found.key, sizeof found.key);
    if (st != CONSENT_OK && st != CONSENT_E_NOT_FOUND)
        return st;
    const consent__state *state = st == CONSENT_OK ? &found.state : NULL;
    consent_rows *r = consent__rows_new(cx->env, "purpose t,required b," ANSWER);
    for (int32_t i = 0; x && i < x->policy->purposes_count; i++) {
        consent__verdict verdict;
        consent__query q = {.policy = x->policy->key,
                            .purpose = x->policy->purposes[i].key,
                            .operation = CONSENT_OPERATION_DEFAULT,
                            .at = v->now,
                            .prefix = v->head.size};
        consent__decide(v->catalog, state, &q, &verdict);
        consent__rows_add(r);
        consent__rows_text(r, 0, q.purpose);
        consent__rows_number(r, 1, x->policy->purposes[i].required);
        put_answer(r, 2, &verdict, &v->scratch->buf);
    }
    return consent__rows_finish(cx, r, out);
}

consent_status consent__flow_check_purposes(const consent__cx *cx, consent_store *s,
                                            const char *subject, const char *policy,
                                            consent_rows **out) {
    consent__view v;
    consent_status st = consent__id_check(cx, subject, "subject");
    if (st == CONSENT_OK)
        st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    st = purposes(cx, &v, subject, policy, out);
    consent__view_close(&v);
    return st;
}

typedef struct sweep {
    consent__view *view;
    const consent__query *query;
    consent_rows *rows;
    consent__arena arena;
    bool allowed_only;
} sweep;

static consent_status sweep_one(const consent__cx *cx, void *user,
                                const consent__subject_row *row) {
    sweep *w = user;
    consent__subject subject;
    consent__verdict verdict;
    consent__arena_reset(&w->arena);
    consent_status st = consent__subject_of_row(cx, w->view->store, row, &w->arena, &subject);
    consent__wipe(subject.key, sizeof subject.key);
    if (st != CONSENT_OK)
        return st;
    if (subject.state.adopted) /* its decisions went over to the account, which is in the list */
        return CONSENT_OK;
    consent__decide(w->view->catalog, &subject.state, w->query, &verdict);
    if (w->allowed_only && !verdict.allow)
        return CONSENT_OK;
    consent__rows_add(w->rows);
    consent__rows_text(w->rows, 0, subject.state.external);
    put_answer(w->rows, 1, &verdict, &w->view->scratch->buf);
    return CONSENT_OK;
}

static consent_status subjects(const consent__cx *cx, consent__view *v, const consent__asked *asked,
                               bool allowed_only, consent_rows **out) {
    int32_t index = -1;
    consent__query q = {.policy = asked->policy,
                        .purpose = asked->purpose,
                        .operation = asked->operation,
                        .recipient = asked->recipient,
                        .permission = asked->permission,
                        .item_count = asked->item_count,
                        .items = asked->items,
                        .at = v->now,
                        .prefix = v->head.size};
    if (!asked->policy && consent__catalog_only(v->catalog) == -2)
        return consent__pick_policy(cx, v->catalog, NULL, &index);
    sweep w = {.view = v, .query = &q, .allowed_only = allowed_only};
    w.rows = consent__rows_new(cx->env, "subject t," ANSWER);
    consent__arena_init(&w.arena, cx->env);
    consent_status st = v->store->engine->subject_scan(cx, v->tx, 0, 0, sweep_one, &w);
    consent__arena_free(&w.arena);
    if (st == CONSENT_OK || st == CONSENT_DONE)
        return consent__rows_finish(cx, w.rows, out);
    consent_rows_free(w.rows);
    return st;
}

consent_status consent__flow_check_subjects(const consent__cx *cx, consent_store *s,
                                            const consent__asked *asked, bool allowed_only,
                                            consent_rows **out) {
    consent__view v;
    consent_status st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    st = subjects(cx, &v, asked, allowed_only, out);
    consent__view_close(&v);
    return st;
}
