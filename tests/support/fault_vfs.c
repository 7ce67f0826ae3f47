/* SPDX-License-Identifier: Apache-2.0 */
#include "fault_vfs.h"

#include <sqlite3.h>
#include <string.h>

#include "fault.h"

typedef struct fault_file {
    sqlite3_file head;
    sqlite3_file *below; /* right behind this struct */
} fault_file;

static sqlite3_vfs *below;
static sqlite3_io_methods methods;
static sqlite3_vfs vfs;

static sqlite3_file *down(sqlite3_file *file) {
    return ((fault_file *)file)->below;
}

static int file_close(sqlite3_file *file) {
    sqlite3_file *f = down(file);
    return f->pMethods != NULL ? f->pMethods->xClose(f) : SQLITE_OK;
}

static int file_read(sqlite3_file *file, void *out, int n, sqlite3_int64 at) {
    sqlite3_file *f = down(file);
    int rc;
    if (fault_now(FAULT_READ))
        return SQLITE_IOERR_READ;
    rc = f->pMethods->xRead(f, out, n, at);
    if (fault_now(FAULT_SHORT_READ)) {
        memset((char *)out + n / 2, 0, (size_t)(n - n / 2));
        return SQLITE_IOERR_SHORT_READ;
    }
    return rc;
}

static int file_write(sqlite3_file *file, const void *bytes, int n, sqlite3_int64 at) {
    sqlite3_file *f = down(file);
    int rc = fault_now(FAULT_WRITE)  ? SQLITE_IOERR_WRITE
             : fault_now(FAULT_FULL) ? SQLITE_FULL
                                     : SQLITE_OK;
    if (rc == SQLITE_OK)
        return f->pMethods->xWrite(f, bytes, n, at);
    if (n > 1) /* a torn write */
        (void)f->pMethods->xWrite(f, bytes, n / 2, at);
    return rc;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size) {
    sqlite3_file *f = down(file);
    return fault_now(FAULT_TRUNCATE) ? SQLITE_IOERR_TRUNCATE : f->pMethods->xTruncate(f, size);
}

static int file_sync(sqlite3_file *file, int flags) {
    (void)file;
    (void)flags;
    return fault_now(FAULT_SYNC) ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size) {
    sqlite3_file *f = down(file);
    return fault_now(FAULT_SIZE) ? SQLITE_IOERR_FSTAT : f->pMethods->xFileSize(f, size);
}

static int file_lock(sqlite3_file *file, int level) {
    sqlite3_file *f = down(file);
    return fault_now(FAULT_LOCK) ? SQLITE_IOERR_LOCK : f->pMethods->xLock(f, level);
}

static int file_unlock(sqlite3_file *file, int level) {
    sqlite3_file *f = down(file);
    return f->pMethods->xUnlock(f, level);
}

static int file_check_lock(sqlite3_file *file, int *out) {
    sqlite3_file *f = down(file);
    return f->pMethods->xCheckReservedLock(f, out);
}

static int file_control(sqlite3_file *file, int op, void *arg) {
    sqlite3_file *f = down(file);
    return f->pMethods->xFileControl(f, op, arg);
}

static int file_sector(sqlite3_file *file) {
    sqlite3_file *f = down(file);
    return f->pMethods->xSectorSize(f);
}

static int file_device(sqlite3_file *file) {
    sqlite3_file *f = down(file);
    return f->pMethods->xDeviceCharacteristics(f);
}

static int file_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out) {
    sqlite3_file *f = down(file);
    if (fault_now(FAULT_SHM_MAP)) {
        *out = NULL;
        return SQLITE_IOERR_SHMMAP;
    }
    return f->pMethods->xShmMap(f, page, size, extend, out);
}

static int file_shm_lock(sqlite3_file *file, int offset, int n, int flags) {
    sqlite3_file *f = down(file);
    if ((flags & SQLITE_SHM_LOCK) != 0 && fault_now(FAULT_SHM_LOCK))
        return SQLITE_IOERR_SHMLOCK;
    return f->pMethods->xShmLock(f, offset, n, flags);
}

static void file_shm_barrier(sqlite3_file *file) {
    sqlite3_file *f = down(file);
    f->pMethods->xShmBarrier(f);
}

static int file_shm_unmap(sqlite3_file *file, int remove) {
    sqlite3_file *f = down(file);
    return f->pMethods->xShmUnmap(f, remove);
}

/* ---- the VFS ---- */

static int vfs_open(sqlite3_vfs *self, const char *name, sqlite3_file *file, int flags, int *out) {
    fault_file *f = (fault_file *)file;
    int rc;
    (void)self;
    memset(f, 0, sizeof *f);
    if (fault_now(FAULT_OPEN))
        return SQLITE_CANTOPEN;
    f->below = (sqlite3_file *)(f + 1);
    f->below->pMethods = NULL;
    rc = below->xOpen(below, name, f->below, flags, out);
    /* The layer below may want its close even after a failure. */
    f->head.pMethods = f->below->pMethods != NULL ? &methods : NULL;
    return rc;
}

static int vfs_delete(sqlite3_vfs *self, const char *name, int sync) {
    (void)self;
    (void)sync;
    return fault_now(FAULT_DELETE) ? SQLITE_IOERR_DELETE : below->xDelete(below, name, 0);
}

static int vfs_access(sqlite3_vfs *self, const char *name, int flags, int *out) {
    (void)self;
    return fault_now(FAULT_ACCESS) ? SQLITE_IOERR_ACCESS : below->xAccess(below, name, flags, out);
}

int fault_vfs_register(void) {
    below = sqlite3_vfs_find(NULL);
    if (below == NULL)
        return SQLITE_ERROR;
    methods.iVersion = 2; /* no memory map of the file: every read is one that can fail */
    methods.xClose = file_close;
    methods.xRead = file_read;
    methods.xWrite = file_write;
    methods.xTruncate = file_truncate;
    methods.xSync = file_sync;
    methods.xFileSize = file_size;
    methods.xLock = file_lock;
    methods.xUnlock = file_unlock;
    methods.xCheckReservedLock = file_check_lock;
    methods.xFileControl = file_control;
    methods.xSectorSize = file_sector;
    methods.xDeviceCharacteristics = file_device;
    methods.xShmMap = file_shm_map;
    methods.xShmLock = file_shm_lock;
    methods.xShmBarrier = file_shm_barrier;
    methods.xShmUnmap = file_shm_unmap;
    vfs = *below;
    vfs.zName = "fault";
    vfs.szOsFile = (int)sizeof(fault_file) + below->szOsFile;
    vfs.xOpen = vfs_open;
    vfs.xDelete = vfs_delete;
    vfs.xAccess = vfs_access;
    return sqlite3_vfs_register(&vfs, 1);
}

const char *fault_vfs_plain(void) {
    return below != NULL ? below->zName : NULL;
}
