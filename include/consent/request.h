/* SPDX-License-Identifier: Apache-2.0 */
/* Requests: a subject exercises a right. Every move is an event; which moves there are, deadlines,
 * extension and pause: docs/requests.md. Sources: PIPL arts 44-50, Network Data Regulations arts 23-25,
 * GDPR arts 12-22, as the policy's `rights` and its profile say. */
#ifndef CONSENT_REQUEST_H
#define CONSENT_REQUEST_H

#include <consent/rows.h>
#include <consent/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What is requested; a builder. */
typedef struct consent_request consent_request;

/* A request to be opened; a builder, one thread at a time. kind: access, copy, portability, correct,
 * restrict, object, delete, withdraw, explain, guardian-inquiry, deceased-relative, cancel-account,
 * complaint. NULL only when out of memory or an argument is NULL. */
CONSENT_API consent_request *consent_request_new(const char *subject, const char *kind);
CONSENT_API void consent_request_free(consent_request *request);
/* Needed only when the store holds several policies. */
CONSENT_API consent_status consent_request_set_policy(consent_request *request, const char *policy);
/* The channel it came through: "app", "email" … */
CONSENT_API consent_status consent_request_set_channel(consent_request *request, const char *channel);
/* Who asks: "self" (default), "guardian", "relative" (of a deceased subject), "agent". */
CONSENT_API consent_status consent_request_set_standing(consent_request *request,
                                                        const char *standing);
/* The guardian who asks, by external id; the standing becomes "guardian". A verified link must stand. */
CONSENT_API consent_status consent_request_set_guardian(consent_request *request,
                                                        const char *guardian);
/* What the standing was shown by: a kind of document. */
CONSENT_API consent_status consent_request_set_evidence(consent_request *request,
                                                        const char *evidence);
/* How the identity was checked when it was received. */
CONSENT_API consent_status consent_request_set_method(consent_request *request, const char *method);
/* When it was received, if not now; the deadline runs from then. Never in the future. */
CONSENT_API consent_status consent_request_set_received(consent_request *request,
                                                        int64_t received_at);

/* Opens it. One row as consent_request_get. CONSENT_E_NOT_FOUND (subject, guardian), _ARGUMENT,
 * _REFUSED (no standing; the subject directed that relatives get nothing: fact
 * "directive.no-relatives"), _STATE (a cancellation runs already), _AMBIGUOUS. */
CONSENT_API consent_status consent_request_open(consent_store *store, const consent_request *request,
                                                consent_rows **out, consent_error **err);
/* One request by its number. One row: request n, kind t, state t (received, verifying, paused, accepted,
 * in-progress, done, refused, terminated, withdrawn), received_at u, due u (absent: none), due_local t
 * (with the offset of the calendar), provisional b, overdue b, subject t, standing t, policy t,
 * version t, extended b, acknowledged b, until u (end of the cooling-off), sections j, history j. Of an
 * erased subject's request only what stands before `subject` is known. CONSENT_E_NOT_FOUND. */
CONSENT_API consent_status consent_request_get(consent_store *store, int64_t number,
                                               consent_rows **out, consent_error **err);
/* Requests of one subject (NULL: of all), by number; columns as consent_request_get, without history. */
CONSENT_API consent_status consent_request_list(consent_store *store, const char *subject,
                                                consent_rows **out, consent_error **err);
/* Open requests in the order they are due; those past their date have overdue set. Columns as
 * consent_request_list; no error of its own. */
CONSENT_API consent_status consent_request_due(consent_store *store, consent_rows **out,
                                               consent_error **err);
/* Moves a request. why: in words, required for paused, refused and terminated (PIPL art. 50); actor:
 * who decided; method: how the identity was checked; document: SHA-256 of the answer (64 hex). Each may
 * be NULL otherwise. One row as consent_request_get. CONSENT_E_STATE names a move that does not exist. */
CONSENT_API consent_status consent_request_advance(consent_store *store, int64_t number,
                                                   const char *state, const char *why,
                                                   const char *actor, const char *method,
                                                   const char *document, consent_rows **out,
                                                   consent_error **err);
/* Extends the deadline once, before it has passed, where policy or profile allow it. One row as
 * consent_request_get. CONSENT_E_NOT_FOUND, _STATE, _REFUSED, _ARGUMENT. */
CONSENT_API consent_status consent_request_extend(consent_store *store, int64_t number,
                                                  const char *why, const char *actor,
                                                  consent_rows **out, consent_error **err);

#ifdef __cplusplus
}
#endif
#endif
