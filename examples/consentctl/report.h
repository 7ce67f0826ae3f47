/* SPDX-License-Identifier: Apache-2.0 */
/* The report for people: the whole store for who answers for it, or one subject's page to be handed
 * to that person. */
#ifndef CONSENTCTL_REPORT_H
#define CONSENTCTL_REPORT_H

#include "html.h"
#include "output.h"

#include <inttypes.h>

/* A policy with a version in force. */
struct in_force {
    const char *policy, *version;
    consent_rows *catalogue; /* consent_policy_show in the page's language */
    cJSON *bundle;
};

struct report {
    struct app *app;
    struct html page;
    int64_t now;
    consent_rows *versions; /* of every policy, or of --policy */
    struct in_force *policy;
    size_t policy_count;
};

#define REPORT "report"
#define NO_TIME INT64_MIN

/* A section of a page; EXIT_DONE or a failure that was printed. */
typedef int (*report_part_fn)(struct report *r);

int report_store(struct report *r);
int report_subject(struct report *r);

/* Answers EXIT_DONE, or prints the failure, frees rows and error and sets them to NULL. Pointers,
 * because the call that fills them may stand in the same line. */
int report_got(const struct report *r, consent_status status, consent_rows **rows,
               consent_error **error);

/* ---- words of the policy ---- */

/* The text in the page's language, in the first language otherwise; NULL when it is no text. */
const char *report_text(const struct report *r, const cJSON *text);
const struct in_force *report_policy(const struct report *r, const char *policy); /* NULL */
/* Title of an entry of the version in force; its key where it has none. */
const char *report_title(const struct in_force *in, const char *kind, const char *key);
/* The purpose, and the recipient where there is one, by title. in may be NULL. */
void report_point(struct report *r, const struct in_force *in, const char *point);
/* When a version of consent_policy_list came or comes into force; NO_TIME for a draft. */
int64_t report_starts(const consent_rows *versions, size_t row);
/* A JSON list of keys, by title. */
void report_keys(struct report *r, const struct in_force *in, const char *kind, const char *json);
/* Who answers for the data and how to reach them. */
void report_controller(struct report *r, const struct in_force *in);
/* How the ledger, and what was given out of it, is verified. */
int report_verify(struct report *r);

/* What stands between the parts of a sentence, and after what introduces a list. */
void report_comma(struct report *r);
void report_colon(struct report *r);

/* ---- charts (chart.c): SVG, each with the same in words or numbers beside it ---- */

void chart_versions(struct report *r);
/* One point's decisions: rows first … last - 1 of the summary are its lines. */
void chart_point(struct report *r, const consent_rows *summary, size_t first, size_t last,
                 int64_t from, int64_t to);
/* How many of all are allowed. */
void chart_share(struct report *r, int64_t allowed, int64_t all);

#define REPORT_PARTS 48 /* of the time on the charts */

/* ---- what both pages show ---- */

void report_state(struct report *r, const char *state, bool overdue);
void report_due(struct report *r, const char *column, const consent_rows *rows, size_t row);
/* Rows that are too many to read are cut off; says so. */
void report_more(struct report *r, size_t shown, size_t all);
#define REPORT_ROWS 500

#endif
