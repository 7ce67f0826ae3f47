/* SPDX-License-Identifier: Apache-2.0 */
/* Phone and backend: 05_phone_and_backend [POLICY_FOLDER]
 *
 * Wang's phone and the company's backend each hold Wang's decisions in a store of their own. For a
 * day the phone has no network, while Wang decides on it and in the browser; then its messages
 * come, some lost, some twice, in the wrong order, one changed on the way. In the end both say the
 * same. Clock and randomness are injected, so that every run prints the same. */
#include "repeatable.h"

#include <consent/consent.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MINUTE (INT64_C(60) * 1000000)
#define HOUR (60 * MINUTE)
#define POLICY "hnys-mobile-office"
#define OUTBOX 8

/* One side: a store, and the verifier key of the other that was given to it apart. */
struct side {
    const char *name, *who; /* what Wang is called there */
    consent_store *store;
    char *own_key;
};

struct story {
    consent_options *options;
    consent_error *err;
    struct outside outside;
    struct side phone, backend;
    char *outbox[OUTBOX]; /* receipts that the phone has to deliver */
    int written;
};

static consent_status must(struct story *s, consent_status status) {
    if (status >= 0)
        return status;
    fprintf(stderr, "%s: %s\n", consent_error_operation(s->err), consent_error_message(s->err));
    exit(1);
}

static char *copy(const char *text) {
    char *out = strdup(text);
    if (out == NULL)
        exit(1);
    return out;
}

/* The day's time in China, where the story plays. */
static void at(struct story *s, int hour, int minute) {
    const int64_t day = 24 * HOUR, midnight = s->outside.now - (s->outside.now + 8 * HOUR) % day;
    s->outside.now = midnight + hour * HOUR + minute * MINUTE;
}

static void say_time(const struct story *s) {
    int64_t minutes = (s->outside.now + 8 * HOUR) / MINUTE % (24 * 60);
    printf("%02d:%02d  ", (int)(minutes / 60), (int)(minutes % 60));
}

/* ---- set-up ---- */

static char *read_bundle(const char *folder, const char *version, size_t *n) {
    char path[1024];
    int length = snprintf(path, sizeof path, "%s/bundles/" POLICY "/%s.json", folder, version);
    FILE *f = length < (int)sizeof path ? fopen(path, "rb") : NULL;
    char *bytes = malloc(1 << 20);
    *n = f != NULL && bytes != NULL ? fread(bytes, 1, 1 << 20, f) : 0;
    if (*n == 0) {
        fprintf(stderr, "%s cannot be read\n", path);
        exit(1);
    }
    fclose(f);
    return bytes;
}

static void publish(struct story *s, const char *folder, const char *version) {
    size_t n;
    char *bytes = read_bundle(folder, version, &n);
    must(s, consent_policy_import(s->backend.store, bytes, n, &s->err));
    must(s, consent_policy_publish(s->backend.store, POLICY, version, &s->err));
    free(bytes);
}

static void open_side(struct story *s, struct side *x, const char *name, const char *who) {
    char file[64];
    consent_rows *rows = NULL;
    snprintf(file, sizeof file, "%s.db", name);
    x->name = name;
    x->who = who;
    must(s, consent_store_create(file, s->options, &x->store, &s->err));
    must(s, consent_subject_add(x->store, who, "1988-03-01", &s->err));
    must(s, consent_ledger_key(x->store, &rows, &s->err));
    x->own_key = copy(consent_rows_text(rows, 0, "key"));
    consent_rows_free(rows);
}

/* ---- what travels ---- */

static char *export_version(struct story *s, const char *version) {
    consent_rows *rows = NULL;
    must(s, consent_policy_export_signed(s->backend.store, POLICY, version, &rows, &s->err));
    char *statement = copy(consent_rows_text(rows, 0, "statement"));
    consent_rows_free(rows);
    return statement;
}

