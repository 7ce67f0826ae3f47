/* SPDX-License-Identifier: Apache-2.0 */
/* Verifying a bundle while memory runs out once, by a host that goes on all the same: it gets no
 * verdict on what was not looked at. And one that lists much: it is verified in n log n. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "flow/evidence.h"
#include "people.h"
#include "util/text.h"

#define FILES 32

typedef struct bundle {
    struct {
        char name[100];
        char *bytes;
        size_t len;
    } v[FILES];
    size_t count;
} bundle;

static int32_t take(const char *name, const void *bytes, size_t len, void *user) {
    bundle *b = user;
    if (!b->count || strcmp(b->v[b->count - 1].name, name) != 0) {
        assert_true(b->count < FILES && strlen(name) < sizeof b->v[0].name);
        strcpy(b->v[b->count++].name, name);
    }
    size_t i = b->count - 1;
    b->v[i].bytes = realloc(b->v[i].bytes, b->v[i].len + len + 1);
    assert_non_null(b->v[i].bytes);
    memcpy(b->v[i].bytes + b->v[i].len, bytes, len);
    b->v[i].len += len;
    b->v[i].bytes[b->v[i].len] = '\0'; /* so that it can be searched as text */
    return 0;
}

typedef struct scarce {
    long left; /* allocations until the one that fails */
} scarce;

static void *scarce_memory(void *p, size_t n, void *user) {
    scarce *s = user;
    if (n == 0) {
        free(p);
        return NULL;
    }
    return s->left-- == 0 ? NULL : realloc(p, n);
}

/* Whether the allocation of that number was asked for at all. */
static bool look(const bundle *b, long number) {
    scarce s = {number};
    consent__env env = consent__env_default;
    env.memory = scarce_memory;
    env.memory_user = &s;
    const consent__cx cx = {&env, NULL, "evidence verify"};
    consent_evidence *e = NULL;
    consent_rows *verdict = NULL;
    const char *name;
    bool missed = false;
    if (consent__flow_evidence_new(&cx, NULL, &e) != CONSENT_OK)
        return true;
    while ((name = consent__flow_evidence_wants(e)) != NULL) {
        for (size_t i = 0; i < b->count; i++)
            if (strcmp(b->v[i].name, name) == 0)
                missed |= consent__flow_evidence_give(&cx, e, b->v[i].bytes, b->v[i].len) < 0;
        missed |= consent__flow_evidence_end(&cx, e, true) < 0;
    }
    consent_status st = consent__flow_evidence_verdict(&cx, e, &verdict);
    if (missed)
        assert_int_equal(st, CONSENT_E_MEMORY);
    else if (s.left >= 0)
        assert_int_equal(consent_rows_number(verdict, 0, "ok", 0), 1);
    consent_rows_free(verdict);
    consent__flow_evidence_free(e);
    return s.left < 0;
}

static void test_evidence_gives_no_verdict_when_memory_ran_out(void **state) {
    people p;
    bundle b = {.count = 0};
    consent_rows *rows = NULL;
    long number = 0;
    (void)state;
    people_new(&p, "strida-fitness/1.0", "strida-fitness", "1.0");
    people_add(&p, 0, 1, 0);
    consent_act *a = consent_act_new("person-0", CONSENT_DECISION_GRANTED, "newsletter");
    assert_int_equal(consent_record(p.store, a, NULL, NULL), CONSENT_OK);
    consent_act_free(a);
    assert_int_equal(consent_evidence_export(p.store, NULL, take, &b, &rows, NULL), CONSENT_OK);
    consent_rows_free(rows);
    while (look(&b, number))
        number++;
    assert_true(number > 50);
    for (size_t i = 0; i < b.count; i++)
        free(b.v[i].bytes);
    people_free(&p);
}

/* ---- a bundle made to keep whoever verifies it busy ---- */

#define DECISIONS 2000
#define FEW 400
#define MANY 20000

