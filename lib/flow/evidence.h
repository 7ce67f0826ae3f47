/* SPDX-License-Identifier: Apache-2.0 */
/* Evidence bundles: making and verifying. Files and their members: docs/evidence.md. */
#ifndef CONSENT__FLOW_EVIDENCE_H
#define CONSENT__FLOW_EVIDENCE_H

#include <consent/evidence.h>

#include "flow/receipt.h"
#include "ledger/receipt.h"

#define CONSENT__EVIDENCE_FORMAT "libconsent-evidence"

extern const char consent__evidence_readme[];

consent_status consent__flow_evidence_export(const consent__cx *cx, consent_store *s,
                                             const char *subject, consent_evidence_fn give,
                                             void *user, consent_rows **out);

/* ---- verifying ---- */

typedef enum consent__evidence_role {
    EVIDENCE_MANIFEST,
    EVIDENCE_NOTE,
    EVIDENCE_KEY,
    EVIDENCE_KEYS,
    EVIDENCE_CHECKPOINT,
    EVIDENCE_PROFILE,
    EVIDENCE_POLICY,
    EVIDENCE_EVENTS,
    EVIDENCE_RECEIPTS,
    EVIDENCE_OTHER /* only its hash is looked at */
} consent__evidence_role;

typedef struct consent__evidence_file {
    const char *name;
    consent__evidence_role role;
    uint8_t sha256[CONSENT__HASH];
    int64_t bytes;
    bool given; /* it was there */
} consent__evidence_file;

typedef struct consent__evidence_point {
    const char *key;
    int32_t purpose, share;
    const uint8_t (*wordings)[CONSENT__HASH]; /* see consent__evidence_wordings; NULL: not yet */
} consent__evidence_point;

typedef struct consent__evidence_text { /* a version */
    const consent__policy *policy;
    const uint8_t (*section_hash)[CONSENT__HASH];
    uint8_t sha256[CONSENT__HASH];
    bool imported;                   /* an event of the ledger brought it */
    int64_t number;                  /* which of the texts it came as */
    consent__evidence_point *points; /* by key; NULL: not listed yet */
    size_t points_count;
    const uint8_t (*whole)[CONSENT__HASH]; /* wordings of the whole text */
    struct consent__evidence_text *next;
} consent__evidence_text;

typedef struct consent__evidence_profile {
    const char *key;
    const void *bytes;
    size_t len;
    int64_t number;
    struct consent__evidence_profile *next;
} consent__evidence_profile;

typedef struct consent__evidence_finding {
    const char *file, *what, *message; /* the file's name lasts */
    int64_t line, event;
} consent__evidence_finding;

struct consent_evidence {
    const consent__env *env;
    consent__arena arena;   /* what lasts */
    consent__arena scratch; /* one line's or one file's */
    const char *name;       /* of the key that was given apart; NULL */
    uint8_t public_key[32];
    bool has_trusted, led; /* the bundle's key is that, or notes lead from that to it */

    consent__evidence_file *files; /* in the order they are asked for: manifest and note first */
    size_t count, now;
    bool whole; /* the manifest was read */

    consent__hasher hash; /* of the file that is being given */
    int64_t size, line;
    consent__buf bytes; /* a line, or a whole file */
    bool oversized;

    const char *own_name; /* of the bundle's key; NULL: it cannot be read */
    uint8_t own_key[32], manifest_hash[CONSENT__HASH];
    const char *subject, *manifest_key, *manifest_root; /* as the manifest says */
    int64_t manifest_size, manifest_events, manifest_receipts;
    consent__checkpoint point;
    bool has_point;
    consent__evidence_text *texts, **sorted_texts; /* sorted: once all are there */
    consent__evidence_profile *profiles, **sorted_profiles;
    int64_t text_count, profile_count;
    int64_t events, receipts, last;
    int64_t *due; /* numbers of events that must have a receipt, ascending */
    size_t due_count, due_cap, due_next;

    const char *note;
    size_t note_len;
    struct {
        const char *name; /* NULL: no key was listed yet */
        uint8_t key[32];
    } listed; /* the last of keys.jsonl */

    consent__evidence_finding *findings;
    size_t findings_cap;
    int64_t found; /* more than there is room for are counted only */
    bool failed;   /* memory ran out: something was not looked at */
};

/* One more finding; line 0 and event -1: of none. */
void consent__evidence_find(consent_evidence *e, const char *file, int64_t line, int64_t event,
                            const char *what, const char *message);
/* Whole files and lines of files, by role. They fail only for want of memory. */
consent_status consent__evidence_manifest(const consent__cx *cx, consent_evidence *e);
consent_status consent__evidence_whole(const consent__cx *cx, consent_evidence *e,
                                       const consent__evidence_file *f);
consent_status consent__evidence_line(const consent__cx *cx, consent_evidence *e,
                                      const consent__evidence_file *f);
consent_status consent__evidence_event(const consent__cx *cx, consent_evidence *e,
                                       const consent__evidence_file *f);
consent_status consent__evidence_receipt(const consent__cx *cx, consent_evidence *e,
                                         const consent__evidence_file *f);
/* A text comes in. */
consent_status consent__evidence_policy(const consent__cx *cx, consent_evidence *e,
                                        const consent__evidence_file *f);
consent_status consent__evidence_profile_in(const consent__cx *cx, consent_evidence *e);
/* ---- finding by name (flow/evidence_find.c); *out NULL: it is not there ---- */
const consent__evidence_file *consent__evidence_file_named(const consent_evidence *e,
                                                           consent__evidence_role role,
                                                           const char *name);
/* The role of a file of that name, -1: no file of a bundle is called so. */
int consent__evidence_role_of(const char *name);
consent_status consent__evidence_profile_named(const consent__cx *cx, consent_evidence *e,
                                               const char *key,
                                               const consent__evidence_profile **out);
consent_status consent__evidence_text_named(const consent__cx *cx, consent_evidence *e,
                                            const char *policy, const char *version,
                                            consent__evidence_text **out);
consent_status consent__evidence_point_named(const consent__cx *cx, consent_evidence *e,
                                             consent__evidence_text *t, const char *key,
                                             consent__evidence_point **out);
/* What the sections of a point (NULL: all of the text) hash to, for each language of the text. */
consent_status consent__evidence_wordings(const consent__cx *cx, consent_evidence *e,
                                          consent__evidence_text *t, consent__evidence_point *point,
                                          const uint8_t (**out)[CONSENT__HASH]);

/* What shows only when all is there. */
void consent__evidence_close(consent_evidence *e);
/* Bytes that nobody vouches for into canonical JSON, appended; *why: MALFORMED, DUPLICATE_MEMBER.
 */
consent_status consent__evidence_canonical(const consent__cx *cx, const void *bytes, size_t n,
                                           consent__buf *out, const char **why);

consent_status consent__flow_evidence_new(const consent__cx *cx, const char *key,
                                          consent_evidence **out);
const char *consent__flow_evidence_wants(const consent_evidence *e);
consent_status consent__flow_evidence_give(const consent__cx *cx, consent_evidence *e,
                                           const void *bytes, size_t len);
consent_status consent__flow_evidence_end(const consent__cx *cx, consent_evidence *e, bool there);
consent_status consent__flow_evidence_found(const consent__cx *cx, consent_evidence *e,
                                            const char *file);
consent_status consent__flow_evidence_verdict(const consent__cx *cx, consent_evidence *e,
                                              consent_rows **out);
consent_status consent__flow_evidence_findings(const consent__cx *cx, consent_evidence *e,
                                               consent_rows **out);
void consent__flow_evidence_free(consent_evidence *e);
#endif
