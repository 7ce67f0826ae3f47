/* SPDX-License-Identifier: Apache-2.0 */
#include "story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "flow/store.h"
#include "util/date.h"

#define STORY_BEGINS INT64_C(1704067200000000) /* 2024-01-01T00:00:00Z */

static void die(const char *what, const cJSON *step) {
    char *text = step ? cJSON_PrintUnformatted(step) : NULL;
    fprintf(stderr, "story: %s%s%s\n", what, text ? ": " : "", text ? text : "");
    abort();
}

/* ---- reading steps ---- */

static const cJSON *member(const cJSON *step, const char *name) {
    return cJSON_GetObjectItemCaseSensitive(step, name);
}

static const char *text(const cJSON *step, const char *name) {
    return cJSON_GetStringValue(member(step, name));
}

static const char *need(const cJSON *step, const char *name) {
    const char *value = text(step, name);
    if (!value)
        die(name, step);
    return value;
}

static bool truth(const cJSON *step, const char *name) {
    return cJSON_IsTrue(member(step, name));
}

static bool instant(const cJSON *step, const char *name, int64_t *out) {
    const char *value = text(step, name);
    if (value && !consent__instant_parse(value, out))
        die("not a time", step);
    return value != NULL;
}

/* ---- the store ---- */

static int64_t story_clock(void *user) {
    return ((story *)user)->clock;
}

void story_begin(story *s) {
    const char *tmp = getenv("TMPDIR");
    uint8_t key[32];
    memset(s, 0, sizeof *s);
    memset(key, 3, sizeof key);
    s->clock = STORY_BEGINS;
    snprintf(s->folder, sizeof s->folder, "%s/story-XXXXXX", tmp ? tmp : "/tmp");
    if (!mkdtemp(s->folder))
        die("no folder", NULL);
    snprintf(s->path, sizeof s->path, "%s/a.db", s->folder);
    consent_options *o = consent_options_new();
    if (!o || consent_options_set_key(o, key, sizeof key, NULL) != CONSENT_OK)
        die("options", NULL);
    consent_options_set_clock(o, story_clock, s);
    if (consent_store_create(s->path, o, &s->store, &s->err) != CONSENT_OK)
        die(consent_error_message(s->err), NULL);
    consent_options_free(o);
}

void story_end(story *s) {
    char name[600];
    static const char *const tails[] = {"", "-wal", "-shm", "-journal", ".lock"};
    consent_error_free(s->err);
    consent_store_free(s->store);
    for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++) {
        snprintf(name, sizeof name, "%s%s", s->path, tails[i]);
        unlink(name);
    }
    rmdir(s->folder);
}

/* ---- policies ---- */

static cJSON *read_base(const char *name) {
    char path[1024];
    const char *root = getenv("CONSENT_SOURCE_DIR");
    snprintf(path, sizeof path, "%s/tests/data/rules/%s.json", root ? root : ".", name);
    FILE *f = fopen(path, "rb");
    if (!f)
        die(path, NULL);
    char *bytes = calloc(1, 1 << 20);
    size_t n = bytes ? fread(bytes, 1, (1 << 20) - 1, f) : 0;
    fclose(f);
    cJSON *bundle = n ? cJSON_Parse(bytes) : NULL;
    free(bytes);
    if (!bundle)
        die(path, NULL);
    return bundle;
}

/* A member, or the element of an array with that key, id or kind, or at that place. */
static cJSON *child_named(cJSON *at, const char *name) {
    static const char *const keys[] = {"key", "id", "recipient", "kind"};
    cJSON *element;
    if (!cJSON_IsArray(at))
        return cJSON_GetObjectItemCaseSensitive(at, name);
    cJSON_ArrayForEach(element, at) {
        for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
            const char *own = text(element, keys[i]);
            if (own && strcmp(own, name) == 0)
                return element;
        }
    }
    return cJSON_GetArrayItem(at, atoi(name));
}

