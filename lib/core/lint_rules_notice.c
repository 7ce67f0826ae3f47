/* SPDX-License-Identifier: Apache-2.0 */
/* What a privacy notice must contain: every entry of the catalogue rests on a clause that people
 * can read, the controller can be reached, and each right is named. */
#include "core/lint_run.h"

#include <string.h>

static void policy_document_missing(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->documents_count; i++)
        if (l->p->documents[i].kind == DOC_PRIVACY_POLICY)
            return;
    consent__lint_found(l, "no document is a privacy policy");
}

static void section_unpublished(consent__lint *l) {
    const consent__policy *p = l->p;
    int32_t i, d;
    for (i = 0; i < p->sections_count; i++) {
        bool shown = false;
        for (d = 0; d < p->documents_count; d++)
            shown = shown || consent__indices_has(&p->documents[d].sections, i);
        if (shown)
            continue;
        consent__lint_mark_one(l, i);
        consent__lint_name(l, "%s", p->sections[i].id);
    }
    consent__lint_found_names(l, "sections that no document shows");
}

static void translation_missing(consent__lint *l) {
    const consent__policy *p = l->p;
    int32_t i;
    for (i = 0; i < p->sections_count; i++) {
        if (p->sections[i].text.count >= p->languages.count)
            continue;
        consent__lint_mark_one(l, i);
        consent__lint_name(l, "%s", p->sections[i].id);
    }
    consent__lint_found_names(l, "sections without a text in every language of the policy");
}

static void purpose_section_missing(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->purposes_count; i++)
        if (l->p->purposes[i].sections.count == 0)
            consent__lint_name(l, "%s", l->p->purposes[i].key);
    consent__lint_found_names(l, "purposes that no section explains");
}

static bool item_used(const consent__policy *p, int32_t item) {
    int32_t i;
    for (i = 0; i < p->purposes_count; i++)
        if (consent__indices_has(&p->purposes[i].items, item))
            return true;
    return false;
}

static void item_section_missing(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->items_count; i++)
        if (l->p->items[i].sections.count == 0 && item_used(l->p, i))
            consent__lint_name(l, "%s", l->p->items[i].key);
    consent__lint_found_names(l, "items that no section names");
}

static void item_unused(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->items_count; i++) {
        if (item_used(l->p, i))
            continue;
        consent__lint_mark(l, &l->p->items[i].sections);
        consent__lint_name(l, "%s", l->p->items[i].key);
    }
    consent__lint_found_names(l, "items that no purpose needs");
}

static void item_origin_missing(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->items_count; i++) {
        if (l->p->items[i].origins.count > 0)
            continue;
        consent__lint_mark(l, &l->p->items[i].sections);
        consent__lint_name(l, "%s", l->p->items[i].key);
    }
    consent__lint_found_names(l, "items without a word on where they come from");
}

static void combined_alone(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->items_count; i++) {
        if (!l->p->items[i].combined || l->p->items[i].combines_with.count > 0)
            continue;
        consent__lint_mark(l, &l->p->items[i].sections);
        consent__lint_name(l, "%s", l->p->items[i].key);
    }
    consent__lint_found_names(l, "items said to identify only together with others, which are not "
                                 "named");
}

static void recipient_section_missing(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->recipients_count; i++)
        if (l->p->recipients[i].sections.count == 0)
            consent__lint_name(l, "%s", l->p->recipients[i].key);
    consent__lint_found_names(l, "recipients that no section names");
}

static void permission_section_missing(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->permissions_count; i++)
        if (l->p->permissions[i].sections.count == 0)
            consent__lint_name(l, "%s", l->p->permissions[i].key);
    consent__lint_found_names(l, "permissions that no section names");
}

/* ---- the controller ---- */

static bool has_contact(const consent__contacts *contacts, const char *kind) {
    int32_t i;
    for (i = 0; i < contacts->count; i++)
        if (strcmp(contacts->v[i].kind, kind) == 0)
            return true;
    return false;
}

static bool has_electronic(const consent__contacts *contacts) {
    return has_contact(contacts, "email") || has_contact(contacts, "web") ||
           has_contact(contacts, "app");
}

