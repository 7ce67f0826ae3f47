/* SPDX-License-Identifier: Apache-2.0 */
/* A day at the first customer, a mobile-office app in China: 02_customer_day [POLICY_FOLDER]
 *
 * Makes a store in the working directory, publishes the customer's privacy policy, and follows one
 * person through it: asked, granting, refusing, withdrawing, granting again. Clock and randomness
 * are injected, so that every run prints the same. */
#include "repeatable.h"

#include <consent/consent.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MINUTE (60 * INT64_C(1000000))
#define STORE "customer.db"
#define POLICY "hnys-mobile-office"
#define PERSON "li.na"

/* Everything of one run. */
struct day {
    consent_options *options;
    consent_store *store;
    consent_error *err;
    struct outside outside;
    int step;
};

/* ---- printing ---- */

/* Columns a text takes on a terminal, where a Chinese character takes two. */
static int width_of(const char *text) {
    int width = 0;
    for (const unsigned char *p = (const unsigned char *)text; *p != '\0'; p++)
        if ((*p & 0xC0) != 0x80)
            width += *p >= 0xE2 && !(p[0] == 0xE2 && p[1] < 0xBA) ? 2 : 1;
    return width;
}

static void cell(const char *text, int width) {
    text = text != NULL ? text : "-";
    printf("%s%*s", text, width > width_of(text) ? width - width_of(text) : 1, "");
}

/* Hours and minutes in China, where the day is. */
static void print_clock(int64_t at) {
    int64_t minutes = (at / MINUTE + 8 * 60) % (24 * 60);
    printf("%02d:%02d", (int)(minutes / 60), (int)(minutes % 60));
}

static void step(struct day *day, const char *title) {
    day->outside.now += 5 * MINUTE;
    puts(day->step > 0 ? "" : "A day at the first customer, 2024-05-06, China");
    printf("%s%2d  ", day->step > 0 ? "" : "\n", day->step + 1);
    print_clock(day->outside.now);
    printf("  %s\n", title);
    day->step++;
}

/* Ends the run when the call failed. */
static void need(struct day *day, consent_status status) {
    if (status >= 0)
        return;
    fprintf(stderr, "%s: %s [%s]\n", consent_error_operation(day->err),
            consent_error_message(day->err), consent_status_name(status));
    exit(1);
}

/* Says that a call was refused, as it had to be. */
static void refused(struct day *day, consent_status status) {
    printf("   refused: %s\n            %s\n", consent_status_name(status),
           consent_error_message(day->err));
    if (status >= 0)
        exit(1);
    consent_error_free(day->err);
    day->err = NULL;
}

/* ---- asking the store ---- */

static void print_answer(const consent_answer *answer) {
    const char *separator = "; also ";
    printf("%s %s", consent_answer_allowed(answer) ? "yes," : "no, ",
           consent_reason_name(consent_answer_reason(answer)));
    for (size_t i = 1; i < consent_answer_blockers(answer); i++, separator = ", ")
        printf("%s%s", separator, consent_reason_name(consent_answer_blocker(answer, i)));
    if (consent_answer_event(answer) >= 0)
        printf("  (event %" PRId64 ")", consent_answer_event(answer));
    putchar('\n');
}

/* Asks about a purpose, or about giving its data to a recipient; at 0 is now. */
static void check_at(struct day *day, const char *purpose, const char *recipient, int64_t at) {
    consent_query *query = consent_query_new(PERSON, purpose);
    consent_answer *answer;
    if (recipient != NULL) {
        need(day, consent_query_set_recipient(query, recipient));
        need(day, consent_query_set_operation(query, CONSENT_OPERATION_SHARE));
    }
    if (at != 0)
        need(day, consent_query_set_at(query, at));
    need(day, consent_check(day->store, query, &answer, &day->err));
    printf("   may we? ");
    cell(purpose, 12);
    cell(recipient != NULL ? recipient : "", 8);
    print_answer(answer);
    consent_answer_free(answer);
    consent_query_free(query);
}

