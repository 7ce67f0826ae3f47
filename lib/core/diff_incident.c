/* SPDX-License-Identifier: Apache-2.0 */
/* What people are told after an incident, and by when. */
#include "core/diff_work.h"

static void incident_changes(consent__diff_work *w, int32_t added, consent__strings a,
                             consent__strings b) {
    consent__string_delta d;
    int32_t i;
    consent__diff_strings(w, a, b, &d);
    for (i = 0; i < d.added.count; i++)
        consent__diff_rests_on(w, consent__diff_add(w, added, "incident", d.added.v[i]),
                               &w->a->incident_sections, &w->b->incident_sections);
    for (i = 0; i < d.removed.count; i++)
        consent__diff_rests_on(w, consent__diff_add(w, added + 1, "incident", d.removed.v[i]),
                               &w->a->incident_sections, &w->b->incident_sections);
}

void consent__diff_incident(consent__diff_work *w) {
    const consent__policy *a = w->a, *b = w->b;
    incident_changes(w, CHANGE_TYPE_INCIDENT_CONTENT_ADDED, a->incident_contents,
                     b->incident_contents);
    incident_changes(w, CHANGE_TYPE_INCIDENT_CHANNEL_ADDED, a->incident_channels,
                     b->incident_channels);
    consent__diff_text(w, CHANGE_TYPE_INCIDENT_REGULATOR_CHANGED, "incident", "regulator",
                       &a->incident_regulator, &b->incident_regulator, &a->incident_sections,
                       &b->incident_sections);
    consent__diff_deadline(w, CHANGE_TYPE_INCIDENT_DEADLINE_ADDED, "incident",
                           &a->incident_deadline, &b->incident_deadline, &a->incident_sections,
                           &b->incident_sections);
    consent__diff_section_list(w, CHANGE_TYPE_INCIDENT_SECTION_ADDED, "incident",
                               &a->incident_sections, &b->incident_sections, NULL);
}
