/* SPDX-License-Identifier: Apache-2.0 */
/* Copies while others write, restored copies, and files that are taken away, copied or run full. */
#include "api_fixture.h"

#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <sys/mount.h>

static void add(consent_store *store, const char *form, int from, int to) {
    char id[32];
    for (int i = from; i < to; i++) {
        snprintf(id, sizeof id, form, i);
        assert_int_equal(consent_subject_add(store, id, "1990-01-01", NULL), CONSENT_OK);
    }
}

static consent_store *open_at(fixture *f, const char *path) {
    consent_store *store = NULL;
    consent_error *err = NULL;
    if (consent_store_open(path, f->options, &store, &err) != CONSENT_OK)
        fail_msg("open %s: %s", path, consent_error_message(err));
    return store;
}

static char *note_of(consent_store *store, int64_t *size) {
    consent_rows *rows = NULL;
    assert_int_equal(consent_ledger_head(store, &rows, NULL), CONSENT_OK);
    char *note = strdup(consent_rows_text(rows, 0, "checkpoint"));
    *size = consent_rows_number(rows, 0, "size", -1);
    consent_rows_free(rows);
    return note;
}

/* The only finding, "" when there is none; the doctor must have none. */
static void expect_verified(consent_store *store, const char *note, const char *what) {
    consent_verification *how = consent_verification_new();
    consent_rows *rows = NULL;
    if (note)
        assert_int_equal(consent_verification_set_checkpoint(how, note, strlen(note), NULL, NULL),
                         CONSENT_OK);
    assert_int_equal(consent_ledger_verify(store, how, NULL, &rows, NULL), CONSENT_OK);
    for (size_t i = 0; i < consent_rows_count(rows); i++)
        print_message("  %s: %s\n", consent_rows_text(rows, i, "what"),
                      consent_rows_text(rows, i, "message"));
    assert_int_equal(consent_rows_count(rows), *what ? 1 : 0);
    if (*what)
        assert_string_equal(consent_rows_text(rows, 0, "what"), what);
    consent_rows_free(rows);
    consent_verification_free(how);
    assert_int_equal(consent_store_examine(store, NULL, NULL, NULL, &rows, NULL), CONSENT_OK);
    assert_int_equal(consent_rows_count(rows), 0);
    consent_rows_free(rows);
}

static int files_in(const char *folder) {
    DIR *dir = opendir(folder);
    int n = 0;
    for (const struct dirent *e; (e = readdir(dir)) != NULL;)
        n += e->d_name[0] != '.';
    closedir(dir);
    return n;
}

/* ---- backup ---- */

typedef struct writer {
    consent_store *store;
    _Atomic int stop;
    int written;
} writer;

static void *write_on(void *user) {
    writer *w = user;
    char id[32];
    while (!w->stop) {
        snprintf(id, sizeof id, "busy-%d", w->written);
        if (consent_subject_add(w->store, id, NULL, NULL) != CONSENT_OK)
            break;
        w->written++;
    }
    return NULL;
}

static void test_backup_while_others_write_is_whole(void **state) {
    fixture *f = *state;
    char path[160];
    pthread_t thread;
    add(f->store, "person-%d", 0, 100);
    writer w = {.store = open_at(f, f->path)};
    assert_int_equal(pthread_create(&thread, NULL, write_on, &w), 0);
    for (int i = 0; i < 5; i++) {
        consent_error *err = NULL;
        struct stat st;
        snprintf(path, sizeof path, "%s.copy%d", f->path, i);
        if (consent_store_backup(f->store, path, &err) != CONSENT_OK)
            fail_msg("backup: %s", consent_error_message(err));
        assert_int_equal(stat(path, &st), 0);
        assert_int_equal(st.st_mode & 07777, 0600);
        consent_store *copy = open_at(f, path);
        expect_verified(copy, NULL, "");
        consent_store_free(copy);
    }
    w.stop = 1;
    pthread_join(thread, NULL);
    assert_true(w.written > 0);
    consent_store_free(w.store);
    expect_verified(f->store, NULL, "");
    assert_int_equal(consent_store_backup(f->store, path, NULL), CONSENT_E_EXISTS);
    assert_int_equal(consent_store_backup(f->store, "no/such/folder/x", NULL), CONSENT_E_OPEN);
    assert_int_equal(consent_store_backup(f->store, "", NULL), CONSENT_E_ARGUMENT);
}

