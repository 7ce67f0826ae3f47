/* SPDX-License-Identifier: Apache-2.0 */
/* A complete export becomes a store of evidence: every line is held against the ledger it tells of,
 * bodies are sealed anew, states are replayed. One transaction: the store comes to be whole, or not
 * at all. */
#include <stdio.h>
#include <string.h>

#include "flow/gone.h"
#include "flow/key.h"
#include "flow/policy.h"
#include "flow/verify.h"
#include "flow/whole.h"
#include "util/file.h"
#include "util/text.h"
#include "json/event.h"
#include "json/json.h"

#define LINE_MOST ((size_t)128 * 1024 * 1024) /* two documents of 16 MiB, escaped */

typedef struct importer {
    const char *key; /* the only one that is trusted; NULL */
    consent__lines file;
    consent__buf bytes;
    consent__arena arena; /* of a line */
    consent__arena keep;  /* of the head */
    consent__line line, head;
    consent__identity as;
    char *name; /* origin */
    consent__hasher hash;
    int64_t lines;
    consent__line_type last;
} importer;

static consent_status refuse(const consent__cx *cx, const importer *im, const char *where,
                             const char *why) {
    return consent__fail_at(cx, CONSENT_E_INPUT, where, im->file.offset, "line %lld: %s",
                            (long long)im->file.number, why);
}

/* ---- lines ---- */

static consent_status bare_line(const consent__cx *cx, importer *im, const char *text) {
    consent_status st = consent__lines_next(cx, &im->file, 64, &im->bytes);
    if (st != CONSENT_OK && st != CONSENT_DONE && st != CONSENT_E_LIMIT)
        return st;
    if (st != CONSENT_OK || im->bytes.len != 1 || im->bytes.data[0] != (uint8_t)*text) {
        consent__forget(cx);
        return consent__fail_at(cx, CONSENT_E_SYNTAX, NULL, im->file.offset,
                                "line %lld is not \"%s\": it is no complete export",
                                (long long)im->file.number, text);
    }
    return CONSENT_OK;
}

/* One element, into im->line. */
static consent_status next_line(const consent__cx *cx, importer *im) {
    consent__arena_reset(&im->arena);
    consent_status st = consent__lines_next(cx, &im->file, LINE_MOST, &im->bytes);
    if (st == CONSENT_DONE)
        return consent__fail_at(cx, CONSENT_E_SYNTAX, NULL, im->file.offset,
                                "the file ends after line %lld: it was cut off",
                                (long long)im->file.number - 1);
    if (st != CONSENT_OK)
        return st;
    size_t n = im->bytes.len;
    bool more = n > 0 && im->bytes.data[n - 1] == ',';
    st = consent__line_read(cx, im->bytes.data, n - more, im->file.number, im->file.offset,
                            &im->arena, &im->line);
    if (st != CONSENT_OK)
        return st;
    if (more == (im->line.type == LINE_END))
        return refuse(cx, im, NULL, "a comma is missing, or follows the last element");
    if (im->lines && (im->line.type < im->last || im->line.type == LINE_LEDGER))
        return refuse(cx, im, "/type", "the element does not stand in its place");
    im->last = im->line.type;
    if (im->line.type != LINE_END) {
        consent__hasher_put(&im->hash, im->bytes.data, n - 1);
        consent__hasher_put(&im->hash, "\n", 1);
        im->lines++;
    }
    return CONSENT_OK;
}

/* ---- the head ---- */

