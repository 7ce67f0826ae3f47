/* SPDX-License-Identifier: Apache-2.0 */
/* One store in a fresh folder, a clock that tests move, and a bundle made to measure. Public
 * headers only. */
#ifndef CONSENT_TESTS_API_FIXTURE_H
#define CONSENT_TESTS_API_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include <consent/consent.h>

#define SECOND INT64_C(1000000)
#define DAY (86400 * SECOND)
#define T0 (INT64_C(1717200000) * SECOND) /* 2024-06-01T00:00:00Z */

typedef struct fixture {
    char folder[64], path[96];
    int64_t now;
    consent_options *options;
    consent_store *store;
} fixture;

static const uint8_t api_key[32] = {7};

/* Whether the word stands in the text by itself. Inside of what base64 is made of, a short one is
 * found by chance: of random bytes one text in some thousands holds "ann". */
static inline bool api_names(const char *text, const char *word) {
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=";
    const size_t n = strlen(word);
    for (const char *at = text; (at = strstr(at, word)) != NULL; at++)
        if ((at == text || !strchr(digits, at[-1])) && (!at[n] || !strchr(digits, at[n])))
            return true;
    return false;
}

static inline int64_t api_clock(void *user) {
    return ((fixture *)user)->now;
}

static inline int api_setup(void **state) {
    fixture *f = calloc(1, sizeof *f);
    strcpy(f->folder, "consent-api-XXXXXX");
    if (!mkdtemp(f->folder))
        return -1;
    snprintf(f->path, sizeof f->path, "%s/a.store", f->folder);
    f->now = T0;
    f->options = consent_options_new();
    consent_options_set_clock(f->options, api_clock, f);
    if (consent_options_set_key(f->options, api_key, sizeof api_key, NULL) != CONSENT_OK ||
        consent_store_create(f->path, f->options, &f->store, NULL) != CONSENT_OK)
        return -1;
    *state = f;
    return 0;
}

static inline int api_teardown(void **state) {
    fixture *f = *state;
    char command[160];
    consent_store_free(f->store);
    consent_options_free(f->options);
    snprintf(command, sizeof command, "rm -rf '%s'", f->folder);
    int rc = system(command);
    free(f);
    return rc;
}

/* What differs between the bundles of the tests. */
typedef struct variant {
    const char *policy, *version, *effective, *mail_items, *text, *change, *valid_days;
} variant;

/* Purposes: mail (consent, general; shares with shop general, with spy separate), ads (separate),
 * deed (written), serve (contract). Profile none, so that nothing is raised. The caller frees. */