/* ---- restore ---- */

static void test_restore_goes_on_under_another_name(void **state) {
    fixture *f = *state;
    char backup[160], restored[160], again[160];
    int64_t size = 0, later = 0, now = 0;
    snprintf(backup, sizeof backup, "%s.backup", f->path);
    snprintf(restored, sizeof restored, "%s.restored", f->path);
    snprintf(again, sizeof again, "%s.again", f->path);
    add(f->store, "person-%d", 0, 300);
    char *note = note_of(f->store, &size);
    assert_int_equal(consent_store_backup(f->store, backup, NULL), CONSENT_OK);
    add(f->store, "late-%d", 0, 3);
    char *late = note_of(f->store, &later);
    assert_int_equal(later, size + 3);

    assert_int_equal(consent_store_restore(backup, restored, f->options, NULL), CONSENT_OK);
    consent_store *store = open_at(f, restored);
    assert_string_equal(consent_store_id(store), consent_store_id(f->store));
    char *own = note_of(store, &now);
    assert_int_equal(now, size + 1); /* store.restored */
    assert_non_null(strstr(own, "/2\n"));
    assert_null(strstr(note, "/2\n"));
    expect_verified(store, NULL, "");
    expect_verified(store, own, "");
    expect_verified(store, note, ""); /* signed before the backup: the same events */
    add(store, "new-%d", 0, 10);
    expect_verified(store, late, "ROLLED_BACK"); /* of events that the backup did not have */
    expect_verified(f->store, late, "");
    expect_verified(f->store, own, "WRONG_KEY"); /* the first store is not the second */
    consent_store_free(store);

    /* A restored copy can be backed up and restored like any other. */
    assert_int_equal(consent_store_restore(restored, again, f->options, NULL), CONSENT_OK);
    store = open_at(f, again);
    expect_verified(store, own, "");
    expect_verified(store, note, "");
    consent_rows *rows = NULL;
    assert_int_equal(consent_key_show(store, &rows, NULL), CONSENT_OK);
    assert_int_equal(consent_rows_number(rows, 0, "generation", 0), 3);
    consent_rows_free(rows);
    consent_store_free(store);

    store = open_at(f, backup); /* is as it was */
    free(own);
    own = note_of(store, &now);
    assert_int_equal(now, size);
    consent_store_free(store);
    free(own);
    free(note);
    free(late);
}

