/* SPDX-License-Identifier: Apache-2.0 */
/* Subjects: their keys, their one sealed row of state, and the acts they have repeated. */
#include <string.h>

#include "store/sqlite/db.h"

/* A state's number: the first 28 bits of its look-up, and a slot for those that begin alike. */
#define PREFIX_BITS 28
#define SLOT_BITS 7
#define SLOTS (1 << SLOT_BITS)

typedef struct subject_scan {
    consent__subject_fn fn;
    void *user;
} subject_scan;

consent_status consent__sqlite_subject_next(const consent__cx *cx, consent__tx *tx,
                                            int64_t *out_subject) {
    consent__op op;
    consent_status status;
    if (out_subject == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_SUBJECT_NEXT);
    status = consent__op_one(&op);
    if (status != CONSENT_OK)
        return status;
    *out_subject = consent__op_get(&op, 0);
    return consent__op_end(&op);
}

/* In place of the trigger of a key's row, where the connection does without and the caller does not
 * answer for it: what the trigger would refuse is left to the trigger. A uid that is there already
 * is refused by its index. */
static consent_status stand_in_for_key(const consent__cx *cx, consent__tx *tx, int64_t subject,
                                       const uint8_t salt[16]) {
    static const uint8_t erased[16];
    int64_t next = 0;
    consent_status status;
    if (tx == NULL || salt == NULL || !tx->conn->lean || tx->bulk)
        return CONSENT_OK;
    status = consent__sqlite_subject_next(cx, tx, &next);
    if (status == CONSENT_OK && (subject < next || memcmp(salt, erased, sizeof erased) == 0))
        consent__tx_guard_all(tx);
    return status;
}

/* The same of a state's row: its subject is there. That look-up and subject have no other row is
 * seen by state_find_place and by the index. */
static consent_status stand_in_for_state(const consent__cx *cx, consent__tx *tx, int64_t subject) {
    uint8_t uid[16], salt[16];
    consent_status status;
    if (!tx->conn->lean || tx->bulk || (subject != 0 && subject == tx->seen_subject))
        return CONSENT_OK;
    status = consent__sqlite_subject_key(cx, tx, subject, uid, salt);
    if (status != CONSENT_E_NOT_FOUND)
        return status;
    consent__tx_guard_all(tx);
    return CONSENT_OK;
}

consent_status consent__sqlite_subject_add(const consent__cx *cx, consent__tx *tx, int64_t subject,
                                           const uint8_t uid[16], const uint8_t salt[16]) {
    consent__op op;
    consent_status status = stand_in_for_key(cx, tx, subject, salt);
    if (status != CONSENT_OK)
        return status;
    consent__op_begin(&op, cx, tx, CONSENT__SQL_SUBJECT_ADD);
    consent__op_int(&op, 1, subject);
    consent__op_blob(&op, 2, uid, 16);
    consent__op_blob(&op, 3, salt, 16);
    status = consent__op_run(&op);
    if (status == CONSENT_OK)
        tx->seen_subject = subject;
    return status;
}

static int64_t first_slot(const uint8_t lookup[16]) {
    const uint32_t begin = (uint32_t)lookup[0] << 24 | (uint32_t)lookup[1] << 16 |
                           (uint32_t)lookup[2] << 8 | lookup[3];
    return (int64_t)(begin >> (32 - PREFIX_BITS)) << SLOT_BITS;
}

static void bind_lookup(consent__op *op, const uint8_t lookup[16]) {
    const int64_t first = first_slot(lookup);
    consent__op_blob(op, 1, lookup, 16);
    consent__op_int(op, 2, first);
    consent__op_int(op, 3, first + SLOTS - 1);
}

static void subject_read(consent__op *op, consent__subject_row *row) {
    row->subject = consent__op_get(op, 0);
    op->tx->seen_subject = row->subject;
    consent__op_copy(op, 1, row->uid, sizeof row->uid);
    consent__op_copy(op, 2, row->salt, sizeof row->salt);
    row->box = consent__op_bytes(op, 5, &row->box_len);
    if (row->box == NULL) { /* no state */
        memset(row->lookup, 0, sizeof row->lookup);
        row->seq = -1;
        return;
    }
    consent__op_copy(op, 3, row->lookup, sizeof row->lookup);
    row->seq = consent__op_get(op, 4);
}

/* A subject by whatever the statement's one parameter is, bound already. */
static consent_status subject_one(consent__op *op, consent__subject_row *out) {
    consent_status status = consent__op_one(op);
    if (status != CONSENT_OK)
        return status;
    subject_read(op, out);
    return consent__op_hold(op);
}

consent_status consent__sqlite_subject_get(const consent__cx *cx, consent__tx *tx,
                                           const uint8_t lookup[16], consent__subject_row *out) {
    consent__op op;
    if (lookup == NULL || out == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_SUBJECT_GET);
    bind_lookup(&op, lookup);
    return subject_one(&op, out);
}

