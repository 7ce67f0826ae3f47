/* SPDX-License-Identifier: Apache-2.0 */
/* Our own complete format: everything that is evidence, one canonical element a line. Members and
 * order: docs/export-json.md; read again by import.c. */
#include <string.h>

#include "flow/export.h"
#include "flow/gone.h"
#include "flow/ledger.h"
#include "flow/whole.h"
#include "util/text.h"
#include "json/write.h"

typedef struct whole {
    consent__export *x;
    const consent__cx *cx;
    consent__prover prover;
    consent__buf line;
    consent__hasher hash; /* of the lines so far */
    int64_t lines;
    int64_t only; /* the subject's number; 0: all */
    uint8_t uid[CONSENT__UID];
} whole;

/* ---- lines ---- */

static consent__buf *line_open(whole *w) {
    consent__buf_reset(&w->line);
    consent__write_open(&w->line, NULL, '{');
    return &w->line;
}

/* Gives the line out and counts it into the hash that the last one signs. Members are written in
 * their canonical order: a text of 16 MiB is not to be sorted in memory again. */
static consent_status line_close(whole *w, bool last) {
    consent__buf *out = &w->x->out;
    consent__write_close(&w->line, '}');
    if (w->line.failed)
        return consent__no_memory(w->cx);
    consent__buf_put(out, w->line.data, w->line.len);
    consent__buf_text(out, last ? "\n]\n" : ",\n");
    consent__hasher_put(&w->hash, w->line.data, w->line.len);
    consent__hasher_put(&w->hash, "\n", 1);
    w->lines++;
    return consent__export_record(w->cx, w->x);
}

/* ---- what the store is made of ---- */

static consent_status put_head(whole *w) {
    consent__export *x = w->x;
    consent_store *s = x->view.store;
    char origin[64];
    uint8_t public_key[32];
    consent__buf note, vkey;
    consent__buf_init(&note, w->cx->env);
    consent__buf_init(&vkey, w->cx->env);
    consent__buf *b = line_open(w);
    consent_status st =
        consent__checkpoint_sign(w->cx, s, x->view.tx, w->prover.tree.size, w->prover.root, &note);
    if (st == CONSENT_OK)
        st = consent__log_key(w->cx, s, x->view.tx, public_key);
    consent__origin(s, origin);
    consent__note_vkey(&vkey, origin, public_key);
    consent__write_int(b, "at", x->view.now);
    consent__write_text_n(b, "checkpoint", (const char *)note.data, note.len);
    consent__write_text(b, "format", CONSENT__WHOLE_FORMAT);
    consent__write_int(b, "generation", s->generation);
    consent__write_text_n(b, "key", (const char *)vkey.data, vkey.len);
    consent__write_hex(b, "root", w->prover.root, CONSENT__HASH);
    consent__write_int(b, "size", x->view.head.size);
    consent__write_text(b, "store", s->id_text);
    consent__write_text(b, "type", "ledger");
    if (w->only)
        consent__write_hex(b, "uid", w->uid, CONSENT__UID);
    consent__write_int(b, "v", 1);
    b->failed |= note.failed || vkey.failed;
    consent__buf_free(&note);
    consent__buf_free(&vkey);
    return st == CONSENT_OK ? line_close(w, false) : st;
}

static consent_status put_version(const consent__cx *cx, void *user,
                                  const consent__version_row *row) {
    whole *w = user;
    consent__buf *b = line_open(w);
    (void)cx;
    consent__write_text_n(b, "bundle", (const char *)row->bytes, row->len);
    consent__write_int(b, "id", row->id);
    consent__write_int(b, "imported", row->imported_seq);
    consent__write_int(b, "imported_at", row->imported_at);
    consent__write_text(b, "label", row->label);
    consent__write_text(b, "policy", row->policy);
    consent__write_text_n(b, "profile", (const char *)row->profile, row->profile_len);
    consent__write_text(b, "type", "version");
    return line_close(w, false);
}

static consent_status put_document(const consent__cx *cx, void *user,
                                   const consent__document_row *row) {
    whole *w = user;
    consent__buf *b = line_open(w);
    (void)cx;
    consent__write_text(b, "key", row->key);
    consent__write_text(b, "kind", row->kind);
    consent__write_int(b, "seq", row->seq);
    consent__write_text_n(b, "text", (const char *)row->bytes, row->len);
    consent__write_text(b, "type", "document");
    return line_close(w, false);
}

static consent_status put_checkpoint(const consent__cx *cx, void *user,
                                     const consent__checkpoint_row *row) {
    whole *w = user;
    consent__buf *b = line_open(w);
    (void)cx;
    consent__write_int(b, "at", row->at);
    consent__write_text_n(b, "note", row->note, row->note_len);
    consent__write_int(b, "size", row->size);
    consent__write_text(b, "type", "checkpoint");
    return line_close(w, false);
}

