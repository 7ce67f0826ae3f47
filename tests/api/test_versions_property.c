/* SPDX-License-Identifier: Apache-2.0 */
/* Any sequence of versions of a generated policy, with acts of several people in between, adults
 * and children with a guardian; purposes of every class, recipients with and without a consent of
 * their own, a permission of the operating system: the epoch of a point never falls, rises when the
 * point is widened, stays when it is narrowed; no publishing turns a no into a yes; a version that
 * only narrows asks nobody; what was widened, or removed and added again, is asked again; what a
 * version leaves alone stays allowed. CONSENT_PROPERTY_SEED repeats a run. */
#include "api_fixture.h"

#include <time.h>

#define PURPOSES 4
#define ITEMS 4
#define RECIPIENTS 2          /* r0 is covered by the purpose's own yes, r1 needs one of its own */
#define POINTS (PURPOSES * 2) /* the purposes, then what they share with r1 */
#define PEOPLE 6
#define CHILDREN 2 /* the first of them are children, whose guardian is "guard" */
#define VERSIONS 9
#define SEQUENCES 12

typedef struct version {
    int label;
    bool present[PURPOSES], stores[PURPOSES];
    unsigned items[PURPOSES], share[PURPOSES][RECIPIENTS]; /* masks of items; 0: no share */
    int words[PURPOSES], days[ITEMS];
    unsigned serves, reads; /* the permission: masks of purposes and items */
} version;

typedef enum word { SAID_NOTHING, SAID_YES, SAID_NO } word;
typedef enum valid { INVALID, VALID, OPEN } valid; /* OPEN: the model does not say */
typedef struct person {
    word said[POINTS];
    valid point[POINTS], covered[PURPOSES]; /* covered: by the yes to the purpose, for r0 */
    bool vetoed[POINTS];                    /* a child's own no: a guardian's yes may not undo it */
    bool permitted;
} person;

