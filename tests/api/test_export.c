/* SPDX-License-Identifier: Apache-2.0 */
/* Exports through the public header: what is in them and what must not be, the sink, large stores.
 * What the formats say is held against their schemas in tests/evidence/case_export.mjs. */
#include <pthread.h>

#include "api_fixture.h"

typedef struct bin {
    char *text;
    size_t len, cap, calls, largest;
    size_t stop_after; /* bytes; 0: never */
} bin;

static int32_t gather(const void *bytes, size_t n, void *user) {
    bin *b = user;
    assert_true(n > 0);
    b->calls++;
    if (n > b->largest)
        b->largest = n;
    if (b->stop_after && b->len + n > b->stop_after)
        return 7;
    if (b->len + n + 1 > b->cap) {
        b->cap = (b->len + n + 1) * 2;
        b->text = realloc(b->text, b->cap);
    }
    memcpy(b->text + b->len, bytes, n);
    b->len += n;
    b->text[b->len] = 0;
    return 0;
}

static int64_t export(fixture *f, const char *who, const char *format, bin *b) {
    consent_error *err = NULL;
    int64_t records = -1;
    free(b->text);
    *b = (bin){0};
    consent_status st = consent_export(f->store, who, format, gather, b, &records, &err);
    if (st != CONSENT_OK)
        fail_msg("export: %s %s", consent_status_name(st), consent_error_message(err));
    return records;
}

static size_t count(const char *text, const char *what) {
    size_t n = 0;
    for (; text && (text = strstr(text, what)); text += strlen(what))
        n++;
    return n;
}

static void says(fixture *f, const char *who, const char *purpose, int32_t decision,
                 const char *surface) {
    consent_act *a = consent_act_new(who, decision, purpose);
    consent_act_set_surface(a, surface);
    api_say(f, a, CONSENT_OK);
}

static const char *const formats[] = {"kantara", "iso27560", "dpv", "csv"};

static void test_export_holds_each_decision_of_each_subject(void **state) {
    fixture *f = *state;
    bin b = {0};
    api_publish(f, (variant){0});
    consent_subject_add(f->store, "ann", "1990-01-01", NULL);
    consent_subject_add(f->store, "ben", "1990-01-01", NULL);
    says(f, "ann", "mail", CONSENT_DECISION_GRANTED, "app");
    says(f, "ben", "ads", CONSENT_DECISION_REFUSED, "app");
    says(f, "ann", "mail", CONSENT_DECISION_WITHDRAWN, "app");
    says(f, "ann", "ads", CONSENT_DECISION_GRANTED, "implied");
    assert_int_equal(export(f, NULL, "kantara", &b), 3);
    assert_int_equal(count(b.text, "\"consentReceiptID\""), 3);
    assert_int_equal(count(b.text, "\"services\":[]"), 2);
    assert_int_equal(export(f, NULL, "iso27560", &b), 2);
    assert_int_equal(count(b.text, "\"event_state\":\"ConsentGiven\""), 1);
    assert_int_equal(count(b.text, "\"event_state\":\"ConsentWithdrawn\""), 1);
    assert_int_equal(count(b.text, "\"event_state\":\"ConsentRefused\""), 1);
    assert_int_equal(export(f, NULL, "dpv", &b), 2);
    assert_int_equal(count(b.text, "\"dpv:hasConsentStatus\":{\"@id\":\"dpv:ConsentWithdrawn\"}"),
                     1);
    assert_int_equal(export(f, NULL, "csv", &b), 4);
    assert_int_equal(count(b.text, "\r\n"), 5);
    assert_int_equal(count(b.text, ",implied,"), 2); /* decision and surface */
    for (size_t i = 0; i < 4; i++) {
        export(f, "ben", formats[i], &b);
        assert_true(api_names(b.text, "ben"));
        assert_false(api_names(b.text, "ann"));
    }
    free(b.text);
}