static void set_at(cJSON *bundle, const char *pointer, const cJSON *value) {
    char path[256], *save = NULL;
    cJSON *at = bundle;
    snprintf(path, sizeof path, "%s", pointer);
    char *part = strtok_r(path, "/", &save), *next;
    while (part && (next = strtok_r(NULL, "/", &save)) != NULL) {
        at = child_named(at, part);
        if (!at)
            die(pointer, value);
        part = next;
    }
    if (!part)
        die(pointer, value);
    if (cJSON_IsArray(at) && strcmp(part, "-") == 0) {
        cJSON_AddItemToArray(at, cJSON_Duplicate(value, true));
        return;
    }
    if (cJSON_IsArray(at)) {
        cJSON *old = child_named(at, part);
        cJSON_DetachItemViaPointer(at, old);
        cJSON_Delete(old);
        if (!cJSON_IsNull(value))
            cJSON_AddItemToArray(at, cJSON_Duplicate(value, true));
        return;
    }
    cJSON_DeleteItemFromObjectCaseSensitive(at, part);
    if (!cJSON_IsNull(value))
        cJSON_AddItemToObject(at, part, cJSON_Duplicate(value, true));
}

static void set_text(cJSON *bundle, const cJSON *step, const char *name) {
    if (text(step, name)) {
        cJSON_DeleteItemFromObjectCaseSensitive(bundle, name);
        cJSON_AddStringToObject(bundle, name, text(step, name));
    }
}

static consent_status do_policy(story *s, const cJSON *step) {
    cJSON *bundle = read_base(need(step, "base"));
    const cJSON *change;
    set_text(bundle, step, "version");
    set_text(bundle, step, "effective_at");
    set_text(bundle, step, "policy");
    cJSON_ArrayForEach(change, member(step, "set")) set_at(bundle, change->string, change);
    snprintf(s->policy, sizeof s->policy, "%s", need(bundle, "policy"));
    char version[66];
    snprintf(version, sizeof version, "%s", need(bundle, "version"));
    char *bytes = cJSON_PrintUnformatted(bundle);
    consent_status st = consent_policy_import(s->store, bytes, strlen(bytes), &s->err);
    if (st >= 0 && !cJSON_IsFalse(member(step, "publish")))
        st = consent_policy_publish(s->store, s->policy, version, &s->err);
    cJSON_free(bytes);
    cJSON_Delete(bundle);
    return st;
}

/* ---- people ---- */

static consent_status do_link(story *s, const cJSON *step, const char *what) {
    const char *child = need(step, "child"), *guardian = need(step, "guardian");
    const char *policy = text(step, "policy");
    int64_t until = 0;
    instant(step, "until", &until);
    if (strcmp(what, "link") == 0)
        return consent_guardian_link(s->store, child, guardian, policy, need(step, "evidence"),
                                     NULL, until, &s->err);
    if (strcmp(what, "verify") == 0)
        return consent_guardian_verify(s->store, child, guardian, policy, "clerk",
                                       text(step, "evidence"), NULL, &s->err);
    int32_t end = CONSENT_END_GUARDIAN;
    for (int32_t i = 1; text(step, "why") && i <= CONSENT_END_MAJORITY; i++)
        if (strcmp(consent_end_name(i), text(step, "why")) == 0)
            end = i;
    return consent_guardian_end(s->store, child, guardian, policy, end, &s->err);
}

/* "yes": the hash of the text in force (or of the version named); "other": of nothing published. */
static void show(story *s, const cJSON *step, consent_act *act) {
    const char *shown = text(step, "shown"), *recipient = text(step, "recipient");
    char point[140];
    consent_rows *rows = NULL;
    if (!shown)
        return;
    if (strcmp(shown, "other") == 0) {
        consent_act_set_shown(act,
                              "00000000000000000000000000000000000000000000000000000000000000ff");
        return;
    }
    snprintf(point, sizeof point, "%s%s%s", need(step, "purpose"), recipient ? "@" : "",
             recipient ? recipient : "");
    const char *version = strcmp(shown, "yes") == 0 ? text(step, "version") : shown;
    if (consent_policy_shown(s->store, text(step, "policy"), version, point, NULL, &rows, &s->err) <
        0)
        die(consent_error_message(s->err), step);
    consent_act_set_shown(act, consent_rows_text(rows, 0, "shown"));
    consent_rows_free(rows);
}

