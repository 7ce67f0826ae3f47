/* SPDX-License-Identifier: Apache-2.0 */
/* Erased means gone: what could open or find a person is in no file any more, and the ledger is
 * whole. CONSENT_ERASE_PEOPLE and CONSENT_ERASE_COUNT set the size of the large run (default 2000
 * and 200). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "flow/erase.h"
#include "people.h"
#include "traces.h"
#include "util/text.h"

#define STRIDA "strida-fitness/1.0", "strida-fitness", "1.0"

static void must(consent_status st, consent_error *err, int line) {
    if (st < 0) {
        print_message("line %d: %s\n", line, err ? consent_error_message(err) : "no message");
        fail();
    }
}

/* ---- noting what must go ---- */

static consent_status note_event(const consent__cx *cx, void *user, const consent__event_row *row) {
    (void)cx;
    traces_note(user, TRACE_NONCE, row->box, 24);
    traces_note(user, TRACE_BOX, row->box, row->box_len);
    return CONSENT_OK;
}

/* The number of the state's row: the first 28 bits of the look-up, and slot 0. */
static void note_number(traces *t, const uint8_t lookup[16]) {
    uint64_t prefix = 0;
    for (int i = 0; i < 4; i++)
        prefix = prefix << 8 | lookup[i];
    traces_note_number(t, (int64_t)(prefix >> 4 << 7));
}

static void note_person(people *p, const char *subject, traces *t) {
    consent_error *err = NULL;
    consent__cx cx = {&p->store->env, &err, "test"};
    consent__view v;
    consent__subject_row row;
    uint8_t lookup[16];
    must(consent__view_open(&cx, p->store, &v), err, __LINE__);
    consent__lookup(p->store->keys, subject, strlen(subject), lookup);
    must(p->store->engine->subject_get(&cx, v.tx, lookup, &row), err, __LINE__);
    traces_note(t, TRACE_SALT, row.salt, 16);
    traces_note(t, TRACE_LOOKUP, row.lookup, 16);
    note_number(t, row.lookup);
    traces_note(t, TRACE_NONCE, row.box, 24);
    traces_note(t, TRACE_BOX, row.box, row.box_len);
    must(p->store->engine->event_scan(&cx, v.tx, 0, INT64_MAX, row.subject, true, note_event, t),
         err, __LINE__);
    consent__view_close(&v);
}

/* ---- erasing ---- */

typedef struct erasing {
    int from, to, step;
    bool scrub;
    consent__erased *out;
} erasing;

static consent_status erase_work(const consent__cx *cx, consent__work *w, void *user) {
    const erasing *in = user;
    consent_status st = CONSENT_OK;
    for (int i = in->from; st == CONSENT_OK && i < in->to; i += in->step) {
        char name[32];
        consent__subject s;
        snprintf(name, sizeof name, "person-%d", i);
        st = consent__subject_need(cx, w->store, w->tx, name, &w->scratch->arena, &s);
        if (st == CONSENT_OK)
            st = consent__erase_subject(cx, w, &s, in->scrub, in->out);
    }
    return st;
}

static void erase(people *p, int from, int to, int step, bool scrub, consent__erased *out) {
    consent_error *err = NULL;
    consent__cx cx = {&p->store->env, &err, "test"};
    consent__erased ignored;
    consent__erased_init(&ignored, cx.env);
    erasing in = {from, to, step, scrub, out ? out : &ignored};
    must(consent__write(&cx, p->store, erase_work, &in), err, __LINE__);
    consent__erased_free(&ignored);
}

static int64_t owed(people *p) {
    consent_error *err = NULL;
    consent__cx cx = {&p->store->env, &err, "test"};
    consent__view v;
    must(consent__view_open(&cx, p->store, &v), err, __LINE__);
    int64_t n = v.head.owed;
    consent__view_close(&v);
    return n;
}

/* A cell that SQLite moved leaves a copy behind, so that only salts, which never move, are surely
 * gone before the file is rewritten (docs/erasure.md). Old pages of the log would hold the salts
 * too. */
static void expect_salts_gone(people *p, traces *t) {
    (void)traces_search(t, p->folder);
    assert_int_equal(t->found[TRACE_SALT], 0);
}

static void expect_gone(people *p, traces *t) {
    expect_salts_gone(p, t);
    assert_int_equal(t->found[TRACE_LOOKUP], 0);
    assert_int_equal(t->found[TRACE_NUMBER], 0);
    assert_int_equal(t->found[TRACE_NONCE], 0);
    assert_int_equal(t->found[TRACE_BOX], 0);
}

/* Erases person n with the file rewritten; what earlier erasures left goes with it. */
static void expect_gone_after_scrub(people *p, traces *t, int n) {
    erase(p, n, n + 1, 1, true, NULL);
    assert_int_equal(owed(p), 0);
    expect_gone(p, t);
}

