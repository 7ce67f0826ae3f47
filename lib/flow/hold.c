/* SPDX-License-Identifier: Apache-2.0 */
/* Holds: legal reasons to keep some data although erasure is due. */
#include <stdio.h>
#include <string.h>

#include "flow/args.h"
#include "flow/service.h"
#include "util/text.h"
#include "json/json.h"

#define COLUMNS "hold n,subject t,uid t,authority t,items j,until u,state t,since u"

static bool declared(const consent__catalog *c, const char *item) {
    for (int32_t i = 0; i < c->versions_count; i++)
        if (c->versions[i].published_seq >= 0 &&
            consent__policy_item(c->versions[i].policy, item) >= 0)
            return true;
    return false;
}

/* Adds one hold; items is room to write in. */
static void add_hold(consent_rows *r, const consent__subject *subject, const consent__hold *h,
                     const char *state, consent__buf *items) {
    char hex[33];
    consent__buf_reset(items);
    consent__buf_byte(items, '[');
    for (int32_t i = 0; i < h->items.count; i++) {
        consent__buf_text(items, i ? "," : "");
        consent__json_string(items, h->items.v[i], strlen(h->items.v[i]));
    }
    consent__buf_byte(items, ']');
    consent__hex(subject->uid, 16, hex);
    consent__rows_add(r);
    consent__rows_number(r, 0, h->number);
    consent__rows_text(r, 1, subject->state.external);
    consent__rows_text(r, 2, hex);
    consent__rows_text(r, 3, h->authority);
    if (!items->failed)
        consent__rows_text_n(r, 4, (const char *)items->data, items->len);
    if (h->until)
        consent__rows_number(r, 5, h->until);
    consent__rows_text(r, 6, state);
    consent__rows_number(r, 7, h->at);
}

static consent_status finish(const consent__cx *cx, consent_rows *r, consent__buf *items,
                             consent_rows **out) {
    bool failed = items->failed;
    consent__buf_free(items);
    if (!failed)
        return consent__rows_finish(cx, r, out);
    consent_rows_free(r);
    return consent__no_memory(cx);
}

static consent_status hold_rows(const consent__cx *cx, const consent__subject *subject,
                                const consent__hold *h, const char *state, consent_rows **out) {
    consent_rows *r = consent__rows_new(cx->env, COLUMNS);
    consent__buf items;
    consent__buf_init(&items, cx->env);
    add_hold(r, subject, h, state, &items);
    return finish(cx, r, &items, out);
}

/* ---- listing ---- */

typedef struct listing {
    consent_store *store;
    int64_t now;
    consent_rows *rows;
    consent__buf items;
    consent__arena arena; /* of one subject at a time */
} listing;

static void list_holds(listing *l, const consent__subject *subject) {
    for (int32_t i = 0; i < subject->state.holds_count; i++) {
        const consent__hold *h = &subject->state.holds[i];
        bool over = h->until && h->until <= l->now;
        add_hold(l->rows, subject, h, over ? "over" : "placed", &l->items);
    }
}

static consent_status list_one(const consent__cx *cx, void *user, const consent__subject_row *row) {
    listing *l = user;
    consent__subject subject;
    consent__arena_reset(&l->arena);
    consent_status st = consent__subject_of_row(cx, l->store, row, &l->arena, &subject);
    if (st == CONSENT_OK)
        list_holds(l, &subject);
    consent__wipe(subject.key, sizeof subject.key);
    return st;
}

