/* SPDX-License-Identifier: Apache-2.0 */
/* A child and its guardians, from registration to coming of age: 03_child_and_guardian
 * [POLICY_FOLDER]
 *
 * One store with two policies: a fitness app in Europe (a guardian below sixteen, verified by video
 * or card) and the first customer's office app in China (a guardian for every minor). Clock and
 * randomness are injected, so that every run prints the same. */
#include "repeatable.h"

#include <consent/consent.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECOND INT64_C(1000000)
#define HOUR (3600 * SECOND)
#define DAY (24 * HOUR)
#define FITNESS "strida-fitness"
#define OFFICE "hnys-mobile-office"

/* Instants of the story, UTC. */
#define MARCH_2025 INT64_C(1740819600000000) /* 2025-03-01 09:00 */
#define SIXTEEN INT64_C(1782864000000000)    /* 2026-07-01 00:00 */
#define UTC_PLUS_ONE (1 * HOUR)              /* the fitness policy's */

/* Everything of one run. */
struct story {
    consent_options *options;
    consent_store *store;
    consent_error *err;
    struct outside outside;
    int step;
    const char *folder;
};

/* Ends the run when the call failed. */
static void need(struct story *s, consent_status status) {
    if (status >= 0)
        return;
    fprintf(stderr, "%s: %s [%s]\n", consent_error_operation(s->err), consent_error_message(s->err),
            consent_status_name(status));
    exit(1);
}

/* Says that a call was refused, as it had to be. */
static void refused(struct story *s, const char *what, consent_status status) {
    printf("   %s: %s\n      %s\n", what, consent_status_name(status),
           consent_error_message(s->err));
    if (status >= 0)
        exit(1);
    consent_error_free(s->err);
    s->err = NULL;
}

static void step(struct story *s, const char *title) {
    printf("\n%d. %s\n", ++s->step, title);
    s->outside.now += 10 * 60 * SECOND;
}

/* ---- asking the store ---- */

static void check_at(struct story *s, const char *policy, const char *who, const char *purpose,
                     int64_t at) {
    consent_query *query = consent_query_new(who, purpose);
    consent_answer *answer;
    need(s, consent_query_set_policy(query, policy));
    if (at != 0)
        need(s, consent_query_set_at(query, at));
    need(s, consent_check(s->store, query, &answer, &s->err));
    printf("   may we? %-5s %-14s %s %s", who, purpose,
           consent_answer_allowed(answer) ? "yes," : "no, ",
           consent_reason_name(consent_answer_reason(answer)));
    for (size_t i = 1; i < consent_answer_blockers(answer); i++)
        printf(", %s", consent_reason_name(consent_answer_blocker(answer, i)));
    printf("  (%s)\n", consent_answer_source(answer));
    consent_answer_free(answer);
    consent_query_free(query);
}

static void check(struct story *s, const char *who, const char *purpose) {
    check_at(s, FITNESS, who, purpose, 0);
}

/* The ask plan: what a screen would show. */
static void show_ask(struct story *s, const char *who, const char *lang, size_t most) {
    consent_rows *rows;
    need(s, consent_ask(s->store, who, FITNESS, lang, &rows, &s->err));
    printf("   to ask: %zu points\n", consent_rows_count(rows));
    for (size_t i = 0; i < consent_rows_count(rows) && i < most; i++) {
        const char *sections = consent_rows_text(rows, i, "sections");
        printf("      screen %" PRId64 "  %-14s %-9s %-9s %-18s in %.4s  shown %.12s...\n",
               consent_rows_number(rows, i, "screen", 0), consent_rows_text(rows, i, "point"),
               consent_rows_text(rows, i, "class"), consent_rows_text(rows, i, "who"),
               consent_rows_text(rows, i, "why"), strstr(sections, "\"lang\":") + 7,
               consent_rows_text(rows, i, "shown"));
    }
    consent_rows_free(rows);
}

static void show_start(struct story *s, const char *who) {
    consent_rows *rows;
    need(s, consent_start(s->store, who, FITNESS, &rows, &s->err));
    fputs("   may start:", stdout);
    for (size_t i = 0; i < consent_rows_count(rows); i++)
        if (consent_rows_number(rows, i, "allow", 0) != 0)
            printf(" %s", consent_rows_text(rows, i, "name"));
    putchar('\n');
    consent_rows_free(rows);
}

