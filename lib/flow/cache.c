/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/cache.h"

#include <string.h>
#include <time.h>

#include "util/date.h"
#include "util/text.h"

#define WAYS 4u         /* of each of the two sets that a subject can sit in */
#define STATE_USUAL 176 /* bytes of an opened state, to size the table by */
#define SEATS_LEAST 64u

_Static_assert(sizeof(consent__seat) == CONSENT__LINE, "a seat is one line of memory");

/* ---- making ---- */

consent__cache *consent__cache_new(const consent__env *env, size_t budget) {
    consent__cache *c = consent__alloc(env, sizeof *c);
    if (!c)
        return NULL;
    c->env = env;
    c->budget = budget;
    c->system_clock = env->clock == consent__env_default.clock;
    atomic_init(&c->generation, 1);
    pthread_mutex_init(&c->lock, NULL);
    return c;
}

void consent__cache_watch(consent__cache *c, const consent__pulse *pulse) {
    c->pulse = *pulse;
    c->watched = c->system_clock && CONSENT__SECONDS_ARE_CHEAP ? pulse->words : NULL;
}

static size_t seat_count(const consent__cache *c) {
    return (size_t)c->sets * WAYS;
}

static void plain_drop(consent__cache *c, consent__plain *p) {
    if (!p->bytes)
        return;
    consent__wipe(p->bytes, p->len);
    c->used -= p->len;
    consent__release(c->env, p->bytes);
    p->bytes = NULL;
    p->len = 0;
}

void consent__cache_free(consent__cache *c) {
    if (!c)
        return;
    for (size_t i = 0; c->plains && i < seat_count(c); i++)
        plain_drop(c, &c->plains[i]);
    for (int32_t i = 0; i < c->names; i++)
        consent__release(c->env, atomic_load(&c->by_number[i]));
    consent__release(c->env, c->plains);
    consent__release(c->env, c->memory);
    pthread_mutex_destroy(&c->lock);
    consent__release(c->env, c);
}

/* The table has one size, because readers hold no lock that would let it move: a third of the
 * budget, the rest is for what it points to. False without memory or budget. */
static bool table_ready(consent__cache *c) {
    if (c->plains)
        return true;
    size_t each = sizeof(consent__seat) + sizeof(consent__plain) + STATE_USUAL;
    size_t sets = c->budget / (each * WAYS);
    if (sets < SEATS_LEAST / WAYS)
        return false;
    if (sets > UINT32_MAX)
        sets = UINT32_MAX;
    void *memory = consent__alloc(c->env, sets * WAYS * sizeof(consent__seat) + CONSENT__LINE);
    consent__plain *plains = consent__alloc(c->env, sets * WAYS * sizeof *plains);
    if (!memory || !plains) {
        consent__release(c->env, memory);
        consent__release(c->env, plains);
        c->budget = 0; /* not asked for again at every check */
        return false;
    }
    c->budget -= sets * WAYS * (sizeof(consent__seat) + sizeof *plains);
    c->memory = memory;
    c->plains = plains;
    c->sets = sets;
    uintptr_t at = ((uintptr_t)memory + CONSENT__LINE - 1) / CONSENT__LINE * CONSENT__LINE;
    atomic_store_explicit(&c->seats, (consent__seat *)at, memory_order_release);
    return true;
}

/* ---- stamps ---- */

void consent__touch(consent__touched *t, const uint8_t lookup[16]) {
    uint32_t bucket = consent__bucket(lookup);
    t->bucket[bucket / 64] |= UINT64_C(1) << bucket % 64;
}

/* ---- reading answers ---- */

int64_t consent__cache_clock(const consent__cache *c) {
#if defined(CLOCK_REALTIME_COARSE)
    struct timespec now;
    if (c->system_clock && clock_gettime(CLOCK_REALTIME_COARSE, &now) == 0)
        return (int64_t)now.tv_sec * CONSENT__SECOND + now.tv_nsec / 1000;
#endif
    return consent__clock(c->env);
}

/* The i-th place of a subject: two sets, so that an uneven spread does not throw anybody out; the
 * second is looked at when the first is full. A look-up is random bytes and needs no hashing. */
static size_t place(const consent__cache *c, const uint64_t key[2], uint32_t i) {
    uint64_t half = i < WAYS ? key[1] >> 32 : key[1] & UINT32_MAX;
    return (size_t)(half * c->sets >> 32) * WAYS + ((key[0] >> 32) + i) % WAYS;
}