/* ---- one person ---- */

static void test_erase_leaves_no_trace_and_a_whole_ledger(void **state) {
    (void)state;
    people p;
    traces t;
    consent__erased e;
    people_new(&p, STRIDA);
    consent__erased_init(&e, &consent__env_default);
    people_add(&p, 0, 40, 5);
    traces_init(&t, 1 << 16);
    note_person(&p, "person-7", &t);
    assert_int_equal(t.noted[TRACE_SALT], 1);
    assert_true(traces_search(&t, p.folder) > 1000); /* the search finds what is there */
    assert_true(t.found[TRACE_SALT] && t.found[TRACE_LOOKUP] && t.found[TRACE_BOX]);
    int64_t stubs = people_verify(&p);
    erase(&p, 7, 8, 1, false, &e);
    assert_int_equal(e.events, 6);
    assert_int_equal(e.seqs.len, 6 * 8);
    assert_int_equal(owed(&p), 0);
    expect_salts_gone(&p, &t);
    assert_int_equal(people_verify(&p), stubs + 6);
    people_close(&p);
    expect_salts_gone(&p, &t);
    people_open(&p);
    assert_int_equal(people_verify(&p), stubs + 6);
    expect_gone_after_scrub(&p, &t, 8);
    traces_free(&t);
    consent__erased_free(&e);
    people_free(&p);
}

static void test_erase_event_names_uid_count_and_digest(void **state) {
    (void)state;
    people p;
    consent__erased e;
    uint8_t uid[16], digest[32];
    char hex[65], uid_hex[33], want[256];
    people_new(&p, STRIDA);
    consent__erased_init(&e, &consent__env_default);
    people_add(&p, 0, 3, 2);
    people_uid(&p, "person-1", uid);
    erase(&p, 1, 2, 1, false, &e);
    assert_memory_equal(e.uid, uid, 16);
    consent__sha256_two(e.nonce, 32, e.seqs.data, e.seqs.len, digest);
    consent__hex(digest, 32, hex);
    consent__hex(uid, 16, uid_hex);
    consent_error *err = NULL;
    consent__cx cx = {&p.store->env, &err, "test"};
    consent__view v;
    consent__event_row row;
    must(consent__view_open(&cx, p.store, &v), err, __LINE__);
    must(p.store->engine->event_get(&cx, v.tx, e.seq, &row), err, __LINE__);
    assert_string_equal(row.kind, "subject.erased");
    assert_int_equal(row.subject, 0);
    snprintf(want, sizeof want,
             "{\"clock\":%lld,\"count\":3,\"sha256\":\"%s\",\"uid\":\"%s\",\"v\":1}",
             (long long)p.clock, hex, uid_hex);
    assert_int_equal(row.box_len, 32 + strlen(want));
    assert_memory_equal(row.box + 32, want, strlen(want));
    consent__view_close(&v);
    consent__erased_free(&e);
    people_free(&p);
}

/* ---- nothing comes back ---- */

static void test_erase_then_acts_are_refused_and_a_new_registration_knows_nothing(void **state) {
    (void)state;
    people p;
    consent_rows *rows = NULL;
    uint8_t before[16], after[16];
    people_new(&p, STRIDA);
    people_add(&p, 0, 3, 2);
    people_uid(&p, "person-1", before);
    erase(&p, 1, 2, 1, false, NULL);
    assert_int_equal(consent_grant(p.store, "person-1", "diary", NULL, NULL), CONSENT_E_NOT_FOUND);
    assert_int_equal(consent_subject_set_born(p.store, "person-1", "1999-01-01", NULL),
                     CONSENT_E_NOT_FOUND);
    assert_int_equal(consent_history(p.store, "person-1", &rows, NULL), CONSENT_E_NOT_FOUND);
    assert_int_equal(consent_subject_add(p.store, "person-1", "1999-01-01", NULL), CONSENT_OK);
    people_uid(&p, "person-1", after);
    assert_memory_not_equal(before, after, 16);
    assert_int_equal(consent_history(p.store, "person-1", &rows, NULL), CONSENT_OK);
    assert_int_equal(consent_rows_count(rows), 1);
    consent_rows_free(rows);
    (void)people_verify(&p);
    people_free(&p);
}

/* ---- guardian and child ---- */

