/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENT__FLOW_CALENDAR_H
#define CONSENT__FLOW_CALENDAR_H

#include "core/due.h"
#include "flow/store.h"

/* The calendar of that key: the store's last, else the built-in; "none" and NULL give NULL. Lives
 * in the arena. CONSENT_E_NOT_FOUND. */
consent_status consent__calendar_find(const consent__cx *cx, consent_store *store, consent__tx *tx,
                                      const char *key, consent__arena *arena,
                                      const consent__calendar **out);
consent_status consent__flow_calendar_import(const consent__cx *cx, consent_store *store,
                                             const void *bytes, size_t len);
/* from: a date or an instant as text. */
consent_status consent__flow_calendar_due(const consent__cx *cx, consent_store *store,
                                          const char *key, const char *from, int64_t count,
                                          const char *unit, const char *convention,
                                          consent_rows **out);

#endif
