/* SPDX-License-Identifier: Apache-2.0 */
/* Items: what data, where it comes from, how long it is kept. */
#include "core/diff_work.h"
#include "util/text.h"

#include <inttypes.h>
#include <string.h>

typedef struct item_pair {
    consent__pair pair;
    const consent__item *a, *b;
    const char *key;
} item_pair;

static consent__diff_node *item_change(consent__diff_work *w, const item_pair *x, int32_t type,
                                       const char *detail, const char *before, const char *after) {
    consent__diff_node *n = consent__diff_add(w, type, x->key, detail);
    consent__diff_values(n, before, after);
    consent__diff_rests_on(w, n, &x->a->sections, &x->b->sections);
    return n;
}

static void item_words(consent__diff_work *w, const item_pair *x) {
    consent__diff_node *n =
        consent__diff_text(w, CHANGE_TYPE_ITEM_TITLE_CHANGED, x->key, "title", &x->a->title,
                           &x->b->title, &x->a->sections, &x->b->sections);
    if (n != NULL)
        consent__diff_mention_item(w, n, x->pair);
    n = consent__diff_text(w, CHANGE_TYPE_ITEM_NECESSITY_CHANGED, x->key, "necessity",
                           &x->a->necessity, &x->b->necessity, &x->a->sections, &x->b->sections);
    if (n != NULL)
        consent__diff_mention_item(w, n, x->pair);
    consent__diff_section_list(w, CHANGE_TYPE_ITEM_SECTION_ADDED, x->key, &x->a->sections,
                               &x->b->sections, NULL);
}

/* A share with a class of its own was granted on its own: it is asked again like its purpose. */
static void touch_own_shares(consent__diff_work *w, consent__diff_node *n, const item_pair *x) {
    const consent__inverse *users = &w->side[DIFF_OLDER].item_purposes;
    int32_t k, i;
    for (k = users->start[x->pair.a]; !w->failed && k < users->start[x->pair.a + 1]; k++) {
        consent__pair purpose = consent__diff_purpose(w, users->v[k], -1);
        const consent__purpose *a = &w->a->purposes[purpose.a];
        for (i = 0; purpose.b >= 0 && i < a->share_count; i++) {
            int32_t recipient = w->recipients.to_b[a->shares[i].recipient];
            const consent__purpose *b = &w->b->purposes[purpose.b];
            int32_t other = recipient >= 0 ? consent__purpose_share(b, recipient) : -1;
            if (other >= 0 && consent__indices_has(&a->shares[i].items, x->pair.a) &&
                consent__indices_has(&b->shares[other].items, x->pair.b))
                consent__diff_touch_share(w, n, purpose, i, other);
        }
    }
}

/* What the item is. A new category or "identifies alone" is told and not asked: the data are the
 * same. Marked as sensitive, they are data that need an act of another kind. */
static void item_nature(consent__diff_work *w, const item_pair *x) {
    consent__diff_node *n;
    if (strcmp(x->a->category, x->b->category) != 0)
        item_change(w, x, CHANGE_TYPE_ITEM_CATEGORY_CHANGED, NULL, x->a->category, x->b->category);
    if (x->a->combined != x->b->combined)
        item_change(w, x,
                    x->a->combined ? CHANGE_TYPE_ITEM_IDENTIFIES_ALONE
                                   : CHANGE_TYPE_ITEM_IDENTIFIES_COMBINED,
                    NULL, x->a->combined ? "combined" : "alone",
                    x->b->combined ? "combined" : "alone");
    if (x->a->sensitive == x->b->sensitive)
        return;
    n = item_change(w, x,
                    x->b->sensitive ? CHANGE_TYPE_ITEM_SENSITIVITY_MARKED
                                    : CHANGE_TYPE_ITEM_SENSITIVITY_UNMARKED,
                    NULL, x->a->sensitive ? "sensitive" : "ordinary",
                    x->b->sensitive ? "sensitive" : "ordinary");
    consent__diff_touch_users(w, n, x->pair);
    touch_own_shares(w, n, x);
}

