/* SPDX-License-Identifier: Apache-2.0 */
/* A proof of erasure that is as it should be but for one thing, signed with the very key that the
 * verifier trusts: each part of it is looked at. */
#include "api_forger.h"

#define ID "00112233445566778899aabbccddeeff"

static void hex_of(const void *bytes, size_t n, char *out) {
    sodium_bin2hex(out, 2 * n + 1, bytes, n);
}

/* Of a subject with one event, the 0th; the erasure is the only event of a ledger of its own. */
static char *payload_of(const forger *g, const char *store, const char *stubs, const char *kind) {
    uint8_t leaf[32], nonce[32] = {5}, own[40] = {6}, hash[32];
    char digest[65], hex[65], own_hex[65], body[300], *text = malloc(4096);
    crypto_hash_sha256(hash, own, 40); /* the nonce and the place 0 */
    hex_of(hash, 32, digest);
    hex_of(nonce, 32, hex);
    hex_of(own, 32, own_hex);
    snprintf(body, sizeof body,
             "{\"clock\":1,\"count\":1,\"sha256\":\"%s\",\"uid\":\"%032d\",\"v\":1}", digest, 0);
    cJSON *ledger = forge_ledger(g, kind, 1, body, leaf);
    char *note = cJSON_PrintUnformatted(cJSON_GetObjectItem(ledger, "checkpoint"));
    char *quoted = cJSON_PrintUnformatted(cJSON_GetObjectItem(ledger, "body"));
    snprintf(text, 4096,
             "{\"checkpoint\":%s,\"event\":{\"at\":1,\"body\":%s,\"kind\":\"%s\",\"nonce\":\"%s\","
             "\"proof\":[],\"seq\":0},\"nonce\":\"%s\",\"store\":\"%s\",\"stubs\":%s,\"v\":1}",
             note, quoted, kind, hex, own_hex, store, stubs);
    cJSON_free(note);
    cJSON_free(quoted);
    cJSON_Delete(ledger);
    return text;
}

static void expect(const forger *g, const char *header, const char *payload, consent_status want,
                   int line) {
    consent_rows *rows = NULL;
    consent_error *err = NULL;
    char *proof = forge(g, header, payload);
    consent_status got = consent_erasure_verify(proof, g->vkey, &rows, &err);
    if (got != want)
        fail_msg("line %d: %s: %s", line, consent_status_name(got), consent_error_message(err));
    assert_int_equal(rows != NULL, want == CONSENT_OK);
    consent_rows_free(rows);
    consent_error_free(err);
    free(proof);
}

static void test_erasure_proof_each_header_but_ours_is_refused(void **state) {
    static const struct {
        const char *header; /* $: the id of the key */
        consent_status want;
    } rows[] = {
        {"{'alg':'EdDSA','kid':'$','typ':'consent-erasure+jwt'}", CONSENT_OK},
        {"{'typ':'consent-erasure+jwt','kid':'$','alg':'EdDSA'}", CONSENT_OK},
        {"{'alg':'none','kid':'$','typ':'consent-erasure+jwt'}", CONSENT_E_SIGNATURE},
        {"{'alg':'none','alg':'EdDSA','kid':'$','typ':'consent-erasure+jwt'}", CONSENT_E_DUPLICATE},
        {"{'alg':'HS256','kid':'$','typ':'consent-erasure+jwt','x':{'alg':'EdDSA'}}",
         CONSENT_E_SIGNATURE},
        {"{'alg':'EdDSA','kid':'$','typ':'JWT','x':{'typ':'consent-erasure+jwt'}}",
         CONSENT_E_FORMAT},
        {"{'alg':'EdDSA','crit':['b64'],'kid':'$','typ':'consent-erasure+jwt'}", CONSENT_E_FORMAT},
        {"{'alg':'EdDSA','jwk':{},'kid':'$','typ':'consent-erasure+jwt'}", CONSENT_E_SIGNATURE},
        {"{'alg':'EdDSA','kid':'00000000','typ':'consent-erasure+jwt'}", CONSENT_E_SIGNATURE},
        {"{'alg':'EdDSA','typ':'consent-erasure+jwt'}", CONSENT_E_SIGNATURE},
        {"'alg':'EdDSA','typ':'consent-erasure+jwt'", CONSENT_E_FORMAT},
    };
    forger g;
    (void)state;
    forger_new(&g, "libconsent/" ID "/1");
    char *payload = payload_of(&g, ID, "[0]", "subject.erased");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char header[300] = "", one[2] = "";
        for (const char *p = rows[i].header; *p; p++)
            if (*p == '$')
                strcat(header, g.kid);
            else
                strcat(header, (one[0] = *p == '\'' ? '"' : *p, one));
        expect(&g, header, payload, rows[i].want, (int)i);
    }
    free(payload);
}

static void test_erasure_proof_each_part_is_checked(void **state) {
    static const struct {
        const char *store, *stubs, *kind;
        consent_status want;
    } rows[] = {
        {ID, "[0]", "subject.erased", CONSENT_OK},
        {ID, "[1]", "subject.erased", CONSENT_E_PROOF},
        {ID, "[]", "subject.erased", CONSENT_E_PROOF},
        {ID, "[0,1]", "subject.erased", CONSENT_E_PROOF},
        {ID, "[0,0]", "subject.erased", CONSENT_E_FORMAT},
        {ID, "[0]", "subject.registered", CONSENT_E_FORMAT},
        {"ffeeddccbbaa99887766554433221100", "[0]", "subject.erased", CONSENT_E_FORMAT},
        {"00112233", "[0]", "subject.erased", CONSENT_E_FORMAT},
        {"", "[0]", "subject.erased", CONSENT_E_FORMAT},
        {ID "\\u0000", "[0]", "subject.erased", CONSENT_E_FORMAT},
    };
    forger g;
    char header[200];
    (void)state;
    forger_new(&g, "libconsent/" ID "/12");
    snprintf(header, sizeof header,
             "{\"alg\":\"EdDSA\",\"kid\":\"%s\",\"typ\":\"consent-erasure+jwt\"}", g.kid);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char *payload = payload_of(&g, rows[i].store, rows[i].stubs, rows[i].kind);
        expect(&g, header, payload, rows[i].want, (int)i);
        free(payload);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_erasure_proof_each_header_but_ours_is_refused),
        cmocka_unit_test(test_erasure_proof_each_part_is_checked),
    };
    return cmocka_run_group_tests_name("erasure proof", tests, NULL, NULL);
}
