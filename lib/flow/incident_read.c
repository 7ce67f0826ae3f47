/* SPDX-License-Identifier: Apache-2.0 */
/* An incident as its events tell it. Each step is an event of the store and a row of `document`
 * that leads to it; who is affected stands in `task`, and that somebody was told in that subject's
 * events. */
#include "flow/incident.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/cancel.h"
#include "util/text.h"
#include "json/event.h"
#include "json/json.h"

/* First customer s4.6 and PIPL art. 57, where the policy does not say it itself. */
static const char *const usual_contents[] = {"what-happened", "measures", "self-protection",
                                             "remedies"};

typedef struct steps {
    consent__arena *arena;
    const char *kind; /* of the steps wanted; NULL: all */
    int64_t *seq;
    int32_t count, cap;
} steps;

static consent_status add_step(const consent__cx *cx, void *user,
                               const consent__document_row *row) {
    steps *in = user;
    if (in->kind && (row->len != strlen(in->kind) || memcmp(row->bytes, in->kind, row->len) != 0))
        return CONSENT_OK;
    if (in->count == in->cap) {
        int32_t cap = in->cap ? 2 * in->cap : 16;
        int64_t *more = consent__arena_get(in->arena, (size_t)cap * sizeof *more);
        if (!more)
            return consent__no_memory(cx);
        if (in->count)
            memcpy(more, in->seq, (size_t)in->count * sizeof *more);
        in->seq = more;
        in->cap = cap;
    }
    in->seq[in->count++] = row->seq;
    return CONSENT_OK;
}

static consent_status read_event(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                 int64_t seq, consent__arena *arena, consent__event *out) {
    consent__event_row row;
    consent_status st = s->engine->event_get(cx, tx, seq, &row);
    if (st != CONSENT_OK)
        return st;
    int32_t kind = consent__event_kind_of(row.kind);
    if (kind < EV_INCIDENT_OPENED || kind > EV_INCIDENT_CLOSED || row.subject || !row.box ||
        row.box_len < CONSENT__NONCE)
        return CONSENT_E_NOT_FOUND;
    int64_t at = row.at;
    st = consent__event_decode(cx, (consent__event_kind)kind, seq, row.box + CONSENT__NONCE,
                               row.box_len - CONSENT__NONCE, arena, out);
    out->at = at;
    out->seq = seq;
    return st;
}

/* What the policy asks; "announcement" is no channel of a single subject. */
static consent_status demands(const consent__cx *cx, consent__arena *arena,
                              consent__incident *out) {
    const consent__policy *p = out->policy;
    const char **channels =
        consent__arena_get(arena, (size_t)(p->incident_channels.count + 1) * sizeof *channels);
    out->contents = p->incident_contents;
    if (!out->contents.count)
        out->contents = (consent__strings){4, usual_contents};
    out->texts = consent__arena_get(arena, (size_t)out->contents.count * sizeof *out->texts);
    if (!channels || !out->texts)
        return consent__no_memory(cx);
    out->may_announce = !p->incident_channels.count;
    for (int32_t i = 0; i < p->incident_channels.count; i++) {
        if (strcmp(p->incident_channels.v[i], "announcement") == 0)
            out->may_announce = true;
        else
            channels[out->channels.count++] = p->incident_channels.v[i];
    }
    out->channels.v = channels;
    return CONSENT_OK;
}

static void apply(consent__incident *in, const consent__event *e, consent__buf *reports) {
    switch (e->kind) {
    case EV_INCIDENT_DESCRIBED:
        for (int32_t i = 0; i < in->contents.count; i++)
            if (strcmp(in->contents.v[i], e->name_) == 0)
                in->texts[i] = e->reason_;
        break;
    case EV_INCIDENT_REPORTED:
        consent__buf_text(reports, in->reported++ ? ",{\"authority\":" : "{\"authority\":");
        consent__json_string(reports, e->authority_, strlen(e->authority_));
        consent__buf_format(reports, ",\"at\":%" PRId64 "}", e->observed_);
        break;
    case EV_INCIDENT_AFFECTED:
        in->affected += e->count_;
        break;
    case EV_INCIDENT_GUARDIANS:
        in->guardians += e->count_;
        break;
    case EV_INCIDENT_ANNOUNCED:
        in->announced++;
        break;
    case EV_INCIDENT_CLOSED:
        in->closed_at = e->at;
        break;
    default:
        break;
    }
}

