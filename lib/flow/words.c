/* SPDX-License-Identifier: Apache-2.0 */
/* Changes in words. The templates are data: policy/words/changes.json has, for each language, whole
 * sentences by type of change (`says`); for types without one, what a change is about (the type
 * without the last word) and how it changed (the last word); and names. */
#include <string.h>

#include "core/diff_types.h"
#include "flow/diff_json.h"
#include "flow/notice.h"
#include "flow/policy.h"
#include "json/words.h"

typedef struct teller {
    const consent__policy *older, *newer;
    consent__words words;
    const char *lang; /* of the words */
    const char *tag;
    consent__buf line;
} teller;

/* ---- templates ---- */

static const char *template_of(const teller *t, const char *table, const char *key) {
    return consent__words_get(&t->words, t->lang, table, key);
}

/* The language asked for, one with the same main part, that of the policy, English. */
static const char *choose(const teller *t, const char *tag) {
    const char *wanted[] = {tag, t->newer->languages.v[0]};
    for (size_t i = 0; i < 2; i++) {
        if (wanted[i] && consent__words_have(&t->words, wanted[i]))
            return wanted[i];
        if (wanted[i] && strncmp(wanted[i], "zh", 2) == 0)
            return "zh-CN";
        if (wanted[i] && strncmp(wanted[i], "en", 2) == 0)
            return "en";
    }
    return "en";
}

/* ---- names ---- */

static const char *text_of(const teller *t, const consent__policy *p, const consent__text *text) {
    int32_t lang = t->tag ? consent__policy_language(p, t->tag) : 0;
    const consent__lang_text *found = consent__text_in(text, lang);
    return found ? found->text : NULL;
}

static const char *title_in(const teller *t, const consent__policy *p, const char *key) {
    int32_t i = consent__policy_purpose(p, key);
    if (i >= 0)
        return text_of(t, p, &p->purposes[i].title);
    if ((i = consent__policy_item(p, key)) >= 0)
        return text_of(t, p, &p->items[i].title);
    if ((i = consent__policy_recipient(p, key)) >= 0)
        return text_of(t, p, &p->recipients[i].name);
    if ((i = consent__policy_section(p, key)) >= 0)
        return text_of(t, p, &p->sections[i].title);
    for (i = 0; i < p->permissions_count; i++)
        if (strcmp(p->permissions[i].key, key) == 0)
            return text_of(t, p, &p->permissions[i].title);
    for (i = 0; i < p->exemptions_count; i++)
        if (strcmp(p->exemptions[i].key, key) == 0)
            return text_of(t, p, &p->exemptions[i].title);
    for (i = 0; i < p->documents_count; i++)
        if (strcmp(p->documents[i].id, key) == 0)
            return text_of(t, p, &p->documents[i].title);
    return NULL;
}

/* Of a way to reach somebody, whatever data is called like it. */
static const char *way_of(const teller *t, const char *key) {
    const char *name = template_of(t, "words", key);
    return name ? name : key;
}

static const char *name_of(const teller *t, const char *key) {
    const char *name = title_in(t, t->newer, key);
    if (!name)
        name = title_in(t, t->older, key);
    if (!name)
        name = template_of(t, "words", key);
    return name ? name : key;
}

static void put_name(teller *t, const char *name) {
    const char *open = template_of(t, "", "open"), *close = template_of(t, "", "close");
    consent__buf_text(&t->line, open ? open : "\"");
    consent__buf_text(&t->line, name);
    consent__buf_text(&t->line, close ? close : "\"");
}

/* "purpose", "purpose@recipient", "item:key": by title; what has no title stands for itself. */
static void put_entry(teller *t, const char *key) {
    char part[CONSENT__POINT_MAX];
    const char *colon = strchr(key, ':'), *at = strchr(key, '@');
    if (colon)
        key = colon + 1;
    if (!colon && at && (size_t)(at - key) < sizeof part) {
        memcpy(part, key, (size_t)(at - key));
        part[at - key] = '\0';
        put_name(t, name_of(t, part));
        consent__buf_text(&t->line, " → ");
        key = at + 1;
    }
    put_name(t, name_of(t, key));
}

/* Keys that say nothing beyond the kind of change: of parts there is one of. */
static bool is_bare(const teller *t, const char *key) {
    static const char *const bare[] = {"controller",   "minors",   "officer",
                                       "cancellation", "incident", "profile"};
    size_t n = strcspn(key, " :@");
    if (key[n] == ':' || consent__policy_purpose(t->newer, key) >= 0 ||
        consent__policy_purpose(t->older, key) >= 0)
        return false;
    for (size_t i = 0; i < sizeof bare / sizeof bare[0]; i++)
        if (strlen(bare[i]) == n && strncmp(key, bare[i], n) == 0)
            return true;
    return false;
}

/* ---- one change ---- */

static void put_kind(teller *t, const consent__change *c) {
    const char *type = consent__change_type_name(c->type), *last = strrchr(type, '-');
    char about[64];
    size_t n = (size_t)(last - type) < sizeof about ? (size_t)(last - type) : sizeof about - 1;
    memcpy(about, type, n);
    about[n] = '\0';
    const char *what = template_of(t, "what", about), *how = template_of(t, "how", last + 1);
    const char *join = template_of(t, "", "join");
    bool verb_first = !join || !*join; /* Chinese: what happened comes first */
    what = what ? what : about;
    how = how ? how : last + 1;
    consent__buf_text(&t->line, verb_first ? how : what);
    consent__buf_text(&t->line, verb_first ? "" : join);
    consent__buf_text(&t->line, verb_first ? what : how);
}

