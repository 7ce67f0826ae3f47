/* SPDX-License-Identifier: Apache-2.0 */
/* The strict reader of canonical JSON. There is one way to write a value, so that the byte before
 * the next one tells where the reader stands: after '{' or '[' comes the first child, after ':' a
 * value. */
#include "json/doc.h"

#include <string.h>

#include "util/text.h"

static bool reader_fail(consent__reader *r) {
    r->bad = true;
    return false;
}

/* Consumes one byte that has to be there. */
static bool take(consent__reader *r, uint8_t c) {
    if (r->bad || r->p == r->end || *r->p != c)
        return reader_fail(r);
    r->p++;
    return true;
}

static bool take_word(consent__reader *r, const char *word) {
    size_t n = strlen(word);
    if (r->bad || (size_t)(r->end - r->p) < n || memcmp(r->p, word, n) != 0)
        return reader_fail(r);
    r->p += n;
    return true;
}

void consent__reader_init(consent__reader *r, const void *bytes, size_t n) {
    memset(r, 0, sizeof *r);
    r->p = bytes;
    r->end = n > 0 ? r->p + n : r->p;
}

char consent__reader_next(const consent__reader *r) {
    if (r->bad || r->p == r->end)
        return 0;
    switch (*r->p) {
    case '{':
    case '[':
    case '"':
    case 't':
    case 'n':
        return (char)*r->p;
    case 'f':
        return 't';
    default:
        return *r->p == '-' || (*r->p >= '0' && *r->p <= '9') ? '0' : 0;
    }
}

bool consent__reader_done(const consent__reader *r) {
    return !r->bad && r->p == r->end && r->depth == 0;
}

/* ---- strings ---- */

/* Length of the canonical escape at p, 0 when it is none. */
static size_t escape_length(const uint8_t *p, const uint8_t *end) {
    static const char hex[] = "0123456789abcdef";
    if (end - p < 2)
        return 0;
    if (p[1] != '\0' && strchr("\"\\bfnrt", p[1]) != NULL)
        return 2;
    if (end - p < 6 || p[1] != 'u' || p[2] != '0' || p[3] != '0' || (p[4] != '0' && p[4] != '1') ||
        p[5] == '\0' || strchr(hex, p[5]) == NULL)
        return 0;
    if (p[4] == '0' && strchr("89acd", p[5]) != NULL)
        return 0; /* these have a short form */
    return 6;
}

/* A string as it stands: its inside and whether that has escapes. */
static bool take_string(consent__reader *r, const uint8_t **raw, size_t *n, bool *escaped) {
    *escaped = false;
    if (!take(r, '"'))
        return false;
    *raw = r->p;
    while (r->p < r->end && *r->p != '"') {
        size_t length = 1;
        if (*r->p < 0x20)
            return reader_fail(r);
        if (*r->p == '\\') {
            *escaped = true;
            length = escape_length(r->p, r->end);
            if (length == 0)
                return reader_fail(r);
        }
        r->p += length;
    }
    *n = (size_t)(r->p - *raw);
    if (consent__utf8_valid(*raw, *n) != *n)
        return reader_fail(r);
    return take(r, '"');
}

/* Unescaped copy with a NUL behind it. */
static const char *unescape(consent__reader *r, consent__arena *a, const uint8_t *raw, size_t n,
                            size_t *out_n) {
    char *text = consent__arena_get(a, n + 1);
    if (text == NULL) {
        r->no_memory = true;
        (void)reader_fail(r);
        return NULL;
    }
    *out_n = consent__json_unescape(raw, n, text);
    return text;
}

bool consent__reader_string(consent__reader *r, consent__arena *a, const char **s, size_t *n) {
    const uint8_t *raw;
    size_t raw_n;
    bool escaped;
    *s = NULL;
    *n = 0;
    if (!take_string(r, &raw, &raw_n, &escaped))
        return false;
    *s = unescape(r, a, raw, raw_n, n);
    return *s != NULL;
}

/* ---- containers ---- */

static bool enter(consent__reader *r, uint8_t open) {
    if (r->depth == CONSENT__DEPTH_MAX)
        return reader_fail(r);
    if (!take(r, open))
        return false;
    r->last[r->depth++] = NULL;
    return true;
}

bool consent__reader_object(consent__reader *r) {
    return enter(r, '{');
}

bool consent__reader_array(consent__reader *r) {
    return enter(r, '[');
}

/* Steps to the next child of the container entered last, or out of it; false then, or when bad. */
static bool step(consent__reader *r, uint8_t open, uint8_t close) {
    if (r->bad || r->depth == 0 || r->p == r->end || r->p[-1] == ':' || r->p[-1] == ',')
        return reader_fail(r); /* also when the value that had to be read was not */
    if (r->p[-1] == open && *r->p != close)
        return true;
    if (*r->p == close) {
        r->p++;
        r->depth--;
        return false;
    }
    return take(r, ',');
}

