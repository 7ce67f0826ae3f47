/* SPDX-License-Identifier: Apache-2.0 */
#include "json/doc.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define INTEGER_MAX 9007199254740991.0 /* 2^53-1 */
#define MESSAGE_SIZE 600u              /* the error cuts a longer one */

/* ---- opening ---- */

/* cJSON's values in document order, beside the nodes the scanner found in the same order. */
static bool doc_pair(consent__doc *doc) {
    const cJSON *json = doc->root;
    int32_t i;
    for (i = 0; i < doc->count && json != NULL; i++) {
        int32_t at = i;
        doc->nodes[i].json = json;
        if (json->child != NULL) {
            json = json->child;
            continue;
        }
        while (at >= 0 && doc->nodes[at].json->next == NULL)
            at = doc->nodes[at].parent;
        json = at >= 0 ? doc->nodes[at].json->next : NULL;
    }
    return i == doc->count && json == NULL;
}

consent_status consent__doc_open(consent__doc *doc, const consent__cx *cx, const void *bytes,
                                 size_t len, const char *schema) {
    consent_status status;
    memset(doc, 0, sizeof *doc);
    doc->cx = cx;
    doc->schema = schema;
    doc->bytes = bytes;
    doc->len = len;
    consent__arena_init(&doc->scratch, cx->env);
    status = consent__scan(doc);
    if (status != CONSENT_OK)
        return status;
    doc->root = cJSON_ParseWithLengthOpts(bytes, len, NULL, 0);
    if (doc->root == NULL)
        return consent__no_memory(cx); /* the scanner took it, so nothing else can be wrong */
    if (!doc_pair(doc))
        return consent__doc_fail_byte(doc, -1, 0, CONSENT_E_INTERNAL,
                                      "scanner and parser disagree about the document");
    return CONSENT_OK;
}

void consent__doc_close(consent__doc *doc) {
    cJSON_Delete(doc->root);
    doc->root = NULL;
    consent__release(doc->cx->env, doc->nodes);
    doc->nodes = NULL;
    doc->count = doc->cap = 0;
    consent__arena_free(&doc->scratch);
}

/* ---- the tree ---- */

int32_t consent__doc_first(const consent__doc *doc, int32_t node) {
    return doc->nodes[node].end > node + 1 ? node + 1 : -1;
}

int32_t consent__doc_next(const consent__doc *doc, int32_t node) {
    int32_t parent = doc->nodes[node].parent;
    int32_t next = doc->nodes[node].end;
    return parent >= 0 && next < doc->nodes[parent].end ? next : -1;
}

int32_t consent__doc_size(const consent__doc *doc, int32_t node) {
    int32_t n = 0, at;
    for (at = consent__doc_first(doc, node); at >= 0; at = consent__doc_next(doc, at))
        n++;
    return n;
}

int32_t consent__doc_member(const consent__doc *doc, int32_t object, const char *name) {
    int32_t at;
    for (at = consent__doc_first(doc, object); at >= 0; at = consent__doc_next(doc, at))
        if (strcmp(doc->nodes[at].json->string, name) == 0)
            return at;
    return -1;
}

const char *consent__doc_name(const consent__doc *doc, int32_t node) {
    return doc->nodes[node].json->string;
}

const char *consent__doc_text(const consent__doc *doc, int32_t node) {
    return doc->nodes[node].json->valuestring;
}

bool consent__doc_int(const consent__doc *doc, int32_t node, int64_t *out) {
    double v = doc->nodes[node].json->valuedouble;
    if (doc->nodes[node].kind != NODE_NUMBER || !(v >= -INTEGER_MAX && v <= INTEGER_MAX) ||
        (double)(int64_t)v != v)
        return false;
    *out = (int64_t)v;
    return true;
}

/* ---- strings as they stand in the document ---- */

/* Length of the inside of the string whose quotation mark is at offset. */
static size_t raw_length(const consent__doc *doc, uint32_t offset, bool *escaped) {
    const uint8_t *raw = doc->bytes + offset + 1;
    size_t n = 0;
    *escaped = false;
    while (raw[n] != '"') {
        if (raw[n] == '\\') {
            *escaped = true;
            n++;
        }
        n++;
    }
    return n;
}

bool consent__doc_string(consent__doc *doc, uint32_t offset, const char **out, size_t *out_n) {
    const uint8_t *raw = doc->bytes + offset + 1;
    bool escaped;
    size_t n = raw_length(doc, offset, &escaped);
    char *text;
    *out = (const char *)raw;
    *out_n = n;
    if (!escaped)
        return true;
    text = consent__arena_get(&doc->scratch, n);
    if (text == NULL)
        return false;
    *out_n = consent__json_unescape(raw, n, text);
    *out = text;
    return true;
}

/* ---- errors ---- */

/* A member's name as one token of a pointer (RFC 6901). A NUL cannot stand in the text of an error:
 * it is written as JSON would. */
static void pointer_name(const consent__doc *doc, int32_t node, consent__buf *out) {
    bool escaped;
    size_t n = raw_length(doc, doc->nodes[node].name, &escaped), i;
    consent__buf name;
    uint8_t *text;
    consent__buf_init(&name, doc->cx->env);
    text = consent__buf_extend(&name, n);
    if (text == NULL) {
        out->failed = true;
        return;
    }
    n = consent__json_unescape(doc->bytes + doc->nodes[node].name + 1, n, (char *)text);
    for (i = 0; i < n; i++) {
        if (text[i] == '~')
            consent__buf_text(out, "~0");
        else if (text[i] == '/')
            consent__buf_text(out, "~1");
        else if (text[i] == '\0')
            consent__buf_text(out, "\\u0000");
        else
            consent__buf_byte(out, text[i]);
    }
    consent__buf_free(&name);
}

static void pointer_build(const consent__doc *doc, int32_t node, consent__buf *out) {
    int32_t chain[CONSENT__DEPTH_MAX + 1];
    int32_t depth = 0, at;
    for (at = node; at > 0; at = doc->nodes[at].parent)
        chain[depth++] = at;
    while (depth > 0) {
        int32_t parent, index = 0;
        node = chain[--depth];
        parent = doc->nodes[node].parent;
        consent__buf_byte(out, '/');
        if (doc->nodes[parent].kind == NODE_OBJECT) {
            pointer_name(doc, node, out);
            continue;
        }
        for (at = parent + 1; at < node; at = doc->nodes[at].end)
            index++;
        consent__buf_format(out, "%d", (int)index);
    }
}

consent_status consent__doc_fail_byte(const consent__doc *doc, int32_t node, size_t offset,
                                      consent_status status, const char *message) {
    consent__buf pointer;
    const char *where;
    consent__buf_init(&pointer, doc->cx->env);
    pointer_build(doc, node, &pointer);
    where = consent__buf_cstr(&pointer);
    if (where == NULL)
        status = consent__no_memory(doc->cx);
    else
        (void)consent__fail_at(doc->cx, status, where, (int64_t)offset, "%s", message);
    consent__buf_free(&pointer);
    return status;
}

consent_status consent__doc_fail(const consent__doc *doc, int32_t node, consent_status status,
                                 const char *format, ...) {
    char message[MESSAGE_SIZE];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(message, sizeof message, format, args);
    va_end(args);
    return consent__doc_fail_byte(doc, node, doc->nodes[node].offset, status, message);
}

consent_status consent__doc_fail_name(const consent__doc *doc, int32_t node, consent_status status,
                                      const char *format, ...) {
    char message[MESSAGE_SIZE];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(message, sizeof message, format, args);
    va_end(args);
    return consent__doc_fail_byte(doc, node, doc->nodes[node].name, status, message);
}
