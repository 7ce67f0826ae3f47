/* SPDX-License-Identifier: Apache-2.0 */
/* Sorting in place and without memory of its own, in O(n log n) for every input: the C library's
 * qsort promises neither. */
#ifndef CONSENT__JSON_SORT_H
#define CONSENT__JSON_SORT_H

#include <stddef.h>

#define CONSENT__SORT_SIZE_MAX 64u /* bytes of an element */

/* Not stable: an order that must be total says so itself. */
void consent__sort(void *base, size_t n, size_t size, int (*order)(const void *, const void *));

#endif
