/* SPDX-License-Identifier: Apache-2.0 */
/* The reducer: one function per family of events. */
#include "core/request.h"
#include "core/state.h"
#include "util/date.h"
#include "util/text.h"

#include <stdio.h>
#include <string.h>

void consent__state_init(consent__state *s, consent__arena *arena) {
    memset(s, 0, sizeof *s);
    s->seq = -1;
    s->arena = arena;
}

/* Room for one more element: the new one zeroed, or NULL when out of memory. */
static void *grow(consent__arena *arena, void **list, int32_t *count, int32_t *cap, size_t size) {
    if (*count == *cap) {
        int32_t more = *cap ? *cap * 2 : 8;
        void *bigger = consent__arena_get(arena, (size_t)more * size);
        if (!bigger)
            return NULL;
        if (*count)
            memcpy(bigger, *list, (size_t)*count * size);
        *list = bigger;
        *cap = more;
    }
    void *slot = (char *)*list + (size_t)*count * size;
    memset(slot, 0, size);
    (*count)++;
    return slot;
}
#define GROW(s, name)                                                                              \
    grow((s)->arena, (void **)&(s)->name, &(s)->name##_count, &(s)->name##_cap, sizeof *(s)->name)

static const char *keep(consent__state *s, const char *text) {
    return consent__arena_text(s->arena, text, strlen(text));
}

static consent_status corrupt(const consent__cx *cx, const consent__event *e, const char *why) {
    return consent__fail(cx, CONSENT_E_CORRUPT, "event %lld (%s) %s", (long long)e->seq,
                         consent__kind_table[e->kind].name, why);
}

static int32_t born_key(const char *text) {
    consent__civil d;
    return consent__civil_parse(text, &d) ? d.year * 10000 + d.month * 100 + d.day : 0;
}

/* ---- acts ---- */

/* The entry an act replaces, or a new one. An act in advance (it acts only from the effect of its
 * version) does not replace what acts until then. */
static consent__spoken *spoken_at(consent__state *s, uint32_t point, const consent__event *e,
                                  const uint8_t *by) {
    bool ahead = CONSENT__HAS(e, from) && e->from_ > e->at;
    for (int32_t i = 0; i < s->spoken_count; i++) {
        consent__spoken *a = &s->spoken[i];
        if (a->point == point && a->epoch == e->epoch_ && a->by_guardian == (by != NULL) &&
            (!by || memcmp(a->by, by, 16) == 0) && (a->from > e->at) == ahead)
            return a;
    }
    return GROW(s, spoken);
}

/* Name of the log in a verifier key "name+id+key": names hold no '+', keys in base64 may. */
static size_t origin_length(const char *vkey) {
    return strcspn(vkey, "+");
}

int32_t consent__device_number(const consent__state *s, const char *origin, const uint8_t uid[16]) {
    for (int32_t i = 0; i < s->devices_count; i++)
        if (memcmp(s->devices[i].uid, uid, 16) == 0 && strcmp(s->devices[i].origin, origin) == 0)
            return i + 1;
    return 0;
}

/* When a received act was said. A device whose clock is ahead said it no later than it came. */
static int64_t said_at(const consent__event *e) {
    return e->observed_ < e->at ? e->observed_ : e->at;
}

static void speak(consent__spoken *a, const consent__event *e, int32_t decision) {
    a->decision = decision;
    a->cls = consent_class_value(e->class_);
    a->evidenced = CONSENT__HAS(e, shown);
    a->document = CONSENT__HAS(e, document);
    a->inherited = e->kind == EV_CONSENT_INHERITED;
    a->seq = e->seq;
    a->at = a->inherited ? e->observed_ : a->device ? said_at(e) : e->at;
    a->device_seq = a->device ? e->event_ : 0;
    a->lead = a->device && e->observed_ > e->at ? e->observed_ - e->at : 0;
    a->from = CONSENT__HAS(e, from) ? e->from_ : a->at;
    a->until = CONSENT__HAS(e, until) ? e->until_ : 0;
}

/* A withdrawal ends all epochs of that speaker at once; a subject's own also ends what guardians
 * granted, by when it was said. What was said after it (known here, if it came late) stands. */
static void withdraw_epochs(consent__state *s, const consent__spoken *w) {
    for (int32_t i = 0; i < s->spoken_count; i++) {
        consent__spoken *a = &s->spoken[i];
        if (a->point != w->point || !consent__same_speaker(a, w) || consent__said_after(a, w))
            continue;
        a->decision = CONSENT_DECISION_WITHDRAWN;
        a->seq = w->seq;
        a->at = a->from = w->at;
        a->until = 0;
    }
}

/* ---- acts of several stores ----
 * What stands is worked out from the last that was said in each store: at each text (epoch), and of
 * withdrawals. These are the same whatever was heard of first; each list is kept in `lasts`. Of a
 * subject whose acts are all of this store only the withdrawals are kept there: an act of a device
 * that comes later, and was said before one, was ended by it. */

static bool in_advance(const consent__spoken *a) {
    return a->decision != CONSENT_DECISION_WITHDRAWN && a->from > a->at;
}

/* What acts only later stands beside what acts until then. */
static bool not_yet(const consent__spoken *a, int64_t now) {
    return a->decision != CONSENT_DECISION_WITHDRAWN && a->from > now;
}

static consent__spoken *kept_as(consent__state *s, const consent__spoken *act) {
    bool ends = act->decision == CONSENT_DECISION_WITHDRAWN;
    for (int32_t i = 0; i < s->lasts_count; i++) {
        consent__spoken *k = &s->lasts[i];
        if (k->point == act->point && k->device == act->device &&
            (k->decision == CONSENT_DECISION_WITHDRAWN) == ends &&
            (ends || (k->epoch == act->epoch && in_advance(k) == in_advance(act))) &&
            consent__same_speaker(k, act))
            return k;
    }
    return NULL;
}

static bool keep_last(consent__state *s, const consent__spoken *act) {
    consent__spoken *k = kept_as(s, act);
    if (k && consent__said_after(k, act))
        return true;
    if (!k && !(k = GROW(s, lasts)))
        return false;
    *k = *act;
    if (k->decision == CONSENT_DECISION_WITHDRAWN) {
        k->from = k->at;
        k->until = 0;
    }
    return true;
}

static bool of_speaker(const consent__spoken *k, const consent__spoken *act) {
    return k->point == act->point && consent__same_speaker(k, act);
}

/* Between what a speaker withdrew in one store and said in another, the withdrawal ends all that is
 * not known to have been said after it; but a refusal only when it is known to have been said
 * before, as a yes may follow the withdrawal and not the refusal. */
static bool ended(const consent__state *s, const consent__spoken *x) {
    for (int32_t i = 0; i < s->lasts_count; i++) {
        const consent__spoken *k = &s->lasts[i];
        bool unsure = x->decision == CONSENT_DECISION_REFUSED && k->device != x->device && k->lead;
        if (of_speaker(k, x) && k->decision == CONSENT_DECISION_WITHDRAWN && !unsure &&
            !consent__said_after(x, k))
            return true;
    }
    return false;
}

/* Of acts that nothing tells apart the one of the first store by name: numbers of devices follow
 * the order in which they were heard of. */
static bool named_before(const consent__state *s, const consent__spoken *a,
                         const consent__spoken *b) {
    if (!a->device || !b->device || a->device == b->device)
        return a->device < b->device;
    const consent__device *x = &s->devices[a->device - 1], *y = &s->devices[b->device - 1];
    int order = strcmp(x->origin, y->origin);
    return order ? order < 0 : memcmp(x->uid, y->uid, 16) < 0;
}

static bool outlasts(const consent__state *s, const consent__spoken *a, const consent__spoken *b) {
    bool alike = a->device != b->device && a->decision == b->decision && a->cls == b->cls &&
                 consent__said_at(a) == consent__said_at(b);
    return alike ? named_before(s, a, b) : consent__said_after(a, b);
}

/* The last that was said about one text; among stores of which none can be told to be the last, the
 * one that says no. */
static const consent__spoken *last_of(const consent__state *s, const consent__spoken *like,
                                      int64_t now) {
    const consent__spoken *best = NULL;
    bool best_last = false;
    for (int32_t i = 0; i < s->lasts_count; i++) {
        const consent__spoken *x = &s->lasts[i];
        bool last = true;
        if (!of_speaker(x, like) || x->decision == CONSENT_DECISION_WITHDRAWN ||
            x->epoch != like->epoch || not_yet(x, now) != not_yet(like, now) || ended(s, x))
            continue;
        for (int32_t j = 0; last && j < s->lasts_count; j++) {
            const consent__spoken *y = &s->lasts[j];
            last = !(of_speaker(y, like) && y->decision != CONSENT_DECISION_WITHDRAWN &&
                     y->epoch == x->epoch && not_yet(y, now) == not_yet(x, now) && !ended(s, y) &&
                     outlasts(s, y, x));
        }
        if (!best || (last && !best_last) ||
            (last == best_last && (x->decision > best->decision ||
                                   (x->decision == best->decision && outlasts(s, x, best))))) {
            best = x;
            best_last = last;
        }
    }
    return best;
}

static const consent__spoken *last_withdrawal(const consent__state *s, const consent__spoken *act) {
    const consent__spoken *best = NULL;
    for (int32_t i = 0; i < s->lasts_count; i++) {
        const consent__spoken *k = &s->lasts[i];
        if (of_speaker(k, act) && k->decision == CONSENT_DECISION_WITHDRAWN &&
            (!best || outlasts(s, k, best)))
            best = k;
    }
    return best;
}

static bool emitted(const consent__state *s, const consent__spoken *like, int64_t now) {
    for (int32_t i = 0; i < s->spoken_count; i++)
        if (of_speaker(&s->spoken[i], like) && s->spoken[i].epoch == like->epoch &&
            not_yet(&s->spoken[i], now) == not_yet(like, now))
            return true;
    return false;
}

static bool emit(consent__state *s, const consent__spoken *act) {
    consent__spoken *a = GROW(s, spoken);
    if (a)
        *a = *act;
    return a != NULL;
}

/* What stands of a speaker at a point, anew. A withdrawal stands at every text about which nothing
 * was said after it. */
static bool work_out(consent__state *s, const consent__spoken *act, int64_t now) {
    const consent__spoken of = *act; /* it may be one of those that move */
    for (int32_t i = s->spoken_count - 1; i >= 0; i--)
        if (of_speaker(&s->spoken[i], &of)) {
            s->spoken_count--;
            memmove(&s->spoken[i], &s->spoken[i + 1],
                    (size_t)(s->spoken_count - i) * sizeof s->spoken[0]);
        }
    const consent__spoken *w = last_withdrawal(s, &of);
    for (int32_t i = 0; i < s->lasts_count; i++) {
        const consent__spoken *k = &s->lasts[i];
        if (!of_speaker(k, &of) || k->decision == CONSENT_DECISION_WITHDRAWN || emitted(s, k, now))
            continue;
        const consent__spoken *x = last_of(s, k, now);
        if (x && !emit(s, x))
            return false;
    }
    for (int32_t i = 0; w && i < s->lasts_count; i++) {
        consent__spoken gone = *w;
        if (!of_speaker(&s->lasts[i], &of))
            continue;
        gone.epoch = s->lasts[i].epoch;
        if (!emitted(s, &gone, now) && !emit(s, &gone))
            return false;
    }
    return true;
}

/* A device is heard of for the first time: what stands was all said here. */
static bool keep_all(consent__state *s) {
    for (int32_t i = 0; i < s->spoken_count; i++)
        if (!keep_last(s, &s->spoken[i]))
            return false;
    return true;
}

/* The device a received act was said on; 0 when out of memory. */
static int32_t heard_from(consent__state *s, const consent__event *e) {
    const char *origin = consent__arena_text(s->arena, e->key_, origin_length(e->key_));
    int32_t known = origin ? consent__device_number(s, origin, e->other_) : 0;
    if (!origin || known)
        return known;
    if (!s->devices_count && !keep_all(s))
        return 0;
    consent__device *d = GROW(s, devices);
    if (!d)
        return 0;
    d->origin = origin;
    memcpy(d->uid, e->other_, 16);
    return s->devices_count;
}

/* Takes its place among what was said. */
static bool place_act(consent__state *s, const consent__event *e, const consent__spoken *act) {
    if (s->devices_count)
        return keep_last(s, act) && work_out(s, act, e->at);
    consent__spoken *a = spoken_at(s, act->point, e, act->by_guardian ? act->by : NULL);
    if (!a)
        return false;
    *a = *act;
    if (act->decision != CONSENT_DECISION_WITHDRAWN)
        return true;
    withdraw_epochs(s, act);
    return keep_last(s, act);
}

static consent_status apply_act(const consent__cx *cx, consent__state *s, const consent__catalog *c,
                                const consent__event *e, int32_t decision) {
    int32_t policy = consent__catalog_policy(c, e->policy_);
    uint32_t point = policy < 0 ? 0 : consent__catalog_point(c, policy, e->point_);
    const consent__version *v =
        policy < 0 ? NULL : consent__catalog_version(c, policy, e->version_);
    if (!point || !v)
        return corrupt(cx, e, "names a point or version the store does not have");
    consent__spoken act = {.point = point, .epoch = e->epoch_, .version = v->id};
    act.by_guardian = CONSENT__HAS(e, by);
    if (act.by_guardian)
        memcpy(act.by, e->by_, 16);
    if (e->kind == EV_CONSENT_RECEIVED && !(act.device = heard_from(s, e)))
        return consent__no_memory(cx);
    speak(&act, e, decision);
    if (!place_act(s, e, &act))
        return consent__no_memory(cx);
    /* To agree expressly after having objected takes the objection back. */
    if (decision == CONSENT_DECISION_GRANTED && !act.by_guardian)
        for (int32_t i = 0; i < s->objections_count; i++)
            if (s->objections[i].point == point &&
                (!act.device || consent__said_at(&act) > s->objections[i].at))
                s->objections[i--] = s->objections[--s->objections_count];
    return CONSENT_OK;
}

static int32_t decision_value(const char *name) {
    for (int32_t d = CONSENT_DECISION_GRANTED; d <= CONSENT_DECISION_WITHDRAWN; d++)
        if (strcmp(consent_decision_name(d), name) == 0)
            return d;
    return 0;
}

int32_t consent__event_decision(const consent__event *e) {
    switch (e->kind) {
    case EV_CONSENT_GRANTED:
        return CONSENT_DECISION_GRANTED;
    case EV_CONSENT_REFUSED:
        return CONSENT_DECISION_REFUSED;
    case EV_CONSENT_WITHDRAWN:
        return CONSENT_DECISION_WITHDRAWN;
    case EV_CONSENT_INHERITED:
    case EV_CONSENT_RECEIVED:
        return decision_value(e->state_);
    default:
        return 0;
    }
}

/* ---- guardians ---- */

static consent__link *link_of(consent__state *s, const uint8_t guardian[16]) {
    for (int32_t i = s->links_count - 1; i >= 0; i--)
        if (memcmp(s->links[i].guardian, guardian, 16) == 0 && !s->links[i].ended_at)
            return &s->links[i];
    return NULL;
}

static consent_status apply_link(const consent__cx *cx, consent__state *s,
                                 const consent__event *e) {
    consent__link *l = link_of(s, e->guardian_);
    if (e->kind == EV_GUARDIAN_LINKED) {
        if (l)
            return corrupt(cx, e, "links a guardian who is linked already");
        l = GROW(s, links);
        const char *evidence = keep(s, e->evidence_);
        if (!l || !evidence)
            return consent__no_memory(cx);
        memcpy(l->guardian, e->guardian_, 16);
        l->evidence = evidence;
        l->since = e->at;
        l->seq = e->seq;
        l->until = CONSENT__HAS(e, until) ? e->until_ : 0;
        return CONSENT_OK;
    }
    if (!l)
        return corrupt(cx, e, "names a guardian who is not linked");
    if (e->kind == EV_GUARDIAN_VERIFIED) {
        l->verified_at = e->at;
        if (CONSENT__HAS(e, evidence) && !(l->evidence = keep(s, e->evidence_)))
            return consent__no_memory(cx);
    } else {
        l->ended_at = e->at;
        l->ended_seq = e->seq;
    }
    return CONSENT_OK;
}

/* What an erasure of the guardian has to tell: the children it has spoken for or is linked to. */
static consent_status apply_attestation(const consent__cx *cx, consent__state *s,
                                        const consent__event *e) {
    for (int32_t i = 0; i < s->wards_count; i++)
        if (memcmp(s->wards[i].child, e->child_, 16) == 0)
            return CONSENT_OK;
    consent__ward *w = GROW(s, wards);
    if (!w)
        return consent__no_memory(cx);
    memcpy(w->child, e->child_, 16);
    return CONSENT_OK;
}

/* ---- the rest ---- */

static consent_status apply_permission(const consent__cx *cx, consent__state *s,
                                       const consent__event *e) {
    consent__allowed *p = NULL;
    for (int32_t i = 0; i < s->allowed_count && !p; i++)
        if (strcmp(s->allowed[i].name, e->name_) == 0)
            p = &s->allowed[i];
    if (!p) {
        p = GROW(s, allowed);
        if (!p || !(p->name = keep(s, e->name_)))
            return consent__no_memory(cx);
    }
    p->granted = e->granted_;
    p->seq = e->seq;
    p->at = e->at;
    return CONSENT_OK;
}

static consent_status apply_fact(const consent__cx *cx, consent__state *s,
                                 const consent__event *e) {
    consent__known *k = NULL;
    for (int32_t i = 0; i < s->known_count && !k; i++)
        if (strcmp(s->known[i].fact, e->fact_) == 0 && strcmp(s->known[i].source, e->source_) == 0)
            k = &s->known[i];
    if (!k) {
        k = GROW(s, known);
        if (!k || !(k->fact = keep(s, e->fact_)) || !(k->source = keep(s, e->source_)))
            return consent__no_memory(cx);
        k->observed = INT64_MIN;
        k->true_seq = -1;
    }
    if (e->observed_ < k->observed)
        return CONSENT_OK; /* an older observation that came late */
    k->observed = e->observed_;
    k->seq = e->seq;
    k->value = e->value_;
    if (e->value_.text && !(k->value.text = keep(s, e->value_.text)))
        return consent__no_memory(cx);
    if (e->value_.type == VALUE_BOOL && e->value_.number)
        k->true_seq = e->seq;
    return CONSENT_OK;
}

static consent_status apply_objection(const consent__cx *cx, consent__state *s,
                                      const consent__catalog *c, const consent__event *e) {
    int32_t policy = consent__catalog_policy(c, e->policy_);
    uint32_t point = policy < 0 ? 0 : consent__catalog_point(c, policy, e->purpose_);
    if (!point)
        return corrupt(cx, e, "names a purpose the store does not have");
    for (int32_t i = 0; i < s->objections_count; i++)
        if (s->objections[i].point == point) {
            s->objections[i].seq = e->seq; /* said again: what was granted in between is over */
            s->objections[i].at = e->at;
            return CONSENT_OK;
        }
    consent__objection *o = GROW(s, objections);
    if (!o)
        return consent__no_memory(cx);
    *o = (consent__objection){point, e->seq, e->at};
    return CONSENT_OK;
}

/* Lifting what the end of a retention period restricted makes it due again. */
static void forget_restricting(consent__state *s, const char *item) {
    for (int32_t i = s->expired_count - 1; item && i >= 0; i--)
        if (s->expired[i].then == THEN_RESTRICT && strcmp(s->expired[i].item, item) == 0) {
            s->expired_count--;
            memmove(&s->expired[i], &s->expired[i + 1],
                    (size_t)(s->expired_count - i) * sizeof s->expired[0]);
        }
}

static consent_status apply_restriction(const consent__cx *cx, consent__state *s,
                                        const consent__event *e) {
    const char *item = CONSENT__HAS(e, item) ? e->item_ : NULL;
    int32_t i = 0;
    while (i < s->restrictions_count && !consent__text_equal(s->restrictions[i].item, item))
        i++;
    if (e->kind == EV_PROCESSING_UNRESTRICTED) {
        forget_restricting(s, item);
        if (i < s->restrictions_count) {
            s->restrictions_count--;
            memmove(&s->restrictions[i], &s->restrictions[i + 1],
                    (size_t)(s->restrictions_count - i) * sizeof s->restrictions[0]);
        }
        return CONSENT_OK;
    }
    if (i < s->restrictions_count)
        return CONSENT_OK;
    consent__restriction *r = GROW(s, restrictions);
    if (!r || (item && !(r->item = keep(s, item))))
        return consent__no_memory(cx);
    r->seq = e->seq;
    r->at = e->at;
    return CONSENT_OK;
}

static consent_status apply_notice(const consent__cx *cx, consent__state *s,
                                   const consent__catalog *c, const consent__event *e) {
    int32_t policy = consent__catalog_policy(c, e->policy_);
    const consent__version *v =
        policy < 0 ? NULL : consent__catalog_version(c, policy, e->version_);
    if (!v)
        return corrupt(cx, e, "names a version the store does not have");
    consent__notice *n = NULL;
    for (int32_t i = 0; i < s->notices_count && !n; i++)
        if (s->notices[i].version == v->id)
            n = &s->notices[i];
    if (!n) {
        n = GROW(s, notices);
        if (!n)
            return consent__no_memory(cx);
        n->version = v->id;
    }
    if (!n->shown_at)
        n->shown_at = e->at;
    if (e->kind == EV_NOTICE_ACKNOWLEDGED && !n->acknowledged_at)
        n->acknowledged_at = e->at;
    return CONSENT_OK;
}

static consent_status apply_owed(const consent__cx *cx, consent__state *s,
                                 const consent__catalog *c, const consent__event *e) {
    if (e->kind == EV_OBLIGATION_MET) {
        for (int32_t i = 0; i < s->owed_count; i++)
            if (s->owed[i].seq == e->event_ && !s->owed[i].met_at) {
                s->owed[i].met_at = e->at;
                return CONSENT_OK;
            }
        return corrupt(cx, e, "meets an obligation that is not open");
    }
    int32_t policy = consent__catalog_policy(c, e->policy_);
    uint32_t point = policy < 0 ? 0 : consent__catalog_point(c, policy, e->point_);
    int kind = consent__name_value(consent__owed_name, e->name_);
    if (!point || kind < 0)
        return corrupt(cx, e, "owes something the store does not know");
    consent__owed *o = GROW(s, owed);
    if (!o)
        return consent__no_memory(cx);
    o->kind = kind;
    o->point = point;
    if (CONSENT__HAS(e, recipient) && !(o->recipient = keep(s, e->recipient_)))
        return consent__no_memory(cx);
    o->has_guardian = CONSENT__HAS(e, guardian);
    if (o->has_guardian)
        memcpy(o->guardian, e->guardian_, 16);
    o->cause = e->event_;
    o->seq = e->seq;
    o->at = e->at;
    return CONSENT_OK;
}

/* ---- requests ---- */

static consent_status open_request(const consent__cx *cx, consent__state *s,
                                   const consent__catalog *c, const consent__event *e) {
    int32_t policy = consent__catalog_policy(c, e->policy_);
    const consent__version *v =
        policy < 0 ? NULL : consent__catalog_version(c, policy, e->version_);
    int kind = consent__name_value(consent__right_kind_name, e->kind_);
    int standing = consent__name_value(consent__standing_name, e->source_);
    if (!v || kind < 0 || standing < 0)
        return corrupt(cx, e, "names a version, a kind or a standing that does not exist");
    consent__request *q = GROW(s, requests);
    if (!q)
        return consent__no_memory(cx);
    q->number = e->seq;
    q->kind = kind;
    q->stage = STAGE_RECEIVED;
    q->standing = standing;
    q->version = v->id;
    q->received_at = e->observed_;
    q->moved_at = e->at;
    q->due = CONSENT__HAS(e, due) ? e->due_ : CONSENT__NO_INSTANT;
    q->until = CONSENT__HAS(e, until) ? e->until_ : 0;
    q->provisional = CONSENT__HAS(e, provisional) && e->provisional_;
    q->acknowledged = CONSENT__HAS(e, shown);
    return CONSENT_OK;
}

static consent_status apply_request(const consent__cx *cx, consent__state *s,
                                    const consent__event *e) {
    int32_t i = consent__request_find(s, e->request_);
    if (i < 0)
        return corrupt(cx, e, "names a request the subject does not have");
    consent__request *q = &s->requests[i];
    if (e->kind == EV_REQUEST_MOVED) {
        int to = consent__name_value(consent__stage_name, e->state_);
        if (!consent__stage_move(q->kind, q->standing, q->stage, to, true, NULL))
            return corrupt(cx, e, "moves a request where it cannot go");
        if (q->stage == STAGE_PAUSED)
            q->waited += e->at - q->moved_at;
        q->stage = to;
        q->moved_at = e->at;
    }
    if (e->kind == EV_REQUEST_EXTENDED)
        q->extended = true;
    if (e->kind == EV_REQUEST_ACKNOWLEDGED)
        q->acknowledged = true;
    if (CONSENT__HAS(e, due)) {
        q->due = e->due_;
        q->provisional = CONSENT__HAS(e, provisional) && e->provisional_;
    }
    return CONSENT_OK;
}

static consent_status apply_hold(const consent__cx *cx, consent__state *s,
                                 const consent__event *e) {
    if (e->kind == EV_HOLD_RELEASED) {
        for (int32_t i = 0; i < s->holds_count; i++)
            if (s->holds[i].number == e->hold_) {
                s->holds_count--;
                memmove(&s->holds[i], &s->holds[i + 1],
                        (size_t)(s->holds_count - i) * sizeof s->holds[0]);
                return CONSENT_OK;
            }
        return corrupt(cx, e, "releases a hold that does not stand");
    }
    consent__hold *h = GROW(s, holds);
    if (!h || !(h->authority = keep(s, e->authority_)))
        return consent__no_memory(cx);
    h->number = e->seq;
    h->at = e->at;
    h->until = CONSENT__HAS(e, until) ? e->until_ : 0;
    int32_t n = CONSENT__HAS(e, items) ? e->items_.count : 0;
    const char **items = consent__arena_get(s->arena, (size_t)(n + 1) * sizeof *items);
    for (int32_t i = 0; items && i < n; i++)
        if (!(items[i] = keep(s, e->items_.v[i])))
            return consent__no_memory(cx);
    h->items = (consent__strings){n, items};
    return items ? CONSENT_OK : consent__no_memory(cx);
}

/* ---- retention ---- */

static consent_status restrict_item(const consent__cx *cx, consent__state *s, const char *item,
                                    const consent__event *e) {
    for (int32_t i = 0; i < s->restrictions_count; i++)
        if (consent__text_equal(s->restrictions[i].item, item))
            return CONSENT_OK;
    consent__restriction *r = GROW(s, restrictions);
    if (!r || !(r->item = keep(s, item)))
        return consent__no_memory(cx);
    r->seq = e->seq;
    r->at = e->at;
    return CONSENT_OK;
}

/* The entry of that item and policy, or a new one. */
static consent__expired *expired_at(consent__state *s, const consent__catalog *c,
                                    const consent__version *v, const char *item) {
    for (int32_t i = 0; i < s->expired_count; i++) {
        const consent__version *x = consent__catalog_version_id(c, s->expired[i].version);
        if (x && x->policy_index == v->policy_index && strcmp(s->expired[i].item, item) == 0)
            return &s->expired[i];
    }
    consent__expired *x = GROW(s, expired);
    return x && (x->item = keep(s, item)) ? x : NULL;
}

static consent_status apply_expiry(const consent__cx *cx, consent__state *s,
                                   const consent__catalog *c, const consent__event *e) {
    int32_t policy = consent__catalog_policy(c, e->policy_);
    const consent__version *v =
        policy < 0 ? NULL : consent__catalog_version(c, policy, e->version_);
    int then = consent__name_value(consent__then_name, e->state_);
    if (!v || then < 0)
        return corrupt(cx, e, "names a version or an end of retention the store does not know");
    consent_status st = CONSENT_OK;
    for (int32_t i = 0; st == CONSENT_OK && i < e->items_.count; i++) {
        consent__expired *x = expired_at(s, c, v, e->items_.v[i]);
        if (!x)
            return consent__no_memory(cx);
        x->version = v->id;
        x->then = then;
        x->since = e->from_;
        x->seq = e->seq;
        x->at = e->at;
        if (then == THEN_RESTRICT)
            st = restrict_item(cx, s, x->item, e);
    }
    return st;
}

static consent_status apply_extension(const consent__cx *cx, consent__state *s,
                                      const consent__event *e) {
    int32_t i = 0;
    while (i < s->extensions_count && strcmp(s->extensions[i].item, e->item_) != 0)
        i++;
    if (e->kind == EV_RETENTION_RELEASED) {
        if (i == s->extensions_count)
            return corrupt(cx, e, "ends an extension that does not stand");
        s->extensions_count--;
        memmove(&s->extensions[i], &s->extensions[i + 1],
                (size_t)(s->extensions_count - i) * sizeof s->extensions[0]);
        return CONSENT_OK;
    }
    consent__extension *x = i < s->extensions_count ? &s->extensions[i] : GROW(s, extensions);
    if (!x || !(x->item = keep(s, e->item_)) || !(x->reason = keep(s, e->reason_)))
        return consent__no_memory(cx);
    x->until = e->until_;
    x->seq = e->seq;
    x->at = e->at;
    return CONSENT_OK;
}

static consent_status apply_register(const consent__cx *cx, consent__state *s,
                                     const consent__event *e) {
    if (s->external)
        return corrupt(cx, e, "registers a subject a second time");
    if (!(s->external = keep(s, e->external_)))
        return consent__no_memory(cx);
    memcpy(s->uid, e->uid_, 16);
    s->registered_at = e->at;
    s->born = CONSENT__HAS(e, born) ? born_key(e->born_) : 0;
    return CONSENT_OK;
}

consent_status consent__state_apply(const consent__cx *cx, consent__state *s,
                                    const consent__catalog *c, const consent__event *e) {
    consent_status status = CONSENT_OK;
    if (!s->external && e->kind != EV_SUBJECT_REGISTERED)
        return corrupt(cx, e, "comes before the subject was registered");
    switch (e->kind) {
    case EV_SUBJECT_REGISTERED:
        status = apply_register(cx, s, e);
        break;
    case EV_SUBJECT_CORRECTED:
        s->born = CONSENT__HAS(e, born) ? born_key(e->born_) : 0;
        break;
    case EV_SUBJECT_ADOPTED:
        s->adopted = true;
        break;
    case EV_CONSENT_GRANTED:
    case EV_CONSENT_REFUSED:
    case EV_CONSENT_WITHDRAWN:
    case EV_CONSENT_INHERITED:
    case EV_CONSENT_RECEIVED:
        status = apply_act(cx, s, c, e, consent__event_decision(e));
        break;
    case EV_GUARDIAN_LINKED:
    case EV_GUARDIAN_VERIFIED:
    case EV_GUARDIAN_ENDED:
        status = apply_link(cx, s, e);
        break;
    case EV_GUARDIAN_ATTESTED:
        status = apply_attestation(cx, s, e);
        break;
    case EV_PERMISSION_RECORDED:
        status = apply_permission(cx, s, e);
        break;
    case EV_FACT_PUT:
        status = apply_fact(cx, s, e);
        break;
    case EV_PURPOSE_OBJECTED:
        status = apply_objection(cx, s, c, e);
        break;
    case EV_PROCESSING_RESTRICTED:
    case EV_PROCESSING_UNRESTRICTED:
        status = apply_restriction(cx, s, e);
        break;
    case EV_NOTICE_SHOWN:
    case EV_NOTICE_ACKNOWLEDGED:
        status = apply_notice(cx, s, c, e);
        break;
    case EV_OBLIGATION_ARISEN:
    case EV_OBLIGATION_MET:
        status = apply_owed(cx, s, c, e);
        break;
    case EV_REQUEST_OPENED:
        status = open_request(cx, s, c, e);
        break;
    case EV_REQUEST_MOVED:
    case EV_REQUEST_EXTENDED:
    case EV_REQUEST_DUE:
    case EV_REQUEST_ACKNOWLEDGED:
        status = apply_request(cx, s, e);
        break;
    case EV_HOLD_PLACED:
    case EV_HOLD_RELEASED:
        status = apply_hold(cx, s, e);
        break;
    case EV_RETENTION_APPLIED:
        status = apply_expiry(cx, s, c, e);
        break;
    case EV_RETENTION_EXTENDED:
    case EV_RETENTION_RELEASED:
        status = apply_extension(cx, s, e);
        break;
    default:
        break; /* recorded, changes no state: implied, exemption used … */
    }
    if (status == CONSENT_OK) {
        s->seq = e->seq;
        s->events++;
    }
    return status;
}
