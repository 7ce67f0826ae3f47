/* SPDX-License-Identifier: Apache-2.0 */
/* Documents given on the command line. */
#ifndef CONSENTCTL_FILES_H
#define CONSENTCTL_FILES_H

#include "app.h"

#define FILES_MAX ((size_t)64 * 1024 * 1024)

/* Reads a whole file ("-": standard input) into *out (to be freed). Answers EXIT_DONE, or prints
 * why not and answers another exit status: 3 for more than FILES_MAX bytes, 4 when there is no such
 * file. */
int files_read(const struct app *app, const char *operation, const char *path, char **out,
               size_t *out_len);

#endif
