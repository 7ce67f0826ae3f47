/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/ledger.h>

#include "api/call.h"
#include "flow/ledger.h"

consent_status consent_ledger_head(consent_store *store, consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "ledger head", err, out, true);
    return st == CONSENT_OK ? consent__api_end(store, consent__flow_ledger_head(&cx, store, out))
                            : st;
}
