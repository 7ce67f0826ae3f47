/* SPDX-License-Identifier: Apache-2.0 */
/* The end of the service and a change of hands. Both are documents of the catalogue: every check of
 * every process sees them at once. */
#include "flow/service.h"

#include <string.h>

#include "flow/args.h"
#include "util/text.h"
#include "json/json.h"

static consent_status put_document(const consent__cx *cx, consent__work *w, const char *kind,
                                   const char *key, int64_t seq, const char *text) {
    consent__document_row row = {kind, key, seq, {0}, (const uint8_t *)text, strlen(text)};
    consent__sha256(text, strlen(text), row.sha256);
    consent_status st = w->store->engine->document_put(cx, w->tx, &row);
    if (st == CONSENT_OK)
        consent__work_catalog_changed(w);
    return st;
}

/* ---- stop ---- */

static consent_status stop(const consent__cx *cx, consent__work *w, void *user) {
    const consent__catalog *c = NULL;
    consent_status st = consent__work_catalog(cx, w, &c);
    if (st != CONSENT_OK)
        return st;
    if (c->stops_count)
        return CONSENT_DONE;
    consent__event e = {.kind = EV_SERVICE_STOPPED};
    CONSENT__SET_TEXT(&e, reason, (const char *)user);
    st = consent__append(cx, w, NULL, &e, NULL);
    return st == CONSENT_OK ? put_document(cx, w, "stop", "", e.seq, user) : st;
}

consent_status consent__flow_service_stop(const consent__cx *cx, consent_store *s,
                                          const char *why) {
    consent_status st = consent__text_need(cx, why, CONSENT__WORDS, "reason");
    return st == CONSENT_OK ? consent__write(cx, s, stop, (void *)(uintptr_t)why) : st;
}

/* ---- everybody is told, everything is erased: tasks, some at a time ---- */

#define PROGRESS "wound_down" /* the engine's number of the last subject that has its tasks */
#define STEP 500

typedef struct winding {
    consent__work *work;
    consent__buf items;
    int64_t after, stop_seq, done, left;
} winding;

static consent_status read_progress(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                    int64_t *out) {
    consent__buf b;
    consent__buf_init(&b, cx->env);
    consent_status st = s->engine->meta_get(cx, tx, PROGRESS, &b);
    *out = st == CONSENT_OK && b.len == 8 ? (int64_t)consent__get64le(b.data) : 0;
    consent__buf_free(&b);
    return st == CONSENT_E_NOT_FOUND ? CONSENT_OK : st;
}

/* Two tasks of the host: to tell the subject, and to erase all items. */
static consent_status add_tasks(const consent__cx *cx, void *user,
                                const consent__subject_row *row) {
    winding *w = user;
    consent__task_row task = {
        .recipient = "@notice", .items = "[\"service-stopped\"]", .seq = w->stop_seq};
    int64_t id = row->subject;
    memcpy(task.uid, row->uid, sizeof task.uid);
    consent_status st = w->work->store->engine->task_put(cx, w->work->tx, &task);
    task.recipient = "";
    task.items = consent__buf_cstr(&w->items);
    if (st == CONSENT_OK && !task.items)
        st = consent__no_memory(cx);
    if (st == CONSENT_OK)
        st = w->work->store->engine->task_put(cx, w->work->tx, &task);
    w->after = id;
    w->done++;
    return st;
}

static bool known(const consent__catalog *c, int32_t at, const char *item) {
    for (int32_t i = 0; i < at; i++)
        if (consent__policy_item(c->versions[i].policy, item) >= 0)
            return true;
    return false;
}

static void list_items(const consent__catalog *c, consent__buf *b) {
    consent__buf_reset(b);
    consent__buf_byte(b, '[');
    for (int32_t i = 0; i < c->versions_count; i++) {
        const consent__policy *p = c->versions[i].policy;
        for (int32_t k = 0; k < p->items_count; k++) {
            if (known(c, i, p->items[k].key))
                continue;
            consent__buf_text(b, b->len > 1 ? ",{\"item\":" : "{\"item\":");
            consent__json_string(b, p->items[k].key, strlen(p->items[k].key));
            consent__buf_text(b, ",\"then\":\"delete\"}");
        }
    }
    consent__buf_byte(b, ']');
}

static consent_status wind(const consent__cx *cx, consent__work *w, void *user) {
    winding *in = user;
    const consent__catalog *c = NULL;
    uint8_t progress[8];
    int64_t next = 0;
    in->work = w;
    in->done = 0;
    consent_status st = consent__work_catalog(cx, w, &c);
    if (st == CONSENT_OK && !c->stops_count)
        st = consent__fail(cx, CONSENT_E_STATE, "the service has not been stopped");
    if (st == CONSENT_OK)
        st = read_progress(cx, w->store, w->tx, &in->after);
    if (st != CONSENT_OK)
        return st;
    in->stop_seq = c->stops[0].seq;
    list_items(c, &in->items);
    st = w->store->engine->subject_scan(cx, w->tx, in->after, STEP, add_tasks, in);
    if (st < 0)
        return st;
    consent__put64le(progress, (uint64_t)in->after);
    st = w->store->engine->meta_put(cx, w->tx, PROGRESS, progress, sizeof progress);
    if (st == CONSENT_OK)
        st = w->store->engine->subject_next(cx, w->tx, &next);
    in->left = in->done < STEP ? 0 : next - 1 - in->after;
    return st;
}

consent_status consent__flow_service_wind_down(const consent__cx *cx, consent_store *s,
                                               int64_t most, int64_t *out_done, int64_t *out_left) {
    winding in = {.left = 1};
    consent_status st = CONSENT_OK;
    *out_done = 0;
    consent__buf_init(&in.items, cx->env);
    while (st == CONSENT_OK && in.left > 0 && (most <= 0 || *out_done < most)) {
        st = consent__write(cx, s, wind, &in);
        if (st == CONSENT_OK)
            *out_done += in.done;
    }
    *out_left = in.left;
    consent__buf_free(&in.items);
    return st;
}

/* ---- change of hands ---- */

typedef struct change {
    const char *successor;
    bool accepts;
} change;

static consent_status change_work(const consent__cx *cx, consent__work *w, void *user) {
    const change *in = user;
    consent__event e = {.kind = EV_CONTROLLER_CHANGED};
    CONSENT__SET_TEXT(&e, name, in->successor);
    CONSENT__SET(&e, granted, in->accepts);
    consent_status st = consent__append(cx, w, NULL, &e, NULL);
    return st == CONSENT_OK ? put_document(cx, w, "controller", in->successor, e.seq,
                                           in->accepts ? "accepts" : "declines")
                            : st;
}

consent_status consent__flow_controller_change(const consent__cx *cx, consent_store *s,
                                               const char *successor, bool accepts) {
    change in = {successor, accepts};
    consent_status st = consent__text_need(cx, successor, CONSENT__NAME, "name of the successor");
    return st == CONSENT_OK ? consent__write(cx, s, change_work, &in) : st;
}
