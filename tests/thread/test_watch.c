/* SPDX-License-Identifier: Apache-2.0 */
/* The doorbell: what it says, by whom it is rung, and every way in which it can end while it rings:
 * from within, from outside, with the store, after a fork. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <consent/consent.h>

#include "folder.h"

#define LONG 30000 /* milliseconds: longer than anything here takes */

typedef struct doorbell {
    char folder[FOLDER_MAX], path[FOLDER_MAX];
    consent_store *store;
    int64_t clock;
} doorbell;

static consent_store *open_store(const char *path, bool create) {
    static const uint8_t key[32] = {9};
    consent_options *o = consent_options_new();
    consent_store *store = NULL;
    assert_int_equal(consent_options_set_key(o, key, sizeof key, NULL), CONSENT_OK);
    consent_options_set_wait(o, LONG);
    assert_int_equal(create ? consent_store_create(path, o, &store, NULL)
                            : consent_store_open(path, o, &store, NULL),
                     CONSENT_OK);
    consent_options_free(o);
    return store;
}

static void publish(consent_store *store) {
    char path[FOLDER_MAX];
    folder_path(CONSENT_SOURCE_DIR, "tests/data/bundles/small-1.json", path);
    assert_int_equal(consent_policy_import_file(store, path, NULL), CONSENT_OK);
    assert_int_equal(consent_policy_publish(store, "small", "1.0", NULL), CONSENT_OK);
}

static int setup(void **state) {
    static doorbell d;
    folder_new(d.folder);
    folder_path(d.folder, "s.db", d.path);
    d.store = open_store(d.path, true);
    *state = &d;
    return 0;
}

static int teardown(void **state) {
    doorbell *d = *state;
    consent_store_free(d->store);
    d->store = NULL;
    folder_remove(d->folder);
    return 0;
}

static int64_t newest(consent_store *store) {
    consent_rows *head = NULL;
    assert_int_equal(consent_ledger_head(store, &head, NULL), CONSENT_OK);
    int64_t size = consent_rows_number(head, 0, "size", -1);
    consent_rows_free(head);
    return size - 1;
}

static void add(consent_store *store, int i) {
    char id[24];
    (void)snprintf(id, sizeof id, "p%d", i);
    assert_int_equal(consent_subject_add(store, id, NULL, NULL), CONSENT_OK);
}

static int64_t milliseconds(void) {
    struct timespec now;
    assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &now), 0);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void pause_for(int32_t ms) {
    struct timespec time = {ms / 1000, ms % 1000 * 1000000L};
    (void)nanosleep(&time, NULL);
}

static consent_watch *watch(consent_store *store, consent_watch_fn ring, void *user) {
    consent_watch *w = NULL;
    assert_int_equal(consent_watch_new(store, ring, user, &w, NULL), CONSENT_OK);
    assert_non_null(w);
    return w;
}

static int32_t heard(consent_watch *w, int32_t wait, int64_t *seq) {
    int32_t kind = -1;
    consent_status st = consent_watch_wait(w, wait, seq, &kind, NULL);
    assert_int_equal(st, kind ? CONSENT_OK : CONSENT_DONE);
    return kind;
}

/* ---- what it says ---- */

static void test_watch_tells_what_was_changed(void **state) {
    doorbell *d = *state;
    int64_t seq = -1;
    consent_watch *w = watch(d->store, NULL, NULL);
    assert_int_equal(heard(w, 0, &seq), 0); /* what was there before does not ring */
    assert_int_equal(seq, 0);
    publish(d->store);
    assert_int_equal(heard(w, LONG, &seq), CONSENT_CHANGE_POLICY);
    assert_int_equal(seq, newest(d->store));
    add(d->store, 1);
    add(d->store, 2);
    assert_int_equal(heard(w, LONG, &seq), CONSENT_CHANGE_SUBJECT); /* two, as one ring */
    assert_int_equal(seq, newest(d->store));
    assert_int_equal(heard(w, 0, &seq), 0);
    add(d->store, 3);
    assert_int_equal(consent_ledger_rekey(d->store, NULL), CONSENT_OK);
    assert_int_equal(consent_service_stop(d->store, "over", NULL), CONSENT_OK);
    assert_int_equal(heard(w, LONG, &seq),
                     CONSENT_CHANGE_SUBJECT | CONSENT_CHANGE_STORE | CONSENT_CHANGE_POLICY);
    consent_watch_free(w);
}

