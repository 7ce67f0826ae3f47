/* SPDX-License-Identifier: Apache-2.0 */
/* Phone and backend: versions that travel signed, receipts that are taken in, and whoever stands
 * between. docs/phone-and-backend.md. */
#include "api_forger.h"
#include "api_pair.h"

#define STATEMENT "consent-policy+jwt"
#define RECEIPT "consent-receipt+jwt"
#define HOUR (3600 * SECOND)

static int setup(void **state) {
    return sodium_init() < 0 ? -1 : pair_setup(state);
}

static const variant second = {
    .version = "2", .effective = "2024-06-05T00:00:00Z", .mail_items = "\"name\",\"street\""};

/* ---- versions ---- */

static int64_t in_force_from(fixture *f, const char *statement, const char *key,
                             consent_status expected) {
    consent_rows *rows = NULL;
    assert_int_equal(
        consent_policy_import_signed(f->store, statement, strlen(statement), key, &rows, NULL),
        expected);
    int64_t from = consent_rows_number(rows, 0, "in_force_from", -1);
    consent_rows_free(rows);
    return from;
}

static const char *state_at(fixture *f, size_t version, int64_t now) {
    static char out[16];
    consent_rows *rows = NULL;
    f->now = now;
    assert_int_equal(consent_policy_list(f->store, "p", &rows, NULL), CONSENT_OK);
    snprintf(out, sizeof out, "%s", consent_rows_text(rows, version, "state"));
    consent_rows_free(rows);
    return out;
}

static void test_signed_policy_has_the_same_effect_from_the_same_instant(void **state) {
    pair *p = *state;
    int64_t effect = T0 + 4 * DAY;
    api_publish(p->backend, (variant){0});
    char *one = pair_export(p->backend, "1");
    p->phone->now = T0 + DAY; /* a day late */
    assert_int_equal(in_force_from(p->phone, one, p->backend_key, CONSENT_OK), T0);
    p->backend->now = T0 + 2 * DAY;
    api_publish(p->backend, second);
    char *two = pair_export(p->backend, "2");
    p->phone->now = T0 + 3 * DAY;
    assert_int_equal(in_force_from(p->phone, two, p->backend_key, CONSENT_OK), effect);
    assert_string_equal(state_at(p->phone, 1, effect - 1), "published");
    assert_string_equal(state_at(p->backend, 1, effect - 1), "published");
    assert_string_equal(state_at(p->phone, 1, effect), "in-force");
    assert_string_equal(state_at(p->backend, 1, effect), "in-force");
    pair_sound(p->phone);
    free(one);
    free(two);
}

/* Effective between publishing and arrival: in force since then, and the clock of the phone may
 * even be behind the publishing. */
static void test_signed_policy_arrives_after_its_effect_or_before_its_publishing(void **state) {
    pair *p = *state;
    p->backend->now = T0 + DAY;
    pair_publish(p, (variant){0}); /* by the phone's clock it is yet to be published */
    assert_string_equal(state_at(p->phone, 0, T0 + DAY - 1), "published");
    assert_string_equal(state_at(p->phone, 0, T0 + DAY), "in-force");
    p->backend->now = T0 + 2 * DAY;
    api_publish(p->backend, second);
    char *two = pair_export(p->backend, "2");
    p->phone->now = T0 + 9 * DAY;
    assert_int_equal(in_force_from(p->phone, two, p->backend_key, CONSENT_OK), T0 + 4 * DAY);
    assert_string_equal(state_at(p->phone, 1, T0 + 9 * DAY), "in-force");
    pair_sound(p->phone);
    free(two);
}

/* The profile travels: classes are raised alike although the phone never had it. */
static void test_signed_policy_brings_its_profile(void **state) {
    pair *p = *state;
    char *profile = malloc(1 << 16);
    FILE *file = fopen(CONSENT_SOURCE_DIR "/policy/profiles/none.json", "rb");
    assert_non_null(file);
    size_t n = fread(profile, 1, (1 << 16) - 1, file);
    profile[n] = '\0';
    fclose(file);
    char *shares = strstr(profile, "\"shares\":");
    assert_non_null(shares);
    char *list = strchr(shares, '['), *made = malloc(n + 64);
    snprintf(made, n + 64, "%.*s[\"partner\"%s", (int)(list - profile), profile, strchr(list, ']'));
    assert_int_equal(consent_profile_import(p->backend->store, made, strlen(made), NULL),
                     CONSENT_OK);
    pair_publish(p, (variant){0});
    free(pair_say(p->phone, "me", CONSENT_DECISION_GRANTED, "mail"));
    free(pair_say(p->backend, "ann", CONSENT_DECISION_GRANTED, "mail"));
    assert_int_equal(api_reason(p->backend, "ann", "mail", "shop"), CONSENT_REASON_NOT_ASKED);
    assert_int_equal(api_reason(p->phone, "me", "mail", "shop"), CONSENT_REASON_NOT_ASKED);
    free(profile);
    free(made);
}

static void test_signed_policy_in_order_once_and_alike(void **state) {
    pair *p = *state;
    api_publish(p->backend, (variant){0});
    api_publish(p->backend, second);
    api_publish(p->backend, (variant){.version = "3", .effective = "2024-06-07T00:00:00Z"});
    char *one = pair_export(p->backend, "1"), *two = pair_export(p->backend, "2"),
         *three = pair_export(p->backend, "3");
    const char *key = p->backend_key;
    assert_int_equal(pair_import(p->phone, one, key), CONSENT_OK);
    int64_t size = api_size(p->phone);
    assert_int_equal(pair_import(p->phone, one, key), CONSENT_DONE);
    assert_int_equal(pair_import(p->phone, three, key), CONSENT_E_STATE);
    assert_int_equal(api_size(p->phone), size);
    /* the very bytes as a draft are no hindrance */
    char *bytes = api_bundle(second);
    assert_int_equal(consent_policy_import(p->phone->store, bytes, strlen(bytes), NULL),
                     CONSENT_OK);
    assert_int_equal(pair_import(p->phone, two, key), CONSENT_OK);
    assert_int_equal(pair_import(p->phone, three, key), CONSENT_OK);
    assert_int_equal(pair_import(p->phone, two, key), CONSENT_DONE);
    /* a new phone may begin with any, and takes none from before it */
    fixture *fresh = NULL;
    assert_int_equal(api_setup((void **)&fresh), 0);
    assert_int_equal(pair_import(fresh, two, key), CONSENT_OK);
    assert_int_equal(pair_import(fresh, one, key), CONSENT_E_STATE);
    assert_int_equal(pair_import(fresh, three, key), CONSENT_OK);
    void *end = fresh;
    assert_int_equal(api_teardown(&end), 0);
    free(bytes);
    free(one);
    free(two);
    free(three);
}

