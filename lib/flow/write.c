/* SPDX-License-Identifier: Apache-2.0 */
/* Writes share commits: the thread that comes first leads, takes what is waiting into one
 * transaction, and each caller returns only when its own part is durable. A part that fails is
 * undone by a savepoint and spoils nobody else's.
 *
 * First come, first served: who waits longest leads next, woken alone. A thread has one job at
 * most, so the queue is as long as the host has threads, and each waits for what stands before it:
 * that is the back-pressure. */
#include <string.h>
#include <time.h>

#include "flow/store.h"
#include "util/text.h"

/* How long a leader lets others join whom it has just seen writing, and how many are enough. The
 * commit itself takes about as long; who writes alone never waits. */
#define GATHER_NS 60000
#define GATHER_ENOUGH 16

/* Random bytes of an act: of an event's commitment and box, of a state's box. */
#define NONCES (CONSENT__NONCE + 2 * CONSENT__BOX_NONCE)

typedef enum job_state { WAITING, LEADS, DONE } job_state;

struct consent__job {
    consent__job *next;
    const consent__cx *cx;
    consent__work_fn fn;
    void *user;
    consent_status status;
    job_state state; /* under `lock`, as is `wake`: whoever is woken meets nobody else there */
    pthread_mutex_t lock;
    pthread_cond_t wake;
};

static bool good(consent_status st) {
    return st == CONSENT_OK || st == CONSENT_DONE;
}

static void drop_snapshot(consent__work *w) {
    consent__snapshot_release(w->snapshot);
    w->snapshot = NULL;
    w->own_snapshot = false;
}

consent_status consent__work_catalog(const consent__cx *cx, consent__work *w,
                                     const consent__catalog **out) {
    if (!w->snapshot) {
        consent_status st = consent__snapshot_get(
            cx, w->store, w->tx, w->own_snapshot ? -1 : w->head.catalog, &w->snapshot);
        if (st != CONSENT_OK)
            return st;
    }
    *out = &w->snapshot->catalog;
    return CONSENT_OK;
}

void consent__work_catalog_changed(consent__work *w) {
    w->head.catalog++;
    drop_snapshot(w);
    w->own_snapshot = true; /* what is read from now on is not committed yet */
}

bool consent__kept_get(consent_store *s, consent__head *head, consent__tree *tree) {
    uint64_t token = 0;
    uint32_t commits;
    if (!s->engine->change_commits(s->db, &token, &commits))
        return false;
    pthread_mutex_lock(&s->kept.lock);
    bool stands = token && s->kept.token == token;
    if (stands) {
        *head = s->kept.head;
        *tree = s->kept.tree;
    }
    pthread_mutex_unlock(&s->kept.lock);
    return stands;
}

/* An event of one subject changes no log key. */
static void keep(consent_store *s, const consent__work *w, uint64_t before, uint64_t token) {
    pthread_mutex_lock(&s->kept.lock);
    s->kept.keyed = s->kept.keyed && s->kept.token == before && !w->touched.all;
    s->kept.token = token;
    s->kept.head = w->head;
    s->kept.tree = w->tree;
    pthread_mutex_unlock(&s->kept.lock);
}

static consent_status begin(const consent__cx *cx, consent_store *s, consent__pool *pool,
                            consent__work *w) {
    memset(w, 0, sizeof *w);
    w->store = s;
    w->pool = pool;
    w->scratch = consent__scratch_take(s);
    if (!w->scratch)
        return consent__no_memory(cx);
    consent_status st = s->engine->write_begin(cx, s->db, &w->tx);
    if (st != CONSENT_OK)
        return st;
    if (!consent__kept_get(s, &w->head, &w->tree)) {
        st = consent__head_read(cx, s, w->tx, &w->head);
        if (st == CONSENT_OK && !consent__tree_decode(&w->tree, (uint64_t)w->head.size,
                                                      w->head.frontier, w->head.frontier_len))
            st = consent__fail(cx, CONSENT_E_CORRUPT, "the ledger's head is damaged");
    }
    if (st != CONSENT_OK) {
        s->engine->rollback(w->tx);
        w->tx = NULL;
    }
    return st;
}

