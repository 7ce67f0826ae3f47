/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger's head: size, root, and a signed checkpoint over both. */
#include "flow/ledger.h"

#include <string.h>

#include "util/text.h"

static consent_status head_rows(const consent__cx *cx, const consent_store *s,
                                const consent__head *head, const consent__buf *note,
                                const uint8_t root[CONSENT__HASH], const uint8_t public_key[32],
                                consent_rows **out) {
    char hex[65], origin[64];
    consent__buf vkey;
    if (note->failed)
        return consent__no_memory(cx);
    consent__buf_init(&vkey, cx->env);
    consent__origin(s, origin);
    consent__note_vkey(&vkey, origin, public_key);
    consent__hex(root, 32, hex);
    consent_rows *r = consent__rows_new(cx->env, "size n,root t,at u,checkpoint t,key t");
    consent__rows_add(r);
    consent__rows_number(r, 0, head->size);
    consent__rows_text(r, 1, hex);
    if (head->size)
        consent__rows_number(r, 2, head->at);
    consent__rows_text_n(r, 3, (const char *)note->data, note->len);
    consent__rows_text(r, 4, consent__buf_cstr(&vkey));
    consent__buf_free(&vkey);
    return consent__rows_finish(cx, r, out);
}

static consent_status head_read(const consent__cx *cx, consent_store *s, consent_rows **out) {
    consent__view v;
    consent__tree tree;
    uint8_t root[CONSENT__HASH], public_key[32];
    uint64_t token = 0;
    uint32_t commits;
    consent__buf note;
    if (!s->engine->change_commits(s->db, &token, &commits))
        token = 0;
    consent_status st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    consent__buf_init(&note, cx->env);
    if (!consent__tree_decode(&tree, (uint64_t)v.head.size, v.head.frontier, v.head.frontier_len))
        st = consent__fail(cx, CONSENT_E_CORRUPT, "the ledger's head is damaged");
    if (st == CONSENT_OK) {
        consent__tree_root(&tree, root);
        st = consent__checkpoint_sign(cx, s, v.tx, tree.size, root, &note);
    }
    if (st == CONSENT_OK)
        st = consent__log_key(cx, s, v.tx, public_key);
    if (st == CONSENT_OK)
        st = head_rows(cx, s, &v.head, &note, root, public_key, out);
    if (st == CONSENT_OK)
        consent__key_seen(cx, s, v.tx, token);
    consent__buf_free(&note);
    consent__view_close(&v);
    return st;
}

consent_status consent__flow_ledger_head(const consent__cx *cx, consent_store *s,
                                         consent_rows **out) {
    consent__head head;
    uint8_t root[CONSENT__HASH], public_key[32];
    consent_status st;
    consent__buf note;
    consent__buf_init(&note, cx->env);
    bool kept = consent__checkpoint_of_kept(cx, s, &head, root, &note, public_key, &st);
    if (kept && st == CONSENT_OK)
        st = head_rows(cx, s, &head, &note, root, public_key, out);
    consent__buf_free(&note);
    return kept || st != CONSENT_OK ? st : head_read(cx, s, out);
}
