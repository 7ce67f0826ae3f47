/* SPDX-License-Identifier: Apache-2.0 */
/* Buffers and arenas. */
#include "foundation.h"

#include "util/arena.h"
#include "util/buf.h"

static void test_buf_appends_in_order(void **state) {
    foundation f;
    consent__buf b;
    (void)state;
    foundation_init(&f);
    consent__buf_init(&b, &f.env);
    assert_string_equal(consent__buf_cstr(&b), "");
    assert_int_equal(b.len, 0);
    consent__buf_text(&b, "one ");
    consent__buf_put(&b, "two ", 4);
    consent__buf_put(&b, NULL, 0);
    consent__buf_byte(&b, '3');
    consent__buf_format(&b, " %d %s", 4, "five");
    assert_string_equal(consent__buf_cstr(&b), "one two 3 4 five");
    assert_int_equal(b.len, 16);
    consent__buf_reset(&b);
    assert_int_equal(b.len, 0);
    assert_non_null(b.data);
    consent__buf_free(&b);
    assert_null(b.data);
    foundation_done(&f);
}

static void test_buf_grows_to_any_size(void **state) {
    foundation f;
    consent__buf b;
    size_t i;
    (void)state;
    foundation_init(&f);
    consent__buf_init(&b, &f.env);
    for (i = 0; i < 100000; i++)
        consent__buf_byte(&b, (uint8_t)(i * 31));
    for (i = 0; i < 100000; i++)
        if (b.data[i] != (uint8_t)(i * 31))
            fail_msg("%zu", i);
    assert_non_null(consent__buf_extend(&b, 1000000));
    assert_int_equal(b.len, 1100000);
    consent__buf_wipe_free(&b);
    foundation_done(&f);
}

static void test_buf_extend_of_nothing_is_no_failure(void **state) {
    foundation f;
    consent__buf b;
    (void)state;
    foundation_init(&f);
    consent__buf_init(&b, &f.env);
    assert_non_null(consent__buf_extend(&b, 0));
    assert_int_equal(b.len, 0);
    consent__buf_free(&b);
    foundation_done(&f);
}

static void test_buf_failure_sticks_until_reset(void **state) {
    foundation f;
    consent__buf b;
    (void)state;
    foundation_init(&f);
    consent__buf_init(&b, &f.env);
    f.until_fail = 0;
    consent__buf_byte(&b, 'a');
    assert_true(b.failed);
    f.until_fail = -1;
    consent__buf_text(&b, "b");
    consent__buf_format(&b, "%d", 1);
    assert_null(consent__buf_extend(&b, 1));
    assert_null(consent__buf_cstr(&b));
    assert_int_equal(b.len, 0);
    consent__buf_reset(&b);
    consent__buf_text(&b, "c");
    assert_string_equal(consent__buf_cstr(&b), "c");
    consent__buf_free(&b);
    foundation_done(&f);
}

static void test_buf_keeps_its_bytes_when_growth_fails(void **state) {
    foundation f;
    consent__buf b;
    (void)state;
    foundation_init(&f);
    consent__buf_init(&b, &f.env);
    consent__buf_text(&b, "kept");
    f.until_fail = 0;
    assert_null(consent__buf_extend(&b, 1000));
    assert_true(b.failed);
    assert_memory_equal(b.data, "kept", 4);
    consent__buf_free(&b);
    foundation_done(&f);
}

static void test_buf_refuses_a_size_that_overflows(void **state) {
    foundation f;
    consent__buf b;
    (void)state;
    foundation_init(&f);
    consent__buf_init(&b, &f.env);
    consent__buf_byte(&b, 1);
    assert_null(consent__buf_extend(&b, SIZE_MAX));
    assert_true(b.failed);
    assert_int_equal(b.len, 1);
    consent__buf_free(&b);
    foundation_done(&f);
}

