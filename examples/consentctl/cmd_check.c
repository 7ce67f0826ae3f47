/* SPDX-License-Identifier: Apache-2.0 */
#include "output.h"
#include "reasons.h"
#include "when.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* ---- the question ---- */

static consent_status fill_query(const struct app *app, consent_query *query) {
    const char *operation = app_option(app, OPT_OPERATION), *at = app_option(app, OPT_AT);
    const char *recipient = app_option(app, OPT_RECIPIENT);
    const char *permission = app_option(app, OPT_PERMISSION);
    const char *policy = app_option(app, OPT_POLICY);
    consent_status status = CONSENT_OK;
    int64_t instant;
    if (operation != NULL)
        status = consent_query_set_operation(query, consent_operation_value(operation));
    if (status >= 0 && policy != NULL)
        status = consent_query_set_policy(query, policy);
    if (status >= 0 && recipient != NULL)
        status = consent_query_set_recipient(query, recipient);
    if (status >= 0 && permission != NULL)
        status = consent_query_set_permission(query, permission);
    if (status >= 0 && at != NULL && when_parse(at, &instant))
        status = consent_query_set_at(query, instant);
    for (size_t i = 0; status >= 0 && i < app->args.item_count; i++)
        status = consent_query_add_item(query, app->args.item[i]);
    return status;
}

/* ---- the answer as JSON ---- */

static cJSON *blockers_json(const consent_answer *answer) {
    cJSON *array = cJSON_CreateArray();
    for (size_t i = 0; i < consent_answer_blockers(answer); i++)
        cJSON_AddItemToArray(
            array, cJSON_CreateString(consent_reason_name(consent_answer_blocker(answer, i))));
    return array;
}

static cJSON *sections_json(const consent_answer *answer) {
    cJSON *array = cJSON_CreateArray();
    for (size_t i = 0; i < consent_answer_sections(answer); i++)
        cJSON_AddItemToArray(array, cJSON_CreateString(consent_answer_section(answer, i)));
    return array;
}

static cJSON *answer_json(const consent_answer *answer) {
    cJSON *object = cJSON_CreateObject();
    put_text(object, "answer", consent_answer_allowed(answer) ? "allow" : "deny");
    put_text(object, "reason", consent_reason_name(consent_answer_reason(answer)));
    cJSON_AddItemToObject(object, "blockers", blockers_json(answer));
    put_text(object, "policy", consent_answer_policy(answer));
    put_text(object, "version", consent_answer_version(answer));
    if (consent_answer_event(answer) >= 0)
        put_number(object, "event", consent_answer_event(answer));
    else
        put_text(object, "event", NULL);
    cJSON_AddItemToObject(object, "sections", sections_json(answer));
    put_raw(object, "next", consent_answer_next(answer));
    put_time(object, "at", consent_answer_at(answer));
    put_bool(object, "clock_behind", consent_answer_clock_behind(answer));
    put_text(object, "source", consent_answer_source(answer));
    put_bool(object, "identifies", consent_answer_identifies(answer));
    return object;
}

/* ---- the answer for a person ---- */

static void print_reason(const struct app *app, const consent_answer *answer) {
    bool allowed = consent_answer_allowed(answer);
    int32_t reason = consent_answer_reason(answer);
    print_colour(app, allowed ? COLOUR_YES : COLOUR_NO);
    fputs(allowed ? "Allowed" : "Denied", stdout);
    print_colour(app, COLOUR_END);
    printf(": %s. %s\n", consent_reason_name(reason), reason_sentence(reason));
    if (consent_answer_source(answer) != NULL)
        printf("Source: %s.\n", consent_answer_source(answer));
    for (size_t i = 0; i < consent_answer_blockers(answer); i++) {
        int32_t other = consent_answer_blocker(answer, i);
        if (other != reason)
            printf("Also in the way: %s. %s\n", consent_reason_name(other), reason_sentence(other));
    }
}

static void print_relied_on(const consent_answer *answer) {
    char text[WHEN_SIZE];
    if (consent_answer_policy(answer) != NULL) {
        fputs("Under ", stdout);
        print_text(consent_answer_policy(answer), false);
        if (consent_answer_version(answer) != NULL) {
            fputs(", version ", stdout);
            print_text(consent_answer_version(answer), false);
        }
        if (consent_answer_event(answer) >= 0)
            printf(", event %" PRId64, consent_answer_event(answer));
        printf(", as of %s.\n", when_text(consent_answer_at(answer), text));
    }
    if (consent_answer_clock_behind(answer))
        puts("The clock stands behind the last event of the ledger, whose time was taken instead.");
}

