/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/args.h"

#include <string.h>

#include "flow/policy.h"
#include "util/text.h"

consent_status consent__text_check(const consent__cx *cx, const char *text, size_t max,
                                   const char *what) {
    if (!text)
        return CONSENT_OK;
    size_t n = strnlen(text, max + 1);
    if (n == 0 || n > max)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "the %s is empty or longer than %zu bytes",
                             what, max);
    if (consent__utf8_valid(text, n) != n)
        return consent__fail(cx, CONSENT_E_ENCODING, "the %s is not UTF-8", what);
    for (size_t i = 0; max <= CONSENT__NAME && i < n; i++)
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f)
            return consent__fail(cx, CONSENT_E_ARGUMENT, "the %s has a control character", what);
    return CONSENT_OK;
}

consent_status consent__text_need(const consent__cx *cx, const char *text, size_t max,
                                  const char *what) {
    return consent__text_check(cx, text ? text : "", max, what);
}

consent_status consent__unknown(const consent__cx *cx, const char *key, const char *what,
                                const char *message) {
    consent_status st = consent__text_check(cx, key, CONSENT__NAME, what);
    return st == CONSENT_OK ? consent__fail(cx, CONSENT_E_NOT_FOUND, "%s", message) : st;
}

consent_status consent__hash_check(const consent__cx *cx, const char *text, const char *what) {
    uint8_t raw[32];
    if (!text || (strlen(text) == 64 && consent__unhex(text, raw, 32)))
        return CONSENT_OK;
    return consent__fail(cx, CONSENT_E_ARGUMENT, "the %s is not 64 lower-case hex digits", what);
}

consent_status consent__in_force(const consent__cx *cx, const consent__catalog *catalog,
                                 const char *policy, int64_t t, const consent__version **out) {
    int32_t index = -1;
    consent_status st = consent__pick_policy(cx, catalog, policy, &index);
    if (st != CONSENT_OK)
        return st;
    *out = consent__catalog_in_force(catalog, index, t, INT64_MAX);
    return *out ? CONSENT_OK
                : consent__fail(cx, CONSENT_E_STATE, "no version of the policy is in force");
}

typedef struct writing {
    const char *id;
    consent__on_subject_fn fn;
    void *user;
} writing;

static consent_status write_work(const consent__cx *cx, consent__work *w, void *user) {
    const writing *in = user;
    consent__subject subject;
    memset(&subject, 0, sizeof subject);
    consent_status st =
        consent__subject_need(cx, w->store, w->tx, in->id, &w->scratch->arena, &subject);
    if (st == CONSENT_OK && subject.state.adopted)
        st = consent__fail(cx, CONSENT_E_STATE,
                           "the subject was adopted by an account and takes no further acts");
    if (st == CONSENT_OK)
        st = in->fn(cx, w, &subject, in->user);
    consent__wipe(subject.key, sizeof subject.key);
    return st;
}

consent_status consent__on_subject(const consent__cx *cx, consent_store *store, const char *id,
                                   consent__on_subject_fn fn, void *user) {
    writing in = {id, fn, user};
    consent_status st = consent__id_check(cx, id, "subject");
    return st == CONSENT_OK ? consent__write(cx, store, write_work, &in) : st;
}

consent_status consent__see_subject(const consent__cx *cx, consent_store *store, const char *id,
                                    consent__see_subject_fn fn, void *user) {
    consent__view v;
    consent__subject subject;
    memset(&subject, 0, sizeof subject);
    consent_status st = consent__id_check(cx, id, "subject");
    if (st == CONSENT_OK)
        st = consent__view_open(cx, store, &v);
    if (st != CONSENT_OK)
        return st;
    st = consent__subject_need(cx, store, v.tx, id, &v.scratch->arena, &subject);
    if (st == CONSENT_OK)
        st = fn(cx, &v, &subject, user);
    consent__wipe(subject.key, sizeof subject.key);
    consent__view_close(&v);
    return st;
}
