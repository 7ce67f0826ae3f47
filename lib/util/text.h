/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8, hex, fixed-width numbers, and the order of UTF-16 code units that RFC 8785 sorts by. */
#ifndef CONSENT__UTIL_TEXT_H
#define CONSENT__UTIL_TEXT_H

#include "util/env.h"

/* Largest magnitude of an integer that every JSON reader keeps exact (RFC 8785, I-JSON); as an
 * instant 2255-06-05. */
#define CONSENT__INTEGER_MAX INT64_C(9007199254740991)

/* Length of the valid prefix (== n when all of it is valid). Strict: no overlong form, no
 * surrogate, nothing above U+10FFFF. NUL is valid here. */
size_t consent__utf8_valid(const void *bytes, size_t n);
/* Compares as sequences of UTF-16 code units; both valid UTF-8. */
int consent__utf16_compare(const char *a, size_t an, const char *b, size_t bn);
void consent__hex(const void *bytes, size_t n, char *out);  /* 2n + NUL, lower case */
bool consent__unhex(const char *text, void *out, size_t n); /* exactly 2n digits, lower case */
void consent__put32le(uint8_t *p, uint32_t v);
void consent__put64le(uint8_t *p, uint64_t v);
uint32_t consent__get32le(const uint8_t *p);
uint64_t consent__get64le(const uint8_t *p);
/* LEB128; advances *p; false when it runs past end or over 64 bits. */
bool consent__get_varint(const uint8_t **p, const uint8_t *end, uint64_t *out);
bool consent__text_equal(const char *a, const char *b); /* NULL equals NULL only */
/* Wipe that the compiler may not drop. */
void consent__wipe(void *p, size_t n);

#endif
