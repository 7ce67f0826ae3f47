/* SPDX-License-Identifier: Apache-2.0 */
/* One use of an exemption: it stands in for the consent, for nothing else, and for this use alone.
 */
#include "flow/exemption.h"

#include <string.h>

#include "flow/args.h"

typedef struct using {
    const consent__use *in;
    consent_rows **out;
    const consent__version *version;
    const consent__exemption *exemption;
    consent__verdict verdict;
}
using;

#define BLOCK(reason) (UINT64_C(1) << CONSENT_REASON_##reason)
/* What an exemption stands in for: the consent, and who had to give it. */
#define CONSENT_GROUP                                                                              \
    (BLOCK(CONTROLLER_CHANGED) | BLOCK(OBJECTED) | BLOCK(AGE_UNKNOWN) |                            \
     BLOCK(CHILD_RULES_MISSING) | BLOCK(GUARDIAN_REQUIRED) | BLOCK(GUARDIAN_UNVERIFIED) |          \
     BLOCK(GUARDIAN_REFUSED) | BLOCK(GUARDIAN_LAPSED) | BLOCK(NOT_ASKED) | BLOCK(REFUSED) |        \
     BLOCK(WITHDRAWN) | BLOCK(EXPIRED) | BLOCK(STALE_VERSION) | BLOCK(SEPARATE_CONSENT_REQUIRED) | \
     BLOCK(WRITTEN_CONSENT_REQUIRED) | BLOCK(NOTICE_PENDING))

static int32_t lowest(uint64_t set) {
    int32_t i = 0;
    while (!(set >> i & 1))
        i++;
    return i;
}

/* ---- which exemption, for which operation ---- */

static consent_status find(const consent__cx *cx, using *u) {
    const consent__policy *p = u->version->policy;
    for (int32_t i = 0; i < p->exemptions_count; i++)
        if (strcmp(p->exemptions[i].key, u->in->exemption) == 0)
            u->exemption = &p->exemptions[i];
    if (!u->exemption)
        return consent__unknown(cx, u->in->exemption, "exemption",
                                "the policy declares no such exemption");
    if (consent__policy_purpose(p, u->in->purpose) < 0)
        return consent__unknown(cx, u->in->purpose, "purpose",
                                "the policy declares no such purpose");
    return CONSENT_OK;
}

/* Not named: the purpose's usual operation when the exemption covers it, else the first one that
 * both name, else the exemption's first. */
static int32_t operation_of(const using *u) {
    const consent__policy *p = u->version->policy;
    const consent__purpose *x = &p->purposes[consent__policy_purpose(p, u->in->purpose)];
    uint32_t covered = u->exemption->operations, both = covered & x->operations;
    if (u->in->operation != CONSENT_OPERATION_DEFAULT)
        return u->in->operation;
    int32_t usual =
        x->operations >> CONSENT_OPERATION_USE & 1 ? CONSENT_OPERATION_USE : x->first_operation;
    if (both >> usual & 1)
        return usual;
    return lowest(both ? both : covered);
}

/* What the policy does not declare as a share may go out under an exemption to an authority or to
 * the public, or to somebody the justification names. */
static bool outside(const using *u) {
    const consent__policy *p = u->version->policy;
    if (!u->in->recipient)
        return true;
    int32_t r = consent__policy_recipient(p, u->in->recipient);
    return r >= 0 && (p->recipients[r].kind == RECIPIENT_AUTHORITY ||
                      p->recipients[r].kind == RECIPIENT_PUBLIC);
}

static consent_status weigh(const consent__cx *cx, consent__work *w, const consent__catalog *c,
                            const consent__subject *subject, using *u) {
    int32_t operation = operation_of(u);
    if (!(u->exemption->operations >> operation & 1))
        return consent__fail(cx, CONSENT_E_REFUSED, "the exemption does not cover \"%s\"",
                             consent_operation_name(operation));
    consent__query q = {.policy = u->version->policy->key,
                        .purpose = u->in->purpose,
                        .operation = operation,
                        .recipient = u->in->recipient,
                        .item_count = u->in->item_count,
                        .items = u->in->items,
                        .at = w->now,
                        .prefix = w->head.size};
    consent__decide(c, &subject->state, &q, &u->verdict);
    uint64_t left = u->verdict.blockers & ~(CONSENT_GROUP | BLOCK(UNDECLARED_OPERATION));
    if (outside(u))
        left &= ~BLOCK(UNDECLARED_RECIPIENT);
    if (left)
        return consent__fail(cx, CONSENT_E_REFUSED,
                             "an exemption stands in for consent only, and what stands in the way "
                             "is %s",
                             consent_reason_name(lowest(left)));
    u->verdict.operation = operation;
    return CONSENT_OK;
}

/* ---- the use ---- */

static consent_status answer(const consent__cx *cx, const using *u, const consent__event *e) {
    consent_rows *r = consent__rows_new(
        cx->env, "answer t,reason t,event n,at u,exemption t,operation t,policy t,version t");
    consent__rows_add(r);
    consent__rows_text(r, 0, "allow");
    consent__rows_text(r, 1, consent_reason_name(CONSENT_REASON_EXEMPT));
    consent__rows_number(r, 2, e->seq);
    consent__rows_number(r, 3, e->at);
    consent__rows_text(r, 4, u->exemption->key);
    consent__rows_text(r, 5, consent_operation_name(u->verdict.operation));
    consent__rows_text(r, 6, u->version->policy->key);
    consent__rows_text(r, 7, u->version->policy->version);
    return consent__rows_finish(cx, r, u->out);
}

