/* SPDX-License-Identifier: Apache-2.0 */
/* What may not be kept any longer: who is due, acting upon it, keeping something longer. */
#ifndef CONSENT__FLOW_RETENTION_H
#define CONSENT__FLOW_RETENTION_H

#include "flow/store.h"

consent_status consent__flow_retention_due(const consent__cx *cx, consent_store *s,
                                           const char *policy, int64_t limit, consent_rows **out);
/* most 0: to the end. */
consent_status consent__flow_retention_apply(const consent__cx *cx, consent_store *s,
                                             const char *policy, const char *actor, int64_t most,
                                             consent_rows **out);
consent_status consent__flow_retention_extend(const consent__cx *cx, consent_store *s,
                                              const char *subject, const char *item, int64_t until,
                                              const char *why, const char *actor);
consent_status consent__flow_retention_release(const consent__cx *cx, consent_store *s,
                                               const char *subject, const char *item,
                                               const char *why, const char *actor);

#endif
