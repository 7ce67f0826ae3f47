/* SPDX-License-Identifier: Apache-2.0 */
/* Policies: import as a draft; profiles. Publishing: publish.c. */
#include "flow/policy.h"

#include <string.h>

#include "consent_data.h"
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

static consent_status own_profile(const consent__cx *cx, void *user,
                                  const consent__document_row *row) {
    consent__profile_source *p = user;
    if (strcmp(row->key, p->key) != 0)
        return CONSENT_OK;
    p->bytes = consent__arena_text(p->arena, (const char *)row->bytes, row->len);
    p->len = row->len;
    return p->bytes ? CONSENT_OK : consent__no_memory(cx); /* the last by seq stays */
}

consent_status consent__profile_find(const consent__cx *cx, void *user, const char *key,
                                     const void **bytes, size_t *len) {
    consent__profile_source *p = user;
    key = p->only ? p->only : key;
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
    consent__profile_source source = {.arena = &arena};
    const consent__policy *policy = NULL;
    consent_status st =
        consent__bundle_read(cx, bytes, len, consent__profile_find, &source, &arena, &policy);
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
                                const consent__policy *p, const import *in, const import *profile,
                                const uint8_t sha[32]) {
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

consent_status consent__policy_draft(const consent__cx *cx, consent__work *w,
                                     const consent__catalog *c, const consent__policy *p,
                                     const void *bytes, size_t len, const void *profile,
                                     size_t profile_len) {
    uint8_t sha[32];
    const import in = {bytes, len}, with = {profile, profile_len};
    consent__sha256(bytes, len, sha);
    consent_status st = check_label(cx, c, p, sha);
    return st == CONSENT_OK ? put_draft(cx, w, c, p, &in, &with, sha) : st;
}

static consent_status import_work(const consent__cx *cx, consent__work *w, void *user) {
    const import *in = user;
    consent__arena *arena = &w->scratch->arena;
    consent__profile_source source = {.store = w->store, .tx = w->tx, .arena = arena};
    const consent__policy *p = NULL;
    const consent__catalog *c = NULL;
    consent_status st =
        consent__bundle_read(cx, in->bytes, in->len, consent__profile_find, &source, arena, &p);
    if (st == CONSENT_OK)
        st = consent__work_catalog(cx, w, &c);
    if (st != CONSENT_OK)
        return st;
    return consent__policy_draft(cx, w, c, p, in->bytes, in->len, source.bytes, source.len);
}

consent_status consent__flow_policy_import(const consent__cx *cx, consent_store *s,
                                           const void *bytes, size_t len) {
import in = {bytes, len };
    return consent__write(cx, s, import_work, &in);
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
    consent__profile_source source = {.store = w->store, .tx = w->tx, .arena = &w->scratch->arena};
    const void *have = NULL;
    size_t have_len = 0;
    st = consent__profile_find(cx, &source, profile.key, &have, &have_len);
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
