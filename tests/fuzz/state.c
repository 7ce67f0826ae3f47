/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as the inside of a sealed state: what decodes encodes, and decodes to the same. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/state.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    consent__arena arena;
    consent__buf once, twice;
    consent__state state, again;
    consent__arena_init(&arena, &consent__env_default);
    consent__buf_init(&once, &consent__env_default);
    consent__buf_init(&twice, &consent__env_default);
    if (consent__state_decode(&state, data, size, &arena)) {
        consent__state_encode(&state, &once);
        if (once.failed || !consent__state_decode(&again, once.data, once.len, &arena))
            abort();
        consent__state_encode(&again, &twice);
        if (once.len != twice.len || memcmp(once.data, twice.data, once.len) != 0)
            abort();
    }
    consent__buf_free(&once);
    consent__buf_free(&twice);
    consent__arena_free(&arena);
    return 0;
}
