/* SPDX-License-Identifier: Apache-2.0 */
/* What examine finds, and the copy that backup makes while others write. */
#include "store_fixture.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <sys/wait.h>

#include "store/sqlite/db.h"

typedef struct findings {
    int count;
    char text[4096];
    int stop_after;
} findings;

static consent_status note_finding(const consent__cx *cx, void *user, const char *text) {
    findings *n = user;
    (void)cx;
    n->count++;
    (void)snprintf(n->text + strlen(n->text), sizeof n->text - strlen(n->text), "%s\n", text);
    return n->count == n->stop_after ? CONSENT_DONE : CONSENT_OK;
}

static void check_findings(store_fixture *f, int count, const char *words) {
    findings n = {0};
    OK(f->engine->examine(&f->cx, f->db, note_finding, &n));
    if (n.count != count || (words != NULL && strstr(n.text, words) == NULL)) {
        print_message("wanted %d with `%s`, found %d:\n%s", count, words != NULL ? words : "",
                      n.count, n.text);
        fail();
    }
}

/* Changes the file behind the library's back: our connection must not be open meanwhile. */
static void change(store_fixture *f, const char *text) {
    sqlite3 *sql = NULL;
    store_close(f);
    assert_int_equal(sqlite3_open(f->path, &sql), SQLITE_OK);
    if (sqlite3_exec(sql, text, NULL, NULL, NULL) != SQLITE_OK) {
        print_message("%s: %s\n", text, sqlite3_errmsg(sql));
        fail();
    }
    assert_int_equal(sqlite3_close(sql), SQLITE_OK);
    store_open(f, 1000, 0);
}

static void test_examine_new_store_finds_nothing(void **state) {
    store_fixture *f = *state;
    consent__tx *tx;
    check_findings(f, 0, NULL);
    tx = store_write(f);
    store_add_subject(f, tx, 1);
    store_append(f, tx, 1, 1);
    store_put_state(f, tx, 1, 1, 200);
    OK(f->engine->commit(&f->cx, tx));
    check_findings(f, 0, NULL);
    tx = store_write(f); /* while another writes */
    check_findings(f, 0, NULL);
    f->engine->rollback(tx);
}

static void test_examine_names_what_changed_in_the_schema(void **state) {
    store_fixture *f = *state;
    change(f, "CREATE TABLE extra(a)");
    check_findings(f, 1, "SCHEMA_CHANGED table extra is not part of a store");
    change(f, "DROP TABLE extra; DROP TRIGGER event_delete");
    check_findings(f, 1, "SCHEMA_CHANGED trigger event_delete is missing");
    change(f, "CREATE TRIGGER event_delete BEFORE DELETE ON event BEGIN SELECT 1; END");
    check_findings(f, 1, "SCHEMA_CHANGED trigger event_delete is not as it was made");
    change(f, "DROP INDEX event_body_subject; CREATE INDEX zzz ON event_body(subject)");
    check_findings(f, 3, "SCHEMA_CHANGED index zzz is not part of a store");
    check_findings(f, 3, "SCHEMA_CHANGED index event_body_subject is missing");
}

static void test_examine_can_be_stopped(void **state) {
    store_fixture *f = *state;
    findings n = {.stop_after = 1};
    change(f, "CREATE TABLE extra(a); CREATE TABLE more(a)");
    OK(f->engine->examine(&f->cx, f->db, note_finding, &n));
    assert_int_equal(n.count, 1);
}

static void test_examine_finds_broken_references(void **state) {
    store_fixture *f = *state;
    change(f, "PRAGMA foreign_keys=OFF; INSERT INTO subject_state VALUES "
              "(0,zeroblob(16),77,1,x'00'); INSERT INTO subject_state VALUES "
              "(1,x'00000000000000000000000000000001',78,1,x'00')");
    check_findings(f, 1, "FOREIGN_KEY 2 rows of subject_state name a row of subject_key");
}

