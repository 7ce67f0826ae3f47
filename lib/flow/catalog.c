/* SPDX-License-Identifier: Apache-2.0 */
/* Builds the catalogue snapshot: every version read once, points and epochs attached. A version
 * that an earlier snapshot has parsed is shared, so publishing costs one parse, not all. */
#include "core/catalog.h"

#include <stdlib.h>
#include <string.h>

#include "flow/store.h"
#include "json/json.h"

/* ---- parsed bundles ---- */

typedef struct profile_bytes {
    const void *bytes;
    size_t len;
} profile_bytes;

static consent_status stored_profile(const consent__cx *cx, void *user, const char *key,
                                     const void **bytes, size_t *len) {
    (void)cx;
    (void)key;
    const profile_bytes *p = user;
    *bytes = p->bytes;
    *len = p->len;
    return CONSENT_OK;
}

static bool hash_sections(consent__parsed *p) {
    const consent__policy *q = p->policy;
    size_t languages = (size_t)q->languages.count;
    uint8_t(*hash)[32] = consent__arena_get(&p->arena, (size_t)q->sections_count * languages * 32);
    if (!hash)
        return false;
    for (int32_t i = 0; i < q->sections_count; i++)
        for (int32_t j = 0; j < q->sections[i].text.count; j++) {
            const consent__lang_text *t = &q->sections[i].text.v[j];
            consent__sha256(t->text, t->len, hash[(size_t)i * languages + (size_t)t->lang]);
        }
    p->section_hash = (const uint8_t(*)[32])hash;
    return true;
}

static void parsed_release(const consent__env *env, consent__parsed *p) {
    if (!p || atomic_fetch_sub(&p->refs, 1) != 1)
        return;
    consent__arena_free(&p->arena);
    consent__release(env, p);
}

static consent_status parsed_new(const consent__cx *cx, consent_store *s,
                                 const consent__version_row *row, consent__parsed **out) {
    consent__parsed *p = consent__alloc(&s->env, sizeof *p);
    if (!p)
        return consent__no_memory(cx);
    atomic_init(&p->refs, 1);
    consent__arena_init(&p->arena, &s->env);
    p->id = row->id;
    memcpy(p->sha256, row->sha256, 32);
    uint8_t sha[32];
    consent__sha256(row->bytes, row->len, sha);
    profile_bytes profile = {row->profile, row->profile_len};
    consent_status st = CONSENT_OK;
    if (!consent__same(sha, row->sha256, 32))
        st = consent__fail(cx, CONSENT_E_CORRUPT, "a stored policy differs from its hash");
    if (st == CONSENT_OK)
        st = consent__bundle_read(cx, row->bytes, row->len, stored_profile, &profile, &p->arena,
                                  &p->policy);
    if (st == CONSENT_OK && !hash_sections(p))
        st = consent__no_memory(cx);
    if (st == CONSENT_OK)
        *out = p;
    else
        parsed_release(&s->env, p);
    return st;
}

/* ---- loading ---- */

typedef struct loader {
    consent_store *store;
    consent__tx *tx;
    consent__snapshot *old, *made;
    int32_t cap;
    consent__version *versions;
    consent__parsed **parsed;
    int32_t points_cap, epochs_count, epochs_cap, stops_cap, successors_cap;
    consent__epoch_row *epochs;
    consent__point *points;
    consent__stop *stops;
    consent__successor *successors;
} loader;

static void *grow(consent__arena *a, void *list, int32_t count, int32_t *cap, size_t size) {
    if (count < *cap)
        return list;
    int32_t more = *cap ? *cap * 2 : 16;
    void *bigger = consent__arena_get(a, (size_t)more * size);
    if (bigger && count)
        memcpy(bigger, list, (size_t)count * size);
    if (bigger)
        *cap = more;
    return bigger;
}

static consent__parsed *known(const consent__snapshot *old, const consent__version_row *row) {
    for (int32_t i = 0; old && i < old->catalog.versions_count; i++)
        if (old->parsed[i]->id == row->id && memcmp(old->parsed[i]->sha256, row->sha256, 32) == 0) {
            atomic_fetch_add(&old->parsed[i]->refs, 1);
            return old->parsed[i];
        }
    return NULL;
}

