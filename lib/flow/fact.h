/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENT__FLOW_FACT_H
#define CONSENT__FLOW_FACT_H

#include "flow/store.h"

/* observed INT64_MIN: now. */
consent_status consent__flow_fact_put(const consent__cx *cx, consent_store *s, const char *subject,
                                      const char *fact, const char *value, const char *source,
                                      int64_t observed);
consent_status consent__flow_fact_list(const consent__cx *cx, consent_store *s, const char *subject,
                                       consent_rows **out);

#endif
