/* SPDX-License-Identifier: Apache-2.0 */
/* What the library itself asks of the system. The linker leads the calls in its objects here
 * (--wrap); SQLite and libsodium, which are shared libraries, keep the real ones. Weak: a program
 * that is linked without --wrap has no __real_ names, and does not call fault_install_system. */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fault.h"

int __real_open(const char *path, int flags, ...) __attribute__((weak));
int __real_fsync(int fd) __attribute__((weak));
int __real_fchmod(int fd, mode_t mode) __attribute__((weak));
int __real_link(const char *from, const char *to) __attribute__((weak));
int __real_rename(const char *from, const char *to) __attribute__((weak));
ssize_t __real_write(int fd, const void *bytes, size_t n) __attribute__((weak));
ssize_t __real_read(int fd, void *bytes, size_t n) __attribute__((weak));
char *__real_realpath(const char *path, char *out) __attribute__((weak));
void *__real_sodium_malloc(size_t n) __attribute__((weak));

int __wrap_open(const char *path, int flags, ...);
int __wrap_fsync(int fd);
int __wrap_fchmod(int fd, mode_t mode);
int __wrap_link(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);
ssize_t __wrap_write(int fd, const void *bytes, size_t n);
ssize_t __wrap_read(int fd, void *bytes, size_t n);
char *__wrap_realpath(const char *path, char *out);
void *__wrap_sodium_malloc(size_t n);

static bool fails(bool needs_room) {
    if (fault_now(FAULT_SYSTEM)) {
        errno = EIO;
        return true;
    }
    if (needs_room && fault_now(FAULT_SYSTEM_FULL)) {
        errno = ENOSPC;
        return true;
    }
    return false;
}

int __wrap_open(const char *path, int flags, ...) {
    va_list args;
    int mode;
    va_start(args, flags);
    mode = (flags & O_CREAT) != 0 ? va_arg(args, int) : 0;
    va_end(args);
    return fails((flags & O_CREAT) != 0) ? -1 : __real_open(path, flags, mode);
}

int __wrap_fsync(int fd) {
    (void)fd; /* see fault_install */
    return fails(false) ? -1 : 0;
}

int __wrap_fchmod(int fd, mode_t mode) {
    return fails(false) ? -1 : __real_fchmod(fd, mode);
}

int __wrap_link(const char *from, const char *to) {
    return fails(true) ? -1 : __real_link(from, to);
}

int __wrap_rename(const char *from, const char *to) {
    return fails(true) ? -1 : __real_rename(from, to);
}

ssize_t __wrap_write(int fd, const void *bytes, size_t n) {
    return fails(true) ? -1 : __real_write(fd, bytes, n);
}

ssize_t __wrap_read(int fd, void *bytes, size_t n) {
    return fails(false) ? -1 : __real_read(fd, bytes, n);
}

char *__wrap_realpath(const char *path, char *out) {
    return fails(false) ? NULL : __real_realpath(path, out);
}

void *__wrap_sodium_malloc(size_t n) {
    if (fault_now(FAULT_GUARDED)) {
        errno = ENOMEM;
        return NULL;
    }
    return __real_sodium_malloc(n);
}

void fault_install_system(void) {
    if (__real_open == NULL || __real_sodium_malloc == NULL)
        abort(); /* linked without --wrap */
}
