/* SPDX-License-Identifier: Apache-2.0 */
/* The work that tests/bench/peers asks of others, done here: one check, one durable decision.
 * Figures in microseconds, no goals. */
#include "bench.h"

#define SUBJECTS 20000

static void check_row(const bench *b, bench_store *s, int64_t cache, bool hold, const char *name,
                      const char *note) {
    bench_ratio us = {0};
    int ops = b->quick ? 20000 : 50000;
    uint64_t seed = 1;
    consent_options *options = bench_options();
    consent_options_set_cache(options, cache);
    consent_options_set_hold_reads(options, hold);
    bench_store_open(s, options);
    consent_options_free(options);
    for (int r = -3; r < b->rounds; r++) {
        uint64_t begin = bench_ns();
        for (int i = 0; i < ops; i++) {
            char id[32], purpose[4] = "p0";
            bench_id((int64_t)bench_below(bench_random(&seed), SUBJECTS), id);
            purpose[1] = (char)('0' + bench_random(&seed) % 5);
            if (!consent_may(s->store, id, purpose))
                bench_die("a check denied what was granted");
        }
        if (r >= 0)
            bench_add(&us, (double)(bench_ns() - begin) / ops / 1e3);
    }
    bench_store_close(s);
    bench_row(name, &us, 0, true, "microseconds: %s", note);
}

static void record_row(const bench *b, bench_store *s) {
    bench_ratio us = {0};
    consent_error *err = NULL;
    uint64_t seed = 2;
    bench_store_open(s, NULL);
    for (int r = -1; r < b->rounds; r++) {
        uint64_t begin = bench_ns();
        for (int i = 0; i < 200; i++) {
            char id[32], purpose[4] = "p0";
            bench_id((int64_t)bench_below(bench_random(&seed), SUBJECTS), id);
            purpose[1] = (char)('0' + bench_random(&seed) % 5);
            bench_ok(consent_grant(s->store, id, purpose, NULL, &err), &err, "grant");
        }
        if (r >= 0)
            bench_add(&us, (double)(bench_ns() - begin) / 200 / 1e3);
    }
    bench_store_close(s);
    bench_row("same-record", &us, 0, true, "microseconds: sealed, hashed into the ledger, durable");
}

int main(int argc, char **argv) {
    bench b;
    bench_store s;
    bench_begin(&b, argc, argv);
    bench_store_make(&b, "same", SUBJECTS, 5, &s);
    bench_store_close(&s);
    check_row(&b, &s, 32 << 20, false, "same-check-memory", "from memory, by the host's id");
    check_row(&b, &s, 0, false, "same-check-file", "from the file each time");
    check_row(&b, &s, 0, true, "same-check-file-held", "from the file, its read held open");
    record_row(&b, &s);
    bench_remove(s.path);
    return 0;
}
