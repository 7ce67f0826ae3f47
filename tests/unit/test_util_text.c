/* SPDX-License-Identifier: Apache-2.0 */
#include "foundation.h"

#include <consent/version.h>

/* ---- UTF-8 ---- */

static size_t valid(const char *s) {
    return consent__utf8_valid(s, strlen(s));
}

static void test_utf8_accepts_every_scalar_value(void **state) {
    uint32_t c;
    (void)state;
    for (c = 0; c <= 0x10ffff; c++) {
        uint8_t s[4];
        size_t n;
        if (c < 0x80) {
            s[0] = (uint8_t)c, n = 1;
        } else if (c < 0x800) {
            s[0] = (uint8_t)(0xc0 | c >> 6), s[1] = (uint8_t)(0x80 | (c & 63)), n = 2;
        } else if (c < 0x10000) {
            s[0] = (uint8_t)(0xe0 | c >> 12), s[1] = (uint8_t)(0x80 | (c >> 6 & 63));
            s[2] = (uint8_t)(0x80 | (c & 63)), n = 3;
        } else {
            s[0] = (uint8_t)(0xf0 | c >> 18), s[1] = (uint8_t)(0x80 | (c >> 12 & 63));
            s[2] = (uint8_t)(0x80 | (c >> 6 & 63)), s[3] = (uint8_t)(0x80 | (c & 63)), n = 4;
        }
        assert_int_equal(consent__utf8_valid(s, n), c >= 0xd800 && c <= 0xdfff ? 0 : n);
        if (n > 1) /* cut short */
            assert_int_equal(consent__utf8_valid(s, n - 1), 0);
    }
}

static void test_utf8_refuses_what_is_no_character(void **state) {
    static const char *const bad[] = {
        "\x80",
        "\xbf",
        "\xc0\x80",
        "\xc1\xbf",
        "\xc2",
        "\xc2\x41",
        "\xe0\x80\x80",
        "\xe0\x9f\xbf",
        "\xed\xa0\x80",
        "\xed\xbf\xbf",
        "\xe4\xb8",
        "\xe4\xb8\x41",
        "\xf0\x80\x80\x80",
        "\xf0\x8f\xbf\xbf",
        "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80",
        "\xf8\x88\x80\x80",
        "\xfe",
        "\xff",
        "\xf0\x9f\x98",
    };
    size_t i, pad;
    (void)state;
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        for (pad = 0; pad < 20; pad++) { /* at every place of the eight-byte stride */
            char text[64];
            memset(text, 'a', pad);
            strcpy(text + pad, bad[i]);
            strcat(text, "after this");
            assert_int_equal(valid(text), pad);
        }
    }
}

static void test_utf8_takes_nul_as_a_character(void **state) {
    (void)state;
    assert_int_equal(consent__utf8_valid("a\0b", 3), 3);
    assert_int_equal(consent__utf8_valid("", 0), 0);
    assert_int_equal(valid("\xe5\x90\x8c\xe6\x84\x8f, granted \xf0\x9f\x98\x82"), 20);
}

/* ---- order of UTF-16 code units ---- */

static int order(const char *a, const char *b) {
    return consent__utf16_compare(a, strlen(a), b, strlen(b));
}

