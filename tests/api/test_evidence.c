/* SPDX-License-Identifier: Apache-2.0 */
/* Evidence bundles as bytes: made from a store, verified without it, and every way to spoil one
 * named. The manifest of a spoilt bundle is made to fit, so that it is not only the hash that
 * tells; its signature cannot be made, which is a finding of its own. */
#include "api_fixture.h"

#include <cjson/cJSON.h>
#include <sodium.h>

/* ---- a bundle in memory ---- */

typedef struct file {
    char name[100];
    char *bytes;
    size_t len;
} file;
typedef struct bundle {
    file v[32];
    size_t count;
    char key[160];
    int stop_after; /* calls until the taker refuses; 0: never */
} bundle;

static int32_t take(const char *name, const void *bytes, size_t len, void *user) {
    bundle *b = user;
    file *f = b->count ? &b->v[b->count - 1] : NULL;
    if (b->stop_after && --b->stop_after == 0)
        return 1;
    if (!f || strcmp(f->name, name) != 0) {
        assert_true(b->count < 32);
        f = &b->v[b->count++];
        snprintf(f->name, sizeof f->name, "%s", name);
        f->bytes = calloc(1, 1);
        f->len = 0;
    }
    f->bytes = realloc(f->bytes, f->len + len + 1);
    memcpy(f->bytes + f->len, bytes, len);
    f->len += len;
    f->bytes[f->len] = '\0';
    return 0;
}

static void drop(bundle *b) {
    for (size_t i = 0; i < b->count; i++)
        free(b->v[i].bytes);
    b->count = 0;
}

static file *of(bundle *b, const char *name) {
    for (size_t i = 0; i < b->count; i++)
        if (strncmp(b->v[i].name, name, strlen(name)) == 0)
            return &b->v[i];
    return NULL;
}

static void export(fixture *f, const char *subject, bundle *b) {
    consent_rows *rows = NULL;
    consent_error *err = NULL;
    memset(b, 0, sizeof *b);
    if (consent_evidence_export(f->store, subject, take, b, &rows, &err) != CONSENT_OK)
        fail_msg("export: %s", consent_error_message(err));
    snprintf(b->key, sizeof b->key, "%s", consent_rows_text(rows, 0, "key"));
    assert_int_equal(consent_rows_number(rows, 0, "files", -1), b->count);
    consent_rows_free(rows);
}

/* ---- verifying it ---- */

typedef struct verdict {
    bool ok, trusted;
    consent_rows *row, *findings;
} verdict;

static void done(verdict *v) {
    consent_rows_free(v->row);
    consent_rows_free(v->findings);
}

static verdict look(bundle *b, const char *key, size_t step) {
    consent_evidence *e = NULL;
    verdict v = {0};
    const char *name;
    assert_int_equal(consent_evidence_new(key, &e, NULL), CONSENT_OK);
    assert_int_equal(consent_evidence_verdict(e, &v.row, NULL), CONSENT_E_STATE);
    while ((name = consent_evidence_wants(e)) != NULL) {
        file *f = NULL;
        for (size_t i = 0; i < b->count; i++)
            if (strcmp(b->v[i].name, name) == 0)
                f = &b->v[i];
        for (size_t at = 0; f && at < f->len; at += step) {
            size_t n = f->len - at < step ? f->len - at : step;
            char *part = malloc(n); /* exactly as long: a byte too far is seen by ASan */
            memcpy(part, f->bytes + at, n);
            consent_status st = consent_evidence_give(e, part, n, NULL);
            free(part);
            assert_true(st == CONSENT_OK || st == CONSENT_DONE);
        }
        assert_int_equal(consent_evidence_end(e, f != NULL, NULL), CONSENT_OK);
    }
    for (size_t i = 0; i < b->count; i++)
        assert_int_equal(consent_evidence_found(e, b->v[i].name, NULL), CONSENT_OK);
    assert_int_equal(consent_evidence_verdict(e, &v.row, NULL), CONSENT_OK);
    assert_int_equal(consent_evidence_findings(e, &v.findings, NULL), CONSENT_OK);
    v.ok = consent_rows_number(v.row, 0, "ok", 0);
    v.trusted = consent_rows_number(v.row, 0, "trusted", 0);
    assert_int_equal(v.ok, consent_rows_count(v.findings) == 0);
    consent_evidence_free(e);
    return v;
}

