/* SPDX-License-Identifier: Apache-2.0 */
/* A sweep, not a sample: in a store of a few hundred events, every column of every table is edited,
 * every row of each kind deleted, put in again, exchanged with another; triggers are taken away,
 * the file is cut, an older copy put in its place. Each change is named by verify or doctor, or by
 * the refusal to open; or it stands in docs/threat-model.md under "Not detected", and here in
 * `excused` with the number of that line. A change that is detected although it is excused fails as
 * well. */
#include "api_fixture.h"

#include <sqlite3.h>

static fixture *F;
static char base[128], work[128], older[128];
static char *note; /* checkpoint kept outside */
static int named, excused_seen;

static void sh(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void sh(const char *format, ...) {
    char command[600];
    va_list list;
    va_start(list, format);
    vsnprintf(command, sizeof command, format, list);
    va_end(list);
    assert_int_equal(system(command), 0);
}

static void copy(const char *from, const char *to) {
    sh("rm -f '%s' '%s-wal' '%s-shm' && cp -p '%s' '%s'", to, to, to, from, to);
}

static int64_t ask(fixture *f, const char *id, const char *kind) {
    consent_rows *rows = NULL;
    consent_request *q = consent_request_new(id, kind);
    assert_int_equal(consent_request_open(f->store, q, &rows, NULL), CONSENT_OK);
    int64_t number = consent_rows_number(rows, 0, "request", -1);
    consent_request_free(q);
    consent_rows_free(rows);
    return number;
}

/* Requests that run, and two people who left something behind that is kept. */
static void fill_rights(fixture *f) {
    const char *items[] = {"name", "street"};
    for (int i = 0; i < 2; i++) {
        consent_rows *rows = NULL;
        const char *id = i ? "person-101" : "person-100";
        int64_t until = f->now + (20 + i) * DAY;
        assert_int_equal(consent_hold_place(f->store, id, "court", items, (size_t)i + 1, until,
                                            NULL, &rows, NULL),
                         CONSENT_OK);
        consent_rows_free(rows);
        assert_int_equal(consent_erase(f->store, id, ask(f, id, "delete"), false, &rows, NULL),
                         CONSENT_OK);
        consent_rows_free(rows);
    }
    (void)ask(f, "person-102", "access");
    f->now += SECOND;
    (void)ask(f, "person-103", "copy");
}

/* A little of everything that makes rows. */
static void fill(fixture *f) {
    char id[24];
    api_publish(f, (variant){0});
    for (int i = 0; i < 130; i++) {
        snprintf(id, sizeof id, "person-%d", i);
        assert_int_equal(consent_subject_add(f->store, id, "1990-05-17", NULL), CONSENT_OK);
        consent_act *a = consent_act_new(id, CONSENT_DECISION_GRANTED, "mail");
        if (i < 3)
            consent_act_set_idempotency(a, "once");
        api_say(f, a, CONSENT_OK);
        f->now += SECOND;
        if (i == 60) {
            consent_rows *rows = NULL;
            assert_int_equal(consent_ledger_checkpoint(f->store, NULL, NULL), CONSENT_OK);
            assert_int_equal(consent_ledger_head(f->store, &rows, NULL), CONSENT_OK);
            consent_rows_free(rows);
            assert_int_equal(consent_store_close(f->store, NULL), CONSENT_OK);
            consent_store_free(f->store);
            copy(f->path, older);
            assert_int_equal(consent_store_open(f->path, f->options, &f->store, NULL), CONSENT_OK);
        }
    }
    api_publish(f, (variant){.version = "2", .effective = "2024-07-01T00:00:00Z", .text = "New."});
    fill_rights(f);
    assert_int_equal(consent_service_stop(f->store, "the end", NULL), CONSENT_OK);
    assert_int_equal(consent_ledger_checkpoint(f->store, NULL, NULL), CONSENT_OK);
}

static int setup(void **state) {
    if (api_setup(state) != 0)
        return -1;
    F = *state;
    snprintf(base, sizeof base, "%s/base", F->folder);
    snprintf(work, sizeof work, "%s/work", F->folder);
    snprintf(older, sizeof older, "%s/older", F->folder);
    fill(F);
    consent_rows *rows = NULL;
    if (consent_ledger_head(F->store, &rows, NULL) != CONSENT_OK)
        return -1;
    note = strdup(consent_rows_text(rows, 0, "checkpoint"));
    consent_rows_free(rows);
    consent_store_close(F->store, NULL);
    consent_store_free(F->store);
    F->store = NULL;
    copy(F->path, base);
    return 0;
}

static int teardown(void **state) {
    free(note);
    return api_teardown(state);
}

/* ---- an insider with SQLite ---- */

static int keep_text(void *user, int n, char **values, char **names) {
    char **all = user;
    size_t old = *all ? strlen(*all) : 0;
    (void)n;
    (void)names;
    *all = realloc(*all, old + strlen(values[0]) + 3);
    sprintf(*all + old, "%s;\n", values[0]);
    return 0;
}

static char *texts(sqlite3 *db, const char *sql) {
    char *all = NULL;
    assert_int_equal(sqlite3_exec(db, sql, keep_text, &all, NULL), SQLITE_OK);
    return all;
}

/* Runs sql without triggers and puts them back word for word. False when it changed nothing, or
 * when a CHECK of the schema forbids it (the insider would have to change the schema). */
static bool tamper(const char *sql) {
    sqlite3 *db = NULL;
    copy(base, work);
    assert_int_equal(sqlite3_open(work, &db), SQLITE_OK);
    sqlite3_exec(db, "PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF", NULL, NULL, NULL);
    char *create = texts(db, "SELECT sql FROM sqlite_schema WHERE type = 'trigger'");
    char *drop =
        texts(db, "SELECT 'DROP TRIGGER ' || name FROM sqlite_schema WHERE type = 'trigger'");
    assert_int_equal(sqlite3_exec(db, drop, NULL, NULL, NULL), SQLITE_OK);
    int before = sqlite3_total_changes(db);
    int rc = sqlite3_exec(db, sql, NULL, NULL, NULL);
    bool changed = rc == SQLITE_OK && sqlite3_total_changes(db) > before;
    assert_int_equal(sqlite3_exec(db, create, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    free(create);
    free(drop);
    return changed;
}

/* Something says so: what opens the store refuses, verify or doctor finds. */
static bool detected(const char *path, const char *kept, char *what, size_t size) {
    consent_store *store = NULL;
    consent_rows *rows = NULL;
    consent_status st = consent_store_open(path, F->options, &store, NULL);
    if (st != CONSENT_OK) {
        snprintf(what, size, "%s", consent_status_name(st));
        return true;
    }
    consent_verification *how = consent_verification_new();
    if (kept)
        consent_verification_set_checkpoint(how, kept, strlen(kept), NULL, NULL);
    st = consent_ledger_verify(store, how, NULL, &rows, NULL);
    consent_verification_free(how);
    size_t n = consent_rows_count(rows);
    snprintf(what, size, "%s",
             st != CONSENT_OK ? consent_status_name(st)
             : n              ? consent_rows_text(rows, 0, "what")
                              : "");
    consent_rows_free(rows);
    rows = NULL;
    if (st == CONSENT_OK && n == 0) {
        st = consent_store_examine(store, NULL, NULL, NULL, &rows, NULL);
        n = consent_rows_count(rows);
        snprintf(what, size, "%s",
                 st != CONSENT_OK ? consent_status_name(st)
                 : n              ? consent_rows_text(rows, 0, "what")
                                  : "");
        consent_rows_free(rows);
    }
    consent_store_free(store);
    return st != CONSENT_OK || n > 0;
}

/* ---- what nothing can tell; each has its line in docs/threat-model.md ---- */

typedef struct excuse {
    const char *change; /* "table.column edit", "table delete", "table swap" */
    const char *line;   /* of the threat model */
    bool some;          /* of some rows only */
} excuse;
static const excuse excuses[] = {
    {"idem.digest edit", "N1", false},
    {"checkpoint.at edit", "N2", false},
    {"checkpoint delete", "N2", false},
    {"head.catalog edit", "N3", false},
    {"head.owed edit", "N6", false},
    {"document.id edit", "N4", false},
    {"request.kind edit", "N8", true},
    {"request.state edit", "N8", true},
    {"request.open edit", "N8", true},
    {"request.received_at edit", "N8", true},
    {"request.due edit", "N8", true},
    {"request.provisional edit", "N8", true},
    {"request swap", "N8", true},
    {"task.uid edit", "N9", false},
    {"subject_state.id edit", "N10", false},
    {"task.recipient edit", "N9", false},
    {"task.seq edit", "N9", true},
    {"task.done edit", "N9", true},
    {"task.items edit", "N9", false},
    {"task delete", "N9", false},
    {"task swap", "N9", false},
};

static const excuse *excused(const char *change) {
    for (size_t i = 0; i < sizeof excuses / sizeof *excuses; i++)
        if (strcmp(excuses[i].change, change) == 0)
            return &excuses[i];
    return NULL;
}

static int bad;

static void judge(const char *change, const char *sql) {
    char what[64];
    const excuse *line = excused(change);
    bool found = detected(work, note, what, sizeof what);
    if (found && (!line || line->some)) {
        named++;
        return;
    }
    if (!found && line) {
        excused_seen++;
        return;
    }
    bad++;
    print_message("%s: %s%s\n    %s\n", change, found ? "excused, but named " : "not detected",
                  found ? what : "", sql);
}

/* ---- the sweep ---- */

typedef struct column {
    char name[40], type[16];
} column;

static int columns_of(sqlite3 *db, const char *table, column *out, int max) {
    sqlite3_stmt *q = NULL;
    int n = 0;
    char sql[120];
    snprintf(sql, sizeof sql, "SELECT name, type FROM pragma_table_info('%s')", table);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &q, NULL), SQLITE_OK);
    while (sqlite3_step(q) == SQLITE_ROW && n < max) {
        snprintf(out[n].name, sizeof out[n].name, "%s", sqlite3_column_text(q, 0));
        snprintf(out[n++].type, sizeof out[0].type, "%s", sqlite3_column_text(q, 1));
    }
    sqlite3_finalize(q);
    return n;
}

/* Another value of the same type that CHECKs of a length still take. */
static const char *other_value(const column *c, char *out, size_t size) {
    if (strcmp(c->type, "INTEGER") == 0)
        snprintf(out, size, "coalesce(\"%s\", 0) + 1", c->name);
    else if (strcmp(c->type, "TEXT") == 0)
        snprintf(out, size, "substr(\"%s\", 1, length(\"%s\") - 1) || 'x'", c->name, c->name);
    else
        snprintf(out, size, "randomblob(length(\"%s\"))", c->name);
    return out;
}

/* The n-th row of a table, in a table with or without rowid. */
static void where(const column *key, int keys, const char *table, int nth, char *out, size_t size) {
    char list[200] = "";
    for (int i = 0; i < keys; i++) {
        strcat(list, i ? "," : "");
        strcat(list, "\"");
        strcat(list, key[i].name);
        strcat(list, "\"");
    }
    snprintf(out, size, "(%s) = (SELECT %s FROM %s ORDER BY %s LIMIT 1 OFFSET %d)", list, list,
             table, list, nth);
}

static int primary_key(sqlite3 *db, const char *table, column *out) {
    sqlite3_stmt *q = NULL;
    int n = 0;
    char sql[140];
    snprintf(sql, sizeof sql,
             "SELECT name, type FROM pragma_table_info('%s') WHERE pk > 0 ORDER BY pk", table);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &q, NULL), SQLITE_OK);
    while (sqlite3_step(q) == SQLITE_ROW)
        snprintf(out[n++].name, sizeof out[0].name, "%s", sqlite3_column_text(q, 0));
    sqlite3_finalize(q);
    return n;
}

