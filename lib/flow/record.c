/* SPDX-License-Identifier: Apache-2.0 */
/* Recording a decision: which version and point it is about, whether the text shown is the text in
 * force, who may say it; then one event (two for a guardian) and the new state. */
#include "flow/record.h"

#include <string.h>

#include "flow/args.h"
#include "flow/batch.h"
#include "flow/guardian.h"
#include "flow/obligation.h"
#include "flow/policy.h"
#include "util/date.h"
#include "util/text.h"
#include "json/event.h"
#include "json/json.h"

#define IDEMPOTENCY_MAX 128
#define BATCH_FROM 16    /* acts; fewer are recorded one by one */
#define HELPERS_FROM 512 /* acts; fewer are done before a thread has begun */
#define PART 16384       /* acts whose look-ups are in memory at once */

typedef struct record {
    const consent__act *act;
    consent__recorded *out;
    consent_rows **rows;       /* may be NULL */
    consent__subject *subject; /* own, or held by the batch */
    consent__subject own, guardian;
    size_t place; /* in the batch */
    const consent__catalog *catalog;
    int32_t policy_index;
    const consent__version *version; /* the act is said at */
    const consent__version *now;     /* in force now, NULL */
    const consent__slot *slot;
    uint8_t idem_key[16], idem_digest[16];
} record;

/* ---- arguments ---- */

static consent_status check_act(const consent__cx *cx, const consent__act *a) {
    consent_status st = consent__id_check(cx, a->subject, "subject");
    if (st == CONSENT_OK && a->guardian)
        st = consent__id_check(cx, a->guardian, "guardian");
    if (st == CONSENT_OK)
        st = consent__text_check(cx, a->surface, CONSENT__SHORT, "surface");
    if (st == CONSENT_OK)
        st = consent__text_check(cx, a->lang, CONSENT__SHORT, "language");
    if (st == CONSENT_OK)
        st = consent__text_check(cx, a->idempotency, IDEMPOTENCY_MAX, "idempotency key");
    if (st == CONSENT_OK)
        st = consent__hash_check(cx, a->shown, "hash of the text shown");
    if (st == CONSENT_OK)
        st = consent__hash_check(cx, a->document, "hash of the document");
    if (st != CONSENT_OK)
        return st;
    if (a->decision < CONSENT_DECISION_GRANTED || a->decision > CONSENT_DECISION_WITHDRAWN)
        return consent__fail(cx, CONSENT_E_ARGUMENT,
                             "the decision is none of granted, refused, withdrawn");
    if (a->cls < CONSENT_CLASS_GENERAL || a->cls > CONSENT_CLASS_WRITTEN)
        return consent__fail(cx, CONSENT_E_ARGUMENT,
                             "the class of an act is general, separate or written");
    if (a->cls == CONSENT_CLASS_WRITTEN && a->decision == CONSENT_DECISION_GRANTED && !a->document)
        return consent__fail(cx, CONSENT_E_ARGUMENT,
                             "a written consent needs the hash of its document");
    return CONSENT_OK;
}

/* ---- which version, which point ---- */

static consent_status find_point(const consent__cx *cx, record *r, const consent__version *v,
                                 const consent__slot **out) {
    const consent__policy *p = v->policy;
    int32_t purpose = consent__policy_purpose(p, r->act->purpose);
    if (purpose < 0)
        return consent__unknown(cx, r->act->purpose, "purpose",
                                "the policy declares no such purpose");
    const consent__slot *slot = &v->slots[v->purpose_slot[purpose]];
    if (r->act->recipient) {
        int32_t recipient = consent__policy_recipient(p, r->act->recipient);
        int32_t share =
            recipient < 0 ? -1 : consent__purpose_share(&p->purposes[purpose], recipient);
        if (share < 0)
            return consent__unknown(cx, r->act->recipient, "recipient",
                                    "the purpose declares no share with that recipient");
        slot += 1 + share;
    }
    *out = slot;
    return CONSENT_OK;
}

