/* SPDX-License-Identifier: Apache-2.0 */
/* Leaving: 04_leaving [POLICY_FOLDER]
 *
 * Three people want to cancel their accounts at the first customer. One may not yet; one is stopped
 * by a dispute; one goes, and comes back as somebody the store has never met. Clock and randomness
 * are injected, so that every run prints the same. */
#include "repeatable.h"

#include <consent/consent.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY (INT64_C(86400) * 1000000)
#define STORE "leaving.db"
#define POLICY "hnys-mobile-office"

struct story {
    consent_options *options;
    consent_store *store;
    consent_error *err;
    struct outside outside;
};

static consent_status must(struct story *s, consent_status status) {
    if (status >= 0)
        return status;
    fprintf(stderr, "%s: %s\n", consent_error_operation(s->err), consent_error_message(s->err));
    exit(1);
}

/* What was refused is part of the story. */
static void tell(struct story *s, consent_status status) {
    printf("  -> %s: %s\n", consent_status_name(status),
           status < 0 ? consent_error_message(s->err) : "done");
    consent_error_free(s->err);
    s->err = NULL;
}

/* ---- set-up ---- */

static void publish(struct story *s, const char *folder) {
    char path[1024];
    int length = snprintf(path, sizeof path, "%s/bundles/" POLICY "/1.0.json", folder);
    FILE *f = length < (int)sizeof path ? fopen(path, "rb") : NULL;
    char *bytes = malloc(1 << 20);
    size_t n = f != NULL && bytes != NULL ? fread(bytes, 1, 1 << 20, f) : 0;
    if (n == 0) {
        fprintf(stderr, "%s cannot be read\n", path);
        exit(1);
    }
    fclose(f);
    must(s, consent_policy_import(s->store, bytes, n, &s->err));
    must(s, consent_policy_publish(s->store, POLICY, "1.0", &s->err));
    free(bytes);
}

static void fact(struct story *s, const char *who, const char *name, const char *value) {
    must(s, consent_fact_put(s->store, who, name, value, "billing", INT64_MIN, &s->err));
}

static void all_settled(struct story *s, const char *who) {
    static const char *const zero[] = {"assets",
                                       "debts",
                                       "open-disputes",
                                       "complaints-made",
                                       "complaints-received",
                                       "restriction-records"};
    for (size_t i = 0; i < sizeof zero / sizeof zero[0]; i++)
        fact(s, who, zero[i], "0");
    fact(s, who, "account-status", "\"normal\"");
}

/* ---- printing ---- */

/* The conditions are JSON; the story prints the keys of one status. */
static void print_keys(const char *json, const char *status) {
    char wanted[64];
    const char *at = json;
    snprintf(wanted, sizeof wanted, "\"status\":\"%s\"", status);
    bool any = false;
    while ((at = strstr(at, "\"key\":\"")) != NULL) {
        const char *key = at + 7, *how = strstr(at, "\"status\":");
        if (how != NULL && strncmp(how, wanted, strlen(wanted)) == 0) {
            if (!any)
                printf("  %s:", status);
            printf(" %.*s", (int)strcspn(key, "\""), key);
            any = true;
        }
        at = key;
    }
    if (any)
        putchar('\n');
}

static void may_go(struct story *s, const char *who) {
    consent_rows *rows = NULL;
    must(s, consent_cancel_check(s->store, who, NULL, "en", &rows, &s->err));
    const char *conditions = consent_rows_text(rows, 0, "conditions");
    bool known = consent_rows_has(rows, 0, "eligible");
    printf("May %s cancel the account? %s\n", who,
           !known                                        ? "Nobody can tell yet."
           : consent_rows_number(rows, 0, "eligible", 0) ? "Yes."
                                                         : "No.");
    print_keys(conditions, "failed");
    print_keys(conditions, "undetermined");
    if (strcmp(consent_rows_text(rows, 0, "disputes"), "[]") != 0)
        printf("  disputes: %s\n", consent_rows_text(rows, 0, "disputes"));
    consent_rows_free(rows);
}

static int64_t apply(struct story *s, const char *who) {
    consent_rows *rows = NULL;
    must(s,
         consent_cancel_open(s->store, who, NULL, "en", NULL, "customer-service", &rows, &s->err));
    int64_t number = consent_rows_number(rows, 0, "request", -1);
    printf("%s applies: request %" PRId64 ", to be handled by %s\n", who, number,
           consent_rows_text(rows, 0, "due_local"));
    consent_rows_free(rows);
    return number;
}

/* ---- three people ---- */

