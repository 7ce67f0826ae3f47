/* SPDX-License-Identifier: Apache-2.0 */
/* Guardians, permissions, facts, limits, exemptions, obligations, adoption and plans through the
 * public headers: what they answer, and what wrong calls get. The rules themselves are tables
 * (tests/rules). */
#include "api_fixture.h"

#define POLICY "strida-fitness"

static void must(consent_status st) {
    assert_true(st == CONSENT_OK || st == CONSENT_DONE);
}

static void publish(fixture *f) {
    must(consent_policy_import_file(
        f->store, CONSENT_SOURCE_DIR "/policy/bundles/strida-fitness/1.0.json", NULL));
    must(consent_policy_publish(f->store, POLICY, "1.0", NULL));
}

static int family_setup(void **state) {
    if (api_setup(state) != 0)
        return -1;
    fixture *f = *state;
    publish(f);
    must(consent_subject_add(f->store, "kid", "2012-02-29", NULL));
    must(consent_subject_add(f->store, "mum", "1980-01-01", NULL));
    must(consent_subject_add(f->store, "dad", "1981-01-01", NULL));
    must(consent_subject_add(f->store, "ann", "1990-01-01", NULL));
    must(consent_guardian_link(f->store, "kid", "mum", NULL, "card-payment", NULL, 0, NULL));
    must(consent_guardian_verify(f->store, "kid", "mum", NULL, "desk", NULL, NULL, NULL));
    return 0;
}

static int64_t ledger_size(fixture *f) {
    consent_rows *rows = NULL;
    must(consent_ledger_head(f->store, &rows, NULL));
    int64_t n = consent_rows_number(rows, 0, "size", -1);
    consent_rows_free(rows);
    return n;
}

static consent_status say(fixture *f, int32_t decision, const char *purpose, const char *guardian) {
    consent_act *act = consent_act_new("kid", decision, purpose);
    must(consent_act_set_guardian(act, guardian));
    consent_status st = consent_record(f->store, act, NULL, NULL);
    consent_act_free(act);
    return st;
}

/* ---- wrong calls: a status, a sentence, nothing written ---- */

