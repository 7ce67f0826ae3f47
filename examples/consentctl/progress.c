/* SPDX-License-Identifier: Apache-2.0 */
#include "progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#define BAR 40

struct bar bar_begin(const struct app *app, const char *unit) {
    return (struct bar){!app->json && isatty(STDERR_FILENO), -1, unit};
}

void bar_move(int64_t done, int64_t total, void *user) {
    struct bar *bar = user;
    int mille = total > 0 ? (int)(done * 1000 / total) : 1000;
    if (!bar->on || mille == bar->shown)
        return;
    bar->shown = mille;
    fputs("\r[", stderr);
    for (int i = 0; i < BAR; i++)
        fputc(i * 1000 < mille * BAR ? '#' : ' ', stderr);
    fprintf(stderr, "] %3d%% of %" PRId64 " %s", mille / 10, total, bar->unit);
    fflush(stderr);
}

void bar_end(const struct bar *bar) {
    if (bar->on && bar->shown >= 0)
        fputs("\r\033[K", stderr);
}
