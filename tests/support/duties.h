/* SPDX-License-Identifier: Apache-2.0 */
/* A store in which everybody has an item whose retention period is over, and an incident is open.
 * For programs with cmocka, on public headers. */
#ifndef TESTS_SUPPORT_DUTIES_H
#define TESTS_SUPPORT_DUTIES_H

#include <consent/consent.h>

#define DUTIES_PEOPLE 1203 /* more than two transactions; named p0, p1 … */

typedef struct duties {
    char folder[64], path[96];
    consent_options *options;
    consent_store *store;
    int64_t incident;
} duties;

int duties_setup(void **state);
int duties_teardown(void **state);
consent_store *duties_open(duties *w); /* a further handle */
int64_t duties_apply(duties *w);       /* retention apply to the end: items to erase */
/* One task to erase and one notice for everybody, one retention.applied in each history; the ledger
 * verifies and the doctor finds nothing. */
void duties_whole(duties *w);

#endif