static void test_signed_policy_conflicts_with_what_is_here(void **state) {
    pair *p = *state;
    api_publish(p->backend, (variant){0});
    char *one = pair_export(p->backend, "1");
    fixture *f = NULL;
    assert_int_equal(api_setup((void **)&f), 0);
    api_publish(f, (variant){.text = "Other letters."});
    assert_int_equal(pair_import(f, one, p->backend_key), CONSENT_E_CONFLICT);
    void *end = f;
    assert_int_equal(api_teardown(&end), 0);
    assert_int_equal(api_setup((void **)&f), 0);
    char *other = api_bundle((variant){.text = "Other letters."});
    assert_int_equal(consent_policy_import(f->store, other, strlen(other), NULL), CONSENT_OK);
    assert_int_equal(pair_import(f, one, p->backend_key), CONSENT_E_CONFLICT);
    free(other);
    end = f;
    assert_int_equal(api_teardown(&end), 0);
    assert_int_equal(api_setup((void **)&f), 0);
    f->now = T0 + DAY;
    api_publish(f, (variant){0}); /* the same bytes, but in force since another instant */
    assert_int_equal(pair_import(f, one, p->backend_key), CONSENT_E_CONFLICT);
    end = f;
    assert_int_equal(api_teardown(&end), 0);
    consent_rows *rows = NULL;
    char *draft = api_bundle(second);
    assert_int_equal(consent_policy_import(p->backend->store, draft, strlen(draft), NULL),
                     CONSENT_OK);
    assert_int_equal(consent_policy_export_signed(p->backend->store, "p", "2", &rows, NULL),
                     CONSENT_E_STATE);
    assert_null(rows);
    free(draft);
    free(one);
}

/* What a phone passes on is in force as where it came from. */
static void test_signed_policy_is_passed_on(void **state) {
    pair *p = *state;
    fixture *f = NULL;
    pair_publish(p, (variant){0});
    p->phone->now = T0 + 3 * DAY;
    char *one = pair_export(p->phone, "1");
    assert_int_equal(api_setup((void **)&f), 0);
    f->now = T0 + 5 * DAY;
    assert_int_equal(in_force_from(f, one, p->phone_key, CONSENT_OK), T0);
    void *end = f;
    assert_int_equal(api_teardown(&end), 0);
    free(one);
}

/* ---- whoever stands between ---- */

static void refused(fixture *f, const char *jws, size_t n, const char *key, consent_status status,
                    const char *why, bool receipt) {
    consent_error *err = NULL;
    consent_rows *rows = NULL;
    int64_t size = api_size(f);
    consent_status st =
        receipt ? consent_receipt_import(f->store, jws, n, key, "ann", NULL, &rows, &err)
                : consent_policy_import_signed(f->store, jws, n, key, &rows, &err);
    if (st != status || !strstr(consent_error_message(err), why))
        fail_msg("%s (%s) instead of %s (%s)", consent_status_name(st), consent_error_message(err),
                 consent_status_name(status), why);
    assert_null(rows);
    assert_int_equal(api_size(f), size);
    consent_error_free(err);
}

typedef struct bad_header {
    const char *header; /* %s: the forger's kid */
    const char *payload;
    consent_status status;
    const char *why;
} bad_header;

static void each_header(fixture *f, const char *type, bool receipt) {
    static const bad_header rows[] = {
        {"{\"alg\":\"none\",\"kid\":\"%s\",\"typ\":\"%s\"}", "{}", CONSENT_E_SIGNATURE, "ALG_NONE"},
        {"{\"alg\":\"HS256\",\"kid\":\"%s\",\"typ\":\"%s\"}", "{}", CONSENT_E_SIGNATURE,
         "ALG_WRONG"},
        {"{\"alg\":\"EdDSA\",\"kid\":\"%s\",\"typ\":\"%s+x\"}", "{}", CONSENT_E_FORMAT,
         "TYPE_WRONG"},
        {"{\"alg\":\"EdDSA\",\"jwk\":{},\"kid\":\"%s\",\"typ\":\"%s\"}", "{}", CONSENT_E_SIGNATURE,
         "KEY_EMBEDDED"},
        {"{\"alg\":\"EdDSA\",\"crit\":[],\"kid\":\"%s\",\"typ\":\"%s\"}", "{}", CONSENT_E_FORMAT,
         "HEADER_MEMBER"},
        {"{\"alg\":\"EdDSA\",\"kid\":\"0%s\",\"typ\":\"%s\"}", "{}", CONSENT_E_SIGNATURE,
         "KEY_FOREIGN"},
        {"{\"alg\":\"EdDSA\",\"alg\":\"none\",\"kid\":\"%s\",\"typ\":\"%s\"}", "{}",
         CONSENT_E_DUPLICATE, "DUPLICATE_MEMBER"},
        {"{\"alg\":\"EdDSA\",\"kid\":\"%s\",\"typ\":\"%s\"}", "{\"a\":1,\"a\":2}",
         CONSENT_E_DUPLICATE, "DUPLICATE_MEMBER"},
        {"{\"alg\":\"EdDSA\",\"kid\":\"%s\",\"typ\":\"%s\"}", "{}", CONSENT_E_FORMAT,
         "LEDGER_MISSING"},
        {"{\"alg\":\"EdDSA\",\"kid\":\"%s\",\"typ\":\"%s\"}", "[1", CONSENT_E_FORMAT, "MALFORMED"},
    };
    forger g;
    char header[300];
    forger_new(&g, "libconsent/00112233445566778899aabbccddeeff/1");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        snprintf(header, sizeof header, rows[i].header, g.kid, type);
        char *jws = forge(&g, header, rows[i].payload);
        refused(f, jws, strlen(jws), g.vkey, rows[i].status, rows[i].why, receipt);
        free(jws);
    }
    refused(f, "a.b", 3, g.vkey, CONSENT_E_FORMAT, "MALFORMED", receipt);
    refused(f, "", 0, g.vkey, CONSENT_E_FORMAT, "MALFORMED", receipt);
    refused(f, "a.b.c", 5, "no key", CONSENT_E_FORMAT, "verifier key", receipt);
    size_t big = receipt ? (96u << 10) + 1 : (25u << 20);
    char *much = malloc(big);
    memset(much, 'A', big);
    refused(f, much, big, g.vkey, CONSENT_E_LIMIT, "OVERSIZED", receipt);
    free(much);
}

/* A good statement, one part changed, signed by whoever is trusted: a backend that lies. */
static void lie(pair *p, const forger *g, cJSON *s, consent_status status, const char *why) {
    char *jws = forge_typed(g, STATEMENT, s);
    refused(p->phone, jws, strlen(jws), g->vkey, status, why, false);
    free(jws);
    cJSON_Delete(s);
}

