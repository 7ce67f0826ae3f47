/* SPDX-License-Identifier: Apache-2.0 */
/* Requests: opened, moved, extended; and their deadlines, also anew when a calendar changes. */
#include "flow/request.h"

#include <string.h>

#include "core/decide.h"
#include "flow/args.h"
#include "flow/calendar.h"
#include "flow/cancel.h"
#include "util/date.h"
#include "util/text.h"

/* ---- deadlines ---- */

typedef struct reckoned {
    int64_t due;
    bool provisional;
    const char *calendar;
} reckoned;

/* The extension is counted on from receipt where both are of one unit, else from the first due
 * date. What the subject was waited for does not count. */
static consent_status reckon(const consent__cx *cx, consent__work *w, const consent__policy *p,
                             const consent__request *q, reckoned *out) {
    consent__arena *arena = &w->scratch->arena;
    const consent__deadline *d = consent__request_deadline(p, q->kind);
    const consent__deadline *more = q->extended ? consent__request_extension(p, q->kind) : NULL;
    const consent__calendar *calendar = NULL;
    consent__due_result due;
    *out = (reckoned){CONSENT__NO_INSTANT, false, NULL};
    if (!d)
        return CONSENT_OK;
    consent__deadline first = *d;
    out->calendar = d->calendar;
    bool joined = more && more->unit == first.unit;
    if (joined)
        first.count += more->count;
    consent_status st = consent__calendar_find(cx, w->store, w->tx, d->calendar, arena, &calendar);
    if (st == CONSENT_OK)
        st = consent__due(cx, calendar, &first, q->received_at + q->waited, p->utc_offset, arena,
                          &due);
    if (st == CONSENT_OK && more && !joined) {
        bool provisional = due.provisional;
        st = consent__calendar_find(cx, w->store, w->tx, more->calendar, arena, &calendar);
        if (st == CONSENT_OK)
            st = consent__due(cx, calendar, more, due.due, p->utc_offset, arena, &due);
        due.provisional |= provisional;
    }
    if (st == CONSENT_OK) {
        out->due = due.due;
        out->provisional = due.provisional;
    }
    return st;
}

static void set_due(consent__event *e, const reckoned *r) {
    if (r->due == CONSENT__NO_INSTANT)
        return;
    CONSENT__SET(e, due, r->due);
    if (r->provisional)
        CONSENT__SET(e, provisional, true);
}

/* The row of the lists, after the state moved. */
static consent_status put_row(const consent__cx *cx, consent__work *w,
                              const consent__subject *subject, int64_t number) {
    const consent__request *q =
        &subject->state.requests[consent__request_find(&subject->state, number)];
    consent__request_row row = {.number = number,
                                .subject = subject->id,
                                .kind = consent__right_kind_name(q->kind),
                                .state = consent__stage_name(q->stage),
                                .open = !consent__stage_final(q->stage),
                                .received_at = q->received_at,
                                .due = q->due,
                                .provisional = q->provisional};
    return w->store->engine->request_put(cx, w->tx, &row);
}

static consent_status append(const consent__cx *cx, consent__work *w, consent__subject *subject,
                             consent__event *e, int64_t number) {
    consent_status st = consent__append_apply(cx, w, subject, e, NULL);
    return st == CONSENT_OK ? put_row(cx, w, subject, number < 0 ? e->seq : number) : st;
}

/* ---- who asks ---- */

static const consent__link *speaking_link(const consent__state *s, const uint8_t *guardian,
                                          int64_t t) {
    for (int32_t i = s->links_count - 1; i >= 0; i--) {
        const consent__link *l = &s->links[i];
        if (guardian && memcmp(l->guardian, guardian, 16) != 0)
            continue;
        if (l->verified_at && !l->ended_at && (!l->until || l->until > t))
            return l;
    }
    return NULL;
}

static int standing_of(const consent__asking *in, int kind) {
    if (in->standing)
        return consent__name_value(consent__standing_name, in->standing);
    if (in->guardian || kind == RIGHT_GUARDIAN_INQUIRY)
        return STANDING_GUARDIAN;
    return kind == RIGHT_DECEASED_RELATIVE ? STANDING_RELATIVE : STANDING_SELF;
}

