/* SPDX-License-Identifier: Apache-2.0 */
/* Every way in which a receipt can be bad has a code of its own: whoever gets one back can say what
 * is wrong. The key never comes from the message. */
#include "ledger/receipt.h"

#include <stdio.h>
#include <string.h>

#include "util/text.h"
#include "json/json.h"
#include "json/write.h"

#define KID 4

/* ---- writing ---- */

void consent__jws_input(consent__buf *out, const char *type, const uint8_t kid[4],
                        const void *payload, size_t n) {
    char header[128], hex[2 * KID + 1];
    consent__hex(kid, KID, hex);
    snprintf(header, sizeof header, "{\"alg\":\"EdDSA\",\"kid\":\"%s\",\"typ\":\"%s\"}", hex, type);
    consent__base64(out, header, strlen(header), true);
    consent__buf_byte(out, '.');
    consent__base64(out, payload, n, true);
}

void consent__jws_finish(consent__buf *out, const uint8_t signature[CONSENT__SIGNATURE]) {
    consent__buf_byte(out, '.');
    consent__base64(out, signature, CONSENT__SIGNATURE, true);
}

void consent__receipt_id(const uint8_t leaf[CONSENT__HASH], char out[37]) {
    uint8_t b[16];
    char hex[33];
    memcpy(b, leaf, 16);
    b[6] = (uint8_t)((b[6] & 0x0f) | 0x80);
    b[8] = (uint8_t)((b[8] & 0x3f) | 0x80);
    consent__hex(b, 16, hex);
    snprintf(out, 37, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
}

/* ---- reading JSON that may be anything ---- */

/* Canonical form of bytes nobody vouches for; *why is set when they are no JSON we take. */
static consent_status canonical(const consent__cx *cx, const consent__buf *in, consent__buf *out,
                                const char **why) {
    consent__cx quiet = {cx->env, NULL, cx->op};
    consent_status st = consent__json_canonical(&quiet, in->data, in->len, out);
    if (st == CONSENT_E_MEMORY)
        return consent__no_memory(cx);
    if (st != CONSENT_OK)
        *why = st == CONSENT_E_DUPLICATE ? "DUPLICATE_MEMBER" : "MALFORMED";
    return CONSENT_OK;
}

/* ---- header ---- */

typedef struct header {
    const char *alg, *kid, *typ;
    bool embedded, other;
} header;

static bool embeds_key(const char *name) {
    static const char *const names[] = {"jwk", "jku", "x5c", "x5u", "x5t", "x5t#S256"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

/* False: malformed, or without memory (no_memory). */
static bool header_read(const consent__buf *json, consent__arena *a, header *h, bool *no_memory) {
    consent__reader r;
    const char *name, *text;
    size_t n;
    consent__reader_init(&r, json->data, json->len);
    if (!consent__reader_object(&r))
        return false;
    while (consent__reader_member(&r, a, &name)) {
        const char **slot = strcmp(name, "alg") == 0   ? &h->alg
                            : strcmp(name, "kid") == 0 ? &h->kid
                            : strcmp(name, "typ") == 0 ? &h->typ
                                                       : NULL;
        if (slot && consent__reader_next(&r) == '"') {
            if (!consent__reader_string(&r, a, &text, &n) || strlen(text) != n)
                break;
            *slot = text;
            continue;
        }
        h->embedded |= embeds_key(name);
        h->other = true;
        if (!consent__reader_skip(&r))
            break;
    }
    *no_memory = r.no_memory;
    return consent__reader_done(&r);
}

static bool says_none(const char *alg) {
    static const char none[] = "none";
    for (size_t i = 0; i < sizeof none; i++)
        if ((alg[i] | (none[i] ? 0x20 : 0)) != none[i])
            return false;
    return true;
}

static const char *header_why(const header *h, const char *type, const char *kid) {
    if (h->embedded)
        return "KEY_EMBEDDED";
    if (h->alg && says_none(h->alg))
        return "ALG_NONE";
    if (!h->alg || strcmp(h->alg, "EdDSA") != 0)
        return "ALG_WRONG";
    if (!h->typ || strcmp(h->typ, type) != 0)
        return "TYPE_WRONG";
    if (h->other)
        return "HEADER_MEMBER";
    if (!h->kid || strcmp(h->kid, kid) != 0)
        return "KEY_FOREIGN";
    return NULL;
}

static consent_status header_check(const consent__cx *cx, const consent__buf *raw, const char *type,
                                   const char *name, const uint8_t public_key[32],
                                   const char **why) {
    consent__buf json;
    consent__arena a;
    header h = {0};
    uint8_t id[KID];
    char kid[2 * KID + 1];
    bool no_memory = false;
    consent__buf_init(&json, cx->env);
    consent__arena_init(&a, cx->env);
    consent_status st = canonical(cx, raw, &json, why);
    if (st == CONSENT_OK && !*why && !header_read(&json, &a, &h, &no_memory)) {
        if (no_memory)
            st = consent__no_memory(cx);
        else
            *why = "MALFORMED";
    }
    consent__note_key_id(name, public_key, id);
    consent__hex(id, KID, kid);
    if (st == CONSENT_OK && !*why)
        *why = header_why(&h, type, kid);
    consent__arena_free(&a);
    consent__buf_free(&json);
    return st;
}

/* ---- JWS ---- */

typedef struct parts {
    consent__buf header, signature;
    size_t signed_n; /* bytes before the second dot */
} parts;

static bool parts_read(const char *jws, size_t n, parts *p, consent__buf *payload) {
    const char *first = memchr(jws, '.', n);
    const char *second = first ? memchr(first + 1, '.', n - (size_t)(first + 1 - jws)) : NULL;
    if (!second)
        return false;
    p->signed_n = (size_t)(second - jws);
    return consent__unbase64(&p->header, jws, (size_t)(first - jws), true) &&
           consent__unbase64(payload, first + 1, (size_t)(second - first - 1), true) &&
           consent__unbase64(&p->signature, second + 1, n - p->signed_n - 1, true);
}

consent_status consent__jws_signed(const consent__cx *cx, const char *jws, size_t n, size_t max,
                                   const char *type, const char *name, const uint8_t public_key[32],
                                   consent__buf *payload, const char **why) {
    parts p;
    size_t start = payload->len;
    *why = NULL;
    if (n > max) {
        *why = "OVERSIZED";
        return CONSENT_OK;
    }
    while (n && (jws[n - 1] == '\n' || jws[n - 1] == '\r'))
        n--; /* as a file holds it */
    consent__buf_init(&p.header, cx->env);
    consent__buf_init(&p.signature, cx->env);
    bool whole = parts_read(jws, n, &p, payload);
    bool memory = p.header.failed || payload->failed || p.signature.failed;
    consent_status st = memory ? consent__no_memory(cx) : CONSENT_OK;
    if (!whole)
        payload->len = start;
    if (st == CONSENT_OK && !whole)
        *why = "MALFORMED";
    if (st == CONSENT_OK && !*why)
        st = header_check(cx, &p.header, type, name, public_key, why);
    if (st == CONSENT_OK && !*why &&
        (p.signature.len != CONSENT__SIGNATURE ||
         !consent__verify(public_key, jws, p.signed_n, p.signature.data)))
        *why = "SIGNATURE";
    consent__buf_free(&p.header);
    consent__buf_free(&p.signature);
    return st;
}

consent_status consent__jws_open(const consent__cx *cx, const char *jws, size_t n, size_t max,
                                 const char *type, const char *name, const uint8_t public_key[32],
                                 consent__buf *payload, const char **why) {
    consent__buf raw;
    consent__buf_init(&raw, cx->env);
    consent_status st = consent__jws_signed(cx, jws, n, max, type, name, public_key, &raw, why);
    if (st == CONSENT_OK) {
        const char *unreadable = NULL;
        size_t start = payload->len;
        st = canonical(cx, &raw, payload, &unreadable);
        if (unreadable) {
            payload->len = start;
            *why = *why ? *why : unreadable;
        }
    }
    consent__buf_free(&raw);
    return st == CONSENT_OK && payload->failed ? consent__no_memory(cx) : st;
}

/* ---- the event and its proof ---- */

typedef struct proven {
    bool has_seq, has_at, has_nonce, has_proof, has_leaf;
    uint8_t leaf[CONSENT__HASH]; /* as it is told beside the event */
    const char *note;
    size_t note_n;
    consent__proof proof;
} proven;

static bool read_hex(consent__reader *r, consent__arena *a, uint8_t out[32]) {
    const char *text;
    size_t n;
    return consent__reader_string(r, a, &text, &n) && n == 64 && consent__unhex(text, out, 32);
}

static bool read_proof(consent__reader *r, consent__arena *a, consent__proof *out) {
    out->count = 0;
    if (!consent__reader_array(r))
        return false;
    while (consent__reader_element(r)) {
        if (out->count == CONSENT__PROOF_MAX || !read_hex(r, a, out->hash[out->count]))
            return false;
        out->count++;
    }
    return !r->bad;
}

static bool read_ledger_member(consent__reader *r, consent__arena *a, const char *name, proven *p,
                               consent__receipt *o) {
    size_t n;
    if (strcmp(name, "seq") == 0)
        return p->has_seq = consent__reader_int(r, &o->seq);
    if (strcmp(name, "at") == 0)
        return p->has_at = consent__reader_int(r, &o->at);
    if (strcmp(name, "kind") == 0)
        return consent__reader_string(r, a, &o->kind, &n) && strlen(o->kind) == n;
    if (strcmp(name, "nonce") == 0)
        return p->has_nonce = read_hex(r, a, o->nonce);
    if (strcmp(name, "body") == 0)
        return consent__reader_string(r, a, &o->body, &o->body_len);
    if (strcmp(name, "proof") == 0)
        return p->has_proof = read_proof(r, a, &p->proof);
    if (strcmp(name, "checkpoint") == 0)
        return consent__reader_string(r, a, &p->note, &p->note_n);
    if (strcmp(name, "leaf") == 0)
        return p->has_leaf = read_hex(r, a, p->leaf);
    return consent__reader_skip(r);
}

static bool read_ledger(consent__reader *r, consent__arena *a, proven *p, consent__receipt *o) {
    const char *name;
    if (!consent__reader_object(r))
        return false;
    while (consent__reader_member(r, a, &name))
        if (!read_ledger_member(r, a, name, p, o))
            return false;
    return !r->bad && p->has_seq && p->has_at && p->has_nonce && p->has_proof && o->kind && o->body;
}

/* Whether the event leads to the root of a checkpoint that is verified. */
static void check_inclusion(const proven *p, const consent__checkpoint *point,
                            consent__receipt *o) {
    uint8_t commitment[CONSENT__HASH];
    consent__commitment(o->nonce, o->body, o->body_len, commitment);
    if (!consent__leaf(o->seq, o->at, o->kind, commitment, o->leaf) ||
        (p->has_leaf && memcmp(p->leaf, o->leaf, CONSENT__HASH) != 0))
        o->why = "LEAF";
    else if (!consent__verify_inclusion((uint64_t)o->seq, point->size, o->leaf, &p->proof,
                                        point->root))
        o->why = "PROOF";
}

static consent_status check_proven(const consent__cx *cx, const proven *p, const char *name,
                                   const uint8_t public_key[32], consent__arena *a,
                                   consent__receipt *o) {
    consent__cx quiet = {cx->env, NULL, cx->op};
    size_t name_n = strlen(name);
    if (!p->note) {
        o->why = "LEDGER_MISSING";
        return CONSENT_OK;
    }
    if (p->note_n <= name_n || memcmp(p->note, name, name_n) != 0 || p->note[name_n] != '\n') {
        o->why = "CHECKPOINT_FOREIGN";
        return CONSENT_OK;
    }
    consent_status st =
        consent__checkpoint_open(&quiet, p->note, p->note_n, name, public_key, a, &o->checkpoint);
    if (st == CONSENT_E_MEMORY)
        return consent__no_memory(cx);
    if (st != CONSENT_OK) {
        o->why = st == CONSENT_E_SIGNATURE ? "CHECKPOINT_SIGNATURE" : "CHECKPOINT_MALFORMED";
        return CONSENT_OK;
    }
    check_inclusion(p, &o->checkpoint, o);
    if (o->why)
        o->why = "PROOF";
    return CONSENT_OK;
}

consent_status consent__proven_open(const consent__cx *cx, const void *ledger, size_t n,
                                    const char *name, const uint8_t public_key[32],
                                    consent__arena *a, consent__receipt *out) {
    consent__reader r;
    proven p = {0};
    memset(out, 0, sizeof *out);
    consent__reader_init(&r, ledger, n);
    if (!read_ledger(&r, a, &p, out) || !consent__reader_done(&r)) {
        out->why = "LEDGER_MISSING";
        return r.no_memory ? consent__no_memory(cx) : CONSENT_OK;
    }
    return check_proven(cx, &p, name, public_key, a, out);
}

consent_status consent__proven_under(const consent__cx *cx, const void *line, size_t n,
                                     const consent__checkpoint *point, consent__arena *a,
                                     consent__receipt *out) {
    consent__reader r;
    proven p = {0};
    memset(out, 0, sizeof *out);
    consent__reader_init(&r, line, n);
    if (!read_ledger(&r, a, &p, out) || !consent__reader_done(&r) || !p.has_leaf) {
        out->why = "MALFORMED";
        return r.no_memory ? consent__no_memory(cx) : CONSENT_OK;
    }
    check_inclusion(&p, point, out);
    return CONSENT_OK;
}

/* ---- what the payload says beside the event ---- */

typedef struct words { /* members of the payload, of its `decision`, or of the body */
    const char *id, *principal, *shown, *uid, *state, *point, *policy, *version, *cls;
    int64_t seconds;
    bool has_seconds;
    bool has_nul; /* a word with more behind a NUL: none of ours */
} words;

static const char **word_of(words *w, const char *name) {
    const struct {
        const char *name;
        const char **slot;
    } slots[] = {{"consentReceiptID", &w->id},
                 {"piiPrincipalId", &w->principal},
                 {"shown", &w->shown},
                 {"uid", &w->uid},
                 {"state", &w->state},
                 {"point", &w->point},
                 {"policy", &w->policy},
                 {"version", &w->version},
                 {"class", &w->cls}};
    for (size_t i = 0; i < sizeof slots / sizeof slots[0]; i++)
        if (strcmp(name, slots[i].name) == 0)
            return slots[i].slot;
    return NULL;
}

static bool read_words(consent__reader *r, consent__arena *a, words *w, words *decision,
                       consent__receipt *o, proven *p, bool *has_ledger) {
    const char *name;
    size_t n;
    if (!consent__reader_object(r))
        return false;
    while (consent__reader_member(r, a, &name)) {
        const char **slot = word_of(w, name);
        bool good;
        if (slot && consent__reader_next(r) == '"') {
            good = consent__reader_string(r, a, slot, &n);
            w->has_nul |= good && strlen(*slot) != n;
        } else if (strcmp(name, "consentTimestamp") == 0)
            good = w->has_seconds = consent__reader_int(r, &w->seconds);
        else if (decision && strcmp(name, "decision") == 0 && consent__reader_next(r) == '{')
            good = read_words(r, a, decision, NULL, NULL, NULL, NULL);
        else if (o && strcmp(name, "ledger") == 0)
            good = *has_ledger = read_ledger(r, a, p, o);
        else
            good = consent__reader_skip(r);
        if (!good)
            return false;
    }
    return !r->bad;
}

/* What is said of the event's kind: consent.granted says granted. */
static bool state_fits(const char *state, const char *kind, const words *body) {
    if (strcmp(kind, "consent.inherited") == 0 || strcmp(kind, "consent.implied") == 0 ||
        strcmp(kind, "consent.received") == 0)
        return consent__text_equal(state, body->state);
    return strncmp(kind, "consent.", 8) == 0 && strcmp(state, kind + 8) == 0;
}

static bool content_fits(const words *w, const words *d, const words *body,
                         const consent__receipt *o) {
    char id[37];
    int64_t seconds = o->at / 1000000 - (o->at % 1000000 < 0);
    consent__receipt_id(o->leaf, id);
    if (w->has_nul || d->has_nul || body->has_nul)
        return false;
    if (!consent__text_equal(w->id, id) || !w->has_seconds || w->seconds != seconds)
        return false;
    if (!consent__text_equal(w->principal, body->uid ? body->uid : "none") ||
        !consent__text_equal(w->shown, body->shown))
        return false;
    if (!d->state)
        return strncmp(o->kind, "consent.", 8) != 0;
    return state_fits(d->state, o->kind, body) && consent__text_equal(d->point, body->point) &&
           consent__text_equal(d->policy, body->policy) &&
           consent__text_equal(d->version, body->version) && consent__text_equal(d->cls, body->cls);
}

static consent_status read_payload(const consent__cx *cx, const uint8_t *json, size_t n,
                                   const char *name, const uint8_t public_key[32],
                                   consent__arena *a, consent__receipt *o) {
    consent__reader r;
    words w = {0}, decision = {0}, body = {0};
    proven p = {0};
    bool has_ledger = false;
    consent__reader_init(&r, json, n);
    if (!read_words(&r, a, &w, &decision, o, &p, &has_ledger) || !consent__reader_done(&r)) {
        o->why = "LEDGER_MISSING";
        return r.no_memory ? consent__no_memory(cx) : CONSENT_OK;
    }
    if (!has_ledger) {
        o->why = "LEDGER_MISSING";
        return CONSENT_OK;
    }
    o->id = w.id;
    consent_status st = check_proven(cx, &p, name, public_key, a, o);
    if (st != CONSENT_OK || o->why)
        return st;
    consent__reader_init(&r, o->body, o->body_len);
    if (!read_words(&r, a, &body, NULL, NULL, NULL, NULL) || !consent__reader_done(&r) ||
        !content_fits(&w, &decision, &body, o))
        o->why = "CONTENT_MISMATCH";
    return r.no_memory ? consent__no_memory(cx) : CONSENT_OK;
}

consent_status consent__receipt_open(const consent__cx *cx, const char *jws, size_t n,
                                     const char *name, const uint8_t public_key[32],
                                     consent__arena *a, consent__buf *payload,
                                     consent__receipt *out) {
    size_t start = payload->len;
    const char *why = NULL;
    memset(out, 0, sizeof *out);
    consent_status st = consent__jws_open(cx, jws, n, CONSENT__RECEIPT_MAX, CONSENT__RECEIPT_TYPE,
                                          name, public_key, payload, &why);
    if (st == CONSENT_OK && !why)
        st =
            read_payload(cx, payload->data + start, payload->len - start, name, public_key, a, out);
    if (why)
        out->why = why;
    return st;
}