static cJSON *honest(pair *p, const forger *g) {
    consent_rows *rows = NULL;
    uint8_t leaf[32];
    char at[32];
    assert_int_equal(consent_policy_export_signed(p->backend->store, "p", "1", &rows, NULL),
                     CONSENT_OK);
    /* the payload, decoded */
    const char *jws = consent_rows_text(rows, 0, "statement"), *from = strchr(jws, '.') + 1;
    size_t n = 0, len = (size_t)(strchr(from, '.') - from);
    char *text = calloc(1, len + 1);
    assert_int_equal(sodium_base642bin((uint8_t *)text, len, from, len, NULL, &n, NULL,
                                       sodium_base64_VARIANT_URLSAFE_NO_PADDING),
                     0);
    cJSON *s = cJSON_Parse(text), *ledger = cJSON_GetObjectItem(s, "ledger");
    cJSON *made = forge_ledger(g, "policy.published", T0,
                               cJSON_GetObjectItem(ledger, "body")->valuestring, leaf);
    cJSON_ReplaceItemInObject(s, "ledger", made);
    set_text(s, "origin", g->name);
    snprintf(at, sizeof at, "%lld", (long long)T0);
    cJSON_ReplaceItemInObject(s, "published_at", cJSON_CreateRaw(at));
    cJSON_ReplaceItemInObject(s, "in_force_from", cJSON_CreateRaw(at));
    cJSON_ReplaceItemInObject(s, "effective_at", cJSON_CreateRaw("1704067200000000"));
    free(text);
    consent_rows_free(rows);
    return s;
}

static void test_signed_policy_each_refusal_has_its_code(void **state) {
    pair *p = *state;
    forger g, other;
    uint8_t leaf[32];
    api_publish(p->backend, (variant){0});
    each_header(p->phone, STATEMENT, false);
    char *good = pair_export(p->backend, "1");
    refused(p->phone, good, strlen(good), p->phone_key, CONSENT_E_SIGNATURE, "KEY_FOREIGN", false);
    free(good);
    forger_new(&g, "libconsent/00112233445566778899aabbccddeeff/1");
    forger_new(&other, "libconsent/ffeeddccbbaa99887766554433221100/1");
    static const char *const texts[] = {"origin", "policy", "version",
                                        "sha256", "bundle", "profile"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        cJSON *s = honest(p, &g);
        set_text(s, texts[i], "{}");
        lie(p, &g, s, CONSENT_E_FORMAT, "CONTENT_MISMATCH");
    }
    static const char *const times[] = {"effective_at", "in_force_from", "published_at"};
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        cJSON *s = honest(p, &g);
        cJSON_ReplaceItemInObject(s, times[i], cJSON_CreateNumber(5));
        lie(p, &g, s, CONSENT_E_FORMAT, "CONTENT_MISMATCH");
        s = honest(p, &g);
        cJSON_DeleteItemFromObject(s, times[i]);
        lie(p, &g, s, CONSENT_E_FORMAT, "LEDGER_MISSING");
    }
    cJSON *s = honest(p, &g);
    char *body = strdup(cJSON_GetObjectItem(cJSON_GetObjectItem(s, "ledger"), "body")->valuestring);
    cJSON_ReplaceItemInObject(s, "ledger",
                              forge_ledger(&other, "policy.published", T0, body, leaf));
    lie(p, &g, s, CONSENT_E_SIGNATURE, "CHECKPOINT_FOREIGN");
    s = honest(p, &g);
    cJSON_ReplaceItemInObject(s, "ledger", forge_ledger(&g, "policy.imported", T0, body, leaf));
    lie(p, &g, s, CONSENT_E_STATE, "UNPUBLISHED");
    s = honest(p, &g);
    set_text(cJSON_GetObjectItem(s, "ledger"), "body", "{}");
    lie(p, &g, s, CONSENT_E_PROOF, "PROOF");
    s = honest(p, &g);
    cJSON_ReplaceItemInObject(s, "ledger", forge_ledger(&g, "policy.published", T0, "{}", leaf));
    lie(p, &g, s, CONSENT_E_FORMAT, "CONTENT_MISMATCH");
    s = honest(p, &g); /* and what is true is taken */
    good = forge_typed(&g, STATEMENT, s);
    assert_int_equal(pair_import(p->phone, good, g.vkey), CONSENT_OK);
    cJSON_Delete(s);
    free(good);
    free(body);
}

static void test_signed_policy_no_changed_byte_is_imported(void **state) {
    pair *p = *state;
    api_publish(p->backend, (variant){0});
    char *good = pair_export(p->backend, "1");
    size_t n = strlen(good);
    for (size_t i = 0; i < n; i += 7) {
        char kept = good[i];
        good[i] = kept == 'A' ? 'B' : 'A';
        if (pair_import(p->phone, good, p->backend_key) >= 0)
            fail_msg("byte %zu of %zu changed, and yet imported", i, n);
        good[i] = kept;
    }
    assert_int_equal(pair_import(p->phone, good, p->backend_key), CONSENT_OK);
    free(good);
}

/* ---- receipts ---- */

static void test_receipt_import_answers_as_the_phone_does(void **state) {
    pair *p = *state;
    bool stands;
    pair_publish(p, (variant){0});
    pair_at(p, T0 + HOUR);
    char *yes = pair_say(p->phone, "me", CONSENT_DECISION_GRANTED, "mail");
    pair_at(p, T0 + 2 * HOUR);
    char *no = pair_say(p->phone, "me", CONSENT_DECISION_WITHDRAWN, "mail");
    assert_int_equal(pair_take(p->backend, yes, p->phone_key, NULL, NULL), CONSENT_E_NOT_FOUND);
    assert_int_equal(pair_take(p->backend, yes, p->phone_key, "bob", NULL), CONSENT_E_NOT_FOUND);
    assert_int_equal(pair_take(p->backend, yes, p->phone_key, "ann", &stands), CONSENT_OK);
    assert_true(stands);
    assert_int_equal(api_reason(p->backend, "ann", "mail", NULL), CONSENT_REASON_CONSENTED);
    int64_t size = api_size(p->backend);
    assert_int_equal(pair_take(p->backend, yes, p->phone_key, NULL, &stands), CONSENT_DONE);
    assert_true(stands);
    assert_int_equal(pair_take(p->backend, yes, p->phone_key, "ann", NULL), CONSENT_DONE);
    assert_int_equal(api_size(p->backend), size);
    assert_int_equal(pair_take(p->backend, no, p->phone_key, NULL, &stands), CONSENT_OK);
    assert_true(stands);
    assert_int_equal(api_reason(p->backend, "ann", "mail", NULL), CONSENT_REASON_WITHDRAWN);
    assert_int_equal(pair_take(p->backend, yes, p->phone_key, NULL, &stands), CONSENT_DONE);
    assert_false(stands);
    assert_int_equal(api_reason(p->backend, "ann", "mail", NULL), CONSENT_REASON_WITHDRAWN);
    pair_sound(p->backend);
    free(yes);
    free(no);
}