/* ---- events ---- */

/* state: "erased" (nothing is left of it), "withheld" (of somebody else); NULL: body and nonce. */
static consent_status put_event(whole *w, const consent__said *said, const char *state) {
    consent__buf *b = line_open(w);
    consent__write_int(b, "at", said->at);
    if (!state)
        consent__write_text_n(b, "body", said->body, said->body_len);
    consent__write_hex(b, "commitment", said->commitment, CONSENT__HASH);
    consent__write_text(b, "kind", said->kind);
    consent__write_hex(b, "leaf", said->leaf, CONSENT__HASH);
    if (!state)
        consent__write_hex(b, "nonce", said->nonce, CONSENT__NONCE);
    consent__write_int(b, "seq", said->seq);
    if (state)
        consent__write_text(b, "state", state);
    consent__write_text(b, "type", "event");
    return line_close(w, false);
}

/* Without opening what is another's. */
static consent_status put_withheld(whole *w, const consent__event_row *row) {
    consent__said said = {.seq = row->seq, .at = row->at, .kind = row->kind};
    memcpy(said.commitment, row->commitment, CONSENT__HASH);
    if (!consent__leaf(row->seq, row->at, row->kind, row->commitment, said.leaf))
        return consent__fail(w->cx, CONSENT_E_CORRUPT, "event %lld has an impossible kind",
                             (long long)row->seq);
    /* Evidence of one subject does not know which of the others were erased. */
    bool withheld = row->box || w->x->view.store->evidence_part;
    return put_event(w, &said, withheld ? "withheld" : "erased");
}

static consent_status put_events(whole *w) {
    consent__export *x = w->x;
    const consent__engine *engine = x->view.store->engine;
    consent__event_row row;
    consent__said said;
    consent_status st = CONSENT_OK;
    for (int64_t seq = 0; st == CONSENT_OK && seq < x->view.head.size; seq++) {
        consent__arena_reset(&x->whom);
        if (w->only) {
            st = engine->event_get(w->cx, x->view.tx, seq, &row);
            if (st == CONSENT_E_NOT_FOUND)
                st = consent__fail(w->cx, CONSENT_E_CORRUPT, "event %lld is missing",
                                   (long long)seq);
            int32_t kind = st == CONSENT_OK ? consent__event_kind_of(row.kind) : -1;
            bool own = kind >= 0 && (consent__kind_table[kind].store || row.subject == w->only);
            if (st == CONSENT_OK && !own) {
                st = put_withheld(w, &row);
                continue;
            }
        }
        if (st == CONSENT_OK)
            st = consent__said_get(w->cx, &x->view, seq, &x->whom, &said);
        if (st == CONSENT_OK)
            st = put_event(w, &said, said.body ? NULL : "erased");
    }
    return st;
}

/* ---- lists ---- */

static consent_status put_request(const consent__cx *cx, void *user,
                                  const consent__request_row *row) {
    whole *w = user;
    consent__subject_row subject;
    if (w->only && row->subject != w->only)
        return CONSENT_OK;
    int64_t id = row->subject;
    consent__buf *b = line_open(w);
    if (row->due != INT64_MIN)
        consent__write_int(b, "due", row->due);
    consent__write_text(b, "kind", row->kind);
    consent__write_int(b, "number", row->number);
    consent__write_int(b, "open", row->open);
    consent__write_int(b, "provisional", row->provisional);
    consent__write_int(b, "received_at", row->received_at);
    consent__write_text(b, "state", row->state);
    consent__write_text(b, "type", "request");
    consent_status st =
        id ? w->x->view.store->engine->subject_by_id(cx, w->x->view.tx, id, &subject) : CONSENT_OK;
    if (st == CONSENT_E_NOT_FOUND)
        return consent__fail(cx, CONSENT_E_CORRUPT, "the subject of a request is missing");
    if (st == CONSENT_OK && id)
        consent__write_hex(b, "uid", subject.uid, CONSENT__UID);
    return st == CONSENT_OK ? line_close(w, false) : st;
}

static consent_status put_remainder(const consent__cx *cx, void *user,
                                    const consent__remainder_row *row) {
    whole *w = user;
    consent__buf *b = line_open(w);
    (void)cx;
    consent__write_text(b, "item", row->item);
    consent__write_text(b, "reason", row->reason);
    consent__write_int(b, "seq", row->seq);
    consent__write_text(b, "type", "remainder");
    consent__write_hex(b, "uid", row->uid, CONSENT__UID);
    if (row->until != INT64_MIN)
        consent__write_int(b, "until", row->until);
    return line_close(w, false);
}

