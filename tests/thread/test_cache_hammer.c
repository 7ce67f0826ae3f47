/* SPDX-License-Identifier: Apache-2.0 */
/* The guarantee of <consent/handle.h> under load: two processes of eight threads each, four that
 * grant, withdraw and erase, four that check by every way there is. What a writer has done stands
 * in memory that both processes share: when it says "withdrawn" before a check begins and still
 * says the same after it, the check must have denied; when it says "granted", it must have allowed.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include <consent/consent.h>

#include "flow/erase.h"

void consent__change_unwatch(consent__db *db); /* of the engine, which clashes with core's names */

#define WRITERS 4 /* of each process; each owns one subject */
#define CHECKERS 4
#define SUBJECTS (2 * WRITERS)
#define MILLISECONDS 2500 /* as a rule; on a busy machine until enough was seen */
#define PATIENCE 120000
#define ENOUGH_CHECKS 1000
#define ENOUGH_WRITES 50

enum { GRANTING, GRANTED, WITHDRAWING, WITHDRAWN }; /* the low bits of a word; above: a counter */

typedef struct shared {
    _Atomic uint64_t word[SUBJECTS];
    _Atomic int ready;   /* processes that have opened the store */
    _Atomic int stale;   /* checks that answered from before a withdrawal */
    _Atomic int blind;   /* checks that did not see a grant */
    _Atomic int failed;  /* calls that failed */
    _Atomic long checks; /* with an answer that could be judged */
    _Atomic long writes;
} shared;

typedef struct side { /* one process */
    shared *shared;
    consent_store *store;
    consent_handle *handle[SUBJECTS];
    int32_t purpose;
    int number; /* 0, 1 */
    int64_t until, latest;
} side;

typedef struct worker {
    side *side;
    int number;
    pthread_t thread;
} worker;

