/* SPDX-License-Identifier: Apache-2.0 */
/* Requests as lists see them. */
#include "store/sqlite/db.h"

typedef struct request_scan {
    consent__request_fn fn;
    void *user;
} request_scan;

consent_status consent__sqlite_request_put(const consent__cx *cx, consent__tx *tx,
                                           const consent__request_row *row) {
    consent__op op;
    if (row == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_REQUEST_PUT);
    consent__op_int(&op, 1, row->number);
    if (row->subject != 0)
        consent__op_int(&op, 2, row->subject);
    else
        consent__op_null(&op, 2);
    consent__op_text(&op, 3, row->kind);
    consent__op_text(&op, 4, row->state);
    consent__op_int(&op, 5, row->open);
    consent__op_int(&op, 6, row->received_at);
    if (row->due != INT64_MIN)
        consent__op_int(&op, 7, row->due);
    else
        consent__op_null(&op, 7);
    consent__op_int(&op, 8, row->provisional);
    return consent__op_run(&op);
}

static void request_read(consent__op *op, consent__request_row *row) {
    row->number = consent__op_get(op, 0);
    row->subject = consent__op_get(op, 1); /* NULL reads as 0 */
    row->kind = consent__op_string(op, 2);
    row->state = consent__op_string(op, 3);
    row->open = consent__op_get(op, 4) != 0;
    row->received_at = consent__op_get(op, 5);
    row->due = consent__op_is_null(op, 6) ? INT64_MIN : consent__op_get(op, 6);
    row->provisional = consent__op_get(op, 7) != 0;
}

consent_status consent__sqlite_request_get(const consent__cx *cx, consent__tx *tx, int64_t number,
                                           consent__request_row *out) {
    consent__op op;
    consent_status status;
    if (out == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_REQUEST_GET);
    consent__op_int(&op, 1, number);
    status = consent__op_one(&op);
    if (status != CONSENT_OK)
        return status;
    request_read(&op, out);
    return consent__op_hold(&op);
}

static consent_status request_each(consent__op *op, void *user) {
    const request_scan *scan = user;
    consent__request_row row;
    request_read(op, &row);
    return op->status == CONSENT_OK ? scan->fn(op->cx, scan->user, &row) : op->status;
}

consent_status consent__sqlite_request_scan(const consent__cx *cx, consent__tx *tx, bool open_only,
                                            consent__request_fn fn, void *user) {
    request_scan scan = {fn, user};
    consent__op op;
    if (fn == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx,
                      open_only ? CONSENT__SQL_REQUEST_SCAN_OPEN : CONSENT__SQL_REQUEST_SCAN);
    return consent__op_each(&op, request_each, &scan);
}
