/* SPDX-License-Identifier: Apache-2.0 */
/* Apart from lean.c: the headers of the engine and of the flows use one name for two things. */
#ifndef CONSENT_TEST_LEAN_DB_H
#define CONSENT_TEST_LEAN_DB_H

struct consent__db;
void lean_db_soon(struct consent__db *db);

#endif
