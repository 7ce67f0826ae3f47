/* SPDX-License-Identifier: Apache-2.0 */
/* The scanner before cJSON: grammar, encoding, limits, member names, and where each error is. */
#include "foundation.h"

#include <stdio.h>

#include "json/doc.h"
#include "json/sort.h"

#define COUNT(v) (sizeof(v) / sizeof(v)[0])

typedef struct row {
    const char *text;
    consent_status status;
    const char *pointer; /* NULL with CONSENT_OK */
    int64_t offset;
} row;

/* Reads bytes that end where their memory ends, so that a sanitizer sees one read too many. */
static consent_status open_exact(foundation *f, const char *bytes, size_t n) {
    char *copy = malloc(n != 0 ? n : 1);
    consent__doc doc;
    consent_status status;
    assert_non_null(copy);
    if (n != 0)
        memcpy(copy, bytes, n);
    status = consent__doc_open(&doc, &f->cx, copy, n, NULL);
    consent__doc_close(&doc);
    free(copy);
    return status;
}

static void assert_row(foundation *f, const char *bytes, size_t n, consent_status status,
                       const char *pointer, int64_t offset) {
    consent_status got = open_exact(f, bytes, n);
    if (got != status)
        fail_msg("%.*s: status %d, not %d: %s", (int)n, bytes, (int)got, (int)status,
                 consent_error_message(f->err));
    if (status != CONSENT_OK) {
        assert_int_equal(consent_error_status(f->err), status);
        if (strcmp(consent_error_where(f->err), pointer) != 0)
            fail_msg("%.*s: at '%s', not '%s'", (int)n, bytes, consent_error_where(f->err),
                     pointer);
        if (consent_error_offset(f->err) != offset)
            fail_msg("%.*s: offset %d, not %d: %s", (int)n, bytes,
                     (int)consent_error_offset(f->err), (int)offset, consent_error_message(f->err));
    }
    assert_true((got == CONSENT_OK) == (f->err == NULL));
    consent__forget(&f->cx);
}

static void assert_rows(const row *rows, size_t count) {
    foundation f;
    size_t i;
    foundation_init(&f);
    for (i = 0; i < count; i++)
        assert_row(&f, rows[i].text, strlen(rows[i].text), rows[i].status, rows[i].pointer,
                   rows[i].offset);
    foundation_done(&f);
}

#define OK CONSENT_OK, NULL, 0
#define SYNTAX CONSENT_E_SYNTAX
#define ENCODING CONSENT_E_ENCODING
#define DUPLICATE CONSENT_E_DUPLICATE
#define LIMIT CONSENT_E_LIMIT

static void test_scan_takes_all_of_rfc_8259(void **state) {
    static const row rows[] = {
        {"null", OK},
        {"true", OK},
        {"false", OK},
        {"0", OK},
        {"-0", OK},
        {"10", OK},
        {"-1.5e+10", OK},
        {"0.0E-0", OK},
        {"1E400", OK},
        {"\"\"", OK},
        {"[]", OK},
        {"{}", OK},
        {" \t\r\n[ 1 , { } , [ ] ] \t\r\n", OK},
        {"{ \"a\" : 1 , \"\" : 2 }", OK},
        {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\uABCD\\uabcd\\u0000\"", OK},
        {"\"\\ud83d\\ude02\"", OK},
        {"\"\x7f\"", OK},
        {"\"\xc2\x80 \xdf\xbf \xe0\xa0\x80 \xed\x9f\xbf \xee\x80\x80 \xef\xbf\xbf\"", OK},
        {"\"\xf0\x90\x80\x80 \xf4\x8f\xbf\xbf\"", OK},
        {"{\"a\":{\"a\":[{\"a\":1},{\"a\":2}]}}", OK},
    };
    (void)state;
    assert_rows(rows, COUNT(rows));
}

