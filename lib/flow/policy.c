/* SPDX-License-Identifier: Apache-2.0 */
/* Policies: import as a draft, publish for ever. */
#include "flow/policy.h"

#include <string.h>

#include "consent_data.h"
#include "core/diff.h"
#include "util/text.h"
#include "json/json.h"

consent_status consent__built_in(const char *folder, const char *key, const void **bytes,
                                 size_t *len) {
    size_t n = strlen(folder);
    for (size_t i = 0; i < consent__data_count; i++) {
        const char *name = consent__data[i].name;
        if (strncmp(name, folder, n) == 0 && name[n] == '/' && strcmp(name + n + 1, key) == 0) {
            *bytes = consent__data[i].bytes;
            *len = consent__data[i].len;
            return CONSENT_OK;
        }
    }
    return CONSENT_E_NOT_FOUND;
}

/* ---- profiles: the store's own last, else the built-in ---- */

typedef struct profile_source {
    consent_store *store; /* NULL: built-in only */
    consent__tx *tx;
    const char *key;
    consent__arena *arena;
    const void *bytes; /* what was found */
    size_t len;
} profile_source;

static consent_status own_profile(const consent__cx *cx, void *user,
                                  const consent__document_row *row) {
    profile_source *p = user;
    if (strcmp(row->key, p->key) != 0)
        return CONSENT_OK;
    p->bytes = consent__arena_text(p->arena, (const char *)row->bytes, row->len);
    p->len = row->len;
    return p->bytes ? CONSENT_OK : consent__no_memory(cx); /* the last by seq stays */
}

static consent_status find_profile(const consent__cx *cx, void *user, const char *key,
                                   const void **bytes, size_t *len) {
    profile_source *p = user;
    p->key = key;
    p->bytes = NULL;
    if (p->store) {
        consent_status st = p->store->engine->document_scan(cx, p->tx, "profile", own_profile, p);
        if (st != CONSENT_OK)
            return st;
    }
    if (!p->bytes && consent__built_in("profiles", key, &p->bytes, &p->len) != CONSENT_OK)
        return CONSENT_E_NOT_FOUND;
    *bytes = p->bytes;
    *len = p->len;
    return CONSENT_OK;
}

consent_status consent__flow_bundle_check(const consent__cx *cx, const void *bytes, size_t len) {
    consent__arena arena;
    consent__arena_init(&arena, cx->env);
    profile_source source = {.arena = &arena};
    const consent__policy *policy = NULL;
    consent_status st =
        consent__bundle_read(cx, bytes, len, find_profile, &source, &arena, &policy);
    consent__arena_free(&arena);
    return st;
}

/* ---- import ---- */

typedef struct import {
    const void *bytes;
    size_t len;
} import;

static consent_status check_label(const consent__cx *cx, const consent__catalog *c,
                                  const consent__policy *p, const uint8_t sha[32]) {
    int32_t index = consent__catalog_policy(c, p->key);
    if (index < 0)
        return CONSENT_OK;
    const consent__version *same = consent__catalog_version(c, index, p->version);
    if (same && memcmp(same->sha256, sha, 32) == 0)
        return CONSENT_DONE;
    if (same)
        return consent__fail_at(cx, CONSENT_E_CONFLICT, "/version", p->version_at_byte,
                                "version \"%s\" of policy \"%s\" exists with other content",
                                p->version, p->key);
    const consent__policy_entry *e = &c->policies[index];
    for (int32_t i = 0; i < e->published_count; i++) {
        const consent__policy *q = c->versions[e->published[i]].policy;
        if (q->effective_at >= p->effective_at)
            return consent__fail_at(
                cx, CONSENT_E_INPUT, "/effective_at", p->effective_at_byte,
                "effective_at is not later than that of published version \"%s\"", q->version);
    }
    return CONSENT_OK;
}

