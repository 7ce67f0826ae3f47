/* SPDX-License-Identifier: Apache-2.0 */
/* Acting upon what is due: the host's task to erase, or a restriction, as an event of each subject.
 * Subjects are looked at in snapshots, some hundred at a time, and only who has something due is
 * written: a pass over a store where nothing is due writes nothing. How far a pass came stands in
 * `meta`, so that an interrupted one goes on there. */
#include <stdio.h>
#include <string.h>

#include "core/cancel.h"
#include "core/retention.h"
#include "flow/args.h"
#include "flow/retention.h"
#include "util/text.h"
#include "json/json.h"

#define CHUNK 500       /* subjects looked at in one snapshot, and written in one transaction */
#define REMAINDERS 5000 /* of erased subjects, gathered in one snapshot */
#define KEEP 0x7fff     /* a group of items no rule asks for */

typedef struct expiring {
    const char *policy, *actor;
    consent__view *view;
    consent__work *work;
    const consent__version *version;
    consent__arena arena; /* of one subject at a time */
    char progress[24];
    int64_t after, stored; /* the last subject looked at; where `meta` says */
    int64_t ids[CHUNK];    /* who has something due */
    int32_t due, seen;
    int64_t looked, erase, restricted, held, left; /* what is answered */
    int64_t part_erase, part_restricted;           /* of one transaction */
    consent__buf remainders, text;
} expiring;

/* ---- what of one subject is due ---- */

/* Whether the item is to be acted upon now. *held: only a hold keeps it from that. */
static bool is_due(const consent__catalog *c, const consent__version *v, const consent__state *s,
                   int32_t item, int64_t now, consent__period *period, bool *held) {
    consent__retention_period(c, v, s, item, now, period);
    *held = false;
    if (period->since == CONSENT__NO_INSTANT || period->applied || period->due > now)
        return false;
    *held = consent__hold_on(s, v->policy->items[item].key, now) != NULL;
    return !*held;
}

static consent_status look_at(const consent__cx *cx, void *user, const consent__subject_row *row) {
    expiring *x = user;
    consent__subject subject;
    consent__period period;
    bool any = false, held = false;
    x->seen++;
    x->after = row->subject;
    consent__arena_reset(&x->arena);
    consent_status st = consent__subject_of_row(cx, x->view->store, row, &x->arena, &subject);
    if (st != CONSENT_OK)
        return st;
    consent__wipe(subject.key, sizeof subject.key);
    if (subject.state.adopted)
        return CONSENT_OK;
    for (int32_t i = 0; i < x->version->policy->items_count; i++) {
        any |=
            is_due(x->view->catalog, x->version, &subject.state, i, x->view->now, &period, &held);
        x->held += held;
    }
    if (any)
        x->ids[x->due++] = subject.id;
    return CONSENT_OK;
}

/* ---- the host's task ---- */

static bool named_in(const char *items, const char *key) {
    char name[80];
    int n = snprintf(name, sizeof name, "\"item\":\"%s\"", key);
    return n > 0 && (size_t)n < sizeof name && strstr(items, name) != NULL;
}

static void put_item(consent__buf *b, const char *key, const char *then) {
    consent__buf_text(b, b->len > 1 ? ",{\"item\":" : "{\"item\":");
    consent__json_string(b, key, strlen(key));
    consent__buf_format(b, ",\"then\":\"%s\"}", then);
}

/* Adds items to what the host has to erase of that subject already. */
static consent_status add_task(const consent__cx *cx, expiring *x, const uint8_t uid[16],
                               const char *const *keys, int32_t count, const char *then,
                               int64_t seq) {
    const consent__engine *engine = x->work->store->engine;
    consent__task_row task;
    consent__buf *b = &x->text;
    consent__buf_reset(b);
    consent_status st = engine->task_get(cx, x->work->tx, uid, "", &task);
    if (st != CONSENT_OK && st != CONSENT_E_NOT_FOUND)
        return st;
    bool open = st == CONSENT_OK && task.done < 0 && strlen(task.items) >= 2;
    if (open)
        consent__buf_put(b, task.items, strlen(task.items) - 1);
    else
        consent__buf_byte(b, '[');
    size_t before = b->len;
    for (int32_t i = 0; i < count; i++)
        if (!open || !named_in(task.items, keys[i]))
            put_item(b, keys[i], then);
    if (open && b->len == before)
        return CONSENT_OK;
    consent__buf_byte(b, ']');
    task = (consent__task_row){.recipient = "", .items = consent__buf_cstr(b), .seq = seq};
    memcpy(task.uid, uid, sizeof task.uid);
    return task.items ? engine->task_put(cx, x->work->tx, &task) : consent__no_memory(cx);
}