static void test_scan_refuses_what_is_not_json(void **state) {
    static const row rows[] = {
        {"", SYNTAX, "", 0},
        {" ", SYNTAX, "", 1},
        {"\xef\xbb\xbf{}", SYNTAX, "", 0},
        {" \xef\xbb\xbf{}", SYNTAX, "", 1},
        {"{}x", SYNTAX, "", 2},
        {"{} {}", SYNTAX, "", 3},
        {"1 2", SYNTAX, "", 2},
        {"nul", SYNTAX, "", 3},
        {"nulL", SYNTAX, "", 3},
        {"True", SYNTAX, "", 0},
        {"NaN", SYNTAX, "", 0},
        {"Infinity", SYNTAX, "", 0},
        {"-Infinity", SYNTAX, "", 1},
        {"01", SYNTAX, "", 0},
        {"[1,-01]", SYNTAX, "/1", 3},
        {"[+1]", SYNTAX, "/0", 1},
        {"[.5]", SYNTAX, "/0", 1},
        {"[5.]", SYNTAX, "/0", 3},
        {"[5.e1]", SYNTAX, "/0", 3},
        {"[1e]", SYNTAX, "/0", 3},
        {"[1e+]", SYNTAX, "/0", 4},
        {"[-]", SYNTAX, "/0", 2},
        {"[0x10]", SYNTAX, "", 2},
        {"[1,]", SYNTAX, "/1", 3},
        {"[,1]", SYNTAX, "/0", 1},
        {"[1 2]", SYNTAX, "", 3},
        {"[1}", SYNTAX, "", 2},
        {"{\"a\":1,}", SYNTAX, "", 7},
        {"{,}", SYNTAX, "", 1},
        {"{\"a\"}", SYNTAX, "", 4},
        {"{\"a\":}", SYNTAX, "/a", 5},
        {"{\"a\":1 \"b\":2}", SYNTAX, "", 7},
        {"{a:1}", SYNTAX, "", 1},
        {"{'a':1}", SYNTAX, "", 1},
        {"{1:1}", SYNTAX, "", 1},
        {"[1] // comment", SYNTAX, "", 4},
        {"[/* */]", SYNTAX, "/0", 1},
        {"[1,\v2]", SYNTAX, "/1", 3},
        {"[\"a\nb\"]", SYNTAX, "/0", 3},
        {"[\"a\tb\"]", SYNTAX, "/0", 3},
        {"[\"a\x1f\"]", SYNTAX, "/0", 3},
        {"{\"a\rb\":1}", SYNTAX, "", 3},
        {"[\"\\x\"]", SYNTAX, "/0", 3},
        {"[\"\\'\"]", SYNTAX, "/0", 3},
        {"[\"\\u12\"]", SYNTAX, "/0", 6},
        {"[\"\\u12g4\"]", SYNTAX, "/0", 6},
        {"[\"a\\ud800\"]", SYNTAX, "/0", 3},
        {"[\"\\ud800x\"]", SYNTAX, "/0", 2},
        {"[\"\\ud800\\n\"]", SYNTAX, "/0", 2},
        {"[\"\\ud800\\u0041\"]", SYNTAX, "/0", 2},
        {"[\"\\ud800\\ud800\"]", SYNTAX, "/0", 2},
        {"[\"\\udc00\"]", SYNTAX, "/0", 2},
        {"[\"\\udfff\\ud800\"]", SYNTAX, "/0", 2},
        {"{\"a\":[1,{\"b/c~d\":[true,flase]}]}", SYNTAX, "/a/1/b~1c~0d/1", 24},
    };
    (void)state;
    assert_rows(rows, COUNT(rows));
}

static void test_scan_refuses_a_nul_byte(void **state) {
    foundation f;
    (void)state;
    foundation_init(&f);
    assert_row(&f, "{}\0", 3, SYNTAX, "", 2);
    assert_row(&f, "[\0]", 3, SYNTAX, "/0", 1);
    assert_row(&f, "[\"a\0b\"]", 7, SYNTAX, "/0", 3);
    assert_row(&f, "[\"a\\\0b\"]", 8, SYNTAX, "/0", 4);
    foundation_done(&f);
}