static bool is_way(const consent__change *c) {
    const char *type = consent__change_type_name(c->type);
    return strncmp(type, "right-channel", 13) == 0 || strncmp(type, "complaint-channel", 17) == 0 ||
           strncmp(type, "contact-", 8) == 0;
}

static const char *detail_of(const teller *t, const consent__change *c) {
    return !c->detail ? NULL : is_way(c) ? way_of(t, c->detail) : name_of(t, c->detail);
}

/* The names a sentence is made with: %k the entry, of "purpose@recipient" the purpose, %r then the
 * recipient; %d what inside it; %b and %a the names before and after. */
static const char *filling(const teller *t, const consent__change *c, char which, char *room,
                           size_t size) {
    const char *colon = strchr(c->key ? c->key : "", ':'), *key = colon ? colon + 1 : c->key;
    const char *at = colon || !key ? NULL : strchr(key, '@');
    bool controller = c->type == CHANGE_TYPE_CONTROLLER_NAME_CHANGED;
    if (which == 'd')
        return detail_of(t, c);
    if (which == 'b')
        return controller ? text_of(t, t->older, &t->older->controller_name) : c->before;
    if (which == 'a')
        return controller ? text_of(t, t->newer, &t->newer->controller_name) : c->after;
    if (which == 'r')
        return at ? name_of(t, at + 1) : NULL;
    if (!at || (size_t)(at - key) >= size)
        return key ? name_of(t, key) : NULL;
    memcpy(room, key, (size_t)(at - key));
    room[at - key] = '\0';
    return name_of(t, room);
}

/* A whole sentence, where the templates have one and every name it wants is there. */
static bool put_sentence(teller *t, const consent__change *c) {
    const char *says = template_of(t, "says", consent__change_type_name(c->type));
    char room[CONSENT__POINT_MAX];
    for (const char *p = says; p && (p = strchr(p, '%')) != NULL; p++)
        if (!filling(t, c, p[1], room, sizeof room))
            return false;
    for (const char *p = says; p && *p; p++)
        if (*p == '%')
            put_name(t, filling(t, c, *++p, room, sizeof room));
        else
            consent__buf_byte(&t->line, (uint8_t)*p);
    return says != NULL;
}

static void put_line(teller *t, const consent__change *c) {
    const char *colon = template_of(t, "", "colon");
    colon = colon ? colon : ": ";
    bool names = c->type == CHANGE_TYPE_CONTROLLER_NAME_CHANGED ||
                 c->type == CHANGE_TYPE_RECIPIENT_NAME_CHANGED;
    consent__buf_reset(&t->line);
    if (put_sentence(t, c))
        return;
    put_kind(t, c);
    bool entry = c->key && !is_bare(t, c->key);
    if (entry || c->detail || names)
        consent__buf_text(&t->line, colon);
    if (entry)
        put_entry(t, c->key);
    if (c->detail) {
        consent__buf_text(&t->line, entry ? " – " : "");
        put_name(t, detail_of(t, c));
    }
    if (names && c->before && c->after) {
        put_name(t, c->before);
        consent__buf_text(&t->line, " → ");
        put_name(t, c->after);
    }
}

static void put_change(teller *t, const consent__change *c, consent__buf *out) {
    put_line(t, c);
    consent__buf_text(out, "{\"text\":");
    if (t->line.len)
        consent__json_string(out, (const char *)t->line.data, t->line.len);
    else
        consent__buf_text(out, "\"\"");
    consent__member_json(out, "type", consent__change_type_name(c->type));
    consent__member_json(out, "key", c->key);
    consent__member_json(out, "class",
                         consent__change_class_name((int)consent__change_class_of(c)));
    if (c->trigger)
        consent__buf_format(out, ",\"trigger\":%d,\"sections\":", (int)c->trigger);
    else
        consent__buf_text(out, ",\"trigger\":null,\"sections\":");
    consent__names_json(out, &c->sections);
    consent__buf_byte(out, '}');
}

consent_status consent__change_words(const consent__cx *cx, const consent__policy *older,
                                     const consent__policy *newer, const consent__diff *d,
                                     const char *tag, consent__arena *arena, consent__buf *out) {
    const void *bytes = NULL;
    size_t len = 0;
    teller t = {.older = older, .newer = newer, .tag = tag};
    consent_status st = consent__built_in("words", "changes", &bytes, &len);
    if (st == CONSENT_OK)
        st = consent__words_read(cx, bytes, len, arena, &t.words);
    if (st == CONSENT_E_NOT_FOUND)
        return consent__fail(cx, CONSENT_E_INTERNAL, "the words of changes are not built in");
    if (st != CONSENT_OK)
        return st;
    bool first = true;
    consent__buf_init(&t.line, cx->env);
    t.lang = choose(&t, tag);
    consent__buf_byte(out, '[');
    for (int32_t i = 0; i < d->change_count; i++) {
        if (consent__change_class_of(&d->changes[i]) < CHANGE_MINOR)
            continue;
        if (!first)
            consent__buf_byte(out, ',');
        first = false;
        put_change(&t, &d->changes[i], out);
    }
    consent__buf_byte(out, ']');
    bool failed = t.line.failed || out->failed;
    consent__buf_free(&t.line);
    return failed ? consent__no_memory(cx) : CONSENT_OK;
}
