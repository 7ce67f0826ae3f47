/* SPDX-License-Identifier: Apache-2.0 */
/* Notices: what is owed for each version, to whom, and that it was shown or acknowledged. */
#include "flow/notice.h"

#include <string.h>

#include "flow/args.h"
#include "flow/diff_json.h"
#include "flow/guardian.h"
#include "flow/policy.h"
#include "util/text.h"

#define SHORT_MAX 64
#define COLUMNS                                                                                    \
    "policy t,version t,class t,triggers j,published_at u,from u,form t,summary t,changes j,"      \
    "shown_at u"

static const consent__version *published(const consent__catalog *c, int32_t policy, int32_t i) {
    return &c->versions[c->policies[policy].published[i]];
}

static const consent__notice *notice_of(const consent__state *s, int64_t version) {
    for (int32_t i = 0; i < s->notices_count; i++)
        if (s->notices[i].version == version)
            return &s->notices[i];
    return NULL;
}

/* What is owed for a version beyond its entry on the page of changes. */
const char *consent__notice_form(const consent__version *v, consent__change_class cls) {
    if (v->policy->change_acknowledge)
        return "acknowledge";
    return cls == CHANGE_MATERIAL ? "notice" : "page";
}

bool consent__notice_waits(const consent__state *s, const consent__version *v,
                           consent__change_class cls) {
    const consent__notice *n = notice_of(s, v->id);
    if (!consent__notice_owed(s, v, cls))
        return false;
    return !n || (v->policy->change_acknowledge ? !n->acknowledged_at : !n->shown_at);
}

bool consent__notice_owed(const consent__state *s, const consent__version *v,
                          consent__change_class cls) {
    return s->registered_at < v->in_force_from &&
           (v->policy->change_acknowledge || cls == CHANGE_MATERIAL);
}

bool consent__notice_was_shown(const consent__state *s, const consent__version *v) {
    const consent__notice *n = notice_of(s, v->id);
    return n && n->shown_at;
}

/* ---- rows ---- */

typedef struct telling {
    consent_rows *rows;
    consent__arena *arena;
    consent__buf *buf;
    const char *lang;
} telling;

static void put_json(telling *t, int column, bool *failed) {
    *failed = *failed || t->buf->failed;
    if (!*failed)
        consent__rows_text_n(t->rows, column, (const char *)t->buf->data, t->buf->len);
    consent__buf_reset(t->buf);
}

static consent_status tell(const consent__cx *cx, telling *t, const consent__version *before,
                           const consent__version *v, const consent__diff *d,
                           const consent__notice *n) {
    const consent__policy *p = v->policy;
    bool failed = false;
    consent__rows_add(t->rows);
    consent__rows_text(t->rows, 0, p->key);
    consent__rows_text(t->rows, 1, p->version);
    consent__rows_text(t->rows, 2, consent__change_class_name((int)d->cls));
    consent__buf_reset(t->buf);
    consent__triggers_json(t->buf, d->triggers);
    put_json(t, 3, &failed);
    consent__rows_number(t->rows, 4, v->published_at);
    consent__rows_number(t->rows, 5, v->in_force_from);
    consent__rows_text(t->rows, 6, consent__notice_form(v, d->cls));
    const consent__lang_text *summary =
        consent__text_in(&p->change_summary, t->lang ? consent__policy_language(p, t->lang) : 0);
    if (summary)
        consent__rows_text_n(t->rows, 7, summary->text, summary->len);
    consent_status st = consent__change_words(cx, before->policy, p, d, t->lang, t->arena, t->buf);
    if (st == CONSENT_OK)
        put_json(t, 8, &failed);
    if (n && n->shown_at)
        consent__rows_number(t->rows, 9, n->shown_at);
    return failed && st == CONSENT_OK ? consent__no_memory(cx) : st;
}

consent_status consent__notice_diff(const consent__cx *cx, const consent__catalog *c,
                                    int32_t policy, int32_t i, consent__arena *arena,
                                    consent__diff *d) {
    return consent__policy_diff(cx, published(c, policy, i - 1)->policy,
                                published(c, policy, i)->policy, arena, d);
}

static consent_status finish(const consent__cx *cx, consent_status st, telling *t,
                             consent_rows **out) {
    if (st == CONSENT_OK)
        return consent__rows_finish(cx, t->rows, out);
    consent_rows_free(t->rows);
    return st;
}

