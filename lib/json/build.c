/* SPDX-License-Identifier: Apache-2.0 */
#include "json/build.h"

#include <string.h>

#include "util/date.h"
#include "json/sort.h"

void consent__build_failed(consent__builder *b, consent_status status) {
    if (b->status == CONSENT_OK)
        b->status = status;
}

/* ---- memory and lists ---- */

void *consent__build_memory(consent__builder *b, size_t count, size_t size) {
    void *p;
    if (count == 0 || b->status != CONSENT_OK)
        return NULL;
    p = consent__arena_get(b->arena, count * size);
    if (p == NULL)
        b->status = consent__no_memory(b->cx);
    return p;
}

int32_t consent__build_first(const consent__builder *b, int32_t list) {
    return list >= 0 ? consent__doc_first(b->doc, list) : -1;
}

void *consent__build_array(consent__builder *b, int32_t list, size_t size, int32_t *count) {
    int32_t n = list >= 0 ? consent__doc_size(b->doc, list) : 0;
    void *v = consent__build_memory(b, (size_t)n, size);
    *count = v != NULL ? n : 0;
    return v;
}

/* ---- scalars ---- */

int32_t consent__build_member(const consent__builder *b, int32_t object, const char *name) {
    return consent__doc_member(b->doc, object, name);
}

const char *consent__build_copy(consent__builder *b, int32_t node) {
    const char *text = consent__doc_text(b->doc, node);
    char *copy;
    if (b->status != CONSENT_OK)
        return NULL;
    copy = consent__arena_text(b->arena, text, strlen(text));
    if (copy == NULL)
        b->status = consent__no_memory(b->cx);
    return copy;
}

const char *consent__build_string(consent__builder *b, int32_t object, const char *name) {
    int32_t node = consent__build_member(b, object, name);
    return node >= 0 ? consent__build_copy(b, node) : NULL;
}

bool consent__build_bool(const consent__builder *b, int32_t object, const char *name) {
    int32_t node = consent__build_member(b, object, name);
    return node >= 0 && cJSON_IsTrue(b->doc->nodes[node].json);
}

int64_t consent__build_int(const consent__builder *b, int32_t object, const char *name,
                           int64_t otherwise) {
    int32_t node = consent__build_member(b, object, name);
    int64_t n;
    return node >= 0 && consent__doc_int(b->doc, node, &n) ? n : otherwise;
}

int64_t consent__build_instant(const consent__builder *b, int32_t object, const char *name) {
    int32_t node = consent__build_member(b, object, name);
    int64_t at;
    return node >= 0 && consent__instant_parse(consent__doc_text(b->doc, node), &at)
               ? at
               : CONSENT__NO_INSTANT;
}

int consent__build_word(const consent__builder *b, int32_t object, const char *name,
                        consent__names_fn names, int otherwise) {
    int32_t node = consent__build_member(b, object, name);
    return node >= 0 ? consent__name_value(names, consent__doc_text(b->doc, node)) : otherwise;
}

uint32_t consent__build_words(const consent__builder *b, int32_t object, const char *name,
                              consent__names_fn names) {
    uint32_t bits = 0;
    int32_t at;
    for (CONSENT__EACH(b, at, consent__build_member(b, object, name)))
        bits |= UINT32_C(1) << consent__name_value(names, consent__doc_text(b->doc, at));
    return bits;
}

void consent__build_strings(consent__builder *b, int32_t object, const char *name,
                            consent__strings *out) {
    int32_t list = consent__build_member(b, object, name), at, i = 0;
    const char **v = consent__build_array(b, list, sizeof *v, &out->count);
    for (CONSENT__EACH(b, at, list))
        v[i++] = consent__build_copy(b, at);
    out->v = v;
}

/* ---- texts ---- */

static int language_order(const void *a, const void *b) {
    const consent__lang_text *x = a, *y = b;
    return (x->lang > y->lang) - (x->lang < y->lang);
}

/* `strange` is the first text in a language that is not one of the bundle's, -1. */
static void check_languages(consent__builder *b, int32_t node, bool binding, int32_t strange) {
    if (!binding)
        consent__build_failed(b, consent__doc_fail(b->doc, node, CONSENT_E_INPUT,
                                                   "no text in the binding (first) language"));
    else if (strange >= 0)
        consent__build_failed(
            b, consent__doc_fail_name(b->doc, strange, CONSENT_E_INPUT,
                                      "text in \"%s\", which is not one of the languages",
                                      consent__doc_name(b->doc, strange)));
}

void consent__build_text(consent__builder *b, int32_t object, const char *name,
                         consent__text *out) {
    int32_t node = consent__build_member(b, object, name), strange = -1, at, i = 0;
    consent__lang_text *v = consent__build_array(b, node, sizeof *v, &out->count);
    bool binding = false;
    out->v = v;
    if (v == NULL)
        return;
    for (CONSENT__EACH(b, at, node)) {
        v[i].lang = consent__keys_find(b->languages, consent__doc_name(b->doc, at));
        v[i].text = consent__build_copy(b, at);
        v[i].len = strlen(consent__doc_text(b->doc, at));
        binding = binding || v[i].lang == 0;
        if (v[i].lang < 0 && strange < 0)
            strange = at;
        i++;
    }
    check_languages(b, node, binding, strange);
    consent__sort(v, (size_t)out->count, sizeof *v, language_order);
}

/* ---- deadlines ---- */

void consent__build_deadline(consent__builder *b, int32_t object, const char *name,
                             consent__deadline *out) {
    int32_t node = consent__build_member(b, object, name);
    memset(out, 0, sizeof *out);
    if (node < 0 || b->doc->nodes[node].kind == NODE_NULL)
        return;
    out->present = true;
    out->count = (int32_t)consent__build_int(b, node, "count", 0);
    out->unit = (consent__unit)consent__build_word(b, node, "unit", consent__unit_name, 0);
    out->calendar = consent__build_string(b, node, "calendar");
    out->from = (consent__convention)consent__build_word(b, node, "from", consent__convention_name,
                                                         FROM_NEXT);
}

/* ---- references ---- */

static int32_t build_reference(consent__builder *b, int32_t node, const consent__keys *keys) {
    int32_t index = consent__keys_find(keys, consent__doc_text(b->doc, node));
    if (index < 0)
        consent__build_failed(b, consent__doc_fail(b->doc, node, CONSENT_E_REFERENCE,
                                                   "%s \"%s\" is not declared", keys->what,
                                                   consent__doc_text(b->doc, node)));
    return index;
}

int32_t consent__build_index(consent__builder *b, int32_t object, const char *name,
                             const consent__keys *keys) {
    int32_t node = consent__build_member(b, object, name);
    return node >= 0 ? build_reference(b, node, keys) : -1;
}

void consent__build_indices(consent__builder *b, int32_t object, const char *name,
                            const consent__keys *keys, consent__indices *out) {
    int32_t list = consent__build_member(b, object, name), at, i = 0;
    int32_t *v = consent__build_array(b, list, sizeof *v, &out->count);
    for (CONSENT__EACH(b, at, list))
        v[i++] = build_reference(b, at, keys);
    out->v = v;
}
