/* SPDX-License-Identifier: Apache-2.0 */
/* Signs what it likes with a key of its own: messages of somebody who has a key that is trusted,
 * and lies. */
#ifndef CONSENT_TESTS_API_FORGER_H
#define CONSENT_TESTS_API_FORGER_H

#include "api_fixture.h"

#include <cjson/cJSON.h>
#include <sodium.h>

/* JWS over header and payload with an own key; its verifier key is `vkey`. */
typedef struct forger {
    uint8_t pk[32], sk[64];
    char name[64], vkey[160], kid[9];
} forger;

static inline void forger_new(forger *g, const char *name) {
    uint8_t typed[33] = {1}, text[128], hash[32];
    char b64[64];
    crypto_sign_ed25519_keypair(g->pk, g->sk);
    snprintf(g->name, sizeof g->name, "%s", name);
    memcpy(typed + 1, g->pk, 32);
    size_t n = strlen(name);
    memcpy(text, name, n);
    text[n] = '\n';
    memcpy(text + n + 1, typed, 33);
    crypto_hash_sha256(hash, text, n + 34);
    sodium_bin2hex(g->kid, sizeof g->kid, hash, 4);
    sodium_bin2base64(b64, sizeof b64, typed, 33, sodium_base64_VARIANT_ORIGINAL);
    snprintf(g->vkey, sizeof g->vkey, "%s+%s+%s", name, g->kid, b64);
}

static inline char *forge(const forger *g, const char *header, const char *payload) {
    size_t hn = strlen(header), pn = strlen(payload);
    char *out = malloc(2 * (hn + pn) + 256);
    uint8_t signature[64];
    sodium_bin2base64(out, 2 * hn + 16, (const uint8_t *)header, hn,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    strcat(out, ".");
    char *at = out + strlen(out);
    sodium_bin2base64(at, 2 * pn + 16, (const uint8_t *)payload, pn,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    crypto_sign_ed25519_detached(signature, NULL, (const uint8_t *)out, strlen(out), g->sk);
    at = out + strlen(out);
    *at++ = '.';
    sodium_bin2base64(at, 128, signature, 64, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return out;
}

/* A checkpoint note over size and root by the forger. */
static inline char *forge_note(const forger *g, const char *origin, long long size,
                               const char *root64) {
    char *note = malloc(512), b64[128];
    uint8_t bytes[68];
    snprintf(note, 512, "%s\n%lld\n%s\n", origin, size, root64);
    crypto_sign_ed25519_detached(bytes + 4, NULL, (uint8_t *)note, strlen(note), g->sk);
    assert_int_equal(sodium_hex2bin(bytes, 4, g->kid, 8, NULL, NULL, NULL), 0);
    sodium_bin2base64(b64, sizeof b64, bytes, 68, sodium_base64_VARIANT_ORIGINAL);
    snprintf(note + strlen(note), 512 - strlen(note), "\n\xe2\x80\x94 %s %s\n", g->name, b64);
    return note;
}

static inline void set_text(cJSON *object, const char *name, const char *text) {
    cJSON_ReplaceItemInObjectCaseSensitive(object, name, cJSON_CreateString(text));
}

/* A JWS of that type over a payload. */
static inline char *forge_typed(const forger *g, const char *type, const cJSON *payload) {
    char header[200], *text = cJSON_PrintUnformatted(payload);
    snprintf(header, sizeof header, "{\"alg\":\"EdDSA\",\"kid\":\"%s\",\"typ\":\"%s\"}", g->kid,
             type);
    char *jws = forge(g, header, text);
    cJSON_free(text);
    return jws;
}

/* A ledger of one event, proven: what `ledger` holds in a receipt. The body is canonical JSON; the
 * leaf hash goes to `leaf`. */
static inline cJSON *forge_ledger(const forger *g, const char *kind, int64_t at, const char *body,
                                  uint8_t leaf[32]) {
    uint8_t nonce[32] = {5}, hash[32], *bytes = malloc(strlen(body) + 512);
    char hex[65], root[64], input[256];
    memcpy(bytes, nonce, 32);
    memcpy(bytes + 32, body, strlen(body));
    crypto_hash_sha256(hash, bytes, strlen(body) + 32);
    sodium_bin2hex(hex, sizeof hex, hash, 32);
    snprintf(input + 1, sizeof input - 1,
             "{\"at\":%lld,\"body\":\"%s\",\"kind\":\"%s\",\"seq\":0,\"v\":1}", (long long)at, hex,
             kind);
    input[0] = 0;
    crypto_hash_sha256(leaf, (uint8_t *)input, 1 + strlen(input + 1));
    sodium_bin2base64(root, sizeof root, leaf, 32, sodium_base64_VARIANT_ORIGINAL);
    char *note = forge_note(g, g->name, 1, root);
    cJSON *ledger = cJSON_CreateObject();
    cJSON_AddStringToObject(ledger, "body", body);
    snprintf(input, sizeof input, "%lld", (long long)at);
    cJSON_AddRawToObject(ledger, "at", input);
    cJSON_AddStringToObject(ledger, "checkpoint", note);
    cJSON_AddStringToObject(ledger, "kind", kind);
    sodium_bin2hex(hex, sizeof hex, nonce, 32);
    cJSON_AddStringToObject(ledger, "nonce", hex);
    cJSON_AddArrayToObject(ledger, "proof");
    cJSON_AddNumberToObject(ledger, "seq", 0);
    free(note);
    free(bytes);
    return ledger;
}

#endif
