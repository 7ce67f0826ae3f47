/* SPDX-License-Identifier: Apache-2.0 */
/* Subjects being registered and corrected while things fail. */
#include "sweep.h"

static consent_status add(sweep_world *w, consent_error **err) {
    return consent_subject_add(w->store, SWEEP_CAROL, "2001-02-03", err);
}

static consent_status add_first(sweep_world *w, consent_error **err) {
    return consent_subject_add(w->store, SWEEP_CAROL, NULL, err);
}

static consent_status add_again(sweep_world *w, consent_error **err) {
    return consent_subject_add(w->store, SWEEP_ALICE, "1990-05-17", err);
}

static consent_status set_born(sweep_world *w, consent_error **err) {
    return consent_subject_set_born(w->store, SWEEP_BOB, "1985-12-31", err);
}

int main(void) {
    static const sweep_row rows[] = {
        {"add", SWEEP_LIVE, .call = add},
        {"add the first", SWEEP_FRESH, .call = add_first},
        {"add again", SWEEP_LIVE, .call = add_again, .reads = true},
        {"set the birth date", SWEEP_LIVE, .call = set_born},
    };
    return sweep_main("subject", rows, sizeof rows / sizeof *rows);
}