static bool says(const verdict *v, const char *what) {
    for (size_t i = 0; i < consent_rows_count(v->findings); i++)
        if (strcmp(consent_rows_text(v->findings, i, "what"), what) == 0)
            return true;
    return false;
}

static void list(const verdict *v) {
    for (size_t i = 0; i < consent_rows_count(v->findings); i++)
        print_message("  %s:%d #%d %s %s\n", consent_rows_text(v->findings, i, "file"),
                      (int)consent_rows_number(v->findings, i, "line", 0),
                      (int)consent_rows_number(v->findings, i, "event", -1),
                      consent_rows_text(v->findings, i, "what"),
                      consent_rows_text(v->findings, i, "message"));
}

static void expect(bundle *b, const char *key, const char *what) {
    verdict v = look(b, key, 4096);
    if (v.ok || v.trusted || !says(&v, what)) {
        list(&v);
        fail_msg("%s is not found", what);
    }
    done(&v);
}

/* ---- spoiling it ---- */

/* Replaces the nth occurrence of a text in a file. False when there is none. */
static bool replace(file *f, int nth, const char *old, const char *new) {
    char *at = f->bytes;
    size_t before = strlen(old), after = strlen(new);
    while ((at = strstr(at, old)) != NULL && nth-- > 0)
        at++;
    if (!at)
        return false;
    size_t offset = (size_t)(at - f->bytes), rest = f->len - offset - before;
    char *made = malloc(f->len + after + 1);
    memcpy(made, f->bytes, offset);
    memcpy(made + offset, new, after);
    memcpy(made + offset + after, at + before, rest + 1);
    free(f->bytes);
    f->bytes = made;
    f->len += after - before;
    return true;
}

/* Makes the manifest fit the files as they are now. */
static void fit(bundle *b) {
    file *m = of(b, "manifest.json");
    cJSON *json = cJSON_Parse(m->bytes), *one;
    cJSON *files = cJSON_GetObjectItem(json, "files");
    cJSON_ArrayForEach(one, files) {
        file *f = of(b, cJSON_GetStringValue(cJSON_GetObjectItem(one, "name")));
        uint8_t hash[32];
        char hex[65];
        if (!f)
            continue;
        crypto_hash_sha256(hash, (const uint8_t *)f->bytes, f->len);
        sodium_bin2hex(hex, sizeof hex, hash, 32);
        cJSON_SetNumberValue(cJSON_GetObjectItem(one, "bytes"), (double)f->len);
        cJSON_SetValuestring(cJSON_GetObjectItem(one, "sha256"), hex);
    }
    free(m->bytes);
    m->bytes = cJSON_PrintUnformatted(json);
    m->len = strlen(m->bytes);
    cJSON_Delete(json);
}

static int64_t grant(fixture *f, const char *who, const char *purpose, const char *shown) {
    consent_act *act = consent_act_new(who, CONSENT_DECISION_GRANTED, purpose);
    consent_act_set_surface(act, "app");
    consent_act_set_lang(act, "de");
    consent_act_set_shown(act, shown);
    f->now += SECOND;
    return api_say(f, act, CONSENT_OK);
}

static int setup(void **state) {
    if (api_setup(state) != 0 || sodium_init() < 0)
        return -1;
    fixture *f = *state;
    consent_rows *rows = NULL;
    api_publish(f, (variant){0});
    if (consent_subject_add(f->store, "ann", "1990-05-17", NULL) != CONSENT_OK ||
        consent_subject_add(f->store, "bob", NULL, NULL) != CONSENT_OK ||
        consent_policy_shown(f->store, "p", "1", "mail", "de", &rows, NULL) != CONSENT_OK)
        return -1;
    grant(f, "ann", "mail", consent_rows_text(rows, 0, "shown"));
    grant(f, "bob", "mail", NULL);
    grant(f, "ann", "ads", NULL);
    consent_rows_free(rows);
    f->now += SECOND;
    return consent_withdraw(f->store, "ann", "mail", NULL, NULL) == CONSENT_OK ? 0 : -1;
}

