/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/seal_impl.h"

#include <sodium.h>

static int variant(bool url) {
    return url ? sodium_base64_VARIANT_URLSAFE_NO_PADDING : sodium_base64_VARIANT_ORIGINAL;
}

void consent__base64(consent__buf *out, const void *p, size_t n, bool url) {
    size_t size; /* with the NUL that libsodium writes */
    uint8_t *room;
    if (n > SIZE_MAX / 2) {
        out->failed = true;
        return;
    }
    size = sodium_base64_encoded_len(n, variant(url));
    room = consent__buf_extend(out, size);
    if (room == NULL)
        return;
    (void)sodium_bin2base64((char *)room, size, p, n, variant(url));
    out->len--;
}

bool consent__unbase64(consent__buf *out, const char *text, size_t n, bool url) {
    const size_t before = out->len;
    const size_t most = n / 4 * 3 + 3;
    uint8_t *room = consent__buf_extend(out, most);
    size_t made = 0;
    if (room == NULL)
        return false;
    out->len = before;
    /* No characters to skip and no end wanted: anything left over is an error, and so are spare
     * bits that are not zero. */
    if (sodium_base642bin(room, most, text, n, NULL, &made, NULL, variant(url)) != 0)
        return false;
    out->len = before + made;
    return true;
}
