/* SPDX-License-Identifier: Apache-2.0 */
/* What an AndroidManifest.xml asks the system for. */
#ifndef CONSENTCTL_MANIFEST_H
#define CONSENTCTL_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>

#define MANIFEST_MAX ((size_t)16 * 1024 * 1024)

#define MANIFEST_NAMES 4096 /* as many as consent_permission_diff takes */

struct names {
    char **v;
    size_t count, room;
};

struct manifest {
    struct names asked; /* of uses-permission, uses-permission-sdk-23 and -sdk-m, in order */
    struct names own;   /* of permission: what the app itself defines */
    char problem[192];  /* why it was refused */
    unsigned long line, column; /* and where, from 1 */
    bool no_memory;
};

/* Reads an XML document of at most MANIFEST_MAX bytes. False when it is refused: not well-formed,
 * with a DOCTYPE (and so with entities of its own), not a manifest, a permission without a name.
 * What the app itself defines, or its manifest takes out of a merge (tools:node), is not among
 * `asked`. Free it in any case. */
bool manifest_read(struct manifest *m, const char *bytes, size_t len);
void manifest_free(struct manifest *m);

#endif
