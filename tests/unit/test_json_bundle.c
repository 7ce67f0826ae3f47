/* SPDX-License-Identifier: Apache-2.0 */
/* Bundles, profiles and calendars: every data file of the project, and a small bundle changed at
 * one place for each rule. */
#include "foundation.h"

#include <dirent.h>
#include <stdio.h>

#include <cjson/cJSON.h>

#include "json/json.h"

#ifndef CONSENT_SOURCE_DIR
#error "CONSENT_SOURCE_DIR must be the root of the source tree"
#endif

#define COUNT(v) (sizeof(v) / sizeof(v)[0])

/* ---- files ---- */

typedef struct file {
    char *bytes; /* NUL-terminated for cJSON's sake */
    size_t len;
} file;

static bool file_read(const char *path, file *out) {
    FILE *f = fopen(path, "rb");
    long n;
    out->bytes = NULL;
    out->len = 0;
    if (f == NULL)
        return false;
    if (fseek(f, 0, SEEK_END) == 0 && (n = ftell(f)) >= 0 && fseek(f, 0, SEEK_SET) == 0) {
        out->bytes = malloc((size_t)n + 1);
        assert_non_null(out->bytes);
        out->len = fread(out->bytes, 1, (size_t)n, f);
        out->bytes[out->len] = '\0';
    }
    (void)fclose(f);
    return out->bytes != NULL;
}

typedef void (*each_fn)(foundation *f, const char *path, const char *name);

/* Calls fn for each *.json in a folder of the source tree; the number of them. */
static int each_json(const char *folder, foundation *f, each_fn fn) {
    char path[1024];
    struct dirent *entry;
    int n = 0;
    DIR *dir;
    (void)snprintf(path, sizeof path, "%s/%s", CONSENT_SOURCE_DIR, folder);
    dir = opendir(path);
    assert_non_null(dir);
    while ((entry = readdir(dir)) != NULL) {
        size_t len = strlen(entry->d_name);
        if (len < 5 || strcmp(entry->d_name + len - 5, ".json") != 0)
            continue;
        (void)snprintf(path, sizeof path, "%s/%s/%s", CONSENT_SOURCE_DIR, folder, entry->d_name);
        fn(f, path, entry->d_name);
        n++;
    }
    (void)closedir(dir);
    return n;
}

/* ---- reading ---- */

/* Profiles from policy/profiles; the last one stays in memory until the next. */
typedef struct profiles {
    file last;
} profiles;

static consent_status find_profile(const consent__cx *cx, void *user, const char *key,
                                   const void **bytes, size_t *len) {
    profiles *p = user;
    char path[1024];
    free(p->last.bytes);
    (void)snprintf(path, sizeof path, "%s/policy/profiles/%s.json", CONSENT_SOURCE_DIR, key);
    if (!file_read(path, &p->last))
        return consent__fail(cx, CONSENT_E_NOT_FOUND, "no profile");
    *bytes = p->last.bytes;
    *len = p->last.len;
    return CONSENT_OK;
}

/* On success the caller frees the arena. */
static consent_status read_bundle(foundation *f, const void *bytes, size_t len,
                                  consent__arena *arena, const consent__policy **out) {
    profiles p = {{NULL, 0}};
    consent_status status;
    consent__arena_init(arena, &f->env);
    status = consent__bundle_read(&f->cx, bytes, len, find_profile, &p, arena, out);
    free(p.last.bytes);
    assert_true((status == CONSENT_OK) == (*out != NULL));
    assert_true((status == CONSENT_OK) == (f->err == NULL));
    return status;
}

/* A refused bundle: where and what the error says. */
static void assert_refused(foundation *f, const char *name, const void *bytes, size_t len,
                           consent_status want, const char *pointer) {
    consent__arena arena;
    const consent__policy *policy;
    consent_status status = read_bundle(f, bytes, len, &arena, &policy);
    consent__arena_free(&arena);
    if (status == CONSENT_OK)
        fail_msg("%s: accepted", name);
    if (want != 0 && status != want)
        fail_msg("%s: status %d, not %d: %s", name, (int)status, (int)want,
                 consent_error_message(f->err));
    if (strcmp(consent_error_where(f->err), pointer) != 0)
        fail_msg("%s: at %s, not %s: %s", name, consent_error_where(f->err), pointer,
                 consent_error_message(f->err));
}

/* ---- the data files ---- */

static void good_bundle(foundation *f, const char *path, const char *name) {
    consent__arena arena;
    const consent__policy *policy;
    file in;
    (void)name;
    assert_true(file_read(path, &in));
    if (read_bundle(f, in.bytes, in.len, &arena, &policy) != CONSENT_OK)
        fail_msg("%s: %s at %s", path, consent_error_message(f->err), consent_error_where(f->err));
    consent__arena_free(&arena);
    free(in.bytes);
}

