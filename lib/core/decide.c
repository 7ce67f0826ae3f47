/* SPDX-License-Identifier: Apache-2.0 */
/* The check. Rules run in the order of the reasons (design: "the check"); each marks its blocker.
 * The lowest bit set is the reason, so the order of CONSENT_REASON_* is the order of the law. */
#include "core/decide.h"
#include "util/date.h"

#include <string.h>

typedef struct ctx {
    const consent__catalog *catalog;
    const consent__state *state; /* NULL: unknown subject */
    const consent__query *q;
    const consent__policy *p;
    const consent__purpose *purpose;
    const consent__share *share;
    const consent__recipient *recipient;
    consent__verdict *out;
} ctx;

static void block(ctx *c, int32_t reason) {
    c->out->blockers |= UINT64_C(1) << reason;
}

/* ---- what is asked about: purpose, operation, recipient, items, permission ---- */

static void rule_operation(ctx *c) {
    const consent__purpose *u = c->purpose;
    int32_t op = c->q->operation;
    if (op == CONSENT_OPERATION_DEFAULT)
        op =
            u->operations >> CONSENT_OPERATION_USE & 1 ? CONSENT_OPERATION_USE : u->first_operation;
    c->out->operation = op;
    if (op < 0 || op > CONSENT_OPERATION_DISCLOSE || !(u->operations >> op & 1))
        block(c, CONSENT_REASON_UNDECLARED_OPERATION);
}

static void rule_recipient(ctx *c) {
    int32_t op = c->out->operation;
    if (!c->q->recipient) {
        if (op == CONSENT_OPERATION_SHARE || op == CONSENT_OPERATION_TRANSFER)
            block(c, CONSENT_REASON_UNDECLARED_RECIPIENT);
        return;
    }
    int32_t r = consent__policy_recipient(c->p, c->q->recipient);
    int32_t s = r < 0 ? -1 : consent__purpose_share(c->purpose, r);
    /* A processor acts for the controller: being declared for the purpose is enough. */
    bool processor = r >= 0 && s < 0 && c->p->recipients[r].kind == RECIPIENT_PROCESSOR &&
                     consent__indices_has(&c->p->recipients[r].purposes, c->out->purpose);
    /* What an authority gets rests on law: on another basis than consent, or on an exemption, never
     * on a consent that happens to be there. */
    bool by_consent = s >= 0 && c->p->recipients[r].kind == RECIPIENT_AUTHORITY &&
                      c->purpose->basis == BASIS_CONSENT;
    if ((s < 0 && !processor) || by_consent) {
        block(c, CONSENT_REASON_UNDECLARED_RECIPIENT);
        return;
    }
    c->out->recipient = r;
    c->out->share = s;
    c->recipient = &c->p->recipients[r];
    if (s >= 0)
        c->share = &c->purpose->shares[s];
}

static const consent__indices *declared_items(const ctx *c) {
    if (c->share)
        return &c->share->items;
    if (c->recipient)
        return &c->recipient->items;
    return &c->purpose->items;
}

/* A processor without a share of its own handles the purpose's items, and of them those it is
 * declared for. */
static bool declared_item(const ctx *c, int32_t item) {
    return consent__indices_has(declared_items(c), item) &&
           consent__indices_has(&c->purpose->items, item);
}

static void rule_items(ctx *c) {
    for (int32_t i = 0; i < c->q->item_count; i++) {
        int32_t item = consent__policy_item(c->p, c->q->items[i]);
        if (item < 0 || !declared_item(c, item))
            block(c, CONSENT_REASON_UNDECLARED_ITEM);
    }
}

static bool asks_item(const ctx *c, int32_t item) {
    if (c->q->item_count == 0)
        return declared_item(c, item);
    for (int32_t i = 0; i < c->q->item_count; i++)
        if (strcmp(c->q->items[i], c->p->items[item].key) == 0)
            return true;
    return false;
}

