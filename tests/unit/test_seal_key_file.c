/* SPDX-License-Identifier: Apache-2.0 */
#include "foundation.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "seal/seal.h"

#define DIGITS "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

typedef struct folder {
    foundation f;
    char path[400];  /* of the folder */
    char key[420];   /* of the key file in it */
    char other[420]; /* of something beside it */
} folder;

static int folder_setup(void **state) {
    const char *tmp = getenv("TMPDIR");
    folder *d = calloc(1, sizeof *d);
    if (d == NULL)
        return -1;
    foundation_init(&d->f);
    (void)snprintf(d->path, sizeof d->path, "%.300s/consent-key-XXXXXX",
                   tmp != NULL ? tmp : "/tmp");
    if (mkdtemp(d->path) == NULL)
        return -1;
    (void)snprintf(d->key, sizeof d->key, "%s/key", d->path);
    (void)snprintf(d->other, sizeof d->other, "%s/other", d->path);
    *state = d;
    return 0;
}

static int folder_teardown(void **state) {
    folder *d = *state;
    (void)unlink(d->key);
    (void)unlink(d->other);
    (void)rmdir(d->path);
    foundation_done(&d->f);
    free(d);
    return 0;
}

static void write_file(const char *path, const char *text, size_t n, mode_t mode) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, n, file), n);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, mode), 0);
}

