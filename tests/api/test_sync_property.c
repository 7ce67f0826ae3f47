/* SPDX-License-Identifier: Apache-2.0 */
/* One person, a backend and two devices. Versions are published at the backend and go to the
 * devices; the person decides anywhere; every decision's receipt goes to the other two, late, lost
 * and sent again, twice, in any order. At every moment each side answers as a model does from the
 * acts that it knows, sorted by when they were said; at the end all answer alike. So nothing that
 * was withdrawn later is ever revived, whatever the way.
 * CONSENT_PROPERTY_SEED repeats a run. */
#include "api_pair.h"

#define SIDES 3
#define BACKEND 0
#define ACTS 40
#define VERSIONS 4
#define RUNS 6
#define HOUR (3600 * SECOND)
#define POINTS 3

static const char *const purposes[POINTS] = {"mail", "ads", "deed"};
static const char *const names[SIDES] = {"ann", "ann-phone", "ann-tablet"};
/* Epoch of each point in each version: 2 widens mail, 3 only changes its words and narrows it, 4
 * widens it again. */
static const int epochs[VERSIONS][POINTS] = {{1, 1, 1}, {2, 1, 1}, {2, 1, 1}, {3, 1, 1}};

typedef struct act {
    int side, point, version;
    int32_t decision;
    int64_t at;
    char *receipt;
    bool known[SIDES];
} act;

typedef struct message { /* act >= 0: a receipt; else version -1 - act */
    int act, to;
} message;

typedef struct run {
    fixture *side[SIDES];
    char *key[SIDES];
    int64_t now, from[VERSIONS]; /* from: when each version comes into force */
    char *statement[VERSIONS];
    int published, has[SIDES]; /* versions */
    act acts[ACTS];
    int count;
    message queue[ACTS * SIDES * 8];
    int queued;
    int taken, repeated, late;
} run;

static uint64_t dice;

static unsigned below(unsigned n) {
    dice ^= dice << 13;
    dice ^= dice >> 7;
    dice ^= dice << 17;
    return (unsigned)((dice >> 20) % n);
}

/* ---- the model ---- */

/* Whether act i was said after act k: by time, at the same instant the one that says no. Acts of
 * one side are told apart by their numbers. */
static bool after(const run *r, int i, int k) {
    const act *a = &r->acts[i], *b = &r->acts[k];
    if (a->at != b->at)
        return a->at > b->at;
    if (a->side == b->side || a->decision == b->decision)
        return i > k;
    return a->decision > b->decision;
}

static int in_force(const run *r, int side) {
    int v = -1;
    for (int i = 0; i < r->has[side]; i++)
        if (r->from[i] <= r->now)
            v = i;
    return v;
}

/* Numbers of the last known acts at a point: -1 none. */
typedef struct lasts {
    int any, withdrawal, here, granted, refused; /* granted, refused: at an earlier epoch */
} lasts;

static void take_later(const run *r, int *slot, int i) {
    if (*slot < 0 || after(r, i, *slot))
        *slot = i;
}

static lasts look(const run *r, int side, int point, int epoch) {
    lasts l = {-1, -1, -1, -1, -1};
    int per_epoch[VERSIONS + 1] = {-1, -1, -1, -1, -1};
    for (int i = 0; i < r->count; i++) {
        const act *a = &r->acts[i];
        if (a->point != point || !a->known[side])
            continue;
        take_later(r, &l.any, i);
        if (a->decision == CONSENT_DECISION_WITHDRAWN)
            take_later(r, &l.withdrawal, i);
    }
    for (int i = 0; i < r->count; i++) {
        const act *a = &r->acts[i];
        if (a->point == point && a->known[side] && a->decision != CONSENT_DECISION_WITHDRAWN &&
            (l.withdrawal < 0 || after(r, i, l.withdrawal)))
            take_later(r, &per_epoch[epochs[a->version][point]], i);
    }
    for (int e = 1; e <= epoch; e++) {
        int i = per_epoch[e];
        if (i >= 0 && e == epoch)
            l.here = i;
        else if (i >= 0)
            take_later(r, r->acts[i].decision == CONSENT_DECISION_GRANTED ? &l.granted : &l.refused,
                       i);
    }
    return l;
}

