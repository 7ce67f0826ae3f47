/* SPDX-License-Identifier: Apache-2.0 */
/* Limits the subject sets beside consent: objections to a purpose, restriction of processing. */
#include "flow/limit.h"

#include <string.h>

#include "flow/args.h"
#include "util/text.h"

typedef struct limit {
    const char *policy, *purpose, *item, *reason;
    bool lift;
} limit;

/* ---- objections ---- */

static consent_status object(const consent__cx *cx, consent__work *w, consent__subject *subject,
                             void *user) {
    const limit *in = user;
    const consent__catalog *catalog = NULL;
    const consent__version *v = NULL;
    consent_status st = consent__work_catalog(cx, w, &catalog);
    if (st == CONSENT_OK)
        st = consent__in_force(cx, catalog, in->policy, w->now, &v);
    if (st != CONSENT_OK)
        return st;
    if (consent__policy_purpose(v->policy, in->purpose) < 0)
        return consent__unknown(cx, in->purpose, "purpose", "the policy declares no such purpose");
    uint32_t point = consent__catalog_point(catalog, v->policy_index, in->purpose);
    bool again = false; /* kept all the same: a grant from before it may still be on its way */
    for (int32_t i = 0; i < subject->state.objections_count; i++)
        again |= subject->state.objections[i].point == point;
    consent__event e = {.kind = EV_PURPOSE_OBJECTED};
    CONSENT__SET_TEXT(&e, policy, v->policy->key);
    CONSENT__SET_TEXT(&e, purpose, in->purpose);
    CONSENT__SET_TEXT(&e, reason, in->reason);
    st = consent__append_apply(cx, w, subject, &e, NULL);
    return st == CONSENT_OK && again ? CONSENT_DONE : st;
}

consent_status consent__flow_object(const consent__cx *cx, consent_store *s, const char *subject,
                                    const char *policy, const char *purpose, const char *reason) {
    limit in = {.policy = policy, .purpose = purpose, .reason = reason};
    consent_status st = consent__text_need(cx, purpose, CONSENT__SHORT, "purpose");
    if (st == CONSENT_OK)
        st = consent__text_check(cx, reason, CONSENT__WORDS, "reason");
    return st == CONSENT_OK ? consent__on_subject(cx, s, subject, object, &in) : st;
}

/* ---- restriction ---- */

static bool item_known(const consent__catalog *c, const char *item) {
    for (int32_t i = 0; i < c->versions_count; i++)
        if (c->versions[i].published_seq >= 0 &&
            consent__policy_item(c->versions[i].policy, item) >= 0)
            return true;
    return false;
}

static consent_status restrict_or_lift(const consent__cx *cx, consent__work *w,
                                       consent__subject *subject, void *user) {
    const limit *in = user;
    const consent__catalog *catalog = NULL;
    consent_status st = consent__work_catalog(cx, w, &catalog);
    if (st != CONSENT_OK)
        return st;
    if (in->item && !item_known(catalog, in->item))
        return consent__unknown(cx, in->item, "item", "no published version declares that item");
    bool there = false;
    for (int32_t i = 0; i < subject->state.restrictions_count; i++)
        there |= consent__text_equal(subject->state.restrictions[i].item, in->item);
    if (there == !in->lift)
        return CONSENT_DONE;
    consent__event e = {.kind = in->lift ? EV_PROCESSING_UNRESTRICTED : EV_PROCESSING_RESTRICTED};
    CONSENT__SET_TEXT(&e, item, in->item);
    CONSENT__SET_TEXT(&e, reason, in->reason);
    return consent__append_apply(cx, w, subject, &e, NULL);
}

static consent_status change(const consent__cx *cx, consent_store *s, const char *subject,
                             limit *in) {
    consent_status st = consent__text_check(cx, in->item, CONSENT__SHORT, "item");
    if (st == CONSENT_OK)
        st = consent__text_check(cx, in->reason, CONSENT__WORDS, "reason");
    return st == CONSENT_OK ? consent__on_subject(cx, s, subject, restrict_or_lift, in) : st;
}

consent_status consent__flow_restrict(const consent__cx *cx, consent_store *s, const char *subject,
                                      const char *item, const char *reason) {
    limit in = {.item = item, .reason = reason};
    return change(cx, s, subject, &in);
}

consent_status consent__flow_unrestrict(const consent__cx *cx, consent_store *s,
                                        const char *subject, const char *item, const char *reason) {
    limit in = {.item = item, .reason = reason, .lift = true};
    return change(cx, s, subject, &in);
}

/* ---- reading ---- */

static consent_status list(const consent__cx *cx, consent__view *v, const consent__subject *subject,
                           void *user) {
    const consent__state *s = &subject->state;
    consent_rows *r =
        consent__rows_new(cx->env, "kind t,policy t,purpose t,item t,since u,event n");
    for (int32_t i = 0; i < s->objections_count; i++) {
        const consent__point *p = &v->catalog->points[s->objections[i].point - 1];
        consent__rows_add(r);
        consent__rows_text(r, 0, "objection");
        consent__rows_text(r, 1, v->catalog->policies[p->policy_index].key);
        consent__rows_text(r, 2, p->key);
        consent__rows_number(r, 4, s->objections[i].at);
        consent__rows_number(r, 5, s->objections[i].seq);
    }
    for (int32_t i = 0; i < s->restrictions_count; i++) {
        consent__rows_add(r);
        consent__rows_text(r, 0, "restriction");
        consent__rows_text(r, 3, s->restrictions[i].item);
        consent__rows_number(r, 4, s->restrictions[i].at);
        consent__rows_number(r, 5, s->restrictions[i].seq);
    }
    return consent__rows_finish(cx, r, user);
}

consent_status consent__flow_limit_list(const consent__cx *cx, consent_store *s,
                                        const char *subject, consent_rows **out) {
    return consent__see_subject(cx, s, subject, list, out);
}
