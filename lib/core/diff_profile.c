/* SPDX-License-Identifier: Apache-2.0 */
/* Values of the profile as merged into each version. What they do to a consent point is told by
 * point-class-lowered; rules for minors are in diff_right.c. */
#include "core/diff_work.h"

#include <string.h>

static void profile_change(consent__diff_work *w, int32_t type, const char *detail,
                           const char *before, const char *after) {
    consent__diff_values(consent__diff_add(w, type, "profile", detail), before, after);
}

/* Two types that follow each other: gone, then come. */
static void profile_bits(consent__diff_work *w, int32_t gone, uint32_t a, uint32_t b,
                         const char *(*name)(int)) {
    int bit;
    for (bit = 0; bit < 32; bit++)
        if (((a ^ b) >> bit & 1) != 0)
            profile_change(w, (b >> bit & 1) != 0 ? gone + 1 : gone, name(bit), NULL, NULL);
}

static void profile_flag(consent__diff_work *w, int32_t gone, const char *detail, bool a, bool b) {
    if (a != b)
        profile_change(w, b ? gone + 1 : gone, detail, NULL, NULL);
}

/* Looser first, tighter second. */
static void profile_check(consent__diff_work *w, int32_t looser, consent__strictness a,
                          consent__strictness b) {
    if (a != b)
        profile_change(w, b < a ? looser : looser + 1, NULL, consent__strictness_name(a),
                       consent__strictness_name(b));
}

static void profile_number(consent__diff_work *w, int32_t less, int32_t a, int32_t b) {
    if (a != b)
        profile_change(w, b < a ? less : less + 1, NULL, a >= 0 ? consent__diff_number(w, a) : NULL,
                       b >= 0 ? consent__diff_number(w, b) : NULL);
}

static const char *trigger_name(int trigger) {
    static const char *const names[] = {"0", "1", "2", "3", "4", "5", "6"};
    return trigger >= 0 && trigger <= 6 ? names[trigger] : NULL;
}

static void profile_separate(consent__diff_work *w, const consent__profile *a,
                             const consent__profile *b) {
    const int32_t dropped = CHANGE_TYPE_SEPARATE_RULE_DROPPED;
    profile_flag(w, dropped, "sensitive", a->separate_sensitive, b->separate_sensitive);
    profile_flag(w, dropped, "disclose", a->separate_disclose, b->separate_disclose);
    profile_flag(w, dropped, "export", a->separate_export, b->separate_export);
    profile_bits(w, dropped, a->separate_shares, b->separate_shares, consent__recipient_kind_name);
}

static void profile_home(consent__diff_work *w, const consent__profile *a,
                         const consent__profile *b) {
    consent__string_delta d;
    int32_t i;
    consent__diff_strings(w, a->home, b->home, &d);
    for (i = 0; i < d.added.count; i++)
        profile_change(w, CHANGE_TYPE_HOME_COUNTRY_ADDED, d.added.v[i], NULL, NULL);
    for (i = 0; i < d.removed.count; i++)
        profile_change(w, CHANGE_TYPE_HOME_COUNTRY_REMOVED, d.removed.v[i], NULL, NULL);
}

void consent__diff_profile(consent__diff_work *w) {
    const consent__profile *a = &w->a->profile, *b = &w->b->profile;
    if (strcmp(w->a->profile_key, w->b->profile_key) != 0)
        profile_change(w, CHANGE_TYPE_PROFILE_CHANGED, NULL, w->a->profile_key, w->b->profile_key);
    if (w->a->utc_offset != w->b->utc_offset)
        profile_change(w, CHANGE_TYPE_UTC_OFFSET_CHANGED, NULL,
                       consent__diff_number(w, w->a->utc_offset),
                       consent__diff_number(w, w->b->utc_offset));
    profile_bits(w, CHANGE_TYPE_BASIS_ALLOWED, a->bases_not_allowed, b->bases_not_allowed,
                 consent__basis_name);
    profile_bits(w, CHANGE_TYPE_BASIS_EVIDENCE_DROPPED, a->bases_needing_evidence,
                 b->bases_needing_evidence, consent__basis_name);
    profile_check(w, CHANGE_TYPE_ASSESSMENT_CHECK_LOOSENED, a->assessment, b->assessment);
    profile_check(w, CHANGE_TYPE_CHILD_RULES_CHECK_LOOSENED, a->child_rules_missing,
                  b->child_rules_missing);
    profile_check(w, CHANGE_TYPE_EXPORT_CHECK_LOOSENED, a->export_mechanism, b->export_mechanism);
    profile_separate(w, a, b);
    profile_home(w, a, b);
    profile_number(w, CHANGE_TYPE_LEAD_TIME_SHORTER, a->lead_days, b->lead_days);
    profile_number(w, CHANGE_TYPE_REASK_SOONER, a->reask_hours, b->reask_hours);
    profile_bits(w, CHANGE_TYPE_MATERIAL_TRIGGER_DROPPED, a->material_triggers & 0x7e,
                 b->material_triggers & 0x7e, trigger_name);
    consent__diff_deadline(w, CHANGE_TYPE_DEFAULT_DEADLINE_ADDED, "profile:deadline", &a->deadline,
                           &b->deadline, NULL, NULL);
    consent__diff_deadline(w, CHANGE_TYPE_DEFAULT_EXTENSION_ADDED, "profile:extension",
                           &a->extension, &b->extension, NULL, NULL);
    consent__diff_deadline(w, CHANGE_TYPE_INCIDENT_DEADLINE_ADDED, "profile:incident", &a->incident,
                           &b->incident, NULL, NULL);
}
