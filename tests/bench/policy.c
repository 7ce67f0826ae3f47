/* SPDX-License-Identifier: Apache-2.0 */
/* Policies that are large, and policies of many versions: what a difference, an import and
 * publishing cost, and that a check does not notice how many versions there were. */
#include "bench.h"

#define CHECKS 100000
#define TEXT_BYTES 2048 /* of a section: one for each purpose */

/* ---- bundles ---- */

static void put_texts(FILE *o, int purposes, int turn) {
    for (int i = 0; i < purposes; i++) {
        fprintf(o, "%s{\"id\":\"s%d\",\"title\":{\"en\":\"Section\"},\"text\":{\"en\":\"",
                i ? "," : "", i);
        for (int n = 0; n < TEXT_BYTES; n += 32) /* a third of the texts is new in every version */
            fprintf(o, "words %08d of clause %08d ", i % 3 == turn % 3 ? turn + n : n, i);
        fputs("\"}}", o);
    }
}

static void put_entries(FILE *o, int purposes, int turn) {
    fputs("],\"items\":[", o);
    for (int i = 0; i < purposes; i++)
        fprintf(
            o,
            "%s{\"key\":\"i%d\",\"title\":{\"en\":\"I\"},\"category\":\"c\",\"sensitive\":false,"
            "\"identifies\":\"alone\",\"retention\":{\"until\":\"collected\",\"days\":%d,"
            "\"then\":\"delete\"},\"sections\":[\"s%d\"]}",
            i ? "," : "", i, 30 + (i % 5 == turn % 5), i);
    fputs("],\"purposes\":[", o);
    for (int i = 0; i < purposes; i++)
        fprintf(
            o,
            "%s{\"key\":\"p%d\",\"title\":{\"en\":\"P\"},\"basis\":\"consent\",\"class\":"
            "\"general\",\"required\":false,\"items\":[\"i%d\",\"i%d\"],\"operations\":[\"use\","
            "\"share\"],\"shares\":[{\"recipient\":\"r%d\",\"items\":[\"i%d\"],\"class\":"
            "\"general\"}],\"sections\":[\"s%d\"]}",
            i ? "," : "", i, i, (i + 1 + (i % 7 == turn % 7)) % purposes, i % 20, i, i);
}

static char *bundle(int purposes, int turn) {
    char *out = NULL;
    size_t len;
    FILE *o = open_memstream(&out, &len);
    if (!o)
        bench_die("no memory");
    fprintf(o,
            "{\"bundle\":1,\"policy\":\"bench\",\"version\":\"%d\",\"profile\":\"none\","
            "\"languages\":[\"en\"],\"effective_at\":\"%d-%02d-%02dT00:00:00Z\",\"utc_offset\":"
            "\"+08:00\",\"controller\":{\"name\":{\"en\":\"B\"},\"contacts\":[{\"kind\":\"email\","
            "\"value\":\"a@b.example\"}]},\"documents\":[{\"id\":\"policy\",\"kind\":"
            "\"privacy-policy\",\"title\":{\"en\":\"P\"},\"sections\":[\"s0\"]}],\"sections\":[",
            turn, 2000 + turn / 300, 1 + turn / 25 % 12, 1 + turn % 25);
    put_texts(o, purposes, turn);
    put_entries(o, purposes, turn);
    fputs("],\"permissions\":[],\"recipients\":[", o);
    for (int r = 0; r < 20 && r < purposes; r++) {
        fprintf(o, "%s{\"key\":\"r%d\",\"name\":{\"en\":\"R\"},\"kind\":\"partner\",\"purposes\":[",
                r ? "," : "", r);
        for (int i = r; i < purposes; i += 20)
            fprintf(o, "%s\"p%d\"", i == r ? "" : ",", i);
        fprintf(o, "],\"items\":[\"i%d\"],\"sections\":[\"s0\"]}", r);
    }
    fputs("],\"exemptions\":[],\"rights\":[],\"minors\":{\"thresholds\":{\"guardian_below\":0,"
          "\"adult_from\":18},\"evidence\":[],\"sections\":[]},\"cancellation\":{\"conditions\":[],"
          "\"acknowledge\":[],\"sections\":[],\"deadline\":{\"count\":15,\"unit\":\"days\","
          "\"calendar\":\"none\"}},\"incident\":{\"contents\":[],\"channels\":[\"email\"],"
          "\"sections\":[]},\"assessments\":[],\"change\":{\"class\":\"material\",\"summary\":{"
          "\"en\":"
          "\"V\"}}}",
          o);
    fclose(o);
    return out;
}

/* ---- a store ---- */

static void store_new(const bench *b, const char *name, bench_store *s) {
    consent_error *err = NULL;
    consent_options *options = bench_options();
    (void)snprintf(s->path, sizeof s->path, "%s/%s.store", b->dir, name);
    bench_remove(s->path);
    bench_ok(consent_store_create(s->path, options, &s->store, &err), &err, "create");
    consent_options_free(options);
}

/* Nanoseconds of import and of publishing. */
static void publish(bench_store *s, int purposes, int turn, uint64_t *import, uint64_t *published) {
    consent_error *err = NULL;
    char label[16], *text = bundle(purposes, turn);
    (void)snprintf(label, sizeof label, "%d", turn);
    uint64_t begin = bench_ns();
    bench_ok(consent_policy_import(s->store, text, strlen(text), &err), &err, "import");
    *import = bench_ns() - begin;
    begin = bench_ns();
    bench_ok(consent_policy_publish(s->store, "bench", label, &err), &err, "publish");
    *published = bench_ns() - begin;
    free(text);
}

