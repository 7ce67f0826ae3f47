/* SPDX-License-Identifier: Apache-2.0 */
#include "core/horizon.h"

#include "util/date.h"

static void note(consent__span *h, int64_t instant) {
    if (instant > h->at && instant < h->until)
        h->until = instant;
    if (instant <= h->at && instant > h->from)
        h->from = instant;
}

/* Ages are reached at local midnight, whatever the threshold. */
static void note_midnight(consent__span *h, const consent__policy *p) {
    int64_t offset = (int64_t)p->utc_offset * 60 * CONSENT__SECOND;
    int64_t midnight = consent__local_day(h->at, p->utc_offset) * CONSENT__DAY - offset;
    note(h, midnight);
    note(h, midnight + CONSENT__DAY);
}

static void note_catalog(consent__span *h, const consent__catalog *c) {
    for (int32_t i = 0; i < c->versions_count; i++)
        if (c->versions[i].published_seq >= 0)
            note(h, c->versions[i].in_force_from);
    for (int32_t i = 0; i < c->stops_count; i++)
        note(h, c->stops[i].at);
    for (int32_t i = 0; i < c->successors_count; i++)
        note(h, c->successors[i].at);
}

static void note_policy(consent__span *h, const consent__policy *p) {
    note_midnight(h, p);
    for (int32_t i = 0; i < p->assessments_count; i++) {
        note(h, p->assessments[i].done_at);
        note(h, p->assessments[i].valid_until);
    }
}

static void note_state(consent__span *h, const consent__state *s) {
    for (int32_t i = 0; i < s->spoken_count; i++) {
        note(h, s->spoken[i].at);
        note(h, s->spoken[i].from);
        note(h, s->spoken[i].until);
    }
    for (int32_t i = 0; i < s->links_count; i++) {
        note(h, s->links[i].since);
        note(h, s->links[i].verified_at);
        note(h, s->links[i].ended_at);
        note(h, s->links[i].until);
    }
    for (int32_t i = 0; i < s->allowed_count; i++)
        note(h, s->allowed[i].at);
    for (int32_t i = 0; i < s->objections_count; i++)
        note(h, s->objections[i].at);
    for (int32_t i = 0; i < s->restrictions_count; i++)
        note(h, s->restrictions[i].at);
    for (int32_t i = 0; i < s->notices_count; i++) {
        note(h, s->notices[i].shown_at);
        note(h, s->notices[i].acknowledged_at);
    }
}

consent__span consent__horizon(const consent__catalog *catalog, const consent__state *state,
                               const consent__version *version, int32_t purpose, int64_t at) {
    consent__span h = {at, at, at};
    /* Facts grow old, each condition at its own pace: such an answer is not kept. */
    if (!version || purpose < 0 || version->policy->purposes[purpose].precondition_count)
        return h;
    if (at > INT64_MAX - CONSENT__HORIZON_MOST || at < INT64_MIN + CONSENT__HORIZON_MOST)
        return h;
    h.from = at - CONSENT__HORIZON_MOST;
    h.until = at + CONSENT__HORIZON_MOST;
    note_catalog(&h, catalog);
    note_policy(&h, version->policy);
    note_state(&h, state);
    return h;
}
