/* SPDX-License-Identifier: Apache-2.0 */
/* Transactions. Reads: one snapshot each, never waiting for writers. Writes: one at a time in the
 * process by our queue, one at a time among processes by BEGIN IMMEDIATE. */
#include <assert.h>
#include <unistd.h>

#include "store/sqlite/db.h"

#define TX_WIDE_FROM 1000 /* events */

#define TX_BULK 500

/* Transactions in a row that needed neither triggers nor references, until the connection does
 * without: to change it and back makes every statement anew, 0.35 ms. */
#define TX_LEAN_FROM 256

consent_status consent__db_check_process(const consent__cx *cx, const consent__db *db) {
    if (db == NULL)
        return consent__op_refuse(cx);
    /* SQLite's locks and memory must not cross a fork. */
    if (db->pid != getpid())
        return consent__fail(cx, CONSENT_E_STATE,
                             "the store was opened before fork(); fork first, then open");
    return CONSENT_OK;
}

static consent__tx *tx_start(consent__conn *conn, bool write) {
    consent__tx *tx = &conn->tx;
    tx->conn = conn;
    tx->write = write;
    tx->begun = false;
    tx->wide = false;
    tx->bulk = false;
    tx->guarded = false;
    tx->next_seq = -1;
    tx->seen_subject = 0;
    tx->savepoints = 0;
    tx->appended = 0;
    tx->broken = CONSENT_OK;
    tx->held.stmt = NULL;
    return tx;
}

/* A statement that steers the transaction itself. */
static consent_status tx_run(const consent__cx *cx, consent__tx *tx, enum consent__sql id) {
    consent__op op;
    consent__op_begin(&op, cx, tx, id);
    return consent__op_run(&op);
}

/* The cache is a matter of speed alone: that it could not be changed is no failure. */
static void tx_set_cache(consent__conn *conn, enum consent__sql id) {
    (void)sqlite3_exec(conn->sql, consent__sql_text[id], NULL, NULL, NULL);
}

void consent__tx_count_event(consent__tx *tx) {
    if (++tx->appended == TX_BULK)
        tx_set_cache(tx->conn, CONSENT__SQL_CONNECTION_BULK_BEGIN);
}

/* The statement that will end the transaction, before it begins: ending it must not need the memory
 * that may have run out by then. */
static consent_status tx_prepare_end(const consent__cx *cx, consent__tx *tx, enum consent__sql id) {
    consent__op op;
    bool begun = tx->begun;
    if (tx->conn->slots[id] != NULL)
        return CONSENT_OK;
    tx->begun = true; /* so that no BEGIN comes before it */
    consent__op_begin(&op, cx, tx, id);
    tx->begun = begun;
    return consent__op_end(&op);
}

/* The last word of a transaction, where no failure can be told: COMMIT of a read, ROLLBACK. */
static void tx_finish(consent__tx *tx, enum consent__sql id) {
    const consent__cx quiet = {.env = tx->conn->db->env};
    consent__tx_let_go(tx);
    tx->broken = CONSENT_OK;
    if (tx->begun && !sqlite3_get_autocommit(tx->conn->sql))
        (void)tx_run(&quiet, tx, id);
    if (tx->appended >= TX_BULK)
        tx_set_cache(tx->conn, CONSENT__SQL_CONNECTION_BULK_END);
    assert(consent__conn_idle(tx->conn));
    tx->begun = false;
}

/* ---- reads held open ---- */

void consent__conn_stop_holding(consent__conn *conn) {
    if (!conn->holds)
        return;
    conn->holds = false;
    tx_start(conn, false)->begun = true;
    tx_finish(&conn->tx, CONSENT__SQL_TX_COMMIT);
}

void consent__sqlite_hold_reads(consent__db *db, bool on) {
    if (db == NULL)
        return;
    atomic_store(&db->hold, on);
    if (!on && db->pid == getpid())
        consent__release_reads(db);
}

