/* SPDX-License-Identifier: Apache-2.0 */
/* Policies and their versions. A policy is a stable key; a bundle is the JSON document of one
 * version: text and catalogue (policy/schema/bundle.schema.json). A version is a draft after import,
 * published once and for ever, in force from max(effective_at, time of publishing), superseded when
 * a later one comes into force. */
#ifndef CONSENT_POLICY_H
#define CONSENT_POLICY_H

#include <consent/rows.h>
#include <consent/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Reads a bundle without a store: CONSENT_OK when policy import would take it. Profiles: built-in.
 * Errors: CONSENT_E_SYNTAX, _LIMIT, _ENCODING, _DUPLICATE, _INPUT, _REFERENCE; each with
 * JSON pointer and byte offset. */
CONSENT_API consent_status consent_bundle_check(const void *bytes, size_t len, consent_error **err);

/* Takes a bundle in as a draft. CONSENT_DONE when this very document is there already. Errors: those
 * of consent_bundle_check; CONSENT_E_CONFLICT when the label exists with other content, draft or not
 * (a label always means one document: correct a draft under a new label); _INPUT when effective_at is
 * not later than that of every published version of the policy. */
CONSENT_API consent_status consent_policy_import(consent_store *store, const void *bytes, size_t len,
                                                 consent_error **err);
/* The same from a file, of at most 16 MiB. Also CONSENT_E_NOT_FOUND, _OPEN, _IO for the file. */
CONSENT_API consent_status consent_policy_import_file(consent_store *store, const char *path,
                                                      consent_error **err);
/* Publishes a draft: from now on it never changes. The class of the change is computed from the
 * documents; the event carries the computed one. The first version may declare any class. Errors:
 * CONSENT_E_NOT_FOUND, _STATE (published already), and CONSENT_E_INPUT with a pointer: /effective_at
 * (not later than its predecessor's, or less than the lead time of the profile ahead, the longer of
 * the two versions'), /change/class (declared lower than computed), /change/explicit_consent (rights
 * are reduced and it is not set), /change/editorial (editorial without actor and reason). Source: the
 * first customer's s6, PIPL art. 14(2), 17(2). */
CONSENT_API consent_status consent_policy_publish(consent_store *store, const char *policy,
                                                  const char *version, consent_error **err);
/* A published version as a signed statement, for another store (the phone's): a compact JWS (typ
 * consent-policy+jwt) by the log key, holding text, profile, the version before it, and the event
 * that published it with its proof. version NULL: the one in force. One row: statement t, policy t,
 * version t, sha256 t, in_force_from u, key t (the verifier key, to be given apart). Bytes:
 * docs/phone-and-backend.md. CONSENT_E_NOT_FOUND, _AMBIGUOUS, _STATE (a draft), _LIMIT (a document
 * too large to travel: over some 12 MiB). */
CONSENT_API consent_status consent_policy_export_signed(consent_store *store, const char *policy,
                                                        const char *version, consent_rows **out,
                                                        consent_error **err);
/* Takes such a statement in: verified with the verifier key `key`, which must come from elsewhere
 * than the statement, imported and published. The version is in force here from the same instant as
 * there, was held to the rules of publishing there and is not again. CONSENT_DONE: it is here
 * already. One row: policy t, version t, sha256 t, in_force_from u, origin t. out may be NULL.
 * Versions come in their order: a store without any may begin with one, after that none may be left
 * out. Errors, the message naming the code of consent_receipt_verify: CONSENT_E_LIMIT, _FORMAT,
 * _DUPLICATE, _SIGNATURE (not signed, by another key, or bringing a key), _PROOF; _FORMAT also when
 * `key` is none; _STATE (no publishing is proven, or out of order), _CONFLICT (the label, or the
 * instant it is in force from, means something else here); and those of consent_bundle_check. */
CONSENT_API consent_status consent_policy_import_signed(consent_store *store, const void *statement,
                                                        size_t len, const char *key,
                                                        consent_rows **out, consent_error **err);
/* A profile the store does not have built in, or another reading of one: used by later imports.
 * Versions keep the profile they were imported with.
 * CONSENT_E_SYNTAX, _LIMIT, _ENCODING, _DUPLICATE, _INPUT with pointer and offset; _ARGUMENT. */
CONSENT_API consent_status consent_profile_import(consent_store *store, const void *bytes, size_t len,
                                                  consent_error **err);

/* Every version of one policy (NULL: of all), in order of import. Columns: policy t, version t,
 * state t (draft, published, in-force, superseded), effective_at u, published_at u (absent for
 * drafts), sha256 t.
 * CONSENT_E_NOT_FOUND for a policy that is not there. */
