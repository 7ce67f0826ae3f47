/* SPDX-License-Identifier: Apache-2.0 */
/* Due dates: the worked rows of tests/rules/due.json, the same rows by another program, and the
 * edges no row can say. */
#include "foundation.h"

#include <stdio.h>
#include <sys/wait.h>

#include <cjson/cJSON.h>

#include "core/due.h"
#include "util/date.h"
#include "json/json.h"

typedef struct fixture {
    foundation base;
    consent__arena arena;
    consent__calendar cn, weekends, none;
} fixture;

static char *read_file(const char *name, size_t *len) {
    char path[1024], *bytes;
    FILE *f;
    (void)snprintf(path, sizeof path, "%s/%s", CONSENT_SOURCE_DIR, name);
    f = fopen(path, "rb");
    assert_non_null(f);
    assert_int_equal(fseek(f, 0, SEEK_END), 0);
    *len = (size_t)ftell(f);
    assert_int_equal(fseek(f, 0, SEEK_SET), 0);
    bytes = malloc(*len + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *len, f), *len);
    bytes[*len] = '\0';
    (void)fclose(f);
    return bytes;
}

static void read_calendar(fixture *f, const char *name, consent__calendar *out) {
    size_t len;
    char *bytes = read_file(name, &len);
    assert_int_equal(consent__calendar_read(&f->base.cx, bytes, len, &f->arena, out), CONSENT_OK);
    free(bytes);
}

static int setup(void **state) {
    fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    foundation_init(&f->base);
    consent__arena_init(&f->arena, &f->base.env);
    read_calendar(f, "policy/calendars/cn.json", &f->cn);
    read_calendar(f, "policy/calendars/weekends.json", &f->weekends);
    read_calendar(f, "policy/calendars/none.json", &f->none);
    *state = f;
    return 0;
}

static int teardown(void **state) {
    fixture *f = *state;
    consent__arena_free(&f->arena);
    foundation_done(&f->base);
    free(f);
    return 0;
}

static int64_t day_of(int32_t year, int32_t month, int32_t day) {
    const consent__civil d = {year, month, day};
    return consent__civil_days(d);
}

/* ---- the table ---- */

static const char *text_of(const cJSON *row, const char *name) {
    const cJSON *v = cJSON_GetObjectItemCaseSensitive(row, name);
    return cJSON_IsString(v) ? v->valuestring : NULL;
}

static const consent__calendar *calendar_of(const fixture *f, const char *key) {
    if (key == NULL)
        return NULL;
    return strcmp(key, "cn") == 0 ? &f->cn : strcmp(key, "none") == 0 ? &f->none : &f->weekends;
}

static int check_days(const cJSON *row, const consent__due_result *r) {
    const cJSON *days = cJSON_GetObjectItemCaseSensitive(row, "days");
    char text[11];
    int32_t i;
    if (days == NULL)
        return 0;
    if (cJSON_GetArraySize(days) != r->day_count)
        return 1;
    for (i = 0; i < r->day_count; i++) {
        consent__civil_text(consent__civil_from_days(r->days[i]), text);
        if (strcmp(cJSON_GetArrayItem(days, i)->valuestring, text) != 0)
            return 1;
    }
    return 0;
}

static int check_row(fixture *f, const cJSON *row) {
    const consent__calendar *calendar = calendar_of(f, text_of(row, "calendar"));
    const char *offset = text_of(row, "offset");
    bool provisional = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(row, "provisional"));
    consent__deadline d = {true, 0, UNIT_DAYS, "cn", FROM_NEXT};
    consent__due_result r;
    int64_t received, due;
    int32_t minutes = 0;
    char got[CONSENT__RFC3339_SIZE];
    d.count = cJSON_GetObjectItemCaseSensitive(row, "count")->valueint;
    d.unit = (consent__unit)consent__name_value(consent__unit_name, text_of(row, "unit"));
    d.from =
        (consent__convention)consent__name_value(consent__convention_name, text_of(row, "from"));
    assert_true(offset == NULL || consent__offset_parse(offset, &minutes));
    assert_true(consent__instant_parse(text_of(row, "received"), &received));
    assert_true(consent__instant_parse(text_of(row, "due"), &due));
    assert_int_equal(consent__due(&f->base.cx, calendar, &d, received, minutes, &f->arena, &r),
                     CONSENT_OK);
    consent__instant_text(r.due, calendar != NULL ? calendar->utc_offset : minutes, got);
    if (r.due == due && r.provisional == provisional && check_days(row, &r) == 0)
        return 0;
    print_error("%s: due %s provisional %d\n", text_of(row, "name"), got, r.provisional);
    return 1;
}

