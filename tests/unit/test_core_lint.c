/* SPDX-License-Identifier: Apache-2.0 */
/* The linter, driven by tests/rules/lint.json: a row changes a bundle at one place and says what
 * must and must not be found there. In a path, a part that is no number picks the element of an
 * array by its key, id or kind; "add" appends to the array at the path. */
#include "foundation.h"

#include <stdio.h>

#include <cjson/cJSON.h>

#include "core/lint.h"
#include "json/json.h"

#define COUNT(v) (sizeof(v) / sizeof(v)[0])
#define CUSTOMER "policy/bundles/hnys-mobile-office/1.0.json"
#define CORRECTED "tests/data/bundles/hnys-corrected.json"
#define STRIDA "policy/bundles/strida-fitness/1.0.json"

/* ---- files ---- */

static char *file_read(const char *name) {
    char path[1024];
    FILE *f;
    long n;
    char *text;
    (void)snprintf(path, sizeof path, "%s/%s", CONSENT_SOURCE_DIR, name);
    f = fopen(path, "rb");
    if (f == NULL)
        return NULL;
    assert_int_equal(fseek(f, 0, SEEK_END), 0);
    n = ftell(f);
    assert_true(n >= 0);
    rewind(f);
    text = malloc((size_t)n + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, (size_t)n, f), (size_t)n);
    text[n] = '\0';
    (void)fclose(f);
    return text;
}

static consent_status find_profile(const consent__cx *cx, void *user, const char *key,
                                   const void **bytes, size_t *len) {
    char **last = user;
    char name[256];
    free(*last);
    (void)snprintf(name, sizeof name, "policy/profiles/%s.json", key);
    *last = file_read(name);
    if (*last == NULL)
        return consent__fail(cx, CONSENT_E_NOT_FOUND, "no profile");
    *bytes = *last;
    *len = strlen(*last);
    return CONSENT_OK;
}

/* ---- edits ---- */

static cJSON *named(cJSON *array, const char *name) {
    static const char *const by[] = {"key", "id", "kind"};
    cJSON *item;
    size_t k;
    cJSON_ArrayForEach(item, array) {
        for (k = 0; k < COUNT(by); k++) {
            const cJSON *v = cJSON_GetObjectItemCaseSensitive(item, by[k]);
            if (cJSON_IsString(v) && strcmp(v->valuestring, name) == 0)
                return item;
        }
    }
    return NULL;
}

static cJSON *child(cJSON *of, const char *part) {
    char *end;
    long i = strtol(part, &end, 10);
    if (!cJSON_IsArray(of))
        return cJSON_GetObjectItemCaseSensitive(of, part);
    return *end == '\0' && *part != '\0' ? cJSON_GetArrayItem(of, (int)i) : named(of, part);
}

/* Where the path leads but for its last part, which comes out in `last`. */
static cJSON *parent_of(cJSON *root, const char *path, char last[128]) {
    cJSON *at = root;
    while (*path == '/') {
        size_t n = strcspn(++path, "/");
        assert_true(n < 128);
        memcpy(last, path, n);
        last[n] = '\0';
        path += n;
        if (*path == '/')
            at = child(at, last);
        if (at == NULL)
            return NULL;
    }
    return at;
}

/* False when the edit fits nowhere: a row that changes nothing would prove nothing. */
static bool edit(cJSON *root, const cJSON *e) {
    const char *op = cJSON_GetObjectItem(e, "op")->valuestring;
    char last[128] = "";
    cJSON *at = parent_of(root, cJSON_GetObjectItem(e, "path")->valuestring, last);
    cJSON *old = at != NULL ? child(at, last) : NULL;
    cJSON *value = cJSON_Duplicate(cJSON_GetObjectItem(e, "value"), true);
    if (strcmp(op, "remove") == 0)
        cJSON_Delete(old != NULL ? cJSON_DetachItemViaPointer(at, old) : NULL);
    else if (strcmp(op, "add") == 0 && cJSON_IsArray(old) && value != NULL)
        return cJSON_AddItemToArray(old, value);
    else if (strcmp(op, "set") == 0 && value != NULL && old != NULL && cJSON_IsObject(at))
        return cJSON_ReplaceItemInObjectCaseSensitive(at, last, value);
    else if (strcmp(op, "set") == 0 && value != NULL && old != NULL)
        return cJSON_ReplaceItemViaPointer(at, old, value);
    else if (strcmp(op, "set") == 0 && value != NULL && cJSON_IsObject(at))
        return cJSON_AddItemToObject(at, last, value);
    cJSON_Delete(value);
    return strcmp(op, "remove") == 0 && old != NULL;
}

