/* SPDX-License-Identifier: Apache-2.0 */
/* What the commands about requests and erasures share. */
#ifndef CONSENTCTL_RIGHTS_H
#define CONSENTCTL_RIGHTS_H

#include "app.h"

#include <cjson/cJSON.h>

bool number_read(const char *text, int64_t *out);
/* EXIT_DONE, or tells that it is none. */
int argument_number(struct app *app, const char *text, const char *what, int64_t *out);
/* A command whose first argument is the number of something (`what`): reads it, makes the call, and
 * prints the rows, which `print` frees, or the failure. */
typedef consent_status (*number_fn)(struct app *app, int64_t number, consent_rows **out,
                                    consent_error **err);
int on_number(struct app *app, const char *operation, const char *what, number_fn call,
              int (*print)(struct app *app, consent_rows *rows));
/* A list that is a JSON column of a row, read: times in it (members named at, due, until) become
 * RFC 3339. It belongs to the object. */
cJSON *list_of(cJSON *object, const char *key);
/* Prints the one request in rows and frees them. */
int print_request(struct app *app, consent_rows *rows);

#endif
