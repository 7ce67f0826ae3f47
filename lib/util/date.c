/* SPDX-License-Identifier: Apache-2.0 */
#include "util/date.h"

#include <string.h>

#define DAY_FIRST INT64_C(-719162) /* 0001-01-01 */
#define DAY_LAST INT64_C(2932896)  /* 9999-12-31 */
#define MINUTE (60 * CONSENT__SECOND)
#define OFFSET_MAX (23 * 60 + 59)

static int64_t floor_div(int64_t a, int64_t b) {
    return a / b - (a % b < 0);
}

static int64_t floor_mod(int64_t a, int64_t b) {
    return a % b + (a % b < 0 ? b : 0);
}

static bool year_is_leap(int32_t year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int32_t month_days(int32_t year, int32_t month) {
    static const int8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && year_is_leap(year) ? 29 : days[month - 1];
}

/* ---- civil days ---- */

bool consent__civil_exists(consent__civil d) {
    return d.year >= 1 && d.year <= 9999 && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
           d.day <= month_days(d.year, d.month);
}

/* Both directions count in years that start on 1 March, so that the leap day is a year's last, and
 * in eras of 400 years (146 097 days). 719 468 days lie between 0000-03-01 and 1970-01-01. */
int64_t consent__civil_days(consent__civil d) {
    int64_t year = (int64_t)d.year - (d.month <= 2);
    int64_t era = floor_div(year, 400);
    int64_t of_era = year - era * 400;
    int64_t of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

consent__civil consent__civil_from_days(int64_t days) {
    consent__civil d;
    int64_t era, day, year, month;
    if (days < DAY_FIRST)
        days = DAY_FIRST;
    if (days > DAY_LAST)
        days = DAY_LAST;
    days += 719468;
    era = floor_div(days, 146097);
    day = days - era * 146097;
    year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    day -= 365 * year + year / 4 - year / 100;
    month = (5 * day + 2) / 153;
    d.day = (int32_t)(day - (153 * month + 2) / 5 + 1);
    d.month = (int32_t)(month < 10 ? month + 3 : month - 9);
    d.year = (int32_t)(year + era * 400 + (d.month <= 2));
    return d;
}

int32_t consent__weekday(int64_t days) {
    return (int32_t)((days % 7 + 7 + 3) % 7) + 1; /* 1970-01-01 was a Thursday */
}

int64_t consent__local_day(int64_t at, int32_t offset_minutes) {
    /* Split first: the sum could overflow at the ends of the range. */
    int64_t rest = floor_mod(at, CONSENT__DAY) + offset_minutes * MINUTE;
    return floor_div(at, CONSENT__DAY) + floor_div(rest, CONSENT__DAY);
}

static consent__civil civil_at_month(int64_t months, int32_t day) {
    consent__civil d;
    int64_t year = floor_div(months, 12);
    if (year < 1)
        return consent__civil_from_days(DAY_FIRST);
    if (year > 9999)
        return consent__civil_from_days(DAY_LAST);
    d.year = (int32_t)year;
    d.month = (int32_t)(months - year * 12) + 1;
    d.day = day;
    if (d.day > month_days(d.year, d.month))
        d.day = month_days(d.year, d.month);
    return d;
}

consent__civil consent__civil_add_months(consent__civil d, int32_t months) {
    return civil_at_month((int64_t)d.year * 12 + d.month - 1 + months, d.day);
}

consent__civil consent__civil_add_years(consent__civil d, int32_t years) {
    return civil_at_month(((int64_t)d.year + years) * 12 + d.month - 1, d.day);
}

/* ---- reading ---- */

/* Exactly n digits; moves on only when they are there. */
static bool read_digits(const char **p, int n, int32_t *out) {
    int32_t v = 0;
    int i;
    for (i = 0; i < n; i++) {
        char c = (*p)[i];
        if (c < '0' || c > '9')
            return false;
        v = v * 10 + (c - '0');
    }
    *p += n;
    *out = v;
    return true;
}

static bool read_char(const char **p, char c) {
    if (**p != c)
        return false;
    ++*p;
    return true;
}

static bool read_civil(const char **p, consent__civil *out) {
    return read_digits(p, 4, &out->year) && read_char(p, '-') && read_digits(p, 2, &out->month) &&
           read_char(p, '-') && read_digits(p, 2, &out->day) && consent__civil_exists(*out);
}

static bool read_offset(const char **p, int32_t *out_minutes) {
    int32_t sign, hour, minute;
    if (read_char(p, '+'))
        sign = 1;
    else if (read_char(p, '-'))
        sign = -1;
    else
        return false;
    if (!read_digits(p, 2, &hour) || !read_char(p, ':') || !read_digits(p, 2, &minute) ||
        hour > 23 || minute > 59)
        return false;
    *out_minutes = sign * (hour * 60 + minute);
    return true;
}

/* ".5" is 500 000 microseconds; no fraction is 0. */
static bool read_fraction(const char **p, int32_t *out) {
    int32_t scale = 100000, digit;
    *out = 0;
    if (!read_char(p, '.'))
        return true;
    if (!read_digits(p, 1, &digit))
        return false;
    do {
        if (scale == 0)
            return false; /* finer than we keep: refused rather than rounded */
        *out += digit * scale;
        scale /= 10;
    } while (read_digits(p, 1, &digit));
    return true;
}

static bool read_time(const char **p, int64_t *out) {
    int32_t hour, minute, second, micro;
    if (!read_digits(p, 2, &hour) || !read_char(p, ':') || !read_digits(p, 2, &minute) ||
        !read_char(p, ':') || !read_digits(p, 2, &second) || !read_fraction(p, &micro) ||
        hour > 23 || minute > 59 || second > 59)
        return false;
    *out = (hour * INT64_C(3600) + minute * 60 + second) * CONSENT__SECOND + micro;
    return true;
}

bool consent__civil_parse(const char *text, consent__civil *out) {
    consent__civil d;
    if (text == NULL || !read_civil(&text, &d) || *text != '\0')
        return false;
    *out = d;
    return true;
}

bool consent__offset_parse(const char *text, int32_t *out_minutes) {
    int32_t minutes;
    if (text == NULL || !read_offset(&text, &minutes) || *text != '\0')
        return false;
    *out_minutes = minutes;
    return true;
}

bool consent__instant_parse(const char *text, int64_t *out) {
    consent__civil d;
    int64_t time, at;
    int32_t minutes = 0;
    if (text == NULL || !read_civil(&text, &d))
        return false;
    if ((!read_char(&text, 'T') && !read_char(&text, 't')) || !read_time(&text, &time))
        return false;
    if (!read_char(&text, 'Z') && !read_char(&text, 'z') && !read_offset(&text, &minutes))
        return false;
    if (*text != '\0')
        return false;
    at = consent__civil_days(d) * CONSENT__DAY + time - minutes * MINUTE;
    if (at < DAY_FIRST * CONSENT__DAY || at >= (DAY_LAST + 1) * CONSENT__DAY)
        return false; /* the offset led out of the years that can be printed in UTC */
    *out = at;
    return true;
}

/* ---- writing ---- */

static char *put_digits(char *p, int n, int64_t v) {
    int i;
    for (i = n - 1; i >= 0; i--) {
        p[i] = (char)('0' + v % 10);
        v /= 10;
    }
    return p + n;
}

static char *put_char(char *p, char c) {
    *p = c;
    return p + 1;
}

static char *put_civil(char *p, consent__civil d) {
    p = put_char(put_digits(p, 4, d.year), '-');
    p = put_char(put_digits(p, 2, d.month), '-');
    return put_digits(p, 2, d.day);
}

void consent__civil_text(consent__civil d, char out[11]) {
    *put_civil(out, d) = '\0';
}

static char *put_offset(char *p, int32_t minutes) {
    if (minutes == 0)
        return put_char(p, 'Z');
    p = put_char(p, minutes < 0 ? '-' : '+');
    if (minutes < 0)
        minutes = -minutes;
    p = put_char(put_digits(p, 2, minutes / 60), ':');
    return put_digits(p, 2, minutes % 60);
}

void consent__instant_text(int64_t at, int32_t offset_minutes, char out[CONSENT__RFC3339_SIZE]) {
    const int64_t first = DAY_FIRST * CONSENT__DAY, end = (DAY_LAST + 1) * CONSENT__DAY;
    int64_t time;
    char *p;
    if (offset_minutes > OFFSET_MAX || offset_minutes < -OFFSET_MAX)
        offset_minutes = 0;
    /* Outside the years 0001..9999 (a host's clock may say anything) the nearest instant inside. */
    at = at < first ? first : at >= end ? end - 1 : at;
    if (at + offset_minutes * MINUTE < first || at + offset_minutes * MINUTE >= end)
        offset_minutes = 0;
    at += offset_minutes * MINUTE;
    time = floor_mod(at, CONSENT__DAY);
    p = put_civil(out, consent__civil_from_days(floor_div(at, CONSENT__DAY)));
    p = put_char(p, 'T');
    p = put_char(put_digits(p, 2, time / (60 * MINUTE)), ':');
    p = put_char(put_digits(p, 2, time / MINUTE % 60), ':');
    p = put_digits(p, 2, time / CONSENT__SECOND % 60);
    if (time % CONSENT__SECOND != 0)
        p = put_digits(put_char(p, '.'), 6, time % CONSENT__SECOND);
    *put_offset(p, offset_minutes) = '\0';
}
