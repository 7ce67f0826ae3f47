/* SPDX-License-Identifier: Apache-2.0 */
/* Requests, calendars, cancellation and erasure end to end, through the public functions; the
 * static library because the store's clock and its ledger are looked at as well. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "flow/erasure_proof.h"
#include "foundation.h"
#include "people.h"
#include "util/date.h"
#include "util/text.h"

#define HNYS "hnys-mobile-office/3.0", "hnys-mobile-office", "3.0"
#define STRIDA "strida-fitness/1.0", "strida-fitness", "1.0"

static int64_t at(const char *text) {
    int64_t t = 0;
    assert_true(consent__instant_parse(text, &t));
    return t;
}

static void status_is(consent_status got, consent_status want, consent_error *err, int line) {
    if (got != want) {
        print_message("line %d: %s: %s\n", line, consent_status_name(got),
                      err ? consent_error_message(err) : "no message");
        fail();
    }
    consent_error_free(err);
}
#define IS(call, want)                                                                             \
    do {                                                                                           \
        consent_error *err = NULL;                                                                 \
        consent_status got = (call);                                                               \
        status_is(got, want, err, __LINE__);                                                       \
    } while (0)

static void cell_is(const consent_rows *r, const char *column, const char *want, int line) {
    const char *got = consent_rows_text(r, 0, column);
    if (!got || strcmp(got, want) != 0) {
        print_message("line %d: %s is %s, not %s\n", line, column, got ? got : "absent", want);
        fail();
    }
}
#define CELL(rows, column, want) cell_is(rows, column, want, __LINE__)

static bool mentions(const consent_rows *r, const char *column, const char *what) {
    const char *text = consent_rows_text(r, 0, column);
    return text && strstr(text, what);
}

static int64_t open_kind(people *p, const char *subject, const char *kind) {
    consent_rows *rows = NULL;
    consent_request *q = consent_request_new(subject, kind);
    IS(consent_request_open(p->store, q, &rows, &err), CONSENT_OK);
    CELL(rows, "state", "received");
    int64_t n = consent_rows_number(rows, 0, "request", -1);
    consent_rows_free(rows);
    consent_request_free(q);
    return n;
}

static void fact(people *p, const char *subject, const char *name, const char *value) {
    IS(consent_fact_put(p->store, subject, name, value, "billing", INT64_MIN, &err), CONSENT_OK);
}

/* ---- calendars ---- */

static void test_calendar_due_prints_the_days_counted(void **state) {
    (void)state;
    people p;
    consent_rows *r = NULL;
    people_new(&p, HNYS);
    IS(consent_calendar_due(p.store, "cn", "2025-01-20", 15, NULL, NULL, &r, &err), CONSENT_OK);
    CELL(r, "due_local", "2025-02-14T23:59:59+08:00");
    CELL(
        r, "days",
        "[\"2025-01-21\",\"2025-01-22\",\"2025-01-23\",\"2025-01-24\",\"2025-01-26\",\"2025-01-"
        "27\","
        "\"2025-02-05\",\"2025-02-06\",\"2025-02-07\",\"2025-02-08\",\"2025-02-10\",\"2025-02-11\","
        "\"2025-02-12\",\"2025-02-13\",\"2025-02-14\"]");
    assert_int_equal(consent_rows_number(r, 0, "provisional", -1), 0);
    assert_int_equal(consent_rows_number(r, 0, "due", 0), at("2025-02-14T23:59:59+08:00"));
    consent_rows_free(r);
    IS(consent_calendar_due(p.store, "cn", "2026-12-11", 15, NULL, "next", &r, &err), CONSENT_OK);
    CELL(r, "due_local", "2027-01-04T23:59:59+08:00");
    assert_int_equal(consent_rows_number(r, 0, "provisional", -1), 1);
    consent_rows_free(r);
    IS(consent_calendar_due(p.store, "mars", "2026-12-11", 15, NULL, NULL, &r, &err),
       CONSENT_E_NOT_FOUND);
    IS(consent_calendar_due(p.store, "cn", "2026-13-11", 15, NULL, NULL, &r, &err),
       CONSENT_E_ARGUMENT);
    IS(consent_calendar_due(p.store, "cn", "2026-12-11", 15, "weeks", NULL, &r, &err),
       CONSENT_E_ARGUMENT);
    IS(consent_calendar_due(p.store, "cn", "2026-12-11", 15, NULL, "later", &r, &err),
       CONSENT_E_ARGUMENT);
    IS(consent_calendar_due(p.store, "cn", "2026-12-11", -1, NULL, NULL, &r, &err),
       CONSENT_E_ARGUMENT);
    people_free(&p);
}

/* The built-in cn calendar with a year more. */
static char *calendar_2027(const char *holiday) {
    size_t n = 0;
    char name[512];
    snprintf(name, sizeof name, "%s/policy/calendars/cn.json", getenv("CONSENT_SOURCE_DIR"));
    char *old = people_read_file(name, &n);
    char *years = strstr(old, "\"years\"");
    char *brace = years ? strchr(years, '{') : NULL;
    assert_non_null(brace);
    char *made = malloc(n + 400);
    assert_non_null(made);
    snprintf(made, n + 400,
             "%.*s\"2027\": {\"source\": \"a test\", \"holidays\": [\"%s\"], \"workdays\": []},%s",
             (int)(brace - old + 1), old, holiday, brace + 1);
    free(old);
    return made;
}

