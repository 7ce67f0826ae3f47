/* SPDX-License-Identifier: Apache-2.0 */
/* A body that was lost is not a body that was erased: whoever tells something refuses, and names
 * the event where it can be known, in every form that the damage may take. */
#include "api_fixture.h"
#include "tamper.h"

enum { ANN_GRANTS, ANN_WITHDRAWS, BEN_GRANTS, PLACES };

typedef struct damage {
    fixture *f;
    int64_t seq[PLACES];
} damage;

static consent_status erase(fixture *f, const char *who) {
    consent_rows *rows = NULL;
    consent_request *q = consent_request_new(who, "delete");
    assert_int_equal(consent_request_open(f->store, q, &rows, NULL), CONSENT_OK);
    int64_t n = consent_rows_number(rows, 0, "request", -1);
    consent_request_free(q);
    consent_rows_free(rows);
    rows = NULL;
    consent_status st = consent_erase(f->store, who, n, false, &rows, NULL);
    consent_rows_free(rows);
    return st;
}

/* Cleo is erased between what ann and ben say; then ann goes on. */
static int setup(void **state) {
    damage *d = calloc(1, sizeof *d);
    void *f = NULL;
    if (!d || api_setup(&f) != 0)
        return -1;
    d->f = f;
    api_publish(d->f, (variant){0});
    static const char *const ids[] = {"ann", "ben", "cleo"};
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(consent_subject_add(d->f->store, ids[i], "1990-05-17", NULL), CONSENT_OK);
    d->seq[ANN_GRANTS] =
        api_say(d->f, consent_act_new("ann", CONSENT_DECISION_GRANTED, "mail"), CONSENT_OK);
    api_say(d->f, consent_act_new("cleo", CONSENT_DECISION_GRANTED, "mail"), CONSENT_OK);
    d->seq[BEN_GRANTS] =
        api_say(d->f, consent_act_new("ben", CONSENT_DECISION_GRANTED, "mail"), CONSENT_OK);
    assert_int_equal(erase(d->f, "cleo"), CONSENT_OK);
    d->f->now += DAY;
    d->seq[ANN_WITHDRAWS] =
        api_say(d->f, consent_act_new("ann", CONSENT_DECISION_WITHDRAWN, "mail"), CONSENT_OK);
    d->f->now += DAY;
    api_say(d->f, consent_act_new("ann", CONSENT_DECISION_GRANTED, "ads"), CONSENT_OK);
    *state = d;
    return 0;
}

static int teardown(void **state) {
    damage *d = *state;
    void *f = d->f;
    free(d);
    return api_teardown(&f);
}

static const char *const how[] = {
    "UPDATE event_body SET subject = NULL, box = NULL WHERE seq = %lld",
    "DELETE FROM event_body WHERE seq = %lld",
    "PRAGMA ignore_check_constraints = ON; UPDATE event_body SET box = NULL WHERE seq = %lld",
};
#define HOW (sizeof how / sizeof how[0])

static void lose(damage *d, size_t form, int64_t seq) {
    char sql[200];
    consent_store_free(d->f->store);
    snprintf(sql, sizeof sql, how[form], (long long)seq);
    tamper_with(d->f->path, sql);
    assert_int_equal(consent_store_open(d->f->path, d->f->options, &d->f->store, NULL), CONSENT_OK);
}

static int32_t sink(const void *bytes, size_t n, void *user) {
    char *all = user;
    size_t at = strlen(all);
    if (at + n < 65536) {
        memcpy(all + at, bytes, n);
        all[at + n] = '\0';
    }
    return 0;
}

static int32_t file(const char *name, const void *bytes, size_t n, void *user) {
    (void)name;
    return sink(bytes, n, user);
}

/* Refused as damage, with the number of the event in the message (-1: of none in particular). */
static void refused(consent_status st, consent_error *err, int64_t seq, const char *what) {
    char number[32];
    snprintf(number, sizeof number, "event %lld ", (long long)seq);
    if (st != CONSENT_E_CORRUPT)
        fail_msg("%s: %s, %s", what, consent_status_name(st), consent_error_message(err));
    if (strstr(consent_error_message(err), "was erased") ||
        (seq >= 0 && !strstr(consent_error_message(err), number)))
        fail_msg("%s: %s", what, consent_error_message(err));
    consent_error_free(err);
}

static const char *const formats[] = {"json", "kantara", "iso27560", "dpv", "csv"};

static void everything_refuses(damage *d, const char *owner, int64_t seq) {
    static char told[65536];
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        for (int one = 0; one < 2; one++) {
            consent_error *err = NULL;
            int64_t n = 0;
            told[0] = '\0';
            consent_status st =
                consent_export(d->f->store, one ? owner : NULL, formats[i], sink, told, &n, &err);
            refused(st, err, seq, formats[i]);
        }
    for (int one = 0; one < 2; one++) {
        consent_error *err = NULL;
        consent_rows *rows = NULL;
        told[0] = '\0';
        consent_status st =
            consent_evidence_export(d->f->store, one ? owner : NULL, file, told, &rows, &err);
        refused(st, err, seq, "evidence");
        assert_null(rows);
        assert_string_equal(told, ""); /* before anything was given out */
    }
    consent_error *err = NULL;
    consent_rows *rows = NULL;
    consent_status st = consent_history(d->f->store, owner, &rows, &err);
    refused(st, err, seq, "history");
}

