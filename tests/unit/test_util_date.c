/* SPDX-License-Identifier: Apache-2.0 */
#include "foundation.h"

#include <stdio.h>

#include "util/date.h"

#define FIRST INT64_C(-719162)
#define LAST INT64_C(2932896)

static consent__civil civil(int32_t year, int32_t month, int32_t day) {
    const consent__civil d = {year, month, day};
    return d;
}

static void assert_civil(consent__civil d, int32_t year, int32_t month, int32_t day) {
    assert_int_equal(d.year, year);
    assert_int_equal(d.month, month);
    assert_int_equal(d.day, day);
}

static bool leap(int32_t year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Counts the calendar day by day, as one would by hand, and compares every function with it. */
static void test_civil_agrees_with_a_counted_calendar_from_0001_to_9999(void **state) {
    static const int32_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t days = FIRST;
    int32_t weekday = 1, year, month, day; /* 0001-01-01 was a Monday */
    (void)state;
    for (year = 1; year <= 9999; year++) {
        for (month = 1; month <= 12; month++) {
            int32_t length = lengths[month - 1] + (month == 2 && leap(year));
            for (day = 1; day <= length; day++, days++, weekday = weekday % 7 + 1) {
                consent__civil d = consent__civil_from_days(days);
                if (d.year != year || d.month != month || d.day != day ||
                    consent__civil_days(d) != days || consent__weekday(days) != weekday ||
                    !consent__civil_exists(d))
                    fail_msg("%04d-%02d-%02d", year, month, day);
            }
            assert_false(consent__civil_exists(civil(year, month, day)));
        }
    }
    assert_int_equal(days, LAST + 1);
}

static void test_civil_text_round_trips_every_day(void **state) {
    int64_t days;
    (void)state;
    for (days = FIRST; days <= LAST; days++) {
        consent__civil d = consent__civil_from_days(days), back;
        char text[11];
        consent__civil_text(d, text);
        if (!consent__civil_parse(text, &back) || consent__civil_days(back) != days)
            fail_msg("%s", text);
    }
}

static void test_civil_from_days_stays_within_the_years(void **state) {
    (void)state;
    assert_civil(consent__civil_from_days(FIRST - 1), 1, 1, 1);
    assert_civil(consent__civil_from_days(INT64_MIN), 1, 1, 1);
    assert_civil(consent__civil_from_days(LAST + 1), 9999, 12, 31);
    assert_civil(consent__civil_from_days(INT64_MAX), 9999, 12, 31);
}

static void test_civil_parse_refuses_what_does_not_exist(void **state) {
    static const char *const bad[] = {"",           "2026",        "2026-02-29",  "2100-02-29",
                                      "2026-04-31", "2026-13-01",  "2026-00-10",  "2026-01-00",
                                      "0000-01-01", "2026-1-01",   "2026-01-1",   "26-01-01",
                                      "2026/01/01", "2026-01-01 ", " 2026-01-01", "+2026-01-01",
                                      "2026-01-32", "20260101",    "2026-01-0a",  "10000-01-01"};
    consent__civil d;
    size_t i;
    (void)state;
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(consent__civil_parse(bad[i], &d));
    assert_false(consent__civil_parse(NULL, &d));
    assert_true(consent__civil_parse("2000-02-29", &d));
    assert_civil(d, 2000, 2, 29);
}

static void test_civil_exists_refuses_fields_out_of_range(void **state) {
    (void)state;
    assert_false(consent__civil_exists(civil(0, 1, 1)));
    assert_false(consent__civil_exists(civil(10000, 1, 1)));
    assert_false(consent__civil_exists(civil(2026, 0, 1)));
    assert_false(consent__civil_exists(civil(2026, 13, 1)));
    assert_false(consent__civil_exists(civil(2026, 1, -1)));
    assert_false(consent__civil_exists(civil(INT32_MIN, INT32_MIN, INT32_MIN)));
    assert_true(consent__civil_exists(civil(2024, 2, 29)));
}

static void test_add_years_takes_leap_day_as_28_february(void **state) {
    (void)state;
    assert_civil(consent__civil_add_years(civil(2012, 2, 29), 14), 2026, 2, 28);
    assert_civil(consent__civil_add_years(civil(2012, 2, 29), 16), 2028, 2, 29);
    assert_civil(consent__civil_add_years(civil(2012, 2, 29), 88), 2100, 2, 28);
    assert_civil(consent__civil_add_years(civil(2012, 2, 29), -1), 2011, 2, 28);
    assert_civil(consent__civil_add_years(civil(2012, 3, 1), 14), 2026, 3, 1);
    assert_civil(consent__civil_add_years(civil(9999, 3, 1), 1), 9999, 12, 31);
    assert_civil(consent__civil_add_years(civil(1, 3, 1), -1), 1, 1, 1);
    assert_civil(consent__civil_add_years(civil(2026, 3, 1), INT32_MAX), 9999, 12, 31);
}

static void test_add_months_stops_at_the_end_of_a_month(void **state) {
    (void)state;
    assert_civil(consent__civil_add_months(civil(2026, 1, 31), 1), 2026, 2, 28);
    assert_civil(consent__civil_add_months(civil(2024, 1, 31), 1), 2024, 2, 29);
    assert_civil(consent__civil_add_months(civil(2026, 10, 31), 1), 2026, 11, 30);
    assert_civil(consent__civil_add_months(civil(2026, 12, 31), 1), 2027, 1, 31);
    assert_civil(consent__civil_add_months(civil(2026, 1, 15), -1), 2025, 12, 15);
    assert_civil(consent__civil_add_months(civil(2026, 3, 31), -13), 2025, 2, 28);
    assert_civil(consent__civil_add_months(civil(2026, 5, 5), 0), 2026, 5, 5);
    assert_civil(consent__civil_add_months(civil(2026, 5, 5), INT32_MIN), 1, 1, 1);
    assert_civil(consent__civil_add_months(civil(2026, 5, 5), INT32_MAX), 9999, 12, 31);
}

/* ---- instants ---- */

static void test_instant_parse_reads_rfc3339(void **state) {
    static const struct {
        const char *text;
        int64_t at;
    } cases[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"1970-01-01t00:00:00z", 0},
        {"1969-12-31T23:59:59.999999Z", -1},
        {"1985-04-12T23:20:50.52Z", INT64_C(482196050520000)}, /* RFC 3339 5.8 */
        {"1996-12-19T16:39:57-08:00", INT64_C(851042397000000)},
        {"1937-01-01T12:00:27.87+00:20", INT64_C(-1041337172130000)},
        {"2026-01-01T08:00:00+08:00", INT64_C(1767225600000000)},
        {"2026-01-01T00:00:00-00:00", INT64_C(1767225600000000)},
        {"2024-02-29T23:59:59.000001Z", INT64_C(1709251199000001)},
        {"0001-01-01T00:00:00Z", INT64_C(-62135596800000000)},
        {"9999-12-31T23:59:59.999999Z", INT64_C(253402300799999999)},
    };
    size_t i;
    (void)state;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t at;
        assert_true(consent__instant_parse(cases[i].text, &at));
        assert_true(at == cases[i].at);
    }
}

