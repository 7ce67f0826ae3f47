/* SPDX-License-Identifier: Apache-2.0 */
#include "api/call.h"

consent_status consent__api_begin(consent__cx *cx, consent_store *store, const char *op,
                                  consent_error **err, consent_rows **out, bool wants_out) {
    *cx = (consent__cx){store ? &store->env : &consent__env_default, err, op};
    if (err)
        *err = NULL;
    if (out)
        *out = NULL;
    if (wants_out && !out)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "out is NULL");
    return consent__enter(cx, store);
}

consent_status consent__api_end(consent_store *store, consent_status status) {
    consent__leave(store);
    return status;
}

consent_status consent__api_need(const consent__cx *cx, const char *text, const char *what) {
    if (text && *text)
        return CONSENT_OK;
    return consent__fail(cx, CONSENT_E_ARGUMENT, "the %s is empty", what);
}

consent_status consent__api_put(const char **field, const char *value) {
    char *copy = NULL;
    if (!field)
        return CONSENT_E_ARGUMENT;
    if (value && !(copy = consent__strdup(&consent__env_default, value)))
        return CONSENT_E_MEMORY;
    consent__release(&consent__env_default, (void *)(uintptr_t)*field);
    *field = copy;
    return CONSENT_OK;
}

void consent__api_drop(const char *const *fields, size_t count) {
    for (size_t i = 0; i < count; i++)
        consent__release(&consent__env_default, (void *)(uintptr_t)fields[i]);
}
