/* SPDX-License-Identifier: Apache-2.0 */
/* Notices through the public headers: who waits for which version, what is recorded, what unlocks.
 */
#include "api_fixture.h"
#include "api_versions.h"

#define MUST(call) assert_true((call) >= 0)
#define AT(version, day) "\"version\":\"1\"", "\"version\":\"" version "\"", "2024-01-01T", day "T"
#define MORE                                                                                       \
    "\"items\":[\"name\"],\"operations\":[\"use\"]",                                               \
        "\"items\":[\"name\",\"street\"],\"operations\":[\"use\"]"
#define ACKNOWLEDGE "\"class\":\"material\"", "\"class\":\"material\",\"acknowledge\":true"
#define FAMILY "\"guardian_below\":0", "\"guardian_below\":14"

static int setup(void **state) {
    if (api_setup(state) != 0)
        return -1;
    fixture *f = *state;
    versions_publish(f, (const char *[]){FAMILY, NULL});
    MUST(consent_subject_add(f->store, "ann", "1990-05-17", NULL));
    return 0;
}

/* "2 notice,3 acknowledge": versions waited for and what is owed. */
static const char *pending(fixture *f, const char *subject) {
    static char out[200];
    consent_rows *r = NULL;
    size_t n = 0;
    out[0] = '\0';
    assert_int_equal(consent_notice_pending(f->store, subject, NULL, "en", &r, NULL), CONSENT_OK);
    for (size_t i = 0; i < consent_rows_count(r); i++)
        n += (size_t)snprintf(out + n, sizeof out - n, "%s%s %s", i ? "," : "",
                              consent_rows_text(r, i, "version"), consent_rows_text(r, i, "form"));
    consent_rows_free(r);
    return out;
}

/* How many events were recorded; -1 with the status when it failed. */
static int recorded(fixture *f, bool acknowledge, const char *subject, const char *version,
                    consent_status expected) {
    consent_rows *r = NULL;
    consent_error *err = NULL;
    int64_t before = versions_size(f);
    consent_status st =
        acknowledge ? consent_notice_acknowledge(f->store, subject, "p", version, "app", "en", NULL,
                                                 &r, &err)
                    : consent_notice_shown(f->store, subject, "p", version, "app", "en", &r, &err);
    assert_int_equal(st, expected);
    assert_int_equal(st < 0, r == NULL);
    assert_int_equal(st < 0, err != NULL);
    int n = st < 0 ? 0 : (int)consent_rows_count(r);
    assert_int_equal(versions_size(f), before + n);
    consent_rows_free(r);
    consent_error_free(err);
    return n;
}

static int32_t ads(fixture *f, const char *subject) {
    return api_reason(f, subject, "ads", NULL);
}

static void grant(fixture *f, const char *subject, const char *purpose, const char *guardian) {
    consent_act *a = consent_act_new(subject, CONSENT_DECISION_GRANTED, purpose);
    consent_act_set_class(a, CONSENT_CLASS_SEPARATE);
    consent_act_set_guardian(a, guardian);
    api_say(f, a, CONSENT_OK);
}

/* ---- who waits ---- */

static void test_notice_pending_is_what_is_owed_and_not_done(void **state) {
    fixture *f = *state;
    assert_string_equal(pending(f, "ann"), "");
    versions_publish(f, (const char *[]){AT("2", "2024-06-10"), FAMILY, MORE, NULL});
    versions_publish(f, (const char *[]){AT("3", "2024-06-11"), FAMILY, MORE, "Letters.",
                                         "Letters!", "\"material\"", "\"minor\"", NULL});
    versions_publish(f, (const char *[]){AT("4", "2024-06-12"), FAMILY, MORE, "Letters.",
                                         "Letters?", ACKNOWLEDGE, NULL});
    /* published is enough; a small change owes its entry on the page only */
    assert_string_equal(pending(f, "ann"), "2 notice,4 acknowledge");
    assert_int_equal(recorded(f, false, "ann", NULL, CONSENT_OK), 2);
    assert_string_equal(pending(f, "ann"), "4 acknowledge");
    assert_int_equal(recorded(f, true, "ann", NULL, CONSENT_OK), 1);
    assert_string_equal(pending(f, "ann"), "");
    assert_int_equal(recorded(f, true, "ann", NULL, CONSENT_DONE), 0);
}

