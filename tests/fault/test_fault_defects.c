/* SPDX-License-Identifier: Apache-2.0 */
/* What the sweeps and the kills found once, each defect by its name: the sweeps visit the same
 * places, but only in passing, and fewer of them in quick mode. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "audit.h"
#include "fault.h"
#include "folder.h"
#include "seal/seal.h"
#include "tamper.h"

#include <consent/consent.h>

#define NOW INT64_C(1790000000000000) /* 2026-09-21 */
#define ALICE "person-alice@example.org"
#define MOST 6000    /* more operations than any call here has */
#define OPENING 1900 /* those of a first write that open the connection that writes */

typedef struct world {
    char folder[FOLDER_MAX], path[FOLDER_MAX], key_path[FOLDER_MAX];
    consent_options *options;
    consent_store *store;
} world;

static int64_t clock_fixed(void *user) {
    (void)user;
    return NOW;
}

static void world_open(world *w) {
    assert_int_equal(consent_store_open(w->path, w->options, &w->store, NULL), CONSENT_OK);
}

static void world_close(world *w) {
    assert_true(consent_store_close(w->store, NULL) >= 0);
    consent_store_free(w->store);
    w->store = NULL;
}

/* A folder without a store, and the options to make one with a key file. */
static void world_empty(world *w) {
    memset(w, 0, sizeof *w);
    folder_new(w->folder);
    folder_path(w->folder, "s.db", w->path);
    folder_path(w->folder, "s.key", w->key_path);
    w->options = consent_options_new();
    consent_options_set_clock(w->options, clock_fixed, NULL);
    consent_options_set_random(w->options, fault_random, NULL);
    consent_options_set_memory(w->options, fault_memory, NULL);
    consent_options_set_cache(w->options, 0); /* every read opens the state again */
    assert_int_equal(consent_options_set_key_file(w->options, w->key_path, NULL), CONSENT_OK);
}

static consent_act *act_new(void) {
    consent_act *act = consent_act_new(ALICE, CONSENT_DECISION_GRANTED, "offers");
    assert_non_null(act);
    assert_int_equal(consent_act_set_idempotency(act, "first"), CONSENT_OK);
    return act;
}

static void world_begin(world *w) {
    char path[FOLDER_MAX];
    size_t n;
    world_empty(w);
    assert_int_equal(consent_store_create(w->path, w->options, &w->store, NULL), CONSENT_OK);
    folder_path(CONSENT_SOURCE_DIR, "tests/data/bundles/small-1.json", path);
    char *text = folder_read(path, &n);
    assert_int_equal(consent_policy_import(w->store, text, n, NULL), CONSENT_OK);
    free(text);
    assert_int_equal(consent_policy_publish(w->store, "small", "1.0", NULL), CONSENT_OK);
    assert_int_equal(consent_subject_add(w->store, ALICE, "1990-05-17", NULL), CONSENT_OK);
    consent_act *act = act_new();
    assert_int_equal(consent_record(w->store, act, NULL, NULL), CONSENT_OK);
    consent_act_free(act);
}

static void world_end(world *w) {
    if (w->store)
        world_close(w);
    consent_options_free(w->options);
    folder_remove(w->folder);
}

static int64_t ledger_size(world *w) {
    consent_rows *rows = NULL;
    assert_int_equal(consent_ledger_head(w->store, &rows, NULL), CONSENT_OK);
    const int64_t size = consent_rows_number(rows, 0, "size", -1);
    consent_rows_free(rows);
    assert_true(size > 0);
    return size;
}

static void assert_told(consent_status status, consent_error *err, consent_status want) {
    assert_int_equal(status, want);
    assert_non_null(err);
    assert_int_equal(consent_error_status(err), want);
    assert_true(consent_error_message(err)[0] != '\0');
    consent_error_free(err);
}

/* ROLLBACK asked for memory that was not there, and the handle stayed within its transaction. */
static void test_a_write_without_memory_leaves_the_handle_usable(void **state) {
    world w;
    consent_status status = CONSENT_E_MEMORY;
    int64_t n;
    (void)state;
    world_begin(&w);
    for (n = 0; status != CONSENT_OK; n += n < OPENING ? 20 : 1) {
        assert_true(n < MOST);
        world_close(&w); /* statements are prepared anew: that is what asked for memory */
        world_open(&w);
        fault_arm(FAULT_MEMORY, n, true);
        status = consent_refuse(w.store, ALICE, "newsletter", NULL, NULL);
        (void)fault_disarm();
        if (status != CONSENT_OK)
            assert_int_equal(consent_grant(w.store, ALICE, "newsletter", NULL, NULL), CONSENT_OK);
    }
    assert_true(n > 10);
    assert_int_equal(audit_store(w.store, w.path), 0);
    world_end(&w);
}

