/* SPDX-License-Identifier: Apache-2.0 */
/* Incidents: opened, described, reported, told to who is affected, closed when nothing is missing.
 */
#include "flow/incident.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "flow/args.h"
#include "flow/calendar.h"
#include "util/text.h"
#include "json/json.h"

#define STEP 500 /* subjects to a transaction */

/* The row that leads from the incident to the event of a step. */
static consent_status put_step(const consent__cx *cx, consent__work *w, int64_t number,
                               const consent__event *e) {
    char key[24];
    const char *kind = consent__kind_table[e->kind].name;
    snprintf(key, sizeof key, "%" PRId64, number);
    consent__document_row row = {"incident", key, e->seq, {0}, (const uint8_t *)kind, strlen(kind)};
    consent__sha256(kind, strlen(kind), row.sha256);
    return w->store->engine->document_put(cx, w->tx, &row);
}

static consent_status append_step(const consent__cx *cx, consent__work *w, int64_t number,
                                  consent__event *e) {
    consent_status st = consent__append(cx, w, NULL, e, NULL);
    return st == CONSENT_OK ? put_step(cx, w, number < 0 ? e->seq : number, e) : st;
}

static consent_status answer(const consent__cx *cx, consent__work *w, int64_t number,
                             consent_rows **out) {
    const consent__catalog *c = NULL;
    consent__incident in;
    int64_t told = 0, untold = 0;
    consent_status st = consent__work_catalog(cx, w, &c);
    if (st == CONSENT_OK)
        st = consent__incident_load(cx, w->store, w->tx, c, number, &w->scratch->arena, &in);
    if (st == CONSENT_OK)
        st = consent__incident_count(cx, w->store, w->tx, number, &told, &untold);
    if (st != CONSENT_OK)
        return st;
    consent_rows *r = consent__rows_new(cx->env, CONSENT__INCIDENT_COLUMNS);
    st = consent__incident_row(cx, &in, told, untold, w->now, r);
    if (st == CONSENT_OK)
        return consent__rows_finish(cx, r, out);
    consent_rows_free(r);
    return st;
}

static consent_status finish(consent_status st, consent_rows **out) {
    if (st < 0) {
        consent_rows_free(*out);
        *out = NULL;
    }
    return st;
}

/* The incident, which is not closed. */
static consent_status load_open(const consent__cx *cx, consent__work *w, int64_t number,
                                consent__incident *out) {
    const consent__catalog *c = NULL;
    consent_status st = consent__work_catalog(cx, w, &c);
    if (st == CONSENT_OK)
        st = consent__incident_load(cx, w->store, w->tx, c, number, &w->scratch->arena, out);
    if (st == CONSENT_OK && out->closed_at)
        st = consent__fail(cx, CONSENT_E_STATE, "the incident is closed");
    return st;
}

/* ---- opening ---- */

typedef struct opening {
    const consent__happened *in;
    consent_rows **out;
} opening;

static consent_status set_due(const consent__cx *cx, consent__work *w, const consent__policy *p,
                              consent__event *e) {
    const consent__deadline *d =
        p->incident_deadline.present ? &p->incident_deadline : &p->profile.incident;
    const consent__calendar *calendar = NULL;
    consent__due_result due;
    if (!d->present)
        return CONSENT_OK;
    consent__arena *arena = &w->scratch->arena;
    consent_status st = consent__calendar_find(cx, w->store, w->tx, d->calendar, arena, &calendar);
    if (st == CONSENT_OK)
        st = consent__due(cx, calendar, d, e->observed_, p->utc_offset, arena, &due);
    if (st != CONSENT_OK)
        return st;
    CONSENT__SET(e, due, due.due);
    if (due.provisional)
        CONSENT__SET(e, provisional, true);
    return CONSENT_OK;
}

