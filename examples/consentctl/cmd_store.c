/* SPDX-License-Identifier: Apache-2.0 */
#include "output.h"

#include <stdio.h>

int cmd_init(struct app *app) {
    consent_error *error = NULL;
    consent_status status =
        consent_store_create(app_option(app, OPT_STORE), app->options, &app->store, &error);
    cJSON *object;
    if (status < 0)
        return fail(app, "init", status, error);
    if (!app->json) {
        printf("store %s created\n", consent_store_id(app->store));
        return EXIT_DONE;
    }
    object = cJSON_CreateObject();
    put_text(object, "store", consent_store_id(app->store));
    put_bool(object, "created", true);
    return print_json(object, EXIT_DONE);
}

int cmd_backup(struct app *app) {
    consent_error *error = NULL;
    consent_status status = consent_store_backup(app->store, app->argument[0], &error);
    cJSON *object;
    if (status < 0)
        return fail(app, "backup", status, error);
    if (!app->json) {
        puts("copied; it needs the key of now");
        return EXIT_DONE;
    }
    object = cJSON_CreateObject();
    put_text(object, "backup", app->argument[0]);
    return print_json(object, EXIT_DONE);
}

int cmd_restore(struct app *app) {
    const char *store = app_option(app, OPT_STORE);
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    consent_status status = consent_store_restore(app->argument[0], store, app->options, &error);
    cJSON *object;
    if (status >= 0)
        status = consent_store_open(store, app->options, &app->store, &error);
    if (status >= 0)
        status = consent_key_show(app->store, &rows, &error);
    if (status < 0)
        return fail(app, "restore", status, error);
    int64_t generation = consent_rows_number(rows, 0, "generation", 0);
    consent_rows_free(rows);
    if (!app->json) {
        printf("store %s restored as generation %lld; now apply the erasures made since\n",
               consent_store_id(app->store), (long long)generation);
        return EXIT_DONE;
    }
    object = cJSON_CreateObject();
    put_text(object, "store", consent_store_id(app->store));
    put_number(object, "generation", generation);
    return print_json(object, EXIT_DONE);
}
