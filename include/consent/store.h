/* SPDX-License-Identifier: Apache-2.0 */
/* A store: one SQLite file of one controller, with its keys. Many processes and threads may have it
 * open, each process as often as it likes; a handle may be used from every thread at once. */
#ifndef CONSENT_STORE_H
#define CONSENT_STORE_H

#include <consent/options.h>
#include <consent/rows.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct consent_store consent_store;

/* How far a long piece of work has come. Called on the thread of the call, while the library holds
 * no lock; it must not call back into the same store. */
typedef void (*consent_progress_fn)(int64_t done, int64_t total, void *user);

/* Creates a new store file (mode 0600) with a fresh root key, store id and log key, and opens it.
 * Errors: CONSENT_E_EXISTS, _OPEN, _READONLY, _FULL, _KEY_FORMAT, _KEY_EXPOSED, _ARGUMENT. On
 * failure *out is NULL and no file is left behind. The host must never open the file with its own
 * SQLite. */
CONSENT_API
consent_status consent_store_create(const char *path, const consent_options *options,
                                    consent_store **out, consent_error **err);
/* Opens an existing store. The file is examined before the key, so that a wrong file is called a
 * wrong file. Errors: CONSENT_E_OPEN, _NOT_STORE, _NEWER, _CORRUPT, _READONLY, then _KEY,
 * _KEY_FORMAT, _KEY_EXPOSED. Changes nothing on failure. */
CONSENT_API
consent_status consent_store_open(const char *path, const consent_options *options,
                                  consent_store **out, consent_error **err);
/* Ends all work on the store and says whether that went well; a second call answers CONSENT_DONE.
 * Every later call with this handle answers CONSENT_E_CLOSED. Waits for calls in flight on other
 * threads. The handle stays to be freed. */
CONSENT_API
consent_status consent_store_close(consent_store *store, consent_error **err);
/* Gives the handle up, closing it first when needed. NULL is allowed; any thread, once. Objects
 * made from the store stay valid: each holds its own reference. */
CONSENT_API
void consent_store_free(consent_store *store);

/* The store's id: 32 hex digits. Lives as long as the handle. NULL for NULL. */
CONSENT_API
const char *consent_store_id(const consent_store *store);
/* Ends the reads that checks left open (consent_options_set_hold_reads); the next check opens its
 * own again. For a host about to fall silent. Never fails; nothing for NULL and for a closed store.
 */
CONSENT_API
void consent_store_release_reads(consent_store *store);
/* "Now" as the store sees it: max(clock, time of the last event), microseconds.
 * CONSENT_E_ARGUMENT, _CLOSED, storage. */
CONSENT_API
consent_status consent_store_now(consent_store *store, int64_t *out_now, consent_error **err);

/* Copies the store to a new file (mode 0600) while others go on writing: the copy is the store as
 * it was at one instant. It appears whole or not at all. It needs the master key of now, and is
 * read like any store; before it is written to, it must be restored, or two histories would be
 * signed under one name. Errors: CONSENT_E_EXISTS, _OPEN, _READONLY, _FULL, _IO. */
CONSENT_API
consent_status consent_store_backup(consent_store *store, const char *path, consent_error **err);
/* Makes a store at `path` (where nothing may be) out of a backup: copies it, raises the generation,
 * which is part of the name that checkpoints are signed under, and writes store.restored with size
 * and root of the ledger as it was. The backup stays as it is. What was erased since the backup is
 * in it still: apply the list of erasures before use. options: the backup's key. Nothing is left
 * behind on failure. Errors: as consent_store_open for the backup, as consent_store_create for the
 * path. */
CONSENT_API
consent_status consent_store_restore(const char *backup, const char *path,
                                     const consent_options *options, consent_error **err);

/* The store's keys, never their bytes. One row: id t (of the root key, 8 hex digits), kind t
 * ("key", "passphrase" or "service"), passes n and memory n (Argon2id; absent otherwise), log t
 * ("inside" or "outside"), log_key t (verifier key), store t, generation n.
 * No error of its own. */
CONSENT_API
consent_status consent_key_show(consent_store *store, consent_rows **out, consent_error **err);
/* Changes the master key to the one that the options give (key, key file, passphrase or key
 * service; the rest of them is not looked at; a key file that does not exist is made). Only the
 * root key is wrapped anew, in one transaction with an event key.rotated; from then on the old key
 * opens neither this file nor anything written later. Copies made before stay readable with the old
 * key. Handles that are open stay good. On failure the old key stays. Errors: as
 * consent_store_create for keys, and those of a write. */
CONSENT_API
consent_status consent_key_rotate(consent_store *store, const consent_options *options,
                                  consent_error **err);

/* Examines the store: replays the ledger into the state of every subject and compares it with the
 * sealed rows byte by byte; works out points and epochs anew from the published texts; and looks at
 * the file itself: SQLite's integrity check, references, schema, settings, permissions, leftovers
 * of processes that died, erasures that are not finished, a clock that is behind. One row a
 * finding: seq n (absent when it is about no event), what t (a code of docs/verify.md), message t.
 * No rows: all is well. CONSENT_OK whatever is found; *out_subjects (may be NULL): subjects
 * compared; progress (may be NULL) counts them. Does not verify hashes: that is
 * consent_ledger_verify. Errors: of storage. */
CONSENT_API
consent_status consent_store_examine(consent_store *store, consent_progress_fn progress, void *user,
                                     int64_t *out_subjects, consent_rows **out,
                                     consent_error **err);

#ifdef __cplusplus
}
#endif
#endif