static consent_status subject_look_read(consent__op *op, consent__head *head,
                                        consent__subject_row *out, consent__buf *box) {
    size_t n = 0;
    const uint8_t *bytes;
    head->size = consent__op_get(op, 0);
    head->at = consent__op_get(op, 1);
    head->catalog = consent__op_get(op, 2);
    out->subject = consent__op_get(op, 3); /* NULL reads as 0 */
    out->box = NULL;
    out->box_len = 0;
    consent__buf_reset(box);
    if (out->subject == 0)
        return op->status;
    consent__op_copy(op, 4, out->uid, sizeof out->uid);
    consent__op_copy(op, 5, out->salt, sizeof out->salt);
    out->seq = consent__op_get(op, 6);
    bytes = consent__op_bytes(op, 7, &n);
    if (op->status != CONSENT_OK)
        return op->status;
    consent__buf_put(box, bytes, n);
    if (box->failed)
        return consent__no_memory(op->cx);
    out->box = box->data;
    out->box_len = n;
    return CONSENT_OK;
}

consent_status consent__sqlite_subject_look(const consent__cx *cx, consent__db *db,
                                            const uint8_t lookup[16], consent__head *head,
                                            consent__subject_row *out, consent__buf *box) {
    consent__tx *tx = NULL;
    consent__op op;
    consent_status status, ended;
    if (lookup == NULL || head == NULL || out == NULL || box == NULL)
        return consent__op_refuse(cx);
    status = consent__look_begin(cx, db, &tx);
    if (status != CONSENT_OK)
        return status;
    memcpy(out->lookup, lookup, sizeof out->lookup);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_SUBJECT_LOOK);
    bind_lookup(&op, lookup);
    status = consent__op_one(&op);
    if (status == CONSENT_OK) {
        status = subject_look_read(&op, head, out, box);
        ended = consent__op_end(&op);
        status = status == CONSENT_OK ? ended : status;
    } else if (status == CONSENT_E_NOT_FOUND) {
        status = consent__fail(cx, CONSENT_E_CORRUPT, "the ledger has no head");
    }
    consent__look_end(tx, status == CONSENT_OK);
    return status;
}

consent_status consent__sqlite_subject_by_id(const consent__cx *cx, consent__tx *tx,
                                             int64_t subject, consent__subject_row *out) {
    consent__op op;
    if (out == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_SUBJECT_BY_ID);
    consent__op_int(&op, 1, subject);
    return subject_one(&op, out);
}

consent_status consent__sqlite_subject_key(const consent__cx *cx, consent__tx *tx, int64_t subject,
                                           uint8_t uid[16], uint8_t salt[16]) {
    consent__op op;
    consent_status status;
    consent__op_begin(&op, cx, tx, CONSENT__SQL_SUBJECT_KEY);
    consent__op_int(&op, 1, subject);
    status = consent__op_one(&op);
    if (status != CONSENT_OK)
        return status;
    consent__op_copy(&op, 0, uid, 16);
    consent__op_copy(&op, 1, salt, 16);
    return consent__op_end(&op);
}

consent_status consent__sqlite_subject_by_uid(const consent__cx *cx, consent__tx *tx,
                                              const uint8_t uid[16], consent__subject_row *out) {
    consent__op op;
    if (out == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_SUBJECT_BY_UID);
    consent__op_blob(&op, 1, uid, 16);
    return subject_one(&op, out);
}

/* Writes the state as row `id`, by an update or by an insert; *changed: whether there was such a
 * row. */
static consent_status state_run(const consent__cx *cx, consent__tx *tx, enum consent__sql sql,
                                const consent__subject_row *row, int64_t id, int *changed) {
    consent__op op;
    consent_status status;
    consent__op_begin(&op, cx, tx, sql);
    consent__op_blob(&op, 1, row->lookup, sizeof row->lookup);
    consent__op_int(&op, 2, row->subject);
    consent__op_int(&op, 3, row->seq);
    consent__op_blob(&op, 4, row->box, row->box_len);
    consent__op_int(&op, 5, id);
    status = consent__op_run(&op);
    *changed = status == CONSENT_OK ? sqlite3_changes(tx->conn->sql) : 0;
    return status;
}

typedef struct state_place {
    const consent__subject_row *row;
    int64_t id;    /* of the row with this look-up, or the first free slot */
    bool there;    /* it is the row */
    bool conflict; /* and another subject's */
} state_place;

static consent_status state_place_each(consent__op *op, void *user) {
    state_place *place = user;
    uint8_t lookup[16];
    if (place->there)
        return op->status;
    consent__op_copy(op, 1, lookup, sizeof lookup);
    if (op->status == CONSENT_OK && memcmp(lookup, place->row->lookup, sizeof lookup) == 0) {
        place->id = consent__op_get(op, 0);
        place->there = true;
        place->conflict = consent__op_get(op, 2) != place->row->subject;
    } else if (consent__op_get(op, 0) == place->id) {
        place->id++;
    }
    return op->status;
}

