/* SPDX-License-Identifier: Apache-2.0 */
/* Publishing: what a version may claim about itself, the numbers of its points, their epochs, and
 * which of them wait for an acknowledgement. */
#include <stdlib.h>
#include <string.h>

#include "core/diff.h"
#include "core/diff_types.h"
#include "flow/args.h"
#include "flow/policy.h"
#include "flow/whole.h"
#include "util/date.h"
#include "util/text.h"

typedef struct publish {
    const char *policy, *version;
} publish;

typedef consent__numbered numbered;
typedef struct publication {
    const consent__catalog *catalog;
    const consent__version *version, *before; /* before NULL: the first */
    const consent__provenance *from;          /* NULL: it is published here first */
    consent__diff diff;
    consent__strings asked;  /* points whose grants end here, sorted */
    consent__strings spoken; /* points any change concerns, sorted */
    int32_t count;
    numbered *points; /* every point the policy ever had, by id */
} publication;

/* ---- what the diff says about points ---- */

static int name_order(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool listed(const consent__strings *set, const char *key) {
    return set->count && bsearch(&key, set->v, (size_t)set->count, sizeof *set->v, name_order);
}

/* A successor who took the policy over, told since the last version, may put its name into it
 * without asking everybody again (s2.transfer); what else the version changes asks as ever. */
static bool taken_over(const publication *pub) {
    const consent__catalog *c = pub->catalog;
    bool accepts = false;
    int64_t now = pub->version->published_seq; /* negative: it is being published now */
    for (int32_t i = 0; i < c->successors_count; i++)
        if (c->successors[i].seq > pub->before->published_seq &&
            (now < 0 || c->successors[i].seq < now))
            accepts = c->successors[i].accepts; /* the last one counts */
    return accepts;
}

static void put_names(consent__strings *out, const char **room, const consent__strings *names) {
    if (names->count)
        memcpy(room + out->count, names->v, (size_t)names->count * sizeof *room);
    out->count += names->count;
}

static consent_status sort_points(const consent__cx *cx, consent__arena *arena, publication *pub) {
    const consent__diff *d = &pub->diff;
    bool spared = pub->before && taken_over(pub);
    size_t room = 0;
    for (int32_t i = 0; i < d->change_count; i++)
        room += (size_t)(d->changes[i].points.count + d->changes[i].mentions.count);
    const char **asked = consent__arena_get(arena, (room + 1) * sizeof *asked);
    const char **spoken = consent__arena_get(arena, (room + 1) * sizeof *spoken);
    if (!asked || !spoken)
        return consent__no_memory(cx);
    for (int32_t i = 0; i < d->change_count; i++) {
        const consent__change *c = &d->changes[i];
        if (!spared || c->type != CHANGE_TYPE_CONTROLLER_NAME_CHANGED)
            put_names(&pub->asked, asked, &c->points);
        put_names(&pub->spoken, spoken, &c->points);
        put_names(&pub->spoken, spoken, &c->mentions);
    }
    qsort(asked, (size_t)pub->asked.count, sizeof *asked, name_order);
    qsort(spoken, (size_t)pub->spoken.count, sizeof *spoken, name_order);
    pub->asked.v = asked;
    pub->spoken.v = spoken;
    return CONSENT_OK;
}

/* ---- what a version may claim ---- */

static consent_status check_order(const consent__cx *cx, const consent__catalog *c,
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

static consent_status check_editorial(const consent__cx *cx, const consent__policy *p) {
    if (p->change_class == CHANGE_EDITORIAL && (!p->editorial_actor || !p->editorial_reason))
        return consent__fail_at(cx, CONSENT_E_INPUT, "/change/editorial", p->change_at_byte,
                                "an editorial change needs who says so (actor) and why (reason)");
    return CONSENT_OK;
}

/* The change that makes the class: named, so that the author finds it. */
static const consent__change *heaviest(const consent__diff *d) {
    for (int32_t i = 0; i < d->change_count; i++) {
        const consent__change *c = &d->changes[i];
        consent__change_class cls = c->material    ? CHANGE_MATERIAL
                                    : c->editorial ? CHANGE_EDITORIAL
                                                   : CHANGE_MINOR;
        if (cls == d->cls)
            return c;
    }
    return NULL;
}

static const consent__change *restricting(const consent__diff *d) {
    for (int32_t i = 0; i < d->change_count; i++)
        if (d->changes[i].restricts_rights)
            return &d->changes[i];
    return NULL;
}

static consent_status check_class(const consent__cx *cx, const publication *pub) {
    const consent__policy *p = pub->version->policy;
    const consent__diff *d = &pub->diff;
    if (d->cls > p->change_class) {
        const consent__change *c = heaviest(d);
        return consent__fail_at(
            cx, CONSENT_E_INPUT, "/change/class", p->change_at_byte,
            "the change is declared %s, but it is %s against version \"%s\": %s of \"%s\"",
            consent__change_class_name((int)p->change_class),
            consent__change_class_name((int)d->cls), pub->before->policy->version,
            c ? consent__change_type_name(c->type) : "", c && c->key ? c->key : "");
    }
    if (d->restricts_rights && !p->change_explicit_consent) {
        const consent__change *c = restricting(d);
        return consent__fail_at(
            cx, CONSENT_E_INPUT, "/change/explicit_consent", p->change_at_byte,
            "rights are reduced (%s of \"%s\"): that needs change.explicit_consent",
            c ? consent__change_type_name(c->type) : "", c && c->key ? c->key : "");
    }
    return CONSENT_OK;
}

/* The version before has promised its lead time; a new one may lengthen it, not cut it for itself.
 */
static consent_status check_lead(const consent__cx *cx, const publication *pub, int64_t now) {
    const consent__policy *p = pub->version->policy, *q = pub->before->policy;
    int32_t days =
        p->profile.lead_days > q->profile.lead_days ? p->profile.lead_days : q->profile.lead_days;
    if (days <= 0 || p->effective_at - now >= days * CONSENT__DAY)
        return CONSENT_OK;
    return consent__fail_at(cx, CONSENT_E_INPUT, "/effective_at", p->effective_at_byte,
                            "it would come into force in less than the %d days that have to lie "
                            "between publishing and effect",
                            (int)days);
}

/* The first version changes nothing for anybody: it may call itself what it likes. */
static consent_status compare(const consent__cx *cx, consent__work *w, publication *pub) {
    if (!pub->before)
        return CONSENT_OK;
    consent__arena *arena = &w->scratch->arena;
    bool first = !pub->from; /* else what it may claim was looked at where it was published first */
    consent_status st = first ? check_editorial(cx, pub->version->policy) : CONSENT_OK;
    if (st == CONSENT_OK)
        st = consent__policy_diff(cx, pub->before->policy, pub->version->policy, arena, &pub->diff);
    if (st == CONSENT_OK && first)
        st = check_class(cx, pub);
    if (st == CONSENT_OK && first)
        st = check_lead(cx, pub, w->now);
    return st == CONSENT_OK ? sort_points(cx, arena, pub) : st;
}

/* ---- points and epochs ---- */

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
            pub->points[pub->count++] = (numbered){.id = c->points[i].id, .key = c->points[i].key};
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
            pub->points[pub->count++] = (numbered){.id = next++, .key = copy};
            consent_status st = w->store->engine->point_put(cx, w->tx, &row);
            if (st != CONSENT_OK)
                return st;
        }
    return CONSENT_OK;
}

