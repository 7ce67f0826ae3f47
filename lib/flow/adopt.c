/* SPDX-License-Identifier: Apache-2.0 */
/* Adoption: what was said on a device before sign-in goes over to the account, point by point where
 * the account has said nothing itself; the device subject then takes no further acts. */
#include "flow/adopt.h"

#include <string.h>

#include "flow/args.h"
#include "flow/guardian.h"
#include "util/text.h"
#include "json/event.h"

typedef struct adoption {
    const char *from_id, *guardian_id;
    int64_t *out_count;
    const consent__catalog *catalog;
    consent__subject from, guardian;
    bool by_guardian;
    int64_t count;
} adoption;

/* ---- whether it may be ---- */

/* A policy in force under which the account's decisions are a guardian's; NULL when there is none.
 */
static const consent__policy *child_under(const consent__catalog *c, const consent__state *s,
                                          int64_t t) {
    for (int32_t i = 0; i < c->policies_count; i++) {
        const consent__version *v = consent__catalog_in_force(c, i, t, INT64_MAX);
        if (v && t < consent__decides_from(v->policy, s->born))
            return v->policy;
    }
    return NULL;
}

static consent_status may_adopt(const consent__cx *cx, consent__work *w, consent__subject *to,
                                adoption *a) {
    const consent__policy *child = child_under(a->catalog, &to->state, w->now);
    if (!a->guardian_id) {
        /* What a child said on its own device counts no more on the account than there. */
        if (child && child_under(a->catalog, &a->from.state, w->now) != child)
            return consent__fail(cx, CONSENT_E_REFUSED,
                                 "what was said on a device goes over to a child's account only "
                                 "with a guardian");
        return CONSENT_OK;
    }
    consent_status st = consent__guardian_need(cx, w->store, w->tx, a->guardian_id,
                                               &w->scratch->arena, &a->guardian);
    if (st != CONSENT_OK)
        return st;
    if (!child)
        return consent__fail(cx, CONSENT_E_REFUSED,
                             "the subject decides alone: a guardian no longer speaks for them");
    a->by_guardian = true;
    return consent__standing(cx, child, &to->state, a->guardian.uid, w->now);
}

/* ---- one decision ---- */

static consent_status read_act(const consent__cx *cx, consent__work *w, const adoption *a,
                               int64_t seq, consent__event *e) {
    consent__event_row row;
    consent__buf *b = &w->scratch->buf;
    consent__buf_reset(b);
    consent_status st = w->store->engine->event_get(cx, w->tx, seq, &row);
    int32_t kind = st == CONSENT_OK ? consent__event_kind_of(row.kind) : -1;
    if (st == CONSENT_OK && kind < 0)
        return consent__fail(cx, CONSENT_E_CORRUPT, "event %lld has an unknown kind",
                             (long long)seq);
    if (st == CONSENT_OK)
        st = consent__event_body(cx, w->store, &row, a->from.uid, a->from.key, b, NULL);
    if (st == CONSENT_OK)
        st = consent__event_decode(cx, (consent__event_kind)kind, seq, b->data, b->len,
                                   &w->scratch->arena, e);
    if (st == CONSENT_E_NOT_FOUND)
        return consent__fail(cx, CONSENT_E_CORRUPT, "the event of a decision is missing");
    return st;
}

/* Time, class, expiry and what was shown are kept; where it was said is named. */
static consent_status inherit(const consent__cx *cx, consent__work *w, consent__subject *to,
                              adoption *a, const consent__spoken *said) {
    consent__event old = {0}, e = {.kind = EV_CONSENT_INHERITED};
    consent_status st = read_act(cx, w, a, said->seq, &old);
    if (st != CONSENT_OK)
        return st;
    CONSENT__SET_TEXT(&e, policy, old.policy_);
    CONSENT__SET_TEXT(&e, point, old.point_);
    CONSENT__SET_TEXT(&e, version, old.version_);
    CONSENT__SET_TEXT(&e, class, old.class_);
    CONSENT__SET(&e, epoch, said->epoch);
    CONSENT__SET_TEXT(&e, surface, CONSENT__HAS(&old, surface) ? old.surface_ : NULL);
    CONSENT__SET_TEXT(&e, lang, CONSENT__HAS(&old, lang) ? old.lang_ : NULL);
    CONSENT__SET_TEXT(&e, shown, CONSENT__HAS(&old, shown) ? old.shown_ : NULL);
    CONSENT__SET_TEXT(&e, document, CONSENT__HAS(&old, document) ? old.document_ : NULL);
    if (said->from != said->at)
        CONSENT__SET(&e, from, said->from);
    if (said->until)
        CONSENT__SET(&e, until, said->until);
    CONSENT__SET_TEXT(&e, state, consent_decision_name(said->decision));
    consent__event_set_uid(&e, F_other, a->from.uid);
    CONSENT__SET(&e, event, said->seq);
    CONSENT__SET(&e, observed, said->at);
    if (a->by_guardian && said->decision == CONSENT_DECISION_GRANTED)
        consent__event_set_uid(&e, F_by, a->guardian.uid);
    uint8_t leaf[CONSENT__HASH];
    st = consent__append_apply(cx, w, to, &e, leaf);
    if (st == CONSENT_OK && CONSENT__HAS(&e, by)) {
        char hex[65];
        consent__event attested = {.kind = EV_GUARDIAN_ATTESTED};
        consent__hex(leaf, 32, hex);
        consent__event_set_uid(&attested, F_child, to->uid);
        CONSENT__SET_TEXT(&attested, leaf, hex);
        CONSENT__SET(&attested, event, e.seq);
        st = consent__append_apply(cx, w, &a->guardian, &attested, NULL);
    }
    a->count += st == CONSENT_OK;
    return st;
}

