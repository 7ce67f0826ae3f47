/* SPDX-License-Identifier: Apache-2.0 */
/* Checks from memory: right as time passes, as policies change, after closing; and for nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include <consent/consent.h>

#define DAY INT64_C(86400000000)
#define START INT64_C(1767225600000000) /* 2026-01-01T00:00:00Z */

typedef struct fixture {
    char folder[32], path[64];
    consent_store *store;
    int64_t now;
    _Atomic long allocations;
    int32_t purpose;
    bool system_clock; /* from the next opening on */
} fixture;

static int64_t clock_of(void *user) {
    return ((fixture *)user)->now;
}

static void *memory_of(void *pointer, size_t size, void *user) {
    atomic_fetch_add(&((fixture *)user)->allocations, 1);
    if (size == 0) {
        free(pointer);
        return NULL;
    }
    return realloc(pointer, size);
}

/* One purpose, a consent to which is valid for 30 days; guardians below 14. */
static void publish(fixture *f, const char *version, const char *effective, const char *cls) {
    static char bundle[4096];
    int n = snprintf(
        bundle, sizeof bundle,
        "{\"bundle\":1,\"policy\":\"h\",\"version\":\"%s\",\"profile\":\"none\",\"languages\":"
        "[\"en\"],\"effective_at\":\"%s\",\"utc_offset\":\"+00:00\",\"controller\":{\"name\":{"
        "\"en\":\"H\"},\"contacts\":[{\"kind\":\"email\",\"value\":\"a@b.example\"}]},"
        "\"documents\":[{\"id\":\"d\",\"kind\":\"privacy-policy\",\"title\":{\"en\":\"P\"},"
        "\"sections\":[\"s1\"]}],\"sections\":[{\"id\":\"s1\",\"title\":{\"en\":\"S\"},\"text\":"
        "{\"en\":\"%s\"}}],\"items\":[{\"key\":\"email\",\"title\":{\"en\":\"E\"},\"category\":"
        "\"contact\",\"sensitive\":false,\"identifies\":\"alone\",\"sections\":[\"s1\"]}],"
        "\"purposes\":[{\"key\":\"news\",\"title\":{\"en\":\"N\"},\"basis\":\"consent\",\"class\":"
        "\"%s\",\"required\":false,\"items\":[\"email\"],\"operations\":[\"use\"],"
        "\"sections\":[\"s1\"],\"valid_days\":30}],\"permissions\":[],\"recipients\":[],"
        "\"exemptions\":[],\"rights\":[],\"minors\":{\"thresholds\":{\"guardian_below\":14,"
        "\"adult_from\":18},\"evidence\":[],\"sections\":[]},\"cancellation\":{\"conditions\":[],"
        "\"acknowledge\":[],\"sections\":[],\"deadline\":{\"count\":30,\"unit\":\"days\","
        "\"calendar\":\"none\"}},\"incident\":{\"contents\":[],\"channels\":[\"email\"],"
        "\"sections\":[]},\"assessments\":[],\"change\":{\"class\":\"material\",\"summary\":{"
        "\"en\":"
        "\"C\"}}}",
        version, effective, version, cls);
    consent_error *err = NULL;
    if (consent_policy_import(f->store, bundle, (size_t)n, &err) != CONSENT_OK)
        fail_msg("%s at %s", consent_error_message(err), consent_error_where(err));
    assert_int_equal(consent_policy_publish(f->store, "h", version, NULL), CONSENT_OK);
}

static void open_again(fixture *f, int64_t cache) {
    static const uint8_t key[32] = {3};
    consent_options *o = consent_options_new();
    assert_int_equal(consent_options_set_key(o, key, sizeof key, NULL), CONSENT_OK);
    if (!f->system_clock)
        consent_options_set_clock(o, clock_of, f);
    consent_options_set_memory(o, memory_of, f);
    if (cache >= 0)
        consent_options_set_cache(o, cache);
    if (f->store) {
        assert_int_equal(consent_store_close(f->store, NULL), CONSENT_OK);
        consent_store_free(f->store);
        f->store = NULL;
        assert_int_equal(consent_store_open(f->path, o, &f->store, NULL), CONSENT_OK);
    } else {
        assert_int_equal(consent_store_create(f->path, o, &f->store, NULL), CONSENT_OK);
    }
    consent_options_free(o);
}

