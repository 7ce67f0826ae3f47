/* SPDX-License-Identifier: Apache-2.0 */
/* A connection that has written acts and nothing else does without triggers and references: what
 * they forbid stays forbidden, and what needs them has them back (docs/decisions/0024). */
#include "store_fixture.h"

#include <sqlite3.h>

#include "store/sqlite/db.h"

/* As after so many acts that the next transaction begins without. */
static consent__tx *lean_write(store_fixture *f) {
    consent__tx *tx;
    f->db->writer.acts = 1000000;
    tx = store_write(f);
    assert_true(f->db->writer.lean);
    return tx;
}

static void with_subjects(store_fixture *f) {
    consent__tx *tx = store_write(f);
    store_add_subject(f, tx, 1);
    store_add_subject(f, tx, 2);
    store_append(f, tx, 1, 1);
    store_put_state(f, tx, 1, 1, 64);
    store_put_state(f, tx, 2, 1, 64);
    OK(f->engine->commit(&f->cx, tx));
}

static void put_head(store_fixture *f, consent__tx *tx, int64_t size) {
    consent__head head = {.size = size, .at = 1000, .catalog = 0};
    OK(f->engine->head_put(&f->cx, tx, &head));
}

/* What a record writes. */
static void act(store_fixture *f, consent__tx *tx, int64_t seq, int64_t subject) {
    store_append(f, tx, seq, subject);
    store_put_state(f, tx, subject, seq, 64);
    put_head(f, tx, seq + 1);
}

static void expect_size(store_fixture *f, int64_t size) {
    consent__tx *tx = store_read(f);
    assert_int_equal(store_size(f, tx), size);
    f->engine->read_end(tx);
}

static void refused(store_fixture *f, consent__tx *tx, int64_t seq) {
    store_event e;
    store_make_event(&e, seq, 1);
    EXPECT(f->engine->event_append(&f->cx, tx, &e.row), CONSENT_E_CONFLICT);
}

static void test_many_acts_make_it_lean_and_another_write_ends_it(void **state) {
    store_fixture *f = *state;
    int64_t seq = 2;
    with_subjects(f);
    for (int i = 0; i < 300; i++, seq++) {
        consent__tx *tx = store_write(f);
        act(f, tx, seq, 1 + i % 2);
        OK(f->engine->commit(&f->cx, tx));
    }
    assert_true(f->db->writer.lean);
    consent__tx *tx = store_write(f);
    OK(f->engine->meta_put(&f->cx, tx, "x", "y", 1));
    assert_false(f->db->writer.lean);
    OK(f->engine->commit(&f->cx, tx));
    tx = store_write(f);
    act(f, tx, seq++, 1);
    assert_false(f->db->writer.lean);
    OK(f->engine->commit(&f->cx, tx));
    expect_size(f, seq);
    OK(f->engine->close(&f->cx, f->db));
    store_open(f, 1000, 2);
    tx = store_write(f); /* a new connection begins with them, and comes to it again */
    assert_false(f->db->writer.lean);
    act(f, tx, seq++, 1);
    OK(f->engine->commit(&f->cx, tx));
    tx = lean_write(f);
    act(f, tx, seq++, 1);
    OK(f->engine->commit(&f->cx, tx));
    expect_size(f, seq);
}

static void test_a_number_out_of_line_is_refused(void **state) {
    static const int64_t wrong[] = {0, 1, 3, 100, INT64_MAX / 16};
    store_fixture *f = *state;
    with_subjects(f);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        consent__tx *tx = lean_write(f);
        refused(f, tx, wrong[i]);
        act(f, tx, 2, 1); /* and the right one is not */
        f->engine->rollback(tx);
    }
    consent__tx *tx = lean_write(f);
    act(f, tx, 2, 1);
    OK(f->engine->savepoint(&f->cx, tx));
    act(f, tx, 3, 1);
    OK(f->engine->savepoint_undo(&f->cx, tx));
    refused(f, tx, 4);
    act(f, tx, 3, 1);
    OK(f->engine->commit(&f->cx, tx));
    tx = lean_write(f);
    f->engine->rollback(tx);
    tx = lean_write(f);
    act(f, tx, 4, 1);
    f->engine->rollback(tx);
    tx = lean_write(f); /* what was rolled back is not counted */
    refused(f, tx, 5);
    act(f, tx, 4, 1);
    OK(f->engine->commit(&f->cx, tx));
    expect_size(f, 5);
}

