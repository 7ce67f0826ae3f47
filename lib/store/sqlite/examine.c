/* SPDX-License-Identifier: Apache-2.0 */
/* Is the file as this library made it? Findings name tables, settings and files, never a value. */
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "store/sqlite/db.h"

typedef struct examination {
    const consent__cx *cx;
    consent__db *db;
    consent__tx *tx;
    consent__text_fn fn;
    void *user;
} examination;

__attribute__((format(printf, 2, 3))) static consent_status finding(const examination *x,
                                                                    const char *format, ...) {
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return x->fn(x->cx, x->user, text);
}

/* Damage is what we look for: it becomes a finding and the examination goes on. */
static consent_status examine_damage(const examination *x, consent_status status,
                                     enum consent__sql id) {
    if (status != CONSENT_E_CORRUPT)
        return status;
    consent__forget(x->cx);
    return finding(x, "INTEGRITY the file is damaged so far that %s cannot be answered",
                   consent__sql_name[id]);
}

static consent_status examine_rows(const examination *x, enum consent__sql id,
                                   consent_status (*row)(consent__op *op, void *user), void *user) {
    consent__op op;
    consent_status status;
    consent__op_begin(&op, x->cx, x->tx, id);
    status = consent__op_each(&op, row, user);
    return examine_damage(x, status, id);
}

static consent_status examine_integrity_row(consent__op *op, void *user) {
    const examination *x = user;
    const char *text = consent__op_string(op, 0);
    if (text == NULL || strcmp(text, "ok") == 0)
        return CONSENT_OK;
    return finding(x, "INTEGRITY %s", text);
}

static consent_status examine_reference_row(consent__op *op, void *user) {
    const examination *x = user;
    const char *table = consent__op_string(op, 0), *parent = consent__op_string(op, 1);
    if (table == NULL || parent == NULL)
        return CONSENT_OK;
    return finding(x, "FOREIGN_KEY %lld rows of %s name a row of %s that is missing",
                   (long long)consent__op_get(op, 2), table, parent);
}

static consent_status examine_erasing_row(consent__op *op, void *user) {
    const examination *x = user;
    if (consent__op_get(op, 0) == 0)
        return CONSENT_OK;
    return finding(x, "ERASURE_UNFINISHED %lld subjects are marked as being erased",
                   (long long)consent__op_get(op, 0));
}

/* ---- settings ---- */

typedef struct examine_setting {
    const examination *x;
    const char *name, *wanted;
} examine_setting;

static consent_status examine_setting_row(consent__op *op, void *user) {
    const examine_setting *setting = user;
    const char *text = (const char *)sqlite3_column_text(op->stmt, 0);
    if (text == NULL)
        return consent__no_memory(op->cx);
    if (strcmp(text, setting->wanted) == 0)
        return CONSENT_OK;
    return finding(setting->x, "SETTING %s is %s, not %s", setting->name, text, setting->wanted);
}

static consent_status examine_settings(const examination *x) {
    static const struct {
        enum consent__sql id;
        const char *name, *wanted;
    } wanted[] = {
        {CONSENT__SQL_EXAMINE_JOURNAL_MODE, "journal_mode", "wal"},
        {CONSENT__SQL_EXAMINE_SYNCHRONOUS, "synchronous", "2"},
        {CONSENT__SQL_EXAMINE_FOREIGN_KEYS, "foreign_keys", "1"},
        {CONSENT__SQL_EXAMINE_TRUSTED_SCHEMA, "trusted_schema", "0"},
        {CONSENT__SQL_EXAMINE_SECURE_DELETE, "secure_delete", "1"},
        {CONSENT__SQL_EXAMINE_ENCODING, "encoding", "UTF-8"},
        {CONSENT__SQL_EXAMINE_AUTO_VACUUM, "auto_vacuum", "0"},
        {CONSENT__SQL_EXAMINE_PAGE_SIZE, "page_size", "4096"},
    };
    consent_status status = CONSENT_OK;
    size_t i;
    for (i = 0; i < sizeof wanted / sizeof *wanted && status == CONSENT_OK; i++) {
        examine_setting setting = {x, wanted[i].name, wanted[i].wanted};
        status = examine_rows(x, wanted[i].id, examine_setting_row, &setting);
    }
    return status;
}