static int64_t now_ms(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void pause_ms(long ms) {
    struct timespec t = {0, ms * 1000000};
    (void)nanosleep(&t, NULL);
}

static bool goes_on(const side *s) {
    int64_t now = now_ms();
    return now < s->until ||
           (now < s->latest && (atomic_load(&s->shared->checks) <= ENOUGH_CHECKS ||
                                atomic_load(&s->shared->writes) <= ENOUGH_WRITES));
}

static void name_of(int subject, char out[24]) {
    (void)snprintf(out, 24, "hammer-%d", subject);
}

static consent_store *open_store(const char *path) {
    static const uint8_t key[32] = {7};
    consent_options *o = consent_options_new();
    consent_store *store = NULL;
    consent_options_set_wait(o, PATIENCE); /* what is slow is no failure here */
    if (getenv("HAMMER_HOLD")) {           /* every check reads the file, through reads held open */
        consent_options_set_cache(o, 0);
        consent_options_set_hold_reads(o, true);
    }
    if (consent_options_set_key(o, key, sizeof key, NULL) != CONSENT_OK ||
        consent_store_open(path, o, &store, NULL) != CONSENT_OK)
        store = NULL;
    consent_options_free(o);
    return store;
}

/* ---- writing ---- */

static void tell(side *s, int subject, int what) {
    uint64_t count = atomic_load(&s->shared->word[subject]) / 4 + 1;
    atomic_store(&s->shared->word[subject], count * 4 + (uint64_t)what);
}

static consent_status erase_work(const consent__cx *cx, consent__work *w, void *user) {
    consent__subject subject;
    consent__erased erased;
    consent_status st =
        consent__subject_need(cx, w->store, w->tx, user, &w->scratch->arena, &subject);
    if (st != CONSENT_OK)
        return st;
    consent__erased_init(&erased, &w->store->env);
    st = consent__erase_subject(cx, w, &subject, false, &erased);
    consent__erased_free(&erased);
    return st;
}

static bool erase(consent_store *store, char *id) {
    consent__cx cx = {&store->env, NULL, "erase"};
    return consent__write(&cx, store, erase_work, id) == CONSENT_OK;
}

static void *write_all(void *user) {
    worker *w = user;
    side *s = w->side;
    int subject = s->number * WRITERS + w->number;
    char id[24];
    name_of(subject, id);
    for (int round = 1; goes_on(s); round++) {
        bool good = true;
        tell(s, subject, GRANTING);
        good &= consent_grant(s->store, id, "newsletter", NULL, NULL) == CONSENT_OK;
        tell(s, subject, GRANTED);
        if (round % 3 == 0)
            pause_ms(2); /* let it be seen for a while */
        tell(s, subject, WITHDRAWING);
        if (round % 16 == 5 && w->number == 0)
            good &= erase(s->store, id);
        else
            good &= consent_withdraw(s->store, id, "newsletter", NULL, NULL) == CONSENT_OK;
        tell(s, subject, WITHDRAWN);
        if (round % 3 == 1)
            pause_ms(2);
        consent_status added = consent_subject_add(s->store, id, NULL, NULL);
        good &= added == CONSENT_OK || added == CONSENT_DONE;
        atomic_fetch_add(&s->shared->writes, 2);
        if (!good)
            atomic_fetch_add(&s->shared->failed, 1);
    }
    return NULL;
}

/* ---- checking ---- */

static bool full_check(side *s, const char *id) {
    consent_query *q = consent_query_new(id, "newsletter");
    consent_answer *answer = NULL;
    bool allowed =
        consent_check(s->store, q, &answer, NULL) == CONSENT_OK && consent_answer_allowed(answer);
    consent_answer_free(answer);
    consent_query_free(q);
    return allowed;
}

static void check_one(side *s, int subject, int way) {
    char id[24];
    name_of(subject, id);
    uint64_t before = atomic_load(&s->shared->word[subject]);
    bool allowed = way == 0   ? full_check(s, id)
                   : way == 1 ? consent_may(s->store, id, "newsletter")
                              : consent_handle_may(s->handle[subject], s->purpose);
    if (atomic_load(&s->shared->word[subject]) != before)
        return; /* something was going on meanwhile: either answer is right */
    if (before % 4 == WITHDRAWN && allowed)
        atomic_fetch_add(&s->shared->stale, 1);
    if (before % 4 == GRANTED && !allowed)
        atomic_fetch_add(&s->shared->blind, 1);
    if (before % 4 == GRANTED || before % 4 == WITHDRAWN)
        atomic_fetch_add(&s->shared->checks, 1);
}

static void *check_all(void *user) {
    worker *w = user;
    for (int i = w->number; goes_on(w->side); i++)
        for (int subject = 0; subject < SUBJECTS; subject++)
            check_one(w->side, subject, i % 8 == 0 ? 0 : i % 8 == 1 ? 1 : 2);
    return NULL;
}

/* ---- one process ---- */

/* portable: without the memory that processes share, as where there is none. */
static int run_side(const char *path, shared *sh, int number, bool portable) {
    side s = {.shared = sh, .store = open_store(path), .number = number};
    worker workers[WRITERS + CHECKERS];
    if (!s.store)
        return 1;
    if (portable) {
        s.store->engine->pulse_close(&s.store->cache->pulse);
        s.store->cache->watched = NULL;
        consent__change_unwatch(s.store->db);
    } else if (!s.store->cache->pulse.words) {
        return 7;
    }
    if (consent_purpose_number(s.store, "newsletter", &s.purpose, NULL) != CONSENT_OK)
        return 2;
    for (int i = 0; i < SUBJECTS; i++) {
        char id[24];
        name_of(i, id);
        if (consent_handle_new(s.store, id, &s.handle[i], NULL) != CONSENT_OK)
            return 3;
    }
    atomic_fetch_add(&sh->ready, 1);
    int64_t patience = now_ms() + PATIENCE;
    while (atomic_load(&sh->ready) < 2 && now_ms() < patience)
        pause_ms(1);
    s.until = now_ms() + MILLISECONDS;
    s.latest = s.until + PATIENCE;
    for (int i = 0; i < WRITERS + CHECKERS; i++) {
        workers[i] = (worker){.side = &s, .number = i % WRITERS};
        if (pthread_create(&workers[i].thread, NULL, i < WRITERS ? write_all : check_all,
                           &workers[i]) != 0)
            return 4;
    }
    for (int i = 0; i < WRITERS + CHECKERS; i++)
        (void)pthread_join(workers[i].thread, NULL);
    consent_status st = consent_store_close(s.store, NULL);
    for (int i = 0; i < SUBJECTS; i++) {
        if (consent_handle_may(s.handle[i], s.purpose)) /* closed: never yes */
            return 5;
        consent_handle_free(s.handle[i]);
    }
    consent_store_free(s.store);
    return st == CONSENT_OK ? 0 : 6;
}

static shared *map_shared(const char *path, bool make) {
    FILE *f = fopen(path, make ? "w+b" : "r+b");
    if (!f || (make && ftruncate(fileno(f), sizeof(shared)) != 0))
        return NULL;
    void *p = mmap(NULL, sizeof(shared), PROT_READ | PROT_WRITE, MAP_SHARED, fileno(f), 0);
    (void)fclose(f);
    return p == MAP_FAILED ? NULL : p;
}

static char *read_policy(size_t *n) {
    FILE *f = fopen(CONSENT_SOURCE_DIR "/examples/input/01_hello/policy.json", "rb");
    char *text = calloc(1, 1 << 16);
    *n = f && text ? fread(text, 1, 1 << 16, f) : 0;
    if (f)
        (void)fclose(f);
    return text;
}

static void make_store(const char *path) {
    static const uint8_t key[32] = {7};
    consent_options *o = consent_options_new();
    consent_store *store = NULL;
    size_t n;
    char *policy = read_policy(&n);
    assert_int_equal(consent_options_set_key(o, key, sizeof key, NULL), CONSENT_OK);
    assert_int_equal(consent_store_create(path, o, &store, NULL), CONSENT_OK);
    assert_int_equal(consent_policy_import(store, policy, n, NULL), CONSENT_OK);
    assert_int_equal(consent_policy_publish(store, "hello", "1.0", NULL), CONSENT_OK);
    for (int i = 0; i < SUBJECTS; i++) {
        char id[24];
        name_of(i, id);
        assert_int_equal(consent_subject_add(store, id, NULL, NULL), CONSENT_OK);
    }
    assert_int_equal(consent_store_close(store, NULL), CONSENT_OK);
    consent_store_free(store);
    consent_options_free(o);
    free(policy);
}

static void hammer(bool portable) {
    char folder[] = "cache-hammer-XXXXXX", path[64], board[64];
    int status = -1;
    assert_non_null(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/a.store", folder);
    (void)snprintf(board, sizeof board, "%s/board", folder);
    make_store(path);
    shared *sh = map_shared(board, true);
    assert_non_null(sh);
    pid_t child = fork();
    if (child == 0) { /* a fresh program: nothing of this one's store crosses the fork */
        (void)setenv("HAMMER_STORE", path, 1);
        (void)setenv("HAMMER_BOARD", board, 1);
        if (portable)
            (void)setenv("HAMMER_PORTABLE", "1", 1);
        (void)execl("/proc/self/exe", "hammer", (char *)NULL);
        _exit(127);
    }
    assert_true(child > 0);
    assert_int_equal(run_side(path, sh, 0, portable), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    print_message("%ld judged checks beside %ld writes\n", atomic_load(&sh->checks),
                  atomic_load(&sh->writes));
    assert_int_equal(atomic_load(&sh->stale), 0);
    assert_int_equal(atomic_load(&sh->blind), 0);
    assert_int_equal(atomic_load(&sh->failed), 0);
    assert_true(atomic_load(&sh->checks) > ENOUGH_CHECKS);
    assert_true(atomic_load(&sh->writes) > ENOUGH_WRITES);
    (void)munmap(sh, sizeof *sh);
    (void)unlink(board);
    (void)unlink(path);
    (void)rmdir(folder);
}

static void test_cache_never_answers_from_before_a_commit(void **state) {
    hammer(false);
}

static void test_cache_never_answers_from_before_a_commit_portable(void **state) {
    hammer(true);
}

static void test_held_reads_never_answer_from_before_a_commit(void **state) {
    (void)setenv("HAMMER_HOLD", "1", 1);
    hammer(false);
    (void)unsetenv("HAMMER_HOLD");
}

static void test_held_reads_never_answer_from_before_a_commit_portable(void **state) {
    (void)setenv("HAMMER_HOLD", "1", 1);
    hammer(true);
    (void)unsetenv("HAMMER_HOLD");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cache_never_answers_from_before_a_commit),
        cmocka_unit_test(test_cache_never_answers_from_before_a_commit_portable),
        cmocka_unit_test(test_held_reads_never_answer_from_before_a_commit),
        cmocka_unit_test(test_held_reads_never_answer_from_before_a_commit_portable)};
    if (getenv("HAMMER_STORE")) {
        shared *sh = map_shared(getenv("HAMMER_BOARD"), false);
        return sh ? run_side(getenv("HAMMER_STORE"), sh, 1, getenv("HAMMER_PORTABLE")) : 9;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
