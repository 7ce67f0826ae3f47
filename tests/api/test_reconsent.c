/* SPDX-License-Identifier: Apache-2.0 */
/* What a new version asks again and what it leaves: another controller, permissions, retention,
 * what was narrowed, what came back, answers on their way and answers in advance. */
#include "api_fixture.h"
#include "api_versions.h"

#define MUST(call) assert_true((call) >= 0)
#define AT(version, day) "\"version\":\"1\"", "\"version\":\"" version "\"", "2024-01-01T", day "T"
#define V2 AT("2", "2024-07-01")
#define MORE                                                                                       \
    "\"items\":[\"name\"],\"operations\":[\"use\"]",                                               \
        "\"items\":[\"name\",\"street\"],\"operations\":[\"use\"]"
#define NEW_NAME(n)                                                                                \
    "\"name\":{\"en\":\"C\"},\"contacts\"", "\"name\":{\"en\":\"" n "\"},\"contacts\""
/* mail shares the name with "spy", under a consent of its own */
#define SPY                                                                                        \
    "\"recipients\":[]",                                                                           \
        "\"recipients\":[{\"key\":\"spy\",\"name\":{\"en\":\"Spy\"},\"kind\":\"sdk\","             \
        "\"purposes\":"                                                                            \
        "[\"mail\"],\"items\":[\"name\"],\"sections\":[\"s2\"]}]",                                 \
        "\"operations\":[\"use\",\"store\"]",                                                      \
        "\"operations\":[\"use\",\"store\",\"share\"],\"shares\":[{\"recipient\":\"spy\","         \
        "\"items\":[\"name\"],\"class\":\"separate\"}]"
#define KEPT(days)                                                                                 \
    "\"category\":\"id\"",                                                                         \
        "\"category\":\"id\",\"retention\":{\"until\":\"collected\",\"days\":" days                \
        ",\"then\":\"delete\"}"
#define CAMERA "android.permission.CAMERA"
#define MICROPHONE "android.permission.RECORD_AUDIO"
#define PERMISSION(key, name, purposes)                                                            \
    "{\"key\":\"" key "\",\"platform\":\"android\",\"name\":\"" name                               \
    "\",\"source\":\"app\",\"title\":{\"en\":\"T\"},\"purposes\":[" purposes                       \
    "],\"items\":[],\"prompt\":\"runtime\",\"sections\":[\"s1\"]}"
#define PERMISSIONS(list) "\"permissions\":[]", "\"permissions\":[" list "]"

static void say(fixture *f, const char *purpose, const char *recipient, int32_t decision) {
    consent_act *a = consent_act_new("ann", decision, purpose);
    consent_act_set_class(a, CONSENT_CLASS_SEPARATE);
    consent_act_set_recipient(a, recipient);
    api_say(f, a, CONSENT_OK);
}

static void grant(fixture *f, const char *purpose, const char *recipient) {
    say(f, purpose, recipient, CONSENT_DECISION_GRANTED);
}

static void start(fixture *f, const char *const *edits) {
    versions_publish(f, edits);
    MUST(consent_subject_add(f->store, "ann", "1990-05-17", NULL));
}

static void is(fixture *f, const char *purpose, const char *recipient, int32_t reason) {
    int32_t got = api_reason(f, "ann", purpose, recipient);
    if (got != reason)
        fail_msg("%s@%s: %s, not %s", purpose, recipient ? recipient : "", consent_reason_name(got),
                 consent_reason_name(reason));
}

/* What rests on a contract is never asked. */
static void all_are(fixture *f, int32_t reason) {
    is(f, "mail", NULL, reason);
    is(f, "mail", "spy", reason);
    is(f, "ads", NULL, reason);
    is(f, "serve", NULL, CONSENT_REASON_BASIS_CONTRACT);
}

/* Points asked, in order: "mail,mail@spy,ads". */
static const char *asked(fixture *f) {
    static char out[200];
    consent_rows *r = NULL;
    size_t n = 0;
    out[0] = '\0';
    MUST(consent_ask(f->store, "ann", NULL, NULL, &r, NULL));
    for (size_t i = 0; i < consent_rows_count(r); i++)
        n += (size_t)snprintf(out + n, sizeof out - n, "%s%s", i ? "," : "",
                              consent_rows_text(r, i, "point"));
    consent_rows_free(r);
    return out;
}

