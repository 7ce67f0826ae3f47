/* SPDX-License-Identifier: Apache-2.0 */
/* On what the processing rests: bases and their evidence, the class of consent, what is sensitive,
 * what is really needed, how consent is withdrawn, and assessments. */
#include "core/lint_run.h"

#include <string.h>

#include "core/catalog.h"

static const char *class_name(int32_t cls) {
    static const char *const names[] = {"none", "general", "separate", "written"};
    return cls >= 0 && cls < 4 ? names[cls] : "?";
}

static void consent_class_none(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->purposes_count; i++) {
        const consent__purpose *u = &l->p->purposes[i];
        if (u->basis != BASIS_CONSENT || u->cls != CONSENT_CLASS_NONE)
            continue;
        consent__lint_mark(l, &u->sections);
        consent__lint_name(l, "%s", u->key);
    }
    consent__lint_found_names(l, "purposes that rest on consent but ask for none");
}

static void consent_not_needed(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->purposes_count; i++) {
        const consent__purpose *u = &l->p->purposes[i];
        if (u->basis == BASIS_CONSENT || u->cls == CONSENT_CLASS_NONE)
            continue;
        consent__lint_mark(l, &u->sections);
        consent__lint_name(l, "%s (%s)", u->key, consent__basis_name((int)u->basis));
    }
    consent__lint_found_names(l, "purposes that ask for consent though they rest on another basis");
}

/* Names the purposes whose basis is in the set, or those of them without evidence. */
static void name_bases(consent__lint *l, uint32_t bases, bool without_evidence) {
    int32_t i;
    for (i = 0; i < l->p->purposes_count; i++) {
        const consent__purpose *u = &l->p->purposes[i];
        if ((bases >> u->basis & 1) == 0 ||
            (without_evidence && u->evidence != NULL && u->evidence[0] != '\0'))
            continue;
        consent__lint_mark(l, &u->sections);
        consent__lint_name(l, "%s (%s)", u->key, consent__basis_name((int)u->basis));
    }
}

/* Reading a bundle refuses what its profile does not allow; these are the bases that no rule of the
 * bundle's own can let in. */
static const struct {
    const char *law;
    uint32_t bases;
} bases_unknown[] = {
    {"cn", 1u << BASIS_LEGITIMATE_INTEREST},
    {"eu", 1u << BASIS_HR | 1u << BASIS_OTHER_LAW},
    {"in", 1u << BASIS_LEGITIMATE_INTEREST},
};

static void basis_not_allowed(consent__lint *l) {
    size_t i;
    for (i = 0; i < sizeof bases_unknown / sizeof bases_unknown[0]; i++)
        if (consent__lint_law(l, bases_unknown[i].law))
            name_bases(l, bases_unknown[i].bases, false);
    consent__lint_found_names(l, "bases this law does not have");
}

static void basis_unproven(consent__lint *l) {
    name_bases(l, l->p->profile.bases_needing_evidence, true);
    consent__lint_found_names(l, "bases without the evidence they need");
}

static void required_not_separated(consent__lint *l) {
    int32_t i, k;
    for (i = 0; i < l->p->purposes_count; i++) {
        const consent__purpose *u = &l->p->purposes[i];
        if (u->basis != BASIS_CONSENT || !u->required)
            continue;
        for (k = 0; k < u->items.count; k++) {
            const consent__item *item = &l->p->items[u->items.v[k]];
            if (item->necessity.count > 0)
                continue;
            consent__lint_mark(l, &item->sections);
            consent__lint_name(l, "%s", item->key);
        }
        if (consent__lint_named(l))
            consent__lint_found(
                l, "purpose %s is required, but nothing says why the service needs: %s", u->key,
                consent__lint_names(l));
    }
}

static void consent_conditional(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->purposes_count; i++) {
        const consent__purpose *u = &l->p->purposes[i];
        if (u->basis != BASIS_CONSENT || !u->required)
            continue;
        consent__lint_mark(l, &u->sections);
        consent__lint_name(l, "%s", u->key);
    }
    consent__lint_found_names(l, "purposes that rest on consent, yet the service depends on them");
}

/* ---- sensitive data ---- */

