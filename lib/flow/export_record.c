/* SPDX-License-Identifier: Apache-2.0 */
/* Records: what one subject said about one consent point, all of it, oldest first. The record
 * describes the processing as the version of the last act has it; each event names its own version.
 *
 * Memory must not grow with a subject's events: a first pass finds the points (of which policies
 * have some dozens), then each record is written by a pass over the events between its first and
 * its last. Most records have one event, and then that is a look-up. */
#include <stdio.h>
#include <string.h>

#include "flow/export.h"
#include "ledger/receipt.h"
#include "util/text.h"

const char *consent__standing_dpv(consent__standing s) {
    static const char *const names[] = {"ConsentGiven",   "RenewedConsentGiven",
                                        "ConsentRefused", "ConsentWithdrawn",
                                        "ConsentExpired", "ConsentRevoked"};
    return names[s];
}

const char *consent__consent_type_dpv(const char *class) {
    return strcmp(class, "general") == 0 ? "ExpressedConsent" : "ExplicitlyExpressedConsent";
}

/* ---- first pass ---- */

typedef struct records {
    consent__record *v;
    int32_t count, cap;
} records;

static consent__record *record_of(consent__export *x, records *all, const consent__said *said) {
    for (int32_t i = 0; i < all->count; i++)
        if (all->v[i].version->policy_index == said->version->policy_index &&
            strcmp(all->v[i].point, said->event.point_) == 0)
            return &all->v[i];
    if (all->count == all->cap) {
        int32_t cap = all->cap ? all->cap * 2 : 16;
        consent__record *more = consent__arena_get(&x->whom, (size_t)cap * sizeof *more);
        if (!more)
            return NULL;
        if (all->count)
            memcpy(more, all->v, (size_t)all->count * sizeof *more);
        all->v = more;
        all->cap = cap;
    }
    consent__record *r = &all->v[all->count++];
    memset(r, 0, sizeof *r);
    r->point = consent__arena_text(&x->whom, said->event.point_, strlen(said->event.point_));
    r->first = said->seq;
    memcpy(r->first_leaf, said->leaf, CONSENT__HASH);
    return r->point ? r : NULL;
}

/* The policy's own spelling of a language, which lives as long as the snapshot. */
static const char *language_of(const consent__said *s) {
    const consent__policy *p = s->version->policy;
    int32_t i = CONSENT__HAS(&s->event, lang) ? consent__policy_language(p, s->event.lang_) : 0;
    return p->languages.count ? p->languages.v[i < 0 ? 0 : i] : "und";
}

/* Notes who spoke for the subject. False: no memory. */
static bool note_guardian(consent__export *x, consent__record *r, const consent__event *e) {
    if (!CONSENT__HAS(e, by))
        return true;
    for (int32_t i = 0; i < r->guardians_count; i++)
        if (memcmp(r->guardians[i], e->by_, 16) == 0)
            return true;
    uint8_t(*more)[16] = consent__arena_get(&x->whom, ((size_t)r->guardians_count + 1) * 16);
    if (!more)
        return false;
    if (r->guardians_count)
        memcpy(more, r->guardians, (size_t)r->guardians_count * 16);
    memcpy(more[r->guardians_count++], e->by_, 16);
    r->guardians = more;
    return true;
}

static consent_status find(const consent__cx *cx, consent__export *x,
                           const consent__subject *subject, const consent__said *said, void *user) {
    records *all = user;
    if (!consent__said_decision(said) || said->purpose < 0)
        return CONSENT_OK;
    consent__record *r = record_of(x, all, said);
    if (!r || !note_guardian(x, r, &said->event))
        return consent__no_memory(cx);
    r->subject = subject;
    r->version = said->version;
    r->purpose = said->purpose;
    r->share = said->share;
    r->lang = language_of(said);
    r->last = said->seq;
    memcpy(r->last_leaf, said->leaf, CONSENT__HASH);
    return CONSENT_OK;
}

/* ---- second pass ---- */

typedef struct telling {
    const consent__record *record;
    const consent__record_writer *writer;
    bool given; /* by the event before, and nothing since */
    consent__standing last;
    int64_t at, until;
} telling;

static consent__standing standing_of(const char *word, bool given) {
    if (strcmp(word, "granted") == 0)
        return given ? STANDING_RENEWED : STANDING_GIVEN;
    return strcmp(word, "refused") == 0 ? STANDING_REFUSED : STANDING_WITHDRAWN;
}

