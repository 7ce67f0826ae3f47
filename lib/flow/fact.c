/* SPDX-License-Identifier: Apache-2.0 */
/* Facts: what only the host knows, with the source that saw it and when. */
#include "flow/fact.h"

#include <string.h>

#include "flow/args.h"
#include "json/json.h"

typedef struct putting {
    const char *fact, *source;
    consent__value value;
    int64_t observed;
} putting;

/* ---- the value: one JSON scalar ---- */

static consent_status scalar(const consent__cx *cx, const char *text, consent__buf *canonical,
                             consent__arena *arena, consent__value *out) {
    consent__reader r;
    bool truth = false;
    size_t n = 0;
    /* A bare word is what people forget the quotes of. */
    if (!strchr("\"{[-0123456789tfn \t\r\n", text[0]))
        return consent__fail(
            cx, CONSENT_E_INPUT,
            "the value of a fact is a JSON scalar; a text stands in double quotes");
    consent_status st = consent__json_canonical(cx, text, strlen(text), canonical);
    if (st != CONSENT_OK)
        return st;
    consent__reader_init(&r, canonical->data, canonical->len);
    switch (consent__reader_next(&r)) {
    case 'n':
        out->type = VALUE_NULL;
        consent__reader_null(&r);
        break;
    case 't':
        out->type = VALUE_BOOL;
        consent__reader_bool(&r, &truth);
        out->number = truth;
        break;
    case '0':
        out->type = VALUE_INT;
        consent__reader_int(&r, &out->number);
        break;
    case '"':
        out->type = VALUE_TEXT;
        if (!consent__reader_string(&r, arena, &out->text, &n) && r.no_memory)
            return consent__no_memory(cx);
        break;
    default:
        return consent__fail(cx, CONSENT_E_INPUT, "the value of a fact is a JSON scalar");
    }
    if (!consent__reader_done(&r) || (out->type == VALUE_TEXT && strlen(out->text) != n))
        return consent__fail(cx, CONSENT_E_INPUT, "the value of a fact holds U+0000");
    return CONSENT_OK;
}

static consent_status put(const consent__cx *cx, consent__work *w, consent__subject *subject,
                          void *user) {
    putting *in = user;
    int64_t observed = in->observed == INT64_MIN ? w->now : in->observed;
    if (observed > w->now)
        return consent__fail(cx, CONSENT_E_ARGUMENT, "the fact was observed in the future");
    consent__event e = {.kind = EV_FACT_PUT};
    CONSENT__SET_TEXT(&e, fact, in->fact);
    CONSENT__SET_TEXT(&e, source, in->source);
    CONSENT__SET(&e, observed, observed);
    CONSENT__SET(&e, value, in->value);
    return consent__append_apply(cx, w, subject, &e, NULL);
}

consent_status consent__flow_fact_put(const consent__cx *cx, consent_store *s, const char *subject,
                                      const char *fact, const char *value, const char *source,
                                      int64_t observed) {
    putting in = {.fact = fact, .source = source, .observed = observed};
    consent_status st = consent__text_need(cx, fact, CONSENT__NAME, "name of the fact");
    if (st == CONSENT_OK)
        st = consent__text_need(cx, source, CONSENT__NAME, "source of the fact");
    if (st == CONSENT_OK)
        st = consent__text_need(cx, value, CONSENT__WORDS, "value of the fact");
    if (st != CONSENT_OK)
        return st;
    consent__buf canonical;
    consent__arena arena;
    consent__buf_init(&canonical, cx->env);
    consent__arena_init(&arena, cx->env);
    st = scalar(cx, value, &canonical, &arena, &in.value);
    if (st == CONSENT_OK)
        st = consent__on_subject(cx, s, subject, put, &in);
    consent__buf_wipe_free(&canonical);
    consent__arena_free(&arena);
    return st;
}

/* ---- reading ---- */

static void put_value(consent__buf *b, const consent__value *v) {
    consent__buf_reset(b);
    if (v->type == VALUE_TEXT)
        consent__json_string(b, v->text, strlen(v->text));
    else if (v->type == VALUE_INT)
        consent__json_int(b, v->number);
    else
        consent__buf_text(b, v->type == VALUE_NULL ? "null" : v->number ? "true" : "false");
}

static consent_status list(const consent__cx *cx, consent__view *v, const consent__subject *subject,
                           void *user) {
    consent_rows *r = consent__rows_new(cx->env, "fact t,value j,source t,observed u,event n");
    consent__buf *b = &v->scratch->buf;
    for (int32_t i = 0; i < subject->state.known_count; i++) {
        const consent__known *k = &subject->state.known[i];
        put_value(b, &k->value);
        consent__rows_add(r);
        consent__rows_text(r, 0, k->fact);
        consent__rows_text(r, 1, consent__buf_cstr(b));
        consent__rows_text(r, 2, k->source);
        consent__rows_number(r, 3, k->observed);
        consent__rows_number(r, 4, k->seq);
    }
    return consent__rows_finish(cx, r, user);
}

consent_status consent__flow_fact_list(const consent__cx *cx, consent_store *s, const char *subject,
                                       consent_rows **out) {
    return consent__see_subject(cx, s, subject, list, out);
}
