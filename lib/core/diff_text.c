/* SPDX-License-Identifier: Apache-2.0 */
/* Words: texts in each language, sections, documents. Languages are compared where both versions
 * have them; what binds in either version counts as binding. */
#include "core/diff_work.h"

#include <string.h>

static const consent__lang_text *text_at(const consent__text *t, int32_t lang) {
    int32_t i;
    for (i = 0; i < t->count; i++)
        if (t->v[i].lang == lang)
            return &t->v[i];
    return NULL;
}

static bool text_same(const consent__lang_text *a, const consent__lang_text *b) {
    if (a == NULL || b == NULL)
        return a == b;
    return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
}

static void translation_changed(consent__diff_work *w, const char *key, const char *field,
                                const char *tag, const consent__indices *sections_a,
                                const consent__indices *sections_b) {
    const char *detail = field != NULL ? consent__diff_key(w, field, tag) : tag;
    consent__diff_node *n = consent__diff_add(w, CHANGE_TYPE_TRANSLATION_CHANGED, key, detail);
    consent__diff_rests_on(w, n, sections_a, sections_b);
}

consent__diff_node *consent__diff_text(consent__diff_work *w, int32_t type, const char *key,
                                       const char *field, const consent__text *a,
                                       const consent__text *b, const consent__indices *sections_a,
                                       const consent__indices *sections_b) {
    consent__diff_node *n = NULL;
    int32_t i;
    for (i = 0; i < w->languages.count; i++) {
        consent__pair lang = w->languages.v[i];
        if (lang.a < 0 || lang.b < 0 || text_same(text_at(a, lang.a), text_at(b, lang.b)))
            continue;
        if (lang.a != 0 && lang.b != 0) {
            translation_changed(w, key, field, lang.key, sections_a, sections_b);
        } else if (n == NULL) {
            n = consent__diff_add(w, type, key, NULL);
            consent__diff_rests_on(w, n, sections_a, sections_b);
        }
    }
    return n;
}

/* ---- which purposes rest on words ---- */

static void mention_purpose(consent__diff_work *w, consent__diff_side *side, consent__diff_node *n,
                            int32_t purpose) {
    if (side->mentioned[purpose] == side->stamp)
        return;
    side->mentioned[purpose] = side->stamp;
    consent__diff_mention(w, n, side->p->purposes[purpose].key);
}

static void mention_sources(consent__diff_work *w, consent__diff_side *side, consent__diff_node *n,
                            const consent__inverse *inverse, int32_t target) {
    int32_t k;
    for (k = inverse->start[target]; k < inverse->start[target + 1]; k++)
        mention_purpose(w, side, n, inverse->v[k]);
}

static void mention_at(consent__diff_work *w, consent__diff_side *side, consent__diff_node *n,
                       int32_t section) {
    const consent__inverse *items = &side->section_items, *recipients = &side->section_recipients;
    int32_t k;
    mention_sources(w, side, n, &side->section_purposes, section);
    for (k = items->start[section]; k < items->start[section + 1]; k++)
        mention_sources(w, side, n, &side->item_purposes, items->v[k]);
    for (k = recipients->start[section]; k < recipients->start[section + 1]; k++)
        mention_sources(w, side, n, &side->recipient_purposes, recipients->v[k]);
}

void consent__diff_mention_section(consent__diff_work *w, consent__diff_node *n,
                                   consent__pair section) {
    int32_t side, s, steps;
    for (side = DIFF_OLDER; !w->failed && side < DIFF_SIDES; side++) {
        consent__diff_side *x = &w->side[side];
        s = side == DIFF_OLDER ? section.a : section.b;
        x->stamp++;
        /* Upwards too: a purpose that rests on a clause rests on what stands below it. The reader
         * refuses a cycle of parents; counting the steps ends one that came another way. */
        for (steps = 0; s >= 0 && steps <= x->p->sections_count; steps++) {
            mention_at(w, x, n, s);
            s = x->p->sections[s].parent;
        }
    }
}