consent_status consent__flow_hold_list(const consent__cx *cx, consent_store *s, const char *subject,
                                       consent_rows **out) {
    consent__view v;
    consent__subject found;
    consent_status st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    listing l = {.store = s, .now = v.now, .rows = consent__rows_new(cx->env, COLUMNS)};
    consent__buf_init(&l.items, cx->env);
    consent__arena_init(&l.arena, cx->env);
    if (subject) {
        st = consent__subject_need(cx, s, v.tx, subject, &l.arena, &found);
        if (st == CONSENT_OK) {
            list_holds(&l, &found);
            consent__wipe(found.key, sizeof found.key);
        }
    } else {
        st = s->engine->subject_scan(cx, v.tx, 0, 0, list_one, &l);
    }
    consent__arena_free(&l.arena);
    consent__view_close(&v);
    if (st >= 0)
        return finish(cx, l.rows, &l.items, out);
    consent__buf_free(&l.items);
    consent_rows_free(l.rows);
    return st;
}

/* ---- placing ---- */

typedef struct placing {
    const char *authority, *why;
    const char *const *items;
    size_t count;
    int64_t until;
    consent_rows **out;
} placing;

static consent_status place(const consent__cx *cx, consent__work *w, consent__subject *subject,
                            void *user) {
    const placing *in = user;
    const consent__catalog *c = NULL;
    consent_status st = consent__work_catalog(cx, w, &c);
    for (size_t i = 0; st == CONSENT_OK && i < in->count; i++)
        if (!declared(c, in->items[i]))
            st =
                consent__unknown(cx, in->items[i], "item", "no published version has such an item");
    if (st == CONSENT_OK && in->until && in->until <= w->now)
        st = consent__fail(cx, CONSENT_E_ARGUMENT, "the end of the hold is not in the future");
    if (st != CONSENT_OK)
        return st;
    consent__event e = {.kind = EV_HOLD_PLACED};
    CONSENT__SET_TEXT(&e, authority, in->authority);
    CONSENT__SET_TEXT(&e, reason, in->why);
    if (in->until)
        CONSENT__SET(&e, until, in->until);
    if (in->count) {
        e.items_ = (consent__strings){(int32_t)in->count, in->items};
        e.has |= CONSENT__BIT(items);
    }
    st = consent__append_apply(cx, w, subject, &e, NULL);
    if (st != CONSENT_OK)
        return st;
    return hold_rows(cx, subject, &subject->state.holds[subject->state.holds_count - 1], "placed",
                     in->out);
}

consent_status consent__flow_hold_place(const consent__cx *cx, consent_store *s,
                                        const char *subject, const char *authority,
                                        const char *const *items, size_t count, int64_t until,
                                        const char *why, consent_rows **out) {
    placing in = {authority, why, items, count, until, out};
    consent_status st = consent__text_need(cx, authority, CONSENT__NAME, "authority");
    if (st == CONSENT_OK)
        st = consent__text_check(cx, why, CONSENT__WORDS, "reason");
    if (st == CONSENT_OK && count > 1000)
        st = consent__fail(cx, CONSENT_E_ARGUMENT, "a hold has at most 1000 items");
    for (size_t i = 0; st == CONSENT_OK && i < count; i++)
        st = consent__text_need(cx, items[i], CONSENT__NAME, "item");
    if (st == CONSENT_OK)
        st = consent__on_subject(cx, s, subject, place, &in);
    if (st != CONSENT_OK) {
        consent_rows_free(*out);
        *out = NULL;
    }
    return st;
}

/* ---- releasing ---- */

typedef struct releasing {
    int64_t hold;
    const char *why, *actor;
    consent_rows **out;
    /* of an erased subject */
    char reason[40];
    uint8_t uid[16];
    bool found;
} releasing;

static consent_status find_remainder(const consent__cx *cx, void *user,
                                     const consent__remainder_row *row) {
    releasing *r = user;
    (void)cx;
    if (strcmp(row->reason, r->reason) != 0)
        return CONSENT_OK;
    memcpy(r->uid, row->uid, sizeof r->uid);
    r->found = true;
    return CONSENT_DONE;
}

