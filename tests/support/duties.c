/* SPDX-License-Identifier: Apache-2.0 */
#include "duties.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define DAY INT64_C(86400000000)
#define T0 INT64_C(1717200000000000) /* 2024-06-01 */

static int64_t duties_clock(void *user) {
    (void)user;
    return T0;
}

static int64_t later_clock(void *user) {
    (void)user;
    return T0 + 40 * DAY; /* strida 1.0: log and address are kept for 30 days */
}

static consent_options *options_of(int64_t (*clock)(void *)) {
    static const uint8_t key[32] = {9};
    consent_options *o = consent_options_new();
    consent_options_set_clock(o, clock, NULL);
    assert_int_equal(consent_options_set_key(o, key, sizeof key, NULL), CONSENT_OK);
    return o;
}

consent_store *duties_open(duties *w) {
    consent_store *s = NULL;
    assert_int_equal(consent_store_open(w->path, w->options, &s, NULL), CONSENT_OK);
    return s;
}

static void fill(duties *w) {
    consent_options *early = options_of(duties_clock);
    consent_store *s = NULL;
    char id[16];
    assert_int_equal(consent_store_create(w->path, early, &s, NULL), CONSENT_OK);
    assert_int_equal(consent_policy_import_file(
                         s, CONSENT_SOURCE_DIR "/policy/bundles/strida-fitness/1.0.json", NULL),
                     CONSENT_OK);
    assert_int_equal(consent_policy_publish(s, "strida-fitness", "1.0", NULL), CONSENT_OK);
    for (int i = 0; i < DUTIES_PEOPLE; i++) {
        snprintf(id, sizeof id, "p%d", i);
        assert_int_equal(consent_subject_add(s, id, "1990-01-01", NULL), CONSENT_OK);
        if (i % 2) /* one item of the two goes later: every period stands alone */
            assert_int_equal(consent_grant(s, id, "reminders", NULL, NULL), CONSENT_OK);
    }
    consent_store_free(s);
    consent_options_free(early);
}

int duties_setup(void **state) {
    consent_rows *rows = NULL;
    duties *w = calloc(1, sizeof *w);
    strcpy(w->folder, "consent-duties-XXXXXX");
    if (!mkdtemp(w->folder))
        return -1;
    snprintf(w->path, sizeof w->path, "%s/a.store", w->folder);
    w->options = options_of(later_clock);
    fill(w);
    w->store = duties_open(w);
    assert_int_equal(
        consent_incident_open(w->store, NULL, "leak", "words", 0, NULL, 0, &rows, NULL),
        CONSENT_OK);
    w->incident = consent_rows_number(rows, 0, "incident", -1);
    consent_rows_free(rows);
    *state = w;
    return 0;
}

int duties_teardown(void **state) {
    duties *w = *state;
    char command[128];
    consent_store_free(w->store);
    consent_options_free(w->options);
    snprintf(command, sizeof command, "rm -rf '%s'", w->folder);
    int rc = system(command);
    free(w);
    return rc;
}

int64_t duties_apply(duties *w) {
    consent_rows *rows = NULL;
    int64_t erased = 0, left = 1;
    while (left > 0) {
        assert_int_equal(consent_retention_apply(w->store, NULL, NULL, 0, &rows, NULL), CONSENT_OK);
        erased += consent_rows_number(rows, 0, "erase", 0);
        left = consent_rows_number(rows, 0, "left", 0);
        consent_rows_free(rows);
    }
    return erased / 2; /* two items a person */
}

static void expect_once(duties *w, int i) {
    consent_rows *rows = NULL;
    char id[16];
    int applied = 0;
    snprintf(id, sizeof id, "p%d", i);
    assert_int_equal(consent_history(w->store, id, &rows, NULL), CONSENT_OK);
    for (size_t k = 0; k < consent_rows_count(rows); k++)
        applied += strcmp(consent_rows_text(rows, k, "kind"), "retention.applied") == 0;
    assert_int_equal(applied, 1);
    consent_rows_free(rows);
}

void duties_whole(duties *w) {
    consent_rows *rows = NULL;
    assert_int_equal(consent_erasure_tasks(w->store, true, &rows, NULL), CONSENT_OK);
    assert_int_equal(consent_rows_count(rows), DUTIES_PEOPLE);
    consent_rows_free(rows);
    assert_int_equal(consent_incident_get(w->store, w->incident, &rows, NULL), CONSENT_OK);
    assert_int_equal(consent_rows_number(rows, 0, "affected", -1), DUTIES_PEOPLE);
    assert_int_equal(consent_rows_number(rows, 0, "untold", -1), DUTIES_PEOPLE);
    consent_rows_free(rows);
    for (int i = 0; i < DUTIES_PEOPLE; i++)
        expect_once(w, i);
    assert_int_equal(consent_ledger_verify(w->store, NULL, NULL, &rows, NULL), CONSENT_OK);
    assert_int_equal(consent_rows_count(rows), 0);
    consent_rows_free(rows);
    assert_int_equal(consent_store_examine(w->store, NULL, NULL, NULL, &rows, NULL), CONSENT_OK);
    assert_int_equal(consent_rows_count(rows), 0);
    consent_rows_free(rows);
}
