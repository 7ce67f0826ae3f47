/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENTCTL_FINDINGS_H
#define CONSENTCTL_FINDINGS_H

#include "app.h"

/* {"ok","findings",UNIT: size}, or a line for each finding and a last one. Exit 1 when there are
 * any.
 */
int findings_print(const struct app *app, const consent_rows *rows, int64_t size, const char *unit,
                   const char *good);

#endif
