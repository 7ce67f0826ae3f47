/* SPDX-License-Identifier: Apache-2.0 */
/* The store in numbers: counted right over time and now, and nobody named. */
#include "api_fixture.h"

static int64_t count(const consent_rows *r, const char *part, const char *key, const char *state,
                     int64_t at) {
    int64_t sum = 0;
    for (size_t i = 0; i < consent_rows_count(r); i++) {
        const char *own = consent_rows_text(r, i, "key");
        if (strcmp(consent_rows_text(r, i, "part"), part) == 0 &&
            strcmp(consent_rows_text(r, i, "state"), state) == 0 &&
            (!key || (own && strcmp(own, key) == 0)) &&
            (at < 0 || consent_rows_number(r, i, "at", -1) == at))
            sum += consent_rows_number(r, i, "count", 0);
    }
    return sum;
}

static void say(fixture *f, const char *who, int32_t decision, const char *purpose,
                const char *surface) {
    consent_act *act = consent_act_new(who, decision, purpose);
    assert_int_equal(consent_act_set_surface(act, surface), CONSENT_OK);
    assert_int_equal(consent_record(f->store, act, NULL, NULL), CONSENT_OK);
    consent_act_free(act);
}

static void add(fixture *f, const char *who, const char *born) {
    assert_int_equal(consent_subject_add(f->store, who, born, NULL), CONSENT_OK);
}

static consent_rows *summary(fixture *f, int64_t from, int64_t to, int64_t parts) {
    consent_rows *r = NULL;
    assert_int_equal(consent_summary_get(f->store, from, to, parts, NULL, NULL, &r, NULL),
                     CONSENT_OK);
    return r;
}

static void test_summary_counts_what_was_said_last_at_each_instant(void **state) {
    fixture *f = *state;
    api_publish(f, (variant){0});
    add(f, "a", "1990-01-01");
    add(f, "b", NULL);
    add(f, "c", "2020-01-01");
    f->now = T0 + DAY;
    say(f, "a", CONSENT_DECISION_GRANTED, "mail", "app");
    say(f, "b", CONSENT_DECISION_REFUSED, "mail", "app");
    say(f, "c", CONSENT_DECISION_GRANTED, "mail", "implied");
    f->now = T0 + 2 * DAY + 1; /* just after an instant that is asked about */
    say(f, "b", CONSENT_DECISION_GRANTED, "mail", "app");
    f->now = T0 + 3 * DAY;
    say(f, "a", CONSENT_DECISION_WITHDRAWN, "mail", "app");
    f->now = T0 + 4 * DAY;
    consent_rows *r = summary(f, T0, f->now, 4);
    static const int expected[5][3] = {{0, 0, 0}, {1, 1, 0}, {1, 1, 0}, {1, 0, 1}, {1, 0, 1}};
    for (int i = 0; i < 5; i++) {
        assert_int_equal(count(r, "decisions", "mail", "granted", T0 + i * DAY), expected[i][0]);
        assert_int_equal(count(r, "decisions", "mail", "refused", T0 + i * DAY), expected[i][1]);
        assert_int_equal(count(r, "decisions", "mail", "withdrawn", T0 + i * DAY), expected[i][2]);
    }
    assert_int_equal(count(r, "subjects", NULL, "active", -1), 3);
    assert_int_equal(count(r, "ages", NULL, "unknown", -1), 1);
    assert_int_equal(count(r, "ages", NULL, "of-age", -1), 2); /* guardian_below is 0 */
    assert_int_equal(count(r, "answers", "mail", "WITHDRAWN", -1), 1);
    assert_int_equal(count(r, "answers", "mail", "CONSENTED", -1), 1);
    assert_int_equal(count(r, "answers", "mail", "NOT_ASKED", -1), 1);
    assert_int_equal(count(r, "answers", "serve", "BASIS_CONTRACT", -1), 3);
    assert_int_equal(count(r, "answers", "mail@spy", "SEPARATE_CONSENT_REQUIRED", -1) +
                         count(r, "answers", "mail@spy", "NOT_ASKED", -1) +
                         count(r, "answers", "mail@spy", "WITHDRAWN", -1),
                     3);
    for (size_t i = 0; i < consent_rows_count(r); i++)
        for (size_t c = 0; c < consent_rows_columns(r); c++) {
            const char *text = consent_rows_text(r, i, consent_rows_column(r, c));
            assert_false(text && (!strcmp(text, "a") || !strcmp(text, "b") || !strcmp(text, "c")));
        }
    consent_rows_free(r);
    r = summary(f, T0 + 2 * DAY, T0 + 3 * DAY, 1); /* what was before stands at the start */
    assert_int_equal(count(r, "decisions", "mail", "granted", T0 + 2 * DAY), 1);
    assert_int_equal(count(r, "decisions", "mail", "granted", T0 + 3 * DAY), 1);
    consent_rows_free(r);
}

