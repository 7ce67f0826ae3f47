/* SPDX-License-Identifier: Apache-2.0 */
/* The file as a file: where it is, what it is before SQLite touches it, and how a new one appears
 * whole or not at all. */
#define _XOPEN_SOURCE 700 /* realpath */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/sqlite/db.h"
#include "util/text.h"

#define FILE_MARK ".consent-new-" /* NAME FILE_MARK pid - number */
#define FILE_HEADER 100

/* ---- paths ---- */

static consent_status file_resolve(const consent__cx *cx, const char *path, char **out) {
    char *real = realpath(path, NULL);
    if (real == NULL)
        return consent__errno_fail(cx, errno, "finding the file");
    *out = consent__strdup(cx->env, real);
    free(real);
    return *out != NULL ? CONSENT_OK : consent__no_memory(cx);
}

consent_status consent__sqlite_file_real_path(const consent__cx *cx, const char *path, char **out) {
    consent_status status;
    *out = NULL;
    if (path == NULL || *path == '\0')
        return consent__op_refuse(cx);
    status = file_resolve(cx, path, out);
    if (status == CONSENT_E_READONLY) { /* a folder on the way that may not be searched */
        consent__forget(cx);
        status = consent__fail(cx, CONSENT_E_OPEN, "the file's folder cannot be read");
    }
    return status;
}

static const char *file_base(const char *path) {
    const char *slash = strrchr(path, '/');
#if defined(_WIN32)
    const char *other = strrchr(path, '\\');
    if (other != NULL && (slash == NULL || other > slash))
        slash = other;
#endif
    return slash != NULL ? slash + 1 : path;
}

/* The folder of a path, as text of its own. */
static char *file_folder(const consent__cx *cx, const char *path) {
    size_t n = (size_t)(file_base(path) - path);
    char *folder = consent__alloc(cx->env, n + 2);
    if (folder == NULL)
        return NULL;
    if (n == 0)
        folder[0] = '.';
    else
        memcpy(folder, path, n > 1 ? n - 1 : n); /* "/" keeps its slash */
    return folder;
}

static char *file_join(const consent__cx *cx, const char *a, const char *b, const char *c) {
    size_t n = strlen(a) + strlen(b) + strlen(c) + 1;
    char *text = consent__alloc(cx->env, n);
    if (text != NULL)
        (void)snprintf(text, n, "%s%s%s", a, b, c);
    return text;
}

consent_status consent__sqlite_file_new_path(const consent__cx *cx, const char *path, char **out) {
    struct stat st;
    consent_status status;
    char *folder, *real = NULL;
    *out = NULL;
    if (path == NULL || *path == '\0')
        return consent__op_refuse(cx);
    if (*file_base(path) == '\0')
        return consent__fail(cx, CONSENT_E_OPEN, "the path names a folder");
    folder = file_folder(cx, path);
    if (folder == NULL)
        return consent__no_memory(cx);
    status = file_resolve(cx, folder, &real);
    consent__release(cx->env, folder);
    if (status == CONSENT_OK)
        *out = file_join(cx, real, strcmp(real, "/") == 0 ? "" : "/", file_base(path));
    consent__release(cx->env, real);
    if (status == CONSENT_OK && *out == NULL)
        status = consent__no_memory(cx);
    if (status == CONSENT_OK && lstat(*out, &st) == 0)
        status = consent__fail_code(cx, CONSENT_E_EXISTS, EEXIST, "the file exists already");
    if (status != CONSENT_OK) {
        consent__release(cx->env, *out);
        *out = NULL;
    }
    return status;
}

/* ---- temporary files ---- */