static inline char *api_bundle(variant v) {
    static const char form[] =
        "{\"bundle\":1,\"policy\":\"%s\",\"version\":\"%s\",\"effective_at\":\"%s\","
        "\"utc_offset\":\"+00:00\",\"profile\":\"none\",\"languages\":[\"en\",\"de\"],"
        "\"controller\":{\"name\":{\"en\":\"C\"},\"contacts\":[{\"kind\":\"email\",\"value\":\"a@b."
        "example\"}]},"
        "\"documents\":[{\"id\":\"d\",\"kind\":\"privacy-policy\",\"title\":{\"en\":\"D\"},"
        "\"sections\":[\"s1\",\"s2\"]}],"
        "\"sections\":[{\"id\":\"s1\",\"title\":{\"en\":\"Mail\"},\"text\":{\"en\":\"%s\","
        "\"de\":\"Post.\"}},{\"id\":\"s2\",\"title\":{\"en\":\"Rest\"},\"text\":{\"en\":\"Rest.\"}}"
        "],"
        "\"items\":[{\"key\":\"name\",\"title\":{\"en\":\"N\"},\"category\":\"id\",\"sensitive\":"
        "false,\"identifies\":\"alone\",\"sections\":[\"s1\"]},{\"key\":\"street\",\"title\":{"
        "\"en\":\"S\"},\"category\":\"id\",\"sensitive\":false,\"identifies\":\"alone\","
        "\"sections\":[\"s1\"]}],"
        "\"purposes\":[{\"key\":\"mail\",\"title\":{\"en\":\"M\"},\"basis\":\"consent\",\"class\":"
        "\"general\",\"required\":false,\"items\":[%s],\"operations\":[\"use\",\"store\",\"share\"]"
        "%s,"
        "\"shares\":[{\"recipient\":\"shop\",\"items\":[\"name\"],\"class\":\"general\"},"
        "{\"recipient\":\"spy\",\"items\":[\"name\"],\"class\":\"separate\"}],\"sections\":[\"s1\"]"
        "},"
        "{\"key\":\"ads\",\"title\":{\"en\":\"A\"},\"basis\":\"consent\",\"class\":\"separate\","
        "\"required\":false,\"items\":[\"name\"],\"operations\":[\"use\"],\"sections\":[\"s2\"]},"
        "{\"key\":\"deed\",\"title\":{\"en\":\"W\"},\"basis\":\"consent\",\"class\":\"written\","
        "\"required\":false,\"items\":[\"name\"],\"operations\":[\"use\"],\"sections\":[\"s2\"]},"
        "{\"key\":\"serve\",\"title\":{\"en\":\"S\"},\"basis\":\"contract\",\"class\":\"none\","
        "\"required\":true,\"items\":[\"name\"],\"operations\":[\"use\"],\"sections\":[\"s2\"]}],"
        "\"permissions\":[],"
        "\"recipients\":[{\"key\":\"shop\",\"name\":{\"en\":\"Shop\"},\"kind\":\"partner\","
        "\"purposes\":[\"mail\"],\"items\":[\"name\"],\"sections\":[\"s2\"]},{\"key\":\"spy\","
        "\"name\":{\"en\":\"Spy\"},\"kind\":\"sdk\",\"purposes\":[\"mail\"],\"items\":[\"name\"],"
        "\"sections\":[\"s2\"]}],"
        "\"exemptions\":[],\"rights\":[],\"minors\":{\"thresholds\":{\"guardian_below\":0,"
        "\"adult_from\":18},\"evidence\":[],\"sections\":[]},"
        "\"cancellation\":{\"conditions\":[],\"acknowledge\":[],\"sections\":[],\"deadline\":{"
        "\"count\":30,\"unit\":\"days\",\"calendar\":\"none\"}},"
        "\"incident\":{\"contents\":[],\"channels\":[\"email\"],\"sections\":[]},"
        "\"assessments\":[],\"change\":{\"class\":\"%s\",\"summary\":{\"en\":\"x\"}}}";
    char *out = malloc(sizeof form + 512);
    snprintf(out, sizeof form + 512, form, v.policy ? v.policy : "p", v.version ? v.version : "1",
             v.effective ? v.effective : "2024-01-01T00:00:00Z", v.text ? v.text : "Letters.",
             v.mail_items ? v.mail_items : "\"name\"", v.valid_days ? v.valid_days : "",
             v.change ? v.change : "material");
    return out;
}

static inline void api_publish(fixture *f, variant v) {
    char *b = api_bundle(v);
    consent_error *err = NULL;
    consent_status st = consent_policy_import(f->store, b, strlen(b), &err);
    if (st != CONSENT_OK)
        fail_msg("import: %s at %s", consent_error_message(err), consent_error_where(err));
    st = consent_policy_publish(f->store, v.policy ? v.policy : "p", v.version ? v.version : "1",
                                &err);
    if (st != CONSENT_OK)
        fail_msg("publish: %s", consent_error_message(err));
    free(b);
}

static inline int32_t api_reason(fixture *f, const char *subject, const char *purpose,
                                 const char *recipient) {
    consent_query *q = consent_query_new(subject, purpose);
    consent_answer *a = NULL;
    consent_query_set_recipient(q, recipient);
    assert_int_equal(consent_check(f->store, q, &a, NULL), CONSENT_OK);
    int32_t reason = consent_answer_reason(a);
    assert_int_equal(consent_answer_allowed(a), reason >= CONSENT_REASON_CONSENTED);
    consent_answer_free(a);
    consent_query_free(q);
    return reason;
}

/* Records an act that should answer `expected`; gives the event number or -1. */
static inline int64_t api_say(fixture *f, consent_act *act, consent_status expected) {
    consent_rows *rows = NULL;
    consent_error *err = NULL;
    consent_status st = consent_record(f->store, act, &rows, &err);
    if (st != expected)
        fail_msg("record: %s, not %s (%s)", consent_status_name(st), consent_status_name(expected),
                 consent_error_message(err));
    assert_int_equal(st < 0, rows == NULL);
    assert_int_equal(st < 0, err != NULL);
    if (err) {
        assert_int_equal(consent_error_status(err), st);
        assert_null(strstr(consent_error_message(err), "ann")); /* never the subject */
    }
    int64_t event = consent_rows_number(rows, 0, "event", -1);
    consent_rows_free(rows);
    consent_error_free(err);
    consent_act_free(act);
    return event;
}

static inline int64_t api_size(fixture *f) {
    consent_rows *rows = NULL;
    assert_int_equal(consent_ledger_head(f->store, &rows, NULL), CONSENT_OK);
    int64_t size = consent_rows_number(rows, 0, "size", -1);
    consent_rows_free(rows);
    return size;
}

#endif
