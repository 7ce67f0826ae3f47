/* SPDX-License-Identifier: Apache-2.0 */
/* policy/schema/calendar.schema.json. */
#include "json/shape.h"

static const consent__shape shape_weekday = {.kind = SHAPE_INT, .min = 1, .max = 7};
static const consent__shape shape_weekend = {.kind = SHAPE_LIST, .element = &shape_weekday};
static const consent__shape shape_date = {
    .kind = SHAPE_STRING,
    .pattern = consent__pattern_date,
    .rule = "a date YYYY-MM-DD that exists",
};
static const consent__shape shape_dates = {.kind = SHAPE_LIST, .element = &shape_date};
static const consent__shape shape_month_day = {
    .kind = SHAPE_STRING,
    .pattern = consent__pattern_month_day,
    .rule = "a day MM-DD that exists",
};
static const consent__shape shape_month_days = {.kind = SHAPE_LIST, .element = &shape_month_day};

static const consent__shape_member year_members[] = {
    {"source", &consent__shape_any_text, true},
    {"holidays", &shape_dates, true},
    {"workdays", &shape_dates, true},
    {NULL, NULL, false},
};
static const consent__shape shape_year = {.kind = SHAPE_OBJECT, .members = year_members};
static const consent__shape shape_years = {
    .kind = SHAPE_MAP,
    .pattern = consent__pattern_year,
    .rule = "a year of four digits",
    .element = &shape_year,
};

static const consent__shape_member calendar_members[] = {
    {"calendar", &consent__shape_key, true},
    {"utc_offset", &consent__shape_any_text, true},
    {"weekend", &shape_weekend, true},
    {"years", &shape_years, true},
    {"fixed_holidays", &shape_month_days, false},
    {"final_before", &shape_month_day, false},
    {NULL, NULL, false},
};
const consent__shape consent__shape_calendar = {.kind = SHAPE_OBJECT, .members = calendar_members};
