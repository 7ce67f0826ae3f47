/* SPDX-License-Identifier: Apache-2.0 */
/* Between an instant and its horizon the check answers the same; tried with the real rules over
 * random states, so that a rule which looks at an instant the horizon does not know shows here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/horizon.h"
#include "util/date.h"

#define NOW INT64_C(1767225600000000) /* 2026-01-01T00:00:00Z */
#define SPAN (90 * CONSENT__SECOND)   /* instants lie within it around NOW */

static uint64_t seed = 1;

static uint64_t draw(uint64_t n) {
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (seed >> 33) % n;
}

static int64_t instant(void) {
    return NOW - SPAN + (int64_t)draw((uint64_t)(2 * SPAN));
}

/* Sometimes none. */
static int64_t maybe(void) {
    return draw(3) ? instant() : 0;
}

typedef struct world {
    consent__policy policy[2];
    consent__purpose purposes[2][1];
    consent__assessment assessments[1];
    consent__slot slots[2][1];
    consent__version versions[2];
    consent__policy_entry entry;
    consent__stop stops[1];
    consent__successor successors[1];
    consent__spoken spoken[4];
    consent__link links[2];
    consent__notice notices[2];
    consent__restriction restrictions[1];
    consent__objection objections[1];
    consent__catalog catalog;
    consent__state state;
} world;

static const int32_t no_slot[1] = {0}, published[2] = {0, 1};

static void make_policy(world *w, int i) {
    consent__policy *p = &w->policy[i];
    p->key = "p";
    p->version = i ? "2" : "1";
    p->utc_offset = (int32_t)draw(3) * 60 - 60;
    p->child_rules = draw(2) ? -1 : 0;
    p->profile.guardian_below = (int32_t)draw(2) * 14;
    p->profile.adult_from = 18;
    p->profile.minor_decides_by_guardian = draw(4) == 0;
    p->profile.unknown_age = draw(2) ? UNKNOWN_DENY : UNKNOWN_GUARDIAN;
    p->profile.child_rules_missing = draw(2) ? STRICT_DENY : STRICT_OFF;
    p->profile.child_rules_below = 14;
    p->profile.assessment = draw(2) ? STRICT_DENY : STRICT_OFF;
    w->purposes[i][0] = (consent__purpose){.key = "u",
                                           .basis = BASIS_CONSENT,
                                           .cls = CONSENT_CLASS_GENERAL,
                                           .operations = 1u << CONSENT_OPERATION_SHARE,
                                           .first_operation = CONSENT_OPERATION_USE,
                                           .assessment = 0};
    w->purposes[i][0].operations |= 1u << CONSENT_OPERATION_USE;
    w->assessments[0] = (consent__assessment){
        .done_at = instant(), .valid_until = draw(2) ? instant() : CONSENT__NO_INSTANT};
    p->purposes = w->purposes[i];
    p->purposes_count = 1;
    p->assessments = w->assessments;
    p->assessments_count = 1;
    w->slots[i][0] = (consent__slot){.share = -1,
                                     .point = 1,
                                     .cls = CONSENT_CLASS_GENERAL,
                                     .needed = true,
                                     .epoch = i && draw(2) ? 2 : 1,
                                     .notice = i && draw(2) ? 2 : 0};
    w->versions[i] = (consent__version){.id = i + 1,
                                        .policy = p,
                                        .published_seq = i,
                                        .published_at = NOW - 2 * SPAN,
                                        .in_force_from = i ? instant() : NOW - 2 * SPAN,
                                        .slot_count = 1,
                                        .slots = w->slots[i],
                                        .purpose_slot = no_slot};
}

static void make_catalog(world *w) {
    memset(w, 0, sizeof *w);
    make_policy(w, 0);
    make_policy(w, 1);
    w->entry = (consent__policy_entry){"p", 2, published};
    w->stops[0] = (consent__stop){3, instant()};
    w->successors[0] = (consent__successor){4, instant(), draw(2) == 0};
    w->catalog.versions = w->versions;
    w->catalog.versions_count = 2;
    w->catalog.policies = &w->entry;
    w->catalog.policies_count = 1;
    w->catalog.stops = w->stops;
    w->catalog.stops_count = draw(8) == 0;
    w->catalog.successors = w->successors;
    w->catalog.successors_count = draw(4) == 0;
}

/* A birth date such that an age is reached within the span for some of the subjects. */
static int32_t birth(void) {
    static const int32_t dates[] = {0, 19900101, 20120101, 20111231, 20080101, 20071231, 20180601};
    return dates[draw(sizeof dates / sizeof dates[0])];
}

