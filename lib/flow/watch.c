/* SPDX-License-Identifier: Apache-2.0 */
/* The doorbell: who listens, what it is told, and how that ends. */
#include "flow/watch.h"

#include <errno.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "core/event.h"

#define PAUSE_LEAST 10 /* milliseconds between two looks at what others did */
#define PAUSE_MOST 200
#define ALL                                                                                        \
    (CONSENT_CHANGE_SUBJECT | CONSENT_CHANGE_POLICY | CONSENT_CHANGE_ERASURE | CONSENT_CHANGE_STORE)

/* ---- the bell of a store ---- */

clockid_t consent__cond_init(pthread_cond_t *cond) {
    pthread_condattr_t attributes;
    clockid_t clock = CLOCK_REALTIME;
    pthread_condattr_init(&attributes);
#if !defined(__APPLE__) && !defined(_WIN32) /* whose conditions know no other clock */
    if (pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0)
        clock = CLOCK_MONOTONIC;
#endif
    pthread_cond_init(cond, &attributes);
    pthread_condattr_destroy(&attributes);
    return clock;
}

void consent__bell_init(consent__bell *b) {
    pthread_mutex_init(&b->lock, NULL);
    b->clock = consent__cond_init(&b->rung);
    atomic_init(&b->listeners, 0);
    b->pid = (int64_t)getpid();
}

/* After a fork nobody sleeps there, but the condition remembers that somebody did: destroying it
 * would wait for them. */
void consent__bell_destroy(consent__bell *b) {
    if (b->pid != (int64_t)getpid())
        return;
    pthread_mutex_destroy(&b->lock);
    pthread_cond_destroy(&b->rung);
}

void consent__bell_ring(consent__bell *b) {
    if (atomic_load(&b->listeners) == 0 || b->pid != (int64_t)getpid())
        return;
    pthread_mutex_lock(&b->lock);
    b->count++;
    pthread_cond_broadcast(&b->rung);
    pthread_mutex_unlock(&b->lock);
}

