/* SPDX-License-Identifier: Apache-2.0 */
/* Receipts: what a person keeps, and what anyone verifies offline with the log's public key alone.
 * A receipt is a compact JWS (RFC 7515, EdDSA of RFC 8037); its payload has the names of the
 * Kantara Consent Receipt 1.1 where they exist, and the proof that the event is in the ledger. It
 * never holds the external id. Bytes: docs/receipt.md. */
#ifndef CONSENT_RECEIPT_H
#define CONSENT_RECEIPT_H

#include <consent/rows.h>
#include <consent/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A receipt of one event: a decision, a request, an objection, a restriction, a notice, an erasure,
 * a guardian's attestation (of the act for a child, by the leaf hash of the child's event).
 * One row: receipt t, id t (the consentReceiptID), payload j, key t (verifier key to give apart).
 * CONSENT_E_NOT_FOUND for a number the ledger does not have, CONSENT_E_STATE for an event whose
 * subject was erased, CONSENT_E_REFUSED for a kind that has no receipt (its body holds the external
 * id, or it is no act of anybody). */
CONSENT_API
consent_status consent_receipt_issue(consent_store *store, int64_t event, consent_rows **out,
                                     consent_error **err);

/* Verifies a receipt with the verifier key `key` (name+id+base64, as consent_ledger_key gives it),
 * which must come from elsewhere than the receipt. Needs no store. One row: ok b, why t (absent
 * when ok, else one of the codes below), payload j (absent when there is none that can be read).
 * Answers CONSENT_OK for a good and for a bad receipt; CONSENT_E_FORMAT when the key is none. why:
 * OVERSIZED, MALFORMED, DUPLICATE_MEMBER, KEY_EMBEDDED (jwk, jku, x5c …), ALG_NONE, ALG_WRONG,
 * TYPE_WRONG, HEADER_MEMBER (any other), KEY_FOREIGN (kid is not that of the key), SIGNATURE,
 * LEDGER_MISSING, CHECKPOINT_FOREIGN (of another origin), CHECKPOINT_SIGNATURE,
 * CHECKPOINT_MALFORMED, PROOF (the event does not lead to the checkpoint's root), CONTENT_MISMATCH
 * (the payload says something else than the event). */
CONSENT_API
consent_status consent_receipt_verify(const void *receipt, size_t len, const char *key,
                                      consent_rows **out, consent_error **err);

/* Takes in the receipt of a decision that was said on another store (the phone's), verified with the
 * verifier key `key` of that store's log, which must come from elsewhere than the receipt. `subject`
 * is the external id of the subject here; NULL when a receipt of the same subject there was taken in
 * before, which bound the two. `guardian` the same for a guardian's decision. Recorded once: the same
 * receipt again answers the first event (CONSENT_DONE). Ordered by when it was said there, by place
 * among receipts of one store and by time between stores, at the same instant a no stands; what was
 * withdrawn later is never revived, an act that comes late is recorded as evidence alone. A device
 * whose clock is ahead said it no later than it came. One row: event n, at u, point t, decision t,
 * class t, policy t, version t, receipt t (its id), said_at u, stands b (it is what that speaker
 * said last). out may be NULL. Errors: those of consent_policy_import_signed for the receipt and the
 * key (at most 96 KiB); CONSENT_E_REFUSED for a receipt of no decision, of one that was itself taken
 * in, or of a guardian without a link that stood then and stands; _NOT_FOUND (subject or guardian
 * not registered, or not named the first time; policy, version or point not known here), _STATE (a
 * draft; the subject was erased or adopted; an event of this very store), _UNKNOWN_TEXT (the version
 * has another text here, or shows another), _CONFLICT (receipts of that subject belong to another
 * here; the file was rolled back), _ARGUMENT, _BUSY. */
CONSENT_API
consent_status consent_receipt_import(consent_store *store, const void *receipt, size_t len,
                                      const char *key, const char *subject, const char *guardian,
                                      consent_rows **out, consent_error **err);

#ifdef __cplusplus
}
#endif
#endif