static consent_status apply_all(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                const steps *all, consent__arena *arena, consent__incident *out) {
    consent__buf reports;
    consent_status st = CONSENT_OK;
    consent__buf_init(&reports, cx->env);
    consent__buf_byte(&reports, '[');
    for (int32_t i = 0; st == CONSENT_OK && i < all->count; i++) {
        consent__event e = {.kind = EV_INCIDENT_OPENED};
        st = read_event(cx, s, tx, all->seq[i], arena, &e);
        if (st == CONSENT_OK)
            apply(out, &e, &reports);
        else if (st == CONSENT_E_NOT_FOUND)
            st = consent__fail(cx, CONSENT_E_CORRUPT, "a step of an incident is gone");
    }
    consent__buf_byte(&reports, ']');
    if (st == CONSENT_OK) {
        out->reports = reports.failed
                           ? NULL
                           : consent__arena_text(arena, (const char *)reports.data, reports.len);
        st = out->reports ? CONSENT_OK : consent__no_memory(cx);
    }
    consent__buf_free(&reports);
    return st;
}

consent_status consent__incident_load(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                      const consent__catalog *c, int64_t number,
                                      consent__arena *arena, consent__incident *out) {
    char key[24];
    snprintf(key, sizeof key, "%" PRId64, number);
    steps all = {.arena = arena};
    memset(out, 0, sizeof *out);
    out->number = number;
    consent_status st =
        number < 0 ? CONSENT_E_NOT_FOUND : read_event(cx, s, tx, number, arena, &out->opened);
    if (st == CONSENT_E_NOT_FOUND || (st == CONSENT_OK && out->opened.kind != EV_INCIDENT_OPENED))
        return consent__fail(cx, CONSENT_E_NOT_FOUND, "there is no incident of that number");
    if (st != CONSENT_OK)
        return st;
    int32_t policy = consent__catalog_policy(c, out->opened.policy_);
    const consent__version *v =
        policy < 0 ? NULL : consent__catalog_version(c, policy, out->opened.version_);
    if (!v)
        return consent__fail(cx, CONSENT_E_CORRUPT, "the policy of an incident is gone");
    out->policy = v->policy;
    st = demands(cx, arena, out);
    if (st == CONSENT_OK)
        st = s->engine->document_scan_key(cx, tx, "incident", key, add_step, &all);
    return st == CONSENT_OK ? apply_all(cx, s, tx, &all, arena, out) : st;
}

/* ---- who was told ---- */

typedef struct counting {
    consent__buf open; /* uids */
    int64_t told;
} counting;

static consent_status count_task(const consent__cx *cx, void *user, const consent__task_row *row) {
    counting *in = user;
    if (row->done >= 0)
        in->told++;
    else
        consent__buf_put(&in->open, row->uid, 16);
    return in->open.failed ? consent__no_memory(cx) : CONSENT_OK;
}

/* Nobody tells an erased subject; an adopted one is told as the account it became. */
static consent_status is_there(const consent__cx *cx, consent_store *s, consent__tx *tx,
                               const uint8_t uid[16], consent__arena *arena, bool *out) {
    consent__subject_row row;
    consent__subject subject;
    *out = false;
    consent_status st = s->engine->subject_by_uid(cx, tx, uid, &row);
    if (st == CONSENT_E_NOT_FOUND || (st == CONSENT_OK && !row.box))
        return CONSENT_OK;
    consent__arena_reset(arena);
    if (st == CONSENT_OK)
        st = consent__subject_of_row(cx, s, &row, arena, &subject);
    if (st != CONSENT_OK)
        return st;
    consent__wipe(subject.key, sizeof subject.key);
    *out = !subject.state.adopted;
    return CONSENT_OK;
}

