/* SPDX-License-Identifier: Apache-2.0 */
/* Exports: what was decided, in the words of standards that other tools read, and as a table for
 * people. Written piece by piece to a function of the caller, so that memory stays flat however
 * large the store is. Where each field comes from, and which are absent: docs/dpv-27560.md.
 *
 * Exports hold personal data: the subject's external id stands in them, beside the library's own
 * uid. Whoever exports has the store's key and knows the id; the subject's own export is about
 * themselves. Receipts (consent/receipt.h) are what goes to others: they never hold it. */
#ifndef CONSENT_EXPORT_H
#define CONSENT_EXPORT_H

#include <consent/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Takes the next n > 0 bytes; anything but 0 stops the export. Called on the thread of the call,
 * while its read transaction is open: it must not call the library. */
typedef int32_t (*consent_sink_fn)(const void *bytes, size_t n, void *user);

/* Exports one subject, or with subject NULL everybody registered, in the order they were
 * registered. Formats:
 *   "kantara"   Kantara Consent Receipt 1.1: a JSON array, one receipt a line, one receipt per
 *               decision
 *   "iso27560"  ISO/IEC TS 27560:2023: a JSON array, one receipt a line, each holding the record of
 *               one subject and consent point with all its events
 *   "dpv"       the same records as JSON-LD 1.1 in terms of the W3C Data Privacy Vocabulary 2.3;
 *               one document whose context needs no network
 *   "csv"       one row per act: RFC 4180, UTF-8 with a byte order mark (else spreadsheets take it
 *               for another encoding); a cell that a spreadsheet would take for a formula begins
 *               with an apostrophe
 *   "json"      everything that is evidence, of all or of one subject: a JSON array, one element a
 *               line, signed at its end (docs/export-json.md); consent_evidence_import reads it
 * The first three hold decisions only: what was recorded from silence ("implied") never counts and
 * stands in csv and json alone. Of erased subjects there is nothing, in json that they were. Bytes
 * are a function of what the store holds and, where a consent has expired or a record says when it
 * was made, of the clock.
 *
 * One snapshot: what is written meanwhile is not in it. While it is open one of the store's two
 * reading connections is taken, and an erasure keeps owing the emptying of the log (see
 * consent_erasure_pending): do not hold it open by a slow sink.
 *
 * *out_records (may be NULL): receipts, records, rows or elements given; 0 after a failure. What
 * the sink has got is whole only when the call answers CONSENT_OK. Errors: CONSENT_E_ARGUMENT (an
 * unknown format, no sink, an id that is empty or longer than 512 bytes), CONSENT_E_ENCODING (an id
 * that is not UTF-8), CONSENT_E_NOT_FOUND (no such subject, or erased), CONSENT_E_STOPPED (the sink
 * said so), CONSENT_E_KEY (json: the log key is outside and nobody signs). */
CONSENT_API
consent_status consent_export(consent_store *store, const char *subject, const char *format,
                              consent_sink_fn sink, void *user, int64_t *out_records,
                              consent_error **err);

#ifdef __cplusplus
}
#endif
#endif
