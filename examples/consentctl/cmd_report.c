/* SPDX-License-Identifier: Apache-2.0 */
#include "phrases.h"
#include "report.h"

#include <stdlib.h>
#include <string.h>

int report_got(const struct report *r, consent_status status, consent_rows **rows,
               consent_error **error) {
    consent_error *why = *error;
    *error = NULL;
    if (status >= 0)
        return EXIT_DONE;
    if (rows != NULL) {
        consent_rows_free(*rows);
        *rows = NULL;
    }
    return fail(r->app, REPORT, status, why);
}

/* ---- words of the policy ---- */

const char *report_text(const struct report *r, const cJSON *text) {
    const cJSON *found =
        r->page.lang != NULL ? cJSON_GetObjectItemCaseSensitive(text, r->page.lang) : NULL;
    if (found == NULL && text != NULL)
        found = text->child;
    return cJSON_GetStringValue(found);
}

const struct in_force *report_policy(const struct report *r, const char *policy) {
    for (size_t i = 0; policy != NULL && i < r->policy_count; i++)
        if (strcmp(r->policy[i].policy, policy) == 0)
            return &r->policy[i];
    return NULL;
}

const char *report_title(const struct in_force *in, const char *kind, const char *key) {
    for (size_t i = 0; in != NULL && i < consent_rows_count(in->catalogue); i++)
        if (strcmp(consent_rows_text(in->catalogue, i, "kind"), kind) == 0 &&
            strcmp(consent_rows_text(in->catalogue, i, "key"), key) == 0) {
            const char *title = consent_rows_text(in->catalogue, i, "title");
            return title != NULL ? title : key;
        }
    return key;
}

void report_point(struct report *r, const struct in_force *in, const char *point) {
    const char *at = strchr(point, '@');
    char purpose[160];
    snprintf(purpose, sizeof purpose, "%.*s", at != NULL ? (int)(at - point) : (int)strlen(point),
             point);
    html_name(&r->page, report_title(in, "purpose", purpose));
    if (at == NULL)
        return;
    html_raw(&r->page, " → ");
    html_name(&r->page, report_title(in, "recipient", at + 1));
}

void report_comma(struct report *r) {
    html_raw(&r->page, r->page.chinese ? "，" : ", ");
}

void report_colon(struct report *r) {
    html_raw(&r->page, r->page.chinese ? "：" : ": ");
}

void report_keys(struct report *r, const struct in_force *in, const char *kind, const char *json) {
    cJSON *list = json != NULL ? cJSON_Parse(json) : NULL;
    const cJSON *key;
    cJSON_ArrayForEach(key, list) {
        if (key != list->child)
            html_raw(&r->page, r->page.chinese ? "、" : ", ");
        if (cJSON_IsString(key))
            html_name(&r->page, report_title(in, kind, key->valuestring));
    }
    cJSON_Delete(list);
}

static void put_contacts(struct report *r, const cJSON *who) {
    const cJSON *contact;
    cJSON_ArrayForEach(contact, cJSON_GetObjectItemCaseSensitive(who, "contacts")) {
        html_raw(&r->page, "<br>");
        html_say(&r->page, "contact",
                 cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(contact, "kind")));
        html_raw(&r->page, " ");
        html_name(&r->page,
                  cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(contact, "value")));
    }
}

void report_controller(struct report *r, const struct in_force *in) {
    const cJSON *who = cJSON_GetObjectItemCaseSensitive(in->bundle, "controller");
    const cJSON *officer = cJSON_GetObjectItemCaseSensitive(who, "protection_officer");
    const char *address = report_text(r, cJSON_GetObjectItemCaseSensitive(who, "address")),
               *department = report_text(r, cJSON_GetObjectItemCaseSensitive(who, "department"));
    html_raw(&r->page, "<p><strong>");
    html_name(&r->page, report_text(r, cJSON_GetObjectItemCaseSensitive(who, "name")));
    html_raw(&r->page, "</strong>");
    if (department != NULL) {
        html_raw(&r->page, "<br>");
        html_name(&r->page, department);
    }
    if (address != NULL) {
        html_raw(&r->page, "<br>");
        html_name(&r->page, address);
    }
    put_contacts(r, who);
    if (officer != NULL) {
        html_raw(&r->page, "</p><p>");
        html_say(&r->page, "word", "officer");
        html_name(&r->page, report_text(r, cJSON_GetObjectItemCaseSensitive(officer, "name")));
        put_contacts(r, officer);
    }
    html_raw(&r->page, "</p>");
}

