/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENT__FLOW_ERASURES_H
#define CONSENT__FLOW_ERASURES_H

#include "flow/erase.h"

consent_status consent__flow_erasure_pending(const consent__cx *cx, consent_store *s, bool *out);
/* CONSENT_E_ARGUMENT when the text is not 32 lower-case hex digits. */
consent_status consent__uid_read(const consent__cx *cx, const char *text, uint8_t out[16]);
/* flow/task.c */
consent_status consent__flow_erasure_tasks(const consent__cx *cx, consent_store *s, bool open_only,
                                           consent_rows **out);
consent_status consent__flow_erasure_done(const consent__cx *cx, consent_store *s, const char *uid,
                                          const char *recipient, const char *actor);
consent_status consent__flow_remainder_list(const consent__cx *cx, consent_store *s,
                                            const char *uid, consent_rows **out);
consent_status consent__flow_erasures_export(const consent__cx *cx, consent_store *s,
                                             consent_rows **out);
consent_status consent__flow_erasures_apply(const consent__cx *cx, consent_store *s,
                                            const char *list, const char *vkey, bool scrub,
                                            int64_t *out_erased);

#endif
