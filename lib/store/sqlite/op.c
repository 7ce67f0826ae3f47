/* SPDX-License-Identifier: Apache-2.0 */
/* One use of one statement, within a transaction. */
#include <string.h>

#include "store/sqlite/db.h"

/* Remembers the first failure of an op. */
static void op_fail(consent__op *op, int rc) {
    if (op->status == CONSENT_OK)
        op->status = consent__sqlite_fail(op->cx, op->tx->conn->sql, rc, consent__sql_name[op->id]);
}

static void op_fail_argument(consent__op *op) {
    if (op->status == CONSENT_OK)
        op->status = consent__op_refuse(op->cx);
}

consent_status consent__op_refuse(const consent__cx *cx) {
    return consent__fail(cx, CONSENT_E_ARGUMENT, "an argument is NULL, or of a wrong size");
}

static void op_prepare(consent__op *op) {
    consent__conn *conn = op->tx->conn;
    unsigned flags = SQLITE_PREPARE_PERSISTENT;
    int rc;
    op->extra = conn->in_use[op->id];
    if (!op->extra && conn->slots[op->id] != NULL) {
        op->stmt = conn->slots[op->id];
        conn->in_use[op->id] = true;
        return;
    }
    if (op->extra)
        flags = 0;
    rc = sqlite3_prepare_v3(conn->sql, consent__sql_text[op->id], -1, flags, &op->stmt, NULL);
    if (rc != SQLITE_OK) {
        op->stmt = NULL;
        op_fail(op, rc);
        return;
    }
    if (!op->extra) {
        conn->slots[op->id] = op->stmt;
        conn->in_use[op->id] = true;
    }
}

/* Steps BEGIN, before the first operation of a read: its first statement then takes the snapshot.
 */
static void op_begin_read(consent__op *op) {
    consent__op begin = {.cx = op->cx, .tx = op->tx, .id = CONSENT__SQL_TX_BEGIN_READ};
    op_prepare(&begin);
    op->status = begin.status != CONSENT_OK ? begin.status : consent__op_run(&begin);
    op->tx->begun = op->status == CONSENT_OK;
}

void consent__op_begin(consent__op *op, const consent__cx *cx, consent__tx *tx,
                       enum consent__sql id) {
    op->cx = cx;
    op->tx = tx;
    op->stmt = NULL;
    op->id = id;
    op->extra = false;
    op->status = CONSENT_OK;
    if (tx == NULL) {
        op->status = consent__op_refuse(cx);
        return;
    }
    consent__tx_let_go(tx);
    if (tx->broken != CONSENT_OK) {
        op->status = consent__fail(cx, tx->broken,
                                   "the transaction was rolled back after an earlier failure");
        return;
    }
    if (!tx->begun)
        op_begin_read(op);
    if (op->status == CONSENT_OK)
        op_prepare(op);
    if (op->status != CONSENT_OK || sqlite3_stmt_readonly(op->stmt))
        return;
    if (tx->write)
        consent__tx_guard(tx, id);
    else
        op->status = consent__fail(cx, CONSENT_E_STATE, "%s: the transaction only reads",
                                   consent__sql_name[id]);
}

/* ---- binding; the memory must stay until the op has ended ---- */

void consent__op_int(consent__op *op, int at, int64_t value) {
    int rc;
    if (op->status != CONSENT_OK)
        return;
    rc = sqlite3_bind_int64(op->stmt, at, value);
    if (rc != SQLITE_OK)
        op_fail(op, rc);
}

void consent__op_null(consent__op *op, int at) {
    int rc;
    if (op->status != CONSENT_OK)
        return;
    rc = sqlite3_bind_null(op->stmt, at);
    if (rc != SQLITE_OK)
        op_fail(op, rc);
}

void consent__op_text_n(consent__op *op, int at, const char *text, size_t n) {
    int rc;
    if (text == NULL)
        op_fail_argument(op);
    if (op->status != CONSENT_OK)
        return;
    rc = sqlite3_bind_text64(op->stmt, at, text, n, SQLITE_STATIC, SQLITE_UTF8);
    if (rc != SQLITE_OK)
        op_fail(op, rc);
}

void consent__op_text(consent__op *op, int at, const char *text) {
    consent__op_text_n(op, at, text, text != NULL ? strlen(text) : 0);
}

void consent__op_blob(consent__op *op, int at, const void *bytes, size_t n) {
    int rc;
    if (bytes == NULL)
        op_fail_argument(op);
    if (op->status != CONSENT_OK)
        return;
    rc = sqlite3_bind_blob64(op->stmt, at, bytes, n, SQLITE_STATIC);
    if (rc != SQLITE_OK)
        op_fail(op, rc);
}

