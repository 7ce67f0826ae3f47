/* SPDX-License-Identifier: Apache-2.0 */
/* Recording and checking through the public headers: design "The check", rules Recording, Text
 * shown, Points, Epochs; and the mistakes of others that house-style lists. */
#include "api_fixture.h"

static consent_act *act(const char *purpose, int32_t decision) {
    consent_act *a = consent_act_new("ann", decision, purpose);
    assert_non_null(a);
    return a;
}

static int setup(void **state) {
    if (api_setup(state) != 0)
        return -1;
    fixture *f = *state;
    api_publish(f, (variant){0});
    return consent_subject_add(f->store, "ann", "1990-05-17", NULL) == CONSENT_OK ? 0 : -1;
}

static void test_decision_life_grant_withdraw_grant_again(void **state) {
    fixture *f = *state;
    assert_int_equal(api_reason(f, "ann", "mail", NULL), CONSENT_REASON_NOT_ASKED);
    assert_false(consent_may(f->store, "ann", "mail"));
    assert_int_equal(consent_refuse(f->store, "ann", "mail", NULL, NULL), CONSENT_OK);
    assert_int_equal(api_reason(f, "ann", "mail", NULL), CONSENT_REASON_REFUSED);
    assert_int_equal(consent_grant(f->store, "ann", "mail", NULL, NULL), CONSENT_OK);
    assert_true(consent_may(f->store, "ann", "mail"));
    assert_int_equal(consent_withdraw(f->store, "ann", "mail", NULL, NULL), CONSENT_OK);
    assert_int_equal(api_reason(f, "ann", "mail", NULL), CONSENT_REASON_WITHDRAWN);
    assert_false(consent_may(f->store, "ann", "mail"));
    /* a withdrawn consent can be granted again */
    assert_int_equal(consent_grant(f->store, "ann", "mail", NULL, NULL), CONSENT_OK);
    assert_true(consent_may(f->store, "ann", "mail"));
}

static void test_decision_other_bases_need_none(void **state) {
    fixture *f = *state;
    assert_int_equal(api_reason(f, "ann", "serve", NULL), CONSENT_REASON_BASIS_CONTRACT);
    assert_int_equal(api_reason(f, "bob", "serve", NULL), CONSENT_REASON_UNKNOWN_SUBJECT);
    assert_int_equal(api_reason(f, "ann", "steal", NULL), CONSENT_REASON_UNDECLARED_PURPOSE);
}

