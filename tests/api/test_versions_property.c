/* SPDX-License-Identifier: Apache-2.0 */
/* Any sequence of versions of a generated policy, with acts of several people in between:
 *   the epoch of a point never falls, rises when the point is widened, stays when it is narrowed;
 *   no publishing turns a no into a yes;
 *   a version that only narrows asks nobody;
 *   what was widened, or removed and added again, is asked again;
 *   what a version leaves alone stays allowed.
 * CONSENT_PROPERTY_SEED repeats a run. */
#include "api_fixture.h"

#include <time.h>

#define PURPOSES 4
#define ITEMS 4
#define PEOPLE 5
#define VERSIONS 9
#define SEQUENCES 12

typedef struct version {
    int label;
    bool present[PURPOSES], stores[PURPOSES];
    unsigned items[PURPOSES], share[PURPOSES]; /* masks of items; share 0: none, to "shop" */
    int words[PURPOSES], days[ITEMS];
} version;

typedef enum word { SAID_NOTHING, SAID_YES, SAID_NO } word;
typedef enum valid { INVALID, VALID, OPEN } valid; /* OPEN: the model does not say */
typedef struct person {
    word said[PURPOSES];
    valid purpose[PURPOSES], share[PURPOSES];
} person;

typedef struct run {
    fixture *f;
    version now;
    person people[PEOPLE];
    int64_t epoch[PURPOSES]; /* last seen, -1 */
} run;

static uint64_t dice;

static unsigned below(unsigned n) {
    dice ^= dice << 13;
    dice ^= dice >> 7;
    dice ^= dice << 17;
    return (unsigned)((dice >> 20) % n);
}

static const char *name_of(char letter, int i) {
    static char out[4][8];
    static int turn;
    turn = (turn + 1) % 4;
    snprintf(out[turn], sizeof out[turn], "%c%d", letter, i);
    return out[turn];
}

/* ---- a version as a document ---- */

static void put_items(FILE *o, unsigned mask) {
    const char *comma = "";
    for (int i = 0; i < ITEMS; i++)
        if (mask >> i & 1) {
            fprintf(o, "%s\"i%d\"", comma, i);
            comma = ",";
        }
}

static void put_head(FILE *o, const version *v) {
    char at[32];
    time_t t = (time_t)(T0 / SECOND + (int64_t)v->label * 86400);
    strftime(at, sizeof at, "%Y-%m-%dT%H:%M:%SZ", gmtime(&t));
    fprintf(o,
            "{\"bundle\":1,\"policy\":\"p\",\"version\":\"%d\",\"effective_at\":\"%s\","
            "\"utc_offset\":\"+00:00\",\"profile\":\"none\",\"languages\":[\"en\"],\"controller\":{"
            "\"name\":{\"en\":\"C\"},\"contacts\":[{\"kind\":\"email\",\"value\":\"a@b.example\"}]}"
            ",\"documents\":[{\"id\":\"d\",\"kind\":\"privacy-policy\",\"title\":{\"en\":\"D\"},"
            "\"sections\":[\"s0\",\"s1\",\"s2\",\"s3\"]}],\"sections\":[",
            v->label, at);
    for (int i = 0; i < PURPOSES; i++)
        fprintf(o, "%s{\"id\":\"s%d\",\"title\":{\"en\":\"S\"},\"text\":{\"en\":\"Words %d.\"}}",
                i ? "," : "", i, v->words[i]);
    fputs("],\"items\":[", o);
    for (int i = 0; i < ITEMS; i++)
        fprintf(o,
                "%s{\"key\":\"i%d\",\"title\":{\"en\":\"I\"},\"category\":\"id\",\"sensitive\":"
                "false,\"identifies\":\"alone\",\"retention\":{\"until\":\"collected\",\"days\":%d,"
                "\"then\":\"delete\"},\"sections\":[\"s0\"]}",
                i ? "," : "", i, v->days[i]);
}

static void put_purposes(FILE *o, const version *v) {
    const char *comma = "";
    fputs("],\"purposes\":[", o);
    for (int i = 0; i < PURPOSES; i++) {
        if (!v->present[i])
            continue;
        fprintf(o,
                "%s{\"key\":\"p%d\",\"title\":{\"en\":\"P\"},\"basis\":\"consent\",\"class\":"
                "\"general\",\"required\":false,\"operations\":[\"use\",\"share\"%s],\"items\":[",
                comma, i, v->stores[i] ? ",\"store\"" : "");
        put_items(o, v->items[i]);
        fputs("],\"shares\":[", o);
        if (v->share[i]) {
            fputs("{\"recipient\":\"shop\",\"class\":\"general\",\"items\":[", o);
            put_items(o, v->share[i]);
            fputs("]}", o);
        }
        fprintf(o, "],\"sections\":[\"s%d\"]}", i);
        comma = ",";
    }
}

