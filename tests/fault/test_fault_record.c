/* SPDX-License-Identifier: Apache-2.0 */
/* Acts being recorded while things fail: each form, class, speaker and idempotent repetition. */
#include "lean.h"
#include "sweep.h"

#define HASH "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static consent_status grant(sweep_world *w, consent_error **err) {
    return consent_grant(w->store, SWEEP_BOB, "newsletter", &w->number, err);
}

/* On a connection without triggers and references; and a write that needs them back. */
static consent_status lean_grant(sweep_world *w, consent_error **err) {
    lean_soon(w->store);
    return consent_grant(w->store, SWEEP_BOB, "newsletter", &w->number, err);
}

static consent_status lean_rekey(sweep_world *w, consent_error **err) {
    lean_soon(w->store);
    return consent_ledger_rekey(w->store, err);
}

static consent_status refuse(sweep_world *w, consent_error **err) {
    return consent_refuse(w->store, SWEEP_ALICE, "newsletter", &w->number, err);
}

static consent_status withdraw(sweep_world *w, consent_error **err) {
    return consent_withdraw(w->store, SWEEP_ALICE, "offers", NULL, err);
}

static consent_status record(sweep_world *w, consent_act *act, consent_error **err) {
    consent_status status = consent_record(w->store, act, &w->rows, err);
    consent_act_free(act);
    return status;
}

static consent_status separate(sweep_world *w, consent_error **err) {
    consent_act *act = consent_act_new(SWEEP_ALICE, CONSENT_DECISION_GRANTED, "offers");
    (void)consent_act_set_recipient(act, "partner");
    (void)consent_act_set_class(act, CONSENT_CLASS_SEPARATE);
    (void)consent_act_set_surface(act, "app");
    (void)consent_act_set_lang(act, "en");
    return record(w, act, err);
}

static consent_status written(sweep_world *w, consent_error **err) {
    consent_act *act = consent_act_new(SWEEP_BOB, CONSENT_DECISION_GRANTED, "offers");
    (void)consent_act_set_class(act, CONSENT_CLASS_WRITTEN);
    (void)consent_act_set_document(act, HASH);
    return record(w, act, err);
}

static consent_status implied(sweep_world *w, consent_error **err) {
    consent_act *act = consent_act_new(SWEEP_BOB, CONSENT_DECISION_GRANTED, "newsletter");
    (void)consent_act_set_surface(act, "implied");
    return record(w, act, err);
}

static consent_status keyed(sweep_world *w, consent_error **err) {
    consent_act *act = consent_act_new(SWEEP_BOB, CONSENT_DECISION_GRANTED, "newsletter");
    (void)consent_act_set_idempotency(act, "one");
    return record(w, act, err);
}

/* Recorded before under this key: answers the first event and writes nothing. */
static consent_status repeated(sweep_world *w, consent_error **err) {
    consent_act *act = consent_act_new(SWEEP_ALICE, CONSENT_DECISION_GRANTED, "offers");
    (void)consent_act_set_recipient(act, "partner");
    (void)consent_act_set_class(act, CONSENT_CLASS_SEPARATE);
    (void)consent_act_set_idempotency(act, "first");
    return record(w, act, err);
}

static consent_status evidenced(sweep_world *w, consent_error **err) {
    consent_rows *shown = NULL;
    consent_status status =
        consent_policy_shown(w->store, "small", "1.0", "newsletter", NULL, &shown, err);
    consent_act *act = consent_act_new(SWEEP_BOB, CONSENT_DECISION_GRANTED, "newsletter");
    if (status == CONSENT_OK) {
        (void)consent_act_set_shown(act, consent_rows_text(shown, 0, "shown"));
        status = consent_record(w->store, act, &w->rows, err);
    }
    consent_rows_free(shown);
    consent_act_free(act);
    return status;
}

/* Enough for a batch, with a guardian's act among them. */
static consent_status many(sweep_world *w, consent_error **err) {
    enum { ACTS = 18 };
    static const char *const subjects[] = {SWEEP_ALICE, SWEEP_BOB, SWEEP_CAROL};
    consent_act *acts[ACTS];
    for (int i = 0; i < ACTS; i++)
        acts[i] = consent_act_new(subjects[i % 3], CONSENT_DECISION_GRANTED + i % 2, "newsletter");
    (void)consent_act_set_idempotency(acts[3], "key-9");
    consent_act_free(acts[10]);
    acts[10] = consent_act_new(SWEEP_DORA, CONSENT_DECISION_GRANTED, "newsletter");
    (void)consent_act_set_guardian(acts[10], SWEEP_ALICE);
    consent_status status =
        consent_record_many(w->store, (const consent_act *const *)acts, ACTS, &w->rows, err);
    for (int i = 0; i < ACTS; i++)
        consent_act_free(acts[i]);
    return status;
}

int main(void) {
    static const sweep_row rows[] = {
        {"grant", SWEEP_LIVE, .call = grant},
        {"grant after many", SWEEP_LIVE, .call = lean_grant},
        {"another log key after many", SWEEP_LIVE, .call = lean_rekey},
        {"refuse", SWEEP_LIVE, .call = refuse},
        {"withdraw", SWEEP_LIVE, .call = withdraw},
        {"record for a recipient, separate", SWEEP_LIVE, .call = separate},
        {"record a written act", SWEEP_LIVE, .call = written},
        {"record an implied act", SWEEP_LIVE, .call = implied},
        {"record with a key", SWEEP_LIVE, .call = keyed},
        {"record again with the key", SWEEP_LIVE, .call = repeated, .reads = true},
        {"record with the text shown", SWEEP_LIVE, .call = evidenced},
        {"record many", SWEEP_GUARDED, .call = many},
    };
    return sweep_main("record", rows, sizeof rows / sizeof *rows);
}
