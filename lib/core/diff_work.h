/* SPDX-License-Identifier: Apache-2.0 */
/* What the files diff_*.c share while a diff is being made. Only they include it. */
#ifndef CONSENT__CORE_DIFF_WORK_H
#define CONSENT__CORE_DIFF_WORK_H

#include "core/catalog.h"
#include "core/diff.h"
#include "core/diff_types.h"

/* One entry in both versions; -1 on the side where it is not. */
typedef struct consent__pair {
    const char *key;
    int32_t a, b; /* index in the older, in the newer */
} consent__pair;
typedef struct consent__pairing {
    int32_t count;
    consent__pair *v;     /* by key */
    int32_t *to_b, *to_a; /* index on one side -> on the other, -1 */
    int32_t *seen_a, *seen_b, stamp;
} consent__pairing;
/* Members of a set on one side only: removed as indices of the older, added of the newer. */
typedef struct consent__delta {
    int32_t added_count, removed_count;
    const int32_t *added, *removed;
} consent__delta;
typedef struct consent__string_delta {
    consent__strings added, removed;
} consent__string_delta;
/* target -> sources: sources of target t are v[start[t]] .. v[start[t + 1] - 1]. */
typedef struct consent__inverse {
    int32_t *start, *v;
} consent__inverse;

typedef struct consent__name_list {
    const char **v;
    int32_t count, cap;
} consent__name_list;
typedef struct consent__diff_node {
    consent__change c;
    consent__name_list sections, points, mentions;
    struct consent__diff_node *next;
} consent__diff_node;

enum { DIFF_OLDER, DIFF_NEWER, DIFF_SIDES };
typedef struct consent__diff_side {
    const consent__policy *p;
    consent__inverse item_purposes, section_purposes, section_items, section_recipients;
    consent__inverse recipient_purposes; /* by shares */
    int32_t *mentioned, stamp;           /* per purpose: already mentioned by this change */
} consent__diff_side;

typedef struct consent__diff_work {
    const consent__policy *a, *b; /* older, newer */
    consent__arena *arena;
    bool failed;   /* out of memory: sticks */
    bool declared; /* the newer version declares editorial, with actor and reason */
    consent__pairing languages, sections, items, purposes, recipients;
    consent__diff_side side[DIFF_SIDES];
    consent__diff_node *first;
    int32_t count;
    bool controller_changed;
    consent__diff_node spare; /* written to after a failure, never read */
} consent__diff_work;

/* ---- memory, sets (diff_work.c) ---- */
void *consent__diff_get(consent__diff_work *w, size_t count, size_t size);
/* Pairs entries of two arrays of structs by the key that stands at key_at in each. */
void consent__diff_pair(consent__diff_work *w, const void *a, int32_t a_count, const void *b,
                        int32_t b_count, size_t size, size_t key_at, consent__pairing *out);
void consent__diff_pair_keys(consent__diff_work *w, const char **a, int32_t a_count, const char **b,
                             int32_t b_count, consent__pairing *out);
/* The sets' members are indices of the paired entries; either set may be NULL. */
void consent__diff_sets(consent__diff_work *w, consent__pairing *pairing, const consent__indices *a,
                        const consent__indices *b, consent__delta *out);
void consent__diff_strings(consent__diff_work *w, consent__strings a, consent__strings b,
                           consent__string_delta *out);
/* Sorts, drops doubles. */
void consent__diff_settle(consent__name_list *list);
/* at(p, source, k): the k-th target of a source, -1 beyond the last. */
typedef int32_t (*consent__target_fn)(const consent__policy *p, int32_t source, int32_t k);
void consent__diff_invert(consent__diff_work *w, const consent__policy *p, int32_t sources,
                          int32_t targets, consent__target_fn at, consent__inverse *out);

/* ---- changes (diff_change.c) ---- */
/* A new change, flagged as its type says. Never NULL. key and detail are kept, not copied. */
consent__diff_node *consent__diff_add(consent__diff_work *w, int32_t type, const char *key,
                                      const char *detail);