static int count_of(sqlite3 *db, const char *table) {
    sqlite3_stmt *q = NULL;
    char sql[100];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", table);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &q, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    int n = sqlite3_column_int(q, 0);
    sqlite3_finalize(q);
    return n;
}

static void sweep_row(const char *table, const column *c, int n, const column *key, int keys,
                      int nth) {
    char sql[1200], value[128], at[500], change[100];
    where(key, keys, table, nth, at, sizeof at);
    for (int i = 0; i < n; i++) {
        snprintf(sql, sizeof sql, "UPDATE %s SET \"%s\" = %s WHERE %s", table, c[i].name,
                 other_value(&c[i], value, sizeof value), at);
        snprintf(change, sizeof change, "%s.%s edit", table, c[i].name);
        if (tamper(sql))
            judge(change, sql);
    }
    snprintf(sql, sizeof sql, "DELETE FROM %s WHERE %s", table, at);
    snprintf(change, sizeof change, "%s delete", table);
    if (tamper(sql))
        judge(change, sql);
}

static bool alike(const char *sql) {
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(base, &db), SQLITE_OK);
    char *answer = texts(db, sql);
    bool same = answer && *answer == '1';
    free(answer);
    sqlite3_close(db);
    return same;
}

/* Exchanges everything but the key of two neighbours. */
static void sweep_swap(const char *table, const column *c, int n, const column *key, int keys,
                       int nth) {
    char sql[8000] = "", a[500], b[500], set[600] = "", change[100];
    where(key, keys, table, nth, a, sizeof a);
    where(key, keys, table, nth + 1, b, sizeof b);
    for (int i = 0; i < n; i++) {
        bool is_key = false;
        for (int k = 0; k < keys; k++)
            is_key |= strcmp(c[i].name, key[k].name) == 0;
        if (!is_key)
            snprintf(set + strlen(set), sizeof set - strlen(set), "%s\"%s\"", *set ? "," : "",
                     c[i].name);
    }
    if (!*set)
        return;
    snprintf(sql, sizeof sql, "SELECT (SELECT %s FROM %s WHERE %s) IS (SELECT %s FROM %s WHERE %s)",
             set, table, a, set, table, b);
    if (alike(sql))
        return;
    snprintf(sql, sizeof sql,
             "CREATE TEMP TABLE a AS SELECT %s FROM %s WHERE %s;"
             "CREATE TEMP TABLE b AS SELECT %s FROM %s WHERE %s;"
             "UPDATE %s SET (%s) = (SELECT %s FROM b) WHERE %s;"
             "UPDATE %s SET (%s) = (SELECT %s FROM a) WHERE %s",
             set, table, a, set, table, b, table, set, set, a, table, set, set, b);
    snprintf(change, sizeof change, "%s swap", table);
    if (tamper(sql))
        judge(change, sql);
}

