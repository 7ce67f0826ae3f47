/* SPDX-License-Identifier: Apache-2.0 */
/* One person's page, to be handed to that person. Of others it names nobody: guardians and children
 * appear without id, staff and authorities that ordered a hold not at all. */
#include "phrases.h"
#include "report.h"

#include <stdlib.h>
#include <string.h>

/* A wording that the page rests on; its text stands once, at the end. */
struct wording {
    const char *policy;
    char *version, *section, *lang;
};

struct subject_report {
    struct report *r;
    const char *id;
    consent_rows *subject, *decisions, *history;
    struct wording *wording;
    size_t wording_count;
    bool failed; /* out of memory */
};

static int got(const struct subject_report *s, consent_status status, consent_rows **rows,
               consent_error **error) {
    return report_got(s->r, status, rows, error);
}

static void put_nothing(struct report *r) {
    html_raw(&r->page, "<p class=\"quiet\">");
    html_say(&r->page, "word", "nothing");
    html_raw(&r->page, "</p>");
}

static void open_table(struct report *r, const char *const *columns, size_t count) {
    html_raw(&r->page, "<div class=\"rows\">");
    html_table(&r->page, columns, count);
}

static void close_table(struct report *r) {
    html_table_end(&r->page);
    html_raw(&r->page, "</div>");
}

/* ---- wordings ---- */

static size_t wording_number(struct subject_report *s, const char *policy, const char *version,
                             const char *section, const char *lang) {
    struct wording *more;
    for (size_t i = 0; i < s->wording_count; i++)
        if (strcmp(s->wording[i].policy, policy) == 0 &&
            strcmp(s->wording[i].version, version) == 0 &&
            strcmp(s->wording[i].section, section) == 0 && strcmp(s->wording[i].lang, lang) == 0)
            return i + 1;
    more = realloc(s->wording, (s->wording_count + 1) * sizeof *more);
    if (more == NULL) {
        s->failed = true;
        return 0;
    }
    s->wording = more;
    more[s->wording_count] =
        (struct wording){policy, strdup(version), strdup(section), strdup(lang)};
    if (more[s->wording_count].version == NULL || more[s->wording_count].section == NULL ||
        more[s->wording_count].lang == NULL)
        s->failed = true;
    return ++s->wording_count;
}

/* The language a decision was said in, as its event has it. */
static const char *said_in(const struct subject_report *s, int64_t event, cJSON **holder) {
    *holder = NULL;
    for (size_t i = 0; event >= 0 && i < consent_rows_count(s->history); i++)
        if (consent_rows_number(s->history, i, "event", -1) == event) {
            *holder = cJSON_Parse(consent_rows_text(s->history, i, "body"));
            return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(*holder, "lang"));
        }
    return NULL;
}

/* Links to the sections a point rests on in a version. */
static int put_wording(struct subject_report *s, const struct in_force *in, const char *version,
                       const char *point, int64_t event) {
    struct report *r = s->r;
    consent_error *error = NULL;
    consent_rows *shown = NULL;
    cJSON *body, *list;
    const cJSON *section;
    const char *lang = said_in(s, event, &body);
    int status = got(s,
                     consent_policy_shown(r->app->store, in->policy, version, point,
                                          lang != NULL ? lang : r->page.lang, &shown, &error),
                     &shown, &error);
    cJSON_Delete(body);
    if (status != EXIT_DONE)
        return status;
    list = cJSON_Parse(consent_rows_text(shown, 0, "sections"));
    html_raw(&r->page, "<br>");
    html_say(&r->page, "word", "wording");
    html_raw(&r->page, " ");
    html_name(&r->page, version);
    report_colon(r);
    cJSON_ArrayForEach(section, list) {
        const char *id = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(section, "id")),
                   *own = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(section, "lang"));
        if (id == NULL || own == NULL)
            continue;
        if (section != list->child)
            report_comma(r);
        html_format(&r->page, "<a href=\"#w%zu\">",
                    wording_number(s, in->policy, version, id, own));
        html_name(&r->page, report_title(in, "section", id));
        html_raw(&r->page, "</a>");
    }
    cJSON_Delete(list);
    consent_rows_free(shown);
    return EXIT_DONE;
}

static int put_section_text(struct subject_report *s, size_t i) {
    struct report *r = s->r;
    const struct wording *w = &s->wording[i];
    consent_error *error = NULL;
    consent_rows *text = NULL;
    int status = got(s,
                     consent_policy_text(r->app->store, w->policy, w->version, w->section, w->lang,
                                         &text, &error),
                     &text, &error);
    if (status != EXIT_DONE)
        return status;
    html_format(&r->page, "<article class=\"card\" id=\"w%zu\" lang=\"", i + 1);
    html_text(&r->page, w->lang);
    html_raw(&r->page, "\"><h3>");
    html_name(&r->page, consent_rows_text(text, 0, "title"));
    html_raw(&r->page, "</h3><p class=\"quiet\">");
    html_name(&r->page, w->policy);
    html_raw(&r->page, " ");
    html_name(&r->page, w->version);
    html_raw(&r->page, " · ");
    html_name(&r->page, w->section);
    html_raw(&r->page, " · SHA-256 <code>");
    html_text(&r->page, consent_rows_text(text, 0, "sha256"));
    html_raw(&r->page, "</code></p><div class=\"text\" dir=\"auto\">");
    html_text(&r->page, consent_rows_text(text, 0, "text"));
    html_raw(&r->page, "</div></article>");
    consent_rows_free(text);
    return EXIT_DONE;
}

