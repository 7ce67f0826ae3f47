/* SPDX-License-Identifier: Apache-2.0 */
/* May an account be cancelled, and what becomes of each item. Pure. */
#ifndef CONSENT__CORE_CANCEL_H
#define CONSENT__CORE_CANCEL_H

#include "core/decide.h"

typedef struct consent__eligible {
    consent__truth
        answer; /* no: a condition fails, a dispute is known, or a hold covers everything */
    consent__truth *met; /* per condition of the policy */
    consent__why_unknown *why;
    bool *disputed; /* per dispute fact of the policy */
    bool held;      /* a hold covers everything */
} consent__eligible;
/* Every condition is looked at. False when out of memory. */
bool consent__eligibility(const consent__policy *p, const consent__state *s, int64_t t,
                       consent__arena *arena, consent__eligible *out);
/* Whether any source's newest observation of the fact is true. */
bool consent__dispute_known(const consent__state *s, const char *fact, int64_t t);

/* The first hold in force at t that covers the item (NULL: one that covers everything); NULL. */
const consent__hold *consent__hold_on(const consent__state *s, const char *item, int64_t t);

typedef struct consent__outcome {
    int32_t item; /* of the policy */
    bool retained;
    consent__then then;        /* when it is not retained */
    int64_t until;             /* of what is retained; CONSENT__NO_INSTANT: no end is known */
    const char *reason;        /* of what is retained; NULL for a hold */
    const consent__hold *hold; /* it is retained for */
} consent__outcome;
/* What an erasure at t does with an item. cancels: by the cancellation agreement; else by the
 * item's own retention rule. A hold goes before what the policy retains, that before what it
 * erases. */
void consent__outcome_of(const consent__policy *p, const consent__state *s, int32_t item,
                         bool cancels, int64_t t, consent__outcome *out);

#endif
