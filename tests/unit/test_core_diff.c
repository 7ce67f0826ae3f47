/* SPDX-License-Identifier: Apache-2.0 */
/* What a diff says of a change: the rows of tests/rules/diff.json, and what holds for any two
 * versions. Versions are made by editing tests/data/bundles/diff-base.json. */
#include "foundation.h"

#include <stdio.h>

#include <cjson/cJSON.h>

#include "core/diff.h"
#include "core/diff_types.h"
#include "json/json.h"

typedef struct fixture {
    foundation base;
    consent__arena arena;
    char *bundle, *profile; /* bytes of the base bundle; of the profile last asked for */
    cJSON *rows;
    uint32_t seed;
} fixture;

/* ---- files ---- */

static char *read_file(const char *folder, const char *name) {
    char path[1024], *bytes;
    size_t cap = 1u << 20, n;
    FILE *f;
    (void)snprintf(path, sizeof path, "%s/%s%s", CONSENT_SOURCE_DIR, folder, name);
    f = fopen(path, "rb");
    if (f == NULL)
        return NULL;
    bytes = malloc(cap);
    assert_non_null(bytes);
    n = fread(bytes, 1, cap - 1, f);
    assert_true(n < cap - 1);
    bytes[n] = '\0';
    (void)fclose(f);
    return bytes;
}

static consent_status find_profile(const consent__cx *cx, void *user, const char *key,
                                   const void **bytes, size_t *len) {
    fixture *f = user;
    char name[128];
    free(f->profile);
    (void)snprintf(name, sizeof name, "%s.json", key);
    f->profile = read_file("policy/profiles/", name);
    if (f->profile == NULL)
        return consent__fail(cx, CONSENT_E_NOT_FOUND, "no profile");
    *bytes = f->profile;
    *len = strlen(f->profile);
    return CONSENT_OK;
}

static int setup(void **state) {
    fixture *f = calloc(1, sizeof *f);
    char *rows;
    assert_non_null(f);
    foundation_init(&f->base);
    consent__arena_init(&f->arena, &f->base.env);
    f->bundle = read_file("tests/data/bundles/", "diff-base.json");
    rows = read_file("tests/rules/", "diff.json");
    assert_true(f->bundle != NULL && rows != NULL);
    f->rows = cJSON_Parse(rows);
    assert_non_null(f->rows);
    free(rows);
    f->seed = 12345;
    *state = f;
    return 0;
}

static int teardown(void **state) {
    fixture *f = *state;
    cJSON_Delete(f->rows);
    free(f->bundle);
    free(f->profile);
    consent__arena_free(&f->arena);
    foundation_done(&f->base);
    free(f);
    return 0;
}

static uint32_t random_below(fixture *f, uint32_t n) {
    f->seed = f->seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)f->seed * n) >> 32);
}

/* ---- edits ---- */

static bool named(const cJSON *entry, const char *name) {
    static const char *const fields[] = {"key", "id", "kind", "recipient"};
    const cJSON *v;
    size_t i;
    for (i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        v = cJSON_GetObjectItemCaseSensitive(entry, fields[i]);
        if (cJSON_IsString(v) && strcmp(v->valuestring, name) == 0)
            return true;
    }
    return false;
}

static cJSON *child_of(cJSON *at, const char *token) {
    cJSON *entry;
    if (cJSON_IsObject(at))
        return cJSON_GetObjectItemCaseSensitive(at, token);
    if (token[0] >= '0' && token[0] <= '9')
        return cJSON_GetArrayItem(at, atoi(token));
    cJSON_ArrayForEach(entry, at) {
        if (named(entry, token))
            return entry;
    }
    return NULL;
}

/* The value a path stands in, and its last token. */
static cJSON *walk(cJSON *root, const char *path, char token[128]) {
    cJSON *at = root;
    for (;;) {
        const char *end = strchr(path + 1, '/');
        size_t n = end != NULL ? (size_t)(end - path - 1) : strlen(path + 1);
        assert_true(path[0] == '/' && n < 128);
        memcpy(token, path + 1, n);
        token[n] = '\0';
        if (end == NULL || at == NULL)
            return at;
        at = child_of(at, token);
        path = end;
    }
}

