/* SPDX-License-Identifier: Apache-2.0 */
#include "json/bundle.h"

/* The bundle's own thresholds and rules of age win over its profile's. */
static void apply_ages(consent__bundle *bundle, int32_t minors) {
    consent__builder *b = &bundle->b;
    consent__profile *profile = &bundle->policy->profile;
    consent__profile_apply(b, consent__build_member(b, minors, "thresholds"), profile);
    consent__profile_apply(b, minors, profile);
}

static void read_child_rules(consent__bundle *bundle, int32_t minors) {
    consent__builder *b = &bundle->b;
    consent__policy *p = bundle->policy;
    int32_t node = consent__build_member(b, minors, "child_rules");
    p->child_rules = consent__build_index(b, minors, "child_rules", &bundle->documents);
    if (b->status == CONSENT_OK && p->child_rules >= 0 &&
        p->documents[p->child_rules].kind != DOC_CHILD_RULES)
        consent__build_failed(b, consent__doc_fail(b->doc, node, CONSENT_E_REFERENCE,
                                                   "document \"%s\" is not of the kind child-rules",
                                                   consent__doc_text(b->doc, node)));
}

void consent__bundle_minors(consent__bundle *bundle, int32_t root) {
    consent__builder *b = &bundle->b;
    consent__policy *p = bundle->policy;
    int32_t minors = consent__build_member(b, root, "minors");
    apply_ages(bundle, minors);
    consent__build_strings(b, minors, "evidence", &p->guardian_evidence);
    read_child_rules(bundle, minors);
    consent__build_indices(b, minors, "sections", &bundle->sections, &p->minors_sections);
}