/* Categories the law or its standard counts as sensitive. `minors`: only where the policy admits
 * people below the guardian's age. `special`: GDPR art. 9(1), which a contract or an interest
 * cannot carry. */
static const struct {
    const char *law, *category;
    bool minors, special;
} sensitive_categories[] = {
    {"cn", "birth-date", true, false},
    {"cn", "precise-location", false, false},
    {"cn", "whereabouts", false, false},
    {"cn", "call-content", false, false},
    {"cn", "message-content", false, false},
    {"cn", "device-identifier", false, false},
    {"cn", "biometric", false, false},
    {"cn", "face", false, false},
    {"cn", "fingerprint", false, false},
    {"cn", "genetic", false, false},
    {"cn", "health", false, false},
    {"cn", "medical", false, false},
    {"cn", "religion", false, false},
    {"cn", "specific-identity", false, false},
    {"cn", "financial-account", false, false},
    {"cn", "identity-document", false, false},
    {"cn", "id-number", false, false},
    {"eu", "health", false, true},
    {"eu", "medical", false, true},
    {"eu", "biometric", false, true},
    {"eu", "face", false, true},
    {"eu", "fingerprint", false, true},
    {"eu", "genetic", false, true},
    {"eu", "religion", false, true},
    {"eu", "ethnicity", false, true},
    {"eu", "political-opinion", false, true},
    {"eu", "trade-union", false, true},
    {"eu", "sex-life", false, true},
    {"eu", "sexual-orientation", false, true},
};

static bool category_counts(const consent__lint *l, const consent__item *item, bool special) {
    size_t i;
    for (i = 0; i < sizeof sensitive_categories / sizeof sensitive_categories[0]; i++) {
        if (!consent__lint_law(l, sensitive_categories[i].law) ||
            strcmp(sensitive_categories[i].category, item->category) != 0)
            continue;
        if (special)
            return sensitive_categories[i].special;
        return !sensitive_categories[i].minors || l->p->profile.guardian_below > 0;
    }
    return false;
}

static void sensitive_not_marked(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->items_count; i++) {
        const consent__item *item = &l->p->items[i];
        if (item->sensitive || !category_counts(l, item, false))
            continue;
        consent__lint_mark(l, &item->sections);
        consent__lint_name(l, "%s (%s)", item->key, item->category);
    }
    consent__lint_found_names(l, "items not marked sensitive");
}

static void sensitive_necessity_missing(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->items_count; i++) {
        const consent__item *item = &l->p->items[i];
        if (!item->sensitive || item->necessity.count > 0)
            continue;
        consent__lint_mark(l, &item->sections);
        consent__lint_name(l, "%s", item->key);
    }
    consent__lint_found_names(l, "sensitive items without a word on why they are needed");
}

static void special_basis(consent__lint *l) {
    int32_t i, k;
    for (i = 0; i < l->p->purposes_count; i++) {
        const consent__purpose *u = &l->p->purposes[i];
        if (u->basis != BASIS_CONTRACT && u->basis != BASIS_LEGITIMATE_INTEREST)
            continue;
        for (k = 0; k < u->items.count; k++) {
            const consent__item *item = &l->p->items[u->items.v[k]];
            if (!category_counts(l, item, true))
                continue;
            consent__lint_mark(l, &u->sections);
            consent__lint_name(l, "%s for %s (%s)", item->key, u->key,
                               consent__basis_name((int)u->basis));
        }
    }
    consent__lint_found_names(l, "special categories of data on a basis that cannot carry them");
}

/* ---- separate consent ---- */

/* A point asks for less than the profile demands. The check would deny anyway; the policy, however,
 * tells people something else. */
static void separate_point(consent__lint *l, int32_t purpose, int32_t share) {
    const consent__purpose *u = &l->p->purposes[purpose];
    const consent__share *s = share < 0 ? NULL : &u->shares[share];
    const consent__indices *items = s != NULL ? &s->items : &u->items;
    int32_t declared = s != NULL ? s->cls : u->cls, i;
    int32_t needed = consent__point_class(l->p, purpose, share);
    char point[CONSENT__POINT_MAX];
    if (needed < CONSENT_CLASS_SEPARATE || declared >= needed)
        return;
    for (i = 0; i < items->count; i++)
        consent__lint_name(l, "%s", l->p->items[items->v[i]].key);
    consent__lint_mark(l, &u->sections);
    if (s != NULL)
        consent__lint_mark(l, &l->p->recipients[s->recipient].sections);
    consent__point_key(l->p, purpose, share, point);
    consent__lint_found(l, "%s asks for %s consent where the law asks for %s consent; items: %s",
                        point, class_name(declared), class_name(needed), consent__lint_names(l));
}

