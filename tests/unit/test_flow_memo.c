/* SPDX-License-Identifier: Apache-2.0 */
/* The usual check from memory, which knows the time by the second: it answers only what holds for
 * the whole of that second, at a token and a stamp that still stand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "flow/cache.h"
#include "util/date.h"

#define S CONSENT__SECOND
#define BUCKET 77

typedef struct fixture {
    uint64_t words[8];
    consent__cache *cache;
    consent__memo memo;
} fixture;

static int set_up(void **state) {
    static fixture f;
    f = (fixture){.words = {1, 2, 3, 4, 5, 6, 7, 8}};
    consent__pulse pulse = {f.words, sizeof f.words};
    f.cache = consent__cache_new(&consent__env_default, 0);
    assert_non_null(f.cache);
    consent__cache_watch(f.cache, &pulse);
    atomic_store(&f.cache->synced, consent__pulse_token(f.words));
    atomic_store(&f.memo.turn, 2);
    atomic_store(&f.memo.group, 1);
    atomic_store(&f.memo.stamp, consent__cache_stamp(f.cache, BUCKET));
    atomic_store(&f.memo.from, 10 * S);
    atomic_store(&f.memo.until, 20 * S);
    atomic_store(&f.memo.known, 6);
    atomic_store(&f.memo.allowed, 2);
    *state = &f;
    return 0;
}

static int tear_down(void **state) {
    consent__cache_free(((fixture *)*state)->cache);
    return 0;
}

static int ask(const fixture *f, int32_t number, int64_t second) {
    return consent__memo_usual(f->cache, &f->memo, BUCKET, number, second);
}

static void test_memo_answers_what_it_knows(void **state) {
    const fixture *f = *state;
    if (!f->cache->watched)
        skip(); /* no cheap seconds here: the exact way is the only one */
    assert_int_equal(ask(f, 65, 12 * S), 1);
    assert_int_equal(ask(f, 66, 12 * S), 0);
    assert_int_equal(ask(f, 64, 12 * S), -1); /* not known */
    assert_int_equal(ask(f, 1, 12 * S), -1);  /* of other purposes */
    assert_int_equal(ask(f, 129, 12 * S), -1);
    assert_int_equal(ask(f, -1, 12 * S), -1);
    assert_int_equal(ask(f, INT32_MIN, 12 * S), -1);
}

static void test_memo_holds_for_the_whole_second(void **state) {
    fixture *f = *state;
    if (!f->cache->watched)
        skip();
    assert_int_equal(ask(f, 65, 10 * S), 1);
    assert_int_equal(ask(f, 65, 9 * S), -1);
    assert_int_equal(ask(f, 65, 19 * S), 1);
    assert_int_equal(ask(f, 65, 20 * S), -1);
    atomic_store(&f->memo.until, 20 * S - 1); /* ends within the second */
    assert_int_equal(ask(f, 65, 19 * S), -1);
    assert_int_equal(ask(f, 65, 18 * S), 1);
    atomic_store(&f->memo.from, 10 * S + 1);
    assert_int_equal(ask(f, 65, 10 * S), -1);
    atomic_store(&f->cache->head_at, 10 * S + 1); /* no event is later than now */
    assert_int_equal(ask(f, 65, 10 * S), 1);
    assert_int_equal(ask(f, 65, 3 * S), 1);
    atomic_store(&f->cache->head_at, 20 * S);
    assert_int_equal(ask(f, 65, 12 * S), -1);
}

static void test_memo_falls_with_its_token_and_stamp(void **state) {
    fixture *f = *state;
    if (!f->cache->watched)
        skip();
    static const int watched[] = {1, 3, 5};
    for (size_t i = 0; i < sizeof watched / sizeof watched[0]; i++) {
        f->words[watched[i]] ^= UINT64_C(1) << 40;
        assert_int_equal(ask(f, 65, 12 * S), -1);
        f->words[watched[i]] ^= UINT64_C(1) << 40;
        assert_int_equal(ask(f, 65, 12 * S), 1);
    }
    atomic_store(&f->memo.turn, 3); /* somebody is writing */
    assert_int_equal(ask(f, 65, 12 * S), -1);
    atomic_store(&f->memo.turn, 4);
    assert_int_equal(ask(f, 65, 12 * S), 1);
    atomic_fetch_add(&f->cache->version[BUCKET], 1);
    assert_int_equal(ask(f, 65, 12 * S), -1);
    atomic_fetch_sub(&f->cache->version[BUCKET], 1);
    assert_int_equal(ask(f, 65, 12 * S), 1);
    consent__cache_off(f->cache); /* closed */
    assert_int_equal(ask(f, 65, 12 * S), -1);
}

/* A clock of the host's is asked each time. */
static int64_t own_clock(void *user) {
    (void)user;
    return 12 * S;
}

static void test_memo_usual_only_by_the_system_clock(void **state) {
    fixture *f = *state;
    consent__env env = consent__env_default;
    env.clock = own_clock;
    consent__cache *c = consent__cache_new(&env, 0);
    consent__pulse pulse = {f->words, sizeof f->words};
    assert_non_null(c);
    consent__cache_watch(c, &pulse);
    atomic_store(&c->synced, consent__pulse_token(f->words));
    assert_int_equal(consent__memo_usual(c, &f->memo, BUCKET, 65, 12 * S), -1);
    assert_int_equal(consent__memo_answer(c, &f->memo, BUCKET, 65), 1);
    assert_int_equal(consent__memo_answer(c, &f->memo, BUCKET, -1), -1);
    consent__cache_free(c);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_memo_answers_what_it_knows),
        TEST(test_memo_holds_for_the_whole_second),
        TEST(test_memo_falls_with_its_token_and_stamp),
        TEST(test_memo_usual_only_by_the_system_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
