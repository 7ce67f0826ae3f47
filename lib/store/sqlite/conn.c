/* SPDX-License-Identifier: Apache-2.0 */
/* One connection: how it is opened, what it may do, its statements. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "store/sqlite/db.h"

int64_t consent__monotonic_ms(void) {
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Another process holds the lock we want, as a rule for the length of one fsync: look again soon,
 * and after some looks less often, with the steps of two waiting processes drifting apart. */
static int conn_busy(void *user, int count) {
    consent__conn *conn = user;
    struct timespec pause = {0, 100000};
    int64_t now = consent__monotonic_ms();
    if (count == 0)
        conn->busy_until = now + conn->wait_ms;
    if (now >= conn->busy_until)
        return 0;
    if (count >= 16)
        pause.tv_nsec = 500000 + (now * 7919 + (int64_t)(uintptr_t)conn / 64) % 1000 * 500;
    (void)nanosleep(&pause, NULL);
    return 1;
}

static const struct {
    int id, value;
} conn_limits[] = {
    {SQLITE_LIMIT_LENGTH, 64 * 1024 * 1024}, /* a bundle and its profile, 16 MB each */
    {SQLITE_LIMIT_SQL_LENGTH, 256 * 1024},   {SQLITE_LIMIT_COLUMN, 64},
    {SQLITE_LIMIT_EXPR_DEPTH, 100},          {SQLITE_LIMIT_COMPOUND_SELECT, 8},
    {SQLITE_LIMIT_FUNCTION_ARG, 16},         {SQLITE_LIMIT_ATTACHED, 1}, /* VACUUM needs one */
    {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 128}, {SQLITE_LIMIT_VARIABLE_NUMBER, 16},
    {SQLITE_LIMIT_TRIGGER_DEPTH, 4},         {SQLITE_LIMIT_WORKER_THREADS, 0},
};