static int set_up(void **state) {
    fixture *f = calloc(1, sizeof *f);
    (void)strcpy(f->folder, "handle-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    (void)snprintf(f->path, sizeof f->path, "%s/a.store", f->folder);
    f->now = START;
    open_again(f, -1);
    publish(f, "1.0", "2025-01-01T00:00:00Z", "general");
    assert_int_equal(consent_subject_add(f->store, "ann", "1990-05-17", NULL), CONSENT_OK);
    assert_int_equal(consent_purpose_number(f->store, "news", &f->purpose, NULL), CONSENT_OK);
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    fixture *f = *state;
    (void)consent_store_close(f->store, NULL);
    consent_store_free(f->store);
    (void)unlink(f->path);
    (void)rmdir(f->folder);
    free(f);
    return 0;
}

static consent_handle *handle(fixture *f, const char *subject) {
    consent_handle *h = NULL;
    assert_int_equal(consent_handle_new(f->store, subject, &h, NULL), CONSENT_OK);
    return h;
}

/* Every way of asking, twice, so that the second is from memory. */
static void assert_may(fixture *f, consent_handle *h, const char *subject, bool want) {
    for (int i = 0; i < 2; i++) {
        consent_query *q = consent_query_new(subject, "news");
        consent_answer *a = NULL;
        assert_int_equal(consent_handle_may(h, f->purpose), want);
        assert_int_equal(consent_may(f->store, subject, "news"), want);
        assert_int_equal(consent_check(f->store, q, &a, NULL), CONSENT_OK);
        assert_int_equal(consent_answer_allowed(a), want);
        consent_answer_free(a);
        consent_query_free(q);
    }
}

static void grant(fixture *f, const char *subject) {
    assert_int_equal(consent_grant(f->store, subject, "news", NULL, NULL), CONSENT_OK);
}

static void test_handle_follows_every_change(void **state) {
    fixture *f = *state;
    consent_handle *h = handle(f, "ann"), *other = handle(f, "bob");
    assert_may(f, h, "ann", false);
    assert_may(f, other, "bob", false); /* not registered */
    grant(f, "ann");
    assert_may(f, h, "ann", true);
    assert_int_equal(consent_subject_add(f->store, "bob", "1991-01-01", NULL), CONSENT_OK);
    grant(f, "bob");
    assert_may(f, other, "bob", true);
    assert_may(f, h, "ann", true);
    assert_int_equal(consent_withdraw(f->store, "ann", "news", NULL, NULL), CONSENT_OK);
    assert_may(f, h, "ann", false);
    assert_may(f, other, "bob", true);
    assert_int_equal(consent_subject_set_born(f->store, "bob", "2020-01-01", NULL), CONSENT_OK);
    assert_may(f, other, "bob", false); /* a child now */
    consent_handle_free(h);
    consent_handle_free(other);
}

static void test_handle_consent_expires_at_its_instant(void **state) {
    fixture *f = *state;
    consent_handle *h = handle(f, "ann");
    grant(f, "ann");
    f->now = START + 30 * DAY - 1000000;
    assert_may(f, h, "ann", true);
    f->now = START + 30 * DAY - 1;
    assert_may(f, h, "ann", true);
    f->now = START + 30 * DAY;
    assert_may(f, h, "ann", false);
    f->now = START + 29 * DAY; /* a clock that goes back brings the answer of then */
    assert_may(f, h, "ann", true);
    consent_handle_free(h);
}

/* The clock may stand behind what the ledger has seen: the later of both is now. */
static void test_handle_clock_behind_the_ledger(void **state) {
    fixture *f = *state;
    consent_handle *h = handle(f, "ann");
    grant(f, "ann");
    f->now = START + 29 * DAY;
    assert_may(f, h, "ann", true);
    f->now = START + 40 * DAY;
    assert_int_equal(consent_subject_add(f->store, "late", "1990-01-01", NULL), CONSENT_OK);
    f->now = START + 29 * DAY;
    assert_may(f, h, "ann", false);
    consent_handle_free(h);
}

static void test_handle_child_comes_of_age(void **state) {
    fixture *f = *state;
    consent_handle *h = handle(f, "kid");
    /* 14 at midnight of 20 January 2026. */
    assert_int_equal(consent_subject_add(f->store, "kid", "2012-01-20", NULL), CONSENT_OK);
    f->now = START + 19 * DAY - 1;
    assert_may(f, h, "kid", false);
    f->now = START + 19 * DAY;
    grant(f, "kid");
    assert_may(f, h, "kid", true);
    f->now = START + 19 * DAY + 1000000;
    assert_may(f, h, "kid", true);
    consent_handle_free(h);
}

static void test_handle_version_comes_into_force(void **state) {
    fixture *f = *state;
    consent_handle *h = handle(f, "ann");
    grant(f, "ann");
    assert_may(f, h, "ann", true);
    publish(f, "2.0", "2026-01-11T00:00:00Z", "separate");
    assert_may(f, h, "ann", true);
    f->now = START + 10 * DAY - 1;
    assert_may(f, h, "ann", true);
    f->now = START + 10 * DAY;
    assert_may(f, h, "ann", false);
    consent_handle_free(h);
}

static int64_t system_now(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* The system's clock as checks see it: behind by a tick, or by as long as the machine was held up.
 */
static int64_t coarse_now(void) {
#if defined(CLOCK_REALTIME_COARSE)
    struct timespec t;
    (void)clock_gettime(CLOCK_REALTIME_COARSE, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
#else
    return system_now();
#endif
}

/* The same by the system's clock, which the usual check reads by the second: asked all the time,
 * the answer changes at its instant and not at a second's convenience. */
static void test_handle_ends_by_the_system_clock(void **state) {
    fixture *f = *state;
    char effective[32];
    f->system_clock = true;
    open_again(f, -1);
    assert_int_equal(consent_purpose_number(f->store, "news", &f->purpose, NULL), CONSENT_OK);
    consent_handle *h = handle(f, "ann");
    grant(f, "ann");
    assert_may(f, h, "ann", true);
    int64_t end = (system_now() / 1000000 + 3) * 1000000;
    time_t second = (time_t)(end / 1000000);
    struct tm parts;
    assert_non_null(gmtime_r(&second, &parts));
    assert_true(strftime(effective, sizeof effective, "%Y-%m-%dT%H:%M:%SZ", &parts) > 0);
    publish(f, "2.0", effective, "separate");
    bool in_time = system_now() < end - 500000; /* a machine may take that long to publish */
    long allowed = 0, denied = 0;
    while (coarse_now() < end + 1200000) {
        int64_t before = coarse_now();
        bool may = consent_handle_may(h, f->purpose);
        int64_t after = system_now();
        assert_false(may && before >= end);
        assert_false(!may && after < end);
        allowed += may;
        denied += !may;
    }
    assert_true((allowed > 0 || !in_time) && denied > 0);
    assert_may(f, h, "ann", false);
    consent_handle_free(h);
}

/* Handles share blocks of memory: each keeps its own subject, whoever is freed beside it. */
static void test_handle_many_side_by_side(void **state) {
    enum { MANY = 3000, SUBJECTS = 16 };
    fixture *f = *state;
    static consent_handle *h[MANY];
    static int who[MANY];
    char id[16];
    uint32_t random = 7;
    for (int i = 0; i < SUBJECTS; i++) {
        (void)snprintf(id, sizeof id, "s%d", i);
        assert_int_equal(consent_subject_add(f->store, id, "1980-01-01", NULL), CONSENT_OK);
        if (i % 3 == 1)
            grant(f, id);
    }
    for (int round = 0; round < 4; round++) {
        for (int i = 0; i < MANY; i++) {
            random = random * 1664525 + 1013904223;
            if (h[i] && random >> 30)
                continue;
            consent_handle_free(h[i]);
            who[i] = (int)(random >> 20) % SUBJECTS;
            (void)snprintf(id, sizeof id, "s%d", who[i]);
            h[i] = handle(f, id);
            assert_int_equal((uintptr_t)h[i] % 64, 0);
        }
        for (int i = 0; i < MANY; i++)
            assert_int_equal(consent_handle_may(h[i], f->purpose), who[i] % 3 == 1);
    }
    for (int i = 0; i < MANY; i++) {
        consent_handle_free(h[(i * 7) % MANY]);
        h[(i * 7) % MANY] = NULL;
    }
    for (int i = 0; i < MANY; i++)
        assert_null(h[i]);
    consent_handle *late = handle(f, "s1");
    assert_true(consent_handle_may(late, f->purpose));
    consent_handle_free(late);
}

static void test_handle_repeated_checks_allocate_nothing(void **state) {
    fixture *f = *state;
    f->system_clock = true;
    open_again(f, -1);
    assert_int_equal(consent_purpose_number(f->store, "news", &f->purpose, NULL), CONSENT_OK);
    consent_handle *h = handle(f, "ann");
    grant(f, "ann");
    assert_may(f, h, "ann", true);
    long before = atomic_load(&f->allocations);
    for (int i = 0; i < 1000; i++) {
        assert_true(consent_handle_may(h, f->purpose));
        assert_true(consent_may(f->store, "ann", "news"));
    }
    assert_int_equal(atomic_load(&f->allocations), before);
    consent_handle_free(h);
}

static void test_handle_without_cache(void **state) {
    fixture *f = *state;
    grant(f, "ann");
    open_again(f, 0);
    assert_int_equal(consent_purpose_number(f->store, "news", &f->purpose, NULL), CONSENT_OK);
    consent_handle *h = handle(f, "ann");
    assert_may(f, h, "ann", true);
    assert_int_equal(consent_withdraw(f->store, "ann", "news", NULL, NULL), CONSENT_OK);
    assert_may(f, h, "ann", false);
    consent_handle_free(h);
}

/* More subjects than fit: who is thrown out is read again. */
static void test_handle_small_cache_stays_right(void **state) {
    fixture *f = *state;
    char id[16];
    open_again(f, 32 * 1024);
    for (int i = 0; i < 300; i++) {
        (void)snprintf(id, sizeof id, "s%d", i);
        assert_int_equal(consent_subject_add(f->store, id, "1980-01-01", NULL), CONSENT_OK);
        if (i % 2)
            grant(f, id);
    }
    for (int round = 0; round < 3; round++)
        for (int i = 0; i < 300; i++) {
            (void)snprintf(id, sizeof id, "s%d", i);
            assert_int_equal(consent_may(f->store, id, "news"), i % 2 == 1);
        }
}

static void test_handle_outlives_close_and_free(void **state) {
    fixture *f = *state;
    consent_handle *h = handle(f, "ann");
    grant(f, "ann");
    assert_true(consent_handle_may(h, f->purpose));
    consent_store *old = f->store;
    f->store = NULL;
    assert_int_equal(consent_store_close(old, NULL), CONSENT_OK);
    assert_false(consent_handle_may(h, f->purpose));
    assert_false(consent_may(old, "ann", "news"));
    consent_handle *late = (consent_handle *)f;
    assert_int_equal(consent_handle_new(old, "ann", &late, NULL), CONSENT_E_CLOSED);
    assert_null(late);
    consent_store_free(old);
    assert_false(consent_handle_may(h, f->purpose));
    consent_handle_free(h);
}

static void test_handle_refuses_wrong_arguments(void **state) {
    fixture *f = *state;
    consent_handle *h = NULL;
    consent_error *err = NULL;
    int32_t number = 5;
    char longest[514];
    memset(longest, 'a', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_int_equal(consent_handle_new(f->store, "", &h, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_handle_new(f->store, longest, &h, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_handle_new(f->store, NULL, &h, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_handle_new(f->store, "\xff", &h, NULL), CONSENT_E_ENCODING);
    assert_int_equal(consent_handle_new(NULL, "ann", &h, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_handle_new(f->store, "ann", NULL, NULL), CONSENT_E_ARGUMENT);
    assert_null(h);
    assert_int_equal(consent_purpose_number(f->store, "no such", &number, &err),
                     CONSENT_E_NOT_FOUND);
    assert_non_null(err);
    assert_int_equal(number, -1);
    consent_error_free(err);
    assert_int_equal(consent_purpose_number(f->store, "news", NULL, NULL), CONSENT_E_ARGUMENT);
    h = handle(f, "ann");
    grant(f, "ann");
    assert_false(consent_handle_may(NULL, f->purpose));
    assert_false(consent_handle_may(h, -1));
    assert_false(consent_handle_may(h, f->purpose + 1));
    assert_false(consent_handle_may(h, INT32_MAX));
    consent_handle_free(h);
    consent_handle_free(NULL);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_handle_follows_every_change),
        TEST(test_handle_consent_expires_at_its_instant),
        TEST(test_handle_clock_behind_the_ledger),
        TEST(test_handle_child_comes_of_age),
        TEST(test_handle_version_comes_into_force),
        TEST(test_handle_ends_by_the_system_clock),
        TEST(test_handle_many_side_by_side),
        TEST(test_handle_repeated_checks_allocate_nothing),
        TEST(test_handle_without_cache),
        TEST(test_handle_small_cache_stays_right),
        TEST(test_handle_outlives_close_and_free),
        TEST(test_handle_refuses_wrong_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
