/* SPDX-License-Identifier: Apache-2.0 */
/* By when and how requests are answered, account cancellation, and incidents. */
#include "core/lint_run.h"

#include <string.h>

static const char *right_name(const consent__right *r) {
    return consent__right_kind_name((int)r->kind);
}

/* ---- deadlines ---- */

static void deadline_missing(consent__lint *l) {
    /* What the customer's users ask for first; a right that is not even declared has no deadline
     * either. */
    static const consent__right_kind basic[] = {RIGHT_ACCESS, RIGHT_CORRECT, RIGHT_WITHDRAW};
    int32_t i;
    size_t k;
    for (k = 0; k < sizeof basic / sizeof basic[0]; k++)
        if (consent__lint_right_of(l, basic[k]) == NULL)
            consent__lint_name(l, "%s", consent__right_kind_name((int)basic[k]));
    for (i = 0; i < l->p->rights_count; i++) {
        const consent__right *r = &l->p->rights[i];
        if (r->deadline.present)
            continue;
        consent__lint_mark(l, &r->sections);
        consent__lint_name(l, "%s", right_name(r));
    }
    consent__lint_found_names(l, "requests without a deadline");
}

/* Length in hours, as short and as long as it can be, so that two units compare without a calendar:
 * a month has 28 to 31 days, five working days make a week. */
static int64_t deadline_hours(const consent__deadline *d, bool longest) {
    switch (d->unit) {
    case UNIT_HOURS:
        return d->count;
    case UNIT_DAYS:
        return (int64_t)d->count * 24;
    case UNIT_WORKING_DAYS:
        return ((int64_t)d->count * 7 + 4) / 5 * 24;
    case UNIT_MONTHS:
        return (int64_t)d->count * (longest ? 31 : 28) * 24;
    }
    return 0;
}

static bool exceeds(const consent__deadline *d, const consent__deadline *limit) {
    if (!d->present || !limit->present)
        return false;
    if (d->unit == limit->unit)
        return d->count > limit->count;
    return deadline_hours(d, false) > deadline_hours(limit, true);
}

static void name_deadline(consent__lint *l, const char *what, const consent__deadline *d) {
    consent__lint_name(l, "%s %d %s", what, (int)d->count, consent__unit_name((int)d->unit));
}

static void deadline_too_long(consent__lint *l) {
    const consent__deadline *limit = &l->p->profile.deadline;
    int32_t i;
    for (i = 0; i < l->p->rights_count; i++) {
        const consent__right *r = &l->p->rights[i];
        if (!exceeds(&r->deadline, limit))
            continue;
        consent__lint_mark(l, &r->sections);
        name_deadline(l, right_name(r), &r->deadline);
    }
    if (exceeds(&l->p->cancel_deadline, limit)) {
        consent__lint_mark(l, &l->p->cancel_sections);
        name_deadline(l, "cancellation", &l->p->cancel_deadline);
    }
    if (consent__lint_named(l))
        consent__lint_found(l, "deadlines longer than %d %s: %s", (int)limit->count,
                            consent__unit_name((int)limit->unit), consent__lint_names(l));
}

static void extension_too_long(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->rights_count; i++) {
        const consent__right *r = &l->p->rights[i];
        if (!exceeds(&r->extension, &l->p->profile.extension))
            continue;
        consent__lint_mark(l, &r->sections);
        name_deadline(l, right_name(r), &r->extension);
    }
    consent__lint_found_names(l, "extensions longer than the law allows");
}

static bool uncountable(const consent__deadline *d) {
    return d->present && d->unit == UNIT_WORKING_DAYS &&
           (d->calendar == NULL || strcmp(d->calendar, "none") == 0);
}

static void deadline_uncountable(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->rights_count; i++) {
        const consent__right *r = &l->p->rights[i];
        if (!uncountable(&r->deadline) && !uncountable(&r->extension))
            continue;
        consent__lint_mark(l, &r->sections);
        consent__lint_name(l, "%s", right_name(r));
    }
    if (uncountable(&l->p->cancel_deadline)) {
        consent__lint_mark(l, &l->p->cancel_sections);
        consent__lint_name(l, "cancellation");
    }
    consent__lint_found_names(l, "working days without a calendar");
}

