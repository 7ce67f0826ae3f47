/* SPDX-License-Identifier: Apache-2.0 */
/* What the rules of the linter share: the run, how a rule reports, and the words of a language. */
#ifndef CONSENT__CORE_LINT_RUN_H
#define CONSENT__CORE_LINT_RUN_H

#include "core/lint.h"
#include "util/buf.h"

typedef struct consent__lint consent__lint;
typedef struct consent__lint_entry {
    /* `profiles` lists keys; "cn" also takes "cn-…", "*" takes what no other takes. `source` is one
     * text, or one per key of `profiles`, in that order, between " | ". */
    consent__lint_rule rule;
    bool from_text; /* runs only where the binding language has a word list */
    void (*check)(consent__lint *l);
} consent__lint_entry;
typedef struct consent__lint_group {
    size_t count;
    const consent__lint_entry *v;
} consent__lint_group;

extern const consent__lint_group consent__lint_notice, consent__lint_consent, consent__lint_share,
    consent__lint_permission, consent__lint_minor, consent__lint_right, consent__lint_retention,
    consent__lint_text;

typedef struct consent__lint_node consent__lint_node;
struct consent__lint {
    const consent__policy *p;
    consent__arena *arena;
    const consent__lint_entry *entry; /* the rule that runs */
    const char *source;               /* its source under this profile */
    int32_t language;                 /* of the word lists, -1: none for the binding language */
    uint8_t *marked;                  /* per section: belongs to the next finding */
    consent__buf list;                /* names for the next finding */
    const char *joint; /* what joins the next name to those before, then ", " again */
    consent__lint_node *last;
    int32_t count;
    bool failed;
};

/* ---- reporting: a rule marks sections and names things, then says what is wrong ---- */
void consent__lint_mark(consent__lint *l, const consent__indices *sections);
void consent__lint_mark_one(consent__lint *l, int32_t section);
void consent__lint_name(consent__lint *l, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
bool consent__lint_named(const consent__lint *l);  /* anything since the last finding? */
const char *consent__lint_names(consent__lint *l); /* "a, b, c" */
/* Makes a finding of the running rule from the marked sections and clears marks and names. */
void consent__lint_found(consent__lint *l, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The same as "text: names" when anything was named, else nothing. */
void consent__lint_found_names(consent__lint *l, const char *text);

/* ---- questions several rules ask ---- */
bool consent__lint_law(const consent__lint *l, const char *key); /* as in `profiles` */
const consent__right *consent__lint_right_of(const consent__lint *l, consent__right_kind kind);
bool consent__lint_has_consent(const consent__lint *l); /* some purpose rests on consent */
bool consent__lint_stored(const consent__lint *l, int32_t item);
bool consent__lint_receives(const consent__lint *l,
                            int32_t recipient);            /* any share, item, purpose */
const char *consent__lint_binding(const consent__text *t); /* the binding text, "" when none */
/* Whether a right can be exercised without asking a person, by what its channels are called. */
bool consent__lint_self_service(const consent__right *r);

/* ---- words (lint_text.c) ---- */
typedef enum consent__words {
    WORDS_USE,
    WORDS_BY_USE,
    WORDS_DEEM,
    WORDS_EQUATE,
    WORDS_AGREE,
    WORDS_ASKED,
    WORDS_NOT,
    WORDS_OWN_ACT,
    WORDS_FRAMEWORK,
    WORDS_MINOR,
    WORDS_AGE,
    WORDS_NUMERAL,
    WORDS_GUARDIAN,
    WORDS_WEAK,
    WORDS_STRONG,
    WORDS_RETENTION,
    WORDS_CONTACT,
    WORDS_LIABILITY,
    WORDS_GENERIC,
    WORDS_MERGER,
    WORDS_NOTIFY,
    WORDS_BEYOND,
    WORDS_NOT_PERSONAL,
    WORDS_AUTOMATED,
    WORDS_IMPROVE,
    WORDS_COUNT
} consent__words;
int32_t consent__lint_language(const char *tag); /* -1 without a word list */
/* Marks sections, or those of a set, whose binding title or text has a word of the list. */
void consent__lint_mark_words(consent__lint *l, const consent__indices *of, consent__words words);

#define CONSENT__LINT_GROUP(name, table)                                                           \
    const consent__lint_group name = {sizeof(table) / sizeof(table)[0], table}

#endif