static void test_instant_parse_refuses_what_is_not_an_instant(void **state) {
    static const char *const bad[] = {
        "",
        "2026-01-01",
        "2026-01-01T00:00:00",
        "2026-01-01 00:00:00Z",
        "2026-01-01T00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:60:00Z",
        "2016-12-31T23:59:60Z",
        "2026-02-29T00:00:00Z",
        "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00,5Z",
        "2026-01-01T00:00:00.1234567Z",
        "2026-01-01T00:00:00.0000000Z",
        "2026-01-01T00:00:00+8:00",
        "2026-01-01T00:00:00+0800",
        "2026-01-01T00:00:00+24:00",
        "2026-01-01T00:00:00+08:60",
        "2026-01-01T00:00:00Z ",
        "2026-01-01T00:00:00ZZ",
        "2026-01-01T00:00:00Z+08:00",
        "-001-01-01T00:00:00Z",
        "0000-12-31T23:59:59Z",
        "10000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+00:01",     /* the day before, in UTC */
        "9999-12-31T23:59:59.999-00:01", /* the day after */
    };
    int64_t at;
    size_t i;
    (void)state;
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (consent__instant_parse(bad[i], &at))
            fail_msg("%s", bad[i]);
    assert_false(consent__instant_parse(NULL, &at));
}

static void test_instant_round_trips_at_every_offset(void **state) {
    int32_t offset;
    (void)state;
    for (offset = -1439; offset <= 1439; offset++) {
        static const int64_t ats[] = {0,
                                      -1,
                                      INT64_C(1767225600000000),
                                      INT64_C(1709251199000001),
                                      INT64_C(-62135510400000000), /* 0001-01-02 */
                                      INT64_C(253402214400000000) /* 9999-12-31 */};
        size_t i;
        for (i = 0; i < sizeof ats / sizeof ats[0]; i++) {
            char text[CONSENT__RFC3339_SIZE], want[32];
            int64_t at;
            consent__instant_text(ats[i], offset, text);
            assert_true(consent__instant_parse(text, &at));
            assert_true(at == ats[i]);
            (void)snprintf(want, sizeof want, "%c%02d:%02d", offset < 0 ? '-' : '+',
                           abs(offset) / 60, abs(offset) % 60);
            assert_non_null(strstr(text, offset == 0 ? "Z" : want));
        }
    }
}

static void test_instant_round_trips_over_all_years(void **state) {
    const int64_t first = FIRST * CONSENT__DAY, end = (LAST + 1) * CONSENT__DAY;
    const int64_t step = INT64_C(86399) * CONSENT__SECOND * 3 + 7919; /* every part changes */
    int64_t at;
    (void)state;
    for (at = first; at < end; at += step) {
        char text[CONSENT__RFC3339_SIZE];
        int64_t back;
        consent__instant_text(at, 0, text);
        if (!consent__instant_parse(text, &back) || back != at)
            fail_msg("%s", text);
    }
}

