/* SPDX-License-Identifier: Apache-2.0 */
/* Receipts as bytes: the compact JWS around a payload, and everything a verifier checks. */
#ifndef CONSENT__LEDGER_RECEIPT_H
#define CONSENT__LEDGER_RECEIPT_H

#include "ledger/ledger.h"

#define CONSENT__RECEIPT_MAX (256u * 1024)
#define CONSENT__RECEIPT_TYPE "consent-receipt+jwt"
#define CONSENT__POLICY_TYPE "consent-policy+jwt"

/* BASE64URL(header).BASE64URL(payload): what is signed. */
void consent__jws_input(consent__buf *out, const char *type, const uint8_t kid[4],
                        const void *payload, size_t n);
void consent__jws_finish(consent__buf *out, const uint8_t signature[CONSENT__SIGNATURE]);
/* Verifies header and signature against one known key. *why: NULL when good, else the code; the
 * payload as it stands is appended in either case, if it could be decoded. Fails only for want of
 * memory. */
consent_status consent__jws_signed(const consent__cx *cx, const char *jws, size_t n, size_t max,
                                   const char *type, const char *name, const uint8_t public_key[32],
                                   consent__buf *payload, const char **why);
/* The same; the payload is appended in canonical form, if it is JSON that we take. */
consent_status consent__jws_open(const consent__cx *cx, const char *jws, size_t n, size_t max,
                                 const char *type, const char *name, const uint8_t public_key[32],
                                 consent__buf *payload, const char **why);

typedef struct consent__receipt {
    const char *why; /* NULL: good */
    int64_t seq, at;
    const char *kind;
    uint8_t nonce[CONSENT__NONCE], leaf[CONSENT__HASH];
    const char *body; /* canonical JSON */
    size_t body_len;
    const char *id; /* consentReceiptID */
    consent__checkpoint checkpoint;
} consent__receipt;
/* Texts in the arena; the payload in canonical form is appended. Fails only for want of memory. */
consent_status consent__receipt_open(const consent__cx *cx, const char *jws, size_t n,
                                     const char *name, const uint8_t public_key[32],
                                     consent__arena *a, consent__buf *payload,
                                     consent__receipt *out);
/* Hashes, proof and checkpoint of a `ledger` object (canonical JSON) alone. */
consent_status consent__proven_open(const consent__cx *cx, const void *ledger, size_t n,
                                    const char *name, const uint8_t public_key[32],
                                    consent__arena *a, consent__receipt *out);
/* A line of an evidence bundle (canonical JSON): the same members and `leaf`, under a checkpoint
 * that stands elsewhere and is verified. why: MALFORMED, LEAF (the event does not give the leaf
 * told), PROOF. */
consent_status consent__proven_under(const consent__cx *cx, const void *line, size_t n,
                                     const consent__checkpoint *point, consent__arena *a,
                                     consent__receipt *out);
/* UUID (RFC 9562, version 8) made of the leaf hash: the same for ever, another for every event. */
void consent__receipt_id(const uint8_t leaf[CONSENT__HASH], char out[37]);
#endif
