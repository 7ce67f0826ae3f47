/* SPDX-License-Identifier: Apache-2.0 */
/* Transactions: all or nothing, one snapshot each, one writer at a time among threads and
 * processes. */
#include "store_fixture.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>

#include "store/sqlite/db.h"

static int64_t now_ms(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t size_now(store_fixture *f) {
    consent__tx *tx = store_read(f);
    int64_t n = store_size(f, tx);
    f->engine->read_end(tx);
    return n;
}

static void test_commit_keeps_and_rollback_drops(void **state) {
    store_fixture *f = *state;
    consent__tx *tx = store_write(f);
    store_append(f, tx, 1, 0);
    assert_int_equal(store_size(f, tx), 2); /* the writer sees its own */
    assert_int_equal(size_now(f), 1);
    f->engine->rollback(tx);
    assert_int_equal(size_now(f), 1);
    tx = store_write(f);
    store_append(f, tx, 1, 0);
    OK(f->engine->commit(&f->cx, tx));
    assert_int_equal(size_now(f), 2);
    store_close(f);
    store_open(f, 0, 0);
    assert_int_equal(size_now(f), 2);
}

static void test_savepoints_nest(void **state) {
    store_fixture *f = *state;
    consent__tx *tx = store_write(f);
    OK(f->engine->savepoint(&f->cx, tx));
    store_append(f, tx, 1, 0);
    OK(f->engine->savepoint(&f->cx, tx));
    store_append(f, tx, 2, 0);
    OK(f->engine->savepoint_undo(&f->cx, tx)); /* drops 2 */
    OK(f->engine->savepoint(&f->cx, tx));
    store_append(f, tx, 2, 0);
    store_append(f, tx, 3, 0);
    OK(f->engine->savepoint_keep(&f->cx, tx));
    assert_int_equal(store_size(f, tx), 4);
    OK(f->engine->savepoint_keep(&f->cx, tx));
    OK(f->engine->savepoint(&f->cx, tx));
    store_append(f, tx, 4, 0);
    OK(f->engine->savepoint_undo(&f->cx, tx));
    EXPECT(f->engine->savepoint_keep(&f->cx, tx), CONSENT_E_STATE);
    EXPECT(f->engine->savepoint_undo(&f->cx, tx), CONSENT_E_STATE);
    OK(f->engine->commit(&f->cx, tx));
    assert_int_equal(size_now(f), 4);
}

static void test_commit_with_open_savepoint_is_refused(void **state) {
    store_fixture *f = *state;
    consent__tx *tx = store_write(f);
    store_append(f, tx, 1, 0);
    OK(f->engine->savepoint(&f->cx, tx));
    EXPECT(f->engine->commit(&f->cx, tx), CONSENT_E_STATE);
    assert_int_equal(size_now(f), 1);
    f->engine->rollback(store_write(f)); /* and the writer is free again */
}

/* A refused row leaves the rest of the transaction whole. */
static void test_conflict_within_a_transaction_undoes_one_row(void **state) {
    store_fixture *f = *state;
    consent__tx *tx = store_write(f);
    store_event e;
    store_append(f, tx, 1, 0);
    store_make_event(&e, 5, 0);
    EXPECT(f->engine->event_append(&f->cx, tx, &e.row), CONSENT_E_CONFLICT);
    store_append(f, tx, 2, 0);
    OK(f->engine->commit(&f->cx, tx));
    assert_int_equal(size_now(f), 3);
}

static void test_writing_in_a_read_transaction_is_refused(void **state) {
    store_fixture *f = *state;
    consent__tx *tx = store_read(f);
    store_event e;
    store_make_event(&e, 1, 0);
    EXPECT(f->engine->event_append(&f->cx, tx, &e.row), CONSENT_E_STATE);
    EXPECT(f->engine->meta_put(&f->cx, tx, "k", "v", 1), CONSENT_E_STATE);
    EXPECT(f->engine->savepoint(&f->cx, tx), CONSENT_E_ARGUMENT);
    EXPECT(f->engine->commit(&f->cx, tx), CONSENT_E_ARGUMENT);
    assert_int_equal(store_size(f, tx), 1);
    f->engine->read_end(tx);
}

static void test_reader_keeps_its_snapshot(void **state) {
    store_fixture *f = *state;
    consent__tx *reader = store_read(f), *late = store_read(f), *tx;
    consent__event_row row;
    int64_t seq;
    assert_int_equal(store_size(f, reader), 1);
    for (seq = 1; seq < 20; seq++) {
        tx = store_write(f);
        store_append(f, tx, seq, 0);
        OK(f->engine->commit(&f->cx, tx));
        assert_int_equal(store_size(f, reader), 1);
        EXPECT(f->engine->event_get(&f->cx, reader, seq, &row), CONSENT_E_NOT_FOUND);
    }
    /* `late` began before the writes, but had not read yet: the first read takes the snapshot */
    assert_int_equal(store_size(f, late), 20);
    f->engine->read_end(late);
    f->engine->read_end(reader);
    assert_int_equal(size_now(f), 20);
}

static void test_read_goes_on_while_a_write_is_open(void **state) {
    store_fixture *f = *state;
    consent__tx *tx;
    store_close(f);
    store_open(f, 600000,
               0); /* a reader that waited for the writer would end by the test's limit */
    tx = store_write(f);
    store_append(f, tx, 1, 0);
    assert_int_equal(size_now(f), 1);
    OK(f->engine->commit(&f->cx, tx));
}

/* ---- waiting ---- */

static void test_second_write_of_a_thread_is_refused_at_once(void **state) {
    store_fixture *f = *state;
    consent__tx *tx = store_write(f), *second = tx;
    EXPECT(f->engine->write_begin(&f->cx, f->db, &second), CONSENT_E_STATE);
    assert_null(second);
    f->engine->rollback(tx);
}

typedef struct attempt {
    store_fixture *f;
    int32_t wait;
    int64_t took;
    consent_status status;
} attempt;

/* From another thread, on the same handle. */
static void *attempt_thread(void *user) {
    attempt *a = user;
    const consent__cx cx = {.env = &consent__env_default};
    consent__tx *tx = NULL;
    int64_t start = now_ms();
    a->status = a->f->engine->write_begin(&cx, a->f->db, &tx);
    a->took = now_ms() - start;
    a->f->engine->rollback(tx);
    return NULL;
}

static attempt attempt_write(store_fixture *f) {
    attempt a = {.f = f};
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, attempt_thread, &a), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    return a;
}