static void test_calendar_import_recomputes_what_is_due(void **state) {
    (void)state;
    people p;
    consent_rows *r = NULL;
    people_new(&p, HNYS);
    people_add(&p, 0, 2, 0);
    p.clock = at("2026-12-11T10:00:00+08:00");
    int64_t n = open_kind(&p, "person-0", "cancel-account");
    int64_t early = open_kind(&p, "person-1", "access");
    IS(consent_request_get(p.store, n, &r, &err), CONSENT_OK);
    CELL(r, "due_local", "2027-01-04T23:59:59+08:00");
    assert_int_equal(consent_rows_number(r, 0, "provisional", -1), 1);
    consent_rows_free(r);
    char *calendar = calendar_2027("2027-01-01");
    IS(consent_calendar_import(p.store, calendar, strlen(calendar), &err), CONSENT_OK);
    IS(consent_calendar_import(p.store, calendar, strlen(calendar), &err), CONSENT_DONE);
    free(calendar);
    IS(consent_request_get(p.store, n, &r, &err), CONSENT_OK);
    assert_int_equal(consent_rows_number(r, 0, "provisional", -1), 0);
    assert_true(mentions(r, "history", "request.due"));
    consent_rows_free(r);
    calendar = calendar_2027("2027-01-04");
    IS(consent_calendar_import(p.store, calendar, strlen(calendar), &err), CONSENT_OK);
    free(calendar);
    IS(consent_request_get(p.store, early, &r, &err), CONSENT_OK);
    assert_true(mentions(r, "history", "request.due"));
    consent_rows_free(r);
    IS(consent_calendar_import(p.store, "{}", 2, &err), CONSENT_E_INPUT);
    (void)people_verify(&p);
    people_free(&p);
}

/* ---- requests ---- */

static void test_request_deadline_by_policy_profile_and_day_of_receipt(void **state) {
    (void)state;
    people p;
    consent_rows *r = NULL;
    people_new(&p, "hnys-mobile-office/1.0", "hnys-mobile-office", "1.0");
    people_add(&p, 0, 2, 0);
    static const struct {
        const char *received, *due;
    } rows[] = {
        {"2026-02-05T23:59:59+08:00", "2026-03-04T23:59:59+08:00"},
        {"2026-02-06T00:00:00+08:00", "2026-03-05T23:59:59+08:00"},
    };
    p.clock = at("2026-02-07T00:00:00+08:00");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        consent_request *q = consent_request_new("person-0", "correct");
        consent_request_set_received(q, at(rows[i].received));
        IS(consent_request_open(p.store, q, &r, &err), CONSENT_OK);
        CELL(r, "due_local", rows[i].due);
        consent_rows_free(r);
        consent_request_free(q);
    }
    consent_request *q = consent_request_new("person-0", "correct");
    consent_request_set_received(q, p.clock + 1);
    IS(consent_request_open(p.store, q, &r, &err), CONSENT_E_ARGUMENT);
    consent_request_free(q);
    people_free(&p);
}

static void test_request_moves_need_reasons_and_legal_steps(void **state) {
    (void)state;
    people p;
    consent_rows *r = NULL;
    people_new(&p, STRIDA);
    people_add(&p, 0, 1, 0);
    int64_t n = open_kind(&p, "person-0", "access");
    IS(consent_request_advance(p.store, n, "done", NULL, NULL, NULL, NULL, &r, &err),
       CONSENT_E_STATE);
    IS(consent_request_advance(p.store, n, "refused", NULL, NULL, NULL, NULL, &r, &err),
       CONSENT_E_ARGUMENT);
    IS(consent_request_advance(p.store, n, "lost", "x", NULL, NULL, NULL, &r, &err),
       CONSENT_E_ARGUMENT);
    IS(consent_request_advance(p.store, 99999, "accepted", NULL, NULL, NULL, NULL, &r, &err),
       CONSENT_E_NOT_FOUND);
    IS(consent_request_advance(p.store, n, "accepted", NULL, "clerk", NULL, NULL, &r, &err),
       CONSENT_OK);
    consent_rows_free(r);
    IS(consent_request_advance(p.store, n, "in-progress", NULL, NULL, NULL, NULL, &r, &err),
       CONSENT_OK);
    consent_rows_free(r);
    IS(consent_request_advance(p.store, n, "done", "sent", "clerk", NULL, NULL, &r, &err),
       CONSENT_OK);
    CELL(r, "state", "done");
    assert_true(mentions(r, "history", "\"reason\":\"sent\""));
    consent_rows_free(r);
    IS(consent_request_advance(p.store, n, "withdrawn", NULL, NULL, NULL, NULL, &r, &err),
       CONSENT_E_STATE);
    people_free(&p);
}