static void show_guardians(struct story *s, const char *child) {
    consent_rows *rows;
    need(s, consent_guardian_list(s->store, child, &rows, &s->err));
    for (size_t i = 0; i < consent_rows_count(rows); i++)
        printf("   guardian %-5s %-9s by %s\n", consent_rows_text(rows, i, "guardian"),
               consent_rows_text(rows, i, "state"), consent_rows_text(rows, i, "evidence"));
    consent_rows_free(rows);
}

static void show_owed(struct story *s, const char *who) {
    consent_rows *rows;
    need(s, consent_obligation_list(s->store, who, true, &rows, &s->err));
    for (size_t i = 0; i < consent_rows_count(rows); i++) {
        const char *recipient = consent_rows_text(rows, i, "recipient");
        printf("   owed:   %s for %s%s%s\n", consent_rows_text(rows, i, "kind"),
               consent_rows_text(rows, i, "point"), recipient != NULL ? ", to " : "",
               recipient != NULL ? recipient : "");
    }
    consent_rows_free(rows);
}

/* ---- saying something ---- */

static consent_status act(struct story *s, const char *policy, const char *who, int32_t decision,
                          const char *purpose, int32_t consent_class, const char *guardian,
                          consent_rows **rows) {
    consent_act *a = consent_act_new(who, decision, purpose);
    consent_rows *shown = NULL;
    consent_status status;
    need(s, consent_policy_shown(s->store, policy, NULL, purpose, NULL, &shown, &s->err));
    need(s, consent_act_set_policy(a, policy));
    need(s, consent_act_set_class(a, consent_class));
    need(s, consent_act_set_guardian(a, guardian));
    need(s, consent_act_set_surface(a, "app"));
    need(s, consent_act_set_shown(a, consent_rows_text(shown, 0, "shown")));
    status = consent_record(s->store, a, rows, &s->err);
    consent_rows_free(shown);
    consent_act_free(a);
    return status;
}

static void say(struct story *s, const char *policy, const char *who, int32_t decision,
                const char *purpose, int32_t consent_class, const char *guardian) {
    consent_rows *rows = NULL;
    need(s, act(s, policy, who, decision, purpose, consent_class, guardian, &rows));
    printf("   said:   %s %s %s for %s, class %s, event %" PRId64 "\n",
           guardian != NULL ? guardian : who, consent_rows_text(rows, 0, "decision"),
           consent_rows_text(rows, 0, "point"), who, consent_rows_text(rows, 0, "class"),
           consent_rows_number(rows, 0, "event", -1));
    consent_rows_free(rows);
}

static void fitness(struct story *s, int32_t decision, const char *purpose, int32_t consent_class,
                    const char *guardian) {
    say(s, FITNESS, "mia", decision, purpose, consent_class, guardian);
}

/* ---- the story ---- */

static void make_store(struct story *s) {
    static const uint8_t key[32] = "a key of thirty-two bytes, fixed";
    static const char *const names[][2] = {{FITNESS, "1.0"}, {OFFICE, "1.0"}};
    char path[1200];
    step(s, "A store with two policies; before anybody is known nothing starts that needs consent");
    s->options = consent_options_new();
    need(s, consent_options_set_key(s->options, key, sizeof key, &s->err));
    outside_set(&s->outside, s->options);
    need(s, consent_store_create("family.db", s->options, &s->store, &s->err));
    for (size_t i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/bundles/%s/%s.json", s->folder, names[i][0], names[i][1]);
        need(s, consent_policy_import_file(s->store, path, &s->err));
        need(s, consent_policy_publish(s->store, names[i][0], names[i][1], &s->err));
        printf("   %s %s is in force\n", names[i][0], names[i][1]);
    }
    show_start(s, "nobody-yet");
}

static void register_child(struct story *s) {
    step(s, "Mia registers; her age is not known at first, and never taken for adult");
    need(s, consent_subject_add(s->store, "mia", NULL, &s->err));
    check(s, "mia", "newsletter");
    check(s, "mia", "training-diary");
    need(s, consent_subject_set_born(s->store, "mia", "2010-07-01", &s->err));
    puts("   she was born on 2010-07-01: fourteen years old");
    check(s, "mia", "newsletter");
    show_ask(s, "mia", "de", 4);
}

