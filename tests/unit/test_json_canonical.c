/* SPDX-License-Identifier: Apache-2.0 */
/* Canonical JSON (RFC 8785 over integers): from any document, the writer, the strict reader. */
#include "foundation.h"

#include <stdio.h>

#include "json/json.h"

#define COUNT(v) (sizeof(v) / sizeof(v)[0])

/* ---- helpers ---- */

/* The canonical form of a text; NULL when it has none. */
static const char *canonical(foundation *f, const char *text, size_t n, consent__buf *out) {
    consent_status status;
    consent__buf_reset(out);
    status = consent__json_canonical(&f->cx, text, n, out);
    assert_true((status == CONSENT_OK) == (f->err == NULL));
    if (status == CONSENT_OK)
        return consent__buf_cstr(out);
    assert_int_equal(out->len, 0);
    consent__forget(&f->cx);
    return NULL;
}

/* Whether the reader takes it as one canonical value, looked at in memory of exactly its size. */
static bool reader_takes(const char *text, size_t n) {
    char *copy = malloc(n != 0 ? n : 1);
    consent__reader r;
    bool taken;
    assert_non_null(copy);
    if (n != 0)
        memcpy(copy, text, n);
    consent__reader_init(&r, copy, n);
    taken = consent__reader_skip(&r) && consent__reader_done(&r);
    free(copy);
    return taken;
}

static uint32_t next_random(uint32_t *seed) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

/* ---- documents to canonical form ---- */

static const char *const vectors[][2] = {
    /* RFC 8785 and its test data, as far as they know only integers */
    {"{\n  \"1\": {\"f\": {\"f\": \"hi\",\"F\": 5} ,\"\\n\": 56.0},\n  \"10\": { },\n"
     "  \"\": \"empty\",\n  \"a\": { },\n  \"111\": [ {\"e\": \"yes\",\"E\": \"no\" } ],\n"
     "  \"A\": { }\n}",
     "{\"\":\"empty\",\"1\":{\"\\n\":56,\"f\":{\"F\":5,\"f\":\"hi\"}},\"10\":{},"
     "\"111\":[{\"E\":\"no\",\"e\":\"yes\"}],\"A\":{},\"a\":{}}"},
    {"[\n  56,\n  {\n    \"d\": true,\n    \"10\": null,\n    \"1\": [ ]\n  }\n]",
     "[56,{\"1\":[],\"10\":null,\"d\":true}]"},
    {"{\"peach\":\"This sorting order\",\"p\xc3\xa9"
     "ch\xc3\xa9\":\"is wrong according to French\","
     "\"p\xc3\xaa"
     "che\":\"but canonicalization MUST\",\"sin\":\"ignore locale\"}",
     "{\"peach\":\"This sorting order\",\"p\xc3\xa9"
     "ch\xc3\xa9\":\"is wrong according to French\","
     "\"p\xc3\xaa"
     "che\":\"but canonicalization MUST\",\"sin\":\"ignore locale\"}"},
    {"{\"Unnormalized Unicode\":\"A\\u030a\"}", "{\"Unnormalized Unicode\":\"A\xcc\x8a\"}"},
    {"{\"\\u20ac\": \"Euro Sign\", \"\\r\": \"Carriage Return\", \"\\u000a\": \"Newline\","
     "\"1\": \"One\", \"\\u0080\": \"Control\\u007f\", \"\\ud83d\\ude02\": \"Smiley\","
     "\"\\u00f6\": \"Latin Small Letter O With Diaeresis\","
     "\"\\ufb33\": \"Hebrew Letter Dalet With Dagesh\",\"</script>\": \"Browser Challenge\"}",
     "{\"\\n\":\"Newline\",\"\\r\":\"Carriage Return\",\"1\":\"One\","
     "\"</script>\":\"Browser Challenge\",\"\xc2\x80\":\"Control\x7f\","
     "\"\xc3\xb6\":\"Latin Small Letter O With Diaeresis\",\"\xe2\x82\xac\":\"Euro Sign\","
     "\"\xf0\x9f\x98\x82\":\"Smiley\",\"\xef\xac\xb3\":\"Hebrew Letter Dalet With Dagesh\"}"},
    {"{\"literals\":[null,true,false],"
     "\"string\":\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\"}",
     "{\"literals\":[null,true,false],\"string\":\"\xe2\x82\xac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}"},
    /* numbers */
    {"[0,-0,-0.0,0e9,1e2,1.5e1,-120e-1,9007199254740991,-9007199254740991]",
     "[0,0,0,0,100,15,-12,9007199254740991,-9007199254740991]"},
    /* order of names: prefixes first; U+D7FF, then all beyond U+FFFF, then U+E000 and later */
    {"{\"\\uffff\":1,\"\\ue000\":2,\"\\udbff\\udfff\":3,\"\\ud800\\udc00\":4,\"\\ud7ff\":5,"
     "\"b\":6,\"ab\":7,\"a\":8,\"\":9}",
     "{\"\":9,\"a\":8,\"ab\":7,\"b\":6,\"\xed\x9f\xbf\":5,\"\xf0\x90\x80\x80\":4,"
     "\"\xf4\x8f\xbf\xbf\":3,\"\xee\x80\x80\":2,\"\xef\xbf\xbf\":1}"},
    /* by the characters, not by their escapes: '"' 22, '\' 5c, U+001F, U+007F */
    {"{\"\\u007f\":1,\"]\":2,\"\\\\\":3,\"[\":4,\"#\":5,\"\\\"\":6,\"!\":7,\" \":8,\"\\u001f\":9,"
     "\"\\n\":10,\"\\u0000\":11}",
     "{\"\\u0000\":11,\"\\n\":10,\"\\u001f\":9,\" \":8,\"!\":7,\"\\\"\":6,\"#\":5,\"[\":4,"
     "\"\\\\\":3,\"]\":2,\"\x7f\":1}"},
    {" [ ] ", "[]"},
    {"\t{}\r\n", "{}"},
    {"\"a\\u0000b\"", "\"a\\u0000b\""},
};

