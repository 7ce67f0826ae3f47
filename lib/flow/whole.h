/* SPDX-License-Identifier: Apache-2.0 */
/* The complete export and its way back into a store of evidence. Lines: docs/export-json.md. */
#ifndef CONSENT__FLOW_WHOLE_H
#define CONSENT__FLOW_WHOLE_H

#include "flow/store.h"

#define CONSENT__WHOLE_FORMAT "libconsent-export"

/* What the log's key signs at the end: the hash of all lines before. */
void consent__whole_note(consent__buf *out, const char *origin, const uint8_t hash[CONSENT__HASH]);

/* ---- one line, read ---- */

/* In the order in which they stand. */
typedef enum consent__line_type {
    LINE_LEDGER,
    LINE_VERSION,
    LINE_DOCUMENT,
    LINE_CHECKPOINT,
    LINE_EVENT,
    LINE_REQUEST,
    LINE_REMAINDER,
    LINE_TASK,
    LINE_END
} consent__line_type;

/* clang-format off */
#define CONSENT__LINE_MEMBERS(X) \
    X(at, INT) X(body, TEXT) X(bundle, TEXT) X(checkpoint, TEXT) X(commitment, HASH) \
    X(done, INT) X(due, INT) X(format, TEXT) X(generation, INT) X(id, INT) \
    X(imported, INT) X(imported_at, INT) X(item, TEXT) X(items, TEXT) X(key, TEXT) \
    X(kind, TEXT) X(label, TEXT) X(leaf, HASH) X(lines, INT) X(nonce, HASH) \
    X(note, TEXT) X(number, INT) X(open, INT) X(policy, TEXT) X(profile, TEXT) \
    X(provisional, INT) X(reason, TEXT) X(received_at, INT) X(recipient, TEXT) X(root, HASH) \
    X(seq, INT) X(size, INT) X(state, TEXT) X(store, TEXT) X(text, TEXT) \
    X(type, TEXT) X(uid, UID) X(until, INT) X(v, INT)
/* clang-format on */
typedef enum consent__line_member {
#define CONSENT__X(name, form) L_##name,
    CONSENT__LINE_MEMBERS(CONSENT__X)
#undef CONSENT__X
        L_COUNT
} consent__line_member;

typedef struct consent__line {
    consent__line_type type;
    uint64_t has;              /* bits of members */
    int64_t number[L_COUNT];   /* INT */
    const char *text[L_COUNT]; /* TEXT; NUL-terminated, in the arena */
    size_t length[L_COUNT];
    uint8_t bytes[L_COUNT][CONSENT__HASH]; /* HASH, UID */
} consent__line;
#define CONSENT__LINE_HAS(l, name) (((l)->has >> L_##name & 1) != 0)

/* Canonical JSON of a known type with its members and no others. CONSENT_E_SYNTAX, _INPUT with a
 * pointer, _MEMORY. */
consent_status consent__line_read(const consent__cx *cx, const void *bytes, size_t n,
                                  int64_t number, int64_t offset, consent__arena *a,
                                  consent__line *out);

/* ---- the way back ---- */
consent_status consent__flow_evidence_import(const consent__cx *cx, const char *path,
                                             const consent_options *o, const char *file,
                                             const char *key, consent_store **out);

/* A new store that takes the place of another: its id, generation and the public half of its log
 * key. fill runs in the transaction that makes the file; nothing of it stays when it fails. */
typedef struct consent__identity {
    uint8_t id[16];
    int64_t generation;
    uint8_t log_public[32];
    const char *evidence; /* the signed head */
    size_t evidence_len;
    bool part;
} consent__identity;
consent_status consent__store_create_as(const consent__cx *cx, const char *path,
                                        const consent_options *o, const consent__identity *as,
                                        consent__work_fn fill, void *user, consent_store **out);
/* An event as another store recorded it: sealed anew under this one's keys (subject NULL: an event
 * of the store, or a stub when nonce is NULL). */
consent_status consent__append_again(const consent__cx *cx, consent__work *w,
                                     const consent__subject *subject,
                                     const consent__event_row *event, const uint8_t *nonce,
                                     const void *body, size_t n);
/* Publishing again what was published: numbers and epochs of its points, without an event. */
consent_status consent__publish_again(const consent__cx *cx, consent__work *w, const char *policy,
                                      const char *version, int64_t seq, int64_t at,
                                      int64_t in_force_from);
#endif
