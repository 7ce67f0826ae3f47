/* SPDX-License-Identifier: Apache-2.0 */
/* Restoring a backup. The copy gets its name only when it is whole and says that it is a copy. */
#include "flow/backup.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "util/text.h"

static consent_status restored_work(const consent__cx *cx, consent__work *w, void *user) {
    consent_store *s = w->store;
    uint8_t root[CONSENT__HASH], public_key[32], generation[8];
    char hex[65], origin[64];
    consent__buf vkey;
    (void)user;
    consent__tree_root(&w->tree, root);
    consent__hex(root, CONSENT__HASH, hex);
    consent__origin_at(s, s->generation + 1, origin);
    consent__log_public(s, public_key);
    consent__buf_init(&vkey, cx->env);
    consent__note_vkey(&vkey, origin, public_key);
    const char *key = consent__buf_cstr(&vkey);
    consent__event e = {.kind = EV_STORE_RESTORED};
    CONSENT__SET(&e, count, w->head.size);
    CONSENT__SET(&e, generation, s->generation + 1);
    CONSENT__SET_TEXT(&e, sha256, hex);
    CONSENT__SET_TEXT(&e, key, key);
    consent__put64le(generation, (uint64_t)s->generation + 1);
    consent_status st = key ? consent__append(cx, w, NULL, &e, NULL) : consent__no_memory(cx);
    if (st == CONSENT_OK)
        st = s->engine->meta_put(cx, w->tx, "generation", generation, sizeof generation);
    consent__buf_free(&vkey);
    return st;
}

static consent_status copy(const consent__cx *cx, const consent__engine *engine, const char *from,
                           const char *to, int32_t wait_ms) {
    consent__db *db = NULL;
    consent__cx quiet = {cx->env, NULL, cx->op};
    consent_status st = engine->open(cx, from, wait_ms, 1, &db);
    if (st != CONSENT_OK)
        return st;
    st = engine->backup(cx, db, to);
    (void)engine->close(&quiet, db);
    return st;
}

/* Opened with the key first: a copy that cannot be read is not given out as restored. */
static consent_status mark(const consent__cx *cx, const char *path, const consent_options *o) {
    consent_store *s = NULL;
    consent_status st = consent__store_open_quietly(cx, path, o, &s);
    if (st != CONSENT_OK)
        return st;
    st = consent__write(cx, s, restored_work, NULL);
    consent__cx quiet = {cx->env, NULL, cx->op};
    consent_status closed = consent__store_close(st == CONSENT_OK ? cx : &quiet, s);
    consent__store_release(s);
    return st == CONSENT_OK ? closed : st;
}

consent_status consent__flow_restore(const consent__cx *cx, const char *backup, const char *path,
                                     const consent_options *o) {
    const consent__engine *engine = consent__engine_sqlite();
    consent__buf name;
    consent_status st = consent__seal_init(cx);
    if (st != CONSENT_OK)
        return st;
    if (access(path, F_OK) == 0)
        return consent__fail(cx, CONSENT_E_EXISTS, "the file exists already");
    consent__buf_init(&name, cx->env);
    /* Named as an unfinished copy, so that the doctor knows it if this process dies. */
    consent__buf_format(&name, "%s.consent-new-%ld-restore", path, (long)getpid());
    const char *temporary = consent__buf_cstr(&name);
    st = temporary ? copy(cx, engine, backup, temporary, o->wait_ms) : consent__no_memory(cx);
    bool made = st == CONSENT_OK;
    if (st == CONSENT_OK)
        st = mark(cx, temporary, o);
    if (st == CONSENT_OK)
        st = engine->rename(cx, temporary, path);
    if (st != CONSENT_OK && made)
        engine->remove(cx, temporary);
    consent__buf_free(&name);
    return st;
}