static consent_status guardian_stands(const consent__cx *cx, consent__work *w,
                                      const consent__subject *subject, const consent__asking *in,
                                      consent__event *e) {
    consent__subject guardian;
    const consent__link *l = NULL;
    if (in->guardian) {
        consent_status st = consent__id_check(cx, in->guardian, "guardian");
        if (st == CONSENT_OK)
            st = consent__subject_need(cx, w->store, w->tx, in->guardian, &w->scratch->arena,
                                       &guardian);
        if (st != CONSENT_OK)
            return st;
        consent__wipe(guardian.key, sizeof guardian.key);
        l = speaking_link(&subject->state, guardian.uid, w->now);
    } else {
        l = speaking_link(&subject->state, NULL, w->now);
    }
    if (!l)
        return consent__fail(cx, CONSENT_E_REFUSED,
                             "no verified guardian of the subject stands behind the request");
    consent__event_set_uid(e, F_by, l->guardian);
    return CONSENT_OK;
}

/* A subject may have ordered that relatives get nothing (PIPL art. 49): a fact of that name. */
#define NO_RELATIVES "directive.no-relatives"

static consent_status stands(const consent__cx *cx, consent__work *w,
                             const consent__subject *subject, const consent__asking *in, int kind,
                             int standing, consent__event *e) {
    if (standing < 0)
        return consent__fail(cx, CONSENT_E_ARGUMENT,
                             "the standing is none of self, guardian, relative, agent");
    if ((kind == RIGHT_GUARDIAN_INQUIRY) && standing != STANDING_GUARDIAN)
        return consent__fail(cx, CONSENT_E_REFUSED, "only a guardian makes a guardian's inquiry");
    if ((kind == RIGHT_DECEASED_RELATIVE) != (standing == STANDING_RELATIVE))
        return consent__fail(cx, CONSENT_E_REFUSED,
                             "relatives ask for a deceased subject, and only they do");
    if (standing == STANDING_GUARDIAN)
        return guardian_stands(cx, w, subject, in, e);
    const consent__condition directive = {
        .fact = NO_RELATIVES, .op = OP_EQ, .value = {.type = VALUE_BOOL, .number = 1}};
    if (standing == STANDING_RELATIVE &&
        consent__condition_holds(&subject->state, &directive, w->now, NULL) == TRUTH_YES)
        return consent__fail(cx, CONSENT_E_REFUSED,
                             "the subject directed that relatives get nothing");
    return CONSENT_OK;
}

/* ---- opening ---- */

int32_t consent__request_open_of(const consent__state *s, int32_t kind) {
    for (int32_t i = s->requests_count - 1; i >= 0; i--)
        if (s->requests[i].kind == kind && !consent__stage_final(s->requests[i].stage))
            return i;
    return -1;
}

static consent_status check_asking(const consent__cx *cx, const consent__asking *in) {
    consent_status st = consent__text_need(cx, in->kind, CONSENT__SHORT, "kind");
    if (st == CONSENT_OK)
        st = consent__text_check(cx, in->channel, CONSENT__SHORT, "channel");
    if (st == CONSENT_OK)
        st = consent__text_check(cx, in->evidence, CONSENT__NAME, "evidence");
    if (st == CONSENT_OK)
        st = consent__text_check(cx, in->method, CONSENT__NAME, "method");
    if (st == CONSENT_OK)
        st = consent__hash_check(cx, in->shown, "hash of the text shown");
    if (st == CONSENT_OK && consent__name_value(consent__right_kind_name, in->kind) < 0)
        st = consent__fail(cx, CONSENT_E_ARGUMENT, "there is no request of that kind");
    return st;
}

static consent_status fill_opening(const consent__cx *cx, consent__work *w,
                                   const consent__subject *subject, const consent__version *v,
                                   const consent__asking *in, consent__event *e) {
    int kind = consent__name_value(consent__right_kind_name, in->kind);
    int standing = standing_of(in, kind);
    int64_t received = in->has_received ? in->received_at : w->now;
    if (received > w->now)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "the request was received in the future");
    consent_status st = stands(cx, w, subject, in, kind, standing, e);
    if (st != CONSENT_OK)
        return st;
    consent__request q = {.kind = kind, .received_at = received};
    reckoned due;
    st = reckon(cx, w, v->policy, &q, &due);
    if (st != CONSENT_OK)
        return st;
    CONSENT__SET_TEXT(e, kind, consent__right_kind_name(kind));
    CONSENT__SET_TEXT(e, policy, v->policy->key);
    CONSENT__SET_TEXT(e, version, v->policy->version);
    CONSENT__SET_TEXT(e, source, consent__standing_name(standing));
    CONSENT__SET(e, observed, received);
    CONSENT__SET_TEXT(e, channel, in->channel);
    CONSENT__SET_TEXT(e, evidence, in->evidence);
    CONSENT__SET_TEXT(e, method, in->method);
    set_due(e, &due);
    if (kind == RIGHT_CANCEL_ACCOUNT && v->policy->cooling_off_days)
        CONSENT__SET(e, until, received + v->policy->cooling_off_days * CONSENT__DAY);
    return CONSENT_OK;
}

