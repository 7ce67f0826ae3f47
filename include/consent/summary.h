/* SPDX-License-Identifier: Apache-2.0 */
/* The whole store in numbers: how many subjects have said what, over time and now. For reports; it
 * names nobody. */
#ifndef CONSENT_SUMMARY_H
#define CONSENT_SUMMARY_H

#include <consent/rows.h>
#include <consent/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Counts subjects, all in one pass over one snapshot; memory grows with points and parts, not with
 * subjects. Columns: part t, policy t, key t, state t, at u, count n. Parts, in this order; lines
 * with the count 0 are left out:
 *   subjects   state active, adopted (devices taken over by an account) or erased
 *   ages       by policy in force: state unknown, child (a guardian decides) or of-age
 *   answers    by policy in force and point ("purpose" or "purpose@recipient"): state is the reason
 *              that consent_check answers now, a share asked about by the operation it is for
 *   notices    by policy and version after the first, of those owed a notice of it: state waiting
 *              (never shown), shown (to be acknowledged still) or done
 *   tasks      what erased subjects' data still is or was owed: key is the recipient ("" the host
 *              itself, "@notice" to tell that the service ends), state open or done
 *   kept       of erased subjects: key is the item, state the reason, "hold" for every hold
 *   decisions  by policy and point, at `parts` + 1 instants spread evenly from `from` to `to`:
 *              state granted, refused or withdrawn, as was said last until then, by the subject or
 *              a guardian, at whatever epoch. What implied acts claim does not count; what an account
 *              took over from a device counts for the account from then on, and for the device before.
 * Adopted subjects are counted under subjects, and under decisions until they were adopted, nowhere
 * else; of erased ones nothing is known any more, so that the past has fewer decisions after an
 * erasure than before. progress may be NULL; it counts subjects.
 * CONSENT_E_ARGUMENT unless from < to, at most 2^53 apart, and 1 <= parts <= 1000. */
CONSENT_API
consent_status consent_summary_get(consent_store *store, int64_t from, int64_t to, int64_t parts,
                                   consent_progress_fn progress, void *user, consent_rows **out,
                                   consent_error **err);

#ifdef __cplusplus
}
#endif
#endif
