/* SPDX-License-Identifier: Apache-2.0 */
/* The records as JSON-LD, in terms of the Data Privacy Vocabulary 2.3 and Dublin Core alone; a test
 * holds every IRI against the vocabulary's own list. Purposes, items and recipients are the
 * policy's and have IRIs of ours: their meaning is not guessed. */
#include <string.h>

#include "flow/export.h"
#include "ledger/receipt.h"
#include "json/write.h"

static void type(consent__buf *out, const char *term) {
    consent__write_text(out, "@type", term);
}

static void iri(consent__buf *out, const char *name, const char *value) {
    consent__write_open(out, name, '{');
    consent__write_text(out, "@id", value);
    consent__write_close(out, '}');
}

/* {"@id":"dpv:TERM"} */
static void term(consent__buf *out, const char *name, const char *dpv) {
    consent__write_open(out, name, '{');
    consent__write_name(out, "@id");
    consent__buf_text(out, "\"dpv:");
    consent__buf_text(out, dpv);
    consent__buf_byte(out, '"');
    consent__write_close(out, '}');
}

static void instant(consent__buf *out, const char *name, int64_t at) {
    consent__write_open(out, name, '{');
    type(out, "xsd:dateTime");
    consent__write_time(out, "@value", at);
    consent__write_close(out, '}');
}

static void text(consent__buf *out, const char *name, const consent__policy *p,
                 const consent__text *t) {
    consent__write_open(out, name, '[');
    for (int32_t i = 0; i < t->count; i++) {
        consent__write_open(out, NULL, '{');
        consent__write_text(out, "@language", p->languages.v[t->v[i].lang]);
        consent__write_text_n(out, "@value", t->v[i].text, t->v[i].len);
        consent__write_close(out, '}');
    }
    consent__write_close(out, ']');
}

/* "@id":"urn:libconsent:KIND:POLICY:VERSION:KEY" */
static void own_id(consent__export *x, const consent__policy *p, const char *kind,
                   const char *key) {
    consent__write_text(&x->out, "@id",
                        consent__arena_format(&x->view.scratch->arena, "urn:libconsent:%s:%s:%s:%s",
                                              kind, p->key, p->version, key));
}

/* ---- entities ---- */

static void controller(consent__export *x, const consent__policy *p) {
    static const char *const kinds[] = {"email", "phone", "url"};
    consent__buf *out = &x->out;
    consent__write_open(out, "dpv:hasDataController", '{');
    own_id(x, p, "controller", "controller");
    type(out, "dpv:DataController");
    text(out, "dpv:hasName", p, &p->controller_name);
    if (p->controller_address.count)
        text(out, "dpv:hasAddress", p, &p->controller_address);
    consent__write_open(out, "dpv:hasContact", '[');
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const char *value = consent__contact_of(p, kinds[i]);
        if (value)
            consent__write_element(out, value);
    }
    consent__write_close(out, ']');
    consent__write_close(out, '}');
}

static void recipient(consent__export *x, const consent__record *r, int32_t index) {
    const consent__policy *p = r->version->policy;
    const consent__recipient *to = &p->recipients[index];
    consent__buf *out = &x->out;
    consent__write_open(out, NULL, '{');
    own_id(x, p, "recipient", to->key);
    consent__write_open(out, "@type", '[');
    consent__write_element(out, "dpv:Recipient");
    consent__write_element(out, to->kind == RECIPIENT_PROCESSOR   ? "dpv:DataProcessor"
                                : to->kind == RECIPIENT_AUTHORITY ? "dpv:Authority"
                                                                  : "dpv:ThirdParty");
    consent__write_close(out, ']');
    text(out, "dpv:hasName", p, &to->name);
    if (to->contact)
        consent__write_text(out, "dpv:hasContact", to->contact);
    if (to->country) {
        consent__write_open(out, "dpv:hasCountry", '{');
        type(out, "dpv:Country");
        consent__write_text(out, "dct:identifier", to->country);
        consent__write_close(out, '}');
    }
    consent__write_close(out, '}');
}

static void person(consent__buf *out, const char *name, const uint8_t uid[16], const char *what,
                   const char *external) {
    char id[64];
    consent__export_person(uid, id);
    consent__write_open(out, name, '{');
    consent__write_text(out, "@id", id);
    type(out, what);
    if (external)
        consent__write_text(out, "dct:identifier", external);
    consent__write_close(out, '}');
}

