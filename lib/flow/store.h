/* SPDX-License-Identifier: Apache-2.0 */
/* The open store as the flows see it: engine, keys, catalogue snapshot, scratch memory, write
 * queue. */
#ifndef CONSENT__FLOW_STORE_H
#define CONSENT__FLOW_STORE_H

#include <consent/store.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "core/decide.h"
#include "flow/handles.h"
#include "ledger/ledger.h"
#include "seal/seal.h"
#include "store/port.h"
#include "util/arena.h"
#include "util/buf.h"
#include "util/rows.h"

#define CONSENT__ID_MAX 512   /* bytes of a subject's external id */
#define CONSENT__GROUP_MAX 64 /* writes that share one commit */
#define CONSENT__SCRATCH 16   /* scratch memories kept warm */

/* ---- catalogue snapshots (flow/catalog.c) ---- */
typedef struct consent__parsed { /* one version's bundle, read once and shared by snapshots */
    atomic_int refs;
    int64_t id;
    uint8_t sha256[32];
    consent__arena arena;
    const consent__policy *policy;
    const uint8_t (*section_hash)[32];
} consent__parsed;
typedef struct consent__snapshot {
    atomic_int refs;
    consent__arena arena;
    consent__catalog catalog;
    consent__parsed **parsed; /* parallel to catalog.versions */
} consent__snapshot;

/* Memory that one call borrows: no allocation in the steady state. */
typedef struct consent__scratch {
    atomic_flag taken;
    bool pooled;
    consent__arena arena;
    consent__buf buf;
    consent__buf box; /* sealed bytes on their way to the engine */
} consent__scratch;

typedef struct consent__job consent__job;

/* When checkpoints are kept without being asked for; 0: not. */
typedef struct consent__checkpoint_plan {
    int64_t events, seconds;
    bool at_close;
} consent__checkpoint_plan;
/* The head after our own last commit, right as long as the token stands there: the next write need
 * not read it. */
typedef struct consent__kept {
    pthread_mutex_t lock;
    uint64_t token; /* 0: nothing */
    bool keyed;     /* the log key stored there is sealed as `wrap` */
    uint8_t wrap[CONSENT__WRAP];
    consent__head head;
    consent__tree tree;
} consent__kept;

/* What watches of this handle sleep on (flow/watch.c). Held for a few instructions only. */
typedef struct consent__bell {
    pthread_mutex_t lock;
    pthread_cond_t rung;
    clockid_t clock; /* of `rung` */
    uint64_t count;  /* commits through this handle, under lock */
    atomic_int listeners;
    int64_t
        pid; /* of a process forked from it, lock and condition are as it left them: not touched */
} consent__bell;
/* Says by which clock it is waited for: one that nobody sets, where there is one. */
clockid_t consent__cond_init(pthread_cond_t *cond);
void consent__bell_init(consent__bell *b);
void consent__bell_destroy(consent__bell *b);
/* After a commit and at closing: wakes who sleeps. */
void consent__bell_ring(consent__bell *b);

struct consent_store {
    atomic_int refs;
    atomic_int in_flight;
    atomic_bool closed;
    consent__env env;
    const consent__engine *engine;
    consent__db *db;
    consent__keys *keys;
    pthread_mutex_t sign_lock;
    consent__signer *signer; /* under sign_lock: another process may change the key. NULL: the log
                                key is outside, reached through sign */
    uint8_t signer_wrap[CONSENT__WRAP]; /* what it was opened from */
    consent__checkpoint_plan plan;
    int32_t helpers; /* threads for recording many, beside the caller's */
    consent_sign_fn sign;
    void *sign_user;
    uint8_t log_public[32]; /* under sign_lock */
    uint8_t id[16];
    char id_text[33];
    int64_t generation;
    uint8_t key_id[4];
    pthread_mutex_t catalog_lock;
    consent__snapshot *snapshot; /* under catalog_lock */
    consent__cache *cache;
    consent__handles handles;
    consent__scratch scratch[CONSENT__SCRATCH];
    pthread_mutex_t queue_lock;
    pthread_cond_t queue_grown;
    clockid_t queue_clock;                 /* of queue_grown */
    consent__job *queue_head, *queue_tail; /* all under queue_lock */
    int32_t queued, crowd;                 /* jobs waiting; jobs seen at once lately */
    bool leading, gathering; /* some thread is writing a group; still waiting for it */
    consent__kept kept;
    consent__bell bell;
    pthread_mutex_t close_lock;
    /* Evidence of another store, read and never written (docs/decisions/0020): the signed head that
     * came with it, of which nothing else can be signed. NULL: a store of its own. */
    char *evidence;
    size_t evidence_len;
    bool evidence_part; /* of one subject: the others' bodies were withheld */
};