static void put(cJSON *in, const char *token, cJSON *old, cJSON *value) {
    if (old != NULL && cJSON_IsObject(in))
        assert_true(cJSON_ReplaceItemInObjectCaseSensitive(in, token, value));
    else if (old != NULL)
        assert_true(cJSON_ReplaceItemViaPointer(in, old, value));
    else
        assert_true(cJSON_AddItemToObject(in, token, value));
}

/* False when an earlier edit took the place away. */
static bool edit(cJSON *root, const cJSON *e) {
    const char *op = cJSON_GetObjectItemCaseSensitive(e, "op")->valuestring;
    const char *path = cJSON_GetObjectItemCaseSensitive(e, "path")->valuestring;
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(e, "value");
    char token[128];
    cJSON *in = walk(root, path, token), *at = in != NULL ? child_of(in, token) : NULL;
    if (in == NULL)
        return false;
    if (strcmp(op, "set") == 0 && (at != NULL || cJSON_IsObject(in))) {
        put(in, token, at, cJSON_Duplicate(value, true));
        return true;
    }
    if (strcmp(op, "add") == 0 && cJSON_IsArray(at))
        return cJSON_AddItemToArray(at, cJSON_Duplicate(value, true));
    if (strcmp(op, "remove") != 0 || at == NULL)
        return false;
    cJSON_Delete(cJSON_DetachItemViaPointer(in, at));
    return true;
}

static bool edit_all(cJSON *root, const cJSON *edits) {
    const cJSON *e;
    bool all = true;
    cJSON_ArrayForEach(e, edits) {
        all = edit(root, e) && all;
    }
    return all;
}

static consent_status read_policy(fixture *f, const cJSON *root, const consent__policy **out) {
    char *text = cJSON_PrintUnformatted(root);
    consent_status status;
    assert_non_null(text);
    status = consent__bundle_read(&f->base.cx, text, strlen(text), find_profile, f, &f->arena, out);
    cJSON_free(text);
    return status;
}

/* ---- sets of names ---- */

typedef struct names {
    const char *v[4096];
    int32_t count;
} names;

static int name_order(const void *x, const void *y) {
    return strcmp(*(const char *const *)x, *(const char *const *)y);
}

static void names_add(names *n, const char *name) {
    assert_true(n->count < 4096);
    n->v[n->count++] = name;
}

static void names_add_all(names *n, consent__strings s) {
    int32_t i;
    for (i = 0; i < s.count; i++)
        names_add(n, s.v[i]);
}

static void names_settle(names *n) {
    int32_t i, kept = 0;
    qsort(n->v, (size_t)n->count, sizeof n->v[0], name_order);
    for (i = 0; i < n->count; i++)
        if (kept == 0 || strcmp(n->v[kept - 1], n->v[i]) != 0)
            n->v[kept++] = n->v[i];
    n->count = kept;
}

static bool names_equal(const names *a, const names *b) {
    int32_t i;
    for (i = 0; a->count == b->count && i < a->count; i++)
        if (strcmp(a->v[i], b->v[i]) != 0)
            return false;
    return a->count == b->count;
}

static void names_print(const char *what, const names *n) {
    int32_t i;
    print_error("  %s:", what);
    for (i = 0; i < n->count; i++)
        print_error(" %s", n->v[i]);
    print_error("\n");
}

static bool names_are(const cJSON *row, const char *field, names *got) {
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(row, field), *v;
    names want = {{NULL}, 0};
    if (list == NULL)
        return true;
    cJSON_ArrayForEach(v, list) {
        names_add(&want, v->valuestring);
    }
    names_settle(&want);
    names_settle(got);
    if (names_equal(&want, got))
        return true;
    names_print(field, got);
    return false;
}

/* ---- the table ---- */

static bool values_are(const cJSON *row, const consent__diff *d) {
    const char *cls = cJSON_GetObjectItemCaseSensitive(row, "class")->valuestring;
    const cJSON *trigger;
    bool rights = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(row, "restricts_rights"));
    uint32_t triggers = 0;
    cJSON_ArrayForEach(trigger, cJSON_GetObjectItemCaseSensitive(row, "triggers")) {
        triggers |= 1u << trigger->valueint;
    }
    if (strcmp(cls, consent__change_class_name((int)d->cls)) == 0 && triggers == d->triggers &&
        rights == d->restricts_rights)
        return true;
    print_error("  class %s, triggers %x, restricts rights %d\n",
                consent__change_class_name((int)d->cls), d->triggers, d->restricts_rights);
    return false;
}

