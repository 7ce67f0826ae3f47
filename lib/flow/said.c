/* SPDX-License-Identifier: Apache-2.0 */
#include "flow/said.h"

#include <stdio.h>
#include <string.h>

#include "flow/policy.h"
#include "ledger/receipt.h"
#include "util/text.h"
#include "json/event.h"
#include "json/write.h"

static void find_point(consent__view *v, consent__said *s) {
    const consent__event *e = &s->event;
    if (!CONSENT__HAS(e, policy) || !CONSENT__HAS(e, version))
        return;
    int32_t policy = consent__catalog_policy(v->catalog, e->policy_);
    if (policy < 0)
        return;
    s->version = consent__catalog_version(v->catalog, policy, e->version_);
    if (s->version && CONSENT__HAS(e, point) &&
        !consent__point_find(s->version->policy, e->point_, &s->purpose, &s->share))
        s->purpose = s->share = -1;
}

consent_status consent__said_row(const consent__cx *cx, consent__view *v,
                                 const consent__event_row *row, const uint8_t *uid,
                                 const uint8_t *key, consent__arena *arena, consent__said *out) {
    consent__buf body;
    memset(out, 0, sizeof *out);
    out->seq = row->seq;
    out->at = row->at;
    out->purpose = out->share = -1;
    out->kind = consent__arena_text(arena, row->kind, strlen(row->kind));
    if (!out->kind)
        return consent__no_memory(cx);
    memcpy(out->commitment, row->commitment, CONSENT__HASH);
    if (!consent__leaf(row->seq, row->at, out->kind, row->commitment, out->leaf))
        return consent__fail(cx, CONSENT_E_CORRUPT, "event %lld has an impossible kind",
                             (long long)row->seq);
    int32_t kind = consent__event_kind_of(out->kind);
    bool clear = kind >= 0 && consent__kind_table[kind].store;
    if (!row->box && (row->subject != 0 || clear))
        return consent__fail(cx, CONSENT_E_CORRUPT,
                             "event %lld has lost its body, and was not erased",
                             (long long)row->seq);
    if (!row->box)
        return CONSENT_OK; /* a stub: consent__gone_check tells whether an erasure left it */
    if (kind >= 0 && clear != (row->subject == 0))
        return consent__fail(cx, CONSENT_E_CORRUPT, "the body of event %lld %s",
                             (long long)row->seq,
                             clear ? "was given to a subject" : "lost its subject");
    if (kind < 0)
        return consent__fail(cx, CONSENT_E_CORRUPT, "event %lld is of an unknown kind",
                             (long long)row->seq);
    consent__buf_init(&body, cx->env);
    consent_status st = consent__event_body(cx, v->store, row, uid, key, &body, out->nonce);
    if (st == CONSENT_OK) {
        out->body = consent__arena_text(arena, (const char *)body.data, body.len);
        out->body_len = body.len;
        st = out->body ? consent__event_decode(cx, (consent__event_kind)kind, row->seq, body.data,
                                               body.len, arena, &out->event)
                       : consent__no_memory(cx);
    }
    consent__buf_wipe_free(&body);
    if (st == CONSENT_OK)
        find_point(v, out);
    return st;
}

