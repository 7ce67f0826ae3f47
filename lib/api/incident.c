/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/incident.h>

#include "api/call.h"
#include "flow/incident.h"

consent_status consent_incident_open(consent_store *store, const char *policy, const char *kind,
                                     const char *what, int64_t discovered, const char *const *items,
                                     size_t item_count, consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "incident open", err, out, true);
    if (st != CONSENT_OK)
        return st;
    consent__happened in = {policy, kind, what, discovered, items, item_count};
    st = item_count && !items ? consent__fail(&cx, CONSENT_E_ARGUMENT, "the items are NULL")
                              : consent__flow_incident_open(&cx, store, &in, out);
    return consent__api_end(store, st);
}

consent_status consent_incident_describe(consent_store *store, int64_t incident,
                                         const char *content, const char *text, consent_rows **out,
                                         consent_error **err) {
    consent__cx cx;
    consent__step in = {
        .kind = EV_INCIDENT_DESCRIBED, .incident = incident, .name = content, .reason = text};
    consent_status st = consent__api_begin(&cx, store, "incident describe", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_incident_step(&cx, store, &in, out))
               : st;
}

consent_status consent_incident_report(consent_store *store, int64_t incident,
                                       const char *authority, int64_t at, const char *method,
                                       consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent__step in = {.kind = EV_INCIDENT_REPORTED,
                        .incident = incident,
                        .name = authority,
                        .reason = method,
                        .at = at};
    consent_status st = consent__api_begin(&cx, store, "incident report", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_incident_step(&cx, store, &in, out))
               : st;
}

consent_status consent_incident_announce(consent_store *store, int64_t incident, const char *why,
                                         consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent__step in = {.kind = EV_INCIDENT_ANNOUNCED, .incident = incident, .reason = why};
    consent_status st = consent__api_begin(&cx, store, "incident announce", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_incident_step(&cx, store, &in, out))
               : st;
}

consent_status consent_incident_close(consent_store *store, int64_t incident, const char *why,
                                      const char *actor, consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent__step in = {
        .kind = EV_INCIDENT_CLOSED, .incident = incident, .name = actor, .reason = why};
    consent_status st = consent__api_begin(&cx, store, "incident close", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_incident_step(&cx, store, &in, out))
               : st;
}

consent_status consent_incident_affect(consent_store *store, int64_t incident,
                                       const char *const *subjects, size_t count,
                                       int64_t *out_added, consent_error **err) {
    consent__cx cx;
    int64_t added = 0;
    consent_status st = consent__api_begin(&cx, store, "incident affect", err, NULL, false);
    if (st != CONSENT_OK)
        return st;
    st = count && !subjects
             ? consent__fail(&cx, CONSENT_E_ARGUMENT, "the subjects are NULL")
             : consent__flow_incident_affect(&cx, store, incident, subjects, count, &added);
    if (out_added)
        *out_added = added;
    return consent__api_end(store, st);
}

consent_status consent_incident_notify(consent_store *store, int64_t incident, const char *subject,
                                       const char *channel, bool told, consent_rows **out,
                                       consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "incident notify", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_incident_notify(&cx, store, incident,
                                                                       subject, channel, told, out))
               : st;
}

consent_status consent_incident_get(consent_store *store, int64_t incident, consent_rows **out,
                                    consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "incident show", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_incident_get(&cx, store, incident, out))
               : st;
}

consent_status consent_incident_list(consent_store *store, consent_rows **out,
                                     consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "incident list", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_incident_get(&cx, store, 0, out))
               : st;
}