/* Five acts of phone and backend in every order of arrival: one answer. */
static void test_receipt_import_every_order_gives_one_answer(void **state) {
    pair *p = *state;
    char *acts[5];
    int order[5] = {0, 1, 2, 3, 4}, runs = 0;
    pair_publish(p, (variant){0});
    static const struct {
        bool phone;
        int32_t decision;
    } said[5] = {{true, CONSENT_DECISION_GRANTED},
                 {false, CONSENT_DECISION_WITHDRAWN},
                 {true, CONSENT_DECISION_GRANTED},
                 {false, CONSENT_DECISION_GRANTED},
                 {true, CONSENT_DECISION_WITHDRAWN}};
    for (int last = 3; last < 5; last++) { /* without and with the last word */
        void *made[2] = {NULL, NULL};
        assert_int_equal(api_setup(&made[0]), 0);
        assert_int_equal(api_setup(&made[1]), 0);
        fixture *const sides[2] = {made[0], made[1]};
        char *keys[2] = {pair_key(sides[0]), pair_key(sides[1])};
        char *statement = pair_export(p->backend, "1");
        for (int i = 0; i < 2; i++) {
            assert_int_equal(pair_import(sides[i], statement, p->backend_key), CONSENT_OK);
            assert_int_equal(consent_subject_add(sides[i]->store, "ann", "1990-05-17", NULL),
                             CONSENT_OK);
        }
        free(statement);
        for (int i = 0; i <= last; i++) {
            fixture *f = sides[said[i].phone];
            f->now = T0 + (i + 1) * HOUR;
            acts[i] = pair_say(f, "ann", said[i].decision, "mail");
        }
        bool first = true;
        int counters[5] = {0}, i = 0;
        while (i <= last) { /* Heap's permutations */
            if (!first && counters[i] >= i) {
                counters[i++] = 0;
                continue;
            }
            if (!first) {
                int k = i % 2 ? counters[i] : 0, t = order[k];
                order[k] = order[i];
                order[i] = t;
                counters[i]++;
                i = 0;
            }
            first = false;
            char who[16];
            snprintf(who, sizeof who, "p%d", runs++);
            fixture *f = p->backend;
            f->now = T0 + 9 * HOUR;
            void *fresh = NULL;
            assert_int_equal(api_setup(&fresh), 0);
            f = fresh;
            f->now = T0 + 9 * HOUR;
            statement = pair_export(p->backend, "1");
            assert_int_equal(pair_import(f, statement, p->backend_key), CONSENT_OK);
            free(statement);
            assert_int_equal(consent_subject_add(f->store, "ann", "1990-05-17", NULL), CONSENT_OK);
            for (int k = 0; k <= last; k++)
                assert_true(pair_take(f, acts[order[k]], keys[said[order[k]].phone], "ann", NULL) ==
                            CONSENT_OK);
            assert_int_equal(api_reason(f, "ann", "mail", NULL),
                             last == 3 ? CONSENT_REASON_CONSENTED : CONSENT_REASON_WITHDRAWN);
            assert_int_equal(api_teardown(&fresh), 0);
        }
        for (int k = 0; k <= last; k++)
            free(acts[k]);
        for (int k = 0; k < 2; k++) {
            void *end = sides[k];
            free(keys[k]);
            assert_int_equal(api_teardown(&end), 0);
        }
    }
    assert_int_equal(runs, 24 + 120);
}

/* A late grant revives nothing, at whatever epoch; a late withdrawal ends only what was before it.
 */
static void test_receipt_import_late_acts_revive_nothing(void **state) {
    pair *p = *state;
    bool stands;
    pair_publish(p, (variant){0});
    pair_at(p, T0 + HOUR);
    char *yes = pair_say(p->phone, "me", CONSENT_DECISION_GRANTED, "mail");
    pair_at(p, T0 + 2 * HOUR);
    free(pair_say(p->backend, "ann", CONSENT_DECISION_WITHDRAWN, "mail"));
    pair_at(p, T0 + 3 * HOUR);
    assert_int_equal(pair_take(p->backend, yes, p->phone_key, "ann", &stands), CONSENT_OK);
    assert_false(stands);
    assert_int_equal(api_reason(p->backend, "ann", "mail", NULL), CONSENT_REASON_WITHDRAWN);
    /* withdrawn on the phone, granted at the backend since: the backend's stands */
    char *no = pair_say(p->phone, "me", CONSENT_DECISION_WITHDRAWN, "mail");
    pair_at(p, T0 + 4 * HOUR);
    free(pair_say(p->backend, "ann", CONSENT_DECISION_GRANTED, "mail"));
    assert_int_equal(pair_take(p->backend, no, p->phone_key, NULL, &stands), CONSENT_OK);
    assert_false(stands);
    assert_int_equal(api_reason(p->backend, "ann", "mail", NULL), CONSENT_REASON_CONSENTED);
    free(yes);
    free(no);
    pair_sound(p->backend);
}

/* A withdrawal ends what was agreed before it under older texts, also what is heard of after it and
 * after a later act: nothing is left of it that a new text would call stale. */
static void test_receipt_import_withdrawn_stays_ended_at_every_epoch(void **state) {
    pair *p = *state;
    bool stands;
    pair_publish(p, (variant){0});
    pair_at(p, T0 + HOUR);
    char *yes = pair_say(p->phone, "me", CONSENT_DECISION_GRANTED, "mail");
    pair_publish(p, second);
    pair_at(p, T0 + 5 * DAY);
    char *out = pair_say(p->backend, "ann", CONSENT_DECISION_WITHDRAWN, "mail");
    pair_at(p, T0 + 6 * DAY);
    char *no = pair_say(p->backend, "ann", CONSENT_DECISION_REFUSED, "mail");
    assert_int_equal(pair_take(p->backend, yes, p->phone_key, "ann", &stands), CONSENT_OK);
    assert_false(stands);
    assert_int_equal(pair_take(p->phone, out, p->backend_key, "me", NULL), CONSENT_OK);
    assert_int_equal(pair_take(p->phone, no, p->backend_key, NULL, NULL), CONSENT_OK);
    pair_publish(p, (variant){.version = "3", .effective = "2024-06-08T00:00:00Z"});
    pair_publish(p, (variant){.version = "4",
                              .effective = "2024-06-09T00:00:00Z",
                              .mail_items = "\"name\",\"street\""});
    pair_at(p, T0 + 9 * DAY); /* asked anew: it was widened again */
    assert_int_equal(api_reason(p->phone, "me", "mail", NULL), CONSENT_REASON_NOT_ASKED);
    assert_int_equal(api_reason(p->backend, "ann", "mail", NULL), CONSENT_REASON_NOT_ASKED);
    free(yes);
    free(out);
    free(no);
}

