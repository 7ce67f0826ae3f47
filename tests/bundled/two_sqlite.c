/* SPDX-License-Identifier: Apache-2.0 */
/* Another SQLite in the same process, on other files, while the library's own one works: neither
 * disturbs the other. Arguments: a folder, a policy bundle, its key, its version. */
#include <consent/consent.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROUNDS 200

static void need(bool ok, const char *what) {
    if (ok)
        return;
    fprintf(stderr, "two_sqlite: %s\n", what);
    exit(1);
}

static void *host(void *path) {
    sqlite3 *db = NULL;
    char sql[96];
    need(sqlite3_open(path, &db) == SQLITE_OK, "the host's file does not open");
    need(sqlite3_exec(db, "PRAGMA journal_mode=WAL; CREATE TABLE t(n INTEGER)", NULL, NULL, NULL) ==
             SQLITE_OK,
         "no table in the host's file");
    for (int i = 0; i < ROUNDS; i++) {
        snprintf(sql, sizeof sql, "BEGIN IMMEDIATE; INSERT INTO t VALUES(%d); COMMIT", i);
        need(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, "a row of the host is refused");
    }
    sqlite3_stmt *count = NULL;
    need(sqlite3_prepare_v2(db, "SELECT count(*) FROM t", -1, &count, NULL) == SQLITE_OK,
         "no count");
    need(sqlite3_step(count) == SQLITE_ROW && sqlite3_column_int(count, 0) == ROUNDS,
         "rows of the host are lost");
    sqlite3_finalize(count);
    need(sqlite3_close(db) == SQLITE_OK, "the host's file does not close");
    return NULL;
}

static void library(const char *folder, char **bundle) {
    char path[512], id[32];
    uint8_t key[32];
    consent_store *store = NULL;
    consent_rows *found = NULL;
    consent_options *options = consent_options_new();
    int64_t size = 0;
    memset(key, 7, sizeof key);
    snprintf(path, sizeof path, "%s/store.db", folder);
    need(consent_options_set_key(options, key, sizeof key, NULL) == CONSENT_OK, "no key");
    need(consent_store_create(path, options, &store, NULL) == CONSENT_OK, "no store");
    need(consent_policy_import_file(store, bundle[0], NULL) == CONSENT_OK, "no policy");
    need(consent_policy_publish(store, bundle[1], bundle[2], NULL) == CONSENT_OK, "not published");
    for (int i = 0; i < ROUNDS; i++) {
        snprintf(id, sizeof id, "subject-%d", i);
        need(consent_subject_add(store, id, "1990-01-01", NULL) == CONSENT_OK,
             "a subject is refused");
        need(consent_grant(store, id, "statistics", NULL, NULL) == CONSENT_OK,
             "a grant is refused");
        need(consent_may(store, id, "statistics"), "granted, and denied");
    }
    need(consent_ledger_verify(store, NULL, &size, &found, NULL) == CONSENT_OK &&
             consent_rows_count(found) == 0,
         "the ledger does not verify");
    need(size > ROUNDS * 2, "events are lost");
    consent_rows_free(found);
    need(consent_store_close(store, NULL) == CONSENT_OK, "the store does not close");
    consent_store_free(store);
    consent_options_free(options);
}

int main(int argc, char **argv) {
    char path[512];
    pthread_t thread;
    need(argc == 5, "usage: two_sqlite FOLDER BUNDLE KEY VERSION");
    snprintf(path, sizeof path, "%s/host.db", argv[1]);
    need(pthread_create(&thread, NULL, host, path) == 0, "no thread");
    library(argv[1], argv + 2);
    pthread_join(thread, NULL);
    printf("the host's SQLite %s and the library's own: %d writes each\n", sqlite3_libversion(),
           ROUNDS);
    return 0;
}