consent_status consent__sqlite_file_temporary(const consent__cx *cx, const char *path, char **out) {
    static _Atomic unsigned counter;
    int fd = -1, tries, code = 0;
    *out = NULL;
    for (tries = 0; fd < 0 && tries < 100; tries++) {
        char tail[64];
        consent__release(cx->env, *out);
        (void)snprintf(tail, sizeof tail, "%ld-%u", (long)getpid(), atomic_fetch_add(&counter, 1));
        *out = file_join(cx, path, FILE_MARK, tail);
        if (*out == NULL)
            return consent__no_memory(cx);
        fd = open(*out, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        code = errno;
        if (fd < 0 && code != EEXIST)
            break;
    }
    if (fd >= 0 && fchmod(fd, 0600) == 0) { /* whatever the umask */
        (void)close(fd);
        return CONSENT_OK;
    }
    if (fd >= 0) {
        code = errno;
        (void)close(fd);
        (void)unlink(*out);
    }
    consent__release(cx->env, *out);
    *out = NULL;
    return consent__errno_fail(cx, code, "making a file");
}

bool consent__sqlite_file_is_temporary(const char *name, bool *in_work) {
    const char *mark = strstr(name, FILE_MARK);
    long pid;
    if (mark == NULL)
        return false;
    pid = strtol(mark + strlen(FILE_MARK), NULL, 10);
    *in_work = pid > 0 && (kill((pid_t)pid, 0) == 0 || errno == EPERM);
    return true;
}

void consent__sqlite_file_discard(const consent__cx *cx, const char *temporary) {
    static const char *const tails[] = {"", "-wal", "-shm", "-journal"};
    char name[4096 +
              16]; /* asks for no memory: there may be none, and that be why it is discarded */
    size_t i, n = temporary != NULL ? strlen(temporary) : sizeof name;
    (void)cx;
    for (i = 0; n < sizeof name - 16 && i < sizeof tails / sizeof *tails; i++) {
        memcpy(name, temporary, n);
        memcpy(name + n, tails[i], strlen(tails[i]) + 1);
        (void)unlink(name);
    }
}

static int file_sync(const char *path, int flags) {
    int fd = open(path, flags | O_CLOEXEC), code = 0;
    if (fd < 0)
        return errno;
    if (fsync(fd) != 0)
        code = errno;
    (void)close(fd);
    return code;
}

/* Where the system has no hard links (FAT, Android's rules for applications): claim the name with
 * an empty file of our own, then move the whole one over it. */
static int file_claim_and_move(const char *temporary, const char *path) {
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600), code;
    if (fd < 0)
        return errno;
    (void)close(fd);
    if (rename(temporary, path) == 0)
        return 0;
    code = errno;
    (void)unlink(path);
    return code;
}

static int file_appear(const char *temporary, const char *path) {
    int code = link(temporary, path) == 0 ? 0 : errno;
    switch (code) {
    case 0:
        (void)unlink(temporary);
        return 0;
    case EPERM:
    case EACCES:
    case EMLINK:
    case ENOSYS:
    case ENOTSUP:
#if EOPNOTSUPP != ENOTSUP
    case EOPNOTSUPP:
#endif
        return file_claim_and_move(temporary, path);
    default:
        return code;
    }
}

consent_status consent__sqlite_file_publish(const consent__cx *cx, const char *temporary,
                                            const char *path) {
    char *folder = file_folder(cx, path);
    int code;
    if (folder == NULL)
        return consent__no_memory(cx);
    code = file_sync(temporary, O_RDONLY);
    if (code == 0)
        code = file_appear(temporary, path);
    if (code == 0) {
        code = file_sync(folder, O_RDONLY | O_DIRECTORY);
        if (code == EINVAL || code == ENOTSUP || code == EACCES) /* folders that take no fsync */
            code = 0;
        if (code != 0)
            (void)unlink(path); /* it might not outlast a power cut: then rather not at all */
    }
    consent__release(cx->env, folder);
    return code == 0 ? CONSENT_OK : consent__errno_fail(cx, code, "giving the file its name");
}

/* ---- examination before opening ---- */

static consent_status file_check_access(const consent__cx *cx, const char *path) {
    struct stat st;
    char *folder;
    int code;
    if (stat(path, &st) != 0)
        return consent__errno_fail(cx, errno, "finding the file");
    if (S_ISDIR(st.st_mode))
        return consent__fail_code(cx, CONSENT_E_OPEN, EISDIR, "the path names a folder");
    if (!S_ISREG(st.st_mode))
        return consent__fail(cx, CONSENT_E_OPEN, "the path does not name a regular file");
    if (faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) != 0)
        return consent__fail_code(cx, CONSENT_E_OPEN, errno, "the file cannot be read");
    if (faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0)
        return consent__fail_code(cx, CONSENT_E_READONLY, errno, "the file cannot be written");
    folder = file_folder(cx, path);
    if (folder == NULL)
        return consent__no_memory(cx);
    code = faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) == 0 ? 0 : errno;
    consent__release(cx->env, folder);
    if (code != 0)
        return consent__fail_code(cx, CONSENT_E_READONLY, code,
                                  "the file's folder cannot be written");
    return CONSENT_OK;
}

typedef struct file_head {
    sqlite3_int64 size;
    uint8_t bytes[FILE_HEADER];
} file_head;

static int file_read_head(sqlite3_file *file, const char *path, file_head *head) {
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    int amount, rc, got = 0;
    rc = vfs->xOpen(vfs, path, file, SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_READONLY, &got);
    if (rc != SQLITE_OK)
        return rc;
    rc = file->pMethods->xFileSize(file, &head->size);
    if (rc == SQLITE_OK) {
        amount = head->size < FILE_HEADER ? (int)head->size : FILE_HEADER;
        if (amount > 0)
            rc = file->pMethods->xRead(file, head->bytes, amount, 0);
        if (rc == SQLITE_IOERR_SHORT_READ)
            rc = SQLITE_OK; /* it shrank meanwhile: the rest is zero */
    }
    if (rc == SQLITE_OK) /* again: it may have grown since */
        rc = file->pMethods->xFileSize(file, &head->size);
    (void)file->pMethods->xClose(file);
    return rc;
}

