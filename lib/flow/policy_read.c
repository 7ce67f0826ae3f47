/* SPDX-License-Identifier: Apache-2.0 */
/* Reading policies: which version is meant, its texts, their hashes, its catalogue. */
#include <string.h>

#include "flow/args.h"
#include "flow/policy.h"
#include "util/text.h"
#include "json/json.h"

consent_status consent__pick_policy(const consent__cx *cx, const consent__catalog *c,
                                    const char *key, int32_t *out) {
    *out = key ? consent__catalog_policy(c, key) : consent__catalog_only(c);
    if (*out >= 0)
        return CONSENT_OK;
    if (*out == -2)
        return consent__fail(cx, CONSENT_E_AMBIGUOUS, "the store holds several policies: name one");
    return key ? consent__unknown(cx, key, "policy", "the store has no such policy")
               : consent__fail(cx, CONSENT_E_NOT_FOUND, "the store has no policy yet");
}

consent_status consent__pick_version(const consent__cx *cx, const consent__catalog *c,
                                     int32_t policy_index, const char *label, int64_t t,
                                     const consent__version **out) {
    *out = label ? consent__catalog_version(c, policy_index, label)
                 : consent__catalog_in_force(c, policy_index, t, INT64_MAX);
    if (*out)
        return CONSENT_OK;
    return consent__unknown(cx, label, "version",
                            label ? "the policy has no version of that label"
                                  : "no version of the policy is in force");
}

static consent_status pick_at(const consent__cx *cx, const consent__view *v, const char *policy,
                              const char *label, int64_t at, const consent__version **out) {
    int32_t index = -1;
    consent_status st = consent__pick_policy(cx, v->catalog, policy, &index);
    return st == CONSENT_OK ? consent__pick_version(cx, v->catalog, index, label, at, out) : st;
}

static consent_status pick(const consent__cx *cx, const consent__view *v, const char *policy,
                           const char *label, const consent__version **out) {
    return pick_at(cx, v, policy, label, v->now, out);
}

/* ---- list ---- */

/* As it stood at an instant: a version published later was a draft then. */
static const char *state_of(const consent__view *v, const consent__version *x, int64_t at) {
    if (x->published_seq < 0 || x->published_at > at)
        return "draft";
    if (x->in_force_from > at)
        return "published";
    return consent__catalog_in_force(v->catalog, x->policy_index, at, INT64_MAX) == x
               ? "in-force"
               : "superseded";
}

static consent_status list(const consent__cx *cx, consent__view *v, const char *policy, int64_t at,
                           consent_rows **out) {
    int32_t only = policy ? consent__catalog_policy(v->catalog, policy) : -1;
    if (policy && only < 0)
        return consent__unknown(cx, policy, "policy", "the store has no such policy");
    consent_rows *r = consent__rows_new(
        cx->env, "policy t,version t,state t,effective_at u,published_at u,sha256 t");
    for (int32_t i = 0; i < v->catalog->versions_count; i++) {
        const consent__version *x = &v->catalog->versions[i];
        if ((policy && x->policy_index != only) || x->imported_at > at)
            continue;
        char hex[65];
        consent__hex(x->sha256, 32, hex);
        consent__rows_add(r);
        consent__rows_text(r, 0, x->policy->key);
        consent__rows_text(r, 1, x->policy->version);
        consent__rows_text(r, 2, state_of(v, x, at));
        consent__rows_number(r, 3, x->policy->effective_at);
        if (x->published_seq >= 0 && x->published_at <= at)
            consent__rows_number(r, 4, x->published_at);
        consent__rows_text(r, 5, hex);
    }
    return consent__rows_finish(cx, r, out);
}

consent_status consent__flow_policy_list(const consent__cx *cx, consent_store *s,
                                         const char *policy, int64_t at, consent_rows **out) {
    consent__view v;
    consent_status st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    st = list(cx, &v, policy, at == CONSENT__NO_INSTANT ? v.now : at, out);
    consent__view_close(&v);
    return st;
}

/* ---- texts ---- */