static void test_buf_varint_reads_back(void **state) {
    foundation f;
    consent__buf b;
    unsigned shift;
    (void)state;
    foundation_init(&f);
    consent__buf_init(&b, &f.env);
    for (shift = 0; shift < 64; shift++) {
        uint64_t values[] = {UINT64_C(1) << shift, (UINT64_C(1) << shift) - 1, UINT64_MAX >> shift};
        size_t i;
        for (i = 0; i < 3; i++) {
            const uint8_t *p;
            uint64_t got = 0;
            consent__buf_reset(&b);
            consent__buf_varint(&b, values[i]);
            p = b.data;
            assert_true(consent__get_varint(&p, b.data + b.len, &got));
            assert_true(got == values[i] && p == b.data + b.len);
        }
    }
    consent__buf_free(&b);
    foundation_done(&f);
}

/* ---- arenas ---- */

static void test_arena_gives_zeroed_aligned_memory_that_stays(void **state) {
    foundation f;
    consent__arena a;
    uint8_t *kept[200];
    size_t i, j;
    (void)state;
    foundation_init(&f);
    consent__arena_init(&a, &f.env);
    for (i = 0; i < 200; i++) {
        kept[i] = consent__arena_get(&a, i);
        assert_non_null(kept[i]);
        assert_int_equal((uintptr_t)kept[i] % 16, 0);
        for (j = 0; j < i; j++)
            assert_int_equal(kept[i][j], 0);
        memset(kept[i], (int)i, i);
    }
    for (i = 0; i < 200; i++)
        for (j = 0; j < i; j++)
            assert_int_equal(kept[i][j], i);
    consent__arena_free(&a);
    assert_null(a.head);
    foundation_done(&f);
}

static void test_arena_copies_and_formats_text(void **state) {
    foundation f;
    consent__arena a;
    (void)state;
    foundation_init(&f);
    consent__arena_init(&a, &f.env);
    assert_string_equal(consent__arena_text(&a, "abcdef", 3), "abc");
    assert_string_equal(consent__arena_text(&a, NULL, 0), "");
    assert_string_equal(consent__arena_format(&a, "%s@%d", "x", 7), "x@7");
    assert_null(consent__arena_text(&a, "", SIZE_MAX));
    assert_null(consent__arena_get(&a, SIZE_MAX - 8));
    consent__arena_free(&a);
    foundation_done(&f);
}

static void test_arena_allocates_nothing_in_a_steady_state(void **state) {
    foundation f;
    consent__arena a;
    int round, i;
    (void)state;
    foundation_init(&f);
    consent__arena_init(&a, &f.env);
    for (round = 0; round < 12; round++) {
        if (round == 10)
            f.until_fail = 0; /* from here on every allocation would fail */
        for (i = 0; i < 300; i++) {
            uint8_t *p = consent__arena_get(&a, 100);
            assert_non_null(p);
            assert_int_equal(p[0] | p[99], 0);
            memset(p, 0xff, 100);
        }
        consent__arena_reset(&a);
    }
    assert_int_equal(f.live, 1);
    consent__arena_free(&a);
    foundation_done(&f);
}

static void test_arena_survives_every_failing_allocation(void **state) {
    foundation f;
    consent__arena a;
    int64_t n;
    bool all = false;
    (void)state;
    for (n = 0; !all; n++) {
        size_t i;
        foundation_init(&f);
        f.until_fail = n;
        consent__arena_init(&a, &f.env);
        all = true;
        for (i = 1; i < 2000; i += 13)
            all = consent__arena_get(&a, i) != NULL && all;
        consent__arena_reset(&a);
        consent__arena_free(&a);
        foundation_done(&f);
        assert_true(n < 100);
    }
    assert_true(n > 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_buf_appends_in_order),
        cmocka_unit_test(test_buf_grows_to_any_size),
        cmocka_unit_test(test_buf_extend_of_nothing_is_no_failure),
        cmocka_unit_test(test_buf_failure_sticks_until_reset),
        cmocka_unit_test(test_buf_keeps_its_bytes_when_growth_fails),
        cmocka_unit_test(test_buf_refuses_a_size_that_overflows),
        cmocka_unit_test(test_buf_varint_reads_back),
        cmocka_unit_test(test_arena_gives_zeroed_aligned_memory_that_stays),
        cmocka_unit_test(test_arena_copies_and_formats_text),
        cmocka_unit_test(test_arena_allocates_nothing_in_a_steady_state),
        cmocka_unit_test(test_arena_survives_every_failing_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