consent_status consent__flow_notice_page(const consent__cx *cx, consent_store *s,
                                         const char *policy, const char *lang, consent_rows **out) {
    consent__view v;
    int32_t index = -1;
    consent_status st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    st = consent__pick_policy(cx, v.catalog, policy, &index);
    if (st == CONSENT_OK) {
        telling t = {consent__rows_new(cx->env, COLUMNS), &v.scratch->arena, &v.scratch->buf, lang};
        for (int32_t i = v.catalog->policies[index].published_count - 1; st == CONSENT_OK && i > 0;
             i--) {
            consent__diff d;
            st = consent__notice_diff(cx, v.catalog, index, i, t.arena, &d);
            if (st == CONSENT_OK)
                st = tell(cx, &t, published(v.catalog, index, i - 1),
                          published(v.catalog, index, i), &d, NULL);
        }
        st = finish(cx, st, &t, out);
    }
    consent__view_close(&v);
    return st;
}

/* ---- pending ---- */

typedef struct pending {
    const char *policy, *lang;
    consent_rows **out;
} pending;

static consent_status see_pending(const consent__cx *cx, consent__view *v,
                                  const consent__subject *subject, void *user) {
    pending *in = user;
    const consent__catalog *c = v->catalog;
    int32_t only = in->policy ? consent__catalog_policy(c, in->policy) : -1;
    if (in->policy && only < 0)
        return consent__unknown(cx, in->policy, "policy", "the store has no such policy");
    telling t = {consent__rows_new(cx->env, COLUMNS), &v->scratch->arena, &v->scratch->buf,
                 in->lang};
    consent_status st = CONSENT_OK;
    for (int32_t p = 0; p < c->policies_count; p++)
        for (int32_t i = 1; st == CONSENT_OK && i < c->policies[p].published_count; i++) {
            const consent__version *x = published(c, p, i);
            consent__diff d;
            if ((only >= 0 && p != only) ||
                !consent__notice_waits(&subject->state, x, CHANGE_MATERIAL))
                continue; /* not even if it were material: no need to compare */
            st = consent__notice_diff(cx, c, p, i, t.arena, &d);
            if (st == CONSENT_OK && consent__notice_waits(&subject->state, x, d.cls))
                st = tell(cx, &t, published(c, p, i - 1), x, &d, notice_of(&subject->state, x->id));
        }
    return finish(cx, st, &t, in->out);
}

consent_status consent__flow_notice_pending(const consent__cx *cx, consent_store *s,
                                            const char *subject, const char *policy,
                                            const char *lang, consent_rows **out) {
    pending in = {policy, lang, out};
    consent_status st = consent__id_check(cx, subject, "subject");
    return st == CONSENT_OK ? consent__see_subject(cx, s, subject, see_pending, &in) : st;
}

/* ---- shown, acknowledged ---- */

typedef struct recording {
    const consent__noticing *in;
    const consent__catalog *catalog;
    int32_t policy;
    consent__subject guardian;
    consent_rows *rows;
    bool any;
} recording;

/* For a child its guardian acknowledges, as the guardian consents: a child's own tap would free
 * what the guardian agreed to under other words. */
static consent_status may_acknowledge(const consent__cx *cx, consent__work *w,
                                      const consent__subject *subject, recording *r,
                                      const consent__version *v) {
    const consent__version *now =
        consent__catalog_in_force(r->catalog, r->policy, w->now, INT64_MAX);
    const consent__policy *p = now ? now->policy : v->policy;
    bool child = w->now < consent__decides_from(p, subject->state.born);
    if (!r->in->guardian)
        return child ? consent__fail(cx, CONSENT_E_REFUSED,
                                     "for a child a verified guardian acknowledges")
                     : CONSENT_OK;
    if (!child)
        return consent__fail(cx, CONSENT_E_REFUSED,
                             "the subject decides alone: a guardian no longer speaks for them");
    return consent__standing(cx, p, &subject->state, r->guardian.uid, w->now);
}