/* ---- acting upon one subject ---- */

typedef struct group { /* items whose periods began together and end alike: one event */
    const char **keys;
    int32_t count, then;
    int64_t since;
} group;

static consent_status act_on(const consent__cx *cx, expiring *x, consent__subject *subject,
                             const group *g) {
    const char *then = consent__then_name(g->then);
    consent__event e = {.kind = EV_RETENTION_APPLIED};
    CONSENT__SET_TEXT(&e, policy, x->version->policy->key);
    CONSENT__SET_TEXT(&e, version, x->version->policy->version);
    CONSENT__SET_TEXT(&e, state, then);
    CONSENT__SET_TEXT(&e, actor, x->actor);
    CONSENT__SET(&e, from, g->since);
    e.items_ = (consent__strings){g->count, g->keys};
    e.has |= CONSENT__BIT(items);
    consent_status st = consent__append_apply(cx, x->work, subject, &e, NULL);
    if (g->then == THEN_RESTRICT) {
        x->part_restricted += g->count;
        return st;
    }
    x->part_erase += g->count;
    return st == CONSENT_OK
               ? add_task(cx, x, subject->uid, (const char *const *)g->keys, g->count, then, e.seq)
               : st;
}

typedef struct mark {
    int64_t since;
    int32_t then; /* KEEP: not due, or done */
} mark;

/* The state changes with each event; what is due was found before the first. */
static consent_status act_on_all(const consent__cx *cx, expiring *x, consent__subject *subject,
                                 const consent__catalog *c) {
    const consent__policy *p = x->version->policy;
    size_t n = (size_t)p->items_count + 1;
    mark *marks = consent__arena_get(&x->arena, n * sizeof *marks);
    const char **keys = consent__arena_get(&x->arena, n * sizeof *keys);
    consent_status st = marks && keys ? CONSENT_OK : consent__no_memory(cx);
    for (int32_t i = 0; st == CONSENT_OK && i < p->items_count; i++) {
        consent__period period;
        bool held;
        bool due = is_due(c, x->version, &subject->state, i, x->work->now, &period, &held);
        marks[i] = (mark){period.since, due ? (int32_t)p->items[i].retention.then : KEEP};
    }
    for (int32_t i = 0; st == CONSENT_OK && i < p->items_count; i++) {
        group g = {.keys = keys, .then = marks[i].then, .since = marks[i].since};
        if (g.then == KEEP)
            continue;
        for (int32_t k = i; k < p->items_count; k++)
            if (marks[k].then == g.then && marks[k].since == g.since) {
                keys[g.count++] = p->items[k].key;
                marks[k].then = KEEP;
            }
        st = act_on(cx, x, subject, &g);
    }
    return st;
}

static consent_status put_progress(const consent__cx *cx, const expiring *x, consent__work *w,
                                   int64_t place) {
    uint8_t bytes[8];
    consent__put64le(bytes, (uint64_t)place);
    return w->store->engine->meta_put(cx, w->tx, x->progress, bytes, sizeof bytes);
}

static consent_status apply_work(const consent__cx *cx, consent__work *w, void *user) {
    expiring *x = user;
    const consent__catalog *c = NULL;
    x->work = w;
    x->part_erase = x->part_restricted = 0;
    consent_status st = consent__work_catalog(cx, w, &c);
    if (st == CONSENT_OK)
        st = consent__in_force(cx, c, x->policy, w->now, &x->version);
    for (int32_t i = 0; st == CONSENT_OK && i < x->due; i++) {
        consent__subject_row row;
        consent__subject subject;
        consent__arena_reset(&x->arena);
        st = w->store->engine->subject_by_id(cx, w->tx, x->ids[i], &row);
        if (st == CONSENT_E_NOT_FOUND || (st == CONSENT_OK && !row.box)) {
            st = CONSENT_OK; /* erased since it was looked at */
            continue;
        }
        if (st == CONSENT_OK)
            st = consent__subject_of_row(cx, w->store, &row, &x->arena, &subject);
        if (st != CONSENT_OK)
            break;
        if (!subject.state.adopted)
            st = act_on_all(cx, x, &subject, c);
        consent__wipe(subject.key, sizeof subject.key);
    }
    return st == CONSENT_OK ? put_progress(cx, x, w, x->after) : st;
}

/* ---- a pass ---- */

static consent_status where(const consent__cx *cx, expiring *x) {
    consent__buf b;
    consent__buf_init(&b, cx->env);
    consent_status st = x->view->store->engine->meta_get(cx, x->view->tx, x->progress, &b);
    x->stored = st == CONSENT_OK && b.len == 8 ? (int64_t)consent__get64le(b.data) : 0;
    consent__buf_free(&b);
    return st == CONSENT_E_NOT_FOUND ? CONSENT_OK : st;
}