/* ---- channels ---- */

static void right_manual_only(consent__lint *l) {
    static const consent__right_kind kinds[] = {RIGHT_ACCESS, RIGHT_CORRECT, RIGHT_DELETE,
                                                RIGHT_CANCEL_ACCOUNT};
    size_t i;
    for (i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const consent__right *r = consent__lint_right_of(l, kinds[i]);
        if (r == NULL || consent__lint_self_service(r))
            continue;
        consent__lint_mark(l, &r->sections);
        consent__lint_name(l, "%s", right_name(r));
    }
    consent__lint_found_names(l, "rights that can only be used by asking a person");
}

/* ---- cancellation ---- */

/* Facts that block cancellation for no fault of the person, or for ever. */
static const char *const excessive_facts[] = {"complaint", "restriction", "report-received",
                                              "violation", "penalty"};

static void cancel_condition_excessive(consent__lint *l) {
    int32_t i;
    size_t k;
    for (i = 0; i < l->p->cancel_conditions.count; i++) {
        const consent__condition *c = &l->p->cancel_conditions.v[i];
        for (k = 0; k < sizeof excessive_facts / sizeof excessive_facts[0]; k++) {
            if (strstr(c->fact, excessive_facts[k]) == NULL)
                continue;
            consent__lint_mark(l, &c->sections);
            consent__lint_name(l, "%s", c->key);
            break;
        }
    }
    consent__lint_found_names(l, "conditions that let any complaint or record block cancellation");
}

static void cancel_outcome_missing(consent__lint *l) {
    int32_t i;
    if (consent__lint_right_of(l, RIGHT_CANCEL_ACCOUNT) == NULL)
        return;
    for (i = 0; i < l->p->items_count; i++)
        if (consent__lint_stored(l, i) && (l->p->cancel_then == NULL || l->p->cancel_then[i] == 0))
            consent__lint_name(l, "%s", l->p->items[i].key);
    if (!consent__lint_named(l))
        return;
    consent__lint_mark(l, &l->p->cancel_sections);
    consent__lint_found_names(l, "items whose fate after cancellation is not said");
}

/* ---- incidents ---- */

/* What people are told after an incident; each under any of its names. */
static const struct {
    const char *law;
    const char *names[5];
} contents[] = {
    {"cn", {"data-types", "data-categories", "categories", "items"}},
    {"cn", {"cause", "causes"}},
    {"cn", {"possible-impact", "possible-harm", "consequences", "impact"}},
    {"cn", {"measures", "remedies"}},
    {"cn", {"self-protection", "self-help"}},
    {"cn", {"contact"}},
    {"eu", {"what-happened", "nature"}},
    {"eu", {"consequences", "possible-impact", "possible-harm", "impact"}},
    {"eu", {"measures", "remedies"}},
    {"eu", {"contact"}},
    {"in", {"what-happened", "nature"}},
    {"in", {"consequences", "possible-impact", "possible-harm", "impact"}},
    {"in", {"measures", "remedies"}},
    {"in", {"self-protection", "self-help"}},
    {"in", {"contact"}},
};

static bool tells(const consent__strings *told, const char *const names[5]) {
    int32_t i;
    size_t k;
    for (i = 0; i < told->count; i++)
        for (k = 0; k < 5 && names[k] != NULL; k++)
            if (strcmp(told->v[i], names[k]) == 0)
                return true;
    return false;
}

static void incident_content_missing(consent__lint *l) {
    size_t i;
    for (i = 0; i < sizeof contents / sizeof contents[0]; i++)
        if (consent__lint_law(l, contents[i].law) &&
            !tells(&l->p->incident_contents, contents[i].names))
            consent__lint_name(l, "%s", contents[i].names[0]);
    if (!consent__lint_named(l))
        return;
    consent__lint_mark(l, &l->p->incident_sections);
    consent__lint_found_names(l, "the notice of an incident leaves out");
}

static void incident_regulator_missing(consent__lint *l) {
    if (l->p->incident_regulator.count > 0)
        return;
    consent__lint_mark(l, &l->p->incident_sections);
    consent__lint_found(l, "no authority is named to which incidents are reported");
}