static void test_request_is_extended_once_before_it_is_over(void **state) {
    (void)state;
    people p;
    consent_rows *r = NULL;
    people_new(&p, STRIDA);
    people_add(&p, 0, 1, 0);
    p.clock = at("2026-01-31T12:00:00+01:00");
    int64_t n = open_kind(&p, "person-0", "access");
    int64_t late = open_kind(&p, "person-0", "copy");
    IS(consent_request_extend(p.store, n, "many systems", "clerk", &r, &err), CONSENT_OK);
    assert_int_equal(consent_rows_number(r, 0, "extended", 0), 1);
    assert_true(mentions(r, "due_local", "2026-04-30T23:59:59"));
    consent_rows_free(r);
    IS(consent_request_extend(p.store, n, "again", NULL, &r, &err), CONSENT_E_STATE);
    IS(consent_request_extend(p.store, n, NULL, NULL, &r, &err), CONSENT_E_ARGUMENT);
    p.clock = at("2026-03-05T12:00:00+01:00");
    IS(consent_request_extend(p.store, late, "too late", NULL, &r, &err), CONSENT_E_REFUSED);
    IS(consent_request_due(p.store, &r, &err), CONSENT_OK);
    assert_int_equal(consent_rows_count(r), 2);
    assert_int_equal(consent_rows_number(r, 0, "request", 0), late);
    assert_int_equal(consent_rows_number(r, 0, "overdue", -1), 1);
    assert_int_equal(consent_rows_number(r, 1, "overdue", -1), 0);
    consent_rows_free(r);
    people_free(&p);
}

static void test_request_pause_stops_the_clock(void **state) {
    (void)state;
    people p;
    consent_rows *r = NULL;
    people_new(&p, HNYS);
    people_add(&p, 0, 1, 0);
    p.clock = at("2026-03-02T10:00:00+08:00");
    int64_t n = open_kind(&p, "person-0", "access");
    IS(consent_request_advance(p.store, n, "verifying", NULL, NULL, NULL, NULL, &r, &err),
       CONSENT_OK);
    CELL(r, "due_local", "2026-03-23T23:59:59+08:00");
    consent_rows_free(r);
    IS(consent_request_advance(p.store, n, "paused", NULL, NULL, NULL, NULL, &r, &err),
       CONSENT_E_ARGUMENT);
    IS(consent_request_advance(p.store, n, "paused", "a copy of the card", NULL, NULL, NULL, &r,
                               &err),
       CONSENT_OK);
    consent_rows_free(r);
    p.clock = at("2026-03-05T10:00:00+08:00");
    IS(consent_request_advance(p.store, n, "verifying", NULL, NULL, NULL, NULL, &r, &err),
       CONSENT_OK);
    CELL(r, "due_local", "2026-03-26T23:59:59+08:00"); /* three days later */
    consent_rows_free(r);
    people_free(&p);
}

static void test_request_standing_of_who_asks(void **state) {
    (void)state;
    people p;
    consent_rows *r = NULL;
    people_new(&p, STRIDA);
    people_add(&p, 0, 2, 0);
    consent_request *q = consent_request_new("person-0", "guardian-inquiry");
    IS(consent_request_open(p.store, q, &r, &err), CONSENT_E_REFUSED);
    consent_request_set_guardian(q, "person-1");
    IS(consent_request_open(p.store, q, &r, &err), CONSENT_E_REFUSED);
    uint8_t uid[16];
    people_uid(&p, "person-1", uid);
    consent__event e = {.kind = EV_GUARDIAN_LINKED};
    consent__event_set_uid(&e, F_guardian, uid);
    CONSENT__SET_TEXT(&e, evidence, "form");
    people_event(&p, "person-0", &e);
    IS(consent_request_open(p.store, q, &r, &err), CONSENT_E_REFUSED); /* not verified */
    consent__event v = {.kind = EV_GUARDIAN_VERIFIED};
    consent__event_set_uid(&v, F_guardian, uid);
    people_event(&p, "person-0", &v);
    IS(consent_request_open(p.store, q, &r, &err), CONSENT_OK);
    CELL(r, "standing", "guardian");
    int64_t n = consent_rows_number(r, 0, "request", -1);
    consent_rows_free(r);
    consent_request_free(q);
    IS(consent_request_advance(p.store, n, "accepted", NULL, NULL, NULL, NULL, &r, &err),
       CONSENT_E_STATE); /* verified first */
    q = consent_request_new("person-0", "deceased-relative");
    IS(consent_request_open(p.store, q, &r, &err), CONSENT_OK);
    CELL(r, "standing", "relative");
    consent_rows_free(r);
    fact(&p, "person-0", "directive.no-relatives", "true");
    IS(consent_request_open(p.store, q, &r, &err), CONSENT_E_REFUSED);
    consent_request_free(q);
    q = consent_request_new("person-0", "party");
    IS(consent_request_open(p.store, q, &r, &err), CONSENT_E_ARGUMENT);
    consent_request_free(q);
    people_free(&p);
}

/* ---- cancellation ---- */

static void all_met(people *p, const char *subject) {
    static const char *const zero[] = {"assets",
                                       "debts",
                                       "open-disputes",
                                       "complaints-made",
                                       "complaints-received",
                                       "restriction-records"};
    for (size_t i = 0; i < sizeof zero / sizeof zero[0]; i++)
        fact(p, subject, zero[i], "0");
    fact(p, subject, "account-status", "\"normal\"");
}

