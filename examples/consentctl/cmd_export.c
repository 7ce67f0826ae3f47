/* SPDX-License-Identifier: Apache-2.0 */
/* Exports, to a new file or to stdout. */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct target {
    FILE *file;
    int code; /* errno of the write that failed */
};

int cmd_export_fits(struct app *app) {
    static const char *const formats[] = {"kantara", "iso27560", "dpv", "csv", "json"};
    const char *format = app_option(app, OPT_FORMAT);
    bool all = args_has(&app->args, OPT_ALL), known = false;
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        known |= strcmp(format, formats[i]) == 0;
    if (!known)
        return fail_usage(app, "--format is kantara, iso27560, dpv, csv or json");
    if (all == (app->argument_count == 1))
        return fail_usage(app, "either an ID or --all is needed");
    if (app->json && strcmp(format, "csv") == 0 && app_option(app, OPT_OUT) == NULL)
        return fail_usage(app, "csv is no JSON: with --json it needs --out FILE");
    return EXIT_DONE;
}

static int32_t put(const void *bytes, size_t n, void *user) {
    struct target *t = user;
    if (fwrite(bytes, 1, n, t->file) == n)
        return 0;
    t->code = errno;
    return 1;
}

static int fail_written(struct app *app, int code) {
    return fail_here(app, "export",
                     code == EEXIST   ? CONSENT_E_EXISTS
                     : code == ENOSPC ? CONSENT_E_FULL
                                      : CONSENT_E_IO,
                     "the export cannot be written: %s", strerror(code));
}

/* Exports into an open file. */
static int write_export(struct app *app, FILE *file, int64_t *records) {
    struct target t = {file, 0};
    consent_error *error = NULL;
    const char *subject = app->argument_count == 1 ? app->argument[0] : NULL;
    consent_status status =
        consent_export(app->store, subject, app_option(app, OPT_FORMAT), put, &t, records, &error);
    if (t.code != 0) {
        consent_error_free(error);
        return fail_written(app, t.code);
    }
    if (status < 0)
        return fail(app, "export", status, error);
    return fflush(file) == 0 ? EXIT_DONE : fail_written(app, errno);
}

static int export_to(struct app *app, const char *path) {
    int64_t records = 0;
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    FILE *file = fd >= 0 ? fdopen(fd, "wb") : NULL;
    if (file == NULL) {
        int code = errno;
        if (fd >= 0) {
            close(fd);
            unlink(path);
        }
        return fail_written(app, code);
    }
    int exit_status = write_export(app, file, &records);
    if (exit_status == EXIT_DONE && fsync(fd) != 0)
        exit_status = fail_written(app, errno);
    if (fclose(file) != 0 && exit_status == EXIT_DONE)
        exit_status = fail_written(app, errno);
    if (exit_status != EXIT_DONE) {
        unlink(path);
        return exit_status;
    }
    if (!app->json) {
        printf("%" PRId64 " records\n", records);
        return EXIT_DONE;
    }
    cJSON *object = cJSON_CreateObject();
    put_text(object, "format", app_option(app, OPT_FORMAT));
    put_text(object, "out", path);
    put_number(object, "records", records);
    return print_json(object, EXIT_DONE);
}

/* With --json stdout is one value, an export or an error: what fails half-way must not have begun.
 */
static int export_whole(struct app *app) {
    char bytes[65536];
    size_t n;
    int64_t records;
    FILE *file = tmpfile();
    if (file == NULL)
        return fail_written(app, errno);
    int exit_status = write_export(app, file, &records);
    rewind(file);
    while (exit_status == EXIT_DONE && (n = fread(bytes, 1, sizeof bytes, file)) > 0)
        if (fwrite(bytes, 1, n, stdout) != n)
            exit_status = EXIT_STORAGE;
    fclose(file);
    return exit_status;
}

int cmd_export(struct app *app) {
    const char *path = app_option(app, OPT_OUT);
    int64_t records;
    if (path != NULL)
        return export_to(app, path);
    return app->json ? export_whole(app) : write_export(app, stdout, &records);
}