static char *document(const version *v, size_t *len) {
    char *out = NULL;
    const char *comma = "";
    unsigned shared = 0;
    FILE *o = open_memstream(&out, len);
    assert_non_null(o);
    put_head(o, v);
    put_purposes(o, v);
    fputs("],\"permissions\":[],\"recipients\":[{\"key\":\"shop\",\"name\":{\"en\":\"R\"},\"kind\":"
          "\"partner\",\"sections\":[\"s0\"],\"purposes\":[",
          o);
    for (int i = 0; i < PURPOSES; i++)
        if (v->present[i] && v->share[i]) {
            fprintf(o, "%s\"p%d\"", comma, i);
            comma = ",";
            shared |= v->share[i];
        }
    fputs("],\"items\":[", o);
    put_items(o, shared);
    fputs("]}],\"exemptions\":[],\"rights\":[],\"minors\":{\"thresholds\":{\"guardian_below\":0,"
          "\"adult_from\":18},\"evidence\":[],\"sections\":[]},\"cancellation\":{\"conditions\":[],"
          "\"acknowledge\":[],\"sections\":[],\"deadline\":{\"count\":30,\"unit\":\"days\","
          "\"calendar\":\"none\"}},\"incident\":{\"contents\":[],\"channels\":[\"email\"],"
          "\"sections\":[]},\"assessments\":[],\"change\":{\"class\":\"material\",\"summary\":{"
          "\"en\":\"x\"}}}",
          o);
    fclose(o);
    return out;
}

/* ---- changes ---- */

static unsigned some_bit(unsigned mask) {
    unsigned bit;
    do
        bit = 1u << below(ITEMS);
    while (!(mask & bit));
    return bit;
}

static int count_present(const version *v) {
    int n = 0;
    for (int i = 0; i < PURPOSES; i++)
        n += v->present[i];
    return n;
}

static void narrow(version *v) {
    int p = (int)below(PURPOSES);
    switch (below(5)) {
    case 0:
        if (v->items[p] & (v->items[p] - 1)) {
            v->items[p] &= ~some_bit(v->items[p]);
            v->share[p] &= v->items[p];
        }
        break;
    case 1:
        if (v->present[p] && count_present(v) > 1)
            v->present[p] = false;
        break;
    case 2:
        v->share[p] = 0;
        break;
    case 3:
        v->stores[p] = false;
        break;
    default:
        v->days[p] = v->days[p] > 10 ? v->days[p] - 5 : v->days[p];
    }
}

static void widen(version *v) {
    int p = (int)below(PURPOSES);
    switch (below(5)) {
    case 0:
        v->items[p] |= 1u << below(ITEMS);
        break;
    case 1:
        v->present[p] = true;
        break;
    case 2:
        v->share[p] |= some_bit(v->items[p]);
        break;
    case 3:
        v->stores[p] = true;
        break;
    default:
        v->days[p] += 5;
    }
}

static bool is_widened(const version *a, const version *b, int p) {
    bool wider = !a->present[p] || (b->items[p] & ~a->items[p]) || (b->stores[p] && !a->stores[p]);
    for (int i = 0; i < ITEMS; i++)
        wider = wider || ((b->items[p] >> i & 1) && b->days[i] > a->days[i]);
    return wider;
}

/* ---- the model ---- */

static void model_version(run *r, const version *b) {
    const version *a = &r->now;
    bool sharing = false; /* the recipient's own entry widens with any share */
    for (int p = 0; p < PURPOSES; p++)
        sharing = sharing || (b->present[p] && (b->share[p] & ~(a->present[p] ? a->share[p] : 0)));
    for (person *who = r->people; who < r->people + PEOPLE; who++)
        for (int p = 0; p < PURPOSES; p++) {
            bool gone = !b->present[p] || is_widened(a, b, p);
            bool share_gone = gone || !b->share[p] || (b->share[p] & ~a->share[p]);
            if (who->said[p] != SAID_YES)
                continue;
            who->purpose[p] = gone                                  ? INVALID
                              : sharing && who->purpose[p] == VALID ? OPEN
                                                                    : who->purpose[p];
            who->share[p] = share_gone || who->purpose[p] == INVALID ? INVALID
                            : sharing && who->share[p] == VALID      ? OPEN
                                                                     : who->share[p];
        }
}

