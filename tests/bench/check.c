/* SPDX-License-Identifier: Apache-2.0 */
/* Checks beside their floors: a hash table for cached ones, point SELECTs for cold ones. */
#include <pthread.h>
#include <sodium.h>

#include "bench.h"

typedef struct slot {
    uint64_t a, b; /* the key; both 0: free */
    uint64_t value, unused;
} slot;

typedef struct table { /* the floor of a cached check */
    uint64_t mask, n;
    slot *slots;
    uint8_t (*keys)[16];
    char (*ids)[32];
    uint8_t secret[32];
} table;

static uint64_t hash(uint64_t a, uint64_t b) {
    uint64_t m = (a ^ UINT64_C(0xa0761d6478bd642f)) * (b | 1);
    return m ^ m >> 32;
}

static void table_make(table *t, int64_t n) {
    t->n = (uint64_t)n;
    t->mask = 1;
    while (t->mask < t->n * 2)
        t->mask *= 2;
    t->slots = calloc(t->mask, sizeof *t->slots);
    t->mask--;
    t->keys = calloc(t->n, sizeof *t->keys);
    t->ids = calloc(t->n, sizeof *t->ids);
    if (!t->slots || !t->keys || !t->ids)
        bench_die("no memory");
    randombytes_buf(t->secret, sizeof t->secret);
    for (uint64_t i = 0; i < t->n; i++) {
        uint64_t k[2];
        bench_id((int64_t)i, t->ids[i]);
        (void)crypto_generichash(t->keys[i], 16, (uint8_t *)t->ids[i], strlen(t->ids[i]), t->secret,
                                 32);
        memcpy(k, t->keys[i], 16);
        uint64_t at = hash(k[0], k[1]) & t->mask;
        while (t->slots[at].a | t->slots[at].b)
            at = (at + 1) & t->mask;
        t->slots[at] = (slot){k[0], k[1], 1, 0};
    }
}

static void table_free(table *t) {
    free(t->slots);
    free(t->keys);
    free(t->ids);
}

static uint64_t table_get(const table *t, const uint8_t key[16]) {
    uint64_t k[2];
    memcpy(k, key, 16);
    for (uint64_t at = hash(k[0], k[1]) & t->mask;; at = (at + 1) & t->mask) {
        const slot *s = &t->slots[at];
        if (s->a == k[0] && s->b == k[1])
            return s->value;
        if (!(s->a | s->b))
            return 0;
    }
}

/* ---- cached, by id ---- */

static double floor_id(const table *t, uint64_t seed, int ops) {
    uint64_t found = 0, begin = bench_ns();
    for (int i = 0; i < ops; i++) {
        const char *id = t->ids[bench_below(bench_random(&seed), t->n)];
        uint8_t key[16];
        (void)crypto_generichash(key, 16, (const uint8_t *)id, strlen(id), t->secret, 32);
        found += table_get(t, key);
    }
    uint64_t end = bench_ns();
    bench_sink += found; /* so that nobody leaves the look-ups out */
    return (double)(end - begin) / ops;
}

static double subject_id(const bench_store *s, const table *t, uint64_t seed, int ops) {
    int allowed = 0;
    uint64_t begin = bench_ns();
    for (int i = 0; i < ops; i++)
        allowed += consent_may(s->store, t->ids[bench_below(bench_random(&seed), t->n)], "p2");
    uint64_t end = bench_ns();
    if (allowed != ops)
        bench_die("a check denied what was granted");
    return (double)(end - begin) / ops;
}

static void by_id(const bench *b, const bench_store *s, const table *t, const char *name) {
    bench_ratio ratio = {0}, floor = {0}, subject = {0};
    int ops = b->quick ? 50000 : 200000;
    for (uint64_t i = 0; i < t->n; i++) /* fills what there is to fill */
        bench_sink += consent_may(s->store, t->ids[i], "p2");
    for (int r = 0; r < b->rounds; r++) {
        double f = floor_id(t, (uint64_t)r, ops), x = subject_id(s, t, (uint64_t)r, ops);
        bench_add(&floor, f);
        bench_add(&subject, x);
        bench_add(&ratio, x / f);
    }
    bench_row(name, &ratio, 1.3, true, "%.0f ns against %.0f; %lld subjects",
              bench_median(&subject), bench_median(&floor), (long long)t->n);
}

