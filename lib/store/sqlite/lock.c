/* SPDX-License-Identifier: Apache-2.0 */
/* Who of the process's threads uses which connection. Writers stand in a queue, first come first
 * served; a mutex alone would let a thread that writes in a loop starve the others. */
#include <errno.h>
#include <time.h>

#include "store/sqlite/db.h"

/* Readers of one process leave soon; this only ends the wait of one that waits for itself. */
#define LOCK_READ_WAIT_MS 30000

struct consent__waiter {
    consent__waiter *next;
    pthread_t thread;
    pthread_cond_t wake;
    bool granted;
};

#if defined(__APPLE__) || defined(_WIN32)
#define LOCK_CLOCK CLOCK_REALTIME
#else
#define LOCK_CLOCK CLOCK_MONOTONIC
#endif

static int lock_cond_init(pthread_cond_t *cond) {
    pthread_condattr_t attributes;
    int rc = pthread_condattr_init(&attributes);
    if (rc != 0)
        return rc;
#if !defined(__APPLE__) && !defined(_WIN32)
    rc = pthread_condattr_setclock(&attributes, LOCK_CLOCK);
#endif
    if (rc == 0)
        rc = pthread_cond_init(cond, &attributes);
    (void)pthread_condattr_destroy(&attributes);
    return rc;
}

static struct timespec lock_deadline(int64_t wait_ms) {
    struct timespec t = {0};
    (void)clock_gettime(LOCK_CLOCK, &t);
    t.tv_sec += (time_t)(wait_ms / 1000);
    t.tv_nsec += (long)(wait_ms % 1000) * 1000000;
    if (t.tv_nsec >= 1000000000) {
        t.tv_nsec -= 1000000000;
        t.tv_sec++;
    }
    return t;
}

consent_status consent__lock_init(const consent__cx *cx, consent__db *db) {
    int rc = pthread_mutex_init(&db->mutex, NULL);
    if (rc != 0)
        return consent__errno_fail(cx, rc, "making a lock");
    rc = pthread_mutex_init(&db->versions_mutex, NULL);
    if (rc == 0) {
        rc = lock_cond_init(&db->reader_free);
        if (rc == 0)
            return CONSENT_OK;
        (void)pthread_mutex_destroy(&db->versions_mutex);
    }
    (void)pthread_mutex_destroy(&db->mutex);
    return consent__errno_fail(cx, rc, "making a lock");
}

void consent__lock_free(consent__db *db) {
    (void)pthread_cond_destroy(&db->reader_free);
    (void)pthread_mutex_destroy(&db->versions_mutex);
    (void)pthread_mutex_destroy(&db->mutex);
}

/* ---- the writer ---- */

static void lock_leave_queue(consent__db *db, const consent__waiter *waiter) {
    consent__waiter **at = &db->first_waiter, *before = NULL;
    while (*at != NULL && *at != waiter) {
        before = *at;
        at = &before->next;
    }
    if (*at == NULL)
        return;
    *at = waiter->next;
    if (db->last_waiter == waiter)
        db->last_waiter = before;
}

/* With the mutex held. False: the time is over. */
static bool lock_wait_in_queue(consent__db *db, int64_t wait_ms) {
    consent__waiter waiter = {.thread = pthread_self()};
    struct timespec deadline = lock_deadline(wait_ms);
    int rc = lock_cond_init(&waiter.wake);
    if (rc != 0)
        return false;
    if (db->last_waiter != NULL)
        db->last_waiter->next = &waiter;
    else
        db->first_waiter = &waiter;
    db->last_waiter = &waiter;
    while (!waiter.granted && rc != ETIMEDOUT)
        rc = pthread_cond_timedwait(&waiter.wake, &db->mutex, &deadline);
    if (!waiter.granted)
        lock_leave_queue(db, &waiter);
    (void)pthread_cond_destroy(&waiter.wake);
    return waiter.granted;
}

