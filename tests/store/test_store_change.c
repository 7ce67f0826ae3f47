/* SPDX-License-Identifier: Apache-2.0 */
/* The change token: it moves with every commit of any process and stays while there is none. */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include "store_fixture.h"

#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "store/sqlite/db.h"

static uint64_t token(store_fixture *f) {
    uint64_t t = 0;
    OK(f->engine->change_token(&f->cx, f->db, &t));
    return t;
}

static void write_value(const consent__engine *e, const consent__cx *cx, consent__db *db,
                        int64_t value) {
    consent__tx *tx = NULL;
    assert_int_equal(e->write_begin(cx, db, &tx), CONSENT_OK);
    assert_int_equal(e->meta_put(cx, tx, "value", &value, sizeof value), CONSENT_OK);
    assert_int_equal(e->commit(cx, tx), CONSENT_OK);
}

static int64_t read_value(store_fixture *f) {
    consent__tx *tx = store_read(f);
    int64_t value = -1;
    consent__buf buf;
    consent__buf_init(&buf, f->cx.env);
    if (f->engine->meta_get(&f->cx, tx, "value", &buf) == CONSENT_OK)
        memcpy(&value, buf.data, sizeof value);
    f->engine->read_end(tx);
    consent__buf_free(&buf);
    return value;
}

static void check_moves(store_fixture *f) {
    consent__db *other = NULL;
    uint64_t before = token(f), after;
    int i;
    OK(f->engine->open(&f->cx, f->path, 1000, 0, &other));
    before = token(f);
    for (i = 0; i < 100; i++) {
        write_value(f->engine, &f->cx, i % 2 == 0 ? f->db : other, i);
        after = token(f);
        assert_true(after != before);
        (void)read_value(f);
        f->engine->rollback(store_write(f));
        assert_true(token(f) == after); /* reading and giving up change nothing */
        before = after;
    }
    OK(f->engine->close(&f->cx, other));
}

static void test_token_moves_with_commits_only(void **state) {
    store_fixture *f = *state;
    if (strcmp(f->engine->name, "sqlite") == 0)
        assert_non_null(f->db->wal_index); /* the fast way is in use here */
    check_moves(f);
}

static void test_token_without_shared_memory_moves_too(void **state) {
    store_fixture *f = *state;
    consent__change_unwatch(f->db);
    check_moves(f);
}

/* Another process commits 1, 2, 3 … and says so after each. Whoever reads only when the token has
 * moved must never have an older value than one that was said before it asked. */
static int commit_and_say(store_fixture *f, int commits, _Atomic int64_t *said) {
    const consent__cx cx = {.env = &consent__env_default};
    consent__db *db = NULL;
    int i;
    while (atomic_load(said) < 0) {
    }
    if (f->engine->open(&cx, f->path, 60000, 0, &db) != CONSENT_OK)
        return 1;
    for (i = 1; i <= commits; i++) {
        write_value(f->engine, &cx, db, i);
        atomic_store(said, i);
    }
    return f->engine->close(&cx, db) != CONSENT_OK;
}

