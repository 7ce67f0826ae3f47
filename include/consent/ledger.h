/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger: every change of state is one immutable event, a leaf of an RFC 6962 tree. */
#ifndef CONSENT_LEDGER_H
#define CONSENT_LEDGER_H

#include <consent/rows.h>
#include <consent/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Size and root of the tree now. One row: size n, root t (64 hex), at u (absent when empty),
 * checkpoint t (C2SP signed note over size and root), key t (verifier key). */
CONSENT_API consent_status consent_ledger_head(consent_store *store, consent_rows **out,
                                               consent_error **err);

#ifdef __cplusplus
}
#endif
#endif
