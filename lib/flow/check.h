/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENT__FLOW_CHECK_H
#define CONSENT__FLOW_CHECK_H

#include "flow/store.h"

typedef struct consent__asked { /* the builder of the public header */
    const char *subject, *purpose, *policy, *recipient, *permission;
    int32_t operation, item_count;
    const char *const *items;
    bool has_at;
    int64_t at;
} consent__asked;

typedef struct consent__answered { /* everything copied into the arena of the answer */
    bool allow, clock_behind, identifies;
    int32_t reason, blocker_count, section_count;
    int32_t *blockers;
    const char **sections;
    const char *policy, *version, *next, *source;
    int64_t event, at;
} consent__answered;

consent_status consent__flow_check(const consent__cx *cx, consent_store *s,
                                   const consent__asked *asked, consent__arena *arena,
                                   consent__answered *out);

#endif