static void check_fresh(store_fixture *f, int commits, bool shared_memory) {
    _Atomic int64_t *said =
        mmap(NULL, sizeof *said, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int64_t cached = -1, stale = 0, asked = 0, read = 0;
    uint64_t seen, now;
    int wait_status = -1;
    pid_t child;
    assert_true((void *)said != MAP_FAILED);
    atomic_store(said, -1);
    store_close(f); /* a store is not open across a fork */
    child = fork();
    if (child == 0)
        _exit(commit_and_say(f, commits, said));
    store_open(f, 1000, 0);
    if (!shared_memory)
        consent__change_unwatch(f->db);
    seen = token(f);
    write_value(f->engine, &f->cx, f->db, 0);
    atomic_store(said, 0);
    while (waitpid(child, &wait_status, WNOHANG) == 0) {
        int i;
        for (i = 0; i < 200; i++) {
            int64_t least = atomic_load(said);
            now = token(f);
            asked++;
            if (now != seen) {
                seen = now; /* before reading: what is committed in between moves it again */
                cached = read_value(f);
                read++;
            }
            stale += cached < least;
        }
    }
    assert_int_equal(wait_status, 0);
    assert_int_equal(stale, 0);
    assert_true(read > 1 && read < asked);
    assert_true(token(f) == seen || read_value(f) == commits);
    (void)munmap((void *)said, sizeof *said);
}

static void test_token_is_never_late_between_processes(void **state) {
    check_fresh(*state, 3000, true); /* the log begins anew several times */
}

static void test_token_without_shared_memory_is_never_late(void **state) {
    check_fresh(*state, 500, false);
}

/* The header as a process leaves it that died between its two copies. */
static void test_token_of_a_torn_header_equals_none(void **state) {
    store_fixture *f = *state;
    static uint64_t header[12] = {3007000, 5, 6, 7, 8, 9, 3007000, 4, 6, 7, 8, 9};
    const volatile uint64_t *real = f->db->wal_index;
    uint64_t a, b;
    f->db->wal_index = header;
    a = token(f);
    b = token(f);
    assert_true(a != b);
    header[1] = 4;
    a = token(f);
    assert_true(a != b && a == token(f));
    f->db->wal_index = real;
}

/* ---- reads held open ---- */

static int64_t look(store_fixture *f) { /* size of the head, by a look for nobody */
    static const uint8_t nobody[16] = {1};
    consent__subject_row row;
    consent__head head;
    consent__buf box;
    consent__buf_init(&box, f->cx.env);
    OK(f->engine->subject_look(&f->cx, f->db, nobody, &head, &row, &box));
    assert_int_equal(row.subject, 0);
    consent__buf_free(&box);
    return head.size;
}

static void set_size(const consent__engine *engine, const consent__cx *cx, consent__db *db,
                     int64_t size) {
    consent__tx *tx = NULL;
    consent__head head = {.size = size};
    assert_int_equal(engine->write_begin(cx, db, &tx), CONSENT_OK);
    assert_int_equal(engine->head_put(cx, tx, &head), CONSENT_OK);
    assert_int_equal(engine->commit(cx, tx), CONSENT_OK);
}

static void check_held(store_fixture *f) {
    consent__db *other = NULL;
    bool done = false;
    OK(f->engine->open(&f->cx, f->path, 1000, 0, &other));
    set_size(f->engine, &f->cx, f->db, 1);
    assert_int_equal(look(f), 1);
    assert_false(f->db->readers[0].holds); /* not unless it was asked for */
    f->engine->hold_reads(f->db, true);
    for (int64_t i = 2; i < 40; i += 2) {
        set_size(f->engine, &f->cx, other, i);
        assert_int_equal(look(f), i);
        assert_true(f->db->readers[0].holds);
        assert_int_equal(look(f), i);
        set_size(f->engine, &f->cx, f->db, i + 1);
        assert_false(f->db->readers[0].holds); /* our commit does not meet it */
        assert_int_equal(look(f), i + 1);
    }
    set_size(f->engine, &f->cx, other, 50);
    (void)read_value(f); /* another use of the same connection is a new read */
    assert_false(f->db->readers[0].holds);
    assert_int_equal(look(f), 50);
    OK(f->engine->settle(&f->cx, f->db, &done));
    assert_true(done); /* nothing kept the log from being emptied */
    set_size(f->engine, &f->cx, other, 51);
    assert_int_equal(look(f), 51);
    set_size(f->engine, &f->cx, other, 52);
    OK(f->engine->settle(&f->cx, other, &done));
    assert_false(done); /* it keeps others from it … */
    f->engine->release_reads(f->db);
    OK(f->engine->settle(&f->cx, other, &done));
    assert_true(done); /* … until it is let go */
    assert_int_equal(look(f), 52);
    f->engine->hold_reads(f->db, false);
    assert_false(f->db->readers[0].holds);
    assert_int_equal(look(f), 52);
    assert_false(f->db->readers[0].holds);
    f->engine->hold_reads(f->db, true);
    assert_int_equal(look(f), 52); /* closing ends it too */
    OK(f->engine->close(&f->cx, other));
}

static void test_held_reads_are_fresh_and_in_nobodys_way(void **state) {
    check_held(*state);
}

static void test_held_reads_without_shared_memory(void **state) {
    store_fixture *f = *state;
    consent__change_unwatch(f->db);
    check_held(f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORE_TEST(test_token_moves_with_commits_only),
        STORE_TEST(test_token_without_shared_memory_moves_too),
        STORE_TEST(test_held_reads_are_fresh_and_in_nobodys_way),
        STORE_TEST(test_held_reads_without_shared_memory),
        STORE_TEST(test_token_is_never_late_between_processes),
        STORE_TEST(test_token_without_shared_memory_is_never_late),
        STORE_TEST(test_token_of_a_torn_header_equals_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
