/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENT__FLOW_POLICY_H
#define CONSENT__FLOW_POLICY_H

#include "flow/store.h"

/* Where bundles find their profile: among the store's own, the last first, else built in. */
typedef struct consent__profile_source {
    consent_store *store; /* NULL: built-in only */
    consent__tx *tx;
    const char *key;
    consent__arena *arena;
    const void *bytes; /* what was found */
    size_t len;
    const char *only; /* NULL, or the profile to read with, whatever the bundle names */
} consent__profile_source;
/* A consent__profile_fn over such a source. CONSENT_E_NOT_FOUND without an error. */
consent_status consent__profile_find(const consent__cx *cx, void *user, const char *key,
                                     const void **bytes, size_t *len);

consent_status consent__flow_bundle_check(const consent__cx *cx, const void *bytes, size_t len);
consent_status consent__flow_policy_import(const consent__cx *cx, consent_store *s,
                                           const void *bytes, size_t len);
consent_status consent__flow_policy_publish(const consent__cx *cx, consent_store *s,
                                            const char *policy, const char *version);
consent_status consent__flow_policy_export_signed(const consent__cx *cx, consent_store *s,
                                                  const char *policy, const char *version,
                                                  consent_rows **out);
consent_status consent__flow_policy_import_signed(const consent__cx *cx, consent_store *s,
                                                  const void *jws, size_t n, const char *vkey,
                                                  consent_rows **rows); /* may be NULL */
consent_status consent__flow_profile_import(const consent__cx *cx, consent_store *s,
                                            const void *bytes, size_t len);
consent_status consent__flow_policy_list(const consent__cx *cx, consent_store *s,
                                         const char *policy, int64_t at, consent_rows **out);
consent_status consent__flow_policy_show(const consent__cx *cx, consent_store *s,
                                         const char *policy, const char *version, const char *lang,
                                         consent_rows **out);
consent_status consent__flow_policy_bundle(const consent__cx *cx, consent_store *s,
                                           const char *policy, const char *version,
                                           consent_rows **out);
consent_status consent__flow_policy_text(const consent__cx *cx, consent_store *s,
                                         const char *policy, const char *version, int64_t at,
                                         const char *section, const char *lang, consent_rows **out);
consent_status consent__flow_policy_shown(const consent__cx *cx, consent_store *s,
                                          const char *policy, const char *version,
                                          const char *point, const char *lang, consent_rows **out);

/* Where a version was published first, when it came as a signed statement. */
typedef struct consent__provenance {
    int64_t in_force_from;
    int64_t event;    /* seq of policy.published there */
    const char *leaf; /* its leaf hash, 64 hex */
    const char *key;  /* the verifier key that was trusted */
} consent__provenance;
/* Publishes a draft; from NULL: here first, under all the rules a version is held to. */
consent_status consent__publish_version(const consent__cx *cx, consent__work *w,
                                        const consent__catalog *c, const consent__version *v,
                                        const consent__provenance *from);
/* Takes a bundle that was read into the catalogue as a draft. CONSENT_DONE when it is there. */
consent_status consent__policy_draft(const consent__cx *cx, consent__work *w,
                                     const consent__catalog *c, const consent__policy *p,
                                     const void *bytes, size_t len, const void *profile,
                                     size_t profile_len);

typedef struct consent__numbered { /* a point with its epoch and notice in a version, 0 none */
    int64_t id, epoch, notice;
    const char *key;
} consent__numbered;
/* What publishing v after `before` (NULL: the first) did to the policy's points: takes them as they
 * were in `before` and gives them as they are in v. For the doctor's replay. */
consent_status consent__publish_replay(const consent__cx *cx, consent__arena *arena,
                                       const consent__catalog *c, const consent__version *before,
                                       const consent__version *v, consent__numbered *points,
                                       int32_t count);
consent_status consent__flow_policy_diff(const consent__cx *cx, consent_store *s,
                                         const char *policy, const char *older, const char *newer,
                                         consent_rows **out);
consent_status consent__flow_policy_lint(const consent__cx *cx, consent_store *s,
                                         const char *policy, const char *version,
                                         const char *profile, consent_rows **out);
consent_status consent__flow_bundle_lint(const consent__cx *cx, const void *bytes, size_t len,
                                         const char *profile, consent_rows **out);

/* The policy meant: the named one, or the only one. _AMBIGUOUS, _NOT_FOUND. */
consent_status consent__pick_policy(const consent__cx *cx, const consent__catalog *c,
                                    const char *key, int32_t *out);
/* The version meant: the labelled one, or the one in force at t. _NOT_FOUND. */
consent_status consent__pick_version(const consent__cx *cx, const consent__catalog *c,
                                     int32_t policy_index, const char *label, int64_t t,
                                     const consent__version **out);
/* Built-in data "profiles/cn", "calendars/cn"; CONSENT_E_NOT_FOUND without an error. */
consent_status consent__built_in(const char *folder, const char *key, const void **bytes,
                                 size_t *len);
/* Sections a point rests on: the purpose's (its items' where it names
 * none), and for a share the recipient's; in the
 * order of the documents, each once; purpose -1: all sections of the version. out comes from
 * consent__sections_room. Returns the count. */
int32_t consent__point_sections(const consent__policy *p, int32_t purpose, int32_t share,
                                int32_t *out);
int32_t *consent__sections_room(consent__arena *arena,
                                const consent__policy *p); /* NULL: no memory */
/* Purpose and share of "purpose" or "purpose@recipient". */
bool consent__point_find(const consent__policy *p, const char *point, int32_t *purpose,
                         int32_t *share);
/* SHA-256 of the canonical JSON of the sections shown in a language (index; fallback to the binding
 * one per section). json may be NULL: else the canonical JSON itself is appended. */
consent_status consent__shown_hash(const consent__cx *cx, const consent__version *v,
                                   int32_t purpose, int32_t share, int32_t lang,
                                   consent__arena *arena, consent__buf *json,
                                   uint8_t out[CONSENT__HASH]);

#endif
