/* SPDX-License-Identifier: Apache-2.0 */
/* Incidents: data leaked, was changed or lost, or may have been (PIPL art. 57; GDPR arts 33, 34;
 * DPDP Act s. 8(6)). The policy's `incident` says what is told, by which channels in which order,
 * to which authority and by when. Texts given here are of the store and stay for ever: no personal
 * data in them. */
#ifndef CONSENT_INCIDENT_H
#define CONSENT_INCIDENT_H

#include <consent/rows.h>
#include <consent/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Opens an incident. kind: "leak", "tamper", "loss"; what: in words; discovered: when it became
 * known (0: now); items: what is affected, as far as known. Its deadline runs from `discovered`:
 * the policy's, else the profile's. The row of consent_incident_get. policy NULL: the only one.
 * CONSENT_E_ARGUMENT (kind, in the future, no text), _ENCODING, _NOT_FOUND (policy, item),
 * _AMBIGUOUS, _STATE (no version in force). */
CONSENT_API
consent_status consent_incident_open(consent_store *store, const char *policy, const char *kind,
                                     const char *what, int64_t discovered, const char *const *items,
                                     size_t item_count, consent_rows **out, consent_error **err);
/* Fills in one of the contents the notice must have; again: the newer text counts. Which: those of
 * the policy, else what-happened, measures, self-protection, remedies. The row of
 * consent_incident_get. CONSENT_E_NOT_FOUND (incident, content), _ARGUMENT, _ENCODING, _STATE
 * (closed). */
CONSENT_API
consent_status consent_incident_describe(consent_store *store, int64_t incident,
                                         const char *content, const char *text, consent_rows **out,
                                         consent_error **err);
/* The incident was reported to an authority at `at` (0: now). method: how; may be NULL. The row of
 * consent_incident_get. CONSENT_E_NOT_FOUND, _ARGUMENT (before it was discovered, in the future),
 * _ENCODING, _STATE (closed). */
CONSENT_API
consent_status consent_incident_report(consent_store *store, int64_t incident,
                                       const char *authority, int64_t at, const char *method,
                                       consent_rows **out, consent_error **err);
/* These subjects are affected, all or none of the list; count 0: everybody registered, some hundred
 * to a transaction, and a call that was interrupted is simply repeated. Adopted subjects are left
 * out: their account is told. The verified guardians of whoever is not known to be of age are to be
 * told as well (PIPL art. 31; Minors' Network Regulations art. 35; COPPA). *out_added: how many
 * subjects were not on the list yet, guardians not counted; may be NULL.
 * CONSENT_E_NOT_FOUND (incident, subject), _ARGUMENT, _STATE (closed). */
CONSENT_API
consent_status consent_incident_affect(consent_store *store, int64_t incident,
                                       const char *const *subjects, size_t count,
                                       int64_t *out_added, consent_error **err);
/* One affected subject, or guardian of one, was told by a channel, or (told false) could not be
 * reached by it. channel NULL: the next one in the policy's order; another is refused until those
 * before it have failed. An event of the subject. One row: incident n, event n, channel t, told b,
 * next t (the channel to try now; absent: it was told, or only an announcement is left).
 * CONSENT_DONE when it was told before. CONSENT_E_NOT_FOUND (incident, subject, not affected),
 * _ARGUMENT (channel), _STATE (closed; not that channel's turn; no channel left; the contents are
 * not complete). */
CONSENT_API
consent_status consent_incident_notify(consent_store *store, int64_t incident, const char *subject,
                                       const char *channel, bool told, consent_rows **out,
                                       consent_error **err);
/* It was announced in public, because telling each subject is impractical: why. Subjects not told
 * do not keep the incident open any more. Refused where the policy names channels and
 * "announcement" is none of them. The row of consent_incident_get. CONSENT_E_NOT_FOUND, _ARGUMENT,
 * _ENCODING, _STATE (closed; the contents are not complete), _REFUSED. */
CONSENT_API
consent_status consent_incident_announce(consent_store *store, int64_t incident, const char *why,
                                         consent_rows **out, consent_error **err);
/* Closes it: all contents filled, reported, everybody affected told or an announcement made. The
 * row of consent_incident_get. CONSENT_E_NOT_FOUND, _ENCODING, _STATE (closed before; or
 * incomplete: the message names what is missing). */
CONSENT_API
consent_status consent_incident_close(consent_store *store, int64_t incident, const char *why,
                                      const char *actor, consent_rows **out, consent_error **err);
/* One incident. One row: incident n, kind t, state t (open, complete, closed), policy t, version t,
 * reason t, discovered u, due u, overdue b (open, or closed, after it was due), provisional b,
 * items j, contents j ([{content, text}]; text null: missing), channels j, reports j ([{authority,
 * at}]), affected n, told n, untold n (erased and adopted subjects not counted), announced b,
 * missing j (what keeps it from being complete), closed u, guardians n (of affected children; told
 * and untold count them too). CONSENT_E_NOT_FOUND. */
CONSENT_API
consent_status consent_incident_get(consent_store *store, int64_t incident, consent_rows **out,
                                    consent_error **err);
/* All incidents in the order they were opened; columns as consent_incident_get. */
CONSENT_API
consent_status consent_incident_list(consent_store *store, consent_rows **out, consent_error **err);

#ifdef __cplusplus
}
#endif
#endif