static void rule_permission_declared(ctx *c) {
    if (!c->q->permission)
        return;
    bool declared = false;
    for (int32_t i = 0; i < c->p->permissions_count; i++) {
        const consent__permission *m = &c->p->permissions[i];
        if (strcmp(m->name, c->q->permission) != 0)
            continue;
        if (!consent__indices_has(&m->purposes, c->out->purpose))
            continue;
        declared = true;
        /* Of several entries the one that needs no prompt wins. */
        if (c->out->permission < 0 || m->prompt == PROMPT_INSTALL)
            c->out->permission = i;
    }
    if (!declared)
        block(c, CONSENT_REASON_UNDECLARED_PERMISSION);
}

/* ---- what the controller must have ready ---- */

static void rule_basis(ctx *c) {
    if (!(c->p->profile.bases_needing_evidence >> c->purpose->basis & 1))
        return;
    if (!c->purpose->evidence || !c->purpose->evidence[0])
        block(c, CONSENT_REASON_BASIS_UNPROVEN);
}

static bool asks_sensitive(const ctx *c) {
    const consent__indices *all = declared_items(c);
    for (int32_t i = 0; c->q->item_count == 0 && i < all->count; i++)
        if (c->p->items[all->v[i]].sensitive && consent__indices_has(&c->purpose->items, all->v[i]))
            return true;
    for (int32_t i = 0; i < c->q->item_count; i++) {
        int32_t item = consent__policy_item(c->p, c->q->items[i]);
        if (item >= 0 && c->p->items[item].sensitive)
            return true;
    }
    return false;
}

static void rule_assessment(ctx *c) {
    consent__strictness strict = c->p->profile.assessment;
    if (strict == STRICT_OFF)
        return;
    bool due = asks_sensitive(c) || c->recipient || c->out->operation >= CONSENT_OPERATION_SHARE;
    if (!due)
        return;
    if (c->purpose->assessment >= 0) {
        const consent__assessment *a = &c->p->assessments[c->purpose->assessment];
        if (a->done_at <= c->q->at &&
            (a->valid_until == CONSENT__NO_INSTANT || a->valid_until > c->q->at))
            return;
    }
    if (strict == STRICT_DENY)
        block(c, CONSENT_REASON_ASSESSMENT_MISSING);
    else
        c->out->warn_assessment = true;
}

static void rule_export(ctx *c) {
    if (!c->recipient || c->p->profile.export_mechanism != STRICT_DENY)
        return;
    if (!consent__is_export(c->p, c->out->recipient))
        return;
    const consent__recipient *r = c->recipient;
    if (r->mechanism == MECHANISM_NONE ||
        (r->export_until != CONSENT__NO_INSTANT && r->export_until <= c->q->at))
        block(c, CONSENT_REASON_EXPORT_MECHANISM_MISSING);
}

static void rule_contract(ctx *c) {
    if (c->recipient && c->recipient->contract_id && c->recipient->contract_until <= c->q->at)
        block(c, CONSENT_REASON_CONTRACT_ENDED);
}

/* ---- what stands about the subject ---- */

static void rule_restricted(ctx *c) {
    if (c->out->operation == CONSENT_OPERATION_STORE)
        return;
    for (int32_t i = 0; i < c->state->restrictions_count; i++) {
        const char *item = c->state->restrictions[i].item;
        bool hit = !item;
        if (item && c->q->item_count == 0) {
            int32_t index = consent__policy_item(c->p, item);
            hit = index >= 0 && declared_item(c, index);
        }
        for (int32_t j = 0; item && !hit && j < c->q->item_count; j++)
            hit = strcmp(c->q->items[j], item) == 0;
        if (hit)
            block(c, CONSENT_REASON_PROCESSING_RESTRICTED);
    }
}

