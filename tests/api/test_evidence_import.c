/* SPDX-License-Identifier: Apache-2.0 */
/* The complete export and the store of evidence that is made of it: the same ledger, the same
 * histories, nothing written; and every line changed, cut, moved or foreign refused, leaving
 * nothing. */
#include "api_fixture.h"

#include <cjson/cJSON.h>

typedef struct text {
    char *bytes;
    size_t len;
} text;

static int32_t gather(const void *bytes, size_t n, void *user) {
    text *t = user;
    t->bytes = realloc(t->bytes, t->len + n + 1);
    memcpy(t->bytes + t->len, bytes, n);
    t->len += n;
    t->bytes[t->len] = '\0';
    return 0;
}

static text export(consent_store *store, const char *subject) {
    text t = {0};
    consent_error *err = NULL;
    int64_t lines = 0;
    if (consent_export(store, subject, "json", gather, &t, &lines, &err) != CONSENT_OK)
        fail_msg("export: %s", consent_error_message(err));
    assert_true(lines > 2);
    return t;
}

static char *vkey(consent_store *store) {
    static char key[160];
    consent_rows *rows = NULL;
    assert_int_equal(consent_ledger_head(store, &rows, NULL), CONSENT_OK);
    snprintf(key, sizeof key, "%s", consent_rows_text(rows, 0, "key"));
    consent_rows_free(rows);
    return key;
}

/* Imports a text; on failure nothing may be left. The handle, or NULL with the error in *out. */
static consent_store *import(fixture *f, const char *bytes, size_t len, const char *key,
                             consent_error **out) {
    char path[128], file[128], key_file[160];
    consent_store *store = NULL;
    consent_error *err = NULL;
    static int count;
    snprintf(file, sizeof file, "%s/x.json", f->folder);
    snprintf(path, sizeof path, "%s/e%d.store", f->folder, count++);
    snprintf(key_file, sizeof key_file, "%s.key", path);
    FILE *to = fopen(file, "wb");
    assert_int_equal(fwrite(bytes, 1, len, to), len);
    assert_int_equal(fclose(to), 0);
    consent_status st = consent_evidence_import(path, f->options, file, key, &store, &err);
    assert_int_equal(st == CONSENT_OK, store != NULL);
    assert_int_equal(st == CONSENT_OK, err == NULL);
    assert_int_equal(access(path, F_OK) == 0, st == CONSENT_OK);
    if (err) {
        assert_null(strstr(consent_error_message(err), "ann"));
        assert_null(strstr(consent_error_message(err), "1990"));
    }
    if (out)
        *out = err;
    else if (err)
        fail_msg("import: %s: %s at %s", consent_status_name(st), consent_error_message(err),
                 consent_error_where(err));
    return store;
}

static void refused(fixture *f, const char *bytes, const char *key, const char *what) {
    consent_error *err = NULL;
    consent_store *store = import(f, bytes, strlen(bytes), key, &err);
    if (store)
        fail_msg("accepted: %s", what);
    consent_error_free(err);
}

static int64_t act(fixture *f, const char *who, const char *purpose, int32_t decision,
                   const char *guardian) {
    consent_act *a = consent_act_new(who, decision, purpose);
    char once[32];
    snprintf(once, sizeof once, "%lld", (long long)f->now);
    consent_act_set_surface(a, "app");
    consent_act_set_idempotency(a, once);
    consent_act_set_guardian(a, guardian);
    f->now += SECOND;
    return api_say(f, a, CONSENT_OK);
}

/* Two versions, two keys, two kept checkpoints, a withdrawal, a restriction. Erasures and requests,
 * for which the bundle of the tests has no rights, come back in tests/cli/cases/84_import.sh. */
static int64_t an_act;

