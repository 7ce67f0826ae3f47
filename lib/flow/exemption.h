/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENT__FLOW_EXEMPTION_H
#define CONSENT__FLOW_EXEMPTION_H

#include "flow/store.h"

typedef struct consent__use { /* the builder of the public header */
    const char *subject, *policy, *exemption, *purpose, *why, *actor, *recipient;
    int32_t operation, item_count;
    const char *const *items;
} consent__use;

consent_status consent__flow_exemption_use(const consent__cx *cx, consent_store *s,
                                           const consent__use *use, consent_rows **out);

/* What somebody answers for: data that left in a form the recipient cannot trace back. */
typedef struct consent__claim {
    const char *policy, *purpose, *recipient, *method, *actor;
    int64_t observed;
    int32_t item_count;
    const char *const *items;
} consent__claim;
consent_status consent__flow_deidentified(const consent__cx *cx, consent_store *s,
                                          const consent__claim *claim, int64_t *out_event);

#endif
