/* SPDX-License-Identifier: Apache-2.0 */
/* The first byte picks a kind, the rest is the body of an event of that kind: what decodes encodes
 * to the same bytes. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "json/event.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    consent_error *err = NULL;
    const consent__cx cx = {&consent__env_default, &err, "fuzz"};
    consent__arena arena;
    consent__event event;
    consent__buf out;
    consent_status status;
    if (size < 1)
        return 0;
    consent__arena_init(&arena, &consent__env_default);
    consent__buf_init(&out, &consent__env_default);
    status = consent__event_decode(&cx, (consent__event_kind)(data[0] % EV_COUNT), 1, data + 1,
                                   size - 1, &arena, &event);
    if ((status == CONSENT_OK) != (err == NULL))
        abort();
    if (status == CONSENT_OK) {
        consent__event_encode(&event, &out);
        if (out.failed || out.len != size - 1 || memcmp(out.data, data + 1, out.len) != 0)
            abort();
    }
    consent_error_free(err);
    consent__buf_free(&out);
    consent__arena_free(&arena);
    return 0;
}