static void test_utf16_compare_orders_the_example_of_rfc8785(void **state) {
    /* RFC 8785 3.2.3, in the order it gives. */
    static const char *const sorted[] = {
        "\r", "1", "\xc2\x80", "\xc3\xb6", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\xef\xac\xb3"};
    const size_t n = sizeof sorted / sizeof sorted[0];
    size_t i, j;
    (void)state;
    for (i = 0; i < n; i++) {
        for (j = 0; j < n; j++) {
            int got = order(sorted[i], sorted[j]);
            assert_int_equal((got > 0) - (got < 0), (i > j) - (i < j));
        }
    }
}

static void test_utf16_compare_puts_surrogates_before_private_use(void **state) {
    (void)state;
    assert_true(order("x\xf0\x90\x80\x80", "x\xee\x80\x80") < 0); /* U+10000, U+E000 */
    assert_true(order("x\xef\xbf\xbf", "x\xf4\x8f\xbf\xbf") > 0); /* U+FFFF, U+10FFFF */
    assert_true(order("\xed\x9f\xbf", "\xf0\x90\x80\x80") < 0);   /* U+D7FF, U+10000 */
    assert_true(order("\xf0\x90\x80\x80", "\xf0\x90\x80\x81") < 0);
}

static void test_utf16_compare_puts_a_prefix_first(void **state) {
    (void)state;
    assert_true(order("", "a") < 0);
    assert_true(order("ab", "a") > 0);
    assert_int_equal(order("ab", "ab"), 0);
    assert_int_equal(order("", ""), 0);
}

/* ---- hex and numbers ---- */

static void test_hex_round_trips_every_byte(void **state) {
    uint8_t bytes[256], back[256];
    char text[513];
    int i;
    (void)state;
    fill_up(bytes, sizeof bytes, 0);
    consent__hex(bytes, sizeof bytes, text);
    assert_int_equal(strlen(text), 512);
    assert_true(consent__unhex(text, back, sizeof back));
    assert_memory_equal(bytes, back, sizeof bytes);
    for (i = 1; i < 256; i++) {
        char two[3] = {(char)i, '0', '\0'};
        bool digit = (i >= '0' && i <= '9') || (i >= 'a' && i <= 'f');
        assert_int_equal(consent__unhex(two, back, 1), digit);
        two[0] = '0', two[1] = (char)i;
        assert_int_equal(consent__unhex(two, back, 1), digit);
    }
}

static void test_unhex_refuses_another_length(void **state) {
    uint8_t out[4];
    (void)state;
    assert_true(consent__unhex("", out, 0));
    assert_true(consent__unhex("00ff", out, 2));
    assert_false(consent__unhex("00f", out, 2));
    assert_false(consent__unhex("00ff0", out, 2));
    assert_false(consent__unhex("00ff00", out, 2));
    assert_false(consent__unhex("", out, 1));
    assert_false(consent__unhex("00FF", out, 2));
    assert_false(consent__unhex(NULL, out, 2));
}

static void test_little_endian_round_trips(void **state) {
    uint8_t p[8];
    (void)state;
    consent__put32le(p, 0x01020304);
    assert_hex(p, 4, "04030201");
    assert_true(consent__get32le(p) == 0x01020304);
    consent__put64le(p, UINT64_C(0xfedcba9876543210));
    assert_hex(p, 8, "1032547698badcfe");
    assert_true(consent__get64le(p) == UINT64_C(0xfedcba9876543210));
}

static void test_varint_refuses_overflow_and_truncation(void **state) {
    static const uint8_t most[] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01};
    static const uint8_t over[] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02};
    static const uint8_t endless[] = {0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
                                      0x80, 0x80, 0x80, 0x80, 0x00};
    const uint8_t *p = most;
    uint64_t v = 0;
    size_t n;
    (void)state;
    assert_true(consent__get_varint(&p, most + sizeof most, &v));
    assert_true(v == UINT64_MAX && p == most + sizeof most);
    for (n = 0; n < sizeof most; n++) {
        p = most;
        assert_false(consent__get_varint(&p, most + n, &v));
        assert_ptr_equal(p, most);
    }
    p = over;
    assert_false(consent__get_varint(&p, over + sizeof over, &v));
    p = endless;
    assert_false(consent__get_varint(&p, endless + sizeof endless, &v));
}

static void test_text_equal_compares_null_with_null_only(void **state) {
    (void)state;
    assert_true(consent__text_equal(NULL, NULL));
    assert_false(consent__text_equal(NULL, ""));
    assert_false(consent__text_equal("", NULL));
    assert_true(consent__text_equal("a", "a"));
    assert_false(consent__text_equal("a", "ab"));
}

static void test_wipe_overwrites_everything(void **state) {
    uint8_t p[40], zero[40] = {0};
    (void)state;
    memset(p, 7, sizeof p);
    consent__wipe(p, sizeof p);
    assert_memory_equal(p, zero, sizeof p);
    consent__wipe(NULL, 0);
}

/* ---- errors ---- */

static void test_error_tells_what_it_was_given(void **state) {
    foundation f;
    (void)state;
    foundation_init(&f);
    assert_int_equal(
        consent__fail_at(&f.cx, CONSENT_E_INPUT, "/purposes/3", 77, "Member %s is missing.", "key"),
        CONSENT_E_INPUT);
    assert_int_equal(consent_error_status(f.err), CONSENT_E_INPUT);
    assert_int_equal(consent_error_code(f.err), 0);
    assert_string_equal(consent_error_operation(f.err), "test");
    assert_string_equal(consent_error_message(f.err), "Member key is missing.");
    assert_string_equal(consent_error_where(f.err), "/purposes/3");
    assert_int_equal(consent_error_offset(f.err), 77);
    consent_error_free(f.err);
    f.err = NULL;
    assert_int_equal(consent__fail_code(&f.cx, CONSENT_E_IO, 5, "No."), CONSENT_E_IO);
    assert_int_equal(consent_error_code(f.err), 5);
    assert_null(consent_error_where(f.err));
    assert_int_equal(consent_error_offset(f.err), -1);
    foundation_done(&f);
}