/* ---- a lint ---- */

typedef struct linted {
    foundation f;
    consent__arena policy_arena, arena;
    const consent__policy *policy;
    consent__findings found;
    char *profile;
} linted;

static void lint_text(linted *t, const char *text, const char *name) {
    memset(t, 0, sizeof *t);
    foundation_init(&t->f);
    consent__arena_init(&t->policy_arena, &t->f.env);
    consent__arena_init(&t->arena, &t->f.env);
    if (consent__bundle_read(&t->f.cx, text, strlen(text), find_profile, &t->profile,
                             &t->policy_arena, &t->policy) != CONSENT_OK)
        fail_msg("%s: the bundle is refused: %s at %s", name, consent_error_message(t->f.err),
                 consent_error_where(t->f.err) != NULL ? consent_error_where(t->f.err) : "-");
    assert_int_equal(consent__policy_lint(&t->f.cx, t->policy, &t->arena, &t->found), CONSENT_OK);
}

static void lint_done(linted *t) {
    consent__arena_free(&t->arena);
    consent__arena_free(&t->policy_arena);
    free(t->profile);
    foundation_done(&t->f);
}

static void lint_file(linted *t, const char *name) {
    char *text = file_read(name);
    assert_non_null(text);
    lint_text(t, text, name);
    free(text);
}

static const consent__finding *find(const linted *t, const char *id) {
    int32_t i;
    for (i = 0; i < t->found.count; i++)
        if (strcmp(t->found.v[i].id, id) == 0)
            return &t->found.v[i];
    return NULL;
}

static bool has_section(const consent__finding *f, const char *id) {
    int32_t i;
    for (i = 0; i < f->sections.count; i++)
        if (strcmp(f->sections.v[i], id) == 0)
            return true;
    return false;
}

static const consent__lint_rule *rule_of(const char *id) {
    const consent__lint_rule *r;
    size_t i;
    for (i = 0; (r = consent__lint_rule_at(i)) != NULL; i++)
        if (strcmp(r->id, id) == 0)
            return r;
    return NULL;
}

/* ---- rows ---- */

static const char *text_of(const cJSON *row, const char *member) {
    const cJSON *v = cJSON_GetObjectItemCaseSensitive(row, member);
    assert_true(cJSON_IsString(v));
    return v->valuestring;
}

static cJSON *rows_read(char **text) {
    cJSON *rows;
    *text = file_read("tests/rules/lint.json");
    assert_non_null(*text);
    rows = cJSON_Parse(*text);
    assert_true(cJSON_IsArray(rows));
    return rows;
}

static bool lists(const cJSON *row, const char *member, const char *id) {
    const cJSON *v;
    cJSON_ArrayForEach(v, cJSON_GetObjectItemCaseSensitive(row, member)) {
        if (strcmp(v->valuestring, id) == 0)
            return true;
    }
    return false;
}

/* Tells what is not as the row says; the number of such things. */
static int row_differences(const cJSON *row, const linted *t) {
    const cJSON *id;
    const consent__finding *f;
    int n = 0;
    cJSON_ArrayForEach(id, cJSON_GetObjectItem(row, "finds")) {
        if (find(t, id->valuestring) != NULL)
            continue;
        print_error("%s: %s is not found\n", text_of(row, "name"), id->valuestring);
        n++;
    }
    cJSON_ArrayForEach(id, cJSON_GetObjectItem(row, "not")) {
        f = find(t, id->valuestring);
        if (f == NULL)
            continue;
        print_error("%s: %s is found: %s\n", text_of(row, "name"), f->id, f->message);
        n++;
    }
    return n;
}

