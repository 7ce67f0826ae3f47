/* SPDX-License-Identifier: Apache-2.0 */
#include "json/doc.h"

static uint32_t hex4(const uint8_t *p) {
    uint32_t v = 0;
    int i;
    for (i = 0; i < 4; i++) {
        uint32_t c = p[i];
        v = v << 4 | (c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    return v;
}

static size_t put_utf8(uint32_t c, char *out) {
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xc0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xe0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3f));
        out[2] = (char)(0x80 | (c & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3f));
    out[2] = (char)(0x80 | (c >> 6 & 0x3f));
    out[3] = (char)(0x80 | (c & 0x3f));
    return 4;
}

static char unescape_short(uint8_t c) {
    switch (c) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return (char)c; /* quotation mark, reverse and plain solidus */
    }
}

size_t consent__json_unescape(const uint8_t *raw, size_t n, char *out) {
    size_t i = 0, len = 0;
    while (i < n) {
        uint32_t c;
        if (raw[i] != '\\') {
            out[len++] = (char)raw[i++];
            continue;
        }
        if (raw[i + 1] != 'u') {
            out[len++] = unescape_short(raw[i + 1]);
            i += 2;
            continue;
        }
        c = hex4(raw + i + 2);
        i += 6;
        if (c >= 0xd800 && c < 0xdc00) { /* the low half follows: the document was scanned */
            c = 0x10000 + ((c - 0xd800) << 10) + (hex4(raw + i + 2) - 0xdc00);
            i += 6;
        }
        len += put_utf8(c, out + len);
    }
    return len;
}