/* Where a state goes that is not in its first slot: among those whose look-ups begin alike. */
static consent_status state_find_place(const consent__cx *cx, consent__tx *tx, state_place *place) {
    const int64_t first = first_slot(place->row->lookup);
    consent__op op;
    consent_status status;
    place->id = first;
    consent__op_begin(&op, cx, tx, CONSENT__SQL_STATE_SLOTS);
    consent__op_int(&op, 1, first);
    consent__op_int(&op, 2, first + SLOTS - 1);
    status = consent__op_each(&op, state_place_each, place);
    if (status != CONSENT_OK)
        return status;
    if (place->conflict)
        return consent__fail(cx, CONSENT_E_CONFLICT, "the look-up belongs to another subject");
    if (place->id == first + SLOTS)
        return consent__fail(cx, CONSENT_E_LIMIT, "%d look-ups begin with the same %d bits", SLOTS,
                             PREFIX_BITS);
    return CONSENT_OK;
}

consent_status consent__sqlite_state_put(const consent__cx *cx, consent__tx *tx,
                                         const consent__subject_row *row) {
    state_place place = {.row = row};
    consent_status status;
    int changed = 0;
    if (row == NULL)
        return consent__op_refuse(cx);
    status = state_run(cx, tx, CONSENT__SQL_STATE_SET, row, first_slot(row->lookup), &changed);
    if (status != CONSENT_OK || changed != 0)
        return status;
    status = state_find_place(cx, tx, &place);
    if (status == CONSENT_OK && !place.there)
        status = stand_in_for_state(cx, tx, row->subject);
    if (status != CONSENT_OK)
        return status;
    return state_run(cx, tx, place.there ? CONSENT__SQL_STATE_SET : CONSENT__SQL_STATE_ADD, row,
                     place.id, &changed);
}

static consent_status subject_each(consent__op *op, void *user) {
    const subject_scan *scan = user;
    consent__subject_row row;
    subject_read(op, &row);
    return op->status == CONSENT_OK ? scan->fn(op->cx, scan->user, &row) : op->status;
}

consent_status consent__sqlite_subject_scan(const consent__cx *cx, consent__tx *tx, int64_t after,
                                            int64_t limit, consent__subject_fn fn, void *user) {
    subject_scan scan = {fn, user};
    consent__op op;
    if (fn == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_SUBJECT_SCAN);
    consent__op_int(&op, 1, after);
    consent__op_int(&op, 2, limit > 0 ? limit : -1);
    return consent__op_each(&op, subject_each, &scan);
}

consent_status consent__sqlite_idem_get(const consent__cx *cx, consent__tx *tx, int64_t subject,
                                        const uint8_t key[16], consent__idem_row *out) {
    consent__op op;
    consent_status status;
    if (out == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_IDEM_GET);
    consent__op_int(&op, 1, subject);
    consent__op_blob(&op, 2, key, 16);
    status = consent__op_one(&op);
    if (status != CONSENT_OK)
        return status;
    out->subject = consent__op_get(&op, 0);
    consent__op_copy(&op, 1, out->key, sizeof out->key);
    consent__op_copy(&op, 2, out->digest, sizeof out->digest);
    out->seq = consent__op_get(&op, 3);
    return consent__op_end(&op);
}

typedef struct idem_scan {
    consent__idem_fn fn;
    void *user;
} idem_scan;

static consent_status idem_each(consent__op *op, void *user) {
    const idem_scan *scan = user;
    consent__idem_row row;
    row.subject = consent__op_get(op, 0);
    consent__op_copy(op, 1, row.key, sizeof row.key);
    consent__op_copy(op, 2, row.digest, sizeof row.digest);
    row.seq = consent__op_get(op, 3);
    return op->status == CONSENT_OK ? scan->fn(op->cx, scan->user, &row) : op->status;
}

consent_status consent__sqlite_idem_scan(const consent__cx *cx, consent__tx *tx,
                                         consent__idem_fn fn, void *user) {
    idem_scan scan = {fn, user};
    consent__op op;
    if (fn == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_IDEM_SCAN);
    return consent__op_each(&op, idem_each, &scan);
}

consent_status consent__sqlite_idem_put(const consent__cx *cx, consent__tx *tx,
                                        const consent__idem_row *row) {
    consent__op op;
    if (row == NULL)
        return consent__op_refuse(cx);
    consent__op_begin(&op, cx, tx, CONSENT__SQL_IDEM_PUT);
    consent__op_int(&op, 1, row->subject);
    consent__op_blob(&op, 2, row->key, sizeof row->key);
    consent__op_blob(&op, 3, row->digest, sizeof row->digest);
    consent__op_int(&op, 4, row->seq);
    return consent__op_run(&op);
}
