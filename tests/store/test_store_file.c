/* SPDX-License-Identifier: Apache-2.0 */
/* Making and opening the file: whole or not at all, refused by name, never changed by a refusal. */
#include "store_fixture.h"

#include <fcntl.h>
#include <sys/wait.h>

#include "store/sqlite/db.h"

#define HEADER 100

/* ---- reading and writing files as bytes ---- */

typedef struct file_bytes {
    uint8_t *data;
    size_t len;
} file_bytes;

static file_bytes file_load(const char *path) {
    file_bytes b = {NULL, 0};
    struct stat st;
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fstat(fileno(file), &st), 0);
    b.len = (size_t)st.st_size;
    b.data = malloc(b.len + 1);
    assert_non_null(b.data);
    assert_int_equal(fread(b.data, 1, b.len, file), b.len);
    (void)fclose(file);
    return b;
}

static void file_save(const char *path, const void *data, size_t n) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, n, file), n);
    assert_int_equal(fclose(file), 0);
}

static void put32be(uint8_t *p, uint32_t v) {
    p[0] = (uint8_t)(v >> 24);
    p[1] = (uint8_t)(v >> 16);
    p[2] = (uint8_t)(v >> 8);
    p[3] = (uint8_t)v;
}

/* Refused with the status, the file and its folder as before, *out NULL. */
static void check_refused(store_fixture *f, consent_status status, const char *words) {
    file_bytes before = file_load(f->path), after;
    int files = store_count_files(f->folder);
    consent__db *db = (consent__db *)f;
    consent_status got = f->engine->open(&f->cx, f->path, 0, 0, &db);
    if (got == status && words != NULL && strstr(consent_error_message(f->error), words) == NULL) {
        print_message("`%s` lacks `%s`\n", consent_error_message(f->error), words);
        fail();
    }
    EXPECT(got, status);
    assert_null(db);
    after = file_load(f->path);
    assert_int_equal(after.len, before.len);
    assert_memory_equal(after.data, before.data, before.len);
    assert_int_equal(store_count_files(f->folder), files);
    assert_false(store_exists(f, "-wal"));
    assert_false(store_exists(f, "-shm"));
    assert_false(store_exists(f, "-journal"));
    free(before.data);
    free(after.data);
}

static void create(store_fixture *f) {
    OK(f->engine->create(&f->cx, f->path, store_fill, f));
}

/* ---- create ---- */

