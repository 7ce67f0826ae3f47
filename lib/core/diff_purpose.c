/* SPDX-License-Identifier: Apache-2.0 */
/* Purposes: why data is processed, on which basis and how; the class a point needs. */
#include "core/diff_work.h"
#include "util/text.h"

#include <string.h>

typedef struct purpose_pair {
    consent__pair pair;
    const consent__purpose *a, *b;
} purpose_pair;

static consent__diff_node *purpose_change(consent__diff_work *w, const purpose_pair *x,
                                          int32_t type, const char *detail, const char *before,
                                          const char *after) {
    consent__diff_node *n = consent__diff_add(w, type, x->pair.key, detail);
    consent__diff_values(n, before, after);
    consent__diff_rests_on(w, n, &x->a->sections, &x->b->sections);
    return n;
}

static void purpose_touched(consent__diff_work *w, const purpose_pair *x, int32_t type,
                            const char *detail, const char *before, const char *after) {
    consent__diff_touch(w, purpose_change(w, x, type, detail, before, after), x->pair);
}

static void purpose_basis(consent__diff_work *w, const purpose_pair *x) {
    const consent__purpose *a = x->a, *b = x->b;
    if (a->basis != b->basis)
        purpose_touched(w, x, CHANGE_TYPE_PURPOSE_BASIS_CHANGED, NULL,
                        consent__basis_name(a->basis), consent__basis_name(b->basis));
    if (a->cls != b->cls)
        purpose_touched(w, x,
                        b->cls < a->cls ? CHANGE_TYPE_PURPOSE_CLASS_LOWERED
                                        : CHANGE_TYPE_PURPOSE_CLASS_RAISED,
                        NULL, consent_class_name(a->cls), consent_class_name(b->cls));
    /* Nothing new is done with the data of those who agreed: told, not asked. */
    if (a->required != b->required)
        purpose_change(w, x,
                       b->required ? CHANGE_TYPE_PURPOSE_REQUIRED_MARKED
                                   : CHANGE_TYPE_PURPOSE_REQUIRED_DROPPED,
                       NULL, a->required ? "required" : "optional",
                       b->required ? "required" : "optional");
    if (!consent__text_equal(a->evidence, b->evidence))
        purpose_change(w, x, CHANGE_TYPE_PURPOSE_EVIDENCE_CHANGED, NULL, a->evidence, b->evidence);
}

static void purpose_items(consent__diff_work *w, const purpose_pair *x) {
    consent__delta d;
    int32_t i;
    consent__diff_sets(w, &w->items, &x->a->items, &x->b->items, &d);
    for (i = 0; i < d.added_count; i++) {
        const consent__item *item = &w->b->items[d.added[i]];
        consent__diff_node *n =
            purpose_change(w, x, CHANGE_TYPE_PURPOSE_ITEM_ADDED, item->key, NULL, NULL);
        consent__diff_rests_on(w, n, NULL, &item->sections);
        consent__diff_touch(w, n, x->pair);
    }
    for (i = 0; i < d.removed_count; i++)
        purpose_touched(w, x, CHANGE_TYPE_PURPOSE_ITEM_REMOVED, w->a->items[d.removed[i]].key, NULL,
                        NULL);
}

static void purpose_operations(consent__diff_work *w, const purpose_pair *x) {
    int32_t op;
    for (op = CONSENT_OPERATION_COLLECT; op <= CONSENT_OPERATION_DISCLOSE; op++) {
        bool before = (x->a->operations >> op & 1) != 0, after = (x->b->operations >> op & 1) != 0;
        if (before != after)
            purpose_touched(w, x,
                            after ? CHANGE_TYPE_PURPOSE_OPERATION_ADDED
                                  : CHANGE_TYPE_PURPOSE_OPERATION_REMOVED,
                            consent_operation_name(op), NULL, NULL);
    }
}