static void test_instant_text_prints_a_fraction_only_when_there_is_one(void **state) {
    char text[CONSENT__RFC3339_SIZE];
    (void)state;
    consent__instant_text(INT64_C(1767225600000000), 0, text);
    assert_string_equal(text, "2026-01-01T00:00:00Z");
    consent__instant_text(INT64_C(1767225600500000), 480, text);
    assert_string_equal(text, "2026-01-01T08:00:00.500000+08:00");
    consent__instant_text(-1, -210, text);
    assert_string_equal(text, "1969-12-31T20:29:59.999999-03:30");
}

static void test_instant_text_stays_within_the_years(void **state) {
    static const int32_t offsets[] = {0, 1439, -1439, 5000, INT32_MIN, INT32_MAX};
    size_t i;
    (void)state;
    for (i = 0; i < sizeof offsets / sizeof offsets[0]; i++) {
        char text[CONSENT__RFC3339_SIZE];
        int64_t at;
        consent__instant_text(INT64_MAX, offsets[i], text);
        assert_true(consent__instant_parse(text, &at));
        assert_true(at == (LAST + 1) * CONSENT__DAY - 1);
        consent__instant_text(INT64_MIN, offsets[i], text);
        assert_true(consent__instant_parse(text, &at));
        assert_true(at == FIRST * CONSENT__DAY);
    }
}

static void test_offset_parse_takes_sign_hours_and_minutes(void **state) {
    static const char *const bad[] = {"",       "Z",      "08:00",   "+8:00",  "+08",   "+0800",
                                      "+24:00", "+08:60", "+08:00 ", "+08:0x", "++8:00"};
    int32_t minutes, offset;
    size_t i;
    (void)state;
    for (offset = -1439; offset <= 1439; offset++) {
        char text[32];
        (void)snprintf(text, sizeof text, "%c%02d:%02d", offset < 0 ? '-' : '+', abs(offset) / 60,
                       abs(offset) % 60);
        assert_true(consent__offset_parse(text, &minutes));
        assert_int_equal(minutes, offset);
    }
    assert_true(consent__offset_parse("-00:00", &minutes));
    assert_int_equal(minutes, 0);
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(consent__offset_parse(bad[i], &minutes));
    assert_false(consent__offset_parse(NULL, &minutes));
}

static void test_local_day_changes_at_local_midnight(void **state) {
    int64_t at;
    (void)state;
    assert_true(consent__instant_parse("2026-01-01T15:59:59.999999Z", &at));
    assert_int_equal(consent__local_day(at, 480), consent__civil_days(civil(2026, 1, 1)));
    assert_int_equal(consent__local_day(at + 1, 480), consent__civil_days(civil(2026, 1, 2)));
    assert_int_equal(consent__local_day(at + 1, 0), consent__civil_days(civil(2026, 1, 1)));
    assert_int_equal(consent__local_day(0, -1), -1);
    assert_int_equal(consent__local_day(-1, 0), -1);
    assert_int_equal(consent__local_day(-1, 1), 0);
    (void)consent__local_day(INT64_MAX, 1439); /* no overflow */
    (void)consent__local_day(INT64_MIN, -1439);
}

static void test_weekday_counts_from_monday_on_both_sides_of_1970(void **state) {
    (void)state;
    assert_int_equal(consent__weekday(0), 4);
    assert_int_equal(consent__weekday(-1), 3);
    assert_int_equal(consent__weekday(3), 7);
    assert_int_equal(consent__weekday(consent__civil_days(civil(2026, 10, 1))), 4);
    assert_in_range(consent__weekday(INT64_MIN), 1, 7);
    assert_in_range(consent__weekday(INT64_MAX), 1, 7);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_civil_agrees_with_a_counted_calendar_from_0001_to_9999),
        cmocka_unit_test(test_civil_text_round_trips_every_day),
        cmocka_unit_test(test_civil_from_days_stays_within_the_years),
        cmocka_unit_test(test_civil_parse_refuses_what_does_not_exist),
        cmocka_unit_test(test_civil_exists_refuses_fields_out_of_range),
        cmocka_unit_test(test_add_years_takes_leap_day_as_28_february),
        cmocka_unit_test(test_add_months_stops_at_the_end_of_a_month),
        cmocka_unit_test(test_instant_parse_reads_rfc3339),
        cmocka_unit_test(test_instant_parse_refuses_what_is_not_an_instant),
        cmocka_unit_test(test_instant_round_trips_at_every_offset),
        cmocka_unit_test(test_instant_round_trips_over_all_years),
        cmocka_unit_test(test_instant_text_prints_a_fraction_only_when_there_is_one),
        cmocka_unit_test(test_instant_text_stays_within_the_years),
        cmocka_unit_test(test_offset_parse_takes_sign_hours_and_minutes),
        cmocka_unit_test(test_local_day_changes_at_local_midnight),
        cmocka_unit_test(test_weekday_counts_from_monday_on_both_sides_of_1970),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
