/* SPDX-License-Identifier: Apache-2.0 */
/* The log key at work: checkpoints, kept or not, and its change. The key lives in the store's file,
 * so another process may change it: each use compares what is stored with what was opened. */
#include <string.h>
#include <unistd.h>

#include "flow/key.h"
#include "flow/ledger.h"
#include "util/date.h"
#include "util/text.h"
#include "json/event.h"

/* Under sign_lock: the signer as tx sees it, NULL for a key that is kept outside, which never
 * changes. A key that a write transaction sees may never be committed: `own` holds it, for this
 * call alone, and everybody else goes on with the one before. */
static consent_status signer_at(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                consent__signer **own, const consent__signer **out) {
    consent__buf b;
    consent__signer *signer = NULL;
    *own = NULL;
    *out = s->signer;
    if (!s->signer)
        return CONSENT_OK;
    consent__buf_init(&b, cx->env);
    consent_status st = s->engine->meta_get(cx, tx, "log_key", &b);
    if (st == CONSENT_OK && b.failed)
        st = consent__no_memory(cx);
    if (st == CONSENT_E_NOT_FOUND || (st == CONSENT_OK && b.len != CONSENT__WRAP))
        st = consent__fail(cx, CONSENT_E_CORRUPT, "the store's log_key is missing or damaged");
    if (st == CONSENT_OK && memcmp(b.data, s->signer_wrap, CONSENT__WRAP) != 0) {
        st = consent__signer_unwrap(cx, s->keys, b.data, &signer);
        if (st == CONSENT_OK && s->engine->writes(tx)) {
            *own = signer;
            *out = signer;
        } else if (st == CONSENT_OK) {
            consent__signer_free(s->signer);
            s->signer = signer;
            consent__signer_public(signer, s->log_public);
            memcpy(s->signer_wrap, b.data, CONSENT__WRAP);
            *out = signer;
        }
    }
    consent__buf_free(&b);
    return st;
}

static void public_of(const consent_store *s, const consent__signer *signer, uint8_t out[32]) {
    if (signer)
        consent__signer_public(signer, out);
    else
        memcpy(out, s->log_public, 32);
}

consent_status consent__log_key(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                uint8_t out_public[32]) {
    consent__signer *own;
    const consent__signer *signer;
    pthread_mutex_lock(&s->sign_lock);
    consent_status st = signer_at(cx, s, tx, &own, &signer);
    if (st == CONSENT_OK)
        public_of(s, signer, out_public);
    pthread_mutex_unlock(&s->sign_lock);
    consent__signer_free(own);
    return st;
}

consent_status consent__log_sign_in(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                    const void *bytes, size_t n, uint8_t out_public[32],
                                    uint8_t out_signature[CONSENT__SIGNATURE]) {
    consent__signer *own;
    const consent__signer *signer;
    pthread_mutex_lock(&s->sign_lock);
    consent_status st = signer_at(cx, s, tx, &own, &signer);
    bool inside = signer != NULL;
    if (st == CONSENT_OK)
        public_of(s, signer, out_public);
    if (st == CONSENT_OK && inside)
        st = consent__signer_sign(cx, signer, bytes, n, out_signature);
    pthread_mutex_unlock(&s->sign_lock);
    consent__signer_free(own);
    if (st == CONSENT_OK && !inside) /* the host's function is called without a lock held */
        st = consent__log_sign(cx, s, bytes, n, out_signature);
    return st;
}

static consent_status note_sign(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                consent__buf *note, size_t start) {
    char origin[64];
    uint8_t public_key[32], signature[CONSENT__SIGNATURE];
    if (note->failed)
        return consent__no_memory(cx);
    consent_status st = consent__log_sign_in(cx, s, tx, note->data + start, note->len - start,
                                             public_key, signature);
    if (st != CONSENT_OK)
        return st;
    consent__origin(s, origin);
    consent__note_sign_line(note, origin, public_key, signature);
    return note->failed ? consent__no_memory(cx) : CONSENT_OK;
}

consent_status consent__checkpoint_sign(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                        uint64_t size, const uint8_t root[CONSENT__HASH],
                                        consent__buf *note) {
    char origin[64];
    size_t start = note->len;
    if (s->evidence) { /* which holds one head for ever */
        consent__buf_put(note, s->evidence, s->evidence_len);
        return note->failed ? consent__no_memory(cx) : CONSENT_OK;
    }
    consent__origin(s, origin);
    consent__checkpoint_text(note, origin, size, root);
    return note_sign(cx, s, tx, note, start);
}

