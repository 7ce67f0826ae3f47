/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/receipt.h"

#include <string.h>

#include "flow/policy.h"
#include "ledger/receipt.h"
#include "util/text.h"
#include "json/write.h"

/* ---- payload ---- */

consent_status consent__ledger_json(const consent__cx *cx, consent__prover *p,
                                    const consent__said *said, const consent__buf *checkpoint,
                                    consent__buf *out) {
    consent__proof proof;
    consent_status st = consent__prover_include(cx, p, said->seq, said->leaf, &proof);
    if (st != CONSENT_OK)
        return st;
    consent__write_int(out, "at", said->at);
    consent__write_text_n(out, "body", said->body, said->body_len);
    if (checkpoint)
        consent__write_text_n(out, "checkpoint", (const char *)checkpoint->data, checkpoint->len);
    consent__write_text(out, "kind", said->kind);
    consent__write_hex(out, "nonce", said->nonce, CONSENT__NONCE);
    consent__write_name(out, "proof");
    consent__proof_json(out, &proof);
    consent__write_int(out, "seq", said->seq);
    return CONSENT_OK;
}

/* Sections the point rests on in the language shown, with their hashes: what `shown` is made of. */
static consent_status put_sections(const consent__cx *cx, consent__view *v,
                                   const consent__said *said, consent__buf *out) {
    uint8_t hash[CONSENT__HASH];
    const consent__policy *p = said->version->policy;
    int32_t lang =
        CONSENT__HAS(&said->event, lang) ? consent__policy_language(p, said->event.lang_) : 0;
    consent__write_name(out, "sections");
    return consent__shown_hash(cx, said->version, said->purpose, said->share, lang < 0 ? 0 : lang,
                               &v->scratch->arena, out, hash);
}

static consent_status put_decision(const consent__cx *cx, consent__view *v,
                                   const consent__said *said, consent__buf *out) {
    const consent__event *e = &said->event;
    const char *word = consent__said_word(said);
    consent__write_open(out, "decision", '{');
    consent__write_text(out, "by", CONSENT__HAS(e, by) ? "guardian" : "subject");
    consent__write_text(out, "class", e->class_);
    consent__write_text(out, "point", e->point_);
    consent__write_text(out, "policy", e->policy_);
    if (said->version)
        consent__write_hex(out, "sha256", said->version->sha256, 32);
    consent__write_text(out, "state", word ? word : e->state_);
    if (CONSENT__HAS(e, until))
        consent__write_time(out, "until", e->until_);
    consent__write_text(out, "version", e->version_);
    consent__write_close(out, '}');
    return said->purpose >= 0 ? put_sections(cx, v, said, out) : CONSENT_OK;
}

consent_status consent__receipt_payload(const consent__cx *cx, consent__view *v, consent__prover *p,
                                        const consent__said *said, const consent__buf *checkpoint,
                                        consent__buf *out) {
    consent__buf b;
    consent_status st = CONSENT_OK;
    consent__buf_init(&b, cx->env);
    consent__write_open(&b, NULL, '{');
    consent__said_kantara(&b, v, said, NULL);
    if (strncmp(said->kind, "consent.", 8) == 0)
        st = put_decision(cx, v, said, &b);
    consent__write_text(&b, "shown", CONSENT__HAS(&said->event, shown) ? said->event.shown_ : NULL);
    consent__write_open(&b, "ledger", '{');
    if (st == CONSENT_OK)
        st = consent__ledger_json(cx, p, said, checkpoint, &b);
    consent__write_close(&b, '}');
    consent__write_close(&b, '}');
    if (st == CONSENT_OK && b.failed)
        st = consent__no_memory(cx);
    if (st == CONSENT_OK)
        st = consent__json_canonical(cx, b.data, b.len, out);
    consent__buf_wipe_free(&b);
    return st;
}

bool consent__receipt_kind(const char *kind) {
    static const char *const kinds[] = {"consent.",       "request.",         "purpose.objected",
                                        "notice.",        "cancel.",          "processing.",
                                        "subject.erased", "guardian.attested"};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strncmp(kind, kinds[i], strlen(kinds[i])) == 0)
            return true;
    return false;
}

/* Whose body may leave the store: no external id, and somebody's act or right. */
consent_status consent__receipt_allowed(const consent__cx *cx, const consent__said *said) {
    if (!said->body)
        return consent__fail(cx, CONSENT_E_STATE,
                             "event %lld has no body any more: its subject was erased, or, where "
                             "ledger verify finds something, it was lost",
                             (long long)said->seq);
    if (consent__receipt_kind(said->kind) && !CONSENT__HAS(&said->event, external))
        return CONSENT_OK;
    return consent__fail(cx, CONSENT_E_REFUSED, "an event %s has no receipt", said->kind);
}