/* What decides about the time is how much is listed beside the events: `others` versions. */
typedef struct crowd {
    consent_evidence *e;
    char *manifest, **text;
    char (*name)[100];
    size_t others;
} crowd;

typedef struct listed {
    char name[100];
    size_t bytes;
    uint8_t sha256[32];
} listed;

static int order_names(const void *a, const void *b) {
    return strcmp(((const listed *)a)->name, ((const listed *)b)->name);
}

static int order_policies(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static double cpu(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static const consent__cx *plain_cx(void) {
    static consent__cx cx = {&consent__env_default, NULL, "evidence verify"};
    return &cx;
}

static void list_file(listed *l, const char *name, const void *bytes, size_t n) {
    snprintf(l->name, sizeof l->name, "%s", name);
    l->bytes = n;
    consent__sha256(bytes, n, l->sha256);
}

/* Versions "1" to "others" of tests/data/bundles/tiny.json, whose policy is tiny, named by their
 * hashes, beside the files of a real bundle. */
static void crowd_new(crowd *c, const bundle *b, size_t others) {
    size_t form_n, at = 0, count = 0;
    char *form = people_read_file(CONSENT_SOURCE_DIR "/tests/data/bundles/tiny.json", &form_n);
    char *version = strstr(form, "\"version\": \"1\"");
    listed *all = calloc(others + FILES, sizeof *all);
    assert_non_null(version);
    *c = (crowd){.others = others,
                 .text = calloc(others, sizeof *c->text),
                 .manifest = malloc((others + FILES) * 260 + 2000)};
    for (size_t i = 0; i < others; i++) {
        char hex[65], name[100];
        uint8_t hash[32];
        c->text[i] = malloc(form_n + 100);
        /* Its name goes before the text: sorted together below. */
        int n = snprintf(c->text[i] + 80, form_n + 20, "%.*s%06zu%s", (int)(version - form) + 12,
                         form, i + 1, version + 13);
        consent__sha256(c->text[i] + 80, (size_t)n, hash);
        consent__hex(hash, 32, hex);
        snprintf(name, sizeof name, "policies/%s.json", hex);
        memcpy(c->text[i], name, strlen(name) + 1);
        list_file(&all[count++], name, c->text[i] + 80, (size_t)n);
    }
    free(form);
    for (size_t i = 0; i < b->count; i++)
        if (strcmp(b->v[i].name, "manifest.json") != 0 &&
            strcmp(b->v[i].name, "manifest.note") != 0)
            list_file(&all[count++], b->v[i].name, b->v[i].bytes, b->v[i].len);
    qsort(all, count, sizeof *all, order_names);
    qsort(c->text, others, sizeof *c->text, order_policies);
    for (size_t i = 0; i < b->count; i++) {
        if (strcmp(b->v[i].name, "manifest.json") != 0)
            continue;
        const char *list = strstr(b->v[i].bytes, "\"files\":["), *end = strchr(list, ']');
        at += (size_t)sprintf(c->manifest, "%.*s", (int)(list - b->v[i].bytes) + 9, b->v[i].bytes);
        for (size_t k = 0; k < count; k++) {
            char hex[65];
            consent__hex(all[k].sha256, 32, hex);
            at += (size_t)sprintf(c->manifest + at,
                                  "%s{\"bytes\":%zu,\"name\":\"%s\",\"sha256\":\"%s\"}",
                                  k ? "," : "", all[k].bytes, all[k].name, hex);
        }
        sprintf(c->manifest + at, "%.*s", (int)(b->v[i].len - (size_t)(end - b->v[i].bytes)), end);
    }
    c->name = calloc(count, sizeof *c->name);
    for (size_t k = 0; k < count; k++)
        memcpy(c->name[k], all[k].name, sizeof all[k].name);
    free(all);
    assert_int_equal(consent__flow_evidence_new(plain_cx(), NULL, &c->e), CONSENT_OK);
}

static void crowd_free(crowd *c) {
    consent__flow_evidence_free(c->e);
    for (size_t i = 0; i < c->others; i++)
        free(c->text[i]);
    free(c->text);
    free(c->name);
    free(c->manifest);
}

static const char *bytes_of(const crowd *c, const bundle *b, const char *name, size_t *n) {
    if (strcmp(name, "manifest.json") == 0) {
        *n = strlen(c->manifest);
        return c->manifest;
    }
    for (size_t i = 0; i < b->count; i++)
        if (strcmp(b->v[i].name, name) == 0) {
            *n = b->v[i].len;
            return b->v[i].bytes;
        }
    const char **text = bsearch(&name, c->text, c->others, sizeof *c->text, order_policies);
    assert_non_null(text);
    *n = strlen(*text + 80);
    return *text + 80;
}

/* Seconds of CPU that the events take, and those of `found` for each file. */
static void crowd_verify(crowd *c, const bundle *b, double *events, double *found) {
    const char *name;
    *events = 0;
    while ((name = consent__flow_evidence_wants(c->e)) != NULL) {
        size_t n;
        const char *bytes = bytes_of(c, b, name, &n);
        bool lines = strcmp(name, "events.jsonl") == 0;
        double start = cpu();
        assert_int_equal(consent__flow_evidence_give(plain_cx(), c->e, bytes, n), CONSENT_OK);
        assert_int_equal(consent__flow_evidence_end(plain_cx(), c->e, true), CONSENT_OK);
        *events += lines ? cpu() - start : 0;
    }
    double start = cpu();
    for (size_t k = 0; k < MANY; k++)
        assert_int_equal(consent__flow_evidence_found(plain_cx(), c->e, c->name[k % c->others]),
                         CONSENT_OK);
    *found = cpu() - start;
}

/* Every version is in the bundle, and nothing but the manifest's signature is wrong. */
static void expect_only_the_signature(crowd *c) {
    consent_rows *rows = NULL;
    assert_int_equal(consent__flow_evidence_findings(plain_cx(), c->e, &rows), CONSENT_OK);
    assert_int_equal(consent_rows_count(rows), 1);
    assert_string_equal(consent_rows_text(rows, 0, "what"), "MANIFEST_SIGNATURE");
    consent_rows_free(rows);
}

/* The same events beside 400 versions and beside 20 000: what each takes must not grow with them
 * (with lists that are walked: 6 and 50 times). */
static void test_evidence_of_many_files_costs_no_more_for_each_event(void **state) {
    people p;
    bundle b = {.count = 0};
    crowd few, many;
    consent_rows *rows = NULL;
    double events[2], found[2];
    (void)state;
    people_new(&p, "strida-fitness/1.0", "strida-fitness", "1.0");
    people_add(&p, 0, 1, 0);
    for (int i = 0; i < DECISIONS; i++) {
        consent_act *a = consent_act_new(
            "person-0", i % 2 ? CONSENT_DECISION_WITHDRAWN : CONSENT_DECISION_GRANTED,
            "newsletter");
        assert_int_equal(consent_record(p.store, a, NULL, NULL), CONSENT_OK);
        consent_act_free(a);
    }
    assert_int_equal(consent_evidence_export(p.store, NULL, take, &b, &rows, NULL), CONSENT_OK);
    consent_rows_free(rows);
    crowd_new(&few, &b, FEW);
    crowd_new(&many, &b, MANY);
    crowd_verify(&few, &b, &events[0], &found[0]);
    crowd_verify(&many, &b, &events[1], &found[1]);
    print_message("events %.4f s and %.4f s, names %.4f s and %.4f s\n", events[0], events[1],
                  found[0], found[1]);
    expect_only_the_signature(&few);
    expect_only_the_signature(&many);
    assert_true(events[1] < 3 * events[0]);
    assert_true(found[1] < 10 * found[0]);
    crowd_free(&few);
    crowd_free(&many);
    for (size_t i = 0; i < b.count; i++)
        free(b.v[i].bytes);
    people_free(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_evidence_gives_no_verdict_when_memory_ran_out),
        cmocka_unit_test(test_evidence_of_many_files_costs_no_more_for_each_event),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
