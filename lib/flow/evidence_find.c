/* SPDX-License-Identifier: Apache-2.0 */
/* Finding things of a bundle by their names. Whoever made the bundle chose how many files, versions
 * and events there are: each look-up is in a sorted list, and what a point's wording hashes to is
 * worked out once. */
#include <stdlib.h>
#include <string.h>

#include "flow/evidence.h"
#include "flow/policy.h"

/* ---- files: by role, and each role's by name, as the manifest has them ---- */

static int order_file(const consent__evidence_file *f, consent__evidence_role role,
                      const char *name) {
    return f->role != role ? (f->role < role ? -1 : 1) : strcmp(f->name, name);
}

const consent__evidence_file *consent__evidence_file_named(const consent_evidence *e,
                                                           consent__evidence_role role,
                                                           const char *name) {
    size_t low = 0, high = e->count;
    while (low < high) {
        size_t at = low + (high - low) / 2;
        int order = order_file(&e->files[at], role, name);
        if (order == 0)
            return &e->files[at];
        if (order < 0)
            low = at + 1;
        else
            high = at;
    }
    return NULL;
}

/* ---- profiles and texts: the last that was given of one name counts ---- */

static int order_profiles(const void *a, const void *b) {
    const consent__evidence_profile *x = *(const consent__evidence_profile *const *)a;
    const consent__evidence_profile *y = *(const consent__evidence_profile *const *)b;
    int order = strcmp(x->key, y->key);
    return order ? order : x->number < y->number ? 1 : -1;
}

static int order_texts(const void *a, const void *b) {
    const consent__evidence_text *x = *(const consent__evidence_text *const *)a;
    const consent__evidence_text *y = *(const consent__evidence_text *const *)b;
    int order = strcmp(x->policy->key, y->policy->key);
    if (!order)
        order = strcmp(x->policy->version, y->policy->version);
    return order ? order : x->number < y->number ? 1 : -1;
}

/* Sorted when it is first looked into; then nothing is added any more, as files come by their
 * roles. False: no memory. */
static bool sort_profiles(consent_evidence *e) {
    size_t n = 0;
    if (e->sorted_profiles)
        return true;
    e->sorted_profiles =
        consent__arena_get(&e->arena, ((size_t)e->profile_count + 1) * sizeof(void *));
    if (!e->sorted_profiles)
        return false;
    for (consent__evidence_profile *p = e->profiles; p; p = p->next)
        e->sorted_profiles[n++] = p;
    qsort(e->sorted_profiles, n, sizeof *e->sorted_profiles, order_profiles);
    return true;
}

static bool sort_texts(consent_evidence *e) {
    size_t n = 0;
    if (e->sorted_texts)
        return true;
    e->sorted_texts = consent__arena_get(&e->arena, ((size_t)e->text_count + 1) * sizeof(void *));
    if (!e->sorted_texts)
        return false;
    for (consent__evidence_text *t = e->texts; t; t = t->next)
        e->sorted_texts[n++] = t;
    qsort(e->sorted_texts, n, sizeof *e->sorted_texts, order_texts);
    return true;
}

consent_status consent__evidence_profile_named(const consent__cx *cx, consent_evidence *e,
                                               const char *key,
                                               const consent__evidence_profile **out) {
    *out = NULL;
    if (!sort_profiles(e))
        return consent__no_memory(cx);
    size_t low = 0, high = (size_t)e->profile_count; /* the first that is not before it */
    while (low < high) {
        size_t at = low + (high - low) / 2;
        if (strcmp(e->sorted_profiles[at]->key, key) < 0)
            low = at + 1;
        else
            high = at;
    }
    if (low < (size_t)e->profile_count && strcmp(e->sorted_profiles[low]->key, key) == 0)
        *out = e->sorted_profiles[low];
    return CONSENT_OK;
}

consent_status consent__evidence_text_named(const consent__cx *cx, consent_evidence *e,
                                            const char *policy, const char *version,
                                            consent__evidence_text **out) {
    *out = NULL;
    if (!sort_texts(e))
        return consent__no_memory(cx);
    size_t low = 0, high = (size_t)e->text_count;
    while (low < high) {
        size_t at = low + (high - low) / 2;
        const consent__policy *p = e->sorted_texts[at]->policy;
        int order = strcmp(p->key, policy);
        if (!order)
            order = strcmp(p->version, version);
        if (order < 0)
            low = at + 1;
        else
            high = at;
    }
    if (low < (size_t)e->text_count) {
        const consent__policy *p = e->sorted_texts[low]->policy;
        if (strcmp(p->key, policy) == 0 && strcmp(p->version, version) == 0)
            *out = e->sorted_texts[low];
    }
    return CONSENT_OK;
}

/* ---- points of a text ---- */

static int order_points(const void *a, const void *b) {
    return strcmp(((const consent__evidence_point *)a)->key,
                  ((const consent__evidence_point *)b)->key);
}

static bool list_points(consent_evidence *e, consent__evidence_text *t) {
    const consent__policy *p = t->policy;
    size_t n = 0;
    for (int32_t i = 0; i < p->purposes_count; i++)
        n += 1 + (size_t)p->purposes[i].share_count;
    t->points = consent__arena_get(&e->arena, (n + 1) * sizeof *t->points);
    if (!t->points)
        return false;
    for (int32_t i = 0; i < p->purposes_count; i++)
        for (int32_t j = -1; j < p->purposes[i].share_count; j++) {
            char key[CONSENT__POINT_MAX];
            consent__point_key(p, i, j, key);
            const char *kept = consent__arena_text(&e->arena, key, strlen(key));
            if (!kept)
                return false;
            t->points[t->points_count++] = (consent__evidence_point){kept, i, j, NULL};
        }
    qsort(t->points, t->points_count, sizeof *t->points, order_points);
    return true;
}

consent_status consent__evidence_point_named(const consent__cx *cx, consent_evidence *e,
                                             consent__evidence_text *t, const char *key,
                                             consent__evidence_point **out) {
    consent__evidence_point wanted = {.key = key};
    *out = NULL;
    if (!t->points && !list_points(e, t))
        return consent__no_memory(cx);
    if (t->points_count)
        *out = bsearch(&wanted, t->points, t->points_count, sizeof wanted, order_points);
    return CONSENT_OK;
}

/* What the point's sections hash to in each language; NULL: all sections of the text. */
consent_status consent__evidence_wordings(const consent__cx *cx, consent_evidence *e,
                                          consent__evidence_text *t, consent__evidence_point *point,
                                          const uint8_t (**out)[CONSENT__HASH]) {
    const consent__version v = {.policy = t->policy, .section_hash = t->section_hash};
    const uint8_t(**place)[CONSENT__HASH] = point ? &point->wordings : &t->whole;
    size_t languages = (size_t)t->policy->languages.count;
    if (!*place) {
        uint8_t(*hash)[CONSENT__HASH] =
            consent__arena_get(&e->arena, (languages + 1) * CONSENT__HASH);
        if (!hash)
            return consent__no_memory(cx);
        for (size_t i = 0; i < languages; i++) {
            consent_status st =
                consent__shown_hash(cx, &v, point ? point->purpose : -1, point ? point->share : -1,
                                    (int32_t)i, &e->scratch, NULL, hash[i]);
            if (st != CONSENT_OK)
                return st;
        }
        *place = (const uint8_t(*)[CONSENT__HASH])hash;
    }
    *out = *place;
    return CONSENT_OK;
}
