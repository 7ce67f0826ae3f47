/* SPDX-License-Identifier: Apache-2.0 */
/* Beginning and end of the ledger: rows that the head does not count, whose store and key it is,
 * and what a checkpoint kept outside knows beyond the root. */
#include <string.h>

#include "flow/verify.h"
#include "util/text.h"
#include "json/event.h"

static consent_status beyond(const consent__cx *cx, void *user, const consent__event_row *row) {
    consent__verifying *v = user;
    (void)cx;
    consent__found(&v->findings, row->seq, "INSERTED",
                   row->seq < 0 ? "an event numbered %lld was put in before the first"
                                : "event %lld lies beyond the head",
                   (long long)row->seq);
    return CONSENT_OK;
}

static consent_status node_beyond(const consent__cx *cx, void *user, int64_t index,
                                  const uint8_t hash[32]) {
    (void)cx;
    (void)index;
    (void)hash;
    *(int64_t *)user += 1;
    return CONSENT_OK;
}

/* Nodes that no event has led to: kept are those of every 8th level, as far as they are full. A
 * writer that comes to such a place would be refused. */
static consent_status check_nodes(const consent__cx *cx, consent__verifying *v) {
    int64_t count = 0;
    consent_status st = CONSENT_OK;
    for (int32_t level = 0; level < 64 && st == CONSENT_OK; level++) {
        bool kept = level > 0 && level % CONSENT__TILE_LEVEL == 0;
        int64_t size = v->head_good && v->head.size > v->size ? v->head.size : v->size;
        st = v->store->engine->node_scan(cx, v->tx, level, kept ? size >> level : 0, INT64_MAX,
                                         node_beyond, &count);
    }
    if (st == CONSENT_E_CORRUPT) {
        consent__forget(cx);
        st = CONSENT_OK;
        count = 1;
    }
    if (count)
        consent__found(&v->findings, -1, "TREE_DIFFERS",
                       "%lld tree nodes belong to no event of the ledger", (long long)count);
    return st;
}

static consent_status check_beyond(const consent__cx *cx, consent__verifying *v) {
    const consent__engine *engine = v->store->engine;
    consent_status st = engine->event_scan(cx, v->tx, v->size, INT64_MAX, 0, false, beyond, v);
    if (st == CONSENT_OK)
        st = engine->event_scan(cx, v->tx, INT64_MIN, -1, 0, false, beyond, v);
    if (st == CONSENT_E_CORRUPT) {
        consent__forget(cx);
        consent__found(&v->findings, v->head.size, "UNREADABLE",
                       "what lies beyond the head cannot be read");
        st = CONSENT_OK;
    }
    return st;
}

static void check_last(consent__verifying *v) {
    const consent__part *last = v->part_count ? v->parts[v->part_count - 1] : NULL;
    if (v->head_good && v->size < v->head.size)
        consent__found(&v->findings, v->size, "TRUNCATED",
                       "the head counts %lld events, but those from %lld on are gone",
                       (long long)v->head.size, (long long)v->size);
    else if (v->head_good && last && last->any && last->last_seq == v->size - 1 &&
             last->last_at != v->head.at)
        consent__found(&v->findings, -1, "HEAD_DIFFERS",
                       "the head's time is not that of the last event");
}

/* Body of a store-level event, decoded; false (and no finding) when it is not there or not good:
 * that was told with its row. */
static bool clear_event(const consent__cx *cx, consent__verifying *v, int64_t seq, int32_t kind,
                        consent__event *out, consent_status *failed) {
    consent__event_row row;
    consent__cx quiet = {cx->env, NULL, cx->op};
    consent_status st = v->store->engine->event_get(&quiet, v->tx, seq, &row);
    if (st != CONSENT_OK || strcmp(row.kind, consent__kind_table[kind].name) != 0 || !row.box ||
        row.subject || row.box_len < CONSENT__NONCE) {
        if (st != CONSENT_OK && st != CONSENT_E_NOT_FOUND && st != CONSENT_E_CORRUPT)
            *failed = st;
        return false;
    }
    st = consent__event_decode(&quiet, (consent__event_kind)kind, seq, row.box + CONSENT__NONCE,
                               row.box_len - CONSENT__NONCE, &v->arena, out);
    if (st == CONSENT_E_MEMORY)
        *failed = st;
    return st == CONSENT_OK;
}

/* The key that an event names, when it is one of that generation's log. */
static bool key_read(const consent__cx *cx, consent__verifying *v, int64_t generation,
                     const char *vkey, uint8_t out[32]) {
    char origin[64], *name = NULL;
    consent__cx quiet = {cx->env, NULL, cx->op};
    consent__origin_at(v->store, generation, origin);
    return consent__note_vkey_parse(&quiet, vkey, &v->arena, &name, out) == CONSENT_OK &&
           strcmp(name, origin) == 0;
}

static consent_status key_add(const consent__cx *cx, consent__verifying *v, const uint8_t key[32]) {
    uint8_t(*more)[32] = consent__arena_get(&v->arena, (v->key_count + 1) * 32);
    if (!more)
        return consent__no_memory(cx);
    if (v->key_count)
        memcpy(more, v->keys, v->key_count * 32);
    memcpy(more[v->key_count++], key, 32);
    v->keys = more;
    return CONSENT_OK;
}