static int put_texts(struct subject_report *s) {
    int status = EXIT_DONE;
    html_section(&s->r->page, "wordings");
    for (size_t i = 0; status == EXIT_DONE && i < s->wording_count; i++)
        status = put_section_text(s, i);
    html_raw(&s->r->page, "</section>");
    return status;
}

/* ---- what may be done ---- */

/* The last decision of a point; its row, or the number of rows. */
static size_t last_decision(const struct subject_report *s, const char *policy, const char *point) {
    size_t n = consent_rows_count(s->decisions), best = n;
    for (size_t i = 0; i < n; i++)
        if (strcmp(consent_rows_text(s->decisions, i, "policy"), policy) == 0 &&
            strcmp(consent_rows_text(s->decisions, i, "point"), point) == 0 &&
            (best == n || consent_rows_number(s->decisions, i, "event", 0) >
                              consent_rows_number(s->decisions, best, "event", 0)))
            best = i;
    return best;
}

static void put_said(struct report *r, const consent_rows *d, size_t i) {
    html_raw(&r->page, "<br>");
    html_say(&r->page, "decision", consent_rows_text(d, i, "decision"));
    html_raw(&r->page, " ");
    html_time(&r->page, consent_rows_number(d, i, "at", 0));
    report_comma(r);
    html_say(&r->page, "by", consent_rows_text(d, i, "by"));
    report_comma(r);
    html_say(&r->page, "class", consent_rows_text(d, i, "class"));
    if (consent_rows_has(d, i, "until")) {
        report_comma(r);
        html_say(&r->page, "column", "until");
        html_raw(&r->page, " ");
        html_date(&r->page, consent_rows_number(d, i, "until", 0));
    }
    if (consent_rows_number(d, i, "inherited", 0) != 0) {
        report_comma(r);
        html_say(&r->page, "word", "inherited");
    }
    if (consent_rows_number(d, i, "evidenced", 0) == 0) {
        report_comma(r);
        html_say(&r->page, "word", "unevidenced");
    }
    html_format(&r->page, " (%s%" PRId64 ")", r->page.chinese ? "记录 " : "event ",
                consent_rows_number(d, i, "event", 0));
}

static void put_reasons(struct report *r, const consent_answer *answer) {
    int32_t reason = consent_answer_reason(answer);
    html_tag(&r->page, consent_answer_allowed(answer) ? "good" : "bad", "word",
             consent_answer_allowed(answer) ? "allowed" : "denied");
    html_raw(&r->page, " ");
    html_say(&r->page, "reason", consent_reason_name(reason));
    html_raw(&r->page, " <small>");
    html_text(&r->page, consent_answer_source(answer));
    html_raw(&r->page, "</small>");
    for (size_t i = 0; i < consent_answer_blockers(answer); i++) {
        int32_t other = consent_answer_blocker(answer, i);
        if (other == reason)
            continue;
        html_raw(&r->page, "<br>");
        html_say(&r->page, "word", "also");
        html_say(&r->page, "reason", consent_reason_name(other));
    }
}

static int32_t share_operation(const cJSON *detail) {
    static const char *const order[] = {"share", "transfer", "disclose"};
    const cJSON *one, *all = cJSON_GetObjectItemCaseSensitive(detail, "operations");
    for (size_t i = 0; i < 3; i++)
        cJSON_ArrayForEach(one, all) if (cJSON_IsString(one) &&
                                         strcmp(one->valuestring, order[i]) ==
                                             0) return consent_operation_value(order[i]);
    return CONSENT_OPERATION_DEFAULT;
}

static int ask(const struct subject_report *s, const struct in_force *in, const char *purpose,
               const char *recipient, int32_t operation, consent_answer **out) {
    consent_error *error = NULL;
    consent_query *query = consent_query_new(s->id, purpose);
    consent_status status = query != NULL ? CONSENT_OK : CONSENT_E_MEMORY;
    if (status >= 0)
        status = consent_query_set_policy(query, in->policy);
    if (status >= 0 && recipient != NULL)
        status = consent_query_set_recipient(query, recipient);
    if (status >= 0 && recipient != NULL)
        status = consent_query_set_operation(query, operation);
    if (status >= 0)
        status = consent_check(s->r->app->store, query, out, &error);
    consent_query_free(query);
    return got(s, status, NULL, &error);
}

