/* SPDX-License-Identifier: Apache-2.0 */
/* A published version on its way from one store to another: a statement signed with the log key,
 * holding text, profile and the event that published it with its proof. What arrives is published
 * with the same effect from the same instant. Bytes: docs/phone-and-backend.md. */
#include <string.h>

#include "flow/policy.h"
#include "flow/receipt.h"
#include "flow/trust.h"
#include "ledger/receipt.h"
#include "util/text.h"
#include "json/event.h"
#include "json/json.h"
#include "json/write.h"

/* A payload of the largest document that is read, in base64, with header and signature. */
#define STATEMENT_MAX (CONSENT__BUNDLE_MAX / 3 * 4 + 1024)

/* ---- export ---- */

typedef struct exporting {
    consent__view v;
    const consent__version *version, *before; /* before NULL: the first of its policy */
    consent__version_row row;
    consent__said said;
    consent__buf note, payload, jws;
} exporting;

static consent_status find_version(const consent__cx *cx, exporting *x, const char *policy,
                                   const char *label) {
    int32_t index = -1;
    const consent__catalog *c = x->v.catalog;
    consent_status st = consent__pick_policy(cx, c, policy, &index);
    if (st == CONSENT_OK)
        st = consent__pick_version(cx, c, index, label, x->v.now, &x->version);
    if (st != CONSENT_OK)
        return st;
    if (x->version->published_seq < 0)
        return consent__fail(cx, CONSENT_E_STATE,
                             "version \"%s\" is a draft: only what was published is exported",
                             x->version->policy->version);
    const consent__policy_entry *e = &c->policies[index];
    for (int32_t i = 1; i < e->published_count; i++)
        if (&c->versions[e->published[i]] == x->version)
            x->before = &c->versions[e->published[i - 1]];
    return CONSENT_OK;
}

static void put_before(consent__buf *out, const consent__version *before) {
    if (!before)
        return;
    consent__write_open(out, "before", '{');
    consent__write_hex(out, "sha256", before->sha256, 32);
    consent__write_text(out, "version", before->policy->version);
    consent__write_close(out, '}');
}

static consent_status make_payload(const consent__cx *cx, exporting *x) {
    consent__prover p;
    consent__buf b;
    char origin[64];
    consent_status st = consent__prover_open(cx, &x->v, &p);
    if (st == CONSENT_OK)
        st = consent__checkpoint_sign(cx, x->v.store, x->v.tx, p.tree.size, p.root, &x->note);
    if (st == CONSENT_OK)
        st =
            consent__said_get(cx, &x->v, x->version->published_seq, &x->v.scratch->arena, &x->said);
    if (st != CONSENT_OK)
        return st;
    consent__buf_init(&b, cx->env);
    consent__origin(x->v.store, origin);
    consent__write_open(&b, NULL, '{');
    put_before(&b, x->before);
    consent__write_open(&b, "ledger", '{');
    st = consent__ledger_json(cx, &p, &x->said, &x->note, &b);
    consent__write_close(&b, '}');
    /* Last of all that is read: the row lives until the next operation. */
    if (st == CONSENT_OK)
        st = x->v.store->engine->version_get(cx, x->v.tx, x->version->id, &x->row);
    if (st == CONSENT_OK) {
        consent__write_text_n(&b, "bundle", (const char *)x->row.bytes, x->row.len);
        consent__write_text_n(&b, "profile", (const char *)x->row.profile, x->row.profile_len);
    }
    consent__write_int(&b, "effective_at", x->version->policy->effective_at);
    consent__write_int(&b, "in_force_from", x->version->in_force_from);
    consent__write_int(&b, "published_at", x->version->published_at);
    consent__write_text(&b, "origin", origin);
    consent__write_text(&b, "policy", x->version->policy->key);
    consent__write_hex(&b, "sha256", x->version->sha256, 32);
    consent__write_text(&b, "version", x->version->policy->version);
    consent__write_close(&b, '}');
    if (st == CONSENT_OK && b.failed)
        st = consent__no_memory(cx);
    if (st == CONSENT_OK)
        st = consent__json_canonical(cx, b.data, b.len, &x->payload);
    consent__buf_free(&b);
    return st;
}

static consent_status export_rows(const consent__cx *cx, const exporting *x, consent_rows **out) {
    char origin[64];
    uint8_t public_key[32];
    consent__buf vkey;
    consent_status st = consent__log_key(cx, x->v.store, x->v.tx, public_key);
    if (st != CONSENT_OK)
        return st;
    consent__buf_init(&vkey, cx->env);
    consent__origin(x->v.store, origin);
    consent__note_vkey(&vkey, origin, public_key);
    consent_rows *r =
        consent__rows_new(cx->env, "statement t,policy t,version t,sha256 t,in_force_from u,key t");
    char hex[65];
    consent__hex(x->version->sha256, 32, hex);
    consent__rows_add(r);
    consent__rows_text_n(r, 0, (const char *)x->jws.data, x->jws.len);
    consent__rows_text(r, 1, x->version->policy->key);
    consent__rows_text(r, 2, x->version->policy->version);
    consent__rows_text(r, 3, hex);
    consent__rows_number(r, 4, x->version->in_force_from);
    consent__rows_text(r, 5, consent__buf_cstr(&vkey));
    consent__buf_free(&vkey);
    return consent__rows_finish(cx, r, out);
}