static int32_t expected(const run *r, int side, int point) {
    int v = in_force(r, side);
    if (v < 0)
        return CONSENT_REASON_NO_POLICY_IN_FORCE;
    lasts l = look(r, side, point, epochs[v][point]);
    if (l.any >= 0 && l.any == l.withdrawal)
        return CONSENT_REASON_WITHDRAWN;
    if (l.here >= 0 && l.refused >= 0 && after(r, l.refused, l.here))
        return CONSENT_REASON_REFUSED;
    if (l.here >= 0)
        return r->acts[l.here].decision == CONSENT_DECISION_GRANTED ? CONSENT_REASON_CONSENTED
                                                                    : CONSENT_REASON_REFUSED;
    return l.granted >= 0 ? CONSENT_REASON_STALE_VERSION : CONSENT_REASON_NOT_ASKED;
}

static void compare(const run *r, const char *when) {
    for (int side = 0; side < SIDES; side++)
        for (int point = 0; point < POINTS; point++) {
            int32_t want = expected(r, side, point);
            int32_t have = api_reason(r->side[side], names[side], purposes[point], NULL);
            if (have != want)
                fail_msg("%s, after %d acts: %s on side %d: %s, the model says %s", when, r->count,
                         purposes[point], side, consent_reason_name(have),
                         consent_reason_name(want));
        }
}

/* ---- the world ---- */

static void at(run *r, int64_t now) {
    r->now = now;
    for (int i = 0; i < SIDES; i++)
        r->side[i]->now = now;
}

static void send(run *r, int what, int to) {
    assert_true(r->queued < (int)(sizeof r->queue / sizeof r->queue[0]));
    r->queue[r->queued++] = (message){what, to};
}

static void publish(run *r) {
    static const variant versions[VERSIONS] = {
        {0},
        {.version = "2", .effective = "2024-06-03T00:00:00Z", .mail_items = "\"name\",\"street\""},
        {.version = "3", .effective = "2024-06-05T00:00:00Z", .text = "Letters, and more of them."},
        {.version = "4",
         .effective = "2024-06-07T00:00:00Z",
         .mail_items = "\"name\",\"street\"",
         .text = "Letters, and more of them."}};
    static const int64_t effective[VERSIONS] = {0, T0 + 2 * DAY, T0 + 4 * DAY, T0 + 6 * DAY};
    int v = r->published++;
    api_publish(r->side[BACKEND], versions[v]);
    r->from[v] = effective[v] > r->now ? effective[v] : r->now;
    r->statement[v] =
        pair_export(r->side[BACKEND], versions[v].version ? versions[v].version : "1");
    r->has[BACKEND] = r->published;
    for (int to = 1; to < SIDES; to++)
        send(r, -1 - v, to);
}

