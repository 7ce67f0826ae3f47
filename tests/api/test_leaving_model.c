/* SPDX-License-Identifier: Apache-2.0 */
/* Random interleavings of facts (fresh, stale, late, from sources that disagree), disputes, holds,
 * clock jumps forwards and backwards, requests, cancellations, erasures, registering anew, closing
 * and killing, against a small model of docs/requests.md that shares no code with the library.
 * Compared: the eligibility triple with its disputes and holds, the state of the cancellation, what
 * becomes of each item, what is kept of the erased; at the end of a run the ledger verifies and the
 * doctor finds nothing. CONSENT_MODEL_RUNS (default 14, each of 160 steps), CONSENT_MODEL_SEED. */
#include "api_fixture.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#define PEOPLE 4
#define STEPS 160
#define HOLDS 40
#define HOUR (3600 * SECOND)
#define NEVER INT64_MIN

enum { DEBTS, STATUS, DISPUTE, FACTS };
enum { NAME, STREET, ITEMS };
static const char *const fact_names[FACTS] = {"debts", "status", "dispute"};
static const char *const item_names[ITEMS] = {"name", "street"};
static const char *const fact_values[FACTS][3] = {
    {"0", "5", "0"}, {"\"normal\"", "\"locked\"", "\"normal\""}, {"true", "false", "false"}};

typedef struct seen {
    bool known;
    int value; /* index in fact_values; 2 says the same as the one before or after */
    int64_t observed;
} seen;

typedef struct hold {
    int64_t number, until; /* until 0: released only */
    int person;
    bool placed, whole, item[ITEMS], of_erased;
} hold;

typedef struct person {
    bool there;
    seen facts[FACTS][2];
    bool cancels, deletes;
    int64_t cancel, cooling, erase; /* numbers; end of the cooling-off */
} person;

typedef struct kept { /* of an erased subject */
    int64_t hold;     /* 0: the policy's */
    int64_t until;    /* NEVER: no end */
    int item;
    bool there;
} kept;

typedef struct world {
    fixture *f;
    person people[PEOPLE];
    hold holds[HOLDS];
    int hold_count;
    kept kept[400];
    int kept_count;
    int64_t last; /* time of the last event */
    uint64_t seed, dice;
    int step;
    const char *doing;
} world;

static long counts[16];

