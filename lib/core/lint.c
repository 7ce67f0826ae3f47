/* SPDX-License-Identifier: Apache-2.0 */
/* Runs the rules that apply under a policy's profile and puts what they find in order. */
#include "core/lint.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/lint_run.h"

struct consent__lint_node {
    consent__lint_node *before;
    consent__finding finding;
    int32_t first;  /* first section, in the order of the policy; INT32_MAX without one */
    int32_t number; /* in the order of finding */
};

static const consent__lint_group *const groups[] = {
    &consent__lint_notice,     &consent__lint_consent, &consent__lint_share,
    &consent__lint_permission, &consent__lint_minor,   &consent__lint_right,
    &consent__lint_retention,  &consent__lint_text,
};
#define GROUPS (sizeof groups / sizeof groups[0])

const consent__lint_rule *consent__lint_rule_at(size_t index) {
    size_t g;
    for (g = 0; g < GROUPS; g++) {
        if (index < groups[g]->count)
            return &groups[g]->v[index].rule;
        index -= groups[g]->count;
    }
    return NULL;
}

/* ---- which rules apply ---- */

/* Whether one word of a `profiles` list takes a profile: "cn" takes "cn" and "cn-bank". */
static bool word_takes(const char *word, size_t n, const char *key) {
    return strncmp(word, key, n) == 0 && (key[n] == '\0' || key[n] == '-');
}

/* Position of the word that takes the profile, -1 when none does. */
static int32_t profile_position(const char *profiles, const char *key) {
    int32_t at = 0, rest = -1;
    while (*profiles != '\0') {
        size_t n = strcspn(profiles, " ");
        if (n == 1 && *profiles == '*')
            rest = at;
        else if (key != NULL && word_takes(profiles, n, key))
            return at;
        profiles += n + (profiles[n] == ' ');
        at++;
    }
    return rest;
}

bool consent__lint_law(const consent__lint *l, const char *key) {
    return l->p->profile_key != NULL && word_takes(key, strlen(key), l->p->profile_key);
}

/* Whose law a part of a source is: the profile's key; what is marked as nobody else's is China's.
 */
