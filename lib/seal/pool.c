/* SPDX-License-Identifier: Apache-2.0 */
/* Random bytes drawn ahead: asking the system costs about the same for one nonce and for twenty. */
#include <string.h>

#include "seal/seal.h"
#include "util/text.h"

void consent__pool_begin(consent__pool *pool, size_t ahead) {
    pool->left = 0;
    pool->ahead = ahead < sizeof pool->bytes ? ahead : sizeof pool->bytes;
}

consent_status consent__pool_draw(const consent__cx *cx, consent__pool *pool, uint8_t *out,
                                  size_t n) {
    if (n > pool->left && n > pool->ahead)
        return consent__random(cx, out, n);
    if (n > pool->left) {
        consent_status status = consent__random(cx, pool->bytes, pool->ahead);
        if (status != CONSENT_OK)
            return status;
        pool->left = pool->ahead;
    }
    pool->left -= n;
    memcpy(out, pool->bytes + pool->left, n);
    consent__wipe(pool->bytes + pool->left, n); /* nobody gets them twice */
    return CONSENT_OK;
}

void consent__pool_end(consent__pool *pool) {
    consent__wipe(pool->bytes, pool->left);
    pool->left = 0;
}