static bool row_holds(const cJSON *row, const consent__diff *d, bool *seen) {
    static names types, points, mentions, sections;
    bool right = values_are(row, d);
    int32_t i;
    types.count = points.count = mentions.count = sections.count = 0;
    for (i = 0; i < d->change_count; i++) {
        const consent__change *c = &d->changes[i];
        seen[c->type] = true;
        names_add(&types, consent__change_type_name(c->type));
        names_add_all(&mentions, c->mentions);
        names_add_all(&sections, c->sections);
    }
    names_add_all(&points, d->points);
    right = names_are(row, "types", &types) && right;
    right = names_are(row, "points", &points) && right;
    right = names_are(row, "mentions", &mentions) && right;
    return names_are(row, "sections", &sections) && right;
}

/* The versions a row speaks of. */
static void row_policies(fixture *f, const cJSON *row, const consent__policy **older,
                         const consent__policy **newer) {
    bool swap = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(row, "swap"));
    cJSON *a = cJSON_Parse(f->bundle), *b = cJSON_Parse(f->bundle);
    assert_true(edit_all(a, cJSON_GetObjectItemCaseSensitive(row, "older")));
    assert_true(edit_all(b, cJSON_GetObjectItemCaseSensitive(row, "edit")));
    assert_int_equal(read_policy(f, swap ? b : a, older), CONSENT_OK);
    if (read_policy(f, swap ? a : b, newer) != CONSENT_OK)
        fail_msg("%s at %s", consent_error_message(f->base.err), consent_error_where(f->base.err));
    cJSON_Delete(a);
    cJSON_Delete(b);
}

/* No bundle and no profile can leave these out, so that nothing can add or remove them. */
static bool cannot_happen(int32_t type) {
    return type == CHANGE_TYPE_CANCELLATION_DEADLINE_ADDED ||
           type == CHANGE_TYPE_CANCELLATION_DEADLINE_REMOVED ||
           type == CHANGE_TYPE_DEFAULT_DEADLINE_ADDED ||
           type == CHANGE_TYPE_DEFAULT_DEADLINE_REMOVED;
}

static void test_diff_table_every_row_and_every_type(void **state) {
    fixture *f = *state;
    bool seen[CHANGE_TYPE_COUNT] = {false};
    const cJSON *row;
    int32_t type;
    int rows = 0, wrong = 0;
    cJSON_ArrayForEach(row, f->rows) {
        const cJSON *name = cJSON_GetObjectItemCaseSensitive(row, "name");
        const consent__policy *a, *b;
        consent__diff d;
        if (name == NULL)
            continue; /* what the table is about */
        row_policies(f, row, &a, &b);
        assert_int_equal(consent__policy_diff(&f->base.cx, a, b, &f->arena, &d), CONSENT_OK);
        rows++;
        if (!row_holds(row, &d, seen)) {
            print_error("^ %s\n", name->valuestring);
            wrong++;
        }
        consent__arena_reset(&f->arena);
    }
    for (type = 0; type < CHANGE_TYPE_COUNT; type++)
        if (!seen[type] && !cannot_happen(type)) {
            print_error("no row for %s\n", consent__change_type_name(type));
            wrong++;
        }
    assert_int_equal(wrong, 0);
    assert_true(rows >= 290);
}

/* ---- any two versions ---- */

/* The base with the edits of some rows of the table, those that still have their place. */
static cJSON *random_bundle(fixture *f, uint32_t rows) {
    cJSON *root = cJSON_Parse(f->bundle);
    uint32_t count = (uint32_t)cJSON_GetArraySize(f->rows);
    assert_non_null(root);
    while (rows-- > 0) {
        const cJSON *row = cJSON_GetArrayItem(f->rows, (int)random_below(f, count));
        (void)edit_all(root, cJSON_GetObjectItemCaseSensitive(row, "edit"));
    }
    return root;
}