static consent_status open_work(const consent__cx *cx, consent__work *w, void *user) {
    const opening *o = user;
    const consent__happened *in = o->in;
    const consent__catalog *c = NULL;
    const consent__version *v = NULL;
    int64_t discovered = in->discovered ? in->discovered : w->now;
    consent_status st = consent__work_catalog(cx, w, &c);
    if (st == CONSENT_OK)
        st = consent__in_force(cx, c, in->policy, w->now, &v);
    if (st == CONSENT_OK && discovered > w->now)
        st = consent__fail(cx, CONSENT_E_ARGUMENT, "the incident was discovered in the future");
    for (size_t i = 0; st == CONSENT_OK && i < in->item_count; i++)
        if (consent__policy_item(v->policy, in->items[i]) < 0)
            st = consent__unknown(cx, in->items[i], "item", "the policy has no such item");
    if (st != CONSENT_OK)
        return st;
    consent__event e = {.kind = EV_INCIDENT_OPENED};
    CONSENT__SET_TEXT(&e, kind, in->kind);
    CONSENT__SET_TEXT(&e, reason, in->what);
    CONSENT__SET_TEXT(&e, policy, v->policy->key);
    CONSENT__SET_TEXT(&e, version, v->policy->version);
    CONSENT__SET(&e, observed, discovered);
    if (in->item_count) {
        e.items_ = (consent__strings){(int32_t)in->item_count, in->items};
        e.has |= CONSENT__BIT(items);
    }
    st = set_due(cx, w, v->policy, &e);
    if (st == CONSENT_OK)
        st = append_step(cx, w, -1, &e);
    return st == CONSENT_OK ? answer(cx, w, e.seq, o->out) : st;
}

consent_status consent__flow_incident_open(const consent__cx *cx, consent_store *s,
                                           const consent__happened *in, consent_rows **out) {
    opening o = {in, out};
    consent_status st = consent__text_need(cx, in->kind, CONSENT__SHORT, "kind");
    if (st == CONSENT_OK && strcmp(in->kind, "leak") != 0 && strcmp(in->kind, "tamper") != 0 &&
        strcmp(in->kind, "loss") != 0)
        st = consent__fail(cx, CONSENT_E_ARGUMENT, "the kind is none of leak, tamper, loss");
    if (st == CONSENT_OK)
        st = consent__text_need(cx, in->what, CONSENT__WORDS, "text of what happened");
    if (st == CONSENT_OK && in->item_count > 1000)
        st = consent__fail(cx, CONSENT_E_ARGUMENT, "an incident has at most 1000 items");
    for (size_t i = 0; st == CONSENT_OK && i < in->item_count; i++)
        st = consent__text_need(cx, in->items[i], CONSENT__NAME, "item");
    return finish(st == CONSENT_OK ? consent__write(cx, s, open_work, &o) : st, out);
}

/* ---- one step of the whole ---- */

static consent_status describe(const consent__cx *cx, const consent__incident *in,
                               const consent__step *step, consent__event *e) {
    for (int32_t i = 0; i < in->contents.count; i++)
        if (strcmp(in->contents.v[i], step->name) == 0) {
            CONSENT__SET_TEXT(e, name, step->name);
            CONSENT__SET_TEXT(e, reason, step->reason);
            return CONSENT_OK;
        }
    return consent__unknown(cx, step->name, "content",
                            "the policy names no such content of a notice of an incident");
}

static consent_status report(const consent__cx *cx, const consent__work *w,
                             const consent__incident *in, const consent__step *step,
                             consent__event *e) {
    int64_t at = step->at ? step->at : w->now;
    if (at > w->now)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "the report was made in the future");
    if (at < in->opened.observed_)
        return consent__fail(cx, CONSENT_E_ARGUMENT,
                             "the report was made before the incident was discovered");
    CONSENT__SET_TEXT(e, authority, step->name);
    CONSENT__SET_TEXT(e, method, step->reason);
    CONSENT__SET(e, observed, at);
    return CONSENT_OK;
}

static consent_status announce(const consent__cx *cx, const consent__incident *in,
                               const consent__step *step, consent__event *e) {
    if (!in->may_announce)
        return consent__fail(cx, CONSENT_E_REFUSED,
                             "the policy names no announcement among the channels");
    if (!consent__incident_described(in))
        return consent__fail(cx, CONSENT_E_STATE, "the contents of the notice are not complete");
    CONSENT__SET_TEXT(e, reason, step->reason);
    return CONSENT_OK;
}

