/* SPDX-License-Identifier: Apache-2.0 */
/* Reading while things fail: never a wrong answer instead of an error, nothing changed, nothing
 * lost. */
#include "sweep.h"

#include <stdio.h>

static consent_status now(sweep_world *w, consent_error **err) {
    return consent_store_now(w->store, &w->number, err);
}

static consent_status ask(sweep_world *w, consent_query *query, consent_error **err) {
    consent_answer *answer = NULL;
    consent_status status = consent_check(w->store, query, &answer, err);
    /* any number after a failure is told by the sweep as an output */
    if (answer != NULL)
        w->number = consent_answer_allowed(answer);
    consent_answer_free(answer);
    consent_query_free(query);
    return status;
}

static consent_status check(sweep_world *w, consent_error **err) {
    consent_query *query = consent_query_new(SWEEP_ALICE, "offers");
    (void)consent_query_set_recipient(query, "partner");
    (void)consent_query_set_operation(query, CONSENT_OPERATION_SHARE);
    return ask(w, query, err);
}

static consent_status check_past(sweep_world *w, consent_error **err) {
    consent_query *query = consent_query_new(SWEEP_ALICE, "newsletter");
    (void)consent_query_set_at(query, INT64_C(1600000000000000));
    return ask(w, query, err);
}

static int is_allowed(sweep_world *w, consent_status status) {
    if (status != CONSENT_OK || w->number == 1)
        return 0;
    fprintf(stderr, "  denied\n");
    return 1;
}

static int is_denied(sweep_world *w, consent_status status) {
    if (status != CONSENT_OK || w->number == 0)
        return 0;
    fprintf(stderr, "  allowed\n");
    return 1;
}

static consent_status policy_list(sweep_world *w, consent_error **err) {
    return consent_policy_list(w->store, NULL, &w->rows, err);
}

static consent_status policy_show(sweep_world *w, consent_error **err) {
    return consent_policy_show(w->store, "small", "1.0", NULL, &w->rows, err);
}

static consent_status policy_bundle(sweep_world *w, consent_error **err) {
    return consent_policy_bundle(w->store, "small", "2.0", &w->rows, err);
}

static consent_status policy_text(sweep_world *w, consent_error **err) {
    return consent_policy_text(w->store, NULL, NULL, "s2", "en", &w->rows, err);
}

static consent_status policy_shown(sweep_world *w, consent_error **err) {
    return consent_policy_shown(w->store, NULL, NULL, "offers@partner", NULL, &w->rows, err);
}

static consent_status subject_get(sweep_world *w, consent_error **err) {
    return consent_subject_get(w->store, SWEEP_BOB, &w->rows, err);
}

static consent_status subject_list(sweep_world *w, consent_error **err) {
    return consent_subject_list(w->store, 0, 0, &w->rows, err);
}

static consent_status decision_list(sweep_world *w, consent_error **err) {
    return consent_decision_list(w->store, SWEEP_ALICE, &w->rows, err);
}

static consent_status history(sweep_world *w, consent_error **err) {
    return consent_history(w->store, SWEEP_ALICE, &w->rows, err);
}

static consent_status ledger_head(sweep_world *w, consent_error **err) {
    return consent_ledger_head(w->store, &w->rows, err);
}

static consent_status ledger_verify(sweep_world *w, consent_error **err) {
    return consent_ledger_verify(w->store, NULL, NULL, &w->rows, err);
}

static int is_verified(sweep_world *w, consent_status status) {
    if (status != CONSENT_OK || consent_rows_count(w->rows) == 0)
        return 0;
    fprintf(stderr, "  %s\n", consent_rows_text(w->rows, 0, "message"));
    return 1;
}

static consent_status ask_plan(sweep_world *w, consent_error **err) {
    return consent_ask(w->store, SWEEP_DORA, NULL, NULL, &w->rows, err);
}

