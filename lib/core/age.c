/* SPDX-License-Identifier: Apache-2.0 */
#include "core/decide.h"
#include "util/date.h"

int64_t consent__age_reached(const consent__policy *p, int32_t born, int32_t years) {
    consent__civil d = {born / 10000, born / 100 % 100, born % 100};
    int64_t day = consent__civil_days(consent__civil_add_years(d, years));
    if (p->profile.reached == REACHED_DAY_AFTER)
        day++;
    return day * CONSENT__DAY - (int64_t)p->utc_offset * 60 * CONSENT__SECOND;
}

int64_t consent__decides_from(const consent__policy *p, int32_t born) {
    const consent__profile *f = &p->profile;
    int32_t years = f->minor_decides_by_guardian ? f->adult_from : f->guardian_below;
    if (years <= 0)
        return INT64_MIN;
    if (!born)
        return f->unknown_age == UNKNOWN_GUARDIAN ? CONSENT__NEVER : INT64_MIN;
    return consent__age_reached(p, born, years);
}