static void test_tamper_every_column_row_and_pair_of_every_table(void **state) {
    (void)state;
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(base, &db), SQLITE_OK);
    char *tables = texts(db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT "
                             "LIKE 'sqlite%' ORDER BY name");
    for (char *t = strtok(tables, ";\n"); t; t = strtok(NULL, ";\n")) {
        column c[24], key[8];
        int n = columns_of(db, t, c, 24), keys = primary_key(db, t, key), rows = count_of(db, t);
        int step = rows > 8 ? rows / 5 : 1; /* of many alike: some, and the last */
        for (int i = 0; i < rows; i += step)
            sweep_row(t, c, n, key, keys, i);
        for (int i = 0; i + 1 < rows; i += step)
            sweep_swap(t, c, n, key, keys, i);
    }
    free(tables);
    sqlite3_close(db);
    print_message("%d changes named, %d excused\n", named, excused_seen);
    assert_true(named > 150);
    assert_int_equal(bad, 0);
}

static void test_tamper_rows_put_in(void **state) {
    static const char *const inserts[] = {
        "INSERT INTO event SELECT seq + 1, at, kind, commitment, leaf_hash FROM event ORDER BY seq "
        "DESC LIMIT 1",
        "INSERT INTO event_body SELECT seq + 1, subject, box FROM event_body ORDER BY seq DESC "
        "LIMIT 1",
        "INSERT INTO tree_node SELECT level, idx + 7, hash FROM tree_node LIMIT 1",
        "INSERT INTO policy_version SELECT max(id) + 1, policy, '9', sha256, imported_seq, "
        "imported_at, published_seq, published_at, in_force_at, effective_at, profile, bytes FROM "
        "policy_version",
        "INSERT INTO document SELECT max(id) + 1, kind, 'other', seq, sha256, bytes FROM document",
        "INSERT INTO checkpoint SELECT size, at + 1, note || 'x' FROM checkpoint LIMIT 1",
        "INSERT INTO point SELECT max(id) + 1, policy, 'more' FROM point",
        "INSERT INTO epoch SELECT version, 99, epoch, notice FROM epoch LIMIT 1",
    };
    (void)state;
    for (size_t i = 0; i < sizeof inserts / sizeof *inserts; i++) {
        char what[64];
        if (!tamper(inserts[i]))
            fail_msg("changed nothing: %s", inserts[i]);
        if (!detected(work, note, what, sizeof what))
            fail_msg("not detected: %s", inserts[i]);
    }
    char what[64]; /* N7: a subject without any event */
    assert_true(tamper("INSERT INTO subject_key SELECT max(id) + 1, randomblob(16), randomblob(16) "
                       "FROM subject_key"));
    assert_false(detected(work, note, what, sizeof what));
}

