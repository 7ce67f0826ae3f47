/* SPDX-License-Identifier: Apache-2.0 */
/* Permissions of the operating system. Several entries may carry one name; the union of their
 * purposes and items is what the name is declared for, and only what goes beyond that of the older
 * version asks, for that permission alone: mentioned as "permission:NAME", no consent point. */
#include "core/diff_work.h"

#include <string.h>

typedef struct permission_pair {
    consent__pair pair;
    const consent__permission *a, *b;
    const char *key, *what; /* "permission:KEY" of the entry, "permission:NAME" of the system */
} permission_pair;

static bool same_name(const consent__permission *x, const consent__permission *y) {
    return x->platform == y->platform && strcmp(x->name, y->name) == 0;
}

/* The older version has the name of this entry of the newer one at all. */
static bool name_known(const consent__diff_work *w, const consent__permission *p) {
    int32_t i;
    for (i = 0; i < w->a->permissions_count; i++)
        if (same_name(&w->a->permissions[i], p))
            return true;
    return false;
}

/* The older version declares the name for that purpose (or item), given by its newer index. */
static bool name_had(const consent__diff_work *w, const consent__permission *p, int32_t member,
                     bool item) {
    int32_t old = item ? w->items.to_a[member] : w->purposes.to_a[member], i;
    for (i = 0; old >= 0 && i < w->a->permissions_count; i++) {
        const consent__permission *q = &w->a->permissions[i];
        if (same_name(q, p) && consent__indices_has(item ? &q->items : &q->purposes, old))
            return true;
    }
    return false;
}

static bool adds_nothing(const consent__diff_work *w, const consent__permission *p) {
    int32_t i;
    if (!name_known(w, p))
        return false;
    for (i = 0; i < p->purposes.count; i++)
        if (!name_had(w, p, p->purposes.v[i], false))
            return false;
    for (i = 0; i < p->items.count; i++)
        if (!name_had(w, p, p->items.v[i], true))
            return false;
    return true;
}

static consent__diff_node *permission_change(consent__diff_work *w, const permission_pair *x,
                                             int32_t type, const char *detail, const char *before,
                                             const char *after) {
    consent__diff_node *n = consent__diff_add(w, type, x->key, detail);
    consent__diff_values(n, before, after);
    consent__diff_rests_on(w, n, x->a != NULL ? &x->a->sections : NULL,
                           x->b != NULL ? &x->b->sections : NULL);
    consent__diff_mention(w, n, x->what);
    return n;
}

static void permission_words(consent__diff_work *w, const permission_pair *x) {
    consent__diff_node *n =
        consent__diff_text(w, CHANGE_TYPE_PERMISSION_TITLE_CHANGED, x->key, "title", &x->a->title,
                           &x->b->title, &x->a->sections, &x->b->sections);
    if (n != NULL)
        consent__diff_mention(w, n, x->what);
    n = consent__diff_text(w, CHANGE_TYPE_PERMISSION_PROMPT_TEXT_CHANGED, x->key, "prompt",
                           &x->a->prompt_text, &x->b->prompt_text, &x->a->sections,
                           &x->b->sections);
    if (n != NULL)
        consent__diff_mention(w, n, x->what);
    consent__diff_section_list(w, CHANGE_TYPE_PERMISSION_SECTION_ADDED, x->key, &x->a->sections,
                               &x->b->sections, NULL);
}

static void permission_uses(consent__diff_work *w, const permission_pair *x, bool item) {
    consent__delta d;
    consent__diff_node *n;
    int32_t i;
    if (item)
        consent__diff_sets(w, &w->items, &x->a->items, &x->b->items, &d);
    else
        consent__diff_sets(w, &w->purposes, &x->a->purposes, &x->b->purposes, &d);
    for (i = 0; i < d.added_count; i++) {
        n = permission_change(
            w, x, item ? CHANGE_TYPE_PERMISSION_ITEM_ADDED : CHANGE_TYPE_PERMISSION_PURPOSE_ADDED,
            item ? w->b->items[d.added[i]].key : w->b->purposes[d.added[i]].key, NULL, NULL);
        if (name_had(w, x->b, d.added[i], item))
            consent__diff_soften(n);
    }
    for (i = 0; i < d.removed_count; i++)
        permission_change(
            w, x,
            item ? CHANGE_TYPE_PERMISSION_ITEM_REMOVED : CHANGE_TYPE_PERMISSION_PURPOSE_REMOVED,
            item ? w->a->items[d.removed[i]].key : w->a->purposes[d.removed[i]].key, NULL, NULL);
}

/* How hard the system asks: special most, install not at all. */
static int prompt_strength(consent__prompt prompt) {
    return prompt == PROMPT_INSTALL ? 0 : prompt == PROMPT_RUNTIME ? 1 : 2;
}

static void permission_nature(consent__diff_work *w, const permission_pair *x) {
    const consent__permission *a = x->a, *b = x->b;
    consent__diff_node *n = NULL;
    if (strcmp(a->name, b->name) != 0)
        n = permission_change(w, x, CHANGE_TYPE_PERMISSION_NAME_CHANGED, NULL, a->name, b->name);
    if (n != NULL && adds_nothing(w, b))
        consent__diff_soften(n);
    if (a->platform != b->platform)
        permission_change(w, x, CHANGE_TYPE_PERMISSION_PLATFORM_CHANGED, NULL,
                          consent__platform_name(a->platform), consent__platform_name(b->platform));
    /* A source names the list or the component; it weighs only when it is someone else. */
    if (strcmp(a->source, b->source) != 0) {
        n = permission_change(w, x, CHANGE_TYPE_PERMISSION_SOURCE_CHANGED, NULL, a->source,
                              b->source);
        if (consent__policy_recipient(w->b, b->source) < 0)
            consent__diff_soften(n);
    }
    if (a->prompt != b->prompt)
        permission_change(w, x,
                          prompt_strength(b->prompt) < prompt_strength(a->prompt)
                              ? CHANGE_TYPE_PERMISSION_PROMPT_LOWERED
                              : CHANGE_TYPE_PERMISSION_PROMPT_RAISED,
                          NULL, consent__prompt_name(a->prompt), consent__prompt_name(b->prompt));
}

void consent__diff_permissions(consent__diff_work *w) {
    consent__pairing permissions;
    int32_t i;
    consent__diff_pair(w, w->a->permissions, w->a->permissions_count, w->b->permissions,
                       w->b->permissions_count, sizeof *w->a->permissions,
                       offsetof(consent__permission, key), &permissions);
    for (i = 0; !w->failed && i < permissions.count; i++) {
        consent__pair pair = permissions.v[i];
        permission_pair x = {pair, NULL, NULL, consent__diff_key(w, "permission", pair.key), NULL};
        x.a = pair.a >= 0 ? &w->a->permissions[pair.a] : NULL;
        x.b = pair.b >= 0 ? &w->b->permissions[pair.b] : NULL;
        x.what = consent__diff_key(w, "permission", x.b != NULL ? x.b->name : x.a->name);
        if (x.a != NULL && x.b != NULL) {
            permission_words(w, &x);
            permission_nature(w, &x);
            permission_uses(w, &x, false);
            permission_uses(w, &x, true);
        } else if (x.b != NULL) {
            consent__diff_node *n =
                permission_change(w, &x, CHANGE_TYPE_PERMISSION_ADDED, NULL, NULL, x.b->name);
            if (adds_nothing(w, x.b))
                consent__diff_soften(n);
        } else {
            permission_change(w, &x, CHANGE_TYPE_PERMISSION_REMOVED, NULL, x.a->name, NULL);
        }
    }
}