static consent_status find_version(const consent__cx *cx, record *r, int64_t now) {
    consent_status st = consent__pick_policy(cx, r->catalog, r->act->policy, &r->policy_index);
    if (st != CONSENT_OK)
        return st;
    r->now = consent__catalog_in_force(r->catalog, r->policy_index, now, INT64_MAX);
    if (!r->act->version) {
        if (!r->now)
            return consent__fail(cx, CONSENT_E_STATE, "no version of the policy is in force");
        r->version = r->now;
        return CONSENT_OK;
    }
    const consent__version *v =
        consent__catalog_version(r->catalog, r->policy_index, r->act->version);
    if (!v)
        return consent__unknown(cx, r->act->version, "version",
                                "the policy has no version of that label");
    if (v->published_seq < 0)
        return consent__fail(cx, CONSENT_E_STATE, "the version is a draft");
    r->version = v;
    return CONSENT_OK;
}

/* ---- the text shown ---- */

consent_status consent__shown_matches(const consent__cx *cx, consent__work *w,
                                      const consent__version *v, const consent__slot *slot,
                                      const uint8_t want[32], bool *yes) {
    *yes = false;
    for (int whole = 0; whole < 2; whole++)
        for (int32_t lang = 0; lang < v->policy->languages.count; lang++) {
            uint8_t have[32];
            consent_status st =
                consent__shown_hash(cx, v, whole ? -1 : slot->purpose, whole ? -1 : slot->share,
                                    lang, &w->scratch->arena, NULL, have);
            if (st != CONSENT_OK)
                return st;
            if (memcmp(have, want, 32) == 0) {
                *yes = true;
                return CONSENT_OK;
            }
        }
    return CONSENT_OK;
}

/* A text of another version counts where that version is still to come (the act is in advance), or
 * where the point was not touched since. */
static consent_status other_version(const consent__cx *cx, record *r, const consent__version *v,
                                    const consent__slot *slot, int64_t now) {
    if (r->act->version) /* the caller named another version than the text is of */
        return consent__fail(cx, CONSENT_E_STALE_TEXT, "the text shown is of version \"%s\"",
                             v->policy->version);
    if (v->in_force_from <= now && slot->epoch != r->slot->epoch)
        return consent__fail(
            cx, CONSENT_E_STALE_TEXT,
            "the text shown is of version \"%s\", which changed since for this point",
            v->policy->version);
    r->version = v;
    r->slot = slot;
    return CONSENT_OK;
}

static consent_status check_shown(const consent__cx *cx, consent__work *w, record *r) {
    uint8_t want[32];
    bool yes = false;
    if (!r->act->shown || !consent__unhex(r->act->shown, want, 32))
        return CONSENT_OK;
    consent_status st = consent__shown_matches(cx, w, r->version, r->slot, want, &yes);
    if (st != CONSENT_OK || yes)
        return st;
    const consent__policy_entry *e = &r->catalog->policies[r->policy_index];
    for (int32_t i = e->published_count - 1; i >= 0; i--) {
        const consent__version *v = &r->catalog->versions[e->published[i]];
        const consent__slot *slot = consent__version_slot(v, r->slot->point);
        if (v == r->version || !slot)
            continue;
        st = consent__shown_matches(cx, w, v, slot, want, &yes);
        if (st != CONSENT_OK)
            return st;
        if (yes)
            return other_version(cx, r, v, slot, w->now);
    }
    return consent__fail(cx, CONSENT_E_UNKNOWN_TEXT,
                         "the text shown was never published for this point");
}

/* A version that was named and is over counts only where its point is untouched since. */
static consent_status check_named(const consent__cx *cx, record *r, int64_t now) {
    if (!r->act->version || r->version == r->now || r->version->in_force_from > now)
        return CONSENT_OK;
    const consent__slot *slot = r->now ? consent__version_slot(r->now, r->slot->point) : NULL;
    if (slot && slot->epoch == r->slot->epoch)
        return CONSENT_OK;
    return consent__fail(cx, CONSENT_E_STALE_TEXT,
                         "version \"%s\" is no longer in force for this point",
                         r->version->policy->version);
}

/* ---- who says it ---- */

