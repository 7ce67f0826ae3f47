/* SPDX-License-Identifier: Apache-2.0 */
/* What a version may claim about itself when it is published, and what publishing does to what was
 * said: the class is computed, never believed. */
#include "api_fixture.h"
#include "api_versions.h"

static void refused(fixture *f, const char *where, const char *word, const char *const *edits) {
    char *b = versions_bundle(edits);
    consent_error *err = NULL;
    assert_int_equal(consent_policy_import(f->store, b, strlen(b), NULL), CONSENT_OK);
    int64_t size = versions_size(f);
    assert_int_equal(consent_policy_publish(f->store, "p", versions_label(edits), &err),
                     CONSENT_E_INPUT);
    assert_string_equal(consent_error_where(err), where);
    if (!strstr(consent_error_message(err), word))
        fail_msg("\"%s\" lacks \"%s\"", consent_error_message(err), word);
    assert_true(consent_error_offset(err) > 0);
    consent_error_free(err);
    assert_int_equal(versions_size(f), size);
    free(b);
}

static int setup(void **state) {
    if (api_setup(state) != 0)
        return -1;
    fixture *f = *state;
    versions_publish(f, NULL);
    return consent_subject_add(f->store, "ann", "1990-05-17", NULL) == CONSENT_OK ? 0 : -1;
}

#define V2 "\"version\":\"1\"", "\"version\":\"2\"", "2024-01-01T", "2024-07-01T"
#define MORE_ITEMS                                                                                 \
    "\"items\":[\"name\"],\"operations\":[\"use\"]",                                               \
        "\"items\":[\"name\",\"street\"],\"operations\":[\"use\"]"
#define SLOWER "\"count\":15", "\"count\":30"

static void test_publish_class_too_low_is_refused(void **state) {
    refused(*state, "/change/class", "purpose-item-added",
            (const char *[]){V2, MORE_ITEMS, "\"material\"", "\"minor\"", NULL});
}

static void test_publish_reduced_rights_need_explicit_consent(void **state) {
    refused(*state, "/change/explicit_consent", "deadline-longer",
            (const char *[]){V2, SLOWER, NULL});
}

static void test_publish_reduced_rights_marked_are_taken(void **state) {
    versions_publish(*state,
                     (const char *[]){V2, SLOWER, "\"class\":\"material\"",
                                      "\"class\":\"material\",\"explicit_consent\":true", NULL});
}

static void test_publish_editorial_needs_actor_and_reason(void **state) {
    refused(*state, "/change/editorial", "actor",
            (const char *[]){V2, "Letters.", "Letters!", "\"material\"", "\"editorial\"", NULL});
}

static void test_publish_editorial_with_both_asks_nobody(void **state) {
    fixture *f = *state;
    assert_int_equal(consent_grant(f->store, "ann", "mail", NULL, NULL), CONSENT_OK);
    versions_publish(f, (const char *[]){V2, "Letters.", "Letters!", "\"class\":\"material\"",
                                         "\"class\":\"editorial\",\"editorial\":{\"actor\":"
                                         "\"ed\",\"reason\":\"typing\"}",
                                         NULL});
    f->now += 60 * DAY;
    assert_int_equal(api_reason(f, "ann", "mail", NULL), CONSENT_REASON_CONSENTED);
}

static void test_publish_editorial_is_for_words_only(void **state) {
    refused(*state, "/change/class", "utc-offset-changed",
            (const char *[]){V2, "+00:00", "+01:00", "\"class\":\"material\"",
                             "\"class\":\"editorial\",\"editorial\":{\"actor\":\"ed\",\"reason\":"
                             "\"typing\"}",
                             NULL});
}

static void test_publish_lead_time_is_kept(void **state) {
    fixture *f = *state;
    f->now += 25 * DAY; /* five days before the first of July */
    refused(f, "/effective_at", "10 days",
            (const char *[]){V2, MORE_ITEMS, "\"rules\":{}", "\"rules\":{\"lead_days\":10}", NULL});
}

static void test_publish_lead_time_cannot_be_cut_for_itself(void **state) {
    fixture *f = *state;
    versions_publish(f, (const char *[]){V2, "\"rules\":{}", "\"rules\":{\"lead_days\":10}", NULL});
    f->now += 59 * DAY;
    refused(f, "/effective_at", "10 days",
            (const char *[]){"\"version\":\"1\"", "\"version\":\"3\"", "2024-01-01T", "2024-08-01T",
                             MORE_ITEMS, NULL});
}

static void test_publish_first_version_may_declare_any_class(void **state) {
    fixture *f = *state;
    versions_publish(f, (const char *[]){"\"policy\":\"p\"", "\"policy\":\"q\"", "\"material\"",
                                         "\"editorial\"", NULL});
}

/* ---- epochs ---- */

static void test_publish_touches_only_what_changed(void **state) {
    fixture *f = *state;
    consent_act *a = consent_act_new("ann", CONSENT_DECISION_GRANTED, "ads");
    consent_act_set_class(a, CONSENT_CLASS_SEPARATE);
    api_say(f, a, CONSENT_OK);
    assert_int_equal(consent_grant(f->store, "ann", "mail", NULL, NULL), CONSENT_OK);
    versions_publish(f, (const char *[]){V2, MORE_ITEMS, NULL});
    assert_int_equal(api_reason(f, "ann", "ads", NULL), CONSENT_REASON_CONSENTED);
    f->now += 60 * DAY;
    assert_int_equal(api_reason(f, "ann", "ads", NULL), CONSENT_REASON_STALE_VERSION);
    assert_int_equal(api_reason(f, "ann", "mail", NULL), CONSENT_REASON_CONSENTED);
}

