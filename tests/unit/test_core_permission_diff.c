/* SPDX-License-Identifier: Apache-2.0 */
/* Declared permissions against an app's, on one policy of plain structs. */
#include "foundation.h"

#include "core/permission_diff.h"

/* Items 0 face, 1 place; purpose 0 uses face and shares with recipient 0. */
static const int32_t zero[] = {0}, both[] = {0, 1};
static const consent__item items[] = {{.key = "face"}, {.key = "place"}};
static const consent__share shares[] = {{.recipient = 0, .items = {1, zero}}};
static const consent__purpose purposes[] = {
    {.key = "calls", .items = {1, zero}, .share_count = 1, .shares = shares}};
static const consent__recipient recipients[] = {{.key = "push", .kind = RECIPIENT_SDK},
                                                {.key = "ghost", .kind = RECIPIENT_SDK}};

typedef struct expected {
    consent__gap_kind kind;
    const char *name;
    int32_t permission, first_item; /* -1: none */
} expected;

static void compare(const consent__permission *permissions, int32_t count, const char *const *names,
                    size_t name_count, const expected *e, int32_t n) {
    consent__policy p = {.permissions_count = count,
                         .permissions = permissions,
                         .items_count = 2,
                         .items = items,
                         .purposes_count = 1,
                         .purposes = purposes,
                         .recipients_count = 2,
                         .recipients = recipients};
    consent__cx cx = {&consent__env_default, NULL, "test"};
    consent__arena arena;
    consent__gaps gaps;
    consent__arena_init(&arena, cx.env);
    assert_int_equal(
        consent__permission_diff(&cx, &p, PLATFORM_ANDROID, names, name_count, &arena, &gaps),
        CONSENT_OK);
    assert_int_equal(gaps.count, n);
    for (int32_t i = 0; i < n; i++) {
        assert_int_equal(gaps.v[i].kind, e[i].kind);
        assert_string_equal(gaps.v[i].name, e[i].name);
        assert_int_equal(gaps.v[i].permission, e[i].permission);
        assert_int_equal(gaps.v[i].items.count, e[i].first_item >= 0);
        if (e[i].first_item >= 0)
            assert_int_equal(gaps.v[i].items.v[0], e[i].first_item);
    }
    consent__arena_free(&arena);
}

#define ENTRY(n, s) .name = n, .source = s, .platform = PLATFORM_ANDROID
#define FOR_CALLS .purposes = {1, zero}
#define COUNT(v) ((int32_t)(sizeof(v) / sizeof(v)[0]))

static void test_permission_diff_equal_with_and_without_prefix(void **state) {
    static const consent__permission declared[] = {
        {ENTRY("CAMERA", "app"), FOR_CALLS, .items = {1, zero}},
        {ENTRY("android.permission.VIBRATE", "push"), FOR_CALLS},
        {.name = "NSCameraUsageDescription", .source = "other", .platform = PLATFORM_IOS}};
    static const char *const names[] = {"VIBRATE", "android.permission.CAMERA", "CAMERA"};
    (void)state;
    compare(declared, COUNT(declared), names, 3, NULL, 0);
}

static void test_permission_diff_names(void **state) {
    static const consent__permission declared[] = {
        {ENTRY("CAMERA", "app"), FOR_CALLS},
        {ENTRY("VIBRATE", "app"), FOR_CALLS},
        {ENTRY("VIBRATE", "push"), FOR_CALLS},
        {.name = "READ_SMS", .source = "app", .platform = PLATFORM_IOS, FOR_CALLS}};
    static const char *const names[] = {"READ_SMS", "android.permission.READ_SMS",
                                        "my.permission.CAMERA"};
    static const expected e[] = {{GAP_NOT_DECLARED, "READ_SMS", -1, -1},
                                 {GAP_NOT_DECLARED, "my.permission.CAMERA", -1, -1},
                                 {GAP_NOT_IN_APP, "CAMERA", 0, -1},
                                 {GAP_NOT_IN_APP, "VIBRATE", 1, -1}};
    (void)state;
    compare(declared, COUNT(declared), names, 3, e, COUNT(e));
}

static void test_permission_diff_reasons(void **state) {
    static const consent__permission declared[] = {
        {ENTRY("CAMERA", "app"), .items = {1, zero}},
        {ENTRY("CAMERA", "push"), FOR_CALLS, .items = {2, both}}};
    static const char *const names[] = {"CAMERA"};
    static const expected e[] = {{GAP_NO_PURPOSE, "CAMERA", 0, -1},
                                 {GAP_UNEXPLAINED, "CAMERA", 1, 1}};
    (void)state;
    compare(declared, COUNT(declared), names, 1, e, COUNT(e));
}

static void test_permission_diff_sources(void **state) {
    static const consent__permission declared[] = {{ENTRY("CAMERA", "ghost"), FOR_CALLS},
                                                   {ENTRY("CAMERA", "app"), FOR_CALLS},
                                                   {ENTRY("CAMERA", "frame"), FOR_CALLS},
                                                   {ENTRY("CAMERA", "push"), FOR_CALLS}};
    static const char *const names[] = {"CAMERA"};
    static const expected e[] = {{GAP_SDK_NO_RECIPIENT, "CAMERA", 2, -1},
                                 {GAP_SDK_NOT_SHARED, "CAMERA", 0, -1}};
    (void)state;
    compare(declared, COUNT(declared), names, 1, e, COUNT(e));
}

static void test_permission_diff_of_nothing(void **state) {
    (void)state;
    compare(NULL, 0, NULL, 0, NULL, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_permission_diff_equal_with_and_without_prefix),
        cmocka_unit_test(test_permission_diff_names),
        cmocka_unit_test(test_permission_diff_reasons),
        cmocka_unit_test(test_permission_diff_sources),
        cmocka_unit_test(test_permission_diff_of_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