static void contact_incomplete(consent__lint *l) {
    const consent__policy *p = l->p;
    if (p->officer_name.count == 0 && p->controller_department.count == 0)
        consent__lint_name(l, "no person or department responsible");
    if (!has_electronic(&p->contacts) && !has_electronic(&p->officer_contacts))
        consent__lint_name(l, "no electronic channel");
    if (!consent__lint_named(l))
        return;
    consent__lint_mark_words(l, NULL, WORDS_CONTACT);
    consent__lint_found_names(l, "contact");
}

static void operator_contact_incomplete(consent__lint *l) {
    const consent__policy *p = l->p;
    if (p->controller_address.count == 0 && !has_contact(&p->contacts, "address"))
        consent__lint_name(l, "postal address");
    if (!has_contact(&p->contacts, "phone"))
        consent__lint_name(l, "telephone number");
    if (!has_contact(&p->contacts, "email"))
        consent__lint_name(l, "email address");
    consent__lint_found_names(l, "missing contact of the operator");
}

static void officer_missing(consent__lint *l) {
    int32_t i;
    if (l->p->officer_name.count > 0)
        return;
    for (i = 0; i < l->p->items_count; i++) {
        if (!l->p->items[i].sensitive)
            continue;
        consent__lint_mark(l, &l->p->items[i].sections);
        consent__lint_name(l, "%s", l->p->items[i].key);
    }
    consent__lint_found_names(l, "no protection officer is named, though sensitive items are "
                                 "processed");
}

/* ---- rights ---- */

#define RIGHT(kind) (UINT32_C(1) << (kind))
static const struct {
    const char *law;
    uint32_t kinds;
} rights_to_name[] = {
    {"cn", RIGHT(RIGHT_ACCESS) | RIGHT(RIGHT_COPY) | RIGHT(RIGHT_PORTABILITY) |
               RIGHT(RIGHT_CORRECT) | RIGHT(RIGHT_RESTRICT) | RIGHT(RIGHT_DELETE) |
               RIGHT(RIGHT_EXPLAIN) | RIGHT(RIGHT_DECEASED_RELATIVE)},
    {"eu", RIGHT(RIGHT_ACCESS) | RIGHT(RIGHT_PORTABILITY) | RIGHT(RIGHT_CORRECT) |
               RIGHT(RIGHT_RESTRICT) | RIGHT(RIGHT_DELETE)},
    {"us-coppa", RIGHT(RIGHT_GUARDIAN_INQUIRY) | RIGHT(RIGHT_DELETE)},
    {"in", RIGHT(RIGHT_ACCESS) | RIGHT(RIGHT_CORRECT) | RIGHT(RIGHT_DELETE)},
};

static void rights_incomplete(consent__lint *l) {
    size_t i;
    int kind;
    int32_t k;
    for (i = 0; i < sizeof rights_to_name / sizeof rights_to_name[0]; i++) {
        if (!consent__lint_law(l, rights_to_name[i].law))
            continue;
        for (kind = 0; kind < RIGHT_COUNT; kind++)
            if ((rights_to_name[i].kinds >> kind & 1) != 0 &&
                consent__lint_right_of(l, (consent__right_kind)kind) == NULL)
                consent__lint_name(l, "%s", consent__right_kind_name(kind));
    }
    if (!consent__lint_named(l))
        return;
    for (k = 0; k < l->p->rights_count; k++)
        consent__lint_mark(l, &l->p->rights[k].sections);
    consent__lint_found_names(l, "rights without a way to use them");
}

static void withdrawal_missing(consent__lint *l) {
    int32_t i;
    if (consent__lint_right_of(l, RIGHT_WITHDRAW) != NULL)
        return;
    for (i = 0; i < l->p->purposes_count; i++) {
        if (l->p->purposes[i].basis != BASIS_CONSENT)
            continue;
        consent__lint_mark(l, &l->p->purposes[i].sections);
        consent__lint_name(l, "%s", l->p->purposes[i].key);
    }
    consent__lint_found_names(l, "no way to withdraw the consent to");
}

static void complaint_missing(consent__lint *l) {
    if (consent__lint_right_of(l, RIGHT_COMPLAINT) == NULL)
        consent__lint_found(l, "no channel for complaints is named");
}

static void cancellation_missing(consent__lint *l) {
    if (consent__lint_right_of(l, RIGHT_CANCEL_ACCOUNT) == NULL)
        consent__lint_found(l, "no way to cancel the account is named");
}