/* Whoever writes between two of our transactions. */
static void test_what_others_add_is_counted(void **state) {
    store_fixture *f = *state;
    sqlite3 *other = NULL;
    with_subjects(f);
    consent__tx *tx = lean_write(f);
    act(f, tx, 2, 1);
    OK(f->engine->commit(&f->cx, tx));
    assert_int_equal(sqlite3_open(f->path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other,
                                  "BEGIN; INSERT INTO event VALUES (3, 1, 'consent.granted', "
                                  "zeroblob(32), zeroblob(32)); INSERT INTO event_body VALUES (3, "
                                  "1, x'01'); COMMIT",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    tx = lean_write(f);
    refused(f, tx, 3);
    f->engine->rollback(tx);
    tx = lean_write(f);
    act(f, tx, 4, 2);
    OK(f->engine->commit(&f->cx, tx));
    expect_size(f, 5);
    store_close(f); /* before the other: closing a file drops the process's locks of it */
    (void)sqlite3_close(other);
}

static void test_an_unknown_subject_is_refused_at_commit(void **state) {
    store_fixture *f = *state;
    with_subjects(f);
    consent__tx *tx = lean_write(f);
    store_append(f, tx, 2, 7);
    assert_false(f->db->writer.lean);
    EXPECT(f->engine->commit(&f->cx, tx), CONSENT_E_ENGINE);
    tx = lean_write(f);
    store_append(f, tx, 2, 7);
    store_add_subject(f, tx, 7); /* comes later */
    OK(f->engine->commit(&f->cx, tx));
    tx = lean_write(f);
    OK(f->engine->savepoint(&f->cx, tx));
    store_add_subject(f, tx, 8);
    OK(f->engine->savepoint_undo(&f->cx, tx));
    store_append(f, tx, 3, 8); /* was there, and is no more */
    EXPECT(f->engine->commit(&f->cx, tx), CONSENT_E_ENGINE);
    expect_size(f, 3);
}

static void test_an_event_without_body_is_refused(void **state) {
    store_fixture *f = *state;
    store_event e;
    with_subjects(f);
    consent__tx *tx = lean_write(f);
    store_make_event(&e, 2, 0);
    e.row.box = NULL;
    e.row.box_len = 0;
    EXPECT(f->engine->event_append(&f->cx, tx, &e.row), CONSENT_E_CONFLICT);
    f->engine->rollback(tx);
    expect_size(f, 2);
}

/* A state of a subject that is not there, a checkpoint that is: the references and triggers of
 * other tables hold in a transaction that began without. */
static void test_other_writes_get_triggers_and_references_back(void **state) {
    store_fixture *f = *state;
    consent__checkpoint_row checkpoint = {2, 5, "note", 4};
    with_subjects(f);
    consent__tx *tx = lean_write(f);
    act(f, tx, 2, 1);
    OK(f->engine->checkpoint_put(&f->cx, tx, &checkpoint));
    assert_false(f->db->writer.lean);
    EXPECT(f->engine->checkpoint_put(&f->cx, tx, &checkpoint), CONSENT_E_CONFLICT);
    refused(f, tx, 4);
    act(f, tx, 3, 1);
    OK(f->engine->commit(&f->cx, tx));
    tx = lean_write(f);
    act(f, tx, 4, 2);
    store_put_state(f, tx, 9, 4, 64);
    EXPECT(f->engine->commit(&f->cx, tx), CONSENT_E_ENGINE);
    tx = lean_write(f);
    act(f, tx, 4, 2);
    OK(f->engine->commit(&f->cx, tx));
    expect_size(f, 5);
}

static void test_a_registration_does_without(void **state) {
    store_fixture *f = *state;
    with_subjects(f);
    consent__tx *tx = lean_write(f);
    for (int64_t i = 3; i < 10; i++) {
        store_add_subject(f, tx, i);
        act(f, tx, i - 1, i);
    }
    assert_true(f->db->writer.lean);
    OK(f->engine->commit(&f->cx, tx));
    tx = lean_write(f);
    act(f, tx, 9, 9);
    assert_true(f->db->writer.lean);
    OK(f->engine->commit(&f->cx, tx));
    expect_size(f, 10);
}

/* And what the triggers refuse of it stays refused. */
static void test_a_wrong_registration_is_refused(void **state) {
    store_fixture *f = *state;
    consent__subject_row row = {.subject = 1, .seq = 2, .box = (const uint8_t *)"x", .box_len = 1};
    uint8_t uid[16], salt[16], zeros[16] = {0};
    with_subjects(f);
    store_bytes(uid, 16, 5000);
    store_bytes(salt, 16, 5001);
    consent__tx *tx = lean_write(f);
    EXPECT(f->engine->subject_add(&f->cx, tx, 2, uid, salt), CONSENT_E_CONFLICT);
    f->engine->rollback(tx);
    tx = lean_write(f);
    EXPECT(f->engine->subject_add(&f->cx, tx, 3, uid, zeros), CONSENT_E_CONFLICT);
    f->engine->rollback(tx);
    tx = lean_write(f);
    EXPECT(f->engine->subject_add(&f->cx, tx, 3, NULL, salt), CONSENT_E_ARGUMENT);
    store_bytes(uid, 16, 501); /* of subject 1 */
    EXPECT(f->engine->subject_add(&f->cx, tx, 3, uid, salt), CONSENT_E_CONFLICT);
    store_bytes(row.lookup, 16, 999); /* a second look-up of subject 1 */
    EXPECT(f->engine->state_put(&f->cx, tx, &row), CONSENT_E_CONFLICT);
    store_bytes(row.lookup, 16, 702); /* that of subject 2 */
    EXPECT(f->engine->state_put(&f->cx, tx, &row), CONSENT_E_CONFLICT);
    store_add_subject(f, tx, 3);
    act(f, tx, 2, 3);
    OK(f->engine->commit(&f->cx, tx));
    expect_size(f, 3);
}

static void test_a_state_of_nobody_is_refused_at_commit(void **state) {
    store_fixture *f = *state;
    consent__subject_row row = {.seq = 2, .box = (const uint8_t *)"x", .box_len = 1};
    with_subjects(f);
    store_bytes(row.lookup, 16, 999);
    consent__tx *tx = lean_write(f);
    OK(f->engine->state_put(&f->cx, tx, &row));
    EXPECT(f->engine->commit(&f->cx, tx), CONSENT_E_ENGINE);
}

/* Somebody took the last body away: nothing is added above the gap. */
static void test_a_gap_at_the_end_is_not_built_upon(void **state) {
    store_fixture *f = *state;
    store_event e;
    sqlite3 *other = NULL;
    with_subjects(f);
    assert_int_equal(sqlite3_open(f->path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other,
                                  "DROP TRIGGER event_body_delete; DELETE FROM event_body WHERE "
                                  "seq = 1",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    store_make_event(&e, 2, 1);
    for (int bulk = 0; bulk < 2; bulk++) {
        consent__tx *tx = lean_write(f);
        if (bulk)
            f->engine->expect(tx, 100000);
        EXPECT(f->engine->event_append(&f->cx, tx, &e.row), CONSENT_E_CONFLICT);
        f->engine->rollback(tx);
    }
    store_close(f);
    (void)sqlite3_close(other);
}

/* As when there was no memory to make ROLLBACK anew: what was written is undone all the same, and
 * others can write. */
static void test_a_rollback_that_cannot_be_made_is_a_closing(void **state) {
    store_fixture *f = *state;
    sqlite3 *other = NULL;
    with_subjects(f);
    consent__tx *tx = lean_write(f);
    act(f, tx, 2, 1);
    consent__tx_guard_all(tx);
    (void)sqlite3_limit(f->db->writer.sql, SQLITE_LIMIT_SQL_LENGTH, 1); /* no ROLLBACK is made */
    f->engine->rollback(tx);
    assert_null(f->db->writer.sql);
    assert_int_equal(sqlite3_open(f->path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE; ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    expect_size(f, 2);
    tx = store_write(f);
    act(f, tx, 2, 1);
    OK(f->engine->commit(&f->cx, tx));
    expect_size(f, 3);
    store_close(f);
    (void)sqlite3_close(other);
}

/* What is let through without is of tables that have neither: a migration that gives them one must
 * take their statement from the list in consent__tx_guard. */
static void test_what_is_let_through_has_neither(void **state) {
    store_fixture *f = *state;
    sqlite3 *sql = NULL;
    sqlite3_stmt *stmt = NULL;
    store_close(f);
    assert_int_equal(sqlite3_open(f->path, &sql), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(
            sql,
            "SELECT (SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN "
            "('head', 'tree_node', 'idem')) + (SELECT count(*) FROM sqlite_schema WHERE type = "
            "'trigger' AND tbl_name = 'subject_state' AND sql NOT LIKE '%BEFORE INSERT ON%') + "
            "(SELECT count(*) FROM sqlite_schema AS t, pragma_foreign_key_list(t.name) AS k WHERE "
            "t.type = 'table' AND (t.name IN ('head', 'tree_node', 'idem') OR k.\"table\" IN "
            "('head', 'tree_node', 'idem', 'subject_state', 'event_body') OR (t.name = "
            "'subject_state' AND k.\"from\" IN ('seq', 'box'))))",
            -1, &stmt, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(stmt, 0), 0);
    (void)sqlite3_finalize(stmt);
    (void)sqlite3_close(sql);
}

/* And of what event.c and subject.c stand in for nothing is new: whoever changes one of these looks
 * there, then here. */
static void test_what_is_stood_in_for_is_known(void **state) {
    static const char known[] =
        "event_body_insert 318 event_insert 199 subject_key_insert 317 subject_state_insert 397 "
        "event_body.seq event event_body.subject subject_key subject_state.subject subject_key";
    store_fixture *f = *state;
    sqlite3 *sql = NULL;
    sqlite3_stmt *stmt = NULL;
    store_close(f);
    assert_int_equal(sqlite3_open(f->path, &sql), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(
            sql,
            "SELECT (SELECT group_concat(name || ' ' || length(sql), ' ') FROM (SELECT name, sql "
            "FROM sqlite_schema WHERE type = 'trigger' AND sql LIKE '% INSERT ON %' AND tbl_name "
            "IN ('event', 'event_body', 'subject_key', 'subject_state') ORDER BY name)) || ' ' || "
            "(SELECT group_concat(word, ' ') FROM (SELECT t.name || '.' || k.\"from\" || ' ' || "
            "k.\"table\" AS word FROM sqlite_schema AS t, pragma_foreign_key_list(t.name) AS k "
            "WHERE t.type = 'table' AND t.name IN ('event', 'event_body', 'subject_key', "
            "'subject_state') ORDER BY word))",
            -1, &stmt, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(stmt, 0), known);
    (void)sqlite3_finalize(stmt);
    (void)sqlite3_close(sql);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORE_TEST(test_many_acts_make_it_lean_and_another_write_ends_it),
        STORE_TEST(test_a_number_out_of_line_is_refused),
        STORE_TEST(test_what_others_add_is_counted),
        STORE_TEST(test_an_unknown_subject_is_refused_at_commit),
        STORE_TEST(test_an_event_without_body_is_refused),
        STORE_TEST(test_other_writes_get_triggers_and_references_back),
        STORE_TEST(test_a_registration_does_without),
        STORE_TEST(test_a_wrong_registration_is_refused),
        STORE_TEST(test_a_state_of_nobody_is_refused_at_commit),
        STORE_TEST(test_a_gap_at_the_end_is_not_built_upon),
        STORE_TEST(test_a_rollback_that_cannot_be_made_is_a_closing),
        STORE_TEST(test_what_is_stood_in_for_is_known),
        STORE_TEST(test_what_is_let_through_has_neither),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
