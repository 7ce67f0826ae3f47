/* SPDX-License-Identifier: Apache-2.0 */
/* Who speaks and what is said: controller, documents, sections. */
#include "json/bundle.h"

/* ---- controller ---- */

static void read_contacts(consent__builder *b, int32_t object, consent__contacts *out) {
    int32_t list = consent__build_member(b, object, "contacts"), at, i = 0;
    consent__contact *v = consent__build_array(b, list, sizeof *v, &out->count);
    for (CONSENT__EACH(b, at, list)) {
        v[i].kind = consent__build_string(b, at, "kind");
        v[i].value = consent__build_string(b, at, "value");
        i++;
    }
    out->v = v;
}

void consent__bundle_controller(consent__bundle *bundle, int32_t root) {
    consent__builder *b = &bundle->b;
    consent__policy *p = bundle->policy;
    int32_t controller = consent__build_member(b, root, "controller");
    int32_t officer = consent__build_member(b, controller, "protection_officer");
    consent__build_text(b, controller, "name", &p->controller_name);
    consent__build_text(b, controller, "address", &p->controller_address);
    consent__build_text(b, controller, "department", &p->controller_department);
    read_contacts(b, controller, &p->contacts);
    if (officer >= 0) {
        consent__build_text(b, officer, "name", &p->officer_name);
        read_contacts(b, officer, &p->officer_contacts);
    }
}

/* ---- sections ---- */

/* The section of lowest number that is its own ancestor, -1. Every section is walked over once:
 * `walk` tells in which walk, so that only meeting one's own walk is a cycle. */
static int32_t section_cycle(const consent__section *sections, int32_t count, int32_t *walk) {
    int32_t i, at, lowest;
    for (i = 0; i < count; i++) {
        for (at = i; at >= 0 && walk[at] == 0; at = sections[at].parent)
            walk[at] = i + 1;
        if (at < 0 || walk[at] != i + 1)
            continue;
        lowest = at;
        for (i = sections[at].parent; i != at; i = sections[i].parent)
            if (i < lowest)
                lowest = i;
        return lowest;
    }
    return -1;
}

static void check_parents(consent__bundle *bundle, int32_t list) {
    consent__builder *b = &bundle->b;
    consent__policy *p = bundle->policy;
    int32_t *walk, at, cycle;
    if (b->status != CONSENT_OK)
        return;
    walk = consent__arena_get(&b->doc->scratch, (size_t)p->sections_count * sizeof *walk);
    if (walk == NULL) {
        consent__build_failed(b, consent__no_memory(b->cx));
        return;
    }
    cycle = section_cycle(p->sections, p->sections_count, walk);
    if (cycle < 0)
        return;
    at = consent__build_first(b, list);
    for (; cycle > 0; cycle--)
        at = consent__doc_next(b->doc, at);
    consent__build_failed(b, consent__doc_fail(b->doc, consent__build_member(b, at, "parent"),
                                               CONSENT_E_INPUT, "section is its own ancestor"));
}

static void read_sections(consent__bundle *bundle, int32_t list) {
    consent__builder *b = &bundle->b;
    consent__policy *p = bundle->policy;
    int32_t at;
    consent__section *v = consent__build_array(b, list, sizeof *v, &p->sections_count);
    p->sections = v;
    for (CONSENT__EACH(b, at, list)) {
        v->id = consent__build_string(b, at, "id");
        consent__build_text(b, at, "title", &v->title);
        consent__build_text(b, at, "text", &v->text);
        v->parent = consent__build_index(b, at, "parent", &bundle->sections);
        v++;
    }
    check_parents(bundle, list);
}

/* ---- documents ---- */

void consent__bundle_documents(consent__bundle *bundle, int32_t root) {
    consent__builder *b = &bundle->b;
    consent__policy *p = bundle->policy;
    int32_t list = consent__build_member(b, root, "documents"), at;
    consent__document *v = consent__build_array(b, list, sizeof *v, &p->documents_count);
    p->documents = v;
    for (CONSENT__EACH(b, at, list)) {
        v->id = consent__build_string(b, at, "id");
        v->kind = (consent__document_kind)consent__build_word(b, at, "kind",
                                                              consent__document_kind_name, 0);
        consent__build_text(b, at, "title", &v->title);
        consent__build_indices(b, at, "sections", &bundle->sections, &v->sections);
        v++;
    }
    read_sections(bundle, consent__build_member(b, root, "sections"));
}
