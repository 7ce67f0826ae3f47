/* SPDX-License-Identifier: Apache-2.0 */
/* A phone's store and a backend's, with a clock each. */
#ifndef CONSENT_TESTS_API_PAIR_H
#define CONSENT_TESTS_API_PAIR_H

#include "api_fixture.h"

typedef struct pair {
    fixture *phone, *backend;
    char *phone_key, *backend_key;
} pair;

static inline char *pair_key(fixture *f) {
    consent_rows *rows = NULL;
    assert_int_equal(consent_ledger_key(f->store, &rows, NULL), CONSENT_OK);
    char *key = strdup(consent_rows_text(rows, consent_rows_count(rows) - 1, "key"));
    consent_rows_free(rows);
    return key;
}

/* "me" on the phone is "ann" at the backend. */
static inline int pair_setup(void **state) {
    pair *p = calloc(1, sizeof *p);
    if (!p || api_setup((void **)&p->phone) != 0 || api_setup((void **)&p->backend) != 0)
        return -1;
    p->phone_key = pair_key(p->phone);
    p->backend_key = pair_key(p->backend);
    *state = p;
    return consent_subject_add(p->phone->store, "me", "1990-05-17", NULL) == CONSENT_OK &&
                   consent_subject_add(p->backend->store, "ann", "1990-05-17", NULL) == CONSENT_OK
               ? 0
               : -1;
}

static inline int pair_teardown(void **state) {
    pair *p = *state;
    void *phone = p->phone, *backend = p->backend;
    int rc = api_teardown(&phone) | api_teardown(&backend);
    free(p->phone_key);
    free(p->backend_key);
    free(p);
    return rc;
}

static inline void pair_at(pair *p, int64_t now) {
    p->phone->now = p->backend->now = now;
}

static inline char *pair_export(fixture *f, const char *version) {
    consent_rows *rows = NULL;
    consent_error *err = NULL;
    if (consent_policy_export_signed(f->store, "p", version, &rows, &err) != CONSENT_OK)
        fail_msg("export: %s", consent_error_message(err));
    char *out = strdup(consent_rows_text(rows, 0, "statement"));
    consent_rows_free(rows);
    return out;
}

static inline consent_status pair_import(fixture *f, const char *statement, const char *key) {
    return consent_policy_import_signed(f->store, statement, strlen(statement), key, NULL, NULL);
}

/* Publishes at the backend and takes it to the phone. */
static inline void pair_publish(pair *p, variant v) {
    api_publish(p->backend, v);
    char *s = pair_export(p->backend, v.version ? v.version : "1");
    assert_int_equal(pair_import(p->phone, s, p->backend_key), CONSENT_OK);
    free(s);
}

static inline char *pair_receipt(fixture *f, int64_t event) {
    consent_rows *rows = NULL;
    assert_int_equal(consent_receipt_issue(f->store, event, &rows, NULL), CONSENT_OK);
    char *out = strdup(consent_rows_text(rows, 0, "receipt"));
    consent_rows_free(rows);
    return out;
}

/* Says one thing and gives the receipt of it. */
static inline char *pair_say(fixture *f, const char *who, int32_t decision, const char *purpose) {
    consent_act *act = consent_act_new(who, decision, purpose);
    int64_t event = api_say(f, act, CONSENT_OK);
    return pair_receipt(f, event);
}

/* Takes a receipt in; subject NULL: by binding. *stands may be NULL. */
static inline consent_status pair_take(fixture *f, const char *receipt, const char *key,
                                       const char *subject, bool *stands) {
    consent_rows *rows = NULL;
    consent_error *err = NULL;
    consent_status st =
        consent_receipt_import(f->store, receipt, strlen(receipt), key, subject, NULL, &rows, &err);
    assert_int_equal(st < 0, rows == NULL);
    assert_int_equal(st < 0, err != NULL);
    if (err)
        assert_null(strstr(consent_error_message(err), "ann")); /* never the subject */
    if (stands)
        *stands = consent_rows_number(rows, 0, "stands", 0) != 0;
    consent_rows_free(rows);
    consent_error_free(err);
    return st;
}

/* Both files are as they should be. */
static inline void pair_sound(fixture *f) {
    consent_rows *rows = NULL;
    assert_int_equal(consent_ledger_verify(f->store, NULL, NULL, &rows, NULL), CONSENT_OK);
    for (size_t i = 0; i < consent_rows_count(rows); i++)
        fail_msg("ledger: %s", consent_rows_text(rows, i, "message"));
    consent_rows_free(rows);
    rows = NULL;
    assert_int_equal(consent_store_examine(f->store, NULL, NULL, NULL, &rows, NULL), CONSENT_OK);
    for (size_t i = 0; i < consent_rows_count(rows); i++)
        fail_msg("doctor: %s", consent_rows_text(rows, i, "message"));
    consent_rows_free(rows);
}

#endif
