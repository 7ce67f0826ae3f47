/* SPDX-License-Identifier: Apache-2.0 */
/* Making an evidence bundle: everything in one snapshot of the store, one event at a time in
 * memory. The scan only collects numbers: a scan and other reads do not share a transaction's
 * statements. */
#include <stdlib.h>
#include <string.h>

#include "flow/evidence.h"
#include "flow/gone.h"
#include "flow/ledger.h"
#include "flow/subject.h"
#include "util/rows.h"
#include "util/text.h"
#include "json/write.h"

#define BATCH 512

typedef struct listing { /* a file that was given out */
    char name[80];
    uint8_t sha256[CONSENT__HASH];
    int64_t bytes;
} listing;

typedef struct exporter {
    const consent__cx *cx;
    consent_store *store;
    consent__view view;
    consent__prover prover;
    consent__leaves leaves;
    consent_evidence_fn give;
    void *user;
    int64_t subject; /* its number; 0: all */
    char uid[2 * CONSENT__UID + 1];
    consent__buf note, vkey, out;
    consent__arena arena;
    listing *files;
    size_t file_count, file_cap;
    consent__hasher hash; /* of the file that is being given out */
    int64_t *texts;       /* numbers of the events that brought the published versions, ascending */
    size_t text_count;
    int64_t events, receipts;
} exporter;

/* ---- files ---- */

static consent_status file_open(exporter *x, const char *name) {
    if (x->file_count == x->file_cap) {
        size_t cap = x->file_cap ? 2 * x->file_cap : 32;
        listing *more = consent__realloc(x->cx->env, x->files, cap * sizeof *more);
        if (!more)
            return consent__no_memory(x->cx);
        x->files = more;
        x->file_cap = cap;
    }
    listing *f = &x->files[x->file_count++];
    memset(f, 0, sizeof *f);
    memcpy(f->name, name, strlen(name) + 1);
    consent__hasher_init(&x->hash);
    return CONSENT_OK;
}

static consent_status file_put(exporter *x, const void *bytes, size_t n) {
    listing *f = &x->files[x->file_count - 1];
    if (x->give(f->name, bytes, n, x->user) != 0)
        return consent__fail(x->cx, CONSENT_E_IO, "the bundle could not be written");
    consent__hasher_put(&x->hash, bytes, n);
    f->bytes += (int64_t)n;
    return CONSENT_OK;
}

static void file_close(exporter *x) {
    consent__hasher_end(&x->hash, x->files[x->file_count - 1].sha256);
}

static consent_status file_whole(exporter *x, const char *name, const void *bytes, size_t n) {
    consent_status st = file_open(x, name);
    if (st == CONSENT_OK)
        st = file_put(x, bytes, n);
    if (st == CONSENT_OK)
        file_close(x);
    return st;
}

/* ---- texts ---- */

typedef struct texts {
    exporter *x;
    size_t cap;
    int64_t *ids; /* of published versions */
    size_t id_count;
} texts;

static consent_status list_version(const consent__cx *cx, void *user,
                                   const consent__version_row *row) {
    texts *t = user;
    exporter *x = t->x;
    if (row->published_seq < 0)
        return CONSENT_OK;
    if (x->text_count + 2 > t->cap) {
        size_t cap = t->cap ? 2 * t->cap : 32;
        int64_t *seqs = consent__realloc(cx->env, x->texts, cap * sizeof *seqs);
        if (seqs)
            x->texts = seqs;
        int64_t *ids = seqs ? consent__realloc(cx->env, t->ids, cap * sizeof *ids) : NULL;
        if (!ids)
            return consent__no_memory(cx);
        t->ids = ids;
        t->cap = cap;
    }
    x->texts[x->text_count++] = row->imported_seq;
    x->texts[x->text_count++] = row->published_seq;
    t->ids[t->id_count++] = row->id;
    return CONSENT_OK;
}

static void hashed_name(const char *folder, const uint8_t hash[CONSENT__HASH], char out[80]) {
    size_t n = strlen(folder);
    memcpy(out, folder, n);
    consent__hex(hash, CONSENT__HASH, out + n);
    memcpy(out + n + 2 * CONSENT__HASH, ".json", 6);
}

static bool given_out(const exporter *x, const char *name) {
    for (size_t i = 0; i < x->file_count; i++)
        if (strcmp(x->files[i].name, name) == 0)
            return true;
    return false;
}

