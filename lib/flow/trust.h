/* SPDX-License-Identifier: Apache-2.0 */
/* What comes signed from another store: either it is good under a key that was given apart, or it
 * is refused by name. */
#ifndef CONSENT__FLOW_TRUST_H
#define CONSENT__FLOW_TRUST_H

#include "flow/store.h"

/* A verifier key as it was given: name of its log, public key. Name in the arena. */
typedef struct consent__trusted {
    const char *vkey; /* without what stood around it */
    char *name;
    uint8_t public_key[32];
} consent__trusted;
/* CONSENT_E_FORMAT when it is none. */
consent_status consent__trust(const consent__cx *cx, const char *vkey, consent__arena *a,
                              consent__trusted *out);
/* The error for a code of include/consent/receipt.h, naming it: "KEY_EMBEDDED: the receipt …". */
consent_status consent__not_trusted(const consent__cx *cx, const char *what, const char *why);
/* Whether a log's name is one of this store, of any generation. */
bool consent__own_log(const consent_store *s, const char *name);

#endif