static void make_state(world *w) {
    consent__state *s = &w->state;
    s->born = birth();
    s->spoken = w->spoken;
    s->spoken_count = (int32_t)draw(5);
    for (int32_t i = 0; i < s->spoken_count; i++) {
        w->spoken[i] = (consent__spoken){.point = 1,
                                         .epoch = 1 + (int64_t)draw(2),
                                         .decision = 1 + (int32_t)draw(3),
                                         .cls = CONSENT_CLASS_GENERAL,
                                         .by_guardian = draw(2) == 0,
                                         .version = 1 + (int64_t)draw(2),
                                         .seq = 10 + (int64_t)draw(20),
                                         .at = instant(),
                                         .until = maybe()};
        w->spoken[i].from = draw(2) ? w->spoken[i].at : instant();
        w->spoken[i].by[0] = (uint8_t)draw(2);
    }
    s->links = w->links;
    s->links_count = (int32_t)draw(3);
    for (int32_t i = 0; i < s->links_count; i++) {
        w->links[i] = (consent__link){
            .since = instant(), .verified_at = maybe(), .ended_at = maybe(), .until = maybe()};
        w->links[i].guardian[0] = (uint8_t)i;
    }
    s->notices = w->notices;
    s->notices_count = (int32_t)draw(3);
    for (int32_t i = 0; i < s->notices_count; i++)
        w->notices[i] = (consent__notice){1 + (int64_t)draw(2), instant(), maybe()};
    s->restrictions = w->restrictions;
    s->restrictions_count = draw(8) == 0;
    w->restrictions[0] = (consent__restriction){NULL, 40, instant()};
    s->objections = w->objections;
    s->objections_count = draw(8) == 0;
    w->objections[0] = (consent__objection){1, 41, instant()};
}

static uint64_t blockers_at(const world *w, int64_t at, consent__verdict *v) {
    consent__query q = {
        .purpose = "u", .operation = CONSENT_OPERATION_DEFAULT, .at = at, .prefix = INT64_MAX};
    consent__decide(&w->catalog, &w->state, &q, v);
    return v->blockers;
}

static void test_horizon_nothing_changes_within_it(void **state) {
    static world w;
    int allowed = 0, early = 0, late = 0;
    for (int round = 0; round < 40000; round++) {
        consent__verdict v, then;
        make_catalog(&w);
        make_state(&w);
        int64_t at = instant();
        uint64_t blockers = blockers_at(&w, at, &v);
        allowed += v.allow;
        if (!v.version)
            continue;
        consent__span span = consent__horizon(&w.catalog, &w.state, v.version, v.purpose, at);
        int64_t from = span.from, until = span.until;
        assert_true(until > at && until <= at + CONSENT__HORIZON_MOST);
        assert_true(from <= at && from >= at - CONSENT__HORIZON_MOST);
        early += until < at + CONSENT__HORIZON_MOST;
        late += from > at - CONSENT__HORIZON_MOST;
        assert_int_equal(blockers_at(&w, from, &then), blockers);
        assert_int_equal(blockers_at(&w, until - 1, &then), blockers);
        for (int i = 0; i < 8; i++)
            assert_int_equal(blockers_at(&w, from + (int64_t)draw((uint64_t)(until - from)), &then),
                             blockers);
    }
    assert_true(allowed > 500 && early > 10000 && late > 10000); /* the draw is worth something */
}

static void assert_span(const world *w, const consent__version *version, int64_t at, int64_t from,
                        int64_t until) {
    consent__span span = consent__horizon(&w->catalog, &w->state, version, 0, at);
    assert_int_equal(span.at, at);
    assert_int_equal(span.from, from);
    assert_int_equal(span.until, until);
}

/* Each kind of instant alone ends the time of an answer. */
static void test_horizon_stops_at_the_first_instant(void **state) {
    static world w;
    int64_t at = NOW + 10 * CONSENT__HORIZON_MOST; /* behind every instant but those set here */
    consent__verdict v;
    memset(&w, 0, sizeof w);
    make_catalog(&w);
    w.catalog.stops_count = w.catalog.successors_count = 0;
    w.state = (consent__state){.born = 19900101, .spoken = w.spoken, .spoken_count = 1};
    w.spoken[0] = (consent__spoken){.point = 1, .decision = CONSENT_DECISION_GRANTED};
    (void)blockers_at(&w, at, &v);
    assert_span(&w, v.version, at, at - CONSENT__HORIZON_MOST, at + CONSENT__HORIZON_MOST);
    w.spoken[0].until = at + 5;
    assert_span(&w, v.version, at, at - CONSENT__HORIZON_MOST, at + 5);
    w.spoken[0].from = at + 4;
    assert_span(&w, v.version, at, at - CONSENT__HORIZON_MOST, at + 4);
    w.versions[1].in_force_from = at + 3;
    assert_span(&w, v.version, at, at - CONSENT__HORIZON_MOST, at + 3);
    w.spoken[0].at = at - 7;
    assert_span(&w, v.version, at, at - 7, at + 3);
    w.spoken[0].until = at; /* passed: no longer ahead */
    assert_span(&w, v.version, at, at, at + 3);
    w.purposes[0][0].precondition_count = w.purposes[1][0].precondition_count = 1;
    assert_span(&w, v.version, at, at, at);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_horizon_nothing_changes_within_it),
                                       cmocka_unit_test(test_horizon_stops_at_the_first_instant)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
