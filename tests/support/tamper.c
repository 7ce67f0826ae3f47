/* SPDX-License-Identifier: Apache-2.0 */
#include "tamper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int keep_text(void *user, int n, char **values, char **names) {
    char **all = user;
    (void)n;
    (void)names;
    size_t old = *all ? strlen(*all) : 0;
    *all = realloc(*all, old + strlen(values[0]) + 3);
    if (!*all)
        abort();
    sprintf(*all + old, "%s;\n", values[0]);
    return 0;
}

void tamper_run(tamper *t, const char *sql) {
    char *message = NULL;
    if (sql && sqlite3_exec(t->db, sql, NULL, NULL, &message) != SQLITE_OK) {
        fprintf(stderr, "tamper: %s: %s\n", sql, message);
        abort();
    }
}

void tamper_begin(tamper *t, const char *path) {
    char *drop = NULL;
    memset(t, 0, sizeof *t);
    if (sqlite3_open_v2(path, &t->db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
        abort();
    tamper_run(t, "PRAGMA synchronous = OFF");
    sqlite3_exec(t->db, "SELECT sql FROM sqlite_schema WHERE type = 'trigger'", keep_text,
                 &t->create, NULL);
    sqlite3_exec(t->db, "SELECT 'DROP TRIGGER ' || name FROM sqlite_schema WHERE type = 'trigger'",
                 keep_text, &drop, NULL);
    tamper_run(t, drop);
    free(drop);
}

void tamper_end(tamper *t) {
    tamper_run(t, t->create);
    free(t->create);
    if (sqlite3_close(t->db) != SQLITE_OK)
        abort();
}

void tamper_with(const char *path, const char *sql) {
    tamper t;
    tamper_begin(&t, path);
    tamper_run(&t, sql);
    tamper_end(&t);
}
