/* SPDX-License-Identifier: Apache-2.0 */
/* What the operating system answered when it was asked for a permission. */
#include "flow/permission.h"

#include "flow/args.h"
#include "util/date.h"

typedef struct recording {
    const char *name;
    bool granted;
} recording;

static consent_status record(const consent__cx *cx, consent__work *w, consent__subject *subject,
                             void *user) {
    const recording *in = user;
    consent__event e = {.kind = EV_PERMISSION_RECORDED};
    CONSENT__SET_TEXT(&e, name, in->name);
    CONSENT__SET(&e, granted, in->granted);
    return consent__append_apply(cx, w, subject, &e, NULL);
}

consent_status consent__flow_permission_record(const consent__cx *cx, consent_store *s,
                                               const char *subject, const char *name,
                                               bool granted) {
    recording in = {name, granted};
    consent_status st = consent__text_need(cx, name, CONSENT__NAME, "name of the permission");
    return st == CONSENT_OK ? consent__on_subject(cx, s, subject, record, &in) : st;
}

int64_t consent__reask_from(const consent__policy *p, const consent__allowed *a) {
    if (a->granted || p->profile.reask_hours < 0)
        return INT64_MIN;
    return a->at + (int64_t)p->profile.reask_hours * 3600 * CONSENT__SECOND;
}

/* The strictest of the policies in force. */
static int64_t reask_everywhere(const consent__view *v, const consent__allowed *a) {
    int64_t from = INT64_MIN;
    for (int32_t i = 0; i < v->catalog->policies_count; i++) {
        const consent__version *x = consent__catalog_in_force(v->catalog, i, v->now, INT64_MAX);
        int64_t own = x ? consent__reask_from(x->policy, a) : INT64_MIN;
        from = own > from ? own : from;
    }
    return from;
}

static consent_status list(const consent__cx *cx, consent__view *v, const consent__subject *subject,
                           void *user) {
    consent_rows *r = consent__rows_new(cx->env, "name t,granted b,at u,ask_from u");
    for (int32_t i = 0; i < subject->state.allowed_count; i++) {
        const consent__allowed *a = &subject->state.allowed[i];
        int64_t from = reask_everywhere(v, a);
        consent__rows_add(r);
        consent__rows_text(r, 0, a->name);
        consent__rows_number(r, 1, a->granted);
        consent__rows_number(r, 2, a->at);
        if (from != INT64_MIN)
            consent__rows_number(r, 3, from);
    }
    return consent__rows_finish(cx, r, user);
}

consent_status consent__flow_permission_list(const consent__cx *cx, consent_store *s,
                                             const char *subject, consent_rows **out) {
    return consent__see_subject(cx, s, subject, list, out);
}
