/* SPDX-License-Identifier: Apache-2.0 */
/* ISO/IEC TS 27560:2023: receipts that hold the whole record. Members have the names the technical
 * specification gives its fields (as the W3C's DPV guide lists them, with their clauses). What is
 * mandatory there and unknown here says so in words. */
#include <string.h>

#include "flow/export.h"
#include "ledger/receipt.h"
#include "json/write.h"

#define SCHEMA "ISO/IEC TS 27560:2023"
#define NOT_STATED "not stated in the policy"

/* ---- parties ---- */

static void contact(consent__buf *out, const char *name, const char *value) {
    if (value)
        consent__write_text(out, name, value);
}

static void controller(consent__buf *out, const consent__policy *p) {
    const char *address = consent__binding(&p->controller_address);
    const char *officer = consent__binding(&p->officer_name);
    const char *department = consent__binding(&p->controller_department);
    consent__write_open(out, NULL, '{');
    consent__write_text(out, "party_id", "controller");
    consent__write_text(out, "party_name", consent__binding(&p->controller_name));
    consent__write_text(out, "party_role", "PII controller");
    consent__write_text(out, "party_type", "DataController");
    consent__write_text(out, "party_address", *address ? address : NOT_STATED);
    consent__write_text(out, "party_contact",
                        *officer      ? officer
                        : *department ? department
                                      : NOT_STATED);
    contact(out, "party_email", consent__contact_of(p, "email"));
    contact(out, "party_phone", consent__contact_of(p, "phone"));
    contact(out, "party_url", consent__contact_of(p, "url"));
    consent__write_close(out, '}');
}

static const char *recipient_type(consent__kind_of_recipient kind) {
    return kind == RECIPIENT_PROCESSOR   ? "DataProcessor"
           : kind == RECIPIENT_AUTHORITY ? "Authority"
                                         : "ThirdParty";
}

static void recipient_party(consent__export *x, const consent__record *r, int32_t index) {
    const consent__recipient *to = &r->version->policy->recipients[index];
    consent__buf *out = &x->out;
    consent__write_open(out, NULL, '{');
    consent__write_text(out, "party_id", to->key);
    consent__write_text(out, "party_name", consent__binding(&to->name));
    consent__write_text(out, "party_role", consent__recipient_kind_name((int)to->kind));
    consent__write_text(out, "party_type", recipient_type(to->kind));
    consent__write_text(out, "party_address", to->country ? to->country : NOT_STATED);
    consent__write_text(out, "party_contact", to->contact ? to->contact : NOT_STATED);
    consent__write_close(out, '}');
}

static void person_party(consent__buf *out, const uint8_t uid[16], const char *role,
                         const char *type) {
    char id[64];
    consent__export_person(uid, id);
    consent__write_open(out, NULL, '{');
    consent__write_text(out, "party_id", id);
    consent__write_text(out, "party_name", "not recorded");
    consent__write_text(out, "party_role", role);
    consent__write_text(out, "party_type", type);
    consent__write_text(out, "party_address", "not recorded");
    consent__write_text(out, "party_contact", "not recorded");
    consent__write_close(out, '}');
}

/* ---- processing ---- */

static void pii(consent__buf *out, const consent__record *r) {
    const consent__policy *p = r->version->policy;
    const consent__indices *items = consent__record_items(r);
    bool optional = !p->purposes[r->purpose].required;
    consent__write_open(out, "pii_information", '[');
    for (int32_t i = 0; i < items->count; i++) {
        const consent__item *item = &p->items[items->v[i]];
        consent__write_open(out, NULL, '{');
        consent__write_text(out, "pii_type", item->category ? item->category : item->key);
        consent__write_text(out, "pii_attribute_id", item->key);
        consent__write_bool(out, "pii_optional", optional);
        consent__write_bool(out, "sensitive_pii_category", item->sensitive);
        consent__write_close(out, '}');
    }
    consent__write_close(out, ']');
}

