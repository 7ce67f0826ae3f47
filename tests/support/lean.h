/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENT_TEST_LEAN_H
#define CONSENT_TEST_LEAN_H

#include <consent/consent.h>

/* As after very many acts: the next write begins without triggers and references. */
void lean_soon(consent_store *store);

#endif
