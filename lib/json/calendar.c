/* SPDX-License-Identifier: Apache-2.0 */
#include "json/build.h"

#include <stdlib.h>
#include <string.h>

#include "util/date.h"
#include "json/sort.h"

#define EVERY_WEEKDAY 0xfeu /* bits 1..7 */

static int number_order(const void *a, const void *b) {
    const int32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Ascending, each once. */
static void numbers_tidy(int32_t *v, int32_t *count) {
    int32_t i, n = 0;
    if (*count == 0)
        return;
    consent__sort(v, (size_t)*count, sizeof *v, number_order);
    for (i = 0; i < *count; i++)
        if (n == 0 || v[n - 1] != v[i])
            v[n++] = v[i];
    *count = n;
}

/* ---- years ---- */

static const int32_t *read_dates(consent__builder *b, int32_t year_node, const char *name,
                                 int32_t year, int32_t *count) {
    int32_t list = consent__build_member(b, year_node, name), at, i = 0;
    int32_t *v = consent__build_array(b, list, sizeof *v, count);
    for (CONSENT__EACH(b, at, list)) {
        consent__civil d = {0, 0, 0};
        (void)consent__civil_parse(consent__doc_text(b->doc, at), &d);
        if (d.year != year)
            consent__build_failed(b,
                                  consent__doc_fail(b->doc, at, CONSENT_E_INPUT,
                                                    "date does not lie in the year %d", (int)year));
        else
            v[i++] = (int32_t)consent__civil_days(d);
    }
    if (b->status == CONSENT_OK)
        numbers_tidy(v, count);
    return v;
}

/* Told at the workday, in the order of the file. */
static void check_workdays(consent__builder *b, int32_t node, const consent__calendar_year *year) {
    int32_t at;
    for (CONSENT__EACH(b, at, consent__build_member(b, node, "workdays"))) {
        int32_t low = 0, high = year->holiday_count, day;
        consent__civil d = {0, 0, 0};
        (void)consent__civil_parse(consent__doc_text(b->doc, at), &d);
        day = (int32_t)consent__civil_days(d);
        while (low < high) {
            int32_t middle = low + (high - low) / 2;
            if (year->holidays[middle] < day)
                low = middle + 1;
            else
                high = middle;
        }
        if (low < year->holiday_count && year->holidays[low] == day)
            consent__build_failed(b, consent__doc_fail(b->doc, at, CONSENT_E_INPUT,
                                                       "day is both a holiday and a workday"));
    }
}

static int year_order(const void *a, const void *b) {
    const consent__calendar_year *x = a, *y = b;
    return (x->year > y->year) - (x->year < y->year);
}

static void read_years(consent__builder *b, consent__calendar *out) {
    int32_t map = consent__build_member(b, 0, "years"), at;
    consent__calendar_year *v = consent__build_array(b, map, sizeof *v, &out->year_count);
    consent__calendar_year *year = v;
    out->years = v;
    for (CONSENT__EACH(b, at, map)) {
        year->year = (int32_t)strtol(consent__doc_name(b->doc, at), NULL, 10);
        year->source = consent__build_string(b, at, "source");
        year->holidays = read_dates(b, at, "holidays", year->year, &year->holiday_count);
        year->workdays = read_dates(b, at, "workdays", year->year, &year->workday_count);
        check_workdays(b, at, year);
        year++;
    }
    if (b->status == CONSENT_OK)
        consent__sort(v, (size_t)out->year_count, sizeof *v, year_order);
}

/* ---- the rest ---- */

static int32_t month_day(const char *text) {
    return (int32_t)(strtol(text, NULL, 10) * 100 + strtol(text + 3, NULL, 10));
}

static void read_fixed(consent__builder *b, consent__calendar *out) {
    int32_t list = consent__build_member(b, 0, "fixed_holidays"), at, i = 0;
    int32_t final = consent__build_member(b, 0, "final_before");
    int32_t *v = consent__build_array(b, list, sizeof *v, &out->fixed_count);
    for (CONSENT__EACH(b, at, list))
        v[i++] = month_day(consent__doc_text(b->doc, at));
    if (b->status == CONSENT_OK)
        numbers_tidy(v, &out->fixed_count);
    out->fixed = v;
    if (final >= 0)
        out->final_before = month_day(consent__doc_text(b->doc, final));
}

static void read_week(consent__builder *b, consent__calendar *out) {
    int32_t offset = consent__build_member(b, 0, "utc_offset");
    int32_t weekend = consent__build_member(b, 0, "weekend"), at;
    if (!consent__offset_parse(consent__doc_text(b->doc, offset), &out->utc_offset))
        consent__build_failed(b, consent__doc_fail(b->doc, offset, CONSENT_E_INPUT,
                                                   "expected an offset such as +08:00"));
    for (CONSENT__EACH(b, at, weekend)) {
        int64_t day = 0;
        (void)consent__doc_int(b->doc, at, &day);
        out->weekend |= UINT32_C(1) << day;
    }
    /* Whoever counts working days would never come to an end. */
    if (out->weekend == EVERY_WEEKDAY)
        consent__build_failed(
            b, consent__doc_fail(b->doc, weekend, CONSENT_E_INPUT, "week without a working day"));
}

consent_status consent__calendar_read(const consent__cx *cx, const void *bytes, size_t len,
                                      consent__arena *arena, consent__calendar *out) {
    consent__doc doc;
    consent__builder b = {cx, &doc, arena, NULL, CONSENT_OK};
    memset(out, 0, sizeof *out);
    b.status = consent__doc_open(&doc, cx, bytes, len, "calendar.schema.json");
    if (b.status == CONSENT_OK)
        b.status = consent__shape_check(&doc, 0, &consent__shape_calendar);
    if (b.status == CONSENT_OK) {
        out->key = consent__build_string(&b, 0, "calendar");
        read_week(&b, out);
        read_years(&b, out);
        read_fixed(&b, out);
    }
    consent__doc_close(&doc);
    if (b.status != CONSENT_OK)
        memset(out, 0, sizeof *out);
    return b.status;
}
