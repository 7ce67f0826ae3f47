/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENT__FLOW_LIMIT_H
#define CONSENT__FLOW_LIMIT_H

#include "flow/store.h"

consent_status consent__flow_object(const consent__cx *cx, consent_store *s, const char *subject,
                                    const char *policy, const char *purpose, const char *reason);
/* item NULL: all processing. */
consent_status consent__flow_restrict(const consent__cx *cx, consent_store *s, const char *subject,
                                      const char *item, const char *reason);
consent_status consent__flow_unrestrict(const consent__cx *cx, consent_store *s,
                                        const char *subject, const char *item, const char *reason);
consent_status consent__flow_limit_list(const consent__cx *cx, consent_store *s,
                                        const char *subject, consent_rows **out);

#endif
