/* SPDX-License-Identifier: Apache-2.0 */
/* One change: its flags by the table, and which consent points it concerns. */
#include "core/diff_work.h"
#include "util/date.h"

#include <inttypes.h>
#include <string.h>

typedef struct change_rule {
    const char *name;
    int32_t trigger;
    uint32_t flags;
} change_rule;

#define RULE(id, name, trigger, flags) {name, trigger, flags},
static const change_rule rules[CHANGE_TYPE_COUNT] = {CONSENT__CHANGE_TYPES(RULE)};
#undef RULE

const char *consent__change_type_name(int32_t type) {
    return type >= 0 && type < CHANGE_TYPE_COUNT ? rules[type].name : NULL;
}

consent__diff_node *consent__diff_add(consent__diff_work *w, int32_t type, const char *key,
                                      const char *detail) {
    consent__diff_node *n = consent__diff_get(w, 1, sizeof *n);
    uint32_t flags = rules[type].flags;
    if (n == NULL)
        return &w->spare;
    n->next = w->first;
    w->first = n;
    w->count++;
    n->c.type = type;
    n->c.key = key;
    n->c.detail = detail;
    n->c.trigger = rules[type].trigger;
    n->c.material =
        (flags & DIFF_A) != 0 ||
        (n->c.trigger != 0 && (w->b->profile.material_triggers >> n->c.trigger & 1) != 0);
    n->c.narrowing = (flags & DIFF_N) != 0;
    n->c.restricts_rights = (flags & DIFF_R) != 0;
    n->c.text_only = (flags & DIFF_T) != 0;
    if ((flags & DIFF_S) != 0 && w->declared) {
        consent__diff_soften(n);
        n->c.text_only = true;
    }
    n->c.editorial = (flags & DIFF_E) != 0 || (n->c.text_only && w->declared);
    return n;
}

void consent__diff_soften(consent__diff_node *n) {
    n->c.trigger = 0;
    n->c.material = false;
}

void consent__diff_values(consent__diff_node *n, const char *before, const char *after) {
    n->c.before = before;
    n->c.after = after;
}

static const char *kept(consent__diff_work *w, const char *text) {
    if (text == NULL)
        w->failed = true;
    return text != NULL ? text : "";
}

const char *consent__diff_key(consent__diff_work *w, const char *prefix, const char *key) {
    return kept(w, w->failed ? NULL : consent__arena_format(w->arena, "%s:%s", prefix, key));
}

const char *consent__diff_copy(consent__diff_work *w, const char *text) {
    return kept(w, w->failed ? NULL : consent__arena_text(w->arena, text, strlen(text)));
}

const char *consent__diff_number(consent__diff_work *w, int64_t n) {
    return kept(w, w->failed ? NULL : consent__arena_format(w->arena, "%" PRId64, n));
}

const char *consent__diff_instant(consent__diff_work *w, int64_t at) {
    char text[CONSENT__RFC3339_SIZE];
    if (at == CONSENT__NO_INSTANT)
        return NULL;
    consent__instant_text(at, 0, text);
    return consent__diff_copy(w, text);
}

/* ---- what it concerns ---- */

static void name_put(consent__diff_work *w, consent__name_list *list, const char *name) {
    if (list->count == list->cap) {
        int32_t cap = list->cap > 0 ? list->cap * 2 : 4;
        const char **v = consent__diff_get(w, (size_t)cap, sizeof *v);
        if (v == NULL)
            return;
        if (list->count > 0)
            memcpy(v, list->v, (size_t)list->count * sizeof *v);
        list->v = v;
        list->cap = cap;
    }
    list->v[list->count++] = name;
}

void consent__diff_section(consent__diff_work *w, consent__diff_node *n, const char *id) {
    name_put(w, &n->sections, id);
}

void consent__diff_rests_on(consent__diff_work *w, consent__diff_node *n, const consent__indices *a,
                            const consent__indices *b) {
    bool newer = b != NULL && b->count > 0;
    const consent__indices *set = newer ? b : a;
    const consent__section *sections = newer ? w->b->sections : w->a->sections;
    int32_t i;
    for (i = 0; set != NULL && i < set->count; i++)
        name_put(w, &n->sections, sections[set->v[i]].id);
}

void consent__diff_mention(consent__diff_work *w, consent__diff_node *n, const char *what) {
    name_put(w, &n->mentions, what);
}

