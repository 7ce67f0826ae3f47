/* SPDX-License-Identifier: Apache-2.0 */
/* A policy version as plain data: the bundle of policy/schema/bundle.schema.json with its
 * references resolved to indices and its profile merged in. Immutable; lives in one arena.
 * Absent optional texts are NULL; absent optional indices are -1; absent instants INT64_MIN. */
#ifndef CONSENT__CORE_POLICY_H
#define CONSENT__CORE_POLICY_H

#include <consent/status.h>

#define CONSENT__NO_INSTANT INT64_MIN

typedef enum consent__basis {
    BASIS_CONSENT,
    BASIS_CONTRACT,
    BASIS_HR,
    BASIS_LEGAL_OBLIGATION,
    BASIS_VITAL_INTEREST,
    BASIS_PUBLIC_INTEREST,
    BASIS_PUBLIC_INFORMATION,
    BASIS_LEGITIMATE_INTEREST,
    BASIS_OTHER_LAW,
    BASIS_COUNT
} consent__basis;
typedef enum consent__kind_of_recipient {
    RECIPIENT_AFFILIATE,
    RECIPIENT_PARTNER,
    RECIPIENT_SDK,
    RECIPIENT_PROCESSOR,
    RECIPIENT_AUTHORITY,
    RECIPIENT_SUCCESSOR,
    RECIPIENT_PUBLIC,
    RECIPIENT_COUNT
} consent__kind_of_recipient;
typedef enum consent__strictness { STRICT_OFF, STRICT_WARN, STRICT_DENY } consent__strictness;
typedef enum consent__reached { REACHED_BIRTHDAY, REACHED_DAY_AFTER } consent__reached;
typedef enum consent__unknown_age {
    UNKNOWN_DENY,
    UNKNOWN_GUARDIAN,
    UNKNOWN_ADULT
} consent__unknown_age;
typedef enum consent__coming { COMING_LAPSE, COMING_ASK } consent__coming;
typedef enum consent__unit { UNIT_WORKING_DAYS, UNIT_DAYS, UNIT_HOURS, UNIT_MONTHS } consent__unit;
typedef enum consent__convention { FROM_NEXT, FROM_INCL, FROM_ROLL } consent__convention;
typedef enum consent__then { THEN_DELETE, THEN_ANONYMISE, THEN_RESTRICT } consent__then;
typedef enum consent__op { OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE, OP_ABSENT } consent__op;
typedef enum consent__change_class {
    CHANGE_NONE,
    CHANGE_EDITORIAL,
    CHANGE_MINOR,
    CHANGE_MATERIAL
} consent__change_class;
typedef enum consent__platform {
    PLATFORM_ANDROID,
    PLATFORM_IOS,
    PLATFORM_WEB,
    PLATFORM_DESKTOP
} consent__platform;
typedef enum consent__prompt { PROMPT_RUNTIME, PROMPT_INSTALL, PROMPT_SPECIAL } consent__prompt;
typedef enum consent__document_kind {
    DOC_PRIVACY_POLICY,
    DOC_AGREEMENT,
    DOC_CHILD_RULES,
    DOC_NOTICE
} consent__document_kind;
typedef enum consent__risk { RISK_LOW, RISK_MEDIUM, RISK_HIGH } consent__risk;
typedef enum consent__mechanism {
    MECHANISM_NONE,
    MECHANISM_ASSESSMENT,
    MECHANISM_CERTIFICATION,
    MECHANISM_STANDARD_CONTRACT,
    MECHANISM_ADEQUACY,
    MECHANISM_OTHER
} consent__mechanism;
typedef enum consent__right_kind {
    RIGHT_ACCESS,
    RIGHT_COPY,
    RIGHT_PORTABILITY,
    RIGHT_CORRECT,
    RIGHT_RESTRICT,
    RIGHT_OBJECT,
    RIGHT_DELETE,
    RIGHT_WITHDRAW,
    RIGHT_EXPLAIN,
    RIGHT_GUARDIAN_INQUIRY,
    RIGHT_DECEASED_RELATIVE,
    RIGHT_CANCEL_ACCOUNT,
    RIGHT_COMPLAINT,
    RIGHT_COUNT
} consent__right_kind;

