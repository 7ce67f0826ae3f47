/* SPDX-License-Identifier: Apache-2.0 */
/* A store is changed behind the library's back, with SQLite itself and the schema put back
 * afterwards; the verification must say what was done and where. */
#include "api_fixture.h"

#include "tamper.h"
#include <sodium.h>

#define SUBJECTS 540 /* two whole tiles of 256 events and some behind them */

typedef struct ledger {
    char folder[64], base[96], path[96];
    int64_t now;
    consent_options *options;
    int64_t size;   /* events */
    char *note;     /* checkpoint at the end */
    char *old_note; /* checkpoint at 300 events */
    char *old_base; /* a copy of the file from then */
} ledger;

static ledger L;

static int64_t ledger_clock(void *user) {
    (void)user;
    return L.now += SECOND;
}

static void copy_file(const char *from, const char *to) {
    char command[256];
    snprintf(command, sizeof command, "rm -f '%s' '%s-wal' '%s-shm' && cp -p '%s' '%s'", to, to, to,
             from, to);
    assert_int_equal(system(command), 0);
}

static consent_store *ledger_open(const char *path) {
    consent_store *store = NULL;
    consent_error *err = NULL;
    if (consent_store_open(path, L.options, &store, &err) != CONSENT_OK)
        fail_msg("open: %s", consent_error_message(err));
    return store;
}

static char *note_of(consent_store *store, int64_t *size) {
    consent_rows *rows = NULL;
    assert_int_equal(consent_ledger_head(store, &rows, NULL), CONSENT_OK);
    char *note = strdup(consent_rows_text(rows, 0, "checkpoint"));
    if (size)
        *size = consent_rows_number(rows, 0, "size", -1);
    consent_rows_free(rows);
    return note;
}

static void add_people(consent_store *store, int from, int to) {
    char id[32];
    for (int i = from; i < to; i++) {
        snprintf(id, sizeof id, "person-%d", i);
        assert_int_equal(consent_subject_add(store, id, "1990-01-01", NULL), CONSENT_OK);
    }
}

static int make_ledger(void **state) {
    char file[300];
    consent_store *store = NULL;
    strcpy(L.folder, "consent-verify-XXXXXX");
    if (!mkdtemp(L.folder) || sodium_init() < 0)
        return -1;
    snprintf(L.base, sizeof L.base, "%s/base", L.folder);
    snprintf(L.path, sizeof L.path, "%s/work", L.folder);
    L.now = T0;
    L.options = consent_options_new();
    consent_options_set_clock(L.options, ledger_clock, NULL);
    assert_int_equal(consent_options_set_key(L.options, api_key, 32, NULL), CONSENT_OK);
    assert_int_equal(consent_store_create(L.base, L.options, &store, NULL), CONSENT_OK);
    snprintf(file, sizeof file, "%s/policy/bundles/strida-fitness/1.0.json", CONSENT_SOURCE_DIR);
    assert_int_equal(consent_policy_import_file(store, file, NULL), CONSENT_OK);
    assert_int_equal(consent_policy_publish(store, "strida-fitness", "1.0", NULL), CONSENT_OK);
    add_people(store, 0, 297);
    L.old_note = note_of(store, NULL);
    assert_int_equal(consent_store_close(store, NULL), CONSENT_OK);
    consent_store_free(store);
    L.old_base = malloc(96);
    snprintf(L.old_base, 96, "%s/old", L.folder);
    copy_file(L.base, L.old_base);
    store = ledger_open(L.base);
    add_people(store, 297, SUBJECTS);
    L.note = note_of(store, &L.size);
    consent_store_free(store);
    *state = &L;
    return 0;
}

static int drop_ledger(void **state) {
    char command[160];
    (void)state;
    consent_options_free(L.options);
    free(L.note);
    free(L.old_note);
    free(L.old_base);
    snprintf(command, sizeof command, "rm -rf '%s'", L.folder);
    return system(command);
}

/* ---- an attacker with SQLite ---- */

