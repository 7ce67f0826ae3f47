/* SPDX-License-Identifier: Apache-2.0 */
/* What is asked for less often than a check: the ask plan of a subject, its history. Microseconds;
 * no goals. With BENCH_SYSCALLS set, cached checks between two calls of getppid, to be counted by
 * tests/bench/syscalls.sh. */
#include <unistd.h>

#include "bench.h"

#define SUBJECTS 20000

typedef consent_status (*read_fn)(consent_store *store, const char *id, consent_rows **rows,
                                  consent_error **err);

static consent_status ask(consent_store *store, const char *id, consent_rows **rows,
                          consent_error **err) {
    return consent_ask(store, id, NULL, NULL, rows, err);
}

static consent_status history(consent_store *store, const char *id, consent_rows **rows,
                              consent_error **err) {
    return consent_history(store, id, rows, err);
}

static void read_row(const bench *b, const bench_store *s, read_fn fn, const char *name,
                     const char *note) {
    bench_ratio us = {0};
    consent_error *err = NULL;
    int ops = b->quick ? 500 : 5000;
    uint64_t seed = 1;
    for (int r = -1; r < b->rounds; r++) {
        uint64_t begin = bench_ns();
        for (int i = 0; i < ops; i++) {
            consent_rows *rows = NULL;
            char id[32];
            bench_id((int64_t)bench_below(bench_random(&seed), SUBJECTS), id);
            bench_ok(fn(s->store, id, &rows, &err), &err, name);
            bench_sink += consent_rows_count(rows);
            consent_rows_free(rows);
        }
        if (r >= 0)
            bench_add(&us, (double)(bench_ns() - begin) / ops / 1e3);
    }
    bench_row(name, &us, 0, true, "microseconds: %s", note);
}

static void cached_checks(const bench_store *s) {
    for (int turn = 0; turn < 2; turn++) {
        if (turn == 1)
            bench_sink += (uint64_t)getppid();
        for (int i = 0; i < 10000; i++) {
            char id[32];
            bench_id(i % 100, id);
            if (!consent_may(s->store, id, "p2"))
                bench_die("a check denied what was granted");
        }
    }
    bench_sink += (uint64_t)getppid();
}

int main(int argc, char **argv) {
    bench b;
    bench_store s;
    bench_begin(&b, argc, argv);
    bench_store_make(&b, "reads", getenv("BENCH_SYSCALLS") ? 100 : SUBJECTS, 5, &s);
    if (getenv("BENCH_SYSCALLS")) {
        cached_checks(&s);
    } else {
        read_row(&b, &s, ask, "ask-plan-us", "five of ten purposes asked for");
        read_row(&b, &s, history, "history-us", "six events, opened and written as JSON");
    }
    bench_store_close(&s);
    bench_remove(s.path);
    return 0;
}
