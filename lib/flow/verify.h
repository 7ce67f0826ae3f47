/* SPDX-License-Identifier: Apache-2.0 */
/* Verification of the ledger, in parts that threads work on alone: each part is a run of whole
 * tiles (perfect subtrees of 256 leaves). The parts are then joined in order: the tree, the order
 * of events, stubs, catalogue. Codes of the findings: docs/verify.md. */
#ifndef CONSENT__FLOW_VERIFY_H
#define CONSENT__FLOW_VERIFY_H

#include "core/event.h"
#include "flow/findings.h"
#include "flow/store.h"

#define CONSENT__TILE 256 /* leaves; roots of tiles are tree_node rows of level 8 */
#define CONSENT__TILE_LEVEL 8
#define CONSENT__PART_TILES 16
#define CONSENT__PART (CONSENT__TILE * CONSENT__PART_TILES)

typedef struct consent__verify_how {
    const char *checkpoint; /* a note kept outside, NULL: none */
    size_t checkpoint_len;
    const char *vkey; /* who signed it; NULL: this store's log key */
    bool bodies;
    int32_t threads; /* 0: by the number of CPUs */
    consent_progress_fn progress;
    void *progress_user;
} consent__verify_how;

/* Two trees are built at once: `rows` over the leaves recomputed from the rows, `kept` over the
 * leaf hashes that are stored. They differ only where somebody was at work, and which of the two
 * fits the kept nodes, the head and a checkpoint tells what was changed. */
typedef struct consent__two {
    bool rows_good, kept_good; /* false: leaves are missing */
    uint8_t rows[CONSENT__HASH], kept[CONSENT__HASH];
} consent__two;
typedef struct consent__two_trees {
    bool rows_good, kept_good;
    consent__tree rows, kept;
} consent__two_trees;

/* A root that somebody signed or wrote down: of the first `size` events. */
typedef struct consent__mark {
    int64_t size;
    int64_t event; /* store.restored that says so; -1: the checkpoint */
    uint8_t root[CONSENT__HASH];
    consent__two_trees within; /* leaves of the mark's tile that lie before it */
} consent__mark;

typedef struct consent__suspect { /* a row that differs from its leaf hash */
    int64_t seq, at;
    int64_t belongs; /* where its leaf hash says it was, -1 unknown */
    char kind[65];
    uint8_t commitment[CONSENT__HASH], leaf[CONSENT__HASH];
} consent__suspect;
typedef struct consent__run { /* neighbours that are all off by the same shift */
    int64_t first, last, shift;
} consent__run;
typedef struct consent__noted { /* a store-level event, or an erasure with its count */
    int64_t seq, count;
    int32_t kind;
    bool erasure;
} consent__noted;

typedef struct consent__gap { /* events that are not there */
    int64_t first, last;
} consent__gap;

#define CONSENT__LIST(type, name)                                                                  \
    size_t name##_count, name##_cap;                                                               \
    type *name
typedef struct consent__part {
    int64_t from, to; /* from <= seq < to */
    int32_t whole;    /* whole tiles */
    consent__two tile[CONSENT__PART_TILES];
    consent__two_trees tail; /* what is left behind them, in the last part */
    bool any;
    int64_t first_at, last_at, first_seq, last_seq;
    int64_t rows; /* seen */
    consent__findings findings;
    CONSENT__LIST(consent__mark, marks);
    CONSENT__LIST(consent__suspect, suspects);
    CONSENT__LIST(consent__run, runs);
    CONSENT__LIST(consent__gap, gaps);
    CONSENT__LIST(consent__noted, noted);
    CONSENT__LIST(int64_t, stubs);
} consent__part;

/* Room for one more element at the end of a list; NULL when out of memory. */
void *consent__list_more(const consent__env *env, void **list, size_t *count, size_t *cap,
                         size_t size);
#define CONSENT__MORE(env, part, name)                                                             \
    consent__list_more(env, (void **)&(part)->name, &(part)->name##_count, &(part)->name##_cap,    \
                       sizeof *(part)->name)

typedef struct consent__verifying {
    consent_store *store;
    const consent__verify_how *how;
    consent__tx *tx;
    consent__head head;
    bool head_good; /* it could be read */
    bool tree_good; /* its frontier is well-formed and there are as many events as it counts */
    int64_t size;   /* events looked at: as many as the head counts, or as there are */
    consent__tree tree;
    bool marked; /* the checkpoint is this store's: look at mark */
    int64_t mark_size, mark_generation;
    uint8_t mark_root[CONSENT__HASH];
    int64_t part_count;
    consent__part **parts;
    uint8_t (*keys)[32]; /* public keys the log has had, as its events name them; in the arena */
    size_t key_count;
    consent__findings findings;
    consent__arena arena;
} consent__verifying;

/* Reads and hashes one part in tx; what is wrong becomes findings of the part. */
consent_status consent__verify_part(const consent__cx *cx, consent__verifying *v, consent__tx *tx,
                                    int64_t from, consent__part **out);
void consent__part_free(const consent__env *env, consent__part *part);

/* ---- joining, on one thread ---- */
consent_status consent__verify_tree(const consent__cx *cx, consent__verifying *v);
consent_status consent__verify_order(const consent__cx *cx, consent__verifying *v);
int64_t consent__own_generation(const consent_store *s, const char *note, size_t n,
                                char origin[64]);
/* Checkpoints that are kept: signed by a key of the log, roots those of the tree. */
consent_status consent__verify_checkpoints(const consent__cx *cx, consent__verifying *v);
void consent__verify_stubs(consent__verifying *v);
consent_status consent__verify_ends(const consent__cx *cx, consent__verifying *v);
consent_status consent__verify_catalog(const consent__cx *cx, consent__verifying *v);

/* The whole. *size: events according to the head. */
consent_status consent__flow_verify(const consent__cx *cx, consent_store *s,
                                    const consent__verify_how *how, int64_t *size,
                                    consent_rows **out);

#endif
