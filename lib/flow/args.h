/* SPDX-License-Identifier: Apache-2.0 */
/* What use cases share: looking at texts a caller gives, the version in force, and the usual shape
 * of a write about one subject. */
#ifndef CONSENT__FLOW_ARGS_H
#define CONSENT__FLOW_ARGS_H

#include "flow/store.h"

#define CONSENT__SHORT 64   /* surface, language, kind of evidence */
#define CONSENT__NAME 256   /* names of permissions, facts, sources, actors */
#define CONSENT__WORDS 2048 /* reasons in words */

/* NULL passes. CONSENT_E_ARGUMENT when empty or longer than max bytes, or (names, not words) with a
 * control character; _ENCODING when not UTF-8. */
consent_status consent__text_check(const consent__cx *cx, const char *text, size_t max,
                                   const char *what);
/* The same, and NULL is refused as empty. */
consent_status consent__text_need(const consent__cx *cx, const char *text, size_t max,
                                  const char *what);
/* A key that was looked for and not found: CONSENT_E_NOT_FOUND with the message, but what could be
 * no key at all is told so, as consent__text_check does. key NULL passes for one. */
consent_status consent__unknown(const consent__cx *cx, const char *key, const char *what,
                                const char *message);
/* 64 lower-case hex digits, or NULL. */
consent_status consent__hash_check(const consent__cx *cx, const char *text, const char *what);

/* The version of a policy (NULL: the only one) in force at t. _AMBIGUOUS, _NOT_FOUND, _STATE. */
consent_status consent__in_force(const consent__cx *cx, const consent__catalog *catalog,
                                 const char *policy, int64_t t, const consent__version **out);

/* Runs fn in a write transaction with the subject loaded. CONSENT_E_NOT_FOUND when it is not
 * registered, _STATE when it was adopted and takes no further acts. Its key is wiped afterwards. */
typedef consent_status (*consent__on_subject_fn)(const consent__cx *cx, consent__work *work,
                                                 consent__subject *subject, void *user);
consent_status consent__on_subject(const consent__cx *cx, consent_store *store, const char *id,
                                   consent__on_subject_fn fn, void *user);
/* Runs fn on a snapshot with the subject loaded. */
typedef consent_status (*consent__see_subject_fn)(const consent__cx *cx, consent__view *view,
                                                  const consent__subject *subject, void *user);
consent_status consent__see_subject(const consent__cx *cx, consent_store *store, const char *id,
                                    consent__see_subject_fn fn, void *user);

#endif
