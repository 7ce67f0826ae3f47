/* SPDX-License-Identifier: Apache-2.0 */
/* What differs between two versions of a policy, what kind of change that is, and which consent
 * points must be asked again. Pure: no I/O, no clock; the same answer whatever the order of entries. */
#ifndef CONSENT__CORE_DIFF_H
#define CONSENT__CORE_DIFF_H

#include "core/policy.h"
#include "util/arena.h"

/* One difference. Order in a diff is canonical: by type, then key, then detail. */
typedef struct consent__change {
    int32_t type;         /* CHANGE_TYPE_* in diff.c's table; name: consent__change_type_name */
    const char *key;      /* the entry: "purpose", "purpose@recipient", "item:…" as the table says */
    const char *detail;   /* what inside it: an item, an operation, a language …; NULL */
    const char *before, *after; /* short machine values, never section texts; NULL when absent */
    int32_t trigger;      /* 1..6, 0: none */
    bool material, narrowing, restricts_rights, text_only, editorial;
    consent__strings sections; /* ids, those of the newer version where they exist there */
    consent__strings points;   /* consent points it touches materially: epochs rise */
    consent__strings mentions; /* points it concerns without asking again (text-only, narrowing) */
} consent__change;

typedef struct consent__diff {
    consent__change_class cls; /* computed: none, editorial, minor, material */
    uint32_t triggers;         /* bit n: trigger n */
    bool restricts_rights;
    bool controller_changed;   /* every point is touched */
    consent__strings points;   /* all points touched materially, sorted */
    int32_t change_count;
    const consent__change *changes;
} consent__diff;

const char *consent__change_type_name(int32_t type);
/* Newer against older. Everything in the result lives in the arena or in the policies.
 * CONSENT_E_MEMORY is the only failure. */
consent_status consent__policy_diff(const consent__cx *cx, const consent__policy *older,
                                    const consent__policy *newer, consent__arena *arena,
                                    consent__diff *out);

#endif
