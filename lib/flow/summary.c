/* SPDX-License-Identifier: Apache-2.0 */
/* The store in numbers: one scan of the subjects, counting; nothing of a subject is kept. */
#include "flow/summary.h"

#include <string.h>

#include "flow/gone.h"
#include "flow/incident.h"
#include "flow/notice.h"
#include "flow/plan.h"
#include "util/text.h"
#include "json/event.h"

#define REASONS 64
#define WORDS 4 /* decisions by their number, 0: nothing said */

enum { SUBJECT_ACTIVE, SUBJECT_ADOPTED, SUBJECT_ERASED, SUBJECT_KINDS };
enum { AGE_UNKNOWN, AGE_CHILD, AGE_OF_AGE, AGE_KINDS };
enum { NOTICE_WAITING, NOTICE_SHOWN, NOTICE_DONE, NOTICE_KINDS };

static const char *const subject_names[] = {"active", "adopted", "erased"};
static const char *const age_names[] = {"unknown", "child", "of-age"};
static const char *const notice_names[] = {"waiting", "shown", "done"};

/* A count under names that are known only when they are met. */
typedef struct named {
    struct named *next;
    const char *part, *key, *state;
    int64_t count;
} named;

typedef struct tally {
    const consent__summary_asked *asked;
    consent__view *view;
    consent__arena arena; /* of one subject at a time */
    consent__buf body;
    uint8_t *last;    /* per point, what the subject at hand said last */
    int64_t *last_at; /* when that was said */
    int64_t subjects[SUBJECT_KINDS];
    int64_t (*ages)[AGE_KINDS];       /* per policy */
    int64_t (**answers)[REASONS];     /* per policy, per slot of the version in force */
    int64_t (*notices)[NOTICE_KINDS]; /* per version */
    consent__change_class *change;    /* per version, against the one before */
    int64_t (*said)[WORDS];           /* per point, per instant: how much it differs from
                                         the instant before */
    named *first, **end;
    int64_t seen, all;
} tally;

static const consent__version *in_force(const consent__view *v, int32_t policy) {
    return consent__catalog_in_force(v->catalog, policy, v->now, INT64_MAX);
}

/* ---- preparing ---- */

static void *room(tally *t, int64_t count, size_t size) {
    return consent__arena_get(&t->view->scratch->arena, (size_t)(count + 1) * size);
}

static consent_status prepare_changes(const consent__cx *cx, tally *t) {
    const consent__catalog *c = t->view->catalog;
    consent_status st = CONSENT_OK;
    for (int32_t p = 0; p < c->policies_count; p++)
        for (int32_t i = 1; st == CONSENT_OK && i < c->policies[p].published_count; i++) {
            consent__diff d;
            consent__arena_reset(&t->arena);
            st = consent__notice_diff(cx, c, p, i, &t->arena, &d);
            if (st == CONSENT_OK)
                t->change[c->policies[p].published[i]] = d.cls;
        }
    return st;
}

static consent_status prepare(const consent__cx *cx, tally *t) {
    const consent__catalog *c = t->view->catalog;
    t->last = room(t, c->points_count, 1);
    t->last_at = room(t, c->points_count, sizeof *t->last_at);
    t->ages = room(t, c->policies_count, sizeof *t->ages);
    t->answers = room(t, c->policies_count, sizeof *t->answers);
    t->notices = room(t, c->versions_count, sizeof *t->notices);
    t->change = room(t, c->versions_count, sizeof *t->change);
    t->said = room(t, c->points_count * (t->asked->parts + 1), sizeof *t->said);
    if (!t->last || !t->last_at || !t->ages || !t->answers || !t->notices || !t->change || !t->said)
        return consent__no_memory(cx);
    for (int32_t p = 0; p < c->policies_count; p++) {
        const consent__version *v = in_force(t->view, p);
        if (v && !(t->answers[p] = room(t, v->slot_count, sizeof *t->answers[p])))
            return consent__no_memory(cx);
    }
    return prepare_changes(cx, t);
}

/* ---- counting one subject ---- */

