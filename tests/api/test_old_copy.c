/* SPDX-License-Identifier: Apache-2.0 */
/* A copy of the file made before an erasure: without the key of that time nobody reads in it who
 * was there or what was said. */
#include "api_fixture.h"

#include <dirent.h>

#define PERSON "ann.copied@mail.example"
#define BORN "1987-11-23"
#define SURFACE "screen-of-copied-ann"
#define KEY "order-4711-copied"
#define FACT "owes-money-copied"

/* How often the bytes stand in the files of a folder. */
static size_t occurrences(const char *folder, const void *bytes, size_t n) {
    size_t found = 0;
    DIR *d = opendir(folder);
    assert_non_null(d);
    for (struct dirent *e = readdir(d); e; e = readdir(d)) {
        char path[400];
        struct stat info;
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        if (stat(path, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size == 0)
            continue;
        size_t size = (size_t)info.st_size;
        uint8_t *all = malloc(size);
        FILE *file = fopen(path, "rb");
        assert_true(all && file && fread(all, 1, size, file) == size);
        fclose(file);
        for (size_t i = 0; i + n <= size; i++)
            found += all[i] == *(const uint8_t *)bytes && memcmp(all + i, bytes, n) == 0;
        free(all);
    }
    closedir(d);
    return found;
}

static void expect_absent(const char *folder, const char *text) {
    char wide[128];
    size_t n = strlen(text);
    if (occurrences(folder, text, n))
        fail_msg("the copy shows: %s", text);
    for (size_t i = 0; i < n; i++) { /* as UTF-16 */
        wide[2 * i] = text[i];
        wide[2 * i + 1] = '\0';
    }
    assert_int_equal(occurrences(folder, wide, 2 * n), 0);
}

static void run(const char *form, const char *a, const char *b) {
    char command[400];
    snprintf(command, sizeof command, form, a, b);
    assert_int_equal(system(command), 0);
}

static int64_t clock_of_copy(void *user) {
    return *(const int64_t *)user;
}

static consent_options *options_with(const uint8_t *key, int64_t *now) {
    consent_options *o = consent_options_new();
    consent_options_set_clock(o, clock_of_copy, now);
    if (key)
        assert_int_equal(consent_options_set_key(o, key, 32, NULL), CONSENT_OK);
    return o;
}

static void say_everything(fixture *f) {
    consent_rows *rows = NULL;
    assert_int_equal(consent_subject_add(f->store, PERSON, BORN, NULL), CONSENT_OK);
    consent_act *act = consent_act_new(PERSON, CONSENT_DECISION_GRANTED, "mail");
    consent_act_set_surface(act, SURFACE);
    consent_act_set_idempotency(act, KEY);
    assert_int_equal(consent_record(f->store, act, &rows, NULL), CONSENT_OK);
    consent_rows_free(rows);
    consent_act_free(act);
    assert_int_equal(consent_fact_put(f->store, PERSON, FACT, "true", "court-copied", f->now, NULL),
                     CONSENT_OK);
    assert_int_equal(consent_object(f->store, PERSON, NULL, "serve", "because-of-copied-ann", NULL),
                     CONSENT_OK);
}

static void erase(fixture *f) {
    consent_rows *rows = NULL;
    assert_int_equal(consent_cancel_open(f->store, PERSON, NULL, NULL, NULL, "app", &rows, NULL),
                     CONSENT_OK);
    consent_rows_free(rows);
    assert_int_equal(consent_cancel_execute(f->store, PERSON, true, &rows, NULL), CONSENT_OK);
    consent_rows_free(rows);
}

static void test_old_copy_without_its_key_reads_nothing(void **state) {
    fixture *f = *state;
    char copy[80], path[120];
    const char *said[] = {PERSON,
                          BORN,
                          SURFACE,
                          KEY,
                          FACT,
                          "because-of-copied-ann",
                          "court-copied",
                          "\"point\":\"",
                          "\"purpose\":\"mail\"",
                          "\"born\":",
                          "\"external\":"};
    char uid[33];
    uint8_t other[32] = {8};
    consent_rows *rows = NULL;
    consent_store *store = NULL;
    api_publish(f, (variant){0});
    say_everything(f);
    assert_int_equal(consent_subject_get(f->store, PERSON, &rows, NULL), CONSENT_OK);
    snprintf(uid, sizeof uid, "%s", consent_rows_text(rows, 0, "uid"));
    consent_rows_free(rows);
    /* With the log still beside the file: nothing was checkpointed for the copy's sake. */
    snprintf(copy, sizeof copy, "%s/copy", f->folder);
    run("mkdir '%s'%.0s", copy, "");
    run("cp '%s' '%s'", f->path, copy);
    run("cp '%s-wal' '%s'", f->path, copy);
    erase(f);
    assert_true(occurrences(copy, "Letters.", 8) > 0); /* the search finds what is in clear */
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
        expect_absent(copy, said[i]);
    expect_absent(copy, uid);

    snprintf(path, sizeof path, "%s/a.store", copy);
    consent_options *o = options_with(other, &f->now);
    assert_int_equal(consent_store_open(path, o, &store, NULL), CONSENT_E_KEY);
    assert_null(store);
    consent_options_free(o);
    o = options_with(NULL, &f->now); /* and there is no key file beside the copy */
    assert_true(consent_store_open(path, o, &store, NULL) < 0);
    assert_null(store);
    consent_options_free(o);

    /* It was a good copy: the key of that time reads everything. docs/erasure.md says so. */
    o = options_with(api_key, &f->now);
    assert_int_equal(consent_store_open(path, o, &store, NULL), CONSENT_OK);
    assert_int_equal(consent_subject_get(store, PERSON, &rows, NULL), CONSENT_OK);
    assert_string_equal(consent_rows_text(rows, 0, "uid"), uid);
    consent_rows_free(rows);
    consent_store_free(store);
    consent_options_free(o);
    assert_int_equal(consent_subject_get(f->store, PERSON, &rows, NULL), CONSENT_E_NOT_FOUND);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(
        test_old_copy_without_its_key_reads_nothing, api_setup, api_teardown)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
