/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this engine share: connections, statements, transactions. Nothing here is seen
 * outside lib/store/sqlite. */
#ifndef CONSENT__STORE_SQLITE_DB_H
#define CONSENT__STORE_SQLITE_DB_H

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <sys/types.h>

#include "consent_sql.h"
#include "store/port.h"

#define CONSENT__APPLICATION_ID 0x434E5354 /* "CNST" */
#define CONSENT__READERS_DEFAULT 2
#define CONSENT__READERS_MAX 64

typedef struct consent__conn consent__conn;

/* One use of a statement. Binding and reading keep the first failure in `status`. */
typedef struct consent__op {
    const consent__cx *cx;
    consent__tx *tx;
    sqlite3_stmt *stmt; /* NULL: nothing to give back */
    enum consent__sql id;
    bool extra; /* prepared beside a slot in use (a scan within a scan); finalized at the end */
    consent_status status;
} consent__op;

struct consent__tx {
    consent__conn *conn;
    bool write, begun;
    bool wide;            /* with the page cache of a large transaction */
    bool bulk;            /* its caller asked for no triggers: what it adds was looked at before */
    bool guarded;         /* a statement of it needed the triggers or references */
    int64_t next_seq;     /* of the next event while lean; -1: to be asked for */
    int64_t seen_subject; /* the subject read last: a row of its key is there; 0 none */
    int savepoints;
    int appended;          /* events; from TX_BULK on with a large cache */
    consent_status broken; /* the engine rolled back by itself: nothing more may be written */
    consent__op held; /* the row that was handed out last; its pointers live until the next op */
};

struct consent__conn {
    consent__db *db;
    sqlite3 *sql; /* NULL: not opened yet */
    _Atomic bool taken;
    int32_t wait_ms; /* how long the engine retries when another process holds a lock */
    int64_t busy_until;
    bool lean;             /* without triggers and references: event.c and subject.c stand in */
    int acts;              /* transactions in a row that needed neither */
    int64_t next_seq;      /* what the last transaction left, */
    uint32_t next_version; /* and when */
    sqlite3_stmt *slots[CONSENT__SQL_COUNT];
    bool in_use[CONSENT__SQL_COUNT];
    bool holds; /* between two looks: its read transaction, begun after held_token was seen */
    uint64_t held_token;
    consent__tx tx;
};

typedef struct consent__waiter consent__waiter;
typedef struct consent__open_file consent__open_file;

struct consent__db {
    const consent__env *env;
    char *path; /* absolute, symbolic links resolved */
    pid_t pid;
    consent__open_file *registered;
    int32_t wait_ms;       /* of a writer for other writers */
    pthread_mutex_t mutex; /* the queue of writers, waiting readers */
    pthread_cond_t reader_free;
    _Atomic int readers_waiting;
    _Atomic bool hold; /* looks leave their read transaction open */
    bool writing;
    pthread_t writer_thread;
    int64_t file_seen_ms; /* of the writer: when the path last led to the open file */
    consent__waiter *first_waiter, *last_waiter;
    const volatile uint64_t
        *wal_index;          /* of readers[0]; NULL: changes are seen through `versions` */
    _Atomic uint64_t unsure; /* gives tokens that equal none */
    pthread_mutex_t versions_mutex;
    consent__conn versions; /* opened at need; does nothing but PRAGMA data_version */
    consent__conn writer;   /* opened by the first write: consent__writer_open */
    int32_t reader_count;
    consent__conn readers[]; /* the first one is opened with the store, the others at need */
};

/* ---- status.c ---- */
consent_status consent__sqlite_status(int rc);
/* Sets the error from the connection's own text; `what` names the operation. sql may be NULL. */
consent_status consent__sqlite_fail(const consent__cx *cx, sqlite3 *sql, int rc, const char *what);
/* From errno, after an own call to the operating system. */
consent_status consent__errno_fail(const consent__cx *cx, int code, const char *what);

/* ---- conn.c ---- */
int64_t consent__monotonic_ms(void);
/* Opens the file of conn->db and sets up; on failure conn->sql is NULL. */
consent_status consent__conn_open(const consent__cx *cx, consent__conn *conn, const char *path,
                                  bool read_only);
