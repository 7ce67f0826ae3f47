/* SPDX-License-Identifier: Apache-2.0 */
/* Children and their guardians. The values are those of the merged profile; what a law asks at
 * least stands in the table below. */
#include "core/lint_run.h"

/* Ages the laws draw: below `least` no policy may go, above `most` it promises more than the law
 * asks. GDPR art. 8(1) lets a member state choose from 13 to 16. */
static const struct {
    const char *law;
    int32_t least, most, adult;
} ages[] = {{"cn", 14, 14, 18}, {"eu", 13, 16, 0}, {"us-coppa", 13, 13, 0}, {"in", 18, 18, 18}};
#define AGES (sizeof ages / sizeof ages[0])

static void guardian_threshold_low(consent__lint *l) {
    size_t i;
    for (i = 0; i < AGES; i++) {
        if (!consent__lint_law(l, ages[i].law) || l->p->profile.guardian_below >= ages[i].least)
            continue;
        consent__lint_mark(l, &l->p->minors_sections);
        consent__lint_found(l, "a guardian is asked below %d, the law asks for one below %d",
                            (int)l->p->profile.guardian_below, (int)ages[i].least);
    }
}

static void guardian_threshold_high(consent__lint *l) {
    size_t i;
    for (i = 0; i < AGES; i++) {
        if (!consent__lint_law(l, ages[i].law) || l->p->profile.guardian_below <= ages[i].most)
            continue;
        consent__lint_mark(l, &l->p->minors_sections);
        consent__lint_found(l,
                            "a guardian is promised to everybody below %d, the law asks for one "
                            "below %d; the promise has to be kept",
                            (int)l->p->profile.guardian_below, (int)ages[i].most);
    }
}

static void adult_threshold_low(consent__lint *l) {
    size_t i;
    for (i = 0; i < AGES; i++) {
        if (!consent__lint_law(l, ages[i].law) || l->p->profile.adult_from >= ages[i].adult)
            continue;
        consent__lint_mark(l, &l->p->minors_sections);
        consent__lint_found(l, "people count as adult from %d, the law says %d",
                            (int)l->p->profile.adult_from, (int)ages[i].adult);
    }
}

static bool asks_guardians(const consent__lint *l) {
    return l->p->profile.guardian_below > 0 && consent__lint_has_consent(l);
}

static void child_rules_missing(consent__lint *l) {
    if (!asks_guardians(l) || l->p->profile.child_rules_missing == STRICT_OFF ||
        l->p->child_rules >= 0)
        return;
    consent__lint_mark(l, &l->p->minors_sections);
    consent__lint_found(l, "no document of special rules for children");
}

static void guardian_evidence_missing(consent__lint *l) {
    if (!asks_guardians(l) || l->p->guardian_evidence.count > 0)
        return;
    consent__lint_mark(l, &l->p->minors_sections);
    consent__lint_found(l, "no kind of evidence verifies a guardian, so no guardian can ever be "
                           "verified");
}

static void minors_clause_missing(consent__lint *l) {
    if (l->p->profile.guardian_below > 0 && l->p->minors_sections.count == 0)
        consent__lint_found(l, "no section speaks about minors");
}

static void guardian_inquiry_missing(consent__lint *l) {
    if (!asks_guardians(l) || consent__lint_right_of(l, RIGHT_GUARDIAN_INQUIRY) != NULL)
        return;
    consent__lint_mark(l, &l->p->minors_sections);
    consent__lint_found(l, "guardians have no way to ask, correct or delete for the child");
}

static void unknown_age_adult(consent__lint *l) {
    if (!asks_guardians(l) || l->p->profile.unknown_age != UNKNOWN_ADULT)
        return;
    consent__lint_mark(l, &l->p->minors_sections);
    consent__lint_found(l, "a subject of unknown age is taken for an adult");
}

static const consent__lint_entry rules[] = {
    {{"guardian-threshold-low", LINT_ERROR,
      "PIPL art. 31; Minors' Protection Law art. 72 | GDPR art. 8(1) | 16 CFR 312.2 | DPDP Act "
      "2023 "
      "s. 9(1)",
      "The age below which a guardian is asked is lower than the law allows.",
      "Raise guardian_below to the age the law draws.", "cn eu us-coppa in"},
     false,
     guardian_threshold_low},
    {{"guardian-threshold-high", LINT_HINT,
      "PIPL art. 31; App identification measures 2019, group 3 (own rules broken) | GDPR art. 8(1) "
      "| "
      "16 CFR 312.2 | DPDP Act 2023 s. 9(1)",
      "The policy promises a guardian to people the law lets decide for themselves.",
      "Ask the guardian of every one of them, or reword the promise to the age of the law.",
      "cn eu us-coppa in"},
     false,
     guardian_threshold_high},
    {{"adult-threshold-low", LINT_ERROR,
      "Minors' Protection Law art. 2; Minors' Network Regulations | DPDP Act 2023 s. 2(f)",
      "People count as adult before the law says so.", "Set adult_from to the age of majority.",
      "cn in"},
     false,
     adult_threshold_low},
    {{"child-rules-missing", LINT_ERROR,
      "PIPL art. 31(2); NDR art. 21; Children's Personal Information Provisions 2019 art. 8; 16 "
      "CFR "
      "312.4(d)"
      "; DPDP Act 2023 s. 9",
      "Children's data is processed without special rules for it.",
      "Write the rules for children as a document of kind child-rules and name it under minors.",
      "*"},
     false,
     child_rules_missing},
    {{"guardian-evidence-missing", LINT_WARNING,
      "PIPL art. 31(1); Children's Personal Information Provisions 2019 art. 9; GDPR art. 8(2); 16 "
      "CFR 312.5(b); DPDP Rules 2025 r. 10",
      "There is no way to verify that a guardian is one.",
      "Name the kinds of evidence by which a guardian is verified.", "*"},
     false,
     guardian_evidence_missing},
    {{"minors-clause-missing", LINT_WARNING,
      "PIPL art. 31; NDR art. 21; Minors' Network Regulations art. 34 | GDPR arts 8, 12(1) | 16 "
      "CFR "
      "312.4(d) | DPDP Act 2023 s. 9",
      "The policy says nothing about minors.", "Add a section on minors and name it under minors.",
      "cn eu us-coppa in"},
     false,
     minors_clause_missing},
    {{"guardian-inquiry-missing", LINT_WARNING,
      "Minors' Network Regulations art. 34; Children's Personal Information Provisions 2019 arts "
      "19-20 | 16 CFR 312.6(a)",
      "Guardians have no named way to see, correct or delete the child's data.",
      "Declare the right guardian-inquiry with a channel.", "cn us-coppa"},
     false,
     guardian_inquiry_missing},
    {{"unknown-age-adult", LINT_WARNING,
      "PIPL art. 31; GDPR art. 8(2); 16 CFR 312.5(a)"
      "; DPDP Act 2023 s. 9(1)",
      "A subject whose age is unknown is treated as an adult.",
      "Set unknown_age to deny or guardian, or ask for the age.", "*"},
     false,
     unknown_age_adult},
};
CONSENT__LINT_GROUP(consent__lint_minor, rules);
