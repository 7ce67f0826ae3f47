/* SPDX-License-Identifier: Apache-2.0 */
/* Events: one wide struct, one table of fields and one table of kinds. The body of an event is the
 * canonical JSON of its fields (docs/events.md lists them; a test holds the two together). Kinds
 * and fields are only ever added. */
#ifndef CONSENT__CORE_EVENT_H
#define CONSENT__CORE_EVENT_H

#include "core/policy.h"

/* Field name = JSON member. Alphabetical, which for these names is canonical order. */
#define CONSENT__FIELDS(X)                                                                         \
    X(actor, TEXT)     /* who did it on the controller's side */                                   \
    X(authority, TEXT) /* who ordered a hold */                                                    \
    X(born, TEXT)      /* YYYY-MM-DD; absent: not known */                                         \
    X(by, UID)         /* the guardian who said it */                                              \
    X(channel, TEXT)                                                                               \
    X(child, UID)                                                                                  \
    X(class, TEXT) /* general, separate, written */                                                \
    X(clock, INT)  /* the raw clock when the event was made */                                     \
    X(count, INT)                                                                                  \
    X(document, TEXT) /* SHA-256 of a signed document */                                           \
    X(due, INT)                                                                                    \
    X(effective_at, INT)                                                                           \
    X(epoch, INT)                                                                                  \
    X(event, INT)     /* another event's seq */                                                    \
    X(evidence, TEXT) /* kind of evidence of a guardian */                                         \
    X(exemption, TEXT)                                                                             \
    X(external, TEXT) /* the host's id of the subject */                                           \
    X(fact, TEXT)                                                                                  \
    X(from, INT) /* acts from */                                                                   \
    X(generation, INT)                                                                             \
    X(granted, BOOL)                                                                               \
    X(guardian, UID)                                                                               \
    X(hold, INT)                                                                                   \
    X(idempotency, TEXT) /* keyed hash of the host's key, 32 hex */                                \
    X(item, TEXT)                                                                                  \
    X(items, LIST)                                                                                 \
    X(key, TEXT)  /* key of a document, a public key */                                            \
    X(kind, TEXT) /* of a request, an incident */                                                  \
    X(lang, TEXT)                                                                                  \
    X(leaf, TEXT) /* leaf hash of the event this one attests */                                    \
    X(method, TEXT)                                                                                \
    X(name, TEXT) /* the operating system's name of a permission */                                \
    X(note, TEXT) /* a signed note */                                                              \
    X(observed, INT)                                                                               \
    X(operation, TEXT)                                                                             \
    X(other, UID) /* the other subject of an adoption */                                           \
    X(point, TEXT)                                                                                 \
    X(policy, TEXT)                                                                                \
    X(profile, TEXT)     /* SHA-256 of the profile a bundle was read with */                       \
    X(provisional, BOOL) /* the due date rests on days not announced yet */                        \
    X(purpose, TEXT)                                                                               \
    X(reason, TEXT)                                                                                \
    X(recipient, TEXT)                                                                             \
    X(request, INT)                                                                                \
    X(sha256, TEXT)                                                                                \
    X(shown, TEXT)  /* hash of the sections shown */                                               \
    X(source, TEXT) /* who observed a fact */                                                      \
    X(state, TEXT)                                                                                 \
    X(store, TEXT) /* store id */                                                                  \
    X(surface, TEXT)                                                                               \
    X(uid, UID) /* whose event it is */                                                            \
    X(until, INT)                                                                                  \
    X(v, INT)       /* format number of the body */                                                \
    X(value, VALUE) /* value of a fact */                                                          \
    X(verifier, TEXT)                                                                              \
    X(version, TEXT)

typedef enum consent__field {
#define CONSENT__X(name, type) F_##name,
    CONSENT__FIELDS(CONSENT__X)
#undef CONSENT__X
        F_COUNT
} consent__field;
typedef enum consent__field_type {
    FIELD_TEXT,
    FIELD_INT,
    FIELD_BOOL,
    FIELD_UID,
    FIELD_LIST,
    FIELD_VALUE
} consent__field_type;

#define CONSENT__BIT(field) (UINT64_C(1) << F_##field)