/* Declared material by caution, computed as minor: the declaration is not believed downwards, nor
 * does it make anybody wait. */
static void test_notice_goes_by_the_computed_class(void **state) {
    fixture *f = *state;
    versions_publish(f,
                     (const char *[]){AT("2", "2024-06-10"), FAMILY, "Letters.", "Letters!", NULL});
    assert_string_equal(pending(f, "ann"), "");
}

static void test_notice_of_a_subject_registered_later(void **state) {
    fixture *f = *state;
    versions_publish(f, (const char *[]){AT("2", "2024-06-10"), FAMILY, MORE, NULL});
    MUST(consent_subject_add(f->store, "between", "1990-05-17", NULL)); /* agreed to version 1 */
    f->now = T0 + 20 * DAY;
    MUST(consent_subject_add(f->store, "after", "1990-05-17", NULL));
    assert_string_equal(pending(f, "between"), "2 notice");
    assert_string_equal(pending(f, "after"), "");
    assert_int_equal(recorded(f, false, "after", NULL, CONSENT_DONE), 0);
}

static void test_notice_names_what_changed(void **state) {
    fixture *f = *state;
    consent_rows *r = NULL;
    versions_publish(f, (const char *[]){AT("2", "2024-06-10"), FAMILY, MORE, NULL});
    MUST(consent_notice_pending(f->store, "ann", NULL, "zh-CN", &r, NULL));
    assert_int_equal(consent_rows_count(r), 1);
    assert_non_null(strstr(consent_rows_text(r, 0, "changes"), "广告"));
    assert_non_null(strstr(consent_rows_text(r, 0, "changes"), "街道"));
    assert_string_equal(consent_rows_text(r, 0, "class"), "material");
    assert_int_equal(consent_rows_number(r, 0, "published_at", 0), T0);
    assert_int_equal(consent_rows_number(r, 0, "from", 0), T0 + 9 * DAY);
    assert_false(consent_rows_has(r, 0, "shown_at"));
    consent_rows_free(r);
    f->now = T0 + DAY;
    assert_int_equal(recorded(f, false, "ann", NULL, CONSENT_OK), 1);
    MUST(consent_notice_pending(f->store, "ann", NULL, "en", &r, NULL));
    assert_int_equal(consent_rows_count(r), 0);
    consent_rows_free(r);
}

/* ---- what is recorded ---- */

static void test_notice_keeps_surface_and_first_time(void **state) {
    fixture *f = *state;
    consent_rows *r = NULL;
    versions_publish(f, (const char *[]){AT("2", "2024-06-10"), FAMILY, MORE, ACKNOWLEDGE, NULL});
    f->now = T0 + DAY;
    assert_int_equal(recorded(f, false, "ann", "2", CONSENT_OK), 1);
    f->now = T0 + 2 * DAY;
    assert_int_equal(recorded(f, false, "ann", "2", CONSENT_DONE), 0);
    MUST(consent_notice_pending(f->store, "ann", NULL, NULL, &r, NULL));
    assert_int_equal(consent_rows_number(r, 0, "shown_at", 0), T0 + DAY);
    consent_rows_free(r);
    MUST(consent_notice_acknowledge(f->store, "ann", NULL, "2", "pop-up", NULL, NULL, &r, NULL));
    assert_int_equal(consent_rows_count(r), 1);
    assert_int_equal(consent_rows_number(r, 0, "at", 0), T0 + 2 * DAY);
    assert_int_equal(consent_rows_number(r, 0, "event", 0), versions_size(f) - 1);
    assert_string_equal(consent_rows_text(r, 0, "policy"), "p");
    assert_string_equal(consent_rows_text(r, 0, "version"), "2");
    consent_rows_free(r);
    MUST(consent_history(f->store, "ann", &r, NULL));
    size_t last = consent_rows_count(r) - 1;
    assert_string_equal(consent_rows_text(r, last, "kind"), "notice.acknowledged");
    assert_non_null(strstr(consent_rows_text(r, last, "body"), "\"surface\":\"pop-up\""));
    assert_non_null(strstr(consent_rows_text(r, last - 1, "body"), "\"surface\":\"app\""));
    consent_rows_free(r);
}

