/* SPDX-License-Identifier: Apache-2.0 */
/* Instants as the command line and JSON spell them: RFC 3339. */
#ifndef CONSENTCTL_WHEN_H
#define CONSENTCTL_WHEN_H

#include <stdbool.h>
#include <stdint.h>

#define WHEN_SIZE 32

/* Microseconds since 1970, UTC. False for what is no RFC 3339 time, for a date that does not exist,
 * and for fractions finer than a microsecond. */
bool when_parse(const char *text, int64_t *out);

/* UTC with Z; microseconds only when they are not zero. Years outside 0001 to 9999, which have no
 * RFC 3339 form, give the nearest instant that has one. */
const char *when_text(int64_t at, char out[WHEN_SIZE]);

#endif
