/* SPDX-License-Identifier: Apache-2.0 */
#if defined(_WIN32)
#include <stdint.h>

#include "util/windows.h"

#include <stdarg.h>
#include <string.h>
#include <windows.h>

#undef fstat
#undef stat

/* To be freed; NULL with errno. */
static wchar_t *wide(const char *path) {
    int n = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path, -1, NULL, 0);
    wchar_t *made = n > 0 ? malloc((size_t)n * sizeof *made) : NULL;
    if (made)
        (void)MultiByteToWideChar(CP_UTF8, 0, path, -1, made, n);
    else
        errno = n > 0 ? ENOMEM : EINVAL;
    return made;
}

static int failed(DWORD code) {
    switch (code) {
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND:
        errno = ENOENT;
        break;
    case ERROR_FILE_EXISTS:
    case ERROR_ALREADY_EXISTS:
        errno = EEXIST;
        break;
    case ERROR_DISK_FULL:
    case ERROR_HANDLE_DISK_FULL:
        errno = ENOSPC;
        break;
    case ERROR_WRITE_PROTECT:
        errno = EROFS;
        break;
    case ERROR_ACCESS_DENIED:
    case ERROR_SHARING_VIOLATION:
        errno = EACCES;
        break;
    default:
        errno = EIO;
    }
    return -1;
}

int consent__win_open(const char *path, int flags, ...) {
    if (flags & O_DIRECTORY) /* only ever opened to be synced */
        return _open("NUL", _O_RDWR | _O_BINARY | _O_NOINHERIT);
    int mode = 0;
    if (flags & _O_CREAT) {
        va_list more;
        va_start(more, flags);
        mode = va_arg(more, int) & (_S_IREAD | _S_IWRITE);
        va_end(more);
    }
    wchar_t *name = wide(path);
    int fd = name ? _wopen(name, flags | _O_BINARY, mode) : -1;
    free(name);
    return fd;
}

int consent__win_fsync(int fd) {
    HANDLE file = (HANDLE)_get_osfhandle(fd);
    if (GetFileType(file) != FILE_TYPE_DISK || FlushFileBuffers(file))
        return 0;
    if (GetLastError() != ERROR_ACCESS_DENIED)
        return failed(GetLastError());
    /* opened for reading: POSIX syncs that, too */
    HANDLE again =
        ReOpenFile(file, GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, 0);
    if (again == INVALID_HANDLE_VALUE)
        return failed(GetLastError());
    BOOL done = FlushFileBuffers(again);
    DWORD code = GetLastError();
    (void)CloseHandle(again);
    return done ? 0 : failed(code);
}

int consent__win_link(const char *from, const char *to) {
    wchar_t *a = wide(from), *b = wide(to);
    int rc = -1;
    if (a && b && CreateHardLinkW(b, a, NULL))
        rc = 0;
    else if (a && b) {
        DWORD code = GetLastError();
        (void)failed(code == ERROR_ALREADY_EXISTS ? code : ERROR_ACCESS_DENIED);
    }
    free(a);
    free(b);
    return rc;
}

int consent__win_rename(const char *from, const char *to) {
    wchar_t *a = wide(from), *b = wide(to);
    int rc = -1;
    if (a && b)
        rc = MoveFileExW(a, b, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH)
                 ? 0
                 : failed(GetLastError());
    free(a);
    free(b);
    return rc;
}

int consent__win_unlink(const char *path) {
    wchar_t *name = wide(path);
    int rc = name ? _wunlink(name) : -1;
    free(name);
    return rc;
}

static int put(int rc, const struct _stat64 *from, struct stat *out) {
    if (rc != 0)
        return rc;
    memset(out, 0, sizeof *out);
    out->st_mode = from->st_mode & (unsigned short)~077;
    out->st_size =
        (off_t)(from->st_size > INT32_MAX && sizeof(off_t) < 8 ? INT32_MAX : from->st_size);
    out->st_mtime = (time_t)from->st_mtime;
    out->st_dev = from->st_dev;
    out->st_nlink = from->st_nlink;
    return 0;
}

int consent__win_stat(const char *path, struct stat *out) {
    struct _stat64 found;
    wchar_t *name = wide(path);
    int rc = name ? put(_wstat64(name, &found), &found, out) : -1;
    free(name);
    return rc;
}

int consent__win_fstat(int fd, struct stat *out) {
    struct _stat64 found;
    return put(_fstat64(fd, &found), &found, out);
}

int consent__win_access(const char *path, int mode) {
    wchar_t *name = wide(path);
    int rc = name ? _waccess(name, mode & (R_OK | W_OK)) : -1;
    free(name);
    return rc;
}

char *consent__win_realpath(const char *path) {
    struct stat st;
    char drive[4] = {path[0], ':', '/', '\0'}; /* "C:" alone would be where that drive stands */
    if (strlen(path) == 2 && path[1] == ':')
        path = drive;
    wchar_t *name = wide(path), *full = name ? _wfullpath(NULL, name, 0) : NULL;
    int n = full ? WideCharToMultiByte(CP_UTF8, 0, full, -1, NULL, 0, NULL, NULL) : 0;
    char *made = n > 0 ? malloc((size_t)n) : NULL;
    if (made)
        (void)WideCharToMultiByte(CP_UTF8, 0, full, -1, made, n, NULL, NULL);
    free(name);
    free(full);
    for (char *p = made; p && *p; p++)
        if (*p == '\\')
            *p = '/';
    if (made && consent__win_stat(made, &st) != 0) {
        free(made);
        made = NULL;
    }
    return made;
}

int consent__win_alive(int64_t pid) {
    HANDLE process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, (DWORD)pid);
    DWORD code = 0;
    if (!process) {
        errno = GetLastError() == ERROR_ACCESS_DENIED ? EPERM : ESRCH;
        return -1;
    }
    BOOL known = GetExitCodeProcess(process, &code);
    (void)CloseHandle(process);
    errno = ESRCH;
    return known && code == STILL_ACTIVE ? 0 : -1;
}

long consent__win_cpus(void) {
    SYSTEM_INFO info;
    GetSystemInfo(&info);
    return (long)info.dwNumberOfProcessors;
}
#else
typedef int consent__not_windows; /* a translation unit is not empty */
#endif