void consent__sqlite_release_reads(consent__db *db) {
    if (db != NULL && db->pid == getpid())
        consent__release_reads(db);
}

/* The token is taken before the snapshot: what is committed in between shows at the next look.
 * While it stands, what the transaction sees is what there is. */
consent_status consent__look_begin(const consent__cx *cx, consent__db *db, consent__tx **out) {
    consent__conn *conn = NULL;
    uint64_t token = 0;
    consent_status status;
    if (!atomic_load_explicit(&db->hold, memory_order_relaxed)) {
        status = consent__sqlite_read_begin(cx, db, out);
        if (status == CONSENT_OK)
            (*out)->begun = true; /* one statement is a transaction already: no BEGIN before it */
        return status;
    }
    status = consent__db_check_process(cx, db);
    if (status == CONSENT_OK)
        status = consent__take_reader(cx, db, &conn);
    if (status != CONSENT_OK)
        return status;
    status = consent__sqlite_change_token(cx, db, &token);
    if (status != CONSENT_OK || conn->held_token != token)
        consent__conn_stop_holding(conn);
    conn->held_token = token;
    *out = tx_start(conn, false);
    (*out)->begun = conn->holds;
    if (status == CONSENT_OK)
        status = tx_prepare_end(cx, *out, CONSENT__SQL_TX_COMMIT);
    if (status != CONSENT_OK)
        consent__look_end(*out, false);
    return status;
}

void consent__look_end(consent__tx *tx, bool good) {
    consent__conn *conn = tx->conn;
    if (!good || !atomic_load_explicit(&conn->db->hold, memory_order_relaxed) ||
        sqlite3_get_autocommit(conn->sql)) {
        conn->holds = false;
        consent__sqlite_read_end(tx);
        return;
    }
    conn->holds = true;
    consent__tx_let_go(tx);
    tx->begun = false;
    consent__give_reader(conn->db, conn);
}

consent_status consent__sqlite_read_begin(const consent__cx *cx, consent__db *db,
                                          consent__tx **out) {
    consent__conn *conn = NULL;
    consent__tx *tx;
    consent_status status;
    if (out == NULL)
        return consent__op_refuse(cx);
    *out = NULL;
    status = consent__db_check_process(cx, db);
    if (status == CONSENT_OK)
        status = consent__take_reader(cx, db, &conn);
    if (status != CONSENT_OK)
        return status;
    consent__conn_stop_holding(conn);
    tx = tx_start(conn, false);
    status = tx_prepare_end(cx, tx, CONSENT__SQL_TX_COMMIT);
    if (status != CONSENT_OK) {
        consent__sqlite_read_end(tx);
        return status;
    }
    *out = tx;
    return CONSENT_OK;
}

void consent__sqlite_read_end(consent__tx *tx) {
    if (tx == NULL || tx->write)
        return;
    tx_finish(tx, CONSENT__SQL_TX_COMMIT);
    consent__give_reader(tx->conn->db, tx->conn);
}

/* ---- with triggers and references, or without ---- */

/* Rows of an event cost half as much again with the triggers and references that guard them against
 * everybody else. Statements made before are made anew by the engine when they are used next. */
static void conn_set_lean(consent__conn *conn, bool lean) {
    if (conn->lean == lean)
        return;
    consent__tx_let_go(&conn->tx);
    conn->lean = lean;
    if (!conn->in_use[CONSENT__SQL_TX_ROLLBACK]) { /* made before it is needed: tx_prepare_end */
        (void)sqlite3_finalize(conn->slots[CONSENT__SQL_TX_ROLLBACK]);
        conn->slots[CONSENT__SQL_TX_ROLLBACK] = NULL;
    }
    (void)sqlite3_db_config(conn->sql, SQLITE_DBCONFIG_ENABLE_TRIGGER, !lean, NULL);
    (void)sqlite3_db_config(conn->sql, SQLITE_DBCONFIG_ENABLE_FKEY, !lean, NULL);
}

