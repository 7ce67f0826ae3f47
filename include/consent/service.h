/* SPDX-License-Identifier: Apache-2.0 */
/* What the controller does beside single decisions: holds, retention, the end of the service, a change
 * of hands. */
#ifndef CONSENT_SERVICE_H
#define CONSENT_SERVICE_H

#include <consent/rows.h>
#include <consent/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Places a hold: an authority orders that some items (item_count 0: everything) are kept. It blocks
 * erasure of exactly these until `until` (0: until released); one on everything blocks cancellation and
 * erasing as a whole. One row: hold n (its number), subject t, uid t, authority t, items j, until u,
 * state t. CONSENT_E_NOT_FOUND (subject, item), _ARGUMENT, _ENCODING, _STATE. */
CONSENT_API consent_status consent_hold_place(consent_store *store, const char *subject,
                                              const char *authority, const char *const *items,
                                              size_t item_count, int64_t until, const char *why,
                                              consent_rows **out, consent_error **err);
/* Releases a hold, also of a subject that was erased since: what was kept of it for this hold may go.
 * One row as consent_hold_place. CONSENT_E_NOT_FOUND, _STATE (released before). */
CONSENT_API consent_status consent_hold_release(consent_store *store, int64_t hold, const char *why,
                                                const char *actor, consent_rows **out,
                                                consent_error **err);
/* The holds that were not released, of one subject or (NULL) of all by order of registration. Columns
 * as consent_hold_place, state placed or over (past its end), and since u. What is kept of erased
 * subjects for a hold: consent_remainder_list. CONSENT_E_NOT_FOUND, _ARGUMENT, _ENCODING. */
CONSENT_API consent_status consent_hold_list(consent_store *store, const char *subject,
                                             consent_rows **out, consent_error **err);
/* What the policy in force does not let be kept any longer, by the items' retention rules, then
 * what was kept of erased subjects until a date that has come. At most `limit` rows (0: all).
 * Columns: subject t (absent: erased), uid t, item t, then t (delete, anonymise, restrict), since u
 * (start of the period), due u, held b, hold n, why t, extended u and extended_why t (the period is
 * over, but the item may be kept until then: due says the same). What was acted upon already is not
 * listed any more (consent_retention_apply). CONSENT_E_ARGUMENT (a negative limit), _AMBIGUOUS,
 * _NOT_FOUND, _STATE (no version in force). */
CONSENT_API
consent_status consent_retention_due(consent_store *store, const char *policy, int64_t limit,
                                     consent_rows **out, consent_error **err);
/* Acts upon what consent_retention_due lists and nothing holds or extends, as an event of each
 * subject: delete and anonymise become a task of the host (consent_erasure_tasks, recipient "":
 * together with what is open there), restrict restricts the item (checks answer
 * PROCESSING_RESTRICTED; only store passes). What was kept of erased subjects and may go becomes a
 * task as well. About `most` subjects in this call (0: to the end), some hundred to a transaction:
 * a call that was interrupted is simply repeated and goes on where it stood; when nothing is due,
 * nothing is written. actor: who orders it; may be NULL. One row: looked n (subjects looked at),
 * erase n (items to erase), restrict n, held n (items a hold keeps), left n (about how many
 * subjects are still to be looked at; 0: the end was reached). CONSENT_E_ARGUMENT (a negative
 * number), _ENCODING, _AMBIGUOUS, _NOT_FOUND, _STATE. */
CONSENT_API
consent_status consent_retention_apply(consent_store *store, const char *policy, const char *actor,
                                       int64_t most, consent_rows **out, consent_error **err);
/* One item of a subject may be kept until `until` although its period is over sooner: why, in words
 * (PIPL art. 19: the shortest time needed). A later call for the same item replaces it. It ends by
 * itself, or by consent_retention_release. CONSENT_E_NOT_FOUND (subject; an item without a
 * retention period), _ARGUMENT (not in the future, no reason), _ENCODING, _STATE (adopted). */
CONSENT_API
consent_status consent_retention_extend(consent_store *store, const char *subject, const char *item,
                                        int64_t until, const char *why, const char *actor,
                                        consent_error **err);
/* Ends that before its time. CONSENT_E_NOT_FOUND (subject; the item is not extended), _ARGUMENT,
 * _ENCODING, _STATE (adopted). */
CONSENT_API
consent_status consent_retention_release(consent_store *store, const char *subject,
                                         const char *item, const char *why, const char *actor,
                                         consent_error **err);
/* The service ends: from now on every check answers SERVICE_STOPPED. CONSENT_DONE when it ended before.
 * CONSENT_E_ARGUMENT (no reason, or too long), _ENCODING. */
CONSENT_API consent_status consent_service_stop(consent_store *store, const char *why,
                                                consent_error **err);
/* After that: puts a task to tell (recipient "@notice") and one to erase (recipient "") for every
 * subject into consent_erasure_tasks, about `most` subjects in this call (0: all). Can be interrupted
 * and called again: it goes on where it stood. CONSENT_E_STATE when the service goes on. */
CONSENT_API consent_status consent_service_wind_down(consent_store *store, int64_t most,
                                                     int64_t *out_done, int64_t *out_left,
                                                     consent_error **err);
/* Another controller takes over (PIPL art. 22). Where it does not accept the policy, consents given
 * before end: checks answer CONTROLLER_CHANGED until the subject is asked again.
 * CONSENT_E_ARGUMENT (no name, or too long), _ENCODING. */
CONSENT_API consent_status consent_controller_change(consent_store *store, const char *successor,
                                                     bool accepts_policy, consent_error **err);

#ifdef __cplusplus
}
#endif
#endif
