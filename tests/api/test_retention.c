/* SPDX-License-Identifier: Apache-2.0 */
/* Retention acted upon: tasks and restrictions, once for each period; held and extended items stay;
 * an interrupted pass goes on where it stood. */
#include "api_fixture.h"

static void must(consent_status got, int line) {
    if (got < 0)
        fail_msg("line %d: %s", line, consent_status_name(got));
}
#define MUST(call) must((call), __LINE__)

/* name (also of a contract): 10 days after it was collected, deleted; street (mail alone): 5 days
 * after the consent is over, restricted. */
static void publish(fixture *f, const char *valid_days) {
    static const char name[] = "{\"key\":\"name\",", street[] = "{\"key\":\"street\",";
    char *b = api_bundle((variant){.mail_items = "\"name\",\"street\"", .valid_days = valid_days});
    char *text = calloc(1, strlen(b) + 400), *at = strstr(b, name), *second = strstr(b, street);
    assert_non_null(text);
    assert_non_null(at);
    assert_non_null(second);
    snprintf(text, strlen(b) + 400, "%.*s%s%s%.*s%s%s%s", (int)(at - b), b, name,
             "\"retention\":{\"until\":\"collected\",\"days\":10,\"then\":\"delete\"},",
             (int)(second - at - (ptrdiff_t)strlen(name)), at + strlen(name), street,
             "\"retention\":{\"until\":\"withdrawn\",\"days\":5,\"then\":\"restrict\"},",
             second + strlen(street));
    consent_error *err = NULL;
    if (consent_policy_import(f->store, text, strlen(text), &err) < 0)
        fail_msg("%s at %s", consent_error_message(err), consent_error_where(err));
    MUST(consent_policy_publish(f->store, "p", "1", NULL));
    free(b);
    free(text);
}

static int setup_valid(void **state, const char *valid_days) {
    if (api_setup(state) != 0)
        return -1;
    publish(*state, valid_days);
    fixture *f = *state;
    MUST(consent_subject_add(f->store, "ann", NULL, NULL));
    return 0;
}

static int retention_setup(void **state) {
    return setup_valid(state, NULL);
}

static int short_setup(void **state) {
    return setup_valid(state, ",\"valid_days\":30");
}

typedef struct sum {
    int64_t looked, erase, restricted, held, left;
} sum;

static sum apply(fixture *f, int64_t most) {
    consent_rows *rows = NULL;
    MUST(consent_retention_apply(f->store, NULL, "officer", most, &rows, NULL));
    sum s = {consent_rows_number(rows, 0, "looked", -1), consent_rows_number(rows, 0, "erase", -1),
             consent_rows_number(rows, 0, "restrict", -1), consent_rows_number(rows, 0, "held", -1),
             consent_rows_number(rows, 0, "left", -1)};
    consent_rows_free(rows);
    return s;
}

static consent_rows *due(fixture *f) {
    consent_rows *rows = NULL;
    MUST(consent_retention_due(f->store, NULL, 0, &rows, NULL));
    return rows;
}

static size_t due_count(fixture *f) {
    consent_rows *rows = due(f);
    size_t n = consent_rows_count(rows);
    consent_rows_free(rows);
    return n;
}

static void expect_task(fixture *f, size_t count, const char *items) {
    consent_rows *rows = NULL;
    MUST(consent_erasure_tasks(f->store, true, &rows, NULL));
    assert_int_equal(consent_rows_count(rows), count);
    if (count) {
        assert_string_equal(consent_rows_text(rows, 0, "recipient"), "");
        assert_string_equal(consent_rows_text(rows, 0, "items"), items);
    }
    consent_rows_free(rows);
}

static void finish_task(fixture *f) {
    consent_rows *rows = NULL;
    MUST(consent_erasure_tasks(f->store, true, &rows, NULL));
    MUST(consent_erasure_done(f->store, consent_rows_text(rows, 0, "uid"), NULL, "host", NULL));
    consent_rows_free(rows);
}

static void expect_whole(fixture *f) {
    consent_rows *rows = NULL;
    assert_int_equal(consent_ledger_verify(f->store, NULL, NULL, &rows, NULL), CONSENT_OK);
    assert_int_equal(consent_rows_count(rows), 0);
    consent_rows_free(rows);
    MUST(consent_store_examine(f->store, NULL, NULL, NULL, &rows, NULL));
    if (consent_rows_count(rows))
        fail_msg("doctor: %s", consent_rows_text(rows, 0, "what"));
    consent_rows_free(rows);
}

