/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/may.h"

#include <string.h>

#include "core/horizon.h"
#include "flow/args.h"
#include "util/text.h"

/* ---- deciding, when memory has no answer ---- */

/* Decides about purpose `number` (-1: none yet) and keeps the answer. */
static bool decide(consent__look *l, const uint8_t lookup[16], consent__memo *own,
                   const char *purpose, int32_t number) {
    consent__cache *cache = l->store->cache;
    int64_t clock = consent__cache_clock(cache);
    consent__query q = {.purpose = purpose,
                        .operation = CONSENT_OPERATION_DEFAULT,
                        .at = clock > l->seen.head_at ? clock : l->seen.head_at,
                        .prefix = l->seen.head_size};
    consent__verdict v;
    const consent__catalog *catalog = &l->snapshot->catalog;
    if (!l->state)
        return false;
    consent__decide(catalog, l->state, &q, &v);
    if (v.purpose < 0 || !v.version)
        return v.allow;
    if (number < 0) /* only what a policy declares gets a number */
        number = consent__name_add(cache, purpose);
    consent__span span = consent__horizon(catalog, l->state, v.version, v.purpose, q.at);
    consent__cache_keep_answer(cache, lookup, own, &l->seen, number, &span, v.allow);
    return v.allow;
}

static bool look_and_decide(consent_store *s, const uint8_t lookup[16], consent__memo *own,
                            const char *purpose, int32_t number) {
    const consent__cx cx = {&s->env, NULL, "may"};
    consent__look l;
    bool allow = false;
    if (consent__enter(&cx, s) != CONSENT_OK)
        return false;
    if (consent__look_open(&cx, s, lookup, &l) == CONSENT_OK) {
        allow = decide(&l, lookup, own, purpose, number);
        consent__look_close(&l);
    }
    consent__leave(s);
    return allow;
}

bool consent__flow_may(consent_store *s, const char *subject, const char *purpose) {
    if (!s || !subject || !purpose)
        return false;
    uint8_t lookup[CONSENT__LOOKUP];
    size_t n = strnlen(subject, CONSENT__ID_MAX + 1);
    if (n == 0 || n > CONSENT__ID_MAX)
        return false; /* what is not UTF-8 was never registered and is not found */
    consent__lookup(s->keys, subject, n, lookup);
    int32_t number = consent__name_find(s->cache, purpose);
    int answer = consent__cache_answer(s->cache, lookup, number);
    return answer >= 0 ? answer == 1 : look_and_decide(s, lookup, NULL, purpose, number);
}

/* ---- by handle ---- */

consent_status consent__handle_new(const consent__cx *cx, consent_store *s, const char *subject,
                                   consent_handle **out) {
    consent_status st = consent__id_check(cx, subject, "subject");
    if (st != CONSENT_OK)
        return st;
    uint8_t lookup[CONSENT__LOOKUP];
    consent__lookup(s->keys, subject, strlen(subject), lookup);
    consent_handle *h = consent__handle_take(s, lookup);
    if (!h)
        return consent__no_memory(cx);
    atomic_fetch_add(&s->refs, 1);
    *out = h;
    return CONSENT_OK;
}

void consent__handle_free(consent_handle *h) {
    if (!h)
        return;
    consent_store *s = consent__handle_store(h);
    consent__handle_give(h);
    consent__store_release(s);
}

/* Kept out of line, so that the usual case is one function that saves next to nothing. */
__attribute__((noinline)) static bool handle_unusual(consent_handle *h, int32_t purpose) {
    if (purpose < 0)
        return false;
    int answer = consent__memo_answer(h->cache, &h->memo, h->bucket, purpose);
    if (answer >= 0)
        return answer == 1;
    const char *text = consent__name_text(h->cache, purpose);
    return text && look_and_decide(consent__handle_store(h), consent__handle_lookup(h), &h->memo,
                                   text, purpose);
}

/* The clock comes first, because what is live across its call is saved and restored. */
bool consent__handle_may(consent_handle *h, int32_t purpose) {
    if (!h)
        return false;
    int64_t second = CONSENT__SECONDS_ARE_CHEAP ? (int64_t)time(NULL) * CONSENT__SECOND : 0;
    int answer = consent__memo_usual(h->cache, &h->memo, h->bucket, purpose, second);
    return answer >= 0 ? answer == 1 : handle_unusual(h, purpose);
}

static bool declared(const consent__catalog *c, const char *purpose) {
    for (int32_t i = c->versions_count - 1; i >= 0; i--)
        if (consent__policy_purpose(c->versions[i].policy, purpose) >= 0)
            return true;
    return false;
}

consent_status consent__purpose_number(const consent__cx *cx, consent_store *s, const char *purpose,
                                       int32_t *out) {
    consent__view v;
    *out = consent__name_find(s->cache, purpose);
    if (*out >= 0)
        return CONSENT_OK;
    consent_status st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    if (!declared(v.catalog, purpose))
        st = consent__unknown(cx, purpose, "purpose", "no policy declares that purpose");
    else if ((*out = consent__name_add(s->cache, purpose)) < 0)
        st = consent__fail(cx, CONSENT_E_LIMIT, "more than %d purposes", CONSENT__NAMES);
    consent__view_close(&v);
    return st;
}