/* ---- the head that memory holds ---- */

/* Whether the head `at` this token, and the log key, are what the file holds now. */
static bool key_stands(consent_store *s, uint64_t at) {
    uint64_t token = 0;
    uint32_t commits;
    return at && s->engine->change_commits(s->db, &token, &commits) && token == at;
}

void consent__key_seen(const consent__cx *cx, consent_store *s, consent__tx *tx, uint64_t token) {
    const consent__cx quiet = {cx->env, NULL, cx->op};
    consent__buf wrap;
    consent__buf_init(&wrap, cx->env);
    bool read = s->engine->meta_get(&quiet, tx, "log_key", &wrap) == CONSENT_OK && !wrap.failed &&
                wrap.len == CONSENT__WRAP;
    if (read && key_stands(s, token)) { /* else something was committed: who knows what was seen */
        pthread_mutex_lock(&s->kept.lock);
        if (s->kept.token == token) {
            s->kept.keyed = true;
            memcpy(s->kept.wrap, wrap.data, CONSENT__WRAP);
        }
        pthread_mutex_unlock(&s->kept.lock);
    }
    consent__buf_free(&wrap);
}

static uint64_t kept_keyed(consent_store *s, consent__head *head, uint8_t root[CONSENT__HASH],
                           uint8_t wrap[CONSENT__WRAP]) {
    consent__tree tree;
    pthread_mutex_lock(&s->kept.lock);
    uint64_t token = s->kept.keyed ? s->kept.token : 0;
    if (token) {
        *head = s->kept.head;
        tree = s->kept.tree;
        memcpy(wrap, s->kept.wrap, CONSENT__WRAP);
    }
    pthread_mutex_unlock(&s->kept.lock);
    if (!token || !key_stands(s, token))
        return 0;
    consent__tree_root(&tree, root);
    return token;
}

bool consent__checkpoint_of_kept(const consent__cx *cx, consent_store *s, consent__head *head,
                                 uint8_t root[CONSENT__HASH], consent__buf *note,
                                 uint8_t out_public[32], consent_status *status) {
    char origin[64];
    uint8_t signature[CONSENT__SIGNATURE], wrap[CONSENT__WRAP];
    size_t start = note->len;
    *status = CONSENT_OK;
    /* The locks of a forked child are as its parent left them. A key kept outside is asked slowly.
     */
    if (s->evidence || s->bell.pid != (int64_t)getpid())
        return false;
    uint64_t token = kept_keyed(s, head, root, wrap);
    if (!token)
        return false;
    consent__origin(s, origin);
    consent__checkpoint_text(note, origin, (uint64_t)head->size, root);
    pthread_mutex_lock(&s->sign_lock);
    /* Who reads an older or a newer transaction may have opened another key meanwhile. */
    bool stands = s->signer && !note->failed && memcmp(s->signer_wrap, wrap, CONSENT__WRAP) == 0 &&
                  key_stands(s, token);
    if (stands) {
        memcpy(out_public, s->log_public, 32);
        *status =
            consent__signer_sign(cx, s->signer, note->data + start, note->len - start, signature);
    }
    pthread_mutex_unlock(&s->sign_lock);
    if (!stands)
        note->len = start;
    else if (*status == CONSENT_OK)
        consent__note_sign_line(note, origin, out_public, signature);
    return stands;
}

/* ---- kept ---- */

/* -1 and the earliest time when there is none. */
static consent_status last_kept(const consent__cx *cx, consent__work *w, int64_t *size,
                                int64_t *at) {
    consent_status st = w->store->engine->checkpoint_last(cx, w->tx, size, at);
    if (st != CONSENT_E_NOT_FOUND)
        return st;
    *size = -1;
    *at = INT64_MIN / 2;
    return CONSENT_OK;
}