/* A new key counts when the key before it signed it. */
static bool rekey_signed(const consent__cx *cx, consent__verifying *v, int64_t generation,
                         const consent__event *e) {
    char origin[64];
    size_t text_n, key_n = strlen(e->key_);
    consent__cx quiet = {cx->env, NULL, cx->op};
    consent__origin_at(v->store, generation, origin);
    return v->key_count &&
           consent__note_open(&quiet, e->note_, strlen(e->note_), origin, v->keys[v->key_count - 1],
                              &text_n) == CONSENT_OK &&
           text_n > key_n + 1 && e->note_[text_n - 1] == '\n' &&
           memcmp(e->note_ + text_n - 1 - key_n, e->key_, key_n) == 0;
}

static consent_status follow_rekey(const consent__cx *cx, consent__verifying *v,
                                   const consent__event *e, int64_t seq, int64_t generation) {
    uint8_t key[32];
    if (!key_read(cx, v, generation, e->key_, key) || !rekey_signed(cx, v, generation, e)) {
        consent__found(&v->findings, seq, "WRONG_KEY",
                       "the new log key is not signed by the one before it");
        return CONSENT_OK;
    }
    return key_add(cx, v, key);
}

static void follow_restore(const consent__cx *cx, consent__verifying *v, const consent__event *e,
                           int64_t seq, int64_t *generation) {
    uint8_t key[32];
    if (e->generation_ != *generation + 1)
        consent__found(&v->findings, seq, "IDENTITY_DIFFERS",
                       "the generation does not follow the one before");
    *generation = e->generation_;
    if (!v->key_count || !key_read(cx, v, *generation, e->key_, key) ||
        memcmp(key, v->keys[v->key_count - 1], 32) != 0)
        consent__found(&v->findings, seq, "WRONG_KEY",
                       "the log key is not the one that the restored store had");
    /* A checkpoint of the first history beyond the backup is of events that are gone. */
    if (v->marked && v->mark_generation < *generation && v->mark_size > seq) {
        consent__found(&v->findings, seq, "ROLLED_BACK",
                       "the checkpoint covers %lld events; the backup that was restored here had "
                       "%lld",
                       (long long)v->mark_size, (long long)seq);
        v->marked = false;
    }
}

/* Key and generation as the ledger tells them, from its first event on. */
static consent_status follow(const consent__cx *cx, consent__verifying *v, int64_t *generation) {
    consent_status failed = CONSENT_OK;
    consent__event e;
    for (int64_t n = 0; n < v->part_count && failed == CONSENT_OK; n++)
        for (size_t i = 0; i < v->parts[n]->noted_count && failed == CONSENT_OK; i++) {
            const consent__noted *noted = &v->parts[n]->noted[i];
            if ((noted->kind != EV_STORE_RESTORED && noted->kind != EV_LEDGER_REKEYED) ||
                !clear_event(cx, v, noted->seq, noted->kind, &e, &failed))
                continue;
            if (noted->kind == EV_STORE_RESTORED)
                follow_restore(cx, v, &e, noted->seq, generation);
            else
                failed = follow_rekey(cx, v, &e, noted->seq, *generation);
        }
    return failed;
}

static consent_status check_identity(const consent__cx *cx, consent__verifying *v) {
    consent_status failed = CONSENT_OK;
    consent__event e;
    uint8_t key[32];
    int64_t generation = 1;
    if (clear_event(cx, v, 0, EV_STORE_CREATED, &e, &failed)) {
        if (strcmp(e.store_, v->store->id_text) != 0)
            consent__found(&v->findings, 0, "IDENTITY_DIFFERS",
                           "the ledger began in another store");
        if (key_read(cx, v, 1, e.key_, key))
            failed = key_add(cx, v, key);
    } else if (failed == CONSENT_OK) {
        consent__found(&v->findings, 0, "IDENTITY_DIFFERS",
                       "the ledger does not begin with the making of the store");
    }
    if (failed == CONSENT_OK)
        failed = follow(cx, v, &generation);
    if (failed == CONSENT_OK && generation != v->store->generation)
        consent__found(&v->findings, -1, "IDENTITY_DIFFERS",
                       "the store's generation is not the one its ledger tells");
    if (failed == CONSENT_OK)
        failed = consent__log_key(cx, v->store, v->tx, key);
    if (failed == CONSENT_E_SEAL || failed == CONSENT_E_KEY || failed == CONSENT_E_CORRUPT) {
        consent__forget(cx);
        consent__found(&v->findings, -1, "WRONG_KEY", "the log key does not open");
        return CONSENT_OK;
    }
    if (failed == CONSENT_OK && (!v->key_count || memcmp(key, v->keys[v->key_count - 1], 32) != 0))
        consent__found(&v->findings, 0, "WRONG_KEY",
                       "the log key is not the one the ledger names last");
    return failed == CONSENT_OK ? CONSENT_OK
           : failed == CONSENT_E_MEMORY
               ? consent__no_memory(cx)
               : consent__fail(cx, failed, "an event of the store cannot be read");
}

consent_status consent__verify_ends(const consent__cx *cx, consent__verifying *v) {
    consent_status st = check_beyond(cx, v);
    check_last(v);
    if (st == CONSENT_OK && v->tree_good)
        st = check_nodes(cx, v);
    if (st == CONSENT_OK)
        st = check_identity(cx, v);
    if (st == CONSENT_OK && v->marked && v->mark_size > v->size &&
        (!v->head_good || v->mark_size > v->head.size))
        consent__found(&v->findings, v->size, "ROLLED_BACK",
                       "the checkpoint covers %lld events, the ledger has %lld: its end was cut "
                       "off, or an older copy was put in its place",
                       (long long)v->mark_size, (long long)v->size);
    return st;
}
