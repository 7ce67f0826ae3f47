/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENTCTL_REASONS_H
#define CONSENTCTL_REASONS_H

#include <stdint.h>

/* One sentence about a CONSENT_REASON_*, for a person. "" for one that is not known. */
const char *reason_sentence(int32_t reason);

#endif
