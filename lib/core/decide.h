/* SPDX-License-Identifier: Apache-2.0 */
/* The check: one pure function over catalogue, state and query. It allocates nothing. */
#ifndef CONSENT__CORE_DECIDE_H
#define CONSENT__CORE_DECIDE_H

#include "core/state.h"

#define CONSENT__QUERY_ITEMS 64

typedef struct consent__query {
    const char *policy; /* NULL: the only one */
    const char *purpose;
    int32_t operation; /* CONSENT_OPERATION_DEFAULT or one */
    const char *recipient, *permission;
    int32_t item_count;
    const char *const *items;
    int64_t at;     /* the instant asked about */
    int64_t prefix; /* events of the ledger that count: seq < prefix */
} consent__query;

typedef struct consent__verdict {
    bool allow;
    int32_t reason;
    uint64_t blockers;               /* bit per CONSENT_REASON_*; 0 when allowed */
    int64_t event;                   /* relied on, -1 */
    const consent__version *version; /* NULL: no policy in force */
    int32_t policy_index, purpose, share, recipient, permission; /* -1: none */
    int32_t operation;
    int32_t cls_purpose, cls_share;            /* classes required; -1 where no act is needed */
    uint64_t purpose_blockers, share_blockers; /* of the blockers, those of that point alone */
    bool guardian;                             /* a guardian has to answer */
    bool by_guardian;                          /* the consent relied on is a guardian's */
    bool consented;    /* consent was needed (and, when allowed, is there) */
    bool asks_subject; /* came of age: the question is to be put to the subject */
    bool warn_assessment;
} consent__verdict;

/* state NULL: the subject is not known. */
void consent__decide(const consent__catalog *catalog, const consent__state *state,
                     const consent__query *query, consent__verdict *out);

/* Whether the items asked about identify a person, alone or together (`combined` items need one
 * they combine with). It is told, and loosens nothing: what a policy calls harmless alone is
 * decided like the rest (PIPL art. 4). */
bool consent__identifies(const consent__query *query, const consent__verdict *verdict);

/* ---- age (core/age.c) ---- */
#define CONSENT__NEVER INT64_MAX
/* First instant at which the age of `years` counts as reached: local midnight of the birthday, or
 * of the day after it, at the policy's offset. born: year * 10000 + month * 100 + day. */
int64_t consent__age_reached(const consent__policy *p, int32_t born, int32_t years);
/* First instant from which the subject decides alone; INT64_MIN when always, CONSENT__NEVER when
 * the age is unknown and the policy wants a guardian then. */
int64_t consent__decides_from(const consent__policy *p, int32_t born);

/* ---- who spoke (core/speech.c) ---- */
typedef enum consent__word {
    WORD_NOT_ASKED,
    WORD_REFUSED,
    WORD_WITHDRAWN,
    WORD_GRANTED,
    WORD_STALE,
    WORD_GUARDIAN_REQUIRED,
    WORD_GUARDIAN_UNVERIFIED,
    WORD_GUARDIAN_REFUSED,
    WORD_GUARDIAN_LAPSED
} consent__word;
typedef struct consent__heard {
    consent__word word;
    const consent__spoken *act; /* what it rests on; NULL when nothing was said */
    bool asks_subject;
} consent__heard;
/* What stands at a point and epoch at t, and said by whom. guardian: one is required at t. */
consent__heard consent__hear(const consent__state *s, const consent__policy *p, uint32_t point,
                             int64_t epoch, bool guardian, int64_t t);
/* Whether a guardian's act counts: the link is verified, and neither over before the act. */
bool consent__link_counts(const consent__state *s, const consent__spoken *act, int64_t t);

/* ---- facts (core/facts.c) ---- */
typedef enum consent__truth { TRUTH_NO, TRUTH_YES, TRUTH_UNDETERMINED } consent__truth;
typedef enum consent__why_unknown {
    UNKNOWN_NOT,
    UNKNOWN_MISSING,
    UNKNOWN_STALE,
    UNKNOWN_CONTRADICTORY
} consent__why_unknown;
/* Whether a condition holds of the facts known of this subject. why may be NULL. */
consent__truth consent__condition_holds(const consent__state *s, const consent__condition *c,
                                        int64_t t, consent__why_unknown *why);

#endif
