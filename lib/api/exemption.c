/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/exemption.h>

#include "api/call.h"
#include "flow/exemption.h"

struct consent_use {
    consent__use use;
    const char **items;
    int32_t cap;
};

static const consent__env *const env = &consent__env_default;

consent_use *consent_use_new(const char *subject, const char *exemption, const char *purpose,
                             const char *why, const char *actor) {
    if (!subject || !exemption || !purpose || !why || !actor)
        return NULL;
    consent_use *u = consent__alloc(env, sizeof *u);
    if (!u)
        return NULL;
    u->use.operation = CONSENT_OPERATION_DEFAULT;
    if (consent__api_put(&u->use.subject, subject) == CONSENT_OK &&
        consent__api_put(&u->use.exemption, exemption) == CONSENT_OK &&
        consent__api_put(&u->use.purpose, purpose) == CONSENT_OK &&
        consent__api_put(&u->use.why, why) == CONSENT_OK &&
        consent__api_put(&u->use.actor, actor) == CONSENT_OK)
        return u;
    consent_use_free(u);
    return NULL;
}

void consent_use_free(consent_use *use) {
    if (!use)
        return;
    const consent__use *u = &use->use;
    const char *all[] = {u->subject, u->policy, u->exemption, u->purpose,
                         u->why,     u->actor,  u->recipient};
    consent__api_drop(all, sizeof all / sizeof all[0]);
    consent__api_drop(use->items, (size_t)u->item_count);
    consent__release(env, use->items);
    consent__release(env, use);
}

consent_status consent_use_set_policy(consent_use *use, const char *policy) {
    return consent__api_put(use ? &use->use.policy : NULL, policy);
}
consent_status consent_use_set_recipient(consent_use *use, const char *recipient) {
    return consent__api_put(use ? &use->use.recipient : NULL, recipient);
}

consent_status consent_use_set_operation(consent_use *use, int32_t operation) {
    if (!use || operation < CONSENT_OPERATION_DEFAULT || operation > CONSENT_OPERATION_DISCLOSE)
        return CONSENT_E_ARGUMENT;
    use->use.operation = operation;
    return CONSENT_OK;
}

consent_status consent_use_add_item(consent_use *use, const char *item) {
    if (!use || !item)
        return CONSENT_E_ARGUMENT;
    if (use->use.item_count == use->cap) {
        int32_t more = use->cap ? use->cap * 2 : 8;
        const char **bigger = consent__realloc(env, use->items, (size_t)more * sizeof *bigger);
        if (!bigger)
            return CONSENT_E_MEMORY;
        use->items = bigger;
        use->cap = more;
    }
    use->items[use->use.item_count] = NULL;
    use->use.items = use->items;
    consent_status st = consent__api_put(&use->items[use->use.item_count], item);
    if (st == CONSENT_OK)
        use->use.item_count++;
    return st;
}

consent_status consent_exemption_use(consent_store *store, const consent_use *use,
                                     consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "exemption use", err, out, false);
    if (st != CONSENT_OK)
        return st;
    st = use ? consent__flow_exemption_use(&cx, store, &use->use, out)
             : consent__fail(&cx, CONSENT_E_ARGUMENT, "the use is NULL");
    return consent__api_end(store, st);
}

consent_status consent_deidentified_claim(consent_store *store, const char *policy,
                                          const char *purpose, const char *recipient,
                                          const char *const *items, size_t item_count,
                                          const char *method, int64_t observed, const char *actor,
                                          int64_t *out_event, consent_error **err) {
    consent__cx cx;
    consent__claim in = {policy, purpose,  recipient,           method,
                         actor,  observed, (int32_t)item_count, items};
    int64_t event = -1;
    if (out_event)
        *out_event = -1;
    consent_status st = consent__api_begin(&cx, store, "deidentified claim", err, NULL, false);
    if (st != CONSENT_OK)
        return st;
    if (item_count > 10000 || (item_count && !items))
        st = consent__fail(&cx, CONSENT_E_ARGUMENT, "the items are NULL or too many");
    for (size_t i = 0; st == CONSENT_OK && i < item_count; i++)
        st = consent__api_need(&cx, items[i], "item");
    if (st == CONSENT_OK)
        st = consent__flow_deidentified(&cx, store, &in, &event);
    if (st == CONSENT_OK && out_event)
        *out_event = event;
    return consent__api_end(store, st);
}
