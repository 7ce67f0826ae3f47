/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/decision.h>

#include "api/call.h"
#include "flow/record.h"

/* The builder holds copies; the flow sees them as one plain struct. */
struct consent_act {
    consent__act act;
};

static const consent__env *const env = &consent__env_default;

static consent_status put(const char **field, const char *value) {
    char *copy = NULL;
    if (value && !(copy = consent__strdup(env, value)))
        return CONSENT_E_MEMORY;
    consent__release(env, (void *)(uintptr_t)*field);
    *field = copy;
    return CONSENT_OK;
}

consent_act *consent_act_new(const char *subject, int32_t decision, const char *purpose) {
    if (!subject || !purpose)
        return NULL;
    consent_act *a = consent__alloc(env, sizeof *a);
    if (!a)
        return NULL;
    a->act.decision = decision;
    a->act.cls = CONSENT_CLASS_GENERAL;
    if (put(&a->act.subject, subject) == CONSENT_OK && put(&a->act.purpose, purpose) == CONSENT_OK)
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
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        consent__release(env, (void *)(uintptr_t)all[i]);
    consent__release(env, act);
}

consent_status consent_act_set_policy(consent_act *act, const char *policy) {
    return act ? put(&act->act.policy, policy) : CONSENT_E_ARGUMENT;
}
consent_status consent_act_set_recipient(consent_act *act, const char *recipient) {
    return act ? put(&act->act.recipient, recipient) : CONSENT_E_ARGUMENT;
}
consent_status consent_act_set_surface(consent_act *act, const char *surface) {
    return act ? put(&act->act.surface, surface) : CONSENT_E_ARGUMENT;
}
consent_status consent_act_set_lang(consent_act *act, const char *lang) {
    return act ? put(&act->act.lang, lang) : CONSENT_E_ARGUMENT;
}
consent_status consent_act_set_shown(consent_act *act, const char *shown) {
    return act ? put(&act->act.shown, shown) : CONSENT_E_ARGUMENT;
}
consent_status consent_act_set_document(consent_act *act, const char *sha256) {
    return act ? put(&act->act.document, sha256) : CONSENT_E_ARGUMENT;
}
consent_status consent_act_set_guardian(consent_act *act, const char *guardian) {
    return act ? put(&act->act.guardian, guardian) : CONSENT_E_ARGUMENT;
}
consent_status consent_act_set_version(consent_act *act, const char *version) {
    return act ? put(&act->act.version, version) : CONSENT_E_ARGUMENT;
}
consent_status consent_act_set_idempotency(consent_act *act, const char *key) {
    return act ? put(&act->act.idempotency, key) : CONSENT_E_ARGUMENT;
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
    st = act ? consent__flow_record(&cx, store, &act->act, &recorded)
             : consent__fail(&cx, CONSENT_E_ARGUMENT, "the act is NULL");
    if ((st == CONSENT_OK || st == CONSENT_DONE) && out) {
        consent_status rows = consent__recorded_rows(&cx, &recorded, out);
        if (rows != CONSENT_OK)
            st = rows;
    }
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
        st = consent__flow_record(&cx, store, &act, &recorded);
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