static consent_status put_version(exporter *x, int64_t id) {
    consent__version_row row;
    uint8_t hash[CONSENT__HASH];
    char name[80];
    consent_status st = x->store->engine->version_get(x->cx, x->view.tx, id, &row);
    if (st == CONSENT_E_NOT_FOUND)
        return consent__fail(x->cx, CONSENT_E_CORRUPT, "a version is missing");
    if (st != CONSENT_OK)
        return st;
    consent__sha256(row.profile, row.profile_len, hash);
    hashed_name("profiles/", hash, name);
    if (!given_out(x, name))
        st = file_whole(x, name, row.profile, row.profile_len);
    hashed_name("policies/", row.sha256, name);
    return st == CONSENT_OK && !given_out(x, name) ? file_whole(x, name, row.bytes, row.len) : st;
}

static int by_number(const void *a, const void *b) {
    int64_t m = *(const int64_t *)a, n = *(const int64_t *)b;
    return (m > n) - (m < n);
}

static consent_status put_texts(exporter *x) {
    texts t = {.x = x};
    consent_status st = x->store->engine->version_scan(x->cx, x->view.tx, false, list_version, &t);
    for (size_t i = 0; st == CONSENT_OK && i < t.id_count; i++)
        st = put_version(x, t.ids[i]);
    if (x->text_count)
        qsort(x->texts, x->text_count, sizeof *x->texts, by_number);
    consent__release(x->cx->env, t.ids);
    return st;
}

/* ---- events and receipts ---- */

typedef struct batch {
    int64_t seq[BATCH];
    int64_t next; /* where the next one starts; -1: it was the last */
    size_t count;
} batch;

static consent_status collect(const consent__cx *cx, void *user, const consent__event_row *row) {
    batch *b = user;
    (void)cx;
    if (b->count == BATCH) {
        b->next = row->seq;
        return CONSENT_DONE;
    }
    if (consent__receipt_kind(row->kind))
        b->seq[b->count++] = row->seq;
    return CONSENT_OK;
}

typedef consent_status (*event_fn)(exporter *x, const consent__said *said);

static consent_status put_event(exporter *x, const consent__said *said) {
    consent__buf *b = &x->out;
    consent_status st;
    consent__buf json;
    consent__buf_init(&json, x->cx->env);
    consent__write_open(&json, NULL, '{');
    st = consent__ledger_json(x->cx, &x->prover, said, NULL, &json);
    consent__write_hex(&json, "leaf", said->leaf, CONSENT__HASH);
    consent__write_close(&json, '}');
    if (st == CONSENT_OK && json.failed)
        st = consent__no_memory(x->cx);
    consent__buf_reset(b);
    if (st == CONSENT_OK)
        st = consent__json_canonical(x->cx, json.data, json.len, b);
    consent__buf_byte(b, '\n');
    consent__buf_wipe_free(&json);
    if (st == CONSENT_OK && b->failed)
        st = consent__no_memory(x->cx);
    x->events++;
    return st == CONSENT_OK ? file_put(x, b->data, b->len) : st;
}

static consent_status put_receipt(exporter *x, const consent__said *said) {
    consent__buf payload, *b = &x->out;
    if (!consent__receipt_kind(said->kind))
        return CONSENT_OK;
    consent__buf_init(&payload, x->cx->env);
    consent__buf_reset(b);
    consent_status st =
        consent__receipt_payload(x->cx, &x->view, &x->prover, said, &x->note, &payload);
    if (st == CONSENT_OK)
        st = consent__jws_sign(x->cx, x->store, x->view.tx, CONSENT__RECEIPT_TYPE, &payload, b);
    consent__buf_byte(b, '\n');
    consent__buf_wipe_free(&payload);
    if (st == CONSENT_OK && b->failed)
        st = consent__no_memory(x->cx);
    x->receipts++;
    return st == CONSENT_OK ? file_put(x, b->data, b->len) : st;
}

static consent_status tell(exporter *x, int64_t seq, event_fn fn) {
    consent__said said;
    consent__arena_reset(&x->arena);
    consent__arena_reset(&x->view.scratch->arena);
    consent_status st = consent__said_get(x->cx, &x->view, seq, &x->arena, &said);
    /* Of somebody who was erased nothing is left to tell. */
    return st == CONSENT_OK && said.body ? fn(x, &said) : st;
}

/* Every event of the bundle in the order of the ledger: those of texts, then those with receipts.
 */
static consent_status each_event(exporter *x, event_fn fn) {
    size_t text = 0;
    batch *b = consent__alloc(x->cx->env, sizeof *b);
    consent_status st = b ? CONSENT_OK : consent__no_memory(x->cx);
    while (st == CONSENT_OK && b->next >= 0) {
        int64_t from = b->next;
        b->next = -1;
        b->count = 0;
        st = x->store->engine->event_scan(x->cx, x->view.tx, from, x->view.head.size - 1,
                                          x->subject, x->subject != 0, collect, b);
        st = st == CONSENT_DONE ? CONSENT_OK : st;
        for (size_t i = 0; st == CONSENT_OK && i < b->count; i++) {
            for (; st == CONSENT_OK && text < x->text_count && x->texts[text] < b->seq[i]; text++)
                st = tell(x, x->texts[text], fn);
            if (st == CONSENT_OK)
                st = tell(x, b->seq[i], fn);
        }
    }
    for (; st == CONSENT_OK && text < x->text_count; text++)
        st = tell(x, x->texts[text], fn);
    consent__release(x->cx->env, b);
    return st;
}

