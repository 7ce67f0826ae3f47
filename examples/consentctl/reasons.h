/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENTCTL_REASONS_H
#define CONSENTCTL_REASONS_H

#include <stdint.h>

/* One sentence about a CONSENT_REASON_*, for a person. "" for one that is not known. */
const char *reason_sentence(int32_t reason);
/* The same about what is to be done, the "do" of an answer's next steps. */
const char *step_sentence(const char *what);

#endif