static consent_status read_epoch(const consent__cx *cx, void *user, const consent__epoch_row *row) {
    (void)cx;
    publication *pub = user;
    int32_t lo = 0, hi = pub->count;
    while (lo < hi) {
        int32_t mid = lo + (hi - lo) / 2;
        if (pub->points[mid].id < row->point)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo < pub->count && pub->points[lo].id == row->point) {
        pub->points[lo].epoch = row->epoch;
        pub->points[lo].notice = row->notice;
    }
    return CONSENT_OK;
}

/* From the version before to this one. */
static void advance(const publication *pub, numbered *n) {
    const consent__version *v = pub->version;
    if (!n->epoch)
        n->epoch = 1;
    else if (listed(&pub->asked, n->key))
        n->epoch++;
    if (v->policy->change_acknowledge && listed(&pub->spoken, n->key))
        n->notice = v->id;
}

/* Every point the policy ever had keeps its row, so that one removed and added again is asked anew.
 */
static consent_status put_epochs(const consent__cx *cx, consent__work *w, publication *pub) {
    const consent__engine *engine = w->store->engine;
    const consent__version *v = pub->version;
    consent_status st = CONSENT_OK;
    if (pub->before)
        st = engine->epoch_scan(cx, w->tx, pub->before->id, pub->before->id, read_epoch, pub);
    for (int32_t i = 0; st == CONSENT_OK && i < pub->count; i++) {
        numbered n = pub->points[i];
        advance(pub, &n);
        consent__epoch_row row = {v->id, n.id, n.epoch, n.notice};
        st = engine->epoch_put(cx, w->tx, &row);
    }
    return st;
}

