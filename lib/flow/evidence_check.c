/* SPDX-License-Identifier: Apache-2.0 */
/* Texts, events and receipts of a bundle: each against the ledger, and against each other. */
#include <stdio.h>
#include <string.h>

#include "flow/evidence.h"
#include "flow/policy.h"
#include "util/text.h"
#include "json/event.h"
#include "json/json.h"

/* ---- texts ---- */

consent_status consent__evidence_profile_in(const consent__cx *cx, consent_evidence *e) {
    const consent__cx quiet = {cx->env, NULL, cx->op};
    consent__profile read;
    consent__evidence_profile *p = consent__arena_get(&e->arena, sizeof *p);
    char *bytes = consent__arena_text(&e->arena, (const char *)e->bytes.data, e->bytes.len);
    if (!p || !bytes)
        return consent__no_memory(cx);
    consent_status st = consent__profile_read(&quiet, bytes, e->bytes.len, &e->arena, &read);
    if (st == CONSENT_E_MEMORY)
        return consent__no_memory(cx);
    if (st != CONSENT_OK) {
        consent__evidence_find(e, e->files[e->now].name, 0, -1, "POLICY_MALFORMED",
                               "it is no profile");
        return CONSENT_OK;
    }
    *p =
        (consent__evidence_profile){read.key, bytes, e->bytes.len, e->profile_count++, e->profiles};
    e->profiles = p;
    return CONSENT_OK;
}

static consent_status find_profile(const consent__cx *cx, void *user, const char *key,
                                   const void **bytes, size_t *n) {
    const consent__evidence_profile *p;
    consent_status st = consent__evidence_profile_named(cx, user, key, &p);
    if (st != CONSENT_OK)
        return st;
    if (!p)
        return consent__built_in("profiles", key, bytes, n);
    *bytes = p->bytes;
    *n = p->len;
    return CONSENT_OK;
}

static bool hash_sections(consent_evidence *e, consent__evidence_text *t) {
    const consent__policy *p = t->policy;
    size_t languages = (size_t)p->languages.count;
    uint8_t(*hash)[CONSENT__HASH] =
        consent__arena_get(&e->arena, (size_t)p->sections_count * languages * CONSENT__HASH);
    if (!hash)
        return false;
    for (int32_t i = 0; i < p->sections_count; i++)
        for (int32_t k = 0; k < p->sections[i].text.count; k++) {
            const consent__lang_text *l = &p->sections[i].text.v[k];
            consent__sha256(l->text, l->len, hash[(size_t)i * languages + (size_t)l->lang]);
        }
    t->section_hash = (const uint8_t(*)[CONSENT__HASH])hash;
    return true;
}

consent_status consent__evidence_policy(const consent__cx *cx, consent_evidence *e,
                                        const consent__evidence_file *f) {
    const consent__cx quiet = {cx->env, NULL, cx->op};
    char hex[2 * CONSENT__HASH + 1];
    consent__evidence_text *t = consent__arena_get(&e->arena, sizeof *t);
    if (!t)
        return consent__no_memory(cx);
    consent__sha256(e->bytes.data, e->bytes.len, t->sha256);
    consent__hex(t->sha256, CONSENT__HASH, hex);
    if (strncmp(f->name + strlen("policies/"), hex, 64) != 0)
        consent__evidence_find(e, f->name, 0, -1, "POLICY_DIFFERS",
                               "the text's hash is not the one in its name");
    consent_status st = consent__bundle_read(&quiet, e->bytes.data, e->bytes.len, find_profile, e,
                                             &e->arena, &t->policy);
    if (st == CONSENT_E_MEMORY || (st == CONSENT_OK && !hash_sections(e, t)))
        return consent__no_memory(cx);
    if (st != CONSENT_OK) {
        consent__evidence_find(e, f->name, 0, -1, "POLICY_MALFORMED", "it is no policy's text");
        return CONSENT_OK;
    }
    t->number = e->text_count++;
    t->next = e->texts;
    e->texts = t;
    return CONSENT_OK;
}