/* One caller's part. In a group each part has a savepoint of its own. */
static consent_status run(consent__work *w, consent__job *job, bool group) {
    const consent__engine *engine = w->store->engine;
    consent__head head = w->head;
    consent__tree tree = w->tree;
    bool own = w->own_snapshot;
    w->clock = consent__clock(&w->store->env);
    w->now = w->clock > w->head.at ? w->clock : w->head.at;
    if (w->clock > CONSENT__INTEGER_MAX || w->clock < -CONSENT__INTEGER_MAX)
        return consent__fail(job->cx, CONSENT_E_ARGUMENT,
                             "the clock lies beyond what an event can carry (2255-06-05)");
    consent__arena_reset(&w->scratch->arena);
    consent_status st = group ? engine->savepoint(job->cx, w->tx) : CONSENT_OK;
    if (st != CONSENT_OK)
        return st;
    st = job->fn(job->cx, w, job->user);
    if (good(st)) {
        consent_status kept = group ? engine->savepoint_keep(job->cx, w->tx) : CONSENT_OK;
        return kept == CONSENT_OK ? st : kept;
    }
    if (w->head.catalog != head.catalog)
        drop_snapshot(w);
    w->head = head;
    w->tree = tree;
    w->own_snapshot = own;
    consent__cx quiet = {job->cx->env, NULL, job->cx->op};
    if (group && engine->savepoint_undo(&quiet, w->tx) != CONSENT_OK)
        w->broken = true;
    return st;
}

static void fail_all(consent__job *first, consent_status st, const consent__cx *told) {
    for (consent__job *j = first; j; j = j->next)
        if (good(j->status)) {
            j->status = st;
            if (j->cx != told)
                consent__fail(j->cx, st,
                              "the write it shared a commit with could not be made durable");
        }
}

/* The caches learn what the commit changed before anybody is told that it is done. Until our lock
 * is given up by the commit itself no other process moves the token; what follows it is another's
 * when more than one commit was counted. */
static consent_status commit(const consent__cx *cx, consent__work *w) {
    consent_store *s = w->store;
    uint64_t before = 0, after = 0;
    uint32_t from = 0, to = 0;
    bool known = s->engine->change_commits(s->db, &before, &from);
    if (w->head.size == w->first_size)
        w->touched.all = true; /* no event says what was changed */
    if (s->cache)
        consent__cache_commit_begin(s->cache);
    consent_status st = s->engine->commit(cx, w->tx);
    known = known && s->engine->change_commits(s->db, &after, &to);
    if (known && after == before)
        memset(&w->touched, 0, sizeof w->touched); /* nothing was written */
    bool single = known && st == CONSENT_OK && to == from + 1;
    if (s->cache)
        consent__cache_commit_end(s->cache, &w->touched, single, before, after, &w->head);
    if (single)
        keep(s, w, before, after);
    if (st == CONSENT_OK)
        consent__bell_ring(&s->bell);
    return st;
}

static void commit_group(const consent__cx *cx, consent__work *w, consent__job *first) {
    const consent__engine *engine = w->store->engine;
    bool any = false;
    for (consent__job *j = first; j; j = j->next)
        any |= good(j->status);
    consent_status st = CONSENT_OK;
    if (any && w->broken)
        st = consent__fail(cx, CONSENT_E_ENGINE, "a failed write could not be undone alone");
    if (!any || w->broken) {
        engine->rollback(w->tx);
        if (any)
            fail_all(first, st, cx);
        return;
    }
    w->head.frontier_len = consent__tree_encode(&w->tree, w->head.frontier);
    st = w->head.size != w->first_size || w->head.catalog != w->first_catalog
             ? engine->head_put(cx, w->tx, &w->head)
             : CONSENT_OK;
    if (st == CONSENT_OK)
        st = consent__checkpoint_due(cx, w);
    if (st == CONSENT_OK)
        st = commit(cx, w);
    else
        engine->rollback(w->tx);
    if (st != CONSENT_OK)
        fail_all(first, st, cx);
}

static void lead(consent_store *s, consent__job *first) {
    consent__work w;
    consent__pool pool;
    size_t acts = 0;
    for (const consent__job *j = first; j; j = j->next)
        acts++;
    consent__pool_begin(&pool, acts * NONCES);
    const consent__cx *cx = first->cx;
    consent_status st = begin(cx, s, &pool, &w);
    if (st != CONSENT_OK) {
        for (consent__job *j = first; j; j = j->next)
            j->status = CONSENT_OK;
        fail_all(first, st, cx);
    } else {
        w.first_size = w.head.size;
        w.first_catalog = w.head.catalog;
        for (consent__job *j = first; j; j = j->next)
            j->status = w.broken ? CONSENT_OK : run(&w, j, first->next != NULL);
        commit_group(cx, &w, first);
    }
    drop_snapshot(&w);
    consent__scratch_give(s, w.scratch);
    consent__pool_end(&pool);
    if (st == CONSENT_OK && w.head.owed)
        consent__settle(s, w.head.owed);
}

