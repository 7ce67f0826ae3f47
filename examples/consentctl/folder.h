/* SPDX-License-Identifier: Apache-2.0 */
/* A folder of files with at most one level of folders in it: written once and whole, or read
 * without following links. */
#ifndef CONSENTCTL_FOLDER_H
#define CONSENTCTL_FOLDER_H

#include "app.h"

struct folder {
    const struct app *app;
    const char *operation;
    int fd;      /* of the folder, -1 */
    int file;    /* that is being written, -1 */
    bool made;   /* the folder itself */
    char *names; /* of what was written, each ended by NUL; to be taken away on failure */
    size_t length, count;
    const char *path;
    char last[100]; /* name of the file that is being written */
    int problem;    /* errno of the first failure, 0 */
};

/* The folder must not exist or be empty. Answers an exit status; then folder_drop or folder_keep.
 */
int folder_create(struct folder *folder, const struct app *app, const char *operation,
                  const char *path);
/* More bytes of a file; another name ends the one before. False when it failed: see problem. */
bool folder_write(struct folder *folder, const char *name, const void *bytes, size_t len);
/* Makes all of it durable. */
bool folder_keep(struct folder *folder);
/* Takes away what was written, so that no half of it stays. */
void folder_drop(struct folder *folder);

/* Opens for reading; refuses what is not a folder. */
int folder_open(struct folder *folder, const struct app *app, const char *operation,
                const char *path);
/* Calls fn for each regular file; another exit status than 0 ends it. Links, special files and
 * deeper folders are refused. */
int folder_each(struct folder *folder, int (*fn)(const char *name, void *user), void *user);
/* A descriptor of a regular file, -1 with errno ENOENT when there is none. */
int folder_read(const struct folder *folder, const char *name);
void folder_close(struct folder *folder);

#endif
