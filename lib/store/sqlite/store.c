/* SPDX-License-Identifier: Apache-2.0 */
/* Stores: made, opened, closed; and the table of operations. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/sqlite/db.h"

#define STORE_SQLITE_LEAST 3037000 /* STRICT tables */

void consent__conn_init(consent__conn *conn, consent__db *db) {
    conn->db = db;
    conn->wait_ms = db->wait_ms > 5000 ? db->wait_ms : 5000; /* a reader meets locks for moments */
    atomic_init(&conn->taken, false);
}

consent_status consent__db_new(const consent__cx *cx, const char *path, int32_t wait_ms,
                               int32_t readers, consent__db **out) {
    consent__db *db;
    consent_status status;
    int32_t i;
    *out = NULL;
    if (sqlite3_libversion_number() < STORE_SQLITE_LEAST || !sqlite3_threadsafe())
        return consent__fail(cx, CONSENT_E_ENGINE,
                             "SQLite 3.37 or newer is needed, built for use by threads");
    db = consent__alloc(cx->env, sizeof *db + (size_t)readers * sizeof *db->readers);
    if (db == NULL)
        return consent__no_memory(cx);
    db->env = cx->env;
    db->pid = getpid();
    db->wait_ms = wait_ms > 0 ? wait_ms : 0;
    db->reader_count = readers;
    atomic_init(&db->unsure, 1);
    consent__conn_init(&db->writer, db);
    consent__conn_init(&db->versions, db);
    for (i = 0; i < readers; i++)
        consent__conn_init(&db->readers[i], db);
    db->path = consent__strdup(cx->env, path);
    status = db->path != NULL ? consent__lock_init(cx, db) : consent__no_memory(cx);
    if (status != CONSENT_OK) {
        consent__release(cx->env, db->path);
        consent__release(cx->env, db);
        return status;
    }
    *out = db;
    return CONSENT_OK;
}

/* ---- which files this process has open ---- */

/* SQLite's own notes on the locks of a file survive fork(), the locks do not: a connection that a
 * child opens beside one of its parent's would believe in locks that nobody holds, and either
 * process could remove the log while the other writes to it. So the child is refused that file for
 * good. */
struct consent__open_file {
    consent__open_file *next;
    dev_t device;
    ino_t inode;
    pid_t pid;
};

static pthread_mutex_t store_files_mutex = PTHREAD_MUTEX_INITIALIZER;
static consent__open_file *store_files;

static consent_status store_register(const consent__cx *cx, consent__db *db) {
    struct stat st;
    consent__open_file *file, *other;
    bool inherited = false;
    if (stat(db->path, &st) != 0)
        return consent__fail(cx, CONSENT_E_OPEN, "the file was removed");
    file = consent__alloc(cx->env, sizeof *file);
    if (file == NULL)
        return consent__no_memory(cx);
    file->device = st.st_dev;
    file->inode = st.st_ino;
    file->pid = db->pid;
    (void)pthread_mutex_lock(&store_files_mutex);
    for (other = store_files; other != NULL && !inherited; other = other->next)
        inherited =
            other->device == file->device && other->inode == file->inode && other->pid != file->pid;
    if (!inherited) {
        file->next = store_files;
        store_files = file;
    }
    (void)pthread_mutex_unlock(&store_files_mutex);
    if (!inherited) {
        db->registered = file;
        return CONSENT_OK;
    }
    consent__release(cx->env, file);
    return consent__fail(cx, CONSENT_E_STATE,
                         "the file was open when this process was forked; fork first, then open");
}

consent_status consent__db_check_file(const consent__cx *cx, const consent__db *db) {
    struct stat st;
    if (db->registered == NULL) /* being made */
        return CONSENT_OK;
    if (stat(db->path, &st) != 0)
        return consent__fail_code(cx, CONSENT_E_OPEN, errno,
                                  "the store's file was removed or moved while it was open");
    if (st.st_dev != db->registered->device || st.st_ino != db->registered->inode)
        return consent__fail(cx, CONSENT_E_OPEN,
                             "another file was put in the place of the store's while it was open");
    return CONSENT_OK;
}

static void store_unregister(consent__db *db) {
    consent__open_file **at = &store_files;
    if (db->registered == NULL)
        return;
    (void)pthread_mutex_lock(&store_files_mutex);
    while (*at != NULL && *at != db->registered)
        at = &(*at)->next;
    if (*at != NULL)
        *at = db->registered->next;
    (void)pthread_mutex_unlock(&store_files_mutex);
    consent__release(db->env, db->registered);
    db->registered = NULL;
}