static consent_status start_plan(sweep_world *w, consent_error **err) {
    return consent_start(w->store, SWEEP_ALICE, NULL, &w->rows, err);
}

static consent_status guardian_list(sweep_world *w, consent_error **err) {
    return consent_guardian_list(w->store, SWEEP_DORA, &w->rows, err);
}

static consent_status guardian_standing(sweep_world *w, consent_error **err) {
    return consent_guardian_standing(w->store, SWEEP_DORA, SWEEP_ALICE, NULL, err);
}

static consent_status limit_list(sweep_world *w, consent_error **err) {
    return consent_limit_list(w->store, SWEEP_ALICE, &w->rows, err);
}

static consent_status fact_list(sweep_world *w, consent_error **err) {
    return consent_fact_list(w->store, SWEEP_ALICE, &w->rows, err);
}

static consent_status obligation_list(sweep_world *w, consent_error **err) {
    return consent_obligation_list(w->store, SWEEP_BOB, false, &w->rows, err);
}

/* One bit: false on every failure, so true is right or wrong but never an accident. */
static consent_status may(sweep_world *w, consent_error **err) {
    bool yes = consent_may(w->store, SWEEP_BOB, "newsletter");
    (void)err;
    if (yes)
        w->number = 1; /* Bob refused */
    return yes ? CONSENT_E_INTERNAL : CONSENT_OK;
}

static consent_status handle(sweep_world *w, consent_error **err) {
    consent_handle *h = NULL;
    int32_t purpose = -1;
    consent_status status = consent_handle_new(w->store, SWEEP_ALICE, &h, err);
    if (status == CONSENT_OK)
        status = consent_purpose_number(w->store, "newsletter", &purpose, err);
    if (status == CONSENT_OK)
        (void)consent_handle_may(h, purpose);
    consent_handle_free(h);
    return status;
}

int main(void) {
    static const sweep_row rows[] = {
        {"now", SWEEP_LIVE, .call = now, .reads = true},
        {"check", SWEEP_LIVE, .call = check, .reads = true, .check = is_allowed},
        {"check the past", SWEEP_LIVE, .call = check_past, .reads = true, .check = is_denied},
        {"policy list", SWEEP_NEXT, .call = policy_list, .reads = true},
        {"policy show", SWEEP_LIVE, .call = policy_show, .reads = true},
        {"policy bundle", SWEEP_NEXT, .call = policy_bundle, .reads = true},
        {"policy text", SWEEP_LIVE, .call = policy_text, .reads = true},
        {"policy shown", SWEEP_LIVE, .call = policy_shown, .reads = true},
        {"subject get", SWEEP_LIVE, .call = subject_get, .reads = true},
        {"subject list", SWEEP_LIVE, .call = subject_list, .reads = true},
        {"decision list", SWEEP_LIVE, .call = decision_list, .reads = true},
        {"history", SWEEP_LIVE, .call = history, .reads = true},
        {"ledger head", SWEEP_LIVE, .call = ledger_head, .reads = true},
        {"ledger verify", SWEEP_GUARDED, .call = ledger_verify, .reads = true,
         .check = is_verified},
        {"ask", SWEEP_GUARDED, .call = ask_plan, .reads = true},
        {"start", SWEEP_LIVE, .call = start_plan, .reads = true},
        {"guardian list", SWEEP_FAMILY, .call = guardian_list, .reads = true},
        {"guardian standing", SWEEP_GUARDED, .call = guardian_standing, .reads = true},
        {"limit list", SWEEP_FAMILY, .call = limit_list, .reads = true},
        {"fact list", SWEEP_FAMILY, .call = fact_list, .reads = true},
        {"obligation list", SWEEP_FAMILY, .call = obligation_list, .reads = true},
        {"may", SWEEP_LIVE, .call = may, .reads = true},
        {"handle", SWEEP_LIVE, .call = handle, .reads = true},
    };
    return sweep_main("read", rows, sizeof rows / sizeof *rows);
}