consent_status consent__said_get(const consent__cx *cx, consent__view *v, int64_t seq,
                                 consent__arena *arena, consent__said *out) {
    const consent__engine *engine = v->store->engine;
    consent__event_row row;
    consent__subject_row subject;
    uint8_t key[CONSENT__KEY];
    consent_status st = seq < 0 ? CONSENT_E_NOT_FOUND : engine->event_get(cx, v->tx, seq, &row);
    if (st == CONSENT_E_NOT_FOUND)
        return consent__fail(cx, st, "the ledger has no event %lld", (long long)seq);
    if (st != CONSENT_OK)
        return st;
    if (row.subject <= 0)
        return consent__said_row(cx, v, &row, NULL, NULL, arena, out);
    /* The row is gone with the next operation. */
    void *box = consent__arena_get(arena, row.box_len ? row.box_len : 1);
    const char *kind = consent__arena_text(arena, row.kind, strlen(row.kind));
    if (!box || !kind)
        return consent__no_memory(cx);
    if (row.box)
        memcpy(box, row.box, row.box_len);
    row.box = row.box ? box : NULL;
    row.kind = kind;
    st = engine->subject_by_id(cx, v->tx, row.subject, &subject);
    if (st == CONSENT_E_NOT_FOUND)
        return consent__fail(cx, CONSENT_E_CORRUPT, "the subject of event %lld is missing",
                             (long long)seq);
    if (st != CONSENT_OK)
        return st;
    consent__subject_key(v->store->keys, subject.salt, subject.uid, key);
    st = consent__said_row(cx, v, &row, subject.uid, key, arena, out);
    consent__wipe(key, sizeof key);
    return st;
}

bool consent__said_decision(const consent__said *s) {
    return consent__said_word(s) != NULL;
}

const char *consent__said_word(const consent__said *s) {
    if (strcmp(s->kind, "consent.granted") == 0)
        return "granted";
    if (strcmp(s->kind, "consent.refused") == 0)
        return "refused";
    if (strcmp(s->kind, "consent.withdrawn") == 0)
        return "withdrawn";
    if (s->body &&
        (strcmp(s->kind, "consent.inherited") == 0 || strcmp(s->kind, "consent.received") == 0))
        return s->event.state_;
    return NULL;
}

const char *consent__binding(const consent__text *t) {
    const consent__lang_text *l = consent__text_in(t, 0);
    return l ? l->text : "";
}

void consent__policy_urn(const consent__version *v, char *out, size_t size) {
    char hex[65];
    consent__hex(v->sha256, 32, hex);
    snprintf(out, size, "urn:libconsent:policy:%s:%s:sha256:%s", v->policy->key, v->policy->version,
             hex);
}

const consent__version *consent__said_controller(const consent__view *v, const consent__said *s) {
    const consent__version *best = s->version;
    for (int32_t i = 0; !best && i < v->catalog->policies_count; i++) {
        const consent__policy_entry *e = &v->catalog->policies[i];
        if (e->published_count)
            best = &v->catalog->versions[e->published[e->published_count - 1]];
    }
    return best;
}

const char *consent__contact_of(const consent__policy *p, const char *kind) {
    for (int32_t i = 0; i < p->officer_contacts.count; i++)
        if (strcmp(p->officer_contacts.v[i].kind, kind) == 0)
            return p->officer_contacts.v[i].value;
    for (int32_t i = 0; i < p->contacts.count; i++)
        if (strcmp(p->contacts.v[i].kind, kind) == 0)
            return p->contacts.v[i].value;
    return NULL;
}

const char *consent__retention_text(consent__arena *a, const consent__item *item) {
    const consent__retention *r = &item->retention;
    if (!r->present)
        return "not stated in the policy";
    if (!r->days)
        return consent__arena_format(a, "until %s, then %s", r->until, consent__then_name(r->then));
    return consent__arena_format(a, "%lld days after %s, then %s", (long long)r->days, r->until,
                                 consent__then_name(r->then));
}

const consent__indices *consent__said_items(const consent__said *s) {
    const consent__purpose *p = &s->version->policy->purposes[s->purpose];
    return s->share < 0 ? &p->items : &p->shares[s->share].items;
}

/* ---- Kantara ---- */

static const char *contact_or(const consent__policy *p, const char *kind) {
    const char *value = consent__contact_of(p, kind);
    return value ? value : "not stated";
}

static const char *contact_name(const consent__policy *p) {
    const char *name = consent__binding(&p->officer_name);
    if (!*name)
        name = consent__binding(&p->controller_department);
    return *name ? name : consent__binding(&p->controller_name);
}

