/* SPDX-License-Identifier: Apache-2.0 */
/* Names, getters, setters and options that no other test here asks: each function of the public
 * headers is called by a test through them. */
#include "api_fixture.h"

#include <sys/wait.h>

#define BUNDLE CONSENT_SOURCE_DIR "/policy/bundles/hnys-mobile-office/1.0.json"
#define HNYS "hnys-mobile-office"

static void test_names_and_values_go_both_ways(void **state) {
    (void)state;
    assert_string_equal(consent_version(), CONSENT_VERSION);
    assert_string_equal(consent_decision_name(CONSENT_DECISION_WITHDRAWN), "withdrawn");
    assert_null(consent_decision_name(99));
    for (int32_t i = CONSENT_CLASS_NONE; i <= CONSENT_CLASS_WRITTEN; i++)
        assert_int_equal(consent_class_value(consent_class_name(i)), i);
    for (int32_t i = CONSENT_OPERATION_COLLECT; i <= CONSENT_OPERATION_DISCLOSE; i++)
        assert_int_equal(consent_operation_value(consent_operation_name(i)), i);
    assert_int_equal(consent_class_value("Separate"), -1);
    assert_int_equal(consent_class_value(NULL), -1);
    assert_int_equal(consent_operation_value("Use"), -2);
    assert_string_equal(consent_reason_source(CONSENT_REASON_REFUSED, NULL),
                        consent_reason_source(CONSENT_REASON_REFUSED, "mars"));
    assert_string_not_equal(consent_reason_source(CONSENT_REASON_REFUSED, "cn"),
                            consent_reason_source(CONSENT_REASON_REFUSED, "eu"));
    assert_null(consent_reason_source(-1, "cn"));
}

static void test_answer_tells_what_stands_in_the_way(void **state) {
    fixture *f = *state;
    consent_answer *a = NULL;
    api_publish(f, (variant){0});
    assert_int_equal(consent_subject_add(f->store, "ann", "1990-05-17", NULL), CONSENT_OK);
    consent_query *q = consent_query_new("ann", "mail");
    assert_int_equal(consent_check(f->store, q, &a, NULL), CONSENT_OK);
    assert_int_equal(consent_answer_blockers(a), 1);
    assert_int_equal(consent_answer_blocker(a, 0), CONSENT_REASON_NOT_ASKED);
    assert_int_equal(consent_answer_sections(a), 1);
    assert_string_equal(consent_answer_section(a, 0), "s1");
    assert_null(consent_answer_section(a, 1));
    assert_non_null(strstr(consent_answer_next(a), "\"do\":\"ask\""));
    assert_string_equal(consent_answer_policy(a), "p");
    assert_string_equal(consent_answer_version(a), "1");
    assert_int_equal(consent_answer_event(a), -1);
    consent_answer_free(a);
    assert_int_equal(consent_grant(f->store, "ann", "mail", NULL, NULL), CONSENT_OK);
    assert_int_equal(consent_check(f->store, q, &a, NULL), CONSENT_OK);
    assert_int_equal(consent_answer_blockers(a), 0);
    assert_string_equal(consent_answer_next(a), "[]");
    assert_int_equal(consent_answer_event(a), api_size(f) - 1);
    consent_answer_free(a);
    consent_query_free(q);
}

static void test_rows_know_the_types_of_their_columns(void **state) {
    fixture *f = *state;
    consent_rows *rows = NULL;
    api_publish(f, (variant){0});
    assert_int_equal(consent_subject_add(f->store, "ann", "1990-05-17", NULL), CONSENT_OK);
    assert_int_equal(consent_grant(f->store, "ann", "mail", NULL, NULL), CONSENT_OK);
    assert_int_equal(consent_decision_list(f->store, "ann", &rows, NULL), CONSENT_OK);
    assert_int_equal(consent_rows_type(rows, "point"), 't');
    assert_int_equal(consent_rows_type(rows, "event"), 'n');
    assert_int_equal(consent_rows_type(rows, "at"), 'u');
    assert_int_equal(consent_rows_type(rows, "moon"), 0);
    assert_int_equal(consent_rows_type(NULL, "at"), 0);
    consent_rows_free(rows);
    assert_int_equal(consent_history(f->store, "ann", &rows, NULL), CONSENT_OK);
    assert_int_equal(consent_rows_type(rows, "body"), 'j');
    consent_rows_free(rows);
}

