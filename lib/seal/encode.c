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

/* Value of a character, -1 when it is none. */
static int value_of(char c, bool url) {
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == (url ? '-' : '+'))
        return 62;
    return c == (url ? '_' : '/') ? 63 : -1;
}

/* Characters without their padding; SIZE_MAX when that is not what the length asks for. */
static size_t unpadded_length(const char *text, size_t n, bool url) {
    if (!url) {
        if (n % 4 != 0)
            return SIZE_MAX;
        if (n > 0 && text[n - 1] == '=')
            n -= text[n - 2] == '=' ? 2 : 1;
    }
    return n % 4 == 1 ? SIZE_MAX : n;
}

/* Not sodium_base642bin: that of 1.0.18 reads characters above 0x7f as if they were others. What is
 * decoded here is public, so it need not take constant time. */
bool consent__unbase64(consent__buf *out, const char *text, size_t n, bool url) {
    const size_t before = out->len;
    uint32_t bits = 0;
    size_t i;
    uint8_t *p;
    n = unpadded_length(text, n, url);
    if (n == SIZE_MAX)
        return false;
    p = consent__buf_extend(out, n / 4 * 3 + (n % 4 != 0 ? n % 4 - 1 : 0));
    if (p == NULL)
        return false;
    for (i = 0; i < n; i++) {
        int value = value_of(text[i], url);
        if (value < 0)
            break;
        bits = bits << 6 | (uint32_t)value;
        if (i % 4 != 0)
            *p++ = (uint8_t)(bits >> (6 - i % 4 * 2));
    }
    /* Two characters hold 4 bits too many, three 2: they must be zero, or texts would be many. */
    if (i < n || (n % 4 == 2 && (bits & 15) != 0) || (n % 4 == 3 && (bits & 3) != 0)) {
        out->len = before;
        return false;
    }
    return true;
}
