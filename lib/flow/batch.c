/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/batch.h"

#include <stddef.h>
#include <string.h>

#include "util/crew.h"
#include "util/text.h"
#include "json/event.h"

#define BUNCH 128 /* boxes sealed in one go */
#define HELD 4096 /* subjects in memory at once */

typedef enum held_stage { WANTED, ABSENT, READ, READY } held_stage;

/* A subject, from its look-up to its changed state. */
typedef struct held {
    held_stage stage;
    int64_t opened; /* READ: bytes of the opened state, -1: it does not open */
    uint8_t *box;   /* READ: of the state; opened in place */
    size_t box_len;
    int64_t seq;
    consent__subject subject;
} held;

/* A box on its way: of an event, or (kind NULL) of a subject's state. */
typedef struct sealing {
    const char *kind;
    const held *of; /* of a state */
    int64_t seq, at, number;
    uint8_t uid[CONSENT__UID], key[CONSENT__KEY];
    uint8_t nonce[CONSENT__BOX_NONCE];
    size_t plain, plain_len, box, box_len; /* in the bunch's buffers */
    bool fits;
    uint8_t commitment[CONSENT__HASH], leaf[CONSENT__HASH];
} sealing;

typedef struct bunch {
    const consent_store *store;
    size_t count;
    consent__buf plain, box;
    sealing v[BUNCH];
} bunch;

struct consent__batch {
    consent__crew *crew;
    const consent_store *store;
    /* Of all places: */
    consent__arena places;
    const char *const *ids;
    uint8_t (*lookup)[CONSENT__LOOKUP];
    size_t count;
    uint32_t *place; /* -> held; UINT32_MAX: none */
    /* Of what is held: */
    consent__arena arena;
    held *held;
    size_t held_count;
    uint32_t *table, *order; /* numbers of `held` by look-up: 0 free, else one more; and in order */
    size_t table_cap;
    uint32_t *changed;
    size_t changed_count;
    bunch *bunch[2]; /* one is filled; the other is being sealed, or empty */
    int filling;
};

/* ---- beginning and ending ---- */

static void bunch_free(const consent__env *env, bunch *b) {
    if (!b)
        return;
    consent__buf_wipe_free(&b->plain);
    consent__buf_free(&b->box);
    consent__wipe(b->v, sizeof b->v);
    consent__release(env, b);
}

static bunch *bunch_new(const consent_store *s) {
    bunch *b = consent__alloc(&s->env, sizeof *b);
    if (!b)
        return NULL;
    b->store = s;
    consent__buf_init(&b->plain, &s->env);
    consent__buf_init(&b->box, &s->env);
    return b;
}

consent_status consent__batch_begin(const consent__cx *cx, consent__work *w, int32_t helpers) {
    const consent_store *s = w->store;
    consent__batch *b = consent__alloc(&s->env, sizeof *b);
    if (!b)
        return consent__no_memory(cx);
    w->batch = b;
    w->pool->ahead = sizeof w->pool->bytes;
    b->store = s;
    consent__arena_init(&b->places, &s->env);
    consent__arena_init(&b->arena, &s->env);
    b->crew = consent__crew_new(&s->env, helpers);
    b->bunch[0] = bunch_new(s);
    b->bunch[1] = bunch_new(s);
    if (b->crew && b->bunch[0] && b->bunch[1])
        return CONSENT_OK;
    consent__batch_end(w);
    return consent__no_memory(cx);
}

void consent__batch_end(consent__work *w) {
    consent__batch *b = w->batch;
    if (!b)
        return;
    w->batch = NULL;
    consent__crew_free(b->crew);
    bunch_free(&b->store->env, b->bunch[0]);
    bunch_free(&b->store->env, b->bunch[1]);
    consent__arena_wipe_free(&b->places);
    consent__arena_wipe_free(&b->arena);
    consent__release(&b->store->env, b);
}

/* ---- reading ---- */

static void lookup_step(void *user, size_t i) {
    consent__batch *b = user;
    if (b->ids[i])
        consent__lookup(b->store->keys, b->ids[i], strlen(b->ids[i]), b->lookup[i]);
}

consent_status consent__batch_place(const consent__cx *cx, consent__work *w, const char *const *ids,
                                    size_t count) {
    consent__batch *b = w->batch;
    consent__arena_wipe_free(&b->places);
    b->ids = ids;
    b->count = count;
    b->place = consent__arena_get(&b->places, count * sizeof *b->place);
    b->lookup = consent__arena_get(&b->places, count * sizeof *b->lookup);
    if (!b->place || !b->lookup)
        return consent__no_memory(cx);
    consent__crew_start(b->crew, lookup_step, b, count);
    consent__crew_finish(b->crew);
    return CONSENT_OK;
}

