/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENT__FLOW_LEDGER_H
#define CONSENT__FLOW_LEDGER_H

#include "flow/store.h"

consent_status consent__flow_ledger_head(const consent__cx *cx, consent_store *s,
                                         consent_rows **out);

#endif
