/* SPDX-License-Identifier: Apache-2.0 */
/* Verifying beside hashing the same bytes; proofs. */
#include <sodium.h>

#include "bench.h"
#include "ledger/ledger.h"

typedef struct bytes { /* what a verifier hashes, laid out one after another */
    int64_t events, bodies;
    size_t leaf, body; /* of one event, with its prefix or nonce */
    uint8_t *memory;
} bytes;

static void bytes_make(bytes *b, const bench_store *s) {
    uint8_t commitment[CONSENT__HASH] = {7};
    char input[CONSENT__LEAF_INPUT_MAX];
    sqlite3 *db = bench_sql_open(s->path);
    b->events = bench_number(db, "SELECT count(*) FROM event");
    b->bodies = bench_number(db, "SELECT count(*) FROM event_body WHERE subject IS NOT NULL");
    b->body = (size_t)bench_number(db, "SELECT avg(length(box)) - 40 FROM event_body WHERE subject "
                                       "IS NOT NULL");
    (void)sqlite3_close(db);
    b->leaf = 1 + consent__leaf_input(b->events, INT64_C(1764000000000000), "consent.granted",
                                      commitment, input);
    b->memory = calloc((size_t)b->events, b->leaf + b->body);
    if (!b->memory)
        bench_die("no memory");
}

typedef void (*hash_fn)(const uint8_t *p, size_t n, uint8_t out[CONSENT__HASH]);

static void hash_sodium(const uint8_t *p, size_t n, uint8_t out[CONSENT__HASH]) {
    (void)crypto_hash_sha256(out, p, n);
}

static void hash_own(const uint8_t *p, size_t n, uint8_t out[CONSENT__HASH]) {
    consent__sha256(p, n, out);
}

/* One leaf and, as there are as many nodes as leaves less one, one node for each event. */
static double floor_hash(const bytes *b, bool bodies, hash_fn hash) {
    uint8_t out[CONSENT__HASH], node[1 + 2 * CONSENT__HASH] = {1};
    const uint8_t *p = b->memory;
    uint64_t begin = bench_ns();
    for (int64_t i = 0; i < b->events; i++, p += b->leaf) {
        hash(p, b->leaf, out);
        memcpy(node + 1, out, sizeof out);
        hash(node, sizeof node, out);
    }
    for (int64_t i = 0; bodies && i < b->bodies; i++, p += b->body)
        hash(p, b->body, out);
    bench_sink += out[0];
    return (double)(bench_ns() - begin) / (double)b->events;
}

static double subject_verify(const bench_store *s, bool bodies, int32_t threads, int64_t events) {
    consent_verification *v = consent_verification_new();
    consent_rows *rows = NULL;
    consent_error *err = NULL;
    consent_verification_set_bodies(v, bodies);
    consent_verification_set_threads(v, threads);
    uint64_t begin = bench_ns();
    bench_ok(consent_ledger_verify(s->store, v, NULL, &rows, &err), &err, "verify");
    double each = (double)(bench_ns() - begin) / (double)events;
    if (consent_rows_count(rows) != 0)
        bench_die("the ledger does not verify");
    consent_rows_free(rows);
    consent_verification_free(v);
    return each;
}

/* The floor is the one of the design: SHA-256 as libsodium computes it, of the same bytes. Beside
 * it, the same with the library's own code, which uses the CPU's instructions. */
static void verify_rows(const bench *b, const bench_store *s) {
    bench_ratio hashes = {0}, bodies = {0}, two = {0}, f1 = {0}, x1 = {0}, f2 = {0}, x2 = {0};
    bench_ratio own1 = {0}, own2 = {0};
    bytes w;
    bytes_make(&w, s);
    for (int r = -1; r < b->rounds; r++) {
        double f = floor_hash(&w, false, hash_sodium), x = subject_verify(s, false, 1, w.events);
        double n = floor_hash(&w, false, hash_own);
        double g = floor_hash(&w, true, hash_sodium), y = subject_verify(s, true, 1, w.events);
        double m = floor_hash(&w, true, hash_own);
        double z = subject_verify(s, true, 2, w.events);
        if (r < 0)
            continue;
        bench_add(&f1, f);
        bench_add(&x1, x);
        bench_add(&f2, g);
        bench_add(&x2, y);
        bench_add(&hashes, f / x);
        bench_add(&bodies, g / y);
        bench_add(&own1, n / x);
        bench_add(&own2, m / y);
        bench_add(&two, y / z);
    }
    free(w.memory);
    bench_row("verify-hashes", &hashes, 0.8, false,
              "%.0f ns an event against %.0f (libsodium's SHA-256); %lld events", bench_median(&x1),
              bench_median(&f1), (long long)w.events);
    bench_row("verify-bodies", &bodies, 0.5, false, "%.0f ns an event against %.0f",
              bench_median(&x2), bench_median(&f2));
    bench_row("verify-2-cores", &two, 1.5, false, "with bodies, two threads over one");
    bench_row("verify-hashes-own", &own1, 0, false,
              "against the library's own SHA-256 with the CPU's instructions");
    bench_row("verify-bodies-own", &own2, 0, false, "the same, with bodies");
}

static void proof_rows(const bench *b, const bench_store *s) {
    bench_ratio ms = {0}, stored = {0};
    consent_error *err = NULL;
    sqlite3 *db = bench_sql_open(s->path);
    int64_t events = bench_number(db, "SELECT count(*) FROM event");
    int64_t nodes = bench_number(db, "SELECT sum(pgsize) FROM dbstat WHERE name = 'tree_node'");
    (void)sqlite3_close(db);
    uint64_t seed = 3;
    int ops = b->quick ? 100 : 500;
    for (int r = 0; r < b->rounds; r++) {
        uint64_t begin = bench_ns();
        for (int i = 0; i < ops; i++) {
            consent_rows *rows = NULL;
            int64_t seq = (int64_t)bench_below(bench_random(&seed), (uint64_t)events);
            bench_ok(consent_ledger_prove(s->store, seq, &rows, &err), &err, "prove");
            consent_rows_free(rows);
        }
        bench_add(&ms, (double)(bench_ns() - begin) / ops / 1e6);
    }
    bench_add(&stored, (double)nodes / (double)events);
    bench_row("proof-ms", &ms, 0.5, true, "milliseconds, not a ratio; %lld events",
              (long long)events);
    bench_row("proof-bytes", &stored, 1, true, "bytes an event stored for proofs, not a ratio");
}

int main(int argc, char **argv) {
    bench b;
    bench_store s;
    bench_begin(&b, argc, argv);
    bench_store_make(&b, "ledger", b.quick ? 20000 : 170000, 5,
                     &s); /* six events each: 30 parts for threads to share */
    if (bench_wants(&b, "verify"))
        verify_rows(&b, &s);
    if (bench_wants(&b, "proof"))
        proof_rows(&b, &s);
    bench_store_close(&s);
    bench_remove(s.path);
    return 0;
}