static int32_t permitted(fixture *f, const char *purpose, const char *name) {
    consent_query *q = consent_query_new("ann", purpose);
    consent_answer *a = NULL;
    consent_query_set_permission(q, name);
    assert_int_equal(consent_check(f->store, q, &a, NULL), CONSENT_OK);
    int32_t reason = consent_answer_reason(a);
    assert_true(reason >= CONSENT_REASON_CONSENTED || consent_answer_blockers(a) == 1);
    consent_answer_free(a);
    consent_query_free(q);
    return reason;
}

/* ---- another controller (s2.transfer, PIPL art. 22) ---- */

static void agree_to_all(fixture *f) {
    start(f, (const char *[]){SPY, NULL});
    grant(f, "mail", NULL);
    grant(f, "mail", "spy");
    grant(f, "ads", NULL);
    all_are(f, CONSENT_REASON_CONSENTED);
}

static void test_reconsent_successor_who_accepts_asks_nobody(void **state) {
    fixture *f = *state;
    agree_to_all(f);
    f->now += DAY;
    MUST(consent_controller_change(f->store, "Heir", true, NULL));
    all_are(f, CONSENT_REASON_CONSENTED);
    versions_publish(f, (const char *[]){V2, SPY, NEW_NAME("Heir"), NULL});
    f->now += 60 * DAY;
    all_are(f, CONSENT_REASON_CONSENTED);
    assert_string_equal(asked(f), "");
    /* told all the same: who processes is a material change */
    consent_rows *r = NULL;
    MUST(consent_notice_pending(f->store, "ann", NULL, NULL, &r, NULL));
    assert_int_equal(consent_rows_count(r), 1);
    consent_rows_free(r);
    /* The acceptance is spent: the next name asks. */
    versions_publish(f, (const char *[]){AT("3", "2024-10-01"), SPY, NEW_NAME("Stranger"), NULL});
    f->now += 120 * DAY;
    all_are(f, CONSENT_REASON_STALE_VERSION);
}

static void test_reconsent_successor_who_accepts_may_change_no_more(void **state) {
    fixture *f = *state;
    agree_to_all(f);
    MUST(consent_controller_change(f->store, "Heir", true, NULL));
    versions_publish(f, (const char *[]){V2, SPY, NEW_NAME("Heir"), MORE, NULL});
    f->now += 60 * DAY;
    is(f, "mail", NULL, CONSENT_REASON_CONSENTED);
    is(f, "mail", "spy", CONSENT_REASON_CONSENTED);
    is(f, "ads", NULL, CONSENT_REASON_STALE_VERSION); /* it takes the street now */
}

static void test_reconsent_successor_who_does_not_accept_asks_all(void **state) {
    fixture *f = *state;
    agree_to_all(f);
    f->now += DAY;
    MUST(consent_controller_change(f->store, "Heir", false, NULL));
    is(f, "mail", NULL, CONSENT_REASON_CONTROLLER_CHANGED); /* at once, without a version */
    is(f, "mail", "spy", CONSENT_REASON_CONTROLLER_CHANGED);
    is(f, "ads", NULL, CONSENT_REASON_CONTROLLER_CHANGED);
    is(f, "serve", NULL, CONSENT_REASON_BASIS_CONTRACT);
    versions_publish(f, (const char *[]){V2, SPY, NEW_NAME("Heir"), NULL});
    f->now += 60 * DAY;
    consent_query *q = consent_query_new("ann", "ads");
    consent_answer *a = NULL;
    MUST(consent_check(f->store, q, &a, NULL));
    assert_false(consent_answer_allowed(a));
    consent_answer_free(a);
    consent_query_free(q);
    assert_string_equal(asked(f), "mail,mail@spy,ads");
    f->now += DAY;
    grant(f, "mail", NULL);
    grant(f, "ads", NULL);
    is(f, "ads", NULL, CONSENT_REASON_CONSENTED);
    is(f, "mail", NULL, CONSENT_REASON_CONSENTED);
    assert_string_equal(asked(f), "mail@spy");
}

static void test_reconsent_the_last_word_of_a_successor_counts(void **state) {
    fixture *f = *state;
    agree_to_all(f);
    MUST(consent_controller_change(f->store, "Heir", true, NULL));
    MUST(consent_controller_change(f->store, "Heir", false, NULL));
    versions_publish(f, (const char *[]){V2, SPY, NEW_NAME("Heir"), NULL});
    f->now += 60 * DAY;
    assert_string_equal(asked(f), "mail,mail@spy,ads");
}

