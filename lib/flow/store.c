/* SPDX-License-Identifier: Apache-2.0 */
/* Creating, opening and closing a store. */
#include "flow/key.h"
#include "flow/whole.h"

#include <sched.h>
#include <string.h>
#include <unistd.h>

#include "util/text.h"

static consent_store *store_new(const consent__cx *cx, const consent__env *env) {
    consent_store *s = consent__alloc(env, sizeof *s);
    if (!s) {
        consent__no_memory(cx);
        return NULL;
    }
    s->env = *env;
    s->engine = consent__engine_sqlite();
    s->generation = 1;
    atomic_init(&s->refs, 1);
    pthread_mutex_init(&s->catalog_lock, NULL);
    pthread_mutex_init(&s->queue_lock, NULL);
    s->queue_clock = consent__cond_init(&s->queue_grown);
    pthread_mutex_init(&s->kept.lock, NULL);
    consent__handles_init(&s->handles);
    consent__bell_init(&s->bell);
    pthread_mutex_init(&s->close_lock, NULL);
    pthread_mutex_init(&s->sign_lock, NULL);
    for (int i = 0; i < CONSENT__SCRATCH; i++) {
        s->scratch[i].pooled = true;
        atomic_flag_clear(&s->scratch[i].taken);
        consent__arena_init(&s->scratch[i].arena, &s->env);
        consent__buf_init(&s->scratch[i].buf, &s->env);
        consent__buf_init(&s->scratch[i].box, &s->env);
    }
    return s;
}

static void store_destroy(consent_store *s) {
    consent__snapshot_release(s->snapshot);
    consent__signer_free(s->signer);
    consent__keys_free(s->keys);
    if (s->cache) {
        s->engine->pulse_close(&s->cache->pulse);
        consent__cache_free(s->cache);
    }
    consent__handles_destroy(&s->handles, &s->env);
    for (int i = 0; i < CONSENT__SCRATCH; i++) {
        consent__arena_free(&s->scratch[i].arena);
        consent__buf_wipe_free(&s->scratch[i].buf);
        consent__buf_free(&s->scratch[i].box);
    }
    pthread_mutex_destroy(&s->catalog_lock);
    pthread_mutex_destroy(&s->queue_lock);
    pthread_cond_destroy(&s->queue_grown);
    pthread_mutex_destroy(&s->kept.lock);
    consent__bell_destroy(&s->bell);
    pthread_mutex_destroy(&s->close_lock);
    pthread_mutex_destroy(&s->sign_lock);
    consent__env env = s->env;
    consent__release(&env, s->evidence);
    consent__release(&env, s);
}

/* ---- create ---- */

typedef struct birth {
    consent_store *store;
    const consent_options *options;
    consent__master *master; /* guarded memory */
    uint8_t root[CONSENT__WRAP], log[CONSENT__WRAP];
    size_t log_len;
    int64_t owed;                /* by an erasure, when it was opened */
    const consent__identity *as; /* NULL: one of its own */
    consent__work_fn again;      /* fills a store that takes another's place */
    void *user;
} birth;

#define EVIDENCE "evidence" /* meta: 'w' whole or 'p' part, then the signed head */

static consent_status put_identity(const consent__cx *cx, consent__tx *tx, const birth *b) {
    const consent_store *s = b->store;
    uint8_t generation[8];
    consent__put64le(generation, (uint64_t)s->generation);
    const struct {
        const char *key;
        const void *value;
        size_t n;
    } rows[] = {
        {"store_id", s->id, 16},
        {"log_key", b->log, b->log_len},
        {"generation", generation, 8},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        consent_status st = s->engine->meta_put(cx, tx, rows[i].key, rows[i].value, rows[i].n);
        if (st != CONSENT_OK)
            return st;
    }
    if (b->as) {
        consent__buf mark;
        consent__buf_init(&mark, &s->env);
        consent__buf_byte(&mark, b->as->part ? 'p' : 'w');
        consent__buf_put(&mark, b->as->evidence, b->as->evidence_len);
        consent_status st = mark.failed
                                ? consent__no_memory(cx)
                                : s->engine->meta_put(cx, tx, EVIDENCE, mark.data, mark.len);
        consent__buf_free(&mark);
        if (st != CONSENT_OK)
            return st;
    }
    return consent__master_put(cx, b->store, tx, b->master, b->root);
}

