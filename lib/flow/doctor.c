/* SPDX-License-Identifier: Apache-2.0 */
/* Replays the ledger into the states of all subjects and compares them with the sealed rows, byte
 * by byte; with it the catalogue, the file, and what is left to do. */
#include "flow/doctor.h"

#include <string.h>

#include "flow/doctor_tables.h"
#include "flow/verify.h"
#include "util/text.h"

typedef struct doctoring {
    consent_store *store;
    consent__view view;
    consent__findings found;
    consent__buf bytes;
    int64_t subjects;
    consent__tables tables;
} doctoring;

static consent_status finding_text(const consent__cx *cx, void *user, const char *text) {
    (void)cx;
    consent__found_text(user, text);
    return CONSENT_OK;
}

/* What is damaged is a finding; the rest goes on. */
static bool is_damage(consent_status st) {
    return st == CONSENT_E_CORRUPT || st == CONSENT_E_SEAL || st == CONSENT_E_FORMAT ||
           st == CONSENT_E_NOT_FOUND;
}

/* ---- states ---- */

static consent_status has_event(const consent__cx *cx, void *user, const consent__event_row *row) {
    (void)cx;
    *(int64_t *)user = row->seq;
    return CONSENT_DONE;
}

/* A number without a state: of an erased subject, who has no events any more. */
static consent_status check_absent(const consent__cx *cx, doctoring *d, int64_t id) {
    int64_t seq = -1;
    consent_status st =
        d->store->engine->event_scan(cx, d->view.tx, 0, INT64_MAX, id, false, has_event, &seq);
    if (st != CONSENT_OK && st != CONSENT_DONE)
        return st;
    if (seq >= 0)
        consent__found(&d->found, seq, "STATE_MISSING",
                       "the subject of this event has no state, and was not erased");
    return CONSENT_OK;
}

static consent_status compare_state(const consent__cx *cx, doctoring *d,
                                    const consent__subject *subject, const uint8_t *plain, size_t n,
                                    int64_t seq) {
    consent__state replayed;
    uint8_t lookup[CONSENT__LOOKUP];
    bool known = false;
    d->tables.subject = subject->id;
    consent_status st = consent__subject_replay(cx, &d->view, subject, d->view.head.size, &replayed,
                                                &known, consent__tables_event, &d->tables);
    if (st == CONSENT_OK)
        st = consent__tables_requests(cx, &d->tables, &replayed);
    if (st != CONSENT_OK)
        return st;
    if (!known) {
        consent__found(&d->found, seq, "STATE_DIFFERS",
                       "a subject has a state but was never registered");
        return CONSENT_OK;
    }
    consent__buf_reset(&d->bytes);
    consent__state_encode(&replayed, &d->bytes);
    if (d->bytes.failed)
        return consent__no_memory(cx);
    if (d->bytes.len != n || memcmp(d->bytes.data, plain, n) != 0)
        consent__found(&d->found, seq, "STATE_DIFFERS",
                       "the state of the subject of this event is not what the ledger says");
    consent__lookup(d->store->keys, replayed.external, strlen(replayed.external), lookup);
    if (memcmp(lookup, subject->lookup, sizeof lookup) != 0)
        consent__found(&d->found, seq, "STATE_DIFFERS",
                       "the subject of this event is found under another id than its own");
    return CONSENT_OK;
}