/* Agreed under a text that is over when the receipt comes: asked again where the point changed. */
static void test_receipt_import_under_an_older_version(void **state) {
    pair *p = *state;
    pair_publish(p, (variant){0});
    pair_at(p, T0 + HOUR);
    char *mail = pair_say(p->phone, "me", CONSENT_DECISION_GRANTED, "mail");
    consent_act *act = consent_act_new("me", CONSENT_DECISION_GRANTED, "ads");
    consent_act_set_class(act, CONSENT_CLASS_SEPARATE);
    char *ads = pair_receipt(p->phone, api_say(p->phone, act, CONSENT_OK));
    pair_publish(p, second);
    pair_at(p, T0 + 9 * DAY);
    assert_int_equal(pair_take(p->backend, mail, p->phone_key, "ann", NULL), CONSENT_OK);
    assert_int_equal(pair_take(p->backend, ads, p->phone_key, "ann", NULL), CONSENT_OK);
    for (int side = 0; side < 2; side++) {
        fixture *f = side ? p->phone : p->backend;
        const char *who = side ? "me" : "ann";
        assert_int_equal(api_reason(f, who, "mail", NULL), CONSENT_REASON_STALE_VERSION);
        assert_int_equal(api_reason(f, who, "ads", NULL), CONSENT_REASON_CONSENTED);
    }
    free(mail);
    free(ads);
}

static void test_receipt_import_needs_texts_that_are_known_here(void **state) {
    pair *p = *state;
    fixture *phone = p->phone;
    api_publish(phone, (variant){0});
    char *yes = pair_say(phone, "me", CONSENT_DECISION_GRANTED, "mail");
    assert_int_equal(pair_take(p->backend, yes, p->phone_key, "ann", NULL), CONSENT_E_NOT_FOUND);
    api_publish(p->backend, (variant){.version = "0", .effective = "2023-01-01T00:00:00Z"});
    assert_int_equal(pair_take(p->backend, yes, p->phone_key, "ann", NULL), CONSENT_E_NOT_FOUND);
    char *bytes = api_bundle((variant){0});
    assert_int_equal(consent_policy_import(p->backend->store, bytes, strlen(bytes), NULL),
                     CONSENT_OK);
    assert_int_equal(pair_take(p->backend, yes, p->phone_key, "ann", NULL), CONSENT_E_STATE);
    assert_int_equal(consent_policy_publish(p->backend->store, "p", "1", NULL), CONSENT_OK);
    assert_int_equal(pair_take(p->backend, yes, p->phone_key, "ann", NULL), CONSENT_OK);
    free(bytes);
    void *other = NULL;
    assert_int_equal(api_setup(&other), 0);
    api_publish(other, (variant){.text = "Other letters."}); /* the label means something else */
    fixture *f = other;
    assert_int_equal(consent_subject_add(f->store, "ann", "1990-05-17", NULL), CONSENT_OK);
    assert_int_equal(pair_take(f, yes, p->phone_key, "ann", NULL), CONSENT_E_UNKNOWN_TEXT);
    assert_int_equal(api_teardown(&other), 0);
    free(yes);
}

static void test_receipt_import_belongs_to_one_subject(void **state) {
    pair *p = *state;
    pair_publish(p, (variant){0});
    assert_int_equal(consent_subject_add(p->backend->store, "bob", "1991-01-01", NULL), CONSENT_OK);
    char *a = pair_say(p->phone, "me", CONSENT_DECISION_GRANTED, "mail");
    char *b = pair_say(p->phone, "me", CONSENT_DECISION_REFUSED, "ads");
    assert_int_equal(pair_take(p->backend, a, p->phone_key, "ann", NULL), CONSENT_OK);
    assert_int_equal(pair_take(p->backend, b, p->phone_key, "bob", NULL), CONSENT_E_CONFLICT);
    assert_int_equal(pair_take(p->backend, a, p->phone_key, "bob", NULL), CONSENT_E_CONFLICT);
    assert_int_equal(pair_take(p->backend, b, p->phone_key, NULL, NULL), CONSENT_OK);
    /* an account that took the device's subject over takes its receipts over */
    int64_t count;
    assert_int_equal(consent_subject_adopt(p->backend->store, "ann", "bob", NULL, &count, NULL),
                     CONSENT_OK);
    char *c = pair_say(p->phone, "me", CONSENT_DECISION_WITHDRAWN, "mail");
    assert_int_equal(pair_take(p->backend, c, p->phone_key, NULL, NULL), CONSENT_E_STATE);
    assert_int_equal(pair_take(p->backend, c, p->phone_key, "bob", NULL), CONSENT_OK);
    assert_int_equal(api_reason(p->backend, "bob", "mail", NULL), CONSENT_REASON_WITHDRAWN);
    pair_sound(p->backend);
    free(a);
    free(b);
    free(c);
}

static void erase(fixture *f, const char *who) {
    consent_rows *rows = NULL;
    consent_request *ask = consent_request_new(who, "delete");
    assert_int_equal(consent_request_open(f->store, ask, &rows, NULL), CONSENT_OK);
    consent_request_free(ask);
    int64_t number = consent_rows_number(rows, 0, "request", -1);
    consent_rows_free(rows);
    assert_int_equal(consent_erase(f->store, who, number, false, &rows, NULL), CONSENT_OK);
    consent_rows_free(rows);
}

static void test_receipt_import_refused_after_erasure(void **state) {
    pair *p = *state;
    pair_publish(p, (variant){0});
    char *a = pair_say(p->phone, "me", CONSENT_DECISION_GRANTED, "mail");
    char *b = pair_say(p->phone, "me", CONSENT_DECISION_WITHDRAWN, "mail");
    assert_int_equal(pair_take(p->backend, a, p->phone_key, "ann", NULL), CONSENT_OK);
    erase(p->backend, "ann");
    for (int again = 0; again < 2; again++) {
        assert_int_equal(pair_take(p->backend, a, p->phone_key, NULL, NULL), CONSENT_E_STATE);
        assert_int_equal(pair_take(p->backend, b, p->phone_key, "ann", NULL), CONSENT_E_STATE);
        if (!again)
            assert_int_equal(consent_subject_add(p->backend->store, "ann", "1990-05-17", NULL),
                             CONSENT_OK);
    }
    assert_int_equal(api_reason(p->backend, "ann", "mail", NULL), CONSENT_REASON_NOT_ASKED);
    pair_sound(p->backend);
    free(a);
    free(b);
}

/* A device's clock that is ahead does not outlive a later withdrawal; at the same instant a no
 * stands. */
