/* SPDX-License-Identifier: Apache-2.0 */
/* Proof of erasure: which stubs of the ledger were one subject's, under a signed head. Nothing in
 * it is personal: a random uid, places in the ledger, hashes. */
#include "flow/erasure_proof.h"
#include "flow/trust.h"

#include <string.h>

#include "ledger/receipt.h"
#include "util/text.h"
#include "json/event.h"
#include "json/json.h"

#define TYPE "consent-erasure+jwt"

/* ---- making ---- */

/* Root of a perfect subtree: kept at every 8th level, else from its two halves. */
static consent_status node(const consent__cx *cx, void *user, int32_t level, uint64_t index,
                           uint8_t out[CONSENT__HASH]) {
    consent__view *v = user;
    const consent__engine *engine = v->store->engine;
    if (level == 0) {
        consent__event_row row;
        consent_status st = engine->event_get(cx, v->tx, (int64_t)index, &row);
        if (st == CONSENT_OK)
            memcpy(out, row.leaf, CONSENT__HASH);
        return st;
    }
    if (level % 8 == 0)
        return engine->node_get(cx, v->tx, level, (int64_t)index, out);
    uint8_t left[CONSENT__HASH], right[CONSENT__HASH];
    consent_status st = node(cx, v, level - 1, 2 * index, left);
    if (st == CONSENT_OK)
        st = node(cx, v, level - 1, 2 * index + 1, right);
    if (st == CONSENT_OK)
        consent__node(left, right, out);
    return st;
}

static consent_status checkpoint(const consent__cx *cx, consent__view *v, consent__buf *note) {
    uint8_t root[CONSENT__HASH];
    consent__tree tree;
    if (!consent__tree_decode(&tree, (uint64_t)v->head.size, v->head.frontier,
                              v->head.frontier_len))
        return consent__fail(cx, CONSENT_E_CORRUPT, "the ledger's head is damaged");
    consent__tree_root(&tree, root);
    return consent__checkpoint_sign(cx, v->store, v->tx, tree.size, root, note);
}

static void put_hex(consent__buf *b, const void *bytes, size_t n) {
    static const char digit[] = "0123456789abcdef";
    const uint8_t *p = bytes;
    consent__buf_byte(b, '"');
    for (size_t i = 0; i < n; i++) {
        consent__buf_byte(b, (uint8_t)digit[p[i] >> 4]);
        consent__buf_byte(b, (uint8_t)digit[p[i] & 15]);
    }
    consent__buf_byte(b, '"');
}

static void put_payload(consent__buf *b, const consent_store *s, const consent__event_row *row,
                        const consent__proof *proof, const consent__buf *note,
                        const consent__erased *e) {
    consent__buf_text(b, "{\"checkpoint\":");
    consent__json_string(b, (const char *)note->data, note->len);
    consent__buf_format(b, ",\"event\":{\"at\":%lld,\"body\":", (long long)row->at);
    consent__json_string(b, (const char *)row->box + CONSENT__NONCE, row->box_len - CONSENT__NONCE);
    consent__buf_format(b, ",\"kind\":\"%s\",\"nonce\":", row->kind);
    put_hex(b, row->box, CONSENT__NONCE);
    consent__buf_text(b, ",\"proof\":[");
    for (size_t i = 0; i < proof->count; i++) {
        consent__buf_text(b, i ? "," : "");
        put_hex(b, proof->hash[i], CONSENT__HASH);
    }
    consent__buf_format(b, "],\"seq\":%lld},\"nonce\":", (long long)row->seq);
    put_hex(b, e->nonce, sizeof e->nonce);
    consent__buf_format(b, ",\"store\":\"%s\",\"stubs\":[", s->id_text);
    for (size_t i = 0; i + 8 <= e->seqs.len; i += 8) {
        consent__buf_text(b, i ? "," : "");
        consent__json_int(b, (int64_t)consent__get64le(e->seqs.data + i));
    }
    consent__buf_text(b, "],\"v\":1}");
}

/* The key of this view signs, whatever another process makes of it meanwhile. */
static consent_status sign(const consent__cx *cx, consent__view *v, const consent__buf *payload,
                           consent__buf *out) {
    char origin[64], kid[9], header[128];
    uint8_t public_key[32], again[32], id[4], signature[CONSENT__SIGNATURE];
    consent__origin(v->store, origin);
    consent_status st = consent__log_key(cx, v->store, v->tx, public_key);
    if (st != CONSENT_OK)
        return st;
    consent__note_key_id(origin, public_key, id);
    consent__hex(id, sizeof id, kid);
    memcpy(header, "{\"alg\":\"EdDSA\",\"kid\":\"", 22);
    memcpy(header + 22, kid, 8);
    memcpy(header + 30, "\",\"typ\":\"" TYPE "\"}", sizeof "\",\"typ\":\"" TYPE "\"}");
    size_t start = out->len;
    consent__base64(out, header, strlen(header), true);
    consent__buf_byte(out, '.');
    consent__base64(out, payload->data, payload->len, true);
    if (out->failed)
        return consent__no_memory(cx);
    st = consent__log_sign_in(cx, v->store, v->tx, out->data + start, out->len - start, again,
                              signature);
    consent__buf_byte(out, '.');
    consent__base64(out, signature, sizeof signature, true);
    return st == CONSENT_OK && out->failed ? consent__no_memory(cx) : st;
}