/* Names as the bundle spells them; NULL beyond the last. Backwards -1 when unknown. core/names.c */
const char *consent__basis_name(int v);
const char *consent__recipient_kind_name(int v);
const char *consent__strictness_name(int v);
const char *consent__reached_name(int v);
const char *consent__unknown_age_name(int v);
const char *consent__coming_name(int v);
const char *consent__unit_name(int v);
const char *consent__convention_name(int v);
const char *consent__then_name(int v);
const char *consent__op_name(int v);
const char *consent__change_class_name(int v);
const char *consent__platform_name(int v);
const char *consent__prompt_name(int v);
const char *consent__document_kind_name(int v);
const char *consent__risk_name(int v);
const char *consent__mechanism_name(int v);
const char *consent__right_kind_name(int v);
int consent__name_value(const char *(*name_of)(int), const char *name);

typedef struct consent__lang_text {
    int32_t lang;
    const char *text;
    size_t len;
} consent__lang_text;
/* Texts in the order of the bundle's languages; a language outside `languages` is an input error.
 */
typedef struct consent__text {
    int32_t count;
    const consent__lang_text *v;
} consent__text;
typedef struct consent__indices {
    int32_t count;
    const int32_t *v;
} consent__indices; /* in bundle order */
typedef struct consent__strings {
    int32_t count;
    const char *const *v;
} consent__strings;

typedef struct consent__deadline {
    bool present;
    int32_t count;
    consent__unit unit;
    const char *calendar;
    consent__convention from;
} consent__deadline;

typedef struct consent__value { /* JSON scalar of a fact or a condition */
    enum { VALUE_NULL, VALUE_BOOL, VALUE_INT, VALUE_TEXT } type;
    int64_t number; /* also 0/1 for truth values */
    const char *text;
} consent__value;
typedef struct consent__condition {
    const char *key;     /* cancellation conditions only */
    consent__text title; /* cancellation conditions only */
    const char *fact;
    consent__op op;
    consent__value value;
    int64_t max_age_hours; /* 0: none */
    consent__indices sections;
} consent__condition;
typedef struct consent__condition_list {
    int32_t count;
    const consent__condition *v;
} consent__condition_list;

typedef struct consent__contact {
    const char *kind, *value;
} consent__contact;
typedef struct consent__contacts {
    int32_t count;
    const consent__contact *v;
} consent__contacts;

typedef struct consent__document {
    const char *id;
    consent__document_kind kind;
    consent__text title;
    consent__indices sections;
} consent__document;
typedef struct consent__section {
    const char *id;
    consent__text title, text;
    int32_t parent;
} consent__section;
typedef struct consent__retention {
    bool present;
    const char
        *until; /* collected, last-used, purpose-ended, withdrawn, account-closed, fact:NAME */
    int64_t days;
    consent__then then;
} consent__retention;
typedef struct consent__item {
    const char *key, *category;
    consent__text title, necessity;
    bool sensitive, combined;       /* combined: identifies only together with others */
    consent__indices combines_with; /* items */
    consent__strings origins;
    consent__retention retention;
    consent__indices sections;
} consent__item;
typedef struct consent__share {
    int32_t recipient;
    consent__indices items;
    int32_t cls;
} consent__share;
typedef struct consent__purpose {
    const char *key;
    consent__text title;
    consent__basis basis;
    int32_t cls; /* CONSENT_CLASS_* as declared */
    bool required;
    consent__indices items;
    uint32_t operations; /* bit per CONSENT_OPERATION_* */
    int32_t first_operation;
    const char *evidence;
    int32_t assessment; /* index or -1 */
    int64_t valid_days; /* 0: none */
    int32_t precondition_count;
    const consent__condition_list *preconditions; /* any of these lists, all of one list */
    int32_t share_count;
    const consent__share *shares;
    consent__indices sections;
} consent__purpose;
typedef struct consent__permission {
    const char *key, *name, *source;
    consent__platform platform;
    consent__text title, prompt_text;
    consent__indices purposes, items;
    consent__prompt prompt;
    consent__indices sections;
} consent__permission;
typedef struct consent__recipient {
    const char *key, *contact, *country;
    consent__text name, method;
    consent__kind_of_recipient kind;
    consent__indices purposes, items;
    const char *contract_id;
    int64_t contract_until; /* NULL: no contract */
    consent__mechanism mechanism;
    const char *export_id;
    int64_t export_until;
    bool wakes_other_apps;
    consent__indices sections;
} consent__recipient;
typedef struct consent__exemption {
    const char *key;
    consent__text title;
    uint32_t operations;
    consent__indices sections;
} consent__exemption;
typedef struct consent__right {
    consent__right_kind kind;
    consent__strings channels;
    consent__deadline deadline, extension;
    int32_t steps; /* 0: not said */
    consent__indices sections;
} consent__right;
typedef struct consent__retain {
    consent__indices items;
    consent__text reason;
    int64_t days;
} consent__retain;
typedef struct consent__assessment {
    const char *key;
    consent__indices purposes;
    consent__risk risk;
    int64_t done_at, published_at, valid_until;
    consent__indices sections;
} consent__assessment;

