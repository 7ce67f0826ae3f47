/* SPDX-License-Identifier: Apache-2.0 */
/* Evidence bundles: a folder written whole or not at all, and read without any store. */
#include "folder.h"
#include "output.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* ---- export ---- */

static int32_t take(const char *file, const void *bytes, size_t len, void *user) {
    return folder_write(user, file, bytes, len) ? 0 : 1;
}

static int fail_export(struct app *app, struct folder *folder, consent_status status,
                       consent_error *error) {
    if (folder->problem == 0)
        return fail(app, "evidence export", status, error);
    consent_error_free(error);
    return fail_here(app, "evidence export",
                     folder->problem == ENOSPC ? CONSENT_E_FULL : CONSENT_E_IO,
                     "the bundle cannot be written: %s", strerror(folder->problem));
}

static int print_exported(struct app *app, const consent_rows *rows) {
    if (app->json)
        return print_json(row_json(rows, 0), EXIT_DONE);
    printf("%" PRId64 " events, %" PRId64 " receipts, %" PRId64 " files\n",
           consent_rows_number(rows, 0, "events", 0), consent_rows_number(rows, 0, "receipts", 0),
           consent_rows_number(rows, 0, "files", 0));
    printf("key, to be given apart: %s\n", consent_rows_text(rows, 0, "key"));
    return EXIT_DONE;
}

int cmd_evidence_export(struct app *app) {
    const char *subject = app->argument_count > 1 ? app->argument[1] : NULL;
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    struct folder folder;
    int exit_status = folder_create(&folder, app, "evidence export", app->argument[0]);
    if (exit_status == EXIT_DONE) {
        consent_status status =
            consent_evidence_export(app->store, subject, take, &folder, &rows, &error);
        if (status >= 0 && !folder_keep(&folder))
            status = CONSENT_E_IO;
        if (status < 0) {
            folder_drop(&folder);
            exit_status = fail_export(app, &folder, status, error);
        } else {
            exit_status = print_exported(app, rows);
        }
    }
    consent_rows_free(rows);
    folder_close(&folder);
    return exit_status;
}

/* ---- import ---- */

int cmd_evidence_import(struct app *app) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    int exit_status = EXIT_DONE;
    consent_status status =
        consent_evidence_import(app_option(app, OPT_STORE), app->options, app->argument[0],
                                app_option(app, OPT_VKEY), &app->store, &error);
    if (status >= 0)
        status = consent_ledger_head(app->store, &rows, &error);
    if (status < 0)
        return fail(app, "evidence import", status, error);
    if (app->json) {
        cJSON *object = row_json(rows, 0);
        put_text(object, "store", consent_store_id(app->store));
        put_bool(object, "trusted", app_option(app, OPT_VKEY) != NULL);
        exit_status = print_json(object, EXIT_DONE);
    } else {
        printf("store %s, %" PRId64 " events, to be read only%s\n", consent_store_id(app->store),
               consent_rows_number(rows, 0, "size", 0),
               app_option(app, OPT_VKEY) != NULL
                   ? ""
                   : "; no key was given apart (--vkey), anybody could have made the file");
    }
    consent_rows_free(rows);
    return exit_status;
}

/* ---- verify ---- */

struct reading {
    struct folder folder;
    consent_evidence *evidence;
    consent_error *error;
    consent_status status;
};

static consent_status give_file(struct reading *reading, int fd) {
    char bytes[64 * 1024];
    consent_status status = CONSENT_OK;
    while (status == CONSENT_OK) {
        ssize_t n = read(fd, bytes, sizeof bytes);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return CONSENT_E_IO;
        if (n == 0)
            break;
        status = consent_evidence_give(reading->evidence, bytes, (size_t)n, &reading->error);
    }
    return status < 0 ? status : CONSENT_OK;
}

static consent_status give_files(struct reading *reading) {
    const char *name;
    consent_status status = CONSENT_OK;
    while (status == CONSENT_OK && (name = consent_evidence_wants(reading->evidence)) != NULL) {
        int fd = folder_read(&reading->folder, name);
        if (fd < 0 && errno != ENOENT && errno != ENOTDIR)
            return CONSENT_E_IO;
        if (fd >= 0) {
            status = give_file(reading, fd);
            close(fd);
        }
        if (status == CONSENT_OK)
            status = consent_evidence_end(reading->evidence, fd >= 0, &reading->error);
    }
    return status;
}

static int nothing(const char *name, void *user) {
    (void)name;
    (void)user;
    return EXIT_DONE;
}

