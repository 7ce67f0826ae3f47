/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/handles.h"

#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "flow/store.h"
#include "util/text.h"

#define PLACES_FIRST 8u
#define PLACES_MOST 1024u

_Static_assert(sizeof(consent_handle) == CONSENT__LINE, "a handle is one line of memory");

struct consent__block { /* begins a line of memory */
    consent_store *store;
    void *memory; /* before it was aligned */
    consent__block *next, *before;
    uint8_t (*lookup)[CONSENT__LOOKUP]; /* of each place; behind the handles */
    uint32_t size, used;
    uint32_t free; /* the first free place; its `place` names the next; size: none */
    _Alignas(CONSENT__LINE) consent_handle handle[];
};

void consent__handles_init(consent__handles *hs) {
    pthread_mutex_init(&hs->lock, NULL);
    hs->next = PLACES_FIRST;
}

static void release_all(consent__block *b, const consent__env *env) {
    while (b) {
        consent__block *next = b->next;
        void *memory = b->memory;
        consent__wipe(b->handle, b->size * (sizeof *b->handle + sizeof *b->lookup));
        consent__release(env, memory);
        b = next;
    }
}

void consent__handles_destroy(consent__handles *hs, const consent__env *env) {
    release_all(hs->open, env);
    release_all(hs->full, env);
    pthread_mutex_destroy(&hs->lock);
}

/* ---- lists ---- */

static void push(consent__block **list, consent__block *b) {
    b->before = NULL;
    b->next = *list;
    if (b->next)
        b->next->before = b;
    *list = b;
}

static void pull(consent__block **list, consent__block *b) {
    if (b->before)
        b->before->next = b->next;
    else
        *list = b->next;
    if (b->next)
        b->next->before = b->before;
}

/* ---- blocks ---- */

static consent__block *block_new(consent_store *s, uint32_t size) {
    size_t n = sizeof(consent__block) + size * (sizeof(consent_handle) + CONSENT__LOOKUP);
    void *memory = consent__alloc(&s->env, n + CONSENT__LINE);
    if (!memory)
        return NULL;
    uintptr_t at = ((uintptr_t)memory + CONSENT__LINE - 1) / CONSENT__LINE * CONSENT__LINE;
    consent__block *b = (consent__block *)at;
    b->store = s;
    b->memory = memory;
    b->size = size;
    b->lookup = (void *)(b->handle + size);
    for (uint32_t i = 0; i < size; i++)
        b->handle[i].place = i + 1;
    return b;
}

static consent__block *block_of(const consent_handle *h) {
    uintptr_t first = (uintptr_t)(h - h->place);
    return (consent__block *)(first - offsetof(consent__block, handle));
}

/* A block with a free place. Few handles cost little, many stand in large blocks. */
static consent__block *block_open(consent_store *s) {
    consent__handles *hs = &s->handles;
    if (hs->open)
        return hs->open;
    consent__block *b = block_new(s, hs->next);
    if (!b)
        return NULL;
    if (hs->next < PLACES_MOST)
        hs->next *= 2;
    push(&hs->open, b);
    return b;
}

/* ---- handles ---- */

consent_handle *consent__handle_take(consent_store *s, const uint8_t lookup[16]) {
    consent__handles *hs = &s->handles;
    consent_handle *h = NULL;
    pthread_mutex_lock(&hs->lock);
    consent__block *b = block_open(s);
    if (b) {
        uint32_t place = b->free;
        h = &b->handle[place];
        b->free = h->place;
        h->place = place;
        h->cache = s->cache;
        h->bucket = consent__bucket(lookup);
        memcpy(b->lookup[place], lookup, CONSENT__LOOKUP);
        if (++b->used == b->size) {
            pull(&hs->open, b);
            push(&hs->full, b);
        }
    }
    pthread_mutex_unlock(&hs->lock);
    return h;
}

void consent__handle_give(consent_handle *h) {
    consent__block *b = block_of(h), *empty = NULL;
    consent_store *s = b->store;
    consent__handles *hs = &s->handles;
    if (s->bell.pid != (int64_t)getpid())
        return; /* a forked child: the lock may be held by a thread that is not here */
    pthread_mutex_lock(&hs->lock);
    uint32_t place = h->place;
    consent__wipe(h, sizeof *h);
    consent__wipe(b->lookup[place], CONSENT__LOOKUP);
    h->place = b->free;
    b->free = place;
    if (b->used-- == b->size) {
        pull(&hs->full, b);
        push(&hs->open, b);
    }
    if (b->used == 0) {
        pull(&hs->open, b);
        empty = b;
        empty->next = NULL;
    }
    pthread_mutex_unlock(&hs->lock);
    release_all(empty, &s->env);
}

consent_store *consent__handle_store(const consent_handle *h) {
    return block_of(h)->store;
}

const uint8_t *consent__handle_lookup(const consent_handle *h) {
    const consent__block *b = block_of(h);
    return b->lookup[h->place];
}
