/* SPDX-License-Identifier: Apache-2.0 */
/* Failures on demand. One counter per kind of operation: the n-th one fails, alone or with all that
 * follow. Memory of the library (fault_memory), of SQLite and of cJSON share one counter, so that
 * one sweep visits every allocation of a call.
 *
 * fault_install must run before anything else touches SQLite, in a process that has one thread. */
#ifndef TESTS_SUPPORT_FAULT_H
#define TESTS_SUPPORT_FAULT_H

#include <consent/options.h>

typedef enum fault_kind {
    FAULT_MEMORY,     /* malloc and realloc of the library, SQLite and cJSON */
    FAULT_RANDOM,     /* consent_random_fn */
    FAULT_READ,       /* xRead answers SQLITE_IOERR_READ */
    FAULT_SHORT_READ, /* xRead gives half of what it should, the rest zero: see
                         tests/fault/README.md */
    FAULT_WRITE,      /* xWrite answers SQLITE_IOERR_WRITE, after half of the bytes */
    FAULT_FULL,       /* xWrite answers SQLITE_FULL, after half of the bytes */
    FAULT_SYNC,
    FAULT_TRUNCATE,
    FAULT_LOCK,     /* xLock: SQLITE_IOERR_LOCK */
    FAULT_SHM_MAP,  /* SQLITE_IOERR_SHMMAP */
    FAULT_SHM_LOCK, /* SQLITE_IOERR_SHMLOCK, for taking a lock only */
    FAULT_OPEN,     /* SQLITE_CANTOPEN */
    FAULT_DELETE,
    FAULT_SIZE, /* xFileSize */
    FAULT_ACCESS,
    FAULT_SYSTEM,      /* open, write, fsync, link … of the library itself: EIO */
    FAULT_SYSTEM_FULL, /* those of them that need room: ENOSPC */
    FAULT_GUARDED,     /* sodium_malloc */
    FAULT_KINDS
} fault_kind;

const char *fault_name(fault_kind kind);

/* Allocators, and a VFS "fault" over the default one, which becomes the default. Sync is counted
 * and left out: no test here pulls the plug, and the sweeps would take hours. */
void fault_install(void);
/* Allocations of libc and libsodium made by the library's own objects. The program is linked with
 * --wrap (tests/fault/local.cmake). */
void fault_install_system(void);

/* index counts from 0. */
void fault_arm(fault_kind kind, int64_t index, bool from_it_on);
/* Counts operations of a kind without a failure. */
void fault_count(fault_kind kind);
/* Ends either; answers how many operations of the kind there were. */
int64_t fault_disarm(void);
/* Whether the armed failure came. Stays until the next fault_arm. */
bool fault_came(void);
/* For the sources of failures: one more operation of this kind; true when it has to fail. */
bool fault_now(fault_kind kind);

void *fault_memory(void *pointer, size_t size, void *user);
bool fault_random(void *bytes, size_t n, void *user);
/* Blocks handed out and not given back. */
int64_t fault_live_library(void);
int64_t fault_live_sqlite(void);
int64_t fault_live_json(void);

#endif