/* Bases against which the law gives a right to object or to refuse. */
static const struct {
    const char *law;
    uint32_t bases;
} bases_objected[] = {
    {"cn", 1u << BASIS_PUBLIC_INFORMATION},
    {"eu", 1u << BASIS_LEGITIMATE_INTEREST | 1u << BASIS_PUBLIC_INTEREST},
};

static void objection_missing(consent__lint *l) {
    size_t k;
    int32_t i;
    if (consent__lint_right_of(l, RIGHT_OBJECT) != NULL)
        return;
    for (k = 0; k < sizeof bases_objected / sizeof bases_objected[0]; k++) {
        for (i = 0; i < l->p->purposes_count; i++) {
            const consent__purpose *u = &l->p->purposes[i];
            if (!consent__lint_law(l, bases_objected[k].law) ||
                (bases_objected[k].bases >> u->basis & 1) == 0)
                continue;
            consent__lint_mark(l, &u->sections);
            consent__lint_name(l, "%s (%s)", u->key, consent__basis_name((int)u->basis));
        }
    }
    consent__lint_found_names(l, "no way to object to");
}

static void right_section_missing(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->rights_count; i++)
        if (l->p->rights[i].sections.count == 0)
            consent__lint_name(l, "%s", consent__right_kind_name((int)l->p->rights[i].kind));
    consent__lint_found_names(l, "rights that no section explains");
}

