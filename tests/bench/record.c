/* SPDX-License-Identifier: Apache-2.0 */
/* Recording beside raw durable commits of the same rows. */
#include <pthread.h>
#include <sodium.h>

#include "bench.h"
#include "consent_sql.h"

/* ---- the floor: the same tables and indexes, prepared statements, nothing else ---- */

typedef struct raw {
    char path[512];
    sqlite3 *db;
    sqlite3_stmt *begin, *commit, *event, *body, *state, *first, *head, *node;
    int64_t seq, subjects;
    size_t body_len, state_len; /* of the boxes, as the library writes them */
    uint8_t bytes[8192];
} raw;

static void raw_tables(raw *w) {
    bench_sql(w->db, "PRAGMA page_size=4096; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
    bench_sql(w->db, consent__migrations[0].sql);
    sqlite3_stmt *list =
        bench_prepare(w->db, "SELECT 'DROP TRIGGER ' || name FROM sqlite_schema WHERE "
                             "type='trigger'");
    char *all[64];
    int n = 0;
    while (n < 64 && sqlite3_step(list) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(list, 0);
        all[n] = malloc(strlen(text) + 1);
        if (!all[n])
            bench_die("no memory");
        memcpy(all[n], text, strlen(text) + 1);
        n++;
    }
    (void)sqlite3_finalize(list);
    while (n-- > 0) {
        bench_sql(w->db, all[n]);
        free(all[n]);
    }
}

static void raw_make(const bench *b, raw *w, const bench_store *like) {
    memset(w, 0, sizeof *w);
    (void)snprintf(w->path, sizeof w->path, "%s/raw.db", b->dir);
    bench_remove(w->path);
    w->db = bench_sql_open(w->path);
    raw_tables(w);
    sqlite3 *store = bench_sql_open(like->path);
    w->subjects = like->subjects;
    w->body_len = (size_t)bench_number(
        store, "SELECT length(box) FROM event_body WHERE subject IS NOT NULL ORDER BY seq DESC "
               "LIMIT 1");
    w->state_len = (size_t)bench_number(store, "SELECT max(length(box)) FROM subject_state");
    (void)sqlite3_close(store);
    randombytes_buf(w->bytes, sizeof w->bytes);
    w->begin = bench_prepare(w->db, "BEGIN IMMEDIATE");
    w->commit = bench_prepare(w->db, "COMMIT");
    w->event = bench_prepare(w->db, "INSERT INTO event VALUES(?1,?2,'consent.granted',?3,?4)");
    w->body = bench_prepare(w->db, "INSERT INTO event_body VALUES(?1,?2,?3)");
    w->state = bench_prepare(w->db, "UPDATE subject_state SET seq=?4, box=?5 WHERE id=?1");
    w->first = bench_prepare(w->db, "INSERT INTO subject_state VALUES(?1,?2,?3,?4,?5)");
    w->head = bench_prepare(w->db, "INSERT INTO head(id,size,at,catalog,frontier) "
                                   "VALUES(1,?1,?2,0,?3) ON CONFLICT DO UPDATE "
                                   "SET size=excluded.size, at=excluded.at, "
                                   "frontier=excluded.frontier");
    w->node = bench_prepare(w->db, "INSERT INTO tree_node VALUES(8,?1,?2)");
}

static void raw_free(raw *w) {
    sqlite3_stmt *all[] = {w->begin, w->commit, w->event, w->body,
                           w->state, w->first,  w->head,  w->node};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        (void)sqlite3_finalize(all[i]);
    (void)sqlite3_close(w->db);
    bench_remove(w->path);
}

static void raw_step(raw *w, sqlite3_stmt *s) {
    if (sqlite3_step(s) != SQLITE_DONE)
        bench_die(sqlite3_errmsg(w->db));
    (void)sqlite3_reset(s);
}

static void raw_lookup(int64_t subject, uint8_t out[16]) {
    uint64_t k[2] = {bench_mix((uint64_t)subject * 2 + 1), bench_mix((uint64_t)subject * 2 + 2)};
    memcpy(out, k, 16);
}

/* Any of the numbers that the look-up may have. */
static int64_t raw_state_id(const uint8_t lookup[16]) {
    int64_t begin = 0;
    for (int i = 0; i < 5; i++)
        begin = begin << 8 | lookup[i];
    return begin >> 5;
}

static void raw_state(raw *w, sqlite3_stmt *s, int64_t subject) {
    uint8_t lookup[16];
    raw_lookup(subject, lookup);
    (void)sqlite3_bind_int64(s, 1, raw_state_id(lookup));
    if (s == w->first) {
        (void)sqlite3_bind_blob(s, 2, lookup, 16, SQLITE_STATIC);
        (void)sqlite3_bind_int64(s, 3, subject);
    }
    (void)sqlite3_bind_int64(s, 4, w->seq);
    (void)sqlite3_bind_blob(s, 5, w->bytes + w->seq % 1024, (int)w->state_len, SQLITE_STATIC);
    raw_step(w, s);
}

static void raw_rows(raw *w, int64_t subject, bool first) {
    const uint8_t *p = w->bytes + w->seq % 1024;
    (void)sqlite3_bind_int64(w->event, 1, w->seq);
    (void)sqlite3_bind_int64(w->event, 2, INT64_C(1764000000000000) + w->seq);
    (void)sqlite3_bind_blob(w->event, 3, p, 32, SQLITE_STATIC);
    (void)sqlite3_bind_blob(w->event, 4, p + 32, 32, SQLITE_STATIC);
    raw_step(w, w->event);
    (void)sqlite3_bind_int64(w->body, 1, w->seq);
    (void)sqlite3_bind_int64(w->body, 2, subject);
    (void)sqlite3_bind_blob(w->body, 3, p, (int)w->body_len, SQLITE_STATIC);
    raw_step(w, w->body);
    raw_state(w, first ? w->first : w->state, subject);
    if (w->seq % 256 == 255) {
        (void)sqlite3_bind_int64(w->node, 1, w->seq / 256);
        (void)sqlite3_bind_blob(w->node, 2, p, 32, SQLITE_STATIC);
        raw_step(w, w->node);
    }
    w->seq++;
}

static void raw_head(raw *w) {
    (void)sqlite3_bind_int64(w->head, 1, w->seq);
    (void)sqlite3_bind_int64(w->head, 2, INT64_C(1764000000000000) + w->seq);
    (void)sqlite3_bind_blob(w->head, 3, w->bytes, 32 * 8, SQLITE_STATIC);
    raw_step(w, w->head);
}

/* The subjects' keys and first states, as the store has them before the measurement. */
static void raw_fill(raw *w, int grants) {
    raw_step(w, w->begin);
    sqlite3_stmt *key = bench_prepare(w->db, "INSERT INTO subject_key VALUES(?1,?2,?3)");
    for (int64_t i = 1; i <= w->subjects; i++) {
        uint8_t uid[16];
        raw_lookup(-i, uid);
        (void)sqlite3_bind_int64(key, 1, i);
        (void)sqlite3_bind_blob(key, 2, uid, 16, SQLITE_STATIC);
        (void)sqlite3_bind_blob(key, 3, uid, 16, SQLITE_STATIC);
        raw_step(w, key);
        for (int k = 0; k <= grants; k++)
            raw_rows(w, i, k == 0);
    }
    raw_head(w);
    raw_step(w, w->commit);
    (void)sqlite3_finalize(key);
    bench_sql(w->db, "PRAGMA wal_checkpoint(TRUNCATE)");
}

static void floor_single(raw *w, uint64_t *seed) {
    raw_step(w, w->begin);
    raw_rows(w, 1 + (int64_t)bench_below(bench_random(seed), (uint64_t)w->subjects), false);
    raw_head(w);
    raw_step(w, w->commit);
}

/* ---- the library ---- */

static void grant(const bench_store *s, uint64_t *seed) {
    consent_error *err = NULL;
    char id[32], purpose[4] = "p0";
    uint64_t r = bench_random(seed);
    bench_id((int64_t)bench_below(r, (uint64_t)s->subjects), id);
    purpose[1] = (char)('0' + r % 5);
    bench_ok(consent_grant(s->store, id, purpose, NULL, &err), &err, "grant");
}

static void subject_single(const bench_store *s, uint64_t *seed, bool sign) {
    consent_error *err = NULL;
    consent_rows *rows = NULL;
    grant(s, seed);
    if (!sign)
        return;
    bench_ok(consent_ledger_head(s->store, &rows, &err), &err, "head");
    consent_rows_free(rows);
}

/* Floor and subject take turns commit by commit, and each round compares medians: what another
 * process does to the disk hits both alike, and a single long wait counts once. */
static void durable_rows(const bench *b, const bench_store *s, raw *w) {
    bench_ratio plain = {0}, with = {0}, floor = {0}, one = {0}, signing = {0};
    int ops = b->quick ? 150 : 600;
    uint64_t seed[3] = {1, 2, 3};
    double *took[3];
    for (int i = 0; i < 3; i++)
        took[i] = calloc((size_t)ops, sizeof *took[i]);
    for (int r = -1; r < b->rounds; r++) {
        for (int i = 0; i < ops; i++)
            for (int k = 0; k < 3; k++) {
                uint64_t begin = bench_ns();
                if (k == 0)
                    floor_single(w, &seed[0]);
                else
                    subject_single(s, &seed[k], k == 2);
                took[k][i] = (double)(bench_ns() - begin);
            }
        double f = bench_middle(took[0], ops), x = bench_middle(took[1], ops),
               y = bench_middle(took[2], ops);
        if (r < 0)
            continue; /* lets both logs reach their size */
        bench_add(&floor, f);
        bench_add(&one, x);
        bench_add(&signing, y);
        bench_add(&plain, x / f);
        bench_add(&with, y / f);
    }
    for (int i = 0; i < 3; i++)
        free(took[i]);
    bench_row("record-durable", &plain, 1.15, true, "%.0f us against %.0f",
              bench_median(&one) / 1e3, bench_median(&floor) / 1e3);
    bench_row("record-signed", &with, 1.25, true, "%.0f us against %.0f, a checkpoint for each",
              bench_median(&signing) / 1e3, bench_median(&floor) / 1e3);
}

/* ---- many threads ---- */

typedef struct crowd {
    const bench_store *store;
    pthread_barrier_t *start;
    uint64_t seed;
    int ops;
} crowd;

static void *crowd_run(void *user) {
    crowd *c = user;
    (void)pthread_barrier_wait(c->start);
    for (int i = 0; i < c->ops; i++)
        grant(c->store, &c->seed);
    return NULL;
}

/* Nanoseconds per record over all threads together. */
static double together(const bench_store *s, int threads, int ops, uint64_t seed) {
    pthread_t thread[64];
    crowd c[64];
    pthread_barrier_t start;
    (void)pthread_barrier_init(&start, NULL, (unsigned)threads + 1);
    for (int i = 0; i < threads; i++) {
        c[i] = (crowd){s, &start, seed * 64 + (uint64_t)i, ops};
        if (pthread_create(&thread[i], NULL, crowd_run, &c[i]) != 0)
            bench_die("no thread");
    }
    (void)pthread_barrier_wait(&start);
    uint64_t begin = bench_ns();
    for (int i = 0; i < threads; i++)
        (void)pthread_join(thread[i], NULL);
    uint64_t end = bench_ns();
    (void)pthread_barrier_destroy(&start);
    return (double)(end - begin) / (double)(threads * ops);
}

/* Nanoseconds per record of the same rows, `group` of them to a commit, by one thread. */
static double raw_grouped(raw *w, int group, int n, uint64_t *seed) {
    uint64_t begin = bench_ns();
    for (int i = 0; i < n; i += group) {
        raw_step(w, w->begin);
        for (int k = 0; k < group; k++)
            raw_rows(w, 1 + (int64_t)bench_below(bench_random(seed), (uint64_t)w->subjects), false);
        raw_head(w);
        raw_step(w, w->commit);
    }
    return (double)(bench_ns() - begin) / n;
}

/* Beside them, as figures, what the rows themselves allow: raw commits of 8 and of 64. */
static void crowd_rows(const bench *b, const bench_store *s, raw *w) {
    bench_ratio eight = {0}, many = {0}, t1 = {0}, t8 = {0}, t64 = {0}, raw8 = {0}, raw64 = {0},
                floor8 = {0}, floor64 = {0};
    uint64_t seed = 11;
    int ops = b->quick ? 200 : 1000;
    for (int r = -1; r < b->rounds; r++) {
        double one = together(s, 1, ops, (uint64_t)r + 7000);
        double x = together(s, 8, ops / 4, (uint64_t)r + 300);
        double y = together(s, 64, ops / 10, (uint64_t)r + 900);
        double f1 = raw_grouped(w, 1, ops, &seed), f8 = raw_grouped(w, 8, 8 * (ops / 4), &seed),
               f64 = raw_grouped(w, 64, 64 * (ops / 10), &seed);
        if (r < 0)
            continue;
        bench_add(&raw8, f1 / f8);
        bench_add(&raw64, f1 / f64);
        bench_add(&floor8, f8);
        bench_add(&floor64, f64);
        bench_add(&t1, one);
        bench_add(&t8, x);
        bench_add(&t64, y);
        bench_add(&eight, one / x);
        bench_add(&many, one / y);
    }
    bench_row("record-8-threads", &eight, 4, false, "%.0f us each, one alone %.0f",
              bench_median(&t8) / 1e3, bench_median(&t1) / 1e3);
    bench_row("record-64-waiting", &many, 7, false, "%.0f us each, one alone %.0f",
              bench_median(&t64) / 1e3, bench_median(&t1) / 1e3);
    bench_row("raw-8-to-a-commit", &raw8, 0, false, "%.0f us each", bench_median(&floor8) / 1e3);
    bench_row("raw-64-to-a-commit", &raw64, 0, false, "%.0f us each", bench_median(&floor64) / 1e3);
}

/* ---- bulk ---- */

#define BULK 10000

static double floor_bulk(raw *w, uint64_t *seed, int n) {
    uint64_t begin = bench_ns();
    raw_step(w, w->begin);
    for (int i = 0; i < n; i++)
        raw_rows(w, 1 + (int64_t)bench_below(bench_random(seed), (uint64_t)w->subjects), false);
    raw_head(w);
    raw_step(w, w->commit);
    return (double)(bench_ns() - begin) / n;
}

static double subject_bulk(const bench_store *s, uint64_t *seed, int n) {
    static consent_act *acts[BULK];
    consent_error *err = NULL;
    for (int i = 0; i < n; i++) {
        char id[32], purpose[4] = "p0";
        uint64_t r = bench_random(seed);
        bench_id((int64_t)bench_below(r, (uint64_t)s->subjects), id);
        purpose[1] = (char)('0' + r % 5);
        acts[i] = consent_act_new(id, CONSENT_DECISION_GRANTED, purpose);
    }
    uint64_t begin = bench_ns();
    bench_ok(consent_record_many(s->store, (const consent_act *const *)acts, (size_t)n, NULL, &err),
             &err, "record many");
    double each = (double)(bench_ns() - begin) / n;
    for (int i = 0; i < n; i++)
        consent_act_free(acts[i]);
    return each;
}

/* The same store, opened a second time with helper threads. */
static void bulk_rows(const bench *b, const bench_store *s, raw *w) {
    bench_ratio ratio = {0}, floor = {0}, one = {0}, helped = {0}, with = {0};
    bench_store h = *s;
    consent_options *options = bench_options();
    consent_options_set_helpers(options, 1);
    bench_store_open(&h, options);
    consent_options_free(options);
    uint64_t seed[3] = {5, 6, 7};
    /* More rounds than elsewhere: whether the log was brought into the file in one is half of it.
     */
    for (int r = -1; r < 3 * b->rounds; r++) {
        double f = floor_bulk(w, &seed[0], BULK), x = subject_bulk(s, &seed[1], BULK),
               y = subject_bulk(&h, &seed[2], BULK);
        if (r < 0)
            continue;
        bench_add(&floor, f);
        bench_add(&one, x);
        bench_add(&with, y);
        bench_add(&ratio, f / x);
        bench_add(&helped, f / y);
    }
    bench_store_close(&h);
    bench_row("bulk-1", &ratio, 0.5, false, "%.1f us each against %.1f, %d to a transaction",
              bench_median(&one) / 1e3, bench_median(&floor) / 1e3, BULK);
    bench_row("bulk-helpers", &helped, 0.8, false, "%.1f us each against %.1f, one helper thread",
              bench_median(&with) / 1e3, bench_median(&floor) / 1e3);
}

/* ---- size ---- */

/* As the design has it: bodies of 200 bytes. Ten decisions to a subject, and its registration. */
static void size_row(const bench *b) {
    bench_store s;
    bench_ratio ratio = {0};
    int64_t n = b->quick ? 2000 : 50000;
    char surface[64] = "app";
    bench_surface = surface;
    bench_store_make(b, "size", 1, 1, &s);
    bench_store_close(&s);
    bench_remove(s.path);
    size_t more = bench_body < 200 ? 200 - bench_body : 0;
    if (more > sizeof surface - 4)
        bench_die("the body cannot be made so long");
    memset(surface + 3, '-', more);
    bench_store_make(b, "size", n, 10, &s);
    bench_store_close(&s); /* the log goes into the file */
    bench_surface = "app";
    if (bench_body != 200)
        bench_die("the body is not of 200 bytes");
    double all = (double)bench_file_size(s.path), each = all / (double)(n * 11);
    bench_add(&ratio, each / 200);
    bench_row("size-per-decision", &ratio, 2.5, true,
              "%.0f bytes an event, states, indexes, keys counted in; %.0f a decision with the "
              "registration of the subject laid on its ten decisions",
              each, all / (double)(n * 10));
    bench_remove(s.path);
}

int main(int argc, char **argv) {
    bench b;
    bench_store s;
    raw w;
    bench_begin(&b, argc, argv);
    if (sodium_init() < 0)
        bench_die("sodium");
    bench_store_make(&b, "record", b.quick ? 2000 : 20000, 5, &s);
    raw_make(&b, &w, &s);
    raw_fill(&w, 5);
    if (bench_wants(&b, "durable"))
        durable_rows(&b, &s, &w);
    if (bench_wants(&b, "bulk"))
        bulk_rows(&b, &s, &w);
    if (bench_wants(&b, "crowd"))
        crowd_rows(&b, &s, &w);
    raw_free(&w);
    bench_store_close(&s);
    bench_remove(s.path);
    if (bench_wants(&b, "size"))
        size_row(&b);
    return 0;
}
