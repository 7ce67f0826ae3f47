/* SPDX-License-Identifier: Apache-2.0 */
/* Events, their bodies, and the nodes kept of the tree over them. */
#include <string.h>

#include "store/sqlite/db.h"

#define KIND_MAX 64 /* bytes; the schema allows no more */

typedef struct event_scan {
    bool bodies;
    consent__event_fn fn;
    void *user;
    char kind[KIND_MAX + 1];
} event_scan;

static consent_status last_body(const consent__cx *cx, consent__tx *tx, int64_t *out) {
    consent__op op;
    consent_status status;
    consent__op_begin(&op, cx, tx, CONSENT__SQL_EVENT_BODY_LAST);
    status = consent__op_one(&op);
    if (status != CONSENT_OK)
        return status;
    *out = consent__op_get(&op, 0);
    return consent__op_end(&op);
}

/* What the insert triggers hold everybody else to. Where the last body is missing they refuse, and
 * get the row; in bulk it is refused here. */
static consent_status next_in_line(const consent__cx *cx, consent__tx *tx, int64_t seq) {
    if (tx->next_seq < 0) {
        int64_t last = -1, body = -1;
        consent_status status = consent__sqlite_event_last(cx, tx, &last);
        if (status == CONSENT_OK)
            status = last_body(cx, tx, &body);
        if (status != CONSENT_OK)
            return status;
        if (last != body)
            consent__tx_guard_all(tx);
        if (!tx->conn->lean)
            return CONSENT_OK;
        if (last != body)
            return consent__fail(cx, CONSENT_E_CONFLICT, "event_body: the last row is missing");
        tx->next_seq = last + 1;
    }
    if (seq != tx->next_seq)
        return consent__fail(cx, CONSENT_E_CONFLICT,
                             "event: a new row takes the number after the last");
    tx->next_seq++;
    return CONSENT_OK;
}

/* In place of triggers and references where the connection does without. Who writes an act has read
 * its subject in the same transaction, and writes a body; what is more than that is left to them.
 * In bulk the caller answers for the subjects. */
static consent_status stand_in(const consent__cx *cx, consent__tx *tx,
                               const consent__event_row *row) {
    uint8_t uid[16], salt[16];
    consent_status status = CONSENT_OK;
    if (!tx->conn->lean)
        return CONSENT_OK;
    if (!tx->bulk && row->subject != 0 && row->subject != tx->seen_subject)
        status = consent__sqlite_subject_key(cx, tx, row->subject, uid, salt);
    if (status != CONSENT_OK && status != CONSENT_E_NOT_FOUND)
        return status;
    if (status == CONSENT_E_NOT_FOUND || row->box == NULL)
        consent__tx_guard_all(tx);
    return tx->conn->lean ? next_in_line(cx, tx, row->seq) : CONSENT_OK;
}

static consent_status append_rows(const consent__cx *cx, consent__tx *tx,
                                  const consent__event_row *row) {
    consent__op op;
    consent_status status;
    consent__op_begin(&op, cx, tx, CONSENT__SQL_EVENT_APPEND);
    consent__op_int(&op, 1, row->seq);
    consent__op_int(&op, 2, row->at);
    consent__op_text(&op, 3, row->kind);
    consent__op_blob(&op, 4, row->commitment, sizeof row->commitment);
    consent__op_blob(&op, 5, row->leaf, sizeof row->leaf);
    status = consent__op_run(&op);
    if (status != CONSENT_OK)
        return status;
    consent__op_begin(&op, cx, tx, CONSENT__SQL_EVENT_BODY_APPEND);
    consent__op_int(&op, 1, row->seq);
    if (row->subject != 0)
        consent__op_int(&op, 2, row->subject);
    else
        consent__op_null(&op, 2);
    if (row->box != NULL)
        consent__op_blob(&op, 3, row->box, row->box_len);
    else
        consent__op_null(&op, 3); /* in a store of evidence only: a trigger sees to it */
    return consent__op_run(&op);
}

