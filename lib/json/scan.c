/* SPDX-License-Identifier: Apache-2.0 */
/* The first pass over a document: RFC 8259 to the letter, UTF-8, limits, unique member names, and
 * where each value stands. */
#include "json/doc.h"

#include <string.h>

#include "util/text.h"
#include "json/sort.h"

#define NUMBER_MAX 63u /* bytes of a number: cJSON cuts longer ones */

typedef struct scanner {
    consent__doc *doc;
    const uint8_t *p, *end;
    int32_t node; /* innermost value being read, -1 before the first */
    int32_t depth;
    consent__buf names; /* scan_name: those of every open object, a stack */
} scanner;

typedef struct scan_name {
    const char *text;
    size_t len;
    int32_t node;
} scan_name;

static consent_status scan_value(scanner *s, uint32_t name, uint8_t flags);

static consent_status scan_fail(const scanner *s, consent_status status, const uint8_t *at,
                                const char *message) {
    return consent__doc_fail_byte(s->doc, s->node, (size_t)(at - s->doc->bytes), status, message);
}

/* What stands here is not what the grammar wants. */
static consent_status scan_unexpected(const scanner *s, const char *wanted) {
    size_t left = (size_t)(s->end - s->p);
    if (left > 0 && *s->p >= 0x80 && consent__utf8_valid(s->p, left < 4 ? left : 4) == 0)
        return scan_fail(s, CONSENT_E_ENCODING, s->p, "not UTF-8");
    return scan_fail(s, CONSENT_E_SYNTAX, s->p, wanted);
}

static void scan_space(scanner *s) {
    while (s->p < s->end && (*s->p == ' ' || *s->p == '\n' || *s->p == '\t' || *s->p == '\r'))
        s->p++;
}

static bool scan_at(const scanner *s, uint8_t c) {
    return s->p < s->end && *s->p == c;
}

/* ---- strings ---- */

/* Four hex digits after "\u"; s->p moves behind them. */
static bool scan_hex4(scanner *s, uint32_t *out) {
    int i;
    *out = 0;
    for (i = 0; i < 4; i++, s->p++) {
        uint8_t c;
        if (s->p == s->end)
            return false;
        c = *s->p;
        if (c >= '0' && c <= '9')
            *out = *out << 4 | (uint32_t)(c - '0');
        else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
            *out = *out << 4 | (uint32_t)((c | 0x20) - 'a' + 10);
        else
            return false;
    }
    return true;
}

static consent_status scan_escape_unicode(scanner *s, const uint8_t *from, bool *has_nul) {
    uint32_t c, low;
    if (!scan_hex4(s, &c))
        return scan_unexpected(s, "expected four hex digits after \\u");
    if (c == 0)
        *has_nul = true;
    if (c < 0xd800 || c > 0xdfff)
        return CONSENT_OK;
    if (c < 0xdc00 && s->end - s->p >= 2 && s->p[0] == '\\' && s->p[1] == 'u') {
        s->p += 2;
        if (!scan_hex4(s, &low))
            return scan_unexpected(s, "expected four hex digits after \\u");
        if (low >= 0xdc00 && low <= 0xdfff)
            return CONSENT_OK;
    } else if (c < 0xdc00 && (s->p == s->end || (s->end - s->p == 1 && *s->p == '\\'))) {
        return scan_fail(s, CONSENT_E_SYNTAX, s->end, "string without an end");
    }
    return scan_fail(s, CONSENT_E_SYNTAX, from, "surrogate escape without its other half");
}

static consent_status scan_escape(scanner *s, bool *has_nul) {
    const uint8_t *from = s->p++;
    if (s->p == s->end)
        return scan_fail(s, CONSENT_E_SYNTAX, s->p, "string without an end");
    if (*s->p == 'u') {
        s->p++;
        return scan_escape_unicode(s, from, has_nul);
    }
    if (*s->p == '\0' || strchr("\"\\/bfnrt", *s->p) == NULL)
        return scan_unexpected(s, "unknown escape in a string");
    s->p++;
    return CONSENT_OK;
}

/* s->p is at the quotation mark and ends behind the second one. */
static consent_status scan_string(scanner *s, bool *has_nul) {
    *has_nul = false;
    s->p++;
    for (;;) {
        const uint8_t *run = s->p;
        consent_status status;
        size_t n, valid;
        while (s->p < s->end && *s->p != '"' && *s->p != '\\' && *s->p >= 0x20)
            s->p++;
        n = (size_t)(s->p - run);
        valid = consent__utf8_valid(run, n);
        if (valid < n)
            return scan_fail(s, CONSENT_E_ENCODING, run + valid, "not UTF-8");
        if (s->p == s->end)
            return scan_fail(s, CONSENT_E_SYNTAX, s->p, "string without an end");
        if (*s->p == '"') {
            s->p++;
            return CONSENT_OK;
        }
        if (*s->p != '\\')
            return scan_fail(s, CONSENT_E_SYNTAX, s->p, "control character in a string");
        status = scan_escape(s, has_nul);
        if (status != CONSENT_OK)
            return status;
    }
}