static void test_canonical_writes_the_vectors(void **state) {
    foundation f;
    consent__buf out;
    size_t i;
    (void)state;
    foundation_init(&f);
    consent__buf_init(&out, &f.env);
    for (i = 0; i < COUNT(vectors); i++) {
        const char *want = vectors[i][1];
        const char *got = canonical(&f, vectors[i][0], strlen(vectors[i][0]), &out);
        assert_non_null(got);
        assert_string_equal(got, want);
        assert_true(reader_takes(want, strlen(want)));
        got = canonical(&f, want, strlen(want), &out);
        assert_non_null(got);
        assert_string_equal(got, want);
    }
    consent__buf_free(&out);
    foundation_done(&f);
}

static void test_canonical_refuses_numbers_that_are_no_integers(void **state) {
    static const struct {
        const char *text, *pointer;
        int64_t offset;
    } rows[] = {
        {"1.5", "", 0},
        {"[1,0.1]", "/1", 3},
        {"{\"a\":9007199254740992}", "/a", 5},
        {"{\"a\":[ -9007199254740992]}", "/a/0", 7},
        {"1e400", "", 0},
        {"1E30", "", 0},
    };
    foundation f;
    consent__buf out;
    size_t i;
    (void)state;
    foundation_init(&f);
    consent__buf_init(&out, &f.env);
    consent__buf_text(&out, "kept");
    for (i = 0; i < COUNT(rows); i++) {
        assert_int_equal(consent__json_canonical(&f.cx, rows[i].text, strlen(rows[i].text), &out),
                         CONSENT_E_INPUT);
        assert_string_equal(consent_error_where(f.err), rows[i].pointer);
        assert_int_equal(consent_error_offset(f.err), rows[i].offset);
        assert_failed(&f, CONSENT_E_INPUT, CONSENT_E_INPUT);
        assert_string_equal(consent__buf_cstr(&out), "kept");
    }
    consent__buf_free(&out);
    foundation_done(&f);
}

static void test_canonical_survives_every_failing_allocation(void **state) {
    foundation f;
    consent__buf out;
    consent_status status = CONSENT_E_MEMORY;
    int64_t n;
    (void)state;
    foundation_init(&f);
    for (n = 0; status != CONSENT_OK; n++) {
        consent__buf_init(&out, &f.env);
        f.until_fail = n;
        status = consent__json_canonical(&f.cx, vectors[4][0], strlen(vectors[4][0]), &out);
        if (status != CONSENT_OK)
            assert_failed(&f, status, CONSENT_E_MEMORY);
        consent__buf_free(&out);
    }
    assert_true(n > 5);
    foundation_done(&f);
}

