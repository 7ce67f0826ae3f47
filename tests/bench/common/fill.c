/* SPDX-License-Identifier: Apache-2.0 */
/* Stores of any size, filled through the library's own write path, thousands to a transaction. */
#include "bench.h"
#include "flow/store.h"
#include "util/text.h"
#include "json/event.h"

#define FILL_PART 2000

const char *bench_surface = "app";
size_t bench_body;

void bench_id(int64_t n, char out[32]) {
    (void)snprintf(out, 32, "subject-%08lld", (long long)n);
}

static void put_purposes(char **p, char *end, int purposes) {
    for (int i = 0; i < purposes; i++)
        *p += snprintf(*p, (size_t)(end - *p),
                       "%s{\"key\":\"p%d\",\"title\":{\"en\":\"Purpose %d\"},\"basis\":\"consent\","
                       "\"class\":\"general\",\"required\":false,\"items\":[\"email\"],"
                       "\"operations\":[\"use\"],\"sections\":[\"s1\"]}",
                       i ? "," : "", i, i);
}

char *bench_bundle(const char *version, const char *effective_at, int purposes, bool material) {
    size_t size = 4096 + (size_t)purposes * 320;
    char *text = malloc(size), *p = text, *end = text + size;
    if (!text)
        bench_die("no memory");
    p += snprintf(
        p, size,
        "{\"bundle\":1,\"policy\":\"bench\",\"version\":\"%s\",\"profile\":\"cn\","
        "\"languages\":[\"en\"],\"effective_at\":\"%s\",\"utc_offset\":\"+08:00\","
        "\"controller\":{\"name\":{\"en\":\"Bench\"},\"contacts\":[{\"kind\":\"email\","
        "\"value\":\"a@b.example\"}]},\"documents\":[{\"id\":\"policy\","
        "\"kind\":\"privacy-policy\",\"title\":{\"en\":\"Privacy policy\"},\"sections\":[\"s1\"]}],"
        "\"sections\":[{\"id\":\"s1\",\"title\":{\"en\":\"All\"},\"text\":{\"en\":\"Text of "
        "%s.\"}}],\"items\":[{\"key\":\"email\",\"title\":{\"en\":\"E-mail\"},"
        "\"category\":\"contact\",\"sensitive\":false,\"identifies\":\"alone\","
        "\"sections\":[\"s1\"]}],\"purposes\":[",
        version, effective_at, material ? version : "1.0");
    put_purposes(&p, end, purposes);
    (void)snprintf(
        p, (size_t)(end - p),
        "],\"permissions\":[],\"recipients\":[],\"exemptions\":[],\"rights\":[],"
        "\"minors\":{\"thresholds\":{\"guardian_below\":14,\"adult_from\":18},\"evidence\":[],"
        "\"sections\":[]},\"cancellation\":{\"conditions\":[],\"acknowledge\":[],\"sections\":[],"
        "\"deadline\":{\"count\":15,\"unit\":\"days\",\"calendar\":\"none\"}},"
        "\"incident\":{\"contents\":[],\"channels\":[\"email\"],\"sections\":[]},"
        "\"assessments\":[],\"change\":{\"class\":\"%s\",\"summary\":{\"en\":\"Version %s.\"}}}",
        material ? "material" : "editorial", version);
    return text;
}

consent_options *bench_options(void) {
    static const uint8_t key[32] = "a key of thirty-two bytes, fixed";
    consent_options *o = consent_options_new();
    if (!o)
        bench_die("no memory");
    bench_ok(consent_options_set_key(o, key, sizeof key, NULL), NULL, "key");
    return o;
}

typedef struct part {
    int64_t from, to, number;
    int grants;
} part;