/* ---- cached, by handle ---- */

static double floor_handle(const table *t, uint64_t seed, int ops) {
    uint64_t found = 0, begin = bench_ns();
    for (int i = 0; i < ops; i++)
        found += table_get(t, t->keys[bench_below(bench_random(&seed), t->n)]);
    uint64_t end = bench_ns();
    if (found != (uint64_t)ops)
        bench_die("the floor's table lacks a key");
    return (double)(end - begin) / ops;
}

static double subject_handle(consent_handle *const *handles, uint64_t n, int32_t purpose,
                             uint64_t seed, int ops) {
    uint64_t allowed = 0, begin = bench_ns();
    for (int i = 0; i < ops; i++)
        allowed += consent_handle_may(handles[bench_below(bench_random(&seed), n)], purpose);
    uint64_t end = bench_ns();
    if (allowed != (uint64_t)ops)
        bench_die("a check denied what was granted");
    return (double)(end - begin) / ops;
}

/* An answer is kept for a minute at most, and what is measured is the case where it stands: what
 * has run out is asked for again before each round. */
static void handles_renew(consent_handle *const *h, uint64_t n, int32_t purpose) {
    for (uint64_t i = 0; i < n; i++)
        if (!consent_handle_may(h[i], purpose))
            bench_die("a check denied what was granted");
}

static consent_handle **handles_make(const bench_store *s, const table *t, int32_t *purpose) {
    consent_handle **h = calloc(t->n, sizeof *h);
    consent_error *err = NULL;
    bench_ok(consent_purpose_number(s->store, "p2", purpose, &err), &err, "purpose");
    for (uint64_t i = 0; i < t->n; i++) {
        bench_ok(consent_handle_new(s->store, t->ids[i], &h[i], &err), &err, "handle");
        handles_renew(&h[i], 1, *purpose);
    }
    return h;
}

static void by_handle(const bench *b, const bench_store *s, const table *t, const char *name,
                      bench_ratio *ratio) {
    bench_ratio floor = {0}, subject = {0};
    int ops = b->quick ? 1000000 : 4000000;
    int32_t purpose;
    consent_handle **h = handles_make(s, t, &purpose);
    for (int r = -1; r < b->rounds; r++) {
        handles_renew(h, t->n, purpose);
        double f = floor_handle(t, (uint64_t)r, ops);
        double x = subject_handle(h, t->n, purpose, (uint64_t)r, ops);
        if (r < 0)
            continue;
        bench_add(&floor, f);
        bench_add(&subject, x);
        bench_add(ratio, x / f);
    }
    bench_row(name, ratio, 2, true, "%.1f ns against %.1f; %llu subjects", bench_median(&subject),
              bench_median(&floor), (unsigned long long)t->n);
    for (uint64_t i = 0; i < t->n; i++)
        consent_handle_free(h[i]);
    free(h);
}

typedef struct worker {
    consent_handle *const *handles;
    uint64_t n, seed;
    int32_t purpose;
    int ops;
    pthread_barrier_t *start;
} worker;

static void *worker_run(void *user) {
    worker *w = user;
    (void)pthread_barrier_wait(w->start);
    bench_sink += (uint64_t)subject_handle(w->handles, w->n, w->purpose, w->seed, w->ops);
    return NULL;
}

/* Nanoseconds of wall time per check over all threads. */
static double spread(worker w, int threads) {
    pthread_t thread[16];
    worker each[16];
    pthread_barrier_t start;
    w.start = &start;
    (void)pthread_barrier_init(&start, NULL, (unsigned)threads + 1);
    for (int i = 0; i < threads; i++) {
        each[i] = w;
        each[i].seed += (uint64_t)i;
        if (pthread_create(&thread[i], NULL, worker_run, &each[i]) != 0)
            bench_die("no thread");
    }
    (void)pthread_barrier_wait(&start);
    uint64_t begin = bench_ns();
    for (int i = 0; i < threads; i++)
        (void)pthread_join(thread[i], NULL);
    uint64_t end = bench_ns();
    (void)pthread_barrier_destroy(&start);
    return (double)(end - begin) / ((double)threads * w.ops);
}

