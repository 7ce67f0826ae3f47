/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 with the SHA instructions of x86: the ledger hashes every event, and libsodium's portable
 * code takes three to four times as long. Chosen at run time; libsodium does the rest. */
#include "seal/seal_impl.h"

#if defined(__x86_64__) && defined(__GNUC__)

#include <cpuid.h>
#include <immintrin.h>
#include <stdatomic.h>
#include <string.h>

#define BLOCK 64u

/* ---- is it there ---- */

static bool cpu_has_sha(void) {
    const unsigned ssse3 = 1u << 9, sse41 = 1u << 19, sha = 1u << 29;
    unsigned a, b, c, d;
    if (__get_cpuid(1, &a, &b, &c, &d) == 0 || (c & ssse3) == 0 || (c & sse41) == 0)
        return false;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & sha) != 0;
}

bool consent__sha256_ni_usable(void) {
    /* A fact about the machine, not state: every thread would find the same. It is kept because the
     * cpuid instruction can take longer than a hash (a virtual machine traps it). */
    static _Atomic int known; /* 0 not asked yet, 1 no, 2 yes */
    int answer = atomic_load_explicit(&known, memory_order_relaxed);
    if (answer == 0) {
        answer = cpu_has_sha() ? 2 : 1;
        atomic_store_explicit(&known, answer, memory_order_relaxed);
    }
    return answer == 2;
}

/* ---- the block function ---- */

static const uint32_t round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/* The instructions keep the eight words as two vectors, ABEF and CDGH, highest word first. */
typedef struct sha_state {
    __m128i abef, cdgh;
} sha_state;

#define SHA_TARGET __attribute__((target("sha,sse4.1,ssse3")))

SHA_TARGET static void state_start(sha_state *s) {
    s->abef = _mm_set_epi32(0x6a09e667, (int)0xbb67ae85, 0x510e527f, (int)0x9b05688c);
    s->cdgh = _mm_set_epi32(0x3c6ef372, (int)0xa54ff53a, 0x1f83d9ab, 0x5be0cd19);
}

/* Sixteen steps of four rounds. w holds the sixteen latest words of the message schedule; step i
 * uses w[i % 4] and, while they are still needed, replaces it by the words sixteen further on. */
SHA_TARGET static void state_blocks(sha_state *s, const uint8_t *p, size_t count) {
    const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i abef = s->abef, cdgh = s->cdgh;
    for (; count > 0; count--, p += BLOCK) {
        const __m128i abef_before = abef, cdgh_before = cdgh;
        __m128i w[4];
        for (int i = 0; i < 4; i++)
            w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)p + i), swap);
#if defined(__clang__)
#pragma clang loop unroll(full)
#else
#pragma GCC unroll 16
#endif
        for (int i = 0; i < 16; i++) {
            const void *constants = round_constants + 4 * i;
            __m128i k = _mm_add_epi32(w[i & 3], _mm_loadu_si128((const __m128i *)constants));
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, k);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(k, 0x0e));
            if (i < 12) {
                __m128i next = _mm_sha256msg1_epu32(w[i & 3], w[(i + 1) & 3]);
                next = _mm_add_epi32(next, _mm_alignr_epi8(w[(i + 3) & 3], w[(i + 2) & 3], 4));
                w[i & 3] = _mm_sha256msg2_epu32(next, w[(i + 3) & 3]);
            }
        }
        abef = _mm_add_epi32(abef, abef_before);
        cdgh = _mm_add_epi32(cdgh, cdgh_before);
    }
    s->abef = abef;
    s->cdgh = cdgh;
}

/* The instructions wait for each other's results, so that two messages take hardly longer than one.
 */
#define LOAD(w, p)                                                                                 \
    for (int i = 0; i < 4; i++)                                                                    \
    (w)[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)(p) + i), swap)
#define ROUNDS(s, w, i)                                                                            \
    do {                                                                                           \
        __m128i k = _mm_add_epi32((w)[(i)&3], constants);                                          \
        (s).cdgh = _mm_sha256rnds2_epu32((s).cdgh, (s).abef, k);                                   \
        (s).abef = _mm_sha256rnds2_epu32((s).abef, (s).cdgh, _mm_shuffle_epi32(k, 0x0e));          \
    } while (0)
#define SCHEDULE(w, i)                                                                             \
    do {                                                                                           \
        __m128i next = _mm_sha256msg1_epu32((w)[(i)&3], (w)[((i) + 1) & 3]);                       \
        next = _mm_add_epi32(next, _mm_alignr_epi8((w)[((i) + 3) & 3], (w)[((i) + 2) & 3], 4));    \
        (w)[(i)&3] = _mm_sha256msg2_epu32(next, (w)[((i) + 3) & 3]);                               \
    } while (0)

