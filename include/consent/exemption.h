/* SPDX-License-Identifier: Apache-2.0 */
/* Exemptions: cases in which the policy and the law let data be processed without consent. None is ever
 * applied by a check; each use is recorded with its case, its justification and who decided it, and
 * holds for that one use. */
#ifndef CONSENT_EXEMPTION_H
#define CONSENT_EXEMPTION_H

#include <consent/rows.h>
#include <consent/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One use; a builder. NULL only when out of memory or an argument is NULL. Not for two threads at once. */
typedef struct consent_use consent_use;
/* exemption: its key in the policy; why: the justification in words; actor: who decided it. NULL when
 * out of memory or when an argument is NULL. */
CONSENT_API consent_use *consent_use_new(const char *subject, const char *exemption,
                                         const char *purpose, const char *why, const char *actor);
CONSENT_API void consent_use_free(consent_use *use);
CONSENT_API consent_status consent_use_set_policy(consent_use *use, const char *policy);
/* Default: the purpose's usual one if the exemption covers it, else the first both name, else the
 * exemption's first. */
CONSENT_API consent_status consent_use_set_operation(consent_use *use, int32_t operation);
/* An authority needs no declared share: this is the only way it gets anything on a consent purpose. */
CONSENT_API consent_status consent_use_set_recipient(consent_use *use, const char *recipient);
CONSENT_API consent_status consent_use_add_item(consent_use *use, const char *item);

/* Records the use. One row: answer t ("allow"), reason t ("EXEMPT"), event n, at u, exemption t,
 * operation t, policy t, version t. It stands in for the consent (and who had to give it), for nothing
 * else: what is not declared, a restriction, a missing assessment, mechanism or contract still stand in
 * the way. Errors: CONSENT_E_NOT_FOUND (subject, policy, exemption, purpose), _REFUSED (the exemption
 * does not cover the operation; something else than consent is missing, named), _STATE, _ARGUMENT,
 * _ENCODING, _AMBIGUOUS. `out` may be NULL. */
CONSENT_API consent_status consent_exemption_use(consent_store *store, const consent_use *use,
                                                 consent_rows **out, consent_error **err);

/* De-identified data that its recipient cannot trace back is no sharing. Somebody answers for that: the
 * claim is recorded with method and date, of the store, without a subject. `recipient` NULL: nobody in
 * particular; `items`, `item_count` of them (0: all of the purpose); `observed` when it was done
 * (microseconds; INT64_MIN: now). It changes no answer: what is still personal is asked about by a check.
 * CONSENT_E_NOT_FOUND, _STATE, _ARGUMENT, _ENCODING, _AMBIGUOUS. */
CONSENT_API consent_status consent_deidentified_claim(consent_store *store, const char *policy,
                                                      const char *purpose, const char *recipient,
                                                      const char *const *items, size_t item_count,
                                                      const char *method, int64_t observed,
                                                      const char *actor, int64_t *out_event,
                                                      consent_error **err);

#ifdef __cplusplus
}
#endif
#endif
