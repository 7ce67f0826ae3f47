/* SPDX-License-Identifier: Apache-2.0 */
/* The files of a bundle as they come in: which is wanted, their hashes, whole files and lines. */
#include <string.h>

#include "flow/evidence.h"
#include "util/rows.h"
#include "util/text.h"
#include "json/json.h"

#define FINDINGS_MAX 10000
#define LINE_MAX (1024 * 1024)
#define SMALL_MAX (64 * 1024)

/* ---- findings ---- */

void consent__evidence_find(consent_evidence *e, const char *file, int64_t line, int64_t event,
                            const char *what, const char *message) {
    if (e->found++ >= FINDINGS_MAX)
        return;
    if ((size_t)e->found > e->findings_cap) {
        size_t cap = e->findings_cap ? 2 * e->findings_cap : 16;
        void *more = consent__realloc(e->env, e->findings, cap * sizeof *e->findings);
        if (!more) {
            e->failed = true;
            e->found--;
            return;
        }
        e->findings = more;
        e->findings_cap = cap;
    }
    e->findings[e->found - 1] = (consent__evidence_finding){file, what, message, line, event};
}

consent_status consent__flow_evidence_findings(const consent__cx *cx, consent_evidence *e,
                                               consent_rows **out) {
    int64_t shown = e->found < FINDINGS_MAX ? e->found : FINDINGS_MAX;
    consent_rows *r = consent__rows_new(cx->env, "file t,line n,event n,what t,message t");
    for (int64_t i = 0; r && i < shown; i++) {
        const consent__evidence_finding *f = &e->findings[i];
        consent__rows_add(r);
        consent__rows_text(r, 0, f->file);
        if (f->line > 0)
            consent__rows_number(r, 1, f->line);
        if (f->event >= 0)
            consent__rows_number(r, 2, f->event);
        consent__rows_text(r, 3, f->what);
        consent__rows_text(r, 4, f->message);
    }
    if (r && e->found > shown) {
        consent__rows_add(r);
        consent__rows_text(r, 3, "MORE");
        consent__rows_text(r, 4, "more was found than is listed");
    }
    return consent__rows_finish(cx, r, out);
}

/* ---- life ---- */

consent_status consent__flow_evidence_new(const consent__cx *cx, const char *key,
                                          consent_evidence **out) {
    consent_evidence *e = consent__alloc(cx->env, sizeof *e);
    char *name = NULL;
    if (!e)
        return consent__no_memory(cx);
    e->env = cx->env;
    e->last = -1;
    consent__arena_init(&e->arena, cx->env);
    consent__arena_init(&e->scratch, cx->env);
    consent__buf_init(&e->bytes, cx->env);
    consent_status st = consent__seal_init(cx);
    if (st == CONSENT_OK && key)
        st = consent__note_vkey_parse(cx, key, &e->arena, &name, e->public_key);
    e->name = name;
    e->files = st == CONSENT_OK ? consent__arena_get(&e->arena, 2 * sizeof *e->files) : NULL;
    if (st == CONSENT_OK && !e->files)
        st = consent__no_memory(cx);
    if (st != CONSENT_OK) {
        consent__flow_evidence_free(e);
        return st;
    }
    e->files[0] = (consent__evidence_file){.name = "manifest.json", .role = EVIDENCE_MANIFEST};
    e->files[1] = (consent__evidence_file){.name = "manifest.note", .role = EVIDENCE_NOTE};
    e->count = 2;
    consent__hasher_init(&e->hash);
    *out = e;
    return CONSENT_OK;
}

void consent__flow_evidence_free(consent_evidence *e) {
    if (!e)
        return;
    const consent__env *env = e->env;
    consent__buf_wipe_free(&e->bytes);
    consent__arena_free(&e->scratch);
    consent__arena_free(&e->arena);
    consent__release(env, e->due);
    consent__release(env, e->findings);
    consent__release(env, e);
}

/* ---- taking in ---- */

