/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"

#include <cjson/cJSON.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "fault_vfs.h"

static struct {
    atomic_int kind; /* -1: none */
    atomic_bool fails, on;
    int64_t index;
    atomic_int_fast64_t seen;
    atomic_bool came;
} armed = {.kind = -1};

static atomic_int_fast64_t live_library, live_sqlite, live_json;
static sqlite3_mem_methods base;

const char *fault_name(fault_kind kind) {
    static const char *const names[FAULT_KINDS] = {
        "memory", "random",   "read",   "short read", "write",       "full",
        "sync",   "truncate", "lock",   "shm map",    "shm lock",    "open",
        "delete", "size",     "access", "system",     "system full", "guarded memory",
    };
    return names[kind];
}

/* ---- arming ---- */

static void arm(fault_kind kind, int64_t index, bool fails, bool on) {
    armed.index = index;
    atomic_store(&armed.seen, 0);
    atomic_store(&armed.came, false);
    atomic_store(&armed.fails, fails);
    atomic_store(&armed.on, on);
    atomic_store(&armed.kind, (int)kind);
}

void fault_arm(fault_kind kind, int64_t index, bool from_it_on) {
    arm(kind, index, true, from_it_on);
}

void fault_count(fault_kind kind) {
    arm(kind, 0, false, false);
}

int64_t fault_disarm(void) {
    atomic_store(&armed.kind, -1);
    return (int64_t)atomic_load(&armed.seen);
}

bool fault_came(void) {
    return atomic_load(&armed.came);
}

bool fault_now(fault_kind kind) {
    int64_t at;
    if (atomic_load_explicit(&armed.kind, memory_order_relaxed) != (int)kind)
        return false;
    at = (int64_t)atomic_fetch_add(&armed.seen, 1);
    if (!atomic_load(&armed.fails) ||
        (at != armed.index && !(atomic_load(&armed.on) && at > armed.index)))
        return false;
    atomic_store(&armed.came, true);
    return true;
}

/* ---- memory and randomness of the library ---- */

void *fault_memory(void *pointer, size_t size, void *user) {
    void *made;
    (void)user;
    if (size == 0) {
        if (pointer != NULL)
            (void)atomic_fetch_sub(&live_library, 1);
        free(pointer);
        return NULL;
    }
    if (fault_now(FAULT_MEMORY))
        return NULL;
    made = realloc(pointer, size);
    if (pointer == NULL && made != NULL)
        (void)atomic_fetch_add(&live_library, 1);
    return made;
}

bool fault_random(void *bytes, size_t n, void *user) {
    (void)user;
    if (fault_now(FAULT_RANDOM))
        return false;
    randombytes_buf(bytes, n);
    return true;
}

int64_t fault_live_library(void) {
    return (int64_t)atomic_load(&live_library);
}
int64_t fault_live_sqlite(void) {
    return (int64_t)atomic_load(&live_sqlite);
}
int64_t fault_live_json(void) {
    return (int64_t)atomic_load(&live_json);
}

/* ---- memory of cJSON ---- */

static void *json_malloc(size_t size) {
    void *made = fault_now(FAULT_MEMORY) ? NULL : malloc(size);
    if (made != NULL)
        (void)atomic_fetch_add(&live_json, 1);
    return made;
}

static void json_free(void *pointer) {
    if (pointer != NULL)
        (void)atomic_fetch_sub(&live_json, 1);
    free(pointer);
}

/* ---- memory of SQLite ---- */

static void *sqlite_malloc(int size) {
    void *made = fault_now(FAULT_MEMORY) ? NULL : base.xMalloc(size);
    if (made != NULL)
        (void)atomic_fetch_add(&live_sqlite, 1);
    return made;
}

static void sqlite_free(void *pointer) {
    if (pointer != NULL)
        (void)atomic_fetch_sub(&live_sqlite, 1);
    base.xFree(pointer);
}

static void *sqlite_realloc(void *pointer, int size) {
    return fault_now(FAULT_MEMORY) ? NULL : base.xRealloc(pointer, size);
}

void fault_install(void) {
    static bool installed;
    cJSON_Hooks hooks = {json_malloc, json_free};
    sqlite3_mem_methods ours;
    if (installed)
        return;
    installed = true;
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &base) != SQLITE_OK) {
        fprintf(stderr, "fault_install: SQLite was in use already\n");
        abort();
    }
    ours = base;
    ours.xMalloc = sqlite_malloc;
    ours.xFree = sqlite_free;
    ours.xRealloc = sqlite_realloc;
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &ours) != SQLITE_OK ||
        sqlite3_initialize() != SQLITE_OK || fault_vfs_register() != SQLITE_OK ||
        sodium_init() < 0) {
        fprintf(stderr, "fault_install: SQLite does not take the allocator or the VFS\n");
        abort();
    }
    cJSON_InitHooks(&hooks);
}
