/* SPDX-License-Identifier: Apache-2.0 */
/* What recipients, or the host itself, still have to erase. A task says what was to go when it was
 * made; a hold may have been placed since. So the list takes out what is held now and names it
 * apart, and nobody who follows it destroys what must be kept. */
#include <string.h>

#include "flow/args.h"
#include "flow/cancel.h"
#include "flow/erasures.h"
#include "flow/incident.h"
#include "util/text.h"
#include "json/json.h"

/* Who an incident affects stands in the same table, and is met by being told alone. */
static bool of_incident(const char *recipient) {
    return strncmp(recipient, CONSENT__INCIDENT_TASK, sizeof CONSENT__INCIDENT_TASK - 1) == 0;
}

/* ---- one task, with what is held of it ---- */

typedef struct sorting {
    consent_store *store;
    consent__tx *tx;
    int64_t now;
    consent__arena arena; /* of one task */
    consent__buf go, held;
    int32_t held_count;
} sorting;

static void sorting_open(sorting *s, consent_store *store, consent__tx *tx, int64_t now) {
    *s = (sorting){.store = store, .tx = tx, .now = now};
    consent__arena_init(&s->arena, &store->env);
    consent__buf_init(&s->go, &store->env);
    consent__buf_init(&s->held, &store->env);
}

static void sorting_close(sorting *s) {
    consent__arena_free(&s->arena);
    consent__buf_free(&s->go);
    consent__buf_free(&s->held);
}

static void put_item(consent__buf *b, const consent__hold *hold, const char *item,
                     const char *then) {
    consent__buf_text(b, b->len > 1 ? ",{" : "{");
    if (hold) {
        consent__buf_text(b, "\"authority\":");
        consent__json_string(b, hold->authority, strlen(hold->authority));
        consent__buf_format(b, ",\"hold\":%lld,", (long long)hold->number);
    }
    consent__buf_text(b, "\"item\":");
    consent__json_string(b, item, strlen(item));
    consent__buf_text(b, ",\"then\":");
    consent__json_string(b, then, strlen(then));
    if (hold && hold->until)
        consent__buf_format(b, ",\"until\":%lld", (long long)hold->until);
    else if (hold)
        consent__buf_text(b, ",\"until\":null");
    consent__buf_byte(b, '}');
}

/* [{"item":…,"then":…},…], as all who make tasks of erasing write it. */
static bool sort_items(sorting *s, const consent__state *state, const char *items) {
    const char *name, *value;
    size_t n;
    consent__reader r;
    consent__reader_init(&r, items, strlen(items));
    if (!consent__reader_array(&r))
        return false;
    while (consent__reader_element(&r)) {
        const char *item = NULL, *then = NULL;
        if (!consent__reader_object(&r))
            return false;
        while (consent__reader_member(&r, &s->arena, &name)) {
            if (!consent__reader_string(&r, &s->arena, &value, &n))
                return false;
            if (strcmp(name, "item") == 0)
                item = value;
            else if (strcmp(name, "then") == 0)
                then = value;
        }
        if (r.bad || !item || !then)
            return false;
        const consent__hold *hold = consent__hold_on(state, item, s->now);
        s->held_count += hold != NULL;
        put_item(hold ? &s->held : &s->go, hold, item, then);
    }
    return !r.bad;
}

/* What of a task may go now, and what is held: s->go, s->held, s->held_count. Of an erased subject
 * nothing is held: what is kept of it stands in no task. row's texts are read before anything else
 * is asked of the engine. */
static consent_status sort_task(const consent__cx *cx, sorting *s, const consent__task_row *row) {
    consent__subject_row key;
    consent__subject subject;
    consent__arena_reset(&s->arena);
    consent__buf_reset(&s->go);
    consent__buf_reset(&s->held);
    s->held_count = 0;
    consent__buf_byte(&s->held, '[');
    const char *items = consent__arena_text(&s->arena, row->items, strlen(row->items));
    if (!items)
        return consent__no_memory(cx);
    consent_status st = CONSENT_E_NOT_FOUND;
    if (row->done < 0 && row->recipient[0] != '@')
        st = s->store->engine->subject_by_uid(cx, s->tx, row->uid, &key);
    if (st == CONSENT_E_NOT_FOUND || (st == CONSENT_OK && !key.box)) {
        consent__buf_text(&s->go, items);
        consent__buf_byte(&s->held, ']');
        return s->go.failed || s->held.failed ? consent__no_memory(cx) : CONSENT_OK;
    }
    if (st == CONSENT_OK)
        st = consent__subject_of_row(cx, s->store, &key, &s->arena, &subject);
    if (st != CONSENT_OK)
        return st;
    consent__wipe(subject.key, sizeof subject.key);
    consent__buf_byte(&s->go, '[');
    if (!sort_items(s, &subject.state, items))
        return consent__fail(cx, CONSENT_E_CORRUPT, "the items of a task cannot be read");
    consent__buf_byte(&s->go, ']');
    consent__buf_byte(&s->held, ']');
    return s->go.failed || s->held.failed ? consent__no_memory(cx) : CONSENT_OK;
}

