/* SPDX-License-Identifier: Apache-2.0 */
/* Verifying the ledger: all findings in one pass, on several threads where the ledger is long.
 * Reads one snapshot: what is written meanwhile is not looked at. */
#include "flow/verify.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "util/text.h"

#define THREADS_MAX 16
#define PARTS_PER_THREAD 4 /* shorter ledgers are done before a thread has begun */

typedef struct crew {
    consent__verifying *v;
    _Atomic int64_t next, done; /* parts */
    atomic_bool stop;
} crew;
typedef struct helper {
    pthread_t thread;
    bool started;
    crew *crew;
    consent__tx *tx;
    consent_status status;
    consent_error *error;
    const consent__cx *cx;
} helper;

/* ---- parts ---- */

static consent_status work(const consent__cx *cx, crew *c, consent__tx *tx, bool tells) {
    consent__verifying *v = c->v;
    consent_status st = CONSENT_OK;
    for (;;) {
        int64_t n = atomic_fetch_add(&c->next, 1);
        if (n >= v->part_count || atomic_load(&c->stop))
            break;
        st = consent__verify_part(cx, v, tx, n * CONSENT__PART, &v->parts[n]);
        if (st != CONSENT_OK) {
            atomic_store(&c->stop, true);
            break;
        }
        int64_t done = (atomic_fetch_add(&c->done, 1) + 1) * CONSENT__PART;
        if (tells && v->how->progress)
            v->how->progress(done < v->size ? done : v->size, v->size, v->how->progress_user);
    }
    return st;
}

static void *help(void *user) {
    helper *h = user;
    consent__cx cx = {h->cx->env, &h->error, h->cx->op};
    h->status = work(&cx, h->crew, h->tx, false);
    return NULL;
}

static int32_t threads_for(const consent__verifying *v) {
    int64_t n = v->how->threads;
    if (n <= 0)
        n = (int64_t)sysconf(_SC_NPROCESSORS_ONLN);
    if (n > v->part_count / PARTS_PER_THREAD)
        n = v->part_count / PARTS_PER_THREAD;
    return n < 1 ? 1 : n > THREADS_MAX ? THREADS_MAX : (int32_t)n;
}

/* A snapshot of the same ledger as ours; false when somebody wrote in between. */
static bool same_snapshot(const consent__cx *cx, consent__verifying *v, consent__db *db,
                          consent__tx **out) {
    consent__cx quiet = {cx->env, NULL, cx->op};
    consent__head head;
    if (v->store->engine->read_begin(&quiet, db, out) != CONSENT_OK) {
        *out = NULL;
        return false;
    }
    return v->store->engine->head_get(&quiet, *out, &head) == CONSENT_OK &&
           head.size == v->head.size;
}

static void join(const consent__cx *cx, helper *h, consent_status *st) {
    if (!h->started)
        return;
    (void)pthread_join(h->thread, NULL);
    if (h->status != CONSENT_OK && *st == CONSENT_OK) {
        *st = h->status;
        if (cx->err && !*cx->err) {
            *cx->err = h->error;
            h->error = NULL;
        }
    }
    consent_error_free(h->error);
}

/* Helpers read through connections of their own, so that checks find theirs free. Whatever keeps a
 * helper from starting costs time only. */
static consent_status work_together(const consent__cx *cx, consent__verifying *v, int32_t threads) {
    const consent__engine *engine = v->store->engine;
    consent__cx quiet = {cx->env, NULL, cx->op};
    helper helpers[THREADS_MAX] = {0};
    crew c = {.v = v};
    consent__db *db = NULL;
    if (threads > 1 &&
        engine->open(&quiet, engine->path(v->store->db), 0, threads - 1, &db) != CONSENT_OK)
        db = NULL;
    for (int32_t i = 0; db && i < threads - 1; i++) {
        helper *h = &helpers[i];
        h->crew = &c;
        h->cx = cx;
        h->started =
            same_snapshot(cx, v, db, &h->tx) && pthread_create(&h->thread, NULL, help, h) == 0;
    }
    consent_status st = work(cx, &c, v->tx, true);
    for (int32_t i = 0; i < threads - 1; i++) {
        join(cx, &helpers[i], &st);
        if (helpers[i].tx)
            engine->read_end(helpers[i].tx);
    }
    if (db)
        (void)engine->close(&quiet, db);
    return st;
}

static consent_status verify_parts(const consent__cx *cx, consent__verifying *v) {
    v->part_count = (v->size + CONSENT__PART - 1) / CONSENT__PART;
    v->parts = consent__alloc(cx->env, ((size_t)v->part_count + 1) * sizeof(consent__part *));
    if (!v->parts) {
        v->part_count = 0;
        return consent__no_memory(cx);
    }
    return work_together(cx, v, threads_for(v));
}

/* ---- the checkpoint kept outside ---- */

/* Its first line, when that names this store and a generation it had; 0 otherwise. Read, not tried
 * out: the stored generation may be any number. */
int64_t consent__own_generation(const consent_store *s, const char *note, size_t n,
                                char origin[64]) {
    char first[64];
    const char *end = memchr(note, '\n', n < sizeof first ? n : sizeof first - 1);
    size_t len = end ? (size_t)(end - note) : 0;
    if (len <= 44)
        return 0;
    memcpy(first, note, len);
    first[len] = '\0';
    int64_t g = strtoll(first + 44, NULL, 10);
    if (g < 1 || g > s->generation)
        return 0;
    consent__origin_at(s, g, origin);
    return strcmp(origin, first) == 0 ? g : 0;
}