/* A version that the reader takes. */
static cJSON *random_policy(fixture *f, const consent__policy **out) {
    for (;;) {
        cJSON *root = random_bundle(f, random_below(f, 12));
        if (read_policy(f, root, out) == CONSENT_OK)
            return root;
        consent__forget(&f->base.cx);
        cJSON_Delete(root);
    }
}

/* Where the order of a list means something. */
static bool ordered(const char *name, const char *above) {
    return name != NULL && (strcmp(name, "languages") == 0 ||
                            (strcmp(name, "sections") == 0 && strcmp(above, "documents") == 0));
}

static void shuffle(fixture *f, cJSON *at, const char *name, const char *above) {
    int i, n = cJSON_GetArraySize(at);
    cJSON *child;
    cJSON_ArrayForEach(child, at) {
        shuffle(f, child, child->string != NULL ? child->string : name,
                child->string != NULL && name != NULL ? name : above);
    }
    if (!cJSON_IsArray(at) || ordered(name, above))
        return;
    for (i = n - 1; i > 0; i--) {
        cJSON *moved = cJSON_DetachItemFromArray(at, (int)random_below(f, (uint32_t)i + 1));
        assert_true(cJSON_AddItemToArray(at, moved));
    }
}

static void assert_same_strings(consent__strings a, consent__strings b) {
    int32_t i;
    assert_int_equal(a.count, b.count);
    for (i = 0; i < a.count; i++)
        assert_string_equal(a.v[i], b.v[i]);
}

static void assert_same_text(const char *a, const char *b) {
    if (a == NULL || b == NULL)
        assert_true(a == b);
    else
        assert_string_equal(a, b);
}

static void assert_same_change(const consent__change *a, const consent__change *b) {
    assert_int_equal(a->type, b->type);
    assert_same_text(a->key, b->key);
    assert_same_text(a->detail, b->detail);
    assert_same_text(a->before, b->before);
    assert_same_text(a->after, b->after);
    assert_int_equal(a->trigger, b->trigger);
    assert_int_equal(a->material, b->material);
    assert_int_equal(a->editorial, b->editorial);
    assert_same_strings(a->sections, b->sections);
    assert_same_strings(a->points, b->points);
    assert_same_strings(a->mentions, b->mentions);
}

static void assert_same_diff(const consent__diff *a, const consent__diff *b) {
    int32_t i;
    assert_int_equal(a->cls, b->cls);
    assert_int_equal(a->triggers, b->triggers);
    assert_int_equal(a->restricts_rights, b->restricts_rights);
    assert_int_equal(a->controller_changed, b->controller_changed);
    assert_same_strings(a->points, b->points);
    assert_int_equal(a->change_count, b->change_count);
    for (i = 0; i < a->change_count; i++)
        assert_same_change(&a->changes[i], &b->changes[i]);
}

static void assert_diff_coherent(const consent__diff *d) {
    consent__change_class cls = CHANGE_NONE, one;
    int32_t i;
    for (i = 0; i < d->change_count; i++) {
        const consent__change *c = &d->changes[i];
        if (c->narrowing || c->text_only) {
            assert_false(c->material);
            assert_int_equal(c->points.count, 0);
        }
        assert_true(!c->material || (c->trigger >= 1 && c->trigger <= 6));
        assert_true(c->trigger == 0 || (d->triggers >> c->trigger & 1) != 0);
        one = c->material ? CHANGE_MATERIAL : c->editorial ? CHANGE_EDITORIAL : CHANGE_MINOR;
        cls = one > cls ? one : cls;
    }
    assert_int_equal(cls, d->cls);
}

static consent__diff diff_of(fixture *f, const consent__policy *a, const consent__policy *b) {
    consent__diff d;
    assert_int_equal(consent__policy_diff(&f->base.cx, a, b, &f->arena, &d), CONSENT_OK);
    assert_diff_coherent(&d);
    return d;
}