/* A consent to the purpose lets those have the data whose share needs no act of its own. */
static void test_export_names_who_gets_the_data(void **state) {
    fixture *f = *state;
    bin b = {0};
    api_publish(f, (variant){0});
    consent_subject_add(f->store, "ann", "1990-01-01", NULL);
    says(f, "ann", "mail", CONSENT_DECISION_GRANTED, "app");
    export(f, "ann", "kantara", &b);
    assert_non_null(strstr(b.text, "\"thirdPartyDisclosure\":true,\"thirdPartyName\":\"Shop\"}"));
    export(f, "ann", "iso27560", &b);
    assert_non_null(strstr(b.text, "\"recipient_third_parties\":[\"shop\"]"));
    assert_null(strstr(b.text, "Spy"));
    export(f, "ann", "dpv", &b);
    assert_non_null(strstr(b.text, "urn:libconsent:recipient:p:1:shop"));
    assert_null(strstr(b.text, "Spy"));
    consent_act *a = consent_act_new("ann", CONSENT_DECISION_GRANTED, "mail");
    consent_act_set_recipient(a, "spy");
    consent_act_set_class(a, CONSENT_CLASS_SEPARATE);
    api_say(f, a, CONSENT_OK);
    assert_int_equal(export(f, "ann", "kantara", &b), 2);
    assert_non_null(strstr(b.text, "\"thirdPartyDisclosure\":true,\"thirdPartyName\":\"Spy\"}"));
    assert_int_equal(export(f, "ann", "iso27560", &b), 2);
    assert_non_null(strstr(b.text, "\"recipient_third_parties\":[\"spy\"]"));
    free(b.text);
}

static void test_export_is_the_same_twice(void **state) {
    fixture *f = *state;
    bin a = {0}, b = {0};
    api_publish(f, (variant){0});
    consent_subject_add(f->store, "ann", "1990-01-01", NULL);
    says(f, "ann", "mail", CONSENT_DECISION_GRANTED, "app");
    for (size_t i = 0; i < 4; i++) {
        export(f, NULL, formats[i], &a);
        export(f, "ann", formats[i], &b);
        assert_string_equal(a.text, b.text);
    }
    free(a.text);
    free(b.text);
}

static void test_export_of_nobody_is_whole(void **state) {
    fixture *f = *state;
    bin b = {0};
    assert_int_equal(export(f, NULL, "kantara", &b), 0);
    assert_string_equal(b.text, "[\n]\n");
    assert_int_equal(export(f, NULL, "iso27560", &b), 0);
    assert_string_equal(b.text, "[\n]\n");
    assert_int_equal(export(f, NULL, "dpv", &b), 0);
    assert_non_null(strstr(b.text, "\"@graph\":[\n]}"));
    assert_int_equal(export(f, NULL, "csv", &b), 0);
    assert_int_equal(strncmp(b.text,
                             "\xef\xbb\xbf"
                             "event,at,",
                             12),
                     0);
    free(b.text);
}

static void test_export_says_when_a_consent_expired_or_the_service_stopped(void **state) {
    fixture *f = *state;
    bin b = {0};
    api_publish(f, (variant){.valid_days = ",\"valid_days\":10"});
    consent_subject_add(f->store, "ann", "1990-01-01", NULL);
    says(f, "ann", "mail", CONSENT_DECISION_GRANTED, "app");
    export(f, "ann", "dpv", &b);
    assert_non_null(strstr(b.text, "\"dpv:hasConsentStatus\":{\"@id\":\"dpv:ConsentGiven\"}"));
    f->now += 11 * DAY;
    export(f, "ann", "dpv", &b);
    assert_non_null(strstr(b.text, "\"dpv:hasConsentStatus\":{\"@id\":\"dpv:ConsentExpired\"}"));
    export(f, "ann", "iso27560", &b);
    assert_non_null(strstr(b.text, "\"event_state\":\"ConsentExpired\"}]"));
    says(f, "ann", "mail", CONSENT_DECISION_GRANTED, "app");
    export(f, "ann", "dpv", &b);
    assert_non_null(
        strstr(b.text, "\"dpv:hasConsentStatus\":{\"@id\":\"dpv:RenewedConsentGiven\"}"));
    assert_int_equal(consent_service_stop(f->store, "the end", NULL), CONSENT_OK);
    export(f, "ann", "dpv", &b);
    assert_non_null(strstr(b.text, "\"dpv:hasConsentStatus\":{\"@id\":\"dpv:ConsentRevoked\"}"));
    free(b.text);
}

/* A consent at an older version, withdrawn under a newer one: one record, and its end is the
 * withdrawal. */
static void test_export_record_goes_on_through_versions(void **state) {
    fixture *f = *state;
    bin b = {0};
    api_publish(f, (variant){0});
    consent_subject_add(f->store, "ann", "1990-01-01", NULL);
    says(f, "ann", "mail", CONSENT_DECISION_GRANTED, "app");
    f->now += DAY;
    api_publish(f, (variant){.version = "2",
                             .effective = "2024-06-02T00:00:00Z",
                             .mail_items = "\"name\",\"street\""});
    f->now += DAY;
    says(f, "ann", "mail", CONSENT_DECISION_WITHDRAWN, "app");
    assert_int_equal(export(f, NULL, "iso27560", &b), 1);
    assert_int_equal(count(b.text, "\"event_time\""), 2);
    assert_int_equal(count(b.text, "urn:libconsent:policy:p:1:sha256:"), 1);
    assert_int_equal(count(b.text, "urn:libconsent:policy:p:2:sha256:"), 2);
    assert_non_null(strstr(b.text, "street"));
    free(b.text);
}

