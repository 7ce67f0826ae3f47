/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/decision.h>

#include "api/call.h"
#include "flow/record.h"

/* The builder holds copies; the flow sees them as one plain struct. */
struct consent_act {
    consent__act act;
};

static const consent__env *const env = &consent__env_default;

consent_act *consent_act_new(const char *subject, int32_t decision, const char *purpose) {
    if (!subject || !purpose)
        return NULL;
    consent_act *a = consent__alloc(env, sizeof *a);
    if (!a)
        return NULL;
    a->act.decision = decision;
    a->act.cls = CONSENT_CLASS_GENERAL;
    if (consent__api_put(&a->act.subject, subject) == CONSENT_OK &&
        consent__api_put(&a->act.purpose, purpose) == CONSENT_OK)
        return a;
    consent_act_free(a);
    return NULL;
}

void consent_act_free(consent_act *act) {
    if (!act)
        return;
    consent__act *a = &act->act;
    const char *all[] = {a->subject, a->purpose,  a->policy,   a->recipient, a->surface,    a->lang,
                         a->shown,   a->document, a->guardian, a->version,   a->idempotency};
    consent__api_drop(all, sizeof all / sizeof all[0]);
    consent__release(env, act);
}

consent_status consent_act_set_policy(consent_act *act, const char *policy) {
    return consent__api_put(act ? &act->act.policy : NULL, policy);
}
consent_status consent_act_set_recipient(consent_act *act, const char *recipient) {
    return consent__api_put(act ? &act->act.recipient : NULL, recipient);
}
consent_status consent_act_set_surface(consent_act *act, const char *surface) {
    return consent__api_put(act ? &act->act.surface : NULL, surface);
}
consent_status consent_act_set_lang(consent_act *act, const char *lang) {
    return consent__api_put(act ? &act->act.lang : NULL, lang);
}
consent_status consent_act_set_shown(consent_act *act, const char *shown) {
    return consent__api_put(act ? &act->act.shown : NULL, shown);
}
consent_status consent_act_set_document(consent_act *act, const char *sha256) {
    return consent__api_put(act ? &act->act.document : NULL, sha256);
}
consent_status consent_act_set_guardian(consent_act *act, const char *guardian) {
    return consent__api_put(act ? &act->act.guardian : NULL, guardian);
}
consent_status consent_act_set_version(consent_act *act, const char *version) {
    return consent__api_put(act ? &act->act.version : NULL, version);
}
consent_status consent_act_set_idempotency(consent_act *act, const char *key) {
    return consent__api_put(act ? &act->act.idempotency : NULL, key);
}

consent_status consent_act_set_class(consent_act *act, int32_t consent_class) {
    if (!act || consent_class < CONSENT_CLASS_GENERAL || consent_class > CONSENT_CLASS_WRITTEN)
        return CONSENT_E_ARGUMENT;
    act->act.cls = consent_class;
    return CONSENT_OK;
}

consent_status consent_record(consent_store *store, const consent_act *act, consent_rows **out,
                              consent_error **err) {
    consent__cx cx;
    consent__recorded recorded;
    consent_status st = consent__api_begin(&cx, store, "record", err, out, false);
    if (st != CONSENT_OK)
        return st;
    st = act ? consent__flow_record(&cx, store, &act->act, &recorded, out)
             : consent__fail(&cx, CONSENT_E_ARGUMENT, "the act is NULL");
    return consent__api_end(store, st);
}

static consent_status many_acts(const consent__cx *cx, const consent_act *const *acts, size_t count,
                                consent__arena *a, const consent__act ***out) {
    if (!acts && count)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "acts are NULL");
    if (count > CONSENT__MANY_MAX)
        return consent__fail(cx, CONSENT_E_LIMIT, "more than %d acts", CONSENT__MANY_MAX);
    const consent__act **list = consent__arena_get(a, count * sizeof *list);
    if (!list)
        return consent__no_memory(cx);
    for (size_t i = 0; i < count; i++) {
        if (!acts[i])
            return consent__fail(cx, CONSENT_E_ARGUMENT, "act %zu is NULL", i);
        list[i] = &acts[i]->act;
    }
    *out = list;
    return CONSENT_OK;
}

consent_status consent_record_many(consent_store *store, const consent_act *const *acts,
                                   size_t count, consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent__arena arena;
    const consent__act **list = NULL;
    consent_status st = consent__api_begin(&cx, store, "record many", err, out, false);
    if (st != CONSENT_OK)
        return st;
    consent__arena_init(&arena, cx.env);
    st = many_acts(&cx, acts, count, &arena, &list);
    if (st == CONSENT_OK)
        st = consent__flow_record_many(&cx, store, list, count, out);
    consent__arena_free(&arena);
    return consent__api_end(store, st);
}

static consent_status say(consent_store *store, const char *op, int32_t decision,
                          const char *subject, const char *purpose, int64_t *out_event,
                          consent_error **err) {
    consent__cx cx;
    consent__recorded recorded;
    consent__act act = {
        .subject = subject, .purpose = purpose, .decision = decision, .cls = CONSENT_CLASS_GENERAL};
    if (out_event)
        *out_event = -1;
    consent_status st = consent__api_begin(&cx, store, op, err, NULL, false);
    if (st != CONSENT_OK)
        return st;
    st = consent__api_need(&cx, purpose, "purpose");
    if (st == CONSENT_OK)
        st = consent__flow_record(&cx, store, &act, &recorded, NULL);
    if (st == CONSENT_OK && out_event)
        *out_event = recorded.event;
    return consent__api_end(store, st);
}

consent_status consent_grant(consent_store *store, const char *subject, const char *purpose,
                             int64_t *out_event, consent_error **err) {
    return say(store, "grant", CONSENT_DECISION_GRANTED, subject, purpose, out_event, err);
}

consent_status consent_refuse(consent_store *store, const char *subject, const char *purpose,
                              int64_t *out_event, consent_error **err) {
    return say(store, "refuse", CONSENT_DECISION_REFUSED, subject, purpose, out_event, err);
}

consent_status consent_withdraw(consent_store *store, const char *subject, const char *purpose,
                                int64_t *out_event, consent_error **err) {
    return say(store, "withdraw", CONSENT_DECISION_WITHDRAWN, subject, purpose, out_event, err);
}