static void test_create_leaves_one_whole_private_file(void **state) {
    store_fixture *f = *state;
    struct stat st;
    file_bytes b;
    mode_t old = umask(0);
    create(f);
    (void)umask(old);
    assert_int_equal(store_count_files(f->folder), 1);
    assert_int_equal(stat(f->path, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
    assert_int_equal(st.st_nlink, 1);
    b = file_load(f->path);
    assert_memory_equal(b.data, "SQLite format 3", 16);
    assert_int_equal(b.data[16] << 8 | b.data[17], 4096);
    assert_int_equal(b.data[18], 2); /* written and read through a log */
    assert_int_equal(b.data[19], 2);
    assert_memory_equal(b.data + 68, "CNST", 4);
    assert_int_equal(b.data[63], consent__migration_count);
    free(b.data);
    store_open(f, 0, 0);
    assert_int_equal(stat(f->path, &st), 0);
}

static void test_create_under_a_tight_umask_is_readable_to_us(void **state) {
    store_fixture *f = *state;
    struct stat st;
    mode_t old = umask(0777);
    create(f);
    (void)umask(old);
    assert_int_equal(stat(f->path, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
    store_open(f, 0, 0);
}

static void test_create_existing_is_refused(void **state) {
    store_fixture *f = *state;
    char link_name[600];
    file_save(f->path, "mine", 4);
    EXPECT(f->engine->create(&f->cx, f->path, store_fill, f), CONSENT_E_EXISTS);
    assert_int_equal(store_count_files(f->folder), 1);
    assert_int_equal(unlink(f->path), 0);
    assert_int_equal(mkdir(f->path, 0700), 0);
    EXPECT(f->engine->create(&f->cx, f->path, store_fill, f), CONSENT_E_EXISTS);
    assert_int_equal(rmdir(f->path), 0);
    (void)snprintf(link_name, sizeof link_name, "%s/nowhere", f->folder);
    assert_int_equal(symlink(link_name, f->path), 0);
    EXPECT(f->engine->create(&f->cx, f->path, store_fill, f), CONSENT_E_EXISTS);
    assert_int_equal(store_count_files(f->folder), 1);
}

/* Another process makes the file while ours is filled: the name goes to one only. */
static consent_status fill_while_other_creates(const consent__cx *cx, consent__tx *tx, void *user) {
    store_fixture *f = user;
    (void)cx;
    (void)tx;
    file_save(f->path, "other", 5);
    return store_fill(cx, tx, user);
}

static void test_create_loses_the_race_cleanly(void **state) {
    store_fixture *f = *state;
    file_bytes b;
    EXPECT(f->engine->create(&f->cx, f->path, fill_while_other_creates, f), CONSENT_E_EXISTS);
    assert_int_equal(store_count_files(f->folder), 1);
    b = file_load(f->path);
    assert_int_equal(b.len, 5);
    free(b.data);
}

static consent_status fill_fails(const consent__cx *cx, consent__tx *tx, void *user) {
    (void)store_fill(cx, tx, user);
    return consent__fail(cx, CONSENT_E_KEY, "as asked");
}

static void test_create_failing_fill_leaves_nothing(void **state) {
    store_fixture *f = *state;
    EXPECT(f->engine->create(&f->cx, f->path, fill_fails, f), CONSENT_E_KEY);
    assert_int_equal(store_count_files(f->folder), 0);
}

static void test_create_without_folder_is_refused(void **state) {
    store_fixture *f = *state;
    char path[600];
    (void)snprintf(path, sizeof path, "%s/none/a.store", f->folder);
    EXPECT(f->engine->create(&f->cx, path, store_fill, f), CONSENT_E_OPEN);
    (void)snprintf(path, sizeof path, "%s/", f->folder);
    EXPECT(f->engine->create(&f->cx, path, store_fill, f), CONSENT_E_OPEN);
    file_save(f->path, "", 0);
    (void)snprintf(path, sizeof path, "%s/b.store", f->path); /* a file as folder */
    EXPECT(f->engine->create(&f->cx, path, store_fill, f), CONSENT_E_OPEN);
}

static void test_create_and_open_by_relative_path(void **state) {
    store_fixture *f = *state;
    char *old = getcwd(NULL, 0);
    assert_int_equal(chdir(f->folder), 0);
    OK(f->engine->create(&f->cx, "b.store", store_fill, f));
    OK(f->engine->open(&f->cx, "b.store", 0, 0, &f->db));
    assert_int_equal(chdir("/"), 0); /* the store goes on where it is */
    f->engine->rollback(store_write(f));
    f->engine->read_end(store_read(f));
    assert_int_equal(chdir(old), 0);
    free(old);
}

/* ---- open ---- */

static void test_open_missing_folder_and_special_files(void **state) {
    store_fixture *f = *state;
    consent__db *db = NULL;
    char path[600];
    EXPECT(f->engine->open(&f->cx, f->path, 0, 0, &db), CONSENT_E_OPEN);
    (void)snprintf(path, sizeof path, "%s/none/a.store", f->folder);
    EXPECT(f->engine->open(&f->cx, path, 0, 0, &db), CONSENT_E_OPEN);
    EXPECT(f->engine->open(&f->cx, f->folder, 0, 0, &db), CONSENT_E_OPEN);
    EXPECT(f->engine->open(&f->cx, "/dev/null", 0, 0, &db), CONSENT_E_OPEN);
    assert_int_equal(mkfifo(f->path, 0600), 0);
    EXPECT(f->engine->open(&f->cx, f->path, 0, 0, &db), CONSENT_E_OPEN); /* and does not hang */
    assert_int_equal(unlink(f->path), 0);
    assert_int_equal(symlink(f->path, f->path), 0);
    EXPECT(f->engine->open(&f->cx, f->path, 0, 0, &db), CONSENT_E_OPEN);
    assert_null(db);
    assert_int_equal(store_count_files(f->folder), 1);
}

static void test_open_by_symbolic_link_uses_the_real_file(void **state) {
    store_fixture *f = *state;
    char path[600], wal[640];
    struct stat st;
    create(f);
    (void)snprintf(path, sizeof path, "%s/link", f->folder);
    assert_int_equal(symlink("a.store", path), 0);
    OK(f->engine->open(&f->cx, path, 0, 0, &f->db));
    OK(f->engine->commit(&f->cx, store_write(f)));
    (void)snprintf(wal, sizeof wal, "%s-shm", path);
    assert_int_not_equal(lstat(wal, &st), 0);
    assert_true(store_exists(f, "-shm"));
}

static void test_open_not_a_store(void **state) {
    store_fixture *f = *state;
    uint8_t bytes[8192];
    file_save(f->path, "", 0);
    check_refused(f, CONSENT_E_NOT_STORE, "empty");
    file_save(f->path, "SQLite", 6);
    check_refused(f, CONSENT_E_NOT_STORE, "another format");
    store_bytes(bytes, sizeof bytes, 1);
    file_save(f->path, bytes, sizeof bytes);
    check_refused(f, CONSENT_E_NOT_STORE, "another format");
}

static void test_open_another_applications_database(void **state) {
    store_fixture *f = *state;
    sqlite3 *sql = NULL;
    assert_int_equal(sqlite3_open(f->path, &sql), SQLITE_OK);
    assert_int_equal(sqlite3_exec(sql, "CREATE TABLE t(a); PRAGMA application_id=7;", 0, 0, 0), 0);
    assert_int_equal(sqlite3_close(sql), SQLITE_OK);
    check_refused(f, CONSENT_E_NOT_STORE, "another application's database");
}

static void test_open_newer_schema_names_both_numbers(void **state) {
    store_fixture *f = *state;
    file_bytes b;
    char wanted[32];
    create(f);
    b = file_load(f->path);
    put32be(b.data + 60, 4711);
    file_save(f->path, b.data, b.len);
    check_refused(f, CONSENT_E_NEWER, "4711");
    (void)snprintf(wanted, sizeof wanted, "up to %d", consent__migration_count);
    check_refused(f, CONSENT_E_NEWER, wanted);
    put32be(b.data + 60, 0);
    file_save(f->path, b.data, b.len);
    check_refused(f, CONSENT_E_CORRUPT, "schema number");
    free(b.data);
}

static void test_open_truncated_at_every_step_is_corrupt(void **state) {
    store_fixture *f = *state;
    file_bytes b;
    size_t n;
    create(f);
    b = file_load(f->path);
    for (n = b.len - 4096; n >= 4096; n -= 4096) {
        file_save(f->path, b.data, n);
        check_refused(f, CONSENT_E_CORRUPT, "shorter");
        n -= n > 8 * 4096 ? 4 * 4096 : 0; /* the whole sweep takes long; its ends count */
    }
    file_save(f->path, b.data, b.len - 1);
    check_refused(f, CONSENT_E_CORRUPT, "shorter");
    file_save(f->path, b.data, HEADER);
    check_refused(f, CONSENT_E_CORRUPT, "shorter");
    file_save(f->path, b.data, HEADER - 1);
    check_refused(f, CONSENT_E_CORRUPT, "header");
    file_save(f->path, b.data, b.len);
    store_open(f, 0, 0);
    free(b.data);
}

static void test_open_nonsense_page_size_is_corrupt(void **state) {
    store_fixture *f = *state;
    static const unsigned sizes[] = {0, 2, 256, 4095, 5000, 65535};
    file_bytes b;
    size_t i;
    create(f);
    b = file_load(f->path);
    for (i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        b.data[16] = (uint8_t)(sizes[i] >> 8);
        b.data[17] = (uint8_t)sizes[i];
        file_save(f->path, b.data, b.len);
        check_refused(f, CONSENT_E_CORRUPT, NULL);
    }
    free(b.data);
}

static void test_open_damaged_schema_page_is_corrupt(void **state) {
    store_fixture *f = *state;
    consent__db *db = NULL;
    file_bytes b;
    create(f);
    b = file_load(f->path);
    memset(b.data + HEADER, 0xee, 4096 - HEADER);
    file_save(f->path, b.data, b.len);
    EXPECT(f->engine->open(&f->cx, f->path, 0, 0, &db), CONSENT_E_CORRUPT);
    assert_null(db);
    free(b.data);
}

/* A process died: its log holds what the file lacks. The examination must not call that damage. */
static void test_open_with_pending_log_recovers(void **state) {
    store_fixture *f = *state;
    consent__tx *tx;
    pid_t child;
    int wait_status;
    file_bytes b;
    FILE *file;
    create(f);
    child = fork();
    if (child == 0) {
        int64_t seq;
        store_open(f, 1000, 0);
        tx = store_write(f);
        for (seq = 1; seq < 200; seq++)
            store_append(f, tx, seq, 0);
        OK(f->engine->commit(&f->cx, tx));
        _exit(0); /* without close */
    }
    assert_int_equal(waitpid(child, &wait_status, 0), child);
    assert_int_equal(wait_status, 0);
    assert_true(store_exists(f, "-wal"));
    b = file_load(f->path); /* half a page, as after a crash while the log was being copied */
    file = fopen(f->path, "ab");
    assert_non_null(file);
    assert_int_equal(fwrite(b.data, 1, 2048, file), 2048);
    assert_int_equal(fclose(file), 0);
    free(b.data);
    store_open(f, 1000, 0);
    tx = store_read(f);
    assert_int_equal(store_size(f, tx), 200);
    f->engine->read_end(tx);
    store_close(f);
    assert_false(store_exists(f, "-wal"));
}

/* The examination of a second open must not drop the locks of the first: POSIX locks belong to the
 * process, and closing any descriptor of the file releases them. */
static void test_open_twice_keeps_the_locks_of_the_first(void **state) {
    store_fixture *f = *state;
    consent__db *second = NULL;
    consent__tx *tx;
    pid_t child;
    int wait_status, go[2];
    char byte = 0;
    create(f);
    assert_int_equal(pipe(go), 0);
    child = fork(); /* before we open: a child of an open store is another matter */
    if (child == 0) {
        if (read(go[0], &byte, 1) != 1)
            _exit(1);
        store_open(f, 1000, 0);
        tx = store_write(f);
        store_append(f, tx, 1, 0);
        OK(f->engine->commit(&f->cx, tx));
        store_close(f); /* were the locks gone, this were the last to close and removed the log */
        _exit(0);
    }
    store_open(f, 1000, 0);
    OK(f->engine->commit(&f->cx, store_write(f)));
    OK(f->engine->open(&f->cx, f->path, 1000, 0, &second));
    OK(f->engine->close(&f->cx, second));
    assert_int_equal(write(go[1], &byte, 1), 1);
    assert_int_equal(waitpid(child, &wait_status, 0), child);
    assert_int_equal(wait_status, 0);
    (void)close(go[0]);
    (void)close(go[1]);
    assert_true(store_exists(f, "-wal"));
    tx = store_write(f);
    store_append(f, tx, 2, 0);
    OK(f->engine->commit(&f->cx, tx));
}

static void test_open_has_no_writing_connection_until_the_first_write(void **state) {
    store_fixture *f = *state;
    consent__tx *tx;
    bool done = false;
    create(f);
    store_open(f, 0, 0);
    assert_non_null(f->db->readers[0].sql);
    assert_non_null(f->db->wal_index);
    tx = store_read(f);
    assert_int_equal(store_size(f, tx), 1);
    f->engine->read_end(tx);
    assert_null(f->db->writer.sql);
    tx = store_write(f);
    assert_non_null(f->db->writer.sql);
    store_append(f, tx, 1, 0);
    OK(f->engine->commit(&f->cx, tx));
    store_close(f);
    store_open(f, 0, 0); /* settling writes as well */
    OK(f->engine->settle(&f->cx, f->db, &done));
    assert_true(done);
    assert_non_null(f->db->writer.sql);
}

/* Connections are opened at need, by the path: what lies there by then may be another store. */
static void test_connections_opened_later_stay_with_the_file(void **state) {
    store_fixture *f = *state;
    char aside[sizeof f->path + 8];
    consent__tx *first, *tx = NULL;
    bool done = false;
    create(f);
    store_open(f, 0, 2);
    first = store_read(f);
    assert_int_equal(store_size(f, first), 1);
    (void)snprintf(aside, sizeof aside, "%s.aside", f->path);
    assert_int_equal(rename(f->path, aside), 0);
    create(f);
    EXPECT(f->engine->read_begin(&f->cx, f->db, &tx), CONSENT_E_OPEN);
    EXPECT(f->engine->settle(&f->cx, f->db, &done), CONSENT_E_OPEN);
    EXPECT(f->engine->scrub(&f->cx, f->db), CONSENT_E_OPEN);
    EXPECT(f->engine->write_begin(&f->cx, f->db, &tx), CONSENT_E_OPEN);
    assert_null(f->db->writer.sql);
    assert_int_equal(rename(aside, f->path), 0);
    tx = store_write(f);
    store_append(f, tx, 1, 0);
    OK(f->engine->commit(&f->cx, tx));
    f->engine->read_end(first);
}

static void test_open_rollback_journal_file_is_made_wal_again(void **state) {
    store_fixture *f = *state;
    sqlite3 *sql = NULL;
    file_bytes b;
    create(f);
    assert_int_equal(sqlite3_open(f->path, &sql), SQLITE_OK);
    assert_int_equal(sqlite3_exec(sql, "PRAGMA journal_mode=DELETE", 0, 0, 0), SQLITE_OK);
    assert_int_equal(sqlite3_close(sql), SQLITE_OK);
    store_open(f, 0, 0);
    assert_non_null(f->db->wal_index);
    store_close(f);
    b = file_load(f->path);
    assert_int_equal(b.data[18], 2);
    free(b.data);
}

/* ---- permissions: root may do everything, so these run as nobody ---- */

static int permission_cases(store_fixture *f) {
    consent__db *db = NULL;
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
        return 77;
    create(f);
    assert_int_equal(chmod(f->path, 0200), 0);
    EXPECT(f->engine->open(&f->cx, f->path, 0, 0, &db), CONSENT_E_OPEN);
    assert_int_equal(chmod(f->path, 0400), 0);
    check_refused(f, CONSENT_E_READONLY, "file cannot be written");
    assert_int_equal(chmod(f->path, 0600), 0);
    assert_int_equal(chmod(f->folder, 0500), 0);
    check_refused(f, CONSENT_E_READONLY, "folder cannot be written");
    assert_int_equal(unlink(f->path) == 0, 0);
    (void)snprintf(f->path, sizeof f->path, "%s/b.store", f->folder);
    EXPECT(f->engine->create(&f->cx, f->path, store_fill, f), CONSENT_E_READONLY);
    assert_int_equal(chmod(f->folder, 0000), 0);
    EXPECT(f->engine->open(&f->cx, f->path, 0, 0, &db), CONSENT_E_OPEN);
    assert_null(db);
    assert_int_equal(chmod(f->folder, 0700), 0);
    assert_int_equal(store_count_files(f->folder), 1);
    return 0;
}

static void test_open_and_create_without_permission(void **state) {
    store_fixture *f = *state;
    pid_t child;
    int wait_status;
    if (geteuid() == 0)
        assert_int_equal(chown(f->folder, 65534, 65534), 0);
    child = fork();
    if (child == 0)
        _exit(permission_cases(f));
    assert_int_equal(waitpid(child, &wait_status, 0), child);
    if (WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == 77)
        skip(); /* neither root nor able to become another */
    assert_int_equal(wait_status, 0);
}

/* ---- no room: a file may not grow past a limit ---- */

#include <signal.h>
#include <sys/resource.h>

static int full_cases(store_fixture *f) {
    struct rlimit limit = {.rlim_cur = 16 * 4096, .rlim_max = RLIM_INFINITY};
    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    {
        consent_status got = f->engine->create(&f->cx, f->path, store_fill, f);
        assert_true(got == CONSENT_E_IO || got == CONSENT_E_FULL);
        EXPECT(got, got);
    }
    assert_int_equal(store_count_files(f->folder), 0);
    limit.rlim_cur = RLIM_INFINITY;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    create(f);
    return 0;
}

static void test_create_without_room_leaves_nothing(void **state) {
    store_fixture *f = *state;
    int wait_status;
    pid_t child = fork();
    if (child == 0)
        _exit(full_cases(f));
    assert_int_equal(waitpid(child, &wait_status, 0), child);
    assert_int_equal(wait_status, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(test_create_leaves_one_whole_private_file),
        FOLDER_TEST(test_create_under_a_tight_umask_is_readable_to_us),
        FOLDER_TEST(test_create_existing_is_refused),
        FOLDER_TEST(test_create_loses_the_race_cleanly),
        FOLDER_TEST(test_create_failing_fill_leaves_nothing),
        FOLDER_TEST(test_create_without_folder_is_refused),
        FOLDER_TEST(test_create_and_open_by_relative_path),
        FOLDER_TEST(test_open_missing_folder_and_special_files),
        FOLDER_TEST(test_open_by_symbolic_link_uses_the_real_file),
        FOLDER_TEST(test_open_not_a_store),
        FOLDER_TEST(test_open_another_applications_database),
        FOLDER_TEST(test_open_newer_schema_names_both_numbers),
        FOLDER_TEST(test_open_truncated_at_every_step_is_corrupt),
        FOLDER_TEST(test_open_nonsense_page_size_is_corrupt),
        FOLDER_TEST(test_open_damaged_schema_page_is_corrupt),
        FOLDER_TEST(test_open_with_pending_log_recovers),
        FOLDER_TEST(test_open_twice_keeps_the_locks_of_the_first),
        FOLDER_TEST(test_open_has_no_writing_connection_until_the_first_write),
        FOLDER_TEST(test_connections_opened_later_stay_with_the_file),
        FOLDER_TEST(test_open_rollback_journal_file_is_made_wal_again),
        FOLDER_TEST(test_open_and_create_without_permission),
        FOLDER_TEST(test_create_without_room_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
