/* SPDX-License-Identifier: Apache-2.0 */
/* Account cancellation: conditions, disputes, what becomes of the data, what is kept and why. */
#include "core/diff_work.h"
#include "util/text.h"

#include <inttypes.h>
#include <string.h>

static consent__diff_node *cancel_change(consent__diff_work *w, int32_t type, const char *key,
                                         const char *detail, const char *before,
                                         const char *after) {
    consent__diff_node *n = consent__diff_add(w, type, key, detail);
    consent__diff_values(n, before, after);
    consent__diff_rests_on(w, n, &w->a->cancel_sections, &w->b->cancel_sections);
    return n;
}

/* ---- conditions ---- */

static const char *value_text(consent__diff_work *w, const consent__value *v) {
    if (v->type == VALUE_TEXT)
        return v->text;
    if (v->type == VALUE_INT)
        return consent__diff_number(w, v->number);
    return v->type == VALUE_NULL ? "null" : v->number != 0 ? "true" : "false";
}

const char *consent__diff_condition(consent__diff_work *w, const consent__condition *c) {
    const char *quote = c->value.type == VALUE_TEXT ? "'" : "";
    const char *text = consent__arena_format(w->arena, "%s %s %s%s%s within %" PRId64 " h", c->fact,
                                             consent__op_name(c->op), quote,
                                             value_text(w, &c->value), quote, c->max_age_hours);
    if (text == NULL)
        w->failed = true;
    return text != NULL ? text : "";
}

static bool value_same(const consent__value *a, const consent__value *b) {
    return a->type == b->type && a->number == b->number && consent__text_equal(a->text, b->text);
}

/* -1 what fulfilled a still fulfils b, 0 the same, 1 anything else: it counts as harder. */
static int condition_order(const consent__condition *a, const consent__condition *b) {
    bool same_value = value_same(&a->value, &b->value);
    bool numbers = a->value.type == VALUE_INT && b->value.type == VALUE_INT;
    bool fresher = a->max_age_hours != b->max_age_hours && b->max_age_hours != 0 &&
                   (a->max_age_hours == 0 || b->max_age_hours < a->max_age_hours);
    if (strcmp(a->fact, b->fact) != 0 || a->op != b->op || fresher)
        return 1;
    if (same_value)
        return a->max_age_hours == b->max_age_hours ? 0 : -1;
    if (numbers && (b->op == OP_LT || b->op == OP_LE))
        return b->value.number > a->value.number ? -1 : 1;
    if (numbers && (b->op == OP_GT || b->op == OP_GE))
        return b->value.number < a->value.number ? -1 : 1;
    return 1;
}

static void condition_changes(consent__diff_work *w, const char *key, const consent__condition *a,
                              const consent__condition *b) {
    int order = condition_order(a, b);
    consent__diff_text(w, CHANGE_TYPE_CANCELLATION_CONDITION_TITLE_CHANGED, key, "title", &a->title,
                       &b->title, &a->sections, &b->sections);
    if (order != 0) {
        consent__diff_node *n =
            consent__diff_add(w,
                              order > 0 ? CHANGE_TYPE_CANCELLATION_CONDITION_TIGHTENED
                                        : CHANGE_TYPE_CANCELLATION_CONDITION_LOOSENED,
                              key, NULL);
        consent__diff_values(n, consent__diff_condition(w, a), consent__diff_condition(w, b));
        consent__diff_rests_on(w, n, &a->sections, &b->sections);
    }
    consent__diff_section_list(w, CHANGE_TYPE_CANCELLATION_SECTION_ADDED, key, &a->sections,
                               &b->sections, NULL);
}

static void diff_conditions(consent__diff_work *w) {
    const consent__condition_list *x = &w->a->cancel_conditions, *y = &w->b->cancel_conditions;
    consent__pairing conditions;
    int32_t i;
    consent__diff_pair(w, x->v, x->count, y->v, y->count, sizeof *x->v,
                       offsetof(consent__condition, key), &conditions);
    for (i = 0; !w->failed && i < conditions.count; i++) {
        consent__pair pair = conditions.v[i];
        const char *key = consent__diff_key(w, "condition", pair.key);
        const consent__condition *a = pair.a >= 0 ? &x->v[pair.a] : NULL;
        const consent__condition *b = pair.b >= 0 ? &y->v[pair.b] : NULL;
        if (a != NULL && b != NULL)
            condition_changes(w, key, a, b);
        else
            consent__diff_rests_on(
                w,
                consent__diff_add(w,
                                  a == NULL ? CHANGE_TYPE_CANCELLATION_CONDITION_ADDED
                                            : CHANGE_TYPE_CANCELLATION_CONDITION_REMOVED,
                                  key, NULL),
                a != NULL ? &a->sections : NULL, b != NULL ? &b->sections : NULL);
    }
}

/* ---- what becomes of each item ---- */

/* delete, anonymise, restrict, then not saying it: each promises less than the one before. */
static int then_rank(uint8_t then) {
    return then == 0 ? THEN_RESTRICT + 1 : then - 1;
}

static const char *then_name(uint8_t then) {
    return then == 0 ? NULL : consent__then_name(then - 1);
}

/* The reason's words in the languages that bind in either version, or in the others, as one text.
 */
