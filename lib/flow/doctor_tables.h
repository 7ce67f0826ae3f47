/* SPDX-License-Identifier: Apache-2.0 */
/* Tables that lists and repetitions are answered from, against the ledger. */
#ifndef CONSENT__FLOW_DOCTOR_TABLES_H
#define CONSENT__FLOW_DOCTOR_TABLES_H

#include "flow/findings.h"
#include "flow/store.h"

typedef struct consent__tables {
    consent__view *view;
    consent__findings *found;
    int64_t subject; /* whose events are replayed */
    int64_t keys;    /* events with an idempotency key so far */
    consent__arena arena;
    consent__buf released; /* uid and digest of the reason of each remainder.released */
    int64_t rows;          /* of idem */
} consent__tables;

void consent__tables_init(consent__tables *t, consent__view *view, consent__findings *found);
void consent__tables_free(consent__tables *t);
/* A replayed event of t->subject: its idempotency key leads back to it. */
consent_status consent__tables_event(const consent__cx *cx, void *tables, const consent__event *e);
/* The requests of a replayed state are those of the table. */
consent_status consent__tables_requests(const consent__cx *cx, consent__tables *t,
                                        const consent__state *s);
/* After all subjects: rows that no event made, events whose rows are gone. */
consent_status consent__tables_rest(const consent__cx *cx, consent__tables *t);

#endif
