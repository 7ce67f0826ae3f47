/* SPDX-License-Identifier: Apache-2.0 */
/* Keeping an item longer than its period, with a reason (first-customer s4.3; PIPL art. 19), and
 * the end of that. */
#include <string.h>

#include "flow/args.h"
#include "flow/retention.h"
#include "util/text.h"

typedef struct extending {
    const char *item, *why, *actor;
    int64_t until; /* 0: the extension ends */
} extending;

static bool has_rule(const consent__catalog *c, const char *item) {
    for (int32_t i = 0; i < c->versions_count; i++) {
        const consent__policy *p = c->versions[i].policy;
        int32_t k = c->versions[i].published_seq >= 0 ? consent__policy_item(p, item) : -1;
        if (k >= 0 && p->items[k].retention.present)
            return true;
    }
    return false;
}

static const consent__extension *extension_of(const consent__state *s, const char *item) {
    for (int32_t i = 0; i < s->extensions_count; i++)
        if (strcmp(s->extensions[i].item, item) == 0)
            return &s->extensions[i];
    return NULL;
}

static consent_status extend(const consent__cx *cx, consent__work *w, consent__subject *subject,
                             void *user) {
    const extending *in = user;
    const consent__catalog *c = NULL;
    consent_status st = consent__work_catalog(cx, w, &c);
    if (st == CONSENT_OK && !has_rule(c, in->item))
        st = consent__unknown(cx, in->item, "item",
                              "no published version has a retention period for such an item");
    if (st == CONSENT_OK && in->until <= w->now)
        st = consent__fail(cx, CONSENT_E_ARGUMENT, "the end of the extension is not in the future");
    if (st != CONSENT_OK)
        return st;
    consent__event e = {.kind = EV_RETENTION_EXTENDED};
    CONSENT__SET_TEXT(&e, item, in->item);
    CONSENT__SET_TEXT(&e, reason, in->why);
    CONSENT__SET_TEXT(&e, actor, in->actor);
    CONSENT__SET(&e, until, in->until);
    return consent__append_apply(cx, w, subject, &e, NULL);
}

static consent_status release(const consent__cx *cx, consent__work *w, consent__subject *subject,
                              void *user) {
    const extending *in = user;
    const consent__extension *x = extension_of(&subject->state, in->item);
    if (!x)
        return consent__unknown(cx, in->item, "item", "that item of the subject is not extended");
    consent__event e = {.kind = EV_RETENTION_RELEASED};
    CONSENT__SET_TEXT(&e, item, in->item);
    CONSENT__SET_TEXT(&e, reason, in->why);
    CONSENT__SET_TEXT(&e, actor, in->actor);
    return consent__append_apply(cx, w, subject, &e, NULL);
}

consent_status consent__flow_retention_extend(const consent__cx *cx, consent_store *s,
                                              const char *subject, const char *item, int64_t until,
                                              const char *why, const char *actor) {
    extending in = {item, why, actor, until};
    consent_status st = consent__text_need(cx, item, CONSENT__SHORT, "item");
    if (st == CONSENT_OK)
        st = consent__text_need(cx, why, CONSENT__WORDS, "reason");
    if (st == CONSENT_OK)
        st = consent__text_check(cx, actor, CONSENT__NAME, "actor");
    return st == CONSENT_OK ? consent__on_subject(cx, s, subject, extend, &in) : st;
}

consent_status consent__flow_retention_release(const consent__cx *cx, consent_store *s,
                                               const char *subject, const char *item,
                                               const char *why, const char *actor) {
    extending in = {item, why, actor, 0};
    consent_status st = consent__text_need(cx, item, CONSENT__SHORT, "item");
    if (st == CONSENT_OK)
        st = consent__text_check(cx, why, CONSENT__WORDS, "reason");
    if (st == CONSENT_OK)
        st = consent__text_check(cx, actor, CONSENT__NAME, "actor");
    return st == CONSENT_OK ? consent__on_subject(cx, s, subject, release, &in) : st;
}
