/* SPDX-License-Identifier: Apache-2.0 */
/* What differs between two versions: the parts are compared each in its file, then put in one
 * order, whatever the order of entries was. */
#include "core/diff.h"

#include "core/diff_work.h"

#include <stdlib.h>
#include <string.h>

/* ---- who rests on what, in each version ---- */

static int32_t member(const consent__indices *set, int32_t k) {
    return k < set->count ? set->v[k] : -1;
}

static int32_t purpose_item(const consent__policy *p, int32_t purpose, int32_t k) {
    return member(&p->purposes[purpose].items, k);
}

static int32_t purpose_section(const consent__policy *p, int32_t purpose, int32_t k) {
    return member(&p->purposes[purpose].sections, k);
}

static int32_t purpose_recipient(const consent__policy *p, int32_t purpose, int32_t k) {
    return k < p->purposes[purpose].share_count ? p->purposes[purpose].shares[k].recipient : -1;
}

static int32_t item_section(const consent__policy *p, int32_t item, int32_t k) {
    return member(&p->items[item].sections, k);
}

static int32_t recipient_section(const consent__policy *p, int32_t recipient, int32_t k) {
    return member(&p->recipients[recipient].sections, k);
}

static void side_prepare(consent__diff_work *w, consent__diff_side *side,
                         const consent__policy *p) {
    int32_t purposes = p->purposes_count, sections = p->sections_count;
    side->p = p;
    consent__diff_invert(w, p, purposes, p->items_count, purpose_item, &side->item_purposes);
    consent__diff_invert(w, p, purposes, sections, purpose_section, &side->section_purposes);
    consent__diff_invert(w, p, purposes, p->recipients_count, purpose_recipient,
                         &side->recipient_purposes);
    consent__diff_invert(w, p, p->items_count, sections, item_section, &side->section_items);
    consent__diff_invert(w, p, p->recipients_count, sections, recipient_section,
                         &side->section_recipients);
    side->mentioned = consent__diff_get(w, (size_t)purposes, sizeof *side->mentioned);
}

#define PAIR(entries, key)                                                                         \
    consent__diff_pair(w, a->entries, a->entries##_count, b->entries, b->entries##_count,          \
                       sizeof *a->entries, key, &w->entries)

static void prepare(consent__diff_work *w) {
    const consent__policy *a = w->a, *b = w->b;
    consent__diff_pair(w, a->languages.v, a->languages.count, b->languages.v, b->languages.count,
                       sizeof *a->languages.v, 0, &w->languages);
    PAIR(sections, offsetof(consent__section, id));
    PAIR(items, offsetof(consent__item, key));
    PAIR(purposes, offsetof(consent__purpose, key));
    PAIR(recipients, offsetof(consent__recipient, key));
    side_prepare(w, &w->side[DIFF_OLDER], a);
    side_prepare(w, &w->side[DIFF_NEWER], b);
}

/* ---- one order ---- */

static int text_order(const char *a, const char *b) {
    if (a == NULL || b == NULL)
        return (a != NULL) - (b != NULL);
    return strcmp(a, b);
}

static int change_order(const void *x, const void *y) {
    const consent__change *a = x, *b = y;
    int order = (a->type > b->type) - (a->type < b->type);
    if (order == 0)
        order = text_order(a->key, b->key);
    if (order == 0)
        order = text_order(a->detail, b->detail);
    if (order == 0)
        order = text_order(a->before, b->before);
    return order != 0 ? order : text_order(a->after, b->after);
}

static consent__strings settled(consent__name_list *list) {
    consent__strings out;
    consent__diff_settle(list);
    out.count = list->count;
    out.v = list->v;
    return out;
}

static consent__change_class class_of(const consent__change *c) {
    return c->material ? CHANGE_MATERIAL : c->editorial ? CHANGE_EDITORIAL : CHANGE_MINOR;
}

static void collect(consent__diff_work *w, consent__diff *out) {
    consent__change *changes = consent__diff_get(w, (size_t)w->count, sizeof *changes);
    consent__name_list points = {NULL, 0, 0};
    consent__diff_node *n;
    int32_t i;
    for (n = w->first; n != NULL; n = n->next)
        points.cap += n->points.count;
    points.v = consent__diff_get(w, (size_t)points.cap, sizeof *points.v);
    if (w->failed)
        return;
    for (n = w->first; n != NULL; n = n->next) {
        n->c.sections = settled(&n->sections);
        n->c.points = settled(&n->points);
        n->c.mentions = settled(&n->mentions);
        for (i = 0; i < n->c.points.count; i++)
            points.v[points.count++] = n->c.points.v[i];
        if (n->c.trigger != 0)
            out->triggers |= 1u << n->c.trigger;
        out->restricts_rights |= n->c.restricts_rights;
        if (class_of(&n->c) > out->cls)
            out->cls = class_of(&n->c);
        changes[out->change_count++] = n->c;
    }
    if (out->change_count > 1)
        qsort(changes, (size_t)out->change_count, sizeof *changes, change_order);
    out->changes = changes;
    out->points = settled(&points);
    out->controller_changed = w->controller_changed;
}

consent_status consent__policy_diff(const consent__cx *cx, const consent__policy *older,
                                    const consent__policy *newer, consent__arena *arena,
                                    consent__diff *out) {
    consent__diff_work work, *w = &work;
    memset(out, 0, sizeof *out);
    memset(w, 0, sizeof *w);
    w->a = older;
    w->b = newer;
    w->arena = arena;
    w->declared = newer->editorial_actor != NULL && newer->editorial_reason != NULL;
    prepare(w);
    if (!w->failed) {
        consent__diff_people(w);
        consent__diff_items(w);
        consent__diff_purposes(w);
        consent__diff_recipients(w);
        consent__diff_permissions(w);
        consent__diff_exemptions(w);
        consent__diff_rights(w);
        consent__diff_minors(w);
        consent__diff_cancellation(w);
        consent__diff_incident(w);
        consent__diff_assessments(w);
        consent__diff_profile(w);
        consent__diff_words(w);
        collect(w, out);
    }
    if (!w->failed)
        return CONSENT_OK;
    memset(out, 0, sizeof *out);
    return consent__no_memory(cx);
}