static void test_reconsent_renamed_without_a_successor_asks_all(void **state) {
    fixture *f = *state;
    agree_to_all(f);
    versions_publish(f, (const char *[]){V2, SPY, NEW_NAME("Heir"), NULL});
    f->now += 60 * DAY;
    all_are(f, CONSENT_REASON_STALE_VERSION);
    assert_string_equal(asked(f), "mail,mail@spy,ads");
}

/* ---- permissions (s3.2) ---- */

static void test_reconsent_grown_permission_asks_for_itself_alone(void **state) {
    fixture *f = *state;
    start(f, (const char *[]){PERMISSIONS(PERMISSION("cam", CAMERA, "\"mail\"") "," PERMISSION(
                                  "mic", MICROPHONE, "\"mail\"")),
                              NULL});
    grant(f, "mail", NULL);
    grant(f, "ads", NULL);
    MUST(consent_permission_record(f->store, "ann", CAMERA, true, NULL));
    MUST(consent_permission_record(f->store, "ann", MICROPHONE, true, NULL));
    assert_int_equal(permitted(f, "mail", CAMERA), CONSENT_REASON_CONSENTED);
    f->now += DAY;
    versions_publish(
        f,
        (const char *[]){V2,
                         PERMISSIONS(PERMISSION("cam", CAMERA, "\"mail\",\"ads\"") "," PERMISSION(
                             "mic", MICROPHONE, "\"mail\"")),
                         NULL});
    assert_int_equal(permitted(f, "mail", CAMERA), CONSENT_REASON_CONSENTED); /* not in force */
    f->now += 60 * DAY;
    assert_int_equal(permitted(f, "mail", CAMERA), CONSENT_REASON_PERMISSION_NOT_GRANTED);
    assert_int_equal(permitted(f, "ads", CAMERA), CONSENT_REASON_PERMISSION_NOT_GRANTED);
    assert_int_equal(permitted(f, "mail", MICROPHONE), CONSENT_REASON_CONSENTED);
    is(f, "mail", NULL, CONSENT_REASON_CONSENTED);
    is(f, "ads", NULL, CONSENT_REASON_CONSENTED);
    assert_string_equal(asked(f), "");
    MUST(consent_permission_record(f->store, "ann", CAMERA, true, NULL));
    assert_int_equal(permitted(f, "mail", CAMERA), CONSENT_REASON_CONSENTED);
    assert_int_equal(permitted(f, "ads", CAMERA), CONSENT_REASON_CONSENTED);
}

/* The clock stood still between the two: the place in the ledger decides, not the time. */
static void test_reconsent_grown_permission_goes_by_place_in_the_ledger(void **state) {
    fixture *f = *state;
    start(f, (const char *[]){PERMISSIONS(PERMISSION("cam", CAMERA, "\"mail\"")), NULL});
    grant(f, "mail", NULL);
    grant(f, "ads", NULL);
    MUST(consent_permission_record(f->store, "ann", CAMERA, true, NULL));
    versions_publish(
        f, (const char *[]){V2, PERMISSIONS(PERMISSION("cam", CAMERA, "\"mail\",\"ads\"")), NULL});
    f->now += 60 * DAY;
    assert_int_equal(permitted(f, "ads", CAMERA), CONSENT_REASON_PERMISSION_NOT_GRANTED);
    MUST(consent_permission_record(f->store, "ann", CAMERA, true, NULL));
    assert_int_equal(permitted(f, "ads", CAMERA), CONSENT_REASON_CONSENTED);
}

static void test_reconsent_narrowed_permission_asks_nothing(void **state) {
    fixture *f = *state;
    start(f, (const char *[]){PERMISSIONS(PERMISSION("cam", CAMERA, "\"mail\",\"ads\"")), NULL});
    grant(f, "mail", NULL);
    grant(f, "ads", NULL);
    MUST(consent_permission_record(f->store, "ann", CAMERA, true, NULL));
    f->now += DAY;
    versions_publish(
        f, (const char *[]){V2, PERMISSIONS(PERMISSION("cam", CAMERA, "\"mail\"")), NULL});
    f->now += 60 * DAY;
    assert_int_equal(permitted(f, "mail", CAMERA), CONSENT_REASON_CONSENTED);
    assert_int_equal(permitted(f, "ads", CAMERA), CONSENT_REASON_UNDECLARED_PERMISSION);
}