consent_status consent__flow_policy_export_signed(const consent__cx *cx, consent_store *s,
                                                  const char *policy, const char *version,
                                                  consent_rows **out) {
    exporting x = {0};
    consent_status st = consent__view_open(cx, s, &x.v);
    if (st != CONSENT_OK)
        return st;
    consent__buf_init(&x.note, cx->env);
    consent__buf_init(&x.payload, cx->env);
    consent__buf_init(&x.jws, cx->env);
    st = find_version(cx, &x, policy, version);
    if (st == CONSENT_OK)
        st = make_payload(cx, &x);
    if (st == CONSENT_OK)
        st = consent__jws_sign(cx, s, x.v.tx, CONSENT__POLICY_TYPE, &x.payload, &x.jws);
    if (st == CONSENT_OK)
        st = export_rows(cx, &x, out);
    consent__buf_free(&x.note);
    consent__buf_free(&x.payload);
    consent__buf_free(&x.jws);
    consent__view_close(&x.v);
    return st;
}

/* ---- what a statement says ---- */

typedef struct statement {
    const char *bundle, *profile; /* as many bytes as stated below */
    size_t bundle_len, profile_len;
    const char *policy, *version, *sha256, *origin;
    const char *before_version, *before_sha256; /* NULL: the first of its policy */
    int64_t effective_at, in_force_from, published_at;
    bool has_effective, has_in_force, has_published;
    const uint8_t *ledger;
    size_t ledger_len;
    consent__receipt proven;
    consent__event event;
    char leaf[65];
} statement;

/* A text that holds no NUL. */
static bool read_text(consent__reader *r, consent__arena *a, const char **out) {
    size_t n;
    return consent__reader_string(r, a, out, &n) && strlen(*out) == n;
}

static bool read_before(consent__reader *r, consent__arena *a, statement *s) {
    const char *name;
    if (!consent__reader_object(r))
        return false;
    while (consent__reader_member(r, a, &name)) {
        const char **slot = strcmp(name, "version") == 0  ? &s->before_version
                            : strcmp(name, "sha256") == 0 ? &s->before_sha256
                                                          : NULL;
        if (!(slot ? read_text(r, a, slot) : consent__reader_skip(r)))
            return false;
    }
    return !r->bad && s->before_version && s->before_sha256;
}

static bool read_ledger(consent__reader *r, statement *s) {
    s->ledger = r->p;
    if (!consent__reader_skip(r))
        return false;
    s->ledger_len = (size_t)(r->p - s->ledger);
    return true;
}

static bool read_member(consent__reader *r, consent__arena *a, const char *name, statement *s) {
    const struct {
        const char *name;
        const char **slot;
    } texts[] = {{"origin", &s->origin},
                 {"policy", &s->policy},
                 {"sha256", &s->sha256},
                 {"version", &s->version}};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (strcmp(name, texts[i].name) == 0)
            return read_text(r, a, texts[i].slot);
    if (strcmp(name, "bundle") == 0)
        return consent__reader_string(r, a, &s->bundle, &s->bundle_len);
    if (strcmp(name, "profile") == 0)
        return consent__reader_string(r, a, &s->profile, &s->profile_len);
    if (strcmp(name, "effective_at") == 0)
        return s->has_effective = consent__reader_int(r, &s->effective_at);
    if (strcmp(name, "in_force_from") == 0)
        return s->has_in_force = consent__reader_int(r, &s->in_force_from);
    if (strcmp(name, "published_at") == 0)
        return s->has_published = consent__reader_int(r, &s->published_at);
    if (strcmp(name, "before") == 0)
        return read_before(r, a, s);
    if (strcmp(name, "ledger") == 0)
        return read_ledger(r, s);
    return consent__reader_skip(r);
}

static bool read_statement(consent__reader *r, consent__arena *a, statement *s) {
    const char *name;
    if (!consent__reader_object(r))
        return false;
    while (consent__reader_member(r, a, &name))
        if (!read_member(r, a, name, s))
            return false;
    return consent__reader_done(r) && s->bundle && s->profile && s->policy && s->version &&
           s->sha256 && s->origin && s->has_effective && s->has_in_force && s->has_published &&
           s->ledger;
}

