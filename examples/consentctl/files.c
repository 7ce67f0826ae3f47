/* SPDX-License-Identifier: Apache-2.0 */
#include "files.h"

#include "output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int fail_errno(const struct app *app, const char *operation, const char *what, int code) {
    consent_status status = code == ENOENT || code == ENOTDIR ? CONSENT_E_NOT_FOUND
                            : code == ENOMEM                  ? CONSENT_E_MEMORY
                                                              : CONSENT_E_IO;
    return fail_here(app, operation, status, "%s: %s", what, strerror(code));
}

/* Reads up to FILES_MAX bytes; one byte more is one too many. */
static int read_stream(const struct app *app, const char *operation, FILE *file, char **out,
                       size_t *out_len) {
    size_t room = 64 * 1024, len = 0;
    char *bytes = malloc(room), *more;
    while (bytes != NULL) {
        len += fread(bytes + len, 1, room - len, file);
        if (len < room || len > FILES_MAX)
            break;
        room = room * 2 <= FILES_MAX ? room * 2 : FILES_MAX + 1;
        more = realloc(bytes, room);
        if (more == NULL)
            free(bytes);
        bytes = more;
    }
    if (bytes == NULL)
        return fail_errno(app, operation, "the document cannot be held", ENOMEM);
    *out = bytes;
    *out_len = len;
    if (ferror(file))
        return fail_errno(app, operation, "the document cannot be read", errno);
    if (len > FILES_MAX)
        return fail_here(app, operation, CONSENT_E_LIMIT, "the document is larger than %zu MiB",
                         FILES_MAX / 1024 / 1024);
    return EXIT_DONE;
}

int files_read(const struct app *app, const char *operation, const char *path, char **out,
               size_t *out_len) {
    bool is_stdin = strcmp(path, "-") == 0;
    FILE *file = is_stdin ? stdin : fopen(path, "rb");
    int status;
    *out = NULL;
    *out_len = 0;
    if (file == NULL)
        return fail_errno(app, operation, "the document cannot be opened", errno);
    status = read_stream(app, operation, file, out, out_len);
    if (!is_stdin)
        fclose(file);
    if (status != EXIT_DONE) {
        free(*out);
        *out = NULL;
    }
    return status;
}
