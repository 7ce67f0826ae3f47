/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a policy bundle: taken, or refused with an error that says so. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <consent/policy.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    consent_error *err = NULL;
    consent_status status = consent_bundle_check(size != 0 ? (const void *)data : "", size, &err);
    if ((status == CONSENT_OK) != (err == NULL) ||
        (err != NULL &&
         (consent_error_status(err) != status || consent_error_offset(err) > (int64_t)size)))
        abort();
    consent_error_free(err);
    return 0;
}
