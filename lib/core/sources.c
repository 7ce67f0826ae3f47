/* SPDX-License-Identifier: Apache-2.0 */
/* Which law a reason rests on, by profile. Words for a report: no rule reads this table. */
#include <consent/check.h>

#include <string.h>

typedef struct source_row {
    int32_t reason;
    const char *general, *cn, *eu, *us, *in; /* NULL: the general one */
} source_row;

#define R(name) CONSENT_REASON_##name
static const source_row rows[] = {
    {R(SERVICE_STOPPED), "the service ended: nothing is left to process for", "PIPL art. 47(1)(2)",
     "GDPR art. 5(1)(b), (e)", NULL, "DPDP Act s. 8(7)"},
    {R(NO_POLICY_IN_FORCE), "nothing is processed before the subject can be informed",
     "PIPL arts 7, 17", "GDPR arts 12-13", "COPPA 16 CFR 312.4", "DPDP Act s. 5"},
    {R(UNDECLARED_PURPOSE), "purpose limitation", "PIPL arts 6, 17(1)(2)", "GDPR art. 5(1)(b)",
     "COPPA 16 CFR 312.4", "DPDP Act ss. 5-6"},
    {R(UNDECLARED_OPERATION), "purpose limitation", "PIPL arts 14(2), 17(1)(2)",
     "GDPR art. 5(1)(b)", "COPPA 16 CFR 312.4", "DPDP Act ss. 5-6"},
    {R(UNDECLARED_RECIPIENT), "recipients are named before they receive anything",
     "PIPL arts 17, 23; NDR art. 21", "GDPR art. 13(1)(e)", "COPPA 16 CFR 312.4(d)",
     "DPDP Act ss. 6, 8"},
    {R(UNDECLARED_ITEM), "data minimisation", "PIPL arts 6, 17(1)(2); NDR art. 22(1)",
     "GDPR art. 5(1)(c)", "COPPA 16 CFR 312.7", "DPDP Act s. 6(1)"},
    {R(UNDECLARED_PERMISSION), "a permission serves a stated purpose",
     "PIPL art. 17; App collection measures 2019, groups 2 and 4", "GDPR art. 5(1)(a), (c)",
     "COPPA 16 CFR 312.7", "DPDP Act s. 6(1)"},
    {R(BASIS_UNPROVEN), "who relies on a legal basis proves it", "PIPL arts 13(1), 69",
     "GDPR arts 5(2), 6(1)", NULL, "DPDP Act s. 7"},
    {R(ASSESSMENT_MISSING), "risky processing is assessed first", "PIPL arts 55-56", "GDPR art. 35",
     NULL, "DPDP Act s. 10(2)(c)"},
    {R(EXPORT_MECHANISM_MISSING), "data leaves the country by a mechanism of the law only",
     "PIPL art. 38", "GDPR arts 44-49", NULL, "DPDP Act s. 16"},
    {R(CONTRACT_ENDED), "a processor acts under a contract that runs", "PIPL art. 21",
     "GDPR art. 28(3)", "COPPA 16 CFR 312.8", "DPDP Act s. 8(2)"},
    {R(UNKNOWN_SUBJECT), "an unknown is never a yes", "PIPL art. 13", "GDPR art. 6(1)", NULL,
     "DPDP Act s. 4"},
    {R(PROCESSING_RESTRICTED), "restricted data is stored and nothing else", "PIPL art. 47(2)",
     "GDPR art. 18", NULL, NULL},
    {R(CONTROLLER_CHANGED), "a new controller with other purposes asks anew", "PIPL art. 22",
     "GDPR arts 6-7, 13(3)", NULL, "DPDP Act ss. 5-6"},
    {R(OBJECTED), "an objection is heeded", "PIPL arts 24, 27", "GDPR art. 21", NULL, NULL},
    {R(PRECONDITION_UNMET), "the policy's own condition binds its author",
     "PIPL art. 14; the policy's clause", "GDPR art. 5(1)(a); the policy's clause", NULL, NULL},
    {R(AGE_UNKNOWN), "an unknown age is never taken for adult", "PIPL art. 31", "GDPR art. 8(2)",
     "COPPA 16 CFR 312.5", "DPDP Act s. 9"},
    {R(CHILD_RULES_MISSING), "children's data needs rules of its own", "PIPL art. 31(2)",
     "GDPR arts 8, 12(1)", "COPPA 16 CFR 312.4", "DPDP Act s. 9"},
    {R(GUARDIAN_REQUIRED), "a guardian decides for the child",
     "PIPL art. 31(1); Minors' Law art. 72", "GDPR art. 8(1)", "COPPA 16 CFR 312.5(a)",
     "DPDP Act s. 9(1)"},
    {R(GUARDIAN_UNVERIFIED), "the guardian is verified",
     "PIPL art. 31(1); Children's data measures art. 9", "GDPR art. 8(2)", "COPPA 16 CFR 312.5(b)",
     "DPDP Act s. 9(1); DPDP Rules 2025"},
    {R(GUARDIAN_REFUSED), "the guardian may refuse",
     "PIPL arts 16, 31; Children's data measures arts 9-10", "GDPR arts 7-8", "COPPA 16 CFR 312.6",
     "DPDP Act s. 9(1)"},
    {R(GUARDIAN_LAPSED), "of age, the subject decides alone", "PIPL arts 14, 31", "GDPR arts 7-8",
     NULL, "DPDP Act ss. 6, 9"},
    {R(NOT_ASKED), "silence is no consent", "PIPL arts 13(1)(1), 14", "GDPR arts 4(11), 6(1)(a)",
     "COPPA 16 CFR 312.5", "DPDP Act s. 6"},
    {R(REFUSED), "a refusal is respected", "PIPL art. 16", "GDPR arts 4(11), 7(4)", NULL,
     "DPDP Act s. 6"},
    {R(WITHDRAWN), "consent can be withdrawn, with effect from then on", "PIPL art. 15",
     "GDPR art. 7(3)", "COPPA 16 CFR 312.6", "DPDP Act s. 6(4)"},
    {R(EXPIRED), "consent counts for the time it was given for", "PIPL arts 19, 47(1)(2)",
     "GDPR art. 5(1)(e)", "COPPA 16 CFR 312.10", "DPDP Act s. 8(7)"},
    {R(STALE_VERSION), "a change of purpose, method or kinds of data is consented to anew",
     "PIPL art. 14(2); NDR art. 22", "GDPR arts 6(4), 13(3)", "COPPA 16 CFR 312.5(a)",
     "DPDP Act ss. 5-6"},
    {R(SEPARATE_CONSENT_REQUIRED), "some processing needs a consent of its own",
     "PIPL arts 23, 25, 26, 29, 39", "GDPR arts 7(2), 9(2)(a)", "COPPA 16 CFR 312.5(a)(2)",
     "DPDP Act s. 6"},
    {R(WRITTEN_CONSENT_REQUIRED), "some processing needs a written consent", "PIPL art. 29",
     "GDPR arts 7(1)-(2), 9(2)(a)", NULL, NULL},
    {R(NOTICE_PENDING), "a change is told before it is relied on", "PIPL art. 17(2)",
     "GDPR art. 13(3)", "COPPA 16 CFR 312.4", "DPDP Act s. 5"},
    {R(PERMISSION_NOT_GRANTED), "the operating system's no is a no",
     "PIPL art. 16; App collection measures 2019, group 3", "ePrivacy Directive art. 5(3)", NULL,
     NULL},
    {R(CONSENTED), "consent", "PIPL art. 13(1)(1)", "GDPR art. 6(1)(a)", NULL, "DPDP Act s. 6"},
    {R(GUARDIAN_CONSENTED), "a guardian's consent", "PIPL art. 31(1)", "GDPR art. 8(1)",
     "COPPA 16 CFR 312.5", "DPDP Act s. 9(1)"},
    {R(BASIS_CONTRACT), "contract", "PIPL art. 13(1)(2)", "GDPR art. 6(1)(b)", NULL, NULL},
    {R(BASIS_HR), "management of staff", "PIPL art. 13(1)(2)", NULL, NULL, "DPDP Act s. 7(i)"},
    {R(BASIS_LEGAL_OBLIGATION), "legal obligation", "PIPL art. 13(1)(3)", "GDPR art. 6(1)(c)", NULL,
     "DPDP Act s. 7"},
    {R(BASIS_VITAL_INTEREST), "life, health, property in an emergency", "PIPL art. 13(1)(4)",
     "GDPR art. 6(1)(d)", NULL, "DPDP Act s. 7"},
    {R(BASIS_PUBLIC_INTEREST), "public interest", "PIPL art. 13(1)(5)", "GDPR art. 6(1)(e)", NULL,
     "DPDP Act s. 7"},
    {R(BASIS_PUBLIC_INFORMATION), "information that is public already", "PIPL arts 13(1)(6), 27",
     "GDPR art. 9(2)(e)", NULL, "DPDP Act s. 3(c)(ii)"},
    {R(BASIS_LEGITIMATE_INTEREST), "legitimate interest", NULL, "GDPR art. 6(1)(f)", NULL, NULL},
    {R(BASIS_OTHER_LAW), "another law", "PIPL art. 13(1)(7)", NULL, NULL, "DPDP Act s. 7"},
    {R(EXEMPT), "an exemption, for one recorded use", "PIPL arts 13(1)(2)-(7), 18, 35",
     "GDPR arts 6(1)(c)-(f), 23", NULL, "DPDP Act ss. 7, 17"},
};
#undef R

const char *consent_reason_source(int32_t reason, const char *profile) {
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *own = NULL;
        if (rows[i].reason != reason)
            continue;
        if (profile && strcmp(profile, "cn") == 0)
            own = rows[i].cn;
        else if (profile && strcmp(profile, "eu") == 0)
            own = rows[i].eu;
        else if (profile && strcmp(profile, "us-coppa") == 0)
            own = rows[i].us;
        else if (profile && strcmp(profile, "in") == 0)
            own = rows[i].in;
        return own ? own : rows[i].general;
    }
    return NULL;
}
