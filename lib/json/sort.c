/* SPDX-License-Identifier: Apache-2.0 */
#include "json/sort.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

typedef struct heap {
    uint8_t *base;
    size_t size;
    int (*order)(const void *, const void *);
} heap;

/* Lets the element at `at` sink to where no child is greater; the heap has n elements. */
static void heap_sink(const heap *h, size_t at, size_t n) {
    uint8_t moving[CONSENT__SORT_SIZE_MAX];
    memcpy(moving, h->base + at * h->size, h->size);
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= n)
            break;
        if (child + 1 < n &&
            h->order(h->base + child * h->size, h->base + (child + 1) * h->size) < 0)
            child++;
        if (h->order(moving, h->base + child * h->size) >= 0)
            break;
        memcpy(h->base + at * h->size, h->base + child * h->size, h->size);
        at = child;
    }
    memcpy(h->base + at * h->size, moving, h->size);
}

void consent__sort(void *base, size_t n, size_t size, int (*order)(const void *, const void *)) {
    heap h = {base, size, order};
    uint8_t last[CONSENT__SORT_SIZE_MAX];
    size_t i;
    assert(size <= CONSENT__SORT_SIZE_MAX);
    for (i = n / 2; i > 0; i--)
        heap_sink(&h, i - 1, n);
    for (i = n; i > 1; i--) {
        memcpy(last, h.base + (i - 1) * size, size);
        memcpy(h.base + (i - 1) * size, h.base, size);
        memcpy(h.base, last, size);
        heap_sink(&h, 0, i - 1);
    }
}
