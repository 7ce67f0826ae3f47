/* SPDX-License-Identifier: Apache-2.0 */
/* A small store whose file's bytes were changed, opened and read: whatever they are, the answer is
 * a result or an error that says something. The input is a list of edits: how (one byte), where
 * (three bytes, taken modulo the size), how many bytes (one byte), the bytes. How, modulo 6: 0 and
 * 1 the bytes replace, 2 they are xor-ed, 3 they replace at the beginning of a page, 4 the file
 * ends there, 5 the page is filled with the first byte. The store is the same in every run: its
 * clock and its randomness are counters. */
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <consent/consent.h>

#define NOW INT64_C(1767225600000000)
#define PAGE 4096u

static struct {
    char folder[256], path[300];
    uint8_t *bytes, *edited;
    size_t size;
} base;
static uint64_t counter;

static void must(bool good) {
    if (!good)
        abort();
}

static int64_t fixed_clock(void *user) {
    (void)user;
    return NOW;
}

static bool counted(void *bytes, size_t n, void *user) {
    uint8_t *p = bytes;
    (void)user;
    for (size_t i = 0; i < n; i++) {
        counter = counter * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        p[i] = (uint8_t)(counter >> 56);
    }
    return true;
}

static consent_options *options_new(void) {
    uint8_t key[32];
    consent_options *options = consent_options_new();
    memset(key, 7, sizeof key);
    must(options && consent_options_set_key(options, key, sizeof key, NULL) == CONSENT_OK);
    consent_options_set_clock(options, fixed_clock, NULL);
    consent_options_set_random(options, counted, NULL);
    consent_options_set_wait(options, 0);
    return options;
}

static uint8_t *file_read(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    must(file && fseek(file, 0, SEEK_END) == 0);
    *size = (size_t)ftell(file);
    rewind(file);
    uint8_t *bytes = malloc(*size);
    must(bytes && fread(bytes, 1, *size, file) == *size);
    must(fclose(file) == 0);
    return bytes;
}

static void files_remove(void) {
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    char path[320];
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        (void)snprintf(path, sizeof path, "%s%s", base.path, ends[i]);
        (void)unlink(path);
    }
}

static void base_remove(void) {
    files_remove();
    (void)rmdir(base.folder);
    free(base.bytes);
    free(base.edited);
}

static void base_fill(consent_store *store) {
    size_t n;
    uint8_t *bundle = file_read(CONSENT_SOURCE_DIR "/tests/data/rules/base.json", &n);
    must(consent_policy_import(store, bundle, n, NULL) == CONSENT_OK);
    must(consent_policy_publish(store, "rules", "1", NULL) == CONSENT_OK);
    free(bundle);
    must(consent_subject_add(store, "ada", "1990-05-17", NULL) == CONSENT_OK);
    must(consent_subject_add(store, "ben", NULL, NULL) == CONSENT_OK);
    must(consent_grant(store, "ada", "newsletter", NULL, NULL) == CONSENT_OK);
    must(consent_withdraw(store, "ada", "newsletter", NULL, NULL) == CONSENT_OK);
    must(consent_refuse(store, "ben", "newsletter", NULL, NULL) == CONSENT_OK);
}

static void base_make(void) {
    const char *tmp = getenv("TMPDIR");
    consent_options *options = options_new();
    consent_store *store;
    (void)snprintf(base.folder, sizeof base.folder, "%s/fuzz-store-XXXXXX", tmp ? tmp : "/tmp");
    must(mkdtemp(base.folder) != NULL);
    (void)snprintf(base.path, sizeof base.path, "%s/a.store", base.folder);
    counter = 1;
    must(consent_store_create(base.path, options, &store, NULL) == CONSENT_OK);
    base_fill(store);
    must(consent_store_close(store, NULL) == CONSENT_OK);
    consent_store_free(store);
    consent_options_free(options);
    base.bytes = file_read(base.path, &base.size);
    base.edited = malloc(base.size);
    must(base.edited != NULL);
    must(atexit(base_remove) == 0);
}

