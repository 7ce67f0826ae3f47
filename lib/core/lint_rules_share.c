/* SPDX-License-Identifier: Apache-2.0 */
/* Who receives data: what is told about them, SDKs, processors, and data that leaves the country.
 */
#include "core/lint_run.h"

#include <string.h>

#include "core/catalog.h"

#define PROVIDES                                                                                   \
    (1u << CONSENT_OPERATION_SHARE | 1u << CONSENT_OPERATION_TRANSFER |                            \
     1u << CONSENT_OPERATION_DISCLOSE)

static bool some_recipient_names(const consent__policy *p, int32_t purpose) {
    int32_t i;
    for (i = 0; i < p->recipients_count; i++)
        if (consent__indices_has(&p->recipients[i].purposes, purpose))
            return true;
    return false;
}

static void share_undeclared(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->purposes_count; i++) {
        const consent__purpose *u = &l->p->purposes[i];
        if ((u->operations & PROVIDES) == 0 || u->share_count > 0 || some_recipient_names(l->p, i))
            continue;
        consent__lint_mark(l, &u->sections);
        consent__lint_name(l, "%s", u->key);
    }
    consent__lint_found_names(l, "purposes that hand data over without saying to whom");
}

static void share_operation_missing(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->purposes_count; i++) {
        const consent__purpose *u = &l->p->purposes[i];
        if ((u->operations & PROVIDES) != 0 || u->share_count == 0)
            continue;
        consent__lint_mark(l, &u->sections);
        consent__lint_name(l, "%s", u->key);
    }
    consent__lint_found_names(l, "purposes that name recipients but neither share, transfer nor "
                                 "disclose");
}

/* Names what a share hands over that its recipient is not said to receive. */
static void name_share_surplus(consent__lint *l, int32_t purpose, const consent__share *s) {
    const consent__recipient *r = &l->p->recipients[s->recipient];
    const char *key = l->p->purposes[purpose].key;
    int32_t i;
    if (!consent__indices_has(&r->purposes, purpose))
        consent__lint_name(l, "%s is not declared for purpose %s", r->key, key);
    for (i = 0; i < s->items.count; i++)
        if (!consent__indices_has(&r->items, s->items.v[i]))
            consent__lint_name(l, "%s is not declared to receive %s", r->key,
                               l->p->items[s->items.v[i]].key);
}

/* Purposes with data that a recipient claims, but that do not share with it. */
static void name_claims(consent__lint *l, int32_t recipient) {
    const consent__recipient *r = &l->p->recipients[recipient];
    int32_t i;
    for (i = 0; i < r->purposes.count; i++) {
        const consent__purpose *u = &l->p->purposes[r->purposes.v[i]];
        if (u->items.count == 0 || consent__purpose_share(u, recipient) >= 0)
            continue;
        consent__lint_mark(l, &u->sections);
        consent__lint_name(l, "purpose %s shares nothing with %s", u->key, r->key);
    }
}

static void share_list_differs(consent__lint *l) {
    static const char text[] = "purpose and recipient disagree";
    int32_t i, k;
    for (i = 0; i < l->p->purposes_count; i++) {
        const consent__purpose *u = &l->p->purposes[i];
        for (k = 0; k < u->share_count; k++) {
            name_share_surplus(l, i, &u->shares[k]);
            if (!consent__lint_named(l))
                continue;
            consent__lint_mark(l, &u->sections);
            consent__lint_mark(l, &l->p->recipients[u->shares[k].recipient].sections);
            consent__lint_found_names(l, text);
        }
    }
    for (i = 0; i < l->p->recipients_count; i++) {
        name_claims(l, i);
        if (!consent__lint_named(l))
            continue;
        consent__lint_mark(l, &l->p->recipients[i].sections);
        consent__lint_found_names(l, text);
    }
}

/* ---- what is told about a recipient ---- */

static void recipient_unexplained(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->recipients_count; i++) {
        const consent__recipient *r = &l->p->recipients[i];
        if (r->kind == RECIPIENT_AUTHORITY || consent__lint_receives(l, i))
            continue;
        consent__lint_mark(l, &r->sections);
        consent__lint_name(l, "%s", r->key);
    }
    consent__lint_found_names(l, "recipients without a purpose or an item");
}

/* Controllers of their own, to whom data goes with consent (PIPL art. 23). */
static bool is_third_party(consent__kind_of_recipient kind) {
    return kind == RECIPIENT_AFFILIATE || kind == RECIPIENT_PARTNER || kind == RECIPIENT_SDK;
}