static consent_status check_subject(const consent__cx *cx, doctoring *d, int64_t id) {
    consent__subject_row row;
    consent__subject subject;
    const uint8_t *plain = NULL;
    size_t n = 0;
    consent__arena *arena = &d->view.scratch->arena;
    consent_status st = d->store->engine->subject_by_id(cx, d->view.tx, id, &row);
    if (st == CONSENT_E_NOT_FOUND)
        return CONSENT_OK; /* numbers are given in order, but a gap says nothing */
    if (st != CONSENT_OK)
        return st;
    if (!row.box)
        return check_absent(cx, d, id);
    d->subjects++;
    int64_t seq = row.seq;
    consent__arena_reset(arena);
    memset(&subject, 0, sizeof subject);
    st = consent__subject_open(cx, d->store, &row, arena, &subject, &plain, &n);
    if (is_damage(st)) {
        consent__forget(cx);
        consent__found(&d->found, seq, "STATE_DIFFERS",
                       "the sealed state of the subject of this event does not open");
        st = CONSENT_OK;
    } else if (st == CONSENT_OK) {
        st = compare_state(cx, d, &subject, plain, n, seq);
        if (is_damage(st)) {
            consent__forget(cx);
            consent__found(&d->found, seq, "STATE_DIFFERS",
                           "the events of the subject of this event cannot be replayed");
            st = CONSENT_OK;
        }
    }
    consent__wipe(subject.key, sizeof subject.key);
    return st;
}

static consent_status check_subjects(const consent__cx *cx, doctoring *d,
                                     consent_progress_fn progress, void *user) {
    int64_t next = 1;
    consent_status st = d->store->engine->subject_next(cx, d->view.tx, &next);
    for (int64_t id = 1; st == CONSENT_OK && id < next; id++) {
        st = check_subject(cx, d, id);
        if (progress && (id % 256 == 0 || id == next - 1))
            progress(id, next - 1, user);
    }
    return st;
}

/* ---- the whole ---- */

static consent_status check_documents(const consent__cx *cx, doctoring *d) {
    consent__verifying *v = consent__alloc(cx->env, sizeof *v);
    if (!v)
        return consent__no_memory(cx);
    v->store = d->store;
    v->tx = d->view.tx;
    consent__findings_init(&v->findings, cx->env);
    consent__arena_init(&v->arena, cx->env);
    consent_status st = consent__verify_catalog(cx, v);
    consent__findings_add(&d->found, &v->findings);
    consent__findings_free(&v->findings);
    consent__arena_free(&v->arena);
    consent__release(cx->env, v);
    return st;
}

static consent_status check_contents(const consent__cx *cx, doctoring *d,
                                     consent_progress_fn progress, void *user) {
    consent_status st = consent__view_open(cx, d->store, &d->view);
    if (is_damage(st)) {
        consent__found(&d->found, -1, "CATALOG_DIFFERS",
                       "the policies cannot be loaded, so no state can be replayed");
        consent__forget(cx);
        return CONSENT_OK;
    }
    if (st != CONSENT_OK)
        return st;
    if (d->view.clock < d->view.head.at)
        consent__found(
            &d->found, -1, "CLOCK_BEHIND",
            "the clock is behind the last event; nothing expires until it has caught up");
    if (d->view.head.owed)
        consent__found(&d->found, -1, "ERASURE_PENDING",
                       "what an erasure overwrote may still be in the file or its log");
    st = check_documents(cx, d);
    if (st == CONSENT_OK)
        st = consent__doctor_catalog(cx, &d->view, &d->found);
    consent__tables_init(&d->tables, &d->view, &d->found);
    if (st == CONSENT_OK)
        st = check_subjects(cx, d, progress, user);
    if (st == CONSENT_OK)
        st = consent__tables_rest(cx, &d->tables);
    consent__tables_free(&d->tables);
    consent__view_close(&d->view);
    return st;
}

consent_status consent__flow_doctor(const consent__cx *cx, consent_store *s,
                                    consent_progress_fn progress, void *user, int64_t *subjects,
                                    consent_rows **out) {
    doctoring d = {.store = s};
    consent__findings_init(&d.found, cx->env);
    consent__buf_init(&d.bytes, cx->env);
    consent_status st = s->engine->examine(cx, s->db, finding_text, &d.found);
    if (st == CONSENT_OK)
        st = check_contents(cx, &d, progress, user);
    if (st == CONSENT_OK)
        st = consent__findings_rows(cx, &d.found, out);
    if (st == CONSENT_OK)
        *subjects = d.subjects;
    consent__buf_wipe_free(&d.bytes);
    consent__findings_free(&d.found);
    return st;
}
