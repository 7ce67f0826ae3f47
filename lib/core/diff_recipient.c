/* SPDX-License-Identifier: Apache-2.0 */
/* To whom data goes: shares of a purpose, and the recipients themselves. A recipient's own list of
 * purposes and items says what it is told to do; what it may get is in the shares, which is why
 * only shares ask. */
#include "core/diff_work.h"
#include "util/text.h"

#include <string.h>

/* ---- shares ---- */

static void share_items(consent__diff_work *w, consent__pair purpose, const char *key, int32_t sa,
                        int32_t sb, const consent__indices *sections) {
    const consent__indices *a = &w->a->purposes[purpose.a].shares[sa].items;
    const consent__indices *b = &w->b->purposes[purpose.b].shares[sb].items;
    consent__delta d;
    int32_t i;
    consent__diff_sets(w, &w->items, a, b, &d);
    for (i = 0; i < d.added_count + d.removed_count; i++) {
        bool added = i < d.added_count;
        const char *item =
            added ? w->b->items[d.added[i]].key : w->a->items[d.removed[i - d.added_count]].key;
        consent__diff_node *n = consent__diff_add(
            w, added ? CHANGE_TYPE_SHARE_ITEM_ADDED : CHANGE_TYPE_SHARE_ITEM_REMOVED, key, item);
        consent__diff_rests_on(w, n, NULL, sections);
        consent__diff_touch_share(w, n, purpose, sa, sb);
    }
}

static void share_changes(consent__diff_work *w, consent__pair purpose, const char *key,
                          const consent__pair *share, const consent__indices *sections) {
    int32_t a = w->a->purposes[purpose.a].shares[share->a].cls;
    int32_t b = w->b->purposes[purpose.b].shares[share->b].cls;
    consent__diff_node *n;
    share_items(w, purpose, key, share->a, share->b, sections);
    if (a == b)
        return;
    n = consent__diff_add(
        w, b < a ? CHANGE_TYPE_SHARE_CLASS_LOWERED : CHANGE_TYPE_SHARE_CLASS_RAISED, key, NULL);
    consent__diff_values(n, consent_class_name(a), consent_class_name(b));
    consent__diff_rests_on(w, n, NULL, sections);
    consent__diff_touch_share(w, n, purpose, share->a, share->b);
}

static const char **recipients_of(consent__diff_work *w, const consent__policy *p,
                                  const consent__purpose *purpose) {
    const char **keys = consent__diff_get(w, (size_t)purpose->share_count, sizeof *keys);
    int32_t i;
    for (i = 0; keys != NULL && i < purpose->share_count; i++)
        keys[i] = p->recipients[purpose->shares[i].recipient].key;
    return keys;
}

static void share_pair(consent__diff_work *w, consent__pair purpose, const consent__pair *share) {
    char text[CONSENT__POINT_MAX];
    const consent__indices *sections;
    const char *key;
    consent__diff_node *n;
    if (share->b >= 0) {
        consent__point_key(w->b, purpose.b, share->b, text);
        sections = &w->b->recipients[w->b->purposes[purpose.b].shares[share->b].recipient].sections;
    } else {
        consent__point_key(w->a, purpose.a, share->a, text);
        sections = &w->a->recipients[w->a->purposes[purpose.a].shares[share->a].recipient].sections;
    }
    key = consent__diff_copy(w, text);
    if (share->a >= 0 && share->b >= 0) {
        share_changes(w, purpose, key, share, sections);
        return;
    }
    n = consent__diff_add(w, share->a < 0 ? CHANGE_TYPE_SHARE_ADDED : CHANGE_TYPE_SHARE_REMOVED,
                          key, NULL);
    if (share->b >= 0)
        consent__diff_rests_on(w, n, NULL, sections);
    else
        consent__diff_rests_on(w, n, sections, NULL);
    consent__diff_touch_share(w, n, purpose, share->a, share->b);
}

void consent__diff_shares(consent__diff_work *w, consent__pair purpose) {
    const consent__purpose *a = &w->a->purposes[purpose.a], *b = &w->b->purposes[purpose.b];
    const char **x, **y;
    consent__pairing shares;
    int32_t i;
    if (a->share_count == 0 && b->share_count == 0)
        return;
    x = recipients_of(w, w->a, a);
    y = recipients_of(w, w->b, b);
    if (x == NULL || y == NULL)
        return;
    consent__diff_pair_keys(w, x, a->share_count, y, b->share_count, &shares);
    for (i = 0; !w->failed && i < shares.count; i++)
        share_pair(w, purpose, &shares.v[i]);
}

/* ---- recipients ---- */

typedef struct recipient_pair {
    consent__pair pair;
    const consent__recipient *a, *b;
    const char *key;
} recipient_pair;

