/* SPDX-License-Identifier: Apache-2.0 */
/* Calendars: data of the store or built in; a deadline counted out; requests counted anew. */
#include "flow/calendar.h"

#include <string.h>

#include "flow/args.h"
#include "flow/policy.h"
#include "flow/request.h"
#include "util/date.h"
#include "util/text.h"
#include "json/json.h"

/* ---- finding one ---- */

typedef struct search {
    const char *key;
    consent__arena *arena;
    const void *bytes; /* of the last one by seq */
    size_t len;
} search;

static consent_status own_calendar(const consent__cx *cx, void *user,
                                   const consent__document_row *row) {
    search *s = user;
    if (strcmp(row->key, s->key) != 0)
        return CONSENT_OK;
    s->bytes = consent__arena_text(s->arena, (const char *)row->bytes, row->len);
    s->len = row->len;
    return s->bytes ? CONSENT_OK : consent__no_memory(cx);
}

static consent_status find_bytes(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                 search *in) {
    consent_status st = s->engine->document_scan(cx, tx, "calendar", own_calendar, in);
    if (st == CONSENT_OK && !in->bytes)
        st = consent__built_in("calendars", in->key, &in->bytes, &in->len);
    return st;
}

consent_status consent__calendar_find(const consent__cx *cx, consent_store *s, consent__tx *tx,
                                      const char *key, consent__arena *arena,
                                      const consent__calendar **out) {
    *out = NULL;
    if (!key || strcmp(key, "none") == 0)
        return CONSENT_OK;
    search in = {.key = key, .arena = arena};
    consent_status st = find_bytes(cx, s, tx, &in);
    if (st == CONSENT_E_NOT_FOUND)
        return consent__unknown(cx, key, "calendar", "there is no calendar of that key");
    consent__calendar *made = consent__arena_get(arena, sizeof *made);
    if (st == CONSENT_OK && !made)
        return consent__no_memory(cx);
    if (st == CONSENT_OK)
        st = consent__calendar_read(cx, in.bytes, in.len, arena, made);
    if (st == CONSENT_OK)
        *out = made;
    return st;
}

/* ---- import ---- */

typedef struct import {
    const void *bytes;
    size_t len;
} import;

static consent_status import_work(const consent__cx *cx, consent__work *w, void *user) {
    const import *in = user;
    consent__calendar calendar;
    uint8_t sha[CONSENT__HASH];
    char hex[2 * CONSENT__HASH + 1];
    consent_status st =
        consent__calendar_read(cx, in->bytes, in->len, &w->scratch->arena, &calendar);
    if (st != CONSENT_OK)
        return st;
    if (strcmp(calendar.key, "none") == 0)
        return consent__fail_at(cx, CONSENT_E_REFUSED, "/calendar", -1,
                                "\"none\" is the word for plain days and takes no data");
    search have = {.key = calendar.key, .arena = &w->scratch->arena};
    st = find_bytes(cx, w->store, w->tx, &have);
    if (st == CONSENT_OK && have.len == in->len && memcmp(have.bytes, in->bytes, in->len) == 0)
        return CONSENT_DONE;
    if (st != CONSENT_OK && st != CONSENT_E_NOT_FOUND)
        return st;
    consent__sha256(in->bytes, in->len, sha);
    consent__hex(sha, sizeof sha, hex);
    consent__event e = {.kind = EV_CALENDAR_IMPORTED};
    CONSENT__SET_TEXT(&e, key, calendar.key);
    CONSENT__SET_TEXT(&e, sha256, hex);
    st = consent__append(cx, w, NULL, &e, NULL);
    if (st != CONSENT_OK)
        return st;
    consent__document_row row = {"calendar", calendar.key, e.seq, {0}, in->bytes, in->len};
    memcpy(row.sha256, sha, sizeof sha);
    st = w->store->engine->document_put(cx, w->tx, &row);
    return st == CONSENT_OK ? consent__requests_due_anew(cx, w, calendar.key) : st;
}

