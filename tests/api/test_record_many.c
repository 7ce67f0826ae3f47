/* SPDX-License-Identifier: Apache-2.0 */
/* Many acts in one transaction: each recorded or refused for itself, in their order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <consent/consent.h>

#define MANY 3000 /* more than the engine's usual cache holds */

typedef struct fixture {
    char folder[32], path[64];
    consent_store *store;
    consent_act *acts[MANY];
    size_t count;
} fixture;

static int set_up(void **state) {
    static const uint8_t key[32] = {3};
    fixture *f = calloc(1, sizeof *f);
    consent_options *o = consent_options_new();
    (void)strcpy(f->folder, "many-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    (void)snprintf(f->path, sizeof f->path, "%s/a.store", f->folder);
    assert_int_equal(consent_options_set_key(o, key, sizeof key, NULL), CONSENT_OK);
    assert_int_equal(consent_store_create(f->path, o, &f->store, NULL), CONSENT_OK);
    consent_options_free(o);
    assert_int_equal(consent_policy_import_file(
                         f->store, CONSENT_SOURCE_DIR "/examples/input/01_hello/policy.json", NULL),
                     CONSENT_OK);
    assert_int_equal(consent_policy_publish(f->store, "hello", "1.0", NULL), CONSENT_OK);
    for (int i = 0; i < 4; i++) {
        char id[8] = {'s', (char)('0' + i)};
        assert_int_equal(consent_subject_add(f->store, id, "1990-01-01", NULL), CONSENT_OK);
    }
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    fixture *f = *state;
    for (size_t i = 0; i < f->count; i++)
        consent_act_free(f->acts[i]);
    consent_store_free(f->store);
    (void)unlink(f->path);
    (void)rmdir(f->folder);
    free(f);
    return 0;
}

static consent_act *add(fixture *f, const char *subject, int32_t decision, const char *purpose) {
    consent_act *a = consent_act_new(subject, decision, purpose);
    assert_non_null(a);
    f->acts[f->count++] = a;
    return a;
}

static consent_status record(fixture *f, consent_rows **rows, consent_error **err) {
    return consent_record_many(f->store, (const consent_act *const *)f->acts, f->count, rows, err);
}

static int64_t size_of(fixture *f) {
    consent_rows *rows = NULL;
    assert_int_equal(consent_ledger_head(f->store, &rows, NULL), CONSENT_OK);
    int64_t n = consent_rows_number(rows, 0, "size", -1);
    consent_rows_free(rows);
    return n;
}

static void test_record_many_each_for_itself(void **state) {
    fixture *f = *state;
    consent_rows *rows = NULL;
    int64_t before = size_of(f);
    add(f, "s0", CONSENT_DECISION_GRANTED, "newsletter");
    add(f, "nobody", CONSENT_DECISION_GRANTED, "newsletter");
    add(f, "s1", CONSENT_DECISION_GRANTED, "no such purpose");
    assert_int_equal(
        consent_act_set_idempotency(add(f, "s1", CONSENT_DECISION_GRANTED, "newsletter"), "k"),
        CONSENT_OK);
    assert_int_equal(
        consent_act_set_idempotency(add(f, "s1", CONSENT_DECISION_GRANTED, "newsletter"), "k"),
        CONSENT_OK);
    add(f, "s2", CONSENT_DECISION_GRANTED, "newsletter");
    add(f, "s2", CONSENT_DECISION_WITHDRAWN, "newsletter"); /* sees the one before it */
    add(f, "s3", 9, "newsletter");
    assert_int_equal(record(f, &rows, NULL), CONSENT_OK);
    static const int64_t want[] = {0, CONSENT_E_NOT_FOUND, CONSENT_E_NOT_FOUND, 0, 1, 0,
                                   0, CONSENT_E_ARGUMENT};
    assert_int_equal(consent_rows_count(rows), f->count);
    for (size_t i = 0; i < f->count; i++) {
        assert_int_equal(consent_rows_number(rows, i, "status", 99), want[i]);
        assert_int_equal(consent_rows_has(rows, i, "message"), want[i] < 0);
        assert_int_equal(consent_rows_has(rows, i, "event"), want[i] >= 0);
    }
    assert_int_equal(consent_rows_number(rows, 0, "event", -1), before);
    assert_int_equal(consent_rows_number(rows, 3, "event", -1), before + 1);
    assert_int_equal(consent_rows_number(rows, 4, "event", -1), before + 1);
    assert_true(size_of(f) >= before + 4); /* a withdrawal may leave obligations too */
    consent_rows_free(rows);
    assert_true(consent_may(f->store, "s0", "newsletter"));
    assert_true(consent_may(f->store, "s1", "newsletter"));
    assert_false(consent_may(f->store, "s2", "newsletter"));
}

static void test_record_many_thousands_verify(void **state) {
    fixture *f = *state;
    int64_t before = size_of(f);
    consent_rows *rows = NULL;
    for (int i = 0; i < MANY; i++) {
        char id[8] = {'s', (char)('0' + i % 4)};
        add(f, id, CONSENT_DECISION_GRANTED, "newsletter");
    }
    assert_int_equal(record(f, NULL, NULL), CONSENT_OK);
    assert_int_equal(size_of(f), before + MANY);
    assert_int_equal(consent_history(f->store, "s1", &rows, NULL), CONSENT_OK);
    assert_int_equal(consent_rows_count(rows), 1 + MANY / 4);
    consent_rows_free(rows);
    assert_true(consent_may(f->store, "s1", "newsletter"));
}

static void test_record_many_nothing_to_do(void **state) {
    fixture *f = *state;
    consent_rows *rows = NULL;
    int64_t before = size_of(f);
    assert_int_equal(consent_record_many(f->store, NULL, 0, &rows, NULL), CONSENT_DONE);
    assert_int_equal(consent_rows_count(rows), 0);
    consent_rows_free(rows);
    add(f, "nobody", CONSENT_DECISION_GRANTED, "newsletter");
    assert_int_equal(record(f, NULL, NULL), CONSENT_DONE);
    assert_int_equal(size_of(f), before);
}

static void test_record_many_refuses_wrong_calls(void **state) {
    fixture *f = *state;
    static const consent_act *none[2];
    consent_rows *rows = (consent_rows *)f;
    consent_error *err = NULL;
    assert_int_equal(consent_record_many(f->store, none, 2, &rows, &err), CONSENT_E_ARGUMENT);
    assert_null(rows);
    assert_non_null(err);
    consent_error_free(err);
    assert_int_equal(consent_record_many(f->store, NULL, 2, &rows, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_record_many(f->store, none, 100001, &rows, NULL), CONSENT_E_LIMIT);
    assert_int_equal(consent_record_many(NULL, none, 0, &rows, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_store_close(f->store, NULL), CONSENT_OK);
    assert_int_equal(consent_record_many(f->store, none, 0, &rows, NULL), CONSENT_E_CLOSED);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_record_many_each_for_itself),
        TEST(test_record_many_thousands_verify),
        TEST(test_record_many_nothing_to_do),
        TEST(test_record_many_refuses_wrong_calls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
