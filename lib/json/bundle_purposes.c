/* SPDX-License-Identifier: Apache-2.0 */
#include "json/bundle.h"

#include <string.h>

/* ---- conditions ---- */

static void read_value(consent__builder *b, int32_t node, consent__value *out) {
    switch (b->doc->nodes[node].kind) {
    case NODE_BOOL:
        out->type = VALUE_BOOL;
        out->number = cJSON_IsTrue(b->doc->nodes[node].json) ? 1 : 0;
        break;
    case NODE_NUMBER:
        out->type = VALUE_INT;
        (void)consent__doc_int(b->doc, node, &out->number);
        break;
    case NODE_STRING:
        out->type = VALUE_TEXT;
        out->text = consent__build_copy(b, node);
        break;
    default:
        out->type = VALUE_NULL;
        break;
    }
}

void consent__bundle_condition(consent__bundle *bundle, int32_t node, consent__condition *out) {
    consent__builder *b = &bundle->b;
    out->key = consent__build_string(b, node, "key");
    consent__build_text(b, node, "title", &out->title);
    out->fact = consent__build_string(b, node, "fact");
    out->op = (consent__op)consent__build_word(b, node, "op", consent__op_name, 0);
    read_value(b, consent__build_member(b, node, "value"), &out->value);
    out->max_age_hours = consent__build_int(b, node, "max_age_hours", 0);
    consent__build_indices(b, node, "sections", &bundle->sections, &out->sections);
}

static void read_preconditions(consent__bundle *bundle, int32_t purpose, consent__purpose *out) {
    consent__builder *b = &bundle->b;
    int32_t lists = consent__build_member(b, purpose, "preconditions"), list, at;
    consent__condition_list *v =
        consent__build_array(b, lists, sizeof *v, &out->precondition_count);
    out->preconditions = v;
    for (CONSENT__EACH(b, list, lists)) {
        consent__condition *conditions =
            consent__build_array(b, list, sizeof *conditions, &v->count);
        v->v = conditions;
        for (CONSENT__EACH(b, at, list))
            consent__bundle_condition(bundle, at, conditions++);
        v++;
    }
}

/* ---- shares ---- */

/* Which purpose an item or a recipient was last seen at, as number + 1: makes "is one of the
 * purpose's" a look-up instead of a search. */
typedef struct marks {
    int32_t *items, *recipients;
} marks;

static bool marks_new(consent__bundle *bundle, marks *out) {
    consent__arena *scratch = &bundle->b.doc->scratch;
    out->items = consent__arena_get(scratch, (size_t)bundle->items.count * sizeof *out->items);
    out->recipients =
        consent__arena_get(scratch, (size_t)bundle->recipients.count * sizeof *out->recipients);
    if (out->items != NULL && out->recipients != NULL)
        return true;
    consent__build_failed(&bundle->b, consent__no_memory(bundle->b.cx));
    return false;
}

/* A share hands on what its purpose has, and to each recipient once. */
static void check_share(consent__builder *b, int32_t node, const consent__share *share,
                        int32_t mark, const marks *m) {
    int32_t recipient = consent__build_member(b, node, "recipient"), at, i = 0;
    if (b->status != CONSENT_OK)
        return;
    if (m->recipients[share->recipient] == mark)
        consent__build_failed(b, consent__doc_fail(b->doc, recipient, CONSENT_E_DUPLICATE,
                                                   "purpose shares with \"%s\" twice",
                                                   consent__doc_text(b->doc, recipient)));
    m->recipients[share->recipient] = mark;
    for (CONSENT__EACH(b, at, consent__build_member(b, node, "items")))
        if (m->items[share->items.v[i++]] != mark)
            consent__build_failed(b, consent__doc_fail(b->doc, at, CONSENT_E_INPUT,
                                                       "share names item \"%s\", which is not one "
                                                       "of its purpose",
                                                       consent__doc_text(b->doc, at)));
}

static void read_shares(consent__bundle *bundle, int32_t purpose, consent__purpose *out,
                        int32_t mark, const marks *m) {
    consent__builder *b = &bundle->b;
    int32_t list = consent__build_member(b, purpose, "shares"), at, i;
    consent__share *v = consent__build_array(b, list, sizeof *v, &out->share_count);
    out->shares = v;
    for (i = 0; b->status == CONSENT_OK && i < out->items.count; i++)
        m->items[out->items.v[i]] = mark;
    for (CONSENT__EACH(b, at, list)) {
        v->recipient = consent__build_index(b, at, "recipient", &bundle->recipients);
        consent__build_indices(b, at, "items", &bundle->items, &v->items);
        v->cls = consent__build_word(b, at, "class", consent_class_name, 0);
        check_share(b, at, v, mark, m);
        v++;
    }
}

/* ---- purposes ---- */

static int32_t first_operation(const consent__builder *b, int32_t purpose) {
    int32_t list = consent__build_member(b, purpose, "operations");
    return consent_operation_value(consent__doc_text(b->doc, consent__doc_first(b->doc, list)));
}

static void read_purpose(consent__bundle *bundle, int32_t node, consent__purpose *out) {
    consent__builder *b = &bundle->b;
    out->key = consent__build_string(b, node, "key");
    consent__build_text(b, node, "title", &out->title);
    out->basis = (consent__basis)consent__build_word(b, node, "basis", consent__basis_name, 0);
    out->cls = consent__build_word(b, node, "class", consent_class_name, 0);
    out->required = consent__build_bool(b, node, "required");
    consent__build_indices(b, node, "items", &bundle->items, &out->items);
    out->operations = consent__build_words(b, node, "operations", consent_operation_name);
    out->first_operation = first_operation(b, node);
    out->evidence = consent__build_string(b, node, "evidence");
    out->assessment = consent__build_index(b, node, "assessment", &bundle->assessments);
    out->valid_days = consent__build_int(b, node, "valid_days", 0);
    read_preconditions(bundle, node, out);
    consent__build_indices(b, node, "sections", &bundle->sections, &out->sections);
}

void consent__bundle_purposes(consent__bundle *bundle, int32_t root) {
    consent__builder *b = &bundle->b;
    consent__policy *p = bundle->policy;
    int32_t list = consent__build_member(b, root, "purposes"), at, mark = 0;
    consent__purpose *v = consent__build_array(b, list, sizeof *v, &p->purposes_count);
    marks m;
    p->purposes = v;
    if (!marks_new(bundle, &m))
        return;
    for (CONSENT__EACH(b, at, list)) {
        read_purpose(bundle, at, v);
        read_shares(bundle, at, v, ++mark, &m);
        v++;
    }
}
