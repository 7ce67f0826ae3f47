/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/check.h>
#include <string.h>

#include "api/call.h"
#include "flow/check.h"
#include "flow/plan.h"
#include "flow/may.h"

struct consent_query {
    consent__asked asked;
    const char **items;
    int32_t cap;
};

struct consent_answer {
    consent__env env;
    consent__arena arena;
    consent__answered a;
};

static const consent__env *const env = &consent__env_default;

bool consent_may(consent_store *store, const char *subject, const char *purpose) {
    return consent__flow_may(store, subject, purpose);
}

consent_query *consent_query_new(const char *subject, const char *purpose) {
    if (!subject || !purpose)
        return NULL;
    consent_query *q = consent__alloc(env, sizeof *q);
    if (!q)
        return NULL;
    q->asked.operation = CONSENT_OPERATION_DEFAULT;
    if (consent__api_put(&q->asked.subject, subject) == CONSENT_OK &&
        consent__api_put(&q->asked.purpose, purpose) == CONSENT_OK)
        return q;
    consent_query_free(q);
    return NULL;
}

void consent_query_free(consent_query *query) {
    if (!query)
        return;
    const char *all[] = {query->asked.subject, query->asked.purpose, query->asked.policy,
                         query->asked.recipient, query->asked.permission};
    consent__api_drop(all, sizeof all / sizeof all[0]);
    for (int32_t i = 0; i < query->asked.item_count; i++)
        consent__release(env, (void *)(uintptr_t)query->items[i]);
    consent__release(env, query->items);
    consent__release(env, query);
}

consent_status consent_query_set_policy(consent_query *query, const char *policy) {
    return consent__api_put(query ? &query->asked.policy : NULL, policy);
}
consent_status consent_query_set_recipient(consent_query *query, const char *recipient) {
    return consent__api_put(query ? &query->asked.recipient : NULL, recipient);
}
consent_status consent_query_set_permission(consent_query *query, const char *permission) {
    return consent__api_put(query ? &query->asked.permission : NULL, permission);
}

consent_status consent_query_set_operation(consent_query *query, int32_t operation) {
    if (!query || operation < CONSENT_OPERATION_DEFAULT || operation > CONSENT_OPERATION_DISCLOSE)
        return CONSENT_E_ARGUMENT;
    query->asked.operation = operation;
    return CONSENT_OK;
}

consent_status consent_query_add_item(consent_query *query, const char *item) {
    if (!query || !item)
        return CONSENT_E_ARGUMENT;
    if (query->asked.item_count == query->cap) {
        int32_t more = query->cap ? query->cap * 2 : 8;
        const char **bigger = consent__realloc(env, query->items, (size_t)more * sizeof *bigger);
        if (!bigger)
            return CONSENT_E_MEMORY;
        query->items = bigger;
        query->cap = more;
    }
    query->items[query->asked.item_count] = NULL;
    query->asked.items = query->items;
    consent_status st = consent__api_put(&query->items[query->asked.item_count], item);
    if (st == CONSENT_OK)
        query->asked.item_count++;
    return st;
}

consent_status consent_query_set_at(consent_query *query, int64_t at) {
    if (!query)
        return CONSENT_E_ARGUMENT;
    query->asked.has_at = true;
    query->asked.at = at;
    return CONSENT_OK;
}

consent_status consent_check(consent_store *store, const consent_query *query, consent_answer **out,
                             consent_error **err) {
    consent__cx cx = {store ? &store->env : &consent__env_default, err, "check"};
    if (err)
        *err = NULL;
    if (out)
        *out = NULL;
    if (!out || !query)
        return consent__fail(&cx, CONSENT_E_ARGUMENT, "query or out are NULL");
    consent_status st = consent__enter(&cx, store);
    if (st != CONSENT_OK)
        return st;
    consent_answer *a = consent__alloc(cx.env, sizeof *a);
    if (!a)
        return consent__api_end(store, consent__no_memory(&cx));
    a->env = *cx.env;
    consent__arena_init(&a->arena, &a->env);
    st = consent__flow_check(&cx, store, &query->asked, &a->arena, &a->a);
    if (st == CONSENT_OK)
        *out = a;
    else
        consent_answer_free(a);
    return consent__api_end(store, st);
}

bool consent_answer_allowed(const consent_answer *answer) {
    return answer && answer->a.allow;
}
int32_t consent_answer_reason(const consent_answer *answer) {
    return answer ? answer->a.reason : -1;
}
size_t consent_answer_blockers(const consent_answer *answer) {
    return answer ? (size_t)answer->a.blocker_count : 0;
}
const char *consent_answer_policy(const consent_answer *answer) {
    return answer ? answer->a.policy : NULL;
}
const char *consent_answer_version(const consent_answer *answer) {
    return answer ? answer->a.version : NULL;
}
int64_t consent_answer_event(const consent_answer *answer) {
    return answer ? answer->a.event : -1;
}
size_t consent_answer_sections(const consent_answer *answer) {
    return answer ? (size_t)answer->a.section_count : 0;
}
const char *consent_answer_next(const consent_answer *answer) {
    return answer ? answer->a.next : NULL;
}
int64_t consent_answer_at(const consent_answer *answer) {
    return answer ? answer->a.at : 0;
}
const char *consent_answer_source(const consent_answer *answer) {
    return answer ? answer->a.source : NULL;
}
bool consent_answer_identifies(const consent_answer *answer) {
    return answer && answer->a.identifies;
}
bool consent_answer_clock_behind(const consent_answer *answer) {
    return answer && answer->a.clock_behind;
}

int32_t consent_answer_blocker(const consent_answer *answer, size_t index) {
    return answer && index < (size_t)answer->a.blocker_count ? answer->a.blockers[index] : -1;
}

const char *consent_answer_section(const consent_answer *answer, size_t index) {
    return answer && index < (size_t)answer->a.section_count ? answer->a.sections[index] : NULL;
}

void consent_answer_free(consent_answer *answer) {
    if (!answer)
        return;
    consent__env own = answer->env;
    consent__arena_free(&answer->arena);
    consent__release(&own, answer);
}

consent_status consent_check_purposes(consent_store *store, const char *subject, const char *policy,
                                      consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "check purposes", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store,
                                  consent__flow_check_purposes(&cx, store, subject, policy, out))
               : st;
}

consent_status consent_check_subjects(consent_store *store, const consent_query *query,
                                      bool allowed_only, consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "check subjects", err, out, true);
    if (st != CONSENT_OK)
        return st;
    st = query ? consent__flow_check_subjects(&cx, store, &query->asked, allowed_only, out)
               : consent__fail(&cx, CONSENT_E_ARGUMENT, "the query is NULL");
    return consent__api_end(store, st);
}
