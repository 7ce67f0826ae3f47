/* SPDX-License-Identifier: Apache-2.0 */
/* What the benchmarks share: time, randomness, rows of the result, a filled store, and the raw
 * SQLite file beside which it is measured. A program here may fail loudly: it is no test. */
#ifndef CONSENT_BENCH_H
#define CONSENT_BENCH_H

#include <consent/consent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BENCH_ROUNDS_MAX 64
#define BENCH_PURPOSES 10

/* ---- arguments: --quick, --dir DIR, --only PART (of a program: to look at it closely), --cpu (the
 * CPU time of the measuring thread instead of time: on a busy machine, for rows of one thread) ----
 */
typedef struct bench {
    bool quick;
    int rounds;
    const char *dir, *only;
} bench;
void bench_begin(bench *b, int argc, char **argv);
bool bench_wants(const bench *b, const char *part);

_Noreturn void bench_die(const char *what);
/* Ends the program unless st is success; prints the error. */
void bench_ok(consent_status st, consent_error **err, const char *what);

/* ---- time and randomness ---- */
uint64_t bench_ns(void);
uint64_t bench_mix(uint64_t v);
uint64_t bench_random(uint64_t *state);            /* splitmix64 */
uint64_t bench_below(uint64_t random, uint64_t n); /* uniform in [0, n) */
extern volatile uint64_t bench_sink;               /* keeps results alive */

/* ---- results ---- */
/* One ratio per round; the row is their median. at_most: the goal is an upper bound. */
typedef struct bench_ratio {
    int n;
    double v[BENCH_ROUNDS_MAX];
} bench_ratio;
void bench_add(bench_ratio *r, double ratio);
double bench_middle(double *v, int n); /* the median; sorts v */
double bench_median(const bench_ratio *r);
/* goal 0: no goal, a figure only. note: absolute figures, for people. */
void bench_row(const char *name, const bench_ratio *r, double goal, bool at_most, const char *note,
               ...) __attribute__((format(printf, 5, 6)));

/* ---- a store ---- */
typedef struct bench_store {
    char path[512];
    consent_store *store;
    int64_t subjects;
} bench_store;
consent_options *bench_options(void);
/* Makes DIR/NAME.store: one policy of BENCH_PURPOSES purposes "p0"…, `subjects` adults "subject-N"
 * of whom each has granted the first `grants` purposes. Filled in large transactions. */
void bench_store_make(const bench *b, const char *name, int64_t subjects, int grants,
                      bench_store *out);
/* Surface of the grants, by which the length of their bodies is chosen; that length. */
extern const char *bench_surface;
extern size_t bench_body;
void bench_store_open(bench_store *s, const consent_options *options);
void bench_store_close(bench_store *s);
void bench_id(int64_t n, char out[32]);
/* The policy of the stores here; free() it. material: its change touches every point. */
char *bench_bundle(const char *version, const char *effective_at, int purposes, bool material);
void bench_remove(const char *path); /* with -wal and -shm */

/* ---- raw SQLite ---- */
sqlite3 *bench_sql_open(const char *path);
void bench_sql(sqlite3 *db, const char *sql);
sqlite3_stmt *bench_prepare(sqlite3 *db, const char *sql);
int64_t bench_number(sqlite3 *db, const char *sql);
int64_t bench_file_size(const char *path);
/* Reads the file once: "cold" means not in the library's memory, not that the disk is measured. */
void bench_read_file(const char *path);
long bench_status_kib(const char *key); /* a line of /proc/self/status, such as "VmHWM" */

#endif
