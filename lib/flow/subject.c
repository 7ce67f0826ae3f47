/* SPDX-License-Identifier: Apache-2.0 */
/* Registering subjects and correcting what is known of their age. */
#include "flow/subject.h"

#include <string.h>

#include "util/date.h"
#include "util/text.h"

typedef struct registration {
    const char *subject, *born;
} registration;

static int32_t born_number(consent__civil d) {
    return d.year * 10000 + d.month * 100 + d.day;
}

/* A birth date exists and is not later than today anywhere on earth. */
static consent_status check_born(const consent__cx *cx, const char *born, int64_t now) {
    consent__civil d;
    if (!born)
        return CONSENT_OK;
    if (!consent__civil_parse(born, &d))
        return consent__fail(cx, CONSENT_E_ARGUMENT,
                             "the birth date is not a date YYYY-MM-DD that exists");
    if (consent__civil_days(d) > consent__local_day(now, 14 * 60))
        return consent__fail(cx, CONSENT_E_ARGUMENT, "the birth date lies in the future");
    return CONSENT_OK;
}

static int32_t born_of(const char *born) {
    consent__civil d;
    return born && consent__civil_parse(born, &d) ? born_number(d) : 0;
}

static consent_status new_subject(const consent__cx *cx, consent__work *w, const registration *in) {
    consent_store *s = w->store;
    consent__subject subject;
    uint8_t random[CONSENT__UID + CONSENT__SALT];
    memset(&subject, 0, sizeof subject);
    consent_status st = s->engine->subject_next(cx, w->tx, &subject.id);
    if (st == CONSENT_OK)
        st = consent__random(cx, random, sizeof random);
    if (st != CONSENT_OK)
        return st;
    memcpy(subject.uid, random, CONSENT__UID);
    memcpy(subject.salt, random + CONSENT__UID, CONSENT__SALT);
    consent__lookup(s->keys, in->subject, strlen(in->subject), subject.lookup);
    consent__subject_key(s->keys, subject.salt, subject.uid, subject.key);
    consent__state_init(&subject.state, &w->scratch->arena);
    st = s->engine->subject_add(cx, w->tx, subject.id, subject.uid, subject.salt);
    consent__event e = {.kind = EV_SUBJECT_REGISTERED};
    CONSENT__SET_TEXT(&e, external, in->subject);
    CONSENT__SET_TEXT(&e, born, in->born);
    if (st == CONSENT_OK)
        st = consent__append_apply(cx, w, &subject, &e, NULL);
    consent__wipe(subject.key, sizeof subject.key);
    consent__wipe(random, sizeof random);
    return st;
}

static consent_status add_work(const consent__cx *cx, consent__work *w, void *user) {
    const registration *in = user;
    consent__subject known;
    consent_status st = check_born(cx, in->born, w->now);
    if (st != CONSENT_OK)
        return st;
    st = consent__subject_find(cx, w->store, w->tx, in->subject, &w->scratch->arena, &known);
    if (st == CONSENT_E_NOT_FOUND)
        return new_subject(cx, w, in);
    consent__wipe(known.key, sizeof known.key);
    if (st != CONSENT_OK)
        return st;
    if (known.state.born == born_of(in->born))
        return CONSENT_DONE;
    return consent__fail(cx, CONSENT_E_CONFLICT,
                         "the subject is registered with another birth date: correct it instead");
}

consent_status consent__flow_subject_add(const consent__cx *cx, consent_store *s,
                                         const char *subject, const char *born) {
    registration in = {subject, born};
    consent_status st = consent__id_check(cx, subject, "subject");
    return st == CONSENT_OK ? consent__write(cx, s, add_work, &in) : st;
}

