/* SPDX-License-Identifier: Apache-2.0 */
/* What the checks know of one subject: the sealed row as plain structs. It is made by one reducer
 * alone, from events in order: when written, when replayed by doctor, and when answering as of the
 * past; so the three cannot differ. */
#ifndef CONSENT__CORE_STATE_H
#define CONSENT__CORE_STATE_H

#include "core/catalog.h"
#include "core/event.h"
#include "util/arena.h"
#include "util/buf.h"

typedef struct consent__spoken { /* last act of one speaker at one point and epoch */
    uint32_t point;
    int64_t epoch;
    int32_t decision, cls;
    bool by_guardian, evidenced, document, inherited;
    uint8_t by[16];  /* the guardian's uid */
    int64_t version; /* id */
    int64_t seq, at, from;
    int64_t until;      /* 0: no end */
    int32_t device;     /* number of the device it was said on (consent__state.devices), 0: here */
    int64_t device_seq; /* its place in that device's ledger */
    int64_t lead; /* of a received act: by how much the device's clock was ahead of when it came */
} consent__spoken;

/* A subject of another store that is the same person: whose receipts are taken in. */
typedef struct consent__device {
    const char *origin; /* name of its log */
    uint8_t uid[16];    /* the subject's there */
} consent__device;

typedef struct consent__link { /* a guardian of this subject */
    uint8_t guardian[16];
    const char *evidence;
    int64_t since, verified_at, ended_at, until; /* 0: not */
    int64_t seq, ended_seq; /* what was said between them stands; ended_seq 0: not ended */
} consent__link;

typedef struct consent__allowed {
    const char *name;
    bool granted;
    int64_t seq, at;
} consent__allowed;
typedef struct consent__known { /* newest observation of a fact by one source */
    const char *fact, *source;
    consent__value value;
    int64_t observed, seq, true_seq; /* true_seq: last time it was known true (dispute facts) */
} consent__known;
typedef struct consent__objection {
    uint32_t point;
    int64_t seq, at;
} consent__objection;
typedef struct consent__restriction {
    const char *item;
    int64_t seq, at;
} consent__restriction; /* item NULL: everything */
typedef struct consent__notice {
    int64_t version, shown_at, acknowledged_at;
} consent__notice;

typedef struct consent__ward { /* a child this subject is or was a guardian of */
    uint8_t child[16];
} consent__ward;
typedef enum consent__owed_kind {
    OWED_INFORM_RECIPIENT, /* a recipient that got data under a consent that is over */
    OWED_DELETE_COLLECTED, /* what was collected under it */
    OWED_INFORM_GUARDIAN,  /* the guardian who refused, of what became of the data */
    OWED_COUNT
} consent__owed_kind;
const char *consent__owed_name(int v); /* core/names.c */
typedef struct consent__owed {         /* what the controller owes because of an act, until met */
    int32_t kind;
    uint32_t point;
    const char *recipient; /* NULL: none */
    bool has_guardian;
    uint8_t guardian[16];
    int64_t cause; /* seq of the act */
    int64_t seq, at;
    int64_t met_at; /* 0: not yet */
} consent__owed;

typedef struct consent__request {  /* a right that was exercised */
    int64_t number;                /* seq of request.opened */
    int32_t kind, stage, standing; /* consent__right_kind; core/request.h */
    int64_t version;               /* id of the version whose rules it follows */
    int64_t received_at;
    int64_t due;      /* CONSENT__NO_INSTANT: none */
    int64_t until;    /* end of the cooling-off, 0: none */
    int64_t waited;   /* how long it was paused */
    int64_t moved_at; /* since when it is in its stage */
    bool provisional, extended;
    bool acknowledged; /* the cancellation agreement was */
} consent__request;

typedef struct consent__hold { /* what must not be erased although erasure is due */
    int64_t number;            /* seq of hold.placed */
    const char *authority;
    int64_t at, until;      /* until 0: until it is released */
    consent__strings items; /* none: all */
} consent__hold;

typedef struct consent__expired { /* a retention period that is over and was acted upon */
    const char *item;
    int64_t version; /* id of the version whose rule it was */
    int32_t then;    /* consent__then */
    int64_t since;   /* start of the period */
    int64_t seq, at; /* of retention.applied */
} consent__expired;
typedef struct consent__extension { /* an item may be kept longer than its period */
    const char *item, *reason;
    int64_t until, seq, at;
} consent__extension;

typedef struct consent__state {
    uint8_t uid[16];
    const char *external;
    int64_t registered_at;
    int32_t born; /* year * 10000 + month * 100 + day, 0: not known */
    bool adopted;
    int64_t seq;    /* last event applied */
    int64_t events; /* how many were */
#define CONSENT__GROWING(type, name)                                                               \
    int32_t name##_count, name##_cap;                                                              \
    type *name
    CONSENT__GROWING(consent__spoken, spoken);
    CONSENT__GROWING(consent__link, links);
    CONSENT__GROWING(consent__allowed, allowed);
    CONSENT__GROWING(consent__known, known);
    CONSENT__GROWING(consent__objection, objections);
    CONSENT__GROWING(consent__restriction, restrictions);
    CONSENT__GROWING(consent__notice, notices);
    CONSENT__GROWING(consent__ward, wards);
    CONSENT__GROWING(consent__owed, owed);
    bool starved; /* decoding failed only because memory ran out */
    CONSENT__GROWING(consent__request, requests);
    CONSENT__GROWING(consent__hold, holds);
    CONSENT__GROWING(consent__expired, expired); /* one for each item and policy */
    CONSENT__GROWING(consent__extension, extensions);
    CONSENT__GROWING(consent__device, devices); /* in the order they were first heard of */
    CONSENT__GROWING(consent__spoken,
                     lasts); /* last withdrawals; once there are devices, last acts of each store */
    consent__arena *arena;   /* where lists grow and texts are copied */
} consent__state;

/* What a decision says: CONSENT_DECISION_*; 0 for any other event. */
int32_t consent__event_decision(const consent__event *e);
/* Whether a was said after b. Acts of one store: by their places in its ledger. Of two: by
 * consent__said_at, and at the very same instant the one that says no. No total order over acts of
 * several stores: what stands of those is worked out from the last of each (lasts). */
bool consent__said_after(const consent__spoken *a, const consent__spoken *b);
/* The instant that counts against other stores' acts. */
int64_t consent__said_at(const consent__spoken *a);
bool consent__same_speaker(const consent__spoken *a, const consent__spoken *b);
/* Number of a device in the list, 0: not there. */
int32_t consent__device_number(const consent__state *s, const char *origin, const uint8_t uid[16]);

void consent__state_init(consent__state *s, consent__arena *arena);
/* Applies one event of this subject. The catalogue gives numbers to points and versions.
 * CONSENT_E_MEMORY, or CONSENT_E_CORRUPT for an event that cannot follow this state. */
consent_status consent__state_apply(const consent__cx *cx, consent__state *s,
                                    const consent__catalog *catalog, const consent__event *e);
/* The bytes inside the sealed row; equal states give equal bytes. */
void consent__state_encode(const consent__state *s, consent__buf *out);
/* Texts point into bytes, which must outlive the state. False when malformed or out of memory. */
bool consent__state_decode(consent__state *s, const uint8_t *bytes, size_t n,
                           consent__arena *arena);

#endif