static void test_cancel_check_names_every_condition(void **state) {
    (void)state;
    people p;
    consent_rows *r = NULL;
    people_new(&p, HNYS);
    people_add(&p, 0, 1, 0);
    IS(consent_cancel_check(p.store, "person-0", NULL, NULL, &r, &err), CONSENT_OK);
    assert_false(consent_rows_has(r, 0, "eligible"));
    assert_true(mentions(r, "conditions", "FACT_MISSING"));
    consent_rows_free(r);
    all_met(&p, "person-0");
    IS(consent_cancel_check(p.store, "person-0", NULL, NULL, &r, &err), CONSENT_OK);
    assert_int_equal(consent_rows_number(r, 0, "eligible", -1), 1);
    assert_false(mentions(r, "conditions", "undetermined"));
    consent_rows_free(r);
    fact(&p, "person-0", "debts", "500");
    IS(consent_cancel_check(p.store, "person-0", NULL, NULL, &r, &err), CONSENT_OK);
    assert_int_equal(consent_rows_number(r, 0, "eligible", -1), 0);
    assert_true(mentions(r, "conditions", "CONDITION_FAILED"));
    consent_rows_free(r);
    IS(consent_fact_put(p.store, "person-0", "assets", "3", "other source", INT64_MIN, &err),
       CONSENT_OK);
    fact(&p, "person-0", "debts", "0");
    IS(consent_cancel_check(p.store, "person-0", NULL, NULL, &r, &err), CONSENT_OK);
    assert_true(mentions(r, "conditions", "FACT_CONTRADICTORY"));
    assert_false(consent_rows_has(r, 0, "eligible"));
    consent_rows_free(r);
    p.clock += 25 * 3600 * CONSENT__SECOND;
    IS(consent_cancel_check(p.store, "person-0", NULL, NULL, &r, &err), CONSENT_OK);
    assert_true(mentions(r, "conditions", "FACT_STALE"));
    consent_rows_free(r);
    fact(&p, "person-0", "dispute.lawsuit", "true");
    IS(consent_cancel_check(p.store, "person-0", NULL, NULL, &r, &err), CONSENT_OK);
    CELL(r, "disputes", "[\"dispute.lawsuit\"]");
    assert_int_equal(consent_rows_number(r, 0, "eligible", -1), 0);
    consent_rows_free(r);
    people_free(&p);
}

static void test_cancel_is_ended_by_a_dispute(void **state) {
    (void)state;
    people p;
    consent_rows *r = NULL;
    people_new(&p, HNYS);
    people_add(&p, 0, 1, 0);
    all_met(&p, "person-0");
    IS(consent_cancel_open(p.store, "person-0", NULL, NULL, NULL, "app", &r, &err), CONSENT_OK);
    CELL(r, "kind", "cancel-account");
    int64_t n = consent_rows_number(r, 0, "request", -1);
    consent_rows_free(r);
    IS(consent_cancel_open(p.store, "person-0", NULL, NULL, NULL, "app", &r, &err),
       CONSENT_E_STATE);
    fact(&p, "person-0", "dispute.complaint", "true");
    IS(consent_request_get(p.store, n, &r, &err), CONSENT_OK);
    CELL(r, "state", "terminated");
    assert_true(mentions(r, "history", "dispute.complaint"));
    consent_rows_free(r);
    IS(consent_cancel_execute(p.store, "person-0", false, &r, &err), CONSENT_E_NOT_FOUND);
    people_free(&p);
}

static void test_cancel_is_not_opened_while_a_dispute_is_known(void **state) {
    (void)state;
    people p;
    consent_rows *r = NULL;
    people_new(&p, HNYS);
    people_add(&p, 0, 1, 0);
    all_met(&p, "person-0");
    fact(&p, "person-0", "debts", "500");
    fact(&p, "person-0", "dispute.complaint", "true");
    consent_error *told = NULL;
    assert_int_equal(consent_cancel_open(p.store, "person-0", NULL, NULL, NULL, "app", &r, &told),
                     CONSENT_E_REFUSED);
    assert_null(r);
    assert_non_null(strstr(consent_error_message(told), "failed"));
    assert_non_null(strstr(consent_error_message(told), "dispute.complaint"));
    consent_error_free(told);
    /* The application is taken in; what was known before does not end it, and lets it not go on. */
    int64_t n = open_kind(&p, "person-0", "cancel-account");
    fact(&p, "person-0", "debts", "0");
    IS(consent_request_get(p.store, n, &r, &err), CONSENT_OK);
    CELL(r, "state", "received");
    consent_rows_free(r);
    IS(consent_cancel_open(p.store, "person-0", NULL, NULL, NULL, "app", &r, &err),
       CONSENT_E_REFUSED);
    fact(&p, "person-0", "dispute.complaint", "false");
    IS(consent_cancel_open(p.store, "person-0", NULL, NULL, NULL, "app", &r, &err), CONSENT_OK);
    consent_rows_free(r);
    fact(&p, "person-0", "dispute.lawsuit", "true");
    IS(consent_request_get(p.store, n, &r, &err), CONSENT_OK);
    CELL(r, "state", "terminated");
    consent_rows_free(r);
    /* A dispute that is told after it ends also what was not acknowledged. */
    fact(&p, "person-0", "dispute.lawsuit", "false");
    n = open_kind(&p, "person-0", "cancel-account");
    fact(&p, "person-0", "dispute.lawsuit", "true");
    IS(consent_request_get(p.store, n, &r, &err), CONSENT_OK);
    CELL(r, "state", "terminated");
    consent_rows_free(r);
    people_free(&p);
}

