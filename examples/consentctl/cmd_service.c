/* SPDX-License-Identifier: Apache-2.0 */
/* Holds, retention, the end of the service, a change of hands. */
#include "output.h"
#include "rights.h"
#include "when.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

static int print_hold(struct app *app, consent_rows *rows) {
    int exit_status = EXIT_DONE;
    if (app->json)
        exit_status = print_json(row_json(rows, 0), EXIT_DONE);
    else
        printf("hold %" PRId64 " %s\n", consent_rows_number(rows, 0, "hold", -1),
               consent_rows_text(rows, 0, "state"));
    consent_rows_free(rows);
    return exit_status;
}

int cmd_hold_place(struct app *app) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    int64_t until = 0;
    if (app_option(app, OPT_UNTIL) != NULL)
        when_parse(app_option(app, OPT_UNTIL), &until);
    consent_status status = consent_hold_place(
        app->store, app->argument[0], app_option(app, OPT_AUTHORITY), app->args.item,
        app->args.item_count, until, app_option(app, OPT_WHY), &rows, &error);
    return status < 0 ? fail(app, "hold place", status, error) : print_hold(app, rows);
}

static consent_status release(struct app *app, int64_t hold, consent_rows **out,
                              consent_error **err) {
    return consent_hold_release(app->store, hold, app_option(app, OPT_WHY),
                                app_option(app, OPT_ACTOR), out, err);
}

int cmd_hold_release(struct app *app) {
    return on_number(app, "hold release", "hold", release, print_hold);
}

int cmd_hold_list(struct app *app) {
    const struct column columns[] = {{"HOLD", "hold"},   {"SUBJECT", "subject"},
                                     {"STATE", "state"}, {"AUTHORITY", "authority"},
                                     {"UNTIL", "until"}, {"ITEMS", "items"}};
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    consent_status status = consent_hold_list(
        app->store, app->argument_count > 0 ? app->argument[0] : NULL, &rows, &error);
    int exit_status = EXIT_DONE;
    if (status < 0)
        return fail(app, "hold list", status, error);
    if (app->json)
        exit_status = print_json(rows_object("holds", rows), EXIT_DONE);
    else
        print_table(app, rows, columns, sizeof columns / sizeof columns[0]);
    consent_rows_free(rows);
    return exit_status;
}

int cmd_retention_due(struct app *app) {
    const struct column columns[] = {{"SUBJECT", "subject"},
                                     {"ITEM", "item"},
                                     {"THEN", "then"},
                                     {"DUE", "due"},
                                     {"HELD", "held"},
                                     {"WHY", "why"},
                                     {"EXTENDED", "extended_why"}};
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    consent_status status =
        consent_retention_due(app->store, app_option(app, OPT_POLICY), 0, &rows, &error);
    return answer_table(app, "retention due", status, rows, error, "due", columns,
                        sizeof columns / sizeof columns[0]);
}

static int print_applied(struct app *app, const int64_t sum[5]) {
    static const char *const names[] = {"looked", "erase", "restrict", "held"};
    if (!app->json) {
        printf("%" PRId64 " items to erase, %" PRId64 " restricted, %" PRId64 " held; %" PRId64
               " subjects looked at\n",
               sum[1], sum[2], sum[3], sum[0]);
        return EXIT_DONE;
    }
    cJSON *object = cJSON_CreateObject();
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        put_number(object, names[i], sum[i]);
    return print_json(object, EXIT_DONE);
}

int cmd_retention_apply(struct app *app) {
    static const char *const names[] = {"looked", "erase", "restrict", "held", "left"};
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    int64_t sum[5] = {0};
    consent_status status;
    do {
        status = consent_retention_apply(app->store, app_option(app, OPT_POLICY),
                                         app_option(app, OPT_ACTOR), 10000, &rows, &error);
        if (status < 0)
            return fail(app, "retention apply", status, error);
        for (size_t i = 0; i < 4; i++)
            sum[i] += consent_rows_number(rows, 0, names[i], 0);
        sum[4] = consent_rows_number(rows, 0, names[4], 0);
        consent_rows_free(rows);
        if (!app->json && isatty(STDERR_FILENO))
            fprintf(stderr, "%" PRId64 " looked at, about %" PRId64 " to go\r", sum[0], sum[4]);
    } while (sum[4] > 0);
    return print_applied(app, sum);
}

static int print_item(struct app *app, const char *what, bool yes) {
    if (!app->json) {
        printf("%s: %s\n", app->args.item[0], what);
        return EXIT_DONE;
    }
    cJSON *object = cJSON_CreateObject();
    put_text(object, "item", app->args.item[0]);
    put_bool(object, "extended", yes);
    return print_json(object, EXIT_DONE);
}

int cmd_retention_item_fits(struct app *app) {
    return app->args.item_count == 1 ? EXIT_DONE
                                     : fail_usage(app, "--item is given more than once");
}

int cmd_retention_extend(struct app *app) {
    consent_error *error = NULL;
    int64_t until = 0;
    when_parse(app_option(app, OPT_UNTIL), &until);
    consent_status status =
        consent_retention_extend(app->store, app->argument[0], app->args.item[0], until,
                                 app_option(app, OPT_WHY), app_option(app, OPT_ACTOR), &error);
    return status < 0 ? fail(app, "retention extend", status, error)
                      : print_item(app, "kept longer", true);
}

int cmd_retention_release(struct app *app) {
    consent_error *error = NULL;
    consent_status status =
        consent_retention_release(app->store, app->argument[0], app->args.item[0],
                                  app_option(app, OPT_WHY), app_option(app, OPT_ACTOR), &error);
    return status < 0 ? fail(app, "retention release", status, error)
                      : print_item(app, "kept no longer than its period", false);
}

int cmd_stop_service(struct app *app) {
    consent_error *error = NULL;
    int64_t done = 0, left = 1, all = 0;
    consent_status status = consent_service_stop(app->store, app_option(app, OPT_WHY), &error);
    bool stopped = status == CONSENT_OK;
    while (status >= 0 && left > 0) {
        status = consent_service_wind_down(app->store, 10000, &done, &left, &error);
        all += done;
        if (status >= 0 && !app->json && isatty(STDERR_FILENO))
            fprintf(stderr, "%" PRId64 " told, about %" PRId64 " to go\r", all, left);
    }
    if (status < 0)
        return fail(app, "stop-service", status, error);
    if (!app->json) {
        printf("%s; tasks for %" PRId64 " subjects\n",
               stopped ? "the service is stopped" : "the service was stopped before", all);
        return EXIT_DONE;
    }
    cJSON *object = cJSON_CreateObject();
    put_bool(object, "stopped", stopped);
    put_number(object, "subjects", all);
    return print_json(object, EXIT_DONE);
}

int cmd_controller_change(struct app *app) {
    consent_error *error = NULL;
    bool accepts = args_has(&app->args, OPT_ACCEPTS_POLICY);
    consent_status status =
        consent_controller_change(app->store, app_option(app, OPT_SUCCESSOR), accepts, &error);
    if (status < 0)
        return fail(app, "controller change", status, error);
    if (!app->json) {
        puts(accepts ? "recorded; consents stay" : "recorded; everybody is to be asked again");
        return EXIT_DONE;
    }
    cJSON *object = cJSON_CreateObject();
    put_text(object, "successor", app_option(app, OPT_SUCCESSOR));
    put_bool(object, "accepts_policy", accepts);
    return print_json(object, EXIT_DONE);
}