/* What another store recorded, under this one's keys. */
static consent_status fill_again(const consent__cx *cx, consent__work *w, const birth *b) {
    consent_status st = b->again(cx, w, b->user);
    if (st == CONSENT_OK) {
        w->head.frontier_len = consent__tree_encode(&w->tree, w->head.frontier);
        st = b->store->engine->head_put(cx, w->tx, &w->head);
    }
    consent__snapshot_release(w->snapshot);
    return st;
}

static consent_status fill(const consent__cx *cx, consent__tx *tx, void *user) {
    birth *b = user;
    consent_store *s = b->store;
    consent_status st = put_identity(cx, tx, b);
    if (st != CONSENT_OK)
        return st;
    consent__scratch *scratch = consent__scratch_take(s);
    if (!scratch)
        return consent__no_memory(cx);
    consent__pool none = {0};
    consent__work w = {.store = s, .tx = tx, .scratch = scratch, .pool = &none};
    w.clock = w.now = consent__clock(&s->env);
    consent__tree_init(&w.tree);
    if (b->as) {
        st = fill_again(cx, &w, b);
        consent__scratch_give(s, scratch);
        return st;
    }
    consent__event e = {.kind = EV_STORE_CREATED};
    uint8_t public_key[32];
    consent__log_public(s, public_key);
    char origin[64];
    consent__origin(s, origin);
    consent__buf vkey;
    consent__buf_init(&vkey, &s->env);
    consent__note_vkey(&vkey, origin, public_key);
    const char *key = consent__buf_cstr(&vkey);
    CONSENT__SET_TEXT(&e, store, s->id_text);
    CONSENT__SET_TEXT(&e, key, key);
    st = key ? consent__append(cx, &w, NULL, &e, NULL) : consent__no_memory(cx);
    if (st == CONSENT_OK) {
        w.head.frontier_len = consent__tree_encode(&w.tree, w.head.frontier);
        st = s->engine->head_put(cx, tx, &w.head);
    }
    consent__buf_free(&vkey);
    consent__scratch_give(s, scratch);
    return st;
}

void consent__origin(const consent_store *s, char out[64]) {
    consent__origin_at(s, s->generation, out);
}

void consent__origin_at(const consent_store *s, int64_t g, char out[64]) {
    char digits[21];
    int n = 0;
    do
        digits[n++] = (char)('0' + g % 10);
    while ((g /= 10) > 0);
    memcpy(out, "libconsent/", 11);
    memcpy(out + 11, s->id_text, 32);
    out[43] = '/';
    for (int i = 0; i < n; i++)
        out[44 + i] = digits[n - 1 - i];
    out[44 + n] = '\0';
}

static consent_status make_identity(const consent__cx *cx, birth *b) {
    consent_store *s = b->store;
    consent_status st = consent__master_new(cx, b->options, b->master);
    if (st == CONSENT_OK && b->as)
        memcpy(s->id, b->as->id, 16);
    else if (st == CONSENT_OK)
        st = consent__random(cx, s->id, 16);
    if (b->as)
        s->generation = b->as->generation;
    if (st == CONSENT_OK)
        st = consent__keys_new(cx, b->master->key, s->id, b->root, &s->keys);
    consent__hex(s->id, 16, s->id_text);
    if (b->as) {
        memcpy(b->log, b->as->log_public, CONSENT__LOG_OUTSIDE);
        b->log_len = CONSENT__LOG_OUTSIDE;
    } else if (st == CONSENT_OK) {
        st = consent__log_new(cx, s, b->options, b->log, &b->log_len);
    }
    if (st == CONSENT_OK)
        consent__keys_id(s->keys, s->key_id);
    return st;
}

consent_status consent__store_create(const consent__cx *cx, const char *path,
                                     const consent_options *o, consent_store **out) {
    return consent__store_create_as(cx, path, o, NULL, NULL, NULL, out);
}

