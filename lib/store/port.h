/* SPDX-License-Identifier: Apache-2.0 */
/* What the library asks of a storage engine: operations on plain structs, no SQL, no rules, no
 * crypto. Sequence numbers, ids and times come from the caller, never from the engine.
 *
 * Threads: a db serves every thread. A transaction belongs to the thread that began it until it ends.
 * Pointers in rows handed out live until the next operation on the same transaction, or until the
 * callback returns. Every function that can fail sets the error of its cx; messages never carry
 * values. A missing row is CONSENT_E_NOT_FOUND *without* an error object being set. */
#ifndef CONSENT__STORE_PORT_H
#define CONSENT__STORE_PORT_H

#include "util/arena.h"
#include "util/buf.h"
#include "util/env.h"

typedef struct consent__db consent__db;
typedef struct consent__tx consent__tx;

typedef struct consent__head {
    int64_t size;    /* events */
    int64_t at;      /* time of the last event, 0 when none */
    int64_t catalog; /* one more at every change of policies, documents, stops, controllers */
    uint8_t frontier[64 * 32];
    size_t frontier_len;
    /* What the last erasure still owes: 0 nothing; its seq: the log has to be emptied (settle); minus
     * its seq: the file has to be rewritten first (scrub). */
    int64_t owed;
} consent__head;

typedef struct consent__event_row {
    int64_t seq, at;
    const char *kind;
    uint8_t commitment[32], leaf[32];
    int64_t subject; /* 0: a store-level event or a stub; -1 (event_get, event_scan_gone): the body is lost, no stub is left */
    const uint8_t *box; /* sealed (subject != 0), clear (subject == 0), or NULL: stub */
    size_t box_len;
} consent__event_row;

typedef struct consent__subject_row {
    int64_t subject; /* > 0, given by the caller: head-independent counter, see subject_next */
    uint8_t uid[16], salt[16];
    uint8_t lookup[16];
    int64_t seq; /* last event that changed the state: part of the box's associated data */
    const uint8_t *box;
    size_t box_len;
} consent__subject_row;

typedef struct consent__version_row {
    int64_t id; /* given by the caller, > 0, ascending */
    const char *policy, *label;
    uint8_t sha256[32]; /* of bytes */
    const uint8_t *bytes; size_t len;                 /* the bundle exactly as imported */
    const uint8_t *profile; size_t profile_len;       /* the profile it was read with */
    int64_t imported_seq, imported_at;
    int64_t published_seq, published_at;              /* -1 and INT64_MIN while a draft */
    int64_t in_force_from;                            /* INT64_MIN while a draft */
    int64_t effective_at;                             /* the bundle's */
} consent__version_row;

typedef struct consent__point_row { int64_t id; const char *policy, *key; } consent__point_row;
typedef struct consent__epoch_row { int64_t version, point; int64_t epoch; int64_t notice; } consent__epoch_row; /* notice: id of the version that waits to be acknowledged, 0 none */
/* kinds: "profile", "calendar", "stop", "controller" … small clear documents of the store */
typedef struct consent__document_row {
    const char *kind, *key;
    int64_t seq; /* event that brought it */
    uint8_t sha256[32];
    const uint8_t *bytes; size_t len;
} consent__document_row;
typedef struct consent__checkpoint_row { int64_t size, at; const char *note; size_t note_len; } consent__checkpoint_row;
typedef struct consent__idem_row { int64_t subject; uint8_t key[16], digest[16]; int64_t seq; } consent__idem_row;

/* A request as lists see it; subject 0: erased. due INT64_MIN: none. */
typedef struct consent__request_row {
    int64_t number, subject;
    const char *kind, *state;
    bool open;
    int64_t received_at, due;
    bool provisional;
} consent__request_row;

/* What the host must still keep after an erasure. seq: remainder.kept. until INT64_MIN: no end is known. */
typedef struct consent__remainder_row { uint8_t uid[16]; const char *item, *reason; int64_t until; int64_t seq; } consent__remainder_row;

