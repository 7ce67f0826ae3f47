/* SPDX-License-Identifier: Apache-2.0 */
/* Decisions said on another store, taken in by their receipts: verified with a key given apart,
 * mapped to the subject here, held to the texts that are known here, recorded once. Which of two
 * acts stands is the reducer's business (core/state_apply.c): what comes late is evidence and
 * revives nothing. docs/phone-and-backend.md. */
#include "flow/intake.h"

#include <string.h>

#include "core/decide.h"
#include "flow/args.h"
#include "flow/guardian.h"
#include "flow/obligation.h"
#include "flow/policy.h"
#include "flow/record.h"
#include "flow/trust.h"
#include "ledger/receipt.h"
#include "util/date.h"
#include "util/text.h"
#include "json/event.h"
#include "json/json.h"

typedef struct intake {
    const char *subject_id, *guardian_id; /* NULL: by what was taken in before */
    consent_rows **rows;
    /* what came */
    consent__trusted key;
    consent__receipt receipt;
    const char *note;   /* the receipt as text */
    const char *sha256; /* of the bundle it was said under, 64 hex */
    consent__event said;
    int32_t decision, cls;
    int64_t observed;
    /* what it means here */
    const consent__catalog *catalog;
    consent__subject subject, guardian;
    bool bound; /* a receipt of the same subject there was taken in before */
    const consent__version *version;
    const consent__slot *slot;
    uint8_t subject_mark[16], receipt_mark[16];
} intake;

/* ---- what came ---- */

/* `decision.sha256` of the payload, which was found good before. */
static const char *bundle_hash(const consent__buf *payload, consent__arena *a) {
    consent__reader r;
    const char *name, *sha256 = NULL;
    size_t n;
    consent__reader_init(&r, payload->data, payload->len);
    if (!consent__reader_object(&r))
        return NULL;
    while (consent__reader_member(&r, a, &name)) {
        if (strcmp(name, "decision") != 0) {
            consent__reader_skip(&r);
            continue;
        }
        if (!consent__reader_object(&r))
            return NULL;
        while (consent__reader_member(&r, a, &name))
            if (strcmp(name, "sha256") == 0)
                consent__reader_string(&r, a, &sha256, &n);
            else
                consent__reader_skip(&r);
    }
    return r.bad ? NULL : sha256;
}

static consent_status check_kind(const consent__cx *cx, int32_t kind, const char *name) {
    if (kind == EV_CONSENT_GRANTED || kind == EV_CONSENT_REFUSED || kind == EV_CONSENT_WITHDRAWN ||
        kind == EV_CONSENT_INHERITED)
        return CONSENT_OK;
    if (kind == EV_CONSENT_RECEIVED)
        return consent__fail(cx, CONSENT_E_REFUSED,
                             "the receipt is of a decision that was itself taken in: take in the "
                             "receipt it came with");
    if (kind == EV_CONSENT_IMPLIED)
        return consent__fail(cx, CONSENT_E_REFUSED,
                             "the receipt is of an implied consent, which is no decision");
    return consent__fail(cx, CONSENT_E_REFUSED, "the receipt is of an event %s, no decision", name);
}

static bool is_hash(bool has, const char *hex) {
    uint8_t bytes[32];
    return !has || (strlen(hex) == 64 && consent__unhex(hex, bytes, 32));
}

/* The event is whole, and says nothing that could not have been recorded here. */
static bool event_fits(intake *in) {
    const consent__event *e = &in->said;
    in->decision = consent__event_decision(e);
    in->cls = consent_class_value(e->class_);
    in->observed = e->kind == EV_CONSENT_INHERITED ? e->observed_ : in->receipt.at;
    bool written = in->cls == CONSENT_CLASS_WRITTEN && in->decision == CONSENT_DECISION_GRANTED;
    bool fits = is_hash(CONSENT__HAS(e, shown), e->shown_) &&
                is_hash(CONSENT__HAS(e, document), e->document_);
    if (CONSENT__HAS(e, surface))
        fits &= strlen(e->surface_) <= CONSENT__SHORT;
    if (CONSENT__HAS(e, lang))
        fits &= strlen(e->lang_) <= CONSENT__SHORT;
    return fits && in->decision && in->cls >= CONSENT_CLASS_GENERAL &&
           (!written || CONSENT__HAS(e, document));
}