/* ---- numbers and words ---- */

/* At least one digit. */
static bool scan_digits(scanner *s) {
    const uint8_t *from = s->p;
    while (s->p < s->end && *s->p >= '0' && *s->p <= '9')
        s->p++;
    return s->p > from;
}

static consent_status scan_number(scanner *s) {
    const uint8_t *from = s->p;
    if (scan_at(s, '-'))
        s->p++;
    if (scan_at(s, '0')) {
        s->p++;
        if (s->p < s->end && *s->p >= '0' && *s->p <= '9')
            return scan_fail(s, CONSENT_E_SYNTAX, from, "number with a leading zero");
    } else if (!scan_digits(s)) {
        return scan_unexpected(s, "expected a digit");
    }
    if (scan_at(s, '.')) {
        s->p++;
        if (!scan_digits(s))
            return scan_unexpected(s, "expected a digit");
    }
    if (scan_at(s, 'e') || scan_at(s, 'E')) {
        s->p++;
        if (scan_at(s, '+') || scan_at(s, '-'))
            s->p++;
        if (!scan_digits(s))
            return scan_unexpected(s, "expected a digit");
    }
    if ((size_t)(s->p - from) > NUMBER_MAX)
        return scan_fail(s, CONSENT_E_LIMIT, from, "number longer than 63 characters");
    return CONSENT_OK;
}

static consent_status scan_word(scanner *s, const char *word) {
    for (; *word != '\0'; word++, s->p++)
        if (!scan_at(s, (uint8_t)*word))
            return scan_unexpected(s, "expected a value");
    return CONSENT_OK;
}

/* ---- objects and arrays ---- */

static int name_order(const void *a, const void *b) {
    const scan_name *x = a, *y = b;
    int order;
    if (x->len != y->len)
        return x->len < y->len ? -1 : 1;
    order = memcmp(x->text, y->text, x->len);
    return order != 0 ? order : (x->node > y->node) - (x->node < y->node);
}

/* The names of the object just read are those on the stack from `from` on. Tells of the first
 * member whose name stood before. */
static consent_status scan_names_unique(scanner *s, size_t from) {
    scan_name *names;
    size_t n = (s->names.len - from) / sizeof *names, i;
    int32_t second = -1;
    if (n == 0)
        return CONSENT_OK;
    names = (scan_name *)(void *)(s->names.data + from);
    consent__sort(names, n, sizeof *names, name_order);
    for (i = 1; i < n; i++)
        if (names[i].len == names[i - 1].len &&
            memcmp(names[i].text, names[i - 1].text, names[i].len) == 0 &&
            (second < 0 || names[i].node < second))
            second = names[i].node;
    s->names.len = from;
    if (second < 0)
        return CONSENT_OK;
    return consent__doc_fail_name(s->doc, second, CONSENT_E_DUPLICATE, "member stands twice");
}

/* One member; its node is the next one. */
static consent_status scan_member(scanner *s) {
    uint32_t at = (uint32_t)(s->p - s->doc->bytes);
    scan_name name;
    consent_status status;
    bool has_nul;
    if (!scan_at(s, '"'))
        return scan_unexpected(s, "expected a member name");
    status = scan_string(s, &has_nul);
    if (status != CONSENT_OK)
        return status;
    if (!consent__doc_string(s->doc, at, &name.text, &name.len))
        return consent__no_memory(s->doc->cx);
    name.node = s->doc->count;
    consent__buf_put(&s->names, &name, sizeof name);
    scan_space(s);
    if (!scan_at(s, ':'))
        return scan_unexpected(s, "expected ':'");
    s->p++;
    scan_space(s);
    return scan_value(s, at, has_nul ? CONSENT__NUL_IN_NAME : 0);
}

static consent_status scan_element(scanner *s) {
    return scan_value(s, (uint32_t)(s->p - s->doc->bytes), 0);
}

/* Both kinds of containers: s->p is at the opening bracket and ends behind the closing one. */
static consent_status scan_children(scanner *s, uint8_t close, consent_status (*child)(scanner *)) {
    consent_status status;
    s->p++;
    scan_space(s);
    if (scan_at(s, close)) {
        s->p++;
        return CONSENT_OK;
    }
    for (;;) {
        status = child(s);
        if (status != CONSENT_OK)
            return status;
        scan_space(s);
        if (scan_at(s, close)) {
            s->p++;
            return CONSENT_OK;
        }
        if (!scan_at(s, ','))
            return scan_unexpected(s, close == '}' ? "expected ',' or '}'" : "expected ',' or ']'");
        s->p++;
        scan_space(s);
    }
}

