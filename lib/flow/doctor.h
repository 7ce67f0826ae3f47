/* SPDX-License-Identifier: Apache-2.0 */
/* The doctor: is what the checks read what the ledger says, and is the file as it should be? */
#ifndef CONSENT__FLOW_DOCTOR_H
#define CONSENT__FLOW_DOCTOR_H

#include "flow/findings.h"
#include "flow/store.h"

/* Points, epochs and notices of every published version, worked out anew. */
consent_status consent__doctor_catalog(const consent__cx *cx, consent__view *view,
                                       consent__findings *found);

/* *subjects: how many there are. */
consent_status consent__flow_doctor(const consent__cx *cx, consent_store *s,
                                    consent_progress_fn progress, void *user, int64_t *subjects,
                                    consent_rows **out);

#endif