static void test_due_table_every_row(void **state) {
    fixture *f = *state;
    size_t len;
    char *bytes = read_file("tests/rules/due.json", &len);
    cJSON *rows = cJSON_Parse(bytes);
    const cJSON *row;
    int wrong = 0, count = 0;
    assert_non_null(rows);
    cJSON_ArrayForEach(row, rows) {
        wrong += check_row(f, row);
        count++;
    }
    assert_int_equal(wrong, 0);
    assert_true(count >= 100);
    cJSON_Delete(rows);
    free(bytes);
}

/* Another program, another language, no shared line. */
static void test_due_table_agrees_with_another_program(void **state) {
    char command[1200];
    int status;
    status = system("python3 -c 'import sys' >/dev/null 2>&1");
    if (status != 0)
        skip();
    (void)snprintf(command, sizeof command, "python3 '%s/tests/rules/workdays.py' '%s' >&2",
                   CONSENT_SOURCE_DIR, CONSENT_SOURCE_DIR);
    status = system(command);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* ---- single days ---- */

static void test_workday_counts_of_whole_years(void **state) {
    static const int32_t expected[][2] = {{2024, 251}, {2025, 248}, {2026, 248}}; /* law-rules s3 */
    fixture *f = *state;
    size_t i;
    for (i = 0; i < 3; i++) {
        int64_t day = day_of(expected[i][0], 1, 1), end = day_of(expected[i][0] + 1, 1, 1);
        int32_t n = 0;
        for (; day < end; day++)
            n += consent__is_workday(&f->cn, day, NULL);
        assert_int_equal(n, expected[i][1]);
    }
}

static void test_workday_is_provisional_where_a_notice_is_missing(void **state) {
    fixture *f = *state;
    bool provisional;
    assert_true(consent__is_workday(&f->cn, day_of(2026, 12, 24), &provisional));
    assert_false(provisional);
    assert_true(consent__is_workday(&f->cn, day_of(2026, 12, 25), &provisional));
    assert_true(provisional);
    assert_true(consent__is_workday(&f->cn, day_of(2025, 12, 25), &provisional));
    assert_false(provisional);
    assert_false(consent__is_workday(&f->cn, day_of(2027, 10, 1), &provisional));
    assert_true(provisional);
    assert_false(consent__is_workday(&f->weekends, day_of(2027, 10, 2), &provisional));
    assert_false(provisional);
    assert_true(consent__is_workday(&f->none, day_of(2027, 10, 2), &provisional));
    assert_false(provisional);
    assert_true(consent__is_workday(NULL, day_of(2027, 10, 2), &provisional));
    assert_false(provisional);
}

/* As in 2018: the notice for 2019 made Saturday 29 December worked and Monday 31 December free. */
static void test_workday_later_notice_moves_the_end_of_the_year_before(void **state) {
    const int32_t off[] = {(int32_t)day_of(2018, 12, 31), (int32_t)day_of(2019, 1, 1)};
    const int32_t worked[] = {(int32_t)day_of(2018, 12, 29)};
    const consent__calendar_year years[] = {{2018, "", 0, 0, NULL, NULL},
                                            {2019, "", 2, 1, off, worked}};
    consent__calendar c = {"x", 480, 1u << 6 | 1u << 7, 1, years, 0, NULL, 1225};
    bool provisional;
    assert_false(consent__is_workday(&c, worked[0], &provisional));
    assert_true(provisional);
    c.year_count = 2;
    assert_true(consent__is_workday(&c, worked[0], &provisional));
    assert_false(provisional);
    assert_false(consent__is_workday(&c, off[0], NULL));
}

/* ---- edges ---- */

static void test_due_refuses_what_cannot_be_counted(void **state) {
    fixture *f = *state;
    consent__deadline d = {false, 1, UNIT_DAYS, "none", FROM_NEXT};
    const consent__calendar never = {"x", 0, 0xfe, 0, NULL, 0, NULL, 0};
    consent__due_result r;
    consent__cx *cx = &f->base.cx;
    int64_t at = day_of(2025, 1, 1) * CONSENT__DAY;
    assert_failed(&f->base, consent__due(cx, NULL, &d, at, 0, &f->arena, &r), CONSENT_E_ARGUMENT);
    d.present = true;
    d.count = -1;
    assert_failed(&f->base, consent__due(cx, NULL, &d, at, 0, &f->arena, &r), CONSENT_E_ARGUMENT);
    d.count = 1;
    assert_failed(&f->base, consent__due(cx, NULL, &d, INT64_MIN, 0, &f->arena, &r),
                  CONSENT_E_ARGUMENT);
    assert_failed(&f->base, consent__due(cx, NULL, &d, INT64_MAX, 0, &f->arena, &r),
                  CONSENT_E_ARGUMENT);
    for (d.unit = UNIT_WORKING_DAYS; d.unit <= UNIT_MONTHS; d.unit++) {
        d.count = INT32_MAX;
        assert_failed(&f->base, consent__due(cx, &f->cn, &d, at, 0, &f->arena, &r),
                      CONSENT_E_LIMIT);
        assert_null(r.days);
        d.count = 1;
        if (d.unit != UNIT_HOURS)
            assert_failed(&f->base, consent__due(cx, &never, &d, at, 0, &f->arena, &r),
                          CONSENT_E_LIMIT);
    }
}

static void test_due_out_of_memory_says_so(void **state) {
    fixture *f = *state;
    const consent__deadline d = {true, 15, UNIT_WORKING_DAYS, "cn", FROM_NEXT};
    consent__arena small;
    consent__due_result r;
    consent__arena_init(&small, &f->base.env);
    f->base.until_fail = 0;
    assert_int_equal(consent__due(&f->base.cx, &f->cn, &d, 0, 0, &small, &r), CONSENT_E_MEMORY);
    f->base.until_fail = -1;
    consent__forget(&f->base.cx);
    assert_null(r.days);
    consent__arena_free(&small);
}

/* The conventions never cross, and a later receipt is never due earlier. */
static void test_due_conventions_keep_their_order(void **state) {
    fixture *f = *state;
    int64_t previous[3] = {0, 0, 0}, at = day_of(2024, 1, 1) * CONSENT__DAY;
    int32_t i, from;
    for (i = 0; i < 1060; i++, at += CONSENT__DAY) {
        int64_t due[3];
        for (from = FROM_NEXT; from <= FROM_ROLL; from++) {
            consent__deadline d = {true, 15, UNIT_WORKING_DAYS, "cn", FROM_NEXT};
            consent__due_result r;
            d.from = (consent__convention)from;
            assert_int_equal(consent__due(&f->base.cx, &f->cn, &d, at, 0, &f->arena, &r),
                             CONSENT_OK);
            assert_int_equal(r.day_count, 15);
            assert_int_equal(r.days[14], r.last_day);
            due[from] = r.due;
            assert_true(due[from] >= previous[from]);
            previous[from] = due[from];
        }
        assert_true(due[FROM_INCL] <= due[FROM_NEXT] && due[FROM_NEXT] <= due[FROM_ROLL]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_due_table_every_row, setup, teardown),
        cmocka_unit_test(test_due_table_agrees_with_another_program),
        cmocka_unit_test_setup_teardown(test_workday_counts_of_whole_years, setup, teardown),
        cmocka_unit_test_setup_teardown(test_workday_is_provisional_where_a_notice_is_missing,
                                        setup, teardown),
        cmocka_unit_test(test_workday_later_notice_moves_the_end_of_the_year_before),
        cmocka_unit_test_setup_teardown(test_due_refuses_what_cannot_be_counted, setup, teardown),
        cmocka_unit_test_setup_teardown(test_due_out_of_memory_says_so, setup, teardown),
        cmocka_unit_test_setup_teardown(test_due_conventions_keep_their_order, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