/* Options as given, shared between api and flow. */
struct consent_options {
    consent__env env;
    uint8_t *key;        /* guarded memory; NULL */
    uint8_t *passphrase; /* guarded memory; NULL */
    size_t passphrase_len;
    char *key_file, *passphrase_file;
    consent_key_fn service;
    void *service_user;
    consent_sign_fn sign; /* a log key outside */
    void *sign_user;
    uint8_t log_public[32];
    int32_t wait_ms;
    consent__checkpoint_plan plan;
    int64_t cache; /* bytes; negative: the default */
    int32_t helpers;
    bool hold_reads;
};

consent_status consent__store_create(const consent__cx *cx, const char *path,
                                     const consent_options *options, consent_store **out);
consent_status consent__store_open(const consent__cx *cx, const char *path,
                                   const consent_options *options, consent_store **out);
consent_status consent__store_close(const consent__cx *cx, consent_store *store);
/* The same without paying what erasures owe: changes nothing. */
consent_status consent__store_open_quietly(const consent__cx *cx, const char *path,
                                           const consent_options *options, consent_store **out);
void consent__store_release(consent_store *store);
/* Every call on a store stands between these two. CONSENT_E_CLOSED, CONSENT_E_ARGUMENT (NULL). */
consent_status consent__enter(const consent__cx *cx, consent_store *store);
void consent__leave(consent_store *store);

/* Name of the log and of its signer: libconsent/<store id>/<generation>. */
void consent__origin(const consent_store *store, char out[64]);
void consent__origin_at(const consent_store *store, int64_t generation, char out[64]);
/* The engine's head_get; CONSENT_E_CORRUPT when there is none. */
consent_status consent__head_read(const consent__cx *cx, consent_store *store, consent__tx *tx,
                                  consent__head *out);
/* A value of exactly `most` bytes, or with n of 1 to `most`. CONSENT_E_CORRUPT when it is not so.
 */
consent_status consent__meta_read(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                  const char *key, void *out, size_t most, size_t *n);
/* Signs with the log key, wherever it is. */
consent_status consent__log_sign(const consent__cx *cx, const consent_store *store, const void *p,
                                 size_t n, uint8_t out[CONSENT__SIGNATURE]);
void consent__log_public(const consent_store *store, uint8_t out[32]); /* of the log key */

consent__scratch *consent__scratch_take(consent_store *store); /* NULL when out of memory */
void consent__scratch_give(consent_store *store, consent__scratch *s);

/* The snapshot that matches head.catalog, read in tx when it has to be. Release it after use. */
consent_status consent__snapshot_get(const consent__cx *cx, consent_store *store, consent__tx *tx,
                                     int64_t number, consent__snapshot **out);
void consent__snapshot_release(consent__snapshot *s);

/* ---- reading ---- */
typedef struct consent__view {
    consent_store *store;
    consent__tx *tx;
    consent__head head;
    consent__snapshot *snapshot;
    const consent__catalog *catalog;
    consent__scratch *scratch;
    int64_t clock, now; /* now = max(clock, time of the last event) */
} consent__view;
/* Opens a consistent view of everything; close it in every case once open succeeded. */
consent_status consent__view_open(const consent__cx *cx, consent_store *store, consent__view *view);
void consent__view_close(consent__view *view);

/* What one check needs and no more, from memory when nothing was written since, else by one
 * statement (flow/look.c). */
typedef struct consent__look {
    consent_store *store;
    consent__scratch *scratch;
    consent__snapshot *snapshot;
    const consent__state *state; /* NULL: no such subject */
    consent__seen seen;
    consent__state room;
} consent__look;
/* Close it in every case once open succeeded. */
consent_status consent__look_open(const consent__cx *cx, consent_store *store,
                                  const uint8_t lookup[16], consent__look *look);
void consent__look_close(consent__look *look);
/* The snapshot of that number when it is the present one, else NULL. Release it after use. */
consent__snapshot *consent__snapshot_now(consent_store *store, int64_t number);

