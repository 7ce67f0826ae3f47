/* SPDX-License-Identifier: Apache-2.0 */
#include <consent/consent.h>
#include <stdio.h>

int main(void) {
    consent_error *err = NULL;
    consent_store *store = NULL;
    consent_options *options = consent_options_new();
    if (consent_options_set_key_file(options, "hello.key", &err) == CONSENT_OK &&
        consent_store_create("hello.db", options, &store, &err) == CONSENT_OK &&
        consent_policy_import_file(store, "policy.json", &err) == CONSENT_OK &&
        consent_policy_publish(store, "hello", "1.0", &err) == CONSENT_OK &&
        consent_subject_add(store, "ann", "1990-05-17", &err) == CONSENT_OK) {
        printf("may Ann get the newsletter? %d\n", consent_may(store, "ann", "newsletter"));
        if (consent_grant(store, "ann", "newsletter", NULL, &err) == CONSENT_OK)
            printf("she agreed; may she now?    %d\n", consent_may(store, "ann", "newsletter"));
    }
    if (err)
        fprintf(stderr, "%s: %s\n", consent_error_operation(err), consent_error_message(err));
    consent_store_free(store);
    consent_options_free(options);
    return err ? 1 : 0;
}