/* What one point allows, on what, and what it rests on. */
static int put_point(struct subject_report *s, const struct in_force *in, const char *purpose,
                     const char *recipient, int32_t operation, const cJSON *detail) {
    struct report *r = s->r;
    consent_answer *answer = NULL;
    char point[160];
    char *items = cJSON_PrintUnformatted(cJSON_GetObjectItemCaseSensitive(detail, "items"));
    int status = ask(s, in, purpose, recipient, operation, &answer);
    snprintf(point, sizeof point, "%s%s%s", purpose, recipient != NULL ? "@" : "",
             recipient != NULL ? recipient : "");
    if (status == EXIT_DONE) {
        size_t said = last_decision(s, in->policy, point);
        bool any = said < consent_rows_count(s->decisions);
        html_raw(&r->page, "<p>");
        put_reasons(r, answer);
        html_raw(&r->page, "</p><p class=\"quiet\">");
        html_say(&r->page, "column", "items");
        report_colon(r);
        if (items == NULL || strcmp(items, "[]") == 0)
            html_say(&r->page, "word", "nothing");
        else
            report_keys(r, in, "item", items);
        if (any)
            put_said(r, s->decisions, said);
        status =
            put_wording(s, in, any ? consent_rows_text(s->decisions, said, "version") : in->version,
                        point, any ? consent_rows_number(s->decisions, said, "event", -1) : -1);
        html_raw(&r->page, "</p>");
    }
    cJSON_free(items);
    consent_answer_free(answer);
    return status;
}

static int put_shares(struct subject_report *s, const struct in_force *in, const char *purpose,
                      int32_t operation) {
    const consent_rows *c = in->catalogue;
    size_t n = strlen(purpose);
    int status = EXIT_DONE;
    for (size_t i = 0; status == EXIT_DONE && i < consent_rows_count(c); i++) {
        const char *key = consent_rows_text(c, i, "key");
        if (strcmp(consent_rows_text(c, i, "kind"), "share") != 0 ||
            strncmp(key, purpose, n) != 0 || key[n] != '@')
            continue;
        cJSON *detail = cJSON_Parse(consent_rows_text(c, i, "detail"));
        html_raw(&s->r->page, "<div class=\"card\"><h3>→ ");
        html_name(&s->r->page, consent_rows_text(c, i, "title"));
        html_raw(&s->r->page, "</h3>");
        status = put_point(s, in, purpose, key + n + 1, operation, detail);
        html_raw(&s->r->page, "</div>");
        cJSON_Delete(detail);
    }
    return status;
}

/* A purpose that is nothing but handing over: there is nothing to say beside its recipients. */
static bool only_shares(const cJSON *detail) {
    const cJSON *one;
    cJSON_ArrayForEach(one, cJSON_GetObjectItemCaseSensitive(detail, "operations")) {
        if (consent_operation_value(cJSON_GetStringValue(one)) < CONSENT_OPERATION_SHARE)
            return false;
    }
    return true;
}

static bool has_share(const consent_rows *c, const char *purpose) {
    size_t n = strlen(purpose);
    for (size_t i = 0; i < consent_rows_count(c); i++)
        if (strcmp(consent_rows_text(c, i, "kind"), "share") == 0 &&
            strncmp(consent_rows_text(c, i, "key"), purpose, n) == 0 &&
            consent_rows_text(c, i, "key")[n] == '@')
            return true;
    return false;
}

static int put_purpose(struct subject_report *s, const struct in_force *in, size_t i) {
    struct report *r = s->r;
    const char *purpose = consent_rows_text(in->catalogue, i, "key"),
               *title = consent_rows_text(in->catalogue, i, "title");
    cJSON *detail = cJSON_Parse(consent_rows_text(in->catalogue, i, "detail"));
    const char *basis = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(detail, "basis"));
    int status;
    html_raw(&r->page, "<div class=\"card\"><h3>");
    html_name(&r->page, title != NULL ? title : purpose);
    html_raw(&r->page, " <small>");
    html_say(&r->page, "basis", basis);
    if (basis != NULL && strcmp(basis, "consent") == 0) {
        html_raw(&r->page, " · ");
        html_say(&r->page, "word",
                 cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(detail, "required")) ? "required"
                                                                                    : "optional");
    }
    html_raw(&r->page, "</small></h3>");
    status = only_shares(detail) && has_share(in->catalogue, purpose)
                 ? EXIT_DONE
                 : put_point(s, in, purpose, NULL, CONSENT_OPERATION_DEFAULT, detail);
    if (status == EXIT_DONE)
        status = put_shares(s, in, purpose, share_operation(detail));
    html_raw(&r->page, "</div>");
    cJSON_Delete(detail);
    return status;
}

static int put_purposes(struct subject_report *s) {
    int status = EXIT_DONE;
    html_section(&s->r->page, "purposes");
    for (size_t p = 0; status == EXIT_DONE && p < s->r->policy_count; p++) {
        const struct in_force *in = &s->r->policy[p];
        for (size_t i = 0; status == EXIT_DONE && i < consent_rows_count(in->catalogue); i++)
            if (strcmp(consent_rows_text(in->catalogue, i, "kind"), "purpose") == 0)
                status = put_purpose(s, in, i);
    }
    html_raw(&s->r->page, "</section>");
    return status;
}

/* ---- limits, permissions, guardians ---- */

