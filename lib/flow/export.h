/* SPDX-License-Identifier: Apache-2.0 */
/* Exports: one snapshot, one subject or all, piece by piece to the caller's sink. A format is one
 * file export_NAME.c with one function, and one row of the table in export.c. */
#ifndef CONSENT__FLOW_EXPORT_H
#define CONSENT__FLOW_EXPORT_H

#include <consent/export.h>

#include "flow/said.h"

typedef struct consent__export {
    consent__view view; /* its scratch arena is emptied at every event */
    const char *only;   /* external id; NULL: everybody */
    consent_sink_fn sink;
    void *user;
    consent__buf out;     /* not yet given to the sink */
    consent__arena whom;  /* of one subject at a time */
    consent__arena event; /* of one event at a time */
    int64_t records;
} consent__export;

typedef consent_status (*consent__export_fn)(const consent__cx *cx, consent__export *x);
consent_status consent__flow_export(const consent__cx *cx, consent_store *s, const char *subject,
                                    const char *format, consent_sink_fn sink, void *user,
                                    int64_t *out_records);

/* Gives the sink what has gathered, when it is much. The last byte stays: consent__write_next looks
 * at it. */
consent_status consent__export_flow(const consent__cx *cx, consent__export *x);
/* Ends a record: counts it, empties the scratch arena, gives the sink what has gathered. */
consent_status consent__export_record(const consent__cx *cx, consent__export *x);
/* The chosen subject, or each in the order of registration; its key is wiped afterwards. */
typedef consent_status (*consent__export_whom_fn)(const consent__cx *cx, consent__export *x,
                                                  const consent__subject *subject, void *user);
consent_status consent__export_subjects(const consent__cx *cx, consent__export *x,
                                        consent__export_whom_fn fn, void *user);
/* A subject's acts (consent.*) from <= seq <= to, oldest first. */
typedef consent_status (*consent__export_act_fn)(const consent__cx *cx, consent__export *x,
                                                 const consent__subject *subject,
                                                 const consent__said *said, void *user);
consent_status consent__export_acts(const consent__cx *cx, consent__export *x,
                                    const consent__subject *subject, int64_t from, int64_t to,
                                    consent__export_act_fn fn, void *user);

/* ---- records: what one subject said about one consent point, for iso27560 and dpv ---- */

typedef enum consent__standing { /* what an event of a record says; names in export_record.c */
                                 STANDING_GIVEN,
                                 STANDING_RENEWED,
                                 STANDING_REFUSED,
                                 STANDING_WITHDRAWN,
                                 STANDING_EXPIRED, /* nobody says so: time passed */
                                 STANDING_REVOKED  /* the service was stopped */
} consent__standing;
const char *consent__standing_dpv(consent__standing s);   /* "ConsentGiven" */
const char *consent__consent_type_dpv(const char *class); /* "ExpressedConsent" */

typedef struct consent__record {
    const consent__subject *subject;
    const consent__version *version; /* of the last act */
    const char *point;
    int32_t purpose, share;
    const char *lang; /* of the text of the last act; the binding one when nobody said */
    int64_t first, last;
    uint8_t first_leaf[CONSENT__HASH], last_leaf[CONSENT__HASH];
    int64_t created;
    int32_t guardians_count;
    uint8_t (*guardians)[16];              /* who said something for the subject, each once */
    char id[37], receipt[37], policy[512]; /* UUIDs; consent__policy_urn */
} consent__record;

typedef struct consent__record_event {
    consent__standing standing;
    int64_t at, until;         /* until 0: no end */
    const consent__said *said; /* NULL for what follows from time or the end of the service */
} consent__record_event;

/* A format of records: what stands before the events, each event, what stands after them. `last`
 * is what the last event says. */
typedef struct consent__record_writer {
    void (*head)(consent__export *x, const consent__record *r);
    void (*event)(consent__export *x, const consent__record *r, const consent__record_event *e);
    void (*tail)(consent__export *x, const consent__record *r, consent__standing last);
} consent__record_writer;
consent_status consent__export_records(const consent__cx *cx, consent__export *x,
                                       const consent__record_writer *writer);

/* ---- what both say of the policy ---- */

/* Calls fn for each recipient the point covers: that of the share; else those of the purpose's
 * shares that need no act of their own. */
void consent__record_recipients(consent__export *x, const consent__record *r,
                                void (*fn)(consent__export *x, const consent__record *r,
                                           int32_t recipient));
const consent__indices *consent__record_items(const consent__record *r);
const consent__right *consent__record_right(const consent__record *r,
                                            consent__right_kind kind); /* NULL */
void consent__export_person(const uint8_t uid[16], char out[64]); /* "urn:libconsent:subject:HEX" */

consent_status consent__export_kantara(const consent__cx *cx, consent__export *x);
consent_status consent__export_iso(const consent__cx *cx, consent__export *x);
consent_status consent__export_dpv(const consent__cx *cx, consent__export *x);
consent_status consent__export_csv(const consent__cx *cx, consent__export *x);
consent_status consent__export_json(const consent__cx *cx, consent__export *x);

#endif
