/* SPDX-License-Identifier: Apache-2.0 */
#include "output.h"

#include "when.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* ---- failures ---- */

int exit_of(consent_status status) {
    switch (status) {
    case CONSENT_OK:
    case CONSENT_DONE:
        return EXIT_DONE;
    case CONSENT_E_AMBIGUOUS:
        return EXIT_USAGE;
    case CONSENT_E_CLOSED:
        return EXIT_STORAGE;
    case CONSENT_E_EXISTS:
        return EXIT_STATE;
    case CONSENT_E_RANDOM:
        return EXIT_CRYPTO;
    default:
        break;
    }
    if (status > -100)
        return EXIT_INPUT;
    if (status > -200)
        return EXIT_STATE;
    if (status > -300)
        return EXIT_STORAGE;
    return status > -400 ? EXIT_CRYPTO : EXIT_STORAGE;
}

/* A failure as it is printed. */
struct failure {
    const char *operation, *message, *status, *where;
    int64_t code, engine, offset;
};

static void print_failure_text(const struct failure *f) {
    fputs("consentctl: ", stderr);
    if (f->operation[0] != '\0')
        fprintf(stderr, "%s: ", f->operation);
    fputs(f->message, stderr);
    if (f->where != NULL) {
        fprintf(stderr, " (at %s", f->where[0] != '\0' ? f->where : "the top");
        if (f->offset >= 0)
            fprintf(stderr, ", byte %" PRId64, f->offset);
        fputc(')', stderr);
    } else if (f->offset >= 0) {
        fprintf(stderr, " (at byte %" PRId64 ")", f->offset);
    }
    fprintf(stderr, " [%s]\n", f->status);
}

static int print_failure(const struct app *app, const struct failure *f, int status) {
    cJSON *object, *error;
    if (!app->json) {
        print_failure_text(f);
        return status;
    }
    object = cJSON_CreateObject();
    error = cJSON_AddObjectToObject(object, "error");
    put_text(error, "status", f->status);
    put_number(error, "code", f->code);
    put_text(error, "message", f->message);
    put_text(error, "where", f->where);
    put_raw(error, "offset", NULL);
    if (f->offset >= 0) {
        cJSON_DeleteItemFromObject(error, "offset");
        put_number(error, "offset", f->offset);
    }
    put_text(error, "operation", f->operation);
    put_number(error, "engine", f->engine);
    if (error == NULL) {
        cJSON_Delete(object);
        object = NULL;
    }
    return print_json(object, status);
}

int fail(const struct app *app, const char *operation, consent_status status,
         consent_error *error) {
    const char *said = consent_error_operation(error), *message = consent_error_message(error);
    struct failure f = {
        .operation = said[0] != '\0' ? said : operation,
        .message = message[0] != '\0' ? message : "refused",
        .status = consent_status_name(status),
        .where = consent_error_where(error),
        .code = status,
        .engine = consent_error_code(error),
        .offset = error != NULL ? consent_error_offset(error) : -1,
    };
    int exit_status = print_failure(app, &f, exit_of(status));
    consent_error_free(error);
    return exit_status;
}

int fail_here(const struct app *app, const char *operation, consent_status status,
              const char *format, ...) {
    char message[512];
    struct failure f = {operation, message, consent_status_name(status), NULL, status, 0, -1};
    va_list list;
    va_start(list, format);
    vsnprintf(message, sizeof message, format, list);
    va_end(list);
    return print_failure(app, &f, exit_of(status));
}

/* "USAGE" and a positive code: a status of the library it can never be. */
int fail_usage(const struct app *app, const char *format, ...) {
    char message[512], name[64] = "";
    struct failure f = {name, message, "USAGE", NULL, EXIT_USAGE, 0, -1};
    va_list list;
    va_start(list, format);
    vsnprintf(message, sizeof message, format, list);
    va_end(list);
    if (app->command != NULL)
        command_name(app->command, name, sizeof name);
    return print_failure(app, &f, EXIT_USAGE);
}

/* ---- JSON ---- */

int print_json(cJSON *value, int status) {
    char *text = value != NULL ? cJSON_PrintUnformatted(value) : NULL;
    cJSON_Delete(value);
    if (text == NULL) {
        puts("{\"error\":{\"status\":\"CONSENT_E_MEMORY\",\"code\":-901,\"message\":\"out of "
             "memory\",\"where\":null,\"offset\":null}}");
        return EXIT_STORAGE;
    }
    puts(text);
    cJSON_free(text);
    return status;
}

void put_text(cJSON *object, const char *key, const char *text) {
    if (text != NULL)
        cJSON_AddStringToObject(object, key, text);
    else
        cJSON_AddNullToObject(object, key);
}

/* Not by cJSON's double: 16 digits would come out with an exponent. */
void put_number(cJSON *object, const char *key, int64_t number) {
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, number);
    cJSON_AddRawToObject(object, key, text);
}

void put_bool(cJSON *object, const char *key, bool value) {
    cJSON_AddBoolToObject(object, key, value);
}

