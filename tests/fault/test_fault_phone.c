/* SPDX-License-Identifier: Apache-2.0 */
/* Versions and receipts of another store coming in, and versions leaving, while things fail. */
#include "sweep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* 2024-02-01, before anything the sweep records */
#define THEN INT64_C(1706745600000000)

static char *statement, *grant, *withdrawal, *other_key;

static consent_status export_version(sweep_world *w, consent_error **err) {
    return consent_policy_export_signed(w->store, "small", "1.0", &w->rows, err);
}

static consent_status import_version(sweep_world *w, consent_error **err) {
    return consent_policy_import_signed(w->store, statement, strlen(statement), other_key, &w->rows,
                                        err);
}

static consent_status take(sweep_world *w, const char *receipt, consent_error **err) {
    return consent_receipt_import(w->store, receipt, strlen(receipt), other_key, SWEEP_ALICE, NULL,
                                  &w->rows, err);
}

static consent_status take_grant(sweep_world *w, consent_error **err) {
    return take(w, grant, err);
}

static consent_status verify_grant(sweep_world *w, consent_error **err) {
    return consent_receipt_verify(grant, strlen(grant), other_key, &w->rows, err);
}

static int is_good(sweep_world *w, consent_status status) {
    if (status != CONSENT_OK || consent_rows_number(w->rows, 0, "ok", -1) == 1)
        return 0;
    fprintf(stderr, "  a good receipt is bad: %s\n", consent_rows_text(w->rows, 0, "why"));
    return 1;
}

/* Alice agreed later than that: it is kept as evidence. */
static consent_status take_withdrawal(sweep_world *w, consent_error **err) {
    return take(w, withdrawal, err);
}

static int is_evidence(sweep_world *w, consent_status status) {
    if (status != CONSENT_OK || (consent_rows_number(w->rows, 0, "stands", 1) == 0 &&
                                 consent_may(w->store, SWEEP_ALICE, "newsletter")))
        return 0;
    fprintf(stderr, "  an older act changed what stands\n");
    return 1;
}

/* ---- the other store, made by a process of its own ---- */

static int64_t clock_then(void *user) {
    (void)user;
    return THEN;
}

static void put(const char *folder, const char *name, const consent_rows *rows,
                const char *column) {
    char path[FOLDER_MAX];
    const char *text = consent_rows_text(rows, 0, column);
    if (!text)
        _exit(1);
    folder_path(folder, name, path);
    folder_write(path, text, strlen(text));
}

static void decide(consent_store *s, const char *folder, const char *name, int32_t decision) {
    consent_rows *rows = NULL, *receipt = NULL;
    consent_act *act = consent_act_new("me", decision, "newsletter");
    if (consent_record(s, act, &rows, NULL) < 0 ||
        consent_receipt_issue(s, consent_rows_number(rows, 0, "event", -1), &receipt, NULL) < 0)
        _exit(1);
    put(folder, name, receipt, "receipt");
    consent_rows_free(rows);
    consent_rows_free(receipt);
    consent_act_free(act);
}

static void make_other(const char *folder) {
    char path[FOLDER_MAX];
    const uint8_t key[32] = {9};
    consent_options *options = consent_options_new();
    consent_store *s = NULL;
    consent_rows *rows = NULL;
    folder_path(folder, "other.db", path);
    consent_options_set_clock(options, clock_then, NULL);
    if (consent_options_set_key(options, key, sizeof key, NULL) < 0 ||
        consent_store_create(path, options, &s, NULL) < 0)
        _exit(1);
    folder_path(CONSENT_SOURCE_DIR, "tests/data/bundles/small-1.json", path);
    if (consent_policy_import_file(s, path, NULL) < 0 ||
        consent_policy_publish(s, "small", "1.0", NULL) < 0 ||
        consent_subject_add(s, "me", "1990-05-17", NULL) < 0 ||
        consent_policy_export_signed(s, "small", "1.0", &rows, NULL) < 0)
        _exit(1);
    put(folder, "statement", rows, "statement");
    put(folder, "key", rows, "key");
    consent_rows_free(rows);
    decide(s, folder, "grant", CONSENT_DECISION_GRANTED);
    decide(s, folder, "withdrawal", CONSENT_DECISION_WITHDRAWN);
    consent_store_free(s);
    consent_options_free(options);
}

static char *made(const char *folder, const char *name) {
    char path[FOLDER_MAX];
    size_t n;
    folder_path(folder, name, path);
    return folder_read(path, &n);
}

int main(void) {
    static const sweep_row rows[] = {
        {"export a version", SWEEP_LIVE, .call = export_version, .reads = true},
        {"import a signed version", SWEEP_FRESH, .call = import_version},
        {"import a signed version that is a draft", SWEEP_DRAFT, .call = import_version},
        {"verify a receipt", SWEEP_LIVE, .call = verify_grant, .reads = true, .check = is_good},
        {"take in a grant", SWEEP_LIVE, .call = take_grant, .check = is_evidence},
        {"take in a withdrawal that comes late", SWEEP_LIVE, .call = take_withdrawal,
         .check = is_evidence},
    };
    char folder[FOLDER_MAX];
    int status = 1;
    folder_new(folder);
    pid_t child = fork(); /* SQLite and the counters of this process are the sweep's */
    if (child == 0) {
        make_other(folder);
        _exit(0);
    }
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
        fprintf(stderr, "the other store cannot be made\n");
        return 1;
    }
    statement = made(folder, "statement");
    grant = made(folder, "grant");
    withdrawal = made(folder, "withdrawal");
    other_key = made(folder, "key");
    int rc = sweep_main("phone", rows, sizeof rows / sizeof *rows);
    free(statement);
    free(grant);
    free(withdrawal);
    free(other_key);
    folder_remove(folder);
    return rc;
}
