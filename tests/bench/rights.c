/* SPDX-License-Identifier: Apache-2.0 */
/* Erasing a subject of many events, and passes over everybody: what is due, acting upon it, the end
 * of the service. Not among the rows of design.md section 9: figures without a goal, but for
 * memory, which does not grow with the subjects. */
#include "bench.h"

/* Peak memory counts from here on. */
static void forget_peak(void) {
    FILE *f = fopen("/proc/self/clear_refs", "w");
    if (f == NULL || fputs("5", f) < 0 || fclose(f) != 0)
        bench_die("the peak of memory cannot be set back");
}

static void one_row(const char *name, double value, const char *note) {
    bench_ratio r = {0};
    bench_add(&r, value);
    bench_row(name, &r, 0, true, "%s", note);
}

/* ---- erasing one subject ---- */

static void say(bench_store *s, const char *id, int64_t events) {
    enum { PART = 10000 };
    static const consent_act *acts[PART];
    consent_error *err = NULL;
    consent_act *act[BENCH_PURPOSES];
    for (int i = 0; i < BENCH_PURPOSES; i++) {
        char purpose[8];
        (void)snprintf(purpose, sizeof purpose, "p%d", i);
        act[i] = consent_act_new(id, CONSENT_DECISION_GRANTED, purpose);
    }
    for (int64_t done = 0; done < events; done += PART) {
        int64_t n = events - done < PART ? events - done : PART;
        for (int64_t i = 0; i < n; i++)
            acts[i] = act[i % BENCH_PURPOSES];
        bench_ok(consent_record_many(s->store, acts, (size_t)n, NULL, &err), &err, "record");
    }
    for (int i = 0; i < BENCH_PURPOSES; i++)
        consent_act_free(act[i]);
}

static double erase(bench_store *s, const char *id, int64_t events) {
    consent_error *err = NULL;
    consent_rows *rows = NULL;
    bench_ok(consent_subject_add(s->store, id, "1990-01-01", &err), &err, "add");
    say(s, id, events - 5); /* registered, the request and its three moves */
    consent_request *q = consent_request_new(id, "delete");
    bench_ok(consent_request_open(s->store, q, &rows, &err), &err, "request");
    consent_request_free(q);
    int64_t number = consent_rows_number(rows, 0, "request", -1);
    consent_rows_free(rows);
    uint64_t begin = bench_ns();
    bench_ok(consent_erase(s->store, id, number, false, &rows, &err), &err, "erase");
    uint64_t took = bench_ns() - begin;
    if (consent_rows_number(rows, 0, "events", -1) != events)
        bench_die("an erasure took another number of events");
    consent_rows_free(rows);
    return (double)took;
}

static void erase_rows(const bench *b) {
    static const int64_t sizes[] = {10, 1000, 100000};
    bench_store s;
    bench_store_make(b, "erase", b->quick ? 1000 : 100000, 3, &s);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        int64_t events = b->quick && sizes[i] > 10000 ? 10000 : sizes[i];
        bench_ratio ms = {0};
        char name[40];
        for (int r = 0; r < (events > 1000 ? 3 : 9); r++) {
            char id[32];
            (void)snprintf(id, sizeof id, "leaving-%zu-%d", i, r);
            bench_add(&ms, erase(&s, id, events) / 1e6);
        }
        (void)snprintf(name, sizeof name, "erase-ms-%lld", (long long)events);
        bench_row(name, &ms, 0, true, "%.2f us for each of its events",
                  1e3 * bench_median(&ms) / (double)events);
    }
    bench_store_close(&s);
    bench_remove(s.path);
}

/* ---- passes over everybody ---- */

/* The bundle of the benchmarks, and a period of `days` for its first item. */
static void publish_period(bench_store *s, const char *version, const char *from, int days) {
    static const char mark[] = "\"category\":";
    consent_error *err = NULL;
    char *bundle = bench_bundle(version, from, BENCH_PURPOSES, true), *at = strstr(bundle, mark);
    if (at == NULL)
        bench_die("the bundle has no item");
    size_t room = strlen(bundle) + 128;
    char *text = malloc(room);
    (void)snprintf(text, room,
                   "%.*s\"retention\":{\"until\":\"collected\",\"days\":%d,\"then\":\"delete\"},%s",
                   (int)(at - bundle), bundle, days, at);
    bench_ok(consent_policy_import(s->store, text, strlen(text), &err), &err, "import");
    bench_ok(consent_policy_publish(s->store, "bench", version, &err), &err, "publish");
    free(bundle);
    free(text);
}