static uint32_t leading(const uint8_t *p) {
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* Look-ups are spread evenly, and the table keeps them nearly in their order: walking it walks the
 * file. The slot of this one, or where it would go. */
static size_t find_slot(const consent__batch *b, const uint8_t lookup[CONSENT__LOOKUP]) {
    size_t slot = (size_t)((uint64_t)leading(lookup) * b->table_cap >> 32);
    while (b->table[slot] &&
           memcmp(b->held[b->table[slot] - 1].subject.lookup, lookup, CONSENT__LOOKUP) != 0)
        slot = slot + 1 < b->table_cap ? slot + 1 : 0;
    return slot;
}

/* Its number in `held`; UINT32_MAX: there is no room for one more. */
static uint32_t hold(consent__batch *b, const uint8_t lookup[CONSENT__LOOKUP]) {
    size_t slot = find_slot(b, lookup);
    if (b->table[slot])
        return b->table[slot] - 1;
    if (b->held_count == HELD)
        return UINT32_MAX;
    memcpy(b->held[b->held_count].subject.lookup, lookup, CONSENT__LOOKUP);
    b->table[slot] = (uint32_t)++b->held_count;
    return b->table[slot] - 1;
}

static consent_status make_room(const consent__cx *cx, consent__batch *b, size_t places) {
    consent__arena *a = &b->arena;
    size_t most = places < HELD ? places : HELD;
    consent__arena_wipe_free(a);
    b->held_count = b->changed_count = 0;
    b->table_cap = 2 * most + 1;
    b->held = consent__arena_get(a, most * sizeof *b->held);
    b->table = consent__arena_get(a, b->table_cap * sizeof *b->table);
    b->order = consent__arena_get(a, most * sizeof *b->order);
    b->changed = consent__arena_get(a, most * sizeof *b->changed);
    if (b->held && b->table && b->order && b->changed)
        return CONSENT_OK;
    b->table_cap = 0;
    return consent__no_memory(cx);
}

/* As many places from `first` on as there is room for; the place after the last. */
static size_t hold_places(consent__batch *b, size_t first) {
    size_t i = first;
    for (; i < b->count; i++) {
        b->place[i] = UINT32_MAX;
        if (!b->ids[i])
            continue;
        b->place[i] = hold(b, b->lookup[i]);
        if (b->place[i] == UINT32_MAX)
            break;
    }
    return i;
}

static consent_status read_row(const consent__cx *cx, consent__work *w, held *h) {
    consent__batch *b = w->batch;
    consent__subject_row row;
    consent_status st = b->store->engine->subject_get(cx, w->tx, h->subject.lookup, &row);
    if (st == CONSENT_E_NOT_FOUND) {
        h->stage = ABSENT;
        return CONSENT_OK;
    }
    if (st != CONSENT_OK)
        return st;
    h->box = consent__arena_get(&b->arena, row.box_len);
    if (!h->box)
        return consent__no_memory(cx);
    memcpy(h->box, row.box, row.box_len);
    h->box_len = row.box_len;
    h->seq = row.seq;
    h->subject.id = row.subject;
    h->subject.held = true;
    memcpy(h->subject.uid, row.uid, CONSENT__UID);
    memcpy(h->subject.salt, row.salt, CONSENT__SALT);
    h->stage = READ;
    return CONSENT_OK;
}

/* Where the box lies its plain bytes come to lie. */
static void open_box(const consent_store *s, held *h) {
    if (h->stage == READ)
        h->opened = consent__state_unseal(s, &h->subject, h->seq, h->box, h->box_len,
                                          h->box + CONSENT__BOX_NONCE);
}

typedef struct opening {
    consent__batch *batch;
    size_t first; /* of the order */
} opening;

static void open_step(void *user, size_t i) {
    const opening *o = user;
    open_box(o->batch->store, &o->batch->held[o->batch->order[o->first + i]]);
}

consent_status consent__batch_load(const consent__cx *cx, consent__work *w, size_t first_place,
                                   size_t *end_place) {
    consent__batch *b = w->batch;
    consent_status st = make_room(cx, b, b->count - first_place);
    if (st != CONSENT_OK)
        return st;
    *end_place = hold_places(b, first_place);
    size_t n = 0;
    for (size_t i = 0; i < b->table_cap; i++)
        if (b->table[i])
            b->order[n++] = b->table[i] - 1;
    opening round[2];
    for (size_t first = 0, turn = 0; first < n && st == CONSENT_OK; first += BUNCH, turn ^= 1) {
        size_t end = n - first < BUNCH ? n : first + BUNCH;
        for (size_t i = first; i < end && st == CONSENT_OK; i++)
            st = read_row(cx, w, &b->held[b->order[i]]);
        round[turn] = (opening){b, first};
        if (st == CONSENT_OK)
            consent__crew_start(b->crew, open_step, &round[turn], end - first);
    }
    consent__crew_finish(b->crew);
    return st;
}

consent_status consent__batch_subject(const consent__cx *cx, consent__work *w, size_t place,
                                      consent__subject **out) {
    consent__batch *b = w->batch;
    held *h = &b->held[b->place[place]];
    consent_status st = CONSENT_OK;
    if (h->stage == WANTED) {
        st = read_row(cx, w, h);
        open_box(b->store, h);
    }
    if (st == CONSENT_OK && h->stage == ABSENT)
        return consent__fail(cx, CONSENT_E_NOT_FOUND, "the subject is not registered");
    if (st == CONSENT_OK && h->stage == READ)
        st =
            consent__state_read(cx, &h->subject, h->box + CONSENT__BOX_NONCE, h->opened, &b->arena);
    if (st != CONSENT_OK)
        return st;
    h->stage = READY;
    *out = &h->subject;
    return CONSENT_OK;
}

/* ---- sealing ---- */

static void seal_step(void *user, size_t i) {
    bunch *b = user;
    sealing *s = &b->v[i];
    const uint8_t *plain = b->plain.data + s->plain;
    uint8_t *box = b->box.data + s->box;
    if (s->kind)
        s->fits = consent__event_seal(b->store, s->kind, s->seq, s->at, s->uid, s->key, s->nonce,
                                      plain, s->plain_len, box, s->commitment, s->leaf);
    else
        consent__state_seal(b->store, s->uid, s->key, s->seq, s->nonce, plain, s->plain_len, box);
}

static consent_status write_state(const consent__cx *cx, consent__work *w, const bunch *b,
                                  const sealing *s) {
    consent__subject_row row = {
        .subject = s->number, .seq = s->seq, .box = b->box.data + s->box, .box_len = s->box_len};
    memcpy(row.uid, s->uid, CONSENT__UID);
    memcpy(row.salt, s->of->subject.salt, CONSENT__SALT);
    memcpy(row.lookup, s->of->subject.lookup, CONSENT__LOOKUP);
    return b->store->engine->state_put(cx, w->tx, &row);
}

static consent_status write_event(const consent__cx *cx, consent__work *w, const bunch *b,
                                  const sealing *s) {
    consent__event_row row = {.seq = s->seq,
                              .at = s->at,
                              .kind = s->kind,
                              .subject = s->number,
                              .box = b->box.data + s->box,
                              .box_len = s->box_len};
    if (!s->fits)
        return consent__fail(cx, CONSENT_E_INTERNAL, "the leaf of an event does not fit");
    memcpy(row.commitment, s->commitment, CONSENT__HASH);
    memcpy(row.leaf, s->leaf, CONSENT__HASH);
    return consent__append_row(cx, w, &row);
}

static consent_status write_bunch(const consent__cx *cx, consent__work *w, bunch *b) {
    consent_status st = CONSENT_OK;
    for (size_t i = 0; i < b->count && st == CONSENT_OK; i++)
        st = b->v[i].kind ? write_event(cx, w, b, &b->v[i]) : write_state(cx, w, b, &b->v[i]);
    consent__wipe(b->v, b->count * sizeof *b->v);
    if (b->plain.len)
        consent__wipe(b->plain.data, b->plain.len);
    consent__buf_reset(&b->plain);
    consent__buf_reset(&b->box);
    b->count = 0;
    return st;
}

/* The full bunch is handed out for sealing; the one sealed before it is written meanwhile. */
static consent_status turn(const consent__cx *cx, consent__work *w) {
    consent__batch *b = w->batch;
    bunch *full = b->bunch[b->filling], *sealed = b->bunch[!b->filling];
    for (size_t i = 0; i < full->count; i++) {
        sealing *s = &full->v[i];
        s->box_len = consent__box_size(s->plain_len);
        s->box = full->box.len;
        if (!consent__buf_extend(&full->box, s->box_len))
            return consent__no_memory(cx);
    }
    consent__crew_start(b->crew, seal_step, full, full->count);
    b->filling = !b->filling;
    return write_bunch(cx, w, sealed);
}

consent_status consent__batch_flush(const consent__cx *cx, consent__work *w) {
    consent__batch *b = w->batch;
    consent_status st = turn(cx, w);
    if (st != CONSENT_OK)
        return st;
    consent__crew_finish(b->crew);
    return write_bunch(cx, w, b->bunch[!b->filling]);
}

/* A place in the bunch that is being filled. */
static consent_status next_sealing(const consent__cx *cx, consent__work *w,
                                   const consent__subject *subject, sealing **out) {
    consent__batch *b = w->batch;
    consent_status st = CONSENT_OK;
    if (b->bunch[b->filling]->count == BUNCH)
        st = turn(cx, w);
    bunch *to = b->bunch[b->filling];
    sealing *s = &to->v[to->count];
    if (st == CONSENT_OK)
        st = consent__pool_draw(cx, w->pool, s->nonce, sizeof s->nonce);
    if (st != CONSENT_OK)
        return st;
    s->number = subject->id;
    memcpy(s->uid, subject->uid, CONSENT__UID);
    memcpy(s->key, subject->key, CONSENT__KEY);
    s->plain = to->plain.len;
    *out = s;
    return CONSENT_OK;
}

static consent_status filled(const consent__cx *cx, consent__batch *b, sealing *s) {
    bunch *to = b->bunch[b->filling];
    if (to->plain.failed)
        return consent__no_memory(cx);
    s->plain_len = to->plain.len - s->plain;
    to->count++;
    return CONSENT_OK;
}

consent_status consent__batch_event(const consent__cx *cx, consent__work *w,
                                    const consent__subject *subject, const consent__event *e) {
    consent__batch *b = w->batch;
    sealing *s = NULL;
    consent_status st = next_sealing(cx, w, subject, &s);
    if (st != CONSENT_OK)
        return st;
    s->kind = consent__kind_table[e->kind].name;
    s->seq = e->seq;
    s->at = e->at;
    consent__buf *plain = &b->bunch[b->filling]->plain;
    uint8_t *nonce = consent__buf_extend(plain, CONSENT__NONCE);
    if (!nonce)
        return consent__no_memory(cx);
    st = consent__pool_draw(cx, w->pool, nonce, CONSENT__NONCE);
    if (st != CONSENT_OK)
        return st;
    consent__event_encode(e, plain);
    return filled(cx, b, s);
}

static consent_status put_state(const consent__cx *cx, consent__work *w, const held *h) {
    consent__batch *b = w->batch;
    sealing *s = NULL;
    consent_status st = next_sealing(cx, w, &h->subject, &s);
    if (st != CONSENT_OK)
        return st;
    s->kind = NULL;
    s->of = h;
    s->seq = h->subject.state.seq;
    consent__state_encode(&h->subject.state, &b->bunch[b->filling]->plain);
    return filled(cx, b, s);
}

/* In the order of the file, when they are many. */
consent_status consent__batch_settle(const consent__cx *cx, consent__work *w) {
    consent__batch *b = w->batch;
    bool few = b->changed_count < b->held_count / 8;
    size_t n = few ? b->changed_count : b->held_count;
    consent_status st = CONSENT_OK;
    for (size_t i = 0; i < n && st == CONSENT_OK; i++) {
        held *h = &b->held[few ? b->changed[i] : b->order[i]];
        if (!h->subject.changed)
            continue;
        h->subject.changed = false;
        st = put_state(cx, w, h);
    }
    b->changed_count = 0;
    return st == CONSENT_OK ? consent__batch_flush(cx, w) : st;
}

void consent__batch_changed(consent__work *w, consent__subject *subject) {
    consent__batch *b = w->batch;
    const held *h = (const held *)(const void *)((const char *)subject - offsetof(held, subject));
    if (!subject->changed)
        b->changed[b->changed_count++] = (uint32_t)(h - b->held);
    subject->changed = true;
}

void consent__batch_forget(consent__work *w, const uint8_t lookup[CONSENT__LOOKUP]) {
    consent__batch *b = w->batch;
    size_t slot = b->table_cap ? find_slot(b, lookup) : 0;
    if (b->table_cap && b->table[slot])
        b->held[b->table[slot] - 1].stage = WANTED;
}