static int64_t clock_of(void *user) {
    return *(int64_t *)user;
}

static void test_watch_tells_of_an_erasure(void **state) {
    doorbell *d = *state;
    static const uint8_t key[32] = {9};
    char path[FOLDER_MAX];
    consent_rows *rows = NULL;
    int64_t seq = -1;
    d->clock = INT64_C(1790000000000000);
    consent_options *o = consent_options_new();
    assert_int_equal(consent_options_set_key(o, key, sizeof key, NULL), CONSENT_OK);
    consent_options_set_clock(o, clock_of, &d->clock);
    consent_store_free(d->store);
    folder_path(d->folder, "other.db", path);
    assert_int_equal(consent_store_create(path, o, &d->store, NULL), CONSENT_OK);
    consent_options_free(o);
    publish(d->store);
    add(d->store, 1);
    assert_int_equal(consent_cancel_open(d->store, "p1", NULL, NULL, NULL, "app", &rows, NULL),
                     CONSENT_OK);
    consent_rows_free(rows);
    consent_watch *w = watch(d->store, NULL, NULL);
    d->clock += INT64_C(400) * 86400 * 1000000;
    assert_int_equal(consent_cancel_execute(d->store, "p1", false, &rows, NULL), CONSENT_OK);
    consent_rows_free(rows);
    assert_true(heard(w, LONG, &seq) & CONSENT_CHANGE_ERASURE);
    consent_watch_free(w);
}

static void test_watch_is_silent_without_events(void **state) {
    doorbell *d = *state;
    int64_t seq = -1;
    consent_watch *w = watch(d->store, NULL, NULL);
    add(d->store, 1);
    assert_int_equal(heard(w, LONG, &seq), CONSENT_CHANGE_SUBJECT);
    assert_int_equal(consent_subject_add(d->store, "p1", NULL, NULL), CONSENT_DONE);
    assert_int_equal(consent_ledger_checkpoint(d->store, NULL, NULL), CONSENT_OK);
    int64_t before = milliseconds();
    assert_int_equal(heard(w, 300, &seq), 0);
    assert_in_range(milliseconds() - before, 299, LONG);
    consent_watch_free(w);
}