static consent_status put_stream(exporter *x, const char *name, event_fn fn) {
    consent_status st = file_open(x, name);
    if (st == CONSENT_OK)
        st = file_put(x, "", 0); /* it may stay empty */
    if (st == CONSENT_OK)
        st = each_event(x, fn);
    if (st == CONSENT_OK)
        file_close(x);
    return st;
}

/* ---- keys ---- */

static consent_status put_keys(exporter *x) {
    consent__buf *b = &x->out;
    consent_rows *rows = NULL;
    consent_status st = consent__ledger_keys(x->cx, x->store, x->view.tx, &rows);
    if (st != CONSENT_OK)
        return st;
    consent__buf_reset(b);
    for (size_t i = 0; i < consent_rows_count(rows); i++) {
        const char *note = consent_rows_text(rows, i, "note");
        consent__buf line;
        consent__buf_init(&line, x->cx->env);
        consent__write_open(&line, NULL, '{');
        consent__write_text(&line, "key", consent_rows_text(rows, i, "key"));
        if (note)
            consent__write_text(&line, "note", note);
        consent__write_int(&line, "seq", consent_rows_number(rows, i, "seq", 0));
        consent__write_close(&line, '}');
        consent__buf_put(b, line.data, line.len);
        b->failed |= line.failed;
        consent__buf_byte(b, '\n');
        consent__buf_free(&line);
    }
    consent_rows_free(rows);
    return b->failed ? consent__no_memory(x->cx) : file_whole(x, "keys.jsonl", b->data, b->len);
}

/* ---- manifest ---- */

static int by_name(const void *a, const void *b) {
    return strcmp(((const listing *)a)->name, ((const listing *)b)->name);
}

static void manifest_json(exporter *x, consent__buf *b) {
    qsort(x->files, x->file_count, sizeof *x->files, by_name);
    consent__write_open(b, NULL, '{');
    consent__write_int(b, "at", x->view.now);
    consent__write_int(b, "events", x->events);
    consent__write_open(b, "files", '[');
    for (size_t i = 0; i < x->file_count; i++) {
        consent__write_open(b, NULL, '{');
        consent__write_int(b, "bytes", x->files[i].bytes);
        consent__write_text(b, "name", x->files[i].name);
        consent__write_hex(b, "sha256", x->files[i].sha256, CONSENT__HASH);
        consent__write_close(b, '}');
    }
    consent__write_close(b, ']');
    consent__write_text(b, "format", CONSENT__EVIDENCE_FORMAT);
    consent__write_text(b, "key", consent__buf_cstr(&x->vkey));
    consent__write_int(b, "receipts", x->receipts);
    consent__write_hex(b, "root", x->prover.root, CONSENT__HASH);
    consent__write_int(b, "size", x->view.head.size);
    consent__write_text(b, "subject", x->subject ? x->uid : NULL);
    consent__write_int(b, "v", 1);
    consent__write_close(b, '}');
}

static consent_status manifest_note(exporter *x, const consent__buf *manifest, consent__buf *note) {
    uint8_t hash[CONSENT__HASH], public_key[32], signature[CONSENT__SIGNATURE];
    char origin[64], hex[2 * CONSENT__HASH + 1];
    consent__sha256(manifest->data, manifest->len, hash);
    consent__hex(hash, CONSENT__HASH, hex);
    consent__origin(x->store, origin);
    consent__buf_format(note, "%s\nevidence manifest\n%s\n", origin, hex);
    if (note->failed)
        return consent__no_memory(x->cx);
    consent_status st = consent__log_sign_in(x->cx, x->store, x->view.tx, note->data, note->len,
                                             public_key, signature);
    if (st == CONSENT_OK)
        consent__note_sign_line(note, origin, public_key, signature);
    return st == CONSENT_OK && note->failed ? consent__no_memory(x->cx) : st;
}

static consent_status put_manifest(exporter *x) {
    consent__buf manifest, note;
    consent__buf_init(&manifest, x->cx->env);
    consent__buf_init(&note, x->cx->env);
    manifest_json(x, &manifest);
    consent_status st =
        manifest.failed ? consent__no_memory(x->cx) : manifest_note(x, &manifest, &note);
    if (st == CONSENT_OK)
        st = file_whole(x, "manifest.json", manifest.data, manifest.len);
    if (st == CONSENT_OK)
        st = file_whole(x, "manifest.note", note.data, note.len);
    consent__buf_free(&manifest);
    consent__buf_free(&note);
    return st;
}

