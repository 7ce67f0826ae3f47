/* SPDX-License-Identifier: Apache-2.0 */
/* Several processes of several threads write to one store: nothing is lost, nothing is numbered
 * twice, one idempotency key is one event. Closing while others are at work, freeing on another
 * thread, and a handle that crosses a fork. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <consent/consent.h>

#include "audit.h"
#include "folder.h"

#define PROCESSES 2
#define THREADS 4
#define ACTS 12 /* of each thread */

typedef struct crowd {
    char folder[FOLDER_MAX], path[FOLDER_MAX];
    consent_store *store;
} crowd;

static consent_store *open_store(const char *path, bool create) {
    static const uint8_t key[32] = {9};
    consent_options *o = consent_options_new();
    consent_store *store = NULL;
    consent_error *err = NULL;
    consent_status status = consent_options_set_key(o, key, sizeof key, NULL);
    consent_options_set_wait(o, 60000);
    if (status == CONSENT_OK)
        status = create ? consent_store_create(path, o, &store, &err)
                        : consent_store_open(path, o, &store, &err);
    if (status != CONSENT_OK)
        fprintf(stderr, "%s\n", consent_error_message(err));
    consent_error_free(err);
    consent_options_free(o);
    return store;
}

static int setup(void **state) {
    static crowd c;
    char path[FOLDER_MAX];
    int i;
    folder_new(c.folder);
    folder_path(c.folder, "s.db", c.path);
    c.store = open_store(c.path, true);
    assert_non_null(c.store);
    folder_path(CONSENT_SOURCE_DIR, "tests/data/bundles/small-1.json", path);
    assert_int_equal(consent_policy_import_file(c.store, path, NULL), CONSENT_OK);
    assert_int_equal(consent_policy_publish(c.store, "small", "1.0", NULL), CONSENT_OK);
    for (i = 0; i < THREADS; i++) {
        char id[16];
        (void)snprintf(id, sizeof id, "p%d", i);
        assert_int_equal(consent_subject_add(c.store, id, "1990-01-02", NULL), CONSENT_OK);
    }
    *state = &c;
    return 0;
}

static int teardown(void **state) {
    crowd *c = *state;
    consent_store_free(c->store);
    c->store = NULL;
    folder_remove(c->folder);
    return 0;
}

static int64_t size_of(consent_store *store) {
    consent_rows *head = NULL;
    int64_t size = -1;
    if (consent_ledger_head(store, &head, NULL) == CONSENT_OK)
        size = consent_rows_number(head, 0, "size", -1);
    consent_rows_free(head);
    return size;
}

typedef struct writer {
    consent_store *store;
    int number, failures;
    int64_t keyed; /* event that the common key answered */
    pthread_t thread;
} writer;

static void say(writer *w, const char *key, int64_t *out) {
    consent_act *act = consent_act_new("p0", CONSENT_DECISION_GRANTED, "offers");
    consent_rows *rows = NULL;
    consent_error *err = NULL;
    consent_status status;
    (void)consent_act_set_idempotency(act, key);
    status = consent_record(w->store, act, &rows, &err);
    if (status != CONSENT_OK && status != CONSENT_DONE) {
        fprintf(stderr, "%s\n", consent_error_message(err));
        w->failures++;
    }
    *out = consent_rows_number(rows, 0, "event", -1);
    consent_rows_free(rows);
    consent_error_free(err);
    consent_act_free(act);
}

static void *write_some(void *user) {
    writer *w = user;
    char id[16];
    int64_t seen = 0;
    int i;
    (void)snprintf(id, sizeof id, "p%d", w->number);
    say(w, "the same for all", &w->keyed);
    for (i = 0; i < ACTS; i++) {
        int64_t event = -1, size;
        if (consent_grant(w->store, id, "newsletter", &event, NULL) != CONSENT_OK)
            w->failures++;
        if (!consent_may(w->store, id, "newsletter"))
            w->failures++;
        size = size_of(w->store);
        if (size <= event || size < seen) /* what was acknowledged is there, and stays */
            w->failures++;
        seen = size;
    }
    return NULL;
}

