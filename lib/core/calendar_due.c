/* SPDX-License-Identifier: Apache-2.0 */
#include "core/due.h"
#include "util/date.h"

#include <string.h>

#define MINUTE (60 * CONSENT__SECOND)
#define HOUR (60 * MINUTE)

/* ---- one day ---- */

static const consent__calendar_year *year_of(const consent__calendar *c, int32_t year) {
    int32_t low = 0, high = c->year_count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (c->years[middle].year < year)
            low = middle + 1;
        else
            high = middle;
    }
    return low < c->year_count && c->years[low].year == year ? &c->years[low] : NULL;
}

static bool among(const int32_t *days, int32_t count, int64_t day) {
    int32_t low = 0, high = count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (days[middle] < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && days[low] == day;
}

/* What a notice says about a day: -1 off, 1 worked, 0 nothing. */
static int noticed(const consent__calendar_year *y, int64_t day) {
    if (y == NULL)
        return 0;
    if (among(y->workdays, y->workday_count, day))
        return 1;
    return among(y->holidays, y->holiday_count, day) ? -1 : 0;
}

bool consent__is_workday(const consent__calendar *calendar, int64_t day, bool *provisional) {
    const consent__calendar_year *own, *next;
    consent__civil d;
    int said;
    if (provisional != NULL)
        *provisional = false;
    if (calendar == NULL)
        return true;
    d = consent__civil_from_days(day);
    own = year_of(calendar, d.year);
    next = year_of(calendar, d.year + 1);
    if (provisional != NULL && calendar->year_count > 0)
        *provisional = own == NULL || (next == NULL && calendar->final_before != 0 &&
                                       d.month * 100 + d.day >= calendar->final_before);
    /* The notice for a year may move days at the end of the one before: it is the later word. */
    said = noticed(next, day);
    if (said == 0)
        said = noticed(own, day);
    if (said != 0)
        return said > 0;
    if (own == NULL && among(calendar->fixed, calendar->fixed_count, d.month * 100 + d.day))
        return false;
    return (calendar->weekend >> consent__weekday(day) & 1) == 0;
}

/* ---- counting ---- */

typedef struct counting {
    const consent__calendar *calendar;
    int64_t last_possible; /* 9999-12-31 */
    bool provisional, past_end;
} counting;

static bool counts(counting *c, int64_t day) {
    bool provisional, yes = consent__is_workday(c->calendar, day, &provisional);
    c->provisional |= provisional;
    c->past_end |= day > c->last_possible;
    return yes;
}

/* That day if it is a working day, else the next one. */
static int64_t workday_from(counting *c, int64_t day) {
    while (!counts(c, day) && !c->past_end)
        day++;
    return day;
}

static bool knows_rest_days(const consent__calendar *c) {
    return c != NULL && (c->weekend != 0 || c->year_count > 0 || c->fixed_count > 0);
}

/* The n-th working day from `first` on, written to days when there is room; `first - 1` for none.
 */
static int64_t workdays(counting *c, int64_t first, int32_t n, int32_t *days) {
    int64_t day = first - 1;
    int32_t i;
    for (i = 0; i < n && !c->past_end; i++) {
        day = workday_from(c, day + 1);
        if (days != NULL && !c->past_end)
            days[i] = (int32_t)day;
    }
    return day;
}

static int64_t calendar_days(counting *c, int64_t first, int32_t n, int32_t *days) {
    int32_t i;
    c->past_end |= first + n - 1 > c->last_possible;
    for (i = 0; days != NULL && !c->past_end && i < n; i++)
        days[i] = (int32_t)(first + i);
    return first + n - 1;
}

static int64_t months_later(counting *c, int64_t day, int32_t n, bool incl) {
    consent__civil d = consent__civil_from_days(day);
    int64_t months = (int64_t)d.year * 12 + d.month - 1 + n;
    c->past_end |= months / 12 > 9999;
    if (c->past_end)
        return day;
    return consent__civil_days(consent__civil_add_months(d, n)) - (incl && n > 0 ? 1 : 0);
}

/* The last day; days may be NULL. */
static int64_t last_day(counting *c, const consent__deadline *d, int64_t received, int32_t *days) {
    int64_t start =
        d->from == FROM_ROLL && knows_rest_days(c->calendar) ? workday_from(c, received) : received;
    /* Nothing to count: the day of receipt itself, also where that day would be day 1. */
    int64_t first = d->from == FROM_INCL && d->count > 0 ? start : start + 1;
    int64_t last;
    if (d->unit == UNIT_WORKING_DAYS)
        return workdays(c, first, d->count, days);
    if (d->unit == UNIT_MONTHS)
        last = months_later(c, start, d->count, d->from == FROM_INCL);
    else
        last = calendar_days(c, first, d->count, days);
    return knows_rest_days(c->calendar) && !c->past_end ? workday_from(c, last) : last;
}

static consent_status too_late(const consent__cx *cx) {
    return consent__fail(cx, CONSENT_E_LIMIT, "the deadline ends after the year 9999");
}

static consent_status due_in_hours(const consent__cx *cx, const consent__deadline *d, int64_t at,
                                   int32_t offset, int64_t last_possible,
                                   consent__due_result *out) {
    if (at > 0 && d->count > (INT64_MAX - at) / HOUR)
        return too_late(cx);
    out->due = at + d->count * HOUR;
    out->last_day = (int32_t)consent__local_day(out->due, offset);
    return out->last_day > last_possible ? too_late(cx) : CONSENT_OK;
}

consent_status consent__due(const consent__cx *cx, const consent__calendar *calendar,
                            const consent__deadline *deadline, int64_t received_at,
                            int32_t policy_offset, consent__arena *arena,
                            consent__due_result *out) {
    const consent__civil first = {1, 1, 1}, end = {9999, 12, 31};
    int32_t offset = calendar != NULL ? calendar->utc_offset : policy_offset;
    int64_t received = consent__local_day(received_at, offset), last;
    counting c = {calendar, 0, false, false};
    int32_t *days = NULL;
    memset(out, 0, sizeof *out);
    c.last_possible = consent__civil_days(end);
    if (!deadline->present || deadline->count < 0)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "no deadline to count");
    if (received < consent__civil_days(first) || received > c.last_possible)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "received outside the years 1 to 9999");
    if (deadline->unit == UNIT_HOURS)
        return due_in_hours(cx, deadline, received_at, offset, c.last_possible, out);
    last = last_day(&c, deadline, received, NULL);
    if (c.past_end)
        return too_late(cx);
    if (deadline->unit != UNIT_MONTHS && deadline->count > 0) {
        /* Known to be short only now: counted once more, and written down. */
        days = consent__arena_get(arena, (size_t)deadline->count * sizeof *days);
        if (days == NULL)
            return consent__no_memory(cx);
        last = last_day(&c, deadline, received, days);
        out->day_count = deadline->count;
    }
    out->days = days;
    out->last_day = (int32_t)last;
    out->provisional = c.provisional;
    out->due = (last + 1) * CONSENT__DAY - offset * MINUTE - CONSENT__SECOND;
    return CONSENT_OK;
}