/* Rank of the next character in the order of UTF-16 code units: beyond U+FFFF a character begins
 * with a surrogate and so comes before U+E000. */
static uint32_t next_rank(const uint8_t **raw) {
    const uint8_t *p = *raw;
    uint32_t c = p[0];
    char escaped;
    if (c == '\\') {
        size_t n = p[1] == 'u' ? 6 : 2;
        (void)consent__json_unescape(p, n, &escaped); /* canonical escapes stand for ASCII */
        *raw += n;
        return (uint8_t)escaped;
    }
    if (c < 0x80) {
        *raw += 1;
    } else if (c < 0xe0) {
        *raw += 2;
        c = (c & 0x1f) << 6 | (p[1] & 0x3fu);
    } else if (c < 0xf0) {
        *raw += 3;
        c = (c & 0x0f) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
        c += c >= 0xe000 ? 0x100000 : 0;
    } else {
        *raw += 4;
        c = (c & 0x07) << 18 | (p[1] & 0x3fu) << 12 | (p[2] & 0x3fu) << 6 | (p[3] & 0x3fu);
        c -= 0x2000;
    }
    return c;
}

/* Whether a name stands before another; both are valid and end at their quotation mark. */
static bool name_before(const uint8_t *a, const uint8_t *b) {
    while (*a != '"' && *b != '"') {
        uint32_t x = next_rank(&a), y = next_rank(&b);
        if (x != y)
            return x < y;
    }
    return *a == '"' && *b != '"';
}

/* A member's name as it stands, in its place after the one before it. */
static bool take_name(consent__reader *r, const uint8_t **raw, size_t *n) {
    const uint8_t **last;
    bool escaped;
    if (!step(r, '{', '}') || !take_string(r, raw, n, &escaped) || !take(r, ':'))
        return false;
    last = &r->last[r->depth - 1];
    if (*last != NULL && !name_before(*last, *raw))
        return reader_fail(r);
    *last = *raw;
    return true;
}

bool consent__reader_member(consent__reader *r, consent__arena *a, const char **name) {
    const uint8_t *raw;
    size_t raw_n, n;
    *name = NULL;
    if (!take_name(r, &raw, &raw_n))
        return false;
    *name = unescape(r, a, raw, raw_n, &n);
    if (*name == NULL || strlen(*name) == n)
        return *name != NULL;
    *name = NULL; /* holds a NUL: could be taken for a shorter name */
    return reader_fail(r);
}

bool consent__reader_element(consent__reader *r) {
    return step(r, '[', ']');
}

/* ---- scalars ---- */

bool consent__reader_int(consent__reader *r, int64_t *n) {
    bool negative = !r->bad && r->p < r->end && *r->p == '-';
    const uint8_t *from;
    int64_t v = 0;
    *n = 0;
    if (negative)
        r->p++;
    from = r->p;
    while (!r->bad && r->p < r->end && *r->p >= '0' && *r->p <= '9') {
        v = v * 10 + (*r->p++ - '0');
        if (v > CONSENT__INTEGER_MAX)
            return reader_fail(r);
    }
    /* No digit, a zero before other digits, or minus zero. */
    if (r->p == from || (*from == '0' && (r->p - from > 1 || negative)))
        return reader_fail(r);
    *n = negative ? -v : v;
    return true;
}

bool consent__reader_bool(consent__reader *r, bool *b) {
    *b = !r->bad && r->p < r->end && *r->p == 't';
    if (take_word(r, *b ? "true" : "false"))
        return true;
    *b = false;
    return false;
}

bool consent__reader_null(consent__reader *r) {
    return consent__reader_next(r) == 'n' && take_word(r, "null");
}

/* ---- skipping ---- */

static bool skip_members(consent__reader *r) {
    const uint8_t *raw;
    size_t n;
    while (take_name(r, &raw, &n))
        if (!consent__reader_skip(r))
            return false;
    return !r->bad;
}

static bool skip_elements(consent__reader *r) {
    while (consent__reader_element(r))
        if (!consent__reader_skip(r))
            return false;
    return !r->bad;
}

bool consent__reader_skip(consent__reader *r) {
    const uint8_t *raw;
    size_t size;
    int64_t n;
    bool b;
    switch (consent__reader_next(r)) {
    case '{':
        return consent__reader_object(r) && skip_members(r);
    case '[':
        return consent__reader_array(r) && skip_elements(r);
    case '"':
        return take_string(r, &raw, &size, &b);
    case '0':
        return consent__reader_int(r, &n);
    case 't':
        return consent__reader_bool(r, &b);
    case 'n':
        return take_word(r, "null");
    default:
        return reader_fail(r);
    }
}