static consent_status check_guardian(const consent__cx *cx, consent__work *w, record *r) {
    if (!r->act->guardian)
        return CONSENT_OK;
    if (strcmp(r->act->guardian, r->act->subject) == 0)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "nobody is their own guardian");
    consent_status st = consent__guardian_need(cx, w->store, w->tx, r->act->guardian,
                                               &w->scratch->arena, &r->guardian);
    if (st != CONSENT_OK)
        return st;
    if (w->now >= consent__decides_from(r->version->policy, r->subject->state.born))
        return consent__fail(cx, CONSENT_E_REFUSED,
                             "the subject decides alone: a guardian no longer speaks for them");
    if (!consent__standing_link(&r->subject->state, r->guardian.uid, w->now))
        return consent__fail(cx, CONSENT_E_REFUSED,
                             "there is no guardian link between the two that stands");
    return consent__known_adult(cx, r->version->policy, &r->guardian.state, w->now);
}

/* ---- idempotency ---- */

static void put_part(consent__buf *b, const char *part) {
    consent__buf_varint(b, part ? strlen(part) + 1 : 0);
    if (part)
        consent__buf_text(b, part);
}

/* Keyed digests of the host's key and of everything the act says. */
static consent_status idem_digest(const consent__cx *cx, consent__work *w, record *r) {
    const consent__act *a = r->act;
    const char *parts[] = {a->purpose, a->policy,   a->recipient, a->surface, a->lang,
                           a->shown,   a->document, a->guardian,  a->version};
    consent__buf *b = &w->scratch->buf;
    consent__buf_reset(b);
    consent__buf_varint(b, (uint64_t)a->decision);
    consent__buf_varint(b, (uint64_t)a->cls);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        put_part(b, parts[i]);
    if (b->failed)
        return consent__no_memory(cx);
    consent__digest(w->store->keys, b->data, b->len, r->idem_digest);
    consent__digest(w->store->keys, a->idempotency, strlen(a->idempotency), r->idem_key);
    return CONSENT_OK;
}

static consent_status answer_first(const consent__cx *cx, consent__work *w, record *r,
                                   int64_t seq) {
    consent__event_row row;
    consent__event e;
    consent__buf *b = &w->scratch->buf;
    consent_status st = w->batch ? consent__batch_flush(cx, w) : CONSENT_OK;
    if (st != CONSENT_OK)
        return st;
    consent__buf_reset(b);
    st = w->store->engine->event_get(cx, w->tx, seq, &row);
    int32_t kind = st == CONSENT_OK ? consent__event_kind_of(row.kind) : -1;
    int64_t at = st == CONSENT_OK ? row.at : 0;
    if (kind >= 0)
        st = consent__event_body(cx, w->store, &row, r->subject->uid, r->subject->key, b, NULL);
    if (st == CONSENT_OK && kind >= 0)
        st = consent__event_decode(cx, (consent__event_kind)kind, seq, b->data, b->len,
                                   &w->scratch->arena, &e);
    if (st == CONSENT_E_NOT_FOUND || (st == CONSENT_OK && kind < 0))
        return consent__fail(cx, CONSENT_E_CORRUPT,
                             "the first event of an idempotency key is missing");
    if (st != CONSENT_OK)
        return st;
    consent__recorded *o = r->out;
    o->event = seq;
    o->at = at;
    strncpy(o->point, e.point_, sizeof o->point - 1);
    strncpy(o->policy, e.policy_, sizeof o->policy - 1);
    strncpy(o->version, e.version_, sizeof o->version - 1);
    o->decision = r->act->decision;
    o->cls = r->act->cls;
    o->evidenced = CONSENT__HAS(&e, shown);
    o->implied = kind == EV_CONSENT_IMPLIED;
    return CONSENT_DONE;
}

static consent_status check_idempotency(const consent__cx *cx, consent__work *w, record *r) {
    consent__idem_row row;
    if (!r->act->idempotency)
        return CONSENT_OK;
    consent_status st = idem_digest(cx, w, r);
    if (st != CONSENT_OK)
        return st;
    st = w->store->engine->idem_get(cx, w->tx, r->subject->id, r->idem_key, &row);
    if (st == CONSENT_E_NOT_FOUND)
        return CONSENT_OK;
    if (st != CONSENT_OK)
        return st;
    if (memcmp(row.digest, r->idem_digest, 16) != 0)
        return consent__fail(cx, CONSENT_E_CONFLICT,
                             "the idempotency key was used for another act");
    return answer_first(cx, w, r, row.seq);
}