/* ---- close ---- */

consent_status consent__sqlite_close(const consent__cx *cx, consent__db *db) {
    consent_status status = CONSENT_OK, one;
    int32_t i;
    if (db == NULL)
        return CONSENT_OK;
    /* In a forked child the connections are the parent's: their locks and their log stay as they
     * are, only our own memory goes, and not the note that the file was open. */
    if (db->pid == getpid()) {
        consent__change_unwatch(db);
        for (i = 0; i < db->reader_count; i++) {
            one = consent__conn_close(cx, &db->readers[i]);
            status = status == CONSENT_OK ? one : status;
        }
        one = consent__conn_close(cx, &db->versions);
        status = status == CONSENT_OK ? one : status;
        one = consent__conn_close(cx, &db->writer); /* last: it may write what is left of the log */
        status = status == CONSENT_OK ? one : status;
        consent__lock_free(db);
        store_unregister(db);
    }
    consent__release(db->env, db->path);
    consent__release(db->env, db);
    return status;
}

/* ---- the writing connection ---- */

consent_status consent__writer_open(const consent__cx *cx, consent__db *db) {
    consent_status status = CONSENT_OK;
    if (db->writer.sql != NULL)
        return CONSENT_OK;
    status = consent__conn_open(cx, &db->writer, db->path, false);
    if (status == CONSENT_OK)
        status = consent__conn_exec(cx, &db->writer, CONSENT__SQL_CONNECTION_WAL);
    if (status != CONSENT_OK && db->writer.sql != NULL) {
        const consent__cx quiet = {.env = cx->env};
        (void)consent__conn_close(&quiet, &db->writer);
    }
    return status;
}

/* ---- create ---- */

/* Everything of a new file, in one transaction. */
static consent_status store_fill(const consent__cx *cx, consent__db *db,
                                 consent_status (*fill)(const consent__cx *, consent__tx *, void *),
                                 void *user) {
    consent__tx *tx = NULL;
    consent_status status = consent__sqlite_write_begin(cx, db, &tx);
    if (status != CONSENT_OK)
        return status;
    status = consent__migrate(cx, db->writer.sql, 0, consent__migration_count);
    if (status == CONSENT_OK)
        status = consent__conn_exec(cx, &db->writer, CONSENT__SQL_FILE_MARK);
    if (status == CONSENT_OK && fill != NULL)
        status = fill(cx, tx, user);
    if (status == CONSENT_OK)
        return consent__sqlite_commit(cx, tx);
    consent__sqlite_rollback(tx);
    return status;
}

/* The log must be in the file before the file is moved. */
static consent_status store_empty_log(const consent__cx *cx, consent__db *db) {
    int64_t busy = 0;
    consent_status status =
        consent__conn_number(cx, &db->writer, CONSENT__SQL_FILE_CHECKPOINT, &busy);
    if (status == CONSENT_OK && busy != 0)
        status = consent__fail(cx, CONSENT_E_BUSY, "the new file is in use by someone else");
    return status;
}

static consent_status
store_build(const consent__cx *cx, const char *temporary,
            consent_status (*fill)(const consent__cx *, consent__tx *, void *), void *user) {
    consent__db *db = NULL;
    consent_status closed, status = consent__db_new(cx, temporary, 0, 0, &db);
    if (status == CONSENT_OK)
        status = consent__conn_open(cx, &db->writer, temporary, false);
    if (status == CONSENT_OK)
        status = consent__conn_exec(cx, &db->writer, CONSENT__SQL_FILE_SETUP);
    if (status == CONSENT_OK)
        status = consent__conn_exec(cx, &db->writer, CONSENT__SQL_CONNECTION_WAL);
    if (status == CONSENT_OK)
        status = store_fill(cx, db, fill, user);
    if (status == CONSENT_OK)
        status = store_empty_log(cx, db);
    closed = consent__sqlite_close(cx, db);
    return status != CONSENT_OK ? status : closed;
}