static void say(fixture *f, int32_t decision) {
    api_say(f, consent_act_new("ann", decision, "mail"), CONSENT_OK);
}

static int32_t mail_reason(fixture *f, int32_t operation) {
    consent_query *q = consent_query_new("ann", "mail");
    consent_answer *a = NULL;
    MUST(consent_query_set_operation(q, operation));
    MUST(consent_check(f->store, q, &a, NULL));
    int32_t reason = consent_answer_reason(a);
    consent_answer_free(a);
    consent_query_free(q);
    return reason;
}

static void test_retention_apply_leaves_a_task_once_for_each_period(void **state) {
    fixture *f = *state;
    f->now = T0 + 10 * DAY - SECOND;
    assert_int_equal(due_count(f), 0);
    assert_int_equal(apply(f, 0).erase, 0);
    f->now = T0 + 10 * DAY;
    assert_int_equal(due_count(f), 1);
    int64_t size = api_size(f);
    assert_int_equal(apply(f, 0).erase, 1);
    assert_int_equal(api_size(f), size + 1);
    expect_task(f, 1, "[{\"item\":\"name\",\"then\":\"delete\"}]");
    assert_int_equal(due_count(f), 0);
    sum again = apply(f, 0);
    assert_int_equal(again.erase + again.restricted, 0);
    assert_int_equal(again.looked, 1);
    assert_int_equal(api_size(f), size + 1);
    finish_task(f);
    f->now += 10 * DAY - SECOND; /* what the contract went on collecting has a period of its own */
    assert_int_equal(due_count(f), 0);
    f->now += SECOND;
    assert_int_equal(due_count(f), 1);
    assert_int_equal(apply(f, 0).erase, 1);
    expect_task(f, 1, "[{\"item\":\"name\",\"then\":\"delete\"}]");
    expect_whole(f);
}

static void test_retention_apply_restricts_and_only_store_passes(void **state) {
    fixture *f = *state;
    say(f, CONSENT_DECISION_GRANTED);
    say(f, CONSENT_DECISION_WITHDRAWN);
    f->now += 5 * DAY;
    sum s = apply(f, 0);
    assert_int_equal(s.restricted, 1);
    assert_int_equal(s.erase, 0);
    expect_task(f, 0, NULL);
    say(f, CONSENT_DECISION_GRANTED);
    assert_int_equal(mail_reason(f, CONSENT_OPERATION_USE), CONSENT_REASON_PROCESSING_RESTRICTED);
    assert_int_equal(mail_reason(f, CONSENT_OPERATION_STORE), CONSENT_REASON_CONSENTED);
    assert_int_equal(consent_unrestrict(f->store, "ann", "street", "settled", NULL), CONSENT_OK);
    assert_int_equal(mail_reason(f, CONSENT_OPERATION_USE), CONSENT_REASON_CONSENTED);
    assert_int_equal(apply(f, 0).restricted, 0); /* granted again: no period runs */
    expect_whole(f);
}

static void test_retention_lifted_restriction_is_due_again(void **state) {
    fixture *f = *state;
    say(f, CONSENT_DECISION_GRANTED);
    say(f, CONSENT_DECISION_WITHDRAWN);
    f->now += 5 * DAY;
    assert_int_equal(apply(f, 0).restricted, 1);
    assert_int_equal(apply(f, 0).restricted, 0);
    assert_int_equal(consent_unrestrict(f->store, "ann", "street", NULL, NULL), CONSENT_OK);
    assert_int_equal(due_count(f), 1);
    assert_int_equal(apply(f, 0).restricted, 1);
    expect_whole(f);
}

static void test_retention_consent_that_ran_out_starts_the_period(void **state) {
    fixture *f = *state;
    say(f, CONSENT_DECISION_GRANTED); /* for 30 days */
    f->now = T0 + 35 * DAY - SECOND;
    assert_int_equal(apply(f, 0).restricted, 0);
    f->now = T0 + 35 * DAY;
    assert_int_equal(apply(f, 0).restricted, 1);
    expect_whole(f);
}

