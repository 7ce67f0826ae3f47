/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENT__FLOW_SUBJECT_H
#define CONSENT__FLOW_SUBJECT_H

#include "flow/store.h"

consent_status consent__flow_subject_add(const consent__cx *cx, consent_store *s,
                                         const char *subject, const char *born);
consent_status consent__flow_subject_set_born(const consent__cx *cx, consent_store *s,
                                              const char *subject, const char *born);
consent_status consent__flow_subject_get(const consent__cx *cx, consent_store *s,
                                         const char *subject, consent_rows **out);
consent_status consent__flow_subject_list(const consent__cx *cx, consent_store *s, int64_t skip,
                                          int64_t limit, consent_rows **out);
consent_status consent__flow_decision_list(const consent__cx *cx, consent_store *s,
                                           const char *subject, consent_rows **out);
consent_status consent__flow_history(const consent__cx *cx, consent_store *s, const char *subject,
                                     consent_rows **out);

#endif
