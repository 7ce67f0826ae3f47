/* SPDX-License-Identifier: Apache-2.0 */
/* One event: body, commitment, leaf, box, tree. Bytes: docs/file-format.md and docs/events.md. */
#include <string.h>

#include "flow/batch.h"
#include "flow/whole.h"
#include "util/text.h"
#include "json/event.h"

#define TILE_LEVELS 8 /* interior hashes are kept at every 8th level: 256 leaves to a tile */
#define AD_MAX 128

/* Associated data of an event's box: type, store, owner, place, kind, time, key. */
static size_t event_ad(const consent_store *s, const uint8_t uid[16], int64_t seq, int64_t at,
                       const char *kind, uint8_t out[AD_MAX]) {
    size_t n = strlen(kind);
    out[0] = 'E';
    memcpy(out + 1, s->id, 16);
    memcpy(out + 17, uid, 16);
    consent__put64le(out + 33, (uint64_t)seq);
    consent__put64le(out + 41, (uint64_t)at);
    memcpy(out + 49, s->key_id, 4);
    memcpy(out + 53, kind, n);
    return 53 + n;
}

typedef struct tiles {
    const consent__cx *cx;
    consent__work *work;
    consent_status status;
} tiles;

static void tile_done(void *user, int32_t level, uint64_t index,
                      const uint8_t hash[CONSENT__HASH]) {
    tiles *t = user;
    if (level % TILE_LEVELS || t->status != CONSENT_OK)
        return;
    t->status = t->work->store->engine->node_put(t->cx, t->work->tx, level, (int64_t)index, hash);
}

static void stamp(consent__work *w, const consent__subject *subject, consent__event *e) {
    e->seq = w->head.size;
    e->at = w->now > w->head.at ? w->now : w->head.at;
    CONSENT__SET(e, v, consent__kind_table[e->kind].v);
    CONSENT__SET(e, clock, w->clock);
    if (subject)
        consent__event_set_uid(e, F_uid, subject->uid);
}

/* Body with its nonce in front into buf: what is sealed, and what the commitment is over. */
static consent_status compose(const consent__cx *cx, consent__work *w, const consent__event *e) {
    consent__buf *buf = &w->scratch->buf;
    consent__buf_reset(buf);
    uint8_t *nonce = consent__buf_extend(buf, CONSENT__NONCE);
    if (!nonce)
        return consent__no_memory(cx);
    consent_status st = consent__pool_draw(cx, w->pool, nonce, CONSENT__NONCE);
    if (st != CONSENT_OK)
        return st;
    consent__event_encode(e, buf);
    return buf->failed ? consent__no_memory(cx) : CONSENT_OK;
}

bool consent__event_seal(const consent_store *s, const char *kind, int64_t seq, int64_t at,
                         const uint8_t uid[16], const uint8_t key[CONSENT__KEY],
                         const uint8_t nonce[CONSENT__BOX_NONCE], const uint8_t *plain, size_t n,
                         uint8_t *box, uint8_t commitment[CONSENT__HASH],
                         uint8_t leaf[CONSENT__HASH]) {
    uint8_t ad[AD_MAX];
    size_t ad_len = event_ad(s, uid, seq, at, kind, ad);
    consent__commitment(plain, plain + CONSENT__NONCE, n - CONSENT__NONCE, commitment);
    consent__box_seal_into(key, ad, ad_len, nonce, plain, n, box);
    return consent__leaf(seq, at, kind, commitment, leaf);
}

consent_status consent__append_row(const consent__cx *cx, consent__work *w,
                                   const consent__event_row *row) {
    tiles t = {cx, w, CONSENT_OK};
    consent_status st = w->store->engine->event_append(cx, w->tx, row);
    if (st != CONSENT_OK)
        return st;
    consent__tree_append(&w->tree, row->leaf, tile_done, &t);
    return t.status;
}