static void test_cancel_needs_the_agreement_and_eligibility(void **state) {
    (void)state;
    people p;
    consent_rows *r = NULL;
    char shown[65];
    people_new(&p, HNYS);
    people_add(&p, 0, 1, 0);
    int64_t n = open_kind(&p, "person-0", "cancel-account");
    all_met(&p, "person-0");
    IS(consent_cancel_execute(p.store, "person-0", false, &r, &err), CONSENT_E_STATE);
    memset(shown, 'a', 64);
    shown[64] = '\0';
    IS(consent_cancel_open(p.store, "person-0", NULL, NULL, shown, NULL, &r, &err),
       CONSENT_E_UNKNOWN_TEXT);
    IS(consent_cancel_check(p.store, "person-0", NULL, "en", &r, &err), CONSENT_OK);
    snprintf(shown, sizeof shown, "%s", consent_rows_text(r, 0, "shown"));
    consent_rows_free(r);
    IS(consent_cancel_open(p.store, "person-0", NULL, NULL, shown, NULL, &r, &err), CONSENT_OK);
    assert_int_equal(consent_rows_number(r, 0, "request", -1), n);
    assert_int_equal(consent_rows_number(r, 0, "acknowledged", -1), 1);
    consent_rows_free(r);
    IS(consent_request_advance(p.store, n, "done", NULL, NULL, NULL, NULL, &r, &err),
       CONSENT_E_STATE);
    fact(&p, "person-0", "debts", "1");
    IS(consent_cancel_execute(p.store, "person-0", false, &r, &err), CONSENT_E_REFUSED);
    assert_int_equal(people_verify(&p), 0);
    people_free(&p);
}

/* Without memory nothing is said about the proof. */
static void proof_without_memory(const char *proof, const char *key) {
    foundation f;
    foundation_init(&f);
    for (int64_t failed = 0;; failed++) {
        consent_rows *rows = NULL;
        assert_true(failed < 100);
        f.until_fail = failed;
        consent_status st = consent__erasure_verify(&f.cx, proof, key, &rows);
        f.until_fail = -1;
        consent_rows_free(rows);
        if (st == CONSENT_OK)
            break;
        assert_int_equal(st, CONSENT_E_MEMORY);
        consent__forget(&f.cx);
    }
    foundation_done(&f);
}

static void test_cancel_executed_erases_and_proves_it(void **state) {
    (void)state;
    people p;
    consent_rows *r = NULL, *head = NULL, *proof = NULL, *tasks = NULL;
    char uid[33], before[33];
    people_new(&p, HNYS);
    people_add(&p, 0, 2, 0);
    all_met(&p, "person-0");
    IS(consent_cancel_open(p.store, "person-0", NULL, NULL, NULL, "app", &r, &err), CONSENT_OK);
    int64_t n = consent_rows_number(r, 0, "request", -1);
    consent_rows_free(r);
    IS(consent_subject_get(p.store, "person-0", &r, &err), CONSENT_OK);
    snprintf(before, sizeof before, "%s", consent_rows_text(r, 0, "uid"));
    consent_rows_free(r);
    IS(consent_cancel_execute(p.store, "person-0", false, &r, &err), CONSENT_OK);
    CELL(r, "scrub", "done");
    CELL(r, "uid", before);
    assert_true(mentions(r, "outcome", "{\"item\":\"phone\",\"reason\":null,\"then\":\"delete\","));
    assert_int_equal(people_verify(&p), consent_rows_number(r, 0, "events", -1));
    IS(consent_ledger_head(p.store, &head, &err), CONSENT_OK);
    IS(consent_erasure_verify(consent_rows_text(r, 0, "proof"), consent_rows_text(head, 0, "key"),
                              &proof, &err),
       CONSENT_OK);
    CELL(proof, "uid", before);
    assert_int_equal(consent_rows_number(proof, 0, "events", -1),
                     consent_rows_number(r, 0, "events", -2));
    consent_rows_free(proof);
    /* Any byte of the proof that is changed, and any other key, is told. */
    char *text = strdup(consent_rows_text(r, 0, "proof"));
    for (size_t i = 0, len = strlen(text); i < len; i += 97) {
        char was = text[i];
        text[i] = was == 'A' ? 'B' : 'A';
        assert_true(consent_erasure_verify(text, consent_rows_text(head, 0, "key"), &proof, NULL) <
                    0);
        text[i] = was;
    }
    free(text);
    proof_without_memory(consent_rows_text(r, 0, "proof"), consent_rows_text(head, 0, "key"));
    consent_rows_free(head);
    consent_rows_free(r);
    /* The request is known by its number and nothing else. */
    IS(consent_request_get(p.store, n, &r, &err), CONSENT_OK);
    CELL(r, "state", "done");
    assert_false(consent_rows_has(r, 0, "subject"));
    consent_rows_free(r);
    IS(consent_request_advance(p.store, n, "withdrawn", NULL, NULL, NULL, NULL, &r, &err),
       CONSENT_E_STATE);
    /* The same person again is nobody we know. */
    IS(consent_subject_add(p.store, "person-0", "1990-05-17", &err), CONSENT_OK);
    IS(consent_subject_get(p.store, "person-0", &r, &err), CONSENT_OK);
    snprintf(uid, sizeof uid, "%s", consent_rows_text(r, 0, "uid"));
    assert_string_not_equal(uid, before);
    consent_rows_free(r);
    IS(consent_erasure_tasks(p.store, true, &tasks, &err), CONSENT_OK);
    assert_true(consent_rows_count(tasks) >= 1);
    CELL(tasks, "recipient", "");
    size_t open_tasks = consent_rows_count(tasks);
    consent_rows_free(tasks);
    IS(consent_erasure_done(p.store, before, "", "robot", &err), CONSENT_OK);
    IS(consent_erasure_done(p.store, before, "", "robot", &err), CONSENT_E_NOT_FOUND);
    IS(consent_erasure_done(p.store, "xx", "", NULL, &err), CONSENT_E_ARGUMENT);
    IS(consent_erasure_tasks(p.store, true, &tasks, &err), CONSENT_OK);
    assert_int_equal(consent_rows_count(tasks), open_tasks - 1);
    consent_rows_free(tasks);
    people_free(&p);
}