static consent_status check_head(const consent__cx *cx, importer *im) {
    const consent__line *l = &im->line;
    consent__checkpoint point;
    char origin[96];
    if (strcmp(l->text[L_format], CONSENT__WHOLE_FORMAT) != 0 || l->number[L_v] != 1)
        return refuse(cx, im, "/format", "it is no complete export of version 1");
    if (l->length[L_store] != 32 || !consent__unhex(l->text[L_store], im->as.id, 16))
        return refuse(cx, im, "/store", "it is no id of a store");
    if (l->number[L_generation] < 1)
        return refuse(cx, im, "/generation", "there is no such generation");
    snprintf(origin, sizeof origin, "libconsent/%s/%lld", l->text[L_store],
             (long long)l->number[L_generation]);
    consent_status st =
        consent__note_vkey_parse(cx, l->text[L_key], &im->keep, &im->name, im->as.log_public);
    if (st != CONSENT_OK)
        return st;
    if (strcmp(im->name, origin) != 0)
        return refuse(cx, im, "/key", "the key is not of that store and generation");
    if (im->key && strcmp(im->key, l->text[L_key]) != 0)
        return consent__fail_at(cx, CONSENT_E_SIGNATURE, "/key", im->file.offset,
                                "the export is of another log than the key given, or of another "
                                "time of it");
    st = consent__checkpoint_open(cx, l->text[L_checkpoint], l->length[L_checkpoint], im->name,
                                  im->as.log_public, &im->keep, &point);
    if (st != CONSENT_OK)
        return st;
    if (strcmp(point.origin, im->name) != 0 || point.size != (uint64_t)l->number[L_size] ||
        memcmp(point.root, l->bytes[L_root], CONSENT__HASH) != 0)
        return refuse(cx, im, "/checkpoint", "the signed head is of another origin, size or root");
    im->as.generation = l->number[L_generation];
    im->as.part = CONSENT__LINE_HAS(l, uid);
    im->as.evidence_len = l->length[L_checkpoint];
    im->as.evidence =
        consent__arena_text(&im->keep, l->text[L_checkpoint], l->length[L_checkpoint]);
    im->head = *l; /* its numbers and hashes; the texts end with the line */
    return im->as.evidence ? CONSENT_OK : consent__no_memory(cx);
}

/* ---- texts and documents ---- */

static consent_status its_profile(const consent__cx *cx, void *user, const char *key,
                                  const void **bytes, size_t *n) {
    const importer *im = user;
    (void)cx;
    (void)key;
    *bytes = im->line.text[L_profile];
    *n = im->line.length[L_profile];
    return CONSENT_OK;
}

static consent_status take_version(const consent__cx *cx, consent__work *w, importer *im) {
    const consent__line *l = &im->line;
    const consent__policy *p = NULL;
    consent_status st = consent__bundle_read(cx, l->text[L_bundle], l->length[L_bundle],
                                             its_profile, im, &im->arena, &p);
    if (st != CONSENT_OK)
        return st;
    if (strcmp(p->key, l->text[L_policy]) != 0 || strcmp(p->version, l->text[L_label]) != 0)
        return refuse(cx, im, "/label", "the bundle is of another policy or version");
    consent__version_row row = {.id = l->number[L_id],
                                .policy = p->key,
                                .label = p->version,
                                .bytes = (const uint8_t *)l->text[L_bundle],
                                .len = l->length[L_bundle],
                                .profile = (const uint8_t *)l->text[L_profile],
                                .profile_len = l->length[L_profile],
                                .imported_seq = l->number[L_imported],
                                .imported_at = l->number[L_imported_at],
                                .published_seq = -1,
                                .published_at = INT64_MIN,
                                .effective_at = p->effective_at};
    consent__sha256(row.bytes, row.len, row.sha256);
    st = w->store->engine->version_put(cx, w->tx, &row);
    consent__work_catalog_changed(w);
    return st;
}

static consent_status take_document(const consent__cx *cx, consent__work *w,
                                    const consent__line *l) {
    consent__document_row row = {.kind = l->text[L_kind],
                                 .key = l->text[L_key],
                                 .seq = l->number[L_seq],
                                 .bytes = (const uint8_t *)l->text[L_text],
                                 .len = l->length[L_text]};
    consent__sha256(row.bytes, row.len, row.sha256);
    consent_status st = w->store->engine->document_put(cx, w->tx, &row);
    consent__work_catalog_changed(w);
    return st;
}

