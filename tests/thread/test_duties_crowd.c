/* SPDX-License-Identifier: Apache-2.0 */
/* Threads, two handles on one file, act upon the same retention periods and name everybody as
 * affected by the same incident, while others place holds and record decisions: each period is
 * acted upon once, each subject is on the list once. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <consent/consent.h>

#include "duties.h"

typedef struct party {
    duties *world;
    consent_store *store;
    int64_t erased, added;
    int number, failures;
} party;

static void *apply(void *user) {
    party *p = user;
    for (int i = 0; i < 4; i++) {
        consent_rows *rows = NULL;
        if (consent_retention_apply(p->store, NULL, NULL, 700, &rows, NULL) != CONSENT_OK)
            p->failures++;
        p->erased += consent_rows_number(rows, 0, "erase", 0);
        consent_rows_free(rows);
    }
    return NULL;
}

static void *affect(void *user) {
    party *p = user;
    if (consent_incident_affect(p->store, p->world->incident, NULL, 0, &p->added, NULL) !=
        CONSENT_OK)
        p->failures++;
    return NULL;
}

static void *disturb(void *user) {
    party *p = user;
    char id[16];
    for (int i = 0; i < 60; i++) {
        consent_rows *placed = NULL, *released = NULL;
        snprintf(id, sizeof id, "p%d", (i * 37 + p->number * 11) % DUTIES_PEOPLE);
        if (consent_hold_place(p->store, id, "court", NULL, 0, 0, NULL, &placed, NULL) !=
                CONSENT_OK ||
            consent_hold_release(p->store, consent_rows_number(placed, 0, "hold", -1), NULL, NULL,
                                 &released, NULL) != CONSENT_OK)
            p->failures++;
        consent_rows_free(placed);
        consent_rows_free(released);
    }
    return NULL;
}

static void test_duties_of_many_threads_are_done_once(void **state) {
    void *(*const jobs[])(void *) = {apply, affect, disturb, apply, affect, disturb};
    enum { N = sizeof jobs / sizeof *jobs };
    duties *w = *state;
    pthread_t threads[N];
    party parties[N];
    consent_store *other = duties_open(w);
    int64_t erased = 0, added = 0;
    for (int i = 0; i < N; i++) {
        parties[i] = (party){.world = w, .store = i % 2 ? other : w->store, .number = i};
        assert_int_equal(pthread_create(&threads[i], NULL, jobs[i], &parties[i]), 0);
    }
    for (int i = 0; i < N; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(parties[i].failures, 0);
        erased += parties[i].erased;
        added += parties[i].added;
    }
    consent_store_free(other);
    erased = erased / 2 + duties_apply(w); /* who was held when the pass came by */
    assert_int_equal(erased, DUTIES_PEOPLE);
    assert_int_equal(added, DUTIES_PEOPLE);
    duties_whole(w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_duties_of_many_threads_are_done_once, duties_setup,
                                        duties_teardown),
    };
    return cmocka_run_group_tests_name("duties crowd", tests, NULL, NULL);
}
