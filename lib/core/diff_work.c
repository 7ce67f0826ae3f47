/* SPDX-License-Identifier: Apache-2.0 */
/* Sets and pairs: what stands in the older version, in the newer, in both. */
#include "core/diff_work.h"

#include <stdlib.h>
#include <string.h>

void *consent__diff_get(consent__diff_work *w, size_t count, size_t size) {
    void *p = NULL;
    if (!w->failed && (size == 0 || count <= SIZE_MAX / size))
        p = consent__arena_get(w->arena, count * size);
    if (p == NULL)
        w->failed = true;
    return p;
}

/* ---- pairs ---- */

typedef struct keyed {
    const char *key;
    int32_t at;
} keyed;

static int keyed_order(const void *x, const void *y) {
    const keyed *a = x, *b = y;
    int order = strcmp(a->key, b->key);
    return order != 0 ? order : (a->at > b->at) - (a->at < b->at);
}

static keyed *keyed_sorted(consent__diff_work *w, const char **keys, int32_t count) {
    keyed *v = consent__diff_get(w, (size_t)count, sizeof *v);
    int32_t i;
    if (v == NULL)
        return NULL;
    for (i = 0; i < count; i++) {
        v[i].key = keys[i];
        v[i].at = i;
    }
    if (count > 1)
        qsort(v, (size_t)count, sizeof *v, keyed_order);
    return v;
}

static bool pairing_room(consent__diff_work *w, int32_t a_count, int32_t b_count,
                         consent__pairing *out) {
    size_t a = (size_t)a_count, b = (size_t)b_count;
    out->v = consent__diff_get(w, a + b, sizeof *out->v);
    out->to_b = consent__diff_get(w, a, sizeof *out->to_b);
    out->to_a = consent__diff_get(w, b, sizeof *out->to_a);
    out->seen_a = consent__diff_get(w, a, sizeof *out->seen_a);
    out->seen_b = consent__diff_get(w, b, sizeof *out->seen_b);
    return !w->failed;
}

void consent__diff_pair_keys(consent__diff_work *w, const char **a, int32_t a_count, const char **b,
                             int32_t b_count, consent__pairing *out) {
    keyed *x = keyed_sorted(w, a, a_count), *y = keyed_sorted(w, b, b_count);
    int32_t i = 0, j = 0;
    memset(out, 0, sizeof *out);
    if (x == NULL || y == NULL || !pairing_room(w, a_count, b_count, out))
        return;
    while (i < a_count || j < b_count) {
        int order = i == a_count ? 1 : j == b_count ? -1 : strcmp(x[i].key, y[j].key);
        consent__pair *pair = &out->v[out->count++];
        pair->key = order <= 0 ? x[i].key : y[j].key;
        pair->a = order <= 0 ? x[i++].at : -1;
        pair->b = order >= 0 ? y[j++].at : -1;
        if (pair->a >= 0)
            out->to_b[pair->a] = pair->b;
        if (pair->b >= 0)
            out->to_a[pair->b] = pair->a;
    }
}

static const char **keys_of(consent__diff_work *w, const void *entries, int32_t count, size_t size,
                            size_t key_at) {
    const char **keys = consent__diff_get(w, (size_t)count, sizeof *keys);
    const char *entry = entries;
    int32_t i;
    for (i = 0; keys != NULL && i < count; i++, entry += size)
        memcpy(&keys[i], entry + key_at, sizeof keys[i]);
    return keys;
}

void consent__diff_pair(consent__diff_work *w, const void *a, int32_t a_count, const void *b,
                        int32_t b_count, size_t size, size_t key_at, consent__pairing *out) {
    const char **x = keys_of(w, a, a_count, size, key_at);
    const char **y = keys_of(w, b, b_count, size, key_at);
    memset(out, 0, sizeof *out);
    if (x != NULL && y != NULL)
        consent__diff_pair_keys(w, x, a_count, y, b_count, out);
}

/* ---- differences of sets ---- */