static int32_t language_of(const consent__policy *p, const char *lang) {
    int32_t i = lang ? consent__policy_language(p, lang) : 0;
    return i < 0 ? 0 : i;
}

static consent_status text(const consent__cx *cx, const consent__version *x, const char *section,
                           const char *lang, consent_rows **out) {
    const consent__policy *p = x->policy;
    int32_t i = consent__policy_section(p, section);
    if (i < 0)
        return consent__unknown(cx, section, "section", "the version has no such section");
    const consent__lang_text *t = consent__text_in(&p->sections[i].text, language_of(p, lang));
    const consent__lang_text *title = consent__text_in(&p->sections[i].title, t->lang);
    char hex[65];
    consent__hex(x->section_hash[i * p->languages.count + t->lang], 32, hex);
    consent_rows *r =
        consent__rows_new(cx->env, "section t,lang t,title t,text t,sha256 t,policy t,version t");
    consent__rows_add(r);
    consent__rows_text(r, 0, p->sections[i].id);
    consent__rows_text(r, 1, p->languages.v[t->lang]);
    consent__rows_text(r, 2, title ? title->text : NULL);
    consent__rows_text(r, 3, t->text);
    consent__rows_text(r, 4, hex);
    consent__rows_text(r, 5, p->key);
    consent__rows_text(r, 6, p->version);
    return consent__rows_finish(cx, r, out);
}

consent_status consent__flow_policy_text(const consent__cx *cx, consent_store *s,
                                         const char *policy, const char *version, int64_t at,
                                         const char *section, const char *lang,
                                         consent_rows **out) {
    consent__view v;
    const consent__version *x = NULL;
    consent_status st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    st = pick_at(cx, &v, policy, version, at == CONSENT__NO_INSTANT ? v.now : at, &x);
    if (st == CONSENT_OK)
        st = text(cx, x, section, lang, out);
    consent__view_close(&v);
    return st;
}

consent_status consent__flow_policy_bundle(const consent__cx *cx, consent_store *s,
                                           const char *policy, const char *version,
                                           consent_rows **out) {
    consent__view v;
    const consent__version *x = NULL;
    consent__version_row row;
    consent_status st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    st = pick(cx, &v, policy, version, &x);
    if (st == CONSENT_OK)
        st = s->engine->version_get(cx, v.tx, x->id, &row);
    if (st == CONSENT_OK) {
        char hex[65];
        consent__hex(x->sha256, 32, hex);
        consent_rows *r = consent__rows_new(cx->env, "bundle t,sha256 t,profile t");
        consent__rows_add(r);
        consent__rows_text_n(r, 0, (const char *)row.bytes, row.len);
        consent__rows_text(r, 1, hex);
        consent__rows_text_n(r, 2, (const char *)row.profile, row.profile_len);
        st = consent__rows_finish(cx, r, out);
    }
    consent__view_close(&v);
    return st;
}

/* ---- what is shown when a point is asked ---- */

static void mark(bool *in, const consent__indices *sections) {
    for (int32_t i = 0; i < sections->count; i++)
        in[sections->v[i]] = true;
}

/* A purpose's own sections; those of its items only where it names none itself, because an item's
 * sections also speak of what other purposes do with it. */
static void mark_point(const consent__policy *p, const consent__purpose *u, int32_t share,
                       bool *in) {
    mark(in, &u->sections);
    const consent__indices *items = share < 0 ? &u->items : &u->shares[share].items;
    for (int32_t i = 0; u->sections.count == 0 && i < items->count; i++)
        mark(in, &p->items[items->v[i]].sections);
    if (share >= 0)
        mark(in, &p->recipients[u->shares[share].recipient].sections);
}

int32_t consent__point_sections(const consent__policy *p, int32_t purpose, int32_t share,
                                int32_t *out) {
    bool *in = (bool *)(out + p->sections_count); /* the room's second half */
    memset(in, purpose < 0, (size_t)p->sections_count * sizeof *in);
    if (purpose >= 0)
        mark_point(p, &p->purposes[purpose], share, in);
    int32_t n = 0;
    for (int32_t d = 0; d < p->documents_count; d++)
        for (int32_t i = 0; i < p->documents[d].sections.count; i++) {
            int32_t s = p->documents[d].sections.v[i];
            if (in[s])
                out[n++] = s;
            in[s] = false;
        }
    for (int32_t s = 0; s < p->sections_count; s++)
        if (in[s])
            out[n++] = s;
    return n;
}

