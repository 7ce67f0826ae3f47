/* SPDX-License-Identifier: Apache-2.0 */
/* The keys of one list of a document, to be found by name. */
#ifndef CONSENT__JSON_KEYS_H
#define CONSENT__JSON_KEYS_H

#include "json/doc.h"

typedef struct consent__keys_entry {
    const char *key;
    int32_t index; /* in the list */
    int32_t node;  /* of the key's text */
} consent__keys_entry;

typedef struct consent__keys {
    const char *what; /* "purpose", for messages */
    const consent__keys_entry *v;
    int32_t count;
} consent__keys;

/* Of the strings in a list, or of the member `name` of each object in it. CONSENT_E_DUPLICATE at the
 * second of two equal keys, CONSENT_E_MEMORY. Lives in the document's scratch memory. */
consent_status consent__keys_build(consent__doc *doc, int32_t list, const char *name,
                                   const char *what, consent__keys *out);
int32_t consent__keys_find(const consent__keys *keys, const char *key); /* index, -1 */

#endif
