/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENTCTL_HELP_H
#define CONSENTCTL_HELP_H

#include "app.h"

/* Prints help on standard output: of one command, or of all of a noun, or of the whole program
 * (both NULL). With --json it is the one member "help" of an object. */
int help_print(const struct app *app, const struct command *command, const char *noun);
int help_version(const struct app *app);

#endif