static void test_scan_refuses_every_kind_of_invalid_utf8(void **state) {
    static const row rows[] = {
        {"[\"a\x80\"]", ENCODING, "/0", 3},             /* continuation alone */
        {"[\"a\xbf\"]", ENCODING, "/0", 3},             /* the same, last one */
        {"[\"a\xc2\"]", ENCODING, "/0", 3},             /* lead of two alone */
        {"[\"a\xe4\xb8\"]", ENCODING, "/0", 3},         /* three bytes, one missing */
        {"[\"a\xf0\x9f\x98\"]", ENCODING, "/0", 3},     /* four bytes, one missing */
        {"[\"a\xc0\x80\"]", ENCODING, "/0", 3},         /* overlong NUL */
        {"[\"a\xc1\xbf\"]", ENCODING, "/0", 3},         /* overlong of two */
        {"[\"a\xe0\x9f\xbf\"]", ENCODING, "/0", 3},     /* overlong of three */
        {"[\"a\xf0\x8f\xbf\xbf\"]", ENCODING, "/0", 3}, /* overlong of four */
        {"[\"a\xed\xa0\x80\"]", ENCODING, "/0", 3},     /* high surrogate */
        {"[\"a\xed\xbf\xbf\"]", ENCODING, "/0", 3},     /* low surrogate */
        {"[\"a\xf4\x90\x80\x80\"]", ENCODING, "/0", 3}, /* above U+10FFFF */
        {"[\"a\xf5\x80\x80\x80\"]", ENCODING, "/0", 3}, /* lead that is none */
        {"[\"a\xff\"]", ENCODING, "/0", 3},             /* byte that never occurs */
        {"[\"\xe4\xb8\xad\xe6\"]", ENCODING, "/0", 5},  /* behind a valid character */
        {"[\"\\n\xff\"]", ENCODING, "/0", 4},           /* behind an escape */
        {"[\"\xff\\x\"]", ENCODING, "/0", 2},           /* before another error */
        {"[\"\\\xff\"]", ENCODING, "/0", 3},            /* as the escape's letter */
        {"{\"a\":1,\"\xff\":2}", ENCODING, "", 8},      /* in a name */
        {"\xff\xfe{}", ENCODING, "", 0},                /* UTF-16 */
        {"[1,\x80]", ENCODING, "/1", 3},                /* outside a string */
        {"[1,\xc3\xa9]", SYNTAX, "/1", 3},              /* valid, but no JSON */
    };
    (void)state;
    assert_rows(rows, COUNT(rows));
}

static void test_scan_refuses_a_member_twice_at_every_level(void **state) {
    static const row rows[] = {
        {"{\"a\":1,\"a\":2}", DUPLICATE, "/a", 7},
        {"{\"a\":1,\"b\":2,\"a\":3,\"b\":4}", DUPLICATE, "/a", 13},
        {"{\"b\":1,\"a\":2,\"a\":3,\"a\":4}", DUPLICATE, "/a", 13},
        {"{\"x\":{\"a\":1,\"a\":2}}", DUPLICATE, "/x/a", 12},
        {"[[{\"x\":[{\"a\":1,\"b\":{},\"a\":2}]}]]", DUPLICATE, "/0/0/x/0/a", 22},
        {"{\"a\":1,\"\\u0061\":2}", DUPLICATE, "/a", 7},
        {"{\"\\/\":1,\"/\":2}", DUPLICATE, "/~1", 8},
        {"{\"\xc3\xa9\":1,\"\\u00e9\":2}", DUPLICATE, "/\xc3\xa9", 8},
        {"{\"\\ud83d\\ude02\":1,\"\xf0\x9f\x98\x82\":2}", DUPLICATE, "/\xf0\x9f\x98\x82", 18},
        {"{\"\":1,\"\":2}", DUPLICATE, "/", 6},
        {"{\"a\\u0000b\":1,\"a\\u0000b\":2}", DUPLICATE, "/a\\u0000b", 14},
        {"{\"a\\u0000b\":1,\"a\\u0000c\":2,\"a\":3}", OK},
        {"{\"a\":1,\"A\":2,\"\xc3\xa9\":3,\"e\xcc\x81\":4}", OK}, /* no folding, no normalising */
    };
    (void)state;
    assert_rows(rows, COUNT(rows));
}