consent_status consent__publish_replay(const consent__cx *cx, consent__arena *arena,
                                       const consent__catalog *c, const consent__version *before,
                                       const consent__version *v, consent__numbered *points,
                                       int32_t count) {
    publication pub = {.catalog = c, .version = v, .before = before};
    consent_status st = CONSENT_OK;
    if (before)
        st = consent__policy_diff(cx, before->policy, v->policy, arena, &pub.diff);
    if (st == CONSENT_OK && before)
        st = sort_points(cx, arena, &pub);
    for (int32_t i = 0; st == CONSENT_OK && i < count; i++)
        advance(&pub, &points[i]);
    return st;
}

/* ---- the event ---- */

static void published_event(const publication *pub, const char hex[65], const char profile_hex[65],
                            consent__event *e) {
    const consent__policy *p = pub->version->policy;
    consent__change_class cls = pub->before ? pub->diff.cls : p->change_class;
    e->kind = EV_POLICY_PUBLISHED;
    CONSENT__SET_TEXT(e, policy, p->key);
    CONSENT__SET_TEXT(e, version, p->version);
    CONSENT__SET_TEXT(e, sha256, hex);
    CONSENT__SET_TEXT(e, profile, profile_hex);
    CONSENT__SET(e, effective_at, p->effective_at);
    CONSENT__SET_TEXT(e, class, consent__change_class_name((int)cls));
    CONSENT__SET_TEXT(e, actor, p->editorial_actor);
    CONSENT__SET_TEXT(e, reason, p->editorial_reason);
    if (pub->from) {
        CONSENT__SET(e, from, pub->from->in_force_from);
        CONSENT__SET(e, event, pub->from->event);
        CONSENT__SET_TEXT(e, leaf, pub->from->leaf);
        CONSENT__SET_TEXT(e, key, pub->from->key);
    }
}

static consent_status publish_event(const consent__cx *cx, consent__work *w,
                                    const publication *pub) {
    const consent__version *v = pub->version;
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
    published_event(pub, hex, profile_hex, &e);
    st = consent__append(cx, w, NULL, &e, NULL);
    if (st == CONSENT_OK)
        st = w->store->engine->version_publish(cx, w->tx, v->id, e.seq, e.at,
                                               consent__event_in_force(&e, e.at));
    return st;
}

consent_status consent__publish_version(const consent__cx *cx, consent__work *w,
                                        const consent__catalog *c, const consent__version *v,
                                        const consent__provenance *from) {
    const consent__policy_entry *entry = &c->policies[v->policy_index];
    publication pub = {.catalog = c, .version = v, .from = from};
    if (entry->published_count)
        pub.before = &c->versions[entry->published[entry->published_count - 1]];
    consent_status st = check_order(cx, c, v);
    if (st == CONSENT_OK)
        st = compare(cx, w, &pub);
    if (st == CONSENT_OK)
        st = number_points(cx, w, c, &pub);
    if (st == CONSENT_OK)
        st = publish_event(cx, w, &pub);
    if (st == CONSENT_OK)
        st = put_epochs(cx, w, &pub);
    if (st == CONSENT_OK)
        consent__work_catalog_changed(w);
    return st;
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
        return consent__unknown(cx, in->version, "version",
                                "the policy has no version of that label");
    return consent__publish_version(cx, w, c, v, NULL);
}

consent_status consent__publish_again(const consent__cx *cx, consent__work *w, const char *policy,
                                      const char *version, int64_t seq, int64_t at,
                                      int64_t in_force_from) {
    const consent__catalog *c = NULL;
    consent__arena *arena = &w->scratch->arena;
    consent_status st = consent__work_catalog(cx, w, &c);
    int32_t index = st == CONSENT_OK ? consent__catalog_policy(c, policy) : -1;
    const consent__version *v = index < 0 ? NULL : consent__catalog_version(c, index, version);
    if (st == CONSENT_OK && !v)
        st = consent__fail(cx, CONSENT_E_INPUT, "event %lld publishes a version that is not there",
                           (long long)seq);
    if (st != CONSENT_OK)
        return st;
    const consent__policy_entry *entry = &c->policies[index];
    publication pub = {.catalog = c, .version = v};
    if (entry->published_count)
        pub.before = &c->versions[entry->published[entry->published_count - 1]];
    if (pub.before)
        st = consent__policy_diff(cx, pub.before->policy, v->policy, arena, &pub.diff);
    if (st == CONSENT_OK && pub.before)
        st = sort_points(cx, arena, &pub);
    if (st == CONSENT_OK)
        st = number_points(cx, w, c, &pub);
    if (st == CONSENT_OK)
        st = w->store->engine->version_publish(cx, w->tx, v->id, seq, at, in_force_from);
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
