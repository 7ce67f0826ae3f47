/* SPDX-License-Identifier: Apache-2.0 */
/* policy/schema/bundle.schema.json, in its order. */
#include "json/shape.h"

#define END                                                                                        \
    { NULL, NULL, false }
#define WORD(names_fn)                                                                             \
    { .kind = SHAPE_WORD, .names = names_fn }
#define OBJECT(table)                                                                              \
    { .kind = SHAPE_OBJECT, .members = table }
#define LIST(shape)                                                                                \
    { .kind = SHAPE_LIST, .element = shape }
#define FILLED_LIST(shape)                                                                         \
    { .kind = SHAPE_LIST, .element = shape, .min = 1 }
#define SET(shape)                                                                                 \
    { .kind = SHAPE_LIST, .element = shape, .unique = true }

/* ---- scalars ---- */

static const char *contact_kind_name(int v) {
    static const char *const names[] = {"phone", "email", "address", "web", "app"};
    return v >= 0 && v < 5 ? names[v] : NULL;
}

static const char *identifies_name(int v) {
    return v == 0 ? "alone" : v == 1 ? "combined" : NULL;
}

const char *consent__origin_name(int v) {
    static const char *const names[] = {"subject", "device", "affiliate", "public", "third-party"};
    return v >= 0 && v < 5 ? names[v] : NULL;
}

static const consent__shape shape_format = {.kind = SHAPE_INT, .min = 1, .max = 1};
static const consent__shape shape_version = {
    .kind = SHAPE_STRING,
    .pattern = consent__pattern_version,
    .rule = "a version: at most 64 of A-Z a-z 0-9 . _ -, the first a letter or digit",
};
static const consent__shape shape_offset = {
    .kind = SHAPE_STRING,
    .pattern = consent__pattern_offset,
    .rule = "an offset such as +08:00",
};
static const consent__shape shape_language = {
    .kind = SHAPE_STRING,
    .pattern = consent__pattern_language,
    .rule = "a language tag",
};
static const consent__shape shape_instant = {
    .kind = SHAPE_STRING,
    .pattern = consent__pattern_instant,
    .rule = "a time of RFC 3339 whose date exists",
};
static const consent__shape shape_country = {
    .kind = SHAPE_STRING,
    .pattern = consent__pattern_country,
    .rule = "a country code of two capital letters",
};
static const consent__shape shape_days = {.kind = SHAPE_INT, .min = 0, .max = CONSENT__DAYS_MAX};
static const consent__shape shape_some_days = {
    .kind = SHAPE_INT,
    .min = 1,
    .max = CONSENT__DAYS_MAX,
};
static const consent__shape shape_hours = {.kind = SHAPE_INT, .min = 1, .max = CONSENT__HOURS_MAX};
static const consent__shape shape_steps = {.kind = SHAPE_INT, .min = 1, .max = INT32_MAX};
static const consent__shape shape_value = {.kind = SHAPE_SCALAR};
static const consent__shape shape_class = WORD(consent_class_name);
static const consent__shape shape_operation = WORD(consent_operation_name);
static const consent__shape shape_then = WORD(consent__then_name);
static const consent__shape shape_op = WORD(consent__op_name);

static const consent__shape shape_languages = {
    .kind = SHAPE_LIST,
    .element = &shape_language,
    .min = 1,
    .unique = true,
};
static const consent__shape shape_operations = {
    .kind = SHAPE_LIST,
    .element = &shape_operation,
    .min = 1,
    .unique = true,
};
static const consent__shape shape_keys = SET(&consent__shape_key);
static const consent__shape shape_key_list = LIST(&consent__shape_key);
static const consent__shape shape_filled_keys = FILLED_LIST(&consent__shape_key);

/* ---- controller, documents, sections ---- */

static const consent__shape shape_contact_kind = WORD(contact_kind_name);
static const consent__shape_member contact_members[] = {
    {"kind", &shape_contact_kind, true},
    {"value", &consent__shape_filled, true},
    END,
};
static const consent__shape shape_contact = OBJECT(contact_members);
static const consent__shape shape_contacts = FILLED_LIST(&shape_contact);