static void link_people(people *p, const char *child, const char *guardian) {
    uint8_t child_uid[16], guardian_uid[16];
    char leaf[65];
    people_uid(p, child, child_uid);
    people_uid(p, guardian, guardian_uid);
    consent__event linked = {.kind = EV_GUARDIAN_LINKED}, attested = {.kind = EV_GUARDIAN_ATTESTED};
    consent__event_set_uid(&linked, F_guardian, guardian_uid);
    CONSENT__SET_TEXT(&linked, evidence, "signed-form");
    people_event(p, child, &linked);
    memset(leaf, 'a', 64);
    leaf[64] = '\0';
    consent__event_set_uid(&attested, F_child, child_uid);
    CONSENT__SET_TEXT(&attested, leaf, leaf);
    CONSENT__SET(&attested, event, linked.seq);
    people_event(p, guardian, &attested);
}

static size_t count_kind(people *p, const char *subject, const char *kind) {
    consent_rows *rows = NULL;
    size_t n = 0;
    assert_int_equal(consent_history(p->store, subject, &rows, NULL), CONSENT_OK);
    for (size_t i = 0; i < consent_rows_count(rows); i++)
        n += strcmp(consent_rows_text(rows, i, "kind"), kind) == 0;
    consent_rows_free(rows);
    return n;
}

static void test_erase_guardian_ends_the_link_on_the_child(void **state) {
    (void)state;
    people p;
    people_new(&p, STRIDA);
    people_add(&p, 0, 4, 1);
    link_people(&p, "person-0", "person-1");
    link_people(&p, "person-2", "person-1");
    link_people(&p, "person-2", "person-3");
    erase(&p, 1, 2, 1, false, NULL);
    assert_int_equal(count_kind(&p, "person-0", "guardian.ended"), 1);
    assert_int_equal(count_kind(&p, "person-2", "guardian.ended"), 1); /* the other one stays */
    assert_int_equal(count_kind(&p, "person-0", "guardian.linked"), 1);
    (void)people_verify(&p);
    people_free(&p);
}

static void test_erase_child_leaves_the_attestation(void **state) {
    (void)state;
    people p;
    people_new(&p, STRIDA);
    people_add(&p, 0, 2, 1);
    link_people(&p, "person-0", "person-1");
    erase(&p, 0, 1, 1, false, NULL);
    assert_int_equal(count_kind(&p, "person-1", "guardian.attested"), 1);
    erase(&p, 1, 2, 1, false, NULL); /* and its guardian can be erased afterwards */
    (void)people_verify(&p);
    people_free(&p);
}

/* ---- readers ---- */

static void test_erase_waits_for_a_reader_as_pending(void **state) {
    (void)state;
    people p;
    traces t;
    consent_error *err = NULL;
    people_new(&p, STRIDA);
    people_add(&p, 0, 40, 5);
    traces_init(&t, 1 << 16);
    note_person(&p, "person-7", &t);
    consent__cx cx = {&p.store->env, &err, "test"};
    consent__view v;
    must(consent__view_open(&cx, p.store, &v), err, __LINE__);
    erase(&p, 7, 8, 1, false, NULL);
    assert_true(owed(&p) > 0);
    assert_true(traces_search(&t, p.folder) > 0); /* the reader still needs the old pages */
    consent__view_close(&v);
    assert_true(owed(&p) > 0);
    people_add(&p, 40, 41, 0); /* the next commit pays */
    assert_int_equal(owed(&p), 0);
    expect_salts_gone(&p, &t);
    expect_gone_after_scrub(&p, &t, 8);
    traces_free(&t);
    people_free(&p);
}

