/* SPDX-License-Identifier: Apache-2.0 */
/* The names of the public constants, and the version. */
#include <consent/guardian.h>
#include <consent/status.h>
#include <consent/version.h>

#include <string.h>

const char *consent_version(void) {
    return CONSENT_VERSION;
}

const char *consent_status_name(consent_status status) {
#define NAME(s)                                                                                    \
    case s:                                                                                        \
        return #s
    switch (status) {
        NAME(CONSENT_OK);
        NAME(CONSENT_DONE);
        NAME(CONSENT_E_ARGUMENT);
        NAME(CONSENT_E_ENCODING);
        NAME(CONSENT_E_CLOSED);
        NAME(CONSENT_E_AMBIGUOUS);
        NAME(CONSENT_E_INPUT);
        NAME(CONSENT_E_SYNTAX);
        NAME(CONSENT_E_LIMIT);
        NAME(CONSENT_E_REFERENCE);
        NAME(CONSENT_E_DUPLICATE);
        NAME(CONSENT_E_STALE_TEXT);
        NAME(CONSENT_E_UNKNOWN_TEXT);
        NAME(CONSENT_E_NOT_FOUND);
        NAME(CONSENT_E_CONFLICT);
        NAME(CONSENT_E_STATE);
        NAME(CONSENT_E_REFUSED);
        NAME(CONSENT_E_BUSY);
        NAME(CONSENT_E_STOPPED);
        NAME(CONSENT_E_OPEN);
        NAME(CONSENT_E_READONLY);
        NAME(CONSENT_E_FULL);
        NAME(CONSENT_E_IO);
        NAME(CONSENT_E_CORRUPT);
        NAME(CONSENT_E_NOT_STORE);
        NAME(CONSENT_E_NEWER);
        NAME(CONSENT_E_EXISTS);
        NAME(CONSENT_E_ENGINE);
        NAME(CONSENT_E_KEY);
        NAME(CONSENT_E_KEY_FORMAT);
        NAME(CONSENT_E_KEY_EXPOSED);
        NAME(CONSENT_E_SEAL);
        NAME(CONSENT_E_SIGNATURE);
        NAME(CONSENT_E_FORMAT);
        NAME(CONSENT_E_PROOF);
        NAME(CONSENT_E_MEMORY);
        NAME(CONSENT_E_RANDOM);
        NAME(CONSENT_E_INTERNAL);
    default:
        return "CONSENT_E_UNNAMED";
    }
#undef NAME
}

/* ---- short lists: the index is the constant ---- */

#define COUNT(list) ((int32_t)(sizeof(list) / sizeof(list)[0]))

static const char *const decisions[] = {
    [CONSENT_DECISION_GRANTED] = "granted",
    [CONSENT_DECISION_REFUSED] = "refused",
    [CONSENT_DECISION_WITHDRAWN] = "withdrawn",
};

static const char *const ends[] = {
    [CONSENT_END_SUBJECT] = "subject",
    [CONSENT_END_GUARDIAN] = "guardian",
    [CONSENT_END_COURT] = "court",
    [CONSENT_END_MAJORITY] = "majority",
};

static const char *const classes[] = {
    [CONSENT_CLASS_NONE] = "none",
    [CONSENT_CLASS_GENERAL] = "general",
    [CONSENT_CLASS_SEPARATE] = "separate",
    [CONSENT_CLASS_WRITTEN] = "written",
};

static const char *const operations[] = {
    [CONSENT_OPERATION_COLLECT] = "collect",   [CONSENT_OPERATION_STORE] = "store",
    [CONSENT_OPERATION_USE] = "use",           [CONSENT_OPERATION_SHARE] = "share",
    [CONSENT_OPERATION_TRANSFER] = "transfer", [CONSENT_OPERATION_DISCLOSE] = "disclose",
};

#define R(name) [CONSENT_REASON_##name] = #name
static const char *const reasons[] = {
    R(SERVICE_STOPPED),
    R(NO_POLICY_IN_FORCE),
    R(UNDECLARED_PURPOSE),
    R(UNDECLARED_OPERATION),
    R(UNDECLARED_RECIPIENT),
    R(UNDECLARED_ITEM),
    R(UNDECLARED_PERMISSION),
    R(BASIS_UNPROVEN),
    R(ASSESSMENT_MISSING),
    R(EXPORT_MECHANISM_MISSING),
    R(CONTRACT_ENDED),
    R(UNKNOWN_SUBJECT),
    R(PROCESSING_RESTRICTED),
    R(CONTROLLER_CHANGED),
    R(OBJECTED),
    R(PRECONDITION_UNMET),
    R(AGE_UNKNOWN),
    R(CHILD_RULES_MISSING),
    R(GUARDIAN_REQUIRED),
    R(GUARDIAN_UNVERIFIED),
    R(GUARDIAN_REFUSED),
    R(GUARDIAN_LAPSED),
    R(NOT_ASKED),
    R(REFUSED),
    R(WITHDRAWN),
    R(EXPIRED),
    R(STALE_VERSION),
    R(SEPARATE_CONSENT_REQUIRED),
    R(WRITTEN_CONSENT_REQUIRED),
    R(NOTICE_PENDING),
    R(PERMISSION_NOT_GRANTED),
    R(CONSENTED),
    R(GUARDIAN_CONSENTED),
    R(BASIS_CONTRACT),
    R(BASIS_HR),
    R(BASIS_LEGAL_OBLIGATION),
    R(BASIS_VITAL_INTEREST),
    R(BASIS_PUBLIC_INTEREST),
    R(BASIS_PUBLIC_INFORMATION),
    R(BASIS_LEGITIMATE_INTEREST),
    R(BASIS_OTHER_LAW),
    R(EXEMPT),
};
#undef R

static const char *name_of(const char *const *list, int32_t count, int32_t value) {
    return value >= 0 && value < count ? list[value] : NULL;
}

static int32_t value_of(const char *const *list, int32_t count, const char *name,
                        int32_t otherwise) {
    int32_t i;
    for (i = 0; name != NULL && i < count; i++)
        if (strcmp(list[i], name) == 0)
            return i;
    return otherwise;
}

const char *consent_decision_name(int32_t decision) {
    return name_of(decisions, COUNT(decisions), decision);
}

const char *consent_class_name(int32_t consent_class) {
    return name_of(classes, COUNT(classes), consent_class);
}

const char *consent_end_name(int32_t end) {
    return name_of(ends, COUNT(ends), end);
}

const char *consent_operation_name(int32_t operation) {
    return name_of(operations, COUNT(operations), operation);
}

const char *consent_reason_name(int32_t reason) {
    return name_of(reasons, COUNT(reasons), reason);
}

int32_t consent_class_value(const char *name) {
    return value_of(classes, COUNT(classes), name, -1);
}

int32_t consent_operation_value(const char *name) {
    return value_of(operations, COUNT(operations), name, -2);
}
