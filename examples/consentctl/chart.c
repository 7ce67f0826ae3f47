/* SPDX-License-Identifier: Apache-2.0 */
/* Charts as SVG. Shapes stretch with the page; positions are per cent, so that text keeps its size
 * on a phone and on paper. */
#include "report.h"

#include <stdlib.h>
#include <string.h>

/* Part of the way from `from` to `to`, in per cent. */
static double place(int64_t at, int64_t from, int64_t to) {
    double share = ((double)at - (double)from) / ((double)to - (double)from);
    return share < 0 ? 0 : share > 1 ? 100 : share * 100;
}

static void put_dates(struct report *r, int64_t from, int64_t to, int y) {
    for (int i = 0; i <= 2; i++) {
        static const char *const anchors[] = {"start", "middle", "end"};
        int64_t at = from + (to - from) / 2 * i;
        html_format(&r->page, "<text class=\"soft\" x=\"%d%%\" y=\"%d\" text-anchor=\"%s\">",
                    i * 50, y, anchors[i]);
        html_day(&r->page, i == 2 ? to : at);
        html_raw(&r->page, "</text>");
    }
}

/* ---- versions on a timeline ---- */

#define LANE 46

int64_t report_starts(const consent_rows *v, size_t i) {
    int64_t published = consent_rows_number(v, i, "published_at", NO_TIME);
    int64_t effective = consent_rows_number(v, i, "effective_at", NO_TIME);
    if (published == NO_TIME)
        return NO_TIME;
    return effective > published ? effective : published;
}

/* When the next one of the same policy does; `last` when none. */
static int64_t ends(const consent_rows *v, size_t i, int64_t last) {
    const char *policy = consent_rows_text(v, i, "policy");
    int64_t begin = report_starts(v, i), end = last;
    for (size_t k = 0; k < consent_rows_count(v); k++) {
        int64_t other = report_starts(v, k);
        if (other > begin && other < end && strcmp(consent_rows_text(v, k, "policy"), policy) == 0)
            end = other;
    }
    return end;
}

static void put_bar(struct report *r, const consent_rows *v, size_t i, int y, int64_t from,
                    int64_t to) {
    const char *state = consent_rows_text(v, i, "state");
    bool now = strcmp(state, "in-force") == 0;
    double left = place(report_starts(v, i), from, to), right = place(ends(v, i, to), from, to);
    html_format(&r->page,
                "<svg x=\"%.2f%%\" y=\"%d\" width=\"%.2f%%\" height=\"24\" overflow=\"hidden\">"
                "<rect class=\"bar %s\" width=\"100%%\" height=\"24\"/>"
                "<text class=\"%s\" x=\"7\" y=\"16\">",
                left, y, right - left, now ? "s-bar" : "s-past", now ? "on" : "");
    html_text(&r->page, consent_rows_text(v, i, "version"));
    html_raw(&r->page, "</text></svg>");
}

static bool first_of_policy(const consent_rows *v, size_t i) {
    for (size_t k = 0; k < i; k++)
        if (strcmp(consent_rows_text(v, k, "policy"), consent_rows_text(v, i, "policy")) == 0)
            return false;
    return true;
}

static void put_lane(struct report *r, const char *policy, int y, int64_t from, int64_t to) {
    html_format(&r->page, "<text class=\"soft\" x=\"0\" y=\"%d\">", y + 12);
    html_text(&r->page, policy);
    html_raw(&r->page, "</text>");
    for (size_t i = 0; i < consent_rows_count(r->versions); i++)
        if (strcmp(consent_rows_text(r->versions, i, "policy"), policy) == 0 &&
            report_starts(r->versions, i) != NO_TIME)
            put_bar(r, r->versions, i, y + 18, from, to);
}

void chart_versions(struct report *r) {
    const consent_rows *v = r->versions;
    int64_t from = r->now, to = r->now;
    int lanes = 0, y = 0;
    for (size_t i = 0; i < consent_rows_count(v); i++) {
        int64_t begin = report_starts(v, i);
        lanes += first_of_policy(v, i);
        if (begin != NO_TIME && begin < from)
            from = begin;
        if (begin != NO_TIME && begin > to)
            to = begin;
    }
    if (from == r->now && to == r->now)
        return;
    to += (to - from) / 12 + 1;
    html_format(&r->page,
                "<svg role=\"img\" aria-labelledby=\"tl\" width=\"100%%\" height=\"%d\">"
                "<title id=\"tl\">",
                lanes * LANE + 38);
    html_say(&r->page, "section", "versions");
    html_raw(&r->page, "</title>");
    for (size_t i = 0; i < consent_rows_count(v); i++)
        if (first_of_policy(v, i)) {
            put_lane(r, consent_rows_text(v, i, "policy"), y, from, to);
            y += LANE;
        }
    html_format(&r->page,
                "<line class=\"now\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"0\" y2=\"%d\"/>"
                "<line class=\"lines\" x1=\"0\" x2=\"100%%\" y1=\"%d\" y2=\"%d\"/>",
                place(r->now, from, to), place(r->now, from, to), y + 6, y + 8, y + 8);
    put_dates(r, from, to, y + 26);
    html_raw(&r->page, "</svg>");
}

/* ---- decisions of a point ---- */

static const char *const words[] = {"granted", "refused", "withdrawn"};

struct series {
    int64_t count[REPORT_PARTS + 1][3], at[REPORT_PARTS + 1], most;
};