static void test_examine_finds_an_unfinished_erasure(void **state) {
    store_fixture *f = *state;
    consent__tx *tx = store_write(f);
    store_add_subject(f, tx, 1);
    OK(f->engine->commit(&f->cx, tx));
    change(f, "INSERT INTO erasing VALUES (1)");
    check_findings(f, 1, "ERASURE_UNFINISHED 1 subjects");
}

static void test_examine_finds_exposed_files(void **state) {
    store_fixture *f = *state;
    char name[600];
    consent__tx *tx = store_write(f);
    store_append(f, tx, 1, 0); /* the log is not empty, so SQLite leaves its mode alone */
    OK(f->engine->commit(&f->cx, tx));
    assert_int_equal(chmod(f->path, 0640), 0);
    check_findings(f, 1, "FILE_EXPOSED the store's file has mode 0640");
    assert_int_equal(chmod(f->path, 0600), 0);
    (void)snprintf(name, sizeof name, "%s-wal", f->path);
    assert_int_equal(chmod(name, 0604), 0);
    check_findings(f, 1, "FILE_EXPOSED the store's file -wal has mode 0604");
    assert_int_equal(chmod(name, 0600), 0);
    check_findings(f, 0, NULL);
}

static void test_examine_finds_leftovers_of_dead_processes(void **state) {
    store_fixture *f = *state;
    char name[700];
    FILE *file;
    pid_t child = fork();
    int wait_status;
    if (child == 0)
        _exit(0);
    assert_int_equal(waitpid(child, &wait_status, 0), child);
    (void)snprintf(name, sizeof name, "%s.consent-new-%ld-3", f->path, (long)child);
    file = fopen(name, "w");
    assert_non_null(file);
    (void)fclose(file);
    check_findings(f, 1, "LEFTOVER_FILE a.store.consent-new-");
    (void)unlink(name);
    (void)snprintf(name, sizeof name, "%s.consent-new-%ld-3", f->path, (long)getpid());
    file = fopen(name, "w");
    assert_non_null(file);
    (void)fclose(file);
    check_findings(f, 0, NULL); /* in work */
}

static void test_examine_finds_damaged_pages(void **state) {
    store_fixture *f = *state;
    consent__tx *tx = store_write(f);
    findings n = {0};
    FILE *file;
    int64_t seq;
    uint8_t junk[2048];
    for (seq = 1; seq < 200; seq++)
        store_append(f, tx, seq, 0);
    OK(f->engine->commit(&f->cx, tx));
    store_close(f);
    store_bytes(junk, sizeof junk, 1);
    file = fopen(f->path, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, -9 * 4096, SEEK_END), 0);
    assert_int_equal(fwrite(junk, 1, sizeof junk, file), sizeof junk);
    (void)fclose(file);
    store_open(f, 0, 0);
    OK(f->engine->examine(&f->cx, f->db, note_finding, &n));
    assert_true(n.count >= 1);
    assert_non_null(strstr(n.text, "INTEGRITY "));
}

/* ---- backup ---- */

static void backup_path(store_fixture *f, char out[600]) {
    (void)snprintf(out, 600, "%s/copy.store", f->folder);
}

/* Opens a copy, expects nothing wrong with it, and tells how many events it has. */
static int64_t check_copy(store_fixture *f, const char *path) {
    store_fixture copy = *f;
    struct stat st;
    consent__tx *tx;
    int64_t size;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
    (void)snprintf(copy.path, sizeof copy.path, "%s", path);
    assert_false(store_exists(&copy, "-wal"));
    assert_false(store_exists(&copy, "-journal"));
    store_open(&copy, 1000, 0);
    check_findings(&copy, 0, NULL);
    tx = store_read(&copy);
    size = store_size(&copy, tx);
    copy.engine->read_end(tx);
    store_close(&copy);
    return size;
}

