/* SPDX-License-Identifier: Apache-2.0 */
/* Guardian links: who claims to be the guardian of a child, whether it was verified, when it ended.
 * All of it stands in the child's own events and state. */
#include "flow/guardian.h"

#include <consent/guardian.h>
#include <string.h>

#include "flow/args.h"
#include "util/text.h"

typedef struct change {
    const consent__guardianship *in;
    consent__subject guardian;
    const consent__version *version;
} change;

/* ---- rules ---- */

const consent__link *consent__standing_link(const consent__state *child, const uint8_t guardian[16],
                                            int64_t t) {
    for (int32_t i = child->links_count - 1; i >= 0; i--) {
        const consent__link *l = &child->links[i];
        if (memcmp(l->guardian, guardian, 16) == 0 && !l->ended_at && (!l->until || l->until > t))
            return l;
    }
    return NULL;
}

static bool of_age(const consent__policy *p, const consent__state *s, int64_t t) {
    return s->born && t >= consent__age_reached(p, s->born, p->profile.adult_from);
}

consent_status consent__known_adult(const consent__cx *cx, const consent__policy *p,
                                    const consent__state *guardian, int64_t t) {
    if (!guardian->born)
        return consent__fail(cx, CONSENT_E_REFUSED,
                             "a guardian is a known adult, and the guardian's age is not known");
    if (!of_age(p, guardian, t))
        return consent__fail(cx, CONSENT_E_REFUSED,
                             "a guardian is a known adult: under this policy from %d years on",
                             (int)p->profile.adult_from);
    return CONSENT_OK;
}

consent_status consent__standing(const consent__cx *cx, const consent__policy *p,
                                 const consent__state *child, const uint8_t guardian[16],
                                 int64_t t) {
    const consent__link *l = consent__standing_link(child, guardian, t);
    if (!l)
        return consent__fail(cx, CONSENT_E_REFUSED,
                             "there is no guardian link between the two that stands");
    if (!l->verified_at)
        return consent__fail(cx, CONSENT_E_REFUSED, "the guardian link is not verified");
    if (of_age(p, child, t))
        return consent__fail(cx, CONSENT_E_REFUSED,
                             "the subject is of age: a guardian no longer speaks for them");
    return CONSENT_OK;
}

static consent_status accepted(const consent__cx *cx, const consent__policy *p,
                               const char *evidence) {
    /* A policy that names no kind leaves the choice to the host, who names what was looked at. */
    if (p->guardian_evidence.count == 0)
        return CONSENT_OK;
    for (int32_t i = 0; i < p->guardian_evidence.count; i++)
        if (strcmp(p->guardian_evidence.v[i], evidence) == 0)
            return CONSENT_OK;
    return consent__fail(cx, CONSENT_E_REFUSED,
                         "the policy does not accept that kind of evidence of a guardian");
}

/* ---- what every change looks at first ---- */

consent_status consent__guardian_need(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                      const char *id, consent__arena *arena,
                                      consent__subject *out) {
    consent_status st = consent__id_check(cx, id, "guardian");
    if (st == CONSENT_OK)
        st = consent__subject_find(cx, s, tx, id, arena, out);
    if (st == CONSENT_E_NOT_FOUND)
        return consent__fail(cx, st, "the guardian is not registered");
    return st;
}

static consent_status check_in(const consent__cx *cx, const consent__guardianship *in,
                               bool evidence) {
    consent_status st = consent__id_check(cx, in->guardian, "guardian");
    if (st == CONSENT_OK && in->child && strcmp(in->child, in->guardian) == 0)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "nobody is their own guardian");
    if (st == CONSENT_OK)
        st = evidence ? consent__text_need(cx, in->evidence, CONSENT__SHORT, "kind of evidence")
                      : consent__text_check(cx, in->evidence, CONSENT__SHORT, "kind of evidence");
    if (st == CONSENT_OK)
        st = consent__hash_check(cx, in->document, "hash of the document");
    if (st == CONSENT_OK)
        st = consent__text_check(cx, in->verifier, CONSENT__NAME, "name of the verifier");
    return st;
}

static consent_status finish(consent_status st, change *c) {
    consent__wipe(c->guardian.key, sizeof c->guardian.key);
    return st;
}

/* The guardian's key is wiped by finish. */
static consent_status begin(const consent__cx *cx, consent__work *w, change *c) {
    const consent__catalog *catalog = NULL;
    consent_status st = consent__work_catalog(cx, w, &catalog);
    if (st == CONSENT_OK)
        st = consent__in_force(cx, catalog, c->in->policy, w->now, &c->version);
    if (st == CONSENT_OK)
        st = consent__guardian_need(cx, w->store, w->tx, c->in->guardian, &w->scratch->arena,
                                    &c->guardian);
    return st;
}

/* ---- link ---- */

