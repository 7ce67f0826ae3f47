/* SPDX-License-Identifier: Apache-2.0 */
/* The manifest, its signature, the keys and the checkpoint: who vouches for the rest. */
#include <string.h>

#include "flow/evidence.h"
#include "util/text.h"
#include "json/json.h"

#define FILES_MAX 100000

consent_status consent__evidence_canonical(const consent__cx *cx, const void *bytes, size_t n,
                                           consent__buf *out, const char **why) {
    const consent__cx quiet = {cx->env, NULL, cx->op};
    size_t start = out->len;
    consent_status st = consent__json_canonical(&quiet, bytes, n, out);
    if (st == CONSENT_E_MEMORY || out->failed)
        return consent__no_memory(cx);
    if (st != CONSENT_OK) {
        *why = st == CONSENT_E_DUPLICATE ? "DUPLICATE_MEMBER" : "MALFORMED";
        out->len = start;
    }
    return CONSENT_OK;
}

/* ---- names ---- */

static bool hash_name(const char *name, const char *folder) {
    uint8_t hash[CONSENT__HASH];
    char hex[2 * CONSENT__HASH + 1];
    size_t n = strlen(folder);
    if (strncmp(name, folder, n) != 0 || strlen(name) != n + 2 * CONSENT__HASH + 5 ||
        strcmp(name + n + 2 * CONSENT__HASH, ".json") != 0)
        return false;
    memcpy(hex, name + n, 2 * CONSENT__HASH);
    hex[2 * CONSENT__HASH] = '\0';
    return consent__unhex(hex, hash, CONSENT__HASH);
}

/* Whoever reads the files opens what the manifest names: never a path that leads elsewhere. */
static bool plain_name(const char *name) {
    size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");
    return n > 0 && n <= 100 && name[n] == '\0' && name[0] != '.';
}

static const struct {
    const char *name;
    consent__evidence_role role;
} fixed[] = {{"key.txt", EVIDENCE_KEY},
             {"keys.jsonl", EVIDENCE_KEYS},
             {"checkpoint.txt", EVIDENCE_CHECKPOINT},
             {"events.jsonl", EVIDENCE_EVENTS},
             {"receipts.txt", EVIDENCE_RECEIPTS}};

int consent__evidence_role_of(const char *name) {
    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++)
        if (strcmp(name, fixed[i].name) == 0)
            return (int)fixed[i].role;
    if (hash_name(name, "profiles/"))
        return EVIDENCE_PROFILE;
    if (hash_name(name, "policies/"))
        return EVIDENCE_POLICY;
    return plain_name(name) && strcmp(name, "manifest.json") != 0 &&
                   strcmp(name, "manifest.note") != 0
               ? EVIDENCE_OTHER
               : -1;
}

/* ---- manifest.json ---- */

typedef struct list {
    consent__evidence_file *v;
    size_t count, cap;
} list;

static bool read_file(consent__reader *r, consent__arena *a, consent__evidence_file *f) {
    const char *name, *text;
    size_t n;
    bool has_bytes = false, has_hash = false;
    if (!consent__reader_object(r))
        return false;
    while (consent__reader_member(r, a, &name)) {
        if (strcmp(name, "bytes") == 0)
            has_bytes = consent__reader_int(r, &f->bytes) && f->bytes >= 0;
        else if (strcmp(name, "name") == 0)
            f->name = consent__reader_string(r, a, &text, &n) && strlen(text) == n ? text : NULL;
        else if (strcmp(name, "sha256") == 0)
            has_hash = consent__reader_string(r, a, &text, &n) && n == 64 &&
                       consent__unhex(text, f->sha256, 32);
        else
            return false;
    }
    int role = f->name ? consent__evidence_role_of(f->name) : -1;
    f->role = (consent__evidence_role)role;
    return !r->bad && has_bytes && has_hash && role >= 0;
}

static bool read_files(consent__reader *r, consent__arena *a, list *l) {
    if (!consent__reader_array(r))
        return false;
    while (consent__reader_element(r)) {
        if (l->count == l->cap) {
            size_t cap = l->cap ? 2 * l->cap : 32;
            consent__evidence_file *more = consent__arena_get(a, cap * sizeof *more);
            if (!more) {
                r->no_memory = true;
                return false;
            }
            if (l->count)
                memcpy(more, l->v, l->count * sizeof *more);
            l->v = more;
            l->cap = cap;
        }
        consent__evidence_file *f = &l->v[l->count];
        memset(f, 0, sizeof *f);
        if (l->count == FILES_MAX || !read_file(r, a, f) ||
            (l->count && strcmp(f[-1].name, f->name) >= 0)) /* each once */
            return false;
        l->count++;
    }
    return !r->bad;
}

