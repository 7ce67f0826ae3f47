/* SPDX-License-Identifier: Apache-2.0 */
/* Incidents, and retention acted upon or extended, while things fail: each is wholly done or not at
 * all. */
#include "sweep.h"

static consent_status incident_open(sweep_world *w, consent_error **err) {
    const char *items[] = {"email"};
    return consent_incident_open(w->store, "small", "loss", "words", 0, items, 1, &w->rows, err);
}

static consent_status describe(sweep_world *w, consent_error **err) {
    return consent_incident_describe(w->store, w->incident, "measures", "more words", &w->rows,
                                     err);
}

static consent_status report(sweep_world *w, consent_error **err) {
    return consent_incident_report(w->store, w->incident, "another office", 0, "by post", &w->rows,
                                   err);
}

static consent_status affect_child(sweep_world *w, consent_error **err) {
    const char *dora[] = {SWEEP_DORA, SWEEP_BOB};
    return consent_incident_affect(w->store, w->complete, dora, 2, NULL, err);
}

static consent_status affect_all(sweep_world *w, consent_error **err) {
    return consent_incident_affect(w->store, w->complete, NULL, 0, NULL, err);
}

static consent_status told(sweep_world *w, consent_error **err) {
    return consent_incident_notify(w->store, w->incident, SWEEP_DORA, NULL, true, &w->rows, err);
}

static consent_status not_reached(sweep_world *w, consent_error **err) {
    return consent_incident_notify(w->store, w->incident, SWEEP_ALICE, "email", false, &w->rows,
                                   err);
}

static consent_status close_it(sweep_world *w, consent_error **err) {
    return consent_incident_close(w->store, w->complete, "done", "officer", &w->rows, err);
}

static consent_status show(sweep_world *w, consent_error **err) {
    return consent_incident_get(w->store, w->incident, &w->rows, err);
}

static consent_status list(sweep_world *w, consent_error **err) {
    return consent_incident_list(w->store, &w->rows, err);
}

static consent_status due(sweep_world *w, consent_error **err) {
    return consent_retention_due(w->store, "due", 0, &w->rows, err);
}

static consent_status apply(sweep_world *w, consent_error **err) {
    return consent_retention_apply(w->store, "due", "officer", 0, &w->rows, err);
}

static consent_status extend(sweep_world *w, consent_error **err) {
    return consent_retention_extend(w->store, SWEEP_BOB, "email", INT64_C(4102444800000000),
                                    "a lawsuit", "officer", err);
}

static consent_status release(sweep_world *w, consent_error **err) {
    return consent_retention_release(w->store, SWEEP_ALICE, "fax", "settled", "officer", err);
}

int main(void) {
    static const sweep_row rows[] = {
        {"incident open", SWEEP_DUTIES, .call = incident_open},
        {"incident describe", SWEEP_DUTIES, .call = describe},
        {"incident report", SWEEP_DUTIES, .call = report},
        {"incident affect, with a guardian", SWEEP_DUTIES, .call = affect_child},
        {"incident affect, everybody", SWEEP_DUTIES, .call = affect_all},
        {"incident notify", SWEEP_DUTIES, .call = told},
        {"incident notify, not reached", SWEEP_DUTIES, .call = not_reached},
        {"incident close", SWEEP_DUTIES, .call = close_it},
        {"incident get", SWEEP_DUTIES, .call = show, .reads = true},
        {"incident list", SWEEP_DUTIES, .call = list, .reads = true},
        {"retention due", SWEEP_DUTIES, .call = due, .reads = true},
        {"retention apply", SWEEP_DUTIES, .call = apply},
        {"retention extend", SWEEP_DUTIES, .call = extend},
        {"retention release", SWEEP_DUTIES, .call = release},
    };
    return sweep_main("duties", rows, sizeof rows / sizeof *rows);
}
