/* SPDX-License-Identifier: Apache-2.0 */
#include "core/policy.h"

#include <string.h>

/* The catalogue entries are structs of several types that all hold their key; the offset of the key
 * and the size of the struct are what tells them apart. */
static int32_t find_key(const void *entries, int32_t count, size_t size, size_t key_at,
                        const char *key) {
    const char *entry = entries;
    int32_t i;
    for (i = 0; key != NULL && i < count; i++, entry += size) {
        const char *at;
        memcpy(&at, entry + key_at, sizeof at);
        if (strcmp(at, key) == 0)
            return i;
    }
    return -1;
}

int32_t consent__policy_purpose(const consent__policy *p, const char *key) {
    return find_key(p->purposes, p->purposes_count, sizeof *p->purposes,
                    offsetof(consent__purpose, key), key);
}

int32_t consent__policy_item(const consent__policy *p, const char *key) {
    return find_key(p->items, p->items_count, sizeof *p->items, offsetof(consent__item, key), key);
}

int32_t consent__policy_recipient(const consent__policy *p, const char *key) {
    return find_key(p->recipients, p->recipients_count, sizeof *p->recipients,
                    offsetof(consent__recipient, key), key);
}

int32_t consent__policy_section(const consent__policy *p, const char *id) {
    return find_key(p->sections, p->sections_count, sizeof *p->sections,
                    offsetof(consent__section, id), id);
}

int32_t consent__policy_language(const consent__policy *p, const char *tag) {
    return find_key(p->languages.v, p->languages.count, sizeof *p->languages.v, 0, tag);
}

int32_t consent__purpose_share(const consent__purpose *p, int32_t recipient) {
    int32_t i;
    for (i = 0; i < p->share_count; i++)
        if (p->shares[i].recipient == recipient)
            return i;
    return -1;
}

bool consent__indices_has(const consent__indices *set, int32_t v) {
    int32_t i;
    for (i = 0; i < set->count; i++)
        if (set->v[i] == v)
            return true;
    return false;
}

const consent__lang_text *consent__text_in(const consent__text *t, int32_t lang) {
    int32_t i;
    for (i = 0; i < t->count; i++)
        if (t->v[i].lang == lang)
            return &t->v[i];
    return t->count > 0 ? &t->v[0] : NULL;
}
