/* SPDX-License-Identifier: Apache-2.0 */
/* What the tree hashes for an event. Written by hand, not through the JSON writer: every event of a
 * store passes here, and again each time the ledger is verified. */
#include "ledger/ledger.h"

#include <string.h>

#include "util/text.h"

#define NUMBER_LIMIT INT64_C(9007199254740991) /* 2^53-1: what JSON numbers hold exactly */
#define NUMBER_SIZE 17                         /* of its digits and a sign */

void consent__commitment(const uint8_t nonce[CONSENT__NONCE], const void *body, size_t n,
                         uint8_t out[CONSENT__HASH]) {
    consent__sha256_two(nonce, CONSENT__NONCE, body, n, out);
}

static char *put_bytes(char *p, const char *s, size_t n) {
    memcpy(p, s, n);
    return p + n;
}

#define put_literal(p, s) put_bytes(p, s, sizeof(s) - 1)

static char *put_number(char *p, int64_t v) {
    char digits[NUMBER_SIZE];
    size_t at = sizeof digits;
    uint64_t u = v < 0 ? (uint64_t)0 - (uint64_t)v : (uint64_t)v;
    do {
        digits[--at] = (char)('0' + u % 10);
        u /= 10;
    } while (u > 0);
    if (v < 0)
        digits[--at] = '-';
    return put_bytes(p, digits + at, sizeof digits - at);
}

/* Length of a kind; 0 when it holds anything that JSON might have to escape. */
static size_t kind_length(const char *kind) {
    size_t n = 0;
    for (; kind[n] != '\0'; n++)
        if ((kind[n] < 'a' || kind[n] > 'z') && kind[n] != '.' && kind[n] != '-')
            return 0;
    return n;
}

/* The members stand in the order of RFC 8785. */
size_t consent__leaf_input(int64_t seq, int64_t at, const char *kind,
                           const uint8_t commitment[CONSENT__HASH],
                           char out[CONSENT__LEAF_INPUT_MAX]) {
    const size_t fixed = sizeof "{'at':,'body':'','kind':'','seq':,'v':1}" + 2 * NUMBER_SIZE +
                         2 * (size_t)CONSENT__HASH;
    size_t kind_n = kind_length(kind);
    char *p = out;
    if (kind_n == 0 || kind_n > CONSENT__LEAF_INPUT_MAX - fixed || seq < 0 || seq > NUMBER_LIMIT ||
        at < -NUMBER_LIMIT || at > NUMBER_LIMIT)
        return 0;
    p = put_literal(p, "{\"at\":");
    p = put_number(p, at);
    p = put_literal(p, ",\"body\":\"");
    consent__hex(commitment, CONSENT__HASH, p);
    p = put_literal(p + 2 * (size_t)CONSENT__HASH, "\",\"kind\":\"");
    p = put_bytes(p, kind, kind_n);
    p = put_literal(p, "\",\"seq\":");
    p = put_number(p, seq);
    p = put_literal(p, ",\"v\":1}");
    *p = '\0';
    return (size_t)(p - out);
}

bool consent__leaf(int64_t seq, int64_t at, const char *kind,
                   const uint8_t commitment[CONSENT__HASH], uint8_t out[CONSENT__HASH]) {
    char input[CONSENT__LEAF_INPUT_MAX];
    size_t n = consent__leaf_input(seq, at, kind, commitment, input);
    if (n == 0)
        return false;
    consent__sha256_pair(0x00, input, n, NULL, 0, out);
    return true;
}

void consent__node(const uint8_t left[CONSENT__HASH], const uint8_t right[CONSENT__HASH],
                   uint8_t out[CONSENT__HASH]) {
    consent__sha256_pair(0x01, left, CONSENT__HASH, right, CONSENT__HASH, out);
}

void consent__node_twin(const uint8_t four[4][CONSENT__HASH], uint8_t out[2][CONSENT__HASH]) {
    consent__sha256_twin(0x01, four[0], 2 * (size_t)CONSENT__HASH, four[2],
                         2 * (size_t)CONSENT__HASH, out[0], out[1]);
}

void consent__leaf_twin(const char *a, size_t an, const char *b, size_t bn,
                        uint8_t out_a[CONSENT__HASH], uint8_t out_b[CONSENT__HASH]) {
    consent__sha256_twin(0x00, a, an, b, bn, out_a, out_b);
}