static consent_status do_act(story *s, const cJSON *step, int32_t decision) {
    consent_act *act = consent_act_new(need(step, "id"), decision, need(step, "purpose"));
    if (!act)
        die("no act", step);
    if (text(step, "class"))
        consent_act_set_class(act, consent_class_value(text(step, "class")));
    consent_act_set_policy(act, text(step, "policy"));
    consent_act_set_recipient(act, text(step, "recipient"));
    consent_act_set_guardian(act, text(step, "by"));
    consent_act_set_surface(act, text(step, "surface"));
    consent_act_set_version(act, text(step, "version"));
    if (truth(step, "document"))
        consent_act_set_document(
            act, "1111111111111111111111111111111111111111111111111111111111111111");
    show(s, step, act);
    consent_status st = consent_record(s->store, act, NULL, &s->err);
    consent_act_free(act);
    return st;
}

static consent_status do_fact(story *s, const cJSON *step) {
    int64_t observed = CONSENT_OBSERVED_NOW;
    instant(step, "observed", &observed);
    char *value = cJSON_PrintUnformatted(member(step, "value"));
    consent_status st = consent_fact_put(s->store, need(step, "id"), need(step, "fact"), value,
                                         need(step, "source"), observed, &s->err);
    cJSON_free(value);
    return st;
}

static consent_status do_exempt(story *s, const cJSON *step) {
    const char *operation = text(step, "operation");
    const cJSON *item;
    consent_use *use = consent_use_new(need(step, "id"), need(step, "exemption"),
                                       need(step, "purpose"), "because", "counsel");
    if (operation)
        consent_use_set_operation(use, consent_operation_value(operation));
    consent_use_set_recipient(use, text(step, "recipient"));
    cJSON_ArrayForEach(item, member(step, "items"))
        consent_use_add_item(use, cJSON_GetStringValue(item));
    consent_status st = consent_exemption_use(s->store, use, NULL, &s->err);
    consent_use_free(use);
    return st;
}

/* ---- what has no public call in these tests: an event of the subject, a document of the store
 * ---- */

typedef struct event_step {
    const char *subject;
    consent__event *event;
    const char *document;
} event_step;

static consent_status event_work(const consent__cx *cx, consent__work *w, void *user) {
    event_step *in = user;
    consent__subject subject;
    consent__document_row row = {.kind = in->document, .key = ""};
    if (in->subject) {
        consent_status st =
            consent__subject_need(cx, w->store, w->tx, in->subject, &w->scratch->arena, &subject);
        return st == CONSENT_OK ? consent__append_apply(cx, w, &subject, in->event, NULL) : st;
    }
    consent_status st = consent__append(cx, w, NULL, in->event, NULL);
    row.seq = in->event->seq;
    row.bytes = (const uint8_t *)(in->event->granted_ ? "accepts" : "");
    row.len = in->event->granted_ ? 7 : 0;
    if (st == CONSENT_OK)
        st = w->store->engine->document_put(cx, w->tx, &row);
    consent__work_catalog_changed(w);
    return st;
}

static consent_status do_event(story *s, event_step *in) {
    consent__cx cx = {&s->store->env, &s->err, "story"};
    return consent__write(&cx, s->store, event_work, in);
}

static consent_status do_acknowledge(story *s, const cJSON *step) {
    consent__event e = {.kind = EV_NOTICE_ACKNOWLEDGED};
    event_step in = {need(step, "id"), &e, NULL};
    CONSENT__SET_TEXT(&e, policy, text(step, "policy") ? text(step, "policy") : s->policy);
    CONSENT__SET_TEXT(&e, version, need(step, "version"));
    return do_event(s, &in);
}