consent_status consent__conn_close(const consent__cx *cx, consent__conn *conn);
consent_status consent__conn_exec(const consent__cx *cx, consent__conn *conn, enum consent__sql id);
/* First column of the first row as a number. */
consent_status consent__conn_number(const consent__cx *cx, consent__conn *conn,
                                    enum consent__sql id, int64_t *out);
bool consent__conn_idle(const consent__conn *conn); /* no statement is out */
/* Whether SQLite has the log open for a connection that has read: it has a wal-index then. */
bool consent__conn_has_log(consent__conn *conn);
/* Applies the built-in migrations from+1 … to on a bare handle, without a transaction of its own.
 */
consent_status consent__migrate(const consent__cx *cx, sqlite3 *sql, int from, int to);
consent_status consent__set_version(const consent__cx *cx, sqlite3 *sql, int version);

/* ---- log.c ---- */
/* Sees to the length of the log after each commit of this connection. */
void consent__log_watch(consent__conn *conn);

/* ---- op.c ---- */
void consent__op_begin(consent__op *op, const consent__cx *cx, consent__tx *tx,
                       enum consent__sql id);
void consent__op_int(consent__op *op, int at, int64_t value);
void consent__op_null(consent__op *op, int at);
void consent__op_text(consent__op *op, int at, const char *text);
void consent__op_text_n(consent__op *op, int at, const char *text, size_t n);
void consent__op_blob(consent__op *op, int at, const void *bytes, size_t n); /* NULL is refused */
/* CONSENT_OK: a row; CONSENT_DONE: no more; else a failure. */
consent_status consent__op_next(consent__op *op);
int64_t consent__op_get(consent__op *op, int column);
bool consent__op_is_null(consent__op *op, int column);
void consent__op_copy(consent__op *op, int column, void *out, size_t n); /* exactly n bytes */
const char *consent__op_string(consent__op *op, int column);
const uint8_t *consent__op_bytes(consent__op *op, int column, size_t *n); /* NULL for NULL */
void consent__op_bad_column(consent__op *op, int column);                 /* CONSENT_E_CORRUPT */
/* Gives the statement back; returns op->status. */
consent_status consent__op_end(consent__op *op);
/* For statements that give no row: next and end. */
consent_status consent__op_run(consent__op *op);
/* For statements that give one row: on CONSENT_OK the caller reads it and ends or holds the op;
 * with no row, CONSENT_NOT_FOUND, and on failure it is ended already. */
consent_status consent__op_one(consent__op *op);
/* Leaves the row readable until the next operation; returns op->status. */
consent_status consent__op_hold(consent__op *op);
/* For arguments that were NULL. */
consent_status consent__op_refuse(const consent__cx *cx);
void consent__tx_let_go(consent__tx *tx); /* gives back the held row */
/* Calls fn for each row (CONSENT_OK: go on, CONSENT_DONE: enough), then ends. */
consent_status consent__op_each(consent__op *op, consent_status (*fn)(consent__op *op, void *user),
                                void *user);

/* ---- lock.c ---- */
consent_status consent__lock_init(const consent__cx *cx, consent__db *db);
void consent__lock_free(consent__db *db);
consent_status consent__lock_writer(const consent__cx *cx, consent__db *db, int64_t until_ms);
void consent__unlock_writer(consent__db *db);
consent_status consent__take_reader(const consent__cx *cx, consent__db *db, consent__conn **out);
void consent__give_reader(consent__db *db, consent__conn *conn);
void consent__release_reads(consent__db *db); /* ends what idle readers hold */

/* ---- file.c ---- */
consent_status consent__sqlite_file_real_path(const consent__cx *cx, const char *path, char **out);
/* Where a new file goes, absolute; CONSENT_E_EXISTS when something is there. */
consent_status consent__sqlite_file_new_path(const consent__cx *cx, const char *path, char **out);
/* Makes an empty file beside `path`, mode 0600. */
consent_status consent__sqlite_file_temporary(const consent__cx *cx, const char *path, char **out);
bool consent__sqlite_file_is_temporary(const char *name, bool *in_work);
/* Makes the finished temporary file appear at path, durably. The temporary name is gone after. */
consent_status consent__sqlite_file_publish(const consent__cx *cx, const char *temporary,
                                            const char *path);