/* ---- writing ---- */

static consent__event_kind kind_of(const consent__act *a) {
    if (a->surface && strcmp(a->surface, "implied") == 0)
        return EV_CONSENT_IMPLIED;
    if (a->decision == CONSENT_DECISION_GRANTED)
        return EV_CONSENT_GRANTED;
    return a->decision == CONSENT_DECISION_REFUSED ? EV_CONSENT_REFUSED : EV_CONSENT_WITHDRAWN;
}

static void make_event(const record *r, const consent__work *w, char idem[33], consent__event *e) {
    const consent__act *a = r->act;
    const consent__policy *p = r->version->policy;
    int64_t now = w->now > w->head.at ? w->now : w->head.at;
    int64_t from = r->version->in_force_from > now ? r->version->in_force_from : now;
    int64_t days = p->purposes[r->slot->purpose].valid_days;
    e->kind = kind_of(a);
    CONSENT__SET_TEXT(e, policy, p->key);
    CONSENT__SET_TEXT(e, version, p->version);
    CONSENT__SET_TEXT(e, point, r->out->point);
    CONSENT__SET_TEXT(e, class, consent_class_name(a->cls));
    CONSENT__SET(e, epoch, r->slot->epoch);
    CONSENT__SET_TEXT(e, surface, a->surface);
    CONSENT__SET_TEXT(e, lang, a->lang);
    CONSENT__SET_TEXT(e, shown, a->shown);
    CONSENT__SET_TEXT(e, document, a->document);
    if (e->kind == EV_CONSENT_IMPLIED)
        CONSENT__SET_TEXT(e, state, consent_decision_name(a->decision));
    if (from > now && e->kind == EV_CONSENT_GRANTED)
        CONSENT__SET(e, from, from);
    if (days && e->kind == EV_CONSENT_GRANTED)
        CONSENT__SET(e, until,
                     days > (CONSENT__INTEGER_MAX - now) / CONSENT__DAY
                         ? CONSENT__INTEGER_MAX
                         : now + days * CONSENT__DAY);
    if (a->guardian)
        consent__event_set_uid(e, F_by, r->guardian.uid);
    if (a->idempotency) {
        consent__hex(r->idem_key, 16, idem);
        CONSENT__SET_TEXT(e, idempotency, idem);
    }
}

static consent_status write_act(const consent__cx *cx, consent__work *w, record *r) {
    char idem[33];
    uint8_t leaf[CONSENT__HASH];
    consent__event e = {0};
    consent__recorded *o = r->out;
    consent__duties duties;
    consent__point_key(r->version->policy, r->slot->purpose, r->slot->share, o->point);
    make_event(r, w, idem, &e);
    consent_status st =
        consent__duties_find(cx, w, &r->subject->state, r->version, r->slot, &e, &duties);
    if (st == CONSENT_OK)
        st = consent__append_apply(cx, w, r->subject, &e, r->act->guardian ? leaf : NULL);
    if (st == CONSENT_OK && r->act->guardian)
        st = consent__attest(cx, w, &r->guardian, r->subject->uid, e.seq, leaf);
    if (st == CONSENT_OK && r->act->guardian && w->batch)
        consent__batch_forget(w, r->guardian.lookup);
    if (st == CONSENT_OK)
        st = consent__duties_append(cx, w, r->subject, &e, &duties);
    if (st == CONSENT_OK && r->act->idempotency) {
        consent__idem_row row = {.subject = r->subject->id, .seq = e.seq};
        memcpy(row.key, r->idem_key, 16);
        memcpy(row.digest, r->idem_digest, 16);
        st = w->store->engine->idem_put(cx, w->tx, &row);
    }
    o->event = e.seq;
    o->at = e.at;
    strncpy(o->policy, r->version->policy->key, sizeof o->policy - 1);
    strncpy(o->version, r->version->policy->version, sizeof o->version - 1);
    o->decision = r->act->decision;
    o->cls = r->act->cls;
    o->evidenced = r->act->shown != NULL;
    o->implied = e.kind == EV_CONSENT_IMPLIED;
    return st;
}