static void check(struct day *day, const char *purpose, const char *recipient) {
    check_at(day, purpose, recipient, 0);
}

/* The one row of hash and sections that a screen shows before it asks about a point. */
static void hash_shown(struct day *day, const char *point, const char *lang, char out[65]) {
    consent_rows *rows;
    need(day, consent_policy_shown(day->store, POLICY, NULL, point, lang, &rows, &day->err));
    snprintf(out, 65, "%s", consent_rows_text(rows, 0, "shown"));
    consent_rows_free(rows);
}

/* ---- saying something ---- */

struct saying {
    int32_t decision;
    const char *purpose, *recipient;
    int32_t consent_class; /* 0: the default, general */
    const char *surface;
    const char *shown;
};

static consent_status say(struct day *day, const struct saying *saying, consent_rows **rows) {
    consent_act *act = consent_act_new(PERSON, saying->decision, saying->purpose);
    consent_status status;
    need(day, consent_act_set_lang(act, "zh-CN"));
    need(day, consent_act_set_surface(act, saying->surface != NULL ? saying->surface : "app"));
    if (saying->recipient != NULL)
        need(day, consent_act_set_recipient(act, saying->recipient));
    if (saying->consent_class != 0)
        need(day, consent_act_set_class(act, saying->consent_class));
    if (saying->shown != NULL)
        need(day, consent_act_set_shown(act, saying->shown));
    status = consent_record(day->store, act, rows, &day->err);
    consent_act_free(act);
    return status;
}

static void said(struct day *day, const struct saying *saying) {
    consent_rows *rows;
    need(day, say(day, saying, &rows));
    bool implied = consent_rows_number(rows, 0, "implied", 0) != 0;
    bool known = consent_rows_number(rows, 0, "evidenced", 0) != 0;
    printf("   said:   ");
    cell(consent_rows_text(rows, 0, "point"), 12);
    cell(consent_rows_text(rows, 0, "decision"), 11);
    printf("class %s, version %s, event %" PRId64 ", %s\n", consent_rows_text(rows, 0, "class"),
           consent_rows_text(rows, 0, "version"), consent_rows_number(rows, 0, "event", -1),
           implied ? "IMPLIED: never counts"
           : known ? "wording known"
                   : "wording not recorded");
    consent_rows_free(rows);
}

/* Shows a point's sections in Chinese, takes its hash, and says it with that. */
static void granted(struct day *day, const char *purpose, const char *recipient,
                    int32_t consent_class) {
    char point[160], shown[65];
    struct saying saying = {
        CONSENT_DECISION_GRANTED, purpose, recipient, consent_class, NULL, shown};
    snprintf(point, sizeof point, "%s%s%s", purpose, recipient != NULL ? "@" : "",
             recipient != NULL ? recipient : "");
    hash_shown(day, point, "zh-CN", shown);
    said(day, &saying);
}

/* ---- the day ---- */

static void make_store(struct day *day) {
    static const uint8_t key[32] = "a key of thirty-two bytes, fixed";
    step(day, "A store: one file and the key that seals it");
    day->options = consent_options_new();
    need(day, consent_options_set_key(day->options, key, sizeof key, &day->err));
    outside_set(&day->outside, day->options);
    need(day, consent_store_create(STORE, day->options, &day->store, &day->err));
    printf("   store %s\n", consent_store_id(day->store));
}

static void publish_policy(struct day *day, const char *folder) {
    consent_rows *rows;
    char path[1100];
    step(day, "The policy: imported as a draft, published for ever");
    snprintf(path, sizeof path, "%s/bundles/" POLICY "/1.0.json", folder);
    need(day, consent_policy_import_file(day->store, path, &day->err));
    need(day, consent_policy_publish(day->store, POLICY, "1.0", &day->err));
    need(day, consent_policy_list(day->store, NULL, &rows, &day->err));
    for (size_t i = 0; i < consent_rows_count(rows); i++)
        printf("   %s %s: %s, SHA-256 %.16s...\n", consent_rows_text(rows, i, "policy"),
               consent_rows_text(rows, i, "version"), consent_rows_text(rows, i, "state"),
               consent_rows_text(rows, i, "sha256"));
    consent_rows_free(rows);
}

