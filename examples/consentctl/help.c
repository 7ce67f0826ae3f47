/* SPDX-License-Identifier: Apache-2.0 */
#include "help.h"

#include "output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void write_option(FILE *out, enum option option) {
    const struct option_row *row = &option_rows[option];
    char name[48];
    snprintf(name, sizeof name, "--%s%s%s", row->name, row->value != NULL ? " " : "",
             row->value != NULL ? row->value : "");
    fprintf(out, "  %-20s %s\n", name, row->help);
}

static void write_options(FILE *out, option_set set) {
    for (int i = 0; i < OPT_COUNT; i++)
        if ((set & OPTION_BIT(i)) != 0)
            write_option(out, (enum option)i);
}

static void write_command(FILE *out, const struct command *command) {
    char name[64];
    command_name(command, name, sizeof name);
    fprintf(out, "consentctl --store FILE [OPTION]... %s%s%s\n\n%s\n", name,
            command->usage[0] != '\0' ? " " : "", command->usage, command->summary);
    if (command->help != NULL)
        fprintf(out, "%s\n", command->help);
    if ((command->options & ~OPTIONS_GLOBAL) != 0) {
        fputs("\nIts options:\n", out);
        write_options(out, command->options & ~OPTIONS_GLOBAL);
    }
    fputs("\nOptions of every command:\n", out);
    write_options(out, OPTIONS_GLOBAL);
}

static void write_list(FILE *out, const char *noun) {
    char name[64];
    for (size_t i = 0; i < command_count; i++) {
        if (noun != NULL && strcmp(commands[i].noun, noun) != 0)
            continue;
        command_name(&commands[i], name, sizeof name);
        fprintf(out, "  %-18s %s\n", name, commands[i].summary);
    }
}

static void write_program(FILE *out) {
    fputs(
        "consentctl --store FILE [OPTION]... COMMAND ...\n\n"
        "Keeps and asks a consent store: libconsent for operators and auditors. Options may stand\n"
        "anywhere; after -- everything is an argument. consentctl COMMAND --help says more.\n\n"
        "Commands:\n",
        out);
    write_list(out, NULL);
    fputs("\nOptions of every command:\n", out);
    write_options(out, OPTIONS_GLOBAL);
    fputs("\nExit status:\n"
          "  0  done, or allow\n"
          "  1  deny, ineligible, undetermined\n"
          "  2  the command line is wrong (also: --policy is needed)\n"
          "  3  input refused\n"
          "  4  not found, conflict, or not allowed in this state\n"
          "  5  storage\n"
          "  6  key or crypto\n",
          out);
}

int help_print(const struct app *app, const struct command *command, const char *noun) {
    char *text = NULL;
    size_t size = 0;
    FILE *out = app->json ? open_memstream(&text, &size) : stdout;
    int status = EXIT_DONE;
    if (out == NULL)
        return print_json(NULL, EXIT_DONE);
    if (command != NULL) {
        write_command(out, command);
    } else if (noun != NULL) {
        fprintf(out, "consentctl --store FILE [OPTION]... %s ...\n\n", noun);
        write_list(out, noun);
    } else {
        write_program(out);
    }
    if (app->json) {
        fclose(out);
        cJSON *object = cJSON_CreateObject();
        put_text(object, "help", text);
        status = print_json(object, EXIT_DONE);
        free(text);
    }
    return status;
}

int help_version(const struct app *app) {
    cJSON *object;
    if (!app->json) {
        printf("consentctl %s, libconsent %s\n", CONSENT_VERSION, consent_version());
        return EXIT_DONE;
    }
    object = cJSON_CreateObject();
    put_text(object, "consentctl", CONSENT_VERSION);
    put_text(object, "libconsent", consent_version());
    return print_json(object, EXIT_DONE);
}