static consent_status scan_container(scanner *s) {
    size_t from = s->names.len;
    consent_status status;
    if (s->depth == CONSENT__DEPTH_MAX)
        return scan_fail(s, CONSENT_E_LIMIT, s->p, "nested deeper than 32 levels");
    s->depth++;
    if (*s->p == '[') {
        status = scan_children(s, ']', scan_element);
    } else {
        status = scan_children(s, '}', scan_member);
        if (status == CONSENT_OK && s->names.failed)
            status = consent__no_memory(s->doc->cx);
        if (status == CONSENT_OK)
            status = scan_names_unique(s, from);
    }
    s->depth--;
    return status;
}

/* ---- values ---- */

static consent_status node_push(scanner *s, uint32_t name, uint8_t flags) {
    consent__doc *doc = s->doc;
    consent__node *node;
    if (doc->count == CONSENT__NODES_MAX)
        return scan_fail(s, CONSENT_E_LIMIT, s->p, "more than 1000000 values");
    if (doc->count == doc->cap) {
        int32_t cap = doc->cap == 0 ? 64 : doc->cap * 2;
        node = consent__realloc(doc->cx->env, doc->nodes, (size_t)cap * sizeof *node);
        if (node == NULL)
            return consent__no_memory(doc->cx);
        doc->nodes = node;
        doc->cap = cap;
    }
    node = &doc->nodes[doc->count];
    memset(node, 0, sizeof *node);
    node->offset = (uint32_t)(s->p - doc->bytes);
    node->name = name;
    node->parent = s->node;
    node->flags = flags;
    s->node = doc->count++;
    return CONSENT_OK;
}

static consent_status scan_any(scanner *s, consent__node *node) {
    consent_status status;
    bool has_nul;
    switch (s->p < s->end ? *s->p : 0) {
    case '{':
        node->kind = NODE_OBJECT;
        return scan_container(s);
    case '[':
        node->kind = NODE_ARRAY;
        return scan_container(s);
    case '"':
        node->kind = NODE_STRING;
        status = scan_string(s, &has_nul);
        if (has_nul)
            node->flags |= CONSENT__NUL_IN_TEXT;
        return status;
    case 't':
        node->kind = NODE_BOOL;
        return scan_word(s, "true");
    case 'f':
        node->kind = NODE_BOOL;
        return scan_word(s, "false");
    case 'n':
        node->kind = NODE_NULL;
        return scan_word(s, "null");
    default:
        node->kind = NODE_NUMBER;
        if (s->p < s->end && (*s->p == '-' || (*s->p >= '0' && *s->p <= '9')))
            return scan_number(s);
        return scan_unexpected(s, "expected a value");
    }
}

static consent_status scan_value(scanner *s, uint32_t name, uint8_t flags) {
    int32_t parent = s->node;
    consent_status status = node_push(s, name, flags);
    if (status != CONSENT_OK)
        return status;
    /* The table may move while a container is read: scan_any is done with the node by then. */
    status = scan_any(s, &s->doc->nodes[s->node]);
    if (status != CONSENT_OK)
        return status;
    s->doc->nodes[s->node].end = s->doc->count;
    s->node = parent;
    return CONSENT_OK;
}

consent_status consent__scan(consent__doc *doc) {
    scanner s = {doc, doc->bytes, NULL, -1, 0, {0}};
    consent_status status;
    if (doc->len > CONSENT__BUNDLE_MAX)
        return consent__doc_fail_byte(doc, -1, CONSENT__BUNDLE_MAX, CONSENT_E_LIMIT,
                                      "document larger than 16 MiB");
    if (doc->len == 0)
        return consent__doc_fail_byte(doc, -1, 0, CONSENT_E_SYNTAX, "empty document");
    s.end = doc->bytes + doc->len;
    if (doc->len >= 3 && memcmp(doc->bytes, "\xef\xbb\xbf", 3) == 0)
        return scan_fail(&s, CONSENT_E_SYNTAX, s.p, "byte order mark before the document");
    consent__buf_init(&s.names, doc->cx->env);
    scan_space(&s);
    status = scan_value(&s, (uint32_t)(s.p - doc->bytes), 0);
    scan_space(&s);
    if (status == CONSENT_OK && s.p < s.end)
        status = scan_unexpected(&s, "bytes after the document");
    consent__buf_free(&s.names);
    return status;
}
