/* SPDX-License-Identifier: Apache-2.0 */
/* Who said what, and which of it counts. The last act by place in the ledger decides among those
 * that count; clocks never do, but between acts of different stores (consent__said_after). */
#include "core/decide.h"

#include <string.h>

bool consent__link_counts(const consent__state *s, const consent__spoken *act, int64_t t) {
    for (int32_t i = 0; i < s->links_count; i++) {
        const consent__link *l = &s->links[i];
        if (memcmp(l->guardian, act->by, 16) != 0)
            continue;
        if (!l->verified_at || l->verified_at > t)
            continue;
        /* By place in the ledger: an act taken over from a device was said before the link, and
         * confirmed under it. */
        if (act->seq < l->seq)
            continue;
        /* What was said while the link stood goes on counting after it ended, until the subject or
         * another guardian is heard. */
        if (l->ended_at && act->seq > l->ended_seq)
            continue;
        if (l->until && act->at >= l->until)
            continue;
        return true;
    }
    return false;
}

bool consent__same_speaker(const consent__spoken *a, const consent__spoken *b) {
    return a->by_guardian == b->by_guardian && (!a->by_guardian || memcmp(a->by, b->by, 16) == 0);
}

#define LITTLE (INT64_C(600) * 1000000) /* ten minutes */

/* What a device said whose clock was ahead came at `at`, and was said before that, nobody knows
 * when. A no counts to the latest. A yes counts from the earliest: where the clock was ahead by
 * little, by as much before it came; else it is after nothing that another store heard, so that it
 * outlives no no that was after it. */
int64_t consent__said_at(const consent__spoken *a) {
    if (a->decision != CONSENT_DECISION_GRANTED || !a->lead)
        return a->at;
    return a->lead <= LITTLE ? a->at - a->lead : INT64_MIN;
}

/* Between acts of different stores nothing may depend on which was heard of first: the last line
 * decides between acts alone that say the same. */
bool consent__said_after(const consent__spoken *a, const consent__spoken *b) {
    if (a->device == b->device)
        return a->device ? a->device_seq > b->device_seq : a->seq > b->seq;
    int64_t t = consent__said_at(a), u = consent__said_at(b);
    if (t != u)
        return t > u;
    if (a->decision != b->decision) /* granted < refused < withdrawn */
        return a->decision > b->decision;
    if (a->cls != b->cls) /* of two grants the one that allows less */
        return a->cls < b->cls;
    if (a->until != b->until)
        return a->until && (!b->until || a->until < b->until);
    if (a->document != b->document)
        return b->document;
    return a->seq > b->seq;
}

/* A withdrawal ends all epochs, until the same speaker says something else at any of them. */
static bool superseded(const consent__state *s, const consent__spoken *a, int64_t t) {
    for (int32_t i = 0; i < s->spoken_count; i++) {
        const consent__spoken *b = &s->spoken[i];
        if (b->point == a->point && b->from <= t && consent__said_after(b, a) &&
            consent__same_speaker(a, b))
            return true;
    }
    return false;
}

static bool later(const consent__spoken *a, const consent__spoken *than) {
    if (!than || a->seq == than->seq) /* one withdrawal, written over several epochs */
        return !than || a->epoch > than->epoch;
    return consent__said_after(a, than);
}

typedef struct voices {
    const consent__spoken *own;                        /* subject, this epoch, counting */
    const consent__spoken *guardian;                   /* verified guardian, this epoch */
    const consent__spoken *unverified;                 /* unverified guardian, this epoch */
    const consent__spoken *own_stale, *guardian_stale; /* granted at another, earlier epoch */
    const consent__spoken *own_no, *guardian_no;       /* refused at an earlier epoch */
} voices;

/* What a child granted without a guardian takes back the child's own no and counts for nothing
 * else; it never becomes valid by ageing. */
static bool childish(const consent__spoken *a, int64_t alone) {
    return a->decision == CONSENT_DECISION_GRANTED && a->at < alone;
}

/* Who said yes in advance, to a version to come, and then no to the one in force has said no: it
 * does not turn into a yes when the version comes. A no before the yes is answered by it. */
static void heed_refusals(voices *v) {
    if (v->guardian_no && v->guardian && later(v->guardian_no, v->guardian))
        v->guardian = v->guardian_no;
    const consent__spoken *before = v->own ? v->own : v->guardian;
    if (v->own_no && before && later(v->own_no, before))
        v->own = v->own_no;
}