static consent_status take_checkpoint(const consent__cx *cx, consent__work *w,
                                      const consent__line *l) {
    consent__checkpoint_row row = {l->number[L_size], l->number[L_at], l->text[L_note],
                                   l->length[L_note]};
    return w->store->engine->checkpoint_put(cx, w->tx, &row);
}

/* ---- events ---- */

/* A number and a key for a uid that is new here. */
static consent_status add_subject(const consent__cx *cx, consent__work *w, const uint8_t uid[16],
                                  consent__subject *out) {
    memset(out, 0, sizeof *out);
    memcpy(out->uid, uid, CONSENT__UID);
    consent_status st = w->store->engine->subject_next(cx, w->tx, &out->id);
    if (st == CONSENT_OK)
        st = consent__random(cx, out->salt, CONSENT__SALT);
    if (st == CONSENT_OK)
        st = w->store->engine->subject_add(cx, w->tx, out->id, uid, out->salt);
    return st;
}

static consent_status subject_of(const consent__cx *cx, consent__work *w, importer *im,
                                 const consent__event *e, consent__subject *out) {
    consent__subject_row row;
    consent_status st = w->store->engine->subject_by_uid(cx, w->tx, e->uid_, &row);
    if (im->as.part && memcmp(e->uid_, im->head.bytes[L_uid], CONSENT__UID) != 0)
        return refuse(cx, im, "/body", "the event is of another subject than the export");
    if (st == CONSENT_OK) {
        memset(out, 0, sizeof *out);
        out->id = row.subject;
        memcpy(out->uid, row.uid, CONSENT__UID);
        memcpy(out->salt, row.salt, CONSENT__SALT);
        if (e->kind == EV_SUBJECT_REGISTERED)
            return refuse(cx, im, "/body", "the subject is registered twice");
    } else if (st == CONSENT_E_NOT_FOUND) {
        if (e->kind != EV_SUBJECT_REGISTERED)
            return refuse(cx, im, "/body", "the subject was never registered");
        st = add_subject(cx, w, e->uid_, out);
    }
    if (st == CONSENT_OK)
        consent__subject_key(w->store->keys, out->salt, out->uid, out->key);
    return st;
}

/* Somebody of whom nothing is left but that they were. */
static consent_status take_erasure(const consent__cx *cx, consent__work *w, importer *im,
                                   const consent__event *e) {
    const consent__engine *engine = w->store->engine;
    consent__subject_row row;
    consent__subject subject;
    int64_t bodies = 0;
    consent_status st = engine->subject_by_uid(cx, w->tx, e->uid_, &row);
    if (st == CONSENT_OK)
        return refuse(cx, im, "/body", "bodies of somebody who was erased are there");
    if (st == CONSENT_E_NOT_FOUND)
        st = add_subject(cx, w, e->uid_, &subject);
    return st == CONSENT_OK ? engine->subject_erase(cx, w->tx, subject.id, &bodies) : st;
}

/* That a host's idempotency key was used; what for (the digest) is nobody's to ask here. */
static consent_status put_key(const consent__cx *cx, consent__work *w,
                              const consent__subject *subject, const consent__event *e) {
    consent__idem_row row = {.subject = subject->id, .seq = w->head.size - 1};
    if (e->kind < EV_CONSENT_GRANTED || e->kind > EV_CONSENT_IMPLIED ||
        !CONSENT__HAS(e, idempotency) || strlen(e->idempotency_) != 2 * sizeof row.key ||
        !consent__unhex(e->idempotency_, row.key, sizeof row.key))
        return CONSENT_OK;
    row.digest[0] = (uint8_t)~row.key[0]; /* the same in both would tell of a receipt */
    return w->store->engine->idem_put(cx, w->tx, &row);
}