static consent_status put_task(const consent__cx *cx, void *user, const consent__task_row *row) {
    whole *w = user;
    (void)cx;
    if (w->only && memcmp(row->uid, w->uid, CONSENT__UID) != 0)
        return CONSENT_OK;
    consent__buf *b = line_open(w);
    if (row->done >= 0)
        consent__write_int(b, "done", row->done);
    consent__write_text(b, "items", row->items);
    consent__write_text(b, "recipient", row->recipient);
    consent__write_int(b, "seq", row->seq);
    consent__write_text(b, "type", "task");
    consent__write_hex(b, "uid", row->uid, CONSENT__UID);
    return line_close(w, false);
}

/* ---- the end ---- */

void consent__whole_note(consent__buf *out, const char *origin, const uint8_t hash[CONSENT__HASH]) {
    char hex[2 * CONSENT__HASH + 1];
    consent__hex(hash, CONSENT__HASH, hex);
    consent__buf_format(out, "%s\ncomplete export\n%s\n", origin, hex);
}

/* The log's key signs all lines; where it is not (evidence that is exported again), nobody does. */
static consent_status put_end(whole *w) {
    consent_store *s = w->x->view.store;
    uint8_t hash[CONSENT__HASH], public_key[32], signature[CONSENT__SIGNATURE];
    char origin[64];
    consent__buf note;
    consent_status st = CONSENT_OK;
    consent__hasher_end(&w->hash, hash);
    consent__hasher_init(&w->hash);
    consent__buf_init(&note, w->cx->env);
    consent__origin(s, origin);
    consent__buf *b = line_open(w);
    consent__write_int(b, "lines", w->lines);
    if (!s->evidence) {
        consent__whole_note(&note, origin, hash);
        st = note.failed ? consent__no_memory(w->cx)
                         : consent__log_sign_in(w->cx, s, w->x->view.tx, note.data, note.len,
                                                public_key, signature);
        if (st == CONSENT_OK)
            consent__note_sign_line(&note, origin, public_key, signature);
        consent__write_text_n(b, "note", (const char *)note.data, note.len);
        b->failed |= note.failed;
    }
    consent__write_text(b, "type", "end");
    consent__buf_free(&note);
    return st == CONSENT_OK ? line_close(w, true) : st;
}

static consent_status put_all(whole *w) {
    const consent__engine *engine = w->x->view.store->engine;
    consent__tx *tx = w->x->view.tx;
    consent__buf_text(&w->x->out, "[\n");
    consent_status st = put_head(w);
    if (st == CONSENT_OK)
        st = engine->version_scan(w->cx, tx, true, put_version, w);
    if (st == CONSENT_OK)
        st = engine->document_scan(w->cx, tx, NULL, put_document, w);
    if (st == CONSENT_OK)
        st = engine->checkpoint_scan(w->cx, tx, put_checkpoint, w);
    if (st == CONSENT_OK)
        st = put_events(w);
    if (st == CONSENT_OK)
        st = engine->request_scan(w->cx, tx, false, put_request, w);
    if (st == CONSENT_OK)
        st = engine->remainder_scan(w->cx, tx, w->only ? w->uid : NULL, put_remainder, w);
    if (st == CONSENT_OK)
        st = engine->task_scan(w->cx, tx, false, put_task, w);
    return st == CONSENT_OK ? put_end(w) : st;
}

static consent_status choose(whole *w) {
    consent__subject subject;
    consent__export *x = w->x;
    if (!x->only)
        return CONSENT_OK;
    consent_status st =
        consent__subject_need(w->cx, x->view.store, x->view.tx, x->only, &x->whom, &subject);
    if (st != CONSENT_OK)
        return st;
    w->only = subject.id;
    memcpy(w->uid, subject.uid, CONSENT__UID);
    consent__wipe(subject.key, sizeof subject.key);
    return consent__gone_count(w->cx, &x->view, &subject);
}

consent_status consent__export_json(const consent__cx *cx, consent__export *x) {
    whole *w = consent__alloc(cx->env, sizeof *w);
    if (!w)
        return consent__no_memory(cx);
    w->x = x;
    w->cx = cx;
    consent__buf_init(&w->line, cx->env);
    consent__hasher_init(&w->hash);
    consent_status st = choose(w);
    if (st == CONSENT_OK && x->view.store->evidence_part && !w->only)
        st = consent__fail(cx, CONSENT_E_STATE,
                           "the store holds the evidence of one subject: export that one");
    if (st == CONSENT_OK) /* so that what has no body was erased, or withheld */
        st = consent__gone_check(cx, &x->view);
    if (st == CONSENT_OK)
        st = consent__prover_open(cx, &x->view, &w->prover);
    if (st == CONSENT_OK)
        st = put_all(w);
    consent__buf_wipe_free(&w->line);
    consent__release(cx->env, w);
    return st;
}