/* leaf(seq, at, kind, commitment): what an attacker who knows the format computes. */
static void sql_leaf(sqlite3_context *context, int n, sqlite3_value **v) {
    char input[300], hex[65];
    uint8_t hash[32];
    crypto_hash_sha256_state state;
    (void)n;
    sodium_bin2hex(hex, sizeof hex, sqlite3_value_blob(v[3]), 32);
    snprintf(input, sizeof input,
             "%c{\"at\":%lld,\"body\":\"%s\",\"kind\":\"%s\",\"seq\":%lld,\"v\":1}", 'x',
             (long long)sqlite3_value_int64(v[1]), hex, (const char *)sqlite3_value_text(v[2]),
             (long long)sqlite3_value_int64(v[0]));
    crypto_hash_sha256_init(&state);
    size_t len = strlen(input);
    input[0] = 0;
    crypto_hash_sha256_update(&state, (const uint8_t *)input, len);
    crypto_hash_sha256_final(&state, hash);
    sqlite3_result_blob(context, hash, 32, SQLITE_TRANSIENT);
}

static void run(sqlite3 *db, const char *sql) {
    char *message = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s: %s", sql, message);
}

/* Root of leaves [from, from + n), n a power of two, out of the table as it is now. */
static void subtree(sqlite3 *db, int64_t from, int64_t n, uint8_t out[32]) {
    uint8_t input[65] = {1};
    if (n > 1) {
        subtree(db, from, n / 2, input + 1);
        subtree(db, from + n / 2, n / 2, input + 33);
        crypto_hash_sha256(out, input, sizeof input);
        return;
    }
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(
        sqlite3_prepare_v2(db, "SELECT leaf_hash FROM event WHERE seq = ?1", -1, &stmt, NULL), 0);
    sqlite3_bind_int64(stmt, 1, from);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    memcpy(out, sqlite3_column_blob(stmt, 0), 32);
    sqlite3_finalize(stmt);
}

/* Nodes and head as the rows now have it: a rewriting of the whole. */
static void rewrite_tree(sqlite3 *db) {
    uint8_t frontier[64 * 32];
    int64_t size = 0, from = 0, at = 0;
    size_t n = 0;
    sqlite3_stmt *stmt = NULL;
    sqlite3_prepare_v2(db, "SELECT count(*), max(at) FROM event", -1, &stmt, NULL);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    size = sqlite3_column_int64(stmt, 0);
    at = sqlite3_column_int64(stmt, 1);
    sqlite3_finalize(stmt);
    run(db, "DELETE FROM tree_node");
    for (int64_t i = 0; (i + 1) * 256 <= size; i++) {
        uint8_t root[32];
        subtree(db, i * 256, 256, root);
        sqlite3_prepare_v2(db, "INSERT INTO tree_node VALUES (8, ?1, ?2)", -1, &stmt, NULL);
        sqlite3_bind_int64(stmt, 1, i);
        sqlite3_bind_blob(stmt, 2, root, 32, SQLITE_TRANSIENT);
        assert_int_equal(sqlite3_step(stmt), SQLITE_DONE);
        sqlite3_finalize(stmt);
    }
    for (int k = 20; k >= 0; k--)
        if (size >> k & 1) {
            subtree(db, from, INT64_C(1) << k, frontier + n);
            n += 32;
            from += INT64_C(1) << k;
        }
    sqlite3_prepare_v2(db, "UPDATE head SET size = ?1, at = ?2, frontier = ?3", -1, &stmt, NULL);
    sqlite3_bind_int64(stmt, 1, size);
    sqlite3_bind_int64(stmt, 2, at);
    sqlite3_bind_blob(stmt, 3, frontier, (int)n, SQLITE_TRANSIENT);
    assert_int_equal(sqlite3_step(stmt), SQLITE_DONE);
    sqlite3_finalize(stmt);
}

/* Runs sql with all triggers gone, then puts them back word for word. */
static void tamper_file(const char *sql, bool rewrite) {
    tamper t;
    tamper_begin(&t, L.path);
    sqlite3_create_function(t.db, "leaf", 4, SQLITE_UTF8, NULL, sql_leaf, NULL, NULL);
    tamper_run(&t, sql);
    if (rewrite)
        rewrite_tree(t.db);
    tamper_end(&t);
}

