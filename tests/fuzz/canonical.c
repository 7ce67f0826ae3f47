/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes made canonical: what comes out is canonical already, and the strict reader takes it. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "json/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    consent_error *err = NULL;
    const consent__cx cx = {&consent__env_default, &err, "fuzz"};
    consent__buf once, twice;
    consent__reader reader;
    consent_status status;
    consent__buf_init(&once, &consent__env_default);
    consent__buf_init(&twice, &consent__env_default);
    status = consent__json_canonical(&cx, size != 0 ? (const void *)data : "", size, &once);
    if ((status == CONSENT_OK) != (err == NULL))
        abort();
    if (status == CONSENT_OK) {
        if (consent__json_canonical(&cx, once.data, once.len, &twice) != CONSENT_OK ||
            once.len != twice.len || memcmp(once.data, twice.data, once.len) != 0)
            abort();
        consent__reader_init(&reader, once.data, once.len);
        if (once.data[0] == '{' &&
            (!consent__reader_skip(&reader) || !consent__reader_done(&reader)))
            abort();
    }
    /* the strict reader on the bytes as they are */
    consent__reader_init(&reader, data, size);
    (void)consent__reader_skip(&reader);
    consent_error_free(err);
    consent__buf_free(&once);
    consent__buf_free(&twice);
    return 0;
}