/* ---- the writer ---- */

static void test_json_string_escapes_what_it_must_and_nothing_else(void **state) {
    foundation f;
    consent__buf out;
    int c;
    (void)state;
    foundation_init(&f);
    consent__buf_init(&out, &f.env);
    for (c = 0; c < 0x80; c++) {
        static const char shorts[][2] = {{'\b', 'b'}, {'\t', 't'}, {'\n', 'n'}, {'\f', 'f'},
                                         {'\r', 'r'}, {'"', '"'},  {'\\', '\\'}};
        char in[3] = {'x', (char)c, 'y'}, want[16];
        size_t i;
        (void)snprintf(want, sizeof want, c < 0x20 ? "\"x\\u%04xy\"" : "\"x%cy\"", c);
        for (i = 0; i < COUNT(shorts); i++)
            if (shorts[i][0] == c)
                (void)snprintf(want, sizeof want, "\"x\\%cy\"", shorts[i][1]);
        consent__buf_reset(&out);
        consent__json_string(&out, in, 3);
        assert_string_equal(consent__buf_cstr(&out), want);
        assert_true(reader_takes(want, strlen(want)));
    }
    consent__buf_free(&out);
    foundation_done(&f);
}

static void test_json_int_writes_the_whole_range(void **state) {
    static const struct {
        int64_t n;
        const char *text;
    } rows[] = {{0, "0"},
                {-1, "-1"},
                {INT64_C(9007199254740991), "9007199254740991"},
                {-INT64_C(9007199254740991), "-9007199254740991"}};
    foundation f;
    consent__buf out;
    size_t i;
    (void)state;
    foundation_init(&f);
    consent__buf_init(&out, &f.env);
    for (i = 0; i < COUNT(rows); i++) {
        consent__reader r;
        int64_t n;
        consent__buf_reset(&out);
        consent__json_int(&out, rows[i].n);
        assert_string_equal(consent__buf_cstr(&out), rows[i].text);
        consent__reader_init(&r, out.data, out.len);
        assert_true(consent__reader_int(&r, &n));
        assert_int_equal(n, rows[i].n);
        assert_true(consent__reader_done(&r));
    }
    consent__buf_free(&out);
    foundation_done(&f);
}

/* ---- the reader ---- */

static void test_reader_reads_what_was_written(void **state) {
    static const char text[] =
        "{\"\":null,\"\\n\":[],\"a\":[1,-2,\"x\\u0000\\\"y\",true,false,null,{}],\"b\":{\"c\":7}}";
    foundation f;
    consent__arena a;
    consent__reader r;
    const char *s;
    size_t n;
    int64_t i;
    bool b;
    (void)state;
    foundation_init(&f);
    consent__arena_init(&a, &f.env);
    consent__reader_init(&r, text, sizeof text - 1);
    assert_int_equal(consent__reader_next(&r), '{');
    assert_true(consent__reader_object(&r));
    assert_true(consent__reader_member(&r, &a, &s));
    assert_string_equal(s, "");
    assert_int_equal(consent__reader_next(&r), 'n');
    assert_true(consent__reader_null(&r));
    assert_true(consent__reader_member(&r, &a, &s));
    assert_string_equal(s, "\n");
    assert_true(consent__reader_array(&r));
    assert_int_equal(consent__reader_next(&r), 0);
    assert_false(consent__reader_element(&r));
    assert_true(consent__reader_member(&r, &a, &s));
    assert_string_equal(s, "a");
    assert_int_equal(consent__reader_next(&r), '[');
    assert_true(consent__reader_array(&r));
    assert_true(consent__reader_element(&r));
    assert_int_equal(consent__reader_next(&r), '0');
    assert_false(consent__reader_null(&r)); /* asks only */
    assert_true(consent__reader_int(&r, &i));
    assert_int_equal(i, 1);
    assert_true(consent__reader_element(&r));
    assert_int_equal(consent__reader_next(&r), '0');
    assert_true(consent__reader_int(&r, &i));
    assert_int_equal(i, -2);
    assert_true(consent__reader_element(&r));
    assert_int_equal(consent__reader_next(&r), '"');
    assert_true(consent__reader_string(&r, &a, &s, &n));
    assert_int_equal(n, 4);
    assert_memory_equal(s, "x\0\"y", 5);
    assert_true(consent__reader_element(&r));
    assert_int_equal(consent__reader_next(&r), 't');
    assert_true(consent__reader_bool(&r, &b));
    assert_true(b);
    assert_true(consent__reader_element(&r));
    assert_int_equal(consent__reader_next(&r), 't');
    assert_true(consent__reader_bool(&r, &b));
    assert_false(b);
    assert_true(consent__reader_element(&r));
    assert_true(consent__reader_skip(&r));
    assert_true(consent__reader_element(&r));
    assert_true(consent__reader_object(&r));
    assert_false(consent__reader_member(&r, &a, &s));
    assert_false(consent__reader_element(&r));
    assert_true(consent__reader_member(&r, &a, &s));
    assert_true(consent__reader_skip(&r));
    assert_false(consent__reader_done(&r));
    assert_false(consent__reader_member(&r, &a, &s));
    assert_true(consent__reader_done(&r));
    consent__arena_free(&a);
    foundation_done(&f);
}

