/* SPDX-License-Identifier: Apache-2.0 */
/* Deadlines: which of two is the longer. */
#include "core/diff_work.h"

#include <string.h>

enum { ADDED, REMOVED, LONGER, SHORTER };

static const char *deadline_text(consent__diff_work *w, const consent__deadline *d) {
    const char *text;
    if (!d->present)
        return NULL;
    text =
        consent__arena_format(w->arena, "%d %s %s %s", (int)d->count, consent__unit_name(d->unit),
                              d->calendar, consent__convention_name(d->from));
    if (text == NULL)
        w->failed = true;
    return text;
}

/* What a convention adds, in half days: a term of n working days by `roll` and one of n + 1 by
 * `incl` end together whatever the day of receipt; `next` lies between. */
static int64_t half_days(const consent__deadline *d) {
    return 2 * (int64_t)d->count + (d->from == FROM_INCL ? -1 : d->from == FROM_ROLL ? 1 : 0);
}

typedef struct span {
    int64_t least, most; /* hours */
} span;

/* Between what bounds a deadline falls, whatever the day of receipt and the calendar. */
static span deadline_span(const consent__deadline *d) {
    span s = {d->count, d->count};
    if (d->unit == UNIT_DAYS) {
        s.least = 24 * (int64_t)d->count;
        s.most = s.least + 24; /* the end of the last day */
    } else if (d->unit == UNIT_WORKING_DAYS) {
        s.least = 24 * (int64_t)d->count;
        s.most = 24 * (2 * (int64_t)d->count + 15);
    } else if (d->unit == UNIT_MONTHS) {
        s.least = 24 * 28 * (int64_t)d->count;
        s.most = 24 * (31 * (int64_t)d->count + 1);
    }
    return s;
}

/* -1 shorter, 1 longer, 0 not to be said. */
static int across_units(const consent__deadline *a, const consent__deadline *b) {
    span before = deadline_span(a), after = deadline_span(b);
    /* Working days never end before as many calendar days. */
    if (a->unit == UNIT_DAYS && b->unit == UNIT_WORKING_DAYS && b->count >= a->count)
        return 1;
    if (a->unit == UNIT_WORKING_DAYS && b->unit == UNIT_DAYS && b->count <= a->count)
        return -1;
    return after.least >= before.most ? 1 : after.most <= before.least ? -1 : 0;
}

static int32_t deadline_type(int32_t added, const consent__deadline *a,
                             const consent__deadline *b) {
    int order;
    if (a->present != b->present)
        return added + (a->present ? REMOVED : ADDED);
    if (!a->present)
        return -1;
    if (a->unit != b->unit) {
        order = across_units(a, b);
        return order > 0   ? added + LONGER
               : order < 0 ? added + SHORTER
                           : CHANGE_TYPE_DEADLINE_UNIT_CHANGED;
    }
    if (half_days(a) != half_days(b))
        return added + (half_days(b) > half_days(a) ? LONGER : SHORTER);
    return a->from != b->from ? CHANGE_TYPE_DEADLINE_CONVENTION_CHANGED : -1;
}

void consent__diff_deadline(consent__diff_work *w, int32_t added, const char *key,
                            const consent__deadline *a, const consent__deadline *b,
                            const consent__indices *sections_a,
                            const consent__indices *sections_b) {
    int32_t type = deadline_type(added, a, b);
    const char *before = deadline_text(w, a), *after = deadline_text(w, b);
    consent__diff_node *n;
    if (type >= 0) {
        n = consent__diff_add(w, type, key, NULL);
        consent__diff_values(n, before, after);
        consent__diff_rests_on(w, n, sections_a, sections_b);
    }
    if (a->present && b->present && strcmp(a->calendar, b->calendar) != 0) {
        n = consent__diff_add(w, CHANGE_TYPE_DEADLINE_CALENDAR_CHANGED, key, NULL);
        consent__diff_values(n, a->calendar, b->calendar);
        consent__diff_rests_on(w, n, sections_a, sections_b);
    }
}
