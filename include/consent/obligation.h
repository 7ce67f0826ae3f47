/* SPDX-License-Identifier: Apache-2.0 */
/* What the controller owes once a consent is over: withdrawal, or a guardian's refusal. */
#ifndef CONSENT_OBLIGATION_H
#define CONSENT_OBLIGATION_H

#include <consent/rows.h>
#include <consent/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Every obligation of a subject, or (open_only) those not met. Columns: obligation n (the event it arose
 * with), kind t, policy t, point t, recipient t, guardian t (uid), act n (the event that caused it),
 * since u, met_at u, held j (of a deletion that is open, items of the point that are under a hold and
 * must not go now: [{"hold","item"}]). Kinds: "inform-recipient" (one for each recipient that could get data under the
 * consent; PIPL art. 47, GDPR art. 19), "delete-collected" (PIPL art. 47(1)(3)), "inform-guardian" (who
 * refused). All are due at once.
 * CONSENT_E_NOT_FOUND, _ARGUMENT, _ENCODING. */
CONSENT_API consent_status consent_obligation_list(consent_store *store, const char *subject,
                                                   bool open_only, consent_rows **out,
                                                   consent_error **err);
/* It was done: by whom, how (both may be NULL). CONSENT_DONE when met before; CONSENT_E_NOT_FOUND. */
CONSENT_API consent_status consent_obligation_met(consent_store *store, const char *subject,
                                                  int64_t obligation, const char *actor,
                                                  const char *method, consent_error **err);

#ifdef __cplusplus
}
#endif
#endif
