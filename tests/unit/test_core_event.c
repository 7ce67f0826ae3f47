/* SPDX-License-Identifier: Apache-2.0 */
/* docs/events.md and the tables of lib/core/event.c say the same; bodies survive the round trip. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/event.h"
#include "json/event.h"

static char *read_doc(void) {
    FILE *f = fopen(CONSENT_SOURCE_DIR "/docs/events.md", "rb");
    assert_non_null(f);
    char *text = calloc(1, 1 << 18);
    assert_non_null(text);
    assert_true(fread(text, 1, (1 << 18) - 1, f) > 0);
    fclose(f);
    return text;
}

/* "a b c" as the document lists a set of fields, in alphabetical order. */
static void field_list(uint64_t set, char *out) {
    out[0] = '\0';
    for (int i = 0; i < F_COUNT; i++)
        if (set >> i & 1) {
            if (out[0])
                strcat(out, " ");
            strcat(out, consent__field_table[i].name);
        }
}

static void test_event_kinds_match_document(void **state) {
    (void)state;
    char *doc = read_doc();
    int rows = 0;
    for (int i = 0; i < EV_COUNT; i++) {
        const consent__kind_row *k = &consent__kind_table[i];
        char required[1024], optional[1024], row[4096];
        assert_non_null(k->name);
        field_list(k->required, required);
        field_list(k->optional, optional);
        snprintf(row, sizeof row, "\n| `%s` | %s | %s | %s | %d | ", k->name,
                 k->store ? "store" : "subject", required, optional, (int)k->v);
        if (!strstr(doc, row))
            fail_msg("docs/events.md lacks this row:%s", row);
    }
    for (const char *p = strstr(doc, "## Kinds"); p && p < strstr(doc, "## Fields");
         p = strstr(p + 1, "\n| `"))
        rows++;
    assert_int_equal(rows - 1, EV_COUNT);
    free(doc);
}

static void test_event_fields_match_document(void **state) {
    (void)state;
    static const char *const types[] = {"text",        "integer",       "truth value",
                                        "uid, 32 hex", "list of texts", "scalar"};
    char *doc = read_doc();
    assert_true(F_COUNT <= 64);
    for (int i = 0; i < F_COUNT; i++) {
        const consent__field_row *f = &consent__field_table[i];
        char row[256];
        snprintf(row, sizeof row, "\n| `%s` | %s | ", f->name, types[f->type]);
        if (!strstr(doc, row))
            fail_msg("docs/events.md lacks this row:%s", row);
        if (i)
            assert_true(strcmp(consent__field_table[i - 1].name, f->name) < 0);
    }
    free(doc);
}

/* A body of each kind with all its fields comes back as it was. */
static void test_event_body_round_trip_every_kind(void **state) {
    (void)state;
    static const char *list[] = {"a", "\xe4\xb8\xad"};
    consent__cx cx = {&consent__env_default, NULL, "test"};
    for (int i = 0; i < EV_COUNT; i++) {
        consent__event e = {.kind = (consent__event_kind)i}, back;
        const consent__kind_row *k = &consent__kind_table[i];
        e.has = k->required | k->optional | CONSENT__BIT(v) | CONSENT__BIT(clock) |
                (k->store ? 0 : CONSENT__BIT(uid));
        for (int f = 0; f < F_COUNT; f++) {
            void *at = (char *)&e + consent__field_table[f].offset;
            switch (consent__field_table[f].type) {
            case FIELD_TEXT:
                *(const char **)at = "x\"\n\xf0\x9f\x98\x82";
                break;
            case FIELD_INT:
                *(int64_t *)at = INT64_C(9007199254740991) - f;
                break;
            case FIELD_BOOL:
                *(bool *)at = true;
                break;
            case FIELD_UID:
                memset(at, f, 16);
                break;
            case FIELD_LIST:
                *(consent__strings *)at = (consent__strings){2, list};
                break;
            case FIELD_VALUE:
                ((consent__value *)at)->type = VALUE_INT;
                ((consent__value *)at)->number = -5;
                break;
            }
        }
        consent__buf a, b;
        consent__arena arena;
        consent__buf_init(&a, cx.env);
        consent__buf_init(&b, cx.env);
        consent__arena_init(&arena, cx.env);
        consent__event_encode(&e, &a);
        assert_int_equal(consent__event_decode(&cx, e.kind, 7, a.data, a.len, &arena, &back),
                         CONSENT_OK);
        assert_true(back.has == e.has && back.seq == 7);
        consent__event_encode(&back, &b);
        assert_int_equal(a.len, b.len);
        assert_memory_equal(a.data, b.data, a.len);
        /* every truncation is refused */
        for (size_t n = 0; n < a.len; n++)
            assert_int_not_equal(consent__event_decode(&cx, e.kind, 7, a.data, n, &arena, &back),
                                 CONSENT_OK);
        consent__buf_free(&a);
        consent__buf_free(&b);
        consent__arena_free(&arena);
    }
}

static void *memory_until(void *pointer, size_t size, void *user) {
    int *left = user;
    if (size == 0) {
        free(pointer);
        return NULL;
    }
    return (*left)-- > 0 ? realloc(pointer, size) : NULL;
}

/* Memory that ran out is not a damaged body: a sweep over `ledger verify` found it called one. */
static void test_event_body_without_memory_is_not_malformed(void **state) {
    (void)state;
    int left = 0;
    consent__env env = consent__env_default;
    env.memory = memory_until;
    env.memory_user = &left;
    consent__cx cx = {&env, NULL, "test"}, plain = {&consent__env_default, NULL, "test"};
    consent__event e = {.kind = EV_SERVICE_STOPPED}, back;
    consent__buf body;
    consent__arena arena;
    consent__buf_init(&body, plain.env);
    CONSENT__SET(&e, v, 1);
    CONSENT__SET(&e, clock, 1);
    CONSENT__SET_TEXT(&e, reason, "closed");
    consent__event_encode(&e, &body);
    consent__arena_init(&arena, &env);
    assert_int_equal(consent__event_decode(&cx, e.kind, 0, body.data, body.len, &arena, &back),
                     CONSENT_E_MEMORY);
    left = 100;
    assert_int_equal(consent__event_decode(&cx, e.kind, 0, body.data, body.len, &arena, &back),
                     CONSENT_OK);
    consent__arena_free(&arena);
    consent__buf_free(&body);
}

static void test_event_complete_refuses_missing_and_foreign_fields(void **state) {
    (void)state;
    consent__event e = {.kind = EV_SERVICE_STOPPED};
    assert_false(consent__event_complete(&e));
    CONSENT__SET(&e, v, 1);
    CONSENT__SET(&e, clock, 1);
    assert_false(consent__event_complete(&e));
    CONSENT__SET_TEXT(&e, reason, "closed");
    assert_true(consent__event_complete(&e));
    CONSENT__SET_TEXT(&e, purpose, "push");
    assert_false(consent__event_complete(&e));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_event_kinds_match_document),
        cmocka_unit_test(test_event_fields_match_document),
        cmocka_unit_test(test_event_body_round_trip_every_kind),
        cmocka_unit_test(test_event_body_without_memory_is_not_malformed),
        cmocka_unit_test(test_event_complete_refuses_missing_and_foreign_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
