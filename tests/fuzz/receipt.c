/* SPDX-License-Identifier: Apache-2.0 */
/* Receipts, notes, checkpoints and verifier keys from strangers. The first byte says what the rest
 * is: 'r' a receipt as it stands, 'p' the payload of a receipt that is signed here, 'n' a note, 't'
 * the text of a checkpoint that is signed here, 'k' a verifier key. The key is that of the seed 00
 * 01 … 1f, so that corpora hold good ones. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/receipt.h"
#include "util/text.h"

#define LOG "libconsent/9fd7599aa45b5a970831467aeef336eb/1"

typedef struct fuzz {
    consent_error *err;
    consent__cx cx;
    consent__arena arena;
    consent__buf out;
    consent__signer *signer;
    uint8_t key[32];
} fuzz;

static void must(bool good) {
    if (!good)
        abort();
}

static void check_receipt(fuzz *f, const char *jws, size_t n) {
    consent__receipt r, again;
    consent__buf payload;
    consent__buf_init(&payload, f->cx.env);
    must(consent__receipt_open(&f->cx, jws, n, LOG, f->key, &f->arena, &payload, &r) == CONSENT_OK);
    if (!r.why) { /* good: everything is there, and it is bound to its leaf */
        char id[37];
        uint8_t commitment[CONSENT__HASH], leaf[CONSENT__HASH];
        consent__commitment(r.nonce, r.body, r.body_len, commitment);
        must(consent__leaf(r.seq, r.at, r.kind, commitment, leaf));
        must(memcmp(leaf, r.leaf, sizeof leaf) == 0);
        consent__receipt_id(r.leaf, id);
        must(r.id && strcmp(id, r.id) == 0);
    }
    consent__buf_reset(&payload);
    must(consent__receipt_open(&f->cx, jws, n, LOG, f->key, &f->arena, &payload, &again) ==
         CONSENT_OK);
    must((r.why == NULL) == (again.why == NULL));
    consent__buf_free(&payload);
}

static void sign_payload(fuzz *f, const uint8_t *data, size_t n) {
    uint8_t kid[4], signature[CONSENT__SIGNATURE];
    consent__note_key_id(LOG, f->key, kid);
    consent__jws_input(&f->out, CONSENT__RECEIPT_TYPE, kid, data, n);
    must(consent__signer_sign(&f->cx, f->signer, f->out.data, f->out.len, signature) == CONSENT_OK);
    consent__jws_finish(&f->out, signature);
    check_receipt(f, consent__buf_cstr(&f->out), f->out.len);
}

static void check_checkpoint(fuzz *f, const char *note, size_t n) {
    consent__checkpoint c;
    size_t text;
    consent_status status = consent__checkpoint_open(&f->cx, note, n, LOG, f->key, &f->arena, &c);
    must((status == CONSENT_OK) == (f->err == NULL));
    if (status == CONSENT_OK) { /* what was read, written again, begins the signed text */
        consent__buf again;
        consent__buf_init(&again, f->cx.env);
        must(consent__note_open(&f->cx, note, n, LOG, f->key, &text) == CONSENT_OK);
        consent__checkpoint_text(&again, c.origin, c.size, c.root);
        must(again.len <= text && memcmp(again.data, note, again.len) == 0);
        consent__buf_free(&again);
    }
    consent__forget(&f->cx);
}

static void sign_checkpoint(fuzz *f, const uint8_t *data, size_t n) {
    uint8_t signature[CONSENT__SIGNATURE];
    must(consent__signer_sign(&f->cx, f->signer, data, n, signature) == CONSENT_OK);
    consent__buf_put(&f->out, data, n);
    consent__note_sign_line(&f->out, LOG, f->key, signature);
    check_checkpoint(f, consent__buf_cstr(&f->out), f->out.len);
}

static void check_vkey(fuzz *f, const uint8_t *data, size_t n) {
    char *name, *text = malloc(n + 1);
    uint8_t key[32];
    must(text != NULL);
    memcpy(text, data, n);
    text[n] = '\0';
    if (consent__note_vkey_parse(&f->cx, text, &f->arena, &name, key) == CONSENT_OK) {
        consent__note_vkey(&f->out, name, key);
        must(strcmp(consent__buf_cstr(&f->out), text) == 0);
    } else {
        must(f->err != NULL && name == NULL);
    }
    consent__forget(&f->cx);
    free(text);
}

static void dispatch(fuzz *f, const uint8_t *data, size_t n) {
    size_t text;
    switch (data[0]) {
    case 'r':
        check_receipt(f, (const char *)data + 1, n - 1);
        break;
    case 'p':
        sign_payload(f, data + 1, n - 1);
        break;
    case 'n':
        check_checkpoint(f, (const char *)data + 1, n - 1);
        (void)consent__note_open(&f->cx, (const char *)data + 1, n - 1, LOG, f->key, &text);
        break;
    case 't':
        sign_checkpoint(f, data + 1, n - 1);
        break;
    case 'k':
        check_vkey(f, data + 1, n - 1);
        break;
    default:
        break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    uint8_t seed[32];
    fuzz f = {.err = NULL};
    f.cx = (consent__cx){&consent__env_default, &f.err, "fuzz"};
    if (size == 0)
        return 0;
    must(consent__seal_init(&f.cx) == CONSENT_OK);
    for (size_t i = 0; i < sizeof seed; i++)
        seed[i] = (uint8_t)i;
    consent__arena_init(&f.arena, f.cx.env);
    consent__buf_init(&f.out, f.cx.env);
    must(consent__signer_from_seed(&f.cx, seed, &f.signer) == CONSENT_OK);
    consent__signer_public(f.signer, f.key);
    dispatch(&f, data, size);
    consent__forget(&f.cx);
    consent__signer_free(f.signer);
    consent__buf_free(&f.out);
    consent__arena_free(&f.arena);
    return 0;
}