static void test_key_file_create_writes_what_read_reads(void **state) {
    folder *d = *state;
    uint8_t key[32], back[32];
    char text[80] = {0};
    struct stat st;
    FILE *file;
    mode_t mask = umask(0);
    from_hex(DIGITS, key, 32);
    assert_int_equal(consent__key_file_create(&d->f.cx, d->key, key), CONSENT_OK);
    (void)umask(mask);
    assert_int_equal(stat(d->key, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
    file = fopen(d->key, "rb");
    assert_non_null(file);
    assert_int_equal(fread(text, 1, sizeof text, file), 65);
    assert_int_equal(fclose(file), 0);
    assert_string_equal(text, DIGITS "\n");
    assert_int_equal(consent__key_file_read(&d->f.cx, d->key, back), CONSENT_OK);
    assert_memory_equal(key, back, 32);
}

static void test_key_file_create_is_readable_under_a_strict_umask(void **state) {
    folder *d = *state;
    uint8_t key[32] = {0};
    struct stat st;
    mode_t mask = umask(0777);
    consent_status status = consent__key_file_create(&d->f.cx, d->key, key);
    (void)umask(mask);
    assert_int_equal(status, CONSENT_OK);
    assert_int_equal(stat(d->key, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
}

static void test_key_file_create_never_overwrites(void **state) {
    folder *d = *state;
    uint8_t key[32] = {0}, back[32];
    write_file(d->key, DIGITS "\n", 65, 0600);
    assert_failed(&d->f, consent__key_file_create(&d->f.cx, d->key, key), CONSENT_E_EXISTS);
    assert_int_equal(consent__key_file_read(&d->f.cx, d->key, back), CONSENT_OK);
    assert_hex(back, 32, DIGITS);
    assert_int_equal(unlink(d->key), 0);
    assert_int_equal(symlink(d->other, d->key), 0); /* not through a dangling link either */
    assert_failed(&d->f, consent__key_file_create(&d->f.cx, d->key, key), CONSENT_E_EXISTS);
    assert_int_not_equal(access(d->other, F_OK), 0);
}

static void test_key_file_create_without_folder_says_so(void **state) {
    folder *d = *state;
    uint8_t key[32] = {0};
    char path[440];
    (void)snprintf(path, sizeof path, "%s/none/key", d->path);
    assert_int_equal(consent__key_file_create(&d->f.cx, path, key), CONSENT_E_OPEN);
    assert_int_not_equal(consent_error_code(d->f.err), 0);
    consent__forget(&d->f.cx);
    d->f.until_fail = 0;
    assert_failed(&d->f, consent__key_file_create(&d->f.cx, d->key, key), CONSENT_E_MEMORY);
    assert_int_not_equal(access(d->key, F_OK), 0);
}

static void test_key_file_create_takes_a_name_without_folder(void **state) {
    folder *d = *state;
    uint8_t key[32] = {0};
    char here[1000];
    assert_non_null(getcwd(here, sizeof here));
    assert_int_equal(chdir(d->path), 0);
    assert_int_equal(consent__key_file_create(&d->f.cx, "key", key), CONSENT_OK);
    assert_int_equal(consent__key_file_read(&d->f.cx, "key", key), CONSENT_OK);
    assert_int_equal(chdir(here), 0);
}

static void test_key_file_read_without_file_is_not_found(void **state) {
    folder *d = *state;
    uint8_t key[32];
    assert_failed(&d->f, consent__key_file_read(&d->f.cx, d->key, key), CONSENT_E_NOT_FOUND);
}

static void test_key_file_read_refuses_every_open_mode(void **state) {
    folder *d = *state;
    uint8_t key[32];
    mode_t mode;
    write_file(d->key, DIGITS "\n", 65, 0600);
    for (mode = 0; mode < 0100; mode++) {
        assert_int_equal(chmod(d->key, 0600 | mode), 0);
        if (mode == 0)
            assert_int_equal(consent__key_file_read(&d->f.cx, d->key, key), CONSENT_OK);
        else
            assert_failed(&d->f, consent__key_file_read(&d->f.cx, d->key, key),
                          CONSENT_E_KEY_EXPOSED);
    }
    assert_int_equal(chmod(d->key, 0400), 0);
    assert_int_equal(consent__key_file_read(&d->f.cx, d->key, key), CONSENT_OK);
}

static void test_key_file_read_refuses_another_format(void **state) {
    static const struct {
        const char *text;
        size_t n;
    } bad[] = {
        {"", 0},
        {DIGITS, 64},        /* no newline */
        {DIGITS "\r\n", 66}, /* another one */
        {DIGITS "\n\n", 66},
        {DIGITS "0", 65},
        {DIGITS "\n" DIGITS "\n", 130},
        {"00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeeff\n", 65},
        {"00112233445566778899aabbccddeef\n00112233445566778899aabbccddeeff\n", 65},
        {"g0112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n", 65},
        {"0011223344556677\0"
         "99aabbccddeeff00112233445566778899aabbccddeefff\n",
         65},
    };
    folder *d = *state;
    size_t i;
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        uint8_t key[32];
        write_file(d->key, bad[i].text, bad[i].n, 0600);
        assert_failed(&d->f, consent__key_file_read(&d->f.cx, d->key, key), CONSENT_E_KEY_FORMAT);
    }
}

static void test_key_file_read_refuses_what_is_no_file(void **state) {
    folder *d = *state;
    uint8_t key[32];
    assert_int_equal(chmod(d->path, 0700), 0);
    assert_failed(&d->f, consent__key_file_read(&d->f.cx, d->path, key), CONSENT_E_KEY_FORMAT);
    assert_int_equal(mkfifo(d->other, 0600), 0); /* and does not wait for a writer */
    assert_int_equal(consent__key_file_read(&d->f.cx, d->other, key), CONSENT_E_KEY_FORMAT);
    assert_non_null(strstr(consent_error_message(d->f.err), "regular file"));
}

static void test_key_file_read_follows_a_link_and_checks_its_target(void **state) {
    folder *d = *state;
    uint8_t key[32];
    write_file(d->other, DIGITS "\n", 65, 0600);
    assert_int_equal(symlink(d->other, d->key), 0);
    assert_int_equal(consent__key_file_read(&d->f.cx, d->key, key), CONSENT_OK);
    assert_int_equal(chmod(d->other, 0640), 0);
    assert_failed(&d->f, consent__key_file_read(&d->f.cx, d->key, key), CONSENT_E_KEY_EXPOSED);
}

static void test_key_file_messages_do_not_hold_the_key(void **state) {
    folder *d = *state;
    uint8_t key[32];
    write_file(d->key, DIGITS "0", 65, 0600);
    assert_int_equal(consent__key_file_read(&d->f.cx, d->key, key), CONSENT_E_KEY_FORMAT);
    assert_null(strstr(consent_error_message(d->f.err), "0011"));
    assert_null(strstr(consent_error_message(d->f.err), d->path));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(test_key_file_create_writes_what_read_reads),
        CASE(test_key_file_create_is_readable_under_a_strict_umask),
        CASE(test_key_file_create_never_overwrites),
        CASE(test_key_file_create_without_folder_says_so),
        CASE(test_key_file_create_takes_a_name_without_folder),
        CASE(test_key_file_read_without_file_is_not_found),
        CASE(test_key_file_read_refuses_every_open_mode),
        CASE(test_key_file_read_refuses_another_format),
        CASE(test_key_file_read_refuses_what_is_no_file),
        CASE(test_key_file_read_follows_a_link_and_checks_its_target),
        CASE(test_key_file_messages_do_not_hold_the_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
