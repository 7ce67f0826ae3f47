/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENT__FLOW_OBLIGATION_H
#define CONSENT__FLOW_OBLIGATION_H

#include "flow/store.h"

/* What an act makes the controller owe: found before the act changes the state, written after it.
 */
typedef struct consent__duties {
    bool delete_collected, inform_guardian;
    int32_t recipient_count;
    const char **recipients;
} consent__duties;
consent_status consent__duties_find(const consent__cx *cx, consent__work *w,
                                    const consent__state *before, const consent__version *v,
                                    const consent__slot *slot, const consent__event *act,
                                    consent__duties *out);
consent_status consent__duties_append(const consent__cx *cx, consent__work *w,
                                      consent__subject *subject, const consent__event *act,
                                      const consent__duties *duties);

consent_status consent__flow_obligation_list(const consent__cx *cx, consent_store *s,
                                             const char *subject, bool open_only,
                                             consent_rows **out);
consent_status consent__flow_obligation_met(const consent__cx *cx, consent_store *s,
                                            const char *subject, int64_t obligation,
                                            const char *actor, const char *method);

#endif