/* Names which of contact and method are not told. */
static void name_untold(consent__lint *l, const consent__recipient *r) {
    if (r->contact == NULL || r->contact[0] == '\0')
        consent__lint_name(l, "contact");
    if (r->method.count == 0)
        consent__lint_name(l, "method");
}

static void recipient_notice_incomplete(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->recipients_count; i++) {
        const consent__recipient *r = &l->p->recipients[i];
        if (!is_third_party(r->kind) || !consent__lint_receives(l, i))
            continue;
        name_untold(l, r);
        if (!consent__lint_named(l))
            continue;
        consent__lint_mark(l, &r->sections);
        consent__lint_found(l, "recipient %s: not told: %s", r->key, consent__lint_names(l));
    }
}

static void recipient_country_missing(consent__lint *l) {
    int32_t i;
    if (l->p->profile.home.count == 0)
        return;
    for (i = 0; i < l->p->recipients_count; i++) {
        const consent__recipient *r = &l->p->recipients[i];
        bool placed = is_third_party(r->kind) || r->kind == RECIPIENT_PROCESSOR;
        if (!placed || r->country != NULL || !consent__lint_receives(l, i))
            continue;
        consent__lint_mark(l, &r->sections);
        consent__lint_name(l, "%s", r->key);
    }
    consent__lint_found_names(l, "recipients without a country, so nobody can tell whether data "
                                 "leaves it");
}

/* ---- SDKs ---- */

static bool holds_permissions(const consent__policy *p, const consent__recipient *r) {
    int32_t i;
    for (i = 0; i < p->permissions_count; i++)
        if (strcmp(p->permissions[i].source, r->key) == 0)
            return true;
    return false;
}

/* Marks and names the SDKs that receive data in the policy but hold no permission there. */
static void name_permissionless(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->recipients_count; i++) {
        const consent__recipient *r = &l->p->recipients[i];
        if (r->kind != RECIPIENT_SDK || r->items.count == 0 || holds_permissions(l->p, r))
            continue;
        consent__lint_mark(l, &r->sections);
        consent__lint_name(l, "%s", r->key);
    }
}

static void sdk_recipient_mismatch(consent__lint *l) {
    int32_t i, k;
    for (i = 0; i < l->p->recipients_count; i++) {
        const consent__recipient *r = &l->p->recipients[i];
        if (r->kind != RECIPIENT_SDK || !holds_permissions(l->p, r) || consent__lint_receives(l, i))
            continue;
        for (k = 0; k < l->p->permissions_count; k++)
            if (strcmp(l->p->permissions[k].source, r->key) == 0)
                consent__lint_mark(l, &l->p->permissions[k].sections);
        consent__lint_mark(l, &r->sections);
        name_permissionless(l);
        if (consent__lint_named(l))
            consent__lint_found(l,
                                "%s holds permissions but is declared to receive nothing; declared "
                                "to receive data without a permission: %s",
                                r->key, consent__lint_names(l));
        else
            consent__lint_found(l, "%s holds permissions but is declared to receive nothing",
                                r->key);
    }
}

/* A consent that covers waking and hands over nothing. */
static bool wakes_by_consent(const consent__policy *p, int32_t recipient) {
    const consent__recipient *r = &p->recipients[recipient];
    int32_t i;
    for (i = 0; i < r->purposes.count; i++) {
        const consent__purpose *u = &p->purposes[r->purposes.v[i]];
        int32_t s = consent__purpose_share(u, recipient);
        if (u->basis == BASIS_CONSENT && u->cls >= CONSENT_CLASS_SEPARATE && !u->required &&
            u->items.count == 0 && (s < 0 || u->shares[s].items.count == 0))
            return true;
    }
    return false;
}

static void cross_app_wake_up(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->recipients_count; i++) {
        const consent__recipient *r = &l->p->recipients[i];
        if (!r->wakes_other_apps || wakes_by_consent(l->p, i))
            continue;
        consent__lint_mark(l, &r->sections);
        consent__lint_found(l, "%s may wake other, closed apps, and no consent covers that alone",
                            r->key);
    }
}

/* ---- processors ---- */

static void processor_contract_missing(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->recipients_count; i++) {
        const consent__recipient *r = &l->p->recipients[i];
        if (r->kind != RECIPIENT_PROCESSOR || r->contract_id != NULL)
            continue;
        consent__lint_mark(l, &r->sections);
        consent__lint_name(l, "%s", r->key);
    }
    consent__lint_found_names(l, "processors without a contract");
}