consent_status consent__request_open(const consent__cx *cx, consent__work *w,
                                     consent__subject *subject, const consent__asking *in,
                                     int64_t *out_number) {
    const consent__catalog *c = NULL;
    const consent__version *v = NULL;
    char hex[2 * CONSENT__HASH + 1];
    consent__event e = {.kind = EV_REQUEST_OPENED};
    int kind = consent__name_value(consent__right_kind_name, in->kind);
    consent_status st = consent__work_catalog(cx, w, &c);
    if (st == CONSENT_OK)
        st = consent__in_force(cx, c, in->policy, w->now, &v);
    if (st == CONSENT_OK && kind == RIGHT_CANCEL_ACCOUNT &&
        consent__request_open_of(&subject->state, kind) >= 0)
        st = consent__fail(cx, CONSENT_E_STATE, "a cancellation is running already");
    if (st == CONSENT_OK)
        st = fill_opening(cx, w, subject, v, in, &e);
    if (st == CONSENT_OK && in->acknowledges) {
        st = consent__cancel_shown(cx, v, in->lang, in->shown, &w->scratch->arena, hex);
        if (st == CONSENT_OK)
            CONSENT__SET_TEXT(&e, shown, hex);
    }
    if (st == CONSENT_OK)
        st = append(cx, w, subject, &e, -1);
    *out_number = e.seq;
    return st;
}

/* ---- moving ---- */

static consent_status illegal(const consent__cx *cx, const consent__request *q, int to) {
    if (consent__stage_final(q->stage))
        return consent__fail(cx, CONSENT_E_STATE, "the request is %s: it does not move any more",
                             consent__stage_name(q->stage));
    if (q->kind == RIGHT_CANCEL_ACCOUNT && to == STAGE_DONE)
        return consent__fail(cx, CONSENT_E_STATE,
                             "a cancellation is done by executing it, and by nothing else");
    if (q->stage == STAGE_RECEIVED && to == STAGE_ACCEPTED)
        return consent__fail(
            cx, CONSENT_E_STATE,
            "who asks for somebody else is verified before the request is accepted");
    return consent__fail(cx, CONSENT_E_STATE, "a request that is %s cannot become %s",
                         consent__stage_name(q->stage), consent__stage_name(to));
}

static consent_status check_moving(const consent__cx *cx, const consent__moving *in) {
    consent_status st = consent__text_check(cx, in->why, CONSENT__WORDS, "reason");
    if (st == CONSENT_OK)
        st = consent__text_check(cx, in->actor, CONSENT__NAME, "actor");
    if (st == CONSENT_OK)
        st = consent__text_check(cx, in->method, CONSENT__NAME, "method");
    return st == CONSENT_OK ? consent__hash_check(cx, in->document, "hash of the document") : st;
}

static consent_status after_pause(const consent__cx *cx, consent__work *w,
                                  const consent__request *q, consent__event *e) {
    const consent__catalog *c = NULL;
    reckoned due;
    consent_status st = consent__work_catalog(cx, w, &c);
    if (st != CONSENT_OK)
        return st;
    consent__request then = *q;
    then.waited += (w->now > w->head.at ? w->now : w->head.at) - q->moved_at;
    st = reckon(cx, w, consent__catalog_version_id(c, q->version)->policy, &then, &due);
    if (st == CONSENT_OK)
        set_due(e, &due);
    return st;
}

