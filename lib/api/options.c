/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/options.h>
#include <string.h>

#include "flow/store.h"
#include "util/text.h"

#define WAIT_DEFAULT 10000

consent_options *consent_options_new(void) {
    consent_options *o = consent__alloc(&consent__env_default, sizeof *o);
    if (!o)
        return NULL;
    o->env = consent__env_default;
    o->wait_ms = WAIT_DEFAULT;
    o->cache = -1;
    return o;
}

void consent_options_free(consent_options *options) {
    if (!options)
        return;
    consent__secret_free(options->key);
    consent__secret_free(options->passphrase);
    consent__release(&consent__env_default, options->key_file);
    consent__release(&consent__env_default, options->passphrase_file);
    consent__release(&consent__env_default, options);
}

consent_status consent_options_set_key(consent_options *options, const uint8_t *key, size_t len,
                                       consent_error **err) {
    consent__cx cx = {&consent__env_default, err, "options key"};
    if (err)
        *err = NULL;
    if (!options || !key)
        return consent__fail(&cx, CONSENT_E_ARGUMENT, "options or key are NULL");
    if (len != CONSENT__KEY)
        return consent__fail(&cx, CONSENT_E_KEY_FORMAT, "a master key is 32 bytes, not %zu", len);
    if (!options->key && !(options->key = consent__secret_new(CONSENT__KEY)))
        return consent__no_memory(&cx);
    memcpy(options->key, key, CONSENT__KEY);
    return CONSENT_OK;
}

consent_status consent_options_set_passphrase(consent_options *options, const void *passphrase,
                                              size_t len, consent_error **err) {
    consent__cx cx = {&consent__env_default, err, "options passphrase"};
    if (err)
        *err = NULL;
    if (!options || !passphrase)
        return consent__fail(&cx, CONSENT_E_ARGUMENT, "options or passphrase are NULL");
    if (len == 0 || len > CONSENT__PASSPHRASE_MAX)
        return consent__fail(&cx, CONSENT_E_KEY_FORMAT, "a passphrase has 1 to %d bytes",
                             CONSENT__PASSPHRASE_MAX);
    uint8_t *copy = consent__secret_new(len);
    if (!copy)
        return consent__no_memory(&cx);
    memcpy(copy, passphrase, len);
    consent__secret_free(options->passphrase);
    options->passphrase = copy;
    options->passphrase_len = len;
    return CONSENT_OK;
}

static consent_status set_path(const consent__cx *cx, char **place, const char *path) {
    char *copy = consent__strdup(&consent__env_default, path);
    if (!copy)
        return consent__no_memory(cx);
    consent__release(&consent__env_default, *place);
    *place = copy;
    return CONSENT_OK;
}

consent_status consent_options_set_passphrase_file(consent_options *options, const char *path,
                                                   consent_error **err) {
    consent__cx cx = {&consent__env_default, err, "options passphrase file"};
    if (err)
        *err = NULL;
    if (!options || !path || !*path)
        return consent__fail(&cx, CONSENT_E_ARGUMENT, "options are NULL or the path is empty");
    return set_path(&cx, &options->passphrase_file, path);
}

void consent_options_set_key_service(consent_options *options, consent_key_fn service, void *user) {
    if (!options)
        return;
    options->service = service;
    options->service_user = user;
}

consent_status consent_options_set_log_key(consent_options *options, const uint8_t *public_key,
                                           size_t len, consent_sign_fn sign, void *user,
                                           consent_error **err) {
    consent__cx cx = {&consent__env_default, err, "options log key"};
    if (err)
        *err = NULL;
    if (!options || !public_key || !sign)
        return consent__fail(&cx, CONSENT_E_ARGUMENT, "options, key or signing are NULL");
    if (len != sizeof options->log_public)
        return consent__fail(&cx, CONSENT_E_KEY_FORMAT, "a public key is 32 bytes, not %zu", len);
    memcpy(options->log_public, public_key, len);
    options->sign = sign;
    options->sign_user = user;
    return CONSENT_OK;
}

consent_status consent_options_set_key_file(consent_options *options, const char *path,
                                            consent_error **err) {
    consent__cx cx = {&consent__env_default, err, "options key file"};
    if (err)
        *err = NULL;
    if (!options || !path || !*path)
        return consent__fail(&cx, CONSENT_E_ARGUMENT, "options are NULL or the path is empty");
    return set_path(&cx, &options->key_file, path);
}

void consent_options_set_clock(consent_options *options, consent_clock_fn clock, void *user) {
    if (!options)
        return;
    options->env.clock = clock ? clock : consent__env_default.clock;
    options->env.clock_user = user;
}

void consent_options_set_random(consent_options *options, consent_random_fn random, void *user) {
    if (!options)
        return;
    options->env.random = random;
    options->env.random_user = user;
}

void consent_options_set_memory(consent_options *options, consent_memory_fn memory, void *user) {
    if (!options)
        return;
    options->env.memory = memory ? memory : consent__env_default.memory;
    options->env.memory_user = user;
}

void consent_options_set_cache(consent_options *options, int64_t bytes) {
    if (options)
        options->cache = bytes < 0 ? 0 : bytes;
}

void consent_options_set_helpers(consent_options *options, int32_t threads) {
    if (options)
        options->helpers = threads < 0 ? 0 : threads;
}

void consent_options_set_hold_reads(consent_options *options, bool hold) {
    if (options)
        options->hold_reads = hold;
}

void consent_options_set_wait(consent_options *options, int32_t milliseconds) {
    if (options)
        options->wait_ms = milliseconds < 0 ? 0 : milliseconds;
}

void consent_options_set_checkpoints(consent_options *options, int64_t events, int64_t seconds,
                                     bool at_close) {
    if (options)
        options->plan = (consent__checkpoint_plan){events > 0 ? events : 0,
                                                   seconds > 0 ? seconds : 0, at_close};
}