/* ---- schema ---- */

#define SCHEMA_COLUMNS 4 /* type, name, tbl_name, sql */

/* The schema as it should be: what the built-in migrations make of an empty database. */
static consent_status schema_model(const consent__cx *cx, int version, sqlite3 **out) {
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY |
                      SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
    int rc = sqlite3_open_v2(":memory:", out, flags, NULL);
    if (rc != SQLITE_OK || *out == NULL)
        return consent__sqlite_fail(cx, *out, rc != SQLITE_OK ? rc : SQLITE_NOMEM,
                                    "opening a database in memory");
    (void)sqlite3_extended_result_codes(*out, 1);
    return consent__migrate(cx, *out, 0, version);
}

static const char *schema_text(sqlite3_stmt *stmt, int column) {
    const char *text = (const char *)sqlite3_column_text(stmt, column);
    return text != NULL ? text : "";
}

static int schema_compare(sqlite3_stmt *a, sqlite3_stmt *b, int columns) {
    int i, order = 0;
    for (i = 0; i < columns && order == 0; i++)
        order = strcmp(schema_text(a, i), schema_text(b, i));
    return order;
}

/* Both sorted by type and name: walks them side by side. */
static consent_status schema_walk(const examination *x, sqlite3_stmt *is, sqlite3_stmt *should) {
    consent_status status = CONSENT_OK;
    int a = sqlite3_step(is), b = sqlite3_step(should);
    while (status == CONSENT_OK && (a == SQLITE_ROW || b == SQLITE_ROW)) {
        int order = 0;
        if (a != SQLITE_ROW && a != SQLITE_DONE)
            return consent__sqlite_fail(x->cx, sqlite3_db_handle(is), a, "examine_schema");
        if (b != SQLITE_ROW && b != SQLITE_DONE)
            return consent__sqlite_fail(x->cx, sqlite3_db_handle(should), b, "examine_schema");
        if (a == SQLITE_ROW && b == SQLITE_ROW)
            order = schema_compare(is, should, 2);
        else
            order = a == SQLITE_ROW ? -1 : 1;
        if (order < 0)
            status = finding(x, "SCHEMA_CHANGED %s %s is not part of a store", schema_text(is, 0),
                             schema_text(is, 1));
        else if (order > 0)
            status = finding(x, "SCHEMA_CHANGED %s %s is missing", schema_text(should, 0),
                             schema_text(should, 1));
        else if (schema_compare(is, should, SCHEMA_COLUMNS) != 0)
            status = finding(x, "SCHEMA_CHANGED %s %s is not as it was made", schema_text(is, 0),
                             schema_text(is, 1));
        if (order <= 0)
            a = sqlite3_step(is);
        if (order >= 0)
            b = sqlite3_step(should);
    }
    return status;
}

static consent_status examine_schema(examination *x) {
    const char *sql = consent__sql_text[CONSENT__SQL_EXAMINE_SCHEMA];
    sqlite3 *model = NULL;
    sqlite3_stmt *should = NULL;
    consent__op op;
    int rc;
    consent_status status = schema_model(x->cx, consent__migration_count, &model);
    if (status == CONSENT_OK) {
        rc = sqlite3_prepare_v3(model, sql, -1, 0, &should, NULL);
        if (rc != SQLITE_OK)
            status = consent__sqlite_fail(x->cx, model, rc, "examine_schema");
    }
    if (status == CONSENT_OK) {
        consent__op_begin(&op, x->cx, x->tx, CONSENT__SQL_EXAMINE_SCHEMA);
        if (op.status == CONSENT_OK)
            status = schema_walk(x, op.stmt, should);
        else
            status = op.status;
        (void)consent__op_end(&op);
    }
    (void)sqlite3_finalize(should);
    (void)sqlite3_close(model);
    return examine_damage(x, status, CONSENT__SQL_EXAMINE_SCHEMA);
}

