/* SPDX-License-Identifier: Apache-2.0 */
/* Evidence that leaves the store: a bundle of files that anyone verifies without it. What the files
 * are: docs/evidence.md. The library hands out and takes in bytes; who keeps them as files, in a
 * folder or an archive, is the host (consentctl evidence export and verify are one such host). */
#ifndef CONSENT_EVIDENCE_H
#define CONSENT_EVIDENCE_H

#include <consent/rows.h>
#include <consent/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- making a bundle ---- */

/* Takes the next bytes of a file. A file starts with the first call that names it (with no bytes
 * when it is empty) and is whole when another is named or the export ends. Anything but 0 ends the
 * export with CONSENT_E_IO. Called on the thread of the call, while its read transaction is open:
 * it must not call the library. */
typedef int32_t (*consent_evidence_fn)(const char *file, const void *bytes, size_t len, void *user);

/* Gives out the bundle of one subject (NULL: of all), as the ledger is at one instant: the
 * published texts, every event that has a receipt with its proof, the receipts, the signed head,
 * the log's keys. Names of files hold nothing personal; no external id is in it. manifest.json and
 * manifest.note come last: without them a bundle is not whole. Memory does not grow with the
 * ledger. One row: files n, events n, receipts n, size n (of the ledger), root t, key t (verifier
 * key to give apart). Errors: CONSENT_E_NOT_FOUND (no such subject), _ARGUMENT, _ENCODING, _IO,
 * _KEY (the log key is outside and nobody signs), storage. */
CONSENT_API
consent_status consent_evidence_export(consent_store *store, const char *subject,
                                       consent_evidence_fn give, void *user, consent_rows **out,
                                       consent_error **err);

/* ---- verifying one: no store is needed ---- */

/* A verification. It asks for the files one after another; whoever has them gives their bytes:
 *   while ((name = consent_evidence_wants(e)))
 *       consent_evidence_give(e, bytes, len, err) … ; consent_evidence_end(e, there, err);
 * One thread at a time. Damage is never an error here, but a finding. */
typedef struct consent_evidence consent_evidence;

/* key: the verifier key to trust, which must come from elsewhere than the bundle; NULL: only
 * whether the bundle agrees with itself is looked at. CONSENT_E_FORMAT when the key is none. */
CONSENT_API
consent_status consent_evidence_new(const char *key, consent_evidence **out, consent_error **err);
CONSENT_API
void consent_evidence_free(consent_evidence *evidence);
/* Name of the file that is wanted now: letters, digits and . - _, not beginning with a point, or
 * profiles/ or policies/ and that; NULL: all that the manifest lists were asked for. Lives until
 * the next call. */
CONSENT_API
const char *consent_evidence_wants(const consent_evidence *evidence);
/* The next bytes of the file that is wanted. Parts of any size. CONSENT_DONE: it is larger than
 * such a file may be; the rest need not be given. CONSENT_E_ARGUMENT, _STATE (no file is wanted),
 * _MEMORY. */
CONSENT_API
consent_status consent_evidence_give(consent_evidence *evidence, const void *bytes, size_t len,
                                     consent_error **err);
/* The file that is wanted is over (there false: there is no such file). CONSENT_E_STATE, _ARGUMENT,
 * _MEMORY. */
CONSENT_API
consent_status consent_evidence_end(consent_evidence *evidence, bool there, consent_error **err);
/* A file that was found beside the others: a finding unless the manifest lists it. After the
 * manifest was given. CONSENT_E_ARGUMENT, _MEMORY. */
CONSENT_API
consent_status consent_evidence_found(consent_evidence *evidence, const char *file,
                                      consent_error **err);
/* The verdict. One row: ok b (nothing was found), trusted b (ok, and under the key given apart;
 * false without one), subject t (uid, absent for all), size n, root t, key t (the bundle's), events
 * n, receipts n, findings n. CONSENT_E_STATE while files are wanted; CONSENT_E_MEMORY, too, when a
 * call before ended so: not everything was looked at. */
CONSENT_API
consent_status consent_evidence_verdict(consent_evidence *evidence, consent_rows **out,
                                        consent_error **err);
/* What was found. Columns: file t, line n (absent when it is about the whole file), event n, what t
 * (a code of docs/evidence.md), message t. At most 10 000 rows, then one with what MORE.
 * CONSENT_E_ARGUMENT, _MEMORY. */
CONSENT_API
consent_status consent_evidence_findings(consent_evidence *evidence, consent_rows **out,
                                         consent_error **err);

/* ---- a whole store as evidence ---- */

/* Makes a new store at `path` out of a complete export (format "json" of consent_export) and opens
 * it. It takes the place of the one exported - its id, its ledger, the public half of its log key -
 * under keys of its own, and is read, never written: whatever would record, sign or erase answers
 * CONSENT_E_STATE. Checks, histories, exports, proofs and verification work; head and proofs bear
 * the signature that came with the export. key: the verifier key to trust, from elsewhere than the
 * file; NULL: only that the file agrees with itself is known. Of an export of one subject the
 * events of others have no bodies. All or nothing: on failure there is no store, and *out is NULL.
 * Errors, with the line, its offset and the member in the error: CONSENT_E_SYNTAX, _INPUT, _LIMIT,
 * _SIGNATURE, _PROOF (the events do not give the signed root), _FORMAT; CONSENT_E_NOT_FOUND, _OPEN,
 * _IO for the file; and those of consent_store_create. */
CONSENT_API
consent_status consent_evidence_import(const char *path, const consent_options *options,
                                       const char *file, const char *key, consent_store **out,
                                       consent_error **err);

#ifdef __cplusplus
}
#endif
#endif
