/* SPDX-License-Identifier: Apache-2.0 */
/* Canonical JSON (RFC 8785) as bytes: strings and integers. */
#include "json/json.h"

#include <assert.h>
#include <inttypes.h>

#include "util/text.h"

/* The letter of the two-character escape, 0 when the byte has none. */
static uint8_t short_escape(uint8_t c) {
    switch (c) {
    case '\b':
        return 'b';
    case '\t':
        return 't';
    case '\n':
        return 'n';
    case '\f':
        return 'f';
    case '\r':
        return 'r';
    case '"':
    case '\\':
        return c;
    default:
        return 0;
    }
}

void consent__json_string(consent__buf *out, const char *s, size_t n) {
    size_t from = 0, i;
    assert(consent__utf8_valid(s, n) == n);
    consent__buf_byte(out, '"');
    for (i = 0; i < n; i++) {
        uint8_t c = (uint8_t)s[i];
        uint8_t letter = short_escape(c);
        if (letter == 0 && c >= 0x20)
            continue;
        consent__buf_put(out, s + from, i - from);
        from = i + 1;
        if (letter == 0) {
            consent__buf_format(out, "\\u%04x", (unsigned)c);
        } else {
            consent__buf_byte(out, '\\');
            consent__buf_byte(out, letter);
        }
    }
    consent__buf_put(out, s + from, n - from);
    consent__buf_byte(out, '"');
}

void consent__json_int(consent__buf *out, int64_t n) {
    assert(n >= -CONSENT__INTEGER_MAX && n <= CONSENT__INTEGER_MAX);
    /* By hand: an event has several numbers, and printf takes longer than all the rest of it. */
    char digits[20];
    size_t at = sizeof digits;
    uint64_t u = n < 0 ? (uint64_t)0 - (uint64_t)n : (uint64_t)n;
    do
        digits[--at] = (char)('0' + u % 10);
    while ((u /= 10) > 0);
    if (n < 0)
        digits[--at] = '-';
    consent__buf_put(out, digits + at, sizeof digits - at);
}
