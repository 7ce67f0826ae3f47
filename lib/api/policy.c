/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/policy.h>

#include "api/call.h"
#include "flow/policy.h"
#include "util/file.h"

#define CONSENT__DOCUMENT_MAX (16u * 1024 * 1024)

consent_status consent_bundle_check(const void *bytes, size_t len, consent_error **err) {
    consent__cx cx = {&consent__env_default, err, "bundle check"};
    if (err)
        *err = NULL;
    if (!bytes)
        return consent__fail(&cx, CONSENT_E_ARGUMENT, "the document is NULL");
    return consent__flow_bundle_check(&cx, bytes, len);
}

consent_status consent_policy_import(consent_store *store, const void *bytes, size_t len,
                                     consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "policy import", err, NULL, false);
    if (st != CONSENT_OK)
        return st;
    st = bytes ? consent__flow_policy_import(&cx, store, bytes, len)
               : consent__fail(&cx, CONSENT_E_ARGUMENT, "the document is NULL");
    return consent__api_end(store, st);
}

consent_status consent_policy_import_file(consent_store *store, const char *path,
                                          consent_error **err) {
    consent__cx cx;
    consent__buf bytes;
    consent_status st = consent__api_begin(&cx, store, "policy import", err, NULL, false);
    if (st != CONSENT_OK)
        return st;
    consent__buf_init(&bytes, cx.env);
    st = consent__api_need(&cx, path, "path");
    if (st == CONSENT_OK)
        st = consent__file_read(&cx, path, CONSENT__DOCUMENT_MAX, &bytes);
    if (st == CONSENT_OK)
        st = consent__flow_policy_import(&cx, store, bytes.data ? (const void *)bytes.data : "",
                                         bytes.len);
    consent__buf_free(&bytes);
    return consent__api_end(store, st);
}

consent_status consent_profile_import(consent_store *store, const void *bytes, size_t len,
                                      consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "profile import", err, NULL, false);
    if (st != CONSENT_OK)
        return st;
    st = bytes ? consent__flow_profile_import(&cx, store, bytes, len)
               : consent__fail(&cx, CONSENT_E_ARGUMENT, "the document is NULL");
    return consent__api_end(store, st);
}

consent_status consent_policy_publish(consent_store *store, const char *policy, const char *version,
                                      consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "policy publish", err, NULL, false);
    if (st != CONSENT_OK)
        return st;
    st = consent__api_need(&cx, policy, "policy");
    if (st == CONSENT_OK)
        st = consent__api_need(&cx, version, "version");
    if (st == CONSENT_OK)
        st = consent__flow_policy_publish(&cx, store, policy, version);
    return consent__api_end(store, st);
}

consent_status consent_policy_export_signed(consent_store *store, const char *policy,
                                            const char *version, consent_rows **out,
                                            consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "policy export", err, out, true);
    return st == CONSENT_OK ? consent__api_end(store, consent__flow_policy_export_signed(
                                                          &cx, store, policy, version, out))
                            : st;
}

consent_status consent_policy_import_signed(consent_store *store, const void *statement, size_t len,
                                            const char *key, consent_rows **out,
                                            consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "policy import", err, out, false);
    if (st != CONSENT_OK)
        return st;
    st = consent__api_need(&cx, key, "verifier key");
    if (st == CONSENT_OK && !statement)
        st = consent__fail(&cx, CONSENT_E_ARGUMENT, "the statement is NULL");
    if (st == CONSENT_OK)
        st = consent__flow_policy_import_signed(&cx, store, statement, len, key, out);
    return consent__api_end(store, st);
}

/* at INT64_MIN: as it stands now. */
static consent_status list_at(consent_store *store, const char *policy, int64_t at,
                              consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "policy list", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_policy_list(&cx, store, policy, at, out))
               : st;
}

consent_status consent_policy_list(consent_store *store, const char *policy, consent_rows **out,
                                   consent_error **err) {
    return list_at(store, policy, INT64_MIN, out, err);
}

consent_status consent_policy_list_at(consent_store *store, const char *policy, int64_t at,
                                      consent_rows **out, consent_error **err) {
    return list_at(store, policy, at, out, err);
}

consent_status consent_policy_show(consent_store *store, const char *policy, const char *version,
                                   const char *lang, consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "policy show", err, out, true);
    return st == CONSENT_OK ? consent__api_end(store, consent__flow_policy_show(&cx, store, policy,
                                                                                version, lang, out))
                            : st;
}

consent_status consent_policy_bundle(consent_store *store, const char *policy, const char *version,
                                     consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "policy bundle", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store,
                                  consent__flow_policy_bundle(&cx, store, policy, version, out))
               : st;
}

/* Of a version, or (NULL) of the one in force at an instant; INT64_MIN: now. */
static consent_status text_of(consent_store *store, const char *policy, const char *version,
                              int64_t at, const char *section, const char *lang, consent_rows **out,
                              consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "policy text", err, out, true);
    if (st != CONSENT_OK)
        return st;
    st = consent__api_need(&cx, section, "section");
    if (st == CONSENT_OK)
        st = consent__flow_policy_text(&cx, store, policy, version, at, section, lang, out);
    return consent__api_end(store, st);
}

consent_status consent_policy_text(consent_store *store, const char *policy, const char *version,
                                   const char *section, const char *lang, consent_rows **out,
                                   consent_error **err) {
    return text_of(store, policy, version, INT64_MIN, section, lang, out, err);
}

consent_status consent_policy_text_at(consent_store *store, const char *policy, int64_t at,
                                      const char *section, const char *lang, consent_rows **out,
                                      consent_error **err) {
    return text_of(store, policy, NULL, at, section, lang, out, err);
}

consent_status consent_policy_shown(consent_store *store, const char *policy, const char *version,
                                    const char *point, const char *lang, consent_rows **out,
                                    consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "policy shown", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(store, consent__flow_policy_shown(&cx, store, policy, version,
                                                                    point, lang, out))
               : st;
}

consent_status consent_policy_diff(consent_store *store, const char *policy, const char *older,
                                   const char *newer, consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "policy diff", err, out, true);
    if (st != CONSENT_OK)
        return st;
    st = consent__api_need(&cx, older, "older version");
    if (st == CONSENT_OK)
        st = consent__api_need(&cx, newer, "newer version");
    if (st == CONSENT_OK)
        st = consent__flow_policy_diff(&cx, store, policy, older, newer, out);
    return consent__api_end(store, st);
}

consent_status consent_policy_lint(consent_store *store, const char *policy, const char *version,
                                   const char *profile, consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "policy lint", err, out, true);
    return st == CONSENT_OK
               ? consent__api_end(
                     store, consent__flow_policy_lint(&cx, store, policy, version, profile, out))
               : st;
}

consent_status consent_bundle_lint(const void *bytes, size_t len, const char *profile,
                                   consent_rows **out, consent_error **err) {
    consent__cx cx = {&consent__env_default, err, "policy lint"};
    if (err)
        *err = NULL;
    if (out)
        *out = NULL;
    if (!bytes || !out)
        return consent__fail(&cx, CONSENT_E_ARGUMENT, "the document or out is NULL");
    return consent__flow_bundle_lint(&cx, bytes, len, profile, out);
}