/* The text that came before is the one that the event names. */
static consent_status check_text(const consent__cx *cx, consent__work *w, const importer *im,
                                 const consent__event *e) {
    const consent__catalog *c = NULL;
    char hex[2 * CONSENT__HASH + 1] = "";
    consent_status st = consent__work_catalog(cx, w, &c);
    if (st != CONSENT_OK)
        return st;
    int32_t index = consent__catalog_policy(c, e->policy_);
    const consent__version *v = index < 0 ? NULL : consent__catalog_version(c, index, e->version_);
    if (v)
        consent__hex(v->sha256, CONSENT__HASH, hex);
    return strcmp(hex, e->sha256_) == 0
               ? CONSENT_OK
               : refuse(cx, im, "/body", "the text of the version is another than the event names");
}

static consent_status take_body(const consent__cx *cx, consent__work *w, importer *im,
                                const consent__event_row *row, consent__event_kind kind) {
    const consent__cx quiet = {cx->env, NULL, cx->op};
    const consent__line *l = &im->line;
    bool clear = consent__kind_table[kind].store;
    uint8_t commitment[CONSENT__HASH];
    consent__subject subject;
    consent__event e;
    consent__commitment(l->bytes[L_nonce], l->text[L_body], l->length[L_body], commitment);
    if (memcmp(commitment, row->commitment, CONSENT__HASH) != 0)
        return refuse(cx, im, "/body", "body and nonce are not what the event committed to");
    consent_status st = consent__event_decode(&quiet, kind, row->seq, l->text[L_body],
                                              l->length[L_body], &im->arena, &e);
    if (st != CONSENT_OK)
        return st == CONSENT_E_MEMORY ? consent__no_memory(cx)
                                      : refuse(cx, im, "/body", "it is no body of that kind");
    e.kind = kind;
    if (!clear)
        st = subject_of(cx, w, im, &e, &subject);
    if (st == CONSENT_OK)
        st = consent__append_again(cx, w, clear ? NULL : &subject, row, l->bytes[L_nonce],
                                   l->text[L_body], l->length[L_body]);
    if (st == CONSENT_OK && !clear)
        st = put_key(cx, w, &subject, &e);
    if (!clear)
        consent__wipe(&subject, sizeof subject);
    if (st == CONSENT_OK && kind == EV_POLICY_IMPORTED)
        st = check_text(cx, w, im, &e);
    if (st == CONSENT_OK && kind == EV_SUBJECT_ERASED)
        st = take_erasure(cx, w, im, &e);
    if (st == CONSENT_OK && kind == EV_POLICY_PUBLISHED)
        st = consent__publish_again(cx, w, e.policy_, e.version_, row->seq, row->at,
                                    consent__event_in_force(&e, row->at));
    return st;
}

static consent_status take_event(const consent__cx *cx, consent__work *w, importer *im) {
    const consent__line *l = &im->line;
    const char *state = l->text[L_state];
    int32_t kind = consent__event_kind_of(l->text[L_kind]);
    consent__event_row row = {
        .seq = l->number[L_seq], .at = l->number[L_at], .kind = l->text[L_kind]};
    if (row.seq != w->head.size)
        return refuse(cx, im, "/seq", "an event is missing, or stands out of its order");
    if (row.seq && row.at < w->head.at)
        return refuse(cx, im, "/at", "the event is older than the one before");
    if (kind < 0)
        return refuse(cx, im, "/kind", "this library does not know such events");
    memcpy(row.commitment, l->bytes[L_commitment], CONSENT__HASH);
    if (!consent__leaf(row.seq, row.at, row.kind, row.commitment, row.leaf) ||
        memcmp(row.leaf, l->bytes[L_leaf], CONSENT__HASH) != 0)
        return refuse(cx, im, "/leaf", "number, time, kind and commitment do not give the leaf");
    bool body = CONSENT__LINE_HAS(l, body) && CONSENT__LINE_HAS(l, nonce);
    if (body && !state)
        return take_body(cx, w, im, &row, (consent__event_kind)kind);
    bool withheld = state && strcmp(state, "withheld") == 0;
    if (CONSENT__LINE_HAS(l, body) || CONSENT__LINE_HAS(l, nonce) || !state ||
        (!withheld && strcmp(state, "erased") != 0) || (withheld && !im->as.part) ||
        consent__kind_table[kind].store)
        return refuse(cx, im, "/body",
                      "body and nonce are there, or the event is told to be "
                      "erased, or withheld from the export of one subject");
    return consent__append_again(cx, w, NULL, &row, NULL, NULL, 0);
}