/* ---- stepping ---- */

consent_status consent__op_next(consent__op *op) {
    int rc;
    if (op->status != CONSENT_OK)
        return op->status;
    rc = sqlite3_step(op->stmt);
    if (rc == SQLITE_ROW)
        return CONSENT_OK;
    if (rc == SQLITE_DONE)
        return CONSENT_DONE;
    op_fail(op, rc);
    /* A full disk or a failed write may end the whole transaction. What came after would then be
     * committed statement by statement. */
    if (op->tx->begun && op->tx->write && sqlite3_get_autocommit(op->tx->conn->sql))
        op->tx->broken = op->status;
    return op->status;
}

static void op_give_back(consent__op *op) {
    if (op->stmt == NULL)
        return;
    if (op->extra) {
        (void)sqlite3_finalize(op->stmt);
    } else {
        (void)sqlite3_reset(op->stmt); /* repeats the failure of the last step, told already */
        op->tx->conn->in_use[op->id] = false;
    }
    op->stmt = NULL;
}

consent_status consent__op_end(consent__op *op) {
    op_give_back(op);
    return op->status;
}

consent_status consent__op_run(consent__op *op) {
    if (consent__op_next(op) == CONSENT_OK)
        (void)consent__op_next(op); /* one that gives a row has done its work at the next step */
    return consent__op_end(op);
}

consent_status consent__op_one(consent__op *op) {
    consent_status status = consent__op_next(op);
    if (status == CONSENT_OK)
        return CONSENT_OK;
    op_give_back(op);
    return status == CONSENT_DONE ? CONSENT_E_NOT_FOUND : status;
}

consent_status consent__op_each(consent__op *op, consent_status (*fn)(consent__op *op, void *user),
                                void *user) {
    consent_status status;
    while ((status = consent__op_next(op)) == CONSENT_OK) {
        status = fn(op, user);
        if (status == CONSENT_OK)
            status = op->status; /* what reading the row found */
        if (status != CONSENT_OK)
            break;
    }
    op_give_back(op);
    return status == CONSENT_DONE ? CONSENT_OK : status;
}

consent_status consent__op_hold(consent__op *op) {
    if (op->status == CONSENT_OK)
        op->tx->held = *op;
    else
        op_give_back(op);
    return op->status;
}

void consent__tx_let_go(consent__tx *tx) {
    op_give_back(&tx->held);
}

/* ---- reading; STRICT tables give the right types unless the file was tampered with ---- */

void consent__op_bad_column(consent__op *op, int column) {
    if (op->status == CONSENT_OK)
        op->status =
            consent__fail_code(op->cx, CONSENT_E_CORRUPT, SQLITE_CORRUPT,
                               "%s: column %d is of another type or size than the schema says",
                               consent__sql_name[op->id], column);
}

int64_t consent__op_get(consent__op *op, int column) {
    return sqlite3_column_int64(op->stmt, column);
}

bool consent__op_is_null(consent__op *op, int column) {
    return sqlite3_column_type(op->stmt, column) == SQLITE_NULL;
}

const uint8_t *consent__op_bytes(consent__op *op, int column, size_t *n) {
    int type = sqlite3_column_type(op->stmt, column);
    const uint8_t *bytes;
    *n = 0;
    if (type == SQLITE_NULL)
        return NULL;
    if (type != SQLITE_BLOB) {
        consent__op_bad_column(op, column);
        return NULL;
    }
    bytes = sqlite3_column_blob(op->stmt, column);
    *n = (size_t)sqlite3_column_bytes(op->stmt, column);
    if (bytes == NULL && *n != 0)
        op_fail(op, SQLITE_NOMEM);
    return bytes != NULL ? bytes : (const uint8_t *)""; /* empty is not NULL */
}

void consent__op_copy(consent__op *op, int column, void *out, size_t n) {
    size_t got;
    const uint8_t *bytes = consent__op_bytes(op, column, &got);
    if (bytes != NULL && got == n)
        memcpy(out, bytes, n);
    else
        consent__op_bad_column(op, column);
}

const char *consent__op_string(consent__op *op, int column) {
    const char *text;
    if (sqlite3_column_type(op->stmt, column) != SQLITE_TEXT) {
        consent__op_bad_column(op, column);
        return NULL;
    }
    text = (const char *)sqlite3_column_text(op->stmt, column);
    if (text == NULL)
        op_fail(op, SQLITE_NOMEM);
    return text;
}