/* Composes, seals and writes one event at once. */
static consent_status append_now(const consent__cx *cx, consent__work *w,
                                 const consent__subject *subject, const consent__event *e,
                                 uint8_t out_leaf[CONSENT__HASH]) {
    consent_store *s = w->store;
    consent__buf *buf = &w->scratch->buf, *box = &w->scratch->box;
    consent__event_row row = {
        .seq = e->seq, .at = e->at, .kind = consent__kind_table[e->kind].name};
    uint8_t nonce[CONSENT__BOX_NONCE];
    bool fits = false;
    consent_status st = compose(cx, w, e);
    if (st != CONSENT_OK)
        return st;
    if (subject) {
        consent__buf_reset(box);
        row.subject = subject->id;
        row.box_len = consent__box_size(buf->len);
        row.box = consent__buf_extend(box, row.box_len);
        st =
            row.box ? consent__pool_draw(cx, w->pool, nonce, sizeof nonce) : consent__no_memory(cx);
        if (st != CONSENT_OK)
            return st;
        fits = consent__event_seal(s, row.kind, row.seq, row.at, subject->uid, subject->key, nonce,
                                   buf->data, buf->len, box->data, row.commitment, row.leaf);
    } else {
        row.box = buf->data;
        row.box_len = buf->len;
        consent__commitment(buf->data, buf->data + CONSENT__NONCE, buf->len - CONSENT__NONCE,
                            row.commitment);
        fits = consent__leaf(row.seq, row.at, row.kind, row.commitment, row.leaf);
    }
    if (!fits)
        return consent__fail(cx, CONSENT_E_INTERNAL, "the leaf of an event does not fit");
    if (out_leaf)
        memcpy(out_leaf, row.leaf, CONSENT__HASH);
    return consent__append_row(cx, w, &row);
}

consent_status consent__append(const consent__cx *cx, consent__work *w,
                               const consent__subject *subject, consent__event *e,
                               uint8_t out_leaf[CONSENT__HASH]) {
    consent_status st = CONSENT_OK;
    stamp(w, subject, e);
    /* What is no event of one subject may concern everybody: erasing, publishing, stopping. */
    if (subject)
        consent__touch(&w->touched, subject->lookup);
    else
        w->touched.all = true;
    if (!consent__event_complete(e))
        return consent__fail(cx, CONSENT_E_INTERNAL, "an event %s is not complete",
                             consent__kind_table[e->kind].name);
    if (!consent__event_in_range(e))
        return consent__fail(cx, CONSENT_E_ARGUMENT,
                             "a time or number lies beyond what an event can carry (2255-06-05)");
    if (w->batch && subject && !out_leaf) {
        st = consent__batch_event(cx, w, subject, e);
    } else {
        if (w->batch)
            st = consent__batch_flush(cx, w);
        if (st == CONSENT_OK)
            st = append_now(cx, w, subject, e, out_leaf);
    }
    if (st == CONSENT_OK) {
        w->head.size++;
        w->head.at = e->at;
    }
    return st;
}

consent_status consent__append_again(const consent__cx *cx, consent__work *w,
                                     const consent__subject *subject,
                                     const consent__event_row *event, const uint8_t *nonce,
                                     const void *body, size_t n) {
    consent_store *s = w->store;
    consent__event_row row = *event;
    consent__buf *buf = &w->scratch->buf, *box = &w->scratch->box;
    consent_status st = CONSENT_OK;
    consent__buf_reset(buf);
    consent__buf_reset(box);
    if (nonce) {
        consent__buf_put(buf, nonce, CONSENT__NONCE);
        consent__buf_put(buf, body, n);
        row.box = buf->data;
        row.box_len = buf->len;
    }
    if (buf->failed)
        return consent__no_memory(cx);
    if (subject) {
        uint8_t ad[AD_MAX];
        size_t ad_n = event_ad(s, subject->uid, row.seq, row.at, row.kind, ad);
        st = consent__box_seal(cx, subject->key, ad, ad_n, buf->data, buf->len, box);
        row.subject = subject->id;
        row.box = box->data;
        row.box_len = box->len;
    }
    if (st == CONSENT_OK)
        st = consent__append_row(cx, w, &row);
    if (st == CONSENT_OK) {
        w->head.size++;
        w->head.at = row.at;
    }
    return st;
}