static void child_alone(struct story *s) {
    step(s, "What she grants alone is recorded and does not count");
    fitness(s, CONSENT_DECISION_GRANTED, "newsletter", CONSENT_CLASS_GENERAL, NULL);
    check(s, "mia", "newsletter");
}

static void link_guardian(struct story *s) {
    step(s, "Her mother claims to be her guardian; a claim counts for nothing");
    need(s, consent_subject_add(s->store, "anna", "1981-04-12", &s->err));
    need(s, consent_subject_add(s->store, "ben", "2008-02-29", &s->err));
    refused(
        s, "her brother of 17",
        consent_guardian_link(s->store, "mia", "ben", FITNESS, "card-payment", NULL, 0, &s->err));
    refused(
        s, "by word of mouth",
        consent_guardian_link(s->store, "mia", "anna", FITNESS, "word-of-mouth", NULL, 0, &s->err));
    need(s,
         consent_guardian_link(s->store, "mia", "anna", FITNESS, "card-payment", NULL, 0, &s->err));
    fitness(s, CONSENT_DECISION_GRANTED, "heart-training", CONSENT_CLASS_SEPARATE, "anna");
    check(s, "mia", "heart-training");
    need(s, consent_guardian_verify(s->store, "mia", "anna", FITNESS, "support desk", NULL, NULL,
                                    &s->err));
    show_guardians(s, "mia");
    check(s, "mia", "heart-training");
}

static void bundle_grant(struct story *s) {
    step(s, "\"Accept all\" satisfies what may be asked together, and nothing more");
    fitness(s, CONSENT_DECISION_GRANTED, "analytics", CONSENT_CLASS_GENERAL, "anna");
    fitness(s, CONSENT_DECISION_GRANTED, "route-maps", CONSENT_CLASS_GENERAL, "anna");
    check(s, "mia", "analytics");
    check(s, "mia", "route-maps");
    fitness(s, CONSENT_DECISION_GRANTED, "route-maps", CONSENT_CLASS_SEPARATE, "anna");
    check(s, "mia", "route-maps");
}

static void two_guardians(struct story *s) {
    step(s, "Her father is a guardian too: the last word of a verified guardian counts");
    need(s, consent_subject_add(s->store, "carl", "1979-11-30", &s->err));
    need(s, consent_guardian_link(s->store, "mia", "carl", FITNESS, "video-identification", NULL, 0,
                                  &s->err));
    need(s, consent_guardian_verify(s->store, "mia", "carl", FITNESS, "support desk", NULL, NULL,
                                    &s->err));
    fitness(s, CONSENT_DECISION_REFUSED, "analytics", CONSENT_CLASS_GENERAL, "carl");
    check(s, "mia", "analytics");
    show_owed(s, "mia");
    fitness(s, CONSENT_DECISION_GRANTED, "reminders", CONSENT_CLASS_GENERAL, "anna");
    check(s, "mia", "reminders");
    puts("   the child may always refuse");
    fitness(s, CONSENT_DECISION_REFUSED, "reminders", CONSENT_CLASS_GENERAL, NULL);
    check(s, "mia", "reminders");
}

static void system_permissions(struct story *s) {
    consent_rows *rows;
    step(s, "A consent is not the system's permission, nor the other way round");
    need(s, consent_permission_record(s->store, "mia", "BODY_SENSORS", true, &s->err));
    need(s, consent_permission_record(s->store, "mia", "ACCESS_FINE_LOCATION", false, &s->err));
    need(s, consent_permission_list(s->store, "mia", &rows, &s->err));
    for (size_t i = 0; i < consent_rows_count(rows); i++) {
        int64_t again = consent_rows_number(rows, i, "ask_from", 0);
        printf("   %-21s %s", consent_rows_text(rows, i, "name"),
               consent_rows_number(rows, i, "granted", 0) != 0 ? "granted" : "refused");
        if (again != 0)
            printf(", not to be asked again for %d hours", (int)((again - s->outside.now) / HOUR));
        putchar('\n');
    }
    consent_rows_free(rows);
    show_start(s, "mia");
}