void consent__sqlite_file_discard(const consent__cx *cx,
                                  const char *temporary); /* with -wal, -shm, … */
/* The examination before any connection; changes nothing. */
consent_status consent__sqlite_file_examine(const consent__cx *cx, const char *path);
consent_status consent__sqlite_file_newer(const consent__cx *cx, int64_t version);

/* ---- change.c ---- */
void consent__change_watch(consent__db *db);   /* finds the wal-index of the first reader */
void consent__change_unwatch(consent__db *db); /* from then on through PRAGMA data_version */

/* ---- store.c ---- */
void consent__conn_init(consent__conn *conn, consent__db *db);
consent_status consent__db_new(const consent__cx *cx, const char *path, int32_t wait_ms,
                               int32_t readers, consent__db **out);
consent_status consent__sqlite_create(const consent__cx *cx, const char *path,
                                      consent_status (*fill)(const consent__cx *, consent__tx *,
                                                             void *),
                                      void *user);
consent_status consent__sqlite_open(const consent__cx *cx, const char *path, int32_t wait_ms,
                                    int32_t readers, consent__db **out);
consent_status consent__sqlite_close(const consent__cx *cx, consent__db *db);
/* Opens the writing connection unless it is open. Under the writer's lock, or before others know
 * the db. */
consent_status consent__writer_open(const consent__cx *cx, consent__db *db);
/* CONSENT_E_STATE in a process forked after opening. */
consent_status consent__db_check_process(const consent__cx *cx, const consent__db *db);
/* CONSENT_E_OPEN when the path no longer leads to the file that is open: what would be written
 * there nobody would ever find. */
consent_status consent__db_check_file(const consent__cx *cx, const consent__db *db);
consent_status consent__sqlite_rename(const consent__cx *cx, const char *from, const char *to);

/* ---- tx.c ---- */
void consent__tx_count_event(consent__tx *tx);
/* Before the first step of a statement that writes: it gets its triggers and references back,
 * unless it needs none. */
void consent__tx_guard(consent__tx *tx, enum consent__sql id);
/* With triggers and references for the rest of the transaction. */
void consent__tx_guard_all(consent__tx *tx);
consent_status consent__sqlite_read_begin(const consent__cx *cx, consent__db *db,
                                          consent__tx **out);
void consent__sqlite_read_end(consent__tx *tx);
void consent__sqlite_hold_reads(consent__db *db, bool on);
void consent__sqlite_release_reads(consent__db *db);
/* For one statement: in a transaction that may have been open already, and is left so. Its end in
 * every case; good: the statement did what it should. */
consent_status consent__look_begin(const consent__cx *cx, consent__db *db, consent__tx **out);
void consent__look_end(consent__tx *tx, bool good);
void consent__conn_stop_holding(consent__conn *conn);
consent_status consent__sqlite_write_begin(const consent__cx *cx, consent__db *db,
                                           consent__tx **out);
consent_status consent__sqlite_commit(const consent__cx *cx, consent__tx *tx);
void consent__sqlite_rollback(consent__tx *tx);
bool consent__sqlite_writes(const consent__tx *tx);
void consent__sqlite_expect(consent__tx *tx, int64_t rows);
consent_status consent__sqlite_savepoint(const consent__cx *cx, consent__tx *tx);
consent_status consent__sqlite_savepoint_keep(const consent__cx *cx, consent__tx *tx);
consent_status consent__sqlite_savepoint_undo(const consent__cx *cx, consent__tx *tx);

/* ---- one file per noun: the operations of port.h ---- */
consent_status consent__sqlite_meta_get(const consent__cx *cx, consent__tx *tx, const char *key,
                                        consent__buf *out);
consent_status consent__sqlite_meta_put(const consent__cx *cx, consent__tx *tx, const char *key,
                                        const void *value, size_t n);
consent_status consent__sqlite_head_get(const consent__cx *cx, consent__tx *tx, consent__head *out);
consent_status consent__sqlite_head_put(const consent__cx *cx, consent__tx *tx,
                                        const consent__head *head);