static void test_summary_of_adopted_and_erased(void **state) {
    fixture *f = *state;
    int64_t taken = 0;
    consent_rows *request = NULL, *done = NULL;
    api_publish(f, (variant){0});
    add(f, "device", NULL);
    add(f, "gone", NULL);
    say(f, "device", CONSENT_DECISION_GRANTED, "mail", "app");
    say(f, "gone", CONSENT_DECISION_GRANTED, "mail", "app");
    f->now += DAY;
    add(f, "account", "1990-01-01");
    assert_int_equal(consent_subject_adopt(f->store, "device", "account", NULL, &taken, NULL),
                     CONSENT_OK);
    assert_int_equal(taken, 1);
    consent_rows *r = summary(f, T0 - DAY, T0 + DAY, 2);
    assert_int_equal(count(r, "subjects", NULL, "active", -1), 2);
    assert_int_equal(count(r, "subjects", NULL, "adopted", -1), 1);
    assert_int_equal(count(r, "decisions", "mail", "granted", T0), 2);
    assert_int_equal(count(r, "decisions", "mail", "granted", T0 + DAY), 2); /* not three */
    assert_int_equal(count(r, "answers", "mail", "CONSENTED", -1), 2);
    consent_rows_free(r);
    consent_request *ask = consent_request_new("gone", "delete");
    assert_int_equal(consent_request_open(f->store, ask, &request, NULL), CONSENT_OK);
    consent_request_free(ask);
    assert_int_equal(consent_erase(f->store, "gone", consent_rows_number(request, 0, "request", -1),
                                   false, &done, NULL),
                     CONSENT_OK);
    consent_rows_free(request);
    consent_rows_free(done);
    r = summary(f, T0 - DAY, T0 + DAY, 2);
    assert_int_equal(count(r, "subjects", NULL, "erased", -1), 1);
    assert_int_equal(count(r, "tasks", "shop", "open", -1), 1);
    assert_int_equal(count(r, "tasks", "shop", "done", -1), 0);
    assert_int_equal(count(r, "decisions", "mail", "granted", T0), 1);
    consent_rows_free(r);
}

static void test_summary_counts_notices_by_who_is_owed_one(void **state) {
    fixture *f = *state;
    api_publish(f, (variant){0});
    add(f, "a", NULL);
    add(f, "b", NULL);
    f->now += DAY;
    api_publish(f, (variant){.version = "2",
                             .effective = "2024-07-01T00:00:00Z",
                             .mail_items = "\"name\",\"street\""});
    assert_int_equal(consent_notice_shown(f->store, "a", NULL, NULL, NULL, NULL, NULL, NULL),
                     CONSENT_OK);
    f->now += 60 * DAY;
    add(f, "late", NULL);
    consent_rows *r = summary(f, T0, f->now, 1);
    assert_int_equal(count(r, "notices", "2", "waiting", -1), 1);
    assert_int_equal(count(r, "notices", "2", "done", -1), 1);
    assert_int_equal(count(r, "notices", "2", "shown", -1), 0);
    consent_rows_free(r);
}

static void test_summary_refuses_a_time_or_a_number_that_is_none(void **state) {
    fixture *f = *state;
    static const int64_t bad[][3] = {
        {T0, T0, 1},      {T0 + 1, T0, 1},   {T0, T0 + 1, 0},      {T0, T0 + 1, 1001},
        {T0, T0 + 1, -1}, {0, INT64_MAX, 1}, {INT64_MIN, 0, 1000}, {INT64_MIN, INT64_MAX, 1}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        consent_rows *r = (consent_rows *)f;
        consent_error *err = NULL;
        assert_int_equal(
            consent_summary_get(f->store, bad[i][0], bad[i][1], bad[i][2], NULL, NULL, &r, &err),
            CONSENT_E_ARGUMENT);
        assert_null(r);
        assert_non_null(err);
        consent_error_free(err);
    }
    consent_rows *r = summary(f, 0, INT64_C(1) << 53, 1000); /* an empty store */
    assert_int_equal(consent_rows_count(r), 0);
    consent_rows_free(r);
}

static void test_hold_list_names_what_stands(void **state) {
    fixture *f = *state;
    consent_rows *r = NULL;
    const char *items[] = {"name"};
    api_publish(f, (variant){0});
    add(f, "a", NULL);
    add(f, "b", NULL);
    assert_int_equal(
        consent_hold_place(f->store, "a", "court", items, 1, f->now + DAY, NULL, &r, NULL),
        CONSENT_OK);
    consent_rows_free(r);
    assert_int_equal(consent_hold_place(f->store, "b", "office", NULL, 0, 0, "why", &r, NULL),
                     CONSENT_OK);
    int64_t number = consent_rows_number(r, 0, "hold", -1);
    consent_rows_free(r);
    assert_int_equal(consent_hold_list(f->store, NULL, &r, NULL), CONSENT_OK);
    assert_int_equal(consent_rows_count(r), 2);
    assert_string_equal(consent_rows_text(r, 0, "subject"), "a");
    assert_string_equal(consent_rows_text(r, 0, "items"), "[\"name\"]");
    assert_string_equal(consent_rows_text(r, 0, "state"), "placed");
    assert_int_equal(consent_rows_number(r, 0, "since", 0), T0);
    assert_string_equal(consent_rows_text(r, 1, "items"), "[]");
    consent_rows_free(r);
    f->now += 2 * DAY;
    assert_int_equal(consent_hold_list(f->store, "a", &r, NULL), CONSENT_OK);
    assert_int_equal(consent_rows_count(r), 1);
    assert_string_equal(consent_rows_text(r, 0, "state"), "over");
    consent_rows_free(r);
    assert_int_equal(consent_hold_release(f->store, number, NULL, NULL, &r, NULL), CONSENT_OK);
    consent_rows_free(r);
    assert_int_equal(consent_hold_list(f->store, NULL, &r, NULL), CONSENT_OK);
    assert_int_equal(consent_rows_count(r), 1);
    consent_rows_free(r);
    assert_int_equal(consent_hold_list(f->store, "nobody", &r, NULL), CONSENT_E_NOT_FOUND);
    assert_null(r);
    assert_int_equal(consent_hold_list(f->store, "", &r, NULL), CONSENT_E_ARGUMENT);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, api_setup, api_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_summary_counts_what_was_said_last_at_each_instant),
        TEST(test_summary_of_adopted_and_erased),
        TEST(test_summary_counts_notices_by_who_is_owed_one),
        TEST(test_summary_refuses_a_time_or_a_number_that_is_none),
        TEST(test_hold_list_names_what_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
