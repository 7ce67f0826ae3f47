/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/fact.h>

#include "api/call.h"
#include "flow/fact.h"

consent_status consent_fact_put(consent_store *store, const char *subject, const char *fact,
                                const char *value, const char *source, int64_t observed,
                                consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "fact put", err, NULL, false);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_fact_put(&cx, store, subject, fact, value,
                                                                source, observed))
               : st;
}

consent_status consent_fact_list(consent_store *store, const char *subject, consent_rows **out,
                                 consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "fact list", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_fact_list(&cx, store, subject, out))
               : st;
}