/* ---- what both pages show ---- */

void report_state(struct report *r, const char *state, bool overdue) {
    html_tag(&r->page, "", "state", state);
    if (overdue) {
        html_raw(&r->page, " ");
        html_tag(&r->page, "bad", "word", "overdue");
    }
}

/* The day, in the offset of the calendar that counted it. */
void report_due(struct report *r, const char *column, const consent_rows *rows, size_t row) {
    const char *local = consent_rows_text(rows, row, "due_local");
    html_cell(&r->page, column);
    if (local != NULL && strlen(local) > 10)
        html_format(&r->page, "<time datetime=\"%s\">%.10s</time>", local, local);
    else if (consent_rows_has(rows, row, "due"))
        html_time(&r->page, consent_rows_number(rows, row, "due", 0));
    if (consent_rows_number(rows, row, "provisional", 0) != 0) {
        html_raw(&r->page, " <small>");
        html_say(&r->page, "word", "provisional");
        html_raw(&r->page, "</small>");
    }
    html_raw(&r->page, "</td>");
}

void report_more(struct report *r, size_t shown, size_t all) {
    if (all <= shown)
        return;
    html_format(&r->page, "<p class=\"quiet\">+%zu ", all - shown);
    html_say(&r->page, "word", "not-shown");
    html_raw(&r->page, "</p>");
}

int report_verify(struct report *r) {
    consent_error *error = NULL;
    consent_rows *head = NULL;
    int status = report_got(r, consent_ledger_head(r->app->store, &head, &error), &head, &error);
    if (status != EXIT_DONE)
        return status;
    html_section(&r->page, "ledger");
    html_raw(&r->page, "<dl><dt>");
    html_say(&r->page, "word", "events");
    html_format(&r->page, "</dt><dd>%" PRId64 "</dd><dt>", consent_rows_number(head, 0, "size", 0));
    html_say(&r->page, "word", "root");
    html_raw(&r->page, "</dt><dd><code>");
    html_text(&r->page, consent_rows_text(head, 0, "root"));
    html_raw(&r->page, "</code></dd><dt>");
    html_say(&r->page, "word", "key");
    html_raw(&r->page, "</dt><dd><code>");
    html_text(&r->page, consent_rows_text(head, 0, "key"));
    html_raw(&r->page, "</code></dd><dt>");
    html_say(&r->page, "word", "checkpoint");
    html_raw(&r->page, "</dt><dd><pre>");
    html_text(&r->page, consent_rows_text(head, 0, "checkpoint"));
    html_raw(&r->page, "</pre></dd></dl>");
    consent_rows_free(head);
    return EXIT_DONE;
}

/* ---- reading what both pages need ---- */

static int read_policy(struct report *r, const char *policy, const char *version) {
    struct in_force *in = &r->policy[r->policy_count];
    consent_error *error = NULL;
    consent_rows *bytes = NULL;
    int status = report_got(
        r,
        consent_policy_show(r->app->store, policy, version, r->page.lang, &in->catalogue, &error),
        &in->catalogue, &error);
    if (status != EXIT_DONE)
        return status;
    r->policy_count++;
    *in = (struct in_force){policy, version, in->catalogue, NULL};
    status = report_got(r, consent_policy_bundle(r->app->store, policy, version, &bytes, &error),
                        &bytes, &error);
    if (status == EXIT_DONE)
        in->bundle = cJSON_Parse(consent_rows_text(bytes, 0, "bundle"));
    consent_rows_free(bytes);
    return status == EXIT_DONE && in->bundle == NULL
               ? fail_here(r->app, REPORT, CONSENT_E_MEMORY, "out of memory")
               : status;
}