consent_status consent__jws_sign(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                 const char *type, const consent__buf *payload, consent__buf *out) {
    uint8_t public_key[32], again[32], kid[4], signature[CONSENT__SIGNATURE];
    char origin[64];
    size_t start = out->len;
    consent_status st = consent__log_key(cx, s, tx, public_key);
    if (st != CONSENT_OK)
        return st;
    consent__origin(s, origin);
    consent__note_key_id(origin, public_key, kid);
    consent__jws_input(out, type, kid, payload->data, payload->len);
    if (out->failed)
        return consent__no_memory(cx);
    st = consent__log_sign_in(cx, s, tx, out->data + start, out->len - start, again, signature);
    if (st == CONSENT_OK)
        consent__jws_finish(out, signature);
    return st == CONSENT_OK && out->failed ? consent__no_memory(cx) : st;
}

/* ---- issue ---- */

static consent_status issue_rows(const consent__cx *cx, consent__view *v, const consent__said *said,
                                 const consent__buf *payload, const consent__buf *jws,
                                 consent_rows **out) {
    char origin[64], id[37];
    uint8_t public_key[32];
    consent__buf vkey;
    consent_status st = consent__log_key(cx, v->store, v->tx, public_key);
    if (st != CONSENT_OK)
        return st;
    consent__buf_init(&vkey, cx->env);
    consent__origin(v->store, origin);
    consent__note_vkey(&vkey, origin, public_key);
    consent__receipt_id(said->leaf, id);
    consent_rows *r = consent__rows_new(cx->env, "receipt t,id t,payload j,key t");
    consent__rows_add(r);
    consent__rows_text_n(r, 0, (const char *)jws->data, jws->len);
    consent__rows_text(r, 1, id);
    consent__rows_text_n(r, 2, (const char *)payload->data, payload->len);
    consent__rows_text(r, 3, consent__buf_cstr(&vkey));
    consent__buf_free(&vkey);
    return consent__rows_finish(cx, r, out);
}

consent_status consent__flow_receipt_issue(const consent__cx *cx, consent_store *s, int64_t event,
                                           consent_rows **out) {
    consent__view v;
    consent__prover p;
    consent__said said;
    consent__buf note, payload, jws;
    consent_status st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    consent__buf_init(&note, cx->env);
    consent__buf_init(&payload, cx->env);
    consent__buf_init(&jws, cx->env);
    st = consent__said_get(cx, &v, event, &v.scratch->arena, &said);
    if (st == CONSENT_OK)
        st = consent__receipt_allowed(cx, &said);
    if (st == CONSENT_OK)
        st = consent__prover_open(cx, &v, &p);
    if (st == CONSENT_OK)
        st = consent__checkpoint_sign(cx, s, v.tx, p.tree.size, p.root, &note);
    if (st == CONSENT_OK)
        st = consent__receipt_payload(cx, &v, &p, &said, &note, &payload);
    if (st == CONSENT_OK)
        st = consent__jws_sign(cx, s, v.tx, CONSENT__RECEIPT_TYPE, &payload, &jws);
    if (st == CONSENT_OK)
        st = issue_rows(cx, &v, &said, &payload, &jws, out);
    consent__buf_free(&note);
    consent__buf_wipe_free(&payload);
    consent__buf_wipe_free(&jws);
    consent__view_close(&v);
    return st;
}

/* ---- verify ---- */

consent_status consent__flow_receipt_verify(const consent__cx *cx, const void *receipt, size_t n,
                                            const char *vkey, consent_rows **out) {
    consent__arena a;
    consent__buf payload;
    consent__receipt read;
    char *name;
    uint8_t public_key[32];
    consent__arena_init(&a, cx->env);
    consent__buf_init(&payload, cx->env);
    consent_status st = consent__seal_init(cx);
    if (st == CONSENT_OK)
        st = consent__note_vkey_parse(cx, vkey, &a, &name, public_key);
    if (st == CONSENT_OK)
        st = consent__receipt_open(cx, receipt, n, name, public_key, &a, &payload, &read);
    if (st == CONSENT_OK) {
        consent_rows *r = consent__rows_new(cx->env, "ok b,why t,payload j");
        consent__rows_add(r);
        consent__rows_number(r, 0, read.why == NULL);
        consent__rows_text(r, 1, read.why);
        if (payload.len)
            consent__rows_text_n(r, 2, (const char *)payload.data, payload.len);
        st = consent__rows_finish(cx, r, out);
    }
    consent__buf_wipe_free(&payload);
    consent__arena_free(&a);
    return st;
}