static int check_row(const cJSON *row) {
    const char *name = text_of(row, "name");
    char *text = file_read(text_of(row, "base")), *edited;
    cJSON *root;
    const cJSON *e;
    linted t;
    int n;
    assert_non_null(text);
    root = cJSON_Parse(text);
    cJSON_ArrayForEach(e, cJSON_GetObjectItem(row, "edit")) {
        if (!edit(root, e))
            fail_msg("%s (%s): the edit of %s changes nothing", name, text_of(row, "rule"),
                     text_of(e, "path"));
    }
    edited = cJSON_PrintUnformatted(root);
    assert_non_null(edited);
    lint_text(&t, edited, name);
    n = row_differences(row, &t);
    lint_done(&t);
    cJSON_free(edited);
    cJSON_Delete(root);
    free(text);
    return n;
}

static void test_lint_rows(void **state) {
    char *text;
    cJSON *rows = rows_read(&text);
    const cJSON *row;
    int n = 0;
    cJSON_ArrayForEach(row, rows) {
        n += check_row(row);
    }
    cJSON_Delete(rows);
    free(text);
    assert_int_equal(n, 0);
}

/* Each row names a rule and quotes its source; each rule has a row on either side. */
static void test_lint_rows_cover_rules(void **state) {
    char *text;
    cJSON *rows = rows_read(&text);
    const cJSON *row;
    const consent__lint_rule *r;
    size_t i;
    cJSON_ArrayForEach(row, rows) {
        r = rule_of(text_of(row, "rule"));
        if (r == NULL)
            fail_msg("no rule %s", text_of(row, "rule"));
        if (strstr(r->source, text_of(row, "source")) == NULL || *text_of(row, "source") == '\0')
            fail_msg("%s: the source is not %s", r->id, text_of(row, "source"));
        assert_true(lists(row, "finds", r->id) != lists(row, "not", r->id));
    }
    for (i = 0; (r = consent__lint_rule_at(i)) != NULL; i++) {
        bool found = false, absent = false;
        cJSON_ArrayForEach(row, rows) {
            found = found || lists(row, "finds", r->id);
            absent = absent || lists(row, "not", r->id);
        }
        if (!found || !absent)
            fail_msg("%s has no %s row", r->id, found ? "negative" : "positive");
    }
    cJSON_Delete(rows);
    free(text);
}

/* ---- the bundles of the project ---- */

/* The table of what must be found in the first customer's policy, with a section that says it. */
static const struct {
    const char *id;
    consent__severity severity;
    const char *section;
    const char *words[4]; /* parts of the messages */
} customer_findings[] = {
    {"implied-consent", LINT_ERROR, "s0", {"视为您同意"}},
    {"permission-lists-differ",
     LINT_ERROR,
     "s3.1",
     {"CAMERA", "GET_TASKS", "RECEIVE_BOOT_COMPLETED", "MODIFY_AUDIO_SETTINGS"}},
    {"framework-mismatch", LINT_HINT, "s3.1", {"Flutter", "uni-app"}},
    {"sdk-recipient-mismatch", LINT_ERROR, "s3.3", {"jpush", "getui"}},
    {"permission-purpose-unexplained", LINT_WARNING, "s0", {"READ_PHONE_STATE"}},
    {"cross-app-wake-up", LINT_ERROR, "s3.3", {"getui"}},
    {"separate-consent-missing",
     LINT_ERROR,
     "s3.3",
     {"push@getui", "installed-apps", "location", "device-serial"}},
    {"minor-threshold-missing", LINT_HINT, "s5.2", {"未成年"}},
    {"guardian-weak", LINT_HINT, "s5.2", {"建议", "应在", "nothing verifies"}},
    {"withdrawal-harder-than-grant", LINT_ERROR, "s7", {"customer-service"}},
    {"retention-missing", LINT_ERROR, "s4.3", {"no item"}},
    {"deadline-missing", LINT_ERROR, "s7", {"access", "correct", "withdraw"}},
    {"sensitive-not-marked",
     LINT_ERROR,
     "s1.p1",
     {"birth-date", "location", "call-content", "device-id"}},
    {"required-not-separated", LINT_ERROR, "s1.content", {"avatar", "gender", "birth-date"}},
    {"rights-incomplete",
     LINT_WARNING,
     "s7",
     {"access", "portability", "explain", "deceased-relative"}},
    {"contact-incomplete", LINT_WARNING, "s8", {"responsible", "electronic"}},
    {"retained-without-list", LINT_WARNING, "a1.4", {"which data", "how long"}},
};