/* The subject is erased: what was kept of it for this hold may go now. */
static consent_status release_remainder(const consent__cx *cx, consent__work *w, releasing *in) {
    int64_t rows = 0;
    char hex[33];
    consent_status st = w->store->engine->remainder_scan(cx, w->tx, NULL, find_remainder, in);
    if (st < 0)
        return st;
    if (!in->found)
        return consent__fail(cx, CONSENT_E_NOT_FOUND,
                             "there is no hold of that number that stands");
    st = w->store->engine->remainder_drop(cx, w->tx, in->uid, in->reason, &rows);
    consent__event e = {.kind = EV_REMAINDER_RELEASED};
    consent__event_set_uid(&e, F_uid, in->uid);
    CONSENT__SET_TEXT(&e, reason, in->reason);
    CONSENT__SET_TEXT(&e, actor, in->actor);
    CONSENT__SET(&e, count, rows);
    if (st == CONSENT_OK)
        st = consent__append(cx, w, NULL, &e, NULL);
    if (st != CONSENT_OK)
        return st;
    consent__hex(in->uid, 16, hex);
    consent_rows *r = consent__rows_new(cx->env, COLUMNS);
    consent__rows_add(r);
    consent__rows_number(r, 0, in->hold);
    consent__rows_text(r, 2, hex);
    consent__rows_text(r, 6, "released");
    return consent__rows_finish(cx, r, in->out);
}

static consent_status release_of(const consent__cx *cx, consent__work *w, consent__subject *subject,
                                 const releasing *in) {
    const consent__state *s = &subject->state;
    int32_t i = 0;
    while (i < s->holds_count && s->holds[i].number != in->hold)
        i++;
    if (i == s->holds_count)
        return consent__fail(cx, CONSENT_E_STATE, "the hold was released before");
    consent__hold was = s->holds[i];
    consent__event e = {.kind = EV_HOLD_RELEASED};
    CONSENT__SET(&e, hold, in->hold);
    CONSENT__SET_TEXT(&e, reason, in->why);
    CONSENT__SET_TEXT(&e, actor, in->actor);
    consent_status st = consent__append_apply(cx, w, subject, &e, NULL);
    return st == CONSENT_OK ? hold_rows(cx, subject, &was, "released", in->out) : st;
}

static consent_status release(const consent__cx *cx, consent__work *w, void *user) {
    releasing *in = user;
    consent__event_row row;
    consent__subject_row key;
    consent__subject subject;
    consent_status st = w->store->engine->event_get(cx, w->tx, in->hold, &row);
    if (st == CONSENT_E_NOT_FOUND ||
        (st == CONSENT_OK && strcmp(row.kind, consent__kind_table[EV_HOLD_PLACED].name) != 0))
        return consent__fail(cx, CONSENT_E_NOT_FOUND, "there is no hold of that number");
    if (st == CONSENT_OK && !row.subject)
        return release_remainder(cx, w, in);
    if (st == CONSENT_OK)
        st = w->store->engine->subject_by_id(cx, w->tx, row.subject, &key);
    if (st == CONSENT_OK)
        st = consent__subject_of_row(cx, w->store, &key, &w->scratch->arena, &subject);
    if (st != CONSENT_OK)
        return st;
    st = release_of(cx, w, &subject, in);
    consent__wipe(subject.key, sizeof subject.key);
    return st;
}

consent_status consent__flow_hold_release(const consent__cx *cx, consent_store *s, int64_t hold,
                                          const char *why, const char *actor, consent_rows **out) {
    releasing in = {.hold = hold, .why = why, .actor = actor, .out = out};
    consent_status st = consent__text_check(cx, why, CONSENT__WORDS, "reason");
    if (st == CONSENT_OK)
        st = consent__text_check(cx, actor, CONSENT__NAME, "actor");
    (void)snprintf(in.reason, sizeof in.reason, "hold %lld", (long long)hold);
    if (st == CONSENT_OK)
        st = consent__write(cx, s, release, &in);
    if (st != CONSENT_OK) {
        consent_rows_free(*out);
        *out = NULL;
    }
    return st;
}
