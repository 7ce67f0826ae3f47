/* SPDX-License-Identifier: Apache-2.0 */
#include "files.h"
#include "output.h"
#include "when.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct column version_columns[] = {
    {"POLICY", "policy"},          {"VERSION", "version"},        {"STATE", "state"},
    {"EFFECTIVE", "effective_at"}, {"PUBLISHED", "published_at"}, {"SHA-256", "sha256"},
};
#define VERSION_COLUMNS (sizeof version_columns / sizeof version_columns[0])

/* Row of a version in a list, or the number of rows. */
static size_t find_version(const consent_rows *rows, const char *version) {
    size_t i = 0, n = consent_rows_count(rows);
    while (i < n && strcmp(consent_rows_text(rows, i, "version"), version) != 0)
        i++;
    return i;
}

/* Prints how a version stands after a command that changed it. */
static int print_version(struct app *app, const char *operation, const char *policy,
                         const char *version, const char *key, bool value) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    consent_status status = consent_policy_list(app->store, policy, &rows, &error);
    size_t row = find_version(rows, version);
    int exit_status = EXIT_DONE;
    if (status >= 0 && row == consent_rows_count(rows))
        status = CONSENT_E_NOT_FOUND;
    if (status < 0) {
        exit_status = fail(app, operation, status, error);
    } else if (app->json) {
        cJSON *object = row_json(rows, row);
        put_bool(object, key, value);
        exit_status = print_json(object, EXIT_DONE);
    } else {
        char text[WHEN_SIZE];
        print_text(policy, false);
        fputs(" version ", stdout);
        print_text(version, false);
        printf(": %s%s, effective %s\n", consent_rows_text(rows, row, "state"),
               value ? "" : " (was there already)",
               when_text(consent_rows_number(rows, row, "effective_at", 0), text));
    }
    consent_rows_free(rows);
    return exit_status;
}

/* ---- import, publish ---- */

static int import_bytes(struct app *app, const char *bytes, size_t len) {
    consent_error *error = NULL;
    consent_status status = consent_policy_import(app->store, bytes, len, &error);
    cJSON *bundle;
    const char *policy, *version;
    int exit_status;
    if (status < 0)
        return fail(app, "policy import", status, error);
    bundle = cJSON_ParseWithLength(bytes, len);
    policy = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(bundle, "policy"));
    version = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(bundle, "version"));
    if (policy != NULL && version != NULL)
        exit_status =
            print_version(app, "policy import", policy, version, "imported", status == CONSENT_OK);
    else
        exit_status = fail_here(app, "policy import", CONSENT_E_MEMORY, "out of memory");
    cJSON_Delete(bundle);
    return exit_status;
}

int cmd_policy_import(struct app *app) {
    char *bytes;
    size_t len;
    int exit_status = files_read(app, "policy import", app->argument[0], &bytes, &len);
    if (exit_status == EXIT_DONE)
        exit_status = app_option(app, OPT_TRUST) != NULL ? policy_import_signed(app, bytes, len)
                                                         : import_bytes(app, bytes, len);
    free(bytes);
    return exit_status;
}

int cmd_policy_publish(struct app *app) {
    consent_error *error = NULL;
    const char *policy = app->argument[0], *version = app->argument[1];
    consent_status status = consent_policy_publish(app->store, policy, version, &error);
    if (status < 0)
        return fail(app, "policy publish", status, error);
    return print_version(app, "policy publish", policy, version, "published", true);
}

/* ---- list, show, text ---- */

int cmd_policy_list(struct app *app) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    const char *policy = app_option(app, OPT_POLICY);
    int64_t at = 0;
    consent_status status = app_time(app, OPT_AT, &at)
                                ? consent_policy_list_at(app->store, policy, at, &rows, &error)
                                : consent_policy_list(app->store, policy, &rows, &error);
    return answer_table(app, "policy list", status, rows, error, "versions", version_columns,
                        VERSION_COLUMNS);
}

/* The shares of a purpose stand below it. */
static bool same_group(const consent_rows *rows, size_t a, size_t b) {
    const char *first = consent_rows_text(rows, a, "kind");
    const char *second = consent_rows_text(rows, b, "kind");
    return strcmp(first, second) == 0 ||
           (strcmp(first, "purpose") == 0 && strcmp(second, "share") == 0) ||
           (strcmp(first, "share") == 0 && strcmp(second, "purpose") == 0);
}