static int setup(void **state) {
    if (api_setup(state) != 0)
        return -1;
    fixture *f = *state;
    api_publish(f, (variant){0});
    consent_ledger_checkpoint(f->store, NULL, NULL);
    if (consent_subject_add(f->store, "ann", "1990-05-17", NULL) != CONSENT_OK ||
        consent_subject_add(f->store, "kim", "2015-05-17", NULL) != CONSENT_OK ||
        consent_subject_add(f->store, "gone", NULL, NULL) != CONSENT_OK)
        return -1;
    an_act = act(f, "ann", "mail", CONSENT_DECISION_GRANTED, NULL);
    act(f, "gone", "mail", CONSENT_DECISION_GRANTED, NULL);
    f->now += DAY;
    api_publish(f, (variant){.version = "2", .effective = "2024-06-02T00:00:00Z", .text = "More."});
    act(f, "ann", "ads", CONSENT_DECISION_REFUSED, NULL);
    act(f, "ann", "mail", CONSENT_DECISION_GRANTED, NULL);
    act(f, "kim", "mail", CONSENT_DECISION_GRANTED, NULL);
    act(f, "kim", "mail", CONSENT_DECISION_WITHDRAWN, NULL);
    if (consent_restrict(f->store, "ann", "name", NULL, NULL) != CONSENT_OK ||
        consent_ledger_rekey(f->store, NULL) != CONSENT_OK)
        return -1;
    return consent_ledger_checkpoint(f->store, NULL, NULL) >= 0 ? 0 : -1;
}

static int64_t ask_to_delete(fixture *f, const char *who) {
    consent_request *r = consent_request_new(who, "delete");
    consent_rows *rows = NULL;
    consent_error *err = NULL;
    if (consent_request_open(f->store, r, &rows, &err) != CONSENT_OK)
        fail_msg("request: %s", consent_error_message(err));
    int64_t n = consent_rows_number(rows, 0, "request", -1);
    consent_rows_free(rows);
    consent_request_free(r);
    return n;
}

/* A shipped bundle; somebody erased with what that leaves to do, somebody who asked for it. */
static int setup_rights(void **state) {
    if (api_setup(state) != 0)
        return -1;
    fixture *f = *state;
    consent_rows *rows = NULL;
    consent_error *err = NULL;
    if (consent_policy_import_file(f->store,
                                   CONSENT_SOURCE_DIR "/policy/bundles/strida-fitness/1.0.json",
                                   NULL) != CONSENT_OK ||
        consent_policy_publish(f->store, "strida-fitness", "1.0", NULL) != CONSENT_OK ||
        consent_subject_add(f->store, "ann", "1990-05-17", NULL) != CONSENT_OK ||
        consent_subject_add(f->store, "gone", "1990-05-17", NULL) != CONSENT_OK)
        return -1;
    int64_t n = ask_to_delete(f, "gone");
    (void)ask_to_delete(f, "ann");
    if (consent_erase(f->store, "gone", n, false, &rows, &err) < 0)
        fail_msg("erase: %s", consent_error_message(err));
    consent_rows_free(rows);
    return consent_subject_add(f->store, "gone", "1990-05-17", NULL) == CONSENT_OK ? 0 : -1;
}

static void same_rows(consent_rows *a, consent_rows *b, const char *skip) {
    assert_int_equal(consent_rows_count(a), consent_rows_count(b));
    for (size_t i = 0; i < consent_rows_count(a); i++)
        for (size_t c = 0; c < consent_rows_columns(a); c++) {
            const char *name = consent_rows_column(a, c);
            const char *x = consent_rows_text(a, i, name), *y = consent_rows_text(b, i, name);
            if (skip && strcmp(name, skip) == 0)
                continue;
            assert_int_equal(x == NULL, y == NULL);
            if (x)
                assert_string_equal(x, y);
            else
                assert_int_equal(consent_rows_number(a, i, name, -7),
                                 consent_rows_number(b, i, name, -7));
        }
    consent_rows_free(a);
    consent_rows_free(b);
}

static void verified(consent_store *store) {
    consent_rows *rows = NULL;
    assert_int_equal(consent_ledger_verify(store, NULL, NULL, &rows, NULL), CONSENT_OK);
    for (size_t i = 0; i < consent_rows_count(rows); i++)
        print_message("%s %s\n", consent_rows_text(rows, i, "what"),
                      consent_rows_text(rows, i, "message"));
    assert_int_equal(consent_rows_count(rows), 0);
    consent_rows_free(rows);
    rows = NULL;
    assert_int_equal(consent_store_examine(store, NULL, NULL, NULL, &rows, NULL), CONSENT_OK);
    for (size_t i = 0; i < consent_rows_count(rows); i++)
        print_message("%s %s\n", consent_rows_text(rows, i, "what"),
                      consent_rows_text(rows, i, "message"));
    assert_int_equal(consent_rows_count(rows), 0);
    consent_rows_free(rows);
}

