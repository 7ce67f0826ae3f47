/* SPDX-License-Identifier: Apache-2.0 */
/* The words of the pages consentctl writes, in English and Chinese: one table (phrases.c). */
#ifndef CONSENTCTL_PHRASES_H
#define CONSENTCTL_PHRASES_H

#include <stdbool.h>

/* NULL when the table has none. */
const char *phrase(bool chinese, const char *group, const char *key);

#endif