/* On a busy machine a try may take any time, but not fifty in a row: one of them is in time, and
 * none is too early. */
#define TRIES 50

static void check_wait(store_fixture *f, int32_t wait, int64_t least, int64_t most) {
    consent__db *other = NULL;
    consent__tx *tx, *second = NULL;
    int64_t took = most + 1;
    store_close(f);
    store_open(f, wait, 0);
    tx = store_write(f);
    for (int i = 0; i < TRIES && took > most; i++) { /* the queue within the process */
        attempt a = attempt_write(f);
        assert_int_equal(a.status, CONSENT_E_BUSY);
        assert_true(a.took >= least);
        took = a.took;
    }
    assert_in_range(took, least, most);
    took = most + 1;
    OK(f->engine->open(&f->cx, f->path, wait, 0, &other)); /* as another process would see it */
    for (int i = 0; i < TRIES && took > most; i++) {
        int64_t start = now_ms();
        EXPECT(f->engine->write_begin(&f->cx, other, &second), CONSENT_E_BUSY);
        took = now_ms() - start;
        assert_true(took >= least);
    }
    assert_in_range(took, least, most);
    OK(f->engine->commit(&f->cx, tx));
    OK(f->engine->write_begin(&f->cx, other, &second));
    f->engine->rollback(second);
    OK(f->engine->close(&f->cx, other));
}

static void test_write_waits_as_long_as_asked(void **state) {
    check_wait(*state, 0, 0, 50);
    check_wait(*state, 100, 95, 600);
}

static void *release_later(void *user) {
    const struct timespec pause = {0, 50000000};
    (void)nanosleep(&pause, NULL);
    ((store_fixture *)user)->engine->read_end((consent__tx *)((store_fixture *)user)->db);
    return NULL;
}

static void test_read_waits_for_a_free_connection(void **state) {
    store_fixture *f = *state;
    store_fixture give = *f;
    consent__tx *first = store_read(f), *second = store_read(f), *third;
    pthread_t thread;
    int64_t start = now_ms();
    give.db = (consent__db *)first;
    assert_int_equal(pthread_create(&thread, NULL, release_later, &give), 0);
    third = store_read(f);
    assert_true(now_ms() - start >= 40);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(store_size(f, third), 1);
    f->engine->read_end(third);
    f->engine->read_end(second);
}

