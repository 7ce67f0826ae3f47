/* SPDX-License-Identifier: Apache-2.0 */
/* What may not be kept any longer, over all subjects, and what is kept of erased ones. */
#include <string.h>

#include "core/cancel.h"
#include "core/retention.h"
#include "flow/args.h"
#include "flow/retention.h"
#include "util/date.h"
#include "util/text.h"

typedef struct listing {
    consent__view *view;
    const consent__version *version;
    consent_rows *rows;
    consent__arena arena; /* of one subject at a time */
    int64_t left;         /* rows that still fit; -1: no limit */
} listing;

static void add_item(listing *l, const consent__subject *subject, int32_t item,
                     const consent__period *period) {
    const consent__item *it = &l->version->policy->items[item];
    const consent__hold *h = consent__hold_on(&subject->state, it->key, l->view->now);
    const consent__extension *x = period->extension;
    char hex[33];
    consent__hex(subject->uid, 16, hex);
    consent__rows_add(l->rows);
    consent__rows_text(l->rows, 0, subject->state.external);
    consent__rows_text(l->rows, 1, hex);
    consent__rows_text(l->rows, 2, it->key);
    consent__rows_text(l->rows, 3, consent__then_name((int)it->retention.then));
    consent__rows_number(l->rows, 4, period->since);
    consent__rows_number(l->rows, 5, period->due);
    consent__rows_number(l->rows, 6, h != NULL);
    if (h)
        consent__rows_number(l->rows, 7, h->number);
    consent__rows_text(l->rows, 8, it->retention.until);
    if (x) {
        consent__rows_number(l->rows, 9, x->until);
        consent__rows_text(l->rows, 10, x->reason);
    }
    if (l->left > 0)
        l->left--;
}

static consent_status one_subject(const consent__cx *cx, void *user,
                                  const consent__subject_row *row) {
    listing *l = user;
    consent__subject subject;
    if (l->left == 0)
        return CONSENT_DONE;
    consent__arena_reset(&l->arena);
    consent_status st = consent__subject_of_row(cx, l->view->store, row, &l->arena, &subject);
    if (st != CONSENT_OK)
        return st;
    consent__wipe(subject.key, sizeof subject.key);
    const consent__policy *p = l->version->policy;
    if (subject.state.adopted)
        return CONSENT_OK; /* the account it became stands for it */
    for (int32_t i = 0; i < p->items_count && l->left != 0; i++) {
        consent__period period;
        consent__retention_period(l->view->catalog, l->version, &subject.state, i, l->view->now,
                                  &period);
        if (period.since != CONSENT__NO_INSTANT && !period.applied && period.ends <= l->view->now)
            add_item(l, &subject, i, &period);
    }
    return CONSENT_OK;
}

static consent_status one_remainder(const consent__cx *cx, void *user,
                                    const consent__remainder_row *row) {
    listing *l = user;
    char hex[33];
    (void)cx;
    if (l->left == 0)
        return CONSENT_DONE;
    if (row->until == INT64_MIN || row->until > l->view->now)
        return CONSENT_OK;
    consent__hex(row->uid, 16, hex);
    consent__rows_add(l->rows);
    consent__rows_text(l->rows, 1, hex);
    consent__rows_text(l->rows, 2, row->item);
    consent__rows_text(l->rows, 3, "delete");
    consent__rows_number(l->rows, 5, row->until);
    consent__rows_number(l->rows, 6, 0);
    consent__rows_text(l->rows, 8, row->reason);
    if (l->left > 0)
        l->left--;
    return CONSENT_OK;
}

consent_status consent__flow_retention_due(const consent__cx *cx, consent_store *s,
                                           const char *policy, int64_t limit, consent_rows **out) {
    consent__view v;
    listing l = {.view = &v, .left = limit > 0 ? limit : -1};
    if (limit < 0)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "the limit is not negative");
    consent_status st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    consent__arena_init(&l.arena, cx->env);
    st = consent__in_force(cx, v.catalog, policy, v.now, &l.version);
    if (st == CONSENT_OK) {
        l.rows = consent__rows_new(
            cx->env, "subject t,uid t,item t,then t,since u,due u,held b,hold n,why t,extended u,"
                     "extended_why t");
        st = s->engine->subject_scan(cx, v.tx, 0, 0, one_subject, &l);
        if (st >= 0)
            st = s->engine->remainder_scan(cx, v.tx, NULL, one_remainder, &l);
        if (st >= 0)
            st = consent__rows_finish(cx, l.rows, out);
        else
            consent_rows_free(l.rows);
    }
    consent__arena_free(&l.arena);
    consent__view_close(&v);
    return st;
}