static bool hash_is(const void *bytes, size_t n, const char *hex) {
    uint8_t sha[CONSENT__HASH];
    char own[65];
    consent__sha256(bytes, n, sha);
    consent__hex(sha, CONSENT__HASH, own);
    return strcmp(own, hex) == 0;
}

/* Everything beside the event is what the event says. */
static bool content_fits(const statement *s, const char *name) {
    const consent__event *e = &s->event;
    return strcmp(s->origin, name) == 0 && strcmp(e->policy_, s->policy) == 0 &&
           strcmp(e->version_, s->version) == 0 && strcmp(e->sha256_, s->sha256) == 0 &&
           e->effective_at_ == s->effective_at && s->proven.at == s->published_at &&
           consent__event_in_force(e, s->proven.at) == s->in_force_from &&
           hash_is(s->bundle, s->bundle_len, s->sha256) &&
           hash_is(s->profile, s->profile_len, e->profile_);
}

static consent_status check_event(const consent__cx *cx, const consent__trusted *t,
                                  consent__arena *a, statement *s, const char **why) {
    consent__cx quiet = {cx->env, NULL, cx->op};
    consent_status st =
        consent__proven_open(cx, s->ledger, s->ledger_len, t->name, t->public_key, a, &s->proven);
    *why = s->proven.why;
    if (st != CONSENT_OK || *why)
        return st;
    if (strcmp(s->proven.kind, consent__kind_table[EV_POLICY_PUBLISHED].name) != 0)
        return consent__fail(cx, CONSENT_E_STATE,
                             "UNPUBLISHED: the statement proves an event %s, and none that a "
                             "version was published",
                             s->proven.kind);
    st = consent__event_decode(&quiet, EV_POLICY_PUBLISHED, s->proven.seq, s->proven.body,
                               s->proven.body_len, a, &s->event);
    if (st == CONSENT_E_MEMORY)
        return consent__no_memory(cx);
    if (st != CONSENT_OK || !content_fits(s, t->name))
        *why = "CONTENT_MISMATCH";
    consent__hex(s->proven.leaf, CONSENT__HASH, s->leaf);
    return CONSENT_OK;
}

static consent_status open_statement(const consent__cx *cx, const void *jws, size_t n,
                                     const consent__trusted *t, consent__arena *a,
                                     consent__buf *payload, statement *s) {
    consent__reader r;
    const char *why = NULL;
    consent_status st = consent__jws_open(cx, jws, n, STATEMENT_MAX, CONSENT__POLICY_TYPE, t->name,
                                          t->public_key, payload, &why);
    if (st == CONSENT_OK && !why) {
        consent__reader_init(&r, payload->data, payload->len);
        if (read_statement(&r, a, s))
            st = check_event(cx, t, a, s, &why);
        else if (r.no_memory)
            st = consent__no_memory(cx);
        else
            why = "LEDGER_MISSING";
    }
    return st == CONSENT_OK && why ? consent__not_trusted(cx, "statement", why) : st;
}

/* ---- import ---- */

typedef struct importing {
    const statement *said;
    const consent__trusted *key;
    consent_rows **rows;
} importing;

static consent_status stated_profile(const consent__cx *cx, void *user, const char *key,
                                     const void **bytes, size_t *len) {
    const statement *s = user;
    (void)cx;
    (void)key;
    *bytes = s->profile;
    *len = s->profile_len;
    return CONSENT_OK;
}

/* The version with that label as it is here; NULL. */
static const consent__version *known(const consent__catalog *c, const consent__policy *p) {
    int32_t index = consent__catalog_policy(c, p->key);
    return index < 0 ? NULL : consent__catalog_version(c, index, p->version);
}

/* The same bytes read with another profile would mean something else. */
static consent_status same_profile(const consent__cx *cx, consent__work *w, const statement *s,
                                   const consent__version *v) {
    consent__version_row row;
    consent_status st = w->store->engine->version_get(cx, w->tx, v->id, &row);
    if (st != CONSENT_OK)
        return st;
    if (row.profile_len == s->profile_len && memcmp(row.profile, s->profile, row.profile_len) == 0)
        return CONSENT_OK;
    return consent__fail(cx, CONSENT_E_CONFLICT,
                         "version \"%s\" of policy \"%s\" was imported here under another profile",
                         s->version, s->policy);
}

static consent_status check_repeated(const consent__cx *cx, const statement *s,
                                     const consent__version *v) {
    if (v->in_force_from != s->in_force_from)
        return consent__fail(
            cx, CONSENT_E_CONFLICT,
            "version \"%s\" of policy \"%s\" was published here, in force since another instant",
            s->version, s->policy);
    return CONSENT_DONE;
}