/* Looks at the next ones. */
static consent_status look_on(const consent__cx *cx, consent_store *s, expiring *x) {
    consent__view v;
    int64_t next = 0;
    consent_status st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    x->view = &v;
    x->due = x->seen = 0;
    st = consent__in_force(cx, v.catalog, x->policy, v.now, &x->version);
    if (st == CONSENT_OK)
        st = s->engine->subject_scan(cx, v.tx, x->after, CHUNK, look_at, x);
    if (st >= 0)
        st = s->engine->subject_next(cx, v.tx, &next);
    consent__view_close(&v);
    if (st < 0)
        return st;
    x->looked += x->seen;
    x->left = x->seen < CHUNK ? 0 : next - 1 - x->after;
    if (x->left == 0)
        x->after = 0; /* the next pass begins anew */
    return CONSENT_OK;
}

static consent_status save_place(const consent__cx *cx, consent__work *w, void *user) {
    const expiring *x = user;
    return put_progress(cx, x, w, x->after);
}

static consent_status pass(const consent__cx *cx, consent_store *s, expiring *x, int64_t most) {
    consent_status st = CONSENT_OK;
    do {
        st = look_on(cx, s, x);
        if (st == CONSENT_OK && x->due) {
            st = consent__write(cx, s, apply_work, x);
            if (st == CONSENT_OK) {
                x->stored = x->after;
                x->erase += x->part_erase;
                x->restricted += x->part_restricted;
            }
        }
    } while (st == CONSENT_OK && x->left > 0 && (most == 0 || x->looked < most));
    if (st == CONSENT_OK && x->stored != x->after)
        st = consent__write(cx, s, save_place, x);
    return st;
}

/* ---- what was kept of erased subjects ---- */

typedef struct kept {
    const uint8_t *uid;
    const char *reason;
} kept;

/* One entry for each uid and reason: 16 bytes and the text with its NUL. Rows come by uid, item,
 * reason, so the same pair may come again: the second time nothing is left to take. */
static consent_status gather(const consent__cx *cx, void *user, const consent__remainder_row *row) {
    expiring *x = user;
    if (row->until == INT64_MIN || row->until > x->view->now)
        return CONSENT_OK;
    if (x->due == REMAINDERS)
        return CONSENT_DONE;
    x->due++;
    consent__buf_put(&x->remainders, row->uid, 16);
    consent__buf_put(&x->remainders, row->reason, strlen(row->reason) + 1);
    return x->remainders.failed ? consent__no_memory(cx) : CONSENT_OK;
}

typedef struct taking {
    expiring *x;
    const kept *kept;
    const char **keys;
    int32_t count, cap;
    bool early; /* another row of the same reason is not due yet */
} taking;

static consent_status take(const consent__cx *cx, void *user, const consent__remainder_row *row) {
    taking *t = user;
    if (strcmp(row->reason, t->kept->reason) != 0)
        return CONSENT_OK;
    t->early |= row->until == INT64_MIN || row->until > t->x->work->now;
    if (t->count == t->cap) {
        int32_t cap = t->cap ? 2 * t->cap : 32;
        const char **more = consent__arena_get(&t->x->arena, (size_t)cap * sizeof *more);
        if (!more)
            return consent__no_memory(cx);
        if (t->count)
            memcpy(more, t->keys, (size_t)t->count * sizeof *more);
        t->keys = more;
        t->cap = cap;
    }
    t->keys[t->count] = consent__arena_text(&t->x->arena, row->item, strlen(row->item));
    return t->keys[t->count++] ? CONSENT_OK : consent__no_memory(cx);
}

static consent_status let_go(const consent__cx *cx, expiring *x, const kept *k) {
    const consent__engine *engine = x->work->store->engine;
    taking t = {.x = x, .kept = k};
    int64_t rows = 0;
    consent__arena_reset(&x->arena);
    consent_status st = engine->remainder_scan(cx, x->work->tx, k->uid, take, &t);
    if (st < 0 || !t.count || t.early)
        return st < 0 ? st : CONSENT_OK;
    st = engine->remainder_drop(cx, x->work->tx, k->uid, k->reason, &rows);
    consent__event e = {.kind = EV_REMAINDER_RELEASED};
    consent__event_set_uid(&e, F_uid, k->uid);
    CONSENT__SET_TEXT(&e, reason, k->reason);
    CONSENT__SET_TEXT(&e, actor, x->actor);
    CONSENT__SET(&e, count, rows);
    if (st == CONSENT_OK)
        st = consent__append(cx, x->work, NULL, &e, NULL);
    x->part_erase += rows;
    return st == CONSENT_OK ? add_task(cx, x, k->uid, t.keys, t.count, "delete", e.seq) : st;
}

