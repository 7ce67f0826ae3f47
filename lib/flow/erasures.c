/* SPDX-License-Identifier: Apache-2.0 */
/* After erasures: what is kept, and the signed list that makes a restored copy forget the same
 * subjects. */
#include "flow/erasures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flow/args.h"
#include "util/text.h"

consent_status consent__flow_erasure_pending(const consent__cx *cx, consent_store *s, bool *out) {
    consent__view v;
    consent_status st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    int64_t owed = v.head.owed;
    consent__view_close(&v);
    if (owed) {
        consent__settle(s, owed);
        st = consent__view_open(cx, s, &v);
        if (st != CONSENT_OK)
            return st;
        owed = v.head.owed;
        consent__view_close(&v);
    }
    *out = owed != 0;
    return CONSENT_OK;
}

consent_status consent__uid_read(const consent__cx *cx, const char *text, uint8_t out[16]) {
    if (text && strlen(text) == 32 && consent__unhex(text, out, 16))
        return CONSENT_OK;
    return consent__fail(cx, CONSENT_E_ARGUMENT, "the uid is not 32 lower-case hex digits");
}

/* ---- remainders ---- */

static consent_status add_remainder(const consent__cx *cx, void *user,
                                    const consent__remainder_row *row) {
    consent_rows *r = user;
    char hex[33];
    (void)cx;
    consent__hex(row->uid, 16, hex);
    consent__rows_add(r);
    consent__rows_text(r, 0, hex);
    consent__rows_text(r, 1, row->item);
    consent__rows_text(r, 2, row->reason);
    if (row->until != INT64_MIN)
        consent__rows_number(r, 3, row->until);
    return CONSENT_OK;
}

consent_status consent__flow_remainder_list(const consent__cx *cx, consent_store *s,
                                            const char *uid, consent_rows **out) {
    consent__view v;
    uint8_t raw[16];
    consent_status st = uid ? consent__uid_read(cx, uid, raw) : CONSENT_OK;
    if (st == CONSENT_OK)
        st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    consent_rows *r = consent__rows_new(cx->env, "uid t,item t,reason t,until u");
    st = s->engine->remainder_scan(cx, v.tx, uid ? raw : NULL, add_remainder, r);
    consent__view_close(&v);
    if (st == CONSENT_OK)
        return consent__rows_finish(cx, r, out);
    consent_rows_free(r);
    return st;
}

/* ---- the erasure list ----
 * A signed note: heading, store id, number of uids, one uid a line. Its signer is named for the
 * store and not for its generation, because a restored copy has another one. */

#define HEADING "libconsent erasure list 1\n"

static void list_name(const consent_store *s, char out[64]) {
    memcpy(out, "libconsent/", 11);
    memcpy(out + 11, s->id_text, 32);
    memcpy(out + 43, "/erasures", 10);
}

typedef struct listing {
    consent__buf uids; /* 16 bytes each */
} listing;

static consent_status add_uid(const consent__cx *cx, void *user, const consent__subject_row *row) {
    listing *l = user;
    consent__buf_put(&l->uids, row->uid, 16);
    return l->uids.failed ? consent__no_memory(cx) : CONSENT_OK;
}

static int order_uids(const void *a, const void *b) {
    return memcmp(a, b, 16);
}

/* In the order of the uids: the order of registration would tell something. */
static void write_list(const consent_store *s, const listing *l, consent__buf *note) {
    char hex[33];
    size_t n = l->uids.len / 16;
    if (n)
        qsort(l->uids.data, n, 16, order_uids);
    consent__buf_text(note, HEADING);
    consent__buf_format(note, "%s\n%zu\n", s->id_text, n);
    for (size_t i = 0; i < n; i++) {
        consent__hex(l->uids.data + 16 * i, 16, hex);
        consent__buf_format(note, "%s\n", hex);
    }
}

static consent_status sign_list(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                consent__buf *note) {
    char name[64];
    uint8_t public_key[32], signature[CONSENT__SIGNATURE];
    if (note->failed)
        return consent__no_memory(cx);
    list_name(s, name);
    consent_status st =
        consent__log_sign_in(cx, s, tx, note->data, note->len, public_key, signature);
    if (st == CONSENT_OK)
        consent__note_sign_line(note, name, public_key, signature);
    return st == CONSENT_OK && note->failed ? consent__no_memory(cx) : st;
}