consent_status consent__sqlite_event_append(const consent__cx *cx, consent__tx *tx,
                                            const consent__event_row *row) {
    consent_status status;
    if (tx == NULL || row == NULL || row->subject < 0 || (row->box == NULL && row->subject != 0))
        return consent__op_refuse(cx);
    status = stand_in(cx, tx, row);
    if (status == CONSENT_OK)
        status = append_rows(cx, tx, row);
    if (status == CONSENT_OK)
        consent__tx_count_event(tx);
    else
        consent__tx_guard_all(tx); /* who goes on in spite of it is judged by the triggers */
    return status;
}

/* Text as bytes: to end it with a NUL the engine would copy it for each row. */
static const char *event_kind(consent__op *op, char room[KIND_MAX + 1]) {
    const void *text = sqlite3_column_blob(op->stmt, 2);
    size_t n = (size_t)sqlite3_column_bytes(op->stmt, 2);
    if (text == NULL || n > KIND_MAX || sqlite3_column_type(op->stmt, 2) != SQLITE_TEXT)
        return consent__op_string(op, 2);
    memcpy(room, text, n);
    room[n] = '\0';
    return room;
}

/* Of a value of another type the bytes are never 32. */
static void event_hash(consent__op *op, int column, uint8_t out[32]) {
    const void *bytes = sqlite3_column_blob(op->stmt, column);
    if (bytes != NULL && sqlite3_column_bytes(op->stmt, column) == 32)
        memcpy(out, bytes, 32);
    else
        consent__op_copy(op, column, out, 32);
}

/* room NULL: the kind is the engine's and lives with the row. */
static void event_read(consent__op *op, bool body, char *room, consent__event_row *row) {
    row->seq = consent__op_get(op, 0);
    row->at = consent__op_get(op, 1);
    row->kind = room != NULL ? event_kind(op, room) : consent__op_string(op, 2);
    event_hash(op, 3, row->commitment);
    event_hash(op, 4, row->leaf);
    row->subject = 0;
    row->box = NULL;
    row->box_len = 0;
    if (body) {
        row->subject = consent__op_get(op, 5); /* NULL reads as 0 */
        row->box = consent__op_bytes(op, 6, &row->box_len);
    }
}

consent_status consent__sqlite_event_get(const consent__cx *cx, consent__tx *tx, int64_t seq,
                                         consent__event_row *out) {
    consent__op op;
    consent_status status;
    if (out == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_EVENT_GET);
    consent__op_int(&op, 1, seq);
    status = consent__op_one(&op);
    if (status != CONSENT_OK)
        return status;
    event_read(&op, true, NULL, out);
    return consent__op_hold(&op);
}

static consent_status event_each(consent__op *op, void *user) {
    event_scan *scan = user;
    consent__event_row row;
    event_read(op, scan->bodies, scan->kind, &row);
    return op->status == CONSENT_OK ? scan->fn(op->cx, scan->user, &row) : op->status;
}

consent_status consent__sqlite_event_scan(const consent__cx *cx, consent__tx *tx, int64_t from,
                                          int64_t to, int64_t subject, bool bodies,
                                          consent__event_fn fn, void *user) {
    event_scan scan = {bodies, fn, user, ""};
    consent__op op;
    enum consent__sql id;
    if (fn == NULL)
        return consent__op_refuse(cx);
    if (subject != 0)
        id = bodies ? CONSENT__SQL_EVENT_SCAN_SUBJECT : CONSENT__SQL_EVENT_SCAN_SUBJECT_HASHES;
    else
        id = bodies ? CONSENT__SQL_EVENT_SCAN : CONSENT__SQL_EVENT_SCAN_HASHES;
    consent__op_begin(&op, cx, tx, id);
    consent__op_int(&op, 1, from);
    consent__op_int(&op, 2, to);
    if (subject != 0)
        consent__op_int(&op, 3, subject);
    return consent__op_each(&op, event_each, &scan);
}

