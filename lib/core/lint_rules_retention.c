/* SPDX-License-Identifier: Apache-2.0 */
/* How long data is kept, and what is kept after the account is gone. */
#include "core/lint_run.h"

static void retention_missing(consent__lint *l) {
    int32_t i, with = 0;
    for (i = 0; i < l->p->items_count; i++) {
        const consent__item *item = &l->p->items[i];
        if (item->retention.present) {
            with++;
            continue;
        }
        if (!consent__lint_stored(l, i))
            continue;
        consent__lint_mark(l, &item->sections);
        consent__lint_name(l, "%s", item->key);
    }
    if (!consent__lint_named(l))
        return;
    consent__lint_mark_words(l, NULL, WORDS_RETENTION);
    consent__lint_found_names(l, with == 0 ? "no item has a period of keeping"
                                           : "items kept without a period");
}

static void retention_unending(consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->items_count; i++) {
        const consent__item *item = &l->p->items[i];
        if (!item->retention.present || item->retention.then != THEN_RESTRICT)
            continue;
        consent__lint_mark(l, &item->sections);
        consent__lint_name(l, "%s", item->key);
    }
    consent__lint_found_names(l, "items that are only restricted when their period ends, so they "
                                 "are kept for ever");
}

/* Items an account leaves behind under restriction that no entry of `retain` accounts for. */
static void name_unlisted(consent__lint *l) {
    const consent__policy *p = l->p;
    int32_t i, k;
    for (i = 0; i < p->items_count; i++) {
        bool listed = false;
        if (p->cancel_then == NULL || p->cancel_then[i] != THEN_RESTRICT + 1)
            continue;
        for (k = 0; k < p->retain_count; k++)
            listed = listed || consent__indices_has(&p->retain[k].items, i);
        if (!listed)
            consent__lint_name(l, "%s kept without an entry that says why and how long",
                               p->items[i].key);
    }
}

static void retained_without_list(consent__lint *l) {
    const consent__policy *p = l->p;
    int32_t i;
    for (i = 0; i < p->retain_count; i++) {
        const char *reason = consent__lint_binding(&p->retain[i].reason);
        if (p->retain[i].items.count == 0)
            consent__lint_name(l, "which data (“%s”)", reason);
        if (p->retain[i].days == 0)
            consent__lint_name(l, "how long (“%s”)", reason);
        if (reason[0] == '\0')
            consent__lint_name(l, "why");
    }
    name_unlisted(l);
    if (!consent__lint_named(l))
        return;
    consent__lint_mark_words(l, &p->cancel_sections, WORDS_LIABILITY);
    consent__lint_found_names(l, "what is kept after cancellation is not listed");
}

static const consent__lint_entry rules[] = {
    {{"retention-missing", LINT_ERROR,
      "PIPL arts 17(1)(2), 19; NDR art. 21(3) | GDPR arts 5(1)(e), 13(2)(a), 30(1)(f) | 16 CFR "
      "312.10",
      "Data is stored without a period after which it goes.",
      "Give every stored item a period, what it counts from and what happens at its end.",
      "cn eu us-coppa"},
     false,
     retention_missing},
    {{"retention-unending", LINT_WARNING,
      "PIPL arts 19, 47(1)(2) | GDPR art. 5(1)(e) | 16 CFR 312.10 (no indefinite keeping)",
      "At the end of its period data is restricted, not deleted, and so never goes.",
      "Delete or anonymise at the end of the period.", "cn eu us-coppa"},
     false,
     retention_unending},
    {{"retained-without-list", LINT_WARNING,
      "PIPL arts 17(1)(2), 47(2); NDR arts 21(3), 24 | GDPR arts 13(2)(a), 17(3)",
      "Data is kept after cancellation without saying which, why or how long.",
      "List the items kept after cancellation, each with reason and days.", "cn eu"},
     false,
     retained_without_list},
};
CONSENT__LINT_GROUP(consent__lint_retention, rules);
