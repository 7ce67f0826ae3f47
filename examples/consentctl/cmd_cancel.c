/* SPDX-License-Identifier: Apache-2.0 */
/* Cancelling, erasing, and what comes after. */
#include "files.h"
#include "output.h"
#include "rights.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int cmd_cancel_check(struct app *app) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    consent_status status =
        consent_cancel_check(app->store, app->argument[0], app_option(app, OPT_POLICY),
                             app_option(app, OPT_LANG), &rows, &error);
    if (status < 0)
        return fail(app, "cancel check", status, error);
    bool known = consent_rows_has(rows, 0, "eligible");
    int exit_status =
        known && consent_rows_number(rows, 0, "eligible", 0) != 0 ? EXIT_DONE : EXIT_NO;
    cJSON *object = row_json(rows, 0), *one;
    (void)list_of(object, "holds");
    if (app->json) {
        consent_rows_free(rows);
        return print_json(object, exit_status);
    }
    puts(exit_status == EXIT_DONE ? "eligible" : known ? "not eligible" : "undetermined");
    cJSON_ArrayForEach(one, list_of(object, "conditions")) {
        const char *key = cJSON_GetStringValue(cJSON_GetObjectItem(one, "key"));
        const char *how = cJSON_GetStringValue(cJSON_GetObjectItem(one, "status"));
        const char *why = cJSON_GetStringValue(cJSON_GetObjectItem(one, "why"));
        if (key != NULL && how != NULL && why != NULL)
            printf("  %-14s %s (%s)\n", how, key, why);
    }
    cJSON_ArrayForEach(one, list_of(object, "disputes"))
        printf("  dispute        %s\n", cJSON_GetStringValue(one));
    if (consent_rows_text(rows, 0, "holds") != NULL &&
        strcmp(consent_rows_text(rows, 0, "holds"), "[]") != 0)
        puts("  There are holds: consentctl delete check names what they keep.");
    cJSON_Delete(object);
    consent_rows_free(rows);
    return exit_status;
}

int cmd_cancel_open(struct app *app) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    consent_status status = consent_cancel_open(
        app->store, app->argument[0], app_option(app, OPT_POLICY), app_option(app, OPT_LANG),
        app_option(app, OPT_SHOWN), NULL, &rows, &error);
    if (status == CONSENT_E_REFUSED) { /* a dispute is known */
        (void)fail(app, "cancel open", status, error);
        return EXIT_NO;
    }
    return status < 0 ? fail(app, "cancel open", status, error) : print_request(app, rows);
}

static int print_erased(struct app *app, consent_rows *rows) {
    int exit_status = EXIT_DONE;
    cJSON *object = row_json(rows, 0), *one, *outcome = list_of(object, "outcome");
    if (app->json) {
        exit_status = print_json(object, EXIT_DONE);
    } else {
        printf("erased as %s, %" PRId64 " events, %s\n", consent_rows_text(rows, 0, "uid"),
               consent_rows_number(rows, 0, "events", 0),
               strcmp(consent_rows_text(rows, 0, "scrub"), "done") == 0
                   ? "nothing is left in the log"
                   : "pending: somebody reads the store");
        cJSON_ArrayForEach(one, outcome) {
            const char *item = cJSON_GetStringValue(cJSON_GetObjectItem(one, "item"));
            const char *then = cJSON_GetStringValue(cJSON_GetObjectItem(one, "then"));
            const char *until = cJSON_GetStringValue(cJSON_GetObjectItem(one, "until"));
            if (item != NULL && then != NULL)
                printf("  %-10s %s%s%s\n", then, item, until != NULL ? " until " : "",
                       until != NULL ? until : "");
        }
        printf("proof of erasure: %s\n", consent_rows_text(rows, 0, "proof"));
        cJSON_Delete(object);
    }
    consent_rows_free(rows);
    return exit_status;
}

int cmd_cancel_execute(struct app *app) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    consent_status status = consent_cancel_execute(app->store, app->argument[0],
                                                   args_has(&app->args, OPT_SCRUB), &rows, &error);
    if (status == CONSENT_E_REFUSED) { /* ineligible, or undetermined */
        (void)fail(app, "cancel execute", status, error);
        return EXIT_NO;
    }
    return status < 0 ? fail(app, "cancel execute", status, error) : print_erased(app, rows);
}