static void count_answers(tally *t, const consent__version *v, const consent__state *s) {
    const consent__policy *p = v->policy;
    for (int32_t i = 0; i < v->slot_count; i++) {
        const consent__slot *slot = &v->slots[i];
        const consent__purpose *u = &p->purposes[slot->purpose];
        bool share = slot->share >= 0;
        consent__verdict verdict;
        consent__query q = {
            .policy = p->key,
            .purpose = u->key,
            .operation = share ? consent__share_operation(u) : CONSENT_OPERATION_DEFAULT,
            .recipient = share ? p->recipients[u->shares[slot->share].recipient].key : NULL,
            .at = t->view->now,
            .prefix = t->view->head.size};
        consent__decide(t->view->catalog, s, &q, &verdict);
        t->answers[v->policy_index][i][verdict.reason]++;
    }
}

static void count_age(tally *t, const consent__version *v, const consent__state *s) {
    int kind = AGE_OF_AGE;
    if (!s->born)
        kind = AGE_UNKNOWN;
    else if (t->view->now < consent__decides_from(v->policy, s->born))
        kind = AGE_CHILD;
    t->ages[v->policy_index][kind]++;
}

static void count_notices(tally *t, const consent__state *s) {
    const consent__catalog *c = t->view->catalog;
    for (int32_t p = 0; p < c->policies_count; p++)
        for (int32_t i = 1; i < c->policies[p].published_count; i++) {
            int32_t index = c->policies[p].published[i];
            const consent__version *v = &c->versions[index];
            if (!consent__notice_owed(s, v, t->change[index]))
                continue;
            int kind = NOTICE_DONE;
            if (consent__notice_waits(s, v, t->change[index]))
                kind = consent__notice_was_shown(s, v) ? NOTICE_SHOWN : NOTICE_WAITING;
            t->notices[index][kind]++;
        }
}

/* Number of the first instant that is not before `at`; beyond the last: parts + 1. */
static int64_t instant_of(const consent__summary_asked *a, int64_t at) {
    int64_t length = a->to - a->from;
    if (at <= a->from)
        return 0;
    if (at > a->to)
        return a->parts + 1;
    return ((at - a->from) * a->parts + length - 1) / length;
}

static void say(tally *t, uint32_t point, int32_t word, int64_t at) {
    int64_t i = instant_of(t->asked, at);
    uint8_t *last = &t->last[point - 1];
    if (at < t->last_at[point - 1])
        return; /* said on a device before what was said last, and heard of later */
    t->last_at[point - 1] = at;
    if (i <= t->asked->parts) {
        int64_t *said = t->said[(point - 1) * (t->asked->parts + 1) + i];
        said[*last]--;
        said[word]++;
    }
    *last = (uint8_t)word;
}

static void count_act(tally *t, const consent__event *e, int64_t at) {
    const consent__catalog *c = t->view->catalog;
    int32_t policy = consent__catalog_policy(c, e->policy_);
    uint32_t point = policy < 0 ? 0 : consent__catalog_point(c, policy, e->point_);
    if (point)
        say(t, point, consent__event_decision(e),
            e->kind == EV_CONSENT_RECEIVED && e->observed_ < at ? e->observed_ : at);
}

/* The subject whose events are read. */
typedef struct telling {
    tally *tally;
    const consent__subject *subject;
    int64_t found, last; /* events */
} telling;

static consent_status count_event(const consent__cx *cx, void *user,
                                  const consent__event_row *row) {
    telling *in = user;
    tally *t = in->tally;
    consent__event e;
    int32_t kind = consent__event_kind_of(row->kind);
    int64_t at = row->at, seq = row->seq;
    in->found++;
    in->last = seq;
    if (kind == EV_SUBJECT_ADOPTED) /* its account speaks from now on */
        for (int32_t i = 0; i < t->view->catalog->points_count; i++)
            say(t, (uint32_t)i + 1, 0, at);
    if (kind < EV_CONSENT_GRANTED || kind > EV_CONSENT_RECEIVED || kind == EV_CONSENT_IMPLIED)
        return CONSENT_OK;
    consent__buf_reset(&t->body);
    consent_status st = consent__event_body(cx, t->view->store, row, in->subject->uid,
                                            in->subject->key, &t->body, NULL);
    if (st == CONSENT_OK)
        st = consent__event_decode(cx, (consent__event_kind)kind, seq, t->body.data, t->body.len,
                                   &t->arena, &e);
    if (st == CONSENT_OK)
        count_act(t, &e, at);
    return st;
}