/* ---- the whole ---- */

static consent_status open_signer(exporter *x) {
    char origin[64];
    uint8_t public_key[32];
    consent_status st = consent__prover_open(x->cx, &x->view, &x->prover);
    x->prover.leaves = &x->leaves;
    if (st == CONSENT_OK)
        st = consent__checkpoint_sign(x->cx, x->store, x->view.tx, x->prover.tree.size,
                                      x->prover.root, &x->note);
    if (st == CONSENT_OK)
        st = consent__log_key(x->cx, x->store, x->view.tx, public_key);
    if (st == CONSENT_OK) {
        consent__origin(x->store, origin);
        consent__note_vkey(&x->vkey, origin, public_key);
        consent__buf_cstr(&x->vkey);
    }
    return st == CONSENT_OK && x->vkey.failed ? consent__no_memory(x->cx) : st;
}

static consent_status put_all(exporter *x) {
    consent__buf *b = &x->out;
    consent__buf_format(b, "%s\n", consent__buf_cstr(&x->vkey));
    if (b->failed)
        return consent__no_memory(x->cx);
    consent_status st =
        file_whole(x, "README.md", consent__evidence_readme, strlen(consent__evidence_readme));
    if (st == CONSENT_OK)
        st = file_whole(x, "key.txt", b->data, b->len);
    if (st == CONSENT_OK)
        st = put_keys(x);
    if (st == CONSENT_OK)
        st = file_whole(x, "checkpoint.txt", x->note.data, x->note.len);
    if (st == CONSENT_OK)
        st = put_texts(x);
    if (st == CONSENT_OK)
        st = put_stream(x, "events.jsonl", put_event);
    if (st == CONSENT_OK)
        st = put_stream(x, "receipts.txt", put_receipt);
    return st == CONSENT_OK ? put_manifest(x) : st;
}

static consent_status summary(exporter *x, consent_rows **out) {
    char hex[2 * CONSENT__HASH + 1];
    consent_rows *r =
        consent__rows_new(x->cx->env, "files n,events n,receipts n,size n,root t,key t");
    consent__hex(x->prover.root, CONSENT__HASH, hex);
    consent__rows_add(r);
    consent__rows_number(r, 0, (int64_t)x->file_count);
    consent__rows_number(r, 1, x->events);
    consent__rows_number(r, 2, x->receipts);
    consent__rows_number(r, 3, x->view.head.size);
    consent__rows_text(r, 4, hex);
    consent__rows_text(r, 5, consent__buf_cstr(&x->vkey));
    return consent__rows_finish(x->cx, r, out);
}

static consent_status find_subject(exporter *x, const char *id) {
    consent__subject found;
    if (!id)
        return CONSENT_OK;
    consent_status st = consent__subject_need(x->cx, x->store, x->view.tx, id, &x->arena, &found);
    if (st != CONSENT_OK)
        return st;
    x->subject = found.id;
    consent__hex(found.uid, CONSENT__UID, x->uid);
    consent__wipe(found.key, sizeof found.key);
    return consent__gone_count(x->cx, &x->view, &found);
}

consent_status consent__flow_evidence_export(const consent__cx *cx, consent_store *s,
                                             const char *subject, consent_evidence_fn give,
                                             void *user, consent_rows **out) {
    exporter *x = consent__alloc(cx->env, sizeof *x);
    if (!x)
        return consent__no_memory(cx);
    *x = (exporter){.cx = cx, .store = s, .give = give, .user = user};
    consent_status st = consent__view_open(cx, s, &x->view);
    if (st != CONSENT_OK) {
        consent__release(cx->env, x);
        return st;
    }
    consent__buf_init(&x->note, cx->env);
    consent__buf_init(&x->vkey, cx->env);
    consent__buf_init(&x->out, cx->env);
    consent__arena_init(&x->arena, cx->env);
    st = consent__gone_check(cx, &x->view); /* what is left out was erased, and not lost */
    if (st == CONSENT_OK)
        st = find_subject(x, subject);
    if (st == CONSENT_OK)
        st = open_signer(x);
    if (st == CONSENT_OK)
        st = put_all(x);
    if (st == CONSENT_OK)
        st = summary(x, out);
    consent__view_close(&x->view);
    consent__arena_free(&x->arena);
    consent__buf_wipe_free(&x->out);
    consent__buf_free(&x->vkey);
    consent__buf_free(&x->note);
    consent__release(cx->env, x->files);
    consent__release(cx->env, x->texts);
    consent__release(cx->env, x);
    return st;
}
