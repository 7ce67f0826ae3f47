/* SPDX-License-Identifier: Apache-2.0 */
/* policy/schema/profile.schema.json, and the same as a bundle's `rules`. */
#include "json/shape.h"

const char *consent__minor_decides_name(int v) {
    return v == 0 ? "self" : v == 1 ? "guardian" : NULL;
}

static const consent__shape shape_minor_decides = {
    .kind = SHAPE_WORD,
    .names = consent__minor_decides_name,
};
static const consent__shape shape_basis = {.kind = SHAPE_WORD, .names = consent__basis_name};
static const consent__shape shape_bases = {
    .kind = SHAPE_LIST,
    .element = &shape_basis,
    .unique = true,
};
static const consent__shape shape_strictness = {
    .kind = SHAPE_WORD,
    .names = consent__strictness_name,
};
static const consent__shape shape_deny_or_off = {
    .kind = SHAPE_WORD,
    .names = consent__strictness_name,
    .words = 1u << STRICT_DENY | 1u << STRICT_OFF,
};
static const consent__shape shape_recipient_kind = {
    .kind = SHAPE_WORD,
    .names = consent__recipient_kind_name,
};
static const consent__shape shape_recipient_kinds = {
    .kind = SHAPE_LIST,
    .element = &shape_recipient_kind,
    .unique = true,
};
static const consent__shape shape_country = {
    .kind = SHAPE_STRING,
    .pattern = consent__pattern_country,
    .rule = "a country code of two capital letters",
};
static const consent__shape shape_countries = {
    .kind = SHAPE_LIST,
    .element = &shape_country,
    .unique = true,
};
static const consent__shape shape_lead_days = {
    .kind = SHAPE_INT,
    .min = 0,
    .max = CONSENT__DAYS_MAX,
};
static const consent__shape shape_reask_hours = {
    .kind = SHAPE_INT,
    .min = 1,
    .max = CONSENT__HOURS_MAX,
    .nullable = true,
};
static const consent__shape shape_trigger = {.kind = SHAPE_INT, .min = 1, .max = 6};
static const consent__shape shape_triggers = {
    .kind = SHAPE_LIST,
    .element = &shape_trigger,
    .unique = true,
};

static const consent__shape_member separate_members[] = {
    {"sensitive", &consent__shape_bool, true},
    {"shares", &shape_recipient_kinds, true},
    {"disclose", &consent__shape_bool, true},
    {"export", &consent__shape_bool, true},
    {NULL, NULL, false},
};
static const consent__shape shape_separate = {.kind = SHAPE_OBJECT, .members = separate_members};

static const consent__shape_member deadlines_members[] = {
    {"default", &consent__shape_deadline, true},
    {"extension", &consent__shape_deadline_or_null, true},
    {"incident", &consent__shape_deadline, true},
    {NULL, NULL, false},
};
static const consent__shape shape_deadlines = {.kind = SHAPE_OBJECT, .members = deadlines_members};

/* A profile must have them all; a bundle overrides those it names, each as a whole. */
/* clang-format off */
#define RULES(required)                                                  \
    {"guardian_below", &consent__shape_age, required},                   \
    {"adult_from", &consent__shape_age, required},                       \
    {"minor_decides", &shape_minor_decides, required},                   \
    {"reached", &consent__shape_reached, required},                      \
    {"unknown_age", &consent__shape_unknown_age, required},              \
    {"on_coming_of_age", &consent__shape_coming, required},              \
    {"bases_not_allowed", &shape_bases, required},                       \
    {"bases_needing_evidence", &shape_bases, required},                  \
    {"assessment", &shape_strictness, required},                         \
    {"child_rules_missing", &shape_deny_or_off, required},               \
    {"separate", &shape_separate, required},                             \
    {"export_mechanism", &shape_deny_or_off, required},                  \
    {"home", &shape_countries, required},                                \
    {"lead_days", &shape_lead_days, required},                           \
    {"reask_hours", &shape_reask_hours, required},                       \
    {"material_triggers", &shape_triggers, required},                    \
    {"deadlines", &shape_deadlines, required}
/* clang-format on */

static const consent__shape_member rules_members[] = {RULES(false), {NULL, NULL, false}};
const consent__shape consent__shape_rules = {.kind = SHAPE_OBJECT, .members = rules_members};

static const consent__shape_member profile_members[] = {
    {"profile", &consent__shape_key, true},
    {"title", &consent__shape_text, true},
    {"source", &consent__shape_filled, true},
    RULES(true),
    {NULL, NULL, false},
};
const consent__shape consent__shape_profile = {.kind = SHAPE_OBJECT, .members = profile_members};