static void read_series(struct series *s, const consent_rows *rows, size_t first, size_t last,
                        int64_t from, int64_t to) {
    memset(s, 0, sizeof *s);
    for (int i = 0; i <= REPORT_PARTS; i++)
        s->at[i] = from + (to - from) * i / REPORT_PARTS;
    for (size_t k = first; k < last; k++) {
        int64_t at = consent_rows_number(rows, k, "at", 0);
        for (int i = 0; i <= REPORT_PARTS; i++)
            for (int w = 0; at == s->at[i] && w < 3; w++)
                if (strcmp(consent_rows_text(rows, k, "state"), words[w]) == 0)
                    s->count[i][w] = consent_rows_number(rows, k, "count", 0);
    }
    for (int i = 0; i <= REPORT_PARTS; i++) {
        int64_t sum = s->count[i][0] + s->count[i][1] + s->count[i][2];
        s->most = sum > s->most ? sum : s->most;
    }
}

/* What lies below the w-th series at an instant, from 0 to 1000 as y goes down. */
static int level(const struct series *s, int i, int w) {
    int64_t sum = 0;
    for (int k = 0; k < w; k++)
        sum += s->count[i][k];
    return s->most > 0 ? 1000 - (int)((double)sum * 1000 / (double)s->most + 0.5) : 1000;
}

static void put_area(struct report *r, const struct series *s, int w) {
    html_format(&r->page, "<polygon class=\"s-%s\" points=\"", words[w]);
    for (int i = 0; i <= REPORT_PARTS; i++)
        html_format(&r->page, "%d,%d ", i, level(s, i, w + 1));
    for (int i = REPORT_PARTS; i >= 0; i--)
        html_format(&r->page, "%d,%d%s", i, level(s, i, w), i > 0 ? " " : "");
    html_raw(&r->page, "\"/>");
}

/* The same in numbers, at some of the instants. */
static void put_numbers(struct report *r, const struct series *s) {
    html_raw(&r->page, "<details><summary>");
    html_say(&r->page, "word", "numbers");
    html_raw(&r->page, "</summary><table><thead><tr><th scope=\"col\">");
    html_say(&r->page, "column", "when");
    html_raw(&r->page, "</th>");
    for (int w = 0; w < 3; w++) {
        html_raw(&r->page, "<th scope=\"col\" class=\"n\">");
        html_say(&r->page, "decision", words[w]);
        html_raw(&r->page, "</th>");
    }
    html_raw(&r->page, "</tr></thead><tbody>");
    for (int i = 0; i <= REPORT_PARTS; i += 8) {
        html_raw(&r->page, "<tr><td>");
        html_date(&r->page, s->at[i]);
        html_raw(&r->page, "</td>");
        for (int w = 0; w < 3; w++)
            html_format(&r->page, "<td class=\"n\">%" PRId64 "</td>", s->count[i][w]);
        html_raw(&r->page, "</tr>");
    }
    html_raw(&r->page, "</tbody></table></details>");
}

void chart_point(struct report *r, const consent_rows *summary, size_t first, size_t last,
                 int64_t from, int64_t to) {
    struct series s;
    read_series(&s, summary, first, last, from, to);
    html_raw(&r->page, "<div class=\"chart\"><h3>");
    report_point(r, report_policy(r, consent_rows_text(summary, first, "policy")),
                 consent_rows_text(summary, first, "key"));
    html_format(&r->page,
                "</h3><svg role=\"img\" aria-labelledby=\"c%zu\" width=\"100%%\" height=\"116\">"
                "<title id=\"c%zu\">",
                first, first);
    html_say(&r->page, "section", "decisions");
    html_raw(&r->page, "</title><svg y=\"4\" width=\"100%\" height=\"88\" viewBox=\"0 0 48 1000\" "
                       "preserveAspectRatio=\"none\" overflow=\"hidden\">");
    for (int w = 0; w < 3; w++)
        put_area(r, &s, w);
    html_format(&r->page,
                "</svg><line class=\"lines\" x1=\"0\" x2=\"100%%\" y1=\"92\" y2=\"92\"/>"
                "<line class=\"lines\" x1=\"0\" x2=\"100%%\" y1=\"4\" y2=\"4\"/>"
                "<text class=\"soft\" x=\"2\" y=\"17\">%" PRId64 "</text>",
                s.most);
    put_dates(r, from, to, 110);
    html_raw(&r->page, "</svg><div class=\"key\">");
    for (int w = 0; w < 3; w++) {
        html_format(&r->page, "<span><i class=\"k-%s\"></i>", words[w]);
        html_say(&r->page, "decision", words[w]);
        html_format(&r->page, " %" PRId64 "</span>", s.count[REPORT_PARTS][w]);
    }
    html_raw(&r->page, "</div>");
    put_numbers(r, &s);
    html_raw(&r->page, "</div>");
}

void chart_share(struct report *r, int64_t allowed, int64_t all) {
    html_format(&r->page,
                "<svg aria-hidden=\"true\" width=\"100%%\" height=\"8\"><rect class=\"s-rest\" "
                "width=\"100%%\" height=\"8\" rx=\"3\"/><rect class=\"s-granted\" width=\"%.1f%%\" "
                "height=\"8\" rx=\"3\"/></svg>",
                place(allowed, 0, all > 0 ? all : 1));
}
