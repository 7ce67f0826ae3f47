/* SPDX-License-Identifier: Apache-2.0 */
#include "people.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/text.h"

static void die(const char *what, consent_error *err) {
    fprintf(stderr, "people: %s: %s\n", what, err ? consent_error_message(err) : "failed");
    abort();
}
#define MUST(call)                                                                                 \
    do {                                                                                           \
        if ((call) < 0)                                                                            \
            die(#call, err);                                                                       \
    } while (0)

static int64_t people_clock(void *user) {
    return ((people *)user)->clock;
}

static consent_options *options_of(people *p) {
    uint8_t key[32];
    memset(key, 7, sizeof key);
    consent_options *o = consent_options_new();
    if (!o || consent_options_set_key(o, key, sizeof key, NULL) != CONSENT_OK)
        die("options", NULL);
    consent_options_set_clock(o, people_clock, p);
    return o;
}

char *people_read_file(const char *path, size_t *len) {
    FILE *f = fopen(path, "rb");
    if (!f || fseek(f, 0, SEEK_END) != 0)
        die(path, NULL);
    size_t n = (size_t)ftell(f);
    char *bytes = malloc(n + 1);
    rewind(f);
    if (!bytes || fread(bytes, 1, n, f) != n)
        die(path, NULL);
    fclose(f);
    bytes[n] = '\0';
    *len = n;
    return bytes;
}

void people_new(people *p, const char *bundle, const char *policy, const char *version) {
    consent_error *err = NULL;
    const char *tmp = getenv("TMPDIR");
    memset(p, 0, sizeof *p);
    p->clock = PEOPLE_NOW;
    snprintf(p->folder, sizeof p->folder, "%s/people-XXXXXX", tmp ? tmp : "/tmp");
    if (!mkdtemp(p->folder))
        die("mkdtemp", NULL);
    snprintf(p->path, sizeof p->path, "%s/a.store", p->folder);
    consent_options *o = options_of(p);
    MUST(consent_store_create(p->path, o, &p->store, &err));
    consent_options_free(o);
    char name[512];
    size_t n = 0;
    snprintf(name, sizeof name, "%s/policy/bundles/%s.json", getenv("CONSENT_SOURCE_DIR"), bundle);
    char *bytes = people_read_file(name, &n);
    MUST(consent_policy_import(p->store, bytes, n, &err));
    MUST(consent_policy_publish(p->store, policy, version, &err));
    free(bytes);
}

void people_open(people *p) {
    consent_error *err = NULL;
    consent_options *o = options_of(p);
    MUST(consent_store_open(p->path, o, &p->store, &err));
    consent_options_free(o);
}

void people_close(people *p) {
    consent_error *err = NULL;
    MUST(consent_store_close(p->store, &err));
    consent_store_free(p->store);
    p->store = NULL;
}

void people_free(people *p) {
    if (p->store)
        people_close(p);
    DIR *dir = opendir(p->folder);
    struct dirent *e;
    while (dir && (e = readdir(dir)) != NULL) {
        char name[600];
        if (e->d_name[0] == '.')
            continue;
        snprintf(name, sizeof name, "%s/%s", p->folder, e->d_name);
        unlink(name);
    }
    if (dir)
        closedir(dir);
    rmdir(p->folder);
}

typedef struct batch {
    int from, to, acts;
} batch;

static consent_status one_person(const consent__cx *cx, consent__work *w, int number, int acts) {
    char name[32];
    uint8_t random[CONSENT__UID + CONSENT__SALT];
    consent__subject s;
    memset(&s, 0, sizeof s);
    snprintf(name, sizeof name, "person-%d", number);
    consent_status st = w->store->engine->subject_next(cx, w->tx, &s.id);
    if (st == CONSENT_OK)
        st = consent__random(cx, random, sizeof random);
    memcpy(s.uid, random, CONSENT__UID);
    memcpy(s.salt, random + CONSENT__UID, CONSENT__SALT);
    consent__lookup(w->store->keys, name, strlen(name), s.lookup);
    consent__subject_key(w->store->keys, s.salt, s.uid, s.key);
    consent__state_init(&s.state, &w->scratch->arena);
    if (st == CONSENT_OK)
        st = w->store->engine->subject_add(cx, w->tx, s.id, s.uid, s.salt);
    consent__event e = {.kind = EV_SUBJECT_REGISTERED};
    CONSENT__SET_TEXT(&e, external, name);
    CONSENT__SET_TEXT(&e, born, "1990-05-17");
    if (st == CONSENT_OK)
        st = consent__append_apply(cx, w, &s, &e, NULL);
    for (int i = 0; st == CONSENT_OK && i < acts; i++) {
        char fact[16];
        consent__event put = {.kind = EV_FACT_PUT};
        snprintf(fact, sizeof fact, "fact-%d", i % 3);
        CONSENT__SET_TEXT(&put, fact, fact);
        CONSENT__SET_TEXT(&put, source, "test");
        put.value_.type = VALUE_INT;
        put.value_.number = i;
        put.has |= CONSENT__BIT(value);
        CONSENT__SET(&put, observed, w->now);
        st = consent__append_apply(cx, w, &s, &put, NULL);
    }
    return st;
}

static consent_status add_batch(const consent__cx *cx, consent__work *w, void *user) {
    const batch *b = user;
    consent_status st = CONSENT_OK;
    for (int i = b->from; st == CONSENT_OK && i < b->to; i++)
        st = one_person(cx, w, i, b->acts);
    return st;
}

void people_add(people *p, int from, int to, int acts) {
    consent_error *err = NULL;
    consent__cx cx = {&p->store->env, &err, "people"};
    for (int i = from; i < to; i += 100) {
        batch b = {i, i + 100 < to ? i + 100 : to, acts};
        MUST(consent__write(&cx, p->store, add_batch, &b));
    }
}

typedef struct said {
    const char *subject;
    consent__event *event;
} said;

static consent_status event_work(const consent__cx *cx, consent__work *w, void *user) {
    said *s = user;
    consent__subject subject;
    consent_status st =
        consent__subject_need(cx, w->store, w->tx, s->subject, &w->scratch->arena, &subject);
    return st == CONSENT_OK ? consent__append_apply(cx, w, &subject, s->event, NULL) : st;
}

int64_t people_event(people *p, const char *subject, consent__event *e) {
    consent_error *err = NULL;
    consent__cx cx = {&p->store->env, &err, "people"};
    said s = {subject, e};
    MUST(consent__write(&cx, p->store, event_work, &s));
    return e->seq;
}

void people_uid(people *p, const char *subject, uint8_t out[16]) {
    consent_error *err = NULL;
    consent_rows *rows = NULL;
    MUST(consent_subject_get(p->store, subject, &rows, &err));
    if (!consent__unhex(consent_rows_text(rows, 0, "uid"), out, 16))
        die("uid", NULL);
    consent_rows_free(rows);
}

typedef struct hashes {
    consent__tree tree;
    int64_t stubs;
} hashes;

static consent_status hash_one(const consent__cx *cx, void *user, const consent__event_row *row) {
    hashes *h = user;
    uint8_t leaf[32];
    (void)cx;
    if ((uint64_t)row->seq != h->tree.size ||
        !consent__leaf(row->seq, row->at, row->kind, row->commitment, leaf) ||
        memcmp(leaf, row->leaf, 32) != 0)
        die("a leaf differs", NULL);
    consent__tree_append(&h->tree, leaf, NULL, NULL);
    h->stubs += row->box == NULL;
    return CONSENT_OK;
}

int64_t people_verify(people *p) {
    consent_error *err = NULL;
    consent__cx cx = {&p->store->env, &err, "people"};
    consent__view v;
    consent__tree head;
    uint8_t a[32], b[32];
    hashes h = {.stubs = 0};
    consent__tree_init(&h.tree);
    MUST(consent__view_open(&cx, p->store, &v));
    MUST(p->store->engine->event_scan(&cx, v.tx, 0, INT64_MAX, 0, true, hash_one, &h));
    if (!consent__tree_decode(&head, (uint64_t)v.head.size, v.head.frontier, v.head.frontier_len))
        die("head", NULL);
    consent__view_close(&v);
    consent__tree_root(&head, a);
    consent__tree_root(&h.tree, b);
    if (head.size != h.tree.size || memcmp(a, b, 32) != 0)
        die("the events do not lead to the head", NULL);
    return h.stubs;
}