static void test_reader_refuses_every_other_way_to_write_it(void **state) {
    static const char *const rows[] = {
        "",
        " ",
        " 1",
        "1 ",
        "\n{}",
        "{ }",
        "[ ]",
        "[1, 2]",
        "[1 ,2]",
        "{\"a\": 1}",
        "{\"a\" :1}",
        "\xef\xbb\xbf{}",
        /* numbers */
        "-0",
        "00",
        "01",
        "-01",
        "+1",
        "1.0",
        "1.5",
        "1e2",
        "1E2",
        "0x1",
        "-",
        ".5",
        "1.",
        "9007199254740992",
        "-9007199254740992",
        "99999999999999999999",
        "18446744073709551617",
        "NaN",
        "Infinity",
        /* words */
        "True",
        "nul",
        "nulll",
        "tru",
        "truefalse",
        "undefined",
        /* strings */
        "\"",
        "\"a",
        "\"\\",
        "\"\\\"",
        "'a'",
        "\"\\/\"",
        "\"\\u0041\"",
        "\"\\u000a\"",
        "\"\\u0008\"",
        "\"\\u0009\"",
        "\"\\u000c\"",
        "\"\\u000d\"",
        "\"\\u0022\"",
        "\"\\u005c\"",
        "\"\\u001F\"",
        "\"\\u007f\"",
        "\"\\u00e9\"",
        "\"\\u0020\"",
        "\"\\ud83d\\ude02\"",
        "\"\\ud83d\"",
        "\"\\x\"",
        "\"\\u\"",
        "\"\\u00\"",
        "\"\\u001",
        "\"\n\"",
        "\"\t\"",
        "\"\x01\"",
        "\"\xff\"",
        "\"\xc0\x80\"",
        "\"\xed\xa0\x80\"",
        "\"\xe4\xb8\"",
        "\"\xf4\x90\x80\x80\"",
        /* arrays and objects */
        "[",
        "]",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1}",
        "{",
        "}",
        "{]",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\",1}",
        "{a:1}",
        "{1:1}",
        "{,}",
        "[]]",
        "{}{}",
        "1,",
        "[1]2",
        /* names out of order, or twice */
        "{\"b\":1,\"a\":2}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\":2}",
        "{\"ab\":1,\"a\":2}",
        "{\"a\":1,\"c\":2,\"b\":3}",
        "[{\"b\":1,\"a\":2}]",
        "{\"x\":{\"b\":1,\"a\":2}}",
        "{\"x\":{\"z\":1},\"a\":2}",
        "{\"\xef\xac\xb3\":1,\"\xf0\x9f\x98\x82\":2}",
        "{\"\\\\\":1,\"[\":2}",
        "{\" \":1,\"\\n\":2}",
        "{\"\\n\":1,\"\\n\":2}",
        "{\"\\u0001\":1,\"\\u0000\":2}",
        "{\"a\\n\":1,\"a\":2}",
    };
    size_t i;
    (void)state;
    for (i = 0; i < COUNT(rows); i++)
        if (reader_takes(rows[i], strlen(rows[i])))
            fail_msg("taken: %s", rows[i]);
    assert_false(reader_takes("1\0", 2));
    assert_false(reader_takes("\"\0\"", 3));
    assert_false(reader_takes("{}\0", 3));
    assert_false(reader_takes("\"\\\0\"", 4));
    assert_false(reader_takes("\"\\u000\0\"", 8));
}