typedef struct manifest {
    const char *format;
    int64_t v;
    list files;
} manifest;

static bool read_member(consent__reader *r, consent_evidence *e, const char *name, manifest *m) {
    consent__arena *a = &e->arena;
    int64_t at;
    size_t n;
    if (strcmp(name, "at") == 0)
        return consent__reader_int(r, &at);
    if (strcmp(name, "events") == 0)
        return consent__reader_int(r, &e->manifest_events);
    if (strcmp(name, "files") == 0)
        return read_files(r, a, &m->files);
    if (strcmp(name, "format") == 0)
        return consent__reader_string(r, a, &m->format, &n);
    if (strcmp(name, "key") == 0)
        return consent__reader_string(r, a, &e->manifest_key, &n);
    if (strcmp(name, "receipts") == 0)
        return consent__reader_int(r, &e->manifest_receipts);
    if (strcmp(name, "root") == 0)
        return consent__reader_string(r, a, &e->manifest_root, &n);
    if (strcmp(name, "size") == 0)
        return consent__reader_int(r, &e->manifest_size);
    if (strcmp(name, "subject") == 0)
        return consent__reader_null(r) || consent__reader_string(r, a, &e->subject, &n);
    return strcmp(name, "v") == 0 && consent__reader_int(r, &m->v);
}

/* First the files that others are held against. */
static bool order_files(consent_evidence *e, const list *l) {
    consent__evidence_file *all = consent__arena_get(&e->arena, (l->count + 2) * sizeof *all);
    if (!all)
        return false;
    size_t n = 2;
    memcpy(all, e->files, 2 * sizeof *all);
    for (int role = EVIDENCE_KEY; role <= EVIDENCE_OTHER; role++)
        for (size_t i = 0; i < l->count; i++)
            if (l->v[i].role == (consent__evidence_role)role)
                all[n++] = l->v[i];
    e->files = all;
    e->count = n;
    return true;
}

static void miss_files(consent_evidence *e, const list *l) {
    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++) {
        bool has = false;
        for (size_t k = 0; k < l->count && !has; k++)
            has = l->v[k].role == fixed[i].role;
        if (!has)
            consent__evidence_find(e, fixed[i].name, 0, -1, "FILE_MISSING",
                                   "the manifest does not list the file");
    }
}

consent_status consent__evidence_manifest(const consent__cx *cx, consent_evidence *e) {
    consent__reader r;
    consent__buf json;
    manifest m = {0};
    const char *why = NULL, *name;
    consent__buf_init(&json, e->env);
    consent_status st = consent__evidence_canonical(cx, e->bytes.data, e->bytes.len, &json, &why);
    bool good = st == CONSENT_OK && !why;
    consent__reader_init(&r, json.data, json.len);
    good = good && consent__reader_object(&r);
    while (good && consent__reader_member(&r, &e->arena, &name))
        good = read_member(&r, e, name, &m);
    good = good && consent__reader_done(&r) && m.format &&
           strcmp(m.format, CONSENT__EVIDENCE_FORMAT) == 0 && m.v == 1 && e->manifest_key &&
           e->manifest_root;
    if (r.no_memory || (good && !order_files(e, &m.files)))
        st = consent__no_memory(cx);
    e->whole = good;
    consent__buf_free(&json);
    if (st == CONSENT_OK && !good) {
        e->subject = NULL; /* what was read of it counts for nothing */
        consent__evidence_find(e, "manifest.json", 0, -1,
                               why && strcmp(why, "DUPLICATE_MEMBER") == 0 ? why
                                                                           : "MANIFEST_MALFORMED",
                               "the manifest is none of the format, of version 1");
    }
    if (st == CONSENT_OK && good)
        miss_files(e, &m.files);
    return st;
}

/* ---- whole files ---- */

static bool ends_once(const consent__buf *b) {
    return b->len > 1 && memchr(b->data, '\n', b->len) == b->data + b->len - 1 &&
           !memchr(b->data, '\0', b->len);
}

static consent_status key_in(const consent__cx *cx, consent_evidence *e) {
    const consent__cx quiet = {cx->env, NULL, cx->op};
    char *name = NULL;
    const char *text =
        ends_once(&e->bytes)
            ? consent__arena_text(&e->arena, (const char *)e->bytes.data, e->bytes.len - 1)
            : "";
    if (!text)
        return consent__no_memory(cx);
    consent_status st = consent__note_vkey_parse(&quiet, text, &e->arena, &name, e->own_key);
    if (st == CONSENT_E_MEMORY)
        return consent__no_memory(cx);
    e->own_name = st == CONSENT_OK ? name : NULL;
    if (!e->own_name)
        consent__evidence_find(e, "key.txt", 0, -1, "KEY_MALFORMED", "it is no verifier key");
    else if (strcmp(text, e->manifest_key) != 0)
        consent__evidence_find(e, "key.txt", 0, -1, "MANIFEST_DIFFERS",
                               "the manifest names another key");
    return CONSENT_OK;
}