static void holds(run *r, int who, int p, const char *recipient, valid expected) {
    int32_t reason = api_reason(r->f, name_of('x', who), name_of('p', p), recipient);
    bool allowed = reason >= CONSENT_REASON_CONSENTED;
    if (r->people[who].said[p] != SAID_YES)
        expected = INVALID;
    if (expected != OPEN && allowed != (expected == VALID))
        fail_msg("version %d: x%d p%d%s is %s", r->now.label, who, p, recipient ? "@shop" : "",
                 consent_reason_name(reason));
}

static void check_everybody(run *r) {
    for (int i = 0; i < PEOPLE; i++)
        for (int p = 0; p < PURPOSES; p++) {
            holds(r, i, p, NULL, r->people[i].purpose[p]);
            holds(r, i, p, "shop", r->people[i].share[p]);
        }
}

static void act(run *r) {
    int i = (int)below(PEOPLE), p = (int)below(PURPOSES);
    person *who = &r->people[i];
    const char *id = name_of('x', i), *purpose = name_of('p', p);
    if (!r->now.present[p])
        return;
    if (below(3) > 0) {
        assert_true(consent_grant(r->f->store, id, purpose, NULL, NULL) >= 0);
        who->said[p] = SAID_YES;
        who->purpose[p] = VALID;
        who->share[p] = r->now.share[p] ? VALID : INVALID;
        return;
    }
    if (who->said[p] == SAID_YES && below(2))
        assert_true(consent_withdraw(r->f->store, id, purpose, NULL, NULL) >= 0);
    else
        assert_true(consent_refuse(r->f->store, id, purpose, NULL, NULL) >= 0);
    who->said[p] = SAID_NO;
}

/* ---- what is asked, and epochs ---- */

static unsigned asked(run *r, int who) { /* a bit per purpose, and per share above */
    consent_rows *rows = NULL;
    unsigned out = 0;
    assert_int_equal(consent_ask(r->f->store, name_of('x', who), NULL, NULL, &rows, NULL),
                     CONSENT_OK);
    for (size_t i = 0; i < consent_rows_count(rows); i++) {
        const char *point = consent_rows_text(rows, i, "point");
        out |= 1u << (point[1] - '0' + (strchr(point, '@') ? PURPOSES : 0));
    }
    consent_rows_free(rows);
    return out;
}

/* Somebody who says yes to everything at every version shows the epochs. */
static void look_at_epochs(run *r, const version *before) {
    consent_rows *rows = NULL;
    for (int p = 0; p < PURPOSES; p++)
        if (r->now.present[p])
            assert_true(consent_grant(r->f->store, "probe", name_of('p', p), NULL, NULL) >= 0);
    assert_int_equal(consent_decision_list(r->f->store, "probe", &rows, NULL), CONSENT_OK);
    for (int p = 0; p < PURPOSES; p++) {
        int64_t epoch = -1;
        for (size_t i = 0; i < consent_rows_count(rows); i++)
            if (strcmp(consent_rows_text(rows, i, "point"), name_of('p', p)) == 0 &&
                atoi(consent_rows_text(rows, i, "version")) == r->now.label)
                epoch = consent_rows_number(rows, i, "epoch", -1);
        if (!r->now.present[p])
            continue;
        assert_true(epoch >= 0);
        if (epoch < r->epoch[p])
            fail_msg("version %d: the epoch of p%d fell", r->now.label, p);
        if (before && r->epoch[p] >= 0 && is_widened(before, &r->now, p) && epoch == r->epoch[p])
            fail_msg("version %d: p%d is wider, its epoch is not higher", r->now.label, p);
        r->epoch[p] = epoch;
    }
    consent_rows_free(rows);
}

/* ---- sequences ---- */

static void publish(run *r, const version *v) {
    size_t len;
    char *text = document(v, &len), label[16];
    consent_error *err = NULL;
    snprintf(label, sizeof label, "%d", v->label);
    if (consent_policy_import(r->f->store, text, len, &err) != CONSENT_OK ||
        consent_policy_publish(r->f->store, "p", label, &err) != CONSENT_OK)
        fail_msg("version %d: %s at %s", v->label, consent_error_message(err),
                 consent_error_where(err));
    free(text);
}