static void decide(run *r) {
    int side = (int)below(SIDES), point = (int)below(POINTS), v = in_force(r, side);
    if (v < 0)
        return;
    act *a = &r->acts[r->count];
    *a = (act){.side = side, .point = point, .version = v, .at = r->now};
    a->decision = (int32_t)(1 + below(3));
    consent_act *said = consent_act_new(names[side], a->decision, purposes[point]);
    consent_act_set_class(said, point == 0   ? CONSENT_CLASS_GENERAL
                                : point == 1 ? CONSENT_CLASS_SEPARATE
                                             : CONSENT_CLASS_WRITTEN);
    if (point == 2)
        consent_act_set_document(
            said, "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
    a->receipt = pair_receipt(r->side[side], api_say(r->side[side], said, CONSENT_OK));
    a->known[side] = true;
    r->count++;
    for (int to = 0; to < SIDES; to++)
        if (to != side)
            send(r, r->count - 1, to);
}

static void receive_version(run *r, int v, int to) {
    consent_status want = v < r->has[to]    ? CONSENT_DONE
                          : v == r->has[to] ? CONSENT_OK
                                            : CONSENT_E_STATE; /* one is missing before it */
    assert_int_equal(pair_import(r->side[to], r->statement[v], r->key[BACKEND]), want);
    if (want == CONSENT_OK)
        r->has[to]++;
    if (want == CONSENT_E_STATE)
        send(r, -1 - v, to); /* not confirmed: it is sent again */
}

static void receive_act(run *r, int i, int to) {
    act *a = &r->acts[i];
    bool stands = false;
    consent_status want = a->known[to]              ? CONSENT_DONE
                          : a->version < r->has[to] ? CONSENT_OK
                                                    : CONSENT_E_NOT_FOUND; /* version unknown */
    assert_int_equal(pair_take(r->side[to], a->receipt, r->key[a->side], names[to], &stands), want);
    r->taken += want == CONSENT_OK;
    r->repeated += want == CONSENT_DONE;
    r->late += want == CONSENT_OK && !stands;
    if (want == CONSENT_OK)
        a->known[to] = true;
    if (want == CONSENT_E_NOT_FOUND)
        send(r, i, to);
}

/* Any message that is under way; one in four is lost and sent again later, one in six comes twice.
 */
static void deliver(run *r, bool calm) {
    if (!r->queued)
        return;
    int n = (int)below((unsigned)r->queued);
    message m = r->queue[n];
    r->queue[n] = r->queue[--r->queued];
    if (!calm && below(4) == 0) {
        send(r, m.act, m.to);
        return;
    }
    if (!calm && below(6) == 0)
        send(r, m.act, m.to);
    if (m.act < 0)
        receive_version(r, -1 - m.act, m.to);
    else
        receive_act(r, m.act, m.to);
}

static void run_new(run *r) {
    memset(r, 0, sizeof *r);
    for (int i = 0; i < SIDES; i++) {
        assert_int_equal(api_setup((void **)&r->side[i]), 0);
        r->key[i] = pair_key(r->side[i]);
        assert_int_equal(consent_subject_add(r->side[i]->store, names[i], "1990-05-17", NULL),
                         CONSENT_OK);
    }
    at(r, T0);
    publish(r);
}

static void run_free(run *r) {
    for (int i = 0; i < SIDES; i++) {
        void *end = r->side[i];
        free(r->key[i]);
        assert_int_equal(api_teardown(&end), 0);
    }
    for (int i = 0; i < r->count; i++)
        free(r->acts[i].receipt);
    for (int v = 0; v < r->published; v++)
        free(r->statement[v]);
}

static void days(run *r) {
    bool tied = true;
    while (r->count < ACTS) {
        /* Two acts at one instant now and then, never three. */
        int last = r->count ? r->acts[r->count - 1].side : -1, before = r->count;
        if (tied || below(5)) {
            at(r, r->now + 1 + (int64_t)below(9) * HOUR);
            tied = false;
        } else {
            tied = true;
        }
        if (r->published < VERSIONS && r->count > 10 * r->published)
            publish(r);
        decide(r);
        if (tied && r->count > before && r->acts[before].side == last)
            at(r, r->now + 1);
        for (unsigned k = below(6); k > 0; k--)
            deliver(r, false);
        compare(r, "under way");
    }
}

static void test_sync_all_sides_agree_in_the_end(void **state) {
    static run r;
    const char *seed = getenv("CONSENT_PROPERTY_SEED");
    int taken = 0, repeated = 0, late = 0, runs = seed ? 1 : RUNS;
    (void)state;
    for (int n = 0; n < runs; n++) {
        dice = seed ? strtoull(seed, NULL, 0) : UINT64_C(0x9e3779b97f4a7c15) * (uint64_t)(n + 11);
        print_message("seed 0x%llx\n", (unsigned long long)dice);
        run_new(&r);
        days(&r);
        while (r.queued)
            deliver(&r, true);
        at(&r, r.now + 5 * DAY);
        compare(&r, "in the end");
        for (int point = 0; point < POINTS; point++) {
            int32_t first = api_reason(r.side[0], names[0], purposes[point], NULL);
            for (int i = 1; i < SIDES; i++)
                assert_int_equal(api_reason(r.side[i], names[i], purposes[point], NULL), first);
        }
        for (int i = 0; i < SIDES; i++)
            pair_sound(r.side[i]);
        taken += r.taken;
        repeated += r.repeated;
        late += r.late;
        run_free(&r);
    }
    print_message("%d receipts taken in, %d of them as evidence only, %d repeated\n", taken, late,
                  repeated);
    assert_int_equal(taken, runs * ACTS * (SIDES - 1));
    assert_true(late > runs && repeated > runs); /* else the test tests little */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sync_all_sides_agree_in_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