static void test_receipt_import_clock_ahead_and_the_same_instant(void **state) {
    pair *p = *state;
    bool stands;
    pair_publish(p, (variant){0});
    p->phone->now = T0 + 5 * DAY;
    p->backend->now = T0 + HOUR;
    char *yes = pair_say(p->phone, "me", CONSENT_DECISION_GRANTED, "mail");
    assert_int_equal(pair_take(p->backend, yes, p->phone_key, "ann", &stands), CONSENT_OK);
    assert_true(stands);
    p->backend->now += 1;
    free(pair_say(p->backend, "ann", CONSENT_DECISION_WITHDRAWN, "mail"));
    p->backend->now = T0 + 9 * DAY;
    assert_int_equal(api_reason(p->backend, "ann", "mail", NULL), CONSENT_REASON_WITHDRAWN);
    free(yes);
    pair_at(p, T0 + 10 * DAY);
    yes = pair_say(p->phone, "me", CONSENT_DECISION_GRANTED, "mail");
    char *no = pair_say(p->backend, "ann", CONSENT_DECISION_REFUSED, "mail");
    assert_int_equal(pair_take(p->backend, yes, p->phone_key, NULL, &stands), CONSENT_OK);
    assert_false(stands);
    assert_int_equal(pair_take(p->phone, no, p->backend_key, "me", &stands), CONSENT_OK);
    assert_true(stands);
    assert_int_equal(api_reason(p->backend, "ann", "mail", NULL), CONSENT_REASON_REFUSED);
    assert_int_equal(api_reason(p->phone, "me", "mail", NULL), CONSENT_REASON_REFUSED);
    free(yes);
    free(no);
}

/* What was taken back on a device stays so when the receipt of the older yes comes last, whatever
 * its clock says and whatever was said here in between. */
static void late_yes(pair *p, int32_t there, int32_t here, int32_t reason) {
    bool stands;
    p->phone->now = T0 + 5 * DAY; /* ahead */
    p->backend->now += HOUR;
    char *yes = pair_say(p->phone, "me", CONSENT_DECISION_GRANTED, "mail");
    char *no = pair_say(p->phone, "me", there, "mail");
    assert_int_equal(pair_take(p->backend, no, p->phone_key, "ann", NULL), CONSENT_OK);
    p->backend->now += HOUR;
    free(pair_say(p->backend, "ann", here, "mail"));
    p->backend->now += HOUR;
    assert_int_equal(pair_take(p->backend, yes, p->phone_key, NULL, &stands), CONSENT_OK);
    assert_false(stands);
    assert_int_equal(api_reason(p->backend, "ann", "mail", NULL), reason);
    free(yes);
    free(no);
    pair_sound(p->backend);
}

static void test_receipt_import_late_yes_of_a_clock_ahead_after_a_withdrawal(void **state) {
    pair_publish(*state, (variant){0});
    late_yes(*state, CONSENT_DECISION_WITHDRAWN, CONSENT_DECISION_WITHDRAWN,
             CONSENT_REASON_WITHDRAWN);
}

static void test_receipt_import_late_yes_of_a_clock_ahead_after_a_refusal(void **state) {
    pair_publish(*state, (variant){0});
    late_yes(*state, CONSENT_DECISION_REFUSED, CONSENT_DECISION_REFUSED, CONSENT_REASON_REFUSED);
}

static size_t owed(fixture *f, const char *who) {
    consent_rows *rows = NULL;
    assert_int_equal(consent_obligation_list(f->store, who, true, &rows, NULL), CONSENT_OK);
    size_t n = consent_rows_count(rows);
    consent_rows_free(rows);
    return n;
}

/* A withdrawal on the phone makes the backend owe what its own would; one that came too late not.
 */
static void test_receipt_import_of_a_withdrawal_makes_something_owed(void **state) {
    pair *p = *state;
    pair_publish(p, (variant){0});
    free(pair_say(p->backend, "ann", CONSENT_DECISION_GRANTED, "mail"));
    pair_at(p, T0 + HOUR);
    char *early = pair_say(p->phone, "me", CONSENT_DECISION_WITHDRAWN, "mail");
    pair_at(p, T0 + 2 * HOUR);
    free(pair_say(p->backend, "ann", CONSENT_DECISION_GRANTED, "mail"));
    assert_int_equal(pair_take(p->backend, early, p->phone_key, "ann", NULL), CONSENT_OK);
    assert_int_equal(owed(p->backend, "ann"), 0);
    pair_at(p, T0 + 3 * HOUR);
    char *late = pair_say(p->phone, "me", CONSENT_DECISION_WITHDRAWN, "mail");
    assert_int_equal(pair_take(p->backend, late, p->phone_key, NULL, NULL), CONSENT_OK);
    assert_int_equal(owed(p->backend, "ann"), 2); /* tell the shop, delete */
    pair_sound(p->backend);
    free(early);
    free(late);
}

static void test_receipt_import_takes_first_hand_decisions_only(void **state) {
    pair *p = *state;
    pair_publish(p, (variant){0});
    int64_t size = api_size(p->phone);
    assert_int_equal(consent_object(p->phone->store, "me", NULL, "mail", NULL, NULL), CONSENT_OK);
    char *objection = pair_receipt(p->phone, size);
    consent_act *act = consent_act_new("me", CONSENT_DECISION_GRANTED, "mail");
    consent_act_set_surface(act, "implied");
    char *implied = pair_receipt(p->phone, api_say(p->phone, act, CONSENT_OK));
    char *yes = pair_say(p->phone, "me", CONSENT_DECISION_GRANTED, "mail");
    assert_int_equal(pair_take(p->backend, objection, p->phone_key, "ann", NULL),
                     CONSENT_E_REFUSED);
    assert_int_equal(pair_take(p->backend, implied, p->phone_key, "ann", NULL), CONSENT_E_REFUSED);
    size = api_size(p->backend);
    assert_int_equal(pair_take(p->backend, yes, p->phone_key, "ann", NULL), CONSENT_OK);
    char *echo = pair_receipt(p->backend, size);
    consent_rows *rows = NULL;
    assert_int_equal(consent_receipt_verify(echo, strlen(echo), p->backend_key, &rows, NULL),
                     CONSENT_OK);
    assert_null(consent_rows_text(rows, 0, "why"));
    consent_rows_free(rows);
    assert_int_equal(pair_take(p->phone, echo, p->backend_key, "me", NULL), CONSENT_E_REFUSED);
    assert_int_equal(pair_take(p->phone, yes, p->phone_key, "me", NULL), CONSENT_E_STATE);
    free(objection);
    free(implied);
    free(yes);
    free(echo);
}

/* A second device hears of the first through the receipt that the backend kept. */
static void test_receipt_import_passes_on_what_was_kept(void **state) {
    pair *p = *state;
    pair_publish(p, (variant){0});
    char *yes = pair_say(p->phone, "me", CONSENT_DECISION_GRANTED, "mail");
    assert_int_equal(pair_take(p->backend, yes, p->phone_key, "ann", NULL), CONSENT_OK);
    consent_rows *rows = NULL;
    assert_int_equal(consent_history(p->backend->store, "ann", &rows, NULL), CONSENT_OK);
    cJSON *body = cJSON_Parse(consent_rows_text(rows, consent_rows_count(rows) - 1, "body"));
    consent_rows_free(rows);
    void *tablet = NULL;
    assert_int_equal(api_setup(&tablet), 0);
    fixture *f = tablet;
    char *one = pair_export(p->backend, "1");
    assert_int_equal(pair_import(f, one, p->backend_key), CONSENT_OK);
    assert_int_equal(consent_subject_add(f->store, "tab", "1990-05-17", NULL), CONSENT_OK);
    assert_int_equal(pair_take(f, cJSON_GetObjectItem(body, "note")->valuestring,
                               cJSON_GetObjectItem(body, "key")->valuestring, "tab", NULL),
                     CONSENT_OK);
    assert_int_equal(api_reason(f, "tab", "mail", NULL), CONSENT_REASON_CONSENTED);
    assert_int_equal(api_teardown(&tablet), 0);
    cJSON_Delete(body);
    free(one);
    free(yes);
}