static void test_retention_hold_blocks_until_it_is_released(void **state) {
    fixture *f = *state;
    const char *items[] = {"name"};
    consent_rows *rows = NULL;
    MUST(consent_hold_place(f->store, "ann", "court", items, 1, 0, "case", &rows, NULL));
    int64_t hold = consent_rows_number(rows, 0, "hold", -1);
    consent_rows_free(rows);
    f->now += 11 * DAY;
    rows = due(f);
    assert_int_equal(consent_rows_number(rows, 0, "held", -1), 1);
    assert_int_equal(consent_rows_number(rows, 0, "hold", -1), hold);
    consent_rows_free(rows);
    int64_t size = api_size(f);
    sum s = apply(f, 0);
    assert_int_equal(s.held, 1);
    assert_int_equal(s.erase, 0);
    assert_int_equal(api_size(f), size);
    MUST(consent_hold_release(f->store, hold, "over", NULL, &rows, NULL));
    consent_rows_free(rows);
    assert_int_equal(apply(f, 0).erase, 1);
    expect_whole(f);
}

/* Who follows the list of tasks must not destroy what was held since. */
static void test_retention_task_leaves_out_what_is_held_later(void **state) {
    fixture *f = *state;
    const char *items[] = {"name"};
    consent_rows *rows = NULL;
    char uid[33];
    f->now += 11 * DAY;
    assert_int_equal(apply(f, 0).erase, 1);
    expect_task(f, 1, "[{\"item\":\"name\",\"then\":\"delete\"}]");
    MUST(consent_hold_place(f->store, "ann", "court", items, 1, f->now + DAY, "case", &rows, NULL));
    int64_t hold = consent_rows_number(rows, 0, "hold", -1);
    consent_rows_free(rows);
    expect_task(f, 1, "[]");
    MUST(consent_erasure_tasks(f->store, true, &rows, NULL));
    char want[200];
    snprintf(want, sizeof want,
             "[{\"authority\":\"court\",\"hold\":%lld,\"item\":\"name\",\"then\":\"delete\","
             "\"until\":%lld}]",
             (long long)hold, (long long)(f->now + DAY));
    assert_string_equal(consent_rows_text(rows, 0, "held"), want);
    snprintf(uid, sizeof uid, "%s", consent_rows_text(rows, 0, "uid"));
    consent_rows_free(rows);
    int64_t size = api_size(f);
    assert_int_equal(consent_erasure_done(f->store, uid, NULL, "host", NULL), CONSENT_E_REFUSED);
    assert_int_equal(api_size(f), size);
    f->now += DAY; /* the hold has ended */
    expect_task(f, 1, "[{\"item\":\"name\",\"then\":\"delete\"}]");
    /* One on everything, without an end. */
    MUST(consent_hold_place(f->store, "ann", "court", NULL, 0, 0, NULL, &rows, NULL));
    hold = consent_rows_number(rows, 0, "hold", -1);
    consent_rows_free(rows);
    expect_task(f, 1, "[]");
    assert_int_equal(consent_erasure_done(f->store, uid, NULL, "host", NULL), CONSENT_E_REFUSED);
    MUST(consent_hold_release(f->store, hold, "over", NULL, &rows, NULL));
    consent_rows_free(rows);
    finish_task(f);
    expect_task(f, 0, NULL);
    expect_whole(f);
}

/* The end of the service makes tasks for all; a hold stood before, or comes after. */
static void test_retention_end_of_service_spares_what_is_held(void **state) {
    fixture *f = *state;
    const char *items[] = {"name"};
    consent_rows *rows = NULL;
    int64_t done = 0, left = 0;
    MUST(consent_hold_place(f->store, "ann", "court", items, 1, 0, NULL, &rows, NULL));
    consent_rows_free(rows);
    MUST(consent_service_stop(f->store, "closing down", NULL));
    MUST(consent_service_wind_down(f->store, 0, &done, &left, NULL));
    MUST(consent_erasure_tasks(f->store, true, &rows, NULL));
    bool seen = false, told = false;
    for (size_t i = 0; i < consent_rows_count(rows); i++) {
        const char *to = consent_rows_text(rows, i, "recipient");
        told |= strcmp(to, "@notice") == 0 &&
                strstr(consent_rows_text(rows, i, "items"), "service-stopped") != NULL;
        if (strcmp(to, "") != 0)
            continue;
        seen = true;
        assert_null(strstr(consent_rows_text(rows, i, "items"), "\"name\""));
        assert_non_null(strstr(consent_rows_text(rows, i, "held"), "\"item\":\"name\""));
        assert_int_equal(
            consent_erasure_done(f->store, consent_rows_text(rows, i, "uid"), NULL, "host", NULL),
            CONSENT_E_REFUSED);
    }
    assert_true(seen && told);
    consent_rows_free(rows);
}

