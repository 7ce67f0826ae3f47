/* SPDX-License-Identifier: Apache-2.0 */
/* The conformance suite of port.h takes its engine from here: a second engine runs the same tests.
 * Each test has a fresh folder. */
#ifndef STORE_FIXTURE_H
#define STORE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/port.h"
#include "util/text.h"

static inline const consent__engine *store_engine(void) {
    return consent__engine_sqlite();
}

typedef struct store_fixture {
    char folder[256];
    char path[512];
    consent_error *error;
    consent__cx cx;
    const consent__engine *engine;
    consent__db *db;
} store_fixture;

/* ---- expectations that say what went wrong ---- */

static inline void store_expect(store_fixture *f, consent_status got, consent_status wanted,
                                const char *what, int line) {
    if (got != wanted) {
        print_message("line %d: %s: %s, not %s: %s\n", line, what, consent_status_name(got),
                      consent_status_name(wanted), consent_error_message(f->error));
        fail();
    }
    /* A failure has an error of the same status; a missing row and a success have none. */
    if (got < 0 && got != CONSENT_E_NOT_FOUND)
        assert_int_equal(consent_error_status(f->error), got);
    else
        assert_null(f->error);
    consent_error_free(f->error);
    f->error = NULL;
}
#define EXPECT(call, status) store_expect(f, (call), (status), #call, __LINE__)
#define OK(call) EXPECT(call, CONSENT_OK)

/* ---- folders ---- */

static inline void store_remove_folder(const char *folder) {
    DIR *dir = opendir(folder);
    struct dirent *entry;
    (void)chmod(folder, 0700);
    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        size_t n = strlen(folder) + strlen(entry->d_name) + 2;
        char *name;
        struct stat st;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        name = malloc(n);
        if (name == NULL)
            break;
        (void)snprintf(name, n, "%s/%s", folder, entry->d_name);
        if (lstat(name, &st) == 0 && S_ISDIR(st.st_mode))
            store_remove_folder(name);
        else
            (void)unlink(name);
        free(name);
    }
    if (dir != NULL)
        (void)closedir(dir);
    (void)rmdir(folder);
}

/* Files in the folder, without . and .. */
static inline int store_count_files(const char *folder) {
    DIR *dir = opendir(folder);
    const struct dirent *entry;
    int n = 0;
    assert_non_null(dir);
    while ((entry = readdir(dir)) != NULL)
        n += entry->d_name[0] != '.';
    (void)closedir(dir);
    return n;
}

static inline bool store_exists(const store_fixture *f, const char *tail) {
    char name[600];
    struct stat st;
    (void)snprintf(name, sizeof name, "%s%s", f->path, tail);
    return lstat(name, &st) == 0;
}

/* ---- rows made from a number ---- */

static inline void store_bytes(uint8_t *out, size_t n, uint64_t seed) {
    size_t i;
    for (i = 0; i < n; i++) {
        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        out[i] = (uint8_t)(seed >> 56);
    }
}

typedef struct store_event {
    consent__event_row row;
    uint8_t box[296];
} store_event;

static inline void store_make_event(store_event *e, int64_t seq, int64_t subject) {
    memset(e, 0, sizeof *e);
    e->row.seq = seq;
    e->row.at = 1000 + seq * 10;
    e->row.kind = "consent.granted";
    store_bytes(e->row.commitment, 32, (uint64_t)seq * 3);
    store_bytes(e->row.leaf, 32, (uint64_t)seq * 3 + 1);
    store_bytes(e->box, sizeof e->box, (uint64_t)seq * 3 + 2);
    e->row.subject = subject;
    e->row.box = e->box;
    e->row.box_len = sizeof e->box;
}

static inline void store_append(store_fixture *f, consent__tx *tx, int64_t seq, int64_t subject) {
    store_event e;
    store_make_event(&e, seq, subject);
    OK(f->engine->event_append(&f->cx, tx, &e.row));
}