static void test_export_csv_is_text_for_spreadsheets(void **state) {
    fixture *f = *state;
    bin b = {0};
    api_publish(f, (variant){0});
    static const char *const ids[] = {"=cmd|' /C calc'!A0",
                                      "+1",
                                      "-1",
                                      "@SUM(A1)",
                                      "a,b",
                                      "a\"b",
                                      ("\xef\xbc\x9d"
                                       "1")};
    static const char *const cells[] = {",\"'=cmd|' /C calc'!A0\",",
                                        ",\"'+1\",",
                                        ",\"'-1\",",
                                        ",\"'@SUM(A1)\",",
                                        ",\"a,b\",",
                                        ",\"a\"\"b\",",
                                        (",\"'\xef\xbc\x9d"
                                         "1\",")};
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        assert_int_equal(consent_subject_add(f->store, ids[i], "1990-01-01", NULL), CONSENT_OK);
        says(f, ids[i], "mail", CONSENT_DECISION_GRANTED, "=1+1");
        export(f, ids[i], "csv", &b);
        assert_non_null(strstr(b.text, cells[i]));
        assert_non_null(strstr(b.text, ",\"'=1+1\","));
    }
    free(b.text);
}

static void test_export_of_the_erased_holds_nothing(void **state) {
    fixture *f = *state;
    bin b = {0};
    consent_rows *rows = NULL;
    api_publish(f, (variant){0});
    consent_subject_add(f->store, "ann", "1990-01-01", NULL);
    consent_subject_add(f->store, "ben", "1990-01-01", NULL);
    says(f, "ann", "mail", CONSENT_DECISION_GRANTED, "app");
    says(f, "ben", "mail", CONSENT_DECISION_GRANTED, "app");
    consent_request *q = consent_request_new("ann", "delete");
    assert_int_equal(consent_request_open(f->store, q, &rows, NULL), CONSENT_OK);
    int64_t number = consent_rows_number(rows, 0, "request", -1);
    consent_request_free(q);
    consent_rows_free(rows);
    assert_int_equal(consent_erase(f->store, "ann", number, false, &rows, NULL), CONSENT_OK);
    char *uid = strdup(consent_rows_text(rows, 0, "uid"));
    consent_rows_free(rows);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(export(f, NULL, formats[i], &b), 1);
        assert_false(api_names(b.text, "ann"));
        assert_null(strstr(b.text, uid));
        consent_error *err = NULL;
        int64_t records = -1;
        b.len = 0;
        assert_int_equal(consent_export(f->store, "ann", formats[i], gather, &b, &records, &err),
                         CONSENT_E_NOT_FOUND);
        assert_int_equal(records, 0);
        assert_null(strstr(consent_error_message(err), "ann"));
        consent_error_free(err);
    }
    free(uid);
    free(b.text);
}

static void test_export_refuses(void **state) {
    fixture *f = *state;
    bin b = {0};
    consent_error *err = NULL;
    int64_t records = -1;
    assert_int_equal(consent_export(f->store, NULL, "xml", gather, &b, &records, &err),
                     CONSENT_E_ARGUMENT);
    assert_int_equal(records, 0);
    consent_error_free(err);
    assert_int_equal(consent_export(f->store, NULL, NULL, gather, &b, NULL, NULL),
                     CONSENT_E_ARGUMENT);
    assert_int_equal(consent_export(f->store, NULL, "csv", NULL, &b, NULL, NULL),
                     CONSENT_E_ARGUMENT);
    assert_int_equal(consent_export(NULL, NULL, "csv", gather, &b, NULL, NULL), CONSENT_E_ARGUMENT);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(consent_export(f->store, "nobody", formats[i], gather, &b, NULL, NULL),
                         CONSENT_E_NOT_FOUND);
    assert_int_equal(b.len, 0);
    char huge[600];
    memset(huge, 'a', sizeof huge - 1);
    huge[sizeof huge - 1] = 0;
    const char *const wrong[] = {"", huge};
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(consent_export(f->store, wrong[i], "csv", gather, &b, NULL, NULL),
                         CONSENT_E_ARGUMENT);
    assert_int_equal(consent_export(f->store, "\xff", "csv", gather, &b, NULL, NULL),
                     CONSENT_E_ENCODING);
    assert_int_equal(b.len, 0);
}

