/* SPDX-License-Identifier: Apache-2.0 */
/* Versions of one small policy: a base text with pairs (old text, new text) applied in order. Every
 * old text has to be there, so that an edit that does nothing cannot pass for a test. */
#ifndef CONSENT_TESTS_API_VERSIONS_H
#define CONSENT_TESTS_API_VERSIONS_H

#include "api_fixture.h"

/* Purposes mail (general, s1) and ads (separate, s2) rest on consent, serve (s2) on contract. */
static const char versions_base[] =
    "{\"bundle\":1,\"policy\":\"p\",\"version\":\"1\",\"effective_at\":\"2024-01-01T00:00:00Z\","
    "\"utc_offset\":\"+00:00\",\"profile\":\"none\",\"rules\":{},\"languages\":[\"en\",\"zh-CN\"],"
    "\"controller\":{\"name\":{\"en\":\"C\"},\"contacts\":[{\"kind\":\"email\",\"value\":"
    "\"a@b.example\"}]},"
    "\"documents\":[{\"id\":\"d\",\"kind\":\"privacy-policy\",\"title\":{\"en\":\"D\"},"
    "\"sections\":[\"s1\",\"s2\"]}],"
    "\"sections\":[{\"id\":\"s1\",\"title\":{\"en\":\"Mail\"},\"text\":{\"en\":\"Letters.\"}},"
    "{\"id\":\"s2\",\"title\":{\"en\":\"Rest\"},\"text\":{\"en\":\"Rest.\"}}],"
    "\"items\":[{\"key\":\"name\",\"title\":{\"en\":\"Name\",\"zh-CN\":\"姓名\"},\"category\":"
    "\"id\","
    "\"sensitive\":false,\"identifies\":\"alone\",\"sections\":[\"s1\"]},"
    "{\"key\":\"street\",\"title\":{\"en\":\"Street\",\"zh-CN\":\"街道\"},\"category\":\"id\","
    "\"sensitive\":false,\"identifies\":\"alone\",\"sections\":[\"s1\"]}],"
    "\"purposes\":[{\"key\":\"mail\",\"title\":{\"en\":\"Mail\",\"zh-CN\":\"邮件\"},\"basis\":"
    "\"consent\",\"class\":\"general\",\"required\":false,\"items\":[\"name\"],\"operations\":"
    "[\"use\",\"store\"],\"sections\":[\"s1\"]},"
    "{\"key\":\"ads\",\"title\":{\"en\":\"Advertising\",\"zh-CN\":\"广告\"},\"basis\":\"consent\","
    "\"class\":\"separate\",\"required\":false,\"items\":[\"name\"],\"operations\":[\"use\"],"
    "\"sections\":[\"s2\"]},"
    "{\"key\":\"serve\",\"title\":{\"en\":\"Service\"},\"basis\":\"contract\",\"class\":\"none\","
    "\"required\":true,\"items\":[\"street\"],\"operations\":[\"use\"],\"sections\":[\"s2\"]}],"
    "\"permissions\":[],\"recipients\":[],\"exemptions\":[],"
    "\"rights\":[{\"kind\":\"access\",\"channels\":[\"in-app\"],\"deadline\":{\"count\":15,"
    "\"unit\":\"days\",\"calendar\":\"none\"},\"sections\":[\"s2\"]}],"
    "\"minors\":{\"thresholds\":{\"guardian_below\":0,\"adult_from\":18},\"evidence\":[],"
    "\"sections\":[]},"
    "\"cancellation\":{\"conditions\":[],\"acknowledge\":[],\"sections\":[],\"deadline\":{"
    "\"count\":5,\"unit\":\"days\",\"calendar\":\"none\"}},"
    "\"incident\":{\"contents\":[],\"channels\":[\"email\"],\"sections\":[]},"
    "\"assessments\":[],\"change\":{\"class\":\"material\",\"summary\":{\"en\":\"x\"}}}";

/* The caller frees. */
static inline char *versions_bundle(const char *const *edits) {
    char *text = strdup(versions_base);
    for (int i = 0; edits && edits[i]; i += 2) {
        char *at = strstr(text, edits[i]);
        if (!at)
            fail_msg("the base has no %s", edits[i]);
        size_t head = (size_t)(at - text), cut = strlen(edits[i]), add = strlen(edits[i + 1]);
        char *next = malloc(strlen(text) + add + 1);
        memcpy(next, text, head);
        memcpy(next + head, edits[i + 1], add);
        strcpy(next + head + add, at + cut);
        free(text);
        text = next;
    }
    return text;
}

static inline const char *versions_member(const char *const *edits, const char *name,
                                          const char *otherwise) {
    static char out[2][32];
    static int turn;
    size_t n = strlen(name);
    for (int i = 0; edits && edits[i]; i += 2)
        if (strncmp(edits[i + 1], name, n) == 0) {
            turn = !turn;
            snprintf(out[turn], sizeof out[turn], "%s", edits[i + 1] + n);
            out[turn][strcspn(out[turn], "\"")] = '\0';
            return out[turn];
        }
    return otherwise;
}

static inline const char *versions_label(const char *const *edits) {
    return versions_member(edits, "\"version\":\"", "1");
}

static inline void versions_publish(fixture *f, const char *const *edits) {
    char *b = versions_bundle(edits);
    consent_error *err = NULL;
    consent_status st = consent_policy_import(f->store, b, strlen(b), &err);
    if (st != CONSENT_OK)
        fail_msg("import: %s at %s", consent_error_message(err), consent_error_where(err));
    st = consent_policy_publish(f->store, versions_member(edits, "\"policy\":\"", "p"),
                                versions_label(edits), &err);
    if (st != CONSENT_OK)
        fail_msg("publish: %s", consent_error_message(err));
    free(b);
}

static inline int64_t versions_size(fixture *f) {
    consent_rows *r = NULL;
    assert_int_equal(consent_ledger_head(f->store, &r, NULL), CONSENT_OK);
    int64_t size = consent_rows_number(r, 0, "size", -1);
    consent_rows_free(r);
    return size;
}

#endif