typedef struct letting {
    expiring *x;
    const uint8_t *from, *to;
} letting;

static consent_status let_go_work(const consent__cx *cx, consent__work *w, void *user) {
    const letting *in = user;
    expiring *x = in->x;
    consent_status st = CONSENT_OK;
    x->work = w;
    x->part_erase = 0;
    for (const uint8_t *p = in->from; st == CONSENT_OK && p < in->to;) {
        kept k = {p, (const char *)p + 16};
        st = let_go(cx, x, &k);
        p += 16 + strlen(k.reason) + 1;
    }
    return st;
}

static consent_status let_go_all(const consent__cx *cx, consent_store *s, expiring *x) {
    const uint8_t *p = x->remainders.data, *end = p + x->remainders.len;
    consent_status st = CONSENT_OK;
    while (st == CONSENT_OK && p < end) {
        letting in = {x, p, p};
        for (int32_t i = 0; i < CHUNK && in.to < end; i++)
            in.to += 16 + strlen((const char *)in.to + 16) + 1;
        st = consent__write(cx, s, let_go_work, &in);
        if (st == CONSENT_OK)
            x->erase += x->part_erase;
        p = in.to;
    }
    return st;
}

/* Where the pass stands; when it begins, what of the erased may go. */
static consent_status begin(const consent__cx *cx, consent_store *s, expiring *x) {
    consent__view v;
    consent_status st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    x->view = &v;
    x->due = 0;
    consent__buf_reset(&x->remainders);
    st = consent__in_force(cx, v.catalog, x->policy, v.now, &x->version);
    if (st == CONSENT_OK) {
        snprintf(x->progress, sizeof x->progress, "retention.%d", (int)x->version->policy_index);
        st = where(cx, x);
        x->after = x->stored;
    }
    if (st == CONSENT_OK && !x->stored)
        st = s->engine->remainder_scan(cx, v.tx, NULL, gather, x);
    consent__view_close(&v);
    return st < 0 ? st : CONSENT_OK;
}

/* First of all, so that a pass over a store of one chunk is one transaction. */
static consent_status remainders(const consent__cx *cx, consent_store *s, expiring *x) {
    consent_status st;
    int64_t before;
    do {
        before = x->erase;
        st = begin(cx, s, x);
        if (st == CONSENT_OK)
            st = let_go_all(cx, s, x);
    } while (st == CONSENT_OK && x->due == REMAINDERS && x->erase != before);
    return st;
}

/* ---- all together ---- */

/* Made before anything is written, and filled in afterwards. */
static consent_status begin_answer(const consent__cx *cx, consent_rows **out) {
    consent_rows *r = consent__rows_new(cx->env, "looked n,erase n,restrict n,held n,left n");
    consent__rows_add(r);
    for (int column = 0; column < 5; column++)
        consent__rows_number(r, column, 0);
    return consent__rows_finish(cx, r, out);
}

static void answer(const expiring *x, consent_rows *r) {
    consent__rows_number(r, 0, x->looked);
    consent__rows_number(r, 1, x->erase);
    consent__rows_number(r, 2, x->restricted);
    consent__rows_number(r, 3, x->held);
    consent__rows_number(r, 4, x->left);
}

consent_status consent__flow_retention_apply(const consent__cx *cx, consent_store *s,
                                             const char *policy, const char *actor, int64_t most,
                                             consent_rows **out) {
    consent_status st = consent__text_check(cx, actor, CONSENT__NAME, "actor");
    if (st == CONSENT_OK && most < 0)
        st = consent__fail(cx, CONSENT_E_ARGUMENT, "the number of subjects is not negative");
    if (st == CONSENT_OK)
        st = begin_answer(cx, out);
    if (st != CONSENT_OK)
        return st;
    expiring *x = consent__alloc(cx->env, sizeof *x);
    if (!x) {
        consent_rows_free(*out);
        *out = NULL;
        return consent__no_memory(cx);
    }
    x->policy = policy;
    x->actor = actor;
    consent__arena_init(&x->arena, cx->env);
    consent__buf_init(&x->remainders, cx->env);
    consent__buf_init(&x->text, cx->env);
    st = remainders(cx, s, x);
    if (st == CONSENT_OK)
        st = pass(cx, s, x, most);
    if (st == CONSENT_OK) {
        answer(x, *out);
    } else {
        consent_rows_free(*out);
        *out = NULL;
    }
    consent__arena_free(&x->arena);
    consent__buf_free(&x->remainders);
    consent__buf_free(&x->text);
    consent__release(cx->env, x);
    return st;
}
