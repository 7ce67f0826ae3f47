/* SPDX-License-Identifier: Apache-2.0 */
/* Checks in nanoseconds: a subject held by a handle, a purpose by its number.
 *
 * What may be relied on, here and for consent_may and consent_check: once a change has been
 * committed - a withdrawal, an erasure, a new version in force, by any thread of any process - no
 * check that starts later, in any thread of any process, answers from before it. Every check looks
 * at a counter in memory that all processes with the file open share and that each commit moves; an
 * answer is taken from memory only while that counter stands still, or when every commit since was
 * this process's own and did not concern the subject. Where the system offers no such memory, each
 * check asks the storage engine instead: slower, the same guarantee.
 * Time is part of the answer too: one that ends with a date (an expiry, an age, a version coming into
 * force) is not given past it. These one-bit checks read the system's coarse clock, which may be a
 * tick (at most 10 ms) late; a clock given by consent_options_set_clock is asked each time. */
#ifndef CONSENT_HANDLE_H
#define CONSENT_HANDLE_H

#include <consent/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A subject of one store; remembers its look-up and its last answers. */
typedef struct consent_handle consent_handle;

/* A handle for the host's id of a subject, registered or not: what is checked is who has the id when
 * it is checked. Reads nothing. Errors: CONSENT_E_ARGUMENT, _ENCODING, _CLOSED, _MEMORY. */
CONSENT_API consent_status consent_handle_new(consent_store *store, const char *subject,
                                              consent_handle **out, consent_error **err);
CONSENT_API void consent_handle_free(consent_handle *handle);
/* The number of a purpose, for as long as the store is open: 0, 1, 2 … as they are asked for.
 * CONSENT_E_NOT_FOUND when no version of any policy declares it, CONSENT_E_LIMIT for more than 1024
 * purposes, CONSENT_E_CLOSED, storage. */
CONSENT_API consent_status consent_purpose_number(consent_store *store, const char *purpose,
                                                  int32_t *out_number, consent_error **err);
/* consent_may by handle and number; false also for NULL and for a number that was never given. A
 * repeated check takes no lock, allocates nothing and makes no system call. Any thread; one handle
 * may serve several at once. */
CONSENT_API bool consent_handle_may(consent_handle *handle, int32_t purpose);

#ifdef __cplusplus
}
#endif
#endif