static void emergency(struct story *s) {
    consent_use *use = consent_use_new("mia", "vital-interest", "analytics",
                                       "fell while running, no answer", "emergency desk");
    consent_rows *rows;
    step(s, "An emergency: an exemption is used once, with its reason, and allows nothing else");
    need(s, consent_use_set_policy(use, FITNESS));
    need(s, consent_exemption_use(s->store, use, &rows, &s->err));
    printf("   %s, %s for %s\n", consent_rows_text(rows, 0, "answer"),
           consent_rows_text(rows, 0, "reason"), consent_rows_text(rows, 0, "operation"));
    consent_rows_free(rows);
    consent_use_free(use);
    check(s, "mia", "analytics");
}

static void at_the_office(struct story *s) {
    step(s, "The office app promises a guardian to every minor and lists no evidence");
    check_at(s, OFFICE, "ben", "account", 0);
    need(s, consent_guardian_link(s->store, "ben", "anna", OFFICE, "household-register", NULL, 0,
                                  &s->err));
    need(s, consent_guardian_verify(s->store, "ben", "anna", OFFICE, NULL, NULL, NULL, &s->err));
    say(s, OFFICE, "ben", CONSENT_DECISION_GRANTED, "account", CONSENT_CLASS_GENERAL, "anna");
    check_at(s, OFFICE, "ben", "account", 0);
    puts("   and Ben decides himself in the fitness app, being over sixteen");
    say(s, FITNESS, "ben", CONSENT_DECISION_GRANTED, "newsletter", CONSENT_CLASS_GENERAL, NULL);
    check(s, "ben", "newsletter");
}

static void coming_of_age(struct story *s) {
    int64_t midnight = SIXTEEN - UTC_PLUS_ONE;
    consent_rows *rows = NULL;
    step(s, "Her sixteenth birthday, at midnight of the policy's clock");
    s->outside.now = midnight - SECOND;
    puts("   one second before:");
    refused(s, "to end the link by majority",
            consent_guardian_end(s->store, "mia", "anna", FITNESS, CONSENT_END_MAJORITY, &s->err));
    check(s, "mia", "route-maps");
    s->outside.now = midnight;
    puts("   at midnight:");
    check(s, "mia", "route-maps");
    show_ask(s, "mia", "en", 3);
    refused(s, "her mother withdraws",
            act(s, FITNESS, "mia", CONSENT_DECISION_WITHDRAWN, "route-maps", CONSENT_CLASS_GENERAL,
                "anna", &rows));
}

static void own_decisions(struct story *s) {
    step(s, "She is heard: what she says now is what counts");
    fitness(s, CONSENT_DECISION_GRANTED, "heart-training", CONSENT_CLASS_SEPARATE, NULL);
    fitness(s, CONSENT_DECISION_WITHDRAWN, "route-maps", CONSENT_CLASS_GENERAL, NULL);
    check(s, "mia", "heart-training");
    check(s, "mia", "route-maps");
    puts("   what she had granted as a child alone has not become valid by itself:");
    check(s, "mia", "newsletter");
    puts("   and a year ago it was lawful, by her mother's word:");
    check_at(s, FITNESS, "mia", "route-maps", MARCH_2025 + 30 * DAY);
}

static void majority(struct story *s) {
    step(s, "At eighteen the links end");
    s->outside.now = SIXTEEN + 731 * DAY;
    need(s, consent_guardian_end(s->store, "mia", "anna", FITNESS, CONSENT_END_MAJORITY, &s->err));
    need(s, consent_guardian_end(s->store, "mia", "carl", FITNESS, CONSENT_END_MAJORITY, &s->err));
    show_guardians(s, "mia");
    check(s, "mia", "heart-training");
    puts("   a consent for a year, two years ago: she is asked again");
}

int main(int argc, char **argv) {
    char buffer[1024];
    struct story s = {.outside = {MARCH_2025, UINT64_C(0x9E3779B97F4A7C15)}};
    s.folder = policy_folder(argc, argv, buffer);
    puts("A child and her guardians, from registration to coming of age.");
    make_store(&s);
    register_child(&s);
    child_alone(&s);
    link_guardian(&s);
    bundle_grant(&s);
    two_guardians(&s);
    system_permissions(&s);
    emergency(&s);
    at_the_office(&s);
    coming_of_age(&s);
    own_decisions(&s);
    majority(&s);
    need(&s, consent_store_close(s.store, &s.err));
    consent_store_free(s.store);
    consent_options_free(s.options);
    return 0;
}
