/* SPDX-License-Identifier: Apache-2.0 */
/* A table for people: one row per act. RFC 4180; a byte order mark, as spreadsheets else take UTF-8
 * for another encoding; cells that a spreadsheet would calculate are made text by an apostrophe. */
#include <stdio.h>
#include <string.h>

#include "flow/export.h"
#include "ledger/receipt.h"
#include "util/date.h"
#include "util/text.h"

/* What a spreadsheet takes for a formula, or for the way into the next cell: also full-width. */
static bool calculates(const char *text) {
    static const char *const starts[] = {"=",
                                         "+",
                                         "-",
                                         "@",
                                         "\t",
                                         "\r",
                                         "\n",
                                         "\xef\xbc\x9d",
                                         "\xef\xbc\x8b",
                                         "\xef\xbc\x8d",
                                         "\xef\xbc\xa0"};
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
        if (strncmp(text, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}

static void cell(consent__buf *out, const char *text) {
    if (out->len && out->data[out->len - 1] != '\n')
        consent__buf_byte(out, ',');
    if (!text || !*text)
        return; /* never the first of a row */
    bool guard = calculates(text);
    if (!guard && !strpbrk(text, ",\"\r\n")) {
        consent__buf_text(out, text);
        return;
    }
    consent__buf_text(out, guard ? "\"'" : "\"");
    for (const char *p = text; *p; p++) {
        if (*p == '"')
            consent__buf_byte(out, '"');
        consent__buf_byte(out, (uint8_t)*p);
    }
    consent__buf_byte(out, '"');
}

static void cell_time(consent__buf *out, const consent__version *v, int64_t at) {
    char text[CONSENT__RFC3339_SIZE];
    consent__instant_text(at, v ? v->policy->utc_offset : 0, text);
    cell(out, text);
}

static void cell_uid(consent__buf *out, const uint8_t uid[16]) {
    char hex[33];
    consent__hex(uid, 16, hex);
    cell(out, hex);
}

static const char *title(const consent__said *s) {
    return s->purpose < 0 ? "" : consent__binding(&s->version->policy->purposes[s->purpose].title);
}

static const char *recipient(const consent__said *s) {
    if (s->share < 0)
        return "";
    const consent__policy *p = s->version->policy;
    return consent__binding(
        &p->recipients[p->purposes[s->purpose].shares[s->share].recipient].name);
}

static consent_status row(const consent__cx *cx, consent__export *x,
                          const consent__subject *subject, const consent__said *s, void *user) {
    consent__buf *out = &x->out;
    const consent__event *e = &s->event;
    const char *word = consent__said_word(s);
    char number[24], id[37];
    (void)user;
    snprintf(number, sizeof number, "%lld", (long long)s->seq);
    consent__receipt_id(s->leaf, id);
    cell(out, number);
    cell_time(out, s->version, s->at);
    cell(out, subject->state.external);
    cell_uid(out, subject->uid);
    cell(out, e->policy_);
    cell(out, e->version_);
    cell(out, e->point_);
    cell(out, title(s));
    cell(out, recipient(s));
    cell(out, word ? word : "implied");
    cell(out, e->class_);
    cell(out, CONSENT__HAS(e, by) ? "guardian" : "subject");
    if (CONSENT__HAS(e, by))
        cell_uid(out, e->by_);
    else
        cell(out, NULL);
    cell(out, CONSENT__HAS(e, surface) ? e->surface_ : NULL);
    cell(out, CONSENT__HAS(e, lang) ? e->lang_ : NULL);
    cell(out, CONSENT__HAS(e, shown) ? e->shown_ : NULL);
    if (CONSENT__HAS(e, until))
        cell_time(out, s->version, e->until_);
    else
        cell(out, NULL);
    cell(out, id);
    consent__buf_text(out, "\r\n");
    return consent__export_record(cx, x);
}

static consent_status subject_rows(const consent__cx *cx, consent__export *x,
                                   const consent__subject *subject, void *user) {
    return consent__export_acts(cx, x, subject, 0, INT64_MAX, row, user);
}

consent_status consent__export_csv(const consent__cx *cx, consent__export *x) {
    consent__buf_text(&x->out,
                      "\xef\xbb\xbf"
                      "event,at,subject,uid,policy,version,point,purpose,recipient,decision,class,"
                      "by,guardian,surface,language,shown,until,receipt\r\n");
    return consent__export_subjects(cx, x, subject_rows, NULL);
}
