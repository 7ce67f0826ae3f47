/* SPDX-License-Identifier: Apache-2.0 */
/* What consentctl says: one JSON value with --json, else text for a person; and failures. */
#ifndef CONSENTCTL_OUTPUT_H
#define CONSENTCTL_OUTPUT_H

#include "app.h"

#include <cjson/cJSON.h>
#include <stdio.h>

#if defined(__GNUC__)
#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))
#else
#define PRINTF_LIKE(text, first)
#endif

/* ---- failures: each prints and answers the exit status ---- */

int exit_of(consent_status status);
/* A failure of the library; frees the error. `operation` serves when the error has none. */
int fail(const struct app *app, const char *operation, consent_status status, consent_error *error);
/* A failure found by consentctl itself. */
int fail_here(const struct app *app, const char *operation, consent_status status,
              const char *format, ...) PRINTF_LIKE(4, 5);
/* The command line is wrong. */
int fail_usage(const struct app *app, const char *format, ...) PRINTF_LIKE(2, 3);

/* ---- JSON ---- */

/* Prints the value and frees it; NULL is taken for out of memory. Answers `status` when it went
 * well. */
int print_json(cJSON *value, int status);
/* Each takes a NULL object and does nothing then. */
void put_text(cJSON *object, const char *key, const char *text); /* NULL: null */
void put_number(cJSON *object, const char *key, int64_t number);
void put_bool(cJSON *object, const char *key, bool value);
void put_time(cJSON *object, const char *key, int64_t at);
void put_raw(cJSON *object, const char *key, const char *json); /* NULL: null */
/* A row as an object with the columns as keys, times as text; all rows as an array. */
cJSON *row_json(const consent_rows *rows, size_t row);
cJSON *rows_json(const consent_rows *rows);
/* {key: rows} */
cJSON *rows_object(const char *key, const consent_rows *rows);

/* ---- text ---- */

/* Columns a terminal needs for a text; a Chinese character takes two. */
size_t text_width(const char *text);
/* Prints a text of the store: control characters, which could drive the terminal, as spaces; line
 * feeds are kept when `lines`. */
void print_text(const char *text, bool lines);
/* The text, then spaces up to the width. */
void print_padded(const char *text, size_t width);
enum colour { COLOUR_HEADING, COLOUR_YES, COLOUR_NO, COLOUR_END };
void print_colour(const struct app *app, enum colour colour);

/* A table: which columns of the rows, under which headings. Times as RFC 3339, truth values as yes
 * and no, absent values as "-". */
struct column {
    const char *heading;
    const char *name;
};
void print_table(const struct app *app, const consent_rows *rows, const struct column *columns,
                 size_t n);
/* What a command ends with whose answer is a list: the failure; or the rows under `key` with --json,
 * as a table without. Frees rows and error. Answers the exit status. */
int answer_table(struct app *app, const char *operation, consent_status status, consent_rows *rows,
                 consent_error *error, const char *key, const struct column *columns, size_t n);
/* The same for an answer of one row. */
typedef void (*print_row_fn)(const struct app *app, const consent_rows *rows);
int answer_row(struct app *app, const char *operation, consent_status status, consent_rows *rows,
               consent_error *error, print_row_fn print);
/* Writes JSON as a phrase: "class general; items phone, user-name". `lang` chooses among languages.
 */
void write_value(FILE *out, const cJSON *value, const char *lang);
/* Prints a line, broken between words where it grows too long; writes into the text. */
void print_wrapped(char *text, size_t indent);

#endif