static void test_cancel_waits_for_the_cooling_off_and_keeps_what_law_keeps(void **state) {
    (void)state;
    people p;
    consent_rows *r = NULL;
    people_new(&p, STRIDA);
    people_add(&p, 0, 1, 0);
    IS(consent_cancel_open(p.store, "person-0", NULL, NULL, NULL, NULL, &r, &err), CONSENT_OK);
    assert_int_equal(consent_rows_number(r, 0, "until", 0), PEOPLE_NOW + 14 * CONSENT__DAY);
    consent_rows_free(r);
    fact(&p, "person-0", "subscription-active", "false");
    fact(&p, "person-0", "open-invoices", "0");
    IS(consent_cancel_execute(p.store, "person-0", false, &r, &err), CONSENT_E_STATE);
    p.clock += 14 * CONSENT__DAY;
    IS(consent_cancel_execute(p.store, "person-0", false, &r, &err), CONSENT_E_REFUSED); /* stale */
    fact(&p, "person-0", "subscription-active", "false");
    fact(&p, "person-0", "open-invoices", "0");
    IS(consent_cancel_execute(p.store, "person-0", true, &r, &err), CONSENT_OK);
    assert_true(mentions(r, "outcome", "\"then\":\"retain\""));
    assert_true(mentions(r, "outcome", "ten years"));
    consent_rows_free(r);
    IS(consent_remainder_list(p.store, NULL, &r, &err), CONSENT_OK);
    assert_int_equal(consent_rows_count(r), 1);
    CELL(r, "item", "invoice");
    assert_int_equal(consent_rows_number(r, 0, "until", 0), p.clock + 3653 * CONSENT__DAY);
    consent_rows_free(r);
    people_free(&p);
}

/* ---- erasing on a request to delete; lists ---- */

static void test_erase_needs_an_own_request_to_delete(void **state) {
    (void)state;
    people p;
    consent_rows *r = NULL;
    people_new(&p, STRIDA);
    people_add(&p, 0, 3, 2);
    int64_t access = open_kind(&p, "person-0", "access");
    int64_t other = open_kind(&p, "person-1", "delete");
    int64_t own = open_kind(&p, "person-0", "delete");
    IS(consent_erase(p.store, "person-0", 0, false, &r, &err), CONSENT_E_ARGUMENT);
    IS(consent_erase(p.store, "person-0", access, false, &r, &err), CONSENT_E_STATE);
    IS(consent_erase(p.store, "person-0", other, false, &r, &err), CONSENT_E_NOT_FOUND);
    IS(consent_request_advance(p.store, own, "verifying", NULL, NULL, NULL, NULL, &r, &err),
       CONSENT_OK);
    consent_rows_free(r);
    IS(consent_erase(p.store, "person-0", own, false, &r, &err), CONSENT_E_STATE);
    IS(consent_request_advance(p.store, own, "accepted", NULL, NULL, "id card", NULL, &r, &err),
       CONSENT_OK);
    consent_rows_free(r);
    IS(consent_erase(p.store, "person-0", own, true, &r, &err), CONSENT_OK);
    consent_rows_free(r);
    IS(consent_erase(p.store, "person-0", own, false, &r, &err), CONSENT_E_NOT_FOUND);
    people_free(&p);
}

static void test_delete_check_tells_what_stays(void **state) {
    (void)state;
    people p;
    consent_rows *r = NULL;
    people_new(&p, STRIDA);
    people_add(&p, 0, 1, 0);
    IS(consent_delete_check(p.store, "person-0", NULL, "email", &r, &err), CONSENT_OK);
    CELL(r, "why", "DELETABLE");
    consent_rows_free(r);
    IS(consent_delete_check(p.store, "person-0", NULL, "invoice", &r, &err), CONSENT_OK);
    CELL(r, "why", "RETAINED");
    consent_rows_free(r);
    IS(consent_delete_check(p.store, "person-0", NULL, "moon", &r, &err), CONSENT_E_NOT_FOUND);
    people_free(&p);
}