consent_status consent__lock_writer(const consent__cx *cx, consent__db *db, int64_t until_ms) {
    bool own, got = true;
    (void)pthread_mutex_lock(&db->mutex);
    own = db->writing && pthread_equal(db->writer_thread, pthread_self());
    if (db->writing) {
        int64_t wait_ms = until_ms - consent__monotonic_ms();
        got = !own && wait_ms > 0 && lock_wait_in_queue(db, wait_ms);
    }
    if (got) {
        db->writing = true;
        db->writer_thread = pthread_self();
    }
    (void)pthread_mutex_unlock(&db->mutex);
    if (own)
        return consent__fail(cx, CONSENT_E_STATE, "this thread has a write transaction already");
    if (!got)
        return consent__fail(cx, CONSENT_E_BUSY, "another thread is writing");
    return CONSENT_OK;
}

void consent__unlock_writer(consent__db *db) {
    consent__waiter *next;
    (void)pthread_mutex_lock(&db->mutex);
    next = db->first_waiter;
    if (next == NULL) {
        db->writing = false;
    } else { /* handed over: `writing` stays */
        db->first_waiter = next->next;
        if (db->first_waiter == NULL)
            db->last_waiter = NULL;
        next->granted = true;
        db->writer_thread = next->thread;
        /* Signalled under the mutex: the waiter's memory ends with its wait. */
        (void)pthread_cond_signal(&next->wake);
    }
    (void)pthread_mutex_unlock(&db->mutex);
}

/* ---- the readers ---- */

static consent__conn *lock_try_readers(consent__db *db) {
    int32_t i;
    for (i = 0; i < db->reader_count; i++) {
        consent__conn *conn = &db->readers[i];
        bool expected = false;
        if (!atomic_load_explicit(&conn->taken, memory_order_relaxed) &&
            atomic_compare_exchange_strong(&conn->taken, &expected, true))
            return conn;
    }
    return NULL;
}

/* The order "count the waiter, look again, sleep" against "free it, look for waiters" leaves no
 * wake-up lost; both pairs are sequentially consistent. */
static consent__conn *lock_wait_reader(consent__db *db) {
    struct timespec deadline = lock_deadline(LOCK_READ_WAIT_MS);
    consent__conn *conn;
    int rc = 0;
    (void)pthread_mutex_lock(&db->mutex);
    (void)atomic_fetch_add(&db->readers_waiting, 1);
    while ((conn = lock_try_readers(db)) == NULL && rc != ETIMEDOUT)
        rc = pthread_cond_timedwait(&db->reader_free, &db->mutex, &deadline);
    (void)atomic_fetch_sub(&db->readers_waiting, 1);
    (void)pthread_mutex_unlock(&db->mutex);
    return conn;
}

consent_status consent__take_reader(const consent__cx *cx, consent__db *db, consent__conn **out) {
    consent_status status;
    consent__conn *conn = lock_try_readers(db);
    if (conn == NULL)
        conn = lock_wait_reader(db);
    if (conn == NULL)
        return consent__fail(cx, CONSENT_E_BUSY, "every reading connection is in use");
    if (conn->sql == NULL) {
        status = consent__conn_open(cx, conn, db->path, true);
        if (status != CONSENT_OK) {
            consent__give_reader(db, conn);
            return status;
        }
    }
    *out = conn;
    return CONSENT_OK;
}

void consent__release_reads(consent__db *db) {
    int32_t i;
    for (i = 0; i < db->reader_count; i++) {
        consent__conn *conn = &db->readers[i];
        bool expected = false;
        if (atomic_load_explicit(&conn->taken, memory_order_relaxed) ||
            !atomic_compare_exchange_strong(&conn->taken, &expected, true))
            continue; /* it looks again before it reads again */
        consent__conn_stop_holding(conn);
        consent__give_reader(db, conn);
    }
}

void consent__give_reader(consent__db *db, consent__conn *conn) {
    atomic_store(&conn->taken, false);
    if (atomic_load(&db->readers_waiting) == 0)
        return;
    (void)pthread_mutex_lock(&db->mutex);
    (void)pthread_cond_signal(&db->reader_free);
    (void)pthread_mutex_unlock(&db->mutex);
}
