/* SPDX-License-Identifier: Apache-2.0 */
#include "files.h"
#include "findings.h"
#include "output.h"
#include "progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- findings, of verify and doctor ---- */

int findings_print(const struct app *app, const consent_rows *rows, int64_t size, const char *unit,
                   const char *good) {
    size_t n = consent_rows_count(rows);
    cJSON *object;
    if (app->json) {
        object = rows_object("findings", rows);
        put_bool(object, "ok", n == 0);
        put_number(object, unit, size);
        return print_json(object, n == 0 ? EXIT_DONE : EXIT_NO);
    }
    for (size_t i = 0; i < n; i++) {
        print_colour(app, COLOUR_NO);
        print_text(consent_rows_text(rows, i, "what"), false);
        print_colour(app, COLOUR_END);
        if (consent_rows_has(rows, i, "seq"))
            printf(" at %" PRId64, consent_rows_number(rows, i, "seq", 0));
        fputs(": ", stdout);
        print_text(consent_rows_text(rows, i, "message"), false);
        putchar('\n');
    }
    print_colour(app, n == 0 ? COLOUR_YES : COLOUR_NO);
    if (n == 0)
        printf("%s", good);
    else
        printf("%zu finding%s", n, n == 1 ? "" : "s");
    print_colour(app, COLOUR_END);
    printf(" (%" PRId64 " %s)\n", size, unit[0] == 's' && unit[1] == 'i' ? "events" : unit);
    return n == 0 ? EXIT_DONE : EXIT_NO;
}

/* ---- ledger verify ---- */

static int set_checkpoint(const struct app *app, consent_verification *how) {
    const char *path = app_option(app, OPT_CHECKPOINT);
    char *note = NULL;
    size_t len = 0;
    consent_error *error = NULL;
    consent_status status;
    int exit_status;
    if (path == NULL)
        return EXIT_DONE;
    exit_status = files_read(app, "ledger verify", path, &note, &len);
    if (exit_status != EXIT_DONE)
        return exit_status;
    status = consent_verification_set_checkpoint(how, note, len, NULL, &error);
    free(note);
    return status < 0 ? fail(app, "ledger verify", status, error) : EXIT_DONE;
}

int cmd_ledger_verify(struct app *app) {
    struct bar bar = bar_begin(app, "events");
    consent_verification *how = consent_verification_new();
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    int64_t size = 0;
    consent_status status;
    int exit_status;
    if (how == NULL)
        return fail_here(app, "ledger verify", CONSENT_E_MEMORY, "out of memory");
    exit_status = set_checkpoint(app, how);
    if (exit_status == EXIT_DONE) {
        consent_verification_set_progress(how, bar_move, &bar);
        status = consent_ledger_verify(app->store, how, &size, &rows, &error);
        bar_end(&bar);
        exit_status = status < 0 ? fail(app, "ledger verify", status, error)
                                 : findings_print(app, rows, size, "size", "the ledger is good");
    }
    consent_rows_free(rows);
    consent_verification_free(how);
    return exit_status;
}

int cmd_doctor(struct app *app) {
    struct bar bar = bar_begin(app, "subjects");
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    int64_t subjects = 0;
    consent_status status =
        consent_store_examine(app->store, bar_move, &bar, &subjects, &rows, &error);
    int exit_status;
    bar_end(&bar);
    if (status < 0)
        return fail(app, "doctor", status, error);
    exit_status = findings_print(app, rows, subjects, "subjects", "all is well");
    consent_rows_free(rows);
    return exit_status;
}