static voices listen(const consent__state *s, const consent__policy *p, uint32_t point,
                     int64_t epoch, int64_t t) {
    voices v = {0};
    int64_t alone = consent__decides_from(p, s->born);
    for (int32_t i = 0; i < s->spoken_count; i++) {
        const consent__spoken *a = &s->spoken[i];
        if (a->point != point || a->from > t)
            continue;
        bool withdrawn = a->decision == CONSENT_DECISION_WITHDRAWN;
        if (withdrawn && superseded(s, a, t))
            continue;
        bool here = withdrawn || a->epoch == epoch;
        bool stale = a->epoch < epoch && a->decision == CONSENT_DECISION_GRANTED;
        bool no = a->epoch < epoch && a->decision == CONSENT_DECISION_REFUSED;
        if (!a->by_guardian) {
            if (here && later(a, v.own))
                v.own = a;
            if (stale && !childish(a, alone) && later(a, v.own_stale))
                v.own_stale = a;
            if (no && later(a, v.own_no))
                v.own_no = a;
            continue;
        }
        if (a->at >= alone)
            continue; /* a former guardian no longer speaks for the subject */
        bool counts = consent__link_counts(s, a, t);
        if (here && counts && later(a, v.guardian))
            v.guardian = a;
        if (here && !counts && later(a, v.unverified))
            v.unverified = a;
        if (stale && counts && later(a, v.guardian_stale))
            v.guardian_stale = a;
        if (no && counts && later(a, v.guardian_no))
            v.guardian_no = a;
    }
    heed_refusals(&v);
    if (v.own && childish(v.own, alone))
        v.own = NULL;
    return v;
}

static consent__heard heard(consent__word word, const consent__spoken *act, bool asks) {
    consent__heard h = {word, act, asks};
    return h;
}

static consent__heard hear_child(const voices *v) {
    const consent__spoken *g = v->guardian;
    bool child_last = v->own && v->own->decision != CONSENT_DECISION_GRANTED &&
                      (!g || consent__said_after(v->own, g));
    if (g && child_last)
        return heard(v->own->decision == CONSENT_DECISION_REFUSED ? WORD_REFUSED : WORD_WITHDRAWN,
                     v->own, false);
    if (g) {
        if (g->decision == CONSENT_DECISION_REFUSED)
            return heard(WORD_GUARDIAN_REFUSED, g, false);
        if (g->decision == CONSENT_DECISION_WITHDRAWN)
            return heard(WORD_WITHDRAWN, g, false);
        return heard(WORD_GRANTED, g, false);
    }
    if (v->guardian_stale)
        return heard(WORD_STALE, v->guardian_stale, false);
    if (v->unverified)
        return heard(WORD_GUARDIAN_UNVERIFIED, v->unverified, false);
    return heard(WORD_GUARDIAN_REQUIRED, NULL, false);
}

static consent__heard hear_adult(const voices *v, const consent__policy *p) {
    /* A guardian's later word on what the child had refused is what stands until the subject, of
     * age now, is heard. */
    bool overruled = v->own && v->own->decision == CONSENT_DECISION_REFUSED && v->guardian &&
                     consent__said_after(v->guardian, v->own);
    if (v->own && !overruled) {
        if (v->own->decision == CONSENT_DECISION_GRANTED)
            return heard(WORD_GRANTED, v->own, false);
        return heard(v->own->decision == CONSENT_DECISION_REFUSED ? WORD_REFUSED : WORD_WITHDRAWN,
                     v->own, false);
    }
    if (v->own_stale)
        return heard(WORD_STALE, v->own_stale, false);
    const consent__spoken *g = v->guardian ? v->guardian : v->guardian_stale;
    if (!g)
        return heard(WORD_NOT_ASKED, NULL, false);
    /* Came of age with only guardians' words on file. */
    if (g->decision == CONSENT_DECISION_REFUSED)
        return heard(WORD_NOT_ASKED, NULL, true);
    if (g->decision == CONSENT_DECISION_WITHDRAWN)
        return heard(WORD_WITHDRAWN, g, true);
    if (p->profile.coming == COMING_LAPSE)
        return heard(WORD_GUARDIAN_LAPSED, g, true);
    return heard(v->guardian ? WORD_GRANTED : WORD_STALE, g, true);
}

consent__heard consent__hear(const consent__state *s, const consent__policy *p, uint32_t point,
                             int64_t epoch, bool guardian, int64_t t) {
    voices v = listen(s, p, point, epoch, t);
    return guardian ? hear_child(&v) : hear_adult(&v, p);
}
