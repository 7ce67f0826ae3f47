/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/export.h"

#include <stdio.h>
#include <string.h>

#include "flow/gone.h"
#include "util/text.h"

#define ENOUGH ((size_t)64 * 1024) /* bytes gathered before the sink is called */

/* ---- to the sink ---- */

static consent_status give(const consent__cx *cx, consent__export *x, size_t keep) {
    if (x->out.failed)
        return consent__no_memory(cx);
    if (x->out.len <= keep)
        return CONSENT_OK;
    if (x->sink(x->out.data, x->out.len - keep, x->user) != 0)
        return consent__fail(cx, CONSENT_E_STOPPED, "the caller stopped the export");
    memmove(x->out.data, x->out.data + x->out.len - keep, keep);
    x->out.len = keep;
    return CONSENT_OK;
}

consent_status consent__export_flow(const consent__cx *cx, consent__export *x) {
    if (x->out.failed)
        return consent__no_memory(cx);
    return x->out.len > ENOUGH ? give(cx, x, 1) : CONSENT_OK;
}

consent_status consent__export_record(const consent__cx *cx, consent__export *x) {
    x->records++;
    consent__arena_reset(&x->view.scratch->arena);
    return consent__export_flow(cx, x);
}

/* ---- subjects ---- */

typedef struct walk {
    consent__export *x;
    consent__subject subject;
    bool found;
} walk;

static consent_status take(const consent__cx *cx, void *user, const consent__subject_row *row) {
    walk *w = user;
    w->found = true;
    return consent__subject_of_row(cx, w->x->view.store, row, &w->x->whom, &w->subject);
}

/* One at a time: what is done for each runs other statements, and may be long. */
static consent_status everybody(const consent__cx *cx, consent__export *x,
                                consent__export_whom_fn fn, void *user) {
    const consent__engine *engine = x->view.store->engine;
    int64_t after = 0;
    for (;;) {
        walk w = {.x = x};
        consent__arena_reset(&x->whom);
        consent_status st = engine->subject_scan(cx, x->view.tx, after, 1, take, &w);
        if (st == CONSENT_OK && w.found) {
            after = w.subject.id;
            st = consent__gone_count(cx, &x->view, &w.subject);
        }
        if (st == CONSENT_OK && w.found)
            st = fn(cx, x, &w.subject, user);
        consent__wipe(w.subject.key, sizeof w.subject.key);
        if (st != CONSENT_OK || !w.found)
            return st;
    }
}

consent_status consent__export_subjects(const consent__cx *cx, consent__export *x,
                                        consent__export_whom_fn fn, void *user) {
    consent__subject subject;
    if (!x->only)
        return everybody(cx, x, fn, user);
    consent_status st =
        consent__subject_need(cx, x->view.store, x->view.tx, x->only, &x->whom, &subject);
    if (st != CONSENT_OK)
        return st;
    st = consent__gone_count(cx, &x->view, &subject);
    if (st == CONSENT_OK)
        st = fn(cx, x, &subject, user);
    consent__wipe(subject.key, sizeof subject.key);
    return st;
}

/* ---- acts ---- */

typedef struct acts {
    consent__export *x;
    const consent__subject *subject;
    consent__export_act_fn fn;
    void *user;
} acts;

static consent_status one_act(const consent__cx *cx, void *user, const consent__event_row *row) {
    acts *a = user;
    consent__said said;
    if (strncmp(row->kind, "consent.", 8) != 0 && row->box)
        return CONSENT_OK; /* without a body it is lost: a subject's own rows have theirs */
    consent__arena_reset(&a->x->event);
    consent_status st = consent__said_row(cx, &a->x->view, row, a->subject->uid, a->subject->key,
                                          &a->x->event, &said);
    return st == CONSENT_OK ? a->fn(cx, a->x, a->subject, &said, a->user) : st;
}

consent_status consent__export_acts(const consent__cx *cx, consent__export *x,
                                    const consent__subject *subject, int64_t from, int64_t to,
                                    consent__export_act_fn fn, void *user) {
    acts a = {x, subject, fn, user};
    return x->view.store->engine->event_scan(cx, x->view.tx, from, to, subject->id, true, one_act,
                                             &a);
}

void consent__export_person(const uint8_t uid[16], char out[64]) {
    char hex[33];
    consent__hex(uid, 16, hex);
    snprintf(out, 64, "urn:libconsent:subject:%s", hex);
}

/* ---- formats ---- */

static const struct format {
    const char *name;
    consent__export_fn run;
} formats[] = {
    {"kantara", consent__export_kantara}, {"iso27560", consent__export_iso},
    {"dpv", consent__export_dpv},         {"csv", consent__export_csv},
    {"json", consent__export_json},
};

static consent__export_fn format_of(const char *name) {
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (strcmp(formats[i].name, name) == 0)
            return formats[i].run;
    return NULL;
}

static consent_status run(const consent__cx *cx, consent__export *x, consent__export_fn fn) {
    consent__arena_init(&x->whom, cx->env);
    consent__arena_init(&x->event, cx->env);
    consent__buf_init(&x->out, cx->env);
    consent_status st = fn(cx, x);
    if (st == CONSENT_OK)
        st = give(cx, x, 0);
    consent__buf_wipe_free(&x->out);
    consent__arena_free(&x->event);
    consent__arena_free(&x->whom);
    return st;
}

consent_status consent__flow_export(const consent__cx *cx, consent_store *s, const char *subject,
                                    const char *format, consent_sink_fn sink, void *user,
                                    int64_t *out_records) {
    consent__export x = {.only = subject, .sink = sink, .user = user};
    consent__export_fn fn = format_of(format);
    if (!fn)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "there is no export format of that name");
    consent_status st = consent__view_open(cx, s, &x.view);
    if (st != CONSENT_OK)
        return st;
    st = run(cx, &x, fn);
    consent__view_close(&x.view);
    if (st == CONSENT_OK)
        *out_records = x.records;
    return st;
}