static void phone_takes(struct story *s, const char *version, const char *statement) {
    consent_status st = consent_policy_import_signed(s->phone.store, statement, strlen(statement),
                                                     s->backend.own_key, NULL, &s->err);
    say_time(s);
    printf("phone    version %s arrives: %s\n", version,
           st == CONSENT_OK     ? "imported and published"
           : st == CONSENT_DONE ? "it is here already"
                                : consent_error_message(s->err));
    consent_error_free(s->err);
    s->err = NULL;
}

static char *receipt_of(struct story *s, struct side *x, int64_t event) {
    consent_rows *rows = NULL;
    must(s, consent_receipt_issue(x->store, event, &rows, &s->err));
    char *receipt = copy(consent_rows_text(rows, 0, "receipt"));
    consent_rows_free(rows);
    return receipt;
}

/* Wang decides; the receipt is what travels. */
static char *decide(struct story *s, struct side *x, int32_t decision, const char *purpose) {
    consent_rows *rows = NULL;
    consent_act *act = consent_act_new(x->who, decision, purpose);
    must(s, consent_act_set_surface(act, x == &s->phone ? "app" : "web"));
    must(s, consent_record(x->store, act, &rows, &s->err));
    int64_t event = consent_rows_number(rows, 0, "event", -1);
    say_time(s);
    printf("%-8s Wang: %s %s (event %" PRId64 ")\n", x->name, consent_decision_name(decision),
           purpose, event);
    consent_rows_free(rows);
    consent_act_free(act);
    return receipt_of(s, x, event);
}

static void on_the_phone(struct story *s, int32_t decision, const char *purpose) {
    s->outbox[s->written++] = decide(s, &s->phone, decision, purpose);
}

/* A receipt arrives; the sender's key was given apart, who it is about only the first time. */
static void deliver(struct story *s, struct side *from, struct side *to, const char *receipt,
                    bool first, const char *note) {
    consent_rows *rows = NULL;
    consent_status st = consent_receipt_import(to->store, receipt, strlen(receipt), from->own_key,
                                               first ? to->who : NULL, NULL, &rows, &s->err);
    say_time(s);
    printf("%-8s %s: ", to->name, note);
    if (st < 0) {
        printf("refused, %s\n", consent_error_message(s->err));
        consent_error_free(s->err);
        s->err = NULL;
        return;
    }
    printf("%s %s", consent_rows_text(rows, 0, "decision"), consent_rows_text(rows, 0, "point"));
    if (st == CONSENT_DONE)
        puts(" was taken in before");
    else
        puts(consent_rows_number(rows, 0, "stands", 0) != 0
                 ? " stands"
                 : " is evidence only: something else was said since");
    consent_rows_free(rows);
}

static void compare(struct story *s) {
    static const char *const purposes[] = {"messages", "calls", "statistics", "push"};
    puts("\n           may we?        phone                backend");
    for (size_t i = 0; i < sizeof purposes / sizeof purposes[0]; i++) {
        const struct side *sides[] = {&s->phone, &s->backend};
        printf("           %-14s", purposes[i]);
        for (int k = 0; k < 2; k++) {
            consent_query *query = consent_query_new(sides[k]->who, purposes[i]);
            consent_answer *answer = NULL;
            must(s, consent_check(sides[k]->store, query, &answer, &s->err));
            printf(k == 0 ? " %-4s%-16s" : " %-4s%s", consent_answer_allowed(answer) ? "yes" : "no",
                   consent_reason_name(consent_answer_reason(answer)));
            consent_answer_free(answer);
            consent_query_free(query);
        }
        putchar('\n');
    }
}

/* ---- the day ---- */

static void morning(struct story *s, const char *folder) {
    puts("The morning: the policy comes to the phone, signed");
    publish(s, folder, "1.0");
    say_time(s);
    puts("backend  publishes version 1.0 and signs it for phones");
    char *statement = export_version(s, "1.0");
    at(s, 8, 30);
    char *changed = copy(statement);
    changed[2000] = changed[2000] == 'A' ? 'B' : 'A';
    phone_takes(s, "1.0", changed);
    phone_takes(s, "1.0", statement);
    phone_takes(s, "1.0", statement);
    free(changed);
    free(statement);
}

