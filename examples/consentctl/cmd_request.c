/* SPDX-License-Identifier: Apache-2.0 */
/* Calendars and requests. */
#include "files.h"
#include "output.h"
#include "rights.h"
#include "when.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what these commands share ---- */

bool number_read(const char *text, int64_t *out) {
    char *end = NULL;
    if (text == NULL || *text < '0' || *text > '9' || strlen(text) > 15)
        return false;
    *out = strtoll(text, &end, 10);
    return *end == '\0';
}

int argument_number(struct app *app, const char *text, const char *what, int64_t *out) {
    if (number_read(text, out))
        return EXIT_DONE;
    return fail_usage(app, "the %s is not a number", what);
}

int on_number(struct app *app, const char *operation, const char *what, number_fn call,
              int (*print)(struct app *app, consent_rows *rows)) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    int64_t number = 0;
    int exit_status = argument_number(app, app->argument[0], what, &number);
    consent_status status;
    if (exit_status != EXIT_DONE)
        return exit_status;
    status = call(app, number, &rows, &error);
    return status < 0 ? fail(app, operation, status, error) : print(app, rows);
}

static cJSON *time_text(int64_t at) {
    cJSON *holder = cJSON_CreateObject(), *text;
    put_time(holder, "t", at);
    text = cJSON_DetachItemFromObject(holder, "t");
    cJSON_Delete(holder);
    return text;
}

/* Members named at, due and until that are microseconds become RFC 3339. */
static void times_of(cJSON *value) {
    static const char *const names[] = {"at", "due", "until"};
    cJSON *child;
    for (child = value->child; child != NULL; child = child->next)
        times_of(child);
    for (size_t i = 0; cJSON_IsObject(value) && i < sizeof names / sizeof names[0]; i++) {
        child = cJSON_GetObjectItemCaseSensitive(value, names[i]);
        if (cJSON_IsNumber(child)) {
            cJSON *text = time_text((int64_t)child->valuedouble);
            if (text != NULL)
                cJSON_ReplaceItemInObjectCaseSensitive(value, names[i], text);
        }
    }
}

cJSON *list_of(cJSON *object, const char *key) {
    cJSON *raw = cJSON_GetObjectItemCaseSensitive(object, key), *list;
    if (!cJSON_IsRaw(raw))
        return raw;
    list = cJSON_Parse(raw->valuestring);
    if (list == NULL)
        return NULL;
    times_of(list);
    if (!cJSON_ReplaceItemInObjectCaseSensitive(object, key, list)) {
        cJSON_Delete(list);
        return NULL;
    }
    return list;
}

/* A due date is the last second of its day in the offset of its calendar. */
static cJSON *with_local_due(cJSON *object) {
    cJSON *local = cJSON_DetachItemFromObject(object, "due_local");
    if (cJSON_IsString(local))
        cJSON_ReplaceItemInObject(object, "due", local);
    else
        cJSON_Delete(local);
    return object;
}

int print_request(struct app *app, consent_rows *rows) {
    int exit_status = EXIT_DONE;
    if (app->json) {
        cJSON *object = with_local_due(row_json(rows, 0));
        (void)list_of(object, "history");
        exit_status = print_json(object, EXIT_DONE);
    } else {
        const char *due = consent_rows_text(rows, 0, "due_local");
        printf("request %" PRId64 ", %s: %s\n", consent_rows_number(rows, 0, "request", -1),
               consent_rows_text(rows, 0, "kind"), consent_rows_text(rows, 0, "state"));
        printf("due %s%s\n", due != NULL ? due : "-",
               consent_rows_number(rows, 0, "provisional", 0) != 0
                   ? " (provisional: the calendar lacks data)"
                   : "");
        if (consent_rows_number(rows, 0, "overdue", 0) != 0)
            puts("It is overdue.");
    }
    consent_rows_free(rows);
    return exit_status;
}

static int print_requests(struct app *app, consent_rows *rows) {
    const struct column columns[] = {{"REQUEST", "request"}, {"KIND", "kind"},
                                     {"STATE", "state"},     {"DUE", "due_local"},
                                     {"OVERDUE", "overdue"}, {"SUBJECT", "subject"}};
    int exit_status = EXIT_DONE;
    if (app->json) {
        cJSON *object = rows_object("requests", rows), *one;
        cJSON_ArrayForEach(one, cJSON_GetObjectItem(object, "requests"))(void) with_local_due(one);
        exit_status = print_json(object, EXIT_DONE);
    } else {
        print_table(app, rows, columns, sizeof columns / sizeof columns[0]);
    }
    consent_rows_free(rows);
    return exit_status;
}

/* ---- calendars ---- */