consent_status consent__incident_count(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                       int64_t number, int64_t *told, int64_t *untold) {
    counting in = {.told = 0};
    consent__arena arena;
    char own[48], guardian[48];
    snprintf(own, sizeof own, CONSENT__INCIDENT_TASK "%" PRId64, number);
    snprintf(guardian, sizeof guardian,
             CONSENT__INCIDENT_TASK "%" PRId64 CONSENT__INCIDENT_GUARDIAN, number);
    consent__buf_init(&in.open, cx->env);
    consent__arena_init(&arena, cx->env);
    *untold = 0;
    consent_status st = s->engine->task_scan_of(cx, tx, own, count_task, &in);
    if (st == CONSENT_OK)
        st = s->engine->task_scan_of(cx, tx, guardian, count_task, &in);
    for (size_t i = 0; st == CONSENT_OK && i < in.open.len; i += 16) {
        bool there = false;
        st = is_there(cx, s, tx, in.open.data + i, &arena, &there);
        *untold += there;
    }
    *told = in.told;
    consent__arena_free(&arena);
    consent__buf_free(&in.open);
    return st;
}

/* ---- what is missing ---- */

static void lacks(int32_t *n, const char *what, consent__buf *json, consent__buf *words) {
    if (json) {
        consent__buf_text(json, *n ? "," : "");
        consent__json_string(json, what, strlen(what));
    }
    if (words) {
        consent__buf_text(words, *n ? ", " : "");
        consent__buf_text(words, what);
    }
    ++*n;
}

bool consent__incident_described(const consent__incident *in) {
    for (int32_t i = 0; i < in->contents.count; i++)
        if (!in->texts[i])
            return false;
    return true;
}

int32_t consent__incident_missing(const consent__incident *in, int64_t untold, consent__buf *json,
                                  consent__buf *words) {
    int32_t n = 0;
    for (int32_t i = 0; i < in->contents.count; i++)
        if (!in->texts[i])
            lacks(&n, in->contents.v[i], json, words);
    if (!in->reported)
        lacks(&n, "report-to-authority", json, words);
    if (untold && !in->announced)
        lacks(&n, "notices", json, words);
    return n;
}

/* ---- rows ---- */

static void names_json(consent__buf *b, const consent__strings *v) {
    consent__buf_byte(b, '[');
    for (int32_t i = 0; i < v->count; i++) {
        consent__buf_text(b, i ? "," : "");
        consent__json_string(b, v->v[i], strlen(v->v[i]));
    }
    consent__buf_byte(b, ']');
}

static void contents_json(consent__buf *b, const consent__incident *in) {
    consent__buf_byte(b, '[');
    for (int32_t i = 0; i < in->contents.count; i++) {
        consent__buf_text(b, i ? ",{\"content\":" : "{\"content\":");
        consent__json_string(b, in->contents.v[i], strlen(in->contents.v[i]));
        consent__buf_text(b, ",\"text\":");
        if (in->texts[i])
            consent__json_string(b, in->texts[i], strlen(in->texts[i]));
        else
            consent__buf_text(b, "null");
        consent__buf_byte(b, '}');
    }
    consent__buf_byte(b, ']');
}

static bool put_json(consent_rows *r, int column, consent__buf *b) {
    bool fits = !b->failed;
    if (fits)
        consent__rows_text_n(r, column, (const char *)b->data, b->len);
    consent__buf_reset(b);
    return fits;
}

