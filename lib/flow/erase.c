/* SPDX-License-Identifier: Apache-2.0 */
/* Erasing a subject leaves the ledger whole: bodies become stubs, their commitments stay, and one
 * event of the store says whose and how many. docs/erasure.md. */
#include "flow/erase.h"

#include <string.h>

#include "util/text.h"

void consent__erased_init(consent__erased *e, const consent__env *env) {
    memset(e, 0, sizeof *e);
    consent__buf_init(&e->seqs, env);
}

void consent__erased_free(consent__erased *e) {
    consent__buf_free(&e->seqs);
}

/* ---- children ---- */

static bool linked(const consent__state *s, const uint8_t guardian[16]) {
    for (int32_t i = 0; i < s->links_count; i++)
        if (memcmp(s->links[i].guardian, guardian, 16) == 0 && !s->links[i].ended_at)
            return true;
    return false;
}

/* The link ends; what the guardian granted stays until the child or a new guardian is asked. */
static consent_status end_link(const consent__cx *cx, consent__work *w, const uint8_t guardian[16],
                               const uint8_t child[16]) {
    consent__subject_row row;
    consent__subject subject;
    consent_status st = w->store->engine->subject_by_uid(cx, w->tx, child, &row);
    if (st == CONSENT_E_NOT_FOUND || (st == CONSENT_OK && !row.box))
        return CONSENT_OK; /* the child is erased, or of another store */
    if (st == CONSENT_OK)
        st = consent__subject_of_row(cx, w->store, &row, &w->scratch->arena, &subject);
    if (st != CONSENT_OK)
        return st;
    if (linked(&subject.state, guardian)) {
        consent__event e = {.kind = EV_GUARDIAN_ENDED};
        consent__event_set_uid(&e, F_guardian, guardian);
        CONSENT__SET_TEXT(&e, reason, "the guardian was erased");
        st = consent__append_apply(cx, w, &subject, &e, NULL);
    }
    consent__wipe(subject.key, sizeof subject.key);
    return st;
}

static consent_status end_links(const consent__cx *cx, consent__work *w,
                                const consent__subject *guardian) {
    consent_status st = CONSENT_OK;
    for (int32_t i = 0; st == CONSENT_OK && i < guardian->state.wards_count; i++)
        st = end_link(cx, w, guardian->uid, guardian->state.wards[i].child);
    return st;
}

/* ---- the subject itself ---- */

static consent_status add_seq(const consent__cx *cx, void *user, const consent__event_row *row) {
    consent__buf *seqs = user;
    uint8_t *place = consent__buf_extend(seqs, 8);
    if (!place)
        return consent__no_memory(cx);
    consent__put64le(place, (uint64_t)row->seq);
    return CONSENT_OK;
}

static consent_status append_erased(const consent__cx *cx, consent__work *w, consent__erased *out) {
    uint8_t digest[CONSENT__HASH];
    char hex[2 * CONSENT__HASH + 1];
    consent_status st = consent__random(cx, out->nonce, sizeof out->nonce);
    if (st != CONSENT_OK)
        return st;
    consent__sha256_two(out->nonce, sizeof out->nonce, out->seqs.data, out->seqs.len, digest);
    consent__hex(digest, sizeof digest, hex);
    consent__event e = {.kind = EV_SUBJECT_ERASED};
    consent__event_set_uid(&e, F_uid, out->uid);
    CONSENT__SET(&e, count, out->events);
    CONSENT__SET_TEXT(&e, sha256, hex);
    st = consent__append(cx, w, NULL, &e, NULL);
    out->seq = e.seq;
    out->at = e.at;
    return st;
}

consent_status consent__erase_subject(const consent__cx *cx, consent__work *w,
                                      consent__subject *subject, bool scrub, consent__erased *out) {
    const consent__engine *engine = w->store->engine;
    memcpy(out->uid, subject->uid, sizeof out->uid);
    consent__buf_reset(&out->seqs);
    consent_status st = end_links(cx, w, subject);
    if (st == CONSENT_OK)
        st = engine->event_scan(cx, w->tx, 0, INT64_MAX, subject->id, false, add_seq, &out->seqs);
    if (st == CONSENT_OK)
        st = engine->subject_erase(cx, w->tx, subject->id, &out->events);
    if (st == CONSENT_E_NOT_FOUND)
        st = consent__fail(cx, CONSENT_E_STATE, "the subject is erased already");
    if (st == CONSENT_OK && (size_t)out->events * 8 != out->seqs.len)
        st = consent__fail(cx, CONSENT_E_CORRUPT, "bodies and index of a subject differ");
    if (st == CONSENT_OK)
        st = append_erased(cx, w, out);
    if (st == CONSENT_OK)
        w->head.owed = scrub || w->head.owed < 0 ? -out->seq : out->seq;
    consent__wipe(subject->key, sizeof subject->key);
    return st;
}
