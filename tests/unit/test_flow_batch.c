/* SPDX-License-Identifier: Apache-2.0 */
/* Many acts at once give what the same acts give one by one: with repetitions of a subject,
 * refusals, idempotency keys, guardians whose own state is in the batch, and with any number of
 * helpers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit.h"
#include "people.h"
#include "util/crew.h"

#define ACTS 6000 /* enough for helpers */
#define ADULTS 50

static void must(consent_status st) {
    assert_true(st == CONSENT_OK || st == CONSENT_DONE);
}

static void make_store(people *p) {
    people_new(p, "strida-fitness/1.0", "strida-fitness", "1.0");
    people_add(p, 0, ADULTS, 0);
    must(consent_subject_add(p->store, "kid", "2015-02-28", NULL));
    must(consent_subject_add(p->store, "mum", "1980-01-01", NULL));
    must(consent_guardian_link(p->store, "kid", "mum", NULL, "card-payment", NULL, 0, NULL));
    must(consent_guardian_verify(p->store, "kid", "mum", NULL, "desk", NULL, NULL, NULL));
}

static uint32_t next(uint32_t *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static consent_act *make_act(uint32_t *seed, int i) {
    static const char *const purposes[] = {"reminders", "newsletter", "analytics", "route-maps",
                                           "no-such"};
    static const int32_t decisions[] = {CONSENT_DECISION_GRANTED, CONSENT_DECISION_REFUSED,
                                        CONSENT_DECISION_WITHDRAWN};
    char id[32], key[16];
    (void)snprintf(id, sizeof id, "person-%u", next(seed) % (ADULTS + 1)); /* one is nobody */
    const char *subject = i % 41 == 0 ? "kid" : i % 29 == 0 ? "mum" : id;
    consent_act *a = consent_act_new(subject, decisions[next(seed) % 3], purposes[next(seed) % 5]);
    assert_non_null(a);
    if (i % 41 == 0)
        must(consent_act_set_guardian(a, i % 82 ? "mum" : "person-1"));
    if (i % 100 != 7)
        return a;
    (void)snprintf(key, sizeof key, "k%d", i / 500); /* the same act, five times */
    consent_act_free(a);
    a = consent_act_new("person-3", CONSENT_DECISION_GRANTED, "newsletter");
    must(consent_act_set_idempotency(a, key));
    return a;
}

/* Statuses and events of all acts, `step` to a call. */
static void record(people *p, consent_act *const *acts, size_t step, int64_t *out) {
    for (size_t i = 0; i < ACTS; i += step) {
        consent_rows *rows = NULL;
        size_t n = ACTS - i < step ? ACTS - i : step;
        must(consent_record_many(p->store, (const consent_act *const *)acts + i, n, &rows, NULL));
        for (size_t k = 0; k < n; k++) {
            out[2 * (i + k)] = consent_rows_number(rows, k, "status", 99);
            out[2 * (i + k) + 1] = consent_rows_number(rows, k, "event", -1);
        }
        consent_rows_free(rows);
    }
}

static void test_batch_gives_what_one_by_one_gives(void **state) {
    (void)state;
    static consent_act *acts[ACTS];
    static int64_t want[2 * ACTS], have[2 * ACTS];
    static const struct {
        size_t step;
        int32_t helpers;
    } ways[] = {{10, 0}, {ACTS, 0}, {ACTS, 3}, {700, 1}};
    uint32_t seed = 20261124;
    int kinds[3] = {0};
    for (int i = 0; i < ACTS; i++)
        acts[i] = make_act(&seed, i);
    for (size_t way = 0; way < sizeof ways / sizeof ways[0]; way++) {
        people p;
        make_store(&p);
        p.store->helpers = ways[way].helpers;
        record(&p, acts, ways[way].step, way ? have : want);
        assert_int_equal(audit_store(p.store, p.path), 0);
        people_free(&p);
        if (way)
            assert_memory_equal(have, want, sizeof want);
    }
    for (int i = 0; i < ACTS; i++) {
        kinds[want[2 * i] == 0 ? 0 : want[2 * i] == 1 ? 1 : 2]++;
        consent_act_free(acts[i]);
    }
    assert_true(kinds[0] > ACTS / 2 && kinds[1] > 0 && kinds[2] > 0);
}

/* More subjects than are held at once, and more acts than are placed at once: some subjects come in
 * several parts, and each finds what the part before it wrote. */
static void test_batch_goes_on_in_parts(void **state) {
    (void)state;
    enum { SUBJECTS = 4200, MANY = 17000 };
    static consent_act *acts[MANY];
    people p;
    people_new(&p, "strida-fitness/1.0", "strida-fitness", "1.0");
    people_add(&p, 0, SUBJECTS, 0);
    p.store->helpers = 1;
    for (int i = 0; i < MANY; i++) {
        char id[32];
        (void)snprintf(id, sizeof id, "person-%d", i % SUBJECTS);
        acts[i] = consent_act_new(id, CONSENT_DECISION_GRANTED, "newsletter");
        assert_non_null(acts[i]);
    }
    consent_rows *rows = NULL;
    must(consent_record_many(p.store, (const consent_act *const *)acts, MANY, &rows, NULL));
    int64_t first = consent_rows_number(rows, 0, "event", -1);
    for (int i = 0; i < MANY; i++) {
        assert_int_equal(consent_rows_number(rows, (size_t)i, "status", 99), 0);
        assert_int_equal(consent_rows_number(rows, (size_t)i, "event", -1), first + i);
        consent_act_free(acts[i]);
    }
    consent_rows_free(rows);
    assert_int_equal(audit_store(p.store, p.path), 0);
    people_free(&p);
}

/* ---- a state that does not open ---- */

static bool no_random(void *bytes, size_t n, void *user) {
    (void)bytes;
    (void)n;
    (void)user;
    return false;
}

static void test_batch_that_fails_leaves_nothing(void **state) {
    (void)state;
    people p;
    consent_act *acts[40];
    consent_rows *rows = NULL;
    consent_error *err = NULL;
    uint8_t before[32], after[32];
    make_store(&p);
    for (int i = 0; i < 40; i++) {
        char id[32];
        (void)snprintf(id, sizeof id, "person-%d", i);
        acts[i] = consent_act_new(id, CONSENT_DECISION_GRANTED, "newsletter");
    }
    assert_true(audit_digest(p.path, before));
    p.store->env.random = no_random;
    assert_int_equal(
        consent_record_many(p.store, (const consent_act *const *)acts, 40, &rows, &err),
        CONSENT_E_RANDOM);
    assert_null(rows);
    assert_non_null(err);
    consent_error_free(err);
    assert_true(audit_digest(p.path, after));
    assert_memory_equal(before, after, sizeof before);
    p.store->env.random = NULL;
    must(consent_record_many(p.store, (const consent_act *const *)acts, 40, NULL, NULL));
    assert_int_equal(audit_store(p.store, p.path), 0);
    for (int i = 0; i < 40; i++)
        consent_act_free(acts[i]);
    people_free(&p);
}

/* ---- the crew ---- */

static void count_step(void *user, size_t i) {
    ((int *)user)[i]++;
}

static void test_crew_takes_each_step_once(void **state) {
    (void)state;
    enum { STEPS = 1000 };
    for (int32_t threads = 0; threads <= 5; threads++) {
        int done[STEPS] = {0};
        consent__crew *c = consent__crew_new(&consent__env_default, threads);
        assert_non_null(c);
        consent__crew_finish(c);
        for (size_t n = 0; n < STEPS; n += 97) {
            consent__crew_start(c, count_step, done, n);
            consent__crew_finish(c);
        }
        consent__crew_start(c, count_step, done, STEPS); /* freeing ends it */
        consent__crew_free(c);
        assert_int_equal(done[0], 1 + (STEPS - 1) / 97);
        for (int i = 0; i < STEPS; i++)
            assert_int_equal(done[i], 1 + (STEPS - 1) / 97 - i / 97);
    }
    consent__crew_free(NULL);
}

/* Rounds so short that helpers wake when they are over: late ones take no step of the next. */
static void test_crew_lets_late_helpers_find_nothing(void **state) {
    (void)state;
    enum { STEPS = 400, ROUNDS = 100000 };
    int done[STEPS];
    consent__crew *c = consent__crew_new(&consent__env_default, 4);
    assert_non_null(c);
    for (int round = 0; round < ROUNDS; round++) {
        size_t n = round & 1 ? STEPS : 8;
        memset(done, 0, sizeof done);
        consent__crew_start(c, count_step, done, n);
        consent__crew_finish(c);
        for (size_t i = 0; i < STEPS; i++)
            if (done[i] != (i < n))
                fail_msg("round %d took step %zu %d times", round, i, done[i]);
    }
    consent__crew_free(c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_batch_gives_what_one_by_one_gives),
        cmocka_unit_test(test_batch_goes_on_in_parts),
        cmocka_unit_test(test_batch_that_fails_leaves_nothing),
        cmocka_unit_test(test_crew_takes_each_step_once),
        cmocka_unit_test(test_crew_lets_late_helpers_find_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