static void separate_consent_missing(consent__lint *l) {
    int32_t i, k;
    for (i = 0; i < l->p->purposes_count; i++) {
        if (l->p->purposes[i].basis != BASIS_CONSENT)
            continue;
        separate_point(l, i, -1);
        for (k = 0; k < l->p->purposes[i].share_count; k++)
            separate_point(l, i, k);
    }
}

/* ---- values of the profile that a bundle may raise but not lower ---- */

#define SHARES_CN (1u << RECIPIENT_AFFILIATE | 1u << RECIPIENT_PARTNER | 1u << RECIPIENT_SDK)
#define SHARES_COPPA (1u << RECIPIENT_AFFILIATE | 1u << RECIPIENT_PARTNER | 1u << RECIPIENT_SDK)
static const struct {
    const char *law;
    uint32_t not_allowed, needing_evidence, shares;
    bool sensitive, disclose, exports, mechanism;
} least[] = {
    {"cn", 1u << BASIS_LEGITIMATE_INTEREST, 0, SHARES_CN, true, true, true, true},
    {"eu", 0, 1u << BASIS_LEGITIMATE_INTEREST, 0, true, false, false, true},
    {"us-coppa", 0, 0, SHARES_COPPA, false, false, false, false},
};

static void name_lowered(consent__lint *l, bool lowered, const char *what) {
    if (lowered)
        consent__lint_name(l, "%s", what);
}

static void profile_weakened(consent__lint *l) {
    const consent__profile *f = &l->p->profile;
    size_t i;
    for (i = 0; i < sizeof least / sizeof least[0]; i++) {
        if (!consent__lint_law(l, least[i].law))
            continue;
        name_lowered(l, (least[i].not_allowed & ~f->bases_not_allowed) != 0, "bases_not_allowed");
        name_lowered(l, (least[i].needing_evidence & ~f->bases_needing_evidence) != 0,
                     "bases_needing_evidence");
        name_lowered(l, least[i].sensitive && !f->separate_sensitive, "separate.sensitive");
        name_lowered(l, (least[i].shares & ~f->separate_shares) != 0, "separate.shares");
        name_lowered(l, least[i].disclose && !f->separate_disclose, "separate.disclose");
        name_lowered(l, least[i].exports && !f->separate_export, "separate.export");
        name_lowered(l, least[i].mechanism && f->export_mechanism == STRICT_OFF,
                     "export_mechanism");
    }
    consent__lint_found_names(l, "rules lowered below what the law asks");
}

/* ---- withdrawal, asking again ---- */

/* Consent is given by one tap; finding the switch may cost one more. */
#define STEPS_TO_WITHDRAW 2

static bool only_by_mail(const consent__right *r) {
    int32_t i;
    for (i = 0; i < r->channels.count; i++)
        if (strcmp(r->channels.v[i], "email") != 0)
            return false;
    return true;
}

/* A mail may hold a link that withdraws at once; the steps have to say so. */
static bool withdraws_easily(const consent__right *r) {
    return consent__lint_self_service(r) && r->steps <= STEPS_TO_WITHDRAW &&
           (r->steps > 0 || !only_by_mail(r));
}

static void withdrawal_harder(consent__lint *l) {
    const consent__right *r = consent__lint_right_of(l, RIGHT_WITHDRAW);
    int32_t i;
    if (r == NULL || !consent__lint_has_consent(l) || withdraws_easily(r))
        return;
    for (i = 0; i < r->channels.count; i++)
        consent__lint_name(l, "%s", r->channels.v[i]);
    consent__lint_mark(l, &r->sections);
    if (r->steps > 0)
        consent__lint_found(l, "granting is one tap; withdrawing takes %d steps through: %s",
                            (int)r->steps, consent__lint_names(l));
    else
        consent__lint_found(l, "granting is one tap; withdrawing goes through: %s",
                            consent__lint_names(l));
}

