/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes of a state: a format number, then numbers as LEB128 (instants zigzag), texts with a length
 * and a NUL so that they can be used in place. docs/file-format.md. */
#include "core/state.h"
#include "util/text.h"

#include <string.h>

#define STATE_FORMAT 1

static void put_int(consent__buf *b, int64_t v) {
    consent__buf_varint(b, ((uint64_t)v << 1) ^ (uint64_t)(v >> 63));
}

static void put_text(consent__buf *b, const char *s) {
    size_t n = s ? strlen(s) : 0;
    consent__buf_varint(b, s ? n + 1 : 0);
    if (s)
        consent__buf_put(b, s, n + 1);
}

static void put_spoken(consent__buf *b, const consent__spoken *a) {
    uint32_t flags = (uint32_t)a->decision | (uint32_t)a->cls << 2 | (a->by_guardian ? 16u : 0) |
                     (a->evidenced ? 32u : 0) | (a->document ? 64u : 0) |
                     (a->inherited ? 128u : 0) | (a->until ? 256u : 0) |
                     (a->from != a->at ? 512u : 0) | (a->device ? 1024u : 0) |
                     (a->lead ? 2048u : 0);
    consent__buf_varint(b, flags);
    consent__buf_varint(b, a->point);
    put_int(b, a->epoch);
    put_int(b, a->version);
    put_int(b, a->seq);
    put_int(b, a->at);
    if (a->from != a->at)
        put_int(b, a->from);
    if (a->until)
        put_int(b, a->until);
    if (a->by_guardian)
        consent__buf_put(b, a->by, 16);
    if (a->device) {
        consent__buf_varint(b, (uint64_t)a->device);
        put_int(b, a->device_seq);
    }
    if (a->lead)
        put_int(b, a->lead);
}

static void put_owed(consent__buf *b, const consent__owed *o) {
    consent__buf_varint(b, (uint64_t)o->kind << 1 | (o->has_guardian ? 1 : 0));
    consent__buf_varint(b, o->point);
    put_text(b, o->recipient);
    if (o->has_guardian)
        consent__buf_put(b, o->guardian, 16);
    put_int(b, o->cause);
    put_int(b, o->seq);
    put_int(b, o->at);
    put_int(b, o->met_at);
}

static void put_request(consent__buf *b, const consent__request *q) {
    put_int(b, q->number);
    consent__buf_varint(b, (uint64_t)(q->kind | q->stage << 8 | q->standing << 16));
    consent__buf_byte(
        b, (uint8_t)((q->provisional ? 1 : 0) | (q->extended ? 2 : 0) | (q->acknowledged ? 4 : 0)));
    put_int(b, q->version);
    put_int(b, q->received_at);
    put_int(b, q->due);
    put_int(b, q->until);
    put_int(b, q->waited);
    put_int(b, q->moved_at);
}

static void put_hold(consent__buf *b, const consent__hold *h) {
    put_int(b, h->number);
    put_text(b, h->authority);
    put_int(b, h->at);
    put_int(b, h->until);
    consent__buf_varint(b, (uint64_t)h->items.count);
    for (int32_t i = 0; i < h->items.count; i++)
        put_text(b, h->items.v[i]);
}

static void put_expired(consent__buf *b, const consent__expired *x) {
    put_text(b, x->item);
    put_int(b, x->version);
    consent__buf_varint(b, (uint64_t)x->then);
    put_int(b, x->since);
    put_int(b, x->seq);
    put_int(b, x->at);
}

static void put_extension(consent__buf *b, const consent__extension *x) {
    put_text(b, x->item);
    put_text(b, x->reason);
    put_int(b, x->until);
    put_int(b, x->seq);
    put_int(b, x->at);
}

static void put_link(consent__buf *b, const consent__link *l) {
    consent__buf_put(b, l->guardian, 16);
    put_text(b, l->evidence);
    put_int(b, l->since);
    put_int(b, l->verified_at);
    put_int(b, l->ended_at);
    put_int(b, l->until);
    put_int(b, l->seq);
    put_int(b, l->ended_seq);
}

static void put_known(consent__buf *b, const consent__known *k) {
    put_text(b, k->fact);
    put_text(b, k->source);
    consent__buf_byte(b, (uint8_t)k->value.type);
    put_int(b, k->value.number);
    put_text(b, k->value.text);
    put_int(b, k->observed);
    put_int(b, k->seq);
    put_int(b, k->true_seq);
}

