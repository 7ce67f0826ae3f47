/* SPDX-License-Identifier: Apache-2.0 */
/* One event, opened, with what it is about: what receipts and exports tell. */
#ifndef CONSENT__FLOW_SAID_H
#define CONSENT__FLOW_SAID_H

#include "flow/store.h"

typedef struct consent__said {
    int64_t seq, at;
    const char *kind;
    uint8_t commitment[CONSENT__HASH], leaf[CONSENT__HASH];
    uint8_t nonce[CONSENT__NONCE];
    const char *body; /* canonical JSON; NULL: a stub, as an erasure leaves it */
    size_t body_len;
    consent__event event;            /* nothing set for a stub */
    const consent__version *version; /* NULL when the event names none */
    int32_t purpose, share;          /* of the version; -1 */
} consent__said;

/* Opens a row (subject's uid and key NULL for events of the store). Texts live in the arena. */
consent_status consent__said_row(const consent__cx *cx, consent__view *v,
                                 const consent__event_row *row, const uint8_t *uid,
                                 const uint8_t *key, consent__arena *arena, consent__said *out);
/* The same by number: finds the subject's key. CONSENT_E_NOT_FOUND with an error. */
consent_status consent__said_get(const consent__cx *cx, consent__view *v, int64_t seq,
                                 consent__arena *arena, consent__said *out);
bool consent__said_decision(const consent__said *s); /* a decision of the subject or a guardian */
/* granted, refused, withdrawn; NULL for what is no decision. */
const char *consent__said_word(const consent__said *s);
/* ---- in the words of others; members of an object that is open ---- */
/* Kantara Consent Receipt 1.1. It can say nothing but that consent was given: for what was refused
 * or withdrawn it names no service. principal NULL: the uid. */
void consent__said_kantara(consent__buf *out, const consent__view *v, const consent__said *s,
                           const char *principal);
/* Text in the binding language, "" when there is none. */
const char *consent__binding(const consent__text *t);
/* "urn:libconsent:policy:KEY:VERSION:sha256:HEX" */
void consent__policy_urn(const consent__version *v, char *out, size_t size);
/* The version whose controller speaks for an event: its own, else the newest published. NULL. */
const consent__version *consent__said_controller(const consent__view *v, const consent__said *s);
const char *consent__contact_of(const consent__policy *p, const char *kind); /* NULL */
/* "365 days after collected, then delete"; in the arena. */
const char *consent__retention_text(consent__arena *arena, const consent__item *item);
/* Items of a point: the purpose's, or the share's. */
const consent__indices *consent__said_items(const consent__said *s);
#endif
