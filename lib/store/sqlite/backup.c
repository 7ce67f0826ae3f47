/* SPDX-License-Identifier: Apache-2.0 */
/* Online copy. Other processes write meanwhile: SQLite then starts over at its next step, so after
 * some starts the rest is copied within one read transaction, which nobody's write can disturb. Not
 * from the beginning, because the log cannot be emptied while that transaction is open. */
#include "store/sqlite/db.h"

#define BACKUP_PAGES 128 /* of a step */
#define BACKUP_RESTARTS 3

static consent_status backup_open_copy(const consent__cx *cx, const char *temporary,
                                       sqlite3 **out) {
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
    int rc = sqlite3_open_v2(temporary, out, flags, NULL);
    if (rc == SQLITE_OK && *out != NULL) {
        (void)sqlite3_extended_result_codes(*out, 1);
        rc = sqlite3_exec(*out, consent__sql_text[CONSENT__SQL_BACKUP_SETUP], NULL, NULL, NULL);
    }
    if (rc == SQLITE_OK && *out != NULL)
        return CONSENT_OK;
    return consent__sqlite_fail(cx, *out, rc != SQLITE_OK ? rc : SQLITE_NOMEM, "opening the copy");
}

/* Holds a snapshot from now on. */
static int backup_pin(consent__conn *source) {
    return sqlite3_exec(source->sql, consent__sql_text[CONSENT__SQL_BACKUP_PIN], NULL, NULL, NULL);
}

static int backup_steps(sqlite3_backup *backup, consent__conn *source) {
    int rc, left = -1, restarts = 0;
    while ((rc = sqlite3_backup_step(backup, BACKUP_PAGES)) == SQLITE_OK) {
        int now = sqlite3_backup_remaining(backup);
        if (left >= 0 && now >= left && ++restarts == BACKUP_RESTARTS) {
            rc = backup_pin(source);
            if (rc != SQLITE_OK)
                return rc;
        }
        left = now;
    }
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

static consent_status backup_copy(const consent__cx *cx, consent__conn *source,
                                  const char *temporary) {
    sqlite3 *copy = NULL;
    sqlite3_backup *backup;
    int rc, finish;
    consent_status status = backup_open_copy(cx, temporary, &copy);
    if (status == CONSENT_OK) {
        backup = sqlite3_backup_init(copy, "main", source->sql, "main");
        if (backup == NULL) {
            status = consent__sqlite_fail(cx, copy, sqlite3_extended_errcode(copy), "backup");
        } else {
            rc = backup_steps(backup, source);
            finish = sqlite3_backup_finish(backup);
            rc = rc != SQLITE_OK ? rc : finish;
            if (rc != SQLITE_OK)
                status = consent__sqlite_fail(cx, copy, rc, "backup");
        }
    }
    if (sqlite3_close(copy) != SQLITE_OK && status == CONSENT_OK)
        status = consent__fail(cx, CONSENT_E_ENGINE, "backup: the copy could not be closed");
    return status;
}

consent_status consent__sqlite_backup(const consent__cx *cx, consent__db *db, const char *path) {
    char *final = NULL, *temporary = NULL;
    consent__conn *source = NULL; /* of its own: a reader of the pool would be missed for long */
    consent_status closed, status = consent__db_check_process(cx, db);
    if (status == CONSENT_OK)
        status = consent__sqlite_file_new_path(cx, path, &final);
    if (status == CONSENT_OK) {
        source = consent__alloc(cx->env, sizeof *source);
        status = source != NULL ? CONSENT_OK : consent__no_memory(cx);
    }
    if (status == CONSENT_OK) {
        consent__conn_init(source, db);
        status = consent__conn_open(cx, source, db->path, true);
    }
    if (status == CONSENT_OK)
        status = consent__sqlite_file_temporary(cx, final, &temporary);
    if (status == CONSENT_OK)
        status = backup_copy(cx, source, temporary);
    if (source != NULL) {
        closed = consent__conn_close(cx, source);
        status = status == CONSENT_OK ? closed : status;
    }
    if (status == CONSENT_OK)
        status = consent__sqlite_file_publish(cx, temporary, final);
    /* Also after a success: a close that failed may have left the log, which is empty by now. */
    consent__sqlite_file_discard(cx, temporary);
    consent__release(cx->env, source);
    consent__release(cx->env, temporary);
    consent__release(cx->env, final);
    return status;
}