/* ---- lists ---- */

static consent_status take_request(const consent__cx *cx, consent__work *w, importer *im) {
    const consent__line *l = &im->line;
    consent__subject_row subject = {.subject = 0};
    consent_status st = CONSENT_OK;
    if (CONSENT__LINE_HAS(l, uid))
        st = w->store->engine->subject_by_uid(cx, w->tx, l->bytes[L_uid], &subject);
    if (st == CONSENT_E_NOT_FOUND)
        return refuse(cx, im, "/uid", "there is no such subject");
    consent__request_row row = {
        .number = l->number[L_number],
        .subject = subject.subject,
        .kind = l->text[L_kind],
        .state = l->text[L_state],
        .open = l->number[L_open] != 0,
        .received_at = l->number[L_received_at],
        .due = CONSENT__LINE_HAS(l, due) ? l->number[L_due] : INT64_MIN,
        .provisional = l->number[L_provisional] != 0,
    };
    return st == CONSENT_OK ? w->store->engine->request_put(cx, w->tx, &row) : st;
}

static consent_status take_remainder(const consent__cx *cx, consent__work *w,
                                     const consent__line *l) {
    consent__remainder_row row = {.item = l->text[L_item],
                                  .reason = l->text[L_reason],
                                  .seq = l->number[L_seq],
                                  .until =
                                      CONSENT__LINE_HAS(l, until) ? l->number[L_until] : INT64_MIN};
    memcpy(row.uid, l->bytes[L_uid], CONSENT__UID);
    return w->store->engine->remainder_put(cx, w->tx, &row);
}

static consent_status take_task(const consent__cx *cx, consent__work *w, const consent__line *l) {
    consent__task_row row = {.recipient = l->text[L_recipient],
                             .items = l->text[L_items],
                             .seq = l->number[L_seq],
                             .done = -1};
    memcpy(row.uid, l->bytes[L_uid], CONSENT__UID);
    consent_status st = w->store->engine->task_put(cx, w->tx, &row);
    if (st == CONSENT_OK && CONSENT__LINE_HAS(l, done))
        st = w->store->engine->task_done(cx, w->tx, row.uid, row.recipient, l->number[L_done]);
    return st;
}

/* ---- the end ---- */

static consent_status take_end(const consent__cx *cx, importer *im) {
    const consent__line *l = &im->line;
    uint8_t hash[CONSENT__HASH];
    size_t text_n = 0;
    consent__buf want;
    if (l->number[L_lines] != im->lines)
        return refuse(cx, im, "/lines", "there were more elements, or fewer");
    if (!CONSENT__LINE_HAS(l, note))
        return im->key ? consent__fail_at(cx, CONSENT_E_SIGNATURE, "/note", im->file.offset,
                                          "the export as a whole is not signed")
                       : CONSENT_OK;
    consent_status st = consent__note_open(cx, l->text[L_note], l->length[L_note], im->name,
                                           im->as.log_public, &text_n);
    if (st != CONSENT_OK)
        return st;
    consent__hasher_end(&im->hash, hash);
    consent__buf_init(&want, cx->env);
    consent__whole_note(&want, im->name, hash);
    bool same =
        !want.failed && want.len == text_n && memcmp(want.data, l->text[L_note], text_n) == 0;
    bool failed = want.failed;
    consent__buf_free(&want);
    if (failed)
        return consent__no_memory(cx);
    return same ? CONSENT_OK
                : consent__fail_at(cx, CONSENT_E_SIGNATURE, "/note", im->file.offset,
                                   "an element before is not the one that was signed");
}

