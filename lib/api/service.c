/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/service.h>

#include "api/call.h"
#include "flow/retention.h"
#include "flow/service.h"

consent_status consent_hold_place(consent_store *store, const char *subject, const char *authority,
                                  const char *const *items, size_t item_count, int64_t until,
                                  const char *why, consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "hold place", err, out, true);
    if (st != CONSENT_OK)
        return st;
    st = item_count && !items ? consent__fail(&cx, CONSENT_E_ARGUMENT, "the items are NULL")
                              : consent__flow_hold_place(&cx, store, subject, authority, items,
                                                         item_count, until, why, out);
    return consent__api_end(store, st);
}

consent_status consent_hold_release(consent_store *store, int64_t hold, const char *why,
                                    const char *actor, consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "hold release", err, out, true);
    return st == CONSENT_OK ? consent__api_end(store, consent__flow_hold_release(&cx, store, hold,
                                                                                 why, actor, out))
                            : st;
}

consent_status consent_hold_list(consent_store *store, const char *subject, consent_rows **out,
                                 consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "hold list", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_hold_list(&cx, store, subject, out))
               : st;
}

consent_status consent_retention_due(consent_store *store, const char *policy, int64_t limit,
                                     consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "retention due", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store,
                                  consent__flow_retention_due(&cx, store, policy, limit, out))
               : st;
}

consent_status consent_retention_apply(consent_store *store, const char *policy, const char *actor,
                                       int64_t most, consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "retention apply", err, out, true);
    return st == CONSENT_OK ? consent__api_end(store, consent__flow_retention_apply(
                                                          &cx, store, policy, actor, most, out))
                            : st;
}

consent_status consent_retention_extend(consent_store *store, const char *subject, const char *item,
                                        int64_t until, const char *why, const char *actor,
                                        consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "retention extend", err, NULL, false);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_retention_extend(&cx, store, subject, item,
                                                                        until, why, actor))
               : st;
}

consent_status consent_retention_release(consent_store *store, const char *subject,
                                         const char *item, const char *why, const char *actor,
                                         consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "retention release", err, NULL, false);
    return st == CONSENT_OK ? consent__api_end(store, consent__flow_retention_release(
                                                          &cx, store, subject, item, why, actor))
                            : st;
}

consent_status consent_service_stop(consent_store *store, const char *why, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "service stop", err, NULL, false);
    return st == CONSENT_OK ? consent__api_end(store, consent__flow_service_stop(&cx, store, why))
                            : st;
}

consent_status consent_service_wind_down(consent_store *store, int64_t most, int64_t *out_done,
                                         int64_t *out_left, consent_error **err) {
    consent__cx cx;
    int64_t done = 0, left = 0;
    consent_status st = consent__api_begin(&cx, store, "service wind down", err, NULL, false);
    if (st != CONSENT_OK)
        return st;
    st = consent__flow_service_wind_down(&cx, store, most, &done, &left);
    if (out_done)
        *out_done = done;
    if (out_left)
        *out_left = left;
    return consent__api_end(store, st);
}

consent_status consent_controller_change(consent_store *store, const char *successor,
                                         bool accepts_policy, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "controller change", err, NULL, false);
    return st == CONSENT_OK ? consent__api_end(store, consent__flow_controller_change(
                                                          &cx, store, successor, accepts_policy))
                            : st;
}
