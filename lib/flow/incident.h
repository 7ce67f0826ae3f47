/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENT__FLOW_INCIDENT_H
#define CONSENT__FLOW_INCIDENT_H

#include "core/event.h"
#include "flow/store.h"

#define CONSENT__INCIDENT_TASK "@incident:"    /* recipient of a task, followed by the number */
#define CONSENT__INCIDENT_GUARDIAN ":guardian" /* ... and this, where it is told of its children   \
                                                */

/* What is known when an incident is opened. */
typedef struct consent__happened {
    const char *policy, *kind, *what;
    int64_t discovered; /* 0: now */
    const char *const *items;
    size_t item_count;
} consent__happened;
/* One step of an incident as a whole. name: content, authority or actor; reason: its text. */
typedef struct consent__step {
    consent__event_kind kind;
    int64_t incident;
    const char *name, *reason;
    int64_t at; /* of a report; 0: now */
    consent_rows **out;
} consent__step;

/* An incident as its events tell it; all in an arena. */
typedef struct consent__incident {
    int64_t number;
    consent__event opened;
    const consent__policy *policy;
    consent__strings contents, channels; /* required; of single subjects, in order */
    const char **texts;                  /* one for each content, NULL: missing */
    bool may_announce;
    const char *reports; /* JSON */
    int64_t reported, announced, closed_at, affected, guardians;
} consent__incident;

consent_status consent__flow_incident_open(const consent__cx *cx, consent_store *s,
                                           const consent__happened *in, consent_rows **out);
consent_status consent__flow_incident_step(const consent__cx *cx, consent_store *s,
                                           const consent__step *in, consent_rows **out);
consent_status consent__flow_incident_affect(const consent__cx *cx, consent_store *s,
                                             int64_t incident, const char *const *subjects,
                                             size_t count, int64_t *out_added);
consent_status consent__flow_incident_notify(const consent__cx *cx, consent_store *s,
                                             int64_t incident, const char *subject,
                                             const char *channel, bool told, consent_rows **out);
/* incident 0: all of them. */
consent_status consent__flow_incident_get(const consent__cx *cx, consent_store *s, int64_t incident,
                                          consent_rows **out);

/* ---- within a transaction (flow/incident_read.c) ---- */
/* CONSENT_E_NOT_FOUND with an error that says so. */
consent_status consent__incident_load(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                      const consent__catalog *c, int64_t number,
                                      consent__arena *arena, consent__incident *out);
/* How many of the affected were told, and how many still can and have to be. */
consent_status consent__incident_count(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                       int64_t number, int64_t *told, int64_t *untold);
/* What keeps it from being complete: JSON list into `json` or words into `words`; either NULL. */
int32_t consent__incident_missing(const consent__incident *in, int64_t untold, consent__buf *json,
                                  consent__buf *words);
bool consent__incident_described(const consent__incident *in);
/* A row of consent_incident_get. now: for what is overdue. */
consent_status consent__incident_row(const consent__cx *cx, const consent__incident *in,
                                     int64_t told, int64_t untold, int64_t now, consent_rows *r);
#define CONSENT__INCIDENT_COLUMNS                                                                  \
    "incident n,kind t,state t,policy t,version t,reason t,discovered u,due u,overdue b,"          \
    "provisional b,items j,contents j,channels j,reports j,affected n,told n,untold n,"            \
    "announced b,missing j,closed u,guardians n"

#endif