const char *consent__diff_key(consent__diff_work *w, const char *prefix, const char *key);
const char *consent__diff_copy(consent__diff_work *w, const char *text);
const char *consent__diff_number(consent__diff_work *w, int64_t n);
const char *consent__diff_instant(consent__diff_work *w, int64_t at);
/* Takes the trigger away: nothing about the subject's data moved. */
void consent__diff_soften(consent__diff_node *n);
void consent__diff_values(consent__diff_node *n, const char *before, const char *after);
/* Sections of the newer entry, or of the older where there is no newer; either may be NULL. */
void consent__diff_rests_on(consent__diff_work *w, consent__diff_node *n, const consent__indices *a,
                            const consent__indices *b);
void consent__diff_section(consent__diff_work *w, consent__diff_node *n, const char *id);
void consent__diff_mention(consent__diff_work *w, consent__diff_node *n, const char *what);
/* The change concerns a point: listed under points when it is material, else under mentions; not at
 * all when nobody is asked for it in either version. */
void consent__diff_touch(consent__diff_work *w, consent__diff_node *n, consent__pair purpose);
/* The same for purpose@recipient, and for the purpose too when its grant covers the share. */
void consent__diff_touch_share(consent__diff_work *w, consent__diff_node *n, consent__pair purpose,
                               int32_t share_a, int32_t share_b);
/* Every purpose that uses the item in both versions: where it is new, purpose-item-added asks. */
void consent__diff_touch_users(consent__diff_work *w, consent__diff_node *n, consent__pair item);
/* Every share with the recipient that stands in both versions. */
void consent__diff_touch_recipient(consent__diff_work *w, consent__diff_node *n,
                                   consent__pair recipient);
void consent__diff_touch_all(consent__diff_work *w, consent__diff_node *n);
consent__pair consent__diff_purpose(const consent__diff_work *w, int32_t a, int32_t b);

/* ---- words (diff_text.c) ---- */
/* One text in both versions. The words that bind give a change of the given type (returned, else
 * NULL); other languages translation-changed. field: what text it is, NULL for the only one. */
consent__diff_node *consent__diff_text(consent__diff_work *w, int32_t type, const char *key,
                                       const char *field, const consent__text *a,
                                       const consent__text *b, const consent__indices *sections_a,
                                       const consent__indices *sections_b);
/* Mentions every purpose that rests on the section, itself, by an item or by a share's recipient.
 */
void consent__diff_mention_section(consent__diff_work *w, consent__diff_node *n,
                                   consent__pair section);
/* Mentions every purpose that uses an item (inverse item_purposes) or shares with a recipient. */
void consent__diff_mention_item(consent__diff_work *w, consent__diff_node *n, consent__pair item);
void consent__diff_mention_recipient(consent__diff_work *w, consent__diff_node *n,
                                     consent__pair recipient);
/* Differences of the list of sections an entry rests on; type of an addition, a removal is type
 * + 1. purpose: whose point to mention, key NULL for none. */
void consent__diff_section_list(consent__diff_work *w, int32_t type, const char *key,
                                const consent__indices *a, const consent__indices *b,
                                const char *purpose);

/* ---- the parts, each in its file ---- */
void consent__diff_people(consent__diff_work *w);
void consent__diff_items(consent__diff_work *w);
void consent__diff_purposes(consent__diff_work *w);
void consent__diff_shares(consent__diff_work *w, consent__pair purpose);
void consent__diff_recipients(consent__diff_work *w);
void consent__diff_permissions(consent__diff_work *w);
void consent__diff_exemptions(consent__diff_work *w);
void consent__diff_rights(consent__diff_work *w);
void consent__diff_minors(consent__diff_work *w);
void consent__diff_cancellation(consent__diff_work *w);
void consent__diff_incident(consent__diff_work *w);
void consent__diff_assessments(consent__diff_work *w);
void consent__diff_profile(consent__diff_work *w);
void consent__diff_words(consent__diff_work *w);
/* added: the first of four types added, removed, longer, shorter. */
void consent__diff_deadline(consent__diff_work *w, int32_t added, const char *key,
                            const consent__deadline *a, const consent__deadline *b,
                            const consent__indices *sections_a, const consent__indices *sections_b);
/* One condition in words that can be compared: "balance == 0 within 24 h"; 0: of any age. */
const char *consent__diff_condition(consent__diff_work *w, const consent__condition *c);

#endif
