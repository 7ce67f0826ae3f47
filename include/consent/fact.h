/* SPDX-License-Identifier: Apache-2.0 */
/* Facts: what only the host knows (a balance, an open dispute, an approval), with the source that saw it
 * and when. Preconditions of purposes and of cancellation are decided on them. */
#ifndef CONSENT_FACT_H
#define CONSENT_FACT_H

#include <consent/rows.h>
#include <consent/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Takes an observation as the newest: now. */
#define CONSENT_OBSERVED_NOW INT64_MIN

/* Records an observation. `value` is a JSON scalar: null, true, false, an integer of at most 2^53-1, a
 * text in quotation marks; money is in minor units. `observed` is when the source saw it (microseconds)
 * or CONSENT_OBSERVED_NOW, never later than now. Per source the newest observation counts; sources
 * that disagree make the fact undetermined, which is never a yes. Errors: CONSENT_E_SYNTAX, _INPUT,
 * _LIMIT (the value), _ARGUMENT, _ENCODING, _NOT_FOUND, _STATE. */
CONSENT_API consent_status consent_fact_put(consent_store *store, const char *subject,
                                            const char *fact, const char *value,
                                            const char *source, int64_t observed,
                                            consent_error **err);
/* The newest observation of each fact by each source. Columns: fact t, value j, source t, observed u,
 * event n.
 * CONSENT_E_NOT_FOUND, _ARGUMENT, _ENCODING. */
CONSENT_API consent_status consent_fact_list(consent_store *store, const char *subject,
                                             consent_rows **out, consent_error **err);

#ifdef __cplusplus
}
#endif
#endif
