/* SPDX-License-Identifier: Apache-2.0 */
/* Every kind of master key, the right one and wrong ones; changing it; a log key outside. */
#include "api_fixture.h"
#include "tamper.h"

#include <sodium.h>

static consent_options *options_new(void) {
    consent_options *o = consent_options_new();
    assert_non_null(o);
    return o;
}

static consent_options *with_key(uint8_t byte) {
    uint8_t key[32];
    consent_options *o = options_new();
    memset(key, byte, sizeof key);
    assert_int_equal(consent_options_set_key(o, key, sizeof key, NULL), CONSENT_OK);
    return o;
}

static consent_options *with_phrase(const char *phrase) {
    consent_options *o = options_new();
    assert_int_equal(consent_options_set_passphrase(o, phrase, strlen(phrase), NULL), CONSENT_OK);
    return o;
}

static consent_options *with_file(const char *path) {
    consent_options *o = options_new();
    assert_int_equal(consent_options_set_key_file(o, path, NULL), CONSENT_OK);
    return o;
}

/* A key service that XORs with its own secret and knows what it wrapped by a tag. */
typedef struct service {
    uint8_t secret;
    bool down;
    int calls;
} service;

static bool serve(bool unwrap, const uint8_t *in, size_t in_len, uint8_t *out, size_t capacity,
                  size_t *out_len, void *user) {
    service *s = user;
    s->calls++;
    if (s->down || (unwrap && (in_len != 33 || in[32] != s->secret)) || (!unwrap && capacity < 33))
        return false;
    for (int i = 0; i < 32; i++)
        out[i] = in[i] ^ s->secret;
    if (!unwrap)
        out[32] = s->secret;
    *out_len = unwrap ? 32 : 33;
    return true;
}

static consent_options *with_service(service *s) {
    consent_options *o = options_new();
    consent_options_set_key_service(o, serve, s);
    return o;
}

/* Opens with the options, which are freed; the store is closed again. */
static void opens_as(const fixture *f, consent_options *o, consent_status want, int line) {
    consent_store *store = NULL;
    consent_error *err = NULL;
    consent_status got = consent_store_open(f->path, o, &store, &err);
    if (got != want)
        fail_msg("line %d: %s, not %s: %s", line, consent_status_name(got),
                 consent_status_name(want), consent_error_message(err));
    if (want != CONSENT_OK) {
        assert_null(store);
        assert_int_equal(consent_error_status(err), want);
        assert_true(strlen(consent_error_message(err)) > 10);
    }
    consent_error_free(err);
    consent_store_free(store);
    consent_options_free(o);
}
#define OPENS(o, want) opens_as(f, o, want, __LINE__)

/* Closes the fixture's store and makes another in its place. */
static void make(fixture *f, consent_options *o) {
    consent_error *err = NULL;
    consent_store_free(f->store);
    f->store = NULL;
    unlink(f->path);
    if (consent_store_create(f->path, o, &f->store, &err) != CONSENT_OK)
        fail_msg("create: %s", consent_error_message(err));
    assert_int_equal(consent_subject_add(f->store, "li.na", "1990-05-17", NULL), CONSENT_OK);
    consent_store_free(f->store);
    f->store = NULL;
    consent_options_free(o);
}

static void write_file(const char *path, const char *text, mode_t mode) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    chmod(path, mode);
}

static uint32_t sum_of(const char *path) {
    uint32_t sum = 5381;
    FILE *file = fopen(path, "rb");
    int c;
    assert_non_null(file);
    while ((c = fgetc(file)) != EOF)
        sum = sum * 33 + (uint32_t)c;
    fclose(file);
    return sum;
}

static void test_keys_wrong_missing_and_malformed_are_told_apart(void **state) {
    fixture *f = *state;
    char key[160];
    snprintf(key, sizeof key, "%s.key", f->path);
    make(f, with_file(key));
    uint32_t before = sum_of(f->path);
    OPENS(with_file(key), CONSENT_OK);
    OPENS(with_key(9), CONSENT_E_KEY);
    OPENS(options_new(), CONSENT_E_KEY_FORMAT);
    OPENS(with_phrase("open sesame"), CONSENT_E_KEY);
    OPENS(with_service(&(service){1, false, 0}), CONSENT_E_KEY);
    chmod(key, 0644);
    OPENS(with_file(key), CONSENT_E_KEY_EXPOSED);
    chmod(key, 0600);
    assert_int_equal(truncate(key, 20), 0);
    OPENS(with_file(key), CONSENT_E_KEY_FORMAT);
    unlink(key);
    OPENS(with_file(key), CONSENT_E_KEY_FORMAT);
    assert_int_equal(access(key, F_OK), -1); /* opening makes none */
    assert_int_equal(sum_of(f->path), before);
}

