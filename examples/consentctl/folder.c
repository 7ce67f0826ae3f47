/* SPDX-License-Identifier: Apache-2.0 */
#include "folder.h"

#include "output.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int fail_folder(const struct folder *folder, const char *what, int code) {
    consent_status status = code == ENOENT || code == ENOTDIR     ? CONSENT_E_OPEN
                            : code == EEXIST || code == ENOTEMPTY ? CONSENT_E_EXISTS
                            : code == EACCES || code == EROFS     ? CONSENT_E_READONLY
                            : code == ENOSPC                      ? CONSENT_E_FULL
                            : code == ENOMEM                      ? CONSENT_E_MEMORY
                                                                  : CONSENT_E_IO;
    return fail_here(folder->app, folder->operation, status, "%s: %s", what, strerror(code));
}

static void folder_init(struct folder *folder, const struct app *app, const char *operation,
                        const char *path) {
    memset(folder, 0, sizeof *folder);
    folder->app = app;
    folder->operation = operation;
    folder->path = path;
    folder->fd = folder->file = -1;
}

int folder_open(struct folder *folder, const struct app *app, const char *operation,
                const char *path) {
    folder_init(folder, app, operation, path);
    folder->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return folder->fd >= 0 ? EXIT_DONE : fail_folder(folder, "the folder cannot be opened", errno);
}

void folder_close(struct folder *folder) {
    if (folder->file >= 0)
        close(folder->file);
    if (folder->fd >= 0)
        close(folder->fd);
    free(folder->names);
    folder_init(folder, folder->app, folder->operation, folder->path);
}

/* ---- writing ---- */

static DIR *folder_list(int at, const char *name) {
    int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *list = fd >= 0 ? fdopendir(fd) : NULL;
    if (list == NULL && fd >= 0)
        close(fd);
    return list;
}

static const char *next_name(DIR *list) {
    const struct dirent *entry;
    do
        entry = readdir(list);
    while (entry != NULL && (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0));
    return entry != NULL ? entry->d_name : NULL;
}

int folder_create(struct folder *folder, const struct app *app, const char *operation,
                  const char *path) {
    bool made = mkdir(path, 0700) == 0;
    int code = errno;
    if (!made && code != EEXIST) {
        folder_init(folder, app, operation, path);
        return fail_folder(folder, "the folder cannot be made", code);
    }
    int status = folder_open(folder, app, operation, path);
    folder->made = made;
    if (status != EXIT_DONE || made)
        return status;
    DIR *list = folder_list(folder->fd, ".");
    bool empty = list != NULL && next_name(list) == NULL;
    if (list != NULL)
        closedir(list);
    return empty ? EXIT_DONE
                 : fail_here(app, operation, CONSENT_E_EXISTS, "the folder is not empty");
}

static bool failed(struct folder *folder) {
    if (folder->problem == 0)
        folder->problem = errno != 0 ? errno : EIO;
    return false;
}

static bool remember(struct folder *folder, const char *name) {
    size_t n = strlen(name) + 1;
    char *more = n <= sizeof folder->last ? realloc(folder->names, folder->length + n) : NULL;
    if (more == NULL) {
        errno = ENOMEM;
        return failed(folder);
    }
    folder->names = more;
    memcpy(more + folder->length, name, n);
    folder->length += n;
    folder->count++;
    return true;
}

static bool file_end(struct folder *folder) {
    int fd = folder->file;
    folder->file = -1;
    if (fd < 0)
        return true;
    errno = 0;
    bool durable = fsync(fd) == 0;
    return close(fd) == 0 && durable ? true : failed(folder);
}

