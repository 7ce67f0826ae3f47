/* SPDX-License-Identifier: Apache-2.0 */
/* Exports of whole stores: what they take, and that memory does not grow with them. */
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

#define FORMATS 4
static const char *const formats[FORMATS] = {"kantara", "iso27560", "dpv", "csv"};

typedef struct measured {
    long kib; /* peak */
    double seconds[FORMATS];
    int64_t records[FORMATS], bytes[FORMATS];
} measured;

static int32_t count(const void *bytes, size_t n, void *user) {
    int64_t *sum = user;
    bench_sink += *(const uint8_t *)bytes;
    *sum += (int64_t)n;
    return 0;
}

static int child(const char *path) {
    measured m = {0};
    bench_store s = {0};
    consent_error *err = NULL;
    (void)snprintf(s.path, sizeof s.path, "%s", path);
    bench_store_open(&s, NULL);
    for (int i = 0; i < FORMATS; i++) {
        uint64_t begin = bench_ns();
        bench_ok(consent_export(s.store, NULL, formats[i], count, &m.bytes[i], &m.records[i], &err),
                 &err, "export");
        m.seconds[i] = (double)(bench_ns() - begin) / 1e9;
    }
    m.kib = bench_status_kib("VmHWM");
    ssize_t n = write(atoi(getenv("BENCH_EXPORT_FD")), &m, sizeof m);
    bench_store_close(&s);
    return n == (ssize_t)sizeof m ? 0 : 1;
}

/* In a process of its own, whose peak it is. */
static measured measure(const bench *b, int64_t subjects) {
    int ends[2], status = 0;
    measured m;
    bench_store s;
    bench_store_make(b, "export", subjects, 5, &s);
    bench_store_close(&s);
    if (pipe(ends) != 0)
        bench_die("pipe");
    (void)fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        char number[32];
        (void)snprintf(number, sizeof number, "%d", ends[1]);
        (void)setenv("BENCH_EXPORT_FD", number, 1);
        (void)execl("/proc/self/exe", "export", "--dir", s.path, (char *)NULL);
        _exit(127);
    }
    (void)close(ends[1]);
    if (read(ends[0], &m, sizeof m) != (ssize_t)sizeof m || waitpid(pid, &status, 0) < 0)
        bench_die("the measured process failed");
    (void)close(ends[0]);
    bench_remove(s.path);
    return m;
}

int main(int argc, char **argv) {
    bench b;
    bench_begin(&b, argc, argv);
    if (getenv("BENCH_EXPORT_FD"))
        return child(b.dir);
    int64_t many = b.quick ? 10000 : 200000; /* six events each */
    measured few = measure(&b, many / 10), all = measure(&b, many);
    bench_ratio growth = {0};
    bench_add(&growth, (double)all.kib / (double)few.kib);
    bench_row("export-memory", &growth, 1.1, true,
              "peak RSS %.1f MB at %lld decisions, %.1f MB at %lld", (double)all.kib / 1024,
              (long long)all.records[0], (double)few.kib / 1024, (long long)few.records[0]);
    for (int i = 0; i < FORMATS; i++) {
        char name[32];
        bench_ratio seconds = {0};
        (void)snprintf(name, sizeof name, "export-%s", formats[i]);
        bench_add(&seconds, all.seconds[i]);
        bench_row(name, &seconds, 0, true, "seconds for %lld records, %.0f MB; %.0f a second",
                  (long long)all.records[i], (double)all.bytes[i] / 1e6,
                  (double)all.records[i] / all.seconds[i]);
    }
    return 0;
}