/* ---- what the verification says ---- */

static consent_rows *verify_with(const char *note, bool bodies) {
    consent_store *store = ledger_open(L.path);
    consent_verification *how = consent_verification_new();
    consent_rows *rows = NULL;
    consent_error *err = NULL;
    consent_verification_set_bodies(how, bodies);
    if (note)
        assert_int_equal(consent_verification_set_checkpoint(how, note, strlen(note), NULL, NULL),
                         CONSENT_OK);
    if (consent_ledger_verify(store, how, NULL, &rows, &err) != CONSENT_OK)
        fail_msg("verify: %s", consent_error_message(err));
    consent_verification_free(how);
    consent_store_free(store);
    return rows;
}

static void print_findings(const consent_rows *rows) {
    for (size_t i = 0; i < consent_rows_count(rows); i++)
        print_message("  %lld %s: %s\n", (long long)consent_rows_number(rows, i, "seq", -1),
                      consent_rows_text(rows, i, "what"), consent_rows_text(rows, i, "message"));
}

static bool has_finding(const consent_rows *rows, int64_t seq, const char *what) {
    for (size_t i = 0; i < consent_rows_count(rows); i++)
        if (consent_rows_number(rows, i, "seq", -1) == seq &&
            strcmp(consent_rows_text(rows, i, "what"), what) == 0)
            return true;
    return false;
}

static bool finds(const char *name, const char *note, bool bodies, int64_t seq, const char *what,
                  size_t most) {
    consent_rows *rows = verify_with(note, bodies);
    bool good = has_finding(rows, seq, what) && consent_rows_count(rows) <= most;
    if (!good) {
        print_message("%s: not %s at %lld and at most %zu in all:\n", name, what, (long long)seq,
                      most);
        print_findings(rows);
    }
    consent_rows_free(rows);
    return good;
}

static void expect(const char *name, const char *note, bool bodies, int64_t seq, const char *what,
                   size_t most) {
    assert_true(finds(name, note, bodies, seq, what, most));
}

typedef struct attack {
    const char *name, *sql;
    bool rewrite;
    int64_t seq;
    const char *what;
    size_t most; /* findings in all */
} attack;

#define EXCHANGE(a, b)                                                                             \
    "CREATE TEMP TABLE t AS SELECT * FROM event WHERE seq IN (" #a "," #b ");"                     \
    "UPDATE event SET (at, kind, commitment, leaf_hash) = (SELECT at, kind, commitment, "          \
    "leaf_hash "                                                                                   \
    "FROM t WHERE t.seq = " #a " + " #b " - event.seq) WHERE seq IN (" #a "," #b ");"
#define RENUMBER(table, from, by)                                                                  \
    "UPDATE " table " SET seq = -seq - (" #by ") WHERE seq >= " #from ";"                          \
    "UPDATE " table " SET seq = -seq WHERE seq < 0;"
#define LEAF "leaf_hash = leaf(seq, at, kind, commitment)"

