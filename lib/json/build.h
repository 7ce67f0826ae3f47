/* SPDX-License-Identifier: Apache-2.0 */
/* From a document that has its shape to plain data. The first failure sticks in `status`; what is
 * read afterwards is nothing (NULL, 0), so that a whole object is read before anyone asks. */
#ifndef CONSENT__JSON_BUILD_H
#define CONSENT__JSON_BUILD_H

#include "json/keys.h"
#include "json/shape.h"

typedef struct consent__builder {
    const consent__cx *cx;
    consent__doc *doc;
    consent__arena *arena;          /* of what is built */
    const consent__keys *languages; /* of the texts */
    consent_status status;
} consent__builder;

/* Walks the children of a list (-1: no list) while nothing has failed. */
#define CONSENT__EACH(b, at, list)                                                                 \
    (at) = consent__build_first(b, list);                                                          \
    (at) >= 0 && (b)->status == CONSENT_OK;                                                        \
    (at) = consent__doc_next((b)->doc, at)

int32_t consent__build_first(const consent__builder *b, int32_t list);
/* Zeroed memory for the elements of a list, their number in *count; NULL when there are none. */
void *consent__build_array(consent__builder *b, int32_t list, size_t size, int32_t *count);
void *consent__build_memory(consent__builder *b, size_t count, size_t size);
/* Sticks the status when nothing has failed before. */
void consent__build_failed(consent__builder *b, consent_status status);

/* Node of the member `name` of an object, -1. */
int32_t consent__build_member(const consent__builder *b, int32_t object, const char *name);
const char *consent__build_copy(consent__builder *b, int32_t node); /* of a string */

/* Values of members; what is absent gives NULL, false, no elements or `otherwise`. */
const char *consent__build_string(consent__builder *b, int32_t object, const char *name);
bool consent__build_bool(const consent__builder *b, int32_t object, const char *name);
int64_t consent__build_int(const consent__builder *b, int32_t object, const char *name,
                           int64_t otherwise);
int64_t consent__build_instant(const consent__builder *b, int32_t object, const char *name);
int consent__build_word(const consent__builder *b, int32_t object, const char *name,
                        consent__names_fn names, int otherwise);
/* One bit per word of a list. */
uint32_t consent__build_words(const consent__builder *b, int32_t object, const char *name,
                              consent__names_fn names);
void consent__build_strings(consent__builder *b, int32_t object, const char *name,
                            consent__strings *out);
void consent__build_text(consent__builder *b, int32_t object, const char *name, consent__text *out);
void consent__build_deadline(consent__builder *b, int32_t object, const char *name,
                             consent__deadline *out);
/* CONSENT_E_REFERENCE when a key is not one of `keys`. */
int32_t consent__build_index(consent__builder *b, int32_t object, const char *name,
                             const consent__keys *keys);
void consent__build_indices(consent__builder *b, int32_t object, const char *name,
                            const consent__keys *keys, consent__indices *out);

#endif