static void controllers(consent__buf *out, const consent__policy *p) {
    const char *address = p ? consent__binding(&p->controller_address) : "";
    consent__write_open(out, "piiControllers", '[');
    consent__write_open(out, NULL, '{');
    consent__write_text(out, "piiController",
                        p ? consent__binding(&p->controller_name) : "not stated");
    consent__write_text(out, "contact", p ? contact_name(p) : "not stated");
    consent__write_open(out, "address", '{');
    consent__write_text(out, "streetAddress", *address ? address : "not stated");
    consent__write_close(out, '}');
    consent__write_text(out, "email", p ? contact_or(p, "email") : "not stated");
    consent__write_text(out, "phone", p ? contact_or(p, "phone") : "not stated");
    consent__write_close(out, '}');
    consent__write_close(out, ']');
}

/* Categories, each once; only those of sensitive items when `sensitive`. */
static void categories(consent__buf *out, const consent__policy *p, const consent__indices *items,
                       bool sensitive) {
    for (int32_t i = 0; i < items->count; i++) {
        const consent__item *item = &p->items[items->v[i]];
        bool seen = sensitive && !item->sensitive;
        for (int32_t k = 0; k < i && !seen; k++) {
            const consent__item *before = &p->items[items->v[k]];
            seen = (!sensitive || before->sensitive) &&
                   consent__text_equal(before->category, item->category);
        }
        if (!seen)
            consent__write_element(out, item->category ? item->category : item->key);
    }
}

static void put_name(consent__buf *names, const consent__policy *p, int32_t recipient) {
    consent__buf_text(names, names->len ? ", " : "");
    consent__buf_text(names, consent__binding(&p->recipients[recipient].name));
}

/* Names of the third parties a consent at the point lets have the data: the share's recipient, else
 * those of the shares that need no act of their own. A processor is none (ISO/IEC 29100). */
static void third_parties(consent__buf *out, const consent__view *v, const consent__said *s) {
    const consent__policy *p = s->version->policy;
    const consent__purpose *purpose = &p->purposes[s->purpose];
    consent__buf names;
    consent__buf_init(&names, &v->store->env);
    if (s->share >= 0)
        put_name(&names, p, purpose->shares[s->share].recipient);
    for (int32_t i = 0; s->share < 0 && i < purpose->share_count; i++) {
        int32_t to = purpose->shares[i].recipient;
        if (!consent__point_needed(p, s->purpose, i) &&
            p->recipients[to].kind != RECIPIENT_PROCESSOR)
            put_name(&names, p, to);
    }
    consent__write_bool(out, "thirdPartyDisclosure", names.len > 0);
    if (names.len)
        consent__write_text_n(out, "thirdPartyName", (const char *)names.data, names.len);
    out->failed |= names.failed;
    consent__buf_free(&names);
}

/* "DE", "AT, BE, …": where the law the policy was read by is at home. */
static void jurisdiction(consent__buf *out, const consent__policy *p) {
    consent__write_name(out, "jurisdiction");
    consent__buf_byte(out, '"');
    for (int32_t i = 0; p && i < p->profile.home.count; i++) { /* two capital letters each */
        consent__buf_text(out, i ? ", " : "");
        consent__buf_text(out, p->profile.home.v[i]);
    }
    consent__buf_text(out, p && p->profile.home.count ? "\"" : "not stated\"");
}

static bool same_rule(const consent__retention *a, const consent__retention *b) {
    return a->present == b->present && (!a->present || (a->days == b->days && a->then == b->then &&
                                                        consent__text_equal(a->until, b->until)));
}

/* The retention of every item, each rule once: "30 days after withdrawn, then delete; …". */
static void termination(consent__buf *out, const consent__policy *p, const consent__indices *items,
                        consent__arena *arena) {
    const char *all = NULL;
    for (int32_t i = 0; i < items->count; i++) {
        const consent__item *item = &p->items[items->v[i]];
        bool seen = false;
        for (int32_t k = 0; k < i && !seen; k++)
            seen = same_rule(&p->items[items->v[k]].retention, &item->retention);
        if (seen)
            continue;
        const char *one = consent__retention_text(arena, item);
        if (one && all)
            one = consent__arena_format(arena, "%s; %s", all, one);
        if (!one) {
            out->failed = true;
            return;
        }
        all = one;
    }
    consent__write_text(out, "termination", all ? all : "not stated in the policy");
}

