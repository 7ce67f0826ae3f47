/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/calendar.h>

#include "api/call.h"
#include "flow/calendar.h"

consent_status consent_calendar_import(consent_store *store, const void *bytes, size_t len,
                                       consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "calendar import", err, NULL, false);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_calendar_import(&cx, store, bytes, len))
               : st;
}

consent_status consent_calendar_due(consent_store *store, const char *calendar, const char *from,
                                    int64_t count, const char *unit, const char *convention,
                                    consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "calendar due", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_calendar_due(&cx, store, calendar, from,
                                                                    count, unit, convention, out))
               : st;
}