static consent_status put_draft(const consent__cx *cx, consent__work *w, const consent__catalog *c,
                                const consent__policy *p, const import *in,
                                const profile_source *profile, const uint8_t sha[32]) {
    char hex[65], profile_hex[65];
    uint8_t profile_sha[32];
    consent__sha256(profile->bytes, profile->len, profile_sha);
    consent__hex(sha, 32, hex);
    consent__hex(profile_sha, 32, profile_hex);
    consent__event e = {.kind = EV_POLICY_IMPORTED};
    CONSENT__SET_TEXT(&e, policy, p->key);
    CONSENT__SET_TEXT(&e, version, p->version);
    CONSENT__SET_TEXT(&e, sha256, hex);
    CONSENT__SET_TEXT(&e, profile, profile_hex);
    CONSENT__SET(&e, effective_at, p->effective_at);
    int64_t id = c->versions_count ? c->versions[c->versions_count - 1].id + 1 : 1;
    consent_status st = consent__append(cx, w, NULL, &e, NULL);
    if (st != CONSENT_OK)
        return st;
    consent__version_row row = {.id = id,
                                .policy = p->key,
                                .label = p->version,
                                .bytes = in->bytes,
                                .len = in->len,
                                .profile = profile->bytes,
                                .profile_len = profile->len,
                                .imported_seq = e.seq,
                                .imported_at = e.at,
                                .published_seq = -1,
                                .published_at = INT64_MIN,
                                .effective_at = p->effective_at};
    memcpy(row.sha256, sha, 32);
    st = w->store->engine->version_put(cx, w->tx, &row);
    if (st == CONSENT_OK)
        consent__work_catalog_changed(w);
    return st;
}

static consent_status import_work(const consent__cx *cx, consent__work *w, void *user) {
    const import *in = user;
    consent__arena *arena = &w->scratch->arena;
    profile_source source = {.store = w->store, .tx = w->tx, .arena = arena};
    const consent__policy *p = NULL;
    const consent__catalog *c = NULL;
    uint8_t sha[32];
    consent_status st =
        consent__bundle_read(cx, in->bytes, in->len, find_profile, &source, arena, &p);
    if (st == CONSENT_OK)
        st = consent__work_catalog(cx, w, &c);
    if (st != CONSENT_OK)
        return st;
    consent__sha256(in->bytes, in->len, sha);
    st = check_label(cx, c, p, sha);
    return st == CONSENT_OK ? put_draft(cx, w, c, p, in, &source, sha) : st;
}

consent_status consent__flow_policy_import(const consent__cx *cx, consent_store *s,
                                           const void *bytes, size_t len) {
import in = {bytes, len };
    return consent__write(cx, s, import_work, &in);
}

/* ---- publish ---- */

typedef struct publish {
    const char *policy, *version;
} publish;

static bool touched(const consent__diff *d, const char *key) {
    for (int32_t i = 0; i < d->points.count; i++)
        if (strcmp(d->points.v[i], key) == 0)
            return true;
    return false;
}

typedef struct numbered {
    int64_t id, epoch;
    const char *key;
} numbered; /* epoch in the version before, 0 none */
typedef struct publication {
    const consent__version *version, *before; /* before NULL: the first */
    const consent__diff *diff;
    int32_t count;
    numbered *points; /* every point the policy ever had, by id */
} publication;

static int32_t slots_of(const consent__policy *p) {
    int32_t n = p->purposes_count;
    for (int32_t i = 0; i < p->purposes_count; i++)
        n += p->purposes[i].share_count;
    return n;
}

