/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/summary.h>

#include "api/call.h"
#include "flow/summary.h"

consent_status consent_summary_get(consent_store *store, int64_t from, int64_t to, int64_t parts,
                                   consent_progress_fn progress, void *user, consent_rows **out,
                                   consent_error **err) {
    consent__cx cx;
    consent__summary_asked asked = {from, to, parts, progress, user};
    consent_status st = consent__api_begin(&cx, store, "summary", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_summary(&cx, store, &asked, out))
               : st;
}