void put_time(cJSON *object, const char *key, int64_t at) {
    char text[WHEN_SIZE];
    cJSON_AddStringToObject(object, key, when_text(at, text));
}

void put_raw(cJSON *object, const char *key, const char *json) {
    if (json != NULL)
        cJSON_AddRawToObject(object, key, json);
    else
        cJSON_AddNullToObject(object, key);
}

static void put_cell(cJSON *object, const consent_rows *rows, size_t row, const char *key) {
    int64_t number = consent_rows_number(rows, row, key, 0);
    if (!consent_rows_has(rows, row, key)) {
        put_text(object, key, NULL);
        return;
    }
    switch (consent_rows_type(rows, key)) {
    case 'n':
        put_number(object, key, number);
        break;
    case 'b':
        put_bool(object, key, number != 0);
        break;
    case 'u':
        put_time(object, key, number);
        break;
    case 'j':
        put_raw(object, key, consent_rows_text(rows, row, key));
        break;
    default:
        put_text(object, key, consent_rows_text(rows, row, key));
    }
}

cJSON *row_json(const consent_rows *rows, size_t row) {
    cJSON *object = cJSON_CreateObject();
    for (size_t i = 0; i < consent_rows_columns(rows); i++)
        put_cell(object, rows, row, consent_rows_column(rows, i));
    return object;
}

cJSON *rows_json(const consent_rows *rows) {
    cJSON *array = cJSON_CreateArray();
    for (size_t i = 0; array != NULL && i < consent_rows_count(rows); i++) {
        cJSON *object = row_json(rows, i);
        if (object == NULL || !cJSON_AddItemToArray(array, object)) {
            cJSON_Delete(object);
            cJSON_Delete(array);
            array = NULL;
        }
    }
    return array;
}

cJSON *rows_object(const char *key, const consent_rows *rows) {
    cJSON *object = cJSON_CreateObject(), *array = rows_json(rows);
    if (object != NULL && array != NULL && cJSON_AddItemToObject(object, key, array))
        return object;
    cJSON_Delete(array);
    cJSON_Delete(object);
    return NULL;
}

/* ---- text ---- */

/* Reads one character and moves on; bytes that are no UTF-8 count as U+FFFD, one by one. */
static utf8proc_int32_t next_char(const char **text, size_t *bytes) {
    utf8proc_int32_t c;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)*text, -1, &c);
    if (n <= 0) {
        n = 1;
        c = 0xFFFD;
    }
    *text += n;
    *bytes = (size_t)n;
    return c;
}

static bool is_control(utf8proc_int32_t c) {
    utf8proc_category_t category = utf8proc_category(c);
    return category == UTF8PROC_CATEGORY_CC || c == 0x2028 || c == 0x2029 ||
           (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069); /* these turn the line round */
}

size_t text_width(const char *text) {
    size_t width = 0, bytes;
    while (*text != '\0') {
        utf8proc_int32_t c = next_char(&text, &bytes);
        width += is_control(c) ? 1 : (size_t)utf8proc_charwidth(c);
    }
    return width;
}

static void write_text(FILE *out, const char *text, bool lines) {
    while (*text != '\0') {
        const char *from = text;
        size_t bytes;
        utf8proc_int32_t c = next_char(&text, &bytes);
        if (c == '\n' && lines)
            fputc('\n', out);
        else if (is_control(c))
            fputc(' ', out);
        else if (c == 0xFFFD)
            fputs("\xEF\xBF\xBD", out);
        else
            fwrite(from, 1, bytes, out);
    }
}

void print_text(const char *text, bool lines) {
    write_text(stdout, text, lines);
}

void print_padded(const char *text, size_t width) {
    size_t own = text_width(text);
    print_text(text, false);
    for (; own < width; own++)
        putchar(' ');
}

void print_colour(const struct app *app, enum colour colour) {
    static const char *const codes[] = {"\033[1m", "\033[32m", "\033[31m", "\033[0m"};
    if (app->colour)
        fputs(codes[colour], stdout);
}

/* Text of a cell; `buffer` is used when it is not text already. */
static const char *cell_text(const consent_rows *rows, size_t row, const char *name,
                             char buffer[WHEN_SIZE]) {
    int64_t number = consent_rows_number(rows, row, name, 0);
    if (!consent_rows_has(rows, row, name))
        return "-";
    switch (consent_rows_type(rows, name)) {
    case 'n':
        snprintf(buffer, WHEN_SIZE, "%" PRId64, number);
        return buffer;
    case 'b':
        return number != 0 ? "yes" : "no";
    case 'u':
        return when_text(number, buffer);
    default:
        return consent_rows_text(rows, row, name);
    }
}

static size_t column_width(const consent_rows *rows, const struct column *column) {
    size_t width = text_width(column->heading), rest;
    char buffer[WHEN_SIZE];
    for (size_t row = 0; row < consent_rows_count(rows); row++) {
        rest = text_width(cell_text(rows, row, column->name, buffer));
        width = rest > width ? rest : width;
    }
    return width;
}