static bool fresh(const consent__cache *c) {
    return c->pulse.words && consent__cache_fresh_at(c, c->pulse.words);
}

/* The time that answers are asked for: no event is later. */
static int64_t answer_time(const consent__cache *c) {
    int64_t now = consent__cache_clock(c),
            head = atomic_load_explicit(&c->head_at, memory_order_relaxed);
    return now > head ? now : head;
}

int consent__memo_answer(const consent__cache *c, const consent__memo *m, uint32_t bucket,
                         int32_t number) {
    if (number < 0 || !fresh(c))
        return -1;
    int64_t now = answer_time(c);
    return consent__memo_read(m, consent__cache_stamp(c, bucket), number, now, now, NULL, NULL);
}

int consent__cache_answer(const consent__cache *c, const uint8_t lookup[16], int32_t number) {
    const consent__seat *seats = atomic_load_explicit(&c->seats, memory_order_acquire);
    uint64_t key[2];
    if (!seats || number < 0 || !fresh(c))
        return -1;
    int64_t now = answer_time(c);
    memcpy(key, lookup, sizeof key);
    uint64_t stamp = consent__cache_stamp(c, consent__bucket(lookup));
    for (uint32_t i = 0; i < 2 * WAYS; i++) {
        const consent__seat *seat = seats + place(c, key, i);
        int answer = consent__memo_read(&seat->memo, stamp, number, now, now, key, seat->key);
        if (answer >= 0)
            return answer;
    }
    return -1;
}

/* ---- writing memos: under the lock ---- */

#define PUT(field, value) atomic_store_explicit(&(field), value, memory_order_release)

static void memo_open(consent__memo *m) {
    atomic_store_explicit(&m->turn, atomic_load_explicit(&m->turn, memory_order_relaxed) + 1,
                          memory_order_relaxed);
}

static void memo_close(consent__memo *m) {
    PUT(m->turn, atomic_load_explicit(&m->turn, memory_order_relaxed) + 1);
}

static void memo_clear(consent__memo *m) {
    memo_open(m);
    PUT(m->stamp, 0);
    PUT(m->known, 0);
    memo_close(m);
}

/* Answers of one memo share their window of time: it shrinks to what they have in common. */
static void memo_put(consent__memo *m, uint64_t stamp, int32_t number, const consent__span *span,
                     bool allow) {
    uint64_t bit = UINT64_C(1) << number % 64;
    int64_t old_from = atomic_load_explicit(&m->from, memory_order_relaxed);
    int64_t old_until = atomic_load_explicit(&m->until, memory_order_relaxed);
    bool join = atomic_load_explicit(&m->stamp, memory_order_relaxed) == stamp &&
                atomic_load_explicit(&m->group, memory_order_relaxed) == (uint32_t)number / 64 &&
                span->at >= old_from && span->at < old_until;
    uint64_t known = join ? atomic_load_explicit(&m->known, memory_order_relaxed) : 0;
    uint64_t allowed = join ? atomic_load_explicit(&m->allowed, memory_order_relaxed) : 0;
    memo_open(m);
    PUT(m->stamp, stamp);
    PUT(m->group, (uint32_t)number / 64);
    PUT(m->from, join && old_from > span->from ? old_from : span->from);
    PUT(m->until, join && old_until < span->until ? old_until : span->until);
    PUT(m->known, known | bit);
    PUT(m->allowed, (allowed & ~bit) | (allow ? bit : 0));
    memo_close(m);
}

/* ---- seats: under the lock ---- */

static consent__seat *seat_at(const consent__cache *c, size_t i) {
    return atomic_load_explicit(&c->seats, memory_order_relaxed) + i;
}

static size_t seat_find(consent__cache *c, const uint8_t lookup[16], bool *found) {
    uint64_t key[2];
    memcpy(key, lookup, sizeof key);
    size_t empty = SIZE_MAX;
    for (uint32_t i = 0; i < 2 * WAYS; i++) {
        size_t at = place(c, key, i);
        const consent__seat *s = seat_at(c, at);
        if (atomic_load_explicit(&s->key[0], memory_order_relaxed) == key[0] &&
            atomic_load_explicit(&s->key[1], memory_order_relaxed) == key[1]) {
            *found = true;
            return at;
        }
        if (empty == SIZE_MAX && !c->plains[at].bytes)
            empty = at;
    }
    *found = false;
    return empty != SIZE_MAX ? empty : place(c, key, (uint32_t)(c->hand++ % (2 * WAYS)));
}

