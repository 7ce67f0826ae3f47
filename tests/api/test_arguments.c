/* SPDX-License-Identifier: Apache-2.0 */
/* Wrong calls: each gets its status and a sentence, sets its outputs to NULL, and changes nothing.
 */
#include "api_fixture.h"

#define MEGABYTE (1024 * 1024)

static int setup(void **state) {
    if (api_setup(state) != 0)
        return -1;
    api_publish(*state, (variant){0});
    return 0;
}

static void refuse_id(fixture *f, const char *id, consent_status expected) {
    consent_error *err = NULL;
    consent_rows *rows = (consent_rows *)f;
    int64_t size = api_size(f), event = 0;
    assert_int_equal(consent_subject_add(f->store, id, NULL, &err), expected);
    assert_int_equal(consent_error_status(err), expected);
    assert_string_equal(consent_error_operation(err), "subject add");
    assert_true(strlen(consent_error_message(err)) > 10 &&
                strlen(consent_error_message(err)) < 200); /* not the id itself */
    consent_error_free(err);
    assert_int_equal(consent_subject_get(f->store, id, &rows, NULL), expected);
    assert_null(rows);
    assert_int_equal(consent_grant(f->store, id, "mail", &event, NULL), expected);
    assert_int_equal(event, -1);
    assert_false(consent_may(f->store, id, "mail"));
    assert_int_equal(api_size(f), size);
}

static void test_arguments_ids_refused(void **state) {
    fixture *f = *state;
    char *big = malloc(MEGABYTE + 1);
    memset(big, 'a', MEGABYTE);
    big[MEGABYTE] = '\0';
    refuse_id(f, NULL, CONSENT_E_ARGUMENT);
    refuse_id(f, "", CONSENT_E_ARGUMENT);
    refuse_id(f, big, CONSENT_E_ARGUMENT);
    big[513] = '\0';
    refuse_id(f, big, CONSENT_E_ARGUMENT);
    refuse_id(f, "a\xff", CONSENT_E_ENCODING);
    refuse_id(f, "\xed\xa0\x80", CONSENT_E_ENCODING); /* a surrogate */
    refuse_id(f, "\xc0\xaf", CONSENT_E_ENCODING);     /* overlong */
    big[512] = '\0';
    assert_int_equal(consent_subject_add(f->store, big, NULL, NULL), CONSENT_OK);
    assert_int_equal(consent_subject_add(f->store, "\xf0\x9f\x98\x80\xe7\x8e\x8b", NULL, NULL),
                     CONSENT_OK);
    free(big);
}

