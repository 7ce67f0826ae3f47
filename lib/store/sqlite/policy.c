/* SPDX-License-Identifier: Apache-2.0 */
/* Versions of policies, the points they ask about, and the epochs of those points. */
#include "store/sqlite/db.h"

typedef struct version_scan {
    bool bytes;
    consent__version_fn fn;
    void *user;
} version_scan;

typedef struct point_scan {
    consent__point_fn fn;
    void *user;
} point_scan;

typedef struct epoch_scan {
    consent__epoch_fn fn;
    void *user;
} epoch_scan;

/* Bytes that may be empty: NULL with no length stands for them too. */
static void policy_bind_bytes(consent__op *op, int at, const uint8_t *bytes, size_t n) {
    consent__op_blob(op, at, bytes == NULL && n == 0 ? (const uint8_t *)"" : bytes, n);
}

consent_status consent__sqlite_version_put(const consent__cx *cx, consent__tx *tx,
                                           const consent__version_row *row) {
    consent__op op;
    if (row == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_VERSION_PUT);
    consent__op_int(&op, 1, row->id);
    consent__op_text(&op, 2, row->policy);
    consent__op_text(&op, 3, row->label);
    consent__op_blob(&op, 4, row->sha256, sizeof row->sha256);
    consent__op_int(&op, 5, row->imported_seq);
    consent__op_int(&op, 6, row->imported_at);
    consent__op_int(&op, 7, row->effective_at);
    policy_bind_bytes(&op, 8, row->profile, row->profile_len);
    policy_bind_bytes(&op, 9, row->bytes, row->len);
    return consent__op_run(&op);
}

static consent_status version_exists(const consent__cx *cx, consent__tx *tx, int64_t id) {
    consent__op op;
    consent_status status;
    consent__op_begin(&op, cx, tx, CONSENT__SQL_VERSION_EXISTS);
    consent__op_int(&op, 1, id);
    status = consent__op_one(&op);
    return status == CONSENT_OK ? consent__op_end(&op) : status;
}

consent_status consent__sqlite_version_publish(const consent__cx *cx, consent__tx *tx, int64_t id,
                                               int64_t seq, int64_t at, int64_t in_force_from) {
    consent__op op;
    consent_status status;
    consent__op_begin(&op, cx, tx, CONSENT__SQL_VERSION_PUBLISH);
    consent__op_int(&op, 1, id);
    consent__op_int(&op, 2, seq);
    consent__op_int(&op, 3, at);
    consent__op_int(&op, 4, in_force_from);
    status = consent__op_run(&op);
    if (status != CONSENT_OK || sqlite3_changes(tx->conn->sql) != 0)
        return status;
    status = version_exists(cx, tx, id);
    if (status != CONSENT_OK)
        return status;
    return consent__fail(cx, CONSENT_E_STATE, "the version is published already");
}

static void version_read(consent__op *op, bool bytes, consent__version_row *row) {
    row->id = consent__op_get(op, 0);
    row->policy = consent__op_string(op, 1);
    row->label = consent__op_string(op, 2);
    consent__op_copy(op, 3, row->sha256, sizeof row->sha256);
    row->imported_seq = consent__op_get(op, 4);
    row->imported_at = consent__op_get(op, 5);
    row->published_seq = consent__op_is_null(op, 6) ? -1 : consent__op_get(op, 6);
    row->published_at = consent__op_is_null(op, 7) ? INT64_MIN : consent__op_get(op, 7);
    row->in_force_from = consent__op_is_null(op, 8) ? INT64_MIN : consent__op_get(op, 8);
    row->effective_at = consent__op_get(op, 9);
    row->profile = NULL;
    row->profile_len = 0;
    row->bytes = NULL;
    row->len = 0;
    if (bytes) {
        row->profile = consent__op_bytes(op, 10, &row->profile_len);
        row->bytes = consent__op_bytes(op, 11, &row->len);
    }
}

static consent_status version_each(consent__op *op, void *user) {
    const version_scan *scan = user;
    consent__version_row row;
    version_read(op, scan->bytes, &row);
    return op->status == CONSENT_OK ? scan->fn(op->cx, scan->user, &row) : op->status;
}

consent_status consent__sqlite_version_scan(const consent__cx *cx, consent__tx *tx, bool bytes,
                                            consent__version_fn fn, void *user) {
    version_scan scan = {bytes, fn, user};
    consent__op op;
    if (fn == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx,
                      bytes ? CONSENT__SQL_VERSION_SCAN : CONSENT__SQL_VERSION_SCAN_SHORT);
    return consent__op_each(&op, version_each, &scan);
}

consent_status consent__sqlite_version_get(const consent__cx *cx, consent__tx *tx, int64_t id,
                                           consent__version_row *out) {
    consent__op op;
    consent_status status;
    if (out == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_VERSION_GET);
    consent__op_int(&op, 1, id);
    status = consent__op_one(&op);
    if (status != CONSENT_OK)
        return status;
    version_read(&op, true, out);
    return consent__op_hold(&op);
}

consent_status consent__sqlite_point_put(const consent__cx *cx, consent__tx *tx,
                                         const consent__point_row *row) {
    consent__op op;
    if (row == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_POINT_PUT);
    consent__op_int(&op, 1, row->id);
    consent__op_text(&op, 2, row->policy);
    consent__op_text(&op, 3, row->key);
    return consent__op_run(&op);
}

static consent_status point_each(consent__op *op, void *user) {
    const point_scan *scan = user;
    consent__point_row row;
    row.id = consent__op_get(op, 0);
    row.policy = consent__op_string(op, 1);
    row.key = consent__op_string(op, 2);
    return op->status == CONSENT_OK ? scan->fn(op->cx, scan->user, &row) : op->status;
}

consent_status consent__sqlite_point_scan(const consent__cx *cx, consent__tx *tx,
                                          consent__point_fn fn, void *user) {
    point_scan scan = {fn, user};
    consent__op op;
    if (fn == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_POINT_SCAN);
    return consent__op_each(&op, point_each, &scan);
}

consent_status consent__sqlite_epoch_put(const consent__cx *cx, consent__tx *tx,
                                         const consent__epoch_row *row) {
    consent__op op;
    if (row == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_EPOCH_PUT);
    consent__op_int(&op, 1, row->version);
    consent__op_int(&op, 2, row->point);
    consent__op_int(&op, 3, row->epoch);
    consent__op_int(&op, 4, row->notice);
    return consent__op_run(&op);
}

static consent_status epoch_each(consent__op *op, void *user) {
    const epoch_scan *scan = user;
    consent__epoch_row row;
    row.version = consent__op_get(op, 0);
    row.point = consent__op_get(op, 1);
    row.epoch = consent__op_get(op, 2);
    row.notice = consent__op_get(op, 3);
    return scan->fn(op->cx, scan->user, &row);
}

consent_status consent__sqlite_epoch_scan(const consent__cx *cx, consent__tx *tx, int64_t from,
                                          int64_t to, consent__epoch_fn fn, void *user) {
    epoch_scan scan = {fn, user};
    consent__op op;
    if (fn == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_EPOCH_SCAN);
    consent__op_int(&op, 1, from);
    consent__op_int(&op, 2, to);
    return consent__op_each(&op, epoch_each, &scan);
}