static void test_damage_is_never_told_as_erasure(void **state) {
    (void)state;
    for (size_t form = 0; form < HOW; form++)
        for (int place = 0; place < PLACES; place++) {
            void *fresh = NULL;
            assert_int_equal(setup(&fresh), 0);
            damage *d = fresh;
            lose(d, form, d->seq[place]);
            /* One stub too many before an erasure that took some: which of them is not known. */
            int64_t named = form == 0 && place != ANN_WITHDRAWS ? -1 : d->seq[place];
            everything_refuses(d, place == BEN_GRANTS ? "ben" : "ann", named);
            consent_error *err = NULL;
            consent_rows *rows = NULL;
            consent_status st = consent_receipt_issue(d->f->store, d->seq[place], &rows, &err);
            if (form == 0) { /* looks as an erasure leaves it: both are said */
                assert_int_equal(st, CONSENT_E_STATE);
                assert_non_null(strstr(consent_error_message(err), "lost"));
                consent_error_free(err);
            } else {
                refused(st, err, d->seq[place], "receipt");
            }
            teardown(&fresh);
        }
}

/* The withdrawal is lost: what held two days ago is not answered without it. */
static void test_damage_stops_answers_about_the_past(void **state) {
    damage *d = *state;
    consent_answer *a = NULL;
    consent_error *err = NULL;
    lose(d, 0, d->seq[ANN_WITHDRAWS]);
    consent_query *q = consent_query_new("ann", "mail");
    consent_query_set_at(q, T0 + DAY + SECOND);
    consent_status st = consent_check(d->f->store, q, &a, &err);
    consent_query_free(q);
    refused(st, err, d->seq[ANN_WITHDRAWS], "check");
    assert_null(a);
    assert_int_equal(api_reason(d->f, "ann", "mail", NULL), CONSENT_REASON_WITHDRAWN);
}

/* Without damage all is told, and what was erased as erased. */
static void test_damage_is_not_seen_where_there_is_none(void **state) {
    damage *d = *state;
    static char told[65536];
    int64_t n = 0;
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        told[0] = '\0';
        assert_int_equal(consent_export(d->f->store, NULL, formats[i], sink, told, &n, NULL),
                         CONSENT_OK);
        assert_int_equal(consent_export(d->f->store, "ann", formats[i], sink, told, &n, NULL),
                         CONSENT_OK);
    }
    told[0] = '\0';
    assert_int_equal(consent_export(d->f->store, NULL, "json", sink, told, &n, NULL), CONSENT_OK);
    int erased = 0;
    for (const char *p = told; (p = strstr(p, "\"state\":\"erased\"")); p++)
        erased++;
    assert_int_equal(erased, 6); /* registered, granted, the request and its three moves */
}

/* An export that calls "erased" more than its erasures took makes no store of evidence. */
static void test_damage_in_an_export_is_not_imported(void **state) {
    damage *d = *state;
    static char told[65536];
    char path[128];
    int64_t n = 0;
    consent_error *err = NULL;
    consent_store *e = NULL;
    told[0] = '\0';
    assert_int_equal(consent_export(d->f->store, NULL, "json", sink, told, &n, NULL), CONSENT_OK);
    /* Ben's grant, told as erased, without the signature of the whole. */
    char wanted[64];
    snprintf(wanted, sizeof wanted, "\"seq\":%lld,\"type\":\"event\"",
             (long long)d->seq[BEN_GRANTS]);
    char *at = strstr(told, wanted);
    assert_non_null(at);
    char *line = at;
    while (line[-1] != '\n')
        line--;
    char *body = strstr(line, "\"body\":"), *commitment = strstr(line, "\"commitment\":");
    memmove(body, commitment, strlen(commitment) + 1);
    char *nonce = strstr(line, "\"nonce\":"), *seq = strstr(line, wanted);
    memmove(nonce, seq, strlen(seq) + 1);
    char *type = strstr(line, "\"type\":\"event\""), state_of[] = "\"state\":\"erased\",";
    memmove(type + strlen(state_of), type, strlen(type) + 1);
    memcpy(type, state_of, strlen(state_of));
    char *note = strstr(told, ",\"note\":\""), *end = strstr(note, ",\"type\":\"end\"");
    memmove(note, end, strlen(end) + 1);
    snprintf(path, sizeof path, "%s/x.json", d->f->folder);
    FILE *f = fopen(path, "w");
    fputs(told, f);
    fclose(f);
    snprintf(path, sizeof path, "%s/e.store", d->f->folder);
    char from[128];
    snprintf(from, sizeof from, "%s/x.json", d->f->folder);
    consent_status st = consent_evidence_import(path, d->f->options, from, NULL, &e, &err);
    assert_null(e);
    refused(st, err, -1, "import");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_damage_is_never_told_as_erasure),
        cmocka_unit_test_setup_teardown(test_damage_stops_answers_about_the_past, setup, teardown),
        cmocka_unit_test_setup_teardown(test_damage_is_not_seen_where_there_is_none, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_damage_in_an_export_is_not_imported, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