static bool has_said(const consent__spoken *spoken, int32_t n, uint32_t point) {
    for (int32_t i = 0; i < n; i++)
        if (spoken[i].point == point)
            return true;
    return false;
}

/* Oldest first, so that the order among them stays. */
static const consent__spoken *next_after(const consent__state *s, int64_t seq, int64_t epoch) {
    const consent__spoken *best = NULL;
    for (int32_t i = 0; i < s->spoken_count; i++) {
        const consent__spoken *x = &s->spoken[i];
        bool after = x->seq > seq || (x->seq == seq && x->epoch > epoch);
        bool before =
            !best || x->seq < best->seq || (x->seq == best->seq && x->epoch < best->epoch);
        if (!x->by_guardian && after && before)
            best = x;
    }
    return best;
}

static consent_status take_decisions(const consent__cx *cx, consent__work *w, consent__subject *to,
                                     adoption *a) {
    int32_t own = to->state.spoken_count;
    consent__spoken *mine =
        consent__arena_get(&w->scratch->arena, (size_t)(own + 1) * sizeof *mine);
    if (!mine)
        return consent__no_memory(cx);
    if (own)
        memcpy(mine, to->state.spoken, (size_t)own * sizeof *mine);
    consent_status st = CONSENT_OK;
    int64_t seq = -1, epoch = -1;
    const consent__spoken *x;
    while (st == CONSENT_OK && (x = next_after(&a->from.state, seq, epoch)) != NULL) {
        seq = x->seq;
        epoch = x->epoch;
        if (!has_said(mine, own, x->point))
            st = inherit(cx, w, to, a, x);
    }
    return st;
}

/* A no is not lost by signing in: objections and restrictions go over too, except where the account
 * itself decided on the purpose. */
static consent_status take_limits(const consent__cx *cx, consent__work *w, consent__subject *to,
                                  adoption *a, int32_t own_decisions) {
    consent_status st = CONSENT_OK;
    for (int32_t i = 0; i < a->from.state.objections_count && st == CONSENT_OK; i++) {
        uint32_t point = a->from.state.objections[i].point;
        const consent__point *p = &a->catalog->points[point - 1];
        if (has_said(to->state.spoken, own_decisions, point))
            continue;
        consent__event e = {.kind = EV_PURPOSE_OBJECTED};
        CONSENT__SET_TEXT(&e, policy, a->catalog->policies[p->policy_index].key);
        CONSENT__SET_TEXT(&e, purpose, p->key);
        CONSENT__SET_TEXT(&e, reason, "adopted");
        st = consent__append_apply(cx, w, to, &e, NULL);
    }
    for (int32_t i = 0; i < a->from.state.restrictions_count && st == CONSENT_OK; i++) {
        consent__event e = {.kind = EV_PROCESSING_RESTRICTED};
        CONSENT__SET_TEXT(&e, item, a->from.state.restrictions[i].item);
        CONSENT__SET_TEXT(&e, reason, "adopted");
        st = consent__append_apply(cx, w, to, &e, NULL);
    }
    return st;
}

/* ---- all together ---- */

static consent_status close_device(const consent__cx *cx, consent__work *w, consent__subject *to,
                                   adoption *a) {
    consent__event account = {.kind = EV_SUBJECT_ADOPTION}, device = {.kind = EV_SUBJECT_ADOPTED};
    consent__event_set_uid(&account, F_other, a->from.uid);
    CONSENT__SET(&account, count, a->count);
    consent_status st = consent__append_apply(cx, w, to, &account, NULL);
    consent__event_set_uid(&device, F_other, to->uid);
    return st == CONSENT_OK ? consent__append_apply(cx, w, &a->from, &device, NULL) : st;
}

static consent_status adopt_work(const consent__cx *cx, consent__work *w, consent__subject *to,
                                 void *user) {
    adoption *a = user;
    int32_t own = to->state.spoken_count;
    consent_status st = consent__work_catalog(cx, w, &a->catalog);
    if (st == CONSENT_OK)
        st = consent__subject_need(cx, w->store, w->tx, a->from_id, &w->scratch->arena, &a->from);
    if (st == CONSENT_OK && a->from.state.adopted)
        st = consent__fail(cx, CONSENT_E_STATE, "the device subject was adopted before");
    if (st == CONSENT_OK)
        st = may_adopt(cx, w, to, a);
    if (st == CONSENT_OK)
        st = take_decisions(cx, w, to, a);
    if (st == CONSENT_OK)
        st = take_limits(cx, w, to, a, own);
    if (st == CONSENT_OK)
        st = close_device(cx, w, to, a);
    if (st == CONSENT_OK && a->out_count)
        *a->out_count = a->count;
    consent__wipe(a->from.key, sizeof a->from.key);
    consent__wipe(a->guardian.key, sizeof a->guardian.key);
    return st;
}

consent_status consent__flow_subject_adopt(const consent__cx *cx, consent_store *s,
                                           const char *from, const char *to, const char *guardian,
                                           int64_t *out_count) {
    adoption a = {.from_id = from, .guardian_id = guardian, .out_count = out_count};
    consent_status st = consent__id_check(cx, from, "device subject");
    if (st == CONSENT_OK && to && strcmp(from, to) == 0)
        st = consent__fail(cx, CONSENT_E_ARGUMENT, "a subject does not adopt itself");
    return st == CONSENT_OK ? consent__on_subject(cx, s, to, adopt_work, &a) : st;
}
