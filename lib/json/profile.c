/* SPDX-License-Identifier: Apache-2.0 */
#include "json/bundle.h"

#include <string.h>

/* Members that are words, numbers and truth values keep their old value when they are absent; for
 * the others that must be asked. */
static bool has(const consent__builder *b, int32_t object, const char *name) {
    return consent__build_member(b, object, name) >= 0;
}

static void apply_ages(consent__builder *b, int32_t object, consent__profile *p) {
    int32_t below = consent__build_member(b, object, "guardian_below");
    p->guardian_below = (int32_t)consent__build_int(b, object, "guardian_below", p->guardian_below);
    p->adult_from = (int32_t)consent__build_int(b, object, "adult_from", p->adult_from);
    p->minor_decides_by_guardian =
        consent__build_word(b, object, "minor_decides", consent__minor_decides_name,
                            p->minor_decides_by_guardian) == 1;
    p->reached = (consent__reached)consent__build_word(b, object, "reached", consent__reached_name,
                                                       (int)p->reached);
    p->unknown_age = (consent__unknown_age)consent__build_word(
        b, object, "unknown_age", consent__unknown_age_name, (int)p->unknown_age);
    p->coming = (consent__coming)consent__build_word(b, object, "on_coming_of_age",
                                                     consent__coming_name, (int)p->coming);
    if (below >= 0 && has(b, object, "adult_from") && p->guardian_below > p->adult_from)
        consent__build_failed(b, consent__doc_fail(b->doc, below, CONSENT_E_INPUT,
                                                   "guardian_below is greater than adult_from"));
}

static consent__strictness strictness(const consent__builder *b, int32_t object, const char *name,
                                      consent__strictness otherwise) {
    return (consent__strictness)consent__build_word(b, object, name, consent__strictness_name,
                                                    (int)otherwise);
}

static void apply_separate(consent__builder *b, int32_t object, consent__profile *p) {
    int32_t separate = consent__build_member(b, object, "separate");
    if (separate < 0)
        return;
    p->separate_sensitive = consent__build_bool(b, separate, "sensitive");
    p->separate_shares = consent__build_words(b, separate, "shares", consent__recipient_kind_name);
    p->separate_disclose = consent__build_bool(b, separate, "disclose");
    p->separate_export = consent__build_bool(b, separate, "export");
}

static void apply_times(consent__builder *b, int32_t object, consent__profile *p) {
    int32_t deadlines = consent__build_member(b, object, "deadlines");
    p->lead_days = (int32_t)consent__build_int(b, object, "lead_days", p->lead_days);
    if (has(b, object, "reask_hours")) /* null: none */
        p->reask_hours = (int32_t)consent__build_int(b, object, "reask_hours", -1);
    if (deadlines < 0)
        return;
    consent__build_deadline(b, deadlines, "default", &p->deadline);
    consent__build_deadline(b, deadlines, "extension", &p->extension);
    consent__build_deadline(b, deadlines, "incident", &p->incident);
}

static void apply_triggers(consent__builder *b, int32_t object, consent__profile *p) {
    int32_t list = consent__build_member(b, object, "material_triggers"), at;
    if (list < 0)
        return;
    p->material_triggers = 0;
    for (CONSENT__EACH(b, at, list)) {
        int64_t trigger = 0;
        (void)consent__doc_int(b->doc, at, &trigger);
        p->material_triggers |= UINT32_C(1) << trigger;
    }
}

void consent__profile_apply(consent__builder *b, int32_t object, consent__profile *p) {
    apply_ages(b, object, p);
    if (has(b, object, "bases_not_allowed"))
        p->bases_not_allowed =
            consent__build_words(b, object, "bases_not_allowed", consent__basis_name);
    if (has(b, object, "bases_needing_evidence"))
        p->bases_needing_evidence =
            consent__build_words(b, object, "bases_needing_evidence", consent__basis_name);
    p->assessment = strictness(b, object, "assessment", p->assessment);
    p->child_rules_missing = strictness(b, object, "child_rules_missing", p->child_rules_missing);
    p->export_mechanism = strictness(b, object, "export_mechanism", p->export_mechanism);
    apply_separate(b, object, p);
    if (has(b, object, "home"))
        consent__build_strings(b, object, "home", &p->home);
    apply_times(b, object, p);
    apply_triggers(b, object, p);
}

consent_status consent__profile_read(const consent__cx *cx, const void *bytes, size_t len,
                                     consent__arena *arena, consent__profile *out) {
    consent__doc doc;
    consent__builder b = {cx, &doc, arena, NULL, CONSENT_OK};
    memset(out, 0, sizeof *out);
    b.status = consent__doc_open(&doc, cx, bytes, len, "profile.schema.json");
    if (b.status == CONSENT_OK)
        b.status = consent__shape_check(&doc, 0, &consent__shape_profile);
    if (b.status == CONSENT_OK) {
        out->key = consent__build_string(&b, 0, "profile");
        consent__profile_apply(&b, 0, out);
        out->child_rules_below = out->guardian_below;
    }
    consent__doc_close(&doc);
    if (b.status != CONSENT_OK)
        memset(out, 0, sizeof *out);
    return b.status;
}