/* Root key, kind or log key of another store, put in by somebody with SQLite. */
static void test_keys_swapped_values_do_not_open(void **state) {
    static const char *const rows[] = {"root_key", "log_key", "store_id"};
    fixture *f = *state;
    char other[160], sql[400], command[400];
    consent_store *store = NULL;
    consent_options *o = with_key(3);
    snprintf(other, sizeof other, "%s.other", f->path);
    assert_int_equal(consent_store_create(other, o, &store, NULL), CONSENT_OK);
    consent_store_free(store);
    consent_options_free(o);
    make(f, with_key(3));
    for (int i = 0; i < 3; i++) {
        snprintf(command, sizeof command, "cp -p %s %s.good", f->path, f->path);
        assert_int_equal(system(command), 0);
        snprintf(sql, sizeof sql,
                 "ATTACH '%s' AS o; UPDATE meta SET value = (SELECT value FROM o.meta WHERE key = "
                 "'%s') WHERE key = '%s'",
                 other, rows[i], rows[i]);
        tamper_with(f->path, sql);
        OPENS(with_key(3), i == 1 ? CONSENT_E_SEAL : CONSENT_E_KEY);
        snprintf(command, sizeof command, "mv %s.good %s", f->path, f->path);
        assert_int_equal(system(command), 0);
    }
    tamper_with(f->path, "UPDATE meta SET value = x'07' WHERE key = 'key_kind'");
    OPENS(with_key(3), CONSENT_E_CORRUPT);
    tamper_with(f->path, "DELETE FROM meta WHERE key = 'key_kind'");
    OPENS(with_key(3), CONSENT_E_CORRUPT);
}

static void test_keys_passphrase_opens_and_wrong_one_does_not(void **state) {
    fixture *f = *state;
    char file[160];
    make(f, with_phrase("open sesame"));
    OPENS(with_phrase("open sesame"), CONSENT_OK);
    OPENS(with_phrase("open sesame "), CONSENT_E_KEY);
    OPENS(with_key(1), CONSENT_E_KEY);
    snprintf(file, sizeof file, "%s.phrase", f->path);
    for (int i = 0; i < 4; i++) {
        consent_options *o = options_new();
        assert_int_equal(consent_options_set_passphrase_file(o, file, NULL), CONSENT_OK);
        if (i < 3)
            write_file(file, i == 2 ? "\n" : "open sesame\n", i == 1 ? 0640 : 0600);
        else
            unlink(file);
        OPENS(o, i == 0 ? CONSENT_OK : i == 1 ? CONSENT_E_KEY_EXPOSED : CONSENT_E_KEY_FORMAT);
    }
    tamper_with(f->path, "UPDATE meta SET value = substr(value, 1, 20) WHERE key = 'key_kind'");
    OPENS(with_phrase("open sesame"), CONSENT_E_CORRUPT);
    consent_options *o = options_new();
    assert_int_equal(consent_options_set_passphrase(o, "", 0, NULL), CONSENT_E_KEY_FORMAT);
    assert_int_equal(consent_options_set_passphrase(o, file, 1025, NULL), CONSENT_E_KEY_FORMAT);
    consent_options_free(o);
}

static void test_keys_service_wraps_and_unwraps(void **state) {
    fixture *f = *state;
    service mine = {0x5a, false, 0}, others = {0x77, false, 0}, down = {0x5a, true, 0};
    make(f, with_service(&mine));
    assert_int_equal(mine.calls, 2); /* wrapped, and unwrapped when opened */
    OPENS(with_service(&mine), CONSENT_OK);
    OPENS(with_service(&others), CONSENT_E_KEY);
    OPENS(with_service(&down), CONSENT_E_KEY);
    OPENS(with_key(0x5a), CONSENT_E_KEY);
    consent_store *store = (consent_store *)1;
    consent_options *o = with_service(&down);
    char path[160];
    snprintf(path, sizeof path, "%s.none", f->path);
    assert_int_equal(consent_store_create(path, o, &store, NULL), CONSENT_E_KEY);
    assert_null(store);
    assert_int_equal(access(path, F_OK), -1);
    consent_options_free(o);
}

