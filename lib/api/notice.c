/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/notice.h>

#include "api/call.h"
#include "flow/notice.h"

consent_status consent_notice_page(consent_store *store, const char *policy, const char *lang,
                                   consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "notice page", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_notice_page(&cx, store, policy, lang, out))
               : st;
}

consent_status consent_notice_pending(consent_store *store, const char *subject, const char *policy,
                                      const char *lang, consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "notice pending", err, out, true);
    return st == CONSENT_OK ? consent__api_end(store, consent__flow_notice_pending(
                                                          &cx, store, subject, policy, lang, out))
                            : st;
}

consent_status consent_notice_count(consent_store *store, const char *policy, int64_t after,
                                    int64_t limit, int64_t *out_next, consent_rows **out,
                                    consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "notice count", err, out, true);
    if (out_next)
        *out_next = 0;
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_notice_count(&cx, store, policy, after,
                                                                    limit, out_next, out))
               : st;
}

static consent_status record(consent_store *store, const char *op, const char *subject,
                             const consent__noticing *in, consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, op, err, out, false);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_notice_record(&cx, store, subject, in, out))
               : st;
}

consent_status consent_notice_shown(consent_store *store, const char *subject, const char *policy,
                                    const char *version, const char *surface, const char *lang,
                                    consent_rows **out, consent_error **err) {
    consent__noticing in = {policy, version, surface, lang, NULL, false};
    return record(store, "notice shown", subject, &in, out, err);
}

consent_status consent_notice_acknowledge(consent_store *store, const char *subject,
                                          const char *policy, const char *version,
                                          const char *surface, const char *lang,
                                          const char *guardian, consent_rows **out,
                                          consent_error **err) {
    consent__noticing in = {policy, version, surface, lang, guardian, true};
    return record(store, "notice ack", subject, &in, out, err);
}
