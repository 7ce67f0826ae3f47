/* SPDX-License-Identifier: Apache-2.0 */
/* State and catalogue that are not what the ledger says, and what is wrong with the file. */
#include "api_fixture.h"
#include "tamper.h"

static void must(consent_status got, int line) {
    if (got < 0)
        fail_msg("line %d: %s", line, consent_status_name(got));
}
#define MUST(call) must((call), __LINE__)

/* Two versions, three people, some decisions. */
static void fill(fixture *f) {
    char file[300];
    for (int i = 1; i <= 2; i++) {
        snprintf(file, sizeof file, "%s/policy/bundles/strida-fitness/%d.0.json",
                 CONSENT_SOURCE_DIR, i);
        MUST(consent_policy_import_file(f->store, file, NULL));
        MUST(consent_policy_publish(f->store, "strida-fitness", i == 1 ? "1.0" : "2.0", NULL));
    }
    MUST(consent_subject_add(f->store, "li.na", "1990-05-17", NULL));
    MUST(consent_subject_add(f->store, "zhang", "1980-05-17", NULL));
    MUST(consent_subject_add(f->store, "wei", NULL, NULL));
    MUST(consent_subject_set_born(f->store, "wei", "1999-01-01", NULL));
}

static int doctor_setup(void **state) {
    int rc = api_setup(state);
    if (rc == 0)
        fill(*state);
    return rc;
}

static void reopen(fixture *f) {
    consent_error *err = NULL;
    consent_store_free(f->store);
    f->store = NULL;
    if (consent_store_open(f->path, f->options, &f->store, &err) != CONSENT_OK)
        fail_msg("open: %s", consent_error_message(err));
}

static consent_rows *examine(fixture *f, int64_t *subjects) {
    consent_rows *rows = NULL;
    consent_error *err = NULL;
    if (consent_store_examine(f->store, NULL, NULL, subjects, &rows, &err) != CONSENT_OK)
        fail_msg("examine: %s", consent_error_message(err));
    return rows;
}

static size_t count_of(const consent_rows *rows, const char *what) {
    size_t n = 0;
    for (size_t i = 0; i < consent_rows_count(rows); i++)
        n += strcmp(consent_rows_text(rows, i, "what"), what) == 0;
    return n;
}

static void expect_only(fixture *f, const char *name, const char *what, size_t least) {
    consent_rows *rows = examine(f, NULL);
    if (count_of(rows, what) < least || count_of(rows, what) != consent_rows_count(rows)) {
        for (size_t i = 0; i < consent_rows_count(rows); i++)
            print_message("  %lld %s: %s\n", (long long)consent_rows_number(rows, i, "seq", -1),
                          consent_rows_text(rows, i, "what"),
                          consent_rows_text(rows, i, "message"));
        fail_msg("%s: not %zu × %s alone", name, least, what);
    }
    consent_rows_free(rows);
}

static void test_doctor_finds_nothing_in_a_good_store(void **state) {
    fixture *f = *state;
    int64_t subjects = 0;
    consent_rows *rows = examine(f, &subjects);
    assert_int_equal(consent_rows_count(rows), 0);
    assert_int_equal(subjects, 3);
    consent_rows_free(rows);
}

