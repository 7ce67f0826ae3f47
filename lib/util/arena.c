/* SPDX-License-Identifier: Apache-2.0 */
#include "util/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "util/text.h"

#define ARENA_ALIGN 16u
#define ARENA_FIRST 1024u

struct consent__arena_block {
    consent__arena_block *next;
    size_t used, cap; /* of data, in bytes */
    uint8_t data[];
};

void consent__arena_init(consent__arena *a, const consent__env *env) {
    a->env = env;
    a->head = NULL;
    a->next_size = ARENA_FIRST;
}

/* n bytes of a block, aligned; NULL when it has no room. */
static void *block_get(consent__arena_block *block, size_t n) {
    uintptr_t at = (uintptr_t)block->data + block->used;
    size_t pad = (size_t)(-at & (ARENA_ALIGN - 1));
    size_t room = block->cap - block->used;
    void *p;
    if (pad > room || n > room - pad)
        return NULL;
    p = block->data + block->used + pad;
    block->used += pad + n;
    return p;
}

static bool arena_grow(consent__arena *a, size_t n) {
    size_t cap = a->next_size;
    consent__arena_block *block;
    if (n > SIZE_MAX / 2 - sizeof *block - ARENA_ALIGN)
        return false;
    if (cap < n + ARENA_ALIGN)
        cap = n + ARENA_ALIGN;
    block = consent__realloc(a->env, NULL, sizeof *block + cap);
    if (block == NULL)
        return false;
    block->next = a->head;
    block->used = 0;
    block->cap = cap;
    a->head = block;
    /* Doubling makes the newest block hold more than all before it together: that is what lets
     * consent__arena_reset reach a steady state. */
    a->next_size = cap <= SIZE_MAX / 4 ? cap * 2 : cap;
    return true;
}

void *consent__arena_get(consent__arena *a, size_t n) {
    void *p = NULL;
    if (n == 0)
        n = 1;
    if (a->head != NULL)
        p = block_get(a->head, n);
    if (p == NULL) {
        if (!arena_grow(a, n))
            return NULL;
        p = block_get(a->head, n);
    }
    return p != NULL ? memset(p, 0, n) : NULL;
}

char *consent__arena_text(consent__arena *a, const char *s, size_t n) {
    char *copy = n < SIZE_MAX ? consent__arena_get(a, n + 1) : NULL;
    if (copy != NULL && n > 0)
        memcpy(copy, s, n);
    return copy;
}

char *consent__arena_format(consent__arena *a, const char *format, ...) {
    va_list args;
    int n;
    char *text = NULL;
    va_start(args, format);
    n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n >= 0)
        text = consent__arena_get(a, (size_t)n + 1);
    if (text == NULL)
        return NULL;
    va_start(args, format);
    (void)vsnprintf(text, (size_t)n + 1, format, args);
    va_end(args);
    return text;
}

void consent__arena_reset(consent__arena *a) {
    consent__arena_block *largest = a->head, *block, *next;
    for (block = a->head; block != NULL; block = block->next)
        if (block->cap > largest->cap)
            largest = block;
    for (block = a->head; block != NULL; block = next) {
        next = block->next;
        if (block != largest)
            consent__release(a->env, block);
    }
    a->head = largest;
    if (largest != NULL) {
        largest->next = NULL;
        largest->used = 0;
    }
}

void consent__arena_free(consent__arena *a) {
    consent__arena_block *block = a->head, *next;
    for (; block != NULL; block = next) {
        next = block->next;
        consent__release(a->env, block);
    }
    consent__arena_init(a, a->env);
}

void consent__arena_wipe_free(consent__arena *a) {
    for (consent__arena_block *block = a->head; block != NULL; block = block->next)
        consent__wipe(block->data, block->used);
    consent__arena_free(a);
}