static consent_status keep(const consent__cx *cx, consent__work *w) {
    uint8_t root[CONSENT__HASH];
    consent__buf note;
    consent__buf_init(&note, cx->env);
    consent__tree_root(&w->tree, root);
    consent_status st = consent__checkpoint_sign(cx, w->store, w->tx, w->tree.size, root, &note);
    if (st == CONSENT_OK) {
        consent__checkpoint_row row = {w->head.size, w->now > w->head.at ? w->now : w->head.at,
                                       (const char *)note.data, note.len};
        st = w->store->engine->checkpoint_put(cx, w->tx, &row);
    }
    consent__buf_free(&note);
    return st;
}

consent_status consent__checkpoint_keep(const consent__cx *cx, consent__work *w) {
    int64_t size, at;
    consent_status st = last_kept(cx, w, &size, &at);
    if (st != CONSENT_OK)
        return st;
    return size >= w->head.size ? CONSENT_DONE : keep(cx, w);
}

consent_status consent__checkpoint_due(const consent__cx *cx, consent__work *w) {
    const consent__checkpoint_plan *plan = &w->store->plan;
    int64_t size, at;
    if ((!plan->events && !plan->seconds) || w->head.size == w->first_size)
        return CONSENT_OK;
    consent_status st = last_kept(cx, w, &size, &at);
    if (st != CONSENT_OK || size >= w->head.size)
        return st;
    if ((plan->events && w->head.size - (size < 0 ? 0 : size) >= plan->events) ||
        (plan->seconds && w->now - at >= plan->seconds * CONSENT__SECOND))
        return keep(cx, w);
    return CONSENT_OK;
}

static consent_status keep_work(const consent__cx *cx, consent__work *w, void *user) {
    (void)user;
    return consent__checkpoint_keep(cx, w);
}

consent_status consent__checkpoint_close(const consent__cx *cx, consent_store *s) {
    if (!s->plan.at_close || s->evidence)
        return CONSENT_OK;
    consent_status st = consent__write(cx, s, keep_work, NULL);
    return st == CONSENT_DONE ? CONSENT_OK : st;
}

consent_status consent__flow_checkpoint(const consent__cx *cx, consent_store *s,
                                        consent_rows **out) {
    consent_status st = consent__write(cx, s, keep_work, NULL);
    if (st < 0 || !out)
        return st;
    consent_status rows = consent__flow_ledger_head(cx, s, out);
    return rows == CONSENT_OK ? st : rows;
}

static consent_status add_kept(const consent__cx *cx, void *user,
                               const consent__checkpoint_row *row) {
    consent_rows *r = user;
    (void)cx;
    consent__rows_add(r);
    consent__rows_number(r, 0, row->size);
    consent__rows_number(r, 1, row->at);
    consent__rows_text_n(r, 2, row->note, row->note_len);
    return CONSENT_OK;
}

consent_status consent__flow_checkpoints(const consent__cx *cx, consent_store *s,
                                         consent_rows **out) {
    consent__tx *tx = NULL;
    consent_status st = s->engine->read_begin(cx, s->db, &tx);
    if (st != CONSENT_OK)
        return st;
    consent_rows *r = consent__rows_new(cx->env, "size n,at u,checkpoint t");
    st = r ? s->engine->checkpoint_scan(cx, tx, add_kept, r) : consent__no_memory(cx);
    s->engine->read_end(tx);
    if (st == CONSENT_OK)
        return consent__rows_finish(cx, r, out);
    consent_rows_free(r);
    return st;
}

/* ---- another key ---- */

/* What the old key signs: not a checkpoint, whose second line is a number. */
static consent_status rekey_note(const consent__cx *cx, consent__work *w, const uint8_t old[32],
                                 const char *vkey, consent__buf *note) {
    char origin[64];
    consent__origin(w->store, origin);
    consent__buf_format(note, "%s\nnew log key\n", origin);
    consent__note_vkey(note, origin, old);
    consent__buf_format(note, "\n%s\n", vkey);
    return note_sign(cx, w->store, w->tx, note, 0);
}

static consent_status rekey_event(const consent__cx *cx, consent__work *w, const char *vkey,
                                  consent__buf *note) {
    consent__event e = {.kind = EV_LEDGER_REKEYED};
    const char *text = consent__buf_cstr(note);
    if (!text)
        return consent__no_memory(cx);
    CONSENT__SET_TEXT(&e, key, vkey);
    CONSENT__SET_TEXT(&e, note, text);
    return consent__append(cx, w, NULL, &e, NULL);
}