/* Kinds: name, owner, required and optional fields beside v and clock (and uid for subjects). */
typedef enum consent__event_kind {
    EV_STORE_CREATED,
    EV_STORE_RESTORED,
    EV_PROFILE_IMPORTED,
    EV_CALENDAR_IMPORTED,
    EV_POLICY_IMPORTED,
    EV_POLICY_PUBLISHED,
    EV_SUBJECT_REGISTERED,
    EV_SUBJECT_CORRECTED,
    EV_SUBJECT_ADOPTED,  /* the device subject: takes no further acts */
    EV_SUBJECT_ADOPTION, /* the account: took over from a device subject */
    EV_CONSENT_GRANTED,
    EV_CONSENT_REFUSED,
    EV_CONSENT_WITHDRAWN,
    EV_CONSENT_IMPLIED,
    EV_CONSENT_INHERITED, /* a decision taken over from an adopted device subject */
    EV_CONSENT_RECEIVED,  /* a decision said on another store, taken in by its receipt */
    EV_GUARDIAN_LINKED,
    EV_GUARDIAN_VERIFIED,
    EV_GUARDIAN_ENDED,
    EV_GUARDIAN_ATTESTED, /* the guardian's own event of an act for a child */
    EV_PERMISSION_RECORDED,
    EV_FACT_PUT,
    EV_PURPOSE_OBJECTED,
    EV_PROCESSING_RESTRICTED,
    EV_PROCESSING_UNRESTRICTED,
    EV_NOTICE_SHOWN,
    EV_NOTICE_ACKNOWLEDGED,
    EV_EXEMPTION_USED,
    EV_SERVICE_STOPPED,
    EV_CONTROLLER_CHANGED,
    EV_SUBJECT_ERASED,    /* of the store: the only trace that stays */
    EV_OBLIGATION_ARISEN, /* an act of the subject or a guardian makes the controller owe something
                           */
    EV_OBLIGATION_MET,
    EV_DEIDENTIFICATION_CLAIMED, /* of the store: data that left without being personal any more */
    EV_REQUEST_OPENED,
    EV_REQUEST_MOVED,
    EV_REQUEST_EXTENDED,
    EV_REQUEST_ACKNOWLEDGED, /* the cancellation agreement */
    EV_REQUEST_DUE,          /* computed anew because the calendar's data changed */
    EV_HOLD_PLACED,
    EV_HOLD_RELEASED,
    EV_REMAINDER_KEPT,       /* of the store: what is kept of an erased subject */
    EV_REMAINDER_RELEASED,   /* of the store: what was kept of an erased subject may go */
    EV_ERASURE_ACKNOWLEDGED, /* of the store: a recipient has erased what it had */
    EV_KEY_ROTATED, /* of the store: another master key */
    EV_LEDGER_REKEYED, /* of the store: the log has a new key, signed by the old one */
    EV_INCIDENT_OPENED,    /* of the store, like the next six: data leaked, changed or was lost */
    EV_INCIDENT_DESCRIBED, /* one of the contents of its notice */
    EV_INCIDENT_REPORTED,  /* to an authority */
    EV_INCIDENT_AFFECTED,  /* so many more subjects are */
    EV_INCIDENT_GUARDIANS, /* so many guardians of affected children are told as well */
    EV_INCIDENT_ANNOUNCED, /* in public, where telling each is impractical */
    EV_INCIDENT_CLOSED,
    EV_INCIDENT_NOTIFIED, /* of a subject: it was told, or could not be reached that way */
    EV_RETENTION_APPLIED, /* of a subject: the period of some items is over */
    EV_RETENTION_EXTENDED,
    EV_RETENTION_RELEASED, /* ... before the extension's time */
    EV_COUNT
} consent__event_kind;

typedef struct consent__kind_row {
    const char *name;
    bool store; /* a store-level event: clear body, no subject */
    uint64_t required, optional;
    int32_t v;
} consent__kind_row;
typedef struct consent__field_row {
    const char *name;
    consent__field_type type;
    size_t offset;
} consent__field_row;

typedef struct consent__event {
    consent__event_kind kind;
    uint64_t has;    /* bit per field */
    int64_t seq, at; /* of the row; not in the body */
#define CONSENT__TYPE_TEXT const char *
#define CONSENT__TYPE_INT int64_t
#define CONSENT__TYPE_BOOL bool
#define CONSENT__TYPE_UID uint8_t
#define CONSENT__TYPE_LIST consent__strings
#define CONSENT__TYPE_VALUE consent__value
#define CONSENT__DIM_TEXT
#define CONSENT__DIM_INT
#define CONSENT__DIM_BOOL
#define CONSENT__DIM_UID [16]
#define CONSENT__DIM_LIST
#define CONSENT__DIM_VALUE
#define CONSENT__X(name, type) CONSENT__TYPE_##type name##_ CONSENT__DIM_##type;
    CONSENT__FIELDS(CONSENT__X)
#undef CONSENT__X
} consent__event;

extern const consent__field_row consent__field_table[F_COUNT];
extern const consent__kind_row consent__kind_table[EV_COUNT];
int32_t consent__event_kind_of(const char *name); /* -1 */
/* The event has all required fields of its kind and no others. */
bool consent__event_complete(const consent__event *e);

/* Since when the version of a policy.published is in force: the event's `from`, else the later of its
 * time `at` and effective_at. */
int64_t consent__event_in_force(const consent__event *e, int64_t at);

/* Every number lies within what canonical JSON keeps exact. */
bool consent__event_in_range(const consent__event *e);

/* Setters that also mark the field as present; a NULL text leaves it absent. */
#define CONSENT__SET(e, field, val) ((e)->field##_ = (val), (e)->has |= CONSENT__BIT(field))
#define CONSENT__SET_TEXT(e, field, val)                                                           \
    do {                                                                                           \
        const char *consent__t = (val);                                                            \
        if (consent__t)                                                                            \
            CONSENT__SET(e, field, consent__t);                                                    \
    } while (0)
#define CONSENT__HAS(e, field) (((e)->has & CONSENT__BIT(field)) != 0)
void consent__event_set_uid(consent__event *e, consent__field field, const uint8_t uid[16]);

#endif
