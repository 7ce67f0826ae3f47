/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger's head: size, root, and a signed checkpoint over both. */
#include "flow/ledger.h"

#include <string.h>

#include "util/text.h"

static consent_status head_rows(const consent__cx *cx, consent__view *v, const consent__buf *note,
                                const uint8_t root[CONSENT__HASH], consent_rows **out) {
    char hex[65], origin[64];
    uint8_t public_key[32];
    consent__buf vkey;
    consent__buf_init(&vkey, cx->env);
    consent__origin(v->store, origin);
    consent_status st = consent__log_key(cx, v->store, v->tx, public_key);
    if (st != CONSENT_OK)
        return st;
    consent__note_vkey(&vkey, origin, public_key);
    consent__hex(root, 32, hex);
    consent_rows *r = consent__rows_new(cx->env, "size n,root t,at u,checkpoint t,key t");
    consent__rows_add(r);
    consent__rows_number(r, 0, v->head.size);
    consent__rows_text(r, 1, hex);
    if (v->head.size)
        consent__rows_number(r, 2, v->head.at);
    consent__rows_text_n(r, 3, (const char *)note->data, note->len);
    consent__rows_text(r, 4, consent__buf_cstr(&vkey));
    consent__buf_free(&vkey);
    return consent__rows_finish(cx, r, out);
}

consent_status consent__flow_ledger_head(const consent__cx *cx, consent_store *s,
                                         consent_rows **out) {
    consent__view v;
    consent__tree tree;
    uint8_t root[CONSENT__HASH];
    consent__buf note;
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
        st = head_rows(cx, &v, &note, root, out);
    consent__buf_free(&note);
    consent__view_close(&v);
    return st;
}
