/* SPDX-License-Identifier: Apache-2.0 */
#include "core/request.h"

const char *consent__stage_name(int stage) {
    static const char *const names[STAGE_COUNT] = {
        [STAGE_RECEIVED] = "received",       [STAGE_VERIFYING] = "verifying",
        [STAGE_PAUSED] = "paused",           [STAGE_ACCEPTED] = "accepted",
        [STAGE_IN_PROGRESS] = "in-progress", [STAGE_DONE] = "done",
        [STAGE_REFUSED] = "refused",         [STAGE_TERMINATED] = "terminated",
        [STAGE_WITHDRAWN] = "withdrawn"};
    return stage >= 0 && stage < STAGE_COUNT ? names[stage] : NULL;
}

const char *consent__standing_name(int standing) {
    static const char *const names[STANDING_COUNT] = {"self", "guardian", "relative", "agent"};
    return standing >= 0 && standing < STANDING_COUNT ? names[standing] : NULL;
}

enum {
    WITH_REASON = 1,   /* who decides against somebody says why (PIPL art. 50; GDPR art. 12(4)) */
    SELF_ONLY = 2,     /* whoever else asks is verified first */
    BY_EXECUTION = 4,  /* a cancellation is done by executing it, and by nothing else */
    ENDS_DISPUTED = 8, /* what only ends a cancellation (annex a1.2) */
};

static const struct {
    int8_t from, to, rules;
} moves[] = {
    {STAGE_RECEIVED, STAGE_VERIFYING, 0},
    {STAGE_RECEIVED, STAGE_ACCEPTED, SELF_ONLY},
    {STAGE_RECEIVED, STAGE_REFUSED, WITH_REASON},
    {STAGE_RECEIVED, STAGE_TERMINATED, WITH_REASON | ENDS_DISPUTED},
    {STAGE_RECEIVED, STAGE_WITHDRAWN, 0},
    {STAGE_VERIFYING, STAGE_PAUSED, WITH_REASON},
    {STAGE_VERIFYING, STAGE_ACCEPTED, 0},
    {STAGE_VERIFYING, STAGE_REFUSED, WITH_REASON},
    {STAGE_VERIFYING, STAGE_TERMINATED, WITH_REASON | ENDS_DISPUTED},
    {STAGE_VERIFYING, STAGE_WITHDRAWN, 0},
    {STAGE_PAUSED, STAGE_VERIFYING, 0},
    {STAGE_PAUSED, STAGE_REFUSED, WITH_REASON},
    {STAGE_PAUSED, STAGE_TERMINATED, WITH_REASON | ENDS_DISPUTED},
    {STAGE_PAUSED, STAGE_WITHDRAWN, 0},
    {STAGE_ACCEPTED, STAGE_IN_PROGRESS, 0},
    {STAGE_ACCEPTED, STAGE_REFUSED, WITH_REASON},
    {STAGE_ACCEPTED, STAGE_TERMINATED, WITH_REASON | ENDS_DISPUTED},
    {STAGE_ACCEPTED, STAGE_WITHDRAWN, 0},
    {STAGE_IN_PROGRESS, STAGE_DONE, BY_EXECUTION},
    {STAGE_IN_PROGRESS, STAGE_REFUSED, WITH_REASON},
    {STAGE_IN_PROGRESS, STAGE_TERMINATED, WITH_REASON | ENDS_DISPUTED},
    {STAGE_IN_PROGRESS, STAGE_WITHDRAWN, 0},
};

bool consent__stage_final(int32_t stage) {
    for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++)
        if (moves[i].from == stage)
            return false;
    return true;
}

bool consent__stage_move(int32_t kind, int32_t standing, int32_t from, int32_t to, bool executing,
                         bool *reason) {
    bool cancels = kind == RIGHT_CANCEL_ACCOUNT;
    for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++) {
        if (moves[i].from != from || moves[i].to != to)
            continue;
        if (reason)
            *reason = (moves[i].rules & WITH_REASON) != 0;
        if ((moves[i].rules & SELF_ONLY) && standing != STANDING_SELF)
            return false;
        if ((moves[i].rules & BY_EXECUTION) && cancels && !executing)
            return false;
        return !(moves[i].rules & ENDS_DISPUTED) || cancels;
    }
    return false;
}

int32_t consent__request_find(const consent__state *s, int64_t number) {
    for (int32_t i = 0; i < s->requests_count; i++)
        if (s->requests[i].number == number)
            return i;
    return -1;
}

const consent__right *consent__request_right(const consent__policy *p, int32_t kind) {
    for (int32_t i = 0; i < p->rights_count; i++)
        if ((int32_t)p->rights[i].kind == kind)
            return &p->rights[i];
    return NULL;
}

const consent__deadline *consent__request_deadline(const consent__policy *p, int32_t kind) {
    const consent__right *right = consent__request_right(p, kind);
    if (right && right->deadline.present)
        return &right->deadline;
    if (kind == RIGHT_CANCEL_ACCOUNT && p->cancel_deadline.present)
        return &p->cancel_deadline;
    return p->profile.deadline.present ? &p->profile.deadline : NULL;
}

const consent__deadline *consent__request_extension(const consent__policy *p, int32_t kind) {
    const consent__right *right = consent__request_right(p, kind);
    if (right && right->extension.present)
        return &right->extension;
    /* The profile's extension belongs to the profile's deadline. */
    if (consent__request_deadline(p, kind) != &p->profile.deadline)
        return NULL;
    return p->profile.extension.present ? &p->profile.extension : NULL;
}