/* What a recipient ("": the host itself) must erase; seq: subject.erased; done: the event that says it
 * was done, -1 while open; items: JSON list of item keys with what becomes of each. */
typedef struct consent__task_row { uint8_t uid[16]; const char *recipient, *items; int64_t seq, done; } consent__task_row;

/* Callbacks answer CONSENT_OK to go on, CONSENT_DONE to stop, or a failure that ends the scan. */
typedef consent_status (*consent__event_fn)(const consent__cx *cx, void *user, const consent__event_row *row);
typedef consent_status (*consent__subject_fn)(const consent__cx *cx, void *user, const consent__subject_row *row);
typedef consent_status (*consent__version_fn)(const consent__cx *cx, void *user, const consent__version_row *row);
typedef consent_status (*consent__point_fn)(const consent__cx *cx, void *user, const consent__point_row *row);
typedef consent_status (*consent__epoch_fn)(const consent__cx *cx, void *user, const consent__epoch_row *row);
typedef consent_status (*consent__document_fn)(const consent__cx *cx, void *user, const consent__document_row *row);
typedef consent_status (*consent__checkpoint_fn)(const consent__cx *cx, void *user, const consent__checkpoint_row *row);
typedef consent_status (*consent__idem_fn)(const consent__cx *cx, void *user, const consent__idem_row *row);
typedef consent_status (*consent__request_fn)(const consent__cx *cx, void *user, const consent__request_row *row);
typedef consent_status (*consent__task_fn)(const consent__cx *cx, void *user, const consent__task_row *row);
typedef consent_status (*consent__remainder_fn)(const consent__cx *cx, void *user, const consent__remainder_row *row);
typedef consent_status (*consent__node_row_fn)(const consent__cx *cx, void *user, int64_t index, const uint8_t hash[32]);
typedef consent_status (*consent__text_fn)(const consent__cx *cx, void *user, const char *text);

/* Words of shared memory that move with every commit of any process, so that a check from memory
 * sees in nanoseconds that nothing was written. It may outlive the db. */
typedef struct consent__pulse {
    const volatile uint64_t *words; /* NULL: there are none here, change_token serves */
    size_t size;
} consent__pulse;
/* The number that change_token would give; while a commit is going on, one that it never gave or
 * the one before. To be read through this alone. */
static inline uint64_t consent__pulse_mix(uint64_t a, uint64_t b, uint64_t c) {
    b *= UINT64_C(0x9e3779b97f4a7c15);
    c *= UINT64_C(0xd6e8feb86659fd93);
    return a * UINT64_C(0xa0761d6478bd642f) ^ (b ^ b >> 32) ^ (c << 23 | c >> 41);
}
static inline uint64_t consent__pulse_token(const volatile uint64_t *words) {
    return consent__pulse_mix(__atomic_load_n(words + 1, __ATOMIC_ACQUIRE),
                              __atomic_load_n(words + 3, __ATOMIC_ACQUIRE),
                              __atomic_load_n(words + 5, __ATOMIC_ACQUIRE));
}