/* Every prefix of a document is refused at its end, in the value that was being read there. */
static void test_scan_refuses_a_document_cut_at_every_byte(void **state) {
    static const char text[] =
        "{\"a\":[-1.5e2,\"\xc3\xa9\\u00e9\\n\"],\"b\":{\"c\":null,\"d\":{}}}";
    /* the innermost value being read when the document ends before the byte of this number */
    static const struct {
        size_t from;
        const char *pointer;
    } places[] = {
        {0, ""},      {5, "/a"},  {6, "/a/0"},  {8, "/a"},  {9, "/a/0"}, {10, "/a"},
        {11, "/a/0"}, {12, "/a"}, {13, "/a/1"}, {25, "/a"}, {26, ""},    {31, "/b"},
        {36, "/b/c"}, {40, "/b"}, {45, "/b/d"}, {47, "/b"}, {48, ""},
    };
    foundation f;
    size_t n, at = 0;
    (void)state;
    foundation_init(&f);
    for (n = 0; n < sizeof text - 1; n++) {
        while (at + 1 < COUNT(places) && places[at + 1].from <= n)
            at++;
        if (n == 15) /* in the middle of a character */
            assert_row(&f, text, n, ENCODING, places[at].pointer, 14);
        else
            assert_row(&f, text, n, SYNTAX, places[at].pointer, (int64_t)n);
    }
    assert_row(&f, text, n, OK);
    foundation_done(&f);
}

static void test_scan_refuses_more_than_32_levels(void **state) {
    static const int levels[] = {33, 34, 1000, 10000, 1000000};
    char *text = malloc(2000000);
    char pointer[80] = "";
    foundation f;
    size_t i;
    (void)state;
    assert_non_null(text);
    foundation_init(&f);
    memset(text, '[', 1000000);
    memset(text + 1000000, ']', 1000000);
    assert_row(&f, text + 1000000 - 32, 64, OK);
    for (i = 0; i < 32; i++)
        strcat(pointer, "/0");
    for (i = 0; i < COUNT(levels); i++)
        assert_row(&f, text + 1000000 - levels[i], 2 * (size_t)levels[i], LIMIT, pointer, 32);
    for (i = 0; i < 10000; i++)
        memcpy(text + 5 * i, "{\"k\":", 5);
    pointer[0] = '\0';
    for (i = 0; i < 32; i++)
        strcat(pointer, "/k");
    assert_row(&f, text, 50000, LIMIT, pointer, 160);
    foundation_done(&f);
    free(text);
}

static void test_scan_refuses_100_mb_unread(void **state) {
    foundation f;
    consent__doc doc;
    char nothing = '{';
    (void)state;
    foundation_init(&f);
    /* one byte of memory: looking at a second one would be seen */
    assert_int_equal(consent__doc_open(&doc, &f.cx, &nothing, 100u * 1024 * 1024, NULL), LIMIT);
    assert_string_equal(consent_error_where(f.err), "");
    assert_int_equal(consent_error_offset(f.err), CONSENT__BUNDLE_MAX);
    consent__doc_close(&doc);
    consent__forget(&f.cx);
    assert_int_equal(
        consent__doc_open(&doc, &f.cx, &nothing, (size_t)CONSENT__BUNDLE_MAX + 1, NULL), LIMIT);
    consent__doc_close(&doc);
    foundation_done(&f);
}

static void test_scan_takes_16_mib_and_no_more_than_a_million_values(void **state) {
    size_t n = CONSENT__BUNDLE_MAX, i;
    char *text = malloc(n);
    foundation f;
    (void)state;
    assert_non_null(text);
    foundation_init(&f);
    memset(text, ' ', n);
    text[0] = '[';
    text[n - 1] = ']';
    assert_row(&f, text, n, OK);
    /* the array itself and 999 999 elements */
    for (i = 0; i < CONSENT__NODES_MAX; i++)
        memcpy(text + 1 + 2 * i, "1,", 2);
    text[2 * (CONSENT__NODES_MAX - 1)] = ']';
    assert_row(&f, text, 2 * (CONSENT__NODES_MAX - 1) + 1, OK);
    text[2 * (CONSENT__NODES_MAX - 1)] = ',';
    text[2 * CONSENT__NODES_MAX] = ']';
    assert_row(&f, text, 2 * CONSENT__NODES_MAX + 1, LIMIT, "", 1999999);
    foundation_done(&f);
    free(text);
}