static void purpose_validity(consent__diff_work *w, const purpose_pair *x) {
    int64_t a = x->a->valid_days, b = x->b->valid_days;
    bool longer = a != 0 && (b == 0 || b > a); /* 0: until withdrawn */
    if (a == b)
        return;
    purpose_touched(
        w, x, longer ? CHANGE_TYPE_PURPOSE_VALIDITY_LONGER : CHANGE_TYPE_PURPOSE_VALIDITY_SHORTER,
        NULL, a != 0 ? consent__diff_number(w, a) : NULL,
        b != 0 ? consent__diff_number(w, b) : NULL);
}

/* ---- preconditions: any of these lists, all conditions of one list ---- */

static consent__name_list list_of(consent__diff_work *w, const consent__condition_list *all) {
    consent__name_list out = {NULL, 0, 0};
    int32_t i;
    out.v = consent__diff_get(w, (size_t)all->count, sizeof *out.v);
    for (i = 0; out.v != NULL && i < all->count; i++)
        out.v[out.count++] = consent__diff_condition(w, &all->v[i]);
    consent__diff_settle(&out);
    return out;
}

static consent__name_list *lists_of(consent__diff_work *w, const consent__purpose *p) {
    consent__name_list *v = consent__diff_get(w, (size_t)p->precondition_count, sizeof *v);
    int32_t i;
    for (i = 0; v != NULL && i < p->precondition_count; i++)
        v[i] = list_of(w, &p->preconditions[i]);
    return v;
}

/* Both sorted: every condition of `few` is among `many`. */
static bool list_within(const consent__name_list *few, const consent__name_list *many) {
    int32_t i = 0, j;
    for (j = 0; i < few->count && j < many->count; j++)
        i += strcmp(few->v[i], many->v[j]) == 0;
    return i == few->count;
}

/* Whatever fulfils one of `narrow` fulfils one of `wide`. No list at all: always fulfilled. */
static bool implied(const consent__name_list *narrow, int32_t narrow_count,
                    const consent__name_list *wide, int32_t wide_count) {
    int32_t i, j;
    if (wide_count == 0)
        return true;
    if (narrow_count == 0)
        return false;
    for (i = 0; i < narrow_count; i++) {
        for (j = 0; j < wide_count && !list_within(&wide[j], &narrow[i]); j++)
            ;
        if (j == wide_count)
            return false;
    }
    return true;
}

static void purpose_preconditions(consent__diff_work *w, const purpose_pair *x) {
    consent__name_list *a = lists_of(w, x->a), *b = lists_of(w, x->b);
    int32_t m = x->a->precondition_count, n = x->b->precondition_count;
    bool tighter, looser;
    if (w->failed)
        return;
    tighter = implied(b, n, a, m);
    looser = implied(a, m, b, n);
    if (!tighter)
        purpose_touched(w, x, CHANGE_TYPE_PURPOSE_PRECONDITION_LOOSENED, NULL, NULL, NULL);
    else if (!looser)
        purpose_touched(w, x, CHANGE_TYPE_PURPOSE_PRECONDITION_TIGHTENED, NULL, NULL, NULL);
}

/* ---- the class after the profile ---- */

/* A point that comes to need less than before, though its declared class stands: an item lost its
 * mark, a recipient came home, a rule of the profile fell. What was given for the stronger wording
 * must not quietly count for the weaker one. */