typedef struct run {
    fixture *f;
    version now;
    int32_t cls[PURPOSES];
    person people[PEOPLE];
    int64_t epoch[POINTS]; /* last seen, -1 */
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

static void put_shares(FILE *o, const version *v, int p) {
    const char *comma = "";
    for (int r = 0; r < RECIPIENTS; r++) {
        if (!v->share[p][r])
            continue;
        fprintf(o, "%s{\"recipient\":\"r%d\",\"class\":\"%s\",\"items\":[", comma, r,
                r ? "separate" : "general");
        put_items(o, v->share[p][r]);
        fputs("]}", o);
        comma = ",";
    }
}

static void put_purposes(FILE *o, const version *v, const int32_t cls[PURPOSES]) {
    const char *comma = "";
    fputs("],\"purposes\":[", o);
    for (int i = 0; i < PURPOSES; i++) {
        if (!v->present[i])
            continue;
        fprintf(o,
                "%s{\"key\":\"p%d\",\"title\":{\"en\":\"P\"},\"basis\":\"consent\",\"class\":"
                "\"%s\",\"required\":false,\"operations\":[\"use\",\"share\"%s],\"items\":[",
                comma, i, consent_class_name(cls[i]), v->stores[i] ? ",\"store\"" : "");
        put_items(o, v->items[i]);
        fputs("],\"shares\":[", o);
        put_shares(o, v, i);
        fprintf(o, "],\"sections\":[\"s%d\"]}", i);
        comma = ",";
    }
}

static unsigned served(const version *v) {
    unsigned out = 0;
    for (int p = 0; p < PURPOSES; p++)
        out |= v->present[p] ? v->serves & 1u << p : 0;
    return out;
}

static void put_names(FILE *o, char letter, int n, unsigned mask) {
    const char *comma = "";
    for (int i = 0; i < n; i++)
        if (mask >> i & 1) {
            fprintf(o, "%s\"%c%d\"", comma, letter, i);
            comma = ",";
        }
}

static void put_permission(FILE *o, const version *v) {
    fputs("],\"permissions\":[", o);
    if (!served(v))
        return;
    fputs(
        "{\"key\":\"cam\",\"platform\":\"android\",\"name\":\"CAM\",\"source\":\"app\",\"title\":{"
        "\"en\":\"T\"},\"prompt\":\"runtime\",\"sections\":[\"s0\"],\"purposes\":[",
        o);
    put_names(o, 'p', PURPOSES, served(v));
    fputs("],\"items\":[", o);
    put_items(o, v->reads);
    fputs("]}", o);
}

static void put_recipients(FILE *o, const version *v) {
    fputs("],\"recipients\":[", o);
    for (int r = 0; r < RECIPIENTS; r++) {
        unsigned purposes = 0, items = 0;
        for (int p = 0; p < PURPOSES; p++)
            if (v->present[p] && v->share[p][r]) {
                purposes |= 1u << p;
                items |= v->share[p][r];
            }
        fprintf(
            o,
            "%s{\"key\":\"r%d\",\"name\":{\"en\":\"R\"},\"kind\":\"partner\",\"sections\":[\"s0\"],"
            "\"purposes\":[",
            r ? "," : "", r);
        put_names(o, 'p', PURPOSES, purposes);
        fputs("],\"items\":[", o);
        put_items(o, items);
        fputs("]}", o);
    }
}

static char *document(const version *v, const int32_t cls[PURPOSES], size_t *len) {
    char *out = NULL;
    FILE *o = open_memstream(&out, len);
    assert_non_null(o);
    put_head(o, v);
    put_purposes(o, v, cls);
    put_permission(o, v);
    put_recipients(o, v);
    fputs("],\"exemptions\":[],\"rights\":[],\"minors\":{\"thresholds\":{\"guardian_below\":14,"
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
    int p = (int)below(PURPOSES), r = (int)below(RECIPIENTS);
    switch (below(7)) {
    case 0:
        if (v->items[p] & (v->items[p] - 1)) {
            v->items[p] &= ~some_bit(v->items[p]);
            for (r = 0; r < RECIPIENTS; r++)
                v->share[p][r] &= v->items[p];
        }
        break;
    case 1:
        if (v->present[p] && count_present(v) > 1)
            v->present[p] = false;
        break;
    case 2:
        v->share[p][r] = 0;
        break;
    case 3:
        v->stores[p] = false;
        break;
    case 4:
        v->serves &= ~(1u << p);
        break;
    case 5:
        v->reads &= ~(1u << below(ITEMS));
        break;
    default:
        v->days[p] = v->days[p] > 10 ? v->days[p] - 5 : v->days[p];
    }
}

static void widen(version *v) {
    int p = (int)below(PURPOSES), r = (int)below(RECIPIENTS);
    switch (below(7)) {
    case 0:
        v->items[p] |= 1u << below(ITEMS);
        break;
    case 1:
        v->present[p] = true;
        break;
    case 2:
        v->share[p][r] |= some_bit(v->items[p]);
        break;
    case 3:
        v->stores[p] = true;
        break;
    case 4:
        v->serves |= 1u << p;
        break;
    case 5:
        v->reads |= 1u << below(ITEMS);
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

static unsigned share_of(const version *v, int p, int r) {
    return v->present[p] ? v->share[p][r] : 0;
}

static int point_of(int p, int r) { /* r -1: the purpose itself; r0 has no point to be asked */
    return r < 0 ? p : PURPOSES + p;
}

/* Where a recipient's own entry widens, whether those who share with it are asked is the diff's to
 * say, not this model's. */
static valid unless_wider(valid v, bool wider) {
    return wider && v == VALID ? OPEN : v;
}

static void model_person(person *who, const version *a, const version *b, int p) {
    bool gone = !b->present[p] || is_widened(a, b, p), wider[RECIPIENTS] = {false};
    for (int r = 0; r < RECIPIENTS; r++)
        for (int q = 0; q < PURPOSES; q++)
            wider[r] = wider[r] || (share_of(b, q, r) & ~share_of(a, q, r));
    bool any = (share_of(b, p, 0) && wider[0]) || (share_of(b, p, 1) && wider[1]);
    unsigned r0 = share_of(b, p, 0), r1 = share_of(b, p, 1);
    who->point[p] = gone ? INVALID : unless_wider(who->point[p], any);
    who->covered[p] = gone || !r0 || (r0 & ~share_of(a, p, 0))
                          ? INVALID
                          : unless_wider(who->covered[p], wider[0]);
    valid *own = &who->point[point_of(p, 1)];
    *own = !r1 || (r1 & ~share_of(a, p, 1)) ? INVALID : unless_wider(*own, wider[1] || gone);
}

static void model_version(run *r, const version *b) {
    const version *a = &r->now;
    bool grew = (served(b) & ~served(a)) || (b->reads & ~a->reads) || !served(b);
    for (person *who = r->people; who < r->people + PEOPLE; who++) {
        who->permitted = who->permitted && !grew;
        for (int p = 0; p < PURPOSES; p++)
            model_person(who, a, b, p);
    }
}

static int32_t reason_of(run *r, int who, int p, const char *recipient, bool permission) {
    consent_query *q = consent_query_new(name_of('x', who), name_of('p', p));
    consent_answer *a = NULL;
    consent_query_set_recipient(q, recipient);
    if (permission)
        consent_query_set_permission(q, "CAM");
    assert_int_equal(consent_check(r->f->store, q, &a, NULL), CONSENT_OK);
    int32_t reason = consent_answer_reason(a);
    assert_int_equal(consent_answer_allowed(a), reason >= CONSENT_REASON_CONSENTED);
    consent_answer_free(a);
    consent_query_free(q);
    return reason;
}

static void holds(run *r, int who, int p, const char *what, int32_t reason, valid expected) {
    bool allowed = reason >= CONSENT_REASON_CONSENTED;
    if (expected != OPEN && allowed != (expected == VALID))
        fail_msg("version %d: x%d p%d%s is %s", r->now.label, who, p, what,
                 consent_reason_name(reason));
}

static valid both(valid a, valid b) {
    return a == INVALID || b == INVALID ? INVALID : a == OPEN || b == OPEN ? OPEN : VALID;
}

/* A no is a no whatever the versions do. */
static valid said_and_valid(const person *who, int point) {
    return who->said[point] == SAID_YES ? who->point[point] : INVALID;
}

static void check_everybody(run *r) {
    for (int i = 0; i < PEOPLE; i++)
        for (int p = 0; p < PURPOSES; p++) {
            const person *who = &r->people[i];
            valid purpose = said_and_valid(who, p);
            holds(r, i, p, "", reason_of(r, i, p, NULL, false), purpose);
            holds(r, i, p, "@r0", reason_of(r, i, p, "r0", false), both(purpose, who->covered[p]));
            holds(r, i, p, "@r1", reason_of(r, i, p, "r1", false),
                  both(purpose, said_and_valid(who, point_of(p, 1))));
            holds(r, i, p, " with the permission", reason_of(r, i, p, NULL, true),
                  both(purpose, who->permitted && served(&r->now) >> p & 1 ? VALID : INVALID));
        }
}

/* Who says it is the subject, or (for a child) the guardian, unless `own`. */
static void record(run *r, int i, int p, int recipient, int32_t decision, int32_t cls, bool own) {
    consent_act *a = consent_act_new(i < 0 ? "probe" : name_of('x', i), decision, name_of('p', p));
    if (recipient >= 0)
        consent_act_set_recipient(a, name_of('r', recipient));
    if (i >= 0 && i < CHILDREN && !own)
        consent_act_set_guardian(a, "guard");
    consent_act_set_class(a, cls);
    if (cls == CONSENT_CLASS_WRITTEN)
        consent_act_set_document(
            a, "0000000000000000000000000000000000000000000000000000000000000000");
    consent_error *err = NULL;
    if (consent_record(r->f->store, a, NULL, &err) < 0)
        fail_msg("x%d p%d: %s", i, p, consent_error_message(err));
    consent_act_free(a);
}

static void say_yes(run *r, int i, int p, int recipient) {
    person *who = &r->people[i];
    int point = point_of(p, recipient);
    int32_t needed = recipient < 0 ? r->cls[p] : CONSENT_CLASS_SEPARATE;
    bool low = needed > CONSENT_CLASS_GENERAL && below(5) == 0, own = i < CHILDREN && below(6) == 0;
    record(r, i, p, recipient, CONSENT_DECISION_GRANTED, low ? CONSENT_CLASS_GENERAL : needed, own);
    if (own) { /* takes back the child's own no, and is no yes */
        if (who->vetoed[point])
            who->said[point] = SAID_YES, who->point[point] = OPEN, who->covered[p] = OPEN;
        return;
    }
    who->said[point] = SAID_YES;
    who->point[point] = low ? INVALID : VALID;
    if (recipient < 0) /* what a share needs beyond its purpose's yes is in the class of the yes */
        who->covered[p] = share_of(&r->now, p, 0) ? VALID : INVALID;
    if (recipient < 0 && who->point[PURPOSES + p] == VALID && who->said[PURPOSES + p] == SAID_YES)
        who->point[PURPOSES + p] = OPEN;
}

static void say_no(run *r, int i, int p, int recipient) {
    person *who = &r->people[i];
    int point = point_of(p, recipient);
    bool own = i < CHILDREN && below(2), after_yes = who->said[point] == SAID_YES && !own;
    record(r, i, p, recipient,
           after_yes && below(2) ? CONSENT_DECISION_WITHDRAWN : CONSENT_DECISION_REFUSED,
           CONSENT_CLASS_GENERAL, own);
    who->said[point] = SAID_NO;
    who->vetoed[point] = who->vetoed[point] || own;
}

static void act(run *r) {
    int i = (int)below(PEOPLE), p = (int)below(PURPOSES);
    bool shared = r->now.share[p][1] && below(3) == 0;
    if (below(8) == 0) { /* the system is asked; a no counts, too */
        r->people[i].permitted = below(4) && served(&r->now);
        assert_true(consent_permission_record(r->f->store, name_of('x', i), "CAM",
                                              r->people[i].permitted, NULL) >= 0);
        return;
    }
    if (!r->now.present[p])
        return;
    (below(3) > 0 ? say_yes : say_no)(r, i, p, shared ? 1 : -1);
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

static int64_t epoch_of(run *r, const consent_rows *rows, int p, bool share) {
    char point[16];
    snprintf(point, sizeof point, "p%d%s", p, share ? "@r1" : "");
    for (size_t i = 0; i < consent_rows_count(rows); i++)
        if (strcmp(consent_rows_text(rows, i, "point"), point) == 0 &&
            atoi(consent_rows_text(rows, i, "version")) == r->now.label)
            return consent_rows_number(rows, i, "epoch", -1);
    fail_msg("no decision at %s", point);
    return -1;
}

/* Somebody who says yes to everything at every version shows the epochs. */
static void look_at_epochs(run *r, const version *before) {
    consent_rows *rows = NULL;
    const version *now = &r->now;
    for (int p = 0; p < PURPOSES; p++)
        for (int share = 0; now->present[p] && share <= (now->share[p][1] != 0); share++)
            record(r, -1, p, share ? 1 : -1, CONSENT_DECISION_GRANTED,
                   share ? CONSENT_CLASS_SEPARATE : r->cls[p], false);
    assert_int_equal(consent_decision_list(r->f->store, "probe", &rows, NULL), CONSENT_OK);
    for (int p = 0; p < PURPOSES; p++)
        for (int share = 0; now->present[p] && share <= (now->share[p][1] != 0); share++) {
            int64_t epoch = epoch_of(r, rows, p, share), *last = &r->epoch[share * PURPOSES + p];
            bool wider = before && (share ? (now->share[p][1] & ~share_of(before, p, 1)) != 0
                                          : is_widened(before, now, p));
            if (epoch < *last)
                fail_msg("version %d: the epoch of p%d%s fell", now->label, p, share ? "@r1" : "");
            if (*last >= 0 && wider && epoch == *last)
                fail_msg("version %d: p%d%s is wider, its epoch is not higher", now->label, p,
                         share ? "@r1" : "");
            *last = epoch;
        }
    consent_rows_free(rows);
}

/* ---- sequences ---- */

static void publish(run *r, const version *v) {
    size_t len;
    char *text = document(v, r->cls, &len), label[16];
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

static void first_version(run *r) {
    r->now = (version){.label = 1, .serves = below(1u << PURPOSES), .reads = below(1u << ITEMS)};
    for (int p = 0; p < PURPOSES; p++) {
        r->cls[p] = CONSENT_CLASS_GENERAL + (int32_t)below(3);
        r->now.present[p] = p == 0 || below(4);
        r->now.stores[p] = below(2);
        r->now.items[p] = 1 + below((1u << ITEMS) - 1);
        for (int k = 0; k < RECIPIENTS; k++)
            r->now.share[p][k] = below(2) ? some_bit(r->now.items[p]) : 0;
        r->now.days[p] = 30;
    }
}

static void sequence(run *r) {
    consent_store *s = r->f->store;
    first_version(r);
    for (int k = 0; k < POINTS; k++)
        r->epoch[k] = -1;
    r->f->now = T0 + DAY + SECOND;
    publish(r, &r->now);
    assert_int_equal(consent_subject_add(s, "guard", "1980-01-01", NULL), CONSENT_OK);
    for (int i = 0; i < PEOPLE; i++) {
        const char *id = name_of('x', i), *born = i < CHILDREN ? "2015-01-01" : "1990-01-01";
        assert_int_equal(consent_subject_add(s, id, born, NULL), CONSENT_OK);
        if (i >= CHILDREN)
            continue;
        assert_true(consent_guardian_link(s, id, "guard", NULL, "card", NULL, 0, NULL) >= 0);
        assert_true(consent_guardian_verify(s, id, "guard", NULL, "x", NULL, NULL, NULL) >= 0);
    }
    assert_int_equal(consent_subject_add(s, "probe", "1990-01-01", NULL), CONSENT_OK);
    look_at_epochs(r, NULL);
    while (r->now.label < VERSIONS) {
        for (int i = 0; i < 20; i++)
            act(r);
        check_everybody(r);
        next_version(r);
    }
}

static void test_versions_any_sequence(void **state) {
    const char *given = getenv("CONSENT_PROPERTY_SEED");
    uint64_t seed = given ? strtoull(given, NULL, 10) : 1; /* another one: a search */
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
        r.cls[p] = CONSENT_CLASS_GENERAL;
        r.now.items[p] = r.now.share[p][0] = 1;
        r.now.days[p] = 30;
    }
    r.f->now = T0 + DAY + SECOND;
    publish(&r, &r.now);
    assert_int_equal(consent_subject_add(r.f->store, "ann", "1990-01-01", NULL), CONSENT_OK);
    assert_int_equal(consent_grant(r.f->store, "ann", "p1", NULL, NULL), CONSENT_OK);
    assert_int_equal(consent_grant(r.f->store, "ann", "p2", NULL, NULL), CONSENT_OK);
    assert_int_equal(api_reason(r.f, "ann", "p1", "r0"), CONSENT_REASON_CONSENTED);
    for (r.now.label = 2; r.now.label <= 3; r.now.label++) {
        r.now.present[1] = r.now.label == 3;
        r.f->now = T0 + r.now.label * DAY + SECOND;
        publish(&r, &r.now);
        assert_int_equal(api_reason(r.f, "ann", "p1", NULL), r.now.label == 2
                                                                 ? CONSENT_REASON_UNDECLARED_PURPOSE
                                                                 : CONSENT_REASON_STALE_VERSION);
    }
    assert_int_equal(api_reason(r.f, "ann", "p1", "r0"), CONSENT_REASON_STALE_VERSION);
    assert_int_equal(api_reason(r.f, "ann", "p2", NULL), CONSENT_REASON_CONSENTED);
    assert_int_equal(consent_grant(r.f->store, "ann", "p1", NULL, NULL), CONSENT_OK);
    assert_int_equal(api_reason(r.f, "ann", "p1", "r0"), CONSENT_REASON_CONSENTED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_versions_any_sequence),
        cmocka_unit_test_setup_teardown(test_versions_removed_and_added_again, api_setup,
                                        api_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
