/* SPDX-License-Identifier: Apache-2.0 */
#include "util/text.h"

#include <string.h>

/* ---- UTF-8 ---- */

/* Bytes of the character at p (n > 0 of them there); 0 when it is not one. The limits on the second
 * byte are those of Unicode table 3-7: they rule out overlong forms, surrogates and > U+10FFFF. */
static size_t utf8_length(const uint8_t *p, size_t n) {
    uint8_t low = 0x80, high = 0xbf;
    size_t len, i;
    if (p[0] < 0x80)
        return 1;
    if (p[0] < 0xc2 || p[0] > 0xf4)
        return 0;
    len = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
    if (p[0] == 0xe0)
        low = 0xa0;
    else if (p[0] == 0xed)
        high = 0x9f;
    else if (p[0] == 0xf0)
        low = 0x90;
    else if (p[0] == 0xf4)
        high = 0x8f;
    if (n < len || p[1] < low || p[1] > high)
        return 0;
    for (i = 2; i < len; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    return len;
}

size_t consent__utf8_valid(const void *bytes, size_t n) {
    const uint8_t *p = bytes;
    size_t at = 0;
    while (at < n) {
        size_t len;
        uint64_t word;
        if (n - at >= 8) { /* most text is ASCII: eight at a time */
            memcpy(&word, p + at, 8);
            if ((word & UINT64_C(0x8080808080808080)) == 0) {
                at += 8;
                continue;
            }
        }
        len = utf8_length(p + at, n - at);
        if (len == 0)
            break;
        at += len;
    }
    return at;
}

int consent__utf16_compare(const char *a, size_t an, const char *b, size_t bn) {
    size_t n = an < bn ? an : bn, i = 0;
    uint8_t x, y;
    while (i < n && a[i] == b[i])
        i++;
    if (i == n)
        return an < bn ? -1 : an > bn;
    x = (uint8_t)a[i];
    y = (uint8_t)b[i];
    /* Bytes of UTF-8 sort as code points. UTF-16 differs in one case: surrogates (lead byte F0 and
     * up) come before U+E000..U+FFFF (lead bytes EE and EF). */
    if (x >= 0xee && y >= 0xee && (x >= 0xf0) != (y >= 0xf0))
        return x >= 0xf0 ? -1 : 1;
    return x < y ? -1 : 1;
}

/* ---- hex ---- */

void consent__hex(const void *bytes, size_t n, char *out) {
    static const char digits[16] = "0123456789abcdef";
    const uint8_t *p = bytes;
    size_t i;
    for (i = 0; i < n; i++) {
        out[2 * i] = digits[p[i] >> 4];
        out[2 * i + 1] = digits[p[i] & 15];
    }
    out[2 * n] = '\0';
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}

bool consent__unhex(const char *text, void *out, size_t n) {
    uint8_t *p = out;
    size_t i;
    if (text == NULL)
        return false;
    for (i = 0; i < n; i++) {
        int high = hex_digit(text[2 * i]);
        int low = high < 0 ? -1 : hex_digit(text[2 * i + 1]); /* reads no byte behind the NUL */
        if (low < 0)
            return false;
        p[i] = (uint8_t)(high << 4 | low);
    }
    return text[2 * n] == '\0';
}

/* ---- numbers ---- */

void consent__put32le(uint8_t *p, uint32_t v) {
    int i;
    for (i = 0; i < 4; i++)
        p[i] = (uint8_t)(v >> (8 * i));
}

void consent__put64le(uint8_t *p, uint64_t v) {
    int i;
    for (i = 0; i < 8; i++)
        p[i] = (uint8_t)(v >> (8 * i));
}

uint32_t consent__get32le(const uint8_t *p) {
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

uint64_t consent__get64le(const uint8_t *p) {
    return (uint64_t)consent__get32le(p) | (uint64_t)consent__get32le(p + 4) << 32;
}

bool consent__get_varint(const uint8_t **p, const uint8_t *end, uint64_t *out) {
    const uint8_t *at = *p;
    uint64_t v = 0;
    unsigned shift;
    for (shift = 0; shift < 64; shift += 7) {
        uint8_t byte;
        if (at == end)
            return false;
        byte = *at++;
        if (shift == 63 && byte > 1)
            return false; /* bit 64 and up */
        v |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            *p = at;
            *out = v;
            return true;
        }
    }
    return false;
}

/* ---- the rest ---- */

bool consent__text_equal(const char *a, const char *b) {
    if (a == NULL || b == NULL)
        return a == b;
    return strcmp(a, b) == 0;
}

void consent__wipe(void *p, size_t n) {
#if defined(__GNUC__)
    if (n > 0)
        memset(p, 0, n);
    __asm__ __volatile__("" : : "r"(p) : "memory"); /* says that the zeros are read */
#else
    volatile uint8_t *at = p;
    while (n-- > 0)
        *at++ = 0;
#endif
}
