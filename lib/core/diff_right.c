/* SPDX-License-Identifier: Apache-2.0 */
/* The subject's rights and how to exercise them, and the rules for minors. A complaint's channel
 * has a trigger of its own (s6 (5)). */
#include "core/diff_work.h"

#include <string.h>

static consent__diff_node *right_change(consent__diff_work *w, int32_t type, const char *key,
                                        const char *detail, const consent__right *a,
                                        const consent__right *b) {
    consent__diff_node *n = consent__diff_add(w, type, key, detail);
    consent__diff_rests_on(w, n, a != NULL ? &a->sections : NULL, b != NULL ? &b->sections : NULL);
    return n;
}

static void right_channels(consent__diff_work *w, const char *key, const consent__right *a,
                           const consent__right *b) {
    bool complaint = b->kind == RIGHT_COMPLAINT;
    int32_t added =
        complaint ? CHANGE_TYPE_COMPLAINT_CHANNEL_ADDED : CHANGE_TYPE_RIGHT_CHANNEL_ADDED;
    consent__string_delta d;
    int32_t i;
    consent__diff_strings(w, a->channels, b->channels, &d);
    for (i = 0; i < d.added.count; i++)
        right_change(w, added, key, d.added.v[i], a, b);
    for (i = 0; i < d.removed.count; i++)
        right_change(w, added + 1, key, d.removed.v[i], a, b);
}

static void right_steps(consent__diff_work *w, const char *key, const consent__right *a,
                        const consent__right *b) {
    int32_t type = a->steps == 0 || b->steps == 0 ? CHANGE_TYPE_RIGHT_STEPS_STATED
                   : b->steps > a->steps          ? CHANGE_TYPE_RIGHT_STEPS_MORE
                                                  : CHANGE_TYPE_RIGHT_STEPS_FEWER;
    if (a->steps == b->steps)
        return;
    consent__diff_values(right_change(w, type, key, NULL, a, b),
                         a->steps != 0 ? consent__diff_number(w, a->steps) : NULL,
                         b->steps != 0 ? consent__diff_number(w, b->steps) : NULL);
}

static void right_changes(consent__diff_work *w, const char *key, const consent__right *a,
                          const consent__right *b) {
    right_channels(w, key, a, b);
    right_steps(w, key, a, b);
    consent__diff_deadline(w, CHANGE_TYPE_RIGHT_DEADLINE_ADDED, key, &a->deadline, &b->deadline,
                           &a->sections, &b->sections);
    consent__diff_deadline(w, CHANGE_TYPE_RIGHT_EXTENSION_ADDED, key, &a->extension, &b->extension,
                           &a->sections, &b->sections);
    consent__diff_section_list(w, CHANGE_TYPE_RIGHT_SECTION_ADDED, key, &a->sections, &b->sections,
                               NULL);
}

static const consent__right *right_of(const consent__policy *p, int32_t kind) {
    int32_t i;
    for (i = 0; i < p->rights_count; i++)
        if ((int32_t)p->rights[i].kind == kind)
            return &p->rights[i];
    return NULL;
}

void consent__diff_rights(consent__diff_work *w) {
    int32_t kind;
    for (kind = 0; !w->failed && kind < RIGHT_COUNT; kind++) {
        const consent__right *a = right_of(w->a, kind), *b = right_of(w->b, kind);
        const char *key = consent__diff_key(w, "right", consent__right_kind_name(kind));
        int32_t added =
            kind == RIGHT_COMPLAINT ? CHANGE_TYPE_COMPLAINT_ADDED : CHANGE_TYPE_RIGHT_ADDED;
        if (a != NULL && b != NULL)
            right_changes(w, key, a, b);
        else if (a != NULL || b != NULL)
            right_change(w, a == NULL ? added : added + 1, key, NULL, a, b);
    }
}

/* ---- minors ---- */

static void minors_change(consent__diff_work *w, int32_t type, const char *detail,
                          const char *before, const char *after) {
    consent__diff_node *n = consent__diff_add(w, type, "minors", detail);
    consent__diff_values(n, before, after);
    consent__diff_rests_on(w, n, &w->a->minors_sections, &w->b->minors_sections);
}

/* raised and lowered follow each other. */
static void minors_age(consent__diff_work *w, int32_t raised, int32_t a, int32_t b) {
    if (a != b)
        minors_change(w, b > a ? raised : raised + 1, NULL, consent__diff_number(w, a),
                      consent__diff_number(w, b));
}

static void minors_rule(consent__diff_work *w, int32_t type, const char *a, const char *b) {
    if (strcmp(a, b) != 0)
        minors_change(w, type, NULL, a, b);
}

static void minors_child_rules(consent__diff_work *w) {
    const char *a = w->a->child_rules >= 0 ? w->a->documents[w->a->child_rules].id : NULL;
    const char *b = w->b->child_rules >= 0 ? w->b->documents[w->b->child_rules].id : NULL;
    if (a == NULL && b != NULL)
        minors_change(w, CHANGE_TYPE_CHILD_RULES_ADDED, NULL, a, b);
    else if (a != NULL && b == NULL)
        minors_change(w, CHANGE_TYPE_CHILD_RULES_REMOVED, NULL, a, b);
    else if (a != NULL && strcmp(a, b) != 0)
        minors_change(w, CHANGE_TYPE_CHILD_RULES_CHANGED, NULL, a, b);
}

void consent__diff_minors(consent__diff_work *w) {
    const consent__profile *a = &w->a->profile, *b = &w->b->profile;
    consent__string_delta d;
    int32_t i;
    minors_age(w, CHANGE_TYPE_GUARDIAN_AGE_RAISED, a->guardian_below, b->guardian_below);
    minors_age(w, CHANGE_TYPE_ADULT_AGE_RAISED, a->adult_from, b->adult_from);
    minors_age(w, CHANGE_TYPE_CHILD_RULES_AGE_RAISED, a->child_rules_below, b->child_rules_below);
    minors_rule(w, CHANGE_TYPE_MINOR_DECISION_CHANGED,
                a->minor_decides_by_guardian ? "guardian" : "self",
                b->minor_decides_by_guardian ? "guardian" : "self");
    minors_rule(w, CHANGE_TYPE_AGE_REACHED_CHANGED, consent__reached_name(a->reached),
                consent__reached_name(b->reached));
    minors_rule(w, CHANGE_TYPE_UNKNOWN_AGE_CHANGED, consent__unknown_age_name(a->unknown_age),
                consent__unknown_age_name(b->unknown_age));
    minors_rule(w, CHANGE_TYPE_COMING_OF_AGE_CHANGED, consent__coming_name(a->coming),
                consent__coming_name(b->coming));
    consent__diff_strings(w, w->a->guardian_evidence, w->b->guardian_evidence, &d);
    for (i = 0; i < d.added.count; i++)
        minors_change(w, CHANGE_TYPE_GUARDIAN_EVIDENCE_ADDED, d.added.v[i], NULL, NULL);
    for (i = 0; i < d.removed.count; i++)
        minors_change(w, CHANGE_TYPE_GUARDIAN_EVIDENCE_REMOVED, d.removed.v[i], NULL, NULL);
    minors_child_rules(w);
    consent__diff_section_list(w, CHANGE_TYPE_MINORS_SECTION_ADDED, "minors",
                               &w->a->minors_sections, &w->b->minors_sections, NULL);
}
