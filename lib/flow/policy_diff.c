/* SPDX-License-Identifier: Apache-2.0 */
/* What differs between two versions, and what is wrong in one: the pure rules, told as rows. */
#include <string.h>

#include "core/diff.h"
#include "core/lint.h"
#include "flow/diff_json.h"
#include "flow/policy.h"
#include "json/json.h"

/* ---- as JSON ---- */

void consent__names_json(consent__buf *b, const consent__strings *names) {
    consent__buf_byte(b, '[');
    for (int32_t i = 0; i < names->count; i++) {
        if (i)
            consent__buf_byte(b, ',');
        consent__json_string(b, names->v[i], strlen(names->v[i]));
    }
    consent__buf_byte(b, ']');
}

void consent__triggers_json(consent__buf *b, uint32_t triggers) {
    bool first = true;
    consent__buf_byte(b, '[');
    for (int n = 1; n <= 6; n++)
        if (triggers >> n & 1) {
            consent__buf_format(b, first ? "%d" : ",%d", n);
            first = false;
        }
    consent__buf_byte(b, ']');
}

void consent__member_json(consent__buf *b, const char *name, const char *text) {
    consent__buf_format(b, ",\"%s\":", name);
    if (text)
        consent__json_string(b, text, strlen(text));
    else
        consent__buf_text(b, "null");
}

consent__change_class consent__change_class_of(const consent__change *c) {
    return c->material ? CHANGE_MATERIAL : c->editorial ? CHANGE_EDITORIAL : CHANGE_MINOR;
}

static void put_flag(consent__buf *b, const char *name, bool value) {
    consent__buf_format(b, ",\"%s\":%s", name, value ? "true" : "false");
}

static void put_set(consent__buf *b, const char *name, const consent__strings *set) {
    consent__buf_format(b, ",\"%s\":", name);
    consent__names_json(b, set);
}

static void put_change(consent__buf *b, const consent__change *c) {
    consent__buf_format(b, "{\"type\":\"%s\"", consent__change_type_name(c->type));
    consent__member_json(b, "key", c->key);
    if (c->trigger)
        consent__buf_format(b, ",\"trigger\":%d", (int)c->trigger);
    else
        consent__buf_text(b, ",\"trigger\":null");
    put_set(b, "sections", &c->sections);
    consent__member_json(b, "detail", c->detail);
    consent__member_json(b, "before", c->before);
    consent__member_json(b, "after", c->after);
    consent__member_json(b, "class", consent__change_class_name((int)consent__change_class_of(c)));
    put_flag(b, "narrowing", c->narrowing);
    put_flag(b, "restricts_rights", c->restricts_rights);
    put_flag(b, "text_only", c->text_only);
    put_set(b, "points", &c->points);
    put_set(b, "mentions", &c->mentions);
    consent__buf_byte(b, '}');
}

/* ---- diff ---- */

/* Puts what the buffer holds into a cell and empties it. */
static void take(consent_rows *r, int column, consent__buf *b, bool *failed) {
    *failed = *failed || b->failed;
    if (!*failed)
        consent__rows_text_n(r, column, (const char *)b->data, b->len);
    consent__buf_reset(b);
}

static consent_status diff_rows(const consent__cx *cx, const consent__diff *d, consent__buf *b,
                                consent_rows **out) {
    bool failed = false;
    consent_rows *r = consent__rows_new(
        cx->env, "class t,triggers j,restricts_rights b,controller_changed b,points j,changes j");
    consent__rows_add(r);
    consent__rows_text(r, 0, consent__change_class_name((int)d->cls));
    consent__buf_reset(b);
    consent__triggers_json(b, d->triggers);
    take(r, 1, b, &failed);
    consent__rows_number(r, 2, d->restricts_rights);
    consent__rows_number(r, 3, d->controller_changed);
    consent__names_json(b, &d->points);
    take(r, 4, b, &failed);
    consent__buf_byte(b, '[');
    for (int32_t i = 0; i < d->change_count; i++) {
        if (i)
            consent__buf_byte(b, ',');
        put_change(b, &d->changes[i]);
    }
    consent__buf_byte(b, ']');
    take(r, 5, b, &failed);
    if (!failed)
        return consent__rows_finish(cx, r, out);
    consent_rows_free(r);
    return consent__no_memory(cx);
}