static int put_limits(struct subject_report *s) {
    static const char *const columns[] = {"limit", "about", "since", "event"};
    struct report *r = s->r;
    consent_error *error = NULL;
    consent_rows *l = NULL;
    int status = got(s, consent_limit_list(r->app->store, s->id, &l, &error), &l, &error);
    html_section(&r->page, "limits");
    if (consent_rows_count(l) == 0)
        put_nothing(r);
    else
        open_table(r, columns, 4);
    for (size_t i = 0; i < consent_rows_count(l); i++) {
        const char *purpose = consent_rows_text(l, i, "purpose"),
                   *item = consent_rows_text(l, i, "item");
        const struct in_force *in = report_policy(r, consent_rows_text(l, i, "policy"));
        html_raw(&r->page, "<tr>");
        html_cell(&r->page, "limit");
        html_say(&r->page, "limit", consent_rows_text(l, i, "kind"));
        html_raw(&r->page, "</td>");
        html_cell(&r->page, "about");
        if (purpose != NULL)
            html_name(&r->page, report_title(in, "purpose", purpose));
        else if (item != NULL)
            html_name(&r->page, report_title(r->policy, "item", item));
        else
            html_say(&r->page, "word", "everything");
        html_raw(&r->page, "</td>");
        html_cell_time(&r->page, "since", consent_rows_number(l, i, "since", NO_TIME), NO_TIME);
        html_cell(&r->page, "event");
        html_number(&r->page, consent_rows_number(l, i, "event", 0));
        html_raw(&r->page, "</td></tr>");
    }
    if (consent_rows_count(l) > 0)
        close_table(r);
    html_raw(&r->page, "</section>");
    consent_rows_free(l);
    return status;
}

/* The policy's title of a permission of that name. */
static const char *permission_title(const struct report *r, const char *name) {
    for (size_t p = 0; p < r->policy_count; p++) {
        const consent_rows *c = r->policy[p].catalogue;
        for (size_t i = 0; i < consent_rows_count(c); i++) {
            if (strcmp(consent_rows_text(c, i, "kind"), "permission") != 0)
                continue;
            cJSON *detail = cJSON_Parse(consent_rows_text(c, i, "detail"));
            const char *own =
                cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(detail, "name"));
            bool same = own != NULL && strcmp(own, name) == 0;
            cJSON_Delete(detail);
            if (same)
                return consent_rows_text(c, i, "title");
        }
    }
    return NULL;
}

static int put_permissions(struct subject_report *s) {
    static const char *const columns[] = {"permission", "answer", "when", "again"};
    struct report *r = s->r;
    consent_error *error = NULL;
    consent_rows *p = NULL;
    int status = got(s, consent_permission_list(r->app->store, s->id, &p, &error), &p, &error);
    html_section(&r->page, "permissions");
    if (consent_rows_count(p) == 0)
        put_nothing(r);
    else
        open_table(r, columns, 4);
    for (size_t i = 0; i < consent_rows_count(p); i++) {
        const char *name = consent_rows_text(p, i, "name"), *title = permission_title(r, name);
        bool granted = consent_rows_number(p, i, "granted", 0) != 0;
        html_raw(&r->page, "<tr>");
        html_cell(&r->page, "permission");
        html_raw(&r->page, "<span>");
        if (title != NULL)
            html_name(&r->page, title);
        html_raw(&r->page, " <small>");
        html_name(&r->page, name);
        html_raw(&r->page, "</small></span></td>");
        html_cell(&r->page, "answer");
        html_tag(&r->page, granted ? "good" : "bad", "word", granted ? "allowed" : "denied");
        html_raw(&r->page, "</td>");
        html_cell_time(&r->page, "when", consent_rows_number(p, i, "at", NO_TIME), NO_TIME);
        html_cell_time(&r->page, "again", consent_rows_number(p, i, "ask_from", NO_TIME), NO_TIME);
        html_raw(&r->page, "</tr>");
    }
    if (consent_rows_count(p) > 0)
        close_table(r);
    html_raw(&r->page, "</section>");
    consent_rows_free(p);
    return status;
}

/* Whether this person needs a guardian under a policy, by the guardian's answer to any check. */
static int put_guardians(struct subject_report *s) {
    static const char *const columns[] = {"guardian", "state", "evidence",
                                          "since",    "ended", "until"};
    struct report *r = s->r;
    consent_error *error = NULL;
    consent_rows *g = NULL;
    int status = got(s, consent_guardian_list(r->app->store, s->id, &g, &error), &g, &error);
    html_section(&r->page, "guardians");
    if (consent_rows_count(g) == 0)
        put_nothing(r);
    else
        open_table(r, columns, 6);
    for (size_t i = 0; i < consent_rows_count(g); i++) {
        html_raw(&r->page, "<tr>");
        html_cell(&r->page, "guardian");
        html_format(&r->page, "%zu</td>", i + 1);
        html_cell(&r->page, "state");
        html_tag(&r->page, "", "state", consent_rows_text(g, i, "state"));
        html_raw(&r->page, "</td>");
        html_cell_text(&r->page, "evidence", consent_rows_text(g, i, "evidence"));
        html_cell_time(&r->page, "since", consent_rows_number(g, i, "since", NO_TIME), NO_TIME);
        html_cell_time(&r->page, "ended", consent_rows_number(g, i, "ended_at", NO_TIME), NO_TIME);
        html_cell_time(&r->page, "until", consent_rows_number(g, i, "until", NO_TIME), NO_TIME);
        html_raw(&r->page, "</tr>");
    }
    if (consent_rows_count(g) > 0)
        close_table(r);
    html_raw(&r->page, "</section>");
    consent_rows_free(g);
    return status;
}