static void tx_set_bulk(consent__tx *tx, bool bulk) {
    tx->bulk = bulk;
    tx->next_seq = -1;
    tx->guarded = true; /* says nothing about the transactions after it */
    tx->conn->acts = 0;
    conn_set_lean(tx->conn, bulk);
}

void consent__tx_guard_all(consent__tx *tx) {
    tx->next_seq = -1; /* counted only while lean */
    if (tx->bulk)
        return;
    tx->guarded = true;
    tx->conn->acts = 0;
    conn_set_lean(tx->conn, false);
}

/* What needs neither: tables without triggers, and no column gets a value that refers to another
 * table. Of the rows of an event, of a key and of a new state event.c and subject.c have looked at
 * what triggers and references would. */
void consent__tx_guard(consent__tx *tx, enum consent__sql id) {
    switch ((int)id) {
    case CONSENT__SQL_TX_BEGIN_WRITE:
    case CONSENT__SQL_STATE_SET:
    case CONSENT__SQL_HEAD_PUT:
    case CONSENT__SQL_NODE_PUT:
    case CONSENT__SQL_IDEM_PUT:
    case CONSENT__SQL_EVENT_APPEND:
    case CONSENT__SQL_EVENT_BODY_APPEND:
    case CONSENT__SQL_SUBJECT_ADD:
    case CONSENT__SQL_STATE_ADD:
        break;
    default:
        if (!tx->bulk)
            consent__tx_guard_all(tx);
    }
}

/* Another one after each commit, whoever made it; within a transaction that has begun it is known.
 */
static uint32_t conn_version(consent__conn *conn) {
    uint32_t version = 0;
    (void)sqlite3_file_control(conn->sql, "main", SQLITE_FCNTL_DATA_VERSION, &version);
    return version;
}

/* A rollback whose statement had to be made anew, and for which there was no memory: closing needs
 * none, and undoes. The next write opens another connection. */
static void conn_clean(consent__conn *conn) {
    const consent__cx quiet = {.env = conn->db->env};
    if (!sqlite3_get_autocommit(conn->sql))
        (void)consent__conn_close(&quiet, conn);
}

/* With the writer's lock: the file is looked for again when a millisecond has passed, since asking
 * the system costs more than all else of beginning. */
static consent_status writer_ready(const consent__cx *cx, consent__db *db, int64_t now) {
    if (now != db->file_seen_ms) {
        consent_status status = consent__db_check_file(cx, db);
        if (status != CONSENT_OK)
            return status;
        db->file_seen_ms = now;
    }
    return consent__writer_open(cx, db);
}

consent_status consent__sqlite_write_begin(const consent__cx *cx, consent__db *db,
                                           consent__tx **out) {
    consent_status status;
    consent__tx *tx;
    int64_t until, left, now;
    if (out == NULL)
        return consent__op_refuse(cx);
    *out = NULL;
    status = consent__db_check_process(cx, db);
    if (status != CONSENT_OK)
        return status;
    until = consent__monotonic_ms() + db->wait_ms;
    status = consent__lock_writer(cx, db, until);
    if (status != CONSENT_OK)
        return status;
    now = consent__monotonic_ms();
    status = writer_ready(cx, db, now);
    if (status != CONSENT_OK) {
        consent__unlock_writer(db);
        return status;
    }
    left = until - now;
    db->writer.wait_ms = left > 0 ? (int32_t)left : 0;
    tx = tx_start(&db->writer, true);
    tx->begun = true; /* so that no BEGIN comes before this one */
    if (tx->conn->acts >= TX_LEAN_FROM)
        conn_set_lean(tx->conn, true);
    status = tx_prepare_end(cx, tx, CONSENT__SQL_TX_ROLLBACK);
    if (status == CONSENT_OK)
        status = tx_run(cx, tx, CONSENT__SQL_TX_BEGIN_WRITE);
    if (status != CONSENT_OK) {
        consent__sqlite_rollback(tx);
        return status;
    }
    if (tx->conn->lean && tx->conn->next_version == conn_version(tx->conn))
        tx->next_seq = tx->conn->next_seq;
    *out = tx;
    return CONSENT_OK;
}

