/* SPDX-License-Identifier: Apache-2.0 */
/* The catalogue of one version as rows for people and programs. */
#include <string.h>

#include "flow/policy.h"
#include "util/date.h"
#include "json/json.h"

typedef struct sheet {
    const consent__version *v;
    const consent__policy *p;
    int32_t lang;
    consent_rows *rows;
    consent__buf json;
} sheet;

/* ---- a small writer of one JSON object: members in the order they are put ---- */

static void open_detail(sheet *s) {
    consent__buf_reset(&s->json);
    consent__buf_byte(&s->json, '{');
}

static void name(sheet *s, const char *key) {
    if (s->json.len > 1)
        consent__buf_byte(&s->json, ',');
    consent__buf_format(&s->json, "\"%s\":", key);
}

static void put_text(sheet *s, const char *key, const char *value) {
    if (!value)
        return;
    name(s, key);
    consent__json_string(&s->json, value, strlen(value));
}

static void put_bool(sheet *s, const char *key, bool value) {
    name(s, key);
    consent__buf_text(&s->json, value ? "true" : "false");
}

static void put_int(sheet *s, const char *key, int64_t value) {
    name(s, key);
    consent__json_int(&s->json, value);
}

static void put_time(sheet *s, const char *key, int64_t at) {
    char text[CONSENT__RFC3339_SIZE];
    if (at == CONSENT__NO_INSTANT)
        return;
    consent__instant_text(at, 0, text);
    put_text(s, key, text);
}

typedef const char *(*key_of_fn)(const consent__policy *p, int32_t index);
static const char *item_key(const consent__policy *p, int32_t i) {
    return p->items[i].key;
}
static const char *purpose_key(const consent__policy *p, int32_t i) {
    return p->purposes[i].key;
}
static const char *section_key(const consent__policy *p, int32_t i) {
    return p->sections[i].id;
}

static void put_keys(consent__buf *b, const consent__policy *p, const consent__indices *set,
                     key_of_fn key) {
    consent__buf_byte(b, '[');
    for (int32_t i = 0; i < set->count; i++) {
        const char *k = key(p, set->v[i]);
        if (i)
            consent__buf_byte(b, ',');
        consent__json_string(b, k, strlen(k));
    }
    consent__buf_byte(b, ']');
}

static void put_set(sheet *s, const char *key, const consent__indices *set, key_of_fn key_of) {
    name(s, key);
    put_keys(&s->json, s->p, set, key_of);
}

static void put_operations(sheet *s, uint32_t operations) {
    bool first = true;
    name(s, "operations");
    consent__buf_byte(&s->json, '[');
    for (int32_t op = 0; op <= CONSENT_OPERATION_DISCLOSE; op++) {
        if (!(operations >> op & 1))
            continue;
        consent__buf_format(&s->json, "%s\"%s\"", first ? "" : ",", consent_operation_name(op));
        first = false;
    }
    consent__buf_byte(&s->json, ']');
}

static void put_deadline(sheet *s, const char *key, const consent__deadline *d) {
    if (!d->present)
        return;
    name(s, key);
    consent__buf_format(&s->json, "{\"count\":%d,\"unit\":\"%s\",\"calendar\":", (int)d->count,
                        consent__unit_name((int)d->unit));
    consent__json_string(&s->json, d->calendar, strlen(d->calendar));
    consent__buf_byte(&s->json, '}');
}

/* Ends a row: kind, key, title, the detail written so far, the sections it rests on. */
static void row(sheet *s, const char *kind, const char *key, const consent__text *title,
                const consent__indices *sections) {
    consent__buf_byte(&s->json, '}');
    if (s->json.failed)
        return;
    consent__rows_add(s->rows);
    consent__rows_text(s->rows, 0, kind);
    consent__rows_text(s->rows, 1, key);
    const consent__lang_text *t = title ? consent__text_in(title, s->lang) : NULL;
    if (t)
        consent__rows_text_n(s->rows, 2, t->text, t->len);
    consent__rows_text_n(s->rows, 3, (const char *)s->json.data, s->json.len);
    consent__buf_reset(&s->json);
    if (sections)
        put_keys(&s->json, s->p, sections, section_key);
    else
        consent__buf_text(&s->json, "[]");
    if (!s->json.failed)
        consent__rows_text_n(s->rows, 4, (const char *)s->json.data, s->json.len);
}

/* ---- entries ---- */

static void show_documents(sheet *s) {
    for (int32_t i = 0; i < s->p->documents_count; i++) {
        const consent__document *d = &s->p->documents[i];
        open_detail(s);
        put_text(s, "kind", consent__document_kind_name((int)d->kind));
        row(s, "document", d->id, &d->title, &d->sections);
    }
    for (int32_t i = 0; i < s->p->sections_count; i++) {
        const consent__section *x = &s->p->sections[i];
        consent__indices self = {1, &i};
        open_detail(s);
        if (x->parent >= 0)
            put_text(s, "parent", s->p->sections[x->parent].id);
        row(s, "section", x->id, &x->title, &self);
    }
}

static void show_items(sheet *s) {
    for (int32_t i = 0; i < s->p->items_count; i++) {
        const consent__item *x = &s->p->items[i];
        open_detail(s);
        put_text(s, "category", x->category);
        put_bool(s, "sensitive", x->sensitive);
        put_text(s, "identifies", x->combined ? "combined" : "alone");
        if (x->combines_with.count)
            put_set(s, "combines_with", &x->combines_with, item_key);
        if (x->retention.present) {
            put_text(s, "retained_until", x->retention.until);
            put_int(s, "retained_days", x->retention.days);
            put_text(s, "then", consent__then_name((int)x->retention.then));
        }
        row(s, "item", x->key, &x->title, &x->sections);
    }
}

