/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/request.h>

#include "api/call.h"
#include "flow/request.h"

/* The builder holds copies; the flow sees them as one plain struct. */
struct consent_request {
    consent__asking asking;
};

static const consent__env *const env = &consent__env_default;

consent_request *consent_request_new(const char *subject, const char *kind) {
    if (!subject || !kind)
        return NULL;
    consent_request *r = consent__alloc(env, sizeof *r);
    if (!r)
        return NULL;
    if (consent__api_put(&r->asking.subject, subject) == CONSENT_OK &&
        consent__api_put(&r->asking.kind, kind) == CONSENT_OK)
        return r;
    consent_request_free(r);
    return NULL;
}

void consent_request_free(consent_request *request) {
    if (!request)
        return;
    const consent__asking *a = &request->asking;
    const char *all[] = {a->subject,  a->kind,     a->policy,   a->channel,
                         a->standing, a->guardian, a->evidence, a->method};
    consent__api_drop(all, sizeof all / sizeof all[0]);
    consent__release(env, request);
}

consent_status consent_request_set_policy(consent_request *request, const char *policy) {
    return consent__api_put(request ? &request->asking.policy : NULL, policy);
}
consent_status consent_request_set_channel(consent_request *request, const char *channel) {
    return consent__api_put(request ? &request->asking.channel : NULL, channel);
}
consent_status consent_request_set_standing(consent_request *request, const char *standing) {
    return consent__api_put(request ? &request->asking.standing : NULL, standing);
}
consent_status consent_request_set_guardian(consent_request *request, const char *guardian) {
    return consent__api_put(request ? &request->asking.guardian : NULL, guardian);
}
consent_status consent_request_set_evidence(consent_request *request, const char *evidence) {
    return consent__api_put(request ? &request->asking.evidence : NULL, evidence);
}
consent_status consent_request_set_method(consent_request *request, const char *method) {
    return consent__api_put(request ? &request->asking.method : NULL, method);
}

consent_status consent_request_set_received(consent_request *request, int64_t received_at) {
    if (!request)
        return CONSENT_E_ARGUMENT;
    request->asking.has_received = true;
    request->asking.received_at = received_at;
    return CONSENT_OK;
}

consent_status consent_request_open(consent_store *store, const consent_request *request,
                                    consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "request open", err, out, true);
    if (st != CONSENT_OK)
        return st;
    st = request ? consent__flow_request_open(&cx, store, &request->asking, out)
                 : consent__fail(&cx, CONSENT_E_ARGUMENT, "the request is NULL");
    return consent__api_end(store, st);
}

consent_status consent_request_get(consent_store *store, int64_t number, consent_rows **out,
                                   consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "request get", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_request_show(&cx, store, number, out))
               : st;
}

consent_status consent_request_list(consent_store *store, const char *subject, consent_rows **out,
                                    consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "request list", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store,
                                  consent__flow_request_list(&cx, store, subject, false, out))
               : st;
}

consent_status consent_request_due(consent_store *store, consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "request due", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_request_list(&cx, store, NULL, true, out))
               : st;
}

consent_status consent_request_advance(consent_store *store, int64_t number, const char *state,
                                       const char *why, const char *actor, const char *method,
                                       const char *document, consent_rows **out,
                                       consent_error **err) {
    consent__cx cx;
    consent__moving in = {.number = number,
                          .to = state,
                          .why = why,
                          .actor = actor,
                          .method = method,
                          .document = document};
    consent_status st = consent__api_begin(&cx, store, "request advance", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_request_advance(&cx, store, &in, out))
               : st;
}

consent_status consent_request_extend(consent_store *store, int64_t number, const char *why,
                                      const char *actor, consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "request extend", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store,
                                  consent__flow_request_extend(&cx, store, number, why, actor, out))
               : st;
}