static void retention(consent__export *x, const consent__record *r) {
    const consent__policy *p = r->version->policy;
    const consent__indices *items = consent__record_items(r);
    consent__buf *out = &x->out;
    consent__write_open(out, "retention_period", '[');
    for (int32_t i = 0; i < items->count; i++) {
        const consent__item *item = &p->items[items->v[i]];
        consent__write_open(out, NULL, '{');
        consent__write_text(out, "pii_attribute_id", item->key);
        consent__write_text(out, "period", consent__retention_text(&x->view.scratch->arena, item));
        consent__write_close(out, '}');
    }
    consent__write_close(out, ']');
}

/* Where the items come from, each once. */
static void origins(consent__buf *out, const consent__record *r) {
    const consent__policy *p = r->version->policy;
    const consent__indices *items = consent__record_items(r);
    consent__write_open(out, "collection_method", '[');
    for (int32_t i = 0; i < items->count; i++) {
        const consent__strings *from = &p->items[items->v[i]].origins;
        for (int32_t k = 0; k < from->count; k++) {
            bool seen = false;
            for (int32_t j = 0; j < i && !seen; j++) {
                const consent__strings *before = &p->items[items->v[j]].origins;
                for (int32_t n = 0; n < before->count && !seen; n++)
                    seen = strcmp(before->v[n], from->v[k]) == 0;
            }
            if (!seen)
                consent__write_element(out, from->v[k]);
        }
    }
    consent__write_close(out, ']');
}

static void operations(consent__buf *out, const consent__purpose *purpose) {
    consent__write_open(out, "processing_method", '[');
    for (int32_t i = CONSENT_OPERATION_COLLECT; i <= CONSENT_OPERATION_DISCLOSE; i++)
        if (purpose->operations & 1u << i)
            consent__write_element(out, consent_operation_name(i));
    consent__write_close(out, ']');
}

static void strings(consent__buf *out, const char *name, const consent__strings *list) {
    consent__write_open(out, name, '[');
    for (int32_t i = 0; list && i < list->count; i++)
        consent__write_element(out, list->v[i]);
    if (!list || !list->count)
        consent__write_element(out, NOT_STATED);
    consent__write_close(out, ']');
}

static void recipient_id(consent__export *x, const consent__record *r, int32_t index) {
    consent__write_element(&x->out, r->version->policy->recipients[index].key);
}

static void recipient_place(consent__export *x, const consent__record *r, int32_t index) {
    const consent__recipient *to = &r->version->policy->recipients[index];
    if (to->country)
        consent__write_element(&x->out, to->country);
}

static void rights(consent__buf *out, const consent__policy *p) {
    consent__write_open(out, "privacy_rights", '[');
    for (int32_t i = 0; i < p->rights_count; i++)
        consent__write_element(out, consent__right_kind_name((int)p->rights[i].kind));
    consent__write_close(out, ']');
}

static void purpose(consent__export *x, const consent__record *r) {
    consent__buf *out = &x->out;
    const consent__policy *p = r->version->policy;
    const consent__purpose *what = &p->purposes[r->purpose];
    const consent__right *withdraw = consent__record_right(r, RIGHT_WITHDRAW);
    const char *regulator = consent__binding(&p->incident_regulator);
    consent__write_open(out, NULL, '{');
    consent__write_text(out, "purpose", consent__binding(&what->title));
    consent__write_text(out, "purpose_type", what->key);
    consent__write_text(out, "lawful_basis", consent__basis_name((int)what->basis));
    pii(out, r);
    consent__write_open(out, "pii_controllers", '[');
    consent__write_element(out, "controller");
    consent__write_close(out, ']');
    origins(out, r);
    operations(out, what);
    strings(out, "storage_locations", NULL);
    retention(x, r);
    consent__write_open(out, "processing_locations", '[');
    consent__record_recipients(x, r, recipient_place);
    consent__write_close(out, ']');
    consent__write_text(out, "service", consent__binding(&p->controller_name));
    strings(out, "jurisdiction", &p->profile.home);
    consent__write_open(out, "recipient_third_parties", '[');
    consent__record_recipients(x, r, recipient_id);
    consent__write_close(out, ']');
    strings(out, "withdrawal_method", withdraw ? &withdraw->channels : NULL);
    rights(out, p);
    if (what->assessment >= 0)
        consent__write_text(out, "impact_assessment", p->assessments[what->assessment].key);
    if (*regulator)
        consent__write_text(out, "authority_party", regulator);
    consent__write_close(out, '}');
}