static consent__diff_node *recipient_change(consent__diff_work *w, const recipient_pair *x,
                                            int32_t type, const char *detail, const char *before,
                                            const char *after) {
    consent__diff_node *n = consent__diff_add(w, type, x->key, detail);
    consent__diff_values(n, before, after);
    consent__diff_rests_on(w, n, &x->a->sections, &x->b->sections);
    return n;
}

static void recipient_touched(consent__diff_work *w, const recipient_pair *x, int32_t type,
                              const char *before, const char *after) {
    consent__diff_touch_recipient(w, recipient_change(w, x, type, NULL, before, after), x->pair);
}

static const char *words(const consent__text *t) {
    const consent__lang_text *binding = consent__text_in(t, 0);
    return binding != NULL ? binding->text : NULL;
}

/* Name and method are words, but words that say who gets the data and how: the law has consent
 * given to these (PIPL art. 23). A new spelling is declared editorial by someone, with a reason. */
static void recipient_words(consent__diff_work *w, const recipient_pair *x) {
    const consent__recipient *a = x->a, *b = x->b;
    int32_t type = a->method.count == 0   ? CHANGE_TYPE_RECIPIENT_METHOD_ADDED
                   : b->method.count == 0 ? CHANGE_TYPE_RECIPIENT_METHOD_REMOVED
                                          : CHANGE_TYPE_RECIPIENT_METHOD_CHANGED;
    consent__diff_node *n =
        consent__diff_text(w, CHANGE_TYPE_RECIPIENT_NAME_CHANGED, x->key, "name", &a->name,
                           &b->name, &a->sections, &b->sections);
    if (n != NULL) {
        consent__diff_values(n, words(&a->name), words(&b->name));
        consent__diff_touch_recipient(w, n, x->pair);
        consent__diff_mention_recipient(w, n, x->pair);
    }
    n = consent__diff_text(w, type, x->key, "method", &a->method, &b->method, &a->sections,
                           &b->sections);
    if (n != NULL) {
        consent__diff_touch_recipient(w, n, x->pair);
        consent__diff_mention_recipient(w, n, x->pair);
    }
    if (!consent__text_equal(a->contact, b->contact))
        recipient_change(w, x, CHANGE_TYPE_RECIPIENT_CONTACT_CHANGED, NULL, a->contact, b->contact);
    consent__diff_section_list(w, CHANGE_TYPE_RECIPIENT_SECTION_ADDED, x->key, &a->sections,
                               &b->sections, NULL);
}

static void recipient_contract(consent__diff_work *w, const recipient_pair *x) {
    const consent__recipient *a = x->a, *b = x->b;
    if ((a->contract_id == NULL) != (b->contract_id == NULL)) {
        recipient_touched(w, x,
                          a->contract_id == NULL ? CHANGE_TYPE_RECIPIENT_CONTRACT_ADDED
                                                 : CHANGE_TYPE_RECIPIENT_CONTRACT_REMOVED,
                          a->contract_id, b->contract_id);
        return;
    }
    if (!consent__text_equal(a->contract_id, b->contract_id))
        recipient_change(w, x, CHANGE_TYPE_RECIPIENT_CONTRACT_CHANGED, NULL, a->contract_id,
                         b->contract_id);
    if (a->contract_id != NULL && a->contract_until != b->contract_until)
        recipient_change(w, x,
                         b->contract_until > a->contract_until
                             ? CHANGE_TYPE_RECIPIENT_CONTRACT_LONGER
                             : CHANGE_TYPE_RECIPIENT_CONTRACT_SHORTER,
                         NULL, consent__diff_instant(w, a->contract_until),
                         consent__diff_instant(w, b->contract_until));
}

static bool at_home(const consent__policy *p, const char *country) {
    int32_t i;
    for (i = 0; i < p->profile.home.count; i++)
        if (strcmp(p->profile.home.v[i], country) == 0)
            return true;
    return false;
}

/* Home is the newer version's. Where a profile names none, every other country is another. Taking
 * back where the data goes counts as sending it elsewhere, unless it was at home. */
static int32_t country_type(const consent__policy *p, const char *a, const char *b) {
    bool homes = p->profile.home.count > 0;
    bool a_home = a != NULL && at_home(p, a), b_home = b != NULL && at_home(p, b);
    if (b == NULL)
        return a_home ? CHANGE_TYPE_RECIPIENT_COUNTRY_STATED
                      : CHANGE_TYPE_RECIPIENT_COUNTRY_CHANGED;
    if (a == NULL)
        return homes && !b_home ? CHANGE_TYPE_RECIPIENT_COUNTRY_CHANGED
                                : CHANGE_TYPE_RECIPIENT_COUNTRY_STATED;
    if (b_home)
        return a_home ? CHANGE_TYPE_RECIPIENT_COUNTRY_STATED : CHANGE_TYPE_RECIPIENT_COUNTRY_HOME;
    return CHANGE_TYPE_RECIPIENT_COUNTRY_CHANGED;
}

