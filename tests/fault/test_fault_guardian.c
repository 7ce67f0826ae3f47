/* SPDX-License-Identifier: Apache-2.0 */
/* Guardian links and what guardians say, while things fail: two events in one transaction. */
#include "sweep.h"

static consent_status link_again(sweep_world *w, consent_error **err) {
    return consent_guardian_link(w->store, SWEEP_DORA, SWEEP_ALICE, NULL, "document-check", NULL, 0,
                                 err);
}

static consent_status link_other(sweep_world *w, consent_error **err) {
    return consent_guardian_link(w->store, SWEEP_EMIL, SWEEP_ALICE, NULL, "document-check", NULL, 0,
                                 err);
}

static consent_status verify(sweep_world *w, consent_error **err) {
    return consent_guardian_verify(w->store, SWEEP_DORA, SWEEP_ALICE, NULL, "desk", NULL, NULL,
                                   err);
}

static consent_status end(sweep_world *w, consent_error **err) {
    return consent_guardian_end(w->store, SWEEP_DORA, SWEEP_ALICE, NULL, CONSENT_END_COURT, err);
}

static consent_status say(sweep_world *w, int32_t decision, consent_error **err) {
    consent_act *act = consent_act_new(SWEEP_DORA, decision, "newsletter");
    consent_status status;
    (void)consent_act_set_guardian(act, SWEEP_ALICE);
    status = consent_record(w->store, act, &w->rows, err);
    consent_act_free(act);
    return status;
}

static consent_status grant(sweep_world *w, consent_error **err) {
    return say(w, CONSENT_DECISION_GRANTED, err);
}

static consent_status refuse(sweep_world *w, consent_error **err) {
    return say(w, CONSENT_DECISION_REFUSED, err);
}

int main(void) {
    static const sweep_row rows[] = {
        {"link again", SWEEP_FAMILY, .call = link_again, .reads = true},
        {"link", SWEEP_FAMILY, .call = link_other},
        {"verify", SWEEP_FAMILY, .call = verify},
        {"end", SWEEP_GUARDED, .call = end},
        {"a guardian grants", SWEEP_GUARDED, .call = grant},
        {"a guardian refuses", SWEEP_GUARDED, .call = refuse},
    };
    return sweep_main("guardian", rows, sizeof rows / sizeof *rows);
}