/* ---- requests ---- */

static int put_moves(struct subject_report *s, int64_t number) {
    struct report *r = s->r;
    consent_error *error = NULL;
    consent_rows *one = NULL;
    const cJSON *move;
    int status = got(s, consent_request_get(r->app->store, number, &one, &error), &one, &error);
    cJSON *list = status == EXIT_DONE ? cJSON_Parse(consent_rows_text(one, 0, "history")) : NULL;
    cJSON_ArrayForEach(move, list) {
        const char *kind = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(move, "kind")),
                   *state = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(move, "state")),
                   *why = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(move, "reason"));
        const cJSON *at = cJSON_GetObjectItemCaseSensitive(move, "at");
        html_raw(&r->page, "<br>");
        if (cJSON_IsNumber(at))
            html_time(&r->page, (int64_t)at->valuedouble);
        html_raw(&r->page, " ");
        if (state != NULL)
            html_say(&r->page, "state", state);
        else
            html_say(&r->page, "event", kind);
        if (why != NULL) {
            report_colon(r);
            html_name(&r->page, why);
        }
    }
    cJSON_Delete(list);
    consent_rows_free(one);
    return status;
}

static int put_requests(struct subject_report *s) {
    struct report *r = s->r;
    consent_error *error = NULL;
    consent_rows *q = NULL;
    int status = got(s, consent_request_list(r->app->store, s->id, &q, &error), &q, &error);
    html_section(&r->page, "own-requests");
    if (consent_rows_count(q) == 0)
        put_nothing(r);
    for (size_t i = 0; status == EXIT_DONE && i < consent_rows_count(q); i++) {
        const char *due = consent_rows_text(q, i, "due_local");
        int64_t number = consent_rows_number(q, i, "request", 0);
        html_format(&r->page, "<div class=\"card\"><h3>%" PRId64 " ", number);
        html_say(&r->page, "right", consent_rows_text(q, i, "kind"));
        html_raw(&r->page, " ");
        report_state(r, consent_rows_text(q, i, "state"),
                     consent_rows_number(q, i, "overdue", 0) != 0);
        html_raw(&r->page, "</h3><p class=\"quiet\">");
        html_say(&r->page, "column", "received");
        html_raw(&r->page, " ");
        html_time(&r->page, consent_rows_number(q, i, "received_at", 0));
        if (due != NULL) {
            html_raw(&r->page, " · ");
            html_say(&r->page, "column", "due");
            html_format(&r->page, " <time datetime=\"%s\">%.10s</time>", due, due);
        }
        status = put_moves(s, number);
        html_raw(&r->page, "</p></div>");
    }
    html_raw(&r->page, "</section>");
    consent_rows_free(q);
    return status;
}

/* ---- retention ---- */

/* How long an item is kept, by its rule. */
static void put_rule(struct report *r, const struct in_force *in, const char *item) {
    for (size_t i = 0; i < consent_rows_count(in->catalogue); i++) {
        if (strcmp(consent_rows_text(in->catalogue, i, "kind"), "item") != 0 ||
            strcmp(consent_rows_text(in->catalogue, i, "key"), item) != 0)
            continue;
        cJSON *detail = cJSON_Parse(consent_rows_text(in->catalogue, i, "detail"));
        const cJSON *days = cJSON_GetObjectItemCaseSensitive(detail, "retained_days");
        const char *from =
            cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(detail, "retained_until"));
        if (from != NULL) {
            bool fact = strncmp(from, "fact:", 5) == 0;
            html_say(&r->page, "retained", fact ? "fact" : from);
            if (fact) {
                html_raw(&r->page, " ");
                html_name(&r->page, from + 5);
            }
            if (cJSON_IsNumber(days)) {
                html_format(&r->page, " + %d ", days->valueint);
                html_say(&r->page, "unit", "days");
            }
        } else {
            html_say(&r->page, "word", "no-rule");
        }
        cJSON_Delete(detail);
        return;
    }
}

static void put_kept(struct report *r, const struct in_force *in, const consent_rows *d, size_t i) {
    const char *item = consent_rows_text(d, i, "item"), *why = consent_rows_text(d, i, "why"),
               *reason = consent_rows_text(d, i, "reason");
    bool held = strcmp(why, "HELD") == 0;
    html_raw(&r->page, "<tr>");
    html_cell_text(&r->page, "item", report_title(in, "item", item));
    html_cell(&r->page, "kept");
    html_raw(&r->page, "<span>");
    put_rule(r, in, item);
    html_raw(&r->page, "</span></td>");
    html_cell(&r->page, "on-erasure");
    html_raw(&r->page, "<span>");
    html_say(&r->page, "then", consent_rows_text(d, i, "then"));
    if (consent_rows_number(d, i, "deletable", 0) == 0) {
        html_raw(&r->page, "<br><small>");
        html_say(&r->page, "why-kept", why);
        if (!held && reason != NULL && strcmp(why, "RETAINED") == 0) {
            report_colon(r);
            html_name(&r->page, reason);
        }
        html_raw(&r->page, "</small>");
    }
    html_raw(&r->page, "</span></td>");
    html_cell_time(&r->page, "until", consent_rows_number(d, i, "until", NO_TIME), NO_TIME);
    html_raw(&r->page, "</tr>");
}