static consent_status checkpoint_in(const consent__cx *cx, consent_evidence *e) {
    const consent__cx quiet = {cx->env, NULL, cx->op};
    char hex[2 * CONSENT__HASH + 1];
    if (!e->own_name)
        return CONSENT_OK;
    consent_status st = consent__checkpoint_open(&quiet, (const char *)e->bytes.data, e->bytes.len,
                                                 e->own_name, e->own_key, &e->arena, &e->point);
    if (st == CONSENT_E_MEMORY)
        return consent__no_memory(cx);
    if (st == CONSENT_OK && strcmp(e->point.origin, e->own_name) != 0) {
        consent__evidence_find(e, "checkpoint.txt", 0, -1, "CHECKPOINT_FOREIGN",
                               "it is the checkpoint of another log");
        return CONSENT_OK;
    }
    if (st != CONSENT_OK) {
        bool forged = st == CONSENT_E_SIGNATURE;
        consent__evidence_find(
            e, "checkpoint.txt", 0, -1, forged ? "CHECKPOINT_SIGNATURE" : "CHECKPOINT_MALFORMED",
            forged ? "the key did not sign the checkpoint" : "it is no checkpoint");
        return CONSENT_OK;
    }
    e->has_point = true;
    consent__hex(e->point.root, CONSENT__HASH, hex);
    if ((uint64_t)e->manifest_size != e->point.size || strcmp(e->manifest_root, hex) != 0)
        consent__evidence_find(e, "checkpoint.txt", 0, -1, "MANIFEST_DIFFERS",
                               "the manifest names another size or root");
    return CONSENT_OK;
}

consent_status consent__evidence_whole(const consent__cx *cx, consent_evidence *e,
                                       const consent__evidence_file *f) {
    switch (f->role) {
    case EVIDENCE_MANIFEST:
        return consent__evidence_manifest(cx, e);
    case EVIDENCE_NOTE:
        e->note = consent__arena_text(&e->arena, (const char *)e->bytes.data, e->bytes.len);
        e->note_len = e->bytes.len;
        return e->note ? CONSENT_OK : consent__no_memory(cx);
    case EVIDENCE_KEY:
        return key_in(cx, e);
    case EVIDENCE_CHECKPOINT:
        return checkpoint_in(cx, e);
    case EVIDENCE_PROFILE:
        return consent__evidence_profile_in(cx, e);
    case EVIDENCE_POLICY:
        return consent__evidence_policy(cx, e, f);
    default:
        return CONSENT_OK;
    }
}

/* ---- keys the log has had ---- */

static bool same_key(const char *a, const uint8_t ak[32], const char *b, const uint8_t bk[32]) {
    return a && b && strcmp(a, b) == 0 && memcmp(ak, bk, 32) == 0;
}

/* Whether the note says that the key before it gives way to this one, and is signed by it. */
static consent_status note_leads(const consent__cx *cx, consent_evidence *e, const char *note,
                                 size_t n, const char *vkey, bool *leads) {
    const consent__cx quiet = {cx->env, NULL, cx->op};
    size_t text_n = 0;
    consent__buf want;
    consent_status st = consent__note_open(&quiet, note, n, e->listed.name, e->listed.key, &text_n);
    *leads = false;
    if (st == CONSENT_E_MEMORY)
        return consent__no_memory(cx);
    if (st != CONSENT_OK)
        return CONSENT_OK;
    consent__buf_init(&want, e->env);
    consent__buf_format(&want, "%s\nnew log key\n", e->listed.name);
    consent__note_vkey(&want, e->listed.name, e->listed.key);
    consent__buf_format(&want, "\n%s\n", vkey);
    *leads = !want.failed && want.len == text_n && memcmp(want.data, note, text_n) == 0;
    bool failed = want.failed;
    consent__buf_free(&want);
    return failed ? consent__no_memory(cx) : CONSENT_OK;
}

typedef struct key_line {
    const char *key, *note;
    size_t key_n, note_n;
    int64_t seq;
} key_line;

static bool read_key(consent__reader *r, consent__arena *a, key_line *k) {
    const char *name;
    if (!consent__reader_object(r))
        return false;
    while (consent__reader_member(r, a, &name)) {
        bool good = strcmp(name, "key") == 0    ? consent__reader_string(r, a, &k->key, &k->key_n)
                    : strcmp(name, "note") == 0 ? consent__reader_string(r, a, &k->note, &k->note_n)
                    : strcmp(name, "seq") == 0  ? consent__reader_int(r, &k->seq)
                                                : false;
        if (!good)
            return false;
    }
    return consent__reader_done(r) && k->key && strlen(k->key) == k->key_n;
}