static consent_status load_version(const consent__cx *cx, void *user,
                                   const consent__version_row *row) {
    loader *l = user;
    consent__snapshot *m = l->made;
    int32_t n = m->catalog.versions_count, cap = l->cap;
    l->versions = grow(&m->arena, l->versions, n, &cap, sizeof *l->versions);
    consent__parsed **parsed = grow(&m->arena, m->parsed, n, &l->cap, sizeof *m->parsed);
    if (!l->versions || !parsed)
        return consent__no_memory(cx);
    m->parsed = parsed;
    m->parsed[n] = known(l->old, row);
    consent__version *v = &l->versions[n];
    memset(v, 0, sizeof *v);
    v->id = row->id;
    memcpy(v->sha256, row->sha256, 32);
    v->imported_at = row->imported_at;
    v->published_seq = row->published_seq;
    v->published_at = row->published_at;
    v->in_force_from = row->published_seq < 0 ? row->effective_at : row->in_force_from;
    m->catalog.versions_count = n + 1;
    m->catalog.versions = l->versions;
    return CONSENT_OK;
}

static consent_status load_bundles(const consent__cx *cx, loader *l) {
    consent__snapshot *m = l->made;
    for (int32_t i = 0; i < m->catalog.versions_count; i++) {
        consent__version_row row;
        if (!m->parsed[i]) {
            consent_status st = l->store->engine->version_get(cx, l->tx, l->versions[i].id, &row);
            if (st == CONSENT_OK)
                st = parsed_new(cx, l->store, &row, &m->parsed[i]);
            if (st == CONSENT_E_NOT_FOUND)
                st = consent__fail(cx, CONSENT_E_CORRUPT, "a version is missing");
            if (st != CONSENT_OK)
                return st;
        }
        l->versions[i].policy = m->parsed[i]->policy;
        l->versions[i].section_hash = m->parsed[i]->section_hash;
        l->versions[i].change = m->parsed[i]->policy->change_class;
    }
    return CONSENT_OK;
}

static consent_status load_point(const consent__cx *cx, void *user, const consent__point_row *row) {
    loader *l = user;
    consent__catalog *c = &l->made->catalog;
    l->points =
        grow(&l->made->arena, l->points, c->points_count, &l->points_cap, sizeof *l->points);
    char *key = consent__arena_text(&l->made->arena, row->key, strlen(row->key));
    if (!l->points || !key)
        return consent__no_memory(cx);
    l->points[c->points_count++] =
        (consent__point){(uint32_t)row->id, consent__catalog_policy(c, row->policy), key};
    c->points = l->points;
    return CONSENT_OK;
}

static consent_status load_epoch(const consent__cx *cx, void *user, const consent__epoch_row *row) {
    loader *l = user;
    l->epochs =
        grow(&l->made->arena, l->epochs, l->epochs_count, &l->epochs_cap, sizeof *l->epochs);
    if (!l->epochs)
        return consent__no_memory(cx);
    l->epochs[l->epochs_count++] = *row;
    return CONSENT_OK;
}

/* Stops and changes of hands are small documents; their events say when. */
static consent_status load_document(const consent__cx *cx, void *user,
                                    const consent__document_row *row) {
    loader *l = user;
    consent__catalog *c = &l->made->catalog;
    consent__event_row event;
    bool stop = strcmp(row->kind, "stop") == 0, successor = strcmp(row->kind, "controller") == 0;
    if (!stop && !successor)
        return CONSENT_OK;
    bool accepts = row->len == 7 && memcmp(row->bytes, "accepts", 7) == 0;
    int64_t seq = row->seq;
    consent_status st = l->store->engine->event_get(cx, l->tx, seq, &event);
    if (st != CONSENT_OK)
        return st;
    if (stop) {
        l->stops = grow(&l->made->arena, l->stops, c->stops_count, &l->stops_cap, sizeof *l->stops);
        if (!l->stops)
            return consent__no_memory(cx);
        l->stops[c->stops_count++] = (consent__stop){seq, event.at};
        c->stops = l->stops;
    } else {
        l->successors = grow(&l->made->arena, l->successors, c->successors_count,
                             &l->successors_cap, sizeof *l->successors);
        if (!l->successors)
            return consent__no_memory(cx);
        l->successors[c->successors_count++] = (consent__successor){seq, event.at, accepts};
        c->successors = l->successors;
    }
    return CONSENT_OK;
}

