/* SPDX-License-Identifier: Apache-2.0 */
/* SQLite's result codes and errno as our statuses. */
#include <errno.h>
#include <string.h>

#include "store/sqlite/db.h"

static consent_status status_of_constraint(int rc) {
    switch (rc) {
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_TRIGGER: /* what our triggers refuse is a second row or a changed one */
        return CONSENT_E_CONFLICT;
    default:
        return CONSENT_E_ENGINE;
    }
}

consent_status consent__sqlite_status(int rc) {
    switch (rc & 0xff) {
    case SQLITE_OK:
        return CONSENT_OK;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return CONSENT_E_BUSY;
    case SQLITE_NOMEM:
        return CONSENT_E_MEMORY;
    case SQLITE_FULL:
        return CONSENT_E_FULL;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
        return CONSENT_E_CORRUPT;
    case SQLITE_IOERR:
        return rc == SQLITE_IOERR_NOMEM ? CONSENT_E_MEMORY : CONSENT_E_IO;
    case SQLITE_READONLY:
        return CONSENT_E_READONLY;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        return CONSENT_E_OPEN;
    case SQLITE_TOOBIG:
        return CONSENT_E_LIMIT;
    case SQLITE_CONSTRAINT:
        return status_of_constraint(rc);
    default:
        return CONSENT_E_ENGINE;
    }
}

consent_status consent__sqlite_fail(const consent__cx *cx, sqlite3 *sql, int rc, const char *what) {
    consent_status status = consent__sqlite_status(rc);
    const char *text = sqlite3_errstr(rc);
    if (status == CONSENT_E_MEMORY)
        return consent__no_memory(cx);
    if (sql != NULL && sqlite3_extended_errcode(sql) == rc)
        text = sqlite3_errmsg(sql);
    if (sql != NULL && (status == CONSENT_E_OPEN || status == CONSENT_E_IO)) {
        /* Creating or growing -wal and -shm on a full disk shows only here. */
        int code = sqlite3_system_errno(sql);
        if (code == ENOSPC || code == EDQUOT)
            status = CONSENT_E_FULL;
    }
    return consent__fail_code(cx, status, rc, "%s: %s", what, text);
}

static consent_status status_of_errno(int code) {
    switch (code) {
    case EEXIST:
        return CONSENT_E_EXISTS;
    case ENOSPC:
    case EDQUOT:
        return CONSENT_E_FULL;
    case EACCES:
    case EPERM:
    case EROFS:
        return CONSENT_E_READONLY;
    case ENOENT:
    case ENOTDIR:
    case EISDIR:
    case ELOOP:
    case ENAMETOOLONG:
    case EMFILE:
    case ENFILE:
        return CONSENT_E_OPEN;
    case ENOMEM:
        return CONSENT_E_MEMORY;
    default:
        return CONSENT_E_IO;
    }
}

consent_status consent__errno_fail(const consent__cx *cx, int code, const char *what) {
    char text[128] = "unknown error";
    consent_status status = status_of_errno(code);
    if (status == CONSENT_E_MEMORY)
        return consent__no_memory(cx);
    (void)strerror_r(code, text, sizeof text);
    return consent__fail_code(cx, status, code, "%s: %s", what, text);
}