static size_t edit(const uint8_t *data, size_t n) {
    size_t size = base.size;
    memcpy(base.edited, base.bytes, size);
    while (n >= 5 && size > 0) {
        size_t at = ((size_t)data[1] << 16 | (size_t)data[2] << 8 | data[3]) % size;
        size_t count = data[4] < n - 5 ? data[4] : n - 5;
        size_t room = count < size - at ? count : size - at;
        const uint8_t *bytes = data + 5;
        switch (data[0] % 6) {
        case 3:
            at -= at % PAGE;
            room = count < size - at ? count : size - at;
            memcpy(base.edited + at, bytes, room);
            break;
        case 2:
            for (size_t i = 0; i < room; i++)
                base.edited[at + i] ^= bytes[i];
            break;
        case 4:
            size = at;
            break;
        case 5:
            at -= at % PAGE;
            memset(base.edited + at, count != 0 ? bytes[0] : 0,
                   size - at < PAGE ? size - at : PAGE);
            break;
        default:
            memcpy(base.edited + at, bytes, room);
        }
        data += 5 + count;
        n -= 5 + count;
    }
    return size;
}

/* A failure says what it is, and gives nothing back; a result comes without an error. */
static void settle(consent_status status, consent_rows *rows, consent_error *err) {
    must((status < 0) == (err != NULL));
    if (err)
        must(consent_error_status(err) == status && consent_error_message(err)[0] != '\0');
    must(status >= 0 || rows == NULL);
    consent_rows_free(rows);
    consent_error_free(err);
}

static void lists(consent_store *store) {
    consent_rows *rows = NULL;
    consent_error *err = NULL;
    consent_status status = consent_subject_list(store, 0, 0, &rows, &err);
    settle(status, rows, err);
    rows = NULL, err = NULL;
    status = consent_decision_list(store, "ada", &rows, &err);
    settle(status, rows, err);
    rows = NULL, err = NULL;
    status = consent_history(store, "ada", &rows, &err);
    settle(status, rows, err);
    rows = NULL, err = NULL;
    status = consent_policy_list(store, NULL, &rows, &err);
    settle(status, rows, err);
    rows = NULL, err = NULL;
    status = consent_ledger_head(store, &rows, &err);
    settle(status, rows, err);
}

static void checks(consent_store *store) {
    consent_query *query = consent_query_new("ada", "newsletter");
    consent_answer *answer = NULL;
    consent_error *err = NULL;
    must(query != NULL);
    consent_status status = consent_check(store, query, &answer, &err);
    must((status < 0) == (err != NULL) && (status < 0) == (answer == NULL));
    if (answer)
        (void)consent_answer_allowed(answer);
    consent_answer_free(answer);
    consent_query_free(query);
    consent_error_free(err);
    (void)consent_may(store, "ben", "newsletter");
}

static void proofs(consent_store *store) {
    consent_rows *rows = NULL;
    consent_error *err = NULL;
    int64_t size = 0;
    consent_status status = consent_ledger_verify(store, NULL, &size, &rows, &err);
    settle(status, rows, err);
    rows = NULL, err = NULL;
    status = consent_store_examine(store, NULL, NULL, &size, &rows, &err);
    settle(status, rows, err);
    rows = NULL, err = NULL;
    status = consent_ledger_prove(store, 3, &rows, &err);
    settle(status, rows, err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    consent_store *store = NULL;
    consent_error *err = NULL;
    if (!base.bytes)
        base_make();
    const size_t n = edit(data, size);
    int fd = open(base.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    must(fd >= 0 && write(fd, base.edited, n) == (ssize_t)n);
    must(close(fd) == 0);
    consent_options *options = options_new();
    counter = 2;
    consent_status status = consent_store_open(base.path, options, &store, &err);
    must((status < 0) == (err != NULL) && (status < 0) == (store == NULL));
    if (size == 0)
        must(store != NULL); /* without edits it is a store */
    if (store) {
        lists(store);
        checks(store);
        proofs(store);
    }
    consent_store_free(store);
    consent_error_free(err);
    consent_options_free(options);
    files_remove();
    return 0;
}
