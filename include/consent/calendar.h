/* SPDX-License-Identifier: Apache-2.0 */
/* Calendars: which days are working days, as data (policy/schema/calendar.schema.json; docs/calendars.md).
 * Built in: "cn" (State Council's notices), "weekends". "none" is no calendar: plain days. */
#ifndef CONSENT_CALENDAR_H
#define CONSENT_CALENDAR_H

#include <consent/rows.h>
#include <consent/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Takes a calendar in; it replaces the one of the same key, the built-in too. Deadlines of open
 * requests that count by it are computed anew, each change as an event. CONSENT_DONE when this very
 * document is in use already. CONSENT_E_INPUT, _SYNTAX, _LIMIT, _ENCODING, _DUPLICATE with place;
 * _REFUSED for the key "none". */
CONSENT_API consent_status consent_calendar_import(consent_store *store, const void *bytes,
                                                   size_t len, consent_error **err);
/* When something is due that was received at `from` (a date YYYY-MM-DD in the calendar's own offset,
 * or RFC 3339) and has `count` units to be done: unit "working-days" (NULL), "days", "months", "hours";
 * convention "next" (NULL), "incl", "roll" (Civil Code of the PRC arts 200-204). One row: due u (the
 * last second of the last day), due_local t (RFC 3339 in the calendar's offset), days j (the days
 * counted), provisional b (a year without data, or days the next notice may still move).
 * CONSENT_E_NOT_FOUND (calendar), _ARGUMENT, _LIMIT. */
CONSENT_API consent_status consent_calendar_due(consent_store *store, const char *calendar,
                                                const char *from, int64_t count, const char *unit,
                                                const char *convention, consent_rows **out,
                                                consent_error **err);

#ifdef __cplusplus
}
#endif
#endif
