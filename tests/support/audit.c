/* SPDX-License-Identifier: Apache-2.0 */
#include "audit.h"

#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flow/store.h"

#include "fault_vfs.h"

static int finding(const char *what, int64_t seq) {
    fprintf(stderr, "audit: %s (%lld)\n", what, (long long)seq);
    return 1;
}

/* ---- rows, by a connection beside the store's ---- */

static sqlite3 *plain_open(const char *path) {
    sqlite3 *sql = NULL;
    if (sqlite3_open_v2(path, &sql, SQLITE_OPEN_READWRITE, fault_vfs_plain()) == SQLITE_OK &&
        sqlite3_busy_timeout(sql, 20000) == SQLITE_OK)
        return sql;
    (void)finding(sqlite3_errmsg(sql), -1);
    (void)sqlite3_close(sql);
    return NULL;
}

static sqlite3_stmt *prepare(sqlite3 *sql, const char *text) {
    sqlite3_stmt *stmt = NULL;
    if (sqlite3_prepare_v2(sql, text, -1, &stmt, NULL) != SQLITE_OK) {
        fprintf(stderr, "audit: %s: %s\n", text, sqlite3_errmsg(sql));
        abort();
    }
    return stmt;
}

static int integrity(sqlite3 *sql) {
    int findings = 0;
    sqlite3_stmt *stmt = prepare(sql, "PRAGMA integrity_check");
    if (sqlite3_step(stmt) != SQLITE_ROW)
        findings += finding(sqlite3_errmsg(sql), -1);
    else if (strcmp((const char *)sqlite3_column_text(stmt, 0), "ok") != 0)
        findings += finding((const char *)sqlite3_column_text(stmt, 0), -1);
    (void)sqlite3_finalize(stmt);
    stmt = prepare(sql, "PRAGMA foreign_key_check");
    if (sqlite3_step(stmt) != SQLITE_DONE)
        findings += finding("a foreign key leads nowhere", -1);
    (void)sqlite3_finalize(stmt);
    return findings;
}

int audit_integrity(const char *path) {
    sqlite3 *sql = plain_open(path);
    int findings;
    if (sql == NULL)
        return 1;
    findings = integrity(sql);
    (void)sqlite3_close(sql);
    return findings;
}

static void hash_row(crypto_hash_sha256_state *hash, sqlite3_stmt *stmt) {
    int i;
    for (i = 0; i < sqlite3_column_count(stmt); i++) {
        int type = sqlite3_column_type(stmt, i), n = sqlite3_column_bytes(stmt, i);
        (void)crypto_hash_sha256_update(hash, (const uint8_t *)&type, sizeof type);
        (void)crypto_hash_sha256_update(hash, (const uint8_t *)&n, sizeof n);
        if (n > 0)
            (void)crypto_hash_sha256_update(hash, sqlite3_column_blob(stmt, i),
                                            (unsigned long long)n);
    }
}