static int read_store(struct report *r) {
    consent_error *error = NULL;
    const char *only = app_option(r->app, OPT_POLICY);
    int status = report_got(r, consent_policy_list(r->app->store, only, &r->versions, &error),
                            &r->versions, &error);
    if (status == EXIT_DONE)
        status = report_got(r, consent_store_now(r->app->store, &r->now, &error), NULL, &error);
    if (status != EXIT_DONE)
        return status;
    r->policy = calloc(consent_rows_count(r->versions) + 1, sizeof *r->policy);
    if (r->policy == NULL)
        return fail_here(r->app, REPORT, CONSENT_E_MEMORY, "out of memory");
    for (size_t i = 0; status == EXIT_DONE && i < consent_rows_count(r->versions); i++)
        if (strcmp(consent_rows_text(r->versions, i, "state"), "in-force") == 0)
            status = read_policy(r, consent_rows_text(r->versions, i, "policy"),
                                 consent_rows_text(r->versions, i, "version"));
    return status;
}

/* The page's own words follow --lang, else the binding language of the policy. */
static void choose_language(struct report *r) {
    const cJSON *bundle = r->policy_count > 0 ? r->policy[0].bundle : NULL;
    const cJSON *first =
        cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(bundle, "languages"), 0);
    const char *offset =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(bundle, "utc_offset"));
    const char *tag = r->page.lang != NULL ? r->page.lang : cJSON_GetStringValue(first);
    int hours = 0, minutes = 0;
    char sign = '+';
    r->page.chinese = tag != NULL && strncmp(tag, "zh", 2) == 0;
    if (offset != NULL && sscanf(offset, "%c%2d:%2d", &sign, &hours, &minutes) == 3)
        r->page.offset = (sign == '-' ? -1 : 1) * ((int64_t)hours * 60 + minutes);
}

static void report_free(struct report *r) {
    for (size_t i = 0; i < r->policy_count; i++) {
        consent_rows_free(r->policy[i].catalogue);
        cJSON_Delete(r->policy[i].bundle);
    }
    free(r->policy);
    consent_rows_free(r->versions);
}

static const char style[] =
    "a{color:var(--bar)}section{margin:2.5rem 0 0}h2{font-size:1.2rem;margin:0 0 .5rem}"
    "h3{font-size:1rem;margin:1.25rem 0 .4rem}header{border-bottom:1px solid var(--line);"
    "padding-bottom:1rem}bdi{overflow-wrap:anywhere}small{font-size:.82em;color:var(--quiet)}"
    "pre,code{font-family:ui-monospace,'Cascadia Mono',Menlo,monospace;font-size:.82rem;"
    "overflow-wrap:anywhere}pre{white-space:pre-wrap;background:var(--card);border:1px solid "
    "var(--line);border-radius:.4rem;padding:.6rem .8rem;margin:.3rem 0}"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1rem;margin:.5rem 0}"
    "dt{color:var(--quiet)}dd{margin:0;min-width:0;overflow-wrap:anywhere}"
    ".tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.75rem;"
    "margin:1.25rem 0 0}.tile{background:var(--card);border:1px solid var(--line);"
    "border-radius:.6rem;padding:.6rem .8rem}.tile b{display:block;font-size:1.5rem;"
    "line-height:1.2;font-variant-numeric:tabular-nums}.tile.bad b{color:var(--gone)}"
    ".tile span{color:var(--quiet);font-size:.85rem}"
    ".charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(16rem,1fr));gap:1rem}"
    ".chart,.card{background:var(--card);border:1px solid var(--line);border-radius:.6rem;"
    "padding:.8rem 1rem;min-width:0;break-inside:avoid}.card{margin:0 0 .9rem}"
    ".chart h3,.card h3{margin:0 0 .3rem;overflow-wrap:anywhere}.card .card{margin:.6rem 0 0;"
    "background:none;border-width:0 0 0 3px;border-radius:0;padding:.1rem 0 .1rem .8rem}"
    "svg{display:block;max-width:100%;overflow:visible}svg text{font-size:.75rem;fill:var(--ink)}"
    "svg .soft{fill:var(--quiet)}svg .on{fill:var(--paper)}.lines{stroke:var(--line)}"
    ".s-granted{fill:var(--granted)}.s-refused{fill:var(--refused)}"
    ".s-withdrawn{fill:var(--withdrawn)}.s-bar{fill:var(--bar)}.s-past{fill:var(--bar-past)}"
    ".s-rest{fill:var(--line)}.bar{stroke:var(--paper);stroke-width:2}.now{stroke:var(--gone);"
    "stroke-dasharray:3 3}"
    ".key{display:flex;flex-wrap:wrap;gap:.2rem 1rem;font-size:.85rem;margin:.35rem 0}"
    ".key i{display:inline-block;width:.75rem;height:.75rem;border-radius:.15rem;"
    "margin-right:.35rem}.k-granted{background:var(--granted)}.k-refused{background:"
    "var(--refused)}.k-withdrawn{background:var(--withdrawn)}"
    "td .facts{margin:0}details{margin:.4rem "
    "0}summary{cursor:pointer;color:var(--quiet);font-size:.85rem}"
    "td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}"
    ".text{white-space:pre-wrap;overflow-wrap:anywhere}"
    "@media screen and (max-width:44rem){body{padding:1.25rem .85rem 3rem}"
    ".rows table,.rows tbody,.rows tr,.rows td{display:block}.rows thead{display:none}"
    ".rows tr{border-bottom:1px solid var(--line);padding:.5rem 0}"
    ".rows td{border:0;padding:.1rem 0;display:grid;grid-template-columns:6.5rem 1fr;gap:.6rem}"
    ".rows td:empty{display:none}.rows td::before{content:attr(data-label);color:var(--quiet);"
    "font-size:.82rem}.rows td>*{min-width:0}.rows td>.tag{justify-self:start}"
    ".rows td:has(>div:empty){display:none}dl{grid-template-columns:1fr;gap:0}"
    "dd{margin:0 0 .5rem}}"
    "@media print{td,th{padding-top:.15rem;padding-bottom:.15rem}section{margin-top:1.4rem}"
    "h2,h3{break-after:avoid}tr,.tile{break-inside:avoid}"
    "details::details-content{content-visibility:visible;height:auto}"
    "details>*{display:block}summary{list-style:none}.wide{overflow:visible}}";