static void contract_ended(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->recipients_count; i++) {
        const consent__recipient *r = &l->p->recipients[i];
        if (r->contract_id == NULL || r->contract_until > l->p->effective_at)
            continue;
        consent__lint_mark(l, &r->sections);
        consent__lint_name(l, "%s", r->key);
    }
    consent__lint_found_names(l, "contracts that end before the policy takes effect");
}

/* ---- export ---- */

static bool exports(const consent__lint *l, int32_t recipient) {
    return consent__is_export(l->p, recipient) && consent__lint_receives(l, recipient);
}

static void export_mechanism_missing(consent__lint *l) {
    int32_t i;
    if (l->p->profile.export_mechanism == STRICT_OFF)
        return;
    for (i = 0; i < l->p->recipients_count; i++) {
        const consent__recipient *r = &l->p->recipients[i];
        if (!exports(l, i) || r->mechanism != MECHANISM_NONE)
            continue;
        consent__lint_mark(l, &r->sections);
        consent__lint_name(l, "%s (%s)", r->key, r->country);
    }
    consent__lint_found_names(l, "recipients abroad without a transfer mechanism");
}

static void export_mechanism_expired(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->recipients_count; i++) {
        const consent__recipient *r = &l->p->recipients[i];
        if (r->mechanism == MECHANISM_NONE || r->export_until == CONSENT__NO_INSTANT ||
            r->export_until > l->p->effective_at)
            continue;
        consent__lint_mark(l, &r->sections);
        consent__lint_name(l, "%s", r->key);
    }
    consent__lint_found_names(l, "transfer mechanisms that end before the policy takes effect");
}

/* Mechanisms a law does not have: PIPL art. 38 knows no adequacy, GDPR chapter V no assessment by
 * the authority. */
static const struct {
    const char *law;
    consent__mechanism mechanism;
} foreign_mechanisms[] = {{"cn", MECHANISM_ADEQUACY}, {"eu", MECHANISM_ASSESSMENT}};

static void export_mechanism_foreign(consent__lint *l) {
    size_t k;
    int32_t i;
    for (k = 0; k < sizeof foreign_mechanisms / sizeof foreign_mechanisms[0]; k++) {
        for (i = 0; i < l->p->recipients_count; i++) {
            const consent__recipient *r = &l->p->recipients[i];
            if (!consent__lint_law(l, foreign_mechanisms[k].law) || !exports(l, i) ||
                r->mechanism != foreign_mechanisms[k].mechanism)
                continue;
            consent__lint_mark(l, &r->sections);
            consent__lint_name(l, "%s (%s)", r->key, consent__mechanism_name((int)r->mechanism));
        }
    }
    consent__lint_found_names(l, "transfer mechanisms this law does not have");
}

static void export_notice_incomplete(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->recipients_count; i++) {
        const consent__recipient *r = &l->p->recipients[i];
        if (!exports(l, i))
            continue;
        name_untold(l, r);
        if (r->purposes.count == 0)
            consent__lint_name(l, "purpose");
        if (r->items.count == 0)
            consent__lint_name(l, "items");
        if (!consent__lint_named(l))
            continue;
        consent__lint_mark(l, &r->sections);
        consent__lint_found(l, "recipient abroad %s: not told: %s", r->key, consent__lint_names(l));
    }
}