consent_status consent__sqlite_create(const consent__cx *cx, const char *path,
                                      consent_status (*fill)(const consent__cx *, consent__tx *,
                                                             void *),
                                      void *user) {
    char *final = NULL, *temporary = NULL;
    consent_status status = consent__sqlite_file_new_path(cx, path, &final);
    if (status == CONSENT_OK)
        status = consent__sqlite_file_temporary(cx, final, &temporary);
    if (status == CONSENT_OK)
        status = store_build(cx, temporary, fill, user);
    if (status == CONSENT_OK)
        status = consent__sqlite_file_publish(cx, temporary, final);
    /* Also after a success: a close that failed may have left the log, which is empty by now. */
    consent__sqlite_file_discard(cx, temporary);
    consent__release(cx->env, temporary);
    consent__release(cx->env, final);
    return status;
}

/* ---- open ---- */

/* One step, unless another process has made it meanwhile. */
static consent_status store_step(const consent__cx *cx, consent__db *db, int64_t *version) {
    consent__tx *tx = NULL;
    consent_status status = consent__sqlite_write_begin(cx, db, &tx);
    if (status != CONSENT_OK)
        return status;
    status = consent__conn_number(cx, &db->writer, CONSENT__SQL_FILE_VERSION, version);
    if (status == CONSENT_OK && *version < consent__migration_count)
        status = consent__migrate(cx, db->writer.sql, (int)*version, (int)*version + 1);
    if (status != CONSENT_OK) {
        consent__sqlite_rollback(tx);
        return status;
    }
    status = consent__sqlite_commit(cx, tx);
    if (status == CONSENT_OK)
        ++*version;
    return status;
}

/* The numbers in the file may be older than those in the log, which only a connection reads. */
static consent_status store_upgrade(const consent__cx *cx, consent__db *db) {
    int64_t application = 0, version = 0;
    consent_status status =
        consent__conn_number(cx, &db->readers[0], CONSENT__SQL_FILE_APPLICATION, &application);
    if (status == CONSENT_OK)
        status = consent__conn_number(cx, &db->readers[0], CONSENT__SQL_FILE_VERSION, &version);
    if (status != CONSENT_OK)
        return status;
    if (application != CONSENT__APPLICATION_ID)
        return consent__fail(cx, CONSENT_E_NOT_STORE, "the file is another application's database");
    if (version > consent__migration_count)
        return consent__sqlite_file_newer(cx, version);
    while (status == CONSENT_OK && version < consent__migration_count)
        status = store_step(cx, db, &version);
    return status;
}

static int32_t store_readers(int32_t readers) {
    if (readers <= 0)
        return CONSENT__READERS_DEFAULT;
    return readers < CONSENT__READERS_MAX ? readers : CONSENT__READERS_MAX;
}

/* Most of the cost of opening is that each connection reads the schema: here it is one that reads,
 * because an answer is asked for first as a rule. The others are opened at their first use. */
consent_status consent__sqlite_open(const consent__cx *cx, const char *path, int32_t wait_ms,
                                    int32_t readers, consent__db **out) {
    consent__db *db = NULL;
    char *real = NULL;
    consent_status status;
    if (out == NULL)
        return consent__op_refuse(cx);
    *out = NULL;
    status = consent__sqlite_file_real_path(cx, path, &real);
    if (status == CONSENT_OK)
        status = consent__sqlite_file_examine(cx, real);
    if (status == CONSENT_OK)
        status = consent__db_new(cx, real, wait_ms, store_readers(readers), &db);
    consent__release(cx->env, real);
    if (status == CONSENT_OK)
        status = store_register(cx, db);
    if (status == CONSENT_OK)
        status = consent__conn_open(cx, &db->readers[0], db->path, true);
    if (status == CONSENT_OK && !consent__conn_has_log(&db->readers[0]))
        status = consent__writer_open(cx, db); /* brings the file back to a log */
    if (status == CONSENT_OK)
        status = store_upgrade(cx, db);
    if (status != CONSENT_OK) {
        (void)consent__sqlite_close(cx, db);
        return status;
    }
    consent__change_watch(db);
    *out = db;
    return CONSENT_OK;
}

consent_status consent__sqlite_rename(const consent__cx *cx, const char *from, const char *to) {
    char *final = NULL;
    consent_status status = consent__sqlite_file_new_path(cx, to, &final);
    if (status == CONSENT_OK)
        status = consent__sqlite_file_publish(cx, from, final);
    consent__release(cx->env, final);
    return status;
}

