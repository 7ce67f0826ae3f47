/* SPDX-License-Identifier: Apache-2.0 */
/* The check: load catalogue and state, decide, and turn the verdict into an answer. */
#include "flow/check.h"

#include <consent/check.h>
#include <string.h>

#include "core/decide.h"
#include "flow/gone.h"
#include "flow/policy.h"
#include "util/text.h"
#include "json/json.h"

/* ---- the answer ---- */

static consent_status add_blockers(const consent__cx *cx, const consent__verdict *v,
                                   consent__arena *a, consent__answered *out) {
    for (int32_t i = 0; i < 64; i++)
        out->blocker_count += (int32_t)(v->blockers >> i & 1);
    out->blockers = consent__arena_get(a, (size_t)out->blocker_count * sizeof *out->blockers);
    if (!out->blockers)
        return consent__no_memory(cx);
    for (int32_t i = 0, n = 0; i < 64; i++)
        if (v->blockers >> i & 1)
            out->blockers[n++] = i;
    return CONSENT_OK;
}

static consent_status add_sections(const consent__cx *cx, const consent__verdict *v,
                                   consent__arena *a, consent__answered *out) {
    const consent__policy *p = v->version->policy;
    int32_t *room = consent__sections_room(a, p);
    if (!room)
        return consent__no_memory(cx);
    int32_t n = v->purpose < 0 ? 0 : consent__point_sections(p, v->purpose, v->share, room);
    out->sections = consent__arena_get(a, (size_t)(n + 1) * sizeof *out->sections);
    if (!out->sections)
        return consent__no_memory(cx);
    for (int32_t i = 0; i < n; i++) {
        const char *id = p->sections[room[i]].id;
        out->sections[i] = consent__arena_text(a, id, strlen(id));
        if (!out->sections[i])
            return consent__no_memory(cx);
    }
    out->section_count = n;
    return CONSENT_OK;
}

static void put_step(consent__buf *b, const char *what, const char *key, const char *value) {
    consent__buf_text(b, b->len > 1 ? ",{\"do\":" : "{\"do\":");
    consent__json_string(b, what, strlen(what));
    if (key) {
        consent__buf_format(b, ",\"%s\":", key);
        consent__json_string(b, value, strlen(value));
    }
    consent__buf_byte(b, '}');
}

static void put_ask(consent__buf *b, const consent__verdict *v, int32_t share, int32_t cls) {
    char key[CONSENT__POINT_MAX];
    consent__point_key(v->version->policy, v->purpose, share, key);
    consent__buf_format(b, "%s{\"class\":\"%s\",\"do\":\"ask\",\"point\":", b->len > 1 ? "," : "",
                        consent_class_name(cls));
    consent__json_string(b, key, strlen(key));
    consent__buf_format(b, ",\"who\":\"%s\"}", v->guardian ? "guardian" : "subject");
}

#define BLOCK(reason) (UINT64_C(1) << CONSENT_REASON_##reason)
#define ASKABLE                                                                                    \
    (BLOCK(GUARDIAN_REQUIRED) | BLOCK(GUARDIAN_REFUSED) | BLOCK(GUARDIAN_LAPSED) |                 \
     BLOCK(NOT_ASKED) | BLOCK(REFUSED) | BLOCK(WITHDRAWN) | BLOCK(EXPIRED) |                       \
     BLOCK(STALE_VERSION) | BLOCK(SEPARATE_CONSENT_REQUIRED) | BLOCK(WRITTEN_CONSENT_REQUIRED) |   \
     BLOCK(CONTROLLER_CHANGED))