static void test_doctor_finds_changed_states_and_catalogue(void **state) {
    static const struct {
        const char *name, *sql, *what;
        size_t least;
    } changes[] = {
        {"box", "UPDATE subject_state SET box = randomblob(length(box)) WHERE subject = 1",
         "STATE_DIFFERS", 1},
        {"boxes exchanged",
         "CREATE TEMP TABLE t AS SELECT * FROM subject_state; UPDATE subject_state SET box = "
         "(SELECT "
         "box FROM t WHERE t.subject = 3 - subject_state.subject) WHERE subject < 3",
         "STATE_DIFFERS", 2},
        {"seq", "UPDATE subject_state SET seq = seq - 1 WHERE subject = 1", "STATE_DIFFERS", 1},
        {"lookup",
         "UPDATE subject_state SET lookup = CAST(substr(lookup, 1, 15) || x'00' AS BLOB) "
         "WHERE subject = 1",
         "STATE_DIFFERS", 1},
        {"lookup and number",
         "UPDATE subject_state SET id = 0, lookup = zeroblob(16) "
         "WHERE subject = 1",
         "STATE_DIFFERS", 1},
        {"row gone", "DELETE FROM subject_state WHERE subject = 2", "STATE_MISSING", 1},
        {"salt", "UPDATE subject_key SET salt = zeroblob(16) WHERE id = 1", "STATE_DIFFERS", 1},
        {"epoch", "UPDATE epoch SET epoch = epoch + 1 WHERE version = 2 AND point = 1",
         "CATALOG_DIFFERS", 1},
        {"notice", "UPDATE epoch SET notice = 1 - notice WHERE version = 1 AND point = 1",
         "CATALOG_DIFFERS", 1},
        {"epoch gone",
         "DELETE FROM epoch WHERE version = 1 AND point = (SELECT max(point) FROM "
         "epoch WHERE version = 1)",
         "CATALOG_DIFFERS", 1},
        {"point", "UPDATE point SET key = 'something' WHERE id = 1", "CATALOG_DIFFERS", 1},
        {"text", "UPDATE policy_version SET bytes = CAST(bytes || x'20' AS BLOB) WHERE id = 1",
         "CATALOG_DIFFERS", 1},
        {"effect", "UPDATE policy_version SET effective_at = effective_at - 1 WHERE id = 2",
         "POLICY_DIFFERS", 1},
        {"setting", "DROP INDEX point_key", "SCHEMA_CHANGED", 1},
    };
    fixture *f = *state;
    char command[300];
    consent_store_free(f->store);
    f->store = NULL;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        snprintf(command, sizeof command, "cp -p %s %s.good", f->path, f->path);
        assert_int_equal(system(command), 0);
        tamper_with(f->path, changes[i].sql);
        reopen(f);
        expect_only(f, changes[i].name, changes[i].what, changes[i].least);
        consent_store_free(f->store);
        f->store = NULL;
        snprintf(command, sizeof command, "mv %s.good %s", f->path, f->path);
        assert_int_equal(system(command), 0);
    }
}

/* An older state of the right subject, put back: everything opens, and yet it is not true. */
static void test_doctor_finds_a_state_put_back(void **state) {
    fixture *f = *state;
    tamper t;
    consent_store_free(f->store);
    f->store = NULL;
    tamper_begin(&t, f->path);
    tamper_run(&t, "CREATE TABLE old AS SELECT * FROM subject_state WHERE subject = 3");
    tamper_end(&t);
    reopen(f);
    MUST(consent_subject_set_born(f->store, "wei", "2001-01-01", NULL));
    consent_store_free(f->store);
    f->store = NULL;
    tamper_with(f->path, "UPDATE subject_state SET (seq, box) = (SELECT seq, box FROM old) WHERE "
                         "subject = 3; DROP TABLE old");
    reopen(f);
    expect_only(f, "state put back", "STATE_DIFFERS", 1);
}

static void test_doctor_finds_exposed_file_leftover_and_slow_clock(void **state) {
    fixture *f = *state;
    char name[160];
    chmod(f->path, 0640);
    expect_only(f, "exposed", "FILE_EXPOSED", 1);
    chmod(f->path, 0600);
    snprintf(name, sizeof name, "%s.consent-new-2147483600-1", f->path);
    FILE *file = fopen(name, "w");
    fclose(file);
    expect_only(f, "leftover", "LEFTOVER_FILE", 1);
    unlink(name);
    f->now -= DAY;
    expect_only(f, "clock", "CLOCK_BEHIND", 1);
}

static void seen(int64_t done, int64_t total, void *user) {
    assert_int_equal(total, 3);
    *(int64_t *)user = done;
}

static void test_doctor_tells_its_progress(void **state) {
    fixture *f = *state;
    int64_t last = 0;
    consent_rows *rows = NULL;
    MUST(consent_store_examine(f->store, seen, &last, NULL, &rows, NULL));
    assert_int_equal(last, 3);
    consent_rows_free(rows);
}

#define DOCTOR(name) cmocka_unit_test_setup_teardown(name, doctor_setup, api_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        DOCTOR(test_doctor_finds_nothing_in_a_good_store),
        DOCTOR(test_doctor_finds_changed_states_and_catalogue),
        DOCTOR(test_doctor_finds_a_state_put_back),
        DOCTOR(test_doctor_finds_exposed_file_leftover_and_slow_clock),
        DOCTOR(test_doctor_tells_its_progress),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