static void seat_take(consent__cache *c, size_t at, const uint8_t lookup[16]) {
    consent__seat *s = seat_at(c, at);
    uint64_t key[2];
    memcpy(key, lookup, sizeof key);
    plain_drop(c, &c->plains[at]);
    memo_open(&s->memo);
    PUT(s->memo.stamp, 0);
    PUT(s->memo.known, 0);
    PUT(s->key[0], key[0]);
    PUT(s->key[1], key[1]);
    memo_close(&s->memo);
}

static bool make_room(consent__cache *c, size_t n) {
    if (n > c->budget)
        return false;
    for (size_t i = 0, all = seat_count(c); c->used + n > c->budget && i < all; i++)
        plain_drop(c, &c->plains[c->hand++ % all]);
    return c->used + n <= c->budget;
}

/* ---- states ---- */

static void seen_now(const consent__cache *c, uint64_t token, consent__seen *seen) {
    seen->token = token;
    seen->head_size = c->head_size;
    seen->head_at = atomic_load_explicit(&c->head_at, memory_order_relaxed);
    seen->head_catalog = c->head_catalog;
}

/* Stale states stay where they are until their seat is used again; the stamp tells them. It stands
 * in front of the bytes. */
bool consent__cache_state(consent__cache *c, const uint8_t lookup[16], uint64_t token,
                          consent__buf *out, consent__seen *seen) {
    bool found = false;
    pthread_mutex_lock(&c->lock);
    if (c->plains && token && !c->off &&
        atomic_load_explicit(&c->synced, memory_order_relaxed) == token) {
        size_t at = seat_find(c, lookup, &found);
        uint64_t stamp = consent__cache_stamp(c, consent__bucket(lookup));
        consent__plain *p = &c->plains[at];
        found = found && p->bytes && memcmp(p->bytes, &stamp, sizeof stamp) == 0;
        if (found) {
            consent__buf_put(out, p->bytes + sizeof stamp, p->len - sizeof stamp);
            seen_now(c, token, seen);
            found = !out->failed;
        }
    }
    pthread_mutex_unlock(&c->lock);
    return found;
}

/* Another process committed, or we did something that touches everybody. */
static void forget_all(consent__cache *c) {
    uint32_t next = atomic_load_explicit(&c->generation, memory_order_relaxed) + 1;
    atomic_store_explicit(&c->generation, next ? next : 1, memory_order_relaxed);
}

/* The commit that moved the token is ours and still to be told by commit_end, or it is another's:
 * then all that was kept is stale, and what was read at `seen` is the first that is not. */
static bool catch_up(consent__cache *c, const consent__seen *seen) {
    if (atomic_load_explicit(&c->synced, memory_order_relaxed) == seen->token)
        return true;
    if (c->off || c->committing ||
        (c->pulse.words && consent__pulse_token(c->pulse.words) != seen->token))
        return false;
    forget_all(c);
    c->head_size = seen->head_size;
    c->head_catalog = seen->head_catalog;
    atomic_store_explicit(&c->head_at, seen->head_at, memory_order_relaxed);
    atomic_store_explicit(&c->synced, seen->token, memory_order_release);
    return true;
}

/* The stamps of now are the last: what carries them has gone, and nothing is kept that would carry
 * others. */
void consent__cache_off(consent__cache *c) {
    pthread_mutex_lock(&c->lock);
    c->off = true;
    forget_all(c);
    pthread_mutex_unlock(&c->lock);
}

void consent__cache_keep_state(consent__cache *c, const uint8_t lookup[16], const uint8_t *plain,
                               size_t n, const consent__seen *seen, uint64_t now) {
    bool found = false;
    if (!seen->token || seen->token != now || n > UINT32_MAX / 2)
        return;
    pthread_mutex_lock(&c->lock);
    if (table_ready(c) && catch_up(c, seen)) {
        uint64_t stamp = consent__cache_stamp(c, consent__bucket(lookup));
        size_t at = seat_find(c, lookup, &found);
        if (!found)
            seat_take(c, at, lookup);
        consent__plain *p = &c->plains[at];
        plain_drop(c, p);
        if (make_room(c, n + sizeof stamp) &&
            (p->bytes = consent__realloc(c->env, NULL, n + sizeof stamp)) != NULL) {
            memcpy(p->bytes, &stamp, sizeof stamp);
            memcpy(p->bytes + sizeof stamp, plain, n);
            p->len = (uint32_t)(n + sizeof stamp);
            c->used += p->len;
        }
    }
    pthread_mutex_unlock(&c->lock);
}