int cmd_delete_check(struct app *app) {
    const struct column columns[] = {{"ITEM", "item"},   {"DELETABLE", "deletable"},
                                     {"WHY", "why"},     {"THEN", "then"},
                                     {"UNTIL", "until"}, {"HOLD", "hold"}};
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    bool asked = app->args.item_count > 0;
    int exit_status = EXIT_DONE;
    consent_status status = consent_delete_check(
        app->store, app->argument[0], app_option(app, OPT_POLICY),
        asked ? app->args.item[app->args.item_count - 1] : NULL, &rows, &error);
    if (status < 0)
        return fail(app, "delete check", status, error);
    if (asked && consent_rows_number(rows, 0, "deletable", 0) == 0)
        exit_status = EXIT_NO;
    if (app->json)
        exit_status = print_json(rows_object("items", rows), exit_status);
    else
        print_table(app, rows, columns, sizeof columns / sizeof columns[0]);
    consent_rows_free(rows);
    return exit_status;
}

int cmd_erase(struct app *app) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    int64_t request = 0;
    int exit_status =
        argument_number(app, app_option(app, OPT_REQUEST), "argument of --request", &request);
    consent_status status;
    if (exit_status != EXIT_DONE)
        return exit_status;
    status = consent_erase(app->store, app->argument[0], request, args_has(&app->args, OPT_SCRUB),
                           &rows, &error);
    return status < 0 ? fail(app, "erase", status, error) : print_erased(app, rows);
}

/* ---- lists ---- */

static int write_new(struct app *app, const char *path, const char *text) {
    size_t n = strlen(text);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    bool good = fd >= 0 && write(fd, text, n) == (ssize_t)n && fsync(fd) == 0;
    int code = errno;
    if (fd >= 0)
        good = close(fd) == 0 && good;
    if (good)
        return EXIT_DONE;
    return fail_here(app, "erasures export", code == EEXIST ? CONSENT_E_EXISTS : CONSENT_E_IO,
                     "the file cannot be written: %s", strerror(code));
}

int cmd_erasures_export(struct app *app) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    consent_status status = consent_erasures_export(app->store, &rows, &error);
    int exit_status;
    if (status < 0)
        return fail(app, "erasures export", status, error);
    exit_status = write_new(app, app->argument[0], consent_rows_text(rows, 0, "list"));
    if (exit_status == EXIT_DONE && app->json) {
        cJSON *object = cJSON_CreateObject();
        put_number(object, "erased", consent_rows_number(rows, 0, "erased", 0));
        exit_status = print_json(object, EXIT_DONE);
    } else if (exit_status == EXIT_DONE) {
        printf("%" PRId64 " erased subjects listed\n", consent_rows_number(rows, 0, "erased", 0));
    }
    consent_rows_free(rows);
    return exit_status;
}

int cmd_erasures_apply(struct app *app) {
    consent_error *error = NULL;
    char *bytes = NULL;
    size_t len = 0;
    int64_t erased = 0;
    int exit_status = files_read(app, "erasures apply", app->argument[0], &bytes, &len);
    consent_status status;
    if (exit_status != EXIT_DONE) {
        free(bytes);
        return exit_status;
    }
    status = consent_erasures_apply(app->store, bytes, NULL, args_has(&app->args, OPT_SCRUB),
                                    &erased, &error);
    free(bytes);
    if (status < 0)
        return fail(app, "erasures apply", status, error);
    if (!app->json) {
        printf("%" PRId64 " subjects erased\n", erased);
        return EXIT_DONE;
    }
    cJSON *object = cJSON_CreateObject();
    put_number(object, "erased", erased);
    return print_json(object, EXIT_DONE);
}

int cmd_erasure_tasks(struct app *app) {
    const struct column columns[] = {
        {"UID", "uid"},     {"RECIPIENT", "recipient"}, {"ERASURE", "event"},
        {"ITEMS", "items"}, {"HELD", "held"},
    };
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    consent_status status = consent_erasure_tasks(app->store, true, &rows, &error);
    if (status < 0 || !app->json)
        return answer_table(app, "erasures tasks", status, rows, error, "tasks", columns,
                            sizeof columns / sizeof columns[0]);
    cJSON *object = rows_object("tasks", rows), *task;
    cJSON_ArrayForEach(task, cJSON_GetObjectItem(object, "tasks")) {
        (void)list_of(task, "held");
    }
    consent_rows_free(rows);
    return print_json(object, EXIT_DONE);
}

int cmd_erasure_done(struct app *app) {
    consent_error *error = NULL;
    const char *recipient = app_option(app, OPT_RECIPIENT);
    consent_status status = consent_erasure_done(app->store, app->argument[0], recipient,
                                                 app_option(app, OPT_ACTOR), &error);
    if (status < 0)
        return fail(app, "erasures done", status, error);
    if (!app->json) {
        puts("done");
        return EXIT_DONE;
    }
    cJSON *object = cJSON_CreateObject();
    put_text(object, "uid", app->argument[0]);
    put_text(object, "recipient", recipient != NULL ? recipient : "");
    put_bool(object, "done", true);
    return print_json(object, EXIT_DONE);
}