/* What lists and repetitions are answered from follows from the ledger. */
static void test_tamper_lists_are_what_the_ledger_says(void **state) {
    static const struct {
        const char *sql, *what;
    } rows[] = {
        {"DELETE FROM idem", "IDEM_DIFFERS"},
        {"UPDATE idem SET seq = seq + 2", "IDEM_DIFFERS"},
        {"UPDATE idem SET key = randomblob(16)", "IDEM_DIFFERS"},
        {"UPDATE idem SET subject = subject + 50", "IDEM_DIFFERS"},
        {"INSERT INTO idem SELECT subject, randomblob(16), digest, seq FROM idem LIMIT 1",
         "IDEM_DIFFERS"},
        {"DELETE FROM request WHERE subject IS NOT NULL", "REQUEST_DIFFERS"},
        {"DELETE FROM request WHERE subject IS NULL", "REQUEST_DIFFERS"},
        {"UPDATE request SET state = 'done', open = 0 WHERE subject IS NOT NULL",
         "REQUEST_DIFFERS"},
        {"UPDATE request SET due = NULL WHERE subject IS NOT NULL AND due IS NOT NULL",
         "REQUEST_DIFFERS"},
        {"UPDATE request SET due = coalesce(due, 0) + 86400000000 WHERE subject IS NOT NULL",
         "REQUEST_DIFFERS"},
        {"UPDATE request SET kind = 'delete' WHERE subject IS NOT NULL", "REQUEST_DIFFERS"},
        {"UPDATE request SET subject = 1 WHERE subject IS NULL", "REQUEST_DIFFERS"},
        {"UPDATE request SET subject = NULL WHERE subject IS NOT NULL", "REQUEST_DIFFERS"},
        {"INSERT INTO request SELECT 3, subject, kind, state, open, received_at, due, provisional "
         "FROM request WHERE subject IS NOT NULL LIMIT 1",
         "REQUEST_DIFFERS"},
        {"DELETE FROM remainder", "REMAINDER_DIFFERS"},
        {"UPDATE remainder SET until = until + 1", "REMAINDER_DIFFERS"},
        {"UPDATE remainder SET until = NULL", "REMAINDER_DIFFERS"},
        {"UPDATE remainder SET reason = 'tax'", "REMAINDER_DIFFERS"},
        {"UPDATE remainder SET item = 'email' WHERE item = 'street'", "REMAINDER_DIFFERS"},
        {"INSERT INTO remainder SELECT uid, 'email', reason, until, seq FROM remainder LIMIT 1",
         "REMAINDER_DIFFERS"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char what[64];
        if (!tamper(rows[i].sql))
            fail_msg("changed nothing: %s", rows[i].sql);
        if (!detected(work, note, what, sizeof what) || strcmp(what, rows[i].what) != 0)
            fail_msg("%s, not %s: %s", what, rows[i].what, rows[i].sql);
    }
}

static void test_tamper_triggers_taken_away(void **state) {
    sqlite3 *db = NULL;
    char what[64];
    (void)state;
    assert_int_equal(sqlite3_open(base, &db), SQLITE_OK);
    char *names = texts(db, "SELECT name FROM sqlite_schema WHERE type = 'trigger'");
    sqlite3_close(db);
    for (char *t = strtok(names, ";\n"); t; t = strtok(NULL, ";\n")) {
        char sql[120];
        copy(base, work);
        assert_int_equal(sqlite3_open(work, &db), SQLITE_OK);
        snprintf(sql, sizeof sql, "DROP TRIGGER %s", t);
        assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
        sqlite3_close(db);
        if (!detected(work, note, what, sizeof what))
            fail_msg("%s", t);
    }
    free(names);
}

static void test_tamper_file_cut_short(void **state) {
    struct stat st;
    char what[64];
    (void)state;
    assert_int_equal(stat(base, &st), 0);
    for (int64_t keep = 0; keep < st.st_size; keep += st.st_size / 9 + 1) {
        copy(base, work);
        assert_int_equal(truncate(work, keep), 0);
        if (!detected(work, note, what, sizeof what))
            fail_msg("cut to %lld bytes", (long long)keep);
    }
}

static void test_tamper_older_copy_only_a_checkpoint_tells(void **state) {
    char what[64];
    (void)state;
    copy(older, work);
    assert_false(detected(work, NULL, what, sizeof what)); /* threat model N5 */
    copy(older, work);
    assert_true(detected(work, note, what, sizeof what));
    assert_string_equal(what, "ROLLED_BACK");
}

static void test_tamper_checkpoint_of_another_store(void **state) {
    char sql[700], what[64], path[160];
    consent_store *other = NULL;
    consent_rows *rows = NULL;
    (void)state;
    snprintf(path, sizeof path, "%s/other", F->folder);
    assert_int_equal(consent_store_create(path, F->options, &other, NULL), CONSENT_OK);
    assert_int_equal(consent_ledger_head(other, &rows, NULL), CONSENT_OK);
    snprintf(sql, sizeof sql, "UPDATE checkpoint SET note = '%s'",
             consent_rows_text(rows, 0, "checkpoint"));
    copy(base, work);
    assert_true(detected(work, consent_rows_text(rows, 0, "checkpoint"), what, sizeof what));
    assert_string_equal(what, "WRONG_KEY");
    assert_true(tamper(sql));
    assert_true(detected(work, note, what, sizeof what));
    assert_string_equal(what, "CHECKPOINT_DIFFERS");
    consent_rows_free(rows);
    consent_store_free(other);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tamper_every_column_row_and_pair_of_every_table),
        cmocka_unit_test(test_tamper_lists_are_what_the_ledger_says),
        cmocka_unit_test(test_tamper_rows_put_in),
        cmocka_unit_test(test_tamper_triggers_taken_away),
        cmocka_unit_test(test_tamper_file_cut_short),
        cmocka_unit_test(test_tamper_older_copy_only_a_checkpoint_tells),
        cmocka_unit_test(test_tamper_checkpoint_of_another_store),
    };
    return cmocka_run_group_tests_name("tamper", tests, setup, teardown);
}