static void test_reader_compares_names_as_utf16(void **state) {
    static const char *const rows[] = {
        "{\"\xf0\x9f\x98\x82\":1,\"\xef\xac\xb3\":2}",     /* U+1F602 before U+FB33 */
        "{\"\xed\x9f\xbf\":1,\"\xf0\x90\x80\x80\":2}",     /* U+D7FF before U+10000 */
        "{\"\xf4\x8f\xbf\xbf\":1,\"\xee\x80\x80\":2}",     /* U+10FFFF before U+E000 */
        "{\"\xf0\x90\x80\x80\":1,\"\xf0\x90\x80\x81\":2}", /* by the second half */
        "{\"\xc3\xbf\":1,\"\xe0\xa0\x80\":2}",
        "{\"a\":1,\"a\\u0000\":2}",
        "{\"a\\n\":1,\"a \":2}",
        "{\"[\":1,\"\\\\\":2,\"]\":3}",
    };
    size_t i;
    (void)state;
    for (i = 0; i < COUNT(rows); i++)
        if (!reader_takes(rows[i], strlen(rows[i])))
            fail_msg("refused: %s", rows[i]);
}

static void test_reader_refuses_more_than_32_levels(void **state) {
    char text[200000];
    (void)state;
    memset(text, '[', 100000);
    memset(text + 100000, ']', 100000);
    assert_true(reader_takes(text + 100000 - 32, 64));
    assert_false(reader_takes(text + 100000 - 33, 66));
    assert_false(reader_takes(text, 200000));
}

static void test_reader_stays_bad(void **state) {
    foundation f;
    consent__arena a;
    consent__reader r;
    const char *s;
    size_t n;
    int64_t i;
    bool b;
    (void)state;
    foundation_init(&f);
    consent__arena_init(&a, &f.env);
    consent__reader_init(&r, "[1,2]", 5);
    assert_true(consent__reader_array(&r));
    assert_true(consent__reader_element(&r));
    assert_false(consent__reader_string(&r, &a, &s, &n)); /* it is a number */
    assert_null(s);
    assert_true(r.bad);
    assert_false(consent__reader_int(&r, &i));
    assert_false(consent__reader_bool(&r, &b));
    assert_false(consent__reader_element(&r));
    assert_false(consent__reader_member(&r, &a, &s));
    assert_false(consent__reader_object(&r));
    assert_false(consent__reader_array(&r));
    assert_false(consent__reader_null(&r));
    assert_false(consent__reader_skip(&r));
    assert_int_equal(consent__reader_next(&r), 0);
    assert_false(consent__reader_done(&r));
    consent__arena_free(&a);
    foundation_done(&f);
}

static void test_reader_refuses_a_value_that_was_not_read(void **state) {
    static const char *const rows[] = {"{\"a\":}", "{\"a\":1}"};
    foundation f;
    consent__arena a;
    consent__reader r;
    const char *s;
    size_t i;
    (void)state;
    foundation_init(&f);
    consent__arena_init(&a, &f.env);
    for (i = 0; i < COUNT(rows); i++) {
        consent__reader_init(&r, rows[i], strlen(rows[i]));
        assert_true(consent__reader_object(&r));
        assert_true(consent__reader_member(&r, &a, &s));
        assert_false(consent__reader_member(&r, &a, &s));
        assert_true(r.bad);
    }
    /* a name that a C string would cut short */
    consent__reader_init(&r, "{\"a\\u0000b\":1}", 14);
    assert_true(consent__reader_object(&r));
    assert_false(consent__reader_member(&r, &a, &s));
    assert_true(r.bad && s == NULL && !r.no_memory);
    consent__arena_free(&a);
    foundation_done(&f);
}