/* The act stood in the ledger, but its row found no memory and the call said CONSENT_E_MEMORY. */
static void test_an_act_called_a_failure_was_not_recorded(void **state) {
    world w;
    bool done = false;
    int64_t n;
    (void)state;
    world_begin(&w);
    for (n = 0; !done; n++) {
        consent_act *act = consent_act_new(ALICE, CONSENT_DECISION_REFUSED, "newsletter");
        consent_rows *rows = NULL;
        const int64_t before = ledger_size(&w);
        assert_true(n < MOST);
        fault_arm(FAULT_MEMORY, n, false);
        const consent_status status = consent_record(w.store, act, &rows, NULL);
        (void)fault_disarm();
        done = !fault_came();
        consent_act_free(act);
        assert_int_equal(ledger_size(&w), before + (status == CONSENT_OK));
        assert_true((status == CONSENT_OK) == (rows != NULL));
        consent_rows_free(rows);
    }
    assert_true(n > 10);
    world_end(&w);
}

/* A store that was made and could not be opened stayed behind, with a key nobody was told of. */
static consent_status create_once(fault_kind kind, int64_t n, int64_t *total) {
    world w;
    world_empty(&w);
    if (n < 0)
        fault_count(kind);
    else
        fault_arm(kind, n, true);
    const consent_status status = consent_store_create(w.path, w.options, &w.store, NULL);
    *total = fault_disarm();
    if (status != CONSENT_OK)
        assert_null(w.store);
    else
        world_close(&w);
    assert_int_equal(folder_count(w.folder), status == CONSENT_OK ? 2 : 0); /* store and key */
    world_end(&w);
    return status;
}

/* Every operation among the last 200, where the new store is opened, and one of 50 before. */
static void create_under(fault_kind kind) {
    int64_t n, total = 0, ignored;
    assert_int_equal(create_once(kind, -1, &total), CONSENT_OK);
    for (n = 0; n < total; n += n < total - 200 ? 50 : 1)
        (void)create_once(kind, n, &ignored);
}

static void test_a_creation_that_fails_leaves_nothing_behind(void **state) {
    (void)state;
    create_under(FAULT_MEMORY);
    create_under(FAULT_OPEN);
    create_under(FAULT_SHM_MAP);
}

/* Closing the new file met a failure: its log stayed beside the store. */
static void test_a_creation_leaves_no_log_of_its_own_behind(void **state) {
    (void)state;
    create_under(FAULT_DELETE);
    create_under(FAULT_TRUNCATE);
}

/* A status without an error object. */
static void test_a_missing_first_event_of_an_idempotency_key_is_told(void **state) {
    world w;
    consent_error *err = NULL;
    consent_rows *rows = NULL;
    (void)state;
    world_begin(&w);
    world_close(&w);
    tamper_with(w.path, "DELETE FROM event_body WHERE seq IN (SELECT seq FROM idem);"
                        "DELETE FROM event WHERE seq IN (SELECT seq FROM idem)");
    world_open(&w);
    consent_act *act = act_new();
    const consent_status status = consent_record(w.store, act, &rows, &err);
    consent_act_free(act);
    assert_null(rows);
    assert_told(status, err, CONSENT_E_CORRUPT);
    world_end(&w);
}

static void test_a_missing_head_is_told(void **state) {
    world w;
    consent_error *err = NULL;
    (void)state;
    world_begin(&w);
    world_close(&w);
    tamper_with(w.path, "DELETE FROM head");
    world_open(&w);
    const consent_status status = consent_refuse(w.store, ALICE, "newsletter", NULL, &err);
    assert_told(status, err, CONSENT_E_CORRUPT);
    world_end(&w);
}

/* A state whose lists found no memory was called damaged. */
static void test_a_state_without_memory_is_not_called_damaged(void **state) {
    world w;
    bool done = false;
    int64_t n;
    (void)state;
    world_begin(&w);
    for (int i = 0; i < 100; i++) { /* lists that need memory of their own */
        char fact[16];
        (void)snprintf(fact, sizeof fact, "fact-%d", i);
        assert_int_equal(
            consent_fact_put(w.store, ALICE, fact, "100", "bank", CONSENT_OBSERVED_NOW, NULL),
            CONSENT_OK);
    }
    for (n = 0; !done; n++) {
        consent_rows *rows = NULL;
        assert_true(n < MOST);
        world_close(&w); /* memory kept from one call to the next would do */
        world_open(&w);
        fault_arm(FAULT_MEMORY, n, false);
        const consent_status status = consent_decision_list(w.store, ALICE, &rows, NULL);
        (void)fault_disarm();
        done = !fault_came();
        if (done)
            assert_int_equal(status, CONSENT_OK);
        if (status != CONSENT_OK)
            assert_int_equal(status, CONSENT_E_MEMORY);
        consent_rows_free(rows);
    }
    assert_true(n > 3);
    world_end(&w);
}

