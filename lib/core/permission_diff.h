/* SPDX-License-Identifier: Apache-2.0 */
/* The permissions a policy declares against those an app asks for. Pure. */
#ifndef CONSENT__CORE_PERMISSION_DIFF_H
#define CONSENT__CORE_PERMISSION_DIFF_H

#include "core/policy.h"
#include "util/arena.h"

typedef enum consent__gap_kind {
    GAP_NOT_DECLARED,     /* the app asks for it, the policy does not say so */
    GAP_NOT_IN_APP,       /* declared, and the app does not ask for it */
    GAP_NO_PURPOSE,       /* declared for nothing */
    GAP_UNEXPLAINED,      /* reads items that none of its purposes processes */
    GAP_SDK_NO_RECIPIENT, /* its source is neither the app's own list nor a recipient */
    GAP_SDK_NOT_SHARED,   /* its source is a recipient that no purpose shares anything with */
    GAP_COUNT
} consent__gap_kind;
typedef struct consent__gap {
    consent__gap_kind kind;
    const char *name;       /* as the app or the policy spells it */
    int32_t permission;     /* index of the entry, -1 for what is not declared */
    consent__indices items; /* GAP_UNEXPLAINED: what is not explained */
} consent__gap;
typedef struct consent__gaps {
    int32_t count;
    const consent__gap *v;
} consent__gaps;

/* "not-declared" …; NULL beyond the last. */
const char *consent__gap_name(int v);
/* Whether two names mean the same permission: the prefix "android.permission." counts for nothing.
 */
bool consent__permission_same(const char *a, const char *b);
/* Compares with the entries of one platform. Order: kind, then the order of names or of the bundle;
 * a name that stands several times is told once, an entry once per kind. The list of the app itself
 * is that of the first source of the platform that is no recipient. CONSENT_E_MEMORY is the only
 * failure. */
consent_status consent__permission_diff(const consent__cx *cx, const consent__policy *p,
                                        consent__platform platform, const char *const *names,
                                        size_t count, consent__arena *arena, consent__gaps *out);

#endif