static void rule_objected(ctx *c, uint32_t point) {
    for (int32_t i = 0; i < c->state->objections_count; i++)
        if (c->state->objections[i].point == point)
            block(c, CONSENT_REASON_OBJECTED);
}

static void rule_preconditions(ctx *c) {
    const consent__purpose *u = c->purpose;
    for (int32_t i = 0; i < u->precondition_count; i++) {
        const consent__condition_list *all = &u->preconditions[i];
        bool met = true;
        for (int32_t j = 0; j < all->count && met; j++)
            met = consent__condition_holds(c->state, &all->v[j], c->q->at, NULL) == TRUTH_YES;
        if (met)
            return;
    }
    if (u->precondition_count)
        block(c, CONSENT_REASON_PRECONDITION_UNMET);
}

static void rule_age(ctx *c) {
    const consent__profile *f = &c->p->profile;
    int32_t born = c->state->born;
    c->out->guardian = c->q->at < consent__decides_from(c->p, born);
    if (!born) {
        bool matters = f->guardian_below > 0 || f->minor_decides_by_guardian;
        if (matters && f->unknown_age == UNKNOWN_DENY)
            block(c, CONSENT_REASON_AGE_UNKNOWN);
        return;
    }
    if (f->child_rules_missing == STRICT_DENY && c->p->child_rules < 0 &&
        f->child_rules_below > 0 &&
        c->q->at < consent__age_reached(c->p, born, f->child_rules_below))
        block(c, CONSENT_REASON_CHILD_RULES_MISSING);
}

/* ---- consent at one point ---- */

static void rule_word(ctx *c, const consent__heard *h) {
    static const int32_t reason_of[] = {
        [WORD_NOT_ASKED] = CONSENT_REASON_NOT_ASKED,
        [WORD_REFUSED] = CONSENT_REASON_REFUSED,
        [WORD_WITHDRAWN] = CONSENT_REASON_WITHDRAWN,
        [WORD_GRANTED] = -1,
        [WORD_STALE] = CONSENT_REASON_STALE_VERSION,
        [WORD_GUARDIAN_REQUIRED] = CONSENT_REASON_GUARDIAN_REQUIRED,
        [WORD_GUARDIAN_UNVERIFIED] = CONSENT_REASON_GUARDIAN_UNVERIFIED,
        [WORD_GUARDIAN_REFUSED] = CONSENT_REASON_GUARDIAN_REFUSED,
        [WORD_GUARDIAN_LAPSED] = CONSENT_REASON_GUARDIAN_LAPSED,
    };
    if (reason_of[h->word] >= 0)
        block(c, reason_of[h->word]);
}

/* A change of hands that the successor did not take the policy over in ends what was granted
 * before. */
static void rule_controller(ctx *c, const consent__spoken *act) {
    const consent__successor *last = NULL;
    for (int32_t i = 0; i < c->catalog->successors_count; i++) {
        const consent__successor *s = &c->catalog->successors[i];
        if (s->seq < c->q->prefix && s->at <= c->q->at && !s->accepts)
            last = s;
    }
    if (last && (act->seq < last->seq || (act->device && act->at < last->at)))
        block(c, CONSENT_REASON_CONTROLLER_CHANGED);
}

static void rule_class(ctx *c, const consent__spoken *act, int32_t required) {
    if (required == CONSENT_CLASS_SEPARATE && act->cls < CONSENT_CLASS_SEPARATE)
        block(c, CONSENT_REASON_SEPARATE_CONSENT_REQUIRED);
    if (required == CONSENT_CLASS_WRITTEN && (act->cls < CONSENT_CLASS_WRITTEN || !act->document))
        block(c, CONSENT_REASON_WRITTEN_CONSENT_REQUIRED);
}

/* Whether a version of this policy comes at or after another: by when they come into force, since
 * drafts may have been imported in any order. */
