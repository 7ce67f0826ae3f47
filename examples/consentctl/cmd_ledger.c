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
    return answer_row(app, "ledger head", status, rows, error, print_head);
}