static void put_intro(struct report *r, const char *title) {
    const struct in_force *in = r->policy_count > 0 ? &r->policy[0] : NULL;
    char zone[16];
    int64_t offset = r->page.offset < 0 ? -r->page.offset : r->page.offset;
    html_raw(&r->page, "<header><h1>");
    html_say(&r->page, "title", title);
    html_raw(&r->page, "</h1>");
    if (in != NULL) {
        const cJSON *who = cJSON_GetObjectItemCaseSensitive(in->bundle, "controller");
        html_raw(&r->page, "<p>");
        html_name(&r->page, report_text(r, cJSON_GetObjectItemCaseSensitive(who, "name")));
        html_raw(&r->page, "</p>");
    }
    html_raw(&r->page, "<p class=\"quiet\">");
    html_say(&r->page, "word", "as-of");
    html_raw(&r->page, " ");
    html_time(&r->page, r->now);
    snprintf(zone, sizeof zone, " UTC%c%02d:%02d", r->page.offset < 0 ? '-' : '+',
             (int)(offset / 60 % 100), (int)(offset % 60));
    html_raw(&r->page, zone);
    html_raw(&r->page, "<br>");
    html_say(&r->page, "word", "store");
    html_format(&r->page, " <code>%s</code></p>", consent_store_id(r->app->store));
}

static int write_report(struct report *r) {
    bool subject = r->app->argument_count > 0;
    const char *title = subject ? "subject" : "store";
    const char *path = app_option(r->app, OPT_HTML);
    const char *lang = r->page.lang;
    struct html about = r->page;
    int status = html_open(r->app, REPORT, path, &r->page);
    if (status != EXIT_DONE)
        return status;
    r->page.lang = lang;
    r->page.chinese = about.chinese;
    r->page.offset = about.offset;
    html_head(&r->page, phrase(r->page.chinese, "title", title), style);
    put_intro(r, title);
    status = subject ? report_subject(r) : report_store(r);
    html_foot(&r->page);
    return html_close(r->app, REPORT, &r->page, status);
}

int cmd_report(struct app *app) {
    struct report r = {.app = app};
    int status;
    r.page.lang = app_option(app, OPT_LANG);
    status = read_store(&r);
    if (status == EXIT_DONE) {
        choose_language(&r);
        status = write_report(&r);
    }
    report_free(&r);
    if (status != EXIT_DONE)
        return status;
    if (!app->json) {
        puts("written");
        return EXIT_DONE;
    }
    cJSON *object = cJSON_CreateObject();
    put_bool(object, "written", true);
    put_time(object, "at", r.now);
    return print_json(object, EXIT_DONE);
}