static void copy_file(const char *from, const char *to) {
    size_t n = 0;
    char *bytes = people_read_file(from, &n);
    FILE *f = fopen(to, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
    free(bytes);
}

static void test_erasure_list_makes_an_old_copy_forget(void **state) {
    (void)state;
    people p, copy;
    consent_rows *r = NULL;
    people_new(&p, STRIDA);
    people_add(&p, 0, 4, 2);
    people_close(&p);
    copy = p;
    snprintf(copy.path, sizeof copy.path, "%s/copy.store", p.folder);
    copy_file(p.path, copy.path);
    people_open(&p);
    for (int i = 1; i < 3; i++) {
        char name[32];
        snprintf(name, sizeof name, "person-%d", i);
        int64_t n = open_kind(&p, name, "delete");
        IS(consent_erase(p.store, name, n, false, &r, &err), CONSENT_OK);
        consent_rows_free(r);
    }
    IS(consent_erasures_export(p.store, &r, &err), CONSENT_OK);
    assert_int_equal(consent_rows_number(r, 0, "erased", -1), 2);
    char *list = strdup(consent_rows_text(r, 0, "list"));
    consent_rows_free(r);
    people_close(&p);
    people_open(&copy);
    int64_t erased = -1;
    IS(consent_subject_get(copy.store, "person-1", &r, &err), CONSENT_OK);
    consent_rows_free(r);
    char *broken = strdup(list);
    char *uid = strchr(strchr(strchr(broken, '\n') + 1, '\n') + 1, '\n') + 1;
    uid[0] = uid[0] == 'a' ? 'b' : 'a';
    IS(consent_erasures_apply(copy.store, broken, NULL, false, &erased, &err), CONSENT_E_SIGNATURE);
    free(broken);
    IS(consent_erasures_apply(copy.store, "nonsense", NULL, false, &erased, &err),
       CONSENT_E_FORMAT);
    IS(consent_erasures_apply(copy.store, list, NULL, true, &erased, &err), CONSENT_OK);
    assert_int_equal(erased, 2);
    IS(consent_subject_get(copy.store, "person-1", &r, &err), CONSENT_E_NOT_FOUND);
    IS(consent_subject_get(copy.store, "person-2", &r, &err), CONSENT_E_NOT_FOUND);
    IS(consent_subject_get(copy.store, "person-3", &r, &err), CONSENT_OK);
    consent_rows_free(r);
    IS(consent_erasures_apply(copy.store, list, NULL, false, &erased, &err), CONSENT_OK);
    assert_int_equal(erased, 0); /* again: nothing */
    (void)people_verify(&copy);
    people_close(&copy);
    /* Another store does not take it. */
    people other;
    people_new(&other, STRIDA);
    IS(consent_erasures_apply(other.store, list, NULL, false, &erased, &err), CONSENT_E_SIGNATURE);
    people_free(&other);
    free(list);
    people_free(&p);
}

/* ---- holds, retention, the end, a change of hands ---- */

static void test_hold_blocks_exactly_its_scope(void **state) {
    (void)state;
    people p;
    consent_rows *r = NULL;
    const char *items[] = {"email"};
    people_new(&p, STRIDA);
    people_add(&p, 0, 2, 0);
    IS(consent_hold_place(p.store, "person-0", "court", items, 1, 0, "case", &r, &err), CONSENT_OK);
    int64_t hold = consent_rows_number(r, 0, "hold", -1);
    CELL(r, "items", "[\"email\"]");
    consent_rows_free(r);
    IS(consent_delete_check(p.store, "person-0", NULL, "email", &r, &err), CONSENT_OK);
    CELL(r, "why", "HELD");
    assert_int_equal(consent_rows_number(r, 0, "hold", -1), hold);
    consent_rows_free(r);
    IS(consent_delete_check(p.store, "person-0", NULL, "workout", &r, &err), CONSENT_OK);
    CELL(r, "why", "DELETABLE");
    consent_rows_free(r);
    int64_t n = open_kind(&p, "person-0", "delete");
    IS(consent_hold_place(p.store, "person-0", "court", NULL, 0, 0, NULL, &r, &err), CONSENT_OK);
    int64_t whole = consent_rows_number(r, 0, "hold", -1);
    consent_rows_free(r);
    IS(consent_cancel_check(p.store, "person-0", NULL, NULL, &r, &err), CONSENT_OK);
    assert_int_equal(consent_rows_number(r, 0, "eligible", -1), 0);
    assert_true(mentions(r, "holds", "court"));
    consent_rows_free(r);
    IS(consent_erase(p.store, "person-0", n, false, &r, &err), CONSENT_E_REFUSED);
    IS(consent_hold_release(p.store, whole, "over", "clerk", &r, &err), CONSENT_OK);
    consent_rows_free(r);
    IS(consent_hold_release(p.store, whole, "over", "clerk", &r, &err), CONSENT_E_STATE);
    IS(consent_hold_release(p.store, 0, "over", "clerk", &r, &err), CONSENT_E_NOT_FOUND);
    IS(consent_erase(p.store, "person-0", n, false, &r, &err), CONSENT_OK);
    assert_true(mentions(r, "outcome", "{\"item\":\"email\",\"reason\":\"hold "));
    consent_rows_free(r);
    /* Of the erased subject the e-mail address is still kept; now it may go. */
    IS(consent_hold_release(p.store, hold, NULL, "clerk", &r, &err), CONSENT_OK);
    consent_rows_free(r);
    IS(consent_hold_release(p.store, hold, NULL, "clerk", &r, &err), CONSENT_E_NOT_FOUND);
    IS(consent_hold_place(p.store, "person-1", "", NULL, 0, 0, NULL, &r, &err), CONSENT_E_ARGUMENT);
    items[0] = "moon";
    IS(consent_hold_place(p.store, "person-1", "court", items, 1, 0, NULL, &r, &err),
       CONSENT_E_NOT_FOUND);
    IS(consent_hold_place(p.store, "person-1", "court", NULL, 0, p.clock, NULL, &r, &err),
       CONSENT_E_ARGUMENT);
    (void)people_verify(&p);
    people_free(&p);
}

static size_t due_items(people *p, const char *item) {
    consent_rows *r = NULL;
    size_t n = 0;
    IS(consent_retention_due(p->store, NULL, 0, &r, &err), CONSENT_OK);
    for (size_t i = 0; i < consent_rows_count(r); i++)
        n += strcmp(consent_rows_text(r, i, "item"), item) == 0;
    consent_rows_free(r);
    return n;
}

static void test_retention_starts_with_its_event_and_ends_after_its_days(void **state) {
    (void)state;
    people p;
    consent_rows *r = NULL;
    people_new(&p, STRIDA);
    people_add(&p, 0, 2, 0);
    assert_int_equal(due_items(&p, "email"), 0);
    fact(&p, "person-0", "account-closed", "true");
    p.clock += 30 * CONSENT__DAY - 1;
    assert_int_equal(due_items(&p, "email"), 0);
    assert_int_equal(due_items(&p, "password-hash"), 1); /* 0 days */
    p.clock += 1;
    assert_int_equal(due_items(&p, "email"), 1);
    IS(consent_retention_due(p.store, NULL, 1, &r, &err), CONSENT_OK);
    assert_int_equal(consent_rows_count(r), 1);
    CELL(r, "subject", "person-0");
    consent_rows_free(r);
    people_free(&p);
}

static void test_service_stopped_denies_and_leaves_tasks(void **state) {
    (void)state;
    people p;
    consent_rows *r = NULL;
    int64_t done = 0, left = 0;
    people_new(&p, STRIDA);
    people_add(&p, 0, 1200, 0);
    IS(consent_service_wind_down(p.store, 0, &done, &left, &err), CONSENT_E_STATE);
    IS(consent_service_stop(p.store, "bankrupt", &err), CONSENT_OK);
    IS(consent_service_stop(p.store, "bankrupt", &err), CONSENT_DONE);
    assert_false(consent_may(p.store, "person-0", "account"));
    IS(consent_service_wind_down(p.store, 500, &done, &left, &err), CONSENT_OK);
    assert_int_equal(done, 500);
    assert_int_equal(left, 700);
    people_close(&p);
    people_open(&p); /* and goes on where it stood */
    IS(consent_service_wind_down(p.store, 0, &done, &left, &err), CONSENT_OK);
    assert_int_equal(done, 700);
    assert_int_equal(left, 0);
    IS(consent_erasure_tasks(p.store, true, &r, &err), CONSENT_OK);
    assert_int_equal(consent_rows_count(r), 2400);
    consent_rows_free(r);
    people_free(&p);
}

static void test_controller_changed_without_the_policy_asks_again(void **state) {
    (void)state;
    people p;
    consent_query *q = NULL;
    consent_answer *a = NULL;
    people_new(&p, STRIDA);
    people_add(&p, 0, 1, 0);
    IS(consent_grant(p.store, "person-0", "newsletter", NULL, &err), CONSENT_OK);
    assert_true(consent_may(p.store, "person-0", "newsletter"));
    IS(consent_controller_change(p.store, "Successor GmbH", true, &err), CONSENT_OK);
    assert_true(consent_may(p.store, "person-0", "newsletter"));
    IS(consent_controller_change(p.store, "Other GmbH", false, &err), CONSENT_OK);
    q = consent_query_new("person-0", "newsletter");
    IS(consent_check(p.store, q, &a, &err), CONSENT_OK);
    assert_int_equal(consent_answer_reason(a), CONSENT_REASON_CONTROLLER_CHANGED);
    consent_answer_free(a);
    consent_query_free(q);
    IS(consent_grant(p.store, "person-0", "newsletter", NULL, &err), CONSENT_OK);
    assert_true(consent_may(p.store, "person-0", "newsletter"));
    IS(consent_controller_change(p.store, "", false, &err), CONSENT_E_ARGUMENT);
    people_free(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_calendar_due_prints_the_days_counted),
        cmocka_unit_test(test_calendar_import_recomputes_what_is_due),
        cmocka_unit_test(test_request_deadline_by_policy_profile_and_day_of_receipt),
        cmocka_unit_test(test_request_moves_need_reasons_and_legal_steps),
        cmocka_unit_test(test_request_is_extended_once_before_it_is_over),
        cmocka_unit_test(test_request_pause_stops_the_clock),
        cmocka_unit_test(test_request_standing_of_who_asks),
        cmocka_unit_test(test_cancel_check_names_every_condition),
        cmocka_unit_test(test_cancel_is_ended_by_a_dispute),
        cmocka_unit_test(test_cancel_is_not_opened_while_a_dispute_is_known),
        cmocka_unit_test(test_cancel_needs_the_agreement_and_eligibility),
        cmocka_unit_test(test_cancel_executed_erases_and_proves_it),
        cmocka_unit_test(test_cancel_waits_for_the_cooling_off_and_keeps_what_law_keeps),
        cmocka_unit_test(test_erase_needs_an_own_request_to_delete),
        cmocka_unit_test(test_delete_check_tells_what_stays),
        cmocka_unit_test(test_erasure_list_makes_an_old_copy_forget),
        cmocka_unit_test(test_hold_blocks_exactly_its_scope),
        cmocka_unit_test(test_retention_starts_with_its_event_and_ends_after_its_days),
        cmocka_unit_test(test_service_stopped_denies_and_leaves_tasks),
        cmocka_unit_test(test_controller_changed_without_the_policy_asks_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
