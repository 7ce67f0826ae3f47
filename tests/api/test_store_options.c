/* SPDX-License-Identifier: Apache-2.0 */
/* What a store keeps of the options it was opened with. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <consent/consent.h>

/* A clock behind memory that the host takes back: a store that looked into the options after they
 * were freed would show under ASan, and crashed without it. */
static void test_store_options_freed_before_close(void **state) {
    char folder[] = "consent-options-XXXXXX", path[64];
    static const uint8_t key[32] = {1};
    consent_error *err = NULL;
    consent_store *store = NULL;
    int64_t now = 0;
    assert_non_null(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/a.store", folder);
    consent_options *options = consent_options_new();
    assert_int_equal(consent_options_set_key(options, key, sizeof key, &err), CONSENT_OK);
    assert_int_equal(consent_store_create(path, options, &store, &err), CONSENT_OK);
    consent_options_free(options);
    void *fill[8]; /* what was freed is given out again and written over */
    for (size_t i = 0; i < sizeof fill / sizeof fill[0]; i++) {
        fill[i] = malloc(64 + i * 16);
        memset(fill[i], 0x5a, 64 + i * 16);
    }
    assert_int_equal(consent_store_now(store, &now, &err), CONSENT_OK);
    assert_int_equal(consent_subject_add(store, "ann", NULL, &err), CONSENT_OK);
    assert_int_equal(consent_store_close(store, &err), CONSENT_OK);
    consent_store_free(store);
    for (size_t i = 0; i < sizeof fill / sizeof fill[0]; i++)
        free(fill[i]);
    (void)unlink(path);
    (void)rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_store_options_freed_before_close)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