consent_status consent__flow_calendar_import(const consent__cx *cx, consent_store *s,
                                             const void *bytes, size_t len) {
import in = {bytes, len };
    if (!bytes)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "the calendar is NULL");
    return consent__write(cx, s, import_work, &in);
}

/* ---- due ---- */

static consent_status read_from(const consent__cx *cx, const char *from, int32_t offset,
                                int64_t *out) {
    consent__civil d;
    if (from && consent__civil_parse(from, &d)) {
        *out = consent__civil_days(d) * CONSENT__DAY - (int64_t)offset * 60 * CONSENT__SECOND;
        return CONSENT_OK;
    }
    if (from && consent__instant_parse(from, out))
        return CONSENT_OK;
    return consent__fail(cx, CONSENT_E_ARGUMENT,
                         "the receipt is neither a date YYYY-MM-DD nor a time of RFC 3339");
}

static consent_status due_rows(const consent__cx *cx, const consent__due_result *due,
                               int32_t offset, consent_rows **out) {
    char local[CONSENT__RFC3339_SIZE], day[11];
    consent__buf days;
    consent__buf_init(&days, cx->env);
    consent__buf_byte(&days, '[');
    for (int32_t i = 0; i < due->day_count; i++) {
        consent__civil_text(consent__civil_from_days(due->days[i]), day);
        consent__buf_format(&days, "%s\"%s\"", i ? "," : "", day);
    }
    consent__buf_byte(&days, ']');
    consent__instant_text(due->due, offset, local);
    consent_rows *r = consent__rows_new(cx->env, "due u,due_local t,days j,provisional b");
    consent__rows_add(r);
    consent__rows_number(r, 0, due->due);
    consent__rows_text(r, 1, local);
    consent__rows_text_n(r, 2, (const char *)days.data, days.len);
    consent__rows_number(r, 3, due->provisional);
    bool failed = days.failed;
    consent__buf_free(&days);
    if (failed) {
        consent_rows_free(r);
        return consent__no_memory(cx);
    }
    return consent__rows_finish(cx, r, out);
}

static consent_status count_out(const consent__cx *cx, consent__view *v, const char *key,
                                const char *from, consent__deadline *deadline, consent_rows **out) {
    consent__arena *arena = &v->scratch->arena;
    const consent__calendar *calendar = NULL;
    consent__due_result due;
    int64_t received = 0;
    consent_status st = consent__calendar_find(cx, v->store, v->tx, key, arena, &calendar);
    int32_t offset = st == CONSENT_OK && calendar ? calendar->utc_offset : 0;
    if (st == CONSENT_OK)
        st = read_from(cx, from, offset, &received);
    if (st == CONSENT_OK)
        st = consent__due(cx, calendar, deadline, received, offset, arena, &due);
    return st == CONSENT_OK ? due_rows(cx, &due, offset, out) : st;
}

consent_status consent__flow_calendar_due(const consent__cx *cx, consent_store *s, const char *key,
                                          const char *from, int64_t count, const char *unit,
                                          const char *convention, consent_rows **out) {
    consent__view v;
    int u = unit ? consent__name_value(consent__unit_name, unit) : UNIT_WORKING_DAYS;
    int f = convention ? consent__name_value(consent__convention_name, convention) : FROM_NEXT;
    if (u < 0)
        return consent__fail(cx, CONSENT_E_ARGUMENT,
                             "the unit is none of working-days, days, hours, months");
    if (f < 0)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "the convention is none of next, incl, roll");
    if (count < 0 || count > 1000000)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "the count is not within 0 and 1 000 000");
    consent__deadline deadline = {true, (int32_t)count, (consent__unit)u, key,
                                  (consent__convention)f};
    consent_status st = consent__view_open(cx, s, &v);
    if (st != CONSENT_OK)
        return st;
    st = count_out(cx, &v, key, from, &deadline, out);
    consent__view_close(&v);
    return st;
}
