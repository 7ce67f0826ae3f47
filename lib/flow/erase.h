/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENT__FLOW_ERASE_H
#define CONSENT__FLOW_ERASE_H

#include "flow/store.h"

/* What an erasure was: enough to prove it. */
typedef struct consent__erased {
    uint8_t uid[16];
    int64_t events;  /* bodies that became stubs */
    int64_t seq, at; /* of subject.erased */
    uint8_t nonce[CONSENT__NONCE];
    consent__buf seqs; /* the stubs' seqs, ascending, 8 bytes each, little endian */
} consent__erased;
void consent__erased_init(consent__erased *e, const consent__env *env);
void consent__erased_free(consent__erased *e);

/* Erases one subject within the transaction: links to its children end on the children's side, its
 * bodies become stubs, its key, state and look-up go, subject.erased is appended. subject->key is
 * wiped. scrub: the file is to be rewritten as well. */
consent_status consent__erase_subject(const consent__cx *cx, consent__work *work,
                                      consent__subject *subject, bool scrub, consent__erased *out);

#endif