static const attack attacks[] = {
    /* one row */
    {"time", "UPDATE event SET at = at + 1 WHERE seq = 100", false, 100, "EDITED", 1},
    {"time, tail", "UPDATE event SET at = at + 1 WHERE seq = 540", false, 540, "EDITED", 1},
    {"time back", "UPDATE event SET at = at - 5000000 WHERE seq = 100", false, 100,
     "TIME_BACKWARDS", 2},
    {"kind", "UPDATE event SET kind = 'consent.granted' WHERE seq = 100", false, 100, "EDITED", 1},
    {"new kind", "UPDATE event SET kind = 'consent.bought' WHERE seq = 100", false, 100,
     "UNKNOWN_KIND", 2},
    {"commitment", "UPDATE event SET commitment = zeroblob(32) WHERE seq = 300", false, 300,
     "EDITED", 1},
    {"leaf hash", "UPDATE event SET leaf_hash = zeroblob(32) WHERE seq = 300", false, 300, "EDITED",
     1},
    {"leaf hash, tail", "UPDATE event SET leaf_hash = zeroblob(32) WHERE seq = 540", false, 540,
     "EDITED", 1},
    {"two rows", "UPDATE event SET at = at + 1 WHERE seq IN (7, 9)", false, 9, "EDITED", 2},
    /* with its leaf hash: the body tells which, the tree that */
    {"time and hash",
     "UPDATE event SET at = at + 1 WHERE seq = 100; UPDATE event SET " LEAF " WHERE seq = 100",
     false, 100, "EDITED", 2},
    {"time and hash",
     "UPDATE event SET at = at + 1 WHERE seq = 100; UPDATE event SET " LEAF " WHERE seq = 100",
     false, 0, "EDITED", 2},
    {"time and hash, tail",
     "UPDATE event SET at = at + 1 WHERE seq = 540; UPDATE event SET " LEAF " WHERE seq = 540",
     false, 540, "EDITED", 2},
    {"whole rewritten",
     "UPDATE event SET at = at + 1 WHERE seq = 100; UPDATE event SET " LEAF " WHERE seq = 100",
     true, 100, "EDITED", 1},
    /* bodies */
    {"body", "UPDATE event_body SET box = randomblob(length(box)) WHERE seq = 100", false, 100,
     "EDITED", 1},
    {"body cut", "UPDATE event_body SET box = x'00' WHERE seq = 100", false, 100, "EDITED", 1},
    {"clear body", "UPDATE event_body SET box = CAST(box || x'20' AS BLOB) WHERE seq = 2", false, 2,
     "EDITED", 3},
    {"bodies exchanged",
     "CREATE TEMP TABLE b AS SELECT * FROM event_body WHERE seq IN (100, 101); UPDATE event_body "
     "SET "
     "box = (SELECT box FROM b WHERE b.seq = 201 - event_body.seq) WHERE seq IN (100, 101)",
     false, 101, "EDITED", 2},
    {"owner", "UPDATE event_body SET subject = subject + 1 WHERE seq = 100", false, 100, "EDITED",
     1},
    {"no owner", "UPDATE event_body SET subject = NULL WHERE seq = 100", false, 100, "EDITED", 1},
    {"stub", "UPDATE event_body SET subject = NULL, box = NULL WHERE seq = 100", false, 100,
     "STUB_WITHOUT_ERASURE", 1},
    {"stub of the store", "UPDATE event_body SET box = NULL WHERE seq = 1", false, 1,
     "STUB_WITHOUT_ERASURE", 3},
    {"body row gone", "DELETE FROM event_body WHERE seq = 100", false, 100, "STUB_WITHOUT_ERASURE",
     1},
    {"uid", "UPDATE subject_key SET uid = zeroblob(16) WHERE id = 100", false, 102, "EDITED", 1},
    {"salt", "UPDATE subject_key SET salt = zeroblob(16) WHERE id = 100", false, 102, "EDITED", 1},
    /* places */
    {"neighbours", EXCHANGE(100, 101), false, 100, "REORDERED", 3},
    {"neighbours", EXCHANGE(100, 101), false, 101, "REORDERED", 3},
    {"far apart", EXCHANGE(100, 400), false, 400, "REORDERED", 4},
    {"exchanged, hashes left",
     EXCHANGE(100, 400) "UPDATE event SET leaf_hash = (SELECT leaf_hash FROM t WHERE t.seq = "
                        "event.seq) WHERE seq IN (100, 400)",
     false, 100, "REORDERED", 4},
    {"gone", "DELETE FROM event WHERE seq = 100; DELETE FROM event_body WHERE seq = 100", false,
     100, "MISSING", 1},
    {"many gone", "DELETE FROM event WHERE seq BETWEEN 250 AND 260", false, 250, "MISSING", 1},
    {"gone, renumbered",
     "DELETE FROM event WHERE seq = 100; DELETE FROM event_body WHERE seq = 100;" RENUMBER(
         "event", 101, -1) RENUMBER("event_body", 101, -1),
     false, 100, "MISSING", 2},
    {"gone near the end, renumbered",
     "DELETE FROM event WHERE seq = 540; DELETE FROM event_body WHERE seq = 540;" RENUMBER(
         "event", 541, -1) RENUMBER("event_body", 541, -1),
     false, 540, "MISSING", 2},
    {"put in, renumbered",
     RENUMBER("event", 100, 1)
         RENUMBER("event_body", 100, 1) "INSERT INTO event SELECT 100, at, kind, randomblob(32), "
                                        "zeroblob(32) FROM event WHERE seq "
                                        "= 101; UPDATE event SET " LEAF
                                        " WHERE seq = 100; INSERT INTO event_body SELECT 100, "
                                        "subject, box FROM event_body WHERE seq = 101",
     false, 100, "INSERTED", 5},
    {"put in before",
     "INSERT INTO event SELECT -1, at, kind, commitment, leaf_hash FROM event WHERE "
     "seq = 0",
     false, -1, "INSERTED", 1},
    {"put in at the end",
     "INSERT INTO event SELECT seq + 1, at, kind, commitment, leaf_hash FROM event ORDER BY seq "
     "DESC "
     "LIMIT 1",
     false, 543, "INSERTED", 1},
    {"cut off", "DELETE FROM event WHERE seq >= 530; DELETE FROM event_body WHERE seq >= 530",
     false, 530, "TRUNCATED", 1},
    {"cut off below a tile", "DELETE FROM event WHERE seq >= 200", false, 200, "TRUNCATED", 1},
    {"all gone", "DELETE FROM event; DELETE FROM event_body", false, 0, "TRUNCATED", 6},
    /* tree and head */
    {"node", "UPDATE tree_node SET hash = zeroblob(32) WHERE idx = 1", false, 256, "TREE_DIFFERS",
     1},
    {"node gone", "DELETE FROM tree_node WHERE idx = 0", false, 0, "TREE_DIFFERS", 1},
    {"head size", "UPDATE head SET size = size - 1", false, -1, "HEAD_DIFFERS", 3},
    {"head huge", "UPDATE head SET size = 9007199254740991", false, 543, "TRUNCATED", 3},
    {"head time", "UPDATE head SET at = at + 1", false, -1, "HEAD_DIFFERS", 1},
    {"frontier", "UPDATE head SET frontier = zeroblob(length(frontier))", false, -1, "HEAD_DIFFERS",
     1},
    {"head gone", "DELETE FROM head", false, -1, "HEAD_DIFFERS", 1},
    /* catalogue, identity */
    {"policy text", "UPDATE policy_version SET bytes = CAST(bytes || x'20' AS BLOB)", false, 2,
     "POLICY_DIFFERS", 3},
    {"policy text and hash", "UPDATE policy_version SET sha256 = zeroblob(32)", false, -1,
     "POLICY_DIFFERS", 1},
    {"profile", "UPDATE policy_version SET profile = CAST(profile || x'20' AS BLOB)", false, 1,
     "POLICY_DIFFERS", 2},
    {"label", "UPDATE policy_version SET label = '1.1'", false, 2, "POLICY_DIFFERS", 2},
    {"effect", "UPDATE policy_version SET effective_at = effective_at + 1", false, 1,
     "POLICY_DIFFERS", 2},
    {"published when", "UPDATE policy_version SET published_at = published_at - 1", false, 2,
     "POLICY_DIFFERS", 1},
    {"in force when", "UPDATE policy_version SET in_force_at = in_force_at - 1", false, 2,
     "POLICY_DIFFERS", 1},
    {"published by", "UPDATE policy_version SET published_seq = 7", false, 2, "POLICY_DIFFERS", 2},
    {"draft again",
     "UPDATE policy_version SET published_seq = NULL, published_at = NULL, in_force_at = NULL",
     false, 2, "POLICY_DIFFERS", 1},
    {"version gone", "DELETE FROM epoch; DELETE FROM policy_version", false, 1, "POLICY_DIFFERS",
     2},
    {"generation", "UPDATE meta SET value = x'0200000000000000' WHERE key = 'generation'", false,
     -1, "IDENTITY_DIFFERS", 1},
};