consent_status consent__sqlite_event_append(const consent__cx *cx, consent__tx *tx,
                                            const consent__event_row *row);
consent_status consent__sqlite_event_get(const consent__cx *cx, consent__tx *tx, int64_t seq,
                                         consent__event_row *out);
consent_status consent__sqlite_event_scan_gone(const consent__cx *cx, consent__tx *tx,
                                               const char *kind, consent__event_fn fn, void *user);
consent_status consent__sqlite_event_scan(const consent__cx *cx, consent__tx *tx, int64_t from,
                                          int64_t to, int64_t subject, bool bodies,
                                          consent__event_fn fn, void *user);
consent_status consent__sqlite_event_last(const consent__cx *cx, consent__tx *tx, int64_t *out_seq);
consent_status consent__sqlite_event_upto(const consent__cx *cx, consent__tx *tx, int64_t t,
                                          int64_t *out_seq);
consent_status consent__sqlite_node_put(const consent__cx *cx, consent__tx *tx, int32_t level,
                                        int64_t index, const uint8_t hash[32]);
consent_status consent__sqlite_node_scan(const consent__cx *cx, consent__tx *tx, int32_t level,
                                         int64_t from, int64_t to, consent__node_row_fn fn,
                                         void *user);
consent_status consent__sqlite_checkpoint_last(const consent__cx *cx, consent__tx *tx,
                                               int64_t *out_size, int64_t *out_at);
consent_status consent__sqlite_node_get(const consent__cx *cx, consent__tx *tx, int32_t level,
                                        int64_t index, uint8_t out[32]);

consent_status consent__sqlite_subject_next(const consent__cx *cx, consent__tx *tx,
                                            int64_t *out_subject);
consent_status consent__sqlite_subject_add(const consent__cx *cx, consent__tx *tx, int64_t subject,
                                           const uint8_t uid[16], const uint8_t salt[16]);
consent_status consent__sqlite_subject_get(const consent__cx *cx, consent__tx *tx,
                                           const uint8_t lookup[16], consent__subject_row *out);
consent_status consent__sqlite_subject_look(const consent__cx *cx, consent__db *db,
                                            const uint8_t lookup[16], consent__head *head,
                                            consent__subject_row *out, consent__buf *box);
consent_status consent__sqlite_subject_by_id(const consent__cx *cx, consent__tx *tx,
                                             int64_t subject, consent__subject_row *out);
consent_status consent__sqlite_subject_key(const consent__cx *cx, consent__tx *tx, int64_t subject,
                                           uint8_t uid[16], uint8_t salt[16]);
consent_status consent__sqlite_subject_by_uid(const consent__cx *cx, consent__tx *tx,
                                              const uint8_t uid[16], consent__subject_row *out);
consent_status consent__sqlite_state_put(const consent__cx *cx, consent__tx *tx,
                                         const consent__subject_row *row);
consent_status consent__sqlite_subject_scan(const consent__cx *cx, consent__tx *tx, int64_t after,
                                            int64_t limit, consent__subject_fn fn, void *user);
consent_status consent__sqlite_idem_get(const consent__cx *cx, consent__tx *tx, int64_t subject,
                                        const uint8_t key[16], consent__idem_row *out);
consent_status consent__sqlite_idem_scan(const consent__cx *cx, consent__tx *tx,
                                         consent__idem_fn fn, void *user);
consent_status consent__sqlite_idem_put(const consent__cx *cx, consent__tx *tx,
                                        const consent__idem_row *row);

consent_status consent__sqlite_subject_erase(const consent__cx *cx, consent__tx *tx,
                                             int64_t subject, int64_t *out_events);
consent_status consent__sqlite_erased_scan(const consent__cx *cx, consent__tx *tx,
                                           consent__subject_fn fn, void *user);
consent_status consent__sqlite_request_put(const consent__cx *cx, consent__tx *tx,
                                           const consent__request_row *row);
consent_status consent__sqlite_request_get(const consent__cx *cx, consent__tx *tx, int64_t number,
                                           consent__request_row *out);
consent_status consent__sqlite_request_scan(const consent__cx *cx, consent__tx *tx, bool open_only,
                                            consent__request_fn fn, void *user);