bool audit_digest(const char *path, uint8_t out[32]) {
    crypto_hash_sha256_state hash;
    sqlite3 *sql = plain_open(path);
    sqlite3_stmt *tables;
    bool good;
    if (sql == NULL)
        return false;
    (void)crypto_hash_sha256_init(&hash);
    (void)sqlite3_exec(sql, "BEGIN", NULL, NULL, NULL);
    tables = prepare(sql, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
    while (sqlite3_step(tables) == SQLITE_ROW) {
        char text[160];
        const char *name = (const char *)sqlite3_column_text(tables, 0);
        sqlite3_stmt *rows;
        (void)snprintf(text, sizeof text, "SELECT * FROM \"%s\"", name);
        (void)crypto_hash_sha256_update(&hash, (const uint8_t *)name, strlen(name) + 1);
        rows = prepare(sql, text);
        while (sqlite3_step(rows) == SQLITE_ROW)
            hash_row(&hash, rows);
        (void)sqlite3_finalize(rows);
    }
    good = sqlite3_finalize(tables) == SQLITE_OK;
    (void)sqlite3_exec(sql, "COMMIT", NULL, NULL, NULL);
    (void)sqlite3_close(sql);
    (void)crypto_hash_sha256_final(&hash, out);
    return good;
}

/* ---- the tree, by its definition: RFC 6962 section 2.1 ---- */

static void tree_hash(const uint8_t *leaves, int64_t n, uint8_t out[32]) {
    uint8_t input[65] = {1};
    int64_t half = 1;
    if (n == 0) {
        (void)crypto_hash_sha256(out, input, 0);
        return;
    }
    if (n == 1) {
        memcpy(out, leaves, 32);
        return;
    }
    while (half * 2 < n)
        half *= 2;
    tree_hash(leaves, half, input + 1);
    tree_hash(leaves + half * 32, n - half, input + 33);
    (void)crypto_hash_sha256(out, input, sizeof input);
}

static void leaf_hash(int64_t seq, int64_t at, const char *kind, const uint8_t commitment[32],
                      uint8_t out[32]) {
    char hex[65];
    char input[320];
    int n;
    (void)sodium_bin2hex(hex, sizeof hex, commitment, 32);
    input[0] = '\0';
    n = snprintf(input + 1, sizeof input - 1,
                 "{\"at\":%lld,\"body\":\"%s\",\"kind\":\"%s\",\"seq\":%lld,\"v\":1}",
                 (long long)at, hex, kind, (long long)seq);
    (void)crypto_hash_sha256(out, (const uint8_t *)input, (unsigned long long)n + 1);
}

/* The frontier holds the roots of the perfect subtrees, largest first. */
static void frontier_root(const uint8_t *frontier, int count, uint8_t out[32]) {
    uint8_t input[65] = {1};
    if (count == 0) {
        tree_hash(NULL, 0, out);
        return;
    }
    memcpy(out, frontier + (size_t)(count - 1) * 32, 32);
    for (count -= 2; count >= 0; count--) {
        memcpy(input + 1, frontier + (size_t)count * 32, 32);
        memcpy(input + 33, out, 32);
        (void)crypto_hash_sha256(out, input, sizeof input);
    }
}

static int check_event(sqlite3_stmt *stmt, int64_t seq, int64_t *last_at, uint8_t leaf[32]) {
    int findings = 0;
    int64_t at = sqlite3_column_int64(stmt, 1);
    if (sqlite3_column_int64(stmt, 0) != seq)
        findings += finding("an event is missing before", sqlite3_column_int64(stmt, 0));
    if (at < *last_at)
        findings += finding("an event is earlier than the one before it", seq);
    if (sqlite3_column_int64(stmt, 5) != seq || sqlite3_column_type(stmt, 5) == SQLITE_NULL)
        findings += finding("an event has no body row", seq);
    *last_at = at;
    leaf_hash(seq, at, (const char *)sqlite3_column_text(stmt, 2), sqlite3_column_blob(stmt, 3),
              leaf);
    if (memcmp(leaf, sqlite3_column_blob(stmt, 4), 32) != 0)
        findings += finding("a leaf differs", seq);
    return findings;
}

static int check_head(sqlite3 *sql, const uint8_t *leaves, int64_t n, int64_t last_at) {
    uint8_t want[32], got[32];
    int findings = 0;
    sqlite3_stmt *stmt = prepare(sql, "SELECT size, at, frontier FROM head");
    if (sqlite3_step(stmt) != SQLITE_ROW)
        findings += finding("there is no head", -1);
    else {
        if (sqlite3_column_int64(stmt, 0) != n)
            findings += finding("the head has another size", sqlite3_column_int64(stmt, 0));
        if (n > 0 && sqlite3_column_int64(stmt, 1) != last_at)
            findings += finding("the head has another time", n);
        frontier_root(sqlite3_column_blob(stmt, 2), sqlite3_column_bytes(stmt, 2) / 32, got);
        tree_hash(leaves, n, want);
        if (memcmp(got, want, 32) != 0)
            findings += finding("the head has another root", n);
    }
    (void)sqlite3_finalize(stmt);
    return findings;
}

static int check_tiles(sqlite3 *sql, const uint8_t *leaves, int64_t n) {
    int findings = 0;
    int64_t count = 0, wanted = 0;
    int level;
    sqlite3_stmt *stmt = prepare(sql, "SELECT level, idx, hash FROM tree_node");
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        int64_t idx = sqlite3_column_int64(stmt, 1);
        uint8_t want[32];
        level = sqlite3_column_int(stmt, 0);
        count++;
        if (((idx + 1) << level) > n) {
            findings += finding("a tile lies beyond the tree", idx);
            continue;
        }
        tree_hash(leaves + (idx << level) * 32, (int64_t)1 << level, want);
        if (memcmp(want, sqlite3_column_blob(stmt, 2), 32) != 0)
            findings += finding("a tile differs", idx);
    }
    (void)sqlite3_finalize(stmt);
    for (level = 8; level < 62; level += 8)
        wanted += n >> level;
    if (count != wanted)
        findings += finding("the number of tiles is wrong", count);
    return findings;
}

/* Returns the findings; *out_size events were seen. */
static int check_ledger(sqlite3 *sql, int64_t *out_size) {
    int findings = 0;
    int64_t n = 0, room = 0, last_at = INT64_MIN;
    uint8_t *leaves = NULL;
    sqlite3_stmt *stmt;
    (void)sqlite3_exec(sql, "BEGIN", NULL, NULL, NULL);
    stmt = prepare(sql, "SELECT e.seq, e.at, e.kind, e.commitment, e.leaf_hash, b.seq "
                        "FROM event e LEFT JOIN event_body b ON b.seq = e.seq ORDER BY e.seq");
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        if (n == room) {
            room = room ? 2 * room : 256;
            leaves = realloc(leaves, (size_t)room * 32);
            if (leaves == NULL)
                abort();
        }
        findings += check_event(stmt, n, &last_at, leaves + n * 32);
        n++;
    }
    (void)sqlite3_finalize(stmt);
    findings += check_head(sql, leaves, n, last_at);
    findings += check_tiles(sql, leaves, n);
    (void)sqlite3_exec(sql, "COMMIT", NULL, NULL, NULL);
    free(leaves);
    *out_size = n;
    return findings;
}