static void test_backup_is_whole_private_and_new(void **state) {
    store_fixture *f = *state;
    char path[600];
    consent__tx *tx = store_write(f);
    store_append(f, tx, 1, 0);
    OK(f->engine->commit(&f->cx, tx));
    backup_path(f, path);
    OK(f->engine->backup(&f->cx, f->db, path));
    assert_int_equal(check_copy(f, path), 2);
    EXPECT(f->engine->backup(&f->cx, f->db, path), CONSENT_E_EXISTS);
    EXPECT(f->engine->backup(&f->cx, f->db, f->path), CONSENT_E_EXISTS);
    (void)snprintf(path, sizeof path, "%s/none/copy", f->folder);
    EXPECT(f->engine->backup(&f->cx, f->db, path), CONSENT_E_OPEN);
    assert_int_equal(store_count_files(f->folder), 4); /* two stores, -wal and -shm of ours */
}

static void test_backup_during_an_open_write_has_the_last_commit(void **state) {
    store_fixture *f = *state;
    char path[600];
    consent__tx *tx = store_write(f);
    store_append(f, tx, 1, 0);
    backup_path(f, path);
    OK(f->engine->backup(&f->cx, f->db, path));
    assert_int_equal(check_copy(f, path), 1);
    OK(f->engine->commit(&f->cx, tx));
}

typedef struct busy_writer {
    store_fixture *f;
    _Atomic bool stop;
    _Atomic int failures, commits;
} busy_writer;

static void *keep_writing(void *user) {
    busy_writer *w = user;
    const consent__cx cx = {.env = &consent__env_default};
    int64_t seq = 0;
    while (!w->stop) {
        consent__tx *tx = NULL;
        int i;
        w->failures += w->f->engine->write_begin(&cx, w->f->db, &tx) != CONSENT_OK;
        w->failures += w->f->engine->event_upto(&cx, tx, INT64_MAX, &seq) != CONSENT_OK;
        for (i = 1; i <= 3; i++) { /* three at a time: a copy between them would show */
            store_event e;
            store_make_event(&e, seq + i, 0);
            w->failures += w->f->engine->event_append(&cx, tx, &e.row) != CONSENT_OK;
        }
        w->failures += w->f->engine->commit(&cx, tx) != CONSENT_OK;
        w->commits++;
    }
    return NULL;
}

static void test_backup_ends_and_is_consistent_while_others_write(void **state) {
    store_fixture *f = *state;
    busy_writer w = {.f = f};
    consent__tx *tx = store_write(f);
    pthread_t thread;
    char path[600];
    int64_t seq;
    for (seq = 1; seq < 30001; seq++) /* several steps of a copy */
        store_append(f, tx, seq, 0);
    OK(f->engine->commit(&f->cx, tx));
    assert_int_equal(pthread_create(&thread, NULL, keep_writing, &w), 0);
    backup_path(f, path);
    while (w.commits < 3) {
    }
    OK(f->engine->backup(&f->cx, f->db, path));
    w.stop = true;
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(w.failures, 0);
    seq = check_copy(f, path);
    assert_true(seq > 30001 && (seq - 30001) % 3 == 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORE_TEST(test_examine_new_store_finds_nothing),
        STORE_TEST(test_examine_names_what_changed_in_the_schema),
        STORE_TEST(test_examine_can_be_stopped),
        STORE_TEST(test_examine_finds_broken_references),
        STORE_TEST(test_examine_finds_an_unfinished_erasure),
        STORE_TEST(test_examine_finds_exposed_files),
        STORE_TEST(test_examine_finds_leftovers_of_dead_processes),
        STORE_TEST(test_examine_finds_damaged_pages),
        STORE_TEST(test_backup_is_whole_private_and_new),
        STORE_TEST(test_backup_during_an_open_write_has_the_last_commit),
        STORE_TEST(test_backup_ends_and_is_consistent_while_others_write),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
