/* SPDX-License-Identifier: Apache-2.0 */
/* JSON in and out: bundles, profiles and calendars through cJSON behind a scanner that enforces the
 * limits and knows byte offsets; event bodies through a strict canonical reader and writer. */
#ifndef CONSENT__JSON_H
#define CONSENT__JSON_H

#include "core/calendar.h"
#include "core/policy.h"
#include "util/arena.h"
#include "util/buf.h"

#define CONSENT__BUNDLE_MAX (16u * 1024 * 1024) /* bytes of a document */
#define CONSENT__DEPTH_MAX 32
#define CONSENT__NODES_MAX 1000000

/* ---- documents (input errors carry pointer and offset) ----
 * CONSENT_E_LIMIT too large or too deep; _SYNTAX not JSON (also trailing bytes, BOM, unpaired
 * surrogate escapes); _ENCODING not UTF-8; _DUPLICATE member twice or key twice; _INPUT schema;
 * _REFERENCE unknown name. */

/* Finds a profile's bytes by key: the flow knows where profiles come from. CONSENT_E_NOT_FOUND. */
typedef consent_status (*consent__profile_fn)(const consent__cx *cx, void *user, const char *key,
                                              const void **bytes, size_t *len);
consent_status consent__bundle_read(const consent__cx *cx, const void *bytes, size_t len,
                                    consent__profile_fn profile, void *user, consent__arena *arena,
                                    const consent__policy **out);
consent_status consent__profile_read(const consent__cx *cx, const void *bytes, size_t len,
                                     consent__arena *arena, consent__profile *out);
consent_status consent__calendar_read(const consent__cx *cx, const void *bytes, size_t len,
                                      consent__arena *arena, consent__calendar *out);
/* Canonical form (RFC 8785 over integers |n| <= 2^53-1; a number that is not an integer is
 * CONSENT_E_INPUT) of any document within the limits. */
consent_status consent__json_canonical(const consent__cx *cx, const void *bytes, size_t len,
                                       consent__buf *out);

/* ---- canonical writer: members must be added in canonical order (debug builds assert) ---- */
void consent__json_string(consent__buf *out, const char *s, size_t n); /* quoted, escaped */
void consent__json_int(consent__buf *out, int64_t n);                  /* |n| <= 2^53-1 */

/* ---- canonical reader: a pull reader over one object; refuses all that is not canonical ---- */
typedef struct consent__reader {
    const uint8_t *p, *end;
    int32_t depth;
    bool bad;
    bool no_memory; /* bad only because memory ran out */
    const uint8_t *last[CONSENT__DEPTH_MAX]; /* per object entered, its name read last */
} consent__reader;
void consent__reader_init(consent__reader *r, const void *bytes, size_t n);
/* Each of these is false, and the reader bad for good, when the next value is not of that kind.
 * The bytes are borrowed; what goes to the arena is NUL-terminated. */
/* Enters an object or array. */
bool consent__reader_object(consent__reader *r);
bool consent__reader_array(consent__reader *r);
/* Next member name of the object (unescaped into the arena; checks the order of names; a name that
 * holds U+0000 is bad), false at its end (which it consumes) or when bad. For arrays: whether another
 * element follows. The value that follows must be read or skipped. */
bool consent__reader_member(consent__reader *r, consent__arena *a, const char **name);
bool consent__reader_element(consent__reader *r);
bool consent__reader_string(consent__reader *r, consent__arena *a, const char **s, size_t *n);
bool consent__reader_int(consent__reader *r, int64_t *n);
bool consent__reader_bool(consent__reader *r, bool *b);
bool consent__reader_null(consent__reader *r); /* consumes null if it is next; never bad */
/* Kind of the next value: '{' '[' '"' '0' (number) 't' (true or false) 'n', 0 at end or bad. */
char consent__reader_next(const consent__reader *r);
bool consent__reader_skip(consent__reader *r);
bool consent__reader_done(const consent__reader *r); /* all consumed and nothing bad */

#endif
