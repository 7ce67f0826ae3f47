/* SPDX-License-Identifier: Apache-2.0 */
/* What the subject may ask for: rights, and the cancellation of the account. */
#include "json/bundle.h"

void consent__bundle_rights(consent__bundle *bundle, int32_t root) {
    consent__builder *b = &bundle->b;
    consent__policy *p = bundle->policy;
    int32_t list = consent__build_member(b, root, "rights"), at;
    uint32_t seen = 0;
    consent__right *v = consent__build_array(b, list, sizeof *v, &p->rights_count);
    p->rights = v;
    for (CONSENT__EACH(b, at, list)) {
        int32_t kind = consent__build_member(b, at, "kind");
        v->kind =
            (consent__right_kind)consent__build_word(b, at, "kind", consent__right_kind_name, 0);
        if ((seen >> v->kind & 1) != 0)
            consent__build_failed(b, consent__doc_fail(b->doc, kind, CONSENT_E_DUPLICATE,
                                                       "right \"%s\" stands twice",
                                                       consent__doc_text(b->doc, kind)));
        seen |= UINT32_C(1) << v->kind;
        consent__build_strings(b, at, "channels", &v->channels);
        consent__build_deadline(b, at, "deadline", &v->deadline);
        consent__build_deadline(b, at, "extension", &v->extension);
        v->steps = (int32_t)consent__build_int(b, at, "steps", 0);
        consent__build_indices(b, at, "sections", &bundle->sections, &v->sections);
        v++;
    }
}

/* ---- cancellation ---- */

static void read_conditions(consent__bundle *bundle, int32_t list) {
    consent__builder *b = &bundle->b;
    consent__condition_list *out = &bundle->policy->cancel_conditions;
    consent__keys keys;
    int32_t at;
    consent__condition *v = consent__build_array(b, list, sizeof *v, &out->count);
    out->v = v;
    if (b->status == CONSENT_OK)
        b->status = consent__keys_build(b->doc, list, "key", "condition", &keys);
    for (CONSENT__EACH(b, at, list))
        consent__bundle_condition(bundle, at, v++);
}

static void read_then(consent__bundle *bundle, int32_t map) {
    consent__builder *b = &bundle->b;
    uint8_t *v = consent__build_memory(b, (size_t)bundle->items.count, sizeof *v);
    int32_t at;
    bundle->policy->cancel_then = v;
    for (CONSENT__EACH(b, at, map)) {
        const char *key = consent__doc_name(b->doc, at);
        int32_t item = consent__keys_find(&bundle->items, key);
        if (item < 0)
            consent__build_failed(b, consent__doc_fail_name(b->doc, at, CONSENT_E_REFERENCE,
                                                            "item \"%s\" is not declared", key));
        else
            v[item] = (uint8_t)(1 + consent__name_value(consent__then_name,
                                                        consent__doc_text(b->doc, at)));
    }
}

static void read_retain(consent__bundle *bundle, int32_t list) {
    consent__builder *b = &bundle->b;
    consent__policy *p = bundle->policy;
    int32_t at;
    consent__retain *v = consent__build_array(b, list, sizeof *v, &p->retain_count);
    p->retain = v;
    for (CONSENT__EACH(b, at, list)) {
        consent__build_indices(b, at, "items", &bundle->items, &v->items);
        consent__build_text(b, at, "reason", &v->reason);
        v->days = consent__build_int(b, at, "days", 0);
        v++;
    }
}

void consent__bundle_cancellation(consent__bundle *bundle, int32_t root) {
    consent__builder *b = &bundle->b;
    consent__policy *p = bundle->policy;
    int32_t node = consent__build_member(b, root, "cancellation");
    read_conditions(bundle, consent__build_member(b, node, "conditions"));
    consent__build_strings(b, node, "dispute_facts", &p->dispute_facts);
    consent__build_indices(b, node, "acknowledge", &bundle->sections, &p->cancel_acknowledge);
    consent__build_indices(b, node, "sections", &bundle->sections, &p->cancel_sections);
    consent__build_deadline(b, node, "deadline", &p->cancel_deadline);
    p->cooling_off_days = consent__build_int(b, node, "cooling_off_days", 0);
    read_then(bundle, consent__build_member(b, node, "then"));
    read_retain(bundle, consent__build_member(b, node, "retain"));
}
