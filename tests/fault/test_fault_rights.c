/* SPDX-License-Identifier: Apache-2.0 */
/* Requests, erasures (also of a guardian), holds and the end of the service while things fail. */
#include "sweep.h"

static consent_status open_request(sweep_world *w, consent_error **err) {
    consent_request *q = consent_request_new(SWEEP_ALICE, "delete");
    consent_status st = q ? consent_request_open(w->store, q, &w->rows, err) : CONSENT_E_MEMORY;
    consent_request_free(q);
    return st;
}

static consent_status place_hold(sweep_world *w, consent_error **err) {
    return consent_hold_place(w->store, SWEEP_ALICE, "court", NULL, 0, 0, "case", &w->rows, err);
}

static consent_status cancel_check(sweep_world *w, consent_error **err) {
    return consent_cancel_check(w->store, SWEEP_ALICE, NULL, NULL, &w->rows, err);
}

static consent_status stop_service(sweep_world *w, consent_error **err) {
    return consent_service_stop(w->store, "the end", err);
}

static consent_status erase(sweep_world *w, consent_error **err) {
    return consent_erase(w->store, SWEEP_ALICE, w->request, false, &w->rows, err);
}

static consent_status execute(sweep_world *w, consent_error **err) {
    return consent_cancel_execute(w->store, SWEEP_ALICE, false, &w->rows, err);
}

int main(void) {
    static const sweep_row rows[] = {
        {"request open", SWEEP_LIVE, .call = open_request},
        {"hold place", SWEEP_LIVE, .call = place_hold},
        {"cancel check", SWEEP_LIVE, .call = cancel_check, .reads = true},
        {"erase", SWEEP_LEAVING, .call = erase},
        {"cancel execute", SWEEP_LEAVING, .call = execute},
        {"service stop", SWEEP_LIVE, .call = stop_service},
    };
    return sweep_main("rights", rows, sizeof rows / sizeof *rows);
}
