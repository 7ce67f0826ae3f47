/* SPDX-License-Identifier: Apache-2.0 */
#include "when.h"

#include <inttypes.h>
#include <stdio.h>

#define SECOND INT64_C(1000000)
#define FIRST (INT64_C(-719162) * 86400 * SECOND)      /* 0001-01-01T00:00:00Z */
#define LAST ((INT64_C(2932897) * 86400) * SECOND - 1) /* 9999-12-31T23:59:59.999999Z */

static bool is_leap(int64_t year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int64_t days_in_month(int64_t year, int64_t month) {
    static const int8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Days since 1970-01-01 of 1 January; years from 1. */
static int64_t days_before_year(int64_t year) {
    int64_t y = year - 1;
    return y * 365 + y / 4 - y / 100 + y / 400 - 719162;
}

static bool digits(const char **p, int n, int64_t *out) {
    *out = 0;
    for (; n > 0; n--, ++*p) {
        if (**p < '0' || **p > '9')
            return false;
        *out = *out * 10 + (**p - '0');
    }
    return true;
}

static bool one_of(const char **p, char a, char b) {
    if (**p != a && **p != b)
        return false;
    ++*p;
    return true;
}

static bool parse_date(const char **p, int64_t *out_day) {
    int64_t year, month, day;
    if (!digits(p, 4, &year) || !one_of(p, '-', '-') || !digits(p, 2, &month) ||
        !one_of(p, '-', '-') || !digits(p, 2, &day))
        return false;
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month))
        return false;
    *out_day = days_before_year(year) + day - 1;
    for (int64_t m = 1; m < month; m++)
        *out_day += days_in_month(year, m);
    return true;
}

static bool parse_clock(const char **p, int64_t *out) {
    int64_t hour, minute, second, micro = 0, digit;
    if (!digits(p, 2, &hour) || !one_of(p, ':', ':') || !digits(p, 2, &minute) ||
        !one_of(p, ':', ':') || !digits(p, 2, &second) || hour > 23 || minute > 59 || second > 59)
        return false;
    if (one_of(p, '.', '.')) {
        int64_t scale = SECOND / 10;
        if (!digits(p, 1, &digit))
            return false;
        do {
            if (scale == 0)
                return false;
            micro += digit * scale;
            scale /= 10;
        } while (**p >= '0' && **p <= '9' && digits(p, 1, &digit));
    }
    *out = (hour * 3600 + minute * 60 + second) * SECOND + micro;
    return true;
}

static bool parse_offset(const char **p, int64_t *out_minutes) {
    int64_t sign = **p == '-' ? -1 : 1, hour, minute;
    *out_minutes = 0;
    if (one_of(p, 'Z', 'z'))
        return true;
    if (!one_of(p, '+', '-') || !digits(p, 2, &hour) || !one_of(p, ':', ':') ||
        !digits(p, 2, &minute) || hour > 23 || minute > 59)
        return false;
    *out_minutes = sign * (hour * 60 + minute);
    return true;
}

bool when_parse(const char *text, int64_t *out) {
    int64_t day, clock, offset, at;
    if (!parse_date(&text, &day) || !one_of(&text, 'T', 't') || !parse_clock(&text, &clock) ||
        !parse_offset(&text, &offset) || *text != '\0')
        return false;
    at = day * 86400 * SECOND + clock - offset * 60 * SECOND;
    if (at < FIRST || at > LAST)
        return false;
    *out = at;
    return true;
}

const char *when_text(int64_t at, char out[WHEN_SIZE]) {
    int64_t day, rest, year, month = 1, second;
    at = at < FIRST ? FIRST : at > LAST ? LAST : at;
    day = (at - FIRST) / (86400 * SECOND) - 719162;
    rest = at - day * 86400 * SECOND;
    year = (day + 719162) / 366 + 1; /* never too late, at most some years too early */
    while (days_before_year(year + 1) <= day)
        year++;
    day -= days_before_year(year);
    while (day >= days_in_month(year, month))
        day -= days_in_month(year, month++);
    second = rest / SECOND;
    int n =
        snprintf(out, WHEN_SIZE,
                 "%04" PRId64 "-%02" PRId64 "-%02" PRId64 "T%02" PRId64 ":%02" PRId64 ":%02" PRId64,
                 year, month, day + 1, second / 3600, second / 60 % 60, second % 60);
    if (rest % SECOND != 0)
        n += snprintf(out + n, (size_t)(WHEN_SIZE - n), ".%06" PRId64, rest % SECOND);
    snprintf(out + n, (size_t)(WHEN_SIZE - n), "Z");
    return out;
}