static void scaling_row(const bench *b, const bench_store *s, const table *t) {
    bench_ratio two = {0};
    int32_t purpose;
    consent_handle **h = handles_make(s, t, &purpose);
    worker w = {h, t->n, 5, purpose, b->quick ? 2000000 : 8000000, NULL};
    for (int r = 0; r < b->rounds; r++)
        bench_add(&two, spread(w, 1) / spread(w, 2));
    bench_row("check-2-threads", &two, 0, false, "checks by two threads over checks by one");
    for (uint64_t i = 0; i < t->n; i++)
        consent_handle_free(h[i]);
    free(h);
}

/* ---- cold ---- */

typedef struct cold {
    sqlite3 *db;
    sqlite3_stmt *state, *key;
    uint8_t secret[32], box_key[32], nonce[24];
    uint8_t box[4096], plain[4096], ad[45];
    unsigned long long box_len;
    int64_t *ids; /* of the store's rows, any order */
    int64_t n;
} cold;

/* Reads the store's own tables through a connection of its own: the same rows in the same file. */
static void cold_make(cold *c, const bench_store *s) {
    memset(c, 0, sizeof *c);
    c->db = bench_sql_open(s->path);
    bench_sql(c->db, "PRAGMA cache_size=-1000");
    c->state = bench_prepare(c->db, "SELECT subject, seq, box FROM subject_state WHERE id=?1");
    c->key = bench_prepare(c->db, "SELECT uid, salt FROM subject_key WHERE id=?1");
    c->ids = calloc((size_t)s->subjects, sizeof *c->ids);
    if (!c->ids)
        bench_die("no memory");
    sqlite3_stmt *all = bench_prepare(c->db, "SELECT id FROM subject_state");
    while (sqlite3_step(all) == SQLITE_ROW && c->n < s->subjects)
        c->ids[c->n++] = sqlite3_column_int64(all, 0);
    (void)sqlite3_finalize(all);
    int64_t box = bench_number(c->db, "SELECT length(box) FROM subject_state LIMIT 1");
    if (box < 40 || box > 4096)
        bench_die("an unexpected box");
    randombytes_buf(c->secret, 32);
    randombytes_buf(c->box_key, 32);
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(c->box, &c->box_len, c->plain,
                                                     (unsigned long long)box - 40, c->ad,
                                                     sizeof c->ad, NULL, c->nonce, c->box_key);
}

static void cold_free(cold *c) {
    (void)sqlite3_finalize(c->state);
    (void)sqlite3_finalize(c->key);
    (void)sqlite3_close(c->db);
    free(c->ids);
}

/* The order of the rows is that of the look-ups, hence random to the ids: drawn the same. */
static double floor_cold(cold *c, uint64_t seed, int ops) {
    uint64_t sum = 0, begin = bench_ns();
    for (int i = 0; i < ops; i++) {
        uint64_t at = bench_below(bench_random(&seed), (uint64_t)c->n);
        char id[32];
        uint8_t key[16];
        bench_id((int64_t)at, id);
        (void)crypto_generichash(key, 16, (uint8_t *)id, strlen(id), c->secret, 32);
        sum += key[0];
        (void)sqlite3_bind_int64(c->state, 1, c->ids[at]);
        if (sqlite3_step(c->state) != SQLITE_ROW)
            bench_die("a row is missing");
        int64_t subject = sqlite3_column_int64(c->state, 0);
        sum += *(const uint8_t *)sqlite3_column_blob(c->state, 2);
        (void)sqlite3_reset(c->state);
        (void)sqlite3_bind_int64(c->key, 1, subject);
        if (sqlite3_step(c->key) != SQLITE_ROW)
            bench_die("a row is missing");
        sum += *(const uint8_t *)sqlite3_column_blob(c->key, 1);
        (void)sqlite3_reset(c->key);
        if (crypto_aead_xchacha20poly1305_ietf_decrypt(c->plain, NULL, NULL, c->box, c->box_len,
                                                       c->ad, sizeof c->ad, c->nonce,
                                                       c->box_key) != 0)
            bench_die("a box does not open");
    }
    uint64_t end = bench_ns();
    bench_sink += sum;
    return (double)(end - begin) / ops;
}

