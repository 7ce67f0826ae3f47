/* SPDX-License-Identifier: Apache-2.0 */
#include "util/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "util/text.h"

#define BUF_FIRST 64u

void consent__buf_init(consent__buf *b, const consent__env *env) {
    memset(b, 0, sizeof *b);
    b->env = env;
}

/* Room for n more bytes. */
static bool buf_reserve(consent__buf *b, size_t n) {
    size_t cap;
    uint8_t *data;
    if (b->failed)
        return false;
    if (n <= b->cap - b->len)
        return true;
    b->failed = true;
    if (n > SIZE_MAX / 2 - b->len)
        return false;
    cap = b->cap < BUF_FIRST ? BUF_FIRST : b->cap * 2;
    if (cap < b->len + n)
        cap = b->len + n;
    data = consent__realloc(b->env, b->data, cap);
    if (data == NULL)
        return false;
    b->data = data;
    b->cap = cap;
    b->failed = false;
    return true;
}

uint8_t *consent__buf_extend(consent__buf *b, size_t n) {
    uint8_t *p;
    /* At least one byte, so that an empty extension is not mistaken for a failure. */
    if (!buf_reserve(b, n != 0 ? n : 1))
        return NULL;
    p = b->data + b->len;
    b->len += n;
    return p;
}

void consent__buf_put(consent__buf *b, const void *bytes, size_t n) {
    if (n == 0 || !buf_reserve(b, n))
        return;
    memcpy(b->data + b->len, bytes, n);
    b->len += n;
}

void consent__buf_byte(consent__buf *b, uint8_t byte) {
    if (buf_reserve(b, 1))
        b->data[b->len++] = byte;
}

void consent__buf_text(consent__buf *b, const char *s) {
    consent__buf_put(b, s, strlen(s));
}

void consent__buf_format(consent__buf *b, const char *format, ...) {
    va_list args;
    int n;
    va_start(args, format);
    n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0) {
        b->failed = true;
        return;
    }
    if (!buf_reserve(b, (size_t)n + 1))
        return;
    va_start(args, format);
    (void)vsnprintf((char *)b->data + b->len, (size_t)n + 1, format, args);
    va_end(args);
    b->len += (size_t)n;
}

void consent__buf_varint(consent__buf *b, uint64_t v) {
    uint8_t bytes[10];
    size_t n = 0;
    while (v >= 0x80) {
        bytes[n++] = (uint8_t)(v | 0x80);
        v >>= 7;
    }
    bytes[n++] = (uint8_t)v;
    consent__buf_put(b, bytes, n);
}

const char *consent__buf_cstr(consent__buf *b) {
    if (!buf_reserve(b, 1))
        return NULL;
    b->data[b->len] = '\0';
    return (const char *)b->data;
}

void consent__buf_reset(consent__buf *b) {
    b->len = 0;
    b->failed = false;
}

void consent__buf_free(consent__buf *b) {
    consent__release(b->env, b->data);
    consent__buf_init(b, b->env);
}

void consent__buf_wipe_free(consent__buf *b) {
    if (b->data != NULL)
        consent__wipe(b->data, b->cap);
    consent__buf_free(b);
}