static consent_status fill_one(const consent__cx *cx, consent__work *w, int64_t n, int64_t number,
                               int grants) {
    consent_store *s = w->store;
    consent__subject subject = {.id = number};
    char id[32], point[16];
    bench_id(n, id);
    consent__arena_reset(&w->scratch->arena);
    consent_status st = consent__random(cx, subject.uid, sizeof subject.uid);
    if (st == CONSENT_OK)
        st = consent__random(cx, subject.salt, sizeof subject.salt);
    consent__lookup(s->keys, id, strlen(id), subject.lookup);
    consent__subject_key(s->keys, subject.salt, subject.uid, subject.key);
    consent__state_init(&subject.state, &w->scratch->arena);
    if (st == CONSENT_OK)
        st = s->engine->subject_add(cx, w->tx, subject.id, subject.uid, subject.salt);
    consent__event e = {.kind = EV_SUBJECT_REGISTERED};
    CONSENT__SET_TEXT(&e, external, id);
    CONSENT__SET_TEXT(&e, born, "1990-05-17");
    if (st == CONSENT_OK)
        st = consent__append_apply(cx, w, &subject, &e, NULL);
    for (int i = 0; st == CONSENT_OK && i < grants; i++) {
        consent__event g = {.kind = EV_CONSENT_GRANTED};
        (void)snprintf(point, sizeof point, "p%d", i);
        CONSENT__SET_TEXT(&g, policy, "bench");
        CONSENT__SET_TEXT(&g, version, "1.0");
        CONSENT__SET_TEXT(&g, point, point);
        CONSENT__SET_TEXT(&g, class, "general");
        CONSENT__SET_TEXT(&g, surface, bench_surface);
        CONSENT__SET_TEXT(&g, lang, "en");
        CONSENT__SET(&g, epoch, 1);
        st = consent__append_apply(cx, w, &subject, &g, NULL);
        consent__buf_reset(&w->scratch->buf);
        if (st == CONSENT_OK && i == grants - 1)
            consent__event_encode(&g, &w->scratch->buf); /* stamped by now: as it was written */
        if (st == CONSENT_OK && i == grants - 1)
            bench_body = w->scratch->buf.len;
    }
    return st;
}

static consent_status fill_part(const consent__cx *cx, consent__work *w, void *user) {
    const part *p = user;
    int64_t number = 0;
    consent_status st = w->store->engine->subject_next(cx, w->tx, &number);
    for (int64_t i = p->from; st == CONSENT_OK && i < p->to; i++)
        st = fill_one(cx, w, i, number++, p->grants);
    return st;
}

void bench_store_open(bench_store *s, const consent_options *options) {
    consent_error *err = NULL;
    consent_options *own = options ? NULL : bench_options();
    bench_ok(consent_store_open(s->path, options ? options : own, &s->store, &err), &err, "open");
    consent_options_free(own);
}

void bench_store_close(bench_store *s) {
    consent_error *err = NULL;
    bench_ok(consent_store_close(s->store, &err), &err, "close");
    consent_store_free(s->store);
    s->store = NULL;
}

void bench_store_make(const bench *b, const char *name, int64_t subjects, int grants,
                      bench_store *out) {
    consent_error *err = NULL;
    consent_options *options = bench_options();
    char *bundle = bench_bundle("1.0", "2024-01-01T00:00:00Z", BENCH_PURPOSES, false);
    (void)snprintf(out->path, sizeof out->path, "%s/%s.store", b->dir, name);
    bench_remove(out->path);
    bench_ok(consent_store_create(out->path, options, &out->store, &err), &err, "create");
    bench_ok(consent_policy_import(out->store, bundle, strlen(bundle), &err), &err, "import");
    bench_ok(consent_policy_publish(out->store, "bench", "1.0", &err), &err, "publish");
    free(bundle);
    consent_options_free(options);
    consent__cx cx = {&out->store->env, &err, "fill"};
    for (int64_t i = 0; i < subjects; i += FILL_PART) {
        part p = {i, i + FILL_PART < subjects ? i + FILL_PART : subjects, 0, grants};
        bench_ok(consent__write(&cx, out->store, fill_part, &p), &err, "fill");
    }
    out->subjects = subjects;
}