/* Only the speed depends on it. */
static void tx_cache(consent__tx *tx, enum consent__sql id) {
    (void)sqlite3_exec(tx->conn->sql, consent__sql_text[id], NULL, NULL, NULL);
    if (id == CONSENT__SQL_CONNECTION_NARROW)
        (void)sqlite3_db_release_memory(tx->conn->sql);
}

void consent__sqlite_expect(consent__tx *tx, int64_t rows) {
    if (tx == NULL || !tx->write)
        return;
    if (tx->bulk != (rows >= TX_WIDE_FROM))
        tx_set_bulk(tx, !tx->bulk);
    if (tx->wide || rows < TX_WIDE_FROM)
        return;
    tx->wide = true;
    tx_cache(tx, CONSENT__SQL_CONNECTION_WIDE);
}

consent_status consent__sqlite_commit(const consent__cx *cx, consent__tx *tx) {
    consent_status status;
    if (tx == NULL || !tx->write)
        return consent__op_refuse(cx);
    consent__release_reads(
        tx->conn->db); /* so that they do not keep the log from being used anew */
    if (tx->savepoints > 0)
        status = consent__fail(cx, CONSENT_E_STATE, "commit: a savepoint is still open");
    else
        status = tx_run(cx, tx, CONSENT__SQL_TX_COMMIT);
    if (status == CONSENT_OK && !tx->guarded && tx->conn->acts < TX_LEAN_FROM)
        tx->conn->acts++;
    tx->conn->next_seq = status == CONSENT_OK ? tx->next_seq : -1;
    tx->conn->next_version = conn_version(tx->conn);
    consent__sqlite_rollback(tx); /* does nothing after a COMMIT that worked */
    return status;
}

void consent__sqlite_rollback(consent__tx *tx) {
    if (tx == NULL || !tx->write)
        return;
    tx_finish(tx, CONSENT__SQL_TX_ROLLBACK);
    if (tx->bulk)
        tx_set_bulk(tx, false);
    if (tx->wide)
        tx_cache(tx, CONSENT__SQL_CONNECTION_NARROW);
    tx->wide = false;
    conn_clean(tx->conn);
    consent__unlock_writer(tx->conn->db);
}

bool consent__sqlite_writes(const consent__tx *tx) {
    return tx->write;
}

consent_status consent__sqlite_savepoint(const consent__cx *cx, consent__tx *tx) {
    consent_status status;
    if (tx == NULL || !tx->write)
        return consent__op_refuse(cx);
    status = tx_run(cx, tx, CONSENT__SQL_TX_SAVEPOINT);
    if (status == CONSENT_OK)
        tx->savepoints++;
    return status;
}

consent_status consent__sqlite_savepoint_keep(const consent__cx *cx, consent__tx *tx) {
    consent_status status;
    if (tx == NULL)
        return consent__op_refuse(cx);
    if (tx->savepoints == 0)
        return consent__fail(cx, CONSENT_E_STATE, "no savepoint is open");
    status = tx_run(cx, tx, CONSENT__SQL_TX_SAVEPOINT_KEEP);
    if (status == CONSENT_OK)
        tx->savepoints--;
    return status;
}

consent_status consent__sqlite_savepoint_undo(const consent__cx *cx, consent__tx *tx) {
    consent_status status;
    if (tx == NULL)
        return consent__op_refuse(cx);
    if (tx->savepoints == 0)
        return consent__fail(cx, CONSENT_E_STATE, "no savepoint is open");
    status = tx_run(cx, tx, CONSENT__SQL_TX_SAVEPOINT_UNDO);
    tx->next_seq = -1;
    tx->seen_subject = 0;
    /* ROLLBACK TO leaves the savepoint itself open. */
    return status == CONSENT_OK ? consent__sqlite_savepoint_keep(cx, tx) : status;
}
