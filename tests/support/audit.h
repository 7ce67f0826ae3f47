/* SPDX-License-Identifier: Apache-2.0 */
/* What must hold of a store file at any time, looked at with code of its own: the tree is computed
 * from the rows by the definition of RFC 6962, not by lib/ledger. */
#ifndef TESTS_SUPPORT_AUDIT_H
#define TESTS_SUPPORT_AUDIT_H

#include <consent/store.h>

/* integrity_check and foreign_key_check. Prints what is wrong; number of findings. */
int audit_integrity(const char *path);
/* Hash over every row of every table. False when the file cannot be read. */
bool audit_digest(const char *path, uint8_t out[32]);
/* audit_integrity; events numbered without gap, in the order of time, each with a body; leaves,
 * tiles, head and root computed anew; commitments of all bodies; every subject's sealed state equal
 * to the replay of its events. Prints what is wrong; number of findings. */
int audit_store(consent_store *store, const char *path);

#endif