bool consent__point_find(const consent__policy *p, const char *point, int32_t *purpose,
                         int32_t *share) {
    for (int32_t i = 0; i < p->purposes_count; i++)
        for (int32_t j = -1; j < p->purposes[i].share_count; j++) {
            char key[CONSENT__POINT_MAX];
            consent__point_key(p, i, j, key);
            if (strcmp(key, point) != 0)
                continue;
            *purpose = i;
            *share = j;
            return true;
        }
    return false;
}

int32_t *consent__sections_room(consent__arena *arena, const consent__policy *p) {
    return consent__arena_get(arena, (size_t)p->sections_count * (sizeof(int32_t) + sizeof(bool)));
}

consent_status consent__shown_hash(const consent__cx *cx, const consent__version *v,
                                   int32_t purpose, int32_t share, int32_t lang,
                                   consent__arena *arena, consent__buf *json,
                                   uint8_t out[CONSENT__HASH]) {
    const consent__policy *p = v->policy;
    int32_t *list = consent__sections_room(arena, p);
    if (!list)
        return consent__no_memory(cx);
    int32_t n = consent__point_sections(p, purpose, share, list);
    consent__buf own;
    consent__buf_init(&own, cx->env);
    consent__buf *b = json ? json : &own;
    size_t start = b->len;
    consent__buf_byte(b, '[');
    for (int32_t i = 0; i < n; i++) {
        const consent__section *s = &p->sections[list[i]];
        int32_t in = consent__text_in(&s->text, lang)->lang;
        char hex[65];
        consent__hex(v->section_hash[list[i] * p->languages.count + in], 32, hex);
        consent__buf_text(b, i ? ",{\"id\":" : "{\"id\":");
        consent__json_string(b, s->id, strlen(s->id));
        consent__buf_text(b, ",\"lang\":");
        consent__json_string(b, p->languages.v[in], strlen(p->languages.v[in]));
        consent__buf_format(b, ",\"sha256\":\"%s\"}", hex);
    }
    consent__buf_byte(b, ']');
    bool failed = b->failed;
    if (!failed)
        consent__sha256(b->data + start, b->len - start, out);
    consent__buf_free(&own);
    return failed ? consent__no_memory(cx) : CONSENT_OK;
}

static consent_status shown(const consent__cx *cx, consent__view *v, const consent__version *x,
                            const char *point, const char *lang, consent_rows **out) {
    int32_t purpose = -1, share = -1;
    if (point && !consent__point_find(x->policy, point, &purpose, &share))
        return consent__unknown(cx, point, "point", "the version has no such point");
    uint8_t hash[32];
    char hex[65];
    consent__buf *json = &v->scratch->buf;
    consent__buf_reset(json);
    consent_status st = consent__shown_hash(cx, x, purpose, share, language_of(x->policy, lang),
                                            &v->scratch->arena, json, hash);
    if (st != CONSENT_OK)
        return st;
    consent__hex(hash, 32, hex);
    consent_rows *r = consent__rows_new(cx->env, "shown t,sections j");
    consent__rows_add(r);
    consent__rows_text(r, 0, hex);
    consent__rows_text(r, 1, consent__buf_cstr(json));
    return consent__rows_finish(cx, r, out);
}

consent_status consent__flow_policy_shown(const consent__cx *cx, consent_store *s,
                                          const char *policy, const char *version,
                                          const char *point, const char *lang, consent_rows **out) {
    consent__view v;
    const consent__version *x = NULL;
    consent_status st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    st = pick(cx, &v, policy, version, &x);
    if (st == CONSENT_OK)
        st = shown(cx, &v, x, point, lang, out);
    consent__view_close(&v);
    return st;
}