static consent_status end_event(const consent__cx *cx, consent__work *w, consent__subject *child,
                                const uint8_t guardian[16], const char *reason) {
    consent__event e = {.kind = EV_GUARDIAN_ENDED};
    consent__event_set_uid(&e, F_guardian, guardian);
    CONSENT__SET_TEXT(&e, reason, reason);
    return consent__append_apply(cx, w, child, &e, NULL);
}

static bool link_open(const consent__state *child, const uint8_t guardian[16]) {
    for (int32_t i = 0; i < child->links_count; i++)
        if (memcmp(child->links[i].guardian, guardian, 16) == 0 && !child->links[i].ended_at)
            return true;
    return false;
}

static consent_status may_link(const consent__cx *cx, consent__work *w,
                               const consent__subject *child, const change *c) {
    const consent__policy *p = c->version->policy;
    if (c->guardian.state.adopted)
        return consent__fail(cx, CONSENT_E_STATE,
                             "the guardian was adopted by an account: link that one");
    if (c->in->until && c->in->until <= w->now)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "the end of the link is not in the future");
    if (of_age(p, &child->state, w->now))
        return consent__fail(cx, CONSENT_E_REFUSED, "the subject is of age and takes no guardian");
    consent_status st = consent__known_adult(cx, p, &c->guardian.state, w->now);
    return st == CONSENT_OK ? accepted(cx, p, c->in->evidence) : st;
}

static consent_status link_work(const consent__cx *cx, consent__work *w, consent__subject *child,
                                void *user) {
    change *c = user;
    consent_status st = begin(cx, w, c);
    if (st == CONSENT_OK)
        st = may_link(cx, w, child, c);
    if (st != CONSENT_OK)
        return st;
    const consent__link *l = consent__standing_link(&child->state, c->guardian.uid, w->now);
    if (l && strcmp(l->evidence, c->in->evidence) == 0 && l->until == c->in->until)
        return CONSENT_DONE;
    if (l)
        return consent__fail(cx, CONSENT_E_CONFLICT,
                             "the two are linked already with other evidence or another end");
    if (link_open(&child->state, c->guardian.uid)) /* it ran out and was never ended */
        st = end_event(cx, w, child, c->guardian.uid, "until");
    consent__event e = {.kind = EV_GUARDIAN_LINKED};
    consent__event_set_uid(&e, F_guardian, c->guardian.uid);
    CONSENT__SET_TEXT(&e, evidence, c->in->evidence);
    CONSENT__SET_TEXT(&e, document, c->in->document);
    if (c->in->until)
        CONSENT__SET(&e, until, c->in->until);
    uint8_t leaf[CONSENT__HASH];
    if (st == CONSENT_OK)
        st = consent__append_apply(cx, w, child, &e, leaf);
    return st == CONSENT_OK ? consent__attest(cx, w, &c->guardian, child->uid, e.seq, leaf) : st;
}

consent_status consent__flow_guardian_link(const consent__cx *cx, consent_store *s,
                                           const consent__guardianship *in) {
    change c = {.in = in};
    consent_status st = check_in(cx, in, true);
    return finish(st == CONSENT_OK ? consent__on_subject(cx, s, in->child, link_work, &c) : st, &c);
}

/* ---- verify ---- */

static consent_status verify_work(const consent__cx *cx, consent__work *w, consent__subject *child,
                                  void *user) {
    change *c = user;
    consent_status st = begin(cx, w, c);
    if (st != CONSENT_OK)
        return st;
    const consent__link *l = consent__standing_link(&child->state, c->guardian.uid, w->now);
    if (!l)
        return consent__fail(cx, CONSENT_E_NOT_FOUND,
                             "there is no guardian link between the two that stands");
    const char *evidence = c->in->evidence ? c->in->evidence : l->evidence;
    if (l->verified_at && strcmp(l->evidence, evidence) == 0)
        return CONSENT_DONE;
    st = consent__known_adult(cx, c->version->policy, &c->guardian.state, w->now);
    if (st == CONSENT_OK)
        st = accepted(cx, c->version->policy, evidence);
    if (st != CONSENT_OK)
        return st;
    consent__event e = {.kind = EV_GUARDIAN_VERIFIED};
    consent__event_set_uid(&e, F_guardian, c->guardian.uid);
    CONSENT__SET_TEXT(&e, verifier, c->in->verifier);
    CONSENT__SET_TEXT(&e, evidence, c->in->evidence);
    CONSENT__SET_TEXT(&e, document, c->in->document);
    return consent__append_apply(cx, w, child, &e, NULL);
}

consent_status consent__flow_guardian_verify(const consent__cx *cx, consent_store *s,
                                             const consent__guardianship *in) {
    change c = {.in = in};
    consent_status st = check_in(cx, in, false);
    return finish(st == CONSENT_OK ? consent__on_subject(cx, s, in->child, verify_work, &c) : st,
                  &c);
}

