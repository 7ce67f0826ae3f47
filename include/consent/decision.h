/* SPDX-License-Identifier: Apache-2.0 */
/* Decisions: what a subject or guardian said about a consent point, bound to a version and to the
 * exact wording, through one surface. Every recorded decision is one event of the ledger. */
#ifndef CONSENT_DECISION_H
#define CONSENT_DECISION_H

#include <consent/rows.h>
#include <consent/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* An act to be recorded; a builder. Not for two threads at once. */
typedef struct consent_act consent_act;

/* decision: CONSENT_DECISION_*. NULL only when out of memory or when an argument is NULL. */
CONSENT_API
consent_act *consent_act_new(const char *subject, int32_t decision, const char *purpose);
CONSENT_API
void consent_act_free(consent_act *act);
/* All texts are copied; NULL takes a value back. */
CONSENT_API
consent_status consent_act_set_policy(consent_act *act, const char *policy);
CONSENT_API
consent_status consent_act_set_recipient(consent_act *act, const char *recipient);
/* CONSENT_CLASS_GENERAL (default), _SEPARATE (this act named this point alone), _WRITTEN. */
CONSENT_API
consent_status consent_act_set_class(consent_act *act, int32_t consent_class);
/* Where it was said: "app", "web", "paper" … "implied" (silence, use of the service, a pre-ticked
 * box) is recorded and never counts. */
CONSENT_API
consent_status consent_act_set_surface(consent_act *act, const char *surface);
/* Language the text was shown in (BCP 47). */
CONSENT_API
consent_status consent_act_set_lang(consent_act *act, const char *lang);
/* 64 hex digits: hash of the sections shown, as consent_policy_shown and the ask plan give it. */
CONSENT_API
consent_status consent_act_set_shown(consent_act *act, const char *shown);
/* 64 hex digits: SHA-256 of the signed document of a written consent. */
CONSENT_API
consent_status consent_act_set_document(consent_act *act, const char *sha256);
/* A guardian's id when the guardian says it for the child. */
CONSENT_API
consent_status consent_act_set_guardian(consent_act *act, const char *guardian);
/* A published version that is not yet in force, when the act is given in advance. */
CONSENT_API
consent_status consent_act_set_version(consent_act *act, const char *version);
/* Up to 128 bytes; the same key with the same content answers the first event (CONSENT_DONE), with
 * other content CONSENT_E_CONFLICT. */
CONSENT_API
consent_status consent_act_set_idempotency(consent_act *act, const char *key);

/* Records the act, durably, before it returns. One row: event n, at u, point t, decision t, class
 * t, policy t, version t, evidenced b (a text hash was given), implied b. CONSENT_DONE: recorded
 * before under this idempotency key. What is said is recorded as what it is: an act of too low a
 * class, or of a child alone, is an event, and the check says what is missing. Errors:
 * CONSENT_E_NOT_FOUND (subject, guardian, policy, version, purpose or recipient unknown), _STATE
 * (no version in force, a draft; the subject takes no acts), _STALE_TEXT, _UNKNOWN_TEXT, _REFUSED
 * (no guardian link; the subject decides alone), _CONFLICT, _ARGUMENT (also a written consent
 * without its document), _ENCODING, _AMBIGUOUS, _BUSY. out may be NULL. */
CONSENT_API
consent_status consent_record(consent_store *store, const consent_act *act, consent_rows **out,
                              consent_error **err);
/* Records many acts, in their order, in one transaction: for imports, and wherever one commit for
 * all is enough. Each act is recorded or refused for itself, and a refusal keeps none of the others
 * from being recorded. One row per act: status n (0 recorded, 1 recorded before under its
 * idempotency key, else the error), event n and at u (absent when refused), message t (absent when
 * not). CONSENT_DONE when nothing had to be recorded. A failure of the store or of memory is one of
 * the whole: nothing is recorded then, *out is NULL. At most 100 000 acts, CONSENT_E_LIMIT. Other
 * writers wait until it ends. */
CONSENT_API consent_status consent_record_many(consent_store *store,
                                               const consent_act *const *acts, size_t count,
                                               consent_rows **out, consent_error **err);
/* Short forms for a general act on a purpose. out_event may be NULL. */
CONSENT_API
consent_status consent_grant(consent_store *store, const char *subject, const char *purpose,
                             int64_t *out_event, consent_error **err);
CONSENT_API
consent_status consent_refuse(consent_store *store, const char *subject, const char *purpose,
                              int64_t *out_event, consent_error **err);
CONSENT_API
consent_status consent_withdraw(consent_store *store, const char *subject, const char *purpose,
                                int64_t *out_event, consent_error **err);

/* The decisions that stand for a subject: last of each point and epoch. Columns: policy t, point t,
 * decision t, class t, version t, epoch n, at u, from u, until u, event n, by t (subject,
 * guardian), evidenced b, counts b (this one decides now),
 * inherited b (taken over from a device), disputed b (another verified guardian says otherwise).
 * CONSENT_E_NOT_FOUND, _ARGUMENT, _ENCODING. */
CONSENT_API
consent_status consent_decision_list(consent_store *store, const char *subject, consent_rows **out,
                                     consent_error **err);
/* Every event of a subject, oldest first. Columns: event n, at u, kind t, body j.
 * CONSENT_E_NOT_FOUND, _ARGUMENT, _ENCODING. */
CONSENT_API
consent_status consent_history(consent_store *store, const char *subject, consent_rows **out,
                               consent_error **err);

#ifdef __cplusplus
}
#endif
#endif