static bool not_before(const ctx *c, int64_t version, int64_t than) {
    const consent__version *v = consent__catalog_version_id(c->catalog, version);
    const consent__version *w = consent__catalog_version_id(c->catalog, than);
    return v && w && v->policy_index == w->policy_index && v->in_force_from >= w->in_force_from;
}

static void rule_notice(ctx *c, const consent__slot *slot, const consent__spoken *act) {
    if (!slot->notice || not_before(c, act->version, slot->notice))
        return;
    for (int32_t i = 0; i < c->state->notices_count; i++) {
        const consent__notice *n = &c->state->notices[i];
        if (n->acknowledged_at && n->acknowledged_at <= c->q->at &&
            not_before(c, n->version, slot->notice))
            return;
    }
    block(c, CONSENT_REASON_NOTICE_PENDING);
}

/* Everything about one point: what was said, by whom, when, for which wording. */
static void consent_point(ctx *c, const consent__slot *slot) {
    consent__heard h =
        consent__hear(c->state, c->p, slot->point, slot->epoch, c->out->guardian, c->q->at);
    rule_word(c, &h);
    c->out->asks_subject |= h.asks_subject;
    if (!h.act)
        return;
    c->out->event = h.act->seq;
    if (h.word != WORD_GRANTED && h.word != WORD_STALE)
        return;
    rule_controller(c, h.act);
    if (h.act->until && h.act->until <= c->q->at)
        block(c, CONSENT_REASON_EXPIRED);
    if (h.word == WORD_STALE)
        return;
    rule_class(c, h.act, slot->cls);
    rule_notice(c, slot, h.act);
    if (h.act->by_guardian)
        c->out->by_guardian = true;
}

/* The same; answers the blockers of this point alone. */
static uint64_t consent_at(ctx *c, const consent__slot *slot) {
    uint64_t others = c->out->blockers, own;
    c->out->blockers = 0;
    consent_point(c, slot);
    own = c->out->blockers;
    c->out->blockers |= others;
    return own;
}

/* A share that the purpose's grant covers can still be refused for itself. */
static void refused_share(ctx *c, const consent__slot *slot) {
    consent__heard h =
        consent__hear(c->state, c->p, slot->point, slot->epoch, c->out->guardian, c->q->at);
    if (h.word != WORD_REFUSED && h.word != WORD_WITHDRAWN && h.word != WORD_GUARDIAN_REFUSED)
        return;
    rule_word(c, &h);
    c->out->event = h.act->seq;
}

static void rule_consent(ctx *c) {
    const consent__version *v = c->out->version;
    const consent__slot *slot = &v->slots[v->purpose_slot[c->out->purpose]];
    const consent__slot *share = c->share ? slot + 1 + c->out->share : NULL;
    bool needs = slot->needed || (share && share->needed);
    if (needs)
        rule_age(c);
    if (slot->needed) {
        c->out->cls_purpose = slot->cls;
        c->out->purpose_blockers = consent_at(c, slot);
    }
    int64_t purpose_event = c->out->event;
    if (share && share->needed) {
        c->out->cls_share = share->cls;
        c->out->share_blockers = consent_at(c, share);
    } else if (share && slot->needed) {
        refused_share(c, share);
    }
    /* What denies the purpose denies its shares: that is the act to point at. */
    if (slot->needed && c->out->purpose_blockers)
        c->out->event = purpose_event;
    c->out->consented = needs;
}

static void rule_permission_granted(ctx *c) {
    if (!c->q->permission || c->out->permission < 0)
        return;
    if (c->p->permissions[c->out->permission].prompt == PROMPT_INSTALL)
        return;
    for (int32_t i = 0; i < c->state->allowed_count; i++) {
        const consent__allowed *a = &c->state->allowed[i];
        if (strcmp(a->name, c->q->permission) == 0) {
            const int64_t *since = c->out->version->permission_since;
            if (a->granted && (!since || a->seq >= since[c->out->permission]))
                return;
            break;
        }
    }
    block(c, CONSENT_REASON_PERMISSION_NOT_GRANTED);
}