static bool json_columns(const consent__incident *in, int64_t untold, consent_rows *r,
                         consent__buf *b) {
    names_json(b, &in->opened.items_);
    bool fits = put_json(r, 10, b);
    contents_json(b, in);
    fits = put_json(r, 11, b) && fits;
    names_json(b, &in->policy->incident_channels);
    fits = put_json(r, 12, b) && fits;
    consent__rows_text(r, 13, in->reports);
    consent__buf_byte(b, '[');
    (void)consent__incident_missing(in, untold, b, NULL);
    consent__buf_byte(b, ']');
    return put_json(r, 18, b) && fits;
}

consent_status consent__incident_row(const consent__cx *cx, const consent__incident *in,
                                     int64_t told, int64_t untold, int64_t now, consent_rows *r) {
    const consent__event *o = &in->opened;
    consent__buf b;
    int64_t end = in->closed_at ? in->closed_at : now;
    bool whole = consent__incident_missing(in, untold, NULL, NULL) == 0;
    consent__buf_init(&b, cx->env);
    consent__rows_add(r);
    consent__rows_number(r, 0, in->number);
    consent__rows_text(r, 1, o->kind_);
    consent__rows_text(r, 2, in->closed_at ? "closed" : whole ? "complete" : "open");
    consent__rows_text(r, 3, o->policy_);
    consent__rows_text(r, 4, o->version_);
    consent__rows_text(r, 5, o->reason_);
    consent__rows_number(r, 6, o->observed_);
    if (CONSENT__HAS(o, due))
        consent__rows_number(r, 7, o->due_);
    consent__rows_number(r, 8, CONSENT__HAS(o, due) && end > o->due_);
    consent__rows_number(r, 9, CONSENT__HAS(o, provisional) && o->provisional_);
    consent__rows_number(r, 14, in->affected);
    consent__rows_number(r, 15, told);
    consent__rows_number(r, 16, untold);
    consent__rows_number(r, 17, in->announced > 0);
    if (in->closed_at)
        consent__rows_number(r, 19, in->closed_at);
    consent__rows_number(r, 20, in->guardians);
    bool fits = json_columns(in, untold, r, &b);
    consent__buf_free(&b);
    return fits ? CONSENT_OK : consent__no_memory(cx);
}

/* ---- reading ---- */

static consent_status show(const consent__cx *cx, consent__view *v, int64_t number,
                           consent_rows *r) {
    consent__incident in;
    int64_t told = 0, untold = 0;
    consent_status st =
        consent__incident_load(cx, v->store, v->tx, v->catalog, number, &v->scratch->arena, &in);
    if (st == CONSENT_OK)
        st = consent__incident_count(cx, v->store, v->tx, number, &told, &untold);
    return st == CONSENT_OK ? consent__incident_row(cx, &in, told, untold, v->now, r) : st;
}

static int by_number(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

/* Keys are texts: put in order of their numbers. */
static consent_status show_all(const consent__cx *cx, consent__view *v, consent_rows *r) {
    steps all = {.arena = &v->scratch->arena, .kind = consent__kind_table[EV_INCIDENT_OPENED].name};
    consent_status st = v->store->engine->document_scan(cx, v->tx, "incident", add_step, &all);
    if (all.count)
        qsort(all.seq, (size_t)all.count, sizeof *all.seq, by_number);
    for (int32_t i = 0; st == CONSENT_OK && i < all.count; i++)
        st = show(cx, v, all.seq[i], r);
    return st;
}

consent_status consent__flow_incident_get(const consent__cx *cx, consent_store *s, int64_t incident,
                                          consent_rows **out) {
    consent__view v;
    consent_status st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    consent_rows *r = consent__rows_new(cx->env, CONSENT__INCIDENT_COLUMNS);
    st = incident ? show(cx, &v, incident, r) : show_all(cx, &v, r);
    consent__view_close(&v);
    if (st == CONSENT_OK)
        return consent__rows_finish(cx, r, out);
    consent_rows_free(r);
    return st;
}
