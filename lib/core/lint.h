/* SPDX-License-Identifier: Apache-2.0 */
/* What is wrong in a policy before a regulator says so: a table of rules, each with id, severity,
 * source and remedy. Pure. */
#ifndef CONSENT__CORE_LINT_H
#define CONSENT__CORE_LINT_H

#include "core/policy.h"
#include "util/arena.h"

typedef enum consent__severity { LINT_ERROR, LINT_WARNING, LINT_HINT } consent__severity;
typedef struct consent__finding {
    const char *id;
    consent__severity severity;
    const char *source;  /* the law, standard or promise it breaks */
    const char *message; /* names keys, permissions, words matched */
    const char *remedy;  /* one sentence */
    consent__strings sections;
    bool from_text;      /* found in the words, not in the structure */
} consent__finding;
typedef struct consent__findings { int32_t count; const consent__finding *v; } consent__findings;

/* Order: severity, id, first section. CONSENT_E_MEMORY is the only failure. */
consent_status consent__policy_lint(const consent__cx *cx, const consent__policy *policy,
                                    consent__arena *arena, consent__findings *out);
/* The table of rules, for documentation: NULL beyond the last. */
typedef struct consent__lint_rule {
    const char *id; consent__severity severity; const char *source, *about, *remedy;
    const char *profiles; /* "cn eu" or "*" */
} consent__lint_rule;
const consent__lint_rule *consent__lint_rule_at(size_t index);

#endif
