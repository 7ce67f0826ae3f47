/* SPDX-License-Identifier: Apache-2.0 */
/* What checks remember: a subject's opened state, and answers with the time until which they hold.
 *
 * An answer is given from memory only when the store's pulse (the wal-index header, shared by all
 * processes) equals `synced`, read after it: then no process has committed since everything here
 * was right. A commit of this process that only touched some subjects moves their buckets' versions
 * and then `synced`; any other commit, ours or another process's, moves `generation`, which makes
 * all of it stale. Bucket version and generation are one number, the stamp; what carries another
 * stamp than the present one is not there.
 *
 * Reading an answer takes no lock and writes nothing. Everything else takes `lock`, which is never
 * held across I/O. */
#ifndef CONSENT__FLOW_CACHE_H
#define CONSENT__FLOW_CACHE_H

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "core/horizon.h"
#include "store/port.h"
#include "util/date.h"

#define CONSENT__CACHE_DEFAULT (1024 * 1024)
#define CONSENT__BUCKETS 4096u
#define CONSENT__LINE 64u
#define CONSENT__NAMES 1024 /* purposes that have a number */

/* The answers for one subject and 64 purposes; one writer at a time, under the cache's lock. */
typedef struct consent__memo {
    _Atomic uint32_t turn;  /* odd while it is being written */
    _Atomic uint32_t group; /* purposes 64 * group … */
    _Atomic uint64_t stamp; /* 0: nothing */
    _Atomic int64_t from, until;
    _Atomic uint64_t known, allowed; /* a bit per purpose */
} consent__memo;

typedef struct consent__seat { /* one subject of the table: one line of memory */
    consent__memo memo;
    _Atomic uint64_t key[2]; /* the look-up */
} consent__seat;

typedef struct consent__name {
    uint64_t hash;
    int32_t number;
    char text[];
} consent__name;

typedef struct consent__plain { /* the opened state of a seat, as encoded; NULL: not kept */
    uint8_t *bytes;
    uint32_t len;
} consent__plain;

typedef struct consent__cache {
    /* Read by every check, written at commits only. */
    consent__pulse pulse;
    const volatile uint64_t *watched; /* its words, if time is the system's; else NULL */
    _Atomic uint64_t synced;          /* token at which all of it is right */
    _Atomic int64_t head_at;          /* time of the last event then */
    _Atomic uint32_t generation;
    bool system_clock; /* the host gave none: the system's may be read */
    _Atomic(consent__seat *) seats;
    uint64_t sets; /* of 4 seats each */
    _Atomic uint32_t version[CONSENT__BUCKETS];
    _Atomic(consent__name *) by_number[CONSENT__NAMES];
    _Atomic(consent__name *) by_hash[2 * CONSENT__NAMES];

    pthread_mutex_t lock; /* for all below, and for writing what is above */
    const consent__env *env;
    size_t budget, used;    /* bytes of opened states */
    void *memory;           /* of seats, before it was aligned */
    consent__plain *plains; /* parallel to seats */
    size_t hand;            /* where making room goes on */
    int32_t names;
    int committing; /* commits of ours whose traces are not here yet */
    bool off;       /* the store was closed: nothing is kept any more */
    int64_t head_size, head_catalog;
} consent__cache;

typedef struct consent__seen { /* what a state was read with */
    uint64_t token;            /* 0: the state must not be kept */
    int64_t head_size, head_at, head_catalog;
} consent__seen;

/* One set bit for each bucket that a write touched. */
typedef struct consent__touched {
    bool all;
    uint64_t bucket[CONSENT__BUCKETS / 64];
} consent__touched;

consent__cache *consent__cache_new(const consent__env *env, size_t budget);
void consent__cache_free(consent__cache *c);
/* The words to watch; NULL words: none. Before the first check. */
void consent__cache_watch(consent__cache *c, const consent__pulse *pulse);
/* Of a store that is being closed: no answer and no state comes from memory any more. */
void consent__cache_off(consent__cache *c);

static inline uint32_t consent__bucket(const uint8_t lookup[16]) {
    return (uint32_t)(lookup[0] | lookup[1] << 8) % CONSENT__BUCKETS;
}
void consent__touch(consent__touched *t, const uint8_t lookup[16]);

/* ---- answers: no lock, no write ---- */

/* Everything kept was right at the token that stands in shared memory now. The order matters: the
 * pulse first, then `synced`, then what it vouches for. */
static inline bool consent__cache_fresh_at(const consent__cache *c,
                                           const volatile uint64_t *words) {
    return consent__pulse_token(words) == atomic_load_explicit(&c->synced, memory_order_acquire);
}

