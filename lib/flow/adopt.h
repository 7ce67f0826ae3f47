/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENT__FLOW_ADOPT_H
#define CONSENT__FLOW_ADOPT_H

#include "flow/store.h"

/* guardian NULL: none stands by. out_count may be NULL: decisions taken over. */
consent_status consent__flow_subject_adopt(const consent__cx *cx, consent_store *s,
                                           const char *from, const char *to, const char *guardian,
                                           int64_t *out_count);

#endif
