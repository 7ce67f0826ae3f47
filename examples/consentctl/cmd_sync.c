/* SPDX-License-Identifier: Apache-2.0 */
/* Between a phone and a backend: versions go one way as signed statements, receipts come the other.
 * Keys are given apart, never taken from what is verified. */
#include "files.h"
#include "output.h"
#include "when.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- policy export, policy import --trust ---- */

int cmd_policy_export_fits(struct app *app) {
    if (!args_has(&app->args, OPT_SIGNED))
        return fail_usage(app, "--signed is needed: a version leaves the store signed");
    return EXIT_DONE;
}

int cmd_policy_export(struct app *app) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    int exit_status = EXIT_DONE;
    consent_status status =
        consent_policy_export_signed(app->store, app->argument[0], app->argument[1], &rows, &error);
    if (status < 0)
        return fail(app, "policy export", status, error);
    if (app->json)
        exit_status = print_json(row_json(rows, 0), EXIT_DONE);
    else
        puts(consent_rows_text(rows, 0, "statement"));
    consent_rows_free(rows);
    return exit_status;
}

static int print_arrival(const struct app *app, const consent_rows *rows, bool fresh) {
    char text[WHEN_SIZE];
    if (app->json) {
        cJSON *object = row_json(rows, 0);
        put_bool(object, "imported", fresh);
        return print_json(object, EXIT_DONE);
    }
    print_text(consent_rows_text(rows, 0, "policy"), false);
    fputs(" version ", stdout);
    print_text(consent_rows_text(rows, 0, "version"), false);
    printf(": in force from %s%s\nfrom ",
           when_text(consent_rows_number(rows, 0, "in_force_from", 0), text),
           fresh ? "" : " (was there already)");
    print_text(consent_rows_text(rows, 0, "origin"), false);
    putchar('\n');
    return EXIT_DONE;
}

int policy_import_signed(struct app *app, const char *bytes, size_t len) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    consent_status status = consent_policy_import_signed(app->store, bytes, len,
                                                         app_option(app, OPT_TRUST), &rows, &error);
    if (status < 0)
        return fail(app, "policy import", status, error);
    int exit_status = print_arrival(app, rows, status == CONSENT_OK);
    consent_rows_free(rows);
    return exit_status;
}

/* ---- consent import ---- */

static int print_intake(const struct app *app, const consent_rows *rows, bool fresh) {
    char said[WHEN_SIZE], at[WHEN_SIZE];
    if (app->json) {
        cJSON *object = row_json(rows, 0);
        put_bool(object, "imported", fresh);
        return print_json(object, EXIT_DONE);
    }
    printf("%s: ", consent_rows_text(rows, 0, "decision"));
    print_text(consent_rows_text(rows, 0, "point"), false);
    printf(", class %s, ", consent_rows_text(rows, 0, "class"));
    print_text(consent_rows_text(rows, 0, "policy"), false);
    fputs(" version ", stdout);
    print_text(consent_rows_text(rows, 0, "version"), false);
    printf("\nsaid %s, event %" PRId64 " at %s%s\n",
           when_text(consent_rows_number(rows, 0, "said_at", 0), said),
           consent_rows_number(rows, 0, "event", -1),
           when_text(consent_rows_number(rows, 0, "at", 0), at),
           fresh ? "" : " (was taken in before)");
    if (consent_rows_number(rows, 0, "stands", 0) == 0)
        puts("kept as evidence: something else was said since");
    return EXIT_DONE;
}

int cmd_consent_import(struct app *app) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    char *text = NULL;
    size_t len = 0;
    int exit_status = files_read(app, "consent import", app->argument[0], &text, &len);
    if (exit_status != EXIT_DONE)
        return exit_status;
    consent_status status = consent_receipt_import(
        app->store, text, len, app_option(app, OPT_TRUST), app_option(app, OPT_SUBJECT),
        app_option(app, OPT_BY), &rows, &error);
    exit_status = status < 0 ? fail(app, "consent import", status, error)
                             : print_intake(app, rows, status == CONSENT_OK);
    consent_rows_free(rows);
    free(text);
    return exit_status;
}