static void print_line(const consent_rows *rows, const struct column *columns, size_t n,
                       const size_t *widths, size_t row, bool heading) {
    char buffer[WHEN_SIZE];
    for (size_t i = 0; i < n; i++) {
        const char *text =
            heading ? columns[i].heading : cell_text(rows, row, columns[i].name, buffer);
        print_padded(text, i + 1 < n ? widths[i] + 2 : 0);
    }
    putchar('\n');
}

void print_table(const struct app *app, const consent_rows *rows, const struct column *columns,
                 size_t n) {
    size_t widths[16];
    n = n < 16 ? n : 16;
    for (size_t i = 0; i < n; i++)
        widths[i] = column_width(rows, &columns[i]);
    print_colour(app, COLOUR_HEADING);
    print_line(rows, columns, n, widths, 0, true);
    print_colour(app, COLOUR_END);
    for (size_t row = 0; row < consent_rows_count(rows); row++)
        print_line(rows, columns, n, widths, row, false);
}

int answer_table(struct app *app, const char *operation, consent_status status, consent_rows *rows,
                 consent_error *error, const char *key, const struct column *columns, size_t n) {
    int exit_status = EXIT_DONE;
    if (status < 0)
        return fail(app, operation, status, error);
    if (app->json)
        exit_status = print_json(rows_object(key, rows), EXIT_DONE);
    else
        print_table(app, rows, columns, n);
    consent_rows_free(rows);
    return exit_status;
}

int answer_row(struct app *app, const char *operation, consent_status status, consent_rows *rows,
               consent_error *error, print_row_fn print) {
    int exit_status = EXIT_DONE;
    if (status < 0)
        return fail(app, operation, status, error);
    if (app->json)
        exit_status = print_json(row_json(rows, 0), EXIT_DONE);
    else
        print(app, rows);
    consent_rows_free(rows);
    return exit_status;
}

/* ---- JSON as a phrase ---- */

static void write_nested(FILE *out, const cJSON *value, const char *lang, int depth);

static void write_array(FILE *out, const cJSON *array, const char *lang, int depth) {
    const cJSON *element;
    bool objects = cJSON_IsObject(array->child);
    if (array->child == NULL)
        fputs("none", out);
    cJSON_ArrayForEach(element, array) {
        write_nested(out, element, lang, depth + 1);
        if (element->next != NULL)
            fputs(objects ? "; " : ", ", out);
    }
}

/* Whether the members are texts in languages, such as {"zh-CN": ..., "en": ...}. */
static bool is_text(const cJSON *object) {
    const cJSON *member;
    if (object->child == NULL)
        return false;
    cJSON_ArrayForEach(member, object) {
        size_t n = strspn(member->string, "abcdefghijklmnopqrstuvwxyz");
        if (!cJSON_IsString(member) || n < 2 || n > 3 ||
            (member->string[n] != '-' && member->string[n] != '\0'))
            return false;
    }
    return true;
}

static void write_object(FILE *out, const cJSON *object, const char *lang, int depth) {
    const cJSON *member;
    if (is_text(object)) {
        member = lang != NULL ? cJSON_GetObjectItemCaseSensitive(object, lang) : NULL;
        write_text(out, (member != NULL ? member : object->child)->valuestring, false);
        return;
    }
    cJSON_ArrayForEach(member, object) {
        for (const char *c = member->string; *c != '\0'; c++)
            fputc(*c == '_' ? ' ' : *c, out);
        fputc(' ', out);
        write_nested(out, member, lang, depth + 1);
        if (member->next != NULL)
            fputs(depth == 0 ? "; " : ", ", out);
    }
}

static void write_nested(FILE *out, const cJSON *value, const char *lang, int depth) {
    if (cJSON_IsString(value))
        write_text(out, value->valuestring, false);
    else if (cJSON_IsBool(value))
        fputs(cJSON_IsTrue(value) ? "yes" : "no", out);
    else if (cJSON_IsNumber(value))
        fprintf(out, "%.17g", value->valuedouble);
    else if (cJSON_IsArray(value))
        write_array(out, value, lang, depth);
    else if (cJSON_IsObject(value))
        write_object(out, value, lang, depth);
    else
        fputs("-", out);
}

void write_value(FILE *out, const cJSON *value, const char *lang) {
    write_nested(out, value, lang, 0);
}

/* ---- lines ---- */

#define LINE_WIDTH 98

static void print_blanks(size_t n) {
    for (; n > 0; n--)
        putchar(' ');
}

void print_wrapped(char *text, size_t indent) {
    size_t column = indent;
    print_blanks(indent);
    for (char *word = text, *end; *word != '\0'; word = end) {
        end = word + strcspn(word, " ");
        if (*end == ' ')
            *end++ = '\0';
        size_t width = text_width(word);
        if (column > indent && column + 1 + width > LINE_WIDTH) {
            putchar('\n');
            print_blanks(indent + 2);
            column = indent + 2;
        } else if (column > indent) {
            putchar(' ');
            column++;
        }
        fputs(word, stdout);
        column += width;
    }
    putchar('\n');
}