static void mention_users(consent__diff_work *w, consent__diff_node *n, consent__pair entry,
                          bool item) {
    int32_t side, at;
    for (side = DIFF_OLDER; !w->failed && side < DIFF_SIDES; side++) {
        consent__diff_side *x = &w->side[side];
        at = side == DIFF_OLDER ? entry.a : entry.b;
        x->stamp++;
        if (at >= 0)
            mention_sources(w, x, n, item ? &x->item_purposes : &x->recipient_purposes, at);
    }
}

void consent__diff_mention_item(consent__diff_work *w, consent__diff_node *n, consent__pair item) {
    mention_users(w, n, item, true);
}

void consent__diff_mention_recipient(consent__diff_work *w, consent__diff_node *n,
                                     consent__pair recipient) {
    mention_users(w, n, recipient, false);
}

static void section_list_change(consent__diff_work *w, int32_t type, const char *key,
                                const char *section, const char *purpose) {
    consent__diff_node *n = consent__diff_add(w, type, key, section);
    consent__diff_section(w, n, section);
    if (purpose != NULL)
        consent__diff_mention(w, n, purpose);
}

void consent__diff_section_list(consent__diff_work *w, int32_t type, const char *key,
                                const consent__indices *a, const consent__indices *b,
                                const char *purpose) {
    consent__delta d;
    int32_t i;
    consent__diff_sets(w, &w->sections, a, b, &d);
    for (i = 0; i < d.added_count; i++)
        section_list_change(w, type, key, w->b->sections[d.added[i]].id, purpose);
    for (i = 0; i < d.removed_count; i++)
        section_list_change(w, type + 1, key, w->a->sections[d.removed[i]].id, purpose);
}

/* ---- sections ---- */

static void section_changes(consent__diff_work *w, consent__pair pair) {
    const consent__section *a = &w->a->sections[pair.a], *b = &w->b->sections[pair.b];
    const char *key = consent__diff_key(w, "section", pair.key);
    const char *above_a = a->parent >= 0 ? w->a->sections[a->parent].id : NULL;
    const char *above_b = b->parent >= 0 ? w->b->sections[b->parent].id : NULL;
    const consent__indices in_a = {1, &pair.a}, in_b = {1, &pair.b};
    consent__diff_node *n;
    n = consent__diff_text(w, CHANGE_TYPE_TEXT_CHANGED, key, NULL, &a->text, &b->text, &in_a,
                           &in_b);
    if (n != NULL)
        consent__diff_mention_section(w, n, pair);
    n = consent__diff_text(w, CHANGE_TYPE_SECTION_TITLE_CHANGED, key, "title", &a->title, &b->title,
                           &in_a, &in_b);
    if (n != NULL)
        consent__diff_mention_section(w, n, pair);
    if ((above_a == NULL) != (above_b == NULL) ||
        (above_a != NULL && strcmp(above_a, above_b) != 0)) {
        n = consent__diff_add(w, CHANGE_TYPE_SECTION_MOVED, key, NULL);
        consent__diff_values(n, above_a, above_b);
        consent__diff_section(w, n, pair.key);
    }
}

static void diff_sections(consent__diff_work *w) {
    int32_t i;
    for (i = 0; !w->failed && i < w->sections.count; i++) {
        consent__pair pair = w->sections.v[i];
        consent__diff_node *n;
        if (pair.a >= 0 && pair.b >= 0) {
            section_changes(w, pair);
            continue;
        }
        n = consent__diff_add(w,
                              pair.a < 0 ? CHANGE_TYPE_SECTION_ADDED : CHANGE_TYPE_SECTION_REMOVED,
                              consent__diff_key(w, "section", pair.key), NULL);
        consent__diff_section(w, n, pair.key);
        consent__diff_mention_section(w, n, pair);
    }
}

/* ---- documents ---- */

