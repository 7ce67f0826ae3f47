/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of policies and documents against the hashes in their events, both ways: every stored
 * document has its event, every such event its document. */
#include <string.h>

#include "flow/verify.h"
#include "util/text.h"
#include "json/event.h"

typedef struct catalog_walk {
    consent__verifying *v;
    int64_t *seen; /* events that a row answers to */
    size_t seen_count, seen_cap;
} catalog_walk;

static consent_status see(const consent__cx *cx, catalog_walk *w, int64_t seq) {
    int64_t *slot = CONSENT__MORE(cx->env, w, seen);
    if (!slot)
        return consent__no_memory(cx);
    *slot = seq;
    return CONSENT_OK;
}

/* The event at seq, decoded when it is of that kind. CONSENT_E_NOT_FOUND: it is not. */
static consent_status event_of(const consent__cx *cx, consent__verifying *v, int64_t seq,
                               int32_t kind, consent__event *out) {
    consent__event_row row;
    consent__cx quiet = {cx->env, NULL, cx->op};
    consent_status st = v->store->engine->event_get(&quiet, v->tx, seq, &row);
    if (st == CONSENT_E_MEMORY)
        return consent__no_memory(cx);
    if (st != CONSENT_OK || strcmp(row.kind, consent__kind_table[kind].name) != 0 || !row.box ||
        row.subject || row.box_len < CONSENT__NONCE)
        return CONSENT_E_NOT_FOUND;
    st = consent__event_decode(&quiet, (consent__event_kind)kind, seq, row.box + CONSENT__NONCE,
                               row.box_len - CONSENT__NONCE, &v->arena, out);
    out->at = row.at;
    return st == CONSENT_OK         ? CONSENT_OK
           : st == CONSENT_E_MEMORY ? consent__no_memory(cx)
                                    : CONSENT_E_NOT_FOUND;
}

typedef struct version_facts { /* of the row, copied: reading events may end its life */
    char policy[65], label[65];
    char sha[65], own_sha[65], profile_sha[65];
    consent__version_row row;
} version_facts;

static void hex_of(const void *bytes, size_t n, char out[65]) {
    uint8_t sha[CONSENT__HASH];
    consent__sha256(bytes ? bytes : "", bytes ? n : 0, sha);
    consent__hex(sha, CONSENT__HASH, out);
}

static void read_version(const consent__version_row *row, version_facts *f) {
    memset(f, 0, sizeof *f);
    memcpy(f->policy, row->policy, strnlen(row->policy, 64));
    memcpy(f->label, row->label, strnlen(row->label, 64));
    hex_of(row->bytes, row->len, f->sha);
    hex_of(row->profile, row->profile_len, f->profile_sha);
    consent__hex(row->sha256, CONSENT__HASH, f->own_sha);
    f->row = *row;
    f->row.policy = f->row.label = NULL;
    f->row.bytes = f->row.profile = NULL;
}

static void check_event(consent__verifying *v, const version_facts *f, const consent__event *e,
                        int64_t at, const char *what) {
    const char *wrong = NULL;
    if (strcmp(e->sha256_, f->sha) != 0)
        wrong = "its text is not the one the event names";
    else if (strcmp(e->profile_, f->profile_sha) != 0)
        wrong = "its profile is not the one the event names";
    else if (strcmp(e->policy_, f->policy) != 0 || strcmp(e->version_, f->label) != 0)
        wrong = "it has another name";
    else if (e->effective_at_ != f->row.effective_at)
        wrong = "it takes effect at another time";
    else if (e->at != at)
        wrong = "its time is not the event's";
    if (wrong)
        consent__found(&v->findings, e->seq, "POLICY_DIFFERS", "the version that was %s here: %s",
                       what, wrong);
}

static consent_status check_version(const consent__cx *cx, void *user,
                                    const consent__version_row *row) {
    catalog_walk *w = user;
    version_facts f;
    consent__event e;
    read_version(row, &f);
    if (strcmp(f.sha, f.own_sha) != 0)
        consent__found(&w->v->findings, -1, "POLICY_DIFFERS",
                       "the text of version %lld differs from the hash beside it",
                       (long long)f.row.id);
    consent_status st = event_of(cx, w->v, f.row.imported_seq, EV_POLICY_IMPORTED, &e);
    if (st == CONSENT_OK) {
        check_event(w->v, &f, &e, f.row.imported_at, "imported");
        st = see(cx, w, e.seq);
    } else if (st == CONSENT_E_NOT_FOUND) {
        consent__found(&w->v->findings, -1, "POLICY_DIFFERS",
                       "no event says that version %lld was imported", (long long)f.row.id);
        st = CONSENT_OK;
    }
    if (st != CONSENT_OK || f.row.published_seq < 0)
        return st;
    st = event_of(cx, w->v, f.row.published_seq, EV_POLICY_PUBLISHED, &e);
    if (st == CONSENT_OK) {
        check_event(w->v, &f, &e, f.row.published_at, "published");
        if (f.row.in_force_from != consent__event_in_force(&e, e.at))
            consent__found(
                &w->v->findings, e.seq, "POLICY_DIFFERS",
                "the version that was published here: it is in force since another time");
        st = see(cx, w, e.seq);
    } else if (st == CONSENT_E_NOT_FOUND) {
        consent__found(&w->v->findings, -1, "POLICY_DIFFERS",
                       "no event says that version %lld was published", (long long)f.row.id);
        st = CONSENT_OK;
    }
    return st;
}

