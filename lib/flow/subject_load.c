/* SPDX-License-Identifier: Apache-2.0 */
/* A subject's sealed row: found by look-up, opened, decoded; and saved again. */
#include <string.h>

#include "flow/store.h"
#include "util/text.h"
#include "json/event.h"

#define STATE_AD (1 + 16 + 16 + 8 + 4)

static void state_ad(const consent_store *s, const uint8_t uid[16], int64_t seq,
                     uint8_t out[STATE_AD]) {
    out[0] = 'S';
    memcpy(out + 1, s->id, 16);
    memcpy(out + 17, uid, 16);
    consent__put64le(out + 33, (uint64_t)seq);
    memcpy(out + 41, s->key_id, 4);
}

consent_status consent__id_check(const consent__cx *cx, const char *id, const char *what) {
    if (!id || !*id)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "the %s is empty", what);
    size_t n = strnlen(id, CONSENT__ID_MAX + 1);
    if (n > CONSENT__ID_MAX)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "the %s is longer than %d bytes", what,
                             CONSENT__ID_MAX);
    if (consent__utf8_valid(id, n) != n)
        return consent__fail(cx, CONSENT_E_ENCODING, "the %s is not UTF-8", what);
    return CONSENT_OK;
}

int64_t consent__state_unseal(const consent_store *s, consent__subject *subject, int64_t seq,
                              const uint8_t *box, size_t box_len, uint8_t *plain) {
    uint8_t ad[STATE_AD];
    consent__subject_key(s->keys, subject->salt, subject->uid, subject->key);
    state_ad(s, subject->uid, seq, ad);
    return consent__box_open_into(subject->key, ad, sizeof ad, box, box_len, plain);
}

consent_status consent__state_read(const consent__cx *cx, consent__subject *subject,
                                   const uint8_t *plain, int64_t n, consent__arena *arena) {
    if (n < 0)
        return consent__fail(cx, CONSENT_E_SEAL, "the sealed state of a subject does not open");
    bool whole = consent__state_decode(&subject->state, plain, (size_t)n, arena);
    if (!whole && subject->state.starved)
        return consent__no_memory(cx);
    if (!whole || memcmp(subject->state.uid, subject->uid, 16) != 0)
        return consent__fail(cx, CONSENT_E_CORRUPT, "the state of a subject is malformed");
    return CONSENT_OK;
}

consent_status consent__subject_open(const consent__cx *cx, consent_store *s,
                                     const consent__subject_row *row, consent__arena *arena,
                                     consent__subject *out, const uint8_t **bytes, size_t *len) {
    out->id = row->subject;
    out->held = out->changed = false;
    memcpy(out->uid, row->uid, 16);
    memcpy(out->salt, row->salt, 16);
    memcpy(out->lookup, row->lookup, 16);
    uint8_t *plain = consent__arena_get(arena, row->box_len);
    if (!plain)
        return consent__no_memory(cx);
    int64_t n = consent__state_unseal(s, out, row->seq, row->box, row->box_len, plain);
    *bytes = plain;
    *len = n < 0 ? 0 : (size_t)n;
    return consent__state_read(cx, out, plain, n, arena);
}

consent_status consent__subject_of_row(const consent__cx *cx, consent_store *s,
                                       const consent__subject_row *row, consent__arena *arena,
                                       consent__subject *out) {
    const uint8_t *plain;
    size_t n;
    return consent__subject_open(cx, s, row, arena, out, &plain, &n);
}

consent_status consent__subject_find(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                     const char *id, consent__arena *arena, consent__subject *out) {
    uint8_t lookup[CONSENT__LOOKUP];
    consent__subject_row row;
    consent__lookup(s->keys, id, strlen(id), lookup);
    consent_status st = s->engine->subject_get(cx, tx, lookup, &row);
    return st == CONSENT_OK ? consent__subject_of_row(cx, s, &row, arena, out) : st;
}

consent_status consent__subject_need(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                     const char *id, consent__arena *arena, consent__subject *out) {
    consent_status st = consent__id_check(cx, id, "subject");
    if (st == CONSENT_OK)
        st = consent__subject_find(cx, s, tx, id, arena, out);
    if (st == CONSENT_E_NOT_FOUND)
        return consent__fail(cx, CONSENT_E_NOT_FOUND, "the subject is not registered");
    return st;
}

