/* SPDX-License-Identifier: Apache-2.0 */
#include "core/decide.h"
#include "util/date.h"

#include <string.h>

static bool same_value(const consent__value *a, const consent__value *b) {
    if (a->type != b->type)
        return false;
    if (a->type == VALUE_TEXT)
        return strcmp(a->text, b->text) == 0;
    return a->type == VALUE_NULL || a->number == b->number;
}

/* Order is meaningful between numbers and between texts only. */
static bool compares(const consent__value *a, const consent__value *b, int *order) {
    if (a->type != b->type)
        return false;
    if (a->type == VALUE_INT)
        *order = (a->number > b->number) - (a->number < b->number);
    else if (a->type == VALUE_TEXT)
        *order = strcmp(a->text, b->text);
    else
        return false;
    return true;
}

static consent__truth holds(const consent__value *v, const consent__condition *c) {
    int order = 0;
    if (c->op == OP_EQ)
        return same_value(v, &c->value) ? TRUTH_YES : TRUTH_NO;
    if (c->op == OP_NE)
        return same_value(v, &c->value) ? TRUTH_NO : TRUTH_YES;
    if (c->op == OP_ABSENT)
        return v->type == VALUE_NULL ? TRUTH_YES : TRUTH_NO;
    if (!compares(v, &c->value, &order))
        return TRUTH_UNDETERMINED;
    bool yes = c->op == OP_LT   ? order < 0
               : c->op == OP_LE ? order <= 0
               : c->op == OP_GT ? order > 0
                                : order >= 0;
    return yes ? TRUTH_YES : TRUTH_NO;
}

consent__truth consent__condition_holds(const consent__state *s, const consent__condition *c,
                                        int64_t t, consent__why_unknown *why) {
    consent__why_unknown ignored;
    if (!why)
        why = &ignored;
    *why = UNKNOWN_NOT;
    const consent__known *found = NULL;
    bool stale = false;
    for (int32_t i = 0; i < s->known_count; i++) {
        const consent__known *k = &s->known[i];
        if (strcmp(k->fact, c->fact) != 0 || k->observed > t)
            continue;
        if (c->max_age_hours && t - k->observed > c->max_age_hours * 3600 * CONSENT__SECOND) {
            stale = true;
            continue;
        }
        if (found && !same_value(&found->value, &k->value)) {
            *why = UNKNOWN_CONTRADICTORY;
            return TRUTH_UNDETERMINED;
        }
        found = k;
    }
    if (!found && stale) {
        *why = UNKNOWN_STALE;
        return TRUTH_UNDETERMINED;
    }
    if (!found) { /* `absent` is what a missing fact can still satisfy */
        if (c->op == OP_ABSENT)
            return TRUTH_YES;
        *why = UNKNOWN_MISSING;
        return TRUTH_UNDETERMINED;
    }
    consent__truth truth = holds(&found->value, c);
    if (truth == TRUTH_UNDETERMINED)
        *why = UNKNOWN_CONTRADICTORY;
    return truth;
}
