/* SPDX-License-Identifier: Apache-2.0 */
/* Who else is let in: permissions, recipients, exemptions. */
#include "json/bundle.h"

/* For lists that nothing refers to; the keys are forgotten again. */
static void check_keys(consent__builder *b, int32_t list, const char *what) {
    consent__keys keys;
    if (b->status == CONSENT_OK)
        b->status = consent__keys_build(b->doc, list, "key", what, &keys);
}

void consent__bundle_permissions(consent__bundle *bundle, int32_t root) {
    consent__builder *b = &bundle->b;
    consent__policy *p = bundle->policy;
    int32_t list = consent__build_member(b, root, "permissions"), at;
    consent__permission *v = consent__build_array(b, list, sizeof *v, &p->permissions_count);
    p->permissions = v;
    check_keys(b, list, "permission");
    for (CONSENT__EACH(b, at, list)) {
        v->key = consent__build_string(b, at, "key");
        v->name = consent__build_string(b, at, "name");
        v->source = consent__build_string(b, at, "source");
        v->platform =
            (consent__platform)consent__build_word(b, at, "platform", consent__platform_name, 0);
        consent__build_text(b, at, "title", &v->title);
        consent__build_text(b, at, "prompt_text", &v->prompt_text);
        consent__build_indices(b, at, "purposes", &bundle->purposes, &v->purposes);
        consent__build_indices(b, at, "items", &bundle->items, &v->items);
        v->prompt = (consent__prompt)consent__build_word(b, at, "prompt", consent__prompt_name, 0);
        consent__build_indices(b, at, "sections", &bundle->sections, &v->sections);
        v++;
    }
}

static void read_contract(consent__builder *b, int32_t recipient, consent__recipient *out) {
    int32_t node = consent__build_member(b, recipient, "contract");
    out->contract_until = CONSENT__NO_INSTANT;
    if (node < 0)
        return;
    out->contract_id = consent__build_string(b, node, "id");
    out->contract_until = consent__build_instant(b, node, "until");
}

static void read_export(consent__builder *b, int32_t recipient, consent__recipient *out) {
    int32_t node = consent__build_member(b, recipient, "export");
    out->export_until = CONSENT__NO_INSTANT;
    if (node < 0)
        return;
    out->mechanism =
        (consent__mechanism)consent__build_word(b, node, "mechanism", consent__mechanism_name, 0);
    out->export_id = consent__build_string(b, node, "id");
    out->export_until = consent__build_instant(b, node, "until");
}

void consent__bundle_recipients(consent__bundle *bundle, int32_t root) {
    consent__builder *b = &bundle->b;
    consent__policy *p = bundle->policy;
    int32_t list = consent__build_member(b, root, "recipients"), at;
    consent__recipient *v = consent__build_array(b, list, sizeof *v, &p->recipients_count);
    p->recipients = v;
    for (CONSENT__EACH(b, at, list)) {
        v->key = consent__build_string(b, at, "key");
        consent__build_text(b, at, "name", &v->name);
        v->kind = (consent__kind_of_recipient)consent__build_word(b, at, "kind",
                                                                  consent__recipient_kind_name, 0);
        consent__build_indices(b, at, "purposes", &bundle->purposes, &v->purposes);
        consent__build_indices(b, at, "items", &bundle->items, &v->items);
        v->contact = consent__build_string(b, at, "contact");
        consent__build_text(b, at, "method", &v->method);
        read_contract(b, at, v);
        v->country = consent__build_string(b, at, "country");
        read_export(b, at, v);
        v->wakes_other_apps = consent__build_bool(b, at, "wakes_other_apps");
        consent__build_indices(b, at, "sections", &bundle->sections, &v->sections);
        v++;
    }
}

void consent__bundle_exemptions(consent__bundle *bundle, int32_t root) {
    consent__builder *b = &bundle->b;
    consent__policy *p = bundle->policy;
    int32_t list = consent__build_member(b, root, "exemptions"), at;
    consent__exemption *v = consent__build_array(b, list, sizeof *v, &p->exemptions_count);
    p->exemptions = v;
    check_keys(b, list, "exemption");
    for (CONSENT__EACH(b, at, list)) {
        v->key = consent__build_string(b, at, "key");
        consent__build_text(b, at, "title", &v->title);
        v->operations = consent__build_words(b, at, "operations", consent_operation_name);
        consent__build_indices(b, at, "sections", &bundle->sections, &v->sections);
        v++;
    }
}