static consent_status read_event(const consent__cx *cx, consent__arena *a, intake *in) {
    const consent__receipt *r = &in->receipt;
    const consent__cx quiet = {cx->env, NULL, cx->op};
    int32_t kind = consent__event_kind_of(r->kind);
    consent_status st = check_kind(cx, kind, r->kind);
    if (st != CONSENT_OK)
        return st;
    st = consent__event_decode(&quiet, (consent__event_kind)kind, r->seq, r->body, r->body_len, a,
                               &in->said);
    if (st == CONSENT_E_MEMORY)
        return consent__no_memory(cx);
    if (st != CONSENT_OK || !event_fits(in))
        return consent__fail(cx, CONSENT_E_FORMAT,
                             "MALFORMED: the receipt proves an event that is not as a decision is");
    return CONSENT_OK;
}

static consent_status open_receipt(const consent__cx *cx, const void *receipt, size_t n,
                                   consent__arena *a, intake *in) {
    consent__buf payload;
    const char *text = receipt;
    while (n && (text[n - 1] == '\n' || text[n - 1] == '\r'))
        n--;
    if (n > CONSENT__INTAKE_MAX)
        return consent__not_trusted(cx, "receipt", "OVERSIZED");
    consent__buf_init(&payload, cx->env);
    consent_status st = consent__receipt_open(cx, text, n, in->key.name, in->key.public_key, a,
                                              &payload, &in->receipt);
    if (st == CONSENT_OK && in->receipt.why)
        st = consent__not_trusted(cx, "receipt", in->receipt.why);
    if (st == CONSENT_OK)
        st = read_event(cx, a, in);
    if (st == CONSENT_OK) {
        in->note = consent__arena_text(a, text, n);
        in->sha256 = bundle_hash(&payload, a);
        if (!in->note)
            st = consent__no_memory(cx);
    }
    consent__buf_wipe_free(&payload);
    return st;
}

/* ---- whose it is ---- */

/* Keys in the table of repetitions. A host's own keys hold no NUL. */
static consent_status mark(const consent__cx *cx, consent__work *w, const char *what,
                           const char *name, const void *bytes, size_t n, uint8_t out[16]) {
    consent__buf *b = &w->scratch->buf;
    consent__buf_reset(b);
    consent__buf_byte(b, 0);
    consent__buf_put(b, what, strlen(what) + 1);
    consent__buf_put(b, name, strlen(name) + 1);
    consent__buf_put(b, bytes, n);
    if (b->failed)
        return consent__no_memory(cx);
    consent__digest(w->store->keys, b->data, b->len, out);
    return CONSENT_OK;
}

/* The subject here that receipts of a subject there are bound to. CONSENT_E_NOT_FOUND without an
 * error when there is none. The file only says where to look; the sealed state has to agree. */
static consent_status bound_subject(const consent__cx *cx, consent__work *w, const intake *in,
                                    const uint8_t uid[16], const uint8_t key[16],
                                    consent__subject *out) {
    const consent__engine *engine = w->store->engine;
    consent__idem_row idem;
    consent__event_row event;
    consent__subject_row row;
    consent_status st = engine->idem_get(cx, w->tx, 0, key, &idem);
    if (st == CONSENT_OK)
        st = engine->event_get(cx, w->tx, idem.seq, &event);
    if (st != CONSENT_OK)
        return st;
    if (!event.subject)
        return consent__fail(cx, CONSENT_E_STATE,
                             "the subject that receipts of this one belonged to was erased");
    st = engine->subject_by_id(cx, w->tx, event.subject, &row);
    if (st == CONSENT_OK && row.box)
        st = consent__subject_of_row(cx, w->store, &row, &w->scratch->arena, out);
    if (st == CONSENT_E_NOT_FOUND || (st == CONSENT_OK && !row.box) ||
        (st == CONSENT_OK && !consent__device_number(&out->state, in->key.name, uid)))
        return consent__fail(cx, CONSENT_E_CORRUPT,
                             "whose receipts these are differs from what the subject's state says");
    return st;
}

static consent_status find_subject(const consent__cx *cx, consent__work *w, intake *in) {
    consent_status st = mark(cx, w, "subject", in->key.name, in->said.uid_, 16, in->subject_mark);
    if (st == CONSENT_OK)
        st = bound_subject(cx, w, in, in->said.uid_, in->subject_mark, &in->subject);
    bool bound = st == CONSENT_OK;
    if (st != CONSENT_OK && st != CONSENT_E_NOT_FOUND)
        return st;
    in->bound = bound;
    if (!bound && !in->subject_id)
        return consent__fail(
            cx, CONSENT_E_NOT_FOUND,
            "the first receipt of a subject there needs the id of the subject here");
    if (in->subject_id) {
        consent__subject named = {0};
        st = consent__subject_need(cx, w->store, w->tx, in->subject_id, &w->scratch->arena, &named);
        /* An account that took a device's subject over takes its receipts over. */
        if (st == CONSENT_OK && bound && named.id != in->subject.id && !in->subject.state.adopted)
            st = consent__fail(cx, CONSENT_E_CONFLICT,
                               "receipts of this subject belong to another subject here");
        consent__wipe(in->subject.key, sizeof in->subject.key);
        in->subject = named;
    } else {
        st = CONSENT_OK;
    }
    if (st == CONSENT_OK && in->subject.state.adopted)
        st = consent__fail(cx, CONSENT_E_STATE,
                           "the subject was adopted by an account and takes no further acts");
    return st;
}