/* ---- all together ---- */

static bool stopped(const ctx *c) {
    for (int32_t i = 0; i < c->catalog->stops_count; i++)
        if (c->catalog->stops[i].seq < c->q->prefix && c->catalog->stops[i].at <= c->q->at)
            return true;
    return false;
}

/* The three rules that end the evaluation; false when one of them did. */
static bool begin(ctx *c) {
    if (stopped(c)) {
        block(c, CONSENT_REASON_SERVICE_STOPPED);
        return false;
    }
    c->out->policy_index = c->q->policy ? consent__catalog_policy(c->catalog, c->q->policy)
                                        : consent__catalog_only(c->catalog);
    if (c->out->policy_index < 0)
        c->out->policy_index = -1;
    c->out->version =
        consent__catalog_in_force(c->catalog, c->out->policy_index, c->q->at, c->q->prefix);
    if (!c->out->version) {
        block(c, CONSENT_REASON_NO_POLICY_IN_FORCE);
        return false;
    }
    c->p = c->out->version->policy;
    c->out->purpose = consent__policy_purpose(c->p, c->q->purpose);
    if (c->out->purpose < 0) {
        block(c, CONSENT_REASON_UNDECLARED_PURPOSE);
        return false;
    }
    c->purpose = &c->p->purposes[c->out->purpose];
    return true;
}

static void evaluate(ctx *c) {
    if (!begin(c))
        return;
    rule_operation(c);
    rule_recipient(c);
    rule_items(c);
    rule_permission_declared(c);
    rule_basis(c);
    rule_assessment(c);
    rule_export(c);
    rule_contract(c);
    if (!c->state) {
        block(c, CONSENT_REASON_UNKNOWN_SUBJECT);
        return;
    }
    rule_restricted(c);
    rule_objected(c, c->out->version->slots[c->out->version->purpose_slot[c->out->purpose]].point);
    rule_preconditions(c);
    rule_consent(c);
    rule_permission_granted(c);
}

static int32_t lowest_bit(uint64_t set) {
    int32_t i = 0;
    while (!(set >> i & 1))
        i++;
    return i;
}

void consent__decide(const consent__catalog *catalog, const consent__state *state,
                     const consent__query *query, consent__verdict *out) {
    memset(out, 0, sizeof *out);
    out->event = -1;
    out->policy_index = out->purpose = out->share = out->recipient = out->permission = -1;
    out->cls_purpose = out->cls_share = -1;
    ctx c = {catalog, state, query, NULL, NULL, NULL, NULL, out};
    evaluate(&c);
    if (out->blockers) {
        out->reason = lowest_bit(out->blockers);
        return;
    }
    out->allow = true;
    if (out->consented)
        out->reason =
            out->by_guardian ? CONSENT_REASON_GUARDIAN_CONSENTED : CONSENT_REASON_CONSENTED;
    else
        out->reason = CONSENT_REASON_BASIS_CONTRACT + (int32_t)c.purpose->basis - BASIS_CONTRACT;
}

bool consent__identifies(const consent__query *query, const consent__verdict *v) {
    if (!v->version || v->purpose < 0)
        return false;
    const consent__policy *p = v->version->policy;
    const consent__purpose *u = &p->purposes[v->purpose];
    ctx c = {.q = query, .p = p, .purpose = u};
    if (v->recipient >= 0)
        c.recipient = &p->recipients[v->recipient];
    if (v->share >= 0)
        c.share = &u->shares[v->share];
    for (int32_t i = 0; i < p->items_count; i++) {
        const consent__item *x = &p->items[i];
        if (!asks_item(&c, i))
            continue;
        if (!x->combined)
            return true;
        for (int32_t k = 0; k < x->combines_with.count; k++)
            if (asks_item(&c, x->combines_with.v[k]))
                return true;
    }
    return false;
}