/* How wide the keys of a group are that begins at `row`. */
static size_t group_width(const consent_rows *rows, size_t row) {
    size_t width = 0, own;
    for (size_t i = row; i < consent_rows_count(rows) && same_group(rows, row, i); i++) {
        own = text_width(consent_rows_text(rows, i, "key"));
        width = own > width ? own : width;
    }
    return width;
}

static void print_heading(const struct app *app, const char *kind) {
    print_colour(app, COLOUR_HEADING);
    for (const char *p = kind; *p != '\0'; p++)
        putchar(*p >= 'a' && *p <= 'z' ? *p - 'a' + 'A' : *p);
    puts("S");
    print_colour(app, COLOUR_END);
}

static void print_json_line(const char *name, const char *json, const char *lang) {
    cJSON *value = json != NULL ? cJSON_Parse(json) : NULL;
    char *line = NULL;
    size_t size;
    FILE *out = value != NULL && value->child != NULL ? open_memstream(&line, &size) : NULL;
    if (out != NULL) {
        fputs(name, out);
        write_value(out, value, lang);
        fclose(out);
        print_wrapped(line, 6);
    }
    free(line);
    cJSON_Delete(value);
}

static void print_entry(const consent_rows *rows, size_t row, size_t width, const char *lang) {
    const char *title = consent_rows_text(rows, row, "title");
    fputs("  ", stdout);
    print_padded(consent_rows_text(rows, row, "key"), title != NULL ? width + 2 : 0);
    print_text(title != NULL ? title : "", false);
    putchar('\n');
    if (strcmp(consent_rows_text(rows, row, "kind"), "section") == 0)
        return; /* it rests on itself */
    print_json_line("", consent_rows_text(rows, row, "detail"), lang);
    print_json_line("rests on ", consent_rows_text(rows, row, "sections"), lang);
}

static void print_catalogue(struct app *app, const consent_rows *rows) {
    const char *lang = app_option(app, OPT_LANG);
    size_t width = 0;
    for (size_t i = 0; i < consent_rows_count(rows); i++) {
        if (i == 0 || !same_group(rows, i - 1, i)) {
            if (i > 0)
                putchar('\n');
            print_heading(app, consent_rows_text(rows, i, "kind"));
            width = group_width(rows, i);
        }
        print_entry(rows, i, width, lang);
    }
}

int cmd_policy_show(struct app *app) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    consent_status status = consent_policy_show(app->store, app->argument[0], app->argument[1],
                                                app_option(app, OPT_LANG), &rows, &error);
    int exit_status = EXIT_DONE;
    if (status < 0)
        return fail(app, "policy show", status, error);
    if (app->json) {
        cJSON *object = rows_object("entries", rows);
        put_text(object, "policy", app->argument[0]);
        put_text(object, "version", app->argument[1]);
        exit_status = print_json(object, EXIT_DONE);
    } else {
        print_catalogue(app, rows);
    }
    consent_rows_free(rows);
    return exit_status;
}

static void print_section(const struct app *app, const consent_rows *rows) {
    const char *title = consent_rows_text(rows, 0, "title");
    print_colour(app, COLOUR_HEADING);
    print_text(consent_rows_text(rows, 0, "section"), false);
    fputs("  ", stdout);
    print_text(title != NULL ? title : "", false);
    print_colour(app, COLOUR_END);
    fputs("\n\n", stdout);
    print_text(consent_rows_text(rows, 0, "text"), true);
    printf("\n\n");
    print_text(consent_rows_text(rows, 0, "policy"), false);
    fputs(" version ", stdout);
    print_text(consent_rows_text(rows, 0, "version"), false);
    printf(", %s, SHA-256 %s\n", consent_rows_text(rows, 0, "lang"),
           consent_rows_text(rows, 0, "sha256"));
}

int cmd_policy_text(struct app *app) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    const char *version = app->argument_count > 1 ? app->argument[1] : NULL;
    const char *policy = app_option(app, OPT_POLICY), *lang = app_option(app, OPT_LANG);
    int64_t at = 0;
    bool past = app_time(app, OPT_AT, &at);
    if (past && version != NULL)
        return fail_usage(app, "VER or --at, not both");
    consent_status status =
        past ? consent_policy_text_at(app->store, policy, at, app->argument[0], lang, &rows, &error)
             : consent_policy_text(app->store, policy, version, app->argument[0], lang, &rows,
                                   &error);
    return answer_row(app, "policy text", status, rows, error, print_section);
}