SHA_TARGET static void twin_blocks(sha_state *x, sha_state *y, const uint8_t *p, const uint8_t *q,
                                   size_t count) {
    const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    sha_state a = *x, b = *y;
    for (; count > 0; count--, p += BLOCK, q += BLOCK) {
        const sha_state a_before = a, b_before = b;
        __m128i v[4], w[4];
        LOAD(v, p);
        LOAD(w, q);
#if defined(__clang__)
#pragma clang loop unroll(full)
#else
#pragma GCC unroll 16
#endif
        for (int i = 0; i < 16; i++) {
            __m128i constants =
                _mm_loadu_si128((const __m128i *)(const void *)(round_constants + 4 * i));
            ROUNDS(a, v, i);
            ROUNDS(b, w, i);
            if (i < 12) {
                SCHEDULE(v, i);
                SCHEDULE(w, i);
            }
        }
        a.abef = _mm_add_epi32(a.abef, a_before.abef);
        a.cdgh = _mm_add_epi32(a.cdgh, a_before.cdgh);
        b.abef = _mm_add_epi32(b.abef, b_before.abef);
        b.cdgh = _mm_add_epi32(b.cdgh, b_before.cdgh);
    }
    *x = a;
    *y = b;
}

SHA_TARGET static void state_write(const sha_state *s, uint8_t out[CONSENT__HASH]) {
    const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i feba = _mm_shuffle_epi32(s->abef, 0x1b), dchg = _mm_shuffle_epi32(s->cdgh, 0xb1);
    __m128i dcba = _mm_blend_epi16(feba, dchg, 0xf0), hgfe = _mm_alignr_epi8(dchg, feba, 8);
    _mm_storeu_si128((__m128i *)(void *)out, _mm_shuffle_epi8(dcba, swap));
    _mm_storeu_si128((__m128i *)(void *)(out + 16), _mm_shuffle_epi8(hgfe, swap));
}

/* ---- the message ---- */

static void put_bits(uint8_t p[8], uint64_t bytes) {
    uint64_t bits = __builtin_bswap64(bytes << 3);
    memcpy(p, &bits, 8);
}

void consent__sha256_ni(const consent__span *parts, size_t count, uint8_t out[CONSENT__HASH]) {
    uint8_t block[2 * BLOCK];
    size_t fill = 0, i;
    uint64_t total = 0;
    sha_state s;
    state_start(&s);
    for (i = 0; i < count; i++) {
        const uint8_t *p = parts[i].p;
        size_t n = parts[i].n;
        total += n;
        if (fill > 0 && n >= BLOCK - fill) { /* complete the block begun */
            size_t room = BLOCK - fill;
            memcpy(block + fill, p, room);
            state_blocks(&s, block, 1);
            fill = 0;
            p += room;
            n -= room;
        }
        if (n >= BLOCK) {
            state_blocks(&s, p, n / BLOCK);
            p += n - n % BLOCK;
            n %= BLOCK;
        }
        if (n > 0)
            memcpy(block + fill, p, n);
        fill += n;
    }
    i = fill < BLOCK - 8 ? 1 : 2; /* the bit count needs eight bytes, 0x80 one */
    block[fill] = 0x80;
    memset(block + fill + 1, 0, i * BLOCK - 8 - fill - 1);
    put_bits(block + i * BLOCK - 8, total);
    state_blocks(&s, block, i);
    state_write(&s, out);
}

/* prefix || p, padded, into blocks; how many. n is at most CONSENT__TWIN_MAX. */
static size_t twin_fill(uint8_t *blocks, uint8_t prefix, const void *p, size_t n) {
    size_t count = (n + 1 + 9 + BLOCK - 1) / BLOCK;
    blocks[0] = prefix;
    memcpy(blocks + 1, p, n);
    blocks[n + 1] = 0x80;
    memset(blocks + n + 2, 0, count * BLOCK - 8 - (n + 2));
    put_bits(blocks + count * BLOCK - 8, n + 1);
    return count;
}

bool consent__sha256_ni_twin(uint8_t prefix, const void *a, size_t an, const void *b, size_t bn,
                             uint8_t out_a[CONSENT__HASH], uint8_t out_b[CONSENT__HASH]) {
    uint8_t x[CONSENT__TWIN_MAX + 10], y[CONSENT__TWIN_MAX + 10];
    sha_state s, t;
    if (an > CONSENT__TWIN_MAX || bn > CONSENT__TWIN_MAX)
        return false;
    size_t count = twin_fill(x, prefix, a, an);
    if (twin_fill(y, prefix, b, bn) != count)
        return false;
    state_start(&s);
    state_start(&t);
    twin_blocks(&s, &t, x, y, count);
    state_write(&s, out_a);
    state_write(&t, out_b);
    return true;
}

#else

bool consent__sha256_ni_twin(uint8_t prefix, const void *a, size_t an, const void *b, size_t bn,
                             uint8_t out_a[CONSENT__HASH], uint8_t out_b[CONSENT__HASH]) {
    (void)prefix, (void)a, (void)an, (void)b, (void)bn, (void)out_a, (void)out_b;
    return false;
}

bool consent__sha256_ni_usable(void) {
    return false;
}

void consent__sha256_ni(const consent__span *parts, size_t count, uint8_t out[CONSENT__HASH]) {
    consent__sha256_sodium(parts, count, out);
}

#endif