/* ---- files ---- */

static consent_status examine_modes(const examination *x) {
    static const char *const tails[] = {"", "-wal", "-shm"};
    consent_status status = CONSENT_OK;
    size_t i;
    for (i = 0; i < sizeof tails / sizeof *tails && status == CONSENT_OK; i++) {
        struct stat st;
        consent__buf name;
        const char *path;
        consent__buf_init(&name, x->cx->env);
        consent__buf_text(&name, x->db->path);
        consent__buf_text(&name, tails[i]);
        path = consent__buf_cstr(&name);
        if (path == NULL)
            status = consent__no_memory(x->cx);
        else if (stat(path, &st) == 0 && (st.st_mode & (S_IRWXG | S_IRWXO)) != 0)
            status = finding(x,
                             "FILE_EXPOSED the store's file%s%s has mode %04o: others than its "
                             "owner can use it",
                             i > 0 ? " " : "", tails[i], (unsigned)(st.st_mode & 07777));
        consent__buf_free(&name);
    }
    return status;
}

/* Unfinished copies stay only where a process died; one of a living process is in work. */
static consent_status examine_leftovers(const examination *x) {
    const char *slash = strrchr(x->db->path, '/');
    size_t n = slash != NULL ? (size_t)(slash - x->db->path) : 0;
    consent_status status = CONSENT_OK;
    consent__buf folder;
    const char *path;
    DIR *dir;
    consent__buf_init(&folder, x->cx->env);
    consent__buf_put(&folder, n > 0 ? x->db->path : "/", n > 0 ? n : 1);
    path = consent__buf_cstr(&folder);
    if (path == NULL)
        return consent__no_memory(x->cx);
    dir = opendir(path);
    consent__buf_free(&folder);
    if (dir == NULL)
        return consent__errno_fail(x->cx, errno, "listing the store's folder");
    while (status == CONSENT_OK) {
        const struct dirent *entry = readdir(dir);
        bool in_work = false;
        if (entry == NULL)
            break;
        if (consent__sqlite_file_is_temporary(entry->d_name, &in_work) && !in_work)
            status = finding(x, "LEFTOVER_FILE %s is an unfinished copy", entry->d_name);
    }
    (void)closedir(dir);
    return status;
}

static consent_status examine_all(examination *x) {
    consent_status status =
        examine_rows(x, CONSENT__SQL_EXAMINE_INTEGRITY, examine_integrity_row, x);
    if (status == CONSENT_OK)
        status = examine_rows(x, CONSENT__SQL_EXAMINE_REFERENCES, examine_reference_row, x);
    if (status == CONSENT_OK)
        status = examine_schema(x);
    if (status == CONSENT_OK)
        status = examine_settings(x);
    if (status == CONSENT_OK)
        status = examine_rows(x, CONSENT__SQL_EXAMINE_ERASING, examine_erasing_row, x);
    if (status == CONSENT_OK)
        status = examine_modes(x);
    if (status == CONSENT_OK)
        status = examine_leftovers(x);
    return status;
}

static consent_status examine_with(const consent__cx *cx, consent__db *db,
                                   consent__text_fn finding_fn, void *user,
                                   consent_status (*what)(examination *x)) {
    examination x = {.cx = cx, .db = db, .fn = finding_fn, .user = user};
    consent_status status;
    if (finding_fn == NULL)
        return consent__op_refuse(cx);
    status = consent__sqlite_read_begin(cx, db, &x.tx);
    if (status != CONSENT_OK)
        return status;
    status = what(&x);
    consent__sqlite_read_end(x.tx);
    return status == CONSENT_DONE ? CONSENT_OK : status;
}

consent_status consent__sqlite_examine(const consent__cx *cx, consent__db *db,
                                       consent__text_fn finding_fn, void *user) {
    return examine_with(cx, db, finding_fn, user, examine_all);
}

consent_status consent__sqlite_examine_schema(const consent__cx *cx, consent__db *db,
                                              consent__text_fn finding_fn, void *user) {
    return examine_with(cx, db, finding_fn, user, examine_schema);
}