static void test_verify_names_each_attack(void **state) {
    bool good = true;
    (void)state;
    for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++) {
        const attack *a = &attacks[i];
        copy_file(L.base, L.path);
        tamper_file(a->sql, a->rewrite);
        good &= finds(a->name, NULL, true, a->seq, a->what, a->most);
    }
    assert_true(good);
}

/* Hashes alone find every change of a row that does not rewrite the whole. */
static void test_verify_hashes_find_edited_rows(void **state) {
    (void)state;
    copy_file(L.base, L.path);
    tamper_file("UPDATE event SET at = at + 1 WHERE seq = 100; UPDATE event SET " LEAF
                " WHERE seq = 100",
                false);
    expect("hashes", NULL, false, 0, "EDITED", 1);
}

static void test_verify_good_ledger_has_no_findings(void **state) {
    (void)state;
    for (int i = 0; i < 4; i++) {
        copy_file(L.base, L.path);
        consent_rows *rows = verify_with(i == 1 ? L.note : i == 2 ? L.old_note : NULL, i != 3);
        print_findings(rows);
        assert_int_equal(consent_rows_count(rows), 0);
        consent_rows_free(rows);
    }
}

static void test_verify_checkpoint_tells_cut_off_and_rewritten(void **state) {
    (void)state;
    copy_file(L.old_base, L.path);
    expect("rolled back", L.note, true, 300, "ROLLED_BACK", 1);
    consent_rows *rows = verify_with(NULL, true); /* without one it looks good: nobody can know */
    assert_int_equal(consent_rows_count(rows), 0);
    consent_rows_free(rows);

    copy_file(L.base, L.path);
    tamper_file("DELETE FROM event WHERE seq >= 500; DELETE FROM event_body WHERE seq >= 500;"
                "DELETE FROM subject_state WHERE seq >= 500",
                true);
    expect("cut off, all rewritten", L.note, true, 500, "ROLLED_BACK", 1);

    copy_file(L.base, L.path);
    tamper_file("UPDATE event SET at = at + 1 WHERE seq = 100; UPDATE event SET " LEAF
                " WHERE seq = 100",
                true);
    expect("rewritten", L.old_note, false, -1, "FORKED", 1);
    expect("rewritten", L.note, false, -1, "FORKED", 1);
    copy_file(L.base, L.path);
    tamper_file("UPDATE event SET at = at + 1 WHERE seq = 400; UPDATE event SET " LEAF
                " WHERE seq = 400",
                true);
    rows = verify_with(L.old_note, false); /* that one ends before */
    assert_int_equal(consent_rows_count(rows), 0);
    consent_rows_free(rows);
    expect("rewritten behind", L.note, false, -1, "FORKED", 1);

    copy_file(L.old_base, L.path); /* the same store, another history from 300 on */
    consent_store *store = ledger_open(L.path);
    for (int i = 0; i < 250; i++) {
        char id[32];
        snprintf(id, sizeof id, "other-%d", i);
        assert_int_equal(consent_subject_add(store, id, NULL, NULL), CONSENT_OK);
    }
    consent_store_free(store);
    expect("forked", L.note, true, -1, "FORKED", 1);
}