static void test_scan_refuses_a_number_that_cjson_would_cut(void **state) {
    char text[80];
    foundation f;
    (void)state;
    foundation_init(&f);
    memset(text, '1', sizeof text);
    text[0] = '[';
    text[64] = ']';
    assert_row(&f, text, 65, OK);
    text[64] = '1';
    text[65] = ']';
    assert_row(&f, text, 66, LIMIT, "/0", 1);
    foundation_done(&f);
}

/* Many members in an order that is bad for naive sorting, then one of them again. */
static void test_scan_finds_the_second_of_many_members(void **state) {
    enum { members = 100000 };
    char *text = malloc(members * 16u), *p = text;
    foundation f;
    int i;
    (void)state;
    assert_non_null(text);
    foundation_init(&f);
    *p++ = '{';
    for (i = 0; i < members; i++)
        p += sprintf(p, "\"k%06d\":0,", i < members / 2 ? i : members + members / 2 - i);
    p[-1] = '}';
    assert_row(&f, text, (size_t)(p - text), OK);
    memcpy(p - 1, ",\"k000007\":1}", 13);
    assert_row(&f, text, (size_t)(p - text) + 12, DUPLICATE, "/k000007", p - text);
    foundation_done(&f);
    free(text);
}

/* ---- the table ---- */

static void test_doc_knows_where_each_value_and_name_stands(void **state) {
    static const char text[] = " {\"a\" : [10, \"x\"],\n\"b\":{\"c\":null}, \"d\" :true}";
    static const struct {
        const char *value, *name; /* what stands at the offsets */
        int32_t parent;
    } want[] = {
        {"{\"a\"", NULL, -1},   {"[10,", "\"a\" :", 0}, {"10", NULL, 1},       {"\"x\"]", NULL, 1},
        {"{\"c\"", "\"b\"", 0}, {"null", "\"c\"", 4},   {"true", "\"d\" ", 0},
    };
    foundation f;
    consent__doc doc;
    int32_t i;
    (void)state;
    foundation_init(&f);
    assert_int_equal(consent__doc_open(&doc, &f.cx, text, sizeof text - 1, NULL), CONSENT_OK);
    assert_int_equal(doc.count, COUNT(want));
    for (i = 0; i < doc.count; i++) {
        const char *name = want[i].name != NULL ? want[i].name : want[i].value;
        assert_memory_equal(text + doc.nodes[i].offset, want[i].value, strlen(want[i].value));
        assert_memory_equal(text + doc.nodes[i].name, name, strlen(name));
        assert_int_equal(doc.nodes[i].parent, want[i].parent);
    }
    assert_int_equal(consent__doc_member(&doc, 0, "b"), 4);
    assert_int_equal(consent__doc_member(&doc, 0, "c"), -1);
    assert_int_equal(consent__doc_size(&doc, 0), 3);
    assert_int_equal(consent__doc_next(&doc, 3), -1);
    assert_string_equal(consent__doc_text(&doc, 3), "x");
    assert_int_equal(doc.nodes[2].json->valueint, 10);
    consent__doc_close(&doc);
    foundation_done(&f);
}

static void test_doc_int_sees_integers_as_json_schema_does(void **state) {
    static const struct {
        const char *text;
        bool is;
        int64_t n;
    } rows[] = {
        {"0", true, 0},
        {"-0", true, 0},
        {"-0.0", true, 0},
        {"1.0", true, 1},
        {"1e2", true, 100},
        {"1.5e1", true, 15},
        {"-120e-1", true, -12},
        {"9007199254740991", true, INT64_C(9007199254740991)},
        {"-9007199254740991", true, -INT64_C(9007199254740991)},
        {"9007199254740992", false, 0},
        {"-9007199254740992", false, 0},
        {"9007199254740993", false, 0},
        {"1e300", false, 0},
        {"1e999", false, 0},
        {"-1e999", false, 0},
        {"0.5", false, 0},
        {"-1e-1", false, 0},
        {"\"1\"", false, 0},
        {"true", false, 0},
        {"null", false, 0},
    };
    foundation f;
    size_t i;
    (void)state;
    foundation_init(&f);
    for (i = 0; i < COUNT(rows); i++) {
        consent__doc doc;
        int64_t n = 0;
        assert_int_equal(consent__doc_open(&doc, &f.cx, rows[i].text, strlen(rows[i].text), NULL),
                         CONSENT_OK);
        if (consent__doc_int(&doc, 0, &n) != rows[i].is || n != rows[i].n)
            fail_msg("%s", rows[i].text);
        consent__doc_close(&doc);
    }
    foundation_done(&f);
}

