/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENT__FLOW_ERASURE_PROOF_H
#define CONSENT__FLOW_ERASURE_PROOF_H

#include "flow/erase.h"

/* The signed proof of an erasure that is committed, appended: compact JWS (docs/erasure.md). */
consent_status consent__erasure_proof(const consent__cx *cx, consent__view *view,
                                      const consent__erased *erased, consent__buf *out);
/* Without a store, against a verifier key given apart. CONSENT_E_FORMAT, _SIGNATURE, _PROOF. One row:
 * uid t, events n, event n, at u, store t, stubs j. */
consent_status consent__erasure_verify(const consent__cx *cx, const char *proof, const char *vkey,
                                       consent_rows **out);

#endif
