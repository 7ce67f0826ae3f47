/* SPDX-License-Identifier: Apache-2.0 */
/* The header of the wal-index for readers that must not fear the closing of the db: a second
 * mapping of the same page, made from SQLite's own and not by opening the file, because closing a
 * descriptor of it would drop SQLite's locks. */
#if defined(__linux__)
#define _GNU_SOURCE /* mremap */
#include <sys/mman.h>
#include <unistd.h>
#endif

#include "store/sqlite/db.h"

void consent__sqlite_pulse_open(consent__db *db, consent__pulse *out) {
    out->words = NULL;
    out->size = 0;
#if defined(__linux__)
    /* mremap(2): an old size of 0 makes a new mapping of the same pages, if they are shared. */
    long page = sysconf(_SC_PAGESIZE);
    void *from = (void *)(uintptr_t)db->wal_index, *made;
    if (from == NULL || page <= 0 || (uintptr_t)from % (uintptr_t)page != 0)
        return;
    made = mremap(from, 0, (size_t)page, MREMAP_MAYMOVE);
    if (made == MAP_FAILED)
        return;
    out->words = made;
    out->size = (size_t)page;
#else
    (void)db;
#endif
}

void consent__sqlite_pulse_close(consent__pulse *pulse) {
#if defined(__linux__)
    if (pulse->words != NULL)
        (void)munmap((void *)(uintptr_t)pulse->words, pulse->size);
#endif
    pulse->words = NULL;
}
