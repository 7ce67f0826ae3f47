/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENT__FLOW_PLAN_H
#define CONSENT__FLOW_PLAN_H

#include "flow/check.h"

consent_status consent__flow_ask(const consent__cx *cx, consent_store *s, const char *subject,
                                 const char *policy, const char *lang, consent_rows **out);
consent_status consent__flow_start(const consent__cx *cx, consent_store *s, const char *subject,
                                   const char *policy, consent_rows **out);
/* Every purpose of a policy for one subject. */
consent_status consent__flow_check_purposes(const consent__cx *cx, consent_store *s,
                                            const char *subject, const char *policy,
                                            consent_rows **out);
/* One question about every subject; its own subject and instant are not looked at. */
consent_status consent__flow_check_subjects(const consent__cx *cx, consent_store *s,
                                            const consent__asked *asked, bool allowed_only,
                                            consent_rows **out);

/* The operation a share of this purpose is asked about: as the purpose declares it. */
int32_t consent__share_operation(const consent__purpose *u);

#endif
