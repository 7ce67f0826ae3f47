/* SPDX-License-Identifier: Apache-2.0 */
#include "core/retention.h"

#include <string.h>

#include "util/date.h"
#include "util/text.h"

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
    int64_t first_grant, last_no; /* last_no: withdrawn, refused, or a grant ran out */
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
            if (w->until && w->until <= t)
                a.last_no = later(a.last_no, w->until);
            else
                a.granted = true;
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

static const consent__expired *expired_of(const consent__catalog *c, const consent__version *v,
                                          const consent__state *s, const char *item) {
    for (int32_t i = 0; i < s->expired_count; i++) {
        const consent__version *x = consent__catalog_version_id(c, s->expired[i].version);
        if (x && x->policy_index == v->policy_index && strcmp(s->expired[i].item, item) == 0)
            return &s->expired[i];
    }
    return NULL;
}

/* Data under this item came in after it was acted upon, or still does. */
static bool comes_in(const consent__version *v, const consent__state *s, int32_t item,
                     const consent__expired *x, int64_t t) {
    const consent__retention *r = &v->policy->items[item].retention;
    if (strcmp(r->until, "collected") != 0 || x->then == THEN_RESTRICT || r->days == 0)
        return false;
    acts a = acts_about(v, s, item, t);
    return a.granted || a.other_basis || a.last_no > x->at;
}

static int64_t days_after(int64_t since, int64_t days) {
    int64_t room = (CONSENT__INTEGER_MAX - (since > 0 ? since : 0)) / CONSENT__DAY;
    return days > room ? CONSENT__INTEGER_MAX : since + days * CONSENT__DAY;
}

void consent__retention_period(const consent__catalog *c, const consent__version *v,
                               const consent__state *s, int32_t item, int64_t t,
                               consent__period *out) {
    const consent__item *it = &v->policy->items[item];
    *out = (consent__period){.since = consent__retention_start(c, v, s, item, t)};
    if (out->since == CONSENT__NO_INSTANT)
        return;
    const consent__expired *x = expired_of(c, v, s, it->key);
    if (x && x->since >= out->since) {
        if (comes_in(v, s, item, x, t))
            out->since = x->at;
        else
            out->applied = x;
    }
    out->due = out->ends = days_after(out->since, it->retention.days);
    for (int32_t i = 0; i < s->extensions_count; i++)
        if (strcmp(s->extensions[i].item, it->key) == 0 && s->extensions[i].until > out->due) {
            out->extension = &s->extensions[i];
            out->due = out->extension->until;
        }
}