consent_status consent__store_create_as(const consent__cx *cx, const char *path,
                                        const consent_options *o, const consent__identity *as,
                                        consent__work_fn again, void *user, consent_store **out) {
    birth b = {
        .store = store_new(cx, cx->env), .options = o, .as = as, .again = again, .user = user};
    if (!b.store)
        return CONSENT_E_MEMORY;
    consent_status st = consent__seal_init(cx);
    if (st == CONSENT_OK) {
        b.master = consent__secret_new(sizeof *b.master);
        st = b.master ? make_identity(cx, &b) : consent__no_memory(cx);
    }
    if (st == CONSENT_OK)
        st = b.store->engine->create(cx, path, fill, &b);
    if (st == CONSENT_OK) {
        st = consent__store_open(cx, path, o, out);
        if (st != CONSENT_OK) /* nobody was told of it yet */
            b.store->engine->remove(cx, path);
    }
    /* A key file that this call made for a store that did not come to be is taken away again. */
    if (st != CONSENT_OK && b.master)
        consent__master_undo(o, b.master);
    consent__secret_free(b.master);
    store_destroy(b.store);
    return st;
}

/* ---- open ---- */

/* Whether the store is evidence of another one. */
static consent_status read_evidence(const consent__cx *cx, consent_store *s, consent__tx *tx) {
    consent__buf b;
    consent__buf_init(&b, &s->env);
    consent_status st = s->engine->meta_get(cx, tx, EVIDENCE, &b);
    if (st == CONSENT_E_NOT_FOUND)
        return CONSENT_OK;
    if (st == CONSENT_OK && (b.failed || !(s->evidence = consent__alloc(&s->env, b.len + 1))))
        st = consent__no_memory(cx);
    if (st == CONSENT_OK && b.len > 0) {
        s->evidence_part = b.data[0] == 'p';
        s->evidence_len = b.len - 1;
        memcpy(s->evidence, b.data + 1, b.len - 1);
    }
    consent__buf_free(&b);
    return st;
}

consent_status consent__meta_read(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                  const char *key, void *out, size_t most, size_t *n) {
    consent__buf b;
    consent__buf_init(&b, &s->env);
    consent_status st = s->engine->meta_get(cx, tx, key, &b);
    if (st == CONSENT_OK && b.failed)
        st = consent__no_memory(cx);
    if (st == CONSENT_OK && (n ? b.len > 0 && b.len <= most : b.len == most)) {
        memcpy(out, b.data, b.len);
        if (n)
            *n = b.len;
    } else if (st == CONSENT_OK || st == CONSENT_E_NOT_FOUND) {
        st = consent__fail(cx, CONSENT_E_CORRUPT, "the store's %s is missing or damaged", key);
    }
    consent__buf_free(&b);
    return st;
}

consent_status consent__head_read(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                  consent__head *out) {
    consent_status st = s->engine->head_get(cx, tx, out);
    return st == CONSENT_E_NOT_FOUND
               ? consent__fail(cx, CONSENT_E_CORRUPT, "the ledger's head is missing")
               : st;
}

static consent_status read_identity(const consent__cx *cx, consent_store *s, birth *b) {
    consent__tx *tx = NULL;
    uint8_t generation[8];
    consent__head head;
    consent_status st = s->engine->read_begin(cx, s->db, &tx);
    if (st != CONSENT_OK)
        return st;
    st = consent__meta_read(cx, s, tx, "store_id", s->id, 16, NULL);
    if (st == CONSENT_OK)
        st = consent__master_get(cx, s, tx, b->master, b->root);
    if (st == CONSENT_OK)
        st = consent__meta_read(cx, s, tx, "log_key", b->log, sizeof b->log, &b->log_len);
    if (st == CONSENT_OK)
        st = consent__meta_read(cx, s, tx, "generation", generation, 8, NULL);
    if (st == CONSENT_OK)
        st = read_evidence(cx, s, tx);
    if (st == CONSENT_OK) /* a store without a head opens, so that the verifier can say so */
        st = s->engine->head_get(cx, tx, &head);
    if (st == CONSENT_E_NOT_FOUND) {
        memset(&head, 0, sizeof head);
        st = CONSENT_OK;
    }
    s->engine->read_end(tx);
    if (st != CONSENT_OK)
        return st;
    s->generation = (int64_t)consent__get64le(generation);
    b->owed = head.owed;
    consent__hex(s->id, 16, s->id_text);
    return CONSENT_OK;
}

static consent_status open_keys(const consent__cx *cx, consent_store *s, const birth *b) {
    consent_status st = consent__master_open(cx, b->options, b->master);
    if (st == CONSENT_OK)
        st = consent__keys_open(cx, b->master->key, s->id, b->root, &s->keys);
    if (st == CONSENT_OK)
        st = consent__log_open(cx, s, b->options, b->log, b->log_len);
    if (b->log_len <= sizeof s->signer_wrap)
        memcpy(s->signer_wrap, b->log, b->log_len);
    s->plan = b->options->plan;
    s->helpers = b->options->helpers;
    if (st == CONSENT_OK)
        consent__keys_id(s->keys, s->key_id);
    return st;
}

