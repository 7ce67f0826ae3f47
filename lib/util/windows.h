/* SPDX-License-Identifier: Apache-2.0 */
/* The POSIX calls this library makes, for Windows (mingw-w64): included before everything else
 * there and nowhere else. Paths are UTF-8. What Windows does not have:
 * - modes of files: whoever Windows lets read a key file can read it, and nothing is refused;
 * - folders cannot be synced: NTFS keeps names by its own journal;
 * - a file's identity: that another file was put under the store's name is not noticed. */
#ifndef CONSENT__UTIL_WINDOWS_H
#define CONSENT__UTIL_WINDOWS_H

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#define O_CLOEXEC _O_NOINHERIT
#define O_NOFOLLOW 0
#define O_NOCTTY 0
#define O_NONBLOCK 0
#define O_DIRECTORY 0x40000000
#define AT_FDCWD 0
#define AT_EACCESS 0
#ifndef EDQUOT
#define EDQUOT 10069
#endif
#define _SC_NPROCESSORS_ONLN 0

int consent__win_open(const char *path, int flags, ...);
int consent__win_fsync(int fd);
int consent__win_link(const char *from, const char *to);
int consent__win_rename(const char *from, const char *to);
int consent__win_unlink(const char *path);
int consent__win_stat(const char *path, struct stat *out);
int consent__win_fstat(int fd, struct stat *out);
int consent__win_access(const char *path, int mode);
char *consent__win_realpath(const char *path);
int consent__win_alive(int64_t pid);
long consent__win_cpus(void);

#define open consent__win_open
#define fsync consent__win_fsync
#define link consent__win_link
#define rename consent__win_rename
#define unlink consent__win_unlink
#define stat(path, out) consent__win_stat(path, out)
#define lstat(path, out) consent__win_stat(path, out)
#define fstat(fd, out) consent__win_fstat(fd, out)
#define faccessat(folder, path, mode, flags) consent__win_access(path, mode)
#define realpath(path, out) consent__win_realpath(path)
#define kill(pid, number) consent__win_alive(pid)
#define fchmod(fd, mode) 0
#define sysconf(what) consent__win_cpus()
#define strerror_r(code, text, n) strerror_s(text, n, code)
/* there are no signals that a thread could be asked to handle */
#undef pthread_sigmask
#define sigset_t _sigset_t
#define sigfillset(set) (*(set) = 0, 0)
#define pthread_sigmask(how, set, before) ((void)(set), (void)(before), 0)
#define tell consent__tell /* <io.h> has one */

#endif