static consent_status check_root(const consent__cx *cx, const consent__work *w,
                                 const importer *im) {
    uint8_t root[CONSENT__HASH];
    consent__tree_root(&w->tree, root);
    if (w->head.size != im->head.number[L_size])
        return consent__fail(cx, CONSENT_E_PROOF, "there are %lld events, not the %lld signed",
                             (long long)w->head.size, (long long)im->head.number[L_size]);
    if (memcmp(root, im->head.bytes[L_root], CONSENT__HASH) != 0)
        return consent__fail(cx, CONSENT_E_PROOF,
                             "the events do not give the root that was signed");
    return CONSENT_OK;
}

/* What the checks read, from the events. */
static consent_status put_state(const consent__cx *cx, consent__work *w, consent__view *v,
                                int64_t id) {
    consent__subject_row row, other;
    consent__subject subject;
    bool known = false;
    consent_status st = w->store->engine->subject_by_id(cx, w->tx, id, &row);
    if (st != CONSENT_OK)
        return st == CONSENT_E_NOT_FOUND ? CONSENT_OK : st;
    memset(&subject, 0, sizeof subject);
    subject.id = id;
    memcpy(subject.uid, row.uid, CONSENT__UID);
    memcpy(subject.salt, row.salt, CONSENT__SALT);
    consent__subject_key(w->store->keys, subject.salt, subject.uid, subject.key);
    consent__arena_reset(&w->scratch->arena);
    st = consent__subject_as_of(cx, v, &subject, w->head.size, &subject.state, &known);
    if (st == CONSENT_OK && known) {
        const char *external = subject.state.external;
        consent__lookup(w->store->keys, external, strlen(external), subject.lookup);
        st = w->store->engine->subject_get(cx, w->tx, subject.lookup, &other);
        if (st == CONSENT_OK)
            st = consent__fail(cx, CONSENT_E_INPUT, "two subjects bear one id");
        else if (st == CONSENT_E_NOT_FOUND)
            st = consent__state_save(cx, w, &subject);
    }
    consent__wipe(subject.key, sizeof subject.key);
    return st;
}

static consent_status put_states(const consent__cx *cx, consent__work *w, bool part) {
    const consent__catalog *catalog = NULL;
    int64_t next = 1;
    consent_status st = consent__work_catalog(cx, w, &catalog);
    if (st == CONSENT_OK)
        st = w->store->engine->subject_next(cx, w->tx, &next);
    consent__view v = {.store = w->store,
                       .tx = w->tx,
                       .head = w->head,
                       .snapshot = w->snapshot,
                       .catalog = catalog,
                       .scratch = w->scratch,
                       .clock = w->clock,
                       .now = w->now};
    for (int64_t id = 1; st == CONSENT_OK && id < next; id++)
        st = put_state(cx, w, &v, id);
    /* "erased" is what the erasures account for, and no more; what was withheld is gone as well. */
    return st == CONSENT_OK && !part ? consent__gone_check(cx, &v) : st;
}

/* Texts and documents against the hashes in their events, both ways. */
static consent_status check_catalog(const consent__cx *cx, consent__work *w) {
    consent__verifying *v = consent__alloc(cx->env, sizeof *v);
    if (!v)
        return consent__no_memory(cx);
    v->store = w->store;
    v->tx = w->tx;
    v->head = w->head;
    v->size = w->head.size;
    consent__findings_init(&v->findings, cx->env);
    consent__arena_init(&v->arena, cx->env);
    consent_status st = consent__verify_catalog(cx, v);
    if (st == CONSENT_OK && v->findings.failed)
        st = consent__no_memory(cx);
    if (st == CONSENT_OK && v->findings.count)
        st = consent__fail(cx, CONSENT_E_INPUT, "%s: %s", v->findings.v[0].what,
                           v->findings.v[0].message);
    consent__findings_free(&v->findings);
    consent__arena_free(&v->arena);
    consent__release(cx->env, v);
    return st;
}

