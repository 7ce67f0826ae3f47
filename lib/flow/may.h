/* SPDX-License-Identifier: Apache-2.0 */
/* The one-bit check, from memory where it can be. */
#ifndef CONSENT__FLOW_MAY_H
#define CONSENT__FLOW_MAY_H

#include <consent/handle.h>

#include "flow/store.h"

consent_status consent__handle_new(const consent__cx *cx, consent_store *s, const char *subject,
                                   consent_handle **out);
void consent__handle_free(consent_handle *h);
bool consent__handle_may(consent_handle *h, int32_t purpose);
consent_status consent__purpose_number(const consent__cx *cx, consent_store *s, const char *purpose,
                                       int32_t *out);
bool consent__flow_may(consent_store *s, const char *subject, const char *purpose);

#endif
