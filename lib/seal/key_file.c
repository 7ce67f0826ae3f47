/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L /* open flags, fstat, fsync */
#endif
#include "seal/seal_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/text.h"

#define FILE_SIZE (2 * CONSENT__KEY + 1) /* hex digits and a newline */

/* ---- reading ---- */

/* Up to n bytes; fewer at the end of the file, -1 on failure. */
static ssize_t read_all(int fd, char *out, size_t n) {
    size_t at = 0;
    while (at < n) {
        ssize_t got = read(fd, out + at, n - at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        at += (size_t)got;
    }
    return (ssize_t)at;
}

/* Looks at the file that is open, not at a name that may since mean another one. */
static consent_status file_check_mode(const consent__cx *cx, int fd, const char *what,
                                      struct stat *st) {
    if (fstat(fd, st) != 0)
        return consent__fail_code(cx, CONSENT_E_IO, errno, "the %s cannot be examined", what);
    if (!S_ISREG(st->st_mode))
        return consent__fail(cx, CONSENT_E_KEY_FORMAT, "the %s is not a regular file", what);
    if ((st->st_mode & 077) != 0)
        return consent__fail(cx, CONSENT_E_KEY_EXPOSED,
                             "the %s is open to group or others (mode %04o, must be 0600)", what,
                             (unsigned)(st->st_mode & 07777));
    return CONSENT_OK;
}

static consent_status file_check(const consent__cx *cx, int fd) {
    struct stat st;
    consent_status status = file_check_mode(cx, fd, "key file", &st);
    if (status != CONSENT_OK)
        return status;
    if (st.st_size != FILE_SIZE)
        return consent__fail(cx, CONSENT_E_KEY_FORMAT,
                             "the key file is not 64 hex digits and a newline");
    return CONSENT_OK;
}

static consent_status file_parse(const consent__cx *cx, int fd, uint8_t out[CONSENT__KEY]) {
    char text[FILE_SIZE + 1]; /* one more, to see a file that grew */
    ssize_t n = read_all(fd, text, sizeof text);
    consent_status status = CONSENT_OK;
    if (n < 0)
        status = consent__fail_code(cx, CONSENT_E_IO, errno, "the key file cannot be read");
    else if (n == FILE_SIZE && text[FILE_SIZE - 1] == '\n') {
        text[FILE_SIZE - 1] = '\0';
        if (!consent__unhex(text, out, CONSENT__KEY))
            n = 0;
    } else
        n = 0;
    if (n == 0)
        status = consent__fail(cx, CONSENT_E_KEY_FORMAT,
                               "the key file is not 64 hex digits and a newline");
    if (status != CONSENT_OK)
        consent__wipe(out, CONSENT__KEY);
    consent__wipe(text, sizeof text);
    return status;
}

consent_status consent__key_file_read(const consent__cx *cx, const char *path,
                                      uint8_t out[CONSENT__KEY]) {
    consent_status status;
    /* Symbolic links are followed: secrets are often mounted that way. NONBLOCK: opening a pipe
     * must not wait for its other end. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0 && errno == ENOENT)
        return consent__fail_code(cx, CONSENT_E_NOT_FOUND, ENOENT, "there is no key file");
    if (fd < 0)
        return consent__fail_code(cx, CONSENT_E_OPEN, errno, "the key file cannot be opened");
    status = file_check(cx, fd);
    if (status == CONSENT_OK)
        status = file_parse(cx, fd, out);
    (void)close(fd);
    return status;
}

/* ---- passphrases ---- */

consent_status consent__passphrase_read(const consent__cx *cx, const char *path, uint8_t **out,
                                        size_t *n) {
    struct stat st;
    consent_status status;
    uint8_t *text = consent__secret_new(CONSENT__PASSPHRASE_MAX + 2);
    ssize_t got = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (text == NULL)
        status = consent__no_memory(cx);
    else if (fd < 0)
        status = consent__fail_code(cx, errno == ENOENT ? CONSENT_E_KEY_FORMAT : CONSENT_E_OPEN,
                                    errno, "the passphrase file cannot be opened");
    else
        status = file_check_mode(cx, fd, "passphrase file", &st);
    if (status == CONSENT_OK) {
        got = read_all(fd, (char *)text, CONSENT__PASSPHRASE_MAX + 2);
        if (got < 0)
            status =
                consent__fail_code(cx, CONSENT_E_IO, errno, "the passphrase file cannot be read");
    }
    if (fd >= 0)
        (void)close(fd);
    if (got > 0 && text[got - 1] == '\n')
        got--;
    if (status == CONSENT_OK && (got == 0 || got > CONSENT__PASSPHRASE_MAX))
        status = consent__fail(cx, CONSENT_E_KEY_FORMAT,
                               "the passphrase is empty or longer than %d bytes",
                               CONSENT__PASSPHRASE_MAX);
    if (status != CONSENT_OK) {
        consent__secret_free(text);
        return status;
    }
    *out = text;
    *n = (size_t)got;
    return CONSENT_OK;
}

/* ---- creating ---- */

static consent_status fail_create(const consent__cx *cx, int code) {
    consent_status status = code == EEXIST                                     ? CONSENT_E_EXISTS
                            : code == ENOENT || code == ENOTDIR                ? CONSENT_E_OPEN
                            : code == EACCES || code == EPERM || code == EROFS ? CONSENT_E_READONLY
                            : code == ENOSPC || code == EDQUOT                 ? CONSENT_E_FULL
                                                                               : CONSENT_E_IO;
    return consent__fail_code(cx, status, code, "the key file cannot be created");
}

static bool write_all(int fd, const char *p, size_t n) {
    while (n > 0) {
        ssize_t put = write(fd, p, n);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        p += put;
        n -= (size_t)put;
    }
    return true;
}

/* Makes the new name itself survive a crash. 0 or an errno. */
static int folder_sync(const char *folder) {
    int code = 0, fd = open(folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY);
    if (fd < 0)
        return errno;
    if (fsync(fd) != 0 && errno != EINVAL) /* EINVAL: a file system that has no such thing */
        code = errno;
    (void)close(fd);
    return code;
}

/* Writes the file; 0 or an errno. */
static int file_write(int fd, const uint8_t key[CONSENT__KEY]) {
    char text[FILE_SIZE + 1];
    int code = 0;
    consent__hex(key, CONSENT__KEY, text);
    text[FILE_SIZE - 1] = '\n';
    /* The umask may have taken even the owner's right to read. */
    if (fchmod(fd, S_IRUSR | S_IWUSR) != 0 || !write_all(fd, text, FILE_SIZE) || fsync(fd) != 0)
        code = errno;
    consent__wipe(text, sizeof text);
    return code;
}

/* The folder of a path, to be released; NULL when out of memory. */
static char *folder_of(const consent__env *env, const char *path) {
    char *folder = consent__strdup(env, path), *slash;
    if (folder == NULL)
        return NULL;
    slash = strrchr(folder, '/');
    if (slash == NULL) {
        consent__release(env, folder);
        return consent__strdup(env, ".");
    }
    slash[slash == folder] = '\0'; /* "/key" lies in "/" */
    return folder;
}

/* Where the system has no hard links: claim the name with an empty file of our own, then move the
 * whole one over it. */
static int claim_and_move(const char *temporary, const char *path) {
    int code, fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0)
        return errno;
    (void)close(fd);
    if (rename(temporary, path) == 0)
        return 0;
    code = errno;
    (void)unlink(path); /* ours: O_EXCL made it */
    return code;
}

/* The whole file appears under its name or none does. */
static int file_appear(const char *temporary, const char *path) {
    if (link(temporary, path) == 0)
        return 0;
    switch (errno) {
    case EPERM:
    case EACCES:
    case EMLINK:
    case ENOSYS:
    case ENOTSUP:
        return claim_and_move(temporary, path);
    default:
        return errno;
    }
}

static int file_create(const char *temporary, const char *path, const char *folder,
                       const uint8_t key[CONSENT__KEY]) {
    int code, fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0)
        return errno;
    code = file_write(fd, key);
    if (close(fd) != 0 && code == 0)
        code = errno;
    if (code == 0)
        code = file_appear(temporary, path);
    (void)unlink(temporary);
    if (code != 0)
        return code;
    code = folder_sync(folder);
    if (code != 0)
        (void)unlink(path);
    return code;
}

consent_status consent__key_file_create(const consent__cx *cx, const char *path,
                                        const uint8_t key[CONSENT__KEY]) {
    static _Atomic unsigned counter;
    const size_t room = strlen(path) + 64;
    char *folder = folder_of(cx->env, path), *temporary = consent__alloc(cx->env, room);
    consent_status status = CONSENT_OK;
    if (folder == NULL || temporary == NULL) {
        status = consent__no_memory(cx);
    } else {
        int code;
        (void)snprintf(temporary, room, "%s.consent-new-%ld-%u", path, (long)getpid(),
                       atomic_fetch_add(&counter, 1));
        code = file_create(temporary, path, folder, key);
        if (code != 0)
            status = fail_create(cx, code);
    }
    consent__release(cx->env, temporary);
    consent__release(cx->env, folder);
    return status;
}
