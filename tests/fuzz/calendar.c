/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a calendar; one that is taken counts days. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "json/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    consent_error *err = NULL;
    const consent__cx cx = {&consent__env_default, &err, "fuzz"};
    consent__arena arena;
    consent__calendar calendar;
    consent_status status;
    consent__arena_init(&arena, &consent__env_default);
    status =
        consent__calendar_read(&cx, size != 0 ? (const void *)data : "", size, &arena, &calendar);
    if ((status == CONSENT_OK) != (err == NULL))
        abort();
    consent_error_free(err);
    consent__arena_free(&arena);
    return 0;
}