static consent_status use_work(const consent__cx *cx, consent__work *w, consent__subject *subject,
                               void *user) {
    using *u = user;
    const consent__catalog *catalog = NULL;
    consent_status st = consent__work_catalog(cx, w, &catalog);
    if (st == CONSENT_OK)
        st = consent__in_force(cx, catalog, u->in->policy, w->now, &u->version);
    if (st == CONSENT_OK)
        st = find(cx, u);
    if (st == CONSENT_OK)
        st = weigh(cx, w, catalog, subject, u);
    if (st != CONSENT_OK)
        return st;
    consent__event e = {.kind = EV_EXEMPTION_USED};
    CONSENT__SET_TEXT(&e, policy, u->version->policy->key);
    CONSENT__SET_TEXT(&e, version, u->version->policy->version);
    CONSENT__SET_TEXT(&e, exemption, u->in->exemption);
    CONSENT__SET_TEXT(&e, purpose, u->in->purpose);
    CONSENT__SET_TEXT(&e, operation, consent_operation_name(u->verdict.operation));
    CONSENT__SET_TEXT(&e, reason, u->in->why);
    CONSENT__SET_TEXT(&e, actor, u->in->actor);
    CONSENT__SET_TEXT(&e, recipient, u->in->recipient);
    if (u->in->item_count) {
        consent__strings items = {u->in->item_count, u->in->items};
        CONSENT__SET(&e, items, items);
    }
    st = consent__append_apply(cx, w, subject, &e, NULL);
    return st == CONSENT_OK && u->out ? answer(cx, u, &e) : st;
}

consent_status consent__flow_exemption_use(const consent__cx *cx, consent_store *s,
                                           const consent__use *in, consent_rows **out) {
    using u = {.in = in, .out = out};
    consent_status st = consent__text_need(cx, in->why, CONSENT__WORDS, "justification");
    if (st == CONSENT_OK)
        st = consent__text_need(cx, in->actor, CONSENT__NAME, "actor");
    if (st == CONSENT_OK)
        st = consent__text_need(cx, in->exemption, CONSENT__SHORT, "exemption");
    if (st == CONSENT_OK)
        st = consent__text_need(cx, in->purpose, CONSENT__SHORT, "purpose");
    if (st == CONSENT_OK)
        st = consent__on_subject(cx, s, in->subject, use_work, &u);
    if (st != CONSENT_OK && out && *out) { /* the commit it was in failed afterwards */
        consent_rows_free(*out);
        *out = NULL;
    }
    return st;
}

/* ---- de-identified data ---- */

typedef struct claiming {
    const consent__claim *in;
    int64_t *out;
} claiming;

static consent_status claim_fits(const consent__cx *cx, const consent__claim *in,
                                 const consent__policy *p, int64_t now) {
    int32_t purpose = consent__policy_purpose(p, in->purpose);
    if (purpose < 0)
        return consent__unknown(cx, in->purpose, "purpose", "the policy declares no such purpose");
    if (in->recipient && consent__policy_recipient(p, in->recipient) < 0)
        return consent__unknown(cx, in->recipient, "recipient",
                                "the policy declares no such recipient");
    for (int32_t i = 0; i < in->item_count; i++) {
        int32_t item = consent__policy_item(p, in->items[i]);
        if (item < 0 || !consent__indices_has(&p->purposes[purpose].items, item))
            return consent__unknown(cx, in->items[i], "item", "the purpose declares no such item");
    }
    if (in->observed > now)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "it was done in the future");
    return CONSENT_OK;
}

static consent_status claim_work(const consent__cx *cx, consent__work *w, void *user) {
    const claiming *c = user;
    const consent__catalog *catalog = NULL;
    const consent__version *v = NULL;
    consent_status st = consent__work_catalog(cx, w, &catalog);
    if (st == CONSENT_OK)
        st = consent__in_force(cx, catalog, c->in->policy, w->now, &v);
    if (st == CONSENT_OK)
        st = claim_fits(cx, c->in, v->policy, w->now);
    if (st != CONSENT_OK)
        return st;
    consent__event e = {.kind = EV_DEIDENTIFICATION_CLAIMED};
    CONSENT__SET_TEXT(&e, policy, v->policy->key);
    CONSENT__SET_TEXT(&e, version, v->policy->version);
    CONSENT__SET_TEXT(&e, purpose, c->in->purpose);
    CONSENT__SET_TEXT(&e, recipient, c->in->recipient);
    CONSENT__SET_TEXT(&e, method, c->in->method);
    CONSENT__SET_TEXT(&e, actor, c->in->actor);
    CONSENT__SET(&e, observed, c->in->observed == INT64_MIN ? w->now : c->in->observed);
    if (c->in->item_count) {
        consent__strings items = {c->in->item_count, c->in->items};
        CONSENT__SET(&e, items, items);
    }
    st = consent__append(cx, w, NULL, &e, NULL);
    if (st == CONSENT_OK && c->out)
        *c->out = e.seq;
    return st;
}

consent_status consent__flow_deidentified(const consent__cx *cx, consent_store *s,
                                          const consent__claim *in, int64_t *out_event) {
    claiming c = {in, out_event};
    consent_status st = consent__text_need(cx, in->method, CONSENT__WORDS, "method");
    if (st == CONSENT_OK)
        st = consent__text_need(cx, in->actor, CONSENT__NAME, "actor");
    if (st == CONSENT_OK)
        st = consent__text_need(cx, in->purpose, CONSENT__SHORT, "purpose");
    return st == CONSENT_OK ? consent__write(cx, s, claim_work, &c) : st;
}
