/* SPDX-License-Identifier: Apache-2.0 */
/* Stores being made, opened and closed while things fail. */
#include "sweep.h"

#include <stdio.h>
#include <string.h>

static int bad(const char *what) {
    fprintf(stderr, "  %s\n", what);
    return 1;
}

static consent_status create_key_file(sweep_world *w, consent_error **err) {
    return consent_store_create(w->path, w->options, &w->store, err);
}

static consent_status create_key_bytes(sweep_world *w, consent_error **err) {
    return consent_store_create(w->path, w->options_bytes, &w->store, err);
}

static consent_status open_store(sweep_world *w, consent_error **err) {
    return consent_store_open(w->path, w->options, &w->store, err);
}

static consent_status close_store(sweep_world *w, consent_error **err) {
    return consent_store_close(w->store, err);
}

static int check_handle(sweep_world *w, consent_status status) {
    int64_t now = 0;
    if (status != CONSENT_OK)
        return w->store == NULL ? 0 : bad("a handle after a failure");
    if (w->store == NULL || strlen(consent_store_id(w->store)) != 32 ||
        consent_store_now(w->store, &now, NULL) != CONSENT_OK)
        return bad("the handle does not work");
    return 0;
}

/* Whatever closing met: the handle is closed, and what was in the store is there. */
static int check_closed(sweep_world *w, consent_status status) {
    consent_store *again = NULL;
    consent_error *err = NULL;
    int findings = 0;
    int64_t now = 0;
    if (status != CONSENT_DONE && consent_store_close(w->store, NULL) != CONSENT_DONE)
        findings += bad("closing did not close");
    if (consent_store_now(w->store, &now, NULL) != CONSENT_E_CLOSED)
        findings += bad("a closed store answers");
    if (consent_store_open(w->path, w->options, &again, &err) != CONSENT_OK ||
        !consent_may(again, SWEEP_ALICE, "newsletter")) {
        fprintf(stderr, "  %s\n", consent_error_message(err));
        findings += bad("the store does not open again");
    }
    consent_error_free(err);
    consent_store_free(again);
    return findings;
}

int main(void) {
    static const sweep_row rows[] = {
        {"create with a key file", SWEEP_NOTHING, .call = create_key_file, .closed = true,
         .check = check_handle},
        {"create with a key", SWEEP_NOTHING, .call = create_key_bytes, .closed = true,
         .check = check_handle},
        {"open", SWEEP_LIVE, .call = open_store, .closed = true, .reads = true,
         .check = check_handle},
        {"close", SWEEP_LIVE, .call = close_store, .closes = true, .reads = true,
         .check = check_closed},
    };
    return sweep_main("store", rows, sizeof rows / sizeof *rows);
}
