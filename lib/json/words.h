/* SPDX-License-Identifier: Apache-2.0 */
/* Templates of words by language (policy/words): {"en":{"table":{"key":"text"},"key":"text"}}. */
#ifndef CONSENT__JSON_WORDS_H
#define CONSENT__JSON_WORDS_H

#include "json/json.h"

typedef struct consent__phrase {
    const char *lang, *table, *key, *text; /* table "": of the language itself */
} consent__phrase;
typedef struct consent__words {
    int32_t count;
    const consent__phrase *v;
} consent__words;

consent_status consent__words_read(const consent__cx *cx, const void *bytes, size_t len,
                                   consent__arena *arena, consent__words *out);
bool consent__words_have(const consent__words *w, const char *lang);
/* NULL when there is none. */
const char *consent__words_get(const consent__words *w, const char *lang, const char *table,
                               const char *key);

#endif
