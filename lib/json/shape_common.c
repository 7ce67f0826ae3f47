/* SPDX-License-Identifier: Apache-2.0 */
/* Definitions that the schemas share. */
#include "json/shape.h"

const consent__shape consent__shape_key = {
    .kind = SHAPE_STRING,
    .pattern = consent__pattern_key,
    .rule = "a key: at most 64 of a-z 0-9 . _ -, the first a letter or digit",
};
const consent__shape consent__shape_any_text = {.kind = SHAPE_STRING};
const consent__shape consent__shape_filled = {.kind = SHAPE_STRING, .min = 1};
const consent__shape consent__shape_text = {
    .kind = SHAPE_MAP,
    .pattern = consent__pattern_language,
    .rule = "a language tag",
    .element = &consent__shape_filled,
    .min = 1,
};
const consent__shape consent__shape_bool = {.kind = SHAPE_BOOL};
const consent__shape consent__shape_age = {.kind = SHAPE_INT, .min = 0, .max = 25};
const consent__shape consent__shape_reached = {.kind = SHAPE_WORD, .names = consent__reached_name};
const consent__shape consent__shape_unknown_age = {
    .kind = SHAPE_WORD,
    .names = consent__unknown_age_name,
};
const consent__shape consent__shape_coming = {.kind = SHAPE_WORD, .names = consent__coming_name};

static const consent__shape shape_count = {.kind = SHAPE_INT, .min = 0, .max = CONSENT__COUNT_MAX};
static const consent__shape shape_unit = {.kind = SHAPE_WORD, .names = consent__unit_name};
static const consent__shape shape_from = {.kind = SHAPE_WORD, .names = consent__convention_name};
static const consent__shape_member deadline_members[] = {
    {"count", &shape_count, true},
    {"unit", &shape_unit, true},
    {"calendar", &consent__shape_key, true}, /* "none" is a key too */
    {"from", &shape_from, false},
    {NULL, NULL, false},
};
const consent__shape consent__shape_deadline = {.kind = SHAPE_OBJECT, .members = deadline_members};
const consent__shape consent__shape_deadline_or_null = {
    .kind = SHAPE_OBJECT,
    .members = deadline_members,
    .nullable = true,
};
