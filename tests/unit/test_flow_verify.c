/* SPDX-License-Identifier: Apache-2.0 */
/* A ledger long enough for several threads: they find what one finds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "people.h"
#include "tamper.h"

#define SUBJECTS 400
#define ACTS 90 /* 36 000 events: nine parts */

static int make_people(void **state) {
    people *p = calloc(1, sizeof *p);
    if (!p)
        return -1;
    people_new(p, "strida-fitness/1.0", "strida-fitness", "1.0");
    people_add(p, 0, SUBJECTS, ACTS);
    *state = p;
    return 0;
}

static int drop_people(void **state) {
    people_free(*state);
    free(*state);
    return 0;
}

static consent_rows *verify(people *p, int32_t threads, int64_t *size) {
    consent_verification *how = consent_verification_new();
    consent_rows *rows = NULL;
    struct timespec a, b;
    consent_verification_set_threads(how, threads);
    clock_gettime(CLOCK_MONOTONIC, &a);
    assert_int_equal(consent_ledger_verify(p->store, how, size, &rows, NULL), CONSENT_OK);
    clock_gettime(CLOCK_MONOTONIC, &b);
    consent_verification_free(how);
    print_message("%d thread(s): %lld events in %.0f ms\n", (int)threads, (long long)*size,
                  (double)(b.tv_sec - a.tv_sec) * 1e3 + (double)(b.tv_nsec - a.tv_nsec) / 1e6);
    return rows;
}

static void test_verify_threads_find_what_one_finds(void **state) {
    people *p = *state;
    int64_t size = 0;
    for (int32_t threads = 1; threads <= 4; threads++) {
        consent_rows *rows = verify(p, threads, &size);
        assert_int_equal(consent_rows_count(rows), 0);
        assert_true(size > 4 * 2 * 4096);
        consent_rows_free(rows);
    }
    people_close(p);
    tamper_with(p->path,
                "UPDATE event SET at = at + 1 WHERE seq % 5000 = 4095;"
                "UPDATE event_body SET box = randomblob(length(box)) WHERE seq % 7000 = 77;"
                "DELETE FROM event WHERE seq = 20000");
    people_open(p);
    consent_rows *one = verify(p, 1, &size), *four = verify(p, 4, &size);
    assert_true(consent_rows_count(one) >= 13);
    assert_int_equal(consent_rows_count(one), consent_rows_count(four));
    for (size_t i = 0; i < consent_rows_count(one); i++) {
        assert_int_equal(consent_rows_number(one, i, "seq", -1),
                         consent_rows_number(four, i, "seq", -1));
        assert_string_equal(consent_rows_text(one, i, "message"),
                            consent_rows_text(four, i, "message"));
    }
    consent_rows_free(one);
    consent_rows_free(four);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verify_threads_find_what_one_finds),
    };
    return cmocka_run_group_tests(tests, make_people, drop_people);
}
