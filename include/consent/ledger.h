/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger: every change of state is one immutable event, a leaf of an RFC 6962 tree. */
#ifndef CONSENT_LEDGER_H
#define CONSENT_LEDGER_H

#include <consent/rows.h>
#include <consent/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Size and root of the tree now. One row: size n, root t (64 hex), at u (absent when empty),
 * checkpoint t (C2SP signed note over size and root), key t (verifier key).
 * No error of its own. */
CONSENT_API
consent_status consent_ledger_head(consent_store *store, consent_rows **out, consent_error **err);

/* ---- verification ---- */

/* What to verify against, and how. */
typedef struct consent_verification consent_verification;

/* Everything on, no checkpoint, as many threads as the ledger is worth. NULL only when out of
 * memory. One thread at a time. */
CONSENT_API
consent_verification *consent_verification_new(void);
CONSENT_API
void consent_verification_free(consent_verification *verification);
/* A checkpoint that was kept outside the store (the note of consent_ledger_head; copied). Only with
 * one can a ledger that was cut off, rolled back or rewritten as a whole be told from the true one.
 * key: verifier key of who signed it, or NULL for this store's own log key. CONSENT_E_ARGUMENT;
 * whether note and key can be read is found by consent_ledger_verify. */
CONSENT_API
consent_status consent_verification_set_checkpoint(consent_verification *verification,
                                                   const void *note, size_t len, const char *key,
                                                   consent_error **err);
/* Whether bodies are opened and held against their commitments; default true. Without, only hashes
 * are verified, which is faster. */
CONSENT_API
void consent_verification_set_bodies(consent_verification *verification, bool bodies);
/* At most so many threads; default 0: by the number of CPUs. */
CONSENT_API
void consent_verification_set_threads(consent_verification *verification, int32_t threads);
CONSENT_API
void consent_verification_set_progress(consent_verification *verification,
                                       consent_progress_fn progress, void *user);
/* Verifies the ledger: each event against its leaf hash, order and times, the tree against nodes
 * and head, bodies against commitments, stubs against erasures, policies and documents against the
 * hashes in their events, the schema against the built-in, and the checkpoint when one is given.
 * All findings in one pass; one row each: seq n (absent when it is about no single event), what t
 * (a code of docs/verify.md), message t. No rows: the ledger is good. CONSENT_OK whatever is found;
 * *out_size (may be NULL) is the number of events according to the head. verification may be NULL.
 * Errors: CONSENT_E_FORMAT for a checkpoint or key that is none, and those of storage. */
CONSENT_API
consent_status consent_ledger_verify(consent_store *store, const consent_verification *verification,
                                     int64_t *out_size, consent_rows **out, consent_error **err);

/* ---- proofs ---- */

/* Proof that event `seq` is in the ledger (RFC 9162, 2.1.3). One row: seq n, at u, kind t,
 * commitment t and leaf t (64 hex each: of the leaf's input and its hash), size n, root t (of the
 * tree now), proof j (array of hashes, 64 hex each, from the leaf up), checkpoint t, key t. Reads
 * O(log n) stored hashes; verified before it is given. CONSENT_E_NOT_FOUND, CONSENT_E_CORRUPT when
 * what is stored does not lead to the head. */
CONSENT_API
consent_status consent_ledger_prove(consent_store *store, int64_t seq, consent_rows **out,
                                    consent_error **err);
/* Proof that the ledger of `second` events continues the one of `first` (RFC 9162, 2.1.4). One row:
 * first n, second n, first_root t, second_root t, proof j, and, when second is the size now,
 * checkpoint t and key t. second -1: the size now. CONSENT_E_ARGUMENT unless
 * 0 <= first <= second <= size. */
CONSENT_API
consent_status consent_ledger_consistency(consent_store *store, int64_t first, int64_t second,
                                          consent_rows **out, consent_error **err);

/* ---- checkpoints that are kept, keys of the log ---- */

/* Keeps a checkpoint over the ledger as it is now, for ever. One row as
 * consent_ledger_head. CONSENT_DONE when one of that size is kept already. out may be NULL. */
CONSENT_API
consent_status consent_ledger_checkpoint(consent_store *store, consent_rows **out,
                                         consent_error **err);
/* Those that are kept, oldest first. Columns: size n, at u, checkpoint t.
 * No error of its own. */
CONSENT_API
consent_status consent_ledger_checkpoints(consent_store *store, consent_rows **out,
                                          consent_error **err);
/* Verifier keys the log has had, first to present. Columns: seq n (event that brought it), at u, key t, note
 * t (signed by the key before it, over itself and the new one; absent for the first). Whoever
 * trusts one key follows the notes to the next. No error of its own. */
CONSENT_API
consent_status consent_ledger_key(consent_store *store, consent_rows **out, consent_error **err);
/* Gives the log a new random signing key; the old one signs it. Checkpoints and receipts of the old
 * key stay good under the old key. CONSENT_E_STATE when the log key is kept outside. */
CONSENT_API
consent_status consent_ledger_rekey(consent_store *store, consent_error **err);

#ifdef __cplusplus
}
#endif
#endif