/* ---- receipt and record ---- */

static void head(consent__export *x, const consent__record *r) {
    consent__buf *out = &x->out;
    consent__write_open(out, NULL, '{');
    consent__write_text(out, "schema_version", SCHEMA);
    consent__write_text(out, "receipt_id", r->receipt);
    consent__write_text(out, "record_id", r->id);
    consent__write_time(out, "creation_time", r->created);
    consent__write_open(out, "consent_record", '{');
    consent__write_text(out, "schema_version", SCHEMA);
    consent__write_text(out, "record_id", r->id);
    consent__write_text(out, "pii_principal_id", r->subject->state.external);
    consent__write_open(out, "pii_processing", '{');
    consent__write_text(out, "privacy_notice", r->policy);
    consent__write_text(out, "language", r->lang);
    consent__write_open(out, "purposes", '[');
    purpose(x, r);
    consent__write_close(out, ']');
    consent__write_close(out, '}');
    consent__write_open(out, "party_identification", '[');
    controller(out, r->version->policy);
    consent__record_recipients(x, r, recipient_party);
    person_party(out, r->subject->uid, "PII principal", "DataSubject");
    for (int32_t i = 0; i < r->guardians_count; i++)
        person_party(out, r->guardians[i], "guardian", "GuardianOfDataSubject");
    consent__write_close(out, ']');
    consent__write_open(out, "events", '[');
}

static void said_members(consent__buf *out, const consent__said *said) {
    const consent__event *e = &said->event;
    char id[64], urn[512];
    bool guardian = CONSENT__HAS(e, by);
    consent__export_person(guardian ? e->by_ : e->uid_, id);
    consent__write_text(out, "entity_id", id);
    consent__write_text(out, "entity_role", guardian ? "guardian" : "PII principal");
    consent__write_text(out, "event_type", consent__consent_type_dpv(e->class_));
    consent__receipt_id(said->leaf, id);
    consent__write_text(out, "event_id", id);
    consent__policy_urn(said->version, urn, sizeof urn);
    consent__write_text(out, "privacy_notice", urn);
    if (CONSENT__HAS(e, surface))
        consent__write_text(out, "method", e->surface_);
    consent__write_text(out, "shown", CONSENT__HAS(e, shown) ? e->shown_ : NULL);
}

static void event(consent__export *x, const consent__record *r, const consent__record_event *e) {
    consent__buf *out = &x->out;
    (void)r;
    consent__write_open(out, NULL, '{');
    consent__write_time(out, "event_time", e->at);
    if (e->until)
        consent__write_time(out, "validity_duration", e->until);
    else
        consent__write_text(out, "validity_duration",
                            e->standing <= STANDING_RENEWED ? "until withdrawn" : "none");
    if (e->said) {
        said_members(out, e->said);
    } else {
        consent__write_text(out, "entity_id", "controller");
        consent__write_text(out, "entity_role", "PII controller");
        consent__write_text(out, "event_type", "Consent");
    }
    consent__write_text(out, "event_state", consent__standing_dpv(e->standing));
    consent__write_close(out, '}');
}

static void tail(consent__export *x, const consent__record *r, consent__standing last) {
    (void)r;
    (void)last;
    consent__write_close(&x->out, ']');
    consent__write_close(&x->out, '}');
    consent__write_close(&x->out, '}');
}

consent_status consent__export_iso(const consent__cx *cx, consent__export *x) {
    static const consent__record_writer writer = {head, event, tail};
    consent__buf_byte(&x->out, '[');
    consent_status st = consent__export_records(cx, x, &writer);
    consent__buf_text(&x->out, "\n]\n");
    return st;
}