static void test_error_getters_answer_for_null(void **state) {
    (void)state;
    assert_int_equal(consent_error_status(NULL), CONSENT_OK);
    assert_int_equal(consent_error_code(NULL), 0);
    assert_string_equal(consent_error_operation(NULL), "");
    assert_string_equal(consent_error_message(NULL), "");
    assert_null(consent_error_where(NULL));
    assert_int_equal(consent_error_offset(NULL), -1);
    consent_error_free(NULL);
}

static void test_error_keeps_the_first_cause(void **state) {
    foundation f;
    (void)state;
    foundation_init(&f);
    (void)consent__fail(&f.cx, CONSENT_E_KEY, "first");
    assert_int_equal(consent__fail(&f.cx, CONSENT_E_IO, "second"), CONSENT_E_IO);
    assert_int_equal(consent__no_memory(&f.cx), CONSENT_E_MEMORY);
    assert_string_equal(consent_error_message(f.err), "first");
    consent__forget(&f.cx);
    assert_null(f.err);
    (void)consent__fail(&f.cx, CONSENT_E_IO, "second");
    assert_string_equal(consent_error_message(f.err), "second");
    foundation_done(&f);
}

static void test_error_is_optional(void **state) {
    foundation f;
    (void)state;
    foundation_init(&f);
    f.cx.err = NULL;
    assert_int_equal(consent__fail(&f.cx, CONSENT_E_IO, "unheard"), CONSENT_E_IO);
    assert_int_equal(consent__no_memory(&f.cx), CONSENT_E_MEMORY);
    consent__forget(&f.cx);
    foundation_done(&f);
}

static void test_error_without_memory_is_static(void **state) {
    foundation f;
    consent_error *first;
    (void)state;
    foundation_init(&f);
    f.until_fail = 0;
    assert_int_equal(consent__fail(&f.cx, CONSENT_E_KEY, "lost"), CONSENT_E_KEY);
    first = f.err;
    assert_int_equal(consent_error_status(first), CONSENT_E_MEMORY);
    assert_string_not_equal(consent_error_message(first), "");
    consent_error_free(first);
    consent_error_free(first); /* nothing happens */
    f.err = NULL;
    assert_int_equal(consent__no_memory(&f.cx), CONSENT_E_MEMORY);
    assert_ptr_equal(f.err, first);
    foundation_done(&f);
}

static void test_error_message_marks_where_it_was_cut(void **state) {
    static const char character[] = "\xe5\x90\x8c";
    foundation f;
    char whole[513], longer[1201];
    size_t i;
    (void)state;
    foundation_init(&f);
    memset(whole, 'x', 512);
    whole[512] = '\0';
    (void)consent__fail(&f.cx, CONSENT_E_IO, "%s", whole);
    assert_string_equal(consent_error_message(f.err), whole);
    consent__forget(&f.cx);
    for (i = 0; i < 400; i++)
        memcpy(longer + 3 * i, character, 3);
    longer[1200] = '\0';
    for (i = 0; i < 3; i++) { /* the cut falls on each byte of a character */
        const char *got;
        (void)consent__fail(&f.cx, CONSENT_E_IO, "%.*s%s", (int)i, "ab", longer);
        got = consent_error_message(f.err);
        assert_in_range(strlen(got), 508, 512);
        assert_int_equal(consent__utf8_valid(got, strlen(got)), strlen(got));
        assert_string_equal(got + strlen(got) - 6, " [...]");
        assert_null(strchr(got, '?')); /* no character was cut in two */
        consent__forget(&f.cx);
    }
    foundation_done(&f);
}

static void test_error_message_is_utf8_whatever_was_quoted(void **state) {
    foundation f;
    (void)state;
    foundation_init(&f);
    (void)consent__fail(&f.cx, CONSENT_E_SYNTAX, "bad \xff\xfe byte \xe5\x90\x8c \xe5\x90");
    assert_string_equal(consent_error_message(f.err), "bad ?? byte \xe5\x90\x8c ??");
    foundation_done(&f);
}

