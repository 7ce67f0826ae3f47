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
    };
    return sweep_main("read", rows, sizeof rows / sizeof *rows);
}
