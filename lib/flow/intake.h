/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENT__FLOW_INTAKE_H
#define CONSENT__FLOW_INTAKE_H

#include "flow/store.h"

/* Of a receipt that is taken in: it becomes part of an event, whose own receipt has to fit its
 * limit. */
#define CONSENT__INTAKE_MAX (96u * 1024)

/* Takes in the receipt of a decision said on another store. subject, guardian: external ids here,
 * NULL when receipts of the same subject there were taken in before. rows may be NULL. */
consent_status consent__flow_receipt_import(const consent__cx *cx, consent_store *s,
                                            const void *receipt, size_t n, const char *vkey,
                                            const char *subject, const char *guardian,
                                            consent_rows **rows);
#endif