static void show_share(sheet *s, int32_t purpose, int32_t share) {
    const consent__share *x = &s->p->purposes[purpose].shares[share];
    char key[CONSENT__POINT_MAX];
    consent__point_key(s->p, purpose, share, key);
    open_detail(s);
    put_text(s, "class", consent_class_name(x->cls));
    put_text(s, "class_required", consent_class_name(consent__point_class(s->p, purpose, share)));
    put_bool(s, "asked_alone", consent__point_needed(s->p, purpose, share));
    put_set(s, "items", &x->items, item_key);
    row(s, "share", key, &s->p->recipients[x->recipient].name,
        &s->p->recipients[x->recipient].sections);
}

static void show_purposes(sheet *s) {
    for (int32_t i = 0; i < s->p->purposes_count; i++) {
        const consent__purpose *x = &s->p->purposes[i];
        open_detail(s);
        put_text(s, "basis", consent__basis_name((int)x->basis));
        put_text(s, "class", consent_class_name(x->cls));
        put_text(s, "class_required", consent_class_name(consent__point_class(s->p, i, -1)));
        put_bool(s, "required", x->required);
        put_operations(s, x->operations);
        put_set(s, "items", &x->items, item_key);
        put_text(s, "evidence", x->evidence);
        if (x->assessment >= 0)
            put_text(s, "assessment", s->p->assessments[x->assessment].key);
        if (x->valid_days)
            put_int(s, "valid_days", x->valid_days);
        row(s, "purpose", x->key, &x->title, &x->sections);
        for (int32_t j = 0; j < x->share_count; j++)
            show_share(s, i, j);
    }
}

static void show_permissions(sheet *s) {
    for (int32_t i = 0; i < s->p->permissions_count; i++) {
        const consent__permission *x = &s->p->permissions[i];
        open_detail(s);
        put_text(s, "platform", consent__platform_name((int)x->platform));
        put_text(s, "name", x->name);
        put_text(s, "source", x->source);
        put_text(s, "prompt", consent__prompt_name((int)x->prompt));
        put_set(s, "purposes", &x->purposes, purpose_key);
        put_set(s, "items", &x->items, item_key);
        row(s, "permission", x->key, &x->title, &x->sections);
    }
}

static void show_recipients(sheet *s) {
    for (int32_t i = 0; i < s->p->recipients_count; i++) {
        const consent__recipient *x = &s->p->recipients[i];
        open_detail(s);
        put_text(s, "kind", consent__recipient_kind_name((int)x->kind));
        put_text(s, "contact", x->contact);
        put_text(s, "country", x->country);
        put_bool(s, "export", consent__is_export(s->p, i));
        if (x->contract_id)
            put_time(s, "contract_until", x->contract_until);
        put_set(s, "purposes", &x->purposes, purpose_key);
        put_set(s, "items", &x->items, item_key);
        row(s, "recipient", x->key, &x->name, &x->sections);
    }
}

static void show_rest(sheet *s) {
    for (int32_t i = 0; i < s->p->exemptions_count; i++) {
        open_detail(s);
        put_operations(s, s->p->exemptions[i].operations);
        row(s, "exemption", s->p->exemptions[i].key, &s->p->exemptions[i].title,
            &s->p->exemptions[i].sections);
    }
    for (int32_t i = 0; i < s->p->rights_count; i++) {
        const consent__right *x = &s->p->rights[i];
        open_detail(s);
        put_deadline(s, "deadline", &x->deadline);
        put_deadline(s, "extension", &x->extension);
        if (x->steps)
            put_int(s, "steps", x->steps);
        row(s, "right", consent__right_kind_name((int)x->kind), NULL, &x->sections);
    }
    for (int32_t i = 0; i < s->p->assessments_count; i++) {
        const consent__assessment *x = &s->p->assessments[i];
        open_detail(s);
        put_text(s, "risk", consent__risk_name((int)x->risk));
        put_time(s, "done_at", x->done_at);
        put_time(s, "valid_until", x->valid_until);
        put_set(s, "purposes", &x->purposes, purpose_key);
        row(s, "assessment", x->key, NULL, &x->sections);
    }
}

consent_status consent__flow_policy_show(const consent__cx *cx, consent_store *store,
                                         const char *policy, const char *version, const char *lang,
                                         consent_rows **out) {
    consent__view view;
    sheet s = {0};
    int32_t index = -1;
    consent_status st = consent__view_open(cx, store, &view);
    if (st != CONSENT_OK)
        return st;
    st = consent__pick_policy(cx, view.catalog, policy, &index);
    if (st == CONSENT_OK)
        st = consent__pick_version(cx, view.catalog, index, version, view.now, &s.v);
    if (st == CONSENT_OK) {
        s.p = s.v->policy;
        s.lang = lang ? consent__policy_language(s.p, lang) : 0;
        s.rows = consent__rows_new(cx->env, "kind t,key t,title t,detail j,sections j");
        consent__buf_init(&s.json, cx->env);
        show_documents(&s);
        show_items(&s);
        show_purposes(&s);
        show_permissions(&s);
        show_recipients(&s);
        show_rest(&s);
        bool failed = s.json.failed;
        consent__buf_free(&s.json);
        if (!failed)
            st = consent__rows_finish(cx, s.rows, out);
        else {
            consent_rows_free(s.rows);
            st = consent__no_memory(cx);
        }
    }
    consent__view_close(&view);
    return st;
}