consent_status consent__request_move(const consent__cx *cx, consent__work *w,
                                     consent__subject *subject, const consent__moving *in,
                                     bool executing) {
    int to = in->to ? consent__name_value(consent__stage_name, in->to) : -1;
    int32_t i = consent__request_find(&subject->state, in->number);
    bool reason = false;
    if (to < 0)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "there is no such state of a request");
    if (i < 0)
        return consent__fail(cx, CONSENT_E_NOT_FOUND, "the subject has no request of that number");
    const consent__request *q = &subject->state.requests[i];
    if (!consent__stage_move(q->kind, q->standing, q->stage, to, executing, &reason))
        return illegal(cx, q, to);
    if (reason && !in->why)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "%s needs a reason in words", in->to);
    consent__event e = {.kind = EV_REQUEST_MOVED};
    CONSENT__SET(&e, request, in->number);
    CONSENT__SET_TEXT(&e, state, consent__stage_name(to));
    CONSENT__SET_TEXT(&e, reason, in->why);
    CONSENT__SET_TEXT(&e, actor, in->actor);
    CONSENT__SET_TEXT(&e, method, in->method);
    CONSENT__SET_TEXT(&e, document, in->document);
    consent_status st =
        q->stage == STAGE_PAUSED && to == STAGE_VERIFYING ? after_pause(cx, w, q, &e) : CONSENT_OK;
    return st == CONSENT_OK ? append(cx, w, subject, &e, in->number) : st;
}

consent_status consent__request_subject(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                        int64_t number, consent__arena *arena,
                                        consent__subject *out) {
    consent__request_row row;
    consent__subject_row key;
    consent_status st = s->engine->request_get(cx, tx, number, &row);
    if (st == CONSENT_E_NOT_FOUND)
        return consent__fail(cx, CONSENT_E_NOT_FOUND, "there is no request of that number");
    if (st == CONSENT_OK && !row.subject)
        return consent__fail(cx, CONSENT_E_STATE, "the subject of the request was erased");
    if (st == CONSENT_OK)
        st = s->engine->subject_by_id(cx, tx, row.subject, &key);
    return st == CONSENT_OK ? consent__subject_of_row(cx, s, &key, arena, out) : st;
}

/* ---- a calendar changed ---- */

typedef struct numbers {
    consent__arena *arena;
    int64_t *v;
    int32_t count, cap;
} numbers;

static consent_status add_number(const consent__cx *cx, void *user,
                                 const consent__request_row *row) {
    numbers *n = user;
    if (row->due == INT64_MIN || !row->subject)
        return CONSENT_OK;
    if (n->count == n->cap) {
        int32_t more = n->cap ? n->cap * 2 : 64;
        int64_t *bigger = consent__arena_get(n->arena, (size_t)more * sizeof *bigger);
        if (!bigger)
            return consent__no_memory(cx);
        if (n->count)
            memcpy(bigger, n->v, (size_t)n->count * sizeof *bigger);
        n->v = bigger;
        n->cap = more;
    }
    n->v[n->count++] = row->number;
    return CONSENT_OK;
}

static consent_status due_anew(const consent__cx *cx, consent__work *w, const consent__catalog *c,
                               int64_t number, const char *calendar) {
    consent__subject subject;
    reckoned due;
    consent_status st =
        consent__request_subject(cx, w->store, w->tx, number, &w->scratch->arena, &subject);
    if (st != CONSENT_OK)
        return st;
    int32_t i = consent__request_find(&subject.state, number);
    const consent__request *q = i < 0 ? NULL : &subject.state.requests[i];
    const consent__version *v = q ? consent__catalog_version_id(c, q->version) : NULL;
    if (!v)
        st = consent__fail(cx, CONSENT_E_CORRUPT, "a request of the list is not in its subject");
    if (st == CONSENT_OK)
        st = reckon(cx, w, v->policy, q, &due);
    if (st == CONSENT_OK && due.calendar && strcmp(due.calendar, calendar) == 0 &&
        (due.due != q->due || due.provisional != q->provisional)) {
        consent__event e = {.kind = EV_REQUEST_DUE};
        CONSENT__SET(&e, request, number);
        CONSENT__SET_TEXT(&e, key, calendar);
        set_due(&e, &due);
        st = append(cx, w, &subject, &e, number);
    }
    consent__wipe(subject.key, sizeof subject.key);
    return st;
}

consent_status consent__requests_due_anew(const consent__cx *cx, consent__work *w,
                                          const char *calendar) {
    const consent__catalog *c = NULL;
    consent__arena list;
    consent__arena_init(&list, cx->env);
    numbers n = {.arena = &list};
    consent_status st = consent__work_catalog(cx, w, &c);
    if (st == CONSENT_OK)
        st = w->store->engine->request_scan(cx, w->tx, true, add_number, &n);
    for (int32_t i = 0; st == CONSENT_OK && i < n.count; i++)
        st = due_anew(cx, w, c, n.v[i], calendar);
    consent__arena_free(&list);
    return st;
}

/* ---- use cases ---- */

