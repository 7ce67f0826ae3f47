/* SPDX-License-Identifier: Apache-2.0 */
#include "core/retention.h"

#include <string.h>

static int64_t later(int64_t a, int64_t b) {
    return a > b ? a : b;
}

/* NO_INSTANT is the smallest number. */
static int64_t observed(const consent__state *s, const char *fact, bool must_hold, int64_t t) {
    int64_t at = CONSENT__NO_INSTANT;
    for (int32_t i = 0; i < s->known_count; i++) {
        const consent__known *k = &s->known[i];
        bool no = k->value.type == VALUE_NULL ||
                  ((k->value.type == VALUE_BOOL || k->value.type == VALUE_INT) && !k->value.number);
        if (strcmp(k->fact, fact) == 0 && k->observed <= t && !(must_hold && no))
            at = later(at, k->observed);
    }
    return at;
}

typedef struct acts {
    int64_t first_grant, last_no;
    bool granted, other_basis;
} acts;

static acts acts_about(const consent__version *v, const consent__state *s, int32_t item,
                       int64_t t) {
    acts a = {CONSENT__NO_INSTANT, CONSENT__NO_INSTANT, false, false};
    for (int32_t i = 0; i < v->policy->purposes_count; i++) {
        const consent__purpose *u = &v->policy->purposes[i];
        if (!consent__indices_has(&u->items, item))
            continue;
        if (u->basis != BASIS_CONSENT) {
            a.other_basis = true;
            continue;
        }
        uint32_t point = v->slots[v->purpose_slot[i]].point;
        for (int32_t k = 0; k < s->spoken_count; k++) {
            const consent__spoken *w = &s->spoken[k];
            if (w->point != point || w->at > t)
                continue;
            if (w->decision != CONSENT_DECISION_GRANTED) {
                a.last_no = later(a.last_no, w->at);
                continue;
            }
            a.granted |= !w->until || w->until > t;
            if (a.first_grant == CONSENT__NO_INSTANT || w->at < a.first_grant)
                a.first_grant = w->at;
        }
    }
    return a;
}

int64_t consent__retention_start(const consent__catalog *c, const consent__version *v,
                                 const consent__state *s, int32_t item, int64_t t) {
    const consent__retention *r = &v->policy->items[item].retention;
    (void)c;
    if (!r->present)
        return CONSENT__NO_INSTANT;
    if (strncmp(r->until, "fact:", 5) == 0)
        return observed(s, r->until + 5, true, t);
    if (strcmp(r->until, "account-closed") == 0)
        return observed(s, "account-closed", true, t);
    if (strcmp(r->until, "last-used") == 0)
        return observed(s, "last-used", false, t);
    acts a = acts_about(v, s, item, t);
    if (strcmp(r->until, "collected") == 0)
        return a.other_basis ? s->registered_at : a.first_grant;
    bool going_on = a.granted || (a.other_basis && strcmp(r->until, "withdrawn") != 0);
    if (going_on)
        return strcmp(r->until, "purpose-ended") == 0 ? observed(s, "purpose-ended", true, t)
                                                      : CONSENT__NO_INSTANT;
    return a.last_no;
}