static const consent__shape_member officer_members[] = {
    {"name", &consent__shape_text, true},
    {"contacts", &shape_contacts, true},
    END,
};
static const consent__shape shape_officer = OBJECT(officer_members);

static const consent__shape_member controller_members[] = {
    {"name", &consent__shape_text, true},        {"contacts", &shape_contacts, true},
    {"address", &consent__shape_text, false},    {"protection_officer", &shape_officer, false},
    {"department", &consent__shape_text, false}, END,
};
static const consent__shape shape_controller = OBJECT(controller_members);

static const consent__shape shape_document_kind = WORD(consent__document_kind_name);
static const consent__shape_member document_members[] = {
    {"id", &consent__shape_key, true},
    {"kind", &shape_document_kind, true},
    {"title", &consent__shape_text, true},
    {"sections", &shape_filled_keys, true},
    END,
};
static const consent__shape shape_document = OBJECT(document_members);
static const consent__shape shape_documents = FILLED_LIST(&shape_document);

static const consent__shape_member section_members[] = {
    {"id", &consent__shape_key, true},
    {"title", &consent__shape_text, true},
    {"text", &consent__shape_text, true},
    {"parent", &consent__shape_key, false},
    END,
};
static const consent__shape shape_section = OBJECT(section_members);
static const consent__shape shape_sections = FILLED_LIST(&shape_section);

/* ---- items, purposes ---- */

static const consent__shape shape_until = {
    .kind = SHAPE_STRING,
    .pattern = consent__pattern_until,
    .rule = "collected, last-used, purpose-ended, withdrawn, account-closed or fact:NAME",
};
static const consent__shape_member retention_members[] = {
    {"until", &shape_until, true},
    {"days", &shape_days, true},
    {"then", &shape_then, true},
    END,
};
static const consent__shape shape_retention = OBJECT(retention_members);

static const consent__shape shape_identifies = WORD(identifies_name);
static const consent__shape shape_origin = WORD(consent__origin_name);
static const consent__shape shape_origins = SET(&shape_origin);
static const consent__shape_member item_members[] = {
    {"key", &consent__shape_key, true},
    {"title", &consent__shape_text, true},
    {"category", &consent__shape_key, true},
    {"sensitive", &consent__shape_bool, true},
    {"identifies", &shape_identifies, true},
    {"sections", &shape_keys, true},
    {"combines_with", &shape_keys, false},
    {"origins", &shape_origins, false},
    {"necessity", &consent__shape_text, false},
    {"retention", &shape_retention, false},
    END,
};
static const consent__shape shape_item = OBJECT(item_members);
static const consent__shape shape_items = LIST(&shape_item);

static const consent__shape_member condition_members[] = {
    {"fact", &consent__shape_key, true},
    {"op", &shape_op, true},
    {"value", &shape_value, true},
    {"max_age_hours", &shape_hours, false},
    END,
};
static const consent__shape shape_condition = OBJECT(condition_members);
static const consent__shape shape_condition_list = FILLED_LIST(&shape_condition);
static const consent__shape shape_preconditions = LIST(&shape_condition_list);

static const consent__shape_member share_members[] = {
    {"recipient", &consent__shape_key, true},
    {"items", &shape_keys, true},
    {"class", &shape_class, true},
    END,
};
static const consent__shape shape_share = OBJECT(share_members);
static const consent__shape shape_shares = LIST(&shape_share);

static const consent__shape shape_basis = WORD(consent__basis_name);
static const consent__shape_member purpose_members[] = {
    {"key", &consent__shape_key, true},
    {"title", &consent__shape_text, true},
    {"basis", &shape_basis, true},
    {"class", &shape_class, true},
    {"required", &consent__shape_bool, true},
    {"items", &shape_keys, true},
    {"operations", &shape_operations, true},
    {"sections", &shape_keys, true},
    {"evidence", &consent__shape_any_text, false},
    {"assessment", &consent__shape_key, false},
    {"valid_days", &shape_some_days, false},
    {"preconditions", &shape_preconditions, false},
    {"shares", &shape_shares, false},
    END,
};
static const consent__shape shape_purpose = OBJECT(purpose_members);
static const consent__shape shape_purposes = FILLED_LIST(&shape_purpose);

