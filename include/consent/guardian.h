/* SPDX-License-Identifier: Apache-2.0 */
/* Guardian links: a verified relation between two subjects, a child and a guardian, with its evidence,
 * start and end. Only what is stored here counts; no call can assert a guardianship by itself. */
#ifndef CONSENT_GUARDIAN_H
#define CONSENT_GUARDIAN_H

#include <consent/rows.h>
#include <consent/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* How a link ended. */
#define CONSENT_END_SUBJECT 1  /* by the child */
#define CONSENT_END_GUARDIAN 2 /* by the guardian */
#define CONSENT_END_COURT 3
#define CONSENT_END_MAJORITY 4 /* the child came of age */
/* "subject", "guardian", "court", "majority"; NULL for a number that is none. Static text. */
CONSENT_API const char *consent_end_name(int32_t end);

/* Records the claim that `guardian` is a guardian of `child`. It counts for nothing until it is verified.
 * Rules are those of the policy in force (`policy` NULL: the only one): the guardian is another
 * registered subject whose known age makes an adult (`adult_from`); the child is not of age; `evidence`
 * is a kind the policy accepts (a policy that lists none accepts any, and the kind named is recorded);
 * `document`, 64 hex digits or NULL, is the SHA-256 of what was shown; `until` in the future, 0: no
 * end. CONSENT_DONE when the two are linked so already. Errors: CONSENT_E_NOT_FOUND (either is not
 * registered, no such policy), _STATE (no version in force; adopted subject), _REFUSED (names the rule),
 * _CONFLICT (linked with other evidence or end), _ARGUMENT, _ENCODING, _AMBIGUOUS. Several guardians of
 * one child are usual: among verified ones the last act counts. */
CONSENT_API consent_status consent_guardian_link(consent_store *store, const char *child,
                                                 const char *guardian, const char *policy,
                                                 const char *evidence, const char *document,
                                                 int64_t until, consent_error **err);
/* Records that the claim was verified: by whom (`verifier`, may be NULL), on which evidence (NULL: that
 * of the claim; may be a better one) and document (may be NULL). From then on what the guardian said
 * since the link began counts. CONSENT_DONE when verified on that evidence already. Errors:
 * CONSENT_E_NOT_FOUND also when no link stands; the others as consent_guardian_link. */
CONSENT_API consent_status consent_guardian_verify(consent_store *store, const char *child,
                                                   const char *guardian, const char *policy,
                                                   const char *verifier, const char *evidence,
                                                   const char *document, consent_error **err);
/* Ends a link. What the guardian said while it stood goes on counting until the subject or another
 * guardian is heard. CONSENT_END_MAJORITY needs a child that is of age under the policy
 * (CONSENT_E_REFUSED). CONSENT_E_NOT_FOUND when no link stands. */
CONSENT_API consent_status consent_guardian_end(consent_store *store, const char *child,
                                                const char *guardian, const char *policy,
                                                int32_t end, consent_error **err);
/* Every link a child ever had, oldest first. Columns: guardian t (absent when erased since), uid t,
 * state t (claimed, verified, over: past its own end, ended), evidence t, since u, verified_at u,
 * ended_at u, until u.
 * CONSENT_E_NOT_FOUND, _ARGUMENT, _ENCODING. */
CONSENT_API consent_status consent_guardian_list(consent_store *store, const char *child,
                                                 consent_rows **out, consent_error **err);
/* Whether the guardian may ask and speak for the child now: CONSENT_OK when linked, verified, not over,
 * and the child not of age; else CONSENT_E_REFUSED, which says what is missing. A guardian's question
 * and a request on behalf of a child need this. */
CONSENT_API consent_status consent_guardian_standing(consent_store *store, const char *child,
                                                     const char *guardian, const char *policy,
                                                     consent_error **err);

#ifdef __cplusplus
}
#endif
#endif
