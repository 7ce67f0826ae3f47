/* SPDX-License-Identifier: Apache-2.0 */
#include "output.h"
#include "when.h"

#include <stdio.h>
#include <string.h>

/* The links of the child as they stand now, after a change or for themselves. */
static int print_links(struct app *app, const char *operation, bool changed, bool done) {
    const struct column columns[] = {{"GUARDIAN", "guardian"},    {"STATE", "state"},
                                     {"EVIDENCE", "evidence"},    {"SINCE", "since"},
                                     {"VERIFIED", "verified_at"}, {"ENDED", "ended_at"},
                                     {"UNTIL", "until"}};
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    int exit_status = EXIT_DONE;
    consent_status status = consent_guardian_list(app->store, app->argument[0], &rows, &error);
    if (status < 0)
        return fail(app, operation, status, error);
    if (app->json) {
        cJSON *object = rows_object("guardians", rows);
        if (changed)
            put_bool(object, "changed", !done);
        exit_status = print_json(object, EXIT_DONE);
    } else {
        print_table(app, rows, columns, sizeof columns / sizeof columns[0]);
    }
    consent_rows_free(rows);
    return exit_status;
}

int cmd_guardian_link(struct app *app) {
    consent_error *error = NULL;
    int64_t until = 0;
    if (app_option(app, OPT_UNTIL) != NULL)
        when_parse(app_option(app, OPT_UNTIL), &until);
    consent_status status = consent_guardian_link(
        app->store, app->argument[0], app->argument[1], app_option(app, OPT_POLICY),
        app_option(app, OPT_EVIDENCE), app_option(app, OPT_DOCUMENT), until, &error);
    if (status < 0)
        return fail(app, "guardian link", status, error);
    return print_links(app, "guardian link", true, status == CONSENT_DONE);
}

int cmd_guardian_verify(struct app *app) {
    consent_error *error = NULL;
    consent_status status = consent_guardian_verify(
        app->store, app->argument[0], app->argument[1], app_option(app, OPT_POLICY),
        app_option(app, OPT_ACTOR), app_option(app, OPT_EVIDENCE), app_option(app, OPT_DOCUMENT),
        &error);
    if (status < 0)
        return fail(app, "guardian verify", status, error);
    return print_links(app, "guardian verify", true, status == CONSENT_DONE);
}

/* Without --why the guardian gives it up. 0: no such end. */
static int32_t end_of(const struct app *app) {
    const char *why = app_option(app, OPT_WHY);
    if (why == NULL)
        return CONSENT_END_GUARDIAN;
    for (int32_t end = CONSENT_END_SUBJECT; end <= CONSENT_END_MAJORITY; end++)
        if (strcmp(consent_end_name(end), why) == 0)
            return end;
    return 0;
}

int cmd_guardian_end_fits(struct app *app) {
    if (end_of(app) == 0)
        return fail_usage(app, "the argument of --why is not subject, guardian, court or majority");
    return EXIT_DONE;
}

int cmd_guardian_end(struct app *app) {
    consent_error *error = NULL;
    consent_status status = consent_guardian_end(app->store, app->argument[0], app->argument[1],
                                                 app_option(app, OPT_POLICY), end_of(app), &error);
    if (status < 0)
        return fail(app, "guardian end", status, error);
    return print_links(app, "guardian end", true, status == CONSENT_DONE);
}

int cmd_guardian_list(struct app *app) {
    return print_links(app, "guardian list", false, false);
}
