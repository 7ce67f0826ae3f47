/* SPDX-License-Identifier: Apache-2.0 */
/* What the schemas in policy/schema say, as tables: a shape per definition, and one function that
 * holds a document against a shape. It agrees with a JSON Schema validator, except that numbers must
 * also fit the library (`max`), instants are RFC 3339 to the letter, and no string may hold NUL, CR
 * or a byte order mark. */
#ifndef CONSENT__JSON_SHAPE_H
#define CONSENT__JSON_SHAPE_H

#include "json/doc.h"

typedef enum consent__shape_kind {
    SHAPE_OBJECT, /* the members named and no other */
    SHAPE_MAP,    /* any members whose names match the pattern */
    SHAPE_LIST,
    SHAPE_STRING,
    SHAPE_WORD, /* one of a few strings */
    SHAPE_INT,
    SHAPE_BOOL,
    SHAPE_SCALAR /* integer, truth value, string or null */
} consent__shape_kind;

typedef struct consent__shape consent__shape;
typedef struct consent__shape_member {
    const char *name; /* NULL: end of the table */
    const consent__shape *shape;
    bool required;
} consent__shape_member;

typedef bool (*consent__pattern_fn)(const char *text);
typedef const char *(*consent__names_fn)(int v);

struct consent__shape {
    consent__shape_kind kind;
    const consent__shape_member *members; /* OBJECT */
    const consent__shape *element;        /* LIST, MAP: of each value */
    consent__pattern_fn pattern;          /* STRING: of the text; MAP: of the names; NULL: any */
    const char *rule;                     /* what the pattern asks for, for messages */
    consent__names_fn names;              /* WORD */
    uint32_t words;                       /* WORD: bit per value allowed; 0: all */
    int64_t min, max;                     /* INT; LIST, MAP and STRING: least length, no most */
    bool unique;                          /* LIST of strings or numbers */
    bool nullable;                        /* null instead of the value */
};

/* CONSENT_E_INPUT, or CONSENT_E_DUPLICATE for a list that must not repeat itself. */
consent_status consent__shape_check(consent__doc *doc, int32_t node, const consent__shape *shape);

extern const consent__shape consent__shape_bundle;
extern const consent__shape consent__shape_profile;
extern const consent__shape consent__shape_rules; /* a bundle's overrides of its profile */
extern const consent__shape consent__shape_calendar;

/* Definitions that several documents share. */
extern const consent__shape consent__shape_key;
extern const consent__shape consent__shape_text;
extern const consent__shape consent__shape_filled; /* a string of at least one character */
extern const consent__shape consent__shape_any_text;
extern const consent__shape consent__shape_bool;
extern const consent__shape consent__shape_deadline;
extern const consent__shape consent__shape_deadline_or_null;
extern const consent__shape consent__shape_age;
extern const consent__shape consent__shape_reached;
extern const consent__shape consent__shape_unknown_age;
extern const consent__shape consent__shape_coming;

/* Beyond the schemas: more would leave the years 1 to 9999, or 64 bits of microseconds. */
#define CONSENT__COUNT_MAX 36500   /* of a deadline, in its unit */
#define CONSENT__DAYS_MAX 1000000
#define CONSENT__HOURS_MAX 24000000

/* Patterns, by hand: pattern.c */
bool consent__pattern_key(const char *text);
bool consent__pattern_version(const char *text);
bool consent__pattern_language(const char *text);
bool consent__pattern_offset(const char *text);
bool consent__pattern_country(const char *text);
bool consent__pattern_until(const char *text);
bool consent__pattern_instant(const char *text);
bool consent__pattern_year(const char *text);
bool consent__pattern_date(const char *text);
bool consent__pattern_month_day(const char *text);

/* Words that stand in schemas only. */
const char *consent__origin_name(int v);
const char *consent__minor_decides_name(int v);

#endif
