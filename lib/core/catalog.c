/* SPDX-License-Identifier: Apache-2.0 */
#include "core/catalog.h"

#include <string.h>

int32_t consent__catalog_policy(const consent__catalog *c, const char *key) {
    for (int32_t i = 0; i < c->policies_count; i++)
        if (strcmp(c->policies[i].key, key) == 0)
            return i;
    return -1;
}

int32_t consent__catalog_only(const consent__catalog *c) {
    int32_t only = -1;
    for (int32_t i = 0; i < c->policies_count; i++) {
        if (c->policies[i].published_count == 0)
            continue;
        if (only >= 0)
            return -2;
        only = i;
    }
    if (only >= 0)
        return only;
    return c->policies_count == 1 ? 0 : c->policies_count ? -2 : -1;
}

const consent__version *consent__catalog_in_force(const consent__catalog *c, int32_t policy_index,
                                                  int64_t t, int64_t prefix) {
    if (policy_index < 0 || policy_index >= c->policies_count)
        return NULL;
    const consent__policy_entry *e = &c->policies[policy_index];
    for (int32_t i = e->published_count - 1; i >= 0; i--) {
        const consent__version *v = &c->versions[e->published[i]];
        if (v->in_force_from <= t && v->published_seq < prefix)
            return v;
    }
    return NULL;
}

const consent__version *consent__catalog_version(const consent__catalog *c, int32_t policy_index,
                                                 const char *label) {
    for (int32_t i = c->versions_count - 1; i >= 0; i--)
        if (c->versions[i].policy_index == policy_index &&
            strcmp(c->versions[i].policy->version, label) == 0)
            return &c->versions[i];
    return NULL;
}

