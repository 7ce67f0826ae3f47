/* SPDX-License-Identifier: Apache-2.0 */
/* How a store is opened: its key, and the clock, randomness and memory it uses. */
#ifndef CONSENT_OPTIONS_H
#define CONSENT_OPTIONS_H

#include <consent/error.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct consent_options consent_options;

/* Microseconds since 1970-01-01T00:00:00Z. Called from any thread. */
typedef int64_t (*consent_clock_fn)(void *user);
/* Fills n bytes with randomness; false when it cannot. Called from any thread. */
typedef bool (*consent_random_fn)(void *bytes, size_t n, void *user);
/* Memory as realloc: size 0 frees and returns NULL; NULL pointer allocates. Called from any thread.
 * It serves the library's own objects; the storage engine and the JSON parser use the process's. */
typedef void *(*consent_memory_fn)(void *pointer, size_t size, void *user);

/* New options: system clock, the operating system's randomness, malloc, no key. NULL only when out
 * of memory. One thread at a time. */
CONSENT_API
consent_options *consent_options_new(void);
CONSENT_API
void consent_options_free(consent_options *options);

/* The 32-byte master key itself; copied. CONSENT_E_KEY_FORMAT unless len is 32. */
CONSENT_API
consent_status consent_options_set_key(consent_options *options, const uint8_t *key, size_t len,
                                       consent_error **err);
/* A file that holds the master key as 64 hex digits and a newline. It is created (mode 0600) by
 * consent_store_create when it does not exist, and refused when group or others can read it.
 * The file is read when a store is created or opened. CONSENT_E_ARGUMENT. */
CONSENT_API
consent_status consent_options_set_key_file(consent_options *options, const char *path,
                                            consent_error **err);
/* A passphrase of 1 to 1024 bytes (copied), from which Argon2id makes the master key; salt and
 * costs are kept in the store. Opening then takes about a fifth of a second and 64 MiB.
 * CONSENT_E_KEY_FORMAT for another length. */
CONSENT_API
consent_status consent_options_set_passphrase(consent_options *options, const void *passphrase,
                                              size_t len, consent_error **err);
/* The same from a file: its bytes without one newline at the end. It is read when a store is
 * opened, and refused when group or others can read it. */
CONSENT_API
consent_status consent_options_set_passphrase_file(consent_options *options, const char *path,
                                                   consent_error **err);
/* The host's key service keeps the master key: it wraps one that the library made (unwrap false: 32
 * bytes in, at most `capacity` = 4096 bytes out, kept in the store) and unwraps it again when the
 * store is opened (unwrap true: 32 bytes out). False when it cannot. Called only while a store is
 * made, opened or given another key, on the thread of that call. */
typedef bool (*consent_key_fn)(bool unwrap, const uint8_t *in, size_t in_len, uint8_t *out,
                               size_t capacity, size_t *out_len, void *user);
CONSENT_API
void consent_options_set_key_service(consent_options *options, consent_key_fn service, void *user);
/* The log key stays outside: the store knows its public key only, and checkpoints are signed by the
 * host: an Ed25519 signature over exactly these bytes, false when it cannot. Decided when a store
 * is made; opened without it, the store does everything but sign. Called from any thread that asks
 * for a checkpoint or receipt; what it answers is verified before it is used. CONSENT_E_KEY_FORMAT
 * unless len is 32. */
typedef bool (*consent_sign_fn)(const uint8_t *message, size_t len, uint8_t *signature, void *user);
CONSENT_API
consent_status consent_options_set_log_key(consent_options *options, const uint8_t *public_key,
                                           size_t len, consent_sign_fn sign, void *user,
                                           consent_error **err);
CONSENT_API
void consent_options_set_clock(consent_options *options, consent_clock_fn clock, void *user);
CONSENT_API
void consent_options_set_random(consent_options *options, consent_random_fn random, void *user);
CONSENT_API
void consent_options_set_memory(consent_options *options, consent_memory_fn memory, void *user);
/* How long a write waits for other writers before CONSENT_E_BUSY, in milliseconds; default 10 000.
 * 0: do not wait. Negative values are taken as 0. */
CONSENT_API
void consent_options_set_wait(consent_options *options, int32_t milliseconds);
/* Memory for what checks remember of subjects, in bytes; default 1 MiB, room for about 3 000
 * subjects. 0: nothing is remembered. It is taken from the store's memory function at the first
 * check and given back when the store is freed. Opened states lie in it in clear, like everything a
 * check works on. */
CONSENT_API
void consent_options_set_cache(consent_options *options, int64_t bytes);

/* Whether checks that memory has no answer for leave their read of the file open for the next
 * check, for as long as nothing is committed anywhere: they then take no file lock, which is half
 * of their time. What they answer is as fresh as otherwise. Default: no, because a process that
 * holds a read and then falls silent keeps the log of the file from being used anew, and erasures
 * of other processes pending: it calls consent_store_release_reads first. Our own commits,
 * erasures, backups and closing end what is held by themselves. */
CONSENT_API
void consent_options_set_hold_reads(consent_options *options, bool hold);
/* How many threads consent_record_many may use beside the caller's, for sealing and hashing;
 * default 0, at most 16. They are started for a call of 512 acts or more and ended with it, run
 * with all signals blocked, and call none of the functions set here. What is recorded is the same
 * with any number of them. */
CONSENT_API
void consent_options_set_helpers(consent_options *options, int32_t threads);

/* Signed checkpoints that the store keeps by itself: with the first commit that makes `events` or
 * more new events, or comes `seconds` or more after the last checkpoint; and when it is closed with
 * events newer than the last one. 0 or false: not for that reason. Default: none. They cost one
 * signature and one row each and are kept for ever. */
CONSENT_API
void consent_options_set_checkpoints(consent_options *options, int64_t events, int64_t seconds,
                                     bool at_close);

#ifdef __cplusplus
}
#endif
#endif
