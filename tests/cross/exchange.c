/* SPDX-License-Identifier: Apache-2.0 */
/* A store written on one machine, read on another of the other byte order.
 *   exchange write FOLDER BUNDLE KEY VERSION    makes FOLDER/store.db and prints what it says
 *   exchange read FOLDER                        prints what the store says, having verified it */
#include <consent/consent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PEOPLE 30

static consent_error *err;

static void need(consent_status status, const char *what) {
    if (status >= CONSENT_OK)
        return;
    fprintf(stderr, "exchange: %s: %s: %s\n", what, consent_status_name(status),
            consent_error_message(err));
    exit(1);
}

static consent_store *get(const char *folder, bool create) {
    char path[512];
    uint8_t key[32];
    consent_store *store = NULL;
    consent_options *options = consent_options_new();
    snprintf(path, sizeof path, "%s/store.db", folder);
    for (size_t i = 0; i < sizeof key; i++)
        key[i] = (uint8_t)(i * 7 + 1);
    need(consent_options_set_key(options, key, sizeof key, &err), "key");
    need(create ? consent_store_create(path, options, &store, &err)
                : consent_store_open(path, options, &store, &err),
         create ? "create" : "open");
    consent_options_free(options);
    return store;
}

static void person(int number, char id[48]) {
    snprintf(id, 48, "\xe7\x8e\x8b-\xf0\x9f\x91\xa8-%d", number);
}

static void fill(consent_store *store, char **bundle) {
    char id[48];
    need(consent_policy_import_file(store, bundle[0], &err), "import");
    need(consent_policy_publish(store, bundle[1], bundle[2], &err), "publish");
    for (int i = 0; i < PEOPLE; i++) {
        person(i, id);
        need(consent_subject_add(store, id, "1990-05-17", &err), "subject");
        if (i % 3 != 0)
            need(consent_grant(store, id, "statistics", NULL, &err), "grant");
        if (i % 3 == 2)
            need(consent_withdraw(store, id, "statistics", NULL, &err), "withdraw");
    }
}

static void say(consent_store *store) {
    char id[48];
    int64_t size = 0, compared = 0;
    consent_rows *rows = NULL;
    need(consent_ledger_head(store, &rows, &err), "head");
    printf("%s %s\n", consent_store_id(store), consent_rows_text(rows, 0, "root"));
    consent_rows_free(rows);
    need(consent_ledger_verify(store, NULL, &size, &rows, &err), "verify");
    printf("%lld events, %zu findings\n", (long long)size, consent_rows_count(rows));
    if (consent_rows_count(rows) > 0)
        printf("%s\n", consent_rows_text(rows, 0, "message"));
    consent_rows_free(rows);
    need(consent_store_examine(store, NULL, NULL, &compared, &rows, &err), "examine");
    printf("%lld subjects, %zu findings\n", (long long)compared, consent_rows_count(rows));
    if (consent_rows_count(rows) > 0)
        printf("%s\n", consent_rows_text(rows, 0, "message"));
    consent_rows_free(rows);
    for (int i = 0; i < PEOPLE; i++) {
        person(i, id);
        putchar(consent_may(store, id, "statistics") ? '1' : '0');
    }
    putchar('\n');
}

int main(int argc, char **argv) {
    bool create = argc == 6 && strcmp(argv[1], "write") == 0;
    consent_store *store;
    if (!create && (argc != 3 || strcmp(argv[1], "read") != 0))
        return 2;
    store = get(argv[2], create);
    if (create)
        fill(store, argv + 3);
    say(store);
    need(consent_store_close(store, &err), "close");
    consent_store_free(store);
    return 0;
}
