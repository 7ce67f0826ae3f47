/* SPDX-License-Identifier: Apache-2.0 */
/* A doorbell: it rings after something was committed, by whatever thread of whatever process, and
 * carries two numbers. Whoever hears it reads what it needs to know.
 *
 * Two ways to hear it: a function that is called on a thread of the watch's own, or a call that
 * waits. What rings while nobody listens, or while the function still runs, is kept as one ring.
 *
 * How soon: a commit through the same store handle at once; one of another handle or process is
 * seen by looking at the counter that commits move in shared memory, every 10 ms after a change and
 * less often while nothing happens, down to every 200 ms. Time passing (an expiry, a version coming
 * into force) rings nothing; consent_handle.h says how checks take it into account. */
#ifndef CONSENT_WATCH_H
#define CONSENT_WATCH_H

#include <consent/store.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct consent_watch consent_watch;

/* What was changed. A ring's kind is the sum of those that apply to all it stands for; a newer
 * library may add others. */
#define CONSENT_CHANGE_SUBJECT 1 /* of a subject: a decision, a fact, a request, a guardian … */
#define CONSENT_CHANGE_POLICY 2  /* versions, profiles, calendars, service or controller */
#define CONSENT_CHANGE_ERASURE 4 /* a subject was erased, or what was kept of one was released */
#define CONSENT_CHANGE_STORE 8   /* keys, generations, incidents, claims: of nobody in particular */

/* Called on a thread that belongs to the watch, one call at a time, after the commit (perhaps
 * before the call that committed has returned) and while the library holds no lock. seq: the newest
 * event of the ledger; greater each time. kind: the sum of CONSENT_CHANGE_*. It may call the
 * library, also to end or free its own watch, or to close the store. Only numbers: a host that
 * carries calls to another thread (Dart's NativeCallable.listener) may let it return before anybody
 * has looked at them. */
typedef void (*consent_watch_fn)(int64_t seq, int32_t kind, void *user);

/* Watches from now on: what is committed after this returned rings. ring NULL: no thread is made,
 * consent_watch_wait hears it. The watch keeps the store, so that it is open until this is freed,
 * too, or consent_store_close is called. CONSENT_E_MEMORY also when no thread can be made. A
 * process that forks keeps its watches; in the child they are dead and may only be freed. */
CONSENT_API
consent_status consent_watch_new(consent_store *store, consent_watch_fn ring, void *user,
                                 consent_watch **out, consent_error **err);
/* Waits at most so many milliseconds (0: looks only; negative: for ever) for a ring that was not
 * taken yet, and takes it: CONSENT_OK with *out_seq and *out_kind. CONSENT_DONE when the time is
 * over, with 0 in both. CONSENT_E_CLOSED when the store was closed or the watch ended, also while
 * waiting. CONSENT_E_STATE for a watch with a function, and after a fork. Any thread; of several
 * that wait, one gets the ring. Errors: of storage; the ring is not lost by them. */
CONSENT_API
consent_status consent_watch_wait(consent_watch *watch, int32_t milliseconds, int64_t *out_seq,
                                  int32_t *out_kind, consent_error **err);
/* No call begins after this, and none is in flight when it returns, except when it is called from
 * within: then that one is the last. Who waits is told. Twice is allowed; NULL too; any thread. The
 * watch stays to be freed. A function that waits for a lock its ender holds waits for ever. */
CONSENT_API
void consent_watch_end(consent_watch *watch);
/* Ends it as consent_watch_end does and gives it up; from within the function, once that returns.
 */
CONSENT_API
void consent_watch_free(consent_watch *watch);

#ifdef __cplusplus
}
#endif
#endif
