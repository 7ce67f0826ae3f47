/* SPDX-License-Identifier: Apache-2.0 */
/* The doorbell (docs/decisions/0019-the-doorbell.md). */
#ifndef CONSENT__FLOW_WATCH_H
#define CONSENT__FLOW_WATCH_H

#include <consent/watch.h>
#include <sys/types.h>

#include "flow/store.h"

struct consent_watch {
    consent_store *store;
    consent_watch_fn ring; /* NULL: somebody waits */
    void *user;
    pid_t pid;
    pthread_t thread; /* its maker's */
    /* the rest under the store's bell */
    pthread_t self; /* what the thread says it is, once `running` */
    bool running, ringing, ended, orphan;
    int32_t waiting;
    int32_t pause; /* milliseconds until the next look */
    int64_t size;  /* events that were told of */
    uint64_t token, count;
};

consent_status consent__watch_new(const consent__cx *cx, consent_store *s, consent_watch_fn ring,
                                  void *user, consent_watch **out);
consent_status consent__watch_wait(const consent__cx *cx, consent_watch *w, int32_t milliseconds,
                                   int64_t *out_seq, int32_t *out_kind);
void consent__watch_end(consent_watch *w);
void consent__watch_free(consent_watch *w);

#endif
