/* SPDX-License-Identifier: Apache-2.0 */
/* What to ask next, and what may start. */
#include "output.h"

#include <stdio.h>
#include <string.h>

int cmd_ask(struct app *app) {
    const struct column columns[] = {
        {"SCREEN", "screen"}, {"POINT", "point"},       {"CLASS", "class"},          {"WHO", "who"},
        {"WHY", "why"},       {"REQUIRED", "required"}, {"NOT BEFORE", "not_before"}};
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    int exit_status = EXIT_DONE;
    consent_status status = consent_ask(app->store, app->argument[0], app_option(app, OPT_POLICY),
                                        app_option(app, OPT_LANG), &rows, &error);
    if (status < 0)
        return fail(app, "ask", status, error);
    if (app->json)
        exit_status = print_json(rows_object("asks", rows), EXIT_DONE);
    else if (consent_rows_count(rows) == 0)
        puts("Nothing to ask.");
    else
        print_table(app, rows, columns, sizeof columns / sizeof columns[0]);
    consent_rows_free(rows);
    return exit_status;
}

/* {"permission"|"recipient": name}, with the reason of a denial. */
static cJSON *start_json(const consent_rows *rows, bool allow) {
    cJSON *array = cJSON_CreateArray();
    for (size_t i = 0; i < consent_rows_count(rows); i++) {
        cJSON *object;
        if ((consent_rows_number(rows, i, "allow", 0) != 0) != allow)
            continue;
        object = cJSON_CreateObject();
        put_text(object, consent_rows_text(rows, i, "kind"), consent_rows_text(rows, i, "name"));
        put_text(object, "reason", consent_rows_text(rows, i, "reason"));
        cJSON_AddItemToArray(array, object);
    }
    return array;
}

int cmd_start(struct app *app) {
    const struct column columns[] = {
        {"WHAT", "kind"}, {"NAME", "name"}, {"MAY START", "allow"}, {"REASON", "reason"}};
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    int exit_status = EXIT_DONE;
    consent_status status =
        consent_start(app->store, app->argument[0], app_option(app, OPT_POLICY), &rows, &error);
    if (status < 0)
        return fail(app, "start", status, error);
    if (app->json) {
        cJSON *object = cJSON_CreateObject();
        cJSON_AddItemToObject(object, "allow", start_json(rows, true));
        cJSON_AddItemToObject(object, "deny", start_json(rows, false));
        exit_status = print_json(object, EXIT_DONE);
    } else {
        print_table(app, rows, columns, sizeof columns / sizeof columns[0]);
    }
    consent_rows_free(rows);
    return exit_status;
}
