/* SPDX-License-Identifier: Apache-2.0 */
/* Proofs, kept checkpoints, the log's keys and receipts through the public headers. Proofs are
 * checked here by a second implementation of RFC 9162; other languages do it in tests/evidence. */
#include "api_forger.h"

static int setup(void **state) {
    if (api_setup(state) != 0 || sodium_init() < 0)
        return -1;
    fixture *f = *state;
    api_publish(f, (variant){0});
    return consent_subject_add(f->store, "ann", "1990-05-17", NULL) == CONSENT_OK ? 0 : -1;
}

/* ---- RFC 9162 2.1.3.2, written again ---- */

static void unhex(const char *text, uint8_t out[32]) {
    size_t n = 0;
    assert_int_equal(sodium_hex2bin(out, 32, text, strlen(text), NULL, &n, NULL), 0);
    assert_int_equal(n, 32);
}

static void node(const uint8_t *a, const uint8_t *b, uint8_t out[32]) {
    uint8_t all[65] = {1};
    memcpy(all + 1, a, 32);
    memcpy(all + 33, b, 32);
    crypto_hash_sha256(out, all, sizeof all);
}

static bool included(uint64_t fn, uint64_t size, const char *leaf, const cJSON *proof,
                     const char *root) {
    uint8_t r[32], p[32], want[32];
    uint64_t sn = size - 1;
    const cJSON *e;
    unhex(leaf, r);
    unhex(root, want);
    cJSON_ArrayForEach(e, proof) {
        unhex(e->valuestring, p);
        if (sn == 0)
            return false;
        if ((fn & 1) || fn == sn) {
            node(p, r, r);
            while (!(fn & 1) && fn) {
                fn >>= 1;
                sn >>= 1;
            }
        } else {
            node(r, p, r);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && memcmp(r, want, 32) == 0;
}

static void prove(fixture *f, int64_t seq) {
    consent_rows *rows = NULL;
    consent_error *err = NULL;
    if (consent_ledger_prove(f->store, seq, &rows, &err) != CONSENT_OK)
        fail_msg("prove %lld: %s", (long long)seq, consent_error_message(err));
    cJSON *proof = cJSON_Parse(consent_rows_text(rows, 0, "proof"));
    assert_true(included((uint64_t)seq, (uint64_t)consent_rows_number(rows, 0, "size", 0),
                         consent_rows_text(rows, 0, "leaf"), proof,
                         consent_rows_text(rows, 0, "root")));
    cJSON_Delete(proof);
    consent_rows_free(rows);
}

static void test_proof_every_event_at_many_sizes(void **state) {
    fixture *f = *state;
    for (int i = 0; i < 600; i++) {
        int64_t size = api_size(f);
        if (size < 20 || size % 64 <= 1 || size == 513)
            for (int64_t seq = 0; seq < size; seq += size < 20 ? 1 : 37)
                prove(f, seq);
        char id[16];
        snprintf(id, sizeof id, "p%d", i);
        assert_int_equal(consent_subject_add(f->store, id, NULL, NULL), CONSENT_OK);
    }
    prove(f, 0);
    prove(f, api_size(f) - 1);
}

static void test_proof_of_no_event_is_not_found(void **state) {
    fixture *f = *state;
    consent_rows *rows = NULL;
    consent_error *err = NULL;
    assert_int_equal(consent_ledger_prove(f->store, api_size(f), &rows, &err), CONSENT_E_NOT_FOUND);
    assert_null(rows);
    consent_error_free(err);
    assert_int_equal(consent_ledger_prove(f->store, -1, &rows, NULL), CONSENT_E_NOT_FOUND);
    assert_int_equal(consent_ledger_prove(f->store, 0, NULL, NULL), CONSENT_E_ARGUMENT);
}

static void test_consistency_grows_and_refuses_what_cannot_be(void **state) {
    fixture *f = *state;
    consent_rows *rows = NULL;
    consent_error *err = NULL;
    int64_t size = api_size(f);
    for (int64_t first = 0; first <= size; first++) {
        assert_int_equal(consent_ledger_consistency(f->store, first, -1, &rows, NULL), CONSENT_OK);
        assert_int_equal(consent_rows_number(rows, 0, "second", -1), size);
        assert_true(consent_rows_has(rows, 0, "checkpoint"));
        consent_rows_free(rows);
    }
    assert_int_equal(consent_ledger_consistency(f->store, 2, 1, &rows, &err), CONSENT_E_ARGUMENT);
    consent_error_free(err);
    assert_int_equal(consent_ledger_consistency(f->store, 0, size + 1, &rows, NULL),
                     CONSENT_E_ARGUMENT);
    assert_int_equal(consent_ledger_consistency(f->store, 1, 2, &rows, NULL), CONSENT_OK);
    assert_false(consent_rows_has(rows, 0, "checkpoint")); /* nothing signs an old head */
    consent_rows_free(rows);
}

/* ---- checkpoints and keys ---- */

static size_t kept(consent_store *store) {
    consent_rows *rows = NULL;
    assert_int_equal(consent_ledger_checkpoints(store, &rows, NULL), CONSENT_OK);
    size_t n = consent_rows_count(rows);
    consent_rows_free(rows);
    return n;
}

static size_t findings(consent_store *store) {
    consent_rows *rows = NULL;
    assert_int_equal(consent_ledger_verify(store, NULL, NULL, &rows, NULL), CONSENT_OK);
    size_t n = consent_rows_count(rows);
    for (size_t i = 0; i < n; i++)
        print_message("%s: %s\n", consent_rows_text(rows, i, "what"),
                      consent_rows_text(rows, i, "message"));
    consent_rows_free(rows);
    return n;
}

static void test_checkpoint_on_demand_is_kept_once(void **state) {
    fixture *f = *state;
    consent_rows *rows = NULL;
    assert_int_equal(consent_ledger_checkpoint(f->store, &rows, NULL), CONSENT_OK);
    assert_true(consent_rows_has(rows, 0, "checkpoint"));
    consent_rows_free(rows);
    assert_int_equal(consent_ledger_checkpoint(f->store, NULL, NULL), CONSENT_DONE);
    assert_int_equal(kept(f->store), 1);
    assert_int_equal(findings(f->store), 0);
}

static void reopen(fixture *f, int64_t events, int64_t seconds, bool at_close) {
    consent_store_free(f->store);
    f->store = NULL;
    consent_options_set_checkpoints(f->options, events, seconds, at_close);
    assert_int_equal(consent_store_open(f->path, f->options, &f->store, NULL), CONSENT_OK);
}

static void test_checkpoint_by_plan_events_time_and_close(void **state) {
    fixture *f = *state;
    char id[16];
    reopen(f, 10, 0, false);
    for (int i = 0; i < 30; i++) {
        snprintf(id, sizeof id, "p%d", i);
        assert_int_equal(consent_subject_add(f->store, id, NULL, NULL), CONSENT_OK);
    }
    assert_int_equal(kept(f->store), 3);
    reopen(f, 0, 60, false);
    f->now += 59 * SECOND;
    assert_int_equal(consent_subject_add(f->store, "q1", NULL, NULL), CONSENT_OK);
    assert_int_equal(kept(f->store), 3);
    f->now += 2 * SECOND;
    assert_int_equal(consent_subject_add(f->store, "q2", NULL, NULL), CONSENT_OK);
    assert_int_equal(kept(f->store), 4);
    reopen(f, 0, 0, true);
    assert_int_equal(consent_subject_add(f->store, "q3", NULL, NULL), CONSENT_OK);
    reopen(f, 0, 0, true);
    assert_int_equal(kept(f->store), 5);
    reopen(f, 0, 0, false); /* nothing new: no more of them */
    assert_int_equal(kept(f->store), 5);
    assert_int_equal(findings(f->store), 0);
}

static void test_rekey_chains_keys_and_other_handles_follow(void **state) {
    fixture *f = *state;
    consent_store *other = NULL;
    consent_rows *keys = NULL, *head = NULL;
    assert_int_equal(consent_store_open(f->path, f->options, &other, NULL), CONSENT_OK);
    assert_int_equal(consent_ledger_checkpoint(f->store, NULL, NULL), CONSENT_OK);
    assert_int_equal(consent_ledger_rekey(f->store, NULL), CONSENT_OK);
    assert_int_equal(consent_ledger_checkpoint(other, NULL, NULL), CONSENT_OK);
    assert_int_equal(consent_ledger_rekey(other, NULL), CONSENT_OK);
    assert_int_equal(consent_ledger_key(f->store, &keys, NULL), CONSENT_OK);
    assert_int_equal(consent_rows_count(keys), 3);
    assert_false(consent_rows_has(keys, 0, "note"));
    assert_non_null(strstr(consent_rows_text(keys, 2, "note"), consent_rows_text(keys, 1, "key")));
    assert_non_null(strstr(consent_rows_text(keys, 2, "note"), consent_rows_text(keys, 2, "key")));
    assert_int_equal(consent_ledger_head(f->store, &head, NULL), CONSENT_OK);
    assert_string_equal(consent_rows_text(head, 0, "key"), consent_rows_text(keys, 2, "key"));
    consent_rows_free(head);
    consent_rows_free(keys);
    assert_int_equal(findings(f->store), 0); /* checkpoints of three keys */
    consent_store_free(other);
}

static void same_head(consent_store *a, consent_store *b) {
    static const char *const column[] = {"root", "checkpoint", "key"};
    consent_rows *x = NULL, *y = NULL;
    assert_int_equal(consent_ledger_head(a, &x, NULL), CONSENT_OK);
    assert_int_equal(consent_ledger_head(b, &y, NULL), CONSENT_OK);
    assert_int_equal(consent_rows_number(x, 0, "size", -1), consent_rows_number(y, 0, "size", -2));
    for (size_t i = 0; i < sizeof column / sizeof *column; i++)
        assert_string_equal(consent_rows_text(x, 0, column[i]), consent_rows_text(y, 0, column[i]));
    consent_rows_free(x);
    consent_rows_free(y);
}

/* A handle that writes signs the head from memory; one that was just opened has to read it. The
 * signatures are the same where head and key are. */
static void test_head_from_memory_is_the_head_of_the_file(void **state) {
    fixture *f = *state;
    consent_store *other = NULL;
    uint32_t dice = 7;
    assert_int_equal(consent_store_open(f->path, f->options, &other, NULL), CONSENT_OK);
    for (int i = 0; i < 300; i++) {
        dice = dice * 1664525u + 1013904223u;
        consent_store *by = dice >> 16 & 1 ? f->store : other;
        uint32_t what = (dice >> 20) % 16;
        if (what == 0)
            assert_int_equal(consent_ledger_rekey(by, NULL), CONSENT_OK);
        else if (what == 1)
            assert_true(consent_ledger_checkpoint(by, NULL, NULL) >= CONSENT_OK);
        else if (what & 1)
            assert_int_equal(consent_grant(by, "ann", "mail", NULL, NULL), CONSENT_OK);
        else
            assert_int_equal(consent_withdraw(by, "ann", "mail", NULL, NULL), CONSENT_OK);
        consent_store *fresh = NULL;
        assert_int_equal(consent_store_open(f->path, f->options, &fresh, NULL), CONSENT_OK);
        same_head(f->store, fresh);
        same_head(f->store, fresh); /* with the key looked at before */
        same_head(other, fresh);
        consent_store_free(fresh);
    }
    assert_int_equal(findings(f->store), 0);
    consent_store_free(other);
}

/* ---- receipts ---- */

typedef struct issued {
    char *jws, *key;
} issued;

static issued issue(fixture *f, int64_t event) {
    consent_rows *rows = NULL;
    consent_error *err = NULL;
    if (consent_receipt_issue(f->store, event, &rows, &err) != CONSENT_OK)
        fail_msg("issue: %s", consent_error_message(err));
    issued i = {strdup(consent_rows_text(rows, 0, "receipt")),
                strdup(consent_rows_text(rows, 0, "key"))};
    assert_false(api_names(consent_rows_text(rows, 0, "payload"), "ann"));
    consent_rows_free(rows);
    return i;
}

static void issued_free(issued *i) {
    free(i->jws);
    free(i->key);
}

/* NULL: good. */
static void verdict(const char *jws, size_t n, const char *key, const char *why) {
    consent_rows *rows = NULL;
    assert_int_equal(consent_receipt_verify(jws, n, key, &rows, NULL), CONSENT_OK);
    const char *got = consent_rows_text(rows, 0, "why");
    if ((got == NULL) != (why == NULL) || (why && strcmp(got, why) != 0))
        fail_msg("%s, not %s", got ? got : "good", why ? why : "good");
    assert_int_equal(consent_rows_number(rows, 0, "ok", -1), why == NULL);
    consent_rows_free(rows);
}

static void test_receipt_of_each_decision_verifies(void **state) {
    fixture *f = *state;
    int64_t grant, refuse, withdraw;
    assert_int_equal(consent_grant(f->store, "ann", "mail", &grant, NULL), CONSENT_OK);
    assert_int_equal(consent_refuse(f->store, "ann", "ads", &refuse, NULL), CONSENT_OK);
    assert_int_equal(consent_withdraw(f->store, "ann", "mail", &withdraw, NULL), CONSENT_OK);
    int64_t all[] = {grant, refuse, withdraw};
    for (size_t i = 0; i < 3; i++) {
        issued r = issue(f, all[i]);
        verdict(r.jws, strlen(r.jws), r.key, NULL);
        issued_free(&r);
    }
}

static void test_receipt_survives_growth_and_a_new_key(void **state) {
    fixture *f = *state;
    int64_t event;
    assert_int_equal(consent_grant(f->store, "ann", "mail", &event, NULL), CONSENT_OK);
    issued old = issue(f, event);
    assert_int_equal(consent_ledger_rekey(f->store, NULL), CONSENT_OK);
    issued fresh = issue(f, event);
    verdict(old.jws, strlen(old.jws), old.key, NULL);
    verdict(fresh.jws, strlen(fresh.jws), fresh.key, NULL);
    verdict(old.jws, strlen(old.jws), fresh.key, "KEY_FOREIGN");
    issued_free(&old);
    issued_free(&fresh);
}

static void test_receipt_refused_for_what_has_none(void **state) {
    fixture *f = *state;
    consent_rows *rows = NULL;
    consent_error *err = NULL;
    assert_int_equal(consent_receipt_issue(f->store, 0, &rows, &err), CONSENT_E_REFUSED);
    consent_error_free(err);
    assert_int_equal(consent_receipt_issue(f->store, api_size(f) - 1, &rows, NULL),
                     CONSENT_E_REFUSED); /* subject.registered holds the external id */
    assert_int_equal(consent_receipt_issue(f->store, 999, &rows, NULL), CONSENT_E_NOT_FOUND);
    assert_null(rows);
}

/* ---- bad receipts, signed by whoever holds a key ---- */

static void forged(const forger *g, const char *header, const char *payload, const char *why) {
    char *jws = forge(g, header, payload);
    verdict(jws, strlen(jws), g->vkey, why);
    free(jws);
}

static void test_receipt_header_each_refusal_has_its_code(void **state) {
    (void)state;
    forger g;
    char h[400];
    forger_new(&g, "libconsent/00112233445566778899aabbccddeeff/1");
#define H(...) (snprintf(h, sizeof h, __VA_ARGS__), h)
    const char *typ = "consent-receipt+jwt";
    forged(&g, H("{\"alg\":\"EdDSA\",\"kid\":\"%s\",\"typ\":\"%s\"}", g.kid, typ), "{}",
           "LEDGER_MISSING");
    forged(&g, H("{\"alg\":\"none\",\"kid\":\"%s\",\"typ\":\"%s\"}", g.kid, typ), "{}", "ALG_NONE");
    forged(&g, H("{\"alg\":\"nOnE\",\"kid\":\"%s\",\"typ\":\"%s\"}", g.kid, typ), "{}", "ALG_NONE");
    forged(&g, H("{\"alg\":\"HS256\",\"kid\":\"%s\",\"typ\":\"%s\"}", g.kid, typ), "{}",
           "ALG_WRONG");
    forged(&g, H("{\"kid\":\"%s\",\"typ\":\"%s\"}", g.kid, typ), "{}", "ALG_WRONG");
    forged(&g, H("{\"alg\":\"EdDSA\",\"kid\":\"%s\",\"typ\":\"JWT\"}", g.kid), "{}", "TYPE_WRONG");
    forged(&g, H("{\"alg\":\"EdDSA\",\"jwk\":{},\"kid\":\"%s\",\"typ\":\"%s\"}", g.kid, typ), "{}",
           "KEY_EMBEDDED");
    forged(&g, H("{\"alg\":\"EdDSA\",\"jku\":\"x\",\"kid\":\"%s\",\"typ\":\"%s\"}", g.kid, typ),
           "{}", "KEY_EMBEDDED");
    forged(&g, H("{\"alg\":\"EdDSA\",\"kid\":\"%s\",\"typ\":\"%s\",\"x5c\":[]}", g.kid, typ), "{}",
           "KEY_EMBEDDED");
    forged(&g, H("{\"alg\":\"EdDSA\",\"crit\":[],\"kid\":\"%s\",\"typ\":\"%s\"}", g.kid, typ), "{}",
           "HEADER_MEMBER");
    forged(&g, H("{\"alg\":\"EdDSA\",\"kid\":\"00000000\",\"typ\":\"%s\"}", typ), "{}",
           "KEY_FOREIGN");
    forged(&g, H("{\"alg\":\"EdDSA\",\"alg\":\"none\",\"kid\":\"%s\",\"typ\":\"%s\"}", g.kid, typ),
           "{}", "DUPLICATE_MEMBER");
    forged(&g, H("{\"alg\":\"EdDSA\",\"kid\":\"%s\",\"typ\":\"%s\"}", g.kid, typ),
           "{\"a\":1,\"a\":2}", "DUPLICATE_MEMBER");
    forged(&g, H("{\"alg\":\"EdDSA\",\"kid\":\"%s\",\"typ\":\"%s\"}", g.kid, typ), "[1",
           "MALFORMED");
    /* a name with more behind a NUL is another name */
    forged(&g, H("{\"alg\":\"EdDSA\\u0000\",\"kid\":\"%s\",\"typ\":\"%s\"}", g.kid, typ), "{}",
           "MALFORMED");
    forged(&g, H("{\"alg\":\"EdDSA\",\"kid\":\"%s\",\"typ\":\"%s\\u0000\"}", g.kid, typ), "{}",
           "MALFORMED");
    forged(&g, "no json", "{}", "MALFORMED");
    verdict("a.b", 3, g.vkey, "MALFORMED");
    verdict("", 0, g.vkey, "MALFORMED");
    verdict("....", 4, g.vkey, "MALFORMED");
    char *big = calloc(1, 300 * 1024);
    memset(big, 'A', 300 * 1024 - 1);
    verdict(big, 300 * 1024 - 1, g.vkey, "OVERSIZED");
    free(big);
    consent_rows *rows = NULL;
    assert_int_equal(consent_receipt_verify("a.b.c", 5, "no key", &rows, NULL), CONSENT_E_FORMAT);
    assert_int_equal(consent_receipt_verify("a.b.c", 5, NULL, &rows, NULL), CONSENT_E_ARGUMENT);
}

/* Takes a good receipt, changes the payload, signs it again with a key that the verifier trusts: a
 * controller that lies. Only the proof tells. */
static cJSON *payload_of(fixture *f, int64_t event) {
    consent_rows *rows = NULL;
    assert_int_equal(consent_receipt_issue(f->store, event, &rows, NULL), CONSENT_OK);
    cJSON *p = cJSON_Parse(consent_rows_text(rows, 0, "payload"));
    consent_rows_free(rows);
    assert_non_null(p);
    return p;
}

static void sign_payload(const forger *g, const cJSON *payload, const char *why) {
    char h[200], *text = cJSON_PrintUnformatted(payload);
    snprintf(h, sizeof h, "{\"alg\":\"EdDSA\",\"kid\":\"%s\",\"typ\":\"consent-receipt+jwt\"}",
             g->kid);
    forged(g, h, text, why);
    cJSON_free(text);
}

static void test_receipt_payload_each_refusal_has_its_code(void **state) {
    fixture *f = *state;
    int64_t event;
    assert_int_equal(consent_grant(f->store, "ann", "mail", &event, NULL), CONSENT_OK);
    cJSON *p = payload_of(f, event);
    cJSON *ledger = cJSON_GetObjectItem(p, "ledger");
    char origin[64], size[24], root[64];
    assert_int_equal(sscanf(cJSON_GetObjectItem(ledger, "checkpoint")->valuestring,
                            "%63[^\n]\n%23[^\n]\n%63[^\n]", origin, size, root),
                     3);
    forger g;
    forger_new(&g, origin);
    sign_payload(&g, p, "CHECKPOINT_SIGNATURE"); /* still signed by the store's own key */
    char *note = forge_note(&g, origin, atoll(size), root);
    set_text(ledger, "checkpoint", note);
    sign_payload(&g, p, NULL); /* what is true stays true */
    char *other =
        forge_note(&g, "libconsent/00000000000000000000000000000000/1", atoll(size), root);
    set_text(ledger, "checkpoint", other);
    sign_payload(&g, p, "CHECKPOINT_FOREIGN");
    free(other);
    other = forge_note(&g, origin, atoll(size) + 1, root);
    set_text(ledger, "checkpoint", other);
    sign_payload(&g, p, "PROOF");
    free(other);
    char broken[128];
    snprintf(broken, sizeof broken, "%s\nno number\n", origin);
    set_text(ledger, "checkpoint", broken);
    sign_payload(&g, p, "CHECKPOINT_MALFORMED");
    set_text(ledger, "checkpoint", note);
    /* each part of the event */
    cJSON *proof = cJSON_GetObjectItem(ledger, "proof");
    char first[65];
    strcpy(first, cJSON_GetArrayItem(proof, 0)->valuestring);
    cJSON_ReplaceItemInArray(proof, 0, cJSON_CreateString(first + 0));
    cJSON_ReplaceItemInArray(
        proof, 0,
        cJSON_CreateString("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"));
    sign_payload(&g, p, "PROOF");
    cJSON_ReplaceItemInArray(proof, 0, cJSON_CreateString(first));
    cJSON_ReplaceItemInObject(ledger, "at", cJSON_CreateNumber(1));
    sign_payload(&g, p, "PROOF");
    cJSON_Delete(p);
    /* what stands beside it */
    const char *const members[] = {"consentReceiptID", "piiPrincipalId"};
    for (size_t i = 0; i < 2; i++) {
        p = payload_of(f, event);
        set_text(cJSON_GetObjectItem(p, "ledger"), "checkpoint", note);
        set_text(p, members[i], "0123");
        sign_payload(&g, p, "CONTENT_MISMATCH");
        cJSON_Delete(p);
    }
    const char *const said[] = {"state", "point", "version", "policy", "class"};
    for (size_t i = 0; i < 5; i++) {
        p = payload_of(f, event);
        set_text(cJSON_GetObjectItem(p, "ledger"), "checkpoint", note);
        cJSON *decision = cJSON_GetObjectItem(p, "decision");
        char longer[100];
        snprintf(longer, sizeof longer, "\"%s\\u0000x\"",
                 cJSON_GetStringValue(cJSON_GetObjectItem(decision, said[i])));
        set_text(decision, said[i], "refused");
        sign_payload(&g, p, "CONTENT_MISMATCH");
        cJSON_ReplaceItemInObjectCaseSensitive(decision, said[i], cJSON_CreateRaw(longer));
        sign_payload(&g, p, "CONTENT_MISMATCH");
        cJSON_Delete(p);
    }
    free(note);
}

static void test_receipt_no_changed_byte_verifies(void **state) {
    fixture *f = *state;
    int64_t event;
    assert_int_equal(consent_grant(f->store, "ann", "mail", &event, NULL), CONSENT_OK);
    issued r = issue(f, event);
    size_t n = strlen(r.jws);
    for (size_t i = 0; i < n; i++) {
        consent_rows *rows = NULL;
        char was = r.jws[i];
        r.jws[i] = was == 'A' ? 'B' : 'A';
        assert_int_equal(consent_receipt_verify(r.jws, n, r.key, &rows, NULL), CONSENT_OK);
        if (consent_rows_number(rows, 0, "ok", -1) != 0)
            fail_msg("byte %zu of %zu", i, n);
        consent_rows_free(rows);
        if (i % 7 == 0) { /* cut off there */
            assert_int_equal(consent_receipt_verify(r.jws, i, r.key, &rows, NULL), CONSENT_OK);
            assert_int_equal(consent_rows_number(rows, 0, "ok", -1), 0);
            consent_rows_free(rows);
        }
        r.jws[i] = was;
    }
    issued_free(&r);
}

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, api_teardown)
    const struct CMUnitTest tests[] = {
        T(test_proof_every_event_at_many_sizes),
        T(test_proof_of_no_event_is_not_found),
        T(test_consistency_grows_and_refuses_what_cannot_be),
        T(test_checkpoint_on_demand_is_kept_once),
        T(test_checkpoint_by_plan_events_time_and_close),
        T(test_rekey_chains_keys_and_other_handles_follow),
        T(test_head_from_memory_is_the_head_of_the_file),
        T(test_receipt_of_each_decision_verifies),
        T(test_receipt_survives_growth_and_a_new_key),
        T(test_receipt_refused_for_what_has_none),
        cmocka_unit_test(test_receipt_header_each_refusal_has_its_code),
        T(test_receipt_payload_each_refusal_has_its_code),
        T(test_receipt_no_changed_byte_verifies),
    };
    return cmocka_run_group_tests_name("proof", tests, NULL, NULL);
}