/* Takes up to a group's worth off the queue; under queue_lock. */
static consent__job *take_group(consent_store *s) {
    consent__job *first = s->queue_head, *last = first;
    int32_t n = 1;
    for (; n < CONSENT__GROUP_MAX && last->next; n++)
        last = last->next;
    s->crowd = s->queued > GATHER_ENOUGH ? GATHER_ENOUGH : s->queued;
    s->queued -= n;
    s->queue_head = last->next;
    if (!s->queue_head)
        s->queue_tail = NULL;
    last->next = NULL;
    return first;
}

/* Those whose commit has just ended are about to come back: a group of all of them costs one sync.
 */
static void gather(consent_store *s) {
    struct timespec until;
    if (s->queued >= s->crowd || clock_gettime(s->queue_clock, &until) != 0)
        return;
    until.tv_nsec += GATHER_NS;
    if (until.tv_nsec >= 1000000000) {
        until.tv_nsec -= 1000000000;
        until.tv_sec++;
    }
    s->gathering = true;
    while (s->queued < s->crowd)
        if (pthread_cond_timedwait(&s->queue_grown, &s->queue_lock, &until) != 0)
            break;
    s->gathering = false;
}

/* Its owner may return, and the job be gone, as soon as the lock is given up. */
static void tell(consent__job *job, job_state state) {
    pthread_mutex_lock(&job->lock);
    job->state = state;
    pthread_cond_signal(&job->wake);
    pthread_mutex_unlock(&job->lock);
}

static job_state await(consent__job *job) {
    pthread_mutex_lock(&job->lock);
    while (job->state == WAITING)
        pthread_cond_wait(&job->wake, &job->lock);
    job_state state = job->state;
    pthread_mutex_unlock(&job->lock);
    return state;
}

/* The leader's own job is the first of its group. Who leads next is told first: it writes while
 * the others are still being woken, without any lock. */
static void lead_group(consent_store *s, const consent__job *own) {
    pthread_mutex_lock(&s->queue_lock);
    gather(s);
    consent__job *group = take_group(s);
    pthread_mutex_unlock(&s->queue_lock);
    lead(s, group);
    pthread_mutex_lock(&s->queue_lock);
    s->crowd += s->queued; /* who wrote now and who waits already */
    if (s->crowd > GATHER_ENOUGH)
        s->crowd = GATHER_ENOUGH;
    consent__job *heir = s->queue_head;
    s->leading = heir != NULL;
    pthread_mutex_unlock(&s->queue_lock);
    if (heir)
        tell(heir, LEADS);
    for (consent__job *j = group, *next; j; j = next) {
        next = j->next;
        if (j != own)
            tell(j, DONE);
    }
}

/* True: the caller leads. */
static bool enqueue(consent_store *s, consent__job *job) {
    pthread_mutex_lock(&s->queue_lock);
    if (s->queue_tail)
        s->queue_tail->next = job;
    else
        s->queue_head = job;
    s->queue_tail = job;
    s->queued++;
    bool leads = !s->leading;
    if (leads)
        s->leading = true;
    else if (s->gathering && s->queued >= s->crowd)
        pthread_cond_signal(&s->queue_grown);
    pthread_mutex_unlock(&s->queue_lock);
    return leads;
}

consent_status consent__write(const consent__cx *cx, consent_store *s, consent__work_fn fn,
                              void *user) {
    consent__job job = {.cx = cx, .fn = fn, .user = user, .state = WAITING};
    if (s->evidence)
        return consent__fail(cx, CONSENT_E_STATE,
                             "the store is evidence of another one: it is read, never written");
    if (pthread_mutex_init(&job.lock, NULL) != 0)
        return consent__no_memory(cx);
    if (pthread_cond_init(&job.wake, NULL) != 0) {
        pthread_mutex_destroy(&job.lock);
        return consent__no_memory(cx);
    }
    if (enqueue(s, &job) || await(&job) == LEADS)
        lead_group(s, &job);
    pthread_cond_destroy(&job.wake);
    pthread_mutex_destroy(&job.lock);
    return job.status;
}