static void recipient_place(consent__diff_work *w, const recipient_pair *x) {
    const consent__recipient *a = x->a, *b = x->b;
    int32_t type = -1;
    if (!consent__text_equal(a->country, b->country))
        recipient_touched(w, x, country_type(w->b, a->country, b->country), a->country, b->country);
    if (a->mechanism != b->mechanism)
        type = a->mechanism == MECHANISM_NONE   ? CHANGE_TYPE_RECIPIENT_MECHANISM_ADDED
               : b->mechanism == MECHANISM_NONE ? CHANGE_TYPE_RECIPIENT_MECHANISM_REMOVED
                                                : CHANGE_TYPE_RECIPIENT_MECHANISM_CHANGED;
    else if (!consent__text_equal(a->export_id, b->export_id) || a->export_until != b->export_until)
        type = CHANGE_TYPE_RECIPIENT_MECHANISM_CHANGED;
    if (type >= 0)
        recipient_touched(
            w, x, type,
            a->mechanism != MECHANISM_NONE ? consent__mechanism_name(a->mechanism) : NULL,
            b->mechanism != MECHANISM_NONE ? consent__mechanism_name(b->mechanism) : NULL);
}

static void recipient_lists(consent__diff_work *w, const recipient_pair *x) {
    consent__delta d;
    int32_t i;
    consent__diff_sets(w, &w->purposes, &x->a->purposes, &x->b->purposes, &d);
    for (i = 0; i < d.added_count; i++)
        consent__diff_mention(w,
                              recipient_change(w, x, CHANGE_TYPE_RECIPIENT_PURPOSE_ADDED,
                                               w->b->purposes[d.added[i]].key, NULL, NULL),
                              w->b->purposes[d.added[i]].key);
    for (i = 0; i < d.removed_count; i++)
        consent__diff_mention(w,
                              recipient_change(w, x, CHANGE_TYPE_RECIPIENT_PURPOSE_REMOVED,
                                               w->a->purposes[d.removed[i]].key, NULL, NULL),
                              w->a->purposes[d.removed[i]].key);
    consent__diff_sets(w, &w->items, &x->a->items, &x->b->items, &d);
    for (i = 0; i < d.added_count; i++)
        recipient_change(w, x, CHANGE_TYPE_RECIPIENT_ITEM_ADDED, w->b->items[d.added[i]].key, NULL,
                         NULL);
    for (i = 0; i < d.removed_count; i++)
        recipient_change(w, x, CHANGE_TYPE_RECIPIENT_ITEM_REMOVED, w->a->items[d.removed[i]].key,
                         NULL, NULL);
}

static void recipient_changes(consent__diff_work *w, const recipient_pair *x) {
    const consent__recipient *a = x->a, *b = x->b;
    recipient_words(w, x);
    if (a->kind != b->kind)
        recipient_touched(w, x, CHANGE_TYPE_RECIPIENT_KIND_CHANGED,
                          consent__recipient_kind_name(a->kind),
                          consent__recipient_kind_name(b->kind));
    recipient_contract(w, x);
    recipient_place(w, x);
    if (a->wakes_other_apps != b->wakes_other_apps)
        recipient_touched(w, x,
                          b->wakes_other_apps ? CHANGE_TYPE_RECIPIENT_WAKE_UP_ADDED
                                              : CHANGE_TYPE_RECIPIENT_WAKE_UP_REMOVED,
                          NULL, NULL);
    recipient_lists(w, x);
}

/* What it gets is told by share-added and purpose-added, which ask; this tells who it is. */
static void recipient_one_sided(consent__diff_work *w, const recipient_pair *x) {
    const consent__recipient *r = x->a != NULL ? x->a : x->b;
    const consent__purpose *purposes = x->a != NULL ? w->a->purposes : w->b->purposes;
    consent__diff_node *n = consent__diff_add(
        w, x->a == NULL ? CHANGE_TYPE_RECIPIENT_ADDED : CHANGE_TYPE_RECIPIENT_REMOVED, x->key,
        NULL);
    int32_t i;
    consent__diff_rests_on(w, n, x->a != NULL ? &r->sections : NULL,
                           x->b != NULL ? &r->sections : NULL);
    for (i = 0; i < r->purposes.count; i++)
        consent__diff_mention(w, n, purposes[r->purposes.v[i]].key);
}

void consent__diff_recipients(consent__diff_work *w) {
    int32_t i;
    for (i = 0; !w->failed && i < w->recipients.count; i++) {
        consent__pair pair = w->recipients.v[i];
        recipient_pair x = {pair, NULL, NULL, consent__diff_key(w, "recipient", pair.key)};
        x.a = pair.a >= 0 ? &w->a->recipients[pair.a] : NULL;
        x.b = pair.b >= 0 ? &w->b->recipients[pair.b] : NULL;
        if (x.a != NULL && x.b != NULL)
            recipient_changes(w, &x);
        else
            recipient_one_sided(w, &x);
    }
}
