/* SPDX-License-Identifier: Apache-2.0 */
/* A store with people in it, for tests of the static library: made quickly, many to a commit. */
#ifndef TESTS_SUPPORT_PEOPLE_H
#define TESTS_SUPPORT_PEOPLE_H

#include <consent/consent.h>

#include "flow/store.h"

typedef struct people {
    char folder[256], path[512];
    consent_store *store;
    int64_t clock; /* what the store's clock says */
} people;

#define PEOPLE_NOW INT64_C(1767225600000000) /* 2026-01-01T00:00:00Z */

/* Makes a fresh folder with a store in it; the policy is policy/bundles/BUNDLE
 * ("strida-fitness/1.0"). Each of these ends the test when it fails. */
void people_new(people *p, const char *bundle, const char *policy, const char *version);
void people_open(people *p); /* again, after people_close */
void people_close(people *p);
void people_free(people *p); /* with its folder */
/* Subjects named "person-N" for from <= N < to, each with `acts` objections and facts, 100 people
 * to a commit. */
void people_add(people *p, int from, int to, int acts);
/* One subject's event of any kind: fields are set in e already. */
int64_t people_event(people *p, const char *subject, consent__event *e);
void people_uid(people *p, const char *subject, uint8_t out[16]);
/* Hashes of all events lead to the head's root; answers the number of stubs. */
int64_t people_verify(people *p);
char *people_read_file(const char *path, size_t *len); /* NUL-terminated, free() */

#endif
