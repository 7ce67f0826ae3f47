/* SPDX-License-Identifier: Apache-2.0 */
#include "core/cancel.h"

#include <string.h>

#include "util/date.h"

bool consent__dispute_known(const consent__state *s, const char *fact, int64_t t) {
    for (int32_t i = 0; i < s->known_count; i++) {
        const consent__known *k = &s->known[i];
        bool yes = (k->value.type == VALUE_BOOL || k->value.type == VALUE_INT) && k->value.number;
        if (yes && k->observed <= t && strcmp(k->fact, fact) == 0)
            return true;
    }
    return false;
}

const consent__hold *consent__hold_on(const consent__state *s, const char *item, int64_t t) {
    for (int32_t i = 0; i < s->holds_count; i++) {
        const consent__hold *h = &s->holds[i];
        if (h->until && h->until <= t)
            continue;
        if (h->items.count == 0)
            return h;
        for (int32_t j = 0; item && j < h->items.count; j++)
            if (strcmp(h->items.v[j], item) == 0)
                return h;
    }
    return NULL;
}

bool consent__eligibility(const consent__policy *p, const consent__state *s, int64_t t,
                       consent__arena *arena, consent__eligible *out) {
    int32_t n = p->cancel_conditions.count, m = p->dispute_facts.count;
    out->met = consent__arena_get(arena, (size_t)(n + 1) * sizeof *out->met);
    out->why = consent__arena_get(arena, (size_t)(n + 1) * sizeof *out->why);
    out->disputed = consent__arena_get(arena, (size_t)(m + 1) * sizeof *out->disputed);
    if (!out->met || !out->why || !out->disputed)
        return false;
    out->held = consent__hold_on(s, NULL, t) != NULL;
    bool failed = out->held, unknown = false;
    for (int32_t i = 0; i < n; i++) {
        out->met[i] = consent__condition_holds(s, &p->cancel_conditions.v[i], t, &out->why[i]);
        failed |= out->met[i] == TRUTH_NO;
        unknown |= out->met[i] == TRUTH_UNDETERMINED;
    }
    for (int32_t i = 0; i < m; i++) {
        out->disputed[i] = consent__dispute_known(s, p->dispute_facts.v[i], t);
        failed |= out->disputed[i];
    }
    out->answer = failed ? TRUTH_NO : unknown ? TRUTH_UNDETERMINED : TRUTH_YES;
    return true;
}

static const consent__retain *retain_of(const consent__policy *p, int32_t item) {
    for (int32_t i = 0; i < p->retain_count; i++)
        if (consent__indices_has(&p->retain[i].items, item))
            return &p->retain[i];
    return NULL;
}

static bool owed_to_law(const consent__policy *p, int32_t item) {
    for (int32_t i = 0; i < p->purposes_count; i++)
        if (p->purposes[i].basis == BASIS_LEGAL_OBLIGATION &&
            consent__indices_has(&p->purposes[i].items, item))
            return true;
    return false;
}

void consent__outcome_of(const consent__policy *p, const consent__state *s, int32_t item,
                         bool cancels, int64_t t, consent__outcome *out) {
    const consent__item *it = &p->items[item];
    const consent__retain *kept = retain_of(p, item);
    *out = (consent__outcome){.item = item, .until = CONSENT__NO_INSTANT};
    out->hold = consent__hold_on(s, it->key, t);
    if (out->hold) {
        out->retained = true;
        if (out->hold->until)
            out->until = out->hold->until;
        return;
    }
    if (kept) {
        const consent__lang_text *text = consent__text_in(&kept->reason, -1);
        out->retained = true;
        out->reason = text ? text->text : "the policy retains it";
        out->until = t + kept->days * CONSENT__DAY;
        return;
    }
    if (cancels && p->cancel_then && p->cancel_then[item])
        out->then = (consent__then)(p->cancel_then[item] - 1);
    else if (!cancels && owed_to_law(p, item))
        out->then = THEN_RESTRICT;
    else if (it->retention.present)
        out->then = it->retention.then;
    else
        out->then = THEN_DELETE;
    if (out->then == THEN_RESTRICT)
        out->reason = "only stored from now on";
}