#define SAME(call_a, call_b)                                                                       \
    do {                                                                                           \
        consent_rows *a = NULL, *b = NULL;                                                         \
        assert_int_equal(call_a, CONSENT_OK);                                                      \
        assert_int_equal(call_b, CONSENT_OK);                                                      \
        same_rows(a, b, NULL);                                                                     \
    } while (0)

/* ---- what comes back ---- */

static void compare(fixture *f, consent_store *e) {
    consent_store *s = f->store;
    verified(e);
    assert_string_equal(consent_store_id(e), consent_store_id(s));
    {
        consent_rows *a = NULL, *b = NULL;
        assert_int_equal(consent_ledger_head(s, &a, NULL), CONSENT_OK);
        assert_int_equal(consent_ledger_head(e, &b, NULL), CONSENT_OK);
        same_rows(a, b, NULL);
    }
    SAME(consent_history(s, "ann", &a, NULL), consent_history(e, "ann", &b, NULL));
    SAME(consent_decision_list(s, "kim", &a, NULL), consent_decision_list(e, "kim", &b, NULL));
    SAME(consent_policy_list(s, NULL, &a, NULL), consent_policy_list(e, NULL, &b, NULL));
    SAME(consent_ledger_checkpoints(s, &a, NULL), consent_ledger_checkpoints(e, &b, NULL));
    SAME(consent_ledger_key(s, &a, NULL), consent_ledger_key(e, &b, NULL));
    SAME(consent_ledger_prove(s, 5, &a, NULL), consent_ledger_prove(e, 5, &b, NULL));
    SAME(consent_subject_list(s, 0, 100, &a, NULL), consent_subject_list(e, 0, 100, &b, NULL));
    fixture g = *f;
    g.store = e;
    const char *const who[] = {"ann", "kim", "gone", "eve"};
    const char *const what[] = {"mail", "ads", "deed", "serve"};
    for (size_t i = 0; i < 4; i++)
        for (size_t k = 0; k < 4; k++)
            assert_int_equal(api_reason(f, who[i], what[k], NULL),
                             api_reason(&g, who[i], what[k], NULL));
}

static void test_import_gives_the_same_store(void **state) {
    fixture *f = *state;
    text t = export(f->store, NULL);
    consent_store *e = import(f, t.bytes, t.len, vkey(f->store), NULL);
    compare(f, e);
    /* Exported again it is the same but for the last line, which nobody can sign. */
    text again = export(e, NULL);
    assert_int_equal(strstr(again.bytes, "\"type\":\"end\"") != NULL, 1);
    size_t common = 0;
    while (again.bytes[common] == t.bytes[common])
        common++;
    assert_true(strncmp(t.bytes + common, "note", 4) == 0);
    consent_store *third = import(f, again.bytes, again.len, NULL, NULL);
    compare(f, third);
    refused(f, again.bytes, vkey(f->store), "an unsigned export under a key");
    consent_store_free(third);
    consent_store_free(e);
    free(again.bytes);
    free(t.bytes);
}

static void test_import_keeps_erased_what_was_erased(void **state) {
    fixture *f = *state;
    text t = export(f->store, NULL);
    assert_non_null(strstr(t.bytes, "\"state\":\"erased\""));
    consent_store *e = import(f, t.bytes, t.len, vkey(f->store), NULL);
    verified(e);
    SAME(consent_request_list(f->store, NULL, &a, NULL), consent_request_list(e, NULL, &b, NULL));
    SAME(consent_remainder_list(f->store, NULL, &a, NULL),
         consent_remainder_list(e, NULL, &b, NULL));
    SAME(consent_erasure_tasks(f->store, false, &a, NULL),
         consent_erasure_tasks(e, false, &b, NULL));
    SAME(consent_history(f->store, "gone", &a, NULL), consent_history(e, "gone", &b, NULL));
    text part = export(f->store, "ann");
    consent_store *one = import(f, part.bytes, part.len, NULL, NULL);
    verified(one);
    consent_store_free(one);
    consent_store_free(e);
    free(part.bytes);
    free(t.bytes);
}

