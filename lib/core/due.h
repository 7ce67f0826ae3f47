/* SPDX-License-Identifier: Apache-2.0 */
/* Working days and due dates over a calendar that is data. Pure.
 *
 * The rules (law-rules.md §3; Civil Code of the PRC arts 200-204; Regulation 1182/71 art. 3 is
 * alike):
 * - Days are civil days at the calendar's utc_offset, at the policy's when there is no calendar.
 * Only the local day of receipt counts: 23:59:59 and 00:00:00 differ, two instants of one day do
 * not.
 * - next: the day of receipt is not counted. incl: it is day 1 if it is a day that counts. roll: a
 *   receipt on a rest day first moves to the next working day, which then is not counted.
 * - working-days: the last of `count` working days, 0 being the day of receipt (by roll, moved).
 * - days: as many calendar days. months: the day of the same number, or the last of a shorter
 * month; by incl the day before it. A last day that is a rest day moves to the next working day,
 * when the calendar knows rest days at all (a weekend or holidays); with no calendar nothing moves.
 * - hours: exactly so many hours from receipt. No calendar, convention or holiday moves them.
 * - Due is the last second of the last day.
 * - provisional: the answer rests on a day whose status may still change. A year without data is
 * read as weekends less the fixed-date holidays; from `final_before` on a year's days wait for the
 * next year's notice, which may move them. A calendar that lists no year at all never waits. */
#ifndef CONSENT__CORE_DUE_H
#define CONSENT__CORE_DUE_H

#include "core/calendar.h"
#include "util/arena.h"

typedef struct consent__due_result {
    int64_t due;      /* instant */
    int32_t last_day; /* days since 1970-01-01, local */
    bool provisional;
    int32_t day_count;   /* the days counted, in order; none for hours and months */
    const int32_t *days; /* days since 1970-01-01 */
} consent__due_result;

/* calendar NULL: every day. provisional may be NULL; else says whether the answer may change. */
bool consent__is_workday(const consent__calendar *calendar, int64_t day, bool *provisional);

/* calendar NULL: plain days, working days being all days. policy_offset (minutes) is used only
 * then. CONSENT_E_ARGUMENT: no deadline, a negative count, or a receipt outside the years 1 to
 * 9999; CONSENT_E_LIMIT: due after the year 9999, or no working day before it; CONSENT_E_MEMORY. */
consent_status consent__due(const consent__cx *cx, const consent__calendar *calendar,
                            const consent__deadline *deadline, int64_t received_at,
                            int32_t policy_offset, consent__arena *arena, consent__due_result *out);

#endif
