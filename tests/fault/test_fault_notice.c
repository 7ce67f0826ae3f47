/* SPDX-License-Identifier: Apache-2.0 */
/* Notices of a version, what differs between versions, and what an app asks for against what is
 * declared, while things fail. */
#include "sweep.h"

#include <stdio.h>
#include <string.h>

static consent_status pending(sweep_world *w, consent_error **err) {
    return consent_notice_pending(w->store, SWEEP_ALICE, NULL, "zh-CN", &w->rows, err);
}

static consent_status page(sweep_world *w, consent_error **err) {
    return consent_notice_page(w->store, NULL, "en", &w->rows, err);
}

static consent_status count(sweep_world *w, consent_error **err) {
    return consent_notice_count(w->store, NULL, 0, 0, NULL, &w->rows, err);
}

static consent_status shown(sweep_world *w, consent_error **err) {
    return consent_notice_shown(w->store, SWEEP_ALICE, NULL, NULL, "app", "en", &w->rows, err);
}

static consent_status acknowledge(sweep_world *w, consent_error **err) {
    return consent_notice_acknowledge(w->store, SWEEP_ALICE, "small", "2.0", "app", "en", NULL,
                                      &w->rows, err);
}

/* Two events: the child's, and the guardian's attestation of it. */
static consent_status acknowledge_for(sweep_world *w, consent_error **err) {
    return consent_notice_acknowledge(w->store, SWEEP_DORA, "small", NULL, "app", "en", SWEEP_ALICE,
                                      &w->rows, err);
}

static consent_status diff(sweep_world *w, consent_error **err) {
    return consent_policy_diff(w->store, "small", "1.0", "2.0", &w->rows, err);
}

static consent_status lint(sweep_world *w, consent_error **err) {
    return consent_policy_lint(w->store, "small", "2.0", "cn", &w->rows, err);
}

static consent_status permission_diff(sweep_world *w, consent_error **err) {
    static const char *const names[] = {"android.permission.INTERNET", "READ_CONTACTS"};
    return consent_permission_diff(w->store, NULL, "1.0", NULL, names, 2, &w->rows, err);
}

static consent_status permission_list(sweep_world *w, consent_error **err) {
    return consent_permission_list(w->store, SWEEP_ALICE, &w->rows, err);
}

static consent_status permission_granted(sweep_world *w, consent_error **err) {
    return consent_permission_record(w->store, SWEEP_BOB, "android.permission.CAMERA", true, err);
}

/* Words that ran out of memory are no words: a page that is half there would be believed. */
static int has_words(sweep_world *w, consent_status status) {
    const char *changes = status == CONSENT_OK ? consent_rows_text(w->rows, 0, "changes") : NULL;
    if (status < 0 ||
        (changes && strstr(changes, "\"text\"") && changes[strlen(changes) - 1] == ']'))
        return 0;
    fprintf(stderr, "  a notice without words\n");
    return 1;
}

static int is_counted(sweep_world *w, consent_status status) {
    if (status < 0 || consent_rows_number(w->rows, 0, "waiting", -1) == 5)
        return 0;
    fprintf(stderr, "  not all are counted\n");
    return 1;
}

static int three_gaps(sweep_world *w, consent_status status) {
    if (status < 0 || consent_rows_count(w->rows) == 3)
        return 0;
    fprintf(stderr, "  %zu gaps\n", consent_rows_count(w->rows));
    return 1;
}

int main(void) {
    static const sweep_row rows[] = {
        {"notice pending", SWEEP_TOLD, .call = pending, .reads = true, .check = has_words},
        {"notice page", SWEEP_TOLD, .call = page, .reads = true, .check = has_words},
        {"notice count", SWEEP_TOLD, .call = count, .reads = true, .check = is_counted},
        {"notice shown", SWEEP_TOLD, .call = shown},
        {"notice acknowledged", SWEEP_TOLD, .call = acknowledge},
        {"a guardian acknowledges", SWEEP_TOLD, .call = acknowledge_for},
        {"policy diff", SWEEP_TOLD, .call = diff, .reads = true},
        {"policy lint", SWEEP_NEXT, .call = lint, .reads = true},
        {"permission diff", SWEEP_LIVE, .call = permission_diff, .reads = true,
         .check = three_gaps},
        {"permission list", SWEEP_TOLD, .call = permission_list, .reads = true},
        {"record a grown permission", SWEEP_TOLD, .call = permission_granted},
    };
    return sweep_main("notice", rows, sizeof rows / sizeof *rows);
}