static int put_retention(struct subject_report *s) {
    static const char *const columns[] = {"item", "kept", "on-erasure", "until"};
    struct report *r = s->r;
    int status = EXIT_DONE;
    html_section(&r->page, "keeping");
    for (size_t p = 0; status == EXIT_DONE && p < r->policy_count; p++) {
        consent_error *error = NULL;
        consent_rows *d = NULL;
        status = got(
            s, consent_delete_check(r->app->store, s->id, r->policy[p].policy, NULL, &d, &error),
            &d, &error);
        if (status != EXIT_DONE)
            break;
        open_table(r, columns, 4);
        for (size_t i = 0; i < consent_rows_count(d); i++)
            put_kept(r, &r->policy[p], d, i);
        close_table(r);
        consent_rows_free(d);
    }
    html_raw(&r->page, "</section>");
    return status;
}

/* ---- notices ---- */

static int put_notices(struct subject_report *s) {
    struct report *r = s->r;
    consent_error *error = NULL;
    consent_rows *n = NULL;
    int status = got(s,
                     consent_notice_pending(r->app->store, s->id, app_option(r->app, OPT_POLICY),
                                            r->page.chinese ? "zh-CN" : "en", &n, &error),
                     &n, &error);
    html_section(&r->page, "own-notices");
    if (consent_rows_count(n) == 0)
        put_nothing(r);
    for (size_t i = 0; i < consent_rows_count(n); i++) {
        cJSON *changes = cJSON_Parse(consent_rows_text(n, i, "changes"));
        const cJSON *c;
        html_raw(&r->page, "<div class=\"card\"><h3>");
        html_name(&r->page, consent_rows_text(n, i, "version"));
        html_raw(&r->page, " ");
        html_tag(&r->page, "hot", "form", consent_rows_text(n, i, "form"));
        html_raw(&r->page, "</h3><p>");
        html_name(&r->page, consent_rows_text(n, i, "summary"));
        html_raw(&r->page, "</p><ul>");
        cJSON_ArrayForEach(c, changes) {
            html_raw(&r->page, "<li>");
            html_name(&r->page, cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(c, "text")));
            html_raw(&r->page, "</li>");
        }
        html_raw(&r->page, "</ul></div>");
        cJSON_Delete(changes);
    }
    html_raw(&r->page, "</section>");
    consent_rows_free(n);
    return status;
}

/* ---- facts ---- */

static int put_facts(struct subject_report *s) {
    static const char *const columns[] = {"fact", "value", "source-of", "when"};
    struct report *r = s->r;
    consent_error *error = NULL;
    consent_rows *f = NULL;
    int status = got(s, consent_fact_list(r->app->store, s->id, &f, &error), &f, &error);
    html_section(&r->page, "facts");
    if (consent_rows_count(f) == 0)
        put_nothing(r);
    else
        open_table(r, columns, 4);
    for (size_t i = 0; i < consent_rows_count(f); i++) {
        html_raw(&r->page, "<tr>");
        html_cell_text(&r->page, "fact", consent_rows_text(f, i, "fact"));
        html_cell_text(&r->page, "value", consent_rows_text(f, i, "value"));
        html_cell_text(&r->page, "source-of", consent_rows_text(f, i, "source"));
        html_cell_time(&r->page, "when", consent_rows_number(f, i, "observed", NO_TIME), NO_TIME);
        html_raw(&r->page, "</tr>");
    }
    if (consent_rows_count(f) > 0)
        close_table(r);
    html_raw(&r->page, "</section>");
    consent_rows_free(f);
    return status;
}

/* ---- history ---- */

/* Fields of an event that say something to the person and nothing about another. */
static const char *const told_fields[] = {
    "point",     "purpose", "recipient", "policy",  "version", "class", "state", "kind",
    "name",      "granted", "fact",      "value",   "item",    "items", "born",  "evidence",
    "exemption", "surface", "lang",      "channel", "request", "event", "due",   "until"};

/* A reason that may be told: not why an authority ordered a hold. */
static bool tells_reason(const char *kind) {
    return strncmp(kind, "hold.", 5) != 0;
}

static bool is_instant(const char *field) {
    return strcmp(field, "due") == 0 || strcmp(field, "until") == 0;
}

