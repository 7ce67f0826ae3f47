/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/store.h>

#include "api/call.h"
#include "flow/backup.h"
#include "flow/doctor.h"
#include "flow/key.h"

static consent_status check_open(const consent__cx *cx, const char *path,
                                 const consent_options *options, consent_store **out) {
    if (!path || !*path)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "the path is empty");
    if (!options)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "options are NULL");
    if (!out)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "out is NULL");
    return CONSENT_OK;
}

static consent__cx start(const consent_options *options, const char *op, consent_store **out,
                         consent_error **err) {
    consent__cx cx = {options ? &options->env : &consent__env_default, err, op};
    if (err)
        *err = NULL;
    if (out)
        *out = NULL;
    return cx;
}

consent_status consent_store_create(const char *path, const consent_options *options,
                                    consent_store **out, consent_error **err) {
    consent__cx cx = start(options, "store create", out, err);
    consent_status st = check_open(&cx, path, options, out);
    return st == CONSENT_OK ? consent__store_create(&cx, path, options, out) : st;
}

consent_status consent_store_open(const char *path, const consent_options *options,
                                  consent_store **out, consent_error **err) {
    consent__cx cx = start(options, "store open", out, err);
    consent_status st = check_open(&cx, path, options, out);
    return st == CONSENT_OK ? consent__store_open(&cx, path, options, out) : st;
}

consent_status consent_store_close(consent_store *store, consent_error **err) {
    consent__cx cx = {store ? &store->env : &consent__env_default, err, "store close"};
    if (err)
        *err = NULL;
    return consent__store_close(&cx, store);
}

void consent_store_free(consent_store *store) {
    consent__store_release(store);
}

const char *consent_store_id(const consent_store *store) {
    return store ? store->id_text : NULL;
}

void consent_store_release_reads(consent_store *store) {
    consent__cx cx = {store ? &store->env : &consent__env_default, NULL, "store release reads"};
    if (consent__enter(&cx, store) != CONSENT_OK)
        return;
    store->engine->release_reads(store->db);
    consent__leave(store);
}

consent_status consent_store_now(consent_store *store, int64_t *out_now, consent_error **err) {
    consent__cx cx = {store ? &store->env : &consent__env_default, err, "store now"};
    consent__view v;
    if (err)
        *err = NULL;
    if (!out_now)
        return consent__fail(&cx, CONSENT_E_ARGUMENT, "out is NULL");
    consent_status st = consent__enter(&cx, store);
    if (st != CONSENT_OK)
        return st;
    st = consent__view_open(&cx, store, &v);
    if (st == CONSENT_OK) {
        *out_now = v.now;
        consent__view_close(&v);
    }
    consent__leave(store);
    return st;
}

consent_status consent_store_examine(consent_store *store, consent_progress_fn progress, void *user,
                                     int64_t *out_subjects, consent_rows **out,
                                     consent_error **err) {
    consent__cx cx;
    int64_t subjects = 0;
    if (out_subjects)
        *out_subjects = 0;
    consent_status st = consent__api_begin(&cx, store, "doctor", err, out, true);
    if (st != CONSENT_OK)
        return st;
    st = consent__flow_doctor(&cx, store, progress, user, &subjects, out);
    if (st == CONSENT_OK && out_subjects)
        *out_subjects = subjects;
    return consent__api_end(store, st);
}

consent_status consent_key_show(consent_store *store, consent_rows **out, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "key show", err, out, true);
    return st == CONSENT_OK ? consent__api_end(store, consent__flow_key_show(&cx, store, out)) : st;
}

consent_status consent_key_rotate(consent_store *store, const consent_options *options,
                                  consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "key rotate", err, NULL, false);
    if (st != CONSENT_OK)
        return st;
    st = options ? consent__flow_key_rotate(&cx, store, options)
                 : consent__fail(&cx, CONSENT_E_ARGUMENT, "options are NULL");
    return consent__api_end(store, st);
}

consent_status consent_store_backup(consent_store *store, const char *path, consent_error **err) {
    consent__cx cx;
    consent_status st = consent__api_begin(&cx, store, "backup", err, NULL, false);
    if (st != CONSENT_OK)
        return st;
    st = consent__api_need(&cx, path, "path");
    if (st == CONSENT_OK)
        st = store->engine->backup(&cx, store->db, path);
    return consent__api_end(store, st);
}

consent_status consent_store_restore(const char *backup, const char *path,
                                     const consent_options *options, consent_error **err) {
    consent__cx cx = start(options, "restore", NULL, err);
    consent_status st = consent__api_need(&cx, backup, "backup");
    if (st == CONSENT_OK)
        st = consent__api_need(&cx, path, "path");
    if (st == CONSENT_OK && !options)
        st = consent__fail(&cx, CONSENT_E_ARGUMENT, "options are NULL");
    return st == CONSENT_OK ? consent__flow_restore(&cx, backup, path, options) : st;
}