static void point_class(consent__diff_work *w, consent__pair purpose, int32_t share_a,
                        int32_t share_b) {
    const consent__purpose *a = &w->a->purposes[purpose.a], *b = &w->b->purposes[purpose.b];
    int32_t before = consent__point_class(w->a, purpose.a, share_a);
    int32_t after = consent__point_class(w->b, purpose.b, share_b);
    int32_t declared_a = share_a < 0 ? a->cls : a->shares[share_a].cls;
    int32_t declared_b = share_b < 0 ? b->cls : b->shares[share_b].cls;
    char key[CONSENT__POINT_MAX];
    consent__diff_node *n;
    if (before == after || declared_a != declared_b || a->basis != b->basis)
        return;
    consent__point_key(w->b, purpose.b, share_b, key);
    n = consent__diff_add(
        w, after < before ? CHANGE_TYPE_POINT_CLASS_LOWERED : CHANGE_TYPE_POINT_CLASS_RAISED,
        consent__diff_copy(w, key), NULL);
    consent__diff_values(n, consent_class_name(before), consent_class_name(after));
    consent__diff_rests_on(w, n, &a->sections, &b->sections);
    if (share_b < 0)
        consent__diff_touch(w, n, purpose);
    else
        consent__diff_touch_share(w, n, purpose, share_a, share_b);
}

static void point_classes(consent__diff_work *w, const purpose_pair *x) {
    int32_t i, recipient, share;
    point_class(w, x->pair, -1, -1);
    for (i = 0; i < x->a->share_count; i++) {
        recipient = w->recipients.to_b[x->a->shares[i].recipient];
        share = recipient >= 0 ? consent__purpose_share(x->b, recipient) : -1;
        if (share >= 0)
            point_class(w, x->pair, i, share);
    }
}

/* ---- all of it ---- */

static void purpose_changes(consent__diff_work *w, const purpose_pair *x) {
    const char *a, *b;
    consent__diff_node *n =
        consent__diff_text(w, CHANGE_TYPE_PURPOSE_TITLE_CHANGED, x->pair.key, "title", &x->a->title,
                           &x->b->title, &x->a->sections, &x->b->sections);
    if (n != NULL)
        consent__diff_mention(w, n, x->pair.key);
    purpose_basis(w, x);
    purpose_items(w, x);
    purpose_operations(w, x);
    purpose_validity(w, x);
    purpose_preconditions(w, x);
    a = x->a->assessment >= 0 ? w->a->assessments[x->a->assessment].key : NULL;
    b = x->b->assessment >= 0 ? w->b->assessments[x->b->assessment].key : NULL;
    if (!consent__text_equal(a, b))
        purpose_change(w, x, CHANGE_TYPE_PURPOSE_ASSESSMENT_CHANGED, NULL, a, b);
    consent__diff_section_list(w, CHANGE_TYPE_PURPOSE_SECTION_ADDED, x->pair.key, &x->a->sections,
                               &x->b->sections, x->pair.key);
    point_classes(w, x);
    consent__diff_shares(w, x->pair);
}

/* Its shares come and go with it. */
static void purpose_one_sided(consent__diff_work *w, const purpose_pair *x) {
    const consent__purpose *p = x->a != NULL ? x->a : x->b;
    consent__diff_node *n =
        consent__diff_add(w, x->a == NULL ? CHANGE_TYPE_PURPOSE_ADDED : CHANGE_TYPE_PURPOSE_REMOVED,
                          x->pair.key, NULL);
    int32_t i;
    consent__diff_rests_on(w, n, x->a != NULL ? &x->a->sections : NULL,
                           x->b != NULL ? &x->b->sections : NULL);
    consent__diff_touch(w, n, x->pair);
    for (i = 0; i < p->share_count; i++)
        consent__diff_touch_share(w, n, x->pair, x->a != NULL ? i : -1, x->b != NULL ? i : -1);
}

void consent__diff_purposes(consent__diff_work *w) {
    int32_t i;
    for (i = 0; !w->failed && i < w->purposes.count; i++) {
        purpose_pair x = {w->purposes.v[i], NULL, NULL};
        x.a = x.pair.a >= 0 ? &w->a->purposes[x.pair.a] : NULL;
        x.b = x.pair.b >= 0 ? &w->b->purposes[x.pair.b] : NULL;
        if (x.a != NULL && x.b != NULL)
            purpose_changes(w, &x);
        else
            purpose_one_sided(w, &x);
    }
}