static char *shown_of(fixture *f, const char *version, const char *point) {
    consent_rows *r = NULL;
    assert_int_equal(consent_policy_shown(f->store, "p", version, point, NULL, &r, NULL),
                     CONSENT_OK);
    char *out = strdup(consent_rows_text(r, 0, "shown"));
    consent_rows_free(r);
    return out;
}

static consent_status say_shown(fixture *f, const char *purpose, const char *shown) {
    consent_act *a = consent_act_new("ann", CONSENT_DECISION_GRANTED, purpose);
    consent_act_set_class(a, CONSENT_CLASS_SEPARATE);
    consent_act_set_shown(a, shown);
    consent_status st = consent_record(f->store, a, NULL, NULL);
    consent_act_free(a);
    return st;
}

/* The screen was drawn under version 1, the tap arrives under version 2. */
static void test_publish_between_showing_and_answer(void **state) {
    fixture *f = *state;
    char *ads = shown_of(f, "1", "ads"), *mail = shown_of(f, "1", "mail");
    versions_publish(f, (const char *[]){V2, MORE_ITEMS, "Rest.", "Rest, and more.", "Letters.",
                                         "Letters!", NULL});
    f->now += 60 * DAY;
    assert_int_equal(say_shown(f, "ads", ads), CONSENT_E_STALE_TEXT);
    assert_int_equal(api_reason(f, "ann", "ads", NULL), CONSENT_REASON_NOT_ASKED);
    /* only its words changed, and not materially: the answer stands */
    assert_int_equal(say_shown(f, "mail", mail), CONSENT_OK);
    assert_int_equal(api_reason(f, "ann", "mail", NULL), CONSENT_REASON_CONSENTED);
    free(ads);
    free(mail);
}

static void test_publish_answer_in_advance_counts_from_its_effect(void **state) {
    fixture *f = *state;
    versions_publish(f, (const char *[]){V2, MORE_ITEMS, "Rest.", "Rest, and more.", NULL});
    char *ads = shown_of(f, "2", "ads");
    assert_int_equal(say_shown(f, "ads", ads), CONSENT_OK);
    assert_int_equal(api_reason(f, "ann", "ads", NULL), CONSENT_REASON_NOT_ASKED);
    f->now += 60 * DAY;
    assert_int_equal(api_reason(f, "ann", "ads", NULL), CONSENT_REASON_CONSENTED);
    free(ads);
}

static void test_publish_new_permission_asks_no_purpose(void **state) {
    fixture *f = *state;
    assert_int_equal(consent_grant(f->store, "ann", "mail", NULL, NULL), CONSENT_OK);
    versions_publish(
        f, (const char *[]){V2, "\"permissions\":[]",
                            "\"permissions\":[{\"key\":\"cam\",\"platform\":\"android\",\"name\":"
                            "\"android.permission.CAMERA\",\"source\":\"app\",\"title\":{\"en\":"
                            "\"Camera\"},\"purposes\":[\"mail\"],\"items\":[],\"prompt\":"
                            "\"runtime\",\"sections\":[\"s1\"]}]",
                            NULL});
    f->now += 60 * DAY;
    assert_int_equal(api_reason(f, "ann", "mail", NULL), CONSENT_REASON_CONSENTED);
    consent_query *q = consent_query_new("ann", "mail");
    consent_answer *a = NULL;
    consent_query_set_permission(q, "android.permission.CAMERA");
    assert_int_equal(consent_check(f->store, q, &a, NULL), CONSENT_OK);
    assert_int_equal(consent_answer_blockers(a), 1);
    assert_int_equal(consent_answer_reason(a), CONSENT_REASON_PERMISSION_NOT_GRANTED);
    consent_answer_free(a);
    consent_query_free(q);
}

#define ANNA "\"name\":{\"en\":\"C\"},\"contacts\""
static void test_publish_new_controller_asks_everything(void **state) {
    fixture *f = *state;
    assert_int_equal(consent_grant(f->store, "ann", "mail", NULL, NULL), CONSENT_OK);
    versions_publish(f,
                     (const char *[]){V2, ANNA, "\"name\":{\"en\":\"Heir\"},\"contacts\"", NULL});
    f->now += 60 * DAY;
    assert_int_equal(api_reason(f, "ann", "mail", NULL), CONSENT_REASON_STALE_VERSION);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, api_teardown)
int main(void) {
    const struct CMUnitTest tests[] = {
        T(test_publish_class_too_low_is_refused),
        T(test_publish_reduced_rights_need_explicit_consent),
        T(test_publish_reduced_rights_marked_are_taken),
        T(test_publish_editorial_needs_actor_and_reason),
        T(test_publish_editorial_with_both_asks_nobody),
        T(test_publish_editorial_is_for_words_only),
        T(test_publish_lead_time_is_kept),
        T(test_publish_lead_time_cannot_be_cut_for_itself),
        T(test_publish_first_version_may_declare_any_class),
        T(test_publish_touches_only_what_changed),
        T(test_publish_between_showing_and_answer),
        T(test_publish_answer_in_advance_counts_from_its_effect),
        T(test_publish_new_permission_asks_no_purpose),
        T(test_publish_new_controller_asks_everything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
