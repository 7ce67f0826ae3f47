/* SPDX-License-Identifier: Apache-2.0 */
/* Incidents: nothing closes before it is described, reported, and everybody affected told. */
#include "api_fixture.h"

#define HOUR (3600 * SECOND)

static const char *const contents[] = {"what-happened", "measures", "self-protection", "remedies"};

static int64_t open_one(fixture *f, int64_t discovered) {
    consent_rows *rows = NULL;
    const char *items[] = {"name"};
    assert_int_equal(consent_incident_open(f->store, NULL, "leak", "a disk is gone", discovered,
                                           items, 1, &rows, NULL),
                     CONSENT_OK);
    int64_t n = consent_rows_number(rows, 0, "incident", -1);
    assert_string_equal(consent_rows_text(rows, 0, "state"), "open");
    assert_string_equal(consent_rows_text(rows, 0, "items"), "[\"name\"]");
    consent_rows_free(rows);
    return n;
}

static void describe_all(fixture *f, int64_t n) {
    for (size_t i = 0; i < 4; i++) {
        consent_rows *rows = NULL;
        assert_int_equal(consent_incident_describe(f->store, n, contents[i], "words", &rows, NULL),
                         CONSENT_OK);
        consent_rows_free(rows);
    }
}

static void report(fixture *f, int64_t n) {
    consent_rows *rows = NULL;
    assert_int_equal(consent_incident_report(f->store, n, "office", 0, "by form", &rows, NULL),
                     CONSENT_OK);
    consent_rows_free(rows);
}

static consent_status tell(fixture *f, int64_t n, const char *who, const char *channel, bool told) {
    consent_rows *rows = NULL;
    consent_status st = consent_incident_notify(f->store, n, who, channel, told, &rows, NULL);
    assert_int_equal(st < 0, rows == NULL);
    consent_rows_free(rows);
    return st;
}

static void expect_close(fixture *f, int64_t n, const char *missing) {
    consent_rows *rows = NULL;
    consent_error *err = NULL;
    int64_t size = api_size(f);
    consent_status st = consent_incident_close(f->store, n, NULL, "officer", &rows, &err);
    assert_int_equal(st, missing ? CONSENT_E_STATE : CONSENT_OK);
    if (missing) {
        assert_null(rows);
        assert_non_null(strstr(consent_error_message(err), missing));
        assert_int_equal(api_size(f), size);
    }
    consent_rows_free(rows);
    consent_error_free(err);
}

static int64_t number_of(fixture *f, int64_t n, const char *column) {
    consent_rows *rows = NULL;
    assert_int_equal(consent_incident_get(f->store, n, &rows, NULL), CONSENT_OK);
    int64_t v = consent_rows_number(rows, 0, column, -1);
    consent_rows_free(rows);
    return v;
}

static void expect_whole(fixture *f) {
    consent_rows *rows = NULL;
    assert_int_equal(consent_ledger_verify(f->store, NULL, NULL, &rows, NULL), CONSENT_OK);
    assert_int_equal(consent_rows_count(rows), 0);
    consent_rows_free(rows);
}

static void test_incident_close_names_what_is_missing(void **state) {
    fixture *f = *state;
    const char *affected[] = {"ann"};
    int64_t added = 0;
    api_publish(f, (variant){0});
    assert_int_equal(consent_subject_add(f->store, "ann", NULL, NULL), CONSENT_OK);
    assert_int_equal(consent_subject_add(f->store, "ben", NULL, NULL), CONSENT_OK);
    int64_t n = open_one(f, 0);
    expect_close(f, n, "what-happened, measures, self-protection, remedies, report-to-authority");
    describe_all(f, n);
    expect_close(f, n, "report-to-authority");
    report(f, n);
    assert_int_equal(consent_incident_affect(f->store, n, affected, 1, &added, NULL), CONSENT_OK);
    assert_int_equal(added, 1);
    expect_close(f, n, "notices");
    assert_int_equal(tell(f, n, "ben", NULL, true), CONSENT_E_NOT_FOUND);
    assert_int_equal(tell(f, n, "ann", "phone", true), CONSENT_E_ARGUMENT);
    assert_int_equal(tell(f, n, "ann", NULL, true), CONSENT_OK);
    assert_int_equal(tell(f, n, "ann", NULL, true), CONSENT_DONE);
    assert_int_equal(number_of(f, n, "told"), 1);
    expect_close(f, n, NULL);
    assert_int_equal(tell(f, n, "ann", NULL, true), CONSENT_E_STATE);
    expect_whole(f);
}

static void test_incident_deadline_is_the_profiles(void **state) {
    fixture *f = *state;
    api_publish(f, (variant){0});
    int64_t n = open_one(f, f->now - HOUR);
    assert_int_equal(number_of(f, n, "due"), T0 - HOUR + 72 * HOUR); /* profile none */
    assert_int_equal(number_of(f, n, "overdue"), 0);
    f->now += 72 * HOUR;
    assert_int_equal(number_of(f, n, "overdue"), 1);
}

static void test_incident_announcement_only_where_the_policy_has_it(void **state) {
    fixture *f = *state;
    consent_rows *rows = NULL;
    api_publish(f, (variant){0}); /* channels: email alone */
    int64_t n = open_one(f, 0);
    describe_all(f, n);
    assert_int_equal(consent_incident_announce(f->store, n, "too many", &rows, NULL),
                     CONSENT_E_REFUSED);
    assert_null(rows);
}