/* ---- the process ---- */

static void data(consent__export *x, const consent__record *r) {
    consent__buf *out = &x->out;
    const consent__policy *p = r->version->policy;
    const consent__indices *items = consent__record_items(r);
    consent__write_open(out, "dpv:hasPersonalData", '[');
    for (int32_t i = 0; i < items->count; i++) {
        const consent__item *item = &p->items[items->v[i]];
        consent__write_open(out, NULL, '{');
        own_id(x, p, "item", item->key);
        type(out, item->sensitive ? "dpv:SensitivePersonalData" : "dpv:PersonalData");
        consent__write_text(out, "dct:identifier", item->key);
        text(out, "dct:title", p, &item->title);
        consent__write_open(out, "dpv:hasStorageCondition", '{');
        type(out, "dpv:StorageCondition");
        consent__write_text(out, "dct:description",
                            consent__retention_text(&x->view.scratch->arena, item));
        consent__write_close(out, '}');
        consent__write_close(out, '}');
    }
    consent__write_close(out, ']');
}

static void operations(consent__buf *out, const consent__purpose *purpose) {
    static const char *const terms[] = {"Collect", "Store", "Use", "Share", "Transfer", "Disclose"};
    consent__write_open(out, "dpv:hasProcessing", '[');
    for (int32_t i = CONSENT_OPERATION_COLLECT; i <= CONSENT_OPERATION_DISCLOSE; i++)
        if (purpose->operations & 1u << i)
            term(out, NULL, terms[i]);
    consent__write_close(out, ']');
}

static void jurisdictions(consent__buf *out, const consent__policy *p) {
    consent__write_open(out, "dpv:hasJurisdiction", '[');
    for (int32_t i = 0; i < p->profile.home.count; i++) {
        consent__write_open(out, NULL, '{');
        type(out, "dpv:Jurisdiction");
        consent__write_text(out, "dct:identifier", p->profile.home.v[i]);
        consent__write_close(out, '}');
    }
    consent__write_close(out, ']');
}

static void rights(consent__export *x, const consent__record *r) {
    consent__buf *out = &x->out;
    const consent__policy *p = r->version->policy;
    const consent__right *withdraw = consent__record_right(r, RIGHT_WITHDRAW);
    consent__write_open(out, "dpv:hasConsentControl", '{');
    type(out, "dpv:WithdrawConsent");
    consent__write_open(out, "dpv:isExercisedAt", '[');
    for (int32_t i = 0; withdraw && i < withdraw->channels.count; i++)
        consent__write_element(out, withdraw->channels.v[i]);
    consent__write_close(out, ']');
    consent__write_close(out, '}');
    consent__write_open(out, "dpv:hasRight", '[');
    for (int32_t i = 0; i < p->rights_count; i++) {
        consent__write_open(out, NULL, '{');
        type(out, "dpv:DataSubjectRight");
        consent__write_text(out, "dct:identifier",
                            consent__right_kind_name((int)p->rights[i].kind));
        consent__write_close(out, '}');
    }
    consent__write_close(out, ']');
}

static void process(consent__export *x, const consent__record *r) {
    /* The vocabulary has no word for PIPL art. 13 (2) (staff), (6) (public) and other laws. */
    static const char *const bases[BASIS_COUNT] = {
        [BASIS_CONSENT] = "Consent",
        [BASIS_CONTRACT] = "ContractPerformance",
        [BASIS_LEGAL_OBLIGATION] = "LegalObligation",
        [BASIS_VITAL_INTEREST] = "VitalInterest",
        [BASIS_PUBLIC_INTEREST] = "PublicInterest",
        [BASIS_LEGITIMATE_INTEREST] = "LegitimateInterest",
    };
    consent__buf *out = &x->out;
    const consent__policy *p = r->version->policy;
    const consent__purpose *purpose = &p->purposes[r->purpose];
    consent__write_open(out, "dpv:hasProcess", '{');
    type(out, "dpv:Process");
    consent__write_open(out, "dpv:hasPurpose", '{');
    own_id(x, p, "purpose", purpose->key);
    type(out, "dpv:Purpose");
    consent__write_text(out, "dct:identifier", purpose->key);
    text(out, "dct:title", p, &purpose->title);
    consent__write_close(out, '}');
    term(out, "dpv:hasNecessity", purpose->required ? "Required" : "Optional");
    if (bases[purpose->basis])
        term(out, "dpv:hasLegalBasis", bases[purpose->basis]);
    data(x, r);
    operations(out, purpose);
    controller(x, p);
    consent__write_open(out, "dpv:hasRecipient", '[');
    consent__record_recipients(x, r, recipient);
    consent__write_close(out, ']');
    jurisdictions(out, p);
    rights(x, r);
    if (purpose->assessment >= 0) {
        consent__write_open(out, "dpv:hasImpactAssessment", '{');
        own_id(x, p, "assessment", p->assessments[purpose->assessment].key);
        type(out, "dpv:ImpactAssessment");
        consent__write_close(out, '}');
    }
    consent__write_close(out, '}');
}

