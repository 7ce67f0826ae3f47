/* SPDX-License-Identifier: Apache-2.0 */
/* Civil dates (proleptic Gregorian) and RFC 3339. Instants are microseconds since 1970, UTC. */
#ifndef CONSENT__UTIL_DATE_H
#define CONSENT__UTIL_DATE_H

#include "util/env.h"

#define CONSENT__SECOND INT64_C(1000000)
#define CONSENT__DAY (INT64_C(86400) * CONSENT__SECOND)
#define CONSENT__RFC3339_SIZE 40

typedef struct consent__civil {
    int32_t year;  /* 1..9999 */
    int32_t month; /* 1..12 */
    int32_t day;   /* 1..31 */
} consent__civil;

bool consent__civil_exists(consent__civil d);
int64_t consent__civil_days(consent__civil d); /* days since 1970-01-01 */
consent__civil consent__civil_from_days(int64_t days);
int32_t consent__weekday(int64_t days);                           /* ISO: 1 Monday .. 7 Sunday */
bool consent__civil_parse(const char *text, consent__civil *out); /* "YYYY-MM-DD", must exist */
void consent__civil_text(consent__civil d, char out[11]);
/* RFC 3339 with offset; fractions up to 6 digits (further digits refused); leap second :60 refused;
 * the date must exist; years 0001-9999. */
bool consent__instant_parse(const char *text, int64_t *out);
/* With the offset in minutes (0 prints Z); fraction only when there is one, 6 digits. */
void consent__instant_text(int64_t at, int32_t offset_minutes, char out[CONSENT__RFC3339_SIZE]);
/* "+08:00" -> 480. False when malformed. */
bool consent__offset_parse(const char *text, int32_t *out_minutes);
/* Local civil day (days since 1970) of an instant at an offset. */
int64_t consent__local_day(int64_t at, int32_t offset_minutes);
/* Whole years later; 29 February in a common year is taken as 28 February. */
consent__civil consent__civil_add_years(consent__civil d, int32_t years);
consent__civil consent__civil_add_months(consent__civil d,
                                         int32_t months); /* clamped to month end */

#endif