static void test_watch_refuses_what_it_cannot(void **state) {
    doorbell *d = *state;
    consent_watch *w = NULL;
    consent_error *err = NULL;
    int64_t seq = 7;
    int32_t kind = 7;
    assert_int_equal(consent_watch_new(NULL, NULL, NULL, &w, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_watch_new(d->store, NULL, NULL, NULL, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_watch_wait(NULL, 0, &seq, &kind, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(seq, 0);
    assert_int_equal(kind, 0);
    w = watch(d->store, NULL, NULL);
    assert_int_equal(consent_watch_wait(w, 0, NULL, &kind, NULL), CONSENT_E_ARGUMENT);
    consent_watch_end(w);
    consent_watch_end(w);
    assert_int_equal(consent_watch_wait(w, 0, &seq, &kind, &err), CONSENT_E_CLOSED);
    assert_string_equal(consent_error_message(err), "the watch was ended");
    consent_error_free(err);
    consent_watch_free(w);
    consent_watch_end(NULL);
    consent_watch_free(NULL);
    assert_int_equal(consent_store_close(d->store, NULL), CONSENT_OK);
    assert_int_equal(consent_watch_new(d->store, NULL, NULL, &w, NULL), CONSENT_E_CLOSED);
    assert_null(w);
}

/* ---- on a thread of its own ---- */

typedef struct listener {
    consent_store *store;
    consent_watch *watch;
    pthread_mutex_t lock;
    pthread_cond_t heard;
    int rings, inside;
    int32_t kinds;
    int64_t seq;
    bool backwards, slow, hold, closes, ends, frees, writes;
    consent_status status;
} listener;

static void listen_to(listener *l, consent_store *store) {
    *l = (listener){.store = store};
    pthread_mutex_init(&l->lock, NULL);
    pthread_cond_init(&l->heard, NULL);
}

static void on_ring(int64_t seq, int32_t kind, void *user) {
    listener *l = user;
    pthread_mutex_lock(&l->lock);
    l->backwards |= seq <= l->seq || l->inside > 0;
    l->inside++;
    l->seq = seq;
    l->kinds |= kind;
    l->rings++;
    bool first = l->rings == 1;
    pthread_cond_broadcast(&l->heard);
    while (l->hold)
        pthread_cond_wait(&l->heard, &l->lock);
    consent_watch *own = l->watch;
    pthread_mutex_unlock(&l->lock);
    if (l->writes && first)
        l->status = consent_subject_add(l->store, "from within", NULL, NULL);
    if (l->closes)
        l->status = consent_store_close(l->store, NULL);
    if (l->ends)
        consent_watch_end(own);
    if (l->frees)
        consent_watch_free(own);
    if (l->slow)
        pause_for(20);
    pthread_mutex_lock(&l->lock);
    l->inside--;
    pthread_cond_broadcast(&l->heard);
    pthread_mutex_unlock(&l->lock);
}

static void await_rings(listener *l, int rings, int64_t seq) {
    struct timespec until;
    assert_int_equal(clock_gettime(CLOCK_REALTIME, &until), 0);
    until.tv_sec += LONG / 1000;
    pthread_mutex_lock(&l->lock);
    while (l->rings < rings || l->seq < seq)
        assert_int_equal(pthread_cond_timedwait(&l->heard, &l->lock, &until), 0);
    pthread_mutex_unlock(&l->lock);
}

static void release(listener *l) {
    pthread_mutex_lock(&l->lock);
    l->hold = false;
    pthread_cond_broadcast(&l->heard);
    while (l->inside > 0)
        pthread_cond_wait(&l->heard, &l->lock);
    pthread_mutex_unlock(&l->lock);
}

static void test_watch_calls_its_function(void **state) {
    doorbell *d = *state;
    listener l;
    listen_to(&l, d->store);
    l.writes = true; /* it may call the library, and its own commit rings too */
    consent_watch *w = watch(d->store, on_ring, &l);
    int64_t seq;
    int32_t kind;
    assert_int_equal(consent_watch_wait(w, 0, &seq, &kind, NULL), CONSENT_E_STATE);
    add(d->store, 1);
    await_rings(&l, 2, 0);
    assert_int_equal(l.status, CONSENT_OK);
    assert_false(l.backwards);
    assert_int_equal(l.seq, newest(d->store));
    assert_int_equal(l.kinds, CONSENT_CHANGE_SUBJECT);
    consent_watch_free(w);
}

static void test_watch_keeps_what_rings_meanwhile(void **state) {
    doorbell *d = *state;
    listener l;
    listen_to(&l, d->store);
    l.hold = true;
    consent_watch *w = watch(d->store, on_ring, &l);
    add(d->store, 0);
    await_rings(&l, 1, 0);
    for (int i = 1; i < 50; i++) /* nobody waits for the function */
        add(d->store, i);
    publish(d->store);
    release(&l);
    await_rings(&l, 2, newest(d->store));
    assert_int_equal(l.rings, 2);
    assert_int_equal(l.kinds, CONSENT_CHANGE_SUBJECT | CONSENT_CHANGE_POLICY);
    consent_watch_free(w);
    add(d->store, 99);
    pause_for(50);
    assert_int_equal(l.rings, 2);
}

static void *end_it(void *user) {
    consent_watch_end(((listener *)user)->watch);
    return NULL;
}

static void test_watch_end_waits_for_the_call_in_flight(void **state) {
    doorbell *d = *state;
    listener l;
    pthread_t thread;
    listen_to(&l, d->store);
    l.slow = true;
    l.watch = watch(d->store, on_ring, &l);
    for (int i = 0; i < 10; i++) {
        add(d->store, i);
        await_rings(&l, 1, i);
        if (i == 5)
            assert_int_equal(pthread_create(&thread, NULL, end_it, &l), 0);
        if (i >= 5)
            break;
    }
    consent_watch_end(l.watch);
    assert_int_equal(l.inside, 0); /* not under the lock: nothing runs any more */
    (void)pthread_join(thread, NULL);
    int rings = l.rings;
    add(d->store, 20);
    pause_for(30);
    assert_int_equal(l.rings, rings);
    consent_watch_free(l.watch);
}

static void test_watch_ends_from_within(void **state) {
    doorbell *d = *state;
    listener l;
    listen_to(&l, d->store);
    l.ends = l.hold = true;
    l.watch = watch(d->store, on_ring, &l);
    add(d->store, 1);
    await_rings(&l, 1, 0);
    add(d->store, 2);
    release(&l);
    pause_for(30);
    assert_int_equal(l.rings, 1);
    consent_watch_free(l.watch);
}

/* The thread frees it; a leak or a use after that is for the sanitizers. */
static void test_watch_is_freed_from_within(void **state) {
    doorbell *d = *state;
    for (int i = 0; i < 20; i++) {
        listener l;
        listen_to(&l, d->store);
        l.frees = l.hold = true;
        l.watch = watch(d->store, on_ring, &l);
        add(d->store, i);
        await_rings(&l, 1, 0);
        if (i == 19) { /* the last reference to the store, too */
            consent_store_free(d->store);
            d->store = NULL;
        }
        release(&l);
        assert_int_equal(l.rings, 1);
    }
    pause_for(100); /* for the last thread to end */
}

static void test_watch_closes_the_store_from_within(void **state) {
    doorbell *d = *state;
    listener l;
    listen_to(&l, d->store);
    l.closes = true;
    l.watch = watch(d->store, on_ring, &l);
    add(d->store, 1);
    await_rings(&l, 1, 0);
    consent_watch_free(l.watch);
    assert_int_equal(l.status, CONSENT_OK);
    assert_int_equal(consent_subject_add(d->store, "x", NULL, NULL), CONSENT_E_CLOSED);
}

/* ---- other handles and processes ---- */

static void test_watch_hears_another_handle(void **state) {
    doorbell *d = *state;
    consent_store *other = open_store(d->path, false);
    consent_watch *w = watch(d->store, NULL, NULL);
    int64_t seq = -1;
    for (int i = 0; i < 5; i++) {
        add(other, i);
        assert_int_equal(heard(w, LONG, &seq), CONSENT_CHANGE_SUBJECT);
        assert_int_equal(seq, newest(d->store));
    }
    consent_store_free(other);
    consent_watch_free(w);
}

static void test_watch_hears_another_process(void **state) {
    doorbell *d = *state;
    int go[2], status = 0;
    char byte = 0;
    assert_int_equal(pipe(go), 0);
    consent_store_free(d->store); /* fork first, then open */
    d->store = NULL;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        consent_store *store = open_store(d->path, false);
        for (int i = 0; i < 3; i++) {
            if (read(go[0], &byte, 1) != 1)
                _exit(1);
            add(store, i);
        }
        consent_store_free(store);
        _exit(0);
    }
    d->store = open_store(d->path, false);
    consent_watch *w = watch(d->store, NULL, NULL);
    listener l;
    listen_to(&l, d->store);
    consent_watch *called = watch(d->store, on_ring, &l);
    for (int i = 0; i < 3; i++) {
        int64_t seq = -1;
        assert_int_equal(write(go[1], &byte, 1), 1);
        assert_int_equal(heard(w, LONG, &seq), CONSENT_CHANGE_SUBJECT);
        assert_int_equal(seq, newest(d->store));
        await_rings(&l, i + 1, seq);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    (void)close(go[0]);
    (void)close(go[1]);
    consent_watch_free(called);
    consent_watch_free(w);
}

static void test_watch_is_dead_after_a_fork(void **state) {
    doorbell *d = *state;
    listener l;
    int status = 0;
    listen_to(&l, d->store);
    consent_watch *w = watch(d->store, on_ring, &l), *quiet = watch(d->store, NULL, NULL);
    pause_for(50); /* the thread sleeps */
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        int64_t seq;
        int32_t kind;
        consent_status st = consent_watch_wait(quiet, 0, &seq, &kind, NULL);
        consent_watch_end(w);
        consent_watch_free(w);
        consent_watch_free(quiet);
        (void)alarm(LONG / 1000);
        consent_store_free(d->store); /* the thread that sleeps at its bell is not here */
        _exit(st == CONSENT_E_STATE ? 0 : 1);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    add(d->store, 1);
    await_rings(&l, 1, 0);
    consent_watch_free(w);
    consent_watch_free(quiet);
}

/* ---- closing while it rings ---- */

typedef struct sleeper {
    consent_watch *watch;
    consent_status status;
    atomic_bool begun;
} sleeper;

static void *sleep_on(void *user) {
    sleeper *s = user;
    int64_t seq;
    int32_t kind;
    atomic_store(&s->begun, true);
    do
        s->status = consent_watch_wait(s->watch, -1, &seq, &kind, NULL);
    while (s->status == CONSENT_OK);
    return NULL;
}

static void test_watch_wakes_who_waits_when_it_ends(void **state) {
    doorbell *d = *state;
    for (int way = 0; way < 3; way++) {
        sleeper s = {.watch = watch(d->store, NULL, NULL), .status = 1};
        pthread_t thread;
        assert_int_equal(pthread_create(&thread, NULL, sleep_on, &s), 0);
        while (!atomic_load(&s.begun))
            pause_for(1);
        pause_for(20); /* so that it waits already; else it finds the watch ended */
        if (way == 0)
            consent_watch_end(s.watch);
        else if (way == 1)
            add(d->store, 1);
        if (way < 2)
            consent_watch_end(s.watch);
        else
            assert_int_equal(consent_store_close(d->store, NULL), CONSENT_OK);
        (void)pthread_join(thread, NULL);
        assert_int_equal(s.status, CONSENT_E_CLOSED);
        consent_watch_free(s.watch);
    }
}

typedef struct writer {
    consent_store *store;
    int number;
} writer;

static void *write_on(void *user) {
    writer *w = user;
    char id[32];
    for (int i = 0; i < 1000; i++) {
        (void)snprintf(id, sizeof id, "w%d-%d", w->number, i);
        if (consent_subject_add(w->store, id, NULL, NULL) < 0)
            return NULL;
    }
    return NULL;
}

static void test_watch_closing_while_it_rings(void **state) {
    doorbell *d = *state;
    for (int round = 0; round < 24; round++) {
        consent_store *store = open_store(d->path, false);
        listener l[2];
        sleeper s = {.status = 1};
        pthread_t waits, writes[2];
        writer w[2] = {{store, 2 * round}, {store, 2 * round + 1}};
        for (int i = 0; i < 2; i++) {
            listen_to(&l[i], store);
            l[i].closes = round % 4 == 3;
            l[i].watch = watch(store, on_ring, &l[i]);
        }
        s.watch = watch(store, NULL, NULL);
        assert_int_equal(pthread_create(&waits, NULL, sleep_on, &s), 0);
        for (int i = 0; i < 2; i++)
            assert_int_equal(pthread_create(&writes[i], NULL, write_on, &w[i]), 0);
        if (round % 4 < 3)
            await_rings(&l[round % 2], 1, 0);
        int64_t now;
        while (round % 4 == 3 && consent_store_now(store, &now, NULL) == CONSENT_OK)
            pause_for(1);    /* until one of the functions has closed it */
        switch (round % 4) { /* in every order */
        case 0:
            consent_watch_free(l[0].watch);
            assert_int_equal(consent_store_close(store, NULL), CONSENT_OK);
            consent_watch_free(l[1].watch);
            break;
        case 1:
            assert_int_equal(consent_store_close(store, NULL), CONSENT_OK);
            consent_watch_free(l[1].watch);
            consent_watch_free(l[0].watch);
            break;
        case 2:
            consent_watch_end(l[0].watch);
            consent_watch_free(l[1].watch);
            consent_watch_free(l[0].watch);
            assert_int_equal(consent_store_close(store, NULL), CONSENT_OK);
            break;
        default:
            consent_watch_free(l[0].watch);
            consent_watch_free(l[1].watch);
        }
        for (int i = 0; i < 2; i++) {
            (void)pthread_join(writes[i], NULL);
            assert_false(l[i].backwards);
            assert_int_equal(l[i].inside, 0);
        }
        (void)pthread_join(waits, NULL);
        assert_int_equal(s.status, CONSENT_E_CLOSED);
        consent_store_free(store);
        consent_watch_free(s.watch); /* after its store: it kept it */
    }
    assert_int_equal(consent_subject_add(d->store, "after", NULL, NULL), CONSENT_OK);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        EACH(test_watch_tells_what_was_changed),
        EACH(test_watch_tells_of_an_erasure),
        EACH(test_watch_is_silent_without_events),
        EACH(test_watch_refuses_what_it_cannot),
        EACH(test_watch_calls_its_function),
        EACH(test_watch_keeps_what_rings_meanwhile),
        EACH(test_watch_end_waits_for_the_call_in_flight),
        EACH(test_watch_ends_from_within),
        EACH(test_watch_is_freed_from_within),
        EACH(test_watch_closes_the_store_from_within),
        EACH(test_watch_hears_another_handle),
        EACH(test_watch_hears_another_process),
        EACH(test_watch_is_dead_after_a_fork),
        EACH(test_watch_wakes_who_waits_when_it_ends),
        EACH(test_watch_closing_while_it_rings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
