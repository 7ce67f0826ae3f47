/* SPDX-License-Identifier: Apache-2.0 */
/* The table of moves: every state x every move, for a cancellation and for another request. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/request.h"

/* Rows: from; columns: to, in the order of the stages: received verifying paused accepted
 * in-progress done refused terminated withdrawn. y: any; s: the subject's own only; c:
 * cancellations only; x: of a cancellation only by executing it. Upper case needs a reason. */
static const char *const legal[STAGE_COUNT] = {
    "-y-s--YCy", /* received */
    "--Yy--YCy", /* verifying */
    "-y----YCy", /* paused */
    "----y-YCy", /* accepted */
    "-----xYCy", /* in progress */
    "---------", /* done */
    "---------", /* refused */
    "---------", /* terminated */
    "---------", /* withdrawn */
};

static void test_moves_are_those_of_the_table(void **state) {
    (void)state;
    for (int from = 0; from < STAGE_COUNT; from++)
        for (int to = 0; to < STAGE_COUNT; to++)
            for (int kind = 0; kind < RIGHT_COUNT; kind++)
                for (int standing = 0; standing < STANDING_COUNT; standing++)
                    for (int executing = 0; executing < 2; executing++) {
                        char c = legal[from][to];
                        bool cancels = kind == RIGHT_CANCEL_ACCOUNT, reason = false;
                        bool want = c == 'y' || c == 'Y' ||
                                    (c == 's' && standing == STANDING_SELF) ||
                                    ((c == 'c' || c == 'C') && cancels) ||
                                    (c == 'x' && (!cancels || executing));
                        bool got =
                            consent__stage_move(kind, standing, from, to, executing, &reason);
                        if (got != want)
                            fail_msg("%s -> %s of a %s by %s: %d", consent__stage_name(from),
                                     consent__stage_name(to), consent__right_kind_name(kind),
                                     consent__standing_name(standing), got);
                        if (got)
                            assert_int_equal(reason, c == 'Y' || c == 'C');
                    }
}

static void test_final_stages_are_those_without_a_move(void **state) {
    (void)state;
    for (int stage = 0; stage < STAGE_COUNT; stage++)
        assert_int_equal(consent__stage_final(stage), stage >= STAGE_DONE);
    assert_null(consent__stage_name(STAGE_COUNT));
    assert_null(consent__stage_name(-1));
    assert_null(consent__standing_name(STANDING_COUNT));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moves_are_those_of_the_table),
        cmocka_unit_test(test_final_stages_are_those_without_a_move),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