static char *offline(struct story *s) {
    puts("\nThe day: the phone has no network");
    at(s, 9, 0);
    on_the_phone(s, CONSENT_DECISION_GRANTED, "messages");
    at(s, 9, 5);
    on_the_phone(s, CONSENT_DECISION_GRANTED, "calls");
    at(s, 9, 10);
    on_the_phone(s, CONSENT_DECISION_GRANTED, "statistics");
    at(s, 12, 0);
    char *web = decide(s, &s->backend, CONSENT_DECISION_WITHDRAWN, "calls");
    at(s, 14, 0);
    on_the_phone(s, CONSENT_DECISION_WITHDRAWN, "statistics");
    at(s, 17, 0);
    on_the_phone(s, CONSENT_DECISION_GRANTED, "push");
    compare(s);
    return web;
}

static void evening(struct story *s, char *web) {
    puts("\nThe evening: the network is back, and bad");
    at(s, 20, 0);
    char *forged = copy(s->outbox[4]);
    forged[900] = forged[900] == 'A' ? 'B' : 'A';
    deliver(s, &s->phone, &s->backend, forged, true, "a receipt changed on the way");
    free(forged);
    deliver(s, &s->phone, &s->backend, s->outbox[3], true, "the fourth comes first");
    deliver(s, &s->phone, &s->backend, s->outbox[2], false, "the third, late");
    deliver(s, &s->phone, &s->backend, s->outbox[1], false, "the second, older than the web");
    deliver(s, &s->phone, &s->backend, s->outbox[3], false, "the fourth again");
    say_time(s);
    puts("         the first and the fifth are lost");
    compare(s);
    at(s, 22, 0);
    puts("\nThe phone sends again what was not confirmed, and hears from the web");
    deliver(s, &s->phone, &s->backend, s->outbox[0], false, "the first");
    deliver(s, &s->phone, &s->backend, s->outbox[4], false, "the fifth");
    deliver(s, &s->backend, &s->phone, web, true, "the act in the browser");
    compare(s);
}

static void sound(struct story *s, struct side *x) {
    consent_rows *findings = NULL, *doctor = NULL;
    int64_t size = 0;
    must(s, consent_ledger_verify(x->store, NULL, &size, &findings, &s->err));
    must(s, consent_store_examine(x->store, NULL, NULL, NULL, &doctor, &s->err));
    printf("           %-8s %" PRId64 " events, %zu findings of the verifier, %zu of the doctor\n",
           x->name, size, consent_rows_count(findings), consent_rows_count(doctor));
    consent_rows_free(findings);
    consent_rows_free(doctor);
}

int main(int argc, char **argv) {
    char buffer[1024];
    const char *root = getenv("CONSENT_SOURCE_DIR");
    uint8_t key[32];
    /* 2026-02-05, 8:00 in China */
    struct story s = {.outside = {INT64_C(1770249600) * 1000000, 20260205}};
    snprintf(buffer, sizeof buffer, "%s/policy", root != NULL ? root : ".");
    memset(key, 5, sizeof key);
    s.options = consent_options_new();
    outside_set(&s.outside, s.options);
    must(&s, consent_options_set_key(s.options, key, sizeof key, &s.err));
    open_side(&s, &s.backend, "backend", "13800000000");
    open_side(&s, &s.phone, "phone", "me");
    morning(&s, argc > 1 ? argv[1] : buffer);
    char *web = offline(&s);
    evening(&s, web);
    puts("\nBoth files, in the end");
    sound(&s, &s.phone);
    sound(&s, &s.backend);
    for (int i = 0; i < s.written; i++)
        free(s.outbox[i]);
    free(web);
    free(s.phone.own_key);
    free(s.backend.own_key);
    consent_store_free(s.phone.store);
    consent_store_free(s.backend.store);
    consent_options_free(s.options);
    return 0;
}
