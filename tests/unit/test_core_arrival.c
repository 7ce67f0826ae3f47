/* SPDX-License-Identifier: Apache-2.0 */
/* What one person, two guardians and three devices said, right clocks and wrong ones: the receipts
 * come in every order, after what was said here, and the state answers alike. And a no is not lost
 * to a yes that was before it. CONSENT_PROPERTY_SEED repeats a run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/decide.h"
#include "people.h"

#define HOUR (INT64_C(3600) * 1000000)
#define START (PEOPLE_NOW - 400 * HOUR)
#define COMES (PEOPLE_NOW - 370 * HOUR) /* when all receipts come */
#define MOST 7
#define RUNS 1500
#define POLICY "strida-fitness"
#define POINT "newsletter"

enum { HERE, DEVICES = 4 };
enum { SELF, MUM, DAD, OBJECTS };

typedef struct said {
    int device, speaker;
    int32_t decision;
    int64_t truly, observed, place, epoch;
} said;

typedef struct world {
    people p;
    consent__view view;
    const consent__version *version;
    uint32_t point;
    said acts[MOST];
    int count;
} world;

typedef struct answer {
    consent__word adult, child;
    int32_t objections;
} answer;

static const uint8_t uids[3][16] = {{1}, {2}, {3}};
static uint64_t dice, seed;

static unsigned below(unsigned n) {
    dice ^= dice << 13;
    dice ^= dice >> 7;
    dice ^= dice << 17;
    return (unsigned)((dice >> 20) % n);
}

static void apply(const world *w, consent__state *s, consent__event *e, int64_t at) {
    const consent__cx cx = {&consent__env_default, NULL, "test"};
    e->seq = s->seq + 1;
    e->at = at;
    assert_int_equal(consent__state_apply(&cx, s, w->view.catalog, e), CONSENT_OK);
}

/* Registered, with two verified guardians. */
static void begin(const world *w, consent__state *s, consent__arena *a) {
    consent__state_init(s, a);
    consent__event e = {.kind = EV_SUBJECT_REGISTERED};
    consent__event_set_uid(&e, F_uid, uids[SELF]);
    CONSENT__SET_TEXT(&e, external, "x");
    apply(w, s, &e, START - HOUR);
    for (int g = MUM; g <= DAD; g++) {
        e = (consent__event){.kind = EV_GUARDIAN_LINKED};
        consent__event_set_uid(&e, F_guardian, uids[g]);
        CONSENT__SET_TEXT(&e, evidence, "register");
        apply(w, s, &e, START - HOUR);
        e = (consent__event){.kind = EV_GUARDIAN_VERIFIED};
        consent__event_set_uid(&e, F_guardian, uids[g]);
        apply(w, s, &e, START - HOUR);
    }
}

static void take(const world *w, consent__state *s, const said *x) {
    static const consent__event_kind kinds[] = {0, EV_CONSENT_GRANTED, EV_CONSENT_REFUSED,
                                                EV_CONSENT_WITHDRAWN};
    static const char *const logs[DEVICES] = {"", "one+00+a", "two+00+b", "three+00+c"};
    consent__event e = {.kind = kinds[x->decision]};
    CONSENT__SET_TEXT(&e, policy, POLICY);
    if (x->speaker == OBJECTS) {
        e.kind = EV_PURPOSE_OBJECTED;
        CONSENT__SET_TEXT(&e, purpose, POINT);
        apply(w, s, &e, x->truly);
        return;
    }
    CONSENT__SET_TEXT(&e, version, w->version->policy->version);
    CONSENT__SET_TEXT(&e, point, POINT);
    CONSENT__SET_TEXT(&e, class, "general");
    CONSENT__SET(&e, epoch, x->epoch);
    if (x->speaker != SELF)
        consent__event_set_uid(&e, F_by, uids[x->speaker]);
    if (x->device == HERE) {
        apply(w, s, &e, x->truly);
        return;
    }
    e.kind = EV_CONSENT_RECEIVED;
    CONSENT__SET_TEXT(&e, state, consent_decision_name(x->decision));
    CONSENT__SET_TEXT(&e, key, logs[x->device]);
    consent__event_set_uid(&e, F_other, uids[SELF]);
    CONSENT__SET(&e, event, x->place);
    CONSENT__SET(&e, observed, x->observed);
    apply(w, s, &e, COMES);
}

static answer ask(const world *w, const int *order, int count) {
    consent__state s;
    consent__arena a;
    consent__arena_init(&a, &consent__env_default);
    begin(w, &s, &a);
    for (int i = 0; i < w->count; i++)
        if (w->acts[i].device == HERE)
            take(w, &s, &w->acts[i]);
    for (int i = 0; i < count; i++)
        take(w, &s, &w->acts[order[i]]);
    answer out = {consent__hear(&s, w->version->policy, w->point, 2, false, COMES + HOUR).word,
                  consent__hear(&s, w->version->policy, w->point, 2, true, COMES + HOUR).word,
                  s.objections_count};
    consent__arena_free(&a);
    return out;
}