static int tell_found(const char *name, void *user) {
    struct reading *reading = user;
    reading->status = consent_evidence_found(reading->evidence, name, &reading->error);
    return reading->status < 0
               ? fail(reading->folder.app, "evidence verify", reading->status, reading->error)
               : EXIT_DONE;
}

static void print_verdict(struct app *app, const consent_rows *verdict,
                          const consent_rows *findings) {
    const struct column columns[] = {
        {"FILE", "file"}, {"LINE", "line"}, {"EVENT", "event"}, {"WHAT", "what"}, {"", "message"}};
    bool ok = consent_rows_number(verdict, 0, "ok", 0) != 0;
    bool trusted = consent_rows_number(verdict, 0, "trusted", 0) != 0;
    print_colour(app, ok ? COLOUR_YES : COLOUR_NO);
    fputs(!ok ? "bad"
          : trusted
              ? "good"
              : "agrees with itself only: no key was given apart (--vkey), anybody could have "
                "made it",
          stdout);
    print_colour(app, COLOUR_END);
    printf("\n%" PRId64 " events, %" PRId64 " receipts\n",
           consent_rows_number(verdict, 0, "events", 0),
           consent_rows_number(verdict, 0, "receipts", 0));
    if (!ok)
        print_table(app, findings, columns, sizeof columns / sizeof columns[0]);
}

static int answer(struct app *app, struct reading *reading) {
    consent_rows *verdict = NULL, *findings = NULL;
    consent_status status = consent_evidence_verdict(reading->evidence, &verdict, &reading->error);
    if (status == CONSENT_OK)
        status = consent_evidence_findings(reading->evidence, &findings, &reading->error);
    int exit_status = consent_rows_number(verdict, 0, "ok", 0) != 0 ? EXIT_DONE : EXIT_NO;
    if (status < 0) {
        exit_status = fail(app, "evidence verify", status, reading->error);
    } else if (app->json) {
        cJSON *object = row_json(verdict, 0);
        if (object != NULL)
            cJSON_ReplaceItemInObjectCaseSensitive(object, "findings", rows_json(findings));
        exit_status = print_json(object, exit_status);
    } else {
        print_verdict(app, verdict, findings);
    }
    consent_rows_free(verdict);
    consent_rows_free(findings);
    return exit_status;
}

/* Of the keys of the store's log the one that the bundle names, else the newest. */
static consent_status stored_key(struct app *app, struct reading *reading, char *out, size_t size) {
    consent_rows *keys = NULL;
    char text[512] = "";
    int fd = folder_read(&reading->folder, "key.txt");
    ssize_t n = fd >= 0 ? read(fd, text, sizeof text - 1) : 0;
    if (fd >= 0)
        close(fd);
    text[n > 0 ? n : 0] = '\0';
    text[strcspn(text, "\n")] = '\0';
    consent_status status = consent_ledger_key(app->store, &keys, &reading->error);
    for (size_t i = 0; i < consent_rows_count(keys); i++) {
        const char *key = consent_rows_text(keys, i, "key");
        snprintf(out, size, "%s", key);
        if (strcmp(key, text) == 0)
            break;
    }
    consent_rows_free(keys);
    return status;
}

int cmd_evidence_verify(struct app *app) {
    struct reading reading = {0};
    char stored[512];
    const char *key = app_option(app, OPT_VKEY);
    int exit_status = folder_open(&reading.folder, app, "evidence verify", app->argument[0]);
    consent_status status = CONSENT_OK;
    if (exit_status == EXIT_DONE) /* what may not be read is refused before anything is */
        exit_status = folder_each(&reading.folder, nothing, NULL);
    if (exit_status == EXIT_DONE && key == NULL && app->store != NULL) {
        status = stored_key(app, &reading, stored, sizeof stored);
        key = stored;
    }
    if (exit_status == EXIT_DONE && status >= 0) {
        status = consent_evidence_new(key, &reading.evidence, &reading.error);
        if (status >= 0)
            status = give_files(&reading);
    }
    if (exit_status == EXIT_DONE && status == CONSENT_E_IO)
        exit_status = fail_here(app, "evidence verify", status, "the bundle cannot be read");
    else if (exit_status == EXIT_DONE && status < 0)
        exit_status = fail(app, "evidence verify", status, reading.error);
    if (exit_status == EXIT_DONE)
        exit_status = folder_each(&reading.folder, tell_found, &reading);
    if (exit_status == EXIT_DONE)
        exit_status = answer(app, &reading);
    consent_evidence_free(reading.evidence);
    folder_close(&reading.folder);
    return exit_status;
}