static void reask_too_soon(consent__lint *l) {
    if (l->p->profile.reask_hours >= 0 && l->p->profile.reask_hours < 48)
        consent__lint_found(l, "a refused permission is asked for again after %d hours",
                            (int)l->p->profile.reask_hours);
}

/* ---- assessments ---- */

static bool needs_assessment(const consent__policy *p, const consent__purpose *u) {
    int32_t i;
    for (i = 0; i < u->items.count; i++)
        if (p->items[u->items.v[i]].sensitive)
            return true;
    for (i = 0; i < u->share_count; i++)
        if (p->recipients[u->shares[i].recipient].kind != RECIPIENT_AUTHORITY)
            return true;
    return (u->operations >> CONSENT_OPERATION_DISCLOSE & 1) != 0;
}

static void assessment_missing(consent__lint *l) {
    int32_t i;
    if (l->p->profile.assessment == STRICT_OFF)
        return;
    for (i = 0; i < l->p->purposes_count; i++) {
        const consent__purpose *u = &l->p->purposes[i];
        if (u->assessment >= 0 || !needs_assessment(l->p, u))
            continue;
        consent__lint_mark(l, &u->sections);
        consent__lint_name(l, "%s", u->key);
    }
    consent__lint_found_names(l, "purposes with sensitive items, sharing or publication and no "
                                 "impact assessment");
}

static void assessment_expired(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->assessments_count; i++) {
        const consent__assessment *a = &l->p->assessments[i];
        if (a->valid_until == CONSENT__NO_INSTANT || a->valid_until > l->p->effective_at)
            continue;
        consent__lint_mark(l, &a->sections);
        consent__lint_name(l, "%s", a->key);
    }
    consent__lint_found_names(l, "assessments that end before the policy takes effect");
}

static void assessment_high_risk(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->assessments_count; i++) {
        const consent__assessment *a = &l->p->assessments[i];
        if (a->risk != RISK_HIGH || a->purposes.count == 0)
            continue;
        consent__lint_mark(l, &a->sections);
        consent__lint_name(l, "%s", a->key);
    }
    consent__lint_found_names(l, "assessments that left a high risk");
}