/* Numbers new points in the order of the bundle, so that a replay gives the same numbers. */
static consent_status number_points(const consent__cx *cx, consent__work *w,
                                    const consent__catalog *c, publication *pub) {
    const consent__policy *p = pub->version->policy;
    int32_t index = pub->version->policy_index;
    consent__arena *arena = &w->scratch->arena;
    pub->points =
        consent__arena_get(arena, (size_t)(c->points_count + slots_of(p)) * sizeof *pub->points);
    if (!pub->points)
        return consent__no_memory(cx);
    for (int32_t i = 0; i < c->points_count; i++)
        if (c->points[i].policy_index == index)
            pub->points[pub->count++] = (numbered){c->points[i].id, 0, c->points[i].key};
    int64_t next = c->points_count + 1;
    char key[CONSENT__POINT_MAX];
    for (int32_t i = 0; i < p->purposes_count; i++)
        for (int32_t j = -1; j < p->purposes[i].share_count; j++) {
            consent__point_key(p, i, j, key);
            if (consent__catalog_point(c, index, key))
                continue;
            char *copy = consent__arena_text(arena, key, strlen(key));
            if (!copy)
                return consent__no_memory(cx);
            consent__point_row row = {next, p->key, copy};
            pub->points[pub->count++] = (numbered){next++, 0, copy};
            consent_status st = w->store->engine->point_put(cx, w->tx, &row);
            if (st != CONSENT_OK)
                return st;
        }
    return CONSENT_OK;
}

static consent_status read_epoch(const consent__cx *cx, void *user, const consent__epoch_row *row) {
    (void)cx;
    publication *pub = user;
    if (row->version != pub->before->id)
        return CONSENT_OK;
    int32_t lo = 0, hi = pub->count;
    while (lo < hi) {
        int32_t mid = lo + (hi - lo) / 2;
        if (pub->points[mid].id < row->point)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo < pub->count && pub->points[lo].id == row->point)
        pub->points[lo].epoch = row->epoch;
    return CONSENT_OK;
}

/* Every point the policy ever had keeps its row, so that one removed and added again is asked anew.
 */
static consent_status put_epochs(const consent__cx *cx, consent__work *w, publication *pub) {
    const consent__engine *engine = w->store->engine;
    consent_status st = pub->before ? engine->epoch_scan(cx, w->tx, read_epoch, pub) : CONSENT_OK;
    for (int32_t i = 0; st == CONSENT_OK && i < pub->count; i++) {
        const numbered *n = &pub->points[i];
        int64_t epoch = n->epoch ? n->epoch + (touched(pub->diff, n->key) ? 1 : 0) : 1;
        consent__epoch_row row = {pub->version->id, n->id, epoch};
        st = engine->epoch_put(cx, w->tx, &row);
    }
    return st;
}

static consent_status check_publish(const consent__cx *cx, const consent__catalog *c,
                                    const consent__version *v) {
    if (v->published_seq >= 0)
        return consent__fail(cx, CONSENT_E_STATE, "version \"%s\" is published already",
                             v->policy->version);
    const consent__policy_entry *e = &c->policies[v->policy_index];
    for (int32_t i = 0; i < e->published_count; i++)
        if (c->versions[e->published[i]].policy->effective_at >= v->policy->effective_at)
            return consent__fail_at(
                cx, CONSENT_E_INPUT, "/effective_at", v->policy->effective_at_byte,
                "effective_at is not later than that of published version \"%s\"",
                c->versions[e->published[i]].policy->version);
    return CONSENT_OK;
}

static void published_event(const consent__version *v, const char hex[65],
                            const char profile_hex[65], consent__event *e) {
    const consent__policy *p = v->policy;
    e->kind = EV_POLICY_PUBLISHED;
    CONSENT__SET_TEXT(e, policy, p->key);
    CONSENT__SET_TEXT(e, version, p->version);
    CONSENT__SET_TEXT(e, sha256, hex);
    CONSENT__SET_TEXT(e, profile, profile_hex);
    CONSENT__SET(e, effective_at, p->effective_at);
    CONSENT__SET_TEXT(e, class, consent__change_class_name((int)p->change_class));
    CONSENT__SET_TEXT(e, actor, p->editorial_actor);
    CONSENT__SET_TEXT(e, reason, p->editorial_reason);
}