static void test_lint_customer_bundle_yields_table(void **state) {
    linted t;
    size_t i, k;
    int32_t n;
    lint_file(&t, CUSTOMER);
    for (i = 0; i < COUNT(customer_findings); i++) {
        const consent__finding *f = find(&t, customer_findings[i].id);
        if (f == NULL)
            fail_msg("%s is not found", customer_findings[i].id);
        assert_true(has_section(f, customer_findings[i].section));
        for (k = 0; k < 4 && customer_findings[i].words[k] != NULL; k++)
            if (strstr(f->message, customer_findings[i].words[k]) == NULL)
                fail_msg("%s does not name %s: %s", f->id, customer_findings[i].words[k],
                         f->message);
        for (n = 0; n < t.found.count; n++)
            if (strcmp(t.found.v[n].id, f->id) == 0)
                assert_int_equal(t.found.v[n].severity, customer_findings[i].severity);
    }
    lint_done(&t);
}

static void test_lint_three_hints_and_implied_consent_are_read_from_text(void **state) {
    static const char *const ids[] = {"framework-mismatch", "minor-threshold-missing",
                                      "guardian-weak", "implied-consent"};
    linted t;
    size_t i;
    lint_file(&t, CUSTOMER);
    for (i = 0; i < COUNT(ids); i++)
        assert_true(find(&t, ids[i])->from_text);
    assert_false(find(&t, "permission-lists-differ")->from_text);
    lint_done(&t);
}

static void test_lint_corrected_bundle_has_nothing_of_the_table(void **state) {
    linted t;
    size_t i;
    int32_t n;
    lint_file(&t, CORRECTED);
    for (i = 0; i < COUNT(customer_findings); i++)
        if (find(&t, customer_findings[i].id) != NULL)
            fail_msg("%s: %s", customer_findings[i].id, find(&t, customer_findings[i].id)->message);
    for (n = 0; n < t.found.count; n++)
        assert_int_not_equal(t.found.v[n].severity, LINT_ERROR);
    lint_done(&t);
}

static void test_lint_clean_bundles_have_no_error(void **state) {
    static const char *const clean[] = {STRIDA, "policy/bundles/strida-fitness/2.0.json",
                                        "policy/bundles/strida-fitness/3.0.json",
                                        "tests/data/bundles/tiny.json"};
    size_t i;
    int32_t n;
    for (i = 0; i < COUNT(clean); i++) {
        linted t;
        lint_file(&t, clean[i]);
        for (n = 0; n < t.found.count; n++)
            if (t.found.v[n].severity == LINT_ERROR)
                fail_msg("%s: %s: %s", clean[i], t.found.v[n].id, t.found.v[n].message);
        lint_done(&t);
    }
}

/* ---- findings ---- */

static void test_lint_findings_are_ordered_and_complete(void **state) {
    linted t;
    int32_t n;
    lint_file(&t, CUSTOMER);
    assert_true(t.found.count > 0);
    for (n = 0; n < t.found.count; n++) {
        const consent__finding *f = &t.found.v[n], *g = f + 1;
        const consent__lint_rule *r = rule_of(f->id);
        int32_t s, before = -1;
        assert_non_null(r);
        assert_int_equal(f->severity, r->severity);
        assert_string_equal(f->remedy, r->remedy);
        assert_non_null(strstr(r->source, f->source));
        assert_null(strstr(f->source, " | "));
        assert_true(strlen(f->message) > 0);
        for (s = 0; s < f->sections.count; s++) {
            int32_t at = consent__policy_section(t.policy, f->sections.v[s]);
            assert_true(at > before);
            before = at;
        }
        if (n + 1 == t.found.count)
            break;
        assert_true(f->severity <= g->severity);
        if (f->severity == g->severity)
            assert_true(strcmp(f->id, g->id) <= 0);
    }
    lint_done(&t);
}

