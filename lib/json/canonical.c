/* SPDX-License-Identifier: Apache-2.0 */
/* Any document to its canonical form. */
#include "util/text.h"
#include "json/doc.h"
#include "json/sort.h"

typedef struct member {
    const char *name;
    size_t len;
    int32_t node;
} member;

static consent_status write_value(consent__doc *doc, int32_t node, consent__buf *out);

static int member_order(const void *a, const void *b) {
    const member *x = a, *y = b;
    return consent__utf16_compare(x->name, x->len, y->name, y->len);
}

static consent_status write_object(consent__doc *doc, int32_t node, consent__buf *out) {
    size_t n = (size_t)consent__doc_size(doc, node), i = 0;
    member *v = consent__arena_get(&doc->scratch, n * sizeof *v);
    int32_t at;
    if (v == NULL)
        return consent__no_memory(doc->cx);
    for (at = consent__doc_first(doc, node); at >= 0; at = consent__doc_next(doc, at), i++) {
        v[i].node = at;
        if (!consent__doc_string(doc, doc->nodes[at].name, &v[i].name, &v[i].len))
            return consent__no_memory(doc->cx);
    }
    consent__sort(v, n, sizeof *v, member_order);
    consent__buf_byte(out, '{');
    for (i = 0; i < n; i++) {
        consent_status status;
        if (i > 0)
            consent__buf_byte(out, ',');
        consent__json_string(out, v[i].name, v[i].len);
        consent__buf_byte(out, ':');
        status = write_value(doc, v[i].node, out);
        if (status != CONSENT_OK)
            return status;
    }
    consent__buf_byte(out, '}');
    return CONSENT_OK;
}

static consent_status write_array(consent__doc *doc, int32_t node, consent__buf *out) {
    int32_t first = consent__doc_first(doc, node), at;
    consent__buf_byte(out, '[');
    for (at = first; at >= 0; at = consent__doc_next(doc, at)) {
        consent_status status;
        if (at != first)
            consent__buf_byte(out, ',');
        status = write_value(doc, at, out);
        if (status != CONSENT_OK)
            return status;
    }
    consent__buf_byte(out, ']');
    return CONSENT_OK;
}

static consent_status write_value(consent__doc *doc, int32_t node, consent__buf *out) {
    const char *text;
    size_t len;
    int64_t n;
    switch (doc->nodes[node].kind) {
    case NODE_OBJECT:
        return write_object(doc, node, out);
    case NODE_ARRAY:
        return write_array(doc, node, out);
    case NODE_STRING: /* from the document's bytes: cJSON's string ends at a NUL */
        if (!consent__doc_string(doc, doc->nodes[node].offset, &text, &len))
            return consent__no_memory(doc->cx);
        consent__json_string(out, text, len);
        return CONSENT_OK;
    case NODE_NUMBER:
        if (!consent__doc_int(doc, node, &n))
            return consent__doc_fail(doc, node, CONSENT_E_INPUT,
                                     "expected an integer of at most 2^53-1");
        consent__json_int(out, n);
        return CONSENT_OK;
    case NODE_BOOL:
        consent__buf_text(out, cJSON_IsTrue(doc->nodes[node].json) ? "true" : "false");
        return CONSENT_OK;
    default:
        consent__buf_text(out, "null");
        return CONSENT_OK;
    }
}

consent_status consent__json_canonical(const consent__cx *cx, const void *bytes, size_t len,
                                       consent__buf *out) {
    size_t from = out->len;
    consent__doc doc;
    consent_status status = consent__doc_open(&doc, cx, bytes, len, NULL);
    if (status == CONSENT_OK)
        status = write_value(&doc, 0, out);
    if (status == CONSENT_OK && out->failed)
        status = consent__no_memory(cx);
    if (status != CONSENT_OK)
        out->len = from;
    consent__doc_close(&doc);
    return status;
}