const char *consent__sqlite_path(const consent__db *db) {
    return db->path;
}

static const consent__engine engine = {
    .name = "sqlite",
    .create = consent__sqlite_create,
    .rename = consent__sqlite_rename,
    .remove = consent__sqlite_file_discard,
    .open = consent__sqlite_open,
    .close = consent__sqlite_close,
    .read_begin = consent__sqlite_read_begin,
    .read_end = consent__sqlite_read_end,
    .hold_reads = consent__sqlite_hold_reads,
    .release_reads = consent__sqlite_release_reads,
    .write_begin = consent__sqlite_write_begin,
    .commit = consent__sqlite_commit,
    .rollback = consent__sqlite_rollback,
    .writes = consent__sqlite_writes,
    .expect = consent__sqlite_expect,
    .savepoint = consent__sqlite_savepoint,
    .savepoint_keep = consent__sqlite_savepoint_keep,
    .savepoint_undo = consent__sqlite_savepoint_undo,
    .meta_get = consent__sqlite_meta_get,
    .meta_put = consent__sqlite_meta_put,
    .head_get = consent__sqlite_head_get,
    .head_put = consent__sqlite_head_put,
    .event_append = consent__sqlite_event_append,
    .event_get = consent__sqlite_event_get,
    .event_scan = consent__sqlite_event_scan,
    .event_last = consent__sqlite_event_last,
    .event_upto = consent__sqlite_event_upto,
    .node_put = consent__sqlite_node_put,
    .node_get = consent__sqlite_node_get,
    .node_scan = consent__sqlite_node_scan,
    .subject_next = consent__sqlite_subject_next,
    .subject_add = consent__sqlite_subject_add,
    .subject_get = consent__sqlite_subject_get,
    .subject_look = consent__sqlite_subject_look,
    .subject_by_id = consent__sqlite_subject_by_id,
    .subject_key = consent__sqlite_subject_key,
    .subject_by_uid = consent__sqlite_subject_by_uid,
    .state_put = consent__sqlite_state_put,
    .subject_scan = consent__sqlite_subject_scan,
    .idem_get = consent__sqlite_idem_get,
    .idem_scan = consent__sqlite_idem_scan,
    .idem_put = consent__sqlite_idem_put,
    .subject_erase = consent__sqlite_subject_erase,
    .event_scan_gone = consent__sqlite_event_scan_gone,
    .erased_scan = consent__sqlite_erased_scan,
    .request_put = consent__sqlite_request_put,
    .request_get = consent__sqlite_request_get,
    .request_scan = consent__sqlite_request_scan,
    .remainder_put = consent__sqlite_remainder_put,
    .remainder_scan = consent__sqlite_remainder_scan,
    .remainder_drop = consent__sqlite_remainder_drop,
    .task_put = consent__sqlite_task_put,
    .task_done = consent__sqlite_task_done,
    .task_get = consent__sqlite_task_get,
    .task_scan = consent__sqlite_task_scan,
    .task_scan_of = consent__sqlite_task_scan_of,
    .settle = consent__sqlite_settle,
    .scrub = consent__sqlite_scrub,
    .version_put = consent__sqlite_version_put,
    .version_publish = consent__sqlite_version_publish,
    .version_scan = consent__sqlite_version_scan,
    .version_get = consent__sqlite_version_get,
    .point_put = consent__sqlite_point_put,
    .point_scan = consent__sqlite_point_scan,
    .epoch_put = consent__sqlite_epoch_put,
    .epoch_scan = consent__sqlite_epoch_scan,
    .document_put = consent__sqlite_document_put,
    .document_scan = consent__sqlite_document_scan,
    .document_scan_key = consent__sqlite_document_scan_key,
    .checkpoint_put = consent__sqlite_checkpoint_put,
    .checkpoint_scan = consent__sqlite_checkpoint_scan,
    .checkpoint_last = consent__sqlite_checkpoint_last,
    .change_token = consent__sqlite_change_token,
    .change_commits = consent__sqlite_change_commits,
    .pulse_open = consent__sqlite_pulse_open,
    .pulse_close = consent__sqlite_pulse_close,
    .examine = consent__sqlite_examine,
    .examine_schema = consent__sqlite_examine_schema,
    .path = consent__sqlite_path,
    .backup = consent__sqlite_backup,
};

const consent__engine *consent__engine_sqlite(void) {
    return &engine;
}