static void test_verify_checkpoint_of_another_store_is_wrong_key(void **state) {
    char path[128];
    consent_store *store = NULL;
    (void)state;
    snprintf(path, sizeof path, "%s/other", L.folder);
    assert_int_equal(consent_store_create(path, L.options, &store, NULL), CONSENT_OK);
    char *note = note_of(store, NULL);
    consent_store_free(store);
    copy_file(L.base, L.path);
    expect("another store", note, true, -1, "WRONG_KEY", 1);
    free(note);

    char *changed = strdup(L.note); /* a digit of the root: the signature no longer fits */
    char *root = strchr(strchr(changed, '\n') + 1, '\n') + 1;
    *root = *root == 'A' ? 'B' : 'A';
    expect("changed", changed, true, -1, "WRONG_KEY", 1);
    free(changed);
}

static void test_verify_refuses_what_is_no_checkpoint(void **state) {
    consent_verification *how = consent_verification_new();
    consent_rows *rows = (consent_rows *)1;
    consent_error *err = NULL;
    (void)state;
    copy_file(L.base, L.path);
    consent_store *store = ledger_open(L.path);
    assert_int_equal(consent_verification_set_checkpoint(how, "hello\n", 6, NULL, NULL),
                     CONSENT_OK);
    assert_int_equal(consent_ledger_verify(store, how, NULL, &rows, &err), CONSENT_E_FORMAT);
    assert_null(rows);
    assert_int_equal(consent_error_status(err), CONSENT_E_FORMAT);
    consent_error_free(err);
    assert_int_equal(consent_verification_set_checkpoint(how, NULL, 0, NULL, NULL),
                     CONSENT_E_ARGUMENT);
    consent_verification_free(how);
    consent_verification_free(NULL);
    consent_store_free(store);
}

