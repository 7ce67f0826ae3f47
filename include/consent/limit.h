/* SPDX-License-Identifier: Apache-2.0 */
/* Limits a subject sets beside consent: an objection to a purpose (PIPL arts 24, 27; GDPR art. 21), and
 * restriction of processing to mere storing (PIPL art. 47(2); GDPR art. 18). */
#ifndef CONSENT_LIMIT_H
#define CONSENT_LIMIT_H

#include <consent/rows.h>
#include <consent/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The subject objects to a purpose, on whatever basis it stands: the check answers OBJECTED until the
 * subject grants that purpose expressly. `policy` NULL: the only one; `reason` in words may be NULL.
 * CONSENT_DONE when it stands already: it is recorded as said again, so that a grant from in between that
 * comes late from a device does not take it back. CONSENT_E_NOT_FOUND, _STATE, _ARGUMENT, _ENCODING, _AMBIGUOUS. */
CONSENT_API consent_status consent_object(consent_store *store, const char *subject,
                                          const char *policy, const char *purpose,
                                          const char *reason, consent_error **err);
/* From now on only storing is allowed: for one item, or for all (`item` NULL). CONSENT_DONE when it
 * stands already. CONSENT_E_NOT_FOUND (subject; an item no published version declares), _STATE. */
CONSENT_API consent_status consent_restrict(consent_store *store, const char *subject,
                                            const char *item, const char *reason,
                                            consent_error **err);
/* Lifts the restriction that was set with the same `item`. CONSENT_DONE when there is none.
 * CONSENT_E_NOT_FOUND, _STATE, _ARGUMENT, _ENCODING. */
CONSENT_API consent_status consent_unrestrict(consent_store *store, const char *subject,
                                              const char *item, const char *reason,
                                              consent_error **err);
/* What stands. Columns: kind t (objection, restriction), policy t, purpose t, item t (absent: all),
 * since u, event n.
 * CONSENT_E_NOT_FOUND, _ARGUMENT, _ENCODING. */
CONSENT_API consent_status consent_limit_list(consent_store *store, const char *subject,
                                              consent_rows **out, consent_error **err);

#ifdef __cplusplus
}
#endif
#endif
