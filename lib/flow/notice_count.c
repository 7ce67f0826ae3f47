/* SPDX-License-Identifier: Apache-2.0 */
/* How many still wait for a notice, version by version: one walk over the subjects, some at a time,
 * in memory that grows with the versions alone. */
#include <stdlib.h>
#include <string.h>

#include "flow/args.h"
#include "flow/notice.h"
#include "flow/policy.h"
#include "util/text.h"

#define STEP 1024 /* subjects to a snapshot: a long walk holds no reader */

typedef struct tally { /* of one version, all sorted by policy and coming into force */
    const consent__version *v;
    consent__change_class cls;
    int64_t first; /* whose first version owed is this one */
    int64_t shown, acknowledged, done;
} tally;

typedef struct by_id {
    int64_t id;
    tally *t;
} by_id;

typedef struct count {
    consent_store *store;
    consent__snapshot *snapshot; /* of the first step: what is published later is not counted */
    tally *v;
    by_id *ids;
    int32_t n;
    consent__arena own, arena;
    int64_t after, looked;
} count;

static int id_order(const void *a, const void *b) {
    int64_t x = ((const by_id *)a)->id, y = ((const by_id *)b)->id;
    return (x > y) - (x < y);
}

/* ---- which versions ---- */

static consent_status add_policy(const consent__cx *cx, count *k, int32_t policy) {
    const consent__catalog *c = &k->snapshot->catalog;
    const consent__policy_entry *e = &c->policies[policy];
    consent_status st = CONSENT_OK;
    for (int32_t i = 1; st == CONSENT_OK && i < e->published_count; i++) {
        consent__diff d;
        tally *t = &k->v[k->n];
        *t = (tally){.v = &c->versions[e->published[i]]};
        consent__arena_reset(&k->arena);
        st = consent__notice_diff(cx, c, policy, i, &k->arena, &d);
        t->cls = d.cls;
        k->ids[k->n++] = (by_id){t->v->id, t};
    }
    return st;
}

static consent_status versions(const consent__cx *cx, count *k, const char *policy) {
    const consent__catalog *c = &k->snapshot->catalog;
    int32_t only = policy ? consent__catalog_policy(c, policy) : -1;
    if (policy && only < 0)
        return consent__unknown(cx, policy, "policy", "the store has no such policy");
    k->v = consent__arena_get(&k->own, (size_t)(c->versions_count + 1) * sizeof *k->v);
    k->ids = consent__arena_get(&k->own, (size_t)(c->versions_count + 1) * sizeof *k->ids);
    if (!k->v || !k->ids)
        return consent__no_memory(cx);
    consent_status st = CONSENT_OK;
    for (int32_t p = 0; st == CONSENT_OK && p < c->policies_count; p++)
        if (only < 0 || p == only)
            st = add_policy(cx, k, p);
    qsort(k->ids, (size_t)k->n, sizeof *k->ids, id_order);
    return st;
}

/* ---- one subject ---- */

/* The end of the versions of the policy that begins at `from`; *first: the first of them that was
 * not in force yet when the subject came. */
static int32_t owed_from(const count *k, int32_t from, int64_t registered_at, int32_t *first) {
    int32_t end = from;
    while (end < k->n && k->v[end].v->policy_index == k->v[from].v->policy_index)
        end++;
    for (*first = end; *first > from && k->v[*first - 1].v->in_force_from > registered_at;)
        --*first;
    return end;
}

