/* SPDX-License-Identifier: Apache-2.0 */
/* What is recorded about a subject beside decisions: permissions, facts, limits, exemptions, and
 * what is owed. */
#include "output.h"
#include "when.h"

#include <stdio.h>

typedef consent_status (*list_fn)(consent_store *store, const char *subject, consent_rows **out,
                                  consent_error **err);

/* A list of the subject: {key: rows}, with "changed" after a change. */
static int print_list(struct app *app, const char *operation, const char *key, list_fn list,
                      const struct column *columns, size_t n, const bool *changed) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    int exit_status = EXIT_DONE;
    consent_status status = list(app->store, app->argument[0], &rows, &error);
    if (status < 0)
        return fail(app, operation, status, error);
    if (app->json) {
        cJSON *object = rows_object(key, rows);
        if (changed != NULL)
            put_bool(object, "changed", *changed);
        exit_status = print_json(object, EXIT_DONE);
    } else {
        print_table(app, rows, columns, n);
    }
    consent_rows_free(rows);
    return exit_status;
}

#define LIST(app, operation, key, list, columns, changed)                                          \
    print_list(app, operation, key, list, columns, sizeof(columns) / sizeof(columns)[0], changed)

/* ---- permissions ---- */

static const struct column permission_columns[] = {
    {"NAME", "name"}, {"GRANTED", "granted"}, {"AT", "at"}, {"ASK AGAIN FROM", "ask_from"}};

int cmd_permission_record_fits(struct app *app) {
    if (args_has(&app->args, OPT_GRANTED) == args_has(&app->args, OPT_DENIED))
        return fail_usage(app, "one of --granted and --denied is needed");
    return EXIT_DONE;
}

int cmd_permission_record(struct app *app) {
    consent_error *error = NULL;
    consent_status status =
        consent_permission_record(app->store, app->argument[0], app_option(app, OPT_NAME),
                                  args_has(&app->args, OPT_GRANTED), &error);
    bool changed = status == CONSENT_OK;
    if (status < 0)
        return fail(app, "permission record", status, error);
    return LIST(app, "permission record", "permissions", consent_permission_list,
                permission_columns, &changed);
}

int cmd_permission_list(struct app *app) {
    return LIST(app, "permission list", "permissions", consent_permission_list, permission_columns,
                NULL);
}

/* ---- facts ---- */

static const struct column fact_columns[] = {{"FACT", "fact"},
                                             {"VALUE", "value"},
                                             {"SOURCE", "source"},
                                             {"OBSERVED", "observed"},
                                             {"EVENT", "event"}};

int cmd_fact_put(struct app *app) {
    consent_error *error = NULL;
    int64_t observed = CONSENT_OBSERVED_NOW;
    if (app_option(app, OPT_OBSERVED) != NULL)
        when_parse(app_option(app, OPT_OBSERVED), &observed);
    consent_status status =
        consent_fact_put(app->store, app->argument[0], app_option(app, OPT_FACT),
                         app_option(app, OPT_VALUE), app_option(app, OPT_SOURCE), observed, &error);
    bool changed = status == CONSENT_OK;
    if (status < 0)
        return fail(app, "fact put", status, error);
    return LIST(app, "fact put", "facts", consent_fact_list, fact_columns, &changed);
}

int cmd_fact_list(struct app *app) {
    return LIST(app, "fact list", "facts", consent_fact_list, fact_columns, NULL);
}

/* ---- objections and restrictions ---- */

static const struct column limit_columns[] = {{"KIND", "kind"},       {"POLICY", "policy"},
                                              {"PURPOSE", "purpose"}, {"ITEM", "item"},
                                              {"SINCE", "since"},     {"EVENT", "event"}};

static int limit_done(struct app *app, const char *operation, consent_status status,
                      consent_error *error) {
    bool changed = status == CONSENT_OK;
    if (status < 0)
        return fail(app, operation, status, error);
    return LIST(app, operation, "limits", consent_limit_list, limit_columns, &changed);
}

int cmd_object(struct app *app) {
    consent_error *error = NULL;
    consent_status status =
        consent_object(app->store, app->argument[0], app_option(app, OPT_POLICY),
                       app_option(app, OPT_PURPOSE), app_option(app, OPT_WHY), &error);
    return limit_done(app, "object", status, error);
}

/* Every --item is a restriction of its own; the first that fails ends it. */
static int for_items(struct app *app, const char *operation,
                     consent_status (*change)(consent_store *, const char *, const char *,
                                              const char *, consent_error **)) {
    consent_error *error = NULL;
    const char *why = app_option(app, OPT_WHY);
    consent_status status = CONSENT_DONE, one;
    if (app->args.item_count == 0)
        status = change(app->store, app->argument[0], NULL, why, &error);
    for (size_t i = 0; status >= 0 && i < app->args.item_count; i++) {
        one = change(app->store, app->argument[0], app->args.item[i], why, &error);
        status = one == CONSENT_DONE ? status : one;
    }
    return limit_done(app, operation, status, error);
}

int cmd_restrict(struct app *app) {
    return for_items(app, "restrict", consent_restrict);
}

int cmd_unrestrict(struct app *app) {
    return for_items(app, "unrestrict", consent_unrestrict);
}

/* ---- exemptions ---- */

static consent_status fill_use(const struct app *app, consent_use *use) {
    const char *operation = app_option(app, OPT_OPERATION);
    consent_status status = consent_use_set_policy(use, app_option(app, OPT_POLICY));
    if (status >= 0)
        status = consent_use_set_recipient(use, app_option(app, OPT_RECIPIENT));
    if (status >= 0 && operation != NULL)
        status = consent_use_set_operation(use, consent_operation_value(operation));
    for (size_t i = 0; status >= 0 && i < app->args.item_count; i++)
        status = consent_use_add_item(use, app->args.item[i]);
    return status;
}

int cmd_exemption_use(struct app *app) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    int exit_status = EXIT_DONE;
    consent_status status = CONSENT_E_MEMORY;
    consent_use *use = consent_use_new(app->argument[0], app_option(app, OPT_EXEMPTION),
                                       app_option(app, OPT_PURPOSE), app_option(app, OPT_WHY),
                                       app_option(app, OPT_ACTOR));
    if (use != NULL)
        status = fill_use(app, use);
    if (status >= 0)
        status = consent_exemption_use(app->store, use, &rows, &error);
    consent_use_free(use);
    if (status < 0)
        return fail(app, "exemption use", status, error);
    if (app->json)
        exit_status = print_json(row_json(rows, 0), EXIT_DONE);
    else
        printf("Allowed, once: EXEMPT by %s for %s, recorded as event %lld.\n",
               consent_rows_text(rows, 0, "exemption"), consent_rows_text(rows, 0, "operation"),
               (long long)consent_rows_number(rows, 0, "event", -1));
    consent_rows_free(rows);
    return exit_status;
}

/* ---- obligations ---- */

static consent_status open_obligations(consent_store *store, const char *subject,
                                       consent_rows **out, consent_error **err) {
    return consent_obligation_list(store, subject, true, out, err);
}

int cmd_obligation_list(struct app *app) {
    static const struct column columns[] = {
        {"OBLIGATION", "obligation"}, {"KIND", "kind"}, {"POINT", "point"},
        {"RECIPIENT", "recipient"},   {"ACT", "act"},   {"SINCE", "since"}};
    return LIST(app, "obligation list", "obligations", open_obligations, columns, NULL);
}