static consent_status recorded_rows(const consent__cx *cx, const consent__recorded *o,
                                    consent_rows **out) {
    consent_rows *r = consent__rows_new(
        cx->env,
        "event n,at u,point t,decision t,class t,policy t,version t,evidenced b,implied b");
    consent__rows_add(r);
    consent__rows_number(r, 0, o->event);
    consent__rows_number(r, 1, o->at);
    consent__rows_text(r, 2, o->point);
    consent__rows_text(r, 3, consent_decision_name(o->decision));
    consent__rows_text(r, 4, consent_class_name(o->cls));
    consent__rows_text(r, 5, o->policy);
    consent__rows_text(r, 6, o->version);
    consent__rows_number(r, 7, o->evidenced);
    consent__rows_number(r, 8, o->implied);
    return consent__rows_finish(cx, r, out);
}

/* In a batch the subject is the batch's, unless a guardian is involved whose state it may hold too:
 * then what waits is written first. */
static consent_status find_subject(const consent__cx *cx, consent__work *w, record *r) {
    consent_status st = CONSENT_OK;
    if (w->batch && r->act->guardian)
        st = consent__batch_settle(cx, w);
    if (st != CONSENT_OK)
        return st;
    if (w->batch)
        return consent__batch_subject(cx, w, r->place, &r->subject);
    r->subject = &r->own;
    return consent__subject_need(cx, w->store, w->tx, r->act->subject, &w->scratch->arena, &r->own);
}

static consent_status find_and_write(const consent__cx *cx, consent__work *w, record *r) {
    consent_status st = consent__work_catalog(cx, w, &r->catalog);
    if (st == CONSENT_OK)
        st = find_subject(cx, w, r);
    if (st == CONSENT_OK && r->subject->state.adopted)
        st = consent__fail(cx, CONSENT_E_STATE,
                           "the subject was adopted by an account and takes no further acts");
    if (st == CONSENT_OK)
        st = check_idempotency(cx, w, r);
    if (st == CONSENT_OK)
        st = find_version(cx, r, w->now);
    if (st == CONSENT_OK)
        st = find_point(cx, r, r->version, &r->slot);
    if (st == CONSENT_OK)
        st = check_named(cx, r, w->now);
    if (st == CONSENT_OK)
        st = check_shown(cx, w, r);
    if (st == CONSENT_OK)
        st = check_guardian(cx, w, r);
    return st == CONSENT_OK ? write_act(cx, w, r) : st;
}

/* The answer is made before the commit: an act that stands is never called a failure because there
 * was no memory to tell of it. */
static consent_status record_work(const consent__cx *cx, consent__work *w, void *user) {
    record *r = user;
    consent_status st = find_and_write(cx, w, r);
    if ((st != CONSENT_OK && st != CONSENT_DONE) || !r->rows)
        return st;
    consent_status told = recorded_rows(cx, r->out, r->rows);
    return told == CONSENT_OK ? st : told;
}

consent_status consent__flow_record(const consent__cx *cx, consent_store *s,
                                    const consent__act *act, consent__recorded *out,
                                    consent_rows **rows) {
    record r = {.act = act, .out = out, .rows = rows};
    memset(out, 0, sizeof *out);
    consent_status st = check_act(cx, act);
    if (st == CONSENT_OK)
        st = consent__write(cx, s, record_work, &r);
    consent__wipe(r.own.key, sizeof r.own.key);
    consent__wipe(r.guardian.key, sizeof r.guardian.key);
    if (st != CONSENT_OK && st != CONSENT_DONE && rows) {
        consent_rows_free(*rows); /* the commit failed after it was made */
        *rows = NULL;
    }
    return st;
}

/* ---- many ---- */

typedef struct many {
    size_t count;
    const consent__act *const *acts;
    consent_rows *made, **rows;
} many;

static void many_row(const many *m, consent_status st, const consent__recorded *o,
                     const char *message) {
    if (!m->rows)
        return;
    consent__rows_add(m->made);
    consent__rows_number(m->made, 0, st);
    if (st >= 0) {
        consent__rows_number(m->made, 1, o->event);
        consent__rows_number(m->made, 2, o->at);
    } else {
        consent__rows_text(m->made, 3, message);
    }
}