consent_status consent__sqlite_remainder_put(const consent__cx *cx, consent__tx *tx,
                                             const consent__remainder_row *row);
consent_status consent__sqlite_remainder_scan(const consent__cx *cx, consent__tx *tx,
                                              const uint8_t uid[16], consent__remainder_fn fn,
                                              void *user);
consent_status consent__sqlite_remainder_drop(const consent__cx *cx, consent__tx *tx,
                                              const uint8_t uid[16], const char *reason,
                                              int64_t *out_rows);
consent_status consent__sqlite_task_put(const consent__cx *cx, consent__tx *tx,
                                        const consent__task_row *row);
consent_status consent__sqlite_task_done(const consent__cx *cx, consent__tx *tx,
                                         const uint8_t uid[16], const char *recipient, int64_t seq);
consent_status consent__sqlite_task_get(const consent__cx *cx, consent__tx *tx,
                                        const uint8_t uid[16], const char *recipient,
                                        consent__task_row *out);
consent_status consent__sqlite_task_scan_of(const consent__cx *cx, consent__tx *tx,
                                            const char *recipient, consent__task_fn fn, void *user);
consent_status consent__sqlite_task_scan(const consent__cx *cx, consent__tx *tx, bool open_only,
                                         consent__task_fn fn, void *user);
consent_status consent__sqlite_settle(const consent__cx *cx, consent__db *db, bool *out_done);
consent_status consent__sqlite_scrub(const consent__cx *cx, consent__db *db);

consent_status consent__sqlite_version_put(const consent__cx *cx, consent__tx *tx,
                                           const consent__version_row *row);
consent_status consent__sqlite_version_publish(const consent__cx *cx, consent__tx *tx, int64_t id,
                                               int64_t seq, int64_t at, int64_t in_force_from);
consent_status consent__sqlite_version_scan(const consent__cx *cx, consent__tx *tx, bool bytes,
                                            consent__version_fn fn, void *user);
consent_status consent__sqlite_version_get(const consent__cx *cx, consent__tx *tx, int64_t id,
                                           consent__version_row *out);
consent_status consent__sqlite_point_put(const consent__cx *cx, consent__tx *tx,
                                         const consent__point_row *row);
consent_status consent__sqlite_point_scan(const consent__cx *cx, consent__tx *tx,
                                          consent__point_fn fn, void *user);
consent_status consent__sqlite_epoch_put(const consent__cx *cx, consent__tx *tx,
                                         const consent__epoch_row *row);
consent_status consent__sqlite_epoch_scan(const consent__cx *cx, consent__tx *tx, int64_t from,
                                          int64_t to, consent__epoch_fn fn, void *user);
consent_status consent__sqlite_document_put(const consent__cx *cx, consent__tx *tx,
                                            const consent__document_row *row);
consent_status consent__sqlite_document_scan_key(const consent__cx *cx, consent__tx *tx,
                                                 const char *kind, const char *key,
                                                 consent__document_fn fn, void *user);
consent_status consent__sqlite_document_scan(const consent__cx *cx, consent__tx *tx,
                                             const char *kind, consent__document_fn fn, void *user);
consent_status consent__sqlite_checkpoint_put(const consent__cx *cx, consent__tx *tx,
                                              const consent__checkpoint_row *row);
consent_status consent__sqlite_checkpoint_scan(const consent__cx *cx, consent__tx *tx,
                                               consent__checkpoint_fn fn, void *user);

consent_status consent__sqlite_change_token(const consent__cx *cx, consent__db *db, uint64_t *out);
bool consent__sqlite_change_commits(consent__db *db, uint64_t *token, uint32_t *commits);
void consent__sqlite_pulse_open(consent__db *db, consent__pulse *out);
void consent__sqlite_pulse_close(consent__pulse *pulse);
consent_status consent__sqlite_examine(const consent__cx *cx, consent__db *db,
                                       consent__text_fn finding, void *user);
consent_status consent__sqlite_examine_schema(const consent__cx *cx, consent__db *db,
                                              consent__text_fn finding, void *user);
const char *consent__sqlite_path(const consent__db *db);
consent_status consent__sqlite_backup(const consent__cx *cx, consent__db *db, const char *path);

#endif