/* ---- what is sealed, through the open store ---- */

typedef struct audit_subject {
    consent__subject subject;
    bool has_state;
} audit_subject;

typedef struct audit {
    consent_store *store;
    consent__view view;
    consent__arena arena;
    audit_subject *subjects;
    size_t count, room;
    int findings;
} audit;

static consent_status add_subject(const consent__cx *cx, void *user,
                                  const consent__subject_row *row) {
    audit *a = user;
    if (a->count == a->room) {
        a->room = a->room ? 2 * a->room : 16;
        a->subjects = realloc(a->subjects, a->room * sizeof *a->subjects);
        if (a->subjects == NULL)
            abort();
    }
    memset(&a->subjects[a->count], 0, sizeof *a->subjects);
    return consent__subject_of_row(cx, a->store, row, &a->arena, &a->subjects[a->count++].subject);
}

static consent_status check_body(const consent__cx *cx, void *user, const consent__event_row *row) {
    audit *a = user;
    const consent__subject *subject = NULL;
    uint8_t nonce[CONSENT__NONCE], want[32];
    crypto_hash_sha256_state hash;
    consent__buf body;
    consent_status status;
    size_t i;
    for (i = 0; i < a->count && subject == NULL; i++)
        if (a->subjects[i].subject.id == row->subject)
            subject = &a->subjects[i].subject;
    if (row->box == NULL)
        return CONSENT_OK; /* a stub */
    if (row->subject != 0 && subject == NULL) {
        a->findings += finding("a sealed body belongs to nobody", row->seq);
        return CONSENT_OK;
    }
    consent__buf_init(&body, &consent__env_default);
    status = consent__event_body(cx, a->store, row, subject != NULL ? subject->uid : NULL,
                                 subject != NULL ? subject->key : NULL, &body, nonce);
    if (status == CONSENT_OK) {
        (void)crypto_hash_sha256_init(&hash);
        (void)crypto_hash_sha256_update(&hash, nonce, sizeof nonce);
        (void)crypto_hash_sha256_update(&hash, body.data, body.len);
        (void)crypto_hash_sha256_final(&hash, want);
        if (memcmp(want, row->commitment, 32) != 0)
            a->findings += finding("a body differs from its commitment", row->seq);
    }
    consent__buf_wipe_free(&body);
    return status;
}

static void check_state(const consent__cx *cx, audit *a, const consent__subject *subject) {
    consent__buf stored, replayed;
    consent__state state;
    bool known = false;
    consent_status status;
    consent__buf_init(&stored, &consent__env_default);
    consent__buf_init(&replayed, &consent__env_default);
    status = consent__subject_as_of(cx, &a->view, subject, a->view.head.size, &state, &known);
    if (status != CONSENT_OK || !known)
        a->findings += finding("a subject's events do not replay", subject->id);
    else {
        consent__state_encode(&subject->state, &stored);
        consent__state_encode(&state, &replayed);
        if (stored.failed || replayed.failed || stored.len != replayed.len ||
            memcmp(stored.data, replayed.data, stored.len) != 0)
            a->findings += finding("a subject's state differs from its replay", subject->id);
    }
    consent__buf_wipe_free(&stored);
    consent__buf_wipe_free(&replayed);
}

static int check_sealed(consent_store *store, int64_t at_least) {
    consent_error *error = NULL;
    const consent__cx cx = {&consent__env_default, &error, "audit"};
    audit a = {.store = store};
    consent_status status = consent__enter(&cx, store);
    size_t i;
    if (status != CONSENT_OK) {
        consent_error_free(error);
        return finding("the store is closed", -1);
    }
    consent__arena_init(&a.arena, &consent__env_default);
    status = consent__view_open(&cx, store, &a.view);
    if (status == CONSENT_OK) {
        if (a.view.head.size < at_least)
            a.findings += finding("the open store sees an older ledger", a.view.head.size);
        status = store->engine->subject_scan(&cx, a.view.tx, 0, 0, add_subject, &a);
        if (status == CONSENT_OK)
            status = store->engine->event_scan(&cx, a.view.tx, 0, a.view.head.size - 1, 0, true,
                                               check_body, &a);
        for (i = 0; status == CONSENT_OK && i < a.count; i++)
            check_state(&cx, &a, &a.subjects[i].subject);
        consent__view_close(&a.view);
    }
    consent__leave(store);
    if (status != CONSENT_OK || error != NULL)
        a.findings += finding(consent_error_message(error), status);
    consent_error_free(error);
    sodium_memzero(a.subjects, a.count * sizeof *a.subjects);
    free(a.subjects);
    consent__arena_free(&a.arena);
    return a.findings;
}

int audit_store(consent_store *store, const char *path) {
    sqlite3 *sql = plain_open(path);
    int findings;
    int64_t size = 0;
    if (sql == NULL)
        return 1;
    findings = integrity(sql) + check_ledger(sql, &size);
    (void)sqlite3_close(sql);
    return findings + check_sealed(store, size);
}