static consent_status rekey_work(const consent__cx *cx, consent__work *w, void *user) {
    consent_store *s = w->store;
    uint8_t old[32], fresh[32], wrapped[CONSENT__WRAP];
    char origin[64];
    consent__signer *signer = NULL;
    consent__buf vkey, note;
    (void)user;
    consent__buf_init(&vkey, cx->env);
    consent__buf_init(&note, cx->env);
    consent_status st = consent__log_key(cx, s, w->tx, old);
    if (st == CONSENT_OK && !s->signer)
        st =
            consent__fail(cx, CONSENT_E_STATE, "the log key is kept outside: it cannot be changed");
    if (st == CONSENT_OK)
        st = consent__signer_new(cx, &signer);
    if (st == CONSENT_OK) {
        consent__signer_public(signer, fresh);
        consent__origin(s, origin);
        consent__note_vkey(&vkey, origin, fresh);
        st = consent__buf_cstr(&vkey) ? rekey_note(cx, w, old, consent__buf_cstr(&vkey), &note)
                                      : consent__no_memory(cx);
    }
    if (st == CONSENT_OK)
        st = rekey_event(cx, w, consent__buf_cstr(&vkey), &note);
    if (st == CONSENT_OK)
        st = consent__signer_wrap(cx, signer, s->keys, wrapped);
    if (st == CONSENT_OK)
        st = s->engine->meta_put(cx, w->tx, "log_key", wrapped, sizeof wrapped);
    consent__signer_free(signer);
    consent__buf_free(&vkey);
    consent__buf_free(&note);
    return st;
}

consent_status consent__flow_rekey(const consent__cx *cx, consent_store *s) {
    return consent__write(cx, s, rekey_work, NULL);
}

/* ---- keys the log has had ---- */

typedef struct keys_told {
    consent_store *store;
    consent__scratch *scratch;
    consent_rows *rows;
} keys_told;

static consent_status add_key(const consent__cx *cx, void *user, const consent__event_row *row) {
    keys_told *t = user;
    int32_t kind = consent__event_kind_of(row->kind);
    consent__event e;
    if (row->subject ||
        (kind != EV_STORE_CREATED && kind != EV_LEDGER_REKEYED && kind != EV_STORE_RESTORED))
        return CONSENT_OK;
    consent__buf *b = &t->scratch->buf;
    consent__buf_reset(b);
    consent_status st = consent__event_body(cx, t->store, row, NULL, NULL, b, NULL);
    if (st == CONSENT_E_NOT_FOUND)
        return consent__fail(cx, CONSENT_E_CORRUPT, "event %lld lost its body",
                             (long long)row->seq);
    if (st == CONSENT_OK)
        st = consent__event_decode(cx, (consent__event_kind)kind, row->seq, b->data, b->len,
                                   &t->scratch->arena, &e);
    if (st != CONSENT_OK)
        return st;
    consent__rows_add(t->rows);
    consent__rows_number(t->rows, 0, row->seq);
    consent__rows_number(t->rows, 1, row->at);
    consent__rows_text(t->rows, 2, e.key_);
    consent__rows_text(t->rows, 3, CONSENT__HAS(&e, note) ? e.note_ : NULL);
    return CONSENT_OK;
}

consent_status consent__ledger_keys(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                    consent_rows **out) {
    keys_told t = {s, consent__scratch_take(s), NULL};
    if (!t.scratch)
        return consent__no_memory(cx);
    t.rows = consent__rows_new(cx->env, "seq n,at u,key t,note t");
    consent_status st = t.rows ? s->engine->event_scan(cx, tx, 0, INT64_MAX, 0, true, add_key, &t)
                               : consent__no_memory(cx);
    if (st == CONSENT_OK)
        st = consent__rows_finish(cx, t.rows, out);
    else
        consent_rows_free(t.rows);
    consent__scratch_give(s, t.scratch);
    return st;
}

consent_status consent__flow_ledger_key(const consent__cx *cx, consent_store *s,
                                        consent_rows **out) {
    consent__tx *tx = NULL;
    consent_status st = s->engine->read_begin(cx, s->db, &tx);
    if (st != CONSENT_OK)
        return st;
    st = consent__ledger_keys(cx, s, tx, out);
    s->engine->read_end(tx);
    return st;
}
