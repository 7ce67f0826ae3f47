/* SPDX-License-Identifier: Apache-2.0 */
/* Exemptions: the cases in which nobody is asked. */
#include "core/diff_work.h"

static void exemption_changes(consent__diff_work *w, const char *key, const consent__exemption *a,
                              const consent__exemption *b) {
    int32_t op;
    consent__diff_text(w, CHANGE_TYPE_EXEMPTION_TITLE_CHANGED, key, "title", &a->title, &b->title,
                       &a->sections, &b->sections);
    for (op = CONSENT_OPERATION_COLLECT; op <= CONSENT_OPERATION_DISCLOSE; op++) {
        bool before = (a->operations >> op & 1) != 0, after = (b->operations >> op & 1) != 0;
        if (before != after)
            consent__diff_rests_on(w,
                                   consent__diff_add(w,
                                                     after
                                                         ? CHANGE_TYPE_EXEMPTION_OPERATION_ADDED
                                                         : CHANGE_TYPE_EXEMPTION_OPERATION_REMOVED,
                                                     key, consent_operation_name(op)),
                                   &a->sections, &b->sections);
    }
    consent__diff_section_list(w, CHANGE_TYPE_EXEMPTION_SECTION_ADDED, key, &a->sections,
                               &b->sections, NULL);
}

void consent__diff_exemptions(consent__diff_work *w) {
    consent__pairing exemptions;
    int32_t i;
    consent__diff_pair(w, w->a->exemptions, w->a->exemptions_count, w->b->exemptions,
                       w->b->exemptions_count, sizeof *w->a->exemptions,
                       offsetof(consent__exemption, key), &exemptions);
    for (i = 0; !w->failed && i < exemptions.count; i++) {
        consent__pair pair = exemptions.v[i];
        const char *key = consent__diff_key(w, "exemption", pair.key);
        const consent__exemption *a = pair.a >= 0 ? &w->a->exemptions[pair.a] : NULL;
        const consent__exemption *b = pair.b >= 0 ? &w->b->exemptions[pair.b] : NULL;
        consent__diff_node *n;
        if (a != NULL && b != NULL) {
            exemption_changes(w, key, a, b);
            continue;
        }
        n = consent__diff_add(
            w, a == NULL ? CHANGE_TYPE_EXEMPTION_ADDED : CHANGE_TYPE_EXEMPTION_REMOVED, key, NULL);
        consent__diff_rests_on(w, n, a != NULL ? &a->sections : NULL,
                               b != NULL ? &b->sections : NULL);
    }
}
