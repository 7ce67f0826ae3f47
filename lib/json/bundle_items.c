/* SPDX-License-Identifier: Apache-2.0 */
#include "json/bundle.h"

#include <string.h>

static void read_retention(consent__builder *b, int32_t object, consent__retention *out) {
    int32_t node = consent__build_member(b, object, "retention");
    if (node < 0)
        return;
    out->present = true;
    out->until = consent__build_string(b, node, "until");
    out->days = consent__build_int(b, node, "days", 0);
    out->then = (consent__then)consent__build_word(b, node, "then", consent__then_name, 0);
}

void consent__bundle_items(consent__bundle *bundle, int32_t root) {
    consent__builder *b = &bundle->b;
    consent__policy *p = bundle->policy;
    int32_t list = consent__build_member(b, root, "items"), at;
    consent__item *v = consent__build_array(b, list, sizeof *v, &p->items_count);
    p->items = v;
    for (CONSENT__EACH(b, at, list)) {
        int32_t identifies = consent__build_member(b, at, "identifies");
        v->key = consent__build_string(b, at, "key");
        v->category = consent__build_string(b, at, "category");
        consent__build_text(b, at, "title", &v->title);
        consent__build_text(b, at, "necessity", &v->necessity);
        v->sensitive = consent__build_bool(b, at, "sensitive");
        v->combined = strcmp(consent__doc_text(b->doc, identifies), "combined") == 0;
        consent__build_indices(b, at, "combines_with", &bundle->items, &v->combines_with);
        consent__build_strings(b, at, "origins", &v->origins);
        read_retention(b, at, &v->retention);
        consent__build_indices(b, at, "sections", &bundle->sections, &v->sections);
        v++;
    }
}