static void put_value(struct report *r, const struct in_force *in, const char *field,
                      const cJSON *value) {
    char *json;
    if (strcmp(field, "point") == 0 && cJSON_IsString(value)) {
        report_point(r, in, value->valuestring);
    } else if (strcmp(field, "purpose") == 0 && cJSON_IsString(value)) {
        html_name(&r->page, report_title(in, "purpose", value->valuestring));
    } else if (strcmp(field, "recipient") == 0 && cJSON_IsString(value)) {
        html_name(&r->page, report_title(in, "recipient", value->valuestring));
    } else if (strcmp(field, "item") == 0 && cJSON_IsString(value)) {
        html_name(&r->page, report_title(r->policy, "item", value->valuestring));
    } else if (is_instant(field) && cJSON_IsNumber(value)) {
        html_time(&r->page, (int64_t)value->valuedouble);
    } else if (cJSON_IsString(value)) {
        if (phrase(r->page.chinese, field, value->valuestring) != NULL)
            html_say(&r->page, field, value->valuestring);
        else
            html_name(&r->page, value->valuestring);
    } else if (cJSON_IsBool(value)) {
        html_say(&r->page, "word", cJSON_IsTrue(value) ? "yes" : "no");
    } else if (strcmp(field, "items") == 0 && (json = cJSON_PrintUnformatted(value)) != NULL) {
        report_keys(r, r->policy, "item", json);
        cJSON_free(json);
    } else if (cJSON_IsNumber(value)) {
        html_number(&r->page, (int64_t)value->valuedouble);
    }
}

static void put_field(struct report *r, const struct in_force *in, const char *field,
                      const cJSON *value) {
    html_raw(&r->page, "<span class=\"field\"><small>");
    html_say(&r->page, "field", field);
    html_raw(&r->page, "</small> ");
    put_value(r, in, field, value);
    html_raw(&r->page, "</span> ");
}

static void put_body(struct report *r, const char *kind, const char *json) {
    cJSON *body = cJSON_Parse(json);
    const struct in_force *in =
        report_policy(r, cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(body, "policy")));
    const cJSON *value;
    for (size_t i = 0; i < sizeof told_fields / sizeof told_fields[0]; i++) {
        bool foreign =
            strcmp(told_fields[i], "event") == 0 && strcmp(kind, "guardian.attested") == 0;
        bool plain = strcmp(told_fields[i], "policy") == 0 && r->policy_count == 1;
        value = cJSON_GetObjectItemCaseSensitive(body, told_fields[i]);
        if (value != NULL && !foreign && !plain)
            put_field(r, in, told_fields[i], value);
    }
    value = cJSON_GetObjectItemCaseSensitive(body, "reason");
    if (value != NULL && tells_reason(kind))
        put_field(r, in, "reason", value);
    if (cJSON_GetObjectItemCaseSensitive(body, "by") != NULL)
        html_say(&r->page, "by", "guardian");
    if (strncmp(kind, "consent.", 8) == 0 &&
        cJSON_GetObjectItemCaseSensitive(body, "shown") == NULL) {
        html_raw(&r->page, " ");
        html_say(&r->page, "word", "unevidenced");
    }
    cJSON_Delete(body);
}

/* Kinds that consent_receipt_issue gives a receipt of. */
static bool has_receipt(const char *kind) {
    static const char *const kinds[] = {"consent.", "request.", "purpose.objected", "notice.",
                                        "processing."};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strncmp(kind, kinds[i], strlen(kinds[i])) == 0)
            return true;
    return false;
}

static int put_history(struct subject_report *s) {
    static const char *const columns[] = {"event", "when", "what", "details", "receipt"};
    struct report *r = s->r;
    html_section(&r->page, "history");
    open_table(r, columns, 5);
    for (size_t i = 0; i < consent_rows_count(s->history); i++) {
        const char *kind = consent_rows_text(s->history, i, "kind");
        html_raw(&r->page, "<tr>");
        html_cell(&r->page, "event");
        html_number(&r->page, consent_rows_number(s->history, i, "event", 0));
        html_raw(&r->page, "</td>");
        html_cell_time(&r->page, "when", consent_rows_number(s->history, i, "at", 0), NO_TIME);
        html_cell(&r->page, "what");
        html_say(&r->page, "event", kind);
        html_raw(&r->page, "</td>");
        html_cell(&r->page, "details");
        html_raw(&r->page, "<div>");
        put_body(r, kind, consent_rows_text(s->history, i, "body"));
        html_raw(&r->page, "</div></td>");
        html_cell(&r->page, "receipt");
        if (has_receipt(kind))
            html_say(&r->page, "word", "yes");
        html_raw(&r->page, "</td></tr>");
    }
    close_table(r);
    html_raw(&r->page, "</section>");
    return EXIT_DONE;
}

/* ---- rights, complaints, proof ---- */

static void put_right(struct report *r, const cJSON *right) {
    const cJSON *channel, *deadline = cJSON_GetObjectItemCaseSensitive(right, "deadline");
    const cJSON *channels = cJSON_GetObjectItemCaseSensitive(right, "channels");
    const cJSON *count = cJSON_GetObjectItemCaseSensitive(deadline, "count");
    html_raw(&r->page, "<li>");
    html_say(&r->page, "right",
             cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(right, "kind")));
    report_colon(r);
    cJSON_ArrayForEach(channel, channels) {
        if (channel != channels->child)
            report_comma(r);
        if (cJSON_IsString(channel)) {
            if (phrase(r->page.chinese, "channel", channel->valuestring) != NULL)
                html_say(&r->page, "channel", channel->valuestring);
            else
                html_name(&r->page, channel->valuestring);
        }
    }
    if (cJSON_IsNumber(count)) {
        html_format(&r->page, " · %d ", count->valueint);
        html_say(&r->page, "unit",
                 cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(deadline, "unit")));
    }
    html_raw(&r->page, "</li>");
}

