/* SPDX-License-Identifier: Apache-2.0 */
/* Requests: which move leads from which stage to which. docs/requests.md shows the same table. */
#ifndef CONSENT__CORE_REQUEST_H
#define CONSENT__CORE_REQUEST_H

#include "core/state.h"

typedef enum consent__stage {
    STAGE_RECEIVED,
    STAGE_VERIFYING,
    STAGE_PAUSED, /* waits for who asks: the clock stands still */
    STAGE_ACCEPTED,
    STAGE_IN_PROGRESS,
    STAGE_DONE,
    STAGE_REFUSED,
    STAGE_TERMINATED, /* ended by the controller: a dispute, an erasure */
    STAGE_WITHDRAWN,  /* taken back by who asked */
    STAGE_COUNT
} consent__stage;
const char *consent__stage_name(int stage); /* NULL beyond the last */

typedef enum consent__standing {
    STANDING_SELF,
    STANDING_GUARDIAN,
    STANDING_RELATIVE, /* of a deceased subject */
    STANDING_AGENT,
    STANDING_COUNT
} consent__standing;
const char *consent__standing_name(int standing);

bool consent__stage_final(int32_t stage);
/* Whether a request of that kind and standing may go from one stage to another. `executing`: the
 * move is part of executing a cancellation. *reason (may be NULL): why must be said in words. */
bool consent__stage_move(int32_t kind, int32_t standing, int32_t from, int32_t to, bool executing,
                         bool *reason);
/* Index in the state's requests, -1. */
int32_t consent__request_find(const consent__state *s, int64_t number);
/* The right the request rests on, and its deadline: the right's own, for a cancellation the
 * policy's, else the profile's; NULL when there is none. */
const consent__right *consent__request_right(const consent__policy *p, int32_t kind);
const consent__deadline *consent__request_deadline(const consent__policy *p, int32_t kind);
const consent__deadline *consent__request_extension(const consent__policy *p, int32_t kind);

#endif