/* ---- good ones ---- */

static void test_evidence_verifies_without_the_store(void **state) {
    fixture *f = *state;
    bundle b;
    export(f, NULL, &b);
    const size_t steps[] = {1, 7, 4096, 1 << 20};
    for (size_t i = 0; i < 4; i++) {
        verdict v = look(&b, b.key, steps[i]);
        list(&v);
        assert_true(v.ok && v.trusted);
        assert_int_equal(consent_rows_number(v.row, 0, "events", -1), 6);
        assert_int_equal(consent_rows_number(v.row, 0, "receipts", -1), 4);
        assert_int_equal(consent_rows_number(v.row, 0, "size", -1), api_size(f));
        assert_false(consent_rows_has(v.row, 0, "subject"));
        done(&v);
    }
    verdict v = look(&b, NULL, 4096);
    assert_true(v.ok && !v.trusted); /* nobody said which key to trust */
    done(&v);
    assert_string_equal(b.v[b.count - 2].name, "manifest.json");
    assert_string_equal(b.v[b.count - 1].name, "manifest.note");
    drop(&b);
}

static void test_evidence_of_one_subject_holds_no_other(void **state) {
    fixture *f = *state;
    bundle b;
    export(f, "ann", &b);
    verdict v = look(&b, b.key, 4096);
    assert_true(v.ok && v.trusted);
    assert_int_equal(consent_rows_number(v.row, 0, "receipts", -1), 3);
    assert_int_equal(strlen(consent_rows_text(v.row, 0, "subject")), 32);
    done(&v);
    for (size_t i = 0; i < b.count; i++) {
        assert_false(api_names(b.v[i].bytes, "ann"));
        assert_false(api_names(b.v[i].bytes, "bob"));
        assert_null(strstr(b.v[i].name, "ann"));
    }
    drop(&b);
    assert_int_equal(consent_evidence_export(f->store, "eve", take, &b, &v.row, NULL),
                     CONSENT_E_NOT_FOUND);
    assert_int_equal(b.count, 0);
}

static void test_evidence_leads_from_an_older_key(void **state) {
    fixture *f = *state;
    bundle b, spoilt;
    export(f, NULL, &b);
    char first[160];
    memcpy(first, b.key, sizeof first);
    drop(&b);
    assert_int_equal(consent_ledger_rekey(f->store, NULL), CONSENT_OK);
    assert_int_equal(consent_ledger_rekey(f->store, NULL), CONSENT_OK);
    export(f, "ann", &b);
    assert_string_not_equal(b.key, first);
    verdict v = look(&b, first, 4096);
    list(&v);
    assert_true(v.ok && v.trusted);
    done(&v);
    drop(&b);
    export(f, "ann", &spoilt); /* the note of the second key, spoilt: nothing leads to the third */
    file *keys = of(&spoilt, "keys.jsonl");
    char *line = strchr(keys->bytes, '\n') + 1, *note = strstr(line, "\\u2014");
    note = note ? note : strstr(line, "\xe2\x80\x94");
    char *sign = strchr(strchr(note, ' ') + 1, ' ') + 20;
    *sign = *sign == 'A' ? 'B' : 'A';
    fit(&spoilt);
    expect(&spoilt, first, "KEY_CHAIN");
    expect(&spoilt, first, "KEY_FOREIGN");
    drop(&spoilt);
}

/* ---- spoilt ones ---- */