static void test_restore_that_fails_leaves_nothing(void **state) {
    fixture *f = *state;
    char backup[160], path[160];
    uint8_t key[32] = {9};
    snprintf(backup, sizeof backup, "%s.backup", f->path);
    snprintf(path, sizeof path, "%s.restored", f->path);
    assert_int_equal(consent_store_backup(f->store, backup, NULL), CONSENT_OK);
    int files = files_in(f->folder);
    consent_options *wrong = consent_options_new();
    assert_int_equal(consent_options_set_key(wrong, key, 32, NULL), CONSENT_OK);
    assert_int_equal(consent_store_restore(backup, path, wrong, NULL), CONSENT_E_KEY);
    consent_options_free(wrong);
    assert_int_equal(consent_store_restore(backup, f->path, f->options, NULL), CONSENT_E_EXISTS);
    assert_int_equal(consent_store_restore("nothing", path, f->options, NULL), CONSENT_E_OPEN);
    assert_int_equal(consent_store_restore("/etc/passwd", path, f->options, NULL),
                     CONSENT_E_NOT_STORE);
    assert_int_equal(consent_store_restore(backup, "no/such/x", f->options, NULL), CONSENT_E_OPEN);
    assert_int_equal(consent_store_restore(NULL, path, f->options, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_store_restore(backup, path, NULL, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(files_in(f->folder), files);
}

/* ---- what happens to files ---- */

static void test_file_removed_or_replaced_is_told_at_the_next_write(void **state) {
    fixture *f = *state;
    char aside[160];
    consent_error *err = NULL;
    snprintf(aside, sizeof aside, "%s.aside", f->path);
    assert_int_equal(rename(f->path, aside), 0);
    assert_int_equal(consent_subject_add(f->store, "li.na", NULL, &err), CONSENT_E_OPEN);
    assert_non_null(strstr(consent_error_message(err), "removed or moved"));
    consent_error_free(err);
    FILE *file = fopen(f->path, "w");
    fclose(file);
    assert_int_equal(consent_subject_add(f->store, "li.na", NULL, &err), CONSENT_E_OPEN);
    assert_non_null(strstr(consent_error_message(err), "another file"));
    consent_error_free(err);
    unlink(f->path);
    assert_int_equal(rename(aside, f->path), 0); /* back again: as if nothing had been */
    assert_int_equal(consent_subject_add(f->store, "li.na", NULL, NULL), CONSENT_OK);
    expect_verified(f->store, NULL, "");
}

/* cp of a closed store, and both are used: each is whole, and a checkpoint tells them apart. */
static void test_file_copied_and_both_opened_are_two_stores(void **state) {
    fixture *f = *state;
    char copy[160], command[400];
    int64_t size = 0;
    add(f->store, "person-%d", 0, 20);
    consent_store_free(f->store);
    snprintf(copy, sizeof copy, "%s.copy", f->path);
    snprintf(command, sizeof command, "cp -p '%s' '%s'", f->path, copy);
    assert_int_equal(system(command), 0);
    f->store = open_at(f, f->path);
    consent_store *other = open_at(f, copy);
    for (int i = 0; i < 10; i++) {
        add(f->store, "mine-%d", i, i + 1);
        add(other, "theirs-%d", i, i + 1);
    }
    char *note = note_of(f->store, &size);
    expect_verified(f->store, note, "");
    expect_verified(other, NULL, "");
    expect_verified(other, note, "FORKED");
    free(note);
    consent_store_free(other);
}

static void test_file_on_a_full_disk_loses_nothing(void **state) {
    fixture *f = *state;
    char disk[160], path[200], full[200], id[32];
    consent_store *store = NULL;
    consent_status st = CONSENT_OK;
    int added = 0;
    snprintf(disk, sizeof disk, "%s.disk", f->path);
    assert_int_equal(mkdir(disk, 0700), 0);
    if (mount("tmpfs", disk, "tmpfs", 0, "size=1m") != 0) {
        print_message("no small disk to be had: %s\n", strerror(errno));
        skip();
    }
    snprintf(path, sizeof path, "%s/a.store", disk);
    snprintf(full, sizeof full, "%s/copy", disk);
    assert_int_equal(consent_store_create(path, f->options, &store, NULL), CONSENT_OK);
    while (st == CONSENT_OK && added < 20000) {
        snprintf(id, sizeof id, "person-%d", added);
        st = consent_subject_add(store, id, NULL, NULL);
        added += st == CONSENT_OK;
    }
    assert_int_equal(st, CONSENT_E_FULL);
    assert_int_equal(consent_store_backup(store, full, NULL), CONSENT_E_FULL);
    assert_int_equal(access(full, F_OK), -1);
    consent_rows *rows = NULL;
    int64_t subjects = 0;
    assert_int_equal(consent_store_examine(store, NULL, NULL, &subjects, &rows, NULL), CONSENT_OK);
    assert_int_equal(subjects, added);
    consent_rows_free(rows);
    expect_verified(store, NULL, "");
    consent_store_free(store);
    store = open_at(f, path);
    expect_verified(store, NULL, "");
    consent_store_free(store);
    assert_int_equal(umount(disk), 0);
}

#define BACKUP(name) cmocka_unit_test_setup_teardown(name, api_setup, api_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        BACKUP(test_backup_while_others_write_is_whole),
        BACKUP(test_restore_goes_on_under_another_name),
        BACKUP(test_restore_that_fails_leaves_nothing),
        BACKUP(test_file_removed_or_replaced_is_told_at_the_next_write),
        BACKUP(test_file_copied_and_both_opened_are_two_stores),
        BACKUP(test_file_on_a_full_disk_loses_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
