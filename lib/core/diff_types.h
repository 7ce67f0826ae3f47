/* SPDX-License-Identifier: Apache-2.0 */
/* Every kind of difference between two versions, as a table: number, name, which trigger of the
 * policy's own list of material changes it falls under (first-customer.md s6), and what it means.
 *   trigger 1 service: purposes, types of data, ways of use, basis, retention, permissions
 *           2 control   3 recipients   4 rights, cancellation, minors
 *           5 department, contacts, complaint channel   6 assessment that shows a high risk
 * A trigger makes a change material when the newer version's profile lists it. Letters:
 *   N narrowing: the subject gives less or is owed more; at most minor, never asks again
 *   R restricts a right
 *   T only words changed: minor, or editorial when the newer version declares so with actor and
 * reason E editorial S words that name who receives data or how: material, unless declared
 * editorial, then as T P its points are listed even where the profile takes the trigger for none:
 * an entry that comes back after its removal must not find its old grants A material whatever the
 * profile says Without trigger and letter: minor. Numbers are the order of a diff; names are what
 * is published. */
#ifndef CONSENT__CORE_DIFF_TYPES_H
#define CONSENT__CORE_DIFF_TYPES_H

#define DIFF_N 1u
#define DIFF_R 2u
#define DIFF_T 4u
#define DIFF_E 8u
#define DIFF_S 16u
#define DIFF_P 32u
#define DIFF_A 64u

