/* SPDX-License-Identifier: Apache-2.0 */
/* permission diff: what the policy declares against what the app asks the system for. */
#include "files.h"
#include "manifest.h"
#include "output.h"

#include <stdio.h>
#include <stdlib.h>

#define OPERATION "permission diff"

static int read_manifest(const struct app *app, struct manifest *m) {
    char *bytes;
    size_t len;
    int status = files_read(app, OPERATION, app_option(app, OPT_MANIFEST), &bytes, &len);
    if (status != EXIT_DONE)
        return status;
    if (len > MANIFEST_MAX)
        status = fail_here(app, OPERATION, CONSENT_E_LIMIT, "the manifest is larger than %zu MiB",
                           MANIFEST_MAX / 1024 / 1024);
    else if (!manifest_read(m, bytes, len))
        status = m->no_memory
                     ? fail_here(app, OPERATION, CONSENT_E_MEMORY, "the manifest cannot be held")
                     : fail_here(app, OPERATION, CONSENT_E_INPUT,
                                 "the manifest, line %lu, column %lu: %s", m->line, m->column,
                                 m->problem);
    free(bytes);
    return status;
}

static int print_gaps(const struct app *app, const consent_rows *rows, size_t asked) {
    static const struct column columns[] = {{"MISMATCH", "kind"},
                                            {"NAME", "name"},
                                            {"SOURCE", "source"},
                                            {"ITEMS", "items"},
                                            {"SECTIONS", "sections"}};
    size_t n = consent_rows_count(rows);
    int status = n > 0 ? EXIT_NO : EXIT_DONE;
    if (app->json) {
        cJSON *object = rows_object("mismatches", rows);
        put_bool(object, "ok", n == 0);
        put_number(object, "permissions", (int64_t)asked);
        return print_json(object, status);
    }
    if (n > 0)
        print_table(app, rows, columns, sizeof columns / sizeof columns[0]);
    printf("%s%zu permissions in the app, %zu mismatches\n", n > 0 ? "\n" : "", asked, n);
    return status;
}

int cmd_permission_diff(struct app *app) {
    struct manifest m = {{NULL, 0, 0}, {NULL, 0, 0}, "", 0, 0, false};
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    int status = read_manifest(app, &m);
    if (status == EXIT_DONE) {
        consent_status answer =
            consent_permission_diff(app->store, app_option(app, OPT_POLICY),
                                    app->argument_count > 0 ? app->argument[0] : NULL, "android",
                                    (const char *const *)m.asked.v, m.asked.count, &rows, &error);
        status =
            answer < 0 ? fail(app, OPERATION, answer, error) : print_gaps(app, rows, m.asked.count);
    }
    consent_rows_free(rows);
    manifest_free(&m);
    return status;
}