static void test_notice_wrong_calls_change_nothing(void **state) {
    fixture *f = *state;
    consent_store *s = f->store;
    consent_rows *r = (consent_rows *)f;
    consent_error *err = NULL;
    char longer[66];
    memset(longer, 'x', 65);
    longer[65] = '\0';
    versions_publish(f, (const char *[]){AT("2", "2024-06-10"), FAMILY, MORE, NULL});
    int64_t size = versions_size(f);
    recorded(f, true, "nobody", NULL, CONSENT_E_NOT_FOUND);
    recorded(f, false, "nobody", "2", CONSENT_E_NOT_FOUND);
    recorded(f, true, "ann", "9", CONSENT_E_NOT_FOUND);
    recorded(f, true, "ann", "1", CONSENT_E_STATE);
    recorded(f, true, NULL, NULL, CONSENT_E_ARGUMENT);
    recorded(f, true, "", NULL, CONSENT_E_ARGUMENT);
#define ACK(policy, surface, lang, guardian)                                                       \
    consent_notice_acknowledge(s, "ann", policy, NULL, surface, lang, guardian, NULL, NULL)
    assert_int_equal(ACK(NULL, "", NULL, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(ACK(NULL, longer, NULL, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(ACK(NULL, "a\nb", NULL, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(ACK(NULL, "\xff", NULL, NULL), CONSENT_E_ENCODING);
    assert_int_equal(ACK(NULL, NULL, "\xc0\x80", NULL), CONSENT_E_ENCODING);
    assert_int_equal(ACK("q", NULL, NULL, NULL), CONSENT_E_NOT_FOUND);
    assert_int_equal(ACK(NULL, "implied", NULL, NULL), CONSENT_E_REFUSED);
    assert_int_equal(ACK(NULL, NULL, NULL, "ann"), CONSENT_E_ARGUMENT);
    assert_int_equal(ACK(NULL, NULL, NULL, "nobody"), CONSENT_E_NOT_FOUND);
    assert_int_equal(consent_notice_pending(s, "nobody", NULL, NULL, &r, &err),
                     CONSENT_E_NOT_FOUND);
    assert_null(r);
    assert_null(strstr(consent_error_message(err), "nobody"));
    consent_error_free(err);
    assert_int_equal(consent_notice_pending(s, "ann", "q", NULL, &r, NULL), CONSENT_E_NOT_FOUND);
    assert_int_equal(consent_notice_pending(s, "ann", NULL, NULL, NULL, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_notice_page(s, "q", NULL, &r, NULL), CONSENT_E_NOT_FOUND);
    assert_int_equal(versions_size(f), size);
    assert_string_equal(pending(f, "ann"), "2 notice");
}

static void test_notice_drafts_are_none(void **state) {
    fixture *f = *state;
    char *b = versions_bundle((const char *[]){AT("2", "2024-06-10"), FAMILY, MORE, NULL});
    MUST(consent_policy_import(f->store, b, strlen(b), NULL));
    free(b);
    assert_string_equal(pending(f, "ann"), "");
    recorded(f, true, "ann", "2", CONSENT_E_STATE);
}

/* ---- NOTICE_PENDING ---- */

static void test_notice_unlocks_by_acknowledgement_alone(void **state) {
    fixture *f = *state;
    grant(f, "ann", "mail", NULL);
    /* words only: the grant stands, and waits */
    versions_publish(f, (const char *[]){AT("2", "2024-06-10"), FAMILY, "Letters.", "Letters!",
                                         ACKNOWLEDGE, NULL});
    assert_int_equal(api_reason(f, "ann", "mail", NULL), CONSENT_REASON_CONSENTED);
    f->now = T0 + 20 * DAY;
    assert_int_equal(api_reason(f, "ann", "mail", NULL), CONSENT_REASON_NOTICE_PENDING);
    assert_int_equal(recorded(f, false, "ann", "2", CONSENT_OK), 1);
    assert_int_equal(api_reason(f, "ann", "mail", NULL), CONSENT_REASON_NOTICE_PENDING);
    assert_int_equal(recorded(f, true, "ann", "2", CONSENT_OK), 1);
    assert_int_equal(api_reason(f, "ann", "mail", NULL), CONSENT_REASON_CONSENTED);
    assert_int_equal(ads(f, "ann"), CONSENT_REASON_NOT_ASKED); /* nobody agreed to anything */
}

static void test_notice_acknowledged_early_counts_from_effect(void **state) {
    fixture *f = *state;
    grant(f, "ann", "mail", NULL);
    versions_publish(f, (const char *[]){AT("2", "2024-06-10"), FAMILY, "Letters.", "Letters!",
                                         ACKNOWLEDGE, NULL});
    assert_int_equal(recorded(f, true, "ann", NULL, CONSENT_OK), 1);
    f->now = T0 + 20 * DAY;
    assert_int_equal(api_reason(f, "ann", "mail", NULL), CONSENT_REASON_CONSENTED);
}

static void test_notice_of_several_versions_in_a_row(void **state) {
    fixture *f = *state;
    grant(f, "ann", "mail", NULL);
    versions_publish(f, (const char *[]){AT("2", "2024-06-10"), FAMILY, "Letters.", "Letters!",
                                         ACKNOWLEDGE, NULL});
    versions_publish(f, (const char *[]){AT("3", "2024-06-11"), FAMILY, "Letters.", "Letters?",
                                         ACKNOWLEDGE, NULL});
    f->now = T0 + 20 * DAY;
    assert_string_equal(pending(f, "ann"), "2 acknowledge,3 acknowledge");
    assert_int_equal(recorded(f, true, "ann", "2", CONSENT_OK), 1);
    /* the older one does not answer for the newer */
    assert_int_equal(api_reason(f, "ann", "mail", NULL), CONSENT_REASON_NOTICE_PENDING);
    assert_int_equal(recorded(f, true, "ann", "3", CONSENT_OK), 1);
    assert_int_equal(api_reason(f, "ann", "mail", NULL), CONSENT_REASON_CONSENTED);
    /* an edited notice prompts again */
    versions_publish(f, (const char *[]){AT("4", "2024-06-30"), FAMILY, "Letters.", "Letters.",
                                         ACKNOWLEDGE, NULL});
    f->now = T0 + 40 * DAY;
    assert_int_equal(api_reason(f, "ann", "mail", NULL), CONSENT_REASON_NOTICE_PENDING);
}

static void test_notice_new_consent_answers_it(void **state) {
    fixture *f = *state;
    grant(f, "ann", "ads", NULL);
    versions_publish(f, (const char *[]){AT("2", "2024-06-10"), FAMILY, MORE, ACKNOWLEDGE, NULL});
    f->now = T0 + 20 * DAY;
    assert_int_equal(ads(f, "ann"), CONSENT_REASON_STALE_VERSION);
    assert_int_equal(recorded(f, true, "ann", NULL, CONSENT_OK), 1);
    assert_int_equal(ads(f, "ann"), CONSENT_REASON_STALE_VERSION); /* reading is not agreeing */
    grant(f, "ann", "ads", NULL);
    assert_int_equal(ads(f, "ann"), CONSENT_REASON_CONSENTED);
}

/* ---- a child ---- */

static consent_status ack_by(fixture *f, const char *guardian) {
    return consent_notice_acknowledge(f->store, "kid", NULL, "2", "app", NULL, guardian, NULL,
                                      NULL);
}

static void test_notice_of_a_child_is_acknowledged_by_the_guardian(void **state) {
    fixture *f = *state;
    MUST(consent_subject_add(f->store, "kid", "2014-01-01", NULL));
    MUST(consent_guardian_link(f->store, "kid", "ann", NULL, "card", NULL, 0, NULL));
    MUST(consent_guardian_verify(f->store, "kid", "ann", NULL, "desk", NULL, NULL, NULL));
    MUST(consent_subject_add(f->store, "stranger", "1990-05-17", NULL));
    grant(f, "kid", "mail", "ann");
    versions_publish(f, (const char *[]){AT("2", "2024-06-10"), FAMILY, "Letters.", "Letters!",
                                         ACKNOWLEDGE, NULL});
    f->now = T0 + 20 * DAY;
    assert_int_equal(api_reason(f, "kid", "mail", NULL), CONSENT_REASON_NOTICE_PENDING);
    int64_t size = versions_size(f);
    assert_int_equal(ack_by(f, NULL), CONSENT_E_REFUSED); /* the child's own tap */
    assert_int_equal(ack_by(f, "stranger"), CONSENT_E_REFUSED);
    assert_int_equal(versions_size(f), size);
    assert_string_equal(pending(f, "kid"), "2 acknowledge");
    /* for herself ann waits, too: one does not answer for the other */
    assert_int_equal(recorded(f, true, "ann", "2", CONSENT_OK), 1);
    assert_int_equal(api_reason(f, "kid", "mail", NULL), CONSENT_REASON_NOTICE_PENDING);
    size = versions_size(f);
    assert_int_equal(ack_by(f, "ann"), CONSENT_OK);
    assert_int_equal(versions_size(f),
                     size + 2); /* the child's event, the guardian's attestation */
    assert_int_equal(api_reason(f, "kid", "mail", NULL), CONSENT_REASON_GUARDIAN_CONSENTED);
    assert_string_equal(pending(f, "kid"), "");
    assert_int_equal(ack_by(f, "ann"), CONSENT_DONE);
}

static void test_notice_of_an_adult_needs_no_guardian(void **state) {
    fixture *f = *state;
    MUST(consent_subject_add(f->store, "bob", "1980-05-17", NULL));
    versions_publish(f, (const char *[]){AT("2", "2024-06-10"), FAMILY, MORE, NULL});
    assert_int_equal(
        consent_notice_acknowledge(f->store, "ann", NULL, "2", NULL, NULL, "bob", NULL, NULL),
        CONSENT_E_REFUSED);
}

/* ---- how many ---- */

#define PEOPLE 25
static void count_is(consent_rows *r, size_t row, const char *version, const int64_t expected[4]) {
    static const char *const columns[] = {"subjects", "shown", "acknowledged", "waiting"};
    assert_string_equal(consent_rows_text(r, row, "version"), version);
    for (int i = 0; i < 4; i++)
        if (consent_rows_number(r, row, columns[i], -1) != expected[i])
            fail_msg("version %s: %s is %lld, not %lld", version, columns[i],
                     (long long)consent_rows_number(r, row, columns[i], -1),
                     (long long)expected[i]);
}

static int64_t summed(const consent_rows *r, const char *version, const char *state) {
    for (size_t i = 0; i < consent_rows_count(r); i++)
        if (strcmp(consent_rows_text(r, i, "part"), "notices") == 0 &&
            strcmp(consent_rows_text(r, i, "key"), version) == 0 &&
            strcmp(consent_rows_text(r, i, "state"), state) == 0)
            return consent_rows_number(r, i, "count", -1);
    return 0;
}

/* The two that count notices: by version here, for the whole store in the summary. */
static void summary_agrees(fixture *f) {
    consent_rows *r = NULL, *s = NULL;
    MUST(consent_notice_count(f->store, NULL, 0, 0, NULL, &r, NULL));
    MUST(consent_summary_get(f->store, T0, T0 + DAY, 1, NULL, NULL, &s, NULL));
    for (size_t i = 0; i < consent_rows_count(r); i++) {
        const char *version = consent_rows_text(r, i, "version");
        bool page = strcmp(consent_rows_text(r, i, "form"), "page") == 0;
        int64_t never = summed(s, version, "waiting"), shown = summed(s, version, "shown"),
                done = summed(s, version, "done");
        assert_int_equal(never + shown, consent_rows_number(r, i, "waiting", -1));
        if (page) { /* nobody is owed more than the page */
            assert_int_equal(never + shown + done, 0);
            continue;
        }
        assert_int_equal(never + shown + done, consent_rows_number(r, i, "subjects", -1));
        assert_int_equal(shown + done, consent_rows_number(r, i, "shown", -1));
    }
    consent_rows_free(r);
    consent_rows_free(s);
}

static void test_notice_count_agrees_with_the_summary(void **state) {
    fixture *f = *state;
    char id[16];
    unsigned dice = 12345;
    versions_publish(f, (const char *[]){AT("2", "2024-06-10"), FAMILY, MORE, NULL});
    versions_publish(f, (const char *[]){AT("3", "2024-07-10"), FAMILY, MORE, ACKNOWLEDGE,
                                         "Letters.", "Letters!", NULL});
    versions_publish(f, (const char *[]){AT("4", "2024-08-10"), FAMILY, MORE, "Letters.",
                                         "Letters?", "\"material\"", "\"minor\"", NULL});
    summary_agrees(f);
    for (int i = 0; i < 40; i++) {
        f->now = T0 + (int64_t)i * 2 * DAY;
        snprintf(id, sizeof id, "x%d", i);
        MUST(consent_subject_add(f->store, id, "1990-05-17", NULL));
    }
    for (int i = 0; i < 120; i++) {
        static const char *const versions[] = {"2", "3", "4"};
        dice = dice * 1103515245u + 12345u;
        snprintf(id, sizeof id, "x%u", dice / 65536 % 40);
        const char *version = versions[dice / 7 % 3];
        if (dice / 1024 % 2)
            MUST(consent_notice_shown(f->store, id, "p", version, "app", "en", NULL, NULL));
        else
            MUST(consent_notice_acknowledge(f->store, id, "p", version, "app", "en", NULL, NULL,
                                            NULL));
        if (i % 10 == 0)
            summary_agrees(f);
    }
    f->now = T0 + 60 * DAY; /* in the past of the last: adopted devices are counted nowhere */
    MUST(consent_subject_add(f->store, "device", NULL, NULL));
    MUST(consent_subject_adopt(f->store, "device", "x1", NULL, NULL, NULL));
    summary_agrees(f);
}

static void test_notice_count_by_version(void **state) {
    fixture *f = *state;
    consent_rows *r = NULL;
    int64_t next = 7, after = 0, waiting = 0, parts = 0;
    char id[16];
    MUST(consent_notice_count(f->store, NULL, 0, 0, &next, &r, NULL));
    assert_int_equal(consent_rows_count(r), 0); /* only a first version */
    assert_int_equal(next, 0);
    consent_rows_free(r);
    versions_publish(f, (const char *[]){AT("2", "2024-06-10"), FAMILY, MORE, NULL});
    versions_publish(f, (const char *[]){AT("3", "2024-07-10"), FAMILY, MORE, ACKNOWLEDGE,
                                         "Letters.", "Letters!", NULL});
    versions_publish(f, (const char *[]){AT("4", "2024-08-10"), FAMILY, MORE, "Letters.",
                                         "Letters?", "\"material\"", "\"minor\"", NULL});
    for (int i = 0; i < PEOPLE; i++) {
        f->now = i < 10 ? T0 + DAY : T0 + 20 * DAY; /* ten before version 2, the rest before 3 */
        snprintf(id, sizeof id, "x%d", i);
        MUST(consent_subject_add(f->store, id, "1990-05-17", NULL));
    }
    recorded(f, false, "x0", NULL, CONSENT_OK);
    recorded(f, true, "x1", NULL, CONSENT_OK);
    recorded(f, true, "x20", NULL, CONSENT_OK);
    recorded(f, false, "x20", "2", CONSENT_OK); /* not owed to who came later: not counted */
    MUST(consent_notice_count(f->store, "p", 0, 0, &next, &r, NULL));
    assert_int_equal(consent_rows_count(r), 3);
    count_is(r, 0, "2", (const int64_t[]){11, 2, 1, 9});  /* ann too */
    count_is(r, 1, "3", (const int64_t[]){26, 3, 2, 24}); /* shown is not acknowledged */
    count_is(r, 2, "4", (const int64_t[]){26, 0, 0, 0});  /* the page will do */
    assert_string_equal(consent_rows_text(r, 1, "form"), "acknowledge");
    assert_int_equal(next, 0);
    consent_rows_free(r);
    do { /* in parts, as a host with a million would */
        MUST(consent_notice_count(f->store, NULL, after, 7, &next, &r, NULL));
        waiting += consent_rows_number(r, 1, "waiting", -1);
        consent_rows_free(r);
        after = next;
        parts++;
    } while (next);
    assert_int_equal(waiting, 24);
    assert_int_equal(parts, 4);
}

static void test_notice_count_agrees_with_pending(void **state) {
    fixture *f = *state;
    consent_rows *r = NULL;
    int64_t waiting = 0, counted = 0;
    versions_publish(f, (const char *[]){AT("2", "2024-06-10"), FAMILY, MORE, NULL});
    MUST(consent_subject_add(f->store, "device", NULL, NULL));
    MUST(consent_subject_add(f->store, "bob", "1990-05-17", NULL));
    MUST(consent_subject_adopt(f->store, "device", "bob", NULL, NULL, NULL));
    versions_publish(f, (const char *[]){AT("3", "2024-06-11"), FAMILY, MORE, ACKNOWLEDGE,
                                         "Letters.", "Letters!", NULL});
    recorded(f, true, "bob", "2", CONSENT_OK);
    for (int i = 0; i < 2; i++) {
        MUST(consent_notice_pending(f->store, i ? "bob" : "ann", NULL, NULL, &r, NULL));
        waiting += (int64_t)consent_rows_count(r);
        consent_rows_free(r);
    }
    MUST(consent_notice_count(f->store, NULL, 0, 0, NULL, &r, NULL));
    for (size_t i = 0; i < consent_rows_count(r); i++)
        counted += consent_rows_number(r, i, "waiting", -1);
    consent_rows_free(r);
    assert_int_equal(waiting, 3);
    assert_int_equal(counted, waiting); /* an adopted device is told as its account */
    assert_int_equal(consent_notice_count(f->store, "q", 0, 0, NULL, &r, NULL),
                     CONSENT_E_NOT_FOUND);
    assert_null(r);
    assert_int_equal(consent_notice_count(f->store, NULL, -1, 0, NULL, &r, NULL),
                     CONSENT_E_ARGUMENT);
    assert_int_equal(consent_notice_count(f->store, NULL, 0, -1, NULL, &r, NULL),
                     CONSENT_E_ARGUMENT);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, api_teardown)
int main(void) {
    const struct CMUnitTest tests[] = {
        T(test_notice_pending_is_what_is_owed_and_not_done),
        T(test_notice_count_agrees_with_the_summary),
        T(test_notice_goes_by_the_computed_class),
        T(test_notice_of_a_subject_registered_later),
        T(test_notice_names_what_changed),
        T(test_notice_keeps_surface_and_first_time),
        T(test_notice_wrong_calls_change_nothing),
        T(test_notice_drafts_are_none),
        T(test_notice_unlocks_by_acknowledgement_alone),
        T(test_notice_acknowledged_early_counts_from_effect),
        T(test_notice_of_several_versions_in_a_row),
        T(test_notice_new_consent_answers_it),
        T(test_notice_of_a_child_is_acknowledged_by_the_guardian),
        T(test_notice_of_an_adult_needs_no_guardian),
        T(test_notice_count_by_version),
        T(test_notice_count_agrees_with_pending),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
