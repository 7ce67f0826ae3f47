/* SPDX-License-Identifier: Apache-2.0 */
#include "output.h"

#include <inttypes.h>
#include <stdio.h>

/* Prints the subject as it stands now; `added` when the command may add one. */
static int print_subject(struct app *app, const char *operation, const bool *added) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    consent_status status = consent_subject_get(app->store, app->argument[0], &rows, &error);
    int exit_status = EXIT_DONE;
    if (status < 0)
        return fail(app, operation, status, error);
    if (app->json) {
        cJSON *object = row_json(rows, 0);
        if (added != NULL)
            put_bool(object, "added", *added);
        exit_status = print_json(object, EXIT_DONE);
    } else {
        const struct column columns[] = {{"SUBJECT", "subject"},
                                         {"UID", "uid"},
                                         {"STATE", "state"},
                                         {"BORN", "born"},
                                         {"REGISTERED", "registered_at"},
                                         {"DECISIONS", "decisions"}};
        if (added != NULL)
            puts(*added ? "registered" : "registered before");
        print_table(app, rows, columns, sizeof columns / sizeof columns[0]);
    }
    consent_rows_free(rows);
    return exit_status;
}

int cmd_subject_adopt(struct app *app) {
    consent_error *error = NULL;
    int64_t count = 0;
    consent_status status = consent_subject_adopt(app->store, app->argument[0], app->argument[1],
                                                  app_option(app, OPT_BY), &count, &error);
    if (status < 0)
        return fail(app, "subject adopt", status, error);
    if (app->json) {
        cJSON *object = cJSON_CreateObject();
        put_bool(object, "adopted", true);
        put_number(object, "decisions", count);
        return print_json(object, EXIT_DONE);
    }
    printf("adopted, %" PRId64 " decisions taken over\n", count);
    return EXIT_DONE;
}

/* ---- what the line says of the age ---- */

int cmd_subject_add_fits(struct app *app) {
    if (args_has(&app->args, OPT_BORN) && args_has(&app->args, OPT_AGE_UNKNOWN))
        return fail_usage(app, "--born and --age-unknown contradict each other");
    return EXIT_DONE;
}

int cmd_subject_set_fits(struct app *app) {
    if (!args_has(&app->args, OPT_BORN) && !args_has(&app->args, OPT_AGE_UNKNOWN))
        return fail_usage(app, "nothing to set: --born DATE or --age-unknown is needed");
    return cmd_subject_add_fits(app);
}

/* ---- add, set, show, list ---- */

int cmd_subject_add(struct app *app) {
    consent_error *error = NULL;
    consent_status status;
    bool added;
    status = consent_subject_add(app->store, app->argument[0], app_option(app, OPT_BORN), &error);
    if (status < 0)
        return fail(app, "subject add", status, error);
    added = status == CONSENT_OK;
    return print_subject(app, "subject add", &added);
}

int cmd_subject_set(struct app *app) {
    consent_error *error = NULL;
    consent_status status;
    status =
        consent_subject_set_born(app->store, app->argument[0], app_option(app, OPT_BORN), &error);
    if (status < 0)
        return fail(app, "subject set", status, error);
    return print_subject(app, "subject set", NULL);
}

int cmd_subject_show(struct app *app) {
    return print_subject(app, "subject show", NULL);
}

int cmd_subject_list(struct app *app) {
    const struct column columns[] = {{"SUBJECT", "subject"},
                                     {"STATE", "state"},
                                     {"BORN", "born"},
                                     {"REGISTERED", "registered_at"},
                                     {"DECISIONS", "decisions"}};
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    consent_status status = consent_subject_list(app->store, 0, 0, &rows, &error);
    return answer_table(app, "subject list", status, rows, error, "subjects", columns,
                        sizeof columns / sizeof columns[0]);
}