/* The number of an event that was never committed was given out. */
static void claim_under(world *w, fault_kind kind) {
    bool done = false;
    int64_t n, failures = 0;
    for (n = 0; !done; n++) {
        int64_t event = 12345;
        const int64_t before = ledger_size(w);
        assert_true(n < MOST);
        fault_arm(kind, n, true);
        const consent_status status =
            consent_deidentified_claim(w->store, NULL, "offers", "partner", NULL, 0, "k-anonymity",
                                       CONSENT_OBSERVED_NOW, "desk", &event, NULL);
        (void)fault_disarm();
        done = !fault_came();
        if (done)
            assert_int_equal(status, CONSENT_OK);
        if (status != CONSENT_OK) {
            failures++;
            assert_int_equal(event, -1);
        } else {
            assert_int_equal(event, before);
        }
        assert_int_equal(ledger_size(w), before + (status == CONSENT_OK));
    }
    assert_true(failures > 0);
}

static void test_a_claim_whose_commit_fails_has_no_event(void **state) {
    world w;
    (void)state;
    world_begin(&w);
    claim_under(&w, FAULT_WRITE);
    claim_under(&w, FAULT_FULL);
    world_end(&w);
}

/* A process that ended while it made the key file left an empty one, and no store could be made
 * there any more. Here the kernel ends it at the first byte: no file may grow. */
static void test_a_process_killed_in_a_key_file_leaves_none(void **state) {
    static const uint8_t key[CONSENT__KEY] = {7};
    const consent__cx cx = {.env = &consent__env_default};
    world w;
    int how = 0;
    (void)state;
    world_empty(&w);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        const struct rlimit none = {0, 0};
        (void)signal(SIGXFSZ, SIG_DFL);
        if (setrlimit(RLIMIT_FSIZE, &none) != 0)
            _exit(2);
        (void)consent__key_file_create(&cx, w.key_path, key);
        _exit(1);
    }
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFSIGNALED(how) && WTERMSIG(how) == SIGXFSZ);
    assert_false(folder_has(w.key_path));
    assert_int_equal(consent_store_create(w.path, w.options, &w.store, NULL), CONSENT_OK);
    world_end(&w);
}

/* The size of the signed head and, in `key`, by which key it is signed. */
static int64_t head_of(const world *w, char key[300]) {
    consent_rows *rows = NULL;
    assert_int_equal(consent_ledger_head(w->store, &rows, NULL), CONSENT_OK);
    int64_t size = consent_rows_number(rows, 0, "size", -1);
    (void)snprintf(key, 300, "%s", consent_rows_text(rows, 0, "key"));
    consent_rows_free(rows);
    return size;
}

static size_t last_key(const world *w, char key[300]) {
    consent_rows *rows = NULL;
    assert_int_equal(consent_ledger_key(w->store, &rows, NULL), CONSENT_OK);
    size_t n = consent_rows_count(rows);
    (void)snprintf(key, 300, "%s", consent_rows_text(rows, n - 1, "key"));
    consent_rows_free(rows);
    return n;
}

/* The commit of a new log key failed after a checkpoint had been signed by it: heads from memory
 * went on being signed by a key that was never in the log. */
static void test_a_log_key_that_was_not_committed_signs_nothing(void **state) {
    world w;
    char head[300], known[300];
    int64_t n, failures = 0;
    bool done = false;
    (void)state;
    world_begin(&w);
    world_close(&w);
    consent_options_set_checkpoints(w.options, 1, 0, false);
    world_open(&w);
    for (n = 0; !done; n++) {
        assert_true(n < MOST);
        assert_int_equal(consent_grant(w.store, ALICE, "newsletter", NULL, NULL), CONSENT_OK);
        const int64_t size = head_of(&w, head); /* from now on the head comes from memory */
        const size_t keys = last_key(&w, known);
        assert_int_equal(head_of(&w, head), size);
        assert_string_equal(head, known);
        fault_arm(FAULT_WRITE, n, true);
        const consent_status status = consent_ledger_rekey(w.store, NULL);
        (void)fault_disarm();
        done = !fault_came();
        failures += status != CONSENT_OK;
        assert_int_equal(head_of(&w, head), size + (status == CONSENT_OK));
        assert_int_equal(last_key(&w, known), keys + (status == CONSENT_OK));
        assert_string_equal(head, known);
    }
    assert_true(failures > 2);
    assert_int_equal(audit_store(w.store, w.path), 0);
    world_end(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_write_without_memory_leaves_the_handle_usable),
        cmocka_unit_test(test_an_act_called_a_failure_was_not_recorded),
        cmocka_unit_test(test_a_creation_that_fails_leaves_nothing_behind),
        cmocka_unit_test(test_a_creation_leaves_no_log_of_its_own_behind),
        cmocka_unit_test(test_a_missing_first_event_of_an_idempotency_key_is_told),
        cmocka_unit_test(test_a_missing_head_is_told),
        cmocka_unit_test(test_a_state_without_memory_is_not_called_damaged),
        cmocka_unit_test(test_a_claim_whose_commit_fails_has_no_event),
        cmocka_unit_test(test_a_process_killed_in_a_key_file_leaves_none),
        cmocka_unit_test(test_a_log_key_that_was_not_committed_signs_nothing),
    };
    fault_install();
    fault_install_system();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