consent_status consent__erasure_proof(const consent__cx *cx, consent__view *v,
                                      const consent__erased *e, consent__buf *out) {
    consent__event_row row;
    consent__proof proof;
    consent__buf note, payload;
    consent__buf_init(&note, cx->env);
    consent__buf_init(&payload, cx->env);
    consent_status st =
        consent__prove_inclusion(cx, (uint64_t)e->seq, (uint64_t)v->head.size, node, v, &proof);
    if (st == CONSENT_OK)
        st = checkpoint(cx, v, &note);
    if (st == CONSENT_OK)
        st = v->store->engine->event_get(cx, v->tx, e->seq, &row);
    if (st == CONSENT_E_NOT_FOUND)
        st = consent__fail(cx, CONSENT_E_CORRUPT, "the ledger lacks a row or a node");
    if (st == CONSENT_OK) {
        put_payload(&payload, v->store, &row, &proof, &note, e);
        st = payload.failed ? consent__no_memory(cx) : sign(cx, v, &payload, out);
    }
    consent__buf_free(&note);
    consent__buf_free(&payload);
    return st;
}

/* ---- verifying ---- */

typedef struct claim {
    consent__arena arena;
    consent__buf stubs; /* as hashed */
    const char *note, *body, *kind, *store;
    size_t note_len, body_len;
    int64_t at, seq;
    uint8_t event_nonce[CONSENT__NONCE], nonce[CONSENT__NONCE];
    consent__proof proof;
} claim;

static bool read_hex(consent__reader *r, consent__arena *a, void *out, size_t n) {
    const char *text = NULL;
    size_t len = 0;
    return consent__reader_string(r, a, &text, &len) && len == 2 * n &&
           consent__unhex(text, out, n);
}

static bool read_event(consent__reader *r, claim *c) {
    const char *name = NULL;
    size_t n = 0;
    bool ok = consent__reader_object(r);
    while (ok && consent__reader_member(r, &c->arena, &name)) {
        if (strcmp(name, "at") == 0)
            ok = consent__reader_int(r, &c->at);
        else if (strcmp(name, "body") == 0)
            ok = consent__reader_string(r, &c->arena, &c->body, &c->body_len);
        else if (strcmp(name, "kind") == 0)
            ok = consent__reader_string(r, &c->arena, &c->kind, &n) && strlen(c->kind) == n;
        else if (strcmp(name, "nonce") == 0)
            ok = read_hex(r, &c->arena, c->event_nonce, CONSENT__NONCE);
        else if (strcmp(name, "seq") == 0)
            ok = consent__reader_int(r, &c->seq);
        else if (strcmp(name, "proof") == 0) {
            ok = consent__reader_array(r);
            while (ok && consent__reader_element(r))
                ok = c->proof.count < CONSENT__PROOF_MAX &&
                     read_hex(r, &c->arena, c->proof.hash[c->proof.count++], CONSENT__HASH);
        } else {
            ok = false;
        }
    }
    return ok && !r->bad;
}

static bool read_stubs(consent__reader *r, claim *c) {
    int64_t before = -1, seq = 0;
    bool ok = consent__reader_array(r);
    while (ok && consent__reader_element(r)) {
        ok = consent__reader_int(r, &seq) && seq > before;
        uint8_t *place = ok ? consent__buf_extend(&c->stubs, 8) : NULL;
        if (place)
            consent__put64le(place, (uint64_t)seq);
        before = seq;
    }
    return ok && !r->bad && !c->stubs.failed;
}

static bool read_payload(claim *c, const consent__buf *payload, bool *no_memory) {
    consent__reader r;
    const char *name = NULL;
    size_t n = 0;
    int64_t version = 0;
    consent__reader_init(&r, payload->data, payload->len);
    bool ok = consent__reader_object(&r);
    while (ok && consent__reader_member(&r, &c->arena, &name)) {
        if (strcmp(name, "checkpoint") == 0)
            ok = consent__reader_string(&r, &c->arena, &c->note, &c->note_len);
        else if (strcmp(name, "event") == 0)
            ok = read_event(&r, c);
        else if (strcmp(name, "nonce") == 0)
            ok = read_hex(&r, &c->arena, c->nonce, CONSENT__NONCE);
        else if (strcmp(name, "stubs") == 0)
            ok = read_stubs(&r, c);
        else if (strcmp(name, "store") == 0)
            ok = consent__reader_string(&r, &c->arena, &c->store, &n) && strlen(c->store) == n;
        else if (strcmp(name, "v") == 0)
            ok = consent__reader_int(&r, &version);
        else
            ok = false;
    }
    *no_memory = r.no_memory || c->stubs.failed;
    return ok && consent__reader_done(&r) && version == 1 && c->note && c->body && c->kind &&
           c->store;
}