static consent_status tell(const consent__cx *cx, consent__export *x,
                           const consent__subject *subject, const consent__said *said, void *user) {
    telling *t = user;
    const consent__record *r = t->record;
    const char *word = consent__said_word(said);
    (void)subject;
    if (!word || said->purpose < 0 || said->version->policy_index != r->version->policy_index ||
        strcmp(said->event.point_, r->point) != 0)
        return CONSENT_OK;
    t->last = standing_of(word, t->given);
    t->given = t->last == STANDING_GIVEN || t->last == STANDING_RENEWED;
    t->at = said->at;
    t->until = CONSENT__HAS(&said->event, until) ? said->event.until_ : 0;
    consent__record_event e = {t->last, t->at, t->until, said};
    t->writer->event(x, r, &e);
    return consent__export_flow(cx, x);
}

/* Time and the end of the service end a consent without an act: whoever reads only the last event
 * must not take it for given. */
static void tell_end(consent__export *x, telling *t) {
    const consent__catalog *c = x->view.catalog;
    int64_t stop = c->stops_count ? c->stops[0].at : INT64_MAX;
    int64_t end = t->until ? t->until : INT64_MAX;
    if (!t->given || (end > x->view.now && stop > x->view.now))
        return;
    t->last = end <= stop ? STANDING_EXPIRED : STANDING_REVOKED;
    consent__record_event e = {t->last, end <= stop ? end : stop, 0, NULL};
    t->writer->event(x, t->record, &e);
}

/* A record keeps its id as events are added to it; a receipt has the id of its last event, which is
 * that of the receipt consent_receipt_issue gives. */
static void name(consent__export *x, consent__record *r) {
    static const char what[] = "libconsent record";
    uint8_t hash[CONSENT__HASH];
    consent__sha256_two(what, sizeof what, r->first_leaf, CONSENT__HASH, hash);
    consent__receipt_id(hash, r->id);
    consent__receipt_id(r->last_leaf, r->receipt);
    consent__policy_urn(r->version, r->policy, sizeof r->policy);
    r->created = x->view.now;
}

static consent_status write_record(const consent__cx *cx, consent__export *x, consent__record *r,
                                   const consent__record_writer *writer) {
    telling t = {.record = r, .writer = writer};
    name(x, r);
    consent__buf_text(&x->out, x->records ? ",\n" : "\n");
    writer->head(x, r);
    consent_status st = consent__export_acts(cx, x, r->subject, r->first, r->last, tell, &t);
    if (st != CONSENT_OK)
        return st;
    tell_end(x, &t);
    writer->tail(x, r, t.last);
    return consent__export_record(cx, x);
}

static consent_status subject_records(const consent__cx *cx, consent__export *x,
                                      const consent__subject *subject, void *user) {
    records all = {0};
    consent_status st = consent__export_acts(cx, x, subject, 0, INT64_MAX, find, &all);
    for (int32_t i = 0; st == CONSENT_OK && i < all.count; i++)
        st = write_record(cx, x, &all.v[i], user);
    return st;
}

consent_status consent__export_records(const consent__cx *cx, consent__export *x,
                                       const consent__record_writer *writer) {
    return consent__export_subjects(cx, x, subject_records, (void *)(uintptr_t)writer);
}

/* ---- the policy ---- */

void consent__record_recipients(consent__export *x, const consent__record *r,
                                void (*fn)(consent__export *x, const consent__record *r,
                                           int32_t recipient)) {
    const consent__policy *p = r->version->policy;
    const consent__purpose *purpose = &p->purposes[r->purpose];
    if (r->share >= 0) {
        fn(x, r, purpose->shares[r->share].recipient);
        return;
    }
    for (int32_t i = 0; i < purpose->share_count; i++)
        if (!consent__point_needed(p, r->purpose, i))
            fn(x, r, purpose->shares[i].recipient);
}

const consent__indices *consent__record_items(const consent__record *r) {
    const consent__purpose *purpose = &r->version->policy->purposes[r->purpose];
    return r->share < 0 ? &purpose->items : &purpose->shares[r->share].items;
}

const consent__right *consent__record_right(const consent__record *r, consent__right_kind kind) {
    const consent__policy *p = r->version->policy;
    for (int32_t i = 0; i < p->rights_count; i++)
        if (p->rights[i].kind == kind)
            return &p->rights[i];
    return NULL;
}
