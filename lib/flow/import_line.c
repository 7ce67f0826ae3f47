/* SPDX-License-Identifier: Apache-2.0 */
/* A line of a complete export: which members each type has, and of which form. */
#include <string.h>

#include "flow/whole.h"
#include "util/text.h"
#include "json/json.h"

typedef enum form { INT, TEXT, HASH, UID } form;

static const struct {
    const char *name;
    form form;
} members[] = {
#define CONSENT__X(name, form) {#name, form},
    CONSENT__LINE_MEMBERS(CONSENT__X)
#undef CONSENT__X
};

#define B(name) (UINT64_C(1) << L_##name)
static const struct {
    const char *name;
    uint64_t needed, optional;
} types[] = {
    [LINE_LEDGER] = {"ledger",
                     B(at) | B(checkpoint) | B(format) | B(generation) | B(key) | B(root) |
                         B(size) | B(store) | B(v),
                     B(uid)},
    [LINE_VERSION] = {"version",
                      B(bundle) | B(id) | B(imported) | B(imported_at) | B(label) | B(policy) |
                          B(profile),
                      0},
    [LINE_DOCUMENT] = {"document", B(key) | B(kind) | B(seq) | B(text), 0},
    [LINE_CHECKPOINT] = {"checkpoint", B(at) | B(note) | B(size), 0},
    [LINE_EVENT] = {"event", B(at) | B(commitment) | B(kind) | B(leaf) | B(seq),
                    B(body) | B(nonce) | B(state)},
    [LINE_REQUEST] = {"request",
                      B(kind) | B(number) | B(open) | B(provisional) | B(received_at) | B(state),
                      B(due) | B(uid)},
    [LINE_REMAINDER] = {"remainder", B(item) | B(reason) | B(seq) | B(uid), B(until)},
    [LINE_TASK] = {"task", B(items) | B(recipient) | B(seq) | B(uid), B(done)},
    [LINE_END] = {"end", B(lines), B(note)},
};

static int member_of(const char *name) {
    for (int i = 0; i < L_COUNT; i++)
        if (strcmp(members[i].name, name) == 0)
            return i;
    return -1;
}

static bool read_value(consent__reader *r, consent__arena *a, int i, consent__line *out) {
    const char *text;
    size_t n, size = members[i].form == UID ? CONSENT__UID : CONSENT__HASH;
    if (members[i].form == INT)
        return consent__reader_int(r, &out->number[i]);
    if (!consent__reader_string(r, a, &text, &n) || strlen(text) != n)
        return false;
    out->text[i] = text;
    out->length[i] = n;
    return members[i].form == TEXT || (n == 2 * size && consent__unhex(text, out->bytes[i], size));
}

static consent_status bad(const consent__cx *cx, const char *member, int64_t offset, int64_t number,
                          const char *why) {
    char where[64] = "/";
    strncat(where, member, sizeof where - 2);
    return consent__fail_at(cx, CONSENT_E_INPUT, where, offset, "line %lld: %s %s",
                            (long long)number, member, why);
}

/* The type says what else must be there. */
static consent_status check(const consent__cx *cx, int64_t number, int64_t offset,
                            consent__line *out) {
    int type = -1;
    for (int i = 0; out->text[L_type] && i <= LINE_END; i++)
        if (strcmp(types[i].name, out->text[L_type]) == 0)
            type = i;
    if (type < 0)
        return bad(cx, "type", offset, number, "is none of an export");
    out->type = (consent__line_type)type;
    for (int i = 0; i < L_COUNT; i++) {
        uint64_t bit = UINT64_C(1) << i;
        if ((types[type].needed & bit) && !(out->has & bit))
            return bad(cx, members[i].name, offset, number, "is missing");
        if ((out->has & bit) && i != L_type && !((types[type].needed | types[type].optional) & bit))
            return bad(cx, members[i].name, offset, number, "does not belong there");
    }
    return CONSENT_OK;
}

consent_status consent__line_read(const consent__cx *cx, const void *bytes, size_t n,
                                  int64_t number, int64_t offset, consent__arena *a,
                                  consent__line *out) {
    consent__reader r;
    const char *name;
    memset(out, 0, sizeof *out);
    consent__reader_init(&r, bytes, n);
    consent__reader_object(&r);
    while (consent__reader_member(&r, a, &name)) {
        int i = member_of(name);
        if (i < 0)
            return consent__fail_at(cx, CONSENT_E_INPUT, NULL, offset,
                                    "line %lld has a member that no line has", (long long)number);
        if (!read_value(&r, a, i, out)) {
            if (r.no_memory)
                return consent__no_memory(cx);
            return bad(cx, name, offset, number, "is not of its form");
        }
        out->has |= UINT64_C(1) << i;
    }
    if (r.no_memory)
        return consent__no_memory(cx);
    if (!consent__reader_done(&r))
        return consent__fail_at(cx, CONSENT_E_SYNTAX, NULL, offset,
                                "line %lld is not canonical JSON, each member once",
                                (long long)number);
    return check(cx, number, offset, out);
}
