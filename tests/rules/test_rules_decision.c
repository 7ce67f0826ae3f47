/* SPDX-License-Identifier: Apache-2.0 */
/* The rule tables: state -> question -> answer, one file a test. Rows are data that a lawyer reads
 * (tests/rules/README.md); every row runs in a store of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "story.h"

typedef struct table {
    cJSON *json;
    int rows, bad;
} table;

static const cJSON *get(const cJSON *object, const char *name) {
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

static cJSON *read_table(const char *name) {
    char path[1024];
    snprintf(path, sizeof path, "%s/tests/rules/%s.json", CONSENT_SOURCE_DIR, name);
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    char *bytes = calloc(1, 4 << 20);
    assert_non_null(bytes);
    size_t n = fread(bytes, 1, (4 << 20) - 1, f);
    fclose(f);
    assert_true(n > 0);
    cJSON *json = cJSON_Parse(bytes);
    free(bytes);
    assert_non_null(json);
    return json;
}

/* ---- one row ---- */

static void tell(table *t, const cJSON *row, const char *why, const char *got) {
    fprintf(stderr, "row %s: %s%s%s\n", cJSON_GetStringValue(get(row, "id")), why, got ? ": " : "",
            got ? got : "");
    t->bad++;
}

/* Steps must go well, unless one says which status it ends with. bare: no policy is in force yet,
 * so that there is nothing to link a guardian under. */
static bool steps(table *t, story *s, const cJSON *row, const cJSON *list, bool bare) {
    const cJSON *step;
    cJSON_ArrayForEach(step, list) {
        if (bare && strcmp(cJSON_GetStringValue(get(step, "do")), "subject") != 0)
            continue;
        const char *want = cJSON_GetStringValue(get(step, "ends"));
        consent_status st = story_step(s, step, NULL);
        const char *got = consent_status_name(st);
        if (want ? strcmp(want, got) != 0 : st < 0) {
            tell(t, row, consent_error_message(s->err), got);
            return false;
        }
    }
    return true;
}

/* The policy of the table with the row's own changes; `false` in a row: no policy at all. */
static bool publish(table *t, story *s, const cJSON *row) {
    const cJSON *own = get(row, "policy");
    if (cJSON_IsFalse(own))
        return true;
    cJSON *step = cJSON_CreateObject();
    cJSON_AddStringToObject(step, "do", "policy");
    cJSON_AddStringToObject(step, "base", "base");
    if (own)
        cJSON_AddItemToObject(step, "set", cJSON_Duplicate(own, true));
    consent_status st = story_step(s, step, NULL);
    if (st < 0)
        tell(t, row, "its policy is refused", consent_error_message(s->err));
    cJSON_Delete(step);
    return st >= 0;
}

static bool contains(const cJSON *list, const cJSON *wanted) {
    const cJSON *element, *member;
    cJSON_ArrayForEach(element, list) {
        bool same = true;
        cJSON_ArrayForEach(member, wanted) same =
            same && cJSON_Compare(get(element, member->string), member, true);
        if (same)
            return true;
    }
    return false;
}

static void compare(table *t, const cJSON *row, const cJSON *then, const cJSON *got) {
    char *said = cJSON_PrintUnformatted(got);
    const cJSON *member;
    cJSON_ArrayForEach(member, then) {
        if (strcmp(member->string, "holds") == 0) {
            const cJSON *wanted;
            cJSON_ArrayForEach(wanted, member) if (!contains(got, wanted))
                tell(t, row, "the plan lacks an entry", said);
        } else if (strcmp(member->string, "lacks") == 0) {
            const cJSON *wanted;
            cJSON_ArrayForEach(wanted, member) if (contains(got, wanted))
                tell(t, row, "the plan holds what it must not", said);
        } else if (!cJSON_Compare(member, get(got, member->string), true)) {
            tell(t, row, "another answer", said);
        }
    }
    cJSON_free(said);
}

