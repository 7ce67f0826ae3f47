/* SPDX-License-Identifier: Apache-2.0 */
/* Erasing a subject, and what makes it final: an empty log, a rewritten file. */
#include <string.h>

#include "store/sqlite/db.h"

typedef struct erased_scan {
    consent__subject_fn fn;
    void *user;
} erased_scan;

typedef struct remainder_scan {
    consent__remainder_fn fn;
    void *user;
} remainder_scan;

/* One statement whose parameter is the subject; *out_changes (may be NULL): rows it changed. */
static consent_status erase_step(const consent__cx *cx, consent__tx *tx, enum consent__sql id,
                                 int64_t subject, int64_t *out_changes) {
    consent__op op;
    consent_status status;
    consent__op_begin(&op, cx, tx, id);
    consent__op_int(&op, 1, subject);
    status = consent__op_run(&op);
    if (status == CONSENT_OK && out_changes != NULL)
        *out_changes = sqlite3_changes64(tx->conn->sql);
    return status;
}

consent_status consent__sqlite_subject_erase(const consent__cx *cx, consent__tx *tx,
                                             int64_t subject, int64_t *out_events) {
    static const enum consent__sql rest[] = {
        CONSENT__SQL_ERASE_SALT, CONSENT__SQL_ERASE_STATE_WIDEN, CONSENT__SQL_ERASE_STATE,
        CONSENT__SQL_ERASE_IDEM, CONSENT__SQL_ERASE_REQUESTS,    CONSENT__SQL_ERASE_END};
    int64_t found = 0;
    consent_status status;
    size_t i;
    if (out_events == NULL)
        return consent__op_refuse(cx);
    status = erase_step(cx, tx, CONSENT__SQL_ERASE_BEGIN, subject, &found);
    if (status == CONSENT_OK && found == 0)
        return CONSENT_E_NOT_FOUND;
    if (status == CONSENT_OK)
        status = erase_step(cx, tx, CONSENT__SQL_ERASE_BODIES, subject, out_events);
    for (i = 0; status == CONSENT_OK && i < sizeof rest / sizeof rest[0]; i++)
        status = erase_step(cx, tx, rest[i], subject, NULL);
    return status;
}

static consent_status erased_each(consent__op *op, void *user) {
    const erased_scan *scan = user;
    consent__subject_row row = {.seq = -1};
    row.subject = consent__op_get(op, 0);
    consent__op_copy(op, 1, row.uid, sizeof row.uid);
    return op->status == CONSENT_OK ? scan->fn(op->cx, scan->user, &row) : op->status;
}

consent_status consent__sqlite_erased_scan(const consent__cx *cx, consent__tx *tx,
                                           consent__subject_fn fn, void *user) {
    erased_scan scan = {fn, user};
    consent__op op;
    if (fn == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_ERASED_SCAN);
    return consent__op_each(&op, erased_each, &scan);
}

consent_status consent__sqlite_remainder_put(const consent__cx *cx, consent__tx *tx,
                                             const consent__remainder_row *row) {
    consent__op op;
    if (row == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_REMAINDER_PUT);
    consent__op_blob(&op, 1, row->uid, sizeof row->uid);
    consent__op_text(&op, 2, row->item);
    consent__op_text(&op, 3, row->reason);
    if (row->until == INT64_MIN)
        consent__op_null(&op, 4);
    else
        consent__op_int(&op, 4, row->until);
    consent__op_int(&op, 5, row->seq);
    return consent__op_run(&op);
}

static consent_status remainder_each(consent__op *op, void *user) {
    const remainder_scan *scan = user;
    consent__remainder_row row;
    consent__op_copy(op, 0, row.uid, sizeof row.uid);
    row.item = consent__op_string(op, 1);
    row.reason = consent__op_string(op, 2);
    row.until = consent__op_is_null(op, 3) ? INT64_MIN : consent__op_get(op, 3);
    row.seq = consent__op_get(op, 4);
    return op->status == CONSENT_OK ? scan->fn(op->cx, scan->user, &row) : op->status;
}

consent_status consent__sqlite_remainder_scan(const consent__cx *cx, consent__tx *tx,
                                              const uint8_t uid[16], consent__remainder_fn fn,
                                              void *user) {
    remainder_scan scan = {fn, user};
    consent__op op;
    if (fn == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx,
                      uid != NULL ? CONSENT__SQL_REMAINDER_SCAN_UID : CONSENT__SQL_REMAINDER_SCAN);
    if (uid != NULL)
        consent__op_blob(&op, 1, uid, 16);
    return consent__op_each(&op, remainder_each, &scan);
}

/* ---- outside transactions, on the writer's connection ---- */

static consent_status take_writer(const consent__cx *cx, consent__db *db, int32_t wait_ms) {
    consent_status status = consent__db_check_process(cx, db);
    if (status == CONSENT_OK)
        status = consent__lock_writer(cx, db, consent__monotonic_ms() + wait_ms);
    if (status != CONSENT_OK)
        return status;
    status = consent__writer_open(cx, db);
    if (status != CONSENT_OK) {
        consent__unlock_writer(db);
        return status;
    }
    db->writer.wait_ms = wait_ms;
    consent__release_reads(db);
    return CONSENT_OK;
}

consent_status consent__sqlite_settle(const consent__cx *cx, consent__db *db, bool *out_done) {
    int64_t busy = 1;
    consent_status status;
    if (db == NULL || out_done == NULL)
        return consent__op_refuse(cx);
    *out_done = false;
    status = take_writer(cx, db, 0);
    if (status == CONSENT_OK) {
        status = consent__conn_number(cx, &db->writer, CONSENT__SQL_FILE_CHECKPOINT, &busy);
        consent__unlock_writer(db);
    }
    if (status == CONSENT_E_BUSY) { /* whoever writes now tries it next */
        consent__forget(cx);
        return CONSENT_OK;
    }
    *out_done = status == CONSENT_OK && busy == 0;
    return status;
}

consent_status consent__sqlite_scrub(const consent__cx *cx, consent__db *db) {
    consent_status status = db != NULL ? take_writer(cx, db, db->wait_ms) : consent__op_refuse(cx);
    if (status != CONSENT_OK)
        return status;
    status = consent__conn_exec(cx, &db->writer, CONSENT__SQL_SCRUB);
    consent__unlock_writer(db);
    return status;
}