/* ---- joining ---- */

static consent_status index_policies(const consent__cx *cx, loader *l) {
    consent__snapshot *m = l->made;
    consent__catalog *c = &m->catalog;
    size_t n = (size_t)c->versions_count;
    consent__policy_entry *e = consent__arena_get(&m->arena, (n + 1) * sizeof *e);
    if (!e)
        return consent__no_memory(cx);
    for (int32_t i = 0; i < c->versions_count; i++) {
        const char *key = l->versions[i].policy->key;
        int32_t p = 0;
        while (p < c->policies_count && strcmp(e[p].key, key) != 0)
            p++;
        if (p == c->policies_count) {
            int32_t *list = consent__arena_get(&m->arena, (n + 1) * sizeof *list);
            if (!list)
                return consent__no_memory(cx);
            e[c->policies_count++] = (consent__policy_entry){key, 0, list};
        }
        l->versions[i].policy_index = p;
        if (l->versions[i].published_seq < 0)
            continue;
        /* Ascending by the time they come into force; effective dates of a policy ascend strictly.
         */
        int32_t *list = (int32_t *)(uintptr_t)e[p].published, k = e[p].published_count++;
        while (k > 0 && l->versions[list[k - 1]].policy->effective_at >
                            l->versions[i].policy->effective_at) {
            list[k] = list[k - 1];
            k--;
        }
        list[k] = i;
    }
    c->policies = e;
    return CONSENT_OK;
}

static const consent__epoch_row *epoch_of(const loader *l, int64_t version, uint32_t point) {
    int32_t lo = 0, hi = l->epochs_count;
    while (lo < hi) {
        int32_t mid = lo + (hi - lo) / 2;
        const consent__epoch_row *r = &l->epochs[mid];
        if (r->version < version || (r->version == version && r->point < (int64_t)point))
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo < l->epochs_count && l->epochs[lo].version == version &&
        l->epochs[lo].point == (int64_t)point)
        return &l->epochs[lo];
    return NULL;
}

/* A version that was published in the snapshot before: nothing of it changes any more. */
static const consent__version *settled(const loader *l, const consent__version *v) {
    const consent__version *was = l->old && v->published_seq >= 0
                                      ? consent__catalog_version_id(&l->old->catalog, v->id)
                                      : NULL;
    return was && was->policy == v->policy && was->published_seq == v->published_seq ? was : NULL;
}

/* Only of what is new: else each of 200 versions would read those of all before it. */
static consent_status load_epochs(const consent__cx *cx, loader *l) {
    const consent__engine *engine = l->store->engine;
    if (!l->old)
        return engine->epoch_scan(cx, l->tx, INT64_MIN, INT64_MAX, load_epoch, l);
    consent_status st = CONSENT_OK;
    for (int32_t i = 0; st == CONSENT_OK && i < l->made->catalog.versions_count; i++) {
        const consent__version *v = &l->versions[i];
        if (v->published_seq >= 0 && !settled(l, v))
            st = engine->epoch_scan(cx, l->tx, v->id, v->id, load_epoch, l);
    }
    return st;
}

static consent_status copy_slots(const consent__cx *cx, loader *l, const consent__version *was,
                                 consent__version *v) {
    size_t slots = (size_t)was->slot_count * sizeof *was->slots;
    size_t first = (size_t)v->policy->purposes_count * sizeof *was->purpose_slot;
    consent__slot *to = consent__arena_get(&l->made->arena, slots);
    int32_t *index = consent__arena_get(&l->made->arena, first);
    if (!to || !index)
        return consent__no_memory(cx);
    v->slots = memcpy(to, was->slots, slots);
    v->slot_count = was->slot_count;
    v->purpose_slot = memcpy(index, was->purpose_slot, first);
    return CONSENT_OK;
}