static void test_error_holds_the_systems_own_code(void **state) {
    fixture *f = *state;
    consent_store *s = NULL;
    consent_error *err = NULL;
    assert_true(consent_store_open("no/such/folder/a.store", f->options, &s, &err) < 0);
    assert_int_not_equal(consent_error_code(err), 0);
    consent_error_free(err);
    assert_int_equal(consent_error_code(NULL), 0);
}

static void test_bundle_is_checked_and_linted_without_a_store(void **state) {
    (void)state;
    consent_rows *rows = NULL;
    consent_error *err = NULL;
    char *bundle = api_bundle((variant){0}), *bad = api_bundle((variant){.change = "huge"});
    assert_int_equal(consent_bundle_check(bundle, strlen(bundle), NULL), CONSENT_OK);
    assert_int_equal(consent_bundle_check(bad, strlen(bad), &err), CONSENT_E_INPUT);
    assert_string_equal(consent_error_where(err), "/change/class");
    assert_true(consent_error_offset(err) > 0);
    consent_error_free(err);
    assert_int_equal(consent_bundle_lint(bundle, strlen(bundle), "cn", &rows, NULL), CONSENT_OK);
    assert_true(consent_rows_count(rows) > 0);
    consent_rows_free(rows);
    assert_int_equal(consent_bundle_lint(bad, strlen(bad), NULL, &rows, NULL), CONSENT_E_INPUT);
    assert_int_equal(consent_bundle_lint(bundle, strlen(bundle), "mars", &rows, NULL),
                     CONSENT_E_NOT_FOUND);
    assert_null(rows);
    free(bundle);
    free(bad);
}

static void test_request_says_how_it_came(void **state) {
    fixture *f = *state;
    consent_rows *rows = NULL;
    assert_int_equal(consent_policy_import_file(f->store, BUNDLE, NULL), CONSENT_OK);
    assert_int_equal(consent_policy_publish(f->store, HNYS, "1.0", NULL), CONSENT_OK);
    assert_int_equal(consent_subject_add(f->store, "ann", "1990-05-17", NULL), CONSENT_OK);
    consent_request *r = consent_request_new("ann", "access");
    assert_int_equal(consent_request_set_policy(r, "moon"), CONSENT_OK);
    assert_int_equal(consent_request_open(f->store, r, &rows, NULL), CONSENT_E_NOT_FOUND);
    assert_int_equal(consent_request_set_policy(r, HNYS), CONSENT_OK);
    assert_int_equal(consent_request_set_channel(r, "email"), CONSENT_OK);
    assert_int_equal(consent_request_set_standing(r, "agent"), CONSENT_OK);
    assert_int_equal(consent_request_set_evidence(r, "power-of-attorney"), CONSENT_OK);
    assert_int_equal(consent_request_set_method(r, "code by mail"), CONSENT_OK);
    assert_int_equal(consent_request_open(f->store, r, &rows, NULL), CONSENT_OK);
    assert_string_equal(consent_rows_text(rows, 0, "standing"), "agent");
    assert_string_equal(consent_rows_text(rows, 0, "policy"), HNYS);
    consent_rows_free(rows);
    assert_int_equal(consent_history(f->store, "ann", &rows, NULL), CONSENT_OK);
    const char *body = consent_rows_text(rows, consent_rows_count(rows) - 1, "body");
    assert_non_null(strstr(body, "\"email\""));
    assert_non_null(strstr(body, "power-of-attorney"));
    assert_non_null(strstr(body, "code by mail"));
    consent_rows_free(rows);
    consent_request_free(r);
}

/* What helpers sealed is what one thread would have: 700 acts, verified and read back. */
static void test_helpers_record_what_one_thread_does(void **state) {
    enum { ACTS = 700 };
    fixture *f = *state;
    consent_act **acts = calloc(ACTS, sizeof *acts);
    consent_rows *rows = NULL;
    int64_t size = 0;
    api_publish(f, (variant){0});
    consent_store_free(f->store);
    consent_options_set_helpers(f->options, 3);
    assert_int_equal(consent_store_open(f->path, f->options, &f->store, NULL), CONSENT_OK);
    for (int i = 0; i < ACTS; i++) {
        char id[24];
        snprintf(id, sizeof id, "s%d", i % 50);
        if (i < 50)
            assert_int_equal(consent_subject_add(f->store, id, "1990-05-17", NULL), CONSENT_OK);
        acts[i] = consent_act_new(
            id, i % 3 == 2 ? CONSENT_DECISION_WITHDRAWN : CONSENT_DECISION_GRANTED, "mail");
    }
    assert_int_equal(
        consent_record_many(f->store, (const consent_act *const *)acts, ACTS, &rows, NULL),
        CONSENT_OK);
    assert_int_equal(consent_rows_count(rows), ACTS);
    for (size_t i = 0; i < ACTS; i++)
        assert_int_equal(consent_rows_number(rows, i, "status", -1), CONSENT_OK);
    consent_rows_free(rows);
    consent_verification *how = consent_verification_new();
    consent_verification_set_bodies(how, true);
    assert_int_equal(consent_ledger_verify(f->store, how, &size, &rows, NULL), CONSENT_OK);
    assert_int_equal(consent_rows_count(rows), 0);
    assert_true(size >= ACTS + 50);
    consent_rows_free(rows);
    consent_verification_free(how);
    for (int i = 0; i < ACTS; i++) { /* the last act of each subject stands */
        char id[24];
        int last = ACTS - 50 + i % 50;
        snprintf(id, sizeof id, "s%d", i % 50);
        assert_int_equal(consent_may(f->store, id, "mail"), last % 3 != 2);
        consent_act_free(acts[i]);
    }
    free(acts);
}