static void test_bundle_read_accepts_every_shipped_bundle(void **state) {
    foundation f;
    (void)state;
    foundation_init(&f);
    assert_true(each_json("policy/bundles/hnys-mobile-office", &f, good_bundle) > 0);
    assert_true(each_json("policy/bundles/strida-fitness", &f, good_bundle) > 0);
    assert_true(each_json("tests/data/bundles", &f, good_bundle) > 0);
    foundation_done(&f);
}

static void good_profile(foundation *f, const char *path, const char *name) {
    consent__arena arena;
    consent__profile profile;
    file in;
    assert_true(file_read(path, &in));
    consent__arena_init(&arena, &f->env);
    if (consent__profile_read(&f->cx, in.bytes, in.len, &arena, &profile) != CONSENT_OK)
        fail_msg("%s: %s at %s", path, consent_error_message(f->err), consent_error_where(f->err));
    assert_int_equal(strlen(profile.key) + 5, strlen(name));
    assert_memory_equal(profile.key, name, strlen(profile.key));
    consent__arena_free(&arena);
    free(in.bytes);
}

static void test_profile_read_accepts_every_shipped_profile(void **state) {
    foundation f;
    (void)state;
    foundation_init(&f);
    assert_true(each_json("policy/profiles", &f, good_profile) >= 5);
    foundation_done(&f);
}

static void good_calendar(foundation *f, const char *path, const char *name) {
    consent__arena arena;
    consent__calendar calendar;
    file in;
    (void)name;
    assert_true(file_read(path, &in));
    consent__arena_init(&arena, &f->env);
    if (consent__calendar_read(&f->cx, in.bytes, in.len, &arena, &calendar) != CONSENT_OK)
        fail_msg("%s: %s at %s", path, consent_error_message(f->err), consent_error_where(f->err));
    consent__arena_free(&arena);
    free(in.bytes);
}

static void test_calendar_read_accepts_every_shipped_calendar(void **state) {
    foundation f;
    (void)state;
    foundation_init(&f);
    assert_true(each_json("policy/calendars", &f, good_calendar) >= 3);
    foundation_done(&f);
}

/* What a pointer without escapes leads to. */
static const cJSON *resolve(const cJSON *at, const char *pointer) {
    char token[128];
    while (at != NULL && *pointer == '/') {
        size_t n = strcspn(++pointer, "/");
        assert_true(n < sizeof token);
        memcpy(token, pointer, n);
        token[n] = '\0';
        at = cJSON_IsArray(at) ? cJSON_GetArrayItem(at, atoi(token))
                               : cJSON_GetObjectItemCaseSensitive(at, token);
        pointer += n;
    }
    return at;
}

/* The offset leads to the value the pointer names, or to that member's name. */
static void assert_offset(foundation *f, const char *name, const file *in) {
    const char *where = consent_error_where(f->err);
    int64_t offset = consent_error_offset(f->err);
    cJSON *root = cJSON_Parse(in->bytes), *there;
    const cJSON *value = resolve(root, where);
    assert_true(offset >= 0 && (size_t)offset < in->len);
    there = cJSON_Parse(in->bytes + offset); /* what follows the value does not matter to it */
    assert_non_null(value);
    assert_non_null(there);
    if (!cJSON_Compare(value, there, 1) &&
        !(cJSON_IsString(there) && strcmp(there->valuestring, strrchr(where, '/') + 1) == 0))
        fail_msg("%s: offset %d is not %s", name, (int)offset, where);
    cJSON_Delete(there);
    cJSON_Delete(root);
}

static void test_bundle_read_refuses_every_bad_bundle_where_its_index_says(void **state) {
    const char *folder = CONSENT_SOURCE_DIR "/tests/data/bundles/bad";
    char path[1024];
    foundation f;
    file index, in;
    cJSON *root;
    const cJSON *row;
    (void)state;
    (void)snprintf(path, sizeof path, "%s/index.json", folder);
    assert_true(file_read(path, &index));
    root = cJSON_Parse(index.bytes);
    assert_true(cJSON_GetArraySize(root) > 0);
    foundation_init(&f);
    cJSON_ArrayForEach(row, root) {
        const char *name = cJSON_GetObjectItem(row, "file")->valuestring;
        const char *pointer = cJSON_GetObjectItem(row, "pointer")->valuestring;
        (void)snprintf(path, sizeof path, "%s/%s", folder, name);
        assert_true(file_read(path, &in));
        assert_refused(&f, name, in.bytes, in.len, 0, pointer);
        assert_true(consent_error_status(f.err) <= CONSENT_E_INPUT &&
                    consent_error_status(f.err) >= CONSENT_E_DUPLICATE);
        assert_offset(&f, name, &in);
        consent__forget(&f.cx);
        free(in.bytes);
    }
    foundation_done(&f);
    cJSON_Delete(root);
    free(index.bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bundle_read_accepts_every_shipped_bundle),
        cmocka_unit_test(test_profile_read_accepts_every_shipped_profile),
        cmocka_unit_test(test_calendar_read_accepts_every_shipped_calendar),
        cmocka_unit_test(test_bundle_read_refuses_every_bad_bundle_where_its_index_says),
    };
    return cmocka_run_group_tests_name("json bundle", tests, NULL, NULL);
}