/* Gone in one version and back in the next: what the system said before does not count. */
static void test_reconsent_permission_that_comes_back_is_asked_again(void **state) {
    fixture *f = *state;
    start(f, (const char *[]){PERMISSIONS(PERMISSION("cam", CAMERA, "\"mail\"")), NULL});
    grant(f, "mail", NULL);
    MUST(consent_permission_record(f->store, "ann", CAMERA, true, NULL));
    f->now += DAY;
    versions_publish(f, (const char *[]){V2, NULL});
    f->now += 60 * DAY;
    versions_publish(f, (const char *[]){AT("3", "2024-10-01"),
                                         PERMISSIONS(PERMISSION("cam", CAMERA, "\"mail\"")), NULL});
    f->now += 120 * DAY;
    assert_int_equal(permitted(f, "mail", CAMERA), CONSENT_REASON_PERMISSION_NOT_GRANTED);
    is(f, "mail", NULL, CONSENT_REASON_CONSENTED);
    MUST(consent_permission_record(f->store, "ann", CAMERA, true, NULL));
    assert_int_equal(permitted(f, "mail", CAMERA), CONSENT_REASON_CONSENTED);
}

/* ---- narrower, longer, gone ---- */

static void test_reconsent_narrowing_asks_nobody(void **state) {
    fixture *f = *state;
    start(f, (const char *[]){SPY, MORE, KEPT("30"), NULL});
    grant(f, "mail", NULL);
    grant(f, "mail", "spy");
    grant(f, "ads", NULL);
    /* one item less, one recipient less, one operation less, kept shorter */
    versions_publish(f, (const char *[]){V2, KEPT("10"), "[\"use\",\"store\"]", "[\"use\"]", NULL});
    f->now += 60 * DAY;
    is(f, "mail", NULL, CONSENT_REASON_CONSENTED);
    is(f, "mail", "spy", CONSENT_REASON_UNDECLARED_RECIPIENT);
    is(f, "ads", NULL, CONSENT_REASON_CONSENTED);
    assert_string_equal(asked(f), "");
}

static void test_reconsent_longer_retention_is_material(void **state) {
    fixture *f = *state;
    consent_error *err = NULL;
    start(f, (const char *[]){KEPT("30"), NULL});
    grant(f, "mail", NULL);
    char *b = versions_bundle((const char *[]){V2, KEPT("31"), "\"material\"", "\"minor\"", NULL});
    MUST(consent_policy_import(f->store, b, strlen(b), NULL));
    assert_int_equal(consent_policy_publish(f->store, "p", "2", &err), CONSENT_E_INPUT);
    assert_non_null(strstr(consent_error_message(err), "material"));
    consent_error_free(err);
    free(b);
    versions_publish(f, (const char *[]){AT("2b", "2024-07-01"), KEPT("31"), NULL});
    is(f, "mail", NULL, CONSENT_REASON_CONSENTED);
    f->now += 60 * DAY;
    is(f, "mail", NULL, CONSENT_REASON_STALE_VERSION);
    is(f, "serve", NULL, CONSENT_REASON_BASIS_CONTRACT);
}

static void test_reconsent_what_comes_back_is_asked_again(void **state) {
    fixture *f = *state;
    start(f, (const char *[]){SPY, NULL});
    grant(f, "mail", NULL);
    grant(f, "mail", "spy");
    grant(f, "ads", NULL);
    versions_publish(f, (const char *[]){V2, NULL}); /* no spy */
    f->now += 60 * DAY;
    is(f, "mail", "spy", CONSENT_REASON_UNDECLARED_RECIPIENT);
    versions_publish(f, (const char *[]){AT("3", "2024-10-01"), SPY, NULL});
    f->now += 120 * DAY;
    is(f, "mail", "spy", CONSENT_REASON_STALE_VERSION);
    is(f, "ads", NULL, CONSENT_REASON_CONSENTED);
    assert_non_null(strstr(asked(f), "mail@spy"));
    assert_null(strstr(asked(f), "ads"));
}

/* ---- an answer on its way ---- */

static char *shown_of(fixture *f, const char *version, const char *point) {
    consent_rows *r = NULL;
    MUST(consent_policy_shown(f->store, "p", version, point, NULL, &r, NULL));
    char *out = strdup(consent_rows_text(r, 0, "shown"));
    consent_rows_free(r);
    return out;
}

static consent_status answer(fixture *f, const char *purpose, const char *recipient,
                             const char *shown, const char *version) {
    consent_act *a = consent_act_new("ann", CONSENT_DECISION_GRANTED, purpose);
    consent_act_set_class(a, CONSENT_CLASS_SEPARATE);
    consent_act_set_recipient(a, recipient);
    consent_act_set_shown(a, shown);
    consent_act_set_version(a, version);
    consent_status st = consent_record(f->store, a, NULL, NULL);
    consent_act_free(a);
    return st;
}

