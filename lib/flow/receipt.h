/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENT__FLOW_RECEIPT_H
#define CONSENT__FLOW_RECEIPT_H

#include "flow/ledger.h"
#include "flow/said.h"

/* `ledger` object of an event: what proves it; without a checkpoint when that is NULL. */
consent_status consent__ledger_json(const consent__cx *cx, consent__prover *p,
                                    const consent__said *said, const consent__buf *checkpoint,
                                    consent__buf *out);
/* Payload of a receipt, canonical, appended. */
consent_status consent__receipt_payload(const consent__cx *cx, consent__view *v, consent__prover *p,
                                        const consent__said *said, const consent__buf *checkpoint,
                                        consent__buf *out);
/* Kinds whose events have a receipt. */
bool consent__receipt_kind(const char *kind);
/* CONSENT_E_STATE, CONSENT_E_REFUSED: see consent_receipt_issue. */
consent_status consent__receipt_allowed(const consent__cx *cx, const consent__said *said);
/* Signs a payload into a compact JWS, appended. */
consent_status consent__jws_sign(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                 const char *type, const consent__buf *payload, consent__buf *out);
consent_status consent__flow_receipt_issue(const consent__cx *cx, consent_store *s, int64_t event,
                                           consent_rows **out);
consent_status consent__flow_receipt_verify(const consent__cx *cx, const void *receipt, size_t n,
                                            const char *vkey, consent_rows **out);
#endif