static double subject_cold(const bench_store *s, uint64_t seed, int ops) {
    int allowed = 0;
    uint64_t begin = bench_ns();
    for (int i = 0; i < ops; i++) {
        char id[32];
        bench_id((int64_t)bench_below(bench_random(&seed), (uint64_t)s->subjects), id);
        allowed += consent_may(s->store, id, "p2");
    }
    uint64_t end = bench_ns();
    if (allowed != ops)
        bench_die("a check denied what was granted");
    return (double)(end - begin) / ops;
}

static void cold_row(const bench *b, const bench_store *s, const char *name, double goal) {
    bench_ratio ratio = {0}, floor = {0}, subject = {0};
    int ops = b->quick ? 10000 : 50000;
    cold c;
    cold_make(&c, s);
    for (int r = -1; r < b->rounds; r++) {
        /* A read that the process holds already makes the floor's own locks cheaper. */
        consent_store_release_reads(s->store);
        double f = floor_cold(&c, (uint64_t)r, ops), x = subject_cold(s, (uint64_t)r, ops);
        if (r < 0)
            continue; /* warms both page caches */
        bench_add(&floor, f);
        bench_add(&subject, x);
        bench_add(&ratio, x / f);
    }
    cold_free(&c);
    bench_row(name, &ratio, goal, true, "%.2f us against %.2f; %lld subjects",
              bench_median(&subject) / 1e3, bench_median(&floor) / 1e3, (long long)s->subjects);
}

static void growth_row(const bench *b, const bench_store *few, const bench_store *many) {
    bench_ratio ratio = {0}, small = {0}, large = {0};
    int ops = b->quick ? 10000 : 50000;
    for (int r = -1; r < b->rounds; r++) {
        bench_read_file(few->path); /* a kernel may have dropped pages since */
        bench_read_file(many->path);
        double f = subject_cold(few, (uint64_t)r, ops), x = subject_cold(many, (uint64_t)r, ops);
        if (r < 0)
            continue;
        bench_add(&small, f);
        bench_add(&large, x);
        bench_add(&ratio, x / f);
    }
    bench_row("cold-growth", &ratio, 2, true, "%.2f us at %lld subjects, %.2f at %lld",
              bench_median(&small) / 1e3, (long long)few->subjects, bench_median(&large) / 1e3,
              (long long)many->subjects);
}

/* Opened again with as much cache as the row wants. */
static void reopen(bench_store *s, int64_t cache, bool hold) {
    consent_options *options = bench_options();
    consent_options_set_hold_reads(options, hold);
    consent_options_set_cache(options, cache);
    bench_store_close(s);
    bench_store_open(s, options);
    consent_options_free(options);
}

static void cached_rows(const bench *b, bench_store *few, bench_store *many) {
    table small = {0}, large = {0};
    bench_ratio hot = {0}, wide = {0};
    table_make(&small, few->subjects);
    table_make(&large, many->subjects);
    reopen(few, 4 << 20, false);
    reopen(many, many->subjects * 512 + (1 << 20), false);
    by_handle(b, few, &small, "check-handle-cached-hot", &hot);
    by_handle(b, many, &large, "check-handle-cached-wide", &wide);
    bench_row("check-handle-cached", bench_median(&hot) > bench_median(&wide) ? &hot : &wide, 2,
              true, "the worse of hot (%lld subjects) and wide (%lld)", (long long)few->subjects,
              (long long)many->subjects);
    scaling_row(b, few, &small);
    by_id(b, few, &small, "check-id-cached");
    by_id(b, many, &large, "check-id-cached-wide");
    table_free(&small);
    table_free(&large);
}

int main(int argc, char **argv) {
    bench b;
    bench_store few, many;
    bench_begin(&b, argc, argv);
    if (sodium_init() < 0)
        bench_die("sodium");
    bench_store_make(&b, "check-few", 1000, 5, &few);
    bench_store_make(&b, "check-many", b.quick ? 20000 : 1000000, 5, &many);
    if (bench_wants(&b, "cached"))
        cached_rows(&b, &few, &many);
    reopen(&few, 0, true);
    if (bench_wants(&b, "held"))
        cold_row(&b, &few, "check-cold-held", 0.8);
    reopen(&few, 0, false);
    reopen(&many, 0, false);
    cold_row(&b, &few, "check-cold", 1.2);
    growth_row(&b, &few, &many);
    bench_store_close(&few);
    bench_store_close(&many);
    bench_remove(few.path);
    bench_remove(many.path);
    return 0;
}
