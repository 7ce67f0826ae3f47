/* SPDX-License-Identifier: Apache-2.0 */
#include "output.h"

#include "when.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef consent_status (*act_setter)(consent_act *act, const char *text);

static consent_status set_texts(const struct app *app, consent_act *act, enum option *failed) {
    static const struct {
        enum option option;
        act_setter set;
    } setters[] = {
        {OPT_POLICY, consent_act_set_policy},
        {OPT_RECIPIENT, consent_act_set_recipient},
        {OPT_SURFACE, consent_act_set_surface},
        {OPT_LANG, consent_act_set_lang},
        {OPT_SHOWN, consent_act_set_shown},
        {OPT_DOCUMENT, consent_act_set_document},
        {OPT_BY, consent_act_set_guardian},
        {OPT_IDEMPOTENCY, consent_act_set_idempotency},
        {OPT_POLICY_VERSION, consent_act_set_version},
    };
    for (size_t i = 0; i < sizeof setters / sizeof setters[0]; i++) {
        const char *text = app_option(app, setters[i].option);
        consent_status status = text != NULL ? setters[i].set(act, text) : CONSENT_OK;
        if (status < 0) {
            *failed = setters[i].option;
            return status;
        }
    }
    return CONSENT_OK;
}

static void print_record(const consent_rows *rows, bool repeated) {
    char text[WHEN_SIZE];
    printf("%s: ", consent_rows_text(rows, 0, "decision"));
    print_text(consent_rows_text(rows, 0, "point"), false);
    printf(", class %s, ", consent_rows_text(rows, 0, "class"));
    print_text(consent_rows_text(rows, 0, "policy"), false);
    fputs(" version ", stdout);
    print_text(consent_rows_text(rows, 0, "version"), false);
    printf("\nevent %" PRId64 " at %s%s\n", consent_rows_number(rows, 0, "event", -1),
           when_text(consent_rows_number(rows, 0, "at", 0), text),
           repeated ? " (recorded before under this idempotency key)" : "");
    if (consent_rows_number(rows, 0, "evidenced", 0) == 0)
        puts("No --shown was given: there is no evidence of the wording.");
}

static int record(struct app *app, const char *operation, consent_act *act) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    consent_status status = consent_record(app->store, act, &rows, &error);
    int exit_status = EXIT_DONE;
    if (status < 0)
        return fail(app, operation, status, error);
    if (app->json) {
        cJSON *object = row_json(rows, 0);
        put_bool(object, "repeated", status == CONSENT_DONE);
        exit_status = print_json(object, EXIT_DONE);
    } else {
        print_record(rows, status == CONSENT_DONE);
    }
    consent_rows_free(rows);
    return exit_status;
}

static int say(struct app *app, const char *operation, int32_t decision) {
    const char *class_name = app_option(app, OPT_CLASS);
    enum option failed = OPT_CLASS;
    consent_status status = CONSENT_OK;
    consent_act *act = consent_act_new(app->argument[0], decision, app_option(app, OPT_PURPOSE));
    int exit_status;
    if (act == NULL)
        return fail_here(app, operation, CONSENT_E_MEMORY, "out of memory");
    if (class_name != NULL)
        status = consent_act_set_class(act, consent_class_value(class_name));
    if (status >= 0)
        status = set_texts(app, act, &failed);
    if (status < 0)
        exit_status =
            fail_here(app, operation, status, "the argument of --%s is not one the library takes",
                      option_rows[failed].name);
    else
        exit_status = record(app, operation, act);
    consent_act_free(act);
    return exit_status;
}

int cmd_consent_grant(struct app *app) {
    return say(app, "consent grant", CONSENT_DECISION_GRANTED);
}

int cmd_consent_refuse(struct app *app) {
    return say(app, "consent refuse", CONSENT_DECISION_REFUSED);
}

int cmd_consent_withdraw(struct app *app) {
    return say(app, "consent withdraw", CONSENT_DECISION_WITHDRAWN);
}

int cmd_consent_list(struct app *app) {
    const struct column columns[] = {
        {"POLICY", "policy"}, {"POINT", "point"},     {"DECISION", "decision"},
        {"CLASS", "class"},   {"VERSION", "version"}, {"SAID", "at"},
        {"UNTIL", "until"},   {"BY", "by"},           {"EVIDENCED", "evidenced"},
        {"COUNTS", "counts"}, {"EVENT", "event"},
    };
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    consent_status status = consent_decision_list(app->store, app->argument[0], &rows, &error);
    return answer_table(app, "consent list", status, rows, error, "decisions", columns,
                        sizeof columns / sizeof columns[0]);
}

/* Members of a body that are microseconds. */
static bool is_instant(const char *name) {
    static const char *const names[] = {"clock", "effective_at", "from", "observed", "until"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* A line for a body: "born 1990-05-17; external li.na"; its format number is left out. */
static void print_body(const char *body) {
    char *line = NULL, text[WHEN_SIZE];
    size_t size;
    cJSON *object = cJSON_Parse(body);
    const cJSON *member;
    const char *separator = "";
    FILE *out = open_memstream(&line, &size);
    if (out != NULL) {
        cJSON_ArrayForEach(member, object) {
            if (strcmp(member->string, "v") == 0)
                continue;
            fprintf(out, "%s%s ", separator, member->string);
            separator = "; ";
            if (cJSON_IsNumber(member) && is_instant(member->string))
                fputs(when_text((int64_t)member->valuedouble, text), out);
            else
                write_value(out, member, NULL);
        }
        fclose(out);
        print_wrapped(line, 4);
    }
    free(line);
    cJSON_Delete(object);
}

static void print_history(const struct app *app, const consent_rows *rows) {
    char text[WHEN_SIZE];
    for (size_t i = 0; i < consent_rows_count(rows); i++) {
        const char *body = consent_rows_text(rows, i, "body");
        print_colour(app, COLOUR_HEADING);
        printf("%" PRId64 "  %s  ", consent_rows_number(rows, i, "event", -1),
               when_text(consent_rows_number(rows, i, "at", 0), text));
        print_text(consent_rows_text(rows, i, "kind"), false);
        print_colour(app, COLOUR_END);
        putchar('\n');
        if (body != NULL)
            print_body(body);
    }
}

int cmd_consent_history(struct app *app) {
    consent_error *error = NULL;
    consent_rows *rows = NULL;
    consent_status status = consent_history(app->store, app->argument[0], &rows, &error);
    int exit_status = EXIT_DONE;
    if (status < 0)
        return fail(app, "consent history", status, error);
    if (app->json)
        exit_status = print_json(rows_object("events", rows), EXIT_DONE);
    else
        print_history(app, rows);
    consent_rows_free(rows);
    return exit_status;
}