static consent_status record_one(const consent__cx *cx, consent__work *w, consent__subject *subject,
                                 recording *r, const consent__version *v) {
    const consent__notice *n = notice_of(&subject->state, v->id);
    if (n && (r->in->acknowledged ? n->acknowledged_at : n->shown_at))
        return CONSENT_OK; /* the first time counts */
    consent__event e = {.kind = r->in->acknowledged ? EV_NOTICE_ACKNOWLEDGED : EV_NOTICE_SHOWN};
    CONSENT__SET_TEXT(&e, policy, v->policy->key);
    CONSENT__SET_TEXT(&e, version, v->policy->version);
    CONSENT__SET_TEXT(&e, surface, r->in->surface);
    CONSENT__SET_TEXT(&e, lang, r->in->lang);
    if (r->in->guardian)
        consent__event_set_uid(&e, F_by, r->guardian.uid);
    uint8_t leaf[CONSENT__HASH];
    consent_status st = r->in->acknowledged ? may_acknowledge(cx, w, subject, r, v) : CONSENT_OK;
    if (st == CONSENT_OK)
        st = consent__append_apply(cx, w, subject, &e, leaf);
    if (st == CONSENT_OK && r->in->guardian)
        st = consent__attest(cx, w, &r->guardian, subject->uid, e.seq, leaf);
    if (st != CONSENT_OK)
        return st;
    r->any = true;
    consent__rows_add(r->rows);
    consent__rows_number(r->rows, 0, e.seq);
    consent__rows_number(r->rows, 1, e.at);
    consent__rows_text(r->rows, 2, v->policy->key);
    consent__rows_text(r->rows, 3, v->policy->version);
    return CONSENT_OK;
}

static consent_status record_named(const consent__cx *cx, consent__work *w,
                                   consent__subject *subject, recording *r) {
    const consent__version *v = consent__catalog_version(r->catalog, r->policy, r->in->version);
    if (!v)
        return consent__unknown(cx, r->in->version, "version",
                                "the policy has no version of that label");
    if (v->published_seq < 0 || v == published(r->catalog, r->policy, 0))
        return consent__fail(cx, CONSENT_E_STATE,
                             "the version changes nothing: it is a draft or the first");
    return record_one(cx, w, subject, r, v);
}

static consent_status record_each(const consent__cx *cx, consent__work *w,
                                  consent__subject *subject, recording *r) {
    consent_status st = consent__work_catalog(cx, w, &r->catalog);
    if (st == CONSENT_OK)
        st = consent__pick_policy(cx, r->catalog, r->in->policy, &r->policy);
    if (st == CONSENT_OK && r->in->guardian)
        st = consent__guardian_need(cx, w->store, w->tx, r->in->guardian, &w->scratch->arena,
                                    &r->guardian);
    if (st == CONSENT_OK && r->in->version)
        return record_named(cx, w, subject, r);
    int32_t count = st == CONSENT_OK ? r->catalog->policies[r->policy].published_count : 0;
    for (int32_t i = 1; st == CONSENT_OK && i < count; i++) {
        const consent__version *v = published(r->catalog, r->policy, i);
        consent__diff d;
        if (!consent__notice_waits(&subject->state, v, CHANGE_MATERIAL))
            continue;
        st = consent__notice_diff(cx, r->catalog, r->policy, i, &w->scratch->arena, &d);
        if (st == CONSENT_OK && consent__notice_waits(&subject->state, v, d.cls))
            st = record_one(cx, w, subject, r, v);
    }
    return st;
}

/* The rows are whole before anything is written for good: no failure is told of what was done. */
static consent_status record_notices(const consent__cx *cx, consent__work *w,
                                     consent__subject *subject, void *user) {
    recording *r = user;
    consent_rows *rows = consent__rows_new(cx->env, "event n,at u,policy t,version t");
    r->rows = rows;
    consent_status st = record_each(cx, w, subject, r);
    r->rows = NULL;
    if (st >= 0)
        return consent__rows_finish(cx, rows, &r->rows);
    consent_rows_free(rows);
    return st;
}

consent_status consent__flow_notice_record(const consent__cx *cx, consent_store *s,
                                           const char *subject, const consent__noticing *in,
                                           consent_rows **out) {
    recording r = {.in = in, .policy = -1};
    consent_status st = consent__id_check(cx, subject, "subject");
    if (st == CONSENT_OK)
        st = consent__text_check(cx, in->surface, SHORT_MAX, "surface");
    if (st == CONSENT_OK)
        st = consent__text_check(cx, in->lang, SHORT_MAX, "language");
    if (st == CONSENT_OK && in->guardian && strcmp(subject, in->guardian) == 0)
        st = consent__fail(cx, CONSENT_E_ARGUMENT, "nobody is their own guardian");
    if (st == CONSENT_OK && in->acknowledged && in->surface && strcmp(in->surface, "implied") == 0)
        st =
            consent__fail(cx, CONSENT_E_REFUSED, "going on using the service acknowledges nothing");
    if (st != CONSENT_OK)
        return st;
    st = consent__on_subject(cx, s, subject, record_notices, &r);
    consent__wipe(r.guardian.key, sizeof r.guardian.key);
    if (st >= 0 && out)
        *out = r.rows;
    else
        consent_rows_free(r.rows);
    return st >= 0 && !r.any ? CONSENT_DONE : st;
}