/* Everything that is wrong comes out at once. */
static void test_verify_tells_all_in_one_pass(void **state) {
    (void)state;
    copy_file(L.base, L.path);
    tamper_file("UPDATE event SET at = at + 1 WHERE seq = 50; DELETE FROM event WHERE seq = 60;"
                "UPDATE event_body SET box = randomblob(104) WHERE seq = 70;"
                "UPDATE policy_version SET effective_at = 1; UPDATE head SET at = 1",
                false);
    consent_rows *rows = verify_with(NULL, true);
    assert_true(has_finding(rows, 50, "EDITED"));
    assert_true(has_finding(rows, 60, "MISSING"));
    assert_true(has_finding(rows, 70, "EDITED"));
    assert_true(has_finding(rows, 1, "POLICY_DIFFERS"));
    assert_true(has_finding(rows, -1, "HEAD_DIFFERS"));
    assert_int_equal(consent_rows_count(rows), 6);
    assert_int_equal(consent_rows_number(rows, 0, "seq", -1), 1); /* by seq, the others last */
    assert_int_equal(consent_rows_number(rows, 5, "seq", -1), -1);
    consent_rows_free(rows);
}

static void test_verify_schema_change_is_found(void **state) {
    static const char *const changes[] = {
        "DROP TRIGGER event_update", "CREATE TRIGGER x AFTER INSERT ON event BEGIN SELECT 1; END",
        "CREATE TABLE notes (x)", "CREATE INDEX i ON event (at)", "DROP INDEX event_body_subject"};
    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        sqlite3 *db = NULL;
        copy_file(L.base, L.path);
        assert_int_equal(sqlite3_open(L.path, &db), SQLITE_OK);
        run(db, changes[i]);
        sqlite3_close(db);
        expect(changes[i], NULL, true, -1, "SCHEMA_CHANGED", 1);
    }
}

static void count_calls(int64_t done, int64_t total, void *user) {
    int64_t *calls = user;
    assert_true(done > 0 && done <= total);
    (*calls)++;
}

static void test_verify_tells_its_progress(void **state) {
    int64_t calls = 0, size = 0;
    consent_verification *how = consent_verification_new();
    consent_rows *rows = NULL;
    (void)state;
    copy_file(L.base, L.path);
    consent_store *store = ledger_open(L.path);
    consent_verification_set_progress(how, count_calls, &calls);
    assert_int_equal(consent_ledger_verify(store, how, &size, &rows, NULL), CONSENT_OK);
    assert_int_equal(size, L.size);
    assert_true(calls > 0);
    consent_rows_free(rows);
    consent_verification_free(how);
    consent_store_free(store);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verify_good_ledger_has_no_findings),
        cmocka_unit_test(test_verify_names_each_attack),
        cmocka_unit_test(test_verify_hashes_find_edited_rows),
        cmocka_unit_test(test_verify_checkpoint_tells_cut_off_and_rewritten),
        cmocka_unit_test(test_verify_checkpoint_of_another_store_is_wrong_key),
        cmocka_unit_test(test_verify_refuses_what_is_no_checkpoint),
        cmocka_unit_test(test_verify_tells_all_in_one_pass),
        cmocka_unit_test(test_verify_schema_change_is_found),
        cmocka_unit_test(test_verify_tells_its_progress),
    };
    return cmocka_run_group_tests(tests, make_ledger, drop_ledger);
}