void consent__cache_keep_answer(consent__cache *c, const uint8_t lookup[16], consent__memo *own,
                                const consent__seen *seen, int32_t number,
                                const consent__span *span, bool allow) {
    bool found = false;
    if (!seen->token || number < 0 || span->until <= span->at)
        return;
    pthread_mutex_lock(&c->lock);
    if (c->plains && !c->off &&
        atomic_load_explicit(&c->synced, memory_order_relaxed) == seen->token) {
        uint64_t stamp = consent__cache_stamp(c, consent__bucket(lookup));
        size_t at = seat_find(c, lookup, &found);
        if (found)
            memo_put(&seat_at(c, at)->memo, stamp, number, span, allow);
        if (own)
            memo_put(own, stamp, number, span, allow);
    }
    pthread_mutex_unlock(&c->lock);
}

/* ---- commits ---- */

void consent__cache_commit_begin(consent__cache *c) {
    pthread_mutex_lock(&c->lock);
    c->committing++;
    pthread_mutex_unlock(&c->lock);
}

/* After an erasure nothing of the subject stays in memory that could be opened again. */
static void wipe_all(consent__cache *c) {
    forget_all(c);
    for (size_t i = 0; c->plains && i < seat_count(c); i++) {
        if (!c->plains[i].bytes)
            continue;
        plain_drop(c, &c->plains[i]);
        memo_clear(&seat_at(c, i)->memo);
    }
}

void consent__cache_commit_end(consent__cache *c, const consent__touched *touched, bool single,
                               uint64_t before, uint64_t after, const consent__head *head) {
    pthread_mutex_lock(&c->lock);
    c->committing--;
    if (touched->all)
        wipe_all(c);
    for (uint32_t w = 0; !touched->all && w < CONSENT__BUCKETS / 64; w++)
        for (uint32_t i = 0; touched->bucket[w] && i < 64; i++)
            if (touched->bucket[w] >> i & 1)
                atomic_fetch_add_explicit(&c->version[w * 64 + i], 1, memory_order_relaxed);
    if (single && atomic_load_explicit(&c->synced, memory_order_relaxed) == before) {
        c->head_size = head->size;
        c->head_catalog = head->catalog;
        atomic_store_explicit(&c->head_at, head->at, memory_order_relaxed);
        atomic_store_explicit(&c->synced, after, memory_order_release);
    }
    pthread_mutex_unlock(&c->lock);
}

/* ---- names: only ever added, so that they can be read without a lock ---- */

static uint64_t name_hash(const char *text) {
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    for (; *text; text++)
        h = (h ^ (uint8_t)*text) * UINT64_C(0x100000001b3);
    return h ^ h >> 29;
}

int32_t consent__name_find(const consent__cache *c, const char *text) {
    uint64_t h = name_hash(text);
    for (uint64_t i = h;; i++) {
        const consent__name *n =
            atomic_load_explicit(&c->by_hash[i % (2 * CONSENT__NAMES)], memory_order_acquire);
        if (!n)
            return -1;
        if (n->hash == h && strcmp(n->text, text) == 0)
            return n->number;
    }
}

int32_t consent__name_add(consent__cache *c, const char *text) {
    pthread_mutex_lock(&c->lock);
    int32_t number = consent__name_find(c, text);
    size_t len = strlen(text) + 1;
    consent__name *n =
        number < 0 && c->names < CONSENT__NAMES ? consent__alloc(c->env, sizeof *n + len) : NULL;
    if (n) {
        uint64_t i = n->hash = name_hash(text);
        memcpy(n->text, text, len);
        number = n->number = c->names;
        while (atomic_load_explicit(&c->by_hash[i % (2 * CONSENT__NAMES)], memory_order_relaxed))
            i++;
        atomic_store_explicit(&c->by_number[c->names++], n, memory_order_release);
        atomic_store_explicit(&c->by_hash[i % (2 * CONSENT__NAMES)], n, memory_order_release);
    }
    pthread_mutex_unlock(&c->lock);
    return number;
}

const char *consent__name_text(const consent__cache *c, int32_t number) {
    if (number < 0 || number >= CONSENT__NAMES)
        return NULL;
    const consent__name *n = atomic_load_explicit(&c->by_number[number], memory_order_acquire);
    return n ? n->text : NULL;
}