/* ---- memory ---- */

/* cJSON allocates by itself. The hooks are the process's, which only a test may set. */
static int64_t cjson_until_fail;

static void *cjson_malloc(size_t n) {
    return cjson_until_fail-- > 0 ? malloc(n) : NULL;
}

static void test_doc_open_survives_every_failing_allocation(void **state) {
    static const char text[] = "{\"\\u0061\":[1,\"x\",{\"b\":[null]}],\"c\":\"\\n\"}";
    cJSON_Hooks hooks = {cjson_malloc, free};
    foundation f;
    consent_status status;
    int64_t n;
    (void)state;
    foundation_init(&f);
    for (n = 0, status = CONSENT_E_MEMORY; status != CONSENT_OK; n++) {
        f.until_fail = n;
        status = open_exact(&f, text, sizeof text - 1);
        if (status != CONSENT_OK)
            assert_failed(&f, status, CONSENT_E_MEMORY);
    }
    assert_true(n > 3);
    f.until_fail = -1;
    cJSON_InitHooks(&hooks);
    for (n = 0, status = CONSENT_E_MEMORY; status != CONSENT_OK; n++) {
        cjson_until_fail = n;
        status = open_exact(&f, text, sizeof text - 1);
        if (status != CONSENT_OK)
            assert_failed(&f, status, CONSENT_E_MEMORY);
    }
    cJSON_InitHooks(NULL);
    assert_true(n > 8);
    foundation_done(&f);
}

/* ---- sorting ---- */

static int byte_pair_order(const void *a, const void *b) {
    return memcmp(a, b, 2);
}

static void test_sort_orders_every_small_input(void **state) {
    uint8_t v[7][3];
    int code, n, i;
    (void)state;
    for (n = 0; n <= 7; n++) {
        for (code = 0; code < 16384; code++) { /* values 0 to 3, in every combination */
            int sum = 0;
            for (i = 0; i < n; i++) {
                v[i][0] = 9;
                v[i][1] = (uint8_t)(code >> (2 * i) & 3);
                v[i][2] = (uint8_t)(v[i][1] ^ 0x55); /* moves with its key */
                sum += v[i][1];
            }
            consent__sort(v, (size_t)n, 3, byte_pair_order);
            for (i = 0; i < n; i++) {
                sum -= v[i][1];
                assert_true(v[i][2] == (v[i][1] ^ 0x55));
                assert_true(i == 0 || v[i - 1][1] <= v[i][1]);
            }
            assert_int_equal(sum, 0);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scan_takes_all_of_rfc_8259),
        cmocka_unit_test(test_scan_refuses_what_is_not_json),
        cmocka_unit_test(test_scan_refuses_a_nul_byte),
        cmocka_unit_test(test_scan_refuses_every_kind_of_invalid_utf8),
        cmocka_unit_test(test_scan_refuses_a_member_twice_at_every_level),
        cmocka_unit_test(test_scan_refuses_a_document_cut_at_every_byte),
        cmocka_unit_test(test_scan_refuses_more_than_32_levels),
        cmocka_unit_test(test_scan_refuses_100_mb_unread),
        cmocka_unit_test(test_scan_takes_16_mib_and_no_more_than_a_million_values),
        cmocka_unit_test(test_scan_refuses_a_number_that_cjson_would_cut),
        cmocka_unit_test(test_scan_finds_the_second_of_many_members),
        cmocka_unit_test(test_doc_knows_where_each_value_and_name_stands),
        cmocka_unit_test(test_doc_int_sees_integers_as_json_schema_does),
        cmocka_unit_test(test_doc_open_survives_every_failing_allocation),
        cmocka_unit_test(test_sort_orders_every_small_input),
    };
    return cmocka_run_group_tests_name("json scan", tests, NULL, NULL);
}