/* ---- threads ---- */

#define THREADS 6
#define WRITES 25

typedef struct crowd {
    store_fixture *f;
    consent__db *db;
    _Atomic int failures;
    _Atomic bool stop;
} crowd;

/* Reads the size and appends the next: a gap or a double would be refused by the engine. */
static consent_status append_next(const consent__engine *e, const consent__cx *cx,
                                  consent__db *db) {
    consent__tx *tx = NULL;
    store_event event;
    int64_t last = 0;
    consent_status status = e->write_begin(cx, db, &tx);
    if (status != CONSENT_OK)
        return status;
    status = e->event_upto(cx, tx, INT64_MAX, &last);
    if (status == CONSENT_OK) {
        store_make_event(&event, last + 1, 0);
        status = e->event_append(cx, tx, &event.row);
    }
    if (status == CONSENT_OK)
        return e->commit(cx, tx);
    e->rollback(tx);
    return status;
}

static void *crowd_writer(void *user) {
    crowd *c = user;
    const consent__cx cx = {.env = &consent__env_default};
    int i;
    for (i = 0; i < WRITES; i++)
        c->failures += append_next(c->f->engine, &cx, c->db) != CONSENT_OK;
    return NULL;
}

static void *crowd_reader(void *user) {
    crowd *c = user;
    const consent__cx cx = {.env = &consent__env_default};
    int64_t before = 0;
    while (!c->stop) {
        consent__tx *tx = NULL;
        int64_t a = -1, b = -1;
        if (c->f->engine->read_begin(&cx, c->db, &tx) != CONSENT_OK) {
            c->failures++;
            continue;
        }
        c->failures += c->f->engine->event_upto(&cx, tx, INT64_MAX, &a) != CONSENT_OK;
        c->failures += c->f->engine->event_upto(&cx, tx, INT64_MAX, &b) != CONSENT_OK;
        c->f->engine->read_end(tx);
        c->failures += a != b || a < before;
        before = a;
    }
    return NULL;
}

static void test_threads_write_without_gap_and_read_undisturbed(void **state) {
    store_fixture *f = *state;
    crowd c = {.f = f};
    pthread_t writers[THREADS], readers[3];
    int i;
    store_close(f);
    store_open(f, 60000, 2);
    c.db = f->db;
    for (i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&writers[i], NULL, crowd_writer, &c), 0);
    for (i = 0; i < 3; i++)
        assert_int_equal(pthread_create(&readers[i], NULL, crowd_reader, &c), 0);
    for (i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(writers[i], NULL), 0);
    c.stop = true;
    for (i = 0; i < 3; i++)
        assert_int_equal(pthread_join(readers[i], NULL), 0);
    assert_int_equal(c.failures, 0);
    assert_int_equal(size_now(f), 1 + THREADS * WRITES);
}

/* ---- processes ---- */

static void test_processes_write_without_gap(void **state) {
    store_fixture *f = *state;
    pid_t children[3];
    int i, j, wait_status;
    store_close(f);
    for (i = 0; i < 3; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            const consent__cx cx = {.env = &consent__env_default};
            consent__db *db = NULL;
            int failures = f->engine->open(&cx, f->path, 60000, 0, &db) != CONSENT_OK;
            for (j = 0; j < 100 && failures == 0; j++)
                failures += append_next(f->engine, &cx, db) != CONSENT_OK;
            failures += f->engine->close(&cx, db) != CONSENT_OK;
            _exit(failures);
        }
    }
    for (i = 0; i < 3; i++) {
        assert_int_equal(waitpid(children[i], &wait_status, 0), children[i]);
        assert_int_equal(wait_status, 0);
    }
    store_open(f, 0, 0);
    assert_int_equal(size_now(f), 301);
}