static void due_rows(const bench *b, bench_store *s) {
    consent_error *err = NULL;
    bench_ratio us = {0}, grown = {0};
    for (int r = 0; r < (b->quick ? 5 : 3); r++) {
        consent_rows *rows = NULL;
        forget_peak();
        long before = bench_status_kib("VmRSS");
        uint64_t begin = bench_ns();
        bench_ok(consent_retention_due(s->store, NULL, 1000, &rows, &err), &err, "due");
        bench_add(&us, (double)(bench_ns() - begin) / 1e3 / (double)s->subjects);
        if (consent_rows_count(rows) != 0)
            bench_die("something is due");
        consent_rows_free(rows);
        bench_add(&grown, (double)(bench_status_kib("VmHWM") - before) / 1024);
    }
    bench_row("retention-due-us", &us, 0, true, "for each of %lld subjects; nothing is due",
              (long long)s->subjects);
    bench_row("retention-due-mb", &grown, 4, true, "more resident memory at the peak of that");
}

static void apply_rows(bench_store *s) {
    consent_error *err = NULL;
    int64_t left = 1, erased = 0;
    int calls = 0;
    char note[120];
    forget_peak();
    long before = bench_status_kib("VmRSS");
    uint64_t begin = bench_ns();
    while (left > 0) {
        consent_rows *rows = NULL;
        bench_ok(consent_retention_apply(s->store, NULL, "bench", 10000, &rows, &err), &err,
                 "apply");
        left = consent_rows_number(rows, 0, "left", 0);
        erased += consent_rows_number(rows, 0, "erase", 0);
        consent_rows_free(rows);
        calls++;
    }
    double us = (double)(bench_ns() - begin) / 1e3 / (double)s->subjects;
    (void)snprintf(note, sizeof note, "for each of %lld subjects with a task; %d calls",
                   (long long)erased, calls);
    one_row("retention-apply-us", us, note);
    one_row("retention-apply-mb", (double)(bench_status_kib("VmHWM") - before) / 1024,
            "more resident memory at the peak of that");
}

static void stop_rows(bench_store *s) {
    consent_error *err = NULL;
    int64_t done = 0, left = 1, all = 0;
    int calls = 0;
    char note[120];
    bench_ok(consent_service_stop(s->store, "the end", &err), &err, "stop");
    forget_peak();
    long before = bench_status_kib("VmRSS");
    uint64_t begin = bench_ns();
    for (; left > 0; calls++) {
        bench_ok(consent_service_wind_down(s->store, 10000, &done, &left, &err), &err, "wind down");
        all += done;
    }
    double us = (double)(bench_ns() - begin) / 1e3 / (double)s->subjects;
    if (all != s->subjects)
        bench_die("the service ended without somebody");
    (void)snprintf(note, sizeof note, "for each of %lld subjects, told %d times how many are left",
                   (long long)all, calls);
    one_row("stop-service-us", us, note);
    one_row("stop-service-mb", (double)(bench_status_kib("VmHWM") - before) / 1024,
            "more resident memory at the peak of that");
}

static void pass_rows(const bench *b) {
    bench_store s;
    bench_store_make(b, "rights", b->quick ? 20000 : 1000000, 2, &s);
    publish_period(&s, "2.0", "2024-02-01T00:00:00Z", 36500);
    due_rows(b, &s);
    publish_period(&s, "3.0", "2024-03-01T00:00:00Z", 0);
    apply_rows(&s);
    stop_rows(&s);
    bench_store_close(&s);
    bench_remove(s.path);
}

int main(int argc, char **argv) {
    bench b;
    bench_begin(&b, argc, argv);
    if (bench_wants(&b, "erase"))
        erase_rows(&b);
    if (bench_wants(&b, "pass"))
        pass_rows(&b);
    return 0;
}