static void one_row(table *t, const cJSON *row) {
    story s;
    t->rows++;
    if (!cJSON_IsString(get(row, "law")) || !cJSON_IsObject(get(row, "then"))) {
        tell(t, row, "names no source or no answer", NULL);
        return;
    }
    story_begin(&s);
    if (publish(t, &s, row) &&
        steps(t, &s, row, get(t->json, "people"), cJSON_IsTrue(get(row, "bare"))) &&
        steps(t, &s, row, get(row, "given"), false)) {
        const cJSON *ask = get(row, "ask");
        cJSON *got = NULL;
        consent_status st = story_step(&s, ask, &got);
        const cJSON *status = get(get(row, "then"), "status");
        if (status) {
            if (strcmp(cJSON_GetStringValue(status), consent_status_name(st)) != 0)
                tell(t, row, consent_status_name(st), consent_error_message(s.err));
        } else if (st < 0) {
            tell(t, row, consent_status_name(st), consent_error_message(s.err));
        } else {
            compare(t, row, get(row, "then"), got);
        }
        cJSON_Delete(got);
    }
    story_end(&s);
}

static void run_table(const char *name, int least) {
    table t = {read_table(name), 0, 0};
    const cJSON *row;
    cJSON_ArrayForEach(row, get(t.json, "rows")) one_row(&t, row);
    printf("%s: %d rows, %d wrong\n", name, t.rows, t.bad);
    cJSON_Delete(t.json);
    assert_int_equal(t.bad, 0);
    assert_true(t.rows >= least);
}

static void test_rules_reasons(void **state) {
    run_table("reasons", 60);
}
static void test_rules_order(void **state) {
    run_table("order", 30);
}
static void test_rules_age(void **state) {
    run_table("age", 60);
}
static void test_rules_acts(void **state) {
    run_table("acts", 40);
}
static void test_rules_law(void **state) {
    run_table("law", 40);
}

/* Every reason of the check is the answer of some row. */
static void test_rules_reach_every_reason(void **state) {
    static const char *const files[] = {"reasons", "order", "age", "acts", "law"};
    bool seen[CONSENT_REASON_EXEMPT + 1] = {false};
    for (size_t f = 0; f < sizeof files / sizeof files[0]; f++) {
        cJSON *json = read_table(files[f]);
        const cJSON *row;
        cJSON_ArrayForEach(row, get(json, "rows")) {
            const char *reason = cJSON_GetStringValue(get(get(row, "then"), "reason"));
            for (int32_t i = 0; reason && i <= CONSENT_REASON_EXEMPT; i++)
                if (consent_reason_name(i) && strcmp(consent_reason_name(i), reason) == 0)
                    seen[i] = true;
        }
        cJSON_Delete(json);
    }
    for (int32_t i = 0; i < CONSENT_REASON_EXEMPT; i++) /* EXEMPT is never a check's answer */
        if (consent_reason_name(i) && !seen[i]) {
            fprintf(stderr, "no row answers %s\n", consent_reason_name(i));
            fail();
        }
}

static void test_rules_every_reason_has_a_source(void **state) {
    for (int32_t i = 0; i <= CONSENT_REASON_EXEMPT; i++) {
        const char *name = consent_reason_name(i);
        assert_int_equal(name != NULL, consent_reason_source(i, NULL) != NULL);
        if (name && i != CONSENT_REASON_BASIS_LEGITIMATE_INTEREST)
            assert_non_null(strstr(consent_reason_source(i, "cn"), "PIPL"));
        assert_int_equal(name != NULL, consent_reason_source(i, "none") != NULL);
    }
    assert_string_equal(consent_reason_source(CONSENT_REASON_WITHDRAWN, "eu"), "GDPR art. 7(3)");
    assert_null(consent_reason_source(99, "cn"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules_reasons),
        cmocka_unit_test(test_rules_order),
        cmocka_unit_test(test_rules_age),
        cmocka_unit_test(test_rules_acts),
        cmocka_unit_test(test_rules_law),
        cmocka_unit_test(test_rules_reach_every_reason),
        cmocka_unit_test(test_rules_every_reason_has_a_source),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