static consent_status born_work(const consent__cx *cx, consent__work *w, void *user) {
    const registration *in = user;
    consent__subject subject;
    consent_status st = check_born(cx, in->born, w->now);
    if (st == CONSENT_OK)
        st = consent__subject_need(cx, w->store, w->tx, in->subject, &w->scratch->arena, &subject);
    if (st != CONSENT_OK)
        return st;
    consent__event e = {.kind = EV_SUBJECT_CORRECTED};
    CONSENT__SET_TEXT(&e, born, in->born);
    if (subject.state.adopted)
        st = consent__fail(cx, CONSENT_E_STATE,
                           "the subject was adopted by an account and takes no further acts");
    else if (subject.state.born == born_of(in->born))
        st = CONSENT_DONE;
    else
        st = consent__append_apply(cx, w, &subject, &e, NULL);
    consent__wipe(subject.key, sizeof subject.key);
    return st;
}

consent_status consent__flow_subject_set_born(const consent__cx *cx, consent_store *s,
                                              const char *subject, const char *born) {
    registration in = {subject, born};
    consent_status st = consent__id_check(cx, subject, "subject");
    return st == CONSENT_OK ? consent__write(cx, s, born_work, &in) : st;
}

/* ---- reading ---- */

#define COLUMNS "subject t,uid t,state t,born t,registered_at u,decisions n"

static void add_row(consent_rows *r, const consent__state *s) {
    char hex[33], born[11];
    consent__civil d = {s->born / 10000, s->born / 100 % 100, s->born % 100};
    consent__hex(s->uid, 16, hex);
    consent__rows_add(r);
    consent__rows_text(r, 0, s->external);
    consent__rows_text(r, 1, hex);
    consent__rows_text(r, 2, s->adopted ? "adopted" : "active");
    if (s->born) {
        consent__civil_text(d, born);
        consent__rows_text(r, 3, born);
    }
    consent__rows_number(r, 4, s->registered_at);
    consent__rows_number(r, 5, s->spoken_count);
}

consent_status consent__flow_subject_get(const consent__cx *cx, consent_store *s,
                                         const char *subject, consent_rows **out) {
    consent__view v;
    consent__subject found;
    consent_status st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    st = consent__subject_need(cx, s, v.tx, subject, &v.scratch->arena, &found);
    if (st == CONSENT_OK) {
        consent_rows *r = consent__rows_new(cx->env, COLUMNS);
        add_row(r, &found.state);
        st = consent__rows_finish(cx, r, out);
        consent__wipe(found.key, sizeof found.key);
    }
    consent__view_close(&v);
    return st;
}

typedef struct listing {
    consent_store *store;
    consent_rows *rows;
    consent__arena arena;
    int64_t skip;
} listing;

static consent_status list_one(const consent__cx *cx, void *user, const consent__subject_row *row) {
    listing *l = user;
    consent__subject subject;
    if (l->skip > 0) {
        l->skip--;
        return CONSENT_OK;
    }
    consent__arena_reset(&l->arena);
    consent_status st = consent__subject_of_row(cx, l->store, row, &l->arena, &subject);
    if (st == CONSENT_OK)
        add_row(l->rows, &subject.state);
    consent__wipe(subject.key, sizeof subject.key);
    return st;
}

consent_status consent__flow_subject_list(const consent__cx *cx, consent_store *s, int64_t skip,
                                          int64_t limit, consent_rows **out) {
    consent__view v;
    if (skip < 0 || limit < 0)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "skip and limit are not negative");
    consent_status st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    listing l = {.store = s, .rows = consent__rows_new(cx->env, COLUMNS), .skip = skip};
    consent__arena_init(&l.arena, &s->env);
    int64_t rows = limit > INT64_MAX - skip ? 0 : limit ? skip + limit : 0;
    st = s->engine->subject_scan(cx, v.tx, 0, rows, list_one, &l);
    if (st == CONSENT_OK || st == CONSENT_DONE)
        st = consent__rows_finish(cx, l.rows, out);
    else
        consent_rows_free(l.rows);
    consent__arena_free(&l.arena);
    consent__view_close(&v);
    return st;
}
