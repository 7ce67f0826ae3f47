/* SPDX-License-Identifier: Apache-2.0 */
/* The page of a diff: one file without scripts, fonts or pictures of others, that reads on paper,
 * in the dark and on a phone. */
#include "clauses.h"
#include "html.h"
#include "output.h"

#include <stdlib.h>
#include <string.h>

struct page {
    FILE *out; /* of html */
    struct html *html;
    struct app *app;
    bool chinese; /* the page's own words follow the texts */
};

static const char style[] =
    ".clause{display:grid;grid-template-columns:11rem 1fr 1fr;background:var(--card);"
    "border:1px solid var(--line);border-radius:.6rem;margin:0 0 1rem;overflow:hidden}"
    ".clause>*{padding:.9rem 1rem;min-width:0;overflow-wrap:anywhere}"
    ".margin{border-right:1px solid var(--line);font-size:.85rem}"
    ".margin .tag{margin:.4rem .2rem 0 0;white-space:normal;border-radius:.6rem}"
    ".margin small{display:block;color:var(--quiet);margin-top:.5rem;font-size:.78rem}"
    ".side+.side{border-left:1px solid var(--line)}.side{white-space:pre-wrap}"
    ".side b{display:block;font-size:.75rem;font-weight:600;color:var(--quiet);margin-bottom:.3rem}"
    "del{background:var(--gone-back);color:var(--gone);text-decoration-thickness:1px}"
    "ins{background:var(--new-back);color:var(--new);text-decoration:none}"
    ".none{color:var(--quiet);font-style:italic}"
    "@media(max-width:52rem){body{padding:1.25rem .85rem 3rem}.clause{grid-template-columns:1fr}"
    ".margin{border-right:0;border-bottom:1px solid var(--line)}"
    ".side+.side{border-left:0;border-top:1px solid var(--line)}"
    "table,tbody,tr,td{display:block}thead{display:none}tr{border-bottom:1px solid var(--line);"
    "padding:.4rem 0}td{border:0;padding:.05rem 0}td:empty{display:none}}"
    "@media print{.clause{break-inside:avoid}}";

static const char *say(const struct page *p, const char *english, const char *chinese) {
    return p->chinese ? chinese : english;
}

static void put_tag(const struct page *p, const char *kind, const char *label, const char *value) {
    fprintf(p->out, "<span class=\"tag%s\">%s", kind, label);
    html_text(p->html, value);
    fputs("</span>", p->out);
}

/* ---- head ---- */

static const char *trigger_words(const struct page *p, int n) {
    static const char *const english[] = {"",
                                          "service: purposes, data, ways of use",
                                          "control",
                                          "recipients",
                                          "rights",
                                          "contacts and complaints",
                                          "high risk assessed"};
    static const char *const chinese[] = {"",
                                          "服务模式：目的、信息类型、使用方式",
                                          "控制权",
                                          "接收方",
                                          "权利及行使方式",
                                          "负责部门、联系和投诉渠道",
                                          "评估显示高风险"};
    return n >= 1 && n <= 6 ? say(p, english[n], chinese[n]) : "";
}

static const char *class_words(const struct page *p, const char *cls) {
    static const char *const words[][3] = {{"none", "no change", "没有变化"},
                                           {"editorial", "editorial change", "文字校订"},
                                           {"minor", "minor change", "一般变更"},
                                           {"material", "material change", "重大变更"}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(words[i][0], cls) == 0)
            return say(p, words[i][1], words[i][2]);
    return cls;
}

static void put_points(const struct page *p, const char *json) {
    cJSON *list = cJSON_Parse(json);
    const cJSON *point;
    if (list != NULL && list->child != NULL) {
        fprintf(p->out, "<p>%s</p><p class=\"facts\">",
                say(p, "Asked again:", "需要重新征得同意："));
        cJSON_ArrayForEach(point, list) put_tag(p, "", "", point->valuestring);
        fputs("</p>", p->out);
    } else {
        fprintf(p->out, "<p>%s</p>", say(p, "Nobody is asked again.", "无需重新征得同意。"));
    }
    cJSON_Delete(list);
}

static void put_head(const struct page *p, const consent_rows *diff) {
    const char *const *word = p->app->argument;
    const char *cls = consent_rows_text(diff, 0, "class");
    cJSON *triggers = cJSON_Parse(consent_rows_text(diff, 0, "triggers"));
    const cJSON *n;
    fputs("<header><h1>", p->out);
    html_text(p->html, word[0]);
    fputs(" ", p->out);
    html_text(p->html, word[1]);
    fputs(" → ", p->out);
    html_text(p->html, word[2]);
    fputs("</h1><div class=\"facts\">", p->out);
    put_tag(p, strcmp(cls, "material") == 0 ? " hot" : "", "", class_words(p, cls));
    if (consent_rows_number(diff, 0, "restricts_rights", 0) != 0)
        put_tag(p, " bad", "", say(p, "rights are reduced", "权利受到限制"));
    cJSON_ArrayForEach(n, triggers) {
        char label[8];
        snprintf(label, sizeof label, "%d ", n->valueint);
        put_tag(p, " hot", label, trigger_words(p, n->valueint));
    }
    fputs("</div>", p->out);
    put_points(p, consent_rows_text(diff, 0, "points"));
    fputs("</header>", p->out);
    cJSON_Delete(triggers);
}

/* ---- clauses ---- */