/* One step for each blocker that somebody can do something about. */
static void put_steps(consent__buf *b, const consent__verdict *v) {
    static const struct {
        int32_t reason;
        const char *what;
    } steps[] = {
        {CONSENT_REASON_NO_POLICY_IN_FORCE, "publish-policy"},
        {CONSENT_REASON_UNDECLARED_PURPOSE, "declare"},
        {CONSENT_REASON_UNDECLARED_OPERATION, "declare"},
        {CONSENT_REASON_UNDECLARED_RECIPIENT, "declare"},
        {CONSENT_REASON_UNDECLARED_ITEM, "declare"},
        {CONSENT_REASON_UNDECLARED_PERMISSION, "declare"},
        {CONSENT_REASON_BASIS_UNPROVEN, "prove-basis"},
        {CONSENT_REASON_ASSESSMENT_MISSING, "assess"},
        {CONSENT_REASON_EXPORT_MECHANISM_MISSING, "arrange-export"},
        {CONSENT_REASON_CONTRACT_ENDED, "renew-contract"},
        {CONSENT_REASON_UNKNOWN_SUBJECT, "register"},
        {CONSENT_REASON_PRECONDITION_UNMET, "put-fact"},
        {CONSENT_REASON_AGE_UNKNOWN, "ask-age"},
        {CONSENT_REASON_CHILD_RULES_MISSING, "publish-child-rules"},
        {CONSENT_REASON_GUARDIAN_UNVERIFIED, "verify-guardian"},
        {CONSENT_REASON_NOTICE_PENDING, "show-notice"},
        {CONSENT_REASON_PERMISSION_NOT_GRANTED, "ask-permission"},
    };
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        if (v->blockers >> steps[i].reason & 1)
            put_step(b, steps[i].what, "reason", consent_reason_name(steps[i].reason));
    if (!(v->blockers & ASKABLE))
        return;
    if (v->cls_purpose >= 0 && v->purpose_blockers)
        put_ask(b, v, -1, v->cls_purpose);
    if (v->cls_share >= 0 && v->share_blockers)
        put_ask(b, v, v->share, v->cls_share);
}

static consent_status add_next(const consent__cx *cx, const consent__verdict *v, consent__arena *a,
                               consent__answered *out) {
    consent__buf b;
    consent__buf_init(&b, cx->env);
    consent__buf_byte(&b, '[');
    if (!v->allow)
        put_steps(&b, v);
    consent__buf_byte(&b, ']');
    out->next = b.failed ? NULL : consent__arena_text(a, (const char *)b.data, b.len);
    consent__buf_free(&b);
    return out->next ? CONSENT_OK : consent__no_memory(cx);
}

static consent_status fill(const consent__cx *cx, const consent__view *view,
                           const consent__verdict *v, const consent__query *q, consent__arena *a,
                           consent__answered *out) {
    memset(out, 0, sizeof *out);
    out->allow = v->allow;
    out->reason = v->reason;
    out->event = v->event;
    out->at = q->at;
    out->clock_behind = view->clock < view->head.at;
    out->source =
        consent_reason_source(v->reason, v->version ? v->version->policy->profile_key : NULL);
    out->identifies = consent__identifies(q, v);
    consent_status st = add_blockers(cx, v, a, out);
    if (st == CONSENT_OK && v->policy_index >= 0) {
        const char *key = view->catalog->policies[v->policy_index].key;
        if (!(out->policy = consent__arena_text(a, key, strlen(key))))
            st = consent__no_memory(cx);
    }
    if (st == CONSENT_OK && v->version) {
        const char *label = v->version->policy->version;
        if (!(out->version = consent__arena_text(a, label, strlen(label))))
            st = consent__no_memory(cx);
        if (st == CONSENT_OK)
            st = add_sections(cx, v, a, out);
    }
    return st == CONSENT_OK ? add_next(cx, v, a, out) : st;
}

/* ---- as of the past ---- */