static inline uint64_t consent__cache_stamp(const consent__cache *c, uint32_t bucket) {
    return (uint64_t)atomic_load_explicit(&c->generation, memory_order_relaxed) << 32 |
           atomic_load_explicit(&c->version[bucket], memory_order_relaxed);
}

/* Loads that acquire stand in for a fence before the second look at the turn. */
#define CONSENT__SEEN(field) atomic_load_explicit(&(field), memory_order_acquire)

/* 1 allow, 0 deny, -1: the memo has no answer that carries the stamp `want` and holds at every
 * instant from `first` to `last`. key and seat_key: whose the memo must be; NULL: it is. */
static inline int consent__memo_read(const consent__memo *m, uint64_t want, int32_t number,
                                     int64_t first, int64_t last, const uint64_t *key,
                                     const _Atomic uint64_t *seat_key) {
    uint32_t turn = CONSENT__SEEN(m->turn), bit = (uint32_t)number % 64;
    if (turn & 1 || CONSENT__SEEN(m->stamp) != want ||
        CONSENT__SEEN(m->group) != (uint32_t)number / 64)
        return -1;
    uint64_t known = CONSENT__SEEN(m->known), allowed = CONSENT__SEEN(m->allowed);
    if (!(known >> bit & 1) || first < CONSENT__SEEN(m->from) || last >= CONSENT__SEEN(m->until))
        return -1;
    if (key && (CONSENT__SEEN(seat_key[0]) != key[0] || CONSENT__SEEN(seat_key[1]) != key[1]))
        return -1;
    if (atomic_load_explicit(&m->turn, memory_order_relaxed) != turn)
        return -1;
    return (int)(allowed >> bit & 1);
}

/* Microseconds, to a tick of the system (at most 10 ms late) unless the host gave a clock. */
int64_t consent__cache_clock(const consent__cache *c);
/* 1 allow, 0 deny, -1 not known: by a memo alone, and by the table. */
int consent__memo_answer(const consent__cache *c, const consent__memo *m, uint32_t bucket,
                         int32_t number);
int consent__cache_answer(const consent__cache *c, const uint8_t lookup[16], int32_t number);

/* time() of glibc reads the second of the coarse clock from memory and does nothing else: a fifth
 * of the instructions of clock_gettime. Elsewhere it may be slower than that. */
#if defined(__linux__) && defined(__GLIBC__)
#define CONSENT__SECONDS_ARE_CHEAP 1
#else
#define CONSENT__SECONDS_ARE_CHEAP 0
#endif

/* The usual case of consent__memo_answer, to be inlined: an answer that holds for the whole of the
 * second that began at `first` by the system's clock. -1: ask consent__memo_answer. */
static inline int consent__memo_usual(const consent__cache *c, const consent__memo *m,
                                      uint32_t bucket, int32_t number, int64_t first) {
    const volatile uint64_t *words = c->watched;
    if (!words || !consent__cache_fresh_at(c, words))
        return -1;
    int64_t head = atomic_load_explicit(&c->head_at, memory_order_relaxed);
    first = first > head ? first : head;
    return consent__memo_read(m, consent__cache_stamp(c, bucket), number, first,
                              first + (CONSENT__SECOND - 1), NULL, NULL);
}

/* Keeps an answer in the table and in `own` (NULL allowed), if nothing was written since `seen`. */
void consent__cache_keep_answer(consent__cache *c, const uint8_t lookup[16], consent__memo *own,
                                const consent__seen *seen, int32_t number,
                                const consent__span *span, bool allow);

/* ---- states ---- */
/* Appends a subject's encoded state to out and says what it was read with; false: not there. */
bool consent__cache_state(consent__cache *c, const uint8_t lookup[16], uint64_t token,
                          consent__buf *out, consent__seen *seen);
/* now: the token after the reading. What was read between two equal tokens may be kept. */
void consent__cache_keep_state(consent__cache *c, const uint8_t lookup[16], const uint8_t *plain,
                               size_t n, const consent__seen *seen, uint64_t now);

/* ---- commits of this process ---- */
/* Before the commit and, in every case, after it. `single`: it moved the token from `before` to
 * `after` alone, with no commit of another process between. */
void consent__cache_commit_begin(consent__cache *c);
void consent__cache_commit_end(consent__cache *c, const consent__touched *touched, bool single,
                               uint64_t before, uint64_t after, const consent__head *head);

/* ---- purposes by number ---- */
int32_t consent__name_find(const consent__cache *c, const char *text); /* -1 */
int32_t consent__name_add(consent__cache *c, const char *text); /* -1: no more room, or memory */
const char *consent__name_text(const consent__cache *c, int32_t number); /* NULL */

#endif