static consent_status tally_one(const consent__cx *cx, void *user,
                                const consent__subject_row *row) {
    count *k = user;
    consent__subject s;
    int32_t first;
    k->looked++;
    k->after = row->subject;
    consent__arena_reset(&k->arena);
    consent_status st = consent__subject_of_row(cx, k->store, row, &k->arena, &s);
    consent__wipe(s.key, sizeof s.key);
    if (st != CONSENT_OK || s.state.adopted) /* told as the account it went over to */
        return st;
    for (int32_t from = 0; from < k->n;) {
        int32_t end = owed_from(k, from, s.state.registered_at, &first);
        if (first < end)
            k->v[first].first++;
        from = end;
    }
    for (int32_t i = 0; i < s.state.notices_count; i++) {
        const consent__notice *n = &s.state.notices[i];
        by_id key = {n->version, NULL};
        const by_id *found =
            k->n ? bsearch(&key, k->ids, (size_t)k->n, sizeof key, id_order) : NULL;
        if (!found || s.state.registered_at >= found->t->v->in_force_from)
            continue;
        found->t->shown += n->shown_at != 0;
        found->t->acknowledged += n->acknowledged_at != 0;
        found->t->done += !consent__notice_waits(&s.state, found->t->v, found->t->cls);
    }
    return CONSENT_OK;
}

/* ---- the walk ---- */

static consent_status step(const consent__cx *cx, count *k, const char *policy, int64_t rows) {
    consent__view v;
    consent_status st = consent__view_open(cx, k->store, &v);
    if (st != CONSENT_OK)
        return st;
    if (!k->snapshot) {
        st = consent__snapshot_get(cx, k->store, v.tx, v.head.catalog, &k->snapshot);
        if (st == CONSENT_OK)
            st = versions(cx, k, policy);
    }
    k->looked = 0;
    if (st == CONSENT_OK)
        st = k->store->engine->subject_scan(cx, v.tx, k->after, rows, tally_one, k);
    consent__view_close(&v);
    return st;
}

/* Nobody is owed more than the page for a version that is not material and asks for nothing. */
static void add_row(consent_rows *r, const tally *t, int64_t subjects) {
    bool more = t->v->policy->change_acknowledge || t->cls == CHANGE_MATERIAL;
    consent__rows_add(r);
    consent__rows_text(r, 0, t->v->policy->key);
    consent__rows_text(r, 1, t->v->policy->version);
    consent__rows_text(r, 2, consent__change_class_name((int)t->cls));
    consent__rows_number(r, 3, t->v->in_force_from);
    consent__rows_text(r, 4, consent__notice_form(t->v, t->cls));
    consent__rows_number(r, 5, subjects);
    consent__rows_number(r, 6, t->shown);
    consent__rows_number(r, 7, t->acknowledged);
    consent__rows_number(r, 8, more ? subjects - t->done : 0);
}

static consent_status put_rows(const consent__cx *cx, const count *k, consent_rows **out) {
    consent_rows *r =
        consent__rows_new(cx->env, "policy t,version t,class t,from u,form t,subjects "
                                   "n,shown n,acknowledged n,waiting n");
    int64_t subjects = 0;
    for (int32_t i = 0; i < k->n; i++) {
        if (i > 0 && k->v[i].v->policy_index != k->v[i - 1].v->policy_index)
            subjects = 0;
        subjects += k->v[i].first;
        add_row(r, &k->v[i], subjects);
    }
    return consent__rows_finish(cx, r, out);
}

consent_status consent__flow_notice_count(const consent__cx *cx, consent_store *s,
                                          const char *policy, int64_t after, int64_t limit,
                                          int64_t *out_next, consent_rows **out) {
    count k = {.store = s, .after = after};
    int64_t left = limit ? limit : INT64_MAX, want;
    if (after < 0 || limit < 0)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "after and limit are not negative");
    consent__arena_init(&k.own, cx->env);
    consent__arena_init(&k.arena, cx->env);
    consent_status st;
    do {
        want = left < STEP ? left : STEP;
        st = step(cx, &k, policy, want);
        left -= k.looked;
    } while (st >= 0 && left > 0 && k.looked == want);
    if (st >= 0)
        st = put_rows(cx, &k, out);
    if (st >= 0 && out_next)
        *out_next = k.looked == want ? k.after : 0;
    consent__snapshot_release(k.snapshot);
    consent__arena_free(&k.arena);
    consent__arena_free(&k.own);
    return st;
}