static void test_retention_extension_moves_the_date(void **state) {
    fixture *f = *state;
    int64_t until = T0 + 30 * DAY;
    assert_int_equal(
        consent_retention_extend(f->store, "ann", "name", until, "a lawsuit", "officer", NULL),
        CONSENT_OK);
    f->now = T0 + 12 * DAY;
    consent_rows *rows = due(f);
    assert_int_equal(consent_rows_count(rows), 1);
    assert_int_equal(consent_rows_number(rows, 0, "due", -1), until);
    assert_int_equal(consent_rows_number(rows, 0, "extended", -1), until);
    assert_string_equal(consent_rows_text(rows, 0, "extended_why"), "a lawsuit");
    consent_rows_free(rows);
    assert_int_equal(apply(f, 0).erase, 0);
    MUST(consent_history(f->store, "ann", &rows, NULL));
    assert_string_equal(consent_rows_text(rows, 1, "kind"), "retention.extended");
    assert_non_null(strstr(consent_rows_text(rows, 1, "body"), "a lawsuit"));
    consent_rows_free(rows);
    f->now = until;
    assert_int_equal(apply(f, 0).erase, 1);
    expect_whole(f);
}

static void test_retention_extension_released_early(void **state) {
    fixture *f = *state;
    MUST(consent_retention_extend(f->store, "ann", "name", T0 + 30 * DAY, "why", NULL, NULL));
    MUST(consent_retention_extend(f->store, "ann", "name", T0 + 90 * DAY, "longer", NULL, NULL));
    f->now = T0 + 40 * DAY;
    assert_int_equal(apply(f, 0).erase, 0);
    assert_int_equal(consent_retention_release(f->store, "ann", "name", "settled", NULL, NULL),
                     CONSENT_OK);
    assert_int_equal(consent_retention_release(f->store, "ann", "name", NULL, NULL, NULL),
                     CONSENT_E_NOT_FOUND);
    assert_int_equal(apply(f, 0).erase, 1);
    expect_whole(f);
}

static void test_retention_wrong_calls_change_nothing(void **state) {
    fixture *f = *state;
    consent_rows *rows = NULL;
    int64_t size = api_size(f);
    consent_store *s = f->store;
    int64_t later = T0 + DAY;
    assert_int_equal(consent_retention_extend(s, "ann", "name", T0, "w", NULL, NULL),
                     CONSENT_E_ARGUMENT);
    assert_int_equal(consent_retention_extend(s, "ann", "name", later, NULL, NULL, NULL),
                     CONSENT_E_ARGUMENT);
    assert_int_equal(consent_retention_extend(s, "ann", "name", later, "\xff", NULL, NULL),
                     CONSENT_E_ENCODING);
    assert_int_equal(consent_retention_extend(s, "ann", "moon", later, "w", NULL, NULL),
                     CONSENT_E_NOT_FOUND);
    assert_int_equal(consent_retention_extend(s, "ann", NULL, later, "w", NULL, NULL),
                     CONSENT_E_ARGUMENT);
    assert_int_equal(consent_retention_extend(s, "eve", "name", later, "w", NULL, NULL),
                     CONSENT_E_NOT_FOUND);
    assert_int_equal(consent_retention_extend(s, "ann", "name", INT64_MAX, "w", NULL, NULL),
                     CONSENT_E_ARGUMENT);
    assert_int_equal(consent_retention_apply(s, NULL, NULL, -1, &rows, NULL), CONSENT_E_ARGUMENT);
    assert_null(rows);
    assert_int_equal(consent_retention_apply(s, "q", NULL, 0, &rows, NULL), CONSENT_E_NOT_FOUND);
    assert_null(rows);
    assert_int_equal(consent_retention_apply(s, NULL, "", 0, &rows, NULL), CONSENT_E_ARGUMENT);
    assert_null(rows);
    assert_int_equal(api_size(f), size);
}