/* Values of a profile; a policy carries them merged with the bundle's own. */
typedef struct consent__profile {
    const char *key;
    int32_t guardian_below, adult_from;
    int32_t
        child_rules_below; /* the profile's own guardian_below: rules for children are due below */
    bool minor_decides_by_guardian; /* from guardian_below up to adult_from */
    consent__reached reached;
    consent__unknown_age unknown_age;
    consent__coming coming;
    uint32_t bases_not_allowed, bases_needing_evidence; /* bit per basis */
    consent__strictness assessment, child_rules_missing, export_mechanism;
    bool separate_sensitive, separate_disclose, separate_export;
    uint32_t separate_shares; /* bit per recipient kind */
    consent__strings home;    /* ISO country codes; empty: nothing is an export */
    int32_t lead_days;
    int32_t reask_hours;        /* -1: none */
    uint32_t material_triggers; /* bit n: trigger n is material */
    consent__deadline deadline, extension, incident;
} consent__profile;

#define CONSENT__SLICE(type, name)                                                                 \
    int32_t name##_count;                                                                          \
    const type *name
typedef struct consent__policy {
    const char *key, *version;
    int64_t effective_at;
    int64_t version_at_byte, effective_at_byte, change_at_byte; /* where the document says so, for errors */
    int32_t utc_offset;                         /* minutes */
    const char *profile_key;
    consent__strings languages;
    consent__text controller_name, controller_address, controller_department, officer_name;
    consent__contacts contacts, officer_contacts;
    CONSENT__SLICE(consent__document, documents);
    CONSENT__SLICE(consent__section, sections);
    CONSENT__SLICE(consent__item, items);
    CONSENT__SLICE(consent__purpose, purposes);
    CONSENT__SLICE(consent__permission, permissions);
    CONSENT__SLICE(consent__recipient, recipients);
    CONSENT__SLICE(consent__exemption, exemptions);
    CONSENT__SLICE(consent__right, rights);
    /* minors */
    consent__strings guardian_evidence;
    int32_t child_rules; /* document index or -1 */
    consent__indices minors_sections;
    /* cancellation */
    consent__condition_list cancel_conditions;
    consent__strings dispute_facts;
    consent__indices cancel_acknowledge, cancel_sections;
    consent__deadline cancel_deadline;
    int64_t cooling_off_days;
    const uint8_t *cancel_then; /* per item: consent__then + 1, 0 not named */
    CONSENT__SLICE(consent__retain, retain);
    /* incident */
    consent__strings incident_contents, incident_channels;
    consent__text incident_regulator;
    consent__deadline incident_deadline;
    consent__indices incident_sections;
    CONSENT__SLICE(consent__assessment, assessments);
    /* change */
    consent__change_class change_class;
    consent__text change_summary;
    bool change_acknowledge, change_explicit_consent;
    const char *editorial_actor, *editorial_reason;
    consent__profile profile; /* merged: profile file, then bundle.rules, then minors */
} consent__policy;

/* Index by key, -1 when there is none. */
int32_t consent__policy_purpose(const consent__policy *p, const char *key);
int32_t consent__policy_item(const consent__policy *p, const char *key);
int32_t consent__policy_recipient(const consent__policy *p, const char *key);
int32_t consent__policy_section(const consent__policy *p, const char *id);
int32_t consent__policy_language(const consent__policy *p, const char *tag);
/* Index of the purpose's share with that recipient, -1. */
int32_t consent__purpose_share(const consent__purpose *p, int32_t recipient);
bool consent__indices_has(const consent__indices *set, int32_t v);
/* Text in the language, or in the first that exists there when lang is -1 or absent; NULL if none.
 */
const consent__lang_text *consent__text_in(const consent__text *t, int32_t lang);

#endif