static void test_reconsent_answer_crosses_a_version(void **state) {
    fixture *f = *state;
    start(f, (const char *[]){SPY, NULL});
    char *mail = shown_of(f, "1", "mail"), *ads = shown_of(f, "1", "ads");
    versions_publish(
        f, (const char *[]){V2, SPY, MORE, "Rest.", "Rest!", "Letters.", "Letters!", NULL});
    /* published is not in force: what is shown until then is version 1 */
    assert_int_equal(answer(f, "ads", NULL, ads, NULL), CONSENT_OK);
    is(f, "ads", NULL, CONSENT_REASON_CONSENTED);
    f->now += 60 * DAY;
    int64_t size = versions_size(f);
    assert_int_equal(answer(f, "ads", NULL, ads, NULL), CONSENT_E_STALE_TEXT);
    assert_int_equal(versions_size(f), size);
    is(f, "ads", NULL, CONSENT_REASON_STALE_VERSION); /* the first answer does not come back */
    assert_int_equal(answer(f, "mail", NULL, mail, NULL), CONSENT_OK); /* untouched: words alone */
    is(f, "mail", NULL, CONSENT_REASON_CONSENTED);
    free(mail);
    free(ads);
}

static void test_reconsent_no_is_never_turned_into_yes_by_a_version(void **state) {
    fixture *f = *state;
    start(f, (const char *[]){SPY, NULL});
    say(f, "ads", NULL, CONSENT_DECISION_REFUSED);
    grant(f, "mail", NULL);
    say(f, "mail", NULL, CONSENT_DECISION_WITHDRAWN);
    versions_publish(f, (const char *[]){V2, SPY, MORE, NULL});
    f->now += 60 * DAY;
    assert_true(api_reason(f, "ann", "ads", NULL) < CONSENT_REASON_CONSENTED);
    is(f, "mail", NULL, CONSENT_REASON_WITHDRAWN);
    versions_publish(f, (const char *[]){AT("3", "2024-10-01"), SPY, NULL}); /* narrowed again */
    f->now += 120 * DAY;
    assert_true(api_reason(f, "ann", "ads", NULL) < CONSENT_REASON_CONSENTED);
    is(f, "mail", NULL, CONSENT_REASON_WITHDRAWN);
}

/* ---- in advance ---- */

static void test_reconsent_in_advance_starts_with_the_version(void **state) {
    fixture *f = *state;
    start(f, NULL);
    grant(f, "ads", NULL);
    versions_publish(f, (const char *[]){V2, MORE, NULL});
    assert_int_equal(answer(f, "ads", NULL, NULL, "2"), CONSENT_OK);
    is(f, "ads", NULL, CONSENT_REASON_CONSENTED); /* still under version 1 */
    consent_query *q = consent_query_new("ann", "ads");
    consent_answer *a = NULL;
    consent_query_add_item(q, "street");
    MUST(consent_check(f->store, q, &a, NULL));
    assert_int_equal(consent_answer_reason(a), CONSENT_REASON_UNDECLARED_ITEM); /* not yet */
    consent_answer_free(a);
    f->now = T0 + 30 * DAY - SECOND;
    MUST(consent_check(f->store, q, &a, NULL));
    assert_false(consent_answer_allowed(a));
    assert_string_equal(consent_answer_version(a), "1");
    consent_answer_free(a);
    f->now = T0 + 30 * DAY;
    MUST(consent_check(f->store, q, &a, NULL));
    assert_true(consent_answer_allowed(a));
    assert_string_equal(consent_answer_version(a), "2");
    consent_answer_free(a);
    consent_query_set_at(q, T0 + 30 * DAY - SECOND); /* and as of the past */
    MUST(consent_check(f->store, q, &a, NULL));
    assert_false(consent_answer_allowed(a));
    assert_string_equal(consent_answer_version(a), "1");
    consent_answer_free(a);
    consent_query_free(q);
}

static void test_reconsent_withdrawal_ends_what_was_given_in_advance(void **state) {
    fixture *f = *state;
    start(f, NULL);
    grant(f, "ads", NULL);
    versions_publish(f, (const char *[]){V2, MORE, NULL});
    assert_int_equal(answer(f, "ads", NULL, NULL, "2"), CONSENT_OK);
    f->now += DAY;
    say(f, "ads", NULL, CONSENT_DECISION_WITHDRAWN);
    is(f, "ads", NULL, CONSENT_REASON_WITHDRAWN);
    f->now += 60 * DAY;
    is(f, "ads", NULL, CONSENT_REASON_WITHDRAWN);
}