/* ---- the record ---- */

static void notice(consent__export *x, const consent__version *v, const char *urn,
                   const char *lang) {
    consent__buf *out = &x->out;
    consent__write_open(out, "dpv:hasNotice", '{');
    consent__write_text(out, "@id", urn);
    type(out, "dpv:ConsentNotice");
    if (lang)
        consent__write_text(out, "dct:language", lang);
    instant(out, "dct:date", v->policy->effective_at);
    consent__write_close(out, '}');
}

static void head(consent__export *x, const consent__record *r) {
    consent__buf *out = &x->out;
    consent__write_open(out, NULL, '{');
    consent__write_text(out, "@id",
                        consent__arena_format(&x->view.scratch->arena, "urn:uuid:%s", r->id));
    type(out, "dpv:ConsentRecord");
    iri(out, "dct:conformsTo", "https://w3id.org/dpv/schema/dpv-27560#record");
    consent__write_text(out, "dct:identifier", r->id);
    instant(out, "dct:created", r->created);
    person(out, "dpv:hasDataSubject", r->subject->uid, "dpv:DataSubject",
           r->subject->state.external);
    notice(x, r->version, r->policy, r->lang);
    process(x, r);
    consent__write_open(out, "dpv:hasStatus", '[');
}

static void said_members(consent__export *x, const consent__said *said) {
    consent__buf *out = &x->out;
    const consent__event *e = &said->event;
    char id[37], urn[512];
    bool guardian = CONSENT__HAS(e, by);
    consent__receipt_id(said->leaf, id);
    consent__write_text(out, "dct:identifier", id);
    person(out, "dpv:isIndicatedBy", guardian ? e->by_ : e->uid_,
           guardian ? "dpv:GuardianOfDataSubject" : "dpv:DataSubject", NULL);
    if (CONSENT__HAS(e, surface))
        consent__write_text(out, "dpv:hasIndicationMethod", e->surface_);
    term(out, "dpv:hasLegalBasis", consent__consent_type_dpv(e->class_));
    consent__policy_urn(said->version, urn, sizeof urn);
    notice(x, said->version, urn, CONSENT__HAS(e, lang) ? e->lang_ : NULL);
}

static void event(consent__export *x, const consent__record *r, const consent__record_event *e) {
    consent__buf *out = &x->out;
    (void)r;
    consent__write_open(out, NULL, '{');
    consent__write_name(out, "@type");
    consent__buf_text(out, "\"dpv:");
    consent__buf_text(out, consent__standing_dpv(e->standing));
    consent__buf_byte(out, '"');
    instant(out, "dpv:isIndicatedAtTime", e->at);
    if (e->until)
        instant(out, "dct:valid", e->until);
    if (e->said)
        said_members(x, e->said);
    consent__write_close(out, '}');
}

static void tail(consent__export *x, const consent__record *r, consent__standing last) {
    (void)r;
    consent__write_close(&x->out, ']');
    term(&x->out, "dpv:hasConsentStatus", consent__standing_dpv(last));
    consent__write_close(&x->out, '}');
}

consent_status consent__export_dpv(const consent__cx *cx, consent__export *x) {
    static const consent__record_writer writer = {head, event, tail};
    consent__buf_text(&x->out, "{\"@context\":{\"@version\":1.1,"
                               "\"dpv\":\"https://w3id.org/dpv#\","
                               "\"dct\":\"http://purl.org/dc/terms/\","
                               "\"xsd\":\"http://www.w3.org/2001/XMLSchema#\"},\n\"@graph\":[");
    consent_status st = consent__export_records(cx, x, &writer);
    consent__buf_text(&x->out, "\n]}\n");
    return st;
}