/* Permissions aside: one that took another's place is asked for by its own name. */
static void touched(const consent__diff *d, names *keys, names *points) {
    int32_t i, k;
    keys->count = points->count = 0;
    for (i = 0; i < d->change_count; i++) {
        names_add(keys, d->changes[i].key);
        names_add_all(points, d->changes[i].points);
        for (k = 0; k < d->changes[i].mentions.count; k++)
            if (strncmp(d->changes[i].mentions.v[k], "permission:", 11) != 0)
                names_add(points, d->changes[i].mentions.v[k]);
    }
    names_settle(keys);
    names_settle(points);
}

static void test_diff_both_directions_touch_the_same(void **state) {
    static names keys_ab, keys_ba, points_ab, points_ba;
    fixture *f = *state;
    int i;
    for (i = 0; i < 500; i++) {
        const consent__policy *a, *b;
        cJSON *x = random_policy(f, &a), *y = random_policy(f, &b);
        consent__diff same = diff_of(f, a, a), ab = diff_of(f, a, b), ba = diff_of(f, b, a);
        assert_int_equal(same.change_count, 0);
        assert_int_equal(same.cls, CHANGE_NONE);
        touched(&ab, &keys_ab, &points_ab);
        touched(&ba, &keys_ba, &points_ba);
        if (!names_equal(&keys_ab, &keys_ba) || !names_equal(&points_ab, &points_ba)) {
            names_print("there", &keys_ab);
            names_print("back", &keys_ba);
            names_print("there", &points_ab);
            names_print("back", &points_ba);
            fail();
        }
        cJSON_Delete(x);
        cJSON_Delete(y);
        consent__arena_reset(&f->arena);
    }
}

static void test_diff_is_the_same_after_shuffling(void **state) {
    fixture *f = *state;
    int i;
    for (i = 0; i < 250; i++) {
        const consent__policy *a, *b, *a2, *b2;
        cJSON *x = random_policy(f, &a), *y = random_policy(f, &b);
        consent__diff before = diff_of(f, a, b), after;
        shuffle(f, x, NULL, "");
        shuffle(f, y, NULL, "");
        assert_int_equal(read_policy(f, x, &a2), CONSENT_OK);
        assert_int_equal(read_policy(f, y, &b2), CONSENT_OK);
        after = diff_of(f, a2, b2);
        assert_same_diff(&before, &after);
        before = diff_of(f, a, a2);
        assert_int_equal(before.change_count, 0);
        cJSON_Delete(x);
        cJSON_Delete(y);
        consent__arena_reset(&f->arena);
    }
}

/* Rows that narrow and nothing else. */
static bool row_narrows(const cJSON *row) {
    const cJSON *source = cJSON_GetObjectItemCaseSensitive(row, "source");
    return source != NULL && strstr(source->valuestring, "narrowing") != NULL &&
           cJSON_GetObjectItemCaseSensitive(row, "older") == NULL &&
           cJSON_GetObjectItemCaseSensitive(row, "swap") == NULL;
}

static void test_diff_narrowing_never_asks(void **state) {
    fixture *f = *state;
    uint32_t count = (uint32_t)cJSON_GetArraySize(f->rows), tried = 0;
    int i;
    for (i = 0; i < 250; i++) {
        cJSON *x = cJSON_Parse(f->bundle), *y = cJSON_Parse(f->bundle);
        const consent__policy *a, *b;
        uint32_t k;
        for (k = 0; k < 40; k++) {
            const cJSON *row = cJSON_GetArrayItem(f->rows, (int)random_below(f, count));
            if (row_narrows(row))
                (void)edit_all(y, cJSON_GetObjectItemCaseSensitive(row, "edit"));
        }
        assert_int_equal(read_policy(f, x, &a), CONSENT_OK);
        if (read_policy(f, y, &b) == CONSENT_OK) {
            consent__diff d = diff_of(f, a, b);
            assert_int_equal(d.points.count, 0);
            assert_true(d.cls <= CHANGE_MINOR);
            assert_false(d.restricts_rights);
            tried += d.change_count > 0;
        }
        consent__forget(&f->base.cx);
        cJSON_Delete(x);
        cJSON_Delete(y);
        consent__arena_reset(&f->arena);
    }
    assert_true(tried > 100);
}

