/* SPDX-License-Identifier: Apache-2.0 */
/* Conformance: erasing one subject, and what makes it final. */
#include "store_fixture.h"

/* Two subjects with two events, a state and an idempotency key each. */
static void fill(store_fixture *f) {
    consent__tx *tx = store_write(f);
    int64_t subject;
    for (subject = 1; subject <= 2; subject++) {
        consent__idem_row idem = {.subject = subject, .seq = 2 * subject};
        store_add_subject(f, tx, subject);
        store_append(f, tx, 2 * subject - 1, subject);
        store_append(f, tx, 2 * subject, subject);
        store_put_state(f, tx, subject, 2 * subject, 104);
        OK(f->engine->idem_put(&f->cx, tx, &idem));
    }
    OK(f->engine->commit(&f->cx, tx));
}

static void erase(store_fixture *f, int64_t subject, int64_t events) {
    consent__tx *tx = store_write(f);
    int64_t stubs = -1;
    OK(f->engine->subject_erase(&f->cx, tx, subject, &stubs));
    assert_int_equal(stubs, events);
    OK(f->engine->commit(&f->cx, tx));
}

static void test_erase_leaves_number_uid_and_hashes(void **state) {
    static const uint8_t zeros[16];
    store_fixture *f = *state;
    consent__subject_row row;
    consent__event_row event;
    store_event before;
    consent__idem_row idem;
    consent__tx *tx;
    uint8_t uid[16], lookup[16];
    int64_t seq;
    fill(f);
    erase(f, 1, 2);
    tx = store_read(f);
    store_bytes(uid, 16, 501);
    store_bytes(lookup, 16, 701);
    OK(f->engine->subject_by_id(&f->cx, tx, 1, &row));
    assert_memory_equal(row.uid, uid, 16);
    assert_memory_equal(row.salt, zeros, 16);
    assert_null(row.box);
    EXPECT(f->engine->subject_get(&f->cx, tx, lookup, &row), CONSENT_E_NOT_FOUND);
    EXPECT(f->engine->idem_get(&f->cx, tx, 1, zeros, &idem), CONSENT_E_NOT_FOUND);
    for (seq = 1; seq <= 2; seq++) {
        store_make_event(&before, seq, 1);
        OK(f->engine->event_get(&f->cx, tx, seq, &event));
        assert_int_equal(event.subject, 0);
        assert_null(event.box);
        assert_memory_equal(event.commitment, before.row.commitment, 32);
        assert_memory_equal(event.leaf, before.row.leaf, 32);
    }
    /* the other one is untouched */
    OK(f->engine->idem_get(&f->cx, tx, 2, zeros, &idem));
    OK(f->engine->event_get(&f->cx, tx, 3, &event));
    assert_int_equal(event.subject, 2);
    assert_int_equal(event.box_len, 296);
    OK(f->engine->subject_by_id(&f->cx, tx, 2, &row));
    assert_non_null(row.box);
    f->engine->read_end(tx);
}

static void test_erase_twice_or_an_unknown_one_is_not_found(void **state) {
    store_fixture *f = *state;
    int64_t stubs = 0;
    consent__tx *tx;
    fill(f);
    erase(f, 1, 2);
    tx = store_write(f);
    EXPECT(f->engine->subject_erase(&f->cx, tx, 1, &stubs), CONSENT_E_NOT_FOUND);
    EXPECT(f->engine->subject_erase(&f->cx, tx, 9, &stubs), CONSENT_E_NOT_FOUND);
    f->engine->rollback(tx);
}

static void test_erase_rolled_back_changes_nothing(void **state) {
    store_fixture *f = *state;
    consent__subject_row row;
    int64_t stubs = 0;
    uint8_t salt[16];
    consent__tx *tx;
    fill(f);
    tx = store_write(f);
    OK(f->engine->savepoint(&f->cx, tx));
    OK(f->engine->subject_erase(&f->cx, tx, 1, &stubs));
    OK(f->engine->savepoint_undo(&f->cx, tx));
    OK(f->engine->commit(&f->cx, tx));
    tx = store_read(f);
    store_bytes(salt, 16, 901);
    OK(f->engine->subject_by_id(&f->cx, tx, 1, &row));
    assert_memory_equal(row.salt, salt, 16);
    assert_int_equal(row.box_len, 104);
    f->engine->read_end(tx);
}

