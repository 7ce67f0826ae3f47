/* SPDX-License-Identifier: Apache-2.0 */
#include "util/rows.h"

#include <string.h>

#define COLUMNS_MAX 24

typedef struct cell {
    bool has;
    const char *text;
    int64_t number;
} cell;

struct consent_rows {
    consent__env env;
    consent__arena arena;
    int columns;
    char *name[COLUMNS_MAX];
    char type[COLUMNS_MAX];
    size_t count, cap;
    cell *cells;
    bool failed;
};

consent_rows *consent__rows_new(const consent__env *env, const char *columns) {
    consent_rows *r = consent__alloc(env, sizeof *r);
    if (!r)
        return NULL;
    r->env = *env;
    consent__arena_init(&r->arena, &r->env);
    while (*columns && r->columns < COLUMNS_MAX) {
        const char *space = strchr(columns, ' ');
        r->name[r->columns] = consent__arena_text(&r->arena, columns, (size_t)(space - columns));
        if (!r->name[r->columns])
            r->failed = true;
        r->type[r->columns++] = space[1];
        columns = space[2] == ',' ? space + 3 : space + 2;
    }
    return r;
}

void consent__rows_add(consent_rows *r) {
    if (!r || r->failed)
        return;
    if (r->count == r->cap) {
        size_t more = r->cap ? r->cap * 2 : 8;
        cell *bigger =
            consent__realloc(&r->env, r->cells, more * (size_t)r->columns * sizeof *bigger);
        if (!bigger) {
            r->failed = true;
            return;
        }
        r->cells = bigger;
        r->cap = more;
    }
    memset(&r->cells[r->count * (size_t)r->columns], 0, (size_t)r->columns * sizeof *r->cells);
    r->count++;
}

static cell *last(consent_rows *r, int column) {
    return &r->cells[(r->count - 1) * (size_t)r->columns + (size_t)column];
}

void consent__rows_text_n(consent_rows *r, int column, const char *text, size_t n) {
    if (!r || r->failed || !text)
        return;
    cell *c = last(r, column);
    c->text = consent__arena_text(&r->arena, text, n);
    c->has = true;
    if (!c->text)
        r->failed = true;
}

void consent__rows_text(consent_rows *r, int column, const char *text) {
    if (text)
        consent__rows_text_n(r, column, text, strlen(text));
}

void consent__rows_number(consent_rows *r, int column, int64_t n) {
    if (!r || r->failed)
        return;
    cell *c = last(r, column);
    c->number = n;
    c->has = true;
}

consent_status consent__rows_finish(const consent__cx *cx, consent_rows *r, consent_rows **out) {
    if (r && !r->failed) {
        *out = r;
        return CONSENT_OK;
    }
    consent_rows_free(r);
    *out = NULL;
    return consent__no_memory(cx);
}

/* ---- the public face: everything is read-only from here on ---- */

static const cell *find(const consent_rows *rows, size_t row, const char *column, int *index) {
    if (!rows || !column || row >= rows->count)
        return NULL;
    for (int i = 0; i < rows->columns; i++)
        if (strcmp(rows->name[i], column) == 0) {
            *index = i;
            const cell *c = &rows->cells[row * (size_t)rows->columns + (size_t)i];
            return c->has ? c : NULL;
        }
    return NULL;
}

size_t consent_rows_count(const consent_rows *rows) {
    return rows ? rows->count : 0;
}
size_t consent_rows_columns(const consent_rows *rows) {
    return rows ? (size_t)rows->columns : 0;
}

const char *consent_rows_column(const consent_rows *rows, size_t column) {
    return rows && column < (size_t)rows->columns ? rows->name[column] : NULL;
}

const char *consent_rows_text(const consent_rows *rows, size_t row, const char *column) {
    int i = 0;
    const cell *c = find(rows, row, column, &i);
    return c ? c->text : NULL;
}

int64_t consent_rows_number(const consent_rows *rows, size_t row, const char *column,
                            int64_t otherwise) {
    int i = 0;
    const cell *c = find(rows, row, column, &i);
    return c && !c->text ? c->number : otherwise;
}

bool consent_rows_has(const consent_rows *rows, size_t row, const char *column) {
    int i = 0;
    return find(rows, row, column, &i) != NULL;
}

int32_t consent_rows_type(const consent_rows *rows, const char *column) {
    for (int i = 0; rows && column && i < rows->columns; i++)
        if (strcmp(rows->name[i], column) == 0)
            return rows->type[i];
    return 0;
}

void consent_rows_free(consent_rows *rows) {
    if (!rows)
        return;
    consent__env env = rows->env;
    consent__arena_free(&rows->arena);
    consent__release(&env, rows->cells);
    consent__release(&env, rows);
}
