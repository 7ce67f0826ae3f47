/* SPDX-License-Identifier: Apache-2.0 */
/* All policies of a store as the rules see them: versions with their times, consent points with
 * stable numbers, required class and epoch of each point in each version, stops and successors. An
 * immutable snapshot, built by flow/catalog.c whenever the store's catalogue number moves. */
#ifndef CONSENT__CORE_CATALOG_H
#define CONSENT__CORE_CATALOG_H

#include "core/policy.h"

/* One consent point in one version. */
typedef struct consent__slot {
    int32_t purpose, share; /* share -1: the purpose itself, else index into its shares */
    uint32_t point;         /* number of the point, > 0 */
    int32_t cls;            /* class required: declared, raised by the profile */
    bool needed;            /* whether an act at this very point is needed at all */
    int64_t epoch;
    int64_t notice; /* id of the last version whose notice must be acknowledged, 0: none */
} consent__slot;

typedef struct consent__version {
    int64_t id;
    int32_t policy_index; /* into catalog.policies */
    const consent__policy *policy;
    uint8_t sha256[32];
    const uint8_t (*section_hash)[32];   /* [section * languages + language]; zero where no text */
    int64_t imported_at;
    int64_t published_seq, published_at; /* CONSENT__NO_INSTANT while a draft */
    int64_t in_force_from;               /* max(effective_at, published_at); of a version that came
                                            signed: as in its store of origin */
    consent__change_class change;        /* computed or declared */
    int32_t slot_count;
    const consent__slot *slots;  /* each purpose followed by its shares */
    const int32_t *purpose_slot; /* purpose index -> slot */
    /* Number of a point -> slot + 1, 0: none; for points below the limit. NULL: slots are searched. */
    const int32_t *point_slot;
    uint32_t point_limit;
    /* Per permission: the event from which on what the system says counts (the permission grew with
     * it); by place in the ledger, since a clock may stand. NULL while a draft. */
    const int64_t *permission_since;
} consent__version;

typedef struct consent__point {
    uint32_t id;
    int32_t policy_index;
    const char *key;
} consent__point;
typedef struct consent__policy_entry {
    const char *key;
    int32_t published_count;
    const int32_t *published; /* indices into versions, by in_force_from */
} consent__policy_entry;
typedef struct consent__stop {
    int64_t seq, at;
} consent__stop;
typedef struct consent__successor {
    int64_t seq, at;
    bool accepts;
} consent__successor;

typedef struct consent__catalog {
    int64_t number;                             /* head.catalog it was read at */
    CONSENT__SLICE(consent__version, versions); /* by id, drafts too */
    CONSENT__SLICE(consent__point, points);     /* by id; index = id - 1 */
    /* Open addressing by consent__point_hash: index into points + 1, 0: free; a power of two of
     * places, less one. NULL: points are searched. */
    const int32_t *point_places;
    uint32_t point_mask;
    CONSENT__SLICE(consent__policy_entry, policies);
    CONSENT__SLICE(consent__stop, stops);
    CONSENT__SLICE(consent__successor, successors);
} consent__catalog;

int32_t consent__catalog_policy(const consent__catalog *c, const char *key); /* -1 */
/* The policy meant when none is named: the only one with a published version, else the only one;
 * -1 when there is none, -2 when there are several. */
int32_t consent__catalog_only(const consent__catalog *c);
/* The version of a policy in force at t, seen from a ledger of `prefix` events: only versions
 * published before that count. NULL when none. */
const consent__version *consent__catalog_in_force(const consent__catalog *c, int32_t policy_index,
                                                  int64_t t, int64_t prefix);
const consent__version *consent__catalog_version(const consent__catalog *c, int32_t policy_index,
                                                 const char *label); /* NULL */
const consent__version *consent__catalog_version_id(const consent__catalog *c,
                                                    int64_t id); /* NULL */
uint32_t consent__point_hash(int32_t policy_index, const char *key);
uint32_t consent__catalog_point(const consent__catalog *c, int32_t policy_index,
                                const char *key); /* 0 */
/* Slot of a point in a version; NULL when the version does not have it. */
const consent__slot *consent__version_slot(const consent__version *v, uint32_t point);
/* Class a point requires: the bundle's, raised by the profile. share -1: the purpose itself. */
int32_t consent__point_class(const consent__policy *p, int32_t purpose, int32_t share);
/* Whether an act at that very point is needed: a consent purpose; a share whose class is separate
 * or written. */
bool consent__point_needed(const consent__policy *p, int32_t purpose, int32_t share);
/* Index of the first permission of that name, -1. */
int32_t consent__policy_permission(const consent__policy *p, const char *name);
/* Whether the newer version asks more of a permission than the older one did: it is new, it serves
 * another purpose, it gives another item, or it needs a prompt no more. Such a permission is asked
 * for again, and nothing else is. */
bool consent__permission_grew(const consent__policy *older, const consent__policy *newer,
                              const char *name);
/* Whether a recipient's country makes the share an export under the profile. */
bool consent__is_export(const consent__policy *p, int32_t recipient);
/* "purpose" or "purpose@recipient" into out (>= 130 bytes). */
#define CONSENT__POINT_MAX 132
void consent__point_key(const consent__policy *p, int32_t purpose, int32_t share,
                        char out[CONSENT__POINT_MAX]);

#endif