static int64_t bell_now(const consent__bell *b) { /* milliseconds */
    struct timespec now = {0, 0};
    (void)clock_gettime(b->clock, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void bell_sleep(consent__bell *b, int64_t until) {
    struct timespec at = {.tv_sec = (time_t)(until / 1000),
                          .tv_nsec = (long)(until % 1000) * 1000000};
    (void)pthread_cond_timedwait(&b->rung, &b->lock, &at);
}

/* ---- what happened ---- */

static int32_t change_of(const char *name) {
    int32_t kind = consent__event_kind_of(name);
    switch (kind) {
    case EV_PROFILE_IMPORTED:
    case EV_CALENDAR_IMPORTED:
    case EV_POLICY_IMPORTED:
    case EV_POLICY_PUBLISHED:
    case EV_SERVICE_STOPPED:
    case EV_CONTROLLER_CHANGED:
        return CONSENT_CHANGE_POLICY;
    case EV_SUBJECT_ERASED:
    case EV_REMAINDER_RELEASED:
    case EV_ERASURE_ACKNOWLEDGED:
        return CONSENT_CHANGE_ERASURE;
    default:
        return kind < 0 || consent__kind_table[kind].store ? CONSENT_CHANGE_STORE
                                                           : CONSENT_CHANGE_SUBJECT;
    }
}

static consent_status add_kind(const consent__cx *cx, void *user, const consent__event_row *row) {
    int32_t *kind = user;
    (void)cx;
    *kind |= change_of(row->kind);
    return *kind == ALL ? CONSENT_DONE : CONSENT_OK;
}

typedef struct news {
    uint64_t token; /* before it was read */
    int64_t size;
    int32_t kind; /* 0: nothing new */
} news;

static consent_status read_news(const consent__cx *cx, consent_store *s, int64_t known, news *out) {
    consent__tx *tx = NULL;
    consent__head head;
    consent_status st = s->engine->read_begin(cx, s->db, &tx);
    if (st != CONSENT_OK)
        return st;
    st = consent__head_read(cx, s, tx, &head);
    if (st == CONSENT_OK && head.size > known) {
        out->size = head.size;
        if (known >= 0)
            st =
                s->engine->event_scan(cx, tx, known, head.size - 1, 0, false, add_kind, &out->kind);
    }
    s->engine->read_end(tx);
    return st == CONSENT_DONE ? CONSENT_OK : st;
}

/* Looks without a lock; `moved` says that there is something to read for certain; known negative:
 * nothing is asked for but the size. */
static consent_status look(const consent__cx *cx, consent_store *s, bool moved, uint64_t token,
                           int64_t known, news *out) {
    const consent__pulse *pulse = &s->cache->pulse;
    *out = (news){.token = token, .size = known};
    if (pulse->words) {
        out->token = consent__pulse_token(pulse->words);
        if (!moved && out->token == token)
            return CONSENT_OK;
    }
    consent_status st = consent__enter(cx, s);
    if (st != CONSENT_OK)
        return st;
    if (!pulse->words)
        st = s->engine->change_token(cx, s->db, &out->token);
    if (st == CONSENT_OK && (moved || out->token != token))
        st = read_news(cx, s, known, out);
    consent__leave(s);
    return st;
}

/* ---- waiting: with the bell's lock held, given up while looking and sleeping ---- */

static bool over(const consent_watch *w) {
    return w->ended || atomic_load(&w->store->closed);
}

/* until: by the bell's clock; negative: for ever. CONSENT_E_CLOSED without an error object. */
static consent_status await(const consent__cx *cx, consent_watch *w, int64_t until,
                            int64_t *out_seq, int32_t *out_kind) {
    consent__bell *b = &w->store->bell;
    while (!over(w)) {
        bool moved = w->count != b->count;
        uint64_t count = b->count, token = w->token;
        int64_t known = w->size, now;
        news n;
        pthread_mutex_unlock(&b->lock);
        consent_status st = look(cx, w->store, moved, token, known, &n);
        pthread_mutex_lock(&b->lock);
        if (st != CONSENT_OK)
            return st;
        if (moved || n.token != token)
            w->pause = PAUSE_LEAST;
        w->count = count;
        w->token = n.token;
        if (n.kind != 0 && n.size > w->size) { /* else another one that waits has taken it */
            w->size = n.size;
            *out_seq = n.size - 1;
            *out_kind = n.kind;
            return CONSENT_OK;
        }
        now = bell_now(b);
        if (until >= 0 && now >= until)
            return CONSENT_DONE;
        if (b->count == w->count && !over(w))
            bell_sleep(b, until >= 0 && until < now + w->pause ? until : now + w->pause);
        w->pause = w->pause * 2 > PAUSE_MOST ? PAUSE_MOST : w->pause * 2;
    }
    return CONSENT_E_CLOSED;
}

consent_status consent__watch_wait(const consent__cx *cx, consent_watch *w, int32_t milliseconds,
                                   int64_t *out_seq, int32_t *out_kind) {
    if (w->ring || w->pid != getpid())
        return consent__fail(cx, CONSENT_E_STATE, "%s",
                             w->ring ? "the watch has a function that is called"
                                     : "the watch was made before fork()");
    consent_store *s = w->store; /* freeing the watch does not wait until we have answered */
    consent__bell *b = &s->bell;
    atomic_fetch_add(&s->refs, 1);
    pthread_mutex_lock(&b->lock);
    w->waiting++;
    int64_t until = milliseconds < 0 ? -1 : bell_now(b) + milliseconds;
    consent_status st = await(cx, w, until, out_seq, out_kind);
    bool ended = w->ended;
    w->waiting--;
    pthread_cond_broadcast(&b->rung);
    pthread_mutex_unlock(&b->lock);
    if (st == CONSENT_E_CLOSED) {
        consent__forget(cx);
        consent__fail(cx, st, ended ? "the watch was ended" : "the store was closed");
    }
    consent__store_release(s);
    return st;
}

/* ---- the thread of a watch ---- */

static void watch_destroy(consent_watch *w) {
    consent_store *s = w->store;
    consent__env env = s->env;
    atomic_fetch_sub(&s->bell.listeners, 1);
    consent__store_release(s);
    consent__release(&env, w);
}

static void *watch_main(void *user) {
    consent_watch *w = user;
    consent__bell *b = &w->store->bell;
    const consent__cx quiet = {&w->store->env, NULL, "watch"};
    int64_t seq = 0;
    int32_t kind = 0;
    pthread_mutex_lock(&b->lock);
    w->self = pthread_self();
    w->running = true;
    while (!over(w)) {
        consent_status st = await(&quiet, w, -1, &seq, &kind);
        if (st == CONSENT_OK && !over(w)) {
            w->ringing = true;
            pthread_mutex_unlock(&b->lock);
            w->ring(seq, kind, w->user);
            pthread_mutex_lock(&b->lock);
            w->ringing = false;
            pthread_cond_broadcast(&b->rung);
        } else if (!over(w)) { /* the storage failed: nothing is lost, it is read again */
            bell_sleep(b, bell_now(b) + PAUSE_MOST);
        }
    }
    bool orphan = w->orphan;
    pthread_mutex_unlock(&b->lock);
    if (orphan)
        watch_destroy(w);
    return NULL;
}

/* The host's signals are the host's: none is handled on a thread it does not know. */
static int start_thread(consent_watch *w) {
    sigset_t all, before;
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    int rc = pthread_create(&w->thread, NULL, watch_main, w);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return rc;
}

consent_status consent__watch_new(const consent__cx *cx, consent_store *s, consent_watch_fn ring,
                                  void *user, consent_watch **out) {
    news now;
    consent_watch *w = consent__alloc(&s->env, sizeof *w);
    if (!w)
        return consent__no_memory(cx);
    *w = (consent_watch){
        .store = s, .ring = ring, .user = user, .pid = getpid(), .pause = PAUSE_LEAST};
    atomic_fetch_add(&s->refs, 1);
    atomic_fetch_add(&s->bell.listeners, 1);
    pthread_mutex_lock(&s->bell.lock);
    w->count = s->bell.count;
    pthread_mutex_unlock(&s->bell.lock);
    consent_status st = look(cx, s, true, 0, -1, &now);
    w->token = now.token;
    w->size = now.size;
    *out = w; /* before the thread can ring */
    if (st == CONSENT_OK && ring && start_thread(w) != 0)
        st = consent__fail(cx, CONSENT_E_MEMORY, "no thread could be made for the watch");
    if (st != CONSENT_OK) {
        *out = NULL;
        watch_destroy(w);
    }
    return st;
}

/* ---- ending ---- */

static bool within(const consent_watch *w) {
    return w->running && pthread_equal(w->self, pthread_self());
}

void consent__watch_end(consent_watch *w) {
    if (!w || w->pid != getpid())
        return;
    consent__bell *b = &w->store->bell;
    pthread_mutex_lock(&b->lock);
    w->ended = true;
    pthread_cond_broadcast(&b->rung);
    while (!within(w) && (w->ringing || w->waiting > 0))
        pthread_cond_wait(&b->rung, &b->lock);
    pthread_mutex_unlock(&b->lock);
}

void consent__watch_free(consent_watch *w) {
    if (!w)
        return;
    if (w->pid == getpid()) {
        consent__bell *b = &w->store->bell;
        pthread_mutex_lock(&b->lock);
        bool inside = within(w);
        w->orphan = inside;
        pthread_mutex_unlock(&b->lock);
        consent__watch_end(w);
        if (inside) {
            (void)pthread_detach(pthread_self());
            return; /* the thread destroys it when the function has returned */
        }
        if (w->ring)
            (void)pthread_join(w->thread, NULL);
    }
    watch_destroy(w);
}
