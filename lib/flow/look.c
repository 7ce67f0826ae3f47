/* SPDX-License-Identifier: Apache-2.0 */
/* One subject's state for one check: from memory while the store's token stands, else by one
 * statement. Either way state, head and catalogue are of one moment. */
#include <string.h>

#include "flow/store.h"
#include "util/text.h"

static uint64_t token_of(consent_store *s) {
    const consent__cx quiet = {&s->env, NULL, "look"};
    uint64_t token = 0;
    return s->engine->change_token(&quiet, s->db, &token) == CONSENT_OK ? token : 0;
}

static bool from_memory(consent__look *l, const uint8_t lookup[16], uint64_t token) {
    consent__buf *buf = &l->scratch->buf;
    consent__buf_reset(buf);
    if (!consent__cache_state(l->store->cache, lookup, token, buf, &l->seen))
        return false;
    l->snapshot = consent__snapshot_now(l->store, l->seen.head_catalog);
    if (!l->snapshot)
        return false;
    if (consent__state_decode(&l->room, buf->data, buf->len, &l->scratch->arena)) {
        l->state = &l->room;
        return true;
    }
    consent__snapshot_release(l->snapshot);
    l->snapshot = NULL;
    return false;
}

static void saw(consent__look *l, uint64_t token, const consent__head *head) {
    l->seen = (consent__seen){token, head->size, head->at, head->catalog};
}

static consent_status open_row(const consent__cx *cx, consent__look *l,
                               const consent__subject_row *row, uint64_t token) {
    consent__subject subject;
    const uint8_t *plain = NULL;
    size_t n = 0;
    consent_status st =
        consent__subject_open(cx, l->store, row, &l->scratch->arena, &subject, &plain, &n);
    consent__wipe(subject.key, sizeof subject.key);
    if (st != CONSENT_OK)
        return st;
    l->room = subject.state;
    l->state = &l->room;
    if (token)
        consent__cache_keep_state(l->store->cache, row->lookup, plain, n, &l->seen,
                                  token_of(l->store));
    return CONSENT_OK;
}

/* The catalogue moved, or was never read: both in one transaction. */
static consent_status from_view(const consent__cx *cx, consent__look *l, const uint8_t lookup[16]) {
    const consent__engine *engine = l->store->engine;
    consent__subject_row row;
    consent__head head;
    consent__tx *tx = NULL;
    uint64_t token = token_of(l->store);
    consent_status st = engine->read_begin(cx, l->store->db, &tx);
    if (st == CONSENT_OK)
        st = engine->head_get(cx, tx, &head);
    if (st == CONSENT_OK)
        st = consent__snapshot_get(cx, l->store, tx, head.catalog, &l->snapshot);
    if (st == CONSENT_OK) {
        saw(l, token, &head);
        st = engine->subject_get(cx, tx, lookup, &row);
        st = st == CONSENT_OK ? open_row(cx, l, &row, token) : st;
    }
    if (tx)
        engine->read_end(tx);
    return st == CONSENT_E_NOT_FOUND ? CONSENT_OK : st;
}

static consent_status from_store(const consent__cx *cx, consent__look *l, const uint8_t lookup[16],
                                 uint64_t token) {
    consent__subject_row row;
    consent__head head;
    consent_status st =
        l->store->engine->subject_look(cx, l->store->db, lookup, &head, &row, &l->scratch->buf);
    if (st != CONSENT_OK)
        return st;
    l->snapshot = consent__snapshot_now(l->store, head.catalog);
    if (!l->snapshot)
        return from_view(cx, l, lookup);
    saw(l, token, &head);
    return row.subject ? open_row(cx, l, &row, token) : CONSENT_OK;
}

consent_status consent__look_open(const consent__cx *cx, consent_store *s, const uint8_t lookup[16],
                                  consent__look *l) {
    memset(l, 0, sizeof *l);
    l->store = s;
    l->scratch = consent__scratch_take(s);
    if (!l->scratch)
        return consent__no_memory(cx);
    uint64_t token = token_of(s);
    if (from_memory(l, lookup, token))
        return CONSENT_OK;
    consent_status st = from_store(cx, l, lookup, token);
    if (st != CONSENT_OK)
        consent__look_close(l);
    return st;
}

void consent__look_close(consent__look *l) {
    consent__snapshot_release(l->snapshot);
    consent__scratch_give(l->store, l->scratch);
    l->snapshot = NULL;
    l->scratch = NULL;
}