static consent_status make_slots(const consent__cx *cx, loader *l, consent__version *v) {
    const consent__policy *p = v->policy;
    const consent__version *was = settled(l, v);
    consent__snapshot *m = l->made;
    int32_t n = 0;
    if (was)
        return copy_slots(cx, l, was, v);
    for (int32_t i = 0; i < p->purposes_count; i++)
        n += 1 + p->purposes[i].share_count;
    consent__slot *slots = consent__arena_get(&m->arena, (size_t)n * sizeof *slots);
    int32_t *first = consent__arena_get(&m->arena, (size_t)p->purposes_count * sizeof *first);
    if (!slots || !first)
        return consent__no_memory(cx);
    char key[CONSENT__POINT_MAX];
    for (int32_t i = 0, k = 0; i < p->purposes_count; i++) {
        first[i] = k;
        for (int32_t j = -1; j < p->purposes[i].share_count; j++, k++) {
            consent__point_key(p, i, j, key);
            slots[k] = (consent__slot){.purpose = i, .share = j};
            slots[k].point = consent__catalog_point(&m->catalog, v->policy_index, key);
            slots[k].cls = consent__point_class(p, i, j);
            slots[k].needed = consent__point_needed(p, i, j);
            const consent__epoch_row *row =
                v->published_seq < 0 ? NULL : epoch_of(l, v->id, slots[k].point);
            slots[k].epoch = row ? row->epoch : 0;
            slots[k].notice = row ? row->notice : 0;
            if (v->published_seq >= 0 && (!slots[k].point || !slots[k].epoch))
                return consent__fail(cx, CONSENT_E_CORRUPT,
                                     "a published version lacks a point or an epoch");
        }
    }
    v->slots = slots;
    v->slot_count = n;
    v->purpose_slot = first;
    return CONSENT_OK;
}

/* From where on what the operating system says counts: the publishing of the version that last gave
 * a permission more to do. Per name, because one name may stand in several entries. */
static consent_status mark_permissions(const consent__cx *cx, loader *l,
                                       const consent__policy_entry *e) {
    const consent__version *before = NULL;
    for (int32_t i = 0; i < e->published_count; i++) {
        consent__version *v = &l->versions[e->published[i]];
        const consent__policy *p = v->policy;
        int64_t *since =
            consent__arena_get(&l->made->arena, (size_t)(p->permissions_count + 1) * sizeof *since);
        if (!since)
            return consent__no_memory(cx);
        for (int32_t k = 0; before && k < p->permissions_count; k++) {
            int32_t old = consent__policy_permission(before->policy, p->permissions[k].name);
            since[k] = consent__permission_grew(before->policy, p, p->permissions[k].name)
                           ? v->published_seq
                           : before->permission_since[old];
        }
        v->permission_since = since;
        before = v;
    }
    return CONSENT_OK;
}

/* 200 versions of 500 points each are looked up here point by point: each look-up has to be short.
 */
static consent_status index_points(const consent__cx *cx, loader *l) {
    consent__catalog *c = &l->made->catalog;
    uint32_t places = 16;
    while (places < (uint32_t)c->points_count * 2)
        places *= 2;
    int32_t *index = consent__arena_get(&l->made->arena, places * sizeof *index);
    if (!index)
        return consent__no_memory(cx);
    for (int32_t i = 0; i < c->points_count; i++) {
        uint32_t at = consent__point_hash(c->points[i].policy_index, c->points[i].key);
        while (index[at & (places - 1)])
            at++;
        index[at & (places - 1)] = i + 1;
    }
    c->point_places = index;
    c->point_mask = places - 1;
    return CONSENT_OK;
}

static consent_status index_slots(const consent__cx *cx, loader *l, consent__version *v) {
    uint32_t limit = (uint32_t)l->made->catalog.points_count + 1; /* numbers begin at 1, no gaps */
    int32_t *index = consent__arena_get(&l->made->arena, limit * sizeof *index);
    if (!index)
        return consent__no_memory(cx);
    for (int32_t i = v->slot_count; i-- > 0;) {
        if (v->slots[i].point >= limit)
            return CONSENT_OK; /* numbers with gaps: searched instead */
        index[v->slots[i].point] = i + 1;
    }
    index[0] = 0; /* a draft's new points have no number yet */
    v->point_slot = index;
    v->point_limit = limit;
    return CONSENT_OK;
}

