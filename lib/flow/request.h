/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENT__FLOW_REQUEST_H
#define CONSENT__FLOW_REQUEST_H

#include "core/request.h"
#include "flow/store.h"

/* Who asks for what; absent texts NULL. */
typedef struct consent__asking {
    const char *subject, *kind, *policy, *channel, *standing, *guardian, *evidence, *method;
    bool has_received;
    int64_t received_at;      /* when not now */
    bool acknowledges;        /* the cancellation agreement in `lang` as it stands */
    const char *lang, *shown; /* shown: hash of what was shown, NULL: as the library gives it */
} consent__asking;
typedef struct consent__moving {
    int64_t number;
    const char *to, *why, *actor, *method, *document;
    consent_rows **out; /* of a use case; NULL within a larger one */
} consent__moving;

consent_status consent__flow_request_open(const consent__cx *cx, consent_store *s,
                                          const consent__asking *asking, consent_rows **out);
consent_status consent__flow_request_advance(const consent__cx *cx, consent_store *s,
                                             const consent__moving *moving, consent_rows **out);
consent_status consent__flow_request_extend(const consent__cx *cx, consent_store *s, int64_t number,
                                            const char *why, const char *actor, consent_rows **out);
consent_status consent__flow_request_show(const consent__cx *cx, consent_store *s, int64_t number,
                                          consent_rows **out);
/* subject NULL: of all. open_only: in the order they are due. */
consent_status consent__flow_request_list(const consent__cx *cx, consent_store *s,
                                          const char *subject, bool open_only, consent_rows **out);

/* ---- within a transaction ---- */
consent_status consent__request_rows(const consent__cx *cx, consent__view *view, int64_t number,
                                     consent_rows **out);
/* The same of what the transaction has written so far. */
consent_status consent__request_rows_now(const consent__cx *cx, consent__work *w, int64_t number,
                                         consent_rows **out);
/* Answers st; on failure *out is freed. */
consent_status consent__request_answer(consent_status st, consent_rows **out);
/* Opens; *out_number. The subject is loaded. */
consent_status consent__request_open(const consent__cx *cx, consent__work *w,
                                     consent__subject *subject, const consent__asking *asking,
                                     int64_t *out_number);
/* One move of a request of the subject; checks the table. */
consent_status consent__request_move(const consent__cx *cx, consent__work *w,
                                     consent__subject *subject, const consent__moving *moving,
                                     bool executing);
/* The subject of a request, loaded. NOT_FOUND; STATE when erased. */
consent_status consent__request_subject(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                        int64_t number, consent__arena *arena,
                                        consent__subject *out);
/* After a calendar changed: open requests that count by it. */
consent_status consent__requests_due_anew(const consent__cx *cx, consent__work *w,
                                          const char *calendar);
/* Index of the subject's open request of a kind, -1. */
int32_t consent__request_open_of(const consent__state *s, int32_t kind);

#endif
