/* SPDX-License-Identifier: Apache-2.0 */
/* Exports while things fail: what was counted is 0, and the store is as it was. */
#include "sweep.h"

static int32_t swallow(const void *bytes, size_t n, void *user) {
    (void)bytes;
    (void)user;
    return n == 0;
}

static consent_status export(sweep_world *w, const char *who, const char *format,
                             consent_error **err) {
    int64_t records = 0;
    consent_status st = consent_export(w->store, who, format, swallow, NULL, &records, err);
    w->number = st == CONSENT_OK ? records : -1;
    return st == CONSENT_OK || records == 0 ? st : CONSENT_E_INTERNAL;
}

static consent_status kantara(sweep_world *w, consent_error **err) {
    return export(w, SWEEP_ALICE, "kantara", err);
}

static consent_status iso(sweep_world *w, consent_error **err) {
    return export(w, NULL, "iso27560", err);
}

static consent_status dpv(sweep_world *w, consent_error **err) {
    return export(w, NULL, "dpv", err);
}

static consent_status csv(sweep_world *w, consent_error **err) {
    return export(w, NULL, "csv", err);
}

int main(void) {
    static const sweep_row rows[] = {
        {"export kantara", SWEEP_LIVE, .call = kantara, .reads = true},
        {"export iso27560", SWEEP_GUARDED, .call = iso, .reads = true},
        {"export dpv", SWEEP_GUARDED, .call = dpv, .reads = true},
        {"export csv", SWEEP_LIVE, .call = csv, .reads = true},
    };
    return sweep_main("export", rows, sizeof rows / sizeof *rows);
}
