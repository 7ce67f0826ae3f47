/* SPDX-License-Identifier: Apache-2.0 */
/* How far a long command has come, on a terminal only. */
#ifndef CONSENTCTL_PROGRESS_H
#define CONSENTCTL_PROGRESS_H

#include "app.h"

struct bar {
    bool on;
    int shown; /* per mille */
    const char *unit;
};

struct bar bar_begin(const struct app *app, const char *unit);
void bar_move(int64_t done, int64_t total, void *bar); /* a consent_progress_fn */
void bar_end(const struct bar *bar);

#endif
