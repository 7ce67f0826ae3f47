/* SPDX-License-Identifier: Apache-2.0 */
/* Impact assessments. One that shows a high risk asks again for the purposes it is about: those it
 * lists, and those that name it. */
#include "core/diff_work.h"

typedef struct assessment_pair {
    consent__pair pair;
    const consent__assessment *a, *b;
    const char *key;
} assessment_pair;

static bool about(const consent__policy *p, int32_t assessment, int32_t purpose) {
    return assessment >= 0 && purpose >= 0 &&
           (consent__indices_has(&p->assessments[assessment].purposes, purpose) ||
            p->purposes[purpose].assessment == assessment);
}

static consent__diff_node *assessment_change(consent__diff_work *w, const assessment_pair *x,
                                             int32_t type, const char *detail) {
    consent__diff_node *n = consent__diff_add(w, type, x->key, detail);
    consent__diff_rests_on(w, n, x->a != NULL ? &x->a->sections : NULL,
                           x->b != NULL ? &x->b->sections : NULL);
    return n;
}

/* Purposes that stand in both versions and that the assessment is about wherever it stands. */
static void touch_subjects(consent__diff_work *w, consent__diff_node *n, const assessment_pair *x) {
    int32_t i;
    for (i = 0; i < w->purposes.count; i++) {
        consent__pair purpose = w->purposes.v[i];
        bool in_a = x->a == NULL || about(w->a, x->pair.a, purpose.a);
        bool in_b = x->b == NULL || about(w->b, x->pair.b, purpose.b);
        if (purpose.a >= 0 && purpose.b >= 0 && in_a && in_b)
            consent__diff_touch(w, n, purpose);
    }
}

static void assessment_risk(consent__diff_work *w, const assessment_pair *x) {
    consent__risk a = x->a->risk, b = x->b->risk;
    consent__diff_node *n;
    if (a == b)
        return;
    n = assessment_change(w, x,
                          b < a            ? CHANGE_TYPE_ASSESSMENT_RISK_LOWERED
                          : b == RISK_HIGH ? CHANGE_TYPE_ASSESSMENT_RISK_HIGH
                                           : CHANGE_TYPE_ASSESSMENT_RISK_RAISED,
                          NULL);
    consent__diff_values(n, consent__risk_name(a), consent__risk_name(b));
    touch_subjects(w, n, x);
}

static void assessment_subjects(consent__diff_work *w, const assessment_pair *x) {
    int32_t i, type;
    for (i = 0; !w->failed && i < w->purposes.count; i++) {
        consent__pair purpose = w->purposes.v[i];
        bool before = about(w->a, x->pair.a, purpose.a), after = about(w->b, x->pair.b, purpose.b);
        if (before == after)
            continue;
        type = before                    ? CHANGE_TYPE_ASSESSMENT_PURPOSE_REMOVED
               : x->b->risk == RISK_HIGH ? CHANGE_TYPE_ASSESSMENT_HIGH_PURPOSE_ADDED
                                         : CHANGE_TYPE_ASSESSMENT_PURPOSE_ADDED;
        consent__diff_touch(w, assessment_change(w, x, type, purpose.key), purpose);
    }
}

static void assessment_date(consent__diff_work *w, const assessment_pair *x, const char *what,
                            int64_t a, int64_t b) {
    if (a != b)
        consent__diff_values(assessment_change(w, x, CHANGE_TYPE_ASSESSMENT_DATE_CHANGED, what),
                             consent__diff_instant(w, a), consent__diff_instant(w, b));
}

static void assessment_changes(consent__diff_work *w, const assessment_pair *x) {
    assessment_risk(w, x);
    assessment_subjects(w, x);
    assessment_date(w, x, "done_at", x->a->done_at, x->b->done_at);
    assessment_date(w, x, "published_at", x->a->published_at, x->b->published_at);
    assessment_date(w, x, "valid_until", x->a->valid_until, x->b->valid_until);
    consent__diff_section_list(w, CHANGE_TYPE_ASSESSMENT_SECTION_ADDED, x->key, &x->a->sections,
                               &x->b->sections, NULL);
}

void consent__diff_assessments(consent__diff_work *w) {
    consent__pairing assessments;
    int32_t i;
    consent__diff_pair(w, w->a->assessments, w->a->assessments_count, w->b->assessments,
                       w->b->assessments_count, sizeof *w->a->assessments,
                       offsetof(consent__assessment, key), &assessments);
    for (i = 0; !w->failed && i < assessments.count; i++) {
        consent__pair pair = assessments.v[i];
        assessment_pair x = {pair, NULL, NULL, consent__diff_key(w, "assessment", pair.key)};
        x.a = pair.a >= 0 ? &w->a->assessments[pair.a] : NULL;
        x.b = pair.b >= 0 ? &w->b->assessments[pair.b] : NULL;
        if (x.a != NULL && x.b != NULL)
            assessment_changes(w, &x);
        else
            touch_subjects(w,
                           assessment_change(w, &x,
                                             x.b == NULL ? CHANGE_TYPE_ASSESSMENT_REMOVED
                                             : x.b->risk == RISK_HIGH
                                                 ? CHANGE_TYPE_ASSESSMENT_HIGH_ADDED
                                                 : CHANGE_TYPE_ASSESSMENT_ADDED,
                                             NULL),
                           &x);
    }
}