static consent_status do_stop(story *s) {
    consent__event e = {.kind = EV_SERVICE_STOPPED};
    event_step in = {NULL, &e, "stop"};
    CONSENT__SET_TEXT(&e, reason, "the end");
    return do_event(s, &in);
}

static consent_status do_controller(story *s, const cJSON *step) {
    consent__event e = {.kind = EV_CONTROLLER_CHANGED};
    event_step in = {NULL, &e, "controller"};
    CONSENT__SET_TEXT(&e, name, "Successor");
    CONSENT__SET(&e, granted, truth(step, "accepts"));
    return do_event(s, &in);
}

/* ---- questions ---- */

static cJSON *answer_json(const consent_answer *a) {
    cJSON *out = cJSON_CreateObject();
    cJSON_AddStringToObject(out, "answer", consent_answer_allowed(a) ? "allow" : "deny");
    cJSON_AddStringToObject(out, "reason", consent_reason_name(consent_answer_reason(a)));
    cJSON *list = cJSON_AddArrayToObject(out, "blockers");
    for (size_t i = 0; i < consent_answer_blockers(a); i++)
        cJSON_AddItemToArray(list,
                             cJSON_CreateString(consent_reason_name(consent_answer_blocker(a, i))));
    cJSON_AddBoolToObject(out, "identifies", consent_answer_identifies(a));
    return out;
}

static consent_status do_check(story *s, const cJSON *step, cJSON **out) {
    const char *operation = text(step, "operation");
    const cJSON *item;
    consent_answer *answer = NULL;
    int64_t at;
    consent_query *q = consent_query_new(need(step, "id"), need(step, "purpose"));
    if (operation)
        consent_query_set_operation(q, consent_operation_value(operation));
    consent_query_set_policy(q, text(step, "policy"));
    consent_query_set_recipient(q, text(step, "recipient"));
    consent_query_set_permission(q, text(step, "permission"));
    cJSON_ArrayForEach(item, member(step, "items"))
        consent_query_add_item(q, cJSON_GetStringValue(item));
    if (instant(step, "asked", &at))
        consent_query_set_at(q, at);
    consent_status st = consent_check(s->store, q, &answer, &s->err);
    if (st == CONSENT_OK && out)
        *out = answer_json(answer);
    consent_answer_free(answer);
    consent_query_free(q);
    return st;
}

static cJSON *rows_json(const consent_rows *rows) {
    cJSON *out = cJSON_CreateArray();
    for (size_t i = 0; i < consent_rows_count(rows); i++) {
        cJSON *row = cJSON_CreateObject();
        for (size_t c = 0; c < consent_rows_columns(rows); c++) {
            const char *name = consent_rows_column(rows, c);
            const char *value = consent_rows_text(rows, i, name);
            int64_t number = consent_rows_number(rows, i, name, 0);
            char at[CONSENT__RFC3339_SIZE];
            if (!consent_rows_has(rows, i, name))
                cJSON_AddNullToObject(row, name);
            else if (consent_rows_type(rows, name) == 'b')
                cJSON_AddBoolToObject(row, name, number != 0);
            else if (consent_rows_type(rows, name) == 'n')
                cJSON_AddNumberToObject(row, name, (double)number);
            else if (consent_rows_type(rows, name) == 'u') {
                consent__instant_text(number, 0, at);
                cJSON_AddStringToObject(row, name, at);
            } else
                cJSON_AddStringToObject(row, name, value);
        }
        cJSON_AddItemToArray(out, row);
    }
    return out;
}