void consent__state_seal(const consent_store *s, const uint8_t uid[16],
                         const uint8_t key[CONSENT__KEY], int64_t seq,
                         const uint8_t nonce[CONSENT__BOX_NONCE], const uint8_t *plain, size_t n,
                         uint8_t *box) {
    uint8_t ad[STATE_AD];
    state_ad(s, uid, seq, ad);
    consent__box_seal_into(key, ad, sizeof ad, nonce, plain, n, box);
}

consent_status consent__state_save(const consent__cx *cx, consent__work *w,
                                   consent__subject *subject) {
    consent_store *s = w->store;
    consent__buf *plain = &w->scratch->buf;
    consent__buf *box = &w->scratch->box;
    consent__buf_reset(box);
    consent__buf_reset(plain);
    consent__state_encode(&subject->state, plain);
    if (plain->failed)
        return consent__no_memory(cx);
    uint8_t nonce[CONSENT__BOX_NONCE];
    uint8_t *sealed = consent__buf_extend(box, consent__box_size(plain->len));
    consent_status st =
        sealed ? consent__pool_draw(cx, w->pool, nonce, sizeof nonce) : consent__no_memory(cx);
    if (st == CONSENT_OK) {
        consent__state_seal(s, subject->uid, subject->key, subject->state.seq, nonce, plain->data,
                            plain->len, sealed);
        consent__subject_row row = {.subject = subject->id,
                                    .seq = subject->state.seq,
                                    .box = box->data,
                                    .box_len = box->len};
        memcpy(row.uid, subject->uid, 16);
        memcpy(row.salt, subject->salt, 16);
        memcpy(row.lookup, subject->lookup, 16);
        st = s->engine->state_put(cx, w->tx, &row);
    }
    return st;
}

/* ---- replay ---- */

typedef struct replay {
    consent__view *view;
    const consent__subject *subject;
    consent__state *state;
    consent__buf body;
    consent__replayed_fn fn; /* may be NULL */
    void *user;
} replay;

static consent_status replay_one(const consent__cx *cx, void *user, const consent__event_row *row) {
    replay *r = user;
    int32_t kind = consent__event_kind_of(row->kind);
    if (kind < 0)
        return consent__fail(cx, CONSENT_E_CORRUPT, "event %lld has an unknown kind",
                             (long long)row->seq);
    consent__buf_reset(&r->body);
    consent_status st = consent__event_body(cx, r->view->store, row, r->subject->uid,
                                            r->subject->key, &r->body, NULL);
    if (st == CONSENT_E_NOT_FOUND)
        return CONSENT_OK; /* a stub */
    consent__event e;
    if (st == CONSENT_OK)
        st = consent__event_decode(cx, (consent__event_kind)kind, row->seq, r->body.data,
                                   r->body.len, r->state->arena, &e);
    if (st != CONSENT_OK)
        return st;
    e.at = row->at;
    e.seq = row->seq;
    st = consent__state_apply(cx, r->state, r->view->catalog, &e);
    return st == CONSENT_OK && r->fn ? r->fn(cx, r->user, &e) : st;
}

consent_status consent__subject_replay(const consent__cx *cx, consent__view *view,
                                       const consent__subject *subject, int64_t prefix,
                                       consent__state *out, bool *known, consent__replayed_fn fn,
                                       void *user) {
    replay r = {view, subject, out, {0}, fn, user};
    consent__buf_init(&r.body, &view->store->env);
    consent__state_init(out, &view->scratch->arena);
    consent_status st = prefix <= 0
                            ? CONSENT_OK
                            : view->store->engine->event_scan(cx, view->tx, 0, prefix - 1,
                                                              subject->id, true, replay_one, &r);
    consent__buf_wipe_free(&r.body);
    *known = out->external != NULL;
    return st == CONSENT_DONE ? CONSENT_OK : st;
}

consent_status consent__subject_as_of(const consent__cx *cx, consent__view *view,
                                      const consent__subject *subject, int64_t prefix,
                                      consent__state *out, bool *known) {
    return consent__subject_replay(cx, view, subject, prefix, out, known, NULL, NULL);
}