/* ---- writing (flow/write.c) ---- */
typedef struct consent__work {
    consent_store *store;
    consent__tx *tx;
    consent__head head;
    consent__tree tree;
    consent__snapshot *snapshot; /* see consent__work_catalog */
    bool own_snapshot;           /* read inside this transaction after a change */
    consent__scratch *scratch;
    int64_t clock, now;
    int64_t first_size, first_catalog;
    bool broken;              /* a part could not be undone: nothing of this transaction may stay */
    consent__touched touched; /* whose cached states end with this commit */
    consent__pool *pool;      /* nonces */
    struct consent__batch *batch; /* events that wait in memory; NULL: none (flow/batch.h) */
} consent__work;
typedef consent_status (*consent__work_fn)(const consent__cx *cx, consent__work *work, void *user);
/* Runs fn in a write transaction, durable when it answers CONSENT_OK or CONSENT_DONE; other writers
 * of this process may share the commit. A failure of fn undoes exactly what fn did. */
consent_status consent__write(const consent__cx *cx, consent_store *store, consent__work_fn fn,
                              void *user);
consent_status consent__work_catalog(const consent__cx *cx, consent__work *work,
                                     const consent__catalog **out);
/* To be called after changing policies, documents, stops or controllers. */
void consent__work_catalog_changed(consent__work *work);

/* ---- what erasures still owe (flow/settle.c) ---- */
/* Tries to pay `owed` (consent__head): rewrites the file when that was asked for, empties the log.
 * What cannot be done now stays owed: the next commit and the next open try again. */
void consent__settle(consent_store *store, int64_t owed);

/* ---- signing (flow/sign.c) ---- */
/* Opens the log key as tx sees it, when it is not open yet or another process changed it. */
consent_status consent__log_key(const consent__cx *cx, consent_store *store, consent__tx *tx,
                                uint8_t out_public[32]);
consent_status consent__log_sign_in(const consent__cx *cx, consent_store *store, consent__tx *tx,
                                    const void *bytes, size_t n, uint8_t out_public[32],
                                    uint8_t out_signature[CONSENT__SIGNATURE]);
/* A checkpoint over the first `size` events, appended. */
consent_status consent__checkpoint_sign(const consent__cx *cx, consent_store *store,
                                        consent__tx *tx, uint64_t size,
                                        const uint8_t root[CONSENT__HASH], consent__buf *note);
/* Keeps a checkpoint of the ledger as the transaction leaves it. CONSENT_DONE when there is one of
 * that size already. */
consent_status consent__checkpoint_keep(const consent__cx *cx, consent__work *work);
/* The same when the store's plan wants one. */
consent_status consent__checkpoint_due(const consent__cx *cx, consent__work *work);
/* The head that memory holds and a checkpoint over it, made without reading anything. False, and
 * *status CONSENT_OK: it has to be read. */
bool consent__checkpoint_of_kept(const consent__cx *cx, consent_store *store, consent__head *head,
                                 uint8_t root[CONSENT__HASH], consent__buf *note,
                                 uint8_t out_public[32], consent_status *status);
/* The log key was looked at in a transaction that began after `token` stood. */
void consent__key_seen(const consent__cx *cx, consent_store *store, consent__tx *tx,
                       uint64_t token);
/* At close, when the plan wants one. */
consent_status consent__checkpoint_close(const consent__cx *cx, consent_store *store);
/* The head with its tree as they stand now, from memory; false: they have to be read. */
bool consent__kept_get(consent_store *store, consent__head *head, consent__tree *tree);

/* ---- events (flow/append.c) ---- */
typedef struct consent__subject {
    int64_t id; /* the engine's number */
    uint8_t uid[16], salt[16], lookup[16];
    uint8_t key[CONSENT__KEY];
    bool held, changed; /* by a batch, which saves the state (flow/batch.h) */
    consent__state state;
} consent__subject;
/* Fills v, clock, uid, seq and at; seals the body; appends event, body and tree nodes.
 * subject NULL: a store-level event. out_leaf may be NULL. */
consent_status consent__append(const consent__cx *cx, consent__work *work,
                               const consent__subject *subject, consent__event *event,
                               uint8_t out_leaf[CONSENT__HASH]);
/* The row of an event that head.size counts already, into event, body and tree. */
consent_status consent__append_row(const consent__cx *cx, consent__work *work,
                                   const consent__event_row *row);
/* What is written of one event: commitment and leaf of the plain bytes (nonce and body), and their
 * box, of consent__box_size bytes. False when the leaf does not fit. Touches nothing else. */