static consent_status key_listed(const consent__cx *cx, consent_evidence *e, const key_line *k) {
    const consent__cx quiet = {cx->env, NULL, cx->op};
    char *name = NULL;
    uint8_t key[32];
    bool leads = false;
    consent_status st = consent__note_vkey_parse(&quiet, k->key, &e->arena, &name, key);
    if (st == CONSENT_OK && k->note && e->listed.name)
        st = note_leads(cx, e, k->note, k->note_n, k->key, &leads);
    if (st == CONSENT_E_MEMORY)
        return consent__no_memory(cx);
    if (st != CONSENT_OK || (k->note && !leads))
        consent__evidence_find(e, "keys.jsonl", e->line, -1, "KEY_CHAIN",
                               name ? "the key before it did not sign this one"
                                    : "it is no verifier key");
    e->led = same_key(name, key, e->name, e->public_key) || (e->led && leads);
    e->listed.name = name;
    memcpy(e->listed.key, key, name ? 32 : 0);
    return CONSENT_OK;
}

static consent_status keys_line(const consent__cx *cx, consent_evidence *e) {
    consent__reader r;
    consent__buf json;
    key_line k = {0};
    const char *why = NULL;
    consent__buf_init(&json, e->env);
    consent_status st = consent__evidence_canonical(cx, e->bytes.data, e->bytes.len, &json, &why);
    consent__reader_init(&r, json.data, json.len);
    if (st == CONSENT_OK && !why && !read_key(&r, &e->scratch, &k))
        why = "MALFORMED";
    if (r.no_memory)
        st = consent__no_memory(cx);
    else if (st == CONSENT_OK && why)
        consent__evidence_find(e, "keys.jsonl", e->line, -1, why, "the line is no key of a log");
    else if (st == CONSENT_OK)
        st = key_listed(cx, e, &k);
    consent__buf_free(&json);
    return st;
}

consent_status consent__evidence_line(const consent__cx *cx, consent_evidence *e,
                                      const consent__evidence_file *f) {
    if (f->role == EVIDENCE_KEYS)
        return keys_line(cx, e);
    return f->role == EVIDENCE_EVENTS ? consent__evidence_event(cx, e, f)
                                      : consent__evidence_receipt(cx, e, f);
}

/* ---- the end ---- */

/* The log's key signs the hash of the manifest: nothing can be taken out of a bundle, or put in. */
static void check_note(consent_evidence *e) {
    const consent__cx quiet = {e->env, NULL, "evidence verify"};
    char hex[2 * CONSENT__HASH + 1];
    size_t text_n = 0, name_n = strlen(e->own_name);
    bool good = e->note && consent__note_open(&quiet, e->note, e->note_len, e->own_name, e->own_key,
                                              &text_n) == CONSENT_OK;
    consent__hex(e->manifest_hash, CONSENT__HASH, hex);
    good = good && text_n == name_n + 1 + 18 + 64 + 1 &&
           memcmp(e->note, e->own_name, name_n) == 0 &&
           memcmp(e->note + name_n, "\nevidence manifest\n", 19) == 0 &&
           memcmp(e->note + name_n + 19, hex, 64) == 0;
    if (!good && e->note)
        consent__evidence_find(e, "manifest.note", 0, -1, "MANIFEST_SIGNATURE",
                               "the key did not sign this manifest");
}

void consent__evidence_close(consent_evidence *e) {
    if (!e->whole)
        return;
    if (e->own_name)
        check_note(e);
    if (e->own_name && !same_key(e->listed.name, e->listed.key, e->own_name, e->own_key))
        consent__evidence_find(e, "keys.jsonl", 0, -1, "KEY_CHAIN",
                               "the last key listed is not the bundle's");
    if (same_key(e->own_name, e->own_key, e->name, e->public_key))
        e->led = true;
    if (e->name && !e->led)
        consent__evidence_find(e, "key.txt", 0, -1, "KEY_FOREIGN",
                               "it is not the key given, and none that the key given signed");
    for (; e->due_next < e->due_count; e->due_next++)
        consent__evidence_find(e, "receipts.txt", 0, e->due[e->due_next], "RECEIPT_MISSING",
                               "the event has no receipt");
    if (e->events != e->manifest_events || e->receipts != e->manifest_receipts)
        consent__evidence_find(e, "manifest.json", 0, -1, "MANIFEST_DIFFERS",
                               "the manifest counts other events or receipts than there are");
}