static void test_family_wrong_calls_change_nothing(void **state) {
    fixture *f = *state;
    consent_store *s = f->store;
    consent_rows *rows = (consent_rows *)f;
    consent_error *err = NULL;
    int64_t before = ledger_size(f), event = 7, count = 7;
    assert_int_equal(consent_guardian_link(s, NULL, "mum", NULL, "card-payment", NULL, 0, &err),
                     CONSENT_E_ARGUMENT);
    assert_string_equal(consent_error_operation(err), "guardian link");
    consent_error_free(err);
    assert_int_equal(consent_guardian_link(s, "kid", NULL, NULL, "card-payment", NULL, 0, NULL),
                     CONSENT_E_ARGUMENT);
    assert_int_equal(consent_guardian_link(s, "kid", "dad", NULL, NULL, NULL, 0, NULL),
                     CONSENT_E_ARGUMENT);
    assert_int_equal(consent_guardian_link(s, "kid", "dad", NULL, "card-payment", "xyz", 0, NULL),
                     CONSENT_E_ARGUMENT);
    assert_int_equal(consent_guardian_link(s, "kid", "dad", NULL, "card-payment", NULL, -5, NULL),
                     CONSENT_E_ARGUMENT);
    assert_int_equal(
        consent_guardian_link(s, "kid", "dad", "no-policy", "card-payment", NULL, 0, NULL),
        CONSENT_E_NOT_FOUND);
    assert_int_equal(consent_guardian_end(s, "kid", "mum", NULL, 9, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_permission_record(s, "kid", NULL, true, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_permission_record(s, "kid", "A\nB", true, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_permission_record(s, "kid", "\xff", true, NULL), CONSENT_E_ENCODING);
    assert_int_equal(consent_fact_put(s, "kid", "f", NULL, "s", CONSENT_OBSERVED_NOW, NULL),
                     CONSENT_E_ARGUMENT);
    assert_int_equal(consent_fact_put(s, "kid", "f", "[]", "s", CONSENT_OBSERVED_NOW, NULL),
                     CONSENT_E_INPUT);
    assert_int_equal(consent_fact_put(s, "kid", "f", "1.5", "s", CONSENT_OBSERVED_NOW, NULL),
                     CONSENT_E_INPUT);
    assert_int_equal(
        consent_fact_put(s, "kid", "f", "\"\\u0000\"", "s", CONSENT_OBSERVED_NOW, NULL),
        CONSENT_E_INPUT);
    assert_int_equal(consent_fact_put(s, "kid", "f", "true", "s", f->now + 1, NULL),
                     CONSENT_E_ARGUMENT);
    assert_int_equal(consent_object(s, "kid", NULL, NULL, NULL, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_restrict(s, "kid", "", NULL, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_exemption_use(s, NULL, &rows, NULL), CONSENT_E_ARGUMENT);
    assert_null(rows);
    assert_int_equal(consent_obligation_met(s, "kid", 3, NULL, NULL, NULL), CONSENT_E_NOT_FOUND);
    assert_int_equal(consent_subject_adopt(s, "kid", NULL, NULL, &count, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(count, 0);
    assert_int_equal(consent_deidentified_claim(s, NULL, "analytics", NULL, NULL, 3, "hash", 0, "a",
                                                &event, NULL),
                     CONSENT_E_ARGUMENT);
    assert_int_equal(event, -1);
    assert_int_equal(consent_ask(s, "kid", NULL, NULL, NULL, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_start(s, "", NULL, &rows, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_check_subjects(s, NULL, false, &rows, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(ledger_size(f), before);
}

static void test_family_builders_take_null(void **state) {
    (void)state;
    assert_null(consent_use_new(NULL, "e", "p", "w", "a"));
    assert_null(consent_use_new("s", "e", "p", "w", NULL));
    assert_int_equal(consent_use_set_policy(NULL, "p"), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_use_add_item(NULL, "i"), CONSENT_E_ARGUMENT);
    consent_use *use = consent_use_new("s", "e", "p", "w", "a");
    assert_int_equal(consent_use_set_operation(use, 6), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_use_add_item(use, NULL), CONSENT_E_ARGUMENT);
    consent_use_free(use);
    consent_use_free(NULL);
    assert_false(consent_answer_identifies(NULL));
    assert_null(consent_answer_source(NULL));
    assert_null(consent_end_name(0));
    assert_string_equal(consent_end_name(CONSENT_END_COURT), "court");
}

/* ---- guardians ---- */

static void test_family_standing_says_what_is_missing(void **state) {
    fixture *f = *state;
    consent_error *err = NULL;
    assert_int_equal(consent_guardian_standing(f->store, "kid", "mum", NULL, NULL), CONSENT_OK);
    assert_int_equal(consent_guardian_standing(f->store, "kid", "dad", NULL, NULL),
                     CONSENT_E_REFUSED);
    must(consent_guardian_link(f->store, "kid", "dad", NULL, "card-payment", NULL, f->now + DAY,
                               NULL));
    assert_int_equal(consent_guardian_standing(f->store, "kid", "dad", NULL, &err),
                     CONSENT_E_REFUSED);
    assert_non_null(strstr(consent_error_message(err), "not verified"));
    consent_error_free(err);
    must(consent_guardian_verify(f->store, "kid", "dad", NULL, NULL, NULL, NULL, NULL));
    assert_int_equal(consent_guardian_standing(f->store, "kid", "dad", NULL, NULL), CONSENT_OK);
    f->now += DAY;
    assert_int_equal(consent_guardian_standing(f->store, "kid", "dad", NULL, NULL),
                     CONSENT_E_REFUSED);
    f->now = T0 + 6500 * DAY; /* of age */
    assert_int_equal(consent_guardian_standing(f->store, "kid", "mum", NULL, &err),
                     CONSENT_E_REFUSED);
    assert_non_null(strstr(consent_error_message(err), "of age"));
    consent_error_free(err);
}

static void test_family_guardians_who_disagree_are_shown(void **state) {
    fixture *f = *state;
    consent_rows *rows = NULL;
    must(consent_guardian_link(f->store, "kid", "dad", NULL, "card-payment", NULL, 0, NULL));
    assert_int_equal(say(f, CONSENT_DECISION_GRANTED, "newsletter", "mum"), CONSENT_OK);
    assert_int_equal(say(f, CONSENT_DECISION_REFUSED, "newsletter", "dad"), CONSENT_OK);
    must(consent_decision_list(f->store, "kid", &rows, NULL));
    assert_int_equal(consent_rows_count(rows), 2);
    assert_int_equal(consent_rows_number(rows, 0, "disputed", -1), 0); /* dad is not verified */
    consent_rows_free(rows);
    must(consent_guardian_verify(f->store, "kid", "dad", NULL, NULL, NULL, NULL, NULL));
    must(consent_decision_list(f->store, "kid", &rows, NULL));
    assert_int_equal(consent_rows_number(rows, 0, "disputed", -1), 1);
    assert_int_equal(consent_rows_number(rows, 1, "disputed", -1), 1);
    assert_int_equal(consent_rows_number(rows, 0, "counts", -1), 0);
    assert_int_equal(consent_rows_number(rows, 1, "counts", -1), 1);
    consent_rows_free(rows);
}

/* One owner per event: the guardian's own event carries the leaf of the child's. */
static void test_family_guardian_attests(void **state) {
    fixture *f = *state;
    consent_rows *rows = NULL;
    assert_int_equal(say(f, CONSENT_DECISION_GRANTED, "newsletter", "mum"), CONSENT_OK);
    must(consent_history(f->store, "mum", &rows, NULL));
    size_t last = consent_rows_count(rows) - 1;
    assert_string_equal(consent_rows_text(rows, last, "kind"), "guardian.attested");
    assert_null(strstr(consent_rows_text(rows, last, "body"), "kid"));
    consent_rows_free(rows);
}

static void test_family_guardian_whose_age_was_corrected_is_not_heard(void **state) {
    fixture *f = *state;
    must(consent_subject_set_born(f->store, "mum", "2010-01-01", NULL));
    assert_int_equal(say(f, CONSENT_DECISION_GRANTED, "newsletter", "mum"), CONSENT_E_REFUSED);
}

/* ---- obligations ---- */

static void test_family_obligations_stay_until_met(void **state) {
    fixture *f = *state;
    consent_rows *rows = NULL;
    assert_int_equal(say(f, CONSENT_DECISION_GRANTED, "analytics", "mum"), CONSENT_OK);
    assert_int_equal(say(f, CONSENT_DECISION_WITHDRAWN, "analytics", "mum"), CONSENT_OK);
    must(consent_obligation_list(f->store, "kid", true, &rows, NULL));
    assert_int_equal(consent_rows_count(rows), 2);
    assert_string_equal(consent_rows_text(rows, 0, "kind"), "inform-recipient");
    assert_string_equal(consent_rows_text(rows, 0, "recipient"), "lumen-analytics");
    assert_string_equal(consent_rows_text(rows, 1, "kind"), "delete-collected");
    int64_t first = consent_rows_number(rows, 0, "obligation", -1);
    consent_rows_free(rows);
    assert_int_equal(consent_obligation_met(f->store, "kid", first, "desk", "mail", NULL),
                     CONSENT_OK);
    assert_int_equal(consent_obligation_met(f->store, "kid", first, NULL, NULL, NULL),
                     CONSENT_DONE);
    must(consent_obligation_list(f->store, "kid", true, &rows, NULL));
    assert_int_equal(consent_rows_count(rows), 1);
    consent_rows_free(rows);
    must(consent_obligation_list(f->store, "kid", false, &rows, NULL));
    assert_int_equal(consent_rows_count(rows), 2);
    assert_true(consent_rows_has(rows, 0, "met_at"));
    consent_rows_free(rows);
}

static void test_family_a_withdrawal_without_a_grant_owes_nothing(void **state) {
    fixture *f = *state;
    consent_rows *rows = NULL;
    must(consent_withdraw(f->store, "ann", "analytics", NULL, NULL));
    must(consent_obligation_list(f->store, "ann", false, &rows, NULL));
    assert_int_equal(consent_rows_count(rows), 0);
    consent_rows_free(rows);
}

/* ---- de-identified data ---- */

static void test_family_a_deidentification_is_recorded(void **state) {
    fixture *f = *state;
    const char *items[] = {"screen-view"};
    int64_t event = -1, before = ledger_size(f);
    assert_int_equal(consent_deidentified_claim(f->store, NULL, "analytics", "lumen-analytics",
                                                items, 1, "k-anonymity, k = 50", f->now - DAY,
                                                "data office", &event, NULL),
                     CONSENT_OK);
    assert_int_equal(event, before);
    items[0] = "heart-rate";
    assert_int_equal(consent_deidentified_claim(f->store, NULL, "analytics", NULL, items, 1, "m",
                                                INT64_MIN, "a", NULL, NULL),
                     CONSENT_E_NOT_FOUND);
    assert_int_equal(ledger_size(f), before + 1);
}

/* ---- many answers at once ---- */

static void test_family_purposes_are_answered_as_one_by_one(void **state) {
    fixture *f = *state;
    consent_rows *rows = NULL;
    assert_int_equal(say(f, CONSENT_DECISION_GRANTED, "newsletter", "mum"), CONSENT_OK);
    const char *people[] = {"kid", "ann", "nobody"};
    for (size_t who = 0; who < 3; who++) {
        must(consent_check_purposes(f->store, people[who], NULL, &rows, NULL));
        assert_int_equal(consent_rows_count(rows), 14);
        for (size_t i = 0; i < consent_rows_count(rows); i++) {
            consent_answer *answer = NULL;
            consent_query *q =
                consent_query_new(people[who], consent_rows_text(rows, i, "purpose"));
            must(consent_check(f->store, q, &answer, NULL));
            assert_string_equal(consent_rows_text(rows, i, "reason"),
                                consent_reason_name(consent_answer_reason(answer)));
            assert_int_equal(consent_rows_number(rows, i, "event", -1),
                             consent_answer_event(answer));
            consent_answer_free(answer);
            consent_query_free(q);
        }
        consent_rows_free(rows);
    }
}

static void test_family_subjects_are_answered_by_one_scan(void **state) {
    fixture *f = *state;
    consent_rows *rows = NULL;
    assert_int_equal(say(f, CONSENT_DECISION_GRANTED, "newsletter", "mum"), CONSENT_OK);
    must(consent_grant(f->store, "ann", "newsletter", NULL, NULL));
    must(consent_refuse(f->store, "dad", "newsletter", NULL, NULL));
    must(consent_subject_add(f->store, "device", NULL, NULL));
    must(consent_subject_adopt(f->store, "device", "ann", NULL, NULL, NULL));
    consent_query *q = consent_query_new("", "newsletter");
    must(consent_check_subjects(f->store, q, false, &rows, NULL));
    assert_int_equal(consent_rows_count(rows), 4); /* the adopted device is left out */
    assert_string_equal(consent_rows_text(rows, 0, "reason"), "GUARDIAN_CONSENTED");
    assert_string_equal(consent_rows_text(rows, 1, "reason"), "NOT_ASKED");
    assert_string_equal(consent_rows_text(rows, 2, "reason"), "REFUSED");
    consent_rows_free(rows);
    must(consent_check_subjects(f->store, q, true, &rows, NULL));
    assert_int_equal(consent_rows_count(rows), 2);
    assert_string_equal(consent_rows_text(rows, 0, "subject"), "kid");
    assert_string_equal(consent_rows_text(rows, 1, "subject"), "ann");
    consent_rows_free(rows);
    consent_query_free(q);
}

/* A plan and a check write nothing. */
static void test_family_plans_write_nothing(void **state) {
    fixture *f = *state;
    consent_rows *rows = NULL;
    int64_t before = ledger_size(f);
    must(consent_ask(f->store, "kid", NULL, "de", &rows, NULL));
    consent_rows_free(rows);
    must(consent_start(f->store, "kid", NULL, &rows, NULL));
    consent_rows_free(rows);
    assert_int_equal(ledger_size(f), before);
}

/* What the ask plan says was shown is what a record takes as shown. */
static void test_family_asked_with_what_is_shown(void **state) {
    fixture *f = *state;
    consent_rows *rows = NULL;
    must(consent_ask(f->store, "ann", NULL, "de", &rows, NULL));
    assert_true(consent_rows_count(rows) > 5);
    for (size_t i = 0; i < consent_rows_count(rows); i++) {
        char purpose[140];
        snprintf(purpose, sizeof purpose, "%s", consent_rows_text(rows, i, "point"));
        char *at = strchr(purpose, '@');
        if (at)
            *at = '\0';
        consent_act *act = consent_act_new("ann", CONSENT_DECISION_REFUSED, purpose);
        must(consent_act_set_recipient(act, at ? at + 1 : NULL));
        must(consent_act_set_shown(act, consent_rows_text(rows, i, "shown")));
        must(consent_record(f->store, act, NULL, NULL));
        consent_act_free(act);
    }
    consent_rows_free(rows);
}

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, family_setup, api_teardown)
    const struct CMUnitTest tests[] = {
        T(test_family_wrong_calls_change_nothing),
        T(test_family_builders_take_null),
        T(test_family_standing_says_what_is_missing),
        T(test_family_guardians_who_disagree_are_shown),
        T(test_family_guardian_attests),
        T(test_family_guardian_whose_age_was_corrected_is_not_heard),
        T(test_family_obligations_stay_until_met),
        T(test_family_a_withdrawal_without_a_grant_owes_nothing),
        T(test_family_a_deidentification_is_recorded),
        T(test_family_purposes_are_answered_as_one_by_one),
        T(test_family_subjects_are_answered_by_one_scan),
        T(test_family_plans_write_nothing),
        T(test_family_asked_with_what_is_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