static consent_status count_subject(const consent__cx *cx, tally *t, consent__subject *subject) {
    const consent__catalog *c = t->view->catalog;
    const consent__state *s = &subject->state;
    telling in = {t, subject, 0, -1};
    memset(t->last, 0, (size_t)c->points_count + 1);
    memset(t->last_at, 0, (size_t)c->points_count * sizeof *t->last_at);
    consent_status st = t->view->store->engine->event_scan(cx, t->view->tx, 0, INT64_MAX,
                                                           subject->id, true, count_event, &in);
    if (st == CONSENT_OK)
        st = consent__gone_of_subject(cx, t->view, s, in.found, in.last);
    t->subjects[s->adopted ? SUBJECT_ADOPTED : SUBJECT_ACTIVE]++;
    if (st < 0 || s->adopted)
        return st;
    count_notices(t, s);
    for (int32_t p = 0; p < c->policies_count; p++) {
        const consent__version *v = in_force(t->view, p);
        if (!v)
            continue;
        count_age(t, v, s);
        count_answers(t, v, s);
    }
    return CONSENT_OK;
}

static consent_status one_subject(const consent__cx *cx, void *user,
                                  const consent__subject_row *row) {
    tally *t = user;
    consent__subject subject;
    consent__arena_reset(&t->arena);
    consent_status st = consent__subject_of_row(cx, t->view->store, row, &t->arena, &subject);
    if (st == CONSENT_OK)
        st = count_subject(cx, t, &subject);
    consent__wipe(subject.key, sizeof subject.key);
    t->seen++;
    if (t->asked->progress && t->seen % 256 == 0)
        t->asked->progress(t->seen < t->all ? t->seen : t->all, t->all, t->asked->user);
    return st;
}

static consent_status one_erased(const consent__cx *cx, void *user,
                                 const consent__subject_row *row) {
    (void)cx;
    (void)row;
    ((tally *)user)->subjects[SUBJECT_ERASED]++;
    return CONSENT_OK;
}

/* ---- what erased subjects leave to do, and leave behind ---- */

static consent_status count_named(const consent__cx *cx, tally *t, const char *part,
                                  const char *key, const char *state) {
    consent__arena *a = &t->view->scratch->arena;
    for (named *n = t->first; n; n = n->next)
        if (n->part == part && strcmp(n->key, key) == 0 && strcmp(n->state, state) == 0) {
            n->count++;
            return CONSENT_OK;
        }
    named *n = consent__arena_get(a, sizeof *n);
    if (!n || !(n->key = consent__arena_text(a, key, strlen(key))) ||
        !(n->state = consent__arena_text(a, state, strlen(state))))
        return consent__no_memory(cx);
    n->part = part;
    n->count = 1;
    *t->end = n;
    t->end = &n->next;
    return CONSENT_OK;
}

static const char tasks_part[] = "tasks", kept_part[] = "kept";

static consent_status one_task(const consent__cx *cx, void *user, const consent__task_row *row) {
    if (strncmp(row->recipient, CONSENT__INCIDENT_TASK, sizeof CONSENT__INCIDENT_TASK - 1) == 0)
        return CONSENT_OK;
    return count_named(cx, user, tasks_part, row->recipient, row->done >= 0 ? "done" : "open");
}

static consent_status one_remainder(const consent__cx *cx, void *user,
                                    const consent__remainder_row *row) {
    bool hold = strncmp(row->reason, "hold ", 5) == 0;
    return count_named(cx, user, kept_part, row->item, hold ? "hold" : row->reason);
}

static consent_status count_erased(const consent__cx *cx, tally *t) {
    const consent__engine *engine = t->view->store->engine;
    consent_status st = engine->erased_scan(cx, t->view->tx, one_erased, t);
    if (st >= 0)
        st = engine->task_scan(cx, t->view->tx, false, one_task, t);
    if (st >= 0)
        st = engine->remainder_scan(cx, t->view->tx, NULL, one_remainder, t);
    return st;
}

/* ---- rows ---- */

typedef struct line {
    const char *part, *policy, *key, *state;
} line;

static void put(consent_rows *r, line l, int64_t at, int64_t count) {
    if (!count)
        return;
    consent__rows_add(r);
    consent__rows_text(r, 0, l.part);
    consent__rows_text(r, 1, l.policy);
    consent__rows_text(r, 2, l.key);
    consent__rows_text(r, 3, l.state);
    if (at != INT64_MIN)
        consent__rows_number(r, 4, at);
    consent__rows_number(r, 5, count);
}