static consent_status open_checkpoint(const consent__cx *cx, consent__verifying *v) {
    const consent__verify_how *how = v->how;
    char origin[64] = "", *name = origin;
    uint8_t key[32];
    consent__checkpoint point;
    if (!how->checkpoint)
        return CONSENT_OK;
    v->mark_generation =
        consent__own_generation(v->store, how->checkpoint, how->checkpoint_len, origin);
    consent__log_public(v->store, key);
    if (how->vkey) {
        consent_status st = consent__note_vkey_parse(cx, how->vkey, &v->arena, &name, key);
        if (st != CONSENT_OK)
            return st;
    } else if (!v->mark_generation) {
        consent__origin(v->store, origin);
    }
    consent_status st = consent__checkpoint_open(cx, how->checkpoint, how->checkpoint_len, name,
                                                 key, &v->arena, &point);
    if (st == CONSENT_E_SIGNATURE) {
        consent__forget(cx);
        consent__found(&v->findings, -1, "WRONG_KEY",
                       "the checkpoint is not signed by the log key of this store");
        return CONSENT_OK;
    }
    if (st != CONSENT_OK)
        return st;
    if (!v->mark_generation) {
        consent__found(&v->findings, -1, "WRONG_KEY", "the checkpoint is of another log");
        return CONSENT_OK;
    }
    v->marked = true;
    v->mark_size = point.size > INT64_MAX ? INT64_MAX : (int64_t)point.size;
    memcpy(v->mark_root, point.root, CONSENT__HASH);
    return CONSENT_OK;
}

/* ---- the whole ---- */

static consent_status finding_text(const consent__cx *cx, void *user, const char *text) {
    (void)cx;
    consent__found_text(user, text);
    return CONSENT_OK;
}

static consent_status read_head(const consent__cx *cx, consent__verifying *v) {
    int64_t last = -1;
    consent_status st = v->store->engine->event_last(cx, v->tx, &last);
    if (st == CONSENT_OK)
        st = v->store->engine->head_get(cx, v->tx, &v->head);
    v->size = last < 0 ? 0 : last + 1;
    if (st == CONSENT_E_NOT_FOUND || st == CONSENT_E_CORRUPT) {
        consent__forget(cx);
        consent__found(&v->findings, -1, "HEAD_DIFFERS", "the head is missing or cannot be read");
        memset(&v->head, 0, sizeof v->head);
        return CONSENT_OK;
    }
    if (st != CONSENT_OK)
        return st;
    v->head_good = v->head.size >= 0;
    v->tree_good = v->head_good && consent__tree_decode(&v->tree, (uint64_t)v->head.size,
                                                        v->head.frontier, v->head.frontier_len);
    if (!v->tree_good)
        consent__found(&v->findings, -1, "HEAD_DIFFERS", "the head is malformed");
    if (v->head_good && v->head.size < v->size)
        v->size = v->head.size;
    v->tree_good &= v->size == v->head.size;
    return CONSENT_OK;
}

static consent_status verify_all(const consent__cx *cx, consent__verifying *v) {
    consent_status st = read_head(cx, v);
    if (st == CONSENT_OK)
        st = open_checkpoint(cx, v);
    if (st == CONSENT_OK)
        st = verify_parts(cx, v);
    if (st == CONSENT_OK) /* before the tree: it knows which checkpoints are of gone events */
        st = consent__verify_ends(cx, v);
    if (st == CONSENT_OK)
        st = consent__verify_tree(cx, v);
    if (st == CONSENT_OK)
        st = consent__verify_order(cx, v);
    if (st == CONSENT_OK)
        st = consent__verify_checkpoints(cx, v);
    if (st == CONSENT_OK)
        st = consent__verify_catalog(cx, v);
    if (st != CONSENT_OK)
        return st;
    if (v->how->bodies)
        consent__verify_stubs(v);
    for (int64_t n = 0; n < v->part_count; n++)
        consent__findings_add(&v->findings, &v->parts[n]->findings);
    return CONSENT_OK;
}

consent_status consent__flow_verify(const consent__cx *cx, consent_store *s,
                                    const consent__verify_how *how, int64_t *size,
                                    consent_rows **out) {
    consent__verifying *v = consent__alloc(cx->env, sizeof *v);
    if (!v)
        return consent__no_memory(cx);
    v->store = s;
    v->how = how;
    consent__findings_init(&v->findings, cx->env);
    consent__arena_init(&v->arena, cx->env);
    consent_status st = s->engine->examine_schema(cx, s->db, finding_text, &v->findings);
    if (st == CONSENT_OK)
        st = s->engine->read_begin(cx, s->db, &v->tx);
    if (st == CONSENT_OK) {
        st = verify_all(cx, v);
        s->engine->read_end(v->tx);
    }
    if (st == CONSENT_OK)
        st = consent__findings_rows(cx, &v->findings, out);
    if (st == CONSENT_OK)
        *size = v->head_good ? v->head.size : v->size;
    for (int64_t n = 0; n < v->part_count; n++)
        consent__part_free(cx->env, v->parts[n]);
    consent__release(cx->env, v->parts);
    consent__findings_free(&v->findings);
    consent__arena_free(&v->arena);
    consent__release(cx->env, v);
    return st;
}
