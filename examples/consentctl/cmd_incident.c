/* SPDX-License-Identifier: Apache-2.0 */
/* Incidents: what happened, who is told and how, the report to the authority. */
#include "output.h"
#include "rights.h"
#include "when.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static cJSON *incident_json(const consent_rows *rows, size_t row) {
    cJSON *object = row_json(rows, row);
    (void)list_of(object, "reports");
    return object;
}

static void print_incident(const consent_rows *rows) {
    printf("incident %" PRId64 " %s %s\n", consent_rows_number(rows, 0, "incident", -1),
           consent_rows_text(rows, 0, "kind"), consent_rows_text(rows, 0, "state"));
    printf("affected %" PRId64 ", told %" PRId64 ", untold %" PRId64 "%s\n",
           consent_rows_number(rows, 0, "affected", 0), consent_rows_number(rows, 0, "told", 0),
           consent_rows_number(rows, 0, "untold", 0),
           consent_rows_number(rows, 0, "announced", 0) ? ", announced" : "");
    if (consent_rows_number(rows, 0, "overdue", 0))
        puts("overdue");
    printf("missing %s\n", consent_rows_text(rows, 0, "missing"));
}

static int print_one(struct app *app, consent_rows *rows) {
    int exit_status = EXIT_DONE;
    if (app->json)
        exit_status = print_json(incident_json(rows, 0), EXIT_DONE);
    else
        print_incident(rows);
    consent_rows_free(rows);
    return exit_status;
}

static int on_incident(struct app *app, const char *operation, number_fn call) {
    return on_number(app, operation, "incident", call, print_one);
}

static int64_t time_of(const struct app *app, enum option option) {
    int64_t at = 0;
    if (app_option(app, option) != NULL)
        when_parse(app_option(app, option), &at);
    return at;
}

int cmd_incident_open(struct app *app) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    consent_status status =
        consent_incident_open(app->store, app_option(app, OPT_POLICY), app_option(app, OPT_KIND),
                              app_option(app, OPT_WHY), time_of(app, OPT_OBSERVED), app->args.item,
                              app->args.item_count, &rows, &error);
    return status < 0 ? fail(app, "incident open", status, error) : print_one(app, rows);
}

static consent_status describe(struct app *app, int64_t number, consent_rows **out,
                               consent_error **err) {
    return consent_incident_describe(app->store, number, app_option(app, OPT_NAME),
                                     app_option(app, OPT_VALUE), out, err);
}

int cmd_incident_describe(struct app *app) {
    return on_incident(app, "incident describe", describe);
}

static consent_status report(struct app *app, int64_t number, consent_rows **out,
                             consent_error **err) {
    return consent_incident_report(app->store, number, app_option(app, OPT_AUTHORITY),
                                   time_of(app, OPT_OBSERVED), app_option(app, OPT_WHY), out, err);
}

int cmd_incident_report(struct app *app) {
    return on_incident(app, "incident report", report);
}

int cmd_incident_affect(struct app *app) {
    consent_error *error = NULL;
    int64_t number = 0, added = 0;
    bool all = args_has(&app->args, OPT_ALL_SUBJECTS);
    int exit_status = argument_number(app, app->argument[0], "incident", &number);
    if (exit_status != EXIT_DONE)
        return exit_status;
    if (all == (app->argument_count > 1))
        return fail_usage(app, "incident affect needs subjects, or --all-subjects");
    consent_status status = consent_incident_affect(app->store, number, app->argument + 1,
                                                    app->argument_count - 1, &added, &error);
    if (status < 0)
        return fail(app, "incident affect", status, error);
    if (!app->json) {
        printf("%" PRId64 " more affected\n", added);
        return EXIT_DONE;
    }
    cJSON *object = cJSON_CreateObject();
    put_number(object, "incident", number);
    put_number(object, "added", added);
    return print_json(object, EXIT_DONE);
}

static consent_status announce(struct app *app, int64_t number, consent_rows **out,
                               consent_error **err) {
    return consent_incident_announce(app->store, number, app_option(app, OPT_WHY), out, err);
}

static int to_everybody(struct app *app) {
    const char *channel = app_option(app, OPT_CHANNEL);
    if (channel == NULL || strcmp(channel, "announcement") != 0)
        return fail_usage(app,
                          "incident notify needs a subject, or --channel announcement --why TEXT");
    return on_incident(app, "incident notify", announce);
}

static consent_status notify(struct app *app, int64_t number, consent_rows **out,
                             consent_error **err) {
    return consent_incident_notify(app->store, number, app->argument[1],
                                   app_option(app, OPT_CHANNEL), !args_has(&app->args, OPT_DENIED),
                                   out, err);
}

static int print_told(struct app *app, consent_rows *rows) {
    const char *next = consent_rows_text(rows, 0, "next");
    bool told = consent_rows_number(rows, 0, "told", 0) != 0;
    int exit_status = EXIT_DONE;
    if (app->json)
        exit_status = print_json(row_json(rows, 0), EXIT_DONE);
    else
        printf("%s%s%s\n", told ? "told" : "not reached", next != NULL ? "; next: " : "",
               next != NULL ? next : "");
    consent_rows_free(rows);
    return exit_status;
}

int cmd_incident_notify(struct app *app) {
    if (app->argument_count == 1)
        return to_everybody(app);
    return on_number(app, "incident notify", "incident", notify, print_told);
}

static consent_status end(struct app *app, int64_t number, consent_rows **out,
                          consent_error **err) {
    return consent_incident_close(app->store, number, app_option(app, OPT_WHY),
                                  app_option(app, OPT_ACTOR), out, err);
}

int cmd_incident_close(struct app *app) {
    return on_incident(app, "incident close", end);
}

static int list(struct app *app) {
    const struct column columns[] = {{"INCIDENT", "incident"}, {"KIND", "kind"},
                                     {"STATE", "state"},       {"DISCOVERED", "discovered"},
                                     {"DUE", "due"},           {"UNTOLD", "untold"}};
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    consent_status status = consent_incident_list(app->store, &rows, &error);
    int exit_status = EXIT_DONE;
    if (status < 0)
        return fail(app, "incident show", status, error);
    if (app->json) {
        cJSON *object = cJSON_CreateObject();
        cJSON *array = cJSON_AddArrayToObject(object, "incidents");
        for (size_t i = 0; i < consent_rows_count(rows); i++)
            cJSON_AddItemToArray(array, incident_json(rows, i));
        exit_status = print_json(object, EXIT_DONE);
    } else {
        print_table(app, rows, columns, sizeof columns / sizeof columns[0]);
    }
    consent_rows_free(rows);
    return exit_status;
}

static consent_status show(struct app *app, int64_t number, consent_rows **out,
                           consent_error **err) {
    return consent_incident_get(app->store, number, out, err);
}

int cmd_incident_show(struct app *app) {
    return app->argument_count == 0 ? list(app) : on_incident(app, "incident show", show);
}