void consent__state_encode(const consent__state *s, consent__buf *b) {
    consent__buf_byte(b, STATE_FORMAT);
    consent__buf_put(b, s->uid, 16);
    put_text(b, s->external);
    put_int(b, s->registered_at);
    put_int(b, s->born);
    consent__buf_byte(b, s->adopted ? 1 : 0);
    put_int(b, s->seq);
    put_int(b, s->events);
    consent__buf_varint(b, (uint64_t)s->spoken_count);
    for (int32_t i = 0; i < s->spoken_count; i++)
        put_spoken(b, &s->spoken[i]);
    consent__buf_varint(b, (uint64_t)s->links_count);
    for (int32_t i = 0; i < s->links_count; i++)
        put_link(b, &s->links[i]);
    consent__buf_varint(b, (uint64_t)s->allowed_count);
    for (int32_t i = 0; i < s->allowed_count; i++) {
        put_text(b, s->allowed[i].name);
        consent__buf_byte(b, s->allowed[i].granted ? 1 : 0);
        put_int(b, s->allowed[i].seq);
        put_int(b, s->allowed[i].at);
    }
    consent__buf_varint(b, (uint64_t)s->known_count);
    for (int32_t i = 0; i < s->known_count; i++)
        put_known(b, &s->known[i]);
    consent__buf_varint(b, (uint64_t)s->objections_count);
    for (int32_t i = 0; i < s->objections_count; i++) {
        consent__buf_varint(b, s->objections[i].point);
        put_int(b, s->objections[i].seq);
        put_int(b, s->objections[i].at);
    }
    consent__buf_varint(b, (uint64_t)s->restrictions_count);
    for (int32_t i = 0; i < s->restrictions_count; i++) {
        put_text(b, s->restrictions[i].item);
        put_int(b, s->restrictions[i].seq);
        put_int(b, s->restrictions[i].at);
    }
    consent__buf_varint(b, (uint64_t)s->notices_count);
    for (int32_t i = 0; i < s->notices_count; i++) {
        put_int(b, s->notices[i].version);
        put_int(b, s->notices[i].shown_at);
        put_int(b, s->notices[i].acknowledged_at);
    }
    consent__buf_varint(b, (uint64_t)s->wards_count);
    for (int32_t i = 0; i < s->wards_count; i++)
        consent__buf_put(b, s->wards[i].child, 16);
    consent__buf_varint(b, (uint64_t)s->owed_count);
    for (int32_t i = 0; i < s->owed_count; i++)
        put_owed(b, &s->owed[i]);
    consent__buf_varint(b, (uint64_t)s->requests_count);
    for (int32_t i = 0; i < s->requests_count; i++)
        put_request(b, &s->requests[i]);
    consent__buf_varint(b, (uint64_t)s->holds_count);
    for (int32_t i = 0; i < s->holds_count; i++)
        put_hold(b, &s->holds[i]);
    consent__buf_varint(b, (uint64_t)s->expired_count);
    for (int32_t i = 0; i < s->expired_count; i++)
        put_expired(b, &s->expired[i]);
    consent__buf_varint(b, (uint64_t)s->extensions_count);
    for (int32_t i = 0; i < s->extensions_count; i++)
        put_extension(b, &s->extensions[i]);
    consent__buf_varint(b, (uint64_t)s->devices_count);
    for (int32_t i = 0; i < s->devices_count; i++) {
        put_text(b, s->devices[i].origin);
        consent__buf_put(b, s->devices[i].uid, 16);
    }
    consent__buf_varint(b, (uint64_t)s->lasts_count);
    for (int32_t i = 0; i < s->lasts_count; i++)
        put_spoken(b, &s->lasts[i]);
}

/* ---- decoding: every step checks its bounds; the first failure sticks ---- */

typedef struct in {
    const uint8_t *p, *end;
    bool bad, starved;
} in;

static uint64_t get_uint(in *r) {
    uint64_t v = 0;
    if (r->bad || !consent__get_varint(&r->p, r->end, &v))
        r->bad = true;
    return r->bad ? 0 : v;
}

static int64_t get_int(in *r) {
    uint64_t v = get_uint(r);
    return (int64_t)(v >> 1) ^ -(int64_t)(v & 1);
}

static uint8_t get_byte(in *r) {
    if (r->bad || r->p == r->end) {
        r->bad = true;
        return 0;
    }
    return *r->p++;
}

static void get_bytes(in *r, void *out, size_t n) {
    if (r->bad || (size_t)(r->end - r->p) < n) {
        r->bad = true;
        memset(out, 0, n);
        return;
    }
    memcpy(out, r->p, n);
    r->p += n;
}

