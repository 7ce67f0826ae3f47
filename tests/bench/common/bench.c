/* SPDX-License-Identifier: Apache-2.0 */
#include "bench.h"

#include <errno.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

volatile uint64_t bench_sink;
static clockid_t bench_clock = CLOCK_MONOTONIC;

void bench_begin(bench *b, int argc, char **argv) {
    *b = (bench){.dir = getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp"};
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--quick") == 0)
            b->quick = true;
        else if (strcmp(argv[i], "--dir") == 0 && i + 1 < argc)
            b->dir = argv[++i];
        else if (strcmp(argv[i], "--only") == 0 && i + 1 < argc)
            b->only = argv[++i];
        else if (strcmp(argv[i], "--cpu") == 0)
            bench_clock = CLOCK_THREAD_CPUTIME_ID;
        else
            bench_die("usage: [--quick] [--dir DIR] [--only PART] [--cpu]");
    }
    b->rounds = b->quick ? 5 : 9;
    (void)setvbuf(stdout, NULL, _IOLBF, 0);
}

void bench_die(const char *what) {
    (void)fprintf(stderr, "bench: %s\n", what);
    exit(1);
}

void bench_ok(consent_status st, consent_error **err, const char *what) {
    if (st == CONSENT_OK || st == CONSENT_DONE)
        return;
    (void)fprintf(stderr, "bench: %s: %s: %s\n", what, consent_status_name(st),
                  err && *err ? consent_error_message(*err) : "");
    exit(1);
}

bool bench_wants(const bench *b, const char *part) {
    return !b->only || strcmp(b->only, part) == 0;
}

uint64_t bench_ns(void) {
    struct timespec t;
    (void)clock_gettime(bench_clock, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

uint64_t bench_mix(uint64_t z) {
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

uint64_t bench_random(uint64_t *state) {
    *state += UINT64_C(0x9e3779b97f4a7c15);
    return bench_mix(*state);
}

uint64_t bench_below(uint64_t random, uint64_t n) {
    return (random >> 32) * n >> 32;
}

/* ---- results ---- */

void bench_add(bench_ratio *r, double ratio) {
    if (r->n < BENCH_ROUNDS_MAX)
        r->v[r->n++] = ratio;
}

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double bench_middle(double *v, int n) {
    if (n == 0)
        return 0;
    qsort(v, (size_t)n, sizeof *v, compare);
    return n & 1 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

double bench_median(const bench_ratio *r) {
    double v[BENCH_ROUNDS_MAX];
    memcpy(v, r->v, sizeof v);
    return bench_middle(v, r->n);
}

void bench_row(const char *name, const bench_ratio *r, double goal, bool at_most, const char *note,
               ...) {
    double median = bench_median(r), min = r->v[0], max = r->v[0];
    bool met = goal == 0 || (at_most ? median <= goal : median >= goal);
    for (int i = 1; i < r->n; i++) {
        min = r->v[i] < min ? r->v[i] : min;
        max = r->v[i] > max ? r->v[i] : max;
    }
    printf("ROW\t%s\t%.4g\t%.4g\t%s\t%s\t%d\t%.4g\t%.4g\t", name, median, goal,
           goal == 0 ? "-"
           : at_most ? "<="
                     : ">=",
           met ? "true" : "false", r->n, min, max);
    va_list args;
    va_start(args, note);
    vprintf(note, args);
    va_end(args);
    printf("\n");
}

/* ---- raw SQLite ---- */

sqlite3 *bench_sql_open(const char *path) {
    sqlite3 *db = NULL;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK)
        bench_die("sqlite3_open_v2");
    (void)sqlite3_busy_timeout(db, 10000);
    return db;
}

void bench_sql(sqlite3 *db, const char *sql) {
    char *message = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK) {
        (void)fprintf(stderr, "bench: %s: %s\n", sql, message);
        exit(1);
    }
}

sqlite3_stmt *bench_prepare(sqlite3 *db, const char *sql) {
    sqlite3_stmt *stmt = NULL;
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK)
        bench_die(sqlite3_errmsg(db));
    return stmt;
}

int64_t bench_number(sqlite3 *db, const char *sql) {
    sqlite3_stmt *stmt = bench_prepare(db, sql);
    int64_t n = sqlite3_step(stmt) == SQLITE_ROW ? sqlite3_column_int64(stmt, 0) : -1;
    (void)sqlite3_finalize(stmt);
    return n;
}

int64_t bench_file_size(const char *path) {
    struct stat s;
    return stat(path, &s) == 0 ? (int64_t)s.st_size : -1;
}

void bench_read_file(const char *path) {
    static char part[1 << 16];
    FILE *f = fopen(path, "rb");
    if (!f)
        bench_die("a file cannot be read");
    while (fread(part, 1, sizeof part, f) == sizeof part)
        bench_sink += (uint64_t)part[0];
    (void)fclose(f);
}

void bench_remove(const char *path) {
    static const char *const parts[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        char name[600];
        (void)snprintf(name, sizeof name, "%s%s", path, parts[i]);
        (void)unlink(name);
    }
}

long bench_status_kib(const char *key) {
    FILE *f = fopen("/proc/self/status", "r");
    char line[256];
    long v = -1;
    size_t n = strlen(key);
    while (f && fgets(line, sizeof line, f))
        if (strncmp(line, key, n) == 0 && line[n] == ':')
            v = strtol(line + n + 1, NULL, 10);
    if (f)
        (void)fclose(f);
    return v;
}
