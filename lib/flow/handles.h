/* SPDX-License-Identifier: Apache-2.0 */
/* Where handles live: each in one line of memory of its own, which is all that a usual check
 * touches of it, and side by side, so that a million of them take few pages. */
#ifndef CONSENT__FLOW_HANDLES_H
#define CONSENT__FLOW_HANDLES_H

#include <consent/handle.h>

#include "flow/cache.h"

struct consent_handle {
    consent__memo memo;
    const consent__cache *cache;
    uint32_t bucket;
    uint32_t place; /* in its block */
};

typedef struct consent__block consent__block;

typedef struct consent__handles {
    pthread_mutex_t lock;
    consent__block *open, *full; /* lists of blocks, by whether they have a free place */
    uint32_t next;               /* places of the next block */
} consent__handles;

void consent__handles_init(consent__handles *hs);
/* Releases what is left; only a forked child leaves something. */
void consent__handles_destroy(consent__handles *hs, const consent__env *env);

/* A handle of the store's for a look-up; NULL without memory. Counts no reference. */
consent_handle *consent__handle_take(consent_store *s, const uint8_t lookup[16]);
/* Wipes it. */
void consent__handle_give(consent_handle *h);
consent_store *consent__handle_store(const consent_handle *h);
const uint8_t *consent__handle_lookup(const consent_handle *h);

#endif