consent_status consent__append_apply(const consent__cx *cx, consent__work *w,
                                     consent__subject *subject, consent__event *e,
                                     uint8_t out_leaf[CONSENT__HASH]) {
    const consent__catalog *catalog = NULL;
    consent_status st = consent__work_catalog(cx, w, &catalog);
    if (st == CONSENT_OK)
        st = consent__append(cx, w, subject, e, out_leaf);
    if (st == CONSENT_OK)
        st = consent__state_apply(cx, &subject->state, catalog, e);
    if (st == CONSENT_OK && subject->held)
        consent__batch_changed(w, subject);
    else if (st == CONSENT_OK)
        st = consent__state_save(cx, w, subject);
    /* Whoever brings the fact: a dispute ends a running cancellation (annex a1.2). */
    return st == CONSENT_OK && e->kind == EV_FACT_PUT ? consent__cancel_disputed(cx, w, subject, e)
                                                      : st;
}

consent_status consent__attest(const consent__cx *cx, consent__work *w, consent__subject *guardian,
                               const uint8_t child[16], int64_t seq,
                               const uint8_t leaf[CONSENT__HASH]) {
    char hex[2 * CONSENT__HASH + 1];
    consent__event e = {.kind = EV_GUARDIAN_ATTESTED};
    consent__hex(leaf, CONSENT__HASH, hex);
    consent__event_set_uid(&e, F_child, child);
    CONSENT__SET_TEXT(&e, leaf, hex);
    CONSENT__SET(&e, event, seq);
    return consent__append_apply(cx, w, guardian, &e, NULL);
}

int64_t consent__event_open(const consent_store *s, const consent__event_row *row,
                            const uint8_t uid[16], const uint8_t key[CONSENT__KEY], uint8_t *out) {
    uint8_t ad[AD_MAX];
    if (strlen(row->kind) > AD_MAX - 53)
        return -1;
    size_t n = event_ad(s, uid, row->seq, row->at, row->kind, ad);
    return consent__box_open_into(key, ad, n, row->box, row->box_len, out);
}

consent_status consent__event_body(const consent__cx *cx, consent_store *s,
                                   const consent__event_row *row, const uint8_t uid[16],
                                   const uint8_t key[CONSENT__KEY], consent__buf *out,
                                   uint8_t out_nonce[CONSENT__NONCE]) {
    if (!row->box && row->subject)
        return consent__fail(cx, CONSENT_E_CORRUPT, "event %lld has lost its body",
                             (long long)row->seq);
    if (!row->box)
        return CONSENT_E_NOT_FOUND;
    size_t start = out->len;
    if (row->subject == 0) {
        consent__buf_put(out, row->box, row->box_len);
        if (out->failed)
            return consent__no_memory(cx);
    } else {
        uint8_t *room = consent__buf_extend(out, row->box_len);
        if (!room)
            return consent__no_memory(cx);
        int64_t n = consent__event_open(s, row, uid, key, room);
        out->len = start + (n < 0 ? 0 : (size_t)n);
        if (n < 0)
            return consent__fail(cx, CONSENT_E_SEAL, "the sealed body of event %lld does not open",
                                 (long long)row->seq);
    }
    if (out->len - start < CONSENT__NONCE)
        return consent__fail(cx, CONSENT_E_CORRUPT, "the body of event %lld is too short",
                             (long long)row->seq);
    if (out_nonce)
        memcpy(out_nonce, out->data + start, CONSENT__NONCE);
    /* Only the body stays. */
    memmove(out->data + start, out->data + start + CONSENT__NONCE,
            out->len - start - CONSENT__NONCE);
    out->len -= CONSENT__NONCE;
    return CONSENT_OK;
}