static void test_evidence_names_each_change(void **state) {
    fixture *f = *state;
    const struct {
        const char *name, *old, *new, *what;
        int nth;
    } rows[] = {
        {"events.jsonl", "\"at\":17", "\"at\":27", "LEAF", 2},
        {"events.jsonl", "granted", "refused", "LEAF", 0},
        {"events.jsonl", "\"kind\":\"consent.granted\"", "\"kind\":\"consent.refused\"", "LEAF", 0},
        {"events.jsonl", "\"nonce\":\"", "\"nonce\":\"zz", "MALFORMED", 0},
        {"events.jsonl", "\\\"point\\\":\\\"mail\\\"", "\\\"point\\\":\\\"ads\\\"", "LEAF", 0},
        {"events.jsonl", "\\\"shown\\\":\\\"", "\\\"shown\\\":\\\"0", "LEAF", 0},
        {"events.jsonl", "\"proof\":[\"", "\"proof\":[\"00", "MALFORMED", 0},
        {"events.jsonl", "\"proof\":[",
         "\"proof\":[\"0000000000000000000000000000000000000000000000"
         "000000000000000000\",",
         "PROOF", 1},
        {"events.jsonl", "\"seq\":5", "\"seq\":6", "LEAF", 0},
        {"events.jsonl", "{\"at\"", "{\"at\":1,\"at\"", "DUPLICATE_MEMBER", 1},
        {"events.jsonl", "{\"at\"", "{\"zz\":1,\"at\"", "", 1},
        {"receipts.txt", "ey", "eyJ", "RECEIPT_MISSING", 0},
        {"receipts.txt", "\n", "A\n", "SIGNATURE", 1},
        {"checkpoint.txt", "\n11\n", "\n12\n", "CHECKPOINT_SIGNATURE", 0},
        {"checkpoint.txt", "libconsent/", "libconsent/0", "", 0},
        {"key.txt", "+", "+0", "KEY_MALFORMED", 0},
        {"keys.jsonl", "\"seq\":0", "\"seq\":0,\"seq\":1", "DUPLICATE_MEMBER", 0},
        {"keys.jsonl", "libconsent", "libconsenT", "KEY_CHAIN", 0},
        {"policies/", "Letters.", "Lettuce.", "POLICY_DIFFERS", 0},
        {"policies/", "Letters.", "Lettuce.", "TEXT_DIFFERS", 0},
        {"policies/", "\"bundle\":1", "\"bundle\":2", "POLICY_MALFORMED", 0},
        {"policies/", "\"policy\":\"p\"", "\"policy\":\"q\"", "POLICY_MISSING", 0},
        {"policies/", "Post.", "Pest.", "TEXT_UNKNOWN", 0},
        {"profiles/", "{", "[", "POLICY_MALFORMED", 0},
        {"manifest.json", "\"v\":1", "\"v\":2", "MANIFEST_MALFORMED", 0},
        {"manifest.json", "\"v\":1", "\"v\":1,\"v\":1", "DUPLICATE_MEMBER", 0},
        {"manifest.json", "\"events\":6", "\"events\":5", "MANIFEST_DIFFERS", 0},
        {"manifest.json", "\"receipts\":4", "\"receipts\":5", "MANIFEST_DIFFERS", 0},
        {"manifest.json", "\"size\":11", "\"size\":12", "MANIFEST_DIFFERS", 0},
        {"manifest.json", "README.md", "../README.md", "MANIFEST_MALFORMED", 0},
        {"manifest.json", "README.md", "/etc/passwd", "MANIFEST_MALFORMED", 0},
        {"manifest.json", "README.md", "checkpoint.txt", "MANIFEST_MALFORMED", 0},
        {"manifest.note", "evidence manifest", "evidence manifes7", "MANIFEST_SIGNATURE", 0},
        {"manifest.note", "libconsent", "libconsenT", "MANIFEST_SIGNATURE", 0},
        {"README.md", "Evidence", "Credence", "", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bundle b;
        export(f, NULL, &b);
        file *spoilt = of(&b, rows[i].name);
        if (!replace(spoilt, rows[i].nth, rows[i].old, rows[i].new)) {
            print_message("%s\n", spoilt->bytes);
            fail_msg("row %d: %s has no %s", (int)i, rows[i].name, rows[i].old);
        }
        bool manifest = strncmp(rows[i].name, "manifest", 8) == 0;
        if (!manifest)
            expect(&b, b.key, "FILE_CHANGED");
        if (!manifest)
            fit(&b);
        if (strcmp(rows[i].name, "manifest.note") != 0 && rows[i].name[0] != 'k' &&
            strcmp(rows[i].what, "MANIFEST_MALFORMED") != 0 &&
            strcmp(rows[i].what, "DUPLICATE_MEMBER") != 0)
            expect(&b, b.key, "MANIFEST_SIGNATURE");
        if (*rows[i].what)
            expect(&b, b.key, rows[i].what);
        drop(&b);
    }
}

/* Whatever byte of whatever file is changed, and the manifest with it. */
static void test_evidence_no_changed_byte_passes(void **state) {
    fixture *f = *state;
    bundle b;
    export(f, "ann", &b);
    for (size_t i = 0; i < b.count; i++)
        for (size_t at = 0; at < b.v[i].len; at += 1 + b.v[i].len / 97) {
            b.v[i].bytes[at] ^= 1;
            verdict v = look(&b, b.key, 4096);
            if (v.ok || v.trusted)
                fail_msg("byte %zu of %s", at, b.v[i].name);
            done(&v);
            b.v[i].bytes[at] ^= 1;
        }
    drop(&b);
}

static void test_evidence_missing_and_extra_files_are_named(void **state) {
    fixture *f = *state;
    bundle b, smaller;
    export(f, NULL, &b);
    for (size_t i = 0; i < b.count; i++) {
        smaller = b;
        smaller.v[i] = b.v[--smaller.count];
        verdict v = look(&smaller, b.key, 4096);
        assert_true(!v.ok && says(&v, "FILE_MISSING"));
        assert_string_equal(consent_rows_text(v.findings, 0, "file"), b.v[i].name);
        done(&v);
    }
    assert_int_equal(take("notes.txt", "x", 1, &b), 0);
    verdict v = look(&b, b.key, 4096);
    assert_int_equal(consent_rows_count(v.findings), 1);
    assert_string_equal(consent_rows_text(v.findings, 0, "what"), "FILE_EXTRA");
    assert_string_equal(consent_rows_text(v.findings, 0, "file"), "notes.txt");
    done(&v);
    drop(&b);
}

/* Lines taken out, given twice, put in another order, or cut off. */
static void test_evidence_lines_gone_or_moved_are_named(void **state) {
    fixture *f = *state;
    for (int way = 0; way < 4; way++)
        for (int receipts = 0; receipts < 2; receipts++) {
            bundle b;
            export(f, NULL, &b);
            file *x = of(&b, receipts ? "receipts.txt" : "events.jsonl");
            char *second = strchr(x->bytes, '\n') + 1, *third = strchr(second, '\n') + 1;
            size_t one = (size_t)(second - x->bytes), two = (size_t)(third - second);
            char *made = calloc(1, 2 * x->len + 1);
            if (way == 0) { /* without the second */
                memcpy(made, x->bytes, one);
                strcat(made, third);
            } else if (way == 1) { /* twice */
                memcpy(made, x->bytes, one + two);
                strcat(made, second);
            } else if (way == 2) { /* second before first */
                memcpy(made, second, two);
                memcpy(made + two, x->bytes, one);
                strcat(made, third);
            } else {
                memcpy(made, x->bytes, x->len - 9);
            }
            free(x->bytes);
            x->bytes = made;
            x->len = strlen(made);
            fit(&b);
            expect(&b, b.key, "MANIFEST_SIGNATURE");
            expect(&b, b.key,
                   way == 3    ? "MALFORMED"
                   : way == 0  ? "MANIFEST_DIFFERS"
                   : !receipts ? "REORDERED"
                   : way == 1  ? "RECEIPT_FOREIGN"
                               : "RECEIPT_MISSING");
            drop(&b);
        }
}

static void test_evidence_of_another_log_is_foreign(void **state) {
    fixture *f = *state;
    bundle b, c;
    char path[128];
    fixture g = *f;
    snprintf(path, sizeof path, "%s/b.store", f->folder);
    assert_int_equal(consent_store_create(path, f->options, &g.store, NULL), CONSENT_OK);
    api_publish(&g, (variant){0});
    assert_int_equal(consent_subject_add(g.store, "ann", NULL, NULL), CONSENT_OK);
    grant(&g, "ann", "mail", NULL);
    export(f, "ann", &b);
    export(&g, "ann", &c);
    expect(&b, c.key, "KEY_FOREIGN");
    /* A file of the other one is not at home here. */
    const char *const names[] = {"checkpoint.txt", "receipts.txt", "events.jsonl", "manifest.note"};
    for (size_t i = 0; i < 4; i++) {
        file own = *of(&b, names[i]);
        *of(&b, names[i]) = *of(&c, names[i]);
        fit(&b);
        expect(&b, b.key,
               i == 0   ? "CHECKPOINT_SIGNATURE"
               : i == 1 ? "KEY_FOREIGN"
               : i == 2 ? "PROOF"
                        : "MANIFEST_SIGNATURE");
        *of(&b, names[i]) = own;
    }
    drop(&b);
    drop(&c);
    consent_store_free(g.store);
}

static void test_evidence_refuses_what_is_no_key(void **state) {
    consent_evidence *e = (consent_evidence *)(uintptr_t)1;
    consent_error *err = NULL;
    (void)state;
    assert_int_equal(consent_evidence_new("no key", &e, &err), CONSENT_E_FORMAT);
    assert_null(e);
    consent_error_free(err);
    assert_int_equal(consent_evidence_new(NULL, NULL, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_evidence_end(NULL, true, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_evidence_give(NULL, "", 0, NULL), CONSENT_E_ARGUMENT);
    assert_null(consent_evidence_wants(NULL));
    consent_evidence_free(NULL);
}

static void test_evidence_taker_that_stops_ends_the_export(void **state) {
    fixture *f = *state;
    consent_rows *rows = NULL;
    for (int n = 1; n < 12; n++) {
        bundle b = {.stop_after = n};
        consent_error *err = NULL;
        assert_int_equal(consent_evidence_export(f->store, NULL, take, &b, &rows, &err),
                         CONSENT_E_IO);
        assert_null(rows);
        assert_null(of(&b, "manifest.note"));
        consent_error_free(err);
        drop(&b);
    }
}

/* Larger than it may be, or not at all like a bundle: found, with little memory. */
static void test_evidence_oversized_is_named(void **state) {
    fixture *f = *state;
    bundle b;
    export(f, "ann", &b);
    file *x = of(&b, "events.jsonl");
    char *big = malloc((2 << 20) + 2);
    memset(big, '[', 2 << 20);
    strcpy(big + (2 << 20), "\n");
    free(x->bytes);
    x->bytes = big;
    x->len = (2 << 20) + 1;
    fit(&b);
    expect(&b, b.key, "OVERSIZED");
    x = of(&b, "checkpoint.txt");
    free(x->bytes);
    x->bytes = calloc(1, 70000);
    memset(x->bytes, 'a', 69999);
    x->len = 69999;
    fit(&b);
    expect(&b, b.key, "OVERSIZED");
    drop(&b);
}

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, api_teardown)
    const struct CMUnitTest tests[] = {
        T(test_evidence_verifies_without_the_store),
        T(test_evidence_of_one_subject_holds_no_other),
        T(test_evidence_leads_from_an_older_key),
        T(test_evidence_names_each_change),
        T(test_evidence_no_changed_byte_passes),
        T(test_evidence_missing_and_extra_files_are_named),
        T(test_evidence_lines_gone_or_moved_are_named),
        T(test_evidence_of_another_log_is_foreign),
        T(test_evidence_refuses_what_is_no_key),
        T(test_evidence_taker_that_stops_ends_the_export),
        T(test_evidence_oversized_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