/* Epochs follow from every version in turn: one left out would ask too little or too much. */
static consent_status check_turn(const consent__cx *cx, const statement *s,
                                 const consent__catalog *c) {
    char hex[65];
    int32_t index = consent__catalog_policy(c, s->policy);
    const consent__policy_entry *e = index < 0 ? NULL : &c->policies[index];
    if (!e || !e->published_count)
        return CONSENT_OK;
    const consent__version *last = &c->versions[e->published[e->published_count - 1]];
    consent__hex(last->sha256, 32, hex);
    if (s->before_version && strcmp(s->before_version, last->policy->version) == 0 &&
        strcmp(s->before_sha256, hex) == 0)
        return CONSENT_OK;
    return consent__fail(cx, CONSENT_E_STATE,
                         "version \"%s\" follows \"%s\" where it was published, and here the last "
                         "is \"%s\": versions come in their order",
                         s->version, s->before_version ? s->before_version : "(none)",
                         last->policy->version);
}

static consent_status publish_stated(const consent__cx *cx, consent__work *w,
                                     const consent__catalog *c, const consent__policy *p,
                                     const importing *in) {
    const statement *s = in->said;
    consent_status st = check_turn(cx, s, c);
    if (st == CONSENT_OK)
        st = consent__policy_draft(cx, w, c, p, s->bundle, s->bundle_len, s->profile,
                                   s->profile_len);
    if (st == CONSENT_OK || st == CONSENT_DONE)
        st = consent__work_catalog(cx, w, &c);
    const consent__version *v = st == CONSENT_OK ? known(c, p) : NULL;
    if (st == CONSENT_OK && !v)
        return consent__fail(cx, CONSENT_E_INTERNAL, "the version is not where it was put");
    if (st == CONSENT_OK)
        st = same_profile(cx, w, s, v);
    const consent__provenance from = {s->in_force_from, s->proven.seq, s->leaf, in->key->vkey};
    return st == CONSENT_OK ? consent__publish_version(cx, w, c, v, &from) : st;
}

static consent_status import_stated(const consent__cx *cx, consent__work *w, importing *in) {
    const statement *s = in->said;
    const consent__policy *p = NULL;
    const consent__catalog *c = NULL;
    consent_status st = consent__bundle_read(cx, s->bundle, s->bundle_len, stated_profile,
                                             (void *)(uintptr_t)s, &w->scratch->arena, &p);
    if (st == CONSENT_OK)
        st = consent__work_catalog(cx, w, &c);
    if (st != CONSENT_OK)
        return st;
    if (strcmp(p->key, s->policy) != 0 || strcmp(p->version, s->version) != 0 ||
        p->effective_at != s->effective_at || s->in_force_from < p->effective_at)
        return consent__not_trusted(cx, "statement", "CONTENT_MISMATCH");
    const consent__version *here = known(c, p);
    if (!here || here->published_seq < 0)
        return publish_stated(cx, w, c, p, in);
    char hex[65];
    consent__hex(here->sha256, 32, hex);
    if (strcmp(hex, s->sha256) != 0)
        return consent__fail(cx, CONSENT_E_CONFLICT,
                             "version \"%s\" of policy \"%s\" exists with other content",
                             s->version, s->policy);
    st = same_profile(cx, w, s, here);
    return st == CONSENT_OK ? check_repeated(cx, s, here) : st;
}

/* The answer is made before the commit. */
static consent_status import_work(const consent__cx *cx, consent__work *w, void *user) {
    importing *in = user;
    const statement *s = in->said;
    consent_status st = import_stated(cx, w, in);
    if (st < 0 || !in->rows)
        return st;
    consent_rows *r =
        consent__rows_new(cx->env, "policy t,version t,sha256 t,in_force_from u,origin t");
    consent__rows_add(r);
    consent__rows_text(r, 0, s->policy);
    consent__rows_text(r, 1, s->version);
    consent__rows_text(r, 2, s->sha256);
    consent__rows_number(r, 3, s->in_force_from);
    consent__rows_text(r, 4, s->origin);
    consent_status told = consent__rows_finish(cx, r, in->rows);
    return told == CONSENT_OK ? st : told;
}

consent_status consent__flow_policy_import_signed(const consent__cx *cx, consent_store *s,
                                                  const void *jws, size_t n, const char *vkey,
                                                  consent_rows **rows) {
    consent__arena a;
    consent__buf payload;
    consent__trusted key;
    statement said = {0};
    importing in = {.said = &said, .key = &key, .rows = rows};
    consent__arena_init(&a, cx->env);
    consent__buf_init(&payload, cx->env);
    consent_status st = consent__trust(cx, vkey, &a, &key);
    if (st == CONSENT_OK)
        st = open_statement(cx, jws, n, &key, &a, &payload, &said);
    if (st == CONSENT_OK)
        st = consent__write(cx, s, import_work, &in);
    if (st < 0 && rows) {
        consent_rows_free(*rows);
        *rows = NULL;
    }
    consent__buf_free(&payload);
    consent__arena_free(&a);
    return st;
}
