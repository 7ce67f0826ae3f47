/* SPDX-License-Identifier: Apache-2.0 */
#include "files.h"
#include "output.h"
#include "rights.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int cmd_receipt_issue(struct app *app) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    int64_t seq;
    int exit_status = EXIT_DONE;
    if (!number_read(app->argument[0], &seq))
        return fail_usage(app, "SEQ is the number of an event");
    consent_status status = consent_receipt_issue(app->store, seq, &rows, &error);
    if (status < 0)
        return fail(app, "receipt issue", status, error);
    if (app->json)
        exit_status = print_json(row_json(rows, 0), EXIT_DONE);
    else
        puts(consent_rows_text(rows, 0, "receipt"));
    consent_rows_free(rows);
    return exit_status;
}

static int print_verdict(struct app *app, const consent_rows *rows) {
    bool ok = consent_rows_number(rows, 0, "ok", 0) != 0;
    const char *payload = consent_rows_text(rows, 0, "payload");
    const char *why = consent_rows_text(rows, 0, "why");
    if (app->json) {
        cJSON *object = cJSON_CreateObject();
        put_bool(object, "ok", ok);
        put_text(object, "why", why);
        put_raw(object, "payload", payload != NULL ? payload : "{}");
        return print_json(object, ok ? EXIT_DONE : EXIT_NO);
    }
    print_colour(app, ok ? COLOUR_YES : COLOUR_NO);
    fputs(ok ? "good" : "bad: ", stdout);
    if (!ok)
        fputs(why, stdout);
    print_colour(app, COLOUR_END);
    putchar('\n');
    if (payload != NULL) {
        cJSON *value = cJSON_Parse(payload);
        char *text = cJSON_Print(value);
        print_text(text != NULL ? text : payload, true);
        putchar('\n');
        cJSON_free(text);
        cJSON_Delete(value);
    }
    return ok ? EXIT_DONE : EXIT_NO;
}

/* Tries the keys of the store's log, newest first; the verdict of the one whose name the receipt
 * bears, else that of the newest. */
static consent_status verify_stored(struct app *app, const char *text, size_t len,
                                    consent_rows **out, consent_error **error) {
    consent_rows *keys = NULL;
    consent_status status = consent_ledger_key(app->store, &keys, error);
    for (size_t i = consent_rows_count(keys); status >= 0 && i-- > 0;) {
        consent_rows *rows = NULL;
        status = consent_receipt_verify(text, len, consent_rows_text(keys, i, "key"), &rows, error);
        const char *why = consent_rows_text(rows, 0, "why");
        if (*out == NULL || why == NULL || strcmp(why, "KEY_FOREIGN") != 0) {
            consent_rows_free(*out);
            *out = rows;
        } else {
            consent_rows_free(rows);
        }
        if (why == NULL || strcmp(why, "KEY_FOREIGN") != 0)
            break;
    }
    consent_rows_free(keys);
    return status;
}

int cmd_receipt_verify(struct app *app) {
    const char *key = app_option(app, OPT_VKEY);
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    char *text = NULL;
    size_t len = 0;
    if (key == NULL && app->store == NULL)
        return fail_usage(app, "--vkey V, or --store FILE with the log's keys, is needed");
    int exit_status = files_read(app, "receipt verify", app->argument[0], &text, &len);
    if (exit_status != EXIT_DONE)
        return exit_status;
    consent_status status = key != NULL ? consent_receipt_verify(text, len, key, &rows, &error)
                                        : verify_stored(app, text, len, &rows, &error);
    exit_status =
        status < 0 ? fail(app, "receipt verify", status, error) : print_verdict(app, rows);
    consent_rows_free(rows);
    free(text);
    return exit_status;
}