/* Many records reach the sink in pieces, none much larger than a buffer; a sink that says stop is
 * not called again. */
static void test_export_flows(void **state) {
    fixture *f = *state;
    bin b = {0};
    char id[32];
    api_publish(f, (variant){0});
    consent_subject_add(f->store, "ann", "1990-01-01", NULL);
    for (int i = 0; i < 150; i++) {
        snprintf(id, sizeof id, "person-%d", i);
        consent_subject_add(f->store, id, "1990-01-01", NULL);
        says(f, id, "mail", CONSENT_DECISION_GRANTED, "app");
    }
    for (int i = 0; i < 600; i++) /* one record with many events */
        says(f, "ann", "mail", i % 2 ? CONSENT_DECISION_WITHDRAWN : CONSENT_DECISION_GRANTED,
             "app");
    for (size_t i = 0; i < 4; i++) {
        int64_t records = export(f, NULL, formats[i], &b);
        assert_int_equal(records, i == 0 || i == 3 ? 750 : 151);
        assert_true(b.calls > 1);
        assert_true(b.largest < 96 * 1024);
        if (i == 1)
            assert_int_equal(count(b.text, "\"event_time\""), 750);
        consent_error *err = NULL;
        bin stopped = {.stop_after = 1};
        records = -1;
        assert_int_equal(
            consent_export(f->store, NULL, formats[i], gather, &stopped, &records, &err),
            CONSENT_E_STOPPED);
        assert_int_equal(stopped.calls, 1);
        assert_int_equal(records, 0);
        consent_error_free(err);
    }
    /* And the store is as usable as before. */
    says(f, "ann", "mail", CONSENT_DECISION_GRANTED, "app");
    free(b.text);
}

/* What another thread writes while the sink waits goes through, and is not in the export. */
typedef struct meanwhile {
    fixture *f;
    bin *b;
    bool done;
} meanwhile;

static void *write_more(void *user) {
    meanwhile *m = user;
    m->done = consent_subject_add(m->f->store, "late", "1990-01-01", NULL) == CONSENT_OK &&
              consent_grant(m->f->store, "late", "mail", NULL, NULL) == CONSENT_OK &&
              consent_withdraw(m->f->store, "person-149", "mail", NULL, NULL) == CONSENT_OK;
    return NULL;
}

static int32_t wait_for_writer(const void *bytes, size_t n, void *user) {
    meanwhile *m = user;
    if (!m->done) {
        pthread_t thread;
        assert_int_equal(pthread_create(&thread, NULL, write_more, m), 0);
        assert_int_equal(pthread_join(thread, NULL), 0);
        assert_true(m->done);
    }
    return gather(bytes, n, m->b);
}

static void test_export_is_one_snapshot(void **state) {
    fixture *f = *state;
    bin b = {0};
    char id[32];
    int64_t records = 0;
    api_publish(f, (variant){0});
    for (int i = 0; i < 150; i++) {
        snprintf(id, sizeof id, "person-%d", i);
        consent_subject_add(f->store, id, "1990-01-01", NULL);
        says(f, id, "mail", CONSENT_DECISION_GRANTED, "app");
    }
    meanwhile m = {f, &b, false};
    assert_int_equal(
        consent_export(f->store, NULL, "iso27560", wait_for_writer, &m, &records, NULL),
        CONSENT_OK);
    assert_true(b.calls > 1);
    assert_int_equal(records, 150);
    assert_int_equal(count(b.text, "ConsentGiven"), 150);
    assert_int_equal(count(b.text, "ConsentWithdrawn"), 0);
    assert_null(strstr(b.text, "\"late\""));
    assert_int_equal(export(f, NULL, "iso27560", &b), 151);
    assert_int_equal(count(b.text, "ConsentWithdrawn"), 1);
    free(b.text);
}

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, api_setup, api_teardown)
    const struct CMUnitTest tests[] = {
        T(test_export_holds_each_decision_of_each_subject),
        T(test_export_names_who_gets_the_data),
        T(test_export_is_the_same_twice),
        T(test_export_of_nobody_is_whole),
        T(test_export_says_when_a_consent_expired_or_the_service_stopped),
        T(test_export_record_goes_on_through_versions),
        T(test_export_csv_is_text_for_spreadsheets),
        T(test_export_of_the_erased_holds_nothing),
        T(test_export_refuses),
        T(test_export_flows),
        T(test_export_is_one_snapshot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
