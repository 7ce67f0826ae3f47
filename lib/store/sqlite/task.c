/* SPDX-License-Identifier: Apache-2.0 */
/* What recipients must erase, and what was kept and may go. */
#include "store/sqlite/db.h"

typedef struct task_scan {
    consent__task_fn fn;
    void *user;
} task_scan;

consent_status consent__sqlite_remainder_drop(const consent__cx *cx, consent__tx *tx,
                                              const uint8_t uid[16], const char *reason,
                                              int64_t *out_rows) {
    consent__op op;
    consent_status status;
    if (out_rows == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_REMAINDER_DROP);
    consent__op_blob(&op, 1, uid, 16);
    consent__op_text(&op, 2, reason);
    status = consent__op_run(&op);
    if (status == CONSENT_OK)
        *out_rows = sqlite3_changes64(tx->conn->sql);
    return status;
}

consent_status consent__sqlite_task_put(const consent__cx *cx, consent__tx *tx,
                                        const consent__task_row *row) {
    consent__op op;
    if (row == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_TASK_PUT);
    consent__op_blob(&op, 1, row->uid, sizeof row->uid);
    consent__op_text(&op, 2, row->recipient);
    consent__op_int(&op, 3, row->seq);
    consent__op_text(&op, 4, row->items);
    return consent__op_run(&op);
}

consent_status consent__sqlite_task_done(const consent__cx *cx, consent__tx *tx,
                                         const uint8_t uid[16], const char *recipient,
                                         int64_t seq) {
    consent__op op;
    consent_status status;
    consent__op_begin(&op, cx, tx, CONSENT__SQL_TASK_DONE);
    consent__op_blob(&op, 1, uid, 16);
    consent__op_text(&op, 2, recipient);
    consent__op_int(&op, 3, seq);
    status = consent__op_run(&op);
    if (status == CONSENT_OK && sqlite3_changes(tx->conn->sql) == 0)
        return CONSENT_E_NOT_FOUND;
    return status;
}

static void task_read(consent__op *op, consent__task_row *row) {
    consent__op_copy(op, 0, row->uid, sizeof row->uid);
    row->recipient = consent__op_string(op, 1);
    row->seq = consent__op_get(op, 2);
    row->done = consent__op_is_null(op, 3) ? -1 : consent__op_get(op, 3);
    row->items = consent__op_string(op, 4);
}

consent_status consent__sqlite_task_get(const consent__cx *cx, consent__tx *tx,
                                        const uint8_t uid[16], const char *recipient,
                                        consent__task_row *out) {
    consent__op op;
    consent_status status;
    if (out == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_TASK_GET);
    consent__op_blob(&op, 1, uid, 16);
    consent__op_text(&op, 2, recipient);
    status = consent__op_one(&op);
    if (status != CONSENT_OK)
        return status;
    task_read(&op, out);
    return consent__op_hold(&op);
}

static consent_status task_each(consent__op *op, void *user) {
    const task_scan *scan = user;
    consent__task_row row;
    task_read(op, &row);
    return op->status == CONSENT_OK ? scan->fn(op->cx, scan->user, &row) : op->status;
}

consent_status consent__sqlite_task_scan(const consent__cx *cx, consent__tx *tx, bool open_only,
                                         consent__task_fn fn, void *user) {
    task_scan scan = {fn, user};
    consent__op op;
    if (fn == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_TASK_SCAN);
    consent__op_int(&op, 1, open_only);
    return consent__op_each(&op, task_each, &scan);
}

consent_status consent__sqlite_task_scan_of(const consent__cx *cx, consent__tx *tx,
                                            const char *recipient, consent__task_fn fn,
                                            void *user) {
    task_scan scan = {fn, user};
    consent__op op;
    if (fn == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_TASK_SCAN_OF);
    consent__op_text(&op, 1, recipient);
    return consent__op_each(&op, task_each, &scan);
}