static void test_keys_two_at_once_are_refused_for_a_new_store(void **state) {
    fixture *f = *state;
    char path[160];
    consent_store *store = NULL;
    consent_options *o = with_key(1);
    snprintf(path, sizeof path, "%s.none", f->path);
    assert_int_equal(consent_options_set_passphrase(o, "x", 1, NULL), CONSENT_OK);
    assert_int_equal(consent_store_create(path, o, &store, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(access(path, F_OK), -1);
    consent_options_free(o);
}

/* ---- changing it ---- */

static char *last_kind(consent_store *store) {
    consent_rows *rows = NULL;
    assert_int_equal(consent_key_show(store, &rows, NULL), CONSENT_OK);
    char *kind = strdup(consent_rows_text(rows, 0, "kind"));
    consent_rows_free(rows);
    return kind;
}

static void rotate_to(fixture *f, consent_options *from, consent_options *to, const char *kind) {
    consent_store *store = NULL;
    consent_rows *rows = NULL;
    consent_error *err = NULL;
    assert_int_equal(consent_store_open(f->path, from, &store, NULL), CONSENT_OK);
    if (consent_key_rotate(store, to, &err) != CONSENT_OK)
        fail_msg("rotate: %s", consent_error_message(err));
    /* The open handle goes on, and what was written before is read with the new key. */
    assert_int_equal(consent_subject_get(store, "li.na", &rows, NULL), CONSENT_OK);
    consent_rows_free(rows);
    char *now = last_kind(store);
    assert_string_equal(now, kind);
    free(now);
    assert_int_equal(consent_ledger_verify(store, NULL, NULL, &rows, NULL), CONSENT_OK);
    assert_int_equal(consent_rows_count(rows), 0);
    consent_rows_free(rows);
    consent_store_free(store);
    consent_options_free(from);
    consent_options_free(to);
}

static void test_keys_rotate_refuses_the_old_and_keeps_the_data(void **state) {
    fixture *f = *state;
    char file[160];
    service mine = {0x5a, false, 0};
    snprintf(file, sizeof file, "%s.newkey", f->path);
    make(f, with_key(1));
    rotate_to(f, with_key(1), with_key(2), "key");
    OPENS(with_key(1), CONSENT_E_KEY);
    rotate_to(f, with_key(2), with_phrase("open sesame"), "passphrase");
    OPENS(with_key(2), CONSENT_E_KEY);
    rotate_to(f, with_phrase("open sesame"), with_service(&mine), "service");
    OPENS(with_phrase("open sesame"), CONSENT_E_KEY);
    rotate_to(f, with_service(&mine), with_file(file), "key"); /* made for it */
    OPENS(with_service(&mine), CONSENT_E_KEY);
    OPENS(with_file(file), CONSENT_OK);
}

static void test_keys_rotate_that_fails_keeps_the_old_key(void **state) {
    fixture *f = *state;
    char file[160];
    service down = {1, true, 0};
    consent_store *store = NULL, *other = NULL;
    consent_options *old = with_key(1), *no_wait = with_key(1), *to;
    consent_error *err = NULL;
    make(f, with_key(1));
    assert_int_equal(consent_store_open(f->path, old, &store, NULL), CONSENT_OK);
    to = with_service(&down);
    assert_int_equal(consent_key_rotate(store, to, &err), CONSENT_E_KEY);
    consent_error_free(err);
    consent_options_free(to);
    to = options_new();
    assert_int_equal(consent_key_rotate(store, to, NULL), CONSENT_E_KEY_FORMAT);
    consent_options_free(to);
    assert_int_equal(consent_key_rotate(store, NULL, NULL), CONSENT_E_ARGUMENT);
    /* Another process writes all the time: the key file that was made goes away again. */
    consent_options_set_wait(no_wait, 0);
    assert_int_equal(consent_store_open(f->path, no_wait, &other, NULL), CONSENT_OK);
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(f->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    snprintf(file, sizeof file, "%s.newkey", f->path);
    to = with_file(file);
    assert_int_equal(consent_key_rotate(other, to, NULL), CONSENT_E_BUSY);
    assert_int_equal(access(file, F_OK), -1);
    consent_options_free(to);
    sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    sqlite3_close(db);
    consent_store_free(store);
    consent_store_free(other);
    consent_options_free(old);
    consent_options_free(no_wait);
    OPENS(with_key(1), CONSENT_OK);
}

/* ---- a log key outside ---- */

typedef struct outside {
    uint8_t public_key[32], secret[64];
    int mood; /* 0 signs, 1 refuses, 2 signs something else */
} outside;

static bool sign(const uint8_t *message, size_t len, uint8_t *signature, void *user) {
    outside *o = user;
    crypto_sign_detached(signature, NULL, message, o->mood == 2 ? len - 1 : len, o->secret);
    return o->mood != 1;
}

static void test_keys_log_key_outside_signs_and_is_checked(void **state) {
    fixture *f = *state;
    outside mine, others;
    consent_rows *rows = NULL;
    consent_options *o = with_key(1), *without = with_key(1), *wrong = with_key(1);
    crypto_sign_keypair(mine.public_key, mine.secret);
    crypto_sign_keypair(others.public_key, others.secret);
    mine.mood = others.mood = 0;
    assert_int_equal(consent_options_set_log_key(o, mine.public_key, 31, sign, &mine, NULL),
                     CONSENT_E_KEY_FORMAT);
    assert_int_equal(consent_options_set_log_key(o, mine.public_key, 32, sign, &mine, NULL),
                     CONSENT_OK);
    assert_int_equal(consent_options_set_log_key(wrong, others.public_key, 32, sign, &others, NULL),
                     CONSENT_OK);
    unlink(f->path);
    consent_store_free(f->store);
    f->store = NULL;
    unlink(f->path);
    assert_int_equal(consent_store_create(f->path, o, &f->store, NULL), CONSENT_OK);
    assert_int_equal(consent_ledger_head(f->store, &rows, NULL), CONSENT_OK);
    char *note = strdup(consent_rows_text(rows, 0, "checkpoint"));
    consent_rows_free(rows);
    consent_verification *how = consent_verification_new();
    assert_int_equal(consent_verification_set_checkpoint(how, note, strlen(note), NULL, NULL), 0);
    assert_int_equal(consent_ledger_verify(f->store, how, NULL, &rows, NULL), CONSENT_OK);
    assert_int_equal(consent_rows_count(rows), 0);
    consent_rows_free(rows);
    consent_verification_free(how);
    free(note);
    mine.mood = 1;
    assert_int_equal(consent_ledger_head(f->store, &rows, NULL), CONSENT_E_KEY);
    mine.mood = 2;
    assert_int_equal(consent_ledger_head(f->store, &rows, NULL), CONSENT_E_SIGNATURE);
    consent_store_free(f->store);
    f->store = NULL;
    OPENS(wrong, CONSENT_E_KEY);
    /* Without it everything works but signing. */
    assert_int_equal(consent_store_open(f->path, without, &f->store, NULL), CONSENT_OK);
    assert_int_equal(consent_subject_add(f->store, "li.na", NULL, NULL), CONSENT_OK);
    assert_int_equal(consent_ledger_head(f->store, &rows, NULL), CONSENT_E_KEY);
    assert_int_equal(consent_key_show(f->store, &rows, NULL), CONSENT_OK);
    assert_string_equal(consent_rows_text(rows, 0, "log"), "outside");
    consent_rows_free(rows);
    consent_store_free(f->store);
    f->store = NULL;
    make(f, with_key(1)); /* one with a log key of its own takes none from outside */
    OPENS(o, CONSENT_E_KEY);
    consent_options_free(without);
}

#define KEYS(name) cmocka_unit_test_setup_teardown(name, api_setup, api_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        KEYS(test_keys_wrong_missing_and_malformed_are_told_apart),
        KEYS(test_keys_swapped_values_do_not_open),
        KEYS(test_keys_passphrase_opens_and_wrong_one_does_not),
        KEYS(test_keys_service_wraps_and_unwraps),
        KEYS(test_keys_two_at_once_are_refused_for_a_new_store),
        KEYS(test_keys_rotate_refuses_the_old_and_keeps_the_data),
        KEYS(test_keys_rotate_that_fails_keeps_the_old_key),
        KEYS(test_keys_log_key_outside_signs_and_is_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
