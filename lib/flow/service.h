/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENT__FLOW_SERVICE_H
#define CONSENT__FLOW_SERVICE_H

#include "flow/store.h"

consent_status consent__flow_hold_place(const consent__cx *cx, consent_store *s,
                                        const char *subject, const char *authority,
                                        const char *const *items, size_t item_count, int64_t until,
                                        const char *why, consent_rows **out);
consent_status consent__flow_hold_release(const consent__cx *cx, consent_store *s, int64_t hold,
                                          const char *why, const char *actor, consent_rows **out);
consent_status consent__flow_hold_list(const consent__cx *cx, consent_store *s, const char *subject,
                                       consent_rows **out);
consent_status consent__flow_service_stop(const consent__cx *cx, consent_store *s, const char *why);
consent_status consent__flow_service_wind_down(const consent__cx *cx, consent_store *s,
                                               int64_t most, int64_t *out_done, int64_t *out_left);
consent_status consent__flow_controller_change(const consent__cx *cx, consent_store *s,
                                               const char *successor, bool accepts);

#endif