consent_status consent__flow_erasures_export(const consent__cx *cx, consent_store *s,
                                             consent_rows **out) {
    consent__view v;
    listing l;
    consent__buf note;
    consent_status st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    consent__buf_init(&l.uids, cx->env);
    consent__buf_init(&note, cx->env);
    st = s->engine->erased_scan(cx, v.tx, add_uid, &l);
    if (st == CONSENT_OK) {
        write_list(s, &l, &note);
        st = sign_list(cx, s, v.tx, &note);
    }
    consent__view_close(&v);
    if (st == CONSENT_OK) {
        consent_rows *r = consent__rows_new(cx->env, "list t,erased n");
        consent__rows_add(r);
        consent__rows_text_n(r, 0, (const char *)note.data, note.len);
        consent__rows_number(r, 1, (int64_t)(l.uids.len / 16));
        st = consent__rows_finish(cx, r, out);
    }
    consent__buf_free(&l.uids);
    consent__buf_free(&note);
    return st;
}

static consent_status read_list(const consent__cx *cx, const consent_store *s, const char *text,
                                size_t n, listing *l) {
    const char *p = text + sizeof HEADING - 1, *end = text + n;
    char count[24];
    if (n < sizeof HEADING + 33 || memcmp(text, HEADING, sizeof HEADING - 1) != 0)
        return consent__fail(cx, CONSENT_E_FORMAT, "this is not an erasure list");
    if (memcmp(p, s->id_text, 32) != 0 || p[32] != '\n')
        return consent__fail(cx, CONSENT_E_REFUSED, "the erasure list is of another store");
    p = memchr(p + 33, '\n', (size_t)(end - p - 33));
    const char *start = text + sizeof HEADING - 1 + 33;
    for (p = p ? p + 1 : end; end - p >= 33 && p[32] == '\n'; p += 33) {
        char hex[33];
        uint8_t *place = consent__buf_extend(&l->uids, 16);
        memcpy(hex, p, 32);
        hex[32] = '\0';
        if (!place)
            return consent__no_memory(cx);
        if (!consent__unhex(hex, place, 16))
            break;
    }
    size_t digits = (size_t)snprintf(count, sizeof count, "%zu\n", l->uids.len / 16);
    if (p != end || (size_t)(end - start) < digits || memcmp(start, count, digits) != 0)
        return consent__fail(cx, CONSENT_E_FORMAT, "the erasure list is malformed");
    return CONSENT_OK;
}

typedef struct forgetting {
    const uint8_t *uids;
    size_t count;
    bool scrub;
    int64_t erased;
} forgetting;

static consent_status forget(const consent__cx *cx, consent__work *w, void *user) {
    forgetting *f = user;
    consent__erased erased;
    consent_status st = CONSENT_OK;
    f->erased = 0;
    consent__erased_init(&erased, cx->env);
    for (size_t i = 0; st == CONSENT_OK && i < f->count; i++) {
        consent__subject_row row;
        consent__subject subject;
        st = w->store->engine->subject_by_uid(cx, w->tx, f->uids + 16 * i, &row);
        if (st == CONSENT_E_NOT_FOUND || (st == CONSENT_OK && !row.box)) {
            st = CONSENT_OK; /* registered after this copy was made, or erased before */
            continue;
        }
        if (st == CONSENT_OK)
            st = consent__subject_of_row(cx, w->store, &row, &w->scratch->arena, &subject);
        if (st == CONSENT_OK)
            st = consent__erase_subject(cx, w, &subject, f->scrub, &erased);
        f->erased += st == CONSENT_OK;
    }
    consent__erased_free(&erased);
    return st;
}

static consent_status own_key(const consent__cx *cx, consent_store *s, uint8_t out[32]) {
    consent__view v;
    consent_status st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    st = consent__log_key(cx, s, v.tx, out);
    consent__view_close(&v);
    return st;
}

#define BATCH 100 /* erasures to a transaction: an interrupted application is simply repeated */

consent_status consent__flow_erasures_apply(const consent__cx *cx, consent_store *s,
                                            const char *list, const char *vkey, bool scrub,
                                            int64_t *out_erased) {
    char name[64];
    char *other = NULL;
    uint8_t key[32];
    size_t text = 0;
    listing l;
    consent__arena arena;
    consent__arena_init(&arena, cx->env);
    consent__buf_init(&l.uids, cx->env);
    *out_erased = 0;
    list_name(s, name);
    consent_status st =
        vkey ? consent__note_vkey_parse(cx, vkey, &arena, &other, key) : own_key(cx, s, key);
    if (st == CONSENT_OK)
        st = consent__note_open(cx, list, strlen(list), name, key, &text);
    if (st == CONSENT_OK)
        st = read_list(cx, s, list, text, &l);
    for (size_t i = 0; st == CONSENT_OK && i < l.uids.len / 16; i += BATCH) {
        size_t left = l.uids.len / 16 - i;
        forgetting f = {l.uids.data + 16 * i, left < BATCH ? left : BATCH, scrub, 0};
        st = consent__write(cx, s, forget, &f);
        *out_erased += f.erased;
    }
    consent__buf_free(&l.uids);
    consent__arena_free(&arena);
    return st;
}
