/* SPDX-License-Identifier: Apache-2.0 */
/* What every public function on a store does around its flow. */
#ifndef CONSENT__API_CALL_H
#define CONSENT__API_CALL_H

#include "flow/store.h"

/* Clears *err and *out, refuses a NULL out when one is wanted, enters the store. After CONSENT_OK
 * the caller runs its flow and ends with consent__api_end. */
consent_status consent__api_begin(consent__cx *cx, consent_store *store, const char *op,
                                  consent_error **err, consent_rows **out, bool wants_out);
consent_status consent__api_end(consent_store *store, consent_status status);
/* CONSENT_E_ARGUMENT naming `what` when text is NULL or empty. */
consent_status consent__api_need(const consent__cx *cx, const char *text, const char *what);

/* Sets a text of a builder to a copy of value (NULL takes it back). CONSENT_E_ARGUMENT when the
 * builder is NULL (field NULL), CONSENT_E_MEMORY. */
consent_status consent__api_put(const char **field, const char *value);
void consent__api_drop(const char *const *fields, size_t count);

#endif
