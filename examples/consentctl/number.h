/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENTCTL_NUMBER_H
#define CONSENTCTL_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

/* A decimal number without sign, below 10^15. */
bool number_read(const char *text, int64_t *out);

#endif