/* ---- permissions, recipients, exemptions, rights ---- */

static const consent__shape shape_platform = WORD(consent__platform_name);
static const consent__shape shape_prompt = WORD(consent__prompt_name);
static const consent__shape_member permission_members[] = {
    {"key", &consent__shape_key, true},
    {"platform", &shape_platform, true},
    {"name", &consent__shape_any_text, true},
    {"title", &consent__shape_text, true},
    {"purposes", &shape_keys, true},
    {"items", &shape_keys, true},
    {"source", &consent__shape_key, true},
    {"prompt", &shape_prompt, true},
    {"sections", &shape_keys, true},
    {"prompt_text", &consent__shape_text, false},
    END,
};
static const consent__shape shape_permission = OBJECT(permission_members);
static const consent__shape shape_permissions = LIST(&shape_permission);

static const consent__shape_member contract_members[] = {
    {"id", &consent__shape_any_text, true},
    {"until", &shape_instant, true},
    END,
};
static const consent__shape shape_contract = OBJECT(contract_members);

static const consent__shape shape_mechanism = {
    .kind = SHAPE_WORD,
    .names = consent__mechanism_name,
    .words = ~(1u << MECHANISM_NONE),
};
static const consent__shape_member export_members[] = {
    {"mechanism", &shape_mechanism, true},
    {"id", &consent__shape_any_text, true},
    {"until", &shape_instant, false},
    END,
};
static const consent__shape shape_export = OBJECT(export_members);

static const consent__shape shape_recipient_kind = WORD(consent__recipient_kind_name);
static const consent__shape_member recipient_members[] = {
    {"key", &consent__shape_key, true},
    {"name", &consent__shape_text, true},
    {"kind", &shape_recipient_kind, true},
    {"purposes", &shape_keys, true},
    {"items", &shape_keys, true},
    {"sections", &shape_keys, true},
    {"contact", &consent__shape_any_text, false},
    {"method", &consent__shape_text, false},
    {"contract", &shape_contract, false},
    {"country", &shape_country, false},
    {"export", &shape_export, false},
    {"wakes_other_apps", &consent__shape_bool, false},
    END,
};
static const consent__shape shape_recipient = OBJECT(recipient_members);
static const consent__shape shape_recipients = LIST(&shape_recipient);

static const consent__shape_member exemption_members[] = {
    {"key", &consent__shape_key, true},
    {"title", &consent__shape_text, true},
    {"operations", &shape_operations, true},
    {"sections", &shape_keys, true},
    END,
};
static const consent__shape shape_exemption = OBJECT(exemption_members);
static const consent__shape shape_exemptions = LIST(&shape_exemption);

static const consent__shape shape_right_kind = WORD(consent__right_kind_name);
static const consent__shape_member right_members[] = {
    {"kind", &shape_right_kind, true},
    {"channels", &shape_filled_keys, true},
    {"sections", &shape_keys, true},
    {"deadline", &consent__shape_deadline, false},
    {"extension", &consent__shape_deadline, false},
    {"steps", &shape_steps, false},
    END,
};
static const consent__shape shape_right = OBJECT(right_members);
static const consent__shape shape_rights = LIST(&shape_right);

/* ---- minors, cancellation, incident, assessments, change ---- */

static const consent__shape_member thresholds_members[] = {
    {"guardian_below", &consent__shape_age, true},
    {"adult_from", &consent__shape_age, true},
    END,
};
static const consent__shape shape_thresholds = OBJECT(thresholds_members);
static const consent__shape_member minors_members[] = {
    {"thresholds", &shape_thresholds, true},
    {"evidence", &shape_keys, true},
    {"sections", &shape_keys, true},
    {"reached", &consent__shape_reached, false},
    {"unknown_age", &consent__shape_unknown_age, false},
    {"on_coming_of_age", &consent__shape_coming, false},
    {"child_rules", &consent__shape_key, false},
    END,
};
static const consent__shape shape_minors = OBJECT(minors_members);

