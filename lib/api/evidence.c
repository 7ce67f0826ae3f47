/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/evidence.h>

#include "api/call.h"
#include "flow/evidence.h"
#include "flow/whole.h"

consent_status consent_evidence_export(consent_store *store, const char *subject,
                                       consent_evidence_fn give, void *user, consent_rows **out,
                                       consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "evidence export", err, out, true);
    if (st != CONSENT_OK)
        return st;
    if (!give)
        st = consent__fail(&cx, CONSENT_E_ARGUMENT, "the function that takes the files is NULL");
    else
        st = consent__flow_evidence_export(&cx, store, subject, give, user, out);
    return consent__api_end(store, st);
}

static consent_status begin(consent__cx *cx, consent_error **err, bool good) {
    *cx = (consent__cx){&consent__env_default, err, "evidence verify"};
    if (err)
        *err = NULL;
    return good ? CONSENT_OK
                : consent__fail(cx, CONSENT_E_ARGUMENT, "what is needed for evidence is NULL");
}

consent_status consent_evidence_new(const char *key, consent_evidence **out, consent_error **err) {
    consent__cx cx;
    consent_status st = begin(&cx, err, out != NULL);
    if (st != CONSENT_OK)
        return st;
    *out = NULL;
    return consent__flow_evidence_new(&cx, key, out);
}

void consent_evidence_free(consent_evidence *evidence) {
    consent__flow_evidence_free(evidence);
}

const char *consent_evidence_wants(const consent_evidence *evidence) {
    return evidence ? consent__flow_evidence_wants(evidence) : NULL;
}

consent_status consent_evidence_give(consent_evidence *evidence, const void *bytes, size_t len,
                                     consent_error **err) {
    consent__cx cx;
    consent_status st = begin(&cx, err, evidence && (bytes || !len));
    return st == CONSENT_OK ? consent__flow_evidence_give(&cx, evidence, bytes, len) : st;
}

consent_status consent_evidence_end(consent_evidence *evidence, bool there, consent_error **err) {
    consent__cx cx;
    consent_status st = begin(&cx, err, evidence != NULL);
    return st == CONSENT_OK ? consent__flow_evidence_end(&cx, evidence, there) : st;
}

consent_status consent_evidence_found(consent_evidence *evidence, const char *file,
                                      consent_error **err) {
    consent__cx cx;
    consent_status st = begin(&cx, err, evidence && file);
    return st == CONSENT_OK ? consent__flow_evidence_found(&cx, evidence, file) : st;
}

consent_status consent_evidence_verdict(consent_evidence *evidence, consent_rows **out,
                                        consent_error **err) {
    consent__cx cx;
    consent_status st = begin(&cx, err, evidence && out);
    if (out)
        *out = NULL;
    return st == CONSENT_OK ? consent__flow_evidence_verdict(&cx, evidence, out) : st;
}

consent_status consent_evidence_findings(consent_evidence *evidence, consent_rows **out,
                                         consent_error **err) {
    consent__cx cx;
    consent_status st = begin(&cx, err, evidence && out);
    if (out)
        *out = NULL;
    return st == CONSENT_OK ? consent__flow_evidence_findings(&cx, evidence, out) : st;
}

consent_status consent_evidence_import(const char *path, const consent_options *options,
                                       const char *file, const char *key, consent_store **out,
                                       consent_error **err) {
    consent__cx cx = {options ? &options->env : &consent__env_default, err, "evidence import"};
    if (err)
        *err = NULL;
    if (!out || !options)
        return consent__fail(&cx, CONSENT_E_ARGUMENT, "options or out are NULL");
    *out = NULL;
    consent_status st = consent__api_need(&cx, path, "path");
    if (st == CONSENT_OK)
        st = consent__api_need(&cx, file, "file");
    return st == CONSENT_OK ? consent__flow_evidence_import(&cx, path, options, file, key, out)
                            : st;
}