static void test_decision_class_too_low_is_recorded_and_named(void **state) {
    fixture *f = *state;
    assert_int_equal(consent_grant(f->store, "ann", "ads", NULL, NULL), CONSENT_OK);
    assert_int_equal(api_reason(f, "ann", "ads", NULL), CONSENT_REASON_SEPARATE_CONSENT_REQUIRED);
    consent_act *a = act("ads", CONSENT_DECISION_GRANTED);
    consent_act_set_class(a, CONSENT_CLASS_SEPARATE);
    api_say(f, a, CONSENT_OK);
    assert_int_equal(api_reason(f, "ann", "ads", NULL), CONSENT_REASON_CONSENTED);
    a = act("deed", CONSENT_DECISION_GRANTED);
    consent_act_set_class(a, CONSENT_CLASS_SEPARATE);
    api_say(f, a, CONSENT_OK);
    assert_int_equal(api_reason(f, "ann", "deed", NULL), CONSENT_REASON_WRITTEN_CONSENT_REQUIRED);
    a = act("deed", CONSENT_DECISION_GRANTED);
    consent_act_set_class(a, CONSENT_CLASS_WRITTEN);
    api_say(f, a, CONSENT_E_ARGUMENT); /* written, and no document */
    a = act("deed", CONSENT_DECISION_GRANTED);
    consent_act_set_class(a, CONSENT_CLASS_WRITTEN);
    consent_act_set_document(a, "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
    api_say(f, a, CONSENT_OK);
    assert_int_equal(api_reason(f, "ann", "deed", NULL), CONSENT_REASON_CONSENTED);
}

static void test_decision_implied_is_an_event_and_changes_nothing(void **state) {
    fixture *f = *state;
    int64_t size = api_size(f);
    consent_act *a = act("mail", CONSENT_DECISION_GRANTED);
    consent_act_set_surface(a, "implied");
    assert_int_equal(api_say(f, a, CONSENT_OK), size);
    assert_int_equal(api_reason(f, "ann", "mail", NULL), CONSENT_REASON_NOT_ASKED);
    /* nor does it take a grant back */
    assert_int_equal(consent_grant(f->store, "ann", "mail", NULL, NULL), CONSENT_OK);
    a = act("mail", CONSENT_DECISION_WITHDRAWN);
    consent_act_set_surface(a, "implied");
    api_say(f, a, CONSENT_OK);
    assert_true(consent_may(f->store, "ann", "mail"));
}

static void test_decision_shares_follow_their_purpose(void **state) {
    fixture *f = *state;
    assert_int_equal(consent_grant(f->store, "ann", "mail", NULL, NULL), CONSENT_OK);
    assert_int_equal(api_reason(f, "ann", "mail", "shop"), CONSENT_REASON_CONSENTED);
    assert_int_equal(api_reason(f, "ann", "mail", "spy"), CONSENT_REASON_NOT_ASKED);
    consent_act *a = act("mail", CONSENT_DECISION_GRANTED);
    consent_act_set_recipient(a, "spy");
    api_say(f, a, CONSENT_OK);
    assert_int_equal(api_reason(f, "ann", "mail", "spy"), CONSENT_REASON_SEPARATE_CONSENT_REQUIRED);
    a = act("mail", CONSENT_DECISION_GRANTED);
    consent_act_set_recipient(a, "spy");
    consent_act_set_class(a, CONSENT_CLASS_SEPARATE);
    api_say(f, a, CONSENT_OK);
    assert_int_equal(api_reason(f, "ann", "mail", "spy"), CONSENT_REASON_CONSENTED);
    /* refusing one share leaves the purpose; refusing the purpose takes all shares */
    a = act("mail", CONSENT_DECISION_REFUSED);
    consent_act_set_recipient(a, "shop");
    api_say(f, a, CONSENT_OK);
    assert_int_equal(api_reason(f, "ann", "mail", "shop"), CONSENT_REASON_REFUSED);
    assert_int_equal(api_reason(f, "ann", "mail", NULL), CONSENT_REASON_CONSENTED);
    assert_int_equal(consent_withdraw(f->store, "ann", "mail", NULL, NULL), CONSENT_OK);
    assert_int_equal(api_reason(f, "ann", "mail", "spy"), CONSENT_REASON_WITHDRAWN);
    assert_int_equal(api_reason(f, "ann", "mail", "nobody"), CONSENT_REASON_UNDECLARED_RECIPIENT);
}

static void test_decision_idempotency_same_and_other_content(void **state) {
    fixture *f = *state;
    consent_act *a = act("mail", CONSENT_DECISION_GRANTED);
    consent_act_set_idempotency(a, "tap-1");
    int64_t first = api_say(f, a, CONSENT_OK), size = api_size(f);
    a = act("mail", CONSENT_DECISION_GRANTED);
    consent_act_set_idempotency(a, "tap-1");
    assert_int_equal(api_say(f, a, CONSENT_DONE), first);
    a = act("mail", CONSENT_DECISION_REFUSED);
    consent_act_set_idempotency(a, "tap-1");
    api_say(f, a, CONSENT_E_CONFLICT);
    assert_int_equal(api_size(f), size);
    /* per subject: another one may use the same key */
    assert_int_equal(consent_subject_add(f->store, "bob", "1980-01-01", NULL), CONSENT_OK);
    a = consent_act_new("bob", CONSENT_DECISION_REFUSED, "mail");
    consent_act_set_idempotency(a, "tap-1");
    assert_int_equal(api_say(f, a, CONSENT_OK), size + 1);
}

static void shown_of(fixture *f, const char *version, const char *point, const char *lang,
                     char out[65]) {
    consent_rows *rows = NULL;
    assert_int_equal(consent_policy_shown(f->store, "p", version, point, lang, &rows, NULL),
                     CONSENT_OK);
    strcpy(out, consent_rows_text(rows, 0, "shown"));
    consent_rows_free(rows);
}

static void say_shown(fixture *f, const char *shown, consent_status expected) {
    consent_act *a = act("mail", CONSENT_DECISION_GRANTED);
    consent_act_set_shown(a, shown);
    api_say(f, a, expected);
}

static void test_decision_text_shown_in_each_language_and_whole(void **state) {
    fixture *f = *state;
    char en[65], de[65], whole[65], other[65];
    shown_of(f, NULL, "mail", "en", en);
    shown_of(f, NULL, "mail", "de", de);
    shown_of(f, NULL, NULL, NULL, whole);
    shown_of(f, NULL, "ads", NULL, other);
    assert_string_not_equal(en, de);
    say_shown(f, en, CONSENT_OK);
    say_shown(f, de, CONSENT_OK);
    say_shown(f, whole, CONSENT_OK);
    int64_t size = api_size(f);
    say_shown(f, other, CONSENT_E_UNKNOWN_TEXT); /* the text of another point */
    other[0] = other[0] == '0' ? '1' : '0';
    say_shown(f, other, CONSENT_E_UNKNOWN_TEXT);
    say_shown(f, "ABCD", CONSENT_E_ARGUMENT);
    assert_int_equal(api_size(f), size);
}

static void test_decision_stale_text_refused_unless_untouched(void **state) {
    fixture *f = *state;
    char old_mail[65], old_ads[65];
    shown_of(f, NULL, "mail", NULL, old_mail);
    shown_of(f, NULL, "ads", NULL, old_ads);
    api_publish(f, (variant){.version = "2",
                             .effective = "2024-02-01T00:00:00Z",
                             .mail_items = "\"name\",\"street\"",
                             .text = "More letters."});
    int64_t size = api_size(f);
    say_shown(f, old_mail, CONSENT_E_STALE_TEXT);
    assert_int_equal(api_size(f), size);
    consent_act *a = act("ads", CONSENT_DECISION_GRANTED);
    consent_act_set_class(a, CONSENT_CLASS_SEPARATE);
    consent_act_set_shown(a, old_ads); /* untouched by version 2 */
    api_say(f, a, CONSENT_OK);
    assert_int_equal(api_reason(f, "ann", "ads", NULL), CONSENT_REASON_CONSENTED);
}

static void test_decision_material_change_makes_stale_and_only_there(void **state) {
    fixture *f = *state;
    assert_int_equal(consent_grant(f->store, "ann", "mail", NULL, NULL), CONSENT_OK);
    consent_act *a = act("ads", CONSENT_DECISION_GRANTED);
    consent_act_set_class(a, CONSENT_CLASS_SEPARATE);
    api_say(f, a, CONSENT_OK);
    api_publish(f, (variant){.version = "2",
                             .effective = "2024-02-01T00:00:00Z",
                             .mail_items = "\"name\",\"street\""});
    assert_int_equal(api_reason(f, "ann", "mail", NULL), CONSENT_REASON_STALE_VERSION);
    assert_int_equal(api_reason(f, "ann", "ads", NULL), CONSENT_REASON_CONSENTED);
    assert_int_equal(consent_grant(f->store, "ann", "mail", NULL, NULL), CONSENT_OK);
    assert_int_equal(api_reason(f, "ann", "mail", NULL), CONSENT_REASON_CONSENTED);
    /* narrower again: nobody is asked */
    api_publish(f, (variant){.version = "3", .effective = "2024-03-01T00:00:00Z"});
    assert_int_equal(api_reason(f, "ann", "mail", NULL), CONSENT_REASON_CONSENTED);
}

static void test_decision_in_advance_counts_from_its_effect(void **state) {
    fixture *f = *state;
    assert_int_equal(consent_grant(f->store, "ann", "mail", NULL, NULL), CONSENT_OK);
    api_publish(f, (variant){.version = "2",
                             .effective = "2024-06-11T00:00:00Z",
                             .mail_items = "\"name\",\"street\""});
    /* a version that is not yet in force is not the latest */
    assert_int_equal(api_reason(f, "ann", "mail", NULL), CONSENT_REASON_CONSENTED);
    f->now = T0 + 10 * DAY - 1;
    assert_int_equal(api_reason(f, "ann", "mail", NULL), CONSENT_REASON_CONSENTED);
    f->now = T0 + 10 * DAY;
    assert_int_equal(api_reason(f, "ann", "mail", NULL), CONSENT_REASON_STALE_VERSION);
    f->now = T0 + 5 * DAY;
    consent_act *a = act("mail", CONSENT_DECISION_GRANTED);
    consent_act_set_version(a, "2");
    api_say(f, a, CONSENT_OK);
    f->now = T0 + 10 * DAY;
    assert_int_equal(api_reason(f, "ann", "mail", NULL), CONSENT_REASON_CONSENTED);
    assert_int_equal(consent_withdraw(f->store, "ann", "mail", NULL, NULL), CONSENT_OK);
    assert_int_equal(api_reason(f, "ann", "mail", NULL), CONSENT_REASON_WITHDRAWN);
}

static void test_decision_withdrawal_ends_future_epochs_too(void **state) {
    fixture *f = *state;
    api_publish(f, (variant){.version = "2",
                             .effective = "2024-06-11T00:00:00Z",
                             .mail_items = "\"name\",\"street\""});
    consent_act *a = act("mail", CONSENT_DECISION_GRANTED);
    consent_act_set_version(a, "2");
    api_say(f, a, CONSENT_OK);
    assert_int_equal(consent_withdraw(f->store, "ann", "mail", NULL, NULL), CONSENT_OK);
    f->now = T0 + 11 * DAY;
    assert_int_equal(api_reason(f, "ann", "mail", NULL), CONSENT_REASON_WITHDRAWN);
}

static void test_decision_expires_valid_days_after_the_act(void **state) {
    fixture *f = *state;
    api_publish(f, (variant){.version = "2",
                             .effective = "2024-02-01T00:00:00Z",
                             .valid_days = ",\"valid_days\":30"});
    assert_int_equal(consent_grant(f->store, "ann", "mail", NULL, NULL), CONSENT_OK);
    f->now = T0 + 30 * DAY - 1;
    assert_true(consent_may(f->store, "ann", "mail"));
    f->now = T0 + 30 * DAY;
    assert_int_equal(api_reason(f, "ann", "mail", NULL), CONSENT_REASON_EXPIRED);
    assert_false(consent_may(f->store, "ann", "mail"));
}

static int32_t reason_at(fixture *f, int64_t at) {
    consent_query *q = consent_query_new("ann", "mail");
    consent_answer *a = NULL;
    consent_query_set_at(q, at);
    assert_int_equal(consent_check(f->store, q, &a, NULL), CONSENT_OK);
    int32_t reason = consent_answer_reason(a);
    consent_answer_free(a);
    consent_query_free(q);
    return reason;
}

static void test_decision_as_of_the_past(void **state) {
    fixture *f = *state;
    f->now = T0 + 1 * DAY;
    assert_int_equal(consent_grant(f->store, "ann", "mail", NULL, NULL), CONSENT_OK);
    f->now = T0 + 2 * DAY;
    assert_int_equal(consent_withdraw(f->store, "ann", "mail", NULL, NULL), CONSENT_OK);
    f->now = T0 + 3 * DAY;
    assert_int_equal(reason_at(f, T0 - 1), CONSENT_REASON_NO_POLICY_IN_FORCE);
    assert_int_equal(reason_at(f, T0 + 1 * DAY - 1), CONSENT_REASON_NOT_ASKED);
    assert_int_equal(reason_at(f, T0 + 1 * DAY), CONSENT_REASON_CONSENTED);
    assert_int_equal(reason_at(f, T0 + 2 * DAY - 1), CONSENT_REASON_CONSENTED);
    assert_int_equal(reason_at(f, T0 + 2 * DAY), CONSENT_REASON_WITHDRAWN);
}

/* Order is the ledger's, never the clock's: a clock set back does not revive what was withdrawn. */
static void test_decision_clock_set_back_changes_nothing(void **state) {
    fixture *f = *state;
    f->now = T0 + 2 * DAY;
    assert_int_equal(consent_grant(f->store, "ann", "mail", NULL, NULL), CONSENT_OK);
    assert_int_equal(consent_withdraw(f->store, "ann", "mail", NULL, NULL), CONSENT_OK);
    f->now = T0 + 1 * DAY;
    assert_int_equal(api_reason(f, "ann", "mail", NULL), CONSENT_REASON_WITHDRAWN);
    consent_query *q = consent_query_new("ann", "mail");
    consent_answer *a = NULL;
    assert_int_equal(consent_check(f->store, q, &a, NULL), CONSENT_OK);
    assert_true(consent_answer_clock_behind(a));
    assert_int_equal(consent_answer_at(a), T0 + 2 * DAY);
    consent_answer_free(a);
    consent_query_free(q);
    assert_int_equal(consent_grant(f->store, "ann", "mail", NULL, NULL), CONSENT_OK);
    assert_true(consent_may(f->store, "ann", "mail"));
}

static void test_decision_several_policies_must_be_named(void **state) {
    fixture *f = *state;
    api_publish(f, (variant){.policy = "q"});
    consent_error *err = NULL;
    assert_int_equal(consent_grant(f->store, "ann", "mail", NULL, &err), CONSENT_E_AMBIGUOUS);
    consent_error_free(err);
    assert_false(consent_may(f->store, "ann", "mail"));
    consent_act *a = act("mail", CONSENT_DECISION_GRANTED);
    consent_act_set_policy(a, "q");
    api_say(f, a, CONSENT_OK);
    const char *policies[] = {"p", "q"};
    for (int i = 0; i < 2; i++) {
        consent_query *q = consent_query_new("ann", "mail");
        consent_answer *answer = NULL;
        consent_query_set_policy(q, policies[i]);
        assert_int_equal(consent_check(f->store, q, &answer, NULL), CONSENT_OK);
        assert_int_equal(consent_answer_allowed(answer), i);
        assert_string_equal(consent_answer_policy(answer), policies[i]);
        consent_answer_free(answer);
        consent_query_free(q);
    }
}

static void test_decision_survives_reopening(void **state) {
    fixture *f = *state;
    assert_int_equal(consent_grant(f->store, "ann", "mail", NULL, NULL), CONSENT_OK);
    assert_int_equal(consent_store_close(f->store, NULL), CONSENT_OK);
    assert_int_equal(consent_store_close(f->store, NULL), CONSENT_DONE);
    assert_false(consent_may(f->store, "ann", "mail"));
    assert_int_equal(consent_grant(f->store, "ann", "mail", NULL, NULL), CONSENT_E_CLOSED);
    consent_store_free(f->store);
    f->store = NULL;
    assert_int_equal(consent_store_open(f->path, f->options, &f->store, NULL), CONSENT_OK);
    assert_true(consent_may(f->store, "ann", "mail"));
    consent_rows *rows = NULL;
    assert_int_equal(consent_decision_list(f->store, "ann", &rows, NULL), CONSENT_OK);
    assert_int_equal(consent_rows_count(rows), 1);
    assert_string_equal(consent_rows_text(rows, 0, "decision"), "granted");
    assert_int_equal(consent_rows_number(rows, 0, "counts", -1), 1);
    assert_int_equal(consent_rows_number(rows, 0, "evidenced", -1), 0);
    consent_rows_free(rows);
    assert_int_equal(consent_history(f->store, "ann", &rows, NULL), CONSENT_OK);
    assert_int_equal(consent_rows_count(rows), 2);
    assert_string_equal(consent_rows_text(rows, 0, "kind"), "subject.registered");
    consent_rows_free(rows);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, api_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_decision_life_grant_withdraw_grant_again),
        TEST(test_decision_other_bases_need_none),
        TEST(test_decision_class_too_low_is_recorded_and_named),
        TEST(test_decision_implied_is_an_event_and_changes_nothing),
        TEST(test_decision_shares_follow_their_purpose),
        TEST(test_decision_idempotency_same_and_other_content),
        TEST(test_decision_text_shown_in_each_language_and_whole),
        TEST(test_decision_stale_text_refused_unless_untouched),
        TEST(test_decision_material_change_makes_stale_and_only_there),
        TEST(test_decision_in_advance_counts_from_its_effect),
        TEST(test_decision_withdrawal_ends_future_epochs_too),
        TEST(test_decision_expires_valid_days_after_the_act),
        TEST(test_decision_as_of_the_past),
        TEST(test_decision_clock_set_back_changes_nothing),
        TEST(test_decision_several_policies_must_be_named),
        TEST(test_decision_survives_reopening),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