static const char *law_of(const char *part) {
    static const char *const marks[][2] = {{"GDPR", "eu"}, {"Directive", "eu"},    {"EDPB", "eu"},
                                           {"CJEU", "eu"}, {"16 CFR", "us-coppa"}, {"DPDP", "in"}};
    size_t i;
    for (i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (strncmp(part, marks[i][0], strlen(marks[i][0])) == 0)
            return marks[i][1];
    return "cn";
}

/* Of a source for all profiles, "A; B; C", the parts of this profile's law, which stand together;
 * all of it where there is none. */
static const char *law_part(consent__lint *l, const char *source) {
    const char *from = NULL, *to = NULL, *at = source, *end;
    char *part;
    for (; at != NULL; at = end != NULL ? end + 2 : NULL) {
        end = strstr(at, "; ");
        if (!consent__lint_law(l, law_of(at)))
            continue;
        from = from != NULL ? from : at;
        to = end != NULL ? end : at + strlen(at);
    }
    if (from == NULL)
        return source;
    part = consent__arena_text(l->arena, from, (size_t)(to - from));
    if (part == NULL)
        l->failed = true;
    return part;
}

/* The part of a rule's source that speaks for the profile. */
static const char *source_part(consent__lint *l, const char *source, int32_t position) {
    static const char mark[] = " | ";
    const char *end = strstr(source, mark);
    char *part;
    if (end == NULL)
        return law_part(l, source);
    while (position-- > 0 && end != NULL) {
        source = end + sizeof mark - 1;
        end = strstr(source, mark);
    }
    part = consent__arena_text(l->arena, source,
                               end != NULL ? (size_t)(end - source) : strlen(source));
    if (part == NULL)
        l->failed = true;
    return part;
}

/* ---- reporting ---- */

void consent__lint_mark_one(consent__lint *l, int32_t section) {
    if (section >= 0)
        l->marked[section] = 1;
}

void consent__lint_mark(consent__lint *l, const consent__indices *sections) {
    int32_t i;
    for (i = 0; i < sections->count; i++)
        consent__lint_mark_one(l, sections->v[i]);
}

bool consent__lint_named(const consent__lint *l) {
    return l->list.len > 0;
}

const char *consent__lint_names(consent__lint *l) {
    const char *names = consent__buf_cstr(&l->list);
    return names != NULL ? names : "";
}

/* consent__buf and consent__arena take no va_list, hence the measuring here. */
static char *format_text(consent__lint *l, const char *format, va_list args, va_list again)
    __attribute__((format(printf, 2, 0)));
static char *format_text(consent__lint *l, const char *format, va_list args, va_list again) {
    int n = vsnprintf(NULL, 0, format, args);
    char *text = n < 0 ? NULL : consent__arena_get(l->arena, (size_t)n + 1);
    if (text == NULL)
        l->failed = true;
    else
        (void)vsnprintf(text, (size_t)n + 1, format, again);
    return text;
}

void consent__lint_name(consent__lint *l, const char *format, ...) {
    va_list args, again;
    const char *text;
    va_start(args, format);
    va_start(again, format);
    text = format_text(l, format, args, again);
    va_end(again);
    va_end(args);
    if (text == NULL)
        return;
    if (l->list.len > 0)
        consent__buf_text(&l->list, l->joint);
    l->joint = ", ";
    consent__buf_text(&l->list, text);
}

/* The marked sections as ids of their own: a finding may outlive the policy. */
static bool take_sections(consent__lint *l, consent__lint_node *node) {
    const consent__policy *p = l->p;
    const char **ids;
    int32_t i, n = 0;
    for (i = 0; i < p->sections_count; i++)
        n += l->marked[i];
    node->first = INT32_MAX;
    if (n == 0)
        return true;
    ids = consent__arena_get(l->arena, (size_t)n * sizeof *ids);
    if (ids == NULL)
        return false;
    node->finding.sections.v = ids;
    for (i = 0; i < p->sections_count; i++) {
        if (!l->marked[i])
            continue;
        if (node->first == INT32_MAX)
            node->first = i;
        ids[node->finding.sections.count] =
            consent__arena_text(l->arena, p->sections[i].id, strlen(p->sections[i].id));
        if (ids[node->finding.sections.count++] == NULL)
            return false;
    }
    return true;
}

static void clear_pending(consent__lint *l) {
    l->failed = l->failed || l->list.failed; /* the reset forgets it */
    consent__buf_reset(&l->list);
    memset(l->marked, 0, (size_t)l->p->sections_count);
}

void consent__lint_found(consent__lint *l, const char *format, ...) {
    const consent__lint_rule *rule = &l->entry->rule;
    consent__lint_node *node = consent__arena_get(l->arena, sizeof *node);
    va_list args, again;
    va_start(args, format);
    va_start(again, format);
    if (node == NULL || !take_sections(l, node))
        l->failed = true;
    else
        node->finding.message = format_text(l, format, args, again);
    va_end(again);
    va_end(args);
    clear_pending(l);
    if (l->failed)
        return;
    node->finding.id = rule->id;
    node->finding.severity = rule->severity;
    node->finding.source = l->source;
    node->finding.remedy = rule->remedy;
    node->finding.from_text = l->entry->from_text;
    node->number = l->count++;
    node->before = l->last;
    l->last = node;
}

void consent__lint_found_names(consent__lint *l, const char *text) {
    if (consent__lint_named(l))
        consent__lint_found(l, "%s: %s", text, consent__lint_names(l));
}

/* ---- questions several rules ask ---- */

const consent__right *consent__lint_right_of(const consent__lint *l, consent__right_kind kind) {
    int32_t i;
    for (i = 0; i < l->p->rights_count; i++)
        if (l->p->rights[i].kind == kind)
            return &l->p->rights[i];
    return NULL;
}

bool consent__lint_has_consent(const consent__lint *l) {
    int32_t i;
    for (i = 0; i < l->p->purposes_count; i++)
        if (l->p->purposes[i].basis == BASIS_CONSENT)
            return true;
    return false;
}

bool consent__lint_stored(const consent__lint *l, int32_t item) {
    int32_t i;
    for (i = 0; i < l->p->purposes_count; i++) {
        const consent__purpose *u = &l->p->purposes[i];
        if ((u->operations >> CONSENT_OPERATION_STORE & 1) != 0 &&
            consent__indices_has(&u->items, item))
            return true;
    }
    return false;
}

bool consent__lint_receives(const consent__lint *l, int32_t recipient) {
    const consent__recipient *r = &l->p->recipients[recipient];
    int32_t i;
    for (i = 0; i < l->p->purposes_count; i++)
        if (consent__purpose_share(&l->p->purposes[i], recipient) >= 0)
            return true;
    return r->items.count > 0 || r->purposes.count > 0;
}

const char *consent__lint_binding(const consent__text *t) {
    return t->count > 0 && t->v[0].lang == 0 ? t->v[0].text : "";
}

bool consent__lint_self_service(const consent__right *r) {
    /* A channel not listed here is given the benefit of the doubt. */
    static const char *const asks_a_person[] = {
        "customer-service", "service", "support", "help-desk", "hotline", "phone",
        "telephone",        "call",    "letter",  "post",      "mail",    "fax",
        "in-person",        "office",  "counter", "branch",
    };
    int32_t i;
    size_t k;
    for (i = 0; i < r->channels.count; i++) {
        bool person = false;
        for (k = 0; k < sizeof asks_a_person / sizeof asks_a_person[0]; k++)
            person = person || strcmp(r->channels.v[i], asks_a_person[k]) == 0;
        if (!person)
            return true;
    }
    return false;
}

/* ---- the run ---- */

static int node_compare(const void *a, const void *b) {
    const consent__lint_node *x = *(const consent__lint_node *const *)a;
    const consent__lint_node *y = *(const consent__lint_node *const *)b;
    int order = (int)x->finding.severity - (int)y->finding.severity;
    if (order == 0)
        order = strcmp(x->finding.id, y->finding.id);
    if (order == 0)
        order = (x->first > y->first) - (x->first < y->first);
    return order != 0 ? order : (x->number > y->number) - (x->number < y->number);
}

static bool take_findings(consent__lint *l, consent__findings *out) {
    consent__lint_node **nodes;
    consent__finding *findings;
    const consent__lint_node *node;
    int32_t i = l->count;
    if (l->count == 0)
        return true;
    nodes = consent__arena_get(l->arena, (size_t)l->count * sizeof *nodes);
    findings = consent__arena_get(l->arena, (size_t)l->count * sizeof *findings);
    if (nodes == NULL || findings == NULL)
        return false;
    for (node = l->last; node != NULL; node = node->before)
        nodes[--i] = (consent__lint_node *)(uintptr_t)node;
    qsort(nodes, (size_t)l->count, sizeof *nodes, node_compare);
    for (i = 0; i < l->count; i++)
        findings[i] = nodes[i]->finding;
    out->v = findings;
    out->count = l->count;
    return true;
}

static void run_group(consent__lint *l, const consent__lint_group *group) {
    size_t i;
    for (i = 0; i < group->count && !l->failed; i++) {
        const consent__lint_entry *e = &group->v[i];
        int32_t position = profile_position(e->rule.profiles, l->p->profile_key);
        if (position < 0 || (e->from_text && l->language < 0))
            continue;
        l->entry = e;
        l->source = source_part(l, e->rule.source, position);
        if (l->failed)
            return;
        e->check(l);
        /* What a rule marked without reporting it must not reach the next one. */
        clear_pending(l);
    }
}

consent_status consent__policy_lint(const consent__cx *cx, const consent__policy *policy,
                                    consent__arena *arena, consent__findings *out) {
    consent__lint l = {0};
    size_t g;
    bool done;
    out->count = 0;
    out->v = NULL;
    l.p = policy;
    l.arena = arena;
    l.joint = ", ";
    l.language = policy->languages.count > 0 ? consent__lint_language(policy->languages.v[0]) : -1;
    l.marked = consent__arena_get(arena, (size_t)policy->sections_count + 1);
    if (l.marked == NULL)
        return consent__no_memory(cx);
    consent__buf_init(&l.list, cx->env);
    for (g = 0; g < GROUPS && !l.failed; g++)
        run_group(&l, groups[g]);
    done = !l.failed && !l.list.failed && take_findings(&l, out);
    consent__buf_free(&l.list);
    return done ? CONSENT_OK : consent__no_memory(cx);
}
