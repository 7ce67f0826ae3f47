/* SPDX-License-Identifier: Apache-2.0 */
/* The words of bundles and profiles, in the order of their enumerations. */
#include "core/state.h"

#include <string.h>

#define NAMES(function, ...)                                                                       \
    const char *function(int v) {                                                                  \
        static const char *const names[] = {__VA_ARGS__};                                          \
        return v >= 0 && (size_t)v < sizeof names / sizeof names[0] ? names[v] : NULL;             \
    }

NAMES(consent__basis_name, "consent", "contract", "hr", "legal-obligation", "vital-interest",
      "public-interest", "public-information", "legitimate-interest", "other-law")
NAMES(consent__recipient_kind_name, "affiliate", "partner", "sdk", "processor", "authority",
      "successor", "public")
NAMES(consent__strictness_name, "off", "warn", "deny")
NAMES(consent__reached_name, "birthday", "day-after-birthday")
NAMES(consent__unknown_age_name, "deny", "guardian", "adult")
NAMES(consent__coming_name, "lapse", "ask")
NAMES(consent__unit_name, "working-days", "days", "hours", "months")
NAMES(consent__convention_name, "next", "incl", "roll")
NAMES(consent__then_name, "delete", "anonymise", "restrict")
NAMES(consent__op_name, "==", "!=", "<", "<=", ">", ">=", "absent")
NAMES(consent__change_class_name, "none", "editorial", "minor", "material")
NAMES(consent__platform_name, "android", "ios", "web", "desktop")
NAMES(consent__prompt_name, "runtime", "install", "special")
NAMES(consent__document_kind_name, "privacy-policy", "agreement", "child-rules", "notice")
NAMES(consent__risk_name, "low", "medium", "high")
NAMES(consent__mechanism_name, "none", "assessment", "certification", "standard-contract",
      "adequacy", "other")
NAMES(consent__owed_name, "inform-recipient", "delete-collected", "inform-guardian")
NAMES(consent__right_kind_name, "access", "copy", "portability", "correct", "restrict", "object",
      "delete", "withdraw", "explain", "guardian-inquiry", "deceased-relative", "cancel-account",
      "complaint")

int consent__name_value(const char *(*name_of)(int), const char *name) {
    const char *at;
    int v;
    for (v = 0; name != NULL && (at = name_of(v)) != NULL; v++)
        if (strcmp(at, name) == 0)
            return v;
    return -1;
}
