/* SPDX-License-Identifier: Apache-2.0 */
/* What happens to a subject beside consent, while things fail: facts, limits, permissions,
 * exemptions, obligations, adoption. */
#include "sweep.h"

static consent_status fact(sweep_world *w, consent_error **err) {
    return consent_fact_put(w->store, SWEEP_ALICE, "dispute", "true", "desk", CONSENT_OBSERVED_NOW,
                            err);
}

static consent_status object(sweep_world *w, consent_error **err) {
    return consent_object(w->store, SWEEP_ALICE, NULL, "offers", "no more offers", err);
}

static consent_status restrict_item(sweep_world *w, consent_error **err) {
    return consent_restrict(w->store, SWEEP_BOB, "email", NULL, err);
}

static consent_status unrestrict(sweep_world *w, consent_error **err) {
    return consent_unrestrict(w->store, SWEEP_ALICE, "email", NULL, err);
}

static consent_status permission(sweep_world *w, consent_error **err) {
    return consent_permission_record(w->store, SWEEP_ALICE, "CAMERA", false, err);
}

static consent_status exemption(sweep_world *w, consent_error **err) {
    consent_use *use =
        consent_use_new(SWEEP_ALICE, "legal-claims", "newsletter", "a claim", "counsel");
    consent_status status = consent_exemption_use(w->store, use, &w->rows, err);
    consent_use_free(use);
    return status;
}

static consent_status deidentified(sweep_world *w, consent_error **err) {
    return consent_deidentified_claim(w->store, NULL, "offers", "partner", NULL, 0, "k-anonymity",
                                      INT64_MIN, "data office", &w->number, err);
}

static consent_status obligation(sweep_world *w, consent_error **err) {
    return consent_obligation_met(w->store, SWEEP_BOB, w->obligation, "desk", "letter", err);
}

static consent_status adopt(sweep_world *w, consent_error **err) {
    int64_t count = -1;
    consent_status status =
        consent_subject_adopt(w->store, SWEEP_PHONE, SWEEP_ALICE, NULL, &count, err);
    if (status == CONSENT_OK || count != 0)
        w->number = count; /* after a failure it counts nothing */
    return status;
}

int main(void) {
    static const sweep_row rows[] = {
        {"put a fact", SWEEP_LIVE, .call = fact},
        {"object", SWEEP_LIVE, .call = object},
        {"restrict", SWEEP_LIVE, .call = restrict_item},
        {"unrestrict", SWEEP_FAMILY, .call = unrestrict},
        {"record a permission", SWEEP_LIVE, .call = permission},
        {"use an exemption", SWEEP_LIVE, .call = exemption},
        {"claim that data is de-identified", SWEEP_LIVE, .call = deidentified},
        {"meet an obligation", SWEEP_FAMILY, .call = obligation},
        {"adopt", SWEEP_FAMILY, .call = adopt},
    };
    return sweep_main("life", rows, sizeof rows / sizeof *rows);
}