static void kantara_purpose(consent__buf *out, const consent__view *v, const consent__said *s) {
    const consent__policy *p = s->version->policy;
    const consent__purpose *purpose = &p->purposes[s->purpose];
    const consent__indices *items = consent__said_items(s);
    consent__write_open(out, NULL, '{');
    consent__write_text(out, "purpose", consent__binding(&purpose->title));
    consent__write_text(out, "consentType",
                        strcmp(s->kind, "consent.implied") == 0 ? "IMPLICIT" : "EXPLICIT");
    consent__write_open(out, "purposeCategory", '[');
    consent__write_element(out, purpose->key);
    consent__write_close(out, ']');
    consent__write_open(out, "piiCategory", '[');
    categories(out, p, items, false);
    consent__write_close(out, ']');
    consent__write_bool(out, "primaryPurpose", purpose->required);
    termination(out, p, items, &v->scratch->arena);
    third_parties(out, v, s);
    consent__write_close(out, '}');
}

/* A reader that knows the standard alone takes a service that is named for one consented to. */
static bool gives(const consent__said *s) {
    const char *word = consent__said_word(s);
    if (!word && strcmp(s->kind, "consent.implied") == 0)
        word = CONSENT__HAS(&s->event, state) ? s->event.state_ : "granted";
    return s->purpose >= 0 && word && strcmp(word, "granted") == 0;
}

static void kantara_services(consent__buf *out, const consent__view *v, const consent__said *s) {
    bool sensitive = false, given = gives(s);
    consent__write_open(out, "services", '[');
    if (given) {
        const consent__policy *p = s->version->policy;
        const consent__indices *items = consent__said_items(s);
        for (int32_t i = 0; i < items->count; i++)
            sensitive |= p->items[items->v[i]].sensitive;
        consent__write_open(out, NULL, '{');
        consent__write_text(out, "service", consent__binding(&p->controller_name));
        consent__write_open(out, "purposes", '[');
        kantara_purpose(out, v, s);
        consent__write_close(out, ']');
        consent__write_close(out, '}');
    }
    consent__write_close(out, ']');
    consent__write_bool(out, "sensitive", sensitive);
    consent__write_open(out, "spiCat", '[');
    if (given)
        categories(out, s->version->policy, consent__said_items(s), true);
    consent__write_close(out, ']');
}

void consent__said_kantara(consent__buf *out, const consent__view *v, const consent__said *s,
                           const char *principal) {
    const consent__version *version = consent__said_controller(v, s);
    const consent__policy *p = version ? version->policy : NULL;
    char id[37], urn[512] = "urn:libconsent:policy:none";
    int64_t seconds = s->at / 1000000 - (s->at % 1000000 < 0);
    consent__receipt_id(s->leaf, id);
    if (version)
        consent__policy_urn(version, urn, sizeof urn);
    consent__write_text(out, "version", "KI-CR-v1.1.0");
    jurisdiction(out, p);
    consent__write_int(out, "consentTimestamp", seconds);
    consent__write_text(out, "collectionMethod",
                        CONSENT__HAS(&s->event, surface) ? s->event.surface_ : "not recorded");
    consent__write_text(out, "consentReceiptID", id);
    if (CONSENT__HAS(&s->event, lang))
        consent__write_text(out, "language", s->event.lang_);
    if (principal)
        consent__write_text(out, "piiPrincipalId", principal);
    else if (CONSENT__HAS(&s->event, uid))
        consent__write_hex(out, "piiPrincipalId", s->event.uid_, 16);
    else
        consent__write_text(out, "piiPrincipalId", "none");
    controllers(out, p);
    consent__write_text(out, "policyUrl", urn);
    kantara_services(out, v, s);
}
