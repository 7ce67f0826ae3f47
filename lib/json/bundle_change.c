/* SPDX-License-Identifier: Apache-2.0 */
/* What the controller answers for: incidents, assessments, and what this version changes. */
#include "json/bundle.h"

void consent__bundle_incident(consent__bundle *bundle, int32_t root) {
    consent__builder *b = &bundle->b;
    consent__policy *p = bundle->policy;
    int32_t node = consent__build_member(b, root, "incident");
    consent__build_strings(b, node, "contents", &p->incident_contents);
    consent__build_strings(b, node, "channels", &p->incident_channels);
    consent__build_text(b, node, "regulator", &p->incident_regulator);
    consent__build_deadline(b, node, "deadline", &p->incident_deadline);
    consent__build_indices(b, node, "sections", &bundle->sections, &p->incident_sections);
}

void consent__bundle_assessments(consent__bundle *bundle, int32_t root) {
    consent__builder *b = &bundle->b;
    consent__policy *p = bundle->policy;
    int32_t list = consent__build_member(b, root, "assessments"), at;
    consent__assessment *v = consent__build_array(b, list, sizeof *v, &p->assessments_count);
    p->assessments = v;
    for (CONSENT__EACH(b, at, list)) {
        v->key = consent__build_string(b, at, "key");
        consent__build_indices(b, at, "purposes", &bundle->purposes, &v->purposes);
        v->risk = (consent__risk)consent__build_word(b, at, "risk", consent__risk_name, 0);
        v->done_at = consent__build_instant(b, at, "done_at");
        v->published_at = consent__build_instant(b, at, "published_at");
        v->valid_until = consent__build_instant(b, at, "valid_until");
        consent__build_indices(b, at, "sections", &bundle->sections, &v->sections);
        v++;
    }
}

void consent__bundle_change(consent__bundle *bundle, int32_t root) {
    consent__builder *b = &bundle->b;
    consent__policy *p = bundle->policy;
    int32_t node = consent__build_member(b, root, "change");
    int32_t editorial = consent__build_member(b, node, "editorial");
    p->change_class = (consent__change_class)consent__build_word(
        b, node, "class", consent__change_class_name, CHANGE_NONE);
    consent__build_text(b, node, "summary", &p->change_summary);
    p->change_acknowledge = consent__build_bool(b, node, "acknowledge");
    p->change_explicit_consent = consent__build_bool(b, node, "explicit_consent");
    if (editorial >= 0) {
        p->editorial_actor = consent__build_string(b, editorial, "actor");
        p->editorial_reason = consent__build_string(b, editorial, "reason");
    }
}
