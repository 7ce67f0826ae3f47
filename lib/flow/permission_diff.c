/* SPDX-License-Identifier: Apache-2.0 */
/* The permissions a version declares against those an app asks for, as rows. */
#include <string.h>

#include "core/permission_diff.h"
#include "flow/args.h"
#include "flow/permission.h"
#include "flow/policy.h"
#include "json/json.h"

static void put_keys(consent_rows *r, int column, consent__buf *b, const consent__policy *p,
                     const consent__indices *set, bool sections) {
    consent__buf_reset(b);
    consent__buf_byte(b, '[');
    for (int32_t i = 0; i < set->count; i++) {
        const char *key = sections ? p->sections[set->v[i]].id : p->items[set->v[i]].key;
        if (i)
            consent__buf_byte(b, ',');
        consent__json_string(b, key, strlen(key));
    }
    consent__buf_byte(b, ']');
    consent__rows_text_n(r, column, (const char *)b->data, b->len);
}

static consent_status gap_rows(const consent__cx *cx, const consent__policy *p,
                               const consent__gaps *gaps, consent_rows **out) {
    consent__buf b;
    consent__buf_init(&b, cx->env);
    consent_rows *r =
        consent__rows_new(cx->env, "kind t,name t,permission t,source t,items j,sections j");
    for (int32_t i = 0; i < gaps->count; i++) {
        const consent__gap *g = &gaps->v[i];
        consent__rows_add(r);
        consent__rows_text(r, 0, consent__gap_name((int)g->kind));
        consent__rows_text(r, 1, g->name);
        put_keys(r, 4, &b, p, &g->items, false);
        if (g->permission < 0) {
            consent__rows_text(r, 5, "[]");
            continue;
        }
        const consent__permission *q = &p->permissions[g->permission];
        consent__rows_text(r, 2, q->key);
        consent__rows_text(r, 3, q->source);
        put_keys(r, 5, &b, p, &q->sections, true);
    }
    bool failed = b.failed;
    consent__buf_free(&b);
    if (failed) {
        consent_rows_free(r);
        return consent__no_memory(cx);
    }
    return consent__rows_finish(cx, r, out);
}

static consent_status look_at_names(const consent__cx *cx, const char *const *names, size_t count) {
    consent_status st = CONSENT_OK;
    if (count > CONSENT__PERMISSION_NAMES)
        return consent__fail(cx, CONSENT_E_LIMIT, "more than %d names of permissions",
                             CONSENT__PERMISSION_NAMES);
    if (count && !names)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "the names are NULL");
    for (size_t i = 0; st == CONSENT_OK && i < count; i++)
        st = consent__text_need(cx, names[i], CONSENT__NAME, "name of a permission");
    return st;
}

static consent_status diff_version(const consent__cx *cx, consent__view *v,
                                   const consent__version *x, consent__platform platform,
                                   const char *const *names, size_t count, consent_rows **out) {
    consent__gaps gaps;
    consent_status st =
        consent__permission_diff(cx, x->policy, platform, names, count, &v->scratch->arena, &gaps);
    return st == CONSENT_OK ? gap_rows(cx, x->policy, &gaps, out) : st;
}

consent_status consent__flow_permission_diff(const consent__cx *cx, consent_store *s,
                                             const char *policy, const char *version,
                                             const char *platform, const char *const *names,
                                             size_t count, consent_rows **out) {
    consent__view v;
    int32_t index = -1;
    const consent__version *x = NULL;
    int which = consent__name_value(consent__platform_name, platform ? platform : "android");
    if (which < 0)
        return consent__fail(cx, CONSENT_E_ARGUMENT,
                             "the platform is one of android, ios, web, desktop");
    consent_status st = look_at_names(cx, names, count);
    if (st != CONSENT_OK)
        return st;
    st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    st = consent__pick_policy(cx, v.catalog, policy, &index);
    if (st == CONSENT_OK)
        st = consent__pick_version(cx, v.catalog, index, version, v.now, &x);
    if (st == CONSENT_OK)
        st = diff_version(cx, &v, x, (consent__platform)which, names, count, out);
    consent__view_close(&v);
    return st;
}