/* What a restoration lost comes back by the person's receipts. */
static void test_receipt_import_brings_back_what_a_restoration_lost(void **state) {
    pair *p = *state;
    char backup[120], restored[120];
    bool stands;
    fixture *f = p->backend;
    api_publish(f, (variant){0});
    char *before = pair_say(f, "ann", CONSENT_DECISION_GRANTED, "mail");
    snprintf(backup, sizeof backup, "%s/backup", f->folder);
    snprintf(restored, sizeof restored, "%s/restored", f->folder);
    assert_int_equal(consent_store_backup(f->store, backup, NULL), CONSENT_OK);
    f->now += HOUR;
    char *lost = pair_say(f, "ann", CONSENT_DECISION_WITHDRAWN, "mail");
    assert_int_equal(consent_store_restore(backup, restored, f->options, NULL), CONSENT_OK);
    fixture copy = *f;
    copy.store = NULL;
    assert_int_equal(consent_store_open(restored, f->options, &copy.store, NULL), CONSENT_OK);
    assert_int_equal(pair_take(&copy, before, p->backend_key, "ann", NULL), CONSENT_E_STATE);
    assert_int_equal(pair_take(&copy, lost, p->backend_key, "ann", &stands), CONSENT_OK);
    assert_true(stands);
    assert_int_equal(api_reason(&copy, "ann", "mail", NULL), CONSENT_REASON_WITHDRAWN);
    pair_sound(&copy);
    consent_store_free(copy.store);
    free(before);
    free(lost);
}

/* ---- guardians ---- */

static void child(fixture *f, const char *kid, const char *mum) {
    assert_int_equal(consent_subject_add(f->store, kid, "2012-02-29", NULL), CONSENT_OK);
    assert_int_equal(consent_subject_add(f->store, mum, "1980-01-01", NULL), CONSENT_OK);
}

static void linked(fixture *f, const char *kid, const char *mum) {
    assert_int_equal(consent_guardian_link(f->store, kid, mum, NULL, "card-payment", NULL, 0, NULL),
                     CONSENT_OK);
    assert_int_equal(consent_guardian_verify(f->store, kid, mum, NULL, "desk", NULL, NULL, NULL),
                     CONSENT_OK);
}

static consent_status take_by(fixture *f, const char *receipt, const char *key, const char *kid,
                              const char *mum) {
    return consent_receipt_import(f->store, receipt, strlen(receipt), key, kid, mum, NULL, NULL);
}

static void test_receipt_import_of_a_guardian(void **state) {
    pair *p = *state;
    fixture *sides[] = {p->phone, p->backend};
    for (int i = 0; i < 2; i++) {
        assert_int_equal(consent_policy_import_file(
                             sides[i]->store,
                             CONSENT_SOURCE_DIR "/policy/bundles/strida-fitness/1.0.json", NULL),
                         CONSENT_OK);
        assert_int_equal(consent_policy_publish(sides[i]->store, "strida-fitness", "1.0", NULL),
                         CONSENT_OK);
    }
    child(p->phone, "kid", "mum");
    child(p->backend, "k-1", "m-1");
    linked(p->phone, "kid", "mum");
    consent_rows *purposes = NULL;
    assert_int_equal(
        consent_policy_show(p->phone->store, "strida-fitness", NULL, NULL, &purposes, NULL),
        CONSENT_OK);
    const char *purpose = NULL;
    for (size_t i = 0; i < consent_rows_count(purposes) && !purpose; i++)
        if (strcmp(consent_rows_text(purposes, i, "kind"), "purpose") == 0 &&
            strstr(consent_rows_text(purposes, i, "detail"), "\"consent\""))
            purpose = consent_rows_text(purposes, i, "key");
    assert_non_null(purpose);
    consent_act *act = consent_act_new("kid", CONSENT_DECISION_GRANTED, purpose);
    consent_act_set_guardian(act, "mum");
    consent_act_set_class(act, CONSENT_CLASS_SEPARATE);
    pair_at(p, T0 + HOUR);
    char *yes = pair_receipt(p->phone, api_say(p->phone, act, CONSENT_OK));
    fixture *f = p->backend;
    assert_int_equal(take_by(f, yes, p->phone_key, "k-1", NULL), CONSENT_E_NOT_FOUND);
    assert_int_equal(take_by(f, yes, p->phone_key, "k-1", "m-1"), CONSENT_E_REFUSED);
    linked(f, "k-1", "m-1"); /* after it was said */
    f->now += 1;
    assert_int_equal(take_by(f, yes, p->phone_key, "k-1", "m-1"), CONSENT_OK);
    assert_int_equal(api_reason(f, "k-1", purpose, NULL),
                     api_reason(p->phone, "kid", purpose, NULL));
    pair_at(p, T0 + 2 * HOUR);
    assert_int_equal(consent_guardian_end(f->store, "k-1", "m-1", NULL, CONSENT_END_GUARDIAN, NULL),
                     CONSENT_OK);
    act = consent_act_new("kid", CONSENT_DECISION_WITHDRAWN, purpose);
    consent_act_set_guardian(act, "mum");
    char *no = pair_receipt(p->phone, api_say(p->phone, act, CONSENT_OK));
    assert_int_equal(take_by(f, no, p->phone_key, "k-1", "m-1"), CONSENT_E_REFUSED);
    pair_sound(f);
    consent_rows_free(purposes);
    free(yes);
    free(no);
}

/* ---- a device that lies ---- */

#define UID "00112233445566778899aabbccddeeff"