consent__pair consent__diff_purpose(const consent__diff_work *w, int32_t a, int32_t b) {
    consent__pair pair = {NULL, a, b};
    if (a < 0 && b >= 0)
        pair.a = w->purposes.to_a[b];
    if (b < 0 && a >= 0)
        pair.b = w->purposes.to_b[a];
    pair.key = pair.a >= 0 ? w->a->purposes[pair.a].key : w->b->purposes[pair.b].key;
    return pair;
}

static void point_put(consent__diff_work *w, consent__diff_node *n, const char *point) {
    bool listed = n->c.material || (rules[n->c.type].flags & DIFF_P) != 0;
    name_put(w, listed ? &n->points : &n->mentions, point);
}

static bool rests_on_consent(const consent__diff_work *w, consent__pair purpose) {
    return (purpose.a >= 0 && w->a->purposes[purpose.a].basis == BASIS_CONSENT) ||
           (purpose.b >= 0 && w->b->purposes[purpose.b].basis == BASIS_CONSENT);
}

void consent__diff_touch(consent__diff_work *w, consent__diff_node *n, consent__pair purpose) {
    if (!w->failed && rests_on_consent(w, purpose))
        point_put(w, n, purpose.key);
}

void consent__diff_touch_share(consent__diff_work *w, consent__diff_node *n, consent__pair purpose,
                               int32_t share_a, int32_t share_b) {
    bool in_a = purpose.a >= 0 && share_a >= 0, in_b = purpose.b >= 0 && share_b >= 0;
    int32_t before, after;
    char key[CONSENT__POINT_MAX];
    if (w->failed || (!in_a && !in_b))
        return;
    before = in_a ? consent__point_class(w->a, purpose.a, share_a) : -1;
    after = in_b ? consent__point_class(w->b, purpose.b, share_b) : -1;
    if (rests_on_consent(w, purpose) || before >= CONSENT_CLASS_SEPARATE ||
        after >= CONSENT_CLASS_SEPARATE) {
        if (in_b)
            consent__point_key(w->b, purpose.b, share_b, key);
        else
            consent__point_key(w->a, purpose.a, share_a, key);
        point_put(w, n, consent__diff_copy(w, key));
    }
    if ((in_a && before < CONSENT_CLASS_SEPARATE) || (in_b && after < CONSENT_CLASS_SEPARATE))
        consent__diff_touch(w, n, purpose);
}

void consent__diff_touch_users(consent__diff_work *w, consent__diff_node *n, consent__pair item) {
    const consent__inverse *users = &w->side[DIFF_OLDER].item_purposes;
    int32_t k;
    if (w->failed || item.a < 0 || item.b < 0)
        return;
    for (k = users->start[item.a]; k < users->start[item.a + 1]; k++) {
        consent__pair purpose = consent__diff_purpose(w, users->v[k], -1);
        if (purpose.b >= 0 && consent__indices_has(&w->b->purposes[purpose.b].items, item.b))
            consent__diff_touch(w, n, purpose);
    }
}

void consent__diff_touch_recipient(consent__diff_work *w, consent__diff_node *n,
                                   consent__pair recipient) {
    const consent__inverse *users = &w->side[DIFF_OLDER].recipient_purposes;
    int32_t k, share;
    if (w->failed || recipient.a < 0 || recipient.b < 0)
        return;
    for (k = users->start[recipient.a]; k < users->start[recipient.a + 1]; k++) {
        consent__pair purpose = consent__diff_purpose(w, users->v[k], -1);
        if (purpose.b < 0)
            continue;
        share = consent__purpose_share(&w->b->purposes[purpose.b], recipient.b);
        if (share >= 0)
            consent__diff_touch_share(
                w, n, purpose, consent__purpose_share(&w->a->purposes[purpose.a], recipient.a),
                share);
    }
}

/* Points of both versions: one that is just being removed is touched too, and has to be asked again
 * should it ever come back. */
void consent__diff_touch_all(consent__diff_work *w, consent__diff_node *n) {
    int32_t i, k;
    for (i = 0; !w->failed && i < w->purposes.count; i++) {
        consent__pair purpose = w->purposes.v[i];
        consent__diff_touch(w, n, purpose);
        for (k = 0; purpose.a >= 0 && k < w->a->purposes[purpose.a].share_count; k++)
            consent__diff_touch_share(w, n, purpose, k, -1);
        for (k = 0; purpose.b >= 0 && k < w->b->purposes[purpose.b].share_count; k++)
            consent__diff_touch_share(w, n, purpose, -1, k);
    }
}