static bool in_lines(consent__evidence_role role) {
    return role == EVIDENCE_KEYS || role == EVIDENCE_EVENTS || role == EVIDENCE_RECEIPTS;
}

static int64_t most(const consent__evidence_file *f) {
    if (f->role == EVIDENCE_MANIFEST)
        return CONSENT__BUNDLE_MAX;
    return f->role == EVIDENCE_NOTE ? SMALL_MAX : f->bytes;
}

static size_t room(const consent__evidence_file *f) {
    if (in_lines(f->role))
        return LINE_MAX;
    return f->role == EVIDENCE_KEY || f->role == EVIDENCE_CHECKPOINT || f->role == EVIDENCE_NOTE
               ? SMALL_MAX
               : CONSENT__BUNDLE_MAX;
}

const char *consent__flow_evidence_wants(const consent_evidence *e) {
    return e->now < e->count ? e->files[e->now].name : NULL;
}

static consent_status line_over(const consent__cx *cx, consent_evidence *e,
                                const consent__evidence_file *f) {
    consent_status st = CONSENT_OK;
    e->line++;
    if (e->bytes.len > LINE_MAX)
        consent__evidence_find(e, f->name, e->line, -1, "OVERSIZED", "the line is too long");
    else
        st = consent__evidence_line(cx, e, f);
    consent__buf_reset(&e->bytes);
    consent__arena_reset(&e->scratch);
    return st;
}

/* Keeps at most one byte more than there is room for: enough to know that it is too much. */
static void keep(consent_evidence *e, const consent__evidence_file *f, const uint8_t *p, size_t n) {
    size_t space = room(f) + 1 - e->bytes.len;
    consent__buf_put(&e->bytes, p, n < space ? n : space);
}

static consent_status take_lines(const consent__cx *cx, consent_evidence *e,
                                 const consent__evidence_file *f, const uint8_t *p, size_t n) {
    consent_status st = CONSENT_OK;
    while (n && st == CONSENT_OK) {
        const uint8_t *end = memchr(p, '\n', n);
        size_t part = end ? (size_t)(end - p) : n;
        keep(e, f, p, part);
        if (e->bytes.failed)
            return consent__no_memory(cx);
        if (end)
            st = line_over(cx, e, f);
        p += part + (end != NULL);
        n -= part + (end != NULL);
    }
    return st;
}

consent_status consent__flow_evidence_give(const consent__cx *cx, consent_evidence *e,
                                           const void *bytes, size_t n) {
    if (e->now == e->count)
        return consent__fail(cx, CONSENT_E_STATE, "no file is wanted any more");
    const consent__evidence_file *f = &e->files[e->now];
    int64_t left = most(f) - e->size;
    if (e->oversized)
        return CONSENT_DONE;
    if ((int64_t)n > left) { /* what is too much is not looked at */
        e->oversized = true;
        n = (size_t)left;
    }
    e->size += (int64_t)n;
    consent__hasher_put(&e->hash, bytes, n);
    consent_status st = CONSENT_OK;
    if (in_lines(f->role))
        st = take_lines(cx, e, f, bytes, n);
    else if (f->role != EVIDENCE_OTHER)
        keep(e, f, bytes, n);
    if (st == CONSENT_OK && (e->bytes.failed || e->failed))
        st = consent__no_memory(cx);
    e->failed |= st != CONSENT_OK;
    return st == CONSENT_OK && e->oversized ? CONSENT_DONE : st;
}

/* Hash and size against what the manifest says. */
static bool as_listed(consent_evidence *e, const consent__evidence_file *f) {
    uint8_t hash[CONSENT__HASH];
    consent__hasher_end(&e->hash, hash);
    if (f->role == EVIDENCE_MANIFEST)
        memcpy(e->manifest_hash, hash, sizeof hash);
    if (f->role <= EVIDENCE_NOTE || e->oversized)
        return !e->oversized;
    return e->size == f->bytes && memcmp(hash, f->sha256, sizeof hash) == 0;
}