bool consent__event_seal(const consent_store *store, const char *kind, int64_t seq, int64_t at,
                         const uint8_t uid[16], const uint8_t key[CONSENT__KEY],
                         const uint8_t nonce[CONSENT__BOX_NONCE], const uint8_t *plain, size_t n,
                         uint8_t *box, uint8_t commitment[CONSENT__HASH],
                         uint8_t leaf[CONSENT__HASH]);
/* append + reduce into the state + write the sealed row. */
consent_status consent__append_apply(const consent__cx *cx, consent__work *work,
                                     consent__subject *subject, consent__event *event,
                                     uint8_t out_leaf[CONSENT__HASH]);
/* One owner per event: the guardian's own event of what it did for a child carries the leaf of the
 * child's, and is how an erasure of the guardian finds the child. */
consent_status consent__attest(const consent__cx *cx, consent__work *work,
                               consent__subject *guardian, const uint8_t child[16], int64_t seq,
                               const uint8_t leaf[CONSENT__HASH]);
/* After a fact was put: ends a cancellation when a dispute is known (flow/cancel.c). */
consent_status consent__cancel_disputed(const consent__cx *cx, consent__work *work,
                                        consent__subject *subject, const consent__event *fact);
/* Plain body of an event row into buf (appended). CONSENT_E_NOT_FOUND for a stub. */
consent_status consent__event_body(const consent__cx *cx, consent_store *store,
                                   const consent__event_row *row, const uint8_t uid[16],
                                   const uint8_t key[CONSENT__KEY], consent__buf *out,
                                   uint8_t out_nonce[CONSENT__NONCE]);

/* Opens the sealed body of a subject's event into memory of row->box_len bytes: nonce and body.
 * Their length, -1 when the box does not open. Touches no error. */
int64_t consent__event_open(const consent_store *store, const consent__event_row *row,
                            const uint8_t uid[16], const uint8_t key[CONSENT__KEY], uint8_t *out);

/* ---- subjects (flow/subject_load.c) ---- */
consent_status consent__id_check(const consent__cx *cx, const char *id, const char *what);
/* CONSENT_E_NOT_FOUND without an error object when there is none. Texts of the state live in the
 * arena. */
consent_status consent__subject_find(const consent__cx *cx, consent_store *store, consent__tx *tx,
                                     const char *id, consent__arena *arena, consent__subject *out);
/* The same, giving also the bytes it was decoded from, which lie in the arena. */
consent_status consent__subject_open(const consent__cx *cx, consent_store *store,
                                     const consent__subject_row *row, consent__arena *arena,
                                     consent__subject *out, const uint8_t **plain, size_t *n);
consent_status consent__subject_of_row(const consent__cx *cx, consent_store *store,
                                       const consent__subject_row *row, consent__arena *arena,
                                       consent__subject *out);
/* The same with an error that says so (never naming the subject). */
consent_status consent__subject_need(const consent__cx *cx, consent_store *store, consent__tx *tx,
                                     const char *id, consent__arena *arena, consent__subject *out);
/* The parts of the above that need nothing but the key, for any thread. Derives the key from the
 * salt; plain has box_len bytes and may lie in the box, from its first sealed byte on. -1: it does
 * not open. */
int64_t consent__state_unseal(const consent_store *store, consent__subject *subject, int64_t seq,
                              const uint8_t *box, size_t box_len, uint8_t *plain);
void consent__state_seal(const consent_store *store, const uint8_t uid[16],
                         const uint8_t key[CONSENT__KEY], int64_t seq,
                         const uint8_t nonce[CONSENT__BOX_NONCE], const uint8_t *plain, size_t n,
                         uint8_t *box);
/* The state from what unseal gave; it points into plain. */
consent_status consent__state_read(const consent__cx *cx, consent__subject *subject,
                                   const uint8_t *plain, int64_t n, consent__arena *arena);
consent_status consent__state_save(const consent__cx *cx, consent__work *work,
                                   consent__subject *subject);
/* State as it stood at a prefix of the ledger (events with seq < prefix), by replay. *known is
 * false when the subject was not registered then. */
consent_status consent__subject_as_of(const consent__cx *cx, consent__view *view,
                                      const consent__subject *subject, int64_t prefix,
                                      consent__state *out, bool *known);

/* The same, telling each event after it was applied. */
typedef consent_status (*consent__replayed_fn)(const consent__cx *cx, void *user,
                                               const consent__event *event);
consent_status consent__subject_replay(const consent__cx *cx, consent__view *view,
                                       const consent__subject *subject, int64_t prefix,
                                       consent__state *out, bool *known, consent__replayed_fn fn,
                                       void *user);

#endif
