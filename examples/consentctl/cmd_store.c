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