static consent_status count_subject(const consent__cx *cx, void *user,
                                    const consent__subject_row *row) {
    (void)cx;
    *(int64_t *)user = *(int64_t *)user * 10 + row->subject;
    return CONSENT_OK;
}

static void test_erased_scan_names_the_erased_in_order(void **state) {
    store_fixture *f = *state;
    int64_t seen = 0;
    consent__tx *tx;
    fill(f);
    erase(f, 2, 2);
    erase(f, 1, 2);
    tx = store_read(f);
    OK(f->engine->erased_scan(&f->cx, tx, count_subject, &seen));
    assert_int_equal(seen, 12);
    f->engine->read_end(tx);
}

static consent_status count_remainder(const consent__cx *cx, void *user,
                                      const consent__remainder_row *row) {
    (void)cx;
    assert_string_equal(row->reason, "tax");
    assert_true(row->until == 5000 || row->until == INT64_MIN);
    ++*(int *)user;
    return CONSENT_OK;
}

static void test_remainders_are_kept_by_uid(void **state) {
    store_fixture *f = *state;
    consent__remainder_row row = {.item = "invoice", .reason = "tax", .until = 5000};
    consent__tx *tx = store_write(f);
    uint8_t other[16] = {1};
    int n = 0;
    OK(f->engine->remainder_put(&f->cx, tx, &row));
    row.uid[0] = 1;
    row.until = INT64_MIN;
    OK(f->engine->remainder_put(&f->cx, tx, &row));
    row.item = "log";
    OK(f->engine->remainder_put(&f->cx, tx, &row));
    OK(f->engine->remainder_scan(&f->cx, tx, NULL, count_remainder, &n));
    assert_int_equal(n, 3);
    n = 0;
    OK(f->engine->remainder_scan(&f->cx, tx, other, count_remainder, &n));
    assert_int_equal(n, 2);
    OK(f->engine->commit(&f->cx, tx));
}

static long size_of_log(const store_fixture *f) {
    char name[600];
    struct stat st;
    (void)snprintf(name, sizeof name, "%s-wal", f->path);
    return stat(name, &st) == 0 ? (long)st.st_size : -1;
}

static void test_settle_empties_the_log_unless_somebody_reads_it(void **state) {
    store_fixture *f = *state;
    consent__tx *reader, *writer;
    bool done = false;
    fill(f);
    reader = store_read(f);
    (void)store_size(f, reader); /* takes its snapshot */
    erase(f, 1, 2);
    OK(f->engine->settle(&f->cx, f->db, &done));
    assert_false(done);
    assert_true(size_of_log(f) > 0);
    f->engine->read_end(reader);
    OK(f->engine->settle(&f->cx, f->db, &done));
    assert_true(done);
    assert_int_equal(size_of_log(f), 0);
    writer = store_write(f);
    EXPECT(f->engine->settle(&f->cx, f->db, &done), CONSENT_E_STATE);
    EXPECT(f->engine->scrub(&f->cx, f->db), CONSENT_E_STATE);
    f->engine->rollback(writer);
}

static void test_scrub_keeps_every_row(void **state) {
    store_fixture *f = *state;
    consent__event_row event;
    consent__tx *tx;
    bool done = false;
    fill(f);
    erase(f, 1, 2);
    OK(f->engine->scrub(&f->cx, f->db));
    OK(f->engine->settle(&f->cx, f->db, &done));
    assert_true(done);
    tx = store_read(f);
    assert_int_equal(store_size(f, tx), 5);
    OK(f->engine->event_get(&f->cx, tx, 4, &event));
    assert_int_equal(event.box_len, 296);
    f->engine->read_end(tx);
    store_close(f);
    store_open(f, 1000, 2);
    tx = store_read(f);
    assert_int_equal(store_size(f, tx), 5);
    f->engine->read_end(tx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORE_TEST(test_erase_leaves_number_uid_and_hashes),
        STORE_TEST(test_erase_twice_or_an_unknown_one_is_not_found),
        STORE_TEST(test_erase_rolled_back_changes_nothing),
        STORE_TEST(test_erased_scan_names_the_erased_in_order),
        STORE_TEST(test_remainders_are_kept_by_uid),
        STORE_TEST(test_settle_empties_the_log_unless_somebody_reads_it),
        STORE_TEST(test_scrub_keeps_every_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
