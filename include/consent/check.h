/* SPDX-License-Identifier: Apache-2.0 */
/* The question: may this subject's data be processed for this purpose now - and if not, why not.
 * A check writes nothing. An unknown is never a yes. */
#ifndef CONSENT_CHECK_H
#define CONSENT_CHECK_H

#include <consent/rows.h>
#include <consent/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What is asked; a builder, one thread at a time. */
typedef struct consent_query consent_query;
/* What was answered; an immutable snapshot. */
typedef struct consent_answer consent_answer;

/* Whether the subject's data may be used for the purpose now: consent_check with defaults, reduced to
 * one bit. False also on every failure (NULL, closed store, several policies, damaged record).
 * Allocates nothing in the steady state. Never answers from before a change that was committed when
 * it began; what that rests on, and a faster form, is in <consent/handle.h>. Any thread. */
CONSENT_API bool consent_may(consent_store *store, const char *subject, const char *purpose);

/* A query; a builder. NULL only when out of memory or an argument is NULL. */
CONSENT_API consent_query *consent_query_new(const char *subject, const char *purpose);
CONSENT_API void consent_query_free(consent_query *query);
/* Needed only when the store holds several policies. */
CONSENT_API consent_status consent_query_set_policy(consent_query *query, const char *policy);
CONSENT_API consent_status consent_query_set_operation(consent_query *query, int32_t operation);
/* Adds one item; none: all items of the purpose, or of the share when a recipient is given. */
CONSENT_API consent_status consent_query_add_item(consent_query *query, const char *item);
CONSENT_API consent_status consent_query_set_recipient(consent_query *query, const char *recipient);
/* The operating system's name of a permission, such as android.permission.CAMERA. */
CONSENT_API consent_status consent_query_set_permission(consent_query *query, const char *permission);
/* The instant asked about (microseconds); a past one is answered from the ledger as it stood then. */
CONSENT_API consent_status consent_query_set_at(consent_query *query, int64_t at);

/* Answers a query; always, also for an unknown subject or purpose (a deny, not an error). Errors are
 * those of the store: CONSENT_E_ARGUMENT, _ENCODING, _AMBIGUOUS, _CLOSED, _SEAL, storage. */
CONSENT_API consent_status consent_check(consent_store *store, const consent_query *query,
                                         consent_answer **out, consent_error **err);

/* Getters; pointers live as long as the answer. Any thread. */
CONSENT_API bool consent_answer_allowed(const consent_answer *answer);
CONSENT_API int32_t consent_answer_reason(const consent_answer *answer); /* CONSENT_REASON_* */
CONSENT_API size_t consent_answer_blockers(const consent_answer *answer);
CONSENT_API int32_t consent_answer_blocker(const consent_answer *answer, size_t index);
CONSENT_API const char *consent_answer_policy(const consent_answer *answer);  /* NULL when none */
CONSENT_API const char *consent_answer_version(const consent_answer *answer); /* NULL when none */
CONSENT_API int64_t consent_answer_event(const consent_answer *answer); /* relied on; -1 when none */
CONSENT_API size_t consent_answer_sections(const consent_answer *answer);
CONSENT_API const char *consent_answer_section(const consent_answer *answer, size_t index);
/* What to do about the blockers, as JSON: [{"do":"ask","point":…,"class":…}…]. "[]" when allowed. */
CONSENT_API const char *consent_answer_next(const consent_answer *answer);
/* The instant answered about, and whether the clock stood behind the ledger. */
CONSENT_API int64_t consent_answer_at(const consent_answer *answer);
CONSENT_API bool consent_answer_clock_behind(const consent_answer *answer);
/* Which law the reason rests on under the policy's profile; static text. */
CONSENT_API const char *consent_answer_source(const consent_answer *answer);
/* Whether the items asked about identify a person, alone or together (`combined` items need one they
 * combine with). Told for the record: it loosens no rule. */
CONSENT_API bool consent_answer_identifies(const consent_answer *answer);
CONSENT_API void consent_answer_free(consent_answer *answer);

/* Every purpose of the policy in force (NULL: the only one) for one subject, with defaults. Columns:
 * purpose t, required b, answer t (allow, deny), reason t, blockers j, event n. Always answers, also for
 * an unknown subject; no rows where no policy is in force. CONSENT_E_AMBIGUOUS, _ARGUMENT, _ENCODING. */
CONSENT_API consent_status consent_check_purposes(consent_store *store, const char *subject,
                                                  const char *policy, consent_rows **out,
                                                  consent_error **err);
/* One question about every subject now, by one scan: who may be written to, whose data may be used. Of
 * the query its own subject and instant are not looked at. allowed_only: only those it is allowed for.
 * Adopted device subjects are left out (their account is in). Columns: subject t, answer t, reason t,
 * blockers j, event n; by order of registration.
 * Errors are those of consent_check. */
CONSENT_API consent_status consent_check_subjects(consent_store *store, const consent_query *query,
                                                  bool allowed_only, consent_rows **out,
                                                  consent_error **err);

/* Which law a reason rests on under a profile ("cn", "eu", "us-coppa", "in"; NULL or another: a general
 * source), in words for a report. NULL for a number that is no reason. Static text. Any thread. */
CONSENT_API const char *consent_reason_source(int32_t reason, const char *profile);

#ifdef __cplusplus
}
#endif
#endif
