/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/error.h>

#include "util/error_impl.h"

consent_status consent_error_status(const consent_error *error) {
    return error != NULL ? error->status : CONSENT_OK;
}

int32_t consent_error_code(const consent_error *error) {
    return error != NULL ? error->code : 0;
}

const char *consent_error_operation(const consent_error *error) {
    return error != NULL ? error->operation : "";
}

const char *consent_error_message(const consent_error *error) {
    return error != NULL ? error->message : "";
}

const char *consent_error_where(const consent_error *error) {
    return error != NULL ? error->where : NULL;
}

int64_t consent_error_offset(const consent_error *error) {
    return error != NULL ? error->offset : -1;
}

void consent_error_free(consent_error *error) {
    consent__error_free(error);
}
