/* SPDX-License-Identifier: Apache-2.0 */
#include "json/write.h"

#include <string.h>

#include "util/date.h"
#include "util/text.h"

void consent__write_next(consent__buf *out) {
    uint8_t last = out->len ? out->data[out->len - 1] : '[';
    if (last != '{' && last != '[' && last != ':' && last != '\n')
        consent__buf_byte(out, ',');
}

void consent__write_name(consent__buf *out, const char *name) {
    consent__write_next(out);
    if (!name)
        return;
    consent__json_string(out, name, strlen(name));
    consent__buf_byte(out, ':');
}

void consent__write_text_n(consent__buf *out, const char *name, const char *text, size_t n) {
    consent__write_name(out, name);
    consent__json_string(out, text, n);
}

void consent__write_text(consent__buf *out, const char *name, const char *text) {
    if (text) {
        consent__write_text_n(out, name, text, strlen(text));
        return;
    }
    consent__write_name(out, name);
    consent__buf_text(out, "null");
}

void consent__write_int(consent__buf *out, const char *name, int64_t n) {
    consent__write_name(out, name);
    consent__json_int(out, n);
}

void consent__write_bool(consent__buf *out, const char *name, bool value) {
    consent__write_name(out, name);
    consent__buf_text(out, value ? "true" : "false");
}

void consent__write_hex(consent__buf *out, const char *name, const void *bytes, size_t n) {
    uint8_t *room;
    consent__write_name(out, name);
    consent__buf_byte(out, '"');
    room = consent__buf_extend(out, 2 * n + 1); /* with its NUL, which the quote replaces */
    if (!room)
        return;
    consent__hex(bytes, n, (char *)room);
    out->data[out->len - 1] = '"';
}

void consent__write_time(consent__buf *out, const char *name, int64_t at) {
    char text[CONSENT__RFC3339_SIZE];
    consent__instant_text(at, 0, text);
    consent__write_text(out, name, text);
}

void consent__write_raw(consent__buf *out, const char *name, const void *json, size_t n) {
    consent__write_name(out, name);
    consent__buf_put(out, json, n);
}

void consent__write_open(consent__buf *out, const char *name, char bracket) {
    consent__write_name(out, name);
    consent__buf_byte(out, (uint8_t)bracket);
}

void consent__write_close(consent__buf *out, char bracket) {
    consent__buf_byte(out, (uint8_t)bracket);
}

void consent__write_element(consent__buf *out, const char *text) {
    consent__write_text(out, NULL, text);
}