static consent_status was_shown(const consent__cx *cx, consent_evidence *e,
                                consent__evidence_text *t, const consent__event *ev, bool *yes) {
    const uint8_t(*have)[CONSENT__HASH];
    uint8_t want[CONSENT__HASH];
    consent__evidence_point *point = NULL;
    *yes = false;
    if (!consent__unhex(ev->shown_, want, CONSENT__HASH))
        return CONSENT_OK;
    consent_status st = consent__evidence_point_named(cx, e, t, ev->point_, &point);
    for (int whole = !point; st == CONSENT_OK && whole < 2 && !*yes; whole++) {
        st = consent__evidence_wordings(cx, e, t, whole ? NULL : point, &have);
        for (int32_t i = 0; st == CONSENT_OK && i < t->policy->languages.count && !*yes; i++)
            *yes = memcmp(have[i], want, CONSENT__HASH) == 0;
    }
    return st;
}

/* ---- events ---- */

/* policy.imported and policy.published: the text is the one that the ledger names. */
static consent_status check_version(const consent__cx *cx, consent_evidence *e,
                                    const consent__event *ev, int64_t seq) {
    char hex[2 * CONSENT__HASH + 1], profile[sizeof "profiles/" + 2 * CONSENT__HASH + 5];
    consent__evidence_text *t;
    consent_status st = consent__evidence_text_named(cx, e, ev->policy_, ev->version_, &t);
    if (st != CONSENT_OK)
        return st;
    if (!t) {
        consent__evidence_find(e, "events.jsonl", e->line, seq, "POLICY_MISSING",
                               "the text of the version is not in the bundle");
        return CONSENT_OK;
    }
    t->imported |= ev->kind == EV_POLICY_IMPORTED;
    consent__hex(t->sha256, CONSENT__HASH, hex);
    if (strcmp(hex, ev->sha256_) != 0)
        consent__evidence_find(e, "events.jsonl", e->line, seq, "POLICY_DIFFERS",
                               "the version's text is another than the ledger names");
    snprintf(profile, sizeof profile, "profiles/%.64s.json", ev->profile_);
    const consent__evidence_file *f = consent__evidence_file_named(e, EVIDENCE_PROFILE, profile);
    if (!f || !f->given)
        consent__evidence_find(e, "events.jsonl", e->line, seq, "POLICY_MISSING",
                               "the profile that the version was read with is not in the bundle");
    return CONSENT_OK;
}

/* What a decision was bound to: a version that the ledger brought before, and the wording shown. */
static consent_status check_binding(const consent__cx *cx, consent_evidence *e,
                                    const consent__event *ev, int64_t seq) {
    consent__evidence_text *t;
    bool yes = true;
    consent_status st = consent__evidence_text_named(cx, e, ev->policy_, ev->version_, &t);
    if (st != CONSENT_OK)
        return st;
    if (!t || !t->imported)
        consent__evidence_find(e, "events.jsonl", e->line, seq, "POLICY_MISSING",
                               t ? "no event before it brought the version's text"
                                 : "the text of the version is not in the bundle");
    if (t && CONSENT__HAS(ev, shown) && CONSENT__HAS(ev, point))
        st = was_shown(cx, e, t, ev, &yes);
    if (st == CONSENT_OK && !yes)
        consent__evidence_find(e, "events.jsonl", e->line, seq, "TEXT_UNKNOWN",
                               "what was shown is not the version's text");
    return st;
}

static bool is_subjects(const consent_evidence *e, const consent__event *ev) {
    char hex[2 * CONSENT__UID + 1];
    if (!e->subject || !CONSENT__HAS(ev, uid))
        return true;
    consent__hex(ev->uid_, CONSENT__UID, hex);
    return strcmp(hex, e->subject) == 0;
}

static consent_status owe_receipt(const consent__cx *cx, consent_evidence *e, int64_t seq) {
    if (e->due_count == e->due_cap) {
        size_t cap = e->due_cap ? 2 * e->due_cap : 256;
        int64_t *more = consent__realloc(e->env, e->due, cap * sizeof *more);
        if (!more)
            return consent__no_memory(cx);
        e->due = more;
        e->due_cap = cap;
    }
    e->due[e->due_count++] = seq;
    return CONSENT_OK;
}