static void test_incident_everybody_and_who_is_erased_needs_no_notice(void **state) {
    fixture *f = *state;
    char id[16];
    int64_t added = 0;
    consent_rows *rows = NULL;
    api_publish(f, (variant){0});
    for (int i = 0; i < 1203; i++) { /* more than two transactions */
        snprintf(id, sizeof id, "p%d", i);
        assert_int_equal(consent_subject_add(f->store, id, NULL, NULL), CONSENT_OK);
    }
    int64_t n = open_one(f, 0);
    assert_int_equal(consent_incident_affect(f->store, n, NULL, 0, &added, NULL), CONSENT_OK);
    assert_int_equal(added, 1203);
    assert_int_equal(consent_incident_affect(f->store, n, NULL, 0, &added, NULL), CONSENT_OK);
    assert_int_equal(added, 0);
    assert_int_equal(number_of(f, n, "untold"), 1203);
    assert_int_equal(consent_cancel_open(f->store, "p7", NULL, NULL, NULL, "app", &rows, NULL),
                     CONSENT_OK);
    consent_rows_free(rows);
    assert_int_equal(consent_cancel_execute(f->store, "p7", false, &rows, NULL), CONSENT_OK);
    consent_rows_free(rows);
    assert_int_equal(number_of(f, n, "untold"), 1202);
    assert_int_equal(consent_erasure_tasks(f->store, true, &rows, NULL), CONSENT_OK);
    for (size_t i = 0; i < consent_rows_count(rows); i++)
        assert_null(strstr(consent_rows_text(rows, i, "recipient"), "incident"));
    consent_rows_free(rows);
    expect_whole(f);
}

static void test_incident_tells_the_guardians_of_children(void **state) {
    fixture *f = *state;
    const char *kid[] = {"kid"}, *mum[] = {"mum"}, *old[] = {"old"};
    int64_t added = 0;
    api_publish(f, (variant){0});
    assert_int_equal(consent_subject_add(f->store, "kid", "2014-05-01", NULL), CONSENT_OK);
    assert_int_equal(consent_subject_add(f->store, "old", "2006-05-02", NULL), CONSENT_OK);
    assert_int_equal(consent_subject_add(f->store, "mum", "1980-01-01", NULL), CONSENT_OK);
    assert_int_equal(consent_subject_add(f->store, "dad", "1980-01-01", NULL), CONSENT_OK);
    for (int i = 0; i < 2; i++)
        assert_int_equal(
            consent_guardian_link(f->store, "kid", i ? "dad" : "mum", NULL, "paper", NULL, 0, NULL),
            CONSENT_OK);
    assert_int_equal(
        consent_guardian_verify(f->store, "kid", "mum", NULL, "desk", NULL, NULL, NULL),
        CONSENT_OK);
    int64_t n = open_one(f, 0);
    describe_all(f, n);
    report(f, n);
    assert_int_equal(consent_incident_affect(f->store, n, kid, 1, &added, NULL), CONSENT_OK);
    assert_int_equal(added, 1);
    assert_int_equal(consent_incident_affect(f->store, n, old, 1, &added, NULL), CONSENT_OK);
    assert_int_equal(number_of(f, n, "affected"), 2);
    assert_int_equal(number_of(f, n, "guardians"), 1); /* dad is not verified */
    assert_int_equal(number_of(f, n, "untold"), 3);
    assert_int_equal(tell(f, n, "kid", NULL, true), CONSENT_OK);
    assert_int_equal(tell(f, n, "old", NULL, true), CONSENT_OK);
    expect_close(f, n, "notices");
    assert_int_equal(tell(f, n, "dad", NULL, true), CONSENT_E_NOT_FOUND);
    /* who is affected and a guardian counts as affected, and is told of both at once */
    assert_int_equal(consent_incident_affect(f->store, n, mum, 1, &added, NULL), CONSENT_OK);
    assert_int_equal(added, 1);
    assert_int_equal(number_of(f, n, "untold"), 2);
    assert_int_equal(tell(f, n, "mum", NULL, true), CONSENT_OK);
    assert_int_equal(tell(f, n, "mum", NULL, true), CONSENT_DONE);
    assert_int_equal(number_of(f, n, "untold"), 0);
    /* verified later: named again */
    assert_int_equal(
        consent_guardian_verify(f->store, "kid", "dad", NULL, "desk", NULL, NULL, NULL),
        CONSENT_OK);
    assert_int_equal(consent_incident_affect(f->store, n, kid, 1, &added, NULL), CONSENT_OK);
    assert_int_equal(added, 0);
    assert_int_equal(number_of(f, n, "guardians"), 2);
    expect_close(f, n, "notices");
    assert_int_equal(tell(f, n, "dad", NULL, true), CONSENT_OK);
    expect_close(f, n, NULL);
    expect_whole(f);
}

static void test_incident_list_is_in_order_and_each_has_its_own_steps(void **state) {
    fixture *f = *state;
    consent_rows *rows = NULL;
    int64_t numbers[12];
    api_publish(f, (variant){0});
    for (int i = 0; i < 12; i++) /* 9 and 10: as texts the other way round */
        numbers[i] = open_one(f, 0);
    describe_all(f, numbers[3]);
    assert_int_equal(consent_incident_list(f->store, &rows, NULL), CONSENT_OK);
    assert_int_equal(consent_rows_count(rows), 12);
    for (int i = 0; i < 12; i++) {
        assert_int_equal(consent_rows_number(rows, (size_t)i, "incident", -1), numbers[i]);
        assert_int_equal(strstr(consent_rows_text(rows, (size_t)i, "missing"), "measures") == NULL,
                         i == 3);
    }
    consent_rows_free(rows);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, api_setup, api_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_incident_close_names_what_is_missing),
        TEST(test_incident_deadline_is_the_profiles),
        TEST(test_incident_announcement_only_where_the_policy_has_it),
        TEST(test_incident_everybody_and_who_is_erased_needs_no_notice),
        TEST(test_incident_tells_the_guardians_of_children),
        TEST(test_incident_list_is_in_order_and_each_has_its_own_steps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