static consent_status publish_event(const consent__cx *cx, consent__work *w,
                                    const consent__version *v) {
    consent__version_row row;
    uint8_t sha[32];
    char hex[65], profile_hex[65];
    consent_status st = w->store->engine->version_get(cx, w->tx, v->id, &row);
    if (st != CONSENT_OK)
        return st;
    consent__sha256(row.profile, row.profile_len, sha);
    consent__hex(sha, 32, profile_hex);
    consent__hex(v->sha256, 32, hex);
    consent__event e = {0};
    published_event(v, hex, profile_hex, &e);
    st = consent__append(cx, w, NULL, &e, NULL);
    return st == CONSENT_OK ? w->store->engine->version_publish(cx, w->tx, v->id, e.seq, e.at) : st;
}

static consent_status publish_work(const consent__cx *cx, consent__work *w, void *user) {
    const publish *in = user;
    const consent__catalog *c = NULL;
    int32_t index = -1;
    consent_status st = consent__work_catalog(cx, w, &c);
    if (st == CONSENT_OK)
        st = consent__pick_policy(cx, c, in->policy, &index);
    if (st != CONSENT_OK)
        return st;
    const consent__version *v = consent__catalog_version(c, index, in->version);
    if (!v)
        return consent__fail(cx, CONSENT_E_NOT_FOUND, "the policy has no version of that label");
    st = check_publish(cx, c, v);
    if (st != CONSENT_OK)
        return st;
    const consent__policy_entry *entry = &c->policies[index];
    consent__diff diff = {0};
    publication pub = {.version = v, .diff = &diff};
    if (entry->published_count)
        pub.before = &c->versions[entry->published[entry->published_count - 1]];
    if (pub.before)
        st = consent__policy_diff(cx, pub.before->policy, v->policy, &w->scratch->arena, &diff);
    if (st == CONSENT_OK)
        st = number_points(cx, w, c, &pub);
    if (st == CONSENT_OK)
        st = publish_event(cx, w, v);
    if (st == CONSENT_OK)
        st = put_epochs(cx, w, &pub);
    if (st == CONSENT_OK)
        consent__work_catalog_changed(w);
    return st;
}

consent_status consent__flow_policy_publish(const consent__cx *cx, consent_store *s,
                                            const char *policy, const char *version) {
    publish in = {policy, version};
    return consent__write(cx, s, publish_work, &in);
}

/* ---- profiles ---- */

static consent_status profile_work(const consent__cx *cx, consent__work *w, void *user) {
    const import *in = user;
    consent__profile profile;
    consent_status st = consent__profile_read(cx, in->bytes, in->len, &w->scratch->arena, &profile);
    if (st != CONSENT_OK)
        return st;
    uint8_t sha[32];
    char hex[65];
    consent__sha256(in->bytes, in->len, sha);
    consent__hex(sha, 32, hex);
    profile_source source = {.store = w->store, .tx = w->tx, .arena = &w->scratch->arena};
    const void *have = NULL;
    size_t have_len = 0;
    st = find_profile(cx, &source, profile.key, &have, &have_len);
    if (st == CONSENT_OK && have_len == in->len && memcmp(have, in->bytes, in->len) == 0)
        return CONSENT_DONE;
    if (st != CONSENT_OK && st != CONSENT_E_NOT_FOUND)
        return st;
    consent__event e = {.kind = EV_PROFILE_IMPORTED};
    CONSENT__SET_TEXT(&e, key, profile.key);
    CONSENT__SET_TEXT(&e, sha256, hex);
    st = consent__append(cx, w, NULL, &e, NULL);
    if (st != CONSENT_OK)
        return st;
    consent__document_row row = {"profile", profile.key, e.seq, {0}, in->bytes, in->len};
    memcpy(row.sha256, sha, 32);
    return w->store->engine->document_put(cx, w->tx, &row);
}

consent_status consent__flow_profile_import(const consent__cx *cx, consent_store *s,
                                            const void *bytes, size_t len) {
import in = {bytes, len };
    return consent__write(cx, s, profile_work, &in);
}