/* ---- the list ---- */

typedef struct listing {
    consent_rows *rows;
    sorting sort;
} listing;

static consent_status add_task(const consent__cx *cx, void *user, const consent__task_row *row) {
    listing *l = user;
    consent_rows *r = l->rows;
    char hex[33];
    if (of_incident(row->recipient))
        return CONSENT_OK;
    consent__hex(row->uid, 16, hex);
    consent__rows_add(r);
    consent__rows_text(r, 0, hex);
    consent__rows_text(r, 1, row->recipient);
    consent__rows_number(r, 3, row->seq);
    consent__rows_number(r, 4, row->done >= 0);
    consent_status st = sort_task(cx, &l->sort, row);
    if (st != CONSENT_OK)
        return st;
    consent__rows_text_n(r, 2, (const char *)l->sort.go.data, l->sort.go.len);
    consent__rows_text_n(r, 5, (const char *)l->sort.held.data, l->sort.held.len);
    return CONSENT_OK;
}

consent_status consent__flow_erasure_tasks(const consent__cx *cx, consent_store *s, bool open_only,
                                           consent_rows **out) {
    consent__view v;
    consent_status st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    listing l = {consent__rows_new(cx->env, "uid t,recipient t,items j,event n,done b,held j"),
                 {0}};
    sorting_open(&l.sort, s, v.tx, v.now);
    st = s->engine->task_scan(cx, v.tx, open_only, add_task, &l);
    sorting_close(&l.sort);
    consent__view_close(&v);
    if (st == CONSENT_OK)
        return consent__rows_finish(cx, l.rows, out);
    consent_rows_free(l.rows);
    return st;
}

/* ---- one is done ---- */

typedef struct done {
    uint8_t uid[16];
    const char *recipient, *actor;
} done;

/* Who erased what was held destroyed it, and who did not has not done the task. */
static consent_status nothing_held(const consent__cx *cx, consent__work *w, const done *in) {
    consent__task_row row;
    sorting s;
    consent_status st = w->store->engine->task_get(cx, w->tx, in->uid, in->recipient, &row);
    if (st == CONSENT_E_NOT_FOUND || (st == CONSENT_OK && row.done >= 0))
        return consent__fail(cx, CONSENT_E_NOT_FOUND, "there is no such open task");
    if (st != CONSENT_OK)
        return st;
    sorting_open(&s, w->store, w->tx, w->now);
    st = sort_task(cx, &s, &row);
    if (st == CONSENT_OK && s.held_count)
        st = consent__fail(cx, CONSENT_E_REFUSED,
                           "of the task %lld item%s under a hold: the task stays open until it is "
                           "released or ends",
                           (long long)s.held_count, s.held_count == 1 ? " is" : "s are");
    sorting_close(&s);
    return st;
}

static consent_status done_work(const consent__cx *cx, consent__work *w, void *user) {
    const done *in = user;
    if (of_incident(in->recipient))
        return consent__fail(cx, CONSENT_E_NOT_FOUND, "there is no such open task");
    consent_status st = nothing_held(cx, w, in);
    consent__event e = {.kind = EV_ERASURE_ACKNOWLEDGED};
    consent__event_set_uid(&e, F_uid, in->uid);
    CONSENT__SET_TEXT(&e, recipient, in->recipient);
    CONSENT__SET_TEXT(&e, actor, in->actor);
    if (st == CONSENT_OK)
        st = consent__append(cx, w, NULL, &e, NULL);
    return st == CONSENT_OK ? w->store->engine->task_done(cx, w->tx, in->uid, in->recipient, e.seq)
                            : st;
}

consent_status consent__flow_erasure_done(const consent__cx *cx, consent_store *s, const char *uid,
                                          const char *recipient, const char *actor) {
    done in = {.recipient = recipient ? recipient : "", .actor = actor};
    consent_status st = consent__uid_read(cx, uid, in.uid);
    if (st == CONSENT_OK)
        st = consent__text_check(cx, actor, CONSENT__NAME, "actor");
    return st == CONSENT_OK ? consent__write(cx, s, done_work, &in) : st;
}
