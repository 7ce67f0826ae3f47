/* SPDX-License-Identifier: Apache-2.0 */
#include "util/crew.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

#define GRAIN 8 /* things taken at once */

struct consent__crew {
    const consent__env *env;
    pthread_mutex_t lock;
    pthread_cond_t begun, idle;
    /* Of the round; set under the lock while nobody is busy. */
    consent__crew_fn fn;
    void *user;
    size_t count;
    atomic_size_t next;
    uint64_t round;
    int32_t busy; /* threads that are in the round */
    bool stop;
    int32_t threads;
    pthread_t thread[CONSENT__CREW_MAX];
};

static void take_steps(consent__crew *c) {
    for (;;) {
        size_t i = atomic_fetch_add_explicit(&c->next, GRAIN, memory_order_relaxed);
        if (i >= c->count)
            return;
        size_t end = c->count - i < GRAIN ? c->count : i + GRAIN;
        for (; i < end; i++)
            c->fn(c->user, i);
    }
}

static void *crew_run(void *user) {
    consent__crew *c = user;
    uint64_t seen = 0;
    (void)pthread_mutex_lock(&c->lock);
    for (;;) {
        while (!c->stop && c->round == seen)
            (void)pthread_cond_wait(&c->begun, &c->lock);
        if (c->stop)
            break;
        seen = c->round;
        c->busy++;
        (void)pthread_mutex_unlock(&c->lock);
        take_steps(c);
        (void)pthread_mutex_lock(&c->lock);
        if (--c->busy == 0)
            (void)pthread_cond_signal(&c->idle);
    }
    (void)pthread_mutex_unlock(&c->lock);
    return NULL;
}

/* Signals are the host's business and are handled by its own threads. */
static void begin_threads(consent__crew *c, int32_t threads) {
    sigset_t all, before;
    (void)sigfillset(&all);
    if (pthread_sigmask(SIG_SETMASK, &all, &before) != 0)
        return;
    while (c->threads < threads && pthread_create(&c->thread[c->threads], NULL, crew_run, c) == 0)
        c->threads++;
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
}

consent__crew *consent__crew_new(const consent__env *env, int32_t threads) {
    consent__crew *c = consent__alloc(env, sizeof *c);
    if (!c)
        return NULL;
    c->env = env;
    atomic_init(&c->next, 0);
    if (pthread_mutex_init(&c->lock, NULL) != 0) {
        consent__release(env, c);
        return NULL;
    }
    (void)pthread_cond_init(&c->begun, NULL); /* neither needs anything */
    (void)pthread_cond_init(&c->idle, NULL);
    begin_threads(c, threads < CONSENT__CREW_MAX ? threads : CONSENT__CREW_MAX);
    return c;
}

void consent__crew_free(consent__crew *c) {
    if (!c)
        return;
    consent__crew_finish(c);
    (void)pthread_mutex_lock(&c->lock);
    c->stop = true;
    (void)pthread_cond_broadcast(&c->begun);
    (void)pthread_mutex_unlock(&c->lock);
    for (int32_t i = 0; i < c->threads; i++)
        (void)pthread_join(c->thread[i], NULL);
    (void)pthread_cond_destroy(&c->begun);
    (void)pthread_cond_destroy(&c->idle);
    (void)pthread_mutex_destroy(&c->lock);
    consent__release(c->env, c);
}

void consent__crew_start(consent__crew *c, consent__crew_fn fn, void *user, size_t count) {
    consent__crew_finish(c);
    (void)pthread_mutex_lock(&c->lock);
    /* One that woke late may still be finding out that the round before is over: it would take
     * steps of this one by the old number. */
    while (c->busy > 0)
        (void)pthread_cond_wait(&c->idle, &c->lock);
    c->fn = fn;
    c->user = user;
    c->count = count;
    atomic_store_explicit(&c->next, 0, memory_order_relaxed);
    c->round++;
    if (c->threads > 0 && count > 0)
        (void)pthread_cond_broadcast(&c->begun);
    (void)pthread_mutex_unlock(&c->lock);
}

/* A thread that wakes late finds nothing left to take. */
void consent__crew_finish(consent__crew *c) {
    if (!c->fn)
        return;
    take_steps(c);
    (void)pthread_mutex_lock(&c->lock);
    while (c->busy > 0)
        (void)pthread_cond_wait(&c->idle, &c->lock);
    c->fn = NULL;
    c->count = 0;
    (void)pthread_mutex_unlock(&c->lock);
}