static bool file_start(struct folder *folder, const char *name) {
    const char *slash = strchr(name, '/');
    if (!file_end(folder))
        return false;
    errno = 0;
    if (slash != NULL) {
        char part[sizeof folder->last];
        snprintf(part, sizeof part, "%.*s", (int)(slash - name), name);
        if (mkdirat(folder->fd, part, 0700) != 0 && errno != EEXIST)
            return failed(folder);
    }
    folder->file =
        openat(folder->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (folder->file < 0)
        return failed(folder);
    snprintf(folder->last, sizeof folder->last, "%s", name);
    return remember(folder, name);
}

bool folder_write(struct folder *folder, const char *name, const void *bytes, size_t len) {
    const char *at = bytes;
    if (folder->problem != 0)
        return false;
    if ((folder->file < 0 || strcmp(folder->last, name) != 0) && !file_start(folder, name))
        return false;
    while (len > 0) {
        errno = 0;
        ssize_t n = write(folder->file, at, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return failed(folder);
        at += n;
        len -= (size_t)n;
    }
    return true;
}

/* Calls fn for each folder inside that something was written to, each once in a row. */
static bool each_part(const struct folder *folder, bool (*fn)(int at, const char *part)) {
    char before[sizeof folder->last] = "", part[sizeof folder->last];
    bool good = true;
    const char *name = folder->names;
    for (size_t i = 0; i < folder->count; i++, name += strlen(name) + 1) {
        const char *slash = strchr(name, '/');
        if (slash == NULL)
            continue;
        snprintf(part, sizeof part, "%.*s", (int)(slash - name), name);
        if (strcmp(part, before) != 0)
            good = fn(folder->fd, part) && good;
        memcpy(before, part, sizeof before);
    }
    return good;
}

static bool sync_part(int at, const char *part) {
    int fd = openat(at, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return good;
}

static bool drop_part(int at, const char *part) {
    return unlinkat(at, part, AT_REMOVEDIR) == 0;
}

bool folder_keep(struct folder *folder) {
    if (folder->problem != 0 || !file_end(folder))
        return false;
    errno = 0;
    return each_part(folder, sync_part) && fsync(folder->fd) == 0 ? true : failed(folder);
}

void folder_drop(struct folder *folder) {
    const char *name = folder->names;
    if (folder->file >= 0)
        close(folder->file);
    folder->file = -1;
    for (size_t i = 0; i < folder->count; i++, name += strlen(name) + 1)
        unlinkat(folder->fd, name, 0);
    each_part(folder, drop_part);
    if (folder->made)
        rmdir(folder->path);
}

/* ---- reading ---- */

static int refuse(const struct folder *folder, const char *name) {
    bool legible = args_is_name(name);
    return fail_here(folder->app, folder->operation, CONSENT_E_INPUT,
                     "%s%s is a link, a special file or a folder too deep: it is not read",
                     legible ? name : "a file", legible ? "" : " of the folder");
}

static int each_in(struct folder *folder, const char *part, int (*fn)(const char *, void *),
                   void *user) {
    DIR *list = folder_list(folder->fd, part != NULL ? part : ".");
    const char *name;
    char path[512];
    struct stat about;
    int status = EXIT_DONE;
    if (list == NULL)
        return fail_folder(folder, "the folder cannot be read", errno);
    while (status == EXIT_DONE && (name = next_name(list)) != NULL) {
        int n = snprintf(path, sizeof path, "%s%s%s", part != NULL ? part : "",
                         part != NULL ? "/" : "", name);
        if (n < 0 || (size_t)n >= sizeof path ||
            fstatat(dirfd(list), name, &about, AT_SYMLINK_NOFOLLOW) != 0)
            status = refuse(folder, name);
        else if (S_ISREG(about.st_mode))
            status = fn(path, user);
        else
            status = S_ISDIR(about.st_mode) && part == NULL ? each_in(folder, path, fn, user)
                                                            : refuse(folder, name);
    }
    closedir(list);
    return status;
}

int folder_each(struct folder *folder, int (*fn)(const char *name, void *user), void *user) {
    return each_in(folder, NULL, fn, user);
}

/* O_NOFOLLOW looks at the last part only: the folder in between is opened on its own. */
int folder_read(const struct folder *folder, const char *name) {
    const char *slash = strchr(name, '/');
    char part[sizeof folder->last];
    struct stat about;
    int at = folder->fd;
    if (slash != NULL) {
        snprintf(part, sizeof part, "%.*s", (int)(slash - name), name);
        at = openat(folder->fd, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (at < 0)
            return -1;
    }
    int fd = openat(at, slash != NULL ? slash + 1 : name,
                    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    int code = errno;
    if (slash != NULL)
        close(at);
    if (fd >= 0 && (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode))) {
        close(fd);
        fd = -1;
        code = EINVAL;
    }
    errno = code;
    return fd;
}
