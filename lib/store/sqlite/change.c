/* SPDX-License-Identifier: Apache-2.0 */
/* Has any process committed? Every commit rewrites the header of the wal-index, which is shared
 * memory (https://sqlite.org/walformat.html#the_wal_index_header): two copies of 48 bytes, the
 * second written first, holding among others a counter of changes, the salts of the log, the
 * checksum of its last frame, and a checksum of the header. Reading them costs some nanoseconds;
 * PRAGMA data_version, which serves where the memory cannot be reached, takes and drops a lock. */
#include "store/sqlite/db.h"

#define CHANGE_LAYOUT 3007000u /* iVersion of the header described above */
#define CHANGE_WORDS 6         /* 48 bytes */
#define CHANGE_REGION 32768    /* the size SQLite maps */

/* Only of a connection that has the log open: SQLite gives the memory back when it closes the log,
 * and asked for without one it would never be given back. */
void consent__change_watch(consent__db *db) {
    consent__conn *conn = &db->readers[0];
    sqlite3_file *file = NULL;
    volatile void *region = NULL;
    const volatile uint32_t *header;
    consent__change_unwatch(db);
    if (!consent__conn_has_log(conn) ||
        sqlite3_file_control(conn->sql, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK ||
        file == NULL || file->pMethods == NULL || file->pMethods->iVersion < 2 ||
        file->pMethods->xShmMap == NULL)
        return;
    if (file->pMethods->xShmMap(file, 0, CHANGE_REGION, 0, &region) != SQLITE_OK || region == NULL)
        return;
    header = region;
    if (header[0] == CHANGE_LAYOUT && header[2 * CHANGE_WORDS] == CHANGE_LAYOUT)
        db->wal_index = region;
}

void consent__change_unwatch(consent__db *db) {
    db->wal_index = NULL;
}

static uint64_t change_load(const volatile uint64_t *at) {
    return __atomic_load_n(at, __ATOMIC_ACQUIRE);
}

/* Words 1, 3 and 5 of a copy: change counter; checksum of the last frame; checksum of the header,
 * in which every other word counts. False while they differ between the copies: a commit is going
 * on, or its process died. */
static bool change_probe(const volatile uint64_t *header, uint64_t *out) {
    uint64_t a = change_load(header + 1), b = change_load(header + 3), c = change_load(header + 5);
    if (a != change_load(header + CHANGE_WORDS + 1) ||
        b != change_load(header + CHANGE_WORDS + 3) || c != change_load(header + CHANGE_WORDS + 5))
        return false;
    *out = consent__pulse_mix(a, b, c);
    return true;
}

/* On a connection that reads nothing else, outside a transaction: within one, or without a read,
 * the number does not move. */
static consent_status change_version(const consent__cx *cx, consent__db *db, uint64_t *out) {
    consent__conn *conn = &db->versions;
    consent_status status = consent__db_check_process(cx, db);
    int rc = SQLITE_OK;
    if (status != CONSENT_OK)
        return status;
    (void)pthread_mutex_lock(&db->versions_mutex);
    if (conn->sql == NULL)
        status = consent__conn_open(cx, conn, db->path, true);
    if (status == CONSENT_OK && conn->slots[CONSENT__SQL_DATA_VERSION] == NULL)
        rc = sqlite3_prepare_v3(conn->sql, consent__sql_text[CONSENT__SQL_DATA_VERSION], -1,
                                SQLITE_PREPARE_PERSISTENT, &conn->slots[CONSENT__SQL_DATA_VERSION],
                                NULL);
    if (status == CONSENT_OK && rc == SQLITE_OK) {
        sqlite3_stmt *stmt = conn->slots[CONSENT__SQL_DATA_VERSION];
        rc = sqlite3_step(stmt);
        if (rc == SQLITE_ROW) {
            *out = (uint64_t)sqlite3_column_int64(stmt, 0);
            rc = SQLITE_OK;
        }
        (void)sqlite3_reset(stmt);
    }
    if (status == CONSENT_OK && rc != SQLITE_OK)
        status =
            consent__sqlite_fail(cx, conn->sql, rc, consent__sql_name[CONSENT__SQL_DATA_VERSION]);
    (void)pthread_mutex_unlock(&db->versions_mutex);
    return status;
}

/* No look at the process id here: the memory may be read after a fork as well, and asking the
 * system would cost more than all the rest. */
consent_status consent__sqlite_change_token(const consent__cx *cx, consent__db *db, uint64_t *out) {
    int tries;
    if (db == NULL || out == NULL)
        return consent__op_refuse(cx);
    if (db->wal_index == NULL)
        return change_version(cx, db, out);
    for (tries = 0; tries < 4; tries++) {
        if (change_probe(db->wal_index, out))
            return CONSENT_OK;
    }
    /* A number of its own, so that the caller reads again; that read repairs what a dead process
     * left half written. */
    *out = atomic_fetch_add(&db->unsure, UINT64_C(0x9e3779b97f4a7c15));
    return CONSENT_OK;
}

/* The first half of word 1 counts commits: a commit adds one, starting the log anew adds none, and
 * rebuilding the index of a log begins at 0 with other checksums. */
bool consent__sqlite_change_commits(consent__db *db, uint64_t *token, uint32_t *commits) {
    int tries;
    if (db->wal_index == NULL)
        return false;
    for (tries = 0; tries < 4; tries++) {
        uint32_t count =
            __atomic_load_n((const volatile uint32_t *)db->wal_index + 2, __ATOMIC_ACQUIRE);
        if (change_probe(db->wal_index, token) &&
            count ==
                __atomic_load_n((const volatile uint32_t *)db->wal_index + 2, __ATOMIC_ACQUIRE)) {
            *commits = count;
            return true;
        }
    }
    return false;
}