static const consent__shape_member cancel_condition_members[] = {
    {"key", &consent__shape_key, true},     {"title", &consent__shape_text, true},
    {"fact", &consent__shape_key, true},    {"op", &shape_op, true},
    {"value", &shape_value, true},          {"sections", &shape_keys, true},
    {"max_age_hours", &shape_hours, false}, END,
};
static const consent__shape shape_cancel_condition = OBJECT(cancel_condition_members);
static const consent__shape shape_cancel_conditions = LIST(&shape_cancel_condition);
static const consent__shape shape_cancel_then = {
    .kind = SHAPE_MAP,
    .pattern = consent__pattern_key,
    .rule = "the key of an item",
    .element = &shape_then,
};
static const consent__shape_member retain_members[] = {
    {"items", &shape_keys, true},
    {"reason", &consent__shape_text, true},
    {"days", &shape_days, true},
    END,
};
static const consent__shape shape_retain = OBJECT(retain_members);
static const consent__shape shape_retains = LIST(&shape_retain);
static const consent__shape_member cancellation_members[] = {
    {"conditions", &shape_cancel_conditions, true},
    {"acknowledge", &shape_key_list, true},
    {"deadline", &consent__shape_deadline, true},
    {"sections", &shape_keys, true},
    {"dispute_facts", &shape_keys, false},
    {"cooling_off_days", &shape_days, false},
    {"then", &shape_cancel_then, false},
    {"retain", &shape_retains, false},
    END,
};
static const consent__shape shape_cancellation = OBJECT(cancellation_members);

static const consent__shape_member incident_members[] = {
    {"contents", &shape_keys, true},
    {"channels", &shape_filled_keys, true},
    {"sections", &shape_keys, true},
    {"regulator", &consent__shape_text, false},
    {"deadline", &consent__shape_deadline, false},
    END,
};
static const consent__shape shape_incident = OBJECT(incident_members);

static const consent__shape shape_risk = WORD(consent__risk_name);
static const consent__shape_member assessment_members[] = {
    {"key", &consent__shape_key, true},
    {"purposes", &shape_keys, true},
    {"risk", &shape_risk, true},
    {"done_at", &shape_instant, true},
    {"sections", &shape_keys, true},
    {"published_at", &shape_instant, false},
    {"valid_until", &shape_instant, false},
    END,
};
static const consent__shape shape_assessment = OBJECT(assessment_members);
static const consent__shape shape_assessments = LIST(&shape_assessment);

static const consent__shape shape_change_class = {
    .kind = SHAPE_WORD,
    .names = consent__change_class_name,
    .words = ~(1u << CHANGE_NONE),
};
static const consent__shape_member editorial_members[] = {
    {"actor", &consent__shape_any_text, true},
    {"reason", &consent__shape_any_text, true},
    END,
};
static const consent__shape shape_editorial = OBJECT(editorial_members);
static const consent__shape_member change_members[] = {
    {"class", &shape_change_class, true},         {"summary", &consent__shape_text, true},
    {"acknowledge", &consent__shape_bool, false}, {"explicit_consent", &consent__shape_bool, false},
    {"editorial", &shape_editorial, false},       END,
};
static const consent__shape shape_change = OBJECT(change_members);

/* ---- the bundle ---- */

static const consent__shape_member bundle_members[] = {
    {"bundle", &shape_format, true},
    {"policy", &consent__shape_key, true},
    {"version", &shape_version, true},
    {"effective_at", &shape_instant, true},
    {"utc_offset", &shape_offset, true},
    {"profile", &consent__shape_key, true},
    {"languages", &shape_languages, true},
    {"controller", &shape_controller, true},
    {"documents", &shape_documents, true},
    {"sections", &shape_sections, true},
    {"items", &shape_items, true},
    {"purposes", &shape_purposes, true},
    {"permissions", &shape_permissions, true},
    {"recipients", &shape_recipients, true},
    {"exemptions", &shape_exemptions, true},
    {"rights", &shape_rights, true},
    {"minors", &shape_minors, true},
    {"cancellation", &shape_cancellation, true},
    {"incident", &shape_incident, true},
    {"assessments", &shape_assessments, true},
    {"change", &shape_change, true},
    {"rules", &consent__shape_rules, false},
    END,
};
const consent__shape consent__shape_bundle = OBJECT(bundle_members);
