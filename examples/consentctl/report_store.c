/* SPDX-License-Identifier: Apache-2.0 */
/* The whole store on a page. What grows with the number of subjects is counted, never listed; what
 * somebody has to act on (requests, holds, retention) is listed, up to a number of rows. */
#include "phrases.h"
#include "progress.h"
#include "report.h"

#include <string.h>

struct store_report {
    struct report *r;
    consent_rows *summary, *requests, *incidents, *holds;
    int64_t from, to;
};

static bool is_part(const consent_rows *s, size_t i, const char *part) {
    return strcmp(consent_rows_text(s, i, "part"), part) == 0;
}

static bool same_text(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* A sum over the summary; key and state NULL: any. */
static int64_t counted(const struct store_report *s, const char *part, const char *policy,
                       const char *key, const char *state) {
    int64_t sum = 0;
    for (size_t i = 0; i < consent_rows_count(s->summary); i++)
        if (is_part(s->summary, i, part) &&
            (policy == NULL || same_text(consent_rows_text(s->summary, i, "policy"), policy)) &&
            (key == NULL || same_text(consent_rows_text(s->summary, i, "key"), key)) &&
            (state == NULL || same_text(consent_rows_text(s->summary, i, "state"), state)))
            sum += consent_rows_number(s->summary, i, "count", 0);
    return sum;
}

static size_t overdue(const consent_rows *rows) {
    size_t n = 0;
    for (size_t i = 0; i < consent_rows_count(rows); i++)
        n += consent_rows_number(rows, i, "overdue", 0) != 0;
    return n;
}

/* ---- reading ---- */

/* The time on the charts: from the first version that was published. */
static void choose_time(struct store_report *s) {
    const consent_rows *v = s->r->versions;
    s->to = s->r->now;
    s->from = s->to - INT64_C(86400) * 1000000;
    for (size_t i = 0; i < consent_rows_count(v); i++) {
        int64_t at = consent_rows_number(v, i, "published_at", s->from);
        s->from = at < s->from ? at : s->from;
    }
}

static int read_all(struct store_report *s) {
    struct report *r = s->r;
    consent_error *error = NULL;
    struct bar bar = bar_begin(r->app, "subjects");
    consent_status status = consent_summary_get(r->app->store, s->from, s->to, REPORT_PARTS,
                                                bar_move, &bar, &s->summary, &error);
    int exit_status;
    bar_end(&bar);
    exit_status = report_got(r, status, &s->summary, &error);
    if (exit_status == EXIT_DONE)
        exit_status = report_got(r, consent_request_due(r->app->store, &s->requests, &error),
                                 &s->requests, &error);
    if (exit_status == EXIT_DONE)
        exit_status = report_got(r, consent_incident_list(r->app->store, &s->incidents, &error),
                                 &s->incidents, &error);
    if (exit_status == EXIT_DONE)
        exit_status = report_got(r, consent_hold_list(r->app->store, NULL, &s->holds, &error),
                                 &s->holds, &error);
    return exit_status;
}

/* ---- the first look ---- */

static void put_tile(struct report *r, const char *what, int64_t count, bool bad) {
    html_format(&r->page, "<div class=\"tile%s\"><b>%" PRId64 "</b><span>", bad ? " bad" : "",
                count);
    html_say(&r->page, "tile", what);
    html_raw(&r->page, "</span></div>");
}

static void put_tiles(const struct store_report *s) {
    struct report *r = s->r;
    int64_t late = (int64_t)overdue(s->requests), open = 0;
    for (size_t i = 0; i < consent_rows_count(s->incidents); i++)
        open += strcmp(consent_rows_text(s->incidents, i, "state"), "closed") != 0;
    html_raw(&r->page, "<div class=\"tiles\">");
    put_tile(r, "subjects", counted(s, "subjects", NULL, NULL, "active"), false);
    put_tile(r, "requests", (int64_t)consent_rows_count(s->requests), false);
    put_tile(r, "overdue", late, late > 0);
    put_tile(r, "incidents", open, open > 0);
    put_tile(r, "erased", counted(s, "subjects", NULL, NULL, "erased"), false);
    put_tile(r, "holds", (int64_t)consent_rows_count(s->holds), false);
    html_raw(&r->page, "</div></header>");
}

/* ---- versions ---- */

static void put_version(struct report *r, size_t i) {
    const consent_rows *v = r->versions;
    const char *state = consent_rows_text(v, i, "state");
    int64_t starts = report_starts(v, i);
    html_raw(&r->page, "<tr>");
    html_cell_text(&r->page, "policy", consent_rows_text(v, i, "policy"));
    html_cell_text(&r->page, "version", consent_rows_text(v, i, "version"));
    html_cell(&r->page, "state");
    html_tag(&r->page, strcmp(state, "in-force") == 0 ? "good" : "", "state", state);
    html_raw(&r->page, "</td>");
    html_cell_time(&r->page, "effective",
                   starts != NO_TIME ? starts : consent_rows_number(v, i, "effective_at", NO_TIME),
                   NO_TIME);
    html_cell_time(&r->page, "published", consent_rows_number(v, i, "published_at", NO_TIME),
                   NO_TIME);
    html_cell(&r->page, "sha256");
    html_raw(&r->page, "<code>");
    html_text(&r->page, consent_rows_text(v, i, "sha256"));
    html_raw(&r->page, "</code></td></tr>");
}

static int put_versions(const struct store_report *s) {
    static const char *const columns[] = {"policy",    "version",   "state",
                                          "effective", "published", "sha256"};
    struct report *r = s->r;
    html_section(&r->page, "versions");
    chart_versions(r);
    html_raw(&r->page, "<div class=\"rows\">");
    html_table(&r->page, columns, 6);
    for (size_t i = 0; i < consent_rows_count(r->versions); i++)
        put_version(r, i);
    html_table_end(&r->page);
    html_raw(&r->page, "</div></section>");
    return EXIT_DONE;
}

/* ---- consents ---- */

static int put_decisions(const struct store_report *s) {
    struct report *r = s->r;
    size_t n = consent_rows_count(s->summary), first = 0;
    html_section(&r->page, "decisions");
    html_raw(&r->page, "<div class=\"charts\">");
    while (first < n && !is_part(s->summary, first, "decisions"))
        first++;
    if (first == n) {
        html_raw(&r->page, "<p>");
        html_say(&r->page, "word", "nothing");
        html_raw(&r->page, "</p>");
    }
    for (size_t last; first < n; first = last) {
        const char *policy = consent_rows_text(s->summary, first, "policy"),
                   *key = consent_rows_text(s->summary, first, "key");
        for (last = first; last < n && same_text(consent_rows_text(s->summary, last, "key"), key) &&
                           same_text(consent_rows_text(s->summary, last, "policy"), policy);)
            last++;
        if (app_option(r->app, OPT_POLICY) == NULL ||
            same_text(app_option(r->app, OPT_POLICY), policy))
            chart_point(r, s->summary, first, last, s->from, s->to);
    }
    html_raw(&r->page, "</div></section>");
    return EXIT_DONE;
}

/* ---- answers now ---- */

static bool allows(const char *reason) {
    return strcmp(reason, "CONSENTED") == 0 || strcmp(reason, "GUARDIAN_CONSENTED") == 0 ||
                   strncmp(reason, "BASIS_", 6) == 0
               ? strcmp(reason, "BASIS_UNPROVEN") != 0
               : strcmp(reason, "EXEMPT") == 0;
}

/* One point: its lines of the summary are first … last - 1. */
static void put_answers_of(struct report *r, const struct in_force *in, const consent_rows *s,
                           size_t first, size_t last) {
    int64_t all = 0, yes = 0;
    for (size_t i = first; i < last; i++) {
        int64_t count = consent_rows_number(s, i, "count", 0);
        all += count;
        yes += allows(consent_rows_text(s, i, "state")) ? count : 0;
    }
    html_raw(&r->page, "<tr>");
    html_cell(&r->page, "point");
    html_raw(&r->page, "<div>");
    report_point(r, in, consent_rows_text(s, first, "key"));
    html_raw(&r->page, "</div></td>");
    html_cell(&r->page, "allowed");
    html_format(&r->page, "<div>%" PRId64 " / %" PRId64, yes, all);
    chart_share(r, yes, all);
    html_raw(&r->page, "</div></td>");
    html_cell(&r->page, "reasons");
    html_raw(&r->page, "<div class=\"facts\">");
    for (size_t i = first; i < last; i++) {
        html_format(&r->page, "<span class=\"tag%s\">",
                    allows(consent_rows_text(s, i, "state")) ? " good" : "");
        html_say(&r->page, "short", consent_rows_text(s, i, "state"));
        html_format(&r->page, " %" PRId64 "</span>", consent_rows_number(s, i, "count", 0));
    }
    html_raw(&r->page, "</div></td></tr>");
}

/* A purpose that is nothing but handing over: what its recipients get stands in lines of their own.
 */
static bool only_shares(const consent_rows *s, size_t first, size_t last) {
    const char *key = consent_rows_text(s, first, "key");
    return last == first + 1 && strchr(key, '@') == NULL &&
           strcmp(consent_rows_text(s, first, "state"), "UNDECLARED_RECIPIENT") == 0;
}

static void put_ages(const struct store_report *s, const char *policy) {
    static const char *const kinds[] = {"of-age", "child", "unknown"};
    struct report *r = s->r;
    html_raw(&r->page, "<p class=\"quiet\">");
    for (size_t i = 0; i < 3; i++) {
        html_raw(&r->page, i > 0 ? " · " : "");
        html_say(&r->page, "age", kinds[i]);
        html_format(&r->page, " %" PRId64, counted(s, "ages", policy, NULL, kinds[i]));
    }
    html_raw(&r->page, "</p>");
}

static int put_answers(const struct store_report *s) {
    static const char *const columns[] = {"point", "allowed", "reasons"};
    struct report *r = s->r;
    size_t n = consent_rows_count(s->summary);
    html_section(&r->page, "answers");
    for (size_t p = 0; p < r->policy_count; p++) {
        const struct in_force *in = &r->policy[p];
        html_raw(&r->page, "<h3>");
        html_name(&r->page, in->policy);
        html_raw(&r->page, " ");
        html_name(&r->page, in->version);
        html_raw(&r->page, "</h3>");
        put_ages(s, in->policy);
        html_raw(&r->page, "<div class=\"rows\">");
        html_table(&r->page, columns, 3);
        for (size_t first = 0, last; first < n; first = last) {
            const char *key = consent_rows_text(s->summary, first, "key");
            bool own = is_part(s->summary, first, "answers") &&
                       same_text(consent_rows_text(s->summary, first, "policy"), in->policy);
            for (last = first + 1;
                 own && last < n && is_part(s->summary, last, "answers") &&
                 same_text(consent_rows_text(s->summary, last, "policy"), in->policy) &&
                 same_text(consent_rows_text(s->summary, last, "key"), key);)
                last++;
            if (own && !only_shares(s->summary, first, last))
                put_answers_of(r, in, s->summary, first, last);
        }
        html_table_end(&r->page);
        html_raw(&r->page, "</div>");
    }
    html_raw(&r->page, "</section>");
    return EXIT_DONE;
}

/* ---- requests ---- */

static void put_request(struct report *r, const consent_rows *q, size_t i) {
    html_raw(&r->page, "<tr>");
    html_cell(&r->page, "number");
    html_number(&r->page, consent_rows_number(q, i, "request", 0));
    html_raw(&r->page, "</td>");
    html_cell(&r->page, "right");
    html_say(&r->page, "right", consent_rows_text(q, i, "kind"));
    html_raw(&r->page, "</td>");
    html_cell(&r->page, "state");
    html_raw(&r->page, "<span>");
    report_state(r, consent_rows_text(q, i, "state"), consent_rows_number(q, i, "overdue", 0) != 0);
    html_raw(&r->page, "</span></td>");
    html_cell_time(&r->page, "received", consent_rows_number(q, i, "received_at", NO_TIME),
                   NO_TIME);
    report_due(r, "due", q, i);
    html_cell_text(&r->page, "subject", consent_rows_text(q, i, "subject"));
    html_raw(&r->page, "</tr>");
}

static int put_requests(const struct store_report *s) {
    static const char *const columns[] = {"number", "right", "state", "received", "due", "subject"};
    struct report *r = s->r;
    size_t n = consent_rows_count(s->requests);
    html_section(&r->page, "requests");
    html_raw(&r->page, "<div class=\"rows\">");
    if (n > 0)
        html_table(&r->page, columns, 6);
    for (size_t i = 0; i < n && i < REPORT_ROWS; i++)
        put_request(r, s->requests, i);
    if (n > 0)
        html_table_end(&r->page);
    else
        html_say(&r->page, "word", "nothing");
    report_more(r, REPORT_ROWS, n);
    html_raw(&r->page, "</div></section>");
    return EXIT_DONE;
}

/* ---- incidents ---- */

static void put_missing(struct report *r, const char *json) {
    cJSON *list = cJSON_Parse(json);
    const cJSON *one;
    cJSON_ArrayForEach(one, list) {
        if (one != list->child)
            report_comma(r);
        if (phrase(r->page.chinese, "missing", one->valuestring) != NULL)
            html_say(&r->page, "missing", one->valuestring);
        else
            html_name(&r->page, one->valuestring);
    }
    cJSON_Delete(list);
}

static void put_incident(struct report *r, const consent_rows *n, size_t i) {
    const struct in_force *in = report_policy(r, consent_rows_text(n, i, "policy"));
    html_format(&r->page, "<div class=\"card\"><h3>%" PRId64 " ",
                consent_rows_number(n, i, "incident", 0));
    html_say(&r->page, "incident", consent_rows_text(n, i, "kind"));
    html_raw(&r->page, " ");
    report_state(r, consent_rows_text(n, i, "state"), consent_rows_number(n, i, "overdue", 0) != 0);
    html_raw(&r->page, "</h3><p>");
    html_name(&r->page, consent_rows_text(n, i, "reason"));
    html_raw(&r->page, "</p><p class=\"quiet\">");
    html_say(&r->page, "column", "discovered");
    html_raw(&r->page, " ");
    html_time(&r->page, consent_rows_number(n, i, "discovered", 0));
    if (consent_rows_has(n, i, "due")) {
        html_raw(&r->page, " · ");
        html_say(&r->page, "column", "due");
        html_raw(&r->page, " ");
        html_time(&r->page, consent_rows_number(n, i, "due", 0));
    }
    html_raw(&r->page, "<br>");
    html_say(&r->page, "word", "affected");
    html_format(&r->page, " %" PRId64 " · ", consent_rows_number(n, i, "affected", 0));
    html_say(&r->page, "word", "told");
    html_format(&r->page, " %" PRId64 " · ", consent_rows_number(n, i, "told", 0));
    html_say(&r->page, "word", "not-told");
    html_format(&r->page, " %" PRId64, consent_rows_number(n, i, "untold", 0));
    if (!same_text(consent_rows_text(n, i, "items"), "[]")) {
        html_raw(&r->page, "<br>");
        html_say(&r->page, "column", "items");
        html_raw(&r->page, " ");
        report_keys(r, in, "item", consent_rows_text(n, i, "items"));
    }
    if (!same_text(consent_rows_text(n, i, "missing"), "[]")) {
        html_raw(&r->page, "<br>");
        html_say(&r->page, "word", "missing");
        put_missing(r, consent_rows_text(n, i, "missing"));
    }
    html_raw(&r->page, "</p></div>");
}

static int put_incidents(const struct store_report *s) {
    struct report *r = s->r;
    size_t n = consent_rows_count(s->incidents);
    html_section(&r->page, "incidents");
    for (size_t i = 0; i < n; i++)
        put_incident(r, s->incidents, i);
    if (n == 0)
        html_say(&r->page, "word", "nothing");
    html_raw(&r->page, "</section>");
    return EXIT_DONE;
}

/* ---- erasures ---- */

static bool is_erasing(const char *kind) {
    return strcmp(kind, "delete") == 0 || strcmp(kind, "cancel-account") == 0;
}

static void put_recipient(struct report *r, const char *key) {
    if (key[0] == '\0' || key[0] == '@')
        html_say(&r->page, "task", key[0] == '\0' ? "host" : key);
    else if (r->policy_count > 0)
        html_name(&r->page, report_title(&r->policy[0], "recipient", key));
    else
        html_name(&r->page, key);
}

/* The lines of one part of the summary, as key, state, count. */
static void put_counts(const struct store_report *s, const char *part) {
    static const char *const columns[][3] = {{"recipient", "state", "count"},
                                             {"item", "why", "count"}};
    struct report *r = s->r;
    bool tasks = strcmp(part, "tasks") == 0, any = false;
    for (size_t i = 0; i < consent_rows_count(s->summary); i++) {
        const char *key = consent_rows_text(s->summary, i, "key"),
                   *state = consent_rows_text(s->summary, i, "state");
        if (!is_part(s->summary, i, part))
            continue;
        if (!any) {
            html_raw(&r->page, "<h3>");
            html_say(&r->page, "word", part);
            html_raw(&r->page, "</h3><div class=\"rows\">");
            html_table(&r->page, columns[tasks ? 0 : 1], 3);
        }
        any = true;
        html_raw(&r->page, "<tr>");
        html_cell(&r->page, tasks ? "recipient" : "item");
        if (tasks)
            put_recipient(r, key);
        else
            html_name(&r->page, report_title(r->policy, "item", key));
        html_raw(&r->page, "</td>");
        html_cell(&r->page, tasks ? "state" : "why");
        if (tasks || strcmp(state, "hold") == 0)
            html_tag(&r->page, strcmp(state, "open") == 0 ? "hot" : "", "state", state);
        else
            html_name(&r->page, state);
        html_format(&r->page, "</td>");
        html_cell(&r->page, "count");
        html_number(&r->page, consent_rows_number(s->summary, i, "count", 0));
        html_raw(&r->page, "</td></tr>");
    }
    if (any) {
        html_table_end(&r->page);
        html_raw(&r->page, "</div>");
    }
}

static int put_erasures(const struct store_report *s) {
    struct report *r = s->r;
    consent_error *error = NULL;
    bool pending = false;
    int64_t waiting = 0;
    int status =
        report_got(r, consent_erasure_pending(r->app->store, &pending, &error), NULL, &error);
    if (status != EXIT_DONE)
        return status;
    for (size_t i = 0; i < consent_rows_count(s->requests); i++)
        waiting += is_erasing(consent_rows_text(s->requests, i, "kind"));
    html_section(&r->page, "erasures");
    html_raw(&r->page, "<dl><dt>");
    html_say(&r->page, "word", "erased");
    html_format(&r->page, "</dt><dd>%" PRId64 "</dd><dt>",
                counted(s, "subjects", NULL, NULL, "erased"));
    html_say(&r->page, "word", "erasures-asked");
    html_format(&r->page, "</dt><dd>%" PRId64 "</dd><dt>", waiting);
    html_say(&r->page, "word", "scrub");
    html_raw(&r->page, "</dt><dd>");
    html_tag(&r->page, pending ? "bad" : "good", "scrub", pending ? "pending" : "done");
    html_raw(&r->page, "</dd></dl>");
    put_counts(s, "tasks");
    put_counts(s, "kept");
    html_raw(&r->page, "</section>");
    return EXIT_DONE;
}

/* ---- holds, retention ---- */

static int put_holds(const struct store_report *s) {
    static const char *const columns[] = {"number", "authority", "items",  "since",
                                          "until",  "state",     "subject"};
    struct report *r = s->r;
    const consent_rows *h = s->holds;
    size_t n = consent_rows_count(h);
    html_section(&r->page, "holds");
    if (n == 0)
        html_say(&r->page, "word", "nothing");
    html_raw(&r->page, "<div class=\"rows\">");
    if (n > 0)
        html_table(&r->page, columns, 7);
    for (size_t i = 0; i < n && i < REPORT_ROWS; i++) {
        html_raw(&r->page, "<tr>");
        html_cell(&r->page, "number");
        html_number(&r->page, consent_rows_number(h, i, "hold", 0));
        html_raw(&r->page, "</td>");
        html_cell_text(&r->page, "authority", consent_rows_text(h, i, "authority"));
        html_cell(&r->page, "items");
        html_raw(&r->page, "<span>");
        if (same_text(consent_rows_text(h, i, "items"), "[]"))
            html_say(&r->page, "word", "everything");
        else
            report_keys(r, r->policy, "item", consent_rows_text(h, i, "items"));
        html_raw(&r->page, "</span></td>");
        html_cell_time(&r->page, "since", consent_rows_number(h, i, "since", NO_TIME), NO_TIME);
        html_cell_time(&r->page, "until", consent_rows_number(h, i, "until", NO_TIME), NO_TIME);
        html_cell(&r->page, "state");
        html_tag(&r->page, "", "state", consent_rows_text(h, i, "state"));
        html_raw(&r->page, "</td>");
        html_cell_text(&r->page, "subject", consent_rows_text(h, i, "subject"));
        html_raw(&r->page, "</tr>");
    }
    if (n > 0)
        html_table_end(&r->page);
    html_raw(&r->page, "</div>");
    report_more(r, REPORT_ROWS, n);
    html_raw(&r->page, "</section>");
    return EXIT_DONE;
}

static void put_due_item(struct report *r, const struct in_force *in, const consent_rows *d,
                         size_t i) {
    html_raw(&r->page, "<tr>");
    html_cell_text(&r->page, "item", report_title(in, "item", consent_rows_text(d, i, "item")));
    html_cell(&r->page, "then");
    html_say(&r->page, "then", consent_rows_text(d, i, "then"));
    html_raw(&r->page, "</td>");
    html_cell_time(&r->page, "due", consent_rows_number(d, i, "due", NO_TIME), NO_TIME);
    html_cell(&r->page, "held");
    if (consent_rows_number(d, i, "held", 0) != 0)
        html_tag(&r->page, "hot", "state", "hold");
    html_raw(&r->page, "</td>");
    html_cell_text(&r->page, "subject", consent_rows_text(d, i, "subject"));
    html_raw(&r->page, "</tr>");
}

static int put_retention(const struct store_report *s) {
    static const char *const columns[] = {"item", "then", "due", "held", "subject"};
    struct report *r = s->r;
    int status = EXIT_DONE;
    html_section(&r->page, "retention");
    for (size_t p = 0; status == EXIT_DONE && p < r->policy_count; p++) {
        consent_error *error = NULL;
        consent_rows *due = NULL;
        status = report_got(r,
                            consent_retention_due(r->app->store, r->policy[p].policy,
                                                  REPORT_ROWS + 1, &due, &error),
                            &due, &error);
        size_t n = consent_rows_count(due);
        html_raw(&r->page, "<div class=\"rows\">");
        if (n > 0)
            html_table(&r->page, columns, 5);
        for (size_t i = 0; i < n && i < REPORT_ROWS; i++)
            put_due_item(r, &r->policy[p], due, i);
        if (n > 0)
            html_table_end(&r->page);
        else
            html_say(&r->page, "word", "nothing");
        html_raw(&r->page, "</div>");
        if (n > REPORT_ROWS) {
            html_raw(&r->page, "<p class=\"quiet\">");
            html_say(&r->page, "word", "cut");
            html_raw(&r->page, "</p>");
        }
        consent_rows_free(due);
    }
    html_raw(&r->page, "</section>");
    return status;
}

/* ---- notices ---- */

static int put_notices_of(const struct store_report *s, const struct in_force *in) {
    static const char *const columns[] = {"version", "change", "form", "effective",
                                          "waiting", "shown",  "done"};
    static const char *const kinds[] = {"waiting", "shown", "done"};
    struct report *r = s->r;
    consent_error *error = NULL;
    consent_rows *page = NULL;
    int status =
        report_got(r, consent_notice_page(r->app->store, in->policy, r->page.lang, &page, &error),
                   &page, &error);
    if (consent_rows_count(page) > 0) {
        html_raw(&r->page, "<h3>");
        html_name(&r->page, in->policy);
        html_raw(&r->page, "</h3><div class=\"rows\">");
        html_table(&r->page, columns, 7);
    }
    for (size_t i = 0; i < consent_rows_count(page); i++) {
        const char *version = consent_rows_text(page, i, "version");
        html_raw(&r->page, "<tr>");
        html_cell_text(&r->page, "version", version);
        html_cell(&r->page, "change");
        html_say(&r->page, "change", consent_rows_text(page, i, "class"));
        html_raw(&r->page, "</td>");
        html_cell(&r->page, "form");
        html_say(&r->page, "form", consent_rows_text(page, i, "form"));
        html_raw(&r->page, "</td>");
        html_cell_time(&r->page, "effective", consent_rows_number(page, i, "from", NO_TIME),
                       NO_TIME);
        for (size_t k = 0; k < 3; k++) {
            html_cell(&r->page, kinds[k]);
            html_number(&r->page, counted(s, "notices", in->policy, version, kinds[k]));
            html_raw(&r->page, "</td>");
        }
        html_raw(&r->page, "</tr>");
    }
    if (consent_rows_count(page) > 0) {
        html_table_end(&r->page);
        html_raw(&r->page, "</div>");
    }
    consent_rows_free(page);
    return status;
}

static int put_notices(const struct store_report *s) {
    int status = EXIT_DONE;
    html_section(&s->r->page, "notices");
    for (size_t p = 0; status == EXIT_DONE && p < s->r->policy_count; p++)
        status = put_notices_of(s, &s->r->policy[p]);
    html_raw(&s->r->page, "</section>");
    return status;
}

/* ---- the linter ---- */

static void put_finding(struct report *r, const consent_rows *f, size_t i) {
    const char *severity = consent_rows_text(f, i, "severity");
    bool error = strcmp(severity, "error") == 0;
    html_raw(&r->page, "<tr>");
    html_cell(&r->page, "severity");
    html_tag(&r->page,
             error                              ? "bad"
             : strcmp(severity, "warning") == 0 ? "hot"
                                                : "",
             "severity", severity);
    html_raw(&r->page, "</td>");
    html_cell(&r->page, "finding");
    html_raw(&r->page, "<div lang=\"en\"><strong>");
    html_text(&r->page, consent_rows_text(f, i, "id"));
    html_raw(&r->page, "</strong><br>");
    html_name(&r->page, consent_rows_text(f, i, "message"));
    html_raw(&r->page, "<br><small>");
    html_name(&r->page, consent_rows_text(f, i, "remedy"));
    html_raw(&r->page, "</small></div></td>");
    html_cell(&r->page, "sections");
    html_raw(&r->page, "<span>");
    report_keys(r, NULL, "", consent_rows_text(f, i, "sections"));
    html_raw(&r->page, "</span></td>");
    html_cell_text(&r->page, "source", consent_rows_text(f, i, "source"));
    html_raw(&r->page, "</tr>");
}

static int put_lint(const struct store_report *s) {
    static const char *const columns[] = {"severity", "finding", "sections", "source"};
    struct report *r = s->r;
    int status = EXIT_DONE;
    html_section(&r->page, "lint");
    for (size_t p = 0; status == EXIT_DONE && p < r->policy_count; p++) {
        const struct in_force *in = &r->policy[p];
        consent_error *error = NULL;
        consent_rows *found = NULL;
        status = report_got(
            r, consent_policy_lint(r->app->store, in->policy, in->version, NULL, &found, &error),
            &found, &error);
        html_raw(&r->page, "<h3>");
        html_name(&r->page, in->policy);
        html_raw(&r->page, " ");
        html_name(&r->page, in->version);
        html_raw(&r->page, "</h3><div class=\"rows\">");
        if (consent_rows_count(found) > 0)
            html_table(&r->page, columns, 4);
        for (size_t i = 0; i < consent_rows_count(found); i++)
            put_finding(r, found, i);
        if (consent_rows_count(found) > 0)
            html_table_end(&r->page);
        else
            html_say(&r->page, "word", "nothing");
        html_raw(&r->page, "</div>");
        consent_rows_free(found);
    }
    html_raw(&r->page, "</section>");
    return status;
}

/* ---- the ledger ---- */

static int put_ledger(const struct store_report *s) {
    struct report *r = s->r;
    int status = report_verify(r);
    if (status != EXIT_DONE)
        return status;
    html_raw(&r->page, "<h3>");
    html_say(&r->page, "word", "how-to-verify");
    html_raw(&r->page, "</h3><p>");
    html_say(&r->page, "how", "consentctl");
    html_raw(&r->page, "</p><pre>consentctl --store FILE ledger verify --checkpoint NOTE\n"
                       "consentctl --store FILE doctor</pre><p>");
    html_say(&r->page, "how", "others");
    html_raw(&r->page, "</p></section>");
    return EXIT_DONE;
}

int report_store(struct report *r) {
    static int (*const parts[])(const struct store_report *) = {
        put_versions, put_decisions, put_answers, put_requests, put_incidents, put_erasures,
        put_holds,    put_retention, put_notices, put_lint,     put_ledger};
    struct store_report s = {.r = r};
    int status;
    choose_time(&s);
    status = read_all(&s);
    if (status == EXIT_DONE) {
        put_tiles(&s);
        for (size_t i = 0; i < r->policy_count; i++)
            report_controller(r, &r->policy[i]);
    }
    for (size_t i = 0; status == EXIT_DONE && i < sizeof parts / sizeof parts[0]; i++)
        status = parts[i](&s);
    consent_rows_free(s.summary);
    consent_rows_free(s.requests);
    consent_rows_free(s.incidents);
    consent_rows_free(s.holds);
    return status;
}