/* clang-format off */
#define CONSENT__CHANGE_TYPES(X) \
    /* who is responsible, and how to reach them */ \
    X(CONTROLLER_NAME_CHANGED, "controller-name-changed", 2, 0) \
    X(CONTROLLER_ADDRESS_CHANGED, "controller-address-changed", 5, 0) \
    X(DEPARTMENT_CHANGED, "department-changed", 5, 0) \
    X(CONTACT_ADDED, "contact-added", 5, 0) \
    X(CONTACT_REMOVED, "contact-removed", 5, 0) \
    X(CONTACT_CHANGED, "contact-changed", 5, 0) \
    X(OFFICER_CHANGED, "officer-changed", 5, 0) \
    X(OFFICER_CONTACT_ADDED, "officer-contact-added", 5, 0) \
    X(OFFICER_CONTACT_REMOVED, "officer-contact-removed", 5, 0) \
    X(OFFICER_CONTACT_CHANGED, "officer-contact-changed", 5, 0) \
    /* items: what data */ \
    X(ITEM_ADDED, "item-added", 1, 0) \
    X(ITEM_REMOVED, "item-removed", 0, DIFF_N) \
    X(ITEM_TITLE_CHANGED, "item-title-changed", 0, DIFF_T) \
    X(ITEM_NECESSITY_CHANGED, "item-necessity-changed", 0, DIFF_T) \
    X(ITEM_CATEGORY_CHANGED, "item-category-changed", 1, 0) \
    X(ITEM_SENSITIVITY_MARKED, "item-sensitivity-marked", 1, 0) \
    X(ITEM_SENSITIVITY_UNMARKED, "item-sensitivity-unmarked", 0, 0) \
    X(ITEM_IDENTIFIES_ALONE, "item-identifies-alone", 1, 0) \
    X(ITEM_IDENTIFIES_COMBINED, "item-identifies-combined", 0, 0) \
    X(ITEM_COMBINATION_ADDED, "item-combination-added", 1, 0) \
    X(ITEM_COMBINATION_REMOVED, "item-combination-removed", 0, DIFF_N) \
    X(ITEM_ORIGIN_ADDED, "item-origin-added", 1, 0) \
    X(ITEM_ORIGIN_REMOVED, "item-origin-removed", 0, DIFF_N) \
    X(ITEM_RETENTION_ADDED, "item-retention-added", 0, DIFF_N) \
    X(ITEM_RETENTION_REMOVED, "item-retention-removed", 1, 0) \
    X(ITEM_RETENTION_LONGER, "item-retention-longer", 1, 0) \
    X(ITEM_RETENTION_SHORTER, "item-retention-shorter", 0, DIFF_N) \
    X(ITEM_RETENTION_START_CHANGED, "item-retention-start-changed", 1, 0) \
    X(ITEM_DISPOSAL_WEAKER, "item-disposal-weaker", 1, 0) \
    X(ITEM_DISPOSAL_STRONGER, "item-disposal-stronger", 0, DIFF_N) \
    X(ITEM_SECTION_ADDED, "item-section-added", 0, DIFF_T) \
    X(ITEM_SECTION_REMOVED, "item-section-removed", 0, DIFF_T) \
    /* purposes: why and how */ \
    X(PURPOSE_ADDED, "purpose-added", 1, DIFF_P) \
    X(PURPOSE_REMOVED, "purpose-removed", 0, DIFF_N) \
    X(PURPOSE_TITLE_CHANGED, "purpose-title-changed", 0, DIFF_T) \
    X(PURPOSE_BASIS_CHANGED, "purpose-basis-changed", 1, 0) \
    X(PURPOSE_CLASS_LOWERED, "purpose-class-lowered", 1, 0) \
    X(PURPOSE_CLASS_RAISED, "purpose-class-raised", 0, DIFF_N) \
    X(PURPOSE_REQUIRED_MARKED, "purpose-required-marked", 1, 0) \
    X(PURPOSE_REQUIRED_DROPPED, "purpose-required-dropped", 0, DIFF_N) \
    X(PURPOSE_ITEM_ADDED, "purpose-item-added", 1, 0) \
    X(PURPOSE_ITEM_REMOVED, "purpose-item-removed", 0, DIFF_N) \
    X(PURPOSE_OPERATION_ADDED, "purpose-operation-added", 1, 0) \
    X(PURPOSE_OPERATION_REMOVED, "purpose-operation-removed", 0, DIFF_N) \
    X(PURPOSE_EVIDENCE_CHANGED, "purpose-evidence-changed", 0, 0) \
    X(PURPOSE_ASSESSMENT_CHANGED, "purpose-assessment-changed", 0, 0) \
    X(PURPOSE_VALIDITY_LONGER, "purpose-validity-longer", 1, 0) \
    X(PURPOSE_VALIDITY_SHORTER, "purpose-validity-shorter", 0, DIFF_N) \
    X(PURPOSE_PRECONDITION_LOOSENED, "purpose-precondition-loosened", 1, 0) \
    X(PURPOSE_PRECONDITION_TIGHTENED, "purpose-precondition-tightened", 0, DIFF_N) \
    X(PURPOSE_SECTION_ADDED, "purpose-section-added", 0, DIFF_T) \
    X(PURPOSE_SECTION_REMOVED, "purpose-section-removed", 0, DIFF_T) \
    /* class a point needs after the profile, when something else than the declared class moved it */ \
    X(POINT_CLASS_LOWERED, "point-class-lowered", 1, 0) \
    X(POINT_CLASS_RAISED, "point-class-raised", 0, DIFF_N) \
    /* shares and recipients: to whom */ \
    X(SHARE_ADDED, "share-added", 3, DIFF_P) \
    X(SHARE_REMOVED, "share-removed", 0, DIFF_N) \
    X(SHARE_ITEM_ADDED, "share-item-added", 3, 0) \
    X(SHARE_ITEM_REMOVED, "share-item-removed", 0, DIFF_N) \
    X(SHARE_CLASS_LOWERED, "share-class-lowered", 3, 0) \
    X(SHARE_CLASS_RAISED, "share-class-raised", 0, DIFF_N) \
    X(RECIPIENT_ADDED, "recipient-added", 3, 0) \
    X(RECIPIENT_REMOVED, "recipient-removed", 0, DIFF_N) \
    X(RECIPIENT_NAME_CHANGED, "recipient-name-changed", 3, DIFF_S) \
    X(RECIPIENT_METHOD_ADDED, "recipient-method-added", 0, DIFF_T) \
    X(RECIPIENT_METHOD_CHANGED, "recipient-method-changed", 3, DIFF_S) \
    X(RECIPIENT_METHOD_REMOVED, "recipient-method-removed", 0, DIFF_T) \
    X(RECIPIENT_KIND_CHANGED, "recipient-kind-changed", 3, 0) \
    X(RECIPIENT_CONTACT_CHANGED, "recipient-contact-changed", 0, 0) \
    X(RECIPIENT_CONTRACT_ADDED, "recipient-contract-added", 0, DIFF_N) \
    X(RECIPIENT_CONTRACT_REMOVED, "recipient-contract-removed", 3, 0) \
    X(RECIPIENT_CONTRACT_CHANGED, "recipient-contract-changed", 0, 0) \
    X(RECIPIENT_CONTRACT_LONGER, "recipient-contract-longer", 0, 0) \
    X(RECIPIENT_CONTRACT_SHORTER, "recipient-contract-shorter", 0, DIFF_N) \
    X(RECIPIENT_COUNTRY_CHANGED, "recipient-country-changed", 3, 0) \
    X(RECIPIENT_COUNTRY_HOME, "recipient-country-home", 0, DIFF_N) \
    X(RECIPIENT_COUNTRY_STATED, "recipient-country-stated", 0, 0) \
    X(RECIPIENT_MECHANISM_ADDED, "recipient-mechanism-added", 0, DIFF_N) \
    X(RECIPIENT_MECHANISM_REMOVED, "recipient-mechanism-removed", 3, 0) \
    X(RECIPIENT_MECHANISM_CHANGED, "recipient-mechanism-changed", 0, 0) \
    X(RECIPIENT_WAKE_UP_ADDED, "recipient-wake-up-added", 1, 0) \
    X(RECIPIENT_WAKE_UP_REMOVED, "recipient-wake-up-removed", 0, DIFF_N) \
    X(RECIPIENT_PURPOSE_ADDED, "recipient-purpose-added", 3, 0) \
    X(RECIPIENT_PURPOSE_REMOVED, "recipient-purpose-removed", 0, DIFF_N) \
    X(RECIPIENT_ITEM_ADDED, "recipient-item-added", 3, 0) \
    X(RECIPIENT_ITEM_REMOVED, "recipient-item-removed", 0, DIFF_N) \
    X(RECIPIENT_SECTION_ADDED, "recipient-section-added", 0, DIFF_T) \
    X(RECIPIENT_SECTION_REMOVED, "recipient-section-removed", 0, DIFF_T) \
    /* permissions of the operating system */ \
    X(PERMISSION_ADDED, "permission-added", 1, 0) \
    X(PERMISSION_REMOVED, "permission-removed", 0, DIFF_N) \
    X(PERMISSION_NAME_CHANGED, "permission-name-changed", 1, 0) \
    X(PERMISSION_PLATFORM_CHANGED, "permission-platform-changed", 1, 0) \
    X(PERMISSION_PURPOSE_ADDED, "permission-purpose-added", 1, 0) \
    X(PERMISSION_PURPOSE_REMOVED, "permission-purpose-removed", 0, DIFF_N) \
    X(PERMISSION_ITEM_ADDED, "permission-item-added", 1, 0) \
    X(PERMISSION_ITEM_REMOVED, "permission-item-removed", 0, DIFF_N) \
    X(PERMISSION_SOURCE_CHANGED, "permission-source-changed", 1, 0) \
    X(PERMISSION_PROMPT_LOWERED, "permission-prompt-lowered", 1, 0) \
    X(PERMISSION_PROMPT_RAISED, "permission-prompt-raised", 0, DIFF_N) \
    X(PERMISSION_TITLE_CHANGED, "permission-title-changed", 0, DIFF_T) \
    X(PERMISSION_PROMPT_TEXT_CHANGED, "permission-prompt-text-changed", 0, DIFF_T) \
    X(PERMISSION_SECTION_ADDED, "permission-section-added", 0, DIFF_T) \
    X(PERMISSION_SECTION_REMOVED, "permission-section-removed", 0, DIFF_T) \
    /* exemptions: processing that asks nobody */ \
    X(EXEMPTION_ADDED, "exemption-added", 1, DIFF_R) \
    X(EXEMPTION_REMOVED, "exemption-removed", 0, DIFF_N) \
    X(EXEMPTION_OPERATION_ADDED, "exemption-operation-added", 1, DIFF_R) \
    X(EXEMPTION_OPERATION_REMOVED, "exemption-operation-removed", 0, DIFF_N) \
    X(EXEMPTION_TITLE_CHANGED, "exemption-title-changed", 0, DIFF_T) \
    X(EXEMPTION_SECTION_ADDED, "exemption-section-added", 0, DIFF_T) \
    X(EXEMPTION_SECTION_REMOVED, "exemption-section-removed", 0, DIFF_T) \
    /* rights and their deadlines; a complaint is trigger 5 where its channel is concerned */ \
    X(RIGHT_ADDED, "right-added", 4, 0) \
    X(RIGHT_REMOVED, "right-removed", 4, DIFF_R) \
    X(RIGHT_CHANNEL_ADDED, "right-channel-added", 4, 0) \
    X(RIGHT_CHANNEL_REMOVED, "right-channel-removed", 4, DIFF_R) \
    X(COMPLAINT_ADDED, "complaint-added", 5, 0) \
    X(COMPLAINT_REMOVED, "complaint-removed", 5, DIFF_R) \
    X(COMPLAINT_CHANNEL_ADDED, "complaint-channel-added", 5, 0) \
    X(COMPLAINT_CHANNEL_REMOVED, "complaint-channel-removed", 5, DIFF_R) \
    X(RIGHT_STEPS_MORE, "right-steps-more", 4, DIFF_R) \
    X(RIGHT_STEPS_FEWER, "right-steps-fewer", 0, DIFF_N) \
    X(RIGHT_STEPS_STATED, "right-steps-stated", 0, 0) \
    X(RIGHT_SECTION_ADDED, "right-section-added", 0, DIFF_T) \
    X(RIGHT_SECTION_REMOVED, "right-section-removed", 0, DIFF_T) \
    X(RIGHT_DEADLINE_ADDED, "right-deadline-added", 0, DIFF_N) \
    X(RIGHT_DEADLINE_REMOVED, "right-deadline-removed", 4, DIFF_R) \
    X(RIGHT_DEADLINE_LONGER, "right-deadline-longer", 4, DIFF_R) \
    X(RIGHT_DEADLINE_SHORTER, "right-deadline-shorter", 0, DIFF_N) \
    X(RIGHT_EXTENSION_ADDED, "right-extension-added", 4, DIFF_R) \
    X(RIGHT_EXTENSION_REMOVED, "right-extension-removed", 0, DIFF_N) \
    X(RIGHT_EXTENSION_LONGER, "right-extension-longer", 4, DIFF_R) \
    X(RIGHT_EXTENSION_SHORTER, "right-extension-shorter", 0, DIFF_N) \
    X(DEFAULT_DEADLINE_ADDED, "default-deadline-added", 0, DIFF_N) \
    X(DEFAULT_DEADLINE_REMOVED, "default-deadline-removed", 4, DIFF_R) \
    X(DEFAULT_DEADLINE_LONGER, "default-deadline-longer", 4, DIFF_R) \
    X(DEFAULT_DEADLINE_SHORTER, "default-deadline-shorter", 0, DIFF_N) \
    X(DEFAULT_EXTENSION_ADDED, "default-extension-added", 4, DIFF_R) \
    X(DEFAULT_EXTENSION_REMOVED, "default-extension-removed", 0, DIFF_N) \
    X(DEFAULT_EXTENSION_LONGER, "default-extension-longer", 4, DIFF_R) \
    X(DEFAULT_EXTENSION_SHORTER, "default-extension-shorter", 0, DIFF_N) \
    X(CANCELLATION_DEADLINE_ADDED, "cancellation-deadline-added", 0, DIFF_N) \
    X(CANCELLATION_DEADLINE_REMOVED, "cancellation-deadline-removed", 4, DIFF_R) \
    X(CANCELLATION_DEADLINE_LONGER, "cancellation-deadline-longer", 4, DIFF_R) \
    X(CANCELLATION_DEADLINE_SHORTER, "cancellation-deadline-shorter", 0, DIFF_N) \
    X(INCIDENT_DEADLINE_ADDED, "incident-deadline-added", 0, DIFF_N) \
    X(INCIDENT_DEADLINE_REMOVED, "incident-deadline-removed", 4, DIFF_R) \
    X(INCIDENT_DEADLINE_LONGER, "incident-deadline-longer", 4, DIFF_R) \
    X(INCIDENT_DEADLINE_SHORTER, "incident-deadline-shorter", 0, DIFF_N) \
    X(DEADLINE_UNIT_CHANGED, "deadline-unit-changed", 4, DIFF_R) \
    X(DEADLINE_CALENDAR_CHANGED, "deadline-calendar-changed", 4, 0) \
    X(DEADLINE_CONVENTION_CHANGED, "deadline-convention-changed", 0, 0) \
    /* minors */ \
    X(GUARDIAN_AGE_RAISED, "guardian-age-raised", 4, 0) \
    X(GUARDIAN_AGE_LOWERED, "guardian-age-lowered", 4, DIFF_R) \
    X(ADULT_AGE_RAISED, "adult-age-raised", 4, 0) \
    X(ADULT_AGE_LOWERED, "adult-age-lowered", 4, 0) \
    X(MINOR_DECISION_CHANGED, "minor-decision-changed", 4, 0) \
    X(AGE_REACHED_CHANGED, "age-reached-changed", 4, 0) \
    X(UNKNOWN_AGE_CHANGED, "unknown-age-changed", 4, 0) \
    X(COMING_OF_AGE_CHANGED, "coming-of-age-changed", 4, 0) \
    X(GUARDIAN_EVIDENCE_ADDED, "guardian-evidence-added", 4, 0) \
    X(GUARDIAN_EVIDENCE_REMOVED, "guardian-evidence-removed", 4, 0) \
    X(CHILD_RULES_AGE_RAISED, "child-rules-age-raised", 4, 0) \
    X(CHILD_RULES_AGE_LOWERED, "child-rules-age-lowered", 4, DIFF_R) \
    X(CHILD_RULES_ADDED, "child-rules-added", 4, 0) \
    X(CHILD_RULES_REMOVED, "child-rules-removed", 4, DIFF_R) \
    X(CHILD_RULES_CHANGED, "child-rules-changed", 4, 0) \
    X(MINORS_SECTION_ADDED, "minors-section-added", 0, DIFF_T) \
    X(MINORS_SECTION_REMOVED, "minors-section-removed", 0, DIFF_T) \
    /* account cancellation */ \
    X(CANCELLATION_CONDITION_ADDED, "cancellation-condition-added", 4, DIFF_R) \
    X(CANCELLATION_CONDITION_REMOVED, "cancellation-condition-removed", 0, DIFF_N) \
    X(CANCELLATION_CONDITION_TIGHTENED, "cancellation-condition-tightened", 4, DIFF_R) \
    X(CANCELLATION_CONDITION_LOOSENED, "cancellation-condition-loosened", 0, DIFF_N) \
    X(CANCELLATION_CONDITION_TITLE_CHANGED, "cancellation-condition-title-changed", 0, DIFF_T) \
    X(DISPUTE_FACT_ADDED, "dispute-fact-added", 4, DIFF_R) \
    X(DISPUTE_FACT_REMOVED, "dispute-fact-removed", 0, DIFF_N) \
    X(CANCELLATION_ACKNOWLEDGE_ADDED, "cancellation-acknowledge-added", 4, 0) \
    X(CANCELLATION_ACKNOWLEDGE_REMOVED, "cancellation-acknowledge-removed", 0, DIFF_N) \
    X(COOLING_OFF_LONGER, "cooling-off-longer", 4, DIFF_R) \
    X(COOLING_OFF_SHORTER, "cooling-off-shorter", 4, 0) \
    X(CANCELLATION_THEN_WEAKER, "cancellation-then-weaker", 4, DIFF_R) \
    X(CANCELLATION_THEN_STRONGER, "cancellation-then-stronger", 0, DIFF_N) \
    X(RETAIN_ITEM_ADDED, "retain-item-added", 4, DIFF_R) \
    X(RETAIN_ITEM_REMOVED, "retain-item-removed", 0, DIFF_N) \
    X(RETAIN_LONGER, "retain-longer", 4, DIFF_R) \
    X(RETAIN_SHORTER, "retain-shorter", 0, DIFF_N) \
    X(RETAIN_REASON_CHANGED, "retain-reason-changed", 0, DIFF_T) \
    X(CANCELLATION_SECTION_ADDED, "cancellation-section-added", 0, DIFF_T) \
    X(CANCELLATION_SECTION_REMOVED, "cancellation-section-removed", 0, DIFF_T) \
    /* incidents */ \
    X(INCIDENT_CONTENT_ADDED, "incident-content-added", 0, DIFF_N) \
    X(INCIDENT_CONTENT_REMOVED, "incident-content-removed", 4, DIFF_R) \
    X(INCIDENT_CHANNEL_ADDED, "incident-channel-added", 0, 0) \
    X(INCIDENT_CHANNEL_REMOVED, "incident-channel-removed", 0, 0) \
    X(INCIDENT_REGULATOR_CHANGED, "incident-regulator-changed", 0, 0) \
    X(INCIDENT_SECTION_ADDED, "incident-section-added", 0, DIFF_T) \
    X(INCIDENT_SECTION_REMOVED, "incident-section-removed", 0, DIFF_T) \
    /* impact assessments */ \
    X(ASSESSMENT_ADDED, "assessment-added", 0, 0) \
    X(ASSESSMENT_HIGH_ADDED, "assessment-high-added", 6, 0) \
    X(ASSESSMENT_REMOVED, "assessment-removed", 0, 0) \
    X(ASSESSMENT_RISK_HIGH, "assessment-risk-high", 6, 0) \
    X(ASSESSMENT_RISK_RAISED, "assessment-risk-raised", 0, 0) \
    X(ASSESSMENT_RISK_LOWERED, "assessment-risk-lowered", 0, DIFF_N) \
    X(ASSESSMENT_PURPOSE_ADDED, "assessment-purpose-added", 0, 0) \
    X(ASSESSMENT_HIGH_PURPOSE_ADDED, "assessment-high-purpose-added", 6, 0) \
    X(ASSESSMENT_PURPOSE_REMOVED, "assessment-purpose-removed", 0, 0) \
    X(ASSESSMENT_DATE_CHANGED, "assessment-date-changed", 0, 0) \
    X(ASSESSMENT_SECTION_ADDED, "assessment-section-added", 0, DIFF_T) \
    X(ASSESSMENT_SECTION_REMOVED, "assessment-section-removed", 0, DIFF_T) \
    /* values of the profile as merged into the policy */ \
    X(PROFILE_CHANGED, "profile-changed", 0, 0) \
    X(UTC_OFFSET_CHANGED, "utc-offset-changed", 0, 0) \
    X(BASIS_ALLOWED, "basis-allowed", 0, 0) \
    X(BASIS_FORBIDDEN, "basis-forbidden", 0, DIFF_N) \
    X(BASIS_EVIDENCE_DROPPED, "basis-evidence-dropped", 0, 0) \
    X(BASIS_EVIDENCE_NEEDED, "basis-evidence-needed", 0, DIFF_N) \
    X(ASSESSMENT_CHECK_LOOSENED, "assessment-check-loosened", 0, 0) \
    X(ASSESSMENT_CHECK_TIGHTENED, "assessment-check-tightened", 0, DIFF_N) \
    X(CHILD_RULES_CHECK_LOOSENED, "child-rules-check-loosened", 4, DIFF_R) \
    X(CHILD_RULES_CHECK_TIGHTENED, "child-rules-check-tightened", 0, DIFF_N) \
    X(EXPORT_CHECK_LOOSENED, "export-check-loosened", 3, 0) \
    X(EXPORT_CHECK_TIGHTENED, "export-check-tightened", 0, DIFF_N) \
    X(SEPARATE_RULE_DROPPED, "separate-rule-dropped", 0, 0) \
    X(SEPARATE_RULE_ADDED, "separate-rule-added", 0, DIFF_N) \
    X(HOME_COUNTRY_ADDED, "home-country-added", 0, 0) \
    X(HOME_COUNTRY_REMOVED, "home-country-removed", 0, 0) \
    X(LEAD_TIME_SHORTER, "lead-time-shorter", 0, 0) \
    X(LEAD_TIME_LONGER, "lead-time-longer", 0, DIFF_N) \
    X(REASK_SOONER, "reask-sooner", 0, 0) \
    X(REASK_LATER, "reask-later", 0, DIFF_N) \
    X(MATERIAL_TRIGGER_DROPPED, "material-trigger-dropped", 4, DIFF_R | DIFF_A) \
    X(MATERIAL_TRIGGER_ADDED, "material-trigger-added", 0, DIFF_N) \
    /* words and their order */ \
    X(TEXT_CHANGED, "text-changed", 0, DIFF_T) \
    X(SECTION_TITLE_CHANGED, "section-title-changed", 0, DIFF_T) \
    X(SECTION_ADDED, "section-added", 0, DIFF_T) \
    X(SECTION_REMOVED, "section-removed", 0, DIFF_T) \
    X(SECTION_MOVED, "section-moved", 0, DIFF_E) \
    X(TRANSLATION_CHANGED, "translation-changed", 0, DIFF_E) \
    X(LANGUAGE_ADDED, "language-added", 0, DIFF_E) \
    X(LANGUAGE_REMOVED, "language-removed", 0, 0) \
    X(BINDING_LANGUAGE_CHANGED, "binding-language-changed", 0, 0) \
    X(DOCUMENT_ADDED, "document-added", 0, 0) \
    X(DOCUMENT_REMOVED, "document-removed", 0, 0) \
    X(DOCUMENT_KIND_CHANGED, "document-kind-changed", 0, 0) \
    X(DOCUMENT_TITLE_CHANGED, "document-title-changed", 0, DIFF_T) \
    X(DOCUMENT_SECTION_ADDED, "document-section-added", 0, DIFF_T) \
    X(DOCUMENT_SECTION_REMOVED, "document-section-removed", 0, DIFF_T) \
    X(DOCUMENT_ORDER_CHANGED, "document-order-changed", 0, DIFF_E)
/* clang-format on */

#define CONSENT__CHANGE_ENUM(id, name, trigger, flags) CHANGE_TYPE_##id,
enum consent__change_type { CONSENT__CHANGE_TYPES(CONSENT__CHANGE_ENUM) CHANGE_TYPE_COUNT };
#undef CONSENT__CHANGE_ENUM

#endif