static const struct {
    int option, value;
} conn_options[] = {
    {SQLITE_DBCONFIG_DEFENSIVE, 1},
    {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
    {SQLITE_DBCONFIG_ENABLE_TRIGGER, 1},
    {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
    {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
    {SQLITE_DBCONFIG_DQS_DDL, 0},
    {SQLITE_DBCONFIG_DQS_DML, 0},
};

static int conn_setup(consent__conn *conn, bool read_only) {
    int rc = SQLITE_OK;
    size_t i;
    (void)sqlite3_extended_result_codes(conn->sql, 1);
    for (i = 0; i < sizeof conn_options / sizeof *conn_options && rc == SQLITE_OK; i++)
        rc = sqlite3_db_config(conn->sql, conn_options[i].option, conn_options[i].value, NULL);
    for (i = 0; i < sizeof conn_limits / sizeof *conn_limits; i++)
        (void)sqlite3_limit(conn->sql, conn_limits[i].id, conn_limits[i].value);
    if (rc == SQLITE_OK)
        rc = sqlite3_busy_handler(conn->sql, conn_busy, conn);
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(conn->sql, consent__sql_text[CONSENT__SQL_CONNECTION_SETUP], NULL, NULL,
                          NULL);
    if (rc == SQLITE_OK && read_only)
        rc = sqlite3_exec(conn->sql, consent__sql_text[CONSENT__SQL_CONNECTION_READ_ONLY], NULL,
                          NULL, NULL);
    if (rc == SQLITE_OK && !read_only)
        consent__log_watch(conn);
    return rc;
}

consent_status consent__conn_open(const consent__cx *cx, consent__conn *conn, const char *path,
                                  bool read_only) {
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
    /* Before, because SQLite would lay the log of our file upon another one, and drop our locks of
     * that log when it closes it. */
    consent_status status = consent__db_check_file(cx, conn->db);
    int rc;
    if (status != CONSENT_OK)
        return status;
    conn->lean = false;
    conn->acts = 0;
    conn->next_seq = -1;
    rc = sqlite3_open_v2(path, &conn->sql, flags, NULL);
    if (rc == SQLITE_OK && conn->sql != NULL)
        rc = conn_setup(conn, read_only);
    if (rc == SQLITE_OK && conn->sql != NULL)
        return CONSENT_OK;
    status = consent__sqlite_fail(cx, conn->sql, rc != SQLITE_OK ? rc : SQLITE_NOMEM,
                                  "opening the file");
    (void)sqlite3_close(conn->sql);
    conn->sql = NULL;
    return status;
}

consent_status consent__conn_close(const consent__cx *cx, consent__conn *conn) {
    consent_status status = CONSENT_OK;
    int rc, i;
    if (conn->sql == NULL)
        return CONSENT_OK;
    for (i = 0; i < CONSENT__SQL_COUNT; i++) {
        (void)sqlite3_finalize(conn->slots[i]);
        conn->slots[i] = NULL;
        conn->in_use[i] = false;
    }
    rc = sqlite3_close(conn->sql);
    if (rc != SQLITE_OK) {
        status = consent__sqlite_fail(cx, conn->sql, rc, "closing the file");
        (void)sqlite3_close_v2(conn->sql);
    }
    conn->sql = NULL;
    return status;
}

consent_status consent__conn_exec(const consent__cx *cx, consent__conn *conn,
                                  enum consent__sql id) {
    int rc = sqlite3_exec(conn->sql, consent__sql_text[id], NULL, NULL, NULL);
    return rc == SQLITE_OK ? CONSENT_OK
                           : consent__sqlite_fail(cx, conn->sql, rc, consent__sql_name[id]);
}

consent_status consent__conn_number(const consent__cx *cx, consent__conn *conn,
                                    enum consent__sql id, int64_t *out) {
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v3(conn->sql, consent__sql_text[id], -1, 0, &stmt, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(stmt);
    if (rc == SQLITE_ROW) {
        *out = sqlite3_column_int64(stmt, 0);
        rc = SQLITE_OK;
    } else if (rc == SQLITE_DONE) {
        rc = SQLITE_INTERNAL;
    }
    if (rc != SQLITE_OK) {
        consent_status status = consent__sqlite_fail(cx, conn->sql, rc, consent__sql_name[id]);
        (void)sqlite3_finalize(stmt);
        return status;
    }
    (void)sqlite3_finalize(stmt);
    return CONSENT_OK;
}

bool consent__conn_has_log(consent__conn *conn) {
    sqlite3_stmt *stmt = NULL;
    bool has = false;
    if (sqlite3_prepare_v3(conn->sql, consent__sql_text[CONSENT__SQL_CONNECTION_JOURNAL], -1, 0,
                           &stmt, NULL) == SQLITE_OK &&
        sqlite3_step(stmt) == SQLITE_ROW) {
        const char *mode = (const char *)sqlite3_column_text(stmt, 0);
        has = mode != NULL && strcmp(mode, "wal") == 0;
    }
    (void)sqlite3_finalize(stmt);
    return has;
}

bool consent__conn_idle(const consent__conn *conn) {
    int i;
    for (i = 0; i < CONSENT__SQL_COUNT; i++) {
        if (conn->in_use[i] || (conn->slots[i] != NULL && sqlite3_stmt_busy(conn->slots[i])))
            return false;
    }
    return true;
}

consent_status consent__set_version(const consent__cx *cx, sqlite3 *sql, int version) {
    char text[48]; /* a pragma takes no parameter */
    int rc;
    (void)snprintf(text, sizeof text, "PRAGMA user_version = %d", version);
    rc = sqlite3_exec(sql, text, NULL, NULL, NULL);
    return rc == SQLITE_OK ? CONSENT_OK : consent__sqlite_fail(cx, sql, rc, "schema number");
}

consent_status consent__migrate(const consent__cx *cx, sqlite3 *sql, int from, int to) {
    int i;
    for (i = from; i < to && i < consent__migration_count; i++) {
        int rc = sqlite3_exec(sql, consent__migrations[i].sql, NULL, NULL, NULL);
        if (rc != SQLITE_OK)
            return consent__sqlite_fail(cx, sql, rc, consent__migrations[i].name);
    }
    return consent__set_version(cx, sql, to);
}