/* The no is said last, to the version in force: the coming of the other does not make it a yes. */
static void test_reconsent_refusal_after_a_yes_in_advance_stays_a_no(void **state) {
    fixture *f = *state;
    start(f, NULL);
    versions_publish(f, (const char *[]){V2, MORE, NULL});
    assert_int_equal(answer(f, "ads", NULL, NULL, "2"), CONSENT_OK);
    f->now += DAY;
    say(f, "ads", NULL, CONSENT_DECISION_REFUSED);
    is(f, "ads", NULL, CONSENT_REASON_REFUSED);
    f->now += 60 * DAY;
    is(f, "ads", NULL, CONSENT_REASON_REFUSED);
    grant(f, "ads", NULL);
    is(f, "ads", NULL, CONSENT_REASON_CONSENTED);
}

/* The other way round the yes is the last word. */
static void test_reconsent_yes_in_advance_answers_an_earlier_no(void **state) {
    fixture *f = *state;
    start(f, NULL);
    say(f, "ads", NULL, CONSENT_DECISION_REFUSED);
    versions_publish(f, (const char *[]){V2, MORE, NULL});
    assert_int_equal(answer(f, "ads", NULL, NULL, "2"), CONSENT_OK);
    is(f, "ads", NULL, CONSENT_REASON_REFUSED);
    f->now += 60 * DAY;
    is(f, "ads", NULL, CONSENT_REASON_CONSENTED);
}

static void test_reconsent_child_refuses_after_the_guardian_in_advance(void **state) {
    fixture *f = *state;
    const char *const family[] = {"\"guardian_below\":0", "\"guardian_below\":14", NULL};
    start(f, family);
    MUST(consent_subject_add(f->store, "kid", "2014-01-01", NULL));
    MUST(consent_guardian_link(f->store, "kid", "ann", NULL, "card", NULL, 0, NULL));
    MUST(consent_guardian_verify(f->store, "kid", "ann", NULL, "desk", NULL, NULL, NULL));
    versions_publish(f, (const char *[]){V2, family[0], family[1], MORE, NULL});
    consent_act *a = consent_act_new("kid", CONSENT_DECISION_GRANTED, "ads");
    consent_act_set_class(a, CONSENT_CLASS_SEPARATE);
    consent_act_set_guardian(a, "ann");
    consent_act_set_version(a, "2");
    api_say(f, a, CONSENT_OK);
    MUST(consent_refuse(f->store, "kid", "ads", NULL, NULL));
    f->now += 60 * DAY;
    assert_int_equal(api_reason(f, "kid", "ads", NULL), CONSENT_REASON_REFUSED);
    MUST(consent_grant(f->store, "kid", "ads", NULL, NULL)); /* takes back the no, no more */
    assert_int_equal(api_reason(f, "kid", "ads", NULL), CONSENT_REASON_GUARDIAN_CONSENTED);
}

#define T(name) cmocka_unit_test_setup_teardown(name, api_setup, api_teardown)
int main(void) {
    const struct CMUnitTest tests[] = {
        T(test_reconsent_successor_who_accepts_asks_nobody),
        T(test_reconsent_successor_who_accepts_may_change_no_more),
        T(test_reconsent_successor_who_does_not_accept_asks_all),
        T(test_reconsent_the_last_word_of_a_successor_counts),
        T(test_reconsent_renamed_without_a_successor_asks_all),
        T(test_reconsent_grown_permission_asks_for_itself_alone),
        T(test_reconsent_grown_permission_goes_by_place_in_the_ledger),
        T(test_reconsent_narrowed_permission_asks_nothing),
        T(test_reconsent_permission_that_comes_back_is_asked_again),
        T(test_reconsent_narrowing_asks_nobody),
        T(test_reconsent_longer_retention_is_material),
        T(test_reconsent_what_comes_back_is_asked_again),
        T(test_reconsent_answer_crosses_a_version),
        T(test_reconsent_no_is_never_turned_into_yes_by_a_version),
        T(test_reconsent_in_advance_starts_with_the_version),
        T(test_reconsent_withdrawal_ends_what_was_given_in_advance),
        T(test_reconsent_refusal_after_a_yes_in_advance_stays_a_no),
        T(test_reconsent_yes_in_advance_answers_an_earlier_no),
        T(test_reconsent_child_refuses_after_the_guardian_in_advance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
