/* SPDX-License-Identifier: Apache-2.0 */
#include "json/keys.h"

#include <string.h>

#include "json/sort.h"

static int entry_order(const void *a, const void *b) {
    const consent__keys_entry *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

/* The first key that stood before. */
static const consent__keys_entry *entry_repeated(const consent__keys_entry *v, int32_t count) {
    const consent__keys_entry *second = NULL;
    int32_t i;
    for (i = 1; i < count; i++)
        if (strcmp(v[i - 1].key, v[i].key) == 0 && (second == NULL || v[i].index < second->index))
            second = &v[i];
    return second;
}

consent_status consent__keys_build(consent__doc *doc, int32_t list, const char *name,
                                   const char *what, consent__keys *out) {
    int32_t count = consent__doc_size(doc, list), at, i = 0;
    const consent__keys_entry *second;
    consent__keys_entry *v = consent__arena_get(&doc->scratch, (size_t)count * sizeof *v);
    if (v == NULL)
        return consent__no_memory(doc->cx);
    for (at = consent__doc_first(doc, list); at >= 0; at = consent__doc_next(doc, at), i++) {
        v[i].node = name != NULL ? consent__doc_member(doc, at, name) : at;
        v[i].key = consent__doc_text(doc, v[i].node);
        v[i].index = i;
    }
    consent__sort(v, (size_t)count, sizeof *v, entry_order);
    out->what = what;
    out->v = v;
    out->count = count;
    second = entry_repeated(v, count);
    if (second == NULL)
        return CONSENT_OK;
    return consent__doc_fail(doc, second->node, CONSENT_E_DUPLICATE, "%s \"%s\" stands twice", what,
                             second->key);
}

int32_t consent__keys_find(const consent__keys *keys, const char *key) {
    int32_t low = 0, high = keys->count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        int order = strcmp(keys->v[middle].key, key);
        if (order == 0)
            return keys->v[middle].index;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}
