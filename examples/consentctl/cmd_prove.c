/* SPDX-License-Identifier: Apache-2.0 */
/* Proofs, keys, checkpoints that are kept. */
#include "output.h"
#include "rights.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One row, as an object or as lines "name  value". */
static int tell(struct app *app, consent_rows *rows) {
    int exit_status = EXIT_DONE;
    if (app->json) {
        exit_status = print_json(row_json(rows, 0), EXIT_DONE);
    } else {
        cJSON *object = row_json(rows, 0), *member;
        cJSON_ArrayForEach(member, object) {
            char *text = cJSON_IsString(member) ? NULL : cJSON_PrintUnformatted(member);
            const char *value = text != NULL ? text : cJSON_GetStringValue(member);
            print_padded(member->string, 12);
            putchar(value != NULL && strchr(value, '\n') != NULL ? '\n' : ' ');
            print_text(value != NULL ? value : "-", true);
            putchar('\n');
            cJSON_free(text);
        }
        cJSON_Delete(object);
    }
    consent_rows_free(rows);
    return exit_status;
}

int cmd_ledger_prove(struct app *app) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    int64_t seq;
    if (!number_read(app->argument[0], &seq))
        return fail_usage(app, "SEQ is the number of an event");
    consent_status status = consent_ledger_prove(app->store, seq, &rows, &error);
    return status < 0 ? fail(app, "ledger prove", status, error) : tell(app, rows);
}

int cmd_ledger_consistency(struct app *app) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    int64_t first, second;
    if (!number_read(app->argument[0], &first) || !number_read(app->argument[1], &second))
        return fail_usage(app, "M and N are numbers of events");
    if (first > second)
        return fail_usage(app, "M is not greater than N");
    consent_status status = consent_ledger_consistency(app->store, first, second, &rows, &error);
    if (status == CONSENT_E_ARGUMENT) { /* a number the ledger does not have yet */
        consent_error_free(error);
        return fail_here(app, "ledger consistency", CONSENT_E_NOT_FOUND,
                         "the ledger has fewer than N events");
    }
    return status < 0 ? fail(app, "ledger consistency", status, error) : tell(app, rows);
}

int cmd_ledger_key(struct app *app) {
    const struct column columns[] = {{"FROM EVENT", "seq"}, {"AT", "at"}, {"KEY", "key"}};
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    consent_status status = CONSENT_OK;
    int exit_status = EXIT_DONE;
    if (app->argument_count > 0 && strcmp(app->argument[0], "rotate") != 0)
        return fail_usage(app, "what follows ledger key is only: rotate");
    if (app->argument_count > 0)
        status = consent_ledger_rekey(app->store, &error);
    if (status >= 0)
        status = consent_ledger_key(app->store, &rows, &error);
    if (status < 0)
        return fail(app, "ledger key", status, error);
    if (app->json) {
        size_t last = consent_rows_count(rows) - 1;
        cJSON *object = rows_object("keys", rows);
        put_text(object, "key", consent_rows_text(rows, last, "key"));
        exit_status = print_json(object, EXIT_DONE);
    } else {
        print_table(app, rows, columns, sizeof columns / sizeof columns[0]);
    }
    consent_rows_free(rows);
    return exit_status;
}

int cmd_ledger_checkpoint(struct app *app) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    consent_status status = consent_ledger_checkpoint(app->store, &rows, &error);
    return status < 0 ? fail(app, "ledger checkpoint", status, error) : tell(app, rows);
}

int cmd_ledger_checkpoints(struct app *app) {
    const struct column columns[] = {{"SIZE", "size"}, {"AT", "at"}};
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    consent_status status = consent_ledger_checkpoints(app->store, &rows, &error);
    return answer_table(app, "ledger checkpoints", status, rows, error, "checkpoints", columns,
                        sizeof columns / sizeof columns[0]);
}
