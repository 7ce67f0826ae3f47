/* SPDX-License-Identifier: Apache-2.0 */
#include "output.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void print_key(const struct app *app, const consent_rows *rows) {
    (void)app;
    printf("store       %s, generation %" PRId64 "\n", consent_rows_text(rows, 0, "store"),
           consent_rows_number(rows, 0, "generation", 0));
    printf("root key    %s, opened by a %s\n", consent_rows_text(rows, 0, "id"),
           strcmp(consent_rows_text(rows, 0, "kind"), "service") == 0
               ? "key service"
               : consent_rows_text(rows, 0, "kind"));
    if (consent_rows_has(rows, 0, "passes"))
        printf("Argon2id    %" PRId64 " passes, %" PRId64 " MiB\n",
               consent_rows_number(rows, 0, "passes", 0),
               consent_rows_number(rows, 0, "memory", 0) / 1024 / 1024);
    printf("log key     %s (%s)\n", consent_rows_text(rows, 0, "log_key"),
           consent_rows_text(rows, 0, "log"));
}

int cmd_key_show(struct app *app) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    consent_status status = consent_key_show(app->store, &rows, &error);
    return answer_row(app, "key show", status, rows, error, print_key);
}

static char *join(const char *a, const char *b) {
    size_t n = strlen(a) + strlen(b) + 1;
    char *text = malloc(n);
    if (text != NULL)
        snprintf(text, n, "%s%s", a, b);
    return text;
}

static int rotate(struct app *app, const consent_options *to) {
    consent_error *error = NULL;
    consent_status status = consent_key_rotate(app->store, to, &error);
    return status < 0 ? fail(app, "key rotate", status, error) : EXIT_DONE;
}

/* A new key file takes the place of the old one. */
static int rotate_in_place(struct app *app, consent_options *to) {
    const char *given = app_option(app, OPT_KEY_FILE);
    char *file = given != NULL ? join(given, "") : join(app_option(app, OPT_STORE), ".key");
    char *fresh = file != NULL ? join(file, ".new") : NULL;
    int status = EXIT_DONE;
    consent_error *error = NULL;
    consent_status set;
    if (app_option(app, OPT_PASSPHRASE_FILE) != NULL)
        status = fail_usage(app, "the store is opened by a passphrase: say --new-key-file or "
                                 "--new-passphrase-file");
    else if (fresh == NULL)
        status = fail_here(app, "key rotate", CONSENT_E_MEMORY, "out of memory");
    else if (access(fresh, F_OK) == 0)
        status = fail_here(app, "key rotate", CONSENT_E_EXISTS,
                           "a new key file of an earlier run is still there: %s", fresh);
    if (status == EXIT_DONE) {
        set = consent_options_set_key_file(to, fresh, &error);
        status = set < 0 ? fail(app, "key rotate", set, error) : rotate(app, to);
    }
    if (status == EXIT_DONE && rename(fresh, file) != 0)
        status =
            fail_here(app, "key rotate", CONSENT_E_IO,
                      "the key was changed, but its file stays %s: %s", fresh, strerror(errno));
    free(fresh);
    free(file);
    return status;
}

int cmd_key_rotate(struct app *app) {
    const char *key = app_option(app, OPT_NEW_KEY_FILE);
    const char *phrase = app_option(app, OPT_NEW_PASSPHRASE_FILE);
    consent_options *to = consent_options_new();
    consent_error *error = NULL;
    consent_status set = CONSENT_OK;
    int status = EXIT_DONE;
    if (to == NULL)
        return fail_here(app, "key rotate", CONSENT_E_MEMORY, "out of memory");
    if (key != NULL && phrase != NULL) {
        status = fail_usage(app, "--new-key-file and --new-passphrase-file exclude each other");
    } else if (key != NULL || phrase != NULL) {
        set = key != NULL ? consent_options_set_key_file(to, key, &error)
                          : consent_options_set_passphrase_file(to, phrase, &error);
        status = set < 0 ? fail(app, "key rotate", set, error) : rotate(app, to);
    } else {
        status = rotate_in_place(app, to);
    }
    consent_options_free(to);
    if (status != EXIT_DONE)
        return status;
    if (!app->json) {
        puts("the master key was changed; copies made before need the old one");
        return EXIT_DONE;
    }
    cJSON *object = cJSON_CreateObject();
    put_bool(object, "rotated", true);
    return print_json(object, EXIT_DONE);
}