const consent__version *consent__catalog_version_id(const consent__catalog *c, int64_t id) {
    int32_t lo = 0, hi = c->versions_count;
    while (lo < hi) {
        int32_t mid = lo + (hi - lo) / 2;
        if (c->versions[mid].id < id)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < c->versions_count && c->versions[lo].id == id ? &c->versions[lo] : NULL;
}

uint32_t consent__point_hash(int32_t policy_index, const char *key) {
    uint32_t h = UINT32_C(2166136261) ^ (uint32_t)policy_index;
    for (; *key; key++)
        h = (h ^ (uint8_t)*key) * UINT32_C(16777619);
    return h ^ h >> 15;
}

static bool point_is(const consent__point *p, int32_t policy_index, const char *key) {
    return p->policy_index == policy_index && strcmp(p->key, key) == 0;
}

uint32_t consent__catalog_point(const consent__catalog *c, int32_t policy_index, const char *key) {
    if (c->point_places) {
        uint32_t at = consent__point_hash(policy_index, key);
        for (; c->point_places[at & c->point_mask]; at++) {
            const consent__point *p = &c->points[c->point_places[at & c->point_mask] - 1];
            if (point_is(p, policy_index, key))
                return p->id;
        }
        return 0;
    }
    for (int32_t i = 0; i < c->points_count; i++)
        if (point_is(&c->points[i], policy_index, key))
            return c->points[i].id;
    return 0;
}

const consent__slot *consent__version_slot(const consent__version *v, uint32_t point) {
    if (v->point_slot)
        return point < v->point_limit && v->point_slot[point] ? &v->slots[v->point_slot[point] - 1]
                                                              : NULL;
    for (int32_t i = 0; i < v->slot_count; i++)
        if (v->slots[i].point == point)
            return &v->slots[i];
    return NULL;
}

bool consent__is_export(const consent__policy *p, int32_t recipient) {
    const char *country = p->recipients[recipient].country;
    if (!country || p->profile.home.count == 0)
        return false;
    for (int32_t i = 0; i < p->profile.home.count; i++)
        if (strcmp(p->profile.home.v[i], country) == 0)
            return false;
    return true;
}

static bool items_sensitive(const consent__policy *p, const consent__indices *items) {
    for (int32_t i = 0; i < items->count; i++)
        if (p->items[items->v[i]].sensitive)
            return true;
    return false;
}

int32_t consent__point_class(const consent__policy *p, int32_t purpose, int32_t share) {
    const consent__purpose *u = &p->purposes[purpose];
    const consent__profile *f = &p->profile;
    const consent__share *s = share < 0 ? NULL : &u->shares[share];
    int32_t cls = s ? s->cls : u->cls;
    /* The profile raises what rests on consent: where another basis carries the purpose, the law
     * asks for no consent, hence for no separate one (PIPL art. 13(2)); what the bundle itself
     * declares stays. */
    if (u->basis != BASIS_CONSENT)
        return cls;
    if (!s && cls < CONSENT_CLASS_GENERAL)
        cls = CONSENT_CLASS_GENERAL;
    bool raise = f->separate_sensitive && items_sensitive(p, s ? &s->items : &u->items);
    if (s) {
        const consent__recipient *r = &p->recipients[s->recipient];
        raise |= (f->separate_shares >> r->kind & 1) != 0;
        raise |= f->separate_disclose && r->kind == RECIPIENT_PUBLIC;
        raise |= f->separate_export && consent__is_export(p, s->recipient);
        /* A processor acts for the controller: it needs no consent of its own. */
        if (r->kind == RECIPIENT_PROCESSOR &&
            !(f->separate_export && consent__is_export(p, s->recipient)))
            raise = false;
    } else {
        raise |= f->separate_disclose && (u->operations >> CONSENT_OPERATION_DISCLOSE & 1) != 0 &&
                 u->share_count == 0;
    }
    return raise && cls < CONSENT_CLASS_SEPARATE ? CONSENT_CLASS_SEPARATE : cls;
}

int32_t consent__policy_permission(const consent__policy *p, const char *name) {
    for (int32_t i = 0; i < p->permissions_count; i++)
        if (strcmp(p->permissions[i].name, name) == 0)
            return i;
    return -1;
}

/* Whether some entry of that name serves the purpose; NULL: whether there is one at all. */
static bool permission_serves(const consent__policy *p, const char *name, const char *purpose) {
    int32_t u = purpose ? consent__policy_purpose(p, purpose) : 0;
    for (int32_t i = 0; i < p->permissions_count; i++)
        if (strcmp(p->permissions[i].name, name) == 0 &&
            (!purpose || (u >= 0 && consent__indices_has(&p->permissions[i].purposes, u))))
            return true;
    return false;
}

static bool permission_gives(const consent__policy *p, const char *name, const char *item) {
    int32_t x = consent__policy_item(p, item);
    for (int32_t i = 0; x >= 0 && i < p->permissions_count; i++)
        if (strcmp(p->permissions[i].name, name) == 0 &&
            consent__indices_has(&p->permissions[i].items, x))
            return true;
    return false;
}

static bool permission_prompts(const consent__policy *p, const char *name) {
    for (int32_t i = 0; i < p->permissions_count; i++)
        if (strcmp(p->permissions[i].name, name) == 0 && p->permissions[i].prompt == PROMPT_INSTALL)
            return false;
    return true;
}

bool consent__permission_grew(const consent__policy *older, const consent__policy *newer,
                              const char *name) {
    if (!permission_serves(older, name, NULL) ||
        (permission_prompts(older, name) && !permission_prompts(newer, name)))
        return true;
    for (int32_t i = 0; i < newer->permissions_count; i++) {
        const consent__permission *m = &newer->permissions[i];
        if (strcmp(m->name, name) != 0)
            continue;
        for (int32_t k = 0; k < m->purposes.count; k++)
            if (!permission_serves(older, name, newer->purposes[m->purposes.v[k]].key))
                return true;
        for (int32_t k = 0; k < m->items.count; k++)
            if (!permission_gives(older, name, newer->items[m->items.v[k]].key))
                return true;
    }
    return false;
}

bool consent__point_needed(const consent__policy *p, int32_t purpose, int32_t share) {
    if (share < 0)
        return p->purposes[purpose].basis == BASIS_CONSENT;
    return consent__point_class(p, purpose, share) >= CONSENT_CLASS_SEPARATE;
}

void consent__point_key(const consent__policy *p, int32_t purpose, int32_t share,
                        char out[CONSENT__POINT_MAX]) {
    const consent__purpose *u = &p->purposes[purpose];
    size_t n = strlen(u->key);
    memcpy(out, u->key, n);
    if (share >= 0) {
        const char *r = p->recipients[u->shares[share].recipient].key;
        size_t m = strlen(r);
        out[n++] = '@';
        memcpy(out + n, r, m);
        n += m;
    }
    out[n] = '\0';
}