/* ahead: the most devices whose clocks are two days ahead. */
static void say_all(world *w, int ahead, bool behind) {
    int64_t offset[DEVICES] = {0}, last[DEVICES] = {0}, place[DEVICES] = {0}, t = START;
    for (int d = 1; d < DEVICES; d++) {
        if (ahead > 0 && below(2)) {
            offset[d] = 48 * HOUR;
            ahead--;
        } else if (behind && below(2)) {
            offset[d] = -3 * HOUR;
        }
    }
    w->count = 2 + (int)below(MOST - 1);
    for (int i = 0; i < w->count; i++) {
        said *x = &w->acts[i];
        t += 1 + (int64_t)below(3) * HOUR;
        *x = (said){.device = (int)below(DEVICES), .speaker = SELF, .truly = t};
        x->decision = (int32_t)(1 + below(3));
        x->epoch = below(4) ? 2 : 1;
        unsigned who = below(8);
        if (who < 2)
            x->speaker = who ? MUM : DAD;
        else if (who == 2) {
            x->speaker = OBJECTS;
            x->device = HERE;
        }
        int64_t shown = t + offset[x->device];
        x->observed = last[x->device] = shown > last[x->device] ? shown : last[x->device];
        x->place = ++place[x->device];
    }
}

static void tell(const world *w) {
    for (int i = 0; i < w->count; i++) {
        const said *x = &w->acts[i];
        print_message("  %+.2f h device %d clock %+.2f speaker %d says %d at epoch %d\n",
                      (double)(x->truly - START) / (double)HOUR, x->device,
                      (double)(x->observed - START) / (double)HOUR, x->speaker, (int)x->decision,
                      (int)x->epoch);
    }
}

static int receipts(const world *w, int order[MOST]) {
    int n = 0;
    for (int i = 0; i < w->count; i++)
        if (w->acts[i].device != HERE)
            order[n++] = i;
    return n;
}

static bool next_order(int *v, int n) {
    int i = n - 1;
    while (i > 0 && v[i - 1] >= v[i])
        i--;
    if (i <= 0)
        return false;
    int k = n - 1, t;
    while (v[k] <= v[i - 1])
        k--;
    t = v[i - 1], v[i - 1] = v[k], v[k] = t;
    for (int a = i, b = n - 1; a < b; a++, b--)
        t = v[a], v[a] = v[b], v[b] = t;
    return true;
}

/* Whether every order gives the same. */
static bool alike(const world *w, answer *first) {
    int order[MOST], n = receipts(w, order);
    *first = ask(w, order, n);
    while (next_order(order, n)) {
        answer other = ask(w, order, n);
        if (other.adult != first->adult || other.child != first->child ||
            other.objections != first->objections) {
            tell(w);
            print_message("seed %llu: %d %d %d, but %d %d %d in the order",
                          (unsigned long long)seed, (int)first->adult, (int)first->child,
                          (int)first->objections, (int)other.adult, (int)other.child,
                          (int)other.objections);
            for (int i = 0; i < n; i++)
                print_message(" %d", order[i]);
            print_message("\n");
            return false;
        }
    }
    return true;
}

/* The subject's own last word, by the times that nobody but the test knows. */
static bool last_is_no(const world *w) {
    int i = w->count - 1;
    while (i >= 0 && w->acts[i].speaker != SELF)
        i--;
    return i >= 0 && w->acts[i].decision != CONSENT_DECISION_GRANTED;
}

static void run(world *w, int ahead, bool behind, int *nos) {
    const char *given = getenv("CONSENT_PROPERTY_SEED");
    for (uint64_t i = 0; i < (given ? 1 : RUNS); i++) {
        answer got;
        seed = given ? strtoull(given, NULL, 0) : i + 1;
        dice = UINT64_C(0x9e3779b97f4a7c15) * (seed + 77);
        say_all(w, ahead, behind);
        if (!alike(w, &got))
            fail_msg("the order of arrival decides");
        if (!behind && last_is_no(w)) {
            (*nos)++;
            if (got.adult == WORD_GRANTED) {
                tell(w);
                fail_msg("seed %llu: a no is lost", (unsigned long long)seed);
            }
        }
    }
}

static int setup(void **state) {
    static world w;
    people_new(&w.p, "strida-fitness/1.0", POLICY, "1.0");
    const consent__cx cx = {&w.p.store->env, NULL, "test"};
    if (consent__view_open(&cx, w.p.store, &w.view) != CONSENT_OK)
        return -1;
    int32_t policy = consent__catalog_policy(w.view.catalog, POLICY);
    w.version = consent__catalog_version(w.view.catalog, policy, "1.0");
    w.point = consent__catalog_point(w.view.catalog, policy, POINT);
    *state = &w;
    return w.point ? 0 : -1;
}

static int teardown(void **state) {
    world *w = *state;
    consent__view_close(&w->view);
    people_free(&w->p);
    return 0;
}

static void test_arrival_right_clocks(void **state) {
    int nos = 0;
    run(*state, 0, false, &nos);
    assert_true(nos > RUNS / 4 || getenv("CONSENT_PROPERTY_SEED"));
}

static void test_arrival_clocks_behind(void **state) {
    int nos = 0;
    run(*state, 0, true, &nos);
}

static void test_arrival_one_clock_ahead(void **state) {
    int nos = 0;
    run(*state, 1, false, &nos);
    assert_true(nos > RUNS / 4 || getenv("CONSENT_PROPERTY_SEED"));
}

static void test_arrival_clocks_ahead_and_behind(void **state) {
    int nos = 0;
    run(*state, 3, true, &nos);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arrival_right_clocks),
        cmocka_unit_test(test_arrival_clocks_behind),
        cmocka_unit_test(test_arrival_one_clock_ahead),
        cmocka_unit_test(test_arrival_clocks_ahead_and_behind),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