/* Another process: asks, with its read left open; releases it when told. */
static void hold_until_told(fixture *f, const int ask[2], const int said[2]) {
    consent_store *other = NULL;
    char byte = 0;
    (void)close(ask[1]); /* so that it hears when the test is over before its time */
    (void)close(said[0]);
    consent_options_set_cache(f->options, 0);
    consent_options_set_hold_reads(f->options, true);
    if (consent_store_open(f->path, f->options, &other, NULL) != CONSENT_OK ||
        consent_may(other, "bob", "mail") || consent_may(other, "bob", "mail") ||
        write(said[1], "x", 1) != 1 || read(ask[0], &byte, 1) != 1)
        _exit(1);
    consent_store_release_reads(other);
    if (write(said[1], "x", 1) != 1 || read(ask[0], &byte, 1) != 1 ||
        consent_may(other, "ann", "mail") || /* it reads again */
        consent_store_close(other, NULL) != CONSENT_OK)
        _exit(2);
    consent_store_release_reads(other);
    consent_store_release_reads(NULL);
    consent_store_free(other);
    _exit(0);
}

static void test_released_reads_let_an_erasure_be_final(void **state) {
    fixture *f = *state;
    consent_rows *rows = NULL;
    bool pending = true;
    int ask[2], said[2], status = -1;
    char byte;
    api_publish(f, (variant){0});
    assert_int_equal(consent_subject_add(f->store, "ann", "1990-05-17", NULL), CONSENT_OK);
    assert_int_equal(consent_subject_add(f->store, "bob", "1990-05-17", NULL), CONSENT_OK);
    assert_int_equal(consent_cancel_open(f->store, "ann", NULL, NULL, NULL, "app", &rows, NULL),
                     CONSENT_OK);
    consent_rows_free(rows);
    f->now += 400 * DAY;
    consent_store_free(f->store); /* fork first, then open */
    assert_int_equal(pipe(ask) + pipe(said), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        hold_until_told(f, ask, said);
    (void)close(ask[0]);
    (void)close(said[1]);
    assert_int_equal(consent_store_open(f->path, f->options, &f->store, NULL), CONSENT_OK);
    assert_int_equal(read(said[0], &byte, 1), 1);
    assert_int_equal(consent_cancel_execute(f->store, "ann", false, &rows, NULL), CONSENT_OK);
    assert_string_equal(consent_rows_text(rows, 0, "scrub"), "pending");
    consent_rows_free(rows);
    assert_int_equal(consent_erasure_pending(f->store, &pending, NULL), CONSENT_OK);
    assert_true(pending);
    assert_int_equal(write(ask[1], "x", 1), 1);
    assert_int_equal(read(said[0], &byte, 1), 1);
    assert_int_equal(consent_erasure_pending(f->store, &pending, NULL), CONSENT_OK);
    assert_false(pending);
    assert_int_equal(consent_erasure_pending(f->store, NULL, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(write(ask[1], "x", 1), 1);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    (void)close(ask[1]);
    (void)close(said[0]);
}

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, api_setup, api_teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_and_values_go_both_ways),
        T(test_answer_tells_what_stands_in_the_way),
        T(test_rows_know_the_types_of_their_columns),
        T(test_error_holds_the_systems_own_code),
        cmocka_unit_test(test_bundle_is_checked_and_linted_without_a_store),
        T(test_request_says_how_it_came),
        T(test_helpers_record_what_one_thread_does),
        T(test_released_reads_let_an_erasure_be_final),
    };
    return cmocka_run_group_tests_name("surface", tests, NULL, NULL);
}
