/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sweep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit.h"
#include "fault.h"

#define NOW INT64_C(1790000000000000) /* 2026-09-21 */

static sweep_world world;
static char templates[FOLDER_MAX]; /* one store file for each start */
static uint8_t digests[SWEEP_STARTS][32];
static int64_t limit; /* indexes tried of each kind and mode; 0: all, -1: see limit_for */
static int64_t calls, came;

/* ---- the world ---- */

static int64_t clock_fixed(void *user) {
    (void)user;
    return NOW;
}

static void good(consent_status status, consent_error *err, const char *what) {
    if (status == CONSENT_OK || status == CONSENT_DONE)
        return;
    fprintf(stderr, "%s: %s: %s\n", what, consent_status_name(status), consent_error_message(err));
    abort();
}
#define GOOD(call)                                                                                 \
    do {                                                                                           \
        consent_error *e = NULL;                                                                   \
        consent_status status_ = (call);                                                           \
        good(status_, e, #call);                                                                   \
    } while (0)

static consent_options *options_new(void) {
    consent_options *o = consent_options_new();
    consent_options_set_clock(o, clock_fixed, NULL);
    consent_options_set_random(o, fault_random, NULL);
    consent_options_set_memory(o, fault_memory, NULL);
    consent_options_set_wait(o, 20);
    return o;
}

static void world_new(void) {
    static const uint8_t key[32] = {7};
    char path[FOLDER_MAX];
    folder_new(world.folder);
    folder_path(world.folder, "s.db", world.path);
    folder_path(world.folder, "s.key", world.key_path);
    folder_path(world.folder, "extra", world.extra);
    world.options = options_new();
    world.options_bytes = options_new();
    GOOD(consent_options_set_key_file(world.options, world.key_path, &e));
    GOOD(consent_options_set_key(world.options_bytes, key, sizeof key, &e));
    folder_path(CONSENT_SOURCE_DIR, "tests/data/bundles/small-1.json", path);
    world.small1 = folder_read(path, &world.small1_size);
    folder_path(CONSENT_SOURCE_DIR, "tests/data/bundles/small-2.json", path);
    world.small2 = folder_read(path, &world.small2_size);
    folder_path(CONSENT_SOURCE_DIR, "tests/data/small-profile.json", path);
    world.profile = folder_read(path, &world.profile_size);
}

static void world_free(void) {
    consent_options_free(world.options);
    consent_options_free(world.options_bytes);
    free(world.small1);
    free(world.small2);
    free(world.profile);
    folder_remove(world.folder);
    folder_remove(templates);
}

static void say(const char *recipient, int32_t decision, int32_t cls, const char *key) {
    consent_act *act = consent_act_new(SWEEP_ALICE, decision, "offers");
    (void)consent_act_set_recipient(act, recipient);
    (void)consent_act_set_class(act, cls);
    (void)consent_act_set_idempotency(act, key);
    GOOD(consent_record(world.store, act, NULL, &e));
    consent_act_free(act);
}

static void fill_live(void) {
    GOOD(consent_policy_publish(world.store, "small", "1.0", &e));
    GOOD(consent_subject_add(world.store, SWEEP_ALICE, "1990-05-17", &e));
    GOOD(consent_subject_add(world.store, SWEEP_BOB, NULL, &e));
    GOOD(consent_grant(world.store, SWEEP_ALICE, "newsletter", NULL, &e));
    GOOD(consent_refuse(world.store, SWEEP_BOB, "newsletter", NULL, &e));
    say(NULL, CONSENT_DECISION_GRANTED, CONSENT_CLASS_GENERAL, NULL);
    say("partner", CONSENT_DECISION_GRANTED, CONSENT_CLASS_SEPARATE, "first");
}

static void fill_family(void) {
    consent_rows *owed = NULL;
    GOOD(consent_subject_add(world.store, SWEEP_DORA, "2015-03-04", &e));
    GOOD(consent_subject_add(world.store, SWEEP_EMIL, "2016-07-08", &e));
    GOOD(consent_subject_add(world.store, SWEEP_PHONE, NULL, &e));
    GOOD(consent_grant(world.store, SWEEP_PHONE, "offers", NULL, &e));
    GOOD(consent_guardian_link(world.store, SWEEP_DORA, SWEEP_ALICE, NULL, "document-check", NULL,
                               0, &e));
    GOOD(consent_fact_put(world.store, SWEEP_ALICE, "balance", "100", "bank", CONSENT_OBSERVED_NOW,
                          &e));
    GOOD(consent_object(world.store, SWEEP_ALICE, NULL, "newsletter", NULL, &e));
    GOOD(consent_restrict(world.store, SWEEP_ALICE, "email", NULL, &e));
    GOOD(consent_grant(world.store, SWEEP_BOB, "offers", NULL, &e));
    GOOD(consent_withdraw(world.store, SWEEP_BOB, "offers", NULL, &e));
    GOOD(consent_obligation_list(world.store, SWEEP_BOB, true, &owed, &e));
    world.obligation = consent_rows_number(owed, 0, "obligation", -1);
    consent_rows_free(owed);
}

static void template_path(sweep_start start, bool key, char out[FOLDER_MAX]) {
    char name[16];
    (void)snprintf(name, sizeof name, "%d.%s", (int)start, key ? "key" : "db");
    folder_path(templates, name, out);
}

static void fill_leaving(void) {
    consent_rows *rows = NULL;
    consent_request *q = consent_request_new(SWEEP_ALICE, "delete");
    GOOD(consent_request_open(world.store, q, &rows, &e));
    world.request = consent_rows_number(rows, 0, "request", -1);
    consent_rows_free(rows);
    consent_request_free(q);
    GOOD(consent_cancel_open(world.store, SWEEP_ALICE, NULL, NULL, NULL, NULL, &rows, &e));
    consent_rows_free(rows);
}

/* The version comes into force after everybody was there. */
static void fill_told(void) {
    char *text = strdup(world.small2), *year = strstr(text, "\"2026-06-01");
    assert_non_null(year);
    memcpy(year, "\"2030", 5);
    GOOD(consent_policy_import(world.store, text, world.small2_size, &e));
    GOOD(consent_policy_publish(world.store, "small", "2.0", &e));
    free(text);
}

/* small 1.0 under another key, with retention. */
static char *due_bundle(void) {
    static const char *const cuts[] = {"\"policy\": \"small\"", "\"items\": [",
                                       "\"key\": \"email\","};
    static const char *const puts[] = {
        "\"policy\": \"due\"",
        /* in brackets: clang takes strings side by side in a list for a forgotten comma */
        ("\"items\": "
         "[{\"key\":\"fax\",\"title\":{\"en\":\"Fax\"},\"category\":\"contact\",\"sensitive\":"
         "false,\"identifies\":\"alone\",\"sections\":[\"s1\"],\"retention\":{\"until\":\"fact:"
         "gone\",\"days\":0,\"then\":\"restrict\"}},"),
        ("\"key\":\"email\",\"retention\":{\"until\":\"fact:gone\",\"days\":0,\"then\":\"delete\"}"
         ",")};
    char *out = calloc(1, world.small1_size + 1024);
    const char *from = world.small1;
    for (size_t i = 0; out != NULL && i < sizeof cuts / sizeof *cuts; i++) {
        const char *at = strstr(from, cuts[i]);
        if (at == NULL)
            abort();
        strncat(out, from, (size_t)(at - from));
        strcat(out, puts[i]);
        from = at + strlen(cuts[i]);
    }
    if (out == NULL)
        abort();
    strcat(out, from);
    return out;
}

static void fill_incident(int64_t *number) {
    static const char *const contents[] = {"what-happened", "measures", "self-protection",
                                           "remedies"};
    consent_rows *rows = NULL;
    GOOD(consent_incident_open(world.store, "small", "leak", "a disk is gone", 0, NULL, 0, &rows,
                               &e));
    *number = consent_rows_number(rows, 0, "incident", -1);
    consent_rows_free(rows);
    for (size_t i = 0; i < 4; i++) {
        GOOD(consent_incident_describe(world.store, *number, contents[i], "words", &rows, &e));
        consent_rows_free(rows);
    }
    GOOD(consent_incident_report(world.store, *number, "office", 0, NULL, &rows, &e));
    consent_rows_free(rows);
}

static void fill_duties(void) {
    const char *dora[] = {SWEEP_DORA};
    char *bundle = due_bundle();
    GOOD(consent_policy_import(world.store, bundle, strlen(bundle), &e));
    GOOD(consent_policy_publish(world.store, "due", "1.0", &e));
    free(bundle);
    GOOD(
        consent_fact_put(world.store, SWEEP_BOB, "gone", "true", "host", CONSENT_OBSERVED_NOW, &e));
    GOOD(consent_retention_extend(world.store, SWEEP_ALICE, "fax", NOW + INT64_C(86400000000),
                                  "a lawsuit", NULL, &e));
    fill_incident(&world.incident);
    fill_incident(&world.complete);
    GOOD(consent_incident_affect(world.store, world.incident, dora, 1, NULL, &e));
}

static void templates_new(void) {
    sweep_start start;
    char path[FOLDER_MAX];
    folder_new(templates);
    for (start = SWEEP_FRESH; start < SWEEP_STARTS; start++) {
        folder_empty(world.folder);
        GOOD(consent_store_create(world.path, world.options, &world.store, &e));
        if (start >= SWEEP_DRAFT)
            GOOD(consent_policy_import(world.store, world.small1, world.small1_size, &e));
        if (start >= SWEEP_LIVE)
            fill_live();
        if (start == SWEEP_NEXT)
            GOOD(consent_policy_import(world.store, world.small2, world.small2_size, &e));
        if (start >= SWEEP_FAMILY)
            fill_family();
        if (start >= SWEEP_GUARDED)
            GOOD(consent_guardian_verify(world.store, SWEEP_DORA, SWEEP_ALICE, NULL, "desk", NULL,
                                         NULL, &e));
        if (start >= SWEEP_LEAVING)
            fill_leaving();
        if (start == SWEEP_TOLD)
            fill_told();
        if (start == SWEEP_DUTIES)
            fill_duties();
        assert_int_equal(audit_store(world.store, world.path), 0);
        consent_store_free(world.store);
        world.store = NULL;
        assert_true(audit_digest(world.path, digests[start]));
        template_path(start, false, path);
        folder_copy(world.path, path);
        template_path(start, true, path);
        folder_copy(world.key_path, path);
    }
}

static void world_begin(const sweep_row *row) {
    char path[FOLDER_MAX];
    folder_empty(world.folder);
    if (row->start != SWEEP_NOTHING) {
        template_path(row->start, false, path);
        folder_copy(path, world.path);
        template_path(row->start, true, path);
        folder_copy(path, world.key_path);
        folder_write(world.extra, world.small1, world.small1_size);
    }
    if (!row->closed)
        GOOD(consent_store_open(world.path, world.options, &world.store, &e));
    world.rows = NULL;
    world.number = -1;
}

static void world_end(void) {
    consent_rows_free(world.rows);
    world.rows = NULL;
    consent_store_free(world.store);
    world.store = NULL;
}

/* ---- what is right after a failure ---- */

static bool status_fits(fault_kind kind, consent_status s) {
    switch (kind) {
    case FAULT_MEMORY:
    case FAULT_GUARDED:
        return s == CONSENT_E_MEMORY;
    case FAULT_RANDOM:
        return s == CONSENT_E_RANDOM;
    case FAULT_FULL:
    case FAULT_SYSTEM_FULL:
        return s == CONSENT_E_FULL;
    case FAULT_OPEN:
        return s == CONSENT_E_OPEN;
    case FAULT_LOCK:
    case FAULT_SHM_LOCK:
        return s == CONSENT_E_IO || s == CONSENT_E_BUSY;
    case FAULT_SYSTEM:
        return s == CONSENT_E_IO || s == CONSENT_E_OPEN;
    case FAULT_ACCESS: /* whether there is a log to recover cannot be told */
        return s == CONSENT_E_IO || s == CONSENT_E_OPEN;
    default:
        return s == CONSENT_E_IO;
    }
}

static int wrong(const char *what) {
    fprintf(stderr, "  %s\n", what);
    return 1;
}

static int check_error(fault_kind kind, consent_status status, const consent_error *err) {
    const char *message = consent_error_message(err);
    int findings = 0;
    if (err == NULL)
        return wrong("a failure without an error object");
    if (!status_fits(kind, status)) {
        fprintf(stderr, "  %s: %s: %s (%d)\n", consent_status_name(status),
                consent_error_operation(err), message, consent_error_code(err));
        findings += wrong("not the status for this");
    }
    if (consent_error_status(err) != status && consent_error_status(err) != CONSENT_E_MEMORY)
        findings += wrong("the error is of another status");
    if (message[0] == '\0' || consent_error_operation(err)[0] == '\0')
        findings += wrong("the error says nothing");
    if (strstr(message, "person-") != NULL || strstr(message, "example.org") != NULL)
        findings += wrong("the error names a person");
    return findings;
}

static int check_unchanged(const sweep_row *row) {
    uint8_t now[32];
    int findings = 0;
    if (row->start == SWEEP_NOTHING)
        return folder_count(world.folder) == 0 ? 0 : wrong("files were left behind");
    if (audit_integrity(world.path) != 0)
        findings += wrong("the file is damaged");
    if (!audit_digest(world.path, now) || memcmp(now, digests[row->start], 32) != 0)
        findings += wrong("a failure changed something");
    return findings;
}

/* With the library's own verifier, beside the audit. */
static int verify(const sweep_row *row) {
    consent_rows *found = NULL;
    consent_error *err = NULL;
    int findings = 0;
    size_t i;
    if (world.store == NULL || row->closes || calls % 8 != 0) /* it costs more than all the rest */
        return 0;
    if (consent_ledger_verify(world.store, NULL, NULL, &found, &err) != CONSENT_OK) {
        fprintf(stderr, "  %s\n", consent_error_message(err));
        findings++;
    }
    for (i = 0; i < consent_rows_count(found); i++) {
        fprintf(stderr, "  %s: %s\n", consent_rows_text(found, i, "what"),
                consent_rows_text(found, i, "message"));
        findings++;
    }
    consent_rows_free(found);
    consent_error_free(err);
    return findings;
}

static int check_success(const sweep_row *row, consent_status status, const consent_error *err) {
    uint8_t now[32];
    int findings = 0;
    bool same;
    if (status != CONSENT_OK && status != CONSENT_DONE) {
        fprintf(stderr, "  %s: %s\n", consent_status_name(status), consent_error_message(err));
        return wrong("the call does not work");
    }
    if (err != NULL)
        findings += wrong("a success with an error object");
    if (world.store != NULL && !row->closes && audit_store(world.store, world.path) != 0)
        findings += wrong("the store does not hold together");
    if (row->start == SWEEP_NOTHING)
        return findings;
    if (verify(row) != 0)
        findings += wrong("the ledger does not verify");
    same = audit_digest(world.path, now) && memcmp(now, digests[row->start], 32) == 0;
    if (same != row->reads)
        findings += wrong(same ? "a success changed nothing" : "a reader changed something");
    return findings;
}

/* SQLite takes a short read for the end of the file and goes on with zeros, also in its cache. What
 * the library sees is a disk that lies: it owes an answer without a crash and an error that is
 * sane, and nothing more can be asked of it. */
static int check_lying_disk(consent_status status, const consent_error *err) {
    int findings = 0;
    if (status == CONSENT_OK || status == CONSENT_DONE)
        return 0;
    if (err == NULL) {
        fprintf(stderr, "  %s\n", consent_status_name(status));
        findings += wrong("a failure without an error object");
    } else if (consent_error_status(err) != status ||
               strstr(consent_error_message(err), "person-") != NULL)
        findings += wrong("the error is not sane");
    if (world.rows != NULL || world.number != -1)
        findings += wrong("an output is set after a failure");
    return findings;
}

/* ---- one call ---- */

typedef struct live {
    int64_t library, json, sqlite;
} live;

static live live_now(void) {
    return (live){fault_live_library(), fault_live_json(), fault_live_sqlite()};
}

static int check_live(live before) {
    live now = live_now();
    if (now.library == before.library && now.json == before.json && now.sqlite == before.sqlite)
        return 0;
    fprintf(stderr, "  library %+lld, cJSON %+lld, SQLite %+lld\n",
            (long long)(now.library - before.library), (long long)(now.json - before.json),
            (long long)(now.sqlite - before.sqlite));
    return wrong("memory is lost");
}

static bool is_good(consent_status status) {
    return status == CONSENT_OK || status == CONSENT_DONE;
}

/* Disarmed: what the failure left, and that the same call works now. */
static int check_after(const sweep_row *row, fault_kind kind, consent_status status,
                       consent_error *err) {
    consent_error *again_err = NULL;
    consent_status again;
    int findings = 0;
    if (is_good(status)) {
        findings += check_success(row, status, err);
        return findings + (row->check != NULL ? row->check(&world, status) : 0);
    }
    findings += check_error(kind, status, err);
    if (world.rows != NULL || world.number != -1)
        findings += wrong("an output is set after a failure");
    findings += check_unchanged(row);
    if (row->check != NULL)
        findings += row->check(&world, status);
    if (row->closes)
        return findings;
    again = row->call(&world, &again_err);
    findings += check_success(row, again, again_err);
    if (row->check != NULL)
        findings += row->check(&world, again);
    consent_error_free(again_err);
    return findings;
}

/* index -1: nothing fails, only counts. *n operations were seen. */
static int sweep_one(const sweep_row *row, fault_kind kind, int64_t index, bool on, int64_t *n,
                     live before) {
    consent_error *err = NULL;
    consent_status status;
    int findings;
    world_begin(row);
    if (index < 0)
        fault_count(kind);
    else
        fault_arm(kind, index, on);
    status = row->call(&world, &err);
    *n = fault_disarm();
    calls++;
    came += fault_came();
    if (!fault_came() && !is_good(status)) {
        fprintf(stderr, "  %s: %s\n", consent_status_name(status), consent_error_message(err));
        findings = wrong("it failed although nothing was made to fail");
    } else if (kind == FAULT_SHORT_READ && fault_came())
        findings = check_lying_disk(status, err);
    else
        findings = check_after(row, kind, status, err);
    consent_error_free(err);
    world_end();
    findings += check_live(before);
    if (findings != 0)
        fprintf(stderr, "%s: %s %lld of %lld%s\n", row->name, fault_name(kind), (long long)index,
                (long long)*n, on ? " and all after it" : "");
    return findings;
}

/* How many indexes of each mode are tried; 0: all. */
static int64_t limit_for(const sweep_row *row, fault_kind kind) {
    if (limit >= 0)
        return limit;
    return row->reads || kind == FAULT_SHORT_READ ? 60 : kind == FAULT_MEMORY ? 150 : 0;
}

/* The first write opens the connection that writes: the same allocations in every row, of which
 * only each OPENING_STEPS-th step is tried. */
#define OPENING 1900
#define OPENING_STEPS 10

static int64_t opening_of(const sweep_row *row, fault_kind kind, int64_t n) {
    bool opens = kind == FAULT_MEMORY && !row->reads && !row->closed;
    return opens && n > OPENING ? OPENING : 0;
}

static int sweep_kind(const sweep_row *row, fault_kind kind, live before) {
    int64_t n = 0, seen, step, i;
    int findings = sweep_one(row, kind, -1, false, &n, before), mode;
    const int64_t opening = opening_of(row, kind, n);
    step = limit_for(row, kind);
    step = step > 0 && n - opening > step ? (n - opening) / step : 1;
    for (mode = 0; mode < 2; mode++)
        for (i = mode * (step / 2); i < n && findings < 5;
             i += i < opening ? step * OPENING_STEPS : step)
            findings += sweep_one(row, kind, i, mode == 1, &seen, before);
    return findings;
}

static void sweep_row_test(void **state) {
    const sweep_row *row = *state;
    int findings = 0, kind;
    int64_t n = 0;
    live before;
    /* once for what SQLite keeps for good, such as its tables of functions */
    (void)sweep_one(row, FAULT_MEMORY, -1, false, &n, live_now());
    before = live_now();
    for (kind = 0; kind < FAULT_KINDS; kind++)
        findings += sweep_kind(row, (fault_kind)kind, before);
    assert_int_equal(findings, 0);
}

static int64_t limit_of_run(void) {
    const char *text = getenv("CONSENT_FAULT_LIMIT");
    if (text != NULL)
        return strtoll(text, NULL, 10);
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return 40; /* each call costs some ten times as much */
#else
    return getenv("QUICK") != NULL ? 2 : -1;
#endif
}

int sweep_main(const char *group, const sweep_row *rows, size_t count) {
    struct CMUnitTest tests[64];
    size_t i;
    int failed;
    fault_install();
    fault_install_system();
    limit = limit_of_run();
    if (count > sizeof tests / sizeof *tests)
        return 1;
    world_new();
    templates_new();
    for (i = 0; i < count; i++)
        tests[i] = (struct CMUnitTest){rows[i].name, sweep_row_test, NULL, NULL,
                                       (void *)(uintptr_t)&rows[i]};
    failed = _cmocka_run_group_tests(group, tests, count, NULL, NULL);
    printf("%s: %lld calls, %lld with a failure\n", group, (long long)calls, (long long)came);
    world_free();
    return failed;
}