static consent_status malformed(const consent__cx *cx) {
    return consent__fail(cx, CONSENT_E_FORMAT, "this is not a proof of erasure");
}

/* Signature first: nothing of what is not signed is believed. As long as there were events. */
static consent_status open_jws(const consent__cx *cx, const char *proof, const char *name,
                               const uint8_t key[32], consent__buf *payload) {
    const char *why = NULL;
    consent_status st =
        consent__jws_signed(cx, proof, strlen(proof), SIZE_MAX, TYPE, name, key, payload, &why);
    return st == CONSENT_OK && why ? consent__not_trusted(cx, "proof of erasure", why) : st;
}

/* Whether the log's name is that of the store the proof names, of any generation. */
static bool names_store(const claim *c, const char *name) {
    static const char start[] = "libconsent/";
    size_t from = sizeof start - 1, n = strlen(c->store);
    return strncmp(name, start, from) == 0 && strncmp(name + from, c->store, n) == 0 &&
           name[from + n] == '/';
}

static consent_status check_claim(const consent__cx *cx, claim *c, const char *name,
                                  const uint8_t key[32], consent__event *out) {
    consent__checkpoint head;
    uint8_t commitment[CONSENT__HASH], leaf[CONSENT__HASH], digest[CONSENT__HASH];
    char hex[2 * CONSENT__HASH + 1];
    consent_status st =
        consent__checkpoint_open(cx, c->note, c->note_len, name, key, &c->arena, &head);
    if (st != CONSENT_OK)
        return st;
    if (strcmp(c->kind, consent__kind_table[EV_SUBJECT_ERASED].name) != 0 || !names_store(c, name))
        return malformed(cx);
    consent__commitment(c->event_nonce, c->body, c->body_len, commitment);
    if (c->seq < 0 || !consent__leaf(c->seq, c->at, c->kind, commitment, leaf) ||
        !consent__verify_inclusion((uint64_t)c->seq, head.size, leaf, &c->proof, head.root))
        return consent__fail(cx, CONSENT_E_PROOF, "the event is not under the signed head");
    st = consent__event_decode(cx, EV_SUBJECT_ERASED, c->seq, c->body, c->body_len, &c->arena, out);
    if (st != CONSENT_OK)
        return st;
    consent__sha256_two(c->nonce, sizeof c->nonce, c->stubs.data, c->stubs.len, digest);
    consent__hex(digest, sizeof digest, hex);
    if (out->count_ * 8 != (int64_t)c->stubs.len || strcmp(hex, out->sha256_) != 0)
        return consent__fail(cx, CONSENT_E_PROOF, "the stubs are not those of the erasure");
    return CONSENT_OK;
}

static consent_status claim_rows(const consent__cx *cx, const claim *c, const consent__event *e,
                                 consent_rows **out) {
    char hex[33];
    consent__buf list;
    consent__buf_init(&list, cx->env);
    consent__buf_byte(&list, '[');
    for (size_t i = 0; i < c->stubs.len; i += 8)
        consent__buf_format(&list, "%s%lld", i ? "," : "",
                            (long long)consent__get64le(c->stubs.data + i));
    consent__buf_byte(&list, ']');
    consent__hex(e->uid_, 16, hex);
    consent_rows *r = consent__rows_new(cx->env, "uid t,events n,event n,at u,store t,stubs j");
    consent__rows_add(r);
    consent__rows_text(r, 0, hex);
    consent__rows_number(r, 1, e->count_);
    consent__rows_number(r, 2, c->seq);
    consent__rows_number(r, 3, c->at);
    consent__rows_text(r, 4, c->store);
    bool failed = list.failed;
    if (!failed)
        consent__rows_text_n(r, 5, (const char *)list.data, list.len);
    consent__buf_free(&list);
    if (failed) {
        consent_rows_free(r);
        return consent__no_memory(cx);
    }
    return consent__rows_finish(cx, r, out);
}

consent_status consent__erasure_verify(const consent__cx *cx, const char *proof, const char *vkey,
                                       consent_rows **out) {
    claim c;
    consent__event e;
    consent__buf payload;
    char *name = NULL;
    uint8_t key[32];
    bool no_memory = false;
    memset(&c, 0, sizeof c);
    consent__arena_init(&c.arena, cx->env);
    consent__buf_init(&c.stubs, cx->env);
    consent__buf_init(&payload, cx->env);
    consent_status st = consent__seal_init(cx);
    if (st == CONSENT_OK)
        st = consent__note_vkey_parse(cx, vkey, &c.arena, &name, key);
    if (st == CONSENT_OK)
        st = open_jws(cx, proof, name, key, &payload);
    if (st == CONSENT_OK && !read_payload(&c, &payload, &no_memory))
        st = no_memory ? consent__no_memory(cx) : malformed(cx);
    if (st == CONSENT_OK)
        st = check_claim(cx, &c, name, key, &e);
    if (st == CONSENT_OK)
        st = claim_rows(cx, &c, &e, out);
    consent__buf_free(&payload);
    consent__buf_free(&c.stubs);
    consent__arena_free(&c.arena);
    return st;
}
