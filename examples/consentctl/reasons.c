/* SPDX-License-Identifier: Apache-2.0 */
#include "reasons.h"

#include <consent/status.h>

#include <stddef.h>
#include <string.h>

static const char *const sentences[] = {
    [CONSENT_REASON_SERVICE_STOPPED] =
        "The service has stopped; nothing may be processed any more.",
    [CONSENT_REASON_NO_POLICY_IN_FORCE] = "No version of the policy is in force.",
    [CONSENT_REASON_UNDECLARED_PURPOSE] = "The policy in force does not declare this purpose.",
    [CONSENT_REASON_UNDECLARED_OPERATION] = "The purpose does not declare this operation.",
    [CONSENT_REASON_UNDECLARED_RECIPIENT] = "The purpose does not declare this recipient, or "
                                            "sharing was asked about without naming one.",
    [CONSENT_REASON_UNDECLARED_ITEM] = "The purpose does not declare this item.",
    [CONSENT_REASON_UNDECLARED_PERMISSION] = "The permission is not declared for this purpose.",
    [CONSENT_REASON_BASIS_UNPROVEN] = "The legal basis asks for evidence, and there is none.",
    [CONSENT_REASON_ASSESSMENT_MISSING] = "An impact assessment is needed first.",
    [CONSENT_REASON_EXPORT_MECHANISM_MISSING] =
        "The recipient is abroad and no mechanism for the export is declared.",
    [CONSENT_REASON_CONTRACT_ENDED] = "The contract with the recipient has ended.",
    [CONSENT_REASON_UNKNOWN_SUBJECT] = "No such subject is registered.",
    [CONSENT_REASON_PROCESSING_RESTRICTED] = "The subject's data may only be stored.",
    [CONSENT_REASON_CONTROLLER_CHANGED] =
        "The controller has changed and the subject has not agreed to the new one.",
    [CONSENT_REASON_OBJECTED] = "The subject has objected.",
    [CONSENT_REASON_PRECONDITION_UNMET] =
        "A condition of the purpose does not hold, or is not known.",
    [CONSENT_REASON_AGE_UNKNOWN] =
        "The subject's age is not known, which is never taken for adult.",
    [CONSENT_REASON_CHILD_RULES_MISSING] =
        "The subject is a child and the policy has no rules for children.",
    [CONSENT_REASON_GUARDIAN_REQUIRED] = "A guardian has to decide, and none has.",
    [CONSENT_REASON_GUARDIAN_UNVERIFIED] = "A guardian has decided who is not verified.",
    [CONSENT_REASON_GUARDIAN_REFUSED] = "The guardian has refused.",
    [CONSENT_REASON_GUARDIAN_LAPSED] =
        "The subject came of age and the guardian's consent has lapsed.",
    [CONSENT_REASON_NOT_ASKED] = "The subject has not been asked, or has not answered.",
    [CONSENT_REASON_REFUSED] = "The subject has refused.",
    [CONSENT_REASON_WITHDRAWN] = "The subject has withdrawn an earlier consent.",
    [CONSENT_REASON_EXPIRED] = "The consent was given for a time that is over.",
    [CONSENT_REASON_STALE_VERSION] =
        "The consent was given to an earlier wording that has changed materially since.",
    [CONSENT_REASON_SEPARATE_CONSENT_REQUIRED] =
        "A consent to this point alone is needed; a general one does not cover it.",
    [CONSENT_REASON_WRITTEN_CONSENT_REQUIRED] = "A written consent is needed.",
    [CONSENT_REASON_NOTICE_PENDING] =
        "The subject has still to acknowledge a change of the policy.",
    [CONSENT_REASON_PERMISSION_NOT_GRANTED] =
        "The operating system's permission has not been granted.",
    [CONSENT_REASON_CONSENTED] = "The subject has consented, and the consent stands.",
    [CONSENT_REASON_GUARDIAN_CONSENTED] = "A verified guardian has consented for the subject.",
    [CONSENT_REASON_BASIS_CONTRACT] = "Needed for a contract with the subject.",
    [CONSENT_REASON_BASIS_HR] = "Needed for managing employment.",
    [CONSENT_REASON_BASIS_LEGAL_OBLIGATION] = "Needed for a legal obligation.",
    [CONSENT_REASON_BASIS_VITAL_INTEREST] = "Needed to protect life, health or property.",
    [CONSENT_REASON_BASIS_PUBLIC_INTEREST] = "Needed in the public interest.",
    [CONSENT_REASON_BASIS_PUBLIC_INFORMATION] = "The information is lawfully public.",
    [CONSENT_REASON_BASIS_LEGITIMATE_INTEREST] = "Rests on a legitimate interest.",
    [CONSENT_REASON_BASIS_OTHER_LAW] = "Another law allows it.",
    [CONSENT_REASON_EXEMPT] = "An exemption was used for this one case.",
};

const char *reason_sentence(int32_t reason) {
    if (reason < 0 || (size_t)reason >= sizeof sentences / sizeof sentences[0] ||
        sentences[reason] == NULL)
        return "";
    return sentences[reason];
}

const char *step_sentence(const char *what) {
    static const struct {
        const char *what, *sentence;
    } steps[] = {
        {"publish-policy", "Publish a version of the policy, or wait until one is in force."},
        {"declare", "Declare it in the next version of the policy, or do without it."},
        {"prove-basis", "Give the evidence for the legal basis in the next version."},
        {"assess", "Make the impact assessment and name it in the next version."},
        {"arrange-export", "Arrange for the export and name the mechanism in the next version."},
        {"renew-contract", "Renew the contract with the recipient."},
        {"register", "Register the subject."},
        {"put-fact", "Put the fact that the condition asks for."},
        {"ask-age", "Find out the date of birth."},
        {"publish-child-rules", "Publish rules for children."},
        {"verify-guardian", "Verify the guardian."},
        {"show-notice", "Show the notice of the change and have it acknowledged."},
        {"ask-permission", "Ask for the operating system's permission."},
    };
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        if (strcmp(steps[i].what, what) == 0)
            return steps[i].sentence;
    return "";
}