static void test_reader_tells_lack_of_memory_from_bad_bytes(void **state) {
    foundation f;
    consent__arena a;
    consent__reader r;
    const char *s;
    size_t n;
    (void)state;
    foundation_init(&f);
    consent__arena_init(&a, &f.env);
    f.until_fail = 0;
    consent__reader_init(&r, "\"a\"", 3);
    assert_false(consent__reader_string(&r, &a, &s, &n));
    assert_true(r.bad && r.no_memory);
    consent__reader_init(&r, "{\"a\":1}", 7);
    assert_true(consent__reader_object(&r));
    assert_false(consent__reader_member(&r, &a, &s));
    assert_true(r.bad && r.no_memory);
    consent__arena_free(&a);
    foundation_done(&f);
}

/* ---- generated values ---- */

static void generate_string(uint32_t *seed, consent__buf *out) {
    static const char *const pieces[] = {"a",
                                         "b",
                                         "Z",
                                         " ",
                                         "/",
                                         "\\/",
                                         "\\n",
                                         "\\u000a",
                                         "\\u0000",
                                         "\\u001F",
                                         "\\\"",
                                         "\\\\",
                                         "\\u005C",
                                         "\x7f",
                                         "\\u007f",
                                         "\xc3\xa9",
                                         "\\u00E9",
                                         "\\u20ac",
                                         "\xef\xac\xb3",
                                         "\\ud83d\\ude02",
                                         "\xf0\x9f\x98\x82",
                                         "\xee\x80\x80"};
    uint32_t n = next_random(seed) % 5;
    consent__buf_byte(out, '"');
    while (n-- > 0)
        consent__buf_text(out, pieces[next_random(seed) % COUNT(pieces)]);
    consent__buf_byte(out, '"');
}

static void generate_space(uint32_t *seed, consent__buf *out) {
    static const char *const spaces[] = {"", "", " ", "\n", "\t", "\r\n "};
    consent__buf_text(out, spaces[next_random(seed) % COUNT(spaces)]);
}

/* A document in any way JSON allows. Names may repeat: then it has no canonical form. */
static void generate(uint32_t *seed, int depth, consent__buf *out) {
    static const char *const scalars[] = {"0",
                                          "-0",
                                          "1",
                                          "-17",
                                          "1e2",
                                          "2.50e1",
                                          "0.0",
                                          "9007199254740991",
                                          "-9007199254740991",
                                          "true",
                                          "false",
                                          "null"};
    uint32_t kind = next_random(seed) % (depth > 0 ? 4 : 2), n;
    bool object = kind == 2;
    generate_space(seed, out);
    if (kind == 0) {
        consent__buf_text(out, scalars[next_random(seed) % COUNT(scalars)]);
    } else if (kind == 1) {
        generate_string(seed, out);
    } else {
        consent__buf_byte(out, object ? '{' : '[');
        for (n = next_random(seed) % 5; n > 0; n--) {
            if (object) {
                generate_space(seed, out);
                generate_string(seed, out);
                generate_space(seed, out);
                consent__buf_byte(out, ':');
            }
            generate(seed, depth - 1, out);
            if (n > 1)
                consent__buf_byte(out, ',');
        }
        generate_space(seed, out);
        consent__buf_byte(out, object ? '}' : ']');
    }
    generate_space(seed, out);
}

/* The reader takes a text exactly when the text is its own canonical form. */
static void assert_agree(foundation *f, const char *text, size_t n, consent__buf *scratch) {
    const char *own = canonical(f, text, n, scratch);
    bool same = own != NULL && scratch->len == n && memcmp(own, text, n) == 0;
    if (reader_takes(text, n) != same)
        fail_msg("reader %s: %.*s", same ? "refuses" : "takes", (int)n, text);
}

