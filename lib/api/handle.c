/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/handle.h>

#include "api/call.h"
#include "flow/may.h"

consent_status consent_handle_new(consent_store *store, const char *subject, consent_handle **out,
                                  consent_error **err) {
    consent__cx cx;
    if (out)
        *out = NULL;
    consent_status st = consent__api_begin(&cx, store, "handle new", err, NULL, false);
    if (st != CONSENT_OK)
        return st;
    st = out ? consent__handle_new(&cx, store, subject, out)
             : consent__fail(&cx, CONSENT_E_ARGUMENT, "out is NULL");
    return consent__api_end(store, st);
}

void consent_handle_free(consent_handle *handle) {
    consent__handle_free(handle);
}

consent_status consent_purpose_number(consent_store *store, const char *purpose,
                                      int32_t *out_number, consent_error **err) {
    consent__cx cx;
    if (out_number)
        *out_number = -1;
    consent_status st = consent__api_begin(&cx, store, "purpose number", err, NULL, false);
    if (st != CONSENT_OK)
        return st;
    st = consent__api_need(&cx, purpose, "purpose");
    if (st == CONSENT_OK)
        st = out_number ? consent__purpose_number(&cx, store, purpose, out_number)
                        : consent__fail(&cx, CONSENT_E_ARGUMENT, "out_number is NULL");
    return consent__api_end(store, st);
}

bool consent_handle_may(consent_handle *handle, int32_t purpose) {
    return consent__handle_may(handle, purpose);
}
