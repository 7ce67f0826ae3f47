/* SPDX-License-Identifier: Apache-2.0 */
/* Opening, memory, and what a new version of a policy costs. */
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

static double floor_open(const bench_store *s, int ops) {
    uint64_t begin = bench_ns();
    for (int i = 0; i < ops; i++) {
        sqlite3 *db = bench_sql_open(s->path);
        bench_sql(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON");
        bench_sink += (uint64_t)bench_number(db, "SELECT size FROM head");
        (void)sqlite3_close(db);
    }
    return (double)(bench_ns() - begin) / ops;
}

static double subject_open(bench_store *s, const consent_options *options, int ops) {
    uint64_t begin = bench_ns();
    for (int i = 0; i < ops; i++) {
        bench_store_open(s, options);
        if (!consent_may(s->store, "subject-00000007", "p2"))
            bench_die("a check denied what was granted");
        bench_store_close(s);
    }
    return (double)(bench_ns() - begin) / ops;
}

static double subject_start(bench_store *s, const consent_options *options, int ops) {
    consent_error *err = NULL;
    uint64_t begin = bench_ns();
    for (int i = 0; i < ops; i++) {
        consent_rows *rows = NULL;
        bench_store_open(s, options);
        bench_ok(consent_start(s->store, "subject-00000007", NULL, &rows, &err), &err, "start");
        consent_rows_free(rows);
        bench_store_close(s);
    }
    return (double)(bench_ns() - begin) / ops;
}

/* Another connection stays open, as in an application: else the last one to close ends the log. */
static void open_rows(const bench *b, bench_store *s) {
    bench_ratio ratio = {0}, floor = {0}, subject = {0}, start = {0}, plan = {0};
    consent_options *options = bench_options();
    sqlite3 *stays = bench_sql_open(s->path);
    int ops = b->quick ? 30 : 200;
    bench_store again = *s;
    bench_sink += (uint64_t)bench_number(stays, "SELECT size FROM head");
    for (int r = 0; r < b->rounds; r++) {
        double f = floor_open(s, ops), x = subject_open(&again, options, ops);
        bench_add(&floor, f);
        bench_add(&subject, x);
        bench_add(&ratio, x / f);
        double y = subject_start(&again, options, ops);
        bench_add(&plan, y);
        bench_add(&start, y / f);
    }
    (void)sqlite3_close(stays);
    consent_options_free(options);
    bench_row("open-start", &start, 3, true, "%.0f us against %.0f", bench_median(&plan) / 1e3,
              bench_median(&floor) / 1e3);
    bench_row("open-first-answer", &ratio, 0, true, "%.0f us against %.0f",
              bench_median(&subject) / 1e3, bench_median(&floor) / 1e3);
}

/* In a process of its own, whose peak it is. */
static void memory_row(const char *path, int64_t subjects) {
    int ends[2];
    long kib = -1;
    if (pipe(ends) != 0)
        bench_die("pipe");
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        char number[32], many[32];
        (void)snprintf(number, sizeof number, "%d", ends[1]);
        (void)snprintf(many, sizeof many, "%lld", (long long)subjects);
        (void)setenv("BENCH_MEMORY_FD", number, 1);
        (void)setenv("BENCH_MEMORY_SUBJECTS", many, 1);
        (void)execl("/proc/self/exe", "store", "--dir", path, (char *)NULL);
        _exit(127);
    }
    (void)close(ends[1]);
    int status = 0;
    if (read(ends[0], &kib, sizeof kib) != (ssize_t)sizeof kib || waitpid(child, &status, 0) < 0)
        bench_die("the measured process failed");
    (void)close(ends[0]);
    bench_ratio mb = {0};
    bench_add(&mb, (double)kib / 1024);
    bench_row("memory-mb", &mb, 8, true,
              "peak RSS: one writer, two readers, 20000 checks, 1000 records");
}

static int memory_child(const char *path) {
    bench_store s = {.subjects = atoll(getenv("BENCH_MEMORY_SUBJECTS"))};
    consent_error *err = NULL;
    (void)snprintf(s.path, sizeof s.path, "%s", path);
    bench_store_open(&s, NULL);
    uint64_t seed = 1;
    for (int i = 0; i < 20000; i++) {
        char id[32];
        bench_id((int64_t)bench_below(bench_random(&seed), (uint64_t)s.subjects), id);
        bench_sink += consent_may(s.store, id, "p2");
        if (i % 20 == 0)
            bench_ok(consent_grant(s.store, id, "p1", NULL, &err), &err, "grant");
    }
    long kib = bench_status_kib("VmHWM");
    ssize_t n = write(atoi(getenv("BENCH_MEMORY_FD")), &kib, sizeof kib);
    bench_store_close(&s);
    return n == (ssize_t)sizeof kib ? 0 : 1;
}

static double publish(const bench *b, const char *name, int64_t subjects, int versions) {
    bench_store s;
    consent_error *err = NULL;
    double took[16];
    bench_store_make(b, name, subjects, 5, &s);
    for (int i = 0; i < versions; i++) {
        char version[16], at[32];
        (void)snprintf(version, sizeof version, "%d.0", i + 2);
        (void)snprintf(at, sizeof at, "2024-%02d-01T00:00:00Z", i + 2);
        char *bundle = bench_bundle(version, at, BENCH_PURPOSES, true);
        bench_ok(consent_policy_import(s.store, bundle, strlen(bundle), &err), &err, "import");
        uint64_t begin = bench_ns();
        bench_ok(consent_policy_publish(s.store, "bench", version, &err), &err, "publish");
        took[i] = (double)(bench_ns() - begin);
        free(bundle);
    }
    bench_store_close(&s);
    bench_remove(s.path);
    return bench_middle(took, versions);
}

static void publish_row(const bench *b) {
    int64_t few = 1000, many = b->quick ? 20000 : 1000000;
    bench_ratio ratio = {0};
    double f = publish(b, "publish-few", few, 9), x = publish(b, "publish-many", many, 9);
    bench_add(&ratio, x / f);
    bench_row("publish-growth", &ratio, 2, true, "%.0f us at %lld subjects, %.0f at %lld", f / 1e3,
              (long long)few, x / 1e3, (long long)many);
}

int main(int argc, char **argv) {
    bench b;
    bench_store s;
    bench_begin(&b, argc, argv);
    if (getenv("BENCH_MEMORY_FD"))
        return memory_child(b.dir);
    bench_store_make(&b, "store", 20000, 5, &s);
    open_rows(&b, &s);
    bench_store_close(&s);
    memory_row(s.path, s.subjects);
    bench_remove(s.path);
    publish_row(&b);
    return 0;
}