static consent_status state_at(const consent__cx *cx, consent__view *v, const consent__asked *asked,
                               const consent__query *q, consent__subject *subject,
                               const consent__state **out) {
    consent_status st =
        consent__subject_find(cx, v->store, v->tx, asked->subject, &v->scratch->arena, subject);
    *out = NULL;
    if (st == CONSENT_E_NOT_FOUND)
        return CONSENT_OK;
    if (st != CONSENT_OK)
        return st;
    *out = &subject->state;
    if (q->prefix == v->head.size || subject->state.seq < q->prefix)
        return CONSENT_OK;
    consent__state *then = consent__arena_get(&v->scratch->arena, sizeof *then);
    bool known = false;
    if (!then)
        return consent__no_memory(cx);
    st = consent__gone_count(cx, v, subject); /* a no may be among what is lost */
    if (st == CONSENT_OK)
        st = consent__subject_as_of(cx, v, subject, q->prefix, then, &known);
    *out = known ? then : NULL;
    return st;
}

static consent_status ambiguous(const consent__cx *cx, const consent__view *v,
                                const consent__asked *asked) {
    if (asked->policy || consent__catalog_only(v->catalog) != -2)
        return CONSENT_OK;
    return consent__fail(cx, CONSENT_E_AMBIGUOUS, "the store holds several policies: name one");
}

static consent__query query_of(const consent__view *v, const consent__asked *asked) {
    return (consent__query){.policy = asked->policy,
                            .purpose = asked->purpose,
                            .operation = asked->operation,
                            .recipient = asked->recipient,
                            .permission = asked->permission,
                            .item_count = asked->item_count,
                            .items = asked->items,
                            .at = asked->has_at ? asked->at : v->now,
                            .prefix = v->head.size};
}

static consent_status check(const consent__cx *cx, consent__view *v, const consent__asked *asked,
                            consent__arena *arena, consent__answered *out) {
    consent__query q = query_of(v, asked);
    consent__subject subject;
    const consent__state *state = NULL;
    consent__verdict verdict;
    consent_status st = ambiguous(cx, v, asked);
    if (st == CONSENT_OK && q.at < v->head.at) {
        int64_t last = -1;
        st = v->store->engine->event_upto(cx, v->tx, q.at, &last);
        q.prefix = last + 1;
    }
    memset(&subject, 0, sizeof subject);
    if (st == CONSENT_OK)
        st = state_at(cx, v, asked, &q, &subject, &state);
    consent__wipe(subject.key, sizeof subject.key);
    if (st != CONSENT_OK)
        return st;
    consent__decide(v->catalog, state, &q, &verdict);
    return fill(cx, v, &verdict, &q, arena, out);
}

/* Of the present: what a look gives is enough. *past: it is asked about earlier than the last
 * event. */
static consent_status check_now(const consent__cx *cx, consent_store *s,
                                const consent__asked *asked, consent__arena *arena,
                                consent__answered *out, bool *past) {
    uint8_t lookup[CONSENT__LOOKUP];
    consent__look l;
    consent__verdict verdict;
    consent__lookup(s->keys, asked->subject, strlen(asked->subject), lookup);
    consent_status st = consent__look_open(cx, s, lookup, &l);
    if (st != CONSENT_OK)
        return st;
    consent__view v = {
        .store = s, .catalog = &l.snapshot->catalog, .clock = consent__clock(&s->env)};
    v.head.size = l.seen.head_size;
    v.head.at = l.seen.head_at;
    v.now = v.clock > v.head.at ? v.clock : v.head.at;
    *past = asked->has_at && asked->at < v.head.at;
    if (!*past)
        st = ambiguous(cx, &v, asked);
    if (!*past && st == CONSENT_OK) {
        consent__query q = query_of(&v, asked);
        consent__decide(v.catalog, l.state, &q, &verdict);
        st = fill(cx, &v, &verdict, &q, arena, out);
    }
    consent__look_close(&l);
    return st;
}

consent_status consent__flow_check(const consent__cx *cx, consent_store *s,
                                   const consent__asked *asked, consent__arena *arena,
                                   consent__answered *out) {
    consent__view v;
    bool past = false;
    consent_status st = consent__id_check(cx, asked->subject, "subject");
    if (st == CONSENT_OK)
        st = check_now(cx, s, asked, arena, out, &past);
    if (st != CONSENT_OK || !past)
        return st;
    st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    st = check(cx, &v, asked, arena, out);
    consent__view_close(&v);
    return st;
}