/* Whether the sections that both lists have stand in another order. Runs after consent__diff_sets
 * of the two lists, which has marked what both have. */
static bool order_changed(const consent__diff_work *w, const consent__indices *a,
                          const consent__indices *b) {
    const consent__pairing *s = &w->sections;
    int32_t i = 0, j = 0;
    for (;;) {
        while (i < a->count && s->seen_a[a->v[i]] != s->stamp)
            i++;
        while (j < b->count && s->seen_b[b->v[j]] != s->stamp)
            j++;
        if (i == a->count || j == b->count)
            return i != a->count || j != b->count;
        if (s->to_b[a->v[i++]] != b->v[j++])
            return true;
    }
}

static void document_changes(consent__diff_work *w, consent__pair pair) {
    const consent__document *a = &w->a->documents[pair.a], *b = &w->b->documents[pair.b];
    const char *key = consent__diff_key(w, "document", pair.key);
    consent__diff_node *n;
    consent__diff_text(w, CHANGE_TYPE_DOCUMENT_TITLE_CHANGED, key, "title", &a->title, &b->title,
                       NULL, NULL);
    if (a->kind != b->kind) {
        n = consent__diff_add(w, CHANGE_TYPE_DOCUMENT_KIND_CHANGED, key, NULL);
        consent__diff_values(n, consent__document_kind_name(a->kind),
                             consent__document_kind_name(b->kind));
    }
    consent__diff_section_list(w, CHANGE_TYPE_DOCUMENT_SECTION_ADDED, key, &a->sections,
                               &b->sections, NULL);
    if (!w->failed && order_changed(w, &a->sections, &b->sections))
        consent__diff_add(w, CHANGE_TYPE_DOCUMENT_ORDER_CHANGED, key, NULL);
}

static void diff_documents(consent__diff_work *w) {
    consent__pairing documents;
    int32_t i;
    consent__diff_pair(w, w->a->documents, w->a->documents_count, w->b->documents,
                       w->b->documents_count, sizeof *w->a->documents,
                       offsetof(consent__document, id), &documents);
    for (i = 0; !w->failed && i < documents.count; i++) {
        consent__pair pair = documents.v[i];
        consent__diff_node *n;
        if (pair.a >= 0 && pair.b >= 0) {
            document_changes(w, pair);
            continue;
        }
        n = consent__diff_add(
            w, pair.a < 0 ? CHANGE_TYPE_DOCUMENT_ADDED : CHANGE_TYPE_DOCUMENT_REMOVED,
            consent__diff_key(w, "document", pair.key), NULL);
        consent__diff_rests_on(w, n, pair.a < 0 ? NULL : &w->a->documents[pair.a].sections,
                               pair.b < 0 ? NULL : &w->b->documents[pair.b].sections);
    }
}

/* ---- languages ---- */

static void diff_languages(consent__diff_work *w) {
    const char *before = w->a->languages.v[0], *after = w->b->languages.v[0];
    consent__diff_node *n;
    int32_t i;
    for (i = 0; i < w->languages.count; i++) {
        consent__pair lang = w->languages.v[i];
        if (lang.a < 0)
            consent__diff_add(w, CHANGE_TYPE_LANGUAGE_ADDED, "languages", lang.key);
        if (lang.b < 0)
            consent__diff_add(w, CHANGE_TYPE_LANGUAGE_REMOVED, "languages", lang.key);
    }
    if (strcmp(before, after) == 0)
        return;
    n = consent__diff_add(w, CHANGE_TYPE_BINDING_LANGUAGE_CHANGED, "languages", NULL);
    consent__diff_values(n, before, after);
    for (i = 0; i < w->purposes.count; i++)
        consent__diff_mention(w, n, w->purposes.v[i].key);
}

void consent__diff_words(consent__diff_work *w) {
    diff_sections(w);
    diff_documents(w);
    if (!w->failed && w->a->languages.count > 0 && w->b->languages.count > 0)
        diff_languages(w);
}
