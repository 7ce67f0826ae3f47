/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENT__FLOW_SUMMARY_H
#define CONSENT__FLOW_SUMMARY_H

#include "flow/store.h"

typedef struct consent__summary_asked {
    int64_t from, to, parts;
    consent_progress_fn progress; /* may be NULL */
    void *user;
} consent__summary_asked;
consent_status consent__flow_summary(const consent__cx *cx, consent_store *s,
                                     const consent__summary_asked *asked, consent_rows **out);

#endif