static int put_complaints(struct subject_report *s) {
    struct report *r = s->r;
    html_section(&r->page, "complaints");
    for (size_t p = 0; p < r->policy_count; p++) {
        const cJSON *bundle = r->policy[p].bundle, *right;
        const char *profile =
                       cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(bundle, "profile")),
                   *regulator = report_text(
                       r, cJSON_GetObjectItemCaseSensitive(
                              cJSON_GetObjectItemCaseSensitive(bundle, "incident"), "regulator"));
        report_controller(r, &r->policy[p]);
        html_raw(&r->page, "<h3>");
        html_say(&r->page, "word", "rights");
        html_raw(&r->page, "</h3><ul>");
        cJSON_ArrayForEach(right, cJSON_GetObjectItemCaseSensitive(bundle, "rights"))
            put_right(r, right);
        html_raw(&r->page, "</ul><h3>");
        html_say(&r->page, "word", "authority");
        html_raw(&r->page, "</h3><p>");
        html_say(&r->page, "complain",
                 profile != NULL && phrase(r->page.chinese, "complain", profile) != NULL ? profile
                                                                                         : "other");
        if (regulator != NULL) {
            html_raw(&r->page, " ");
            html_name(&r->page, regulator);
        }
        html_raw(&r->page, "</p>");
    }
    html_raw(&r->page, "</section>");
    return EXIT_DONE;
}

static int put_proof(struct subject_report *s) {
    struct report *r = s->r;
    int status = report_verify(r);
    if (status != EXIT_DONE)
        return status;
    html_raw(&r->page, "<h3>");
    html_say(&r->page, "word", "receipts");
    html_raw(&r->page, "</h3><p>");
    html_say(&r->page, "how", "receipts");
    html_raw(&r->page, "</p><pre>consentctl receipt verify FILE --vkey KEY</pre></section>");
    return EXIT_DONE;
}

/* ---- the page ---- */

static void put_who(const struct subject_report *s) {
    struct report *r = s->r;
    const char *born = consent_rows_text(s->subject, 0, "born");
    html_raw(&r->page, "<dl><dt>");
    html_say(&r->page, "word", "you");
    html_raw(&r->page, "</dt><dd>");
    html_name(&r->page, s->id);
    html_raw(&r->page, "</dd><dt>");
    html_say(&r->page, "word", "registered");
    html_raw(&r->page, "</dt><dd>");
    html_time(&r->page, consent_rows_number(s->subject, 0, "registered_at", 0));
    html_raw(&r->page, "</dd><dt>");
    html_say(&r->page, "field", "born");
    html_raw(&r->page, "</dt><dd>");
    if (born != NULL)
        html_name(&r->page, born);
    else
        html_say(&r->page, "age", "unknown");
    if (strcmp(consent_rows_text(s->subject, 0, "state"), "adopted") == 0) {
        html_raw(&r->page, "</dd><dt>");
        html_say(&r->page, "column", "state");
        html_raw(&r->page, "</dt><dd>");
        html_say(&r->page, "word", "adopted");
    }
    html_raw(&r->page, "</dd></dl></header>");
}

static int read_subject(struct subject_report *s) {
    consent_store *store = s->r->app->store;
    consent_error *error = NULL;
    int status =
        got(s, consent_subject_get(store, s->id, &s->subject, &error), &s->subject, &error);
    if (status == EXIT_DONE)
        status = got(s, consent_decision_list(store, s->id, &s->decisions, &error), &s->decisions,
                     &error);
    if (status == EXIT_DONE)
        status = got(s, consent_history(store, s->id, &s->history, &error), &s->history, &error);
    return status;
}

int report_subject(struct report *r) {
    static int (*const parts[])(struct subject_report *) = {
        put_purposes,  put_limits, put_permissions, put_guardians,  put_requests, put_notices,
        put_retention, put_facts,  put_history,     put_complaints, put_proof,    put_texts};
    struct subject_report s = {.r = r, .id = r->app->argument[0]};
    int status = read_subject(&s);
    if (status == EXIT_DONE)
        put_who(&s);
    for (size_t i = 0; status == EXIT_DONE && i < sizeof parts / sizeof parts[0]; i++) {
        status = parts[i](&s);
        if (status == EXIT_DONE && s.failed)
            status = fail_here(r->app, REPORT, CONSENT_E_MEMORY, "out of memory");
    }
    for (size_t i = 0; i < s.wording_count; i++) {
        free(s.wording[i].version);
        free(s.wording[i].section);
        free(s.wording[i].lang);
    }
    free(s.wording);
    consent_rows_free(s.subject);
    consent_rows_free(s.decisions);
    consent_rows_free(s.history);
    return status;
}