int cmd_calendar_import(struct app *app) {
    consent_error *error = NULL;
    char *bytes = NULL;
    size_t len = 0;
    int exit_status = files_read(app, "calendar import", app->argument[0], &bytes, &len);
    consent_status status;
    if (exit_status != EXIT_DONE) {
        free(bytes);
        return exit_status;
    }
    status = consent_calendar_import(app->store, bytes, len, &error);
    free(bytes);
    if (status < 0)
        return fail(app, "calendar import", status, error);
    if (!app->json) {
        puts(status == CONSENT_OK ? "imported" : "in use already");
        return EXIT_DONE;
    }
    cJSON *object = cJSON_CreateObject();
    put_bool(object, "changed", status == CONSENT_OK);
    return print_json(object, EXIT_DONE);
}

int cmd_calendar_due(struct app *app) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    int64_t days = 0;
    int exit_status = argument_number(app, app_option(app, OPT_DAYS), "argument of --days", &days);
    consent_status status;
    if (exit_status != EXIT_DONE)
        return exit_status;
    status =
        consent_calendar_due(app->store, app_option(app, OPT_CALENDAR), app_option(app, OPT_FROM),
                             days, NULL, app_option(app, OPT_CONVENTION), &rows, &error);
    if (status < 0)
        return fail(app, "calendar due", status, error);
    if (app->json) {
        exit_status = print_json(with_local_due(row_json(rows, 0)), EXIT_DONE);
    } else {
        printf("due %s%s\ndays counted: ", consent_rows_text(rows, 0, "due_local"),
               consent_rows_number(rows, 0, "provisional", 0) != 0 ? " (provisional)" : "");
        print_text(consent_rows_text(rows, 0, "days"), false);
        putchar('\n');
    }
    consent_rows_free(rows);
    return exit_status;
}

/* ---- requests ---- */

typedef consent_status (*request_setter)(consent_request *request, const char *text);

static consent_status set_request(const struct app *app, consent_request *request) {
    static const struct {
        enum option option;
        request_setter set;
    } setters[] = {
        {OPT_POLICY, consent_request_set_policy},     {OPT_CHANNEL, consent_request_set_channel},
        {OPT_STANDING, consent_request_set_standing}, {OPT_BY, consent_request_set_guardian},
        {OPT_EVIDENCE, consent_request_set_evidence}, {OPT_METHOD, consent_request_set_method},
    };
    const char *received = app_option(app, OPT_OBSERVED);
    int64_t at;
    for (size_t i = 0; i < sizeof setters / sizeof setters[0]; i++) {
        const char *text = app_option(app, setters[i].option);
        consent_status status = text != NULL ? setters[i].set(request, text) : CONSENT_OK;
        if (status < 0)
            return status;
    }
    return received != NULL && when_parse(received, &at) ? consent_request_set_received(request, at)
                                                         : CONSENT_OK;
}

int cmd_request_open(struct app *app) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    consent_request *request = consent_request_new(app->argument[0], app_option(app, OPT_KIND));
    consent_status status = request != NULL ? set_request(app, request) : CONSENT_E_MEMORY;
    if (status >= 0)
        status = consent_request_open(app->store, request, &rows, &error);
    consent_request_free(request);
    return status < 0 ? fail(app, "request open", status, error) : print_request(app, rows);
}

int cmd_request_list(struct app *app) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    consent_status status = consent_request_list(
        app->store, app->argument_count > 0 ? app->argument[0] : NULL, &rows, &error);
    return status < 0 ? fail(app, "request list", status, error) : print_requests(app, rows);
}

int cmd_request_due(struct app *app) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    consent_status status = consent_request_due(app->store, &rows, &error);
    return status < 0 ? fail(app, "request due", status, error) : print_requests(app, rows);
}

static consent_status show(struct app *app, int64_t number, consent_rows **out,
                           consent_error **err) {
    return consent_request_get(app->store, number, out, err);
}

int cmd_request_show(struct app *app) {
    return on_number(app, "request show", "request", show, print_request);
}

static consent_status advance(struct app *app, int64_t number, consent_rows **out,
                              consent_error **err) {
    return consent_request_advance(app->store, number, app_option(app, OPT_TO),
                                   app_option(app, OPT_WHY), app_option(app, OPT_ACTOR),
                                   app_option(app, OPT_METHOD), app_option(app, OPT_DOCUMENT), out,
                                   err);
}

int cmd_request_advance(struct app *app) {
    return on_number(app, "request advance", "request", advance, print_request);
}

static consent_status extend(struct app *app, int64_t number, consent_rows **out,
                             consent_error **err) {
    return consent_request_extend(app->store, number, app_option(app, OPT_WHY),
                                  app_option(app, OPT_ACTOR), out, err);
}

int cmd_request_extend(struct app *app) {
    return on_number(app, "request extend", "request", extend, print_request);
}
