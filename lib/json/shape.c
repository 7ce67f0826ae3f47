/* SPDX-License-Identifier: Apache-2.0 */
#include "json/shape.h"

#include <inttypes.h>
#include <string.h>

#include "json/sort.h"

static consent_status shape_wrong(const consent__doc *doc, int32_t node, const char *wanted) {
    return consent__doc_fail(doc, node, CONSENT_E_INPUT, "expected %s (%s)", wanted, doc->schema);
}

/* ---- strings ---- */

/* Texts are shown and hashed as they are, so that what would change on its way through an editor or
 * a C string is refused in all of them. */
static consent_status check_bytes(const consent__doc *doc, int32_t node) {
    const char *text = consent__doc_text(doc, node);
    if (doc->nodes[node].flags & CONSENT__NUL_IN_TEXT)
        return consent__doc_fail(doc, node, CONSENT_E_INPUT, "text holds NUL");
    if (strchr(text, '\r') != NULL)
        return consent__doc_fail(doc, node, CONSENT_E_INPUT, "text holds a carriage return");
    if (strncmp(text, "\xef\xbb\xbf", 3) == 0)
        return consent__doc_fail(doc, node, CONSENT_E_INPUT, "text begins with a byte order mark");
    return CONSENT_OK;
}

static consent_status check_string(const consent__doc *doc, int32_t node,
                                   const consent__shape *shape) {
    consent_status status;
    if (doc->nodes[node].kind != NODE_STRING)
        return shape_wrong(doc, node, "a string");
    status = check_bytes(doc, node);
    if (status != CONSENT_OK)
        return status;
    if (shape->min > 0 && *consent__doc_text(doc, node) == '\0')
        return shape_wrong(doc, node, "a string that is not empty");
    if (shape->pattern != NULL && !shape->pattern(consent__doc_text(doc, node)))
        return shape_wrong(doc, node, shape->rule);
    return CONSENT_OK;
}

static consent_status check_word(const consent__doc *doc, int32_t node,
                                 const consent__shape *shape) {
    char wanted[300] = "one of";
    size_t len = strlen(wanted);
    const char *name;
    int v;
    if (doc->nodes[node].kind == NODE_STRING && !(doc->nodes[node].flags & CONSENT__NUL_IN_TEXT)) {
        v = consent__name_value(shape->names, consent__doc_text(doc, node));
        if (v >= 0 && (shape->words == 0 || (shape->words >> v & 1) != 0))
            return CONSENT_OK;
    }
    for (v = 0; (name = shape->names(v)) != NULL; v++) {
        size_t n = strlen(name);
        if ((shape->words != 0 && (shape->words >> v & 1) == 0) || len + n + 2 > sizeof wanted)
            continue;
        wanted[len++] = ' ';
        memcpy(wanted + len, name, n + 1);
        len += n;
    }
    return shape_wrong(doc, node, wanted);
}

/* ---- numbers and scalars ---- */

static consent_status check_int(const consent__doc *doc, int32_t node,
                                const consent__shape *shape) {
    int64_t n;
    if (!consent__doc_int(doc, node, &n))
        return shape_wrong(doc, node, "an integer");
    if (n < shape->min || n > shape->max)
        return consent__doc_fail(doc, node, CONSENT_E_INPUT,
                                 "expected an integer from %" PRId64 " to %" PRId64 " (%s)",
                                 shape->min, shape->max, doc->schema);
    return CONSENT_OK;
}

static consent_status check_scalar(const consent__doc *doc, int32_t node) {
    int64_t n;
    switch (doc->nodes[node].kind) {
    case NODE_BOOL:
    case NODE_NULL:
        return CONSENT_OK;
    case NODE_STRING:
        return check_bytes(doc, node);
    default:
        return consent__doc_int(doc, node, &n)
                   ? CONSENT_OK
                   : shape_wrong(doc, node, "an integer, a truth value, a string or null");
    }
}

/* ---- containers ---- */

static const consent__shape_member *member_named(const consent__shape_member *members,
                                                 const char *name, size_t *index) {
    for (*index = 0; members[*index].name != NULL; ++*index)
        if (strcmp(members[*index].name, name) == 0)
            return &members[*index];
    return NULL;
}

static consent_status check_object(consent__doc *doc, int32_t node, const consent__shape *shape) {
    uint32_t seen = 0;
    size_t index;
    int32_t at;
    if (doc->nodes[node].kind != NODE_OBJECT)
        return shape_wrong(doc, node, "an object");
    for (at = consent__doc_first(doc, node); at >= 0; at = consent__doc_next(doc, at)) {
        const consent__shape_member *member =
            member_named(shape->members, consent__doc_name(doc, at), &index);
        consent_status status;
        if (member == NULL || (doc->nodes[at].flags & CONSENT__NUL_IN_NAME))
            return consent__doc_fail_name(doc, at, CONSENT_E_INPUT, "unknown field \"%s\" (%s)",
                                          consent__doc_name(doc, at), doc->schema);
        seen |= UINT32_C(1) << index;
        status = consent__shape_check(doc, at, member->shape);
        if (status != CONSENT_OK)
            return status;
    }
    for (index = 0; shape->members[index].name != NULL; index++)
        if (shape->members[index].required && (seen >> index & 1) == 0)
            return consent__doc_fail(doc, node, CONSENT_E_INPUT, "missing field \"%s\" (%s)",
                                     shape->members[index].name, doc->schema);
    return CONSENT_OK;
}