static void print_sections(struct app *app, const consent_answer *answer) {
    size_t n = consent_answer_sections(answer), width = 0, own;
    for (size_t i = 0; i < n; i++) {
        own = text_width(consent_answer_section(answer, i));
        width = own > width ? own : width;
    }
    if (n > 0)
        puts("Sections:");
    for (size_t i = 0; i < n; i++) {
        const char *section = consent_answer_section(answer, i), *title = NULL;
        consent_rows *rows = NULL;
        if (consent_policy_text(app->store, consent_answer_policy(answer),
                                consent_answer_version(answer), section, app_option(app, OPT_LANG),
                                &rows, NULL) >= 0)
            title = consent_rows_text(rows, 0, "title");
        fputs("  ", stdout);
        print_padded(section, title != NULL ? width + 2 : 0);
        print_text(title != NULL ? title : "", false);
        putchar('\n');
        consent_rows_free(rows);
    }
}

static const char *member_text(const cJSON *object, const char *name) {
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
    return text != NULL ? text : "";
}

static void print_step(const cJSON *step) {
    const char *what = member_text(step, "do"), *sentence = step_sentence(what);
    fputs("  ", stdout);
    if (strcmp(what, "ask") == 0) {
        printf("Ask the %s about ", member_text(step, "who"));
        print_text(member_text(step, "point"), false);
        printf(", class %s.\n", member_text(step, "class"));
    } else if (sentence[0] != '\0') {
        puts(sentence);
    } else {
        write_value(stdout, step, NULL);
        putchar('\n');
    }
}

static void print_next(const consent_answer *answer) {
    cJSON *next = cJSON_Parse(consent_answer_next(answer));
    const cJSON *step;
    if (next != NULL && next->child != NULL)
        puts("What to do:");
    cJSON_ArrayForEach(step, next) print_step(step);
    cJSON_Delete(next);
}

/* ---- about everybody ---- */

static int check_everybody(struct app *app, const consent_query *query) {
    const struct column columns[] = {
        {"SUBJECT", "subject"}, {"ANSWER", "answer"}, {"REASON", "reason"}, {"EVENT", "event"}};
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    consent_status status = consent_check_subjects(app->store, query, false, &rows, &error);
    return answer_table(app, "check", status, rows, error, "subjects", columns,
                        sizeof columns / sizeof columns[0]);
}

int cmd_check_fits(struct app *app) {
    bool all = args_has(&app->args, OPT_ALL_SUBJECTS);
    if (!all && app->argument_count == 0)
        return fail_usage(app, "an argument is missing: %s", app->command->usage);
    if (all && app->argument_count > 0)
        return fail_usage(app, "an ID and --all-subjects contradict each other");
    if (all && args_has(&app->args, OPT_AT))
        return fail_usage(app, "--all-subjects is answered as of now, without --at");
    return EXIT_DONE;
}

int cmd_check(struct app *app) {
    consent_error *error = NULL;
    consent_answer *answer = NULL;
    consent_status status;
    bool all = args_has(&app->args, OPT_ALL_SUBJECTS);
    consent_query *query =
        consent_query_new(all ? "" : app->argument[0], app_option(app, OPT_PURPOSE));
    int exit_status;
    if (query == NULL)
        return fail_here(app, "check", CONSENT_E_MEMORY, "out of memory");
    status = fill_query(app, query);
    if (status >= 0 && all) {
        exit_status = check_everybody(app, query);
        consent_query_free(query);
        return exit_status;
    }
    if (status >= 0)
        status = consent_check(app->store, query, &answer, &error);
    consent_query_free(query);
    if (status < 0)
        return fail(app, "check", status, error);
    exit_status = consent_answer_allowed(answer) ? EXIT_DONE : EXIT_NO;
    if (app->json) {
        exit_status = print_json(answer_json(answer), exit_status);
    } else {
        print_reason(app, answer);
        print_relied_on(answer);
        print_sections(app, answer);
        print_next(answer);
    }
    consent_answer_free(answer);
    return exit_status;
}