consent_status consent__flow_policy_diff(const consent__cx *cx, consent_store *s,
                                         const char *policy, const char *older, const char *newer,
                                         consent_rows **out) {
    consent__view v;
    int32_t index = -1;
    const consent__version *a = NULL, *b = NULL;
    consent__diff d;
    consent_status st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    st = consent__pick_policy(cx, v.catalog, policy, &index);
    if (st == CONSENT_OK)
        st = consent__pick_version(cx, v.catalog, index, older, v.now, &a);
    if (st == CONSENT_OK)
        st = consent__pick_version(cx, v.catalog, index, newer, v.now, &b);
    if (st == CONSENT_OK)
        st = consent__policy_diff(cx, a->policy, b->policy, &v.scratch->arena, &d);
    if (st == CONSENT_OK)
        st = diff_rows(cx, &d, &v.scratch->buf, out);
    consent__view_close(&v);
    return st;
}

/* ---- lint ---- */

static consent_status lint_rows(const consent__cx *cx, const consent__policy *p,
                                consent__arena *arena, consent_rows **out) {
    static const char *const severities[] = {"error", "warning", "hint"};
    consent__findings found;
    consent__buf b;
    bool failed = false;
    consent_status st = consent__policy_lint(cx, p, arena, &found);
    if (st != CONSENT_OK)
        return st;
    consent__buf_init(&b, cx->env);
    consent_rows *r = consent__rows_new(
        cx->env, "id t,severity t,sections j,source t,message t,remedy t,from_text b");
    for (int32_t i = 0; i < found.count; i++) {
        const consent__finding *f = &found.v[i];
        consent__rows_add(r);
        consent__rows_text(r, 0, f->id);
        consent__rows_text(r, 1, severities[f->severity]);
        consent__names_json(&b, &f->sections);
        take(r, 2, &b, &failed);
        consent__rows_text(r, 3, f->source);
        consent__rows_text(r, 4, f->message);
        consent__rows_text(r, 5, f->remedy);
        consent__rows_number(r, 6, f->from_text);
    }
    consent__buf_free(&b);
    if (!failed)
        return consent__rows_finish(cx, r, out);
    consent_rows_free(r);
    return consent__no_memory(cx);
}

/* Reads the bundle as the profile wants it, whatever profile it names itself. */
static consent_status lint_bytes(const consent__cx *cx, consent__profile_source *source,
                                 const void *bytes, size_t len, consent_rows **out) {
    const consent__policy *p = NULL;
    const void *found = NULL;
    size_t found_len = 0;
    consent_status st = CONSENT_OK;
    if (source->only)
        st = consent__profile_find(cx, source, source->only, &found, &found_len);
    if (st == CONSENT_E_NOT_FOUND)
        return consent__fail(cx, st, "there is no profile of that name");
    if (st == CONSENT_OK)
        st = consent__bundle_read(cx, bytes, len, consent__profile_find, source, source->arena, &p);
    if (st != CONSENT_OK)
        return st;
    consent__policy read = *p;
    if (source->only)
        read.profile_key = source->only;
    return lint_rows(cx, &read, source->arena, out);
}

consent_status consent__flow_bundle_lint(const consent__cx *cx, const void *bytes, size_t len,
                                         const char *profile, consent_rows **out) {
    consent__arena arena;
    consent__arena_init(&arena, cx->env);
    consent__profile_source source = {.arena = &arena, .only = profile};
    consent_status st = lint_bytes(cx, &source, bytes, len, out);
    consent__arena_free(&arena);
    return st;
}

static consent_status lint_version(const consent__cx *cx, consent__view *v,
                                   const consent__version *x, const char *profile,
                                   consent_rows **out) {
    consent__version_row row;
    consent__arena *arena = &v->scratch->arena;
    if (!profile)
        return lint_rows(cx, x->policy, arena, out);
    consent_status st = v->store->engine->version_get(cx, v->tx, x->id, &row);
    if (st != CONSENT_OK)
        return st;
    /* The row lives until the next operation on the engine. */
    const char *bytes = consent__arena_text(arena, (const char *)row.bytes, row.len);
    size_t len = row.len;
    if (!bytes)
        return consent__no_memory(cx);
    consent__profile_source source = {
        .store = v->store, .tx = v->tx, .arena = arena, .only = profile};
    return lint_bytes(cx, &source, bytes, len, out);
}

consent_status consent__flow_policy_lint(const consent__cx *cx, consent_store *s,
                                         const char *policy, const char *version,
                                         const char *profile, consent_rows **out) {
    consent__view v;
    int32_t index = -1;
    const consent__version *x = NULL;
    consent_status st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    st = consent__pick_policy(cx, v.catalog, policy, &index);
    if (st == CONSENT_OK)
        st = consent__pick_version(cx, v.catalog, index, version, v.now, &x);
    if (st == CONSENT_OK)
        st = lint_version(cx, &v, x, profile, out);
    consent__view_close(&v);
    return st;
}
