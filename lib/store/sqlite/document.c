/* SPDX-License-Identifier: Apache-2.0 */
/* Clear documents of the store, and signed checkpoints. */
#include "store/sqlite/db.h"

typedef struct document_scan {
    consent__document_fn fn;
    void *user;
} document_scan;

typedef struct checkpoint_scan {
    consent__checkpoint_fn fn;
    void *user;
} checkpoint_scan;

consent_status consent__sqlite_document_put(const consent__cx *cx, consent__tx *tx,
                                            const consent__document_row *row) {
    consent__op op;
    if (row == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_DOCUMENT_PUT);
    consent__op_text(&op, 1, row->kind);
    consent__op_text(&op, 2, row->key);
    consent__op_int(&op, 3, row->seq);
    consent__op_blob(&op, 4, row->sha256, sizeof row->sha256);
    consent__op_blob(&op, 5, row->bytes, row->len);
    return consent__op_run(&op);
}

static consent_status document_each(consent__op *op, void *user) {
    const document_scan *scan = user;
    consent__document_row row;
    row.kind = consent__op_string(op, 0);
    row.key = consent__op_string(op, 1);
    row.seq = consent__op_get(op, 2);
    consent__op_copy(op, 3, row.sha256, sizeof row.sha256);
    row.bytes = consent__op_bytes(op, 4, &row.len);
    return op->status == CONSENT_OK ? scan->fn(op->cx, scan->user, &row) : op->status;
}

consent_status consent__sqlite_document_scan(const consent__cx *cx, consent__tx *tx,
                                             const char *kind, consent__document_fn fn,
                                             void *user) {
    document_scan scan = {fn, user};
    consent__op op;
    if (fn == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx,
                      kind != NULL ? CONSENT__SQL_DOCUMENT_SCAN_KIND : CONSENT__SQL_DOCUMENT_SCAN);
    if (kind != NULL)
        consent__op_text(&op, 1, kind);
    return consent__op_each(&op, document_each, &scan);
}

consent_status consent__sqlite_document_scan_key(const consent__cx *cx, consent__tx *tx,
                                                 const char *kind, const char *key,
                                                 consent__document_fn fn, void *user) {
    document_scan scan = {fn, user};
    consent__op op;
    if (fn == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_DOCUMENT_SCAN_KEY);
    consent__op_text(&op, 1, kind);
    consent__op_text(&op, 2, key);
    return consent__op_each(&op, document_each, &scan);
}

consent_status consent__sqlite_checkpoint_put(const consent__cx *cx, consent__tx *tx,
                                              const consent__checkpoint_row *row) {
    consent__op op;
    if (row == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_CHECKPOINT_PUT);
    consent__op_int(&op, 1, row->size);
    consent__op_int(&op, 2, row->at);
    consent__op_text_n(&op, 3, row->note, row->note_len);
    return consent__op_run(&op);
}

static consent_status checkpoint_each(consent__op *op, void *user) {
    const checkpoint_scan *scan = user;
    consent__checkpoint_row row;
    row.size = consent__op_get(op, 0);
    row.at = consent__op_get(op, 1);
    row.note = consent__op_string(op, 2);
    row.note_len = (size_t)sqlite3_column_bytes(op->stmt, 2);
    return op->status == CONSENT_OK ? scan->fn(op->cx, scan->user, &row) : op->status;
}

consent_status consent__sqlite_checkpoint_scan(const consent__cx *cx, consent__tx *tx,
                                               consent__checkpoint_fn fn, void *user) {
    checkpoint_scan scan = {fn, user};
    consent__op op;
    if (fn == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_CHECKPOINT_SCAN);
    return consent__op_each(&op, checkpoint_each, &scan);
}

consent_status consent__sqlite_checkpoint_last(const consent__cx *cx, consent__tx *tx,
                                               int64_t *out_size, int64_t *out_at) {
    consent__op op;
    consent_status status;
    if (out_size == NULL || out_at == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_CHECKPOINT_LAST);
    status = consent__op_one(&op);
    if (status != CONSENT_OK)
        return status;
    *out_size = consent__op_get(&op, 0);
    *out_at = consent__op_get(&op, 1);
    return consent__op_end(&op);
}
