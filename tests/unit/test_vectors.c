/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors that others published, as tables in tests/data/vectors. Each table names its source. */
#include "foundation.h"

#include <cjson/cJSON.h>
#include <stdio.h>

#include "folder.h"
#include "ledger/ledger.h"
#include "json/json.h"

static cJSON *table(const char *name) {
    char path[FOLDER_MAX];
    size_t n;
    (void)snprintf(path, sizeof path, "%s/tests/data/vectors/%s.json", CONSENT_SOURCE_DIR, name);
    char *text = folder_read(path, &n);
    cJSON *json = cJSON_ParseWithLength(text, n);
    free(text);
    assert_non_null(json);
    assert_non_null(cJSON_GetObjectItemCaseSensitive(json, "source"));
    return json;
}

static const cJSON *member(const cJSON *row, const char *name) {
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(row, name);
    if (!value)
        fail_msg("a row without %s", name);
    return value;
}

static const char *text_of(const cJSON *row, const char *name) {
    const char *text = cJSON_GetStringValue(member(row, name));
    assert_non_null(text);
    return text;
}

/* ---- trees ---- */

static uint64_t number_of(const cJSON *row, const char *name) {
    const char *text = text_of(row, name);
    char *end;
    uint64_t n = strtoull(text, &end, 10);
    assert_true(end != text && *end == '\0');
    return n;
}

/* Our types hold whole hashes only: one of another length is filled up with zeros. */
static void hash_of(const cJSON *hashes, const cJSON *index, uint8_t out[CONSENT__HASH]) {
    const char *hex = cJSON_GetStringValue(cJSON_GetArrayItem(hashes, index->valueint));
    assert_non_null(hex);
    assert_true(strlen(hex) <= 2u * CONSENT__HASH);
    memset(out, 0, CONSENT__HASH);
    from_hex(hex, out, strlen(hex) / 2);
}

static void proof_of(const cJSON *hashes, const cJSON *row, consent__proof *out) {
    const cJSON *index;
    out->count = 0;
    cJSON_ArrayForEach(index, member(row, "proof")) {
        assert_true(out->count < CONSENT__PROOF_MAX);
        hash_of(hashes, index, out->hash[out->count++]);
    }
}

static void test_inclusion_agrees_with_transparency_dev(void **state) {
    cJSON *json = table("merkle");
    const cJSON *row, *hashes = member(json, "hashes");
    int good = 0, bad = 0;
    (void)state;
    cJSON_ArrayForEach(row, member(json, "inclusion")) {
        uint8_t leaf[CONSENT__HASH], root[CONSENT__HASH];
        consent__proof proof;
        const bool want = cJSON_IsTrue(member(row, "ok"));
        hash_of(hashes, member(row, "leaf"), leaf);
        hash_of(hashes, member(row, "root"), root);
        proof_of(hashes, row, &proof);
        if (consent__verify_inclusion(number_of(row, "index"), number_of(row, "size"), leaf, &proof,
                                      root) != want)
            fail_msg("inclusion %s", text_of(row, "name"));
        *(want ? &good : &bad) += 1;
    }
    assert_int_equal(good, 5);
    assert_true(bad >= 70);
    cJSON_Delete(json);
}

static void test_consistency_agrees_with_transparency_dev(void **state) {
    cJSON *json = table("merkle");
    const cJSON *row, *hashes = member(json, "hashes");
    int good = 0, bad = 0;
    (void)state;
    cJSON_ArrayForEach(row, member(json, "consistency")) {
        uint8_t first[CONSENT__HASH], second[CONSENT__HASH];
        consent__proof proof;
        const bool want = cJSON_IsTrue(member(row, "ok"));
        hash_of(hashes, member(row, "root1"), first);
        hash_of(hashes, member(row, "root2"), second);
        proof_of(hashes, row, &proof);
        if (consent__verify_consistency(number_of(row, "size1"), number_of(row, "size2"), first,
                                        second, &proof) != want)
            fail_msg("consistency %s", text_of(row, "name"));
        *(want ? &good : &bad) += 1;
    }
    assert_int_equal(good, 5);
    assert_true(bad >= 70);
    cJSON_Delete(json);
}

/* ---- canonical form ---- */

static void test_canonical_form_agrees_with_rfc8785(void **state) {
    cJSON *json = table("jcs");
    const cJSON *row;
    foundation f;
    consent__buf out;
    int count = 0;
    (void)state;
    foundation_init(&f);
    consent__buf_init(&out, &f.env);
    cJSON_ArrayForEach(row, member(json, "cases")) {
        const char *input = text_of(row, "input");
        const char *want = cJSON_GetStringValue(member(row, "output"));
        consent_status status;
        out.len = 0;
        status = consent__json_canonical(&f.cx, input, strlen(input), &out);
        if (want) {
            assert_int_equal(status, CONSENT_OK);
            assert_string_equal(consent__buf_cstr(&out), want);
        } else {
            assert_failed(&f, status, CONSENT_E_INPUT);
        }
        count++;
    }
    assert_true(count >= 13);
    consent__buf_free(&out);
    foundation_done(&f);
    cJSON_Delete(json);
}

/* ---- notes ---- */

static consent_status result_of(const cJSON *row) {
    const char *text = text_of(row, "result");
    if (strcmp(text, "OK") == 0)
        return CONSENT_OK;
    if (strcmp(text, "E_FORMAT") == 0)
        return CONSENT_E_FORMAT;
    assert_string_equal(text, "E_SIGNATURE");
    return CONSENT_E_SIGNATURE;
}

static void test_notes_agree_with_c2sp(void **state) {
    cJSON *json = table("note");
    const cJSON *row;
    int count = 0;
    (void)state;
    cJSON_ArrayForEach(row, member(json, "cases")) {
        const char *note = text_of(row, "note");
        const consent_status want = result_of(row);
        consent_status status;
        foundation f;
        consent__arena arena;
        char *name;
        uint8_t key[32];
        size_t n = 0;
        foundation_init(&f);
        consent__arena_init(&arena, &f.env);
        assert_int_equal(consent__note_vkey_parse(&f.cx, text_of(row, "vkey"), &arena, &name, key),
                         CONSENT_OK);
        status = consent__note_open(&f.cx, note, strlen(note), name, key, &n);
        if (status != want)
            fail_msg("note %s: %d", text_of(row, "name"), (int)status);
        if (want == CONSENT_OK)
            assert_int_equal(n, member(row, "text")->valueint);
        else
            assert_int_equal(consent_error_status(f.err), want);
        consent__forget(&f.cx);
        consent__arena_free(&arena);
        foundation_done(&f);
        count++;
    }
    assert_true(count >= 14);
    cJSON_Delete(json);
}

static int setup(void **state) {
    foundation f;
    (void)state;
    foundation_init(&f);
    return consent__seal_init(&f.cx) == CONSENT_OK ? 0 : -1;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_inclusion_agrees_with_transparency_dev),
        cmocka_unit_test(test_consistency_agrees_with_transparency_dev),
        cmocka_unit_test(test_canonical_form_agrees_with_rfc8785),
        cmocka_unit_test(test_notes_agree_with_c2sp),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