static consent_status close_it(const consent__cx *cx, consent__work *w, const consent__incident *in,
                               const consent__step *step, consent__event *e) {
    int64_t told = 0, untold = 0;
    consent__buf words;
    consent_status st = consent__incident_count(cx, w->store, w->tx, in->number, &told, &untold);
    if (st != CONSENT_OK)
        return st;
    consent__buf_init(&words, cx->env);
    if (consent__incident_missing(in, untold, NULL, &words)) {
        const char *text = consent__buf_cstr(&words);
        st = text ? consent__fail(cx, CONSENT_E_STATE, "the incident is not complete: %s", text)
                  : consent__no_memory(cx);
    }
    consent__buf_free(&words);
    CONSENT__SET_TEXT(e, actor, step->name);
    CONSENT__SET_TEXT(e, reason, step->reason);
    return st;
}

static consent_status step_work(const consent__cx *cx, consent__work *w, void *user) {
    const consent__step *step = user;
    consent__incident in;
    consent__event e = {.kind = step->kind};
    CONSENT__SET(&e, event, step->incident);
    consent_status st = load_open(cx, w, step->incident, &in);
    if (st != CONSENT_OK)
        return st;
    switch (step->kind) {
    case EV_INCIDENT_DESCRIBED:
        st = describe(cx, &in, step, &e);
        break;
    case EV_INCIDENT_REPORTED:
        st = report(cx, w, &in, step, &e);
        break;
    case EV_INCIDENT_ANNOUNCED:
        st = announce(cx, &in, step, &e);
        break;
    default:
        st = close_it(cx, w, &in, step, &e);
        break;
    }
    if (st == CONSENT_OK)
        st = append_step(cx, w, step->incident, &e);
    return st == CONSENT_OK ? answer(cx, w, step->incident, step->out) : st;
}

consent_status consent__flow_incident_step(const consent__cx *cx, consent_store *s,
                                           const consent__step *in, consent_rows **out) {
    consent__step step = *in;
    step.out = out;
    bool named = in->kind == EV_INCIDENT_DESCRIBED || in->kind == EV_INCIDENT_REPORTED;
    bool worded = in->kind == EV_INCIDENT_DESCRIBED || in->kind == EV_INCIDENT_ANNOUNCED;
    const char *what = in->kind == EV_INCIDENT_DESCRIBED  ? "content"
                       : in->kind == EV_INCIDENT_REPORTED ? "authority"
                                                          : "actor";
    consent_status st = named ? consent__text_need(cx, in->name, CONSENT__NAME, what)
                              : consent__text_check(cx, in->name, CONSENT__NAME, what);
    if (st == CONSENT_OK)
        st = worded ? consent__text_need(cx, in->reason, CONSENT__WORDS, "text")
                    : consent__text_check(cx, in->reason, CONSENT__WORDS, "text");
    return finish(st == CONSENT_OK ? consent__write(cx, s, step_work, &step) : st, out);
}

/* ---- who is affected ---- */

typedef struct affecting {
    int64_t incident;
    const char *const *subjects;
    size_t count;
    consent__work *work;
    consent__arena arena;          /* of one subject at a time */
    const consent__policy *policy; /* in force now: until when somebody is a child */
    char recipient[48], guardian[48], progress[40];
    int64_t after, scanned, added, guardians;
} affecting;

static consent_status add_notice(const consent__cx *cx, affecting *in, const uint8_t uid[16],
                                 const char *recipient, int64_t *added) {
    const consent__engine *engine = in->work->store->engine;
    consent__task_row task;
    consent_status st = engine->task_get(cx, in->work->tx, uid, recipient, &task);
    if (st != CONSENT_E_NOT_FOUND)
        return st;
    task = (consent__task_row){.recipient = recipient, .items = "[]", .seq = in->incident};
    memcpy(task.uid, uid, 16);
    ++*added;
    return engine->task_put(cx, in->work->tx, &task);
}

/* Whoever is not known to be of age has verified guardians who are told too (PIPL art. 31; Minors'
 * Network Regulations art. 35; 16 CFR 312). */