/* A finding may outlive the policy it was made from. */
static void test_lint_findings_outlive_policy(void **state) {
    linted t;
    const consent__finding *f;
    lint_file(&t, CUSTOMER);
    consent__arena_free(&t.policy_arena);
    f = find(&t, "contact-incomplete");
    assert_true(has_section(f, "s8"));
    lint_done(&t);
}

static void test_lint_source_speaks_for_profile(void **state) {
    linted t;
    char *text = file_read(STRIDA);
    cJSON *root = cJSON_Parse(text);
    char *edited;
    cJSON_DeleteItemFromObject(cJSON_GetObjectItem(root, "incident"), "regulator");
    edited = cJSON_PrintUnformatted(root);
    lint_text(&t, edited, "strida without authority");
    assert_string_equal(find(&t, "incident-regulator-missing")->source, "GDPR art. 33(1)");
    lint_done(&t);
    cJSON_free(edited);
    cJSON_Delete(root);
    free(text);
}

/* Of a rule for all profiles only the law of the profile is quoted; all of them where there is
 * none. */
static void test_lint_source_of_a_rule_for_all(void **state) {
    static const char *const quoted[][2] = {
        {"in", "DPDP Rules 2025 r. 3"},
        {"us-coppa", "16 CFR 312.4(a)"},
        {"eu", "GDPR art. 5(1)(a)"},
        {"cn-bank", "PIPL arts 7, 17(1); App identification measures 2019, group 2"},
        {"none",
         "PIPL arts 7, 17(1); App identification measures 2019, group 2; GDPR art. 5(1)(a); "
         "16 CFR 312.4(a); DPDP Rules 2025 r. 3"}};
    linted t;
    size_t i;
    lint_file(&t, CUSTOMER);
    for (i = 0; i < COUNT(quoted); i++) {
        consent__policy copy = *t.policy;
        copy.profile_key = quoted[i][0];
        assert_int_equal(consent__policy_lint(&t.f.cx, &copy, &t.arena, &t.found), CONSENT_OK);
        assert_string_equal(find(&t, "permission-lists-differ")->source, quoted[i][1]);
    }
    lint_done(&t);
}

/* A policy as read, under another profile key: only the choice of rules changes. */
static void test_lint_profile_of_ones_own_takes_rules_of_its_law(void **state) {
    static const struct {
        const char *key;
        bool takes;
    } keys[] = {{"cn", true}, {"cn-bank", true}, {"cnx", false}, {"c", false}, {"none", false}};
    linted t;
    size_t i;
    lint_file(&t, CUSTOMER);
    for (i = 0; i < COUNT(keys); i++) {
        consent__policy copy = *t.policy;
        copy.profile_key = keys[i].key;
        assert_int_equal(consent__policy_lint(&t.f.cx, &copy, &t.arena, &t.found), CONSENT_OK);
        assert_int_equal(find(&t, "deadline-missing") != NULL, keys[i].takes);
        assert_non_null(find(&t, "permission-lists-differ")); /* of no law */
    }
    lint_done(&t);
}

static void test_lint_out_of_memory_at_each_allocation(void **state) {
    linted t;
    int64_t n, live;
    consent_status status = CONSENT_E_MEMORY;
    lint_file(&t, CUSTOMER);
    for (n = 0; status != CONSENT_OK; n++) {
        consent__arena_free(&t.arena);
        live = t.f.live;
        t.f.until_fail = n;
        status = consent__policy_lint(&t.f.cx, t.policy, &t.arena, &t.found);
        t.f.until_fail = -1;
        if (status == CONSENT_OK)
            break;
        assert_failed(&t.f, status, CONSENT_E_MEMORY);
        assert_null(t.found.v);
        assert_int_equal(t.found.count, 0);
        consent__arena_free(&t.arena);
        assert_int_equal(t.f.live, live);
        assert_true(n < 10000);
    }
    assert_true(n > 5);
    lint_done(&t);
}

