/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/export.h>

#include "api/call.h"
#include "flow/export.h"

consent_status consent_export(consent_store *store, const char *subject, const char *format,
                              consent_sink_fn sink, void *user, int64_t *out_records,
                              consent_error **err) {
    consent__cx cx;
    int64_t records = 0;
    consent_status st = consent__api_begin(&cx, store, "export", err, NULL, false);
    if (out_records)
        *out_records = 0;
    if (st != CONSENT_OK)
        return st;
    st = consent__api_need(&cx, format, "format");
    if (st == CONSENT_OK && !sink)
        st = consent__fail(&cx, CONSENT_E_ARGUMENT, "the sink is NULL");
    if (st == CONSENT_OK)
        st = consent__flow_export(&cx, store, subject, format, sink, user, &records);
    if (out_records)
        *out_records = records;
    return consent__api_end(store, st);
}
