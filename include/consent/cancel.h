/* SPDX-License-Identifier: Apache-2.0 */
/* Cancelling an account, and erasing a subject so that the ledger stays whole (docs/erasure.md). */
#ifndef CONSENT_CANCEL_H
#define CONSENT_CANCEL_H

#include <consent/rows.h>
#include <consent/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* May the account be cancelled now; changes nothing. policy NULL: the only one; lang NULL: the binding
 * language. One row: eligible b (absent: nothing failed, something is undetermined), conditions j
 * [{"fact","key","resolve","sections","status" (met, failed, undetermined),"title","why" (MET,
 * CONDITION_FAILED, FACT_MISSING, FACT_STALE, FACT_CONTRADICTORY)}], disputes j (dispute facts known
 * true), holds j [{"authority","hold","items","until"}], acknowledge j (sections to be acknowledged),
 * shown t (hash of their text), sections j, request n (the cancellation that runs).
 * CONSENT_E_NOT_FOUND, _AMBIGUOUS. */
CONSENT_API consent_status consent_cancel_check(consent_store *store, const char *subject,
                                                const char *policy, const char *lang,
                                                consent_rows **out, consent_error **err);
/* Opens a cancellation, its agreement acknowledged as shown: `shown` is the hash that cancel check
 * gives (NULL: the host vouches that this text was shown). A request of the kind cancel-account that
 * is open without it is acknowledged. Offer the subject an export first. A dispute fact ends it from
 * then on, and none is opened while a dispute is known: CONSENT_E_REFUSED names all that stands against
 * it (docs/requests.md; consent_request_open takes the application in all the same). What else fails or
 * is not known yet can be settled until it is executed. One row as consent_request_get.
 * CONSENT_E_STATE (one runs already), _UNKNOWN_TEXT, _REFUSED. */
CONSENT_API consent_status consent_cancel_open(consent_store *store, const char *subject,
                                               const char *policy, const char *lang,
                                               const char *shown, const char *channel,
                                               consent_rows **out, consent_error **err);
/* Executes the open cancellation: the conditions are checked again in the transaction that erases.
 * One row: uid t, events n (bodies erased), event n, at u, request n, scrub t (done, or pending while a
 * reader holds the log; paid by the next commit or open), outcome j [{"item","reason","then" (delete,
 * anonymise, restrict, retain),"until" (microseconds or null)}], proof t (signed proof of erasure: keep
 * it, it cannot be made again). scrub: rewrite the file as well. CONSENT_E_NOT_FOUND (nothing runs),
 * _REFUSED (ineligible: each condition is named), _STATE (not acknowledged, cooling off). */
CONSENT_API consent_status consent_cancel_execute(consent_store *store, const char *subject,
                                                  bool scrub, consent_rows **out,
                                                  consent_error **err);
/* What an erasure would do with each item (item NULL: all) by its retention rule, holds and what the
 * policy retains. Columns: item t, deletable b, why t (DELETABLE, HELD, RETAINED, LEGAL_OBLIGATION),
 * then t, until u, hold n, authority t, reason t.
 * CONSENT_E_NOT_FOUND, _AMBIGUOUS, _ARGUMENT, _ENCODING. */
CONSENT_API consent_status consent_delete_check(consent_store *store, const char *subject,
                                                const char *policy, const char *item,
                                                consent_rows **out, consent_error **err);
/* Erases a subject on its own open request of kind delete or cancel-account. Row and errors as
 * consent_cancel_execute; _REFUSED also when a hold covers everything. */
CONSENT_API consent_status consent_erase(consent_store *store, const char *subject, int64_t request,
                                         bool scrub, consent_rows **out, consent_error **err);
/* Whether an erasure is not final yet because a reader holds the log. Tries to settle it first.
 * No error of its own. */
CONSENT_API consent_status consent_erasure_pending(consent_store *store, bool *out_pending,
                                                   consent_error **err);
/* Verifies a proof of erasure without a store, against a verifier key given apart. One row: uid t,
 * events n, event n, at u, store t, stubs j. CONSENT_E_FORMAT, _DUPLICATE, _SIGNATURE, _PROOF. */
CONSENT_API consent_status consent_erasure_verify(const char *proof, const char *vkey,
                                                  consent_rows **out, consent_error **err);
/* What recipients must erase; recipient "" is the host itself. Columns: uid t, recipient t, items j (what
 * may go now), event n (the erasure), done b, held j (of an open task, what is under a hold, also one
 * placed after the task was made: it must not go, and stands in items again when the hold is over:
 * [{"authority","hold","item","then","until" (microseconds or null)}]). No error of its own. */
CONSENT_API consent_status consent_erasure_tasks(consent_store *store, bool open_only,
                                                 consent_rows **out, consent_error **err);
/* A recipient has done its part. CONSENT_E_NOT_FOUND (no such open task), _REFUSED (an item of it is
 * under a hold: the task stays open until that is over). */
CONSENT_API consent_status consent_erasure_done(consent_store *store, const char *uid,
                                                const char *recipient, const char *actor,
                                                consent_error **err);
/* What is still kept of erased subjects (uid NULL: of all). Columns: uid t, item t, reason t, until u.
 * No error of its own. */
CONSENT_API consent_status consent_remainder_list(consent_store *store, const char *uid,
                                                  consent_rows **out, consent_error **err);
/* The erasure list, signed, to be applied to a copy that is restored. One row: list t.
 * No error of its own. */
CONSENT_API consent_status consent_erasures_export(consent_store *store, consent_rows **out,
                                                   consent_error **err);
/* Erases what the list of this very store names and this copy still has; *out_erased: how many. Signed
 * by this store's log key, or by `vkey` when it is not NULL. CONSENT_E_FORMAT, _SIGNATURE, _REFUSED
 * (another store's list). */
CONSENT_API consent_status consent_erasures_apply(consent_store *store, const char *list,
                                                  const char *vkey, bool scrub, int64_t *out_erased,
                                                  consent_error **err);

#ifdef __cplusplus
}
#endif
#endif