static consent_status check_event(const consent__cx *cx, consent_evidence *e,
                                  const consent__receipt *read) {
    const consent__cx quiet = {cx->env, NULL, cx->op};
    consent__event ev;
    const char *file = "events.jsonl";
    int32_t kind = consent__event_kind_of(read->kind);
    if (kind < 0) {
        consent__evidence_find(e, file, e->line, read->seq, "UNKNOWN_KIND",
                               "this library does not know such events");
        return CONSENT_OK;
    }
    consent_status st = consent__event_decode(&quiet, (consent__event_kind)kind, read->seq,
                                              read->body, read->body_len, &e->scratch, &ev);
    if (st == CONSENT_E_MEMORY)
        return consent__no_memory(cx);
    if (st != CONSENT_OK) {
        consent__evidence_find(e, file, e->line, read->seq, "MALFORMED",
                               "the body is none of an event of that kind");
        return CONSENT_OK;
    }
    if (!is_subjects(e, &ev))
        consent__evidence_find(e, file, e->line, read->seq, "SUBJECT_FOREIGN",
                               "the event is of another subject than the bundle");
    if (kind == EV_POLICY_IMPORTED || kind == EV_POLICY_PUBLISHED)
        st = check_version(cx, e, &ev, read->seq);
    else if (CONSENT__HAS(&ev, policy) && CONSENT__HAS(&ev, version))
        st = check_binding(cx, e, &ev, read->seq);
    if (st == CONSENT_OK && consent__receipt_kind(read->kind))
        st = owe_receipt(cx, e, read->seq);
    return st;
}

consent_status consent__evidence_event(const consent__cx *cx, consent_evidence *e,
                                       const consent__evidence_file *f) {
    consent__buf json;
    consent__receipt read;
    const char *why = NULL;
    if (!e->has_point)
        return CONSENT_OK; /* nothing to hold it against; that was found */
    consent__buf_init(&json, e->env);
    consent_status st = consent__evidence_canonical(cx, e->bytes.data, e->bytes.len, &json, &why);
    memset(&read, 0, sizeof read);
    read.seq = -1;
    if (st == CONSENT_OK && !why) {
        st = consent__proven_under(cx, json.data, json.len, &e->point, &e->scratch, &read);
        why = read.why;
    }
    e->events++;
    if (st == CONSENT_OK && why)
        consent__evidence_find(e, f->name, e->line, read.kind ? read.seq : -1, why,
                               strcmp(why, "LEAF") == 0    ? "the event does not give its leaf"
                               : strcmp(why, "PROOF") == 0 ? "the event is not in the ledger there"
                                                           : "the line is no event with its proof");
    else if (st == CONSENT_OK) {
        if (read.seq <= e->last)
            consent__evidence_find(e, f->name, e->line, read.seq, "REORDERED",
                                   "the event does not come after the one before");
        else
            st = check_event(cx, e, &read);
        e->last = read.seq > e->last ? read.seq : e->last;
    }
    consent__buf_wipe_free(&json);
    return st;
}

/* ---- receipts ---- */

typedef struct told { /* what a receipt says beside the event */
    const char *sha256, *language;
    const uint8_t *sections;
    size_t sections_n;
} told;

static bool read_told(consent__reader *r, consent__arena *a, told *t, bool inner) {
    const char *name;
    size_t n;
    if (!consent__reader_object(r))
        return false;
    while (consent__reader_member(r, a, &name)) {
        bool good;
        if (inner && strcmp(name, "sha256") == 0)
            good = consent__reader_string(r, a, &t->sha256, &n);
        else if (!inner && strcmp(name, "language") == 0)
            good = consent__reader_string(r, a, &t->language, &n);
        else if (!inner && strcmp(name, "decision") == 0)
            good = read_told(r, a, t, true);
        else if (!inner && strcmp(name, "sections") == 0) {
            t->sections = r->p;
            good = consent__reader_skip(r);
            t->sections_n = (size_t)(r->p - t->sections);
        } else
            good = consent__reader_skip(r);
        if (!good)
            return false;
    }
    return !r->bad;
}

