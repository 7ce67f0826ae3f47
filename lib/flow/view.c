/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "flow/store.h"

consent_status consent__view_open(const consent__cx *cx, consent_store *s, consent__view *v) {
    memset(v, 0, sizeof *v);
    v->store = s;
    v->scratch = consent__scratch_take(s);
    if (!v->scratch)
        return consent__no_memory(cx);
    consent_status st = s->engine->read_begin(cx, s->db, &v->tx);
    if (st == CONSENT_OK)
        st = consent__head_read(cx, s, v->tx, &v->head);
    if (st == CONSENT_OK)
        st = consent__snapshot_get(cx, s, v->tx, v->head.catalog, &v->snapshot);
    if (st != CONSENT_OK) {
        consent__view_close(v);
        return st;
    }
    v->catalog = &v->snapshot->catalog;
    v->clock = consent__clock(&s->env);
    v->now = v->clock > v->head.at ? v->clock : v->head.at;
    return CONSENT_OK;
}

void consent__view_close(consent__view *v) {
    if (v->tx)
        v->store->engine->read_end(v->tx);
    consent__snapshot_release(v->snapshot);
    consent__scratch_give(v->store, v->scratch);
    v->tx = NULL;
    v->snapshot = NULL;
    v->scratch = NULL;
}