static void device_says(pair *p, const forger *g, const char *kind, const char *members,
                        const char *decision, consent_status status, const char *why) {
    char body[1024], id[40], hex[65];
    uint8_t leaf[32];
    snprintf(body, sizeof body, "{%s}", members);
    cJSON *r = cJSON_CreateObject(), *ledger = forge_ledger(g, kind, T0, body, leaf);
    uint8_t u[16];
    memcpy(u, leaf, 16);
    u[6] = (uint8_t)((u[6] & 0x0f) | 0x80);
    u[8] = (uint8_t)((u[8] & 0x3f) | 0x80);
    sodium_bin2hex(hex, sizeof hex, u, 16);
    snprintf(id, sizeof id, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16,
             hex + 20);
    cJSON_AddStringToObject(r, "consentReceiptID", id);
    cJSON_AddNumberToObject(r, "consentTimestamp", (double)(T0 / SECOND));
    cJSON_AddStringToObject(r, "piiPrincipalId", UID);
    cJSON *said = cJSON_Parse(members[0] ? body : "{}"),
          *shown = cJSON_GetObjectItem(said, "shown");
    cJSON_AddItemToObject(r, "shown",
                          shown ? cJSON_CreateString(shown->valuestring) : cJSON_CreateNull());
    cJSON_Delete(said);
    cJSON_AddItemToObject(r, "decision", cJSON_Parse(decision));
    cJSON_AddItemToObject(r, "ledger", ledger);
    char *jws = forge_typed(g, RECEIPT, r);
    if (status == CONSENT_OK)
        assert_int_equal(pair_take(p->backend, jws, g->vkey, "ann", NULL), CONSENT_OK);
    else
        refused(p->backend, jws, strlen(jws), g->vkey, status, why, true);
    free(jws);
    cJSON_Delete(r);
}

/* The body of an act, and what `decision` says of it. */
static void device_acts(pair *p, const forger *g, const char *point, const char *cls,
                        const char *extra, const char *sha, consent_status status,
                        const char *why) {
    char members[600], decision[400];
    bool before = extra && strncmp(extra, "\"shown", 6) != 0;
    snprintf(members, sizeof members,
             "\"class\":\"%s\",\"clock\":1,%s\"epoch\":1,\"point\":\"%s\",\"policy\":\"p\",%"
             "s\"uid\":\"" UID "\",\"v\":1,\"version\":\"1\"",
             cls, before ? extra : "", point, extra && !before ? extra : "");
    snprintf(decision, sizeof decision,
             "{\"class\":\"%s\",\"point\":\"%s\",\"policy\":\"p\",\"sha256\":\"%s\",\"state\":"
             "\"granted\",\"version\":\"1\"}",
             cls, point, sha);
    device_says(p, g, "consent.granted", members, decision, status, why);
}

static void test_receipt_import_of_a_device_that_lies(void **state) {
    pair *p = *state;
    forger g;
    pair_publish(p, (variant){0});
    each_header(p->backend, RECEIPT, true);
    forger_new(&g, "libconsent/00112233445566778899aabbccddeeff/1");
    consent_rows *rows = NULL;
    assert_int_equal(consent_policy_list(p->backend->store, "p", &rows, NULL), CONSENT_OK);
    const char *sha = consent_rows_text(rows, 0, "sha256"), none[] =
                                                                "00112233445566778899aabbccddeeff0"
                                                                "0112233445566778899aabbccddeeff";
    char shown[100];
    snprintf(shown, sizeof shown, "\"shown\":\"%s\",", none);
    device_acts(p, &g, "mail", "general", NULL, none, CONSENT_E_UNKNOWN_TEXT, "another text");
    device_acts(p, &g, "mail", "general", shown, sha, CONSENT_E_UNKNOWN_TEXT, "text shown");
    device_acts(p, &g, "mail", "general", "\"shown\":\"zz\",", sha, CONSENT_E_FORMAT, "MALFORMED");
    device_acts(p, &g, "none", "general", NULL, sha, CONSENT_E_NOT_FOUND, "no such point");
    device_acts(p, &g, "mail", "none", NULL, sha, CONSENT_E_FORMAT, "MALFORMED");
    device_acts(p, &g, "deed", "written", NULL, sha, CONSENT_E_FORMAT, "MALFORMED");
    device_acts(p, &g, "mail", "general", "\"day\":1,", sha, CONSENT_E_FORMAT, "MALFORMED");
    device_acts(p, &g, "mail", "general", NULL, sha, CONSENT_OK, NULL);
    consent_rows_free(rows);
    pair_sound(p->backend);
}

static void test_receipt_import_wrong_calls(void **state) {
    pair *p = *state;
    consent_store *s = p->backend->store;
    const char *key = p->phone_key;
    consent_rows *rows = (consent_rows *)p;
    assert_int_equal(consent_receipt_import(s, NULL, 0, key, "ann", NULL, &rows, NULL),
                     CONSENT_E_ARGUMENT);
    assert_null(rows);
    assert_int_equal(consent_receipt_import(s, "a.b.c", 5, NULL, "ann", NULL, NULL, NULL),
                     CONSENT_E_ARGUMENT);
    assert_int_equal(consent_receipt_import(s, "a.b.c", 5, key, "", NULL, NULL, NULL),
                     CONSENT_E_ARGUMENT);
    assert_int_equal(consent_receipt_import(s, "a.b.c", 5, key, "ann", "", NULL, NULL),
                     CONSENT_E_ARGUMENT);
    assert_int_equal(consent_receipt_import(NULL, "a.b.c", 5, key, "ann", NULL, NULL, NULL),
                     CONSENT_E_ARGUMENT);
    assert_int_equal(consent_policy_import_signed(s, NULL, 0, key, NULL, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_policy_import_signed(s, "a.b.c", 5, "", NULL, NULL),
                     CONSENT_E_ARGUMENT);
    assert_int_equal(consent_policy_export_signed(s, NULL, NULL, NULL, NULL), CONSENT_E_ARGUMENT);
    assert_int_equal(consent_policy_export_signed(s, NULL, NULL, &rows, NULL), CONSENT_E_NOT_FOUND);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, pair_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        T(test_signed_policy_has_the_same_effect_from_the_same_instant),
        T(test_signed_policy_arrives_after_its_effect_or_before_its_publishing),
        T(test_signed_policy_brings_its_profile),
        T(test_signed_policy_in_order_once_and_alike),
        T(test_signed_policy_conflicts_with_what_is_here),
        T(test_signed_policy_is_passed_on),
        T(test_signed_policy_each_refusal_has_its_code),
        T(test_signed_policy_no_changed_byte_is_imported),
        T(test_receipt_import_answers_as_the_phone_does),
        T(test_receipt_import_every_order_gives_one_answer),
        T(test_receipt_import_late_acts_revive_nothing),
        T(test_receipt_import_withdrawn_stays_ended_at_every_epoch),
        T(test_receipt_import_late_yes_of_a_clock_ahead_after_a_withdrawal),
        T(test_receipt_import_late_yes_of_a_clock_ahead_after_a_refusal),
        T(test_receipt_import_under_an_older_version),
        T(test_receipt_import_needs_texts_that_are_known_here),
        T(test_receipt_import_belongs_to_one_subject),
        T(test_receipt_import_refused_after_erasure),
        T(test_receipt_import_clock_ahead_and_the_same_instant),
        T(test_receipt_import_of_a_withdrawal_makes_something_owed),
        T(test_receipt_import_takes_first_hand_decisions_only),
        T(test_receipt_import_passes_on_what_was_kept),
        T(test_receipt_import_brings_back_what_a_restoration_lost),
        T(test_receipt_import_of_a_guardian),
        T(test_receipt_import_of_a_device_that_lies),
        T(test_receipt_import_wrong_calls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