static void test_canonical_and_reader_agree_on_generated_documents(void **state) {
    foundation f;
    consent__buf in, out, scratch;
    uint32_t seed = 20260101;
    int i, with_form = 0;
    (void)state;
    foundation_init(&f);
    consent__buf_init(&in, &f.env);
    consent__buf_init(&out, &f.env);
    consent__buf_init(&scratch, &f.env);
    for (i = 0; i < 20000; i++) {
        uint32_t changes = 8;
        consent__buf_reset(&in);
        generate(&seed, 4, &in);
        assert_agree(&f, (const char *)in.data, in.len, &scratch);
        if (canonical(&f, (const char *)in.data, in.len, &out) == NULL)
            continue;
        with_form++;
        assert_true(reader_takes((const char *)out.data, out.len));
        assert_agree(&f, (const char *)out.data, out.len, &scratch);
        while (changes-- > 0) { /* one byte changed */
            size_t at = next_random(&seed) % out.len;
            uint8_t was = out.data[at];
            static const char bytes[] = "0123456789-+.eE\"\\/{}[]:, \nabufnrt\x80\xc3\xff";
            out.data[at] = (uint8_t)bytes[next_random(&seed) % (sizeof bytes - 1)];
            assert_agree(&f, (const char *)out.data, out.len, &scratch);
            out.data[at] = was;
        }
    }
    assert_true(with_form > 10000);
    consent__buf_free(&in);
    consent__buf_free(&out);
    consent__buf_free(&scratch);
    foundation_done(&f);
}

static void test_reader_gives_back_generated_strings_and_numbers(void **state) {
    foundation f;
    consent__buf out;
    consent__arena a;
    uint32_t seed = 7;
    int i;
    (void)state;
    foundation_init(&f);
    consent__buf_init(&out, &f.env);
    consent__arena_init(&a, &f.env);
    for (i = 0; i < 20000; i++) {
        static const char *const pieces[] = {"\0",
                                             "\x01",
                                             "\x1f",
                                             "\"",
                                             "\\",
                                             "/",
                                             "\n",
                                             "\x7f",
                                             "\xc2\x80",
                                             "\xe2\x82\xac",
                                             "\xf0\x9f\x98\x82",
                                             "u0041"};
        char text[64];
        size_t len = 0, n = next_random(&seed) % 8, got_n;
        const char *got;
        int64_t number = (int64_t)(next_random(&seed) & 0x1fffff) << 32 | next_random(&seed), back;
        consent__reader r;
        if (next_random(&seed) % 2 == 0)
            number = -number;
        for (; n > 0; n--) {
            const char *piece = pieces[next_random(&seed) % COUNT(pieces)];
            size_t size = *piece == '\0' ? 1 : strlen(piece);
            memcpy(text + len, piece, size);
            len += size;
        }
        consent__buf_reset(&out);
        consent__buf_byte(&out, '[');
        consent__json_string(&out, text, len);
        consent__buf_byte(&out, ',');
        consent__json_int(&out, number);
        consent__buf_byte(&out, ']');
        consent__arena_reset(&a);
        consent__reader_init(&r, out.data, out.len);
        assert_true(consent__reader_array(&r));
        assert_true(consent__reader_element(&r));
        assert_true(consent__reader_string(&r, &a, &got, &got_n));
        assert_int_equal(got_n, len);
        if (len > 0)
            assert_memory_equal(got, text, len);
        assert_int_equal(got[len], 0);
        assert_true(consent__reader_element(&r));
        assert_true(consent__reader_int(&r, &back));
        assert_true(back == number);
        assert_false(consent__reader_element(&r));
        assert_true(consent__reader_done(&r));
    }
    consent__arena_free(&a);
    consent__buf_free(&out);
    foundation_done(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_canonical_writes_the_vectors),
        cmocka_unit_test(test_canonical_refuses_numbers_that_are_no_integers),
        cmocka_unit_test(test_canonical_survives_every_failing_allocation),
        cmocka_unit_test(test_json_string_escapes_what_it_must_and_nothing_else),
        cmocka_unit_test(test_json_int_writes_the_whole_range),
        cmocka_unit_test(test_reader_reads_what_was_written),
        cmocka_unit_test(test_reader_refuses_every_other_way_to_write_it),
        cmocka_unit_test(test_reader_compares_names_as_utf16),
        cmocka_unit_test(test_reader_refuses_more_than_32_levels),
        cmocka_unit_test(test_reader_stays_bad),
        cmocka_unit_test(test_reader_refuses_a_value_that_was_not_read),
        cmocka_unit_test(test_reader_tells_lack_of_memory_from_bad_bytes),
        cmocka_unit_test(test_canonical_and_reader_agree_on_generated_documents),
        cmocka_unit_test(test_reader_gives_back_generated_strings_and_numbers),
    };
    return cmocka_run_group_tests_name("json canonical", tests, NULL, NULL);
}
