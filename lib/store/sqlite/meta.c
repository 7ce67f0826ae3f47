/* SPDX-License-Identifier: Apache-2.0 */
/* Small values by name, and the head of the ledger. */
#include <string.h>

#include "store/sqlite/db.h"

consent_status consent__sqlite_meta_get(const consent__cx *cx, consent__tx *tx, const char *key,
                                        consent__buf *out) {
    consent__op op;
    consent_status status;
    const uint8_t *value;
    size_t n;
    if (out == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_META_GET);
    consent__op_text(&op, 1, key);
    status = consent__op_one(&op);
    if (status != CONSENT_OK)
        return status;
    value = consent__op_bytes(&op, 0, &n);
    if (value != NULL)
        consent__buf_put(out, value, n);
    status = consent__op_end(&op);
    return status == CONSENT_OK && out->failed ? consent__no_memory(cx) : status;
}

consent_status consent__sqlite_meta_put(const consent__cx *cx, consent__tx *tx, const char *key,
                                        const void *value, size_t n) {
    consent__op op;
    consent__op_begin(&op, cx, tx, CONSENT__SQL_META_PUT);
    consent__op_text(&op, 1, key);
    consent__op_blob(&op, 2, value, n);
    return consent__op_run(&op);
}

consent_status consent__sqlite_head_get(const consent__cx *cx, consent__tx *tx,
                                        consent__head *out) {
    consent__op op;
    consent_status status;
    const uint8_t *frontier;
    if (out == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_HEAD_GET);
    status = consent__op_one(&op);
    if (status != CONSENT_OK)
        return status;
    out->size = consent__op_get(&op, 0);
    out->at = consent__op_get(&op, 1);
    out->catalog = consent__op_get(&op, 2);
    frontier = consent__op_bytes(&op, 3, &out->frontier_len);
    if (frontier != NULL && out->frontier_len <= sizeof out->frontier)
        memcpy(out->frontier, frontier, out->frontier_len);
    else
        consent__op_bad_column(&op, 3);
    out->owed = consent__op_get(&op, 4);
    return consent__op_end(&op);
}

consent_status consent__sqlite_head_put(const consent__cx *cx, consent__tx *tx,
                                        const consent__head *head) {
    consent__op op;
    if (head == NULL || head->frontier_len > sizeof head->frontier)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_HEAD_PUT);
    consent__op_int(&op, 1, head->size);
    consent__op_int(&op, 2, head->at);
    consent__op_int(&op, 3, head->catalog);
    consent__op_blob(&op, 4, head->frontier, head->frontier_len);
    consent__op_int(&op, 5, head->owed);
    return consent__op_run(&op);
}
