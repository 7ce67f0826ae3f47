/* SPDX-License-Identifier: Apache-2.0 */
/* Making erasures final. The erasing transaction notes in the head what it owes; it is paid outside
 * of it, because neither an empty log nor a rewritten file can be had within a transaction. Nothing
 * here fails a caller: its own write is durable already. */
#include "flow/store.h"

/* Only when nobody owes anything newer. */
static bool note(const consent__cx *cx, consent_store *s, int64_t from, int64_t to) {
    consent__tx *tx = NULL;
    consent__head head;
    consent_status st = s->engine->write_begin(cx, s->db, &tx);
    if (st != CONSENT_OK)
        return false;
    st = s->engine->head_get(cx, tx, &head);
    if (st == CONSENT_OK && head.owed == from) {
        head.owed = to;
        st = s->engine->head_put(cx, tx, &head);
        if (st == CONSENT_OK)
            return s->engine->commit(cx, tx) == CONSENT_OK;
    }
    s->engine->rollback(tx);
    return false;
}

void consent__settle(consent_store *s, int64_t owed) {
    const consent__cx quiet = {&s->env, NULL, "settle"};
    bool done = false;
    if (owed < 0) {
        if (s->engine->scrub(&quiet, s->db) != CONSENT_OK || !note(&quiet, s, owed, -owed))
            return;
        owed = -owed;
    }
    if (owed && s->engine->settle(&quiet, s->db, &done) == CONSENT_OK && done)
        (void)note(&quiet, s, owed, 0);
}