static void test_erase_pending_at_the_end_is_paid_at_open(void **state) {
    (void)state;
    people p;
    traces t;
    consent_error *err = NULL;
    people_new(&p, STRIDA);
    people_add(&p, 0, 40, 5);
    traces_init(&t, 1 << 16);
    note_person(&p, "person-7", &t);
    people_close(&p);
    pid_t child = fork();
    if (child == 0) {
        /* An own process, killed with its reader open. */
        people_open(&p);
        consent__cx cx = {&p.store->env, &err, "test"};
        consent__view v;
        if (consent__view_open(&cx, p.store, &v) != CONSENT_OK)
            _exit(1);
        erase(&p, 7, 8, 1, false, NULL);
        kill(getpid(), SIGKILL);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_true(traces_search(&t, p.folder) > 0);
    people_open(&p);
    assert_int_equal(owed(&p), 0);
    expect_salts_gone(&p, &t);
    expect_gone_after_scrub(&p, &t, 8);
    (void)people_verify(&p);
    traces_free(&t);
    people_free(&p);
}

/* ---- killed at any point ---- */

static int64_t left(people *p) {
    consent_rows *rows = NULL;
    assert_int_equal(consent_subject_list(p->store, 0, 0, &rows, NULL), CONSENT_OK);
    int64_t n = (int64_t)consent_rows_count(rows);
    consent_rows_free(rows);
    return n;
}

static void test_erase_killed_at_any_point_is_whole_or_undone(void **state) {
    (void)state;
    enum { PEOPLE = 300 };
    people p;
    traces t;
    people_new(&p, STRIDA);
    people_add(&p, 0, PEOPLE, 4);
    traces_init(&t, 1 << 20);
    for (int i = 0; i < PEOPLE; i++) {
        char name[32];
        snprintf(name, sizeof name, "person-%d", i);
        note_person(&p, name, &t);
    }
    int64_t last = PEOPLE;
    people_close(&p);
    srand(7);
    for (int round = 0; round < 25; round++) {
        pid_t child = fork();
        if (child == 0) {
            people_open(&p);
            for (int i = (int)(PEOPLE - last); i < PEOPLE; i++)
                erase(&p, i, i + 1, 1, i % 5 == 0, NULL);
            _exit(0);
        }
        struct timespec pause = {0, 1000000L * (5 + rand() % 60)};
        nanosleep(&pause, NULL);
        kill(child, SIGKILL);
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        people_open(&p);
        int64_t now = left(&p);
        assert_true(now <= last);
        assert_int_equal(owed(&p), 0);
        assert_int_equal(people_verify(&p), (PEOPLE - now) * 5);
        last = now;
        people_close(&p);
    }
    people_open(&p);
    print_message("killed 25 times, %d of %d erased\n", (int)(PEOPLE - last), PEOPLE);
    erase(&p, (int)(PEOPLE - last), PEOPLE, 1, true, NULL);
    assert_int_equal(left(&p), 0);
    expect_gone(&p, &t);
    traces_free(&t);
    people_free(&p);
}

/* ---- many ---- */

static int setting(const char *name, int otherwise) {
    const char *text = getenv(name);
    return text && atoi(text) > 0 ? atoi(text) : otherwise;
}

static void test_erase_many_among_more(void **state) {
    (void)state;
    int all = setting("CONSENT_ERASE_PEOPLE", 2000), some = setting("CONSENT_ERASE_COUNT", 200);
    int step = all / some;
    people p;
    traces t;
    people_new(&p, STRIDA);
    people_add(&p, 0, all, 4);
    traces_init(&t, (size_t)some * 2600);
    for (int i = 0; i < some; i++) {
        char name[32];
        snprintf(name, sizeof name, "person-%d", i * step);
        note_person(&p, name, &t);
    }
    (void)traces_search(&t, p.folder);
    assert_true(t.found[TRACE_NUMBER] >
                t.noted[TRACE_NUMBER]); /* in the index; some are dividers */
    for (int i = 0; i < some; i += 50)
        erase(&p, i * step, (i + 50 < some ? i + 50 : some) * step, step, false, NULL);
    assert_int_equal(owed(&p), 0);
    assert_int_equal(people_verify(&p), some * 5);
    expect_salts_gone(&p, &t);
    print_message(
        "without --scrub: %llu of %llu runs of look-ups, %llu of %llu numbers of states, %llu of "
        "%llu of nonces, %llu of %llu of boxes are left\n",
        (unsigned long long)t.found[TRACE_LOOKUP], (unsigned long long)t.noted[TRACE_LOOKUP],
        (unsigned long long)t.found[TRACE_NUMBER], (unsigned long long)t.noted[TRACE_NUMBER],
        (unsigned long long)t.found[TRACE_NONCE], (unsigned long long)t.noted[TRACE_NONCE],
        (unsigned long long)t.found[TRACE_BOX], (unsigned long long)t.noted[TRACE_BOX]);
    /* Left in inner pages alone; without erase_state_widen it would be one in thirteen. */
    assert_true(t.found[TRACE_NUMBER] <= (uint64_t)some / 40);
    char name[32];
    snprintf(name, sizeof name, "person-%d", 1);
    assert_int_equal(consent_subject_add(p.store, name, "1990-05-17", NULL), CONSENT_DONE);
    erase(&p, 1, 2, 1, true, NULL);
    assert_int_equal(owed(&p), 0);
    expect_gone(&p, &t);
    (void)people_verify(&p);
    traces_free(&t);
    people_free(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_erase_leaves_no_trace_and_a_whole_ledger),
        cmocka_unit_test(test_erase_event_names_uid_count_and_digest),
        cmocka_unit_test(test_erase_then_acts_are_refused_and_a_new_registration_knows_nothing),
        cmocka_unit_test(test_erase_guardian_ends_the_link_on_the_child),
        cmocka_unit_test(test_erase_child_leaves_the_attestation),
        cmocka_unit_test(test_erase_waits_for_a_reader_as_pending),
        cmocka_unit_test(test_erase_pending_at_the_end_is_paid_at_open),
        cmocka_unit_test(test_erase_killed_at_any_point_is_whole_or_undone),
        cmocka_unit_test(test_erase_many_among_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