#define CHECK(yes)                                                                                 \
    do {                                                                                           \
        if (!(yes))                                                                                \
            fail_msg("seed %llu step %d (%s), line %d: %s", (unsigned long long)w->seed, w->step,  \
                     w->doing, __LINE__, #yes);                                                    \
    } while (0)

static unsigned below(world *w, unsigned n) {
    w->dice ^= w->dice << 13;
    w->dice ^= w->dice >> 7;
    w->dice ^= w->dice << 17;
    return (unsigned)((w->dice >> 20) % n);
}

static int64_t now_of(const world *w) {
    return w->f->now > w->last ? w->f->now : w->last;
}

static const char *id_of(int who) {
    static const char *const ids[PEOPLE] = {"ann", "ben", "cleo", "dan"};
    return ids[who];
}

/* ---- the model ---- */

/* -1 unknown, 0 no, 1 yes. A fact older than a day says nothing. */
static int condition(const world *w, const person *p, int fact) {
    int said = -1;
    for (int s = 0; s < 2; s++) {
        const seen *k = &p->facts[fact][s];
        if (!k->known || now_of(w) - k->observed > 24 * HOUR)
            continue;
        int good = k->value != 1;
        if (said >= 0 && said != good)
            return -1;
        said = good;
    }
    return said;
}

static bool disputed(const person *p) {
    for (int s = 0; s < 2; s++)
        if (p->facts[DISPUTE][s].known && p->facts[DISPUTE][s].value == 0)
            return true;
    return false;
}

static bool stands(const world *w, const hold *h, int who) {
    return h->placed && !h->of_erased && h->person == who && !(h->until && h->until <= now_of(w));
}

/* The oldest hold that keeps an item now; NULL. */
static const hold *held(const world *w, int who, int item) {
    for (int i = 0; i < w->hold_count; i++)
        if (stands(w, &w->holds[i], who) && w->holds[i].item[item])
            return &w->holds[i];
    return NULL;
}

/* One that names every item is not one on everything. */
static bool held_whole(const world *w, int who) {
    for (int i = 0; i < w->hold_count; i++)
        if (stands(w, &w->holds[i], who) && w->holds[i].whole)
            return true;
    return false;
}

static int eligible(const world *w, int who) {
    const person *p = &w->people[who];
    int debts = condition(w, p, DEBTS), status = condition(w, p, STATUS);
    if (debts == 0 || status == 0 || disputed(p) || held_whole(w, who))
        return 0;
    return debts < 0 || status < 0 ? -1 : 1;
}

static void wrote(world *w) {
    w->last = now_of(w);
}

/* ---- what is compared ---- */

static int count_of(const char *json, const char *what) {
    int n = 0;
    for (const char *p = json; (p = strstr(p, what)) != NULL; p++)
        n++;
    return n;
}

static void compare(world *w, int who) {
    const person *p = &w->people[who];
    consent_rows *rows = NULL;
    consent_status st = consent_cancel_check(w->f->store, id_of(who), NULL, NULL, &rows, NULL);
    CHECK(st == (p->there ? CONSENT_OK : CONSENT_E_NOT_FOUND));
    if (st != CONSENT_OK)
        return;
    int answer = eligible(w, who), holds = 0;
    counts[13 + answer + 1]++;
    if (answer < 0)
        CHECK(!consent_rows_has(rows, 0, "eligible"));
    else
        CHECK(consent_rows_number(rows, 0, "eligible", -1) == answer);
    const char *conditions = consent_rows_text(rows, 0, "conditions");
    int unknown = (condition(w, p, DEBTS) < 0 ? 1 : 0) + (condition(w, p, STATUS) < 0 ? 1 : 0);
    CHECK(count_of(conditions, "\"undetermined\"") == unknown);
    CHECK((strstr(consent_rows_text(rows, 0, "disputes"), "dispute") != NULL) == disputed(p));
    for (int i = 0; i < w->hold_count; i++)
        holds += stands(w, &w->holds[i], who);
    CHECK(count_of(consent_rows_text(rows, 0, "holds"), "\"hold\":") == holds);
    CHECK(consent_rows_number(rows, 0, "request", -1) == (p->cancels ? p->cancel : -1));
    consent_rows_free(rows);
}

static void compare_kept(world *w) {
    consent_rows *rows = NULL;
    size_t n = 0;
    CHECK(consent_remainder_list(w->f->store, NULL, &rows, NULL) == CONSENT_OK);
    for (int i = 0; i < w->kept_count; i++)
        n += w->kept[i].there;
    CHECK(consent_rows_count(rows) == n);
    consent_rows_free(rows);
}

/* ---- steps ---- */

static void put_fact(world *w, int i) {
    person *p = &w->people[i];
    int fact = (int)below(w, FACTS), source = (int)below(w, 2);
    int value = fact == DISPUTE ? (below(w, 8) ? 1 : 0) : below(w, 5) ? (int)below(w, 2) * 2 : 1;
    int64_t observed = now_of(w) - (below(w, 4) ? 0 : (int64_t)below(w, 60) * HOUR);
    bool future = below(w, 12) == 0;
    if (future)
        observed = now_of(w) + HOUR;
    consent_status st =
        consent_fact_put(w->f->store, id_of(i), fact_names[fact], fact_values[fact][value],
                         source ? "billing" : "support", observed, NULL);
    w->doing = "fact";
    CHECK(st == (!p->there ? CONSENT_E_NOT_FOUND : future ? CONSENT_E_ARGUMENT : CONSENT_OK));
    if (st != CONSENT_OK)
        return;
    wrote(w);
    seen *k = &p->facts[fact][source];
    if (!k->known || observed >= k->observed)
        *k = (seen){true, value, observed};
    if (disputed(p))
        p->cancels = false;
}

static void place(world *w, int i) {
    const person *p = &w->people[i];
    const char *items[ITEMS];
    size_t n = 0;
    unsigned scope = below(w, 4);
    int64_t until = below(w, 3) ? now_of(w) + (1 + (int64_t)below(w, 90)) * HOUR : 0;
    consent_rows *rows = NULL;
    w->doing = "hold";
    if (w->hold_count == HOLDS)
        return;
    hold *h = &w->holds[w->hold_count];
    *h = (hold){.person = i, .until = until};
    for (int k = 0; k < ITEMS; k++) {
        h->item[k] = scope == 3 || (int)scope == k || scope == 2;
        if (scope == 3 || (int)scope == k)
            items[n++] = item_names[k];
    }
    h->whole = scope == 2;
    consent_status st =
        consent_hold_place(w->f->store, id_of(i), "court", items, n, until, NULL, &rows, NULL);
    CHECK(st == (p->there ? CONSENT_OK : CONSENT_E_NOT_FOUND));
    if (st == CONSENT_OK) {
        h->number = consent_rows_number(rows, 0, "hold", -1);
        h->placed = true;
        w->hold_count++;
        wrote(w);
    }
    consent_rows_free(rows);
}

static void release(world *w) {
    consent_rows *rows = NULL;
    w->doing = "release";
    if (!w->hold_count)
        return;
    hold *h = &w->holds[below(w, (unsigned)w->hold_count)];
    consent_status expected = h->placed ? CONSENT_OK : CONSENT_E_STATE;
    bool any = false;
    if (h->of_erased) { /* what was kept for it may go, if anything was */
        for (int i = 0; i < w->kept_count; i++) {
            kept *k = &w->kept[i];
            if (k->there && k->hold == h->number) {
                any = true;
                k->there = false;
            }
        }
        expected = any ? CONSENT_OK : CONSENT_E_NOT_FOUND;
    }
    consent_status st = consent_hold_release(w->f->store, h->number, "over", NULL, &rows, NULL);
    CHECK(st == expected);
    h->placed = false;
    if (st == CONSENT_OK)
        wrote(w);
    consent_rows_free(rows);
}

static void open_cancel(world *w, int i) {
    person *p = &w->people[i];
    consent_rows *rows = NULL;
    w->doing = "cancel open";
    consent_status st =
        consent_cancel_open(w->f->store, id_of(i), NULL, NULL, NULL, "app", &rows, NULL);
    CHECK(st == (!p->there     ? CONSENT_E_NOT_FOUND
                 : p->cancels  ? CONSENT_E_STATE
                 : disputed(p) ? CONSENT_E_REFUSED
                               : CONSENT_OK));
    if (st == CONSENT_OK) {
        p->cancels = true;
        p->cancel = consent_rows_number(rows, 0, "request", -1);
        p->cooling = now_of(w) + 24 * HOUR;
        wrote(w);
    }
    consent_rows_free(rows);
}

static void open_delete(world *w, int i) {
    person *p = &w->people[i];
    consent_rows *rows = NULL;
    w->doing = "delete open";
    if (p->deletes)
        return;
    consent_request *q = consent_request_new(id_of(i), "delete");
    consent_status st = consent_request_open(w->f->store, q, &rows, NULL);
    consent_request_free(q);
    CHECK(st == (p->there ? CONSENT_OK : CONSENT_E_NOT_FOUND));
    if (st == CONSENT_OK) {
        p->deletes = true;
        p->erase = consent_rows_number(rows, 0, "request", -1);
        wrote(w);
    }
    consent_rows_free(rows);
}

/* street is kept by the policy for thirty days, name by nothing but a hold. */
static void expect_outcome(world *w, int i, const char *outcome) {
    char want[2][160];
    for (int k = 0; k < ITEMS; k++) {
        const hold *h = held(w, i, k);
        kept *x = &w->kept[w->kept_count];
        if (h) {
            char until[32] = "null";
            if (h->until)
                snprintf(until, sizeof until, "%lld", (long long)h->until);
            snprintf(want[k], sizeof want[k],
                     "{\"item\":\"%s\",\"reason\":\"hold %lld\",\"then\":\"retain\",\"until\":%s}",
                     item_names[k], (long long)h->number, until);
            *x = (kept){h->number, h->until ? h->until : NEVER, k, true};
            w->kept_count++;
        } else if (k == STREET) {
            snprintf(want[k], sizeof want[k],
                     "{\"item\":\"street\",\"reason\":\"tax\",\"then\":\"retain\",\"until\":%lld}",
                     (long long)(now_of(w) + 30 * DAY));
            *x = (kept){0, now_of(w) + 30 * DAY, k, true};
            w->kept_count++;
        } else {
            snprintf(want[k], sizeof want[k],
                     "{\"item\":\"name\",\"reason\":null,\"then\":\"delete\",\"until\":null}");
        }
        if (!strstr(outcome, want[k]))
            fail_msg("seed %llu step %d: outcome %s lacks %s", (unsigned long long)w->seed, w->step,
                     outcome, want[k]);
    }
}

static void gone(world *w, int i) {
    w->people[i] = (person){.there = false};
    for (int k = 0; k < w->hold_count; k++)
        if (w->holds[k].person == i && w->holds[k].number) {
            w->holds[k].of_erased = true;
            w->holds[k].person = -1;
        }
    wrote(w);
    counts[12]++;
}

static void leave(world *w, int i, bool by_cancel) {
    person *p = &w->people[i];
    consent_rows *rows = NULL;
    consent_status expected = CONSENT_OK;
    w->doing = by_cancel ? "cancel execute" : "erase";
    if (!p->there)
        expected = CONSENT_E_NOT_FOUND;
    else if (by_cancel)
        expected = !p->cancels              ? CONSENT_E_NOT_FOUND
                   : p->cooling > now_of(w) ? CONSENT_E_STATE
                   : eligible(w, i) != 1    ? CONSENT_E_REFUSED
                                            : CONSENT_OK;
    else
        expected = !p->deletes        ? CONSENT_E_NOT_FOUND
                   : held_whole(w, i) ? CONSENT_E_REFUSED
                                      : CONSENT_OK;
    int64_t number = p->there && p->deletes ? p->erase : 999999;
    consent_status st = by_cancel
                            ? consent_cancel_execute(w->f->store, id_of(i), false, &rows, NULL)
                            : consent_erase(w->f->store, id_of(i), number, false, &rows, NULL);
    CHECK(st == expected);
    if (st == CONSENT_OK) {
        expect_outcome(w, i, consent_rows_text(rows, 0, "outcome"));
        gone(w, i);
    }
    consent_rows_free(rows);
}

static void enrol(world *w, int i) {
    person *p = &w->people[i];
    w->doing = "subject add";
    if (p->there)
        return;
    CHECK(consent_subject_add(w->f->store, id_of(i), "1990-01-01", NULL) == CONSENT_OK);
    *p = (person){.there = true};
    wrote(w);
}

static void jump(world *w) {
    int64_t hours = 1 + (int64_t)below(w, 30);
    w->doing = "clock";
    w->f->now += below(w, 3) ? hours * HOUR : -2 * hours * HOUR;
}

static void reopen(world *w) {
    consent_error *err = NULL;
    w->doing = "open";
    if (consent_store_open(w->f->path, w->f->options, &w->f->store, &err) != CONSENT_OK)
        fail_msg("seed %llu: open: %s", (unsigned long long)w->seed, consent_error_message(err));
}

static void close_store(world *w) {
    consent_store_free(w->f->store);
    w->f->store = NULL;
}

/* A child takes back one cancellation and puts a dispute, over and over, and is killed in it: of
 * what was not acknowledged at most one fact may be there, whole. */
static void kill_one(world *w, int i) {
    person *p = &w->people[i];
    int64_t before, after, acked = 0;
    int pipes[2];
    w->doing = "kill";
    if (!p->there)
        return;
    before = api_size(w->f);
    close_store(w);
    CHECK(pipe(pipes) == 0);
    pid_t child = fork();
    if (child == 0) {
        consent_store *s = NULL;
        close(pipes[0]);
        if (consent_store_open(w->f->path, w->f->options, &s, NULL) != CONSENT_OK)
            _exit(1);
        for (int n = 0; n < 200; n++) {
            if (consent_fact_put(s, id_of(i), "debts", "0", "billing", CONSENT_OBSERVED_NOW,
                                 NULL) != CONSENT_OK ||
                write(pipes[1], "x", 1) != 1)
                _exit(1);
        }
        pause();
        _exit(0);
    }
    close(pipes[1]);
    struct timespec wait = {0, (2000 + (long)below(w, 9000)) * 1000};
    nanosleep(&wait, NULL);
    kill(child, SIGKILL);
    int status = 0;
    CHECK(waitpid(child, &status, 0) == child && WIFSIGNALED(status));
    char byte;
    while (read(pipes[0], &byte, 1) == 1)
        acked++;
    close(pipes[0]);
    reopen(w);
    after = api_size(w->f);
    /* a dispute that is known ends a running cancellation at the first of them */
    int64_t extra = after > before && p->cancels && disputed(p) ? 1 : 0;
    CHECK(after - before == acked + extra || after - before == acked + 1 + extra ||
          (extra && acked == 0 && after - before == 2));
    if (after > before) {
        wrote(w);
        p->facts[DEBTS][1] = (seen){true, 0, now_of(w)};
        if (disputed(p))
            p->cancels = false;
    }
}

/* ---- a run ---- */

static void publish(fixture *f) {
    static const char mark[] = "\"cancellation\":{\"conditions\":[],";
    static const char instead[] =
        "\"cancellation\":{\"conditions\":[{\"key\":\"no-debts\",\"title\":{\"en\":\"D\"},"
        "\"fact\":\"debts\",\"op\":\"==\",\"value\":0,\"sections\":[\"s1\"],\"max_age_hours\":24},"
        "{\"key\":\"normal\",\"title\":{\"en\":\"N\"},\"fact\":\"status\",\"op\":\"==\",\"value\":"
        "\"normal\",\"sections\":[\"s1\"],\"max_age_hours\":24}],\"dispute_facts\":[\"dispute\"],"
        "\"cooling_off_days\":1,\"retain\":[{\"items\":[\"street\"],\"reason\":{\"en\":\"tax\"},"
        "\"days\":30}],";
    char *b = api_bundle((variant){0}), *at = strstr(b, mark), *text;
    consent_error *err = NULL;
    assert_non_null(at);
    text = calloc(1, strlen(b) + sizeof instead);
    sprintf(text, "%.*s%s%s", (int)(at - b), b, instead, at + strlen(mark));
    if (consent_policy_import(f->store, text, strlen(text), &err) != CONSENT_OK)
        fail_msg("%s at %s", consent_error_message(err), consent_error_where(err));
    assert_int_equal(consent_policy_publish(f->store, "p", "1", NULL), CONSENT_OK);
    free(text);
    free(b);
}

static void step(world *w) {
    int i = (int)below(w, PEOPLE);
    unsigned what = below(w, 100);
    unsigned kind = what < 34   ? 0
                    : what < 42 ? 1
                    : what < 49 ? 2
                    : what < 61 ? 3
                    : what < 71 ? 4
                    : what < 75 ? 5
                    : what < 83 ? 6
                    : what < 86 ? 7
                    : what < 94 ? 8
                    : what < 97 ? 9
                                : 10;
    counts[kind]++;
    switch (kind) {
    case 0:
        put_fact(w, i);
        break;
    case 1:
        place(w, i);
        break;
    case 2:
        release(w);
        break;
    case 3:
        jump(w);
        break;
    case 4:
        open_cancel(w, i);
        break;
    case 5:
        open_delete(w, i);
        break;
    case 6:
        leave(w, i, true);
        break;
    case 7:
        leave(w, i, false);
        break;
    case 8:
        enrol(w, i);
        break;
    case 9:
        close_store(w);
        reopen(w);
        break;
    default:
        if (below(w, 2))
            kill_one(w, i);
        break;
    }
    compare(w, i);
}

static void expect_whole(world *w) {
    consent_rows *rows = NULL;
    w->doing = "end";
    w->f->now = now_of(w); /* the doctor says when the clock is behind */
    CHECK(consent_ledger_verify(w->f->store, NULL, NULL, &rows, NULL) == CONSENT_OK);
    CHECK(consent_rows_count(rows) == 0);
    consent_rows_free(rows);
    CHECK(consent_store_examine(w->f->store, NULL, NULL, NULL, &rows, NULL) == CONSENT_OK);
    if (consent_rows_count(rows))
        fail_msg("seed %llu: doctor: %s", (unsigned long long)w->seed,
                 consent_rows_text(rows, 0, "message"));
    consent_rows_free(rows);
}

static void run(uint64_t seed) {
    void *state = NULL;
    world *w = calloc(1, sizeof *w);
    assert_int_equal(api_setup(&state), 0);
    w->f = state;
    w->seed = seed;
    w->dice = seed * UINT64_C(0x9e3779b97f4a7c15) | 1;
    publish(w->f);
    w->last = T0;
    for (int i = 0; i < PEOPLE; i++)
        enrol(w, i);
    for (w->step = 0; w->step < STEPS; w->step++) {
        step(w);
        if (w->step % 20 == 0) {
            for (int i = 0; i < PEOPLE; i++)
                compare(w, i);
            compare_kept(w);
        }
    }
    compare_kept(w);
    expect_whole(w);
    free(w);
    assert_int_equal(api_teardown(&state), 0);
}

static void test_leaving_agrees_with_the_model(void **state) {
    static const char *const names[13] = {"facts",   "holds",    "releases", "jumps",  "opens",
                                          "deletes", "executes", "erases",   "enrols", "reopens",
                                          "kills",   "",         "erased"};
    const char *runs = getenv("CONSENT_MODEL_RUNS"), *seed = getenv("CONSENT_MODEL_SEED");
    long n = runs ? atol(runs) : 14;
    uint64_t first = seed ? strtoull(seed, NULL, 10) : 1;
    (void)state;
    for (long i = 0; i < (seed && !runs ? 1 : n); i++)
        run(first + (uint64_t)i);
    printf("model: %ld runs of %d steps;", n, STEPS);
    for (int i = 0; i < 13; i++)
        if (*names[i])
            printf(" %ld %s", counts[i], names[i]);
    printf("; answers %ld yes, %ld no, %ld undetermined\n", counts[15], counts[14], counts[13]);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_leaving_agrees_with_the_model)};
    return cmocka_run_group_tests_name("leaving", tests, NULL, NULL);
}