/* ---- the whole ---- */

static consent_status take_line(const consent__cx *cx, consent__work *w, importer *im) {
    const consent__line *l = &im->line;
    consent__arena_reset(&w->scratch->arena);
    switch (l->type) {
    case LINE_VERSION:
        return take_version(cx, w, im);
    case LINE_DOCUMENT:
        return take_document(cx, w, l);
    case LINE_CHECKPOINT:
        return take_checkpoint(cx, w, l);
    case LINE_EVENT:
        return take_event(cx, w, im);
    case LINE_REQUEST:
        return take_request(cx, w, im);
    case LINE_REMAINDER:
        return take_remainder(cx, w, l);
    case LINE_TASK:
        return take_task(cx, w, l);
    case LINE_END:
        return take_end(cx, im);
    default:
        return refuse(cx, im, "/type", "the element does not stand in its place");
    }
}

/* What the engine refuses (a number twice, a reference to nothing) is a fault of the file. */
static consent_status as_input(const consent__cx *cx, const importer *im, consent_status st) {
    if (st != CONSENT_E_ENGINE && st != CONSENT_E_CONFLICT && st != CONSENT_E_NOT_FOUND)
        return st;
    consent__forget(cx);
    return refuse(cx, im, NULL, "the element contradicts one before it");
}

static consent_status import_work(const consent__cx *cx, consent__work *w, void *user) {
    importer *im = user;
    consent_status st = CONSENT_OK;
    w->store->engine->expect(w->tx, im->head.number[L_size]);
    do {
        st = next_line(cx, im);
        if (st == CONSENT_OK)
            st = as_input(cx, im, take_line(cx, w, im));
    } while (st == CONSENT_OK && im->line.type != LINE_END);
    if (st == CONSENT_OK)
        st = bare_line(cx, im, "]");
    if (st == CONSENT_OK && consent__lines_next(cx, &im->file, 64, &im->bytes) != CONSENT_DONE) {
        consent__forget(cx);
        st = consent__fail_at(cx, CONSENT_E_SYNTAX, NULL, im->file.offset,
                              "something follows the end of the export");
    }
    if (st == CONSENT_OK)
        st = check_root(cx, w, im);
    if (st == CONSENT_OK)
        st = check_catalog(cx, w);
    return st == CONSENT_OK ? put_states(cx, w, im->as.part) : st;
}

consent_status consent__flow_evidence_import(const consent__cx *cx, const char *path,
                                             const consent_options *o, const char *file,
                                             const char *key, consent_store **out) {
    importer *im = consent__alloc(cx->env, sizeof *im);
    if (!im)
        return consent__no_memory(cx);
    im->key = key;
    consent__buf_init(&im->bytes, cx->env);
    consent__arena_init(&im->arena, cx->env);
    consent__arena_init(&im->keep, cx->env);
    consent__hasher_init(&im->hash);
    consent_status st = consent__seal_init(cx);
    if (st == CONSENT_OK)
        st = consent__lines_open(cx, file, &im->file);
    if (st == CONSENT_OK)
        st = bare_line(cx, im, "[");
    if (st == CONSENT_OK)
        st = next_line(cx, im);
    if (st == CONSENT_OK && im->line.type != LINE_LEDGER)
        st = refuse(cx, im, "/type", "the first element is no head of a ledger");
    if (st == CONSENT_OK)
        st = check_head(cx, im);
    if (st == CONSENT_OK)
        st = consent__store_create_as(cx, path, o, &im->as, import_work, im, out);
    consent__lines_close(&im->file);
    consent__buf_wipe_free(&im->bytes);
    consent__arena_free(&im->arena);
    consent__arena_free(&im->keep);
    consent__release(cx->env, im);
    return st;
}