/* ---- repeated, or our own ---- */

static bool stands(const consent__state *s, int64_t seq) {
    for (int32_t i = 0; i < s->spoken_count; i++)
        if (s->spoken[i].seq == seq)
            return true;
    return false;
}

static consent_status answer(const consent__cx *cx, const intake *in, int64_t seq, int64_t at,
                             consent_status done) {
    char id[37];
    if (!in->rows)
        return done;
    consent__receipt_id(in->receipt.leaf, id);
    consent_rows *r = consent__rows_new(
        cx->env, "event n,at u,point t,decision t,class t,policy t,version t,receipt t,said_at u,"
                 "stands b");
    consent__rows_add(r);
    consent__rows_number(r, 0, seq);
    consent__rows_number(r, 1, at);
    consent__rows_text(r, 2, in->said.point_);
    consent__rows_text(r, 3, consent_decision_name(in->decision));
    consent__rows_text(r, 4, in->said.class_);
    consent__rows_text(r, 5, in->said.policy_);
    consent__rows_text(r, 6, in->said.version_);
    consent__rows_text(r, 7, id);
    consent__rows_number(r, 8, in->observed < at ? in->observed : at);
    consent__rows_number(r, 9, stands(&in->subject.state, seq));
    consent_status st = consent__rows_finish(cx, r, in->rows);
    return st == CONSENT_OK ? done : st;
}

/* CONSENT_OK: it is new. */
static consent_status check_repeated(const consent__cx *cx, consent__work *w, intake *in) {
    consent__idem_row idem;
    consent__event_row event;
    consent_status st =
        mark(cx, w, "receipt", "", in->receipt.leaf, CONSENT__HASH, in->receipt_mark);
    if (st == CONSENT_OK)
        st = w->store->engine->idem_get(cx, w->tx, in->subject.id, in->receipt_mark, &idem);
    if (st == CONSENT_E_NOT_FOUND)
        return CONSENT_OK;
    if (st == CONSENT_OK)
        st = w->store->engine->event_get(cx, w->tx, idem.seq, &event);
    if (st == CONSENT_E_NOT_FOUND)
        return consent__fail(cx, CONSENT_E_CORRUPT, "the first event of a receipt is missing");
    return st == CONSENT_OK ? answer(cx, in, idem.seq, event.at, CONSENT_DONE) : st;
}

/* Of our own log: what a restoration lost may come back; what is here is here. */
static consent_status check_own(const consent__cx *cx, consent__work *w, const intake *in) {
    char origin[64];
    consent__event_row event;
    if (!consent__own_log(w->store, in->key.name))
        return CONSENT_OK;
    consent_status st = w->store->engine->event_get(cx, w->tx, in->receipt.seq, &event);
    if (st != CONSENT_OK && st != CONSENT_E_NOT_FOUND)
        return st;
    if (st == CONSENT_OK && memcmp(event.leaf, in->receipt.leaf, CONSENT__HASH) == 0)
        return consent__fail(cx, CONSENT_E_STATE, "the receipt is of this store's own event %lld",
                             (long long)in->receipt.seq);
    consent__origin(w->store, origin);
    if (strcmp(origin, in->key.name) == 0)
        return consent__fail(cx, CONSENT_E_CONFLICT,
                             "the receipt is of this store's own log, which does not hold the "
                             "event: the file was rolled back");
    return CONSENT_OK;
}

/* ---- what it is about ---- */

