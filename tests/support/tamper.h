/* SPDX-License-Identifier: Apache-2.0 */
/* Changing a store behind the library's back. The store must be closed. */
#ifndef TESTS_SUPPORT_TAMPER_H
#define TESTS_SUPPORT_TAMPER_H

#include <sqlite3.h>

typedef struct tamper {
    sqlite3 *db;
    char *create; /* the triggers, to be put back word for word */
} tamper;

/* Opens the file and takes its triggers away. Each of these ends the test when it fails. */
void tamper_begin(tamper *t, const char *path);
void tamper_run(tamper *t, const char *sql);
void tamper_end(tamper *t);
/* All three. */
void tamper_with(const char *path, const char *sql);

#endif