/* Kind and key of the document that an event brings; NULL for events that bring none. A stop or a
 * successor that is gone would make the service run again, so these count as much as texts. */
static const char *brings(int32_t kind, const consent__event *e, const char **key) {
    switch (kind) {
    case EV_PROFILE_IMPORTED:
        *key = e->key_;
        return "profile";
    case EV_CALENDAR_IMPORTED:
        *key = e->key_;
        return "calendar";
    case EV_SERVICE_STOPPED:
        *key = "";
        return "stop";
    case EV_CONTROLLER_CHANGED:
        *key = e->name_;
        return "controller";
    default:
        return NULL;
    }
}

/* Small documents: the event that brought one names its hash where its kind has that field. */
static consent_status check_document(const consent__cx *cx, void *user,
                                     const consent__document_row *row) {
    catalog_walk *w = user;
    consent__verifying *v = w->v;
    consent__event_row event;
    consent__event e;
    char sha[65], own[65], kind[65] = "", key[130] = "";
    int64_t seq = row->seq;
    hex_of(row->bytes, row->len, sha);
    consent__hex(row->sha256, CONSENT__HASH, own);
    memcpy(kind, row->kind, strnlen(row->kind, 64));
    memcpy(key, row->key, strnlen(row->key, 129));
    if (strcmp(sha, own) != 0)
        consent__found(&v->findings, seq, "DOCUMENT_DIFFERS",
                       "a %s differs from the hash beside it", kind);
    consent__cx quiet = {cx->env, NULL, cx->op};
    consent_status st = v->store->engine->event_get(&quiet, v->tx, seq, &event);
    int32_t number = st == CONSENT_OK ? consent__event_kind_of(event.kind) : -1;
    if (number < 0 || !consent__kind_table[number].store) {
        consent__found(&v->findings, seq, "DOCUMENT_DIFFERS", "no event brought this %s", kind);
        return CONSENT_OK;
    }
    st = event_of(cx, v, seq, number, &e);
    if (st == CONSENT_E_NOT_FOUND)
        return CONSENT_OK; /* told with its row */
    if (st != CONSENT_OK)
        return st;
    bool profile = number == EV_PROFILE_IMPORTED || number == EV_CALENDAR_IMPORTED;
    if (CONSENT__HAS(&e, sha256) && profile && strcmp(e.sha256_, sha) != 0)
        consent__found(&v->findings, seq, "DOCUMENT_DIFFERS",
                       "the %s is not the one the event names", kind);
    const char *name = NULL, *brought = brings(number, &e, &name);
    if (brought && strcmp(brought, kind) != 0)
        consent__found(&v->findings, seq, "DOCUMENT_DIFFERS", "the event brought a %s, not a %s",
                       brought, kind);
    else if (brought && strcmp(name, key) != 0)
        consent__found(&v->findings, seq, "DOCUMENT_DIFFERS", "the %s has another name", kind);
    return see(cx, w, seq);
}

static bool seen(const catalog_walk *w, int64_t seq) {
    for (size_t i = 0; i < w->seen_count; i++)
        if (w->seen[i] == seq)
            return true;
    return false;
}

/* Events whose document is gone. */
static void check_missing(const catalog_walk *w) {
    consent__verifying *v = w->v;
    for (int64_t n = 0; n < v->part_count; n++)
        for (size_t i = 0; i < v->parts[n]->noted_count; i++) {
            const consent__noted *e = &v->parts[n]->noted[i];
            bool policy = e->kind == EV_POLICY_IMPORTED || e->kind == EV_POLICY_PUBLISHED;
            bool document = e->kind == EV_PROFILE_IMPORTED || e->kind == EV_CALENDAR_IMPORTED ||
                            e->kind == EV_SERVICE_STOPPED || e->kind == EV_CONTROLLER_CHANGED;
            if ((policy || document) && !seen(w, e->seq))
                consent__found(&v->findings, e->seq, policy ? "POLICY_DIFFERS" : "DOCUMENT_DIFFERS",
                               "what the event brought is gone or does not name it");
        }
}

consent_status consent__verify_catalog(const consent__cx *cx, consent__verifying *v) {
    const consent__engine *engine = v->store->engine;
    catalog_walk w = {.v = v};
    consent_status st = engine->version_scan(cx, v->tx, true, check_version, &w);
    if (st == CONSENT_OK)
        st = engine->document_scan(cx, v->tx, NULL, check_document, &w);
    if (st == CONSENT_E_CORRUPT) {
        consent__forget(cx);
        consent__found(&v->findings, -1, "UNREADABLE", "the policies cannot be read");
        st = CONSENT_OK;
    }
    if (st == CONSENT_OK)
        check_missing(&w);
    consent__release(cx->env, w.seen);
    return st;
}