static void test_import_of_one_subject_verifies(void **state) {
    fixture *f = *state;
    text t = export(f->store, "ann");
    assert_false(api_names(t.bytes, "kim"));
    assert_false(api_names(t.bytes, "gone"));
    consent_store *e = import(f, t.bytes, t.len, vkey(f->store), NULL);
    verified(e);
    SAME(consent_history(f->store, "ann", &a, NULL), consent_history(e, "ann", &b, NULL));
    consent_rows *rows = NULL;
    assert_int_equal(consent_history(e, "kim", &rows, NULL), CONSENT_E_NOT_FOUND);
    text none = {0};
    assert_int_equal(consent_export(e, NULL, "json", gather, &none, NULL, NULL), CONSENT_E_STATE);
    free(none.bytes);
    text again = export(e, "ann");
    consent_store *third = import(f, again.bytes, again.len, NULL, NULL);
    verified(third);
    consent_store_free(third);
    consent_store_free(e);
    free(again.bytes);
    free(t.bytes);
}

/* ---- what it refuses ---- */

static void test_import_is_never_written(void **state) {
    fixture *f = *state;
    text t = export(f->store, NULL);
    consent_store *e = import(f, t.bytes, t.len, NULL, NULL);
    consent_rows *rows = NULL;
    char *b = api_bundle((variant){.version = "9", .effective = "2030-01-01T00:00:00Z"});
    const char *const names[] = {"ann", "new"};
    const consent_status got[] = {
        consent_grant(e, "ann", "mail", NULL, NULL),
        consent_withdraw(e, "ann", "mail", NULL, NULL),
        consent_subject_add(e, names[1], NULL, NULL),
        consent_subject_set_born(e, "ann", "1991-01-01", NULL),
        consent_policy_import(e, b, strlen(b), NULL),
        consent_fact_put(e, "ann", "x", "1", "desk", CONSENT_OBSERVED_NOW, NULL),
        consent_restrict(e, "ann", NULL, NULL, NULL),
        consent_service_stop(e, "over", NULL),
        consent_ledger_rekey(e, NULL),
        consent_ledger_checkpoint(e, NULL, NULL),
        consent_receipt_issue(e, an_act, &rows, NULL),
        consent_key_rotate(e, f->options, NULL),
    };
    for (size_t i = 0; i < sizeof got / sizeof got[0]; i++)
        if (got[i] != CONSENT_E_STATE)
            fail_msg("call %d: %s", (int)i, consent_status_name(got[i]));
    compare(f, e);
    /* A copy stays evidence, and cannot be restored into a store that signs. */
    char copy[128], back[128];
    snprintf(copy, sizeof copy, "%s/copy", f->folder);
    snprintf(back, sizeof back, "%s/back", f->folder);
    assert_int_equal(consent_store_backup(e, copy, NULL), CONSENT_OK);
    assert_int_equal(consent_store_restore(copy, back, f->options, NULL), CONSENT_E_STATE);
    assert_int_not_equal(access(back, F_OK), 0);
    consent_store_free(e);
    free(b);
    free(t.bytes);
}

/* Lines of a text, as pointers into a copy. */
typedef struct lines {
    char *copy;
    char *v[256];
    size_t count;
} lines;

static lines split(const text *t) {
    lines l = {.copy = strdup(t->bytes)};
    for (char *at = l.copy; *at; at++) {
        assert_true(l.count < 256);
        l.v[l.count++] = at;
        at = strchr(at, '\n');
        *at = '\0';
    }
    return l;
}

static char *join(const lines *l, const size_t *order, size_t n) {
    char *out = calloc(1, 1 << 20), *at = out;
    for (size_t i = 0; i < n; i++)
        at += sprintf(at, "%s\n", l->v[order[i]]);
    return out;
}

/* Each member of each line: another value; taken away. With a signature over all lines, and without
 * one where the ledger itself tells. */