static consent_status make_cache(const consent__cx *cx, consent_store *s,
                                 const consent_options *o) {
    s->cache =
        consent__cache_new(&s->env, o->cache < 0 ? CONSENT__CACHE_DEFAULT : (size_t)o->cache);
    if (!s->cache)
        return consent__no_memory(cx);
    consent__pulse pulse;
    s->engine->pulse_open(s->db, &pulse);
    consent__cache_watch(s->cache, &pulse);
    return CONSENT_OK;
}

static consent_status open_store(const consent__cx *given, const char *path,
                                 const consent_options *o, bool settles, consent_store **out) {
    birth b = {.store = store_new(given, given->env), .options = o};
    consent_store *s = b.store;
    if (!s)
        return CONSENT_E_MEMORY;
    /* What is opened outlives the options: it keeps the store's environment, not theirs. */
    const consent__cx own = {&s->env, given->err, given->op}, *cx = &own;
    consent_status st = consent__seal_init(cx);
    if (st == CONSENT_OK && !(b.master = consent__secret_new(sizeof *b.master)))
        st = consent__no_memory(cx);
    if (st == CONSENT_OK)
        st = s->engine->open(cx, path, o->wait_ms, 0, &s->db);
    if (st == CONSENT_OK)
        st = read_identity(cx, s, &b);
    if (st == CONSENT_OK)
        st = open_keys(cx, s, &b);
    consent__secret_free(b.master);
    if (st == CONSENT_OK)
        st = make_cache(cx, s, o);
    if (st == CONSENT_OK) {
        s->engine->hold_reads(s->db, o->hold_reads);
        if (settles)
            consent__settle(s, b.owed);
        *out = s;
        return CONSENT_OK;
    }
    const consent__cx quiet = {&s->env, NULL, cx->op};
    if (s->db)
        s->engine->close(&quiet, s->db);
    store_destroy(s);
    return st;
}

consent_status consent__store_open(const consent__cx *cx, const char *path,
                                   const consent_options *o, consent_store **out) {
    return open_store(cx, path, o, true, out);
}

consent_status consent__store_open_quietly(const consent__cx *cx, const char *path,
                                           const consent_options *o, consent_store **out) {
    return open_store(cx, path, o, false, out);
}

/* ---- use and close ---- */

consent_status consent__enter(const consent__cx *cx, consent_store *store) {
    if (!store)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "the store is NULL");
    atomic_fetch_add(&store->in_flight, 1);
    if (!atomic_load(&store->closed))
        return CONSENT_OK;
    atomic_fetch_sub(&store->in_flight, 1);
    return consent__fail(cx, CONSENT_E_CLOSED, "the store was closed");
}

void consent__leave(consent_store *store) {
    atomic_fetch_sub(&store->in_flight, 1);
}

consent_status consent__store_close(const consent__cx *cx, consent_store *store) {
    if (!store)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "the store is NULL");
    if (store->bell.pid != (int64_t)getpid()) {
        /* A forked child: the threads that were inside a call, or held a lock, are not here to wait
         * for, and the file is the parent's. */
        atomic_store(&store->closed, true);
        consent_status forgotten = store->engine->close(cx, store->db);
        store->db = NULL;
        return forgotten;
    }
    pthread_mutex_lock(&store->close_lock);
    if (!store->db) {
        pthread_mutex_unlock(&store->close_lock);
        return CONSENT_DONE;
    }
    atomic_store(&store->closed, true);
    consent__cache_off(store->cache);
    consent__bell_ring(&store->bell);
    while (atomic_load(&store->in_flight) > 0)
        sched_yield();
    consent_status kept = consent__checkpoint_close(cx, store);
    consent_status st = store->engine->close(cx, store->db);
    if (st == CONSENT_OK)
        st = kept;
    store->db = NULL;
    pthread_mutex_unlock(&store->close_lock);
    return st;
}

void consent__store_release(consent_store *store) {
    if (!store || atomic_fetch_sub(&store->refs, 1) != 1)
        return;
    consent__cx quiet = {&store->env, NULL, "store free"};
    (void)consent__store_close(&quiet, store);
    store_destroy(store);
}