static void put_answers(consent_rows *r, const tally *t, int32_t policy) {
    const consent__version *v = in_force(t->view, policy);
    char key[CONSENT__POINT_MAX];
    for (int32_t i = 0; v && i < v->slot_count; i++) {
        consent__point_key(v->policy, v->slots[i].purpose, v->slots[i].share, key);
        for (int32_t k = 0; k < REASONS; k++)
            put(r, (line){"answers", v->policy->key, key, consent_reason_name(k)}, INT64_MIN,
                t->answers[policy][i][k]);
    }
}

static void put_notices(consent_rows *r, const tally *t) {
    const consent__catalog *c = t->view->catalog;
    for (int32_t p = 0; p < c->policies_count; p++)
        for (int32_t i = 1; i < c->policies[p].published_count; i++) {
            int32_t index = c->policies[p].published[i];
            const consent__policy *x = c->versions[index].policy;
            for (int k = 0; k < NOTICE_KINDS; k++)
                put(r, (line){"notices", x->key, x->version, notice_names[k]}, INT64_MIN,
                    t->notices[index][k]);
        }
}

static void put_decisions(consent_rows *r, const tally *t, const consent__point *point) {
    const consent__summary_asked *a = t->asked;
    int64_t sum[WORDS] = {0};
    for (int64_t i = 0; i <= a->parts; i++) {
        const int64_t *said = t->said[(point->id - 1) * (a->parts + 1) + i];
        int64_t at = a->from + (a->to - a->from) * i / a->parts;
        for (int32_t d = CONSENT_DECISION_GRANTED; d <= CONSENT_DECISION_WITHDRAWN; d++) {
            sum[d] += said[d];
            put(r,
                (line){"decisions", t->view->catalog->policies[point->policy_index].key, point->key,
                       consent_decision_name(d)},
                at, sum[d]);
        }
    }
}

static consent_status rows_of(const consent__cx *cx, const tally *t, consent_rows **out) {
    const consent__catalog *c = t->view->catalog;
    consent_rows *r = consent__rows_new(cx->env, "part t,policy t,key t,state t,at u,count n");
    for (int k = 0; k < SUBJECT_KINDS; k++)
        put(r, (line){.part = "subjects", .state = subject_names[k]}, INT64_MIN, t->subjects[k]);
    for (int32_t p = 0; p < c->policies_count; p++)
        for (int k = 0; k < AGE_KINDS; k++)
            put(r, (line){.part = "ages", .policy = c->policies[p].key, .state = age_names[k]},
                INT64_MIN, t->ages[p][k]);
    for (int32_t p = 0; p < c->policies_count; p++)
        put_answers(r, t, p);
    put_notices(r, t);
    for (const named *n = t->first; n; n = n->next)
        put(r, (line){.part = n->part, .key = n->key, .state = n->state}, INT64_MIN, n->count);
    for (int32_t i = 0; i < c->points_count; i++)
        put_decisions(r, t, &c->points[i]);
    return consent__rows_finish(cx, r, out);
}

static consent_status count_all(const consent__cx *cx, tally *t, consent_rows **out) {
    const consent__engine *engine = t->view->store->engine;
    consent_status st = prepare(cx, t);
    if (st == CONSENT_OK)
        st = engine->subject_next(cx, t->view->tx, &t->all);
    t->all--;
    if (st == CONSENT_OK)
        st = engine->subject_scan(cx, t->view->tx, 0, 0, one_subject, t);
    if (st >= 0)
        st = count_erased(cx, t);
    if (st < 0)
        return st;
    if (t->asked->progress)
        t->asked->progress(t->all, t->all, t->asked->user);
    return rows_of(cx, t, out);
}

consent_status consent__flow_summary(const consent__cx *cx, consent_store *s,
                                     const consent__summary_asked *asked, consent_rows **out) {
    consent__view v;
    tally t = {.asked = asked, .view = &v};
    t.end = &t.first;
    /* No sum below overflows: 2^53 * 1000 fits. */
    if (asked->from >= asked->to || asked->from < -(INT64_C(1) << 53) ||
        asked->to > INT64_C(1) << 60 || asked->to - asked->from > INT64_C(1) << 53)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "the time to report is empty or too long");
    if (asked->parts < 1 || asked->parts > 1000)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "the number of parts is not 1 to 1000");
    consent_status st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    consent__arena_init(&t.arena, cx->env);
    consent__buf_init(&t.body, cx->env);
    st = count_all(cx, &t, out);
    consent__buf_wipe_free(&t.body);
    consent__arena_free(&t.arena);
    consent__view_close(&v);
    return st;
}
