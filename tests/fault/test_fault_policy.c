/* SPDX-License-Identifier: Apache-2.0 */
/* Policies and profiles coming in and being published while things fail. */
#include "sweep.h"

static consent_status import_first(sweep_world *w, consent_error **err) {
    return consent_policy_import(w->store, w->small1, w->small1_size, err);
}

static consent_status import_file(sweep_world *w, consent_error **err) {
    return consent_policy_import_file(w->store, w->extra, err);
}

static consent_status import_second(sweep_world *w, consent_error **err) {
    return consent_policy_import(w->store, w->small2, w->small2_size, err);
}

static consent_status import_again(sweep_world *w, consent_error **err) {
    return consent_policy_import(w->store, w->small1, w->small1_size, err);
}

static consent_status publish_first(sweep_world *w, consent_error **err) {
    return consent_policy_publish(w->store, "small", "1.0", err);
}

static consent_status publish_second(sweep_world *w, consent_error **err) {
    return consent_policy_publish(w->store, "small", "2.0", err);
}

static consent_status import_profile(sweep_world *w, consent_error **err) {
    return consent_profile_import(w->store, w->profile, w->profile_size, err);
}

int main(void) {
    static const sweep_row rows[] = {
        {"import the first version", SWEEP_FRESH, .call = import_first},
        {"import from a file", SWEEP_FRESH, .call = import_file},
        {"import the next version", SWEEP_LIVE, .call = import_second},
        {"import what is there", SWEEP_LIVE, .call = import_again, .reads = true},
        {"publish the first version", SWEEP_DRAFT, .call = publish_first},
        {"publish the next version", SWEEP_NEXT, .call = publish_second},
        {"import a profile", SWEEP_FRESH, .call = import_profile},
    };
    return sweep_main("policy", rows, sizeof rows / sizeof *rows);
}