static consent_status find_version(const consent__cx *cx, intake *in) {
    const consent__event *e = &in->said;
    int32_t purpose, share, index = consent__catalog_policy(in->catalog, e->policy_);
    if (index < 0)
        return consent__fail(cx, CONSENT_E_NOT_FOUND,
                             "the policy of the receipt is not known here");
    const consent__version *v = consent__catalog_version(in->catalog, index, e->version_);
    if (!v)
        return consent__fail(cx, CONSENT_E_NOT_FOUND,
                             "the version of the receipt is not known here: import it first");
    if (v->published_seq < 0)
        return consent__fail(cx, CONSENT_E_STATE, "the version of the receipt is a draft here");
    char hex[65];
    consent__hex(v->sha256, 32, hex);
    if (!in->sha256 || strcmp(hex, in->sha256) != 0)
        return consent__fail(cx, CONSENT_E_UNKNOWN_TEXT,
                             "version \"%s\" has another text here than where it was said",
                             v->policy->version);
    if (!consent__point_find(v->policy, e->point_, &purpose, &share))
        return consent__fail(cx, CONSENT_E_NOT_FOUND, "the version declares no such point");
    in->version = v;
    in->slot = &v->slots[v->purpose_slot[purpose]] + 1 + share;
    return CONSENT_OK;
}

static consent_status check_shown(const consent__cx *cx, consent__work *w, const intake *in) {
    uint8_t want[32];
    bool yes = false;
    if (!CONSENT__HAS(&in->said, shown))
        return CONSENT_OK;
    if (!consent__unhex(in->said.shown_, want, 32))
        return consent__fail(cx, CONSENT_E_FORMAT, "the hash of the text shown is none");
    consent_status st = consent__shown_matches(cx, w, in->version, in->slot, want, &yes);
    if (st != CONSENT_OK || yes)
        return st;
    return consent__fail(cx, CONSENT_E_UNKNOWN_TEXT,
                         "the text shown is not one of that version for this point");
}

/* A guardian's act needs what it needs here: the link, the ages. The person is named, or known by
 * receipts of their own. */
static consent_status check_guardian(const consent__cx *cx, consent__work *w, intake *in,
                                     int64_t said) {
    uint8_t key[16];
    if (!CONSENT__HAS(&in->said, by))
        return in->guardian_id ? consent__fail(cx, CONSENT_E_ARGUMENT,
                                               "the receipt is not of a guardian's decision")
                               : CONSENT_OK;
    consent_status st;
    if (in->guardian_id) {
        st = consent__guardian_need(cx, w->store, w->tx, in->guardian_id, &w->scratch->arena,
                                    &in->guardian);
    } else {
        st = mark(cx, w, "subject", in->key.name, in->said.by_, 16, key);
        if (st == CONSENT_OK)
            st = bound_subject(cx, w, in, in->said.by_, key, &in->guardian);
        if (st == CONSENT_E_NOT_FOUND)
            st = consent__fail(cx, CONSENT_E_NOT_FOUND,
                               "the receipt is of a guardian's decision: it needs the guardian's "
                               "id here");
    }
    if (st != CONSENT_OK)
        return st;
    if (in->guardian.id == in->subject.id)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "nobody is their own guardian");
    if (said >= consent__decides_from(in->version->policy, in->subject.state.born))
        return consent__fail(
            cx, CONSENT_E_REFUSED,
            "the subject decided alone then: a guardian no longer speaks for them");
    const consent__link *l = consent__standing_link(&in->subject.state, in->guardian.uid, w->now);
    if (!l || said < l->since)
        return consent__fail(
            cx, CONSENT_E_REFUSED,
            "there is no guardian link between the two that stood then and stands");
    return consent__known_adult(cx, in->version->policy, &in->guardian.state, said);
}

/* ---- writing ---- */

static void make_event(const intake *in, int64_t said, char leaf[65], consent__event *e) {
    const consent__event *old = &in->said;
    int64_t days = in->version->policy->purposes[in->slot->purpose].valid_days;
    consent__hex(in->receipt.leaf, CONSENT__HASH, leaf);
    e->kind = EV_CONSENT_RECEIVED;
    CONSENT__SET_TEXT(e, policy, old->policy_);
    CONSENT__SET_TEXT(e, version, old->version_);
    CONSENT__SET_TEXT(e, point, old->point_);
    CONSENT__SET_TEXT(e, class, old->class_);
    CONSENT__SET(e, epoch, in->slot->epoch); /* as counted here */
    CONSENT__SET_TEXT(e, surface, CONSENT__HAS(old, surface) ? old->surface_ : NULL);
    CONSENT__SET_TEXT(e, lang, CONSENT__HAS(old, lang) ? old->lang_ : NULL);
    CONSENT__SET_TEXT(e, shown, CONSENT__HAS(old, shown) ? old->shown_ : NULL);
    CONSENT__SET_TEXT(e, document, CONSENT__HAS(old, document) ? old->document_ : NULL);
    CONSENT__SET_TEXT(e, state, consent_decision_name(in->decision));
    if (in->decision == CONSENT_DECISION_GRANTED) {
        if (in->version->in_force_from > said)
            CONSENT__SET(e, from, in->version->in_force_from);
        if (days)
            CONSENT__SET(e, until,
                         days > (CONSENT__INTEGER_MAX - said) / CONSENT__DAY
                             ? CONSENT__INTEGER_MAX
                             : said + days * CONSENT__DAY);
    }
    if (CONSENT__HAS(old, by))
        consent__event_set_uid(e, F_by, in->guardian.uid);
    consent__event_set_uid(e, F_other, old->uid_);
    CONSENT__SET(e, event, in->receipt.seq);
    CONSENT__SET_TEXT(e, leaf, leaf);
    CONSENT__SET(e, observed, in->observed);
    CONSENT__SET_TEXT(e, key, in->key.vkey);
    CONSENT__SET_TEXT(e, note, in->note);
}