/* Each purpose under its names in two languages; the rows of both are in the same order. */
static void show_purposes(struct day *day) {
    consent_rows *zh, *en;
    step(day, "What the policy asks for, in both of its languages");
    need(day, consent_policy_show(day->store, POLICY, NULL, "zh-CN", &zh, &day->err));
    need(day, consent_policy_show(day->store, POLICY, NULL, "en", &en, &day->err));
    for (size_t i = 0; i < consent_rows_count(zh); i++) {
        if (strcmp(consent_rows_text(zh, i, "kind"), "purpose") != 0)
            continue;
        printf("   ");
        cell(consent_rows_text(zh, i, "key"), 19);
        cell(consent_rows_text(zh, i, "title"), 36);
        printf("%s\n", consent_rows_text(en, i, "title"));
    }
    consent_rows_free(zh);
    consent_rows_free(en);
}

static void register_person(struct day *day) {
    step(day, "A person registers; nothing may be done before she is asked");
    check(day, "account", NULL);
    need(day, consent_subject_add(day->store, PERSON, "1990-05-17", &day->err));
    puts("   li.na is registered, born 1990-05-17");
    check(day, "account", NULL);
}

static void show_section(struct day *day, const char *section, const char *lang) {
    consent_rows *rows;
    need(day, consent_policy_text(day->store, POLICY, NULL, section, lang, &rows, &day->err));
    printf("   ");
    cell(section, 7);
    cell(consent_rows_text(rows, 0, "lang"), 7);
    cell(consent_rows_text(rows, 0, "title"), 42);
    printf("SHA-256 %.16s...\n", consent_rows_text(rows, 0, "sha256"));
    consent_rows_free(rows);
}

static void show_what_it_rests_on(struct day *day, const char *purpose, const char *lang) {
    consent_query *query = consent_query_new(PERSON, purpose);
    consent_answer *answer;
    need(day, consent_check(day->store, query, &answer, &day->err));
    for (size_t i = 0; i < consent_answer_sections(answer); i++)
        show_section(day, consent_answer_section(answer, i), lang);
    consent_answer_free(answer);
    consent_query_free(query);
}

static void ask_and_grant(struct day *day) {
    char shown[65];
    step(day, "She reads what an account rests on, and agrees");
    show_what_it_rests_on(day, "account", "zh-CN");
    hash_shown(day, "account", "zh-CN", shown);
    printf("   what she sees has the hash\n   %s\n", shown);
    granted(day, "account", NULL, 0);
    check(day, "account", NULL);
}

static void refuse_optional(struct day *day) {
    const struct saying no = {CONSENT_DECISION_REFUSED, "statistics", NULL, 0, NULL, NULL};
    step(day, "She refuses statistics; the app works on without them");
    said(day, &no);
    check(day, "statistics", NULL);
    check(day, "account", NULL);
}

static void give_to_push_provider(struct day *day) {
    step(day, "Push notices: the provider, an SDK, needs a consent of its own");
    granted(day, "push", NULL, 0);
    check(day, "push", NULL);
    check(day, "push", "getui");
    granted(day, "push", "getui", CONSENT_CLASS_SEPARATE);
    check(day, "push", "getui");
}

static void accept_by_using(struct day *day) {
    const struct saying implied = {CONSENT_DECISION_GRANTED, "messages", NULL, 0, "implied", NULL};
    step(day, "\"If you use the app you agree\": recorded, and worth nothing");
    said(day, &implied);
    check(day, "messages", NULL);
}

static void wrong_wording(struct day *day) {
    const char *never = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    const struct saying forged = {CONSENT_DECISION_GRANTED, "messages", NULL, 0, NULL, never};
    consent_rows *rows = NULL;
    step(day, "A consent to a wording that was never published");
    refused(day, say(day, &forged, &rows));
    check(day, "messages", NULL);
}

