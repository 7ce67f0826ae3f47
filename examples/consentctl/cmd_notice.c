/* SPDX-License-Identifier: Apache-2.0 */
#include "output.h"

#include <stdlib.h>
#include <string.h>

static void print_words(const char *json) {
    cJSON *list = cJSON_Parse(json);
    const cJSON *c;
    cJSON_ArrayForEach(c, list) {
        char *line = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(c, "text"));
        fputs("  - ", stdout);
        print_text(line != NULL ? line : "", false);
        putchar('\n');
    }
    cJSON_Delete(list);
}

static int print_notices(struct app *app, consent_rows *rows) {
    int status = EXIT_DONE;
    if (app->json) {
        status = print_json(rows_object("notices", rows), EXIT_DONE);
    } else {
        for (size_t i = 0; i < consent_rows_count(rows); i++) {
            print_colour(app, COLOUR_HEADING);
            print_text(consent_rows_text(rows, i, "policy"), false);
            putchar(' ');
            print_text(consent_rows_text(rows, i, "version"), false);
            print_colour(app, COLOUR_END);
            printf(": %s, %s\n  ", consent_rows_text(rows, i, "class"),
                   consent_rows_text(rows, i, "form"));
            print_text(consent_rows_has(rows, i, "summary") ? consent_rows_text(rows, i, "summary")
                                                            : "",
                       false);
            putchar('\n');
            print_words(consent_rows_text(rows, i, "changes"));
        }
        if (consent_rows_count(rows) == 0)
            puts("nothing");
    }
    consent_rows_free(rows);
    return status;
}

int cmd_notice_pending_fits(struct app *app) {
    bool all = args_has(&app->args, OPT_ALL_SUBJECTS);
    if (!all && app->argument_count == 0)
        return fail_usage(app, "an argument is missing: %s", app->command->usage);
    if (all && app->argument_count > 0)
        return fail_usage(app, "an ID and --all-subjects contradict each other");
    return EXIT_DONE;
}

/* How many, not who and what: each version once. */
static int count_everybody(struct app *app) {
    const struct column columns[] = {{"POLICY", "policy"},
                                     {"VERSION", "version"},
                                     {"FORM", "form"},
                                     {"FROM", "from"},
                                     {"SUBJECTS", "subjects"},
                                     {"SHOWN", "shown"},
                                     {"ACKNOWLEDGED", "acknowledged"},
                                     {"WAITING", "waiting"}};
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    consent_status status =
        consent_notice_count(app->store, app_option(app, OPT_POLICY), 0, 0, NULL, &rows, &error);
    return answer_table(app, "notice pending", status, rows, error, "versions", columns,
                        sizeof columns / sizeof columns[0]);
}

int cmd_notice_pending(struct app *app) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    if (args_has(&app->args, OPT_ALL_SUBJECTS))
        return count_everybody(app);
    consent_status status =
        consent_notice_pending(app->store, app->argument[0], app_option(app, OPT_POLICY),
                               app_option(app, OPT_LANG), &rows, &error);
    return status < 0 ? fail(app, "notice pending", status, error) : print_notices(app, rows);
}

int cmd_notice_page(struct app *app) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    consent_status status = consent_notice_page(app->store, app_option(app, OPT_POLICY),
                                                app_option(app, OPT_LANG), &rows, &error);
    return status < 0 ? fail(app, "notice page", status, error) : print_notices(app, rows);
}

static int record(struct app *app, bool acknowledged) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    const char *version = app->argument_count > 1 ? app->argument[1] : NULL;
    const char *policy = app_option(app, OPT_POLICY), *surface = app_option(app, OPT_SURFACE);
    const char *lang = app_option(app, OPT_LANG);
    consent_status status =
        acknowledged
            ? consent_notice_acknowledge(app->store, app->argument[0], policy, version, surface,
                                         lang, app_option(app, OPT_BY), &rows, &error)
            : consent_notice_shown(app->store, app->argument[0], policy, version, surface, lang,
                                   &rows, &error);
    int exit_status = EXIT_DONE;
    if (status < 0)
        return fail(app, acknowledged ? "notice ack" : "notice shown", status, error);
    if (app->json)
        exit_status = print_json(rows_object("events", rows), EXIT_DONE);
    else
        printf("recorded: %zu\n", consent_rows_count(rows));
    consent_rows_free(rows);
    return exit_status;
}

int cmd_notice_shown(struct app *app) {
    return record(app, false);
}

int cmd_notice_ack(struct app *app) {
    return record(app, true);
}