static consent_status do_plan(story *s, const cJSON *step, const char *what, cJSON **out) {
    consent_rows *rows = NULL;
    const char *id = need(step, "id"), *policy = text(step, "policy");
    consent_status st;
    if (strcmp(what, "ask") == 0)
        st = consent_ask(s->store, id, policy, NULL, &rows, &s->err);
    else if (strcmp(what, "start") == 0)
        st = consent_start(s->store, id, policy, &rows, &s->err);
    else if (strcmp(what, "owed") == 0)
        st = consent_obligation_list(s->store, id, true, &rows, &s->err);
    else
        st = consent_permission_list(s->store, id, &rows, &s->err);
    if (st == CONSENT_OK && out)
        *out = rows_json(rows);
    consent_rows_free(rows);
    return st;
}

/* ---- one step ---- */

static consent_status do_limit(story *s, const cJSON *step, const char *what) {
    const char *id = need(step, "id");
    if (strcmp(what, "object") == 0)
        return consent_object(s->store, id, text(step, "policy"), need(step, "purpose"), NULL,
                              &s->err);
    if (strcmp(what, "restrict") == 0)
        return consent_restrict(s->store, id, text(step, "item"), NULL, &s->err);
    return consent_unrestrict(s->store, id, text(step, "item"), NULL, &s->err);
}

static bool is(const char *what, const char *one, const char *two, const char *three) {
    return strcmp(what, one) == 0 || (two && strcmp(what, two) == 0) ||
           (three && strcmp(what, three) == 0);
}

static consent_status about_people(story *s, const cJSON *step, const char *what) {
    if (is(what, "subject", NULL, NULL))
        return consent_subject_add(s->store, need(step, "id"), text(step, "born"), &s->err);
    if (is(what, "born", NULL, NULL))
        return consent_subject_set_born(s->store, need(step, "id"), text(step, "born"), &s->err);
    if (is(what, "adopt", NULL, NULL))
        return consent_subject_adopt(s->store, need(step, "from"), need(step, "to"),
                                     text(step, "by"), NULL, &s->err);
    if (is(what, "permission", NULL, NULL))
        return consent_permission_record(s->store, need(step, "id"), need(step, "name"),
                                         truth(step, "granted"), &s->err);
    if (is(what, "acknowledge", NULL, NULL))
        return do_acknowledge(s, step);
    if (is(what, "fact", NULL, NULL))
        return do_fact(s, step);
    if (is(what, "exempt", NULL, NULL))
        return do_exempt(s, step);
    die("not a step", step);
    return CONSENT_E_INTERNAL;
}

consent_status story_step(story *s, const cJSON *step, cJSON **out) {
    const char *what = need(step, "do");
    consent_error_free(s->err);
    s->err = NULL;
    if (out)
        *out = NULL;
    instant(step, "at", &s->clock);
    if (is(what, "clock", NULL, NULL))
        return CONSENT_OK;
    if (is(what, "policy", NULL, NULL))
        return do_policy(s, step);
    if (is(what, "publish", NULL, NULL))
        return consent_policy_publish(s->store, need(step, "policy"), need(step, "version"),
                                      &s->err);
    if (is(what, "link", "verify", "end"))
        return do_link(s, step, what);
    if (is(what, "grant", NULL, NULL))
        return do_act(s, step, CONSENT_DECISION_GRANTED);
    if (is(what, "refuse", NULL, NULL))
        return do_act(s, step, CONSENT_DECISION_REFUSED);
    if (is(what, "withdraw", NULL, NULL))
        return do_act(s, step, CONSENT_DECISION_WITHDRAWN);
    if (is(what, "object", "restrict", "unrestrict"))
        return do_limit(s, step, what);
    if (is(what, "stop", NULL, NULL))
        return do_stop(s);
    if (is(what, "controller", NULL, NULL))
        return do_controller(s, step);
    if (is(what, "check", NULL, NULL))
        return do_check(s, step, out);
    if (is(what, "ask", "start", "owed") || is(what, "permissions", NULL, NULL))
        return do_plan(s, step, what, out);
    return about_people(s, step, what);
}