static void item_sources(consent__diff_work *w, const item_pair *x) {
    consent__string_delta origins;
    consent__delta d;
    int32_t i;
    consent__diff_strings(w, x->a->origins, x->b->origins, &origins);
    for (i = 0; i < origins.added.count; i++)
        consent__diff_touch_users(
            w, item_change(w, x, CHANGE_TYPE_ITEM_ORIGIN_ADDED, origins.added.v[i], NULL, NULL),
            x->pair);
    for (i = 0; i < origins.removed.count; i++)
        consent__diff_touch_users(
            w, item_change(w, x, CHANGE_TYPE_ITEM_ORIGIN_REMOVED, origins.removed.v[i], NULL, NULL),
            x->pair);
    consent__diff_sets(w, &w->items, &x->a->combines_with, &x->b->combines_with, &d);
    for (i = 0; i < d.added_count; i++)
        consent__diff_touch_users(w,
                                  item_change(w, x, CHANGE_TYPE_ITEM_COMBINATION_ADDED,
                                              w->b->items[d.added[i]].key, NULL, NULL),
                                  x->pair);
    for (i = 0; i < d.removed_count; i++)
        consent__diff_touch_users(w,
                                  item_change(w, x, CHANGE_TYPE_ITEM_COMBINATION_REMOVED,
                                              w->a->items[d.removed[i]].key, NULL, NULL),
                                  x->pair);
}

/* ---- retention ---- */

static const char *retention_text(consent__diff_work *w, const consent__retention *r) {
    const char *text;
    if (!r->present)
        return NULL;
    text = consent__arena_format(w->arena, "%s+%" PRId64 "d %s", r->until, r->days,
                                 consent__then_name(r->then));
    if (text == NULL)
        w->failed = true;
    return text;
}

/* -1 shorter, 0 the same, 1 longer, 2 not to be compared. Every start but the day of collection can
 * come before or after another, so that only a change from or to collection has a direction. */
static int retention_order(const consent__retention *a, const consent__retention *b) {
    bool from_first = strcmp(a->until, "collected") == 0;
    bool to_first = strcmp(b->until, "collected") == 0;
    if (strcmp(a->until, b->until) == 0)
        return (a->days < b->days) - (a->days > b->days);
    if (from_first && b->days >= a->days)
        return 1;
    if (to_first && b->days <= a->days)
        return -1;
    return 2;
}

static void item_retention(consent__diff_work *w, const item_pair *x) {
    static const int32_t by_order[] = {CHANGE_TYPE_ITEM_RETENTION_SHORTER, -1,
                                       CHANGE_TYPE_ITEM_RETENTION_LONGER,
                                       CHANGE_TYPE_ITEM_RETENTION_START_CHANGED};
    const consent__retention *a = &x->a->retention, *b = &x->b->retention;
    const char *before = retention_text(w, a), *after = retention_text(w, b);
    int32_t type = -1;
    if (a->present != b->present)
        type = a->present ? CHANGE_TYPE_ITEM_RETENTION_REMOVED : CHANGE_TYPE_ITEM_RETENTION_ADDED;
    else if (a->present)
        type = by_order[retention_order(a, b) + 1];
    if (type >= 0)
        consent__diff_touch_users(w, item_change(w, x, type, NULL, before, after), x->pair);
    if (!a->present || !b->present || a->then == b->then)
        return;
    /* delete, anonymise, restrict: each leaves more than the one before. */
    type =
        b->then > a->then ? CHANGE_TYPE_ITEM_DISPOSAL_WEAKER : CHANGE_TYPE_ITEM_DISPOSAL_STRONGER;
    consent__diff_touch_users(
        w, item_change(w, x, type, NULL, consent__then_name(a->then), consent__then_name(b->then)),
        x->pair);
}

void consent__diff_items(consent__diff_work *w) {
    int32_t i;
    for (i = 0; !w->failed && i < w->items.count; i++) {
        consent__pair pair = w->items.v[i];
        item_pair x = {pair, NULL, NULL, consent__diff_key(w, "item", pair.key)};
        consent__diff_node *n;
        x.a = pair.a >= 0 ? &w->a->items[pair.a] : NULL;
        x.b = pair.b >= 0 ? &w->b->items[pair.b] : NULL;
        if (x.a == NULL || x.b == NULL) {
            n = consent__diff_add(
                w, x.a == NULL ? CHANGE_TYPE_ITEM_ADDED : CHANGE_TYPE_ITEM_REMOVED, x.key, NULL);
            consent__diff_rests_on(w, n, x.a != NULL ? &x.a->sections : NULL,
                                   x.b != NULL ? &x.b->sections : NULL);
            continue;
        }
        item_words(w, &x);
        item_nature(w, &x);
        item_sources(w, &x);
        item_retention(w, &x);
    }
}