/* ---- end ---- */

static consent_status end_work(const consent__cx *cx, consent__work *w, consent__subject *child,
                               void *user) {
    change *c = user;
    consent_status st = begin(cx, w, c);
    if (st != CONSENT_OK)
        return st;
    if (!link_open(&child->state, c->guardian.uid))
        return consent__fail(cx, CONSENT_E_NOT_FOUND,
                             "there is no guardian link between the two that stands");
    if (c->in->end == CONSENT_END_MAJORITY && !of_age(c->version->policy, &child->state, w->now))
        return consent__fail(cx, CONSENT_E_REFUSED,
                             "the subject is not of age: the link does not end by majority");
    return end_event(cx, w, child, c->guardian.uid, consent_end_name(c->in->end));
}

consent_status consent__flow_guardian_end(const consent__cx *cx, consent_store *s,
                                          const consent__guardianship *in) {
    change c = {.in = in};
    consent_status st = check_in(cx, in, false);
    if (st == CONSENT_OK && !consent_end_name(in->end))
        st = consent__fail(cx, CONSENT_E_ARGUMENT,
                           "a link ends by subject, guardian, court or majority");
    return finish(st == CONSENT_OK ? consent__on_subject(cx, s, in->child, end_work, &c) : st, &c);
}

/* ---- reading ---- */

static const char *link_state(const consent__link *l, int64_t now) {
    if (l->ended_at)
        return "ended";
    if (l->until && l->until <= now)
        return "over";
    return l->verified_at ? "verified" : "claimed";
}

/* The guardian's id; absent when the guardian was erased since. */
static consent_status put_guardian(const consent__cx *cx, consent__view *v, consent_rows *r,
                                   const uint8_t uid[16]) {
    consent__subject_row row;
    consent__subject guardian;
    consent_status st = v->store->engine->subject_by_uid(cx, v->tx, uid, &row);
    if (st == CONSENT_E_NOT_FOUND || (st == CONSENT_OK && !row.box))
        return CONSENT_OK;
    if (st == CONSENT_OK)
        st = consent__subject_of_row(cx, v->store, &row, &v->scratch->arena, &guardian);
    if (st == CONSENT_OK) {
        consent__rows_text(r, 0, guardian.state.external);
        consent__wipe(guardian.key, sizeof guardian.key);
    }
    return st;
}

static consent_status list(const consent__cx *cx, consent__view *v, const consent__subject *child,
                           void *user) {
    consent_rows **out = user;
    consent_status st = CONSENT_OK;
    consent_rows *r = consent__rows_new(
        cx->env, "guardian t,uid t,state t,evidence t,since u,verified_at u,ended_at u,until u");
    for (int32_t i = 0; i < child->state.links_count && st == CONSENT_OK; i++) {
        const consent__link *l = &child->state.links[i];
        char hex[33];
        consent__hex(l->guardian, 16, hex);
        consent__rows_add(r);
        st = put_guardian(cx, v, r, l->guardian);
        consent__rows_text(r, 1, hex);
        consent__rows_text(r, 2, link_state(l, v->now));
        consent__rows_text(r, 3, l->evidence);
        consent__rows_number(r, 4, l->since);
        if (l->verified_at)
            consent__rows_number(r, 5, l->verified_at);
        if (l->ended_at)
            consent__rows_number(r, 6, l->ended_at);
        if (l->until)
            consent__rows_number(r, 7, l->until);
    }
    if (st == CONSENT_OK)
        return consent__rows_finish(cx, r, out);
    consent_rows_free(r);
    return st;
}

consent_status consent__flow_guardian_list(const consent__cx *cx, consent_store *s,
                                           const char *child, consent_rows **out) {
    return consent__see_subject(cx, s, child, list, out);
}

static consent_status standing(const consent__cx *cx, consent__view *v,
                               const consent__subject *child, void *user) {
    change *c = user;
    consent_status st = consent__in_force(cx, v->catalog, c->in->policy, v->now, &c->version);
    if (st == CONSENT_OK)
        st = consent__guardian_need(cx, v->store, v->tx, c->in->guardian, &v->scratch->arena,
                                    &c->guardian);
    consent__wipe(c->guardian.key, sizeof c->guardian.key);
    return st == CONSENT_OK
               ? consent__standing(cx, c->version->policy, &child->state, c->guardian.uid, v->now)
               : st;
}

consent_status consent__flow_guardian_standing(const consent__cx *cx, consent_store *s,
                                               const consent__guardianship *in) {
    change c = {.in = in};
    consent_status st = check_in(cx, in, false);
    return st == CONSENT_OK ? consent__see_subject(cx, s, in->child, standing, &c) : st;
}