static void incident_deadline_slow(consent__lint *l) {
    const consent__deadline *d = &l->p->incident_deadline, *limit = &l->p->profile.incident;
    if (!exceeds(d, limit))
        return;
    consent__lint_mark(l, &l->p->incident_sections);
    if (limit->count == 0)
        consent__lint_found(l, "incidents are told after %d %s; the law says at once",
                            (int)d->count, consent__unit_name((int)d->unit));
    else
        consent__lint_found(l, "incidents are told after %d %s; the law says %d %s", (int)d->count,
                            consent__unit_name((int)d->unit), (int)limit->count,
                            consent__unit_name((int)limit->unit));
}

static const consent__lint_entry rules[] = {
    {{"deadline-missing", LINT_ERROR,
      "PIPL art. 50; App identification measures 2019, group 6; GB/T 35273-2020 8.7",
      "Requests have no deadline for the reply.",
      "Promise a reply to every request within 15 working days at most.", "cn"},
     false,
     deadline_missing},
    {{"deadline-too-long", LINT_ERROR,
      "App identification measures 2019, group 6 (15 working days) | GDPR art. 12(3) (one month) | "
      "DPDP Rules 2025 r. 14 (90 days)",
      "A promised reply takes longer than the profile's deadline.",
      "Shorten the deadline to that of the profile.", "cn eu in"},
     false,
     deadline_too_long},
    {{"extension-too-long", LINT_ERROR, "GDPR art. 12(3) (two further months)",
      "A deadline is extended by more than the law allows.",
      "Shorten the extension to two months and tell the person within the first.", "eu"},
     false,
     extension_too_long},
    {{"deadline-uncountable", LINT_ERROR,
      "Civil Code of the PRC arts 201-203; GDPR art. 12(3) with Regulation 1182/71"
      "; DPDP Rules 2025 r. 14",
      "A deadline counts working days but names no calendar.",
      "Name the calendar that says which days are working days.", "*"},
     false,
     deadline_uncountable},
    {{"right-manual-only", LINT_WARNING,
      "PIPL art. 50(1); NDR art. 23; App identification measures 2019, group 6 | GDPR art. 12(2), "
      "recital 59",
      "Access, correction, deletion or cancellation is only possible by asking a person.",
      "Offer the right in the app or on the web as well.", "cn eu"},
     false,
     right_manual_only},
    {{"cancel-condition-excessive", LINT_WARNING,
      "NDR art. 23; E-commerce Law art. 24; App identification measures 2019, group 6",
      "A condition lets any complaint or record of a restriction block cancellation.",
      "Keep only conditions that the account's own open obligations justify.", "cn"},
     false,
     cancel_condition_excessive},
    {{"cancel-outcome-missing", LINT_WARNING,
      "PIPL art. 47(1); NDR art. 24; E-commerce Law art. 24",
      "It is not said what happens to stored data after cancellation.",
      "Say for every stored item whether it is deleted, anonymised or restricted.", "cn"},
     false,
     cancel_outcome_missing},
    {{"incident-content-missing", LINT_HINT,
      "PIPL art. 57(1) | GDPR arts 33(3), 34(2) | DPDP Rules 2025 r. 7",
      "The notice of an incident leaves out something the law asks for.",
      "Add what is missing to the contents of the incident notice.", "cn eu in"},
     false,
     incident_content_missing},
    {{"incident-regulator-missing", LINT_WARNING,
      "PIPL art. 57(1) | GDPR art. 33(1) | DPDP Act 2023 s. 8(6)",
      "No authority is named to which incidents are reported.", "Name the authority.", "cn eu in"},
     false,
     incident_regulator_missing},
    {{"incident-deadline-slow", LINT_ERROR,
      "PIPL art. 57(1) (at once) | GDPR art. 33(1) (72 hours) | DPDP Rules 2025 r. 7 (72 hours)",
      "Incidents are told later than the law says.", "Shorten the deadline to that of the profile.",
      "cn eu in"},
     false,
     incident_deadline_slow},
};
CONSENT__LINT_GROUP(consent__lint_right, rules);