CONSENT_API consent_status consent_policy_list(consent_store *store, const char *policy,
                                               consent_rows **out, consent_error **err);
/* The same as it stood at an instant (microseconds): versions imported later are not in it, those
 * published later were drafts then. */
CONSENT_API consent_status consent_policy_list_at(consent_store *store, const char *policy,
                                                  int64_t at, consent_rows **out,
                                                  consent_error **err);
/* Catalogue of one version as rows; version NULL: the one in force. Columns: kind t (section, item,
 * purpose, share, permission, recipient, exemption, right, document, assessment), key t, title t in
 * `lang` (NULL: the binding language) with fallback to the binding one, detail j (the entry's other
 * fields), sections j.
 * CONSENT_E_NOT_FOUND, _AMBIGUOUS. */
CONSENT_API consent_status consent_policy_show(consent_store *store, const char *policy,
                                               const char *version, const char *lang,
                                               consent_rows **out, consent_error **err);
/* The bundle's bytes exactly as imported. One row: bundle t, sha256 t, profile t (the profile's bytes).
 * CONSENT_E_NOT_FOUND, _AMBIGUOUS. */
CONSENT_API consent_status consent_policy_bundle(consent_store *store, const char *policy,
                                                 const char *version, consent_rows **out,
                                                 consent_error **err);
/* One section's text of one version (NULL: in force) in a language (NULL: the binding one; a language
 * that lacks the section falls back to it). One row: section t, lang t, title t, text t, sha256 t
 * (SHA-256 of the exact UTF-8 bytes), policy t, version t. CONSENT_E_NOT_FOUND. */
CONSENT_API consent_status consent_policy_text(consent_store *store, const char *policy,
                                               const char *version, const char *section,
                                               const char *lang, consent_rows **out,
                                               consent_error **err);
/* The same, of the version that was in force at an instant (microseconds). */
CONSENT_API consent_status consent_policy_text_at(consent_store *store, const char *policy,
                                                  int64_t at, const char *section, const char *lang,
                                                  consent_rows **out, consent_error **err);
/* Hash of what is shown when a point ("purpose" or "purpose@recipient") is asked: SHA-256 of the
 * canonical JSON [{"id","lang","sha256"}…] of the sections it rests on (the purpose's, and for a
 * share the recipient's), in the order of the document. point NULL: the whole policy was shown. One row:
 * shown t (64 hex), sections j.
 * CONSENT_E_NOT_FOUND, _AMBIGUOUS. */
CONSENT_API consent_status consent_policy_shown(consent_store *store, const char *policy,
                                                const char *version, const char *point,
                                                const char *lang, consent_rows **out,
                                                consent_error **err);

/* What differs between two versions, drafts or not, and what that means. One row: class t (none,
 * editorial, minor, material: as computed), triggers j ([1..6]: which of the policy's kinds of
 * material change, the first customer's s6), restricts_rights b, controller_changed b, points j (the
 * consent points whose grants end), changes j: [{"type","key","trigger","sections","detail",
 * "before","after","class","narrowing","restricts_rights","text_only","points","mentions"}…] in a
 * fixed order, whatever the order of entries was; mentions are points it concerns without asking
 * again. The kinds are listed in lib/core/diff_types.h. CONSENT_E_NOT_FOUND. */
CONSENT_API consent_status consent_policy_diff(consent_store *store, const char *policy,
                                               const char *older, const char *newer,
                                               consent_rows **out, consent_error **err);
/* What is wrong in a version (NULL: the one in force) before a regulator says so; docs/lint.md lists
 * the rules. profile NULL: the one it was imported with; else that one's rules and values. One row a
 * finding, the gravest first: id t, severity t (error, warning, hint), sections j, source t (the law,
 * standard or promise), message t, remedy t, from_text b (found in the words, not the structure).
 * CONSENT_E_NOT_FOUND for version or profile; _REFUSED when the profile does not allow a basis. */
CONSENT_API consent_status consent_policy_lint(consent_store *store, const char *policy,
                                               const char *version, const char *profile,
                                               consent_rows **out, consent_error **err);
/* The same for a bundle without a store, with built-in profiles. Also the errors of
 * consent_bundle_check. Any thread. */
CONSENT_API consent_status consent_bundle_lint(const void *bytes, size_t len, const char *profile,
                                               consent_rows **out, consent_error **err);

#ifdef __cplusplus
}
#endif
#endif