static consent_status many_one(const consent__cx *cx, consent__work *w, const many *m, size_t i,
                               size_t place) {
    consent_error *why = NULL;
    const consent__cx one = {cx->env, &why, cx->op};
    int64_t size = w->head.size;
    consent__recorded out = {.event = -1};
    record r = {.act = m->acts[i], .out = &out, .place = place};
    consent__arena_reset(&w->scratch->arena);
    consent_status st = check_act(&one, r.act);
    if (st == CONSENT_OK)
        st = record_work(&one, w, &r);
    consent__wipe(r.own.key, sizeof r.own.key);
    consent__wipe(r.guardian.key, sizeof r.guardian.key);
    /* What an act is refused for is found before anything is written. Anything else is a failure of
     * the store, which the acts after it would meet as well. */
    bool whole = st < 0 && (w->head.size != size || st <= CONSENT_E_OPEN);
    if (whole && cx->err && !*cx->err) {
        *cx->err = why;
        why = NULL;
    } else if (!whole) {
        many_row(m, st, &out, consent_error_message(why));
    }
    consent_error_free(why);
    return whole ? st : CONSENT_OK;
}

/* The acts from `first` on, as many subjects read together as the batch holds. The part is cut by
 * subjects and not by acts: whoever has many acts in it is read and written once. */
static consent_status many_part(const consent__cx *cx, consent__work *w, const many *m,
                                const char **ids, size_t first) {
    size_t n = m->count - first < PART ? m->count - first : PART;
    for (size_t i = 0; i < n; i++) {
        const char *id = m->acts[first + i]->subject;
        size_t len = id ? strnlen(id, CONSENT__ID_MAX + 1) : 0;
        ids[i] = len > 0 && len <= CONSENT__ID_MAX ? id : NULL; /* others are refused */
    }
    consent_status st = consent__batch_place(cx, w, ids, n);
    for (size_t i = 0, end = 0; st == CONSENT_OK && i < n;) {
        st = consent__batch_load(cx, w, i, &end);
        for (; st == CONSENT_OK && i < end; i++)
            st = many_one(cx, w, m, first + i, i);
        if (st == CONSENT_OK)
            st = consent__batch_settle(cx, w);
    }
    return st;
}

static consent_status many_parts(const consent__cx *cx, consent__work *w, const many *m) {
    consent_status st = CONSENT_OK;
    if (m->count < BATCH_FROM) {
        for (size_t i = 0; st == CONSENT_OK && i < m->count; i++)
            st = many_one(cx, w, m, i, 0);
        return st;
    }
    size_t most = m->count < PART ? m->count : PART;
    const char **ids = consent__alloc(cx->env, most * sizeof *ids);
    if (!ids)
        return consent__no_memory(cx);
    st = consent__batch_begin(cx, w, m->count < HELPERS_FROM ? 0 : w->store->helpers);
    for (size_t i = 0; st == CONSENT_OK && i < m->count; i += PART)
        st = many_part(cx, w, m, ids, i);
    consent__batch_end(w);
    consent__release(cx->env, ids);
    return st;
}

/* The rows are made before the commit: what cannot be answered is not recorded. */
static consent_status many_work(const consent__cx *cx, consent__work *w, void *user) {
    many *m = user;
    int64_t size = w->head.size;
    w->store->engine->expect(w->tx, (int64_t)m->count);
    if (m->rows)
        m->made = consent__rows_new(cx->env, "status n,event n,at u,message t");
    consent_status st = many_parts(cx, w, m);
    w->store->engine->expect(w->tx, 0);
    if (m->rows && st == CONSENT_OK)
        st = consent__rows_finish(cx, m->made, m->rows);
    else
        consent_rows_free(m->made);
    m->made = NULL;
    return st == CONSENT_OK && w->head.size == size ? CONSENT_DONE : st;
}

consent_status consent__flow_record_many(const consent__cx *cx, consent_store *s,
                                         const consent__act *const *acts, size_t count,
                                         consent_rows **rows) {
    many m = {count, acts, NULL, rows};
    consent_status st = consent__write(cx, s, many_work, &m);
    if (st < 0 && rows) {
        consent_rows_free(*rows); /* the commit failed after they were made */
        *rows = NULL;
    }
    return st;
}