static const consent__lint_entry rules[] = {
    {{"policy-document-missing", LINT_ERROR,
      "PIPL art. 17(3); App identification measures 2019, group 1; GDPR art. 12(1)"
      "; 16 CFR 312.4(d); DPDP Act 2023 s. 5(1)",
      "No document of the bundle is a privacy policy.",
      "Declare the privacy policy as a document of kind privacy-policy.", "*"},
     false,
     policy_document_missing},
    {{"section-unpublished", LINT_WARNING,
      "PIPL arts 7, 17(3); GDPR art. 12(1)"
      "; 16 CFR 312.4(d); DPDP Rules 2025 r. 3",
      "A clause stands in no document, so nobody is shown it.",
      "List the section in the document people read, or remove it.", "*"},
     false,
     section_unpublished},
    {{"translation-missing", LINT_HINT,
      "PIPL art. 17(1); GDPR art. 12(1)"
      "; 16 CFR 312.4(a); DPDP Act 2023 s. 5(3)",
      "A clause lacks a text in one of the policy's languages, so its readers see another "
      "language.",
      "Translate the section into every language the policy declares.", "*"},
     false,
     translation_missing},
    {{"purpose-section-missing", LINT_ERROR,
      "PIPL art. 17(1)(2); GDPR arts 13(1)(c), 30(1)(b)"
      "; 16 CFR 312.4(d)(2); DPDP Act 2023 s. 5(1)(i)",
      "A purpose rests on no clause, so it is never told.",
      "Explain the purpose in a section and let the purpose name that section.", "*"},
     false,
     purpose_section_missing},
    {{"item-section-missing", LINT_ERROR,
      "PIPL art. 17(1)(2); NDR art. 21; GDPR arts 14(1)(d), 30(1)(c)"
      "; 16 CFR 312.4(d)(2); DPDP Act 2023 s. 5(1)(i)",
      "Data in use is named by no clause.",
      "Name the item in a section and let the item name that section.", "*"},
     false,
     item_section_missing},
    {{"recipient-section-missing", LINT_ERROR,
      "PIPL arts 17(1), 23; NDR art. 21; GDPR arts 13(1)(e), 30(1)(d)"
      "; 16 CFR 312.4(d)(2); DPDP Act 2023 s. 11(1)(b)",
      "A recipient is named by no clause.",
      "Name the recipient in a section and let the recipient name that section.", "*"},
     false,
     recipient_section_missing},
    {{"permission-section-missing", LINT_ERROR,
      "PIPL art. 17(1)(2); App identification measures 2019, group 2; GDPR art. 13(1)(c)"
      "; 16 CFR 312.4(d)(2); DPDP Rules 2025 r. 3",
      "An operating system permission is named by no clause.",
      "Name the permission in a section and let the permission name that section.", "*"},
     false,
     permission_section_missing},
    {{"item-unused", LINT_WARNING,
      "PIPL art. 6; GDPR art. 5(1)(c)"
      "; 16 CFR 312.7; DPDP Act 2023 s. 6(1)",
      "Data is declared that no purpose needs.",
      "Remove the item, or add it to the purpose that needs it.", "*"},
     false,
     item_unused},
    {{"item-origin-missing", LINT_HINT, "GDPR art. 14(2)(f)",
      "It is not said where data comes from.",
      "Say for each item whether it comes from the person, the device or somebody else.", "eu"},
     false,
     item_origin_missing},
    {{"combined-alone", LINT_HINT,
      "PIPL art. 4; GDPR recital 26"
      "; 16 CFR 312.2; DPDP Act 2023 s. 2(t)",
      "Data is said to identify only in combination, but not with what.",
      "Name the items it is combined with, or declare that it identifies alone.", "*"},
     false,
     combined_alone},
    {{"contact-incomplete", LINT_WARNING,
      "PIPL arts 17(1)(1), 52; App identification measures 2019, group 6 | DPDP Act 2023 s. 8(9)",
      "No person or department responsible is named, or no electronic channel.",
      "Name the person or department responsible and an electronic way to reach them.", "cn in"},
     false,
     contact_incomplete},
    {{"operator-contact-incomplete", LINT_ERROR, "16 CFR 312.4(d)(1)",
      "The operator's postal address, telephone number or email address is missing.",
      "Give the operator's address, telephone number and email address.", "us-coppa"},
     false,
     operator_contact_incomplete},
    {{"officer-missing", LINT_WARNING, "GDPR arts 13(1)(b), 37(1)(c)",
      "Sensitive data is processed and no data protection officer is named.",
      "Name the data protection officer and how to reach them, or record why none is needed.",
      "eu"},
     false,
     officer_missing},
    {{"rights-incomplete", LINT_WARNING,
      "PIPL arts 17(1)(3), 44-49; NDR art. 21(4) | GDPR art. 13(2)(b) | 16 CFR 312.4(d)(3), 312.6 "
      "| "
      "DPDP Act 2023 ss. 11-13",
      "A right the law gives is not named, or without a way to use it.",
      "Add the missing rights, each with a channel and the section that explains it.",
      "cn eu us-coppa in"},
     false,
     rights_incomplete},
    {{"withdrawal-missing", LINT_ERROR,
      "PIPL art. 15; NDR art. 21(4); App identification measures 2019, group 3 | GDPR arts 7(3), "
      "13(2)(c) | 16 CFR 312.6(a)(2) | DPDP Act 2023 s. 6(4)",
      "Consent is asked for, but no way to withdraw it is named.",
      "Declare the right to withdraw with a channel as easy as the one by which consent is given.",
      "cn eu us-coppa in"},
     false,
     withdrawal_missing},
    {{"complaint-missing", LINT_WARNING,
      "PIPL art. 65; App identification measures 2019, group 6 | GDPR art. 13(2)(d) | DPDP Act "
      "2023 "
      "s. 13",
      "No channel for complaints is named.", "Declare where and how to complain.", "cn eu in"},
     false,
     complaint_missing},
    {{"cancellation-missing", LINT_ERROR,
      "NDR art. 21(4); App identification measures 2019, group 6; E-commerce Law art. 24",
      "No way to cancel the account is named.",
      "Declare the right to cancel the account with a channel and a deadline.", "cn"},
     false,
     cancellation_missing},
    {{"objection-missing", LINT_ERROR, "PIPL art. 27 | GDPR arts 13(2)(b), 21(1), 21(4)",
      "A basis that people may object to is used without a way to object.",
      "Declare the right to object with a channel.", "cn eu"},
     false,
     objection_missing},
    {{"right-section-missing", LINT_ERROR,
      "PIPL art. 17(1)(3); GDPR art. 13(2)(b)"
      "; 16 CFR 312.4(d)(3); DPDP Act 2023 s. 5(1)(ii)",
      "A right is declared that no clause explains.",
      "Explain the right in a section and let the right name that section.", "*"},
     false,
     right_section_missing},
};
CONSENT__LINT_GROUP(consent__lint_notice, rules);