static const char *get_text(in *r) {
    uint64_t n = get_uint(r);
    if (r->bad || n == 0)
        return NULL;
    if (n > (uint64_t)(r->end - r->p) || r->p[n - 1] != 0) {
        r->bad = true;
        return NULL;
    }
    const char *s = (const char *)r->p;
    r->p += n;
    return s;
}

/* A list: count, then room for it and a few more so that the usual next act needs no copy. */
static void *get_list(in *r, consent__arena *arena, int32_t *count, int32_t *cap, size_t size) {
    uint64_t n = get_uint(r);
    if (r->bad || n > (uint64_t)(r->end - r->p)) { /* each element takes at least one byte */
        r->bad = true;
        n = 0;
    }
    *count = (int32_t)n;
    *cap = n ? (int32_t)n + 2 : 0;
    if (!n)
        return NULL;
    void *list = consent__arena_get(arena, (size_t)*cap * size);
    if (!list) {
        r->bad = r->starved = true;
        *count = *cap = 0;
    }
    return list;
}
#define LIST(r, s, name)                                                                           \
    (s)->name = get_list((r), (s)->arena, &(s)->name##_count, &(s)->name##_cap, sizeof *(s)->name)

static void get_spoken(in *r, consent__spoken *a) {
    uint64_t flags = get_uint(r);
    a->decision = (int32_t)(flags & 3);
    a->cls = (int32_t)(flags >> 2 & 3);
    a->by_guardian = flags & 16;
    a->evidenced = flags & 32;
    a->document = flags & 64;
    a->inherited = flags & 128;
    a->point = (uint32_t)get_uint(r);
    a->epoch = get_int(r);
    a->version = get_int(r);
    a->seq = get_int(r);
    a->at = get_int(r);
    a->from = flags & 512 ? get_int(r) : a->at;
    a->until = flags & 256 ? get_int(r) : 0;
    if (a->by_guardian)
        get_bytes(r, a->by, 16);
    if (flags & 1024) {
        a->device = (int32_t)get_uint(r);
        a->device_seq = get_int(r);
    }
    a->lead = flags & 2048 ? get_int(r) : 0;
}

static void get_link(in *r, consent__link *l) {
    get_bytes(r, l->guardian, 16);
    l->evidence = get_text(r);
    l->since = get_int(r);
    l->verified_at = get_int(r);
    l->ended_at = get_int(r);
    l->until = get_int(r);
    l->seq = get_int(r);
    l->ended_seq = get_int(r);
}

static void get_known(in *r, consent__known *k) {
    k->fact = get_text(r);
    k->source = get_text(r);
    uint8_t type = get_byte(r);
    if (type > VALUE_TEXT)
        r->bad = true;
    else
        k->value.type = type;
    k->value.number = get_int(r);
    k->value.text = get_text(r);
    k->observed = get_int(r);
    k->seq = get_int(r);
    k->true_seq = get_int(r);
    if (!k->fact || !k->source)
        r->bad = true;
}

static void get_owed(in *r, consent__owed *o) {
    uint64_t head = get_uint(r);
    o->kind = (int32_t)(head >> 1);
    o->has_guardian = head & 1;
    if (head >> 1 >= OWED_COUNT)
        r->bad = true;
    o->point = (uint32_t)get_uint(r);
    o->recipient = get_text(r);
    if (o->has_guardian)
        get_bytes(r, o->guardian, 16);
    o->cause = get_int(r);
    o->seq = get_int(r);
    o->at = get_int(r);
    o->met_at = get_int(r);
}

static void get_request(in *r, consent__request *q) {
    q->number = get_int(r);
    uint64_t packed = get_uint(r);
    q->kind = (int32_t)(packed & 255);
    q->stage = (int32_t)(packed >> 8 & 255);
    q->standing = (int32_t)(packed >> 16 & 255);
    uint8_t flags = get_byte(r);
    q->provisional = flags & 1;
    q->extended = flags & 2;
    q->acknowledged = flags & 4;
    q->version = get_int(r);
    q->received_at = get_int(r);
    q->due = get_int(r);
    q->until = get_int(r);
    q->waited = get_int(r);
    q->moved_at = get_int(r);
}

static void get_hold(in *r, consent__arena *arena, consent__hold *h) {
    int32_t cap = 0;
    h->number = get_int(r);
    h->authority = get_text(r);
    h->at = get_int(r);
    h->until = get_int(r);
    const char **items = get_list(r, arena, &h->items.count, &cap, sizeof *items);
    for (int32_t i = 0; i < h->items.count; i++)
        if (!(items[i] = get_text(r)))
            r->bad = true;
    h->items.v = items;
    if (!h->authority)
        r->bad = true;
}

static void get_expired(in *r, consent__expired *x) {
    x->item = get_text(r);
    x->version = get_int(r);
    uint64_t then = get_uint(r);
    x->then = (int32_t)then;
    x->since = get_int(r);
    x->seq = get_int(r);
    x->at = get_int(r);
    if (!x->item || then > THEN_RESTRICT)
        r->bad = true;
}

static void get_extension(in *r, consent__extension *x) {
    x->item = get_text(r);
    x->reason = get_text(r);
    x->until = get_int(r);
    x->seq = get_int(r);
    x->at = get_int(r);
    if (!x->item || !x->reason)
        r->bad = true;
}

bool consent__state_decode(consent__state *s, const uint8_t *bytes, size_t n,
                           consent__arena *arena) {
    in r = {bytes, bytes + n, false, false};
    consent__state_init(s, arena);
    if (get_byte(&r) != STATE_FORMAT)
        return false;
    get_bytes(&r, s->uid, 16);
    s->external = get_text(&r);
    s->registered_at = get_int(&r);
    s->born = (int32_t)get_int(&r);
    s->adopted = get_byte(&r) == 1;
    s->seq = get_int(&r);
    s->events = get_int(&r);
    LIST(&r, s, spoken);
    for (int32_t i = 0; i < s->spoken_count; i++)
        get_spoken(&r, &s->spoken[i]);
    LIST(&r, s, links);
    for (int32_t i = 0; i < s->links_count; i++)
        get_link(&r, &s->links[i]);
    LIST(&r, s, allowed);
    for (int32_t i = 0; i < s->allowed_count; i++) {
        if (!(s->allowed[i].name = get_text(&r)))
            r.bad = true;
        s->allowed[i].granted = get_byte(&r) == 1;
        s->allowed[i].seq = get_int(&r);
        s->allowed[i].at = get_int(&r);
    }
    LIST(&r, s, known);
    for (int32_t i = 0; i < s->known_count; i++)
        get_known(&r, &s->known[i]);
    LIST(&r, s, objections);
    for (int32_t i = 0; i < s->objections_count; i++) {
        s->objections[i].point = (uint32_t)get_uint(&r);
        s->objections[i].seq = get_int(&r);
        s->objections[i].at = get_int(&r);
    }
    LIST(&r, s, restrictions);
    for (int32_t i = 0; i < s->restrictions_count; i++) {
        s->restrictions[i].item = get_text(&r);
        s->restrictions[i].seq = get_int(&r);
        s->restrictions[i].at = get_int(&r);
    }
    LIST(&r, s, notices);
    for (int32_t i = 0; i < s->notices_count; i++) {
        s->notices[i].version = get_int(&r);
        s->notices[i].shown_at = get_int(&r);
        s->notices[i].acknowledged_at = get_int(&r);
    }
    LIST(&r, s, wards);
    for (int32_t i = 0; i < s->wards_count; i++)
        get_bytes(&r, s->wards[i].child, 16);
    LIST(&r, s, owed);
    for (int32_t i = 0; i < s->owed_count; i++)
        get_owed(&r, &s->owed[i]);
    LIST(&r, s, requests);
    for (int32_t i = 0; i < s->requests_count; i++)
        get_request(&r, &s->requests[i]);
    LIST(&r, s, holds);
    for (int32_t i = 0; i < s->holds_count; i++)
        get_hold(&r, arena, &s->holds[i]);
    LIST(&r, s, expired);
    for (int32_t i = 0; i < s->expired_count; i++)
        get_expired(&r, &s->expired[i]);
    LIST(&r, s, extensions);
    for (int32_t i = 0; i < s->extensions_count; i++)
        get_extension(&r, &s->extensions[i]);
    LIST(&r, s, devices);
    for (int32_t i = 0; i < s->devices_count; i++) {
        if (!(s->devices[i].origin = get_text(&r)))
            r.bad = true;
        get_bytes(&r, s->devices[i].uid, 16);
    }
    LIST(&r, s, lasts);
    for (int32_t i = 0; i < s->lasts_count; i++)
        get_spoken(&r, &s->lasts[i]);
    s->starved = r.starved;
    return !r.bad && r.p == r.end && s->external;
}
