/* SPDX-License-Identifier: Apache-2.0 */
/* Hashes, randomness and encodings. */
#include "foundation.h"

#include "seal/seal_impl.h"

/* One generator, so that a failure can be repeated. */
static uint64_t next(uint64_t *state) {
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static void test_sha256_gives_the_vectors_of_fips_180(void **state) {
    static const struct {
        const char *text, *hash;
    } cases[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };
    uint8_t hash[32], *million;
    size_t i;
    (void)state;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        consent__sha256(cases[i].text, strlen(cases[i].text), hash);
        assert_hex(hash, 32, cases[i].hash);
    }
    million = malloc(1000000);
    assert_non_null(million);
    memset(million, 'a', 1000000);
    consent__sha256(million, 1000000, hash);
    assert_hex(hash, 32, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(million);
}

static void test_sha256_ni_agrees_with_libsodium_on_every_length(void **state) {
    uint8_t bytes[301], ours[32], theirs[32];
    size_t n;
    (void)state;
    if (!consent__sha256_ni_usable())
        skip();
    fill_up(bytes, sizeof bytes, 3);
    for (n = 0; n < sizeof bytes; n++) {
        const consent__span part = {bytes, n};
        consent__sha256_ni(&part, 1, ours);
        consent__sha256_sodium(&part, 1, theirs);
        assert_memory_equal(ours, theirs, 32);
    }
}

static void test_sha256_ni_agrees_with_libsodium_on_random_parts(void **state) {
    enum { SIZE = 5000 };
    uint8_t *bytes = malloc(SIZE), ours[32], theirs[32];
    uint64_t seed = 20260101;
    size_t i;
    int round;
    (void)state;
    assert_non_null(bytes);
    for (i = 0; i < SIZE; i++)
        bytes[i] = (uint8_t)next(&seed);
    for (round = 0; round < 20000 && consent__sha256_ni_usable(); round++) {
        consent__span parts[5];
        size_t count = next(&seed) % 6, at = 0;
        for (i = 0; i < count; i++) {
            size_t n = next(&seed) % (next(&seed) % 4 == 0 ? 900 : 130);
            at = next(&seed) % (SIZE - 900); /* unaligned, and parts overlap */
            parts[i].p = n == 0 ? NULL : bytes + at;
            parts[i].n = n;
        }
        consent__sha256_ni(parts, count, ours);
        consent__sha256_sodium(parts, count, theirs);
        assert_memory_equal(ours, theirs, 32);
    }
    free(bytes);
}

static void test_sha256_of_parts_is_that_of_the_whole(void **state) {
    uint8_t whole[260], hash[32], want[32];
    size_t a, b;
    (void)state;
    for (a = 0; a < 130; a += 1) {
        for (b = 0; b < 130; b += 7) {
            fill_up(whole, sizeof whole, 9);
            consent__sha256(whole, 1 + a + b, want);
            consent__sha256_pair(whole[0], whole + 1, a, whole + 1 + a, b, hash);
            assert_memory_equal(hash, want, 32);
            consent__sha256_two(whole, 1 + a, whole + 1 + a, b, hash);
            assert_memory_equal(hash, want, 32);
        }
    }
}

static void test_sha256_may_overwrite_its_input(void **state) {
    uint8_t a[64], hash[32];
    (void)state;
    fill_up(a, sizeof a, 0);
    consent__sha256_pair(1, a, 32, a + 32, 32, hash);
    consent__sha256_pair(1, a, 32, a + 32, 32, a);
    assert_memory_equal(a, hash, 32);
}

static void test_same_compares_every_byte(void **state) {
    uint8_t a[32], b[32];
    size_t i;
    (void)state;
    fill_up(a, 32, 0);
    memcpy(b, a, 32);
    assert_true(consent__same(a, b, 32));
    for (i = 0; i < 32; i++) {
        b[i] ^= 0x80;
        assert_false(consent__same(a, b, 32));
        b[i] ^= 0x80;
    }
}

/* ---- randomness ---- */

static void test_random_asks_the_host_and_reports_its_failure(void **state) {
    foundation f;
    uint8_t p[4];
    (void)state;
    foundation_init(&f);
    assert_int_equal(consent__random(&f.cx, p, 4), CONSENT_OK);
    assert_hex(p, 4, "00010203");
    f.random_fails = true;
    assert_failed(&f, consent__random(&f.cx, p, 4), CONSENT_E_RANDOM);
    foundation_done(&f);
}

static void test_random_of_the_system_differs(void **state) {
    foundation f;
    uint8_t a[32], b[32];
    (void)state;
    foundation_init(&f);
    f.env.random = NULL;
    assert_int_equal(consent__random(&f.cx, a, 32), CONSENT_OK);
    assert_int_equal(consent__random(&f.cx, b, 32), CONSENT_OK);
    assert_memory_not_equal(a, b, 32);
    f.cx.env = NULL; /* the default environment */
    assert_int_equal(consent__random(&f.cx, a, 32), CONSENT_OK);
    foundation_done(&f);
}

/* ---- base64 ---- */

static void test_base64_gives_the_vectors_of_rfc4648(void **state) {
    static const char *const standard[] = {"",         "Zg==",     "Zm8=",    "Zm9v",
                                           "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"};
    static const char *const url[] = {"", "Zg", "Zm8", "Zm9v", "Zm9vYg", "Zm9vYmE", "Zm9vYmFy"};
    foundation f;
    consent__buf b;
    size_t i;
    (void)state;
    foundation_init(&f);
    consent__buf_init(&b, &f.env);
    for (i = 0; i <= 6; i++) {
        consent__buf_reset(&b);
        consent__base64(&b, "foobar", i, false);
        assert_string_equal(consent__buf_cstr(&b), standard[i]);
        consent__buf_reset(&b);
        consent__base64(&b, "foobar", i, true);
        assert_string_equal(consent__buf_cstr(&b), url[i]);
        consent__buf_reset(&b);
        assert_true(consent__unbase64(&b, standard[i], strlen(standard[i]), false));
        assert_int_equal(b.len, i);
        assert_memory_equal(b.data, "foobar", i);
        consent__buf_reset(&b);
        assert_true(consent__unbase64(&b, url[i], strlen(url[i]), true));
        assert_int_equal(b.len, i);
    }
    consent__buf_free(&b);
    foundation_done(&f);
}

static void test_base64_alphabets_differ_in_two_characters(void **state) {
    foundation f;
    consent__buf b;
    (void)state;
    foundation_init(&f);
    consent__buf_init(&b, &f.env);
    consent__base64(&b, "\xfb\xff\xfe", 3, false);
    consent__base64(&b, "\xfb\xff\xfe", 3, true);
    assert_string_equal(consent__buf_cstr(&b), "+//+-__-");
    assert_false(consent__unbase64(&b, "+//+", 4, true));
    assert_false(consent__unbase64(&b, "-__-", 4, false));
    consent__buf_free(&b);
    foundation_done(&f);
}

static void test_unbase64_takes_the_canonical_form_only(void **state) {
    static const char *const standard[] = {"Z",     "Zg",    "Zg=",   "Zg===",    "Zh==",
                                           "Zm9=",  "=",     "====",  "Zg==Zg==", "Zm9v\n",
                                           " Zm9v", "Zm 9v", "Zm9v=", "Zm9\xc3",  "Z=g="};
    static const char *const url[] = {"Z", "Zg==", "Zh", "Zm9", "Zm9vZ", "Zm8=", "Zm9v\n", "Zg.."};
    foundation f;
    consent__buf b;
    size_t i;
    (void)state;
    foundation_init(&f);
    consent__buf_init(&b, &f.env);
    consent__buf_text(&b, "kept");
    for (i = 0; i < sizeof standard / sizeof standard[0]; i++)
        if (consent__unbase64(&b, standard[i], strlen(standard[i]), false))
            fail_msg("%s", standard[i]);
    for (i = 0; i < sizeof url / sizeof url[0]; i++)
        if (consent__unbase64(&b, url[i], strlen(url[i]), true))
            fail_msg("%s", url[i]);
    assert_false(consent__unbase64(&b, "Zm\0v", 4, false));
    assert_int_equal(b.len, 4);
    assert_false(b.failed);
    consent__buf_free(&b);
    foundation_done(&f);
}

static void test_base64_round_trips_all_lengths(void **state) {
    foundation f;
    consent__buf text, back;
    uint8_t bytes[256];
    size_t n;
    int url;
    (void)state;
    foundation_init(&f);
    consent__buf_init(&text, &f.env);
    consent__buf_init(&back, &f.env);
    fill_up(bytes, sizeof bytes, 0);
    for (url = 0; url < 2; url++) {
        for (n = 0; n <= sizeof bytes; n++) {
            consent__buf_reset(&text);
            consent__buf_reset(&back);
            consent__base64(&text, bytes, n, url != 0);
            assert_true(consent__unbase64(&back, consent__buf_cstr(&text), text.len, url != 0));
            assert_int_equal(back.len, n);
            assert_memory_equal(back.data, bytes, n);
        }
    }
    consent__buf_free(&text);
    consent__buf_free(&back);
    foundation_done(&f);
}

static int setup(void **state) {
    foundation f;
    (void)state;
    foundation_init(&f);
    return consent__seal_init(&f.cx) == CONSENT_OK && consent__seal_init(&f.cx) == CONSENT_OK ? 0
                                                                                              : -1;
}

static void test_sha256_of_twins_is_that_of_each(void **state) {
    uint8_t bytes[600], a[CONSENT__HASH], b[CONSENT__HASH], x[CONSENT__HASH], y[CONSENT__HASH];
    (void)state;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)(i * 167 + i / 251);
    for (size_t n = 0; n < 290; n++)
        for (size_t m = n > 70 ? n - 70 : 0; m < n + 70; m += 3) {
            consent__sha256_pair(0x01, bytes, n, NULL, 0, x);
            consent__sha256_pair(0x01, bytes + 100, m, NULL, 0, y);
            consent__sha256_twin(0x01, bytes, n, bytes + 100, m, a, b);
            assert_memory_equal(a, x, sizeof a);
            assert_memory_equal(b, y, sizeof b);
        }
    consent__sha256_pair(0x01, bytes, 64, NULL, 0, x);
    consent__sha256_pair(0x01, bytes + 64, 64, NULL, 0, y);
    consent__sha256_twin(0x01, bytes, 64, bytes + 64, 64, bytes, bytes + 32); /* a tree, in place */
    assert_memory_equal(bytes, x, sizeof x);
    assert_memory_equal(bytes + 32, y, sizeof y);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sha256_gives_the_vectors_of_fips_180),
        cmocka_unit_test(test_sha256_ni_agrees_with_libsodium_on_every_length),
        cmocka_unit_test(test_sha256_ni_agrees_with_libsodium_on_random_parts),
        cmocka_unit_test(test_sha256_of_parts_is_that_of_the_whole),
        cmocka_unit_test(test_sha256_may_overwrite_its_input),
        cmocka_unit_test(test_sha256_of_twins_is_that_of_each),
        cmocka_unit_test(test_same_compares_every_byte),
        cmocka_unit_test(test_random_asks_the_host_and_reports_its_failure),
        cmocka_unit_test(test_random_of_the_system_differs),
        cmocka_unit_test(test_base64_gives_the_vectors_of_rfc4648),
        cmocka_unit_test(test_base64_alphabets_differ_in_two_characters),
        cmocka_unit_test(test_unbase64_takes_the_canonical_form_only),
        cmocka_unit_test(test_base64_round_trips_all_lengths),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