static inline void store_add_subject(store_fixture *f, consent__tx *tx, int64_t subject) {
    uint8_t uid[16], salt[16];
    store_bytes(uid, 16, 500 + (uint64_t)subject);
    store_bytes(salt, 16, 900 + (uint64_t)subject);
    OK(f->engine->subject_add(&f->cx, tx, subject, uid, salt));
}

static inline void store_put_state(store_fixture *f, consent__tx *tx, int64_t subject, int64_t seq,
                                   size_t box_len) {
    consent__subject_row row = {.subject = subject, .seq = seq, .box_len = box_len};
    uint8_t box[512];
    assert_true(box_len <= sizeof box);
    store_bytes(row.lookup, 16, 700 + (uint64_t)subject);
    store_bytes(box, box_len, (uint64_t)seq);
    row.box = box;
    OK(f->engine->state_put(&f->cx, tx, &row));
}

static inline consent__tx *store_write(store_fixture *f) {
    consent__tx *tx = NULL;
    OK(f->engine->write_begin(&f->cx, f->db, &tx));
    assert_non_null(tx);
    return tx;
}

static inline consent__tx *store_read(store_fixture *f) {
    consent__tx *tx = NULL;
    OK(f->engine->read_begin(&f->cx, f->db, &tx));
    assert_non_null(tx);
    return tx;
}

/* Number of events as one more reader sees it. */
static inline int64_t store_size(store_fixture *f, consent__tx *tx) {
    int64_t last = -2;
    OK(f->engine->event_upto(&f->cx, tx, INT64_MAX, &last));
    return last + 1;
}

/* ---- set-up ---- */

/* One event and one small value: what a new store of these tests holds. */
static inline consent_status store_fill(const consent__cx *cx, consent__tx *tx, void *user) {
    store_fixture *f = user;
    consent__head head = {.size = 1, .at = 1000, .catalog = 0};
    (void)cx;
    store_append(f, tx, 0, 0);
    OK(f->engine->head_put(&f->cx, tx, &head));
    OK(f->engine->meta_put(&f->cx, tx, "id", "0123456789abcdef", 16));
    return CONSENT_OK;
}

static inline int store_setup_folder(void **state) {
    store_fixture *f = calloc(1, sizeof *f);
    const char *tmp = getenv("TMPDIR");
    if (f == NULL)
        return -1;
    (void)snprintf(f->folder, sizeof f->folder, "%s/store-XXXXXX", tmp != NULL ? tmp : "/tmp");
    if (mkdtemp(f->folder) == NULL)
        return -1;
    (void)snprintf(f->path, sizeof f->path, "%s/a.store", f->folder);
    f->engine = store_engine();
    f->cx.env = &consent__env_default;
    f->cx.err = &f->error;
    f->cx.op = "test";
    *state = f;
    return 0;
}

static inline void store_open(store_fixture *f, int32_t wait_ms, int32_t readers) {
    OK(f->engine->open(&f->cx, f->path, wait_ms, readers, &f->db));
    assert_non_null(f->db);
}

static inline void store_close(store_fixture *f) {
    OK(f->engine->close(&f->cx, f->db));
    f->db = NULL;
}

static inline int store_setup(void **state) {
    store_fixture *f;
    if (store_setup_folder(state) != 0)
        return -1;
    f = *state;
    OK(f->engine->create(&f->cx, f->path, store_fill, f));
    store_open(f, 1000, 2);
    return 0;
}

static inline int store_teardown(void **state) {
    store_fixture *f = *state;
    if (f->db != NULL)
        store_close(f);
    store_remove_folder(f->folder);
    consent_error_free(f->error);
    free(f);
    return 0;
}

#define STORE_TEST(name) cmocka_unit_test_setup_teardown(name, store_setup, store_teardown)
#define FOLDER_TEST(name) cmocka_unit_test_setup_teardown(name, store_setup_folder, store_teardown)

#endif