static consent_status add_affected(const consent__cx *cx, affecting *in,
                                   const consent__subject *subject) {
    const consent__state *s = &subject->state;
    const consent__policy *p = in->policy;
    int64_t now = in->work->now;
    consent_status st = add_notice(cx, in, subject->uid, in->recipient, &in->added);
    if (s->born && now >= consent__age_reached(p, s->born, p->profile.adult_from))
        return st;
    for (int32_t i = 0; st == CONSENT_OK && i < s->links_count; i++) {
        const consent__link *l = &s->links[i];
        if (l->verified_at && !l->ended_at && (!l->until || l->until > now))
            st = add_notice(cx, in, l->guardian, in->guardian, &in->guardians);
    }
    return st;
}

static consent_status add_scanned(const consent__cx *cx, void *user,
                                  const consent__subject_row *row) {
    affecting *in = user;
    consent__subject subject;
    in->scanned++;
    in->after = row->subject;
    consent__arena_reset(&in->arena);
    consent_status st = consent__subject_of_row(cx, in->work->store, row, &in->arena, &subject);
    if (st != CONSENT_OK)
        return st;
    consent__wipe(subject.key, sizeof subject.key);
    return subject.state.adopted ? CONSENT_OK : add_affected(cx, in, &subject);
}

static consent_status add_listed(const consent__cx *cx, affecting *in) {
    consent_status st = CONSENT_OK;
    for (size_t i = 0; st == CONSENT_OK && i < in->count; i++) {
        consent__subject subject;
        consent__arena_reset(&in->arena);
        st = consent__id_check(cx, in->subjects[i], "subject");
        if (st == CONSENT_OK)
            st = consent__subject_need(cx, in->work->store, in->work->tx, in->subjects[i],
                                       &in->arena, &subject);
        if (st != CONSENT_OK)
            return st;
        consent__wipe(subject.key, sizeof subject.key);
        if (!subject.state.adopted)
            st = add_affected(cx, in, &subject);
    }
    return st;
}

/* Goes on behind the subject the call before came to. */
static consent_status add_more(const consent__cx *cx, affecting *in) {
    consent__work *w = in->work;
    const consent__engine *engine = w->store->engine;
    uint8_t place[8];
    consent__buf b;
    consent__buf_init(&b, cx->env);
    consent_status st = engine->meta_get(cx, w->tx, in->progress, &b);
    in->after = st == CONSENT_OK && b.len == 8 ? (int64_t)consent__get64le(b.data) : 0;
    consent__buf_free(&b);
    if (st == CONSENT_OK || st == CONSENT_E_NOT_FOUND)
        st = engine->subject_scan(cx, w->tx, in->after, STEP, add_scanned, in);
    if (st < 0 || !in->scanned)
        return st;
    consent__put64le(place, (uint64_t)in->after);
    return engine->meta_put(cx, w->tx, in->progress, place, sizeof place);
}

static consent_status count_step(const consent__cx *cx, consent__work *w, int64_t incident,
                                 consent__event_kind kind, int64_t count) {
    consent__event e = {.kind = kind};
    CONSENT__SET(&e, event, incident);
    CONSENT__SET(&e, count, count);
    return count ? append_step(cx, w, incident, &e) : CONSENT_OK;
}

/* A policy with no version in force still has the ages of the incident's own. */
static consent_status find_ages(const consent__cx *cx, consent__work *w,
                                const consent__incident *incident, affecting *in) {
    const consent__catalog *c = NULL;
    consent_status st = consent__work_catalog(cx, w, &c);
    if (st != CONSENT_OK)
        return st;
    int32_t policy = consent__catalog_policy(c, incident->policy->key);
    const consent__version *v = consent__catalog_in_force(c, policy, w->now, INT64_MAX);
    in->policy = v ? v->policy : incident->policy;
    return CONSENT_OK;
}

static consent_status affect_work(const consent__cx *cx, consent__work *w, void *user) {
    affecting *in = user;
    consent__incident incident;
    in->work = w;
    in->added = in->scanned = in->guardians = 0;
    consent_status st = load_open(cx, w, in->incident, &incident);
    if (st == CONSENT_OK)
        st = find_ages(cx, w, &incident, in);
    if (st == CONSENT_OK)
        st = in->count ? add_listed(cx, in) : add_more(cx, in);
    if (st < 0)
        return st;
    st = count_step(cx, w, in->incident, EV_INCIDENT_AFFECTED, in->added);
    return st == CONSENT_OK ? count_step(cx, w, in->incident, EV_INCIDENT_GUARDIANS, in->guardians)
                            : st;
}

