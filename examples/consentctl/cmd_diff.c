/* SPDX-License-Identifier: Apache-2.0 */
#include "clauses.h"
#include "output.h"

#include <stdlib.h>
#include <string.h>

static const char *member(const cJSON *object, const char *name) {
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
}

/* "material, triggers 1, 3; reduces rights" */
static void print_head(const struct app *app, const consent_rows *diff) {
    cJSON *triggers = cJSON_Parse(consent_rows_text(diff, 0, "triggers"));
    const cJSON *n;
    print_colour(app, COLOUR_HEADING);
    print_text(app->argument[0], false);
    putchar(' ');
    print_text(app->argument[1], false);
    fputs(" -> ", stdout);
    print_text(app->argument[2], false);
    printf(": %s", consent_rows_text(diff, 0, "class"));
    print_colour(app, COLOUR_END);
    cJSON_ArrayForEach(n, triggers)
        printf("%s%d", n == triggers->child ? ", triggers " : ", ", n->valueint);
    if (consent_rows_number(diff, 0, "restricts_rights", 0) != 0)
        fputs("; rights are reduced", stdout);
    putchar('\n');
    cJSON_Delete(triggers);
}

static void print_list(const char *label, const char *json) {
    cJSON *list = json != NULL ? cJSON_Parse(json) : NULL;
    char *line = NULL;
    size_t size;
    FILE *out = list != NULL && list->child != NULL ? open_memstream(&line, &size) : NULL;
    if (out != NULL) {
        fprintf(out, "%s ", label);
        write_value(out, list, NULL);
        fclose(out);
        print_wrapped(line, 0);
    }
    free(line);
    cJSON_Delete(list);
}

static void write_change(FILE *out, const cJSON *c) {
    static const char *const parts[] = {"key", "detail"};
    for (size_t i = 0; i < 2; i++)
        if (member(c, parts[i]) != NULL)
            fprintf(out, " %s", member(c, parts[i]));
    if (member(c, "before") != NULL || member(c, "after") != NULL)
        fprintf(out, ": %s -> %s", member(c, "before") != NULL ? member(c, "before") : "-",
                member(c, "after") != NULL ? member(c, "after") : "-");
    if (cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(c, "restricts_rights")))
        fputs(" (reduces rights)", out);
}

static void print_change(const cJSON *c) {
    const cJSON *trigger = cJSON_GetObjectItemCaseSensitive(c, "trigger");
    char *line = NULL;
    size_t size;
    FILE *out = open_memstream(&line, &size);
    if (out == NULL)
        return;
    write_change(out, c);
    fclose(out);
    printf("  %-10s", member(c, "class"));
    if (cJSON_IsNumber(trigger))
        printf("%d ", trigger->valueint);
    else
        fputs("  ", stdout);
    fputs(member(c, "type"), stdout);
    print_text(line, false);
    putchar('\n');
    free(line);
}

static void print_changes(const struct app *app, const consent_rows *diff) {
    cJSON *changes = cJSON_Parse(consent_rows_text(diff, 0, "changes"));
    const cJSON *c;
    print_head(app, diff);
    print_list("asked again:", consent_rows_text(diff, 0, "points"));
    cJSON_ArrayForEach(c, changes) print_change(c);
    cJSON_Delete(changes);
}

/* ---- the clauses ---- */

static void print_piece(const struct app *app, const struct piece *p) {
    char *text = strndup(p->text, p->len);
    if (text == NULL)
        return;
    if (p->kind != PIECE_SAME)
        print_colour(app, p->kind == PIECE_ADDED ? COLOUR_YES : COLOUR_NO);
    if (p->kind != PIECE_SAME)
        fputs(p->kind == PIECE_ADDED ? "{+" : "[-", stdout);
    print_text(text, true);
    if (p->kind != PIECE_SAME)
        fputs(p->kind == PIECE_ADDED ? "+}" : "-]", stdout);
    if (p->kind != PIECE_SAME)
        print_colour(app, COLOUR_END);
    free(text);
}

static void print_clause(const struct app *app, const struct clause *c) {
    struct piece *pieces = NULL;
    size_t n;
    putchar('\n');
    print_colour(app, COLOUR_HEADING);
    print_text(c->id, false);
    fputs("  ", stdout);
    print_text(c->title != NULL ? c->title : "", false);
    print_colour(app, COLOUR_END);
    fputs(c->before == NULL ? "  (added" : c->after == NULL ? "  (removed" : "  (changed", stdout);
    if (c->triggers != NULL)
        printf("; trigger %s", c->triggers);
    fputs(c->restricts ? "; reduces rights)\n" : ")\n", stdout);
    n = words_compare(c->before != NULL ? c->before : "", c->after != NULL ? c->after : "",
                      &pieces);
    for (size_t i = 0; i < n; i++)
        print_piece(app, &pieces[i]);
    putchar('\n');
    free(pieces);
}

static int print_clauses(struct app *app, const consent_rows *diff, const struct clauses *list) {
    if (app_option(app, OPT_HTML) != NULL)
        return page_write(app, app_option(app, OPT_HTML), diff, list);
    print_changes(app, diff);
    for (size_t i = 0; i < list->count; i++)
        if (clause_changed(&list->v[i]))
            print_clause(app, &list->v[i]);
    return EXIT_DONE;
}

int cmd_policy_diff(struct app *app) {
    consent_error *error = NULL;
    consent_rows *diff = NULL;
    struct clauses list = {0};
    bool text = args_has(&app->args, OPT_TEXT), html = args_has(&app->args, OPT_HTML);
    consent_status answer;
    int status = EXIT_DONE;
    if (text && html)
        return fail_usage(app, "--text or --html, not both");
    answer = consent_policy_diff(app->store, app->argument[0], app->argument[1], app->argument[2],
                                 &diff, &error);
    if (answer < 0)
        return fail(app, "policy diff", answer, error);
    if (html || (text && !app->json)) {
        status = clauses_read(app, app->argument[0], app->argument[1], app->argument[2],
                              consent_rows_text(diff, 0, "changes"), &list);
        if (status == EXIT_DONE)
            status = print_clauses(app, diff, &list);
    } else if (!app->json) {
        print_changes(app, diff);
    }
    if (app->json && status == EXIT_DONE)
        status = print_json(row_json(diff, 0), EXIT_DONE);
    clauses_free(&list);
    consent_rows_free(diff);
    return status;
}