static void change_members(fixture *f, const text *t, bool whole, const char *key) {
    lines l = split(t);
    size_t order[256], tried = 0;
    for (size_t i = 0; i < l.count; i++)
        order[i] = i;
    char *original[256];
    memcpy(original, l.v, sizeof original);
    for (size_t i = 1; i + 1 < l.count; i++) {
        char *line = strdup(original[i]);
        size_t n = strlen(line);
        bool comma = line[n - 1] == ',';
        if (comma)
            line[n - 1] = '\0';
        cJSON *json = cJSON_Parse(line), *member;
        const char *type = cJSON_GetStringValue(cJSON_GetObjectItem(json, "type"));
        bool list = strcmp(type, "request") == 0 || strcmp(type, "remainder") == 0 ||
                    strcmp(type, "task") == 0;
        int members = cJSON_GetArraySize(json);
        for (int m = 0; m < members; m++)
            for (int away = 0; away < 2; away++) {
                cJSON *copy = cJSON_Duplicate(json, true);
                member = cJSON_GetArrayItem(copy, m);
                char *name = strdup(member->string);
                /* Not evidence: when it was exported, and what of a kept checkpoint nothing counts.
                 */
                bool free_of = !whole && (list || strcmp(type, "checkpoint") == 0 ||
                                          (strcmp(type, "ledger") == 0 && strcmp(name, "at") == 0));
                if (away) {
                    cJSON_DeleteItemFromObject(copy, name);
                } else if (cJSON_IsNumber(member)) {
                    cJSON_SetNumberValue(member, member->valuedouble + 1);
                } else {
                    const char *was = cJSON_GetStringValue(member);
                    char *value = *was ? strdup(was) : strdup("b"); /* the host is "" */
                    size_t at = strlen(value) / 2;
                    value[at] = value[at] == 'a' ? 'b' : 'a';
                    cJSON_SetValuestring(member, value);
                    free(value);
                }
                char *made = cJSON_PrintUnformatted(copy), *text_of, what[160];
                char *with = malloc(strlen(made) + 2);
                sprintf(with, "%s%s", made, comma ? "," : "");
                l.v[i] = with;
                text_of = join(&l, order, l.count);
                snprintf(what, sizeof what, "%s of a %s%s", name, type, away ? " taken away" : "");
                bool note_away = away && strcmp(name, "note") == 0 && strcmp(type, "end") == 0;
                if (!free_of && !(note_away && !key)) {
                    refused(f, text_of, key, what);
                    tried++;
                }
                free(text_of);
                free(with);
                free(made);
                free(name);
                cJSON_Delete(copy);
            }
        l.v[i] = original[i];
        cJSON_Delete(json);
        free(line);
    }
    assert_true(tried > 150);
    free(l.copy);
}

static void test_import_refuses_every_change_of_a_signed_export(void **state) {
    fixture *f = *state;
    text t = export(f->store, NULL);
    change_members(f, &t, true, NULL);
    free(t.bytes);
}

static void test_import_refuses_every_change_of_an_unsigned_export(void **state) {
    fixture *f = *state;
    text t = export(f->store, NULL);
    consent_store *e = import(f, t.bytes, t.len, NULL, NULL);
    text again = export(e, NULL);
    consent_store_free(e);
    change_members(f, &again, false, NULL);
    free(again.bytes);
    free(t.bytes);
}

static void test_import_refuses_every_change_with_erasures(void **state) {
    fixture *f = *state;
    text t = export(f->store, NULL);
    change_members(f, &t, true, vkey(f->store));
    free(t.bytes);
}

static void test_import_refuses_lines_gone_twice_or_moved(void **state) {
    fixture *f = *state;
    text t = export(f->store, NULL);
    lines l = split(&t);
    size_t order[256], n;
    char *made;
    for (size_t i = 0; i < l.count; i++) {
        for (n = 0; n < i; n++)
            order[n] = n;
        for (size_t k = i + 1; k < l.count; k++)
            order[n++] = k;
        made = join(&l, order, n);
        refused(f, made, NULL, "a line gone");
        free(made);
        for (n = 0; n <= i; n++)
            order[n] = n;
        for (size_t k = i; k < l.count; k++)
            order[n++] = k;
        made = join(&l, order, n);
        refused(f, made, NULL, "a line twice");
        free(made);
        if (i + 1 == l.count)
            break;
        for (n = 0; n < l.count; n++)
            order[n] = n == i ? i + 1 : n == i + 1 ? i : n;
        made = join(&l, order, n);
        refused(f, made, NULL, "two lines exchanged");
        free(made);
    }
    for (size_t at = 0; at < t.len; at += 1 + t.len / 61) {
        char kept = t.bytes[at];
        t.bytes[at] = '\0';
        refused(f, t.bytes, NULL, "cut short");
        t.bytes[at] = kept;
    }
    free(l.copy);
    free(t.bytes);
}

