/* SPDX-License-Identifier: Apache-2.0 */
/* Plans: the check turned into what a screen shows and into what may run. A plan writes nothing. */
#ifndef CONSENT_PLAN_H
#define CONSENT_PLAN_H

#include <consent/rows.h>
#include <consent/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What to ask the subject (or its guardian) next: every consent point in force that an answer could open
 * and none has. Columns: point t ("purpose" or "purpose@recipient"), class t, who t (subject, guardian),
 * why t (reason code; GUARDIAN_CONSENTED: came of age, the guardian's consent stands until the subject
 * answers), required b (the service needs the purpose; a refusal of any other point blocks nothing
 * else), sections j ([{id,lang,sha256}…] in `lang`, falling back to the binding language), shown t (what
 * to give back with consent_act_set_shown), not_before u (after a clear no, where the policy sets
 * reask_hours), screen n (0: may share one screen and one act; n > 0: an act of its own).
 * `policy` NULL: the only one; `lang` NULL: the binding one. CONSENT_E_NOT_FOUND, _STATE (no version in
 * force; adopted subject), _AMBIGUOUS. */
CONSENT_API consent_status consent_ask(consent_store *store, const char *subject,
                                       const char *policy, const char *lang, consent_rows **out,
                                       consent_error **err);
/* What may start now: every permission the policy declares, and every recipient whose code runs in the
 * app (SDKs, and whoever a permission is declared for). Synchronous, meant to run before any plugin is
 * registered and before the first frame; a subject nobody registered yet has agreed to nothing, so only
 * what needs no consent may start. One is allowed when one of its purposes is; of several denials the
 * one that came furthest is told. Columns: kind t (permission, recipient), name t, allow b, reason t.
 * No rows where no policy is in force. CONSENT_E_ARGUMENT, _ENCODING, _AMBIGUOUS. */
CONSENT_API consent_status consent_start(consent_store *store, const char *subject,
                                         const char *policy, consent_rows **out,
                                         consent_error **err);

#ifdef __cplusplus
}
#endif
#endif
