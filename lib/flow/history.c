/* SPDX-License-Identifier: Apache-2.0 */
/* What a subject decided, and everything that was ever recorded about them. */
#include <string.h>

#include "core/decide.h"
#include "flow/gone.h"
#include "flow/subject.h"
#include "util/text.h"

/* ---- decisions that stand ---- */

static bool counts_now(const consent__view *v, const consent__state *s, const consent__spoken *a) {
    int32_t index = v->catalog->points[a->point - 1].policy_index;
    const consent__version *x = consent__catalog_in_force(v->catalog, index, v->now, INT64_MAX);
    const consent__slot *slot = x ? consent__version_slot(x, a->point) : NULL;
    if (!slot)
        return false;
    bool guardian = v->now < consent__decides_from(x->policy, s->born);
    consent__heard h = consent__hear(s, x->policy, a->point, slot->epoch, guardian, v->now);
    return h.act == a && h.word != WORD_STALE;
}

/* Another guardian of the child says otherwise at the same wording; both are verified. */
static bool disputed(const consent__view *v, const consent__state *s, const consent__spoken *a) {
    for (int32_t i = 0; a->by_guardian && i < s->spoken_count; i++) {
        const consent__spoken *b = &s->spoken[i];
        if (b->point == a->point && b->epoch == a->epoch && b->by_guardian &&
            memcmp(b->by, a->by, 16) != 0 && b->decision != a->decision &&
            consent__link_counts(s, a, v->now) && consent__link_counts(s, b, v->now))
            return true;
    }
    return false;
}

static void add_decision(consent_rows *r, const consent__view *v, const consent__state *s,
                         const consent__spoken *a) {
    const consent__point *p = &v->catalog->points[a->point - 1];
    const consent__version *x = consent__catalog_version_id(v->catalog, a->version);
    consent__rows_add(r);
    consent__rows_text(r, 0, v->catalog->policies[p->policy_index].key);
    consent__rows_text(r, 1, p->key);
    consent__rows_text(r, 2, consent_decision_name(a->decision));
    consent__rows_text(r, 3, consent_class_name(a->cls));
    consent__rows_text(r, 4, x ? x->policy->version : NULL);
    consent__rows_number(r, 5, a->epoch);
    consent__rows_number(r, 6, a->at);
    consent__rows_number(r, 7, a->from);
    if (a->until)
        consent__rows_number(r, 8, a->until);
    consent__rows_number(r, 9, a->seq);
    consent__rows_text(r, 10, a->by_guardian ? "guardian" : "subject");
    consent__rows_number(r, 11, a->evidenced);
    consent__rows_number(r, 12, counts_now(v, s, a));
    consent__rows_number(r, 13, a->inherited);
    consent__rows_number(r, 14, disputed(v, s, a));
}

consent_status consent__flow_decision_list(const consent__cx *cx, consent_store *s,
                                           const char *subject, consent_rows **out) {
    consent__view v;
    consent__subject found;
    consent_status st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    st = consent__subject_need(cx, s, v.tx, subject, &v.scratch->arena, &found);
    if (st == CONSENT_OK) {
        consent_rows *r = consent__rows_new(cx->env, "policy t,point t,decision t,class t,version "
                                                     "t,epoch n,at u,from u,until u,event n,by t,"
                                                     "evidenced b,counts b,inherited b,disputed b");
        for (int32_t i = 0; i < found.state.spoken_count; i++)
            if (found.state.spoken[i].point <= (uint32_t)v.catalog->points_count)
                add_decision(r, &v, &found.state, &found.state.spoken[i]);
        st = consent__rows_finish(cx, r, out);
        consent__wipe(found.key, sizeof found.key);
    }
    consent__view_close(&v);
    return st;
}

/* ---- history ---- */

typedef struct story {
    consent_store *store;
    const consent__subject *subject;
    consent_rows *rows;
    consent__buf body;
    int64_t told, last;
} story;

static consent_status tell(const consent__cx *cx, void *user, const consent__event_row *row) {
    story *t = user;
    consent__buf_reset(&t->body);
    consent_status st =
        consent__event_body(cx, t->store, row, t->subject->uid, t->subject->key, &t->body, NULL);
    if (st != CONSENT_OK)
        return st;
    t->told++;
    t->last = row->seq;
    consent__rows_add(t->rows);
    consent__rows_number(t->rows, 0, row->seq);
    consent__rows_number(t->rows, 1, row->at);
    consent__rows_text(t->rows, 2, row->kind);
    consent__rows_text_n(t->rows, 3, (const char *)t->body.data, t->body.len);
    return CONSENT_OK;
}

consent_status consent__flow_history(const consent__cx *cx, consent_store *s, const char *subject,
                                     consent_rows **out) {
    consent__view v;
    consent__subject found;
    consent_status st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    st = consent__subject_need(cx, s, v.tx, subject, &v.scratch->arena, &found);
    if (st == CONSENT_OK) {
        story t = {s, &found, consent__rows_new(cx->env, "event n,at u,kind t,body j"), {0}, 0, -1};
        consent__buf_init(&t.body, &s->env);
        st = s->engine->event_scan(cx, v.tx, 0, INT64_MAX, found.id, true, tell, &t);
        if (st == CONSENT_OK)
            st = consent__gone_of_subject(cx, &v, &found.state, t.told, t.last);
        if (st == CONSENT_OK)
            st = consent__rows_finish(cx, t.rows, out);
        else
            consent_rows_free(t.rows);
        consent__buf_wipe_free(&t.body);
        consent__wipe(found.key, sizeof found.key);
    }
    consent__view_close(&v);
    return st;
}