consent_status consent__flow_incident_affect(const consent__cx *cx, consent_store *s,
                                             int64_t incident, const char *const *subjects,
                                             size_t count, int64_t *out_added) {
    affecting in = {.incident = incident, .subjects = subjects, .count = count};
    consent_status st = CONSENT_OK;
    *out_added = 0;
    snprintf(in.recipient, sizeof in.recipient, CONSENT__INCIDENT_TASK "%" PRId64, incident);
    snprintf(in.guardian, sizeof in.guardian,
             CONSENT__INCIDENT_TASK "%" PRId64 CONSENT__INCIDENT_GUARDIAN, incident);
    snprintf(in.progress, sizeof in.progress, "incident.%" PRId64, incident);
    consent__arena_init(&in.arena, cx->env);
    do {
        st = consent__write(cx, s, affect_work, &in);
        if (st >= 0)
            *out_added += in.added;
    } while (st >= 0 && !count && in.scanned == STEP);
    consent__arena_free(&in.arena);
    return st < 0 ? st : CONSENT_OK;
}

/* ---- telling one of them ---- */

typedef struct telling {
    int64_t incident;
    const char *channel;
    bool told;
    consent_rows **out;
} telling;

/* How many channels were tried in vain: they stand in the task, in the policy's order. */
static int32_t tried(const char *items) {
    int32_t quotes = 0;
    for (const char *p = items; *p; p++)
        quotes += *p == '"';
    return quotes / 2;
}

static consent_status turn(const consent__cx *cx, const consent__incident *in, int32_t place,
                           const telling *t, const char **out) {
    if (!in->channels.count) { /* the policy leaves it open */
        *out = t->channel;
        return t->channel ? CONSENT_OK
                          : consent__fail(cx, CONSENT_E_ARGUMENT,
                                          "the policy names no channels: give one");
    }
    if (place >= in->channels.count)
        return consent__fail(cx, CONSENT_E_STATE,
                             "all channels have failed: only an announcement is left");
    *out = in->channels.v[place];
    if (!t->channel || strcmp(t->channel, *out) == 0)
        return CONSENT_OK;
    for (int32_t i = 0; i < in->channels.count; i++)
        if (strcmp(t->channel, in->channels.v[i]) == 0)
            return consent__fail(cx, CONSENT_E_STATE, "the channel to try now is %s", *out);
    return consent__fail(cx, CONSENT_E_ARGUMENT,
                         "the policy has no such channel to tell a subject by");
}

/* The channels tried, one more. */
static consent_status put_tried(const consent__cx *cx, consent__work *w,
                                const consent__incident *in, int32_t count,
                                consent__task_row *task) {
    consent__buf b;
    consent__buf_init(&b, cx->env);
    consent__buf_byte(&b, '[');
    for (int32_t i = 0; i < count && i < in->channels.count; i++) {
        consent__buf_text(&b, i ? "," : "");
        consent__json_string(&b, in->channels.v[i], strlen(in->channels.v[i]));
    }
    consent__buf_byte(&b, ']');
    task->items = consent__buf_cstr(&b);
    consent_status st =
        task->items ? w->store->engine->task_put(cx, w->tx, task) : consent__no_memory(cx);
    consent__buf_free(&b);
    return st;
}

static consent_status tell_rows(const consent__cx *cx, const telling *t, int64_t event,
                                const char *channel, bool told, const char *next) {
    consent_rows *r = consent__rows_new(cx->env, "incident n,event n,channel t,told b,next t");
    consent__rows_add(r);
    consent__rows_number(r, 0, t->incident);
    if (event >= 0)
        consent__rows_number(r, 1, event);
    consent__rows_text(r, 2, channel);
    consent__rows_number(r, 3, told);
    consent__rows_text(r, 4, next);
    return consent__rows_finish(cx, r, t->out);
}