static const char *reason_words(consent__diff_work *w, const consent__text *reason, bool newer,
                                bool binding) {
    const char *words = "";
    int32_t i, k;
    for (i = 0; i < w->languages.count; i++) {
        consent__pair lang = w->languages.v[i];
        if (lang.a < 0 || lang.b < 0 || (lang.a == 0 || lang.b == 0) != binding)
            continue;
        for (k = 0; words != NULL && k < reason->count; k++)
            if (reason->v[k].lang == (newer ? lang.b : lang.a))
                words = consent__arena_format(w->arena, "%s/%s", words, reason->v[k].text);
    }
    if (words == NULL)
        w->failed = true;
    return words != NULL ? words : "";
}

/* For how many days and why an item is kept, in an order that does not depend on the bundle's; the
 * longest of the days, -1 when it is not kept. */
static consent__strings retained(consent__diff_work *w, bool newer, int32_t item, bool binding,
                                 int64_t *longest) {
    const consent__policy *p = newer ? w->b : w->a;
    consent__name_list list = {NULL, 0, 0};
    consent__strings out;
    int32_t i;
    *longest = -1;
    for (i = 0; item >= 0 && !w->failed && i < p->retain_count; i++) {
        const consent__retain *r = &p->retain[i];
        if (!consent__indices_has(&r->items, item))
            continue;
        if (list.v == NULL)
            list.v = consent__diff_get(w, (size_t)p->retain_count, sizeof *list.v);
        if (list.v == NULL)
            break;
        if (r->days > *longest)
            *longest = r->days;
        list.v[list.count++] = consent__diff_key(w, consent__diff_number(w, r->days),
                                                 reason_words(w, &r->reason, newer, binding));
    }
    out.count = list.count;
    out.v = list.v;
    return out;
}

static bool strings_differ(consent__diff_work *w, consent__strings a, consent__strings b) {
    consent__string_delta d;
    consent__diff_strings(w, a, b, &d);
    return d.added.count > 0 || d.removed.count > 0;
}

static void diff_retained(consent__diff_work *w, consent__pair item) {
    int64_t before, after;
    consent__strings a = retained(w, false, item.a, true, &before);
    consent__strings b = retained(w, true, item.b, true, &after);
    int32_t type;
    if (before < 0 && after < 0)
        return;
    if (!strings_differ(w, a, b)) {
        a = retained(w, false, item.a, false, &before);
        b = retained(w, true, item.b, false, &after);
        if (strings_differ(w, a, b))
            cancel_change(w, CHANGE_TYPE_TRANSLATION_CHANGED, "cancellation", item.key, NULL, NULL);
        return;
    }
    type = before < 0       ? CHANGE_TYPE_RETAIN_ITEM_ADDED
           : after < 0      ? CHANGE_TYPE_RETAIN_ITEM_REMOVED
           : after > before ? CHANGE_TYPE_RETAIN_LONGER
           : after < before ? CHANGE_TYPE_RETAIN_SHORTER
                            : CHANGE_TYPE_RETAIN_REASON_CHANGED;
    cancel_change(w, type, "cancellation", item.key,
                  before < 0 ? NULL : consent__diff_number(w, before),
                  after < 0 ? NULL : consent__diff_number(w, after));
}

static void diff_outcomes(consent__diff_work *w) {
    int32_t i;
    for (i = 0; !w->failed && i < w->items.count; i++) {
        consent__pair item = w->items.v[i];
        diff_retained(w, item);
        if (item.a >= 0 && item.b >= 0 && w->a->cancel_then != NULL && w->b->cancel_then != NULL) {
            uint8_t a = w->a->cancel_then[item.a], b = w->b->cancel_then[item.b];
            if (a != b)
                cancel_change(w,
                              then_rank(b) > then_rank(a) ? CHANGE_TYPE_CANCELLATION_THEN_WEAKER
                                                          : CHANGE_TYPE_CANCELLATION_THEN_STRONGER,
                              "cancellation", item.key, then_name(a), then_name(b));
        }
    }
}

void consent__diff_cancellation(consent__diff_work *w) {
    const consent__policy *a = w->a, *b = w->b;
    consent__string_delta d;
    int32_t i;
    diff_conditions(w);
    consent__diff_strings(w, a->dispute_facts, b->dispute_facts, &d);
    for (i = 0; i < d.added.count; i++)
        cancel_change(w, CHANGE_TYPE_DISPUTE_FACT_ADDED, "cancellation", d.added.v[i], NULL, NULL);
    for (i = 0; i < d.removed.count; i++)
        cancel_change(w, CHANGE_TYPE_DISPUTE_FACT_REMOVED, "cancellation", d.removed.v[i], NULL,
                      NULL);
    consent__diff_section_list(w, CHANGE_TYPE_CANCELLATION_ACKNOWLEDGE_ADDED, "cancellation",
                               &a->cancel_acknowledge, &b->cancel_acknowledge, NULL);
    consent__diff_deadline(w, CHANGE_TYPE_CANCELLATION_DEADLINE_ADDED, "cancellation",
                           &a->cancel_deadline, &b->cancel_deadline, &a->cancel_sections,
                           &b->cancel_sections);
    if (a->cooling_off_days != b->cooling_off_days)
        cancel_change(w,
                      b->cooling_off_days > a->cooling_off_days ? CHANGE_TYPE_COOLING_OFF_LONGER
                                                                : CHANGE_TYPE_COOLING_OFF_SHORTER,
                      "cancellation", NULL, consent__diff_number(w, a->cooling_off_days),
                      consent__diff_number(w, b->cooling_off_days));
    diff_outcomes(w);
    consent__diff_section_list(w, CHANGE_TYPE_CANCELLATION_SECTION_ADDED, "cancellation",
                               &a->cancel_sections, &b->cancel_sections, NULL);
}
