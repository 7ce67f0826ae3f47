/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/receipt.h>

#include "api/call.h"
#include "flow/intake.h"
#include "flow/receipt.h"

consent_status consent_receipt_issue(consent_store *store, int64_t event, consent_rows **out,
                                     consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "receipt issue", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_receipt_issue(&cx, store, event, out))
               : st;
}

consent_status consent_receipt_verify(const void *receipt, size_t len, const char *key,
                                      consent_rows **out, consent_error **err) {
    consent__cx cx = {&consent__env_default, err, "receipt verify"};
    if (err)
        *err = NULL;
    if (!out || !receipt)
        return consent__fail(&cx, CONSENT_E_ARGUMENT, "receipt or out are NULL");
    *out = NULL;
    consent_status st = consent__api_need(&cx, key, "verifier key");
    return st == CONSENT_OK ? consent__flow_receipt_verify(&cx, receipt, len, key, out) : st;
}

consent_status consent_receipt_import(consent_store *store, const void *receipt, size_t len,
                                      const char *key, const char *subject, const char *guardian,
                                      consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "consent import", err, out, false);
    if (st != CONSENT_OK)
        return st;
    st = consent__api_need(&cx, key, "verifier key");
    if (st == CONSENT_OK && !receipt)
        st = consent__fail(&cx, CONSENT_E_ARGUMENT, "the receipt is NULL");
    if (st == CONSENT_OK)
        st = consent__flow_receipt_import(&cx, store, receipt, len, key, subject, guardian, out);
    return consent__api_end(store, st);
}