static void chen_owes(struct story *s) {
    consent_rows *rows = NULL;
    puts("\n1. Chen still owes 5.00 yuan");
    must(s, consent_subject_add(s->store, "chen", "1988-03-01", &s->err));
    may_go(s, "chen");
    all_settled(s, "chen");
    fact(s, "chen", "debts", "500");
    may_go(s, "chen");
    apply(s, "chen");
    tell(s, consent_cancel_execute(s->store, "chen", false, &rows, &s->err));
}

static void wang_is_sued(struct story *s) {
    consent_rows *rows = NULL;
    puts("\n2. Wang's application is overtaken by a lawsuit");
    must(s, consent_subject_add(s->store, "wang", "1979-11-23", &s->err));
    all_settled(s, "wang");
    may_go(s, "wang");
    int64_t number = apply(s, "wang");
    s->outside.now += 2 * DAY;
    fact(s, "wang", "dispute.lawsuit", "true");
    must(s, consent_request_get(s->store, number, &rows, &s->err));
    printf("Two days later: request %" PRId64 " is %s (annex, 1.2)\n", number,
           consent_rows_text(rows, 0, "state"));
    consent_rows_free(rows);
    tell(s, consent_cancel_execute(s->store, "wang", false, &rows, &s->err));
}

static void count_outcome(const char *json) {
    static const char *const words[] = {"delete", "anonymise", "restrict", "retain"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        char wanted[32];
        int n = 0;
        snprintf(wanted, sizeof wanted, "\"then\":\"%s\"", words[i]);
        for (const char *at = json; (at = strstr(at, wanted)) != NULL; at++)
            n++;
        if (n > 0)
            printf("  to %s: %d items\n", words[i], n);
    }
}

static void print_proof(struct story *s, const char *proof) {
    consent_rows *head = NULL, *proved = NULL;
    must(s, consent_ledger_head(s->store, &head, &s->err));
    must(s, consent_erasure_verify(proof, consent_rows_text(head, 0, "key"), &proved, &s->err));
    printf("The proof of erasure verifies without the store: %" PRId64 " bodies are gone, of %s\n",
           consent_rows_number(proved, 0, "events", 0), consent_rows_text(proved, 0, "uid"));
    consent_rows_free(proved);
    consent_rows_free(head);
}

static void li_leaves_and_returns(struct story *s) {
    consent_rows *rows = NULL;
    puts("\n3. Li goes");
    must(s, consent_subject_add(s->store, "li", "1990-05-17", &s->err));
    must(s, consent_grant(s->store, "li", "messages", NULL, &s->err));
    printf("May Li's messages be processed? %d\n", consent_may(s->store, "li", "messages"));
    all_settled(s, "li");
    may_go(s, "li");
    apply(s, "li");
    must(s, consent_cancel_execute(s->store, "li", true, &rows, &s->err));
    printf("Done: %" PRId64 " events are empty now, the log of the file: %s\n",
           consent_rows_number(rows, 0, "events", 0), consent_rows_text(rows, 0, "scrub"));
    count_outcome(consent_rows_text(rows, 0, "outcome"));
    print_proof(s, consent_rows_text(rows, 0, "proof"));
    consent_rows_free(rows);
    puts("A late message about Li:");
    tell(s, consent_grant(s->store, "li", "messages", NULL, &s->err));
    puts("Li registers again with the same number:");
    must(s, consent_subject_add(s->store, "li", "1990-05-17", &s->err));
    must(s, consent_history(s->store, "li", &rows, &s->err));
    printf("  events known of Li: %zu; may Li's messages be processed? %d\n",
           consent_rows_count(rows), consent_may(s->store, "li", "messages"));
    consent_rows_free(rows);
    must(s, consent_erasure_tasks(s->store, true, &rows, &s->err));
    printf("Still to be erased outside the store: %zu lists\n", consent_rows_count(rows));
    consent_rows_free(rows);
}

int main(int argc, char **argv) {
    char buffer[1024];
    const char *root = getenv("CONSENT_SOURCE_DIR");
    uint8_t key[32];
    /* 2026-02-05, 10:00 in China */
    struct story s = {.outside = {INT64_C(1770256800) * 1000000, 20260205}};
    snprintf(buffer, sizeof buffer, "%s/policy", root != NULL ? root : ".");
    memset(key, 4, sizeof key);
    s.options = consent_options_new();
    outside_set(&s.outside, s.options);
    must(&s, consent_options_set_key(s.options, key, sizeof key, &s.err));
    must(&s, consent_store_create(STORE, s.options, &s.store, &s.err));
    publish(&s, argc > 1 ? argv[1] : buffer);
    chen_owes(&s);
    wang_is_sued(&s);
    li_leaves_and_returns(&s);
    consent_store_free(s.store);
    consent_options_free(s.options);
    return 0;
}