static void test_retention_apply_goes_on_after_an_interruption(void **state) {
    fixture *f = *state;
    char id[16];
    for (int i = 0; i < 1602; i++) {
        snprintf(id, sizeof id, "p%d", i);
        MUST(consent_subject_add(f->store, id, NULL, NULL));
    }
    f->now += 10 * DAY;
    sum s = apply(f, 600); /* whole chunks */
    assert_int_equal(s.looked, 1000);
    assert_int_equal(s.erase, 1000);
    assert_int_equal(s.left, 603);
    consent_store_free(f->store);
    f->store = NULL;
    MUST(consent_store_open(f->path, f->options, &f->store, NULL));
    s = apply(f, 0);
    assert_int_equal(s.looked, 603);
    assert_int_equal(s.erase, 603);
    assert_int_equal(s.left, 0);
    s = apply(f, 0);
    assert_int_equal(s.looked, 1603);
    assert_int_equal(s.erase, 0);
    expect_whole(f);
}

static void test_retention_adopted_subjects_are_left_to_their_account(void **state) {
    fixture *f = *state;
    int64_t count = 0;
    MUST(consent_subject_add(f->store, "phone", NULL, NULL));
    MUST(consent_subject_adopt(f->store, "phone", "ann", NULL, &count, NULL));
    f->now += 10 * DAY;
    assert_int_equal(due_count(f), 1);
    assert_int_equal(apply(f, 0).erase, 1);
    expect_whole(f);
}

static void test_retention_what_was_kept_of_the_erased_goes_too(void **state) {
    fixture *f = *state;
    const char *items[] = {"name"};
    consent_rows *rows = NULL;
    MUST(consent_hold_place(f->store, "ann", "court", items, 1, T0 + 20 * DAY, NULL, &rows, NULL));
    consent_rows_free(rows);
    consent_request *q = consent_request_new("ann", "delete");
    MUST(consent_request_open(f->store, q, &rows, NULL));
    consent_request_free(q);
    int64_t number = consent_rows_number(rows, 0, "request", -1);
    consent_rows_free(rows);
    MUST(consent_erase(f->store, "ann", number, false, &rows, NULL));
    consent_rows_free(rows);
    expect_task(f, 1, "[{\"item\":\"street\",\"then\":\"restrict\"}]");
    f->now = T0 + 19 * DAY;
    assert_int_equal(apply(f, 0).erase, 0);
    f->now = T0 + 20 * DAY;
    assert_int_equal(due_count(f), 1);
    assert_int_equal(apply(f, 0).erase, 1);
    expect_task(
        f, 1,
        "[{\"item\":\"street\",\"then\":\"restrict\"},{\"item\":\"name\",\"then\":\"delete\"}]");
    MUST(consent_remainder_list(f->store, NULL, &rows, NULL));
    for (size_t i = 0; i < consent_rows_count(rows); i++)
        assert_string_not_equal(consent_rows_text(rows, i, "item"), "name");
    consent_rows_free(rows);
    int64_t size = api_size(f);
    assert_int_equal(apply(f, 0).erase, 0);
    assert_int_equal(api_size(f), size);
    assert_int_equal(due_count(f), 0);
    expect_whole(f);
}

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, retention_setup, api_teardown)
    const struct CMUnitTest tests[] = {
        T(test_retention_apply_leaves_a_task_once_for_each_period),
        T(test_retention_apply_restricts_and_only_store_passes),
        T(test_retention_lifted_restriction_is_due_again),
        cmocka_unit_test_setup_teardown(test_retention_consent_that_ran_out_starts_the_period,
                                        short_setup, api_teardown),
        T(test_retention_hold_blocks_until_it_is_released),
        T(test_retention_task_leaves_out_what_is_held_later),
        T(test_retention_end_of_service_spares_what_is_held),
        T(test_retention_extension_moves_the_date),
        T(test_retention_extension_released_early),
        T(test_retention_wrong_calls_change_nothing),
        T(test_retention_apply_goes_on_after_an_interruption),
        T(test_retention_adopted_subjects_are_left_to_their_account),
        T(test_retention_what_was_kept_of_the_erased_goes_too),
    };
    return cmocka_run_group_tests_name("retention", tests, NULL, NULL);
}
