/* SPDX-License-Identifier: Apache-2.0 */
/* Working-day calendars as data, and due dates. Conventions and finality: docs/calendars.md. */
#ifndef CONSENT__CORE_CALENDAR_H
#define CONSENT__CORE_CALENDAR_H

#include "core/policy.h"

typedef struct consent__calendar_year {
    int32_t year;
    const char *source;
    int32_t holiday_count, workday_count;
    const int32_t *holidays, *workdays; /* days since 1970-01-01, ascending */
} consent__calendar_year;
typedef struct consent__calendar {
    const char *key;
    int32_t utc_offset; /* minutes */
    uint32_t weekend;   /* bit per ISO weekday, 1..7 */
    int32_t year_count;
    const consent__calendar_year *years; /* ascending */
    int32_t fixed_count;
    const int32_t *fixed; /* month * 100 + day, ascending */
    int32_t final_before; /* month * 100 + day, 0: none */
} consent__calendar;

#endif