static const consent__lint_entry rules[] = {
    {{"consent-class-none", LINT_ERROR,
      "PIPL arts 13(1)(1), 14(1); GDPR arts 4(11), 6(1)(a)"
      "; 16 CFR 312.5(a)(1); DPDP Act 2023 s. 6(1)",
      "A purpose rests on consent, but its class is none.",
      "Declare the class of consent to ask for, or the basis the purpose really rests on.", "*"},
     false,
     consent_class_none},
    {{"consent-not-needed", LINT_WARNING,
      "PIPL art. 13(2) | GDPR arts 5(1)(a), 7(4); EDPB Guidelines 05/2020 para. 122",
      "Consent is asked for though the purpose rests on another basis, which misleads: a refusal "
      "would change nothing.",
      "Declare class none, or consent as the basis.", "cn eu"},
     false,
     consent_not_needed},
    {{"basis-not-allowed", LINT_ERROR, "PIPL art. 13(1) | GDPR art. 6(1) | DPDP Act 2023 s. 4",
      "A purpose rests on a basis the law of the profile does not have.",
      "Rest the purpose on a basis the law knows, or ask for consent.", "cn eu in"},
     false,
     basis_not_allowed},
    {{"basis-unproven", LINT_ERROR,
      "PIPL arts 13(1)(2), 13(1)(3), 13(1)(7); GDPR arts 5(2), 6(1)(f), 13(1)(d)"
      "; 16 CFR 312.5(c); DPDP Act 2023 ss. 4, 7",
      "A basis that has to be shown has no evidence.",
      "Name the law, labour rules or balancing test the basis rests on as evidence.", "*"},
     false,
     basis_unproven},
    {{"required-not-separated", LINT_ERROR,
      "PIPL arts 6, 16; App identification measures 2019, group 4; necessary information of 39 app "
      "types 2021 | GDPR arts 5(1)(c), 7(4) | 16 CFR 312.7 | DPDP Act 2023 s. 6(1)",
      "Data the service works without is asked for as if it were required.",
      "Move what the service works without to a purpose that may be refused, or say why it is "
      "needed.",
      "cn eu us-coppa in"},
     false,
     required_not_separated},
    {{"consent-conditional", LINT_WARNING, "GDPR art. 7(4), recital 43",
      "The service depends on a consent, which is then not free.",
      "Rest what the service needs on the contract, and make the rest refusable.", "eu"},
     false,
     consent_conditional},
    {{"sensitive-not-marked", LINT_ERROR,
      "PIPL art. 28; GB/T 35273-2020 app. B; GB/T 45574-2025 | GDPR art. 9(1)",
      "Data of a sensitive kind is not marked sensitive.",
      "Mark the items sensitive, say why they are needed and ask for separate consent.", "cn eu"},
     false,
     sensitive_not_marked},
    {{"sensitive-necessity-missing", LINT_ERROR, "PIPL arts 28(2), 30; NDR art. 21(2)",
      "Sensitive data is processed without telling why it is needed and what it means for people.",
      "Say for each sensitive item why it is needed and what follows for the person.", "cn"},
     false,
     sensitive_necessity_missing},
    {{"special-basis", LINT_ERROR, "GDPR art. 9(2)",
      "Special categories of data rest on a contract or an interest, which is no exception of "
      "art. 9.",
      "Ask for explicit consent, or rest the purpose on another exception of art. 9(2).", "eu"},
     false,
     special_basis},
    {{"separate-consent-missing", LINT_ERROR,
      "PIPL arts 23, 25, 29, 39; NDR arts 22(2), 62(7); GDPR art. 9(2)(a); 16 CFR 312.5(a)(2)"
      "; DPDP Act 2023 s. 6(1)",
      "Sharing, publication, export or sensitive data goes under one general consent.",
      "Ask for a consent of its own for this point, and declare its class as separate.", "*"},
     false,
     separate_consent_missing},
    {{"profile-weakened", LINT_ERROR,
      "PIPL arts 13, 23, 25, 29, 38, 39 | GDPR arts 5(2), 9(2)(a), 44 | 16 CFR 312.5(a)(2)",
      "The bundle's own rules lower a value the law sets.",
      "Take the override out of rules; a bundle may be stricter than its profile, not laxer.",
      "cn eu us-coppa"},
     false,
     profile_weakened},
    {{"withdrawal-harder-than-grant", LINT_ERROR,
      "PIPL art. 15(1); NDR art. 23 | GDPR art. 7(3) | DPDP Act 2023 s. 6(4)",
      "Withdrawing consent is harder than giving it.",
      "Offer withdrawal in the app, in as few steps as consent takes.", "cn eu in"},
     false,
     withdrawal_harder},
    {{"reask-too-soon", LINT_WARNING,
      "NDR art. 22(5); App identification measures 2019, group 3; TC260-PG-20202A (48 hours)",
      "A refused permission is asked for again too soon.",
      "Wait at least 48 hours before asking again.", "cn"},
     false,
     reask_too_soon},
    {{"assessment-missing", LINT_WARNING,
      "PIPL arts 55-56; GDPR art. 35(1)"
      "; DPDP Act 2023 s. 10(2)(c)",
      "Sensitive data, sharing or publication without an impact assessment.",
      "Assess the impact before starting, keep the report and name it at the purpose.", "*"},
     false,
     assessment_missing},
    {{"assessment-expired", LINT_WARNING,
      "PIPL arts 55-56; GDPR art. 35(11)"
      "; DPDP Act 2023 s. 10(2)(c)",
      "An impact assessment ends before the policy takes effect.",
      "Renew the assessment before publishing.", "*"},
     false,
     assessment_expired},
    {{"assessment-high-risk", LINT_WARNING, "PIPL arts 55-56 | GDPR art. 36(1)",
      "An impact assessment left a high risk, and the purpose goes on.",
      "Lower the risk and assess again, or consult the authority first.", "cn eu"},
     false,
     assessment_high_risk},
};
CONSENT__LINT_GROUP(consent__lint_consent, rules);