/* ---- a large policy ---- */

typedef struct cost {
    double import, publish, diff;
} cost;

static cost large(const bench *b, int purposes) {
    bench_store s;
    consent_rows *rows = NULL;
    consent_error *err = NULL;
    uint64_t import, published;
    double imports[8], publishes[8], diffs[8];
    const int rounds = 5;
    store_new(b, "large", &s);
    publish(&s, purposes, 1, &import, &published);
    for (int i = 0; i < rounds; i++) {
        char older[16], newer[16];
        publish(&s, purposes, i + 2, &import, &published);
        (void)snprintf(older, sizeof older, "%d", i + 1);
        (void)snprintf(newer, sizeof newer, "%d", i + 2);
        uint64_t begin = bench_ns();
        bench_ok(consent_policy_diff(s.store, "bench", older, newer, &rows, &err), &err, "diff");
        diffs[i] = (double)(bench_ns() - begin);
        imports[i] = (double)import;
        publishes[i] = (double)published;
        consent_rows_free(rows);
    }
    bench_store_close(&s);
    bench_remove(s.path);
    return (cost){bench_middle(imports, rounds), bench_middle(publishes, rounds),
                  bench_middle(diffs, rounds)};
}

static void large_row(const char *name, double few, double many, int n, int m) {
    bench_ratio ratio = {0};
    bench_add(&ratio, many / few / ((double)m / n));
    bench_row(name, &ratio, 2, true, "%.1f ms at %d purposes, %.1f at %d with %.1f MB of text",
              few / 1e6, n, many / 1e6, m, (double)m * TEXT_BYTES / 1048576);
}

static void large_rows(const bench *b) {
    int n = b->quick ? 50 : 125, m = b->quick ? 200 : 500;
    cost few = large(b, n), many = large(b, m);
    large_row("policy-diff", few.diff, many.diff, n, m);
    large_row("policy-publish", few.publish, many.publish, n, m);
    large_row("policy-import", few.import, many.import, n, m);
}

/* ---- many versions ---- */

static double check_cold(bench_store *s) {
    consent_options *options = bench_options();
    uint64_t begin, seed = 1;
    char id[32];
    consent_options_set_cache(options, 0);
    bench_store_close(s);
    bench_store_open(s, options);
    consent_options_free(options);
    bench_sink += consent_may(s->store, "subject-0", "p1"); /* the policies are read once */
    begin = bench_ns();
    for (int i = 0; i < CHECKS; i++) {
        bench_id((int64_t)bench_below(bench_random(&seed), (uint64_t)s->subjects), id);
        bench_sink += consent_may(s->store, id, "p1");
    }
    return (double)(bench_ns() - begin) / CHECKS;
}

static double check_cached(bench_store *s) {
    uint64_t begin, seed = 1;
    char id[32];
    bench_store_close(s);
    bench_store_open(s, NULL);
    for (int round = 0; round < 2; round++) {
        begin = bench_ns();
        for (int i = 0; i < CHECKS; i++) {
            bench_id((int64_t)bench_below(bench_random(&seed), 1000), id);
            bench_sink += consent_may(s->store, id, "p1");
        }
    }
    return (double)(bench_ns() - begin) / CHECKS;
}

static void people(bench_store *s) {
    consent_error *err = NULL;
    char id[32];
    s->subjects = 1000;
    for (int64_t i = 0; i < s->subjects; i++) {
        bench_id(i, id);
        bench_ok(consent_subject_add(s->store, id, "1990-05-17", &err), &err, "subject");
        bench_ok(consent_grant(s->store, id, "p1", NULL, &err), &err, "grant");
    }
}

static void versions_rows(const bench *b) {
    int versions = b->quick ? 60 : 200, purposes = b->quick ? 10 : 20, part = versions / 10;
    double first = 0, last = 0, total = 0;
    bench_store few, many;
    uint64_t import, published;
    store_new(b, "versions-few", &few);
    store_new(b, "versions-many", &many);
    for (int i = 1; i <= 2; i++)
        publish(&few, purposes, i, &import, &published);
    for (int i = 1; i <= versions; i++) {
        publish(&many, purposes, i, &import, &published);
        first += i <= part ? (double)(import + published) : 0;
        last += i > versions - part ? (double)(import + published) : 0;
        total += (double)(import + published);
    }
    bench_ratio growth = {0}, cold = {0}, cached = {0};
    bench_add(&growth, last / first);
    bench_row("policy-versions", &growth, 4, true,
              "import and publish: %.2f ms each at first, %.2f at last of %d, %.0f ms in all",
              first / part / 1e6, last / part / 1e6, versions, total / 1e6);
    people(&few);
    people(&many);
    double c[2] = {0}, h[2] = {0};
    for (int i = 0; i < b->rounds; i++) {
        c[0] = check_cold(&few), c[1] = check_cold(&many);
        h[0] = check_cached(&few), h[1] = check_cached(&many);
        bench_add(&cold, c[1] / c[0]);
        bench_add(&cached, h[1] / h[0]);
    }
    bench_row("check-cached-versions", &cached, 1.2, true, "%.0f ns with 2 versions, %.0f with %d",
              h[0], h[1], versions);
    bench_row("check-cold-versions", &cold, 1.2, true, "%.0f ns with 2 versions, %.0f with %d",
              c[0], c[1], versions);
    bench_store_close(&few);
    bench_store_close(&many);
    bench_remove(few.path);
    bench_remove(many.path);
}

int main(int argc, char **argv) {
    bench b;
    bench_begin(&b, argc, argv);
    large_rows(&b);
    versions_rows(&b);
    return 0;
}
