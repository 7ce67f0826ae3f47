/* SPDX-License-Identifier: Apache-2.0 */
/* An application outside the source tree: finds the headers, links, sees the version it was compiled
 * for, and runs a store with everything that is linked in behind it. */
#include <consent/consent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int use_a_store(void) {
    const uint8_t key[32] = {1};
    consent_store *store = NULL;
    consent_options *options = consent_options_new();
    unlink("consumer.db");
    int bad = consent_options_set_key(options, key, sizeof key, NULL) != CONSENT_OK ||
              consent_store_create("consumer.db", options, &store, NULL) != CONSENT_OK ||
              consent_subject_add(store, "ann", NULL, NULL) != CONSENT_OK ||
              consent_may(store, "ann", "anything");
    consent_store_free(store);
    consent_options_free(options);
    unlink("consumer.db");
    return bad;
}

int main(void) {
    printf("%s\n", consent_version());
    return strcmp(consent_version(), CONSENT_VERSION) != 0 || use_a_store();
}