/* Reads through SQLite's own layer. Closing a descriptor of ours would drop the POSIX locks that
 * other connections of this process hold on the same file. */
static consent_status file_load_head(const consent__cx *cx, const char *path, file_head *head) {
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    sqlite3_file *file;
    char *name;
    int rc;
    if (vfs == NULL)
        return consent__fail(cx, CONSENT_E_ENGINE, "SQLite has no file system layer");
    file = consent__alloc(cx->env, (size_t)vfs->szOsFile);
    name = (char *)(uintptr_t)sqlite3_create_filename(path, "", "", 0, NULL);
    if (file == NULL || name == NULL)
        rc = SQLITE_NOMEM;
    else
        rc = file_read_head(file, name, head);
    sqlite3_free_filename(name);
    consent__release(cx->env, file);
    return rc == SQLITE_OK ? CONSENT_OK : consent__sqlite_fail(cx, NULL, rc, "reading the file");
}

static uint32_t file_word(const file_head *head, size_t at) {
    const uint8_t *p = head->bytes + at;
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* The file alone does not say how long it is while a log waits to be copied into it. */
static bool file_has_log(const consent__cx *cx, const char *path) {
    static const char *const tails[] = {"-wal", "-journal"};
    bool found = false;
    size_t i;
    for (i = 0; i < sizeof tails / sizeof *tails; i++) {
        struct stat st;
        char *name = file_join(cx, path, tails[i], "");
        found = found || name == NULL || (stat(name, &st) == 0 && st.st_size > 0);
        consent__release(cx->env, name);
    }
    return found;
}

static bool file_is_whole(const file_head *head) {
    uint32_t page = (uint32_t)head->bytes[16] << 8 | head->bytes[17];
    uint32_t pages = file_word(head, 28);
    if (page == 1)
        page = 65536;
    if (page < 512 || (page & (page - 1)) != 0)
        return false;
    if (head->size < page || head->size % page != 0)
        return false;
    /* The count is right only when the last writer knew of it: the two counters are then equal. */
    return file_word(head, 24) != file_word(head, 92) || head->size / page >= pages;
}

consent_status consent__sqlite_file_newer(const consent__cx *cx, int64_t version) {
    return consent__fail(cx, CONSENT_E_NEWER,
                         "the file has schema %lld, this library knows schemas up to %d",
                         (long long)version, consent__migration_count);
}

static consent_status file_check_head(const consent__cx *cx, const file_head *head, bool log) {
    static const char magic[16] = "SQLite format 3";
    int32_t version;
    if (head->size < (sqlite3_int64)sizeof magic || memcmp(head->bytes, magic, sizeof magic) != 0)
        return consent__fail(cx, CONSENT_E_NOT_STORE,
                             head->size == 0 ? "the file is empty"
                                             : "the file is of another format");
    if (head->size < FILE_HEADER)
        return consent__fail(cx, CONSENT_E_CORRUPT, "the file is cut off within its header");
    if (file_word(head, 68) != CONSENT__APPLICATION_ID)
        return consent__fail(cx, CONSENT_E_NOT_STORE, "the file is another application's database");
    version = (int32_t)file_word(head, 60);
    if (version > consent__migration_count)
        return consent__sqlite_file_newer(cx, version);
    if (version < 1)
        return consent__fail(cx, CONSENT_E_CORRUPT, "the file has no schema number");
    if (!log && !file_is_whole(head))
        return consent__fail(cx, CONSENT_E_CORRUPT, "the file is shorter than its header says");
    return CONSENT_OK;
}

consent_status consent__sqlite_file_examine(const consent__cx *cx, const char *path) {
    consent_status status = file_check_access(cx, path);
    int tries;
    if (status != CONSENT_OK)
        return status;
    /* Other processes may be copying the log just now; what is damaged stays so. */
    for (tries = 0;; tries++) {
        const struct timespec pause = {0, 5000000};
        file_head head = {0};
        bool log = file_has_log(cx, path);
        status = file_load_head(cx, path, &head);
        if (status == CONSENT_OK)
            status = file_check_head(cx, &head, log || file_has_log(cx, path));
        if (status != CONSENT_E_CORRUPT || tries == 2)
            return status;
        consent__forget(cx);
        (void)nanosleep(&pause, NULL);
    }
}