consent_status consent__request_answer(consent_status st, consent_rows **out) {
    if (st < 0) {
        consent_rows_free(*out);
        *out = NULL;
    }
    return st;
}

typedef struct opening {
    const consent__asking *in;
    int64_t number;
    consent_rows **out;
} opening;

static consent_status open_work(const consent__cx *cx, consent__work *w, consent__subject *subject,
                                void *user) {
    opening *o = user;
    consent_status st = consent__request_open(cx, w, subject, o->in, &o->number);
    return st == CONSENT_OK ? consent__request_rows_now(cx, w, o->number, o->out) : st;
}

consent_status consent__flow_request_open(const consent__cx *cx, consent_store *s,
                                          const consent__asking *in, consent_rows **out) {
    opening o = {in, -1, out};
    consent_status st = check_asking(cx, in);
    if (st == CONSENT_OK)
        st = consent__on_subject(cx, s, in->subject, open_work, &o);
    return consent__request_answer(st, out);
}

static consent_status advance_work(const consent__cx *cx, consent__work *w, void *user) {
    const consent__moving *in = user;
    consent__subject subject;
    consent_status st =
        consent__request_subject(cx, w->store, w->tx, in->number, &w->scratch->arena, &subject);
    if (st == CONSENT_OK) {
        st = consent__request_move(cx, w, &subject, in, false);
        consent__wipe(subject.key, sizeof subject.key);
        if (st == CONSENT_OK)
            st = consent__request_rows_now(cx, w, in->number, in->out);
    }
    return st;
}

consent_status consent__flow_request_advance(const consent__cx *cx, consent_store *s,
                                             const consent__moving *in, consent_rows **out) {
    consent__moving copy = *in;
    copy.out = out;
    consent_status st = check_moving(cx, in);
    if (st == CONSENT_OK)
        st = consent__write(cx, s, advance_work, &copy);
    return consent__request_answer(st, out);
}

static consent_status extend(const consent__cx *cx, consent__work *w, consent__subject *subject,
                             const consent__moving *in) {
    const consent__catalog *c = NULL;
    int32_t i = consent__request_find(&subject->state, in->number);
    consent_status st = consent__work_catalog(cx, w, &c);
    if (st != CONSENT_OK)
        return st;
    const consent__request *q = &subject->state.requests[i];
    const consent__policy *p = consent__catalog_version_id(c, q->version)->policy;
    if (consent__stage_final(q->stage))
        return illegal(cx, q, q->stage);
    if (q->extended)
        return consent__fail(cx, CONSENT_E_STATE, "the deadline was extended before: once is all");
    if (!consent__request_extension(p, q->kind))
        return consent__fail(cx, CONSENT_E_REFUSED,
                             "the policy allows no extension for this right");
    if (q->due != CONSENT__NO_INSTANT && w->now > q->due)
        return consent__fail(cx, CONSENT_E_REFUSED,
                             "the deadline has passed: it is extended before it ends, or not");
    consent__request then = *q;
    reckoned due;
    then.extended = true;
    st = reckon(cx, w, p, &then, &due);
    consent__event e = {.kind = EV_REQUEST_EXTENDED};
    CONSENT__SET(&e, request, in->number);
    CONSENT__SET_TEXT(&e, reason, in->why);
    CONSENT__SET_TEXT(&e, actor, in->actor);
    set_due(&e, &due);
    return st == CONSENT_OK ? append(cx, w, subject, &e, in->number) : st;
}

static consent_status extend_work(const consent__cx *cx, consent__work *w, void *user) {
    const consent__moving *in = user;
    consent__subject subject;
    consent_status st =
        consent__request_subject(cx, w->store, w->tx, in->number, &w->scratch->arena, &subject);
    if (st == CONSENT_OK) {
        st = extend(cx, w, &subject, in);
        consent__wipe(subject.key, sizeof subject.key);
        if (st == CONSENT_OK)
            st = consent__request_rows_now(cx, w, in->number, in->out);
    }
    return st;
}

consent_status consent__flow_request_extend(const consent__cx *cx, consent_store *s, int64_t number,
                                            const char *why, const char *actor,
                                            consent_rows **out) {
    consent__moving in = {.number = number, .why = why, .actor = actor, .out = out};
    consent_status st = consent__text_need(cx, why, CONSENT__WORDS, "reason");
    if (st == CONSENT_OK)
        st = check_moving(cx, &in);
    if (st == CONSENT_OK)
        st = consent__write(cx, s, extend_work, &in);
    return consent__request_answer(st, out);
}