static void test_forked_child_may_not_use_the_store(void **state) {
    store_fixture *f = *state;
    int wait_status;
    pid_t child;
    f->engine->rollback(store_write(f));
    f->engine->read_end(store_read(f));
    child = fork();
    if (child == 0) {
        consent__tx *tx = NULL;
        consent__db *again = NULL;
        EXPECT(f->engine->read_begin(&f->cx, f->db, &tx), CONSENT_E_STATE);
        EXPECT(f->engine->write_begin(&f->cx, f->db, &tx), CONSENT_E_STATE);
        assert_null(tx);
        EXPECT(f->engine->backup(&f->cx, f->db, "x"), CONSENT_E_STATE);
        EXPECT(f->engine->open(&f->cx, f->path, 0, 0, &again), CONSENT_E_STATE);
        OK(f->engine->close(&f->cx, f->db));
        EXPECT(f->engine->open(&f->cx, f->path, 0, 0, &again), CONSENT_E_STATE);
        assert_null(again);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &wait_status, 0), child);
    assert_int_equal(wait_status, 0);
    assert_true(store_exists(f, "-wal")); /* the child's close has not touched ours */
    {
        consent__tx *tx = store_write(f);
        store_append(f, tx, 1, 0);
        OK(f->engine->commit(&f->cx, tx));
    }
    assert_int_equal(size_now(f), 2);
}

/* ---- statements (this engine) ---- */

static void test_no_statement_stays_out_after_a_transaction(void **state) {
    store_fixture *f = *state;
    consent__tx *tx;
    consent__event_row row;
    consent__subject_row subject;
    uint8_t lookup[16] = {0};
    int round;
    sqlite3_stmt *stmt;
    int first = 0, count;
    for (round = 0; round < 50; round++) {
        tx = store_read(f);
        OK(f->engine->event_get(&f->cx, tx, 0, &row)); /* left as it is, its row handed out */
        f->engine->read_end(tx);
        assert_true(consent__conn_idle(&f->db->readers[0]));
        tx = store_write(f);
        EXPECT(f->engine->subject_get(&f->cx, tx, lookup, &subject), CONSENT_E_NOT_FOUND);
        OK(f->engine->event_get(&f->cx, tx, 0, &row));
        if (round % 2 == 0)
            f->engine->rollback(tx);
        else
            OK(f->engine->commit(&f->cx, tx));
        assert_true(consent__conn_idle(&f->db->writer));
        count = 0;
        for (stmt = sqlite3_next_stmt(f->db->writer.sql, NULL); stmt != NULL;
             stmt = sqlite3_next_stmt(f->db->writer.sql, stmt)) {
            assert_int_equal(sqlite3_stmt_busy(stmt), 0);
            count++;
        }
        if (round == 1)
            first = count;
        if (round > 1)
            assert_int_equal(count, first); /* prepared once, no copies */
    }
}

/* ---- the log ---- */

/* As long as a small file allows, and begun anew again and again (lib/store/sqlite/log.c). */
static void test_log_of_a_small_file_stays_short(void **state) {
    store_fixture *f = *state;
    enum { MEGABYTE = 1 << 20, TIMES = 16 };
    char log[1024];
    struct stat found;
    uint8_t *bytes = calloc(1, MEGABYTE);
    assert_non_null(bytes);
    for (int i = 0; i < TIMES; i++) {
        consent__tx *tx = store_write(f);
        memset(bytes, i, MEGABYTE);
        OK(f->engine->meta_put(&f->cx, tx, "value", bytes, MEGABYTE));
        OK(f->engine->commit(&f->cx, tx));
    }
    free(bytes);
    (void)snprintf(log, sizeof log, "%s-wal", f->path);
    assert_int_equal(stat(log, &found), 0);
    assert_true(found.st_size >= 4 * MEGABYTE);  /* 1 000 pages at least before it begins anew */
    assert_true(found.st_size <= 10 * MEGABYTE); /* of 30 that were written */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORE_TEST(test_commit_keeps_and_rollback_drops),
        STORE_TEST(test_savepoints_nest),
        STORE_TEST(test_commit_with_open_savepoint_is_refused),
        STORE_TEST(test_conflict_within_a_transaction_undoes_one_row),
        STORE_TEST(test_writing_in_a_read_transaction_is_refused),
        STORE_TEST(test_reader_keeps_its_snapshot),
        STORE_TEST(test_read_goes_on_while_a_write_is_open),
        STORE_TEST(test_second_write_of_a_thread_is_refused_at_once),
        STORE_TEST(test_write_waits_as_long_as_asked),
        STORE_TEST(test_read_waits_for_a_free_connection),
        STORE_TEST(test_threads_write_without_gap_and_read_undisturbed),
        STORE_TEST(test_processes_write_without_gap),
        STORE_TEST(test_forked_child_may_not_use_the_store),
        STORE_TEST(test_no_statement_stays_out_after_a_transaction),
        STORE_TEST(test_log_of_a_small_file_stays_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