/* ---- environment ---- */

static void test_env_default_serves_memory_and_clock(void **state) {
    const consent__env *env = &consent__env_default;
    char *p = consent__alloc(env, 10), *copy;
    (void)state;
    assert_non_null(p);
    assert_memory_equal(p, "\0\0\0\0\0\0\0\0\0\0", 10);
    p = consent__realloc(env, p, 20);
    assert_non_null(p);
    consent__release(env, p);
    consent__release(env, NULL);
    p = consent__alloc(env, 0); /* not mistaken for a failure */
    assert_non_null(p);
    consent__release(env, p);
    copy = consent__strdup(env, "text");
    assert_string_equal(copy, "text");
    consent__release(env, copy);
    assert_null(consent__strdup(env, NULL));
    assert_true(consent__clock(env) > INT64_C(1700000000000000));
}

/* ---- names ---- */

static void test_names_match_the_constants(void **state) {
    (void)state;
    assert_string_equal(consent_status_name(CONSENT_OK), "CONSENT_OK");
    assert_string_equal(consent_status_name(CONSENT_E_KEY), "CONSENT_E_KEY");
    assert_string_equal(consent_status_name(CONSENT_E_INTERNAL), "CONSENT_E_INTERNAL");
    assert_string_equal(consent_status_name(-77), "CONSENT_E_UNNAMED");
    assert_string_equal(consent_decision_name(CONSENT_DECISION_WITHDRAWN), "withdrawn");
    assert_null(consent_decision_name(0));
    assert_null(consent_decision_name(4));
    assert_null(consent_decision_name(-1));
    assert_string_equal(consent_reason_name(CONSENT_REASON_SERVICE_STOPPED), "SERVICE_STOPPED");
    assert_string_equal(consent_reason_name(CONSENT_REASON_NOT_ASKED), "NOT_ASKED");
    assert_string_equal(consent_reason_name(CONSENT_REASON_EXEMPT), "EXEMPT");
    assert_null(consent_reason_name(31));
    assert_null(consent_reason_name(51));
    assert_null(consent_operation_name(CONSENT_OPERATION_DEFAULT));
    assert_string_equal(consent_version(), CONSENT_VERSION);
}

static void test_names_read_back_their_values(void **state) {
    int32_t i;
    (void)state;
    for (i = CONSENT_CLASS_NONE; i <= CONSENT_CLASS_WRITTEN; i++)
        assert_int_equal(consent_class_value(consent_class_name(i)), i);
    for (i = CONSENT_OPERATION_COLLECT; i <= CONSENT_OPERATION_DISCLOSE; i++)
        assert_int_equal(consent_operation_value(consent_operation_name(i)), i);
    assert_int_equal(consent_class_value("Separate"), -1);
    assert_int_equal(consent_class_value(NULL), -1);
    assert_int_equal(consent_operation_value("uses"), -2);
    assert_int_equal(consent_operation_value(NULL), -2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_utf8_accepts_every_scalar_value),
        cmocka_unit_test(test_utf8_refuses_what_is_no_character),
        cmocka_unit_test(test_utf8_takes_nul_as_a_character),
        cmocka_unit_test(test_utf16_compare_orders_the_example_of_rfc8785),
        cmocka_unit_test(test_utf16_compare_puts_surrogates_before_private_use),
        cmocka_unit_test(test_utf16_compare_puts_a_prefix_first),
        cmocka_unit_test(test_hex_round_trips_every_byte),
        cmocka_unit_test(test_unhex_refuses_another_length),
        cmocka_unit_test(test_little_endian_round_trips),
        cmocka_unit_test(test_varint_refuses_overflow_and_truncation),
        cmocka_unit_test(test_text_equal_compares_null_with_null_only),
        cmocka_unit_test(test_wipe_overwrites_everything),
        cmocka_unit_test(test_error_tells_what_it_was_given),
        cmocka_unit_test(test_error_getters_answer_for_null),
        cmocka_unit_test(test_error_keeps_the_first_cause),
        cmocka_unit_test(test_error_is_optional),
        cmocka_unit_test(test_error_without_memory_is_static),
        cmocka_unit_test(test_error_message_marks_where_it_was_cut),
        cmocka_unit_test(test_error_message_is_utf8_whatever_was_quoted),
        cmocka_unit_test(test_env_default_serves_memory_and_clock),
        cmocka_unit_test(test_names_match_the_constants),
        cmocka_unit_test(test_names_read_back_their_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
