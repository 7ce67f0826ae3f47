/* SPDX-License-Identifier: Apache-2.0 */
/* The VFS "fault": the default one, with the failures of fault.h, and without syncing. */
#ifndef TESTS_SUPPORT_FAULT_VFS_H
#define TESTS_SUPPORT_FAULT_VFS_H

/* Registers it as the default. SQLITE_OK or an error of SQLite. */
int fault_vfs_register(void);
/* Name of the VFS below: for looking at a file beside the failures. */
const char *fault_vfs_plain(void);

#endif