/* The base against the base without something of `ads`, while no trigger counts as material. */
static void assert_asked_again(fixture *f, bool whole_purpose) {
    cJSON *x = cJSON_Parse(f->bundle), *y = cJSON_Parse(f->bundle);
    cJSON *purposes = cJSON_GetObjectItemCaseSensitive(x, "purposes");
    const consent__policy *a, *b;
    consent__diff d;
    assert_non_null(
        cJSON_AddArrayToObject(cJSON_GetObjectItemCaseSensitive(x, "rules"), "material_triggers"));
    assert_non_null(
        cJSON_AddArrayToObject(cJSON_GetObjectItemCaseSensitive(y, "rules"), "material_triggers"));
    if (whole_purpose) {
        /* and everything that names it */
        cJSON *e, *lists[] = {cJSON_GetObjectItemCaseSensitive(x, "permissions"),
                              cJSON_GetObjectItemCaseSensitive(x, "recipients"),
                              cJSON_GetObjectItemCaseSensitive(x, "assessments")};
        size_t i;
        for (i = 0; i < sizeof lists / sizeof lists[0]; i++)
            cJSON_ArrayForEach(e, lists[i]) {
                assert_true(
                    cJSON_ReplaceItemInObjectCaseSensitive(e, "purposes", cJSON_CreateArray()));
            }
        cJSON_DeleteItemFromArray(purposes, 2);
    } else {
        cJSON_DeleteItemFromObjectCaseSensitive(cJSON_GetArrayItem(purposes, 2), "shares");
    }
    assert_int_equal(read_policy(f, x, &a), CONSENT_OK);
    assert_int_equal(read_policy(f, y, &b), CONSENT_OK);
    d = diff_of(f, a, b);
    assert_int_equal(d.cls, CHANGE_MINOR);
    assert_int_equal(d.points.count, 3);
    assert_string_equal(d.points.v[0], "ads");
    assert_string_equal(d.points.v[1], "ads@adco");
    assert_string_equal(d.points.v[2], "ads@host");
    cJSON_Delete(x);
    cJSON_Delete(y);
}

/* What comes back after its removal must not find its old grants, whatever counts as material. */
static void test_diff_what_comes_back_is_asked_again(void **state) {
    assert_asked_again(*state, false);
    assert_asked_again(*state, true);
}

static void test_diff_change_type_names_are_unique(void **state) {
    int32_t i, k;
    for (i = 0; i < CHANGE_TYPE_COUNT; i++)
        for (k = 0; k < i; k++)
            assert_string_not_equal(consent__change_type_name(i), consent__change_type_name(k));
    assert_null(consent__change_type_name(-1));
    assert_null(consent__change_type_name(CHANGE_TYPE_COUNT));
}

static void test_diff_out_of_memory_at_every_allocation(void **state) {
    fixture *f = *state;
    const consent__policy *a, *b;
    cJSON *x = cJSON_Parse(f->bundle), *y;
    consent_status status = CONSENT_E_MEMORY;
    int64_t n;
    y = random_policy(f, &b);
    assert_int_equal(read_policy(f, x, &a), CONSENT_OK);
    for (n = 0; status != CONSENT_OK; n++) {
        consent__arena small;
        consent__diff d;
        assert_true(n < 1000);
        consent__arena_init(&small, &f->base.env);
        f->base.until_fail = n;
        status = consent__policy_diff(&f->base.cx, a, b, &small, &d);
        f->base.until_fail = -1;
        assert_true(status == CONSENT_OK || status == CONSENT_E_MEMORY);
        if (status != CONSENT_OK)
            assert_true(d.change_count == 0 && d.changes == NULL && d.points.v == NULL);
        consent__forget(&f->base.cx);
        consent__arena_free(&small);
    }
    assert_true(n > 3);
    cJSON_Delete(x);
    cJSON_Delete(y);
}

int main(void) {
#define TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_diff_table_every_row_and_every_type),
        TEST(test_diff_both_directions_touch_the_same),
        TEST(test_diff_is_the_same_after_shuffling),
        TEST(test_diff_narrowing_never_asks),
        TEST(test_diff_what_comes_back_is_asked_again),
        TEST(test_diff_change_type_names_are_unique),
        TEST(test_diff_out_of_memory_at_every_allocation),
    };
#undef TEST
    return cmocka_run_group_tests(tests, NULL, NULL);
}
