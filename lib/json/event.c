/* SPDX-License-Identifier: Apache-2.0 */
#include "json/event.h"

#include <string.h>

#include "util/text.h"
#include "json/json.h"

static void put_string(consent__buf *out, const char *s) {
    consent__json_string(out, s, strlen(s));
}

static void put_value(consent__buf *out, const consent__value *v) {
    switch (v->type) {
    case VALUE_NULL:
        consent__buf_text(out, "null");
        break;
    case VALUE_BOOL:
        consent__buf_text(out, v->number ? "true" : "false");
        break;
    case VALUE_INT:
        consent__json_int(out, v->number);
        break;
    case VALUE_TEXT:
        put_string(out, v->text);
        break;
    }
}

static void put_list(consent__buf *out, const consent__strings *list) {
    consent__buf_byte(out, '[');
    for (int32_t i = 0; i < list->count; i++) {
        if (i)
            consent__buf_byte(out, ',');
        put_string(out, list->v[i]);
    }
    consent__buf_byte(out, ']');
}

static void put_field(consent__buf *out, const consent__event *e, const consent__field_row *f) {
    const void *at = (const char *)e + f->offset;
    char hex[33];
    switch (f->type) {
    case FIELD_TEXT:
        put_string(out, *(const char *const *)at);
        break;
    case FIELD_INT:
        consent__json_int(out, *(const int64_t *)at);
        break;
    case FIELD_BOOL:
        consent__buf_text(out, *(const bool *)at ? "true" : "false");
        break;
    case FIELD_UID:
        consent__hex(at, 16, hex);
        put_string(out, hex);
        break;
    case FIELD_LIST:
        put_list(out, at);
        break;
    case FIELD_VALUE:
        put_value(out, at);
        break;
    }
}

void consent__event_encode(const consent__event *e, consent__buf *out) {
    char sep = '{';
    for (int32_t i = 0; i < F_COUNT; i++) {
        if (!(e->has >> i & 1))
            continue;
        consent__buf_byte(out, (uint8_t)sep);
        put_string(out, consent__field_table[i].name);
        consent__buf_byte(out, ':');
        put_field(out, e, &consent__field_table[i]);
        sep = ',';
    }
    if (sep == '{')
        consent__buf_byte(out, '{');
    consent__buf_byte(out, '}');
}

/* ---- decoding ---- */

static bool get_text(consent__reader *r, consent__arena *a, const char **out) {
    size_t n = 0;
    return consent__reader_string(r, a, out, &n) && strlen(*out) == n;
}

static bool get_list(consent__reader *r, consent__arena *a, consent__strings *out) {
    const char **list = NULL;
    int32_t count = 0, cap = 0;
    if (!consent__reader_array(r))
        return false;
    while (consent__reader_element(r)) {
        if (count == cap) {
            cap = cap ? cap * 2 : 8;
            const char **more = consent__arena_get(a, (size_t)cap * sizeof *more);
            if (!more) {
                r->no_memory = true;
                return false;
            }
            if (count)
                memcpy(more, list, (size_t)count * sizeof *more);
            list = more;
        }
        if (!get_text(r, a, &list[count++]))
            return false;
    }
    out->count = count;
    out->v = list;
    return !r->bad;
}

static bool get_value(consent__reader *r, consent__arena *a, consent__value *v) {
    bool truth = false;
    switch (consent__reader_next(r)) {
    case 'n':
        v->type = VALUE_NULL;
        return consent__reader_null(r);
    case 't':
        v->type = VALUE_BOOL;
        if (!consent__reader_bool(r, &truth))
            return false;
        v->number = truth;
        return true;
    case '0':
        v->type = VALUE_INT;
        return consent__reader_int(r, &v->number);
    case '"':
        v->type = VALUE_TEXT;
        return get_text(r, a, &v->text);
    default:
        return false;
    }
}

static bool get_field(consent__reader *r, consent__arena *a, const consent__field_row *f,
                      consent__event *e) {
    void *at = (char *)e + f->offset;
    const char *hex = NULL;
    switch (f->type) {
    case FIELD_TEXT:
        return get_text(r, a, at);
    case FIELD_INT:
        return consent__reader_int(r, at);
    case FIELD_BOOL:
        return consent__reader_bool(r, at);
    case FIELD_UID:
        return get_text(r, a, &hex) && strlen(hex) == 32 && consent__unhex(hex, at, 16);
    case FIELD_LIST:
        return get_list(r, a, at);
    case FIELD_VALUE:
        return get_value(r, a, at);
    }
    return false;
}

static int32_t field_of(const char *name) {
    for (int32_t i = 0; i < F_COUNT; i++)
        if (strcmp(consent__field_table[i].name, name) == 0)
            return i;
    return -1;
}

consent_status consent__event_decode(const consent__cx *cx, consent__event_kind kind, int64_t seq,
                                     const void *body, size_t n, consent__arena *arena,
                                     consent__event *out) {
    memset(out, 0, sizeof *out);
    out->kind = kind;
    out->seq = seq;
    consent__reader r;
    const char *name = NULL;
    consent__reader_init(&r, body, n);
    bool good = consent__reader_object(&r);
    while (good && consent__reader_member(&r, arena, &name)) {
        int32_t f = field_of(name);
        good = f >= 0 && get_field(&r, arena, &consent__field_table[f], out);
        if (good)
            out->has |= UINT64_C(1) << f;
    }
    if (r.no_memory)
        return consent__no_memory(cx);
    if (!good || !consent__reader_done(&r) || !consent__event_complete(out))
        return consent__fail(cx, CONSENT_E_FORMAT, "the body of event %lld is malformed",
                             (long long)seq);
    return CONSENT_OK;
}