/* Failures of all threads; every thread got the same event for the common key. */
static int run_threads(consent_store *store, int64_t *out_keyed) {
    writer w[THREADS];
    int failures = 0, i;
    memset(w, 0, sizeof w);
    for (i = 0; i < THREADS; i++) {
        w[i].store = store;
        w[i].number = i;
        if (pthread_create(&w[i].thread, NULL, write_some, &w[i]) != 0)
            return 1000;
    }
    for (i = 0; i < THREADS; i++) {
        (void)pthread_join(w[i].thread, NULL);
        failures += w[i].failures + (w[i].keyed != w[0].keyed);
    }
    *out_keyed = w[0].keyed;
    return failures;
}

static void test_store_is_gapless_written_by_many_processes(void **state) {
    crowd *c = *state;
    int64_t before = size_of(c->store), keyed = -1;
    pid_t pids[PROCESSES];
    int i;
    consent_store_free(c->store); /* fork first, then open */
    c->store = NULL;
    for (i = 0; i < PROCESSES; i++) {
        pids[i] = fork();
        assert_true(pids[i] >= 0);
        if (pids[i] == 0) {
            consent_store *store = open_store(c->path, false);
            int failures = store == NULL ? 1 : run_threads(store, &keyed);
            if (store != NULL && consent_store_close(store, NULL) != CONSENT_OK)
                failures++;
            consent_store_free(store);
            _exit(failures == 0 && keyed >= 0 ? 0 : 1);
        }
    }
    for (i = 0; i < PROCESSES; i++) {
        int status = 0;
        assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    c->store = open_store(c->path, false);
    assert_non_null(c->store);
    assert_int_equal(size_of(c->store), before + PROCESSES * THREADS * ACTS + 1);
    assert_int_equal(audit_store(c->store, c->path), 0);
}

static void test_store_closes_while_in_use(void **state) {
    crowd *c = *state;
    writer w[THREADS];
    int i;
    memset(w, 0, sizeof w);
    for (i = 0; i < THREADS; i++) {
        w[i].store = c->store;
        w[i].number = i;
        assert_int_equal(pthread_create(&w[i].thread, NULL, write_some, &w[i]), 0);
    }
    assert_int_equal(consent_store_close(c->store, NULL), CONSENT_OK);
    for (i = 0; i < THREADS; i++) /* their calls end, well or with CONSENT_E_CLOSED */
        (void)pthread_join(w[i].thread, NULL);
    assert_int_equal(consent_grant(c->store, "p0", "newsletter", NULL, NULL), CONSENT_E_CLOSED);
    assert_int_equal(consent_store_close(c->store, NULL), CONSENT_DONE);
    consent_store_free(c->store);
    c->store = open_store(c->path, false);
    assert_non_null(c->store);
    assert_int_equal(audit_store(c->store, c->path), 0);
}

static void *free_it(void *user) {
    consent_store_free(user);
    return NULL;
}

static void test_store_is_freed_on_another_thread(void **state) {
    crowd *c = *state;
    consent_rows *rows = NULL;
    pthread_t thread;
    assert_int_equal(consent_subject_list(c->store, 0, 0, &rows, NULL), CONSENT_OK);
    assert_int_equal(pthread_create(&thread, NULL, free_it, c->store), 0);
    (void)pthread_join(thread, NULL);
    c->store = NULL;
    assert_int_equal(consent_rows_count(rows), THREADS); /* what came from it stays */
    assert_string_equal(consent_rows_text(rows, 0, "subject"), "p0");
    consent_rows_free(rows);
}

/* SQLite's locks do not cross a fork: the handle, and the file, are refused in the child. */
static void test_store_is_refused_across_fork(void **state) {
    crowd *c = *state;
    int status = 0;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        consent_status wrote = consent_grant(c->store, "p0", "newsletter", NULL, NULL);
        consent_rows *rows = NULL;
        consent_status listed = consent_subject_list(c->store, 0, 0, &rows, NULL);
        consent_store_free(c->store); /* takes no lock of the parent's away */
        _exit(wrote == CONSENT_E_STATE && listed == CONSENT_E_STATE && rows == NULL ? 0 : 1);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_int_equal(consent_grant(c->store, "p0", "newsletter", NULL, NULL), CONSENT_OK);
    assert_int_equal(audit_store(c->store, c->path), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_store_is_gapless_written_by_many_processes, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_store_closes_while_in_use, setup, teardown),
        cmocka_unit_test_setup_teardown(test_store_is_freed_on_another_thread, setup, teardown),
        cmocka_unit_test_setup_teardown(test_store_is_refused_across_fork, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