typedef struct consent__engine {
    const char *name;
    /* Makes a complete new store file at path, atomically: under a temporary name first (mode 0600),
     * linked to path only when whole; `fill` writes the identity (meta, head, first events) inside the
     * transaction. _EXISTS, _OPEN, _READONLY, _FULL. Leaves nothing behind on failure. */
    consent_status (*create)(const consent__cx *cx, const char *path,
                             consent_status (*fill)(const consent__cx *cx, consent__tx *tx, void *user),
                             void *user);
    /* Gives a closed file its name, durably; nothing may be there: _EXISTS. */
    consent_status (*rename)(const consent__cx *cx, const char *from, const char *to);
    /* Takes away a file that create made and that could not be opened. Cannot fail visibly. */
    void (*remove)(const consent__cx *cx, const char *path);
    /* Examines the file (directory, readable, SQLite, application id, schema number, whole), migrates
     * older schemas. Has one connection that writes, opened by the first write, and `readers` that
     * read (0: default 2), one of them opened now. */
    consent_status (*open)(const consent__cx *cx, const char *path, int32_t wait_ms, int32_t readers,
                           consent__db **out);
    consent_status (*close)(const consent__cx *cx, consent__db *db); /* frees db in every case */

    consent_status (*read_begin)(const consent__cx *cx, consent__db *db, consent__tx **out);
    void (*read_end)(consent__tx *tx);
    /* Whether subject_look leaves its read open for the next one, as long as change_token stands; what
     * is open ends before each commit of this db, before settling and scrubbing, and when it is
     * switched off. */
    void (*hold_reads)(consent__db *db, bool on);
    void (*release_reads)(consent__db *db); /* ends now what is open and idle */
    /* BEGIN IMMEDIATE, waiting at most wait_ms for other writers: _BUSY. */
    consent_status (*write_begin)(const consent__cx *cx, consent__db *db, consent__tx **out);
    consent_status (*commit)(const consent__cx *cx, consent__tx *tx); /* ends tx in every case */
    void (*rollback)(consent__tx *tx);
    bool (*writes)(const consent__tx *tx); /* it sees what may never be committed */
    /* A hint: what follows in this transaction writes some `rows` events of subjects, their states and
     * idempotency keys, and nothing else, until expect(0). The engine may use more memory until the
     * transaction ends. */
    void (*expect)(consent__tx *tx, int64_t rows);
    consent_status (*savepoint)(const consent__cx *cx, consent__tx *tx);
    consent_status (*savepoint_keep)(const consent__cx *cx, consent__tx *tx);
    consent_status (*savepoint_undo)(const consent__cx *cx, consent__tx *tx);

    consent_status (*meta_get)(const consent__cx *cx, consent__tx *tx, const char *key, consent__buf *out); /* appends */
    consent_status (*meta_put)(const consent__cx *cx, consent__tx *tx, const char *key, const void *value, size_t n);
    consent_status (*head_get)(const consent__cx *cx, consent__tx *tx, consent__head *out);
    consent_status (*head_put)(const consent__cx *cx, consent__tx *tx, const consent__head *head);

    /* With a body; a stub only where meta has "evidence". */
    consent_status (*event_append)(const consent__cx *cx, consent__tx *tx, const consent__event_row *row);
    consent_status (*event_get)(const consent__cx *cx, consent__tx *tx, int64_t seq, consent__event_row *out);
    /* Events that have no body (stubs, and those whose body is lost), and all of a kind; in order. */
    consent_status (*event_scan_gone)(const consent__cx *cx, consent__tx *tx, const char *kind,
                                      consent__event_fn fn, void *user);
    /* from <= seq <= to in order; subject 0: all, else only that subject's; bodies: false leaves
     * subject and box out and reads one table only. */
    consent_status (*event_scan)(const consent__cx *cx, consent__tx *tx, int64_t from, int64_t to,
                                 int64_t subject, bool bodies, consent__event_fn fn, void *user);
    consent_status (*event_last)(const consent__cx *cx, consent__tx *tx, int64_t *out_seq); /* -1 when there is none */
    /* Largest seq with at <= t, -1 when none. */
    consent_status (*event_upto)(const consent__cx *cx, consent__tx *tx, int64_t t, int64_t *out_seq);
    consent_status (*node_put)(const consent__cx *cx, consent__tx *tx, int32_t level, int64_t index, const uint8_t hash[32]);
    consent_status (*node_get)(const consent__cx *cx, consent__tx *tx, int32_t level, int64_t index, uint8_t out[32]);

    /* Nodes from <= index <= to of a level, in order. */
    consent_status (*node_scan)(const consent__cx *cx, consent__tx *tx, int32_t level, int64_t from, int64_t to, consent__node_row_fn fn, void *user);

    consent_status (*subject_next)(const consent__cx *cx, consent__tx *tx, int64_t *out_subject); /* max id ever + 1 */
    consent_status (*subject_add)(const consent__cx *cx, consent__tx *tx, int64_t subject, const uint8_t uid[16], const uint8_t salt[16]);
    consent_status (*subject_get)(const consent__cx *cx, consent__tx *tx, const uint8_t lookup[16], consent__subject_row *out); /* key + state by look-up */
    /* What a check reads, in one statement and no transaction: size, at and catalog of the head, and
     * the subject by look-up (out->subject 0: none). The box is copied into `box` (reset first). */
    consent_status (*subject_look)(const consent__cx *cx, consent__db *db, const uint8_t lookup[16], consent__head *head, consent__subject_row *out, consent__buf *box);
    consent_status (*subject_by_id)(const consent__cx *cx, consent__tx *tx, int64_t subject, consent__subject_row *out); /* box NULL when no state */
    consent_status (*subject_key)(const consent__cx *cx, consent__tx *tx, int64_t subject, uint8_t uid[16], uint8_t salt[16]); /* the key alone */
    consent_status (*subject_by_uid)(const consent__cx *cx, consent__tx *tx, const uint8_t uid[16], consent__subject_row *out);
    consent_status (*state_put)(const consent__cx *cx, consent__tx *tx, const consent__subject_row *row); /* insert or replace by look-up */
    consent_status (*subject_scan)(const consent__cx *cx, consent__tx *tx, int64_t after, int64_t limit, consent__subject_fn fn, void *user); /* with state, ascending id; limit 0: all */

    consent_status (*idem_get)(const consent__cx *cx, consent__tx *tx, int64_t subject, const uint8_t key[16], consent__idem_row *out);
    consent_status (*idem_scan)(const consent__cx *cx, consent__tx *tx, consent__idem_fn fn, void *user); /* by subject, key */
    consent_status (*idem_put)(const consent__cx *cx, consent__tx *tx, const consent__idem_row *row);

    /* Takes away, within the transaction, all that could still be opened or found of one subject: its
     * bodies become stubs (*out_events: how many), its salt zeros, its state with the look-up and its
     * idempotency keys are deleted, its requests lose it. Number and uid stay. CONSENT_E_NOT_FOUND, also when it is erased. */
    consent_status (*subject_erase)(const consent__cx *cx, consent__tx *tx, int64_t subject, int64_t *out_events);
    consent_status (*erased_scan)(const consent__cx *cx, consent__tx *tx, consent__subject_fn fn, void *user); /* erased subjects by id: box NULL, salt zeros */
    consent_status (*request_put)(const consent__cx *cx, consent__tx *tx, const consent__request_row *row); /* insert, or new state and due date by number */
    consent_status (*request_get)(const consent__cx *cx, consent__tx *tx, int64_t number, consent__request_row *out);
    consent_status (*request_scan)(const consent__cx *cx, consent__tx *tx, bool open_only, consent__request_fn fn, void *user); /* all by number; the open ones by due date, number */
    consent_status (*remainder_put)(const consent__cx *cx, consent__tx *tx, const consent__remainder_row *row);
    consent_status (*remainder_scan)(const consent__cx *cx, consent__tx *tx, const uint8_t uid[16], consent__remainder_fn fn, void *user); /* uid NULL: all; by uid, item, reason */

    consent_status (*remainder_drop)(const consent__cx *cx, consent__tx *tx, const uint8_t uid[16], const char *reason, int64_t *out_rows);
    consent_status (*task_put)(const consent__cx *cx, consent__tx *tx, const consent__task_row *row); /* insert, or open again with new items */
    consent_status (*task_done)(const consent__cx *cx, consent__tx *tx, const uint8_t uid[16], const char *recipient, int64_t seq); /* _NOT_FOUND, also when it was done */
    consent_status (*task_get)(const consent__cx *cx, consent__tx *tx, const uint8_t uid[16], const char *recipient, consent__task_row *out); /* _NOT_FOUND */
    consent_status (*task_scan)(const consent__cx *cx, consent__tx *tx, bool open_only, consent__task_fn fn, void *user); /* by seq, uid, recipient */

    consent_status (*task_scan_of)(const consent__cx *cx, consent__tx *tx, const char *recipient, consent__task_fn fn, void *user); /* those of one recipient, by uid */

    consent_status (*version_put)(const consent__cx *cx, consent__tx *tx, const consent__version_row *row); /* a draft; conflict is the caller's to check */
    consent_status (*version_publish)(const consent__cx *cx, consent__tx *tx, int64_t id, int64_t seq, int64_t at, int64_t in_force_from);
    consent_status (*version_scan)(const consent__cx *cx, consent__tx *tx, bool bytes, consent__version_fn fn, void *user); /* all, by id; bytes false: bytes and profile NULL */
    consent_status (*version_get)(const consent__cx *cx, consent__tx *tx, int64_t id, consent__version_row *out);
    consent_status (*point_put)(const consent__cx *cx, consent__tx *tx, const consent__point_row *row);
    consent_status (*point_scan)(const consent__cx *cx, consent__tx *tx, consent__point_fn fn, void *user);
    consent_status (*epoch_put)(const consent__cx *cx, consent__tx *tx, const consent__epoch_row *row);
    consent_status (*epoch_scan)(const consent__cx *cx, consent__tx *tx, int64_t from, int64_t to, consent__epoch_fn fn, void *user); /* of versions from..to, by version, point */
    consent_status (*document_put)(const consent__cx *cx, consent__tx *tx, const consent__document_row *row); /* (kind, key, seq) is unique: history is kept */
    consent_status (*document_scan)(const consent__cx *cx, consent__tx *tx, const char *kind, consent__document_fn fn, void *user); /* kind NULL: all; by kind, key, seq */
    consent_status (*document_scan_key)(const consent__cx *cx, consent__tx *tx, const char *kind, const char *key, consent__document_fn fn, void *user); /* by seq */
    consent_status (*checkpoint_put)(const consent__cx *cx, consent__tx *tx, const consent__checkpoint_row *row);
    consent_status (*checkpoint_scan)(const consent__cx *cx, consent__tx *tx, consent__checkpoint_fn fn, void *user); /* by size, at */
    consent_status (*checkpoint_last)(const consent__cx *cx, consent__tx *tx, int64_t *out_size, int64_t *out_at); /* the largest; _NOT_FOUND */

    /* Outside a transaction. Empties the log, so that no older image of a page stays there; *out_done is
     * false while a reader or another writer needs it. Never waits. */
    consent_status (*settle)(const consent__cx *cx, consent__db *db, bool *out_done);
    /* Outside a transaction. Rewrites the whole file, so that no remnant of a deleted row stays in its
     * pages; needs memory for a copy of it. The old pages are gone once settle says done. _BUSY. */
    consent_status (*scrub)(const consent__cx *cx, consent__db *db);

    /* A number that differs whenever any process has committed since the last time it was asked for;
     * cheap, needs no transaction. */
    consent_status (*change_token)(const consent__cx *cx, consent__db *db, uint64_t *out);
    /* The same token with the number of commits so far (modulo 2^32), counting every process; false
     * when the engine does not know. */
    bool (*change_commits)(consent__db *db, uint64_t *token, uint32_t *commits);
    void (*pulse_open)(consent__db *db, consent__pulse *out); /* words NULL when there is none */
    void (*pulse_close)(consent__pulse *pulse);
    /* integrity_check, foreign keys, schema text against the built-in, leftovers; one text a finding:
     * "CODE message". */
    consent_status (*examine)(const consent__cx *cx, consent__db *db, consent__text_fn finding, void *user);
    /* Only the schema text against the built-in. */
    consent_status (*examine_schema)(const consent__cx *cx, consent__db *db, consent__text_fn finding, void *user);
    const char *(*path)(const consent__db *db); /* absolute; lives as long as db */
    /* Online copy to a new file (mode 0600) while others write. _EXISTS. */
    consent_status (*backup)(const consent__cx *cx, consent__db *db, const char *path);
} consent__engine;

const consent__engine *consent__engine_sqlite(void);

#endif