static consent_status remember(const consent__cx *cx, consent__work *w, int64_t subject,
                               const uint8_t key[16], int64_t seq) {
    consent__idem_row row = {.subject = subject, .seq = seq};
    memcpy(row.key, key, 16);
    memcpy(row.digest, key, 16);
    return w->store->engine->idem_put(cx, w->tx, &row);
}

static consent_status write_act(const consent__cx *cx, consent__work *w, intake *in, int64_t said) {
    char hex[65];
    uint8_t leaf[CONSENT__HASH];
    consent__event e = {0};
    consent__duties duties;
    make_event(in, said, hex, &e);
    consent_status st =
        consent__duties_find(cx, w, &in->subject.state, in->version, in->slot, &e, &duties);
    if (st == CONSENT_OK)
        st = consent__append_apply(cx, w, &in->subject, &e, leaf);
    if (st == CONSENT_OK && CONSENT__HAS(&e, by))
        st = consent__attest(cx, w, &in->guardian, in->subject.uid, e.seq, leaf);
    /* What ended nothing, because something else was said since, makes nothing owed. */
    if (st == CONSENT_OK && stands(&in->subject.state, e.seq))
        st = consent__duties_append(cx, w, &in->subject, &e, &duties);
    if (st == CONSENT_OK)
        st = remember(cx, w, in->subject.id, in->receipt_mark, e.seq);
    if (st == CONSENT_OK && !in->bound)
        st = remember(cx, w, 0, in->subject_mark, e.seq);
    return st == CONSENT_OK ? answer(cx, in, e.seq, e.at, CONSENT_OK) : st;
}

static consent_status intake_work(const consent__cx *cx, consent__work *w, void *user) {
    intake *in = user;
    int64_t now = w->now > w->head.at ? w->now : w->head.at;
    int64_t said = in->observed < now ? in->observed : now;
    consent_status st = check_own(cx, w, in);
    if (st == CONSENT_OK)
        st = find_subject(cx, w, in);
    if (st == CONSENT_OK)
        st = check_repeated(cx, w, in);
    if (st == CONSENT_OK)
        st = consent__work_catalog(cx, w, &in->catalog);
    if (st == CONSENT_OK)
        st = find_version(cx, in);
    if (st == CONSENT_OK)
        st = check_shown(cx, w, in);
    if (st == CONSENT_OK)
        st = check_guardian(cx, w, in, said);
    return st == CONSENT_OK ? write_act(cx, w, in, said) : st;
}

consent_status consent__flow_receipt_import(const consent__cx *cx, consent_store *s,
                                            const void *receipt, size_t n, const char *vkey,
                                            const char *subject, const char *guardian,
                                            consent_rows **rows) {
    consent__arena a;
    intake in = {.subject_id = subject, .guardian_id = guardian, .rows = rows};
    consent__arena_init(&a, cx->env);
    consent_status st = subject ? consent__id_check(cx, subject, "subject") : CONSENT_OK;
    if (st == CONSENT_OK && guardian)
        st = consent__id_check(cx, guardian, "guardian");
    if (st == CONSENT_OK)
        st = consent__trust(cx, vkey, &a, &in.key);
    if (st == CONSENT_OK)
        st = open_receipt(cx, receipt, n, &a, &in);
    if (st == CONSENT_OK)
        st = consent__write(cx, s, intake_work, &in);
    consent__wipe(in.subject.key, sizeof in.subject.key);
    consent__wipe(in.guardian.key, sizeof in.guardian.key);
    if (st < 0 && rows) {
        consent_rows_free(*rows); /* the commit failed after it was made */
        *rows = NULL;
    }
    consent__arena_free(&a);
    return st;
}