consent_status consent__sqlite_event_scan_gone(const consent__cx *cx, consent__tx *tx,
                                               const char *kind, consent__event_fn fn, void *user) {
    event_scan scan = {true, fn, user, ""};
    consent__op op;
    if (fn == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_EVENT_SCAN_GONE);
    consent__op_text(&op, 1, kind);
    return consent__op_each(&op, event_each, &scan);
}

typedef struct node_scan {
    consent__node_row_fn fn;
    void *user;
} node_scan;

static consent_status node_each(consent__op *op, void *user) {
    const node_scan *scan = user;
    uint8_t hash[32];
    int64_t index = consent__op_get(op, 0);
    consent__op_copy(op, 1, hash, sizeof hash);
    return op->status == CONSENT_OK ? scan->fn(op->cx, scan->user, index, hash) : op->status;
}

consent_status consent__sqlite_node_scan(const consent__cx *cx, consent__tx *tx, int32_t level,
                                         int64_t from, int64_t to, consent__node_row_fn fn,
                                         void *user) {
    node_scan scan = {fn, user};
    consent__op op;
    if (fn == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_NODE_SCAN);
    consent__op_int(&op, 1, level);
    consent__op_int(&op, 2, from);
    consent__op_int(&op, 3, to);
    return consent__op_each(&op, node_each, &scan);
}

static consent_status event_number(const consent__cx *cx, consent__tx *tx, enum consent__sql id,
                                   const int64_t *seq, int64_t *out) {
    consent__op op;
    consent_status status;
    consent__op_begin(&op, cx, tx, id);
    if (seq != NULL)
        consent__op_int(&op, 1, *seq);
    status = consent__op_one(&op);
    if (status != CONSENT_OK)
        return status;
    *out = consent__op_get(&op, 0);
    return consent__op_end(&op);
}

consent_status consent__sqlite_event_last(const consent__cx *cx, consent__tx *tx,
                                          int64_t *out_seq) {
    if (out_seq == NULL)
        return consent__op_refuse(cx);
    return event_number(cx, tx, CONSENT__SQL_EVENT_LAST, NULL, out_seq);
}

/* Times never fall with seq, so halving finds the place without an index over times. */
consent_status consent__sqlite_event_upto(const consent__cx *cx, consent__tx *tx, int64_t t,
                                          int64_t *out_seq) {
    int64_t low = -1, high;
    consent_status status;
    if (out_seq == NULL)
        return consent__op_refuse(cx);
    *out_seq = -1;
    status = event_number(cx, tx, CONSENT__SQL_EVENT_LAST, NULL, &high);
    while (status == CONSENT_OK && low < high) {
        int64_t middle = low + (high - low + 1) / 2, at = 0;
        status = event_number(cx, tx, CONSENT__SQL_EVENT_AT, &middle, &at);
        if (status == CONSENT_E_NOT_FOUND)
            return consent__fail(cx, CONSENT_E_CORRUPT, "an event is missing from the ledger");
        if (at <= t)
            low = middle;
        else
            high = middle - 1;
    }
    if (status == CONSENT_OK)
        *out_seq = low;
    return status;
}

consent_status consent__sqlite_node_put(const consent__cx *cx, consent__tx *tx, int32_t level,
                                        int64_t index, const uint8_t hash[32]) {
    consent__op op;
    consent__op_begin(&op, cx, tx, CONSENT__SQL_NODE_PUT);
    consent__op_int(&op, 1, level);
    consent__op_int(&op, 2, index);
    consent__op_blob(&op, 3, hash, 32);
    return consent__op_run(&op);
}

consent_status consent__sqlite_node_get(const consent__cx *cx, consent__tx *tx, int32_t level,
                                        int64_t index, uint8_t out[32]) {
    consent__op op;
    consent_status status;
    if (out == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_NODE_GET);
    consent__op_int(&op, 1, level);
    consent__op_int(&op, 2, index);
    status = consent__op_one(&op);
    if (status != CONSENT_OK)
        return status;
    consent__op_copy(&op, 0, out, 32);
    return consent__op_end(&op);
}