static consent_status load(const consent__cx *cx, loader *l) {
    const consent__engine *engine = l->store->engine;
    consent_status st = engine->version_scan(cx, l->tx, false, load_version, l);
    if (st == CONSENT_OK)
        st = load_bundles(cx, l);
    if (st == CONSENT_OK)
        st = index_policies(cx, l);
    if (st == CONSENT_OK)
        st = engine->point_scan(cx, l->tx, load_point, l);
    if (st == CONSENT_OK)
        st = index_points(cx, l);
    if (st == CONSENT_OK)
        st = load_epochs(cx, l);
    for (int32_t i = 0; st == CONSENT_OK && i < l->made->catalog.versions_count; i++)
        st = make_slots(cx, l, &l->versions[i]);
    for (int32_t i = 0; st == CONSENT_OK && i < l->made->catalog.versions_count; i++)
        st = index_slots(cx, l, &l->versions[i]);
    for (int32_t i = 0; st == CONSENT_OK && i < l->made->catalog.policies_count; i++)
        st = mark_permissions(cx, l, &l->made->catalog.policies[i]);
    if (st == CONSENT_OK)
        st = engine->document_scan(cx, l->tx, "stop", load_document, l);
    if (st == CONSENT_OK)
        st = engine->document_scan(cx, l->tx, "controller", load_document, l);
    return st;
}

/* ---- snapshots ---- */

void consent__snapshot_release(consent__snapshot *s) {
    if (!s || atomic_fetch_sub(&s->refs, 1) != 1)
        return;
    const consent__env *env = s->arena.env;
    for (int32_t i = 0; i < s->catalog.versions_count; i++)
        parsed_release(env, s->parsed[i]);
    consent__arena_free(&s->arena);
    consent__release(env, s);
}

static consent__snapshot *current(consent_store *s) {
    pthread_mutex_lock(&s->catalog_lock);
    consent__snapshot *now = s->snapshot;
    if (now)
        atomic_fetch_add(&now->refs, 1);
    pthread_mutex_unlock(&s->catalog_lock);
    return now;
}

consent__snapshot *consent__snapshot_now(consent_store *s, int64_t number) {
    consent__snapshot *now = current(s);
    if (now && now->catalog.number == number)
        return now;
    consent__snapshot_release(now);
    return NULL;
}

static void install(consent_store *s, consent__snapshot *made) {
    pthread_mutex_lock(&s->catalog_lock);
    consent__snapshot *old = s->snapshot;
    if (!old || old->catalog.number < made->catalog.number) {
        atomic_fetch_add(&made->refs, 1);
        s->snapshot = made;
    } else {
        old = NULL;
    }
    pthread_mutex_unlock(&s->catalog_lock);
    consent__snapshot_release(old);
}

consent_status consent__snapshot_get(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                     int64_t number, consent__snapshot **out) {
    consent__snapshot *old = current(s);
    if (old && old->catalog.number == number) {
        *out = old;
        return CONSENT_OK;
    }
    consent__snapshot *made = consent__alloc(&s->env, sizeof *made);
    if (!made) {
        consent__snapshot_release(old);
        return consent__no_memory(cx);
    }
    atomic_init(&made->refs, 1);
    consent__arena_init(&made->arena, &s->env);
    made->catalog.number = number;
    loader l = {.store = s, .tx = tx, .old = old, .made = made};
    consent_status st = load(cx, &l);
    consent__snapshot_release(old);
    if (st != CONSENT_OK) {
        consent__snapshot_release(made);
        return st == CONSENT_E_NOT_FOUND
                   ? consent__fail(cx, CONSENT_E_CORRUPT, "the catalogue is incomplete")
                   : st;
    }
    if (number >= 0)
        install(s, made);
    *out = made;
    return CONSENT_OK;
}