/* Members of `set` whose counterpart by `map` was not marked: counted, then kept. */
static const int32_t *unmarked(consent__diff_work *w, const consent__indices *set,
                               const int32_t *seen, int32_t stamp, int32_t *count) {
    int32_t i, n = 0, *kept;
    for (i = 0; set != NULL && i < set->count; i++)
        n += seen[set->v[i]] != stamp;
    *count = 0;
    if (n == 0)
        return NULL;
    kept = consent__diff_get(w, (size_t)n, sizeof *kept);
    for (i = 0; kept != NULL && i < set->count; i++)
        if (seen[set->v[i]] != stamp)
            kept[(*count)++] = set->v[i];
    return kept;
}

void consent__diff_sets(consent__diff_work *w, consent__pairing *pairing, const consent__indices *a,
                        const consent__indices *b, consent__delta *out) {
    int32_t i, other;
    memset(out, 0, sizeof *out);
    if (w->failed)
        return;
    pairing->stamp++;
    for (i = 0; a != NULL && i < a->count; i++)
        if ((other = pairing->to_b[a->v[i]]) >= 0)
            pairing->seen_b[other] = pairing->stamp;
    for (i = 0; b != NULL && i < b->count; i++)
        if ((other = pairing->to_a[b->v[i]]) >= 0)
            pairing->seen_a[other] = pairing->stamp;
    out->added = unmarked(w, b, pairing->seen_b, pairing->stamp, &out->added_count);
    out->removed = unmarked(w, a, pairing->seen_a, pairing->stamp, &out->removed_count);
}

static int text_order(const void *x, const void *y) {
    return strcmp(*(const char *const *)x, *(const char *const *)y);
}

void consent__diff_settle(consent__name_list *list) {
    int32_t i, n = 0;
    if (list->count > 1)
        qsort(list->v, (size_t)list->count, sizeof *list->v, text_order);
    for (i = 0; i < list->count; i++)
        if (n == 0 || strcmp(list->v[n - 1], list->v[i]) != 0)
            list->v[n++] = list->v[i];
    list->count = n;
}

static consent__name_list sorted(consent__diff_work *w, consent__strings set) {
    consent__name_list list = {NULL, 0, 0};
    list.v = consent__diff_get(w, (size_t)set.count, sizeof *list.v);
    if (list.v == NULL)
        return list;
    if (set.count > 0)
        memcpy(list.v, set.v, (size_t)set.count * sizeof *list.v);
    list.count = set.count;
    consent__diff_settle(&list);
    return list;
}

void consent__diff_strings(consent__diff_work *w, consent__strings a, consent__strings b,
                           consent__string_delta *out) {
    consent__name_list x = sorted(w, a), y = sorted(w, b);
    const char **added = consent__diff_get(w, (size_t)y.count, sizeof *added);
    const char **removed = consent__diff_get(w, (size_t)x.count, sizeof *removed);
    int32_t i = 0, j = 0;
    memset(out, 0, sizeof *out);
    out->added.v = added;
    out->removed.v = removed;
    while (!w->failed && (i < x.count || j < y.count)) {
        int order = i == x.count ? 1 : j == y.count ? -1 : strcmp(x.v[i], y.v[j]);
        if (order < 0)
            removed[out->removed.count++] = x.v[i];
        if (order > 0)
            added[out->added.count++] = y.v[j];
        i += order <= 0;
        j += order >= 0;
    }
}

/* ---- inverses ---- */

void consent__diff_invert(consent__diff_work *w, const consent__policy *p, int32_t sources,
                          int32_t targets, consent__target_fn at, consent__inverse *out) {
    int32_t source, k, t, total;
    out->start = consent__diff_get(w, (size_t)targets + 2, sizeof *out->start);
    if (out->start == NULL)
        return;
    /* Counted two places further on: the second pass moves each start up to where it belongs. */
    for (source = 0; source < sources; source++)
        for (k = 0; (t = at(p, source, k)) >= 0; k++)
            out->start[t + 2]++;
    for (t = 0; t < targets; t++)
        out->start[t + 2] += out->start[t + 1];
    total = out->start[targets + 1];
    out->v = consent__diff_get(w, (size_t)total, sizeof *out->v);
    if (out->v == NULL)
        return;
    for (source = 0; source < sources; source++)
        for (k = 0; (t = at(p, source, k)) >= 0; k++)
            out->v[out->start[t + 1]++] = source;
}
