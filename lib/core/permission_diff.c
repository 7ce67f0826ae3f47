/* SPDX-License-Identifier: Apache-2.0 */
#include "core/permission_diff.h"

#include <string.h>

#define PREFIX "android.permission."

const char *consent__gap_name(int v) {
    static const char *const names[GAP_COUNT] = {"not-declared",     "not-in-app",
                                                 "no-purpose",       "unexplained",
                                                 "sdk-no-recipient", "sdk-not-shared"};
    return v >= 0 && v < GAP_COUNT ? names[v] : NULL;
}

static const char *bare(const char *name) {
    size_t n = sizeof PREFIX - 1;
    return strncmp(name, PREFIX, n) == 0 ? name + n : name;
}

bool consent__permission_same(const char *a, const char *b) {
    return strcmp(bare(a), bare(b)) == 0;
}

typedef struct compare {
    const consent__policy *p;
    consent__platform platform;
    const char *const *names;
    size_t count;
    consent__arena *arena;
    consent__gap *v; /* room for all there can be */
    int32_t found;
    bool failed;
} compare;

static void gap(compare *c, consent__gap_kind kind, const char *name, int32_t permission) {
    c->v[c->found++] = (consent__gap){kind, name, permission, {0, NULL}};
}

static bool here(const compare *c, int32_t at) {
    return c->p->permissions[at].platform == c->platform;
}

/* Index of the first entry of that name below `end`, -1. */
static int32_t declared(const compare *c, const char *name, int32_t end) {
    for (int32_t i = 0; i < end; i++)
        if (here(c, i) && consent__permission_same(c->p->permissions[i].name, name))
            return i;
    return -1;
}

static bool asked_for(const compare *c, const char *name, size_t end) {
    for (size_t i = 0; i < end; i++)
        if (consent__permission_same(c->names[i], name))
            return true;
    return false;
}

static void names_differ(compare *c) {
    for (size_t i = 0; i < c->count; i++)
        if (declared(c, c->names[i], c->p->permissions_count) < 0 && !asked_for(c, c->names[i], i))
            gap(c, GAP_NOT_DECLARED, c->names[i], -1);
    for (int32_t i = 0; i < c->p->permissions_count; i++) {
        const char *name = c->p->permissions[i].name;
        if (here(c, i) && declared(c, name, i) < 0 && !asked_for(c, name, c->count))
            gap(c, GAP_NOT_IN_APP, name, i);
    }
}

static bool explained(const consent__policy *p, const consent__permission *q, int32_t item) {
    for (int32_t i = 0; i < q->purposes.count; i++)
        if (consent__indices_has(&p->purposes[q->purposes.v[i]].items, item))
            return true;
    return false;
}

static void look_at_purposes(compare *c) {
    for (int32_t i = 0; i < c->p->permissions_count; i++)
        if (here(c, i) && c->p->permissions[i].purposes.count == 0)
            gap(c, GAP_NO_PURPOSE, c->p->permissions[i].name, i);
    for (int32_t i = 0; i < c->p->permissions_count; i++) {
        const consent__permission *q = &c->p->permissions[i];
        if (!here(c, i) || q->purposes.count == 0 || q->items.count == 0)
            continue;
        int32_t *items = consent__arena_get(c->arena, (size_t)q->items.count * sizeof *items);
        int32_t n = 0;
        c->failed |= !items;
        for (int32_t k = 0; items && k < q->items.count; k++)
            if (!explained(c->p, q, q->items.v[k]))
                items[n++] = q->items.v[k];
        if (n == 0)
            continue;
        gap(c, GAP_UNEXPLAINED, q->name, i);
        c->v[c->found - 1].items = (consent__indices){n, items};
    }
}

static bool shared_with(const consent__policy *p, int32_t recipient) {
    for (int32_t i = 0; i < p->purposes_count; i++)
        if (consent__purpose_share(&p->purposes[i], recipient) >= 0)
            return true;
    return false;
}

/* The app's own source: the first of the platform that is no recipient; NULL when all are. */
static const char *own_source(const compare *c) {
    for (int32_t i = 0; i < c->p->permissions_count; i++)
        if (here(c, i) && consent__policy_recipient(c->p, c->p->permissions[i].source) < 0)
            return c->p->permissions[i].source;
    return NULL;
}

static void look_at_sources(compare *c) {
    const char *own = own_source(c);
    for (int32_t i = 0; i < c->p->permissions_count; i++) {
        const consent__permission *q = &c->p->permissions[i];
        if (here(c, i) && consent__policy_recipient(c->p, q->source) < 0 &&
            strcmp(q->source, own) != 0)
            gap(c, GAP_SDK_NO_RECIPIENT, q->name, i);
    }
    for (int32_t i = 0; i < c->p->permissions_count; i++) {
        int32_t recipient = consent__policy_recipient(c->p, c->p->permissions[i].source);
        if (here(c, i) && recipient >= 0 && !shared_with(c->p, recipient))
            gap(c, GAP_SDK_NOT_SHARED, c->p->permissions[i].name, i);
    }
}

consent_status consent__permission_diff(const consent__cx *cx, const consent__policy *p,
                                        consent__platform platform, const char *const *names,
                                        size_t count, consent__arena *arena, consent__gaps *out) {
    compare c = {.p = p, .platform = platform, .names = names, .count = count, .arena = arena};
    size_t most = count + (size_t)p->permissions_count * (GAP_COUNT - 1);
    c.v = consent__arena_get(arena, (most ? most : 1) * sizeof *c.v);
    if (!c.v)
        return consent__no_memory(cx);
    names_differ(&c);
    look_at_purposes(&c);
    look_at_sources(&c);
    *out = (consent__gaps){c.found, c.v};
    return c.failed ? consent__no_memory(cx) : CONSENT_OK;
}