static consent_status file_over(const consent__cx *cx, consent_evidence *e,
                                const consent__evidence_file *f) {
    if (!as_listed(e, f))
        consent__evidence_find(e, f->name, 0, -1, "FILE_CHANGED",
                               e->oversized ? "the file is longer than it may be"
                                            : "the file is not the one that the manifest lists");
    if (in_lines(f->role)) {
        if (!e->bytes.len)
            return CONSENT_OK;
        consent__evidence_find(e, f->name, e->line + 1, -1, "MALFORMED",
                               "the last line has no end");
        return line_over(cx, e, f);
    }
    if (e->bytes.len <= room(f))
        return consent__evidence_whole(cx, e, f);
    consent__evidence_find(e, f->name, 0, -1, "OVERSIZED", "the file is larger than it may be");
    return CONSENT_OK;
}

consent_status consent__flow_evidence_end(const consent__cx *cx, consent_evidence *e, bool there) {
    if (e->now == e->count)
        return consent__fail(cx, CONSENT_E_STATE, "no file is wanted any more");
    consent__evidence_file f = e->files[e->now]; /* the manifest brings another table */
    consent_status st = CONSENT_OK;
    e->files[e->now].given = there;
    if (there)
        st = file_over(cx, e, &f);
    else
        consent__evidence_find(e, f.name, 0, -1, "FILE_MISSING", "the file is not there");
    consent__buf_reset(&e->bytes);
    consent__arena_reset(&e->scratch);
    consent__hasher_init(&e->hash);
    e->size = e->line = 0;
    e->oversized = false;
    if (++e->now == e->count && st == CONSENT_OK)
        consent__evidence_close(e);
    if (st == CONSENT_OK && e->failed)
        st = consent__no_memory(cx);
    e->failed |= st != CONSENT_OK;
    return st;
}

consent_status consent__flow_evidence_found(const consent__cx *cx, consent_evidence *e,
                                            const char *file) {
    int role = consent__evidence_role_of(file);
    if (strcmp(file, e->files[0].name) == 0 || strcmp(file, e->files[1].name) == 0 ||
        (role >= 0 && consent__evidence_file_named(e, (consent__evidence_role)role, file) != NULL))
        return CONSENT_OK;
    bool legible = consent__utf8_valid(file, strlen(file)) == strlen(file);
    const char *name =
        legible ? consent__arena_text(&e->arena, file, strlen(file)) : "a name that is not UTF-8";
    if (!name) {
        e->failed = true;
        return consent__no_memory(cx);
    }
    if (e->whole) /* else it is not known what belongs to it */
        consent__evidence_find(e, name, 0, -1, "FILE_EXTRA", "the manifest does not list the file");
    return e->failed ? consent__no_memory(cx) : CONSENT_OK;
}

consent_status consent__flow_evidence_verdict(const consent__cx *cx, consent_evidence *e,
                                              consent_rows **out) {
    char hex[2 * CONSENT__HASH + 1] = "";
    if (e->now < e->count)
        return consent__fail(cx, CONSENT_E_STATE, "files of the bundle are still wanted");
    if (e->failed) /* something was not looked at: whoever went on gets no verdict */
        return consent__no_memory(cx);
    consent_rows *r = consent__rows_new(
        cx->env, "ok b,trusted b,subject t,size n,root t,key t,events n,receipts n,findings n");
    consent__rows_add(r);
    consent__rows_number(r, 0, e->found == 0);
    consent__rows_number(r, 1, e->found == 0 && e->name && e->led);
    consent__rows_text(r, 2, e->subject);
    if (e->has_point) {
        consent__hex(e->point.root, CONSENT__HASH, hex);
        consent__rows_number(r, 3, (int64_t)e->point.size);
        consent__rows_text(r, 4, hex);
    }
    consent__rows_text(r, 5, e->manifest_key);
    consent__rows_number(r, 6, e->events);
    consent__rows_number(r, 7, e->receipts);
    consent__rows_number(r, 8, e->found);
    return consent__rows_finish(cx, r, out);
}
