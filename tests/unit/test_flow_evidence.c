/* SPDX-License-Identifier: Apache-2.0 */
/* Verifying a bundle while memory runs out once, by a host that goes on all the same: it gets no
 * verdict on what was not looked at. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "flow/evidence.h"
#include "people.h"

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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_evidence_gives_no_verdict_when_memory_ran_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