/* The notices a subject still waits for, as one affected and as a guardian: it is told of both at
 * once. */
typedef struct notices {
    char recipient[2][48];
    bool open[2];
    int32_t place; /* channels tried in vain */
    int64_t done;  /* event that told it before; -1 */
} notices;

static consent_status find_notices(const consent__cx *cx, consent__work *w, const uint8_t uid[16],
                                   int64_t incident, notices *out) {
    bool any = false;
    *out = (notices){.place = -1, .done = -1};
    snprintf(out->recipient[0], sizeof out->recipient[0], CONSENT__INCIDENT_TASK "%" PRId64,
             incident);
    snprintf(out->recipient[1], sizeof out->recipient[1],
             CONSENT__INCIDENT_TASK "%" PRId64 CONSENT__INCIDENT_GUARDIAN, incident);
    for (int i = 0; i < 2; i++) {
        consent__task_row task;
        consent_status st = w->store->engine->task_get(cx, w->tx, uid, out->recipient[i], &task);
        if (st == CONSENT_E_NOT_FOUND)
            continue;
        if (st != CONSENT_OK)
            return st;
        any = true;
        out->open[i] = task.done < 0;
        if (task.done >= 0)
            out->done = task.done;
        else if (out->place < 0 || tried(task.items) < out->place)
            out->place = tried(task.items);
    }
    return any ? CONSENT_OK
               : consent__fail(cx, CONSENT_E_NOT_FOUND,
                               "the subject is not among those the incident affects");
}

static consent_status settle_notices(const consent__cx *cx, consent__work *w,
                                     const consent__incident *in, const uint8_t uid[16],
                                     const notices *n, bool told, int64_t event) {
    consent_status st = CONSENT_OK;
    for (int i = 0; i < 2 && st == CONSENT_OK; i++) {
        consent__task_row task = {.recipient = n->recipient[i], .seq = in->number};
        memcpy(task.uid, uid, 16);
        if (n->open[i])
            st = told ? w->store->engine->task_done(cx, w->tx, uid, n->recipient[i], event)
                      : put_tried(cx, w, in, n->place + 1, &task);
    }
    return st;
}

static consent_status tell(const consent__cx *cx, consent__work *w, consent__subject *subject,
                           void *user) {
    const telling *t = user;
    consent__incident in;
    notices n;
    const char *channel = NULL;
    consent_status st = load_open(cx, w, t->incident, &in);
    if (st == CONSENT_OK && !consent__incident_described(&in))
        st = consent__fail(cx, CONSENT_E_STATE, "the contents of the notice are not complete");
    if (st == CONSENT_OK)
        st = find_notices(cx, w, subject->uid, t->incident, &n);
    if (st != CONSENT_OK)
        return st;
    if (n.place < 0) {
        st = tell_rows(cx, t, n.done, NULL, true, NULL);
        return st == CONSENT_OK ? CONSENT_DONE : st;
    }
    st = turn(cx, &in, n.place, t, &channel);
    if (st != CONSENT_OK)
        return st;
    consent__event e = {.kind = EV_INCIDENT_NOTIFIED};
    CONSENT__SET(&e, event, t->incident);
    CONSENT__SET_TEXT(&e, channel, channel);
    CONSENT__SET_TEXT(&e, state, t->told ? "told" : "failed");
    st = consent__append_apply(cx, w, subject, &e, NULL);
    if (st == CONSENT_OK)
        st = settle_notices(cx, w, &in, subject->uid, &n, t->told, e.seq);
    if (st != CONSENT_OK)
        return st;
    bool more = !t->told && n.place + 1 < in.channels.count;
    return tell_rows(cx, t, e.seq, channel, t->told, more ? in.channels.v[n.place + 1] : NULL);
}

consent_status consent__flow_incident_notify(const consent__cx *cx, consent_store *s,
                                             int64_t incident, const char *subject,
                                             const char *channel, bool told, consent_rows **out) {
    telling t = {incident, channel, told, out};
    consent_status st = consent__text_check(cx, channel, CONSENT__SHORT, "channel");
    return finish(st == CONSENT_OK ? consent__on_subject(cx, s, subject, tell, &t) : st, out);
}
