/* SPDX-License-Identifier: Apache-2.0 */
/* When the clock of an item's retention started. Pure. */
#ifndef CONSENT__CORE_RETENTION_H
#define CONSENT__CORE_RETENTION_H

#include "core/state.h"

/* First instant of the retention period of an item, CONSENT__NO_INSTANT while it has not started or
 * nothing tells. `until` of the rule: collected (first grant of a purpose with the item;
 * registration where a purpose with it rests on another basis); withdrawn, purpose-ended (last
 * withdrawal, refusal or end of a consent's validity, once no purpose with the item is granted);
 * last-used, account-closed, fact:NAME (newest observation of that fact, for the last two while it
 * is not false). */
int64_t consent__retention_start(const consent__catalog *c, const consent__version *v,
                                 const consent__state *s, int32_t item, int64_t t);

typedef struct consent__period {
    int64_t since; /* CONSENT__NO_INSTANT: it has not started, or nothing tells */
    int64_t due;   /* with the extension */
    int64_t ends;  /* without it */
    const consent__extension *extension; /* that moves the date; NULL */
    const consent__expired *applied;     /* this very period was acted upon; NULL */
} consent__period;
/* The retention period of an item as it stands at t. What is collected all the time has a new
 * period from the moment the one before was acted upon. */
void consent__retention_period(const consent__catalog *c, const consent__version *v,
                               const consent__state *s, int32_t item, int64_t t,
                               consent__period *out);

#endif
