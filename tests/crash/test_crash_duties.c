/* SPDX-License-Identifier: Apache-2.0 */
/* A process is killed while it acts upon retention periods and names everybody as affected by an
 * incident; another goes on. However often: nobody is left out, nothing is done twice. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <consent/consent.h>

#include "duties.h"

static void work_until_killed(duties *w) {
    consent_store *s = NULL;
    consent_rows *rows = NULL;
    if (consent_store_open(w->path, w->options, &s, NULL) != CONSENT_OK)
        _exit(1);
    if (consent_retention_apply(s, NULL, NULL, 0, &rows, NULL) != CONSENT_OK ||
        consent_incident_affect(s, w->incident, NULL, 0, NULL, NULL) != CONSENT_OK)
        _exit(1);
    pause();
    _exit(0);
}

static void test_crash_duties_go_on_where_they_stood(void **state) {
    duties *w = *state;
    consent_store_free(w->store);
    w->store = NULL;
    for (int i = 0; i < 12; i++) {
        struct timespec wait = {0, (i + 1) * 7000000L};
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0)
            work_until_killed(w);
        nanosleep(&wait, NULL);
        int status = 0;
        kill(child, SIGKILL);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status));
    }
    w->store = duties_open(w);
    (void)duties_apply(w);
    assert_int_equal(consent_incident_affect(w->store, w->incident, NULL, 0, NULL, NULL),
                     CONSENT_OK);
    duties_whole(w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_crash_duties_go_on_where_they_stood, duties_setup,
                                        duties_teardown),
    };
    return cmocka_run_group_tests_name("crash duties", tests, NULL, NULL);
}