static const consent__lint_entry rules[] = {
    {{"share-undeclared", LINT_ERROR,
      "PIPL arts 17(1)(2), 23; NDR art. 21; App identification measures 2019, group 5; GDPR art. "
      "13(1)(e)"
      "; 16 CFR 312.4(d)(2); DPDP Act 2023 s. 11(1)(b)",
      "A purpose shares, transfers or discloses, but names no recipient.",
      "Name each recipient and the items it gets as a share of the purpose.", "*"},
     false,
     share_undeclared},
    {{"share-operation-missing", LINT_WARNING,
      "PIPL art. 17(1)(2); GDPR art. 13(1)(c)"
      "; 16 CFR 312.4(d)(2); DPDP Act 2023 s. 5(1)(i)",
      "A purpose names recipients, but sharing is not among its operations.",
      "Add share, transfer or disclose to the operations, or remove the recipients.", "*"},
     false,
     share_operation_missing},
    {{"share-list-differs", LINT_WARNING,
      "PIPL arts 17(1), 23; NDR art. 21 (list); GDPR art. 30(1)(d)"
      "; 16 CFR 312.4(d)(2); DPDP Act 2023 s. 11(1)(b)",
      "What a purpose hands to a recipient differs from what the recipient is said to receive.",
      "Bring the purpose's shares and the recipient's purposes and items into line.", "*"},
     false,
     share_list_differs},
    {{"recipient-unexplained", LINT_WARNING,
      "PIPL arts 17(1)(2), 23; NDR art. 21; MIIT 2021/292 | GDPR art. 13(1)(e) | DPDP Act 2023 s. "
      "5",
      "A recipient is named, but neither why it receives data nor which.",
      "Say for which purpose the recipient gets which items, or stop naming it.", "cn eu in"},
     false,
     recipient_unexplained},
    {{"recipient-notice-incomplete", LINT_ERROR,
      "PIPL art. 23; App identification measures 2019, group 5",
      "A third party receives data, but its contact or the method of processing is not told.",
      "Give the recipient's contact and the method by which it gets and processes the data.", "cn"},
     false,
     recipient_notice_incomplete},
    {{"recipient-country-missing", LINT_HINT, "PIPL arts 38-39 | GDPR arts 13(1)(f), 30(1)(e)",
      "A recipient's country is not declared, so an export goes unnoticed.",
      "Declare the country in which the recipient processes the data.", "cn eu"},
     false,
     recipient_country_missing},
    {{"sdk-recipient-mismatch", LINT_ERROR,
      "PIPL arts 17(1), 23; NDR art. 21; App identification measures 2019, groups 2 and 5; GDPR "
      "art. "
      "13(1)(e)"
      "; 16 CFR 312.4(d)(1); DPDP Act 2023 s. 11(1)(b)",
      "An SDK holds permissions but is declared to receive nothing, while another is declared "
      "instead.",
      "Name the SDK that is really built in, in both places, with its permissions and items.", "*"},
     false,
     sdk_recipient_mismatch},
    {{"cross-app-wake-up", LINT_ERROR,
      "PIPL arts 6, 14; App identification measures 2019, group 4; T/TAF 078.10 | GDPR arts "
      "5(1)(a), 6(1); Directive 2002/58/EC art. 5(3)",
      "An SDK may wake other, closed apps without a consent that covers this alone.",
      "Switch waking off, or ask for it as a purpose of its own that people may refuse.", "cn eu"},
     false,
     cross_app_wake_up},
    {{"processor-contract-missing", LINT_WARNING,
      "PIPL art. 21; NDR art. 12 | GDPR art. 28(3) | DPDP Act 2023 s. 8(2)",
      "A processor works without a contract on record.",
      "Conclude the contract and name its id and end at the recipient.", "cn eu in"},
     false,
     processor_contract_missing},
    {{"contract-ended", LINT_ERROR,
      "PIPL art. 21(2); GDPR art. 28(3)(g)"
      "; 16 CFR 312.8; DPDP Act 2023 s. 8(2)",
      "A recipient's contract ends before the policy takes effect.",
      "Renew the contract, or remove the recipient and have the data returned or deleted.", "*"},
     false,
     contract_ended},
    {{"export-mechanism-missing", LINT_ERROR,
      "PIPL art. 38(1); GDPR arts 44-46"
      "; DPDP Act 2023 s. 16",
      "Data goes abroad without a transfer mechanism.",
      "Obtain the assessment, certification, standard contract or adequacy the law asks for and "
      "name it.",
      "*"},
     false,
     export_mechanism_missing},
    {{"export-mechanism-expired", LINT_ERROR,
      "PIPL art. 38(1); GDPR arts 44-46"
      "; DPDP Act 2023 s. 16",
      "A transfer mechanism ends before the policy takes effect.",
      "Renew the mechanism before publishing, or stop the export.", "*"},
     false,
     export_mechanism_expired},
    {{"export-mechanism-foreign", LINT_ERROR, "PIPL art. 38(1) | GDPR arts 45-47",
      "The transfer mechanism named is not one this law has.",
      "Use a mechanism of the law in force for the controller.", "cn eu"},
     false,
     export_mechanism_foreign},
    {{"export-notice-incomplete", LINT_ERROR, "PIPL art. 39",
      "Data goes abroad, but the recipient's contact, purpose, method or items are not told.",
      "Tell the foreign recipient's name, contact, purpose, method and items, and how to use "
      "rights against it.",
      "cn"},
     false,
     export_notice_incomplete},
};
CONSENT__LINT_GROUP(consent__lint_share, rules);
