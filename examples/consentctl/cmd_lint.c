/* SPDX-License-Identifier: Apache-2.0 */
#include "files.h"
#include "output.h"

#include <stdlib.h>
#include <string.h>

static int count_of(const consent_rows *rows, const char *severity) {
    int n = 0;
    for (size_t i = 0; i < consent_rows_count(rows); i++)
        n += strcmp(consent_rows_text(rows, i, "severity"), severity) == 0;
    return n;
}

static void print_words(const char *text, size_t indent) {
    char *copy = strdup(text);
    if (copy != NULL)
        print_wrapped(copy, indent);
    free(copy);
}

/* "s0, s3.1" of a JSON list. */
static void print_sections(const char *json) {
    cJSON *list = json != NULL ? cJSON_Parse(json) : NULL;
    const cJSON *id;
    cJSON_ArrayForEach(id, list) {
        fputs(id == list->child ? "  [" : ", ", stdout);
        print_text(id->valuestring, false);
        if (id->next == NULL)
            putchar(']');
    }
    cJSON_Delete(list);
}

static void print_finding(const struct app *app, const consent_rows *rows, size_t i) {
    const char *severity = consent_rows_text(rows, i, "severity");
    print_colour(app, strcmp(severity, "error") == 0 ? COLOUR_NO : COLOUR_HEADING);
    print_padded(severity, 9);
    print_text(consent_rows_text(rows, i, "id"), false);
    print_colour(app, COLOUR_END);
    print_sections(consent_rows_text(rows, i, "sections"));
    putchar('\n');
    print_words(consent_rows_text(rows, i, "message"), 9);
    print_words(consent_rows_text(rows, i, "remedy"), 9);
    print_words(consent_rows_text(rows, i, "source"), 9);
}

static int print_findings(struct app *app, consent_rows *rows) {
    int errors = count_of(rows, "error"), warnings = count_of(rows, "warning");
    int status = errors > 0 ? EXIT_NO : EXIT_DONE;
    if (app->json) {
        status = print_json(rows_object("findings", rows), status);
    } else {
        for (size_t i = 0; i < consent_rows_count(rows); i++)
            print_finding(app, rows, i);
        printf("%s%d errors, %d warnings, %d hints\n", consent_rows_count(rows) > 0 ? "\n" : "",
               errors, warnings, count_of(rows, "hint"));
    }
    consent_rows_free(rows);
    return status;
}

static int lint_file(struct app *app, consent_rows **rows) {
    consent_error *error = NULL;
    char *bytes;
    size_t len;
    int status = files_read(app, "policy lint", app->argument[0], &bytes, &len);
    if (status == EXIT_DONE) {
        consent_status answer =
            consent_bundle_lint(bytes, len, app_option(app, OPT_PROFILE), rows, &error);
        if (answer < 0)
            status = fail(app, "policy lint", answer, error);
    }
    free(bytes);
    return status;
}

static int lint_version(struct app *app, consent_rows **rows) {
    consent_error *error = NULL;
    consent_status answer;
    if (app->store == NULL)
        return fail_usage(app, "--store FILE is needed for KEY VER");
    answer = consent_policy_lint(app->store, app->argument[0], app->argument[1],
                                 app_option(app, OPT_PROFILE), rows, &error);
    return answer < 0 ? fail(app, "policy lint", answer, error) : EXIT_DONE;
}

int cmd_policy_lint(struct app *app) {
    consent_rows *rows = NULL;
    int status = app->argument_count > 1 ? lint_version(app, &rows) : lint_file(app, &rows);
    return status == EXIT_DONE ? print_findings(app, rows) : status;
}
