/* SPDX-License-Identifier: Apache-2.0 */
/* The catalogue worked out anew: publishing numbers points and moves epochs by the difference
 * between two texts, so the texts in their order give every row again. */
#include <stdlib.h>
#include <string.h>

#include "flow/doctor.h"
#include "flow/policy.h"

typedef struct place { /* a point, by its number minus one */
    consent__numbered now;
    int32_t policy_index;
} place;

typedef struct redoing {
    const consent__catalog *catalog;
    consent__findings *found;
    consent__arena arena;
    const consent__version **order; /* published versions, as they were published */
    int32_t order_count;
    place *places;
    int32_t place_count, seen_points;
    consent__epoch_row *epochs;
    int64_t epoch_count, seen_epochs;
} redoing;

static int by_publishing(const void *a, const void *b) {
    int64_t x = (*(const consent__version *const *)a)->published_seq;
    int64_t y = (*(const consent__version *const *)b)->published_seq;
    return x < y ? -1 : x > y;
}

static int by_version(const void *a, const void *b) {
    const consent__epoch_row *x = a, *y = b;
    if (x->version != y->version)
        return x->version < y->version ? -1 : 1;
    return x->point < y->point ? -1 : x->point > y->point;
}

static bool make_room(redoing *r) {
    const consent__catalog *c = r->catalog;
    size_t points = 0;
    r->order = consent__arena_get(&r->arena, ((size_t)c->versions_count + 1) * sizeof *r->order);
    if (!r->order)
        return false;
    for (int32_t i = 0; i < c->versions_count; i++) {
        if (c->versions[i].published_seq < 0)
            continue;
        r->order[r->order_count++] = &c->versions[i];
        points += (size_t)c->versions[i].slot_count;
    }
    qsort(r->order, (size_t)r->order_count, sizeof *r->order, by_publishing);
    r->places = consent__arena_get(&r->arena, (points + 1) * sizeof *r->places);
    r->epochs =
        consent__arena_get(&r->arena, ((size_t)r->order_count * points + 1) * sizeof *r->epochs);
    return r->places && r->epochs;
}

static bool known(const redoing *r, int32_t policy, const char *key) {
    for (int32_t i = 0; i < r->place_count; i++)
        if (r->places[i].policy_index == policy && strcmp(r->places[i].now.key, key) == 0)
            return true;
    return false;
}

static bool add_points(redoing *r, const consent__version *v) {
    const consent__policy *p = v->policy;
    char key[CONSENT__POINT_MAX];
    for (int32_t i = 0; i < p->purposes_count; i++)
        for (int32_t j = -1; j < p->purposes[i].share_count; j++) {
            consent__point_key(p, i, j, key);
            if (known(r, v->policy_index, key))
                continue;
            char *copy = consent__arena_text(&r->arena, key, strlen(key));
            if (!copy)
                return false;
            place *new = &r->places[r->place_count++];
            new->now = (consent__numbered){.id = r->place_count, .key = copy};
            new->policy_index = v->policy_index;
        }
    return true;
}

static const consent__version *before(const redoing *r, int32_t n) {
    for (int32_t i = n - 1; i >= 0; i--)
        if (r->order[i]->policy_index == r->order[n]->policy_index)
            return r->order[i];
    return NULL;
}

static consent_status redo_version(const consent__cx *cx, redoing *r, int32_t n) {
    const consent__version *v = r->order[n];
    if (!add_points(r, v))
        return consent__no_memory(cx);
    for (int32_t i = 0; i < r->place_count; i++)
        if (r->places[i].policy_index == v->policy_index)
            r->epochs[r->epoch_count++] =
                (consent__epoch_row){.version = v->id, .point = r->places[i].now.id};
    return CONSENT_OK;
}

/* The points of the version's policy, moved on together. */
static consent_status move_on(const consent__cx *cx, redoing *r, int32_t n, int64_t first) {
    const consent__version *v = r->order[n];
    int32_t count = (int32_t)(r->epoch_count - first);
    consent__numbered *points = consent__arena_get(&r->arena, ((size_t)count + 1) * sizeof *points);
    if (!points)
        return consent__no_memory(cx);
    for (int32_t i = 0; i < count; i++)
        points[i] = r->places[r->epochs[first + i].point - 1].now;
    consent_status st =
        consent__publish_replay(cx, &r->arena, r->catalog, before(r, n), v, points, count);
    for (int32_t i = 0; st == CONSENT_OK && i < count; i++) {
        consent__epoch_row *row = &r->epochs[first + i];
        r->places[row->point - 1].now = points[i];
        row->epoch = points[i].epoch;
        row->notice = points[i].notice;
    }
    return st;
}

/* ---- against the tables ---- */

static consent_status check_point(const consent__cx *cx, void *user,
                                  const consent__point_row *row) {
    redoing *r = user;
    (void)cx;
    int32_t i = r->seen_points++;
    if (i >= r->place_count || row->id != r->places[i].now.id ||
        strcmp(row->key, r->places[i].now.key) != 0 ||
        strcmp(row->policy, r->catalog->policies[r->places[i].policy_index].key) != 0)
        consent__found(r->found, -1, "CATALOG_DIFFERS",
                       "point %lld is not the one that publishing numbered so", (long long)row->id);
    return CONSENT_OK;
}

static consent_status check_epoch(const consent__cx *cx, void *user,
                                  const consent__epoch_row *row) {
    redoing *r = user;
    (void)cx;
    const consent__epoch_row *want =
        bsearch(row, r->epochs, (size_t)r->epoch_count, sizeof *r->epochs, by_version);
    r->seen_epochs += want != NULL;
    if (!want || want->epoch != row->epoch || want->notice != row->notice) {
        const consent__version *v = consent__catalog_version_id(r->catalog, row->version);
        consent__found(r->found, v ? v->published_seq : -1, "CATALOG_DIFFERS",
                       "epoch or notice of point %lld in the version published here is not what "
                       "its text makes it",
                       (long long)row->point);
    }
    return CONSENT_OK;
}

static consent_status redo_all(const consent__cx *cx, consent__view *view, redoing *r) {
    const consent__engine *engine = view->store->engine;
    if (!make_room(r))
        return consent__no_memory(cx);
    consent_status st = CONSENT_OK;
    for (int32_t n = 0; n < r->order_count && st == CONSENT_OK; n++) {
        int64_t first = r->epoch_count;
        st = redo_version(cx, r, n);
        if (st == CONSENT_OK)
            st = move_on(cx, r, n, first);
    }
    qsort(r->epochs, (size_t)r->epoch_count, sizeof *r->epochs, by_version);
    if (st == CONSENT_OK)
        st = engine->point_scan(cx, view->tx, check_point, r);
    if (st == CONSENT_OK)
        st = engine->epoch_scan(cx, view->tx, INT64_MIN, INT64_MAX, check_epoch, r);
    if (st == CONSENT_OK && (r->seen_points < r->place_count || r->seen_epochs < r->epoch_count))
        consent__found(r->found, -1, "CATALOG_DIFFERS", "points or epochs are missing");
    return st;
}

consent_status consent__doctor_catalog(const consent__cx *cx, consent__view *view,
                                       consent__findings *found) {
    redoing r = {.catalog = view->catalog, .found = found};
    consent__arena_init(&r.arena, cx->env);
    consent_status st = redo_all(cx, view, &r);
    consent__arena_free(&r.arena);
    return st;
}