static void put_side(const struct page *p, const struct piece *pieces, size_t n,
                     enum piece_kind own, const char *label, const char *text) {
    const char *mark = own == PIECE_ADDED ? "ins" : "del";
    fprintf(p->out, "<div class=\"side\"><b>%s</b>", label);
    if (text == NULL)
        fprintf(p->out, "<span class=\"none\">%s</span>", say(p, "not there", "无此条款"));
    for (size_t i = 0; text != NULL && i < n; i++) {
        if (pieces[i].kind != PIECE_SAME && pieces[i].kind != own)
            continue;
        if (pieces[i].kind == own)
            fprintf(p->out, "<%s>", mark);
        html_text_n(p->html, pieces[i].text, pieces[i].len);
        if (pieces[i].kind == own)
            fprintf(p->out, "</%s>", mark);
    }
    fputs("</div>", p->out);
}

static void put_clause(const struct page *p, const struct clause *c) {
    const char *before = c->before != NULL ? c->before : "",
               *after = c->after != NULL ? c->after : "";
    struct piece *pieces = NULL;
    size_t n = words_compare(before, after, &pieces);
    fputs("<article class=\"clause\"><div class=\"margin\"><h2>", p->out);
    html_text(p->html, c->title);
    fputs("</h2><span class=\"quiet\">", p->out);
    html_text(p->html, c->id);
    fputs(" · ", p->out);
    html_text(p->html, c->before == NULL   ? say(p, "added", "新增")
                       : c->after == NULL  ? say(p, "removed", "删除")
                       : clause_changed(c) ? say(p, "changed", "修改")
                                           : say(p, "same words", "文字未变"));
    fputs("</span><br>", p->out);
    for (const char *t = c->triggers; t != NULL && *t != '\0'; t += strcspn(t, "123456")) {
        char label[8];
        snprintf(label, sizeof label, "%c ", *t);
        put_tag(p, " hot", label, trigger_words(p, *t - '0'));
        t++;
    }
    if (c->restricts)
        put_tag(p, " bad", "", say(p, "rights are reduced", "权利受到限制"));
    fputs("<small>", p->out);
    html_text(p->html, c->types);
    fputs("</small></div>", p->out);
    put_side(p, pieces, n, PIECE_REMOVED, say(p, "before", "修改前"), c->before);
    put_side(p, pieces, n, PIECE_ADDED, say(p, "after", "修改后"), c->after);
    fputs("</article>", p->out);
    free(pieces);
}

/* ---- the catalogue ---- */

static void put_cell(const struct page *p, const char *text) {
    fputs("<td>", p->out);
    html_text(p->html, text);
    fputs("</td>", p->out);
}

static void put_change(const struct page *p, const cJSON *c) {
    static const char *const names[] = {"type", "key", "detail", "before", "after"};
    const cJSON *trigger = cJSON_GetObjectItemCaseSensitive(c, "trigger");
    const char *cls = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(c, "class"));
    char number[16] = "";
    if (cJSON_IsNumber(trigger))
        snprintf(number, sizeof number, "%d", trigger->valueint);
    fputs("<tr><td>", p->out);
    put_tag(p, strcmp(cls, "material") == 0 ? " hot" : "", "", class_words(p, cls));
    fputs("</td>", p->out);
    put_cell(p, number);
    for (size_t i = 0; i < 5; i++)
        put_cell(p, cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(c, names[i])));
    fputs("</tr>", p->out);
}

static void put_changes(const struct page *p, const consent_rows *diff) {
    cJSON *list = cJSON_Parse(consent_rows_text(diff, 0, "changes"));
    const cJSON *c;
    fprintf(p->out,
            "<h3>%s</h3><div class=\"wide\"><table><thead><tr><th>%s</th><th>%s</th><th>%s</th>"
            "<th>%s</th><th>%s</th><th>%s</th><th>%s</th></tr></thead><tbody>",
            say(p, "Every difference", "全部差异"), say(p, "class", "类别"),
            say(p, "trigger", "事由"), say(p, "type", "类型"), say(p, "entry", "条目"),
            say(p, "detail", "细节"), say(p, "before", "修改前"), say(p, "after", "修改后"));
    cJSON_ArrayForEach(c, list) put_change(p, c);
    fputs("</tbody></table></div>", p->out);
    cJSON_Delete(list);
}

/* ---- the page ---- */

/* Whether the texts are Chinese: most of their first hundred bytes are signs of three bytes. */
static bool is_chinese(const struct clauses *list) {
    size_t wide = 0, all = 0;
    for (size_t i = 0; i < list->count && all < 100; i++)
        for (const char *c = list->v[i].title; c != NULL && *c != '\0'; c++, all++)
            wide += ((unsigned char)*c & 0xF0u) == 0xE0u;
    return all > 0 && wide * 5 > all;
}

static void put_page(const struct page *p, const consent_rows *diff, const struct clauses *list) {
    const char *const *word = p->app->argument;
    char title[512];
    snprintf(title, sizeof title, "%s %s → %s", word[0], word[1], word[2]);
    html_head(p->html, title, style);
    put_head(p, diff);
    fprintf(p->out, "<h3>%s</h3>", say(p, "Clauses", "条款"));
    for (size_t i = 0; i < list->count; i++)
        if (clause_changed(&list->v[i]) || list->v[i].triggers != NULL)
            put_clause(p, &list->v[i]);
    put_changes(p, diff);
    html_foot(p->html);
}

int page_write(struct app *app, const char *path, const consent_rows *diff,
               const struct clauses *clauses) {
    struct html html;
    int status = html_open(app, "policy diff", path, &html);
    if (status != EXIT_DONE)
        return status;
    html.chinese = is_chinese(clauses);
    struct page p = {html.out, &html, app, html.chinese};
    put_page(&p, diff, clauses);
    return html_close(app, "policy diff", &html, EXIT_DONE);
}