static void test_arguments_birth_dates(void **state) {
    fixture *f = *state;
    static const char *const bad[] = {"",           "1990",       "1990-02-30", "1990-1-1",
                                      "2024-06-03", "0000-01-01", "1900-02-29", "1990-01-01 "};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(consent_subject_add(f->store, "ann", bad[i], NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_subject_add(f->store, "ann", "2000-02-29", NULL), CONSENT_OK);
    assert_int_equal(consent_subject_add(f->store, "ann", "2000-02-29", NULL), CONSENT_DONE);
    assert_int_equal(consent_subject_add(f->store, "ann", "2000-02-28", NULL), CONSENT_E_CONFLICT);
    assert_int_equal(consent_subject_add(f->store, "ann", NULL, NULL), CONSENT_E_CONFLICT);
    assert_int_equal(consent_subject_set_born(f->store, "ann", "2000-02-28", NULL), CONSENT_OK);
    assert_int_equal(consent_subject_set_born(f->store, "ann", "2000-02-28", NULL), CONSENT_DONE);
    assert_int_equal(consent_subject_set_born(f->store, "bob", NULL, NULL), CONSENT_E_NOT_FOUND);
}

static void test_arguments_null_everywhere(void **state) {
    fixture *f = *state;
    consent_rows *rows = NULL;
    consent_answer *answer = NULL;
    consent_error *err = NULL;
    assert_null(consent_act_new(NULL, CONSENT_DECISION_GRANTED, "mail"));
    assert_null(consent_query_new("ann", NULL));
    assert_int_equal(consent_record(f->store, NULL, &rows, &err), CONSENT_E_ARGUMENT);
    consent_error_free(err);
    assert_int_equal(consent_check(f->store, NULL, &answer, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_policy_import(f->store, NULL, 0, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_policy_publish(f->store, NULL, "1", NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_policy_list(f->store, NULL, NULL, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_policy_list(NULL, NULL, &rows, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_store_open(NULL, f->options, NULL, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_store_close(NULL, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_act_set_class(NULL, 1), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_query_add_item(NULL, "x"), CONSENT_E_ARGUMENT);
    assert_false(consent_may(NULL, "ann", "mail"));
    consent_store_free(NULL);
    consent_options_free(NULL);
    consent_rows_free(NULL);
    consent_answer_free(NULL);
    consent_query_free(NULL);
    consent_act_free(NULL);
    consent_error_free(NULL);
    assert_int_equal(consent_rows_count(NULL), 0);
    assert_null(consent_rows_text(NULL, 0, "x"));
    assert_int_equal(consent_answer_reason(NULL), -1);
    assert_int_equal(consent_error_status(NULL), CONSENT_OK);
    assert_string_equal(consent_error_message(NULL), "");
}

static void test_arguments_permission_names(void **state) {
    fixture *f = *state;
    static const char *const good[] = {"CAMERA"}, *const none[] = {"CAMERA", NULL},
                             *const empty[] = {""}, *const bytes[] = {"a\xff"};
    static const char *many[4097];
    consent_rows *rows = NULL;
#define NAMES(policy, version, platform, names, n)                                                 \
    consent_permission_diff(f->store, policy, version, platform, names, n, &rows, NULL)
    assert_int_equal(NAMES("p", "1", "android", NULL, 1), CONSENT_E_ARGUMENT);
    assert_int_equal(NAMES("p", "1", "android", none, 2), CONSENT_E_ARGUMENT);
    assert_int_equal(NAMES("p", "1", "android", empty, 1), CONSENT_E_ARGUMENT);
    assert_int_equal(NAMES("p", "1", "android", bytes, 1), CONSENT_E_ENCODING);
    assert_int_equal(NAMES("p", "1", "palm", good, 1), CONSENT_E_ARGUMENT);
    assert_int_equal(NAMES("p", "2", NULL, good, 1), CONSENT_E_NOT_FOUND);
    assert_int_equal(NAMES("q", "1", NULL, good, 1), CONSENT_E_NOT_FOUND);
    for (size_t i = 0; i < 4097; i++)
        many[i] = "CAMERA";
    assert_int_equal(NAMES("p", "1", NULL, many, 4097), CONSENT_E_LIMIT);
    assert_null(rows);
    assert_int_equal(NAMES(NULL, NULL, NULL, many, 4096), CONSENT_OK);
    assert_int_equal(consent_rows_count(rows), 1);
    assert_string_equal(consent_rows_text(rows, 0, "kind"), "not-declared");
    assert_null(consent_rows_text(rows, 0, "permission"));
    consent_rows_free(rows);
    assert_int_equal(NAMES(NULL, NULL, "ios", NULL, 0), CONSENT_OK);
    assert_int_equal(consent_rows_count(rows), 0);
    consent_rows_free(rows);
#undef NAMES
}

static void test_arguments_act_values(void **state) {
    fixture *f = *state;
    assert_int_equal(consent_subject_add(f->store, "ann", "1990-01-01", NULL), CONSENT_OK);
    api_say(f, consent_act_new("ann", 9, "mail"), CONSENT_E_ARGUMENT);
    api_say(f, consent_act_new("ann", 1, "steal"), CONSENT_E_NOT_FOUND);
    api_say(f, consent_act_new("bob", 1, "mail"), CONSENT_E_NOT_FOUND);
    consent_act *a = consent_act_new("ann", 1, "mail");
    assert_int_equal(consent_act_set_class(a, CONSENT_CLASS_NONE), CONSENT_E_ARGUMENT);
    consent_act_set_surface(a, "a\nb");
    api_say(f, a, CONSENT_E_ARGUMENT);
    a = consent_act_new("ann", 1, "mail");
    consent_act_set_recipient(a, "nobody");
    api_say(f, a, CONSENT_E_NOT_FOUND);
    a = consent_act_new("ann", 1, "mail");
    consent_act_set_version(a, "9");
    api_say(f, a, CONSENT_E_NOT_FOUND);
    a = consent_act_new("ann", 1, "mail");
    consent_act_set_guardian(a, "ann");
    api_say(f, a, CONSENT_E_ARGUMENT);
}

static void test_arguments_policy_labels_and_dates(void **state) {
    fixture *f = *state;
    consent_error *err = NULL;
    char *same = api_bundle((variant){0});
    char *other = api_bundle((variant){.text = "Other."});
    char *early = api_bundle((variant){.version = "2", .effective = "2023-01-01T00:00:00Z"});
    char *equal = api_bundle((variant){.version = "3"});
    int64_t size = api_size(f);
    assert_int_equal(consent_policy_import(f->store, same, strlen(same), NULL), CONSENT_DONE);
    assert_int_equal(consent_policy_import(f->store, other, strlen(other), &err),
                     CONSENT_E_CONFLICT);
    assert_string_equal(consent_error_where(err), "/version");
    assert_int_equal(strncmp(other + consent_error_offset(err), "\"1\"", 3), 0);
    consent_error_free(err);
    assert_int_equal(consent_policy_import(f->store, early, strlen(early), &err), CONSENT_E_INPUT);
    assert_string_equal(consent_error_where(err), "/effective_at");
    assert_int_equal(strncmp(early + consent_error_offset(err), "\"2023", 5), 0);
    consent_error_free(err);
    assert_int_equal(consent_policy_import(f->store, equal, strlen(equal), NULL), CONSENT_E_INPUT);
    assert_int_equal(consent_policy_publish(f->store, "p", "1", NULL), CONSENT_E_STATE);
    assert_int_equal(consent_policy_publish(f->store, "p", "7", NULL), CONSENT_E_NOT_FOUND);
    assert_int_equal(consent_policy_publish(f->store, "z", "1", NULL), CONSENT_E_NOT_FOUND);
    assert_int_equal(api_size(f), size);
    free(same);
    free(other);
    free(early);
    free(equal);
}

/* A clock that no event can carry is refused, and the store goes on when the clock is right again.
 */
static void test_arguments_clock_out_of_range(void **state) {
    fixture *f = *state;
    f->now = INT64_C(1) << 60;
    assert_int_equal(consent_subject_add(f->store, "ann", NULL, NULL), CONSENT_E_ARGUMENT);
    f->now = T0;
    assert_int_equal(consent_subject_add(f->store, "ann", NULL, NULL), CONSENT_OK);
}

static void test_arguments_keys_and_files(void **state) {
    fixture *f = *state;
    consent_options *o = consent_options_new();
    consent_store *s = NULL;
    uint8_t key[32] = {9};
    char missing[128], folder[128];
    snprintf(missing, sizeof missing, "%s/none", f->folder);
    snprintf(folder, sizeof folder, "%s", f->folder);
    assert_int_equal(consent_store_open(f->path, o, &s, NULL), CONSENT_E_KEY_FORMAT);
    assert_int_equal(consent_options_set_key(o, key, 31, NULL), CONSENT_E_KEY_FORMAT);
    assert_int_equal(consent_options_set_key(o, key, 32, NULL), CONSENT_OK);
    assert_int_equal(consent_store_open(f->path, o, &s, NULL), CONSENT_E_KEY);
    assert_null(s);
    assert_int_equal(consent_store_create(f->path, o, &s, NULL), CONSENT_E_EXISTS);
    assert_int_equal(consent_store_open(missing, o, &s, NULL), CONSENT_E_OPEN);
    assert_int_equal(consent_store_open(folder, o, &s, NULL), CONSENT_E_OPEN);
    assert_null(s);
    assert_int_equal(consent_subject_add(f->store, "ann", NULL, NULL), CONSENT_OK);
    consent_options_free(o);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, api_teardown)

/* What could be no key is told so, and not that there is none of that name. */
static void test_arguments_keys_that_are_none(void **state) {
    fixture *f = *state;
    consent_store *s = f->store;
    consent_rows *r = NULL;
    char longer[258];
    memset(longer, 'k', 257);
    longer[257] = '\0';
    assert_int_equal(consent_subject_add(s, "ann", "1990-01-01", NULL), CONSENT_OK);
    const struct {
        const char *key;
        consent_status expected;
    } keys[] = {{"other", CONSENT_E_NOT_FOUND}, {"", CONSENT_E_ARGUMENT},
                {longer, CONSENT_E_ARGUMENT},   {"p\n", CONSENT_E_ARGUMENT},
                {"p\xff", CONSENT_E_ENCODING},  {"\xc0\xaf", CONSENT_E_ENCODING}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *k = keys[i].key;
        int64_t size = api_size(f);
        int32_t number = -1;
        const consent_status got[] = {
            consent_policy_list(s, k, &r, NULL),
            consent_policy_list_at(s, k, T0, &r, NULL),
            consent_policy_show(s, k, NULL, NULL, &r, NULL),
            consent_policy_show(s, "p", k, NULL, &r, NULL),
            consent_policy_bundle(s, k, "1", &r, NULL),
            consent_policy_bundle(s, "p", k, &r, NULL),
            consent_policy_text(s, k, NULL, "s1", NULL, &r, NULL),
            consent_policy_text(s, NULL, NULL, k, NULL, &r, NULL),
            consent_policy_text_at(s, NULL, T0, k, NULL, &r, NULL),
            consent_policy_shown(s, NULL, NULL, k, NULL, &r, NULL),
            consent_policy_diff(s, k, "1", "1", &r, NULL),
            consent_policy_diff(s, "p", k, "1", &r, NULL),
            consent_policy_diff(s, "p", "1", k, &r, NULL),
            consent_policy_lint(s, k, NULL, NULL, &r, NULL),
            consent_policy_lint(s, NULL, k, NULL, &r, NULL),
            consent_policy_publish(s, k, "1", NULL),
            consent_policy_publish(s, "p", k, NULL),
            consent_notice_page(s, k, NULL, &r, NULL),
            consent_notice_pending(s, "ann", k, NULL, &r, NULL),
            consent_notice_count(s, k, 0, 0, NULL, &r, NULL),
            consent_notice_shown(s, "ann", k, NULL, NULL, NULL, &r, NULL),
            consent_notice_shown(s, "ann", "p", k, NULL, NULL, &r, NULL),
            consent_permission_diff(s, k, NULL, NULL, NULL, 0, &r, NULL),
            consent_permission_diff(s, NULL, k, NULL, NULL, 0, &r, NULL),
            consent_ask(s, "ann", k, NULL, &r, NULL),
            consent_grant(s, "ann", k, NULL, NULL),
            consent_object(s, "ann", NULL, k, NULL, NULL),
            consent_object(s, "ann", k, "mail", NULL, NULL),
            consent_restrict(s, "ann", k, NULL, NULL),
            consent_purpose_number(s, k, &number, NULL),
            consent_delete_check(s, "ann", NULL, k, &r, NULL),
        };
        for (size_t n = 0; n < sizeof got / sizeof *got; n++)
            if (got[n] != keys[i].expected)
                fail_msg("key %zu, call %zu: %s, not %s", i, n, consent_status_name(got[n]),
                         consent_status_name(keys[i].expected));
        assert_null(r);
        assert_int_equal(api_size(f), size);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_arguments_ids_refused),        TEST(test_arguments_birth_dates),
        TEST(test_arguments_null_everywhere),    TEST(test_arguments_permission_names),
        TEST(test_arguments_act_values),         TEST(test_arguments_policy_labels_and_dates),
        TEST(test_arguments_clock_out_of_range), TEST(test_arguments_keys_and_files),
        TEST(test_arguments_keys_that_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
