/* SPDX-License-Identifier: Apache-2.0 */
#include "output.h"

#include "when.h"

#include <inttypes.h>
#include <stdio.h>

static void print_head(const struct app *app, const consent_rows *rows) {
    char text[WHEN_SIZE];
    const char *checkpoint = consent_rows_text(rows, 0, "checkpoint");
    const char *key = consent_rows_text(rows, 0, "key");
    printf("events   %" PRId64 "\n", consent_rows_number(rows, 0, "size", 0));
    printf("root     %s\n", consent_rows_text(rows, 0, "root"));
    if (consent_rows_has(rows, 0, "at"))
        printf("as of    %s\n", when_text(consent_rows_number(rows, 0, "at", 0), text));
    if (key != NULL)
        printf("key      %s\n", key);
    if (checkpoint != NULL) {
        print_colour(app, COLOUR_HEADING);
        puts("\nCHECKPOINT");
        print_colour(app, COLOUR_END);
        print_text(checkpoint, true);
    }
}

int cmd_ledger_head(struct app *app) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    consent_status status = consent_ledger_head(app->store, &rows, &error);
    int exit_status = EXIT_DONE;
    if (status < 0)
        return fail(app, "ledger head", status, error);
    if (app->json)
        exit_status = print_json(row_json(rows, 0), EXIT_DONE);
    else
        print_head(app, rows);
    consent_rows_free(rows);
    return exit_status;
}