static void change_her_mind(struct day *day) {
    const struct saying stop = {CONSENT_DECISION_WITHDRAWN, "push", NULL, 0, NULL, NULL};
    int64_t before = day->outside.now;
    step(day, "She withdraws push, and grants it again an hour later");
    said(day, &stop);
    check(day, "push", NULL);
    check(day, "push", "getui");
    day->outside.now += 60 * MINUTE;
    granted(day, "push", NULL, 0);
    check(day, "push", NULL);
    check(day, "push", "getui");
    printf("   and as it was at ");
    print_clock(before);
    puts(":");
    check_at(day, "push", NULL, before);
}

static void list_decisions(struct day *day) {
    consent_rows *rows;
    step(day, "Where she stands");
    need(day, consent_decision_list(day->store, PERSON, &rows, &day->err));
    for (size_t i = 0; i < consent_rows_count(rows); i++) {
        printf("   ");
        cell(consent_rows_text(rows, i, "point"), 12);
        cell(consent_rows_text(rows, i, "decision"), 11);
        cell(consent_rows_text(rows, i, "class"), 10);
        print_clock(consent_rows_number(rows, i, "at", 0));
        printf("  event %" PRId64 "\n", consent_rows_number(rows, i, "event", -1));
    }
    consent_rows_free(rows);
}

static void tell_history(struct day *day) {
    consent_rows *rows;
    step(day, "Everything that was ever recorded about her");
    need(day, consent_history(day->store, PERSON, &rows, &day->err));
    for (size_t i = 0; i < consent_rows_count(rows); i++) {
        printf("   %3" PRId64 "  ", consent_rows_number(rows, i, "event", -1));
        print_clock(consent_rows_number(rows, i, "at", 0));
        printf("  %s\n", consent_rows_text(rows, i, "kind"));
    }
    consent_rows_free(rows);
}

static void print_head(struct day *day) {
    consent_rows *rows;
    need(day, consent_ledger_head(day->store, &rows, &day->err));
    printf("   %" PRId64 " events under the root\n   %s\n", consent_rows_number(rows, 0, "size", 0),
           consent_rows_text(rows, 0, "root"));
    consent_rows_free(rows);
}

static void second_language(struct day *day) {
    step(day, "The same section in both languages: the Chinese text binds");
    show_section(day, "s7", "zh-CN");
    show_section(day, "s7", "en");
}

static void close_and_reopen(struct day *day) {
    static const uint8_t wrong[32] = "another key of thirty-two bytes!";
    consent_options *options = consent_options_new();
    consent_store *store = NULL;
    step(day, "Closed; opened with a wrong key, then with the right one");
    need(day, consent_store_close(day->store, &day->err));
    consent_store_free(day->store);
    need(day, consent_options_set_key(options, wrong, sizeof wrong, &day->err));
    refused(day, consent_store_open(STORE, options, &store, &day->err));
    consent_options_free(options);
    need(day, consent_store_open(STORE, day->options, &day->store, &day->err));
    check(day, "account", NULL);
    print_head(day);
}

int main(int argc, char **argv) {
    char buffer[1024];
    /* 2024-05-06T09:00:00+08:00 */
    struct day day = {.outside = {INT64_C(1714957200) * 1000000, 20240506}};
    make_store(&day);
    publish_policy(&day, policy_folder(argc, argv, buffer));
    show_purposes(&day);
    register_person(&day);
    ask_and_grant(&day);
    refuse_optional(&day);
    give_to_push_provider(&day);
    accept_by_using(&day);
    wrong_wording(&day);
    change_her_mind(&day);
    list_decisions(&day);
    tell_history(&day);
    step(&day, "The ledger: every event is a leaf under one hash");
    print_head(&day);
    second_language(&day);
    close_and_reopen(&day);
    consent_store_free(day.store);
    consent_options_free(day.options);
    return 0;
}