/* ---- the table ---- */

static void test_lint_rules_are_complete(void **state) {
    const consent__lint_rule *r;
    size_t i, k;
    for (i = 0; (r = consent__lint_rule_at(i)) != NULL; i++) {
        const char *c;
        size_t sources = 1, profiles = 1;
        assert_true(strlen(r->source) > 0 && strlen(r->about) > 0 && strlen(r->remedy) > 0);
        assert_ptr_equal(rule_of(r->id), r); /* no id twice */
        for (c = r->id; *c != '\0'; c++)
            assert_true((*c >= 'a' && *c <= 'z') || *c == '-');
        /* One sentence. */
        assert_int_equal(r->remedy[strlen(r->remedy) - 1], '.');
        for (c = r->remedy; (c = strstr(c, ". ")) != NULL; c += 2) /* "art. 13" ends none */
            assert_false(c[2] >= 'A' && c[2] <= 'Z');
        for (c = r->source; (c = strstr(c, " | ")) != NULL; c += 3)
            sources++;
        for (k = 0; r->profiles[k] != '\0'; k++)
            profiles += r->profiles[k] == ' ';
        if (sources != 1)
            assert_int_equal(sources, profiles);
    }
    assert_true(i >= 40);
}

static const char *severity_name(consent__severity s) {
    static const char *const names[] = {"error", "warning", "hint"};
    return names[s];
}

/* The rows of docs/lint.md are the table, word by word and in its order. */
static void test_lint_document_equals_table(void **state) {
    char *doc = file_read("docs/lint.md"), *at, row[4096], *c;
    const consent__lint_rule *r;
    size_t i, rows = 0;
    assert_non_null(doc);
    at = doc;
    for (i = 0; (r = consent__lint_rule_at(i)) != NULL; i++) {
        char source[1024];
        (void)snprintf(source, sizeof source, "%s", r->source);
        for (c = source; (c = strstr(c, " | ")) != NULL; c += 3)
            c[1] = '/'; /* a bar would end the cell */
        (void)snprintf(row, sizeof row, "\n| `%s` | %s | %s | %s | %s | %s |\n", r->id,
                       severity_name(r->severity), source, r->about, r->remedy,
                       strcmp(r->profiles, "*") == 0 ? "all" : r->profiles);
        at = strstr(at, row);
        if (at == NULL)
            fail_msg("docs/lint.md lacks, at its place:%s", row);
        at++; /* the newline before it; the one after begins the next row */
    }
    for (at = doc; (at = strstr(at, "\n| `")) != NULL; at++)
        rows++;
    assert_int_equal(rows, i);
    free(doc);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lint_rows),
        cmocka_unit_test(test_lint_rows_cover_rules),
        cmocka_unit_test(test_lint_customer_bundle_yields_table),
        cmocka_unit_test(test_lint_three_hints_and_implied_consent_are_read_from_text),
        cmocka_unit_test(test_lint_corrected_bundle_has_nothing_of_the_table),
        cmocka_unit_test(test_lint_clean_bundles_have_no_error),
        cmocka_unit_test(test_lint_findings_are_ordered_and_complete),
        cmocka_unit_test(test_lint_findings_outlive_policy),
        cmocka_unit_test(test_lint_source_speaks_for_profile),
        cmocka_unit_test(test_lint_source_of_a_rule_for_all),
        cmocka_unit_test(test_lint_profile_of_ones_own_takes_rules_of_its_law),
        cmocka_unit_test(test_lint_out_of_memory_at_each_allocation),
        cmocka_unit_test(test_lint_rules_are_complete),
        cmocka_unit_test(test_lint_document_equals_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
