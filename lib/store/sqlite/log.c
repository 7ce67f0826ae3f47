/* SPDX-License-Identifier: Apache-2.0 */
/* How long the write-ahead log may get before its pages are brought into the file. Acts of many
 * subjects change a page or two each, so that a long log saves writing the same page again and
 * again; a long log beside a small file is room taken for nothing. As long as the file, then,
 * within bounds. The upper one fits the first block of the wal-index: a page is looked up in one
 * table still. */
#include "store/sqlite/db.h"

#define LOG_LEAST 1000 /* pages: 4 MB, what SQLite itself takes */
#define LOG_MOST 4000
#define INDEX_PAGES 5 /* word of the wal-index header: the file's size in pages */

static int log_grown(void *user, sqlite3 *sql, const char *name, int pages) {
    const consent__conn *conn = user;
    int64_t limit = LOG_LEAST;
    if (conn->db->wal_index != NULL)
        limit = __atomic_load_n(conn->db->wal_index + INDEX_PAGES, __ATOMIC_RELAXED);
    if (limit > LOG_MOST)
        limit = LOG_MOST;
    /* What cannot be brought in now, because a reader needs the old pages, is tried again after the
     * next commit: no failure of the write that came before. */
    if (pages >= limit && pages >= LOG_LEAST)
        (void)sqlite3_wal_checkpoint_v2(sql, name, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    return SQLITE_OK;
}

void consent__log_watch(consent__conn *conn) {
    (void)sqlite3_wal_hook(conn->sql, log_grown, conn);
}