static consent_status check_map(consent__doc *doc, int32_t node, const consent__shape *shape) {
    int32_t at;
    if (doc->nodes[node].kind != NODE_OBJECT)
        return shape_wrong(doc, node, "an object");
    if (shape->min > 0 && consent__doc_first(doc, node) < 0)
        return shape_wrong(doc, node, "at least one member");
    for (at = consent__doc_first(doc, node); at >= 0; at = consent__doc_next(doc, at)) {
        consent_status status;
        if ((doc->nodes[at].flags & CONSENT__NUL_IN_NAME) ||
            !shape->pattern(consent__doc_name(doc, at)))
            return consent__doc_fail_name(doc, at, CONSENT_E_INPUT,
                                          "member \"%s\": expected %s (%s)",
                                          consent__doc_name(doc, at), shape->rule, doc->schema);
        status = consent__shape_check(doc, at, shape->element);
        if (status != CONSENT_OK)
            return status;
    }
    return CONSENT_OK;
}

typedef struct element {
    const cJSON *json;
    int32_t node;
} element;

static int element_value_order(const element *a, const element *b) {
    if (cJSON_IsString(a->json))
        return strcmp(a->json->valuestring, b->json->valuestring);
    return (a->json->valuedouble > b->json->valuedouble) -
           (a->json->valuedouble < b->json->valuedouble);
}

static int element_order(const void *a, const void *b) {
    const element *x = a, *y = b;
    int order = element_value_order(x, y);
    return order != 0 ? order : (x->node > y->node) - (x->node < y->node);
}

/* All elements have the list's element shape already, hence one type. */
static consent_status check_unique(consent__doc *doc, int32_t list, size_t n) {
    element *v;
    int32_t at, second = -1;
    size_t i = 0;
    if (n < 2)
        return CONSENT_OK;
    v = consent__arena_get(&doc->scratch, n * sizeof *v);
    if (v == NULL)
        return consent__no_memory(doc->cx);
    for (at = consent__doc_first(doc, list); at >= 0; at = consent__doc_next(doc, at), i++) {
        v[i].json = doc->nodes[at].json;
        v[i].node = at;
    }
    consent__sort(v, n, sizeof *v, element_order);
    for (i = 1; i < n; i++)
        if (element_value_order(&v[i - 1], &v[i]) == 0 && (second < 0 || v[i].node < second))
            second = v[i].node;
    if (second < 0)
        return CONSENT_OK;
    return consent__doc_fail(doc, second, CONSENT_E_DUPLICATE,
                             "value stands twice in its list (%s)", doc->schema);
}

static consent_status check_list(consent__doc *doc, int32_t node, const consent__shape *shape) {
    int64_t n = 0;
    int32_t at;
    if (doc->nodes[node].kind != NODE_ARRAY)
        return shape_wrong(doc, node, "an array");
    for (at = consent__doc_first(doc, node); at >= 0; at = consent__doc_next(doc, at), n++) {
        consent_status status = consent__shape_check(doc, at, shape->element);
        if (status != CONSENT_OK)
            return status;
    }
    if (n < shape->min)
        return shape_wrong(doc, node, "at least one element");
    return shape->unique ? check_unique(doc, node, (size_t)n) : CONSENT_OK;
}

consent_status consent__shape_check(consent__doc *doc, int32_t node, const consent__shape *shape) {
    if (shape->nullable && doc->nodes[node].kind == NODE_NULL)
        return CONSENT_OK;
    switch (shape->kind) {
    case SHAPE_OBJECT:
        return check_object(doc, node, shape);
    case SHAPE_MAP:
        return check_map(doc, node, shape);
    case SHAPE_LIST:
        return check_list(doc, node, shape);
    case SHAPE_STRING:
        return check_string(doc, node, shape);
    case SHAPE_WORD:
        return check_word(doc, node, shape);
    case SHAPE_INT:
        return check_int(doc, node, shape);
    case SHAPE_BOOL:
        return doc->nodes[node].kind == NODE_BOOL ? CONSENT_OK
                                                  : shape_wrong(doc, node, "true or false");
    case SHAPE_SCALAR:
        return check_scalar(doc, node);
    }
    return consent__doc_fail(doc, node, CONSENT_E_INTERNAL, "shape without a kind");
}