/* The hashes in a receipt of a decision are those of the texts in the bundle. */
static consent_status check_texts(const consent__cx *cx, consent_evidence *e,
                                  const consent__event *ev, const told *t, bool *fits) {
    char hex[2 * CONSENT__HASH + 1];
    uint8_t hash[CONSENT__HASH];
    const uint8_t(*have)[CONSENT__HASH];
    consent__evidence_text *text;
    consent__evidence_point *point = NULL;
    consent_status st = consent__evidence_text_named(cx, e, ev->policy_, ev->version_, &text);
    *fits = true;
    if (st != CONSENT_OK || !text)
        return st; /* that it is missing was found at the event */
    consent__hex(text->sha256, CONSENT__HASH, hex);
    if (!t->sha256 || strcmp(t->sha256, hex) != 0) {
        *fits = false;
        return CONSENT_OK;
    }
    st = consent__evidence_point_named(cx, e, text, ev->point_, &point);
    if (st != CONSENT_OK || !point)
        return st;
    int32_t lang = CONSENT__HAS(ev, lang) ? consent__policy_language(text->policy, ev->lang_) : 0;
    st = consent__evidence_wordings(cx, e, text, point, &have);
    if (st != CONSENT_OK)
        return st;
    consent__sha256(t->sections, t->sections_n, hash);
    *fits = t->sections_n && memcmp(have[lang < 0 ? 0 : lang], hash, CONSENT__HASH) == 0;
    return CONSENT_OK;
}

static consent_status check_receipt(const consent__cx *cx, consent_evidence *e,
                                    const consent__receipt *read, const consent__buf *payload,
                                    const char **why) {
    const consent__cx quiet = {cx->env, NULL, cx->op};
    consent__reader r;
    consent__event ev;
    told t = {0};
    bool fits = true;
    int32_t kind = consent__event_kind_of(read->kind);
    if (read->checkpoint.size != e->point.size ||
        memcmp(read->checkpoint.root, e->point.root, CONSENT__HASH) != 0) {
        *why = "CHECKPOINT_DIFFERS";
        return CONSENT_OK;
    }
    if (strncmp(read->kind, "consent.", 8) != 0 || kind < 0)
        return CONSENT_OK;
    consent_status st = consent__event_decode(&quiet, (consent__event_kind)kind, read->seq,
                                              read->body, read->body_len, &e->scratch, &ev);
    consent__reader_init(&r, payload->data, payload->len);
    if (st == CONSENT_OK && !read_told(&r, &e->scratch, &t, false))
        fits = false;
    if (st == CONSENT_E_MEMORY || r.no_memory)
        return consent__no_memory(cx);
    if (st == CONSENT_OK && fits)
        st = check_texts(cx, e, &ev, &t, &fits);
    if (st == CONSENT_OK && !fits)
        *why = "TEXT_DIFFERS";
    return st == CONSENT_E_MEMORY ? st : CONSENT_OK;
}

/* Receipts stand in the order of their events. */
static bool was_due(consent_evidence *e, int64_t seq) {
    while (e->due_next < e->due_count && e->due[e->due_next] < seq)
        consent__evidence_find(e, "receipts.txt", 0, e->due[e->due_next++], "RECEIPT_MISSING",
                               "the event has no receipt");
    if (e->due_next == e->due_count || e->due[e->due_next] != seq)
        return false;
    e->due_next++;
    return true;
}

consent_status consent__evidence_receipt(const consent__cx *cx, consent_evidence *e,
                                         const consent__evidence_file *f) {
    consent__receipt read;
    consent__buf payload;
    if (!e->has_point)
        return CONSENT_OK;
    consent__buf_init(&payload, e->env);
    consent_status st =
        consent__receipt_open(cx, (const char *)e->bytes.data, e->bytes.len, e->own_name,
                              e->own_key, &e->scratch, &payload, &read);
    const char *why = read.why;
    e->receipts++;
    if (st == CONSENT_OK && !why && !was_due(e, read.seq))
        why = "RECEIPT_FOREIGN";
    if (st == CONSENT_OK && !why)
        st = check_receipt(cx, e, &read, &payload, &why);
    if (st == CONSENT_OK && why)
        consent__evidence_find(e, f->name, e->line, read.kind ? read.seq : -1, why,
                               strcmp(why, "RECEIPT_FOREIGN") == 0
                                   ? "it is of an event that is not there, or out of order"
                                   : "the receipt is not good");
    consent__buf_wipe_free(&payload);
    return st;
}
