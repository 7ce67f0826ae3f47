/* SPDX-License-Identifier: Apache-2.0 */
/* consentctl: the operator's tool. Reads the line, finds the command, opens the store, runs it. */
#include "help.h"
#include "output.h"
#include "when.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *app_option(const struct app *app, enum option option) {
    return app->args.value[option];
}

bool app_time(const struct app *app, enum option option, int64_t *out) {
    const char *text = app_option(app, option);
    return text != NULL && when_parse(text, out); /* check_forms has refused what is none */
}

/* ---- which command ---- */

static bool has_noun(const char *noun) {
    for (size_t i = 0; i < command_count; i++)
        if (strcmp(commands[i].noun, noun) == 0)
            return true;
    return false;
}

/* "grant, refuse, list" of a noun. */
static void list_verbs(const char *noun, char *out, size_t size) {
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < command_count; i++) {
        if (strcmp(commands[i].noun, noun) != 0)
            continue;
        n += (size_t)snprintf(out + n, size - n, "%s%s", n > 0 ? ", " : "", commands[i].verb);
        if (n >= size)
            return;
    }
}

static int fail_noun(const struct app *app, const char *noun) {
    if (args_is_name(noun))
        return fail_usage(app, "unknown command: %s (consentctl --help lists them)", noun);
    return fail_usage(app, "the first argument is not a command (consentctl --help lists them)");
}

static int fail_verb(const struct app *app, const char *noun, const char *verb) {
    char verbs[256];
    list_verbs(noun, verbs, sizeof verbs);
    if (verb == NULL)
        return fail_usage(app, "%s what? %s", noun, verbs[0] != '\0' ? verbs : "(not built yet)");
    if (args_is_name(verb))
        return fail_usage(app, "unknown command: %s %s%s%s", noun, verb,
                          verbs[0] != '\0' ? "; there are: " : "", verbs);
    return fail_usage(app, "what follows %s is not a command; there are: %s", noun, verbs);
}

/* Sets the command and its arguments when the words are those of one. */
static bool match_command(struct app *app) {
    const char **word = app->args.word;
    size_t n = app->args.word_count;
    for (size_t i = 0; i < command_count; i++) {
        size_t own = commands[i].verb != NULL ? 2 : 1;
        if (n < own || strcmp(commands[i].noun, word[0]) != 0 ||
            (own == 2 && strcmp(commands[i].verb, word[1]) != 0))
            continue;
        app->command = &commands[i];
        app->argument = word + own;
        app->argument_count = n - own;
        return true;
    }
    return false;
}

static int find_command(struct app *app) {
    const char **word = app->args.word;
    size_t n = app->args.word_count;
    if (n == 0)
        return fail_usage(app, "a command is missing (consentctl --help lists them)");
    if (match_command(app))
        return EXIT_DONE;
    if (!has_noun(word[0]))
        return fail_noun(app, word[0]);
    return fail_verb(app, word[0], n > 1 ? word[1] : NULL);
}

/* ---- whether the line fits the command ---- */

static int check_arguments(const struct app *app) {
    const struct command *command = app->command;
    if (app->argument_count < command->least)
        return fail_usage(app, "an argument is missing: %s", command->usage);
    if (app->argument_count <= command->most)
        return EXIT_DONE;
    if (!command->personal && args_is_name(app->argument[command->most]))
        return fail_usage(app, "surplus argument: %s", app->argument[command->most]);
    return fail_usage(app, "surplus argument: number %zu after the command%s%s", command->most + 1,
                      command->most > 0 ? ", which takes " : "", command->usage);
}

/* NULL when the value has the form, else what it should be. */
static const char *form_of(enum option_form form, const char *value, int64_t *instant) {
    switch (form) {
    case FORM_TIME:
        return when_parse(value, instant)
                   ? NULL
                   : "a time of RFC 3339 that exists, such as 2024-04-30T00:00:00+08:00";
    case FORM_CLASS:
        return consent_class_value(value) > CONSENT_CLASS_NONE ? NULL
                                                               : "general, separate or written";
    case FORM_OPERATION:
        return consent_operation_value(value) >= 0
                   ? NULL
                   : "collect, store, use, share, transfer or disclose";
    default:
        return NULL;
    }
}

static int check_forms(struct app *app) {
    for (int i = 0; i < OPT_COUNT; i++) {
        const char *value = app_option(app, (enum option)i), *form = NULL;
        int64_t instant;
        if (value != NULL)
            form = form_of(option_rows[i].form, value, i == OPT_NOW ? &app->now : &instant);
        if (form != NULL)
            return fail_usage(app, "the argument of --%s is not %s", option_rows[i].name, form);
    }
    return EXIT_DONE;
}