static void next_version(run *r) {
    unsigned before[PEOPLE];
    version old = r->now, v = old;
    bool narrowing = below(2);
    v.label++;
    for (unsigned i = 1 + below(3); i > 0; i--)
        narrowing ? narrow(&v) : below(3) ? widen(&v) : narrow(&v);
    if (below(3) == 0)
        v.words[below(PURPOSES)]++;
    for (int i = 0; i < PEOPLE; i++)
        before[i] = asked(r, i);
    if (below(2)) { /* published before its effect: nothing changes yet */
        publish(r, &v);
        check_everybody(r);
        r->f->now = T0 + v.label * DAY + SECOND;
    } else {
        r->f->now = T0 + v.label * DAY + SECOND;
        publish(r, &v);
    }
    model_version(r, &v);
    r->now = v;
    check_everybody(r);
    for (int i = 0; narrowing && i < PEOPLE; i++)
        if (asked(r, i) & ~before[i])
            fail_msg("version %d only narrows, and x%d is asked", v.label, i);
    look_at_epochs(r, &old);
}

static void sequence(run *r) {
    r->now = (version){.label = 1};
    for (int p = 0; p < PURPOSES; p++) {
        r->epoch[p] = -1;
        r->now.present[p] = p == 0 || below(4);
        r->now.stores[p] = below(2);
        r->now.items[p] = 1 + below((1u << ITEMS) - 1);
        r->now.share[p] = below(2) ? some_bit(r->now.items[p]) : 0;
        r->now.days[p] = 30;
    }
    r->f->now = T0 + DAY + SECOND;
    publish(r, &r->now);
    for (int i = 0; i < PEOPLE; i++)
        assert_int_equal(consent_subject_add(r->f->store, name_of('x', i), "1990-01-01", NULL),
                         CONSENT_OK);
    assert_int_equal(consent_subject_add(r->f->store, "probe", "1990-01-01", NULL), CONSENT_OK);
    look_at_epochs(r, NULL);
    while (r->now.label < VERSIONS) {
        for (int i = 0; i < 12; i++)
            act(r);
        check_everybody(r);
        next_version(r);
    }
}

static void test_versions_any_sequence(void **state) {
    const char *given = getenv("CONSENT_PROPERTY_SEED");
    uint64_t seed = given ? strtoull(given, NULL, 10) : (uint64_t)time(NULL);
    (void)state;
    print_message("CONSENT_PROPERTY_SEED=%llu\n", (unsigned long long)seed);
    dice = seed * UINT64_C(0x9e3779b97f4a7c15) | 1;
    for (int i = 0; i < SEQUENCES; i++) {
        run r = {0};
        void *made = NULL;
        assert_int_equal(api_setup(&made), 0);
        r.f = made;
        sequence(&r);
        assert_int_equal(api_teardown(&made), 0);
    }
}

/* The same purpose, word for word: gone in one version, back in the next. */
static void test_versions_removed_and_added_again(void **state) {
    run r = {.f = *state, .now = {.label = 1}};
    for (int p = 0; p < PURPOSES; p++) {
        r.now.present[p] = true;
        r.now.items[p] = r.now.share[p] = 1;
        r.now.days[p] = 30;
    }
    r.f->now = T0 + DAY + SECOND;
    publish(&r, &r.now);
    assert_int_equal(consent_subject_add(r.f->store, "ann", "1990-01-01", NULL), CONSENT_OK);
    assert_int_equal(consent_grant(r.f->store, "ann", "p1", NULL, NULL), CONSENT_OK);
    assert_int_equal(consent_grant(r.f->store, "ann", "p2", NULL, NULL), CONSENT_OK);
    assert_int_equal(api_reason(r.f, "ann", "p1", "shop"), CONSENT_REASON_CONSENTED);
    for (r.now.label = 2; r.now.label <= 3; r.now.label++) {
        r.now.present[1] = r.now.label == 3;
        r.f->now = T0 + r.now.label * DAY + SECOND;
        publish(&r, &r.now);
        assert_int_equal(api_reason(r.f, "ann", "p1", NULL), r.now.label == 2
                                                                 ? CONSENT_REASON_UNDECLARED_PURPOSE
                                                                 : CONSENT_REASON_STALE_VERSION);
    }
    assert_int_equal(api_reason(r.f, "ann", "p1", "shop"), CONSENT_REASON_STALE_VERSION);
    assert_int_equal(api_reason(r.f, "ann", "p2", NULL), CONSENT_REASON_CONSENTED);
    assert_int_equal(consent_grant(r.f->store, "ann", "p1", NULL, NULL), CONSENT_OK);
    assert_int_equal(api_reason(r.f, "ann", "p1", "shop"), CONSENT_REASON_CONSENTED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_versions_any_sequence),
        cmocka_unit_test_setup_teardown(test_versions_removed_and_added_again, api_setup,
                                        api_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