static void test_import_names_line_member_and_place(void **state) {
    fixture *f = *state;
    text t = export(f->store, NULL);
    consent_error *err = NULL;
    char *at = strstr(t.bytes, "granted"); /* in the body of the first act */
    char *line = at;
    int number = 1;
    while (line > t.bytes && line[-1] != '\n')
        line--;
    for (char *p = t.bytes; p < line; p++)
        number += *p == '\n';
    at = strstr(line, "\\\"point\\\":\\\"mail");
    at[14] = 'M';
    assert_null(import(f, t.bytes, t.len, NULL, &err));
    char want[32];
    snprintf(want, sizeof want, "line %d:", number);
    assert_int_equal(consent_error_status(err), CONSENT_E_INPUT);
    assert_non_null(strstr(consent_error_message(err), want));
    assert_string_equal(consent_error_where(err), "/body");
    assert_int_equal(consent_error_offset(err), line - t.bytes);
    consent_error_free(err);
    free(t.bytes);
}

static void test_import_refuses_what_is_no_export(void **state) {
    fixture *f = *state;
    const char *const bad[] = {
        "",
        "\n",
        "[\n",
        "[\n]\n",
        "{}\n",
        "[\n{}\n]\n",
        "[\n{\"type\":\"end\"}\n]\n",
        "[\n{\"lines\":0,\"type\":\"end\"}\n]\n",
        "[\n{\"lines\":0,\"lines\":0,\"type\":\"end\"}\n]\n",
        "[\n{\"type\":\"ledger\"},\n]\n",
        "\xef\xbb\xbf[\n",
        "[\r\n",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        refused(f, bad[i], NULL, bad[i]);
    consent_error *err = NULL;
    assert_null(import(f, "[\n\0\n", 4, NULL, &err));
    consent_error_free(err);
    consent_store *out = NULL;
    err = NULL;
    assert_int_equal(
        consent_evidence_import("x.store", f->options, "no/such/file", NULL, &out, &err),
        CONSENT_E_NOT_FOUND);
    consent_error_free(err);
    assert_int_equal(consent_evidence_import("x.store", f->options, f->folder, NULL, &out, NULL),
                     CONSENT_E_OPEN);
    assert_int_equal(consent_evidence_import(NULL, f->options, "f", NULL, &out, NULL),
                     CONSENT_E_ARGUMENT);
    assert_int_equal(consent_evidence_import("x.store", NULL, "f", NULL, &out, NULL),
                     CONSENT_E_ARGUMENT);
    text t = export(f->store, NULL);
    refused(f, t.bytes, "libconsent/0+00000000+AQ==", "another key");
    char file[128];
    snprintf(file, sizeof file, "%s/x.json", f->folder);
    assert_int_equal(consent_evidence_import(f->path, f->options, file, NULL, &out, NULL),
                     CONSENT_E_EXISTS);
    free(t.bytes);
}

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, api_teardown)
    const struct CMUnitTest tests[] = {
        T(test_import_gives_the_same_store),
        T(test_import_of_one_subject_verifies),
        cmocka_unit_test_setup_teardown(test_import_keeps_erased_what_was_erased, setup_rights,
                                        api_teardown),
        cmocka_unit_test_setup_teardown(test_import_refuses_every_change_with_erasures,
                                        setup_rights, api_teardown),
        T(test_import_is_never_written),
        T(test_import_refuses_every_change_of_a_signed_export),
        T(test_import_refuses_every_change_of_an_unsigned_export),
        T(test_import_refuses_lines_gone_twice_or_moved),
        T(test_import_names_line_member_and_place),
        T(test_import_refuses_what_is_no_export),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