static int check_options(const struct app *app) {
    const struct command *command = app->command;
    for (int i = 0; i < OPT_COUNT; i++) {
        option_set bit = OPTION_BIT(i);
        const char *value = option_rows[i].value;
        if ((app->args.given & bit) != 0 && ((command->options | OPTIONS_GLOBAL) & bit) == 0)
            return fail_usage(app, "this command does not take --%s", option_rows[i].name);
        if ((command->needed & bit) != 0 && (app->args.given & bit) == 0)
            return fail_usage(app, "--%s%s%s is needed", option_rows[i].name, value ? " " : "",
                              value ? value : "");
    }
    return EXIT_DONE;
}

static int check_line(struct app *app) {
    int status;
    status = check_options(app);
    if (status == EXIT_DONE)
        status = check_arguments(app);
    if (status == EXIT_DONE)
        status = check_forms(app);
    if (status == EXIT_DONE && app->command->fits != NULL)
        status = app->command->fits(app);
    if (status == EXIT_DONE && app_option(app, OPT_STORE) == NULL &&
        (app->command->options & OPTION_BIT(OPT_STORE)) == 0)
        status = fail_usage(app, "--store FILE is needed");
    return status;
}

/* ---- the store ---- */

static int64_t fixed_clock(void *user) {
    return *(const int64_t *)user;
}

static int set_key_file(struct app *app) {
    const char *store = app_option(app, OPT_STORE), *key = app_option(app, OPT_KEY_FILE);
    consent_error *error = NULL;
    consent_status status;
    const char *phrase = app_option(app, OPT_PASSPHRASE_FILE);
    size_t size = strlen(store) + sizeof ".key";
    char *path;
    if (phrase != NULL && key != NULL)
        return fail_usage(app, "--key-file and --passphrase-file exclude each other");
    if (phrase != NULL) {
        status = consent_options_set_passphrase_file(app->options, phrase, &error);
        return status < 0 ? fail(app, "open", status, error) : EXIT_DONE;
    }
    path = malloc(size);
    if (path == NULL)
        return fail_here(app, "open", CONSENT_E_MEMORY, "out of memory");
    snprintf(path, size, "%s.key", store);
    status = consent_options_set_key_file(app->options, key != NULL ? key : path, &error);
    free(path);
    return status < 0 ? fail(app, "open", status, error) : EXIT_DONE;
}

static int open_store(struct app *app) {
    consent_error *error = NULL;
    consent_status status;
    int exit_status;
    if (app_option(app, OPT_STORE) == NULL)
        return EXIT_DONE; /* a command that can do without */
    app->options = consent_options_new();
    if (app->options == NULL)
        return fail_here(app, "open", CONSENT_E_MEMORY, "out of memory");
    if (args_has(&app->args, OPT_NOW))
        consent_options_set_clock(app->options, fixed_clock, &app->now);
    exit_status = set_key_file(app);
    if (exit_status != EXIT_DONE || app->command->creates)
        return exit_status;
    status = consent_store_open(app_option(app, OPT_STORE), app->options, &app->store, &error);
    return status < 0 ? fail(app, "open", status, error) : EXIT_DONE;
}

/* ---- the run ---- */

static int run_help(struct app *app) {
    const char *noun = app->args.word_count > 0 ? app->args.word[0] : NULL;
    bool whole = app->args.word_count == 1 && has_noun(noun);
    for (size_t i = 0; whole && i < command_count; i++)
        whole = commands[i].verb != NULL || strcmp(commands[i].noun, noun) != 0;
    if (noun == NULL || whole)
        return help_print(app, NULL, noun);
    int status = find_command(app);
    if (status != EXIT_DONE)
        return status;
    return help_print(app, app->command, NULL);
}

static int run(struct app *app, int argc, char **argv) {
    char problem[160];
    int status;
    if (!args_read(&app->args, argc, argv, problem, sizeof problem))
        return fail_usage(app, "%s", problem);
    if (args_has(&app->args, OPT_HELP))
        return run_help(app);
    if (args_has(&app->args, OPT_VERSION))
        return app->args.word_count == 0
                   ? help_version(app)
                   : fail_usage(app, "--version goes without a command (a policy's version is VER, "
                                     "or --policy-version VER)");
    status = find_command(app);
    if (status == EXIT_DONE)
        status = check_line(app);
    if (status == EXIT_DONE)
        status = open_store(app);
    return status == EXIT_DONE ? app->command->run(app) : status;
}

static bool wants_colour(void) {
    const char *no_colour = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(STDOUT_FILENO) && (no_colour == NULL || no_colour[0] == '\0') &&
           (term == NULL || strcmp(term, "dumb") != 0);
}

int main(int argc, char **argv) {
    struct app app = {0};
    int status;
    app.json = args_json(argc, argv);
    app.colour = !app.json && wants_colour();
    status = run(&app, argc, argv);
    consent_store_free(app.store);
    consent_options_free(app.options);
    args_free(&app.args);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("consentctl: the output could not be written [CONSENT_E_IO]\n", stderr);
        return EXIT_STORAGE;
    }
    return status;
}
